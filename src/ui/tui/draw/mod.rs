//! The state as a picture. Pure: the same state and size give the same cells.

mod body;
mod popup;
mod preview;

use super::state::{Drawn, Focus, Hit, Page, State};
use super::theme::Theme;
use crate::ui::text::{cut, fill, width};
use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

/// Smaller than this, nothing can be asked.
const LEAST: (u16, u16) = (40, 10);
/// From this width on, the three parts stand side by side.
const THREE: u16 = 108;
/// From this width on, the steps stand beside the page.
const TWO: u16 = 72;

/// Lines to be shown through a window, with what a click on them means.
#[derive(Default)]
struct Lines {
    lines: Vec<Line<'static>>,
    /// Line, first column, one past the last, meaning.
    hits: Vec<(usize, usize, usize, Hit)>,
    /// The line that must be seen.
    focus: usize,
    /// Where the terminal's cursor blinks: line and column.
    cursor: Option<(usize, usize)>,
}

impl Lines {
    fn push(&mut self, line: impl Into<Line<'static>>) {
        self.lines.push(line.into());
    }

    fn text(&mut self, text: impl Into<String>, style: Style) {
        self.lines.push(Line::from(Span::styled(text.into(), style)));
    }

    /// Text broken into lines, each behind `indent` columns but the first, which stands behind `head`.
    fn hanging(&mut self, head: &str, text: &str, room: usize, style: Style) {
        let indent = width(head);
        for (index, line) in crate::ui::text::wrap(text, room.saturating_sub(indent)).into_iter().enumerate() {
            let front = if index == 0 { head.to_string() } else { " ".repeat(indent) };
            self.text(format!("{front}{line}"), style);
        }
    }

    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// Makes the last line mean something to a click.
    fn hit(&mut self, room: usize, hit: Hit) {
        self.hits.push((self.lines.len() - 1, 0, room, hit));
    }

    /// Draws the lines from `first` on, as many as fit.
    fn draw(self, area: Rect, first: usize, buffer: &mut Buffer, drawn: &mut Drawn) -> Option<Position> {
        let row = |line: usize| -> Option<u16> {
            let down = u16::try_from(line.checked_sub(first)?).ok()?;
            (down < area.height).then_some(area.y + down)
        };
        for (line, from, to, hit) in self.hits {
            if let Some(y) = row(line) {
                let from = u16::try_from(from).unwrap_or(u16::MAX).min(area.width);
                let to = u16::try_from(to).unwrap_or(u16::MAX).min(area.width);
                drawn.hits.push((Rect { x: area.x + from, y, width: to - from, height: 1 }, hit));
            }
        }
        let cursor = self.cursor.and_then(|(line, column)| {
            let column = u16::try_from(column).ok()?.min(area.width.saturating_sub(1));
            Some(Position { x: area.x + column, y: row(line)? })
        });
        for (line, y) in self.lines.into_iter().skip(first).zip(area.y..area.bottom()) {
            line.render(Rect { y, height: 1, ..area }, buffer);
        }
        cursor
    }

    /// The first line to show so that the one in focus is seen, with what stands around it.
    fn first(&self, height: u16) -> usize {
        let height = usize::from(height);
        let most = self.lines.len().saturating_sub(height);
        if self.focus + 2 < height { 0 } else { (self.focus + height.div_ceil(2)).saturating_sub(height).min(most) }
    }
}

/// The parts of the screen.
struct Areas {
    header: Rect,
    rail: Option<Rect>,
    body: Option<Rect>,
    preview: Option<Rect>,
    footer: Rect,
    rules: Vec<u16>,
    columns: Vec<u16>,
    middle: Rect,
}

/// `opened`: something is read, and takes the place of the page as well.
fn areas(area: Rect, focus: Focus, opened: bool) -> Areas {
    let header = Rect { height: 1, ..area };
    let footer = Rect { y: area.bottom() - 1, height: 1, ..area };
    let ruled = area.height >= 18;
    let margin = if ruled { 2 } else { 1 };
    let middle = Rect { y: area.y + margin, height: area.height - 2 * margin, ..area };
    let rules = if ruled { vec![area.y + 1, area.bottom() - 2] } else { Vec::new() };
    let beside = |x: u16, width: u16| Some(Rect { x: middle.x + x, width, ..middle });
    let mut areas = Areas { header, rail: None, body: None, preview: None, footer, rules, columns: Vec::new(), middle };
    let body_or_preview = |areas: &mut Areas, rest: Option<Rect>| match focus {
        Focus::Preview => areas.preview = rest,
        _ => areas.body = rest,
    };
    if area.width >= THREE && !(opened && focus == Focus::Preview) {
        let rail = 18;
        let rest = area.width - rail - 2;
        let preview = (rest * 49 / 100).clamp(44, 110);
        areas.rail = beside(0, rail);
        areas.body = beside(rail + 1, rest - preview);
        areas.preview = beside(rail + 2 + rest - preview, preview);
        areas.columns = vec![middle.x + rail, middle.x + rail + 1 + rest - preview];
    } else if area.width >= TWO {
        let rail = 18;
        areas.rail = beside(0, rail);
        areas.columns = vec![middle.x + rail];
        body_or_preview(&mut areas, beside(rail + 1, area.width - rail - 1));
    } else if focus == Focus::Rail {
        areas.rail = Some(middle);
    } else {
        body_or_preview(&mut areas, Some(middle));
    }
    areas
}

/// Draws the screen, and says where what is.
pub(super) fn draw(state: &State, theme: Theme, frame: &mut Frame) -> Drawn {
    let mut drawn = Drawn::default();
    let area = frame.area();
    if area.width < LEAST.0 || area.height < LEAST.1 {
        let text = format!("needs {}×{}, has {}×{}", LEAST.0, LEAST.1, area.width, area.height);
        for (line, y) in crate::ui::text::wrap(&text, usize::from(area.width)).into_iter().zip(area.y..area.bottom()) {
            frame.buffer_mut().set_stringn(area.x, y, line, usize::from(area.width), theme.plain());
        }
        return drawn;
    }
    let areas = areas(area, state.focus, state.opened.is_some());
    header(state, theme, areas.header, frame.buffer_mut());
    for y in &areas.rules {
        let rule: String = (area.x..area.right())
            .map(|x| match (areas.columns.contains(&x), *y < areas.middle.y) {
                (false, _) => '─',
                (true, true) => '┬',
                (true, false) => '┴',
            })
            .collect();
        frame.buffer_mut().set_string(area.x, *y, rule, theme.rule());
    }
    for x in &areas.columns {
        for y in areas.middle.y..areas.middle.bottom() {
            frame.buffer_mut().set_string(*x, y, "│", theme.rule());
        }
    }
    let mut cursor = None;
    if let Some(area) = areas.rail {
        rail(state, theme, area, frame.buffer_mut(), &mut drawn);
    }
    if let Some(area) = areas.body {
        drawn.hits.push((area, Hit::Body));
        cursor = body::draw(state, theme, inset(area), frame.buffer_mut(), &mut drawn);
    }
    if let Some(area) = areas.preview {
        drawn.hits.push((area, Hit::Preview));
        preview::draw(state, theme, inset(area), frame.buffer_mut(), &mut drawn);
    }
    footer(state, theme, areas.footer, frame.buffer_mut());
    if state.popup.is_some() {
        cursor = popup::draw(state, theme, area, frame.buffer_mut(), &mut drawn);
    }
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
    drawn
}

/// A part without a column of space on each side.
fn inset(area: Rect) -> Rect {
    Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}

/// `left` and `right` on one line; what does not fit is taken from the left.
fn split_line(left: &str, right: &str, room: usize) -> (String, String) {
    let right = cut(right, room);
    let rest = room.saturating_sub(width(&right));
    (fill(left, rest), right)
}

fn header(state: &State, theme: Theme, area: Rect, buffer: &mut Buffer) {
    let answers = state.answers();
    let parts = [answers.name.clone(), answers.cloud.clone(), answers.region.clone()];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let page = if area.width < TWO {
        let pages = state.pages();
        let at = pages.iter().position(|page| *page == state.page).map_or(0, |at| at + 1);
        format!(" · {} ({at} of {})", page_title(state.page), pages.len())
    } else {
        String::new()
    };
    let kept = match (&state.no_draft, state.unsaved(), state.wants_draft) {
        (_, false, _) if state.places.answers.is_empty() => "",
        (_, false, _) => "saved",
        (Some(_), true, _) => "not saved, no draft",
        (None, true, true) => "not saved",
        (None, true, false) => "draft kept",
    };
    let named = if parts.is_empty() { String::new() } else { format!("   {}", parts.join(" · ")) };
    let (left, right) = split_line(&format!(" netcordon{page}{named}"), &format!("{kept} "), usize::from(area.width));
    let line = Line::from(vec![Span::styled(left, theme.title()), Span::styled(right, theme.dim())]);
    line.render(area, buffer);
}

pub(super) fn page_title(page: Page) -> &'static str {
    match page {
        Page::Step(step) => step.title(),
        Page::Review => "Review",
        Page::Write => "Write",
    }
}

fn rail(state: &State, theme: Theme, area: Rect, buffer: &mut Buffer, drawn: &mut Drawn) {
    let room = usize::from(area.width);
    let mut lines = Lines::default();
    let problems = state.problems();
    let homeless = problems.iter().filter(|problem| crate::question::about(&problem.place.path).is_none()).count();
    for (index, page) in state.pages().into_iter().enumerate() {
        let here = page == state.page;
        let (mark, right) = match page {
            Page::Step(step) => {
                let (wrong, missing) = state.marks_of(step);
                let visited = state.visited.contains(&step);
                match (wrong, missing) {
                    (0, 0) => (if visited { '✓' } else { ' ' }, String::new()),
                    (0, missing) => (' ', if visited || missing > 0 { format!("{missing}?") } else { String::new() }),
                    (wrong, _) => ('!', format!("{wrong}!")),
                }
            }
            Page::Review if homeless > 0 => ('!', format!("{homeless}!")),
            Page::Write if state.written.is_some() => ('✓', String::new()),
            _ => (' ', String::new()),
        };
        let mark = if here { '▸' } else { mark };
        let (left, right) = split_line(&format!(" {mark} {}", page_title(page)), &format!("{right} "), room);
        let focused = state.focus == Focus::Rail && index == state.rail;
        let style = match (focused, here, right.contains('!')) {
            (true, ..) => theme.cursor(),
            (false, true, _) => theme.marked(),
            (false, false, true) => theme.bad(),
            _ => theme.plain(),
        };
        if focused {
            lines.focus = lines.lines.len();
        }
        lines.push(Line::from(vec![Span::styled(left, style), Span::styled(right, style)]));
        lines.hit(room, Hit::Rail(index));
    }
    let first = lines.first(area.height);
    lines.draw(area, first, buffer, drawn);
}

fn footer(state: &State, theme: Theme, area: Rect, buffer: &mut Buffer) {
    let room = usize::from(area.width);
    let (wrong, missing) = (state.problems().len(), state.missing().len());
    let counts: Vec<String> = [(wrong, "!"), (missing, "?")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, sign)| format!("{count}{sign}"))
        .collect();
    let right = match (wrong, missing) {
        (0, 0) => "nothing missing ".to_string(),
        (0, _) => format!("{missing} to answer ({}) ", counts.join(" ")),
        _ => format!("{wrong} wrong, {missing} to answer ({}) ", counts.join(" ")),
    };
    let right = if room < 90 { format!("{} ", counts.join(" ")) } else { right };
    if let Some(said) = &state.said {
        let (left, right) = split_line(&format!(" {said}"), &right, room);
        let line = Line::from(vec![Span::styled(left, theme.notice().patch(theme.title())), right.into()]);
        return line.render(area, buffer);
    }
    let keys = body::keys(state, room.saturating_sub(width(&right) + 2));
    let (left, right) = split_line(&format!(" {keys}"), &right, room);
    let style = if wrong > 0 { theme.bad() } else { theme.dim() };
    let line = Line::from(vec![Span::styled(left, theme.dim()), Span::styled(right, style)]);
    line.render(area, buffer);
}
