//! One escape for each language: whatever the text, it stays inside its quotes, and reads back as it was.

use std::io::{Result, Write};

/// Inside double quotes of HCL: quotes, backslashes, control characters, and the starts of templates `${` and `%{`.
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
