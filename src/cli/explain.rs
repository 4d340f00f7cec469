//! `netcordon explain`: why a requirement or a rule exists, with its source.

use super::{Answer, Common, input, plan, print};
use crate::catalog::{Catalog, Need, Requirement, pages};
use crate::environment::Environment;
use crate::plan::Plan;
use crate::problem::{Problem, did_you_mean};
use crate::proof::Outcome;
use clap::Args;
use std::collections::BTreeSet;
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
                let subject = &verb.subject;
                if Path::new(subject).is_file() {
                    let what = format!("`{subject}` is a file: which of its rules or requirements?");
                    let hint = format!("`netcordon explain {subject} RULE`; `netcordon plan {subject}` lists them");
                    return Err(vec![Problem::at("", what, hint)]);
                }
                let hint = match catalog.nearest(subject) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => {
                        "`netcordon catalog` lists the ids; for a rule: `netcordon explain answers.yaml RULE`".into()
                    }
                };
                return Err(vec![Problem::at("", format!("no requirement `{subject}`"), hint)]);
            };
            print::data(&requirement(row))?;
        }
        Some(rule) => {
            let tag_file = input::tag_file(common)?;
            let input = input::answers(Path::new(&verb.subject), &[], common)?;
            let environment = input.environment(tag_file.as_ref())?;
            print::data(&in_plan(&environment, rule)?)?;
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
    for (cloud, gap) in &row.gaps {
        field(&format!("gap, {cloud}"), gap.clone());
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

/// A rule of a plan, in words.
struct Rule<'a> {
    key: &'a str,
    /// Azure's name; the key where Azure has none of ours.
    name: &'a str,
    /// The resource it stands in.
    stands_in: String,
    says: String,
    /// Why, where no requirement says so.
    why: &'a str,
    because: &'a [String],
}

fn rules(plan: &Plan) -> Vec<Rule<'_>> {
    let mut rules = Vec::new();
    for nsg in &plan.nsgs {
        rules.extend(nsg.rules.iter().map(|p| Rule {
            key: &p.key,
            name: &p.rule.name,
            stands_in: format!("NSG {}", nsg.name),
            says: plan::security_rule(&p.rule).trim_start().into(),
            why: if p.because.is_empty() { &p.rule.description } else { "" },
            because: &p.because,
        }));
    }
    for table in &plan.route_tables {
        rules.extend(table.routes.iter().map(|p| Rule {
            key: &p.key,
            name: &p.route.name,
            stands_in: format!("route table {}", table.name),
            says: plan::route(&p.route),
            why: &p.why,
            because: &p.because,
        }));
    }
    let (network, application) = plan.held();
    let stands_in = |kind: &str, list: &str| match (&plan.firewall, &plan.appliance) {
        (None, Some(appliance)) => format!("lists for {}, {list}", appliance.label()),
        (firewall, _) => {
            let group = firewall.as_ref().map_or("", |firewall| &firewall.group);
            format!("firewall rule collection group {group}, {kind}")
        }
    };
    rules.extend(network.iter().map(|p| Rule {
        key: &p.key,
        name: &p.rule.name,
        stands_in: stands_in("network rules", "by address"),
        says: plan::network_rule(&p.rule),
        why: "",
        because: &p.because,
    }));
    rules.extend(application.iter().map(|p| Rule {
        key: &p.key,
        name: &p.rule.name,
        stands_in: stands_in("application rules", "by name"),
        says: plan::application_rule(&p.rule),
        why: "",
        because: &p.because,
    }));
    rules
}

impl Rule<'_> {
    fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = vec![
            vec!["rule".into(), self.name.to_string()],
            vec!["key".into(), self.key.to_string()],
            vec!["in".into(), self.stands_in.clone()],
            vec!["says".into(), self.says.clone()],
        ];
        if !self.why.is_empty() {
            rows.push(vec!["why".into(), self.why.to_string()]);
        }
        if !self.because.is_empty() {
            rows.push(vec!["for".into(), self.because.join(", ")]);
        }
        rows
    }
}

/// More requirements than this behind a rule are listed, not shown whole.
const MOST_WHOLE: usize = 3;

/// Rules of a plan with their requirements, or a requirement with where it is held.
fn in_plan(environment: &Environment, wanted: &str) -> Result<String, Vec<Problem>> {
    let rules = rules(&environment.plan);
    let meant: Vec<&Rule> = rules.iter().filter(|rule| rule.key == wanted || rule.name == wanted).collect();
    // A rule may bear its requirement's id as its name: the requirement then names the rule.
    if let Some(row) = environment.catalog.get(wanted) {
        return Ok(format!("{}\n{}", requirement(row), held(environment, row, &rules)));
    }
    if meant.is_empty() {
        return Err(vec![unknown(environment, wanted, &rules)]);
    }
    let mut parts: Vec<String> = meant.iter().map(|rule| print::table(&rule.rows(), print::width())).collect();
    let because: BTreeSet<&String> = meant.iter().flat_map(|rule| rule.because).collect();
    let because: Vec<&Requirement> = because.into_iter().filter_map(|id| environment.catalog.get(id)).collect();
    if because.len() <= MOST_WHOLE {
        parts.extend(because.into_iter().map(requirement));
    } else {
        let rows: Vec<Vec<String>> = because.iter().map(|row| vec![row.id.clone(), row.why.clone()]).collect();
        parts.push(print::table(&rows, print::width()));
        parts.push("each of them in full: `netcordon explain ID`\n".into());
    }
    Ok(parts.join("\n"))
}

/// What became of a requirement in a plan.
fn held(environment: &Environment, row: &Requirement, rules: &[Rule]) -> String {
    let plan = &environment.plan;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut add = |name: &str, value: String| rows.push(vec![name.into(), value]);
    for decision in plan.decisions.iter().filter(|decision| decision.requirement == row.id) {
        add("held", format!("{}: {}", decision.subnet, decision.what));
    }
    for rule in rules.iter().filter(|rule| rule.because.contains(&row.id)) {
        add("rule", format!("{}, {}: {}", rule.name, rule.stands_in, rule.says));
    }
    for verdict in environment.proof.verdicts.iter().filter(|verdict| verdict.requirement == row.id) {
        let outcome = match &verdict.outcome {
            Outcome::Allowed => "passes".into(),
            Outcome::Assumed(reason) => format!("taken to pass: {reason}"),
            Outcome::Part(not) => format!("passes in part, not to or from {not}"),
            Outcome::Blocked => format!("does not pass, decided by {}", verdict.decided),
            Outcome::Undecided => "was not decided within the work budget".into(),
        };
        add("check", format!("{} to {}: {outcome}", verdict.from, verdict.to));
    }
    if plan.accepted.contains(&row.id) {
        add("left out", "named in `egress.accept_blocked`".into());
    }
    if rows.is_empty() {
        rows.push(vec!["not used".into(), "these answers do not ask for it, or have nothing it applies to".into()]);
    }
    format!("in the plan of {}\n{}", plan.name, print::table(&rows, print::width()))
}

fn unknown(environment: &Environment, wanted: &str, rules: &[Rule]) -> Problem {
    if Catalog::everything(&[]).is_ok_and(|all| all.get(wanted).is_some()) {
        let what = format!("no chosen scenario of `{}` brings the requirement `{wanted}`", environment.plan.name);
        return Problem::at("", what, format!("`netcordon explain {wanted}` shows it"));
    }
    let names = rules.iter().flat_map(|rule| [rule.name, rule.key]);
    let ids = environment.catalog.requirements().iter().map(|row| row.id.as_str());
    let hint = match did_you_mean(wanted, names.chain(ids)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`netcordon plan` lists the rules with their requirements, `--json` with names and keys".into(),
    };
    Problem::at("", format!("no rule or requirement `{wanted}` in the plan of `{}`", environment.plan.name), hint)
}
