//! netcordon: plans, writes and proves the network rules of locked-down Azure HPC and machine-learning networks.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod model;
pub mod problem;
pub mod simulate;
pub mod yaml;
