//! Artifacts → disk, so that no edit is lost and no file is ever half-written.
//!
//! A run under way has a lock that names the old and the new digest of every file, so that after a kill the next run can tell
//! half-done work from a person's edit. The order is: that lock, all files as temporary ones, all renames, deletions, final lock.

mod disk;
mod lock;
#[cfg(test)]
mod tests;
mod tree;

pub use crate::artifact::digest;
pub use lock::{LOCK, Lock, LockHeader, causes, read_lock, withdrawn};

use crate::artifact::Artifact;
use crate::parallel::in_parallel;
use crate::problem::Problem;
use disk::Before;
use similar::TextDiff;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What a run makes of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is not there and will be.
    New,
    /// It is as netcordon wrote it and will be replaced.
    Changed,
    /// It is already what it will be, line ends aside.
    Unchanged,
    /// Somebody edited it since netcordon wrote it: replaced by force only.
    Edited,
    /// It was there before netcordon: replaced by force only.
    Foreign,
    /// It is no longer produced and as netcordon wrote it: deleted.
    Deleted,
    /// It is no longer produced, but edited or not a plain file any more: it stays, and is no longer netcordon's.
    Kept,
}

/// One file of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange<'a> {
    /// Relative to the output folder.
    pub path: String,
    /// What a run makes of it.
    pub change: Change,
    before: Option<Vec<u8>>,
    after: Option<Cow<'a, [u8]>>,
}

/// What a run changes in a folder: every file with its change, by path; the lock is one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// Every artifact, every file no longer produced that is still there, and the lock; by path.
    pub files: Vec<FileChange<'a>>,
}

impl Comparison<'_> {
    /// Whether a run would change anything at all, or refuse to.
    pub fn drift(&self) -> bool {
        self.files.iter().any(|file| file.change != Change::Unchanged)
    }
}

impl FileChange<'_> {
    /// From what is there to what will be, as a unified diff with three lines of context, line ends aside; empty if it stays.
    ///
    /// Bytes that are not UTF-8 are replaced. Control characters are not: escape them before they reach a terminal.
    pub fn diff(&self) -> String {
        if matches!(self.change, Change::Unchanged | Change::Kept) {
            return String::new();
        }
        let text = |bytes: Option<&[u8]>| String::from_utf8_lossy(bytes.unwrap_or_default()).replace("\r\n", "\n");
        let name = |side: &str, bytes: Option<&[u8]>| match bytes {
            Some(_) => format!("{side}/{}", self.path),
            None => "/dev/null".into(),
        };
        let (before, after) = (self.before.as_deref(), self.after.as_deref());
        let (text_before, text_after) = (text(before), text(after));
        TextDiff::from_lines(&text_before, &text_after)
            .unified_diff()
            .context_radius(3)
            .header(&name("a", before), &name("b", after))
            .to_string()
    }

    fn is_written(&self) -> bool {
        matches!(self.change, Change::New | Change::Changed | Change::Edited | Change::Foreign)
    }
}

/// What [`write()`] with the same arguments would change in `dir`, which may be missing. Writes nothing.
///
/// # Errors
///
/// A path that an artifact cannot have, a lock that cannot be used, and whatever stands in the way: links, folders, devices,
/// what the system says. All of them at once.
pub fn compare<'a>(dir: &Path, artifacts: &'a [Artifact], header: &LockHeader) -> Result<Comparison<'a>, Vec<Problem>> {
    survey(dir, artifacts, &digests(artifacts), header).map(|survey| survey.comparison)
}

/// The digest of each artifact, in their order.
fn digests(artifacts: &[Artifact]) -> Vec<String> {
    in_parallel(artifacts.iter().collect(), |artifact| digest(&artifact.bytes))
}

/// Makes `dir` hold `artifacts` and their lock, and says what it changed.
///
/// - A file that somebody edited, or that was there before, is replaced only with `force`; without it nothing at all is written.
/// - Killed at any moment, no file is half-written, and the next run completes the work and removes what the kill left over.
/// - An error before the first file is replaced leaves the folder as it was; after that, the next run completes the work.
/// - If nothing changes, nothing is touched.
///
/// # Errors
///
/// Those of [`compare`], one for each file that only `force` would replace, another netcordon that is writing here, and what the
/// system says.
pub fn write<'a>(
    dir: &Path,
    artifacts: &'a [Artifact],
    header: &LockHeader,
    force: bool,
) -> Result<Comparison<'a>, Vec<Problem>> {
    write_with(dir, artifacts, header, force, &mut |_| Ok(()))
}

/// [`write()`], telling `tell` the path of each file as it is put in its place.
///
/// # Errors
///
/// Those of [`write()`].
pub fn write_telling<'a>(
    dir: &Path,
    artifacts: &'a [Artifact],
    header: &LockHeader,
    force: bool,
    tell: &mut dyn FnMut(&str),
) -> Result<Comparison<'a>, Vec<Problem>> {
    write_with(dir, artifacts, header, force, &mut |operation| {
        if let Some(path) = operation.strip_prefix("replace ") {
            tell(path);
        }
        Ok(())
    })
}

/// [`write()`], asking `before` ahead of every operation that changes the disk; tests let it fail, or look at the disk.
fn write_with<'a>(
    dir: &Path,
    artifacts: &'a [Artifact],
    header: &LockHeader,
    force: bool,
    before: Before,
) -> Result<Comparison<'a>, Vec<Problem>> {
    let digests = digests(artifacts);
    let survey = survey(dir, artifacts, &digests, header)?;
    if !survey.comparison.drift() && survey.leftovers.is_empty() {
        return Ok(survey.comparison);
    }
    let mut created = Vec::new();
    let result = write_alone(dir, artifacts, &digests, header, force, &mut created, before);
    if result.is_err() {
        // Only those that are empty go.
        for folder in created.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
    result
}

/// Puts `artifacts` into `dir`, without a lock: from then on they belong to whoever asked for them.
///
/// A folder that holds anything is refused without `force`; with it, files of these names are replaced and others stay.
/// No file is ever half-written, and an error before the first one is in its place leaves the folder as it was.
///
/// # Errors
///
/// A folder that holds something, whatever stands in the way (links, folders, devices), another netcordon that is writing
/// here, and what the system says.
pub fn put(dir: &Path, artifacts: &[Artifact], force: bool) -> Result<(), Vec<Problem>> {
    let mut problems = tree::check_paths(artifacts);
    problems.extend(tree::not_a_folder(dir));
    if !problems.is_empty() {
        return Err(problems);
    }
    let shown = dir.display().to_string();
    match fs::read_dir(dir).map(|mut entries| entries.next().is_some()) {
        Ok(true) if !force => {
            let hint = "choose a new or empty folder; or `--force`, which replaces the files of these names in it";
            return Err(vec![Problem::in_file(&shown, "the folder is not empty", hint)]);
        }
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(vec![tree::failed(dir, "list", &error)]);
        }
        _ => {}
    }
    let mut created = Vec::new();
    let result = put_alone(dir, artifacts, &mut created);
    if result.is_err() {
        // Only those that are empty go.
        for folder in created.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
    result.map_err(one)
}

fn put_alone(dir: &Path, artifacts: &[Artifact], created: &mut Vec<PathBuf>) -> Result<(), Problem> {
    let before: Before = &mut |_| Ok(());
    disk::create_folders(dir, created, before)?;
    let _alone = disk::Alone::in_folder(dir, before)?;
    let folders = artifacts.iter().flat_map(|artifact| tree::folders(&artifact.path)).collect();
    for leftover in tree::leftovers(dir, &folders)?.iter().filter(|path| *path != disk::ALONE) {
        disk::delete(dir, leftover, before)?;
    }
    // All of them first: a full disk, or something in the way of one, shows before anything is replaced.
    let mut staged = Vec::new();
    for Artifact { path, bytes } in artifacts {
        tree::read(dir, path)?;
        staged.push(disk::stage(dir, path, bytes, created, before)?);
    }
    staged.into_iter().try_for_each(|file| file.replace(before))
}

/// Keeps other runs out of `dir`, then looks again, since another one may just have finished, and writes.
fn write_alone<'a>(
    dir: &Path,
    artifacts: &'a [Artifact],
    digests: &[String],
    header: &LockHeader,
    force: bool,
    created: &mut Vec<PathBuf>,
    before: Before,
) -> Result<Comparison<'a>, Vec<Problem>> {
    disk::create_folders(dir, created, before).map_err(one)?;
    let _alone = disk::Alone::in_folder(dir, before).map_err(one)?;
    let survey = survey(dir, artifacts, digests, header)?;
    if !force {
        let refused: Vec<Problem> = survey.comparison.files.iter().filter_map(|file| refusal(dir, file)).collect();
        if !refused.is_empty() {
            return Err(refused);
        }
    }
    for leftover in survey.leftovers.iter().filter(|path| *path != disk::ALONE) {
        disk::delete(dir, leftover, before).map_err(one)?;
    }
    if survey.comparison.drift() {
        carry_out(dir, &survey, created, before).map_err(one)?;
    }
    Ok(survey.comparison)
}

fn refusal(dir: &Path, file: &FileChange) -> Option<Problem> {
    let what = match file.change {
        Change::Edited => "was edited since netcordon wrote it",
        Change::Foreign => "is there already, and netcordon did not write it",
        _ => return None,
    };
    let hint = "see what would change with `--diff`; keep it by moving it away, or overwrite it with `--force`";
    Some(Problem::in_file(&dir.join(&file.path).display().to_string(), what, hint))
}

/// Everything below the lock for [`disk::Alone`]: the lock of a run under way, the files, the final lock.
fn carry_out(dir: &Path, survey: &Survey, created: &mut Vec<PathBuf>, before: Before) -> Result<(), Problem> {
    if !survey.no_longer.is_empty() || survey.comparison.files.iter().any(|file| file.path != LOCK && file.is_written())
    {
        disk::stage(dir, LOCK, &survey.lock_under_way, created, before)?.replace(before)?;
        let mut begun = false;
        let result = change_files(dir, survey, &mut begun, created, before);
        if result.is_err() && !begun {
            // The lock as it was is still the truth. If this fails too: the next run copes with the other one as well.
            let quietly: Before = &mut |_| Ok(());
            let _ = match &survey.lock_before {
                Some(bytes) => disk::stage(dir, LOCK, bytes, created, quietly).and_then(|lock| lock.replace(quietly)),
                None => disk::delete(dir, LOCK, quietly),
            };
        }
        result?;
    }
    disk::stage(dir, LOCK, &survey.lock_after, created, before)?.replace(before)
}

/// Writes and deletes what the survey says; `begun` tells whether a file was replaced or deleted.
fn change_files(
    dir: &Path,
    survey: &Survey,
    begun: &mut bool,
    created: &mut Vec<PathBuf>,
    before: Before,
) -> Result<(), Problem> {
    let files = || survey.comparison.files.iter().filter(|file| file.path != LOCK);
    // All of them first: a full disk shows before anything is replaced.
    let mut staged = Vec::new();
    for file in files().filter(|file| file.is_written()) {
        let bytes = file.after.as_deref().unwrap_or_default();
        staged.push((file, disk::stage(dir, &file.path, bytes, created, before)?));
    }
    for (file, staged) in staged {
        disk::same_as(dir, &file.path, file.before.as_deref())?;
        staged.replace(before)?;
        *begun = true;
    }
    for file in files().filter(|file| file.change == Change::Deleted) {
        disk::same_as(dir, &file.path, file.before.as_deref())?;
        disk::delete(dir, &file.path, before)?;
        *begun = true;
    }
    // Those of files that were gone already, too: a killed run may have got no further than the file.
    for path in &survey.no_longer {
        for folder in tree::folders(path) {
            disk::delete_folder_if_empty(dir, folder, before)?;
        }
    }
    Ok(())
}

fn one(problem: Problem) -> Vec<Problem> {
    vec![problem]
}

/// What is in a folder, against what belongs there.
struct Survey<'a> {
    comparison: Comparison<'a>,
    /// Files that the lock names and nobody produces any more, whether they are there or not.
    no_longer: Vec<String>,
    /// What killed runs left, to be removed: temporary files, and what [`disk::Alone`] holds.
    leftovers: Vec<String>,
    lock_before: Option<Vec<u8>>,
    lock_under_way: Vec<u8>,
    lock_after: Vec<u8>,
}

fn survey<'a>(
    dir: &Path,
    artifacts: &'a [Artifact],
    digests: &[String],
    header: &LockHeader,
) -> Result<Survey<'a>, Vec<Problem>> {
    let mut problems = tree::check_paths(artifacts);
    problems.extend(tree::not_a_folder(dir));
    if !problems.is_empty() {
        return Err(problems);
    }
    let lock = read_lock(dir).map_err(one)?;
    let known = lock.as_ref().map(Lock::known).unwrap_or_default();
    // Where `README.md` and `Readme.md` are one file, a file whose name only changed case is neither foreign nor to be deleted.
    let folds = lock.is_some() && fs::symlink_metadata(dir.join(LOCK.to_uppercase())).is_ok();
    let key = |path: &str| if folds { path.to_lowercase() } else { path.to_string() };
    let digests_by_key: BTreeMap<String, &Vec<&str>> =
        known.iter().map(|(path, digests)| (key(path), digests)).collect();

    let mut files = Vec::new();
    let mut under_way = Lock::new(header, BTreeMap::new());
    for (Artifact { path, bytes }, digest_after) in artifacts.iter().zip(digests) {
        let before = match tree::read(dir, path) {
            Ok(before) => before,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let digest_before = before.as_deref().map(digest);
        let digests = digests_by_key.get(&key(path));
        let change = change_of(digest_before.as_deref(), digest_after, digests.map(|digests| digests.as_slice()));
        // An edit is never recorded as ours, not even by force: if this run is killed first, the edit is still an edit.
        let replaced = match change {
            Change::Changed => digest_before,
            Change::Edited => digests.and_then(|digests| digests.first()).map(ToString::to_string),
            _ => None,
        };
        under_way.replacing.extend(replaced.map(|digest| (path.clone(), digest)));
        under_way.files.insert(path.clone(), digest_after.clone());
        // Of a file that stays, nothing is kept in memory.
        let before = before.filter(|_| change != Change::Unchanged);
        let after = (change != Change::Unchanged).then_some(bytes.into());
        files.push(FileChange { path: path.clone(), change, before, after });
    }

    let produced: BTreeSet<String> = artifacts.iter().map(|artifact| key(&artifact.path)).collect();
    let mut no_longer = Vec::new();
    for (path, digests) in known.iter().filter(|(path, _)| !produced.contains(&key(path))) {
        no_longer.push(path.to_string());
        let (change, before) = match tree::read(dir, path) {
            Ok(None) => continue,
            Ok(Some(bytes)) if digests.contains(&digest(&bytes).as_str()) => (Change::Deleted, Some(bytes)),
            Ok(Some(_)) | Err(_) => (Change::Kept, None),
        };
        let ours = before.as_deref().map(digest).or_else(|| digests.first().map(ToString::to_string));
        under_way.replacing.extend(ours.map(|digest| (path.to_string(), digest)));
        files.push(FileChange { path: path.to_string(), change, before, after: None });
    }

    let lock_after = Lock::new(header, under_way.files.clone()).to_bytes().map_err(one)?;
    let lock_before = tree::read(dir, LOCK).map_err(one)?;
    let change = match lock_before.as_deref().map(digest) {
        None => Change::New,
        Some(before) if before == digest(&lock_after) => Change::Unchanged,
        Some(_) => Change::Changed,
    };
    let after = Some(lock_after.clone().into());
    files.push(FileChange { path: LOCK.into(), change, before: lock_before.clone(), after });
    files.sort_by(|a, b| a.path.cmp(&b.path));

    let paths = artifacts.iter().map(|artifact| artifact.path.as_str()).chain(known.keys().copied());
    let leftovers = tree::leftovers(dir, &paths.flat_map(tree::folders).collect()).map_err(one)?;
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Survey {
        comparison: Comparison { files },
        no_longer,
        leftovers,
        lock_before,
        lock_under_way: under_way.to_bytes().map_err(one)?,
        lock_after,
    })
}

/// What a run makes of a file that is produced: from what is there, what will be, and what is known as ours there.
fn change_of(before: Option<&str>, after: &str, ours: Option<&[&str]>) -> Change {
    match (before, ours) {
        (None, _) => Change::New,
        (Some(before), _) if before == after => Change::Unchanged,
        (Some(before), Some(ours)) if ours.contains(&before) => Change::Changed,
        (Some(_), Some(_)) => Change::Edited,
        (Some(_), None) => Change::Foreign,
    }
}
