//! netcordon: plans, writes and proves the network rules of locked-down Azure HPC and machine-learning networks.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod artifact;
pub mod audit;
pub mod catalog;
pub mod cli;
pub mod dependencies;
pub mod difference;
pub mod environment;
pub mod exposure;
pub mod flow;
pub mod import;
pub mod intent;
pub mod interview;
pub mod model;
mod parallel;
pub mod plan;
pub mod problem;
pub mod proof;
pub mod question;
pub mod render;
pub mod required;
pub mod simulate;
pub mod ui;
pub mod write;
pub mod yaml;
