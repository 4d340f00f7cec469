//! The wizard in a real terminal: a pty and a screen that reads what it writes. Waits for text on the screen, never for time.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use netcordon::interview::Interview;
use netcordon::problem::Problem;
use netcordon::question::{Answers, Kind, read};
use netcordon::ui::{Draft, File, LeftBehind, Places, Preview, Program, Saving, Written};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZero;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// The longest that anything may take, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

const NETCORDON: &str = env!("CARGO_BIN_EXE_netcordon");

/// What the terminal shows, whether the program has closed it, and all that it was sent.
type Shown = Arc<(Mutex<(vt100::Parser, bool, Vec<u8>)>, Condvar)>;

struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    shown: Shown,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn some(number: u16) -> NonZero<u16> {
    NonZero::new(number).unwrap()
}

impl Pty {
    /// A program in a terminal of its own, in a folder of its own with its state there as well.
    fn start(program: &str, arguments: &[&str], folder: &Path, set: &[(&str, &str)]) -> Pty {
        let (columns, rows) = (100, 30);
        let pty = native_pty_system().openpty(size(columns, rows)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.cwd(folder);
        command.env("XDG_STATE_HOME", folder.join("state"));
        command.env("TERM", "xterm-256color");
        // What a panic says fits the screen.
        command.env("RUST_BACKTRACE", "0");
        for name in ["NO_COLOR", "ACCESSIBLE"] {
            command.env_remove(name);
        }
        for (name, value) in set {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let parser = vt100::Parser::new(some(rows), some(columns), 0);
        let shown: Shown = Arc::new((Mutex::new((parser, false, Vec::new())), Condvar::new()));
        let mut output = pty.master.try_clone_reader().unwrap();
        let writer = Arc::clone(&shown);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            loop {
                let count = output.read(&mut bytes).unwrap_or(0);
                let mut screen = writer.0.lock().unwrap();
                screen.0.process(&bytes[..count]);
                screen.1 = count == 0;
                screen.2.extend(&bytes[..count]);
                writer.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        let keys = pty.master.take_writer().unwrap();
        Pty { child, master: pty.master, keys, shown }
    }

    fn wizard(arguments: &[&str], folder: &Path) -> Pty {
        Pty::start(NETCORDON, arguments, folder, &[])
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits until the screen is as wanted.
    fn until(&self, what: &str, wanted: impl Fn(&vt100::Screen, bool) -> bool) {
        let end = Instant::now() + PATIENCE;
        let mut screen = self.shown.0.lock().unwrap();
        while !wanted(screen.0.screen(), screen.1) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited in vain for {what}:\n{}", screen.0.screen().contents());
            screen = self.shown.1.wait_timeout(screen, left).unwrap().0;
        }
    }

    fn sees(&self, text: &str) {
        self.until(text, |screen, _| screen.contents().contains(text));
    }

    /// Waits until the page begins with that title.
    fn headed(&self, title: &str) {
        let start: String = title.chars().take(24).collect();
        self.until(title, |screen, _| {
            screen
                .contents()
                .lines()
                .nth(2)
                .is_some_and(|line| line.split('│').nth(1).is_some_and(|page| page.trim_start().starts_with(&start)))
        });
    }

    /// Presses keys and waits for what follows from them.
    fn step(&mut self, keys: &str, text: &str) {
        self.press(keys);
        self.sees(text);
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args([format!("-{name}"), id]).status().unwrap().success());
    }

    /// Waits for the end: its exit code, and what the terminal shows then, given back as it was.
    fn end(mut self) -> (u32, String) {
        self.until("the end", |_, closed| closed);
        let code = self.child.wait().unwrap().exit_code();
        let screen = self.shown.0.lock().unwrap();
        let screen = screen.0.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste(), "not given back");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        (code, screen.contents())
    }
}

/// What the arrow and other keys send.
const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const LEFT: &str = "\x1b[D";
const END: &str = "\x1b[F";
const ENTER: &str = "\r";
const CONTROL_C: &str = "\x03";
const CONTROL_Z: &str = "\x1a";

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("terminal").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn drafts(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder.join("state/netcordon/drafts")) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "json")).collect()
}

/// The folder that was written is the one that headless mode writes from the answers that were saved.
fn is_what_generate_writes(folder: &Path, answers: &str) {
    let check = Command::new(NETCORDON)
        .args(["generate", answers, "--out", "out", "--check"])
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}

/// From nothing to a written folder for CycleCloud, by keys alone.
#[test]
fn the_whole_way_for_cyclecloud() {
    let folder = folder("cyclecloud");
    let mut pty = Pty::wizard(&[], &folder);
    pty.sees("What runs there?");
    pty.step(ENTER, "[x] cyclecloud-vm");
    pty.step(&format!("{END}{ENTER}"), "Part of the names of NSGs");
    pty.step("hpc-prod\r", "Which Azure cloud?");
    pty.step(ENTER, "Which region?");
    pty.step("westeu", "westeurope");
    pty.step(ENTER, "NSGs and route tables are made here");
    pty.step("rg-hpc\r", "Name of the virtual network");
    pty.step("vnet-hpc\r", "Every subnet lies in it");
    pty.step("10.20.0.0/16\r", "Create the virtual network and its subnets?");
    pty.step(ENTER, "Take these rows and go on");
    pty.step(ENTER, "Where do administrators come from?");
    pty.step("10.100.4.0/24\r", "Where does outbound traffic go?");
    pty.step(DOWN, "(•) nat-gateway");
    pty.step(UP, "(•) nsg");
    pty.press(ENTER);
    // Through what is left by its defaults, to the review.
    let said = read("", b"version: 1\nscenarios: [cyclecloud-vm]\negress: {via: nsg}\n", &[]).answers;
    let mut rest = Interview::start(said);
    assert!(rest.go("egress.way_out"));
    while let Some(question) = rest.current() {
        pty.headed(question.title);
        // A list of several ends with the line below it.
        pty.press(&if matches!(question.kind, Kind::Many(_)) { format!("{END}{ENTER}") } else { ENTER.to_string() });
        rest.next();
    }
    pty.sees("Nothing is wrong and nothing is missing");
    pty.step(ENTER, "Where does it go?");
    pty.sees("hpc-prod.yaml");
    pty.step(ENTER, "Done: leave");
    pty.press(ENTER);
    let (code, left) = pty.end();
    assert_eq!(code, 0);
    assert!(left.contains("hpc-prod: wrote out") && left.contains("next: read out/README.md"), "{left}");
    is_what_generate_writes(&folder, "hpc-prod.yaml");
    assert!(drafts(&folder).is_empty());
    let saved = std::fs::read_to_string(folder.join("hpc-prod.yaml")).unwrap();
    assert!(saved.starts_with("version: 1\nname: hpc-prod\n") && saved.contains("via: nsg"), "{saved}");
}

/// From nothing to a written folder for Azure Machine Learning behind a firewall, by keys alone.
#[test]
fn the_whole_way_for_machine_learning() {
    let folder = folder("aml");
    let mut pty = Pty::wizard(&["wizard", "ml.yaml", "--out", "rules"], &folder);
    pty.sees("What runs there?");
    pty.step(&format!("{DOWN}{DOWN}{DOWN}{ENTER}"), "[x] aml-no-public-ip");
    pty.step(&format!("{END}{ENTER}"), "Part of the names of NSGs");
    pty.step("ml\r", "Which Azure cloud?");
    pty.step(ENTER, "Which region?");
    pty.step("northeurope\r", "NSGs and route tables are made here");
    pty.step("rg-ml\r", "Name of the virtual network");
    pty.step("vnet-ml\r", "Every subnet lies in it");
    // Pasted, as the terminal pastes: more lines are one line.
    pty.step("\x1b[200~10.30.0.0/16\n\x1b[201~\r", "Create the virtual network and its subnets?");
    pty.step(ENTER, "Take these rows and go on");
    pty.step(ENTER, "Where do administrators come from?");
    pty.step(ENTER, "Where does outbound traffic go?");
    pty.step(&format!("{DOWN}{DOWN}"), "(•) azure-firewall");
    pty.step(ENTER, "The next hop of the route");
    pty.step("10.0.1.4\r", "Tier of the firewall");
    // By the rail to the end.
    pty.step(LEFT, "Enter open");
    pty.step(&format!("{END}{ENTER}"), "Where does it go?");
    pty.sees("Write ");
    pty.step(ENTER, "Done: leave");
    pty.press(ENTER);
    let (code, left) = pty.end();
    assert_eq!(code, 0);
    assert!(left.contains("ml: wrote rules"), "{left}");
    let check = Command::new(NETCORDON)
        .args(["generate", "ml.yaml", "--out", "rules", "--check"])
        .current_dir(&folder)
        .status()
        .unwrap();
    assert!(check.success());
}

#[test]
fn leaving_with_nothing_said_is_no_fuss() {
    let folder = folder("nothing-said");
    let mut pty = Pty::wizard(&[], &folder);
    pty.sees("What runs there?");
    pty.press(CONTROL_C);
    assert_eq!(pty.end().0, 0);
    assert!(drafts(&folder).is_empty());
}

/// A wizard with something said and kept.
fn with_a_draft(folder: &Path) -> Pty {
    let mut pty = Pty::wizard(&[], folder);
    pty.sees("What runs there?");
    pty.step(ENTER, "[x] cyclecloud-vm");
    pty.step(&format!("{END}{ENTER}"), "Part of the names of NSGs");
    pty.step("hpc-half", "draft kept");
    pty
}

#[test]
fn leaving_with_something_unsaved_asks_once() {
    let folder = folder("unsaved");
    let mut pty = with_a_draft(&folder);
    pty.step(CONTROL_C, "Something is not saved yet");
    pty.press(CONTROL_C);
    let (code, left) = pty.end();
    assert_eq!(code, 130);
    assert!(left.contains("offers to go on from here"), "{left}");
    assert_eq!(drafts(&folder).len(), 1);
    // Thrown away, it is gone.
    let mut pty = Pty::wizard(&[], &folder);
    pty.sees("Go on where you were?");
    pty.press(&format!("{DOWN}{DOWN}{ENTER}"));
    pty.until("the first question", |screen, _| {
        screen.contents().contains("What runs there?") && !screen.contents().contains("Go on where you were?")
    });
    assert!(drafts(&folder).is_empty());
    pty.press(CONTROL_C);
    assert_eq!(pty.end().0, 0);
}

/// The line drops, the machine is shut down: the terminal is given back and nothing is lost.
#[test]
fn signals_end_it_with_a_draft() {
    for name in ["TERM", "HUP", "INT"] {
        let folder = folder(&format!("signal-{name}"));
        let pty = with_a_draft(&folder);
        pty.signal(name);
        assert_eq!(pty.end().0, 130, "{name}");
        let kept = drafts(&folder);
        assert_eq!(kept.len(), 1, "{name}");
        assert_eq!(std::fs::metadata(&kept[0]).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(std::fs::read_to_string(&kept[0]).unwrap().contains("hpc-half"));
    }
}

/// Killed outright, the next wizard offers to go on, where it was, with what was said; saved, the draft is gone.
#[test]
fn what_a_killed_wizard_was_told_comes_back() {
    let folder = folder("killed");
    let mut pty = with_a_draft(&folder);
    pty.signal("KILL");
    pty.child.wait().unwrap();
    let mut pty = Pty::wizard(&[], &folder);
    pty.sees("Go on where you were?");
    pty.sees("hpc-half, 2 answers");
    pty.step(ENTER, "Part of the names of NSGs");
    pty.sees("› hpc-half");
    pty.step("\x13", "Save the answers as");
    pty.step(ENTER, "saved as hpc-half.yaml");
    pty.press(CONTROL_C);
    assert_eq!(pty.end().0, 0);
    assert!(drafts(&folder).is_empty());
    assert!(std::fs::read_to_string(folder.join("hpc-half.yaml")).unwrap().contains("cyclecloud-vm"));
}

/// Two wizards at once keep a draft each, and neither is offered the other's.
#[test]
fn two_wizards_at_once_do_not_meet() {
    let folder = folder("two");
    let mut first = with_a_draft(&folder);
    let mut second = with_a_draft(&folder);
    assert_eq!(drafts(&folder).len(), 2);
    for pty in [&mut first, &mut second] {
        pty.step(CONTROL_C, "Something is not saved yet");
        pty.press(CONTROL_C);
    }
    assert_eq!((first.end().0, second.end().0), (130, 130));
    let third = Pty::wizard(&[], &folder);
    third.until("both drafts", |screen, _| screen.contents().matches("hpc-half").count() == 2);
    third.signal("TERM");
    third.end();
    assert_eq!(drafts(&folder).len(), 2);
}

/// Stopped like any other program, and back as it was.
#[test]
fn it_stops_and_goes_on() {
    let folder = folder("stopped");
    for by_key in [true, false] {
        let mut pty = with_a_draft(&folder);
        let id = pty.child.process_id().unwrap();
        if by_key {
            pty.press(CONTROL_Z)
        } else {
            pty.signal("TSTP")
        };
        pty.until("the shell's screen", |screen, _| !screen.alternate_screen() && !screen.hide_cursor());
        // What the system says of a process is on no screen.
        let end = Instant::now() + PATIENCE;
        let stopped = || std::fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| stat.contains(") T "));
        while !stopped() {
            assert!(Instant::now() < end, "it did not stop");
            std::thread::yield_now();
        }
        pty.signal("CONT");
        pty.until("the wizard's screen", |screen, _| {
            screen.alternate_screen() && screen.contents().contains("hpc-half")
        });
        pty.step("2", "hpc-half2");
        pty.step(CONTROL_C, "Something is not saved yet");
        pty.press(&format!("{DOWN}{DOWN}{DOWN}{ENTER}"));
        assert_eq!(pty.end().0, 130);
        assert!(drafts(&folder).is_empty());
    }
}

/// However fast the window changes, in the end it shows what belongs there.
#[test]
fn a_storm_of_sizes_passes() {
    let folder = folder("sizes");
    let pty = with_a_draft(&folder);
    let resize = |pty: &Pty, columns: u16, rows: u16| {
        pty.shown.0.lock().unwrap().0.screen_mut().set_size(some(rows), some(columns));
        pty.master.resize(size(columns, rows)).unwrap();
    };
    for step in 0..60u16 {
        resize(&pty, 5 + step * 37 % 150, 2 + step * 13 % 48);
    }
    resize(&pty, 120, 40);
    pty.until("all three parts", |screen, _| {
        let contents = screen.contents();
        ["Scenarios", "Part of the names", "[Rules]", "hpc-half"].iter().all(|text| contents.contains(text))
    });
    resize(&pty, 30, 8);
    pty.sees("needs 40×10");
    pty.signal("TERM");
    pty.until("the end", |_, closed| closed);
}

/// The draft follows what is typed within a second, and does not wait for a pause.
#[test]
fn a_draft_is_kept_within_a_second() {
    let folder = folder("second");
    let mut pty = with_a_draft(&folder);
    let holds = |text: &str| {
        drafts(&folder).iter().any(|draft| std::fs::read_to_string(draft).unwrap_or_default().contains(text))
    };
    // The machine may be busy with something else: one of some attempts has to show it.
    let mut name = String::from("hpc-half");
    let mut letters = ('a'..='z').cycle();
    let quick = (0..10).any(|_| {
        let start = Instant::now();
        let mut first: Option<String> = None;
        // The next key follows as soon as the last one shows, until the draft has the first of them.
        while !first.as_ref().is_some_and(|first| holds(first)) {
            let letter = letters.next().unwrap();
            name.push(letter);
            first.get_or_insert_with(|| name.clone());
            pty.step(&letter.to_string(), &name[name.len().saturating_sub(30)..]);
            assert!(start.elapsed() < PATIENCE, "no draft of {first:?}");
        }
        start.elapsed() < Duration::from_secs(1)
    });
    assert!(quick);
    pty.signal("TERM");
    pty.end();
}

/// Whoever reads a draft while it is replaced sees the one before or the one after, whole.
#[test]
fn a_draft_is_replaced_at_one_stroke() {
    let folder = folder("stroke");
    let mut pty = with_a_draft(&folder);
    let draft = drafts(&folder).remove(0);
    let mut seen = std::collections::BTreeSet::new();
    for turn in 0..3 {
        let wanted = "y".repeat(turn + 1);
        pty.press("y");
        let end = Instant::now() + PATIENCE;
        loop {
            let text = std::fs::read_to_string(&draft).unwrap();
            let json: serde_json::Value = serde_json::from_str(&text).unwrap();
            seen.insert(json["said"].as_str().unwrap().to_string());
            if text.contains(&format!("hpc-half{wanted}")) {
                break;
            }
            assert!(Instant::now() < end, "no draft of the key");
        }
    }
    assert!(seen.len() >= 4, "{seen:?}");
    pty.signal("TERM");
    pty.end();
}

/// A mouse that clicks on a step, an option and a tab, and whose wheel scrolls what follows from the answers.
#[test]
fn the_mouse_works() {
    let folder = folder("mouse");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hub-everything/answers.yaml");
    let mut pty = Pty::start(NETCORDON, &["wizard", example.to_str().unwrap()], &folder, &[]);
    pty.sees("Nothing is wrong and nothing is missing");
    let at = |pty: &Pty, text: &str| {
        let screen = pty.shown.0.lock().unwrap();
        let contents = screen.0.screen().contents();
        let line = contents.lines().position(|line| line.contains(text)).unwrap();
        let column = contents.lines().nth(line).unwrap().split(text).next().unwrap().chars().count();
        (column + 1, line + 1)
    };
    let send = |pty: &mut Pty, button: u8, (column, line): (usize, usize)| {
        pty.press(&format!("\x1b[<{button};{column};{line}M\x1b[<{button};{column};{line}m"));
    };
    let place = at(&pty, "Egress");
    send(&mut pty, 0, place);
    pty.headed("Where does outbound traffic");
    let place = at(&pty, "nat-gateway");
    send(&mut pty, 0, place);
    pty.sees("(•) nat-gateway");
    pty.step("\t", "[Rules");
    let place = at(&pty, "Map");
    send(&mut pty, 0, place);
    pty.sees("[Map]");
    pty.sees("vnet-research");
    let place = at(&pty, "snet-cyclecloud");
    send(&mut pty, 65, place);
    pty.until("the lines below", |screen, _| !screen.contents().contains("vnet-research"));
    send(&mut pty, 64, place);
    pty.sees("vnet-research");
    pty.signal("TERM");
    pty.end();
}

/// Wide letters, letters of more than one character and long pastes neither break the screen nor get lost.
#[test]
fn any_text_can_be_typed_and_pasted() {
    let folder = folder("text");
    let mut pty = Pty::wizard(&[], &folder);
    pty.sees("What runs there?");
    pty.step(ENTER, "[x] cyclecloud-vm");
    pty.step(&format!("{END}{ENTER}"), "Part of the names of NSGs");
    pty.step("漢字e\u{301}\u{1f600}", "› 漢字e\u{301}\u{1f600}");
    // Letters that turn text around or steer a terminal are left out.
    pty.step("\x1b[200~a\u{202e}b\x07c\nd\x1b[201~", "\u{1f600}abc, d");
    let long = "x".repeat(5_000);
    pty.press(&format!("\x1b[200~{long}\x1b[201~"));
    pty.step("end", "xxxend");
    // Both rules and both columns are where they belong.
    pty.until("a whole screen", |screen, _| {
        let contents = screen.contents();
        let bars = contents.lines().filter(|line| line.chars().nth(18) == Some('│')).count();
        bars + 4 >= 30 - 1 && contents.contains("draft kept")
    });
    pty.signal("KILL");
    pty.child.wait().unwrap();
    assert!(std::fs::read_to_string(&drafts(&folder)[0]).unwrap().contains(&long));
}

/// No colour where none is wanted; else only the eight that every terminal has, in the spelling that every terminal reads.
#[test]
fn colours_are_few_and_can_be_left_out() {
    let folder = folder("colours");
    std::fs::write(folder.join("a.yaml"), "version: 1\nname: NOT a name\n").unwrap();
    let coloured = |set: &[(&str, &str)]| {
        let pty = Pty::start(NETCORDON, &["wizard", "a.yaml"], &folder, set);
        pty.sees("cannot be used here");
        pty.signal("TERM");
        pty.until("the end", |_, closed| closed);
        let sent = pty.shown.0.lock().unwrap().2.clone();
        let sent = String::from_utf8(sent).unwrap();
        let colours =
            sent.split("\x1b[").skip(1).filter_map(|part| part.split_once('m')).map(|(code, _)| code.to_string());
        let colours =
            colours.filter(|code| code.starts_with(['3', '4', '9']) && !["39", "49", "39;49"].contains(&code.as_str()));
        colours
            .filter(|code| code.chars().all(|c| c.is_ascii_digit() || c == ';'))
            .collect::<std::collections::BTreeSet<_>>()
    };
    for set in [&[("TERM", "xterm")][..], &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]] {
        let found = coloured(set);
        assert!(
            !found.is_empty() && found.iter().all(|code| ["31", "32", "35"].contains(&code.split(';').next().unwrap())),
            "{found:?}"
        );
    }
    assert!(coloured(&[("NO_COLOR", "1")]).is_empty());
}

/// Without a terminal nobody can be asked: what to do instead, and what is missing.
#[test]
fn without_a_terminal_it_says_what_to_do() {
    let folder = folder("no-terminal");
    std::fs::write(folder.join("a.yaml"), "version: 1\nname: x\nscenarios: [aks]\n").unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(NETCORDON).args(arguments).current_dir(&folder).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, text) = run(&[]);
    assert_eq!(code, Some(2));
    assert!(text.contains("needs a terminal") && text.contains("netcordon generate FILE --out out"), "{text}");
    let (code, text) = run(&["wizard", "a.yaml"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("`region`") && text.contains("`egress.via`") && !text.contains("`name`"), "{text}");
}

/// A program with a mistake in it.
struct Panicking;

impl Program for Panicking {
    fn preview(&mut self, answers: &Answers) -> Preview {
        assert!(answers.scenarios.is_none(), "a mistake in the program");
        Preview::default()
    }
    fn files(&mut self, _: &Answers, _: &str) -> Result<Vec<File>, Vec<Problem>> {
        Ok(Vec::new())
    }
    fn saving(&self, _: &Answers) -> Saving {
        Saving::default()
    }
    fn save(&mut self, _: &Answers) -> Result<(), Problem> {
        Ok(())
    }
    fn write(&mut self, _: &Answers, _: bool, _: &mut dyn FnMut(usize, usize, &str)) -> Result<Written, Vec<Problem>> {
        Ok(Written::default())
    }
    fn places(&self) -> &Places {
        static PLACES: std::sync::OnceLock<Places> = std::sync::OnceLock::new();
        PLACES.get_or_init(Places::default)
    }
    fn choose_places(&mut self, _: Places) -> Result<(), Problem> {
        Ok(())
    }
    fn drop_key(&mut self, _: usize, _: usize) -> Result<(), Problem> {
        Ok(())
    }
    fn keep(&mut self, _: &Draft) -> Result<(), Problem> {
        Ok(())
    }
    fn forget(&mut self) {}
    fn left_behind(&self) -> Vec<LeftBehind> {
        Vec::new()
    }
    fn resume(&mut self, _: &str) -> Result<Draft, Problem> {
        Ok(Draft::default())
    }
    fn discard(&mut self, _: &str) {}
}

/// Run by [`a_panic_gives_the_terminal_back`], in a terminal of its own.
#[test]
#[ignore = "takes the terminal over and panics"]
fn panics_in_a_terminal() {
    let _ = netcordon::ui::tui::run(&mut Panicking, Interview::default(), false);
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let folder = folder("panic");
    let program = std::env::current_exe().unwrap();
    let arguments = ["--exact", "panics_in_a_terminal", "--ignored", "--nocapture"];
    let mut pty = Pty::start(program.to_str().unwrap(), &arguments, &folder, &[]);
    pty.sees("What runs there?");
    pty.press(ENTER);
    let (code, left) = pty.end();
    assert_eq!(code, 101);
    assert!(left.contains("a mistake in the program"), "{left}");
}
