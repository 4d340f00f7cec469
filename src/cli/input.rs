//! Files that the user names: read whole, or a problem.

use super::Common;
use crate::catalog::tags::{TagFile, read_file};
use crate::environment::{Environment, build, copy_of};
use crate::problem::Problem;
use crate::question::{self, Read};
use crate::yaml::LARGEST_FILE;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// An answers file with the files it names.
pub(super) struct Input {
    /// The name for places: the path, or `<stdin>`.
    pub(super) name: String,
    /// The answers as they stood.
    pub(super) bytes: Vec<u8>,
    /// The answers, read.
    pub(super) read: Read,
    /// Own requirements: name in the answers, content.
    pub(super) own: Vec<(String, Vec<u8>)>,
}

/// The system did not let us read what is at `path`.
pub(super) fn failed(path: &Path, error: &std::io::Error, hint: &str) -> Problem {
    let text = error.to_string();
    let reason = text.split(" (os error").next().unwrap_or_default().to_lowercase();
    Problem::in_file(&path.display().to_string(), format!("cannot read it: {reason}"), hint)
}

/// The bytes of a regular file of at most 16 MiB, or of standard input for `-`.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Problem> {
    let name = path.display().to_string();
    let failed = |error: std::io::Error, hint: &str| failed(path, &error, hint);
    let mut bytes = Vec::new();
    let limit = LARGEST_FILE as u64 + 1;
    if path == Path::new("-") {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(|error| failed(error, ""))?;
        return Ok(bytes);
    }
    // Asked before opening: a FIFO or a device would block or never end.
    let found = std::fs::metadata(path).map_err(|error| failed(error, "check the path"))?;
    if !found.is_file() {
        let what = if found.is_dir() { "it is a directory" } else { "it is not a regular file" };
        return Err(Problem::in_file(
            &name,
            format!("cannot read it: {what}"),
            "name a file, or `-` for standard input",
        ));
    }
    let file = std::fs::File::open(path).map_err(|error| failed(error, "check its permissions"))?;
    file.take(limit).read_to_end(&mut bytes).map_err(|error| failed(error, ""))?;
    Ok(bytes)
}

/// Reads an answers file and the requirement files that it and the command line name.
///
/// Problems with the files themselves; those with what the answers say are in [`Input::read`].
pub(super) fn answers(path: &Path, overrides: &[String], common: &Common) -> Result<Input, Vec<Problem>> {
    let bytes = bytes(path).map_err(|problem| vec![problem])?;
    answers_of(path, bytes, overrides, common)
}

/// As [`answers`], with the bytes of the file at hand.
pub(super) fn answers_of(
    path: &Path,
    bytes: Vec<u8>,
    overrides: &[String],
    common: &Common,
) -> Result<Input, Vec<Problem>> {
    let name = if path == Path::new("-") { "<stdin>".to_string() } else { path.display().to_string() };
    let mut read = question::read(&name, &bytes, overrides);
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut own = Vec::new();
    let mut problems = Vec::new();
    let named: Vec<(String, PathBuf)> = read
        .answers
        .requirements
        .iter()
        .flatten()
        .map(|file| (file.clone(), folder.join(file)))
        .chain(common.requirements.iter().map(|file| (file.display().to_string(), file.clone())))
        .collect();
    let mut copies: BTreeMap<String, String> = BTreeMap::new();
    for (file, place) in &named {
        if let Some(other) = copies.insert(copy_of(file).to_lowercase(), file.clone()) {
            let what = format!(
                "`{file}` and `{other}` have the same file name, and a copy of each is written beside the rules"
            );
            problems.push(Problem::at("requirements", what, "rename one of them"));
            continue;
        }
        match self::bytes(place) {
            Ok(content) => own.push((file.clone(), content)),
            Err(problem) => problems.push(problem),
        }
    }
    if !common.requirements.is_empty() {
        let all = read.answers.requirements.get_or_insert_default();
        all.extend(common.requirements.iter().map(|file| file.display().to_string()));
    }
    if problems.is_empty() {
        Ok(Input { name, bytes, read, own })
    } else {
        problems.extend(read.problems);
        Err(problems)
    }
}

/// The user's service tag file, if one is given.
pub(super) fn tag_file(common: &Common) -> Result<Option<TagFile>, Vec<Problem>> {
    let Some(path) = &common.service_tags else { return Ok(None) };
    let content = bytes(path).map_err(|problem| vec![problem])?;
    read_file(&path.display().to_string(), &content).map(Some).map_err(|problem| vec![problem])
}

impl Input {
    /// Plans and judges it.
    pub(super) fn environment(&self, tag_file: Option<&TagFile>) -> Result<Environment, Vec<Problem>> {
        build(&self.read, &self.name, &self.own, tag_file)
    }
}
