//! Something wrong with input: where, what, and what to do about it. One form for every part of the program.

use std::fmt;

/// A problem with input. Wording: lower case, no full stop, input in backticks, the hint an exact next step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub what: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

/// What a problem with a key that is there twice says between the key and the line of the first one.
pub const SECOND: &str = " is here twice, first in line ";

/// Where a problem is: a file, a line and column in it, a question's path; each may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file as the user named it; empty if there is none.
    pub file: String,
    /// Line from 1; 0 if unknown.
    pub line: usize,
    /// Column from 1; 0 if unknown.
    pub column: usize,
    /// The answer it is about, as `subnets[1].prefix`; empty if it is about none.
    pub path: String,
}

impl Problem {
    /// A problem about an answer, by its path.
    pub fn at(path: &str, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Problem { place: Place { path: path.into(), ..Place::default() }, what: what.into(), hint: hint.into() }
    }

    /// Whether it is about a key of a file that the file can do without: one that nobody knows, or one that is there twice.
    pub fn names_a_spare_key(&self) -> bool {
        self.place.line > 0 && (self.what.starts_with("unknown key `") || self.what.contains(SECOND))
    }

    /// A problem with a whole file.
    pub fn in_file(file: &str, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Problem { place: Place { file: file.into(), ..Place::default() }, what: what.into(), hint: hint.into() }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        if !self.file.is_empty() {
            f.write_str(&printable(&self.file))?;
            if self.line > 0 {
                write!(f, ":{}:{}", self.line, self.column)?;
            }
            separator = ": ";
        }
        if !self.path.is_empty() {
            write!(f, "{separator}{}", printable(&self.path))?;
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.to_string();
        if !place.is_empty() {
            write!(f, "{place}: ")?;
        }
        f.write_str(&printable(&self.what))?;
        if !self.hint.is_empty() {
            write!(f, "\n  hint: {}", printable(&self.hint))?;
        }
        Ok(())
    }
}

/// `text` with every control and bidirectional character escaped, so that echoed input cannot steer a terminal.
///
/// The one place where this is done. A line feed is escaped too: a problem is one line and its hint another.
pub fn printable(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.into();
    }
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if is_seen(character) {
            safe.push(character);
        } else {
            safe.extend(character.escape_unicode());
        }
    }
    safe
}

/// Whether a reader sees the character for what it is: it neither controls nor is invisible nor turns the text around.
pub fn is_seen(character: char) -> bool {
    if matches!(character, ' '..='~') {
        return true;
    }
    let invisible = matches!(character,
        '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
    !(character.is_control() || invisible)
}

/// The candidate nearest to `text`, if it is near enough to be meant; case does not count.
pub fn did_you_mean<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    let text = text.to_lowercase();
    let own = letters(&text);
    candidates
        .into_iter()
        .filter(|candidate| {
            // Each letter too many or too few is a step: counting them is cheap, and leaves few words to compare.
            let length = candidate.chars().count();
            length.abs_diff(own.len()) <= 1 + length / 4
        })
        .map(|candidate| {
            let lower = candidate.to_lowercase();
            // `uswest` is `westus` with its words swapped: nearer than any word with another letter.
            let swapped = lower.len() == text.len() && letters(&lower) == own;
            let distance = if swapped { 0 } else { strsim::damerau_levenshtein(&text, &lower) };
            (distance, candidate)
        })
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_words_and_small_slips_are_meant() {
        let regions = ["ukwest", "westeurope", "westus", "eastus", "westus2"];
        assert_eq!(did_you_mean("uswest", regions), Some("westus"));
        assert_eq!(did_you_mean("westeurpoe", regions), Some("westeurope"));
        assert_eq!(did_you_mean("Storage.uswest", ["Storage.UKWest", "Storage.WestUS"]), Some("Storage.WestUS"));
        assert_eq!(did_you_mean("mars", regions), None);
    }

    #[test]
    fn echoed_input_cannot_steer_a_terminal() {
        let problem = Problem::at("name", "`\u{1b}[2J\u{202e}x\n`", "");
        assert_eq!(problem.to_string(), "name: `\\u{1b}[2J\\u{202e}x\\u{a}`");
    }
}
