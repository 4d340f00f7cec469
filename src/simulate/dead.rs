//! Rules that never match, because others before them match all that they would; and routes that never win.
//!
//! Exact: a rule is dead if the union of the earlier ones holds every packet it may match, address by address, port by
//! port, IPv4 and IPv6. Names and tags that are not known count as any address for the later rule and as none for the
//! earlier, so nothing is called dead that is not. What the work budget leaves open is undecided.

use super::firewall::{Pattern, in_order, names_off};
use super::sides::{Resolver, Side, Space, firewall_side, firewall_sides};
use super::{READINGS, routes};
use crate::model::{
    AddressSet, CollectionRules, Direction, Endpoint, Firewall, Network, Nsg, PortSet, Protocol, RouteTable,
    SecurityRule, Services, Subnet, TagTable,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Whether a rule ever matches a packet; earlier rules by name or path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matching<R = String> {
    /// Some packet meets no earlier rule and matches this one.
    Some,
    /// None does: these earlier rules match all that it would. Empty if no packet is like the rule at all.
    Never(Vec<R>),
    /// The work budget ran out.
    Undecided,
}

/// The same by the numbers of rules.
type Numbered = Matching<usize>;

impl Numbered {
    fn named(self, name: impl Fn(usize) -> String) -> Matching {
        match self {
            Matching::Some => Matching::Some,
            Matching::Never(by) => Matching::Never(by.into_iter().map(name).collect()),
            Matching::Undecided => Matching::Undecided,
        }
    }
}

/// A box of packets of one family, source ports included.
#[derive(Clone, Debug)]
struct Shape {
    source: AddressSet,
    destination: AddressSet,
    services: Services,
    source_ports: PortSet,
}

/// How many sides of a box there are.
const SIDES: usize = 4;

impl Shape {
    fn is_empty(&self) -> bool {
        self.source.is_empty()
            || self.destination.is_empty()
            || self.services.is_empty()
            || self.source_ports.is_empty()
    }

    fn intersects(&self, other: &Shape) -> bool {
        self.services.intersects(&other.services)
            && self.source.intersects(&other.source)
            && self.destination.intersects(&other.destination)
            && self.source_ports.intersects(&other.source_ports)
    }

    /// Which sides of it lie in those of `other`.
    fn inside(&self, other: &Shape) -> [bool; SIDES] {
        [
            self.services.is_subset(&other.services),
            self.source_ports.is_subset(&other.source_ports),
            self.source.is_subset(&other.source),
            self.destination.is_subset(&other.destination),
        ]
    }

    /// The box with one side less what `other` has there.
    fn less(&self, side: usize, other: &Shape) -> Shape {
        let mut rest = self.clone();
        match side {
            0 => rest.services = rest.services.difference(&other.services),
            1 => rest.source_ports = rest.source_ports.difference(&other.source_ports),
            2 => rest.source = rest.source.difference(&other.source),
            _ => rest.destination = rest.destination.difference(&other.destination),
        }
        rest
    }

    /// The box with one side cut to what `other` has there.
    fn cut(&self, side: usize, other: &Shape) -> Shape {
        let mut rest = self.clone();
        match side {
            0 => rest.services = rest.services.intersection(&other.services),
            1 => rest.source_ports = rest.source_ports.intersection(&other.source_ports),
            2 => rest.source = rest.source.intersection(&other.source),
            _ => rest.destination = rest.destination.intersection(&other.destination),
        }
        rest
    }
}

/// The smallest box of plain intervals around a shape: most pairs of rules are told apart by it.
#[derive(Clone, Copy, Debug)]
struct Around {
    tcp: (u16, u16),
    udp: (u16, u16),
    portless: bool,
    source: (u32, u32),
    destination: (u32, u32),
}

impl Around {
    fn new(shape: &Shape) -> Self {
        // Nothing lies between 1 and 0.
        let ports = |ports: &PortSet| ports.span().unwrap_or((1, 0));
        let addresses = |set: &AddressSet| {
            let high = |value: u128| u32::try_from(value >> 96).unwrap_or(u32::MAX);
            let v6 = || set.v6().span().map(|(first, last)| (high(first), high(last)));
            set.v4().span().or_else(v6).unwrap_or((1, 0))
        };
        Around {
            tcp: ports(shape.services.tcp_ports()),
            udp: ports(shape.services.udp_ports()),
            portless: shape.services.has_portless(),
            source: addresses(&shape.source),
            destination: addresses(&shape.destination),
        }
    }

    fn meets(&self, other: &Around) -> bool {
        fn meet<T: PartialOrd>(a: (T, T), b: (T, T)) -> bool {
            a.0 <= b.1 && b.0 <= a.1
        }
        meet(self.destination, other.destination)
            && meet(self.source, other.source)
            && (meet(self.tcp, other.tcp) || meet(self.udp, other.udp) || self.portless && other.portless)
    }
}

/// Rules in their order, to be asked whether a later box is covered by them.
struct Earlier {
    shapes: Vec<Entry>,
    left: u64,
}

/// A rule's box, what is around it, and the rule's number.
type Entry = (Around, Arc<Shape>, usize);

fn entry(shape: Shape, rule: usize) -> Option<Entry> {
    (!shape.is_empty()).then(|| (Around::new(&shape), Arc::new(shape), rule))
}

/// How many comparisons of two rules the analysis of a network may cost. Some seconds at the very worst; a list of 4,000
/// rules needs a fraction.
const BUDGET: u64 = 40_000_000;

/// A box that is looked for among these rules.
type Sought = (Shape, Vec<Arc<Shape>>, Vec<usize>);

impl Earlier {
    fn add(&mut self, shape: Shape, rule: usize) {
        self.shapes.extend(entry(shape, rule));
    }

    fn spend(&mut self, amount: usize) -> Option<()> {
        let left = self.left.checked_sub(amount as u64);
        self.left = left.unwrap_or(0);
        left.map(|_| ())
    }

    /// The rules, these or `more`, that cover all of the box, in order; `Some(None)` if they do not, `None` if the work ran out.
    fn covering(&mut self, shape: &Shape, more: &[&[Entry]]) -> Option<Option<Vec<usize>>> {
        let around = Around::new(shape);
        // Looking at the intervals of a rule costs next to nothing.
        self.spend(self.shapes.len() / 16)?;
        let all = self.shapes.iter().chain(more.iter().copied().flatten());
        let near: Vec<(Arc<Shape>, usize)> = all
            .filter(|(other, exact, _)| around.meets(other) && shape.intersects(exact))
            .map(|(_, exact, rule)| (exact.clone(), *rule))
            .collect();
        self.spend(near.len())?;
        if let Some((_, rule)) = near.iter().find(|(other, _)| shape.inside(other) == [true; SIDES]) {
            return Some(Some(vec![*rule]));
        }
        if near.is_empty() || self.some_point_is_free(shape, &near)? {
            return Some(None);
        }
        let (shapes, rules): (Vec<_>, Vec<_>) = near.into_iter().unzip();
        let mut used = BTreeSet::new();
        let mut stack: Vec<Sought> = vec![(shape.clone(), shapes, rules)];
        while let Some((mut rest, mut shapes, mut rules)) = stack.pop() {
            loop {
                self.spend(shapes.len() + 1)?;
                let kept: Vec<bool> = shapes.iter().map(|other| rest.intersects(other)).collect();
                keep(&mut shapes, &kept);
                keep(&mut rules, &kept);
                // What only one side stands out from is taken off that side, and leaves one box.
                let mut best: Option<(usize, usize)> = None;
                let mut shrunk = false;
                for (index, other) in shapes.iter().enumerate() {
                    let inside = rest.inside(other);
                    let count = inside.iter().filter(|side| **side).count();
                    if count + 1 >= SIDES {
                        used.insert(rules[index]);
                        let side = inside.iter().position(|side| !side).unwrap_or(0);
                        rest = rest.less(side, other);
                        shrunk = true;
                        if rest.is_empty() {
                            break;
                        }
                    } else if best.is_none_or(|(most, _)| count > most) {
                        best = Some((count, index));
                    }
                }
                if rest.is_empty() {
                    break;
                }
                if shrunk {
                    continue;
                }
                let Some((_, index)) = best else { return Some(None) };
                let other = shapes.swap_remove(index);
                used.insert(rules.swap_remove(index));
                // Cut by services first: a tag has thousands of ranges, which stay whole in all boxes but the last.
                for side in 0..SIDES {
                    let outside = rest.less(side, &other);
                    if !outside.is_empty() {
                        stack.push((outside, shapes.clone(), rules.clone()));
                    }
                    rest = rest.cut(side, &other);
                }
                break;
            }
        }
        Some(Some(used.into_iter().collect()))
    }

    /// Whether one of some points of the box is in no rule. Most rules that live are known by one.
    fn some_point_is_free(&mut self, shape: &Shape, near: &[(Arc<Shape>, usize)]) -> Option<bool> {
        const TRIES: u64 = 12;
        for seed in 0..TRIES {
            let point = point(shape, seed);
            self.spend(near.len())?;
            if !near.iter().any(|(other, _)| point.inside(other) == [true; SIDES]) {
                return Some(true);
            }
        }
        Some(false)
    }
}

fn keep<T>(items: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    items.retain(|_| kept.next().copied().unwrap_or(true));
}

/// A single packet of the box; see [`Ranges::sample`](crate::model::Ranges::sample).
fn point(shape: &Shape, seed: u64) -> Shape {
    let tcp = shape.services.tcp_ports().sample(seed);
    let udp = shape.services.udp_ports().sample(seed);
    let services = match (tcp.is_empty(), udp.is_empty()) {
        (false, _) => Services::new(Protocol::Tcp, &tcp),
        (true, false) => Services::new(Protocol::Udp, &udp),
        // Every protocol without ports: a rule has one of them or all.
        (true, true) => shape.services.clone(),
    };
    Shape {
        // A step between the seeds of the sides, so that not every side takes the same way through its ranges.
        source: shape.source.sample(seed),
        destination: shape.destination.sample(if seed < 2 { seed } else { seed + 1000 }),
        services,
        source_ports: shape.source_ports.sample(seed),
    }
}

/// A rule's boxes: what it matches for certain, and all that it may match, by family.
fn shapes(source: &Side, destination: &Side, services: &Services, source_ports: &PortSet) -> [Vec<Shape>; 2] {
    // A rule with source ports may or may not match protocols that have none.
    let certain = match source_ports.is_all() {
        true => services.clone(),
        false => with_ports(services),
    };
    let of = |source: &AddressSet, destination: &AddressSet, services: &Services| {
        let family = |source: AddressSet, destination: AddressSet| Shape {
            source,
            destination,
            services: services.clone(),
            source_ports: source_ports.clone(),
        };
        let families =
            [family(source.only_v4(), destination.only_v4()), family(source.only_v6(), destination.only_v6())];
        families.into_iter().filter(|shape| !shape.is_empty()).collect()
    };
    [of(&source.sure, &destination.sure, &certain), of(source.widest(), destination.widest(), services)]
}

/// TCP and UDP alone.
fn with_ports(services: &Services) -> Services {
    Services::new(Protocol::Tcp, services.tcp_ports()).union(&Services::new(Protocol::Udp, services.udp_ports()))
}

/// Which custom rules of each NSG ever match a packet, in the order of [`Nsg::rules`].
///
/// A rule is dead only if it is on every subnet that the NSG stands on, and under both readings of `VirtualNetwork`.
/// Rules of one direction with the same priority, which Azure refuses, are taken in their order.
pub fn nsg_matching(network: &Network, tags: &TagTable) -> BTreeMap<String, Vec<Matching>> {
    let space = Space::new(network);
    let mut left = BUDGET;
    let of = |(name, nsg): (&String, &Nsg)| {
        let relative = |endpoint: &Endpoint| {
            matches!(endpoint, Endpoint::Tag(tag)
                if ["virtualnetwork", "internet"].contains(&tag.to_ascii_lowercase().as_str()))
        };
        let depends = nsg.rules.iter().any(|rule| relative(&rule.source) || relative(&rule.destination));
        let readings = if depends { &READINGS[..] } else { &READINGS[..1] };
        let mut tables: Vec<Option<&RouteTable>> = Vec::new();
        for subnet in network.subnets.iter().filter(|subnet| network.filters(name, subnet)) {
            let table = subnet.route_table.as_ref().and_then(|table| network.route_tables.get(table));
            if depends && !tables.iter().any(|known| known.map(std::ptr::from_ref) == table.map(std::ptr::from_ref)) {
                tables.push(table);
            }
        }
        if tables.is_empty() {
            tables.push(None);
        }
        let mut found: Option<Vec<Matching>> = None;
        for reading in readings {
            for table in &tables {
                let resolver = Resolver::new(network, &space, tags, *table, *reading);
                let matching = matching_rules(&nsg.rules, &resolver, &mut left);
                found = Some(match found {
                    None => matching,
                    Some(before) => before.into_iter().zip(matching).map(|(a, b)| both(a, b)).collect(),
                });
            }
        }
        (name.clone(), found.unwrap_or_default())
    };
    network.nsgs.iter().map(of).collect()
}

/// What holds if a rule stands in two places: dead if it is in both.
fn both<R: PartialEq>(one: Matching<R>, other: Matching<R>) -> Matching<R> {
    match (one, other) {
        (Matching::Some, _) | (_, Matching::Some) => Matching::Some,
        (Matching::Undecided, _) | (_, Matching::Undecided) => Matching::Undecided,
        (Matching::Never(mut one), Matching::Never(other)) => {
            one.extend(other.into_iter().filter(|rule| !one.contains(rule)).collect::<Vec<_>>());
            Matching::Never(one)
        }
    }
}

/// The analysis of one list of rules for the first subnet of a network, with less work than usual.
#[cfg(test)]
pub(super) fn within_budget(rules: &[SecurityRule], network: &Network, tags: &TagTable, budget: u64) -> Vec<Matching> {
    let resolver = Resolver::new(network, &Space::new(network), tags, None, READINGS[0]);
    let mut left = budget;
    matching_rules(rules, &resolver, &mut left)
}

fn matching_rules(rules: &[SecurityRule], resolver: &Resolver<'_>, left: &mut u64) -> Vec<Matching> {
    let mut found = vec![Numbered::Some; rules.len()];
    for direction in [Direction::Inbound, Direction::Outbound] {
        let mut order: Vec<usize> = (0..rules.len()).filter(|index| rules[*index].direction == direction).collect();
        order.sort_by_key(|index| rules[*index].priority);
        let mut earlier = Earlier { shapes: Vec::new(), left: *left };
        for (position, index) in order.iter().enumerate() {
            let rule = &rules[*index];
            let (source, destination) = (resolver.side(&rule.source), resolver.side(&rule.destination));
            let [sure, widest] = shapes(&source, &destination, &rule.services(), &rule.source_ports);
            found[*index] = match covered(&mut earlier, &widest, &[]) {
                Matching::Some if source.may.is_some() || destination.may.is_some() => {
                    let same = order[..position].iter().find(|before| is_within(rule, &rules[**before], resolver));
                    same.map_or(Matching::Some, |before| Matching::Never(vec![*before]))
                }
                matching => matching,
            };
            sure.into_iter().for_each(|shape| earlier.add(shape, *index));
        }
        *left = earlier.left;
    }
    found.into_iter().map(|matching| matching.named(|index| rules[index].name.clone())).collect()
}

/// Whether the earlier rules cover all of the boxes; the rules that do by their numbers.
fn covered(earlier: &mut Earlier, boxes: &[Shape], more: &[&[Entry]]) -> Numbered {
    let mut by = BTreeSet::new();
    for shape in boxes {
        match earlier.covering(shape, more) {
            None => return Matching::Undecided,
            Some(None) => return Matching::Some,
            Some(Some(rules)) => by.extend(rules),
        }
    }
    Matching::Never(by.into_iter().collect())
}

/// Whether an earlier rule names all that a later one names, though nobody knows the addresses: the same tag, at least
/// the same groups.
fn is_within(rule: &SecurityRule, earlier: &SecurityRule, resolver: &Resolver<'_>) -> bool {
    let side = |own: &Endpoint, other: &Endpoint| {
        let named = match (own, other) {
            (Endpoint::Tag(own), Endpoint::Tag(other)) => own.eq_ignore_ascii_case(other),
            (Endpoint::Groups(own), Endpoint::Groups(other)) => own.iter().all(|group| other.contains(group)),
            _ => false,
        };
        named || resolver.side(own).widest().is_subset(&resolver.side(other).sure)
    };
    rule.services().is_subset(&earlier.services())
        && rule.source_ports.is_subset(&earlier.source_ports)
        && (earlier.source_ports.is_all() || !rule.services().has_portless())
        && side(&rule.source, &earlier.source)
        && side(&rule.destination, &earlier.destination)
}

/// A rule of a firewall, as far as this analysis needs it.
struct Held<'a> {
    path: String,
    source: Side,
    services: Services,
    /// By address; nothing for an application rule.
    destination: Side,
    names: Vec<Pattern>,
    /// Tags for names that the vendor manages.
    vendor: &'a [String],
    /// Whether it matches something else by name as well: URLs, categories, names of SQL servers.
    more: bool,
    application: bool,
}

/// Which rules of a firewall ever match a packet, each by `group/collection/rule`, in the order in which it processes
/// them: network rules before application rules, the parent's groups first
/// (learn.microsoft.com/azure/firewall/rule-processing).
///
/// A rule for names is dead if every one of its names is: an earlier rule has it, or a network rule matches whatever its
/// address is. Rules of groups that were not shown may well come before.
pub fn firewall_matching(firewall: &Firewall, tags: &TagTable) -> Vec<(String, Matching)> {
    let rules = held(firewall, tags);
    // Inside names lead to private addresses; the firewall carries IPv4.
    let anywhere = Side::sure(AddressSet::all_v4());
    let names_off = names_off(firewall).is_some();
    let mut by_address = Earlier { shapes: Vec::new(), left: BUDGET };
    let mut by_name: Vec<(Pattern, Vec<Entry>)> = Vec::new();
    let mut found: Vec<(String, Matching)> = Vec::new();
    let path = |index: usize| rules[index].path.clone();
    let every = PortSet::all();
    for (index, rule) in rules.iter().enumerate() {
        let [sure, widest] = shapes(&rule.source, &rule.destination, &rule.services, &every);
        let addressed = !rule.application && !widest.is_empty();
        let mut matching = addressed.then(|| covered(&mut by_address, &widest, &[]));
        let [surely_to_names, to_names] = shapes(&rule.source, &anywhere, &rule.services, &every);
        let names = || rule.names.iter().filter(|_| rule.application || !names_off);
        for name in names() {
            // Rules for this very name, or for more names than it, and what passes whatever the name is.
            let same = by_name.iter().filter(|(wide, _)| wide.covers(name));
            let more: Vec<&[Entry]> = same.map(|(_, shapes)| shapes.as_slice()).collect();
            let one = covered(&mut by_address, &to_names, &more);
            matching = Some(matching.map_or(one.clone(), |before| both(before, one)));
        }
        if !rule.vendor.is_empty() || rule.more {
            let same = rules[..if rule.more { 0 } else { index }].iter().position(|before| {
                before.application
                    && rule.vendor.iter().all(|tag| before.vendor.contains(tag))
                    && rule.source.widest().is_subset(&before.source.sure)
                    && rule.services.is_subset(&before.services)
            });
            let one = match same {
                Some(before) => Matching::Never(vec![before]),
                None => covered(&mut by_address, &to_names, &[]),
            };
            matching = Some(matching.map_or(one.clone(), |before| both(before, one)));
        }
        // A rule of nothing but names, on a firewall that reads none in network rules.
        let matching = matching.unwrap_or_else(|| Matching::Never(Vec::new()));
        if !rule.application {
            sure.into_iter().for_each(|shape| by_address.add(shape, index));
        }
        for name in names() {
            let shapes = surely_to_names.iter().filter_map(|shape| entry(shape.clone(), index)).collect();
            by_name.push((name.clone(), shapes));
        }
        found.push((rule.path.clone(), matching.named(path)));
    }
    found
}

fn held<'a>(firewall: &'a Firewall, tags: &TagTable) -> Vec<Held<'a>> {
    let (mut network, mut application) = (Vec::new(), Vec::new());
    for (collection_path, collection) in in_order(firewall) {
        let path = |rule: &str| format!("{collection_path}/{rule}");
        let patterns = |names: &[String]| names.iter().map(|name| Pattern::new(name)).collect();
        match &collection.rules {
            CollectionRules::Network(rules) => network.extend(rules.iter().map(|rule| Held {
                path: path(&rule.name),
                source: firewall_side(tags, &rule.source),
                services: rule.services.clone(),
                destination: firewall_sides(tags, &rule.destinations),
                names: patterns(&rule.names),
                vendor: &[],
                more: false,
                application: false,
            })),
            CollectionRules::Application(rules) => application.extend(rules.iter().map(|rule| {
                let web = rule.protocols.iter().map(|protocol| protocol.port);
                let ports = web.chain(rule.sql_ports.iter().copied()).map(|port| (port, port));
                Held {
                    path: path(&rule.name),
                    source: firewall_side(tags, &rule.source),
                    services: Services::new(Protocol::Tcp, &PortSet::from_ranges(ports)),
                    destination: Side::sure(AddressSet::default()),
                    // Names of SQL servers are others, so that rules with them are asked about as a whole.
                    names: if rule.sql_ports.is_empty() { patterns(&rule.names) } else { Vec::new() },
                    vendor: &rule.fqdn_tags,
                    more: !(rule.urls.is_empty() && rule.web_categories.is_empty() && rule.sql_ports.is_empty()),
                    application: true,
                }
            })),
            // They come before all others and replace the destination: neither dead nor in the way for certain.
            CollectionRules::Nat(_) => {}
        }
    }
    network.extend(application);
    network
}

/// Whether each route of each table wins for some destination of some subnet, in the order of [`RouteTable::routes`]:
/// longer prefixes, and of equal ones those that Azure prefers, may leave it nothing.
pub fn routes_winning(network: &Network, tags: &TagTable) -> BTreeMap<String, Vec<bool>> {
    let space = Space::new(network);
    let of = |(name, table): (&String, &RouteTable)| {
        let none = Subnet::default();
        let mut subnets: Vec<&Subnet> =
            network.subnets.iter().filter(|subnet| subnet.route_table.as_ref() == Some(name)).collect();
        subnets.dedup_by_key(|subnet| &subnet.service_endpoints);
        if subnets.is_empty() {
            subnets.push(&none);
        }
        // By numbers: a name may stand there twice.
        let mut numbered = table.clone();
        for (index, route) in numbered.routes.iter_mut().enumerate() {
            route.name = format!("#{index}");
        }
        let mut wins = vec![false; table.routes.len()];
        for subnet in subnets {
            for leg in routes::legs(network, &space, tags, subnet, Some(&numbered)) {
                let index = leg.route.strip_prefix('#').and_then(|index| index.parse::<usize>().ok());
                match index.and_then(|index| wins.get_mut(index)) {
                    Some(wins) => *wins = true,
                    // A tag that is not known may hold any address, so its route may win and take from the others.
                    None if matches!(leg.hop, super::Hop::Unknown(_)) => wins.fill(true),
                    None => {}
                }
            }
        }
        (name.clone(), wins)
    };
    network.route_tables.iter().map(of).collect()
}
