//! The review.

use super::Lines;
use crate::ui::text::{count, cut, fill};
use crate::ui::tui::state::{Focus, Hit, State, Target};
use crate::ui::tui::theme::Theme;
use ratatui::style::Style;

pub(super) fn review(state: &State, theme: Theme, room: usize) -> Lines {
    let mut lines = Lines::default();
    let focused = state.focus == Focus::Body;
    let targets = state.targets();
    let item = state.item.min(targets.len().saturating_sub(1));
    let mut index = 0;
    // A line that can be chosen.
    let mut choose = |lines: &mut Lines, head: &str, text: &str, style: Style| {
        let here = index == item;
        let style = if here && focused { theme.cursor() } else { style };
        let front = if here { "› " } else { "  " };
        if here {
            lines.focus = lines.lines.len();
        }
        let from = lines.lines.len();
        lines.hanging(&format!("{front}{head}"), text, room, style);
        for line in from..lines.lines.len() {
            lines.hits.push((line, 0, room, Hit::Item(index)));
        }
        index += 1;
    };
    let problems = state.problems();
    if !problems.is_empty() {
        lines.text(format!("What is wrong ({})", problems.len()), theme.title());
        for (problem, target) in problems.iter().zip(&targets) {
            let place = if problem.place.line > 0 && matches!(target, Target::Drop(..)) {
                format!("line {}: ", problem.place.line)
            } else if problem.place.path.is_empty() {
                String::new()
            } else {
                format!("{}: ", problem.place.path)
            };
            choose(&mut lines, "! ", &cut(&format!("{place}{}", problem.what), 4 * room), theme.bad());
            let hint = match target {
                Target::Drop(..) if problem.hint.is_empty() => "Delete drops it".to_string(),
                Target::Drop(..) => format!("{}; Delete drops it, else it is kept", problem.hint),
                _ => problem.hint.clone(),
            };
            if !hint.is_empty() {
                lines.hanging("    → ", &cut(&hint, 4 * room), room, theme.plain());
            }
        }
        lines.blank();
    }
    let missing = state.missing();
    if !missing.is_empty() {
        lines.text(format!("To be answered ({})", missing.len()), theme.title());
        for question in missing {
            choose(&mut lines, "? ", &format!("{}: {}", question.step.title(), question.title), theme.plain());
        }
        lines.blank();
    }
    if problems.is_empty() && state.missing().is_empty() {
        lines.text("Nothing is wrong and nothing is missing.", theme.good());
        lines.blank();
    }
    let ready = problems.is_empty() && state.missing().is_empty();
    choose(&mut lines, "", "Write the folder →", if ready { theme.title() } else { theme.dim() });
    lines.hanging("    ", "The same without questions:", room, theme.dim());
    lines.hanging("      ", &state.wanted_or_places().command(), room, theme.plain());
    lines.blank();
    if let Some(plan) = &state.plan {
        let title = match (state.stale, state.preview.stand_ins.is_empty()) {
            (true, _) => "The plan in numbers, of earlier answers",
            (false, false) => "The plan in numbers, with stand-ins",
            (false, true) => "The plan in numbers",
        };
        lines.text(title, theme.title());
        let numbers: Vec<String> = plan.numbers.iter().map(|(what, number)| count(*number, what)).collect();
        lines.hanging("  ", &numbers.join(" · "), room, theme.plain());
        lines.blank();
    }
    let parked = state.interview.parked();
    if !parked.is_empty() {
        let titles: Vec<&str> = parked.iter().map(|question| question.path).collect();
        lines.text("Answered and not asked now", theme.title());
        let text = format!("{}: kept while you are here, and left out of the file", titles.join(", "));
        lines.hanging("  ", &text, room, theme.plain());
        lines.blank();
    }
    lines.text("The answers file", theme.title());
    let name = &state.places.answers;
    if state.saving.changes {
        let text = if state.saving.anew {
            format!(
                "{name}: not saved yet; a change does not fit its line, and comments go: Enter shows the difference"
            )
        } else if name.is_empty() {
            "not saved yet, and without a name; Enter shows what it would hold".to_string()
        } else {
            format!("{name}: not saved yet; Enter shows the difference")
        };
        choose(&mut lines, "", &text, if state.saving.anew { theme.notice() } else { theme.plain() });
    } else {
        let text = if name.is_empty() { "nothing to save yet".to_string() } else { format!("{name}, saved") };
        lines.hanging("  ", &text, room, theme.plain());
    }
    lines.blank();
    match &state.files {
        Some(Ok(files)) => {
            let new = files.iter().filter(|file| file.state != "unchanged").count();
            let title = format!("Files in {} ({}, {new} to write)", state.places.out, files.len());
            lines.text(cut(&title, room), theme.title());
            for file in files {
                let style = if file.held { theme.bad() } else { theme.plain() };
                let sign = match file.state {
                    "new" => "+ ",
                    "unchanged" => "  ",
                    _ => "~ ",
                };
                let state_room = 24.min(room / 3);
                let path = fill(&file.path, room.saturating_sub(state_room + 6));
                choose(&mut lines, sign, &format!("{path} {}", file.state), style);
            }
            lines.blank();
        }
        Some(Err(problems)) if state.problems().is_empty() && state.missing().is_empty() => {
            lines.text("Files", theme.title());
            for problem in problems {
                lines.hanging("  ! ", &format!("{}: {}", problem.place, problem.what), room, theme.bad());
            }
            lines.blank();
        }
        _ => {}
    }
    lines
}
