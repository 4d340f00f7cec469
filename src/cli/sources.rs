//! What a command is asked about: answers, generated folders, exports. One reading of paths for every command.

use super::input::{bytes, failed};
use crate::import::folder;
use crate::problem::Problem;
use crate::write::{LOCK, read_lock};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The most that is read of all files together, in bytes.
const LARGEST_TOGETHER: usize = 64 << 20;
/// The most files of one folder.
const MOST_FILES: usize = 10_000;
/// How deep folders may stand in each other.
const DEEPEST: usize = 16;

/// What paths name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// An answers file; `-` for standard input.
    Answers {
        /// The path as the user gave it.
        path: PathBuf,
        /// What it holds, so that standard input is read once.
        bytes: Vec<u8>,
    },
    /// A folder that netcordon wrote: the files that its lock names and those that would be deployed with them, by path
    /// in it, with forward slashes.
    Folder {
        /// The path as the user gave it.
        path: PathBuf,
        /// The files, the lock among them. A file that the lock names and that is gone is left out.
        files: BTreeMap<String, Vec<u8>>,
    },
    /// Exports: name and content of each, in the order of the paths; those of a folder by path.
    Exports(Vec<(String, Vec<u8>)>),
}

/// Reads what the paths name. All exports become one source, at the place of the first.
///
/// A folder with a lock was generated; of any other every `.json` file in it is an export. A file that ends in `.yaml` or
/// `.yml` is an answers file, and so is standard input that is not JSON.
///
/// # Errors
///
/// A path that cannot be read, a folder without exports, more than 64 MiB together, standard input named twice.
pub(super) fn sources(paths: &[PathBuf]) -> Result<Vec<Source>, Vec<Problem>> {
    let mut all: Vec<Source> = Vec::new();
    let mut problems = Vec::new();
    let mut left = LARGEST_TOGETHER;
    let mut standard_input = false;
    for path in paths {
        if path == Path::new("-") && std::mem::replace(&mut standard_input, true) {
            problems.push(Problem::in_file("-", "standard input is named twice", "name it once"));
            continue;
        }
        match source(path, &mut left) {
            Ok(Source::Exports(more)) => match all.iter_mut().find_map(|source| match source {
                Source::Exports(files) => Some(files),
                _ => None,
            }) {
                Some(files) => files.extend(more),
                None => all.push(Source::Exports(more)),
            },
            Ok(source) => all.push(source),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(all) } else { Err(problems) }
}

fn source(path: &Path, left: &mut usize) -> Result<Source, Problem> {
    if path != Path::new("-") && path.is_dir() {
        return of_folder(path, left);
    }
    let content = read(path, left)?;
    let name = if path == Path::new("-") { "<stdin>".to_string() } else { path.display().to_string() };
    let lower = name.to_ascii_lowercase();
    if path == Path::new("-") && content.iter().all(u8::is_ascii_whitespace) {
        let hint =
            "pipe an answers file or an export into it; an empty one often means that the command before it failed";
        return Err(Problem::in_file("-", "standard input is empty", hint));
    }
    let yaml = lower.ends_with(".yaml") || lower.ends_with(".yml");
    if yaml || (path == Path::new("-") && !looks_like_json(&content)) {
        return Ok(Source::Answers { path: path.to_path_buf(), bytes: content });
    }
    Ok(Source::Exports(vec![(name, content)]))
}

/// Whether the first character that is no space opens an object or a list, in whatever encoding.
fn looks_like_json(bytes: &[u8]) -> bool {
    let first =
        bytes.iter().find(|byte| !matches!(byte, 0 | b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf | 0xfe | 0xff));
    matches!(first, Some(b'{' | b'['))
}

fn read(path: &Path, left: &mut usize) -> Result<Vec<u8>, Problem> {
    let content = bytes(path)?;
    *left = left.checked_sub(content.len()).ok_or_else(|| {
        let what = format!("the files are larger than {} MiB together", LARGEST_TOGETHER >> 20);
        Problem::in_file(&path.display().to_string(), what, "give fewer of them")
    })?;
    Ok(content)
}

fn of_folder(path: &Path, left: &mut usize) -> Result<Source, Problem> {
    let mut files = BTreeMap::new();
    if let Some(lock) = read_lock(path)? {
        for name in lock.files.keys().map(String::as_str).chain([LOCK]) {
            let file = path.join(name);
            if file.is_file() {
                files.insert(name.to_string(), read(&file, left)?);
            }
        }
        // What somebody put beside our files is deployed with them.
        for format in folder::FOLDERS {
            let mut found = Vec::new();
            let inside = path.join(format);
            if inside.is_dir() {
                list(&inside, 0, &|name| folder::is_deployed(&format!("{format}/{name}")), &mut found)?;
            }
            for file in found {
                let name = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().replace('\\', "/");
                if !files.contains_key(&name) && !name.contains("/root-example/") {
                    files.insert(name, read(&file, left)?);
                }
            }
        }
        return Ok(Source::Folder { path: path.to_path_buf(), files });
    }
    let mut found = Vec::new();
    list(path, 0, &|name| name.ends_with(".json"), &mut found)?;
    found.sort();
    if found.is_empty() {
        let hint = "name a folder that netcordon wrote, or one with exports that end in `.json`";
        return Err(Problem::in_file(&path.display().to_string(), "there is no export in this folder", hint));
    }
    let exports = found.into_iter().map(|file| Ok((file.display().to_string(), read(&file, left)?)));
    Ok(Source::Exports(exports.collect::<Result<_, Problem>>()?))
}

/// Every file of a folder whose name, in lower case, is wanted. Hidden folders are others' (`.terraform`, `.git`), and links may lead in circles.
fn list(path: &Path, depth: usize, wanted: &dyn Fn(&str) -> bool, found: &mut Vec<PathBuf>) -> Result<(), Problem> {
    let entries = std::fs::read_dir(path).map_err(|error| failed(path, &error, "check its permissions"))?;
    for entry in entries {
        let entry = entry.map_err(|error| failed(path, &error, ""))?;
        let kind = entry.file_type().map_err(|error| failed(&entry.path(), &error, ""))?;
        let name = entry.file_name().to_string_lossy().to_ascii_lowercase();
        if kind.is_dir() && !name.starts_with('.') && depth < DEEPEST {
            list(&entry.path(), depth + 1, wanted, found)?;
        } else if kind.is_file() && wanted(&name) {
            if found.len() >= MOST_FILES {
                let what = format!("there are more than {MOST_FILES} exports in this folder");
                return Err(Problem::in_file(&path.display().to_string(), what, "name some of them"));
            }
            found.push(entry.path());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_apart_by_what_they_hold() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
            path
        };
        let answers = write("answers.yaml", "a: 1\n");
        let one = write("one.json", "{}");
        write("more/b.JSON", "[]");
        write("more/a.json", "[]");
        write("more/notes.txt", "no");
        write("more/.terraform/c.json", "[]");
        write("none/notes.txt", "no");
        let more = dir.path().join("more");
        let read = sources(&[one.clone(), answers.clone(), more.clone()]).unwrap();
        let exports = vec![
            (one.display().to_string(), b"{}".to_vec()),
            (more.join("a.json").display().to_string(), b"[]".to_vec()),
            (more.join("b.JSON").display().to_string(), b"[]".to_vec()),
        ];
        assert_eq!(read, [Source::Exports(exports), Source::Answers { path: answers, bytes: b"a: 1\n".to_vec() }]);
        for wrong in [dir.path().join("none"), dir.path().join("gone")] {
            assert_eq!(sources(&[wrong]).unwrap_err().len(), 1);
        }
    }

    #[test]
    fn a_generated_folder_holds_what_its_lock_names() {
        let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cyclecloud-vm/out");
        let Ok(read) = sources(std::slice::from_ref(&out)) else { panic!("not read") };
        let [Source::Folder { path, files }] = read.as_slice() else { panic!("no folder") };
        assert_eq!(path, &out);
        assert!(files.contains_key(LOCK) && files.contains_key("arm/spoke.json"));
    }
}
