//! Which next hop a destination has (learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview).

use super::sides::{Space, addresses, public};
use crate::model::{AddressSet, Network, NextHop, Route, RouteDestination, RouteTable, Subnet, TagTable};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;

/// Destinations of one subnet that have the same next hop by the same route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    /// The destinations.
    pub destination: AddressSet,
    /// Where packets for them go.
    pub hop: Hop,
    /// The deciding route: a user-defined route's name, or `system: …`.
    pub route: String,
}

/// Where a route sends packets, system routes included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hop {
    /// The virtual network itself.
    VirtualNetwork,
    /// A peered virtual network.
    Peering,
    /// A private endpoint of the network.
    PrivateEndpoint,
    /// An Azure service, straight from the subnet.
    ServiceEndpoint,
    /// The virtual network gateway.
    Gateway,
    /// Out of Azure, or to Azure's public services.
    Internet,
    /// An appliance or firewall at this private address.
    Appliance(IpAddr),
    /// Dropped.
    None,
    /// It cannot be known offline: the reason.
    Unknown(String),
}

impl fmt::Display for Hop {
    /// `the Internet`, `the appliance 10.0.1.4`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hop::VirtualNetwork => f.write_str("the virtual network"),
            Hop::Peering => f.write_str("a peered virtual network"),
            Hop::PrivateEndpoint => f.write_str("a private endpoint"),
            Hop::ServiceEndpoint => f.write_str("the service, by its endpoint"),
            Hop::Gateway => f.write_str("the virtual network gateway"),
            Hop::Internet => f.write_str("the Internet"),
            Hop::Appliance(address) => write!(f, "the appliance {address}"),
            Hop::None => f.write_str("nowhere, dropped"),
            Hop::Unknown(_) => f.write_str("a next hop that is not known"),
        }
    }
}

impl From<NextHop> for Hop {
    fn from(hop: NextHop) -> Self {
        match hop {
            NextHop::Internet => Hop::Internet,
            NextHop::Appliance(address) => Hop::Appliance(address),
            NextHop::VirtualNetwork => Hop::VirtualNetwork,
            NextHop::Gateway => Hop::Gateway,
            NextHop::None => Hop::None,
        }
    }
}

/// Which route wins among routes for the same prefix; the lowest does (page above, "How Azure selects a route" and
/// "Service tags for user-defined routes", "Exact match").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    UserPrefix,
    UserRegionalTag,
    UserTag,
    UserRegionalCloud,
    UserCloud,
    Gateway,
    System,
}

fn rank_of_tag(tag: &str) -> Rank {
    let tag = tag.to_ascii_lowercase();
    match (tag.starts_with("azurecloud"), tag.contains('.')) {
        (false, true) => Rank::UserRegionalTag,
        (false, false) => Rank::UserTag,
        (true, true) => Rank::UserRegionalCloud,
        (true, false) => Rank::UserCloud,
    }
}

/// Reserved space that a subnet's system routes drop.
const RESERVED: [&str; 4] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/// The routes of one subnet, before any of them is chosen.
struct Candidates<'a> {
    tags: &'a TagTable,
    /// Next hop and name of each route.
    routes: Vec<(Hop, String)>,
    /// Longest prefix first, then rank, then the order in which routes were added: prefixes by route.
    prefixes: BTreeMap<(Reverse<u8>, Rank, usize), Vec<IpNet>>,
    /// Routes whose tag is not known.
    unknown: Vec<(Hop, String)>,
}

impl Candidates<'_> {
    fn add(&mut self, rank: Rank, hop: Hop, name: String, prefixes: impl IntoIterator<Item = IpNet>) {
        let route = self.routes.len();
        self.routes.push((hop, name));
        for prefix in prefixes {
            self.prefixes.entry((Reverse(prefix.prefix_len()), rank, route)).or_default().push(prefix);
        }
    }

    /// A tag stands for its prefixes, each with a length of its own.
    fn add_tag(&mut self, rank: Rank, hop: Hop, name: String, tag: &str) {
        match self.tags.get(tag) {
            Some(set) => self.add(rank, hop, name, set.to_prefixes()),
            None => self.unknown.push((hop, format!("service tag `{tag}` of route `{name}` is not known"))),
        }
    }
}

/// Every destination's next hop: a partition of all addresses.
///
/// Longest prefix first; for one prefix user-defined before gateway before system; but no gateway route beats the system
/// routes of the virtual network, its peers and service endpoints, however long it is.
pub(super) fn legs(
    network: &Network,
    space: &Space,
    tags: &TagTable,
    subnet: &Subnet,
    table: Option<&RouteTable>,
) -> Vec<Leg> {
    let (all, not_gateway) = candidates(network, space, tags, subnet, table);
    choose(&all, &not_gateway)
}

/// Every route of a subnet, and the destinations that no gateway route takes.
fn candidates<'a>(
    network: &Network,
    space: &Space,
    tags: &'a TagTable,
    subnet: &Subnet,
    table: Option<&RouteTable>,
) -> (Candidates<'a>, AddressSet) {
    let mut all = Candidates { tags, routes: Vec::new(), prefixes: BTreeMap::new(), unknown: Vec::new() };
    let user = table.map_or(&[][..], |table| &table.routes);
    for route in user {
        let hop = Hop::from(route.next_hop);
        match &route.destination {
            RouteDestination::Prefix(prefix) => all.add(Rank::UserPrefix, hop, route.name.clone(), [prefix.trunc()]),
            RouteDestination::Tag(tag) => all.add_tag(rank_of_tag(tag), hop, route.name.clone(), tag),
        }
    }
    let endpoints = network.subnets.iter().flat_map(|subnet| {
        let routed = subnet.private_endpoint_policies.is_some_and(|policies| policies.routes);
        let own = subnet.private_endpoints.iter().copied();
        own.filter(move |address| !routed || !is_steered(*address, user, &space.ranges)).map(IpNet::from)
    });
    let defaults = [IpNet::V4(Ipv4Net::default()), IpNet::V6(Ipv6Net::default())];
    let system = |what: &str| format!("system: {what}");
    all.add(Rank::System, Hop::PrivateEndpoint, system("private endpoint"), endpoints);
    all.add(Rank::System, Hop::VirtualNetwork, system("virtual network"), space.ranges.iter().map(IpNet::trunc));
    all.add(Rank::System, Hop::Peering, system("peering"), network.peered.iter().map(IpNet::trunc));
    let mut not_gateway = space.virtual_networks.clone();
    for tag in &subnet.service_endpoints {
        all.add_tag(Rank::System, Hop::ServiceEndpoint, system(&format!("service endpoint {tag}")), tag);
        not_gateway = tags.get(tag).map_or_else(|| not_gateway.clone(), |set| not_gateway.union(set));
    }
    let gateway = table.is_none_or(|table| table.gateway_routes);
    let learned: Vec<IpNet> = network.on_premises.iter().filter(|_| gateway).map(IpNet::trunc).collect();
    // A user-defined or learned 0.0.0.0/0 removes the routes that drop reserved space (page above, "Routing example",
    // last sentence), which is why spokes reach each other through a firewall by that one route.
    let default_changed = learned.contains(&defaults[0])
        || user.iter().any(|route| route.destination == RouteDestination::Prefix(defaults[0]));
    if !default_changed {
        // So does address space of the network that takes in a reserved range (page above, "Default").
        let covered = |reserved: &IpNet| space.ranges.iter().any(|range| range.trunc().contains(reserved));
        let reserved = addresses(&RESERVED).to_prefixes().into_iter().filter(|reserved| !covered(reserved));
        all.add(Rank::System, Hop::None, system("reserved space"), reserved);
    }
    all.add(Rank::Gateway, Hop::Gateway, system("gateway"), learned);
    all.add(Rank::System, Hop::Internet, system("Internet"), defaults);
    (all, not_gateway)
}

/// Whether a user-defined route takes the place of a private endpoint's own: where the endpoint's subnet lets routes count, one
/// that is at least as specific as the address space does
/// (learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy).
fn is_steered(endpoint: IpAddr, user: &[Route], ranges: &[IpNet]) -> bool {
    let space = ranges.iter().filter(|range| range.contains(&endpoint)).map(IpNet::prefix_len).max();
    user.iter().any(|route| match &route.destination {
        RouteDestination::Prefix(prefix) => {
            prefix.contains(&endpoint) && space.is_some_and(|space| prefix.prefix_len() >= space)
        }
        RouteDestination::Tag(_) => false,
    })
}

/// One route as it was looked at.
#[derive(Clone, Debug)]
pub(super) struct RouteLook {
    pub(super) name: String,
    pub(super) hop: Hop,
    /// Whether somebody wrote it.
    pub(super) user: bool,
    /// All that it is for.
    pub(super) destination: AddressSet,
    /// Its longest prefix that has some of the destinations asked about.
    pub(super) longest: Option<IpNet>,
}

/// Every route of a subnet as it stands to these destinations: whoever wins first, then in the order of its prefix.
pub(super) fn looks(
    network: &Network,
    space: &Space,
    tags: &TagTable,
    subnet: &Subnet,
    destination: &AddressSet,
) -> Vec<RouteLook> {
    let table = subnet.route_table.as_ref().and_then(|name| network.route_tables.get(name));
    let (all, _) = candidates(network, space, tags, subnet, table);
    let mut looks: Vec<(usize, RouteLook)> = Vec::new();
    for ((_, rank, route), prefixes) in &all.prefixes {
        let Some((hop, name)) = all.routes.get(*route) else { continue };
        let own = AddressSet::from_prefixes(prefixes);
        let longest = prefixes.iter().find(|prefix| AddressSet::from_prefixes([*prefix]).intersects(destination));
        match looks.iter_mut().find(|(known, _)| known == route) {
            Some((_, look)) => {
                look.destination = look.destination.union(&own);
                look.longest = look.longest.or(longest.copied());
            }
            None => {
                let (name, hop, longest) = (name.clone(), hop.clone(), longest.copied());
                let user = *rank < Rank::Gateway;
                looks.push((*route, RouteLook { name, hop, user, destination: own, longest }));
            }
        }
    }
    looks.extend(all.unknown.iter().map(|(hop, reason)| {
        let (name, hop) = (reason.clone(), hop.clone());
        (usize::MAX, RouteLook { name, hop, user: true, destination: public(), longest: None })
    }));
    looks.into_iter().map(|(_, look)| look).collect()
}

fn choose(all: &Candidates<'_>, not_gateway: &AddressSet) -> Vec<Leg> {
    let mut decided = AddressSet::default();
    let mut chosen: Vec<AddressSet> = vec![AddressSet::default(); all.routes.len()];
    let mut unknown: Vec<AddressSet> = vec![AddressSet::default(); all.unknown.len()];
    for ((Reverse(length), rank, route), prefixes) in &all.prefixes {
        let (Some((hop, _)), Some(to)) = (all.routes.get(*route), chosen.get_mut(*route)) else { continue };
        let mut fresh = AddressSet::from_prefixes(prefixes);
        if *rank == Rank::Gateway {
            fresh = fresh.difference(not_gateway);
        }
        fresh = fresh.difference(&decided);
        decided = decided.union(&fresh);
        // A tag that is not known may hold any public address, by a prefix of any length. Only a route for that very
        // address, or one to the same next hop, is not in doubt.
        for ((other, _), doubted) in all.unknown.iter().zip(&mut unknown) {
            let single = prefixes.first().is_some_and(|prefix| *length == prefix.max_prefix_len());
            if other != hop && !single {
                let open = fresh.intersection(&public());
                *doubted = doubted.union(&open);
                fresh = fresh.difference(&open);
            }
        }
        *to = to.union(&fresh);
    }
    let known = chosen.into_iter().zip(&all.routes).map(|(destination, (hop, route))| Leg {
        destination,
        hop: hop.clone(),
        route: route.clone(),
    });
    let doubted = unknown.into_iter().zip(&all.unknown).map(|(destination, (_, reason))| Leg {
        destination,
        hop: Hop::Unknown(reason.clone()),
        route: reason.clone(),
    });
    known.chain(doubted).filter(|leg| !leg.destination.is_empty()).collect()
}
