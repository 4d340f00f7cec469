//! Who may import whom: the table of the architecture, held against the `use crate::` lines.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Each module and what it may import. `cli` may import everything.
const MAY_IMPORT: [(&str, &[&str]); 20] = [
    ("model", &[]),
    ("problem", &[]),
    ("artifact", &[]),
    ("parallel", &[]),
    ("yaml", &["problem"]),
    ("catalog", &["model", "parallel", "problem", "yaml"]),
    ("question", &["catalog", "model", "problem", "yaml"]),
    ("interview", &["question", "problem"]),
    ("intent", &["question", "catalog", "model", "problem"]),
    ("required", &["intent", "catalog", "model"]),
    ("plan", &["required", "intent", "catalog", "model", "problem"]),
    ("simulate", &["model"]),
    ("exposure", &["required", "catalog", "simulate", "model"]),
    ("proof", &["exposure", "required", "catalog", "simulate", "model", "parallel"]),
    // YAML: the escape's own tests read back what it wrote.
    (
        "render",
        &["plan", "proof", "exposure", "required", "catalog", "model", "parallel", "artifact", "problem", "yaml"],
    ),
    ("import", &["model", "problem"]),
    ("write", &["artifact", "parallel", "problem"]),
    ("ui", &["interview", "question", "problem"]),
    (
        "environment",
        &[
            "artifact", "catalog", "intent", "model", "parallel", "plan", "problem", "proof", "question", "render",
            "required", "write",
        ],
    ),
    ("dependencies", &["catalog", "environment", "model", "plan", "problem", "proof", "required"]),
];

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn module_of(path: &Path) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let first = path.strip_prefix(root).unwrap().components().next().unwrap();
    first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_string()
}

/// Every module that a file names after `crate::`, code and tests alike.
fn imports(text: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect())
        .filter(|name: &String| !name.is_empty())
        .collect()
}

#[test]
fn modules_import_what_the_table_allows_and_nothing_else() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.into_iter().collect();
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let module = module_of(&file);
        if ["lib", "main", "cli"].contains(&module.as_str()) {
            continue;
        }
        let Some(allowed) = allowed.get(module.as_str()) else {
            wrong.push(format!("{module} is not in the table"));
            continue;
        };
        for import in imports(&std::fs::read_to_string(&file).unwrap()) {
            if import != module && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{} imports {import}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Crates that one place alone may name, so that each can be replaced in one file.
const NAMED_ONCE: [(&str, &[&str]); 8] = [
    ("tera", &["src/render/engine.rs"]),
    ("granit_parser", &["src/yaml.rs"]),
    ("serde_yaml", &["src/yaml.rs"]),
    // The escape's own tests read back what it wrote.
    ("hcl", &["src/import/terraform", "src/render/escape.rs"]),
    ("anstream", &["src/cli/print.rs"]),
    ("inquire", &["src/ui/line/prompts.rs"]),
    ("ratatui", &["src/ui/tui/"]),
    // Prompts leave a terminal as they found it.
    ("crossterm", &["src/ui/tui/", "src/ui/line/prompts.rs"]),
];

#[test]
fn some_crates_are_named_in_one_place() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for (name, places) in NAMED_ONCE {
            let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
            let named = words.any(|word| word.starts_with(&format!("{name}::")));
            let file = file.to_string_lossy().replace('\\', "/");
            assert!(!named || places.iter().any(|place| file.contains(place)), "{file} names {name}");
        }
    }
}

/// Templates spell and never decide: values and lists, nothing else.
#[test]
fn templates_have_no_logic() {
    fn templates(dir: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { templates(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    templates(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"), &mut found);
    assert!(!found.is_empty());
    for file in found {
        let text = std::fs::read_to_string(&file).unwrap();
        for (open, close) in [("{{", "}}"), ("{%", "%}")] {
            for tag in text.split(open).skip(1) {
                let tag = tag.split(close).next().unwrap().trim_matches(['-', ' ']).to_string();
                let words: Vec<&str> = tag.split_whitespace().collect();
                let field = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.');
                let plain = match words.as_slice() {
                    [one] if open == "{{" => field(one),
                    ["for", name, "in", list] => field(name) && field(list),
                    ["if" | "elif", flag] => field(flag),
                    ["include", _] | ["else"] | ["endfor"] | ["endif"] | ["raw"] | ["endraw"] => true,
                    _ => false,
                };
                assert!(plain, "{}: `{tag}`", file.display());
            }
        }
    }
}
