//! The full screen.

use super::{End, Program};
use crate::interview::Interview;

/// Asks on the full screen.
///
/// # Errors
///
/// The terminal failed.
pub fn run(_program: &mut dyn Program, _interview: Interview, _monochrome: bool) -> std::io::Result<End> {
    Err(std::io::Error::other("not built yet"))
}
