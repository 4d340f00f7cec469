//! Exports of every shape: one network in all of them, odd and wrong ones, and nothing lost on the way.

#![allow(clippy::unwrap_used)]

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
            way_out: WayOut::Unknown,
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

/// A rule as the REST API shows it, with fields in the place of its own.
fn rule(fields: &str) -> String {
    let own = r#""protocol": "Tcp", "access": "Allow", "direction": "Outbound", "priority": 100,
        "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*", "destinationPortRange": "443""#;
    let mut all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&format!("{{{own}}}")).unwrap();
    let more: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&format!("{{{fields}}}")).unwrap();
    all.extend(more);
    let name = all.remove("name").unwrap_or_else(|| "r".into());
    serde_json::json!({"name": name, "properties": all}).to_string()
}

/// An NSG of resource group `group` with these rules.
fn nsg_in(group: &str, name: &str, rules: &[String]) -> String {
    let id =
        format!("/subscriptions/s/resourceGroups/{group}/providers/Microsoft.Network/networkSecurityGroups/{name}");
    format!(r#"{{"id": "{id}", "name": "{name}", "properties": {{"securityRules": [{}]}}}}"#, rules.join(", "))
}

fn nsg(rules: &[String]) -> String {
    nsg_in("rg", "n", rules)
}

fn refused(shown: &Shown) -> Vec<(&str, &str)> {
    shown.refused.iter().map(|refused| (refused.key.as_str(), refused.what.as_str())).collect()
}

#[test]
fn odd_rules_are_read_as_azure_means_them() {
    let cases: [(&str, fn(&mut SecurityRule)); 9] = [
        (r#""priority": "200""#, |rule| rule.priority = 200),
        (r#""protocol": "TCP", "access": "ALLOW", "direction": "OUTBOUND""#, |_| {}),
        (r#""protocol": "Ah""#, |rule| rule.protocol = Protocol::Ah),
        (r#""destinationPortRange": "0-65535""#, |rule| rule.destination_ports = PortSet::all()),
        (r#""destinationPortRange": null, "destinationPortRanges": ["80", "443", "8000-8010"]"#, |rule| {
            rule.destination_ports = ports("80,443,8000-8010");
        }),
        (r#""destinationAddressPrefix": "", "destinationAddressPrefixes": ["10.0.0.0/8", "10.1.2.3"]"#, |rule| {
            rule.destination = prefixes(&["10.0.0.0/8", "10.1.2.3/32"]);
        }),
        (r#""sourceAddressPrefix": "10.1.2.3/24", "sourceAddressPrefixes": null"#, |rule| {
            rule.source = prefixes(&["10.1.2.0/24"]);
        }),
        (r#""destinationAddressPrefix": "storage.westeurope""#, |rule| rule.destination = tag("storage.westeurope")),
        (
            r#""sourceAddressPrefix": null, "sourceApplicationSecurityGroups": [{"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationSecurityGroups/a"}]"#,
            |rule| rule.source = Endpoint::Groups(vec!["a".into()]),
        ),
    ];
    let plain = text(&nsg(&[rule("")]));
    for (fields, change) in cases {
        let read = text(&nsg(&[rule(fields)]));
        let mut expected = plain.network.clone();
        change(&mut expected.nsgs.get_mut("n").unwrap().rules[0]);
        assert_eq!(read.network, expected, "{fields}");
        assert_eq!(refused(&read), [], "{fields}");
    }
}

/// Azure would not take it, and what it may mean is read or assumed, never left out in silence.
#[test]
fn what_azure_refuses_is_said_with_its_place() {
    let cases = [
        (r#""priority": 99"#, "priority 99 is not between 100 and 4096", false),
        (
            r#""sourceAddressPrefix": "10.0.0.0/8,192.168.0.0/16""#,
            "`10.0.0.0/8,192.168.0.0/16` joins several with commas",
            false,
        ),
        (
            r#""destinationAddressPrefix": null, "destinationAddressPrefixes": ["Storage"]"#,
            "`Storage` stands in a list",
            false,
        ),
        (
            r#""sourceAddressPrefix": "10.0.0.0/8", "destinationAddressPrefix": "2001:db8::/32""#,
            "the rule has addresses of IPv4 and of IPv6",
            false,
        ),
        (r#""sourceAddressPrefix": "789""#, "`789` is not `*`, an address prefix or a service tag", true),
        (r#""destinationPortRange": "70000""#, "`70000` is not a port, a range of ports or `*`", true),
        (r#""protocol": "Sctp""#, "`Sctp` is not a protocol of an NSG", true),
        (r#""access": "Maybe""#, "`Maybe` must be `Allow` or `Deny`", true),
        (r#""sourceAddressPrefix": null"#, "the rule has no source", true),
        (r#""priority": 1e300"#, "must be a text", true),
        (r#""priority": -5"#, "`-5` must be a whole number", true),
    ];
    for (fields, what, lost) in cases {
        let read = text(&nsg(&[rule(fields)]));
        assert_eq!(refused(&read), [("nsg/n/r", what)], "{fields}");
        assert!(read.refused[0].place.path.starts_with("/properties/securityRules/0"), "{fields}");
        // What could not be read may have been any rule.
        assert_eq!(read.network.nsgs["n"].others_rules, lost, "{fields}");
        assert_eq!(read.network.nsgs["n"].rules.len(), usize::from(!lost), "{fields}");
    }
    let twice = text(&nsg(&[rule(r#""name": "a""#), rule(r#""name": "b""#)]));
    assert_eq!(refused(&twice), [("nsg/n/b", "rule `a` has the same direction and priority 100")]);
}

#[test]
fn default_rules_are_azures_own_or_refused() {
    let shown = |access: &str| {
        text(&format!(
            r#"{{"name": "n", "defaultSecurityRules": [{{"name": "DenyAllOutBound", "priority": 65500, "access": "{access}",
            "direction": "Outbound", "protocol": "*", "sourceAddressPrefix": "*", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "*"}}], "securityRules": []}}"#
        ))
    };
    assert_eq!(refused(&shown("Deny")), []);
    let what = "the default rule `DenyAllOutBound` is not as Azure makes it";
    assert_eq!(refused(&shown("Allow")), [("nsg/n/DenyAllOutBound", what)]);
}

#[test]
fn nsgs_of_one_name_in_two_resource_groups_stay_apart() {
    let one = nsg_in("rg-a", "n", &[rule("")]);
    let other = nsg_in("rg-b", "N", &[]);
    let read = text(&format!("[{one}, {other}]"));
    let names: Vec<_> = read.network.nsgs.iter().map(|(name, nsg)| (name.as_str(), nsg.rules.len())).collect();
    assert_eq!(names, [("rg-a/n", 1), ("rg-b/N", 0)]);
    // The same one twice is one, unless the two differ.
    let read = text(&format!("[{one}, {one}]"));
    assert_eq!(read.network.nsgs.len(), 1);
    let changed = nsg_in("rg-a", "n", &[]);
    assert_eq!(problems(&format!("[{one}, {changed}]")), ["export.json: /1: NSG `n` is shown twice, with other rules"]);
}

#[test]
fn a_rule_alone_leaves_room_for_others() {
    let id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/n/securityRules/r";
    let one = rule("").replacen('{', &format!(r#"{{"id": "{id}", "#), 1);
    assert!(text(&one).network.nsgs["n"].others_rules);
    assert!(!text(&format!("[{one}]")).network.nsgs["n"].others_rules);
    assert_eq!(problems(&rule("")), ["export.json: is no resource that is known"]);
}

#[test]
fn effective_rules_and_routes_become_tables_of_their_own() {
    let read = text(
        r#"{"value": [{"networkSecurityGroup": {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkSecurityGroups/n"},
        "association": {"subnet": {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s"}},
        "tagMap": {"VirtualNetwork": ["10.0.0.0/16"]},
        "effectiveSecurityRules": [
          {"name": "securityRules/r", "protocol": "Tcp", "sourcePortRange": "0-65535", "destinationPortRange": "443-443",
           "sourceAddressPrefix": "VirtualNetwork", "sourceAddressPrefixes": ["VirtualNetwork"],
           "expandedSourceAddressPrefix": ["10.0.0.0/16"], "destinationAddressPrefix": "0.0.0.0/0",
           "access": "Allow", "priority": 200, "direction": "Outbound"},
          {"name": "DefaultOutboundDenyAll", "protocol": "All", "sourcePortRange": "0-65535", "destinationPortRange": "0-65535",
           "sourceAddressPrefix": "0.0.0.0/0", "destinationAddressPrefix": "0.0.0.0/0",
           "access": "Deny", "priority": 65500, "direction": "Outbound"}]}]}"#,
    );
    let rules = &read.network.nsgs["n"].rules;
    assert_eq!(rules.len(), 1);
    assert_eq!(
        (rules[0].name.as_str(), &rules[0].source, &rules[0].destination),
        ("r", &tag("VirtualNetwork"), &prefixes(&["0.0.0.0/0"]))
    );
    assert_eq!(refused(&read), []);
    let to = Holder::Subnet { network: "v".into(), name: "s".into() };
    assert_eq!(read.attached.iter().map(|own| own.to.clone()).collect::<Vec<_>>(), [to]);
    let read = text(
        r#"{"value": [
        {"addressPrefix": ["10.20.0.0/16"], "nextHopIpAddress": [], "nextHopType": "VnetLocal", "source": "Default", "state": "Active"},
        {"addressPrefix": ["10.10.0.0/16"], "nextHopIpAddress": [], "nextHopType": "VNetPeering", "source": "Default", "state": "Active"},
        {"addressPrefix": ["192.168.0.0/16"], "nextHopIpAddress": ["10.1.1.1"], "nextHopType": "VirtualNetworkGateway", "source": "VirtualNetworkGateway", "state": "Active"},
        {"addressPrefix": ["0.0.0.0/0"], "nextHopIpAddress": [], "nextHopType": "Internet", "source": "Default", "state": "Invalid"},
        {"name": "default", "addressPrefix": ["0.0.0.0/0"], "nextHopIpAddress": ["10.10.1.4"], "nextHopType": "VirtualAppliance", "source": "User", "state": "Active"}]}"#,
    );
    let table = &read.network.route_tables["effective routes in export.json"];
    let next_hop = NextHop::Appliance("10.10.1.4".parse().unwrap());
    let destination = RouteDestination::Prefix(parse_prefix("0.0.0.0/0").unwrap());
    assert_eq!(table.routes, [Route { name: "default".into(), destination, next_hop }]);
    let one = |text: &str| vec![parse_prefix(text).unwrap()];
    assert_eq!(read.network.address_space, one("10.20.0.0/16"));
    assert_eq!(read.network.peered, one("10.10.0.0/16"));
    assert_eq!(read.network.on_premises, one("192.168.0.0/16"));
}

const GROUP: &str =
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/firewallPolicies/p/ruleCollectionGroups/g";

#[test]
fn what_a_firewall_does_and_nobody_can_judge_is_kept_apart() {
    let read = text(&format!(
        r#"{{"id": "{GROUP}", "properties": {{"priority": 100, "ruleCollections": [
        {{"ruleCollectionType": "FirewallPolicyNatRuleCollection", "name": "nat", "priority": 100, "action": {{"type": "DNAT"}}, "rules": [
          {{"ruleType": "NatRule", "name": "in", "ipProtocols": ["TCP"], "sourceAddresses": ["*"], "destinationAddresses": ["20.1.2.3"],
            "destinationPorts": ["443"], "translatedAddress": "10.1.1.4", "translatedPort": "8443"}}]}},
        {{"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "app", "priority": 200, "action": {{"type": "Allow"}}, "rules": [
          {{"ruleType": "ApplicationRule", "name": "web", "protocols": [{{"protocolType": "Https", "port": 443}}, {{"protocolType": "Mssql", "port": 1433}}],
            "sourceAddresses": ["10.0.0.1-10.0.0.2"], "sourceIpGroups": ["/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/ipGroups/unseen"],
            "targetFqdns": ["x.org"], "targetUrls": ["x.org/a*"], "webCategories": ["Gambling"], "terminateTLS": true}}]}}]}}}}"#
    ));
    let firewall = &read.network.firewalls[0];
    assert!(firewall.others_groups);
    let nat = NetworkRule {
        name: "in".into(),
        source: Endpoint::Any,
        services: Services::tcp(443),
        destinations: vec![prefixes(&["20.1.2.3/32"])],
        names: vec![],
    };
    assert_eq!(firewall.groups[0].collections[0].rules, CollectionRules::Nat(vec![nat]));
    let unseen = Endpoint::Groups(vec!["unseen".into()]);
    let application = ApplicationRule {
        name: "web".into(),
        source: Endpoint::Several(vec![prefixes(&["10.0.0.1/32", "10.0.0.2/32"]), unseen]),
        protocols: vec![ApplicationProtocol { https: true, port: 443 }],
        names: vec!["x.org".into()],
        urls: vec!["x.org/a*".into()],
        web_categories: vec!["Gambling".into()],
        sql_ports: vec![1433],
        ..ApplicationRule::default()
    };
    assert_eq!(firewall.groups[0].collections[1].rules, CollectionRules::Application(vec![application]));
}

#[test]
fn a_classic_firewall_is_one_group() {
    let read = text(
        r#"{"type": "Microsoft.Network/azureFirewalls", "name": "f", "properties": {"additionalProperties": {"Network.DNS.EnableProxy": "true",
        "Network.SNAT.PrivateRanges": "10.0.0.0/8, 20.0.0.0/8"}, "sku": {"tier": "Premium"},
        "ipConfigurations": [{"properties": {"privateIPAddress": "10.1.1.4"}}],
        "networkRuleCollections": [{"name": "n", "properties": {"priority": 100, "action": {"type": "Deny"}, "rules": [
          {"name": "r", "protocols": ["Any"], "sourceAddresses": ["*"], "destinationAddresses": ["*"], "destinationPorts": ["*"]}]}}]}}"#,
    );
    let rule = NetworkRule {
        name: "r".into(),
        source: Endpoint::Any,
        services: Services::all(),
        destinations: vec![Endpoint::Any],
        names: vec![],
    };
    let rules = CollectionRules::Network(vec![rule]);
    let collection = RuleCollection { name: "n".into(), priority: 100, access: Access::Deny, rules };
    let expected = Firewall {
        name: "f".into(),
        private_address: Some("10.1.1.4".parse().unwrap()),
        tier: FirewallTier::Premium,
        dns_proxy: true,
        groups: vec![RuleCollectionGroup {
            name: "classic".into(),
            priority: 100,
            parent: false,
            collections: vec![collection],
        }],
        others_groups: false,
        private_ranges: Some(vec![parse_prefix("10.0.0.0/8").unwrap(), parse_prefix("20.0.0.0/8").unwrap()]),
    };
    assert_eq!(read.network.firewalls, [expected]);
}

fn template(resources: &str) -> String {
    format!(
        r#"{{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
        "parameters": {{"none": {{"type": "string"}}}}, "variables": {{"loop": "[concat(variables('loop'), 'x')]"}}, "resources": [{resources}]}}"#
    )
}

#[test]
fn what_a_template_leaves_open_is_named_and_never_guessed() {
    let own = |name: &str, rules: &str| {
        format!(
            r#"{{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01", "name": "{name}", "properties": {{{rules}}}}}"#
        )
    };
    let child = |more: &str, name: &str| {
        format!(
            r#"{{"type": "Microsoft.Network/networkSecurityGroups/securityRules", "name": "{name}", {more} "properties": {{}}}}"#
        )
    };
    let open = rule("").replace("\"443\"", "\"[parameters('none')]\"");
    let cases = [
        own("n", r#""copy": [{"name": "securityRules", "count": 3, "input": {}}]"#),
        own("n", &format!(r#""securityRules": [{open}]"#)),
        [own("n", r#""securityRules": []"#), child(r#""copy": {"name": "c", "count": 3},"#, "n/r")].join(","),
        [own("n", r#""securityRules": []"#), child(r#""condition": "[parameters('none')]","#, "n/r")].join(","),
        [own("n", r#""securityRules": []"#), child("", "[variables('loop')]")].join(","),
    ];
    for resources in cases {
        let read = text(&template(&resources));
        assert!(read.network.nsgs["n"].others_rules, "{resources}");
        assert!(read.ignored.iter().any(|ignored| ignored.matters), "{resources}");
    }
}

#[test]
fn rules_inside_an_nsg_and_beside_it_fight_in_terraform() {
    let resource =
        |kind: &str, values: &str| format!(r#"{{"address": "{kind}.x", "type": "{kind}", "values": {values}}}"#);
    let fields = r#""direction": "Outbound", "access": "Allow", "protocol": "Tcp", "source_port_range": "*", "source_address_prefix": "*",
        "destination_port_range": "443", "destination_address_prefix": "*""#;
    let inside = |names: &[&str]| {
        let rules: Vec<String> = names
            .iter()
            .zip(100..)
            .map(|(name, priority)| format!(r#"{{"name": "{name}", "priority": {priority}, {fields}}}"#))
            .collect();
        resource(
            "azurerm_network_security_group",
            &format!(r#"{{"name": "n", "security_rule": [{}]}}"#, rules.join(",")),
        )
    };
    let beside = resource(
        "azurerm_network_security_rule",
        &format!(r#"{{"name": "a", "network_security_group_name": "n", "priority": 100, {fields}}}"#),
    );
    let state = |version: &str, resources: &[String]| {
        format!(
            r#"{{"format_version": "{version}", "values": {{"root_module": {{"resources": [{}]}}}}}}"#,
            resources.join(",")
        )
    };
    // A refreshed state repeats the rule inside the NSG.
    assert_eq!(refused(&text(&state("1.0", &[inside(&["a"]), beside.clone()]))), []);
    let what = "NSG `n` has rules inside it and rules of its own resource: each apply undoes the other";
    assert_eq!(refused(&text(&state("1.0", &[inside(&["a", "b"]), beside.clone()]))), [("nsg/n", what)]);
    assert_eq!(problems(&state("2.0", &[beside])), ["export.json: /format_version: format version `2.0` is not known"]);
}

#[test]
fn hostile_files_end_in_a_problem() {
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let cases: [(&str, &str); 13] = [
        ("", "export.json: the file is empty"),
        ("null", "export.json: is no export: neither an object nor a list"),
        ("{}", "export.json: is no resource that is known"),
        ("[1]", "export.json: /0: is no export: neither an object nor a list"),
        (r#"{"a": NaN}"#, "export.json:1:7: cannot be read as JSON: expected value"),
        (r#"{"securityRules": 1e999}"#, "export.json:1:23: cannot be read as JSON: number out of range"),
        (r#"{"securityRules": ["#, "export.json:1:19: cannot be read as JSON: EOF while parsing a list"),
        (
            r#"{"name": 1, "name": 2}"#,
            "export.json:1:22: cannot be read as JSON: the key `name` stands in one object twice",
        ),
        (&deep, "export.json:1:128: cannot be read as JSON: recursion limit exceeded"),
        ("WARNING: preview\n[]", "export.json:1:1: cannot be read as JSON: expected value"),
        (r#"{"error": {"code": "AuthorizationFailed"}}"#, "export.json: the answer is an error: `AuthorizationFailed`"),
        (
            r#"{"version": 4, "terraform_version": "1.9.4", "resources": []}"#,
            "export.json: a state file as Terraform keeps it, which is no export",
        ),
        (
            r#"{"Name": "n", "SecurityRules": ["Microsoft.Azure.Commands.Network.Models.PSSecurityRule"]}"#,
            "export.json: /SecurityRules/0: `Microsoft.Azure.Commands.Network.Models.PSSecurityRule` stands where PowerShell cut the export off",
        ),
    ];
    for (json, problem) in cases {
        assert_eq!(problems(json), [problem], "{}", &json[..json.len().min(60)]);
    }
    let large = vec![b' '; (16 << 20) + 1];
    assert_eq!(read(&[("e".into(), large)]).unwrap_err()[0].what, "the file is larger than 16 MiB");
    let many = format!("[{}1]", "1,".repeat(3_100_000));
    assert_eq!(
        problems(&many),
        ["export.json:1:6000000: cannot be read as JSON: more than 3000000 values in one file"]
    );
    assert_eq!(read(&[("e".into(), vec![0xff, 0xfe, b'{'])]).unwrap_err()[0].what, "the file is not whole UTF-16 text");
    // Names may hold anything: what prints them makes them safe.
    let read = text(&nsg(&[rule(r#""name": "a\u001b[2J""#)]));
    assert_eq!(read.network.nsgs["n"].rules[0].name, "a\u{1b}[2J");
}

/// Every value that nothing names as ignored decides something: another value there gives another result.
#[test]
fn nothing_is_lost_in_silence() {
    /// Read to know what a file is, or read because of what another value may make of it.
    const TELLS_NOTHING_ALONE: [&str; 14] = [
        "$schema",
        "contentVersion",
        "format_version",
        "address",
        "threatIntelMode",
        "threat_intel_mode",
        "threat_intelligence_mode",
        "resource_group_name",
        "pytest-terraform",
        "description",
        "hasBgpOverride",
        "references",
        "count",
        "nat_gateway_id",
    ];
    fn leaves(value: &serde_json::Value, path: &str, all: &mut Vec<String>) {
        match value {
            serde_json::Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, item)| leaves(item, &format!("{path}/{i}"), all))
            }
            serde_json::Value::Object(fields) => {
                fields.iter().for_each(|(key, field)| {
                    leaves(field, &format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")), all)
                });
            }
            serde_json::Value::Null => {}
            serde_json::Value::String(text) if text.is_empty() => {}
            _ => all.push(path.into()),
        }
    }
    let star = |path: &str| -> String {
        let parts = path
            .split('/')
            .map(|part| if !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) { "*" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let mut tried = 0;
    for shape in ["rest-show", "cli-show", "template", "state", "plan", "example", "graph", "dump"] {
        let all = files(&format!("estate/{shape}"));
        let before = shown(&all);
        for (index, (name, bytes)) in all.iter().enumerate() {
            let value: serde_json::Value = serde_json::from_slice(bytes).unwrap();
            let ignored: Vec<String> =
                before.ignored.iter().filter(|own| &own.place.file == name).map(|own| star(&own.place.path)).collect();
            let mut paths = Vec::new();
            leaves(&value, "", &mut paths);
            for path in paths {
                let own = star(&path);
                let known = |pattern: &String| own == *pattern || own.starts_with(&format!("{pattern}/"));
                let last = path.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap();
                if ignored.iter().any(known) || TELLS_NOTHING_ALONE.contains(&last) {
                    continue;
                }
                let mut other = value.clone();
                let leaf = other.pointer_mut(&path).unwrap();
                *leaf = match &*leaf {
                    serde_json::Value::Bool(flag) => (!flag).into(),
                    serde_json::Value::Number(number) => (number.as_u64().unwrap() + 1).into(),
                    serde_json::Value::String(text) if text.starts_with('[') => "[x]".into(),
                    serde_json::Value::String(text) => format!("{text}x").into(),
                    _ => unreachable!(),
                };
                let mut changed = all.clone();
                changed[index].1 = other.to_string().into_bytes();
                assert_ne!(read(&changed).ok().as_ref(), Some(&before), "{shape}/{name}: {path} decides nothing");
                tried += 1;
            }
        }
    }
    assert!(tried > 500, "{tried}");
}

/// Our own templates are exports too: the same NSGs, tables, subnets and groups as the strict reader finds.
#[test]
fn our_own_templates_read_the_same_as_exports() {
    let mut compared = 0;
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples")).unwrap() {
        let arm = entry.unwrap().path().join("out/arm");
        let Ok(entries) = std::fs::read_dir(&arm) else { continue };
        let mut files: Vec<(String, Vec<u8>)> = entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .map(|path| (path.file_name().unwrap().to_string_lossy().into(), std::fs::read(&path).unwrap()))
            .collect();
        files.sort();
        let (strict, read) = (netcordon::import::arm::read(&files).unwrap(), shown(&files));
        for (name, nsg) in &read.network.nsgs {
            assert_eq!(Some(nsg), strict.nsgs.get(name), "{} {name}", arm.display());
            compared += 1;
        }
        for (name, table) in &read.network.route_tables {
            assert_eq!(Some(table), strict.route_tables.get(name), "{} {name}", arm.display());
        }
        for subnet in &read.network.subnets {
            let own = strict.subnets.iter().find(|own| own.name == subnet.name).unwrap();
            assert_eq!(
                (&subnet.prefixes[0], &subnet.nsg, &subnet.route_table),
                (&own.prefixes[0], &own.nsg, &own.route_table)
            );
        }
        let groups = |network: &Network| {
            network.firewalls.iter().flat_map(|firewall| firewall.groups.clone()).collect::<Vec<_>>()
        };
        assert_eq!(groups(&read.network), groups(&strict), "{}", arm.display());
        assert_eq!(refused(&read), [], "{}", arm.display());
    }
    assert!(compared > 10, "{compared}");
}

#[test]
fn exports_are_laid_on_the_subnets_they_belong_to() {
    let shown = shown(&files("estate/rest"));
    let estate = estate();
    let mut base = Network { nsgs: BTreeMap::new(), route_tables: BTreeMap::new(), ..estate.clone() };
    base.firewalls[0].groups[0].name = "rcg-planned".into();
    base.subnets[0].nsg = Some("nsg-planned".into());
    base.subnets[0].route_table = None;
    base.nsgs.insert("nsg-planned".into(), Nsg::default());
    // By name; by prefix.
    for (name, prefix) in [("snet-compute", "10.99.0.0/24"), ("snet-other", "10.20.1.0/24")] {
        let mut base = base.clone();
        base.subnets[0].name = name.into();
        base.subnets[0].prefixes = vec![parse_prefix(prefix).unwrap()];
        let (network, words) = onto(&base, &shown, &[]);
        assert_eq!(network.nsgs, estate.nsgs, "{name}");
        assert_eq!(network.route_tables, estate.route_tables, "{name}");
        assert_eq!(network.subnets[0].nsg.as_deref(), Some("nsg-compute"), "{name}");
        assert_eq!(network.firewalls, estate.firewalls, "{name}");
        assert_eq!(words, Vec::<String>::new(), "{name}");
    }
    // By the NSG's name, or because it is the only one and said to be there.
    let nsg = text(&nsg_in("rg", "NSG-Planned", &[rule("")]));
    let (network, words) = onto(&base, &nsg, &[]);
    assert_eq!(network.nsgs, nsg.network.nsgs);
    assert_eq!(words, ["no export shows the rules of firewall `afw-hub`: they are taken as planned"]);
    let alone = text(&nsg_in("rg", "whatever", &[rule("")]));
    let mut bare = base.clone();
    bare.subnets[0].nsg = None;
    assert_eq!(onto(&bare, &alone, &["snet-compute".into()]).0.nsgs, alone.network.nsgs);
    let (network, words) = onto(&base, &alone, &[]);
    assert_eq!(network, base);
    assert_eq!(words.len(), 3, "{words:?}");
    assert!(words.contains(&"NSG `whatever` is on no subnet of the answers: it is not judged".into()));
}

#[test]
fn what_others_own_stands_beside_the_plan() {
    let shown = shown(&files("estate/rest"));
    let mut base = estate();
    base.nsgs.get_mut("nsg-compute").unwrap().rules.retain(|rule| rule.name == "out-dns");
    base.nsgs.get_mut("nsg-compute").unwrap().others_rules = true;
    base.route_tables.get_mut("rt-spoke").unwrap().others_routes = true;
    base.route_tables.get_mut("rt-spoke").unwrap().routes.truncate(1);
    let planned = RuleCollectionGroup { name: "rcg-planned".into(), priority: 700, parent: false, collections: vec![] };
    base.firewalls[0].groups = vec![planned.clone()];
    base.firewalls[0].others_groups = true;
    let (network, words) = beside(&base, &shown);
    let mut expected = estate();
    expected.firewalls[0].groups.insert(0, planned);
    assert_eq!(network, expected);
    assert_eq!(words, Vec::<String>::new());
    let (network, words) = beside(&base, &Shown::default());
    assert_eq!(network, base);
    assert_eq!(words.len(), 3, "{words:?}");
}
