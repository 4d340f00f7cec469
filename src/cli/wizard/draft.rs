//! Drafts: what was said and not yet saved, kept where a crash, a kill or a lost line cannot reach it.
//!
//! Each wizard has a draft of its own, `<number>.json`, and holds `<number>.lock` locked as long as it lives: a draft whose lock
//! is free was left behind. A draft is replaced at one stroke and can be read by its owner alone.

use super::AnswersFile;
use crate::problem::Problem;
use crate::question;
use crate::ui::{Draft, LeftBehind, Places};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The version of the draft's own form.
const FORMAT: u64 = 1;

/// The drafts of this user.
pub(super) struct Drafts {
    /// Where they are; `None` where the system has no place for them.
    folder: Option<PathBuf>,
    /// Ours, once there was something to keep.
    own: Option<Own>,
    left: Vec<Left>,
}

/// A draft's number, held locked.
struct Own {
    place: PathBuf,
    lock: PathBuf,
    _held: File,
}

/// A draft that was left behind, held locked so that nobody else takes it over meanwhile.
struct Left {
    id: String,
    own: Own,
    text: String,
    when: SystemTime,
}

impl Drafts {
    /// Finds what was left behind. Nothing is created before there is something to keep.
    pub(super) fn open(folder: Option<PathBuf>) -> Self {
        let mut left = folder.as_deref().map(left_behind).unwrap_or_default();
        left.sort_by(|a, b| b.when.cmp(&a.when).then_with(|| b.id.cmp(&a.id)));
        Drafts { folder, own: None, left }
    }

    pub(super) fn has_draft(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own.place.exists())
    }

    pub(super) fn keep(&mut self, draft: &Draft, places: &Places, file: &AnswersFile) -> Result<(), Problem> {
        let failed = |error: &io::Error| {
            let what = format!("no draft can be kept: {}", error.to_string().to_lowercase());
            Problem::at("", what, "save the answers file from time to time")
        };
        let Some(folder) = &self.folder else {
            return Err(failed(&io::Error::other("neither XDG_STATE_HOME nor HOME is set")));
        };
        if self.own.is_none() {
            self.own = Some(take(folder).map_err(|error| failed(&error))?);
        }
        let text = to_json(draft, places, file);
        match &self.own {
            Some(own) => replace(folder, &own.place, text.as_bytes()).map_err(|error| failed(&error)),
            None => Ok(()),
        }
    }

    pub(super) fn forget(&mut self) {
        if let Some(own) = &self.own {
            let _ = fs::remove_file(&own.place);
        }
    }

    /// Those of this answers file; without one, all of them.
    pub(super) fn left_behind(&self, answers: &str) -> Vec<LeftBehind> {
        let absolute = if answers.is_empty() { String::new() } else { whole(answers) };
        self.left
            .iter()
            .filter_map(|left| {
                let (draft, places, _) = from_json(&left.text)?;
                let same = absolute.is_empty() || whole(&places.answers) == absolute;
                same.then(|| LeftBehind {
                    id: left.id.clone(),
                    what: what(&draft, &places),
                    when: ago(left.when.elapsed().unwrap_or_default().as_secs()),
                })
            })
            .collect()
    }

    pub(super) fn resume(&mut self, id: &str) -> Result<(Draft, Places, AnswersFile), Problem> {
        let at = self.left.iter().position(|left| left.id == id);
        let Some(left) = at.map(|at| self.left.remove(at)) else {
            return Err(Problem::at("", "the draft is gone", ""));
        };
        let found = from_json(&left.text);
        // What is said from now on goes into the same draft.
        self.own = Some(left.own);
        found.ok_or_else(|| Problem::at("", "the draft cannot be read", "it was kept by another version of netcordon"))
    }

    pub(super) fn discard(&mut self, id: &str) {
        if let Some(at) = self.left.iter().position(|left| left.id == id) {
            let left = self.left.remove(at);
            let _ = fs::remove_file(&left.own.place);
        }
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        // A number without a draft is free again. While it is still locked, so that it is ours that goes.
        if !self.place.exists() {
            let _ = fs::remove_file(&self.lock);
        }
    }
}

/// The folder of drafts in the user's state directory.
pub(super) fn folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    // A relative XDG path is to be ignored (XDG Base Directory Specification).
    let state = set("XDG_STATE_HOME").filter(|path| path.is_absolute());
    let state = state.or_else(|| if cfg!(windows) { set("LOCALAPPDATA") } else { None });
    let state = state.or_else(|| set("HOME").map(|home| home.join(".local/state")));
    state.map(|state| state.join("netcordon").join("drafts"))
}

/// Every draft of the folder whose lock is free.
fn left_behind(folder: &Path) -> Vec<Left> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let place = |entry: io::Result<fs::DirEntry>| {
        let place = entry.ok()?.path();
        (place.extension()? == "json").then_some(place)
    };
    entries
        .filter_map(place)
        .filter_map(|place| {
            let own = hold(&place).ok()??;
            let metadata = fs::symlink_metadata(&place).ok().filter(fs::Metadata::is_file)?;
            let text = fs::read_to_string(&place).ok()?;
            from_json(&text)?;
            let id = place.file_stem()?.to_string_lossy().into_owned();
            Some(Left { id, own, text, when: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH) })
        })
        .collect()
}

/// Locks the number of a draft; `None` if a wizard that lives holds it.
fn hold(place: &Path) -> io::Result<Option<Own>> {
    let lock = place.with_extension("lock");
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let held = options.open(&lock)?;
    match held.try_lock() {
        Err(TryLockError::WouldBlock) => return Ok(None),
        // Some network file systems have no locks: two wizards there may be offered the same draft.
        Ok(()) | Err(TryLockError::Error(_)) => {}
    }
    // Whoever held it removed it between our opening and locking: what we hold keeps nobody out.
    #[cfg(unix)]
    if held.metadata().is_ok_and(|metadata| std::os::unix::fs::MetadataExt::nlink(&metadata) == 0) {
        return Ok(None);
    }
    Ok(Some(Own { place: place.to_path_buf(), lock, _held: held }))
}

/// A number that nobody has.
fn take(folder: &Path) -> io::Result<Own> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    for number in 1..10_000 {
        let place = folder.join(format!("{number}.json"));
        if !place.exists()
            && let Some(own) = hold(&place)?
            && !place.exists()
        {
            return Ok(own);
        }
    }
    Err(io::Error::other("too many drafts were left behind"))
}

/// Temporary files can be read by their owner alone, which is what a draft wants.
fn replace(folder: &Path, place: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(".draft-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
    file.persist(place).map_err(|refused| refused.error)?;
    Ok(())
}

fn whole(path: &str) -> String {
    if path.is_empty() {
        return String::new();
    }
    std::path::absolute(path).map_or_else(|_| path.to_string(), |path| path.display().to_string())
}

fn to_json(draft: &Draft, places: &Places, file: &AnswersFile) -> String {
    let on_disk = file.on_disk.as_deref().map(String::from_utf8_lossy);
    json!({
        "format": FORMAT,
        "said": question::to_yaml(&draft.said),
        "typed": draft.typed,
        "at": draft.at,
        "more": draft.more,
        "answers": whole(&places.answers),
        "out": places.out,
        "on_disk": on_disk,
        "text": file.text,
    })
    .to_string()
}

fn from_json(text: &str) -> Option<(Draft, Places, AnswersFile)> {
    let value: Value = serde_json::from_str(text).ok()?;
    if value["format"] != FORMAT {
        return None;
    }
    let string = |key: &str| value[key].as_str().unwrap_or_default().to_string();
    let typed: BTreeMap<String, String> = value["typed"]
        .as_object()?
        .iter()
        .filter_map(|(path, text)| Some((path.clone(), text.as_str()?.to_string())))
        .collect();
    // What is parked is answered and not asked, which is a problem in a file and none here.
    let said = question::read("draft", string("said").as_bytes(), &[]).answers;
    let more = value["more"].as_bool().unwrap_or_default();
    let on_disk = value["on_disk"].as_str().map(|text| text.as_bytes().to_vec());
    Some((
        Draft { said, typed, at: string("at"), more },
        Places { answers: string("answers"), out: string("out"), options: Vec::new() },
        AnswersFile::of(on_disk, string("text")),
    ))
}

/// `hpc-prod, 14 answers, for /home/me/answers.yaml`
fn what(draft: &Draft, places: &Places) -> String {
    let name = draft.said.name.clone().unwrap_or_else(|| "no name yet".into());
    let answered = question::QUESTIONS.iter().filter(|question| question.answer(&draft.said).is_some()).count();
    let plural = if answered == 1 { "" } else { "s" };
    let file = if places.answers.is_empty() { String::new() } else { format!(", for {}", places.answers) };
    format!("{name}, {answered} answer{plural}{file}")
}

fn ago(seconds: u64) -> String {
    let plural = |number: u64, noun: &str| format!("{number} {noun}{} ago", if number == 1 { "" } else { "s" });
    match seconds {
        0..60 => "just now".into(),
        60..3600 => plural(seconds / 60, "minute"),
        3600..86_400 => plural(seconds / 3600, "hour"),
        _ => plural(seconds / 86_400, "day"),
    }
}
