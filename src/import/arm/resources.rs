//! The resources of a template, one reader for each type.

use super::expression::{Expression, expression};
use super::value::{At, Fields};
use super::{Attached, DeclaredSubnet, Found, Owned, VirtualNetwork};
use crate::model::{
    Access, ApplicationProtocol, ApplicationRule, CollectionRules, Direction, Endpoint, NetworkRule, NextHop, PortSet,
    Protocol, Route, RouteDestination, RuleCollection, RuleCollectionGroup, SecurityRule, Services, parse_ports,
    parse_prefix,
};
use crate::problem::Problem;
use std::collections::BTreeMap;
use std::net::IpAddr;

const NSG: &str = "Microsoft.Network/networkSecurityGroups";
const SECURITY_RULE: &str = "Microsoft.Network/networkSecurityGroups/securityRules";
const ROUTE_TABLE: &str = "Microsoft.Network/routeTables";
const ROUTE: &str = "Microsoft.Network/routeTables/routes";
const VIRTUAL_NETWORK: &str = "Microsoft.Network/virtualNetworks";
const GROUP: &str = "Microsoft.Network/firewallPolicies/ruleCollectionGroups";

/// The type and the names of a resource, as `resourceId` takes them.
pub(super) type Id = Vec<String>;

pub(super) fn resource<'a>(
    at: &At<'a>,
    found: &mut Found<'a>,
    groups: &mut Vec<RuleCollectionGroup>,
    needed: &mut Vec<(At<'a>, Id)>,
) -> Result<Id, Problem> {
    let mut fields = at.fields()?;
    let kind = fields.take("type")?;
    fields.take("apiVersion")?.read(|text| is_version(text).then_some(()), "a version such as `2024-05-01`")?;
    let name = fields.take("name")?;
    let properties = fields.take("properties")?;
    if let Some(location) = fields.maybe("location") {
        location.text()?;
    }
    if let Some(tags) = fields.maybe("tags") {
        for (key, tag) in tags.fields()?.rest() {
            tag.text()?;
            if expression(&key).is_some() {
                return Err(tag.problem(format!("the expression `{key}` is not read")));
            }
        }
    }
    for before in fields.maybe("dependsOn").map(|at| at.list()).transpose()?.unwrap_or_default() {
        needed.push((before.clone(), resource_id(&before)?));
    }
    fields.end()?;
    let mut properties = properties.fields()?;
    let kind_text = kind.text()?;
    let names = match kind_text.as_str() {
        NSG => {
            let name = name.text()?;
            let rules = properties.take("securityRules")?.each(|at| named(at, security_rule))?;
            own(&mut found.nsgs, &name, at, true, rules)?;
            vec![name]
        }
        SECURITY_RULE => {
            let (parent, name) = two(&name)?;
            let rule = security_rule(&name, &mut properties)?;
            own(&mut found.nsgs, &parent, at, false, vec![rule])?;
            vec![parent, name]
        }
        ROUTE_TABLE => {
            let name = name.text()?;
            if properties.take("disableBgpRoutePropagation")?.flag()? {
                found.without_gateway_routes.insert(name.clone());
            }
            let routes = properties.take("routes")?.each(|at| named(at, route))?;
            own(&mut found.route_tables, &name, at, true, routes)?;
            vec![name]
        }
        ROUTE => {
            let (parent, name) = two(&name)?;
            let route = route(&name, &mut properties)?;
            own(&mut found.route_tables, &parent, at, false, vec![route])?;
            vec![parent, name]
        }
        VIRTUAL_NETWORK => {
            let name = name.text()?;
            if found.virtual_network.is_some() {
                return Err(at.problem("there is another virtual network"));
            }
            found.virtual_network = Some(virtual_network(&name, &mut properties)?);
            vec![name]
        }
        GROUP => {
            let name = group_name(&name)?;
            groups.push(group(&name, &mut properties)?);
            vec![name]
        }
        other => return Err(kind.problem(format!("resources of type `{other}` are not read"))),
    };
    properties.end()?;
    Ok(std::iter::once(kind_text).chain(names).collect())
}

fn is_version(text: &str) -> bool {
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    matches!(text.split('-').collect::<Vec<_>>()[..], [y, m, d] if digits(y, 4) && digits(m, 2) && digits(d, 2))
}

/// Adds to an NSG or a route table: declared whole once, or added to as often as wanted.
fn own<'a, T>(
    all: &mut BTreeMap<String, Owned<'a, T>>,
    name: &str,
    at: &At<'a>,
    ours: bool,
    items: Vec<T>,
) -> Result<(), Problem> {
    match all.get_mut(name) {
        None => {
            all.insert(name.into(), Owned { ours, at: at.clone(), items });
            Ok(())
        }
        Some(owned) if !ours && !owned.ours => {
            owned.items.extend(items);
            Ok(())
        }
        Some(_) => Err(at.problem(format!("`{name}` is declared whole and again"))),
    }
}

/// `parent/child`.
fn two(at: &At) -> Result<(String, String), Problem> {
    let split = |text: &str| match text.split_once('/') {
        Some((parent, child)) if !child.contains('/') => Some((parent.to_string(), child.to_string())),
        _ => None,
    };
    at.read(split, "two names with `/` between them")
}

/// The type and names in `resourceId('type', 'name', …)`.
fn resource_id(at: &At) -> Result<Id, Problem> {
    let expression = at.expression()?;
    let arguments = expression.as_ref().and_then(|expression| expression.call("resourceId")).unwrap_or_default();
    let id: Option<Id> = arguments.iter().map(|one| one.text().map(String::from)).collect();
    id.filter(|id| id.first().is_some_and(|kind| kind.split('/').count() == id.len() && id.len() > 1))
        .ok_or_else(|| at.problem("must be `resourceId` with a type and names"))
}

/// The name in `{"id": "[resourceId('kind', 'name')]"}`.
fn attached(fields: &mut Fields, key: &str, kind: &str) -> Result<Option<String>, Problem> {
    let Some(at) = fields.maybe(key) else { return Ok(None) };
    let mut fields = at.fields()?;
    let at = fields.take("id")?;
    fields.end()?;
    match resource_id(&at)?.as_slice() {
        [found, name] if found == kind => Ok(Some(name.clone())),
        _ => Err(at.problem(format!("must be of type `{kind}`"))),
    }
}

/// `{"name": …, "properties": {…}}`
fn named<'a, T>(at: &At<'a>, read: impl Fn(&str, &mut Fields<'a>) -> Result<T, Problem>) -> Result<T, Problem> {
    let mut fields = at.fields()?;
    let name = fields.take("name")?.text()?;
    let mut properties = fields.take("properties")?.fields()?;
    let item = read(&name, &mut properties)?;
    properties.end()?;
    fields.end()?;
    Ok(item)
}

fn security_rule(name: &str, fields: &mut Fields) -> Result<SecurityRule, Problem> {
    let protocol = |text: &str| Protocol::parse(text).filter(|protocol| protocol.nsg_name() == text);
    let priority = fields.take("priority")?.number(100, 4096)?;
    Ok(SecurityRule {
        name: name.into(),
        direction: fields
            .take("direction")?
            .choice(&[("Inbound", Direction::Inbound), ("Outbound", Direction::Outbound)])?,
        priority: u16::try_from(priority).unwrap_or(u16::MAX),
        access: access(&fields.take("access")?)?,
        protocol: fields.take("protocol")?.read(protocol, "a protocol of an NSG")?,
        source: side(fields, "sourceAddressPrefix", "sourceAddressPrefixes")?,
        source_ports: ports(fields, "sourcePortRange", "sourcePortRanges")?,
        destination: side(fields, "destinationAddressPrefix", "destinationAddressPrefixes")?,
        destination_ports: ports(fields, "destinationPortRange", "destinationPortRanges")?,
        description: fields.maybe("description").map(|at| at.text()).transpose()?.unwrap_or_default(),
    })
}

fn access(at: &At) -> Result<Access, Problem> {
    at.choice(&[("Allow", Access::Allow), ("Deny", Access::Deny)])
}

/// One address, or a list of them: never both.
fn side(fields: &mut Fields, one: &str, several: &str) -> Result<Endpoint, Problem> {
    match (fields.maybe(one), fields.maybe(several)) {
        (Some(at), None) => address(&at),
        (None, Some(at)) => Ok(Endpoint::Prefixes(at.some(At::prefix)?)),
        _ => Err(fields.at.problem(format!("must have `{one}` or `{several}`, and not both"))),
    }
}

/// `*`, a prefix or a service tag.
fn address(at: &At) -> Result<Endpoint, Problem> {
    let read = |text: &str| match parse_prefix(text) {
        Ok(prefix) => Some(Endpoint::Prefixes(vec![prefix])),
        Err(_) if text == "*" => Some(Endpoint::Any),
        Err(_) => tag(text).map(Endpoint::Tag),
    };
    at.read(read, "`*`, an address prefix or a service tag")
}

/// A service tag: a mistyped prefix must not pass for one.
fn tag(text: &str) -> Option<String> {
    let is_tag = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
    is_tag.then(|| text.into())
}

fn ports(fields: &mut Fields, one: &str, several: &str) -> Result<PortSet, Problem> {
    match (fields.maybe(one), fields.maybe(several)) {
        (Some(at), None) => at.read(parse_ports, PORTS),
        (None, Some(at)) => port_list(&at),
        _ => Err(fields.at.problem(format!("must have `{one}` or `{several}`, and not both"))),
    }
}

const PORTS: &str = "a port, a range of ports or `*`";

fn port_list(at: &At) -> Result<PortSet, Problem> {
    let sets = at.some(|at| at.read(parse_ports, PORTS))?;
    Ok(sets.iter().fold(PortSet::default(), |sum, set| sum.union(set)))
}

fn route(name: &str, fields: &mut Fields) -> Result<Route, Problem> {
    let destination = |text: &str| match parse_prefix(text) {
        Ok(prefix) => Some(RouteDestination::Prefix(prefix)),
        Err(_) => tag(text).map(RouteDestination::Tag),
    };
    let hop = fields.take("nextHopType")?.choice(&[
        ("Internet", Some(NextHop::Internet)),
        ("VirtualAppliance", None),
        ("VnetLocal", Some(NextHop::VirtualNetwork)),
        ("VirtualNetworkGateway", Some(NextHop::Gateway)),
        ("None", Some(NextHop::None)),
    ])?;
    Ok(Route {
        name: name.into(),
        destination: fields.take("addressPrefix")?.read(destination, "an address prefix or a service tag")?,
        next_hop: match hop {
            Some(hop) => hop,
            None => NextHop::Appliance(ip(&fields.take("nextHopIpAddress")?)?),
        },
    })
}

pub(super) fn ip(at: &At) -> Result<IpAddr, Problem> {
    at.read(|text| text.parse().ok(), "an address")
}

fn virtual_network<'a>(name: &str, fields: &mut Fields<'a>) -> Result<VirtualNetwork<'a>, Problem> {
    let mut space = fields.take("addressSpace")?.fields()?;
    let address_space = space.take("addressPrefixes")?.each(At::prefix)?;
    space.end()?;
    if let Some(options) = fields.maybe("dhcpOptions") {
        let mut options = options.fields()?;
        options.take("dnsServers")?.each(ip)?;
        options.end()?;
    }
    let subnets = fields.take("subnets")?.each(|at| named(at, subnet))?;
    Ok(VirtualNetwork { at: fields.at.clone(), name: name.into(), address_space, subnets })
}

fn subnet<'a>(name: &str, fields: &mut Fields<'a>) -> Result<DeclaredSubnet<'a>, Problem> {
    let service = |at: &At| {
        let mut fields = at.fields()?;
        let service = fields.take("service")?.text()?;
        fields.end()?;
        Ok(service)
    };
    let endpoints = fields.maybe("serviceEndpoints").map(|at| at.some(service)).transpose()?;
    let attached = Attached {
        name: name.into(),
        prefix: fields.take("addressPrefix")?.prefix()?,
        nsg: attached(fields, "networkSecurityGroup", NSG)?,
        route_table: attached(fields, "routeTable", ROUTE_TABLE)?,
        service_endpoints: endpoints.unwrap_or_default(),
    };
    let default_outbound = fields.take("defaultOutboundAccess")?;
    if default_outbound.flag()? {
        return Err(default_outbound.problem("must be false: no plan counts on Azure's default way out"));
    }
    if let Some(at) = fields.maybe("privateEndpointNetworkPolicies") {
        at.choice(&[("NetworkSecurityGroupEnabled", ())])?;
    }
    let gateway = fields.maybe("natGateway");
    if let Some(at) = &gateway {
        let mut fields = at.fields()?;
        let id = fields.take("id")?;
        fields.end()?;
        match id.expression()?.as_ref().and_then(Expression::parameter) {
            Some(parameter) => drop(id.declared(parameter)?),
            None => drop(id.text()?),
        }
    }
    Ok(DeclaredSubnet { at: fields.at.clone(), attached, nat_gateway: gateway.is_some() })
}

/// The group in `policy/group`, or in `format('{0}/{1}', parameters('policy'), 'group')`: the policy has no meaning here.
fn group_name(at: &At) -> Result<String, Problem> {
    let Some(expression) = at.expression()? else { return Ok(two(at)?.1) };
    if let Some([form, policy, group]) = expression.call("format")
        && form.text() == Some("{0}/{1}")
        && let (Some(policy), Some(group)) = (policy.parameter(), group.text())
    {
        at.declared(policy)?;
        return Ok(group.into());
    }
    Err(at.problem("must be a policy's parameter and the group's name"))
}

fn group(name: &str, fields: &mut Fields) -> Result<RuleCollectionGroup, Problem> {
    Ok(RuleCollectionGroup {
        name: name.into(),
        priority: fields.take("priority")?.number(100, 65_000)?,
        parent: false,
        collections: fields.take("ruleCollections")?.each(collection)?,
    })
}

fn collection(at: &At) -> Result<RuleCollection, Problem> {
    let mut fields = at.fields()?;
    fields.take("ruleCollectionType")?.choice(&[("FirewallPolicyFilterRuleCollection", ())])?;
    let name = fields.take("name")?.text()?;
    let priority = fields.take("priority")?.number(100, 65_000)?;
    let mut action = fields.take("action")?.fields()?;
    let access = access(&action.take("type")?)?;
    action.end()?;
    let rules = fields.take("rules")?;
    fields.end()?;
    let (mut network, mut application) = (Vec::new(), Vec::new());
    for at in rules.list()? {
        let mut fields = at.fields()?;
        if fields.take("ruleType")?.choice(&[("NetworkRule", true), ("ApplicationRule", false)])? {
            network.push(network_rule(&mut fields)?);
        } else {
            application.push(application_rule(&mut fields)?);
        }
        fields.end()?;
    }
    let rules = match (network.is_empty(), application.is_empty()) {
        (false, true) => CollectionRules::Network(network),
        (true, false) => CollectionRules::Application(application),
        _ => return Err(rules.problem("must be network rules alone or application rules alone")),
    };
    Ok(RuleCollection { name, priority, access, rules })
}

fn network_rule(fields: &mut Fields) -> Result<NetworkRule, Problem> {
    let protocols = fields.take("ipProtocols")?.some(|at| {
        at.choice(&[("Any", Protocol::Any), ("TCP", Protocol::Tcp), ("UDP", Protocol::Udp), ("ICMP", Protocol::Icmp)])
    })?;
    let ports = port_list(&fields.take("destinationPorts")?)?;
    let parts = protocols.into_iter().map(|protocol| Services::new(protocol, &ports));
    let mut destinations: Vec<Endpoint> = Vec::new();
    if let Some(at) = fields.maybe("destinationAddresses") {
        for next in at.some(address)? {
            match (destinations.last_mut(), next) {
                (Some(Endpoint::Prefixes(list)), Endpoint::Prefixes(more)) => list.extend(more),
                (_, next) => destinations.push(next),
            }
        }
    }
    let names = fields.maybe("destinationFqdns").map(|at| at.some(At::text)).transpose()?.unwrap_or_default();
    if destinations.is_empty() && names.is_empty() {
        return Err(fields.at.problem("has no destination"));
    }
    Ok(NetworkRule {
        name: fields.take("name")?.text()?,
        source: sources(fields)?,
        services: parts.fold(Services::default(), |sum, part| sum.union(&part)),
        destinations,
        names,
    })
}

/// `*` alone, or prefixes.
fn sources(fields: &mut Fields) -> Result<Endpoint, Problem> {
    let at = fields.take("sourceAddresses")?;
    match at.list()?.as_slice() {
        [one] => address(one),
        _ => Ok(Endpoint::Prefixes(at.some(At::prefix)?)),
    }
}

fn application_rule(fields: &mut Fields) -> Result<ApplicationRule, Problem> {
    let protocol = |at: &At| {
        let mut fields = at.fields()?;
        let https = fields.take("protocolType")?.choice(&[("Https", true), ("Http", false)])?;
        let port = fields.take("port")?.number(1, 64_000)?;
        fields.end()?;
        Ok(ApplicationProtocol { https, port: u16::try_from(port).unwrap_or(u16::MAX) })
    };
    let texts = |at: Option<At>| at.map(|at| at.some(At::text)).transpose();
    let rule = ApplicationRule {
        name: fields.take("name")?.text()?,
        source: sources(fields)?,
        protocols: fields.take("protocols")?.some(protocol)?,
        names: texts(fields.maybe("targetFqdns"))?.unwrap_or_default(),
        fqdn_tags: texts(fields.maybe("fqdnTags"))?.unwrap_or_default(),
        ..ApplicationRule::default()
    };
    if rule.names.is_empty() && rule.fqdn_tags.is_empty() {
        return Err(fields.at.problem("has no destination"));
    }
    Ok(rule)
}
