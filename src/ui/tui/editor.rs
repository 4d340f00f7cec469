//! The part of the screen that takes an answer: a line of text, a list to choose from, or a table of rows.

use crate::problem::is_seen;
use crate::question::{
    Answers, Choice, Field, Kind, Question, Value, as_typed, proposed_subnet, proposed_subnets, proposes_rows,
    roles_without_subnet, suggestions, typed, typed_field,
};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use std::collections::BTreeMap;
use tui_input::{Input, InputRequest};

/// What takes the answer to the question in front.
#[derive(Clone, Debug)]
pub(super) enum Editor {
    /// Text, a number, texts, prefixes.
    Line(Line),
    /// One word or several of a list.
    List(List),
    /// Rows of fields.
    Table(Table),
}

/// What a key did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Did {
    /// It is not the editor's: others may have it.
    Nothing,
    /// It moved something.
    Moved,
    /// The answer may be another one now.
    Changed,
    /// The answer stands: on to the next question.
    Next,
    /// It did nothing, and why.
    Refused(&'static str),
    /// The cursor left the editor: to the left, to the right, upwards, downwards.
    Left,
    /// See [`Did::Left`].
    Right,
    /// See [`Did::Left`].
    Up,
    /// See [`Did::Left`].
    Down,
}

/// What an editor holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// An answer.
    Answer(Value),
    /// None: the default holds, if there is one.
    None,
    /// Text that is no answer, and why.
    Unfinished(String, String),
}

/// A line of text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) input: Input,
}

/// A list to choose from.
#[derive(Clone, Debug)]
pub(super) struct List {
    /// The words, and what each means.
    pub(super) options: Vec<(String, String)>,
    /// The words that are chosen; `None` while nobody chose, so that the default holds.
    pub(super) chosen: Option<Vec<String>>,
    /// The word that holds if none is chosen.
    pub(super) default: Vec<String>,
    /// Whether several may be chosen.
    pub(super) many: bool,
    /// Whether it is long enough to be searched by typing.
    pub(super) long: bool,
    /// Whether the words stand for yes and no.
    flag: bool,
    pub(super) filter: Input,
    /// Whether somebody looked for a word or moved to one.
    looked: bool,
    /// Among the options that the filter leaves, and after them, where several may be chosen, what ends the choice.
    pub(super) cursor: usize,
}

/// Rows of fields.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub(super) fields: Vec<Field>,
    pub(super) rows: Vec<BTreeMap<String, Value>>,
    /// Whether the last rows are proposed and not yet an answer.
    pub(super) proposed: bool,
    /// How many rows were an answer before.
    given: usize,
    /// The row of the cursor; after the rows come the line that adds one and the line that ends the table.
    pub(super) row: usize,
    /// The column of the cursor; after the fields comes the one that takes the row away.
    pub(super) column: usize,
    /// The cell under the cursor, while it is edited.
    pub(super) cell: Option<Box<Editor>>,
    /// What is wrong with the text of the cell.
    pub(super) refused: Option<String>,
    pairs: bool,
    subnets: bool,
}

/// More options than this are searched by typing.
const LONG: usize = 12;

impl Editor {
    /// The editor for a question as it stands; `unfinished` is text that was typed before and is no answer.
    pub(super) fn of(question: &Question, answers: &Answers, unfinished: Option<&str>, more: bool) -> Editor {
        let value = question.answer(answers);
        let default = (question.default)(answers);
        let offered = suggestions(question, answers);
        let is_offered = !offered.is_empty();
        let words = |value: &Option<Value>| match value {
            Some(Value::Text(word)) => vec![word.clone()],
            Some(Value::List(words)) => words.clone(),
            Some(Value::Flag(flag)) => vec![flag_word(*flag).into()],
            _ => Vec::new(),
        };
        let list = |options: Vec<(String, String)>, many: bool, flag: bool| {
            let mut list = List {
                long: options.len() > LONG || is_offered,
                options,
                chosen: value.as_ref().map(|_| words(&value)),
                default: words(&default),
                many,
                flag,
                looked: false,
                filter: Input::default(),
                cursor: 0,
            };
            for word in list.chosen.clone().unwrap_or_default() {
                if !list.options.iter().any(|(known, _)| *known == word) {
                    list.options.insert(0, (word, "not known".into()));
                }
            }
            list.rest_on_chosen();
            Editor::List(list)
        };
        let pairs = |choices: &[Choice]| {
            choices.iter().map(|choice| (choice.word.to_string(), choice.means.to_string())).collect()
        };
        match question.kind {
            Kind::Choice(choices) => list(pairs(choices), false, false),
            Kind::Many(choices) => list(pairs(choices), true, false),
            Kind::Flag => list(vec![("yes".into(), String::new()), ("no".into(), String::new())], false, true),
            Kind::Text | Kind::Texts if is_offered => {
                let many = matches!(question.kind, Kind::Texts);
                list(offered.into_iter().map(|offer| (offer.word, offer.means)).collect(), many, false)
            }
            Kind::Text | Kind::Number(..) | Kind::Texts | Kind::Prefixes => {
                let text = unfinished.map(String::from).or_else(|| value.as_ref().map(as_typed));
                Editor::Line(Line { input: Input::new(text.unwrap_or_default()) })
            }
            Kind::Pairs => Editor::Table(Table::of_pairs(value)),
            Kind::Records(fields) => Editor::Table(Table::of_records(question, fields, value, answers, more)),
        }
    }

    /// What it holds as an answer to the question.
    pub(super) fn held(&self, question: &Question) -> Held {
        match self {
            Editor::Line(line) => match typed(question, line.input.value()) {
                Ok(Some(value)) => Held::Answer(value),
                Ok(None) => Held::None,
                Err(why) => Held::Unfinished(line.input.value().into(), why),
            },
            Editor::List(list) => list.held(),
            Editor::Table(table) => table.held(),
        }
    }

    pub(super) fn key(&mut self, key: KeyEvent, answers: &Answers) -> Did {
        match self {
            Editor::Line(line) => line.key(key),
            Editor::List(list) => list.key(key),
            Editor::Table(table) => table.key(key, answers),
        }
    }

    /// Whether a cell of a table is edited.
    pub(super) fn in_cell(&self) -> bool {
        matches!(self, Editor::Table(Table { cell: Some(_), .. }))
    }

    /// Takes pasted text.
    pub(super) fn paste(&mut self, text: &str) -> Did {
        match self {
            Editor::Line(line) => line.paste(text),
            Editor::List(list) if list.long => {
                insert(&mut list.filter, text, " ");
                (list.cursor, list.looked) = (0, true);
                Did::Moved
            }
            Editor::Table(Table { cell: Some(cell), .. }) => match cell.paste(text) {
                Did::Changed => Did::Moved,
                did => did,
            },
            _ => Did::Nothing,
        }
    }

    /// Whether plain letters are text here and not commands.
    pub(super) fn takes_letters(&self) -> bool {
        match self {
            Editor::Line(_) => true,
            Editor::List(list) => list.long,
            Editor::Table(table) => table.cell.as_ref().is_some_and(|cell| cell.takes_letters()),
        }
    }

    /// Leaves what is open in the editor itself; whether something was.
    pub(super) fn escape(&mut self) -> bool {
        match self {
            Editor::List(list) if !list.filter.value().is_empty() => {
                list.filter.reset();
                list.rest_on_chosen();
                true
            }
            Editor::Table(table) if table.cell.is_some() => {
                if !table.cell.as_mut().is_some_and(|cell| cell.escape()) {
                    table.cell = None;
                    table.refused = None;
                }
                true
            }
            _ => false,
        }
    }
}

fn flag_word(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

/// Puts text at the cursor; line ends become `separator`, and what nobody can see is left out.
fn insert(input: &mut Input, text: &str, separator: &str) {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let flat: String = lines.join(separator).replace('\t', " ").chars().filter(|c| is_seen(*c)).take(10_000).collect();
    let at = input.cursor();
    let before: String = input.value().chars().take(at).collect();
    let after: String = input.value().chars().skip(at).collect();
    let cursor = at + flat.chars().count();
    *input = Input::new(format!("{before}{flat}{after}")).with_cursor(cursor);
}

/// What a key asks of a line of text.
fn request(key: KeyEvent) -> Option<InputRequest> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    match key.code {
        KeyCode::Char('a') if control => Some(InputRequest::GoToStart),
        KeyCode::Char('e') if control => Some(InputRequest::GoToEnd),
        KeyCode::Char('w') if control => Some(InputRequest::DeletePrevWord),
        KeyCode::Char('u') if control => Some(InputRequest::DeleteFromStart),
        KeyCode::Char('k') if control => Some(InputRequest::DeleteTillEnd),
        KeyCode::Char('h') if control => Some(InputRequest::DeletePrevChar),
        KeyCode::Char(character) if !control && !alt && is_seen(character) => Some(InputRequest::InsertChar(character)),
        KeyCode::Backspace if control || alt => Some(InputRequest::DeletePrevWord),
        KeyCode::Backspace => Some(InputRequest::DeletePrevChar),
        KeyCode::Delete if control => Some(InputRequest::DeleteNextWord),
        KeyCode::Delete => Some(InputRequest::DeleteNextChar),
        KeyCode::Left if control => Some(InputRequest::GoToPrevWord),
        KeyCode::Right if control => Some(InputRequest::GoToNextWord),
        KeyCode::Left => Some(InputRequest::GoToPrevChar),
        KeyCode::Right => Some(InputRequest::GoToNextChar),
        KeyCode::Home => Some(InputRequest::GoToStart),
        KeyCode::End => Some(InputRequest::GoToEnd),
        _ => None,
    }
}

impl Line {
    pub(super) fn key(&mut self, key: KeyEvent) -> Did {
        match key.code {
            KeyCode::Enter => return Did::Next,
            KeyCode::Up => return Did::Up,
            KeyCode::Down => return Did::Down,
            KeyCode::Left if self.input.cursor() == 0 => return Did::Left,
            KeyCode::Right if self.input.cursor() == self.input.value().chars().count() => return Did::Right,
            _ => {}
        }
        match request(key).map(|request| self.input.handle(request)) {
            Some(Some(changed)) if changed.value => Did::Changed,
            Some(_) => Did::Moved,
            None => Did::Nothing,
        }
    }

    fn paste(&mut self, text: &str) -> Did {
        insert(&mut self.input, text, ", ");
        Did::Changed
    }
}

impl List {
    /// The options that the filter leaves, as places in `options`: those that begin with it first.
    pub(super) fn shown(&self) -> Vec<usize> {
        let wanted = self.filter.value().trim().to_lowercase();
        let rank = |index: &usize| {
            let (word, means) = &self.options[*index];
            let word = word.to_lowercase();
            match () {
                () if word == wanted => Some(0),
                () if word.starts_with(&wanted) => Some(1),
                () if word.contains(&wanted) => Some(2),
                () if means.to_lowercase().contains(&wanted) => Some(3),
                () => None,
            }
        };
        let mut found: Vec<(u8, usize)> =
            (0..self.options.len()).filter_map(|index| rank(&index).map(|rank| (rank, index))).collect();
        if !wanted.is_empty() {
            found.sort_unstable();
        }
        found.into_iter().map(|(_, index)| index).collect()
    }

    fn rest_on_chosen(&mut self) {
        let first = self.chosen.iter().flatten().next().or(self.default.first());
        self.cursor = self.options.iter().position(|(word, _)| Some(word) == first).unwrap_or(0);
    }

    fn held(&self) -> Held {
        let Some(chosen) = &self.chosen else { return Held::None };
        if self.many {
            if chosen.is_empty() && self.default.is_empty() {
                return Held::None;
            }
            // In the order of the list, whatever the order of choosing.
            let known = self.options.iter().map(|(word, _)| word).filter(|word| chosen.contains(word));
            return Held::Answer(Value::List(known.cloned().collect()));
        }
        match (chosen.first(), self.flag) {
            (Some(word), true) => Held::Answer(Value::Flag(word == flag_word(true))),
            (Some(word), false) => Held::Answer(Value::Text(word.clone())),
            (None, _) => Held::None,
        }
    }

    fn choose(&mut self, at: usize) {
        let Some(index) = self.shown().get(at).copied() else { return };
        let word = self.options[index].0.clone();
        if !self.many {
            self.chosen = Some(vec![word]);
            return;
        }
        // What holds by default is what is taken away from, or added to.
        let chosen = self.chosen.get_or_insert_with(|| self.default.clone());
        match chosen.iter().position(|chosen| *chosen == word) {
            Some(known) => drop(chosen.remove(known)),
            None => chosen.push(word),
        }
    }

    /// Chooses the option in that line of the list, as a click does.
    pub(super) fn click(&mut self, at: usize) -> Did {
        let lines = self.shown().len();
        if at < lines {
            self.cursor = at;
            self.choose(at);
            return Did::Changed;
        }
        if self.many && at == lines { Did::Next } else { Did::Nothing }
    }

    fn key(&mut self, key: KeyEvent) -> Did {
        let shown = self.shown().len();
        let last = if self.many { shown } else { shown.saturating_sub(1) };
        let moves = |to: usize, list: &mut List| {
            (list.cursor, list.looked) = (to.min(last), true);
            // In a short list of which one holds, looking is choosing: what follows from it shows at once.
            if list.many || list.long {
                return Did::Moved;
            }
            list.choose(list.cursor);
            Did::Changed
        };
        match key.code {
            KeyCode::Up if self.cursor == 0 => Did::Up,
            KeyCode::Up => moves(self.cursor - 1, self),
            KeyCode::Down if self.cursor >= last => Did::Down,
            KeyCode::Down => moves(self.cursor + 1, self),
            KeyCode::Home if !self.long => moves(0, self),
            KeyCode::End if !self.long => moves(last, self),
            KeyCode::Enter if self.many && self.cursor == shown => Did::Next,
            KeyCode::Enter if self.many => {
                self.choose(self.cursor);
                Did::Changed
            }
            // The first of a long list stands there by chance, and is not what anybody meant.
            KeyCode::Enter if self.long && !self.looked && self.chosen.is_none() && self.default.is_empty() => {
                Did::Refused("type a few letters of it, or choose with ↓")
            }
            KeyCode::Enter if shown == 0 => Did::Refused("nothing here is called that"),
            KeyCode::Enter => {
                let holds_by_default =
                    self.shown().get(self.cursor).is_some_and(|at| self.default.contains(&self.options[*at].0));
                if !(self.chosen.is_none() && holds_by_default) {
                    self.choose(self.cursor);
                }
                Did::Next
            }
            KeyCode::Char(' ') if !self.long || self.many && self.filter.value().is_empty() => {
                if self.cursor == shown && self.many {
                    return Did::Moved;
                }
                self.choose(self.cursor);
                Did::Changed
            }
            KeyCode::Delete if self.filter.value().is_empty() => {
                self.chosen = None;
                self.rest_on_chosen();
                Did::Changed
            }
            KeyCode::Left if self.filter.cursor() == 0 => Did::Left,
            KeyCode::Right if self.filter.cursor() == self.filter.value().chars().count() => Did::Right,
            KeyCode::Char('y' | 'n') if self.flag && key.modifiers.is_empty() => {
                self.cursor = usize::from(key.code == KeyCode::Char('n'));
                self.choose(self.cursor);
                Did::Changed
            }
            _ if self.long => match request(key).map(|request| self.filter.handle(request)) {
                Some(Some(changed)) if changed.value => {
                    (self.cursor, self.looked) = (0, true);
                    Did::Moved
                }
                Some(_) => Did::Moved,
                None => Did::Nothing,
            },
            _ => Did::Nothing,
        }
    }

    /// Whether a word holds: chosen, or by default.
    pub(super) fn holds(&self, word: &str) -> bool {
        self.chosen.as_ref().unwrap_or(&self.default).iter().any(|held| held == word)
    }
}

const PAIR_FIELDS: [Field; 2] = [
    Field { name: "name", kind: Kind::Text, needed: true, help: "its name" },
    Field { name: "value", kind: Kind::Text, needed: true, help: "its value" },
];

impl Table {
    fn of_pairs(value: Option<Value>) -> Table {
        let pairs = match value {
            Some(Value::Pairs(pairs)) => pairs,
            _ => BTreeMap::new(),
        };
        let row = |(name, value): (String, String)| {
            BTreeMap::from([("name".into(), Value::Text(name)), ("value".into(), Value::Text(value))])
        };
        Table {
            fields: PAIR_FIELDS.to_vec(),
            rows: pairs.into_iter().map(row).collect(),
            pairs: true,
            ..Table::empty()
        }
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
            refused: None,
            pairs: false,
            subnets: false,
        }
    }

    fn of_records(question: &Question, fields: &[Field], value: Option<Value>, answers: &Answers, more: bool) -> Table {
        let subnets = proposes_rows(question);
        let mut rows = match value {
            Some(Value::Records(rows)) => rows,
            _ => Vec::new(),
        };
        let proposals = if subnets { proposed_subnets(answers) } else { Vec::new() };
        let (proposed, given) = (!proposals.is_empty(), rows.len());
        rows.extend(proposals);
        // What need not be said is shown where it was said, or with "more".
        let used = |field: &Field| field.needed || more || rows.iter().any(|row| row.contains_key(field.name));
        let fields = fields.iter().filter(|field| used(field)).copied().collect();
        // On the line that ends the table: whoever is content goes on at once.
        let row = if rows.is_empty() { 0 } else { rows.len() + 1 };
        Table { fields, rows, proposed, given, subnets, row, ..Table::empty() }
    }

    fn held(&self) -> Held {
        if self.pairs {
            let text = |row: &BTreeMap<String, Value>, key: &str| row.get(key).map(as_typed).unwrap_or_default();
            let pairs: BTreeMap<String, String> =
                self.rows.iter().map(|row| (text(row, "name"), text(row, "value"))).collect();
            let whole = pairs.iter().all(|(name, value)| !name.is_empty() && !value.is_empty());
            return match (pairs.is_empty(), whole && pairs.len() == self.rows.len()) {
                (true, _) => Held::None,
                (false, true) => Held::Answer(Value::Pairs(pairs)),
                (false, false) => {
                    Held::Unfinished(String::new(), "each row needs a name of its own and a value".into())
                }
            };
        }
        let rows = if self.proposed { &self.rows[..self.given] } else { &self.rows[..] };
        let rows: Vec<_> = rows.iter().filter(|row| !row.is_empty()).cloned().collect();
        if rows.is_empty() { Held::None } else { Held::Answer(Value::Records(rows)) }
    }

    /// Whether a row is proposed and not yet an answer.
    pub(super) fn is_proposed(&self, row: usize) -> bool {
        self.proposed && row >= self.given
    }

    /// What stands in a cell.
    pub(super) fn text(&self, row: usize, column: usize) -> String {
        let (Some(row), Some(field)) = (self.rows.get(row), self.fields.get(column)) else { return String::new() };
        row.get(field.name).map(ToString::to_string).unwrap_or_default()
    }

    /// The lines of the table: its rows, the line that adds one, the line that ends it.
    pub(super) fn lines(&self) -> usize {
        self.rows.len() + 2
    }

    fn key(&mut self, key: KeyEvent, answers: &Answers) -> Did {
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
    pub(super) fn click(&mut self, row: usize, column: usize, answers: &Answers) -> Did {
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
        self.refused = None;
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
            _ => Did::Moved,
        }
    }

    /// Takes the cell into its row.
    fn close_cell(&mut self) -> Did {
        let (Some(cell), Some(field)) = (&self.cell, self.fields.get(self.column).copied()) else {
            return Did::Nothing;
        };
        let held = match cell.as_ref() {
            Editor::Line(line) => typed_field(&field, line.input.value()),
            Editor::List(list) => Ok(match list.held() {
                Held::Answer(value) => Some(value),
                _ => None,
            }),
            Editor::Table(_) => Ok(None),
        };
        let held = match held {
            Ok(held) => held,
            Err(why) => {
                self.refused = Some(why);
                return Did::Moved;
            }
        };
        if let Some(row) = self.rows.get_mut(self.row) {
            match held {
                Some(value) => drop(row.insert(field.name.into(), value)),
                None => drop(row.remove(field.name)),
            }
        }
        (self.cell, self.refused, self.proposed) = (None, None, false);
        self.column = (self.column + 1).min(self.fields.len() - 1);
        Did::Changed
    }

    /// What the field under the cursor means.
    pub(super) fn help(&self) -> String {
        match self.fields.get(self.column) {
            Some(field) if self.row < self.rows.len() => format!("{}: {}", field.name, field.help),
            None if self.row < self.rows.len() => "Enter takes the row away".into(),
            _ => String::new(),
        }
    }

    /// A row without something that every row must have: its number from 1, and what.
    pub(super) fn lacks(&self) -> Option<(usize, &'static str)> {
        let lacks = |row: &BTreeMap<String, Value>| {
            self.fields.iter().find(|field| field.needed && row.get(field.name).is_none_or(Value::is_empty))
        };
        self.rows.iter().enumerate().find_map(|(index, row)| lacks(row).map(|field| (index + 1, field.name)))
    }
}

fn has(roles: &Value, role: &str) -> bool {
    matches!(roles, Value::List(names) if names.iter().any(|name| name == role))
}
