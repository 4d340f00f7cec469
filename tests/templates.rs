//! Templates of one's own: laid over those that ship with the program, checked before anything is written.

#![allow(clippy::unwrap_used)]

use netcordon::environment::{Environment, build};
use netcordon::question;
use netcordon::render::LARGEST_OUTPUT;
use netcordon::render::templates::{OwnTemplate, Templates, eject};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const RULES: &str = "review/rules.csv.tera";

fn answers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hub-everything/answers.yaml")
}

fn netcordon(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_netcordon"))
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "100")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Generates `hub-everything` into `out` with the templates in `own`.
fn generate(folder: &Path, more: &[&str]) -> Output {
    let answers = answers();
    let mut arguments = vec!["generate", answers.to_str().unwrap(), "--out", "out", "--templates", "own"];
    arguments.extend(more);
    netcordon(folder, &arguments)
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder with templates of one's own in `own`.
fn with(templates: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("own")).unwrap();
    for (name, bytes) in templates {
        let place = folder.path().join("own").join(name);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
    folder
}

/// It was refused with exactly this: exit 2, nothing written.
fn refused(folder: &Path, expected: &str) {
    let output = generate(folder, &[]);
    assert_eq!(stderr(&output), expected);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert!(!folder.join("out").exists());
}

fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, dir: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for path in fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(dir, dir, &mut found);
    found
}

fn environment() -> Environment {
    let read = question::read("answers.yaml", &fs::read(answers()).unwrap(), &[]);
    let own = vec![("company.yaml".to_string(), fs::read(answers().with_file_name("company.yaml")).unwrap())];
    build(&read, "answers.yaml", &own, None).unwrap()
}

#[test]
fn ejected_templates_make_the_same_files() {
    let folder = with(&[]);
    assert_eq!(generate(folder.path(), &[]).status.code(), Some(0));
    let before = files(&folder.path().join("out"));
    fs::remove_dir_all(folder.path().join("out")).unwrap();
    fs::remove_dir(folder.path().join("own")).unwrap();
    let ejected = netcordon(folder.path(), &["templates", "eject", "own"]);
    assert_eq!(ejected.status.code(), Some(0), "{}", stderr(&ejected));
    assert_eq!(files(&folder.path().join("own")).len(), eject().len());
    // What a checkout on Windows makes of them counts for nothing.
    for (name, bytes) in files(&folder.path().join("own")) {
        let text = String::from_utf8(bytes).unwrap().replace('\n', "\r\n");
        fs::write(folder.path().join("own").join(name), format!("\u{feff}{text}")).unwrap();
    }
    assert_eq!(generate(folder.path(), &[]).status.code(), Some(0));
    let mut after = files(&folder.path().join("out"));
    after.insert("netcordon.lock.json".into(), before["netcordon.lock.json"].clone());
    assert_eq!(before, after);
}

#[test]
fn one_template_changes_one_file_and_the_others_include_it() {
    let main = "{% include \"terraform/spoke/versions.tf.tera\" %}";
    let folder =
        with(&[("terraform/spoke/versions.tf.tera", b"# ours\n"), ("terraform/hub/main.tf.tera", main.as_bytes())]);
    fs::write(folder.path().join("own/.gitignore"), "").unwrap();
    let output = generate(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let written = files(&folder.path().join("out"));
    assert_eq!(
        netcordon(folder.path(), &["generate", answers().to_str().unwrap(), "--out", "plain"]).status.code(),
        Some(0)
    );
    let plain = files(&folder.path().join("plain"));
    for (name, bytes) in &written {
        match name.as_str() {
            "terraform/spoke/versions.tf" | "terraform/hub/main.tf" => assert_eq!(bytes, b"# ours\n", "{name}"),
            "netcordon.lock.json" => {}
            _ => assert_eq!(bytes, &plain[name], "{name}"),
        }
    }
    assert_eq!(written.keys().collect::<Vec<_>>(), plain.keys().collect::<Vec<_>>());
}

#[test]
fn a_template_that_does_not_fit_is_refused_with_its_place() {
    let known = "hint: known here: rows\n";
    let cases: &[(&str, &str)] = &[
        ("a\n{{ rows }", "own/review/rules.csv.tera:2:9: found `}` but expected }}\n"),
        (
            "a\n  {{ nonsense }}",
            &format!("own/review/rules.csv.tera:2:6: variable `nonsense` is not defined\n  {known}"),
        ),
        // Such a flag would be false, and what depends on it missing.
        (
            "{% if nonsense %}x{% endif %}",
            &format!("own/review/rules.csv.tera:1:7: variable `nonsense` is not defined\n  {known}"),
        ),
        (
            "{% for row in row %}{% endfor %}",
            "own/review/rules.csv.tera:1:8: variable `row` is not defined\n  hint: did you mean `rows`?\n",
        ),
        (
            "{% for row in rows %}\n{{ row.nonsense }}{% endfor %}",
            "own/review/rules.csv.tera:2:8: field `nonsense` is not defined\n  hint: known here: ",
        ),
        ("{{ rows | nonsense }}", "own/review/rules.csv.tera:1:11: unknown filter `nonsense`\n"),
        (
            "{% include \"nothing\" %}",
            "own/review/rules.csv.tera:1:12: unknown template `nothing`\n  hint: that is no template of its language: \
             `netcordon templates list` names them, with their languages\n",
        ),
        // Its texts would be escaped for CSV.
        (
            "{% include \"readme/README.md.tera\" %}",
            "own/review/rules.csv.tera:1:12: unknown template `readme/README.md.tera`\n",
        ),
        (
            "{% include \"review/rules.csv.tera\" %}",
            "own/review/rules.csv.tera: it includes itself\n  hint: the way round: review/rules.csv.tera, review/rules.csv.tera\n",
        ),
        ("{{ throw(message=\"\u{1b}[31mred\") }}", "own/review/rules.csv.tera:1:4: \\u{1b}[31mred\n"),
    ];
    for (text, expected) in cases {
        let folder = with(&[(RULES, text.as_bytes())]);
        let output = generate(folder.path(), &[]);
        let said = stderr(&output);
        assert!(said.starts_with(&format!("error: {expected}")), "{text}: {said}");
        assert_eq!(said.matches("error: ").count(), 1, "{text}: {said}");
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(!folder.path().join("out").exists(), "{text}");
    }
}

#[test]
fn nothing_but_the_view_reaches_a_template() {
    for asked in
        ["now()", "get_env(name=\"HOME\")", "get_random(end=9)", "load_data(path=\"/etc/passwd\")", "__tera_context"]
    {
        let folder = with(&[(RULES, format!("{{{{ {asked} }}}}").as_bytes())]);
        let output = generate(folder.path(), &[]);
        assert_eq!(output.status.code(), Some(2), "{asked}: {}", stderr(&output));
        assert!(stderr(&output).starts_with("error: own/review/rules.csv.tera:1:4: "), "{asked}: {}", stderr(&output));
        assert!(!folder.path().join("out").exists());
    }
    // Every filter and test of Tera, and its two functions: the same bytes in two processes.
    let text = "{% for row in rows %}{{ row.why | upper | truncate(length=9) }} {{ loop.index }}{% endfor %}\
                {% for n in range(end=3) %}{{ n }}{% endfor %}{{ rows | first | keys | join(sep=\" \") }}\
                {{ rows | group_by(attribute=\"why\") | keys | join }}{{ rows | group_by(attribute=\"kind\") | keys | join(sep=\", \") }}";
    let two = [with(&[(RULES, text.as_bytes())]), with(&[(RULES, text.as_bytes())])];
    let made = two.each_ref().map(|folder| {
        let output = generate(folder.path(), &[]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        fs::read_to_string(folder.path().join("out/review/rules.csv")).unwrap()
    });
    assert_eq!(made[0], made[1]);
    assert!(made[0].ends_with("NSG rule, route, firewall network rule, firewall application rule"), "{}", made[0]);
}

#[test]
fn what_lies_in_the_folder_and_is_no_template_is_refused() {
    let folder = with(&[
        ("README.md", b""),
        ("arm/spoke.json.tera", b"{}"),
        ("notes", b""),
        ("review/rules.csv.tera", b"\xff"),
        ("terrafrom/x", b""),
        ("versions.tf", b""),
        ("terraform/spoke/mian.tf.tera", b""),
        ("terraform/spoke/main.tf.tera/x", b""),
        ("terraform/spoke/rules.tf.tera", &[b' '; (1 << 20) + 1]),
    ]);
    let separator = std::path::MAIN_SEPARATOR.to_string();
    refused(
        folder.path(),
        &"error: own/README.md: no template is called `README.md`
  hint: `netcordon templates list` names them all
error: own/arm: `arm` is made without a template
  hint: remove it: JSON is written from values, so that it always is JSON
error: own/notes: no template is called `notes`
  hint: `netcordon templates list` names them all
error: own/review/rules.csv.tera: the file is not UTF-8 text (byte 0)
  hint: save it as UTF-8
error: own/terraform/spoke/main.tf.tera: it is a folder, and a file belongs there
  hint: move it away
error: own/terraform/spoke/mian.tf.tera: no template is called `terraform/spoke/mian.tf.tera`
  hint: did you mean `terraform/spoke/main.tf.tera`?
error: own/terraform/spoke/rules.tf.tera: the file is larger than 1 MiB
  hint: a template is a few kilobytes
error: own/terrafrom: no template is called `terrafrom`
  hint: did you mean `terraform`?
error: own/versions.tf: no template is called `versions.tf`
  hint: did you mean `terraform/spoke/versions.tf.tera` or `terraform/hub/versions.tf.tera`?
9 problems; nothing was written
"
        .replace("own/", &format!("own{separator}")),
    );
    let folder = tempfile::tempdir().unwrap();
    refused(
        folder.path(),
        "error: own: cannot read it: no such file or directory\n  hint: `--templates` takes a folder, as `netcordon templates eject` writes it\n",
    );
    fs::write(folder.path().join("own"), "").unwrap();
    assert_eq!(generate(folder.path(), &[]).status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn links_and_devices_are_not_read() {
    let folder = with(&[("review/x", b"")]);
    fs::remove_file(folder.path().join("own/review/x")).unwrap();
    let link = "is a symbolic link\n  hint: put the template itself there: links may lead to files that are none of netcordon's business\n";
    let place = folder.path().join("own").join(RULES);
    std::os::unix::fs::symlink("/etc/passwd", &place).unwrap();
    refused(folder.path(), &format!("error: own/review/rules.csv.tera: {link}"));
    fs::remove_file(&place).unwrap();
    assert!(Command::new("mkfifo").arg(&place).status().unwrap().success());
    refused(folder.path(), "error: own/review/rules.csv.tera: it is not a regular file\n  hint: move it away\n");
    fs::remove_dir_all(folder.path().join("own/review")).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("own/review")).unwrap();
    refused(folder.path(), &format!("error: own/review: {link}"));
}

#[test]
fn output_without_end_is_refused_before_it_is_made() {
    let loops =
        "{% for a in range(end=100000) %}{% for b in range(end=100000) %}xxxxxxxxxxxxxxxx{% endfor %}{% endfor %}";
    let folder = with(&[(RULES, loops.as_bytes())]);
    refused(
        folder.path(),
        "error: own/review/rules.csv.tera: with `review/rules.csv` the folder would hold more than 16 MiB\n  \
         hint: look for a loop that writes more than it should\n",
    );
    // Two files that only together are too much.
    let half = format!("{{% for a in range(end=100000) %}}{}{{% endfor %}}", "x".repeat(LARGEST_OUTPUT / 190_000));
    let folder = with(&[("terraform/hub/main.tf.tera", half.as_bytes())]);
    assert_eq!(generate(folder.path(), &[]).status.code(), Some(0));
    let folder = with(&[("terraform/hub/main.tf.tera", half.as_bytes()), (RULES, half.as_bytes())]);
    let output = generate(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("the folder would hold more than 16 MiB"), "{}", stderr(&output));
    assert!(!folder.path().join("out").exists());
}

#[test]
fn drift_says_that_a_template_is_the_reason() {
    let folder = with(&[(RULES, b"one\n")]);
    assert_eq!(generate(folder.path(), &[]).status.code(), Some(0));
    let same = generate(folder.path(), &["--check"]);
    assert_eq!((same.status.code(), stderr(&same).contains("since then")), (Some(0), false), "{}", stderr(&same));
    let said = |expected: &str| {
        let drift = generate(folder.path(), &["--check"]);
        assert_eq!(drift.status.code(), Some(1));
        assert!(stderr(&drift).ends_with(&format!("  since then: templates/{expected}\n")), "{}", stderr(&drift));
    };
    fs::write(folder.path().join("own").join(RULES), "two\n").unwrap();
    said("review/rules.csv.tera changed");
    assert_eq!(generate(folder.path(), &[]).status.code(), Some(0));
    fs::remove_file(folder.path().join("own").join(RULES)).unwrap();
    said("review/rules.csv.tera is no input any more");
    fs::write(folder.path().join("own").join(RULES), "two\n").unwrap();
    fs::create_dir(folder.path().join("own/readme")).unwrap();
    fs::write(folder.path().join("own/readme/README.md.tera"), "# ours\n").unwrap();
    said("readme/README.md.tera is a new input");
}

#[test]
fn eject_writes_into_new_or_empty_folders() {
    let folder = tempfile::tempdir().unwrap();
    let eject = |arguments: &[&str]| {
        let output = netcordon(folder.path(), &[&["templates", "eject"], arguments].concat());
        (output.status.code(), stderr(&output))
    };
    fs::create_dir(folder.path().join("a")).unwrap();
    assert_eq!(eject(&["a"]).0, Some(0));
    let ejected = files(&folder.path().join("a"));
    assert_eq!(eject(&["b/c/d", "--quiet"]), (Some(0), String::new()));
    assert_eq!(files(&folder.path().join("b/c/d")), ejected);
    let embedded = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    assert_eq!(files(&embedded), ejected);

    let changed = folder.path().join("a").join(RULES);
    fs::write(&changed, "ours\n").unwrap();
    fs::write(folder.path().join("a/notes"), "ours\n").unwrap();
    let refused = "error: a: the folder is not empty\n  hint: choose a new or empty folder; or `--force`, which replaces \
                   the files of these names in it\n";
    assert_eq!(eject(&["a"]), (Some(2), refused.into()));
    assert_eq!(fs::read_to_string(&changed).unwrap(), "ours\n");
    assert_eq!(eject(&["a", "--force"]).0, Some(0));
    let mut forced = files(&folder.path().join("a"));
    assert_eq!(forced.remove("notes"), Some(b"ours\n".to_vec()));
    assert_eq!(forced, ejected);

    fs::write(folder.path().join("file"), "").unwrap();
    assert_eq!(eject(&["file"]), (Some(2), "error: file: is not a folder\n  hint: choose another folder\n".into()));
}

#[cfg(unix)]
#[test]
fn eject_never_leads_out_of_its_folder() {
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for link in ["terraform", "terraform/spoke", "review", RULES] {
        let dir = folder.path().join("a");
        let place = dir.join(link);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(outside.path(), &place).unwrap();
        let output = netcordon(folder.path(), &["templates", "eject", "a", "--force"]);
        assert_eq!(output.status.code(), Some(2), "{link}");
        assert!(stderr(&output).contains("is a symbolic link"), "{link}: {}", stderr(&output));
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0, "{link}");
        // Nothing else was put there either.
        fs::remove_file(&place).unwrap();
        assert!(files(&dir).is_empty(), "{link}: {:?}", files(&dir).keys());
        fs::remove_dir_all(&dir).unwrap();
    }
}

#[test]
fn the_list_names_every_template_with_what_it_makes() {
    let folder = tempfile::tempdir().unwrap();
    let output = netcordon(folder.path(), &["templates", "list"]);
    let text = String::from_utf8(output.stdout).unwrap();
    // A template that makes several files has more lines, which are indented.
    let rows = text.lines().filter(|line| !line.starts_with(' '));
    let names: Vec<&str> = rows.filter_map(|line| line.split_whitespace().next()).collect();
    let ejected = eject();
    assert_eq!(names, ejected.iter().map(|artifact| artifact.path.as_str()).collect::<Vec<_>>());
    assert!(
        text.lines().any(|line| line.split_whitespace().eq(["review/rules.csv.tera", "csv", "review/rules.csv"])),
        "{text}"
    );
}

/// One of the embedded templates with a few pieces of it cut out, doubled or replaced by others.
fn broken() -> impl Strategy<Value = (String, String)> {
    let pieces = prop::sample::select(vec![
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "-",
        " if ",
        " endif ",
        " for ",
        " in ",
        " endfor ",
        " include ",
        " set x = ",
        "set_global",
        " block a ",
        " endblock ",
        " raw ",
        " endraw ",
        " extends ",
        " filter upper ",
        " endfilter ",
        " component a(b) ",
        " endcomponent ",
        "{{<a b=1 />}}",
        "\"",
        "`",
        "'",
        "é\u{202e}",
        "[1, 2]",
        "{\"a\": 1}",
        "...",
        "?.",
        "[",
        "]",
        "(",
        ")",
        " not ",
        "|upper",
        "|safe",
        "name",
        "loop.index",
        "super()",
        "~",
        " % 0",
        "99999999999999999999999999",
        "\n",
        "\\",
    ]);
    let change = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3_u8, pieces);
    (any::<prop::sample::Index>(), proptest::collection::vec(change, 1..6)).prop_map(|(which, changes)| {
        let ejected = eject();
        let template = which.get(&ejected);
        let mut text: Vec<char> = String::from_utf8(template.bytes.clone()).unwrap().chars().collect();
        for (at, length, kind, piece) in changes {
            let at = at.index(text.len() + 1);
            let end = (at + length.index(30)).min(text.len());
            match kind {
                0 => drop(text.drain(at..end)),
                1 => drop(text.splice(at..at, piece.chars())),
                _ => drop(text.splice(at..end, piece.chars())),
            }
        }
        (template.path.clone(), text.into_iter().collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// Whatever somebody makes of a template: it renders, or a problem says where it does not.
    #[test]
    fn a_broken_template_is_a_problem_with_its_place((name, text) in broken()) {
        thread_local! { static PLANNED: Environment = environment(); }
        let file = format!("own/{name}");
        let own = vec![OwnTemplate { name, file: file.clone(), bytes: text.clone().into_bytes() }];
        let made = Templates::with_own(own)
            .and_then(|templates| PLANNED.with(|planned| planned.artifacts(&[], None, &templates)));
        for problem in made.err().into_iter().flatten() {
            prop_assert_eq!(&problem.place.file, &file, "{}", problem);
            prop_assert!(problem.place.line <= text.lines().count() + 1, "{}", problem);
            prop_assert!(problem.place.line > 0 || problem.what.starts_with("it "), "{}", problem);
            prop_assert!(!problem.to_string().contains('\u{202e}'), "{}", problem);
        }
    }
}
