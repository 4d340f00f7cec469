//! What becomes of a flow, in values that are printed or serialised as they are.

use super::Question;
use crate::model::{AddressSet, Disposition, Flow, Network, Part, Subnet, TagTable};
use crate::proof::{is_storage, to_appliances};
use crate::simulate::{FieldLook, Hop as NextHop, Leg, Look, Matches, Readings, RuleLook, Simulator};
use serde::Serialize;

/// The version of the JSON form.
const FORMAT: u32 = 1;

/// What becomes of a flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The version of this form.
    pub format: u32,
    /// The source as it was asked for.
    pub from: String,
    /// The destination as it was asked for.
    pub to: String,
    /// Protocols and ports.
    pub service: String,
    /// All parts together.
    pub verdict: Verdict,
    /// The packets by what they meet. No packet is in two parts of one reading.
    pub parts: Vec<ToldPart>,
}

/// What becomes of all packets of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// All of them arrive, under both readings of `VirtualNetwork`.
    Allowed,
    /// It cannot be known offline.
    Assumed,
    /// Some arrive and some do not.
    AllowedInPart,
    /// None arrives.
    Blocked,
    /// The work budget ran out.
    Undecided,
}

impl Verdict {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Allowed => "allowed",
            Verdict::Assumed => "assumed",
            Verdict::AllowedInPart => "allowed in part",
            Verdict::Blocked => "blocked",
            Verdict::Undecided => "undecided",
        }
    }
}

/// Packets that meet the same rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldPart {
    /// The reading of `VirtualNetwork` that it holds for, if the two differ: `narrow` or `wide`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<&'static str>,
    /// Their sources.
    pub from: String,
    /// Their destinations.
    pub to: String,
    /// How many public IPv4 addresses these are.
    pub addresses: u64,
    /// Their services.
    pub service: String,
    /// `delivered`, `denied`, `dropped`, `no egress path` or `assumed`.
    pub outcome: &'static str,
    /// Why it is assumed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The way, step by step.
    pub hops: Vec<Hop>,
    /// What Azure's own tools would answer.
    pub azure: Azure,
}

/// A step on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hop {
    /// Where: `NSG nsg-a outbound`, `routes of snet-a`, `firewall afw-hub`.
    pub at: String,
    /// The rule or route that decided.
    pub rule: String,
    /// Whether the packets went on.
    pub passed: bool,
    /// Everything that was looked at, in its order.
    pub rules: Vec<ToldRule>,
}

/// A rule or route that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldRule {
    /// Its name.
    pub name: String,
    /// Its priority, its place, or a route's longest prefix that fits.
    pub order: String,
    /// What it does.
    pub does: String,
    /// Whether the packets have what it asks for: `yes`, `no`, `in part`, `not known`.
    pub matches: &'static str,
    /// Whether it decided.
    pub decides: bool,
    /// Its fields.
    pub fields: Vec<ToldField>,
}

/// A field of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldField {
    /// Which.
    pub field: &'static str,
    /// What the rule asks for.
    pub asks: String,
    /// Whether the packets have it.
    pub matches: &'static str,
    /// Why it is not known.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// What Network Watcher would answer for a machine in the network
/// (learn.microsoft.com/azure/network-watcher/ip-flow-verify-overview and next-hop-overview). It looks at NSGs and routes
/// alone: what a firewall denies, it does not see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Azure {
    /// IP flow verify at the source, outbound. TCP and UDP only; none if no shown NSG stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_flow_outbound: Option<IpFlow>,
    /// IP flow verify at the destination, inbound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_flow_inbound: Option<IpFlow>,
    /// Next hop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_hop: Option<AzureNextHop>,
}

/// An answer of IP flow verify.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct IpFlow {
    /// `Allow` or `Deny`.
    pub access: &'static str,
    /// The rule.
    pub rule: String,
}

/// An answer of next hop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AzureNextHop {
    /// Its type, in Azure's spelling.
    pub kind: &'static str,
    /// The appliance's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The route table, or `System Route`.
    pub route_table: String,
}

/// Traces the flow under both readings and tells it.
///
/// `as_shown` is for exports: what stands beside the shown rules, or was shown and cannot be read, may decide otherwise, and
/// the flow is assumed. A plan's own assumptions about what others own are stated with it, and not here.
pub fn tell(question: &Question, network: &Network, table: &TagTable, as_shown: bool) -> Told {
    let readings = Readings::new(network, table);
    let flow = &packets(question, network, &readings);
    let simulators = readings.about(&[&flow.source, &flow.destination]);
    let mut parts: Vec<(Option<&'static str>, ToldPart)> = Vec::new();
    let mut undecided = false;
    for (index, simulator) in simulators.iter().enumerate() {
        let reading = (simulators.len() > 1).then_some(if index == 0 { "narrow" } else { "wide" });
        let trace = simulator.trace(flow);
        undecided |= trace.undecided;
        parts.extend(trace.parts.iter().map(|part| {
            let mut told = told(part, simulator, network);
            if let Some(reason) = as_shown.then(|| not_shown(&told, network)).flatten() {
                (told.outcome, told.reason) = ("assumed", reason);
            }
            (reading, told)
        }));
    }
    // What both readings say is said once.
    let (narrow, wide): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(reading, _)| *reading != Some("wide"));
    let wide: Vec<ToldPart> = wide.into_iter().map(|(_, part)| part).collect();
    let mut parts: Vec<ToldPart> = Vec::new();
    for (reading, part) in &narrow {
        let both = reading.is_none() || wide.contains(part);
        parts.push(ToldPart { reading: reading.filter(|_| !both), ..part.clone() });
    }
    let other = wide.into_iter().filter(|part| !narrow.iter().any(|(_, same)| same == part));
    parts.extend(other.map(|part| ToldPart { reading: Some("wide"), ..part }));
    Told {
        format: FORMAT,
        from: question.from.clone(),
        to: question.to.clone(),
        service: flow.services.to_string(),
        verdict: verdict(&parts, undecided, flow.name.is_some()),
        parts,
    }
}

/// The packets to trace. A host name may have any public address; where the subnet's routes lead to a firewall, any that they
/// lead there: what goes past it is the service's own (see [`crate::proof`]).
fn packets(question: &Question, network: &Network, readings: &Readings<'_>) -> Flow {
    let mut flow = question.flow.clone();
    if flow.name.as_deref().is_some_and(|name| !is_storage(name)) {
        let own = |subnet: &&Subnet| AddressSet::from_prefixes(&subnet.prefixes).intersects(&flow.source);
        let held = network.subnets.iter().filter(own).map(|subnet| to_appliances(readings, &subnet.name));
        let held = held.fold(AddressSet::default(), |all, set| all.union(&set));
        if !held.is_empty() {
            flow.destination = flow.destination.intersection(&held);
        }
    }
    flow
}

/// Which address a name has cannot be told: where some of them are stopped, the name is.
fn verdict(parts: &[ToldPart], undecided: bool, named: bool) -> Verdict {
    let any = |outcome: &str| parts.iter().any(|part| part.outcome == outcome);
    let stopped = ["denied", "dropped", "no egress path"].iter().any(|outcome| any(outcome));
    match (stopped, any("delivered"), any("assumed")) {
        (true, false, false) => Verdict::Blocked,
        (true, _, _) if named => Verdict::Blocked,
        (true, _, _) => Verdict::AllowedInPart,
        _ if undecided => Verdict::Undecided,
        (false, _, true) => Verdict::Assumed,
        (false, true, false) => Verdict::Allowed,
        // A flow without a packet: both sides of one family each, and not the same.
        (false, false, false) => Verdict::Blocked,
    }
}

/// Why what was shown may not be what decides: rules of an NSG or a firewall that stands in the way were not shown or could
/// not be read.
fn not_shown(part: &ToldPart, network: &Network) -> Option<String> {
    let nsg = |name: &str| network.nsgs.get(name).is_some_and(|nsg| nsg.others_rules);
    let firewall =
        |name: &str| network.firewalls.iter().any(|firewall| firewall.name == name && firewall.others_groups);
    let last = part.hops.len().checked_sub(1)?;
    part.hops.iter().enumerate().find_map(|(index, hop)| {
        // What passed an NSG passed a rule that was read or was assumed already; what it stopped, an earlier rule may let on.
        let name = hop.at.strip_prefix("NSG ").and_then(|rest| rest.split(' ').next());
        let stopped = index == last && !hop.passed;
        if let Some(name) = name.filter(|name| stopped && nsg(name)) {
            return Some(format!(
                "`{}` stops it, unless a rule of NSG `{name}` that was not read lets it on before",
                hop.rule
            ));
        }
        let name = hop.at.strip_prefix("firewall ").filter(|name| firewall(name))?;
        Some(format!("rule collection groups of firewall `{name}` that were not shown or read may decide otherwise"))
    })
}

fn told(part: &Part, simulator: &Simulator<'_>, network: &Network) -> ToldPart {
    let (outcome, reason) = match &part.disposition {
        Disposition::Delivered => ("delivered", String::new()),
        Disposition::Denied => ("denied", String::new()),
        Disposition::Dropped => ("dropped", String::new()),
        Disposition::NoEgressPath => ("no egress path", String::new()),
        Disposition::Assumed(reason) => ("assumed", reason.clone()),
    };
    let looks = simulator.looks(part);
    let azure = azure(&looks, part, simulator, network);
    ToldPart {
        reading: None,
        from: part.flow.source.to_string(),
        to: part.flow.destination.to_string(),
        addresses: part.flow.destination.intersection(&AddressSet::public_v4()).count_v4(),
        service: part.flow.services.to_string(),
        outcome,
        reason,
        hops: looks.into_iter().map(hop).collect(),
        azure,
    }
}

fn hop(look: Look) -> Hop {
    let rules = look.rules.into_iter().map(rule).collect();
    Hop { at: look.step.at, rule: look.step.rule, passed: look.step.passed, rules }
}

fn rule(look: RuleLook) -> ToldRule {
    let matches = word(&look.matches());
    let fields = look.fields.into_iter().map(field).collect();
    ToldRule { name: look.name, order: look.order, does: look.does, matches, decides: look.decides, fields }
}

fn field(look: FieldLook) -> ToldField {
    let matches = word(&look.matches);
    let reason = if let Matches::NotKnown(reason) = look.matches { reason } else { String::new() };
    ToldField { field: look.field, asks: look.asks, matches, reason }
}

fn word(matches: &Matches) -> &'static str {
    match matches {
        Matches::Yes => "yes",
        Matches::No => "no",
        Matches::Partly => "in part",
        Matches::NotKnown(_) => "not known",
    }
}

fn azure(looks: &[Look], part: &Part, simulator: &Simulator<'_>, network: &Network) -> Azure {
    let services = &part.flow.services;
    let verifiable = !services.has_portless();
    let ip_flow = |direction: &str| {
        let steps =
            || looks.iter().filter(|look| look.step.at.starts_with("NSG ") && look.step.at.ends_with(direction));
        // The NSG that stops it, or the last one that lets it through.
        let look = steps().find(|look| !look.step.passed).or_else(|| steps().next_back())?;
        let access = if look.step.passed { "Allow" } else { "Deny" };
        verifiable.then(|| IpFlow { access, rule: look.step.rule.clone() })
    };
    let subnet =
        network.subnets.iter().find(|subnet| AddressSet::from_prefixes(&subnet.prefixes).intersects(&part.flow.source));
    let next_hop = subnet.and_then(|subnet| {
        let legs = simulator.next_hops(&subnet.name)?;
        let leg = legs.iter().find(|leg| leg.destination.intersects(&part.flow.destination))?;
        let table = subnet.route_table.clone().filter(|_| !leg.route.starts_with("system: "));
        azure_next_hop(leg, table.unwrap_or_else(|| "System Route".into()))
    });
    Azure { ip_flow_outbound: ip_flow(" outbound"), ip_flow_inbound: ip_flow(" inbound"), next_hop }
}

/// In the spellings of the page above; a private endpoint's route is `InterfaceEndpoint` among effective routes.
fn azure_next_hop(leg: &Leg, route_table: String) -> Option<AzureNextHop> {
    let (kind, address) = match &leg.hop {
        NextHop::VirtualNetwork => ("VirtualNetwork", None),
        NextHop::Peering => ("VirtualNetworkPeering", None),
        NextHop::PrivateEndpoint => ("InterfaceEndpoint", None),
        NextHop::ServiceEndpoint => ("VirtualNetworkServiceEndpoint", None),
        NextHop::Gateway => ("VirtualNetworkGateway", None),
        NextHop::Internet => ("Internet", None),
        NextHop::Appliance(address) => ("VirtualAppliance", Some(address.to_string())),
        NextHop::None => ("None", None),
        NextHop::Unknown(_) => return None,
    };
    Some(AzureNextHop { kind, address, route_table })
}
