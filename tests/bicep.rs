//! Our Bicep read back: it stands for the planned network, whatever the names are, and nothing else gets in.

#![allow(clippy::unwrap_used)]

mod common;

use common::{assert_reads_back, example, files, hostile_plans, plans, problems_after};
use netcordon::import::bicep::read;
use netcordon::plan::{Ownership, Plan};

#[test]
fn every_plan_reads_back_as_planned() {
    for (plan, catalog) in plans() {
        assert_reads_back(&plan, &catalog, "bicep", read);
    }
}

#[test]
fn hostile_texts_stay_texts() {
    for (plan, catalog) in hostile_plans() {
        assert_reads_back(&plan, &catalog, "bicep", read);
        let written = files(&plan, &catalog, "bicep");
        for (path, text) in &written {
            let seen = text.chars().all(|c| c == '\n' || !(c.is_control() || "\u{202e}\u{feff}\u{2028}".contains(c)));
            assert!(seen, "{path}");
        }
        let (_, parameters) = written.iter().find(|(path, _)| path.ends_with("spoke.bicepparam")).unwrap();
        // Nothing but texts: as many quotes as there should be, two of them after `using`.
        let quotes =
            parameters.split_once('\n').unwrap().1.replace("\\\\", "").replace("\\'", "").matches('\'').count();
        let ours = plan.vnet.create
            || plan.nsgs.iter().any(|nsg| nsg.ownership == Ownership::Create)
            || plan.route_tables.iter().any(|table| table.ownership == Ownership::Create);
        let nat_gateway = if parameters.contains("param natGatewayId") { 2 } else { 0 };
        let meant = if ours { 2 + 4 * plan.resource_tags.len() + nat_gateway } else { 0 };
        assert_eq!(quotes - 2, meant, "{parameters}");
    }
}

#[test]
fn without_anything_of_ours_there_are_no_parameters() {
    let (mut plan, catalog) = example("extend-existing");
    let text = |plan: &Plan, name: &str| {
        let files = files(plan, &catalog, "bicep");
        files.into_iter().find(|(path, _)| path.ends_with(name)).unwrap().1
    };
    plan.resource_tags = [("a".into(), "b".into())].into();
    plan.nsgs.retain(|nsg| nsg.name == "nsg-shared");
    assert!(!text(&plan, "spoke.bicep").contains("param "));
    assert!(text(&plan, "spoke.bicepparam").ends_with("using 'spoke.bicep'\n"));
    assert!(text(&plan, "hub.bicepparam").contains("readEnvironmentVariable('FIREWALL_POLICY_NAME')"));
    plan.firewall.as_mut().unwrap().policy = Some("/subscriptions/x/firewallPolicies/mine".into());
    assert!(text(&plan, "hub.bicepparam").ends_with("param firewallPolicyName = 'mine'\n"));
}

#[test]
fn a_network_that_exists_is_not_declared() {
    for (plan, catalog) in plans().into_iter().filter(|(plan, _)| !plan.vnet.create) {
        for (path, text) in files(&plan, &catalog, "bicep") {
            assert!(!text.contains("'Microsoft.Network/virtualNetworks"), "{}: {path}", plan.name);
        }
    }
}

#[test]
fn what_is_not_ours_is_refused_by_name() {
    let spoke = "spoke.bicep";
    let hub = "hub.bicep";
    let mut wrong = Vec::new();
    for (file, from, to, says) in [
        (spoke, "priority: 3", "priority: base + 3", "the end of the line is expected here"),
        (spoke, "priority: 3", "priority: -3", "a literal is expected here"),
        (spoke, "'Tcp'", "protocol", "`protocol` is a reference, not a literal"),
        (spoke, "'Tcp'", "location", "`location` is a reference, not a literal"),
        (spoke, "'Tcp'", "toUpper('tcp')", "`toUpper` is a function call, not a literal"),
        (spoke, "'Tcp'", "readEnvironmentVariable('X')", "is a function call, not a literal"),
        (spoke, "'Tcp'", "'${protocol}'", "a text with a value in it is not a literal"),
        (spoke, "'Tcp'", "'''Tcp'''", "a text of several lines is not read"),
        (spoke, "'Tcp'", "true ? 'Tcp' : '*'", "the end of the line is expected here"),
        (spoke, "'Udp'", "nsg1.id", "must name a resource above"),
        (spoke, "'Tcp'", "nsg1.name", "only the `id` of a resource is read"),
        (spoke, "'Tcp'", "'tcp'", "a protocol of an NSG"),
        (spoke, "'Tcp'", "'T\\cp'", "is no escape that Bicep knows"),
        (spoke, "'Tcp'", "'Tcp", "a text does not end on its line"),
        (spoke, "securityRules: [", "securityRules: [for rule in rules: rule]\n    other: [", "is expected here"),
        (spoke, "access: 'Allow'", "access: 'Allow', priority: 1", "the end of the line is expected here"),
        (
            spoke,
            "access: 'Allow'",
            "access: 'Allow'\n          access: 'Deny'",
            "the property `access` stands here twice",
        ),
        (
            spoke,
            "access: 'Allow'",
            "access: 'Allow'\n          'access': 'Deny'",
            "the property `access` stands here twice",
        ),
        (spoke, "access: 'Allow'\n", "", "the property `access` is missing"),
        (spoke, "access: 'Allow'\n", "access: 'Allow'\n          extra: 1\n", "the property `extra` is not read"),
        (spoke, "['10.100.0.0/16']", "[]", "must not be empty"),
        (spoke, "['10.100.0.0/16']", "['Internet']", "must be an address prefix"),
        (
            spoke,
            "['10.100.0.0/16']",
            "['10.100.0.0/16' '10.101.0.0/16']",
            "`,` or the end of the line is expected here",
        ),
        (spoke, "resource nsg1", "var rules = []\n\nresource nsg1", "`var` is nothing that netcordon writes"),
        (
            spoke,
            "resource nsg1",
            "module more 'more.bicep' = {}\n\nresource nsg1",
            "`module` is nothing that netcordon writes",
        ),
        (
            spoke,
            "resource nsg1",
            "targetScope = 'subscription'\n\nresource nsg1",
            "`targetScope` is nothing that netcordon writes",
        ),
        (spoke, "resource nsg1", "@batchSize(1)\nresource nsg1", "`description` is expected here"),
        (spoke, "resource nsg1", "#disable-next-line x\nresource nsg1", "a name is expected here"),
        (spoke, "resource nsg1", "/* */\nresource nsg1", "a name is expected here"),
        (spoke, "resource nsg1", "// x\rvar a = 1\nresource nsg1", "has a carriage return that ends no line"),
        (spoke, "@2024-05-01' = {", "@2024-05-01' = if (true) {", "the line should end"),
        (spoke, "@2024-05-01' = {", "@2024-05-01' existing = {", "the property `location` is not read"),
        (spoke, "@2024-05-01' = {", "@latest' = {", "a version such as"),
        (spoke, "virtualNetworks@", "bastionHosts@", "resources of type `Microsoft.Network/bastionHosts` are not read"),
        (spoke, "location: location", "location: 'westeurope'", "must be the parameter `location`"),
        (spoke, "param location string", "param location string = 'x'", "`param` in this form"),
        (
            spoke,
            "param location string",
            "param location string\n@description('x')\nparam more string",
            "`param` in this form",
        ),
        (
            spoke,
            "disableBgpRoutePropagation: false",
            "disableBgpRoutePropagation: off",
            "`off` is a reference, not a literal",
        ),
        (spoke, "id: nsg1.id", "id: nsg9.id", "must name a resource above"),
        (spoke, "id: nsg1.id", "id: routeTable1.id", "must be of type"),
        (spoke, "defaultOutboundAccess: false", "defaultOutboundAccess: true", "must be false"),
        (spoke, "wayOut: 'none'", "wayOut: 'nat-gateway'", "says otherwise of subnet"),
        (spoke, "ownership: 'create'", "ownership: 'existing'", "says otherwise of the virtual network"),
        (
            spoke,
            "output network object = {",
            "output network object = {}\noutput other object = {",
            "`output` in this form",
        ),
        (spoke, "output network object = {", "output more object = {", "`output` in this form"),
        (hub, "ipProtocols: ['UDP']", "ipProtocols: protocols", "`protocols` is a reference, not a literal"),
        (hub, "destinationPorts: ['5831']", "destinationPorts: []", "must not be empty"),
        (hub, "type: 'Allow'", "type: 'Dnat'", "must be `Allow` or `Deny`"),
        (hub, "name: firewallPolicyName", "name: other", "the name must be a text"),
        (hub, "parent: firewallPolicy", "parent: other", "the parent must be a resource above"),
        (hub, "dnsProxy: true", "dnsProxy: 1", "must be true or false"),
        ("spoke.bicepparam", "using 'spoke.bicep'", "", "`using` is missing"),
        ("spoke.bicepparam", "using 'spoke.bicep'", "using 'other.bicep'", "`using` in this form"),
        ("spoke.bicepparam", "param location", "param other", "`param` in this form"),
        ("spoke.bicepparam", "'westeurope'", "toLower('X')", "`toLower` is a function call"),
    ] {
        let found = problems_after("aml-no-public-ip-firewall", "bicep", read, file, from, to);
        if !found.iter().any(|what| what.contains(says)) {
            wrong.push(format!("{file} {to:?} should say {says:?}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_in_what_belongs_to_others_keep_their_parent() {
    let mut wrong = Vec::new();
    for (from, to, says) in [
        ("parent: nsg1\n", "parent: routeTable1\n", "the parent must be a resource above"),
        ("parent: nsg1\n", "", "in this form"),
        ("existing = {\n  name: 'nsg-shared'", "existing = {\n  name: 'other'", "does not list `other`"),
        ("dependsOn: [nsg1Rule1]", "dependsOn: [nsg1Rule9]", "must name a resource above"),
        ("networkSecurityGroups@2024-05-01' existing", "networkSecurityGroups@2024-05-01'", "is missing"),
        ("resource nsg1Rule2 ", "resource nsg1Rule1 ", "stands there twice"),
        ("ownership: 'extend'", "ownership: 'create'", "otherwise of whose `nsg-shared` is"),
    ] {
        let found = problems_after("extend-existing", "bicep", read, "spoke.bicep", from, to);
        if !found.iter().any(|what| what.contains(says)) {
            wrong.push(format!("{to:?} should say {says:?}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_problem_says_where() {
    let found =
        problems_after("cyclecloud-vm", "bicep", read, "spoke.bicep", "    access: 'Allow'", "    access: allow");
    assert!(found[0].starts_with("bicep/spoke.bicep:"), "{found:?}");
    let line: usize = found[0].split(':').nth(1).unwrap().parse().unwrap();
    let (plan, catalog) = example("cyclecloud-vm");
    let text = &files(&plan, &catalog, "bicep")[0].1;
    assert!(text.lines().nth(line - 1).unwrap().contains("access: 'Allow'"), "{found:?}");
}

#[test]
fn too_deep_too_large_and_cut_off_texts_are_refused() {
    let one = |text: String| read(&[("spoke.bicep".into(), text)]).unwrap_err().remove(0).to_string();
    for open in ["[", "{a:"] {
        assert!(one(format!("output network object = {}", open.repeat(1 << 20))).contains("too deep"));
    }
    assert!(one(" ".repeat((16 << 20) + 1)).contains("larger than 16 MiB"));
    assert!(one(String::new()).contains("`output network object` is missing"));
    assert!(read(&[]).is_err());
    let (plan, catalog) = example("extend-existing");
    let (path, text) = files(&plan, &catalog, "bicep").remove(0);
    let cuts = (0..text.len()).step_by(7).filter(|end| text.is_char_boundary(*end) && !text[*end..].trim().is_empty());
    for end in cuts {
        assert!(read(&[(path.clone(), text[..end].into())]).is_err(), "{end}");
    }
}
