//! Where it goes, and the writing.

use super::{Lines, input_line};
use crate::ui::text::{count, cut, fill};
use crate::ui::tui::state::{Focus, Hit, State};
use crate::ui::tui::theme::Theme;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(super) fn write(state: &State, theme: Theme, room: usize) -> Lines {
    let mut lines = Lines::default();
    let focused = state.focus == Focus::Body;
    lines.text("Where does it go?", theme.title());
    lines.blank();
    for (index, title) in ["Answers file", "Output folder"].into_iter().enumerate() {
        let here = state.item == index;
        let (text, cursor) = input_line(&state.place_inputs[index], room.saturating_sub(18));
        let head = format!("{}{}", if here { "› " } else { "  " }, fill(title, 15));
        let style = Style::new().add_modifier(ratatui::style::Modifier::UNDERLINED);
        lines.push(Line::from(vec![
            Span::styled(head, if here && focused { theme.cursor() } else { theme.plain() }),
            Span::raw(" "),
            Span::styled(text, style),
        ]));
        lines.hit(room, Hit::Item(index));
        if here {
            lines.focus = lines.lines.len() - 1;
            lines.cursor = Some((lines.focus, 18 + cursor));
        }
    }
    lines.blank();
    let (wrong, missing) = (state.problems().len(), state.missing().len());
    let to_write = match &state.files {
        Some(Ok(files)) => files.iter().filter(|file| file.state != "unchanged").count(),
        _ => 0,
    };
    let held = state.held_files();
    let text = match (wrong + missing, held) {
        (0, 0) if to_write == 0 && state.files.is_some() && !state.saving.changes => {
            "Write: nothing would change".into()
        }
        (0, 0) => format!("Write {}", count(to_write, "file")),
        (0, held) => format!("Write {}, replacing {} that netcordon did not write", count(to_write, "file"), held),
        (n, _) => format!("Cannot write yet: {} to see to in Review", count(n, "thing")),
    };
    let here = state.item == 2;
    let style = match (here && focused, wrong + missing > 0) {
        (true, _) => theme.cursor(),
        (false, true) => theme.dim(),
        _ => theme.title(),
    };
    if here {
        lines.focus = lines.lines.len();
    }
    lines.hanging(if here { "› " } else { "  " }, &text, room, style);
    lines.hit(room, Hit::Item(2));
    lines.blank();
    if held > 0
        && let Some(Ok(files)) = &state.files
    {
        for file in files.iter().filter(|file| file.held) {
            lines.hanging("  ! ", &format!("{}: {}", file.path, file.state), room, theme.bad());
        }
        lines.blank();
    }
    if let Some((done, total, what)) = &state.progress {
        let bar = room.saturating_sub(14).min(40);
        let full = bar * done / (*total).max(1);
        let text = format!("  {}{} {done} of {total}", "█".repeat(full), "░".repeat(bar - full));
        lines.text(cut(&text, room), theme.good());
        lines.text(cut(&format!("  {what}"), room), theme.dim());
        lines.blank();
    }
    for problem in &state.failures {
        lines.hanging(
            "! ",
            &format!(
                "{}{}{}",
                problem.place,
                if problem.place.to_string().is_empty() { "" } else { ": " },
                problem.what
            ),
            room,
            theme.bad(),
        );
        if !problem.hint.is_empty() {
            lines.hanging("  → ", &problem.hint, room, theme.plain());
        }
    }
    if let Some(written) = &state.written {
        for line in &written.lines {
            lines.hanging("", line, room, theme.plain());
        }
        lines.blank();
        let here = state.item == 3;
        if here {
            lines.focus = lines.lines.len();
        }
        let style = if here && focused { theme.cursor() } else { theme.title() };
        lines.text(format!("{}Done: leave, and see this again in the terminal", if here { "› " } else { "  " }), style);
        lines.hit(room, Hit::Item(3));
    } else {
        lines.hanging("", "Saves the answers, then writes the folder. The same without questions:", room, theme.dim());
        lines.hanging("  ", &state.wanted_places().command(), room, theme.plain());
    }
    lines
}
