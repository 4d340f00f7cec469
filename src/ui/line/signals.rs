//! What the system tells us while we wait for an answer.

use std::io;

/// What the system wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// Ctrl-C was pressed.
    Interrupt,
    /// The line dropped, or the machine is shut down.
    End,
}

/// Tells every signal from now on, until `told` says that nobody listens.
///
/// # Errors
///
/// The system does not let signals be waited for.
#[cfg(unix)]
pub(super) fn tell(told: impl Fn(Signal) -> bool + Send + 'static) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT])?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let signal = if signal == SIGINT { Signal::Interrupt } else { Signal::End };
            if !told(signal) {
                return;
            }
        }
    });
    Ok(())
}

/// Elsewhere the terminal's own keys are all there is.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub(super) fn tell(_told: impl Fn(Signal) -> bool + Send + 'static) -> io::Result<()> {
    Ok(())
}
