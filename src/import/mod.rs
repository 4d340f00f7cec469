//! Written files to networks: strict readers that refuse what they do not know of our own files, and one reader for what
//! Azure and other tools export.

pub mod arm;
pub mod azcli;
pub mod bicep;
pub mod exports;
pub mod folder;
pub mod terraform;
