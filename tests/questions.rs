//! The one list of questions, as a table: what every row of it promises.

#![allow(clippy::unwrap_used)]

use netcordon::question::{Choice, Kind, QUESTIONS};
use std::collections::BTreeSet;

fn choices(kind: Kind) -> Vec<&'static [Choice]> {
    match kind {
        Kind::Choice(choices) | Kind::Many(choices) => vec![choices],
        Kind::Records(fields) => fields.iter().flat_map(|field| choices(field.kind)).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn no_question_and_no_choice_is_there_twice_and_each_says_what_it_means() {
    let mut paths = BTreeSet::new();
    for question in QUESTIONS {
        assert!(paths.insert(question.path), "{} is asked twice", question.path);
        assert!(!question.title.is_empty() && !question.help.is_empty(), "{} says nothing", question.path);
        for choices in choices(question.kind) {
            let mut words = BTreeSet::new();
            for choice in choices {
                assert!(words.insert(choice.word), "{}: {} can be chosen twice", question.path, choice.word);
                assert!(!choice.means.is_empty(), "{}: {} means nothing", question.path, choice.word);
            }
        }
    }
}
