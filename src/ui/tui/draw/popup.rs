//! What lies over the screen.

use super::super::state::{Drawn, Hit, Popup, State};
use super::super::theme::Theme;
use super::Lines;
use crate::ui::text::{width, wrap};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Widget};

const KEYS: &[(&str, &str)] = &[
    ("↑ ↓", "move; choose in a short list"),
    ("Enter", "take the answer and go on; tick; open"),
    ("Esc", "back; out of what is open"),
    ("← →", "to the steps, to what follows from the answers"),
    ("Tab", "next part of the screen"),
    ("Space", "tick or untick"),
    ("PgUp PgDn", "question before, question after"),
    ("Delete", "forget the answer; take a row away"),
    ("/", "find in a list"),
    ("d", "file or difference, where a file is open"),
    ("Ctrl-O", "show the questions for special cases"),
    ("Ctrl-S", "save the answers file"),
    ("Ctrl-Z", "back to the shell for a while; `fg` returns"),
    ("Ctrl-C", "leave"),
    ("? F1", "this sheet; F1 also where letters are text"),
    ("mouse", "click and wheel; Shift and drag selects text"),
    ("✓ ? !", "answered, to be answered, wrong"),
    ("+ ~ −", "rule added, changed, removed by the last answer"),
];

pub(super) fn draw(
    state: &State,
    theme: Theme,
    area: Rect,
    buffer: &mut Buffer,
    drawn: &mut Drawn,
) -> Option<Position> {
    let popup = state.popup.as_ref()?;
    let most = usize::from(area.width).saturating_sub(6).clamp(20, 76);
    let mut lines = Lines::default();
    let (title, text) = match popup {
        Popup::Keys(_) => ("Keys", String::new()),
        Popup::Leave(_) => ("Leave?", "Something is not saved yet.".into()),
        Popup::SaveAs(..) => ("Save the answers as", String::new()),
        Popup::Replace(_) => {
            let held = match &state.files {
                Some(Ok(files)) => files.iter().filter(|file| file.held).map(|file| file.path.as_str()).collect(),
                _ => Vec::new(),
            };
            let out = state.wanted_places().out;
            ("Replace?", format!("netcordon did not write what is in these files of `{out}`: {}.", held.join(", ")))
        }
        Popup::Anew(..) => (
            "Comments go",
            format!(
                "A change does not fit in its line of `{}`: what it belongs to is written anew, without the comments in it. \
                 The difference stands in Review, under the answers file. Keys that nobody knows are kept.",
                state.places.answers
            ),
        ),
        Popup::Resume(_) => ("Go on where you were?", "A wizard ended without saving.".into()),
        Popup::Message(title, text) => (title.as_str(), text.clone()),
    };
    let title = title.to_string();
    if !text.is_empty() {
        for line in wrap(&text, most) {
            lines.text(line, theme.plain());
        }
        lines.blank();
    }
    match popup {
        Popup::Keys(_) => {
            for (key, what) in KEYS {
                let head = crate::ui::text::fill(key, 11);
                let mut wrapped = wrap(what, most.saturating_sub(11)).into_iter();
                lines.push(Line::from(vec![
                    Span::styled(head, theme.title()),
                    Span::raw(wrapped.next().unwrap_or_default()),
                ]));
                for rest in wrapped {
                    lines.text(format!("{}{rest}", " ".repeat(11)), theme.plain());
                }
            }
        }
        Popup::SaveAs(input, refused) => {
            let scroll = input.visual_scroll(most.saturating_sub(3));
            let text: String = crate::ui::text::fill(&skip(input.value(), scroll), most.saturating_sub(2));
            let style = Style::new().add_modifier(Modifier::UNDERLINED);
            lines.push(Line::from(vec![Span::styled("› ", theme.title()), Span::styled(text, style)]));
            lines.cursor = Some((lines.lines.len() - 1, 2 + input.visual_cursor().max(scroll) - scroll));
            if !refused.is_empty() {
                lines.hanging("! ", refused, most, theme.bad());
            }
            lines.blank();
            lines.text("Enter saves, Esc goes back", theme.dim());
        }
        Popup::Leave(at) | Popup::Replace(at) | Popup::Anew(at, _) | Popup::Resume(at) => {
            for (index, choice) in state.popup_choices().iter().enumerate() {
                let here = index == *at;
                let from = lines.lines.len();
                let style = if here { theme.cursor() } else { theme.plain() };
                lines.hanging(if here { "› " } else { "  " }, choice, most, style);
                for line in from..lines.lines.len() {
                    lines.hits.push((line, 0, most, Hit::PopupLine(index)));
                }
                if here {
                    lines.focus = from;
                }
            }
            if matches!(popup, Popup::Leave(_)) {
                lines.blank();
                let text = match &state.no_draft {
                    None => "Ctrl-C once more leaves and keeps the draft.".to_string(),
                    Some(why) => format!("Leaving without saving loses it: {why}."),
                };
                lines.hanging("", &text, most, theme.dim());
            }
        }
        Popup::Message(..) => lines.text("any key goes on", theme.dim()),
    }
    let widest = lines.lines.iter().map(Line::width).max().unwrap_or(0).max(width(&title) + 2).min(most);
    let tall = lines.lines.len().min(usize::from(area.height.saturating_sub(2)));
    let size = (u16::try_from(widest + 4).unwrap_or(area.width), u16::try_from(tall + 2).unwrap_or(area.height));
    let frame = Rect {
        x: area.x + area.width.saturating_sub(size.0) / 2,
        y: area.y + area.height.saturating_sub(size.1) / 2,
        width: size.0.min(area.width),
        height: size.1.min(area.height),
    };
    Clear.render(frame, buffer);
    Block::bordered().border_type(BorderType::Rounded).title(format!(" {title} ")).render(frame, buffer);
    let inner = Rect {
        x: frame.x + 2,
        y: frame.y + 1,
        width: frame.width.saturating_sub(4),
        height: frame.height.saturating_sub(2),
    };
    drawn.hidden = lines.lines.len().saturating_sub(usize::from(inner.height));
    let first = match popup {
        Popup::Keys(first) => (*first).min(drawn.hidden),
        _ => lines.first(inner.height),
    };
    if drawn.hidden > first {
        let more = " ↓ more ";
        let x = frame.right().saturating_sub(u16::try_from(width(more) + 2).unwrap_or(0));
        buffer.set_string(x, frame.bottom() - 1, more, theme.title());
    }
    lines.draw(inner, first, buffer, drawn)
}

/// The text from a column on.
fn skip(text: &str, columns: usize) -> String {
    let mut column = 0;
    let mut rest = String::new();
    for character in text.chars() {
        if column >= columns {
            rest.push(character);
        }
        column += width(&character.to_string());
    }
    rest
}
