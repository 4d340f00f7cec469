mod kills;

use super::tree::{check_paths, path_fault};
use super::*;
use std::io::{self, ErrorKind};
use tempfile::TempDir;

fn artifacts(files: &[(&str, &str)]) -> Vec<Artifact> {
    files.iter().map(|(path, text)| Artifact { path: (*path).into(), bytes: (*text).into() }).collect()
}

/// A folder in memory where there is such a place: these tests sync some thousand files.
fn new_folder() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap()
}

fn header(rules: &[&str]) -> LockHeader {
    LockHeader {
        netcordon: "1.0.0".into(),
        rules: rules.iter().map(ToString::to_string).collect(),
        ..LockHeader::default()
    }
}

/// Every file and folder below `dir`, with what the files hold.
fn tree_of(dir: &Path) -> BTreeMap<String, Option<Vec<u8>>> {
    fn add(dir: &Path, prefix: &str, found: &mut BTreeMap<String, Option<Vec<u8>>>) {
        for entry in fs::read_dir(dir).into_iter().flatten() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                add(&entry.path(), &format!("{name}/"), found);
                found.insert(name, None);
            } else {
                let bytes =
                    if entry.file_type().unwrap().is_file() { fs::read(entry.path()).unwrap() } else { Vec::new() };
                found.insert(name, Some(bytes));
            }
        }
    }
    let mut found = BTreeMap::new();
    add(dir, "", &mut found);
    found
}

fn is_passing(path: &str) -> bool {
    path.rsplit('/').next().unwrap().starts_with(".netcordon-")
}

fn copy_tree(tree: &BTreeMap<String, Option<Vec<u8>>>, dir: &Path) {
    for (path, bytes) in tree {
        let place = dir.join(path);
        match bytes {
            None => fs::create_dir_all(place).unwrap(),
            Some(bytes) => {
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                fs::write(place, bytes).unwrap();
            }
        }
    }
}

fn changes<'a>(comparison: &'a Comparison) -> Vec<(&'a str, Change)> {
    comparison.files.iter().map(|file| (file.path.as_str(), file.change)).collect()
}

fn change_at(comparison: &Comparison, path: &str) -> Change {
    comparison.files.iter().find(|file| file.path == path).unwrap().change
}

fn text(dir: &Path, path: &str) -> String {
    fs::read_to_string(dir.join(path)).unwrap()
}

/// The one problem of a run that has to fail and to change nothing but its own passing files.
fn refused(dir: &Path, artifacts: &[Artifact]) -> Problem {
    let lasting = || tree_of(dir).into_iter().filter(|(path, _)| !is_passing(path)).collect::<Vec<_>>();
    let before = lasting();
    let mut problems = write(dir, artifacts, &header(&[]), false).unwrap_err();
    assert_eq!(lasting(), before);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

#[test]
fn a_first_run_writes_everything_and_a_second_touches_nothing() {
    let temporary = new_folder();
    let dir = &temporary.path().join("out/prod");
    let made = artifacts(&[("README.md", "# x\n"), ("terraform/spoke/main.tf", "a = 1\n")]);
    let header = header(&["b", "a"]);

    assert!(compare(dir, &made, &header).unwrap().drift());
    assert!(!dir.exists());
    write(dir, &made, &header, false).unwrap();
    let found: Vec<String> = tree_of(dir).into_keys().collect();
    assert_eq!(found, ["README.md", "netcordon.lock.json", "terraform", "terraform/spoke", "terraform/spoke/main.tf"]);
    assert_eq!(text(dir, "terraform/spoke/main.tf"), "a = 1\n");
    assert!(!compare(dir, &made, &header).unwrap().drift());

    let times = || {
        let paths = found.iter().map(|path| dir.join(path)).chain([dir.clone()]);
        paths.map(|path| fs::metadata(path).unwrap().modified().unwrap()).collect::<Vec<_>>()
    };
    let before = times();
    let mut operations = 0;
    let again = write_with(dir, &made, &header, true, &mut |_| {
        operations += 1;
        Ok(())
    });
    assert!(!again.unwrap().drift());
    assert_eq!((operations, times()), (0, before));
}

#[test]
fn the_lock_is_sorted_pretty_json() {
    let temporary = new_folder();
    write(temporary.path(), &artifacts(&[("b", "x"), ("a", "")]), &header(&["r2", "r1"]), false).unwrap();
    let expected = r#"{
  "format": 1,
  "netcordon": "1.0.0",
  "catalog": "",
  "service_tags": "",
  "inputs": {},
  "requirements": {},
  "rules": [
    "r1",
    "r2"
  ],
  "withdrawn": [],
  "files": {
    "a": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "b": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
  }
}
"#;
    assert_eq!(text(temporary.path(), LOCK), expected);
    assert_eq!(read_lock(temporary.path()).unwrap().unwrap().header, header(&["r2", "r1"]));
}

#[test]
fn only_the_lock_changes_when_only_the_header_does() {
    let temporary = new_folder();
    let made = artifacts(&[("a", "1")]);
    write(temporary.path(), &made, &header(&[]), false).unwrap();
    let done = write(temporary.path(), &made, &header(&["new"]), false).unwrap();
    assert_eq!(changes(&done), [("a", Change::Unchanged), (LOCK, Change::Changed)]);
    assert!(text(temporary.path(), LOCK).contains("new"));
}

#[test]
fn line_ends_are_no_edit() {
    let temporary = new_folder();
    let dir = temporary.path();
    write(dir, &artifacts(&[("a", "1\n2\n")]), &header(&[]), false).unwrap();
    for path in ["a", LOCK] {
        fs::write(dir.join(path), text(dir, path).replace('\n', "\r\n")).unwrap();
    }
    assert!(!compare(dir, &artifacts(&[("a", "1\n2\n")]), &header(&[])).unwrap().drift());

    let changed = artifacts(&[("a", "1\n3\n")]);
    let comparison = compare(dir, &changed, &header(&[])).unwrap();
    assert_eq!(change_at(&comparison, "a"), Change::Changed);
    assert_eq!(comparison.files[0].diff(), "--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n 1\n-2\n+3\n");
    write(dir, &changed, &header(&[]), false).unwrap();
    assert_eq!(text(dir, "a"), "1\n3\n");

    assert_eq!(digest(b"a\r\n\r\nb\r\n"), digest(b"a\n\nb\n"));
    assert_ne!(digest(b"a\rb"), digest(b"a\nb"));
    assert_ne!(digest(b"a\r"), digest(b"a"));
}

#[test]
fn an_edited_file_is_kept_without_force() {
    let temporary = new_folder();
    let dir = temporary.path();
    write(dir, &artifacts(&[("a", "1"), ("b", "1"), ("c", "1")]), &header(&[]), false).unwrap();
    fs::write(dir.join("a"), "mine").unwrap();
    fs::write(dir.join("c"), "2").unwrap();
    let next = artifacts(&[("a", "2"), ("b", "2"), ("c", "2")]);

    let problem = refused(dir, &next);
    assert_eq!(problem.place.file, dir.join("a").display().to_string());
    assert_eq!(problem.what, "was edited since netcordon wrote it");
    // An edit is drift although what is made has not changed.
    let same = artifacts(&[("a", "1"), ("b", "1"), ("c", "1")]);
    assert_eq!(change_at(&compare(dir, &same, &header(&[])).unwrap(), "a"), Change::Edited);

    let done = write(dir, &next, &header(&[]), true).unwrap();
    let expected = [("a", Change::Edited), ("b", Change::Changed), ("c", Change::Unchanged), (LOCK, Change::Changed)];
    assert_eq!(changes(&done), expected);
    assert_eq!(done.files[0].diff().lines().next(), Some("--- a/a"));
    assert_eq!((text(dir, "a"), text(dir, "b")), ("2".into(), "2".into()));
}

#[test]
fn a_file_that_was_there_before_is_kept_without_force() {
    let temporary = new_folder();
    let dir = temporary.path();
    fs::write(dir.join("README.md"), "mine").unwrap();
    fs::write(dir.join("same"), "same").unwrap();
    fs::write(dir.join("other"), "other").unwrap();
    let made = artifacts(&[("README.md", "ours"), ("same", "same"), ("x/y", "")]);
    assert_eq!(refused(dir, &made).what, "is there already, and netcordon did not write it");
    write(dir, &made, &header(&[]), true).unwrap();
    assert_eq!((text(dir, "README.md"), text(dir, "other")), ("ours".into(), "other".into()));
}

#[test]
fn a_file_that_somebody_deleted_comes_back() {
    let temporary = new_folder();
    let dir = temporary.path();
    let made = artifacts(&[("a", "1")]);
    write(dir, &made, &header(&[]), false).unwrap();
    fs::remove_file(dir.join("a")).unwrap();
    assert_eq!(changes(&write(dir, &made, &header(&[]), false).unwrap())[0], ("a", Change::New));
    assert_eq!(text(dir, "a"), "1");
}

#[test]
fn files_no_longer_made_go_unless_edited() {
    let temporary = new_folder();
    let dir = temporary.path();
    let first = artifacts(&[("a", "1"), ("b/c/d", "1"), ("b/c/e", "1"), ("f/g", "1"), ("f/h", "1"), ("i/j", "1")]);
    write(dir, &first, &header(&[]), false).unwrap();
    fs::write(dir.join("f/g"), "mine").unwrap();
    fs::write(dir.join("i/notes"), "mine").unwrap();
    let produced = artifacts(&[("a", "1")]);
    let done = write(dir, &produced, &header(&[]), false).unwrap();
    let expected = [
        ("a", Change::Unchanged),
        ("b/c/d", Change::Deleted),
        ("b/c/e", Change::Deleted),
        ("f/g", Change::Kept),
        ("f/h", Change::Deleted),
        ("i/j", Change::Deleted),
        (LOCK, Change::Changed),
    ];
    assert_eq!(changes(&done), expected);
    assert_eq!(done.files[3].diff(), "");
    assert_eq!(done.files[1].diff(), "--- a/b/c/d\n+++ /dev/null\n@@ -1 +0,0 @@\n-1\n\\ No newline at end of file\n");
    let left: Vec<String> = tree_of(dir).into_keys().collect();
    assert_eq!(left, ["a", "f", "f/g", "i", "i/notes", LOCK]);

    // What was kept is somebody else's now, and force does not delete it either.
    assert!(!compare(dir, &artifacts(&[("a", "1")]), &header(&[])).unwrap().drift());
    let problem = refused(dir, &first);
    assert_eq!(problem.what, "is there already, and netcordon did not write it");
}

#[test]
fn diffs_are_unified_and_survive_any_bytes() {
    let temporary = new_folder();
    let dir = temporary.path();
    fs::write(dir.join("a"), b"\xff\xfe\x1b[2J\n1\n2\n3\n4\n5\n").unwrap();
    let made = artifacts(&[("a", "new\n1\n2\n3\n4\n5\n"), ("b", "x\n")]);
    let comparison = compare(dir, &made, &header(&[])).unwrap();
    let expected = "--- a/a\n+++ b/a\n@@ -1,4 +1,4 @@\n-\u{fffd}\u{fffd}\u{1b}[2J\n+new\n 1\n 2\n 3\n";
    assert_eq!(comparison.files[0].diff(), expected);
    assert_eq!(comparison.files[1].diff(), "--- /dev/null\n+++ b/b\n@@ -0,0 +1 @@\n+x\n");
}

#[test]
fn paths_that_no_artifact_may_have() {
    let bad = [
        "",
        "/",
        "/etc/passwd",
        "a//b",
        "a/",
        ".",
        "..",
        "../a",
        "a/../b",
        "./a",
        "a\\b",
        "c:/a",
        "c:",
        "a\0b",
        "a\nb",
        "con",
        "CON",
        "nul.txt",
        "a/AUX.tf",
        "com1",
        "LPT9.md",
        "com¹.x",
        "conin$",
        "prn .txt",
        "a.",
        "a ",
        "a./b",
        "a?",
        ".netcordon-writing",
        "a/.netcordon-x.tmp",
        ".NETCORDON-x",
        LOCK,
        "Netcordon.Lock.json",
        "netcordon.lock.json/a",
    ];
    for path in bad {
        assert!(path_fault(path).is_some(), "{path:?}");
        let temporary = new_folder();
        refused(temporary.path(), &artifacts(&[(path, "")]));
    }
    for path in
        ["README.md", "a/b/c.tf", "console", "com10", "communication/auxiliary", ".gitignore", "größe.yaml", "a..b"]
    {
        assert_eq!(path_fault(path), None, "{path:?}");
    }
}

#[test]
fn paths_that_are_one_file_somewhere() {
    for pair in [["a/B.tf", "A/b.tf"], ["a", "a"], ["Ö", "ö"], ["a", "a/b"], ["a/B", "a/b/c/d"]] {
        let problems = check_paths(&artifacts(&pair.map(|path| (path, ""))));
        assert_eq!(problems.len(), 1, "{pair:?} {problems:?}");
        assert!(problems[0].what.starts_with("clashes with"), "{problems:?}");
    }
    assert!(check_paths(&artifacts(&[("a", ""), ("a.b", ""), ("ab/a", ""), ("ab/b", "")])).is_empty());
}

#[test]
fn things_in_the_way() {
    let made = artifacts(&[("a/b", "1")]);
    let temporary = new_folder();
    let dir = temporary.path();
    fs::write(dir.join("file"), "").unwrap();
    assert_eq!(refused(&dir.join("file"), &made).what, "is not a folder");
    assert!(write(&dir.join("file/below"), &made, &header(&[]), true).is_err());
    fs::remove_file(dir.join("file")).unwrap();

    fs::create_dir_all(dir.join("a/b")).unwrap();
    assert_eq!(refused(dir, &made).what, "is a folder, and a file belongs there");
    fs::remove_dir_all(dir.join("a")).unwrap();
    fs::write(dir.join("a"), "").unwrap();
    assert_eq!(refused(dir, &made).what, "is not a folder, and one is needed there");
    fs::remove_file(dir.join("a")).unwrap();

    fs::create_dir(dir.join(LOCK)).unwrap();
    assert_eq!(refused(dir, &made).what, "is a folder, and a file belongs there");
}

#[cfg(unix)]
#[test]
fn links_devices_and_modes() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let made = artifacts(&[("a/b", "1")]);
    let temporary = new_folder();
    let (dir, outside) = (&temporary.path().join("out"), &temporary.path().join("outside"));
    fs::create_dir_all(outside).unwrap();
    fs::write(outside.join("b"), "theirs").unwrap();
    fs::create_dir(dir).unwrap();

    for (target, link) in [("", "a"), ("b", "a/b"), ("missing", "a/b"), ("b", LOCK), ("missing", disk::ALONE)] {
        fs::create_dir_all(dir.join(link).parent().unwrap()).unwrap();
        symlink(outside.join(target), dir.join(link)).unwrap();
        for force in [false, true] {
            let problems = write(dir, &made, &header(&[]), force).unwrap_err();
            assert_eq!(problems[0].place.file, dir.join(link).display().to_string());
            assert_eq!(problems[0].what, "is a symbolic link");
        }
        fs::remove_file(dir.join(link)).unwrap();
        let _ = fs::remove_dir(dir.join("a"));
    }
    assert_eq!(tree_of(outside).into_keys().collect::<Vec<_>>(), ["b"]);
    assert!(tree_of(dir).is_empty());

    let socket = std::os::unix::net::UnixListener::bind(dir.join("a")).unwrap();
    assert_eq!(refused(dir, &artifacts(&[("a", "")])).what, "is not a regular file");
    drop(socket);
    fs::remove_file(dir.join("a")).unwrap();

    // The output folder itself may be a link; new files are as readable as any, and a mode that somebody set stays.
    let link = temporary.path().join("link");
    symlink(dir, &link).unwrap();
    write(&link, &made, &header(&[]), false).unwrap();
    fs::write(dir.join("plain"), "").unwrap();
    let mode = |path: &str| fs::metadata(dir.join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("a/b"), mode("plain"));
    fs::set_permissions(dir.join("a/b"), PermissionsExt::from_mode(0o755)).unwrap();
    write(&link, &artifacts(&[("a/b", "2")]), &header(&[]), false).unwrap();
    assert_eq!((mode("a/b"), text(dir, "a/b").as_str()), (0o755, "2"));

    // A folder no longer produced that became a link: nothing behind it is touched.
    fs::remove_dir_all(dir.join("a")).unwrap();
    fs::write(outside.join("b"), "2").unwrap();
    symlink(outside, dir.join("a")).unwrap();
    let done = write(dir, &[], &header(&[]), false).unwrap();
    assert_eq!(changes(&done)[0], ("a/b", Change::Kept));
    assert_eq!(text(outside, "b"), "2");
}

#[test]
fn locks_that_cannot_be_used() {
    let temporary = new_folder();
    let dir = &temporary.path().join("out");
    fs::create_dir(dir).unwrap();
    let victim = temporary.path().join("victim");
    fs::write(&victim, "x").unwrap();
    let good = String::from_utf8(Lock::new(&header(&[]), BTreeMap::new()).to_bytes().unwrap()).unwrap();
    let escaping = good.replace("\"files\": {}", &format!("\"files\": {{\"../victim\": \"{}\"}}", digest(b"x")));
    let cases = [
        ("", "the lock is broken"),
        ("<<<<<<< HEAD\n{", "the lock is broken"),
        ("{}", "the lock is broken: missing field `format`"),
        ("[1]", "the lock is broken"),
        ("{\"format\": 1}", "the lock is broken: missing field"),
        ("{\"format\": 2, \"new\": {}}", "the lock has format 2"),
        (&escaping, "the lock names the file `../victim`"),
        (
            &escaping.replace("files", "replacing").replace("}\n}", "},\"files\":{}}"),
            "the lock names the file `../victim`",
        ),
    ];
    for (content, what) in cases {
        fs::write(dir.join(LOCK), content).unwrap();
        let problem = refused(dir, &artifacts(&[("a", "1")]));
        assert!(problem.what.starts_with(what), "{content}: {problem}");
        assert_eq!(problem.place.file, dir.join(LOCK).display().to_string());
        assert!(!problem.hint.is_empty());
        assert!(read_lock(dir).is_err());
    }
    assert!(victim.exists());
    fs::write(dir.join(LOCK), "{\n  \"format\": oops\n}").unwrap();
    let place = read_lock(dir).unwrap_err().place;
    assert_eq!((place.line, place.column), (2, 13));
}

#[test]
fn withdrawn_rules_stay_withdrawn() {
    let rules = |keys: &[&str]| -> BTreeSet<String> { keys.iter().map(ToString::to_string).collect() };
    assert!(withdrawn(None, &rules(&["a"])).is_empty());
    let mut lock = Lock::new(&header(&["a", "b"]), BTreeMap::new());
    assert_eq!(withdrawn(Some(&lock), &rules(&["b", "c"])), rules(&["a"]));
    lock.header = LockHeader { rules: rules(&["b", "c"]), withdrawn: rules(&["a"]), ..LockHeader::default() };
    assert_eq!(withdrawn(Some(&lock), &rules(&["b", "c"])), rules(&["a"]));
    assert_eq!(withdrawn(Some(&lock), &rules(&["a", "c"])), rules(&["b"]));
}

#[test]
fn one_run_at_a_time() {
    let temporary = new_folder();
    let dir = temporary.path();
    let held = disk::Alone::in_folder(dir, &mut |_| Ok(())).unwrap();
    assert_eq!(refused(dir, &artifacts(&[("a", "1")])).what, "another netcordon is writing here");
    drop(held);
    assert!(tree_of(dir).is_empty());

    // The run before finishes just between our opening its file and locking it.
    #[cfg(unix)]
    {
        let mut finished = false;
        let held = disk::Alone::in_folder(dir, &mut |what| {
            if what.starts_with("lock ") && !finished {
                finished = true;
                fs::remove_file(dir.join(disk::ALONE))?;
            }
            Ok(())
        });
        assert_eq!(refused(dir, &artifacts(&[("a", "1")])).what, "another netcordon is writing here");
        drop(held);
    }

    let made: Vec<Vec<Artifact>> =
        (0..4).map(|number| artifacts(&[("a", &number.to_string()), (&format!("{number}/b"), "")])).collect();
    std::thread::scope(|scope| {
        for made in &made {
            scope.spawn(move || {
                for _ in 0..20 {
                    // Each is either done or refused, never confused by another one's work.
                    if let Err(problems) = write(dir, made, &header(&[]), false) {
                        assert_eq!(problems[0].what, "another netcordon is writing here", "{problems:?}");
                    }
                }
            });
        }
    });
    write(dir, &made[0], &header(&[]), false).unwrap();
    assert_eq!(tree_of(dir).into_keys().collect::<Vec<_>>(), ["0", "0/b", "a", LOCK]);
}

#[test]
fn the_reason_is_the_systems_without_its_number() {
    let problem = tree::failed(Path::new("x"), "write", &io::Error::from_raw_os_error(28));
    assert!(problem.what.starts_with("cannot write it: ") && !problem.what.contains("os error"), "{problem}");
    #[cfg(target_os = "linux")]
    assert_eq!(problem.what, "cannot write it: no space left on device");
}

#[test]
fn an_edit_while_writing_is_not_overwritten() {
    let temporary = new_folder();
    let dir = temporary.path();
    write(dir, &artifacts(&[("a", "1")]), &header(&[]), false).unwrap();
    let before = text(dir, LOCK);
    let second = artifacts(&[("a", "2")]);
    let problems = write_with(dir, &second, &header(&[]), false, &mut |what| {
        if what.starts_with("close") && !what.contains(LOCK) {
            fs::write(dir.join("a"), "mine")?;
        }
        Ok(())
    });
    assert_eq!(problems.unwrap_err()[0].what, "was changed while netcordon was writing");
    assert_eq!((text(dir, "a"), text(dir, LOCK)), ("mine".into(), before));
}

#[test]
fn leftovers_go_and_files_of_others_stay() {
    let temporary = new_folder();
    let dir = temporary.path();
    let made = artifacts(&[("a/b", "1")]);
    write(dir, &made, &header(&[]), false).unwrap();
    fs::create_dir_all(dir.join("theirs")).unwrap();
    let leftovers = [".netcordon-abc.tmp", "a/.netcordon-xyz.tmp", ".netcordon-writing"];
    let theirs = ["theirs/.netcordon-x.tmp", "a/.netcordon-notes", "x.tmp"];
    for path in leftovers.iter().chain(&theirs) {
        fs::write(dir.join(path), "").unwrap();
    }
    assert!(!compare(dir, &made, &header(&[])).unwrap().drift());
    write(dir, &made, &header(&[]), false).unwrap();
    assert!(leftovers.iter().all(|path| !dir.join(path).exists()));
    assert!(theirs.iter().all(|path| dir.join(path).exists()));
}

#[test]
fn a_name_that_only_changed_case_is_not_deleted_where_case_does_not_count() {
    let temporary = new_folder();
    let dir = temporary.path();
    write(dir, &artifacts(&[("Readme.md", "1")]), &header(&[]), false).unwrap();
    // What such a file system would show under either name.
    if !dir.join("README.md").exists() {
        fs::write(dir.join(LOCK.to_uppercase()), "").unwrap();
        fs::write(dir.join("README.md"), "1").unwrap();
    }
    let second = artifacts(&[("README.md", "2")]);
    let done = write(dir, &second, &header(&[]), false).unwrap();
    assert_eq!(changes(&done), [("README.md", Change::Changed), (LOCK, Change::Changed)]);
    assert_eq!(text(dir, "README.md"), "2");
    assert!(dir.join("Readme.md").exists());
}
