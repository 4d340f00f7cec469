//! `netcordon audit`: judges what exists.

mod scenario;

use super::sources::{Source, sources};
use super::{Answer, Common, input, print};
use crate::audit::{Audit, Date, Finding, accept, known_before, read_exceptions};
use crate::catalog::Role;
use crate::environment::{Demand, demand};
use crate::import::exports::{Shown, onto, read};
use crate::intent::SubnetIntent;
use crate::model::{Network, Subnet};
use crate::problem::{Place, Problem};
use crate::question;
use crate::render::report::{self, Report};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `audit`.
#[derive(Args, Debug)]
pub(super) struct AuditVerb {
    /// An answers file or a generated folder, and exports: files, folders, `-` for standard input
    #[arg(value_name = "ANSWERS EXPORT", required_unless_present_any = ["schema", "scenario"])]
    sources: Vec<PathBuf>,
    /// Without answers: what runs there. `netcordon questions` lists the scenarios
    #[arg(long, value_name = "SCENARIO", value_delimiter = ',', requires = "region")]
    scenario: Vec<String>,
    /// With --scenario: the region, programmatic name
    #[arg(long, value_name = "REGION")]
    region: Option<String>,
    /// With --scenario: a subnet by its prefix, or by its name if the exports show the prefix; with its role where there
    /// are several, with its name where they show several subnets and no prefixes
    #[arg(long, value_name = "[ROLE=][NAME=]PREFIX")]
    subnet: Vec<String>,
    /// How to report
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json", "sarif", "markdown"])]
    format: String,
    /// Show every fix in Terraform and as a command too
    #[arg(long)]
    fixes: bool,
    /// Findings that somebody accepts: fingerprint, owner, reason, expires
    #[arg(long, value_name = "FILE")]
    exceptions: Option<PathBuf>,
    /// Fail for findings alone that this earlier report, as JSON, does not have
    #[arg(long, value_name = "BASELINE")]
    new_only: Option<PathBuf>,
    /// Answer a question from here: `--set egress.via=nat-gateway`
    #[arg(long = "set", value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Print the JSON Schema of `--format json`
    #[arg(long)]
    schema: bool,
    /// Today, for tests
    #[arg(long, value_name = "YYYY-MM-DD", hide = true)]
    today: Option<String>,
}

pub(super) fn run(verb: &AuditVerb, common: &Common) -> Result<Answer, Vec<Problem>> {
    if verb.schema {
        return print::data(report::schema()).map(|()| Answer::Yes);
    }
    let one = |problem: Problem| vec![problem];
    let today = today(verb.today.as_deref()).map_err(one)?;
    let tag_file = input::tag_file(common)?;
    let (mut answers, mut files, mut names) = (None, Vec::new(), Vec::new());
    for source in sources(&verb.sources)? {
        let (path, bytes) = match source {
            Source::Exports(found) => {
                files.extend(found);
                continue;
            }
            Source::Answers { path, bytes } => (path, bytes),
            Source::Folder { path, mut files } => {
                let answers = path.join("answers.yaml");
                let bytes = files.remove("answers.yaml").ok_or_else(|| {
                    let hint = "generate the folder again, or name an answers file";
                    vec![Problem::in_file(&answers.display().to_string(), "the folder has no answers any more", hint)]
                })?;
                (answers, bytes)
            }
        };
        if answers.replace((path, bytes)).is_some() || !verb.scenario.is_empty() {
            let hint = "name one answers file or generated folder, or `--scenario`; everything else is an export";
            return Err(vec![Problem::at("", "what is required is said twice", hint)]);
        }
    }
    if files.is_empty() {
        let hint = "for example what `az network nsg show` prints: `netcordon audit answers.yaml nsg.json`";
        return Err(vec![Problem::at("", "there is no export to judge", hint)]);
    }
    names.extend(files.iter().map(|(name, _)| name.clone()));
    let shown = read(&files)?;
    let (demand, against) = match answers {
        Some((path, bytes)) => {
            let input = input::answers_of(&path, bytes, &verb.set, common)?;
            (demand(&input.read, &input.name, &input.own, tag_file.as_ref())?, path.display().to_string())
        }
        None if verb.scenario.is_empty() => {
            let hint =
                "name an answers file, or say `--scenario aml-no-public-ip --region westeurope --subnet 10.1.2.0/24`";
            return Err(vec![Problem::at("", "nothing says what is required", hint)]);
        }
        None => {
            let region = verb.region.as_deref().unwrap_or_default();
            let answers = scenario::answers(&verb.scenario, region, &verb.subnet, &shown)?;
            let text = question::to_yaml(&answers);
            let read = question::read("--scenario", text.as_bytes(), &verb.set);
            let demand = demand(&read, "", &[], tag_file.as_ref()).map_err(without_places)?;
            (demand, verb.scenario.join(", "))
        }
    };
    let (network, planned, assumed) = laid(&demand, &shown)?;
    if !is_laid(&network, &shown) {
        let known: Vec<&str> = demand.intent.subnets.iter().map(|subnet| subnet.name.as_str()).collect();
        let what = format!("nothing in the exports belongs to a subnet of the answers (`{}`)", known.join("`, `"));
        let hint = assumed.last().map_or("export the NSG or route table of one of them", String::as_str);
        return Err(vec![Problem::at("", what, hint)]);
    }
    let mut audit = demand.audit(&network, &planned, Some(&shown), Some(today));
    audit.assumed.splice(0..0, assumed);
    if let Some(path) = &verb.exceptions {
        let bytes = input::bytes(path).map_err(one)?;
        accept(&mut audit, &read_exceptions(&path.display().to_string(), &bytes)?, today);
    }
    if let Some(path) = &verb.new_only {
        let bytes = input::bytes(path).map_err(one)?;
        known_before(&mut audit, &path.display().to_string(), &bytes).map_err(one)?;
    }
    let what = format!("{} against {against}", names_of(&names));
    print_report(verb, &demand, &audit, &shown, &names, &what)?;
    Ok(if audit.findings.iter().any(Finding::fails) { Answer::No } else { Answer::Yes })
}

fn names_of(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [first, rest @ ..] => format!("{first} and {} more files", rest.len()),
    }
}

/// Answers that nobody wrote have no lines to point at.
fn without_places(problems: Vec<Problem>) -> Vec<Problem> {
    let plain = |mut problem: Problem| {
        problem.place = Place { path: problem.place.path, ..Place::default() };
        problem
    };
    problems.into_iter().map(plain).collect()
}

/// The exports laid on the network of the answers; that network; what was assumed on the way.
fn laid(demand: &Demand, shown: &Shown) -> Result<(Network, Network, Vec<String>), Vec<Problem>> {
    // An export that does not say where it belongs belongs to the one subnet with machines.
    let machines = |subnet: &&SubnetIntent| subnet.roles.iter().any(|role| *role != Role::PrivateEndpoints);
    let machines: Vec<String> =
        demand.intent.subnets.iter().filter(machines).map(|subnet| subnet.name.clone()).collect();
    let subnets = if machines.len() == 1 { machines } else { Vec::new() };
    let planned = match demand.planned_network() {
        Ok(planned) => planned,
        // What cannot be planned can be judged all the same.
        Err(_) => demand.bare_network(),
    };
    let own = &demand.intent.network;
    let (network, assumed) = onto(&planned, shown, &subnets, (&own.vnet, &own.resource_group))?;
    Ok((network, planned, assumed))
}

/// Whether something of the exports counts for the network.
fn is_laid(network: &Network, shown: &Shown) -> bool {
    let shown = &shown.network;
    let subnet = |subnet: &Subnet| {
        subnet.nsg.as_ref().is_some_and(|name| shown.nsgs.contains_key(name))
            || subnet.route_table.as_ref().is_some_and(|name| shown.route_tables.contains_key(name))
            || shown.subnets.iter().any(|other| other.prefixes == subnet.prefixes)
    };
    let card = network.interfaces.iter().any(|card| shown.nsgs.contains_key(&card.nsg));
    network.subnets.iter().any(subnet) || card || shown.firewalls.iter().any(|firewall| !firewall.groups.is_empty())
}

fn print_report(
    verb: &AuditVerb,
    demand: &Demand,
    audit: &Audit,
    shown: &Shown,
    names: &[String],
    what: &str,
) -> Result<(), Vec<Problem>> {
    let ignored: Vec<(Place, String)> = shown
        .ignored
        .iter()
        .filter(|ignored| ignored.matters || verb.format == "json")
        .map(|ignored| {
            let more = if ignored.more > 0 { format!(" (and {} more)", ignored.more) } else { String::new() };
            (ignored.place.clone(), format!("{}{more}", ignored.why))
        })
        .collect();
    let folder = std::env::current_dir().map(|folder| folder.display().to_string()).unwrap_or_default();
    let report = Report {
        audit,
        what,
        tags_source: demand.tags.source(),
        resource_group: if verb.scenario.is_empty() { &demand.intent.network.resource_group } else { "" },
        ignored: &ignored,
        file: names.first().map_or("", String::as_str),
        folder: &folder,
    };
    let pretty = |value: serde_json::Value| serde_json::to_string_pretty(&value).unwrap_or_default() + "\n";
    let text = match verb.format.as_str() {
        "json" => pretty(report::json(&report)),
        "sarif" => pretty(report::sarif(&report)),
        "markdown" => report::markdown(&report),
        _ => report::text(&report, print::width(), verb.fixes),
    };
    print::data(&text)
}

/// Today: as said, by `SOURCE_DATE_EPOCH` (reproducible-builds.org), or by the clock.
pub(super) fn today(said: Option<&str>) -> Result<Date, Problem> {
    if let Some(text) = said {
        return Date::parse(text)
            .ok_or_else(|| Problem::at("--today", format!("`{text}` is no day"), "write it as `2027-03-31`"));
    }
    if let Some(seconds) = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok()) {
        return Ok(Date::of_seconds(seconds));
    }
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Ok(Date::of_seconds(since.map_or(0, |since| since.as_secs())))
}
