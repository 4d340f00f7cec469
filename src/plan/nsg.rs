//! NSG rules: tags and prefixes; for host names an allow of `*` on just the needed ports, behind denies of our space, or
//! the explicit proxy alone.

use super::coverage::{Reach, addresses, covered};
use super::firewall::{Held, held, holder};
use super::routes::past;
use super::{
    Context, Notes, Ownership, PlannedNsg, PlannedRouteTable, PlannedRule, cut, resource_name, space_without_names,
};
use crate::catalog::{Need, Requirement, Role, Side};
use crate::intent::{Attach, Egress, Intent, ProxyIntent, SubnetIntent};
use crate::model::{Access, AddressSet, Direction, Endpoint, PortSet, Protocol, SecurityRule, Services};
use crate::problem::Problem;
use crate::required::{Party, RequiredFlow};
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// The last deny of an NSG of ours, in both directions: Azure's lowest priority.
const LAST: u16 = 4096;
/// Slots of requirements start here: the documented CycleCloud rules stand at 100 to 103.
const FIRST_SLOT: u16 = 100;
/// How many priorities at the end of the band the planner keeps for itself, before the allows for names: deny private,
/// two denies of what goes past the firewall, names TCP, names UDP.
const KEPT: u16 = 5;

/// The name of a subnet's NSG.
pub(super) fn name(subnet: &SubnetIntent, intent: &Intent) -> Option<String> {
    resource_name(&subnet.nsg, &intent.nsg_pattern, intent, subnet)
}

/// An allow on its way to becoming a rule.
struct Candidate<'a> {
    row: &'a Requirement,
    direction: Direction,
    local: BTreeSet<IpNet>,
    remote: Endpoint,
}

/// One NSG for each name, subnets in the order of the answers.
pub(super) fn plan(context: &Context, tables: &[PlannedRouteTable], notes: &mut Notes) -> Vec<PlannedNsg> {
    let mut by_name: BTreeMap<String, Vec<&SubnetIntent>> = BTreeMap::new();
    for subnet in &context.intent.subnets {
        if let Some(name) = name(subnet, context.intent) {
            by_name.entry(name).or_default().push(subnet);
        }
    }
    by_name.into_iter().map(|(name, subnets)| plan_one(context, tables, name, &subnets, notes)).collect()
}

fn plan_one(
    context: &Context,
    tables: &[PlannedRouteTable],
    name: String,
    subnets: &[&SubnetIntent],
    notes: &mut Notes,
) -> PlannedNsg {
    let extended = matches!(subnets[0].nsg, Attach::Extend(_));
    // A subnet may bear the name of an NSG that another one extends: the colon keeps their keys apart.
    let scope = if extended { format!("extend:{name}") } else { subnets[0].name.clone() };
    let Allows { candidates, names, proxied } = allows(context, subnets, notes);
    let prefixes = || AddressSet::from_prefixes(subnets.iter().map(|subnet| &subnet.prefix));
    // What goes past the firewall is no place for names: nothing would hold them there.
    let here: Vec<&str> = subnets.iter().map(|subnet| subnet.name.as_str()).collect();
    let past: Vec<Endpoint> = past(context, tables, &here).into_iter().map(|(endpoint, _)| endpoint).collect();
    let mut public = AddressSet::all_v4().difference(&space_without_names(&context.intent.network.own_space()));
    for endpoint in &past {
        public = public.difference(&addresses(endpoint, context.table));
    }
    let reach: Vec<Reach> = candidates
        .iter()
        .map(|candidate| reach(candidate, context))
        .chain(names.iter().map(|(protocol, held)| Reach {
            source: prefixes(),
            destination: public.clone(),
            services: Services::new(*protocol, &held.ports),
            names: Vec::new(),
            inbound: false,
        }))
        .chain(context.intent.proxy().filter(|_| !proxied.is_empty()).map(|proxy| Reach {
            source: prefixes(),
            destination: AddressSet::from_iter([IpNet::from(IpAddr::V4(proxy.address))]),
            services: Services::tcp(proxy.port),
            names: Vec::new(),
            inbound: false,
        }))
        .collect();
    let by = covered(&reach);
    let mut because: Vec<Vec<String>> = candidates.iter().map(|c| vec![c.row.id.clone()]).collect();
    because.extend(names.values().map(|held| held.because.iter().cloned().collect()));
    because.extend((!proxied.is_empty()).then(|| proxied.iter().cloned().collect()));
    for (index, cover) in by.iter().enumerate() {
        if let Some(cover) = cover {
            let inbound = candidates.get(index).is_some_and(|candidate| candidate.direction == Direction::Inbound);
            let place = if inbound { "NSG, inbound" } else { "NSG" };
            let moved = because[index].clone();
            for id in moved {
                let by = if *cover < candidates.len() {
                    format!("rule `{}`", rule_name(candidates[*cover].row, candidates[*cover].direction))
                } else {
                    "the rule for host names".into()
                };
                for subnet in subnets {
                    notes.covered(&id, &subnet.name, place, &by);
                }
                if !because[*cover].contains(&id) {
                    because[*cover].push(id);
                }
            }
        }
    }
    let mut rules = Vec::new();
    for (index, candidate) in candidates.iter().enumerate().filter(|(index, _)| by[*index].is_none()) {
        let Some(priority) = priority(candidate.row, context.intent, notes) else { continue };
        let local = Endpoint::Prefixes(candidate.local.iter().copied().collect());
        let (source, destination) = match candidate.direction {
            Direction::Inbound => (candidate.remote.clone(), local),
            Direction::Outbound => (local, candidate.remote.clone()),
        };
        let (suffix, shared) = match candidate.direction {
            Direction::Inbound => ("in", if extended { "-in" } else { "" }),
            Direction::Outbound => ("out", ""),
        };
        // In an NSG of others a documented name may be taken: the id is ours alone.
        let rule_name = if extended {
            format!("{}-{}{shared}", context.intent.name, candidate.row.id)
        } else {
            rule_name(candidate.row, candidate.direction)
        };
        rules.push(PlannedRule {
            key: format!("{}/{scope}/{suffix}", candidate.row.id),
            rule: SecurityRule {
                name: rule_name,
                direction: candidate.direction,
                priority,
                access: Access::Allow,
                protocol: candidate.row.protocol,
                source,
                source_ports: PortSet::all(),
                destination,
                destination_ports: candidate.row.ports.clone(),
                description: cut(&format!("{}: {}", candidate.row.id, candidate.row.why), 140),
            },
            because: because[index].clone(),
        });
    }
    let own = Own { context, scope: &scope, subnets, extended, past: &past, public: &public };
    let named = candidates.len() + names.len();
    rules.extend(own.rules(&names, &because[candidates.len()..named], &by[candidates.len()..named]));
    if let (Some(proxy), Some(because), Some(None)) = (context.intent.proxy(), because.get(named), by.get(named)) {
        rules.push(own.proxy(proxy, because));
    }
    rules.sort_by_key(|planned| (planned.rule.direction, planned.rule.priority));
    PlannedNsg {
        name,
        ownership: if extended { Ownership::Extend } else { Ownership::Create },
        adopted: matches!(subnets[0].nsg, Attach::Adopt(_)),
        subnets: subnets.iter().map(|subnet| subnet.name.clone()).collect(),
        rules,
    }
}

fn reach(candidate: &Candidate, context: &Context) -> Reach {
    let local: AddressSet = candidate.local.iter().copied().collect();
    let remote = addresses(&candidate.remote, context.table);
    let (source, destination) = match candidate.direction {
        Direction::Inbound => (remote, local),
        Direction::Outbound => (local, remote),
    };
    Reach {
        inbound: candidate.direction == Direction::Inbound,
        source,
        destination,
        services: candidate.row.services(),
        names: Vec::new(),
    }
}

fn rule_name(row: &Requirement, direction: Direction) -> String {
    match direction {
        Direction::Outbound => row.name.clone().unwrap_or_else(|| row.id.clone()),
        // A requirement between two subnets has a rule on either side, and a name is unique in both directions.
        Direction::Inbound => format!("{}-in", row.id),
    }
}

fn priority(row: &Requirement, intent: &Intent, notes: &mut Notes) -> Option<u16> {
    let (first, last) = intent.priorities;
    let priority = first + (row.slot - FIRST_SLOT);
    if priority + KEPT > last {
        let what = format!("requirement `{}` (slot {}) does not fit into the band {first}-{last}", row.id, row.slot);
        let hint = format!("the band must reach {} at the least", u32::from(priority) + u32::from(KEPT));
        let problem = Problem::at("priorities", what, hint);
        if !notes.problems.contains(&problem) {
            notes.problems.push(problem);
        }
        return None;
    }
    Some(priority)
}

/// Ports that host names need, and the requirements behind them.
#[derive(Default)]
struct Names {
    ports: PortSet,
    because: BTreeSet<String>,
}

fn here(party: &Party, subnets: &[&SubnetIntent]) -> Option<Vec<IpNet>> {
    match party {
        Party::Subnet { name, prefix } => subnets.iter().any(|s| s.name == *name).then(|| vec![*prefix]),
        Party::Prefixes { prefixes, on, .. } => {
            let own: Vec<&&SubnetIntent> = subnets.iter().filter(|s| on.contains(&s.name)).collect();
            let inside = AddressSet::from_prefixes(own.iter().map(|s| &s.prefix))
                .intersection(&AddressSet::from_prefixes(prefixes));
            // Pods live on a subnet without being in it.
            (!own.is_empty()).then(|| if inside.is_empty() { prefixes.clone() } else { inside.to_prefixes() })
        }
        Party::Service(_) => None,
    }
}

/// What an NSG is to let through.
struct Allows<'a> {
    candidates: Vec<Candidate<'a>>,
    /// What host names need, to any public address.
    names: BTreeMap<Protocol, Names>,
    /// The requirements for which the explicit proxy is asked.
    proxied: BTreeSet<String>,
}

fn allows<'a>(context: &Context<'a>, subnets: &[&SubnetIntent], notes: &mut Notes) -> Allows<'a> {
    let mut found: BTreeMap<(u16, Direction), Candidate> = BTreeMap::new();
    let mut names: BTreeMap<Protocol, Names> = BTreeMap::new();
    let mut proxied: BTreeSet<String> = BTreeSet::new();
    for flow in context.flows {
        let Some(row) = context.catalog.get(&flow.requirement) else { continue };
        let mut add = |direction: Direction, local: Vec<IpNet>, remote: Endpoint| {
            let candidate = found.entry((row.slot, direction)).or_insert_with(|| Candidate {
                row,
                direction,
                local: BTreeSet::new(),
                remote: remote.clone(),
            });
            candidate.local.extend(local);
            if let (Endpoint::Prefixes(all), Endpoint::Prefixes(more)) = (&mut candidate.remote, remote) {
                let together: BTreeSet<IpNet> = all.iter().copied().chain(more).collect();
                *all = together.into_iter().collect();
            }
        };
        if let Some(local) = here(&flow.to, subnets)
            && let Some(remote) = source_endpoint(&flow.from)
        {
            notes.decide(&row.id, &flow.to.label(), "NSG, inbound: the source's prefixes or service tag");
            add(Direction::Inbound, local, remote);
        }
        if let Some(local) = here(&flow.from, subnets) {
            match outbound(context, flow, row, notes) {
                Outbound::Rule(remote) => add(Direction::Outbound, local, remote),
                Outbound::Names => {
                    for (protocol, ports) in per_protocol(&flow.services()) {
                        let held = names.entry(protocol).or_default();
                        held.ports = held.ports.union(&ports);
                        held.because.insert(row.id.clone());
                    }
                }
                Outbound::Proxy => {
                    proxied.insert(row.id.clone());
                }
                Outbound::Nothing => {}
            }
        }
    }
    Allows { candidates: found.into_values().collect(), names, proxied }
}

fn per_protocol(services: &Services) -> Vec<(Protocol, PortSet)> {
    [(Protocol::Tcp, services.tcp_ports()), (Protocol::Udp, services.udp_ports())]
        .into_iter()
        .filter(|(_, ports)| !ports.is_empty())
        .map(|(protocol, ports)| (protocol, ports.clone()))
        .collect()
}

fn source_endpoint(party: &Party) -> Option<Endpoint> {
    match party {
        Party::Subnet { prefix, .. } => Some(Endpoint::Prefixes(vec![*prefix])),
        Party::Prefixes { prefixes, .. } => Some(Endpoint::Prefixes(prefixes.clone())),
        Party::Service(service) => service.tag.clone().map(Endpoint::Tag),
    }
}

enum Outbound {
    Rule(Endpoint),
    Names,
    Proxy,
    Nothing,
}

/// How an NSG holds an outbound requirement.
fn outbound(context: &Context, flow: &RequiredFlow, row: &Requirement, notes: &mut Notes) -> Outbound {
    let subnet = flow.from.label();
    match held(context, flow) {
        Held::Nothing(reason) => {
            refuse(context, row, &subnet, &reason, notes);
            return Outbound::Nothing;
        }
        Held::Application(_) if context.intent.proxy().is_some() => {
            notes.decide(&row.id, &subnet, "NSG: the proxy's address and port alone; the proxy holds the names");
            return Outbound::Proxy;
        }
        _ => {}
    }
    let service = match &flow.to {
        Party::Subnet { prefix, .. } => {
            notes.decide(&row.id, &subnet, "NSG: the destination's prefixes");
            return Outbound::Rule(Endpoint::Prefixes(vec![*prefix]));
        }
        Party::Prefixes { prefixes, .. } => {
            notes.decide(&row.id, &subnet, "NSG: the destination's prefixes");
            return Outbound::Rule(Endpoint::Prefixes(prefixes.clone()));
        }
        Party::Service(service) => service,
    };
    let usable = |tag: &Option<String>| tag.clone().filter(|tag| context.tags.find(tag).is_some_and(|info| info.nsg));
    let behind_firewall = context.intent.next_hop().is_some();
    if let Some(tag) = usable(&service.tag) {
        notes.decide(&row.id, &subnet, format!("NSG: service tag {tag}"));
        return Outbound::Rule(Endpoint::Tag(tag));
    }
    if let Some(tag) = usable(&service.wide_tag) {
        notes.decide(
            &row.id,
            &subnet,
            format!("NSG: service tag {tag}, as its regional form cannot be used in an NSG"),
        );
        return Outbound::Rule(Endpoint::Tag(tag));
    }
    if behind_firewall {
        let what = "NSG: any public address on the needed ports, as no service tag covers the host names";
        let holder = holder(&context.intent.egress);
        notes.decide(&row.id, &subnet, format!("{what}; the {holder} holds the names"));
        return Outbound::Names;
    }
    let reason = format!("no service tag covers {}, and an NSG holds no host names", service.names.join(", "));
    if context.intent.open_names && row.need == Need::Required {
        let ports = flow.services();
        notes.decide(&row.id, &subnet, format!("NSG: any public address on {ports}, as the answers say `open-443`"));
        let what = format!("`{}` opens {ports} from `{subnet}` to every public address", row.id);
        notes.warn(&row.id, what, "whoever controls a machine there can send data anywhere on these ports");
        return Outbound::Names;
    }
    refuse(context, row, &subnet, &reason, notes);
    Outbound::Nothing
}

/// A requirement that nothing here can hold: a warning with its consequence, or a problem.
pub(super) fn refuse(context: &Context, row: &Requirement, subnet: &str, reason: &str, notes: &mut Notes) {
    notes.decide(&row.id, subnet, format!("not opened: {reason}"));
    if row.need == Need::Optional {
        notes.warn(
            &row.id,
            format!("`{}` ({}) stays closed from `{subnet}`: {reason}", row.id, row.why),
            row.consequence.clone(),
        );
        return;
    }
    let exact = |side: &Side| matches!(side, Side::Destination(to) if !to.names.is_empty() && to.names.iter().all(|name| !name.contains('*')));
    let others = match &context.intent.egress {
        Egress::Firewall(firewall)
            if !firewall.dns_proxy && row.to_in(context.intent.cloud).as_ref().is_some_and(exact) =>
        {
            "a Standard or Premium firewall with `egress.dns_proxy: true` holds it"
        }
        Egress::Firewall(_) => {
            "no rule of Azure Firewall can hold it: a requirement of your own may name its addresses"
        }
        Egress::Appliance(_) => "no list can hold it: a requirement of your own may name its addresses",
        Egress::Proxy(_) => {
            "a firewall holds more than a proxy is asked for (`egress.via: azure-firewall` or `appliance`); a requirement of your own may name its hosts"
        }
        Egress::Nsg(_) | Egress::NatGateway(_) => {
            "a firewall holds host names (`egress.via: azure-firewall`, `appliance` or `https-proxy`); `egress.names_without_tag: open-443` opens the ports to every public address"
        }
    };
    let hint = format!("{others}; or accept it as blocked: `egress.accept_blocked: [{}]`", row.id);
    let problem = Problem::at("egress", format!("`{}` from `{subnet}` cannot be held: {reason}", row.id), hint);
    if !notes.problems.contains(&problem) {
        notes.problems.push(problem);
    }
}

/// The planner's own rules of an NSG.
struct Own<'a> {
    context: &'a Context<'a>,
    scope: &'a str,
    subnets: &'a [&'a SubnetIntent],
    extended: bool,
    /// What leaves these subnets past the firewall.
    past: &'a [Endpoint],
    /// Where names may be: public space that crosses the firewall.
    public: &'a AddressSet,
}

impl Own<'_> {
    fn rules(
        &self,
        names: &BTreeMap<Protocol, Names>,
        because: &[Vec<String>],
        covered: &[Option<usize>],
    ) -> Vec<PlannedRule> {
        let (_, last) = self.context.intent.priorities;
        let source = Endpoint::Prefixes(self.subnets.iter().map(|subnet| subnet.prefix).collect());
        let mut rules = Vec::new();
        let served: Vec<String> = because.iter().flatten().cloned().collect::<BTreeSet<_>>().into_iter().collect();
        if !names.is_empty() && !self.extended {
            let private = space_without_names(&self.context.intent.network.own_space()).to_prefixes();
            let what = "names pass to public addresses only: private space and our own stay closed";
            let deny =
                self.rule("deny-private", "DenyPrivateOutbound", Direction::Outbound, last - 4, Access::Deny, what);
            rules.push(PlannedRule {
                because: served.clone(),
                ..with(deny, source.clone(), Endpoint::Prefixes(private))
            });
            let what = "names pass through the firewall only: what its routes do not see stays with the rules above";
            for (index, endpoint) in self.past.iter().take(2).enumerate() {
                let (id, name) =
                    [("deny-past", "DenyPastFirewallOutbound"), ("deny-past-2", "DenyPastFirewall2Outbound")][index];
                let priority = last - 3 + u16::from(index == 1);
                let deny = self.rule(id, name, Direction::Outbound, priority, Access::Deny, what);
                rules.push(PlannedRule { because: served.clone(), ..with(deny, source.clone(), endpoint.clone()) });
            }
        }
        for (((protocol, held), because), covered) in names.iter().zip(because).zip(covered) {
            if covered.is_some() {
                continue;
            }
            let (id, name, priority) = match protocol {
                Protocol::Udp => ("names-udp", "AllowNamesUdpOutbound", last),
                _ => ("names-tcp", "AllowNamesTcpOutbound", last - 1),
            };
            let what = if self.context.intent.next_hop().is_some() {
                "host names without a service tag: the firewall holds the names"
            } else {
                "host names without a service tag: open to every public address, as the answers say"
            };
            // A deny in an NSG of others would cut what they allow further down: there the public space is written out.
            let public = if self.extended { Endpoint::Prefixes(self.public.to_prefixes()) } else { Endpoint::Any };
            let rule = self.rule(id, name, Direction::Outbound, priority, Access::Allow, what);
            let mut allow = with(rule, source.clone(), public);
            allow.rule.protocol = *protocol;
            allow.rule.destination_ports = held.ports.clone();
            allow.because = because.clone();
            allow.because.sort();
            rules.push(allow);
        }
        // A last deny in an NSG of others could cut what they allow further down: theirs to decide.
        if self.extended {
            return rules;
        }
        if self.subnets.iter().any(|subnet| subnet.roles.contains(&Role::CyclecloudServer)) {
            let what =
                "documented (running-in-locked-down-network); nothing depends on it, the last deny closes the rest";
            let block = self.rule("block", "BlockOutbound", Direction::Outbound, last + 1, Access::Deny, what);
            rules.push(with(block, Endpoint::Any, Endpoint::Tag("Internet".into())));
        }
        for (name, direction) in [("DenyAllInbound", Direction::Inbound), ("DenyAllOutbound", Direction::Outbound)] {
            let what = "whatever no rule above asks for is closed, under either reading of VirtualNetwork";
            rules.push(self.rule("deny-all", name, direction, LAST, Access::Deny, what));
        }
        rules
    }

    /// The allow of the explicit proxy, where the allow for names would stand.
    fn proxy(&self, proxy: &ProxyIntent, because: &[String]) -> PlannedRule {
        let (_, last) = self.context.intent.priorities;
        let what = "HTTP and HTTPS by host name: the proxy holds the names";
        let rule = self.rule("proxy", "AllowProxyOutbound", Direction::Outbound, last - 1, Access::Allow, what);
        let source = Endpoint::Prefixes(self.subnets.iter().map(|subnet| subnet.prefix).collect());
        let mut allow = with(rule, source, Endpoint::Prefixes(vec![IpNet::from(IpAddr::V4(proxy.address))]));
        allow.rule.protocol = Protocol::Tcp;
        allow.rule.destination_ports = PortSet::from_range(proxy.port, proxy.port);
        allow.because = because.to_vec();
        allow.because.sort();
        allow
    }

    /// A rule of the planner: keyed like a requirement's, under `plan.`.
    fn rule(
        &self,
        id: &str,
        name: &str,
        direction: Direction,
        priority: u16,
        access: Access,
        what: &str,
    ) -> PlannedRule {
        let way = if direction == Direction::Inbound { "in" } else { "out" };
        let name = if self.extended { format!("{}-{id}", self.context.intent.name) } else { name.into() };
        PlannedRule {
            key: format!("plan.{id}/{}/{way}", self.scope),
            rule: SecurityRule {
                description: cut(what, 140),
                ..SecurityRule::of_everything(name, direction, priority, access)
            },
            because: Vec::new(),
        }
    }
}

fn with(mut planned: PlannedRule, source: Endpoint, destination: Endpoint) -> PlannedRule {
    planned.rule.source = source;
    planned.rule.destination = destination;
    planned
}
