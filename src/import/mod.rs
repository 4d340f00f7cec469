//! Written files to networks: strict readers that refuse what they do not know.

pub mod arm;
pub mod azcli;
pub mod bicep;
pub mod terraform;
