//! What is known about Azure: clouds, service tags.

pub mod cloud;
pub mod tags;
