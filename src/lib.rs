//! netcordon: plans, writes and proves the network rules of locked-down Azure HPC and machine-learning networks.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod artifact;
pub mod model;
pub mod problem;
pub mod write;
pub mod yaml;
