//! Firewalls: what cannot be judged, classic rules.

use super::*;

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
