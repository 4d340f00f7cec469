//! NSGs: odd rules, wrong ones, rules alone, rules in force.

use super::*;

/// A rule as the REST API shows it, with fields in the place of its own.
pub(super) fn rule(fields: &str) -> String {
    let own = r#""protocol": "Tcp", "access": "Allow", "direction": "Outbound", "priority": 100,
        "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*", "destinationPortRange": "443""#;
    let mut all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&format!("{{{own}}}")).unwrap();
    let more: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&format!("{{{fields}}}")).unwrap();
    all.extend(more);
    let name = all.remove("name").unwrap_or_else(|| "r".into());
    serde_json::json!({"name": name, "properties": all}).to_string()
}

/// An NSG of resource group `group` with these rules.
pub(super) fn nsg_in(group: &str, name: &str, rules: &[String]) -> String {
    let id =
        format!("/subscriptions/s/resourceGroups/{group}/providers/Microsoft.Network/networkSecurityGroups/{name}");
    format!(r#"{{"id": "{id}", "name": "{name}", "properties": {{"securityRules": [{}]}}}}"#, rules.join(", "))
}

pub(super) fn nsg(rules: &[String]) -> String {
    nsg_in("rg", "n", rules)
}

#[test]
fn odd_rules_are_read_as_azure_means_them() {
    type Change = fn(&mut SecurityRule);
    let cases: [(&str, Change); 9] = [
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
    assert_eq!(problems(&rule("")), ["export.json: does not say to what it belongs"]);
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

#[test]
fn names_and_descriptions_that_azure_refuses_are_said() {
    let long = "x".repeat(81);
    for name in ["a b", "../../etc", "-a", "a.", long.as_str()] {
        let shown = text(&nsg(&[rule(&format!(r#""name": "{name}""#))]));
        // The whole name is kept: its last part may be the name of another rule.
        assert_eq!(shown.network.nsgs["n"].rules[0].name, name);
        let what = format!("`{name}` is not a name of a rule");
        assert!(shown.refused.iter().any(|refused| refused.what == what), "{name}: {:?}", shown.refused);
    }
    let words = "d".repeat(141);
    let shown = text(&nsg(&[rule(&format!(r#""description": "{words}""#))]));
    assert!(shown.refused.iter().any(|refused| refused.what == "the description has 141 characters"));
}

#[test]
fn rules_of_a_network_manager_do_not_hide_the_others() {
    let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network";
    let shown = text(&format!(
        r#"{{"value": [
            {{"association": {{"networkManager": {{"id": "{id}/networkManagers/m"}}}}, "effectiveSecurityRules": []}},
            {{"association": {{"subnet": {{"id": "{id}/virtualNetworks/v/subnets/s"}}}},
              "networkSecurityGroup": {{"id": "{id}/networkSecurityGroups/n"}}, "effectiveSecurityRules": []}}]}}"#
    ));
    assert!(shown.network.nsgs["n"].others_rules);
    let said = |ignored: &netcordon::import::exports::Ignored| ignored.matters && ignored.why.contains("admin rules");
    assert!(shown.ignored.iter().any(said), "{:?}", shown.ignored);
}
