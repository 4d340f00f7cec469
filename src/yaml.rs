//! The only door to YAML: text to a tree with a place for every value, and values to text.
//!
//! Reading keeps each scalar as written (`012` and `NO` stay text) and finds every duplicate key, so that a caller can
//! report all that is wrong in one run. The parser is the one that serde-saphyr sits on; both are pure safe Rust.

use crate::problem::{Place, Problem, SECOND, is_seen};
use granit_parser::{Event, Parser, ScalarStyle, Span};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::ops::Range;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 16 << 20;
const DEEPEST: usize = 32;
const MOST_NODES: usize = 200_000;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Line from 1.
    pub line: usize,
    /// Column from 1.
    pub column: usize,
    /// Its bytes in the text, a byte-order mark not counted. For a list or mapping in block style: up to whatever follows.
    pub bytes: Range<usize>,
    /// The value.
    pub value: Value,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A scalar as written; `quoted` if it had quotes or was a block.
    Scalar {
        /// The text, escapes resolved.
        text: String,
        /// Whether it was quoted, so that `"true"` is text.
        quoted: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A mapping in the order of the file.
    Map(Entries),
}

/// The entries of a mapping: key, the key's line and column, value.
pub type Entries = Vec<(String, (usize, usize), Node)>;

impl Node {
    /// Whether it is an unquoted empty value, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, quoted: false } if matches!(text.as_str(), "" | "~" | "null"))
    }

    /// The value under `key` of a mapping.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|(name, _, _)| name == key).map(|(_, _, node)| node),
            _ => None,
        }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } if !self.is_null() => Some(text),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn items(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// `a list`, `a mapping`, `text`, `nothing`: for messages.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
            Value::Scalar { .. } if self.is_null() => "nothing",
            Value::Scalar { .. } => "text",
        }
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Scalar { .. } if self.is_null() => serializer.serialize_none(),
            Value::Scalar { text, quoted: false } if text == "true" || text == "false" => {
                serializer.serialize_bool(text == "true")
            }
            Value::Scalar { text, quoted: false } if text.parse().is_ok_and(|n: u64| n.to_string() == *text) => {
                serializer.serialize_u64(text.parse().unwrap_or_default())
            }
            Value::Scalar { text, .. } => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, _, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

fn start(span: Span) -> (usize, usize) {
    (span.start.line(), span.start.col() + 1)
}

/// Reads one document. `file` is the name for places.
///
/// Accepts a byte-order mark and CRLF. Duplicate keys are each a problem and the first one stands, so the tree can
/// still be checked; a syntax error, an anchor, an alias, a tag, a second document, or a file too large, too deep or of
/// too many values is one problem and no tree. An empty document is a problem too.
///
/// What a reader does not see, in comments too, is refused: it would show a reviewer another file than the program reads,
/// and its texts reach files and terminals. Control characters that are spelt as escapes are left to the caller.
pub fn read(file: &str, bytes: &[u8]) -> (Option<Node>, Vec<Problem>) {
    let fail = |what: String, hint: &str| (None, vec![Problem::in_file(file, what, hint)]);
    if bytes.len() > LARGEST_FILE {
        return fail(
            format!("the file is larger than {} MiB", LARGEST_FILE >> 20),
            "an answers file is a few kilobytes",
        );
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            return fail(format!("the file is not UTF-8 text (byte {})", error.valid_up_to()), "save it as UTF-8");
        }
    };
    if let Some(problem) = unseen(file, text) {
        return (None, vec![problem]);
    }
    let mut reader = Reader { file, parser: Parser::new_from_str(text), nodes: 0, problems: Vec::new() };
    match reader.document() {
        Ok(Some(node)) => (Some(node), reader.problems),
        Ok(None) => fail("the file is empty".into(), "`netcordon questions` lists what can be answered"),
        Err(problem) => {
            reader.problems.push(problem);
            (None, reader.problems)
        }
    }
}

/// The first character of a file that a reader does not see.
fn unseen(file: &str, text: &str) -> Option<Problem> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t')) {
        return None;
    }
    let hidden = |character: char| !is_seen(character) && !matches!(character, '\n' | '\r' | '\t');
    let (line, character) =
        text.lines().enumerate().find_map(|(number, line)| Some((number, line.chars().find(|c| hidden(*c))?)))?;
    let column = text.lines().nth(line)?.chars().position(|c| c == character)?;
    let place = Place { file: file.into(), line: line + 1, column: column + 1, path: String::new() };
    Some(Problem { place, what: invisible(character), hint: "remove it".into() })
}

fn invisible(character: char) -> String {
    format!("a character that cannot be seen, U+{:04X}", u32::from(character))
}

/// Values to YAML text that other readers agree on.
pub fn write<T: serde::Serialize>(value: &T) -> String {
    // Writing to memory fails for maps with composite keys alone, which no type of ours has.
    serde_yaml::to_string(value).unwrap_or_default()
}

struct Reader<'a> {
    file: &'a str,
    parser: Parser<'a, granit_parser::StrInput<'a>>,
    nodes: usize,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    fn place(&self, (line, column): (usize, usize)) -> Place {
        Place { file: self.file.into(), line, column, path: String::new() }
    }

    fn problem(&self, at: (usize, usize), what: impl Into<String>, hint: &str) -> Problem {
        Problem { place: self.place(at), what: what.into(), hint: hint.into() }
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Problem> {
        match self.parser.next_event() {
            Some(Ok(found)) => Ok(found),
            Some(Err(error)) => {
                let at = (error.marker().line(), error.marker().col() + 1);
                Err(self.problem(at, format!("not valid YAML: {}", error.info()), ""))
            }
            None => Err(self.problem((0, 0), "the file ends too early", "")),
        }
    }

    fn document(&mut self) -> Result<Option<Node>, Problem> {
        self.next()?;
        match self.next()? {
            (Event::DocumentStart(..), _) => {}
            _ => return Ok(None),
        }
        let (event, span) = self.next()?;
        let node = self.node(event, span, 0)?;
        self.next()?;
        match self.next()? {
            (Event::StreamEnd, _) => {}
            (_, span) => {
                return Err(self.problem(start(span), "a second document in one file", "keep one document per file"));
            }
        }
        Ok(if node.is_null() { None } else { Some(node) })
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Problem> {
        let at = start(span);
        let mut bytes = span.byte_range().unwrap_or_default();
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(self.problem(at, format!("more than {MOST_NODES} values"), ""));
        }
        if depth > DEEPEST {
            return Err(self.problem(at, format!("nested deeper than {DEEPEST} levels"), ""));
        }
        let plain = "write the value itself: anchors, aliases and tags are not read";
        let value = match event {
            Event::Scalar(text, style, anchor, tag) => {
                if anchor != 0 || tag.is_some() {
                    return Err(self.problem(at, "an anchor or a tag", plain));
                }
                if let Some(character) = text.chars().find(|c| !is_seen(*c) && !c.is_control()) {
                    self.problems.push(self.problem(at, invisible(character), "remove it"));
                }
                Value::Scalar { text: text.into_owned(), quoted: style != ScalarStyle::Plain }
            }
            Event::SequenceStart(_, anchor, tag) => {
                if anchor != 0 || tag.is_some() {
                    return Err(self.problem(at, "an anchor or a tag", plain));
                }
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, span) => {
                            bytes.end = span.byte_range().unwrap_or_default().end;
                            break;
                        }
                        (event, span) => items.push(self.node(event, span, depth + 1)?),
                    }
                }
                Value::List(items)
            }
            Event::MappingStart(_, anchor, tag) => {
                if anchor != 0 || tag.is_some() {
                    return Err(self.problem(at, "an anchor or a tag", plain));
                }
                let (entries, end) = self.mapping(depth)?;
                bytes.end = end;
                Value::Map(entries)
            }
            Event::Alias(_) => return Err(self.problem(at, "an alias", plain)),
            _ => return Err(self.problem(at, "not valid YAML here", "")),
        };
        Ok(Node { line: at.0, column: at.1, bytes, value })
    }

    /// Its entries, and where its bytes end.
    fn mapping(&mut self, depth: usize) -> Result<(Entries, usize), Problem> {
        let mut entries = Entries::new();
        let mut seen = std::collections::BTreeMap::new();
        loop {
            let (key, at) = match self.next()? {
                (Event::MappingEnd, span) => return Ok((entries, span.byte_range().unwrap_or_default().end)),
                (event, span) => match self.node(event, span, depth + 1)? {
                    Node { value: Value::Scalar { text, .. }, .. } => (text, start(span)),
                    _ => return Err(self.problem(start(span), "a key that is not text", "quote it")),
                },
            };
            if let Some(character) = key.chars().find(|c| c.is_control()) {
                self.problems.push(self.problem(at, invisible(character), "a key is one line of plain text"));
            }
            let (event, span) = self.next()?;
            let value = self.node(event, span, depth + 1)?;
            if let Some(first) = seen.insert(key.clone(), at) {
                seen.insert(key.clone(), first);
                let what = format!("`{key}`{SECOND}{}", first.0);
                self.problems.push(self.problem(at, what, "keep one of them"));
            } else {
                entries.push((key, at, value));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        read("a.yaml", text.as_bytes()).1.iter().map(|p| p.to_string().lines().next().unwrap_or("").into()).collect()
    }

    #[test]
    fn scalars_stay_as_written_and_know_their_place() {
        let (node, found) = read("a.yaml", "\u{feff}a: 012\r\nb: [NO, \"1.10\", 22-23]\r\n".as_bytes());
        assert!(found.is_empty(), "{found:?}");
        let node = node.unwrap();
        assert_eq!(node.get("a").unwrap().text(), Some("012"));
        let list = node.get("b").unwrap().items().unwrap();
        assert_eq!(list.iter().map(|n| n.text().unwrap()).collect::<Vec<_>>(), ["NO", "1.10", "22-23"]);
        assert_eq!((list[1].line, list[1].column), (2, 9));
    }

    #[test]
    fn every_duplicate_is_reported_and_the_first_stands() {
        let (node, found) = read("a.yaml", b"a: 1\na: 2\nb: {c: 1, c: 2}\n");
        assert_eq!(node.unwrap().get("a").unwrap().text(), Some("1"));
        let lines: Vec<usize> = found.iter().map(|p| p.place.line).collect();
        assert_eq!(lines, [2, 3]);
    }

    #[test]
    fn hostile_files_end_in_one_problem() {
        let cases = [
            ("", "a.yaml: the file is empty"),
            ("# only a comment\n", "a.yaml: the file is empty"),
            ("a: &x [1]\nb: *x\n", "a.yaml:1:7: an anchor or a tag"),
            ("a: 1\n---\nb: 2\n", "a.yaml:2:1: a second document in one file"),
            ("a: !!str 1\n", "a.yaml:1:10: an anchor or a tag"),
        ];
        for (text, expected) in cases {
            let found = problems(text);
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            let same = found[0].split(':').next() == expected.split(':').next()
                && found[0].rsplit(": ").next() == expected.rsplit(": ").next();
            assert!(same, "{text}: {found:?}");
        }
        let hidden = [
            ("# a\u{202e}b\na: 1\n", "a.yaml:1:4: a character that cannot be seen, U+202E"),
            ("a: 1\nb: \u{1b}[31m\n", "a.yaml:2:4: a character that cannot be seen, U+001B"),
            ("a: \"x\\u200bx\"\n", "a.yaml:1:4: a character that cannot be seen, U+200B"),
            ("\"x\\u2028\": 1\n", "a.yaml:1:1: a character that cannot be seen, U+2028"),
            ("\"x\\u0007\": 1\n", "a.yaml:1:1: a character that cannot be seen, U+0007"),
        ];
        for (text, expected) in hidden {
            assert_eq!(problems(text), [expected]);
        }
        for text in ["[".repeat(100_000), "{a: ".repeat(100_000), "- ".repeat(100_000), "\u{1b}".into()] {
            assert_eq!(problems(&text).len(), 1);
        }
        assert_eq!(read("a.yaml", &vec![b'a'; LARGEST_FILE + 1]).1.len(), 1);
        assert_eq!(read("a.yaml", &[0xff, 0xfe]).1.len(), 1);
    }
}
