//! Line mode in a real terminal: prompts that move the cursor, and the plain ones that never do.

#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// The longest that anything may take, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

const NETCORDON: &str = env!("CARGO_BIN_EXE_netcordon");

const DOWN: &str = "\x1b[B";
const ESC: &str = "\x1b";
const ENTER: &str = "\r";
const CONTROL_C: &str = "\x03";
const CONTROL_D: &str = "\x04";

/// What the program wrote, as it came and as a screen, and whether it has closed the terminal.
#[derive(Default)]
struct Shown {
    bytes: Vec<u8>,
    screen: Option<vt100::Parser>,
    closed: bool,
}

struct Pty {
    child: Box<dyn Child + Send + Sync>,
    _master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
}

impl Pty {
    fn start(arguments: &[&str], folder: &Path, environment: &[(&str, &str)]) -> Pty {
        let (rows, columns) = (40u16, 100u16);
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(NETCORDON);
        command.args(arguments);
        command.cwd(folder);
        for name in ["NO_COLOR", "ACCESSIBLE"] {
            command.env_remove(name);
        }
        command.env("XDG_STATE_HOME", folder.join("state"));
        command.env("TERM", "xterm-256color");
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let some = |number: u16| NonZero::new(number).unwrap();
        let screen = vt100::Parser::new(some(rows), some(columns), 0);
        let shown = Arc::new((Mutex::new(Shown { screen: Some(screen), ..Shown::default() }), Condvar::new()));
        let mut output = pty.master.try_clone_reader().unwrap();
        let writer = Arc::clone(&shown);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            loop {
                let count = output.read(&mut bytes).unwrap_or(0);
                let mut shown = writer.0.lock().unwrap();
                shown.bytes.extend(&bytes[..count]);
                shown.screen.as_mut().unwrap().process(&bytes[..count]);
                shown.closed = count == 0;
                writer.1.notify_all();
                if count == 0 {
                    return;
                }
            }
        });
        let keys = pty.master.take_writer().unwrap();
        Pty { child, _master: pty.master, keys, shown }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn until(&self, what: &str, wanted: impl Fn(&Shown) -> bool) {
        let end = Instant::now() + PATIENCE;
        let mut shown = self.shown.0.lock().unwrap();
        while !wanted(&shown) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited in vain for {what}:\n{}", contents(&shown));
            shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
        }
    }

    /// Presses keys and waits until the last lines hold what follows from them.
    fn step(&mut self, keys: &str, text: &str) {
        self.press(keys);
        self.until(text, |shown| contents(shown).contains(text));
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(Command::new("kill").args([format!("-{name}"), id]).status().unwrap().success());
    }

    /// Waits for the end: its exit code, what the screen shows, and every byte.
    fn end(mut self) -> (u32, String, Vec<u8>) {
        self.until("the end", |shown| shown.closed);
        let code = self.child.wait().unwrap().exit_code();
        let shown = self.shown.0.lock().unwrap();
        let screen = shown.screen.as_ref().unwrap().screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste(), "not given back");
        (code, contents(&shown), shown.bytes.clone())
    }
}

fn contents(shown: &Shown) -> String {
    shown.screen.as_ref().unwrap().screen().contents()
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("prompts").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn drafts(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder.join("state/netcordon/drafts")) else { return 0 };
    entries.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|ext| ext == "json")).count()
}

/// From nothing to a written folder with arrows, completed words and Enter, once back with Esc.
#[test]
fn the_whole_way_with_prompts() {
    let folder = folder("whole");
    let mut pty = Pty::start(&["--plain"], &folder, &[]);
    pty.step("", "? What runs there?");
    // Nothing ticked is refused where it stands.
    pty.step(ENTER, "this must be answered");
    pty.step(&format!(" {ENTER}"), "? A name for this environment");
    pty.step(&format!("HPC{ENTER}"), "cannot be used here");
    // Asked again with what was typed, to be mended.
    pty.step("", "? A name for this environment HPC");
    pty.step(&format!("\x7f\x7f\x7fhpc-prod{ENTER}"), "? Which Azure cloud?");
    pty.step(ESC, "? A name for this environment hpc-prod");
    pty.step(ENTER, "? Which Azure cloud?");
    pty.step(ENTER, "? Which region?");
    pty.step("westeu", "  westeurope");
    pty.step(&format!("{DOWN}\t{ENTER}"), "? Resource group of the network");
    pty.step(&format!("rg-hpc{ENTER}"), "? Name of the virtual network");
    pty.step(&format!("vnet-hpc{ENTER}"), "? Its address space");
    pty.step(&format!("10.20.0.1/16{ENTER}"), "has host bits set: write `10.20.0.0/16`");
    pty.step("\x7f\x7f\x7f\x7f0/16", "Its address space 10.20.0.0/16");
    pty.step(ENTER, "? Create the virtual network");
    pty.step(ENTER, "? What about the rows?");
    pty.step(ENTER, "? Where do administrators come from?");
    pty.step(ENTER, "? 8 questions more");
    pty.step(ENTER, "? Where does outbound traffic go?");
    pty.step(ENTER, "? What gives the subnets a way");
    for _ in 0..40 {
        let before = pty.shown.0.lock().unwrap().bytes.len();
        if contents(&pty.shown.0.lock().unwrap()).contains("? Review: what now?") {
            break;
        }
        pty.press(ENTER);
        // The next prompt ends with its keys.
        pty.until("the next prompt", |shown| {
            let text = String::from_utf8_lossy(&shown.bytes[before..]).into_owned();
            text.matches("Ctrl-C leave").count() >= 1 && text.contains("? ")
        });
    }
    pty.step("", "? Review: what now?");
    pty.step(ENTER, "? Answers file hpc-prod.yaml");
    pty.step(ENTER, "? Output folder out");
    pty.press(ENTER);
    let (code, left, _) = pty.end();
    assert_eq!(code, 0, "{left}");
    assert!(left.contains("hpc-prod: wrote out") && left.contains("next: read out/README.md"), "{left}");
    assert_eq!(drafts(&folder), 0);
    let check = Command::new(NETCORDON)
        .args(["generate", "hpc-prod.yaml", "--out", "out", "--check"])
        .current_dir(&folder)
        .status();
    assert!(check.unwrap().success());
}

/// Ctrl-C asks once where something would be lost; the terminal is given back.
#[test]
fn leaving_asks_once() {
    let folder = folder("leaving");
    let mut pty = Pty::start(&["--plain"], &folder, &[]);
    pty.step("", "? What runs there?");
    pty.step(&format!(" {ENTER}"), "? A name for this environment");
    pty.step(CONTROL_C, "? Something is not saved yet");
    pty.press(CONTROL_C);
    let (code, left, _) = pty.end();
    assert_eq!(code, 130);
    assert!(left.contains("offers to go on from here"), "{left}");
    assert_eq!(drafts(&folder), 1);
    let mut pty = Pty::start(&["wizard", "--plain"], &folder, &[]);
    pty.step("", "? Go on where you were?");
    pty.step(ENTER, "? A name for this environment");
    pty.press(CONTROL_C);
    pty.step("", "? Something is not saved yet");
    pty.step(&format!("{DOWN}{DOWN}{DOWN}"), "> throw away");
    pty.press(ENTER);
    assert_eq!(pty.end().0, 130);
    assert_eq!(drafts(&folder), 0);
}

/// The line drops, the machine is shut down: the terminal is given back and nothing is lost.
#[test]
fn signals_end_it_with_a_draft() {
    for (arguments, term) in [(["wizard", "--plain"], "xterm"), (["wizard", "--out=o"], "dumb")] {
        for name in ["TERM", "HUP"] {
            let folder = folder(&format!("signal-{term}-{name}"));
            let mut pty = Pty::start(&arguments, &folder, &[("TERM", term)]);
            pty.step("", "What runs there?");
            pty.step(if term == "dumb" { "1\r" } else { " \r" }, "A name for this environment");
            pty.until("the prompt", |shown| contents(shown).contains("lower case"));
            pty.signal(name);
            assert_eq!(pty.end().0, 130, "{name}");
            assert_eq!(drafts(&folder), 1, "{name}");
        }
    }
}

/// Killed outright, what was answered is kept all the same.
#[test]
fn what_a_killed_wizard_was_told_comes_back() {
    let folder = folder("killed");
    let mut pty = Pty::start(&["--plain"], &folder, &[]);
    pty.step("", "? What runs there?");
    pty.step(&format!(" {ENTER}"), "? A name for this environment");
    pty.step(&format!("hpc-half{ENTER}"), "? Which Azure cloud?");
    pty.signal("KILL");
    pty.child.wait().unwrap();
    let mut pty = Pty::start(&["--plain"], &folder, &[]);
    pty.step("", "hpc-half, 2 answers");
    pty.step(ENTER, "? Which Azure cloud?");
    pty.signal("TERM");
    pty.end();
}

/// A terminal that only prints, or a user who hears the screen, gets text and line ends and nothing else.
#[test]
fn a_terminal_that_only_prints_gets_plain_text() {
    for environment in [("TERM", "dumb"), ("TERM", ""), ("ACCESSIBLE", "1")] {
        let folder = folder(&format!("plain-{}-{}", environment.0, environment.1));
        let mut pty = Pty::start(&[], &folder, &[environment]);
        pty.step("", "5) [ ] aks");
        pty.step("aks\r", "A name for this environment");
        pty.step("k8s\r", "Which Azure cloud?");
        pty.step(CONTROL_C, "Something is not saved yet");
        pty.press("\r");
        pty.step("", "Which Azure cloud?");
        pty.press("<\r");
        pty.step("", "[k8s] >");
        pty.press(CONTROL_D);
        let (code, left, bytes) = pty.end();
        assert_eq!(code, 130, "{left}");
        assert!(left.contains("The input has ended before the answers were saved."), "{left}");
        assert!(left.contains("offers to go on from here"), "{left}");
        assert!(!bytes.contains(&0x1b), "{left}");
        assert_eq!(drafts(&folder), 1);
    }
}

/// Without a terminal nobody can be asked: what to do instead, and what is missing.
#[test]
fn without_a_terminal_it_says_what_to_do() {
    let folder = folder("no-terminal");
    std::fs::write(folder.join("a.yaml"), "version: 1\nname: x\nscenarios: [aks]\n").unwrap();
    for (arguments, command) in [
        (vec!["--plain"], "netcordon generate FILE --out out"),
        (vec!["wizard", "--plain", "a.yaml"], "netcordon generate a.yaml --out out"),
    ] {
        let output = Command::new(NETCORDON).args(&arguments).current_dir(&folder).output().unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2));
        assert!(text.contains("needs a terminal") && text.contains(command), "{text}");
        assert!(text.contains("`region`") && text.contains("`egress.via`"), "{text}");
        assert_eq!(text.contains("`name`"), arguments.len() == 1, "{text}");
    }
    // Other verbs ask nothing.
    let output = Command::new(NETCORDON)
        .args(["--plain", "generate", "a.yaml", "--out", "o"])
        .current_dir(&folder)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("only the wizard asks line by line"));
}
