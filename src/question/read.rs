//! An answers file to typed answers: driven by the table of questions, every problem of the file in one run.

use super::answers::Answers;
use super::table::{Choice, Field, Kind, QUESTIONS, Question};
use super::value::Value;
use crate::model::parse_prefix;
use crate::problem::{Problem, did_you_mean};
use crate::yaml::{self, Node};
use std::collections::BTreeMap;

/// The version of the answers file that is read and written.
pub const VERSION: &str = "1";

/// Where each answer stands: path (`subnets[1].prefix`) to line and column.
pub type Places = BTreeMap<String, (usize, usize)>;

/// An answers file, read.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// What the user said.
    pub answers: Answers,
    /// Where they said it.
    pub places: Places,
    /// Unknown and duplicate keys, wrong types, answers nobody asked for.
    pub problems: Vec<Problem>,
    /// Whether the file is no mapping of answers at all, so that nothing is known of any answer.
    pub unreadable: bool,
}

/// Reads an answers file, then applies `--set` overrides (`key=value`, the value as YAML of the question's kind).
///
/// Problems carry file, line and column; what could be read is read in spite of them.
pub fn read(file: &str, bytes: &[u8], overrides: &[String]) -> Read {
    let (node, mut problems) = yaml::read(file, bytes);
    let mut reader = Reader {
        file: file.into(),
        unknown: 0,
        answers: Answers::default(),
        places: Places::new(),
        problems: Vec::new(),
    };
    let mut unreadable = true;
    if let Some(node) = &node {
        if matches!(node.value, yaml::Value::Map(_)) {
            unreadable = false;
            reader.version(node);
            reader.keys(node, "");
        } else {
            reader.problem(
                node,
                "",
                format!("an answers file must be a mapping, not {}", node.kind()),
                "start with `version: 1`",
            );
        }
    }
    for text in overrides {
        reader.set(text);
    }
    if !unreadable {
        reader.not_asked();
    }
    problems.append(&mut reader.problems);
    Read { answers: reader.answers, places: reader.places, problems, unreadable }
}

/// The question at `path`.
pub fn find(path: &str) -> Option<&'static Question> {
    QUESTIONS.iter().find(|question| question.path == path)
}

/// Of so many unknown keys of a file the nearest known one is looked for: a file with more of them is no answers file with slips.
const HINTED: usize = 50;

struct Reader {
    file: String,
    /// How many unknown keys there were so far.
    unknown: usize,
    answers: Answers,
    places: Places,
    problems: Vec<Problem>,
}

impl Reader {
    fn problem(&mut self, node: &Node, path: &str, what: impl Into<String>, hint: impl Into<String>) {
        self.problem_at((node.line, node.column), path, what, hint);
    }

    fn problem_at(&mut self, at: (usize, usize), path: &str, what: impl Into<String>, hint: impl Into<String>) {
        let mut problem = Problem::at(path, what, hint);
        problem.place.file = self.file.clone();
        (problem.place.line, problem.place.column) = at;
        self.problems.push(problem);
    }

    fn version(&mut self, node: &Node) {
        match node.get("version") {
            None => self.problem(node, "version", "the file has no `version`", "add `version: 1` as its first line"),
            Some(version) if version.text() == Some(VERSION) => {}
            Some(version) => {
                let what = format!("version `{}` is not known", version.text().unwrap_or_default());
                self.problem(
                    version,
                    "version",
                    what,
                    "this netcordon reads version 1; a newer file needs a newer netcordon",
                );
            }
        }
    }

    /// Every key of a mapping: a question, a section of questions, or unknown.
    fn keys(&mut self, node: &Node, section: &str) {
        let yaml::Value::Map(entries) = &node.value else { return };
        for (key, place, value) in entries {
            if section.is_empty() && key == "version" {
                continue;
            }
            let path = if section.is_empty() { key.clone() } else { format!("{section}.{key}") };
            self.places.insert(path.clone(), *place);
            if let Some(question) = find(&path) {
                self.answer(question, value);
            } else if QUESTIONS.iter().any(|q| q.path.strip_prefix(&path).is_some_and(|rest| rest.starts_with('.'))) {
                match &value.value {
                    yaml::Value::Map(_) => self.keys(value, &path),
                    _ if value.is_null() => {}
                    _ => self.problem(value, &path, format!("`{key}` must be a mapping, not {}", value.kind()), ""),
                }
            } else {
                self.unknown += 1;
                let hint = if self.unknown > HINTED { LISTED.into() } else { unknown_key_hint(&path) };
                self.problem_at(*place, &path, format!("unknown key `{key}`"), hint);
            }
        }
    }

    fn answer(&mut self, question: &'static Question, node: &Node) {
        if node.is_null() {
            return;
        }
        if let Some(value) = self.value(question.path, question.kind, node) {
            (question.slot_mut)(&mut self.answers).write(value);
        }
    }

    fn set(&mut self, text: &str) {
        let hint = "as `--set egress.via=nat-gateway`; the value is YAML of that question's kind";
        let Some((path, value)) = text.split_once('=') else {
            self.problems.push(Problem::at("--set", format!("`{text}` has no `=`"), hint));
            return;
        };
        let Some(question) = find(path.trim()) else {
            self.problems.push(Problem::at(
                "--set",
                format!("no question `{}`", path.trim()),
                unknown_key_hint(path.trim()),
            ));
            return;
        };
        let (node, found) = yaml::read("--set", value.as_bytes());
        let file = std::mem::replace(&mut self.file, "--set".into());
        self.problems.extend(found);
        if let Some(node) = node {
            self.answer(question, &node);
            // What is wrong with it later is at no line of the file.
            let of_this = |place: &str| place == question.path || place.starts_with(&format!("{}[", question.path));
            self.places.retain(|place, _| !of_this(place));
        }
        self.file = file;
    }

    fn value(&mut self, path: &str, kind: Kind, node: &Node) -> Option<Value> {
        self.places.entry(path.into()).or_insert((node.line, node.column));
        match kind {
            Kind::Text => self.text(path, node).map(Value::Text),
            Kind::Number(least, most) => {
                let number = node.text().and_then(|text| text.parse().ok()).filter(|n| (least..=most).contains(n));
                if number.is_none() {
                    let what = format!("`{}` is not a number from {least} to {most}", shown(node));
                    self.problem(node, path, what, "");
                }
                number.map(Value::Number)
            }
            Kind::Flag => match &node.value {
                yaml::Value::Scalar { text, quoted: false } if text == "true" => Some(Value::Flag(true)),
                yaml::Value::Scalar { text, quoted: false } if text == "false" => Some(Value::Flag(false)),
                _ => {
                    self.problem(node, path, format!("`{}` is not `true` or `false`", shown(node)), "without quotes");
                    None
                }
            },
            Kind::Choice(choices) => {
                let text = self.text(path, node)?;
                self.known_word(path, choices, &text, node).then_some(Value::Text(text))
            }
            Kind::Many(choices) => {
                let words = self.texts(path, node)?;
                let items = node.items().unwrap_or_default();
                let known =
                    words.iter().zip(items).filter(|(word, item)| self.known_word(path, choices, word, item)).count();
                (known == words.len()).then_some(Value::List(words))
            }
            Kind::Texts => self.texts(path, node).map(Value::List),
            Kind::Prefixes => self.prefixes(path, node).map(Value::Prefixes),
            Kind::Pairs => self.pairs(path, node).map(Value::Pairs),
            Kind::Records(fields) => {
                let items = self.list(path, node)?;
                let rows: Vec<_> = items
                    .iter()
                    .enumerate()
                    .filter_map(|(i, item)| self.record(&format!("{path}[{i}]"), fields, item))
                    .collect();
                Some(Value::Records(rows))
            }
        }
    }

    fn text(&mut self, path: &str, node: &Node) -> Option<String> {
        let Some(text) = node.text() else {
            self.problem(node, path, format!("text is needed here, not {}", node.kind()), "");
            return None;
        };
        if text.trim() != text {
            self.problem(node, path, format!("`{text}` has space around it"), format!("write `{}`", text.trim()));
            return None;
        }
        if text.is_empty() {
            self.problem(node, path, "the answer is empty", "answer it, or leave the key out");
            return None;
        }
        if text.chars().any(char::is_control) {
            self.problem(node, path, format!("`{text}` has control characters in it"), "one line of plain text");
            return None;
        }
        Some(text.into())
    }

    fn list<'n>(&mut self, path: &str, node: &'n Node) -> Option<&'n [Node]> {
        let items = node.items();
        if items.is_none() {
            self.problem(node, path, format!("a list is needed here, not {}", node.kind()), "as `[a, b]`");
        }
        items
    }

    fn texts(&mut self, path: &str, node: &Node) -> Option<Vec<String>> {
        let items = self.list(path, node)?;
        let mut texts: Vec<String> = Vec::new();
        for item in items {
            let text = self.text(path, item)?;
            if texts.contains(&text) {
                self.problem(item, path, format!("`{text}` is here twice"), "keep one of them");
                return None;
            }
            texts.push(text);
        }
        Some(texts)
    }

    fn prefixes(&mut self, path: &str, node: &Node) -> Option<Vec<ipnet::IpNet>> {
        let items = self.list(path, node)?;
        let mut prefixes = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let path = format!("{path}[{index}]");
            self.places.insert(path.clone(), (item.line, item.column));
            let text = self.text(&path, item)?;
            match parse_prefix(&text) {
                Ok(prefix) if prefix == prefix.trunc() => prefixes.push(prefix),
                Ok(prefix) => {
                    let hint = format!("write `{}`", prefix.trunc());
                    self.problem(item, &path, format!("`{text}` has host bits set"), hint);
                }
                Err(what) => self.problem(item, &path, format!("`{text}` is {what}"), ""),
            }
        }
        Some(prefixes)
    }

    fn pairs(&mut self, path: &str, node: &Node) -> Option<BTreeMap<String, String>> {
        let yaml::Value::Map(entries) = &node.value else {
            self.problem(node, path, format!("a mapping is needed here, not {}", node.kind()), "as `{owner: hpc}`");
            return None;
        };
        let mut pairs = BTreeMap::new();
        for (key, place, value) in entries {
            let path = format!("{path}.{key}");
            self.places.insert(path.clone(), *place);
            pairs.insert(key.clone(), self.text(&path, value)?);
        }
        Some(pairs)
    }

    fn record(&mut self, path: &str, fields: &'static [Field], node: &Node) -> Option<BTreeMap<String, Value>> {
        self.places.insert(path.into(), (node.line, node.column));
        let yaml::Value::Map(entries) = &node.value else {
            self.problem(node, path, format!("a mapping is needed here, not {}", node.kind()), "");
            return None;
        };
        let mut row = BTreeMap::new();
        for (key, place, value) in entries {
            let path = format!("{path}.{key}");
            self.places.insert(path.clone(), *place);
            match fields.iter().find(|field| field.name == key) {
                Some(_) if value.is_null() => {}
                Some(field) => {
                    let read = if field.name == "prefix" {
                        self.one_prefix(&path, value)
                    } else {
                        self.value(&path, field.kind, value)
                    };
                    if let Some(read) = read {
                        row.insert(key.clone(), read);
                    }
                }
                None => {
                    let known: Vec<&str> = fields.iter().map(|field| field.name).collect();
                    self.unknown += 1;
                    let near = if self.unknown > HINTED { None } else { did_you_mean(key, known.iter().copied()) };
                    let hint = match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("known here: {}", known.join(", ")),
                    };
                    self.problem_at(*place, &path, format!("unknown key `{key}`"), hint);
                }
            }
        }
        for field in fields.iter().filter(|field| field.needed) {
            if node.get(field.name).is_none_or(Node::is_null) {
                let path = format!("{path}.{}", field.name);
                self.problem(node, &path, format!("the row has no `{}`", field.name), field.help);
            }
        }
        Some(row)
    }

    /// A single prefix, kept as text in the record.
    fn one_prefix(&mut self, path: &str, node: &Node) -> Option<Value> {
        let text = self.text(path, node)?;
        match parse_prefix(&text) {
            Ok(prefix) if prefix == prefix.trunc() => Some(Value::Text(prefix.to_string())),
            Ok(prefix) => {
                self.problem(node, path, format!("`{text}` has host bits set"), format!("write `{}`", prefix.trunc()));
                None
            }
            Err(what) => {
                self.problem(node, path, format!("`{text}` is {what}"), "");
                None
            }
        }
    }

    fn known_word(&mut self, path: &str, choices: &[Choice], text: &str, node: &Node) -> bool {
        let known = choices.iter().any(|choice| choice.word == text);
        if !known {
            let words: Vec<&str> = choices.iter().map(|choice| choice.word).collect();
            let hint = match did_you_mean(text, words.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? choices: {}", words.join(", ")),
                None => format!("choices: {}", words.join(", ")),
            };
            self.problem(node, path, format!("`{text}` is not a choice of `{path}`"), hint);
        }
        known
    }

    /// An answer to a question that the other answers do not raise.
    fn not_asked(&mut self) {
        let answers = self.answers.clone();
        for question in QUESTIONS {
            if question.answer(&answers).is_some() && !(question.asked)(&answers) {
                let at = self.places.get(question.path).copied().unwrap_or_default();
                let what = format!("`{}` is answered but, with the other answers, nobody asks", question.path);
                self.problem_at(
                    at,
                    question.path,
                    what,
                    "remove it, or choose the scenario or egress that asks for it",
                );
            }
        }
    }
}

fn shown(node: &Node) -> String {
    node.text().map_or_else(|| node.kind().to_string(), String::from)
}

/// Where every key stands.
const LISTED: &str = "`netcordon questions` lists every key";

fn unknown_key_hint(path: &str) -> String {
    match did_you_mean(path, QUESTIONS.iter().map(|question| question.path)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => LISTED.into(),
    }
}
