//! Templates, plans, and what netcordon itself wrote.

use super::rules::rule;
use super::*;

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

/// A subnet is not open because the plan does not say yet which NSG it gets.
#[test]
fn what_a_plan_attaches_later_is_assumed() {
    let read = text(
        r#"{"format_version": "1.2", "planned_values": {"root_module": {"resources": [
        {"address": "azurerm_subnet.s[\"a\"]", "type": "azurerm_subnet", "values":
          {"name": "a", "virtual_network_name": "v", "address_prefixes": ["10.0.0.0/24"]}},
        {"address": "azurerm_subnet_network_security_group_association.s[\"a\"]",
         "type": "azurerm_subnet_network_security_group_association", "values": {}}]}}}"#,
    );
    let nsg = read.network.subnets[0].nsg.as_ref().unwrap();
    assert!(!read.network.nsgs.contains_key(nsg));
    assert_eq!(read.network.subnets[0].route_table, None);
    assert!(
        read.ignored.iter().any(|own| own.matters && own.place.path.ends_with("/resources/1")),
        "{:#?}",
        read.ignored
    );
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

/// Our own templates are exports too: the same NSGs, tables, subnets and groups as the strict reader finds.
#[test]
fn our_own_templates_read_the_same_as_exports() {
    let (mut compared, mut known) = (0, 0);
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
        // A policy whose name is asked for at deployment cannot be known.
        let asked = read.ignored.iter().any(|own| own.matters && own.why.contains("parameters('firewallPolicyName')"));
        let expected = if asked { Vec::new() } else { groups(&strict) };
        assert_eq!(groups(&read.network), expected, "{}", arm.display());
        known += expected.len();
        assert_eq!(refused(&read), [], "{}", arm.display());
    }
    assert!(compared > 10 && known > 0, "{compared} {known}");
}

/// Every format of a generated folder describes the same network, CRLF or not.
#[test]
fn a_generated_folder_reads_back_format_by_format() {
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/extend-existing/out");
    let mut files = BTreeMap::new();
    for name in ["terraform/spoke", "terraform/hub", "terraform/root-example", "bicep", "arm", "azcli", "review"] {
        for entry in std::fs::read_dir(out.join(name)).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap().replace('\n', "\r\n");
            files.insert(format!("{name}/{}", path.file_name().unwrap().to_string_lossy()), text.into_bytes());
        }
    }
    let read = netcordon::import::folder::read(&files);
    let names: Vec<&str> = read.iter().map(|(format, _)| format.name()).collect();
    assert_eq!(names, ["Terraform", "Bicep", "ARM", "Azure CLI"]);
    let networks: Vec<&Network> = read.iter().map(|(_, network)| network.as_ref().unwrap()).collect();
    assert!(networks.windows(2).all(|pair| pair[0] == pair[1]));
    files.insert("bicep/spoke.bicep".into(), b"resource".to_vec());
    let broken = netcordon::import::folder::read(&files);
    assert_eq!(broken.iter().map(|(_, network)| network.is_ok()).collect::<Vec<_>>(), [true, false, true, true]);
}
