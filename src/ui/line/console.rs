//! Standard input as lines, with the system's signals in between.

use super::signals::{self, Signal};
use std::io::{self, BufRead, ErrorKind, Read};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

/// Standard input. Ctrl-C is an error of the kind `Interrupted`; a signal to end is the end of input.
pub(super) struct Console {
    messages: Receiver<Message>,
    line: Vec<u8>,
    at: usize,
    ended: bool,
}

enum Message {
    Line(Vec<u8>),
    Interrupt,
    End,
}

impl Console {
    /// From here on lines and signals are waited for.
    ///
    /// # Errors
    ///
    /// The system does not let signals be waited for.
    pub(super) fn new() -> io::Result<Self> {
        let (sender, messages) = channel();
        let told = sender.clone();
        signals::tell(move |signal| {
            let message = if signal == Signal::Interrupt { Message::Interrupt } else { Message::End };
            told.send(message).is_ok()
        })?;
        thread::spawn(move || {
            let mut input = io::stdin().lock();
            loop {
                let mut line = Vec::new();
                let message = match input.read_until(b'\n', &mut line) {
                    Ok(0) | Err(_) => Message::End,
                    Ok(_) => Message::Line(line),
                };
                let last = matches!(message, Message::End);
                if sender.send(message).is_err() || last {
                    return;
                }
            }
        });
        Ok(Console { messages, line: Vec::new(), at: 0, ended: false })
    }
}

impl BufRead for Console {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.line.len() && !self.ended {
            (self.line, self.at) = (Vec::new(), 0);
            match self.messages.recv() {
                Ok(Message::Line(line)) => self.line = line,
                Ok(Message::Interrupt) => return Err(ErrorKind::Interrupted.into()),
                Ok(Message::End) | Err(_) => self.ended = true,
            }
        }
        Ok(&self.line[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.line.len());
    }
}

impl Read for Console {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.consume(count);
        Ok(count)
    }
}
