//! What several formats say of a plan, finished: a view of a rule, a route, a subnet.
//!
//! Whatever a model can hold and a format cannot say becomes a side or a list that Azure refuses, never a wider one.

use super::Input;
use super::engine::{Value, view};
use crate::catalog::Role;
use crate::model::{
    Access, ApplicationProtocol, ApplicationRule, Direction, Endpoint, FirewallTier, NetworkRule, NextHop, PortSet,
    Protocol, RouteDestination, Services, WayOut, port_items, ports_text,
};
use crate::plan::{
    APPLICATION_COLLECTION, NETWORK_COLLECTION, Plan, PlannedFirewallRule, PlannedRoute, PlannedRule, PlannedSubnet,
};
use ipnet::IpNet;

pub(super) fn prefixes(list: &[IpNet]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

/// The network around the rules.
pub(super) fn network(plan: &Plan) -> Value {
    let vnet = &plan.vnet;
    let peered = |(name, space): &(String, Vec<IpNet>)| view!({"name": name, "prefixes": prefixes(space)});
    let servers = dns_servers(plan);
    view!({
        "name": vnet.name,
        "address_space": prefixes(&vnet.address_space),
        "on_premises": prefixes(&vnet.on_premises),
        "has_dns_servers": !servers.is_empty(),
        "dns_servers": servers,
        "peered": vnet.peered.iter().map(peered).collect::<Vec<_>>(),
    })
}

/// The tags on resources.
pub(super) fn tags(plan: &Plan) -> Vec<Value> {
    plan.resource_tags.iter().map(|(key, value)| view!({"key": key, "value": value})).collect()
}

/// Our word for a way out.
pub(super) fn way_out(way: WayOut) -> &'static str {
    match way {
        WayOut::None => "none",
        WayOut::NatGateway => "nat-gateway",
        WayOut::PublicAddress => "public-address",
        WayOut::LoadBalancer => "load-balancer",
        WayOut::DefaultOutbound => "default-outbound",
        WayOut::Unknown => "unknown",
    }
}

pub(super) fn subnet(subnet: &PlannedSubnet) -> Value {
    view!({
        "name": subnet.name,
        "roles": subnet.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(", "),
        "prefix": subnet.prefix.to_string(),
        "pods": prefixes(&subnet.pods),
        "has_nsg": subnet.nsg.is_some(),
        "nsg": subnet.nsg.clone().unwrap_or_default(),
        // Without it the NSG does not hold for private endpoints (disable-private-endpoint-network-policy).
        "has_endpoint_policies": subnet.nsg.is_some() && subnet.roles.contains(&Role::PrivateEndpoints),
        "has_route_table": subnet.route_table.is_some(),
        "route_table": subnet.route_table.clone().unwrap_or_default(),
        "has_service_endpoints": !subnet.service_endpoints.is_empty(),
        "service_endpoints": subnet.service_endpoints,
        "nat_gateway": subnet.nat_gateway,
        "way_out": way_out(subnet.way_out),
    })
}

/// The DNS servers of the network. A server is one address; Azure takes no range here.
pub(super) fn dns_servers(plan: &Plan) -> Vec<String> {
    let servers = plan.vnet.dns_servers.iter().filter(|server| server.prefix_len() == server.max_prefix_len());
    servers.map(|server| server.addr().to_string()).collect()
}

/// Azure's name of a tier.
pub(super) fn tier(tier: FirewallTier) -> &'static str {
    match tier {
        FirewallTier::Basic => "Basic",
        FirewallTier::Standard => "Standard",
        FirewallTier::Premium => "Premium",
    }
}

/// The requirements behind an entry, one line each, with what says so.
pub(super) fn comments(input: &Input, because: &[String]) -> Vec<String> {
    if because.is_empty() {
        return vec!["of the plan itself".into()];
    }
    let line = |id: &String| {
        let sources = input.catalog.get(id).map(|row| row.source.as_slice()).unwrap_or_default();
        let cited = sources.iter().map(|source| format!("{}, {}, {}", source.page, source.section, source.date));
        let cited = cited.collect::<Vec<_>>().join("; ");
        if cited.is_empty() { id.clone() } else { format!("{id} ({cited})") }
    };
    because.iter().map(line).collect()
}

pub(super) fn security_rule(input: &Input, nsg: &str, planned: &PlannedRule) -> Value {
    let rule = &planned.rule;
    view!({
        "key": planned.key,
        "comments": comments(input, &planned.because),
        "nsg": nsg,
        "name": rule.name,
        "priority": rule.priority,
        "direction": match rule.direction {
            Direction::Inbound => "Inbound",
            Direction::Outbound => "Outbound",
        },
        "access": match rule.access {
            Access::Allow => "Allow",
            Access::Deny => "Deny",
        },
        "protocol": rule.protocol.nsg_name(),
        "source_ports": ports(&rule.source_ports),
        "source": side(&rule.source),
        "ports": ports(&rule.destination_ports),
        "destination": side(&rule.destination),
        "description": rule.description,
        "has_description": !rule.description.is_empty(),
    })
}

/// Ports: `*` as a text, others as a list.
fn ports(ports: &PortSet) -> Value {
    view!({"listed": !ports.is_all(), "text": ports_text(ports), "list": port_items(ports)})
}

/// A side of a security rule: `*` or one tag in the singular field, prefixes in the list.
fn side(endpoint: &Endpoint) -> Value {
    let (text, list) = match endpoint {
        Endpoint::Any => ("*", Vec::new()),
        Endpoint::Tag(tag) => (tag.as_str(), Vec::new()),
        Endpoint::Prefixes(list) => ("", prefixes(list)),
        // A plan has none. An empty list is refused, where a missing side would be everything.
        Endpoint::Groups(_) | Endpoint::Several(_) => ("", Vec::new()),
    };
    view!({"listed": text.is_empty(), "text": text, "list": list})
}

pub(super) fn route(input: &Input, table: &str, planned: &PlannedRoute) -> Value {
    let route = &planned.route;
    let (next_hop, address) = match route.next_hop {
        NextHop::Internet => ("Internet", None),
        NextHop::Appliance(address) => ("VirtualAppliance", Some(address.to_string())),
        NextHop::VirtualNetwork => ("VnetLocal", None),
        NextHop::Gateway => ("VirtualNetworkGateway", None),
        NextHop::None => ("None", None),
    };
    let mut lines = vec![planned.why.clone()];
    if !planned.because.is_empty() {
        lines.extend(comments(input, &planned.because));
    }
    view!({
        "key": planned.key,
        "comments": lines,
        "table": table,
        "name": route.name,
        "destination": match &route.destination {
            RouteDestination::Prefix(prefix) => prefix.to_string(),
            RouteDestination::Tag(tag) => tag.clone(),
        },
        "next_hop": next_hop,
        "has_address": address.is_some(),
        "address": address.unwrap_or_default(),
    })
}

/// Our rule collection group; nothing without a firewall.
pub(super) fn hub(input: &Input) -> Value {
    let Some(firewall) = &input.plan.firewall else { return view!({}) };
    view!({
        "name": input.plan.name,
        "group": firewall.group,
        "priority": firewall.priority,
        "private_address": firewall.private_address.to_string(),
        "tier": tier(firewall.tier),
        "dns_proxy": firewall.dns_proxy,
        "network_collection": NETWORK_COLLECTION.0,
        "network_priority": NETWORK_COLLECTION.1,
        "has_network_rules": !firewall.network.is_empty(),
        "network_rules": firewall.network.iter().map(|rule| network_rule(input, rule)).collect::<Vec<_>>(),
        "application_collection": APPLICATION_COLLECTION.0,
        "application_priority": APPLICATION_COLLECTION.1,
        "has_application_rules": !firewall.application.is_empty(),
        "application_rules": firewall.application.iter().map(|rule| application_rule(input, rule)).collect::<Vec<_>>(),
    })
}

fn network_rule(input: &Input, planned: &PlannedFirewallRule<NetworkRule>) -> Value {
    let rule = &planned.rule;
    let (protocols, ports) = protocols_and_ports(&rule.services);
    let mut comments = comments(input, &planned.because);
    if !planned.written_out.is_empty() {
        comments.push(format!("{}: renew them every week", planned.written_out));
    }
    view!({
        "comments": comments,
        "name": rule.name,
        "protocols": protocols,
        "ports": ports,
        "sources": addresses(&rule.source),
        "has_destinations": !rule.destinations.is_empty(),
        "destinations": rule.destinations.iter().flat_map(addresses).collect::<Vec<_>>(),
        "has_names": !rule.names.is_empty(),
        "names": rule.names,
    })
}

fn application_rule(input: &Input, planned: &PlannedFirewallRule<ApplicationRule>) -> Value {
    let rule = &planned.rule;
    let kind = |protocol: &ApplicationProtocol| if protocol.https { "Https" } else { "Http" };
    view!({
        "comments": comments(input, &planned.because),
        "name": rule.name,
        "sources": addresses(&rule.source),
        "protocols": rule.protocols.iter().map(|p| view!({"kind": kind(p), "port": p.port})).collect::<Vec<_>>(),
        "has_names": !rule.names.is_empty(),
        "names": rule.names,
        "has_fqdn_tags": !rule.fqdn_tags.is_empty(),
        "fqdn_tags": rule.fqdn_tags,
    })
}

/// A side of a firewall rule, as its lists want it.
fn addresses(endpoint: &Endpoint) -> Vec<String> {
    match endpoint {
        Endpoint::Any => vec!["*".into()],
        Endpoint::Tag(tag) => vec![tag.clone()],
        Endpoint::Prefixes(list) => prefixes(list),
        Endpoint::Groups(_) => Vec::new(),
        Endpoint::Several(several) => several.iter().flat_map(addresses).collect(),
    }
}

/// The protocols and ports of a network rule: each protocol with each port. A set that is no such product loses what
/// does not fit, and so does a protocol that Azure Firewall has no word for.
fn protocols_and_ports(services: &Services) -> (Vec<&'static str>, Vec<String>) {
    if *services == Services::all() {
        return (vec!["Any"], port_items(&PortSet::all()));
    }
    let (tcp, udp) = (services.tcp_ports(), services.udp_ports());
    let icmp = Services::new(Protocol::Icmp, &PortSet::all()).is_subset(services);
    let named = [("TCP", !tcp.is_empty()), ("UDP", !udp.is_empty()), ("ICMP", icmp)];
    let ports = match (tcp.is_empty(), udp.is_empty()) {
        (true, true) => PortSet::all(),
        (false, true) => tcp.clone(),
        (true, false) => udp.clone(),
        (false, false) => tcp.intersection(udp),
    };
    (named.into_iter().filter(|(_, present)| *present).map(|(name, _)| name).collect(), port_items(&ports))
}
