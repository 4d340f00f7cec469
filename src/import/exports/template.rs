//! ARM templates of others, as they were exported or written: their parameters by default value, their variables, and
//! the few functions that put names together. Everything else in brackets is named and never guessed.

use super::gather::{Found, Id};
use super::shape::{Names, typed};
use super::value::{At, Document, Fault, Fields, MOST_VALUES, Node, Value};
use crate::import::arm::expression::{Expression, expression, unescaped};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// How long a text that functions make may be.
const LONGEST: usize = 1 << 16;
/// How many variables may stand inside each other.
const DEEPEST: usize = 16;

/// Reads a template: its resources, and the resources inside them.
pub(super) fn read(found: &mut Found, fields: &Fields) -> Result<(), Fault> {
    let root = &fields.at;
    for name in ["$schema", "contentversion", "languageversion"] {
        if let Some(at) = fields.maybe(&[name]) {
            at.text()?;
        }
    }
    for (name, why) in [
        ("metadata", "for readers"),
        ("outputs", "what a template tells its caller is no resource"),
        ("functions", "functions of a template's own are not evaluated"),
        ("definitions", "the types of parameters decide nothing"),
    ] {
        if let Some(at) = fields.maybe(&[name]) {
            found.skip(&at, why, false);
        }
    }
    let Some(resources) = fields.maybe(&["resources"]) else {
        found.known += 1;
        return Ok(());
    };
    let scope = Scope {
        parameters: fields.maybe(&["parameters"]).map(|at| at.entries()).transpose()?.unwrap_or_default(),
        variables: fields.maybe(&["variables"]).map(|at| at.entries()).transpose()?.unwrap_or_default(),
        texts: RefCell::default(),
        made: Cell::new(0),
    };
    for (_, at) in &scope.parameters {
        let Ok(parameter) = at.fields() else { continue };
        for name in ["type", "metadata", "allowedvalues", "minlength", "maxlength", "minvalue", "maxvalue", "nullable"]
        {
            if let Some(at) = parameter.maybe(&[name]) {
                found.skip(&at, "what a parameter may be: its default is read", false);
            }
        }
    }
    let root_node = scope.node(resources.node, 0);
    if scope.made.get() > MOST_VALUES {
        return Err(root.wrong(format!("evaluates to more than {MOST_VALUES} values"), ""));
    }
    resources.node.use_all();
    let evaluated = Document {
        file: root.document.file.clone(),
        path: resources.path.clone(),
        root: root_node,
        planned: Cell::new(false),
    };
    all(found, &evaluated.at(), "", &[]);
    found.leftovers(&evaluated);
    Ok(())
}

/// Reads the resources of a list, or of an object that gives each a name of its own.
fn all(found: &mut Found, at: &At, outer: &str, names: &[String]) {
    let list = match at.entries() {
        Ok(entries) => entries.into_iter().map(|(_, at)| at).collect(),
        Err(_) => match at.list() {
            Ok(list) => list,
            Err(fault) => return found.fault(fault, at, |found, problem| found.problems.push(problem)),
        },
    };
    for at in list {
        found.known += 1;
        if let Err(fault) = resource(found, &at, outer, names) {
            found.fault(fault, &at, |found, problem| found.problems.push(problem));
        }
    }
}

fn resource(found: &mut Found, at: &At, outer: &str, outer_names: &[String]) -> Result<(), Fault> {
    let fields = at.fields()?;
    let kind = fields.take(&["type"])?.text()?.to_ascii_lowercase();
    let kind = kind.split('@').next().unwrap_or_default();
    let kind = kind.strip_prefix("microsoft.network/").unwrap_or(kind);
    let kind = if outer.is_empty() { kind.to_string() } else { format!("{outer}/{kind}") };
    if fields.flag(&["existing"])? == Some(true) {
        found.skip(at, "the template names it and does not make it", false);
        return Ok(());
    }
    // Inside `properties` a loop is a list.
    if let Some(copy) = fields.maybe(&["copy"]).filter(|at| at.entries().is_ok()) {
        doubt(found, &kind, outer_names, &fields);
        found.skip(&copy, "a copy loop is not run: how often the resource is made is not known", true);
        found.skip(at, "made by a copy loop", true);
        return Ok(());
    }
    if let Some(condition) = fields.maybe(&["condition"]) {
        match condition.flag() {
            Ok(true) => {}
            Ok(false) => {
                found.skip(at, "its condition is false", false);
                return Ok(());
            }
            Err(fault) => {
                doubt(found, &kind, outer_names, &fields);
                found.skip(at, "whether its condition holds is not known", true);
                return Err(fault);
            }
        }
    }
    let name = match fields.take(&["name"])?.text() {
        Ok(name) => name,
        Err(fault) => {
            doubt(found, &kind, outer_names, &fields);
            return Err(fault);
        }
    };
    let mut names = outer_names.to_vec();
    names.extend(name.split('/').filter(|part| !part.is_empty()).map(str::to_string));
    let mut id = Id::named(names.first().map_or("", String::as_str));
    if kind == "virtualnetworks/subnets"
        && let [_, subnet] = names.as_slice()
    {
        id = id.child(&subnet.clone());
    }
    // A loop inside the resource makes rules, routes or subnets that nobody sees.
    if let Some(at) = fields.maybe(&["copy"]) {
        doubt(found, &kind, &names, &fields);
        found.skip(&at, "a copy loop is not run: what it makes is not known", true);
    }
    let below = fields.maybe(&["resources"]);
    let id = Names { id, names: names.clone() };
    let read = typed(found, &fields, &kind, &id);
    if let Some(below) = below {
        all(found, &below, &kind, &names);
    }
    read
}

/// What is made of it is not known, so anything may stand in what it belongs to.
fn doubt(found: &mut Found, kind: &str, outer: &[String], fields: &Fields) {
    let name = fields.text(&["name"]).ok().flatten().unwrap_or_default();
    let first = outer.first().map_or_else(|| name.split('/').next().unwrap_or_default(), String::as_str);
    let id = Id::named(first);
    if kind.starts_with("networksecuritygroups") {
        match first.is_empty() {
            false => found.nsgs.entry(&id).doubt = true,
            // It may belong to any NSG of the template.
            true => found.doubt_all_nsgs = true,
        }
    } else if kind.starts_with("routetables") {
        match first.is_empty() {
            false => found.tables.entry(&id).doubt = true,
            true => found.doubt_all_tables = true,
        }
    } else if kind.starts_with("firewallpolicies") {
        found.doubt_all_policies = true;
    }
}

/// Parameters and variables by name.
struct Scope<'a> {
    parameters: Vec<(&'a str, At<'a>)>,
    variables: Vec<(&'a str, At<'a>)>,
    /// Variables that are texts, evaluated: each once, however often it is named.
    texts: RefCell<BTreeMap<String, Option<String>>>,
    made: Cell<usize>,
}

impl Scope<'_> {
    /// A copy of the value in which every expression that can be evaluated is.
    fn node(&self, node: &Node, depth: usize) -> Node {
        self.made.set(self.made.get() + 1);
        if self.made.get() > MOST_VALUES || depth > 200 {
            return Node::new(Value::Null);
        }
        Node::new(match &node.value {
            Value::Text(text) => return self.text(text, depth),
            Value::List(items) => Value::List(items.iter().map(|item| self.node(item, depth + 1)).collect()),
            Value::Map(fields) => {
                Value::Map(fields.iter().map(|(key, field)| (key.clone(), self.node(field, depth + 1))).collect())
            }
            Value::Null => Value::Null,
            Value::Bool(flag) => Value::Bool(*flag),
            Value::Number(number) => Value::Number(*number),
            Value::Unresolved(text) => Value::Unresolved(text.clone()),
        })
    }

    fn text(&self, text: &str, depth: usize) -> Node {
        let unresolved = || Node::new(Value::Unresolved(text.into()));
        match expression(text) {
            None => Node::new(Value::Text(unescaped(text).into())),
            Some(Err(())) => unresolved(),
            Some(Ok(parsed)) => match self.named(&parsed) {
                Some(node) if depth < 100 => self.node(node, depth + 1),
                Some(_) => unresolved(),
                None => match self.evaluate(&parsed, 0) {
                    Some(text) => Node::new(Value::Text(text.into())),
                    None => unresolved(),
                },
            },
        }
    }

    /// The value that `parameters('x')` or `variables('x')` stands for.
    fn named(&self, expression: &Expression) -> Option<&Node> {
        let find =
            |all: &'_ [(&'_ str, At<'_>)], name: &str| all.iter().position(|(own, _)| own.eq_ignore_ascii_case(name));
        if let Some([name]) = expression.call("parameters") {
            let (_, at) = self.parameters.get(find(&self.parameters, name.text()?)?)?;
            let default = at.fields().ok()?;
            let node = default.any(&["defaultvalue"])?;
            node.use_all();
            // A parameter's default cannot lean on itself.
            return (!matches!(&node.value, Value::Text(text) if is_expression(text))).then_some(node);
        }
        if let Some([name]) = expression.call("variables") {
            let (_, at) = self.variables.get(find(&self.variables, name.text()?)?)?;
            if let Value::Text(text) = &at.node.value
                && is_expression(text)
            {
                return None;
            }
            at.node.use_all();
            return Some(at.node);
        }
        None
    }

    /// The text that an expression makes.
    fn evaluate(&self, expression: &Expression, depth: usize) -> Option<String> {
        if depth > DEEPEST {
            return None;
        }
        if let Some(text) = expression.text() {
            return Some(text.into());
        }
        if let Some([name]) = expression.call("variables") {
            return self.variable(name.text()?, depth);
        }
        if let Some([name]) = expression.call("parameters")
            && let Some((_, at)) =
                self.parameters.iter().find(|(own, _)| name.text().is_some_and(|n| own.eq_ignore_ascii_case(n)))
        {
            let node = at.fields().ok()?.any(&["defaultvalue"])?;
            node.use_all();
            return match &node.value {
                Value::Text(text) => self.inner(text, depth),
                Value::Number(number) if number.fract() == 0.0 => Some(format!("{number:.0}")),
                _ => None,
            };
        }
        let arguments = |function: &str| -> Option<Vec<String>> {
            expression.call(function)?.iter().map(|one| self.evaluate(one, depth + 1)).collect()
        };
        let made = if let Some(parts) = arguments("concat") {
            parts.concat()
        } else if let Some(parts) = arguments("format") {
            format_text(&parts)?
        } else if let Some(parts) = arguments("resourceId") {
            id_text(&parts)?
        } else if let Some(parts) = arguments("toLower") {
            parts.first()?.to_lowercase()
        } else {
            return None;
        };
        (made.len() <= LONGEST).then_some(made)
    }

    fn variable(&self, name: &str, depth: usize) -> Option<String> {
        let key = name.to_ascii_lowercase();
        if let Some(known) = self.texts.borrow().get(&key) {
            return known.clone();
        }
        let (_, at) = self.variables.iter().find(|(own, _)| own.eq_ignore_ascii_case(name))?;
        let Value::Text(text) = &at.node.value else { return None };
        // One that leans on itself is none.
        self.texts.borrow_mut().insert(key.clone(), None);
        let made = self.inner(text, depth + 1);
        at.node.use_all();
        self.texts.borrow_mut().insert(key, made.clone());
        made
    }

    fn inner(&self, text: &str, depth: usize) -> Option<String> {
        match expression(text) {
            None => Some(unescaped(text).into()),
            Some(Ok(parsed)) => self.evaluate(&parsed, depth + 1),
            Some(Err(())) => None,
        }
    }
}

fn is_expression(text: &str) -> bool {
    expression(text).is_some()
}

/// `format('{0}/{1}', 'a', 'b')`: places without a form of their own.
fn format_text(parts: &[String]) -> Option<String> {
    let (form, values) = parts.split_first()?;
    let mut made = String::new();
    let mut rest = form.as_str();
    while let Some(start) = rest.find('{') {
        let end = rest[start..].find('}')? + start;
        made.push_str(&rest[..start]);
        made.push_str(values.get(rest[start + 1..end].parse::<usize>().ok()?)?);
        rest = &rest[end + 1..];
    }
    if rest.contains('}') {
        return None;
    }
    made.push_str(rest);
    Some(made)
}

/// `resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet', 'subnet')`, with a resource group, or a
/// subscription and one, before the type.
fn id_text(parts: &[String]) -> Option<String> {
    let at = parts.iter().position(|part| part.contains('/')).filter(|at| *at <= 2)?;
    let (before, rest) = parts.split_at(at);
    let (kind, names) = rest.split_first()?;
    let (provider, kinds) = kind.split_once('/')?;
    let kinds: Vec<&str> = kinds.split('/').collect();
    if kinds.len() != names.len() {
        return None;
    }
    let mut made = match before {
        [subscription, group] => format!("/subscriptions/{subscription}/resourceGroups/{group}"),
        [group] => format!("/resourceGroups/{group}"),
        _ => String::new(),
    };
    made.push_str(&format!("/providers/{provider}"));
    for (kind, name) in kinds.iter().zip(names) {
        made.push_str(&format!("/{kind}/{name}"));
    }
    Some(made)
}
