//! One thing to ask, in words, and the two ways to ask it: [`plain`](super::plain) and [`prompts`](super::prompts).

use std::io;
use std::sync::Arc;

/// Asks one thing at a time. All text it is given may come from answers and files: it is made printable here.
pub(super) trait Ask {
    /// Says something; each line is a paragraph.
    ///
    /// # Errors
    ///
    /// The terminal failed.
    fn say(&mut self, text: &str) -> io::Result<()>;

    /// Asks until there is an answer that the prompt takes, or somebody wants to go elsewhere.
    ///
    /// # Errors
    ///
    /// The terminal failed.
    fn ask(&mut self, prompt: &Prompt) -> io::Result<Reply>;

    /// How a user goes back, leaves and asks for help, in a sentence or two.
    fn keys(&self) -> &'static str;
}

/// One thing to ask.
#[derive(Clone)]
pub(super) struct Prompt {
    /// The question itself.
    pub(super) title: String,
    /// What it means and why it is asked.
    pub(super) help: String,
    /// What else is known of it: its sources, its place in the file.
    pub(super) more: Vec<String>,
    /// What an answer looks like.
    pub(super) form: Form,
}

/// What an answer looks like.
#[derive(Clone)]
pub(super) enum Form {
    /// A line of text.
    Line {
        /// The answer as it stands; empty if there is none.
        now: String,
        /// Whether that is an answer, and not text that is none yet.
        stands: bool,
        /// What holds for an empty line; empty if nothing does.
        otherwise: String,
        /// Words that may be meant, each with what it is.
        offers: Vec<(String, String)>,
        /// What is wrong with a line, as a clause.
        check: Check,
    },
    /// One of a few.
    One {
        /// The words, each with what it means.
        options: Vec<(String, String)>,
        /// The one that stands; `None` where one must be chosen.
        at: Option<usize>,
    },
    /// Any of a few.
    Several {
        /// The words, each with what it means.
        options: Vec<(String, String)>,
        /// Those that stand.
        ticked: Vec<usize>,
        /// Whether one at least must be chosen.
        needed: bool,
    },
}

/// Says what is wrong with a line, as a clause.
pub(super) type Check = Arc<dyn Fn(&str) -> Result<(), String> + Send + Sync>;

/// What came of asking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// What stands stays: the answer there is, or what holds without one.
    Keep,
    /// A line that the check found nothing wrong with; empty for no answer.
    Line(String),
    /// The option at this place.
    One(usize),
    /// The options at these places, in the order they are wanted in.
    Several(Vec<usize>),
    /// Back to the question before.
    Back,
    /// Leave the wizard.
    Leave,
    /// Nothing more can be asked: the input has ended, or the system wants us to end.
    End,
}

/// What is said of a line or a choice of nothing where something is needed.
pub(super) const NEEDED: &str = "this must be answered";

/// A line to be said, parted: what its first line begins with, its text, and how many columns in its further lines begin.
pub(super) fn parted(line: &str) -> (String, &str, usize) {
    let text = line.trim_start_matches(' ');
    let marks = ["- ", "! "].iter().find(|mark| text.starts_with(**mark)).map_or(0, |mark| mark.len());
    let indent = line.len() - text.len() + marks;
    (format!("{}{}", " ".repeat(indent - marks), &text[..marks]), &text[marks..], indent)
}

/// The words that hold what somebody typed, those that begin with it first.
pub(super) fn matching<'o>(offers: &'o [(String, String)], text: &str) -> Vec<&'o (String, String)> {
    let text = text.trim().to_lowercase();
    let begins = |offer: &&(String, String)| offer.0.to_lowercase().starts_with(&text);
    let holds = |offer: &&(String, String)| !begins(offer) && offer.0.to_lowercase().contains(&text);
    offers.iter().filter(begins).chain(offers.iter().filter(holds)).collect()
}
