//! What the examples' networks let through, judged by the simulator from the plan alone.

#![allow(clippy::unwrap_used)]

use netcordon::catalog::Need;
use netcordon::environment::{Environment, build};
use netcordon::model::{Access, CollectionRules, Endpoint, Network};
use netcordon::plan::space_without_names;
use netcordon::proof::{Outcome, Proof, prove};
use netcordon::question;
use std::path::{Path, PathBuf};

fn examples() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut found: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn environment(example: &Path, overrides: &[&str]) -> Environment {
    let bytes = std::fs::read(example.join("answers.yaml")).unwrap();
    let overrides: Vec<String> = overrides.iter().map(ToString::to_string).collect();
    let read = question::read("answers.yaml", &bytes, &overrides);
    let own: Vec<(String, Vec<u8>)> = read
        .answers
        .requirements
        .iter()
        .flatten()
        .map(|file| (file.clone(), std::fs::read(example.join(file)).unwrap()))
        .collect();
    build(&read, "answers.yaml", &own, None).unwrap_or_else(|problems| panic!("{}: {problems:#?}", example.display()))
}

fn judged(environment: &Environment, network: &Network) -> Proof {
    let own = environment.intent.network.own_space();
    prove(network, &environment.flows, &environment.table, &space_without_names(&own), environment.intent.open_names)
}

/// How many verdicts are worse than before.
fn worse(before: &Proof, after: &Proof) -> usize {
    before.verdicts.iter().zip(&after.verdicts).filter(|(old, new)| new.outcome > old.outcome).count()
}

#[test]
fn every_required_flow_passes_and_nothing_else_is_open() {
    for example in examples() {
        let environment = environment(&example, &[]);
        let proof = judged(&environment, &environment.plan.network());
        let failed: Vec<_> = proof.failures().collect();
        assert!(failed.is_empty(), "{}: {failed:#?}", example.display());
        assert!(proof.unwanted.is_empty(), "{}: {:#?}", example.display(), proof.unwanted);
        assert!(!proof.verdicts.is_empty());
        let extended = example.ends_with("extend-existing");
        let unread = |reason: &str| reason.ends_with("from here: assumed that it holds its lists");
        let appliance = environment.plan.appliance.is_some();
        for verdict in proof.verdicts.iter().filter(|v| v.need == Need::Required) {
            match &verdict.outcome {
                Outcome::Allowed => {}
                // Only rules of others, and those of an appliance, leave anything to assume.
                Outcome::Assumed(reason) => {
                    assert!(extended || appliance && unread(reason), "{}: {verdict:?} {reason}", example.display());
                }
                other => panic!("{}: {other:?}", example.display()),
            }
        }
    }
}

#[test]
fn every_allow_earns_its_place() {
    for example in examples().iter().filter(|example| !example.ends_with("extend-existing")) {
        let environment = environment(example, &[]);
        let network = environment.plan.network();
        let whole = judged(&environment, &network);
        for (name, nsg) in &network.nsgs {
            for (index, rule) in nsg.rules.iter().enumerate().filter(|(_, rule)| rule.access == Access::Allow) {
                let mut less = network.clone();
                less.nsgs.get_mut(name).unwrap().rules.remove(index);
                let proof = judged(&environment, &less);
                assert!(worse(&whole, &proof) > 0, "{}: nothing needs {name}/{}", example.display(), rule.name);
            }
        }
        for (table, routes) in &network.route_tables {
            for (index, route) in routes.routes.iter().enumerate() {
                let mut less = network.clone();
                less.route_tables.get_mut(table).unwrap().routes.remove(index);
                // Without a route past the firewall a flow breaks; without the one to it, names are no longer filtered.
                let proof = judged(&environment, &less);
                let earned = worse(&whole, &proof) > 0 || !proof.unwanted.is_empty();
                assert!(earned, "{}: nothing needs {table}/{}", example.display(), route.name);
            }
        }
        let collections = network.firewalls.first().map_or(0, |firewall| firewall.groups[0].collections.len());
        for collection in 0..collections {
            let count = match &network.firewalls[0].groups[0].collections[collection].rules {
                CollectionRules::Network(rules) | CollectionRules::Nat(rules) => rules.len(),
                CollectionRules::Application(rules) => rules.len(),
            };
            for index in 0..count {
                let mut less = network.clone();
                let removed = match &mut less.firewalls[0].groups[0].collections[collection].rules {
                    CollectionRules::Network(rules) | CollectionRules::Nat(rules) => rules.remove(index).name,
                    CollectionRules::Application(rules) => rules.remove(index).name,
                };
                let proof = judged(&environment, &less);
                assert!(worse(&whole, &proof) > 0, "{}: nothing needs {removed}", example.display());
            }
        }
        for appliance in &network.appliances {
            for index in 0..appliance.network.len() + appliance.application.len() {
                let mut less = network.clone();
                let lists = &mut less.appliances[0];
                let removed = match index.checked_sub(appliance.network.len()) {
                    None => lists.network.remove(index).name,
                    Some(index) => lists.application.remove(index).name,
                };
                let proof = judged(&environment, &less);
                assert!(worse(&whole, &proof) > 0, "{}: nothing needs {removed}", example.display());
            }
        }
    }
}

#[test]
fn without_its_last_denies_a_network_is_open_and_the_check_says_so() {
    for example in examples().iter().filter(|example| !example.ends_with("extend-existing")) {
        let environment = environment(example, &[]);
        let mut network = environment.plan.network();
        for nsg in network.nsgs.values_mut() {
            nsg.rules.retain(|rule| rule.priority != 4096);
        }
        assert!(!judged(&environment, &network).unwanted.is_empty(), "{}", example.display());
    }
}

#[test]
fn one_more_requirement_changes_no_other_rule() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cyclecloud-vm");
    let before = environment(&example, &[]);
    let after = environment(&example, &["cyclecloud.admin_ssh=true"]);
    let rules = |environment: &Environment| -> Vec<(String, String)> {
        let all = environment.plan.nsgs.iter().flat_map(|nsg| &nsg.rules);
        all.map(|planned| (planned.key.clone(), format!("{:?}", planned.rule))).collect()
    };
    let (before, after) = (rules(&before), rules(&after));
    let new: Vec<&str> = after.iter().filter(|rule| !before.contains(rule)).map(|(key, _)| key.as_str()).collect();
    let gone: Vec<&(String, String)> = before.iter().filter(|rule| !after.contains(rule)).collect();
    assert!(gone.is_empty(), "{gone:#?}");
    assert_eq!(new, ["cyclecloud.server.ssh/snet-cyclecloud/in"]);
}

#[test]
fn the_documented_rules_stand_at_their_documented_priorities() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cyclecloud-vm");
    let environment = environment(&example, &[]);
    let nsg = environment.plan.nsgs.iter().find(|nsg| nsg.name.ends_with("snet-cyclecloud")).unwrap();
    let find = |name: &str| nsg.rules.iter().find(|planned| planned.rule.name == name).map(|p| p.rule.priority);
    let documented =
        ["AllowAzureStorage", "AllowActiveDirectory", "AllowAzureMonitor", "AllowAzureRM", "BlockOutbound"];
    assert_eq!(documented.map(find), [Some(100), Some(101), Some(102), Some(103), Some(4000)]);
    let shifted = environment_with_band();
    let nsg = shifted.plan.nsgs.iter().find(|nsg| nsg.name.ends_with("snet-cyclecloud")).unwrap();
    let find = |name: &str| nsg.rules.iter().find(|planned| planned.rule.name == name).map(|p| p.rule.priority);
    assert_eq!(documented.map(find), [Some(1000), Some(1001), Some(1002), Some(1003), Some(2001)]);
}

fn environment_with_band() -> Environment {
    environment(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cyclecloud-vm"), &["priorities=1000-2000"])
}

/// Every pair of scenarios and all of them together in one network, under each egress: planned, proved, nothing else open.
#[test]
fn the_five_scenarios_hold_alone_and_together() {
    let scenarios = ["cyclecloud-vm", "return-proxy", "aml-public-ip", "aml-no-public-ip", "aks"];
    let mut sets: Vec<Vec<&str>> = scenarios.iter().map(|one| vec![*one]).collect();
    for (index, one) in scenarios.iter().enumerate() {
        sets.extend(scenarios[index + 1..].iter().map(|two| vec![*one, *two]));
    }
    sets.push(scenarios.to_vec());
    for set in sets {
        for egress in [
            "nsg",
            "nat-gateway",
            "Basic",
            "Standard",
            "Premium",
            "Standard-name",
            "Premium-proxy-name",
            "appliance-tag",
            "appliance-name",
            "https-proxy",
        ] {
            // No page says how to make Azure ML's compute use a proxy: such answers are refused.
            if egress == "https-proxy" && set.iter().any(|scenario| scenario.starts_with("aml")) {
                continue;
            }
            let text = together(&set, egress);
            let read = question::read("answers.yaml", text.as_bytes(), &[]);
            let environment = build(&read, "answers.yaml", &[], None)
                .unwrap_or_else(|problems| panic!("{set:?} {egress}: {problems:#?}\n{text}"));
            assert!(environment.proof.holds(), "{set:?} {egress}");
        }
    }
}

fn together(scenarios: &[&str], egress: &str) -> String {
    let has = |wanted: &str| scenarios.contains(&wanted);
    let aml = has("aml-public-ip") || has("aml-no-public-ip");
    let cyclecloud = has("cyclecloud-vm") || has("return-proxy");
    let mut text = format!(
        "version: 1\nname: all\nregion: francecentral\nscenarios: [{}]\nnetwork:\n  resource_group: rg\n  vnet: vnet-a\n  \
         address_space: [10.1.0.0/16]\n  peered: [{{name: hub, prefixes: [10.0.0.0/22]}}]\n  on_premises: [10.100.0.0/14]\n  \
         dns_servers: [10.0.2.4/32]\nadmins: [10.100.4.0/24]\nusers: [10.100.0.0/16]\nsubnets:\n",
        scenarios.join(", ")
    );
    let mut subnet = |name: &str, third: u8, roles: &str, more: &str| {
        text.push_str(&format!("  - {{name: snet-{name}, prefix: 10.1.{third}.0/24, roles: [{roles}]{more}}}\n"));
    };
    if cyclecloud {
        subnet("server", 0, "cyclecloud-server", "");
        subnet("nodes", 1, "cluster-nodes", "");
    }
    if has("return-proxy") {
        subnet("proxy", 2, "return-proxy", "");
    }
    if has("aml-public-ip") {
        subnet("public", 3, "aml-compute", ", public_ip: true");
    }
    if has("aml-no-public-ip") {
        subnet("private", 4, "aml-compute", "");
    }
    if has("aks") {
        subnet("aks", 5, "aks-nodes", "");
    }
    if aml {
        subnet("endpoints", 6, "private-endpoints", "");
    }
    text.push_str("egress:\n");
    match egress {
        "nsg" => text.push_str("  via: nsg\n  way_out: public-address\n  names_without_tag: open-443\n"),
        "nat-gateway" => text.push_str("  via: nat-gateway\n  names_without_tag: open-443\n"),
        "https-proxy" => text.push_str("  via: https-proxy\n  proxy: http://10.0.1.5:3128\n"),
        "appliance-tag" => text.push_str("  via: appliance\n  private_ip: 10.0.1.4\n  rule_style: tag\n"),
        "appliance-name" => text.push_str("  via: appliance\n  private_ip: 10.0.1.4\n"),
        firewall => {
            let tier = firewall.split('-').next().unwrap();
            text.push_str(&format!("  via: azure-firewall\n  private_ip: 10.0.1.4\n  sku: {tier}\n"));
            if firewall.contains("name") {
                text.push_str("  rule_style: name\n");
            }
            if firewall.contains("proxy") {
                text.push_str("  dns_proxy: true\n");
            }
        }
    }
    if has("return-proxy") {
        text.push_str("return_proxy:\n  public_address: true\n");
    }
    // AKS exempts its API server from the proxy, and has no Windows nodes behind one.
    let aks_by_proxy = has("aks") && egress == "https-proxy";
    if has("aks") {
        let api_server = if aks_by_proxy { "private" } else { "public" };
        text.push_str(&format!("aks:\n  api_server: {api_server}\n  pod_addresses: [10.244.0.0/16]\n"));
    }
    text.push_str(&format!("machines:\n  windows: {}\n", !aks_by_proxy));
    text.push_str("  agents: [defender, azure-monitor-agent, os-updates]\n");
    text.push_str("  directory_servers: [10.0.2.4/32]\n");
    text
}

fn planned(text: &str, own: &str) -> Environment {
    let read = question::read("answers.yaml", text.as_bytes(), &[]);
    let own: Vec<(String, Vec<u8>)> =
        read.answers.requirements.iter().flatten().map(|name| (name.clone(), own.as_bytes().to_vec())).collect();
    build(&read, "answers.yaml", &own, None).unwrap_or_else(|problems| panic!("{problems:#?}\n{text}"))
}

fn exposed(environment: &Environment, subnet: &str) -> u64 {
    environment.proof.exposure.iter().find(|exposure| exposure.subnet == subnet).unwrap().addresses
}

#[test]
fn a_rule_for_names_opens_nothing_that_passes_the_firewall_by() {
    // Over the service endpoint the nodes may reach the region's storage and nothing more, firewall or not.
    let without = planned(&together(&["cyclecloud-vm"], "nat-gateway"), "");
    let before = exposed(&without, "snet-nodes");
    for egress in ["Standard", "Standard-name"] {
        let behind = planned(&together(&["cyclecloud-vm"], egress), "");
        let tagged = behind.table.get("Storage.FranceCentral").unwrap().count_v4();
        let nsg = behind.plan.nsgs.iter().find(|nsg| nsg.name.ends_with("nodes")).unwrap();
        let names: Vec<&str> = nsg.rules.iter().map(|planned| planned.rule.name.as_str()).collect();
        assert!(
            names.contains(&"DenyPastFirewallOutbound") && names.contains(&"cyclecloud.nodes.storage"),
            "{names:?}"
        );
        let storage = behind.table.get("Storage").unwrap();
        let simulator = netcordon::simulate::Simulator::new;
        let network = behind.plan.network();
        for reading in netcordon::simulate::READINGS {
            let open = simulator(&network, &behind.table, reading).open_outbound("snet-nodes");
            let reached = open.regions.iter().filter(|region| region.names.is_none());
            let reached: u64 = reached.map(|region| region.destination.intersection(storage).count_v4()).max().unwrap();
            assert_eq!(reached, tagged, "{egress}");
        }
    }
    assert!(before > 0);
}

#[test]
fn open_443_opens_required_names_alone() {
    for scenario in ["cyclecloud-vm", "aml-no-public-ip"] {
        let environment = planned(&together(&[scenario], "nat-gateway"), "");
        let rules = environment.plan.nsgs.iter().flat_map(|nsg| &nsg.rules);
        let open: Vec<&str> =
            rules.filter(|planned| planned.key.starts_with("plan.names")).map(|planned| planned.key.as_str()).collect();
        assert!(open.is_empty(), "{scenario}: every name without a tag is optional there: {open:?}");
    }
}

#[test]
fn what_others_own_gets_neither_a_deny_nor_a_default_route() {
    let environment = environment(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/extend-existing"), &[]);
    let nsg = environment.plan.nsgs.iter().find(|nsg| nsg.name == "nsg-shared").unwrap();
    assert!(!nsg.rules.is_empty() && nsg.rules.iter().all(|planned| planned.rule.access == Access::Allow));
    assert!(nsg.rules.iter().all(|planned| planned.rule.name.starts_with("ml-guest-")));
    assert!(environment.plan.route_tables.iter().all(|table| table.routes.is_empty()));
}

#[test]
fn two_subnets_of_azure_ml_compute_are_not_bridged() {
    let environment = planned(&together(&["aml-public-ip", "aml-no-public-ip"], "Standard"), "");
    let flows: Vec<(String, String)> = environment
        .flows
        .iter()
        .filter(|flow| flow.requirement == "base.inside.aml-compute")
        .map(|flow| (flow.from.label(), flow.to.label()))
        .collect();
    let same = |name: &str| (name.to_string(), name.to_string());
    assert_eq!(flows, [same("snet-public"), same("snet-private")]);
}

#[test]
fn servers_inside_a_planned_subnet_are_let_in_there() {
    let text =
        together(&["cyclecloud-vm"], "nat-gateway").replace("dns_servers: [10.0.2.4/32]", "dns_servers: [10.1.0.9/32]");
    let environment = planned(&text, "");
    assert!(environment.proof.holds());
    let nsg = environment.plan.nsgs.iter().find(|nsg| nsg.name.ends_with("server")).unwrap();
    let rule = nsg.rules.iter().find(|planned| planned.key == "base.dns.udp/snet-server/in").unwrap();
    let Endpoint::Prefixes(to) = &rule.rule.destination else { panic!("{rule:?}") };
    assert_eq!(to.iter().map(ToString::to_string).collect::<Vec<_>>(), ["10.1.0.9/32"]);
}

const LICENCES: &str = "requirements:\n  - id: company.out.licences\n    slot: 600\n    from: cluster-nodes\n    to: {names: [licences.example.com]}\n    \
    allow: tcp 27000\n    need: required\n    tenancy: yours\n    why: licences\n    source: [{page: p, section: s, date: 2026-01-31}]\n";

#[test]
fn an_exact_name_on_another_port_is_a_network_rule_with_dns_proxy_and_refused_without() {
    let text = together(&["cyclecloud-vm"], "Premium-proxy-name") + "requirements: [company.yaml]\n";
    let environment = planned(&text, LICENCES);
    let firewall = environment.plan.firewall.as_ref().unwrap();
    let rule = firewall.network.iter().find(|planned| planned.key == "company.out.licences/snet-nodes").unwrap();
    assert_eq!(rule.rule.names, ["licences.example.com"]);
    // Machines must be able to ask the firewall for names.
    let asks = environment.flows.iter().any(|flow| {
        flow.requirement == "base.dns.udp" && matches!(&flow.to, netcordon::required::Party::Prefixes { prefixes, .. } if prefixes.iter().any(|p| p.to_string() == "10.0.1.4/32"))
    });
    assert!(asks);
    for egress in ["Basic", "Standard", "nat-gateway"] {
        let text =
            together(&["cyclecloud-vm"], egress).replace("open-443", "refuse") + "requirements: [company.yaml]\n";
        let read = question::read("answers.yaml", text.as_bytes(), &[]);
        let own = vec![("company.yaml".to_string(), LICENCES.as_bytes().to_vec())];
        let problems = build(&read, "answers.yaml", &own, None).unwrap_err();
        assert_eq!(problems.len(), 1, "{egress}: {problems:#?}");
        assert!(
            problems[0].what.starts_with("`company.out.licences` from `snet-nodes` cannot be held"),
            "{}",
            problems[0].what
        );
    }
}
