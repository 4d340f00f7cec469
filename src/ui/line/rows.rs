//! Answers of rows: subnets, peered networks, tags. Row by row: add, change, take away.

use super::ask::{Prompt, Reply};
use super::questions::Asked;
use super::{Session, Turn};
use crate::question::{
    Field, Kind, PAIR_FIELDS, Question, Value, proposed_subnet, proposed_subnets, proposes_rows, roles_without_subnet,
};
use std::collections::BTreeMap;
use std::io;

type Row = BTreeMap<String, Value>;

/// What can be done with rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    GoOn,
    Add,
    Change,
    TakeAway,
}

impl Session<'_> {
    pub(super) fn rows(&mut self, question: &'static Question) -> io::Result<Turn> {
        let fields: &'static [Field] = match question.kind {
            Kind::Records(fields) => fields,
            _ => PAIR_FIELDS,
        };
        // Rows whose problems were said: left as they are, they stay for the review.
        let mut told =
            (!self.problems_of(question).is_empty()).then(|| question.answer(self.interview.said())).flatten();
        // Whoever changed something knows better than what is proposed.
        let mut proposes = proposes_rows(question);
        loop {
            let answers = self.interview.answers();
            let mut rows = rows_of(question.answer(&answers));
            let given = rows.len();
            if proposes {
                rows.extend(proposed_subnets(&answers));
            }
            let proposed = rows.len() > given;
            self.say(&format!("\n{}", question.title))?;
            self.say(&format!("  {}", question.help))?;
            for (index, row) in rows.iter().enumerate() {
                let mark = if index >= given { " (proposed)" } else { "" };
                self.say(&format!("  {}: {}{mark}", index + 1, shown(fields, row)))?;
            }
            if proposed {
                self.say(
                    "  Rows that your scenarios need, with free prefixes of the address space: change what is not so.",
                )?;
            }
            let acts = acts(!rows.is_empty(), question.needed, proposed);
            let options = acts.iter().map(|(_, word, means)| ((*word).to_string(), (*means).to_string())).collect();
            let reply = self.choose("What about the rows?", "", options, 0)?;
            let act = match &reply {
                Reply::One(at) => acts.get(*at).map_or(Act::GoOn, |(act, ..)| *act),
                other => return self.elsewhere(other),
            };
            let turn = match act {
                Act::GoOn => {
                    let value = value_of(question, rows);
                    self.take(question, value.clone());
                    self.tell_changes()?;
                    let wrong = self.problems_of(question);
                    if wrong.is_empty() || told.is_some() && told == value {
                        return Ok(Turn::On);
                    }
                    for problem in &wrong {
                        self.say_problem(problem)?;
                    }
                    told = value;
                    continue;
                }
                Act::Add => {
                    let roles = if proposes_rows(question) { roles_without_subnet(&answers) } else { Vec::new() };
                    // Beside rows that are proposed, a row is one of the user's own.
                    let role = roles.into_iter().next().filter(|_| !proposed);
                    let row = role.map_or_else(Row::new, |role| proposed_subnet(role, &answers, &rows));
                    let asked = used(fields, &rows);
                    self.fill_in(question, &asked, row, &rows, None)?.map(|row| rows.push(row))
                }
                Act::Change => match self.which(fields, &rows, "Which row is to change?")? {
                    Ok(at) => {
                        let all: Vec<&'static Field> = fields.iter().collect();
                        self.fill_in(question, &all, rows[at].clone(), &rows, Some(at))?.map(|row| rows[at] = row)
                    }
                    Err(turn) => Err(turn),
                },
                Act::TakeAway => self.which(fields, &rows, "Which row is to go?")?.map(|at| drop(rows.remove(at))),
            };
            match turn {
                // Each row that is whole is kept at once.
                Ok(()) => {
                    proposes = false;
                    self.take(question, value_of(question, rows));
                    self.tell_changes()?;
                    for problem in &self.problems_of(question) {
                        self.say_problem(problem)?;
                    }
                }
                Err(Turn::End(end)) => return Ok(Turn::End(end)),
                Err(_) => {}
            }
        }
    }

    fn which(&mut self, fields: &[Field], rows: &[Row], title: &str) -> io::Result<Result<usize, Turn>> {
        if rows.len() == 1 {
            return Ok(Ok(0));
        }
        let options = rows.iter().map(|row| (name(fields, row), shown(&fields[1..], row))).collect();
        match self.choose(title, "", options, 0)? {
            Reply::One(at) => Ok(Ok(at)),
            other => self.elsewhere(&other).map(Err),
        }
    }

    /// Asks for each field of a row; back from the first, the row stays as it was.
    fn fill_in(
        &mut self,
        question: &'static Question,
        fields: &[&'static Field],
        mut row: Row,
        rows: &[Row],
        at: Option<usize>,
    ) -> io::Result<Result<Row, Turn>> {
        let mut index = 0;
        while let Some(field) = fields.get(index).copied() {
            let value = row.get(field.name).cloned();
            let asked = Asked::field(field, value.as_ref());
            let form = asked.form();
            let prompt = Prompt {
                title: format!("{}: {}", question.title, field.name),
                help: field.help.into(),
                more: Vec::new(),
                form: form.clone(),
            };
            let reply = self.ask(&prompt)?;
            let Some(after) = asked.answer(&form, &reply) else {
                match self.elsewhere(&reply)? {
                    Turn::Back if index > 0 => index -= 1,
                    Turn::Again => {}
                    turn => return Ok(Err(turn)),
                }
                continue;
            };
            let taken = |other: &(usize, &Row)| Some(other.0) != at && other.1.get(field.name) == after.as_ref();
            if field.name == "name"
                && matches!(question.kind, Kind::Pairs)
                && rows.iter().enumerate().any(|row| taken(&row))
            {
                self.say("Not taken: there is a row of that name already")?;
                continue;
            }
            match after {
                Some(value) => drop(row.insert(field.name.into(), value)),
                None => drop(row.remove(field.name)),
            }
            index += 1;
        }
        Ok(Ok(row))
    }
}

fn acts(some: bool, needed: bool, proposed: bool) -> Vec<(Act, &'static str, &'static str)> {
    let go_on = match (some, proposed) {
        (true, true) => "take these rows and go on",
        (true, false) => "go on with these rows",
        (false, _) => "go on without any",
    };
    let mut acts = Vec::new();
    if some || !needed {
        acts.push((Act::GoOn, "go on", go_on));
    }
    acts.push((Act::Add, "add", "a row"));
    if some {
        acts.push((Act::Change, "change", "a row, field by field"));
        acts.push((Act::TakeAway, "take away", "a row"));
    }
    if !some && needed {
        acts.push((Act::GoOn, "go on", "and answer this later"));
    }
    acts
}

/// The fields that a new row is asked for: what every row must have, and what other rows have.
fn used(fields: &'static [Field], rows: &[Row]) -> Vec<&'static Field> {
    fields.iter().filter(|field| field.needed || rows.iter().any(|row| row.contains_key(field.name))).collect()
}

fn name(fields: &[Field], row: &Row) -> String {
    let text = fields.first().and_then(|field| row.get(field.name)).map(ToString::to_string).unwrap_or_default();
    if text.is_empty() { "(no name)".into() } else { text }
}

/// A row in a line: its fields that say something, beginning with its name.
fn shown(fields: &[Field], row: &Row) -> String {
    let text = |(index, field): (usize, &Field)| {
        let value = row.get(field.name)?.to_string();
        Some(if index < 3 && field.needed { value } else { format!("{} {value}", field.name) })
    };
    fields.iter().enumerate().filter_map(text).collect::<Vec<_>>().join(", ")
}

fn rows_of(value: Option<Value>) -> Vec<Row> {
    match value {
        Some(Value::Records(rows)) => rows,
        Some(Value::Pairs(pairs)) => {
            let row = |(name, value): (String, String)| {
                BTreeMap::from([("name".into(), Value::Text(name)), ("value".into(), Value::Text(value))])
            };
            pairs.into_iter().map(row).collect()
        }
        _ => Vec::new(),
    }
}

fn value_of(question: &Question, rows: Vec<Row>) -> Option<Value> {
    if rows.is_empty() {
        return None;
    }
    if let Kind::Records(_) = question.kind {
        return Some(Value::Records(rows));
    }
    let text = |row: &Row, key: &str| row.get(key).map(ToString::to_string).unwrap_or_default();
    Some(Value::Pairs(rows.iter().map(|row| (text(row, "name"), text(row, "value"))).collect()))
}
