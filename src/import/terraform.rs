//! Our own Terraform, read back: exactly the forms that we write. What is anything else is named, never guessed.

mod forms;
mod literal;

use crate::model::{
    Access, ApplicationProtocol, ApplicationRule, CollectionRules, Direction, Endpoint, Firewall, FirewallTier,
    Network, NetworkRule, NextHop, Nsg, PortSet, Protocol, Route, RouteDestination, RouteTable, RuleCollection,
    RuleCollectionGroup, SecurityRule, Services, Subnet, WayOut, parse_ports, parse_prefix,
};
use crate::problem::Problem;
use forms::{Found, HINT, has};
use hcl::{Block, Expression};
use literal::Reader;
use std::net::IpAddr;

const GROUP: &str = "resource \"azurerm_firewall_policy_rule_collection_group\" \"this\"";

/// The network that the files of `terraform/spoke`, and of `terraform/hub` where there is one, stand for.
///
/// A file is a path and its text; the folder in the path says which module it belongs to. Errors: a file of another
/// folder, a block or attribute that we do not write, anything but a literal where we write one, a block that is missing.
pub fn read(files: &[(String, String)]) -> Result<Network, Vec<Problem>> {
    let mut problems = Vec::new();
    let (mut spoke, mut hub) = (Vec::new(), Vec::new());
    for (file, text) in files {
        match file.rsplit(['/', '\\']).nth(1) {
            Some("spoke") => spoke.extend(forms::blocks(file, text, &mut problems)),
            Some("hub") => hub.extend(forms::blocks(file, text, &mut problems)),
            _ => problems.push(Problem::in_file(file, "is of neither `terraform/spoke` nor `terraform/hub`", HINT)),
        }
    }
    const COMMON: &str = include_str!("terraform/common.hcl");
    forms::check(&spoke, &[COMMON, include_str!("terraform/spoke.hcl")], &[], &mut problems);
    forms::check(&hub, &[COMMON, include_str!("terraform/hub.hcl")], &[GROUP], &mut problems);
    let network = read_spoke(&spoke, &mut problems);
    let firewall = if hub.is_empty() { Some(None) } else { read_hub(&hub, &mut problems).map(Some) };
    match (network, firewall) {
        (Some(network), Some(firewall)) if problems.is_empty() => {
            Ok(Network { firewalls: firewall.into_iter().collect(), ..network })
        }
        _ => Err(problems),
    }
}

/// The block with this header, or the problem that it is missing.
fn block<'a, 'b>(
    found: &'a [Found<'b>],
    name: &str,
    folder: &str,
    problems: &mut Vec<Problem>,
) -> Option<&'a Found<'b>> {
    let own = found.iter().find(|found| forms::header(&found.block) == name);
    if own.is_none() {
        problems.push(Problem::in_file(folder, format!("`{name}` is missing"), HINT));
    }
    own
}

fn read_spoke(found: &[Found], problems: &mut Vec<Problem>) -> Option<Network> {
    let locals = block(found, "locals", "terraform/spoke", problems)?;
    let value = |name: &str| locals.block.body().attributes().find(|own| own.key() == name).map(|own| own.expr());
    let mut reader = Reader { file: locals.file, problems };
    let mut network = Network::default();
    let names = ["name", "address_space", "on_premises", "dns_servers", "peered"];
    let [_, address_space, on_premises, _, peered] = reader.fields("network", value("network")?, names)?;
    network.address_space = reader.prefixes("network.address_space", address_space)?;
    network.on_premises = reader.prefixes("network.on_premises", on_premises)?;
    for peer in reader.list("network.peered", peered)? {
        let [_, prefixes] = reader.fields("network.peered", peer, ["name", "prefixes"])?;
        network.peered.extend(reader.prefixes("network.peered", prefixes)?);
    }
    for (name, create) in owners(&mut reader, "network_security_groups", value("network_security_groups")?)? {
        network.nsgs.insert(name, Nsg { rules: Vec::new(), others_rules: !create });
    }
    if let Some(tables) = value("route_tables") {
        for (name, create) in owners(&mut reader, "route_tables", tables)? {
            let table = RouteTable { routes: Vec::new(), gateway_routes: true, others_routes: !create };
            network.route_tables.insert(name, table);
        }
    }
    let mut nat_gateway = false;
    for (name, value) in reader.entries("subnets", value("subnets")?)? {
        let (subnet, nat) = subnet(&mut reader, name, value)?;
        for (kind, name, known) in [
            ("nsg", &subnet.nsg, subnet.nsg.as_ref().is_none_or(|name| network.nsgs.contains_key(name))),
            (
                "route_table",
                &subnet.route_table,
                subnet.route_table.as_ref().is_none_or(|name| network.route_tables.contains_key(name)),
            ),
        ] {
            if !known {
                let what = format!("is `{}`, which is not there", name.as_deref().unwrap_or_default());
                return reader.problem(&format!("subnets[{:?}].{kind}", subnet.name), &what);
            }
        }
        nat_gateway |= nat;
        network.subnets.push(subnet);
    }
    for (key, value) in reader.entries("security_rules", value("security_rules")?)? {
        let at = format!("security_rules[{key:?}]");
        let (nsg, rule) = security_rule(&mut reader, &at, value)?;
        match network.nsgs.get_mut(nsg) {
            Some(nsg) => nsg.rules.push(rule),
            None => return reader.problem(&at, &format!("is for the NSG `{nsg}`, which is not there")),
        }
    }
    for nsg in network.nsgs.values_mut() {
        nsg.rules.sort_by_key(|rule| (rule.direction, rule.priority));
    }
    if let Some(routes) = value("routes") {
        for (key, value) in reader.entries("routes", routes)? {
            let at = format!("routes[{key:?}]");
            let (table, route) = route(&mut reader, &at, value)?;
            match network.route_tables.get_mut(table) {
                Some(table) => table.routes.push(route),
                None => return reader.problem(&at, &format!("is for the route table `{table}`, which is not there")),
            }
        }
    }
    deployed(found, &network, nat_gateway, problems);
    Some(network)
}

/// What the literals promise must have the resource that brings it about.
fn deployed(found: &[Found], network: &Network, nat_gateway: bool, problems: &mut Vec<Problem>) {
    let created = has(found, "resource \"azurerm_virtual_network\" \"this\"");
    let tables = !network.route_tables.is_empty();
    let wanted = [
        (true, "resource \"azurerm_network_security_group\" \"this\""),
        (true, "resource \"azurerm_network_security_rule\" \"this\""),
        (network.nsgs.values().any(|nsg| nsg.others_rules), "resource \"azurerm_network_security_rule\" \"extended\""),
        (tables, "resource \"azurerm_route_table\" \"this\""),
        (tables, "resource \"azurerm_route\" \"this\""),
        (network.route_tables.values().any(|table| table.others_routes), "resource \"azurerm_route\" \"extended\""),
        (!created, "data \"azurerm_subnet\" \"this\""),
        (created, "resource \"azurerm_subnet\" \"this\""),
        (created, "resource \"azurerm_subnet_network_security_group_association\" \"this\""),
        (created && tables, "resource \"azurerm_subnet_route_table_association\" \"this\""),
        (created && nat_gateway, "resource \"azurerm_subnet_nat_gateway_association\" \"this\""),
    ];
    for (_, name) in wanted.into_iter().filter(|(wanted, _)| *wanted) {
        block(found, name, "terraform/spoke", problems);
    }
    let endpoints = network.subnets.iter().any(|subnet| !subnet.service_endpoints.is_empty());
    let subnet = found.iter().find(|found| forms::header(&found.block) == "resource \"azurerm_subnet\" \"this\"");
    if let Some(subnet) = subnet
        && endpoints
        && subnet.block.body().blocks().next().is_none()
    {
        let what = "the service endpoints of `subnets` are not in `resource \"azurerm_subnet\" \"this\"`";
        problems.push(Problem::in_file(subnet.file, what, HINT));
    }
}

/// Names, and whether each is ours to create.
fn owners(reader: &mut Reader, at: &str, value: &Expression) -> Option<Vec<(String, bool)>> {
    let mut owners = Vec::new();
    for (name, value) in reader.entries(at, value)? {
        let at = format!("{at}[{name:?}]");
        let [create] = reader.fields(&at, value, ["create"])?;
        owners.push((name.into(), reader.flag(&at, create)?));
    }
    Some(owners)
}

/// A subnet, and whether the NAT gateway is on it.
fn subnet(reader: &mut Reader, name: &str, value: &Expression) -> Option<(Subnet, bool)> {
    let at = format!("subnets[{name:?}]");
    let names =
        ["address_prefixes", "pod_prefixes", "nsg", "route_table", "service_endpoints", "nat_gateway", "way_out"];
    let [own, pods, nsg, route_table, endpoints, nat_gateway, way_out] = reader.fields(&at, value, names)?;
    let mut prefixes = reader.prefixes(&at, own)?;
    prefixes.extend(reader.prefixes(&at, pods)?);
    let mut service_endpoints = Vec::new();
    for endpoint in reader.texts(&at, endpoints)? {
        match endpoint.strip_prefix("Microsoft.") {
            Some(tag) => service_endpoints.push(tag.into()),
            None => return reader.problem(&at, &format!("has an unknown service endpoint {endpoint:?}")),
        }
    }
    let ways = [
        ("none", WayOut::None),
        ("nat-gateway", WayOut::NatGateway),
        ("public-address", WayOut::PublicAddress),
        ("load-balancer", WayOut::LoadBalancer),
        ("default-outbound", WayOut::DefaultOutbound),
        ("unknown", WayOut::Unknown),
    ];
    let subnet = Subnet {
        name: name.into(),
        prefixes,
        nsg: reader.text_or_null(&at, nsg)?.map(String::from),
        route_table: reader.text_or_null(&at, route_table)?.map(String::from),
        service_endpoints,
        way_out: reader.word(&at, way_out, &ways)?,
        private_endpoints: Vec::new(),
        private_endpoint_policies: None,
    };
    Some((subnet, reader.flag(&at, nat_gateway)?))
}

/// A security rule and its NSG.
fn security_rule<'e>(reader: &mut Reader, at: &str, value: &'e Expression) -> Option<(&'e str, SecurityRule)> {
    let names = [
        "nsg",
        "name",
        "priority",
        "direction",
        "access",
        "protocol",
        "source_port_range",
        "source_address_prefix",
        "source_address_prefixes",
        "destination_port_range",
        "destination_port_ranges",
        "destination_address_prefix",
        "destination_address_prefixes",
        "description",
    ];
    let [
        nsg,
        name,
        priority,
        direction,
        access,
        protocol,
        source_ports,
        source,
        sources,
        port,
        ports,
        destination,
        destinations,
        description,
    ] = reader.fields(at, value, names)?;
    let protocols = [Protocol::Any, Protocol::Tcp, Protocol::Udp, Protocol::Icmp, Protocol::Esp, Protocol::Ah];
    let source_ports = reader.text(at, source_ports)?;
    let rule = SecurityRule {
        name: reader.text(at, name)?.into(),
        direction: reader.word(at, direction, &[("Inbound", Direction::Inbound), ("Outbound", Direction::Outbound)])?,
        priority: reader.number(at, priority)?,
        access: reader.word(at, access, &[("Allow", Access::Allow), ("Deny", Access::Deny)])?,
        protocol: reader.word(at, protocol, &protocols.map(|protocol| (protocol.nsg_name(), protocol)))?,
        source: side(reader, at, source, sources)?,
        source_ports: ports_of(reader, at, &[source_ports])?,
        destination: side(reader, at, destination, destinations)?,
        destination_ports: match (reader.text_or_null(at, port)?, reader.texts_or_null(at, ports)?) {
            (Some("*"), None) => PortSet::all(),
            (None, Some(ports)) if !ports.is_empty() => ports_of(reader, at, &ports)?,
            _ => return reader.problem(at, "has neither every destination port nor a list of them"),
        },
        description: reader.text(at, description)?.into(),
    };
    Some((reader.text(at, nsg)?, rule))
}

/// One side: `*` or a tag in the singular field, or prefixes in the list.
fn side(reader: &mut Reader, at: &str, one: &Expression, many: &Expression) -> Option<Endpoint> {
    match (reader.text_or_null(at, one)?, reader.texts_or_null(at, many)?) {
        (Some("*"), None) => Some(Endpoint::Any),
        (Some(tag), None) if is_tag(tag) => Some(Endpoint::Tag(tag.into())),
        (None, Some(prefixes)) if !prefixes.is_empty() => {
            let prefixes: Option<Vec<_>> = prefixes.into_iter().map(|text| reader.prefix(at, text)).collect();
            Some(Endpoint::Prefixes(prefixes?))
        }
        _ => reader.problem(at, "has a side that is neither `*` nor one tag nor a list of prefixes"),
    }
}

fn is_tag(text: &str) -> bool {
    !text.is_empty() && text != "*" && parse_prefix(text).is_err()
}

fn ports_of(reader: &mut Reader, at: &str, items: &[&str]) -> Option<PortSet> {
    let mut set = PortSet::default();
    for item in items {
        match parse_ports(item) {
            Some(ports) => set = set.union(&ports),
            None => return reader.problem(at, &format!("has no port or range in {item:?}")),
        }
    }
    Some(set)
}

/// A route and its table.
fn route<'e>(reader: &mut Reader, at: &str, value: &'e Expression) -> Option<(&'e str, Route)> {
    let names = ["route_table", "name", "address_prefix", "next_hop_type", "next_hop_in_ip_address"];
    let [table, name, destination, next_hop, address] = reader.fields(at, value, names)?;
    let destination = match reader.text(at, destination)? {
        tag if is_tag(tag) => RouteDestination::Tag(tag.into()),
        prefix => RouteDestination::Prefix(reader.prefix(at, prefix)?),
    };
    let address = reader.text_or_null(at, address)?;
    let next_hop = match (reader.text(at, next_hop)?, address.map(str::parse::<IpAddr>)) {
        ("Internet", None) => NextHop::Internet,
        ("VnetLocal", None) => NextHop::VirtualNetwork,
        ("VirtualNetworkGateway", None) => NextHop::Gateway,
        ("None", None) => NextHop::None,
        ("VirtualAppliance", Some(Ok(address))) => NextHop::Appliance(address),
        _ => return reader.problem(at, "has a next hop that netcordon does not write"),
    };
    let route = Route { name: reader.text(at, name)?.into(), destination, next_hop };
    Some((reader.text(at, table)?, route))
}

fn read_hub(found: &[Found], problems: &mut Vec<Problem>) -> Option<Firewall> {
    let output = block(found, "output \"firewall\"", "terraform/hub", problems)?;
    let group = block(found, GROUP, "terraform/hub", problems)?;
    let mut reader = Reader { file: output.file, problems };
    let [_, facts] = reader.attributes("firewall", output.block.body(), ["description", "value"])?;
    let [address, tier, dns_proxy] = reader.fields("firewall", facts, ["private_address", "tier", "dns_proxy"])?;
    let tiers =
        [("Basic", FirewallTier::Basic), ("Standard", FirewallTier::Standard), ("Premium", FirewallTier::Premium)];
    let text = reader.text("firewall.private_address", address)?;
    let Ok(private_address) = text.parse() else { return reader.problem("firewall.private_address", "is no address") };
    let tier = reader.word("firewall.tier", tier, &tiers)?;
    let dns_proxy = reader.flag("firewall.dns_proxy", dns_proxy)?;

    let mut reader = Reader { file: group.file, problems };
    let names = ["name", "firewall_policy_id", "priority"];
    let [name, policy, priority] = reader.attributes(GROUP, group.block.body(), names)?;
    if !"var.firewall_policy_id".parse().is_ok_and(|own: Expression| own == *policy) {
        return reader.problem("firewall_policy_id", "is not what netcordon writes there");
    }
    let mut collections: Vec<RuleCollection> = Vec::new();
    for block in group.block.body().blocks() {
        let collection = collection(&mut reader, block)?;
        if collections
            .iter()
            .any(|other| std::mem::discriminant(&other.rules) == std::mem::discriminant(&collection.rules))
        {
            return reader.problem(&forms::header(block), "stands there twice");
        }
        collections.push(collection);
    }
    // As in Azure: whatever their order in the file, network rules are read first.
    collections
        .sort_by_key(|collection| (matches!(collection.rules, CollectionRules::Application(_)), collection.priority));
    Some(Firewall {
        name: "firewall policy".into(),
        private_address: Some(private_address),
        tier,
        dns_proxy,
        groups: vec![RuleCollectionGroup {
            name: reader.text("name", name)?.into(),
            priority: reader.number("priority", priority)?,
            parent: false,
            collections,
        }],
        others_groups: true,
        private_ranges: None,
    })
}

fn collection(reader: &mut Reader, block: &Block) -> Option<RuleCollection> {
    let at = forms::header(block);
    let [name, priority, action] = reader.attributes(&at, block.body(), ["name", "priority", "action"])?;
    if let Some(other) = block.body().blocks().map(forms::header).find(|header| header != "rule") {
        return reader.problem(&at, &format!("has `{other}`, which netcordon does not write there"));
    }
    let rules = match at.as_str() {
        "network_rule_collection" => {
            let rules: Option<Vec<_>> = block.body().blocks().map(|rule| network_rule(reader, rule)).collect();
            CollectionRules::Network(rules?)
        }
        "application_rule_collection" => {
            let rules: Option<Vec<_>> = block.body().blocks().map(|rule| application_rule(reader, rule)).collect();
            CollectionRules::Application(rules?)
        }
        _ => return reader.problem(&at, "is nothing that netcordon writes"),
    };
    Some(RuleCollection {
        name: reader.text(&at, name)?.into(),
        priority: reader.number(&at, priority)?,
        access: reader.word(&at, action, &[("Allow", Access::Allow), ("Deny", Access::Deny)])?,
        rules,
    })
}

fn network_rule(reader: &mut Reader, block: &Block) -> Option<NetworkRule> {
    let names =
        ["name", "protocols", "source_addresses", "destination_addresses", "destination_fqdns", "destination_ports"];
    let [name, protocols, sources, destinations, fqdns, ports] = reader.attributes("rule", block.body(), names)?;
    let name = reader.text("rule.name", name)?;
    let at = format!("rule {name:?}");
    if let Some(other) = block.body().blocks().next() {
        return reader.problem(&at, &format!("has `{}`, which netcordon does not write there", forms::header(other)));
    }
    let ports = reader.texts(&at, ports)?;
    let ports = ports_of(reader, &at, &ports)?;
    let words = [("TCP", Protocol::Tcp), ("UDP", Protocol::Udp), ("ICMP", Protocol::Icmp), ("Any", Protocol::Any)];
    let mut services = Services::default();
    for protocol in reader.list(&at, protocols)? {
        services = services.union(&Services::new(reader.word(&at, protocol, &words)?, &ports));
    }
    if services.is_empty() {
        return reader.problem(&at, "has no protocol or no port");
    }
    Some(NetworkRule {
        name: name.into(),
        source: source(reader, &at, sources)?,
        services,
        destinations: addresses(reader, &at, destinations)?,
        names: reader.strings(&at, fqdns)?,
    })
}

fn application_rule(reader: &mut Reader, block: &Block) -> Option<ApplicationRule> {
    let names = ["name", "source_addresses", "destination_fqdns", "destination_fqdn_tags"];
    let [name, sources, fqdns, tags] = reader.attributes("rule", block.body(), names)?;
    let name = reader.text("rule.name", name)?;
    let at = format!("rule {name:?}");
    let mut protocols = Vec::new();
    for block in block.body().blocks() {
        if forms::header(block) != "protocols" || block.body().blocks().next().is_some() {
            return reader
                .problem(&at, &format!("has `{}` in a form that netcordon does not write", forms::header(block)));
        }
        let [kind, port] = reader.attributes(&at, block.body(), ["type", "port"])?;
        let https = reader.word(&at, kind, &[("Http", false), ("Https", true)])?;
        protocols.push(ApplicationProtocol { https, port: reader.number(&at, port)? });
    }
    Some(ApplicationRule {
        name: name.into(),
        source: source(reader, &at, sources)?,
        protocols,
        names: reader.strings(&at, fqdns)?,
        fqdn_tags: reader.strings(&at, tags)?,
        ..ApplicationRule::default()
    })
}

/// The source of a firewall rule: `*`, or prefixes.
fn source(reader: &mut Reader, at: &str, value: &Expression) -> Option<Endpoint> {
    let mut sources = addresses(reader, at, value)?;
    match sources.pop() {
        Some(source) if sources.is_empty() => Some(source),
        _ => reader.problem(at, "has neither `*` nor prefixes as its source"),
    }
}

/// A list of `*`, tags and prefixes; prefixes that follow each other are one side.
fn addresses(reader: &mut Reader, at: &str, value: &Expression) -> Option<Vec<Endpoint>> {
    let mut found: Vec<Endpoint> = Vec::new();
    for text in reader.texts(at, value)? {
        if text == "*" {
            found.push(Endpoint::Any);
        } else if is_tag(text) {
            found.push(Endpoint::Tag(text.into()));
        } else {
            let prefix = reader.prefix(at, text)?;
            match found.last_mut() {
                Some(Endpoint::Prefixes(prefixes)) => prefixes.push(prefix),
                _ => found.push(Endpoint::Prefixes(vec![prefix])),
            }
        }
    }
    Some(found)
}
