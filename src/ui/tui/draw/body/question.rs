//! The question in front, and the others of its step.

use super::{Lines, input_line};
use crate::question::{Kind, Question, about, sources};
use crate::ui::text::{count, cut, fill, thousands, width, wrap};
use crate::ui::tui::editor::{self, Editor};
use crate::ui::tui::state::{Focus, Hit, State};
use crate::ui::tui::theme::Theme;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

pub(super) fn question(state: &State, theme: Theme, room: usize, height: u16) -> Lines {
    let mut lines = Lines::default();
    let Some(question) = state.question() else { return lines };
    let roomy = height >= 16;
    for line in wrap(question.title, room) {
        lines.text(line, theme.title());
    }
    if roomy {
        lines.blank();
    }
    let editing = state.focus == Focus::Body;
    match &state.editor {
        Some(Editor::Line(line)) => text_editor(&mut lines, line, question, state, theme, room),
        Some(Editor::List(list)) => list_editor(&mut lines, list, editing, theme, room, usize::from(height)),
        Some(Editor::Table(table)) => table_editor(&mut lines, table, editing, theme, room),
        None => {}
    }
    if roomy {
        lines.blank();
    }
    let focus = lines.focus;
    if let Some((_, why)) = state.typed.get(question.path) {
        lines.hanging("! ", &cut(why, 4 * room), room, theme.bad());
    }
    let missing = state.missing().iter().any(|missing| missing.path == question.path);
    for problem in state.problems() {
        let of_this = about(&problem.place.path).is_some_and(|q| q.path == question.path);
        if of_this && !state.typed.contains_key(question.path) && !missing {
            // What was typed may be as long as it likes.
            lines.hanging("! ", &cut(&problem.what, 4 * room), room, theme.bad());
            if !problem.hint.is_empty() {
                lines.hanging("  → ", &cut(&problem.hint, 4 * room), room, theme.plain());
            }
        }
    }
    for line in wrap(question.help, room) {
        lines.text(line, theme.plain());
    }
    let default = (question.default)(&state.answers());
    match default {
        Some(value) if !matches!(question.kind, Kind::Flag | Kind::Choice(_)) => {
            lines.hanging("If left open: ", &value.to_string(), room, theme.dim());
        }
        Some(_) => {}
        None if question.needed => lines.text("Must be answered.", theme.dim()),
        None => lines.text("May be left open.", theme.dim()),
    }
    for source in sources(question.path) {
        lines.hanging("Source: ", source, room, theme.dim());
    }
    lines.text(cut(&format!("In the file: {}", question.path), room), theme.dim());
    others(&mut lines, state, question, theme, room);
    if state.focus != Focus::Others {
        lines.focus = focus;
    }
    lines
}

/// The questions of the step, with their answers.
fn others(lines: &mut Lines, state: &State, front: &Question, theme: Theme, room: usize) {
    let questions = state.questions_of(front.step);
    let hidden = state.more_of(front.step);
    lines.blank();
    let title = format!("── {} ", front.step.title());
    let rule = "─".repeat(room.saturating_sub(width(&title)));
    lines.text(format!("{title}{rule}"), theme.rule());
    let focused = state.focus == Focus::Others;
    let widest = questions.iter().map(|question| width(question.title)).max().unwrap_or(0).min(room * 6 / 10);
    for (index, question) in questions.iter().enumerate() {
        let (mark, answer) = state.standing(question);
        let here = question.path == front.path;
        let head = fill(&format!("{} {}", if here { '▸' } else { mark }, question.title), widest + 2);
        let style = match (focused && state.other == index, mark) {
            (true, _) => theme.cursor(),
            (false, '!') => theme.bad(),
            (false, _) if here => theme.marked(),
            _ => theme.plain(),
        };
        if focused && state.other == index {
            lines.focus = lines.lines.len();
        }
        let tail = if mark == '?' { "to answer".to_string() } else { answer };
        let tail_style = if mark == '·' { theme.dim() } else { theme.plain() };
        lines.push(Line::from(vec![
            Span::styled(head, style),
            Span::raw("  "),
            Span::styled(cut(&tail, room.saturating_sub(widest + 4)), tail_style),
        ]));
        lines.hit(room, Hit::Other(index));
    }
    if hidden > 0 {
        let on = focused && state.other >= questions.len();
        if on {
            lines.focus = lines.lines.len();
        }
        let what = if state.interview.more() {
            format!("  hide {} (Ctrl-O)", count(hidden, "special question"))
        } else {
            format!("  {} more for special cases (Ctrl-O)", thousands(hidden as u64))
        };
        lines.text(cut(&what, room), if on { theme.cursor() } else { theme.dim() });
        lines.hit(room, Hit::Other(questions.len()));
    }
}

fn text_editor(lines: &mut Lines, line: &editor::Line, question: &Question, state: &State, theme: Theme, room: usize) {
    let (text, cursor) = input_line(&line.input, room.saturating_sub(2));
    let empty = line.input.value().is_empty();
    let hint = match (question.default)(&state.answers()) {
        Some(value) if empty => value.to_string(),
        _ => String::new(),
    };
    let shown = if empty { fill(&hint, room.saturating_sub(2)) } else { text };
    let style = if empty { theme.dim() } else { Style::new() };
    let underlined = style.add_modifier(ratatui::style::Modifier::UNDERLINED);
    lines.push(Line::from(vec![Span::styled("› ", theme.title()), Span::styled(shown, underlined)]));
    lines.hit(room, Hit::Body);
    lines.focus = lines.lines.len() - 1;
    lines.cursor = Some((lines.focus, cursor + 2));
    let example = match question.kind {
        Kind::Prefixes => "prefixes or addresses, separated by spaces or commas",
        Kind::Texts => "separated by commas",
        Kind::Number(..) => "a whole number",
        _ => "",
    };
    if !example.is_empty() {
        lines.text(cut(&format!("  {example}"), room), theme.dim());
    }
}

fn list_editor(lines: &mut Lines, list: &editor::List, editing: bool, theme: Theme, room: usize, height: usize) {
    let shown = list.shown();
    if list.long {
        let (text, cursor) = input_line(&list.filter, room.saturating_sub(8));
        lines.push(Line::from(vec![
            Span::styled("find › ", theme.title()),
            Span::styled(text, Style::new().add_modifier(ratatui::style::Modifier::UNDERLINED)),
        ]));
        lines.cursor = Some((lines.lines.len() - 1, cursor + 7));
        if shown.is_empty() {
            lines.text("  nothing here is called that", theme.bad());
        }
    }
    // A long list shows as much as fits around its cursor, so that what it is about stays in sight.
    let most = if list.long { height.saturating_sub(9).clamp(3, 14) } else { shown.len() };
    let first = list.cursor.min(shown.len().saturating_sub(1)).saturating_sub(most / 2);
    let first = first.min(shown.len().saturating_sub(most));
    let widest = shown.iter().map(|index| width(&list.options[*index].0)).max().unwrap_or(0).min(room / 2);
    // Where not everything fits, what a word means is shown whole for the one under the cursor alone.
    let rows_of = |index: &usize| wrap(&list.options[*index].1, room.saturating_sub(widest + 8)).len();
    let close = list.long || shown.iter().map(rows_of).sum::<usize>() + 4 > height;
    for (at, index) in shown.iter().enumerate().skip(first).take(most) {
        let (word, means) = &list.options[*index];
        let here = at == list.cursor;
        let mark = match (list.many, list.holds(word)) {
            (true, true) => "[x]",
            (true, false) => "[ ]",
            (false, true) => "(•)",
            (false, false) => "( )",
        };
        let by_default = !list.many && list.chosen.is_none() && list.default.contains(word);
        let means = match (means.is_empty(), by_default) {
            (_, false) => means.clone(),
            (true, true) => "the default".into(),
            (false, true) => format!("{means} (the default)"),
        };
        let head = format!("{}{mark} {} ", if here { "› " } else { "  " }, fill(word, widest));
        let style = match (here && editing, here) {
            (true, _) => theme.cursor(),
            (false, true) => theme.marked(),
            _ => theme.plain(),
        };
        let indent = width(&head) + 1;
        // Where the room beside the word is little, what it means goes below it.
        let (room_beside, below) =
            if room.saturating_sub(indent) >= 26 { (room - indent, false) } else { (room.saturating_sub(6), true) };
        let below = below && (here || !close);
        let room_beside = if below { room_beside } else { room.saturating_sub(indent) };
        let mut meaning = match close && (list.long || !here) {
            true => vec![cut(&means, room_beside)],
            false => wrap(&means, room_beside),
        };
        if means.is_empty() {
            meaning.clear();
        }
        if here {
            lines.focus = lines.lines.len();
        }
        let beside = if below || meaning.is_empty() { String::new() } else { meaning.remove(0) };
        lines.push(Line::from(vec![Span::styled(head, style), Span::raw(format!(" {beside}"))]));
        lines.hit(room, Hit::Option(at));
        for line in meaning {
            lines.text(format!("{}{line}", " ".repeat(if below { 6 } else { indent })), theme.plain());
            lines.hit(room, Hit::Option(at));
        }
    }
    if first + most < shown.len() {
        lines.text(format!("      … {} more below", shown.len() - first - most), theme.dim());
    }
    if list.many {
        let here = list.cursor >= shown.len();
        if here {
            lines.focus = lines.lines.len();
        }
        let style = if here && editing { theme.cursor() } else { theme.title() };
        lines.text(format!("{}Go on →", if here { "› " } else { "  " }), style);
        lines.hit(room, Hit::Option(shown.len()));
    }
}

fn table_editor(lines: &mut Lines, table: &editor::Table, editing: bool, theme: Theme, room: usize) {
    let columns = table.fields.len();
    let mut widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = (0..table.rows.len()).map(|row| width(&table.text(row, column)));
            cells.chain([width(table.fields[column].name), 4]).max().unwrap_or(4)
        })
        .collect();
    // What is too wide is taken from the widest column, again and again.
    let fits = |widths: &[usize]| widths.iter().sum::<usize>() + 2 * widths.len() + 3 <= room;
    while !fits(&widths) {
        match widths.iter_mut().max() {
            Some(widest) if *widest > 4 => *widest -= 1,
            _ => break,
        }
    }
    let head: String = widths.iter().zip(&table.fields).map(|(room, field)| fill(field.name, room + 2)).collect();
    if !table.rows.is_empty() {
        lines.text(format!("  {head}"), theme.dim());
    }
    for row in 0..table.rows.len() {
        let proposed = table.is_proposed(row);
        let mut spans = vec![Span::raw(if row == table.row { "› " } else { "  " })];
        let at = lines.lines.len();
        let mut x = 2;
        for (column, room) in widths.iter().enumerate() {
            let here = (row, column) == (table.row, table.column);
            let text = table.text(row, column);
            let style = match (here && editing, proposed) {
                (true, _) => theme.cursor(),
                (false, true) => theme.dim(),
                _ => theme.plain(),
            };
            let text = if text.is_empty() { "–".to_string() } else { text };
            spans.push(Span::styled(fill(&text, *room), style));
            spans.push(Span::raw("  "));
            lines.hits.push((at, x, x + room + 1, Hit::Cell(row, column)));
            x += room + 2;
        }
        let here = (row, columns) == (table.row, table.column);
        spans.push(Span::styled("✕", if here && editing { theme.cursor() } else { theme.dim() }));
        lines.hits.push((at, x, x + 1, Hit::Cell(row, columns)));
        if row == table.row {
            lines.focus = at;
        }
        lines.push(Line::from(spans));
    }
    let rows = table.rows.len();
    let ends =
        [(rows, "+ add a row"), (rows + 1, if table.proposed { "Take these rows and go on →" } else { "Go on →" })];
    for (row, text) in ends {
        let here = table.row == row;
        if here {
            lines.focus = lines.lines.len();
        }
        let style = match (here && editing, row == rows) {
            (true, _) => theme.cursor(),
            (false, true) => theme.plain(),
            (false, false) => theme.title(),
        };
        lines.text(format!("{}{text}", if here { "› " } else { "  " }), style);
        lines.hit(room, Hit::Cell(row, 0));
    }
    if let Some(cell) = &table.cell {
        lines.blank();
        lines.hanging("", &table.help(), room, theme.title());
        match cell.as_ref() {
            Editor::Line(line) => {
                let (text, cursor) = input_line(&line.input, room.saturating_sub(2));
                let style = Style::new().add_modifier(ratatui::style::Modifier::UNDERLINED);
                lines.push(Line::from(vec![Span::styled("› ", theme.title()), Span::styled(text, style)]));
                lines.focus = lines.lines.len() - 1;
                lines.cursor = Some((lines.focus, cursor + 2));
            }
            Editor::List(list) => list_editor(lines, list, editing, theme, room, 20),
            Editor::Table(_) => {}
        }
    } else if !table.help().is_empty() {
        // What is cut off in its cell stands here whole.
        let text = table.text(table.row, table.column);
        let is_cut = widths.get(table.column).is_some_and(|room| width(&text) > *room);
        let text = if is_cut { format!("{text}   ({})", table.help()) } else { table.help() };
        lines.hanging("  ", &text, room, theme.dim());
    } else if table.proposed {
        let text = "Rows that your scenarios need, with free prefixes of the address space: change what is not so.";
        lines.hanging("  ", text, room, theme.dim());
    }
}
