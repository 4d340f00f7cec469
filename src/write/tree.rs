//! Paths below the output folder: which ones an artifact may have, and what stands there now.

use super::disk::ALONE;
use super::lock::LOCK;
use crate::artifact::Artifact;
use crate::problem::Problem;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, DirEntry, FileType};
use std::io::{self, ErrorKind};
use std::path::Path;

/// How the names of our own passing files begin.
pub(super) const OURS: &str = ".netcordon-";

/// How the names of our temporary files end.
pub(super) const TEMPORARY: &str = ".tmp";

/// Why `path` cannot be the path of an artifact, on this system or on another one; `None` if it can.
pub(super) fn path_fault(path: &str) -> Option<&'static str> {
    if path.to_lowercase().split('/').next() == Some(LOCK) {
        return Some("begins with the name of the lock");
    }
    if path.chars().any(|character| character.is_control() || r#"\:*?"<>|"#.contains(character)) {
        return Some("has a character that some systems do not allow in names");
    }
    path.split('/').find_map(name_fault)
}

fn name_fault(name: &str) -> Option<&'static str> {
    if name.is_empty() {
        // An absolute path begins with one.
        Some("has an empty name in it")
    } else if name == "." || name == ".." {
        Some("does not go straight down")
    } else if name.ends_with(['.', ' ']) {
        Some("has a name that ends in a dot or a space, which Windows drops")
    } else if name.to_lowercase().starts_with(OURS) {
        Some("has a name that netcordon uses for its temporary files")
    } else if is_device(name) {
        Some("has a name that is a device on Windows")
    } else {
        None
    }
}

/// Whether Windows takes `name` for a device, whatever its extension: `con`, `nul.txt`, `COM1`.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    let is_port = port.is_some_and(|number| {
        let mut digits = number.chars();
        let is_number = digits.next().is_some_and(|digit| digit.is_ascii_digit() || "¹²³".contains(digit));
        is_number && digits.next().is_none()
    });
    is_port || matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
}

/// The folders that `path` lies in, innermost first, without the output folder itself.
pub(super) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}

/// Problems with the paths of `artifacts`: each on its own, and those that are one file, or a file and a folder, on some system.
pub(super) fn check_paths(artifacts: &[Artifact]) -> Vec<Problem> {
    let problem = |path: &str, what: String| {
        Problem::in_file(path, what, "this is a mistake in netcordon or a template: report it")
    };
    let mut problems = Vec::new();
    let mut seen = BTreeMap::<String, &str>::new();
    for Artifact { path, .. } in artifacts {
        if let Some(fault) = path_fault(path) {
            problems.push(problem(path, format!("the path of an artifact {fault}")));
        }
        if let Some(other) = seen.insert(path.to_lowercase(), path) {
            problems.push(problem(path, format!("clashes with `{other}`: macOS and Windows take them for one file")));
        }
    }
    for (folded, path) in &seen {
        if let Some(other) = folders(folded).find_map(|folder| seen.get(folder)) {
            problems.push(problem(path, format!("clashes with `{other}`, which is a file and cannot be its folder")));
        }
    }
    problems
}

/// What stands where the folder `dir` belongs, if that is something else.
pub(super) fn not_a_folder(dir: &Path) -> Option<Problem> {
    let stands = fs::metadata(dir).is_ok_and(|metadata| !metadata.is_dir());
    stands.then(|| Problem::in_file(&dir.display().to_string(), "is not a folder", "choose another folder"))
}

/// What stands at `path` below `dir`; `None` if nothing does.
///
/// # Errors
///
/// A symbolic link anywhere below `dir`, at `path` included: it may lead out. A file where a folder belongs.
pub(super) fn stands(dir: &Path, path: &str) -> Result<Option<FileType>, Problem> {
    let mut place = dir.to_path_buf();
    let mut names = path.split('/').peekable();
    while let Some(name) = names.next() {
        place.push(name);
        let kind = match fs::symlink_metadata(&place) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(&place, "look at", &error)),
        };
        if kind.is_symlink() {
            let hint = "netcordon does not write through links, which may lead out of the folder: remove it";
            return Err(Problem::in_file(&place.display().to_string(), "is a symbolic link", hint));
        }
        if names.peek().is_none() {
            return Ok(Some(kind));
        }
        if !kind.is_dir() {
            return Err(in_the_way(&place, "is not a folder, and one is needed there"));
        }
    }
    Ok(None)
}

/// The file at `path` below `dir`; `None` if there is none.
///
/// # Errors
///
/// Those of [`stands`], something other than a regular file, and what the system says.
pub(super) fn read(dir: &Path, path: &str) -> Result<Option<Vec<u8>>, Problem> {
    let Some(kind) = stands(dir, path)? else { return Ok(None) };
    let place = dir.join(path);
    if !kind.is_file() {
        let what = if kind.is_dir() { "is a folder, and a file belongs there" } else { "is not a regular file" };
        return Err(in_the_way(&place, what));
    }
    match fs::read(&place) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(&place, "read", &error)),
    }
}

/// What killed runs left in `dir` and in those of its `folders` that exist, as paths below `dir`.
pub(super) fn leftovers(dir: &Path, folders: &BTreeSet<&str>) -> Result<Vec<String>, Problem> {
    let mut found = Vec::new();
    for folder in folders {
        if !matches!(stands(dir, folder), Ok(Some(kind)) if kind.is_dir()) {
            continue;
        }
        list_leftovers(&dir.join(folder), &format!("{folder}/"), &mut found)?;
    }
    list_leftovers(dir, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn list_leftovers(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), Problem> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(folder, "list", &error)),
    };
    for entry in entries {
        let entry = entry.map_err(|error| failed(folder, "list", &error))?;
        let name = entry.file_name();
        let is_temporary = |name: &str| name.starts_with(OURS) && name.ends_with(TEMPORARY) && is_file(&entry);
        let is_alone = |name: &str| prefix.is_empty() && name == ALONE;
        if let Some(name) = name.to_str().filter(|name| is_temporary(name) || is_alone(name)) {
            found.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_ok_and(|kind| kind.is_file())
}

/// Something stands where netcordon has to write.
pub(super) fn in_the_way(place: &Path, what: &str) -> Problem {
    Problem::in_file(&place.display().to_string(), what, "move it away, or choose another folder")
}

/// The system refused to `verb` what is at `place`.
pub(super) fn failed(place: &Path, verb: &str, error: &io::Error) -> Problem {
    let hint = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on the disk, then run the same command again",
        ErrorKind::ReadOnlyFilesystem => "choose a folder on a file system that can be written to",
        ErrorKind::PermissionDenied => "get permission for it, or choose another folder",
        _ => "",
    };
    let text = error.to_string();
    let mut reason = text.split(" (os error").next().unwrap_or_default().to_string();
    if let Some(first) = reason.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    Problem::in_file(&place.display().to_string(), format!("cannot {verb} it: {reason}"), hint)
}
