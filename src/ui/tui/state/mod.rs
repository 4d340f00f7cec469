//! What the screen shows, as a plain value: keys change it, drawing reads it, and neither knows a terminal.

mod keys;
mod pages;

use super::editor::{Editor, Held};
use crate::interview::{self, Interview};
use crate::problem::Problem;
use crate::question::{Answers, Kind, Question, Step, Value, about};
use crate::ui::changes::Changes;
use crate::ui::review;
use crate::ui::{Draft, End, File, LeftBehind, Places, PlanInWords, Preview, Saving, Written};
use ratatui::layout::Rect;
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
    /// The key sheet, and how far it is scrolled.
    Keys(usize),
    /// Leave, although something is not saved?
    Leave(usize),
    /// The name of the answers file, and why the last one was refused.
    SaveAs(Input, String),
    /// Files that netcordon did not write are replaced: write all the same?
    Replace(usize),
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
    /// Compare with the folder to be written, then ask what must be asked, or write.
    Compare,
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
    /// How far up and down the page can be moved from where it is.
    pub(super) page: (usize, usize),
    /// How many lines of what lies over the screen do not show.
    pub(super) hidden: usize,
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
    /// How many lines the wheel moved the page, until the next key.
    pub(super) scrolled: isize,
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
    /// The answer of the question in front before anything was typed.
    before_typing: Option<Value>,
    /// The question whose problem was shown when the user wanted to go on; the second time they may.
    warned: Option<&'static str>,
    /// Whether the review led to the question in front, so that Enter leads back there.
    pub(super) from_review: bool,
    /// Everything said when it was last saved or opened.
    saved: Answers,
    /// Whether the last save left out answers that are not asked now.
    left_out: bool,
    /// Whether a key of the file was dropped since.
    pub(super) was_dropped: bool,
    /// Whether the last save failed, so that the next one asks for the name.
    pub(super) asks_name: bool,
    /// Whether to leave once the file has a name and is saved.
    pub(super) then_leave: bool,
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
            scrolled: 0,
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
            before_typing: None,
            warned: None,
            from_review: false,
            saved,
            left_out: false,
            was_dropped: false,
            asks_name: false,
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
        let unfinished = self.typed.iter().map(|(path, (_, why))| Problem::at(path, why, "")).collect();
        review::problems(&self.interview, &self.preview.problems, unfinished)
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

    /// Whether something said is in no file, so that only a draft keeps it.
    pub(super) fn needs_draft(&self) -> bool {
        self.unsaved() || self.left_out
    }

    /// What the file lacks of what was said, in words; empty if it lacks nothing.
    pub(super) fn not_in_file(&self) -> String {
        let parked = self.interview.parked();
        let lacks = |paths: Vec<&str>, why: &str| match paths.is_empty() {
            true => String::new(),
            false => format!("; {why}, and kept as a draft: {}", paths.join(", ")),
        };
        lacks(self.typed.keys().map(String::as_str).collect(), "not finished")
            + &lacks(parked.iter().map(|question| question.path).collect(), "not asked now")
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
            let why = crate::question::find(&path)
                .filter(|question| !matches!(question.kind, Kind::Pairs | Kind::Records(_)))
                .and_then(|question| crate::question::typed(question, &text).err());
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
        self.left_out = !self.interview.parked().is_empty();
        self.asks_name = false;
        self.before_typing = self.question().and_then(|question| question.answer(self.interview.said()));
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
        (self.from_review, self.scrolled) = (false, 0);
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
        self.before_typing = question.answer(self.interview.said());
        self.editor = Some(Editor::of(question, &answers, typed, self.interview.more()));
        self.page = Page::Step(question.step);
        self.focus = Focus::Body;
        self.visited.insert(question.step);
        self.other = self.questions_of(question.step).iter().position(|q| q.path == question.path).unwrap_or(0);
        (self.warned, self.from_review, self.scrolled) = (None, false, 0);
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
            Page::Step(_) if self.from_review => self.open_review(),
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
                // On the way to `10.99.0.0/16` the text was `10.99.0.0`, an answer that nobody gave.
                if matches!(self.editor, Some(Editor::Line(_))) && before != self.before_typing {
                    self.answer(question, self.before_typing.clone());
                }
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

    /// How a question stands, for the list of the step's questions.
    pub(super) fn standing(&self, question: &Question) -> (char, String) {
        if let Some((text, why)) = self.typed.get(question.path) {
            // A table is kept in a form of its own, which says nothing to a reader.
            let table = matches!(question.kind, Kind::Pairs | Kind::Records(_));
            return ('!', if table { why.clone() } else { text.clone() });
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
