//! The page: the question in front, the review, the writing.

mod question;
mod review;
mod write;

use super::Lines;
use crate::ui::text::{fill, width};
use crate::ui::tui::editor::Editor;
use crate::ui::tui::state::{Drawn, Focus, Page, State};
use crate::ui::tui::theme::Theme;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tui_input::Input;

/// The keys that work where the screen is now, as many as there is room for; the one that shows them all stays.
pub(super) fn keys(state: &State, room: usize) -> String {
    let all = all_keys(state);
    let mut kept: Vec<&str> = all.to_vec();
    while kept.len() > 1 && width(&kept.join("  ")) > room {
        let last = kept.iter().rposition(|key| !key.ends_with(" keys")).unwrap_or(0);
        kept.remove(last);
    }
    kept.join("  ")
}

fn all_keys(state: &State) -> &'static [&'static str] {
    match (state.focus, state.page, &state.editor) {
        (Focus::Rail, ..) => &["↑↓ step", "Enter open", "Tab next pane", "? keys"],
        (Focus::Preview, ..) if state.opened.is_some() => &["↑↓ scroll", "d diff", "Esc back", "? keys"],
        (Focus::Preview, ..) => &["←→ tabs", "↑↓ scroll", "Enter back", "Tab next pane", "? keys"],
        (Focus::Body, Page::Step(_), Some(Editor::Line(_))) if state.from_review => {
            &["Enter, Esc to the review", "↓ questions", "Tab pane", "F1 keys", "Ctrl-S save"]
        }
        (Focus::Others, ..) => &["↑↓ question", "Enter go there", "Esc back", "Ctrl-O more", "F1 keys"],
        (_, Page::Review, _) => &["↑↓ choose", "Enter go there", "Esc back", "Tab pane", "? keys", "Ctrl-S save"],
        (_, Page::Write, _) => &["↑↓ choose", "Enter do it", "Esc back", "F1 keys", "Ctrl-S save"],
        (_, _, Some(Editor::Line(_))) => {
            &["Enter next", "Esc back", "↓ questions", "Tab pane", "F1 keys", "Ctrl-S save"]
        }
        (_, _, Some(Editor::List(list))) if list.long && list.many => {
            &["type to find", "Enter tick", "Esc back", "Tab pane", "F1 keys"]
        }
        (_, _, Some(Editor::List(list))) if list.long => {
            &["type to find", "↑↓ choose", "Enter next", "Esc back", "Tab pane", "F1 keys"]
        }
        (_, _, Some(Editor::List(list))) if list.many && list.cursor >= list.shown().len() => {
            &["Enter go on", "↑ back to the list", "Esc back", "Tab pane", "? keys", "Ctrl-S save"]
        }
        (_, _, Some(Editor::List(list))) if list.many => {
            &["↑↓ move", "Enter tick", "Esc back", "Tab pane", "? keys", "Ctrl-S save"]
        }
        (_, _, Some(Editor::Table(table))) if table.cell.is_some() => &["Enter take", "Esc leave as it was", "F1 keys"],
        (_, _, Some(Editor::Table(_))) => {
            &["arrows move", "Enter edit", "Del row away", "Esc back", "Tab pane", "? keys"]
        }
        _ => &["↑↓ choose", "Enter next", "Esc back", "Tab pane", "? keys", "Ctrl-S save"],
    }
}

pub(super) fn draw(
    state: &State,
    theme: Theme,
    area: Rect,
    buffer: &mut Buffer,
    drawn: &mut Drawn,
) -> Option<Position> {
    let room = usize::from(area.width);
    let lines = match state.page {
        Page::Step(_) => question::question(state, theme, room, area.height),
        Page::Review => review::review(state, theme, room),
        Page::Write => write::write(state, theme, room),
    };
    let most = lines.lines.len().saturating_sub(usize::from(area.height));
    let first = lines.first(area.height).saturating_add_signed(state.scrolled).min(most);
    drawn.page = (first, most - first);
    let below = lines.lines.len() > first + usize::from(area.height);
    let cursor = lines.draw(area, first, buffer, drawn);
    // What lies beyond the edge is said there.
    for (more, sign, y) in [(first > 0, "▴", area.y), (below, "▾", area.bottom() - 1)] {
        if more {
            buffer.set_string(area.right(), y, sign, theme.title());
        }
    }
    cursor.filter(|_| state.focus == Focus::Body)
}

/// A line of typed text: what of it shows, and where the cursor is.
fn input_line(input: &Input, room: usize) -> (String, usize) {
    let room = room.max(4);
    let scroll = input.visual_scroll(room - 1);
    let (mut column, mut text) = (0, String::new());
    for character in input.value().chars() {
        let wide = width(&character.to_string());
        if column >= scroll && width(&text) + wide <= room {
            text.push(character);
        }
        column += wide;
    }
    (fill(&text, room), input.visual_cursor().max(scroll) - scroll)
}
