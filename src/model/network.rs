//! The neutral model of a network: what a plan, an export from Azure and our own files all become.
//!
//! Names are Azure's; units are Azure's. Nothing here knows where the network came from.

use super::services::{PortSet, Protocol, Services};
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// Address space, subnets and what filters and routes their traffic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// The address space of the virtual network.
    pub address_space: Vec<IpNet>,
    /// The address space of peered virtual networks.
    pub peered: Vec<IpNet>,
    /// What is reached through a gateway.
    pub on_premises: Vec<IpNet>,
    /// The subnets, in the order of their source.
    pub subnets: Vec<Subnet>,
    /// Network security groups by name.
    pub nsgs: BTreeMap<String, Nsg>,
    /// Route tables by name.
    pub route_tables: BTreeMap<String, RouteTable>,
    /// Firewalls that routes can point at.
    pub firewalls: Vec<Firewall>,
    /// Firewalls and proxies of another make, told by lists what to let through.
    pub appliances: Vec<Appliance>,
    /// Network interfaces that carry an NSG of their own.
    pub interfaces: Vec<Interface>,
    /// Application security groups by name: the members that were shown. There may be more of them.
    pub application_groups: BTreeMap<String, Vec<IpAddr>>,
}

impl Network {
    /// Whether the NSG filters machines of the subnet: it is on the subnet, or on an interface in it.
    pub fn filters(&self, nsg: &str, subnet: &Subnet) -> bool {
        let inside = |card: &Interface| subnet.prefixes.iter().any(|prefix| prefix.contains(&card.address));
        subnet.nsg.as_deref() == Some(nsg) || self.interfaces.iter().any(|card| card.nsg == nsg && inside(card))
    }

    /// Every service tag that a rule, a route or a service endpoint names, as it is spelt there.
    pub fn tags(&self) -> BTreeSet<String> {
        let mut tags = BTreeSet::new();
        for rule in self.nsgs.values().flat_map(|nsg| &nsg.rules) {
            rule.source.add_tags(&mut tags);
            rule.destination.add_tags(&mut tags);
        }
        for route in self.route_tables.values().flat_map(|table| &table.routes) {
            if let RouteDestination::Tag(tag) = &route.destination {
                tags.insert(tag.clone());
            }
        }
        tags.extend(self.subnets.iter().flat_map(|subnet| subnet.service_endpoints.iter().cloned()));
        let groups = self.firewalls.iter().flat_map(|firewall| &firewall.groups);
        for collection in groups.flat_map(|group| &group.collections) {
            match &collection.rules {
                CollectionRules::Network(rules) | CollectionRules::Nat(rules) => {
                    let sides = rules.iter().flat_map(|rule| rule.destinations.iter().chain([&rule.source]));
                    sides.for_each(|side| side.add_tags(&mut tags));
                }
                CollectionRules::Application(rules) => {
                    rules.iter().for_each(|rule| rule.source.add_tags(&mut tags));
                }
            }
        }
        let lists = self.appliances.iter().flat_map(|appliance| &appliance.network);
        lists.flat_map(|rule| &rule.destinations).for_each(|side| side.add_tags(&mut tags));
        tags
    }
}

/// A subnet and what is attached to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subnet {
    /// Azure's name of the subnet.
    pub name: String,
    /// Its prefixes.
    pub prefixes: Vec<IpNet>,
    /// The NSG attached to it: a key of [`Network::nsgs`].
    pub nsg: Option<String>,
    /// The route table attached to it: a key of [`Network::route_tables`].
    pub route_table: Option<String>,
    /// The service tags whose prefixes its service endpoints route (`Storage`).
    pub service_endpoints: Vec<String>,
    /// The way out of Azure for traffic whose next hop is Internet.
    pub way_out: WayOut,
    /// The addresses of private endpoints in it; each is a /32 route everywhere in the network.
    pub private_endpoints: Vec<IpAddr>,
    /// What its NSG and routes mean for private endpoints in it; `None` if that was not shown.
    pub private_endpoint_policies: Option<EndpointPolicies>,
}

/// Whether an NSG and routes count for the private endpoints of a subnet (`privateEndpointNetworkPolicies`,
/// learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EndpointPolicies {
    /// Whether the subnet's NSG filters what goes to its private endpoints.
    pub nsg: bool,
    /// Whether routes may send such packets another way.
    pub routes: bool,
}

/// How a subnet's traffic with next hop Internet leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum WayOut {
    /// Nothing translates it: there is no egress path.
    #[default]
    None,
    /// A NAT gateway on the subnet.
    NatGateway,
    /// Its machines have public addresses of their own.
    PublicAddress,
    /// A load balancer with outbound rules.
    LoadBalancer,
    /// Azure's default outbound access, which subnets made with API version 2025-07-01 or later do not have.
    DefaultOutbound,
    /// Not shown to us.
    Unknown,
}

/// A network interface with an NSG of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    /// Azure's name of the interface.
    pub name: String,
    /// Its private address.
    pub address: IpAddr,
    /// The NSG attached to it.
    pub nsg: String,
}

/// A network security group. Azure's default rules (65000 and up) are always there and never listed here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nsg {
    /// Custom rules: inbound before outbound, then by priority.
    pub rules: Vec<SecurityRule>,
    /// Whether rules of others, which we were not shown, may stand beside these.
    pub others_rules: bool,
}

/// Inbound or outbound, seen from the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Towards the machine.
    Inbound,
    /// From the machine.
    Outbound,
}

impl Direction {
    /// `inbound` or `outbound`.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Inbound => "inbound",
            Direction::Outbound => "outbound",
        }
    }
}

/// Allow or deny.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// The packet passes.
    Allow,
    /// The packet is dropped.
    Deny,
}

impl Access {
    /// `allow` or `deny`.
    pub fn name(self) -> &'static str {
        match self {
            Access::Allow => "allow",
            Access::Deny => "deny",
        }
    }
}

/// One security rule of an NSG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityRule {
    /// Azure's name of the rule, unique in its NSG.
    pub name: String,
    /// The direction it filters.
    pub direction: Direction,
    /// 100 to 4096, unique in its NSG and direction; lower wins.
    pub priority: u16,
    /// What happens to a match.
    pub access: Access,
    /// Its protocol.
    pub protocol: Protocol,
    /// Its source.
    pub source: Endpoint,
    /// Its source ports.
    pub source_ports: PortSet,
    /// Its destination.
    pub destination: Endpoint,
    /// Its destination ports.
    pub destination_ports: PortSet,
    /// At most 140 characters.
    pub description: String,
}

impl SecurityRule {
    /// A rule that matches every packet of its direction.
    pub fn of_everything(name: impl Into<String>, direction: Direction, priority: u16, access: Access) -> Self {
        SecurityRule {
            name: name.into(),
            direction,
            priority,
            access,
            protocol: Protocol::Any,
            source: Endpoint::Any,
            source_ports: PortSet::all(),
            destination: Endpoint::Any,
            destination_ports: PortSet::all(),
            description: String::new(),
        }
    }

    /// What the rule matches by protocol and destination port.
    pub fn services(&self) -> Services {
        Services::new(self.protocol, &self.destination_ports)
    }
}

/// One side of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Endpoint {
    /// `*`.
    #[default]
    Any,
    /// One service tag, in Microsoft's spelling where known.
    Tag(String),
    /// Prefixes, ascending.
    Prefixes(Vec<IpNet>),
    /// Application security groups, whose members we may not know; IP groups of a firewall that were not shown.
    Groups(Vec<String>),
    /// Several kinds side by side: sources of a firewall rule, or a list that Azure refuses in an NSG.
    Several(Vec<Endpoint>),
}

impl Endpoint {
    /// What it names, a text for each part; `*` for any.
    pub fn items(&self) -> Vec<String> {
        match self {
            Endpoint::Any => vec!["*".into()],
            Endpoint::Tag(tag) => vec![tag.clone()],
            Endpoint::Prefixes(prefixes) => prefixes.iter().map(ToString::to_string).collect(),
            Endpoint::Groups(groups) => groups.clone(),
            Endpoint::Several(several) => several.iter().flat_map(Endpoint::items).collect(),
        }
    }

    fn add_tags(&self, tags: &mut BTreeSet<String>) {
        match self {
            Endpoint::Tag(tag) => {
                tags.insert(tag.clone());
            }
            Endpoint::Several(several) => several.iter().for_each(|one| one.add_tags(tags)),
            Endpoint::Any | Endpoint::Prefixes(_) | Endpoint::Groups(_) => {}
        }
    }
}

/// A route table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteTable {
    /// Its routes.
    pub routes: Vec<Route>,
    /// Whether gateway routes reach the subnets (`disableBgpRoutePropagation` is false).
    pub gateway_routes: bool,
    /// Whether routes of others, which we were not shown, may stand beside these.
    pub others_routes: bool,
}

/// One user-defined route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Azure's name of the route.
    pub name: String,
    /// What it routes: one prefix or one service tag.
    pub destination: RouteDestination,
    /// Where to.
    pub next_hop: NextHop,
}

/// The `addressPrefix` of a route.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RouteDestination {
    /// A prefix.
    Prefix(IpNet),
    /// A service tag.
    Tag(String),
}

/// The next hop of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NextHop {
    /// Out of Azure, or to Azure's public services.
    Internet,
    /// An appliance or firewall at this private address.
    Appliance(IpAddr),
    /// The virtual network itself, peered networks included.
    VirtualNetwork,
    /// The virtual network gateway.
    Gateway,
    /// Dropped.
    None,
}

/// A firewall and the policy that it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firewall {
    /// What to call it.
    pub name: String,
    /// The private address that routes name; `None` where it is not known.
    pub private_address: Option<IpAddr>,
    /// Its tier.
    pub tier: FirewallTier,
    /// Whether it answers DNS, which names in network rules need.
    pub dns_proxy: bool,
    /// The rule collection groups that we were shown.
    pub groups: Vec<RuleCollectionGroup>,
    /// Whether groups of others, which we were not shown, may stand beside these.
    pub others_groups: bool,
    /// Destinations to which network rules keep the source; `None` for Azure's default, the private ranges of the IANA.
    pub private_ranges: Option<Vec<IpNet>>,
}

/// A firewall or proxy of another make and the lists that it is to hold. What it really holds is not known: nobody can
/// read it from here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appliance {
    /// The private address that routes name, or that machines ask as their proxy.
    pub address: IpAddr,
    /// How it is asked, if it is an explicit proxy; `None` if packets are routed to it.
    pub proxy: Option<ExplicitProxy>,
    /// What it is to let through by address, or by exact name on any port.
    pub network: Vec<NetworkRule>,
    /// What it is to let through by host name, wildcards included.
    pub application: Vec<ApplicationRule>,
}

/// How machines ask an explicit proxy: for HTTP and HTTPS by host name, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplicitProxy {
    /// The TCP port on which it takes requests.
    pub port: u16,
    /// The host names that machines reach without it (`no_proxy`), by subnet; a leading `*.` matches any label before.
    pub direct: BTreeMap<String, Vec<String>>,
}

/// The TCP ports of HTTP and HTTPS: what machines ask an explicit proxy for.
pub fn web_ports() -> PortSet {
    PortSet::from_ranges([(80, 80), (443, 443)])
}

/// The tier of an Azure Firewall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FirewallTier {
    /// Basic: no DNS proxy, so no names in network rules.
    Basic,
    /// Standard.
    Standard,
    /// Premium: URLs and TLS inspection as well.
    Premium,
}

/// A rule collection group of a firewall policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCollectionGroup {
    /// Its name.
    pub name: String,
    /// 100 to 65000; lower is first.
    pub priority: u32,
    /// Whether it belongs to the parent policy, whose groups come before the child's.
    pub parent: bool,
    /// Its collections.
    pub collections: Vec<RuleCollection>,
}

/// A rule collection: filter rules of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCollection {
    /// Its name.
    pub name: String,
    /// 100 to 65000; lower is first within the group and type.
    pub priority: u32,
    /// What happens to a match.
    pub access: Access,
    /// Its rules, in order.
    pub rules: CollectionRules,
}

/// The rules of a collection, of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CollectionRules {
    /// Network rules: addresses, tags and exact names; any port.
    Network(Vec<NetworkRule>),
    /// Application rules: names with wildcards; HTTP and HTTPS.
    Application(Vec<ApplicationRule>),
    /// NAT rules: what they match has its destination replaced, so that where it goes is not judged.
    Nat(Vec<NetworkRule>),
}

/// A network rule of Azure Firewall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkRule {
    /// Its name.
    pub name: String,
    /// Its sources; [`Endpoint::Any`] for `*`.
    pub source: Endpoint,
    /// Its protocols and ports.
    pub services: Services,
    /// Its destinations by address: `Any`, tags and prefixes.
    pub destinations: Vec<Endpoint>,
    /// Its destinations by exact name.
    pub names: Vec<String>,
}

/// An application rule of Azure Firewall.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApplicationRule {
    /// Its name.
    pub name: String,
    /// Its sources; [`Endpoint::Any`] for `*`.
    pub source: Endpoint,
    /// The TCP ports on which it looks at names.
    pub protocols: Vec<ApplicationProtocol>,
    /// Host names; a leading `*.` matches any label before.
    pub names: Vec<String>,
    /// FQDN tags, whose content the vendor manages.
    pub fqdn_tags: Vec<String>,
    /// URLs, which are parts of what a host name serves: no flow says which.
    pub urls: Vec<String>,
    /// Web categories, whose content the vendor manages.
    pub web_categories: Vec<String>,
    /// The TCP ports on which it looks at the names of SQL servers (`Mssql`), which no flow shows.
    pub sql_ports: Vec<u16>,
}

/// HTTP or HTTPS on a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ApplicationProtocol {
    /// Whether it is TLS.
    pub https: bool,
    /// Its TCP port.
    pub port: u16,
}
