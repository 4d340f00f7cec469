//! Plain numbered choices, read line by line: for screen readers, serial consoles and terminals that only print.
//!
//! What is written is text and line ends alone: no escape sequence, nothing moved, nothing written twice.

use super::ask::{Ask, Form, NEEDED, Prompt, Reply, matching, parted};
use crate::problem::printable;
use crate::ui::text::{fill, width, wrap};
use std::io::{self, BufRead, ErrorKind, Write};

/// Lines are broken at words before this column.
const WIDTH: usize = 79;

/// The longest line that is taken; what is longer was not typed by anybody.
const LONGEST: usize = 64 * 1024;

/// Asks over any input and output. An input error of the kind `Interrupted` is Ctrl-C.
pub(super) struct Plain<R, W> {
    input: R,
    output: W,
}

/// A line that was typed, or what came instead of one.
enum Typed {
    Line(String),
    Instead(Reply),
}

impl<R: BufRead, W: Write> Plain<R, W> {
    pub(super) fn new(input: R, output: W) -> Self {
        Plain { input, output }
    }

    /// A paragraph whose further lines stand `indent` columns in.
    fn hanging(&mut self, head: &str, text: &str, indent: usize) -> io::Result<()> {
        let mut head = head.to_string();
        for line in wrap(text, WIDTH.saturating_sub(indent)) {
            writeln!(self.output, "{}", format!("{head}{line}").trim_end())?;
            head = " ".repeat(indent);
        }
        Ok(())
    }

    fn line(&mut self, ahead: &str) -> io::Result<Typed> {
        write!(self.output, "{}> ", printable(ahead))?;
        self.output.flush()?;
        let mut bytes = Vec::new();
        let mut ended = false;
        while !ended {
            let (taken, after) = match self.input.fill_buf() {
                Ok([]) if bytes.is_empty() => {
                    writeln!(self.output)?;
                    return Ok(Typed::Instead(Reply::End));
                }
                Ok(ready) => {
                    let end = ready.iter().position(|byte| *byte == b'\n');
                    ended = end.is_some() || ready.is_empty();
                    let taken = end.unwrap_or(ready.len());
                    bytes.extend(&ready[..taken]);
                    (taken, usize::from(end.is_some()))
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {
                    writeln!(self.output)?;
                    return Ok(Typed::Instead(Reply::Leave));
                }
                Err(_) => return Ok(Typed::Instead(Reply::End)),
            };
            self.input.consume(taken + after);
            bytes.truncate(LONGEST);
        }
        let text = String::from_utf8_lossy(&bytes);
        Ok(Typed::Line(text.trim().to_string()))
    }

    fn refuse(&mut self, why: &str) -> io::Result<()> {
        self.say(&format!("Not taken: {why}"))
    }

    fn options(&mut self, options: &[(String, String)], ticked: Option<&[usize]>) -> io::Result<()> {
        // Yes and no need no lines of their own.
        if ticked.is_none() && options.len() <= 3 && options.iter().all(|(_, means)| means.is_empty()) {
            let all: Vec<String> =
                options.iter().enumerate().map(|(index, (word, _))| format!("{}) {word}", index + 1)).collect();
            return self.hanging("", &all.join("  "), 0);
        }
        let digits = options.len().to_string().len();
        let widest = options.iter().map(|(word, _)| width(word)).max().unwrap_or(0).min(28);
        for (index, (word, means)) in options.iter().enumerate() {
            let mark = match ticked {
                Some(ticked) if ticked.contains(&index) => " [x]",
                Some(_) => " [ ]",
                None => "",
            };
            let head = format!("{:>digits$}){mark} ", index + 1);
            let indent = head.len();
            if means.is_empty() {
                self.hanging(&head, word, indent)?;
            } else if width(word) <= widest {
                let head = format!("{head}{}  ", fill(word, widest));
                self.hanging(&head, means, indent + widest + 2)?;
            } else {
                self.hanging(&head, word, indent)?;
                self.hanging(&" ".repeat(indent), means, indent)?;
            }
        }
        Ok(())
    }

    fn tell_more(&mut self, prompt: &Prompt) -> io::Result<()> {
        for line in &prompt.more {
            self.say(line)?;
        }
        let how = match &prompt.form {
            Form::Line { .. } => {
                "Type the answer. An empty line takes what stands in brackets; - takes an answer back."
            }
            Form::One { .. } => "Type a number or a word. An empty line takes what stands in brackets.",
            Form::Several { .. } => {
                "Type numbers or words with spaces or commas between them. An empty line takes those in brackets; - means none of them."
            }
        };
        self.say(how)?;
        self.say(self.keys())
    }

    fn ask_line(&mut self, prompt: &Prompt) -> io::Result<Reply> {
        let Form::Line { now, stands, otherwise, offers, check } = &prompt.form else { return Ok(Reply::Back) };
        let bracketed = if now.is_empty() { otherwise } else { now };
        let ahead = if bracketed.is_empty() { String::new() } else { format!("[{bracketed}] ") };
        loop {
            let text = match self.line(&ahead)? {
                Typed::Instead(reply) => return Ok(reply),
                Typed::Line(text) => text,
            };
            let text = match text.as_str() {
                "<" => return Ok(Reply::Back),
                "?" => {
                    self.tell_more(prompt)?;
                    if !offers.is_empty() {
                        let words: Vec<&str> = offers.iter().map(|(word, _)| word.as_str()).collect();
                        self.say(&format!("Known: {}", words.join(", ")))?;
                    }
                    continue;
                }
                // What stood there before may stay, whatever it is.
                "" if *stands => return Ok(Reply::Keep),
                "" => now.clone(),
                "-" => String::new(),
                text => match text.strip_suffix('?') {
                    Some(part) if !offers.is_empty() => {
                        let found = matching(offers, part);
                        if found.is_empty() {
                            self.say("Nothing matches.")?;
                        }
                        for (word, means) in found {
                            self.say(&format!("{word}: {means}"))?;
                        }
                        continue;
                    }
                    _ => text.to_string(),
                },
            };
            match check(&text) {
                Err(why) => self.refuse(&why)?,
                Ok(()) => return Ok(Reply::Line(text)),
            }
        }
    }

    fn ask_one(&mut self, prompt: &Prompt) -> io::Result<Reply> {
        let Form::One { options, at } = &prompt.form else { return Ok(Reply::Back) };
        self.options(options, None)?;
        let ahead = at.map(|at| format!("[{}] ", options[at].0)).unwrap_or_default();
        loop {
            let text = match self.line(&ahead)? {
                Typed::Instead(reply) => return Ok(reply),
                Typed::Line(text) => text,
            };
            let found = match (text.as_str(), at) {
                ("<", _) => return Ok(Reply::Back),
                ("?", _) => {
                    self.tell_more(prompt)?;
                    continue;
                }
                ("", Some(_)) => return Ok(Reply::Keep),
                ("", None) => Err(NEEDED.to_string()),
                (text, _) => place(options, text),
            };
            match found {
                Ok(index) => {
                    if text != options[index].0 {
                        self.say(&options[index].0)?;
                    }
                    return Ok(Reply::One(index));
                }
                Err(why) => self.refuse(&why)?,
            }
        }
    }

    fn ask_several(&mut self, prompt: &Prompt) -> io::Result<Reply> {
        let Form::Several { options, ticked, needed } = &prompt.form else { return Ok(Reply::Back) };
        self.options(options, Some(ticked))?;
        let words = |places: &[usize]| places.iter().map(|at| options[*at].0.as_str()).collect::<Vec<_>>().join(", ");
        let ahead = if ticked.is_empty() { String::new() } else { format!("[{}] ", words(ticked)) };
        loop {
            let text = match self.line(&ahead)? {
                Typed::Instead(reply) => return Ok(reply),
                Typed::Line(text) => text,
            };
            let found = match text.as_str() {
                "<" => return Ok(Reply::Back),
                "?" => {
                    self.tell_more(prompt)?;
                    continue;
                }
                "" if ticked.is_empty() && *needed => Err(NEEDED.into()),
                "" => return Ok(Reply::Keep),
                "-" => Ok(Vec::new()),
                text => {
                    let words = text.split([',', ' ']).filter(|word| !word.is_empty());
                    words.map(|word| place(options, word)).collect::<Result<Vec<usize>, String>>().map(once)
                }
            };
            match found {
                Ok(found) if found.is_empty() && *needed => self.refuse(NEEDED)?,
                Ok(found) => {
                    if text != words(&found) && !found.is_empty() {
                        self.say(&words(&found))?;
                    }
                    return Ok(Reply::Several(found));
                }
                Err(why) => self.refuse(&why)?,
            }
        }
    }
}

impl<R: BufRead, W: Write> Ask for Plain<R, W> {
    fn say(&mut self, text: &str) -> io::Result<()> {
        for line in text.lines() {
            let (head, text, indent) = parted(line);
            self.hanging(&head, text, indent)?;
        }
        if text.is_empty() {
            writeln!(self.output)?;
        }
        Ok(())
    }

    fn ask(&mut self, prompt: &Prompt) -> io::Result<Reply> {
        self.say("")?;
        self.say(&prompt.title)?;
        if !prompt.help.is_empty() {
            self.hanging("  ", &prompt.help, 2)?;
        }
        if let Form::Line { offers, .. } = &prompt.form
            && !offers.is_empty()
        {
            self.hanging("  ", "? lists what is known, a part of a word and ? what matches it.", 2)?;
        }
        match &prompt.form {
            Form::Line { .. } => self.ask_line(prompt),
            Form::One { .. } => self.ask_one(prompt),
            Form::Several { .. } => self.ask_several(prompt),
        }
    }

    fn keys(&self) -> &'static str {
        "Each answer is a line. An empty line takes what stands in brackets, < goes back, ? tells more, Ctrl-C leaves."
    }
}

/// Each place once, in the order they were typed.
fn once(places: Vec<usize>) -> Vec<usize> {
    let mut seen = Vec::new();
    for place in places {
        if !seen.contains(&place) {
            seen.push(place);
        }
    }
    seen
}

/// The option that a number or a word means: the whole word, or a part that only one word begins with or holds.
fn place(options: &[(String, String)], text: &str) -> Result<usize, String> {
    if let Some(at) = options.iter().position(|(word, _)| word == text) {
        return Ok(at);
    }
    if let Ok(number) = text.parse::<usize>() {
        return match number {
            1.. if number <= options.len() => Ok(number - 1),
            _ => Err(format!("there is no number {text}, they go from 1 to {}", options.len())),
        };
    }
    let lower = text.to_lowercase();
    let words: Vec<String> = options.iter().map(|(word, _)| word.to_lowercase()).collect();
    let of =
        |fits: &dyn Fn(&String) -> bool| -> Vec<usize> { (0..words.len()).filter(|at| fits(&words[*at])).collect() };
    let mut found = of(&|word| word.starts_with(&lower));
    if found.is_empty() && lower.chars().count() >= 3 {
        found = of(&|word| word.contains(&lower));
    }
    match found.as_slice() {
        [at] => Ok(*at),
        [] => Err(match crate::problem::did_you_mean(text, options.iter().map(|(word, _)| word.as_str())) {
            Some(near) => format!("`{text}` is none of these; did you mean `{near}`?"),
            None => format!("`{text}` is none of these"),
        }),
        several => {
            let several: Vec<&str> = several.iter().map(|at| options[*at].0.as_str()).collect();
            Err(format!("`{text}` may mean {}", several.join(" or ")))
        }
    }
}
