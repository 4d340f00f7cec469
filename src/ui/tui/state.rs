//! What the screen shows, as a plain value: keys change it, drawing reads it, and neither knows a terminal.

use super::changes::Changes;
use super::editor::{Did, Editor, Held};
use crate::interview::{self, Interview};
use crate::problem::Problem;
use crate::question::{Answers, Question, Step, Value, about};
use crate::ui::{Draft, End, File, LeftBehind, Places, PlanInWords, Preview, Saving, Written};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};
use std::collections::{BTreeMap, BTreeSet};
use tui_input::Input;

/// A page of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// The questions of a step, one in front.
    Step(Step),
    /// What is wrong, what is missing, the plan in numbers.
    Review,
    /// Where it goes, and the writing.
    Write,
}

/// The part of the screen that has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    /// The steps.
    Rail,
    /// The page: the question in front, or what the page lists.
    Body,
    /// The questions of the step, below the one in front.
    Others,
    /// What follows from the answers.
    Preview,
}

/// A part of what follows from the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tab {
    Rules,
    Firewall,
    Routes,
    Files,
    Warnings,
    Proof,
    Map,
}

impl Tab {
    pub(super) const ALL: [Tab; 7] =
        [Tab::Rules, Tab::Firewall, Tab::Routes, Tab::Files, Tab::Warnings, Tab::Proof, Tab::Map];

    /// Its title, long and short.
    pub(super) fn title(self) -> (&'static str, &'static str) {
        match self {
            Tab::Rules => ("Rules", "Rules"),
            Tab::Firewall => ("Firewall", "Fw"),
            Tab::Routes => ("Routes", "Routes"),
            Tab::Files => ("Files", "Files"),
            Tab::Warnings => ("Warnings", "Warn"),
            Tab::Proof => ("Proof", "Proof"),
            Tab::Map => ("Map", "Map"),
        }
    }
}

/// What lies over the screen and takes all keys.
#[derive(Clone, Debug)]
pub(super) enum Popup {
    /// The key sheet.
    Keys,
    /// Leave, although something is not saved?
    Leave(usize),
    /// The name of the answers file, and why the last one was refused.
    SaveAs(Input, String),
    /// The file's comments go: save all the same?
    Anew(usize, Then),
    /// Wizards that ended without saving: go on from one of them?
    Resume(usize),
    /// Something to read.
    Message(String, String),
}

/// What to do once a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    Save,
    Write { force: bool },
    Leave,
}

/// What the state asks of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Save the answers file; with `true`, then leave.
    Save(bool),
    /// Save, and write the folder.
    Write { force: bool },
    /// Keys of the file that nobody knows: drop the one at this line and column.
    Drop(usize, usize),
    /// Go on from a draft.
    Resume(String),
    /// Throw drafts away.
    Discard(Vec<String>),
    /// Stop until the shell sends us on.
    Suspend,
    /// The end.
    Leave(End),
}

/// What a click on a place of the screen means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hit {
    Rail(usize),
    Body,
    Option(usize),
    Cell(usize, usize),
    Other(usize),
    Tab(Tab),
    Preview,
    PreviewLine(usize),
    Item(usize),
    PopupLine(usize),
}

/// What drawing found out about the screen, which keys and clicks need to know.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    /// Places and what they mean; the last one that holds a point counts.
    pub(super) hits: Vec<(Rect, Hit)>,
    /// How many lines the preview has, and how many of them show.
    pub(super) preview: (usize, usize),
}

/// A line of the review that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Leads to a question, and to a row of it.
    Question(&'static str, Option<usize>),
    /// A key of the file that can be dropped: its line and column.
    Drop(usize, usize),
    /// Shows a file.
    File(usize),
    /// Shows what saving changes in the answers file.
    Saving,
    /// Leads to the page of writing.
    Write,
    /// Can only be mended elsewhere.
    Elsewhere,
}

/// What the preview shows in place of a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// A file to be written, whole or as a diff.
    File { index: usize, diff: bool },
    /// The diff of the answers file.
    Saving,
}

/// The screen.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) interview: Interview,
    /// Text that is no answer yet, and why it is none, by question.
    pub(super) typed: BTreeMap<String, (String, String)>,
    pub(super) page: Page,
    pub(super) focus: Focus,
    pub(super) editor: Option<Editor>,
    pub(super) rail: usize,
    /// Among the questions of the step; one past them is the line for "more".
    pub(super) other: usize,
    /// Among what the page of review or writing lists.
    pub(super) item: usize,
    pub(super) tab: Tab,
    /// The line of the preview that is looked at.
    pub(super) line: usize,
    pub(super) opened: Option<Opened>,
    pub(super) popup: Option<Popup>,
    /// One line below the screen, until the next key.
    pub(super) said: Option<String>,

    /// What the answers come to, problems included.
    pub(super) preview: Preview,
    /// The last plan, while the answers come to none.
    pub(super) plan: Option<PlanInWords>,
    /// Whether that is the plan of earlier answers.
    pub(super) stale: bool,
    /// What the last answer changed.
    pub(super) changes: Changes,
    /// The plan before the last answer.
    before: Option<PlanInWords>,
    /// The question that was answered last.
    last_answered: Option<&'static str>,
    pub(super) files: Option<Result<Vec<File>, Vec<Problem>>>,
    /// Whether those are the files of earlier answers.
    pub(super) files_due: bool,
    pub(super) saving: Saving,
    pub(super) places: Places,
    /// The fields of the page of writing.
    pub(super) place_inputs: [Input; 2],
    pub(super) progress: Option<(usize, usize, String)>,
    pub(super) written: Option<Written>,
    pub(super) failures: Vec<Problem>,
    pub(super) left_behind: Vec<LeftBehind>,
    /// Why drafts are not kept, if they are not.
    pub(super) no_draft: Option<String>,

    pub(super) visited: BTreeSet<Step>,
    /// The question whose problem was shown when the user wanted to go on; the second time they may.
    warned: Option<&'static str>,
    /// Everything said when it was last saved or opened.
    saved: Answers,
    /// Whether a key of the file was dropped since.
    was_dropped: bool,
    /// Whether to leave once the file has a name and is saved.
    then_leave: bool,
    pub(super) wants_preview: bool,
    pub(super) wants_draft: bool,
    pub(super) drawn: Drawn,
}

impl State {
    pub(super) fn new(interview: Interview, places: Places, left_behind: Vec<LeftBehind>) -> State {
        let saved = interview.said().clone();
        let popup = (!left_behind.is_empty()).then_some(Popup::Resume(0));
        let mut state = State {
            interview,
            typed: BTreeMap::new(),
            page: Page::Step(Step::Scenarios),
            focus: Focus::Body,
            editor: None,
            rail: 0,
            other: 0,
            item: 0,
            tab: Tab::Rules,
            line: 0,
            opened: None,
            popup,
            said: None,
            preview: Preview::default(),
            plan: None,
            stale: false,
            changes: Changes::default(),
            before: None,
            last_answered: None,
            files: None,
            files_due: true,
            saving: Saving::default(),
            place_inputs: [Input::new(places.answers.clone()), Input::new(places.out.clone())],
            places,
            progress: None,
            written: None,
            failures: Vec::new(),
            left_behind,
            no_draft: None,
            visited: BTreeSet::new(),
            warned: None,
            saved,
            was_dropped: false,
            then_leave: false,
            wants_preview: true,
            wants_draft: false,
            drawn: Drawn::default(),
        };
        // An answers file that was opened is looked at as a whole first.
        if *state.interview.said() != Answers::default() {
            state.visited.extend(state.steps());
            state.open_review();
        } else {
            state.show_question();
        }
        state
    }

    // What is asked.

    /// The steps that have a question.
    pub(super) fn steps(&self) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        for question in self.interview.questions(true) {
            if !steps.contains(&question.step) {
                steps.push(question.step);
            }
        }
        steps.sort();
        steps
    }

    /// Every page, in order.
    pub(super) fn pages(&self) -> Vec<Page> {
        self.steps().into_iter().map(Page::Step).chain([Page::Review, Page::Write]).collect()
    }

    /// The questions of a step that are asked now.
    pub(super) fn questions_of(&self, step: Step) -> Vec<&'static Question> {
        self.interview.questions(self.interview.more()).filter(|question| question.step == step).collect()
    }

    /// How many questions of a step are behind "more".
    pub(super) fn more_of(&self, step: Step) -> usize {
        self.interview.questions(true).filter(|question| question.step == step && question.more).count()
    }

    /// The question in front, on the page of a step.
    pub(super) fn question(&self) -> Option<&'static Question> {
        match self.page {
            Page::Step(_) => self.interview.current(),
            _ => None,
        }
    }

    /// Answers that are asked for, text that is none yet left out.
    pub(super) fn answers(&self) -> Answers {
        self.interview.answers()
    }

    /// The questions whose answer is missing.
    pub(super) fn missing(&self) -> Vec<&'static Question> {
        self.interview.missing()
    }

    /// What is wrong, without what is merely missing.
    pub(super) fn problems(&self) -> Vec<Problem> {
        let missing = self.missing();
        let is_missing = |problem: &Problem| missing.iter().any(|question| question.path == problem.place.path);
        let typed = self.typed.iter().map(|(path, (_, why))| Problem::at(path, why, ""));
        let asked = |problem: &Problem| self.interview.questions(true).any(|q| q.path == problem.place.path);
        let unfinished: Vec<Problem> = typed.filter(asked).collect();
        // Text that is no answer yet is wrong in one way only.
        let known = |problem: &Problem| unfinished.iter().any(|other| other.place.path == problem.place.path);
        let found = self.preview.problems.iter().filter(|problem| !is_missing(problem) && !known(problem)).cloned();
        unfinished.iter().cloned().chain(found).collect()
    }

    /// The problems of a step, by number: wrong, missing.
    pub(super) fn marks_of(&self, step: Step) -> (usize, usize) {
        let of = |question: Option<&'static Question>| question.is_some_and(|question| question.step == step);
        let wrong = self.problems().iter().filter(|problem| of(about(&problem.place.path))).count();
        let missing = self.missing().iter().filter(|question| of(Some(question))).count();
        (wrong, missing)
    }

    /// Whether something said is not in the answers file.
    pub(super) fn unsaved(&self) -> bool {
        *self.interview.said() != self.saved || !self.typed.is_empty() || self.saving.changes && self.was_dropped
    }

    pub(super) fn draft(&self) -> Draft {
        Draft {
            said: self.interview.said().clone(),
            typed: self.typed.iter().map(|(path, (text, _))| (path.clone(), text.clone())).collect(),
            at: self.interview.current().map_or(String::new(), |question| question.path.into()),
            more: self.interview.more(),
        }
    }

    /// Whether the preview's files are looked at.
    pub(super) fn wants_files(&self) -> bool {
        self.files_due && (self.tab == Tab::Files || matches!(self.page, Page::Review | Page::Write))
    }

    // What the program answers.

    pub(super) fn take_preview(&mut self, preview: Preview, saving: Saving) {
        self.wants_preview = false;
        self.saving = saving;
        self.files_due = true;
        self.stale = preview.plan.is_none() && self.plan.is_some();
        if let Some(plan) = &preview.plan {
            let title = self.last_answered.and_then(crate::question::find).map_or("", |question| question.title);
            self.changes = match &self.before {
                Some(before) => Changes::between(before, plan, title),
                None => Changes::default(),
            };
            self.plan = Some(plan.clone());
        }
        self.preview = Preview { plan: None, ..preview };
        if self.opened.is_none() {
            self.line = 0;
        }
    }

    pub(super) fn take_draft(&mut self, draft: Draft) {
        self.interview = Interview::start(draft.said);
        self.interview.ask_more(draft.more);
        self.typed.clear();
        for (path, text) in draft.typed {
            let why = crate::question::find(&path).and_then(|question| crate::question::typed(question, &text).err());
            self.typed.insert(path, (text, why.unwrap_or_else(|| "not finished".into())));
        }
        self.visited.extend(self.steps());
        self.wants_preview = true;
        self.wants_draft = true;
        if self.interview.go(&draft.at) {
            self.show_question();
        } else {
            self.open_review();
        }
    }

    /// Everything said is in the answers file now.
    pub(super) fn is_saved(&mut self) {
        self.saved = self.interview.said().clone();
        self.was_dropped = false;
        self.wants_preview = true;
        self.wants_draft = false;
    }

    pub(super) fn set_places(&mut self, places: &Places) {
        self.places = places.clone();
        self.place_inputs = [Input::new(places.answers.clone()), Input::new(places.out.clone())];
    }

    // Going about.

    fn open_review(&mut self) {
        (self.page, self.item, self.editor, self.focus) = (Page::Review, 0, None, Focus::Body);
    }

    pub(super) fn open_page(&mut self, page: Page) {
        self.keep_typed();
        match page {
            Page::Step(step) => {
                if self.interview.go_to_step(step) {
                    self.show_question();
                }
            }
            Page::Review => self.open_review(),
            Page::Write => {
                (self.page, self.item, self.editor, self.focus) = (Page::Write, 0, None, Focus::Body);
                if self.place_inputs[0].value().is_empty() {
                    let name = self.answers().name.unwrap_or_else(|| "answers".into());
                    self.place_inputs[0] = Input::new(format!("{name}.yaml"));
                }
                self.item = 2;
            }
        }
    }

    /// Shows the question that the interview has in front; past the last one, the review.
    pub(super) fn show_question(&mut self) {
        let Some(question) = self.interview.current() else { return self.open_review() };
        let typed = self.typed.get(question.path).map(|(text, _)| text.as_str());
        let answers = self.interview.answers();
        self.editor = Some(Editor::of(question, &answers, typed, self.interview.more()));
        self.page = Page::Step(question.step);
        self.focus = Focus::Body;
        self.visited.insert(question.step);
        self.other = self.questions_of(question.step).iter().position(|q| q.path == question.path).unwrap_or(0);
        self.warned = None;
        self.wants_draft = true;
    }

    fn go(&mut self, path: &str) {
        self.keep_typed();
        if self.interview.go(path) {
            self.show_question();
        }
    }

    fn next(&mut self) {
        self.interview.next();
        self.show_question();
    }

    fn back(&mut self) {
        self.keep_typed();
        match self.page {
            Page::Step(_) => {
                self.interview.back();
                self.show_question();
            }
            Page::Review => {
                self.interview.back();
                self.show_question();
            }
            Page::Write => self.open_review(),
        }
    }

    /// Takes what the editor holds as the answer; whether it is one.
    fn commit(&mut self) -> bool {
        let (Some(question), Some(editor)) = (self.question(), &self.editor) else { return true };
        let held = editor.held(question);
        let before = question.answer(self.interview.said());
        let known = self.typed.remove(question.path);
        let after = match held {
            Held::Answer(value) => Some(value),
            Held::None => None,
            Held::Unfinished(text, why) => {
                let entry = (text, why);
                self.wants_draft |= known.as_ref() != Some(&entry);
                self.typed.insert(question.path.into(), entry);
                return false;
            }
        };
        self.wants_draft |= known.is_some();
        if after != before {
            self.answer(question, after);
        }
        true
    }

    fn answer(&mut self, question: &'static Question, value: Option<Value>) {
        if self.last_answered != Some(question.path) {
            self.before = self.plan.clone();
            self.last_answered = Some(question.path);
        }
        match value {
            Some(value) => drop(self.interview.answer(question.path, value)),
            None => self.interview.clear(question.path),
        }
        self.wants_preview = true;
        self.wants_draft = true;
    }

    /// Text that is no answer is kept as it is, to be finished later.
    fn keep_typed(&mut self) {
        if self.editor.is_some() {
            self.commit();
        }
    }

    // Keys.

    pub(super) fn key(&mut self, key: KeyEvent) -> Option<Effect> {
        if key.kind == crossterm::event::KeyEventKind::Release {
            return None;
        }
        self.said = None;
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
            KeyCode::F(1) => self.popup = Some(Popup::Keys),
            KeyCode::Char('?') if !letters => self.popup = Some(Popup::Keys),
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

    pub(super) fn paste(&mut self, text: &str) {
        self.said = None;
        match (&mut self.popup, self.focus, self.page) {
            (Some(Popup::SaveAs(input, _)), ..) => paste_into(input, text),
            (Some(_), ..) => {}
            (None, Focus::Body, Page::Write) if self.item < 2 => paste_into(&mut self.place_inputs[self.item], text),
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

    pub(super) fn mouse(&mut self, event: MouseEvent) -> Option<Effect> {
        let point = Position { x: event.column, y: event.row };
        let hit = self.drawn.hits.iter().rev().find(|(area, _)| area.contains(point)).map(|(_, hit)| *hit);
        match event.kind {
            MouseEventKind::ScrollUp | MouseEventKind::ScrollDown => {
                let up = event.kind == MouseEventKind::ScrollUp;
                match hit {
                    Some(Hit::Preview | Hit::PreviewLine(_) | Hit::Tab(_)) => self.scroll(if up { -3 } else { 3 }),
                    Some(Hit::Item(_)) => self.item = if up { self.item.saturating_sub(1) } else { self.item + 1 },
                    _ => {}
                }
                self.item = self.item.min(self.items().saturating_sub(1));
                None
            }
            MouseEventKind::Down(MouseButton::Left) => self.click(hit?),
            _ => None,
        }
    }

    fn click(&mut self, hit: Hit) -> Option<Effect> {
        self.said = None;
        let enter = KeyEvent::from(KeyCode::Enter);
        if self.popup.is_some() {
            let Hit::PopupLine(line) = hit else { return None };
            if let Some(Popup::Leave(at) | Popup::Anew(at, _) | Popup::Resume(at)) = &mut self.popup {
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

    fn show_rail(&mut self) {
        self.keep_typed();
        self.rail = self.pages().iter().position(|page| *page == self.page).unwrap_or(0);
        self.focus = Focus::Rail;
    }

    fn escape(&mut self) {
        match self.focus {
            Focus::Preview if self.opened.is_some() => self.close(),
            Focus::Preview | Focus::Rail | Focus::Others => self.focus = Focus::Body,
            Focus::Body => {
                if !self.editor.as_mut().is_some_and(Editor::escape) {
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
        self.next();
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

    fn open_file(&mut self, index: usize) {
        if let Some(Ok(files)) = &self.files
            && let Some(file) = files.get(index)
        {
            let diff = !file.diff.is_empty() && file.state != "new";
            self.tab = Tab::Files;
            (self.opened, self.line, self.focus) = (Some(Opened::File { index, diff }), 0, Focus::Preview);
        }
    }

    // Review and writing.

    /// What the review lists and can be chosen, in order.
    pub(super) fn targets(&self) -> Vec<Target> {
        let mut targets = Vec::new();
        for problem in self.problems() {
            targets.push(self.target_of(&problem));
        }
        targets.extend(self.missing().iter().map(|question| Target::Question(question.path, None)));
        if self.saving.changes {
            targets.push(Target::Saving);
        }
        if let Some(Ok(files)) = &self.files {
            targets.extend((0..files.len()).map(Target::File));
        }
        targets.push(Target::Write);
        targets
    }

    /// Where a problem is mended.
    fn target_of(&self, problem: &Problem) -> Target {
        let path = &problem.place.path;
        if problem.what.starts_with("unknown key") || problem.what.contains("twice") && problem.place.line > 0 {
            return Target::Drop(problem.place.line, problem.place.column);
        }
        let row = path.split_once('[').and_then(|(_, rest)| rest.split_once(']')).and_then(|(row, _)| row.parse().ok());
        match about(path) {
            Some(question) if (question.asked)(self.interview.said()) => Target::Question(question.path, row),
            _ => Target::Elsewhere,
        }
    }

    /// How many lines of the page can be chosen.
    pub(super) fn items(&self) -> usize {
        match self.page {
            Page::Step(_) => 0,
            Page::Review => self.targets().len(),
            Page::Write => 3 + usize::from(self.written.is_some()),
        }
    }

    fn review_key(&mut self, key: KeyEvent) -> Option<Effect> {
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
                    self.was_dropped = true;
                    return Some(Effect::Drop(*line, *column));
                }
            }
            _ => {}
        }
        None
    }

    fn write_key(&mut self, key: KeyEvent) -> Option<Effect> {
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
                let mut line = super::editor::Line { input: self.place_inputs[self.item].clone() };
                let _ = line.key(key);
                self.place_inputs[self.item] = line.input;
            }
            _ => {}
        }
        None
    }

    /// Where the fields of the page of writing want things to go.
    pub(super) fn wanted_places(&self) -> Places {
        let text = |index: usize| self.place_inputs[index].value().trim().to_string();
        Places { answers: text(0), out: text(1) }
    }

    /// Where things go, or would.
    pub(super) fn wanted_or_places(&self) -> Places {
        let mut places = self.places.clone();
        if places.answers.is_empty() {
            places.answers = format!("{}.yaml", self.answers().name.unwrap_or_else(|| "answers".into()));
        }
        places
    }

    /// Files that only force replaces.
    pub(super) fn held_files(&self) -> usize {
        match &self.files {
            Some(Ok(files)) => files.iter().filter(|file| file.held).count(),
            _ => 0,
        }
    }

    fn write(&mut self) -> Option<Effect> {
        let (wrong, missing) = (self.problems().len(), self.missing().len());
        if wrong + missing > 0 {
            self.open_review();
            self.said = Some("first this: Enter leads to it".into());
            return None;
        }
        // What was edited by hand was shown on the page: the second Enter replaces it.
        let force = self.held_files() > 0;
        if self.saving.anew {
            self.popup = Some(Popup::Anew(0, Then::Write { force }));
            return None;
        }
        Some(Effect::Write { force })
    }

    /// Saves, after whatever must be asked first.
    fn save(&mut self, then: Then) -> Option<Effect> {
        if self.places.answers.is_empty() {
            let name = self.answers().name.unwrap_or_else(|| "answers".into());
            self.popup = Some(Popup::SaveAs(Input::new(format!("{name}.yaml")), String::new()));
            self.then_leave = then == Then::Leave;
            return None;
        }
        if self.saving.anew {
            self.popup = Some(Popup::Anew(0, then));
            return None;
        }
        Some(Effect::Save(then == Then::Leave))
    }

    fn leave(&mut self) -> Option<Effect> {
        self.keep_typed();
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
    pub(super) fn popup_choices(&self) -> Vec<String> {
        match &self.popup {
            Some(Popup::Leave(_)) => vec![
                "stay".into(),
                "save the answers, then leave".into(),
                "leave; the next start offers to go on from here".into(),
                "leave and throw away what is not saved".into(),
            ],
            Some(Popup::Anew(..)) => vec!["go back".into(), "save; the comments in the file go".into()],
            Some(Popup::Resume(_)) => self
                .left_behind
                .iter()
                .map(|draft| format!("go on: {}, {}", draft.what, draft.when))
                .chain(["start anew, and keep the drafts".into(), "start anew, and throw the drafts away".into()])
                .collect(),
            _ => Vec::new(),
        }
    }

    fn popup_key(&mut self, key: KeyEvent) -> Option<Effect> {
        let choices = self.popup_choices().len();
        let popup = self.popup.as_mut()?;
        if let Popup::Leave(at) | Popup::Anew(at, _) | Popup::Resume(at) = popup {
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
                    let mut line = super::editor::Line { input: input.clone() };
                    let _ = line.key(key);
                    *input = line.input;
                    refused.clear();
                }
            }
            (Popup::Keys | Popup::Message(..), _) => self.popup = None,
            (Popup::Leave(at), KeyCode::Enter) => {
                self.popup = None;
                match at {
                    0 => {}
                    1 => return self.save(Then::Leave),
                    2 => return Some(Effect::Leave(End::Kept)),
                    _ => return Some(Effect::Leave(End::Discarded)),
                }
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

    /// How a question stands, for the list of the step's questions.
    pub(super) fn standing(&self, question: &Question) -> (char, String) {
        if let Some((text, _)) = self.typed.get(question.path) {
            return ('!', text.clone());
        }
        let wrong = self.problems().iter().any(|p| about(&p.place.path).is_some_and(|q| q.path == question.path));
        let text = |value: &Value| match value {
            Value::Records(rows) => {
                let names: Vec<String> =
                    rows.iter().filter_map(|row| row.get("name")).map(ToString::to_string).collect();
                names.join(", ")
            }
            value => value.to_string(),
        };
        let (mark, text) = match self.interview.state(question) {
            interview::State::Answered(value) => ('✓', text(&value)),
            interview::State::Default(value) => ('·', text(&value)),
            interview::State::Missing => ('?', String::new()),
            interview::State::Open => ('·', String::new()),
        };
        (if wrong && mark != '?' { '!' } else { mark }, text)
    }
}

fn paste_into(input: &mut Input, text: &str) {
    let mut line = super::editor::Editor::Line(super::editor::Line { input: input.clone() });
    line.paste(text);
    if let Editor::Line(line) = line {
        *input = line.input;
    }
}
