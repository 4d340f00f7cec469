//! The real terminal: taken over and given back in every case, its keys and the system's signals in one line of messages.

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event, read,
};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use std::io::{self, BufWriter, Stdout, stdout};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// What happens to the wizard from outside.
pub(super) enum Message {
    /// A key, a click, a paste, another size.
    Input(Event),
    /// The system wants us to end.
    End,
    /// The system wants us to stop for a while.
    Suspend,
    /// We go on after we were stopped.
    Continue,
    /// The terminal is gone.
    Broken(io::Error),
}

type Screen = ratatui::Terminal<CrosstermBackend<BufWriter<Stdout>>>;

/// The terminal while it is ours. Dropping it gives it back.
pub(super) struct Terminal {
    pub(super) screen: Screen,
}

impl Terminal {
    /// Takes the terminal over. From here on a panic gives it back before it says anything.
    pub(super) fn take() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                give_back();
                before(panic);
            }));
        });
        enter()?;
        let screen = Screen::new(CrosstermBackend::new(BufWriter::with_capacity(1 << 16, stdout())));
        screen.map(|screen| Terminal { screen }).inspect_err(|_| give_back())
    }

    /// Gives the terminal to the shell until it sends us on.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        give_back();
        #[cfg(unix)]
        signal_hook::low_level::raise(signal_hook::consts::SIGSTOP)?;
        self.take_again()
    }

    /// Takes the terminal over again: whoever had it meanwhile may have left it in any state.
    pub(super) fn take_again(&mut self) -> io::Result<()> {
        give_back();
        enter()?;
        let size = self.screen.size()?;
        // Everything is drawn anew.
        self.screen.resize(Rect::new(0, 0, size.width, size.height))
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

/// Whether the terminal is ours now. Given back twice, it would put the cursor back over what was written meanwhile.
static OURS: AtomicBool = AtomicBool::new(false);

fn enter() -> io::Result<()> {
    OURS.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableMouseCapture, EnableBracketedPaste)
}

/// Nothing can be done where this fails: the terminal is gone.
fn give_back() {
    if !OURS.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ =
        execute!(stdout(), DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, crossterm::cursor::Show);
    let _ = disable_raw_mode();
}

/// Everything that happens, in its order. Whoever waits for it uses no processor.
pub(super) fn messages() -> io::Result<Receiver<Message>> {
    let (sender, receiver) = channel();
    signals(sender.clone())?;
    thread::spawn(move || {
        loop {
            let (message, last) = match read() {
                Ok(event) => (Message::Input(event), false),
                Err(error) => (Message::Broken(error), true),
            };
            if sender.send(message).is_err() || last {
                return;
            }
        }
    });
    Ok(receiver)
}

/// Signals as messages, so that the draft is kept and the terminal given back before we end or stop.
#[cfg(unix)]
fn signals(sender: Sender<Message>) -> io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            let message = match signal {
                SIGTSTP => Message::Suspend,
                SIGCONT => Message::Continue,
                _ => Message::End,
            };
            if sender.send(message).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Elsewhere the terminal's own keys are all there is.
#[cfg(not(unix))]
fn signals(_sender: Sender<Message>) -> io::Result<()> {
    Ok(())
}
