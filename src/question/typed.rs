//! An answer as one line of typed text, and back: what every front that takes text agrees on.

use super::read::find;
use super::table::{Field, Kind, Question};
use super::value::Value;
use crate::model::parse_prefix;
use crate::problem::is_seen;
use ipnet::IpNet;

/// The text as an answer to a question of text, number, texts or prefixes; lists are separated by commas, prefixes by spaces as
/// well. `None` for a text of nothing: no answer.
///
/// # Errors
///
/// What is wrong with it, as a clause.
pub fn typed(question: &Question, text: &str) -> Result<Option<Value>, String> {
    typed_as(question.kind, false, text)
}

/// The same for a field of a record.
///
/// # Errors
///
/// What is wrong with it, as a clause.
pub fn typed_field(field: &Field, text: &str) -> Result<Option<Value>, String> {
    typed_as(field.kind, field.name == "prefix", text)
}

fn typed_as(kind: Kind, is_prefix: bool, text: &str) -> Result<Option<Value>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(bad) = text.chars().find(|character| !is_seen(*character)) {
        return Err(format!("`{}` cannot stand in an answer", bad.escape_unicode()));
    }
    match kind {
        Kind::Text if is_prefix => Ok(Some(Value::Text(prefix(text)?.to_string()))),
        Kind::Text => Ok(Some(Value::Text(text.into()))),
        Kind::Number(least, most) => match text.parse() {
            Ok(number) if (least..=most).contains(&number) => Ok(Some(Value::Number(number))),
            _ => Err(format!("`{text}` is not a number from {least} to {most}")),
        },
        Kind::Texts => {
            let items = split(text);
            match items.iter().enumerate().find(|(index, item)| items[..*index].contains(item)) {
                Some((_, twice)) => Err(format!("`{twice}` is here twice")),
                None => Ok(Some(Value::List(items)).filter(|value| !value.is_empty())),
            }
        }
        Kind::Prefixes => {
            let words = text.split([',', ' ']).filter(|word| !word.is_empty());
            let prefixes = words.map(prefix).collect::<Result<Vec<IpNet>, String>>()?;
            Ok(Some(Value::Prefixes(prefixes)).filter(|value| !value.is_empty()))
        }
        Kind::Flag | Kind::Choice(_) | Kind::Many(_) | Kind::Pairs | Kind::Records(_) => {
            Err("this answer is chosen, not typed".into())
        }
    }
}

fn prefix(text: &str) -> Result<IpNet, String> {
    match parse_prefix(text) {
        Ok(prefix) if prefix == prefix.trunc() => Ok(prefix),
        Ok(prefix) => Err(format!("`{text}` has host bits set: write `{}`", prefix.trunc())),
        Err(what) => Err(format!("`{text}` is {what}")),
    }
}

/// An answer as the line of text that [`typed`] takes; empty for what is not typed.
pub fn as_typed(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::List(items) => {
            items.iter().map(|item| item.replace('\\', "\\\\").replace(',', "\\,")).collect::<Vec<_>>().join(", ")
        }
        Value::Prefixes(prefixes) => prefixes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        Value::Flag(_) | Value::Pairs(_) | Value::Records(_) => String::new(),
    }
}

/// Texts between commas; `\,` is a comma within one.
fn split(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            ',' => items.push(String::new()),
            '\\' => items.last_mut().into_iter().for_each(|item| item.push(characters.next().unwrap_or('\\'))),
            _ => items.last_mut().into_iter().for_each(|item| item.push(character)),
        }
    }
    items.into_iter().map(|item| item.trim().to_string()).filter(|item| !item.is_empty()).collect()
}

/// The question that a place is about, as problems name it: `subnets[1].prefix` is about `subnets`, and `egress`, which is
/// no question, about the first of its section.
pub fn about(path: &str) -> Option<&'static Question> {
    let mut part = path;
    while !part.is_empty() {
        if let Some(question) = find(part) {
            return Some(question);
        }
        part = part.rfind(['.', '[']).map_or("", |at| &part[..at]);
    }
    let within = |question: &&Question| {
        question.path.strip_prefix(path).is_some_and(|rest| !path.is_empty() && rest.starts_with('.'))
    };
    super::QUESTIONS.iter().find(|question| within(question) && !question.more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::QUESTIONS;
    use proptest::prelude::*;

    proptest! {
        /// What is shown for editing and not edited is the same answer.
        #[test]
        fn an_answer_typed_again_is_the_same(items in proptest::collection::btree_set("[ -~é中]{1,8}", 1..4)) {
            let items: Vec<String> =
                items.iter().map(|item| item.trim().to_string()).filter(|item| !item.is_empty()).collect();
            let texts = QUESTIONS.iter().find(|question| matches!(question.kind, Kind::Texts)).unwrap();
            let value = Value::List(items.clone());
            let twice = items.iter().enumerate().any(|(index, item)| items[..index].contains(item));
            if !items.is_empty() && !twice {
                prop_assert_eq!(typed(texts, &as_typed(&value)), Ok(Some(value)));
            }
        }
    }

    #[test]
    fn prefixes_are_separated_by_anything() {
        let prefixes = find("admins").unwrap();
        let three = Value::Prefixes(["10.0.0.0/8", "10.1.0.0/16", "1.2.3.4/32"].map(|p| p.parse().unwrap()).to_vec());
        assert_eq!(typed(prefixes, " 10.0.0.0/8,10.1.0.0/16  1.2.3.4/32 "), Ok(Some(three)));
        assert_eq!(typed(prefixes, ""), Ok(None));
        assert_eq!(typed(prefixes, "10.0.0.1/8"), Err("`10.0.0.1/8` has host bits set: write `10.0.0.0/8`".into()));
        assert!(typed(prefixes, "10.0.0").is_err());
    }

    #[test]
    fn a_place_is_about_a_question() {
        let path = |place: &str| about(place).map(|question| question.path);
        assert_eq!(path("subnets[1].prefix"), Some("subnets"));
        assert_eq!(path("egress"), Some("egress.via"));
        assert_eq!(path("tags.owner"), Some("tags"));
        assert_eq!(path("colour"), None);
        assert_eq!(path(""), None);
    }
}
