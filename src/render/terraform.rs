//! The view of the Terraform templates: a module for the owner of the network, one for the owner of the firewall.
//!
//! Whatever a model can hold and Terraform cannot say becomes a side or a list that Azure refuses, never a wider one.

use super::Input;
use super::engine::{Value, view};
use crate::catalog::Cloud;
use crate::model::{
    Access, ApplicationProtocol, ApplicationRule, Direction, Endpoint, FirewallTier, NetworkRule, NextHop, PortSet,
    Protocol, RouteDestination, Services, WayOut, port_items, ports_text,
};
use crate::plan::{
    APPLICATION_COLLECTION, NETWORK_COLLECTION, Ownership, PlannedFirewallRule, PlannedRoute, PlannedRule,
    PlannedSubnet,
};
use ipnet::IpNet;

/// The azurerm versions whose schema every resource here fits.
const PROVIDER: &str = ">= 4.55, < 6.0";
/// The same for subnets with service endpoints: version 5 took away the argument of version 4 and has a block instead.
const PROVIDER_WITH_ENDPOINTS: &str = ">= 5.0, < 6.0";

/// What stands around the rules: variables, the resources that take them up, versions, providers.
pub(super) fn view(input: &Input) -> Value {
    let plan = input.plan;
    let vnet = &plan.vnet;
    let mut owned =
        plan.nsgs.iter().map(|nsg| nsg.ownership).chain(plan.route_tables.iter().map(|table| table.ownership));
    let service_endpoints = vnet.create && plan.subnets.iter().any(|subnet| !subnet.service_endpoints.is_empty());
    let nat_gateway = vnet.create && plan.subnets.iter().any(|subnet| subnet.nat_gateway);
    let nat_gateway_id = vnet.nat_gateway.iter().flatten().next();
    let policy = plan.firewall.as_ref().and_then(|firewall| firewall.policy.as_deref());
    view!({
        "name": plan.name,
        "spoke_provider": if service_endpoints { PROVIDER_WITH_ENDPOINTS } else { PROVIDER },
        "hub_provider": PROVIDER,
        "environment": environment(plan.cloud),
        "subscription": vnet.subscription.clone().unwrap_or_default(),
        "subscription_given": vnet.subscription.is_some(),
        "resource_group": vnet.resource_group,
        "location": plan.region,
        "tags": plan.resource_tags.iter().map(|(key, value)| view!({"key": key, "value": value})).collect::<Vec<_>>(),
        "has_tags": !plan.resource_tags.is_empty(),
        "create": vnet.create,
        "extends": owned.any(|ownership| ownership == Ownership::Extend),
        "has_service_endpoints": service_endpoints,
        "has_route_tables": !plan.route_tables.is_empty(),
        "attaches_route_tables": vnet.create && !plan.route_tables.is_empty(),
        "has_nat_gateway": nat_gateway,
        "nat_gateway": nat_gateway_id.cloned().unwrap_or_default(),
        "nat_gateway_given": nat_gateway_id.is_some(),
        "asks_nat_gateway": nat_gateway && nat_gateway_id.is_none(),
        "has_firewall": plan.firewall.is_some(),
        "policy": policy.unwrap_or_default(),
        "policy_given": policy.is_some(),
        "policy_subscription": policy.and_then(|id| id.split('/').nth(2)).unwrap_or_default(),
    })
}

/// The literals of the owner of the network: what is planned.
pub(super) fn rules(input: &Input) -> Value {
    let plan = input.plan;
    let vnet = &plan.vnet;
    let peered = |(name, prefixes): &(String, Vec<IpNet>)| view!({"name": name, "prefixes": texts(prefixes)});
    // A server is one address; Azure takes no range here.
    let servers = vnet.dns_servers.iter().filter(|server| server.prefix_len() == server.max_prefix_len());
    let rules = plan.nsgs.iter().flat_map(|nsg| nsg.rules.iter().map(|rule| security_rule(input, &nsg.name, rule)));
    let routes =
        plan.route_tables.iter().flat_map(|table| table.routes.iter().map(|own| route(input, &table.name, own)));
    view!({
        "name": plan.name,
        "network": view!({
            "name": vnet.name,
            "address_space": texts(&vnet.address_space),
            "on_premises": texts(&vnet.on_premises),
            "dns_servers": servers.map(|server| server.addr().to_string()).collect::<Vec<_>>(),
            "peered": vnet.peered.iter().map(peered).collect::<Vec<_>>(),
        }),
        "subnets": plan.subnets.iter().map(subnet).collect::<Vec<_>>(),
        "nsgs": plan.nsgs.iter().map(|nsg| owner(&nsg.name, nsg.ownership)).collect::<Vec<_>>(),
        "rules": rules.collect::<Vec<_>>(),
        "has_route_tables": !plan.route_tables.is_empty(),
        "route_tables": plan.route_tables.iter().map(|table| owner(&table.name, table.ownership)).collect::<Vec<_>>(),
        "routes": routes.collect::<Vec<_>>(),
    })
}

/// The rule collection group of the owner of the firewall; nothing without a firewall.
pub(super) fn hub(input: &Input) -> Value {
    let Some(firewall) = &input.plan.firewall else { return view!({}) };
    view!({
        "name": input.plan.name,
        "group": firewall.group,
        "priority": firewall.priority,
        "private_address": firewall.private_address.to_string(),
        "tier": match firewall.tier {
            FirewallTier::Basic => "Basic",
            FirewallTier::Standard => "Standard",
            FirewallTier::Premium => "Premium",
        },
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

fn texts(prefixes: &[IpNet]) -> Vec<String> {
    prefixes.iter().map(ToString::to_string).collect()
}

/// The provider's name of a cloud.
fn environment(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::AzureCloud => "public",
        Cloud::AzureUSGovernment => "usgovernment",
        Cloud::AzureChinaCloud => "china",
    }
}

fn owner(name: &str, ownership: Ownership) -> Value {
    view!({"name": name, "create": ownership == Ownership::Create})
}

fn subnet(subnet: &PlannedSubnet) -> Value {
    let way_out = match subnet.way_out {
        WayOut::None => "none",
        WayOut::NatGateway => "nat-gateway",
        WayOut::PublicAddress => "public-address",
        WayOut::LoadBalancer => "load-balancer",
        WayOut::DefaultOutbound => "default-outbound",
        WayOut::Unknown => "unknown",
    };
    view!({
        "name": subnet.name,
        "roles": subnet.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(", "),
        "prefix": subnet.prefix.to_string(),
        "pods": texts(&subnet.pods),
        "has_nsg": subnet.nsg.is_some(),
        "nsg": subnet.nsg.clone().unwrap_or_default(),
        "has_route_table": subnet.route_table.is_some(),
        "route_table": subnet.route_table.clone().unwrap_or_default(),
        "service_endpoints": subnet.service_endpoints,
        "nat_gateway": subnet.nat_gateway,
        "way_out": way_out,
    })
}

/// The requirements behind an entry, one line each, with what says so.
fn comments(input: &Input, because: &[String]) -> Vec<String> {
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

fn security_rule(input: &Input, nsg: &str, planned: &PlannedRule) -> Value {
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
        "source_ports": ports_text(&rule.source_ports),
        "source": side(&rule.source),
        "ports": view!({
            "listed": !rule.destination_ports.is_all(),
            "text": "*",
            "list": port_items(&rule.destination_ports),
        }),
        "destination": side(&rule.destination),
        "description": rule.description,
    })
}

/// A side of a security rule: `*` or one tag in the singular field, prefixes in the list.
fn side(endpoint: &Endpoint) -> Value {
    let (text, list) = match endpoint {
        Endpoint::Any => ("*", Vec::new()),
        Endpoint::Tag(tag) => (tag.as_str(), Vec::new()),
        Endpoint::Prefixes(prefixes) => ("", texts(prefixes)),
        // A plan has none. An empty list is refused, where a missing side would be everything.
        Endpoint::Groups(_) => ("", Vec::new()),
    };
    view!({"listed": text.is_empty(), "text": text, "list": list})
}

fn route(input: &Input, table: &str, planned: &PlannedRoute) -> Value {
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

fn network_rule(input: &Input, planned: &PlannedFirewallRule<NetworkRule>) -> Value {
    let rule = &planned.rule;
    let (protocols, ports) = protocols_and_ports(&rule.services);
    view!({
        "comments": comments(input, &planned.because),
        "name": rule.name,
        "protocols": protocols,
        "ports": ports,
        "sources": addresses(&rule.source),
        "destinations": rule.destinations.iter().flat_map(addresses).collect::<Vec<_>>(),
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
        "names": rule.names,
        "fqdn_tags": rule.fqdn_tags,
    })
}

/// A side of a firewall rule, as its lists want it.
fn addresses(endpoint: &Endpoint) -> Vec<String> {
    match endpoint {
        Endpoint::Any => vec!["*".into()],
        Endpoint::Tag(tag) => vec![tag.clone()],
        Endpoint::Prefixes(prefixes) => texts(prefixes),
        Endpoint::Groups(_) => Vec::new(),
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
