//! The full screen. Keys change a `state`, drawing reads it, and [`run`] alone knows a terminal.

mod draw;
mod editor;
mod state;
mod terminal;
mod theme;

use super::{Draft, End, Program};
use crate::interview::Interview;
use crate::question::Answers;
use crossterm::event::Event;
use ratatui::Frame;
use state::{Effect, Popup, State};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use terminal::{Message, Terminal};
use theme::Theme;
use tui_input::Input;

/// How long what was said waits to be kept as a draft, so that not every letter is written to the disk.
const DRAFT_AFTER: Duration = Duration::from_millis(600);

/// Asks on the full screen; `monochrome` without any colour.
///
/// # Errors
///
/// The terminal failed.
pub fn run(program: &mut dyn Program, interview: Interview, monochrome: bool) -> std::io::Result<End> {
    let mut screen = Screen::new(program, interview, monochrome);
    let mut terminal = Terminal::take()?;
    let messages = terminal::messages()?;
    // Where the terminal is gone, what was said is not.
    converse(&mut screen, &mut terminal, &messages).inspect_err(|_| drop(screen.left()))
}

/// Draws, waits and reacts until the end.
fn converse(screen: &mut Screen, terminal: &mut Terminal, messages: &Receiver<Message>) -> std::io::Result<End> {
    let mut draft_since: Option<Instant> = None;
    loop {
        screen.settle_preview();
        terminal.screen.draw(|frame| screen.draw(frame))?;
        // All files take longer than a frame may: they follow when no key waits.
        let mut next = messages.try_recv().ok();
        if next.is_none() && screen.state.wants_files() {
            screen.settle();
            terminal.screen.draw(|frame| screen.draw(frame))?;
            next = messages.try_recv().ok();
        }
        draft_since = screen.state.wants_draft.then(|| draft_since.unwrap_or_else(Instant::now));
        let due = draft_since.map(|since| DRAFT_AFTER.saturating_sub(since.elapsed()));
        for message in wait(next, messages, due) {
            let end = match message {
                Message::Input(event) => match screen.event(event) {
                    Some(Effect::Suspend) => {
                        screen.keep_draft();
                        terminal.suspend()?;
                        None
                    }
                    Some(effect) => screen.perform(effect, &mut |state, theme| {
                        // What is written is written, also where the screen fails.
                        let _ = terminal.screen.draw(|frame| drop(draw::draw(state, theme, frame)));
                    }),
                    None => None,
                },
                Message::Suspend => {
                    screen.keep_draft();
                    terminal.suspend()?;
                    None
                }
                Message::Continue => {
                    terminal.take_again()?;
                    None
                }
                Message::End => Some(screen.left()),
                Message::Broken(error) => return Err(error),
            };
            if let Some(end) = end {
                return Ok(end);
            }
        }
        if draft_since.is_some_and(|since| since.elapsed() >= DRAFT_AFTER) {
            screen.keep_draft();
            draft_since = None;
        }
    }
}

/// Waits for something to happen, and takes all that happened: what follows from it is worked out once.
fn wait(next: Option<Message>, messages: &Receiver<Message>, due: Option<Duration>) -> Vec<Message> {
    let broken = || Message::Broken(std::io::Error::other("nothing can be read from the terminal any more"));
    let first = match (next, due) {
        (Some(next), _) => next,
        (None, Some(due)) => match messages.recv_timeout(due) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) => return Vec::new(),
            Err(RecvTimeoutError::Disconnected) => broken(),
        },
        (None, None) => messages.recv().unwrap_or_else(|_| broken()),
    };
    std::iter::once(first).chain(messages.try_iter()).collect()
}

/// The full screen without a terminal: what keys do to it, and how it looks.
pub struct Screen<'p> {
    state: State,
    theme: Theme,
    program: &'p mut dyn Program,
    /// The answers that the preview is of.
    previewed: Option<Answers>,
}

impl<'p> Screen<'p> {
    /// The screen at its start.
    pub fn new(program: &'p mut dyn Program, interview: Interview, monochrome: bool) -> Self {
        let state = State::new(interview, program.places().clone(), program.left_behind());
        Screen { state, theme: Theme::new(monochrome), program, previewed: None }
    }

    /// Everything said so far.
    pub fn said(&self) -> Draft {
        self.state.draft()
    }

    /// What the answers file would hold.
    pub fn answers(&self) -> Answers {
        self.state.answers()
    }

    /// Takes a key, a click, a paste or another size, and does what follows from it; the end, if it is one.
    pub fn handle(&mut self, event: Event) -> Option<End> {
        let end = self.react(event);
        self.settle();
        end
    }

    /// The same up to the next frame: the files of the new answers, which take longer, follow with [`Screen::settle`].
    pub fn react(&mut self, event: Event) -> Option<End> {
        let end = match self.event(event) {
            Some(effect) => self.perform(effect, &mut |_, _| ()),
            None => None,
        };
        self.settle_preview();
        end
    }

    /// Draws the screen as it is.
    pub fn draw(&mut self, frame: &mut Frame) {
        self.state.drawn = draw::draw(&self.state, self.theme, frame);
    }

    /// Works out what follows from the answers, where that is looked at and not known yet.
    pub fn settle(&mut self) {
        self.settle_preview();
        if self.state.wants_files() {
            self.compare();
        }
    }

    /// Compares with the folder that is named on the page of writing.
    fn compare(&mut self) {
        let out = self.state.wanted_places().out;
        self.state.files = Some(self.program.files(&self.state.answers(), &out));
        self.state.files_due = false;
    }

    fn settle_preview(&mut self) {
        if self.state.wants_preview {
            let answers = self.state.answers();
            if self.previewed.as_ref() == Some(&answers) {
                self.state.wants_preview = false;
                self.state.saving = self.program.saving(&answers);
            } else {
                let preview = self.program.preview(&answers);
                self.state.take_preview(preview, self.program.saving(&answers));
                self.previewed = Some(answers);
            }
        }
    }

    fn event(&mut self, event: Event) -> Option<Effect> {
        let effect = self.input(event);
        // Who is asked whether to leave is told whether there is a draft to come back to.
        if matches!(self.state.popup, Some(Popup::Leave(_))) && self.state.wants_draft {
            self.keep_draft();
        }
        effect
    }

    fn input(&mut self, event: Event) -> Option<Effect> {
        match event {
            Event::Key(key) => self.state.key(key),
            Event::Mouse(mouse) => self.state.mouse(mouse),
            Event::Paste(text) => {
                self.state.paste(&text);
                None
            }
            Event::Resize(..) | Event::FocusGained | Event::FocusLost => None,
        }
    }

    fn perform(&mut self, effect: Effect, show: &mut dyn FnMut(&State, Theme)) -> Option<End> {
        match effect {
            Effect::Save(leave) => {
                if let Err(problem) = self.save() {
                    let text = format!("{}: {}", problem.place, problem.what);
                    let text = text.trim_start_matches(": ").to_string();
                    match &mut self.state.popup {
                        Some(Popup::SaveAs(_, refused)) => *refused = format!("{text}; {}", problem.hint),
                        // Another name is the way out.
                        popup if problem.what.contains(crate::ui::CHANGED) => {
                            let name = Input::new(self.state.places.answers.clone());
                            *popup = Some(Popup::SaveAs(name, format!("{text}; {}", problem.hint)));
                            self.state.then_leave = leave;
                        }
                        popup => *popup = Some(Popup::Message("Not saved".into(), format!("{text}; {}", problem.hint))),
                    }
                    return None;
                }
                self.state.popup = None;
                self.state.said = Some(format!("saved as {}{}", self.state.places.answers, self.state.not_in_file()));
                leave.then_some(End::Saved)
            }
            Effect::Compare => {
                // What is replaced is what stands in that folder now, not what stood there, or in another, before.
                self.settle_preview();
                self.compare();
                if let Some(Effect::Write { force }) = self.state.compared() {
                    self.write(force, show);
                }
                None
            }
            Effect::Write { force } => {
                self.write(force, show);
                None
            }
            Effect::Drop(line, column) => {
                match self.program.drop_key(line, column) {
                    Ok(()) => self.state.was_dropped = true,
                    Err(problem) => {
                        let text = format!("{}; {}", problem.what, problem.hint);
                        self.state.popup = Some(Popup::Message("Not dropped".into(), text));
                    }
                }
                self.previewed = None;
                self.state.wants_preview = true;
                None
            }
            Effect::Resume(id) => {
                match self.program.resume(&id) {
                    Ok(draft) => {
                        self.state.take_draft(draft);
                        let places = self.program.places().clone();
                        self.state.set_places(&places);
                        self.previewed = None;
                    }
                    Err(problem) => {
                        self.state.popup = Some(Popup::Message("The draft is lost".into(), problem.what));
                    }
                }
                None
            }
            Effect::Discard(ids) => {
                ids.iter().for_each(|id| self.program.discard(id));
                None
            }
            Effect::Suspend => None,
            Effect::Leave(End::Kept) => Some(self.left()),
            Effect::Leave(end @ End::Discarded) => {
                self.program.forget();
                Some(end)
            }
            Effect::Leave(end) if self.state.needs_draft() => {
                self.keep_draft();
                Some(end)
            }
            Effect::Leave(end) => {
                self.program.forget();
                Some(end)
            }
        }
    }

    fn save(&mut self) -> Result<(), crate::problem::Problem> {
        let mut wanted = self.state.wanted_places();
        if wanted.out.is_empty() {
            wanted.out = self.state.places.out.clone();
        }
        if wanted != *self.program.places() {
            self.program.choose_places(wanted)?;
            self.previewed = None;
        }
        let places = self.program.places().clone();
        self.state.set_places(&places);
        // A name under which nothing could be saved is asked for again.
        self.state.asks_name = true;
        self.program.save(&self.state.answers())?;
        self.state.is_saved();
        // Saving removed the draft, with what the file does not hold.
        self.keep_draft();
        Ok(())
    }

    fn write(&mut self, force: bool, show: &mut dyn FnMut(&State, Theme)) {
        self.state.failures.clear();
        self.state.written = None;
        let wanted = self.state.wanted_places();
        if wanted != *self.program.places() {
            if let Err(problem) = self.program.choose_places(wanted) {
                self.state.failures = vec![problem];
                return;
            }
            let places = self.program.places().clone();
            self.state.set_places(&places);
        }
        let answers = self.state.answers();
        let (state, theme) = (&mut self.state, self.theme);
        let result = self.program.write(&answers, force, &mut |done, total, what| {
            state.progress = Some((done, total, what.to_string()));
            show(state, theme);
        });
        match result {
            Ok(written) => {
                if let Some((_, total, _)) = state.progress {
                    state.progress = Some((total, total, "done".into()));
                }
                state.written = Some(written);
                state.item = 3;
                state.is_saved();
                self.keep_draft();
            }
            Err(problems) => (state.failures, state.progress) = (problems, None),
        }
        self.previewed = None;
        self.state.wants_preview = true;
        self.state.files_due = true;
    }

    fn keep_draft(&mut self) {
        self.state.wants_draft = false;
        if !self.state.needs_draft() {
            self.program.forget();
            return;
        }
        self.state.no_draft = self.program.keep(&self.state.draft()).err().map(|problem| problem.what);
    }

    /// How it ends where nobody could be asked, or wants to be.
    fn left(&mut self) -> End {
        let unsaved = self.state.unsaved();
        self.keep_draft();
        match (unsaved, &self.state.written) {
            (true, _) => End::Kept,
            (false, Some(written)) => End::Written(written.clone()),
            (false, None) => End::Saved,
        }
    }
}
