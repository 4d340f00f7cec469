//! The shell as far as we write it: commands whose words are bare or in single quotes, and here-documents.

use super::HINT;
use crate::problem::{Place, Problem};

/// Lines that stand in a script as they are; the shell would do something with them that words do not show.
const AS_THEY_ARE: [&str; 6] =
    [": <<'NETWORK'", "put <<'GROUP'", "on_subnets() {", "routes_on_subnets() {", "  pass=$1", "}"];

/// A word, and whether it stood in quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) quoted: bool,
}

/// A command with the number of its line; after `name=` stands the value, after a here-document's start its text.
#[derive(Debug)]
pub(super) struct Command {
    pub(super) line: usize,
    pub(super) words: Vec<Word>,
}

impl Command {
    /// What the command is: its first word.
    pub(super) fn name(&self) -> &str {
        self.words.first().filter(|word| !word.quoted).map_or("", |word| &word.text)
    }
}

pub(super) fn problem(file: &str, line: usize, what: impl Into<String>) -> Problem {
    let place = Place { file: file.into(), line, column: 1, path: String::new() };
    Problem { place, what: what.into(), hint: HINT.into() }
}

/// The commands of `text`, whose first line has this number. Comments and empty lines are passed over.
pub(super) fn commands(file: &str, text: &str, number: usize) -> Result<Vec<Command>, Problem> {
    let mut reader = Reader { file, rest: text, number };
    let mut found = Vec::new();
    while !reader.rest.is_empty() {
        let (first, after) = reader.rest.split_once('\n').unwrap_or((reader.rest, ""));
        if first.trim_start_matches(' ').is_empty() || first.starts_with('#') {
            reader.rest = after;
            reader.number += 1;
        } else {
            let command = reader.command(first, after)?;
            found.push(command);
        }
    }
    Ok(found)
}

struct Reader<'a> {
    file: &'a str,
    rest: &'a str,
    number: usize,
}

impl<'a> Reader<'a> {
    fn problem<T>(&self, what: impl Into<String>) -> Result<T, Problem> {
        Err(problem(self.file, self.number, what))
    }

    fn command(&mut self, first: &str, after: &'a str) -> Result<Command, Problem> {
        let line = self.number;
        if AS_THEY_ARE.contains(&first) {
            let mut words = vec![Word { text: first.trim_start().into(), quoted: false }];
            (self.rest, self.number) = (after, line + 1);
            if let Some((_, end)) = first.split_once("<<") {
                let end = format!("\n{}\n", end.trim_matches('\''));
                let Some((text, after)) = after.split_once(&end) else {
                    return self.problem("the here-document does not end");
                };
                words.push(Word { text: text.into(), quoted: true });
                self.rest = after;
                self.number += text.matches('\n').count() + 2;
            }
            return Ok(Command { line, words });
        }
        let mut words = Vec::new();
        loop {
            self.rest = self.rest.trim_start_matches(' ');
            if let Some(after) = self.rest.strip_prefix("\\\n") {
                self.rest = after;
                self.number += 1;
                continue;
            }
            if self.rest.is_empty() || self.rest.starts_with('\n') {
                self.rest = self.rest.strip_prefix('\n').unwrap_or_default();
                self.number += 1;
                return Ok(Command { line, words });
            }
            let value_of_name = words.first().is_some_and(|first: &Word| first.text.ends_with('='));
            let word = self.word(words.is_empty())?;
            if word.quoted && !value_of_name && word.text.starts_with(['-', '@']) {
                return self.problem(format!("the CLI takes `{}` for an option or a file", word.text));
            }
            words.push(word);
            let assigned = words.len() == 1 && words[0].text.ends_with('=');
            if assigned && !self.rest.starts_with('\'') {
                return self.problem("a value in single quotes is expected after `=`");
            }
            if !assigned && !self.rest.is_empty() && !self.rest.starts_with([' ', '\n']) {
                return self.problem(format!("`{}` is not what netcordon writes there", self.shown()));
            }
        }
    }

    /// What comes next, for a person.
    fn shown(&self) -> &'a str {
        self.rest.split([' ', '\n']).next().unwrap_or_default()
    }

    /// A word: bare, of characters that mean nothing, or in single quotes. `name=` is one where a command starts.
    fn word(&mut self, first: bool) -> Result<Word, Problem> {
        if !self.rest.starts_with('\'') {
            let end = self.rest.find(|c: char| !c.is_ascii_alphanumeric() && !"_-".contains(c));
            let mut end = end.unwrap_or(self.rest.len());
            if end == 0 {
                return self.problem(format!("`{}` is neither a plain word nor in single quotes", self.shown()));
            }
            if first && self.rest[end..].starts_with('=') {
                end += 1;
            }
            let (text, rest) = self.rest.split_at(end);
            self.rest = rest;
            return Ok(Word { text: text.into(), quoted: false });
        }
        let mut text = String::new();
        loop {
            if let Some(after) = self.rest.strip_prefix(r"\'") {
                text.push('\'');
                self.rest = after;
            } else if let Some(after) = self.rest.strip_prefix('\'') {
                let Some((inside, after)) = after.split_once('\'') else {
                    return self.problem("a quote does not end");
                };
                text.push_str(inside);
                self.number += inside.matches('\n').count();
                self.rest = after;
            } else {
                return Ok(Word { text, quoted: true });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Result<Vec<Vec<String>>, Problem> {
        let commands = commands("x", text, 1)?;
        let shown = |word: Word| if word.quoted { format!("<{}>", word.text) } else { word.text };
        Ok(commands.into_iter().map(|command| command.words.into_iter().map(shown).collect()).collect())
    }

    #[test]
    fn words_are_read_as_a_shell_reads_them() {
        let text = "# x\n\nrule 'a b' 'it'\\''s' --x 1 \\\n  'y\nz'\nv='1'\n: <<'NETWORK'\n{\n}\nNETWORK\nend\n";
        let meant: [&[&str]; 4] = [
            &["rule", "<a b>", "<it's>", "--x", "1", "<y\nz>"],
            &["v=", "<1>"],
            &[": <<'NETWORK'", "<{\n}>"],
            &["end"],
        ];
        assert_eq!(words(text).unwrap(), meant);
        let lines: Vec<usize> = commands("x", text, 1).unwrap().iter().map(|command| command.line).collect();
        assert_eq!(lines, [3, 6, 7, 11]);
    }

    #[test]
    fn whatever_a_shell_would_do_more_is_refused() {
        let others = [
            "a $x",
            "a \"x\"",
            "a `x`",
            "a *",
            "a;b",
            "a & b",
            "a | b",
            "a > b",
            "a\tb",
            "a 'x",
            "a 'x'y",
            "a x'y'",
            "v=1",
            "v=",
            "v= 'x'",
            "v=$(x)",
            "a ~",
            "a {b,c}",
            "a #c",
            "! a",
            "a \\b",
            ": <<NETWORK",
            ": <<'NETWORK'\n{}",
            "a() {",
            "a=('b')",
            "é",
            "a '-x'",
            "a '@x'",
        ];
        for other in others {
            assert!(words(other).is_err(), "{other}: {:?}", words(other));
        }
    }
}
