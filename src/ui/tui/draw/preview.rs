//! What follows from the answers.

use super::super::state::{Drawn, Focus, Hit, Opened, State, Tab};
use super::super::theme::Theme;
use super::Lines;
use crate::ui::changes::Mark;
use crate::ui::text::{count, cut, fill, fold, thousands, width, wrap};
use crate::ui::{Exposure, Group, PlanInWords, Row};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use std::collections::BTreeSet;

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
    // Where there is no line between tabs and lines, there is no room for it.
    if total > shown && shown > 0 && area.height >= 16 {
        let text = format!(" {}–{} of {total} ", first + 1, (first + shown).min(total));
        let x = upper.right().saturating_sub(u16::try_from(width(&text)).unwrap_or(0));
        buffer.set_string(x, area.y + 1, text, theme.dim());
    }
    below.draw(lower, 0, buffer, drawn);
}

/// The titles of the tabs, as long as there is room for; `±` where the last answer changed something.
fn tabs(state: &State, theme: Theme, area: Rect, buffer: &mut Buffer, drawn: &mut Drawn) {
    let changed = |tab: Tab| {
        let kind = [Tab::Rules, Tab::Firewall, Tab::Routes].iter().position(|of| *of == tab);
        kind.is_some_and(|kind| !state.changes.rows[kind].is_empty())
    };
    let titles = |pick: &dyn Fn(Tab) -> &'static str, gap: &str| -> Vec<String> {
        let one = |tab: Tab| {
            let title = format!("{}{}", pick(tab), if changed(tab) { "±" } else { "" });
            if tab == state.tab { format!("[{title}]") } else { format!(" {title}{gap}") }
        };
        Tab::ALL.into_iter().map(one).collect()
    };
    let room = usize::from(area.width);
    let fits = |titles: &Vec<String>| titles.iter().map(|title| width(title)).sum::<usize>() <= room;
    let choices = [
        titles(&|tab| tab.title().0, " "),
        titles(&|tab| tab.title().0, ""),
        titles(&|tab| if tab == Tab::Warnings { "Warn" } else { tab.title().0 }, ""),
        titles(&|tab| tab.title().1, ""),
    ];
    let [.., shortest] = &choices;
    let titles = choices.iter().find(|titles| fits(titles)).unwrap_or(shortest);
    let mut x = area.x;
    for (tab, text) in Tab::ALL.into_iter().zip(titles) {
        let style = match (tab == state.tab, state.focus == Focus::Preview) {
            (true, true) => theme.cursor(),
            (true, false) => theme.title(),
            _ => theme.plain(),
        };
        let wide = u16::try_from(width(text)).unwrap_or(0).min(area.right().saturating_sub(x));
        let place = Rect { x, width: wide, ..area };
        Line::from(Span::styled(text.clone(), style)).render(place, buffer);
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
    let most = (height / 4).max(1);
    // What changed comes first.
    let changed = |subnet: &&Exposure| state.changes.exposure.contains_key(&subnet.subnet);
    let order = plan.exposure.iter().filter(changed).chain(plan.exposure.iter().filter(|s| !changed(s)));
    exposure(&mut lines, &order.take(most).collect::<Vec<_>>(), state, theme, room);
    if plan.exposure.len() > most {
        lines.text(format!("… {} in Proof", count(plan.exposure.len() - most, "more subnet")), theme.dim());
    }
    lines
}

/// What subnets can reach, and what they could before the last answer.
fn exposure(lines: &mut Lines, subnets: &[&Exposure], state: &State, theme: Theme, room: usize) {
    let widths = (room.saturating_sub(32).clamp(8, 30), 12, 10, 10);
    let right =
        |text: &str, room: usize, with: &str| format!("{}{text}", with.repeat(room.saturating_sub(width(text))));
    let line = |name: &str, addresses: &str, names: &str, rentable: &str, with: &str| {
        let name = cut(name, widths.0);
        let gap = with.repeat(widths.0.saturating_sub(width(&name)));
        let cells = [(addresses, widths.1), (names, widths.2), (rentable, widths.3)];
        let cells: String = cells.iter().map(|(text, room)| right(text, *room, with)).collect();
        cut(&format!("{name}{gap}{cells}"), room)
    };
    let head = line("── can reach ", " addresses", " names", " rentable", "─");
    lines.text(format!("{head}{}", "─".repeat(room.saturating_sub(width(&head)))), theme.rule());
    let cells = |name: &str, of: &Exposure| {
        let wildcards = if of.wildcards > 0 { format!(" ({} *)", of.wildcards) } else { String::new() };
        let names = format!("{}{wildcards}", of.names);
        line(name, &thousands(of.addresses), &names, &of.rentable.len().to_string(), " ")
    };
    for subnet in subnets {
        let before = state.changes.exposure.get(&subnet.subnet);
        let less = |was: &Exposure| {
            subnet.addresses <= was.addresses
                && subnet.names <= was.names
                && subnet.wildcards <= was.wildcards
                && subnet.rentable.len() <= was.rentable.len()
        };
        let style = match before {
            Some(was) if less(was) => theme.good(),
            Some(_) => theme.notice(),
            None => theme.plain(),
        };
        lines.text(cells(&subnet.subnet, subnet), style);
        if let Some(was) = before {
            lines.text(cells("  before", was), theme.dim());
        }
    }
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
                    for line in file.text.lines().flat_map(|line| fold(line, room)) {
                        content.lines.text(line, theme.plain());
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
        let wrong = state.problems().into_iter().next().map(|problem| format!(": {}", problem.what));
        let text = format!("of earlier answers; these make no plan{}", wrong.unwrap_or_default());
        content.lines.hanging("", &text, room, theme.notice());
    } else if !state.preview.stand_ins.is_empty() {
        let what: Vec<String> = state.preview.stand_ins.iter().map(|(path, value)| format!("{path} {value}")).collect();
        let text = format!("not answered yet, shown as if: {}", what.join(" · "));
        let lines = wrap(&text, room);
        let more = lines.len() > 3;
        for (index, line) in lines.into_iter().take(3).enumerate() {
            let line = if more && index == 2 { cut(&format!("{line} …"), room) } else { line };
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
        for line in fold(line, room) {
            lines.text(line, style);
        }
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

/// `+3 −1`: how many rows of a kind the last answer added, changed, removed.
fn signs(state: &State, kind: usize) -> String {
    let counts = [Mark::Added, Mark::Changed, Mark::Removed].map(|mark| (mark.sign(), state.changes.count(kind, mark)));
    let counts = counts.iter().filter(|(_, count)| *count > 0).map(|(sign, count)| format!("{sign}{count}"));
    counts.collect::<Vec<_>>().join(" ")
}

fn rows(content: &mut Content, state: &State, theme: Theme, room: usize, kind: usize, groups: &[Group], what: &str) {
    let changed = &state.changes.rows[kind];
    let all = groups.iter().flat_map(|group| &group.rows);
    let columns = columns(all.chain(changed.iter().map(|(.., row)| row)), room);
    let elsewhere: Vec<String> = [(0, "rules"), (1, "firewall"), (2, "routes")]
        .into_iter()
        .filter(|(other, _)| *other != kind && !state.changes.rows[*other].is_empty())
        .map(|(other, word)| format!("{word} {}", signs(state, other)))
        .collect();
    if changed.is_empty() && !elsewhere.is_empty() {
        let text = format!("{} by: {}", elsewhere.join(", "), state.changes.title);
        content.lines.text(cut(&text, room), theme.notice());
        content.lines.blank();
    }
    if !changed.is_empty() {
        let counts = signs(state, kind);
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
    lines.hanging("", "Flows that the scenarios need, traced through the plan", room, theme.title());
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
    exposure(lines, &plan.exposure.iter().collect::<Vec<_>>(), state, theme, room);
    lines.hanging("", "addresses: public IPv4; 5 (2 *): five names, two with a wildcard", room, theme.dim());
    let rentable: BTreeSet<&String> = plan.exposure.iter().flat_map(|subnet| &subnet.rentable).collect();
    if !rentable.is_empty() {
        lines.blank();
        lines.hanging("", "Where anyone can rent a place, and who reaches it", room, theme.title());
    }
    for requirement in rentable {
        let from = plan.exposure.iter().filter(|subnet| subnet.rentable.contains(requirement));
        let from: Vec<&str> = from.map(|subnet| subnet.subnet.as_str()).collect();
        lines.hanging("  ", &format!("{requirement}: {}", from.join(", ")), room, theme.plain());
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
