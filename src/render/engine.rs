//! The one place that names Tera: templates, their languages' escapes, views.

use super::escape;
use crate::problem::{Place, Problem, did_you_mean};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use tera::{Context, ErrorKind, Kwargs, Map, State, Tera};

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
    /// Plain lists and Squid's configuration; `{{ x }}` is one word: a name, a prefix, a port.
    Words,
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
            Language::Words => escape::plain,
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

/// A list of CycleCloud: its items with commas between them, as the value of an attribute or in a text.
pub(super) fn commas(items: &[String]) -> Value {
    let escaped = |item: &String| {
        let mut bytes = Vec::new();
        let _ = escape::cyclecloud(item, &mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    };
    Value::safe_string(&items.iter().map(escaped).collect::<Vec<_>>().join(","))
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

/// A template that ships with the program.
pub(super) struct Template {
    pub(super) name: &'static str,
    pub(super) text: &'static str,
    pub(super) language: Language,
}

impl Template {
    pub(super) const fn new(name: &'static str, text: &'static str, language: Language) -> Self {
        Template { name, text, language }
    }
}

/// All templates of one language, parsed. Each may include the others.
///
/// What Tera 2 itself offers a template reads no file, no environment and no clock: its only functions are `range` and
/// `throw`. Two things of it change from run to run: [`UNORDERED`], and its filter `group_by`, which is ours instead.
pub(super) struct Parsed(Box<Tera>);

/// Tera's variable that shows all others, in an order that changes from run to run.
pub(super) const UNORDERED: &str = "__tera_context";

impl Parsed {
    /// Parses templates, given as name and text. Places of problems are in the template of that name.
    pub(super) fn new<'t>(
        language: Language,
        templates: impl Iterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, Vec<Problem>> {
        let mut tera = Tera::new();
        tera.autoescape_on([".tera"]);
        tera.set_escape_fn(language.escape());
        tera.register_filter("group_by", group_by);
        tera.add_raw_templates(templates).map_err(|error| problems(&error))?;
        Ok(Parsed(tera.into()))
    }

    /// Renders a template. The view is an object.
    pub(super) fn render(&self, name: &str, view: &Value, out: impl Write) -> Result<(), Vec<Problem>> {
        let mut context = Context::new();
        for (field, value) in view.as_map().into_iter().flatten() {
            context.insert_value(field.as_str().unwrap_or_default().to_string(), value.clone());
        }
        self.0.render_to(name, &context, out).map_err(|error| problems(&error))
    }
}

/// Values by what they have under an attribute, groups in the order of their first value.
fn group_by(values: &[Value], arguments: Kwargs, _: &State) -> tera::TeraResult<Map> {
    let attribute = arguments.must_get::<&str>("attribute")?;
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for value in values {
        let Some(key) = value.get_from_path(attribute) else {
            return Err(tera::Error::message(format!("a value has no `{attribute}`")));
        };
        let key = key.to_string();
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(value.clone()),
            None => groups.push((key, vec![value.clone()])),
        }
    }
    Ok(groups.into_iter().map(|(key, group)| (key.into(), group.into())).collect())
}

/// What speaks against the syntax of a template alone, whatever other templates there are.
pub(super) fn syntax(name: &str, text: &str) -> Vec<Problem> {
    match Tera::new().add_raw_template(name, text) {
        Err(error) if matches!(error.kind(), ErrorKind::SyntaxError(_)) => problems(&error),
        _ => Vec::new(),
    }
}

/// The variables that a template takes from its view, also where it asks no more than whether they are true.
///
/// `others` are the names of the templates it may include; theirs do not count.
pub(super) fn asked<'t>(name: &str, text: &str, others: impl Iterator<Item = &'t str>) -> BTreeSet<String> {
    let mut tera = Tera::new();
    let others = others.filter(|other| *other != name).map(|other| (other, ""));
    // One that extends another cannot stand alone; then nothing is said of it.
    let _ = tera.add_raw_templates(others.chain([(name, text)]));
    let names = tera.get_template_variables(name).unwrap_or_default();
    names.into_iter().map(String::from).collect()
}

/// Tera's errors, each in its place.
fn problems(error: &tera::Error) -> Vec<Problem> {
    let chain = |names: &[String]| names.join(", ");
    vec![match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let span = report.span();
            problem(report.filename(), (span.start_line, span.start_col + 1), report.message())
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            Problem::in_file(tpl, "it includes itself", format!("the way round: {}", chain(include_chain)))
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            Problem::in_file(tpl, "it extends itself", format!("the way round: {}", chain(inheritance_chain)))
        }
        ErrorKind::MissingParent { current, parent } => {
            Problem::in_file(current, format!("it extends `{parent}`"), NOT_A_TEMPLATE)
        }
        // What does not fit together is found for all templates at once, as one text of reports.
        _ => return reports(&error.to_string()),
    }]
}

const NOT_A_TEMPLATE: &str =
    "that is no template of its language: `netcordon templates list` names them, with their languages";

/// Tera's words at a place, as ours.
fn problem(name: &str, (line, column): (usize, usize), message: &str) -> Problem {
    // `Variable `x` is not defined. Available variables: a, b`
    let (what, known) = match message.split_once(". Available ") {
        Some((what, known)) => (what, known.split_once(": ").map_or("", |(_, names)| names)),
        None => (message.trim_end_matches('.'), ""),
    };
    let mut what = what.to_string();
    if let Some(first) = what.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    let hint = match what.split('`').nth(1) {
        Some(asked) if !known.is_empty() => near(asked, known.split(", ")),
        _ if what.starts_with("unknown template") => NOT_A_TEMPLATE.into(),
        _ => String::new(),
    };
    let place = Place { file: name.into(), line, column, path: String::new() };
    Problem { place, what, hint }
}

/// The field that was meant, or all there are.
pub(super) fn near<'a>(asked: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    match did_you_mean(asked, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known here: {}", known.collect::<Vec<_>>().join(", ")),
    }
}

/// Reports as Tera prints them: `error: what`, then `--> template:line:column` and the line.
fn reports(text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for report in text.split("\n\n") {
        let mut lines = report.lines();
        let what = lines.next().unwrap_or_default();
        let place = lines.next().and_then(|line| line.trim_start().strip_prefix("--> "));
        let mut parts = place.unwrap_or_default().rsplitn(3, ':');
        let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or_default();
        let (column, line) = (number(), number());
        let name = parts.next().unwrap_or_default();
        problems.push(problem(name, (line, column), what.strip_prefix("error: ").unwrap_or(what)));
    }
    problems
}
