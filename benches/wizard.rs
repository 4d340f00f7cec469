//! From a key to the finished frame, everything that follows from the answer worked out: `cargo bench --bench wizard`.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use crossterm::event::{Event, KeyCode, KeyEvent};
use netcordon::cli::Wizard;
use netcordon::ui::tui::Screen;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::path::Path;
use std::time::{Duration, Instant};

fn main() {
    let answers = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hub-everything/answers.yaml");
    for (what, tab, keys) in [
        // To the question between service tags and host names, then from one to the other and back.
        ("rules, an answer changes", 0, [KeyCode::Down, KeyCode::Up]),
        ("files, an answer changes", 3, [KeyCode::Down, KeyCode::Up]),
        ("proof, an answer changes", 5, [KeyCode::Down, KeyCode::Up]),
        ("map, only the cursor moves", 6, [KeyCode::Left, KeyCode::Right]),
    ] {
        let mut program = Wizard::open(Some(&answers), Path::new("/nowhere/out"), None).unwrap();
        let interview = program.interview();
        let mut screen = Screen::new(&mut program, interview, false);
        let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
        let mut press = |code: KeyCode| {
            let start = Instant::now();
            let _ = screen.react(Event::Key(KeyEvent::from(code)));
            terminal.draw(|frame| screen.draw(frame)).unwrap();
            let frame = start.elapsed();
            screen.settle();
            (frame, start.elapsed())
        };
        for code in [KeyCode::Left, KeyCode::Home, KeyCode::Down, KeyCode::Down, KeyCode::Down, KeyCode::Enter] {
            press(code);
        }
        for _ in 0..4 {
            press(KeyCode::PageDown);
        }
        press(KeyCode::Tab);
        for _ in 0..tab {
            press(KeyCode::Right);
        }
        press(KeyCode::Esc);
        let (mut frames, mut all): (Vec<Duration>, Vec<Duration>) = (0..400).map(|turn| press(keys[turn % 2])).unzip();
        frames.sort();
        all.sort();
        let at = |times: &[Duration], percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1000.0;
        println!(
            "{what:<30} frame: median {:>7.3} ms   99 % {:>7.3} ms (bar 16 ms)   with files: 99 % {:>7.3} ms",
            at(&frames, 50),
            at(&frames, 99),
            at(&all, 99)
        );
    }
}
