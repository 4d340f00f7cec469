//! One question: how it is asked, what its answer is, and what follows from it.

use super::ask::{Check, Form, NEEDED, Prompt, Reply};
use super::{Session, Turn};
use crate::question::{Choice, Field, Kind, Question, Step, Value, as_typed, sources, suggestions, typed, typed_field};
use crate::ui::changes::{Changes, Mark};
use crate::ui::text::{count, thousands};
use crate::ui::{Exposure, PlanInWords};
use std::io;
use std::sync::Arc;

/// The words of a flag.
const YES: &str = "yes";
const NO: &str = "no";

/// What is offered where a choice need not be made and nothing holds by default.
const OPEN: &str = "leave open";

/// What an answer is given to: a question, or a field of its rows.
pub(super) struct Asked<'q> {
    pub(super) kind: Kind,
    pub(super) needed: bool,
    pub(super) value: Option<&'q Value>,
    pub(super) default: Option<&'q Value>,
    pub(super) offers: Vec<(String, String)>,
    pub(super) unfinished: Option<String>,
    pub(super) read: Read,
}

/// Reads a line as an answer; says what is wrong with it, as a clause.
type Read = Arc<dyn Fn(&str) -> Result<Option<Value>, String> + Send + Sync>;

/// The most subnets whose exposure is said after an answer.
const SAID_SUBNETS: usize = 2;

impl Session<'_> {
    pub(super) fn question(&mut self, question: &'static Question) -> io::Result<Turn> {
        let problems = self.problems_of(question);
        for problem in &problems {
            self.say_problem(problem)?;
        }
        if matches!(question.kind, Kind::Records(_) | Kind::Pairs) {
            return self.rows(question);
        }
        let answers = self.interview.answers();
        let value = question.answer(&answers);
        let default = (question.default)(&answers);
        let offers = suggestions(question, &answers).into_iter().map(|offer| (offer.word, offer.means)).collect();
        let asked = Asked {
            kind: question.kind,
            needed: question.needed,
            value: value.as_ref(),
            default: default.as_ref(),
            offers,
            unfinished: self.typed.get(question.path).cloned(),
            read: Arc::new(move |text: &str| typed(question, text)),
        };
        let form = asked.form();
        let reply = self.ask(&prompt(question, form.clone()))?;
        let after = match asked.answer(&form, &reply) {
            Some(after) => after,
            None => return self.elsewhere(&reply),
        };
        let unchanged = after == value;
        self.take(question, after);
        self.tell_changes()?;
        // What is wrong with an answer is said before it is asked again; left as it is, it stays for the review.
        let may_stay = unchanged && !problems.is_empty();
        Ok(if may_stay || self.problems_of(question).is_empty() { Turn::On } else { Turn::Again })
    }

    /// Takes an answer, or that there is none.
    pub(super) fn take(&mut self, question: &'static Question, value: Option<Value>) {
        self.typed.remove(question.path);
        if question.answer(self.interview.said()) == value {
            return;
        }
        match value {
            // It came from the question itself, so it is of its kind.
            Some(value) => drop(self.interview.answer(question.path, value)),
            None => self.interview.clear(question.path),
        }
    }

    /// Works out what follows from the answers now, and says what changed; nothing where nothing did.
    pub(super) fn tell_changes(&mut self) -> io::Result<()> {
        let before = self.plan.clone();
        self.refresh();
        let Some(after) = &self.plan else { return Ok(()) };
        let text = match &before {
            Some(before) => changed(before, after),
            None => {
                let stand_ins = !self.preview.stand_ins.is_empty();
                so_far(after, stand_ins)
            }
        };
        if text.is_empty() { Ok(()) } else { self.say(&format!("  {text}")) }
    }

    pub(super) fn ask_more(&mut self, step: Step) -> io::Result<Turn> {
        let of_step = |question: &&Question| question.step == step && question.more;
        let titles =
            self.interview.questions(true).filter(of_step).map(|question| question.title.trim_end_matches('?'));
        let titles: Vec<&str> = titles.collect();
        let title = format!("{} more for special cases: see them?", count(titles.len(), "question"));
        let shown = titles.iter().take(4).copied().collect::<Vec<_>>().join("; ");
        let rest = if titles.len() > 4 { "; and others" } else { "" };
        let at = usize::from(!self.more.contains(&step));
        let reply = self.choose(&title, &format!("{shown}{rest}."), yes_and_no(), at)?;
        match reply {
            Reply::One(0) => drop(self.more.insert(step)),
            Reply::One(_) => drop(self.more.remove(&step)),
            other => return self.elsewhere(&other),
        }
        Ok(Turn::On)
    }
}

/// The prompt of a question.
fn prompt(question: &Question, form: Form) -> Prompt {
    let pages = sources(question.path);
    let mut more = Vec::new();
    if !pages.is_empty() {
        more.push(format!("Source: {}", pages.join("; ")));
    }
    more.push(format!("In the file: {}", question.path));
    let example = match question.kind {
        Kind::Prefixes => " Prefixes or addresses, separated by spaces or commas.",
        Kind::Texts => " Separated by commas.",
        _ => "",
    };
    Prompt { title: question.title.into(), help: format!("{}{example}", question.help), more, form }
}

fn yes_and_no() -> Vec<(String, String)> {
    vec![(YES.into(), String::new()), (NO.into(), String::new())]
}

fn pairs(choices: &[Choice]) -> Vec<(String, String)> {
    choices.iter().map(|choice| (choice.word.to_string(), choice.means.to_string())).collect()
}

impl Asked<'_> {
    /// What a field of a row takes.
    pub(super) fn field<'q>(field: &'static Field, value: Option<&'q Value>) -> Asked<'q> {
        Asked {
            kind: field.kind,
            needed: field.needed,
            value,
            default: None,
            offers: Vec::new(),
            unfinished: None,
            read: Arc::new(move |text: &str| typed_field(field, text)),
        }
    }

    /// How it is asked.
    pub(super) fn form(&self) -> Form {
        let stands = self.value.or(self.default);
        let one = |mut options: Vec<(String, String)>| {
            let is = |value: &Value| options.iter().position(|(word, _)| *word == value.to_string());
            let mut at = stands.and_then(is);
            match stands {
                // A word that nobody knows, from a file: it may stay.
                Some(value) if at.is_none() => {
                    at = Some(options.len());
                    options.push((value.to_string(), "not known".into()));
                }
                None if !self.needed => {
                    at = Some(options.len());
                    options.push((OPEN.into(), String::new()));
                }
                _ => {}
            }
            Form::One { options, at }
        };
        match self.kind {
            Kind::Flag => one(yes_and_no()),
            Kind::Choice(choices) => one(pairs(choices)),
            Kind::Many(choices) => {
                let mut options = pairs(choices);
                let chosen = match stands {
                    Some(Value::List(words)) => words.clone(),
                    _ => Vec::new(),
                };
                // The table may name a word twice; it is offered once.
                let mut seen: Vec<String> = Vec::new();
                options.retain(|(word, _)| {
                    let fresh = !seen.contains(word);
                    seen.push(word.clone());
                    fresh
                });
                for word in &chosen {
                    if !options.iter().any(|(known, _)| known == word) {
                        options.push((word.clone(), "not known".into()));
                    }
                }
                let ticked = (0..options.len()).filter(|at| chosen.contains(&options[*at].0)).collect();
                Form::Several { options, ticked, needed: self.needed }
            }
            _ => {
                let now = self.unfinished.clone().or_else(|| self.value.map(as_typed)).unwrap_or_default();
                let otherwise = self.default.map(as_typed).unwrap_or_default();
                let (read, needed) = (Arc::clone(&self.read), self.needed);
                let check: Check = Arc::new(move |text: &str| match read(text)? {
                    None if needed => Err(NEEDED.into()),
                    _ => Ok(()),
                });
                let stands = self.unfinished.is_none() && self.value.is_some();
                Form::Line { now, stands, otherwise, offers: self.offers.clone(), check }
            }
        }
    }

    /// The answer in a reply; `None` for a reply that is none.
    pub(super) fn answer(&self, form: &Form, reply: &Reply) -> Option<Option<Value>> {
        match (form, reply) {
            (_, Reply::Keep) => Some(self.value.cloned()),
            (_, Reply::Line(text)) => (self.read)(text).ok(),
            (Form::One { options, .. }, Reply::One(chosen)) => {
                let word = options.get(*chosen)?.0.clone();
                Some(match self.kind {
                    _ if word == OPEN => None,
                    Kind::Flag => Some(Value::Flag(word == YES)),
                    _ => Some(Value::Text(word)),
                })
            }
            (Form::Several { options, .. }, Reply::Several(chosen)) => {
                let words: Vec<&String> =
                    chosen.iter().filter_map(|at| options.get(*at)).map(|(word, _)| word).collect();
                let held = match self.value {
                    // An order of its own was typed.
                    _ if !chosen.is_sorted() => words.iter().map(|word| (*word).clone()).collect(),
                    Some(Value::List(words)) => words.clone(),
                    _ => Vec::new(),
                };
                let place = |word: &String| options.iter().position(|(known, _)| known == word);
                // What was there stays in its order; what is new stands where the list has it.
                let mut list: Vec<String> = held.into_iter().filter(|word| words.contains(&word)).collect();
                for word in words {
                    if !list.contains(word) {
                        let at = list.iter().position(|known| place(known) > place(word)).unwrap_or(list.len());
                        list.insert(at, word.clone());
                    }
                }
                if list.is_empty() && self.default.is_none() { Some(None) } else { Some(Some(Value::List(list))) }
            }
            _ => None,
        }
    }
}

/// What an answer changed, in a sentence; empty if it changed nothing.
fn changed(before: &PlanInWords, after: &PlanInWords) -> String {
    let changes = Changes::between(before, after, "");
    let mut parts = Vec::new();
    for (kind, noun) in ["NSG rule", "firewall rule", "route"].into_iter().enumerate() {
        let marks = [(Mark::Added, "added"), (Mark::Changed, "changed"), (Mark::Removed, "removed")];
        let said: Vec<(usize, &str)> = marks
            .into_iter()
            .map(|(mark, word)| (changes.count(kind, mark), word))
            .filter(|(number, _)| *number > 0)
            .collect();
        for (index, (number, word)) in said.into_iter().enumerate() {
            parts.push(if index == 0 {
                format!("{} {word}", count(number, noun))
            } else {
                format!("{} {word}", thousands(number as u64))
            });
        }
    }
    let moved: Vec<String> = after
        .exposure
        .iter()
        .filter_map(|subnet| {
            let before = changes.exposure.get(&subnet.subnet)?;
            Some(format!("Reach of {}: {}", subnet.subnet, reach_now(before, subnet)))
        })
        .collect();
    let rest = moved.len().saturating_sub(SAID_SUBNETS);
    let mut said: Vec<String> = Vec::new();
    if !parts.is_empty() {
        said.push(format!("{}.", parts.join(", ")));
    }
    if !moved.is_empty() {
        let more =
            if rest > 0 { format!(". {} more subnets reach other things than before", rest) } else { String::new() };
        said.push(format!("{}{more}.", moved.into_iter().take(SAID_SUBNETS).collect::<Vec<_>>().join(". ")));
    }
    said.join(" ")
}

/// `22,544 public addresses and 14 names, 3 of them with a wildcard`, and where anyone can rent a place.
pub(super) fn reach(subnet: &Exposure) -> String {
    let plural = if subnet.addresses == 1 { "" } else { "es" };
    let mut text =
        format!("{} public address{plural} and {}", thousands(subnet.addresses), count(subnet.names, "name"));
    if subnet.wildcards > 0 {
        text += &format!(", {} with a wildcard", thousands(subnet.wildcards as u64));
    }
    match subnet.rentable.len() {
        0 => {}
        number => text += &format!(", {} where anyone can rent a place", count(number, "destination")),
    }
    text
}

/// What of that is another number than before: `public addresses 22,544 (before 498,017), names 14 (before 0)`.
fn reach_now(before: &Exposure, now: &Exposure) -> String {
    let numbers = |subnet: &Exposure| {
        [subnet.addresses, subnet.names as u64, subnet.wildcards as u64, subnet.rentable.len() as u64]
    };
    let what = ["public addresses", "names", "names with a wildcard", "destinations where anyone can rent a place"];
    let parts: Vec<String> = numbers(now)
        .into_iter()
        .zip(numbers(before))
        .zip(what)
        .filter(|((now, before), _)| now != before)
        .map(|((now, before), what)| format!("{what} {} (before {})", thousands(now), thousands(before)))
        .collect();
    if parts.is_empty() { "as much as before, but not the same".into() } else { parts.join(", ") }
}

/// The first plan, in a sentence.
fn so_far(plan: &PlanInWords, stand_ins: bool) -> String {
    let numbers: Vec<String> = plan.numbers.iter().take(3).map(|(what, number)| count(*number, what)).collect();
    let stand_ins = if stand_ins { ", with stand-ins for what is not answered yet" } else { "" };
    format!("The plan so far{stand_ins}: {}.", numbers.join(", "))
}
