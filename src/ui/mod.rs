//! The fronts that ask: a full screen and plain lines, both over the one interview.
//!
//! What they need of the program stands here as [`Program`], in words and numbers: `cli` fills it, so that no front ever learns
//! what a plan is. Text in here came from answers and files: every front passes it through [`crate::problem::printable`]
//! before a terminal sees it.

mod changes;
pub mod line;
mod review;
pub mod text;
pub mod tui;

use crate::problem::Problem;
use crate::question::Answers;
use std::collections::BTreeMap;

/// What a problem with an answers file says that is not what it was when it was opened: another name is the way out.
pub const CHANGED: &str = "was changed by somebody else since it was opened here";

/// What a front asks of the program. Nothing here draws, and nothing but [`save`](Program::save), [`write`](Program::write)
/// and the draft changes the disk.
pub trait Program {
    /// What these answers come to: problems, or rules, routes, proof, exposure. Takes about ten milliseconds.
    fn preview(&mut self, answers: &Answers) -> Preview;

    /// The files that [`write`](Program::write) would write, each compared with what is in the folder `out`.
    ///
    /// # Errors
    ///
    /// Problems of the answers, or of the folder.
    fn files(&mut self, answers: &Answers, out: &str) -> Result<Vec<File>, Vec<Problem>>;

    /// What [`save`](Program::save) would do to the answers file.
    fn saving(&self, answers: &Answers) -> Saving;

    /// Saves the answers file and removes the draft. Answers that are incomplete or have problems are saved as well.
    ///
    /// # Errors
    ///
    /// The file is somebody else's, was changed since it was opened, or cannot be written.
    fn save(&mut self, answers: &Answers) -> Result<(), Problem>;

    /// Saves the answers file, then writes the folder: exactly what `netcordon generate FILE --out DIR` does.
    ///
    /// `force` replaces files that were edited by hand. `progress` is told each step, in words, and how many there are.
    ///
    /// # Errors
    ///
    /// Those of [`save`](Program::save), problems of the answers, files that only `force` would replace, what the system says.
    fn write(
        &mut self,
        answers: &Answers,
        force: bool,
        progress: &mut dyn FnMut(usize, usize, &str),
    ) -> Result<Written, Vec<Problem>>;

    /// Where things go.
    fn places(&self) -> &Places;

    /// Chooses where things go. An answers file that is there already is refused, unless it is the one that was opened.
    ///
    /// # Errors
    ///
    /// The file is there already, or the text is no path.
    fn choose_places(&mut self, places: Places) -> Result<(), Problem>;

    /// Drops a key that nobody knows, or one that is there twice, from the answers file, by its line and column in the file as
    /// it would be saved, which is what problems name.
    ///
    /// # Errors
    ///
    /// The key shares its line with others, so that only an editor can take it out.
    fn drop_key(&mut self, line: usize, column: usize) -> Result<(), Problem>;

    /// Keeps a draft, at most a second old after a crash, in place of the one kept before.
    ///
    /// # Errors
    ///
    /// It could not be kept; the wizard goes on without.
    fn keep(&mut self, draft: &Draft) -> Result<(), Problem>;

    /// Removes the draft: nothing in it is worth keeping any more.
    fn forget(&mut self);

    /// Drafts that wizards left behind which ended without saving, newest first.
    fn left_behind(&self) -> Vec<LeftBehind>;

    /// Takes over a draft that was left behind, with the file it belongs to.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    fn resume(&mut self, id: &str) -> Result<Draft, Problem>;

    /// Throws away a draft that was left behind.
    fn discard(&mut self, id: &str);
}

/// What answers come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// What is wrong, and what is still to be answered; places name lines of the file as it would be saved.
    pub problems: Vec<Problem>,
    /// Answers that are missing, each with what stands in for it until it is given: path, value. Empty once nothing is missing.
    pub stand_ins: Vec<(String, String)>,
    /// The plan in words; `None` if there is none, because of the problems.
    pub plan: Option<PlanInWords>,
}

/// A plan in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanInWords {
    /// NSG rules, a group for each NSG and direction.
    pub nsg: Vec<Group>,
    /// Firewall rules, a group for each collection.
    pub firewall: Vec<Group>,
    /// Routes, a group for each table.
    pub routes: Vec<Group>,
    /// What the admin should know.
    pub warnings: Vec<Warning>,
    /// What the plan's own check found.
    pub proof: Proof,
    /// What each subnet can reach.
    pub exposure: Vec<Exposure>,
    /// Subnets, firewall and flows, drawn as lines of text.
    pub picture: Vec<String>,
    /// The plan in numbers: what, in the singular, and how many.
    pub numbers: Vec<(String, usize)>,
}

/// Rows under one title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its identity: the same group has the same key before and after an answer, whatever its resource is called.
    pub key: String,
    /// Such as `nsg-hpc-nodes on snet-nodes · outbound`.
    pub title: String,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// One rule or route.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its identity: the same rule has the same key before and after an answer.
    pub key: String,
    /// What it is first read by: `140 allow`.
    pub head: String,
    /// Protocols and ports: `tcp 443`; empty for a route.
    pub services: String,
    /// Whom it is for: `AzureMachineLearning`.
    pub target: String,
    /// Why it is there.
    pub why: String,
    /// Its requirements, and the pages that say so.
    pub sources: Vec<String>,
}

/// Something that the admin should know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warning {
    /// What is so.
    pub what: String,
    /// What follows from it.
    pub consequence: String,
}

/// What a plan's own check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// Verdicts by kind: `allowed`, how many required flows, how many optional ones.
    pub counts: Vec<(String, usize, usize)>,
    /// Every flow that is not simply allowed: the flow, the verdict and its reason.
    pub doubtful: Vec<(String, String)>,
    /// What was taken for granted.
    pub assumed: Vec<String>,
}

/// What a subnet can reach.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exposure {
    /// The subnet.
    pub subnet: String,
    /// How many public IPv4 addresses.
    pub addresses: u64,
    /// Host names, of which so many have a wildcard.
    pub names: usize,
    /// See [`Exposure::names`].
    pub wildcards: usize,
    /// Destinations in which anyone can rent a place, by requirement.
    pub rentable: Vec<String>,
}

/// A file to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// Relative to the output folder.
    pub path: String,
    /// What becomes of it: `new`, `changed`, `unchanged`, `edited by hand` and so on.
    pub state: &'static str,
    /// Whether it was edited or is somebody else's, and only force replaces it.
    pub held: bool,
    /// What will be in it; empty if it goes.
    pub text: String,
    /// From what is there to what will be; empty if it stays as it is.
    pub diff: String,
}

/// What saving does to the answers file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// Whether there is anything to save.
    pub changes: bool,
    /// Whether something of the file is written anew, so that comments in it go.
    pub anew: bool,
    /// From the file to what will be saved.
    pub diff: String,
}

/// Where things go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The answers file; empty while it has no name.
    pub answers: String,
    /// The output folder.
    pub out: String,
    /// What else the plan depends on: options of the command line and their values, in turn.
    pub options: Vec<String>,
}

impl Places {
    /// The command that does what [`Program::write`] does.
    pub fn command(&self) -> String {
        format!("netcordon generate {} --out {}{}", quoted(&self.answers), quoted(&self.out), self.with_options())
    }

    /// The command that opens the same wizard again.
    pub fn wizard_command(&self) -> String {
        format!("netcordon wizard {} --out {}{}", quoted(&self.answers), quoted(&self.out), self.with_options())
    }

    fn with_options(&self) -> String {
        let word = |(index, text): (usize, &String)| if index % 2 == 0 { text.clone() } else { quoted(text) };
        self.options.iter().enumerate().map(|option| format!(" {}", word(option))).collect()
    }
}

/// A path as one word of a shell, which is no option.
pub fn quoted(path: &str) -> String {
    let path = if path.starts_with('-') { format!("./{path}") } else { path.to_string() };
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%".contains(c);
    if !path.is_empty() && path.chars().all(plain) {
        return path;
    }
    format!("'{}'", path.replace('\'', "'\\''"))
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// What was done and what to do next, to be read after the screen has gone.
    pub lines: Vec<String>,
}

/// Everything said so far, also what is half typed or parked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Every answer ever given.
    pub said: Answers,
    /// Text that is no answer yet, by the question's path.
    pub typed: BTreeMap<String, String>,
    /// The question in front.
    pub at: String,
    /// Whether the questions behind "more" are shown.
    pub more: bool,
}

/// A draft that a wizard left behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftBehind {
    /// To name it by.
    pub id: String,
    /// Such as `hpc-prod, 14 answers, answers.yaml`.
    pub what: String,
    /// Such as `3 minutes ago`.
    pub when: String,
}

/// How a wizard ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The folder was written.
    Written(Written),
    /// The answers are in the answers file, or nothing was said. What is not finished or not asked now is kept as a draft.
    Saved,
    /// Left with something unsaved, which is kept as a draft.
    Kept,
    /// Left, and what was unsaved thrown away.
    Discarded,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_has_everything_that_the_plan_depends_on() {
        let options = ["--service-tags", "tags.json", "--requirements", "my own.yaml"];
        let options = options.map(String::from).to_vec();
        let places = Places { answers: "-x.yaml".into(), out: "it's".into(), options };
        let rest = "./-x.yaml --out 'it'\\''s' --service-tags tags.json --requirements 'my own.yaml'";
        assert_eq!(places.command(), format!("netcordon generate {rest}"));
        assert_eq!(places.wizard_command(), format!("netcordon wizard {rest}"));
    }
}
