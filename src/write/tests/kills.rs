//! Runs that are killed or fail at each of their operations.

use super::*;

/// A folder from a run before, and what the next one makes of it: every kind of change at once.
struct Step {
    old: Vec<Artifact>,
    new: Vec<Artifact>,
}

impl Step {
    fn new() -> Self {
        Step {
            old: artifacts(&[
                ("same", "same"),
                ("changed", "old"),
                ("gone/deep/x", "x"),
                ("gone/y", "y"),
                ("sub/z", "old"),
            ]),
            new: artifacts(&[("same", "same"), ("changed", "new"), ("sub/z", "new"), ("fresh/deep/x", "new")]),
        }
    }

    fn prepare(&self, dir: &Path) {
        write(dir, &self.old, &header(&["old"]), false).unwrap();
        fs::write(dir.join("gone/notes"), "mine").unwrap();
    }

    /// That no file is anything but whole: as it was, or as it will be.
    fn check_whole(&self, tree: &BTreeMap<String, Option<Vec<u8>>>) {
        for (path, bytes) in tree {
            let Some(bytes) = bytes.as_ref().filter(|_| !is_passing(path)) else { continue };
            if path == LOCK {
                serde_json::from_slice::<Lock>(bytes).unwrap();
            } else if path != "gone/notes" {
                let mut either = self.old.iter().chain(&self.new);
                assert!(
                    either.any(|artifact| artifact.path == *path && artifact.bytes == *bytes),
                    "{path} is half-written"
                );
            }
        }
    }
}

/// The folder as a kill ahead of each operation, and after the last, would leave it.
fn kills(dir: &Path, made: &[Artifact], header: &LockHeader) -> Vec<BTreeMap<String, Option<Vec<u8>>>> {
    let mut left = Vec::new();
    write_with(dir, made, header, false, &mut |_| {
        left.push(tree_of(dir));
        Ok(())
    })
    .unwrap();
    left
}

#[test]
fn killed_at_any_moment_a_second_run_completes() {
    let step = Step::new();
    let temporary = new_folder();
    step.prepare(temporary.path());
    let left = kills(temporary.path(), &step.new, &header(&["new"]));
    let expected = tree_of(temporary.path());
    assert!(left.len() > 20, "{}", left.len());
    assert!(left.iter().any(|tree| tree.keys().any(|path| path.ends_with(".tmp"))));
    for tree in &left {
        step.check_whole(tree);
        let again = new_folder();
        copy_tree(tree, again.path());
        write(again.path(), &step.new, &header(&["new"]), false).unwrap();
        assert_eq!(tree_of(again.path()), expected);
    }
}

#[test]
fn killed_twice_and_then_asked_for_something_else() {
    let step = Step::new();
    let temporary = new_folder();
    step.prepare(temporary.path());
    let third = artifacts(&[("changed", "third"), ("fresh/deep/x", "third")]);
    let expected = tree_of(temporary.path());
    for tree in kills(temporary.path(), &step.new, &header(&["new"])).iter().step_by(2) {
        let again = new_folder();
        copy_tree(tree, again.path());
        for tree in kills(again.path(), &third, &header(&["third"])) {
            let last = new_folder();
            copy_tree(&tree, last.path());
            // Back to the beginning: whatever the two kills left is known as ours, and the lock says what it said.
            write(last.path(), &step.old, &header(&["old"]), false).unwrap();
            assert_eq!(tree_of(last.path()), expected);
        }
    }
}

#[test]
fn an_edit_after_a_kill_is_an_edit() {
    let step = Step::new();
    let temporary = new_folder();
    step.prepare(temporary.path());
    for tree in kills(temporary.path(), &step.new, &header(&["new"])) {
        let again = new_folder();
        copy_tree(&tree, again.path());
        fs::write(again.path().join("changed"), "mine").unwrap();
        assert_eq!(refused(again.path(), &step.new).place.file, again.path().join("changed").display().to_string());
    }
    // So is one that a killed run was forced to overwrite and did not reach.
    let dir = new_folder();
    step.prepare(dir.path());
    fs::write(dir.path().join("changed"), "mine").unwrap();
    let mut left = Vec::new();
    write_with(dir.path(), &step.new, &header(&[]), true, &mut |_| {
        left.push(tree_of(dir.path()));
        Ok(())
    })
    .unwrap();
    for tree in left.iter().filter(|tree| tree["changed"].as_deref() == Some(b"mine")) {
        let again = new_folder();
        copy_tree(tree, again.path());
        assert!(refused(again.path(), &step.new).what.starts_with("was edited"));
    }
}

#[test]
fn an_error_at_any_operation_leaves_whole_files_and_no_temporaries() {
    let step = Step::new();
    for (kind, hint) in [
        (ErrorKind::StorageFull, "make room on the disk, then run the same command again"),
        (ErrorKind::ReadOnlyFilesystem, "choose a folder on a file system that can be written to"),
        (ErrorKind::PermissionDenied, "get permission for it, or choose another folder"),
    ] {
        for fresh in [false, true] {
            for number in 0.. {
                let temporary = new_folder();
                let dir = &temporary.path().join("a/out");
                if !fresh {
                    fs::create_dir_all(dir).unwrap();
                    step.prepare(dir);
                }
                let before = tree_of(temporary.path());
                let (mut operation, mut replaced) = (0, false);
                let result = write_with(dir, &step.new, &header(&["new"]), false, &mut |what| {
                    operation += 1;
                    if operation > number {
                        return Err(io::Error::from(kind));
                    }
                    replaced |= !what.contains(LOCK) && (what.starts_with("replace ") || what.starts_with("delete "));
                    Ok(())
                });
                let Err(problems) = result else {
                    assert!(number > 20);
                    break;
                };
                assert_eq!((problems.len(), problems[0].hint.as_str()), (1, hint));
                assert!(problems[0].place.file.contains("out") || fresh, "{}", problems[0]);
                let found = tree_of(dir);
                assert!(!found.keys().any(|path| path.contains(".netcordon-")), "{number}: {found:?}");
                step.check_whole(&found);
                if !replaced {
                    assert_eq!(tree_of(temporary.path()), before, "{number}");
                }
                write(dir, &step.new, &header(&["new"]), false).unwrap();
                assert!(!compare(dir, &step.new, &header(&["new"])).unwrap().drift());
            }
        }
    }
}
