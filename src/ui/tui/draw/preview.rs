//! What follows from the answers.

use super::super::changes::Mark;
use super::super::state::{Drawn, Focus, Hit, Opened, State, Tab};
use super::super::theme::Theme;
use super::Lines;
use crate::ui::text::{count, cut, fill, thousands, width, wrap};
use crate::ui::{Exposure, Group, PlanInWords, Row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

/// The lines of a tab, and for those that are rules what more there is to say.
#[derive(Default)]
struct Content {
    lines: Lines,
    details: Vec<(usize, Row)>,
}

pub(super) fn draw(state: &State, theme: Theme, area: Rect, buffer: &mut Buffer, drawn: &mut Drawn) {
    let room = usize::from(area.width);
    tabs(state, theme, Rect { height: 1, ..area }, buffer, drawn);
    let mut rest = Rect { y: area.y + 1, height: area.height - 1, ..area };
    if area.height >= 16 {
        rest.y += 1;
        rest.height -= 1;
    }
    let mut content = content(state, theme, room);
    let focused = state.focus == Focus::Preview;
    let total = content.lines.lines.len();
    let line = state.line.min(total.saturating_sub(1));
    let is_rows = matches!(state.tab, Tab::Rules | Tab::Firewall | Tab::Routes) && state.opened.is_none();
    let below = below(state, theme, room, usize::from(rest.height), content.details.iter().find(|(at, _)| *at == line));
    let tall = u16::try_from(below.lines.len()).unwrap_or(0).min(rest.height / 2);
    let upper = Rect { height: rest.height - tall, ..rest };
    let lower = Rect { y: upper.bottom(), height: tall, ..rest };
    let shown = usize::from(upper.height);
    let lists = is_rows || state.tab == Tab::Files && state.opened.is_none();
    let first = match lists {
        true => line.saturating_sub(shown / 2).min(total.saturating_sub(shown)),
        false => line.min(total.saturating_sub(shown)),
    };
    if focused
        && lists
        && let Some(line) = content.lines.lines.get_mut(line)
    {
        *line = line.clone().style(theme.cursor());
        for span in &mut line.spans {
            span.style = theme.cursor();
        }
    }
    for at in 0..total {
        content.lines.hits.push((at, 0, room, Hit::PreviewLine(at)));
    }
    drawn.preview = (total, shown);
    content.lines.draw(upper, first, buffer, drawn);
    if total > shown && shown > 0 {
        let text = format!(" {}–{} of {total} ", first + 1, (first + shown).min(total));
        let x = upper.right().saturating_sub(u16::try_from(width(&text)).unwrap_or(0));
        buffer.set_string(x, area.y + u16::from(area.height >= 16), text, theme.dim());
    }
    below.draw(lower, 0, buffer, drawn);
}

fn tabs(state: &State, theme: Theme, area: Rect, buffer: &mut Buffer, drawn: &mut Drawn) {
    let whole: usize = Tab::ALL.iter().map(|tab| width(tab.title().0) + 2).sum();
    let mut x = area.x;
    for tab in Tab::ALL {
        let title = if whole <= usize::from(area.width) { tab.title().0 } else { tab.title().1 };
        let here = tab == state.tab;
        let text = if here { format!("[{title}]") } else { format!(" {title} ") };
        let style = match (here && state.focus == Focus::Preview, here) {
            (true, _) => theme.cursor(),
            (false, true) => theme.title(),
            _ => theme.plain(),
        };
        let wide = u16::try_from(width(&text)).unwrap_or(0).min(area.right().saturating_sub(x));
        let place = Rect { x, width: wide, ..area };
        Line::from(Span::styled(text, style)).render(place, buffer);
        drawn.hits.push((place, Hit::Tab(tab)));
        x += wide;
    }
}

/// Below the tab: what more there is to say of the rule under the cursor, else what each subnet can reach.
fn below(state: &State, theme: Theme, room: usize, height: usize, detail: Option<&(usize, Row)>) -> Lines {
    let mut lines = Lines::default();
    let Some(plan) = &state.plan else { return lines };
    if state.opened.is_some() || height < 8 {
        return lines;
    }
    let rule = "─".repeat(room);
    if let (Some((_, row)), true) = (detail, state.focus == Focus::Preview) {
        lines.text(rule, theme.rule());
        lines.hanging("", &format!("{} {} {}", row.head.trim(), row.services, row.target), room, theme.title());
        if !row.why.is_empty() {
            lines.hanging("", &row.why, room, theme.plain());
        }
        for source in &row.sources {
            lines.hanging("Source: ", source, room, theme.dim());
        }
        return lines;
    }
    if !matches!(state.tab, Tab::Rules | Tab::Firewall | Tab::Routes) || plan.exposure.is_empty() {
        return lines;
    }
    lines.text(cut(&format!("── can reach {rule}"), room), theme.rule());
    let most = (height / 3).max(2);
    // What changed comes first.
    let changed = |subnet: &&Exposure| state.changes.exposure.contains_key(&subnet.subnet);
    let order: Vec<&Exposure> =
        plan.exposure.iter().filter(changed).chain(plan.exposure.iter().filter(|s| !changed(s))).collect();
    let widest = order.iter().map(|subnet| width(&subnet.subnet)).max().unwrap_or(0).min(room / 3);
    for subnet in order.iter().take(most) {
        lines.push(exposure(subnet, state.changes.exposure.get(&subnet.subnet), theme, widest, room));
    }
    if order.len() > most {
        lines.text(format!("… {} in Proof", count(order.len() - most, "subnet")), theme.dim());
    }
    lines
}

/// What a subnet can reach, and what it could before the last answer.
fn exposure(
    subnet: &Exposure,
    before: Option<&(u64, usize)>,
    theme: Theme,
    widest: usize,
    room: usize,
) -> Line<'static> {
    let was = |now: u64, before: Option<u64>| match before {
        Some(before) if before != now => format!(" (was {})", thousands(before)),
        _ => String::new(),
    };
    let wild = if subnet.wildcards > 0 { format!(", {} with *", subnet.wildcards) } else { String::new() };
    let rentable =
        if subnet.rentable.is_empty() { String::new() } else { format!(" · {} rentable", subnet.rentable.len()) };
    let text = format!(
        "{} {} addresses{} · {} names{wild}{}{rentable}",
        fill(&subnet.subnet, widest),
        thousands(subnet.addresses),
        was(subnet.addresses, before.map(|(addresses, _)| *addresses)),
        subnet.names,
        was(subnet.names as u64, before.map(|(_, names)| *names as u64)),
    );
    let style = match before {
        Some((addresses, names)) if (subnet.addresses, subnet.names) < (*addresses, *names) => theme.good(),
        Some(_) => theme.notice(),
        None => theme.plain(),
    };
    Line::from(Span::styled(cut(&text, room), style))
}

fn content(state: &State, theme: Theme, room: usize) -> Content {
    let mut content = Content::default();
    match state.opened {
        Some(Opened::Saving) => {
            content.lines.text("The answers file, as it is and as it will be", theme.title());
            diff(&mut content.lines, &state.saving.diff, theme, room);
            return content;
        }
        Some(Opened::File { index, diff: as_diff }) => {
            if let Some(Ok(files)) = &state.files
                && let Some(file) = files.get(index)
            {
                content.lines.text(cut(&format!("{} · {}", file.path, file.state), room), theme.title());
                if as_diff {
                    diff(&mut content.lines, &file.diff, theme, room);
                } else {
                    for line in file.text.lines() {
                        content.lines.text(cut(&line.replace('\t', "    "), room), theme.plain());
                    }
                }
            }
            return content;
        }
        None => {}
    }
    let Some(plan) = &state.plan else {
        nothing_yet(&mut content.lines, state, theme, room);
        return content;
    };
    if state.stale {
        content.lines.text(cut("of earlier answers; these do not make a plan yet", room), theme.notice());
    } else if !state.preview.stand_ins.is_empty() {
        let what: Vec<String> =
            state.preview.stand_ins.iter().map(|(title, value)| format!("{title}: {value}")).collect();
        let text = format!("until you answer, as if: {}", what.join(" · "));
        for line in wrap(&text, room).into_iter().take(3) {
            content.lines.text(line, theme.notice());
        }
    }
    match state.tab {
        Tab::Rules => rows(&mut content, state, theme, room, 0, &plan.nsg, "NSG rules"),
        Tab::Firewall => rows(&mut content, state, theme, room, 1, &plan.firewall, "firewall rules"),
        Tab::Routes => rows(&mut content, state, theme, room, 2, &plan.routes, "routes"),
        Tab::Files => files(&mut content.lines, state, theme, room),
        Tab::Warnings => warnings(&mut content.lines, plan, theme, room),
        Tab::Proof => proof(&mut content.lines, state, plan, theme, room),
        Tab::Map => {
            for line in &plan.picture {
                content.lines.text(cut(line, room), theme.plain());
            }
        }
    }
    content
}

fn nothing_yet(lines: &mut Lines, state: &State, theme: Theme, room: usize) {
    let wrong = state.problems();
    if wrong.is_empty() {
        let text = "Here you see what follows from each answer: rules, routes, files, and what each subnet can reach. \
            Choose what runs there to begin.";
        lines.hanging("", text, room, theme.dim());
        return;
    }
    lines.text("No plan, because:", theme.title());
    for problem in wrong {
        lines.hanging("! ", &problem.what, room, theme.bad());
    }
}

fn diff(lines: &mut Lines, text: &str, theme: Theme, room: usize) {
    for line in text.lines() {
        let style = match line.bytes().next() {
            Some(b'+') => theme.good(),
            Some(b'-') => theme.removed(),
            Some(b'@') => theme.dim(),
            _ => theme.plain(),
        };
        lines.text(cut(&line.replace('\t', "    "), room), style);
    }
    if text.is_empty() {
        lines.text("no difference", theme.dim());
    }
}

/// How wide the first two columns of rows are.
fn columns<'r>(rows: impl Iterator<Item = &'r Row> + Clone, room: usize) -> (usize, usize) {
    let head = rows.clone().map(|row| width(&row.head)).max().unwrap_or(0).min(room * 4 / 10);
    let services = rows.map(|row| width(&row.services)).max().unwrap_or(0).min(room * 3 / 10);
    (head, services)
}

fn row_line(row: &Row, mark: Option<Mark>, columns: (usize, usize), theme: Theme, room: usize) -> Line<'static> {
    let sign = mark.map_or(' ', Mark::sign);
    let head = fill(&row.head, columns.0);
    let services = if columns.1 > 0 { format!("{} ", fill(&row.services, columns.1)) } else { String::new() };
    let text = cut(&format!("{sign} {head} {services}{}", row.target), room);
    let style = match mark {
        Some(Mark::Added) => theme.added(),
        Some(Mark::Changed) => theme.notice(),
        Some(Mark::Removed) => theme.removed(),
        None => Style::new(),
    };
    Line::from(Span::styled(text, style))
}

fn rows(content: &mut Content, state: &State, theme: Theme, room: usize, kind: usize, groups: &[Group], what: &str) {
    let changed = &state.changes.rows[kind];
    let all = groups.iter().flat_map(|group| &group.rows);
    let columns = columns(all.chain(changed.iter().map(|(.., row)| row)), room);
    if !changed.is_empty() {
        let counts = [Mark::Added, Mark::Changed, Mark::Removed]
            .map(|mark| (mark.sign(), state.changes.count(kind, mark)))
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(sign, count)| format!("{sign}{count}"))
            .collect::<Vec<_>>()
            .join(" ");
        content.lines.text(cut(&format!("{counts} by: {}", state.changes.title), room), theme.title());
        let mut group = "";
        for (mark, title, row) in changed {
            if group != title {
                group = title;
                content.lines.text(cut(&format!("  {title}"), room), theme.dim());
            }
            content.details.push((content.lines.lines.len(), row.clone()));
            content.lines.push(row_line(row, Some(*mark), columns, theme, room));
        }
        content.lines.blank();
    }
    let total: usize = groups.iter().map(|group| group.rows.len()).sum();
    if total == 0 {
        content.lines.text(format!("no {what}"), theme.dim());
    }
    for group in groups.iter().filter(|group| !group.rows.is_empty()) {
        content.lines.text(cut(&group.title, room), theme.title());
        for row in &group.rows {
            content.details.push((content.lines.lines.len(), row.clone()));
            content.lines.push(row_line(row, state.changes.mark_of(kind, &row.key), columns, theme, room));
        }
        content.lines.blank();
    }
}

fn files(lines: &mut Lines, state: &State, theme: Theme, room: usize) {
    lines.lines.clear();
    match &state.files {
        Some(Ok(files)) => {
            for file in files {
                let sign = match file.state {
                    "new" => '+',
                    "unchanged" => ' ',
                    _ => '~',
                };
                let state_room = 16.min(room / 3);
                let text = format!("{sign} {} {}", fill(&file.path, room.saturating_sub(state_room + 3)), file.state);
                lines.text(cut(&text, room), if file.held { theme.bad() } else { theme.plain() });
            }
        }
        Some(Err(_)) => lines.hanging("", "no files while something is missing or wrong", room, theme.dim()),
        None => {}
    }
}

fn warnings(lines: &mut Lines, plan: &PlanInWords, theme: Theme, room: usize) {
    if plan.warnings.is_empty() {
        lines.text("no warnings", theme.dim());
    }
    for warning in &plan.warnings {
        lines.hanging("! ", &warning.what, room, theme.title());
        if !warning.consequence.is_empty() {
            lines.hanging("  ", &warning.consequence, room, theme.plain());
        }
        lines.blank();
    }
}

fn proof(lines: &mut Lines, state: &State, plan: &PlanInWords, theme: Theme, room: usize) {
    lines.text("Flows that the scenarios need, traced through the plan", theme.title());
    lines.text("  required  optional", theme.dim());
    for (word, required, optional) in &plan.proof.counts {
        let style = match (word.as_str(), required) {
            ("allowed", _) => theme.good(),
            (_, 0) => theme.plain(),
            ("cannot be known offline", _) => theme.plain(),
            _ => theme.bad(),
        };
        lines.text(format!("  {required:>8}  {optional:>8}  {word}"), style);
    }
    lines.blank();
    lines.text("What each subnet can reach", theme.title());
    let widest = plan.exposure.iter().map(|subnet| width(&subnet.subnet)).max().unwrap_or(0).min(room / 3);
    for subnet in &plan.exposure {
        lines.push(exposure(subnet, state.changes.exposure.get(&subnet.subnet), theme, widest, room));
        for rentable in &subnet.rentable {
            lines.text(cut(&format!("    anyone can rent a place there: {rentable}"), room), theme.dim());
        }
    }
    lines.blank();
    if !plan.proof.doubtful.is_empty() {
        lines.text("Not simply allowed", theme.title());
        for (flow, verdict) in &plan.proof.doubtful {
            lines.hanging("  ", flow, room, theme.plain());
            lines.hanging("    ", verdict, room, theme.dim());
        }
        lines.blank();
    }
    if !plan.proof.assumed.is_empty() {
        lines.text("Taken for granted", theme.title());
        for assumed in &plan.proof.assumed {
            lines.hanging("  ", assumed, room, theme.plain());
        }
    }
}
