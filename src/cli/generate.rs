//! `netcordon generate`: answers to folders.

use super::input::{self, Input};
use super::{Answer, Common, print, templates};
use crate::artifact::Artifact;
use crate::catalog::tags::TagFile;
use crate::catalog::{regions, zones};
use crate::environment::Environment;
use crate::parallel::in_parallel;
use crate::problem::{Problem, printable};
use crate::question::{Kind, find};
use crate::render::templates::Templates;
use crate::write::{self, Change, Comparison, FileChange, LOCK, LockHeader};
use clap::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Arguments of `generate`.
#[derive(Args, Debug)]
pub(super) struct Generate {
    /// Answers files; `-` for standard input. Several are written to OUT/<name> each
    #[arg(required = true, value_name = "ANSWERS")]
    answers: Vec<PathBuf>,
    /// The output folder
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Write these formats instead of those in the answers
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', value_parser = formats())]
    format: Vec<String>,
    /// Write nothing; exit 1 if anything would change
    #[arg(long)]
    check: bool,
    /// Write nothing; show what would change, exit 1 if anything would
    #[arg(long)]
    diff: bool,
    /// Overwrite files that were edited by hand
    #[arg(long)]
    force: bool,
    /// Answer a question from here: `--set egress.via=nat-gateway`
    #[arg(long = "set", value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Templates of your own, each in the place of netcordon's of the same path; see `netcordon templates`
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
}

impl Generate {
    fn writes(&self) -> bool {
        self.mode() == Mode::Write
    }

    fn mode(&self) -> Mode {
        match (self.check, self.diff) {
            (true, _) => Mode::Check,
            (false, true) => Mode::Diff,
            (false, false) => Mode::Write,
        }
    }
}

fn formats() -> Vec<&'static str> {
    match find("outputs").map(|question| question.kind) {
        Some(Kind::Many(choices)) => choices.iter().map(|choice| choice.word).collect(),
        _ => Vec::new(),
    }
}

/// With more environments than this, only those that drift have lines of their own.
const MOST_SUMMARIES: usize = 8;

/// An environment ready to be written.
pub(super) struct Ready {
    name: String,
    pub(super) artifacts: Vec<Artifact>,
    pub(super) header: LockHeader,
    warnings: usize,
}

impl Ready {
    /// Renders an environment; `formats` replaces the answered outputs where it is given.
    pub(super) fn new(
        environment: &Environment,
        input: &Input,
        formats: Option<&[String]>,
        templates: &Templates,
    ) -> Result<Ready, Vec<Problem>> {
        Ok(Ready {
            name: environment.plan.name.clone(),
            artifacts: environment.artifacts(&input.own, formats, templates)?,
            header: environment.header(&input.bytes, &input.own, templates),
            warnings: environment.plan.warnings.len(),
        })
    }

    /// Notes the rules that stood in the folder before and no longer do; gives the lock that is there.
    pub(super) fn withdraw(&mut self, dir: &Path) -> Result<Option<write::Lock>, Vec<Problem>> {
        let lock = write::read_lock(dir).map_err(|problem| vec![problem])?;
        self.header.withdrawn = write::withdrawn(lock.as_ref(), &self.header.rules);
        Ok(lock)
    }
}

/// What a run does with a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Writes it.
    Write,
    /// Says which files would change.
    Check,
    /// Shows how they would.
    Diff,
}

/// What became of one environment, to be said in the order of the answers files.
struct Done {
    /// Each file with its diff.
    diffs: Vec<(String, String)>,
    /// The summary, and whether anything would change.
    outcome: Result<(Vec<String>, bool), Vec<Problem>>,
}

pub(super) fn run(verb: &Generate, common: &Common) -> Result<Answer, Vec<Problem>> {
    let tag_file = input::tag_file(common)?;
    let own = verb.templates.as_deref().map(templates::own).transpose()?;
    // What planning and rendering will ask for is read beside what comes before.
    let embedded = own.is_none();
    std::thread::spawn(move || {
        regions();
        zones();
        embedded.then(|| Templates::embedded().parse())
    });
    let ready = prepare(verb, common, tag_file.as_ref(), own.as_ref().unwrap_or(Templates::embedded()))?;
    let places = places(verb, &ready)?;
    let mut answer = Answer::Yes;
    let progress = print::Progress::new(ready.len(), common.quiet);
    let mut problems = Vec::new();
    let total = ready.len();
    let word = if verb.writes() { "written" } else { "compared" };
    let all = in_parallel(ready.into_iter().zip(places).collect(), |(ready, dir)| {
        let done = one(verb, ready, &dir);
        progress.step(word);
        done
    });
    let mut done = 0;
    for Done { diffs, outcome } in all {
        for (path, diff) in diffs {
            print::diff(&path, &diff)?;
        }
        match outcome {
            Ok((summary, drift)) => {
                done += 1;
                let drift = !verb.writes() && drift;
                if drift {
                    answer = Answer::No;
                }
                if !common.quiet && (total <= MOST_SUMMARIES || drift) {
                    summary.iter().for_each(|line| print::talk(line));
                }
            }
            Err(found) => problems.extend(found),
        }
    }
    if !common.quiet && total > MOST_SUMMARIES {
        let head = if verb.writes() { "wrote" } else { "compared" };
        print::talk(&format!("{head} {done} of {total} folders in {}", shown(&verb.out)));
    }
    if problems.is_empty() {
        return Ok(answer);
    }
    let disk = match done {
        0 => "nothing was written".into(),
        done => format!("{done} of {total} folders were {}", if verb.writes() { "written" } else { "compared" }),
    };
    print::problems(&problems, &disk);
    Ok(Answer::Stopped)
}

/// Plans and renders every environment before any is written; problems of all of them together.
fn prepare(
    verb: &Generate,
    common: &Common,
    tag_file: Option<&TagFile>,
    templates: &Templates,
) -> Result<Vec<Ready>, Vec<Problem>> {
    let progress = print::Progress::new(verb.answers.len(), common.quiet);
    let results = in_parallel(verb.answers.iter().collect(), |path| {
        let ready = prepare_one(verb, common, tag_file, templates, path);
        progress.step("planned");
        ready
    });
    let mut ready = Vec::new();
    let mut problems = Vec::new();
    for result in results {
        match result {
            Ok(one) => ready.push(one),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(ready) } else { Err(problems) }
}

fn prepare_one(
    verb: &Generate,
    common: &Common,
    tag_file: Option<&TagFile>,
    templates: &Templates,
    path: &Path,
) -> Result<Ready, Vec<Problem>> {
    let input: Input = input::answers(path, &verb.set, common)?;
    let environment = input.environment(tag_file)?;
    let formats = (!verb.format.is_empty()).then_some(verb.format.as_slice());
    Ready::new(&environment, &input, formats, templates)
}

/// The folder of each environment: OUT for one, OUT/<name> for several.
fn places(verb: &Generate, ready: &[Ready]) -> Result<Vec<PathBuf>, Vec<Problem>> {
    if let [_] = ready {
        return Ok(vec![verb.out.clone()]);
    }
    let mut names: BTreeMap<&str, &PathBuf> = BTreeMap::new();
    let mut problems = Vec::new();
    for (one, path) in ready.iter().zip(&verb.answers) {
        if let Some(other) = names.insert(&one.name, path) {
            let what = format!("the name `{}` is that of `{}` as well", one.name, other.display());
            problems.push(Problem::in_file(
                &path.display().to_string(),
                what,
                "each environment needs a name of its own",
            ));
        }
    }
    if problems.is_empty() { Ok(ready.iter().map(|one| verb.out.join(&one.name)).collect()) } else { Err(problems) }
}

fn one(verb: &Generate, mut ready: Ready, dir: &Path) -> Done {
    let diffs_of = |comparison: &Comparison, wanted: fn(&FileChange) -> bool| {
        let files = comparison.files.iter().filter(|file| wanted(file));
        files.map(|file| (dir.join(&file.path).display().to_string(), file.diff())).collect::<Vec<_>>()
    };
    let (mut diffs, mut causes) = (Vec::new(), Vec::new());
    let lock = ready.withdraw(dir);
    let comparison = lock.and_then(|lock| {
        if !verb.writes() {
            causes = lock.map(|lock| write::causes(&lock.header, &ready.header)).unwrap_or_default();
            let comparison = write::compare(dir, &ready.artifacts, &ready.header)?;
            if verb.diff {
                diffs = diffs_of(&comparison, |file| file.change != Change::Unchanged && file.path != LOCK);
            }
            return Ok(comparison);
        }
        write::write(dir, &ready.artifacts, &ready.header, verb.force).inspect_err(|_| {
            // Whoever edited a file sees at once what would have been lost.
            if let Ok(comparison) = write::compare(dir, &ready.artifacts, &ready.header) {
                diffs = diffs_of(&comparison, |file| file.change == Change::Edited);
            }
        })
    });
    let outcome =
        comparison.map(|comparison| (summary(&ready, dir, &comparison, verb.mode(), &causes), comparison.drift()));
    Done { diffs, outcome }
}

fn shown(path: &Path) -> String {
    printable(&path.display().to_string())
}

/// What becomes of a file, before or after the fact.
pub(super) fn word(change: Change, done: bool) -> &'static str {
    match (change, done) {
        (Change::New, _) => "new",
        (Change::Changed, _) => "changed",
        (Change::Unchanged, _) => "unchanged",
        (Change::Edited, false) => "edited by hand",
        (Change::Edited, true) => "edited by hand, overwritten",
        (Change::Foreign, false) => "not written by netcordon",
        (Change::Foreign, true) => "not written by netcordon, overwritten",
        (Change::Deleted, false) => "to be deleted",
        (Change::Deleted, true) => "deleted",
        (Change::Kept, _) => "no longer written, kept as edited by hand",
    }
}

/// What was done, in lines for standard error.
pub(super) fn summary(
    ready: &Ready,
    dir: &Path,
    comparison: &Comparison,
    mode: Mode,
    causes: &[String],
) -> Vec<String> {
    let writes = mode == Mode::Write;
    let count = |change| comparison.files.iter().filter(|file| file.change == change).count();
    let counts = [Change::New, Change::Changed, Change::Edited, Change::Foreign, Change::Deleted, Change::Kept];
    let counts = counts.into_iter().chain([Change::Unchanged]).map(|change| (count(change), word(change, writes)));
    let counts: Vec<String> = counts.filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let head = if writes { "wrote" } else { "compared" };
    let mut lines = vec![format!("{}: {head} {} ({})", ready.name, shown(dir), counts.join(", "))];
    if mode == Mode::Check {
        for file in comparison.files.iter().filter(|file| file.change != Change::Unchanged) {
            lines.push(format!("  {}: {}", word(file.change, false), shown(Path::new(&file.path))));
        }
    }
    lines.extend(causes.iter().map(|cause| format!("  since then: {}", printable(cause))));
    if !ready.header.withdrawn.is_empty() {
        let keys: Vec<&str> = ready.header.withdrawn.iter().map(String::as_str).collect();
        lines.push(format!("  withdrawn, to be removed where they were deployed: {}", keys.join(", ")));
    }
    if writes {
        let things = if ready.warnings == 1 { "thing" } else { "things" };
        lines.push(format!("  {} {things} to know before you deploy: see README.md there", ready.warnings));
    }
    lines
}
