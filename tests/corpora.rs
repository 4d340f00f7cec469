//! The corpora of the fuzz targets, on stable Rust: what was once put there never panics again.

#![allow(clippy::unwrap_used)]

#[path = "../fuzz/functions.rs"]
mod functions;

use std::collections::BTreeSet;
use std::path::Path;

const TARGETS: [(&str, fn(&[u8])); 6] = [
    ("answers", functions::answers),
    ("arm", functions::arm),
    ("azcli", functions::azcli),
    ("bicep", functions::bicep),
    ("exports", functions::exports),
    ("terraform", functions::terraform),
];

#[test]
fn every_file_of_every_corpus_ends_well() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    for (target, run) in TARGETS {
        let mut seeds = 0;
        for entry in std::fs::read_dir(fuzz.join("corpus").join(target)).unwrap() {
            run(&std::fs::read(entry.unwrap().path()).unwrap());
            seeds += 1;
        }
        assert!(seeds > 0, "{target} has no corpus");
    }
}

/// A target that nobody replays, or a corpus without a target, would be forgotten.
#[test]
fn every_target_is_replayed() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let names = |folder: &str| -> BTreeSet<String> {
        let entries = std::fs::read_dir(fuzz.join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into()).collect()
    };
    let own: BTreeSet<String> = TARGETS.iter().map(|(name, _)| name.to_string()).collect();
    assert_eq!(names("fuzz_targets"), own);
    assert_eq!(names("corpus"), own);
    let manifest = std::fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for name in own {
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"")), "{name}");
    }
}
