//! The one place that names Tera: a template, its language's escape, a view.

use super::escape;
use crate::problem::Problem;
use serde_json::{Value, json};
use tera::{Context, Map, Tera};

/// The language a template writes. Each has one escape, so that `{{ x }}` is safe where the template puts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// Terraform; `{{ x }}` stands inside double quotes.
    Hcl,
    /// Bicep; `{{ x }}` stands inside single quotes, in a comment, or as a name of our own.
    Bicep,
    /// Bash; `{{ x }}` stands as a word and brings its quotes, and a [`comment`] or [`json`] where that belongs.
    Bash,
    /// Markdown; `{{ x }}` stands in running text or a table cell, and a
    /// [`link`], [`fenced`] or [`label`] where that belongs.
    Markdown,
    /// CSV; `{{ x }}` stands inside double quotes.
    Csv,
    /// CycleCloud's INI; `{{ x }}` stands as a value or in a comment.
    CycleCloud,
}

impl Language {
    fn escape(self) -> tera::EscapeFn {
        match self {
            Language::Hcl => escape::hcl,
            Language::Bicep => escape::bicep,
            Language::Bash => escape::word,
            Language::Markdown => escape::markdown,
            Language::Csv => escape::csv,
            Language::CycleCloud => escape::cyclecloud,
        }
    }
}

/// A line of a code block in Markdown, where Markdown's own escape would spoil it.
pub(super) fn fenced(text: &str) -> Value {
    json!({ "in": "fenced", "text": text })
}

/// The destination of a link in Markdown; it stands between parentheses.
pub(super) fn link(text: &str) -> Value {
    json!({ "in": "link", "text": text })
}

/// The text of a label in a Mermaid picture; it stands inside double quotes.
pub(super) fn label(text: &str) -> Value {
    json!({ "in": "label", "text": text })
}

/// A text in a comment of a script.
pub(super) fn comment(text: &str) -> Value {
    json!({ "in": "comment", "text": text })
}

/// A value as JSON, in the lines of a here-document whose end is a word and stands in quotes.
pub(super) fn json(value: &Value) -> Value {
    json!({ "in": "json", "text": format!("{value:#}") })
}

/// A view as Tera takes it. What stands in another language than its file's is escaped here, by that language's escape.
fn finished(value: &Value) -> std::io::Result<tera::Value> {
    let foreign = |escape: tera::EscapeFn| {
        let mut bytes = Vec::new();
        escape(value["text"].as_str().unwrap_or_default(), &mut bytes)?;
        Ok(tera::Value::safe_string(&String::from_utf8_lossy(&bytes)))
    };
    match value {
        Value::Object(_) if value["in"] == "fenced" => foreign(escape::fenced),
        Value::Object(_) if value["in"] == "link" => foreign(escape::link),
        Value::Object(_) if value["in"] == "comment" => foreign(escape::comment),
        Value::Object(_) if value["in"] == "json" => foreign(escape::json),
        Value::Object(_) if value["in"] == "label" => foreign(escape::mermaid),
        Value::Object(fields) => {
            let fields: std::io::Result<Map> =
                fields.iter().map(|(key, value)| Ok((key.clone().into(), finished(value)?))).collect();
            Ok(tera::Value::from(fields?))
        }
        Value::Array(items) => {
            let items: std::io::Result<Vec<tera::Value>> = items.iter().map(finished).collect();
            Ok(tera::Value::from(items?))
        }
        plain => Ok(tera::Value::from_serializable(plain)),
    }
}

/// Renders one template. The view is an object of finished values.
pub(super) fn render(name: &str, text: &str, language: Language, view: &Value) -> Result<String, Problem> {
    let problem = |error: tera::Error| Problem::in_file(name, error.to_string(), "");
    let mut tera = Tera::new();
    tera.autoescape_on([".tera"]);
    tera.set_escape_fn(language.escape());
    tera.add_raw_template(name, text).map_err(problem)?;
    let mut context = Context::new();
    for (field, value) in view.as_object().into_iter().flatten() {
        let value = finished(value).map_err(|error| Problem::in_file(name, error.to_string(), ""))?;
        context.insert_value(field.clone(), value);
    }
    tera.render(name, &context).map_err(problem)
}
