//! Answers, and the one list of questions that they answer.

mod answers;
mod read;
mod save;
mod schema;
mod sources;
mod suggest;
mod table;
mod typed;
mod value;

pub use answers::{Answers, PeerAnswer, SubnetAnswer};
pub use read::{Places, Read, VERSION, find, read};
pub use save::{Saved, drop_key, same_key, save};
pub use schema::schema;
pub use sources::sources;
pub use suggest::{
    Suggestion, needed_roles, proposed_subnet, proposed_subnets, proposes_rows, roles_without_subnet, suggestions,
};
pub use table::{Choice, Field, Kind, PAIR_FIELDS, QUESTIONS, Question, SUBNET_FIELDS, Step, chose};
pub use typed::{about, as_typed, typed, typed_field};
pub use value::{Slot, Value};

/// The answers with every default written out, for each question that these answers raise.
pub fn complete(answers: &Answers) -> Answers {
    let mut whole = answers.clone();
    for question in QUESTIONS {
        if (question.asked)(&whole)
            && question.answer(&whole).is_none()
            && let Some(value) = (question.default)(&whole)
        {
            (question.slot_mut)(&mut whole).write(value);
        }
    }
    whole
}

/// The text of an answers file: version first, then the answers in the order of the questions.
pub fn to_yaml(answers: &Answers) -> String {
    let body = if *answers == Answers::default() { String::new() } else { crate::yaml::write(answers) };
    format!("version: {VERSION}\n{body}")
}
