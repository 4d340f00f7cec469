//! The one place that names Tera: a template, its language's escape, a view.

use super::escape;
use crate::problem::Problem;
use serde_json::Value;
use tera::{Context, Tera};

/// The language a template writes. Each has one escape, so that `{{ x }}` is safe where the template puts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// Terraform; `{{ x }}` stands inside double quotes.
    Hcl,
    /// Markdown; `{{ x }}` stands in running text or a table cell.
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
            Language::Markdown => escape::markdown,
            Language::Csv => escape::csv,
            Language::CycleCloud => escape::cyclecloud,
        }
    }
}

/// Renders one template. The view is an object of finished values.
pub(super) fn render(name: &str, text: &str, language: Language, view: &Value) -> Result<String, Problem> {
    let problem = |error: tera::Error| Problem::in_file(name, error.to_string(), "");
    let mut tera = Tera::new();
    tera.autoescape_on([".tera"]);
    tera.set_escape_fn(language.escape());
    tera.add_raw_template(name, text).map_err(problem)?;
    let context = Context::from_serialize(view).map_err(problem)?;
    tera.render(name, &context).map_err(problem)
}
