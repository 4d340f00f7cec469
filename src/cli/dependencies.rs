//! `netcordon dependencies`: what a live workspace or cluster lists, against the plan.

use super::{Answer, Common, input, print};
use crate::dependencies::{Comparison, Known, Resource, compare, read};
use crate::problem::Problem;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Arguments of `dependencies`.
#[derive(Args, Debug)]
pub(super) struct DependenciesVerb {
    #[command(subcommand)]
    verb: DependenciesSubcommand,
}

#[derive(Debug, Subcommand)]
enum DependenciesSubcommand {
    /// Say what the live resource lists and the plan does not allow, and the other way round
    ///
    /// The scripts `azureml/dependencies.sh` and `aks/dependencies.sh` of the output folder save such a response. Exit
    /// code 1 if the two differ.
    Compare {
        /// The answers file; `-` for standard input
        answers: PathBuf,
        /// What outboundNetworkDependenciesEndpoints answered; `-` for standard input
        response: PathBuf,
        /// Print the comparison as JSON
        #[arg(long)]
        json: bool,
    },
}

pub(super) fn run(verb: &DependenciesVerb, common: &Common) -> Result<Answer, Vec<Problem>> {
    let DependenciesSubcommand::Compare { answers, response, json } = &verb.verb;
    let tag_file = input::tag_file(common)?;
    let name = response.display().to_string();
    let text = input::bytes(response).map_err(|problem| vec![problem])?;
    let response = read(&name, &text)?;
    let environment = input::answers(answers, &[], common)?.environment(tag_file.as_ref())?;
    let Some(comparison) = compare(&response, &environment) else {
        let (what, scenario) = match response.resource {
            Resource::Workspace => ("an Azure Machine Learning workspace", "`aml-no-public-ip` or `aml-public-ip`"),
            Resource::Cluster => ("an AKS cluster, or of a service that netcordon does not know", "`aks`"),
        };
        let what = format!("it is the response of {what}, and the answers name no {scenario} in `scenarios`");
        return Err(vec![Problem::in_file(&name, what, "compare it with the answers of the network it runs in")]);
    };
    if *json {
        let text = serde_json::to_string_pretty(&comparison)
            .map_err(|error| vec![Problem::at("", format!("cannot be serialised: {error}"), "")])?;
        print::data(&(text + "\n"))?;
    } else {
        print::data(&in_words(&comparison))?;
    }
    Ok(if comparison.agrees() { Answer::Yes } else { Answer::No })
}

/// The comparison for people.
fn in_words(comparison: &Comparison) -> String {
    let resource = match comparison.resource {
        Resource::Workspace => "workspace",
        Resource::Cluster => "cluster",
    };
    let mut text = format!("the {resource} lists {} endpoints\n", comparison.listed);
    let not_allowed: Vec<Vec<String>> = comparison
        .not_allowed
        .iter()
        .map(|row| {
            let known = match &row.known {
                Known::Unknown => "unknown here".to_string(),
                Known::Off { requirement, wants } => {
                    format!("{requirement}, off here: needs {}", wants.join(" and "))
                }
                Known::Accepted { requirement } => format!("{requirement}, accepted as blocked"),
                Known::Blocked { requirement, decided } => format!("{requirement}, blocked by {decided}"),
            };
            let some = row.subnets.len() < comparison.subnets.len();
            let from = if some { format!(", from {}", row.subnets.join(", ")) } else { String::new() };
            let what = format!("{}{from}", told(&row.dependency.category, &known));
            vec![row.dependency.target.to_string(), row.dependency.service(), what]
        })
        .collect();
    section(&mut text, "listed, and not allowed", &not_allowed);
    let narrower: Vec<Vec<String>> = comparison
        .narrower
        .iter()
        .map(|row| {
            let what = format!("only {} ({})", row.allowed.join(", "), row.requirements.join(", "));
            vec![row.dependency.target.to_string(), row.dependency.service(), told(&row.dependency.category, &what)]
        })
        .collect();
    section(&mut text, "listed wider than allowed", &narrower);
    let not_listed: Vec<Vec<String>> = comparison
        .not_listed
        .iter()
        .map(|row| vec![row.requirement.clone(), row.services.clone(), row.names.join(", ")])
        .collect();
    section(&mut text, "allowed, and not listed", &not_listed);
    let private: Vec<Vec<String>> = comparison.by_private_endpoint.iter().map(|name| vec![name.clone()]).collect();
    section(&mut text, "reached through private endpoints, if the names resolve to them", &private);
    let nameless: Vec<Vec<String>> = comparison.without_names.iter().map(|row| vec![row.clone()]).collect();
    section(&mut text, "not compared: no host names are documented in this cloud, the tag holds", &nameless);
    if comparison.agrees() {
        text.push_str("\nboth say the same\n");
    }
    text
}

/// A clause after the response's own category, if it has one.
fn told(category: &str, what: &str) -> String {
    if category.is_empty() { what.into() } else { format!("{category}: {what}") }
}

fn section(text: &mut String, title: &str, rows: &[Vec<String>]) {
    if rows.is_empty() {
        return;
    }
    text.push_str(&format!("\n{title}\n"));
    for line in print::table(rows, print::width().saturating_sub(2)).lines() {
        text.push_str(&format!("  {line}\n"));
    }
}
