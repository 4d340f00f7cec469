//! The files of a CycleCloud cluster: what they say, and what the scripts among them do when they run.

#![allow(clippy::unwrap_used)]

#[path = "../common/mod.rs"]
mod common;

mod answers;
mod files;
mod opening;
mod staging;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// What `generate` writes for an example, with some answers changed.
fn generate(example: &str, set: &[&str], out: &Path) -> Output {
    let answers = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example).join("answers.yaml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_netcordon"));
    command.args(["generate", "--quiet", "--format", "cyclecloud", "--out"]).arg(out).arg(answers);
    for change in set {
        command.args(["--set", change]);
    }
    command.output().unwrap()
}

/// The folder `cyclecloud` of an example, with some answers changed.
fn generated(example: &str, set: &[&str]) -> (TempDir, PathBuf) {
    let out = tempfile::tempdir().unwrap();
    let done = generate(example, set, out.path());
    assert!(done.status.success(), "{example} {set:?}: {}", text(&done.stderr));
    let folder = out.path().join("cyclecloud");
    (out, folder)
}

/// The files below a folder, by their path in it.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                found.insert(name, String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Commands that stand before the real ones on PATH.
struct Fakes {
    folder: TempDir,
}

impl Fakes {
    fn new(commands: &[(&str, &str)]) -> Self {
        let fakes = Fakes { folder: tempfile::tempdir().unwrap() };
        for (name, script) in commands {
            fakes.put(name, script);
        }
        fakes
    }

    fn put(&self, name: &str, script: &str) {
        write_script(&self.folder.path().join(name), script);
    }

    /// Runs a script. Times are those of UTC, wherever the test runs.
    fn command(&self, script: &Path) -> Command {
        let path = format!("{}:{}", self.folder.path().display(), std::env::var("PATH").unwrap());
        let mut command = Command::new("bash");
        command.arg(script).env("PATH", path).env("TZ", "UTC").env_remove("FIREWALL_POLICY_ID");
        command
    }

    fn run(&self, script: &Path, arguments: &[&str]) -> Output {
        self.command(script).args(arguments).output().unwrap()
    }
}

fn write_script(path: &Path, script: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, format!("#!/usr/bin/env bash\nset -euo pipefail\n{script}")).unwrap();
    let status = Command::new("chmod").arg("+x").arg(path).status().unwrap();
    assert!(status.success());
}

#[track_caller]
fn assert_stops(done: &Output, says: &str) {
    let said = text(&done.stderr);
    assert!(!done.status.success(), "it went on: {}", text(&done.stdout));
    assert!(said.contains(says), "`{says}` is not in: {said}");
}

#[track_caller]
fn assert_done(done: &Output) -> String {
    assert!(done.status.success(), "{}{}", text(&done.stdout), text(&done.stderr));
    text(&done.stdout)
}
