//! A network against its required flows: does each pass, and what is open beyond them.
//!
//! The flows come from catalog and intent, never from the plan; the network may be a plan, files read back or an export.

use crate::catalog::{Need, Tenancy};
use crate::model::{
    Access, AddressSet, CollectionRules, Direction, Disposition, Endpoint, Flow, Network, NetworkRule, PortSet,
    Protocol, RuleCollection, RuleCollectionGroup, SecurityRule, Services, Step, TagTable, WayOut,
};
use crate::required::{Party, RequiredFlow, addresses};
use crate::simulate::{Hop, Open, READINGS, Simulator};
use std::collections::BTreeSet;

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
    /// Part of it passes: the addresses that do not.
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
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
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

/// Judges a network.
///
/// `without_names` is the space that a flow to host names must never be wanted in: private space and one's own.
/// `open_names` says whether the answers let host names without a tag be opened to every other address.
pub fn prove(
    network: &Network,
    flows: &[RequiredFlow],
    table: &TagTable,
    without_names: &AddressSet,
    open_names: bool,
) -> Proof {
    let simulators = READINGS.map(|reading| Simulator::new(network, table, reading));
    let mut proof = Proof::default();
    for flow in flows {
        proof.verdicts.push(judge(network, flow, table, &simulators));
    }
    let wanted: Vec<Wanted> =
        flows.iter().map(|flow| Wanted::new(flow, table, without_names, open_names, &simulators[0])).collect();
    let mut unwanted: BTreeSet<Unwanted> = BTreeSet::new();
    let mut assumed: BTreeSet<String> = BTreeSet::new();
    for subnet in &network.subnets {
        let judged = match &subnet.nsg {
            None => {
                assumed.insert(format!("what is open in `{}` was not judged: it has no NSG of ours", subnet.name));
                false
            }
            Some(nsg) if network.nsgs.get(nsg).is_none_or(|nsg| nsg.others_rules) => {
                assumed.insert(format!(
                    "what is open in `{}` was not judged: rules of others in NSG `{nsg}` were not shown",
                    subnet.name
                ));
                false
            }
            Some(_) => true,
        };
        let mut exposure = Exposure { subnet: subnet.name.clone(), ..Exposure::default() };
        let mut public = AddressSet::default();
        for simulator in &simulators {
            for (direction, open) in [
                (Direction::Outbound, simulator.open_outbound(&subnet.name)),
                (Direction::Inbound, simulator.open_inbound(&subnet.name)),
            ] {
                if open.undecided {
                    assumed.insert(format!("what is open in `{}` was not decided: too many rules", subnet.name));
                }
                if judged {
                    unwanted.extend(beyond(&open, &wanted, &subnet.name, direction));
                }
                if direction == Direction::Outbound {
                    expose(&open, &mut public, &mut exposure);
                }
            }
        }
        exposure.addresses = public.count_v4();
        exposure.names.sort();
        exposure.names.dedup();
        exposure.anyone = anyone(flows, &proof.verdicts, &subnet.name);
        if !subnet.prefixes.is_empty() && subnet.nsg.is_some() {
            proof.exposure.push(exposure);
        }
    }
    proof.unwanted = unwanted.into_iter().collect();
    proof.assumed = assumed.into_iter().collect();
    proof
}

impl Proof {
    /// What speaks against the network: required flows that do not pass, and openings that nothing wants.
    pub fn failures(&self) -> impl Iterator<Item = &Verdict> {
        let failed = |verdict: &&Verdict| {
            verdict.need == Need::Required && !matches!(verdict.outcome, Outcome::Allowed | Outcome::Assumed(_))
        };
        self.verdicts.iter().filter(failed)
    }

    /// Whether every required flow passes or is assumed, and nothing is open that nothing wants.
    pub fn holds(&self) -> bool {
        self.failures().next().is_none() && self.unwanted.is_empty()
    }
}

fn judge(network: &Network, flow: &RequiredFlow, table: &TagTable, simulators: &[Simulator; 2]) -> Verdict {
    // What passes by address alone passes for every name; only what does not is traced name by name.
    let families = families(flow, table, simulators);
    let any_address = matches!(&flow.to, Party::Service(to) if to.tag.is_none());
    let by_address = families.first().filter(|_| !any_address);
    let by_address = by_address.map(|family| found([Flow { name: None, ..family.clone() }].iter(), false, simulators));
    let found = match by_address {
        Some(found) if found.outcome() == Outcome::Allowed => found,
        _ => found(families.iter(), any_address, simulators),
    };
    let outcome = found.outcome();
    let stuck = matches!(outcome, Outcome::Blocked | Outcome::Part(_));
    Verdict {
        requirement: flow.requirement.clone(),
        need: flow.need,
        from: flow.from.label(),
        to: flow.to.label(),
        services: flow.services().to_string(),
        outcome,
        decided: found.decided.map(|step| format!("{}: {}", step.at, step.rule)).unwrap_or_default(),
        changes: if stuck { changes(network, &families, table) } else { Vec::new() },
    }
}

/// The packets of a required flow. A host name that no tag covers may have any public address; where a firewall is to hold
/// the name, any that the subnet's routes lead to the firewall.
fn families(flow: &RequiredFlow, table: &TagTable, simulators: &[Simulator; 2]) -> Vec<Flow> {
    let mut families = flow.flows(table);
    if let (Party::Subnet { name, .. }, Party::Service(service)) = (&flow.from, &flow.to)
        && service.tag.is_none()
    {
        let held = to_appliances(&simulators[0], name);
        if !held.is_empty() {
            for family in &mut families {
                family.destination = family.destination.intersection(&held);
            }
        }
    }
    families
}

/// The addresses that a subnet's routes lead to a firewall or appliance.
fn to_appliances(simulator: &Simulator, subnet: &str) -> AddressSet {
    let legs = simulator.next_hops(subnet).unwrap_or_default().iter();
    let held = legs.filter(|leg| matches!(leg.hop, Hop::Appliance(_)));
    held.fold(AddressSet::default(), |sum, leg| sum.union(&leg.destination))
}

fn found<'a>(families: impl Iterator<Item = &'a Flow>, any_address: bool, simulators: &[Simulator; 2]) -> Found {
    let mut found = Found { any_address, ..Found::default() };
    for family in families {
        for simulator in simulators {
            found.add(simulator, family);
        }
    }
    found
}

/// What the traces of one required flow say together.
#[derive(Default)]
struct Found {
    passed: bool,
    stuck: AddressSet,
    decided: Option<Step>,
    assumed: Option<String>,
    undecided: bool,
    /// Whether the flow is for a name that may have any public address.
    any_address: bool,
}

impl Found {
    fn add(&mut self, simulator: &Simulator, family: &Flow) {
        let trace = simulator.trace(family);
        self.undecided |= trace.undecided;
        for part in trace.parts {
            match part.disposition {
                Disposition::Delivered => self.passed = true,
                Disposition::Assumed(reason) => {
                    self.assumed.get_or_insert(reason);
                }
                Disposition::Denied | Disposition::NoEgressPath | Disposition::Dropped => {
                    self.stuck = self.stuck.union(&part.flow.destination);
                    if self.decided.is_none() {
                        self.decided = part.steps.last().cloned();
                    }
                }
            }
        }
    }

    fn outcome(&self) -> Outcome {
        if !self.stuck.is_empty() {
            let some = self.passed || self.assumed.is_some();
            // Where a name's address cannot be told, a part of all public addresses is no way to reach it.
            return if some && !self.any_address { Outcome::Part(self.stuck.to_string()) } else { Outcome::Blocked };
        }
        if self.undecided {
            return Outcome::Undecided;
        }
        match &self.assumed {
            Some(reason) => Outcome::Assumed(reason.clone()),
            None => Outcome::Allowed,
        }
    }
}

/// Every setting to change so that the flow passes: each block is lifted in a copy of the network, until none is left,
/// so that nobody mends one only to meet the next.
fn changes(network: &Network, families: &[Flow], table: &TagTable) -> Vec<String> {
    const MOST: usize = 8;
    let mut network = network.clone();
    let mut changes: Vec<String> = Vec::new();
    for _ in 0..MOST {
        let Some((family, step, disposition)) = first_block(&network, families, table) else { return changes };
        let Some(change) = lift(&mut network, &family, &step, &disposition) else {
            changes.push(match disposition {
                Disposition::Dropped => format!(
                    "{} ({}): Azure drops what goes to private space without a route; say in `network.peered` or `network.on_premises` where {} is",
                    step.at, step.rule, family.destination
                ),
                _ => format!("{}: {} blocks it", step.at, step.rule),
            });
            return changes;
        };
        if changes.contains(&change) {
            return changes;
        }
        changes.push(change);
    }
    changes
}

fn first_block(network: &Network, families: &[Flow], table: &TagTable) -> Option<(Flow, Step, Disposition)> {
    for reading in READINGS {
        let simulator = Simulator::new(network, table, reading);
        for family in families {
            for part in simulator.trace(family).parts {
                let stuck =
                    matches!(part.disposition, Disposition::Denied | Disposition::NoEgressPath | Disposition::Dropped);
                if let Some(step) = part.steps.last().filter(|_| stuck) {
                    return Some((part.flow.clone(), step.clone(), part.disposition.clone()));
                }
            }
        }
    }
    None
}

/// Lifts one block in the network and says in words what was changed; `None` if no setting of ours lifts it.
fn lift(network: &mut Network, family: &Flow, step: &Step, disposition: &Disposition) -> Option<String> {
    let target = family.name.clone().unwrap_or_else(|| family.destination.to_string());
    let sentence = |place: &str| {
        format!(
            "{place} (now decided by `{}`): allow {} from {} to {target}",
            step.rule, family.services, family.source
        )
    };
    if *disposition == Disposition::NoEgressPath {
        for subnet in &mut network.subnets {
            if AddressSet::from_prefixes(&subnet.prefixes).intersects(&family.source) {
                subnet.way_out = WayOut::NatGateway;
                return Some(format!(
                    "subnet `{}`: give it a way to the Internet (NAT gateway, firewall or public addresses)",
                    subnet.name
                ));
            }
        }
        return None;
    }
    if *disposition == Disposition::Dropped {
        return None;
    }
    let words: Vec<&str> = step.at.split(' ').collect();
    match words.as_slice() {
        ["NSG", name, direction, ..] => {
            let nsg = network.nsgs.get_mut(*name)?;
            let direction = if *direction == "inbound" { Direction::Inbound } else { Direction::Outbound };
            for protocol in [Protocol::Tcp, Protocol::Udp, Protocol::Icmp, Protocol::Esp, Protocol::Ah, Protocol::Any] {
                let rule = allow(protocol, direction, family)?;
                if rule.services().is_subset(&family.services) && !rule.services().is_empty() {
                    nsg.rules.insert(0, rule);
                }
            }
            Some(sentence(&step.at))
        }
        ["firewall", ..] => {
            let firewall = network.firewalls.first_mut()?;
            let rule = NetworkRule {
                name: "lifted".into(),
                source: prefixes(&family.source),
                services: family.services.clone(),
                destinations: vec![prefixes(&family.destination)],
                names: Vec::new(),
            };
            let collection = RuleCollection {
                name: "lifted".into(),
                priority: 0,
                access: Access::Allow,
                rules: CollectionRules::Network(vec![rule]),
            };
            let group =
                RuleCollectionGroup { name: "lifted".into(), priority: 0, parent: true, collections: vec![collection] };
            firewall.groups.insert(0, group);
            Some(sentence(&step.at))
        }
        _ => None,
    }
}

fn prefixes(set: &AddressSet) -> Endpoint {
    Endpoint::Prefixes(set.to_prefixes())
}

fn allow(protocol: Protocol, direction: Direction, family: &Flow) -> Option<SecurityRule> {
    let ports = match protocol {
        Protocol::Tcp => family.services.tcp_ports().clone(),
        Protocol::Udp => family.services.udp_ports().clone(),
        _ => PortSet::all(),
    };
    Some(SecurityRule {
        name: "lifted".into(),
        direction,
        priority: 0,
        access: Access::Allow,
        protocol,
        source: prefixes(&family.source),
        source_ports: PortSet::all(),
        destination: prefixes(&family.destination),
        destination_ports: ports,
        description: String::new(),
    })
}

/// What a required flow wants open, in every spelling it has.
struct Wanted {
    from: Vec<String>,
    to: Vec<String>,
    source: AddressSet,
    destination: AddressSet,
    names: Vec<String>,
    services: Services,
}

impl Wanted {
    fn new(
        flow: &RequiredFlow,
        table: &TagTable,
        without_names: &AddressSet,
        open_names: bool,
        simulator: &Simulator,
    ) -> Self {
        let set = |party: &Party| match party {
            Party::Service(service) => {
                if let Some(tag) = &service.tag {
                    let whole = addresses(party, table).union(&table.get(tag).cloned().unwrap_or_default());
                    // The tag without its region stands in at a firewall that does not take the regional one; nowhere else.
                    let wide = service.wide_tag.as_ref().and_then(|tag| table.get(tag));
                    match wide {
                        Some(wide) => whole.union(&wide.intersection(&to_appliances(simulator, &flow.from.label()))),
                        None => whole,
                    }
                } else if open_names && flow.need == Need::Required {
                    AddressSet::all_v4().difference(without_names)
                } else {
                    AddressSet::default()
                }
            }
            _ => addresses(party, table),
        };
        Wanted {
            source: set(&flow.from),
            destination: set(&flow.to),
            names: match &flow.to {
                Party::Service(service) => service.names.clone(),
                _ => Vec::new(),
            },
            services: flow.services(),
            from: Wanted::subnets(&flow.from),
            to: Wanted::subnets(&flow.to),
        }
    }

    /// The subnets whose NSGs see a party as their own.
    fn subnets(party: &Party) -> Vec<String> {
        match party {
            Party::Subnet { name, .. } => vec![name.clone()],
            Party::Prefixes { on, .. } => on.clone(),
            Party::Service(_) => Vec::new(),
        }
    }

    fn is_of(&self, subnet: &str, direction: Direction) -> bool {
        let own = if direction == Direction::Outbound { &self.from } else { &self.to };
        own.iter().any(|name| name == subnet)
    }
}

/// A box of packets.
type Packets = (AddressSet, AddressSet, Services);

/// `whole` without `part`, split by services first so that address sets stay whole.
fn without(whole: Packets, part: (&AddressSet, &AddressSet, &Services)) -> Vec<Packets> {
    let (source, destination, services) = &whole;
    if !services.intersects(part.2) || !source.intersects(part.0) || !destination.intersects(part.1) {
        return vec![whole];
    }
    let inner = services.intersection(part.2);
    let inside = source.intersection(part.0);
    let pieces = [
        (source.clone(), destination.clone(), services.difference(part.2)),
        (source.difference(part.0), destination.clone(), inner.clone()),
        (inside, destination.difference(part.1), inner),
    ];
    pieces.into_iter().filter(|(s, d, v)| !s.is_empty() && !d.is_empty() && !v.is_empty()).collect()
}

/// What is open and wanted by nobody.
fn beyond(open: &Open, wanted: &[Wanted], subnet: &str, direction: Direction) -> Vec<Unwanted> {
    let wanted: Vec<&Wanted> = wanted.iter().filter(|wanted| wanted.is_of(subnet, direction)).collect();
    let mut found = Vec::new();
    for region in &open.regions {
        let mut left: Vec<Packets> = vec![(region.source.clone(), region.destination.clone(), region.services.clone())];
        let mut names = region.names.clone();
        for wanted in &wanted {
            left = left
                .into_iter()
                .flat_map(|packets| without(packets, (&wanted.source, &wanted.destination, &wanted.services)))
                .collect();
            let same_source = region.source.is_subset(&wanted.source);
            if let Some(names) = names.as_mut().filter(|_| same_source && region.services.is_subset(&wanted.services)) {
                names.retain(|name| !wanted.names.iter().any(|wide| crate::required::name_covers(wide, name)));
            }
        }
        if names.as_ref().is_some_and(Vec::is_empty) {
            continue;
        }
        for (source, destination, services) in left {
            let far = if direction == Direction::Outbound { &destination } else { &source };
            found.push(Unwanted {
                subnet: subnet.into(),
                direction: if direction == Direction::Outbound { "outbound" } else { "inbound" }.into(),
                what: names.as_ref().map_or_else(|| far.to_string(), |names| names.join(", ")),
                addresses: if names.is_some() { 0 } else { far.count_v4() },
                services: services.to_string(),
                by: region.by.clone(),
            });
        }
    }
    found
}

/// Adds what can be reached outside the network.
fn expose(open: &Open, public: &mut AddressSet, exposure: &mut Exposure) {
    for region in &open.regions {
        match &region.names {
            None => *public = public.union(&region.destination.intersection(&AddressSet::public_v4())),
            Some(names) => exposure.names.extend(names.iter().cloned()),
        }
    }
}

/// The requirements that pass from this subnet to a place that anyone can rent.
fn anyone(flows: &[RequiredFlow], verdicts: &[Verdict], subnet: &str) -> Vec<String> {
    let rentable = |(flow, verdict): &(&RequiredFlow, &Verdict)| {
        flow.tenancy == Tenancy::Anyone
            && verdict.from == subnet
            && matches!(verdict.outcome, Outcome::Allowed | Outcome::Assumed(_))
    };
    let ids: BTreeSet<String> =
        flows.iter().zip(verdicts).filter(rentable).map(|(flow, _)| flow.requirement.clone()).collect();
    ids.into_iter().collect()
}
