//! A plan before everything is answered: what is missing stands in for a while, and is never saved or written.

use crate::catalog::tags::TagFile;
use crate::environment::{Environment, build};
use crate::interview::Interview;
use crate::question::{Answers, Kind, Question, Read, Value, find, proposed_subnets};

/// The most rounds of filling in: an answer may raise a question whose answer raises another.
const ROUNDS: usize = 6;

/// The plan of these answers with stand-ins for what is missing; each stand-in by the question's path. What is
/// wrong with the file alone, such as a key that nobody knows, does not keep the plan from being shown. No plan where the
/// scenarios are missing, or where something else is wrong.
pub(super) fn planned(
    answers: &Answers,
    own: &[(String, Vec<u8>)],
    tag_file: Option<&TagFile>,
) -> (Vec<(String, String)>, Option<Environment>) {
    if answers.scenarios.as_ref().is_none_or(Vec::is_empty) {
        return (Vec::new(), None);
    }
    // Without a firewall some scenarios cannot be held: the next way out that can is taken.
    for via in ["nsg", "azure-firewall"] {
        let (stand_ins, filled) = filled(answers, via);
        let read = Read { answers: filled, ..Read::default() };
        if let Ok(environment) = build(&read, "", own, tag_file) {
            return (stand_ins, Some(environment));
        }
        if answers.egress.via.is_some() {
            break;
        }
    }
    (Vec::new(), None)
}

fn filled(answers: &Answers, via: &str) -> (Vec<(String, String)>, Answers) {
    let mut interview = Interview::start(answers.clone());
    let mut stand_ins = Vec::new();
    for _ in 0..ROUNDS {
        let missing = interview.missing();
        for question in &missing {
            let value = stand_in(question, &interview.answers(), via);
            let shown = match &value {
                Value::Records(rows) => format!("{} rows", rows.len()),
                value => value.to_string(),
            };
            if interview.answer(question.path, value).is_ok() {
                stand_ins.push((question.path.to_string(), shown));
            }
        }
        let rows = proposed_subnets(&interview.answers());
        if missing.is_empty() && rows.is_empty() {
            break;
        }
        if let Some(subnets) = find("subnets").filter(|_| !rows.is_empty()) {
            let names: Vec<String> = rows.iter().filter_map(|row| row.get("name")).map(ToString::to_string).collect();
            let mut all = match subnets.answer(&interview.answers()) {
                Some(Value::Records(known)) => known,
                _ => Vec::new(),
            };
            all.extend(rows);
            if interview.answer("subnets", Value::Records(all)).is_ok() {
                stand_ins.retain(|(path, _)| path != subnets.path);
                stand_ins.push((subnets.path.to_string(), names.join(", ")));
            }
        }
    }
    (stand_ins, interview.answers())
}

/// What stands in for a missing answer.
fn stand_in(question: &Question, answers: &Answers, via: &str) -> Value {
    let text = |text: &str| Value::Text(text.into());
    let prefix = |text: &str| Value::Prefixes(text.parse().into_iter().collect());
    let first = |choices: &[crate::question::Choice]| choices.first().map(|choice| choice.word.to_string());
    match (question.path, question.kind) {
        ("region", _) => text(match answers.cloud.as_deref() {
            Some("AzureUSGovernment") => "usgovvirginia",
            Some("AzureChinaCloud") => "chinanorth3",
            _ => "westeurope",
        }),
        ("name", _) => text("new"),
        ("network.address_space", _) => prefix("10.0.0.0/16"),
        ("subnets", _) => Value::Records(proposed_subnets(answers)),
        ("egress.via", _) => text(via),
        ("egress.private_ip", _) => text("172.31.255.4"),
        ("egress.proxy", _) => text("http://172.31.255.4:3128"),
        ("aks.pod_addresses", _) => prefix("192.168.0.0/16"),
        ("return_proxy.public_address", _) => Value::Flag(true),
        (_, Kind::Text) => text("new"),
        (_, Kind::Number(least, _)) => Value::Number(least),
        (_, Kind::Flag) => Value::Flag(false),
        (_, Kind::Choice(choices)) => Value::Text(first(choices).unwrap_or_default()),
        (_, Kind::Many(choices)) => Value::List(first(choices).into_iter().collect()),
        (_, Kind::Texts) => Value::List(Vec::new()),
        (_, Kind::Prefixes) => prefix("172.31.254.0/24"),
        (_, Kind::Pairs) => Value::Pairs(Default::default()),
        (_, Kind::Records(_)) => Value::Records(Vec::new()),
    }
}
