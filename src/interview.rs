//! The wizard without a screen: which questions stand, what was answered, what is still missing. A pure state machine;
//! every front drives this one, so that they cannot disagree.

use crate::problem::Problem;
use crate::question::{Answers, Kind, QUESTIONS, Question, Step, Value};

/// An interview under way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interview {
    /// Everything ever said, also what nobody asks any more: unticking a scenario loses nothing.
    said: Answers,
    /// The question in front, as its place in the list of all questions.
    at: usize,
    /// Whether the questions behind "more" are asked as well.
    more: bool,
}

/// How a question stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Answered.
    Answered(Value),
    /// Not answered; this holds.
    Default(Value),
    /// Not answered; without an answer nothing can be planned.
    Missing,
    /// Not answered, and need not be.
    Open,
}

impl Interview {
    /// An interview that starts from these answers, at the first question.
    pub fn start(answers: Answers) -> Self {
        Interview { said: answers, ..Interview::default() }
    }

    /// Everything ever said, also what nobody asks any more.
    pub fn said(&self) -> &Answers {
        &self.said
    }

    /// Whether the questions behind "more" are asked as well.
    pub fn more(&self) -> bool {
        self.more
    }

    /// Asks the questions behind "more" as well, or no longer.
    pub fn ask_more(&mut self, more: bool) {
        self.more = more;
    }

    /// Whether a question is asked now.
    fn stands(&self, question: &Question) -> bool {
        (self.more || !question.more) && (question.asked)(&self.said)
    }

    /// The questions that the answers raise, in order; those behind "more" only if asked for.
    pub fn questions(&self, more: bool) -> impl Iterator<Item = &'static Question> + '_ {
        QUESTIONS.iter().filter(move |question| (more || !question.more) && (question.asked)(&self.said))
    }

    /// How a question stands.
    pub fn state(&self, question: &Question) -> State {
        match (question.answer(&self.said), (question.default)(&self.said)) {
            (Some(value), _) => State::Answered(value),
            (None, Some(value)) => State::Default(value),
            (None, None) if question.needed => State::Missing,
            (None, None) => State::Open,
        }
    }

    /// The questions that must still be answered.
    pub fn missing(&self) -> Vec<&'static Question> {
        self.questions(true).filter(|question| self.state(question) == State::Missing).collect()
    }

    /// The question in front: the one that was gone to, or the next that is asked.
    pub fn current(&self) -> Option<&'static Question> {
        QUESTIONS.iter().skip(self.at).find(|question| self.stands(question))
    }

    /// Goes to a question, if the answers raise it; to one behind "more" by asking those as well.
    pub fn go(&mut self, path: &str) -> bool {
        let found = QUESTIONS.iter().position(|question| question.path == path && (question.asked)(&self.said));
        if let Some(at) = found {
            self.at = at;
            self.more |= QUESTIONS[at].more;
        }
        found.is_some()
    }

    /// Goes to the first question of a step, if one is asked; where all of them are behind "more", to the first of those.
    pub fn go_to_step(&mut self, step: Step) -> bool {
        let first = |more| self.questions(more).find(|question| question.step == step).map(|question| question.path);
        first(self.more).or_else(|| first(true)).is_some_and(|path| self.go(path))
    }

    /// Goes on to the next question that is asked; past the last one there is none in front.
    pub fn next(&mut self) {
        let current = QUESTIONS.iter().enumerate().skip(self.at).find(|(_, question)| self.stands(question));
        self.at = current.map_or(QUESTIONS.len(), |(index, _)| index + 1);
    }

    /// Goes back to the question before that is asked; stays at the first.
    pub fn back(&mut self) {
        let asked = |index: &usize| self.stands(&QUESTIONS[*index]);
        self.at = (0..self.at).rev().find(asked).unwrap_or(self.at);
    }

    /// Answers a question. The value must be of the question's kind, and a choice one of its words; else nothing changes.
    /// Nothing, where something is needed, is no answer.
    pub fn answer(&mut self, path: &str, value: Value) -> Result<(), Problem> {
        let Some(question) = QUESTIONS.iter().find(|question| question.path == path) else {
            return Err(Problem::at(path, format!("no question `{path}`"), "`netcordon questions` lists every key"));
        };
        if !fits(question.kind, &value) {
            return Err(Problem::at(path, format!("this is no answer to `{path}`"), question.help));
        }
        let slot = (question.slot_mut)(&mut self.said);
        if question.needed && value.is_empty() {
            slot.clear()
        } else {
            slot.write(value)
        }
        Ok(())
    }

    /// Forgets the answer to a question.
    pub fn clear(&mut self, path: &str) {
        if let Some(question) = QUESTIONS.iter().find(|question| question.path == path) {
            (question.slot_mut)(&mut self.said).clear();
        }
    }

    /// What the answers file holds: every answer that is asked for, nothing that is parked.
    pub fn answers(&self) -> Answers {
        let mut kept = self.said.clone();
        // An answer may raise a question whose answer raises another: from the first on, until nothing changes.
        loop {
            let before = kept.clone();
            for question in QUESTIONS.iter().filter(|question| !(question.asked)(&before)) {
                (question.slot_mut)(&mut kept).clear();
            }
            if kept == before {
                return kept;
            }
        }
    }

    /// Answers that are kept although nobody asks for them now.
    pub fn parked(&self) -> Vec<&'static Question> {
        let kept = self.answers();
        QUESTIONS.iter().filter(|q| q.answer(&self.said).is_some() && q.answer(&kept).is_none()).collect()
    }
}

/// Whether a value is of a kind, and each word of it one that may be chosen.
fn fits(kind: Kind, value: &Value) -> bool {
    match (kind, value) {
        (Kind::Text, Value::Text(_))
        | (Kind::Flag, Value::Flag(_))
        | (Kind::Texts, Value::List(_))
        | (Kind::Prefixes, Value::Prefixes(_))
        | (Kind::Pairs, Value::Pairs(_)) => true,
        (Kind::Number(least, most), Value::Number(number)) => (least..=most).contains(number),
        (Kind::Choice(choices), Value::Text(word)) => choices.iter().any(|choice| choice.word == word),
        (Kind::Many(choices), Value::List(words)) => {
            words.iter().all(|word| choices.iter().any(|choice| choice.word == word))
        }
        (Kind::Records(fields), Value::Records(rows)) => rows.iter().all(|row| {
            row.iter().all(|(key, value)| fields.iter().any(|field| field.name == key && fits(field.kind, value)))
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::{read, save, to_yaml};
    use ipnet::IpNet;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Some value of a kind.
    fn value(kind: Kind, seed: usize) -> Value {
        let prefix = |n: usize| -> IpNet { format!("10.{}.0.0/16", n % 200).parse().unwrap() };
        match kind {
            Kind::Text => Value::Text(["a", "hpc", "10.0.1.4", "yes", "008", "~/.ssh/x"][seed % 6].into()),
            Kind::Number(least, most) => Value::Number(least + seed as u32 % (most - least + 1)),
            Kind::Flag => Value::Flag(seed.is_multiple_of(2)),
            Kind::Choice(choices) => Value::Text(choices[seed % choices.len()].word.into()),
            Kind::Many(choices) => {
                let picked = choices.iter().enumerate().filter(|(index, _)| seed >> index & 1 == 1);
                Value::List(picked.map(|(_, choice)| choice.word.to_string()).collect())
            }
            Kind::Texts => Value::List(vec![format!("t{seed}"), "null".into()]),
            Kind::Prefixes => Value::Prefixes(vec![prefix(seed), prefix(seed + 1)]),
            Kind::Pairs => Value::Pairs(BTreeMap::from([("owner".into(), format!("v: {seed} #"))])),
            Kind::Records(fields) => {
                let field = |field: &crate::question::Field| {
                    let value = match field.name {
                        "prefix" => Value::Text(prefix(seed).to_string()),
                        _ => value(field.kind, seed),
                    };
                    (field.name.to_string(), value)
                };
                Value::Records(vec![fields.iter().map(field).collect()])
            }
        }
    }

    fn played(steps: &[(usize, usize, u8)]) -> Interview {
        let mut interview = Interview::default();
        for (index, seed, action) in steps {
            let question = &QUESTIONS[index % QUESTIONS.len()];
            match action % 8 {
                0 => interview.clear(question.path),
                1 => interview.back(),
                2 => interview.next(),
                _ => interview.answer(question.path, value(question.kind, *seed)).unwrap(),
            }
        }
        interview
    }

    proptest! {
        /// Whatever way the answers came about, the file that is saved reads back as exactly them, with no problem: no
        /// answer that nobody asked for, none of the wrong type.
        #[test]
        fn what_is_saved_reads_back(steps in proptest::collection::vec((0usize..100, 0usize..64, 0u8..16), 0..60)) {
            let interview = played(&steps);
            let saved = interview.answers();
            let text = to_yaml(&saved);
            let back = read("a.yaml", text.as_bytes(), &[]);
            prop_assert!(back.problems.is_empty(), "{:?}\n{}", back.problems, text);
            // A list of nothing and no list are the same file.
            prop_assert_eq!(to_yaml(&back.answers), text);
        }

        /// Whatever changed since, the file that it came from takes the answers in, and a file of ours is not written
        /// anew for what stands on one line.
        #[test]
        fn a_file_takes_in_what_changed(
            first in proptest::collection::vec((0usize..100, 0usize..64, 0u8..16), 0..40),
            then in proptest::collection::vec((0usize..100, 0usize..64, 0u8..16), 0..10),
        ) {
            let before = played(&first).answers();
            let mut later = first.clone();
            later.extend(then);
            let after = played(&later).answers();
            let text = to_yaml(&before);
            let saved = save(&text, &after);
            let back = read("a.yaml", saved.text.as_bytes(), &[]);
            prop_assert!(back.problems.is_empty(), "{:?}\n{}", back.problems, saved.text);
            prop_assert_eq!(to_yaml(&back.answers), to_yaml(&after));
            prop_assert!(saved.anew || before != after || saved.text == text);
        }

        /// Unticking loses nothing: what is parked comes back with the answer that asks for it.
        #[test]
        fn parked_answers_come_back(steps in proptest::collection::vec((0usize..100, 0usize..64, 3u8..8), 0..60)) {
            let mut interview = played(&steps);
            let before = interview.clone();
            let scenarios = Value::List(Vec::new());
            interview.answer("scenarios", scenarios).unwrap();
            match before.state(&QUESTIONS[0]) {
                State::Answered(value) => interview.answer("scenarios", value).unwrap(),
                _ => interview.clear("scenarios"),
            }
            prop_assert_eq!(interview.answers(), before.answers());
        }

        /// Going on from anywhere ends, and going back as often is where it started or at the first question.
        #[test]
        fn next_and_back_meet(
            steps in proptest::collection::vec((0usize..100, 0usize..64, 3u8..8), 0..30),
            more in any::<bool>(),
        ) {
            let mut interview = played(&steps);
            interview.ask_more(more);
            let count = interview.questions(more).count();
            let mut seen = Vec::new();
            while let Some(question) = interview.current() {
                seen.push(question.path);
                interview.next();
                prop_assert!(seen.len() <= count);
            }
            let mut back = Vec::new();
            for _ in 0..count {
                interview.back();
                back.extend(interview.current().map(|question| question.path));
            }
            back.reverse();
            prop_assert_eq!(seen, back);
        }
    }

    #[test]
    fn an_answer_of_another_kind_changes_nothing() {
        let mut interview = Interview::default();
        for value in [Value::Flag(true), Value::Text("x".into()), Value::List(vec!["cyclecloud".into()])] {
            assert!(interview.answer("scenarios", value).is_err());
        }
        assert!(interview.answer("no.such", Value::Flag(true)).is_err());
        assert_eq!(interview, Interview::default());
    }

    #[test]
    fn an_empty_interview_misses_what_every_plan_needs() {
        let paths: Vec<&str> = Interview::default().missing().iter().map(|question| question.path).collect();
        assert_eq!(
            paths,
            [
                "scenarios",
                "name",
                "region",
                "network.resource_group",
                "network.vnet",
                "network.address_space",
                "subnets",
                "egress.via"
            ]
        );
    }
}
