//! A network against its required flows: does each pass, and what is open beyond them.

use crate::catalog::Need;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// One verdict for each required flow, in their order.
    pub verdicts: Vec<Verdict>,
    /// What is open and nothing wants, in the order of subnets.
    pub unwanted: Vec<Unwanted>,
    /// What each subnet can reach.
    pub exposure: Vec<Exposure>,
    /// What could not be decided, or was taken for granted, in one clause each.
    pub assumed: Vec<String>,
}

/// What becomes of one required flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The requirement.
    pub requirement: String,
    /// Whether a workload fails without it.
    pub need: Need,
    /// Its source, in words.
    pub from: String,
    /// Its destination, in words.
    pub to: String,
    /// Its protocol and ports, in words.
    pub services: String,
    /// The verdict.
    pub outcome: Outcome,
    /// Where it was decided and by which rule; empty if all of it is allowed.
    pub decided: String,
    /// Every setting to change so that it passes; empty if all of it is allowed.
    pub changes: Vec<String>,
}

/// The verdict on a required flow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// All of it passes, under both readings of `VirtualNetwork`.
    Allowed,
    /// It cannot be known offline: the reason.
    Assumed(String),
    /// Part of it passes: what does not.
    Part(String),
    /// None of it passes.
    Blocked,
    /// The work budget ran out.
    Undecided,
}

/// Something open that nothing wants.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unwanted {
    /// The subnet.
    pub subnet: String,
    /// `inbound` or `outbound`.
    pub direction: String,
    /// From or to where, in words.
    pub what: String,
    /// How many IPv4 addresses; 0 where names are meant.
    pub addresses: u64,
    /// Protocols and ports, in words.
    pub services: String,
    /// The rule that opens it.
    pub by: String,
}

/// What a subnet can reach outside the network.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exposure {
    /// The subnet.
    pub subnet: String,
    /// How many public IPv4 addresses it can reach by address.
    pub addresses: u64,
    /// Host names it can reach through a firewall.
    pub names: Vec<String>,
    /// Requirements whose destination anyone can rent a place in.
    pub anyone: Vec<String>,
}
