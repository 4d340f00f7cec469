//! The nouns: addresses, ports, tags, flows, networks. They import nothing of ours.

mod addresses;
mod flow;
mod network;
mod ranges;
mod services;
mod tags;

pub use addresses::{AddressSet, parse_prefix};
pub use flow::{Disposition, Flow, Part, Step, Trace};
pub use network::{
    Access, Appliance, ApplicationProtocol, ApplicationRule, CollectionRules, Direction, Endpoint, EndpointPolicies,
    ExplicitProxy, Firewall, FirewallTier, Interface, Network, NetworkRule, NextHop, Nsg, Route, RouteDestination,
    RouteTable, RuleCollection, RuleCollectionGroup, SecurityRule, Subnet, WayOut, web_ports,
};
pub use ranges::Ranges;
pub use services::{PortSet, Protocol, Services, parse_allow, parse_ports, port_items, ports_text};
pub use tags::TagTable;
