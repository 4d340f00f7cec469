//! A family of packets, and what becomes of it.

use super::addresses::AddressSet;
use super::services::Services;

/// A family of packets: every source, every destination, every service of the three sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Where the packets start.
    pub source: AddressSet,
    /// Where they go. For a flow to a name: every address the name may have.
    pub destination: AddressSet,
    /// The host name they are for, if they are for a name; a leading `*.` stands for any label before.
    pub name: Option<String>,
    /// Their protocols and destination ports.
    pub services: Services,
}

/// What becomes of a flow: parts that together are exactly the flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The parts; no packet is in two.
    pub parts: Vec<Part>,
    /// Whether the work budget ran out, so that the rest of the flow is not in `parts`.
    pub undecided: bool,
}

/// The part of a flow that meets the same rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The packets.
    pub flow: Flow,
    /// The steps they take, in order.
    pub steps: Vec<Step>,
    /// How it ends.
    pub disposition: Disposition,
}

/// One step: who decided, and by which rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// Where: `NSG nsg-a outbound`, `routes of snet-a`, `firewall policy`.
    pub at: String,
    /// The deciding rule or route, by name; Azure's default rules by theirs.
    pub rule: String,
    /// Whether the packet went on.
    pub passed: bool,
}

/// How a part of a flow ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disposition {
    /// It arrives.
    Delivered,
    /// The last step denies it.
    Denied,
    /// Its next hop is Internet and nothing translates its address: no egress path.
    NoEgressPath,
    /// A route drops it (next hop None).
    Dropped,
    /// It cannot be known offline: the reason.
    Assumed(String),
}
