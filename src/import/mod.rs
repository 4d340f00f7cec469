//! Exports and our own files to a neutral network.

pub mod terraform;
