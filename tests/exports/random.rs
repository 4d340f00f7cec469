//! Random NSGs and route tables, as REST shows them and as the Azure CLI flattens them.

use super::*;
use ipnet::{IpNet, Ipv4Net};
use proptest::prelude::*;
use serde_json::{Value, json};

fn prefix() -> impl Strategy<Value = IpNet> {
    (any::<u32>(), 0u8..=32).prop_map(|(bits, length)| IpNet::V4(Ipv4Net::new(bits.into(), length).unwrap().trunc()))
}

fn endpoint() -> impl Strategy<Value = Endpoint> {
    let tags = proptest::sample::select(vec!["Internet", "VirtualNetwork", "Storage.WestEurope", "AzureCloud"]);
    prop_oneof![
        Just(Endpoint::Any),
        tags.prop_map(tag),
        proptest::collection::btree_set(prefix(), 1..4).prop_map(|set| Endpoint::Prefixes(set.into_iter().collect())),
        proptest::collection::btree_set("[a-z]{1,8}", 1..3).prop_map(|set| Endpoint::Groups(set.into_iter().collect())),
    ]
}

fn port_set() -> impl Strategy<Value = PortSet> {
    let some = proptest::collection::vec((any::<u16>(), 0u16..99), 1..4).prop_map(|list| {
        PortSet::from_ranges(list.into_iter().map(|(first, more)| (first, first.saturating_add(more))))
    });
    prop_oneof![Just(PortSet::all()), some]
}

fn rules() -> impl Strategy<Value = Vec<SecurityRule>> {
    let protocols = vec![Protocol::Any, Protocol::Tcp, Protocol::Udp, Protocol::Icmp, Protocol::Esp, Protocol::Ah];
    let rule = (
        any::<bool>(),
        any::<bool>(),
        proptest::sample::select(protocols),
        (endpoint(), endpoint()),
        (port_set(), port_set()),
        "[ -~]{0,12}",
    );
    proptest::collection::vec(rule, 0..6).prop_map(|list| {
        let made =
            |(index, (inbound, allow, protocol, (source, destination), (from, to), description)): (usize, Drawn)| {
                SecurityRule {
                    name: format!("rule-{index}"),
                    direction: if inbound { Direction::Inbound } else { Direction::Outbound },
                    priority: 100 + u16::try_from(index).unwrap(),
                    access: if allow { Access::Allow } else { Access::Deny },
                    protocol,
                    source,
                    source_ports: from,
                    destination,
                    destination_ports: to,
                    description: description.trim().to_string(),
                }
            };
        let mut rules: Vec<SecurityRule> = list.into_iter().enumerate().map(made).collect();
        rules.sort_by_key(|rule| (rule.direction, rule.priority));
        rules
    })
}

fn routes() -> impl Strategy<Value = Vec<Route>> {
    let hops = vec![
        NextHop::Internet,
        NextHop::VirtualNetwork,
        NextHop::Gateway,
        NextHop::None,
        NextHop::Appliance("10.0.0.4".parse().unwrap()),
    ];
    let route = (prefix(), proptest::sample::select(hops));
    proptest::collection::vec(route, 0..5).prop_map(|list| {
        let mut seen = std::collections::BTreeSet::new();
        let fresh = list.into_iter().filter(|(prefix, _)| seen.insert(*prefix)).enumerate();
        fresh
            .map(|(index, (prefix, next_hop))| Route {
                name: format!("route-{index}"),
                destination: RouteDestination::Prefix(prefix),
                next_hop,
            })
            .collect()
    })
}

type Drawn = (bool, bool, Protocol, (Endpoint, Endpoint), (PortSet, PortSet), String);

const PROVIDER: &str = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network";

fn rest(rules: &[SecurityRule], routes: &[Route], gateway_routes: bool) -> Value {
    let side = |fields: &mut serde_json::Map<String, Value>, name: &str, endpoint: &Endpoint| {
        let (key, value) = match endpoint {
            Endpoint::Any => ("AddressPrefix", json!("*")),
            Endpoint::Tag(tag) => ("AddressPrefix", json!(tag)),
            Endpoint::Prefixes(list) => ("AddressPrefixes", list.iter().map(ToString::to_string).collect()),
            Endpoint::Groups(list) => {
                let id = |name: &String| json!({"id": format!("{PROVIDER}/applicationSecurityGroups/{name}")});
                ("ApplicationSecurityGroups", list.iter().map(id).collect())
            }
            Endpoint::Several(_) => unreachable!(),
        };
        fields.insert(format!("{name}{key}"), value);
    };
    let items = netcordon::model::port_items;
    let rule = |rule: &SecurityRule| {
        let mut fields = json!({
            "protocol": rule.protocol.nsg_name(), "priority": rule.priority, "description": rule.description,
            "direction": format!("{:?}", rule.direction), "access": format!("{:?}", rule.access),
        });
        let map = fields.as_object_mut().unwrap();
        side(map, "source", &rule.source);
        side(map, "destination", &rule.destination);
        for (name, ports) in [("source", &rule.source_ports), ("destination", &rule.destination_ports)] {
            match items(ports).as_slice() {
                [one] => map.insert(format!("{name}PortRange"), json!(one)),
                several => map.insert(format!("{name}PortRanges"), json!(several)),
            };
        }
        json!({"name": rule.name, "properties": fields})
    };
    let route = |route: &Route| {
        let RouteDestination::Prefix(prefix) = &route.destination else { unreachable!() };
        let (hop, address) = match route.next_hop {
            NextHop::Internet => ("Internet", None),
            NextHop::VirtualNetwork => ("VnetLocal", None),
            NextHop::Gateway => ("VirtualNetworkGateway", None),
            NextHop::None => ("None", None),
            NextHop::Appliance(address) => ("VirtualAppliance", Some(address.to_string())),
        };
        json!({"name": route.name, "properties": {"addressPrefix": prefix.to_string(), "nextHopType": hop, "nextHopIpAddress": address}})
    };
    json!([
        {"id": format!("{PROVIDER}/networkSecurityGroups/n"), "name": "n",
         "properties": {"securityRules": rules.iter().map(rule).collect::<Vec<_>>()}},
        {"id": format!("{PROVIDER}/routeTables/t"), "name": "t",
         "properties": {"disableBgpRoutePropagation": !gateway_routes, "routes": routes.iter().map(route).collect::<Vec<_>>()}},
    ])
}

fn flattened(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(flattened).collect(),
        Value::Object(fields) => {
            let mut all = serde_json::Map::new();
            for (key, field) in fields {
                match (key.as_str(), flattened(field)) {
                    ("properties", Value::Object(inner)) => all.extend(inner),
                    (_, other) => drop(all.insert(key.clone(), other)),
                }
            }
            Value::Object(all)
        }
        other => other.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn random_networks_read_back_equal(rules in rules(), routes in routes(), gateway_routes: bool) {
        let value = rest(&rules, &routes, gateway_routes);
        let network = Network {
            nsgs: BTreeMap::from([("n".into(), Nsg { rules, others_rules: false })]),
            route_tables: BTreeMap::from([("t".into(), RouteTable { routes, gateway_routes, others_routes: false })]),
            ..Network::default()
        };
        for json in [value.to_string(), flattened(&value).to_string()] {
            let read = text(&json);
            prop_assert_eq!(&read.network, &network);
            prop_assert_eq!(refused(&read), []);
        }
    }
}
