//! JSON of exports: a tree that knows which of its values were used, and objects whose keys are read as every producer
//! spells them.

use super::MOST_DOCUMENTS;
use crate::problem::{Place, Problem};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 16 << 20;
/// The most values that one file may hold: what a network of every limit of Azure needs is far less.
pub(super) const MOST_VALUES: usize = 3_000_000;
const TEXT: &str = "give the JSON alone, as `--output json` writes it";

/// A value, and whether it was used.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) value: Value,
    used: Cell<bool>,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(Box<str>),
    List(Box<[Node]>),
    Map(Box<[(Box<str>, Node)]>),
    /// An expression of a template that cannot be evaluated.
    Unresolved(Box<str>),
}

impl Node {
    pub(super) fn new(value: Value) -> Self {
        Node { value, used: Cell::new(false) }
    }

    /// Null, an empty text, an empty list or an empty object: producers write them for what is not set.
    pub(super) fn is_absent(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Text(text) => text.is_empty(),
            Value::List(items) => items.is_empty(),
            Value::Map(fields) => fields.is_empty(),
            _ => false,
        }
    }

    pub(super) fn is_used(&self) -> bool {
        self.used.get()
    }

    /// Marks everything below as used.
    pub(super) fn use_all(&self) {
        self.used.set(true);
        match &self.value {
            Value::List(items) => items.iter().for_each(Node::use_all),
            Value::Map(fields) => fields.iter().for_each(|(_, node)| node.use_all()),
            _ => {}
        }
    }
}

/// A file, or a part of one that was evaluated.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) file: String,
    /// The JSON pointer of `root` in the file.
    pub(super) path: String,
    pub(super) root: Node,
    /// Whether values may be missing because they are known later.
    pub(super) planned: Cell<bool>,
}

impl Document {
    pub(super) fn at(&self) -> At<'_> {
        At { document: self, node: &self.root, path: self.path.clone() }
    }
}

/// The documents of a file: one, or several one after the other, as from a loop in a shell.
///
/// UTF-8 with or without a byte-order mark, and UTF-16, which PowerShell's redirection writes.
pub(super) fn documents(file: &str, bytes: &[u8]) -> Result<Vec<Document>, Problem> {
    if bytes.len() > LARGEST_FILE {
        return Err(Problem::in_file(file, format!("the file is larger than {} MiB", LARGEST_FILE >> 20), "split it"));
    }
    let decoded;
    let text = match utf16(bytes) {
        Some(Ok(text)) => {
            decoded = text;
            decoded.as_str()
        }
        Some(Err(())) => return Err(Problem::in_file(file, "the file is not whole UTF-16 text", "save it as UTF-8")),
        None => std::str::from_utf8(bytes).map_err(|error| {
            Problem::in_file(
                file,
                format!("the file is not UTF-8 text (byte {})", error.valid_up_to()),
                "save it as UTF-8",
            )
        })?,
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(Problem::in_file(file, "the file is empty", "the export failed: look at what the command said"));
    }
    let count = Cell::new(0);
    let mut found: Vec<Document> = Vec::new();
    // One after the other: each deserializer reads one document and says where it ended.
    let mut rest = text;
    while !rest.trim_start().is_empty() {
        let start = text.len() - rest.len();
        let mut stream = serde_json::Deserializer::from_str(rest);
        let root = Seed(&count).deserialize(&mut stream).map_err(|error| broken(file, text, start, &error))?;
        let mut after = serde_json::Deserializer::from_str(rest).into_iter::<serde::de::IgnoredAny>();
        after.next();
        rest = rest.get(after.byte_offset()..).unwrap_or_default();
        if found.len() >= MOST_DOCUMENTS {
            return Err(Problem::in_file(file, format!("more than {MOST_DOCUMENTS} documents in one file"), ""));
        }
        let path = if found.is_empty() && rest.trim().is_empty() { String::new() } else { format!("#{}", found.len()) };
        found.push(Document { file: file.into(), path, root, planned: Cell::new(false) });
    }
    Ok(found)
}

/// The text of UTF-16 with a byte-order mark, or without one where the first character is plain; `None` if it is not.
fn utf16(bytes: &[u8]) -> Option<Result<String, ()>> {
    let (little, body) = match bytes {
        [0xff, 0xfe, body @ ..] => (true, body),
        [0xfe, 0xff, body @ ..] => (false, body),
        [first, 0, ..] if *first != 0 => (true, bytes),
        [0, second, ..] if *second != 0 => (false, bytes),
        _ => return None,
    };
    let pairs = body.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return Some(Err(()));
    }
    let units = pairs.map(|pair| match pair {
        [a, b] if little => u16::from_le_bytes([*a, *b]),
        [a, b] => u16::from_be_bytes([*a, *b]),
        _ => 0,
    });
    Some(char::decode_utf16(units).collect::<Result<String, _>>().map_err(|_| ()))
}

fn broken(file: &str, text: &str, start: usize, error: &serde_json::Error) -> Problem {
    let said = error.to_string();
    let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
    let before = text.get(..start).unwrap_or_default().bytes().filter(|byte| *byte == b'\n').count();
    let place = Place { file: file.into(), line: before + error.line(), column: error.column(), path: String::new() };
    let hint = match error.classify() {
        serde_json::error::Category::Eof => "the file is cut off: export it again",
        serde_json::error::Category::Syntax if !said.contains("recursion") => TEXT,
        _ => "",
    };
    Problem { place, what: format!("cannot be read as JSON: {what}"), hint: hint.into() }
}

struct Seed<'a>(&'a Cell<usize>);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        let count = self.0.get() + 1;
        self.0.set(count);
        if count > MOST_VALUES {
            return Err(D::Error::custom(format!("more than {MOST_VALUES} values in one file")));
        }
        deserializer.deserialize_any(self).map(Node::new)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        // No number that is read has more digits than a double holds.
        Ok(Value::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(Seed(self.0))? {
            items.push(item);
        }
        Ok(Value::List(items.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut fields: Vec<(Box<str>, Node)> = Vec::new();
        while let Some(key) = object.next_key::<Box<str>>()? {
            fields.push((key, object.next_value_seed(Seed(self.0))?));
        }
        let mut keys: Vec<&str> = fields.iter().map(|(key, _)| &**key).collect();
        keys.sort_unstable();
        if let Some([key, _]) = keys.windows(2).find(|pair| matches!(pair, [a, b] if a == b)) {
            return Err(A::Error::custom(format!("the key `{key}` stands in one object twice")));
        }
        Ok(Value::Map(fields.into()))
    }
}

/// Why something could not be read.
#[derive(Debug)]
pub(super) enum Fault {
    /// Azure would not take it.
    Wrong(Problem),
    /// It may be anything: an expression, a value that is known later.
    Unknown(Problem),
    /// The file lost what it held.
    Lost(Problem),
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct At<'a> {
    pub(super) document: &'a Document,
    pub(super) node: &'a Node,
    pub(super) path: String,
}

impl<'a> At<'a> {
    pub(super) fn place(&self) -> Place {
        Place { file: self.document.file.clone(), path: self.path.clone(), ..Place::default() }
    }

    pub(super) fn problem(&self, what: impl Into<String>, hint: &str) -> Problem {
        Problem { place: self.place(), what: what.into(), hint: hint.into() }
    }

    pub(super) fn wrong(&self, what: impl Into<String>, hint: &str) -> Fault {
        Fault::Wrong(self.problem(what, hint))
    }

    /// Something that must be there and is not; in a plan it may be known after the apply.
    pub(super) fn lacks(&self, what: impl Into<String>, hint: &str) -> Fault {
        if self.document.planned.get() {
            let what = format!("{}: it may be known after the apply", what.into());
            return Fault::Unknown(self.problem(what, "show the state"));
        }
        self.wrong(what, hint)
    }

    fn not(&self, wanted: &str) -> Fault {
        if let Value::Unresolved(text) = &self.node.value {
            let hint = "export what is deployed, or give the template literal values";
            return Fault::Unknown(self.problem(format!("the expression `{text}` cannot be evaluated"), hint));
        }
        if let Value::Text(text) = &self.node.value
            && cut_off(text)
        {
            let hint = "export it again with `ConvertTo-Json -Depth 10`";
            return Fault::Lost(self.problem(format!("`{text}` stands where PowerShell cut the export off"), hint));
        }
        self.wrong(format!("must be {wanted}"), "")
    }

    fn below(&self, key: &str, node: &'a Node) -> At<'a> {
        let mut path = String::with_capacity(self.path.len() + key.len() + 1);
        path.push_str(&self.path);
        path.push('/');
        if key.contains(['~', '/']) {
            path.push_str(&key.replace('~', "~0").replace('/', "~1"));
        } else {
            path.push_str(key);
        }
        At { document: self.document, node, path }
    }

    /// Its text; a number counts as its digits.
    pub(super) fn text(&self) -> Result<String, Fault> {
        let text = match &self.node.value {
            Value::Text(text) if !cut_off(text) => text.trim().to_string(),
            Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
            _ => return Err(self.not("a text")),
        };
        self.node.used.set(true);
        Ok(text)
    }

    /// True or false, as such or as a word.
    pub(super) fn flag(&self) -> Result<bool, Fault> {
        let flag = match &self.node.value {
            Value::Bool(flag) => *flag,
            Value::Text(text) if text.eq_ignore_ascii_case("true") => true,
            Value::Text(text) if text.eq_ignore_ascii_case("false") => false,
            _ => return Err(self.not("true or false")),
        };
        self.node.used.set(true);
        Ok(flag)
    }

    /// A whole number, as such or as digits.
    pub(super) fn number(&self) -> Result<u32, Fault> {
        let text = self.text()?;
        text.parse().map_err(|_| self.wrong(format!("`{text}` must be a whole number"), ""))
    }

    /// Its items; a value that is no list counts as a list of itself, which is how PowerShell writes a list of one.
    pub(super) fn list(&self) -> Result<Vec<At<'a>>, Fault> {
        match &self.node.value {
            Value::List(items) => {
                Ok(items.iter().enumerate().map(|(i, item)| self.below(&i.to_string(), item)).collect())
            }
            Value::Null => Ok(Vec::new()),
            Value::Unresolved(_) => Err(self.not("a list")),
            Value::Text(text) if cut_off(text) => Err(self.not("a list")),
            _ => Ok(vec![self.clone()]),
        }
    }

    /// Its texts. A text that joins several with commas or spaces counts as several.
    pub(super) fn texts(&self) -> Result<Vec<(String, At<'a>)>, Fault> {
        let mut texts = Vec::new();
        for at in self.list()?.into_iter().filter(|at| !at.node.is_absent()) {
            let text = at.text()?;
            let parts = text.split([',', ' ']).filter(|part| !part.is_empty()).map(str::to_string);
            texts.extend(parts.map(|part| (part, at.clone())));
        }
        Ok(texts)
    }

    /// Its fields.
    pub(super) fn fields(&self) -> Result<Fields<'a>, Fault> {
        let Value::Map(own) = &self.node.value else { return Err(self.not("an object")) };
        let properties =
            own.iter().find(|(key, _)| same(key, "properties")).and_then(|(key, node)| match &node.value {
                Value::Map(fields) => Some((self.below(key, node).path, &**fields)),
                _ => None,
            });
        Ok(Fields { at: self.clone(), own, properties })
    }

    /// The entries of an object whose keys are names, and not fields.
    pub(super) fn entries(&self) -> Result<Vec<(&'a str, At<'a>)>, Fault> {
        let Value::Map(own) = &self.node.value else { return Err(self.not("an object")) };
        Ok(own.iter().map(|(key, node)| (&**key, self.below(key, node))).collect())
    }
}

/// What PowerShell writes in the place of an object below the depth that it was told.
fn cut_off(text: &str) -> bool {
    [
        "System.Object",
        "System.Collections.",
        "System.String[]",
        "Microsoft.Azure.Commands.",
        "Microsoft.Azure.Management.",
        "@{",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}

/// Whether a key is this name, which is in small letters: case and `_` do not count.
pub(super) fn same(key: &str, name: &str) -> bool {
    let mut letters = key.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase());
    name.bytes().all(|byte| letters.next() == Some(byte)) && letters.next().is_none()
}

/// The fields of an object. Those under `properties` stand for the object's own; names are in small letters.
#[derive(Clone)]
pub(super) struct Fields<'a> {
    pub(super) at: At<'a>,
    own: &'a [(Box<str>, Node)],
    properties: Option<(String, &'a [(Box<str>, Node)])>,
}

impl<'a> Fields<'a> {
    /// The field of one of these names, if it is set.
    pub(super) fn maybe(&self, names: &[&str]) -> Option<At<'a>> {
        let named = |fields: &'a [(Box<str>, Node)]| {
            names.iter().find_map(|name| fields.iter().find(|(key, node)| same(key, name) && !node.is_absent()))
        };
        if let Some((path, fields)) = &self.properties
            && let Some((key, node)) = named(fields)
        {
            let at = At { document: self.at.document, node: self.at.node, path: path.clone() };
            return Some(at.below(key, node));
        }
        named(self.own).map(|(key, node)| self.at.below(key, node))
    }

    /// The object's own field, also if it is empty.
    pub(super) fn even_empty(&self, name: &str) -> Option<At<'a>> {
        self.own.iter().find(|(key, _)| same(key, name)).map(|(key, node)| self.at.below(key, node))
    }

    /// The value of a field, also if it is empty.
    pub(super) fn any(&self, names: &[&str]) -> Option<&'a Node> {
        let properties = self.properties.as_ref().map_or(&[][..], |(_, fields)| fields);
        let all = properties.iter().chain(self.own);
        all.clone().find(|(key, _)| names.iter().any(|name| same(key, name))).map(|(_, node)| node)
    }

    /// Whether there is a field of one of these names, set or not.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        let properties = self.properties.as_ref().map_or(&[][..], |(_, fields)| fields);
        properties.iter().chain(self.own).any(|(key, _)| names.iter().any(|name| same(key, name)))
    }

    /// The field of one of these names.
    pub(super) fn take(&self, names: &[&str]) -> Result<At<'a>, Fault> {
        let missing = || self.at.lacks(format!("`{}` is missing", names.first().copied().unwrap_or_default()), "");
        self.maybe(names).ok_or_else(missing)
    }

    /// The text of a field, if it is set.
    pub(super) fn text(&self, names: &[&str]) -> Result<Option<String>, Fault> {
        self.maybe(names).map(|at| at.text()).transpose()
    }

    /// The truth of a field, if it is set.
    pub(super) fn flag(&self, names: &[&str]) -> Result<Option<bool>, Fault> {
        self.maybe(names).map(|at| at.flag()).transpose()
    }

    /// The items of a field; none if it is not set.
    pub(super) fn list(&self, names: &[&str]) -> Result<Vec<At<'a>>, Fault> {
        self.maybe(names).map_or_else(|| Ok(Vec::new()), |at| at.list())
    }

    /// The texts of a field; none if it is not set.
    pub(super) fn texts(&self, names: &[&str]) -> Result<Vec<(String, At<'a>)>, Fault> {
        self.maybe(names).map_or_else(|| Ok(Vec::new()), |at| at.texts())
    }
}
