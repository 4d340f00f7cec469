//! `examples/*/out` is documentation and golden test in one: byte for byte what `generate` writes today.
//!
//! `UPDATE=1 cargo test --test golden` rewrites it; read that diff line by line.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn examples() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut found: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, dir: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(dir).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(dir, dir, &mut found);
    found
}

fn generate(answers: &Path, out: &Path, zone: &str, locale: &str) {
    let done = Command::new(env!("CARGO_BIN_EXE_netcordon"))
        .args(["generate", answers.to_str().unwrap(), "--quiet", "--force", "--out"])
        .arg(out)
        .env("TZ", zone)
        .env("LC_ALL", locale)
        .current_dir(std::env::temp_dir())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}: {}", answers.display(), String::from_utf8_lossy(&done.stderr));
}

#[test]
fn every_example_is_what_generate_writes() {
    let names: Vec<String> = examples().iter().map(|e| e.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(
        names,
        [
            "aks-azureml",
            "aks-firewall",
            "aml-both-kinds",
            "aml-everything",
            "aml-exfiltration-protection",
            "aml-no-public-ip-firewall",
            "aml-public-ip-firewall",
            "china-aml",
            "cyclecloud-behind-proxy",
            "cyclecloud-on-premises",
            "cyclecloud-return-proxy",
            "cyclecloud-vm",
            "extend-existing",
            "government-cyclecloud",
            "hub-everything",
            "third-party-firewall"
        ]
    );
    for example in examples() {
        let golden = example.join("out");
        if std::env::var_os("UPDATE").is_some() {
            // A fresh folder: the lock of an older run would name what it withdrew.
            std::fs::remove_dir_all(&golden).ok();
            generate(&example.join("answers.yaml"), &golden, "UTC", "C");
        }
        let fresh = tempfile::tempdir().unwrap();
        generate(&example.join("answers.yaml"), fresh.path(), "UTC", "C");
        let (golden, fresh) = (files(&golden), files(fresh.path()));
        let golden_names: Vec<&String> = golden.keys().collect();
        let fresh_names: Vec<&String> = fresh.keys().collect();
        assert_eq!(golden_names, fresh_names, "{}", example.display());
        for (name, bytes) in &golden {
            let (old, new) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&fresh[name]));
            let first = old.lines().zip(new.lines()).position(|(old, new)| old != new).unwrap_or(0);
            let line = |text: &str| text.lines().nth(first).unwrap_or_default().to_string();
            let what =
                format!("{}/out/{name}, line {}:\n-{}\n+{}", example.display(), first + 1, line(&old), line(&new));
            assert!(old == new, "UPDATE=1 rewrites it: {what}");
        }
    }
}

#[test]
fn two_processes_in_other_places_write_the_same_bytes() {
    for example in examples() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        generate(&example.join("answers.yaml"), one.path(), "Pacific/Kiritimati", "tr_TR.UTF-8");
        generate(&example.join("answers.yaml"), two.path(), "America/St_Johns", "C");
        assert_eq!(files(one.path()), files(two.path()), "{}", example.display());
    }
}

#[test]
fn a_generated_folder_generates_itself_again() {
    for example in examples() {
        let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        generate(&example.join("answers.yaml"), first.path(), "UTC", "C");
        generate(&first.path().join("answers.yaml"), second.path(), "UTC", "C");
        let (mut first, mut second) = (files(first.path()), files(second.path()));
        // The lock names the digest of the input, which had comments the first time; what was a default is now said.
        for made in [&mut first, &mut second] {
            made.remove("netcordon.lock.json").unwrap();
            made.remove("README.md").unwrap();
        }
        assert_eq!(first, second, "{}", example.display());
    }
}
