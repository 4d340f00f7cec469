//! JSON without surprises: no key twice, no property unread, every value with the place where it stands.

use super::expression::{Expression, expression, unescaped};
use crate::model::parse_prefix;
use crate::problem::{Place, Problem};
use ipnet::IpNet;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

const LARGEST: usize = 16 << 20;
const LITERALS: &str = "only literal values are read, and parameters whose default is one";

/// A template: its file, its value, and the literal defaults of its parameters.
pub(in crate::import) struct Document {
    file: String,
    value: Value,
    parameters: BTreeMap<String, Option<Value>>,
}

impl Document {
    /// Reads JSON (`serde_json` refuses what is nested too deep) and the template's parameters.
    pub(super) fn parse(file: &str, bytes: &[u8]) -> Result<Self, Problem> {
        Document::new(file, json(file, bytes)?)
    }

    /// A template whose value is at hand.
    pub(in crate::import) fn new(file: &str, value: Value) -> Result<Self, Problem> {
        let document = Document { file: file.into(), value, parameters: BTreeMap::new() };
        let parameters = parameters(&document.root())?;
        Ok(Document { parameters, ..document })
    }

    /// The whole of it.
    pub(super) fn root(&self) -> At<'_> {
        At { document: self, value: &self.value, path: String::new() }
    }
}

/// JSON, in which no object has a key twice.
pub(in crate::import) fn json(file: &str, bytes: &[u8]) -> Result<Value, Problem> {
    if bytes.len() > LARGEST {
        return Err(Problem::in_file(file, "is larger than 16 MiB", ""));
    }
    let Strict(value) = serde_json::from_slice(bytes).map_err(|error| {
        let text = error.to_string();
        let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
        let place = Place { file: file.into(), line: error.line(), column: error.column(), path: String::new() };
        Problem { place, what: format!("cannot be read as JSON: {what}"), hint: String::new() }
    })?;
    Ok(value)
}

/// The defaults of the parameters. While they are read no parameter is known, so that none can lean on another.
fn parameters(root: &At) -> Result<BTreeMap<String, Option<Value>>, Problem> {
    let mut parameters = BTreeMap::new();
    for (name, at) in root.fields()?.take("parameters")?.fields()?.rest() {
        let mut fields = at.fields()?;
        fields.take("type")?.choice(&[("string", ())])?;
        let default = fields.maybe("defaultValue");
        if let Some(default) = &default {
            default.text()?;
        }
        if let Some(metadata) = fields.maybe("metadata") {
            let mut metadata = metadata.fields()?;
            metadata.take("description")?.text()?;
            metadata.end()?;
        }
        fields.end()?;
        parameters.insert(name, default.map(|default| default.value.clone()));
    }
    Ok(parameters)
}

/// A value of JSON in which no object has a key twice.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(values.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some((key, Strict(value))) = object.next_entry::<String, Strict>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format!("the key `{key}` stands here twice")));
            }
            map.insert(key, value);
        }
        Ok(map.into())
    }
}

/// A value and where it stands.
#[derive(Clone)]
pub(super) struct At<'a> {
    document: &'a Document,
    value: &'a Value,
    path: String,
}

impl<'a> At<'a> {
    /// A problem with it.
    pub(super) fn problem(&self, what: impl Into<String>) -> Problem {
        let place = Place { file: self.document.file.clone(), path: self.path.clone(), ..Place::default() };
        Problem { place, what: what.into(), hint: String::new() }
    }

    fn not_read(&self) -> Problem {
        let what = format!("the expression `{}` is not read", self.raw());
        Problem { hint: LITERALS.into(), ..self.problem(what) }
    }

    /// The value itself, or the default of the parameter that it names; every other expression is a problem.
    fn literal(&self) -> Result<At<'a>, Problem> {
        let Some(expression) = self.expression()? else { return Ok(self.clone()) };
        let Some(name) = expression.parameter() else {
            return Err(self.not_read());
        };
        match self.declared(name)? {
            Some(value) => Ok(At { document: self.document, value, path: format!("parameters.{name}.defaultValue") }),
            None => Err(self.problem(format!("the parameter `{name}` has no default"))),
        }
    }

    fn raw(&self) -> &str {
        self.value.as_str().unwrap_or_default()
    }

    /// The expression that it is; `None` if it is a literal.
    pub(super) fn expression(&self) -> Result<Option<Expression>, Problem> {
        match expression(self.raw()) {
            None => Ok(None),
            Some(Ok(expression)) => Ok(Some(expression)),
            Some(Err(())) => Err(self.not_read()),
        }
    }

    /// The default of a declared parameter, if it has one.
    pub(super) fn declared(&self, parameter: &str) -> Result<Option<&'a Value>, Problem> {
        match self.document.parameters.get(parameter) {
            Some(default) => Ok(default.as_ref()),
            None => Err(self.problem(format!("there is no parameter `{parameter}`"))),
        }
    }

    fn below(&self, key: &str, value: &'a Value) -> At<'a> {
        let dot = if self.path.is_empty() { "" } else { "." };
        At { document: self.document, value, path: format!("{}{dot}{key}", self.path) }
    }

    fn not(&self, wanted: &str) -> Problem {
        self.problem(format!("must be {wanted}"))
    }

    /// Its text.
    pub(super) fn text(&self) -> Result<String, Problem> {
        let at = self.literal()?;
        at.value.as_str().map(|text| unescaped(text).to_string()).ok_or_else(|| at.not("a text"))
    }

    /// Its text, read by `read`, which says what it must be.
    pub(super) fn read<T>(&self, read: impl Fn(&str) -> Option<T>, wanted: &str) -> Result<T, Problem> {
        let text = self.text()?;
        read(&text).ok_or_else(|| self.problem(format!("`{text}` must be {wanted}")))
    }

    /// One of a few words.
    pub(super) fn choice<T: Copy>(&self, choices: &[(&str, T)]) -> Result<T, Problem> {
        let words: Vec<String> = choices.iter().map(|(word, _)| format!("`{word}`")).collect();
        let find = |text: &str| choices.iter().find(|(word, _)| *word == text).map(|(_, meant)| *meant);
        self.read(find, &words.join(" or "))
    }

    /// True or false.
    pub(super) fn flag(&self) -> Result<bool, Problem> {
        let at = self.literal()?;
        at.value.as_bool().ok_or_else(|| at.not("true or false"))
    }

    /// A whole number from `least` to `most`.
    pub(super) fn number(&self, least: u32, most: u32) -> Result<u32, Problem> {
        let at = self.literal()?;
        let number = at.value.as_u64().and_then(|number| u32::try_from(number).ok());
        number
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| at.not(&format!("a whole number from {least} to {most}")))
    }

    /// A prefix.
    pub(super) fn prefix(&self) -> Result<IpNet, Problem> {
        self.read(|text| parse_prefix(text).ok(), "an address prefix")
    }

    /// Its items.
    pub(super) fn list(&self) -> Result<Vec<At<'a>>, Problem> {
        let at = self.literal()?;
        let items = at.value.as_array().ok_or_else(|| at.not("a list"))?;
        let item = |(index, value)| At { document: at.document, value, path: format!("{}[{index}]", at.path) };
        Ok(items.iter().enumerate().map(item).collect())
    }

    /// Its items, each read by `read`.
    pub(super) fn each<T>(&self, read: impl Fn(&At<'a>) -> Result<T, Problem>) -> Result<Vec<T>, Problem> {
        self.list()?.iter().map(read).collect()
    }

    /// Its items, each read by `read`; there must be one.
    pub(super) fn some<T>(&self, read: impl Fn(&At<'a>) -> Result<T, Problem>) -> Result<Vec<T>, Problem> {
        let items = self.each(read)?;
        if items.is_empty() { Err(self.problem("must not be empty")) } else { Ok(items) }
    }

    /// Its properties.
    pub(super) fn fields(&self) -> Result<Fields<'a>, Problem> {
        let at = self.literal()?;
        let map = at.value.as_object().ok_or_else(|| at.not("an object"))?;
        Ok(Fields { left: map.keys().map(String::as_str).collect(), map, at })
    }
}

/// The properties of an object, each to be taken; what is left at the end is unknown.
pub(super) struct Fields<'a> {
    pub(super) at: At<'a>,
    map: &'a Map<String, Value>,
    left: BTreeSet<&'a str>,
}

impl<'a> Fields<'a> {
    /// A property that may be there.
    pub(super) fn maybe(&mut self, key: &str) -> Option<At<'a>> {
        let value = self.map.get(key)?;
        self.left.remove(key);
        Some(self.at.below(key, value))
    }

    /// A property that must be there.
    pub(super) fn take(&mut self, key: &str) -> Result<At<'a>, Problem> {
        self.maybe(key).ok_or_else(|| self.at.problem(format!("the property `{key}` is missing")))
    }

    /// Every property that is left, with any name.
    pub(super) fn rest(&mut self) -> Vec<(String, At<'a>)> {
        let left = std::mem::take(&mut self.left);
        left.into_iter().filter_map(|key| Some((key.to_string(), self.at.below(key, self.map.get(key)?)))).collect()
    }

    /// Every property must have been taken.
    pub(super) fn end(self) -> Result<(), Problem> {
        match self.left.first() {
            None => Ok(()),
            Some(key) => Err(self.at.problem(format!("the property `{key}` is not read"))),
        }
    }
}
