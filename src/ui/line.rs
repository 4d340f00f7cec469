//! Plain prompts: the same questions in the same words, one at a time, in order.

use super::{End, Program};
use crate::interview::Interview;

/// Asks line by line, from the question in front of the interview.
///
/// `simple` is for screen readers, serial consoles and terminals without cursor movement: numbered choices, answers read line
/// by line, nothing redrawn.
///
/// # Errors
///
/// The terminal failed.
pub fn run(_program: &mut dyn Program, _interview: Interview, _simple: bool) -> std::io::Result<End> {
    Err(std::io::Error::other("plain prompts are not built yet"))
}
