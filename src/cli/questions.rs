//! `netcordon questions`: every question of the answers file, for people, for the README, as a schema.

use super::{Answer, input, print};
use crate::interview::{Interview, State};
use crate::problem::Problem;
use crate::question::{self, Answers, Kind, QUESTIONS, Question, Value, schema};
use clap::Args;
use std::path::{Path, PathBuf};

/// Arguments of `questions`.
#[derive(Args, Debug)]
pub(super) struct Questions {
    /// An answers file: only the questions that it raises, and how each stands
    #[arg(value_name = "ANSWERS")]
    answers: Option<PathBuf>,
    /// Print the JSON Schema of the answers file
    #[arg(long, conflicts_with = "answers")]
    schema: bool,
    /// Print the table of the README
    #[arg(long, conflicts_with_all = ["schema", "answers"], hide = true)]
    markdown: bool,
}

pub(super) fn run(verb: &Questions) -> Result<Answer, Vec<Problem>> {
    if let Some(path) = &verb.answers {
        return standing(path);
    }
    let text = if verb.schema {
        // A value of our own serialises.
        serde_json::to_string_pretty(&schema()).unwrap_or_default() + "\n"
    } else if verb.markdown {
        markdown()
    } else {
        text()
    };
    print::data(&text).map(|()| Answer::Yes)
}

/// The questions that an answers file raises, and how each stands; the answer is no while one is missing.
fn standing(path: &Path) -> Result<Answer, Vec<Problem>> {
    let bytes = input::bytes(path).map_err(|problem| vec![problem])?;
    let read = question::read(&path.display().to_string(), &bytes, &[]);
    if !read.problems.is_empty() {
        return Err(read.problems);
    }
    let interview = Interview::start(read.answers);
    let row = |question: &Question| {
        let (word, value) = match interview.state(question) {
            State::Answered(value) => ("answered", value.to_string()),
            State::Default(value) => ("default", value.to_string()),
            State::Missing => ("missing", question.title.to_string()),
            State::Open => ("open", String::new()),
        };
        vec![word.to_string(), question.path.to_string(), value]
    };
    let rows: Vec<Vec<String>> = interview.questions(true).map(row).collect();
    print::data(&print::table(&rows, print::width()))?;
    Ok(if interview.missing().is_empty() { Answer::Yes } else { Answer::No })
}

fn kind(kind: Kind) -> String {
    match kind {
        Kind::Text => "text".into(),
        Kind::Number(least, most) => format!("number, {least} to {most}"),
        Kind::Flag => "true or false".into(),
        Kind::Choice(choices) => choices.iter().map(|choice| choice.word).collect::<Vec<_>>().join(", "),
        Kind::Many(choices) => {
            format!("any of {}", choices.iter().map(|choice| choice.word).collect::<Vec<_>>().join(", "))
        }
        Kind::Texts => "list of texts".into(),
        Kind::Prefixes => "list of prefixes".into(),
        Kind::Pairs => "names with texts".into(),
        Kind::Records(fields) => {
            format!("rows of {}", fields.iter().map(|field| field.name).collect::<Vec<_>>().join(", "))
        }
    }
}

/// The default with nothing else answered; what it hangs on is in the question's help.
fn default(question: &Question) -> String {
    match (question.default)(&Answers::default()) {
        Some(Value::Text(text)) => text,
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Flag(flag)) => flag.to_string(),
        Some(Value::List(items)) => items.join(", "),
        _ if question.needed => "needed".into(),
        _ => String::new(),
    }
}

fn text() -> String {
    let width = print::width();
    let mut text = String::new();
    let mut step = None;
    for question in QUESTIONS {
        if step != Some(question.step) {
            step = Some(question.step);
            text.push_str(&format!("{}{}\n", if text.is_empty() { "" } else { "\n" }, question.step.title()));
        }
        text.push_str(&format!("  {}\n", question.path));
        let mut lines = vec![question.title.to_string(), question.help.to_string(), kind(question.kind)];
        if let Kind::Choice(choices) | Kind::Many(choices) = question.kind {
            lines.pop();
            lines.extend(choices.iter().map(|choice| format!("{}: {}", choice.word, choice.means)));
        }
        if let Kind::Records(fields) = question.kind {
            lines.extend(fields.iter().map(|field| format!("{}: {}", field.name, field.help)));
        }
        let default = default(question);
        if !default.is_empty() {
            lines.push(if question.needed { "needed where it is asked".into() } else { format!("default: {default}") });
        }
        for line in lines {
            let wrapped = print::wrap(&line, width.saturating_sub(8));
            text.push_str(&format!("      {}\n", wrapped.join("\n        ")));
        }
    }
    text
}

fn markdown() -> String {
    let mut text = String::from("| key | answer | default | question |\n| --- | --- | --- | --- |\n");
    for question in QUESTIONS {
        let default = default(question);
        let default = match default.as_str() {
            "" => "–".into(),
            _ if question.needed => default,
            _ => format!("`{default}`"),
        };
        text.push_str(&format!("| `{}` | {} | {default} | {} |\n", question.path, kind(question.kind), question.title));
    }
    text
}
