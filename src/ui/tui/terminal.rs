//! The real terminal: taken over and given back in every case, its keys and the system's signals in one line of messages.

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event, read,
};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use std::io::{self, Stdout, Write, stdout};
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

type Screen = ratatui::Terminal<CrosstermBackend<FrameWriter<Stdout>>>;

/// Hands whole frames to the terminal, so that none is seen half drawn, in colours that every terminal with colours has.
pub(super) struct FrameWriter<W> {
    frame: Vec<u8>,
    to: W,
}

impl<W: Write> Write for FrameWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let frame = plain_colours(&std::mem::take(&mut self.frame));
        self.to.write_all(&frame)?;
        self.to.flush()
    }
}

/// The first eight colours in their old spelling: `ESC [ 38;5;2` is one of 256 colours, which a terminal of sixteen takes
/// for something else; `ESC [ 32` is the same green everywhere (ECMA-48, 8.3.117). Text never holds an escape character.
fn plain_colours(frame: &[u8]) -> Vec<u8> {
    const LONG: &[u8] = b"\x1b[38;5;";
    let mut plain = Vec::with_capacity(frame.len());
    let mut rest = frame;
    while let Some(first) = rest.first() {
        match rest.strip_prefix(LONG) {
            Some([colour @ b'0'..=b'7', after @ (b'm' | b';'), left @ ..]) => {
                plain.extend([0x1b, b'[', b'3', *colour, *after]);
                rest = left;
            }
            _ => {
                plain.push(*first);
                rest = &rest[1..];
            }
        }
    }
    plain
}

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
        let screen = Screen::new(CrosstermBackend::new(FrameWriter { frame: Vec::new(), to: stdout() }));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_that_every_terminal_has() {
        let mut writer = FrameWriter { frame: Vec::new(), to: Vec::new() };
        for part in ["a\x1b[38;", "5;2;49mb\x1b[38;5;5m\x1b[38;5;12m", "\x1b[39;49m38;5;2m"] {
            writer.write_all(part.as_bytes()).unwrap();
            assert!(writer.to.is_empty());
        }
        writer.flush().unwrap();
        assert_eq!(writer.to, b"a\x1b[32;49mb\x1b[35m\x1b[38;5;12m\x1b[39;49m38;5;2m");
    }
}
