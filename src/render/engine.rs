//! The one place that names Tera: a template, its language's escape, a view.

use super::escape;
use crate::problem::Problem;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use tera::{Context, Tera};

/// A finished value of a view. A copy of a list or an object shares it.
pub(super) use tera::Value;

/// The language a template writes. Each has one escape, so that `{{ x }}` is safe where the template puts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// Terraform; `{{ x }}` stands inside double quotes.
    Hcl,
    /// Bicep; `{{ x }}` stands inside single quotes, in a comment, or as a name of our own.
    Bicep,
    /// Bash; `{{ x }}` stands as a word and brings its quotes, and a [`comment`] or [`json`] where that belongs.
    Bash,
    /// YAML; `{{ x }}` stands inside double quotes, or in a comment.
    Yaml,
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
            Language::Yaml => escape::yaml,
            Language::Markdown => escape::markdown,
            Language::Csv => escape::csv,
            Language::CycleCloud => escape::cyclecloud,
        }
    }
}

/// A text in another language than its file's: escaped here, and left alone by the file's escape.
fn foreign(text: &str, escape: tera::EscapeFn) -> Value {
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = escape(text, &mut bytes);
    Value::safe_string(&String::from_utf8_lossy(&bytes))
}

/// A line of a code block in Markdown, where Markdown's own escape would spoil it.
pub(super) fn fenced(text: &str) -> Value {
    foreign(text, escape::fenced)
}

/// The destination of a link in Markdown; it stands between parentheses.
pub(super) fn link(text: &str) -> Value {
    foreign(text, escape::link)
}

/// The text of a label in a Mermaid picture; it stands inside double quotes.
pub(super) fn label(text: &str) -> Value {
    foreign(text, escape::mermaid)
}

/// A text in a comment of a script.
pub(super) fn comment(text: &str) -> Value {
    foreign(text, escape::comment)
}

/// A value as JSON, in the lines of a here-document whose end is a word and stands in quotes.
pub(super) fn json(value: &serde_json::Value) -> Value {
    foreign(&format!("{value:#}"), escape::json)
}

/// What can stand in a view.
pub(super) trait Viewed {
    fn viewed(&self) -> Value;
}

macro_rules! viewed {
    ($($kind:ty),*) => {$(
        impl Viewed for $kind {
            fn viewed(&self) -> Value { Value::from(*self) }
        }
    )*};
}
viewed!(bool, u16, u32, u64, usize, &str);

impl Viewed for String {
    fn viewed(&self) -> Value {
        Value::from(self.as_str())
    }
}

impl Viewed for Value {
    fn viewed(&self) -> Value {
        self.clone()
    }
}

impl<T: Viewed> Viewed for &T {
    fn viewed(&self) -> Value {
        (*self).viewed()
    }
}

impl<T: Viewed> Viewed for Vec<T> {
    fn viewed(&self) -> Value {
        Value::from(self.iter().map(Viewed::viewed).collect::<Vec<Value>>())
    }
}

/// An object of a view: `view!({ "name": plan.name, "rules": rules })`. Values are taken by reference.
macro_rules! view {
    ({ $($key:literal : $value:expr),* $(,)? }) => {
        $crate::render::engine::object([$(($key, $crate::render::engine::Viewed::viewed(&$value))),*])
    };
}
pub(super) use view;

pub(super) fn object<const FIELDS: usize>(fields: [(&'static str, Value); FIELDS]) -> Value {
    Value::from(BTreeMap::from(fields))
}

/// A view with more fields, or with others in the place of its own.
pub(super) fn with<const FIELDS: usize>(view: Value, fields: [(&'static str, Value); FIELDS]) -> Value {
    let mut map = view.into_map().unwrap_or_default();
    map.extend(fields.map(|(key, value)| (key.into(), value)));
    Value::from(map)
}

/// A template, parsed once however many environments are rendered.
pub(super) struct Template {
    name: &'static str,
    text: &'static str,
    language: Language,
    parsed: OnceLock<Box<Tera>>,
}

impl Template {
    pub(super) const fn new(name: &'static str, text: &'static str, language: Language) -> Self {
        Template { name, text, language, parsed: OnceLock::new() }
    }

    /// Renders it. The view is an object.
    pub(super) fn render(&self, view: &Value) -> Result<String, Problem> {
        let problem = |error: tera::Error| Problem::in_file(self.name, error.to_string(), "");
        let tera = match self.parsed.get() {
            Some(tera) => tera,
            None => {
                let mut tera = Tera::new();
                tera.autoescape_on([".tera"]);
                tera.set_escape_fn(self.language.escape());
                tera.add_raw_template(self.name, self.text).map_err(problem)?;
                self.parsed.get_or_init(|| tera.into())
            }
        };
        let mut context = Context::new();
        for (field, value) in view.as_map().into_iter().flatten() {
            context.insert_value(field.as_str().unwrap_or_default().to_string(), value.clone());
        }
        tera.render(self.name, &context).map_err(problem)
    }
}
