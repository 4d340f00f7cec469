//! Hostile texts in every place where an answer is free text, through every format.
//!
//! Questions and formats are walked, so that new ones are covered as they come. A text is refused with a problem, or every
//! file has the same form as with a harmless text in its place, and where a language can hold the text, it reads back.

#![allow(clippy::unwrap_used)]

mod form;

use form::{counted, form};
use netcordon::artifact::Artifact;
use netcordon::environment::{Environment, build};
use netcordon::problem::{Problem, is_seen};
use netcordon::question::{self, Answers, Kind, QUESTIONS, Question, Value, to_yaml};
use netcordon::render::templates::Templates;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What means something to some language, some tool or some file system.
const HOSTILE: [&str; 40] = [
    "$(touch evil)",
    "`touch evil`",
    "'; touch evil; '",
    "\"; touch evil; \"",
    "' || touch evil #",
    "\\",
    "a\\'b\\\"c\\$d",
    "${HOME} $HOME %{ if true } ${file(\"/etc/passwd\")}",
    "$${x} %%{y} \\${z}",
    "--yes",
    "* ? ~root !!",
    "'''",
    "' ]\n}",
    "${resourceGroup().id}",
    "[concat('a')]",
    "[[x",
    "NETWORK",
    "a: b",
    "- a",
    "a #b",
    "&a *b !c",
    "{a: b}",
    "yes",
    "null",
    "0x10",
    "1e3",
    "|",
    "@x",
    "%x",
    "=cmd|' /C calc'!A0",
    "a;=1+1,=2+2",
    "＝1+1",
    "<script>alert(1)</script> <!-- -->",
    "[x](javascript:alert(1)) ![i](http://e.example)",
    "# h",
    "``` **b** __i__ |x| ~~s~~",
    "[cluster x] y = $z ${w}",
    "../../etc/passwd",
    "C:\\con\\nul",
    "{{ name }}{% raw %}",
];

/// Much of it at once; the second one also as a name of a tag.
const AT_ONCE: [&str; 2] = [
    "'; touch evil; ' \"$(touch evil)\" `x` ${y} %{z} ''' [a] <b>c</b> | # {{ d }} \\",
    "'; touch evil; ' \"$(touch evil)\" `x` ${y} ''' [a] | # {{ d }}",
];

/// What a reader does not see.
const HIDDEN: [&str; 8] =
    ["a\u{1b}[31mb", "a\nb", "a\rb", "a\u{7}", "a\u{202e}b", "a\u{200b}b", "a\u{2028}b", "\u{feff}a\u{e0041}"];

/// The harmless text.
const PLAIN: &str = "zqplain";

/// A file of requirements that fits every network; `TEXT` stands where a row takes free text.
const REQUIREMENTS: &str = "requirements:
  - id: company.out.x
    slot: 600
    from: every-role
    to: {prefixes: [10.240.7.0/28]}
    allow: tcp 443
    need: optional
    consequence: TEXT
    tenancy: yours
    why: TEXT
    source: [{page: TEXT, section: TEXT, date: 2026-01-31}]
    note: TEXT
";

type Own = Vec<(String, Vec<u8>)>;

/// Answers that are good, with the files they name.
#[derive(Clone)]
struct Base {
    answers: Answers,
    own: Own,
}

impl Base {
    fn with(&self, change: &Change, text: &str) -> Base {
        let mut base = self.clone();
        (change.question.slot_mut)(&mut base.answers).write(change.put(text));
        // A file of requirements is there under whatever name the answers have for it.
        if change.question.path == "requirements" {
            let text = if change.in_rows { text } else { "x" };
            let rows = REQUIREMENTS.replace("TEXT", &serde_json::to_string(text).unwrap());
            let files = base.answers.requirements.iter().flatten();
            base.own = files.map(|file| (file.clone(), rows.clone().into_bytes())).collect();
        }
        base
    }

    /// Plans it as the program would: by way of the file.
    fn plan(&self) -> Result<Environment, Vec<Problem>> {
        let read = question::read("answers.yaml", to_yaml(&self.answers).as_bytes(), &[]);
        if read.problems.is_empty() {
            assert_eq!(read.answers, self.answers);
        }
        build(&read, "answers.yaml", &self.own, None)
    }

    /// Every file of every format.
    fn files(&self, environment: &Environment) -> BTreeMap<String, String> {
        let formats = formats();
        let artifacts = environment.artifacts(&self.own, Some(&formats), Templates::embedded()).unwrap();
        let text = |Artifact { path, bytes }| (path, String::from_utf8(bytes).unwrap());
        artifacts.into_iter().map(text).collect()
    }
}

fn formats() -> Vec<String> {
    match question::find("outputs").unwrap().kind {
        Kind::Many(choices) => choices.iter().map(|choice| choice.word.to_string()).collect(),
        _ => panic!("outputs is no list of words"),
    }
}

fn examples() -> Vec<Base> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let base = |folder: PathBuf| {
        let bytes = std::fs::read(folder.join("answers.yaml")).unwrap();
        let answers = question::complete(&question::read("answers.yaml", &bytes, &[]).answers);
        let read = |file: &String| (file.clone(), std::fs::read(folder.join(file)).unwrap());
        let own = answers.requirements.iter().flatten().map(read).collect();
        Base { answers, own }
    };
    folders.into_iter().map(base).collect()
}

/// A question that takes free text, and the answer that has a text somewhere in it.
struct Change {
    question: &'static Question,
    value: Box<dyn Fn(&str) -> Value + Sync>,
    /// Whether the text stands in the rows of the file that the answer names.
    in_rows: bool,
}

impl Change {
    /// The answer with the text in it.
    fn put(&self, text: &str) -> Value {
        (self.value)(text)
    }
}

/// Every way to bring a text into the answer of a question: as the whole of a text in it, and behind what stands there.
fn changes(question: &'static Question, answer: Option<Value>) -> Vec<Change> {
    let mut found = Vec::new();
    let mut add = |value: Box<dyn Fn(&str) -> Value + Sync>| found.push(Change { question, value, in_rows: false });
    let behind = |old: &str| {
        let old = old.to_string();
        move |text: &str| format!("{old}{text}")
    };
    match question.kind {
        Kind::Text => {
            add(Box::new(|text| Value::Text(text.into())));
            if let Some(Value::Text(old)) = answer {
                let behind = behind(&old);
                add(Box::new(move |text| Value::Text(behind(text))));
            }
        }
        Kind::Texts => {
            add(Box::new(|text| Value::List(vec![text.into()])));
            if let Some(Value::List(old)) = answer
                && let Some(first) = old.first()
            {
                let behind = behind(first);
                add(Box::new(move |text| Value::List(vec![behind(text)])));
            }
        }
        Kind::Pairs => {
            add(Box::new(|text| Value::Pairs([("owner".to_string(), text.to_string())].into())));
            add(Box::new(|text| Value::Pairs([(text.to_string(), "hpc".to_string())].into())));
        }
        Kind::Records(fields) => {
            let Some(Value::Records(rows)) = answer else { return found };
            for field in fields.iter().filter(|field| matches!(field.kind, Kind::Text | Kind::Texts)) {
                let put = |rows: &[BTreeMap<String, Value>], text: String| {
                    let mut rows = rows.to_vec();
                    let value =
                        if matches!(field.kind, Kind::Text) { Value::Text(text) } else { Value::List(vec![text]) };
                    rows.first_mut().unwrap().insert(field.name.into(), value);
                    Value::Records(rows)
                };
                let whole = rows.clone();
                add(Box::new(move |text| put(&whole, text.into())));
                let old = rows[0].get(field.name).map_or("extend:".to_string(), ToString::to_string);
                let (rows, behind) = (rows.clone(), behind(&old));
                add(Box::new(move |text| put(&rows, behind(text))));
            }
        }
        _ => {}
    }
    if question.path == "requirements" {
        let value = Box::new(|_: &str| Value::List(vec!["company.yaml".into()]));
        found.push(Change { question, value, in_rows: true });
    }
    found
}

fn is_free(question: &Question) -> bool {
    matches!(question.kind, Kind::Text | Kind::Texts | Kind::Pairs | Kind::Records(_))
}

/// Answers that raise a question: those of examples, answered before unanswered; else examples with one word changed, and
/// what that needs filled in.
fn raising(question: &Question, examples: &[Base]) -> Vec<Base> {
    let mut found: Vec<Base> = examples.iter().filter(|base| (question.asked)(&base.answers)).cloned().collect();
    let size =
        |base: &Base| base.answers.subnets.iter().flatten().count() + base.answers.scenarios.iter().flatten().count();
    found.sort_by_key(|base| (question.answer(&base.answers).is_none(), size(base)));
    if !found.is_empty() {
        return found;
    }
    for base in examples {
        for other in QUESTIONS.iter().filter(|other| (other.asked)(&base.answers)) {
            let values: Vec<Value> = match other.kind {
                Kind::Choice(choices) => choices.iter().map(|choice| Value::Text(choice.word.into())).collect(),
                Kind::Flag => [true, false].map(Value::Flag).into(),
                _ => continue,
            };
            for value in values {
                let mut base = base.clone();
                (other.slot_mut)(&mut base.answers).write(value);
                for needed in QUESTIONS.iter().filter(|needed| matches!(needed.kind, Kind::Prefixes)) {
                    if needed.needed && (needed.asked)(&base.answers) && needed.answer(&base.answers).is_none() {
                        let prefixes = Value::Prefixes(vec!["10.240.7.0/28".parse().unwrap()]);
                        (needed.slot_mut)(&mut base.answers).write(prefixes);
                    }
                }
                base.answers = question::complete(&base.answers);
                if (question.asked)(&base.answers) && base.plan().is_ok() {
                    return vec![base];
                }
            }
        }
    }
    panic!("no example comes near the question `{}`: add one", question.path);
}

/// A change to answers that raise its question, with the texts to try.
struct Trial {
    base: Base,
    change: Change,
    texts: &'static [&'static str],
}

/// Every change, with every text in the smallest network, and with much at once in so many more that together they have
/// every file that networks with this question have.
fn trials(examples: &[Base]) -> Vec<Trial> {
    let files = |base: &Base| -> BTreeSet<String> { base.files(&base.plan().unwrap()).into_keys().collect() };
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut all = Vec::new();
    for question in QUESTIONS.iter().filter(|question| is_free(question)) {
        let (mut seen, mut some) = (BTreeSet::new(), 0);
        for base in raising(question, examples) {
            let own = known.entry(base.answers.name.clone().unwrap()).or_insert_with(|| files(&base));
            let texts = if seen.is_empty() { &HOSTILE[..] } else { &AT_ONCE[..] };
            if own.is_subset(&seen) {
                continue;
            }
            seen.extend(own.iter().cloned());
            for change in changes(question, question.answer(&base.answers)) {
                some += 1;
                all.push(Trial { base: base.clone(), change, texts });
            }
        }
        assert!(some > 0, "no example has a row of `{}`", question.path);
    }
    all
}

/// Shares work between the processors.
fn each<T: Sync>(items: &[T], work: impl Fn(&T) + Sync) {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    work(item);
                }
            });
        }
    });
}

/// What the problems say steers no terminal.
fn steers_nothing(problems: &[Problem]) {
    assert!(!problems.is_empty());
    for problem in problems {
        assert!(problem.to_string().chars().all(|c| c == '\n' || is_seen(c)), "{problem:?}");
    }
}

/// Whether bash parses a script.
fn bash_takes(script: &str) -> bool {
    let mut bash = Command::new("bash").arg("-n").stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    bash.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    bash.wait().unwrap().success()
}

#[test]
fn nothing_unseen_is_taken() {
    let examples = examples();
    for Trial { base, change, .. } in trials(&examples) {
        for text in HIDDEN {
            let refused = base.with(&change, text).plan();
            steers_nothing(&refused.err().unwrap_or_else(|| panic!("{}: {text:?} is taken", change.question.path)));
        }
    }
}

/// What a text becomes in the part of a file that holds texts as they are: quotes aside that guard against formulas, and
/// the case of host names.
fn plain(text: &str) -> String {
    text.replace('\'', "").to_lowercase()
}

/// That a file with a hostile text has the form of the one with the harmless text, and holds it as often.
fn same_form(path: &str, hostile: &str, harmless: &str, text: &str) -> Result<(), String> {
    let (hostile, harmless) = (form(path, hostile)?, form(path, harmless)?);
    if hostile.shape != harmless.shape {
        let (one, two) = (counted(&hostile.shape), counted(&harmless.shape));
        let more: Vec<&str> = one.iter().filter(|(line, n)| two.get(*line) != Some(n)).map(|(line, _)| *line).collect();
        let less: Vec<&str> = two.iter().filter(|(line, n)| one.get(*line) != Some(n)).map(|(line, _)| *line).collect();
        return Err(format!("another form:\n+ {}\n- {}", more.join("\n+ "), less.join("\n- ")));
    }
    if let (Some(hostile), Some(harmless)) = (hostile.texts, harmless.texts) {
        let holding =
            |texts: &[String], part: &str| texts.iter().filter(|held| plain(held).contains(&plain(part))).count();
        let (found, wanted) = (holding(&hostile, text), holding(&harmless, PLAIN));
        if found < wanted {
            return Err(format!("the text is in {found} texts of the file, not in {wanted}"));
        }
    }
    Ok(())
}

#[test]
fn a_hostile_text_is_refused_or_stays_a_text() {
    let examples = examples();
    let trials = trials(&examples);
    let wrong = std::sync::Mutex::new(BTreeSet::new());
    let seen = std::sync::Mutex::new(BTreeSet::new());
    each(&trials, |Trial { base, change, texts }| {
        let mut harmless = None;
        for text in *texts {
            let hostile = base.with(change, text);
            let environment = match hostile.plan() {
                Ok(environment) => environment,
                Err(problems) => {
                    steers_nothing(&problems);
                    continue;
                }
            };
            let at = format!("{text:?} in {} as {:?}", change.question.path, change.put(text));
            let harmless = harmless.get_or_insert_with(|| {
                let harmless = base.with(change, PLAIN);
                let environment = harmless.plan().unwrap_or_else(|problems| panic!("{at}, but: {problems:?}"));
                harmless.files(&environment)
            });
            let files = hostile.files(&environment);
            // A copy of requirements is named as its file is, and is nothing that was made here.
            let name = |path: &str, text: &str| match path.strip_prefix("requirements/") {
                Some(_) => None,
                None => Some(path.replace(text, PLAIN)),
            };
            let names = |files: &BTreeMap<String, String>, text: &str| -> BTreeSet<String> {
                files.keys().filter_map(|path| name(path, text)).collect()
            };
            let wrong = |what: String| wrong.lock().unwrap().extend([what]);
            if names(&files, text) != names(harmless, PLAIN) {
                wrong(format!("{at}: other files: {:?}", files.keys()));
                continue;
            }
            for (path, content) in &files {
                seen.lock().unwrap().insert(path.clone());
                if cfg!(unix) && path.ends_with(".sh") && AT_ONCE.contains(text) && !bash_takes(content) {
                    wrong(format!("{at}: {path}: bash -n refuses it"));
                }
                if let Some(hidden) = content.chars().find(|c| *c != '\n' && !is_seen(*c)) {
                    wrong(format!("{at}: {path}: has {hidden:?}"));
                }
                let Some(harmless) = name(path, text).and_then(|path| harmless.get(&path)) else { continue };
                // The folder names the copy of a file of requirements, which has the file's name without its way.
                let is_file = change.question.path == "requirements" && !change.in_rows;
                let held = if is_file { text.rsplit(['/', '\\']).next().unwrap() } else { text };
                if let Err(what) = same_form(path, content, harmless, held) {
                    wrong(format!("{at}: {path}: {what}"));
                }
            }
        }
    });
    let wrong = wrong.into_inner().unwrap();
    let some: Vec<&String> = wrong.iter().take(20).collect();
    assert!(wrong.is_empty(), "{} wrong: {some:#?}", wrong.len());
    assert!(seen.into_inner().unwrap().len() > 20);
}
