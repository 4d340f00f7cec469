//! A table of rows.

use super::{Did, Editor, Held, Line, List, Table, flag_word, unfinished};
use crate::question::{
    Answers, Choice, Field, Kind, PAIR_FIELDS, Question, Value, as_typed, chose, proposed_subnet, proposed_subnets,
    proposes_rows, roles_without_subnet, typed_field,
};
use crossterm::event::{KeyCode, KeyEvent};
use std::collections::BTreeMap;
use tui_input::Input;

impl Table {
    pub(super) fn of_pairs(value: Option<Value>) -> Table {
        let pairs = match value {
            Some(Value::Pairs(pairs)) => pairs,
            _ => BTreeMap::new(),
        };
        let row = |(name, value): (String, String)| {
            BTreeMap::from([("name".into(), Value::Text(name)), ("value".into(), Value::Text(value))])
        };
        let rows: Vec<_> = pairs.into_iter().map(row).collect();
        Table { fields: PAIR_FIELDS.to_vec(), row: rows.len() + 1, rows, pairs: true, ..Table::empty() }
    }

    fn empty() -> Table {
        Table {
            fields: Vec::new(),
            rows: Vec::new(),
            proposed: false,
            given: 0,
            row: 0,
            column: 0,
            cell: None,
            pairs: false,
            subnets: false,
        }
    }

    pub(super) fn of_records(
        question: &Question,
        fields: &[Field],
        value: Option<Value>,
        answers: &Answers,
        more: bool,
    ) -> Table {
        let subnets = proposes_rows(question);
        let mut rows = match value {
            Some(Value::Records(rows)) => rows,
            _ => Vec::new(),
        };
        let proposals = if subnets { proposed_subnets(answers) } else { Vec::new() };
        let (proposed, given) = (!proposals.is_empty(), rows.len());
        rows.extend(proposals);
        // What need not be said is shown where it was said, with "more", and where it must be said after all.
        let both = ["aml-public-ip", "aml-no-public-ip"].iter().all(|scenario| chose(answers, &[scenario]));
        let used = |field: &Field| {
            let said = rows.iter().any(|row| row.contains_key(field.name));
            field.needed || more || said || subnets && both && field.name == "public_ip"
        };
        let fields = fields.iter().filter(|field| used(field)).copied().collect();
        // On the line that ends the table: whoever is content goes on at once.
        let row = if rows.is_empty() && question.needed { 0 } else { rows.len() + 1 };
        Table { fields, row, rows, proposed, given, subnets, ..Table::empty() }
    }

    /// The table as it was left when it was no answer.
    pub(super) fn resumed(mut self, text: Option<&str>) -> Table {
        let Some((rows, open)) = text.and_then(|text| unfinished::from_text(text, &self.fields)) else { return self };
        (self.rows, self.proposed) = (rows, false);
        if let Some((row, name, text)) = open
            && let Some(column) = self.fields.iter().position(|field| field.name == name)
            && row < self.rows.len()
        {
            (self.row, self.column) = (row, column);
            self.cell = Some(Box::new(Editor::Line(Line { input: Input::new(text) })));
        }
        self
    }

    /// What the open cell makes of its row; the text of a cell that is no value, and why.
    fn with_cell(&self) -> (unfinished::Rows, Option<(String, String)>) {
        let mut rows = self.rows.clone();
        let (Some(cell), Some(field)) = (&self.cell, self.fields.get(self.column)) else { return (rows, None) };
        let held = match cell.as_ref() {
            Editor::Line(line) => match typed_field(field, line.input.value()) {
                Ok(value) => value,
                Err(why) => return (rows, Some((line.input.value().into(), why))),
            },
            Editor::List(list) => match list.held() {
                Held::Answer(value) => Some(value),
                _ => None,
            },
            Editor::Table(_) => None,
        };
        if let Some(row) = rows.get_mut(self.row) {
            match held {
                Some(value) => drop(row.insert(field.name.into(), value)),
                None => drop(row.remove(field.name)),
            }
        }
        (rows, None)
    }

    /// What the table holds, with what the open cell holds so far.
    pub(super) fn held(&self) -> Held {
        let (all, wrong) = self.with_cell();
        // An address is a prefix too, but while it is typed its length is only to come.
        let wrong = wrong.or_else(|| {
            let (field, Editor::Line(line)) = (self.fields.get(self.column)?, self.cell.as_deref()?) else {
                return None;
            };
            let text = line.input.value().trim();
            let half = field.name == "prefix" && !text.is_empty() && !text.contains('/');
            half.then(|| (text.to_string(), "its length is missing, as in `10.20.0.0/24`".to_string()))
        });
        if let (Some((text, why)), Some(field)) = (wrong, self.fields.get(self.column)) {
            let open = (self.row, field.name, text.as_str());
            return Held::Unfinished(unfinished::to_text(&all, Some(open)), why);
        }
        if self.pairs {
            let text = |row: &BTreeMap<String, Value>, key: &str| row.get(key).map(as_typed).unwrap_or_default();
            let pairs: BTreeMap<String, String> =
                all.iter().map(|row| (text(row, "name"), text(row, "value"))).collect();
            let whole = pairs.iter().all(|(name, value)| !name.is_empty() && !value.is_empty());
            return match (pairs.is_empty(), whole && pairs.len() == all.len()) {
                (true, _) => Held::None,
                (false, true) => Held::Answer(Value::Pairs(pairs)),
                (false, false) => {
                    let why = "each row needs a name of its own and a value";
                    Held::Unfinished(unfinished::to_text(&all, None), why.into())
                }
            };
        }
        // Proposals become answers once they are gone on from, or one of them is changed.
        let rows = if self.proposed && all == self.rows { &all[..self.given] } else { &all[..] };
        let rows: Vec<_> = rows.iter().filter(|row| !row.is_empty()).cloned().collect();
        if rows.is_empty() { Held::None } else { Held::Answer(Value::Records(rows)) }
    }

    /// Whether a row is proposed and not yet an answer.
    pub(in crate::ui::tui) fn is_proposed(&self, row: usize) -> bool {
        self.proposed && row >= self.given
    }

    /// What stands in a cell.
    pub(in crate::ui::tui) fn text(&self, row: usize, column: usize) -> String {
        let (Some(row), Some(field)) = (self.rows.get(row), self.fields.get(column)) else { return String::new() };
        row.get(field.name).map(ToString::to_string).unwrap_or_default()
    }

    /// The lines of the table: its rows, the line that adds one, the line that ends it.
    pub(in crate::ui::tui) fn lines(&self) -> usize {
        self.rows.len() + 2
    }

    pub(super) fn key(&mut self, key: KeyEvent, answers: &Answers) -> Did {
        if self.cell.is_some() {
            return self.cell_key(key, answers);
        }
        let columns = self.fields.len() + 1;
        match key.code {
            KeyCode::Up if self.row == 0 => Did::Up,
            KeyCode::Up => {
                self.row -= 1;
                Did::Moved
            }
            KeyCode::Down if self.row + 1 >= self.lines() => Did::Down,
            KeyCode::Down => {
                self.row += 1;
                Did::Moved
            }
            KeyCode::Home => {
                (self.row, self.column) = (0, 0);
                Did::Moved
            }
            KeyCode::End => {
                self.row = self.lines() - 1;
                Did::Moved
            }
            KeyCode::Left if self.column == 0 || self.row >= self.rows.len() => Did::Left,
            KeyCode::Left => {
                self.column -= 1;
                Did::Moved
            }
            KeyCode::Right if self.column + 1 >= columns || self.row >= self.rows.len() => Did::Right,
            KeyCode::Right => {
                self.column += 1;
                Did::Moved
            }
            KeyCode::Enter if self.row + 1 == self.lines() => {
                // What was proposed and gone on from is the answer.
                self.proposed = false;
                Did::Next
            }
            KeyCode::Enter if self.row == self.rows.len() => {
                self.add(answers);
                Did::Changed
            }
            KeyCode::Enter if self.column == self.fields.len() => {
                self.take_away();
                Did::Changed
            }
            KeyCode::Delete if self.row < self.rows.len() => {
                self.take_away();
                Did::Changed
            }
            KeyCode::Enter | KeyCode::Char(' ') if self.row < self.rows.len() && self.column < self.fields.len() => {
                self.open_cell(answers);
                Did::Moved
            }
            KeyCode::Char('+' | 'a') if key.modifiers.is_empty() => {
                self.add(answers);
                Did::Changed
            }
            _ => Did::Nothing,
        }
    }

    fn take_away(&mut self) {
        self.rows.remove(self.row);
        self.proposed = false;
    }

    fn add(&mut self, answers: &Answers) {
        self.proposed = false;
        let role = roles_without_subnet(answers)
            .into_iter()
            .find(|role| !self.rows.iter().any(|row| row.get("roles").is_some_and(|roles| has(roles, role.name()))));
        self.rows.push(match role {
            Some(role) if self.subnets => proposed_subnet(role, answers, &self.rows),
            _ => BTreeMap::new(),
        });
        (self.row, self.column) = (self.rows.len() - 1, 0);
        self.open_cell(answers);
    }

    /// Goes to a cell, and opens the one under the cursor.
    pub(in crate::ui::tui) fn click(&mut self, row: usize, column: usize, answers: &Answers) -> Did {
        if self.cell.is_some() {
            return Did::Nothing;
        }
        let again = (self.row, self.column) == (row, column) || row >= self.rows.len();
        (self.row, self.column) = (row.min(self.lines() - 1), column.min(self.fields.len()));
        if again { self.key(KeyEvent::from(KeyCode::Enter), answers) } else { Did::Moved }
    }

    fn open_cell(&mut self, _answers: &Answers) {
        let (Some(row), Some(field)) = (self.rows.get(self.row), self.fields.get(self.column)) else { return };
        let value = row.get(field.name);
        let words = |value: Option<&Value>| match value {
            Some(Value::List(words)) => words.clone(),
            Some(Value::Text(word)) => vec![word.clone()],
            Some(Value::Flag(flag)) => vec![flag_word(*flag).to_string()],
            _ => Vec::new(),
        };
        let list = |options: Vec<(String, String)>, many: bool, flag: bool| {
            let mut list = List {
                options,
                chosen: value.map(|_| words(value)),
                default: Vec::new(),
                many,
                long: false,
                flag,
                needed: false,
                looked: false,
                filter: Input::default(),
                cursor: 0,
            };
            list.rest_on_chosen();
            Editor::List(list)
        };
        let pairs = |choices: &[Choice]| {
            choices.iter().map(|choice| (choice.word.to_string(), choice.means.to_string())).collect()
        };
        self.cell = Some(Box::new(match field.kind {
            Kind::Choice(choices) => list(pairs(choices), false, false),
            Kind::Many(choices) => list(pairs(choices), true, false),
            Kind::Flag => list(vec![("yes".into(), String::new()), ("no".into(), String::new())], false, true),
            _ => Editor::Line(Line { input: Input::new(value.map(as_typed).unwrap_or_default()) }),
        }));
    }

    fn cell_key(&mut self, key: KeyEvent, answers: &Answers) -> Did {
        let Some(cell) = &mut self.cell else { return Did::Nothing };
        match cell.key(key, answers) {
            Did::Next => self.close_cell(),
            Did::Nothing => Did::Nothing,
            Did::Changed => Did::Changed,
            _ => Did::Moved,
        }
    }

    /// Takes the cell into its row, if what it holds is a value.
    fn close_cell(&mut self) -> Did {
        let (rows, wrong) = self.with_cell();
        if wrong.is_none() {
            (self.rows, self.cell, self.proposed) = (rows, None, false);
            self.column = (self.column + 1).min(self.fields.len() - 1);
        }
        Did::Changed
    }

    /// What the field under the cursor means.
    pub(in crate::ui::tui) fn help(&self) -> String {
        match self.fields.get(self.column) {
            Some(field) if self.row < self.rows.len() => format!("{}: {}", field.name, field.help),
            None if self.row < self.rows.len() => "Enter takes the row away".into(),
            _ => String::new(),
        }
    }

    /// A row without something that every row must have: its number from 1, and what.
    pub(in crate::ui::tui) fn lacks(&self) -> Option<(usize, &'static str)> {
        let lacks = |row: &BTreeMap<String, Value>| {
            self.fields.iter().find(|field| field.needed && row.get(field.name).is_none_or(Value::is_empty))
        };
        self.rows.iter().enumerate().find_map(|(index, row)| lacks(row).map(|field| (index + 1, field.name)))
    }
}

fn has(roles: &Value, role: &str) -> bool {
    matches!(roles, Value::List(names) if names.iter().any(|name| name == role))
}
