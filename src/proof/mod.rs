//! A network against its required flows: does each pass, and what is open beyond them.
//!
//! The flows come from catalog and intent, never from the plan; the network may be a plan, files read back or an export.

mod changes;

use crate::catalog::Need;
use crate::exposure::{Exposure, exposed};
use crate::model::{AddressSet, Direction, Disposition, Flow, Network, Services, Step, Subnet, TagTable};
use crate::parallel::in_parallel;
use crate::required::{Party, RequiredFlow, addresses};
use crate::simulate::{Hop, Open, OpenRegion, Readings, Simulator};
use changes::changes;
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
    /// Where each of the changes is needed, and what decides there now: one for each of them, in their order.
    pub blocked_at: Vec<Step>,
    /// The rules and routes by which its packets pass, as far as they do.
    pub passed_by: BTreeSet<Step>,
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
    /// The host names that it is open for, if it is open for names only.
    pub names: Vec<String>,
    /// The addresses at the far end, as a set; any that the names may have where names are meant.
    pub far: AddressSet,
    /// Protocols and ports, as a set.
    pub on: Services,
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
    let readings = Readings::new(network, table);
    let verdicts = in_parallel(flows.iter().collect(), |flow| judge(network, flow, table, &readings));
    let wanted: Vec<Wanted> =
        flows.iter().flat_map(|flow| wanted(flow, table, without_names, open_names, &readings)).collect();
    let subnets = in_parallel(network.subnets.iter().collect(), |subnet| {
        opened(network, subnet, flows, table, &wanted, &readings)
    });
    let mut unwanted: BTreeSet<Unwanted> = BTreeSet::new();
    let mut assumed: BTreeSet<String> = BTreeSet::new();
    let mut exposure = Vec::new();
    for subnet in subnets {
        unwanted.extend(subnet.unwanted);
        assumed.extend(subnet.assumed);
        exposure.extend(subnet.exposure);
    }
    Proof { verdicts, unwanted: unwanted.into_iter().collect(), exposure, assumed: assumed.into_iter().collect() }
}

/// What is open in one subnet.
fn opened(
    network: &Network,
    subnet: &Subnet,
    flows: &[RequiredFlow],
    table: &TagTable,
    wanted: &[Wanted],
    readings: &Readings,
) -> Proof {
    let mut proof = Proof::default();
    let not_judged = match &subnet.nsg {
        None => Some("it has no NSG of ours".to_string()),
        Some(nsg) if network.nsgs.get(nsg).is_none_or(|nsg| nsg.others_rules) => {
            Some(format!("rules of others in NSG `{nsg}` were not shown"))
        }
        Some(_) => None,
    };
    if let Some(reason) = &not_judged {
        proof.assumed.push(format!("what is open in `{}` was not judged: {reason}", subnet.name));
    }
    let mut reached = Vec::new();
    let mut more = BTreeSet::new();
    for simulator in readings.about(&[&AddressSet::from_prefixes(&subnet.prefixes)]) {
        for (direction, open) in [
            (Direction::Outbound, simulator.open_outbound(&subnet.name)),
            (Direction::Inbound, simulator.open_inbound(&subnet.name)),
        ] {
            if open.undecided {
                proof.assumed.push(format!("what is open in `{}` was not decided: too many rules", subnet.name));
            }
            if not_judged.is_none() {
                proof.unwanted.extend(beyond(&open, wanted, &subnet.name, direction));
                more.extend(open.assumed.iter().filter(|reason| !is_of_others(reason)).cloned());
            }
            if direction == Direction::Outbound {
                reached.push(open);
            }
        }
    }
    let rest = more.len().saturating_sub(MOST_REASONS);
    for reason in more.into_iter().take(MOST_REASONS) {
        proof.assumed.push(format!("what is open in `{}` beyond this was not judged: {reason}", subnet.name));
    }
    if rest > 0 {
        proof
            .assumed
            .push(format!("what is open in `{}` beyond this was not judged for {rest} more such reasons", subnet.name));
    }
    if !subnet.prefixes.is_empty() && subnet.nsg.is_some() {
        proof.exposure.push(exposed(&subnet.name, &reached, flows, table));
    }
    proof
}

/// How many reasons why more may be open in a subnet are told one by one.
const MOST_REASONS: usize = 8;

/// Whether more may be open because others own rules, routes, groups or a whole appliance beside ours: a plan states that
/// itself, once, and what exports leave out of it is said where they are laid on it.
fn is_of_others(reason: &str) -> bool {
    let of_others = ["rules of others in ", "routes of others in ", "rule collection groups of others on "];
    of_others.iter().any(|start| reason.starts_with(start)) || reason.starts_with("nobody can read the rules of ")
}

impl Proof {
    /// What speaks against the network: required flows that do not pass, and openings that nothing wants.
    pub fn failures(&self) -> impl Iterator<Item = &Verdict> {
        let failed = |verdict: &&Verdict| {
            verdict.need == Need::Required && !matches!(verdict.outcome, Outcome::Allowed | Outcome::Assumed(_))
        };
        self.verdicts.iter().filter(failed)
    }

    /// Everything that the proof says, one line each, in its order: what a digest of it is taken over. The same network and
    /// the same required flows give the same bytes.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut line = |parts: &[&str]| {
            // A part may be any text: as JSON, no two proofs have the same lines.
            text.push_str(&serde_json::json!(parts).to_string());
            text.push('\n');
        };
        for v in &self.verdicts {
            let outcome = match &v.outcome {
                Outcome::Allowed => "allowed".into(),
                Outcome::Assumed(reason) => format!("assumed: {reason}"),
                Outcome::Part(rest) => format!("in part, not {rest}"),
                Outcome::Blocked => "blocked".into(),
                Outcome::Undecided => "undecided".into(),
            };
            let need = if v.need == Need::Required { "required" } else { "optional" };
            line(&[need, &v.requirement, &v.from, &v.to, &v.services, &outcome, &v.decided]);
        }
        for u in &self.unwanted {
            line(&["unwanted", &u.subnet, &u.direction, &u.what, &u.addresses.to_string(), &u.services, &u.by]);
        }
        for e in &self.exposure {
            let (names, anyone) = (e.names.join(" "), e.anyone.join(" "));
            line(&["exposure", &e.subnet, &e.addresses.to_string(), &names, &anyone]);
        }
        self.assumed.iter().for_each(|assumed| line(&["assumed", assumed]));
        text
    }

    /// Whether every required flow passes or is assumed, and nothing is open that nothing wants.
    pub fn holds(&self) -> bool {
        self.failures().next().is_none() && self.unwanted.is_empty()
    }
}

/// What becomes of each flow, as [`prove`] says it, and nothing else.
pub fn outcomes(network: &Network, flows: &[&RequiredFlow], table: &TagTable) -> Vec<Outcome> {
    let readings = Readings::new(network, table);
    in_parallel(flows.to_vec(), |flow| traced(flow, &families(flow, table, &readings), &readings).outcome())
}

/// The traces of a required flow.
fn traced(flow: &RequiredFlow, families: &[Flow], readings: &Readings) -> Found {
    // What passes by address alone passes for every name; only what does not is traced name by name.
    let any_address = matches!(&flow.to, Party::Service(to) if to.tag.is_none());
    let by_address = families.first().filter(|_| !any_address);
    let by_address = by_address.map(|family| found([Flow { name: None, ..family.clone() }].iter(), false, readings));
    match by_address {
        Some(found) if found.outcome() == Outcome::Allowed => found,
        _ => found(families.iter(), any_address, readings),
    }
}

fn judge(network: &Network, flow: &RequiredFlow, table: &TagTable, readings: &Readings) -> Verdict {
    let families = families(flow, table, readings);
    let found = traced(flow, &families, readings);
    let outcome = found.outcome();
    let stuck = matches!(outcome, Outcome::Blocked | Outcome::Part(_));
    let changes = if stuck { changes(network, &families, table, readings) } else { Vec::new() };
    let (changes, blocked_at) = changes.into_iter().unzip();
    Verdict {
        requirement: flow.requirement.clone(),
        need: flow.need,
        from: flow.from.label(),
        to: flow.to.label(),
        services: flow.services().to_string(),
        outcome,
        decided: found.decided.map(|step| format!("{}: {}", step.at, step.rule)).unwrap_or_default(),
        changes,
        blocked_at,
        passed_by: found.passed_by,
    }
}

/// The packets of a required flow. A host name that no tag covers may have any public address; where a firewall is to hold
/// the name, any that the subnet's routes lead to the firewall.
fn families(flow: &RequiredFlow, table: &TagTable, readings: &Readings) -> Vec<Flow> {
    let mut families = flow.flows(table);
    if let (Party::Subnet { name, .. }, Party::Service(service)) = (&flow.from, &flow.to)
        && service.tag.is_none()
    {
        let held = to_appliances(readings, name);
        let storage = table.get("Storage").map(AddressSet::only_v4);
        for family in &mut families {
            match &storage {
                // Wherever the account is, its addresses lie behind the tag, and take a service endpoint where one is.
                Some(storage) if family.name.as_deref().is_some_and(is_storage) => family.destination = storage.clone(),
                _ if held.is_empty() => {}
                _ => family.destination = family.destination.intersection(&held),
            }
        }
    }
    families
}

/// Whether a host name is that of a storage account, in any cloud: `NAME.blob.core.windows.net` and its like
/// (learn.microsoft.com/azure/storage/common/storage-account-overview, storage account endpoints).
pub fn is_storage(name: &str) -> bool {
    let services = ["blob", "file", "queue", "table", "dfs", "web"];
    let clouds = ["core.windows.net", "core.usgovcloudapi.net", "core.chinacloudapi.cn"];
    let service = clouds.iter().find_map(|cloud| name.strip_suffix(cloud)?.strip_suffix('.'));
    service.is_some_and(|labels| services.iter().any(|kind| labels.ends_with(&format!(".{kind}"))))
}

/// The addresses that a subnet's routes lead to a firewall or appliance.
pub fn to_appliances(readings: &Readings, subnet: &str) -> AddressSet {
    let legs = readings.next_hops(subnet).unwrap_or_default().iter();
    let held = legs.filter(|leg| matches!(leg.hop, Hop::Appliance(_)));
    held.fold(AddressSet::default(), |sum, leg| sum.union(&leg.destination))
}

fn found<'a>(families: impl Iterator<Item = &'a Flow>, any_address: bool, readings: &Readings) -> Found {
    let mut found = Found { any_address, ..Found::default() };
    for family in families {
        for simulator in readings.about(&[&family.source, &family.destination]) {
            found.add(simulator, family);
        }
    }
    found
}

/// What the traces of one required flow say together.
#[derive(Default)]
struct Found {
    passed: bool,
    passed_by: BTreeSet<Step>,
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
            if matches!(part.disposition, Disposition::Delivered | Disposition::Assumed(_)) {
                self.passed_by.extend(part.steps.iter().filter(|step| step.passed).cloned());
            }
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

/// What a required flow wants open: itself, and where an explicit proxy is asked for its names, the proxy's port instead
/// of any address of theirs.
fn wanted(
    flow: &RequiredFlow,
    table: &TagTable,
    without_names: &AddressSet,
    open_names: bool,
    readings: &Readings,
) -> Vec<Wanted> {
    let whole = Wanted::new(flow, table, without_names, open_names, readings);
    let (Party::Subnet { name: subnet, .. }, Party::Service(service)) = (&flow.from, &flow.to) else {
        return vec![whole];
    };
    let asked: Vec<_> = service.names.iter().map(|name| readings.request(subnet, name)).collect();
    let Some((web, address, port)) = asked.iter().flatten().next().copied() else { return vec![whole] };
    if !flow.services().intersects(web) {
        return vec![whole];
    }
    let by_name = Wanted { destination: AddressSet::default(), ..whole.clone() };
    let request = Wanted { destination: address.clone(), names: Vec::new(), services: port.clone(), ..whole.clone() };
    // What the proxy is not asked for goes directly: other services, and names that machines reach without it.
    let all = asked.iter().all(Option::is_some);
    let services = if all { whole.services.difference(web) } else { whole.services.clone() };
    vec![Wanted { services, ..whole }, by_name, request]
}

/// What is wanted open, in every spelling it has.
#[derive(Clone)]
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
        readings: &Readings,
    ) -> Self {
        let set = |party: &Party| match party {
            Party::Service(service) => {
                if let Some(tag) = &service.tag {
                    let whole = addresses(party, table).union(&table.get(tag).cloned().unwrap_or_default());
                    // The tag without its region stands in at a firewall that does not take the regional one; nowhere else.
                    let wide = service.wide_tag.as_ref().and_then(|tag| table.get(tag));
                    match wide {
                        Some(wide) => whole.union(&wide.intersection(&to_appliances(readings, &flow.from.label()))),
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

    /// Whether it wants all of these packets by address.
    fn covers(&self, region: &OpenRegion) -> bool {
        region.services.is_subset(&self.services)
            && region.source.is_subset(&self.source)
            && region.destination.is_subset(&self.destination)
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
        let mut names = region.names.clone();
        if let Some(names) = &mut names {
            for wanted in &wanted {
                if region.source.is_subset(&wanted.source) && region.services.is_subset(&wanted.services) {
                    names.retain(|name| !wanted.names.iter().any(|wide| crate::required::name_covers(wide, name)));
                }
            }
        }
        // Most regions are open for one requirement: only the others are worth cutting up, thousands of ranges each.
        if names.as_ref().is_some_and(Vec::is_empty) || wanted.iter().any(|wanted| wanted.covers(region)) {
            continue;
        }
        let mut left: Vec<Packets> = vec![(region.source.clone(), region.destination.clone(), region.services.clone())];
        for wanted in &wanted {
            left = left
                .into_iter()
                .flat_map(|packets| without(packets, (&wanted.source, &wanted.destination, &wanted.services)))
                .collect();
        }
        for (source, destination, services) in left {
            let far = if direction == Direction::Outbound { &destination } else { &source };
            found.push(Unwanted {
                subnet: subnet.into(),
                direction: direction.name().into(),
                what: names.as_ref().map_or_else(|| far.to_string(), |names| names.join(", ")),
                addresses: if names.is_some() { 0 } else { far.count_v4() },
                services: services.to_string(),
                by: region.by.clone(),
                names: names.clone().unwrap_or_default(),
                far: far.clone(),
                on: services,
            });
        }
    }
    found
}
