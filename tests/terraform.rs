//! Our Terraform read back: it stands for the planned network, whatever the names are, and nothing else gets in.

#![allow(clippy::unwrap_used)]

use netcordon::catalog::{Catalog, tags::Tags};
use netcordon::import::terraform::read;
use netcordon::model::{Endpoint, RouteDestination, TagTable, WayOut};
use netcordon::plan::{Ownership, Plan, plan};
use netcordon::proof::Proof;
use netcordon::{intent, question, render, required};
use std::path::{Path, PathBuf};

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

fn example(name: &str) -> (Plan, Catalog) {
    planned(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name))
}

fn planned(folder: &Path) -> (Plan, Catalog) {
    let file = folder.join("answers.yaml");
    let answers = question::read(&file.to_string_lossy(), &std::fs::read(&file).unwrap(), &[]).answers;
    let own: Vec<(String, Vec<u8>)> = answers
        .requirements
        .iter()
        .flatten()
        .map(|name| (name.clone(), std::fs::read(folder.join(name)).unwrap()))
        .collect();
    let catalog = Catalog::load(intent::catalog_files(&answers), &own).unwrap();
    let intent = intent::resolve(&answers, &catalog).unwrap();
    let tags = Tags::snapshot(intent.cloud);
    let (flows, not_applied) = required::required(&catalog, &intent, &tags);
    let mut table = TagTable::default();
    for tag in required::tags_of(&flows) {
        if let Some(addresses) = tags.addresses(&tag) {
            table.insert(&tag, addresses);
        }
    }
    (plan(&catalog, &intent, &flows, &not_applied, &tags, &table).unwrap(), catalog)
}

/// Every Terraform file of a plan.
fn files(plan: &Plan, catalog: &Catalog) -> Vec<(String, String)> {
    let outputs = ["terraform".to_string()];
    let input = render::Input { plan, catalog, proof: &Proof::default(), tags_source: "", outputs: &outputs };
    render::render(&input)
        .unwrap()
        .into_iter()
        .filter(|artifact| artifact.path.starts_with("terraform/"))
        .map(|artifact| (artifact.path, String::from_utf8(artifact.bytes).unwrap()))
        .collect()
}

/// The files of the two modules.
fn modules(plan: &Plan, catalog: &Catalog) -> Vec<(String, String)> {
    files(plan, catalog).into_iter().filter(|(path, _)| !path.contains("/root-example/")).collect()
}

fn assert_reads_back(plan: &Plan, catalog: &Catalog) {
    match read(&modules(plan, catalog)) {
        // What an appliance of another make holds stands in none of Azure's files.
        Ok(network) => {
            assert_eq!(network, netcordon::model::Network { appliances: Vec::new(), ..plan.network() }, "{}", plan.name)
        }
        Err(problems) => panic!("{}: {}", plan.name, problems.iter().map(|p| format!("{p}\n")).collect::<String>()),
    }
}

#[test]
fn every_example_reads_back_as_planned() {
    for folder in examples() {
        let (plan, catalog) = planned(&folder);
        assert_reads_back(&plan, &catalog);
    }
}

/// Networks that no example has: each with something there that others lack, or the other way round.
#[test]
fn unusual_plans_read_back_as_planned() {
    let (guest, catalog) = example("extend-existing");
    let mut created = guest.clone();
    created.vnet.create = true;
    assert_reads_back(&created, &catalog);
    created.subnets[0].service_endpoints = vec!["Microsoft.Storage".into(), "Microsoft.KeyVault".into()];
    created.subnets[0].nat_gateway = true;
    created.subnets[0].way_out = WayOut::NatGateway;
    created.vnet.nat_gateway = Some(Some("/subscriptions/x".into()));
    created.nsgs[0].ownership = Ownership::Create;
    assert_reads_back(&created, &catalog);

    let mut empty = guest;
    empty.nsgs.clear();
    empty.route_tables.clear();
    for subnet in &mut empty.subnets {
        (subnet.nsg, subnet.route_table) = (None, None);
    }
    empty.vnet.peered.clear();
    empty.vnet.address_space.clear();
    if let Some(firewall) = &mut empty.firewall {
        firewall.network.clear();
        firewall.application.clear();
    }
    assert_reads_back(&empty, &catalog);
    empty.firewall = None;
    empty.subnets.clear();
    assert_reads_back(&empty, &catalog);
}

const HOSTILE: [&str; 14] = [
    "\"",
    "\\",
    "${var.location}",
    "%{ if true }x%{ endif }",
    "$${x}",
    "$$${x}",
    "$(id)",
    "`id`",
    "\" }\n} resource \"x\" \"y\" {\n",
    "\r\n# x",
    "é漢😀\u{202e}\u{feff}\u{85}\u{2028}\u{0}",
    "[concat('a')]",
    "{{ name }}{% if create %}",
    "<<EOT\nx\nEOT\n*/ /* //",
];

/// Every text of the plan with `tail` after it.
fn with_tail(plan: &Plan, tail: &str) -> Plan {
    let mut plan = plan.clone();
    let add = |text: &mut String| text.push_str(tail);
    let add_all = |texts: &mut Vec<String>| texts.iter_mut().for_each(|text| text.push_str(tail));
    let add_side = |side: &mut Endpoint| {
        if let Endpoint::Tag(tag) = side {
            tag.push_str(tail);
        }
    };
    for text in [&mut plan.name, &mut plan.region, &mut plan.vnet.resource_group, &mut plan.vnet.name] {
        add(text);
    }
    plan.vnet.subscription.iter_mut().for_each(add);
    plan.vnet.nat_gateway.iter_mut().flatten().for_each(add);
    plan.vnet.peered.iter_mut().for_each(|(name, _)| add(name));
    for subnet in &mut plan.subnets {
        add(&mut subnet.name);
        subnet.nsg.iter_mut().chain(&mut subnet.route_table).for_each(add);
        add_all(&mut subnet.service_endpoints);
    }
    for nsg in &mut plan.nsgs {
        add(&mut nsg.name);
        for planned in &mut nsg.rules {
            add(&mut planned.key);
            add_all(&mut planned.because);
            add(&mut planned.rule.name);
            add(&mut planned.rule.description);
            add_side(&mut planned.rule.source);
            add_side(&mut planned.rule.destination);
        }
    }
    for table in &mut plan.route_tables {
        add(&mut table.name);
        for planned in &mut table.routes {
            add(&mut planned.key);
            add(&mut planned.why);
            add_all(&mut planned.because);
            add(&mut planned.route.name);
            if let RouteDestination::Tag(tag) = &mut planned.route.destination {
                add(tag);
            }
        }
    }
    if let Some(firewall) = &mut plan.firewall {
        add(&mut firewall.group);
        firewall.policy.iter_mut().for_each(add);
        for planned in &mut firewall.network {
            add(&mut planned.key);
            add_all(&mut planned.because);
            add(&mut planned.rule.name);
            planned.rule.destinations.iter_mut().for_each(add_side);
            add_all(&mut planned.rule.names);
        }
        for planned in &mut firewall.application {
            add(&mut planned.key);
            add_all(&mut planned.because);
            add(&mut planned.rule.name);
            add_all(&mut planned.rule.names);
            planned.rule.fqdn_tags.push(tail.into());
        }
    }
    plan.resource_tags = [(format!("owner{tail}"), format!("hpc{tail}")), ("cost".into(), tail.into())].into();
    plan
}

/// The headers of a file's blocks, and how many attributes each has.
fn outline(text: &str) -> Vec<(String, Vec<String>, usize)> {
    let body = hcl::parse(text).unwrap();
    assert_eq!(body.attributes().count(), 0);
    body.blocks()
        .map(|block| {
            let labels = block.labels().iter().map(|label| label.as_str().to_string()).collect();
            (block.identifier().to_string(), labels, block.body().iter().count())
        })
        .collect()
}

#[test]
fn hostile_texts_stay_texts() {
    let all = HOSTILE.concat();
    let each = HOSTILE.map(|tail| ("extend-existing", tail));
    let together = [
        ("hub-everything", all.as_str()),
        ("aml-public-ip-firewall", all.as_str()),
        ("cyclecloud-return-proxy", all.as_str()),
    ];
    for (name, tail) in each.into_iter().chain(together) {
        let (plan, catalog) = example(name);
        let plain = files(&with_tail(&plan, "x"), &catalog);
        let hostile = with_tail(&plan, tail);
        assert_reads_back(&hostile, &catalog);
        let written = files(&hostile, &catalog);
        assert_eq!(written.len(), plain.len());
        for ((path, text), (_, plain)) in written.iter().zip(&plain) {
            assert_eq!(outline(text), outline(plain), "{name} {path} {tail:?}");
        }
        let (_, variables) = written.iter().find(|(path, _)| path.ends_with("spoke/variables.tf")).unwrap();
        assert_eq!(default(variables, "location"), hcl::Expression::String(hostile.region.clone()));
        let hcl::Expression::Object(tags) = default(variables, "tags") else { panic!("tags are no map") };
        let tags: Vec<(String, String)> = tags
            .into_iter()
            .map(|(key, value)| match (key, value) {
                (hcl::ObjectKey::Expression(hcl::Expression::String(key)), hcl::Expression::String(value)) => {
                    (key, value)
                }
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(tags, hostile.resource_tags.into_iter().collect::<Vec<_>>());
    }
}

fn default(variables: &str, name: &str) -> hcl::Expression {
    let body = hcl::parse(variables).unwrap();
    let block = body.blocks().find(|block| block.labels()[0].as_str() == name).unwrap();
    block.body().attributes().find(|own| own.key() == "default").unwrap().expr().clone()
}

/// Replaces the first `from` of one file; the problems that reading it gives.
fn problems_after(name: &str, file: &str, from: &str, to: &str) -> Vec<String> {
    let (plan, catalog) = example(name);
    let mut files = modules(&plan, &catalog);
    let (_, text) = files.iter_mut().find(|(path, _)| path.ends_with(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    *text = text.replacen(from, to, 1);
    let problems = read(&files).expect_err(&format!("{file}: {to:?} was accepted"));
    problems.iter().map(|problem| format!("{}: {}", problem.place.file, problem.what)).collect()
}

#[test]
fn what_is_not_ours_is_refused_by_name() {
    let rules = "spoke/rules.tf";
    let main = "spoke/main.tf";
    let hub = "hub/main.tf";
    for (file, from, to, says) in [
        (
            rules,
            "priority                     = 3",
            "priority = var.x + 3",
            "priority` is an expression, not a literal",
        ),
        (rules, "\"Tcp\"", "var.protocol", "protocol` is a reference, not a literal"),
        (rules, "\"Tcp\"", "\"${var.protocol}\"", "protocol` is a template, not a literal"),
        (rules, "\"Tcp\"", "lower(\"TCP\")", "protocol` is a function call, not a literal"),
        (rules, "\"Tcp\"", "\"tcp\"", "which netcordon does not write there"),
        (
            rules,
            "security_rules = {",
            "security_rules = merge(var.more, {})\n  other = {",
            "`locals`: `security_rules` is a function call",
        ),
        (rules, "    \"plan.deny-all/snet-compute/in\"", "    (var.key)", "a key in `security_rules` is not a literal"),
        (
            rules,
            "nsg                          =",
            "extra = 1\n      nsg =",
            "has `extra`, which netcordon does not write",
        ),
        (rules, "access                       = \"Allow\"", "", "lacks `access`"),
        (rules, "locals {", "locals {\n  more = {}", "`locals`: `more` is not expected here"),
        (rules, "locals {", "locals {}\nlocals {", "`locals` stands there twice"),
        (rules, "[\"10.100.0.0/16\"]", "[]", "neither `*` nor one tag nor a list of prefixes"),
        (rules, "[\"10.100.0.0/16\"]", "[\"Internet\"]", "is no prefix"),
        (
            rules,
            "create = true",
            "create = false",
            "`resource \"azurerm_network_security_rule\" \"extended\"` is missing",
        ),
        (rules, "nsg               = \"nsg-", "nsg = \"other-", "which is not there"),
        (
            main,
            "priority                     = each.value.priority",
            "priority = 100",
            "`priority` is not what netcordon writes there",
        ),
        (
            main,
            "= each.value.source_address_prefix\n",
            "= each.value.destination_address_prefix\n",
            "`source_address_prefix` is not",
        ),
        (main, "subnet.nsg != null", "subnet.nsg == null", "`for_each` is not what netcordon writes there"),
        (
            main,
            "bgp_route_propagation_enabled = true",
            "bgp_route_propagation_enabled = false",
            "`bgp_route_propagation_enabled` is not",
        ),
        (
            main,
            "resource \"azurerm_route\" \"this\"",
            "resource \"azurerm_route\" \"mine\"",
            "`resource \"azurerm_route\" \"mine\"` is nothing that netcordon writes",
        ),
        (
            main,
            "resource \"azurerm_route\" \"this\"",
            "resource \"azurerm_route\" \"mine\"",
            "`resource \"azurerm_route\" \"this\"` is missing",
        ),
        (
            main,
            "resource \"azurerm_virtual",
            "resource \"azurerm_bastion_host\" \"b\" {}\n\nresource \"azurerm_virtual",
            "azurerm_bastion_host",
        ),
        (
            "spoke/variables.tf",
            "default     = true",
            "default     = false",
            "`default` is not what netcordon writes there",
        ),
        ("spoke/outputs.tf", "output \"network\"", "x = 1\noutput \"network\"", "`x` stands outside of any block"),
        ("spoke/outputs.tf", "output \"network\" {", "output \"network\" {{", "this is no HCL"),
        (hub, "rule {", "dynamic \"rule\" {\n      for_each = var.x\n    }\n    rule {", "has `dynamic \"rule\"`"),
        (hub, "[\"UDP\"]", "var.protocols", "is a reference, not a list"),
        (hub, "[\"UDP\"]", "[var.protocol]", "is a reference, not a text"),
        (hub, "[\"5831\"]", "[]", "has no protocol or no port"),
        (hub, "network_rule_collection {", "nat_rule_collection {", "nat_rule_collection"),
        (hub, "application_rule_collection {", "network_rule_collection {", "has `destination_fqdn_tags`, which"),
        (hub, "action   = \"Allow\"", "action   = \"Dnat\"", "\"Dnat\""),
        (
            hub,
            "destination_fqdns     =",
            "source_ip_groups = []\n      destination_fqdns =",
            "has `source_ip_groups`, which",
        ),
        (hub, "= var.firewall_policy_id", "= var.other", "`firewall_policy_id` is not what netcordon writes"),
        (
            hub,
            "dns_proxy       = true",
            "dns_proxy       = local.x",
            "`output \"firewall\"`: `value.dns_proxy` is a reference",
        ),
    ] {
        let found = problems_after("aml-no-public-ip-firewall", file, from, to);
        assert!(found.iter().any(|what| what.contains(says)), "{file} {to:?} should say {says:?}: {found:#?}");
    }
}

#[test]
fn files_of_elsewhere_and_missing_files_are_refused() {
    let (plan, catalog) = example("aml-no-public-ip-firewall");
    let all = files(&plan, &catalog);
    let problems = read(&all).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].place.file, "terraform/root-example/main.tf");
    for missing in ["spoke/rules.tf", "spoke/main.tf", "hub/main.tf"] {
        let mut some = modules(&plan, &catalog);
        some.retain(|(path, _)| !path.ends_with(missing));
        let problems = read(&some).unwrap_err();
        assert!(problems.iter().all(|problem| problem.what.contains("is missing")), "{missing}: {problems:?}");
    }
    assert!(read(&[]).is_err());
    let mut spoke = modules(&plan, &catalog);
    spoke.retain(|(path, _)| path.contains("/spoke/"));
    assert!(read(&spoke).unwrap().firewalls.is_empty());
}

/// Terraform goes by keys and not by order, and so does reading.
#[test]
fn the_order_of_rules_in_the_file_means_nothing() {
    let (plan, catalog) = example("cyclecloud-vm");
    let mut turned = plan.clone();
    for nsg in &mut turned.nsgs {
        nsg.rules.reverse();
    }
    assert_eq!(read(&modules(&turned, &catalog)).unwrap(), plan.network());
}
