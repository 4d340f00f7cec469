//! The lock: what the last run wrote into a folder, and from what.

use super::tree;
use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The lock's path in the output folder.
pub const LOCK: &str = "netcordon.lock.json";

/// The version of the lock's format that this program reads and writes.
const FORMAT: u64 = 1;

/// What the lock says about where the files came from. The same input must give the same header: no times, no host names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockHeader {
    /// The version of netcordon that wrote the files.
    pub netcordon: String,
    /// The digest of the catalog.
    pub catalog: String,
    /// Which snapshot of the service tags was used.
    pub service_tags: String,
    /// Digest of each input file.
    pub inputs: BTreeMap<String, String>,
    /// Fingerprint of each requirement, by id.
    pub requirements: BTreeMap<String, String>,
    /// The keys of the rules in these files.
    pub rules: BTreeSet<String>,
    /// The keys of the rules that earlier runs wrote here and these files no longer hold; see [`withdrawn`].
    #[serde(default)]
    pub withdrawn: BTreeSet<String>,
}

/// A lock as read from disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    format: u64,
    /// Where the files came from.
    #[serde(flatten)]
    pub header: LockHeader,
    /// The digest of each file that the run wrote, or was about to write when it was killed.
    pub files: BTreeMap<String, String>,
    /// Only in the lock of a run that is under way or was killed: what that run found and meant to replace or delete.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub replacing: BTreeMap<String, String>,
}

impl Lock {
    pub(super) fn new(header: &LockHeader, files: BTreeMap<String, String>) -> Self {
        Lock { format: FORMAT, header: header.clone(), files, replacing: BTreeMap::new() }
    }

    /// Every path that may be ours, with each digest under which it is.
    pub(super) fn known(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut known = BTreeMap::<&str, Vec<&str>>::new();
        for (path, digest) in self.files.iter().chain(&self.replacing) {
            known.entry(path).or_default().push(digest);
        }
        known
    }

    /// The lock as a file. Strings in ordered maps always serialise, so the error has no way to happen.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, Problem> {
        let mut bytes =
            serde_json::to_vec_pretty(self).map_err(|error| Problem::in_file(LOCK, error.to_string(), ""))?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// Reads the lock of `dir`; `None` if there is none.
///
/// # Errors
///
/// A lock that cannot be read, is broken, has another format, or names a path that is not one of an artifact.
pub fn read_lock(dir: &Path) -> Result<Option<Lock>, Problem> {
    /// What every version of the format has.
    #[derive(Deserialize)]
    struct Versioned {
        format: u64,
    }

    let file = dir.join(LOCK).display().to_string();
    let Some(bytes) = tree::read(dir, LOCK)? else { return Ok(None) };
    let broken = |error: serde_json::Error| {
        let text = error.to_string();
        let what = text.split(" at line ").next().unwrap_or_default();
        let mut problem = Problem::in_file(
            &file,
            format!("the lock is broken: {what}"),
            "restore it from version control; or delete it, then `--force` is needed for files that would change",
        );
        // Only broken JSON has a place; a key that is missing is reported at the end of the file, which helps nobody.
        if !error.is_data() {
            (problem.place.line, problem.place.column) = (error.line(), error.column());
        }
        problem
    };
    let Versioned { format } = serde_json::from_slice(&bytes).map_err(broken)?;
    if format != FORMAT {
        return Err(Problem::in_file(
            &file,
            format!("the lock has format {format}, and this netcordon knows format {FORMAT}"),
            "use the version of netcordon that wrote it, or a newer one",
        ));
    }
    let lock: Lock = serde_json::from_slice(&bytes).map_err(broken)?;
    // Files named here may be deleted, so a lock from somebody else must not name one outside the folder.
    for path in lock.known().keys() {
        if let Some(fault) = tree::path_fault(path) {
            return Err(Problem::in_file(
                &file,
                format!("the lock names the file `{path}`, which {fault}"),
                "netcordon never writes that: restore the lock from version control",
            ));
        }
    }
    Ok(Some(lock))
}

/// The rules that earlier runs wrote and `rules` no longer has: the prune list.
///
/// A key stays in it until it is a rule again, so a second run with the same answers makes the same list.
pub fn withdrawn(lock: Option<&Lock>, rules: &BTreeSet<String>) -> BTreeSet<String> {
    let earlier = lock.into_iter().flat_map(|lock| lock.header.rules.iter().chain(&lock.header.withdrawn));
    earlier.filter(|key| !rules.contains(*key)).cloned().collect()
}

/// What is another input now than it was then: each in a few words.
pub fn causes(then: &LockHeader, now: &LockHeader) -> Vec<String> {
    let mut causes = Vec::new();
    let versions =
        [("netcordon", &then.netcordon, &now.netcordon), ("the service tags", &then.service_tags, &now.service_tags)];
    for (what, then, now) in versions {
        if then != now {
            causes.push(format!("{what}: {now} instead of {then}"));
        }
    }
    let names: BTreeSet<&String> = then.inputs.keys().chain(now.inputs.keys()).collect();
    for name in names {
        match (then.inputs.get(name), now.inputs.get(name)) {
            (Some(_), None) => causes.push(format!("{name} is no input any more")),
            (None, Some(_)) => causes.push(format!("{name} is a new input")),
            (then, now) if then != now => causes.push(format!("{name} changed")),
            _ => {}
        }
    }
    causes
}
