//! Text in columns: how wide it is on a screen, where it is cut and broken.

use crate::problem::printable;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns a text takes, control characters escaped.
pub fn width(text: &str) -> usize {
    printable(text).width()
}

/// `text` fit to be shown in at most `room` columns, `…` at the end if something was cut.
pub fn cut(text: &str, room: usize) -> String {
    let text = printable(text);
    if text.width() <= room {
        return text;
    }
    let mut kept = String::new();
    let mut used = 0;
    for character in text.chars() {
        let wide = character.width().unwrap_or(0);
        if used + wide + 1 > room {
            break;
        }
        kept.push(character);
        used += wide;
    }
    // A character may be wider than the sum of its parts.
    while !kept.is_empty() && kept.width() + 1 > room {
        kept.pop();
    }
    if room > 0 {
        kept.push('…');
    }
    kept
}

/// `text` cut and filled with spaces to exactly `room` columns.
pub fn fill(text: &str, room: usize) -> String {
    let mut cut = cut(text, room);
    let used = cut.width();
    cut.extend(std::iter::repeat_n(' ', room.saturating_sub(used)));
    cut
}

/// `text` in lines of at most `room` columns: broken at spaces, and inside a word only where the word is wider than a line.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in printable(text).split(' ') {
        if !line.is_empty() && line.width() + 1 + word.width() <= room {
            line.push(' ');
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for character in word.chars() {
            line.push(character);
            if line.width() > room {
                line.pop();
                lines.push(std::mem::replace(&mut line, character.into()));
            }
        }
    }
    lines.push(line);
    lines
}

/// A line of a file in lines of at most `room` columns, broken behind the last space that is not far from the edge, else
/// where it is full; its spaces stay.
pub fn fold(line: &str, room: usize) -> Vec<String> {
    let room = room.max(2);
    let mut lines = Vec::new();
    let mut part = String::new();
    for character in printable(&line.replace('\t', "    ")).chars() {
        part.push(character);
        if part.width() > room {
            part.pop();
            let space = part.rfind(' ').map(|at| at + 1).filter(|at| part[..*at].width() > room / 2);
            let mut rest = part.split_off(space.unwrap_or(part.len()));
            rest.push(character);
            lines.push(std::mem::replace(&mut part, rest));
        }
    }
    lines.push(part);
    lines
}

/// A number with its thousands apart: `498,017`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 rule`, `2 rules`
pub fn count(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", thousands(number as u64), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever a text holds, its pieces fit the columns they were made for.
        #[test]
        fn pieces_fit(text in any::<String>(), room in 2usize..60) {
            prop_assert!(cut(&text, room).width() <= room);
            prop_assert_eq!(fill(&text, room).width(), room);
            for line in wrap(&text, room) {
                prop_assert!(line.width() <= room, "{:?}", line);
            }
            for line in fold(&text, room) {
                prop_assert!(line.width() <= room, "{:?}", line);
            }
            prop_assert_eq!(fold(&text, room).concat(), printable(&text.replace('\t', "    ")));
            let together: String = wrap(&text, room).concat().split_whitespace().collect();
            let whole: String = printable(&text).split_whitespace().collect();
            prop_assert_eq!(together, whole);
        }
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(498_017), "498,017");
        assert_eq!(thousands(1_000_000), "1,000,000");
    }
}
