//! One escape for each language: whatever the text, it stays inside its quotes, and reads back as it was.

use crate::problem::{is_seen, printable};
use std::borrow::Cow;
use std::io::{Result, Write};

/// Writes `text`, with what `instead` has for a character in its place. It is asked with the place of each in turn, of
/// all but letters and digits of ASCII, which stand for themselves in every language.
fn replaced(
    text: &str,
    out: &mut dyn Write,
    mut instead: impl FnMut(usize, char) -> Option<Cow<'static, str>>,
) -> Result<()> {
    let mut written = 0;
    for (at, character) in text.char_indices() {
        if !character.is_ascii_alphanumeric()
            && let Some(other) = instead(at, character)
        {
            out.write_all(&text.as_bytes()[written..at])?;
            out.write_all(other.as_bytes())?;
            written = at + character.len_utf8();
        }
    }
    out.write_all(&text.as_bytes()[written..])
}

/// Inside double quotes of HCL, or in a comment: quotes, backslashes, the starts of templates `${` and `%{`, and every
/// character that ends a line or that a reader does not see.
pub(super) fn hcl(text: &str, out: &mut dyn Write) -> Result<()> {
    replaced(text, out, |at, character| {
        Some(match character {
            '"' => "\\\"".into(),
            '\\' => "\\\\".into(),
            '\n' => "\\n".into(),
            '\r' => "\\r".into(),
            '\t' => "\\t".into(),
            '$' | '%' if text[at + 1..].starts_with('{') => format!("{character}{character}").into(),
            seen if is_seen(seen) => return None,
            // Bidirectional and zero-width characters would show a reviewer another rule than Terraform reads.
            '\u{10000}'.. => format!("\\U{:08x}", u32::from(character)).into(),
            _ => format!("\\u{:04x}", u32::from(character)).into(),
        })
    })
}

/// Inside single quotes of Bicep, or in a comment: quotes, backslashes, the start of an interpolation `${`, and every
/// character that ends a line or that a reader does not see.
pub(super) fn bicep(text: &str, out: &mut dyn Write) -> Result<()> {
    replaced(text, out, |at, character| {
        Some(match character {
            '\'' => "\\'".into(),
            '\\' => "\\\\".into(),
            '\n' => "\\n".into(),
            '\r' => "\\r".into(),
            '\t' => "\\t".into(),
            '$' if text[at + 1..].starts_with('{') => "\\$".into(),
            seen if is_seen(seen) => return None,
            other => format!("\\u{{{:x}}}", u32::from(other)).into(),
        })
    })
}

/// Inside double quotes of YAML, or in a comment: quotes, backslashes, and every character that ends a line or that a
/// reader does not see (YAML 1.2.2, 5.7).
pub(super) fn yaml(text: &str, out: &mut dyn Write) -> Result<()> {
    replaced(text, out, |_, character| {
        Some(match character {
            '"' => "\\\"".into(),
            '\\' => "\\\\".into(),
            '\n' => "\\n".into(),
            '\r' => "\\r".into(),
            '\t' => "\\t".into(),
            // The last two of a plane are no characters, and YAML forbids the first plane's.
            other if is_seen(other) && u32::from(other) & 0xfffe != 0xfffe => return None,
            other => match u32::from(other) {
                code @ 0..=0xff => format!("\\x{code:02x}").into(),
                code @ 0x100..=0xffff => format!("\\u{code:04x}").into(),
                code => format!("\\U{code:08x}").into(),
            },
        })
    })
}

/// A text as one word of a POSIX shell: in single quotes, where nothing but a single quote means anything.
///
/// No shell can hold the character NUL; U+FFFD stands for it.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\0', "\u{fffd}").replace('\'', r"'\''"))
}

/// A word of a script: [`quoted`].
pub(super) fn word(text: &str, out: &mut dyn Write) -> Result<()> {
    write!(out, "{}", quoted(text))
}

/// In a comment of a script: one line, with every character that a reader does not see spelt out.
pub(super) fn comment(text: &str, out: &mut dyn Write) -> Result<()> {
    write!(out, "{}", printable(text))
}

/// JSON in lines: what a reader does not see becomes an escape of JSON's own. Such characters stand in texts only, and
/// no line of it is a word without quotes, as the end of a here-document is.
pub(super) fn json(text: &str, out: &mut dyn Write) -> Result<()> {
    replaced(text, out, |_, character| {
        if character == '\n' || is_seen(character) {
            return None;
        }
        let units = character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
        Some(units.into())
    })
}

/// In running text, a list item or a table cell of Markdown (GFM): whatever could start markup, a cell, a tag, a block
/// or a link is a character reference or has a backslash. Text between two single backticks stays code, as the
/// program's own sentences mean it. Control and bidirectional characters are spelt out.
pub(super) fn markdown(text: &str, out: &mut dyn Write) -> Result<()> {
    let text = printable(text);
    let mut code_ends = 0;
    replaced(&text, out, |at, character| {
        if at < code_ends {
            return None;
        }
        let (before, rest) = text.split_at(at);
        if let Some(code) = code_span(before, rest) {
            code_ends = at + code.len() + 2;
            return None;
        }
        let after = &rest[character.len_utf8()..];
        Some(match character {
            '<' => "&lt;".into(),
            '>' => "&gt;".into(),
            '&' => "&amp;".into(),
            // At an edge a space means something: code blocks, line breaks.
            ' ' if before.is_empty() || after.is_empty() => "&#32;".into(),
            other if is_markup(before, other, after) => format!("\\{other}").into(),
            _ => return None,
        })
    })
}

/// Whether a character between these two texts could start markup.
fn is_markup(before: &str, character: char, after: &str) -> bool {
    match character {
        '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '@' => true,
        // The start of a list item, a rule or the underline of a heading.
        '-' | '+' | '=' => before.trim().is_empty(),
        '.' | ')' if is_number(before) && (after.is_empty() || after.starts_with(char::is_whitespace)) => true,
        // Links that GFM finds by itself.
        ':' => after.starts_with('/'),
        '.' => {
            before.len() >= 3
                && before.is_char_boundary(before.len() - 3)
                && before[before.len() - 3..].eq_ignore_ascii_case("www")
        }
        _ => false,
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The code that starts at `rest`, if a code span does: between two single backticks, nothing that ends a cell, no
/// space at its edges.
fn code_span<'t>(before: &str, rest: &'t str) -> Option<&'t str> {
    let (code, after) = rest.strip_prefix('`')?.split_once('`')?;
    let whole = !code.is_empty() && !code.contains(['|', '\\']) && code.trim() == code;
    (whole && !before.ends_with('`') && !after.starts_with('`')).then_some(code)
}

/// The destination of a link in Markdown, between parentheses: what does not stand in an address as it is, is
/// percent-encoded (RFC 3986).
pub(super) fn link(text: &str, out: &mut dyn Write) -> Result<()> {
    for byte in text.bytes() {
        match byte {
            b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'?' | b'#' | b'=' | b'%' | b'+' | b'@' => {
                out.write_all(&[byte])?
            }
            byte if byte.is_ascii_alphanumeric() => out.write_all(&[byte])?,
            byte => write!(out, "%{byte:02X}")?,
        }
    }
    Ok(())
}

/// A line of a fenced code block: it stays one line, and never ends the block.
pub(super) fn fenced(text: &str, out: &mut dyn Write) -> Result<()> {
    if text.trim_start().starts_with("```") {
        // Four spaces in, three backticks are text (CommonMark, fenced code blocks).
        out.write_all(b"    ")?;
    }
    write!(out, "{}", printable(text))
}

/// Inside the double quotes of a label in Mermaid: Mermaid's own entities for what it could read as its markup,
/// as HTML, as a directive (`%%{`) or as a formula.
pub(super) fn mermaid(text: &str, out: &mut dyn Write) -> Result<()> {
    replaced(&printable(text), out, |_, character| match character {
        '"' | '#' | '&' | '<' | '>' | '%' | '`' | '\\' | '$' | '|' | '*' | '_' | '~' => {
            Some(format!("#{};", u32::from(character)).into())
        }
        _ => None,
    })
}

/// Inside double quotes of CSV: quotes doubled. What a spreadsheet would take for the start of a formula has a `'`
/// before it (OWASP, CSV injection), also after `,` and `;`: where the decimal sign is a comma, spreadsheets split at
/// `;` whatever the quotes say. Control and bidirectional characters are spelt out.
pub(super) fn csv(text: &str, out: &mut dyn Write) -> Result<()> {
    let text = printable(text);
    let starts = |at: usize| {
        let before = text[..at].trim_end_matches(|c: char| c.is_whitespace() || c == '"');
        before.is_empty() || before.ends_with([',', ';'])
    };
    replaced(&text, out, |at, character| match character {
        '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' if starts(at) => Some(format!("'{character}").into()),
        '"' => Some("\"\"".into()),
        _ => None,
    })
}

/// A value or comment of a CycleCloud template: what could end the line, start a comment, a section, a list, an
/// expression or a substitution is a space instead, for no escape is documented. Intent admits no such character into
/// what stands there; this is the second lock.
pub(super) fn cyclecloud(text: &str, out: &mut dyn Write) -> Result<()> {
    replaced(&printable(text), out, |_, character| match character {
        '#' | '[' | ']' | '{' | '}' | '$' | '`' | '\'' | '"' | ',' | '=' | '\\' => Some(" ".into()),
        _ => None,
    })
}

/// In a plain list or Squid's configuration: one word of what names, prefixes and ports are made of. Neither has an escape,
/// so everything else is `_`; what a plan puts there holds none of it, and this is the second lock.
pub(super) fn plain(text: &str, out: &mut dyn Write) -> Result<()> {
    replaced(text, out, |at, character| match character {
        '.' | '*' | ':' | '/' | '_' => None,
        // At the start of a word it is an option to Squid.
        '-' if at > 0 => None,
        other if other.is_ascii_alphanumeric() => None,
        _ => Some("_".into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn escaped(escape: fn(&str, &mut dyn Write) -> Result<()>, text: &str) -> String {
        let mut bytes = Vec::new();
        escape(text, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// Texts that are rich in what the languages care about.
    fn text() -> impl Strategy<Value = String> {
        let pieces = prop_oneof![
            "[ -~]{0,6}",
            "\\PC{0,4}",
            "[`|<>&\\\\*_#\\[\\]()!~$@:;,.\"'%{}=+-]{1,4}",
            Just("\n".to_string()),
            Just("\u{1b}[31m".to_string()),
            Just("\u{202e}".to_string()),
            Just("https://example.com/".to_string()),
            Just("WWW.example.com".to_string()),
            Just("```".to_string()),
            Just("1. ".to_string()),
            Just("=cmd|' /C calc'!A0".to_string()),
            Just("%%{init: {}}%%".to_string()),
        ];
        proptest::collection::vec(pieces, 0..6).prop_map(|pieces| pieces.concat())
    }

    /// Reads Markdown text back: character references, backslashes and code spans, and `None` for any other markup.
    fn read_markdown(text: &str) -> Option<String> {
        let mut plain = String::new();
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let references = [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&#32;", ' ')];
            if let Some((name, meant)) = references.iter().find(|(name, _)| rest.starts_with(name)) {
                plain.push(*meant);
                rest = &rest[name.len()..];
                continue;
            }
            rest = &rest[character.len_utf8()..];
            match character {
                '\\' => {
                    let next = rest.chars().next().filter(char::is_ascii_punctuation)?;
                    plain.push(next);
                    rest = &rest[1..];
                }
                '`' => {
                    let (code, after) = rest.split_once('`')?;
                    if code.is_empty() || code.contains('|') || after.starts_with('`') {
                        return None;
                    }
                    plain.push_str(&format!("`{code}`"));
                    rest = after;
                }
                '<' | '>' | '&' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '@' | '\n' => return None,
                other => plain.push(other),
            }
        }
        Some(plain)
    }

    /// The cells of one line of CSV.
    fn read_csv(line: &str) -> Vec<String> {
        let mut cells = vec![String::new()];
        let mut inside = false;
        let mut characters = line.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '"' if inside && characters.peek() == Some(&'"') => {
                    characters.next();
                    cells.last_mut().unwrap().push('"');
                }
                '"' => inside = !inside,
                ',' if !inside => cells.push(String::new()),
                other => cells.last_mut().unwrap().push(other),
            }
        }
        assert!(!inside, "{line}");
        cells
    }

    fn read_mermaid(text: &str) -> String {
        let mut plain = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('#') {
            let (number, after) = after.split_once(';').unwrap();
            plain.push_str(before);
            plain.push(char::from_u32(number.parse().unwrap()).unwrap());
            rest = after;
        }
        plain + rest
    }

    proptest! {
        #[test]
        fn markdown_reads_back(text in text()) {
            let escaped = escaped(markdown, &text);
            prop_assert_eq!(read_markdown(&escaped), Some(printable(&text)), "{}", escaped);
            prop_assert!(escaped.contains('`') || !escaped.replace("\\:", "").contains(":/"), "{}", escaped);
            let start = escaped.trim_start_matches(|c: char| c.is_ascii_digit());
            let item = start.strip_prefix(['.', ')']).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
            prop_assert!(!escaped.starts_with([' ', '-', '+', '=', '#', '>', '|', '~', '*']), "{}", escaped);
            prop_assert!(start.len() == escaped.len() || !item, "{}", escaped);
            prop_assert!(!escaped.ends_with(' '), "{}", escaped);
        }

        #[test]
        fn link_ends_nowhere_but_at_its_end(text in text()) {
            let escaped = escaped(link, &text);
            prop_assert!(escaped.bytes().all(|b| b.is_ascii_graphic() && !b"()<>[]|\\\"`*&'".contains(&b)), "{}", escaped);
        }

        #[test]
        fn fenced_is_one_line_that_ends_no_block(text in text()) {
            let escaped = escaped(fenced, &text);
            prop_assert_eq!(escaped.lines().count(), usize::from(!escaped.is_empty()));
            let indent = escaped.len() - escaped.trim_start_matches(' ').len();
            prop_assert!(indent > 3 || !escaped.trim_start().starts_with("```"), "{}", escaped);
            prop_assert!(escaped.ends_with(&printable(&text)));
        }

        #[test]
        fn mermaid_reads_back(text in text()) {
            let escaped = escaped(mermaid, &text);
            prop_assert_eq!(read_mermaid(&escaped), printable(&text));
            prop_assert!(!escaped.contains(['"', '<', '>', '`', '%', '\n']), "{}", escaped);
        }

        #[test]
        fn csv_reads_back(texts in proptest::collection::vec(text(), 1..4)) {
            let line = texts.iter().map(|text| format!("\"{}\"", escaped(csv, text))).collect::<Vec<_>>().join(",");
            let cells = read_csv(&line);
            prop_assert_eq!(cells.len(), texts.len());
            for (cell, text) in cells.iter().zip(&texts) {
                let formula = |c: char| "=+-@＝＋－＠".contains(c);
                for part in cell.split([',', ';']) {
                    prop_assert!(!part.trim_start().trim_start_matches('"').starts_with(formula), "{}", cell);
                }
                // The quotes that were put before formulas are all that is more than the text.
                let mut meant = cell.chars().peekable();
                for character in printable(text).chars() {
                    if meant.peek() != Some(&character) {
                        prop_assert_eq!(meant.next(), Some('\''));
                    }
                    prop_assert_eq!(meant.next(), Some(character));
                }
                prop_assert_eq!(meant.next(), None);
            }
        }

        #[test]
        fn cyclecloud_ends_nothing_and_starts_nothing(text in text()) {
            let escaped = escaped(cyclecloud, &text);
            prop_assert!(!escaped.contains(['\n', '\r', '#', '[', ']', '{', '}', '$', '`', '\'', '"', ',', '=']), "{}", escaped);
        }

        #[test]
        fn plain_is_one_word_that_means_nothing_else(text in text()) {
            let escaped = escaped(plain, &text);
            prop_assert_eq!(escaped.chars().count(), text.chars().count());
            let word = |b: u8| b.is_ascii_alphanumeric() || b".*:/_-".contains(&b);
            prop_assert!(escaped.bytes().all(word) && !escaped.starts_with('-'), "{}", escaped);
        }

        #[test]
        fn plain_leaves_names_prefixes_and_ports(text in "(\\*\\.)?[a-z0-9_]([a-z0-9_.-]{0,20}[a-z0-9_])?|[0-9a-f:]{2,20}/[0-9]{1,3}|[0-9]{1,5}-[0-9]{1,5}") {
            prop_assert_eq!(escaped(plain, &text), text);
        }

        #[test]
        fn cyclecloud_leaves_what_intent_admits(text in "[A-Za-z0-9_.()/~-]{0,40}") {
            prop_assert_eq!(escaped(cyclecloud, &text), text);
        }
    }

    #[test]
    fn code_stays_code_and_nothing_else_does() {
        let rows = [
            ("a `b*c` d", "a `b*c` d"),
            ("a ``b`` d", "a \\`\\`b\\`\\` d"),
            ("a `b|c` d", "a \\`b\\|c\\` d"),
            ("a ` b", "a \\` b"),
            ("x_y*z", "x\\_y\\*z"),
            ("1. one", "1\\. one"),
            ("10.0.0.0/8 and", "10.0.0.0/8 and"),
            ("- one", "\\- one"),
            ("snet-nodes 10.0.0.0/24", "snet-nodes 10.0.0.0/24"),
            ("http://a.b", "http\\://a.b"),
        ];
        for (text, meant) in rows {
            assert_eq!(escaped(markdown, text), meant);
        }
    }
}

#[cfg(test)]
mod hcl_tests {
    use super::hcl as escape;
    use proptest::prelude::*;

    fn escaped(text: &str) -> String {
        let mut out = Vec::new();
        escape(text, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Texts in which the characters that mean something to HCL are frequent.
    fn some_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<char>().prop_map(String::from),
            prop::sample::select(vec![
                "$", "%", "{", "}", "${", "%{", "$${", "%%{", "~}", "\"", "\\", "\n", "\r\n", "\\u0024", "<<EOT\n",
                "#", "/*", "*/", "//", "\u{202e}", "\u{85}", "\u{2028}", "\0", "[concat(", "${var.x}",
            ])
            .prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_text_in_quotes_reads_back_as_it_was(text in some_text()) {
            let body = hcl::parse(&format!("x = \"{}\"\n", escaped(&text))).unwrap();
            let all: Vec<_> = body.attributes().map(|own| (own.key(), own.expr().clone())).collect();
            prop_assert_eq!(all, [("x", hcl::Expression::String(text))]);
        }

        #[test]
        fn a_text_in_a_comment_ends_with_its_line(text in some_text()) {
            let body = hcl::parse(&format!("# {}\nx = 1\n", escaped(&text))).unwrap();
            prop_assert_eq!(body.iter().count(), 1);
            prop_assert!(escaped(&text).lines().count() <= 1);
        }
    }
}

#[cfg(test)]
mod bicep_tests {
    use super::{bicep as escape, is_seen};
    use proptest::prelude::*;

    fn escaped(text: &str) -> String {
        let mut out = Vec::new();
        escape(text, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Reads a Bicep text from its opening quote on; what it means, and what stands after it. `None` for an
    /// interpolation, a line that ends inside, an escape that Bicep does not know.
    fn read(code: &str) -> Option<(String, &str)> {
        let mut rest = code.strip_prefix('\'')?;
        let mut text = String::new();
        loop {
            let character = rest.chars().next()?;
            rest = &rest[character.len_utf8()..];
            match character {
                '\'' => return Some((text, rest)),
                '\n' | '\r' => return None,
                '$' if rest.starts_with('{') => return None,
                '\\' if rest.starts_with("u{") => {
                    let (digits, after) = rest[2..].split_once('}')?;
                    text.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
                    rest = after;
                }
                '\\' => {
                    let escape = rest.chars().next()?;
                    let known = [('n', '\n'), ('r', '\r'), ('t', '\t'), ('\\', '\\'), ('\'', '\''), ('$', '$')];
                    text.push(known.iter().find(|(name, _)| *name == escape)?.1);
                    rest = &rest[1..];
                }
                other => text.push(other),
            }
        }
    }

    /// Texts in which the characters that mean something to Bicep are frequent.
    fn some_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<char>().prop_map(String::from),
            prop::sample::select(vec![
                "$",
                "{",
                "}",
                "${",
                "$${",
                "\\${",
                "\\$",
                "'",
                "\'\'\'",
                "\\",
                "\\'",
                "\n",
                "\r\n",
                "\\u{24}",
                "//",
                "/*",
                "*/",
                "\u{202e}",
                "\u{85}",
                "\u{2028}",
                "\0",
                "[concat(",
                "${location}",
            ])
            .prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_text_in_quotes_reads_back_as_it_was(text in some_text()) {
            let code = format!("'{}'\nrest", escaped(&text));
            prop_assert_eq!(read(&code), Some((text, "\nrest")), "{}", code);
        }

        #[test]
        fn a_text_in_a_comment_ends_with_its_line(text in some_text()) {
            prop_assert!(escaped(&text).chars().all(is_seen));
        }
    }
}

#[cfg(test)]
mod shell_tests {
    use super::*;
    use proptest::prelude::*;

    /// One word of a POSIX shell, read back; `None` if it is more or less than one, or means anything.
    fn read(word: &str) -> Option<String> {
        let mut text = String::new();
        let mut rest = word;
        while !rest.is_empty() {
            rest = if let Some(after) = rest.strip_prefix(r"\'") {
                text.push('\'');
                after
            } else {
                let (inside, after) = rest.strip_prefix('\'')?.split_once('\'')?;
                text.push_str(inside);
                after
            };
        }
        Some(text)
    }

    fn written(escape: fn(&str, &mut dyn Write) -> Result<()>, text: &str) -> String {
        let mut out = Vec::new();
        escape(text, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn some_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[ -~]{0,20}",
            any::<char>().prop_filter("no shell holds it", |c| *c != '\0').prop_map(String::from),
            prop::sample::select(vec![
                "'",
                "''",
                "'\\''",
                "$(id)",
                "`id`",
                "\n",
                "\r",
                "\nNETWORK\n",
                "\u{202e}",
                "\\"
            ])
            .prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_quoted_text_is_one_word_and_reads_back(text in some_text()) {
            prop_assert_eq!(read(&written(word, &text)), Some(text));
        }

        #[test]
        fn a_comment_is_one_line(text in some_text()) {
            prop_assert!(!written(comment, &text).contains(|c: char| c.is_control()));
        }

        #[test]
        fn json_reads_back_and_ends_no_here_document(key in some_text(), text in some_text()) {
            let value = serde_json::json!({key: [text, {}, []]});
            let written = written(json, &serde_json::to_string_pretty(&value).unwrap());
            prop_assert!(written.lines().all(|line| line.starts_with(['{', '}', ' '])), "{}", written);
            prop_assert!(written.chars().all(|c| c == '\n' || is_seen(c)), "{}", written);
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), value);
        }
    }

    #[test]
    fn parentheses_and_substitutions_mean_nothing() {
        assert_eq!(quoted("rg-(shared)"), "'rg-(shared)'");
        assert_eq!(quoted("$(reboot) `id` 'x'"), r"'$(reboot) `id` '\''x'\'''");
        assert_eq!(quoted("a\0b"), "'a\u{fffd}b'");
    }
}

#[cfg(test)]
mod yaml_tests {
    use super::yaml as escape;
    use proptest::prelude::*;

    fn escaped(text: &str) -> String {
        let mut out = Vec::new();
        escape(text, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Texts in which the characters that mean something to YAML are frequent.
    fn some_text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<char>().prop_map(String::from),
            prop::sample::select(vec![
                "\"", "'", "\\", "\n", "\r\n", "\t", " ", ": ", " #", "- ", "---\n", "...\n", "{", "}", "[", "]", "&a",
                "*a", "!!str", "%YAML", "|", ">", "\u{202e}", "\u{85}", "\u{2028}", "\u{feff}", "\0", "\\u0024",
                "\u{fffe}",
            ])
            .prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_text_in_quotes_reads_back_as_it_was(text in some_text()) {
            let document = format!("x: \"{}\"\n", escaped(&text));
            let (node, problems) = crate::yaml::read("a.yaml", document.as_bytes());
            // The door speaks of what nobody sees, escaped or not, and reads it all the same.
            let unseen = |problem: &crate::problem::Problem| problem.what.starts_with("a character that cannot be seen");
            prop_assert!(problems.iter().all(unseen), "{:?}", problems);
            let value = node.unwrap().get("x").unwrap().value.clone();
            prop_assert_eq!(value, crate::yaml::Value::Scalar { text, quoted: true });
        }

        #[test]
        fn a_text_in_a_comment_ends_with_its_line(text in some_text()) {
            let (node, problems) = crate::yaml::read("a.yaml", format!("# {}\nx: 1\n", escaped(&text)).as_bytes());
            prop_assert_eq!(problems, vec![]);
            let node = node.unwrap();
            prop_assert_eq!(node.get("x").unwrap().text(), Some("1"));
            prop_assert!(escaped(&text).lines().count() <= 1);
        }
    }
}
