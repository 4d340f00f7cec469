//! The review, the writing, and what lies over the screen.

use super::{Effect, Focus, Opened, Page, Popup, State, Target, Then};
use crate::problem::Problem;
use crate::ui::review::{Mend, mend};
use crate::ui::tui::editor::{Editor, Line};
use crate::ui::{End, Places};
use crossterm::event::{KeyCode, KeyEvent};
use tui_input::Input;

impl State {
    /// What the review lists and can be chosen, in order.
    pub(in crate::ui::tui) fn targets(&self) -> Vec<Target> {
        let mut targets = Vec::new();
        for problem in self.problems() {
            targets.push(self.target_of(&problem));
        }
        targets.extend(self.missing().iter().map(|question| Target::Question(question.path, None)));
        targets.push(Target::Write);
        if self.saving.changes {
            targets.push(Target::Saving);
        }
        if let Some(Ok(files)) = &self.files {
            targets.extend((0..files.len()).map(Target::File));
        }
        targets
    }

    /// Where a problem is mended.
    fn target_of(&self, problem: &Problem) -> Target {
        match mend(problem, self.interview.said()) {
            Mend::Question(path, row) => Target::Question(path, row),
            Mend::Drop(line, column) => Target::Drop(line, column),
            Mend::Elsewhere => Target::Elsewhere,
        }
    }

    /// How many lines of the page can be chosen.
    pub(in crate::ui::tui) fn items(&self) -> usize {
        match self.page {
            Page::Step(_) => 0,
            Page::Review => self.targets().len(),
            Page::Write => 3 + usize::from(self.written.is_some()),
        }
    }

    pub(super) fn review_key(&mut self, key: KeyEvent) -> Option<Effect> {
        let targets = self.targets();
        let last = targets.len().saturating_sub(1);
        self.item = self.item.min(last);
        match key.code {
            KeyCode::Up => self.item = self.item.saturating_sub(1),
            KeyCode::Down => self.item = (self.item + 1).min(last),
            KeyCode::PageUp => self.item = self.item.saturating_sub(8),
            KeyCode::PageDown => self.item = (self.item + 8).min(last),
            KeyCode::Home => self.item = 0,
            KeyCode::End => self.item = last,
            KeyCode::Left => self.show_rail(),
            KeyCode::Right => self.focus = Focus::Preview,
            KeyCode::Enter => match targets.get(self.item)? {
                Target::Question(path, row) => {
                    self.go(path);
                    self.from_review = true;
                    if let (Some(Editor::Table(table)), Some(row)) = (&mut self.editor, row) {
                        table.row = (*row).min(table.lines() - 1);
                    }
                }
                Target::Drop(..) => {
                    self.said = Some("Delete drops this key from the file; it is kept otherwise".into())
                }
                Target::File(index) => self.open_file(*index),
                Target::Saving => (self.opened, self.line, self.focus) = (Some(Opened::Saving), 0, Focus::Preview),
                Target::Write => self.open_page(Page::Write),
                Target::Elsewhere => self.said = Some("no question is about this: mend it in the file".into()),
            },
            KeyCode::Delete | KeyCode::Char('x') => {
                if let Some(Target::Drop(line, column)) = targets.get(self.item) {
                    return Some(Effect::Drop(*line, *column));
                }
            }
            _ => {}
        }
        None
    }

    pub(super) fn write_key(&mut self, key: KeyEvent) -> Option<Effect> {
        let last = self.items() - 1;
        match key.code {
            KeyCode::Up => self.item = self.item.saturating_sub(1),
            KeyCode::Down => self.item = (self.item + 1).min(last),
            KeyCode::Enter if self.item < 2 => self.item += 1,
            KeyCode::Enter if self.item == 3 => {
                return Some(Effect::Leave(End::Written(self.written.clone().unwrap_or_default())));
            }
            KeyCode::Enter => return self.write(),
            KeyCode::Left if self.item >= 2 || self.place_inputs[self.item].cursor() == 0 => self.show_rail(),
            KeyCode::Right
                if self.item >= 2
                    || self.place_inputs[self.item].cursor()
                        == self.place_inputs[self.item].value().chars().count() =>
            {
                self.focus = Focus::Preview;
            }
            _ if self.item < 2 => {
                let mut line = Line { input: self.place_inputs[self.item].clone() };
                let _ = line.key(key);
                self.place_inputs[self.item] = line.input;
                // Another folder holds other files.
                self.files_due = true;
            }
            _ => {}
        }
        None
    }

    /// Where the fields of the page of writing want things to go.
    pub(in crate::ui::tui) fn wanted_places(&self) -> Places {
        let text = |index: usize| self.place_inputs[index].value().trim().to_string();
        Places { answers: text(0), out: text(1), ..self.places.clone() }
    }

    /// Where things go, or would.
    pub(in crate::ui::tui) fn wanted_or_places(&self) -> Places {
        let mut places = self.places.clone();
        if places.answers.is_empty() {
            places.answers = format!("{}.yaml", self.answers().name.unwrap_or_else(|| "answers".into()));
        }
        places
    }

    /// Files that only force replaces.
    pub(in crate::ui::tui) fn held_files(&self) -> usize {
        match &self.files {
            Some(Ok(files)) => files.iter().filter(|file| file.held).count(),
            _ => 0,
        }
    }

    fn write(&mut self) -> Option<Effect> {
        let (wrong, missing) = (self.problems().len(), self.missing().len());
        if wrong + missing > 0 {
            self.open_review();
            self.said = Some("this comes first: Enter leads to it".into());
            return None;
        }
        Some(Effect::Compare)
    }

    /// What follows once the folder to be written was looked at.
    pub(in crate::ui::tui) fn compared(&mut self) -> Option<Effect> {
        if self.held_files() > 0 {
            self.popup = Some(Popup::Replace(0));
            return None;
        }
        self.write_after_comments(false)
    }

    fn write_after_comments(&mut self, force: bool) -> Option<Effect> {
        if self.saving.anew {
            self.popup = Some(Popup::Anew(0, Then::Write { force }));
            return None;
        }
        Some(Effect::Write { force })
    }

    /// Saves, after whatever must be asked first.
    pub(super) fn save(&mut self, then: Then) -> Option<Effect> {
        if self.places.answers.is_empty() || self.asks_name {
            let name = self.wanted_or_places().answers;
            self.popup = Some(Popup::SaveAs(Input::new(name), String::new()));
            self.then_leave = then == Then::Leave;
            return None;
        }
        if self.saving.anew {
            self.popup = Some(Popup::Anew(0, then));
            return None;
        }
        Some(Effect::Save(then == Then::Leave))
    }

    pub(super) fn leave(&mut self) -> Option<Effect> {
        self.keep_typed();
        if matches!(self.popup, Some(Popup::Leave(_))) && self.no_draft.is_some() {
            // Nothing would be kept: that takes a choice.
            return None;
        }
        if matches!(self.popup, Some(Popup::Leave(_))) {
            return Some(Effect::Leave(End::Kept));
        }
        if let (Some(written), false) = (&self.written, self.unsaved()) {
            return Some(Effect::Leave(End::Written(written.clone())));
        }
        if !self.unsaved() {
            return Some(Effect::Leave(End::Saved));
        }
        self.popup = Some(Popup::Leave(0));
        None
    }

    /// The lines of a popup that can be chosen.
    pub(in crate::ui::tui) fn popup_choices(&self) -> Vec<String> {
        match &self.popup {
            Some(Popup::Leave(_)) => vec![
                "stay".into(),
                "save the answers, then leave".into(),
                match &self.no_draft {
                    None => "leave; the next start offers to go on from here".into(),
                    Some(_) => "leave; what is not saved is lost, for no draft can be kept".into(),
                },
                "leave and throw away what is not saved".into(),
            ],
            Some(Popup::Replace(_)) => vec!["go back".into(), "write; what is in them goes".into()],
            Some(Popup::Anew(..)) => vec!["go back".into(), "save; those comments go".into()],
            Some(Popup::Resume(_)) => self
                .left_behind
                .iter()
                .map(|draft| format!("go on: {}, {}", draft.what, draft.when))
                .chain(["start anew, and keep the drafts".into(), "start anew, and throw the drafts away".into()])
                .collect(),
            _ => Vec::new(),
        }
    }

    pub(super) fn popup_key(&mut self, key: KeyEvent) -> Option<Effect> {
        let choices = self.popup_choices().len();
        let popup = self.popup.as_mut()?;
        if let Popup::Leave(at) | Popup::Replace(at) | Popup::Anew(at, _) | Popup::Resume(at) = popup {
            match key.code {
                KeyCode::Up => *at = at.saturating_sub(1),
                KeyCode::Down | KeyCode::Tab => *at = (*at + 1).min(choices.saturating_sub(1)),
                _ => {}
            }
        }
        match (popup.clone(), key.code) {
            (Popup::SaveAs(input, _), KeyCode::Enter) => {
                self.place_inputs[0] = input;
                return Some(Effect::Save(self.then_leave));
            }
            (_, KeyCode::Esc) => self.popup = None,
            (Popup::SaveAs(..), _) => {
                if let Some(Popup::SaveAs(input, refused)) = &mut self.popup {
                    let mut line = Line { input: input.clone() };
                    let _ = line.key(key);
                    *input = line.input;
                    refused.clear();
                }
            }
            (Popup::Keys(first), KeyCode::Down) => {
                self.popup = Some(Popup::Keys((first + 1).min(self.drawn.hidden)));
            }
            (Popup::Keys(first), KeyCode::Up) => self.popup = Some(Popup::Keys(first.saturating_sub(1))),
            (Popup::Keys(_) | Popup::Message(..), _) => self.popup = None,
            (Popup::Leave(at), KeyCode::Enter) => {
                self.popup = None;
                match at {
                    0 => {}
                    1 => return self.save(Then::Leave),
                    2 => return Some(Effect::Leave(End::Kept)),
                    _ => return Some(Effect::Leave(End::Discarded)),
                }
            }
            (Popup::Replace(at), KeyCode::Enter) => {
                self.popup = None;
                return if at == 0 { None } else { self.write_after_comments(true) };
            }
            (Popup::Anew(at, then), KeyCode::Enter) => {
                self.popup = None;
                return match (at, then) {
                    (0, _) => None,
                    (_, Then::Write { force }) => Some(Effect::Write { force }),
                    (_, then) => Some(Effect::Save(then == Then::Leave)),
                };
            }
            (Popup::Resume(at), KeyCode::Enter) => {
                self.popup = None;
                let drafts: Vec<String> = self.left_behind.iter().map(|draft| draft.id.clone()).collect();
                if let Some(id) = drafts.get(at) {
                    return Some(Effect::Resume(id.clone()));
                }
                if at > drafts.len() {
                    return Some(Effect::Discard(drafts));
                }
            }
            _ => {}
        }
        None
    }
}
