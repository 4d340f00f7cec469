//! What a firewall, appliance or proxy holds. Azure Firewall: tags and exact names in network rules, names with wildcards
//! in application rules. An appliance of another make holds the same as lists, tags by their prefixes. An explicit
//! proxy holds host names alone.

use super::coverage::{self, Reach, covered};
use super::routes::past;
use super::{
    Context, Notes, PlannedAppliance, PlannedFirewall, PlannedFirewallRule, PlannedProxy, PlannedRouteTable,
    PlannedSubnet, written_out,
};
use crate::catalog::Role;
use crate::intent::Egress;
use crate::model::{
    AddressSet, ApplicationProtocol, ApplicationRule, Endpoint, FirewallTier, NetworkRule, PortSet, Protocol, Services,
    web_ports,
};
use crate::required::{Party, RequiredFlow, Service, addresses, name_covers};
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};

/// How the firewall, appliance or proxy holds a flow that crosses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// A network rule with a service tag.
    Tag(String, &'static str),
    /// A network rule with fixed addresses.
    Prefixes(Vec<IpNet>),
    /// A network rule with the addresses behind a service tag that the firewall does not take.
    WrittenOut(String, Vec<IpNet>),
    /// A network rule with exact names.
    Names(Vec<String>),
    /// An application rule.
    Application(Vec<String>),
    /// It does not cross it: the reason.
    Past(&'static str),
    /// Nothing can hold it: the reason.
    Nothing(String),
}

/// What a firewall that packets are routed to can hold.
struct Abilities {
    /// Whether names come before tags.
    by_name: bool,
    /// Whether a rule may name any service tag: by its prefixes.
    any_tag: bool,
    /// Why exact names on other ports than those of HTTP and HTTPS cannot be held, if they cannot.
    no_names: Option<&'static str>,
    /// Whether rules know protocols other than TCP, UDP and ICMP.
    any_protocol: bool,
}

fn abilities(egress: &Egress) -> Option<Abilities> {
    match egress {
        Egress::Firewall(firewall) => Some(Abilities {
            by_name: firewall.by_name,
            any_tag: false,
            no_names: match (firewall.tier, firewall.dns_proxy) {
                (FirewallTier::Basic, _) => Some("the Basic tier has no host names in network rules"),
                (_, false) => Some("host names in network rules need the firewall's DNS proxy"),
                (_, true) => None,
            },
            any_protocol: false,
        }),
        Egress::Appliance(appliance) => {
            Some(Abilities { by_name: appliance.by_name, any_tag: true, no_names: None, any_protocol: true })
        }
        Egress::Nsg(_) | Egress::NatGateway(_) | Egress::Proxy(_) => None,
    }
}

/// What holds names here, in one word: the place of a decision.
pub(super) fn holder(egress: &Egress) -> &'static str {
    match egress {
        Egress::Appliance(_) => "appliance",
        Egress::Proxy(_) => "proxy",
        _ => "firewall",
    }
}

/// The way a flow is held. Never both a tag and names for one destination: the network rule is read first and would
/// void the list of names (rule-processing).
pub(super) fn held(context: &Context, flow: &RequiredFlow) -> Held {
    if context.intent.proxy().is_some() {
        return by_proxy(context, flow);
    }
    let Some(can) = abilities(&context.intent.egress) else { return Held::Past("there is no firewall") };
    let foreign = matches!(flow.protocol, Protocol::Esp | Protocol::Ah) && !can.any_protocol;
    let service = match &flow.to {
        Party::Subnet { .. } => return Held::Past("it stays inside the virtual network"),
        Party::Prefixes { prefixes, .. } => {
            // What lies in the network and its peers takes their own, more specific routes.
            let crossing = AddressSet::from_prefixes(prefixes).difference(&context.intent.network.own_space());
            return if crossing.is_empty() || flow.to.label() == crate::catalog::Group::AksPods.name() {
                Held::Past("routes of the network and its peers are more specific than the default route")
            } else if foreign {
                Held::Nothing("network rules know TCP, UDP, ICMP and any protocol, not ESP and AH".into())
            } else {
                Held::Prefixes(crossing.to_prefixes())
            };
        }
        Party::Service(_) if foreign => {
            return Held::Nothing("network rules know TCP, UDP, ICMP and any protocol, not ESP and AH".into());
        }
        Party::Service(service) => service,
    };
    let by_tag = tag(context, service, &can);
    let by_name = names(service, &flow.services(), &can);
    match (by_tag, by_name) {
        (_, Ok(held)) if can.by_name => held,
        (Some((tag, note)), Err(_)) if can.by_name && !service.names.is_empty() => {
            let note = if note.is_empty() { "its port or protocol cannot be told by name" } else { note };
            Held::Tag(tag, note)
        }
        (Some((tag, note)), _) => Held::Tag(tag, note),
        (None, Ok(held)) => held,
        // Names stay true by themselves, addresses do not: they come last.
        (None, Err(reason)) => addresses_of(context, service).unwrap_or(Held::Nothing(reason)),
    }
}

/// What an explicit proxy is asked for: HTTP and HTTPS by host name.
fn by_proxy(context: &Context, flow: &RequiredFlow) -> Held {
    let service = match &flow.to {
        Party::Subnet { .. } => return Held::Past("it stays inside the virtual network"),
        Party::Prefixes { prefixes, .. } => {
            let inside = AddressSet::from_prefixes(prefixes).is_subset(&context.intent.network.own_space());
            return if inside || flow.to.label() == crate::catalog::Group::AksPods.name() {
                Held::Past("the network and its neighbours are reached directly")
            } else {
                Held::Nothing("a proxy is asked for host names, and only addresses are known".into())
            };
        }
        Party::Service(service) => service,
    };
    if by_service_endpoint(context, flow) {
        return Held::Past("the service endpoint leads there directly");
    }
    if service.names.is_empty() {
        let what = format!("only its service tag {} is known, and a proxy is asked for host names", flow.to.label());
        return Held::Nothing(what);
    }
    let direct = direct_names(context, &flow.from.label());
    let is_direct = |name: &&String| direct.iter().any(|direct| name_covers(direct, name));
    if let Some(name) = service.names.iter().find(is_direct) {
        let what =
            format!("machines reach `{name}` by the service endpoint, without the proxy, and nothing opens it there");
        return Held::Nothing(what);
    }
    if flow.services().has_portless() || !flow.services().is_subset(&Services::new(Protocol::Tcp, &web_ports())) {
        let list = service.names.join(", ");
        return Held::Nothing(format!("{} to {list}: a proxy is asked for TCP 80 and 443 alone", flow.services()));
    }
    match unlisted(service) {
        Some(reason) => Held::Nothing(reason),
        None => Held::Application(service.names.clone()),
    }
}

/// Whether a flow takes the routes of a service endpoint on its subnet: those of the service's tag, regional or not.
fn by_service_endpoint(context: &Context, flow: &RequiredFlow) -> bool {
    let Party::Service(Service { tag: Some(tag), .. }) = &flow.to else { return false };
    let base = tag.split('.').next().unwrap_or(tag);
    let here = past(context, &[], &[&flow.from.label()]);
    here.iter().any(|(endpoint, _)| matches!(endpoint, Endpoint::Tag(tag) if tag == base))
}

/// The names that a subnet's machines reach without the proxy, by a service endpoint.
fn direct_names(context: &Context, subnet: &str) -> BTreeSet<String> {
    let from_here = context.flows.iter().filter(|flow| flow.from.label() == subnet);
    let direct = from_here.filter(|flow| by_service_endpoint(context, flow));
    let names = |flow: &RequiredFlow| match &flow.to {
        Party::Service(service) => service.names.clone(),
        _ => Vec::new(),
    };
    direct.flat_map(names).collect()
}

/// Why no list can hold a service's names, if none can: a wildcard stands for the labels before a name, nowhere else.
fn unlisted(service: &Service) -> Option<String> {
    let odd = |name: &&String| name.strip_prefix("*.").unwrap_or(name).contains('*');
    let name = service.names.iter().find(odd)?;
    Some(format!("`{name}` has a wildcard in its middle, which no list of names can say"))
}

/// The addresses of the service's tag, which no rule of the firewall may name: in China, Storage, Batch and others.
fn addresses_of(context: &Context, service: &Service) -> Option<Held> {
    let tag = service.tag.as_ref()?;
    let prefixes = written_out::prefixes(context, tag);
    (!prefixes.is_empty()).then(|| Held::WrittenOut(tag.clone(), prefixes))
}

/// The tag for a network rule: regional where the firewall takes it, else global.
fn tag(context: &Context, service: &Service, can: &Abilities) -> Option<(String, &'static str)> {
    if can.any_tag {
        let known = |tag: &String| context.table.get(tag).is_some_and(|addresses| !addresses.is_empty());
        return service.tag.clone().filter(known).map(|tag| (tag, ""));
    }
    let usable = |tag: &String| context.tags.find(tag).is_some_and(|info| info.firewall);
    if let Some(tag) = service.tag.clone().filter(usable) {
        return Some((tag, ""));
    }
    let wide = service.wide_tag.clone().filter(usable)?;
    Some((wide, "the regional tag cannot be used in Azure Firewall; the NSG keeps to the region"))
}

/// Names as an application rule (HTTP and HTTPS on TCP 80 and 443), else as a network rule (exact names, DNS proxy).
fn names(service: &Service, services: &Services, can: &Abilities) -> Result<Held, String> {
    if service.names.is_empty() {
        return Err(match can.any_tag {
            true => "no host name is known for it, and no address stands behind its service tag".into(),
            false => "no host name is known for it, and its service tag cannot be used in Azure Firewall".into(),
        });
    }
    if let Some(reason) = unlisted(service).filter(|_| can.any_tag) {
        return Err(reason);
    }
    let list = service.names.join(", ");
    if services.udp_ports().is_empty() && !services.has_portless() && services.tcp_ports().is_subset(&web_ports()) {
        return Ok(Held::Application(service.names.clone()));
    }
    if let Some(wildcard) = service.names.iter().find(|name| name.contains('*')) {
        return Err(match can.any_tag {
            true => format!("{services} to `{wildcard}`: firewalls match wildcards in HTTP and TLS, not elsewhere"),
            false => format!(
                "{services} to `{wildcard}`: application rules take HTTP and HTTPS only, and network rules no wildcards"
            ),
        });
    }
    match can.no_names {
        Some(reason) => Err(format!("{services} to {list}: {reason}")),
        None => Ok(Held::Names(service.names.clone())),
    }
}

/// The network rules and the application rules, each by subnet and required flow.
pub(super) type Rules = (Vec<PlannedFirewallRule<NetworkRule>>, Vec<PlannedFirewallRule<ApplicationRule>>);

/// What the firewall, appliance or proxy is to hold: rules by subnet and required flow.
pub(super) fn rules(
    context: &Context,
    subnets: &[PlannedSubnet],
    tables: &[PlannedRouteTable],
    notes: &mut Notes,
) -> Rules {
    let mut network = Vec::new();
    let mut application = Vec::new();
    if matches!(context.intent.egress, Egress::Nsg(_) | Egress::NatGateway(_)) {
        return (network, application);
    }
    let holder = holder(&context.intent.egress);
    // In the terms of what holds it: a rule of Azure Firewall, an entry of a list.
    let said = |rule: &str, entry: &str| format!("{holder}: {}", if holder == "firewall" { rule } else { entry });
    for subnet in subnets.iter().filter(|subnet| subnet.roles.iter().any(|role| *role != Role::PrivateEndpoints)) {
        let past = past(context, tables, &[&subnet.name]).into_iter();
        let past: Vec<_> = past.map(|(endpoint, why)| (coverage::addresses(&endpoint, context.table), why)).collect();
        let (mut net, mut net_reach) = (Vec::new(), Vec::new());
        let (mut app, mut app_reach) = (Vec::new(), Vec::new());
        for flow in context.flows {
            if !matches!(&flow.from, Party::Subnet { name, .. } if *name == subnet.name) {
                continue;
            }
            let id = &flow.requirement;
            let destination = addresses(&flow.to, context.table).only_v4();
            let bypass = past.iter().find(|(set, _)| !destination.is_empty() && destination.is_subset(set));
            let how = match bypass {
                Some((_, reason)) if matches!(flow.to, Party::Service(_)) => Held::Past(reason),
                _ => held(context, flow),
            };
            let source = Endpoint::Prefixes(vec![subnet.prefix]);
            let key = format!("{id}/{}", subnet.name);
            let name = format!("{id}-{}", subnet.name);
            let reach = |destination: AddressSet, names: Vec<String>| Reach {
                source: AddressSet::from_prefixes(&[subnet.prefix]),
                destination,
                services: flow.services(),
                names,
                inbound: false,
            };
            let network_rule = |destinations: Vec<Endpoint>, names: Vec<String>| PlannedFirewallRule {
                key: key.clone(),
                rule: NetworkRule {
                    name: name.clone(),
                    source: source.clone(),
                    services: flow.services(),
                    destinations,
                    names,
                },
                written_out: String::new(),
                because: vec![id.clone()],
            };
            match how {
                Held::Past(reason) => {
                    if matches!(flow.to, Party::Service(_)) {
                        notes.decide(id, &subnet.name, format!("{holder}: passed by, as {reason}"));
                    }
                }
                Held::Nothing(_) => {}
                Held::Tag(tag, note) => {
                    let why = if note.is_empty() { String::new() } else { format!(", as {note}") };
                    let (rule, entry) = ("network rule with service tag", "prefixes of service tag");
                    notes.decide(id, &subnet.name, format!("{} {tag}{why}", said(rule, entry)));
                    let set = context.table.get(&tag).cloned().unwrap_or_default();
                    // The lists of an appliance hold IPv6 as well.
                    let set = if context.intent.appliance().is_some() { set } else { set.only_v4() };
                    net_reach.push(reach(set, Vec::new()));
                    net.push(network_rule(vec![Endpoint::Tag(tag)], Vec::new()));
                }
                Held::Prefixes(prefixes) => {
                    notes.decide(id, &subnet.name, said("network rule with fixed addresses", "fixed addresses"));
                    net_reach.push(reach(AddressSet::from_prefixes(&prefixes), Vec::new()));
                    net.push(network_rule(vec![Endpoint::Prefixes(prefixes)], Vec::new()));
                }
                Held::WrittenOut(tag, prefixes) => {
                    let dated = written_out::dated(context, &tag, prefixes.len());
                    notes.decide(id, &subnet.name, format!("firewall: network rule with addresses, {dated}"));
                    written_out::warn(context, &tag, "Azure Firewall", prefixes.len(), id, notes);
                    net_reach.push(reach(AddressSet::from_prefixes(&prefixes), Vec::new()));
                    let rule = network_rule(vec![Endpoint::Prefixes(prefixes)], Vec::new());
                    net.push(PlannedFirewallRule { written_out: dated, ..rule });
                }
                Held::Names(names) => {
                    let rule = "network rule with exact host names, resolved by its DNS proxy";
                    notes.decide(id, &subnet.name, said(rule, "exact host names, resolved by it"));
                    net_reach.push(reach(AddressSet::all_v4(), names.clone()));
                    net.push(network_rule(Vec::new(), names));
                }
                Held::Application(names) => {
                    notes.decide(id, &subnet.name, said("application rule with host names", "host names"));
                    let protocols = flow
                        .ports
                        .iter()
                        .flat_map(|(first, last)| first..=last)
                        .map(|port| ApplicationProtocol { https: port != 80, port })
                        .collect();
                    app_reach.push(reach(AddressSet::all_v4(), names.clone()));
                    let rule = ApplicationRule { name, source, protocols, names, ..ApplicationRule::default() };
                    app.push(PlannedFirewallRule { key, rule, written_out: String::new(), because: vec![id.clone()] });
                }
            }
        }
        let mut app = uncovered(app, &app_reach, (&subnet.name, holder), notes);
        let net = uncovered(net, &net_reach, (&subnet.name, holder), notes);
        network.extend(net.into_iter().filter(|rule| !told_by_name(context, rule, &mut app, &subnet.name, notes)));
        application.extend(app);
    }
    if !network.iter().all(|rule: &PlannedFirewallRule<NetworkRule>| rule.rule.names.is_empty()) {
        let (what, consequence) = match context.intent.appliance() {
            None => (
                "host names stand in network rules of the firewall",
                "machines must ask the firewall for names (DNS server of the virtual network), or the firewall and they see different addresses",
            ),
            Some(_) => (
                "the appliance has to know host names on other ports than those of HTTP and HTTPS",
                "it resolves them itself: let it and the machines ask the same DNS servers, or they see different addresses",
            ),
        };
        notes.warn("", what, consequence);
    }
    (network, application)
}

/// An appliance of another make or an explicit proxy with the lists that it is to hold.
pub(super) fn appliance(context: &Context, (network, application): &Rules) -> Option<PlannedAppliance> {
    let (address, proxy) = match &context.intent.egress {
        Egress::Appliance(appliance) => (appliance.private_address, None),
        Egress::Proxy(proxy) => {
            let machines = context.intent.subnets.iter().map(|subnet| &subnet.name);
            let direct = machines.map(|name| (name.clone(), direct_names(context, name).into_iter().collect()));
            let direct = direct.filter(|(_, names): &(String, Vec<String>)| !names.is_empty());
            (proxy.address, Some(PlannedProxy { port: proxy.port, direct: direct.collect::<BTreeMap<_, _>>() }))
        }
        _ => return None,
    };
    Some(PlannedAppliance { address, proxy, network: network.clone(), application: application.clone() })
}

/// Our rule collection group in the policy of an Azure Firewall.
pub(super) fn plan(context: &Context, (network, application): &Rules) -> Option<PlannedFirewall> {
    let firewall = context.intent.firewall()?;
    Some(PlannedFirewall {
        private_address: firewall.private_address,
        tier: firewall.tier,
        dns_proxy: firewall.dns_proxy,
        policy: firewall.policy.clone(),
        group: firewall.group.clone(),
        priority: firewall.priority,
        network: network.clone(),
        application: application.clone(),
    })
}

/// Whether application rules let through every host name of what a tag rule serves: then the tag would only widen them,
/// and as a network rule void them. Two services may share their names and not their tags.
fn told_by_name(
    context: &Context,
    rule: &PlannedFirewallRule<NetworkRule>,
    application: &mut [PlannedFirewallRule<ApplicationRule>],
    subnet: &str,
    notes: &mut Notes,
) -> bool {
    let mut holders = BTreeSet::new();
    let served = |flow: &&RequiredFlow| rule.because.contains(&flow.requirement) && flow.from.label() == subnet;
    for flow in context.flows.iter().filter(served) {
        let Party::Service(service) = &flow.to else { return false };
        if service.names.is_empty() {
            return false;
        }
        for name in &service.names {
            let holds = |rule: &PlannedFirewallRule<ApplicationRule>| {
                let ports =
                    PortSet::from_ranges(rule.rule.protocols.iter().map(|protocol| (protocol.port, protocol.port)));
                flow.services().is_subset(&Services::new(Protocol::Tcp, &ports))
                    && rule.rule.names.iter().any(|wide| name_covers(wide, name))
            };
            match application.iter().position(holds) {
                Some(index) => holders.insert(index),
                None => return false,
            };
        }
    }
    for index in holders {
        let holder = &mut application[index];
        for id in &rule.because {
            let place = self::holder(&context.intent.egress);
            notes.covered(id, subnet, place, &format!("`{}`, whose host names are the same", holder.key));
            if !holder.because.contains(id) {
                holder.because.push(id.clone());
            }
        }
    }
    true
}

/// The rules that no other covers; the others' requirements are cited by the covering rule.
fn uncovered<T>(
    rules: Vec<PlannedFirewallRule<T>>,
    reach: &[Reach],
    (subnet, holder): (&str, &str),
    notes: &mut Notes,
) -> Vec<PlannedFirewallRule<T>> {
    let by = covered(reach);
    let mut rules: Vec<Option<PlannedFirewallRule<T>>> = rules.into_iter().map(Some).collect();
    for (index, cover) in by.iter().enumerate() {
        let Some(cover) = cover else { continue };
        let Some(dropped) = rules[index].take() else { continue };
        if let Some(kept) = &mut rules[*cover] {
            for id in dropped.because {
                notes.covered(&id, subnet, holder, &format!("`{}`", kept.key));
                if !kept.because.contains(&id) {
                    kept.because.push(id);
                }
            }
        }
    }
    rules.into_iter().flatten().collect()
}
