//! `netcordon` and `netcordon wizard`: what the fronts need of the program, filled in.

mod draft;
mod picture;
mod stand_ins;
mod words;

use super::generate::{self, Ready};
use super::input::{self, Input};
use super::{Answer, Common, print};
use crate::catalog::tags::TagFile;
use crate::environment::Environment;
use crate::interview::Interview;
use crate::problem::Problem;
use crate::question::{self, Answers, VERSION, save};
use crate::render::templates::Templates;
use crate::ui::line::Manner;
use crate::ui::{self, Draft, End, File, LeftBehind, Places, Preview, Program, Saving, Written};
use crate::write::{self, Change, LOCK};
use clap::Args;
use draft::Drafts;
use similar::TextDiff;
use std::cell::RefCell;
use std::io::{IsTerminal, Write as _};
use std::path::{Path, PathBuf};

/// The output folder where none is named.
const DEFAULT_OUT: &str = "out";

/// Arguments of `wizard`.
#[derive(Args, Debug, Default)]
pub(super) struct WizardVerb {
    /// Start from this answers file; one that does not exist yet is where the answers will be saved
    #[arg(value_name = "ANSWERS")]
    answers: Option<PathBuf>,
    /// The output folder
    #[arg(long, value_name = "DIR", default_value = DEFAULT_OUT)]
    out: Option<PathBuf>,
    /// Ask line by line instead of on the full screen
    #[arg(long)]
    plain: bool,
}

impl WizardVerb {
    /// The wizard from nothing.
    pub(super) fn without_file(plain: bool) -> Self {
        WizardVerb { plain, ..WizardVerb::default() }
    }
}

pub(super) fn run(verb: &WizardVerb, common: &Common) -> Result<Answer, Vec<Problem>> {
    let out = verb.out.clone().unwrap_or_else(|| DEFAULT_OUT.into());
    let mut wizard = Wizard::open(verb.answers.as_deref(), &out, draft::folder())?;
    (wizard.common, wizard.tag_file) = (common.clone(), input::tag_file(common)?);
    wizard.places.options = options(common);
    let interview = wizard.interview();
    if !(std::io::stdin().is_terminal() && std::io::stdout().is_terminal()) {
        return Err(vec![without_terminal(&wizard.places, &interview)]);
    }
    let set = |name: &str| std::env::var(name).is_ok_and(|value| !value.is_empty());
    let monochrome = set("NO_COLOR") || common.color == "never";
    // What moves the cursor is written to standard error.
    let simple = set("ACCESSIBLE") || only_prints() || !std::io::stderr().is_terminal();
    let end = match (simple, verb.plain) {
        (true, _) => ui::line::run(&mut wizard, interview, Manner::Plain),
        (false, true) => ui::line::run(&mut wizard, interview, Manner::Prompts { monochrome }),
        (false, false) => ui::tui::run(&mut wizard, interview, monochrome),
    };
    let end = end.map_err(|error| {
        let kept = if wizard.drafts.has_draft() { "; what was said is kept as a draft" } else { "" };
        vec![Problem::at("", format!("the terminal failed: {error}{kept}"), "")]
    })?;
    match end {
        End::Written(written) => {
            written.lines.iter().for_each(|line| print::talk(&crate::problem::printable(line)));
            wizard.tell_of_rest();
            Ok(Answer::Yes)
        }
        End::Saved => {
            wizard.tell_of_rest();
            Ok(Answer::Yes)
        }
        End::Kept => {
            print::talk(if wizard.drafts.has_draft() {
                "left without saving; the next `netcordon` offers to go on from here"
            } else {
                "left without saving, and no draft could be kept"
            });
            Ok(Answer::Cancelled)
        }
        End::Discarded => Ok(Answer::Cancelled),
    }
}

/// The options that the plan depends on.
fn options(common: &Common) -> Vec<String> {
    let option = |name: &str, path: &PathBuf| [name.to_string(), path.display().to_string()];
    let tags = common.service_tags.iter().flat_map(|path| option("--service-tags", path));
    tags.chain(common.requirements.iter().flat_map(|path| option("--requirements", path))).collect()
}

/// Whether the terminal cannot move its cursor, or nobody says what it can.
fn only_prints() -> bool {
    match std::env::var("TERM") {
        Ok(term) => ["", "dumb", "unknown"].contains(&term.as_str()),
        Err(_) => cfg!(unix),
    }
}

/// Says what to do where nobody can be asked.
fn without_terminal(places: &Places, interview: &Interview) -> Problem {
    let what = "the wizard needs a terminal, for standard input and for standard output";
    let missing: Vec<String> = interview.missing().iter().map(|question| format!("`{}`", question.path)).collect();
    let answers = if places.answers.is_empty() { "FILE".into() } else { places.answers.clone() };
    let command = format!("`{}`", Places { answers, ..places.clone() }.command());
    let hint = if missing.is_empty() {
        format!("nothing is missing in the answers: {command} writes the folder")
    } else {
        format!("give the answers that are missing, {}, in a file, then run {command}", missing.join(", "))
    };
    Problem::at("", what, hint)
}

/// The answers file that the answers go back into.
#[derive(Default)]
struct AnswersFile {
    /// What was there when it was opened or last saved; `None` if nothing was.
    on_disk: Option<Vec<u8>>,
    /// That, as text, without the keys that were dropped since: what answers are saved into.
    text: String,
    /// Whether it has no `version`, so that one is to be written.
    lacks_version: bool,
}

/// The program behind the fronts.
pub struct Wizard {
    common: Common,
    tag_file: Option<TagFile>,
    places: Places,
    file: AnswersFile,
    drafts: Drafts,
    /// The last plan, for the files of the same answers.
    last: Option<(Input, Environment)>,
    /// The last text, for what saving the same answers changes.
    last_text: RefCell<Option<(Answers, question::Saved)>>,
}

impl Wizard {
    /// The program for an answers file, which may not exist yet, and an output folder. Drafts are kept in `drafts`; without
    /// a folder for them, none are.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is no mapping, so that nothing of it could be kept.
    pub fn open(answers: Option<&Path>, out: &Path, drafts: Option<PathBuf>) -> Result<Self, Vec<Problem>> {
        let file = match answers {
            Some(path) => AnswersFile::open(path).map_err(|problem| vec![problem])?,
            None => AnswersFile::default(),
        };
        let places = Places {
            answers: answers.map(|path| path.display().to_string()).unwrap_or_default(),
            out: out.display().to_string(),
            options: Vec::new(),
        };
        let (common, tag_file, drafts) = (Common::default(), None, Drafts::open(drafts));
        Ok(Wizard { common, tag_file, places, file, drafts, last: None, last_text: RefCell::default() })
    }

    /// Says that something is in the draft alone.
    fn tell_of_rest(&self) {
        if self.drafts.has_draft() {
            print::talk(
                "what is not finished or not asked now is not in the answers file; the next `netcordon` offers it",
            );
        }
    }

    /// The interview that starts from the file.
    pub fn interview(&self) -> Interview {
        let read = question::read(&self.places.answers, self.file.text.as_bytes(), &[]);
        Interview::start(read.answers)
    }

    /// The file as it would be saved.
    fn text(&self, answers: &Answers) -> question::Saved {
        if let Some((of, saved)) = &*self.last_text.borrow()
            && of == answers
        {
            return saved.clone();
        }
        let saved = if self.file.text.trim().is_empty() {
            question::Saved { text: question::to_yaml(answers), anew: false }
        } else {
            let saved = save(&self.file.text, answers);
            let text = if self.file.lacks_version && !saved.anew { with_version(&saved.text) } else { saved.text };
            question::Saved { text, anew: saved.anew }
        };
        *self.last_text.borrow_mut() = Some((answers.clone(), saved.clone()));
        saved
    }

    /// The answers as the file would have them, with own requirements.
    fn input(&self, answers: &Answers) -> Result<Input, Vec<Problem>> {
        let bytes = self.text(answers).text.into_bytes();
        let name = if self.places.answers.is_empty() { "answers".to_string() } else { self.places.answers.clone() };
        let read = question::read(&name, &bytes, &[]);
        let folder = Path::new(&self.places.answers).parent().unwrap_or(Path::new(""));
        input::with_own(name, bytes, read, folder, &self.common)
    }

    /// What is to be written.
    fn ready(&mut self, answers: &Answers) -> Result<Ready, Vec<Problem>> {
        let input = self.input(answers)?;
        // What a preview planned is planned.
        let environment = match self.last.take() {
            Some((last, environment)) if last.bytes == input.bytes && last.own == input.own => environment,
            _ => input.environment(self.tag_file.as_ref())?,
        };
        let ready = Ready::new(&environment, &input, None, Templates::embedded());
        self.last = Some((input, environment));
        ready
    }
}

/// The text with `version` as its first line.
fn with_version(text: &str) -> String {
    let (mark, body) = text.strip_prefix('\u{feff}').map_or(("", text), |body| ("\u{feff}", body));
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    format!("{mark}version: {VERSION}{end}{body}")
}

impl AnswersFile {
    fn of(on_disk: Option<Vec<u8>>, text: String) -> Self {
        let root = crate::yaml::read("", text.as_bytes()).0;
        let lacks_version = root.is_some_and(|root| root.get("version").is_none());
        AnswersFile { on_disk, text, lacks_version }
    }

    /// # Errors
    ///
    /// It cannot be read, or is no mapping in YAML, so that nothing of it could be kept.
    fn open(path: &Path) -> Result<Self, Problem> {
        if path == Path::new("-") {
            let hint = "name a file: the wizard reads keys from the terminal";
            return Err(Problem::in_file("-", "the wizard cannot start from standard input", hint));
        }
        if matches!(path.try_exists(), Ok(false)) {
            return Ok(AnswersFile::default());
        }
        let bytes = input::bytes(path)?;
        let (node, problems) = crate::yaml::read(&path.display().to_string(), &bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let blank = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
        if blank || matches!(node, Some(crate::yaml::Node { value: crate::yaml::Value::Map(_), .. })) {
            return Ok(AnswersFile::of(Some(bytes), text));
        }
        Err(problems.into_iter().next().unwrap_or_else(|| {
            let what = "it is no answers file: nothing of it could be kept";
            Problem::in_file(&path.display().to_string(), what, "mend it in an editor, or choose another file")
        }))
    }
}

impl Program for Wizard {
    fn preview(&mut self, answers: &Answers) -> Preview {
        let input = match self.input(answers) {
            Ok(input) => input,
            Err(problems) => return Preview { problems, ..Preview::default() },
        };
        if let Some((last, environment)) = &self.last
            && last.bytes == input.bytes
            && last.own == input.own
        {
            return Preview { plan: Some(words::plan(environment)), ..Preview::default() };
        }
        match input.environment(self.tag_file.as_ref()) {
            Ok(environment) => {
                let plan = Some(words::plan(&environment));
                self.last = Some((input, environment));
                Preview { plan, ..Preview::default() }
            }
            Err(problems) => {
                let (stand_ins, environment) = stand_ins::planned(answers, &input.own, self.tag_file.as_ref());
                let plan = environment.as_ref().map(words::plan);
                Preview { problems, stand_ins, plan }
            }
        }
    }

    fn files(&mut self, answers: &Answers, out: &str) -> Result<Vec<File>, Vec<Problem>> {
        let mut ready = self.ready(answers)?;
        let dir = PathBuf::from(out);
        ready.withdraw(&dir)?;
        let comparison = write::compare(&dir, &ready.artifacts, &ready.header)?;
        let text = |path: &str| {
            let artifact = ready.artifacts.iter().find(|artifact| artifact.path == path);
            artifact.map(|artifact| String::from_utf8_lossy(&artifact.bytes).into_owned()).unwrap_or_default()
        };
        let file = |file: &write::FileChange| File {
            path: file.path.clone(),
            state: generate::word(file.change, false),
            held: matches!(file.change, Change::Edited | Change::Foreign),
            text: text(&file.path),
            diff: file.diff(),
        };
        Ok(comparison.files.iter().filter(|file| file.path != LOCK).map(file).collect())
    }

    fn saving(&self, answers: &Answers) -> Saving {
        let saved = self.text(answers);
        let before = self.file.on_disk.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
        let changes = if self.file.on_disk.is_some() { before != saved.text } else { *answers != Answers::default() };
        let name = if self.places.answers.is_empty() { "answers.yaml" } else { &self.places.answers };
        let diff = TextDiff::from_lines(before.as_ref(), saved.text.as_str());
        let diff = diff.unified_diff().context_radius(3).header(name, name).to_string();
        Saving { changes, anew: saved.anew && changes && before.contains('#'), diff }
    }

    fn save(&mut self, answers: &Answers) -> Result<(), Problem> {
        let path = PathBuf::from(&self.places.answers);
        if self.places.answers.is_empty() {
            return Err(Problem::at("", "the answers file has no name yet", "give it one in the step `Write`"));
        }
        let text = self.text(answers).text;
        let now = if path.exists() { Some(input::bytes(&path)?) } else { None };
        if now.as_deref() != self.file.on_disk.as_deref() {
            let what = ui::CHANGED;
            return Err(Problem::in_file(&self.places.answers, what, "save under another name, then compare the two"));
        }
        if now.as_deref() != Some(text.as_bytes()) {
            replace(&path, text.as_bytes()).map_err(|error| failed(&self.places.answers, &error))?;
        }
        self.file = AnswersFile::of(Some(text.clone().into_bytes()), text);
        self.last_text.take();
        self.drafts.forget();
        Ok(())
    }

    fn write(
        &mut self,
        answers: &Answers,
        force: bool,
        progress: &mut dyn FnMut(usize, usize, &str),
    ) -> Result<Written, Vec<Problem>> {
        // With any problem nothing is written, the answers file included.
        self.ready(answers)?;
        self.save(answers).map_err(|problem| vec![problem])?;
        let mut ready = self.ready(answers)?;
        let dir = PathBuf::from(&self.places.out);
        ready.withdraw(&dir)?;
        let expected = write::compare(&dir, &ready.artifacts, &ready.header)?;
        // The files that change, and the lock before and after them.
        let changing = expected.files.iter().filter(|file| file.change != Change::Unchanged).count();
        let (mut done, total) = (0, changing + 1);
        let comparison = write::write_telling(&dir, &ready.artifacts, &ready.header, force, &mut |path| {
            done += 1;
            progress(done.min(total), total, path);
        })?;
        let mut lines = generate::summary(&ready, &dir, &comparison, generate::Mode::Write, &[]);
        let readme = ui::quoted(&dir.join("README.md").display().to_string());
        lines.push(format!("next: read {readme}, which says who deploys what, in which order, and how to go back"));
        lines.push(format!("the same again: {}", self.places.command()));
        lines.push(format!("to change an answer: {}", self.places.wizard_command()));
        Ok(Written { lines })
    }

    fn places(&self) -> &Places {
        &self.places
    }

    fn choose_places(&mut self, places: Places) -> Result<(), Problem> {
        let given = |text: &str, what: &str| match text.trim() == text && !text.is_empty() {
            true if text.chars().any(char::is_control) => Err(Problem::at("", format!("{what} is no path"), "")),
            // A shell would have made the home folder of it; a folder called `~` is what nobody means.
            true if text.starts_with('~') => Err(Problem::at(
                "",
                format!("{what} begins with `~`, which only a shell knows"),
                "write the path in full",
            )),
            true => Ok(()),
            false => Err(Problem::at("", format!("{what} has no name, or space around it"), "name a path")),
        };
        given(&places.out, "the output folder")?;
        if places.answers != self.places.answers {
            given(&places.answers, "the answers file")?;
            if Path::new(&places.answers).exists() {
                let hint =
                    format!("open it with `netcordon wizard {}`, or choose another name", ui::quoted(&places.answers));
                return Err(Problem::in_file(&places.answers, "is there already", hint));
            }
            self.file.on_disk = None;
        }
        self.places = Places { options: std::mem::take(&mut self.places.options), ..places };
        Ok(())
    }

    fn drop_key(&mut self, line: usize, column: usize) -> Result<(), Problem> {
        let named = self.last_text.borrow().as_ref().map(|(_, saved)| saved.text.clone());
        let named = named.as_deref().unwrap_or(&self.file.text);
        // An answer that is new or gone moves the lines of the text that would be saved, not those of the file.
        let at = question::same_key(named, (line, column), &self.file.text);
        let Some(text) = at.and_then(|(line, column)| question::drop_key(&self.file.text, line, column)) else {
            let hint = "take it out in an editor, then open the file again";
            return Err(Problem::at("", "the key shares its line with others, and cannot be dropped here", hint));
        };
        self.file.text = text;
        self.last_text.take();
        Ok(())
    }

    fn keep(&mut self, draft: &Draft) -> Result<(), Problem> {
        self.drafts.keep(draft, &self.places, &self.file)
    }

    fn forget(&mut self) {
        self.drafts.forget();
    }

    fn left_behind(&self) -> Vec<LeftBehind> {
        self.drafts.left_behind(&self.places.answers)
    }

    fn resume(&mut self, id: &str) -> Result<Draft, Problem> {
        let (draft, places, file) = self.drafts.resume(id)?;
        self.places.answers = places.answers;
        if self.places.out == DEFAULT_OUT {
            self.places.out = places.out;
        }
        self.file = file;
        self.last_text.take();
        Ok(draft)
    }

    fn discard(&mut self, id: &str) {
        self.drafts.discard(id);
    }
}

/// Puts `bytes` in the place of the file at `path`, at one stroke; through a link, in the place of what it leads to.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let place = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".netcordon-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    #[cfg(unix)]
    if let Ok(was) = std::fs::metadata(&place) {
        use std::os::unix::fs::MetadataExt as _;
        // Only root may give a file back to its owner; for anybody else it is theirs already, or cannot be.
        let _ = std::os::unix::fs::fchown(file.as_file(), Some(was.uid()), Some(was.gid()));
    }
    if cfg!(unix) && place.exists() {
        file.as_file().set_permissions(std::fs::metadata(&place)?.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&place).map_err(|refused| refused.error)?;
    Ok(())
}

fn failed(path: &str, error: &std::io::Error) -> Problem {
    let text = error.to_string();
    let reason = text.split(" (os error").next().unwrap_or_default().to_lowercase();
    Problem::in_file(path, format!("cannot write it: {reason}"), "choose another place, or get permission for it")
}
