//! The part of the screen that takes an answer: a line of text, a list to choose from, or a table of rows.

mod list;
mod table;
mod unfinished;

use crate::problem::is_seen;
use crate::question::{Answers, Choice, Field, Kind, Question, Value, as_typed, suggestions, typed};
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
    /// Whether an answer is needed.
    needed: bool,
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
                needed: question.needed,
                looked: false,
                filter: Input::default(),
                cursor: 0,
            };
            let unknown =
                list.chosen.iter().flatten().filter(|word| !list.options.iter().any(|(known, _)| known == *word));
            let unknown: Vec<(String, String)> = unknown.map(|word| (word.clone(), "not known".into())).collect();
            list.options.splice(0..0, unknown);
            list.rest_on_chosen();
            // Whoever is content goes on at once: Enter would untick what holds.
            if many && (list.chosen.is_some() || !list.default.is_empty() || !question.needed) {
                list.cursor = list.options.len();
            }
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
            Kind::Pairs => Editor::Table(Table::of_pairs(value).resumed(unfinished)),
            Kind::Records(fields) => {
                Editor::Table(Table::of_records(question, fields, value, answers, more).resumed(unfinished))
            }
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
            Editor::Table(Table { cell: Some(cell), .. }) => cell.paste(text),
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
