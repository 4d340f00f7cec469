//! The forms of our own blocks: what is not of one of them is a problem, named.

use crate::problem::Problem;
use hcl::structure::Structure;
use hcl::{Block, Body, Expression, ObjectKey};
use std::collections::BTreeSet;

/// What a problem's hint says.
pub(super) const HINT: &str =
    "netcordon reads back only what it wrote itself: generate again, or audit an export from Azure";

/// What stands in the forms for any literal.
const LITERAL: &str = "literal";

/// A block and the file that it stands in.
pub(super) struct Found<'a> {
    pub(super) file: &'a str,
    pub(super) block: Block,
}

/// The blocks of a file.
pub(super) fn blocks<'a>(file: &'a str, text: &str, problems: &mut Vec<Problem>) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    for structure in parse(file, text, problems) {
        match structure {
            Structure::Block(block) => found.push(Found { file, block }),
            Structure::Attribute(attribute) => {
                let what = format!("`{}` stands outside of any block", attribute.key());
                problems.push(Problem::in_file(file, what, HINT));
            }
        }
    }
    found
}

fn parse(file: &str, text: &str, problems: &mut Vec<Problem>) -> Body {
    match hcl::parse(text) {
        Ok(body) => body,
        Err(error) => {
            let mut problem = Problem::in_file(file, "this is no HCL", HINT);
            match error {
                hcl::Error::Parse(error) => {
                    problem.what = format!("this is no HCL: {}", error.message());
                    (problem.place.line, problem.place.column) = (error.location().line(), error.location().column());
                }
                other => problem.what = format!("this is no HCL: {other}"),
            }
            problems.push(problem);
            Body::default()
        }
    }
}

/// Each block must be of one of the forms, and none may stand twice. Those with headers in `others` are read elsewhere.
pub(super) fn check(found: &[Found], forms: &[&str], others: &[&str], problems: &mut Vec<Problem>) {
    let forms: Vec<Found> = forms.iter().flat_map(|text| blocks("netcordon's own forms", text, problems)).collect();
    let mut seen = BTreeSet::new();
    for Found { file, block } in found {
        let name = header(block);
        let mut problem = |what: String| problems.push(Problem::in_file(file, what, HINT));
        if !seen.insert(name.clone()) {
            problem(format!("`{name}` stands there twice"));
            continue;
        }
        if others.contains(&name.as_str()) {
            continue;
        }
        let same = forms.iter().filter(|form| header(&form.block) == name);
        let mut differences: Vec<Option<Difference>> =
            same.map(|form| difference(&form.block.body, &block.body)).collect();
        if differences.is_empty() {
            problem(format!("`{name}` is nothing that netcordon writes"));
        } else if !differences.contains(&None) {
            // The form that fits the longest is the one that was meant.
            differences.sort();
            if let Some(Some((_, what))) = differences.pop() {
                problem(format!("`{name}`: {what}"));
            }
        }
    }
}

/// Whether a block with this header is there.
pub(super) fn has(found: &[Found], name: &str) -> bool {
    found.iter().any(|found| header(&found.block) == name)
}

/// `resource "azurerm_subnet" "this"`.
pub(super) fn header(block: &Block) -> String {
    let mut text = block.identifier().to_string();
    for label in block.labels() {
        match label {
            hcl::BlockLabel::String(label) => text.push_str(&format!(" {label:?}")),
            hcl::BlockLabel::Identifier(label) => text.push_str(&format!(" {label}")),
        }
    }
    text
}

/// Where a body leaves the form, counted in attributes and blocks, and how.
type Difference = (usize, String);

fn difference(form: &Body, body: &Body) -> Option<Difference> {
    let (mut forms, mut structures) = (form.iter(), body.iter());
    for at in 0.. {
        let what = match (forms.next(), structures.next()) {
            (None, None) => break,
            (Some(Structure::Attribute(form)), Some(Structure::Attribute(own))) if form.key() == own.key() => {
                match unlike(form.expr(), own.expr(), own.key()) {
                    None => continue,
                    Some(what) => what,
                }
            }
            (Some(Structure::Block(form)), Some(Structure::Block(own))) if header(form) == header(own) => {
                match difference(form.body(), own.body()) {
                    None => continue,
                    Some((_, what)) => format!("`{}`: {what}", header(own)),
                }
            }
            (_, Some(Structure::Attribute(own))) => format!("`{}` is not expected here", own.key()),
            (_, Some(Structure::Block(own))) => format!("`{}` is not expected here", header(own)),
            (Some(Structure::Attribute(form)), None) => format!("`{}` is missing", form.key()),
            (Some(Structure::Block(form)), None) => format!("`{}` is missing", header(form)),
        };
        return Some((at, what));
    }
    None
}

fn unlike(form: &Expression, own: &Expression, at: &str) -> Option<String> {
    match form {
        Expression::Variable(name) if name.as_str() == LITERAL => not_literal(own, at),
        _ if form == own => None,
        _ => Some(format!("`{at}` is not what netcordon writes there")),
    }
}

/// The first thing in an expression that is no literal.
fn not_literal(own: &Expression, at: &str) -> Option<String> {
    match own {
        Expression::Null | Expression::Bool(_) | Expression::Number(_) | Expression::String(_) => None,
        Expression::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| not_literal(item, &format!("{at}[{index}]")))
        }
        Expression::Object(entries) => entries.iter().find_map(|(key, value)| match key {
            ObjectKey::Identifier(name) => not_literal(value, &format!("{at}.{}", name.as_str())),
            ObjectKey::Expression(Expression::String(key)) => not_literal(value, &format!("{at}[{key:?}]")),
            _ => Some(format!("a key in `{at}` is not a literal")),
        }),
        other => Some(format!("`{at}` is {}, not a literal", kind(other))),
    }
}

/// What an expression is, for a person.
pub(super) fn kind(expression: &Expression) -> &'static str {
    match expression {
        Expression::Null => "null",
        Expression::Bool(_) => "a flag",
        Expression::Number(_) => "a number",
        Expression::String(_) => "a text",
        Expression::Array(_) => "a list",
        Expression::Object(_) => "an object",
        Expression::TemplateExpr(_) => "a template",
        Expression::Variable(_) | Expression::Traversal(_) => "a reference",
        Expression::FuncCall(_) => "a function call",
        _ => "an expression",
    }
}
