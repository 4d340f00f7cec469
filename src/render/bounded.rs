//! A place for text that does not grow without end.

use std::io::{Error, Result, Write};

/// The bytes written so far, and room for how many more.
pub(super) struct Bounded {
    bytes: Vec<u8>,
    room: usize,
    full: bool,
}

impl Bounded {
    /// One with room for this many bytes. None of it is taken before it is needed.
    pub(super) fn new(room: usize) -> Self {
        Bounded { bytes: Vec::new(), room, full: false }
    }

    /// Whether something was written that it had no room for.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    /// What was written.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> Result<()> {
        if bytes.len() > self.room {
            self.full = true;
            return Err(Error::other("no room left"));
        }
        self.room -= bytes.len();
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
