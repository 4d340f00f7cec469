//! Bicep as far as we write it: statements of a few keywords, and values that are literals or name something.

use super::HINT;
use crate::problem::{Place, Problem};
use std::collections::BTreeSet;

const LARGEST: usize = 16 << 20;
/// How deep values may stand in values: more than anything that we write.
const DEEPEST: usize = 32;

/// A line and a column, from 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    line: usize,
    column: usize,
}

/// A statement: `param name kind`, `resource name 'kind' existing = value`, `output name kind = value`, `using value`.
pub(super) struct Statement {
    pub(super) at: At,
    pub(super) keyword: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) existing: bool,
    pub(super) value: Option<Value>,
    /// What `@description` says.
    pub(super) description: Option<String>,
}

/// A value and where it starts.
pub(super) enum Value {
    Text(At, String),
    Number(At, u64),
    Flag(At, bool),
    List(At, Vec<Value>),
    Object(At, Vec<(String, Value)>),
    /// `name`
    Name(At, String),
    /// `name.id`
    Id(At, String),
    /// `readEnvironmentVariable('…')`
    Variable(At),
}

impl Value {
    pub(super) fn at(&self) -> At {
        match self {
            Value::Text(at, _) | Value::Number(at, _) | Value::Flag(at, _) | Value::List(at, _) => *at,
            Value::Object(at, _) | Value::Name(at, _) | Value::Id(at, _) | Value::Variable(at) => *at,
        }
    }
}

pub(super) fn problem(file: &str, at: At, what: impl Into<String>) -> Problem {
    let place = Place { file: file.into(), line: at.line, column: at.column, path: String::new() };
    Problem { place, what: what.into(), hint: HINT.into() }
}

/// The statements of a file.
pub(super) fn statements(file: &str, text: &str) -> Result<Vec<Statement>, Problem> {
    if text.len() > LARGEST {
        return Err(Problem::in_file(file, "is larger than 16 MiB", ""));
    }
    let mut reader = Reader { file, rest: text, line: text, number: 1 };
    // To Bicep such a character ends a line, and with it a comment.
    if let Some(position) = text.replace("\r\n", " \n").find('\r') {
        let line = text[..position].matches('\n').count() + 1;
        return Err(problem(file, At { line, column: 1 }, "has a carriage return that ends no line"));
    }
    let mut found = Vec::new();
    loop {
        reader.skip(true);
        if reader.rest.is_empty() {
            return Ok(found);
        }
        found.push(reader.statement()?);
    }
}

struct Reader<'a> {
    file: &'a str,
    /// What is not yet read, from within the line that starts with `line` and has this number.
    rest: &'a str,
    line: &'a str,
    number: usize,
}

impl<'a> Reader<'a> {
    fn at(&self) -> At {
        let before = &self.line[..self.line.len() - self.rest.len()];
        At { line: self.number, column: before.chars().count() + 1 }
    }

    fn problem<T>(&self, what: impl Into<String>) -> Result<T, Problem> {
        Err(problem(self.file, self.at(), what))
    }

    /// Passes over blanks, and over ends of lines and comments too where a line may end. Whether one did.
    fn skip(&mut self, lines: bool) -> bool {
        let mut ended = false;
        loop {
            self.rest = self.rest.trim_start_matches([' ', '\t']);
            if !lines {
                return ended;
            }
            if self.rest.starts_with("//") {
                self.rest = &self.rest[self.rest.find('\n').unwrap_or(self.rest.len())..];
            }
            match self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix('\n')) {
                Some(after) => {
                    (self.rest, self.line, ended) = (after, after, true);
                    self.number += 1;
                }
                None => return ended,
            }
        }
    }

    fn take(&mut self, wanted: &str) -> bool {
        self.skip(false);
        match self.rest.strip_prefix(wanted) {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, wanted: &str) -> Result<(), Problem> {
        if self.take(wanted) { Ok(()) } else { self.problem(format!("`{wanted}` is expected here")) }
    }

    /// A name, if one starts here.
    fn word(&mut self) -> Option<&'a str> {
        self.skip(false);
        let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let starts = self.rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let word = Some(&self.rest[..end]).filter(|_| starts)?;
        self.rest = &self.rest[end..];
        Some(word)
    }

    fn name(&mut self) -> Result<String, Problem> {
        match self.word() {
            Some(word) => Ok(word.into()),
            None => self.problem("a name is expected here"),
        }
    }

    fn statement(&mut self) -> Result<Statement, Problem> {
        let mut description = None;
        if self.take("@") {
            self.expect("description")?;
            self.expect("(")?;
            description = Some(self.text()?);
            self.expect(")")?;
            self.end_of_line()?;
            self.skip(true);
        }
        let at = self.at();
        let (keyword, mut name, mut kind, mut existing, mut value) =
            (self.name()?, String::new(), String::new(), false, None);
        match keyword.as_str() {
            "using" => {
                let at = self.at();
                value = Some(Value::Text(at, self.text()?));
            }
            "param" | "output" => {
                name = self.name()?;
                kind = self.word().unwrap_or_default().into();
                if self.take("=") {
                    value = Some(self.value(0)?);
                }
            }
            "resource" => {
                name = self.name()?;
                self.skip(false);
                kind = self.text()?;
                existing = self.take("existing");
                self.expect("=")?;
                value = Some(self.value(0)?);
            }
            other => return Err(problem(self.file, at, format!("`{other}` is nothing that netcordon writes"))),
        }
        self.end_of_line()?;
        Ok(Statement { at, keyword, name, kind, existing, value, description })
    }

    fn end_of_line(&mut self) -> Result<(), Problem> {
        self.skip(false);
        let ended = self.rest.is_empty() || ["\n", "\r\n", "//"].iter().any(|end| self.rest.starts_with(end));
        if ended { Ok(()) } else { self.problem("is not expected here: the line should end") }
    }

    fn value(&mut self, depth: usize) -> Result<Value, Problem> {
        self.skip(false);
        let at = self.at();
        if depth > DEEPEST {
            return self.problem("is nested too deep");
        }
        match self.rest.chars().next() {
            Some('\'') => Ok(Value::Text(at, self.text()?)),
            Some('[') => Ok(Value::List(at, self.list(depth)?)),
            Some('{') => Ok(Value::Object(at, self.object(depth)?)),
            Some(digit) if digit.is_ascii_digit() => {
                let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
                let (digits, rest) = self.rest.split_at(end);
                let Ok(number) = digits.parse() else { return self.problem("is no number that fits") };
                self.rest = rest;
                Ok(Value::Number(at, number))
            }
            _ => match self.word() {
                Some("true") => Ok(Value::Flag(at, true)),
                Some("false") => Ok(Value::Flag(at, false)),
                Some("readEnvironmentVariable") => {
                    self.expect("(")?;
                    self.text()?;
                    self.expect(")")?;
                    Ok(Value::Variable(at))
                }
                Some(name) if self.rest.starts_with('.') => {
                    self.expect(".")?;
                    match self.word() {
                        Some("id") => Ok(Value::Id(at, name.into())),
                        _ => Err(problem(self.file, at, "only the `id` of a resource is read")),
                    }
                }
                Some(name) if self.rest.starts_with('(') => {
                    Err(problem(self.file, at, format!("`{name}` is a function call, not a literal")))
                }
                Some(name) => Ok(Value::Name(at, name.into())),
                None => self.problem("a literal is expected here"),
            },
        }
    }

    /// Items between `[` and `]`, each after a comma or on a line of its own.
    fn list(&mut self, depth: usize) -> Result<Vec<Value>, Problem> {
        self.expect("[")?;
        let mut items = Vec::new();
        let mut parted = true;
        loop {
            parted |= self.skip(true);
            if self.take("]") {
                return Ok(items);
            }
            if !parted {
                return self.problem("`,` or the end of the line is expected here");
            }
            items.push(self.value(depth + 1)?);
            parted = self.take(",");
        }
    }

    /// Properties between `{` and `}`, each on a line of its own, none twice.
    fn object(&mut self, depth: usize) -> Result<Vec<(String, Value)>, Problem> {
        self.expect("{")?;
        let mut fields = Vec::new();
        let mut names = BTreeSet::new();
        let mut parted = true;
        loop {
            parted |= self.skip(true);
            if self.take("}") {
                return Ok(fields);
            }
            if !parted {
                return self.problem("the end of the line is expected here");
            }
            let at = self.at();
            let name = if self.rest.starts_with('\'') { self.text()? } else { self.name()? };
            if !names.insert(name.clone()) {
                return Err(problem(self.file, at, format!("the property `{name}` stands here twice")));
            }
            self.expect(":")?;
            fields.push((name, self.value(depth + 1)?));
            parted = false;
        }
    }

    /// A text in single quotes, without an interpolation.
    fn text(&mut self) -> Result<String, Problem> {
        self.expect("'")?;
        if self.rest.starts_with("''") {
            return self.problem("a text of several lines is not read");
        }
        let mut text = String::new();
        loop {
            let Some(character) = self.rest.chars().next() else { return self.problem("a text does not end") };
            match character {
                '\n' | '\r' => return self.problem("a text does not end on its line"),
                '$' if self.rest.starts_with("${") => {
                    return self.problem("a text with a value in it is not a literal");
                }
                '\\' => text.push(self.escape()?),
                other => {
                    self.rest = &self.rest[other.len_utf8()..];
                    if other == '\'' {
                        return Ok(text);
                    }
                    text.push(other);
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Problem> {
        let known = [("\\n", '\n'), ("\\r", '\r'), ("\\t", '\t'), ("\\\\", '\\'), ("\\'", '\''), ("\\$", '$')];
        if let Some((written, meant)) = known.iter().find(|(written, _)| self.rest.starts_with(written)) {
            self.rest = &self.rest[written.len()..];
            return Ok(*meant);
        }
        let number = self.rest.strip_prefix("\\u{").and_then(|after| after.split_once('}'));
        let hexadecimal = number.filter(|(digits, _)| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let meant = hexadecimal.and_then(|(digits, rest)| Some((u32::from_str_radix(digits, 16).ok()?, rest)));
        match meant.and_then(|(number, rest)| Some((char::from_u32(number)?, rest))) {
            Some((character, rest)) => {
                self.rest = rest;
                Ok(character)
            }
            None => self.problem("is no escape that Bicep knows"),
        }
    }
}
