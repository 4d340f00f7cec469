//! An artifact: what rendering makes and writing takes.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// A file that is not yet on disk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Artifact {
    /// Where it goes, relative to the output folder, with forward slashes on every system.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The SHA-256 of `bytes` with every CRLF read as LF, in hexadecimal: a checkout on Windows is not an edit.
pub fn digest(bytes: &[u8]) -> String {
    let mut hasher = Sha256::new();
    let mut rest = bytes;
    // Most files have none, and searching for a single byte is fast.
    while rest.contains(&b'\r')
        && let Some(at) = rest.iter().position(|byte| *byte == b'\r')
    {
        let ends = if rest.get(at + 1) == Some(&b'\n') { at } else { at + 1 };
        hasher.update(&rest[..ends]);
        rest = &rest[at + 1..];
    }
    hasher.update(rest);
    let mut text = String::with_capacity(64);
    for byte in hasher.finalize() {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
