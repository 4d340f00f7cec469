//! Commands as transcripts: what is typed, what comes back, and the exit code, whole.
//!
//! `TRYCMD=overwrite cargo test --test cmd` rewrites `tests/cmd/*.trycmd` and the blocks of README.md; read that diff.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

const NETCORDON: &str = env!("CARGO_BIN_EXE_netcordon");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Transcripts may use netcordon and, for pipes and edits, `sh`; the terminal is 80 columns wide.
fn cases() -> trycmd::TestCases {
    let bin = Path::new(NETCORDON).parent().unwrap().to_path_buf();
    let mut path = vec![bin];
    path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let path = std::env::join_paths(path).unwrap().into_string().unwrap();
    let cases = trycmd::TestCases::new();
    cases.env("PATH", path).env("COLUMNS", "80").env("LC_ALL", "C");
    if cfg!(unix) {
        cases.register_bin("sh", Path::new("/bin/sh"));
    } else {
        cases.register_bin("sh", trycmd::schema::Bin::Ignore);
    }
    cases
}

#[test]
fn transcripts() {
    cases().case("tests/cmd/*.trycmd");
}

/// The README's console blocks run in a copy of the repository's examples.
#[test]
fn readme() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("readme");
    let _ = std::fs::remove_dir_all(&folder);
    let inside = folder.join("README.in");
    for example in std::fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().path()) {
        let copy = inside.join("examples").join(example.file_name().unwrap());
        std::fs::create_dir_all(&copy).unwrap();
        for file in ["answers.yaml", "company.yaml"].map(|name| example.join(name)).iter().filter(|file| file.is_file())
        {
            std::fs::copy(file, copy.join(file.file_name().unwrap())).unwrap();
        }
    }
    // What `az network nsg show` would print there.
    std::fs::copy(root().join("tests/exports/weak/no-outbound-deny.json"), inside.join("nsg.json")).unwrap();
    // A folder of this name has trycmd work on a copy.
    std::fs::create_dir_all(folder.join("README.out")).unwrap();
    let copy = folder.join("README.md");
    std::fs::write(&copy, ends_of_blocks(&read("README.md"), true)).unwrap();
    cases().case(&copy);
    if std::env::var("TRYCMD").is_ok_and(|mode| mode == "overwrite") {
        let text = std::fs::read_to_string(&copy).unwrap();
        std::fs::write(root().join("README.md"), ends_of_blocks(&text, false)).unwrap();
    }
}

/// The empty line that trycmd wants at the end of a console block, and that a page does without.
fn ends_of_blocks(page: &str, empty: bool) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut console = false;
    for line in page.lines() {
        if line.starts_with("```") {
            if console && empty {
                lines.push("");
            } else if console && lines.last() == Some(&"") {
                lines.pop();
            }
            console = line == "```console";
        }
        lines.push(line);
    }
    lines.join("\n") + "\n"
}

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap()
}

/// What the program prints where the terminal is wide.
fn netcordon(arguments: &[&str]) -> String {
    let done = Command::new(NETCORDON).args(arguments).current_dir(root()).env("COLUMNS", "400").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// What stands between `<!-- mark -->` and `<!-- /mark -->` on the page is `wanted`; `UPDATE=1` makes it so.
fn between_marks(page: &mut String, mark: &str, wanted: &str) {
    let (start, end) = (format!("<!-- {mark} -->\n\n"), format!("\n<!-- /{mark} -->\n"));
    let from = page.find(&start).unwrap() + start.len();
    let to = from + page[from..].find(&end).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        page.replace_range(from..to, wanted);
    } else {
        assert!(&page[from..to] == wanted, "README.md, {mark}: UPDATE=1 cargo test --test cmd");
    }
}

#[test]
fn the_readme_shows_the_questions_and_the_example_as_they_are() {
    let mut page = read("README.md");
    between_marks(&mut page, "questions", &netcordon(&["questions", "--markdown"]));
    let answers = read("examples/cyclecloud-vm/answers.yaml");
    between_marks(&mut page, "answers", &format!("```yaml\n{answers}```\n"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(root().join("README.md"), page).unwrap();
    }
}

#[test]
fn the_readme_names_every_file_and_every_snapshot() {
    fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
        for path in std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let page = read("README.md");
    let (_, rest) = page.split_once("## The folder\n").unwrap();
    let (section, _) = rest.split_once("\n## ").unwrap();
    let named: Vec<&str> = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let mut written = Vec::new();
    for example in std::fs::read_dir(root().join("examples")).unwrap() {
        let out = example.unwrap().path().join("out");
        let mut files = Vec::new();
        walk(&out, &mut files);
        written.extend(files.iter().map(|file| file.strip_prefix(&out).unwrap().to_string_lossy().replace('\\', "/")));
    }
    let of = |file: &str, name: &str| file == name || name.ends_with('/') && file.starts_with(name);
    for file in &written {
        assert!(named.iter().any(|name| of(file, name)), "{file} is not in the README");
    }
    for name in named {
        assert!(written.iter().any(|file| of(file, name)), "{name} is nowhere written");
    }
    for cloud in ["AzureCloud", "AzureUSGovernment", "AzureChinaCloud"] {
        let snapshot = read(&format!("src/catalog/tags/{cloud}.txt"));
        let field = |key: &str| {
            let line = snapshot.lines().find_map(|line| line.strip_prefix(&format!("# {key}: "))).unwrap();
            line.to_string()
        };
        let row = format!("| `{cloud}` | {}, change {} |", field("date"), field("change"));
        assert!(page.contains(&row), "{row}");
    }
}

#[test]
fn the_schema_is_one_and_takes_every_example() {
    let schema: serde_json::Value = serde_json::from_str(&netcordon(&["questions", "--schema"])).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut seen = 0;
    for example in std::fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().path()) {
        for file in [example.join("answers.yaml"), example.join("out/answers.yaml")] {
            let text = std::fs::read_to_string(&file).unwrap();
            let answers: serde_json::Value = serde_yaml::from_str(&text).unwrap();
            let errors: Vec<String> = validator.iter_errors(&answers).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", file.display());
            seen += 1;
        }
    }
    assert!(seen >= 14);
    for wrong in
        ["{}", r#"{"version": 2}"#, r#"{"version": 1, "nonsense": 1}"#, r#"{"version": 1, "scenarios": ["x"]}"#]
    {
        assert!(!validator.is_valid(&serde_json::from_str(wrong).unwrap()), "{wrong}");
    }
}

#[test]
fn the_plan_as_json_says_what_the_table_says() {
    for example in ["cyclecloud-vm", "aml-public-ip-firewall", "hub-everything"] {
        let answers = format!("examples/{example}/answers.yaml");
        let json: serde_json::Value = serde_json::from_str(&netcordon(&["plan", &answers, "--json"])).unwrap();
        assert_eq!(json["format"], 1);
        let table = netcordon(&["plan", &answers]);
        let mut rules = 0;
        for rule in json["nsgs"].as_array().unwrap().iter().flat_map(|nsg| nsg["rules"].as_array().unwrap()) {
            let text = |key: &str| rule[key].as_str().unwrap().to_string();
            let line = format!(
                "  {:>4} {:<3} {:<5} {} ",
                rule["priority"],
                text("direction"),
                text("access"),
                text("services")
            );
            assert!(table.contains(&line), "{line}");
            let explained = netcordon(&["explain", &answers, &text("key")]);
            assert!(explained.contains(&format!("key   {}\n", text("key"))), "{explained}");
            rules += 1;
        }
        for warning in json["warnings"].as_array().unwrap() {
            let requirement = warning["requirement"].as_str().unwrap();
            assert!(requirement.is_empty() || netcordon(&["explain", requirement]).starts_with(requirement));
        }
        let shown = table.lines().filter(|line| line.starts_with("  ") && line[..7].trim().parse::<u16>().is_ok());
        assert_eq!(shown.count(), rules);
    }
}
