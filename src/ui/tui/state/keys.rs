//! What keys, clicks and pastes do.

use super::{Effect, Focus, Hit, Opened, Page, Popup, State, Tab, Then};
use crate::question::about;
use crate::ui::tui::editor::{Did, Editor, Line};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;
use tui_input::Input;

impl State {
    pub(in crate::ui::tui) fn key(&mut self, key: KeyEvent) -> Option<Effect> {
        if key.kind == crossterm::event::KeyEventKind::Release {
            return None;
        }
        (self.said, self.scrolled) = (None, 0);
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        if control && key.code == KeyCode::Char('z') {
            return Some(Effect::Suspend);
        }
        if control && key.code == KeyCode::Char('c') {
            return self.leave();
        }
        if self.popup.is_some() {
            return self.popup_key(key);
        }
        if control && key.code == KeyCode::Char('s') {
            self.keep_typed();
            return self.save(Then::Save);
        }
        if control && key.code == KeyCode::Char('o') {
            self.more();
            return None;
        }
        let letters = match self.focus {
            Focus::Body => match (&self.editor, self.page) {
                (Some(editor), _) => editor.takes_letters(),
                (None, Page::Write) => self.item < 2,
                (None, _) => false,
            },
            _ => false,
        };
        match key.code {
            KeyCode::F(1) => self.popup = Some(Popup::Keys(0)),
            KeyCode::Char('?') if !letters => self.popup = Some(Popup::Keys(0)),
            // In a cell, Tab is what it is in any table.
            KeyCode::Tab if self.editor.as_ref().is_some_and(Editor::in_cell) && self.focus == Focus::Body => {
                return self.question_key(KeyEvent::from(KeyCode::Enter));
            }
            KeyCode::Tab => self.turn(1),
            KeyCode::BackTab => self.turn(2),
            KeyCode::Char('/') if !letters && self.focus == Focus::Body => self.find(),
            KeyCode::Esc => self.escape(),
            _ => {
                return match self.focus {
                    Focus::Rail => self.rail_key(key),
                    Focus::Others => self.others_key(key),
                    Focus::Preview => self.preview_key(key),
                    Focus::Body => match self.page {
                        Page::Step(_) => self.question_key(key),
                        Page::Review => self.review_key(key),
                        Page::Write => self.write_key(key),
                    },
                };
            }
        }
        None
    }

    pub(in crate::ui::tui) fn paste(&mut self, text: &str) {
        self.said = None;
        match (&mut self.popup, self.focus, self.page) {
            (Some(Popup::SaveAs(input, _)), ..) => paste_into(input, text),
            (Some(_), ..) => {}
            (None, Focus::Body, Page::Write) if self.item < 2 => {
                paste_into(&mut self.place_inputs[self.item], text);
                self.files_due = true;
            }
            (None, Focus::Body, Page::Step(_)) => {
                if let Some(editor) = &mut self.editor
                    && editor.paste(text) == Did::Changed
                {
                    self.commit();
                }
            }
            _ => {}
        }
    }

    pub(in crate::ui::tui) fn mouse(&mut self, event: MouseEvent) -> Option<Effect> {
        let point = Position { x: event.column, y: event.row };
        let hit = self.drawn.hits.iter().rev().find(|(area, _)| area.contains(point)).map(|(_, hit)| *hit);
        match event.kind {
            MouseEventKind::ScrollUp | MouseEventKind::ScrollDown => {
                let up = event.kind == MouseEventKind::ScrollUp;
                let (above, below) = self.drawn.page;
                match (&mut self.popup, hit) {
                    (Some(Popup::Keys(first)), _) => {
                        *first = first.saturating_add_signed(if up { -3 } else { 3 }).min(self.drawn.hidden);
                    }
                    (Some(_), _) | (None, Some(Hit::Rail(_)) | None) => {}
                    (None, Some(Hit::Preview | Hit::PreviewLine(_) | Hit::Tab(_))) => {
                        self.scroll(if up { -3 } else { 3 });
                    }
                    (None, Some(_)) if up => self.scrolled -= above.min(3) as isize,
                    (None, Some(_)) => self.scrolled += below.min(3) as isize,
                }
                None
            }
            MouseEventKind::Down(MouseButton::Left) => self.click(hit?),
            _ => None,
        }
    }

    fn click(&mut self, hit: Hit) -> Option<Effect> {
        (self.said, self.scrolled) = (None, 0);
        let enter = KeyEvent::from(KeyCode::Enter);
        if self.popup.is_some() {
            let Hit::PopupLine(line) = hit else { return None };
            if let Some(Popup::Leave(at) | Popup::Replace(at) | Popup::Anew(at, _) | Popup::Resume(at)) =
                &mut self.popup
            {
                *at = line;
            }
            return self.popup_key(enter);
        }
        match hit {
            Hit::Rail(index) => {
                let page = *self.pages().get(index)?;
                self.rail = index;
                self.open_page(page);
            }
            Hit::Body => self.focus = Focus::Body,
            Hit::Preview => self.focus = Focus::Preview,
            Hit::Tab(tab) => self.show_tab(tab),
            Hit::Other(index) => {
                self.focus = Focus::Others;
                self.other = index;
                return self.others_key(enter);
            }
            Hit::PreviewLine(line) => {
                let again = self.focus == Focus::Preview && self.line == line;
                (self.focus, self.line) = (Focus::Preview, line);
                if again || self.tab == Tab::Files {
                    return self.preview_key(enter);
                }
            }
            Hit::Item(index) => {
                let again = self.focus == Focus::Body && self.item == index;
                (self.focus, self.item) = (Focus::Body, index);
                if again || self.page == Page::Write && index >= 2 {
                    return if self.page == Page::Review { self.review_key(enter) } else { self.write_key(enter) };
                }
            }
            Hit::Option(index) => {
                self.focus = Focus::Body;
                let did = match &mut self.editor {
                    Some(Editor::List(list)) => list.click(index),
                    _ => Did::Nothing,
                };
                return self.did(did);
            }
            Hit::Cell(row, column) => {
                self.focus = Focus::Body;
                let answers = self.interview.answers();
                let did = match &mut self.editor {
                    Some(Editor::Table(table)) => table.click(row, column, &answers),
                    _ => Did::Nothing,
                };
                return self.did(did);
            }
            Hit::PopupLine(_) => {}
        }
        None
    }

    /// The next part of the screen; `by` of three.
    fn turn(&mut self, by: usize) {
        self.keep_typed();
        let at = match self.focus {
            Focus::Rail => 0,
            Focus::Body | Focus::Others => 1,
            Focus::Preview => 2,
        };
        match (at + by) % 3 {
            0 => self.show_rail(),
            1 => self.focus = Focus::Body,
            _ => self.focus = Focus::Preview,
        }
    }

    pub(super) fn show_rail(&mut self) {
        self.keep_typed();
        self.rail = self.pages().iter().position(|page| *page == self.page).unwrap_or(0);
        self.focus = Focus::Rail;
    }

    fn escape(&mut self) {
        match self.focus {
            Focus::Preview if self.opened.is_some() => self.close(),
            Focus::Preview | Focus::Rail | Focus::Others => self.focus = Focus::Body,
            Focus::Body => {
                if self.editor.as_mut().is_some_and(Editor::escape) {
                    // A cell that was open counts no longer.
                    self.commit();
                } else {
                    self.back();
                }
            }
        }
    }

    /// Goes to where a list can be searched: in the question itself, or the next one of the page that can.
    fn find(&mut self) {
        if let Some(Editor::List(list)) = &mut self.editor {
            list.long = true;
        }
    }

    /// Shows the questions behind "more", or hides them.
    fn more(&mut self) {
        self.keep_typed();
        let path = self.interview.current().map(|question| question.path);
        self.interview.ask_more(!self.interview.more());
        if let (Page::Step(step), Some(path)) = (self.page, path) {
            let stays = self.questions_of(step).iter().any(|question| question.path == path);
            let here = stays && self.interview.go(path);
            if !here && !self.questions_of(step).is_empty() {
                self.interview.go_to_step(step);
            }
            let focus = self.focus;
            self.show_question();
            self.focus = focus;
            if let Page::Step(step) = self.page {
                self.other = self.other.min(self.questions_of(step).len());
            }
        }
        self.said = Some(
            if self.interview.more() { "every question is shown" } else { "the usual questions are shown" }.into(),
        );
    }

    fn rail_key(&mut self, key: KeyEvent) -> Option<Effect> {
        let pages = self.pages();
        match key.code {
            KeyCode::Up => self.rail = self.rail.saturating_sub(1),
            KeyCode::Down => self.rail = (self.rail + 1).min(pages.len() - 1),
            KeyCode::Home => self.rail = 0,
            KeyCode::End => self.rail = pages.len() - 1,
            KeyCode::Enter | KeyCode::Right => {
                let page = *pages.get(self.rail)?;
                if page == self.page && key.code == KeyCode::Right {
                    self.focus = Focus::Body;
                } else {
                    self.open_page(page);
                }
            }
            _ => {}
        }
        None
    }

    fn question_key(&mut self, key: KeyEvent) -> Option<Effect> {
        match key.code {
            KeyCode::PageDown => {
                self.keep_typed();
                self.next();
                return None;
            }
            KeyCode::PageUp => {
                self.back();
                return None;
            }
            _ => {}
        }
        let answers = self.interview.answers();
        let did = self.editor.as_mut().map_or(Did::Nothing, |editor| editor.key(key, &answers));
        self.did(did)
    }

    fn did(&mut self, did: Did) -> Option<Effect> {
        match did {
            Did::Nothing | Did::Moved => {}
            Did::Refused(why) => self.said = Some(why.into()),
            Did::Changed => {
                self.commit();
            }
            Did::Next => self.enter(),
            Did::Left => self.show_rail(),
            Did::Right => {
                self.keep_typed();
                self.focus = Focus::Preview;
            }
            Did::Up => self.back_within_step(),
            Did::Down => {
                self.keep_typed();
                self.focus = Focus::Others;
            }
        }
        None
    }

    /// Upwards from the question in front: to the one before, if the step has one.
    fn back_within_step(&mut self) {
        let Page::Step(step) = self.page else { return };
        let first = self.questions_of(step).first().map(|question| question.path);
        if self.question().map(|question| question.path) != first {
            self.back();
        }
    }

    /// On to the next question, unless something is wrong with this one's answer: then only the second time.
    fn enter(&mut self) {
        let whole = self.commit();
        let Some(question) = self.question() else { return };
        if !whole {
            self.said = self.typed.get(question.path).map(|(_, why)| why.clone());
            return;
        }
        if let Some(Editor::Table(table)) = &self.editor
            && let Some((row, field)) = table.lacks()
            && self.warned != Some(question.path)
        {
            self.warned = Some(question.path);
            self.said = Some(format!("row {row} has no {field}; Enter again goes on all the same"));
            return;
        }
        let wrong = self
            .problems()
            .iter()
            .any(|problem| about(&problem.place.path).is_some_and(|q| q.path == question.path) && !self.wants_preview);
        if wrong && self.warned != Some(question.path) {
            self.warned = Some(question.path);
            self.said = Some("something is wrong with this answer; Enter again goes on all the same".into());
            return;
        }
        if self.from_review {
            self.open_review();
        } else {
            self.next();
        }
    }

    fn others_key(&mut self, key: KeyEvent) -> Option<Effect> {
        let Page::Step(step) = self.page else {
            self.focus = Focus::Body;
            return None;
        };
        let questions = self.questions_of(step);
        let last = if self.more_of(step) > 0 { questions.len() } else { questions.len().saturating_sub(1) };
        match key.code {
            KeyCode::Up if self.other == 0 => self.focus = Focus::Body,
            KeyCode::Up => self.other -= 1,
            KeyCode::Down => self.other = (self.other + 1).min(last),
            KeyCode::Left => self.show_rail(),
            KeyCode::Right => self.focus = Focus::Preview,
            KeyCode::Enter | KeyCode::Char(' ') => match questions.get(self.other) {
                Some(question) => self.go(question.path),
                None => self.more(),
            },
            _ => {}
        }
        None
    }

    fn show_tab(&mut self, tab: Tab) {
        (self.tab, self.line, self.opened, self.focus) = (tab, 0, None, Focus::Preview);
    }

    fn scroll(&mut self, by: isize) {
        let (lines, _) = self.drawn.preview;
        self.line = self.line.saturating_add_signed(by).min(lines.saturating_sub(1));
    }

    fn preview_key(&mut self, key: KeyEvent) -> Option<Effect> {
        let at = Tab::ALL.iter().position(|tab| *tab == self.tab).unwrap_or(0);
        let page = self.drawn.preview.1.saturating_sub(1).max(1) as isize;
        match key.code {
            KeyCode::Up => self.scroll(-1),
            KeyCode::Down => self.scroll(1),
            KeyCode::PageUp => self.scroll(-page),
            KeyCode::PageDown => self.scroll(page),
            KeyCode::Home => self.line = 0,
            KeyCode::End => self.scroll(isize::MAX / 2),
            KeyCode::Left if self.opened.is_some() => self.close(),
            KeyCode::Left if at == 0 => self.focus = Focus::Body,
            KeyCode::Left => self.show_tab(Tab::ALL[at - 1]),
            KeyCode::Right if self.opened.is_none() && at + 1 < Tab::ALL.len() => self.show_tab(Tab::ALL[at + 1]),
            KeyCode::Char('d') => {
                if let Some(Opened::File { diff, .. }) = &mut self.opened {
                    *diff = !*diff;
                    self.line = 0;
                }
            }
            KeyCode::Enter if self.tab == Tab::Files && self.opened.is_none() => self.open_file(self.line),
            KeyCode::Enter if self.opened.is_some() => self.close(),
            KeyCode::Enter => self.focus = Focus::Body,
            _ => {}
        }
        None
    }

    /// Back from what is open to where it was opened.
    fn close(&mut self) {
        self.line = match self.opened.take() {
            Some(Opened::File { index, .. }) => index,
            _ => 0,
        };
        if self.page == Page::Review {
            self.focus = Focus::Body;
        }
    }

    pub(super) fn open_file(&mut self, index: usize) {
        if let Some(Ok(files)) = &self.files
            && let Some(file) = files.get(index)
        {
            let diff = !file.diff.is_empty() && file.state != "new";
            self.tab = Tab::Files;
            (self.opened, self.line, self.focus) = (Some(Opened::File { index, diff }), 0, Focus::Preview);
        }
    }
}

fn paste_into(input: &mut Input, text: &str) {
    let mut line = Editor::Line(Line { input: input.clone() });
    line.paste(text);
    if let Editor::Line(line) = line {
        *input = line.input;
    }
}
