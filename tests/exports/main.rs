//! Exports of every shape: one network in all of them, odd and wrong ones, and nothing lost on the way.

#![allow(clippy::unwrap_used)]

mod files;
mod firewalls;
mod hostile;
mod laying;
mod random;
mod rules;

use netcordon::import::exports::{Attachment, Holder, Shown, beside, onto, read};
use netcordon::model::{
    Access, ApplicationProtocol, ApplicationRule, CollectionRules, Direction, Endpoint, EndpointPolicies, Firewall,
    FirewallTier, Network, NetworkRule, NextHop, Nsg, PortSet, Protocol, Route, RouteDestination, RouteTable,
    RuleCollection, RuleCollectionGroup, SecurityRule, Services, Subnet, WayOut, parse_ports, parse_prefix,
};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports").join(name)
}

/// Every file of a folder, by name.
fn files(name: &str) -> Vec<(String, Vec<u8>)> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into(), std::fs::read(path).unwrap()))
        .collect()
}

fn shown(files: &[(String, Vec<u8>)]) -> Shown {
    read(files).unwrap_or_else(|problems| panic!("{}", problems.iter().map(|p| format!("{p}\n")).collect::<String>()))
}

fn text(json: &str) -> Shown {
    shown(&[("export.json".into(), json.into())])
}

fn problems(json: &str) -> Vec<String> {
    let read = read(&[("export.json".into(), json.into())]);
    read.unwrap_err().iter().map(|problem| problem.to_string().lines().next().unwrap().into()).collect()
}

fn prefixes(list: &[&str]) -> Endpoint {
    Endpoint::Prefixes(list.iter().map(|text| parse_prefix(text).unwrap()).collect())
}

fn tag(name: &str) -> Endpoint {
    Endpoint::Tag(name.into())
}

fn ports(text: &str) -> PortSet {
    text.split(',').fold(PortSet::default(), |all, item| all.union(&parse_ports(item).unwrap()))
}

/// The network that every folder of `tests/exports/estate` shows.
fn estate() -> Network {
    use Access::{Allow, Deny};
    use Direction::{Inbound, Outbound};
    let rule = |name: &str, direction, priority, access, protocol, source, destination, to: &str| SecurityRule {
        name: name.into(),
        direction,
        priority,
        access,
        protocol,
        source,
        source_ports: PortSet::all(),
        destination,
        destination_ports: ports(to),
        description: String::new(),
    };
    let nodes = || Endpoint::Groups(vec!["asg-nodes".into()]);
    let any = || Endpoint::Any;
    let rules = vec![
        SecurityRule {
            description: "jump hosts".into(),
            ..rule("in-ssh", Inbound, 100, Allow, Protocol::Tcp, prefixes(&["10.20.0.0/16"]), any(), "22")
        },
        rule("in-nodes", Inbound, 110, Allow, Protocol::Any, nodes(), nodes(), "*"),
        rule("out-storage", Outbound, 100, Allow, Protocol::Tcp, any(), tag("Storage.WestEurope"), "443"),
        rule(
            "out-entra",
            Outbound,
            110,
            Allow,
            Protocol::Tcp,
            tag("VirtualNetwork"),
            tag("AzureActiveDirectory"),
            "80,443",
        ),
        SecurityRule {
            source_ports: ports("1024-65535"),
            ..rule(
                "out-dns",
                Outbound,
                120,
                Allow,
                Protocol::Udp,
                prefixes(&["10.20.1.0/24"]),
                prefixes(&["10.20.0.0/24", "10.30.0.4"]),
                "53",
            )
        },
        rule("out-ping", Outbound, 130, Allow, Protocol::Icmp, any(), prefixes(&["10.20.0.0/16"]), "*"),
        rule("out-deny", Outbound, 4096, Deny, Protocol::Any, any(), any(), "*"),
    ];
    let route = |name: &str, destination, next_hop| Route { name: name.into(), destination, next_hop };
    let prefix = |text: &str| RouteDestination::Prefix(parse_prefix(text).unwrap());
    let routes = vec![
        route("default", prefix("0.0.0.0/0"), NextHop::Appliance("10.10.1.4".parse().unwrap())),
        route("entra", RouteDestination::Tag("AzureActiveDirectory".into()), NextHop::Internet),
        route("local", prefix("10.20.0.0/16"), NextHop::VirtualNetwork),
    ];
    let both =
        |text: &str| Services::new(Protocol::Tcp, &ports(text)).union(&Services::new(Protocol::Udp, &ports(text)));
    let network = CollectionRules::Network(vec![
        NetworkRule {
            name: "ntp".into(),
            source: prefixes(&["10.20.0.0/16", "10.21.0.0/16"]),
            services: Services::new(Protocol::Udp, &ports("123")),
            destinations: vec![],
            names: vec!["ntp.ubuntu.com".into()],
        },
        NetworkRule {
            name: "batch".into(),
            source: prefixes(&["10.20.1.0/24"]),
            services: both("443,8000-8010"),
            destinations: vec![tag("BatchNodeManagement.WestEurope"), prefixes(&["10.40.0.4/30"])],
            names: vec![],
        },
    ]);
    let web = |https, port| ApplicationProtocol { https, port };
    let application = CollectionRules::Application(vec![
        ApplicationRule {
            name: "pypi".into(),
            source: prefixes(&["10.20.1.0/24"]),
            protocols: vec![web(true, 443), web(false, 80)],
            names: vec!["pypi.org".into(), "*.pythonhosted.org".into()],
            ..ApplicationRule::default()
        },
        ApplicationRule {
            name: "aks".into(),
            protocols: vec![web(true, 443)],
            fqdn_tags: vec!["AzureKubernetesService".into()],
            ..ApplicationRule::default()
        },
    ]);
    let collection = |name: &str, priority, rules| RuleCollection { name: name.into(), priority, access: Allow, rules };
    let group = RuleCollectionGroup {
        name: "rcg-spoke".into(),
        priority: 500,
        parent: false,
        collections: vec![collection("net", 200, network), collection("app", 300, application)],
    };
    Network {
        address_space: vec![parse_prefix("10.20.0.0/16").unwrap()],
        peered: vec![parse_prefix("10.10.0.0/16").unwrap()],
        subnets: vec![Subnet {
            name: "snet-compute".into(),
            prefixes: vec![parse_prefix("10.20.1.0/24").unwrap()],
            nsg: Some("nsg-compute".into()),
            route_table: Some("rt-spoke".into()),
            service_endpoints: vec!["Storage".into()],
            way_out: WayOut::None,
            private_endpoints: vec![],
            private_endpoint_policies: Some(EndpointPolicies { nsg: false, routes: false }),
        }],
        nsgs: BTreeMap::from([("nsg-compute".into(), Nsg { rules, others_rules: false })]),
        route_tables: BTreeMap::from([(
            "rt-spoke".into(),
            RouteTable { routes, gateway_routes: false, others_routes: false },
        )]),
        firewalls: vec![Firewall {
            name: "afw-hub".into(),
            private_address: Some("10.10.1.4".parse().unwrap()),
            tier: FirewallTier::Standard,
            dns_proxy: true,
            groups: vec![group],
            others_groups: false,
            private_ranges: None,
        }],
        application_groups: BTreeMap::from([("asg-nodes".into(), vec!["10.20.1.5".parse().unwrap()])]),
        ..Network::default()
    }
}

#[test]
fn one_network_is_the_same_in_every_shape() {
    for shape in [
        "rest",
        "rest-show",
        "cli",
        "cli-show",
        "graph",
        "example",
        "lines",
        "powershell",
        "rules",
        "template",
        "state",
        "plan",
        "dump",
    ] {
        let read = shown(&files(&format!("estate/{shape}")));
        let mut expected = estate();
        match shape {
            // A list of routes says nothing of the table's own settings.
            "rules" => expected.route_tables.get_mut("rt-spoke").unwrap().gateway_routes = true,
            // What deploys a policy does not know which groups others put into it.
            "template" | "plan" => expected.firewalls[0].others_groups = true,
            _ => {}
        }
        // Terraform's peering does not show the other side's space.
        if ["state", "plan", "dump"].contains(&shape) {
            expected.peered.clear();
        }
        assert_eq!(read.network, expected, "{shape}");
        assert_eq!(read.refused, [], "{shape}");
        let hidden: Vec<_> = read.ignored.iter().filter(|ignored| ignored.matters).collect();
        assert!(hidden.is_empty(), "{shape}: {hidden:#?}");
        let to = |name: &str| Holder::Subnet { network: "vnet-spoke".into(), name: name.into() };
        let attached: Vec<_> = read.attached.iter().map(|own| (own.what, own.name.as_str(), own.to.clone())).collect();
        let expected = [
            (Attachment::Nsg, "nsg-compute", to("snet-compute")),
            (Attachment::RouteTable, "rt-spoke", to("snet-compute")),
        ];
        assert_eq!(attached, expected, "{shape}");
    }
}

fn refused(shown: &Shown) -> Vec<(&str, &str)> {
    shown.refused.iter().map(|refused| (refused.key.as_str(), refused.what.as_str())).collect()
}
