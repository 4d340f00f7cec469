//! Prompts on a terminal that can move its cursor: lists to choose from with arrows, words completed while they are typed.

use super::ask::{Ask, Check, Form, NEEDED, Prompt, Reply, matching, parted};
use super::signals::{self, Signal};
use crate::problem::printable;
use crate::ui::text::{fill, width, wrap};
use crossterm::event::DisableBracketedPaste;
use crossterm::{cursor, execute, terminal};
use inquire::list_option::ListOption;
use inquire::ui::{RenderConfig, Styled};
use inquire::validator::Validation;
use inquire::{InquireError, MultiSelect, Select, Text};
use std::io::{self, Write, stderr};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Asks on the terminal of standard input and standard error.
pub(super) struct Prompts {
    monochrome: bool,
    sender: Sender<Message>,
    messages: Receiver<Message>,
}

/// What a prompt waits for.
enum Message {
    Reply(Result<Reply, InquireError>),
    End,
}

/// How to leave and go back, below every prompt.
const KEYS: &str = "Esc back, Ctrl-C leave";

impl Prompts {
    /// From here on a signal ends a prompt and gives the terminal back.
    ///
    /// # Errors
    ///
    /// The system does not let signals be waited for.
    pub(super) fn new(monochrome: bool) -> io::Result<Self> {
        let (sender, messages) = channel();
        let told = sender.clone();
        // A prompt cannot be called off: whatever the signal, it is the end.
        signals::tell(move |_: Signal| told.send(Message::End).is_ok())?;
        Ok(Prompts { monochrome, sender, messages })
    }

    /// Runs a prompt in a thread of its own, so that a signal is heard while it waits for a key.
    fn run(&self, prompt: impl FnOnce() -> Result<Reply, InquireError> + Send + 'static) -> io::Result<Reply> {
        let sender = self.sender.clone();
        let asking = thread::spawn(move || drop(sender.send(Message::Reply(prompt()))));
        let reply = match self.messages.recv() {
            Ok(Message::Reply(reply)) => reply,
            // The thread waits for a key that nobody presses any more, and ends with the program.
            Ok(Message::End) | Err(_) => {
                give_back();
                return Ok(Reply::End);
            }
        };
        drop(asking.join());
        match reply {
            Ok(reply) => Ok(reply),
            Err(InquireError::OperationCanceled) => Ok(Reply::Back),
            Err(InquireError::OperationInterrupted) => {
                writeln!(stderr())?;
                Ok(Reply::Leave)
            }
            Err(InquireError::IO(_)) => Ok(Reply::End),
            Err(error) => Err(io::Error::other(error.to_string())),
        }
    }

    fn look(&self) -> RenderConfig<'static> {
        let look = if self.monochrome { RenderConfig::empty() } else { RenderConfig::default() };
        look.with_canceled_prompt_indicator(Styled::new("(back)"))
    }
}

/// Nothing can be done where this fails: the terminal is gone.
fn give_back() {
    let _ = execute!(stderr(), DisableBracketedPaste, cursor::Show);
    let _ = terminal::disable_raw_mode();
    let _ = writeln!(stderr());
}

/// How many columns and rows the terminal has.
fn size() -> (usize, usize) {
    let (columns, rows) = terminal::size().unwrap_or((80, 24));
    (usize::from(columns).max(20), usize::from(rows).max(6))
}

/// What stands below the prompt: what it means, where that comes from, and the keys; broken at words.
fn help(prompt: &Prompt, keys: &str) -> String {
    let keys = format!("{keys}, {KEYS}");
    let parts = std::iter::once(&prompt.help).chain(&prompt.more).chain([&keys]).filter(|part| !part.is_empty());
    let (columns, _) = size();
    // The brackets around it are the prompt's.
    parts.flat_map(|part| wrap(part, columns - 2)).collect::<Vec<_>>().join("\n ")
}

/// The options, the words in a column; what they mean broken at words.
fn lines(options: &[(String, String)], mark: usize) -> Vec<String> {
    let (columns, _) = size();
    let widest = options.iter().map(|(word, _)| width(word)).max().unwrap_or(0).min(28);
    let line = |(word, means): &(String, String)| {
        if means.is_empty() {
            return printable(word);
        }
        let (head, indent) = match width(word) <= widest {
            true => (format!("{}  ", fill(word, widest)), mark + widest + 2),
            false => (format!("{}\n{}", printable(word), " ".repeat(mark + 2)), mark + 2),
        };
        let means = wrap(means, columns.saturating_sub(indent + 1).max(20));
        format!("{head}{}", means.join(&format!("\n{}", " ".repeat(indent))))
    };
    options.iter().map(line).collect()
}

/// How many of the options fit the terminal beside the help: all of them, if it can be.
fn page(options: &[String], help: &str) -> usize {
    let (_, rows) = size();
    let tall = |text: &String| text.lines().count();
    let room = rows.saturating_sub(help.lines().count() + 3);
    let all: usize = options.iter().map(tall).sum();
    let tallest = options.iter().map(tall).max().unwrap_or(1).max(1);
    if all <= room { options.len().max(1) } else { (room / tallest).max(3) }
}

fn ask_line(prompt: Prompt, look: RenderConfig<'static>) -> Result<Reply, InquireError> {
    let Form::Line { now, stands, otherwise, offers, check } = prompt.form.clone() else { return Ok(Reply::Back) };
    // What cannot be shown as it is stands there escaped; left like that, it stays as it was.
    let shown = printable(&now);
    let title = printable(&prompt.title);
    let keys = if offers.is_empty() { "Enter go on" } else { "Up and down choose, Tab completes, Enter go on" };
    let help = help(&prompt, keys);
    let default = printable(&otherwise);
    let mut text = Text::new(&title).with_help_message(&help).with_render_config(look).with_initial_value(&shown);
    if !default.is_empty() {
        text = text.with_placeholder(&default);
    }
    if !offers.is_empty() {
        let offers = offers.clone();
        text = text.with_autocomplete(move |typed: &str| {
            Ok(matching(&offers, typed).into_iter().map(|(word, _)| word.clone()).collect::<Vec<String>>())
        });
    }
    let checked: (Check, String) = (check, shown.clone());
    text = text.with_validator(move |typed: &str| {
        let (check, shown) = &checked;
        Ok(match check(typed.trim()) {
            Err(why) if typed != shown || !stands => Validation::Invalid(why.into()),
            _ => Validation::Valid,
        })
    });
    let typed = text.prompt()?;
    Ok(if stands && typed == shown { Reply::Keep } else { Reply::Line(typed.trim().to_string()) })
}

fn ask_one(prompt: Prompt, look: RenderConfig<'static>) -> Result<Reply, InquireError> {
    let Form::One { options, at } = prompt.form.clone() else { return Ok(Reply::Back) };
    let title = printable(&prompt.title);
    let help = help(&prompt, "Up and down choose, Enter go on");
    let lines = lines(&options, 2);
    let page = page(&lines, &help);
    let words: Vec<String> = options.iter().map(|(word, _)| printable(word)).collect();
    let chosen = Select::new(&title, lines)
        .with_help_message(&help)
        .with_page_size(page)
        .with_starting_cursor(at.unwrap_or(0))
        .with_formatter(&|option: ListOption<&String>| words[option.index].clone())
        .with_render_config(look)
        .raw_prompt()?;
    Ok(if at == Some(chosen.index) { Reply::Keep } else { Reply::One(chosen.index) })
}

fn ask_several(prompt: Prompt, look: RenderConfig<'static>) -> Result<Reply, InquireError> {
    let Form::Several { options, ticked, needed } = prompt.form.clone() else { return Ok(Reply::Back) };
    let title = printable(&prompt.title);
    let help = help(&prompt, "Space ticks, Enter go on");
    let lines = lines(&options, 6);
    let page = page(&lines, &help);
    let words: Vec<String> = options.iter().map(|(word, _)| printable(word)).collect();
    let chosen = MultiSelect::new(&title, lines)
        .with_help_message(&help)
        .with_page_size(page)
        .with_default(&ticked)
        .with_formatter(&|options: &[ListOption<&String>]| match options {
            [] => "none".into(),
            options => options.iter().map(|option| words[option.index].as_str()).collect::<Vec<_>>().join(", "),
        })
        .with_validator(move |options: &[ListOption<&String>]| {
            Ok(match needed && options.is_empty() {
                true => Validation::Invalid(format!("{NEEDED}: Space ticks what is so").into()),
                false => Validation::Valid,
            })
        })
        .with_render_config(look)
        .raw_prompt()?;
    let chosen: Vec<usize> = chosen.into_iter().map(|option| option.index).collect();
    Ok(if chosen == ticked { Reply::Keep } else { Reply::Several(chosen) })
}

impl Ask for Prompts {
    fn say(&mut self, text: &str) -> io::Result<()> {
        let (columns, _) = size();
        let mut out = stderr().lock();
        for line in text.lines() {
            let (mut head, text, indent) = parted(line);
            for line in wrap(text, (columns - 1).saturating_sub(indent)) {
                writeln!(out, "{head}{line}")?;
                head = " ".repeat(indent);
            }
        }
        if text.is_empty() {
            writeln!(out)?;
        }
        out.flush()
    }

    fn ask(&mut self, prompt: &Prompt) -> io::Result<Reply> {
        let (prompt, look) = (prompt.clone(), self.look());
        self.run(move || match &prompt.form {
            Form::Line { .. } => ask_line(prompt, look),
            Form::One { .. } => ask_one(prompt, look),
            Form::Several { .. } => ask_several(prompt, look),
        })
    }

    fn keys(&self) -> &'static str {
        "Enter takes what stands there, Esc goes back, Ctrl-C leaves."
    }
}
