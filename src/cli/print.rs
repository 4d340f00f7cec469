//! The one place that prints. Standard output is data, standard error is talk; a reader that went away is no error.

use crate::problem::{Problem, printable};
use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use std::io::{IsTerminal, Write};
use unicode_width::UnicodeWidthStr;

const BAD: Style = AnsiColor::Red.on_default().bold();
const GOOD: Style = AnsiColor::Green.on_default();
const DIM: Style = Style::new().dimmed();

/// Sets when colour is used: `auto`, `always` or `never`. `NO_COLOR` counts under `auto`.
pub(super) fn colour(when: &str) {
    match when {
        "always" => ColorChoice::Always.write_global(),
        "never" => ColorChoice::Never.write_global(),
        _ => ColorChoice::Auto.write_global(),
    }
}

/// Data for standard output, as it is.
pub(super) fn data(text: &str) -> Result<(), Vec<Problem>> {
    let mut out = AutoStream::new(std::io::stdout().lock(), ColorChoice::Never);
    written(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// Data that did not arrive is a failure, unless whoever read it went away.
fn written(result: std::io::Result<()>) -> Result<(), Vec<Problem>> {
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let text = error.to_string();
            let reason = text.split(" (os error").next().unwrap_or_default().to_lowercase();
            Err(vec![Problem::at("", format!("cannot write to standard output: {reason}"), "")])
        }
        _ => Ok(()),
    }
}

/// A line of talk.
pub(super) fn talk(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Problems, all of them, and how many, with what that means for the disk.
pub(super) fn problems(problems: &[Problem], disk: &str) {
    let mut err = anstream::stderr().lock();
    for problem in problems {
        let text = problem.to_string();
        let (first, hint) = text.split_once("\n  hint: ").map_or((text.as_str(), None), |(a, b)| (a, Some(b)));
        let _ = writeln!(err, "{BAD}error{BAD:#}: {first}");
        if let Some(hint) = hint {
            let _ = writeln!(err, "  {GOOD}hint{GOOD:#}: {hint}");
        }
    }
    if problems.len() > 1 {
        let _ = writeln!(err, "{} problems; {disk}", problems.len());
    }
}

/// How far a long run is, on a terminal alone, on one line.
pub(super) struct Progress {
    total: usize,
    done: std::sync::atomic::AtomicUsize,
    shown: bool,
}

impl Progress {
    /// For `total` steps; shows nothing unless standard error is a terminal and there is something to wait for.
    pub(super) fn new(total: usize, quiet: bool) -> Self {
        let shown = !quiet && total > 1 && std::io::stderr().is_terminal();
        Progress { total, done: 0.into(), shown }
    }

    /// One step done.
    pub(super) fn step(&self, what: &str) {
        let done = self.done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
        if self.shown && (done.is_multiple_of(16) || done == self.total) {
            let end = if done == self.total { "\n" } else { "" };
            let mut err = std::io::stderr().lock();
            let _ = write!(err, "\r{what} {done} of {}{end}", self.total);
            let _ = err.flush();
        }
    }
}

/// A diff with control characters escaped, coloured by line on a terminal.
pub(super) fn diff(path: &str, text: &str) -> Result<(), Vec<Problem>> {
    let mut out = anstream::stdout().lock();
    let mut shown = format!("{DIM}{}{DIM:#}\n", printable(path));
    for line in text.lines() {
        let style = match line.bytes().next() {
            Some(b'+') => GOOD,
            Some(b'-') => BAD,
            _ => Style::new(),
        };
        shown.push_str(&format!("{style}{}{style:#}\n", printable(line)));
    }
    written(out.write_all(shown.as_bytes()).and_then(|()| out.flush()))
}

/// How wide the terminal is; 80 where there is none.
pub(super) fn width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|width| *width >= 40).unwrap_or(80)
}

/// Rows as columns that line up; the last column is wrapped to what is left of the width, under itself.
pub(super) fn table(rows: &[Vec<String>], width: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|c| rows.iter().filter_map(|row| row.get(c)).map(|cell| cell.width()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let cell = printable(cell);
            if column + 1 == columns {
                let room = width.saturating_sub(line.width()).max(24);
                let indent = " ".repeat(line.width());
                line.push_str(&wrap(&cell, room).join(&format!("\n{indent}")));
            } else {
                line.push_str(&cell);
                line.push_str(&" ".repeat(widths[column].saturating_sub(cell.width()) + 2));
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

pub(super) use crate::render::report::wrap;
