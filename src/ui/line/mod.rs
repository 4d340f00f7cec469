//! Line mode: the same questions in the same words, one at a time and in order, then the review. One loop, and two ways to
//! ask: `prompts` where the terminal can move its cursor, `plain` where it cannot or must not.

mod ask;
mod console;
mod plain;
mod prompts;
mod questions;
mod review;
mod rows;
mod signals;

use super::review::{self as mending, Mend};
use super::{Draft, End, PlanInWords, Preview, Program};
use crate::interview::Interview;
use crate::problem::Problem;
use crate::question::{Answers, Question, Step};
use ask::{Ask, Form, Prompt, Reply};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Write, stdout};

/// How a terminal is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Lists to choose from with arrows; `monochrome` without any colour.
    Prompts {
        /// Whether no colour is wanted.
        monochrome: bool,
    },
    /// For screen readers, serial consoles and terminals without cursor movement: numbered choices, answers read line by line,
    /// nothing redrawn.
    Plain,
}

/// Asks on the terminal line by line, from the question in front of the interview.
///
/// # Errors
///
/// The terminal failed.
pub fn run(program: &mut dyn Program, interview: Interview, manner: Manner) -> io::Result<End> {
    match manner {
        Manner::Prompts { monochrome } => Session::run(program, interview, &mut prompts::Prompts::new(monochrome)?),
        Manner::Plain => run_over(program, interview, console::Console::new()?, stdout()),
    }
}

/// The plain prompts over any input and output.
///
/// # Errors
///
/// The output failed.
pub fn run_over(
    program: &mut dyn Program,
    interview: Interview,
    input: impl BufRead,
    output: impl Write,
) -> io::Result<End> {
    Session::run(program, interview, &mut plain::Plain::new(input, output))
}

/// Something that is asked on the way to the review.
#[derive(Clone, Copy)]
enum Spot {
    Question(&'static Question),
    /// Whether to see the questions of a step that are for special cases.
    More(Step),
}

impl PartialEq for Spot {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Spot::Question(one), Spot::Question(two)) => one.path == two.path,
            (Spot::More(one), Spot::More(two)) => one == two,
            _ => false,
        }
    }
}

/// Where to go from what was asked.
enum Turn {
    On,
    Back,
    /// The same once more.
    Again,
    End(End),
}

/// A wizard under way.
struct Session<'a> {
    program: &'a mut dyn Program,
    ask: &'a mut dyn Ask,
    interview: Interview,
    /// Text that is no answer, from a draft of the full screen.
    typed: BTreeMap<String, String>,
    /// What was asked, in order.
    asked: Vec<Spot>,
    /// The steps of which the questions for special cases are asked as well.
    more: BTreeSet<Step>,
    /// Where somebody went by themselves, to come back from.
    visiting: Option<Spot>,
    step: Option<Step>,
    preview: Preview,
    /// The last plan there was.
    plan: Option<PlanInWords>,
    /// Everything said when it was last saved or opened.
    saved: Answers,
    /// Whether something beside the answers is not saved: a key of the file was dropped, or a draft taken over.
    is_touched: bool,
    kept: Option<Draft>,
    /// Whether the last save left out answers that are not asked now: they are in the draft alone.
    left_out: bool,
    told_no_draft: bool,
    /// The answers that the review was last shown of.
    reviewed: Option<Answers>,
}

impl<'a> Session<'a> {
    fn run(program: &'a mut dyn Program, interview: Interview, ask: &'a mut dyn Ask) -> io::Result<End> {
        let saved = interview.said().clone();
        let opened = saved != Answers::default();
        let mut session = Session {
            program,
            ask,
            interview,
            typed: BTreeMap::new(),
            asked: Vec::new(),
            more: BTreeSet::new(),
            visiting: None,
            step: None,
            preview: Preview::default(),
            plan: None,
            saved,
            is_touched: false,
            kept: None,
            left_out: false,
            told_no_draft: false,
            reviewed: None,
        };
        session.say(session.ask.keys())?;
        if let Some(end) = session.offer_to_resume()? {
            return Ok(end);
        }
        // An answers file that was opened is looked at as a whole first.
        if opened && session.asked.is_empty() {
            session.skip_to(None);
        }
        session.refresh();
        session.questions()
    }

    /// From question to question, to the review, to the end.
    fn questions(&mut self) -> io::Result<End> {
        loop {
            let turn = match self.next() {
                Some(spot) => {
                    let turn = self.put(spot)?;
                    match turn {
                        Turn::On => {
                            self.visiting = None;
                            self.asked.push(spot);
                        }
                        Turn::Back if self.visiting == Some(spot) => {
                            self.visiting = None;
                            self.asked.push(spot);
                            continue;
                        }
                        _ => {}
                    }
                    turn
                }
                None => self.review()?,
            };
            match turn {
                Turn::End(end) => return Ok(end),
                Turn::Back => self.back()?,
                Turn::On | Turn::Again => {}
            }
        }
    }

    /// Everything that is asked on the way to the review, in order: each step's usual questions, then the others.
    fn way(&self) -> Vec<Spot> {
        let mut steps: Vec<Step> = self.interview.questions(true).map(|question| question.step).collect();
        steps.sort();
        steps.dedup();
        let mut way = Vec::new();
        for step in steps {
            let of = |more: bool| {
                self.interview.questions(true).filter(move |question| question.step == step && question.more == more)
            };
            way.extend(of(false).map(Spot::Question));
            if of(true).next().is_some() {
                way.push(Spot::More(step));
            }
            if self.more.contains(&step) {
                way.extend(of(true).map(Spot::Question));
            }
        }
        way
    }

    fn next(&self) -> Option<Spot> {
        self.way().into_iter().find(|spot| !self.asked.contains(spot))
    }

    /// Back to what was asked before and still is.
    fn back(&mut self) -> io::Result<()> {
        let way = self.way();
        loop {
            match self.asked.pop() {
                Some(spot) if way.contains(&spot) => return Ok(()),
                Some(_) => {}
                None => return self.say("This is the first question."),
            }
        }
    }

    /// Takes everything up to a question as asked; without one, everything.
    fn skip_to(&mut self, path: Option<&str>) {
        let answered = |question: &&Question| question.more && question.answer(self.interview.said()).is_some();
        self.more.extend(self.interview.questions(true).filter(answered).map(|question| question.step));
        if let Some(question) = path.and_then(crate::question::find).filter(|question| question.more) {
            self.more.insert(question.step);
        }
        let way = self.way();
        let at = |spot: &Spot| matches!(spot, Spot::Question(question) if Some(question.path) == path);
        let end = way.iter().position(at).unwrap_or(if path.is_some() { 0 } else { way.len() });
        self.asked = way[..end].to_vec();
    }

    /// Goes to a question by itself: what comes after it is not asked again.
    fn visit(&mut self, question: &'static Question) {
        if question.more && !self.more.contains(&question.step) {
            self.more.insert(question.step);
            let others = self
                .way()
                .into_iter()
                .filter(|spot| matches!(spot, Spot::Question(other) if other.step == question.step && other.more));
            self.asked.extend(others);
        }
        let spot = Spot::Question(question);
        self.asked.retain(|asked| *asked != spot);
        self.visiting = Some(spot);
    }

    fn put(&mut self, spot: Spot) -> io::Result<Turn> {
        let step = match spot {
            Spot::Question(question) => question.step,
            Spot::More(step) => step,
        };
        if self.step != Some(step) {
            self.step = Some(step);
            self.say(&format!("\n{}", step.title()))?;
        }
        match spot {
            Spot::Question(question) => self.question(question),
            Spot::More(step) => self.ask_more(step),
        }
    }

    /// Asks, with everything said so far kept before anybody answers.
    fn ask(&mut self, prompt: &Prompt) -> io::Result<Reply> {
        self.keep()?;
        self.ask.ask(prompt)
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        self.ask.say(text)
    }

    fn say_problem(&mut self, problem: &Problem) -> io::Result<()> {
        let place = if problem.place.path.is_empty() { String::new() } else { format!("{}: ", problem.place.path) };
        self.say(&crate::problem::printable(&format!("! {place}{}", problem.what)))?;
        if problem.hint.is_empty() {
            Ok(())
        } else {
            self.say(&format!("  hint: {}", crate::problem::printable(&problem.hint)))
        }
    }

    /// A choice that is no question of the answers file.
    fn choose(&mut self, title: &str, help: &str, options: Vec<(String, String)>, at: usize) -> io::Result<Reply> {
        let form = Form::One { options, at: Some(at) };
        let reply = self.ask(&Prompt { title: title.into(), help: help.into(), more: Vec::new(), form })?;
        Ok(if reply == Reply::Keep { Reply::One(at) } else { reply })
    }

    // What follows from the answers.

    fn refresh(&mut self) {
        let answers = self.interview.answers();
        self.preview = self.program.preview(&answers);
        if self.preview.plan.is_some() {
            self.plan = self.preview.plan.clone();
        }
    }

    /// What is wrong, without what is merely missing.
    fn problems(&self) -> Vec<Problem> {
        let unfinished = self.typed.keys().map(|path| Problem::at(path, "not finished", "")).collect();
        mending::problems(&self.interview, &self.preview.problems, unfinished)
    }

    fn problems_of(&self, question: &Question) -> Vec<Problem> {
        let of = |problem: &Problem| matches!(mending::mend(problem, self.interview.said()), Mend::Question(path, _) if path == question.path);
        self.problems().into_iter().filter(of).collect()
    }

    // Drafts, and the ways to leave.

    fn unsaved(&self) -> bool {
        *self.interview.said() != self.saved || !self.typed.is_empty() || self.is_touched
    }

    fn draft(&self) -> Draft {
        let at = match self.visiting.or_else(|| self.next()) {
            Some(Spot::Question(question)) => question.path.to_string(),
            _ => String::new(),
        };
        Draft { said: self.interview.said().clone(), typed: self.typed.clone(), at, more: !self.more.is_empty() }
    }

    /// Keeps what was said, or forgets it where nothing is worth keeping.
    fn keep(&mut self) -> io::Result<()> {
        if !(self.unsaved() || self.left_out) {
            if self.kept.take().is_some() {
                self.program.forget();
            }
            return Ok(());
        }
        let draft = self.draft();
        if self.kept.as_ref() == Some(&draft) {
            return Ok(());
        }
        match self.program.keep(&draft) {
            Ok(()) => self.kept = Some(draft),
            Err(problem) if !self.told_no_draft => {
                self.told_no_draft = true;
                self.say_problem(&problem)?;
            }
            Err(_) => {}
        }
        Ok(())
    }

    fn offer_to_resume(&mut self) -> io::Result<Option<End>> {
        let drafts = self.program.left_behind();
        if drafts.is_empty() {
            return Ok(None);
        }
        let go_on = |(index, draft): (usize, &super::LeftBehind)| {
            (format!("go on {}", index + 1), format!("{}, {}", draft.what, draft.when))
        };
        let mut options: Vec<(String, String)> = drafts.iter().enumerate().map(go_on).collect();
        options.push(("anew".into(), "start anew, and keep the drafts".into()));
        options.push(("throw away".into(), "start anew, and throw the drafts away".into()));
        loop {
            let help = "A wizard ended without saving. What it was told is still there.";
            let turn = match self.choose("Go on where you were?", help, options.clone(), 0)? {
                Reply::One(at) if at < drafts.len() => match self.program.resume(&drafts[at].id) {
                    Ok(draft) => {
                        self.take_draft(draft);
                        return Ok(None);
                    }
                    Err(problem) => {
                        self.say_problem(&problem)?;
                        return Ok(None);
                    }
                },
                Reply::One(at) => {
                    if at > drafts.len() {
                        drafts.iter().for_each(|draft| self.program.discard(&draft.id));
                    }
                    return Ok(None);
                }
                Reply::Leave => self.leave()?,
                Reply::End => Turn::End(self.ended()?),
                _ => Turn::Again,
            };
            if let Turn::End(end) = turn {
                return Ok(Some(end));
            }
        }
    }

    fn take_draft(&mut self, draft: Draft) {
        self.interview = Interview::start(draft.said);
        self.typed = draft.typed;
        // At its end it was in review.
        self.skip_to(Some(draft.at.as_str()).filter(|at| !at.is_empty()));
        // What it belongs to may have been saved since it was opened here: that is found out on saving.
        self.kept = Some(self.draft());
        self.is_touched = true;
    }

    /// Somebody wants to leave: asks once, if something would be lost.
    fn leave(&mut self) -> io::Result<Turn> {
        if !self.unsaved() {
            return Ok(Turn::End(End::Saved));
        }
        self.keep()?;
        let option = |(word, means): (&str, &str)| (word.to_string(), means.to_string());
        let kept = if self.told_no_draft {
            "leave; what is not saved is lost, for no draft can be kept"
        } else {
            "leave; the next start offers to go on from here"
        };
        let options = [
            ("stay", ""),
            ("save", "save the answers, then leave"),
            ("keep", kept),
            ("throw away", "leave and throw away what is not saved"),
        ];
        match self.choose("Something is not saved yet", "", options.map(option).to_vec(), 0)? {
            Reply::One(1) => Ok(match self.save()? {
                Turn::On => Turn::End(End::Saved),
                turn => turn,
            }),
            // Nothing would be kept: that takes a choice.
            Reply::Leave if self.told_no_draft => Ok(Turn::Again),
            Reply::One(2) | Reply::Leave => {
                self.keep()?;
                Ok(Turn::End(End::Kept))
            }
            Reply::One(3) => {
                self.program.forget();
                Ok(Turn::End(End::Discarded))
            }
            Reply::End => Ok(Turn::End(self.ended()?)),
            _ => Ok(Turn::Again),
        }
    }

    /// Nothing more can be asked.
    fn ended(&mut self) -> io::Result<End> {
        // Whoever reads this may be gone: what counts is kept.
        let kept = self.keep();
        let unsaved = self.unsaved();
        let _ = self.say(if unsaved {
            "The input has ended before the answers were saved."
        } else if !self.program.left_behind().is_empty() {
            "The input has ended; the drafts are kept, and offered at the next start."
        } else {
            "The input has ended; nothing is unsaved."
        });
        kept?;
        Ok(if unsaved { End::Kept } else { End::Saved })
    }

    /// What becomes of a reply that is no answer.
    fn elsewhere(&mut self, reply: &Reply) -> io::Result<Turn> {
        match reply {
            Reply::Back => Ok(Turn::Back),
            Reply::Leave => self.leave(),
            Reply::End => Ok(Turn::End(self.ended()?)),
            Reply::Keep | Reply::Line(_) | Reply::One(_) | Reply::Several(_) => Ok(Turn::Again),
        }
    }
}
