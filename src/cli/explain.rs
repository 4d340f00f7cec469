//! `netcordon explain`: why a requirement or a rule exists, with its source.

use super::{Answer, Common, input, print};
use crate::catalog::{Catalog, Need, Requirement, pages};
use crate::environment::Environment;
use crate::problem::{Problem, did_you_mean};
use clap::Args;
use std::path::{Path, PathBuf};

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub(super) struct Explain {
    /// A requirement's id; or an answers file, with a rule after it
    #[arg(value_name = "ID | ANSWERS")]
    subject: String,
    /// A rule's key or name, or a requirement's id, in the plan of that answers file
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

pub(super) fn run(verb: &Explain, common: &Common) -> Result<Answer, Vec<Problem>> {
    match &verb.rule {
        None => {
            let own = own(common)?;
            let catalog = Catalog::everything(&own)?;
            let Some(row) = catalog.get(&verb.subject) else {
                let hint = match catalog.nearest(&verb.subject) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => {
                        "`netcordon catalog` lists the ids; for a rule: `netcordon explain answers.yaml RULE`".into()
                    }
                };
                return Err(vec![Problem::at("", format!("no requirement `{}`", verb.subject), hint)]);
            };
            print::data(&requirement(row));
        }
        Some(rule) => {
            let tag_file = input::tag_file(common)?;
            let input = input::answers(Path::new(&verb.subject), &[], common)?;
            let environment = input.environment(tag_file.as_ref())?;
            print::data(&in_plan(&environment, rule)?);
        }
    }
    Ok(Answer::Yes)
}

/// The own requirement files of the command line.
pub(super) fn own(common: &Common) -> Result<Vec<(String, Vec<u8>)>, Vec<Problem>> {
    let read =
        |path: &PathBuf| input::bytes(path).map(|bytes| (path.display().to_string(), bytes)).map_err(|p| vec![p]);
    common.requirements.iter().map(read).collect()
}

/// A requirement, whole.
pub(super) fn requirement(row: &Requirement) -> String {
    let width = print::width();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut field = |name: &str, value: String| {
        if !value.is_empty() {
            rows.push(vec![name.into(), value]);
        }
    };
    field("why", row.why.clone());
    field("from", row.from.to_string());
    field("to", row.to.to_string());
    for (cloud, other) in &row.clouds {
        let to = other.clone().map_or("absent".into(), |to| crate::catalog::Side::Destination(to).to_string());
        field(&format!("to, {cloud}"), to);
    }
    field("allow", row.services().to_string());
    let when: Vec<String> =
        row.when.iter().map(|c| format!("{}{}", if c.negated { "not " } else { "" }, c.feature)).collect();
    field("when", when.join(" and "));
    field("need", if row.need == Need::Required { "required".into() } else { "optional".into() });
    field("without it", row.consequence.clone());
    field("can stand there", row.tenancy.name().into());
    field("slot", row.slot.to_string());
    for source in &row.source {
        let page = pages().iter().find(|page| page.key == source.page);
        let title = page.map_or(source.page.as_str(), |page| page.title.as_str());
        field("source", format!("{title}, {}, {}", source.section, source.date));
        field("", page.map_or(String::new(), |page| page.url.clone()));
    }
    field("note", row.note.clone());
    format!("{}\n{}", row.id, print::table(&rows, width))
}

/// A rule of a plan with its requirements, or a requirement with where it is held.
fn in_plan(environment: &Environment, wanted: &str) -> Result<String, Vec<Problem>> {
    let plan = &environment.plan;
    let mut found: Vec<(String, String, Vec<String>)> = Vec::new();
    for nsg in &plan.nsgs {
        for p in &nsg.rules {
            let what = format!("NSG {}: {} {} {}", nsg.name, p.rule.priority, p.rule.name, p.rule.description);
            found.push((p.key.clone(), what, p.because.clone()));
            found.push((
                p.rule.name.clone(),
                format!("NSG {}: {} {}", nsg.name, p.rule.priority, p.rule.description),
                p.because.clone(),
            ));
        }
    }
    for table in &plan.route_tables {
        for p in &table.routes {
            found.push((p.key.clone(), format!("route table {}: {}", table.name, p.why), p.because.clone()));
        }
    }
    if let Some(firewall) = &plan.firewall {
        let network = firewall.network.iter().map(|p| (&p.key, "network rule", &p.because));
        let application = firewall.application.iter().map(|p| (&p.key, "application rule", &p.because));
        for (key, kind, because) in network.chain(application) {
            found.push((key.clone(), format!("firewall, {kind}"), because.clone()));
        }
    }
    let mut text = String::new();
    for (key, what, because) in found.iter().filter(|(key, _, _)| key == wanted) {
        text.push_str(&format!("{key}\n{what}\n\n"));
        for row in because.iter().filter_map(|id| environment.catalog.get(id)) {
            text.push_str(&requirement(row));
            text.push('\n');
        }
    }
    if let Some(row) = environment.catalog.get(wanted) {
        text.push_str(&requirement(row));
        for decision in plan.decisions.iter().filter(|decision| decision.requirement == wanted) {
            text.push_str(&format!("{}: {}\n", decision.subnet, decision.what));
        }
        for verdict in environment.proof.verdicts.iter().filter(|verdict| verdict.requirement == wanted) {
            text.push_str(&format!("{} to {}: {:?}\n", verdict.from, verdict.to, verdict.outcome));
        }
        for (key, what, _) in found.iter().filter(|(_, _, because)| because.iter().any(|id| id == wanted)) {
            text.push_str(&format!("{key}: {what}\n"));
        }
    }
    if text.is_empty() {
        let known = found.iter().map(|(key, _, _)| key.as_str());
        let hint = match did_you_mean(wanted, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`netcordon plan --json` lists the keys".into(),
        };
        return Err(vec![Problem::at("", format!("no rule or requirement `{wanted}` in this plan"), hint)]);
    }
    Ok(text)
}
