//! The review: what was said, what is wrong, what it comes to; then where it goes, saving and writing.

use super::ask::{Check, Form, NEEDED, Prompt, Reply};
use super::questions::reach;
use super::{Session, Turn};
use crate::interview::State;
use crate::problem::Problem;
use crate::question::{Question, Step, Value};
use crate::ui::review::{Mend, mend};
use crate::ui::text::{count, thousands};
use crate::ui::{End, File, Group, Places};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// What can be done in review.
#[derive(Clone)]
enum Act {
    Visit(&'static Question),
    Drop(usize, usize),
    Write,
    Save,
    Change,
    Show,
    Leave,
}

/// What can be read in full.
const SHOWN: [(&str, &str); 8] = [
    ("rules", "the rules of every NSG"),
    ("firewall", "what the firewall is to hold"),
    ("routes", "the routes of every route table"),
    ("warnings", "what you should know"),
    ("proof", "what the plan's own check found"),
    ("map", "subnets, firewall and flows"),
    ("files", "every file of the folder, and what becomes of it"),
    ("saving", "what saving changes in the answers file"),
];

impl Session<'_> {
    pub(super) fn review(&mut self) -> io::Result<Turn> {
        self.step = None;
        let answers = self.interview.answers();
        let out = self.program.places().out.clone();
        let files = self.program.files(&answers, &out);
        if self.reviewed.as_ref() != Some(&answers) {
            self.say_review(&files)?;
            self.reviewed = Some(answers);
        }
        let acts = self.acts(&files);
        let options = acts.iter().map(|(_, word, means)| (word.clone(), means.clone())).collect();
        let act = match self.choose("Review: what now?", "", options, 0)? {
            Reply::One(at) => acts.get(at).map(|(act, ..)| act.clone()),
            other => return self.elsewhere(&other),
        };
        match act {
            Some(Act::Visit(question)) => self.visit(question),
            Some(Act::Drop(line, column)) => {
                match self.program.drop_key(line, column) {
                    Ok(()) => (self.is_touched, self.reviewed) = (true, None),
                    Err(problem) => self.say_outside(&problem)?,
                }
                self.refresh();
            }
            Some(Act::Write) => return self.write(),
            Some(Act::Save) => {
                return self.save().map(|turn| if matches!(turn, Turn::On) { Turn::Again } else { turn });
            }
            Some(Act::Change) => return self.change(),
            Some(Act::Show) => return self.show(&files),
            Some(Act::Leave) => return self.leave(),
            None => {}
        }
        Ok(Turn::Again)
    }

    /// What can be done now, most likely first.
    fn acts(&self, files: &Result<Vec<File>, Vec<Problem>>) -> Vec<(Act, String, String)> {
        let mut acts: Vec<(Act, String, String)> = Vec::new();
        let mut visits: Vec<&'static str> = Vec::new();
        for problem in self.problems() {
            match mend(&problem, self.interview.said()) {
                Mend::Question(path, _) if !visits.contains(&path) => {
                    visits.push(path);
                    if let Some(question) = crate::question::find(path) {
                        acts.push((Act::Visit(question), path.into(), format!("mend: {}", problem.what)));
                    }
                }
                Mend::Drop(line, column) => {
                    let word = format!("drop line {line}");
                    acts.push((Act::Drop(line, column), word, format!("{}; it is kept otherwise", problem.what)));
                }
                _ => {}
            }
        }
        for question in self.interview.missing() {
            if !visits.contains(&question.path) {
                acts.push((Act::Visit(question), question.path.into(), format!("answer: {}", question.title)));
            }
        }
        let mut add = |act: Act, word: &str, means: String| acts.push((act, word.into(), means));
        if self.problems().is_empty() && self.interview.missing().is_empty() && files.is_ok() {
            add(Act::Write, "write", "save the answers, then write the folder".into());
        }
        if self.unsaved() || self.program.saving(&self.interview.answers()).changes {
            add(Act::Save, "save", "save the answers and write nothing else".into());
        }
        add(Act::Change, "change", "another answer".into());
        add(Act::Show, "show", "rules, routes, warnings, proof, files".into());
        add(Act::Leave, "leave", if self.unsaved() { "asks first what becomes of the answers" } else { "" }.into());
        acts
    }

    fn say_review(&mut self, files: &Result<Vec<File>, Vec<Problem>>) -> io::Result<()> {
        self.say("\nReview")?;
        self.say_answers()?;
        let problems = self.problems();
        if !problems.is_empty() {
            self.say(&format!("\nWhat is wrong ({})", problems.len()))?;
            for problem in &problems {
                let elsewhere = mend(problem, self.interview.said()) == Mend::Elsewhere;
                self.say_problem(problem)?;
                if elsewhere {
                    self.say("  no question is about this: mend it in the file")?;
                }
            }
        }
        let missing = self.interview.missing();
        if !missing.is_empty() {
            self.say(&format!("\nTo be answered ({})", missing.len()))?;
            for question in &missing {
                self.say(&format!("  {}: {}", question.step.title(), question.title))?;
            }
        }
        if problems.is_empty() && missing.is_empty() {
            self.say("\nNothing is wrong and nothing is missing.")?;
        }
        if let Some(plan) = self.plan.clone() {
            let stale = self.preview.plan.is_none();
            let stand_ins = !self.preview.stand_ins.is_empty();
            let of = match (stale, stand_ins) {
                (true, _) => ", of earlier answers",
                (false, true) => ", with stand-ins for what is not answered yet",
                (false, false) => "",
            };
            let numbers: Vec<String> = plan.numbers.iter().map(|(what, number)| count(*number, what)).collect();
            self.say(&format!("\nThe plan in numbers{of}"))?;
            self.say(&format!("  {}", numbers.join(", ")))?;
            for subnet in &plan.exposure {
                self.say(&format!("  {} can reach {}", subnet.subnet, reach(subnet)))?;
            }
            if !plan.warnings.is_empty() {
                self.say(&format!("\nWarnings ({})", plan.warnings.len()))?;
                for warning in &plan.warnings {
                    self.say(&format!("- {}: {}", warning.what, warning.consequence))?;
                }
            }
        }
        let parked: Vec<&str> = self.interview.parked().iter().map(|question| question.path).collect();
        if !parked.is_empty() {
            self.say("\nAnswered and not asked now")?;
            self.say(&format!("  {}: kept while you are here, and left out of the file", parked.join(", ")))?;
        }
        self.say_places(files)
    }

    /// Every answer that was given; what holds by default is in the questions.
    fn say_answers(&mut self) -> io::Result<()> {
        let mut last: Option<Step> = None;
        let mut questions: Vec<&'static Question> = self.interview.questions(true).collect();
        questions.sort_by_key(|question| question.step);
        for question in questions {
            let State::Answered(value) = self.interview.state(question) else { continue };
            if last != Some(question.step) {
                last = Some(question.step);
                self.say(&format!("\n{}", question.step.title()))?;
            }
            self.say(&format!("  {}: {}", question.path, in_words(&value)))?;
        }
        Ok(())
    }

    fn say_places(&mut self, files: &Result<Vec<File>, Vec<Problem>>) -> io::Result<()> {
        let places = self.program.places().clone();
        let saving = self.program.saving(&self.interview.answers());
        let name = if places.answers.is_empty() { "it has no name yet" } else { &places.answers };
        let state = match (saving.changes || self.unsaved(), saving.anew) {
            (true, true) => "not saved yet; a change does not fit its line, and comments go",
            (true, false) => "not saved yet",
            (false, _) => "saved",
        };
        self.say("\nThe answers file")?;
        self.say(&format!("  {name}; {state}"))?;
        match files {
            Ok(files) => {
                let mut states: BTreeMap<&str, usize> = BTreeMap::new();
                for file in files {
                    *states.entry(file.state).or_default() += 1;
                }
                let states: Vec<String> =
                    states.iter().map(|(state, number)| format!("{} {state}", thousands(*number as u64))).collect();
                self.say(&format!("\nFiles in {}", places.out))?;
                self.say(&format!("  {}: {}", count(files.len(), "file"), states.join(", ")))?;
                for file in files.iter().filter(|file| !["new", "unchanged"].contains(&file.state)) {
                    self.say(&format!("  {}: {}", file.path, file.state))?;
                }
            }
            Err(problems) if self.problems().is_empty() && self.interview.missing().is_empty() => {
                self.say("\nFiles")?;
                for problem in problems {
                    self.say_problem(problem)?;
                }
            }
            Err(_) => {}
        }
        self.say("\nThe same without questions")?;
        let places = self.wanted_places();
        self.say(&format!("  {}", places.command()))
    }

    /// Where things go, or would.
    fn wanted_places(&self) -> Places {
        let mut places = self.program.places().clone();
        if places.answers.is_empty() {
            places.answers = format!("{}.yaml", self.interview.answers().name.unwrap_or_else(|| "answers".into()));
        }
        places
    }

    /// Chooses an answer to change: its step, then the question.
    fn change(&mut self) -> io::Result<Turn> {
        let mut steps: Vec<Step> = self.interview.questions(true).map(|question| question.step).collect();
        steps.sort();
        steps.dedup();
        let words = steps.iter().map(|step| (step.title().to_string(), String::new())).collect();
        let step = match self.choose("Which part?", "", words, 0)? {
            Reply::One(at) => steps.get(at).copied(),
            Reply::Back => return Ok(Turn::Again),
            other => return self.elsewhere(&other),
        };
        let questions: Vec<&'static Question> =
            self.interview.questions(true).filter(|question| Some(question.step) == step).collect();
        let word = |question: &&'static Question| {
            let now = match self.interview.state(question) {
                State::Answered(value) => in_words(&value),
                State::Default(value) => format!("{}, by default", in_words(&value)),
                State::Missing => "to answer".into(),
                State::Open => "open".into(),
            };
            (question.path.to_string(), format!("{}: {now}", question.title.trim_end_matches('?')))
        };
        let words = questions.iter().map(word).collect();
        match self.choose("Which answer?", "", words, 0)? {
            Reply::One(at) => questions.get(at).into_iter().for_each(|question| self.visit(question)),
            Reply::Back => {}
            other => return self.elsewhere(&other),
        }
        Ok(Turn::Again)
    }

    /// Shows something in full, as often as wanted.
    fn show(&mut self, files: &Result<Vec<File>, Vec<Problem>>) -> io::Result<Turn> {
        loop {
            let options = SHOWN.iter().map(|(word, means)| ((*word).to_string(), (*means).to_string()));
            let options = options.chain([("done".to_string(), "back to the review".to_string())]).collect();
            let word = match self.choose("What is to be shown?", "", options, SHOWN.len())? {
                Reply::One(at) => SHOWN.get(at).map(|(word, _)| *word),
                Reply::Back => None,
                other => return self.elsewhere(&other),
            };
            let Some(word) = word else { return Ok(Turn::Again) };
            self.say("")?;
            for line in self.shown(word, files) {
                self.say(&line)?;
            }
        }
    }

    fn shown(&self, word: &str, files: &Result<Vec<File>, Vec<Problem>>) -> Vec<String> {
        let plan = self.plan.clone().unwrap_or_default();
        let lines = match word {
            "rules" => groups(&plan.nsg),
            "firewall" => groups(&plan.firewall),
            "routes" => groups(&plan.routes),
            "warnings" => {
                plan.warnings.iter().map(|warning| format!("- {}: {}", warning.what, warning.consequence)).collect()
            }
            "proof" => {
                let counts = plan.proof.counts.iter().filter(|(_, required, optional)| required + optional > 0);
                let counts = counts.map(|(what, required, optional)| {
                    format!(
                        "{what}: {} required, {} optional",
                        thousands(*required as u64),
                        thousands(*optional as u64)
                    )
                });
                let doubtful = plan.proof.doubtful.iter().map(|(flow, why)| format!("{flow}: {why}"));
                counts.chain(doubtful).chain(plan.proof.assumed.iter().map(|what| format!("assumed: {what}"))).collect()
            }
            "map" => plan.picture,
            "files" => match files {
                Ok(files) => files.iter().map(|file| format!("{}: {}", file.path, file.state)).collect(),
                Err(problems) => problems.iter().map(|problem| problem.what.clone()).collect(),
            },
            _ => self.program.saving(&self.interview.answers()).diff.lines().map(String::from).collect(),
        };
        if lines.is_empty() { vec!["Nothing.".into()] } else { lines }
    }

    /// Asks for a path; a reply that is none goes elsewhere.
    fn ask_path(&mut self, title: &str, help: &str, now: &str) -> io::Result<Result<String, Turn>> {
        let check: Check = Arc::new(|text: &str| if text.trim().is_empty() { Err(NEEDED.into()) } else { Ok(()) });
        let form = Form::Line {
            now: now.into(),
            stands: !now.is_empty(),
            otherwise: String::new(),
            offers: Vec::new(),
            check,
        };
        let reply = self.ask(&Prompt { title: title.into(), help: help.into(), more: Vec::new(), form })?;
        match reply {
            Reply::Line(text) => Ok(Ok(text)),
            Reply::Keep => Ok(Ok(now.into())),
            Reply::Back => Ok(Err(Turn::Again)),
            other => self.elsewhere(&other).map(Err),
        }
    }

    /// Asks where things go until they can go there; the folder only where it is to be written.
    fn ask_places(&mut self, folder: bool) -> io::Result<Result<(), Turn>> {
        loop {
            let mut places = self.wanted_places();
            let help = "What was said goes into this file; `generate` reads it.";
            match self.ask_path("Answers file", help, &places.answers)? {
                Ok(text) => places.answers = text,
                Err(turn) => return Ok(Err(turn)),
            }
            if folder {
                let help = "The files are written into it; nothing else in it is touched.";
                match self.ask_path("Output folder", help, &places.out)? {
                    Ok(text) => places.out = text,
                    Err(turn) => return Ok(Err(turn)),
                }
            }
            if places == *self.program.places() {
                return Ok(Ok(()));
            }
            match self.program.choose_places(places) {
                Ok(()) => {
                    self.reviewed = None;
                    self.refresh();
                    return Ok(Ok(()));
                }
                Err(problem) => self.say_outside(&problem)?,
            }
        }
    }

    /// A problem that is in no answer.
    fn say_outside(&mut self, problem: &Problem) -> io::Result<()> {
        let place = problem.place.to_string();
        let place = if place.is_empty() { String::new() } else { format!("{place}: ") };
        self.say(&format!("! {place}{}", crate::problem::printable(&problem.what)))?;
        if problem.hint.is_empty() {
            return Ok(());
        }
        self.say(&format!("  hint: {}", crate::problem::printable(&problem.hint)))
    }

    /// Asks before comments are lost.
    fn may_save(&mut self) -> io::Result<Result<(), Turn>> {
        let saving = self.program.saving(&self.interview.answers());
        if !saving.anew {
            return Ok(Ok(()));
        }
        let file = &self.program.places().answers;
        let help = format!(
            "A change does not fit in its line of `{file}`: what it belongs to is written anew, without the comments in it."
        );
        let options =
            vec![("go back".to_string(), String::new()), ("save".to_string(), "those comments go".to_string())];
        match self.choose("Save all the same?", &help, options, 0)? {
            Reply::One(1) => Ok(Ok(())),
            Reply::One(_) | Reply::Back => Ok(Err(Turn::Again)),
            other => self.elsewhere(&other).map(Err),
        }
    }

    /// Saves the answers file, after whatever must be asked first.
    pub(super) fn save(&mut self) -> io::Result<Turn> {
        if self.program.places().answers.is_empty()
            && let Err(turn) = self.ask_places(false)?
        {
            return Ok(turn);
        }
        if let Err(turn) = self.may_save()? {
            return Ok(turn);
        }
        match self.program.save(&self.interview.answers()) {
            Ok(()) => {
                self.is_saved();
                let name = self.program.places().answers.clone();
                self.say(&format!("saved as {name}"))?;
                self.keep_rest()?;
                Ok(Turn::On)
            }
            Err(problem) => {
                self.say_outside(&problem)?;
                // Another name is the way out.
                Ok(self.ask_places(false)?.map_or_else(|turn| turn, |()| Turn::Again))
            }
        }
    }

    fn is_saved(&mut self) {
        self.saved = self.interview.said().clone();
        (self.is_touched, self.kept, self.reviewed) = (false, None, None);
        self.left_out = !self.interview.parked().is_empty();
    }

    /// Says what the file lacks of what was said, and keeps it as a draft.
    fn keep_rest(&mut self) -> io::Result<()> {
        let parked: Vec<&str> = self.interview.parked().iter().map(|question| question.path).collect();
        let unfinished: Vec<&str> = self.typed.keys().map(String::as_str).collect();
        let lacks: Vec<String> = [(unfinished, "Not finished"), (parked, "Not asked now")]
            .into_iter()
            .filter(|(paths, _)| !paths.is_empty())
            .map(|(paths, why)| format!("{why}, and kept as a draft: {}", paths.join(", ")))
            .collect();
        for text in lacks {
            self.say(&text)?;
        }
        self.keep()
    }

    fn write(&mut self) -> io::Result<Turn> {
        if let Err(turn) = self.ask_places(true)? {
            return Ok(turn);
        }
        let answers = self.interview.answers();
        let out = self.program.places().out.clone();
        let files = match self.program.files(&answers, &out) {
            Ok(files) => files,
            Err(problems) => {
                for problem in &problems {
                    self.say_outside(problem)?;
                }
                return Ok(Turn::Again);
            }
        };
        let held: Vec<&File> = files.iter().filter(|file| file.held).collect();
        if !held.is_empty() {
            for file in &held {
                self.say(&format!("  {}: {}", file.path, file.state))?;
            }
            let title = format!("Replace {} that netcordon did not write?", count(held.len(), "file"));
            let options = vec![
                ("go back".to_string(), String::new()),
                ("replace".to_string(), "what is in them goes".to_string()),
            ];
            match self.choose(&title, "", options, 0)? {
                Reply::One(1) => {}
                Reply::One(_) | Reply::Back => return Ok(Turn::Again),
                other => return self.elsewhere(&other),
            }
        }
        if let Err(turn) = self.may_save()? {
            return Ok(turn);
        }
        let changing = files.iter().filter(|file| file.state != "unchanged").count();
        self.say(&format!("Writing {} into {out}", count(changing, "file")))?;
        match self.program.write(&answers, !held.is_empty(), &mut |_, _, _| ()) {
            Ok(written) => {
                self.is_saved();
                self.keep_rest()?;
                Ok(Turn::End(End::Written(written)))
            }
            Err(problems) => {
                for problem in &problems {
                    self.say_outside(problem)?;
                }
                self.reviewed = None;
                self.refresh();
                Ok(Turn::Again)
            }
        }
    }
}

/// An answer in words; rows by their names.
fn in_words(value: &Value) -> String {
    match value {
        Value::Records(rows) => {
            let names: Vec<String> = rows.iter().filter_map(|row| row.get("name")).map(ToString::to_string).collect();
            names.join(", ")
        }
        value => value.to_string(),
    }
}

fn groups(groups: &[Group]) -> Vec<String> {
    let row = |row: &crate::ui::Row| {
        let parts = [row.head.trim(), &row.services, &row.target];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let why = if row.why.is_empty() { String::new() } else { format!(": {}", row.why) };
        format!("  {}{why}", parts.join(" "))
    };
    let lines =
        |group: &Group| std::iter::once(group.title.clone()).chain(group.rows.iter().map(row)).collect::<Vec<_>>();
    groups.iter().filter(|group| !group.rows.is_empty()).flat_map(lines).collect()
}
