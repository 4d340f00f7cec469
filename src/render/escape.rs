//! One escape for each language: whatever the text, it stays inside its quotes, and reads back as it was.

use std::io::{Result, Write};

/// Inside double quotes of HCL, or in a comment: quotes, backslashes, the starts of templates `${` and `%{`, and every
/// character that ends a line or that a reader does not see.
pub(super) fn hcl(text: &str, out: &mut dyn Write) -> Result<()> {
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => out.write_all(b"\\\"")?,
            '\\' => out.write_all(b"\\\\")?,
            '\n' => out.write_all(b"\\n")?,
            '\r' => out.write_all(b"\\r")?,
            '\t' => out.write_all(b"\\t")?,
            '$' | '%' if characters.peek() == Some(&'{') => write!(out, "{character}{character}")?,
            // Bidirectional and zero-width characters would show a reviewer another rule than Terraform reads.
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {
                write!(out, "\\u{:04x}", u32::from(character))?;
            }
            other if other.is_control() => write!(out, "\\u{:04x}", u32::from(other))?,
            other => write!(out, "{other}")?,
        }
    }
    Ok(())
}

/// In running text or a table cell of Markdown: everything that could start markup, a cell or a tag is a character
/// reference or has a backslash; line breaks become spaces.
pub(super) fn markdown(text: &str, out: &mut dyn Write) -> Result<()> {
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' => write!(out, "\\{character}")?,
            '<' => out.write_all(b"&lt;")?,
            '>' => out.write_all(b"&gt;")?,
            '&' => out.write_all(b"&amp;")?,
            other if other.is_control() => out.write_all(b" ")?,
            other => write!(out, "{other}")?,
        }
    }
    Ok(())
}

/// Inside double quotes of CSV: quotes doubled; a cell that a spreadsheet would take for a formula starts with `'`
/// (OWASP, CSV injection); control characters become spaces.
pub(super) fn csv(text: &str, out: &mut dyn Write) -> Result<()> {
    if text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r']) {
        out.write_all(b"'")?;
    }
    for character in text.chars() {
        match character {
            '"' => out.write_all(b"\"\"")?,
            other if other.is_control() => out.write_all(b" ")?,
            other => write!(out, "{other}")?,
        }
    }
    Ok(())
}

/// A value or comment of a CycleCloud template: what could end the line, start a comment, a section, a list or a
/// substitution is left out. Intent admits no such character into what stands there; this is the second lock.
pub(super) fn cyclecloud(text: &str, out: &mut dyn Write) -> Result<()> {
    for character in text.chars() {
        match character {
            '#' | '[' | ']' | '$' | '`' | '\'' | '"' | ',' | '=' | '\\' => out.write_all(b" ")?,
            other if other.is_control() => out.write_all(b" ")?,
            other => write!(out, "{other}")?,
        }
    }
    Ok(())
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
