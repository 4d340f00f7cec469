//! ARM templates, serialised: every value that a reader needs is a literal, so that any tool can read the rules without
//! evaluating the template. Keys come sorted, as `serde_json` keeps them.
//!
//! Literal text goes through [`text`] or [`literal`] and nothing else, expressions through [`expression`]: no name can become code.

use super::Input;
use super::parts::{dns_servers, prefixes, tier, way_out};
use crate::catalog::Role;
use crate::model::{
    Access, ApplicationRule, Direction, Endpoint, NetworkRule, NextHop, PortSet, Protocol, Route, RouteDestination,
    SecurityRule, Services, port_items,
};
use crate::plan::{APPLICATION_COLLECTION, NETWORK_COLLECTION, Ownership, Plan, PlannedFirewall, PlannedSubnet};
use serde_json::{Map, Value, json};

const SCHEMA: &str = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";
/// Has `defaultOutboundAccess` and is old enough for the sovereign clouds; newer versions add nothing that is written.
pub(super) const API_VERSION: &str = "2024-05-01";
const NSG: &str = "Microsoft.Network/networkSecurityGroups";
const SECURITY_RULE: &str = "Microsoft.Network/networkSecurityGroups/securityRules";
const ROUTE_TABLE: &str = "Microsoft.Network/routeTables";
const ROUTE: &str = "Microsoft.Network/routeTables/routes";

/// As `json!`, but values move in: `json!` copies each of them whole, once for every level that it is nested in.
macro_rules! object {
    ({ $($key:literal : $value:expr),* $(,)? }) => {
        Value::Object(Map::from_iter([$(($key.to_string(), Value::from($value))),*]))
    };
}

/// What the owner of the network deploys.
pub(super) fn spoke(input: &Input) -> Value {
    let plan = input.plan;
    let mut resources = Vec::new();
    for nsg in &plan.nsgs {
        let rules = nsg.rules.iter().map(|planned| (planned.rule.name.as_str(), security_rule(&planned.rule)));
        match nsg.ownership {
            Ownership::Create => {
                let rules: Vec<Value> =
                    rules.map(|(name, rule)| object!({"name": text(name), "properties": literal(rule)})).collect();
                resources.push(whole(plan, NSG, &nsg.name, object!({"securityRules": rules})));
            }
            Ownership::Extend => resources.extend(children(SECURITY_RULE, &nsg.name, rules)),
        }
    }
    for table in &plan.route_tables {
        let routes = table.routes.iter().map(|planned| (planned.route.name.as_str(), route(&planned.route)));
        match table.ownership {
            Ownership::Create => {
                let routes: Vec<Value> =
                    routes.map(|(name, route)| object!({"name": text(name), "properties": literal(route)})).collect();
                let properties = object!({"disableBgpRoutePropagation": false, "routes": routes});
                resources.push(whole(plan, ROUTE_TABLE, &table.name, properties));
            }
            Ownership::Extend => resources.extend(children(ROUTE, &table.name, routes)),
        }
    }
    if plan.vnet.create {
        resources.push(virtual_network(plan));
    }
    let mut parameters = Map::new();
    if resources.iter().any(|resource| resource.get("location").is_some()) {
        let what = "Region of the resources.";
        parameters.insert("location".into(), parameter(what, Some(&plan.region)));
    }
    if plan.vnet.create && plan.vnet.nat_gateway == Some(None) && plan.subnets.iter().any(|s| s.nat_gateway) {
        let what = "Resource id of the NAT gateway through which the subnets leave.";
        parameters.insert("natGatewayId".into(), parameter(what, None));
    }
    template(parameters, resources, spoke_facts(plan), spoke_reasons(plan))
}

/// What the owner of the firewall deploys, in the resource group of its policy: one rule collection group.
pub(super) fn hub(input: &Input) -> Value {
    let Some(firewall) = &input.plan.firewall else {
        return template(Map::new(), Vec::new(), json!({}), json!([]));
    };
    let default = firewall.policy.as_deref().and_then(|id| id.rsplit('/').next());
    let parameter = parameter("Name of the firewall policy that the rules are added to.", default);
    let parameters = Map::from_iter([("firewallPolicyName".to_string(), parameter)]);
    let name = format!("format('{{0}}/{{1}}', parameters('firewallPolicyName'), {})", quoted(&firewall.group));
    let group = object!({
        "type": "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
        "apiVersion": API_VERSION,
        "name": expression(&name),
        "properties": literal(group_properties(firewall)),
    });
    template(parameters, vec![group], hub_facts(firewall), hub_reasons(firewall))
}

/// What our rule collection group holds.
pub(super) fn group_properties(firewall: &PlannedFirewall) -> Value {
    let network = firewall.network.iter().map(|planned| network_rule(&planned.rule)).collect();
    let application = firewall.application.iter().map(|planned| application_rule(&planned.rule)).collect();
    let collections = [collection(NETWORK_COLLECTION, network), collection(APPLICATION_COLLECTION, application)];
    object!({
        "priority": firewall.priority,
        "ruleCollections": collections.into_iter().flatten().collect::<Vec<Value>>(),
    })
}

/// `network` is what importing needs and no resource says; `reasons` tell a reader why each rule is there.
fn template(parameters: Map<String, Value>, resources: Vec<Value>, network: Value, reasons: Value) -> Value {
    object!({
        "$schema": SCHEMA,
        "contentVersion": "1.0.0.0",
        "metadata": object!({"netcordon": object!({"rules": literal(reasons)})}),
        "parameters": parameters,
        "resources": resources,
        "outputs": object!({"network": object!({"type": "object", "value": literal(network)})}),
    })
}

/// A literal text. Resource Manager takes text between `[` and `]` for an expression; one more `[` in front makes it a
/// literal. Text that only starts with `[` is a literal already, and would keep the extra one (template-expressions).
fn text(text: &str) -> Value {
    Value::String(escaped(text))
}

/// The service endpoint policy of compute: accounts from a parameter, and Microsoft's own by their alias.
pub(super) fn endpoint_policy(plan: &Plan, name: &str, alias: &str, accounts: Value) -> Value {
    let definition = |name: &str, description: &str, service: &str, resources: Value| {
        let properties = object!({"description": description, "service": service, "serviceResources": resources});
        object!({"name": name, "properties": properties})
    };
    let definitions = vec![
        definition(
            "storage-accounts",
            "Storage accounts of our own",
            "Microsoft.Storage",
            expression("parameters('storageAccountIds')"),
        ),
        definition(
            "azure-machine-learning",
            "Accounts of Microsoft behind Azure Machine Learning",
            "Global",
            vec![text(alias)].into(),
        ),
    ];
    let policy = whole(
        plan,
        "Microsoft.Network/serviceEndpointPolicies",
        name,
        object!({"serviceEndpointPolicyDefinitions": definitions}),
    );
    object!({
        "$schema": SCHEMA,
        "contentVersion": "1.0.0.0",
        "parameters": object!({
            "location": object!({"type": "string", "defaultValue": text(&plan.region)}),
            "storageAccountIds": accounts,
        }),
        "resources": vec![policy],
    })
}

fn escaped(text: &str) -> String {
    if text.starts_with('[') && text.ends_with(']') { format!("[{text}") } else { text.into() }
}

/// A value in which every text is literal. Its keys are ours.
fn literal(mut value: Value) -> Value {
    make_literal(&mut value);
    value
}

fn make_literal(value: &mut Value) {
    match value {
        Value::String(plain) => *value = text(plain),
        Value::Array(items) => items.iter_mut().for_each(make_literal),
        Value::Object(fields) => fields.values_mut().for_each(make_literal),
        _ => {}
    }
}

/// An expression; every name in it must be [`quoted`].
fn expression(text: &str) -> Value {
    Value::String(format!("[{text}]"))
}

/// A text inside an expression.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn resource_id(kind: &str, names: &[&str]) -> Value {
    let names: String = names.iter().map(|name| format!(", {}", quoted(name))).collect();
    expression(&format!("resourceId('{kind}'{names})"))
}

fn parameter(description: &str, default: Option<&str>) -> Value {
    let mut parameter = json!({"type": "string", "metadata": {"description": description}});
    if let Some(default) = default {
        parameter["defaultValue"] = text(default);
    }
    parameter
}

/// A resource that is ours.
fn whole(plan: &Plan, kind: &str, name: &str, properties: Value) -> Value {
    let mut resource = object!({
        "type": kind,
        "apiVersion": API_VERSION,
        "name": text(name),
        "location": expression("parameters('location')"),
        "properties": properties,
    });
    if !plan.resource_tags.is_empty() {
        let tags: Map<String, Value> =
            plan.resource_tags.iter().map(|(key, value)| (escaped(key), text(value))).collect();
        resource["tags"] = Value::Object(tags);
    }
    resource
}

/// Children of somebody else's resource, one after the other: Azure may refuse a change of an NSG or route table while
/// another is under way.
fn children<'a>(kind: &str, parent: &str, children: impl Iterator<Item = (&'a str, Value)>) -> Vec<Value> {
    let mut resources = Vec::new();
    let mut before: Option<&str> = None;
    for (name, properties) in children {
        let mut resource = object!({
            "type": kind,
            "apiVersion": API_VERSION,
            "name": text(&format!("{parent}/{name}")),
            "properties": literal(properties),
        });
        if let Some(before) = before {
            resource["dependsOn"] = json!([resource_id(kind, &[parent, before])]);
        }
        before = Some(name);
        resources.push(resource);
    }
    resources
}

fn security_rule(rule: &SecurityRule) -> Value {
    let mut properties = json!({
        "direction": match rule.direction { Direction::Inbound => "Inbound", Direction::Outbound => "Outbound" },
        "priority": rule.priority,
        "access": access(rule.access),
        "protocol": rule.protocol.nsg_name(),
    });
    if !rule.description.is_empty() {
        properties["description"] = rule.description.clone().into();
    }
    let aspects = [
        ("sourcePortRange", "sourcePortRanges", port_items(&rule.source_ports)),
        ("destinationPortRange", "destinationPortRanges", port_items(&rule.destination_ports)),
        ("sourceAddressPrefix", "sourceAddressPrefixes", addresses(&rule.source)),
        ("destinationAddressPrefix", "destinationAddressPrefixes", addresses(&rule.destination)),
    ];
    for (one, several, values) in aspects {
        match values.as_slice() {
            [value] => properties[one] = value.clone().into(),
            values => properties[several] = values.into(),
        }
    }
    properties
}

fn access(access: Access) -> &'static str {
    match access {
        Access::Allow => "Allow",
        Access::Deny => "Deny",
    }
}

/// A plan never names groups; without them the list may be empty, which Azure refuses.
fn addresses(endpoint: &Endpoint) -> Vec<String> {
    match endpoint {
        Endpoint::Any => vec!["*".into()],
        Endpoint::Tag(tag) => vec![tag.clone()],
        Endpoint::Prefixes(list) => prefixes(list),
        Endpoint::Groups(_) => Vec::new(),
        Endpoint::Several(several) => several.iter().flat_map(addresses).collect(),
    }
}

fn route(route: &Route) -> Value {
    let destination = match &route.destination {
        RouteDestination::Prefix(prefix) => prefix.to_string(),
        RouteDestination::Tag(tag) => tag.clone(),
    };
    let kind = match route.next_hop {
        NextHop::Internet => "Internet",
        NextHop::Appliance(_) => "VirtualAppliance",
        NextHop::VirtualNetwork => "VnetLocal",
        NextHop::Gateway => "VirtualNetworkGateway",
        NextHop::None => "None",
    };
    let mut properties = json!({"addressPrefix": destination, "nextHopType": kind});
    if let NextHop::Appliance(address) = route.next_hop {
        properties["nextHopIpAddress"] = address.to_string().into();
    }
    properties
}

fn virtual_network(plan: &Plan) -> Value {
    let subnets: Vec<Value> =
        plan.subnets.iter().map(|one| json!({"name": text(&one.name), "properties": subnet(plan, one)})).collect();
    let mut properties = json!({
        "addressSpace": {"addressPrefixes": prefixes(&plan.vnet.address_space)},
        "subnets": subnets,
    });
    let servers = dns_servers(plan);
    if !servers.is_empty() {
        properties["dhcpOptions"] = json!({"dnsServers": servers});
    }
    let mut resource = whole(plan, "Microsoft.Network/virtualNetworks", &plan.vnet.name, properties);
    let nsgs = plan.nsgs.iter().filter(|nsg| nsg.ownership == Ownership::Create).map(|nsg| (NSG, &nsg.name));
    let tables = plan.route_tables.iter().filter(|table| table.ownership == Ownership::Create);
    let first: Vec<Value> = nsgs
        .chain(tables.map(|table| (ROUTE_TABLE, &table.name)))
        .map(|(kind, name)| resource_id(kind, &[name]))
        .collect();
    if !first.is_empty() {
        resource["dependsOn"] = first.into();
    }
    resource
}

fn subnet(plan: &Plan, subnet: &PlannedSubnet) -> Value {
    let mut properties = json!({"addressPrefix": subnet.prefix.to_string(), "defaultOutboundAccess": false});
    if let Some(nsg) = &subnet.nsg {
        properties["networkSecurityGroup"] = json!({"id": resource_id(NSG, &[nsg])});
        // Without it the NSG does not hold for private endpoints (disable-private-endpoint-network-policy).
        if subnet.roles.contains(&Role::PrivateEndpoints) {
            properties["privateEndpointNetworkPolicies"] = "NetworkSecurityGroupEnabled".into();
        }
    }
    if let Some(table) = &subnet.route_table {
        properties["routeTable"] = json!({"id": resource_id(ROUTE_TABLE, &[table])});
    }
    if let (true, Some(gateway)) = (subnet.nat_gateway, &plan.vnet.nat_gateway) {
        let id = gateway.as_deref().map_or_else(|| expression("parameters('natGatewayId')"), text);
        properties["natGateway"] = json!({"id": id});
    }
    if !subnet.service_endpoints.is_empty() {
        let endpoints: Vec<Value> =
            subnet.service_endpoints.iter().map(|service| json!({"service": text(service)})).collect();
        properties["serviceEndpoints"] = endpoints.into();
    }
    properties
}

fn collection((name, priority): (&str, u32), rules: Vec<Value>) -> Option<Value> {
    (!rules.is_empty()).then(|| {
        object!({
            "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
            "name": name,
            "priority": priority,
            "action": object!({"type": access(Access::Allow)}),
            "rules": rules,
        })
    })
}

fn network_rule(rule: &NetworkRule) -> Value {
    let (protocols, ports) = firewall_services(&rule.services);
    let mut value = json!({
        "ruleType": "NetworkRule",
        "name": rule.name,
        "sourceAddresses": addresses(&rule.source),
        "ipProtocols": protocols,
        "destinationPorts": ports,
    });
    let destinations: Vec<String> = rule.destinations.iter().flat_map(addresses).collect();
    if !destinations.is_empty() {
        value["destinationAddresses"] = destinations.into();
    }
    if !rule.names.is_empty() {
        value["destinationFqdns"] = rule.names.clone().into();
    }
    value
}

/// Protocols and ports of a network rule. What Azure Firewall cannot say (ESP, or TCP and UDP on different ports) has no
/// protocols, which it refuses: a rule that is broader than planned is never written.
fn firewall_services(services: &Services) -> (Vec<&'static str>, Vec<String>) {
    let every = PortSet::all();
    if *services == Services::all() {
        return (vec!["Any"], port_items(&every));
    }
    let ports = [services.tcp_ports(), services.udp_ports()].into_iter().find(|set| !set.is_empty()).unwrap_or(&every);
    let named = [("TCP", Protocol::Tcp), ("UDP", Protocol::Udp), ("ICMP", Protocol::Icmp)]
        .map(|(name, protocol)| (name, Services::new(protocol, ports)));
    let named: Vec<_> = named.into_iter().filter(|(_, part)| part.intersects(services)).collect();
    let said = named.iter().fold(Services::default(), |sum, (_, part)| sum.union(part));
    let protocols = if said == *services { named.into_iter().map(|(name, _)| name).collect() } else { Vec::new() };
    (protocols, port_items(ports))
}

pub(super) fn application_rule(rule: &ApplicationRule) -> Value {
    let protocols: Vec<Value> = rule
        .protocols
        .iter()
        .map(|one| json!({"protocolType": if one.https { "Https" } else { "Http" }, "port": one.port}))
        .collect();
    let mut value = json!({
        "ruleType": "ApplicationRule",
        "name": rule.name,
        "sourceAddresses": addresses(&rule.source),
        "protocols": protocols,
    });
    for (key, list) in [("targetFqdns", &rule.names), ("fqdnTags", &rule.fqdn_tags)] {
        if !list.is_empty() {
            value[key] = list.clone().into();
        }
    }
    value
}

/// What no resource of the spoke says, or says only where the network is ours.
pub(super) fn spoke_facts(plan: &Plan) -> Value {
    let owned = |ours: bool| if ours { "create" } else { "existing" };
    let added = |name: &str, ownership: Ownership| {
        let ownership = match ownership {
            Ownership::Create => "create",
            Ownership::Extend => "extend",
        };
        json!({"name": name, "ownership": ownership})
    };
    let peered: Vec<Value> =
        plan.vnet.peered.iter().map(|(name, space)| json!({"name": name, "prefixes": prefixes(space)})).collect();
    json!({
        "virtualNetwork": {"name": plan.vnet.name, "ownership": owned(plan.vnet.create)},
        "addressSpace": prefixes(&plan.vnet.address_space),
        "peered": peered,
        "onPremises": prefixes(&plan.vnet.on_premises),
        "subnets": plan.subnets.iter().map(subnet_facts).collect::<Vec<Value>>(),
        "networkSecurityGroups": plan.nsgs.iter().map(|nsg| added(&nsg.name, nsg.ownership)).collect::<Vec<Value>>(),
        "routeTables": plan.route_tables.iter().map(|one| added(&one.name, one.ownership)).collect::<Vec<Value>>(),
    })
}

fn subnet_facts(subnet: &PlannedSubnet) -> Value {
    let mut facts = json!({
        "name": subnet.name,
        "prefix": subnet.prefix.to_string(),
        "pods": prefixes(&subnet.pods),
        "serviceEndpoints": subnet.service_endpoints,
        "wayOut": way_out(subnet.way_out),
    });
    for (key, attached) in [("networkSecurityGroup", &subnet.nsg), ("routeTable", &subnet.route_table)] {
        if let Some(name) = attached {
            facts[key] = name.clone().into();
        }
    }
    facts
}

/// What the group's own resource does not say of its firewall.
pub(super) fn hub_facts(planned: &PlannedFirewall) -> Value {
    let firewall = planned.firewall();
    json!({"firewall": {
        "name": firewall.name,
        "privateAddress": planned.private_address.to_string(),
        "tier": tier(firewall.tier),
        "dnsProxy": firewall.dns_proxy,
    }})
}

fn reason(rule: &str, key: &str, because: &[String]) -> Value {
    json!({"rule": rule, "key": key, "because": because})
}

fn spoke_reasons(plan: &Plan) -> Value {
    let rules = plan.nsgs.iter().flat_map(|nsg| {
        nsg.rules.iter().map(|rule| reason(&format!("{}/{}", nsg.name, rule.rule.name), &rule.key, &rule.because))
    });
    let routes = plan.route_tables.iter().flat_map(|table| {
        table.routes.iter().map(|route| {
            let mut reason = reason(&format!("{}/{}", table.name, route.route.name), &route.key, &route.because);
            reason["why"] = route.why.clone().into();
            reason
        })
    });
    rules.chain(routes).collect()
}

fn hub_reasons(firewall: &PlannedFirewall) -> Value {
    let named = |collection: (&str, u32), rule: &str| format!("{}/{}/{rule}", firewall.group, collection.0);
    let network =
        firewall.network.iter().map(|one| reason(&named(NETWORK_COLLECTION, &one.rule.name), &one.key, &one.because));
    let application = firewall
        .application
        .iter()
        .map(|one| reason(&named(APPLICATION_COLLECTION, &one.rule.name), &one.key, &one.because));
    network.chain(application).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parse_ports;

    #[test]
    fn only_text_between_brackets_gets_another_one() {
        for (plain, written) in [
            ("[concat('a')]", "[[concat('a')]"),
            ("[[x]", "[[[x]"),
            ("[]", "[[]"),
            ("[x", "[x"),
            ("[x] y", "[x] y"),
            ("x]", "x]"),
        ] {
            assert_eq!(escaped(plain), written);
        }
        assert_eq!(quoted("it's"), "'it''s'");
    }

    #[test]
    fn a_network_rule_is_never_broader_than_planned() {
        let ports = |text| parse_ports(text).unwrap();
        let said = |services: &Services| firewall_services(services);
        let web = Services::new(Protocol::Any, &ports("443"));
        assert_eq!(said(&web), (vec!["TCP", "UDP"], vec!["443".to_string()]));
        assert_eq!(said(&Services::all()), (vec!["Any"], vec!["*".to_string()]));
        assert_eq!(said(&Services::new(Protocol::Icmp, &ports("*"))), (vec!["ICMP"], vec!["*".to_string()]));
        let mixed = Services::tcp(22).union(&Services::new(Protocol::Udp, &ports("53")));
        assert_eq!(said(&mixed).0, Vec::<&str>::new());
        assert_eq!(said(&Services::new(Protocol::Esp, &ports("*"))).0, Vec::<&str>::new());
    }
}
