//! What a network lets through: every packet of a flow traced, and everything that is open, exactly and offline.
//!
//! One first-match evaluation over boxes of packets (`region`) serves NSGs (`nsg`) and firewalls (`firewall`); `routes`
//! partitions destinations by next hop; `trace` and `open` put them in Azure's order: NSG of the interface, NSG of the
//! subnet, route, firewall, then the destination's subnet and interface, and the route of the reply.
//!
//! What cannot be known offline ends as assumed, with the reason: tags that are not in the table, members of application
//! security groups, source ports, names that the vendor manages, rules and routes of others, appliances that were not
//! shown. An assumption never hides a certain denial further on.

mod dead;
mod firewall;
mod look;
mod nsg;
mod open;
mod proxy;
mod region;
mod routes;
mod sides;
#[cfg(test)]
mod tests;
mod trace;

pub use dead::{Matching, firewall_matching, nsg_matching, routes_winning};
pub use look::{FieldLook, Look, Matches, RuleLook};
pub use open::{Open, OpenRegion};
pub use routes::{Hop, Leg};

use crate::model::{
    AddressSet, Direction, Disposition, EndpointPolicies, Network, RouteTable, Services, Step, Subnet, TagTable,
};
use firewall::Wall;
use ipnet::IpNet;
use nsg::Filter;
use proxy::Proxy;
use region::{Passes, Region, Work};
use sides::{Known, Resolver, Space};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The two readings of the `VirtualNetwork` tag, whose text leaves open what a default route does to it
/// (learn.microsoft.com/azure/virtual-network/service-tags-overview).
///
/// `Internet` is the complement of `VirtualNetwork` in both. What is needed must pass under both readings; what is open
/// under either is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// The virtual network, its peers, on-premises space and 168.63.129.16.
    Narrow,
    /// Also every prefix of the subnet's route table, tags expanded, 0.0.0.0/0 included.
    Wide,
}

/// Both readings.
pub const READINGS: [Reading; 2] = [Reading::Narrow, Reading::Wide];

/// A network made ready for questions: tags resolved and routes chosen per subnet, once.
#[derive(Debug)]
pub struct Simulator<'a> {
    network: &'a Network,
    tags: &'a TagTable,
    reading: Reading,
    space: Space,
    known: Known,
    /// The subnets, in the network's order.
    places: Vec<Place<'a>>,
    walls: Arc<Vec<Wall<'a>>>,
    proxy: Option<Arc<Proxy<'a>>>,
}

/// A subnet with what filters and routes its packets.
#[derive(Debug, PartialEq, Eq)]
struct Place<'a> {
    subnet: &'a Subnet,
    /// Should subnets overlap, a packet of a flow belongs to the first.
    addresses: AddressSet,
    legs: Arc<Vec<Leg>>,
    /// Why its routes may be others than `legs`.
    routes_assumed: Option<String>,
    outbound: Option<Arc<Filter>>,
    inbound: Option<Arc<Filter>>,
    /// Private endpoints that the subnet's NSG does not filter.
    unfiltered: AddressSet,
    cards: Vec<Card<'a>>,
}

/// An interface with an NSG of its own.
#[derive(Debug, PartialEq, Eq)]
struct Card<'a> {
    name: &'a str,
    address: AddressSet,
    outbound: Arc<Filter>,
    inbound: Arc<Filter>,
}

/// Filters by NSG, route table (for the tags) and whether inbound.
type Filters<'a> = BTreeMap<(&'a str, Option<&'a str>, bool), Arc<Filter>>;
/// Legs by route table and service endpoints: the rest is the same for every subnet.
type AllLegs<'a> = BTreeMap<(Option<&'a str>, &'a [String]), Arc<Vec<Leg>>>;

impl<'a> Simulator<'a> {
    /// Resolves tags and routes of every subnet. Subnets that share an NSG or a route table share the work.
    pub fn new(network: &'a Network, tags: &'a TagTable, reading: Reading) -> Self {
        let space = Space::new(network);
        let places = places(network, tags, &space, reading, &mut AllLegs::new());
        let (known, walls, proxy) = (Known::new(), walls(network, tags), proxy(network, tags));
        Simulator { network, tags, reading, places, space, known, walls, proxy }
    }

    /// The next hop of every destination, for packets from the subnet: a partition of all addresses. `None` if there is
    /// no such subnet.
    pub fn next_hops(&self, subnet: &str) -> Option<&[Leg]> {
        self.place(subnet).map(|place| place.legs.as_slice())
    }

    fn place(&self, subnet: &str) -> Option<&Place<'a>> {
        self.places.iter().find(|place| place.subnet.name == subnet)
    }
}

/// A network under both readings.
#[derive(Debug)]
pub struct Readings<'a> {
    simulators: [Simulator<'a>; 2],
    /// The subnets whose rules the readings tell apart. Rules after one that matches everything make no difference,
    /// and there the default rules stand in a plan.
    apart: AddressSet,
}

impl<'a> Readings<'a> {
    /// Makes a simulator for each reading; what does not depend on it is made once.
    pub fn new(network: &'a Network, tags: &'a TagTable) -> Self {
        let space = Space::new(network);
        let (walls, proxy) = (walls(network, tags), proxy(network, tags));
        let mut legs = AllLegs::new();
        let simulators = READINGS.map(|reading| Simulator {
            network,
            tags,
            reading,
            places: places(network, tags, &space, reading, &mut legs),
            space: space.clone(),
            known: Known::new(),
            walls: walls.clone(),
            proxy: proxy.clone(),
        });
        let both = simulators[0].places.iter().zip(&simulators[1].places);
        let apart = both.filter(|(narrow, wide)| narrow != wide).map(|(narrow, _)| &narrow.addresses);
        Readings { apart: apart.fold(AddressSet::default(), |sum, set| sum.union(set)), simulators }
    }

    /// The next hop of every destination, as [`Simulator::next_hops`]: the same under both.
    pub fn next_hops(&self, subnet: &str) -> Option<&[Leg]> {
        self.simulators[0].next_hops(subnet)
    }

    /// What takes the place of a flow to a name, as [`Simulator::request`]: the same under both.
    pub fn request(&self, subnet: &str, name: &str) -> Option<(&Services, &AddressSet, &Services)> {
        self.simulators[0].request(subnet, name)
    }

    /// The simulators to ask about packets from or to these addresses: one alone where both would answer the same.
    pub fn about(&self, addresses: &[&AddressSet]) -> &[Simulator<'a>] {
        let apart = addresses.iter().any(|set| set.intersects(&self.apart));
        if apart { &self.simulators } else { &self.simulators[..1] }
    }
}

fn walls<'a>(network: &'a Network, tags: &TagTable) -> Arc<Vec<Wall<'a>>> {
    let firewalls = network.firewalls.iter().filter_map(|firewall| Wall::new(firewall, tags));
    let routed = network.appliances.iter().filter(|appliance| appliance.proxy.is_none());
    Arc::new(firewalls.chain(routed.map(|appliance| Wall::of_lists(appliance, tags))).collect())
}

fn proxy<'a>(network: &'a Network, tags: &TagTable) -> Option<Arc<Proxy<'a>>> {
    network.appliances.iter().find_map(|appliance| Proxy::new(appliance, tags)).map(Arc::new)
}

/// The subnets with their filters under a reading. Routes are the same under each.
fn places<'a>(
    network: &'a Network,
    tags: &TagTable,
    space: &Space,
    reading: Reading,
    legs: &mut AllLegs<'a>,
) -> Vec<Place<'a>> {
    let mut filters = Filters::new();
    let place = |subnet: &'a Subnet| {
        let addresses = AddressSet::from_prefixes(&subnet.prefixes);
        let table_name = subnet.route_table.as_deref();
        let table = table_name.and_then(|name| network.route_tables.get(name));
        let resolver = Resolver::new(network, space, tags, table, reading);
        let mut filter = |nsg: &'a str, direction: Direction| {
            let key = (nsg, table_name, direction == Direction::Inbound);
            let made = || Arc::new(Filter::new(nsg, network.nsgs.get(nsg), direction, &resolver));
            filters.entry(key).or_insert_with(made).clone()
        };
        let nsg = subnet.nsg.as_deref();
        let cards = network.interfaces.iter().filter(|card| addresses.contains(card.address)).map(|card| Card {
            name: &card.name,
            address: AddressSet::from_iter([card.address.into()]),
            outbound: filter(&card.nsg, Direction::Outbound),
            inbound: filter(&card.nsg, Direction::Inbound),
        });
        let cards = cards.collect();
        Place {
            subnet,
            legs: legs
                .entry((table_name, &subnet.service_endpoints))
                .or_insert_with(|| Arc::new(routes::legs(network, space, tags, subnet, table)))
                .clone(),
            routes_assumed: table_name.and_then(|name| routes_assumed(name, table)),
            outbound: nsg.map(|nsg| filter(nsg, Direction::Outbound)),
            inbound: nsg.map(|nsg| filter(nsg, Direction::Inbound)),
            unfiltered: match subnet.private_endpoint_policies {
                Some(EndpointPolicies { nsg: false, .. }) => {
                    subnet.private_endpoints.iter().copied().map(IpNet::from).collect()
                }
                _ => AddressSet::default(),
            },
            cards,
            addresses,
        }
    };
    network.subnets.iter().map(place).collect()
}

fn routes_assumed(name: &str, table: Option<&RouteTable>) -> Option<String> {
    match table {
        None => Some(format!("route table `{name}` was not shown")),
        Some(table) => table.others_routes.then(|| format!("routes of others in route table `{name}` were not shown")),
    }
}

/// A box of packets on its way.
#[derive(Clone, Debug)]
struct Track {
    region: Region,
    steps: Vec<Step>,
    /// The innermost rule that let it through, for messages.
    by: String,
    /// The first reason why it may not be here.
    doubt: Option<String>,
    /// If as far as shown it is not here: why it may be.
    closed: Option<String>,
    /// How it ended; `None` on the way.
    end: Option<Disposition>,
}

impl Track {
    fn new(region: Region) -> Self {
        Track { region, steps: Vec::new(), by: String::new(), doubt: None, closed: None, end: None }
    }

    fn step(&mut self, at: String, rule: impl Into<String>, passed: bool) {
        self.steps.push(Step { at, rule: rule.into(), passed });
    }

    /// Ends it; what arrives only by assumption is assumed.
    fn ended(mut self, end: Disposition) -> Self {
        self.end = Some(match (end, self.doubt.take()) {
            (Disposition::Delivered, Some(reason)) => Disposition::Assumed(reason),
            (end, _) => end,
        });
        self
    }

    fn assume(&mut self, reason: &str) {
        self.doubt.get_or_insert_with(|| reason.into());
    }

    /// The same way for other packets.
    fn with(&self, region: Region) -> Self {
        Track { region, ..self.clone() }
    }

    /// Applies what a filter says: what is denied ends here, what may pass goes on under an assumption.
    fn filtered(mut self, at: String, rule: String, passes: Passes) -> Self {
        match passes {
            Passes::No => {
                self.step(at, rule, false);
                return self.ended(Disposition::Denied);
            }
            Passes::Yes => {}
            Passes::Assumed { reason, open } => {
                self.assume(&reason);
                if !open {
                    self.closed.get_or_insert(reason);
                }
            }
        }
        self.step(at, rule, true);
        self
    }
}

impl Place<'_> {
    /// Packets from this subnet's machines through their NSGs: the interface's, then the subnet's
    /// (learn.microsoft.com/azure/virtual-network/network-security-group-how-it-works).
    fn leave(&self, region: Region, work: &mut Work) -> Vec<Track> {
        let mut tracks = Vec::new();
        let mut rest = Some(region);
        for card in &self.cards {
            let Some(region) = rest.take() else { break };
            let (own, others) = region.split_source(&card.address);
            rest = others;
            let own = own.into_iter().map(Track::new).collect();
            tracks.extend(through(&card.outbound, &card.at(Direction::Outbound), own, None, work));
        }
        tracks.extend(rest.map(Track::new));
        match &self.outbound {
            Some(filter) => through(filter, &filter.at(), tracks, None, work),
            None => tracks,
        }
    }

    /// Packets to this subnet's machines through their NSGs: the subnet's, then the interface's. `source` is where the
    /// packets come from by now, if not from where they started.
    fn enter(&self, tracks: Vec<Track>, source: Option<&AddressSet>, work: &mut Work) -> Vec<Track> {
        let (mut tracks, unfiltered) = self.to_endpoints(tracks);
        if let Some(filter) = &self.inbound {
            tracks = through(filter, &filter.at(), tracks, source, work);
        }
        tracks.extend(unfiltered);
        self.cards.iter().fold(tracks, |tracks, card| {
            let (mut own, mut others) = (Vec::new(), Vec::new());
            for track in tracks {
                let (to_card, rest) = track.region.clone().split_destination(&card.address);
                own.extend(to_card.map(|region| track.with(region)));
                others.extend(rest.map(|region| track.with(region)));
            }
            others.extend(through(&card.inbound, &card.at(Direction::Inbound), own, source, work));
            others
        })
    }

    fn routes_at(&self) -> String {
        format!("routes of {}", self.subnet.name)
    }

    fn return_routes_at(&self) -> String {
        format!("return route of {}", self.subnet.name)
    }

    /// Packets apart: those that the subnet's NSG filters, and those to private endpoints that it does not.
    fn to_endpoints(&self, tracks: Vec<Track>) -> (Vec<Track>, Vec<Track>) {
        if self.unfiltered.is_empty() {
            return (tracks, Vec::new());
        }
        let (mut filtered, mut unfiltered) = (Vec::new(), Vec::new());
        for track in tracks {
            let (to_endpoint, rest) = track.region.clone().split_destination(&self.unfiltered);
            filtered.extend(rest.map(|region| track.with(region)));
            unfiltered.extend(to_endpoint.map(|region| track.with(region)));
        }
        (filtered, unfiltered)
    }

    /// Packets by next hop.
    fn route(&self, track: &Track, work: &mut Work) -> Vec<(Track, &Leg)> {
        let mut routed = Vec::new();
        for leg in self.legs.iter().take_while(|_| work.spend(1)) {
            let destination = track.region.destination.intersection(&leg.destination);
            let region = Region::new(track.region.source.clone(), destination, track.region.services.clone());
            routed.extend(region.map(|region| (track.with(region), leg)));
        }
        routed
    }
}

impl Card<'_> {
    fn at(&self, direction: Direction) -> String {
        format!("NSG {} of interface {} {}", self.outbound.name, self.name, direction.name())
    }
}

/// Packets through one filter.
fn through(filter: &Filter, at: &str, tracks: Vec<Track>, source: Option<&AddressSet>, work: &mut Work) -> Vec<Track> {
    let mut out = Vec::new();
    for track in tracks {
        if track.end.is_some() {
            out.push(track);
            continue;
        }
        let mut seen = track.region.clone();
        if let Some(source) = source {
            seen.source = source.clone();
        }
        for verdict in filter.judge(seen, work) {
            let mut region = verdict.region;
            if source.is_some() {
                region.source = track.region.source.clone();
            }
            let mut track = track.with(region);
            track.by = format!("{}/{}", filter.name, verdict.rule);
            out.push(track.filtered(at.into(), verdict.rule, verdict.passes));
        }
    }
    out
}
