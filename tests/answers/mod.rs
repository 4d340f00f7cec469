//! Some answer to any question: what keys, typed lines and files are given alike by the tests that hold them against each other.

use netcordon::question::{Answers, Kind, Question, Value, suggestions};
use std::collections::BTreeMap;

/// An answer to a question, of its kind: the same for the same seed.
pub(crate) fn some_answer(question: &Question, seed: usize, answers: &Answers) -> Value {
    let prefix = |n: usize| format!("10.{}.0.0/16", n % 200).parse().unwrap();
    let offered = suggestions(question, answers);
    let pick = |count: usize| seed % count;
    match question.kind {
        Kind::Text if !offered.is_empty() => Value::Text(offered[pick(offered.len())].word.clone()),
        Kind::Texts if !offered.is_empty() => Value::List(vec![offered[pick(offered.len())].word.clone()]),
        Kind::Text => {
            Value::Text(["a", "hpc prod", "10.0.1.4", "yes", "008", "~/.ssh/x", "n,o\\", "中é"][pick(8)].into())
        }
        Kind::Number(least, most) => Value::Number(least + seed as u32 % (most - least + 1)),
        Kind::Flag => Value::Flag(seed.is_multiple_of(2)),
        Kind::Choice(choices) => Value::Text(choices[pick(choices.len())].word.into()),
        Kind::Many(choices) => {
            let picked =
                choices.iter().enumerate().filter(|(index, _)| seed >> index & 1 == 1 || *index == pick(choices.len()));
            Value::List(picked.map(|(_, choice)| choice.word.to_string()).collect())
        }
        Kind::Texts => Value::List(vec![format!("t{seed}"), "a,b".into()]),
        Kind::Prefixes => Value::Prefixes(vec![prefix(seed), prefix(seed + 1)]),
        Kind::Pairs => Value::Pairs(BTreeMap::from([("owner".into(), format!("v{seed}")), ("z".into(), "x y".into())])),
        Kind::Records(fields) => {
            let field = |field: &netcordon::question::Field| {
                let value = match (field.name, field.kind) {
                    ("prefix", _) => Value::Text(format!("10.{}.0.0/16", seed % 200)),
                    (_, Kind::Prefixes) => Value::Prefixes(vec![prefix(seed)]),
                    (_, Kind::Many(choices)) => Value::List(vec![choices[pick(choices.len())].word.into()]),
                    (_, Kind::Flag) => Value::Flag(seed.is_multiple_of(2)),
                    _ => Value::Text(format!("f{seed}")),
                };
                (field.name.to_string(), value)
            };
            Value::Records(vec![fields.iter().map(field).collect()])
        }
    }
}
