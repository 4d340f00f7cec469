//! The full screen, drawn into memory: how each page looks at three sizes, and what any key does at any size.
//!
//! `UPDATE=1 cargo test --test screens` rewrites `tests/screens/*.txt` and `docs/wizard.svg`; read that diff.

#![allow(clippy::unwrap_used)]

mod answers;

use answers::some_answer;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use netcordon::cli::Wizard;
use netcordon::interview::Interview;
use netcordon::problem::Problem;
use netcordon::question::{
    Answers, Kind, QUESTIONS, Question, SUBNET_FIELDS, Value, as_typed, find, read, suggestions, to_yaml,
};
use netcordon::ui::tui::Screen;
use netcordon::ui::{Draft, End, File, LeftBehind, Places, Preview, Program, Saving, Written};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The real program without its hands: it previews, and neither saves nor writes nor keeps drafts.
struct Harmless {
    program: Wizard,
    places: Places,
    left: Vec<LeftBehind>,
}

impl Harmless {
    fn new(answers: Option<&str>) -> Self {
        let path = answers.map(|name| root().join("examples").join(name).join("answers.yaml"));
        // A folder that is not there: every file is new on every machine.
        let out = Path::new("/nowhere/netcordon/out");
        let program = Wizard::open(path.as_deref(), out, None).unwrap_or_else(|problems| panic!("{problems:?}"));
        let answers = if answers.is_some() { "answers.yaml".into() } else { String::new() };
        Harmless { program, places: Places { answers, out: "out".into(), ..Places::default() }, left: Vec::new() }
    }
}

impl Program for Harmless {
    fn preview(&mut self, answers: &Answers) -> Preview {
        self.program.preview(answers)
    }
    fn files(&mut self, answers: &Answers, out: &str) -> Result<Vec<File>, Vec<Problem>> {
        self.program.files(answers, &Path::new("/nowhere/netcordon").join(out).display().to_string())
    }
    fn saving(&self, answers: &Answers) -> Saving {
        self.program.saving(answers)
    }
    fn save(&mut self, _: &Answers) -> Result<(), Problem> {
        Ok(())
    }
    fn write(
        &mut self,
        _: &Answers,
        _: bool,
        progress: &mut dyn FnMut(usize, usize, &str),
    ) -> Result<Written, Vec<Problem>> {
        progress(1, 1, "out/README.md");
        Ok(Written { lines: vec!["wrote out (1 new)".into(), "next: read out/README.md".into()] })
    }
    fn places(&self) -> &Places {
        &self.places
    }
    fn choose_places(&mut self, places: Places) -> Result<(), Problem> {
        self.places = places;
        Ok(())
    }
    fn drop_key(&mut self, line: usize, column: usize) -> Result<(), Problem> {
        self.program.drop_key(line, column)
    }
    fn keep(&mut self, _: &Draft) -> Result<(), Problem> {
        Ok(())
    }
    fn forget(&mut self) {}
    fn left_behind(&self) -> Vec<LeftBehind> {
        self.left.clone()
    }
    fn resume(&mut self, _: &str) -> Result<Draft, Problem> {
        Err(Problem::at("", "the draft is gone", ""))
    }
    fn discard(&mut self, _: &str) {}
}

fn key(code: KeyCode) -> Event {
    Event::Key(KeyEvent::from(code))
}

fn control(letter: char) -> Event {
    Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL))
}

/// `Down Enter "text"`: keys by name, text in quotes, each letter a key.
fn keys(script: &str) -> Vec<Event> {
    let mut events = Vec::new();
    for (index, part) in script.split('"').enumerate() {
        if index % 2 == 1 {
            events.extend(part.chars().map(|letter| key(KeyCode::Char(letter))));
            continue;
        }
        for word in part.split_whitespace() {
            let (name, times) = word.split_once('*').map_or((word, 1), |(name, times)| (name, times.parse().unwrap()));
            let event = match name {
                "Enter" => key(KeyCode::Enter),
                "Esc" => key(KeyCode::Esc),
                "Up" => key(KeyCode::Up),
                "Down" => key(KeyCode::Down),
                "Left" => key(KeyCode::Left),
                "Right" => key(KeyCode::Right),
                "Tab" => key(KeyCode::Tab),
                "Home" => key(KeyCode::Home),
                "End" => key(KeyCode::End),
                "Del" => key(KeyCode::Delete),
                "PgDn" => key(KeyCode::PageDown),
                "PgUp" => key(KeyCode::PageUp),
                "F1" => key(KeyCode::F(1)),
                name => control(name.strip_prefix("C-").and_then(|name| name.chars().next()).unwrap()),
            };
            events.extend(std::iter::repeat_n(event, times));
        }
    }
    events
}

fn terminal(width: u16, height: u16) -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(width, height)).unwrap()
}

fn play(screen: &mut Screen, terminal: &mut Terminal<TestBackend>, events: Vec<Event>) {
    screen.settle();
    terminal.draw(|frame| screen.draw(frame)).unwrap();
    for event in events {
        let _ = screen.handle(event);
        terminal.draw(|frame| screen.draw(frame)).unwrap();
    }
}

/// The screen as text, and below it which cells are reversed and where the cursor is: what colour and cursor would say.
fn as_text(terminal: &Terminal<TestBackend>, cursor: bool) -> String {
    let buffer = terminal.backend().buffer();
    let mut text = String::new();
    let mut reversed = String::new();
    for y in 0..buffer.area.height {
        let mut line = String::new();
        let mut marked: Option<(u16, u16)> = None;
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            line.push_str(cell.symbol());
            if cell.modifier.contains(Modifier::REVERSED) {
                marked = Some((marked.map_or(x, |(from, _)| from), x));
            }
            x += u16::try_from(netcordon::ui::text::width(cell.symbol())).unwrap().max(1);
        }
        if let Some((from, to)) = marked {
            let _ = writeln!(reversed, "reversed: line {}, columns {} to {}", y + 1, from + 1, to + 1);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.push_str(&reversed);
    if cursor {
        let at = terminal.backend().cursor_position();
        let _ = writeln!(text, "cursor: line {}, column {}", at.y + 1, at.x + 1);
    }
    text
}

/// Each scene: its name, the example that it starts from, the keys.
const SCENES: &[(&str, &str, &str)] = &[
    ("start", "", ""),
    ("one-scenario-ticked", "", "Enter"),
    ("name", "", "Enter End Enter \"hpc-prod\""),
    ("region-searched", "", "Enter End Enter \"hpc\" Enter*2 \"europe\""),
    (
        "subnets-proposed",
        "",
        "Enter End Enter \"hpc\" Enter*2 \"westeurope\" Enter \"rg\" Enter \"vnet\" Enter \"10.20.0.0/16\" Enter*2",
    ),
    (
        "cell-of-text",
        "",
        "Enter End Enter \"hpc\" Enter*2 \"westeurope\" Enter \"rg\" Enter \"vnet\" Enter \"10.20.0.0/16\" Enter*2 Up*3 Right Enter C-u \"10.9\" Enter",
    ),
    (
        "cell-of-roles",
        "",
        "Enter End Enter \"hpc\" Enter*2 \"westeurope\" Enter \"rg\" Enter \"vnet\" Enter \"10.20.0.0/16\" Enter*2 Up*3 Right*2 Enter",
    ),
    (
        "wrong-text",
        "",
        "Enter End Enter \"hpc\" Enter*2 \"westeurope\" Enter \"rg\" Enter \"vnet\" Enter \"10.20.0.0/8\" Enter",
    ),
    ("review-of-an-example", "aml-no-public-ip-firewall", ""),
    ("egress", "aml-no-public-ip-firewall", "Left Home Down*3 Enter"),
    ("what-an-answer-changes", "aml-no-public-ip-firewall", "Left Home Down*3 Enter PgDn*4 Up"),
    (
        "what-an-answer-changes-at-the-firewall",
        "aml-no-public-ip-firewall",
        "Left Home Down*3 Enter PgDn*4 Up Tab Right",
    ),
    ("a-rule-and-its-source", "hub-everything", "Tab Down*2"),
    ("routes", "aml-public-ip-firewall", "Tab Right*2"),
    ("files", "cyclecloud-vm", "Tab Right*3"),
    ("a-file", "cyclecloud-vm", "Tab Right*3 Down*6 Enter"),
    ("warnings", "cyclecloud-vm", "Tab Right*4"),
    ("proof", "hub-everything", "Tab Right*5"),
    ("map", "hub-everything", "Tab Right*6"),
    ("a-scenario-is-missing-its-subnet", "cyclecloud-vm", "Left Home Enter Home Down*4 Enter Left End Up Enter"),
    ("more-questions", "cyclecloud-vm", "Left Home Down*4 Enter C-o Down*9"),
    ("outputs", "cyclecloud-vm", "Left Home Down*6 Enter"),
    ("outputs-one-looked-at", "cyclecloud-vm", "Left Home Down*6 Enter Home Down*4"),
    (
        "both-kinds-of-compute",
        "",
        "Down*2 Enter Down Enter End Enter \"ml\" Enter*2 \"westeurope\" Enter \"rg\" Enter \"vnet\" Enter \"10.20.0.0/16\" Enter*2 Up*2",
    ),
    ("others", "cyclecloud-vm", "Left Home Down*2 Enter Down*3"),
    ("pairs", "cyclecloud-vm", "Left Home Down*2 Enter C-o Down End"),
    ("write", "cyclecloud-vm", "Left End Enter"),
    ("written", "cyclecloud-vm", "Left End Enter*2"),
    ("keys", "cyclecloud-vm", "F1"),
    ("leave", "", "Enter C-c"),
    ("save-as", "", "Enter C-s"),
];

#[test]
fn every_page_looks_as_reviewed() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for (name, example, script) in SCENES {
        let mut text = String::new();
        for (width, height) in [(60, 16), (80, 24), (120, 40)] {
            let mut program = Harmless::new((!example.is_empty()).then_some(*example));
            let interview = program.program.interview();
            let mut screen = Screen::new(&mut program, interview, false);
            let mut terminal = terminal(width, height);
            play(&mut screen, &mut terminal, keys(script));
            let _ = writeln!(text, "== {width}×{height}");
            text.push_str(&as_text(&terminal, false));
        }
        compare(&format!("tests/screens/{name}.txt"), &text, update, &mut wrong);
    }
    assert!(wrong.is_empty(), "not as reviewed, see the diff after UPDATE=1: {wrong:?}");
}

fn compare(path: &str, text: &str, update: bool, wrong: &mut Vec<String>) {
    let place = root().join(path);
    if update {
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(&place, text).unwrap();
    } else if std::fs::read_to_string(&place).unwrap_or_default().replace("\r\n", "\n") != text {
        wrong.push(path.to_string());
    }
}

#[test]
fn drafts_of_others_are_offered() {
    let mut program = Harmless::new(None);
    let draft = |id: &str, what: &str| LeftBehind { id: id.into(), what: what.into(), when: "2 hours ago".into() };
    program.left = vec![draft("1", "hpc-prod, 9 answers"), draft("2", "ml, 1 answer, for /srv/ml.yaml")];
    let mut screen = Screen::new(&mut program, Interview::default(), false);
    let mut terminal = terminal(80, 24);
    play(&mut screen, &mut terminal, Vec::new());
    let mut wrong = Vec::new();
    let update = std::env::var_os("UPDATE").is_some();
    compare("tests/screens/drafts-left-behind.txt", &as_text(&terminal, false), update, &mut wrong);
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// Without colour every mark is still there: the same text, and no cell has a colour.
#[test]
fn monochrome_says_the_same() {
    let (name, example, script) = SCENES.iter().find(|(name, ..)| name.starts_with("what-an-answer")).unwrap();
    let drawn = |monochrome: bool| {
        let mut program = Harmless::new(Some(example));
        let interview = program.program.interview();
        let mut screen = Screen::new(&mut program, interview, monochrome);
        let mut terminal = terminal(120, 40);
        play(&mut screen, &mut terminal, keys(script));
        (as_text(&terminal, true), terminal.backend().buffer().clone())
    };
    let ((colour, with), (plain, without)) = (drawn(false), drawn(true));
    assert_eq!(colour, plain, "{name}");
    assert!(with.content.iter().any(|cell| cell.fg != Color::Reset));
    assert!(without.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    // Only colours that are legible on light and on dark, and never a background.
    let legible = [Color::Reset, Color::Green, Color::Red, Color::Magenta];
    assert!(with.content.iter().all(|cell| legible.contains(&cell.fg) && cell.bg == Color::Reset));
}

#[test]
fn too_small_says_so() {
    for (width, height) in [(39, 30), (100, 9), (12, 3), (1, 1)] {
        let mut program = Harmless::new(None);
        let mut screen = Screen::new(&mut program, Interview::default(), false);
        let mut terminal = terminal(width, height);
        play(&mut screen, &mut terminal, keys("Enter Down"));
        assert!(width < 5 || as_text(&terminal, false).starts_with("needs"), "{}", as_text(&terminal, false));
    }
}

/// A wizard whose preview is always the same: for what thousands of keys do to the screen alone.
struct Canned {
    preview: Preview,
    places: Places,
}

impl Program for Canned {
    fn preview(&mut self, answers: &Answers) -> Preview {
        if answers.scenarios.is_some() { self.preview.clone() } else { Preview::default() }
    }
    fn files(&mut self, _: &Answers, _: &str) -> Result<Vec<File>, Vec<Problem>> {
        let file = |path: &str, state: &'static str, held: bool| File {
            path: path.into(),
            state,
            held,
            text: "one\ttwo 三\n".repeat(50),
            diff: "-a\n+b\n".into(),
        };
        Ok(vec![file("a/ünï\u{202e}.txt", "new", false), file("b", "edited by hand", true)])
    }
    fn saving(&self, _: &Answers) -> Saving {
        Saving { changes: true, anew: true, diff: "-x\n+y\n".into() }
    }
    fn save(&mut self, _: &Answers) -> Result<(), Problem> {
        Err(Problem::in_file("answers.yaml", "cannot write it: \u{1b}[2J", "nothing"))
    }
    fn write(
        &mut self,
        _: &Answers,
        force: bool,
        progress: &mut dyn FnMut(usize, usize, &str),
    ) -> Result<Written, Vec<Problem>> {
        progress(0, 0, "");
        progress(3, 2, "b");
        if force { Ok(Written::default()) } else { Err(vec![Problem::at("", "no", "")]) }
    }
    fn places(&self) -> &Places {
        &self.places
    }
    fn choose_places(&mut self, places: Places) -> Result<(), Problem> {
        self.places = places;
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
        vec![LeftBehind { id: "1".into(), what: "x".into(), when: "just now".into() }]
    }
    fn resume(&mut self, _: &str) -> Result<Draft, Problem> {
        Ok(Draft { at: "no.such".into(), typed: BTreeMap::from([("admins".into(), "10.".into())]), ..Draft::default() })
    }
    fn discard(&mut self, _: &str) {}
}

/// Some key, click, paste or other size.
fn some_event() -> impl Strategy<Value = Event> {
    let codes = prop_oneof![
        4 => Just(KeyCode::Enter),
        3 => Just(KeyCode::Down),
        2 => Just(KeyCode::Up),
        2 => Just(KeyCode::Left),
        2 => Just(KeyCode::Right),
        1 => Just(KeyCode::Tab),
        1 => Just(KeyCode::BackTab),
        1 => Just(KeyCode::Esc),
        1 => Just(KeyCode::Home),
        1 => Just(KeyCode::End),
        1 => Just(KeyCode::PageUp),
        2 => Just(KeyCode::PageDown),
        1 => Just(KeyCode::Delete),
        1 => Just(KeyCode::Backspace),
        1 => Just(KeyCode::F(1)),
        5 => any::<char>().prop_map(KeyCode::Char),
        5 => "[a-z0-9 ./?+中é]".prop_map(|text| KeyCode::Char(text.chars().next().unwrap())),
    ];
    let key = (codes, prop_oneof![9 => Just(KeyModifiers::NONE), 1 => Just(KeyModifiers::CONTROL)])
        .prop_map(|(code, modifiers)| Event::Key(KeyEvent::new(code, modifiers)));
    let kinds = prop_oneof![
        Just(MouseEventKind::Down(MouseButton::Left)),
        Just(MouseEventKind::ScrollUp),
        Just(MouseEventKind::ScrollDown),
        Just(MouseEventKind::Down(MouseButton::Right)),
    ];
    let mouse = (kinds, 0u16..140, 0u16..50)
        .prop_map(|(kind, column, row)| Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }));
    let paste = any::<String>().prop_map(Event::Paste);
    let size = (0u16..140, 0u16..50).prop_map(|(width, height)| Event::Resize(width, height));
    prop_oneof![20 => key, 4 => mouse, 1 => paste, 1 => size]
}

/// Plays any events, the terminal taking whatever size they say.
fn survives(program: &mut dyn Program, interview: Interview, size: (u16, u16), events: Vec<Event>) {
    let mut screen = Screen::new(program, interview, false);
    let mut terminal = terminal(size.0, size.1);
    play(&mut screen, &mut terminal, Vec::new());
    for event in events {
        if let Event::Resize(width, height) = event {
            terminal.backend_mut().resize(width, height);
        }
        let _ = screen.handle(event);
        terminal.draw(|frame| screen.draw(frame)).unwrap();
        for cell in &terminal.backend().buffer().content {
            assert!(cell.symbol().chars().all(netcordon::problem::is_seen), "{:?}", cell.symbol());
        }
    }
}

fn canned() -> Canned {
    let mut program = Harmless::new(Some("hub-everything"));
    let answers = program.program.interview().answers();
    Canned { preview: program.preview(&answers), places: program.places }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Random keys, clicks and pastes at random sizes never panic, and never show a character that steers a terminal.
    #[test]
    fn any_keys_at_any_size(
        size in (1u16..140, 1u16..50),
        started in any::<bool>(),
        events in proptest::collection::vec(some_event(), 0..120),
    ) {
        let mut program = canned_once().clone_program();
        let interview = if started { hub() } else { Interview::default() };
        survives(&mut program, interview, size, events);
    }
}

impl Canned {
    fn clone_program(&self) -> Canned {
        Canned { preview: self.preview.clone(), places: self.places.clone() }
    }
}

fn canned_once() -> &'static Canned {
    static ONCE: std::sync::OnceLock<Canned> = std::sync::OnceLock::new();
    ONCE.get_or_init(canned)
}

fn hub() -> Interview {
    let bytes = std::fs::read(root().join("examples/hub-everything/answers.yaml")).unwrap();
    Interview::start(read("a.yaml", &bytes, &[]).answers)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// The same with everything that really follows from the answers.
    #[test]
    fn any_keys_with_the_real_program(events in proptest::collection::vec(some_event(), 0..60)) {
        let mut program = Harmless::new(Some("cyclecloud-vm"));
        let interview = program.program.interview();
        survives(&mut program, interview, (100, 30), events);
    }
}

/// The keys that give this answer to the question in front, whatever it was answered before.
fn answering(question: &Question, value: &Value, answers: &Answers) -> Vec<Event> {
    let text = |text: &str| text.chars().map(|letter| key(KeyCode::Char(letter))).collect::<Vec<_>>();
    let times = |code: KeyCode, count: usize| vec![key(code); count];
    let listed = |options: &[String], chosen: &[String], many: bool| {
        let mut events = times(KeyCode::Home, 1);
        for (index, option) in options.iter().enumerate() {
            if index > 0 {
                events.extend(times(KeyCode::Down, 1));
            }
            if chosen.contains(option) {
                events.extend(times(KeyCode::Char(' '), 1));
                if !many {
                    break;
                }
            }
        }
        events
    };
    let words = |kind: Kind| -> Vec<String> {
        match kind {
            Kind::Choice(choices) | Kind::Many(choices) => {
                choices.iter().map(|choice| choice.word.to_string()).collect()
            }
            _ => vec!["yes".into(), "no".into()],
        }
    };
    let chosen = |value: &Value| -> Vec<String> {
        match value {
            Value::Text(word) => vec![word.clone()],
            Value::List(words) => words.clone(),
            Value::Flag(flag) => vec![if *flag { "yes" } else { "no" }.to_string()],
            _ => Vec::new(),
        }
    };
    let cell = |kind: Kind, value: &Value| -> Vec<Event> {
        let mut events = times(KeyCode::Enter, 1);
        match kind {
            Kind::Many(_) => {
                events.extend(times(KeyCode::Delete, 1));
                events.extend(listed(&words(kind), &chosen(value), true));
                events.extend([key(KeyCode::End), key(KeyCode::Enter)]);
            }
            Kind::Choice(_) | Kind::Flag => {
                events.extend(listed(&words(kind), &chosen(value), false));
                events.extend(times(KeyCode::Enter, 1));
            }
            _ => {
                events.push(control('u'));
                events.extend(text(&as_typed(value)));
                events.extend(times(KeyCode::Enter, 1));
            }
        }
        events
    };
    let offered: Vec<String> = suggestions(question, answers).into_iter().map(|offer| offer.word).collect();
    match question.kind {
        Kind::Text if !offered.is_empty() => [text(&as_typed(value)), times(KeyCode::Enter, 1)].concat(),
        Kind::Texts if !offered.is_empty() => {
            let mut events = times(KeyCode::Delete, 1);
            for word in chosen(value) {
                events.extend([text(&word), times(KeyCode::Enter, 1), vec![control('u')]].concat());
            }
            events
        }
        Kind::Text | Kind::Number(..) | Kind::Texts | Kind::Prefixes => {
            [vec![key(KeyCode::End), control('u')], text(&as_typed(value))].concat()
        }
        Kind::Flag | Kind::Choice(_) => listed(&words(question.kind), &chosen(value), false),
        Kind::Many(_) => {
            // From nothing: forgetting leaves the default, from which words are taken away. An answer is said even where
            // it is the default: one word ticked and unticked.
            let mut events = times(KeyCode::Delete, 1);
            let default = (question.default)(answers).map(|value| chosen(&value)).unwrap_or_default();
            let wanted = chosen(value);
            let differ: Vec<String> = words(question.kind)
                .into_iter()
                .filter(|word| default.contains(word) != wanted.contains(word))
                .collect();
            if differ.is_empty() {
                events.extend(times(KeyCode::Char(' '), 2));
            }
            events.extend(listed(&words(question.kind), &differ, true));
            events
        }
        Kind::Pairs | Kind::Records(_) => {
            let (fields, rows) = match value {
                Value::Pairs(pairs) => {
                    let text = |text: &String| Value::Text(text.clone());
                    let row = |(name, value): (&String, &String)| {
                        BTreeMap::from([("name".to_string(), text(name)), ("value".to_string(), text(value))])
                    };
                    (vec![("name", Kind::Text), ("value", Kind::Text)], pairs.iter().map(row).collect())
                }
                Value::Records(rows) => match question.kind {
                    Kind::Records(fields) => {
                        (fields.iter().map(|field| (field.name, field.kind)).collect(), rows.clone())
                    }
                    _ => unreachable!(),
                },
                _ => unreachable!(),
            };
            // Away with what is there, then row after row; a new row opens its first cell.
            let mut events = [times(KeyCode::Home, 1), times(KeyCode::Delete, 12)].concat();
            for row in rows {
                events.extend(times(KeyCode::Char('+'), 1));
                events.extend(times(KeyCode::Esc, 1));
                // A cell that is taken leads to the next.
                for (name, kind) in &fields {
                    events.extend(cell(*kind, &row[*name]));
                }
            }
            events
        }
    }
}

/// Goes to a question by keys: to its step by the rail, then question after question.
fn go_to(screen: &mut Screen, terminal: &mut Terminal<TestBackend>, question: &Question) -> bool {
    let pages = |screen: &Screen| {
        let interview = Interview::start(screen.said().said);
        let mut steps: Vec<_> = interview.questions(true).map(|question| question.step).collect();
        steps.sort();
        steps.dedup();
        steps
    };
    let Some(at) = pages(screen).iter().position(|step| *step == question.step) else { return false };
    play(screen, terminal, keys(&format!("Tab*2 Home Down*{at} Enter")));
    for _ in 0..QUESTIONS.len() {
        if screen.said().at == question.path {
            return true;
        }
        play(screen, terminal, keys("PgDn"));
    }
    false
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// Keys on the screen, answers to the interview, and the file that either saves: the same answers.
    #[test]
    fn fronts_agree(steps in proptest::collection::vec((0usize..200, 0usize..64), 1..16)) {
        let mut interview = Interview::default();
        let mut program = canned_once().clone_program();
        let mut screen = Screen::new(&mut program, Interview::default(), false);
        let mut terminal = terminal(100, 40);
        // Past the offer of drafts, and to every question.
        play(&mut screen, &mut terminal, keys("Down Enter C-o"));
        for (index, seed) in steps {
            let asked: Vec<&Question> = interview.questions(true).collect();
            // Scenarios early, or little is asked.
            let question = if seed.is_multiple_of(5) { &QUESTIONS[0] } else { asked[index % asked.len()] };
            let value = some_answer(question, seed, &interview.answers());
            prop_assert!(go_to(&mut screen, &mut terminal, question), "{}", question.path);
            let events = answering(question, &value, &screen.answers());
            play(&mut screen, &mut terminal, events);
            play(&mut screen, &mut terminal, keys("Tab*3"));
            interview.answer(question.path, value).unwrap();
            prop_assert_eq!(to_yaml(&screen.answers()), to_yaml(&interview.answers()), "{}", question.path);
        }
        let text = to_yaml(&interview.answers());
        let back = read("a.yaml", text.as_bytes(), &[]);
        prop_assert!(back.problems.is_empty(), "{:?}", back.problems);
        prop_assert_eq!(to_yaml(&back.answers), to_yaml(&screen.answers()));
    }
}

/// A question that a few words, yes or no, or a number answer, so that a plan mostly comes of it.
fn is_plain(question: &Question) -> bool {
    matches!(question.kind, Kind::Flag | Kind::Choice(_) | Kind::Many(_) | Kind::Number(..))
        && !["scenarios", "cloud", "aml.managed_network"].contains(&question.path)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// The same answers by keys into a file with comments, and in a file of its own, in block style or as JSON: the same
    /// plan, the same files, the same problems.
    #[test]
    fn the_same_answers_make_the_same_plan_and_files(
        example in 0usize..4,
        json in any::<bool>(),
        steps in proptest::collection::vec((0usize..200, 0usize..64), 0..4),
    ) {
        let example = ["cyclecloud-vm", "cyclecloud-return-proxy", "aml-no-public-ip-firewall", "aks-firewall"][example];
        let mut by_keys = Harmless::new(Some(example));
        let mut interview = by_keys.program.interview();
        let answers = {
            let mut screen = Screen::new(&mut by_keys, interview.clone(), false);
            let mut terminal = terminal(100, 40);
            play(&mut screen, &mut terminal, keys("C-o"));
            for (index, seed) in steps {
                let asked: Vec<&Question> = interview.questions(true).filter(|question| is_plain(question)).collect();
                let question = asked[index % asked.len()];
                let value = some_answer(question, seed, &interview.answers());
                prop_assert!(go_to(&mut screen, &mut terminal, question), "{}", question.path);
                let events = answering(question, &value, &screen.answers());
                play(&mut screen, &mut terminal, events);
                interview.answer(question.path, value).unwrap();
            }
            play(&mut screen, &mut terminal, keys("Tab*3"));
            screen.answers()
        };
        let text = if json {
            let mut root = serde_json::to_value(interview.answers()).unwrap();
            root.as_object_mut().unwrap().insert("version".into(), 1.into());
            root.to_string()
        } else {
            to_yaml(&interview.answers())
        };
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screens");
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("answers.yaml");
        std::fs::write(&file, &text).unwrap();
        let mut by_file = Wizard::open(Some(&file), Path::new("/nowhere/netcordon/out"), None).unwrap();
        let read = by_file.interview().answers();
        prop_assert_eq!(to_yaml(&answers), to_yaml(&read));
        let (one, other) = (by_keys.preview(&answers), by_file.preview(&read));
        prop_assert_eq!(&one.plan, &other.plan);
        let whats = |problems: &[Problem]| problems.iter().map(|problem| problem.what.clone()).collect::<Vec<_>>();
        prop_assert_eq!(whats(&one.problems), whats(&other.problems));
        match (by_keys.files(&answers, "out"), by_file.files(&read, "out")) {
            (Ok(one), Ok(other)) => prop_assert_eq!(one, other),
            (Err(one), Err(other)) => prop_assert_eq!(whats(&one), whats(&other)),
            (one, other) => prop_assert!(false, "{} and {}", one.is_ok(), other.is_ok()),
        }
    }
}

/// Words that are still typed into a cell are an answer as soon as they are one, and kept until then: whatever is done next,
/// nothing of them is lost, and Esc leaves the cell as it was.
#[test]
fn what_is_typed_into_a_cell_is_kept() {
    let mut program = Harmless::new(Some("cyclecloud-vm"));
    let interview = program.program.interview();
    let mut screen = Screen::new(&mut program, interview, false);
    let mut terminal = terminal(100, 40);
    screen.settle();
    assert!(go_to(&mut screen, &mut terminal, find("subnets").unwrap()));
    let prefix = |screen: &Screen| screen.answers().subnets.unwrap()[0].prefix.unwrap().to_string();
    let before = prefix(&screen);
    play(&mut screen, &mut terminal, keys("Home Right Enter C-u \"10.20.9.0/2\""));
    assert!(screen.said().typed["subnets"].contains("10.20.9.0/2"));
    // Away and back: the cell is open as it was, and goes on to be an answer.
    play(&mut screen, &mut terminal, keys("PgDn PgUp \"7\""));
    assert_eq!(prefix(&screen), "10.20.9.0/27");
    assert!(screen.said().typed.is_empty());
    play(&mut screen, &mut terminal, keys("Esc"));
    assert_eq!(prefix(&screen), before);
    // Names with texts that are not whole yet.
    play(&mut screen, &mut terminal, keys("C-o"));
    assert!(go_to(&mut screen, &mut terminal, find("tags").unwrap()));
    play(&mut screen, &mut terminal, keys("Up Enter \"cost\""));
    let _ = screen.handle(key(KeyCode::PageDown));
    play(&mut screen, &mut terminal, keys("PgUp"));
    assert!(as_text(&terminal, false).contains("cost"), "{}", as_text(&terminal, false));
}

/// From a problem in the review to its question and, mended, back to the review.
#[test]
fn the_review_leads_to_a_question_and_back() {
    let mut program = Harmless::new(Some("cyclecloud-vm"));
    let interview = program.program.interview();
    let mut screen = Screen::new(&mut program, interview, false);
    let mut terminal = terminal(100, 40);
    screen.settle();
    assert!(go_to(&mut screen, &mut terminal, find("name").unwrap()));
    play(&mut screen, &mut terminal, keys("End C-u \"HPC\" Tab*2 End Up Enter"));
    assert!(as_text(&terminal, false).contains("! name: `HPC` cannot be used here"));
    play(&mut screen, &mut terminal, keys("Enter"));
    assert!(as_text(&terminal, false).contains("A name for this environment"));
    play(&mut screen, &mut terminal, keys("End C-u \"hpc\" Enter"));
    assert!(as_text(&terminal, false).contains("Nothing is wrong and nothing is missing"));
}

/// The key sheet is longer than a small screen, and can be read to its end with arrows.
#[test]
fn the_key_sheet_scrolls() {
    let mut program = Harmless::new(None);
    let mut screen = Screen::new(&mut program, Interview::default(), false);
    let mut terminal = terminal(60, 16);
    play(&mut screen, &mut terminal, keys("F1"));
    assert!(as_text(&terminal, false).contains("↓ more"));
    play(&mut screen, &mut terminal, keys("Down*30"));
    let text = as_text(&terminal, false);
    assert!(text.contains("rule added, changed, removed by the last") && !text.contains("↓ more"), "{text}");
    play(&mut screen, &mut terminal, keys("Enter"));
    assert!(as_text(&terminal, false).contains("What runs there?"));
}

/// The portal's spelling of a region finds it.
#[test]
fn a_region_is_found_by_words() {
    for typed in ["westeurope", "West Europe", "westeu", "WESTEUROPE"] {
        let mut program = Harmless::new(None);
        let mut screen = Screen::new(&mut program, Interview::default(), false);
        let mut terminal = terminal(100, 40);
        let script = format!("Enter End Enter \"x\" Enter*2 \"{typed}\" Enter");
        play(&mut screen, &mut terminal, keys(&script));
        assert_eq!(screen.answers().region.as_deref(), Some("westeurope"), "{typed}");
    }
}

/// A text pasted over several lines is one list, and a long one stays whole.
#[test]
fn pastes_of_many_lines_are_one_answer() {
    let mut program = Harmless::new(Some("cyclecloud-vm"));
    let interview = program.program.interview();
    let mut screen = Screen::new(&mut program, interview, false);
    let mut terminal = terminal(80, 24);
    screen.settle();
    assert!(go_to(&mut screen, &mut terminal, find("admins").unwrap()));
    let lines: String = (0..200).map(|n| format!("10.{n}.0.0/16\r\n")).collect();
    play(&mut screen, &mut terminal, vec![key(KeyCode::End), control('u'), Event::Paste(lines)]);
    assert_eq!(screen.answers().admins.unwrap().len(), 200);
}

/// Every field of a subnet is a column once all is shown.
#[test]
fn the_table_of_subnets_has_every_field() {
    let mut program = Harmless::new(Some("extend-existing"));
    let interview = program.program.interview();
    let mut screen = Screen::new(&mut program, interview, false);
    let mut terminal = terminal(160, 40);
    play(&mut screen, &mut terminal, keys("C-o"));
    assert!(go_to(&mut screen, &mut terminal, find("subnets").unwrap()));
    let text = as_text(&terminal, false);
    for field in SUBNET_FIELDS {
        assert!(text.contains(field.name), "{}\n{text}", field.name);
    }
}

/// Leaving with something unsaved asks, and a second Ctrl-C leaves with a draft; with nothing unsaved it just leaves.
#[test]
fn leaving_asks_once() {
    let mut program = Harmless::new(None);
    let mut screen = Screen::new(&mut program, Interview::default(), false);
    screen.settle();
    assert_eq!(screen.handle(key(KeyCode::Enter)), None);
    assert_eq!(screen.handle(control('c')), None);
    assert_eq!(screen.handle(control('c')), Some(End::Kept));
    let mut program = Harmless::new(Some("aks-firewall"));
    let interview = program.program.interview();
    let mut screen = Screen::new(&mut program, interview, false);
    screen.settle();
    assert_eq!(screen.handle(control('c')), Some(End::Saved));
}

/// The picture of the README, from the program's own screen.
#[test]
fn the_picture_of_the_readme_is_the_screen() {
    let mut program = Harmless::new(Some("hub-everything"));
    let interview = program.program.interview();
    let mut screen = Screen::new(&mut program, interview, false);
    let mut terminal = terminal(120, 36);
    play(&mut screen, &mut terminal, keys("Left Home Down*3 Enter PgDn*4 Down"));
    let mut wrong = Vec::new();
    compare("docs/wizard.svg", &svg(terminal.backend().buffer()), std::env::var_os("UPDATE").is_some(), &mut wrong);
    assert!(wrong.is_empty(), "`UPDATE=1 cargo test --test screens` draws it anew");
}

/// A screen as a picture: one text element a run of cells that look alike.
fn svg(buffer: &Buffer) -> String {
    let (wide, tall, left, top) = (8.4, 18.0, 16.0, 16.0);
    let (columns, lines) = (f64::from(buffer.area.width), f64::from(buffer.area.height));
    let (width, height) = (columns * wide + 2.0 * left, lines * tall + 2.0 * top);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" \
         aria-label=\"netcordon's wizard\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16181d\"/>\n\
         <g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"14\" \
         fill=\"#d8dade\" xml:space=\"preserve\">\n"
    );
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let (first, start) = (&buffer[(x, y)], x);
            let mut text = String::new();
            while x < buffer.area.width && buffer[(x, y)].style() == first.style() {
                text.push_str(buffer[(x, y)].symbol());
                x += u16::try_from(netcordon::ui::text::width(buffer[(x, y)].symbol())).unwrap().max(1);
            }
            let reversed = first.modifier.contains(Modifier::REVERSED);
            let (px, py) = (left + f64::from(start) * wide, top + f64::from(y) * tall);
            let run = f64::from(x - start) * wide;
            if reversed {
                let _ = writeln!(
                    svg,
                    "<rect x=\"{px:.1}\" y=\"{py:.1}\" width=\"{run:.1}\" height=\"{tall}\" fill=\"#d8dade\"/>"
                );
            }
            if text.trim().is_empty() && !first.modifier.contains(Modifier::UNDERLINED) {
                continue;
            }
            let mut style = String::new();
            let fill = match first.fg {
                _ if reversed => Some("#16181d"),
                Color::Green => Some("#7ec87e"),
                Color::Red => Some("#ef7f7f"),
                Color::Magenta => Some("#d79ae0"),
                _ if first.modifier.contains(Modifier::DIM) => Some("#8b909a"),
                _ => None,
            };
            if let Some(fill) = fill {
                let _ = write!(style, " fill=\"{fill}\"");
            }
            if first.modifier.contains(Modifier::BOLD) {
                style.push_str(" font-weight=\"bold\"");
            }
            if first.modifier.contains(Modifier::UNDERLINED) {
                style.push_str(" text-decoration=\"underline\"");
            }
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let baseline = py + 13.5;
            let _ = writeln!(
                svg,
                "<text x=\"{px:.1}\" y=\"{baseline:.1}\" textLength=\"{run:.1}\" lengthAdjust=\"spacingAndGlyphs\"{style}>{text}</text>"
            );
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}
