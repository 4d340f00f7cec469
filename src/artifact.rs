//! An artifact: what rendering makes and writing takes.

/// A file that is not yet on disk.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Artifact {
    /// Where it goes, relative to the output folder, with forward slashes on every system.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}
