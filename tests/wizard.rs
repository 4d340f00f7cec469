//! The wizard and the answers file: what it opens, what it changes, what it keeps, what it refuses.

#![allow(clippy::unwrap_used)]

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use netcordon::cli::Wizard;
use netcordon::question::{Answers, Kind, QUESTIONS, Value, read, save, to_yaml};
use netcordon::ui::tui::Screen;
use netcordon::ui::{Draft, End, Places, Program};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("wizard").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn example(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name).join("answers.yaml");
    std::fs::read_to_string(path).unwrap()
}

fn open(folder: &Path, text: &str) -> Wizard {
    let file = folder.join("answers.yaml");
    std::fs::write(&file, text).unwrap();
    Wizard::open(Some(&file), &folder.join("out"), Some(folder.join("drafts"))).unwrap()
}

fn saved(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("answers.yaml")).unwrap()
}

fn key(code: KeyCode) -> Event {
    Event::Key(KeyEvent::from(code))
}

fn control(letter: char) -> Event {
    Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL))
}

fn press(screen: &mut Screen, codes: &[KeyCode]) -> Option<End> {
    codes.iter().fold(None, |end, code| end.or(screen.handle(key(*code))))
}

use KeyCode::{Delete, Down, End as EndKey, Enter, Home, Left, Up};

/// One answer changed by keys changes its own characters in the file, and no other byte: comments, order, quotes stay.
#[test]
fn one_answer_changes_nothing_else() {
    let folder = folder("one-answer");
    let text = example("aml-no-public-ip-firewall").replace('\n', "\r\n");
    let mut wizard = open(&folder, &text);
    let interview = wizard.interview();
    let mut screen = Screen::new(&mut wizard, interview, false);
    screen.settle();
    press(&mut screen, &[Left, Home, Down, Down, Down, Enter]);
    press(&mut screen, &[KeyCode::PageDown; 4]);
    press(&mut screen, &[Up]);
    assert_eq!(screen.handle(control('s')), None);
    assert_eq!(saved(&folder), text.replace("rule_style: name", "rule_style: tag"));
    // Saved, there is nothing to ask on leaving.
    assert_eq!(screen.handle(control('c')), Some(End::Saved));
}

/// Where comments would go, that is said before it happens, and nothing happens without a yes.
#[test]
fn comments_go_only_after_a_yes() {
    let folder = folder("comments");
    let text =
        example("cyclecloud-vm").replace("scenarios: [cyclecloud-vm]", "scenarios:\n  - cyclecloud-vm # for now");
    let mut wizard = open(&folder, &text);
    let interview = wizard.interview();
    let mut screen = Screen::new(&mut wizard, interview, false);
    screen.settle();
    press(&mut screen, &[Left, Home, Enter, Home, Down, Enter]);
    assert_eq!(screen.handle(control('s')), None);
    // The first choice is to go back.
    press(&mut screen, &[Enter]);
    assert_eq!(saved(&folder), text);
    assert_eq!(screen.handle(control('s')), None);
    press(&mut screen, &[Down, Enter]);
    let after = saved(&folder);
    // Comments elsewhere stay.
    let wanted = text.replace("scenarios:\n  - cyclecloud-vm # for now", "scenarios: [cyclecloud-vm, return-proxy]");
    assert_eq!(after, wanted);
}

/// A file with problems opens: they stand first in the review, what nobody knows is kept until it is dropped.
#[test]
fn a_file_with_problems_opens() {
    let folder = folder("problems");
    let text = example("cyclecloud-vm") + "colour:\n  of: blue # nobody knows\n";
    let mut wizard = open(&folder, &text);
    let preview = wizard.preview(&wizard.interview().answers());
    assert_eq!(preview.problems.len(), 1);
    assert!(preview.problems[0].what.contains("unknown key `colour`"));
    assert!(preview.plan.is_some(), "the rest of the file makes a plan");
    let interview = wizard.interview();
    let mut screen = Screen::new(&mut wizard, interview, false);
    screen.settle();
    // It is kept by saving something else.
    press(&mut screen, &[Left, Home, Down, Enter, KeyCode::Char('2')]);
    screen.handle(control('s'));
    assert_eq!(saved(&folder), text.replace("name: hpc-prod", "name: hpc-prod2"));
    // On the review it is the first line, and Delete drops it.
    press(&mut screen, &[Home, Left, EndKey, Up, Enter, Delete]);
    screen.handle(control('s'));
    assert_eq!(saved(&folder), example("cyclecloud-vm").replace("name: hpc-prod", "name: hpc-prod2"));
}

/// What is no mapping cannot be kept, so it is not opened; what is empty or only comments starts anew.
#[test]
fn what_cannot_be_kept_is_not_opened() {
    let folder = folder("broken");
    for text in ["a: [", "- a\n", "just text\n", "\u{fffd}\u{1}: \n\tx"] {
        let file = folder.join("answers.yaml");
        std::fs::write(&file, text).unwrap();
        let Err(problems) = Wizard::open(Some(&file), Path::new("out"), None) else { panic!("opened {text:?}") };
        assert_eq!(problems.len(), 1, "{text:?}");
        assert_eq!(saved(&folder), text);
    }
    for text in ["", "# later\n"] {
        assert_eq!(open(&folder, text).interview().answers(), Answers::default());
    }
    assert!(Wizard::open(Some(Path::new("-")), Path::new("out"), None).is_err());
}

/// A file without its version gets one, and nothing else.
#[test]
fn a_missing_version_is_written() {
    let folder = folder("version");
    let text = example("aks-firewall");
    let mut wizard = open(&folder, &text.replace("version: 1\n", ""));
    let answers = wizard.interview().answers();
    assert!(wizard.saving(&answers).changes);
    wizard.save(&answers).unwrap();
    assert!(saved(&folder).starts_with("version: 1\n#"));
    assert!(read("a", saved(&folder).as_bytes(), &[]).problems.is_empty());
}

/// Somebody else's work is never written over.
#[test]
fn files_of_others_stay() {
    let folder = folder("others");
    let mut wizard = open(&folder, &example("aks-firewall"));
    let mut answers = wizard.interview().answers();
    answers.name = Some("mine".into());
    let theirs = example("aks-firewall") + "# theirs\n";
    std::fs::write(folder.join("answers.yaml"), &theirs).unwrap();
    let problem = wizard.save(&answers).unwrap_err();
    assert!(problem.what.contains("changed by somebody else"), "{problem}");
    assert_eq!(saved(&folder), theirs);
    // Under another name it can be saved, unless that one is there as well.
    let out = wizard.places().out.clone();
    std::fs::write(folder.join("there.yaml"), "x").unwrap();
    let place =
        |name: &str| Places { answers: folder.join(name).display().to_string(), out: out.clone(), ..Places::default() };
    assert!(wizard.choose_places(place("there.yaml")).unwrap_err().what.contains("is there already"));
    wizard.choose_places(place("mine.yaml")).unwrap();
    wizard.save(&answers).unwrap();
    let mine = std::fs::read_to_string(folder.join("mine.yaml")).unwrap();
    assert_eq!(read("a", mine.as_bytes(), &[]).answers, answers);
}

/// Answers that nobody asks for now are in the draft and not in the file, and come back with the scenario.
#[test]
fn parked_answers_are_in_the_draft() {
    let folder = folder("parked");
    let mut wizard = open(&folder, &example("aks-firewall"));
    let interview = wizard.interview();
    let mut screen = Screen::new(&mut wizard, interview, false);
    screen.settle();
    // AKS unticked, CycleCloud ticked.
    press(&mut screen, &[Left, Home, Enter, Home, Enter, EndKey, Up, Enter]);
    let Draft { said, .. } = screen.said();
    assert!(said.aks.pod_addresses.is_some() && screen.answers().aks.pod_addresses.is_none());
    press(&mut screen, &[Enter]);
    assert!(screen.answers().aks.pod_addresses.is_some());
}

/// A draft brings everything back, also what is half typed and what nobody asks for now; it goes with the file it is of.
#[test]
fn a_draft_brings_everything_back() {
    let folder = folder("draft");
    let mut wizard = open(&folder, &example("aks-firewall"));
    let mut said = wizard.interview().said().clone();
    said.aml.hbi = Some(true);
    let draft = Draft {
        said,
        typed: [("admins".to_string(), "10.1.".to_string())].into(),
        at: "egress.via".into(),
        more: true,
    };
    wizard.keep(&draft).unwrap();
    // While its wizard lives, nobody is offered it.
    let other = Wizard::open(None, Path::new("out"), Some(folder.join("drafts"))).unwrap();
    assert!(other.left_behind().is_empty());
    drop((wizard, other));
    let mut next = Wizard::open(None, Path::new("out"), Some(folder.join("drafts"))).unwrap();
    let left = next.left_behind();
    assert_eq!(left.len(), 1);
    assert!(left[0].what.starts_with("aks-prod, "), "{left:?}");
    assert_eq!(next.resume(&left[0].id).unwrap(), draft);
    assert_eq!(Path::new(&next.places().answers), std::path::absolute(folder.join("answers.yaml")).unwrap());
    let answers = next.interview().answers();
    assert!(!next.saving(&answers).changes);
    next.forget();
    drop(next);
    assert!(Wizard::open(None, Path::new("out"), Some(folder.join("drafts"))).unwrap().left_behind().is_empty());
}

/// A draft of one file is not offered to who opens another.
#[test]
fn drafts_are_offered_with_their_file() {
    let folder = folder("draft-of");
    let mut wizard = open(&folder, &example("aks-firewall"));
    let said = wizard.interview().said().clone();
    wizard.keep(&Draft { said, ..Draft::default() }).unwrap();
    drop(wizard);
    let drafts = Some(folder.join("drafts"));
    let other = Wizard::open(Some(&folder.join("other.yaml")), Path::new("out"), drafts.clone()).unwrap();
    assert!(other.left_behind().is_empty());
    drop(other);
    let same = Wizard::open(Some(&folder.join("answers.yaml")), Path::new("out"), drafts).unwrap();
    assert_eq!(same.left_behind().len(), 1);
}

/// What cannot be planned is not written, and the answers file stays as it was.
#[test]
fn problems_keep_everything_as_it_was() {
    let folder = folder("not-written");
    let text = example("aks-firewall");
    let mut wizard = open(&folder, &text);
    let mut answers = wizard.interview().answers();
    answers.region = Some("nowhere".into());
    assert!(wizard.write(&answers, false, &mut |_, _, _| ()).is_err());
    assert_eq!(saved(&folder), text);
    assert!(!folder.join("out").exists());
}

/// Writing tells each step, ends with what to do next, and a file that was edited since is replaced by force alone.
#[test]
fn writing_tells_what_it_does() {
    let folder = folder("written");
    let mut wizard = open(&folder, &example("aks-firewall"));
    let answers = wizard.interview().answers();
    let mut steps = Vec::new();
    let written = wizard.write(&answers, false, &mut |done, total, _| steps.push((done, total))).unwrap();
    assert!(steps.len() > 10 && steps.windows(2).all(|pair| pair[0].0 <= pair[1].0), "{steps:?}");
    assert!(steps.iter().all(|(done, total)| done <= total));
    assert!(written.lines.iter().any(|line| line.contains("README.md")), "{written:?}");
    let files = wizard.files(&answers, &folder.join("out").display().to_string()).unwrap();
    assert!(files.iter().all(|file| file.state == "unchanged" && file.diff.is_empty()));
    std::fs::write(folder.join("out/README.md"), "mine").unwrap();
    let held: Vec<_> = wizard
        .files(&answers, &folder.join("out").display().to_string())
        .unwrap()
        .into_iter()
        .filter(|file| file.held)
        .collect();
    assert_eq!(held.len(), 1);
    assert!(held[0].diff.contains("-mine"));
    assert!(wizard.write(&answers, false, &mut |_, _, _| ()).is_err());
    assert_eq!(std::fs::read_to_string(folder.join("out/README.md")).unwrap(), "mine");
    wizard.write(&answers, true, &mut |_, _, _| ()).unwrap();
    assert_ne!(std::fs::read_to_string(folder.join("out/README.md")).unwrap(), "mine");
}

/// From the first scenario on there is something to see: what is missing stands in, and is neither saved nor written.
#[test]
fn there_is_a_plan_before_everything_is_answered() {
    let folder = folder("stand-ins");
    for scenario in ["cyclecloud-vm", "return-proxy", "aml-public-ip", "aml-no-public-ip", "aks"] {
        let mut wizard = open(&folder, "");
        let answers = Answers { scenarios: Some(vec![scenario.into()]), ..Answers::default() };
        let preview = wizard.preview(&answers);
        assert!(preview.plan.is_some(), "{scenario}: {:?}", preview.problems);
        assert!(preview.stand_ins.iter().any(|(path, _)| path == "subnets"), "{scenario}");
        assert!(!preview.problems.is_empty());
        assert!(wizard.files(&answers, &folder.join("out").display().to_string()).is_err());
        wizard.save(&answers).unwrap();
        assert_eq!(saved(&folder), to_yaml(&answers));
    }
}

/// Every scalar of every example, changed: nothing else of the file changes, and each comment stays.
#[test]
fn any_one_scalar_changes_nothing_else() {
    let mut changed = 0;
    for folder in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")).unwrap() {
        let file = folder.unwrap().path().join("answers.yaml");
        let text = std::fs::read_to_string(&file).unwrap();
        let before = read("a", text.as_bytes(), &[]).answers;
        for question in QUESTIONS {
            let other = match (question.kind, question.answer(&before)) {
                (Kind::Flag, Some(Value::Flag(flag))) => Value::Flag(!flag),
                (Kind::Number(least, most), Some(Value::Number(number))) => {
                    Value::Number(if number == most { least } else { number + 1 })
                }
                (Kind::Choice(choices), Some(Value::Text(word))) => {
                    Value::Text(choices.iter().find(|choice| choice.word != word).unwrap().word.into())
                }
                (Kind::Text, Some(Value::Text(word))) => Value::Text(format!("{word}: #x")),
                _ => continue,
            };
            let mut after = before.clone();
            (question.slot_mut)(&mut after).write(other);
            let saved = save(&text, &after);
            assert!(!saved.anew, "{} of {}", question.path, file.display());
            let key = question.path.rsplit('.').next().unwrap();
            let differ: Vec<(&str, &str)> = text.lines().zip(saved.text.lines()).filter(|(a, b)| a != b).collect();
            assert_eq!((differ.len(), text.lines().count()), (1, saved.text.lines().count()), "{differ:?}");
            let (was, is) = differ[0];
            let comment = |line: &str| line.split_once(" #").map(|(_, comment)| comment.to_string());
            assert!(was.contains(key) && was.split(key).next() == is.split(key).next(), "{differ:?}");
            assert!(comment(was).is_none_or(|comment| is.ends_with(&comment)), "{differ:?}");
            assert!(text.ends_with('\n') == saved.text.ends_with('\n'));
            changed += 1;
        }
    }
    assert!(changed > 100, "{changed}");
}

/// A word that is offered twice would be ticked twice.
#[test]
fn every_choice_is_offered_once() {
    for question in QUESTIONS {
        let (Kind::Choice(choices) | Kind::Many(choices)) = question.kind else { continue };
        let words: BTreeSet<&str> = choices.iter().map(|choice| choice.word).collect();
        assert_eq!(words.len(), choices.len(), "{}", question.path);
    }
}

/// Whatever text there is, it opens or is refused, and what opens is saved without loss: keys that nobody knows stay.
#[test]
fn any_text_opens_or_is_refused() {
    let folder = folder("any-text");
    let example = example("cyclecloud-vm");
    let mut opened = 0;
    let mut try_one = |text: &str| {
        let file = folder.join("answers.yaml");
        std::fs::write(&file, text).unwrap();
        let Ok(mut wizard) = Wizard::open(Some(&file), &folder.join("out"), None) else { return };
        opened += 1;
        let mut answers = wizard.interview().answers();
        let _ = wizard.preview(&answers);
        answers.name = Some("changed".into());
        if wizard.save(&answers).is_ok() {
            assert!(saved(&folder).contains("changed"), "{text}");
            assert_eq!(saved(&folder).contains("colour"), text.contains("colour"), "{text}");
        }
    };
    // Cut off anywhere, with a line twice, and with what does not belong there.
    let lines: Vec<&str> = example.lines().collect();
    for index in 0..lines.len() {
        try_one(&lines[..index].join("\n"));
        for odd in [
            lines[index],
            "colour: {of: [blue]}",
            "  colour: 1",
            "? [a, b]\n: c",
            "<<: *x",
            "name: [1, {a: b}]",
            "\t- x",
        ] {
            let mut with = lines.clone();
            with.insert(index, odd);
            try_one(&with.join("\n"));
        }
    }
    for text in [
        "---\nname: a\n---\nname: b\n",
        "{}",
        "name: &a b\nregion: *a\n",
        "name: !!binary aGk=\n",
        "\u{feff}name: x",
        "name: \"\\e[2J\"\n",
    ] {
        try_one(text);
    }
    assert!(opened > 50, "{opened}");
}

/// A key is dropped by where it stands in the file as it would be saved; what goes is that key, wherever the file on disk has
/// it, and a key that shares its line says so and stays.
#[test]
fn the_key_that_is_named_is_dropped() {
    let folder = folder("dropped");
    let drop = |text: &str, what: &str, change: &dyn Fn(&mut Answers)| {
        let mut wizard = open(&folder, text);
        let mut answers = wizard.interview().answers();
        change(&mut answers);
        let problems = wizard.preview(&answers).problems;
        let problem = problems.iter().find(|problem| problem.what.contains(what)).unwrap().clone();
        let dropped = wizard.drop_key(problem.place.line, problem.place.column);
        wizard.save(&answers).unwrap();
        (dropped, saved(&folder))
    };
    // Without `version`, every line stands one further down once it is saved.
    let text = "name: x\nscenarios: [aks]\ncolour: blue\nregion: westeurope\n";
    let (dropped, after) = drop(text, "`colour`", &|_| ());
    assert_eq!((dropped, after.as_str()), (Ok(()), "version: 1\nname: x\nscenarios: [aks]\nregion: westeurope\n"));
    // An answer above it adds a line.
    let text =
        "version: 1\nnetwork:\n  vnet: a\n  vnet: b\nshape: round\negress:\n  # the way out\n  via: nsg\n  foo: 1\n";
    let create = |answers: &mut Answers| answers.network.create = Some(true);
    let with = text.replace("network:\n", "network:\n  create: true\n");
    for (what, line) in
        [("`shape`", "shape: round\n"), ("`foo`", "  foo: 1\n"), ("`vnet` is here twice", "  vnet: b\n")]
    {
        assert_eq!(drop(text, what, &create), (Ok(()), with.replace(line, "")), "{what}");
    }
    let text = "version: 1\nnetwork: {vnet: a, vnet: b, colour: red}\n";
    for what in ["`colour`", "`vnet` is here twice"] {
        let (dropped, after) = drop(text, what, &|_| ());
        assert!(dropped.unwrap_err().what.contains("shares its line"));
        assert_eq!(after, text);
    }
}

fn letters(screen: &mut Screen, text: &str) {
    text.chars().for_each(|letter| drop(screen.handle(key(KeyCode::Char(letter)))));
}

/// What somebody wrote into the folder goes only after a yes, and only in the folder that was looked at.
#[test]
fn files_edited_by_hand_go_only_after_a_yes() {
    let folder = folder("held");
    let mut wizard = open(&folder, &example("aks-firewall"));
    let answers = wizard.interview().answers();
    wizard.write(&answers, false, &mut |_, _, _| ()).unwrap();
    std::fs::create_dir_all(folder.join("out2")).unwrap();
    let readme = |out: &str| std::fs::read_to_string(folder.join(out).join("README.md")).unwrap();
    for out in ["out", "out2"] {
        std::fs::write(folder.join(out).join("README.md"), "mine").unwrap();
    }
    let interview = wizard.interview();
    let mut screen = Screen::new(&mut wizard, interview, false);
    screen.settle();
    // From the review: the page of writing, Write, and the popup's first choice.
    press(&mut screen, &[Home, Enter, Enter, Enter, Enter]);
    assert_eq!(readme("out"), "mine");
    press(&mut screen, &[KeyCode::Esc]);
    // Another folder holds another file of somebody's, which is named before it goes as well.
    press(&mut screen, &[Home, Left, EndKey, Enter, Up, EndKey]);
    letters(&mut screen, "2");
    press(&mut screen, &[Enter, Enter, Enter]);
    assert_eq!((readme("out").as_str(), readme("out2").as_str()), ("mine", "mine"));
    press(&mut screen, &[Enter, Down, Enter]);
    assert_eq!(readme("out"), "mine");
    assert_ne!(readme("out2"), "mine");
}

/// What a file says and nobody can read is told as wrong, also where an answer is needed.
#[test]
fn what_cannot_be_read_is_told() {
    let folder = folder("unread");
    for (line, wrong) in [
        ("name: [a, b]\n", "text is needed here"),
        ("region: [westeurope]\n", "text is needed here"),
        ("subnets: 5\n", "a list is needed here"),
        ("egress: {via: nsgg}\n", "`nsgg` is not a choice"),
        ("network: {address_space: [10.20.0.0/33]}\n", "`10.20.0.0/33` is"),
    ] {
        let mut wizard = open(&folder, &format!("version: 1\nscenarios: [aks]\n{line}"));
        let interview = wizard.interview();
        let mut terminal = ratatui::Terminal::new(ratatui::backend::TestBackend::new(100, 50)).unwrap();
        let mut screen = Screen::new(&mut wizard, interview, false);
        screen.settle();
        terminal.draw(|frame| screen.draw(frame)).unwrap();
        let shown: String = terminal.backend().buffer().content.iter().map(|cell| cell.symbol()).collect();
        assert!(shown.contains(wrong), "{line}{shown}");
    }
}

/// A prefix that is half typed is no answer: what was there stays, and the text stays in the draft.
#[test]
fn what_is_half_typed_is_no_answer() {
    let folder = folder("half");
    let text = example("cyclecloud-vm");
    let mut wizard = open(&folder, &text);
    let before = wizard.interview().answers();
    let mut interview = wizard.interview();
    assert!(interview.go("network.address_space"));
    let mut screen = Screen::new(&mut wizard, interview, false);
    screen.settle();
    press(&mut screen, &[Left, Home, Down, Down, Enter]);
    let mut presses = 0;
    while screen.said().at != "network.address_space" && presses < 9 {
        presses += 1;
        press(&mut screen, &[KeyCode::PageDown]);
    }
    press(&mut screen, &[EndKey]);
    letters(&mut screen, ", 10.99.0.0/1");
    assert_eq!(screen.answers(), before);
    assert_eq!(screen.handle(control('s')), None);
    assert_eq!(saved(&folder), text);
    screen.handle(control('c'));
    assert_eq!(press(&mut screen, &[Down, Enter]), Some(End::Saved));
    drop(wizard);
    let mut next =
        Wizard::open(Some(&folder.join("answers.yaml")), Path::new("out"), Some(folder.join("drafts"))).unwrap();
    let left = next.left_behind();
    let draft = next.resume(&left[0].id).unwrap();
    assert!(draft.typed["network.address_space"].ends_with(", 10.99.0.0/1"), "{draft:?}");
}

/// Answers that nobody asks for now leave the file and stay in the draft, which is offered at the next start.
#[test]
fn what_saving_leaves_out_stays_in_the_draft() {
    let folder = folder("left-out");
    let mut wizard = open(&folder, &example("aks-firewall"));
    let interview = wizard.interview();
    let mut screen = Screen::new(&mut wizard, interview, false);
    screen.settle();
    press(&mut screen, &[Left, Home, Enter, Home, Enter, EndKey, Up, Enter]);
    assert!(screen.answers().aks.pod_addresses.is_none());
    screen.handle(control('s'));
    press(&mut screen, &[Down, Enter]);
    assert!(!saved(&folder).contains("pod_addresses"));
    assert_eq!(screen.handle(control('c')), Some(End::Saved));
    drop(wizard);
    let mut next =
        Wizard::open(Some(&folder.join("answers.yaml")), Path::new("out"), Some(folder.join("drafts"))).unwrap();
    let left = next.left_behind();
    assert!(next.resume(&left[0].id).unwrap().said.aks.pod_addresses.is_some());
}

/// Where the file was changed by somebody else, or a name was refused, the next name is asked for.
#[test]
fn another_name_is_asked_for() {
    let folder = folder("another-name");
    let mut wizard = open(&folder, &example("aks-firewall"));
    let interview = wizard.interview();
    let mut screen = Screen::new(&mut wizard, interview, false);
    screen.settle();
    press(&mut screen, &[Left, Home, Down, Enter, KeyCode::Char('2')]);
    let theirs = example("aks-firewall") + "# theirs\n";
    std::fs::write(folder.join("answers.yaml"), &theirs).unwrap();
    screen.handle(control('s'));
    // A folder that is not there is refused; the name is asked for again.
    letters(&mut screen, "/no/such");
    press(&mut screen, &[Enter, KeyCode::Esc]);
    screen.handle(control('s'));
    screen.handle(control('u'));
    letters(&mut screen, &folder.join("mine.yaml").display().to_string());
    press(&mut screen, &[Enter]);
    assert_eq!(saved(&folder), theirs);
    assert!(std::fs::read_to_string(folder.join("mine.yaml")).unwrap().contains("name: aks-prod2"));
}

/// The way out of the network is chosen and never taken for granted: Enter alone does not answer.
#[test]
fn enter_alone_does_not_choose_what_is_needed() {
    let folder = folder("needed");
    let mut wizard = open(&folder, "version: 1\nscenarios: [cyclecloud-vm]\n");
    let interview = wizard.interview();
    let mut screen = Screen::new(&mut wizard, interview, false);
    screen.settle();
    press(&mut screen, &[Left, Home, Down, Down, Down, Enter, Enter, Enter]);
    assert_eq!((screen.answers().egress.via, screen.said().at.as_str()), (None, "egress.via"));
    press(&mut screen, &[KeyCode::Char(' '), Enter]);
    assert!(screen.answers().egress.via.is_some());
}

/// `~` means the home folder to a shell alone.
#[test]
fn a_tilde_is_refused() {
    let folder = folder("tilde");
    let mut wizard = open(&folder, &example("aks-firewall"));
    let answers = wizard.places().answers.clone();
    let problem = wizard.choose_places(Places { answers, out: "~/out".into(), ..Places::default() }).unwrap_err();
    assert!(problem.what.contains('~') && !problem.hint.is_empty(), "{problem}");
}
