//! Line mode over plain input and output: whole journeys as reviewed, and what holds whatever is typed.

#![allow(clippy::unwrap_used)]

use netcordon::cli::Wizard;
use netcordon::interview::Interview;
use netcordon::problem::Problem;
use netcordon::question::{Answers, Kind, QUESTIONS, Question, Value, as_typed, find, read, suggestions, to_yaml};
use netcordon::ui::line::run_over;
use netcordon::ui::{Draft, End, File, LeftBehind, Places, Preview, Program, Saving, Written};
use proptest::prelude::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn example(name: &str) -> String {
    std::fs::read_to_string(root().join("examples").join(name).join("answers.yaml")).unwrap()
}

/// A folder of its own, gone with the test.
struct Place(PathBuf);

impl Place {
    fn new() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("line").join(format!("{}-{number}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Place(folder)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn drafts(&self) -> usize {
        let Ok(entries) = std::fs::read_dir(self.0.join("drafts")) else { return 0 };
        entries.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|ext| ext == "json")).count()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The real program in a folder of its own, of which it says nothing.
struct Here<'p> {
    wizard: Wizard,
    folder: &'p Path,
    places: Places,
}

impl<'p> Here<'p> {
    fn new(place: &'p Place, answers: Option<&str>) -> Self {
        let folder = place.0.as_path();
        let file = answers.map(|name| folder.join(name));
        let wizard = Wizard::open(file.as_deref(), &folder.join("out"), Some(folder.join("drafts"))).unwrap();
        let places = Places { answers: answers.unwrap_or_default().into(), out: "out".into(), ..Places::default() };
        Here { wizard, folder, places }
    }

    fn hidden(&self, text: &str) -> String {
        text.replace(&format!("{}/", self.folder.display()), "")
    }

    fn problem(&self, problem: Problem) -> Problem {
        let mut problem = problem;
        problem.place.file = self.hidden(&problem.place.file);
        problem.hint = self.hidden(&problem.hint);
        problem
    }
}

impl Program for Here<'_> {
    fn preview(&mut self, answers: &Answers) -> Preview {
        self.wizard.preview(answers)
    }
    fn files(&mut self, answers: &Answers, out: &str) -> Result<Vec<File>, Vec<Problem>> {
        self.wizard.files(answers, &self.folder.join(out).display().to_string())
    }
    fn saving(&self, answers: &Answers) -> Saving {
        self.wizard.saving(answers)
    }
    fn save(&mut self, answers: &Answers) -> Result<(), Problem> {
        self.wizard.save(answers).map_err(|problem| self.problem(problem))
    }
    fn write(
        &mut self,
        answers: &Answers,
        force: bool,
        progress: &mut dyn FnMut(usize, usize, &str),
    ) -> Result<Written, Vec<Problem>> {
        let written = self.wizard.write(answers, force, progress)?;
        Ok(Written { lines: written.lines.iter().map(|line| self.hidden(line)).collect() })
    }
    fn places(&self) -> &Places {
        &self.places
    }
    fn choose_places(&mut self, places: Places) -> Result<(), Problem> {
        let whole =
            |path: &str| if path.is_empty() { String::new() } else { self.folder.join(path).display().to_string() };
        let wanted = Places { answers: whole(&places.answers), out: whole(&places.out), ..Places::default() };
        self.wizard.choose_places(wanted).map_err(|problem| self.problem(problem))?;
        self.places = places;
        Ok(())
    }
    fn drop_key(&mut self, line: usize, column: usize) -> Result<(), Problem> {
        self.wizard.drop_key(line, column)
    }
    fn keep(&mut self, draft: &Draft) -> Result<(), Problem> {
        self.wizard.keep(draft)
    }
    fn forget(&mut self) {
        self.wizard.forget();
    }
    fn left_behind(&self) -> Vec<LeftBehind> {
        let left = self.wizard.left_behind();
        left.into_iter().map(|draft| LeftBehind { what: self.hidden(&draft.what), ..draft }).collect()
    }
    fn resume(&mut self, id: &str) -> Result<Draft, Problem> {
        self.wizard.resume(id)
    }
    fn discard(&mut self, id: &str) {
        self.wizard.discard(id);
    }
}

/// What a terminal shows: what was written and what was typed.
#[derive(Clone, Default)]
struct Shown(Rc<RefCell<String>>);

impl Write for Shown {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().push_str(std::str::from_utf8(bytes).expect("whole characters"));
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Somebody who types: each time they are asked, they see everything shown so far and give a line. `None` is Ctrl-D, `^C` what it
/// says.
struct Typist<F> {
    shown: Shown,
    next: F,
    line: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<F: FnMut(&str) -> Option<String>> BufRead for Typist<F> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.line.len() && !self.ended {
            let line = (self.next)(&self.shown.0.borrow());
            self.at = 0;
            self.line.clear();
            match line.as_deref() {
                None => self.ended = true,
                Some("^C") => {
                    self.shown.0.borrow_mut().push_str("^C");
                    return Err(ErrorKind::Interrupted.into());
                }
                Some(line) => {
                    self.line = format!("{line}\n").into_bytes();
                    self.shown.0.borrow_mut().push_str(&format!("{line}\n"));
                }
            }
        }
        Ok(&self.line[self.at..])
    }
    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}

impl<F: FnMut(&str) -> Option<String>> Read for Typist<F> {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(ErrorKind::Unsupported.into())
    }
}

/// Plays a wizard to its end: how it ended, and what was shown. No byte of it moves a cursor.
fn played(program: &mut dyn Program, interview: Interview, next: impl FnMut(&str) -> Option<String>) -> (End, String) {
    let shown = Shown::default();
    let typist = Typist { shown: shown.clone(), next, line: Vec::new(), at: 0, ended: false };
    let end = run_over(program, interview, typist, shown.clone()).unwrap();
    let text = shown.0.borrow().clone();
    assert!(!text.bytes().any(|byte| byte == 0x1b || byte == b'\r' || byte == 0x08), "{text:?}");
    assert!(!text.contains('\u{202e}'));
    (end, text)
}

/// The same by lines; after the last one comes Ctrl-D.
fn typed(here: &mut Here, lines: &[&str]) -> (End, String) {
    let interview = here.wizard.interview();
    let mut lines = lines.iter();
    played(here, interview, |_| lines.next().map(|line| (*line).to_string()))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const CYCLECLOUD: [&str; 26] = [
    "1",
    "hpc-prod",
    "",
    "westeurope",
    "rg-hpc",
    "vnet-hpc",
    "10.20.0.0/16",
    "",
    "",
    "10.100.4.0/24",
    "",
    "nsg",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "write",
    "",
];

fn compare(name: &str, text: &str) {
    let place = root().join("tests/lines").join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(&place, text).unwrap();
    }
    let reviewed = std::fs::read_to_string(&place).unwrap_or_default().replace("\r\n", "\n");
    assert!(reviewed == text, "not as reviewed, see the diff after UPDATE=1: {name}\n{text}");
}

/// From nothing to a written folder; most answers are an empty line.
#[test]
fn the_whole_way_for_cyclecloud() {
    let place = Place::new();
    let mut here = Here::new(&place, None);
    let lines: Vec<&str> = CYCLECLOUD.into_iter().chain([""]).collect();
    let (end, text) = typed(&mut here, &lines);
    let End::Written(written) = end else { panic!("{end:?}\n{text}") };
    compare("cyclecloud.txt", &format!("{text}{}\n", written.lines.join("\n")));
    assert_eq!(place.drafts(), 0);
    is_what_generate_writes(&place, "hpc-prod.yaml");
}

/// Azure Machine Learning behind a firewall: back, wrong answers, help, a subnet of one's own, the questions for special cases.
#[test]
fn the_whole_way_for_machine_learning() {
    let place = Place::new();
    let mut here = Here::new(&place, None);
    let mut lines = [
        "aml-no",
        "?",
        "ml prod",
        "ml",
        "<",
        "ml-prod",
        "China",
        "<",
        "1",
        "uswest",
        "euro?",
        "northeurope",
        "rg-ml",
        "vnet-ml",
        "10.30.0.1/16",
        "10.30.0.0/16",
        "",
        "change",
        "snet-aml-compute",
        "snet-aml",
        "",
        "",
        "",
        "",
        "",
        "go",
        "",
        "yes",
        "",
        "",
        "",
        "",
        "10.100.0.0/16",
        "",
        "",
        "add",
        "owner",
        "hpc: # ml",
        "",
        "azure-firewall",
        "10.0.1.4",
        "3",
    ]
    .into_iter();
    let mut then = ["show", "warnings", "", "write", "", "rules"].into_iter();
    let (end, text) = played(&mut here, Interview::default(), |shown| {
        let next = lines.next().or_else(|| {
            let question =
                QUESTIONS.iter().any(|question| question.title == asked(shown)) || asked(shown).ends_with("them?");
            if question { Some("") } else { then.next() }
        });
        next.map(String::from)
    });
    compare("machine-learning.txt", &format!("{text}{end:?}\n"));
    assert!(matches!(end, End::Written(_)), "{end:?}");
    is_what_generate_writes(&place, "ml-prod.yaml");
}

/// What is on the disk is what headless mode writes from the answers that were saved: opened again, nothing would change.
fn is_what_generate_writes(place: &Place, answers: &str) {
    let out = if place.0.join("rules").exists() { "rules" } else { "out" };
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_netcordon"))
        .args(["generate", answers, "--out", out, "--check"])
        .current_dir(&place.0)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Wherever the input ends, so does the wizard, with what was said kept.
#[test]
fn input_may_end_anywhere() {
    for count in 0..CYCLECLOUD.len() {
        let place = Place::new();
        let mut here = Here::new(&place, None);
        let (end, text) = typed(&mut here, &CYCLECLOUD[..count]);
        let kept = count > 0;
        assert_eq!(end, if kept { End::Kept } else { End::Saved }, "{count}\n{text}");
        assert_eq!(place.drafts(), usize::from(kept));
        assert!(text.contains("The input has ended"), "{text}");
    }
}

/// A draft leads back to where it was left, and is gone once it is saved.
#[test]
fn what_was_left_comes_back() {
    let place = Place::new();
    let (end, _) = typed(&mut Here::new(&place, None), &CYCLECLOUD[..5]);
    assert_eq!(end, End::Kept);
    let mut here = Here::new(&place, None);
    let rest: Vec<&str> = [""].iter().chain(&CYCLECLOUD[5..24]).chain(&["save", "", "leave"]).copied().collect();
    let (end, text) = typed(&mut here, &rest);
    assert_eq!(end, End::Saved, "{text}");
    assert!(text.contains("Go on where you were?") && text.contains("hpc-prod, 4 answers"), "{text}");
    assert!(text.split("Go on where you were?").nth(1).unwrap().contains("\nName of the virtual network"), "{text}");
    drop(here);
    assert_eq!(place.drafts(), 0);
    assert!(place.read("hpc-prod.yaml").contains("resource_group: rg-hpc"));
    // Thrown away, it is gone; kept, it is offered again.
    for (word, left) in [("anew", 1), ("throw away", 0)] {
        let _ = typed(&mut Here::new(&place, None), &["aks"]);
        let (_, text) = typed(&mut Here::new(&place, None), &[word]);
        assert!(text.contains("no name yet, 1 answer"), "{text}");
        assert_eq!(place.drafts(), left, "{word}");
        let _ = typed(&mut Here::new(&place, None), &["throw away"]);
    }
}

/// Ctrl-C asks once where something would be lost, and not where nothing was said.
#[test]
fn leaving_asks_once() {
    let place = Place::new();
    assert_eq!(typed(&mut Here::new(&place, None), &["^C"]).0, End::Saved);
    for (lines, wanted, drafts) in [
        (vec!["aks", "^C", "^C"], End::Kept, 1),
        (vec!["throw away", "aks", "^C", "keep"], End::Kept, 1),
        (vec!["throw away", "aks", "^C", "throw away"], End::Discarded, 0),
        (vec!["aks", "^C", "", "^C", "save", "aks.yaml"], End::Saved, 0),
    ] {
        let (end, text) = typed(&mut Here::new(&place, None), &lines);
        assert_eq!(end, wanted, "{lines:?}\n{text}");
        assert_eq!(place.drafts(), drafts, "{lines:?}");
    }
    assert_eq!(place.read("aks.yaml"), "version: 1\nscenarios:\n  - aks\n".replace("\n  - ", "\n- "));
}

/// One scalar changed in a file changes nothing else in it.
#[test]
fn one_scalar_changes_nothing_but_itself() {
    for (name, lines, from, to) in [
        ("cyclecloud-vm", vec!["change", "Environment", "name", "other"], "name: ", "name: other"),
        ("hub-everything", vec!["change", "Network", "network.vnet", "vnet-other"], "  vnet: ", "  vnet: vnet-other"),
    ] {
        let place = Place::new();
        let before = example(name);
        std::fs::write(place.0.join("answers.yaml"), &before).unwrap();
        let mut here = Here::new(&place, Some("answers.yaml"));
        let lines: Vec<&str> = lines.into_iter().chain(["save", "leave"]).collect();
        let (end, text) = typed(&mut here, &lines);
        assert_eq!(end, End::Saved, "{text}");
        let line = before.lines().find(|line| line.starts_with(from)).unwrap();
        assert_eq!(place.read("answers.yaml"), before.replacen(line, to, 1));
    }
}

/// Where comments go it is said before, and nothing is saved without a yes.
#[test]
fn comments_go_only_after_a_yes() {
    let text = "# ours\nversion: 1\nname: x\nscenarios:\n  - aks # one\n";
    for (yes, kept) in [("", true), ("save", false)] {
        let place = Place::new();
        std::fs::write(place.0.join("a.yaml"), text).unwrap();
        let mut here = Here::new(&place, Some("a.yaml"));
        let lines = ["change", "Scenarios", "scenarios", "aml-no-public-ip", "^C", "save", yes];
        let (_, shown) = typed(&mut here, &lines);
        assert!(shown.contains("those comments go"), "{shown}");
        assert_eq!(place.read("a.yaml").contains("# one"), kept, "{shown}");
    }
}

/// A key that nobody knows is named, kept, and dropped where somebody says so.
#[test]
fn unknown_keys_are_dropped_by_choice() {
    let place = Place::new();
    std::fs::write(place.0.join("a.yaml"), "version: 1\ncolour: blue\nname: x\nscenarios: [aks]\n").unwrap();
    let mut here = Here::new(&place, Some("a.yaml"));
    let (end, text) = typed(&mut here, &["drop line 2", "save", "leave"]);
    assert_eq!(end, End::Saved, "{text}");
    assert!(text.contains("unknown key `colour`"), "{text}");
    assert_eq!(place.read("a.yaml"), "version: 1\nname: x\nscenarios: [aks]\n");
}

/// A wrong answer is refused in the words of the file mode, and not lost where it can stay.
#[test]
fn wrong_answers_have_the_words_of_the_file() {
    let spoken = |text: &str| text.replace('`', "");
    for (path, wrong) in [
        ("name", "HPC Prod!"),
        ("region", "uswest"),
        ("network.address_space", "10.20.0.1/16"),
        ("network.address_space", "10.20.0"),
        ("network.address_space", "fd00::/8"),
        ("admins", "10.0.0.300"),
        ("egress.priority", "7"),
        ("egress.private_ip", "firewall"),
        ("egress.accept_blocked", "no.such"),
        ("priorities", "9-1"),
    ] {
        let question = find(path).unwrap();
        let place = Place::new();
        std::fs::write(place.0.join("a.yaml"), example("aml-no-public-ip-firewall")).unwrap();
        let mut here = Here::new(&place, Some("a.yaml"));
        let (_, text) = typed(&mut here, &["change", question.step.title(), path, wrong]);
        // The same in a file.
        let value = match question.kind {
            Kind::Prefixes | Kind::Texts => format!("[{wrong}]"),
            Kind::Number(..) => wrong.to_string(),
            _ => format!("{wrong:?}"),
        };
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_netcordon"))
            .args(["plan", "a.yaml", "--set", &format!("{path}={value}")])
            .current_dir(&place.0)
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(2), "{path}");
        let said = String::from_utf8(done.stderr).unwrap();
        let (_, problem) = said.split_once(&format!(" {path}")).unwrap();
        let (_, what) = problem.lines().next().unwrap().split_once(": ").unwrap();
        assert!(words(&spoken(&text)).contains(&spoken(what)), "{path}: {what}\n{text}");
    }
}

/// The last paragraph: what is asked.
fn asked(shown: &str) -> String {
    let last = shown.split("\n\n").last().unwrap_or_default().trim_start_matches('\n');
    let is_title = |line: &&str| {
        let numbered = line.trim_start().split_once(") ").is_some_and(|(number, _)| number.parse::<usize>().is_ok());
        !line.starts_with(' ') && !line.starts_with("Not taken") && !numbered && !line.contains("> ")
    };
    last.lines().take_while(is_title).collect::<Vec<_>>().join(" ")
}

/// Types these answers, whatever is asked, and saves them.
struct Player {
    wanted: Answers,
    rows: VecDeque<String>,
    row: BTreeMap<String, Value>,
    question: Option<&'static Question>,
    saved: bool,
}

impl Player {
    fn new(wanted: Answers) -> Self {
        Player { wanted, rows: VecDeque::new(), row: BTreeMap::new(), question: None, saved: false }
    }

    fn next(&mut self, shown: &str) -> Option<String> {
        let title = asked(shown);
        let title = title.trim();
        let line = match title {
            "Review: what now?" if self.saved => return Some("leave".into()),
            "Review: what now?" => {
                self.saved = true;
                return Some("save".into());
            }
            "Answers file" => "played.yaml".into(),
            "What about the rows?" => self.on_rows(shown),
            "Which row is to change?" | "Which row is to go?" => self.rows.pop_front().unwrap(),
            _ if title.ends_with("see them?") => "yes".into(),
            _ => match QUESTIONS.iter().find(|question| question.title == title) {
                Some(question) => question.answer(&self.wanted).as_ref().map(line).unwrap_or_default(),
                None => {
                    let (_, field) = title.split_once(": ").unwrap_or_else(|| panic!("{title:?}\n{shown}"));
                    self.row.get(field).map(line).unwrap_or_default()
                }
            },
        };
        Some(line)
    }

    fn on_rows(&mut self, shown: &str) -> String {
        let above = shown.rsplit("\n\n").nth(1).unwrap();
        let title = above.trim_start_matches('\n').lines().next().unwrap();
        let question = QUESTIONS.iter().find(|question| question.title == title).unwrap_or_else(|| panic!("{title}"));
        if self.question.map(|question| question.path) != Some(question.path) {
            self.question = Some(question);
            let proposed = above.matches("(proposed)").count();
            let rows = match question.answer(&self.wanted) {
                Some(Value::Records(rows)) => rows,
                Some(Value::Pairs(pairs)) => pairs
                    .into_iter()
                    .map(|(k, v)| BTreeMap::from([("name".into(), Value::Text(k)), ("value".into(), Value::Text(v))]))
                    .collect(),
                _ => Vec::new(),
            };
            for (index, row) in rows.iter().enumerate() {
                self.rows.push_back(format!("add {index}"));
                if row.keys().any(|key| ["nsg", "routes", "public_ip"].contains(&key.as_str())) {
                    self.rows.push_back(format!("change {index}"));
                    if proposed + index > 0 {
                        self.rows.push_back((proposed + index + 1).to_string());
                    }
                }
            }
            for left in (1..=proposed).rev() {
                self.rows.push_back("take away".into());
                if left + rows.len() > 1 {
                    self.rows.push_back("1".into());
                }
            }
            self.rows.push_back("go on".into());
        }
        let act = self.rows.pop_front().unwrap_or_else(|| "go on".into());
        let Some((act, index)) = act.split_once(' ').filter(|(act, _)| ["add", "change"].contains(act)) else {
            return act;
        };
        let at: usize = index.parse().unwrap();
        self.row = match question.answer(&self.wanted) {
            Some(Value::Records(rows)) => rows[at].clone(),
            Some(Value::Pairs(pairs)) => {
                let (name, value) = pairs.into_iter().nth(at).unwrap();
                BTreeMap::from([("name".into(), Value::Text(name)), ("value".into(), Value::Text(value))])
            }
            _ => unreachable!(),
        };
        act.to_string()
    }
}

/// An answer as somebody types it.
fn line(value: &Value) -> String {
    match value {
        Value::Flag(flag) => if *flag { "yes" } else { "no" }.into(),
        value if value.is_empty() => "-".into(),
        value => as_typed(value),
    }
}

/// Types the answers into an empty wizard: the file that it saves, and the files that it would write.
fn typed_in(wanted: &Answers) -> (String, Result<Vec<File>, Vec<Problem>>) {
    let place = Place::new();
    let mut here = Here::new(&place, None);
    let mut player = Player::new(wanted.clone());
    let mut left = 2000;
    let (end, text) = played(&mut here, Interview::default(), |shown| {
        left -= 1;
        assert!(left > 0, "{shown}");
        player.next(shown)
    });
    assert_eq!(end, End::Saved, "{text}");
    let saved = place.read("played.yaml");
    let answers = read("played.yaml", saved.as_bytes(), &[]).answers;
    let files = here.files(&answers, "out");
    (saved, files)
}

/// Every example can be typed, and is the same file, the same plan and the same files then.
#[test]
fn every_example_can_be_typed() {
    for folder in std::fs::read_dir(root().join("examples")).unwrap() {
        let name = folder.unwrap().file_name().into_string().unwrap();
        let mut wanted = read("", example(&name).as_bytes(), &[]).answers;
        // What a path leads to is beside the example.
        wanted.requirements = None;
        let (saved, files) = typed_in(&wanted);
        assert_eq!(saved, to_yaml(&wanted), "{name}");
        let place = Place::new();
        std::fs::write(place.0.join("a.yaml"), to_yaml(&wanted)).unwrap();
        let mut here = Here::new(&place, Some("a.yaml"));
        let interview = here.wizard.interview();
        let same = here.files(&interview.answers(), "out").unwrap();
        let texts = |files: Vec<File>| files.into_iter().map(|file| (file.path, file.text)).collect::<Vec<_>>();
        assert_eq!(texts(files.unwrap()), texts(same), "{name}");
    }
}

/// Some answer that fits, and can be typed.
fn some_answer(question: &Question, seed: usize, answers: &Answers) -> Value {
    let prefix = |n: usize| format!("10.{}.0.0/16", n % 200).parse().unwrap();
    let offered = suggestions(question, answers);
    let pick = |count: usize| seed % count;
    let field = |kind: Kind, name: &str| match (name, kind) {
        ("prefix", _) => Value::Text(format!("10.{}.0.0/16", seed % 200)),
        (_, Kind::Prefixes) => Value::Prefixes(vec![prefix(seed)]),
        (_, Kind::Many(choices)) => Value::List(vec![choices[pick(choices.len())].word.into()]),
        (_, Kind::Flag) => Value::Flag(seed.is_multiple_of(2)),
        _ => Value::Text(format!("f{seed}")),
    };
    match question.kind {
        Kind::Text if !offered.is_empty() => Value::Text(offered[pick(offered.len())].word.clone()),
        Kind::Texts if !offered.is_empty() => Value::List(vec![offered[pick(offered.len())].word.clone()]),
        Kind::Text => {
            Value::Text(["a", "hpc prod", "10.0.1.4", "yes", "008", "~/.ssh/x", "n,o\\", "中é"][pick(8)].into())
        }
        Kind::Number(least, most) => Value::Number(least + seed as u32 % (most - least + 1)),
        Kind::Flag => Value::Flag(seed.is_multiple_of(2)),
        Kind::Choice(choices) => Value::Text(choices[pick(choices.len())].word.into()),
        Kind::Many(choices) => {
            let mut words: Vec<String> = Vec::new();
            for at in [pick(choices.len()), (seed / 3) % choices.len()] {
                if !words.iter().any(|word| word == choices[at].word) {
                    words.push(choices[at].word.into());
                }
            }
            Value::List(words)
        }
        Kind::Texts => Value::List(vec![format!("t{seed}"), "a,b".into()]),
        Kind::Prefixes => Value::Prefixes(vec![prefix(seed), prefix(seed + 1)]),
        Kind::Pairs => Value::Pairs(BTreeMap::from([("owner".into(), format!("v{seed}")), ("z".into(), "x y".into())])),
        Kind::Records(fields) => {
            let row = |skip: bool| {
                let fields = fields.iter().filter(|field| field.needed || !skip);
                fields.map(|f| (f.name.to_string(), field(f.kind, f.name))).collect::<BTreeMap<_, _>>()
            };
            Value::Records(vec![row(false), row(true)])
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    /// Answers in YAML and the same answers typed line by line, right or wrong: the same file, the same plan, the same files.
    #[test]
    fn lines_and_yaml_agree(steps in proptest::collection::vec((0usize..200, 0usize..64), 1..24)) {
        let mut interview = Interview::default();
        for (index, seed) in steps {
            let asked: Vec<&Question> = interview.questions(true).collect();
            let question = if seed.is_multiple_of(5) { &QUESTIONS[0] } else { asked[index % asked.len()] };
            let value = some_answer(question, seed, &interview.answers());
            interview.answer(question.path, value).unwrap();
        }
        // Own requirements would be beside the file.
        interview.clear("requirements");
        while let Some(question) = interview.missing().first().copied() {
            let value = some_answer(question, 1, &interview.answers());
            interview.answer(question.path, value).unwrap();
        }
        let text = to_yaml(&interview.answers());
        let wanted = read("a.yaml", text.as_bytes(), &[]);
        prop_assert!(wanted.problems.is_empty(), "{:?}", wanted.problems);
        let (saved, files) = typed_in(&wanted.answers);
        prop_assert_eq!(&saved, &text);
        let place = Place::new();
        std::fs::write(place.0.join("played.yaml"), &text).unwrap();
        let mut here = Here::new(&place, Some("played.yaml"));
        let same = here.files(&wanted.answers, "out");
        let texts = |files: Result<Vec<File>, Vec<Problem>>| match files {
            Ok(files) => Ok(files.into_iter().map(|file| (file.path, file.text)).collect::<Vec<_>>()),
            Err(problems) => Err(problems.into_iter().map(|problem| (problem.place.path, problem.what)).collect::<Vec<_>>()),
        };
        prop_assert_eq!(texts(files), texts(same));
    }
}

/// Lines that mean something somewhere, and lines that mean nothing anywhere.
fn some_line() -> impl Strategy<Value = String> {
    let known = [
        "",
        "",
        "",
        "",
        "<",
        "?",
        "-",
        "1",
        "2",
        "3",
        "4",
        "7",
        "99",
        "yes",
        "no",
        "hpc",
        "westeurope",
        "10.20.0.0/16",
        "10.20.0.1/16",
        "10.0.1.4",
        "^C",
        "1 2",
        "1,4",
        "add",
        "change",
        "take away",
        "go on",
        "write",
        "save",
        "show",
        "leave",
        "stay",
        "keep",
        "aks",
        "cyclecloud-vm",
        "azure-firewall",
        "euro?",
        "a=b",
        "\u{1b}[2J",
        "\u{202e}x",
        "`$(x)`",
        "中é",
    ];
    prop_oneof![
        12 => proptest::sample::select(known.to_vec()).prop_map(String::from),
        1 => any::<String>().prop_map(|text| text.replace(['\n', '\r', '\u{1b}', '\u{8}', '\u{202e}'], "")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever is typed: it ends, and what was saved is an answers file that reads as what was said.
    #[test]
    fn any_lines_end(lines in proptest::collection::vec(some_line(), 0..60), opened in any::<bool>()) {
        let place = Place::new();
        std::fs::write(place.0.join("a.yaml"), example("cyclecloud-vm")).unwrap();
        let mut here = Here::new(&place, opened.then_some("a.yaml"));
        let interview = here.wizard.interview();
        let mut lines = lines.into_iter();
        let mut asked = 0;
        let shown = Shown::default();
        let typist = Typist {
            shown: Shown::default(),
            next: |_: &str| {
                asked += 1;
                lines.next()
            },
            line: Vec::new(),
            at: 0,
            ended: false,
        };
        let end = run_over(&mut here, interview, typist, shown.clone()).unwrap();
        let text = shown.0.borrow().clone();
        prop_assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{8}', '\r']), "{:?}", text);
        if let End::Written(_) = end {
            let name = here.places.answers.clone();
            let saved = read(&name, place.read(&name).as_bytes(), &[]);
            prop_assert!(saved.problems.is_empty(), "{:?}", saved.problems);
            let files = here.files(&saved.answers, &here.places.out.clone()).unwrap();
            prop_assert!(files.iter().all(|file| file.state == "unchanged"));
        }
        if end == End::Kept {
            prop_assert_eq!(place.drafts(), 1);
        }
    }
}

/// Where the input ends at the very first question, what was left behind is not called saved.
#[test]
fn an_end_before_the_choice_keeps_the_drafts() {
    let place = Place::new();
    typed(&mut Here::new(&place, None), &["1", "hpc"]);
    assert_eq!(place.drafts(), 1);
    let (_, text) = typed(&mut Here::new(&place, None), &[]);
    assert!(text.contains("the drafts are kept"), "{text}");
    assert_eq!(place.drafts(), 1);
}
