//! Azure Machine Learning: what each variant opens, what it leaves closed, and what is refused.

#![allow(clippy::unwrap_used)]

use netcordon::catalog::tags::Tags;
use netcordon::catalog::{Catalog, Cloud};
use netcordon::environment::{Environment, build};
use netcordon::model::{AddressSet, Direction, Endpoint, NextHop, RouteDestination, ports_text};
use netcordon::plan::Plan;
use netcordon::problem::Problem;
use netcordon::question::{self, Kind, QUESTIONS};
use std::collections::{BTreeMap, BTreeSet};

/// Compute without public addresses, its endpoints beside it.
const PRIVATE: &str = "version: 1
name: ml
region: westeurope
scenarios: [aml-no-public-ip]
network:
  resource_group: rg
  vnet: vnet-ml
  address_space: [10.40.0.0/16]
  peered: [{name: hub, prefixes: [10.0.0.0/22]}]
subnets:
  - {name: snet-compute, prefix: 10.40.0.0/24, roles: [aml-compute]}
  - {name: snet-endpoints, prefix: 10.40.2.0/26, roles: [private-endpoints]}
users: [10.100.0.0/16]
";
/// Compute with public addresses and nothing private.
const PUBLIC: &str = "version: 1
name: ml
region: westeurope
scenarios: [aml-public-ip]
network:
  resource_group: rg
  vnet: vnet-ml
  address_space: [10.40.0.0/16]
subnets:
  - {name: snet-compute, prefix: 10.40.0.0/24, roles: [aml-compute]}
users: [10.100.0.0/16]
aml: {private_endpoints: false, storage: stml, registry: crml00}
";
const FIREWALL: &str = "egress: {via: azure-firewall, private_ip: 10.0.1.4}\n";
const BY_NAME: &str = "egress: {via: azure-firewall, private_ip: 10.0.1.4, rule_style: name, dns_proxy: true}\n";
const NAT: &str = "egress: {via: nat-gateway}\n";
const CHINA: &[&str] = &["cloud=AzureChinaCloud", "region=chinaeast2"];
const GOVERNMENT: &[&str] = &["cloud=AzureUSGovernment", "region=usgovvirginia"];

fn tried(text: &str, overrides: &[&str]) -> Result<Environment, Vec<Problem>> {
    let overrides: Vec<String> = overrides.iter().map(ToString::to_string).collect();
    let read = question::read("answers.yaml", text.as_bytes(), &overrides);
    build(&read, "answers.yaml", &[], None)
}

fn planned(text: &str, overrides: &[&str]) -> Environment {
    let environment = tried(text, overrides).unwrap_or_else(|problems| panic!("{overrides:?}: {problems:#?}"));
    assert!(environment.proof.holds(), "{overrides:?}");
    environment
}

/// Every destination that a rule or route names by service tag: where, and the tag.
fn tags_in(plan: &Plan) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut add = |place: &'static str, endpoint: &Endpoint| {
        if let Endpoint::Tag(tag) = endpoint {
            found.push((place, tag.clone()));
        }
    };
    for planned in plan.nsgs.iter().flat_map(|nsg| &nsg.rules) {
        add("nsg", &planned.rule.source);
        add("nsg", &planned.rule.destination);
    }
    for planned in plan.firewall.iter().flat_map(|firewall| &firewall.network) {
        planned.rule.destinations.iter().for_each(|endpoint| add("firewall", endpoint));
    }
    for planned in plan.route_tables.iter().flat_map(|table| &table.routes) {
        if let RouteDestination::Tag(tag) = &planned.route.destination {
            found.push(("route", tag.clone()));
        }
    }
    found
}

fn outbound_tags(plan: &Plan) -> BTreeSet<(String, String)> {
    let rules = plan.nsgs.iter().flat_map(|nsg| &nsg.rules).filter(|p| p.rule.direction == Direction::Outbound);
    let named = |p: &netcordon::plan::PlannedRule| match &p.rule.destination {
        Endpoint::Tag(tag) => Some((tag.clone(), ports_text(&p.rule.destination_ports))),
        _ => None,
    };
    rules.filter_map(named).collect()
}

fn names(plan: &Plan, requirement: &str) -> Vec<String> {
    let rules = plan.firewall.iter().flat_map(|firewall| &firewall.application);
    rules.filter(|p| p.because.iter().any(|id| id == requirement)).flat_map(|p| p.rule.names.clone()).collect()
}

#[test]
fn exfiltration_protection_replaces_front_door_and_takes_storage_past_the_firewall() {
    for egress in [FIREWALL, BY_NAME] {
        let text = format!("{PRIVATE}{egress}");
        let without = planned(&text, &[]);
        let with = planned(&text, &["aml.exfiltration_protection=true"]);
        let fronts = |plan: &Plan| tags_in(plan).iter().any(|(_, tag)| tag == "AzureFrontDoor.Frontend");
        assert!(!fronts(&with.plan));
        assert_eq!(fronts(&without.plan), egress == FIREWALL);
        assert_eq!(
            names(&with.plan, "aml.out.studio-names"),
            ["ml.azure.com", "automlresources-prod-d0eaehh7g8andvav.b02.azurefd.net"]
        );
        assert_eq!(names(&with.plan, "aml.out.storage"), [] as [String; 0]);
        assert!(!tags_in(&with.plan).iter().any(|(place, tag)| *place == "firewall" && tag.starts_with("Storage")));
        let compute = with.plan.subnets.iter().find(|subnet| subnet.name == "snet-compute").unwrap();
        assert_eq!(compute.service_endpoints, ["Microsoft.Storage"]);
        assert!(without.plan.subnets.iter().all(|subnet| subnet.service_endpoints.is_empty()));
        // The NSG keeps to storage of the region, which the policy then narrows.
        let storage: Vec<_> =
            outbound_tags(&with.plan).into_iter().filter(|(tag, _)| tag.starts_with("Storage.")).collect();
        assert_eq!(storage, [("Storage.WestEurope".to_string(), "443".to_string())]);
    }
    // Without studio there is nothing that needs a name, and the documented NSG form holds.
    let sealed = planned(&format!("{PRIVATE}{NAT}"), &["aml.exfiltration_protection=true", "aml.studio=false"]);
    assert!(!tags_in(&sealed.plan).iter().any(|(_, tag)| tag.starts_with("AzureFrontDoor.Frontend")));
}

#[test]
fn a_cluster_in_another_region_than_its_workspace_reaches_both() {
    let switches =
        ["aml.workspace_region=francecentral", "aml.compute=[cluster]", "aml.hbi=true", "aml.registry_public=true"];
    for egress in [NAT, FIREWALL, BY_NAME] {
        let environment = planned(&format!("{PRIVATE}{egress}"), &switches);
        let wanted: BTreeSet<&str> = environment
            .flows
            .iter()
            .filter_map(|flow| match &flow.to {
                netcordon::required::Party::Service(service) => service.tag.as_deref(),
                _ => None,
            })
            .collect();
        for service in ["Storage", "BatchNodeManagement", "AzureKeyVault", "AzureContainerRegistry"] {
            for region in ["WestEurope", "FranceCentral"] {
                assert!(wanted.contains(format!("{service}.{region}").as_str()), "{service}.{region}");
            }
        }
    }
    let regions = ["WestEurope", "FranceCentral"].map(|region| format!("BatchNodeManagement.{region}"));
    let tags = outbound_tags(&planned(&format!("{PRIVATE}{NAT}"), &switches).plan);
    assert!(regions.iter().all(|tag| tags.contains(&(tag.clone(), "443".into()))), "{tags:?}");
    // Routes by prefix lead replies back to the service of both regions and of their pairs.
    let environment = planned(
        &format!("{PUBLIC}{FIREWALL}"),
        &["aml.workspace_region=francecentral", "aml.compute=[cluster]", "aml.routes=prefixes"],
    );
    let routed: AddressSet = environment
        .plan
        .route_tables
        .iter()
        .flat_map(|table| &table.routes)
        .filter(|planned| planned.route.next_hop == NextHop::Internet)
        .filter_map(|planned| match planned.route.destination {
            RouteDestination::Prefix(prefix) => Some(prefix),
            RouteDestination::Tag(_) => None,
        })
        .collect();
    let tags = Tags::snapshot(Cloud::AzureCloud);
    let four = ["WestEurope", "NorthEurope", "FranceCentral", "FranceSouth"]
        .map(|region| tags.addresses(&format!("AzureMachineLearning.{region}")).unwrap().only_v4());
    let four = four.iter().fold(AddressSet::default(), |sum, set| sum.union(set));
    assert_eq!(routed, four);
}

#[test]
fn no_firewall_or_route_is_given_a_tag_that_it_does_not_take() {
    for cloud in [&[] as &[&str], GOVERNMENT, CHINA] {
        for text in [PRIVATE, PUBLIC] {
            for egress in [FIREWALL, BY_NAME] {
                let switches: Vec<&str> =
                    cloud.iter().copied().chain(["aml.smb_public=true", "aml.registry_public=true"]).collect();
                let environment = planned(&format!("{text}{egress}"), &switches);
                let tags = Tags::snapshot(environment.intent.cloud);
                for (place, tag) in tags_in(&environment.plan) {
                    let info = tags.find(&tag).unwrap();
                    let takes = match place {
                        "nsg" => info.nsg,
                        "firewall" => info.firewall,
                        _ => info.route,
                    };
                    assert!(takes, "{cloud:?} {place} {tag}");
                }
            }
        }
    }
}

#[test]
fn in_china_a_firewall_holds_the_addresses_behind_tags_that_it_does_not_take() {
    let environment = planned(&format!("{PRIVATE}{FIREWALL}"), CHINA);
    let rules = &environment.plan.firewall.as_ref().unwrap().network;
    let tags = Tags::snapshot(Cloud::AzureChinaCloud);
    for (requirement, tag) in [("aml.out.batch", "BatchNodeManagement.ChinaEast2"), ("aml.out.monitor", "AzureMonitor")]
    {
        let rule = rules.iter().find(|planned| planned.because.iter().any(|id| id == requirement)).unwrap();
        let [Endpoint::Prefixes(prefixes)] = rule.rule.destinations.as_slice() else { panic!("{rule:?}") };
        assert_eq!(AddressSet::from_prefixes(prefixes), tags.addresses(tag).unwrap().only_v4());
        // Whoever owns the firewall sees how old they are.
        assert_eq!(rule.written_out, format!("{} prefixes of {tag} as of 2026-07-20", prefixes.len()));
        let warned = |warning: &&netcordon::plan::Warning| {
            warning.requirement == requirement && warning.what.contains(tag) && warning.what.contains("2026-07-20")
        };
        let warning = environment.plan.warnings.iter().find(warned).unwrap();
        assert!(warning.consequence.contains("every week"), "{}", warning.consequence);
    }
    // Where host names are documented they stand, and no address that grows old.
    assert_eq!(
        names(&environment.plan, "aml.out.storage"),
        ["*.blob.core.chinacloudapi.cn", "*.table.core.chinacloudapi.cn", "*.queue.core.chinacloudapi.cn"]
    );
    // The public cloud's firewall takes these tags: nothing is written out there.
    let public = planned(&format!("{PRIVATE}{FIREWALL}"), &[]);
    assert!(!public.plan.warnings.iter().any(|warning| warning.what.contains("written out")));
}

#[test]
fn what_is_not_documented_for_a_cloud_is_a_warning_and_never_a_rule() {
    let switches = ["aml.vscode=[desktop,web]", "aml.applications=[rstudio]", "aml.python=true"];
    for cloud in [GOVERNMENT, CHINA] {
        let all: Vec<&str> = cloud.iter().chain(&switches).copied().collect();
        let environment = planned(&format!("{PRIVATE}{FIREWALL}"), &all);
        let warned: BTreeSet<&str> =
            environment.plan.warnings.iter().map(|warning| warning.requirement.as_str()).collect();
        for requirement in ["aml.out.batch", "aml.out.tunnel", "aml.out.monitor", "aml.out.studio", "aml.vscode.server"]
        {
            assert!(warned.contains(requirement), "{cloud:?} {requirement}");
        }
        assert!(!environment.plan.keys().iter().any(|key| key.contains("vscode")));
    }
    let quiet = planned(&format!("{PRIVATE}{FIREWALL}"), &switches);
    assert!(!quiet.plan.warnings.iter().any(|warning| warning.what.contains("not documented")));
}

#[test]
fn a_region_without_the_service_as_far_as_pages_say_is_a_warning() {
    let says = |cloud: &str, region: &str| -> Vec<String> {
        let overrides = [format!("cloud={cloud}"), format!("region={region}")];
        let environment =
            planned(&format!("{PRIVATE}{FIREWALL}"), &overrides.iter().map(String::as_str).collect::<Vec<_>>());
        let about = environment.plan.warnings.iter().filter(|warning| warning.what.contains("no page says"));
        about.map(|warning| warning.consequence.clone()).collect()
    };
    for (cloud, region) in [
        ("AzureCloud", "westeurope"),
        ("AzureUSGovernment", "usgovarizona"),
        ("AzureUSGovernment", "usgovvirginia"),
        ("AzureChinaCloud", "chinaeast2"),
    ] {
        assert_eq!(says(cloud, region), [] as [String; 0], "{region}");
    }
    assert!(says("AzureChinaCloud", "chinanorth")[0].contains("no address for it"));
    assert!(says("AzureChinaCloud", "chinanorth3")[0].contains("addresses for it there"));
    assert!(says("AzureUSGovernment", "usgovtexas")[0].contains("does not list it"));
}

#[test]
fn ssh_is_open_to_the_attached_machine_alone() {
    let text = PRIVATE.replace(
        "  - {name: snet-endpoints",
        "  - {name: snet-vm, prefix: 10.40.1.0/28, roles: [aml-compute], public_ip: true}\n  - {name: snet-endpoints",
    );
    for egress in [NAT, FIREWALL] {
        let environment = planned(
            &format!("{text}{egress}"),
            &["aml.attached=[virtual-machine]", "aml.attached_addresses=[10.40.1.4/32]"],
        );
        let rules = environment.plan.nsgs.iter().flat_map(|nsg| &nsg.rules);
        let ssh: Vec<_> = rules
            .filter(|p| p.rule.direction == Direction::Inbound && ports_text(&p.rule.destination_ports) == "22")
            .collect();
        assert_eq!(ssh.len(), 1);
        assert_eq!(ssh[0].rule.source, Endpoint::Tag("AzureMachineLearning".into()));
        assert_eq!(ssh[0].rule.destination, Endpoint::Prefixes(vec!["10.40.1.4/32".parse().unwrap()]));
        // Behind a firewall the replies have their own way out, and only from that subnet.
        let past: Vec<&str> = environment
            .plan
            .route_tables
            .iter()
            .filter(|table| table.routes.iter().any(|planned| planned.route.next_hop == NextHop::Internet))
            .flat_map(|table| table.subnets.iter().map(String::as_str))
            .collect();
        assert_eq!(past, if egress == FIREWALL { vec!["snet-vm"] } else { vec![] });
    }
}

#[test]
fn endpoints_in_other_networks_need_no_subnet_here_and_a_firewall_rule_only_where_it_is_crossed() {
    let text = PRIVATE.replace("  - {name: snet-endpoints, prefix: 10.40.2.0/26, roles: [private-endpoints]}\n", "");
    let addresses = "aml.endpoint_addresses=[10.0.2.0/26,10.200.0.0/26]";
    assert!(tried(&format!("{text}{FIREWALL}"), &[]).is_err());
    let environment = planned(&format!("{text}{FIREWALL}"), &[addresses]);
    let rules = &environment.plan.firewall.as_ref().unwrap().network;
    let held: Vec<(&str, &[Endpoint], String)> = rules
        .iter()
        .filter(|planned| planned.key.contains("endpoints-elsewhere"))
        .map(|p| (p.key.as_str(), p.rule.destinations.as_slice(), p.rule.services.to_string()))
        .collect();
    // The peered hub is reached by its own route.
    let crossed = [Endpoint::Prefixes(vec!["10.200.0.0/26".parse().unwrap()])];
    assert_eq!(
        held,
        [
            ("aml.out.endpoints-elsewhere/snet-compute", crossed.as_slice(), "tcp 443".into()),
            ("aml.out.endpoints-elsewhere-smb/snet-compute", crossed.as_slice(), "tcp 445".into()),
        ]
    );
}

#[test]
fn more_pairs_of_source_and_destination_than_a_firewall_takes_are_a_problem() {
    let addresses: Vec<String> =
        (0..10_001).map(|n| format!("10.{}.{}.{}/32", 200 + n / 8192, n / 32 % 256, n % 32 * 2)).collect();
    let overrides = format!("aml.endpoint_addresses=[{}]", addresses.join(","));
    let problems = tried(&format!("{PRIVATE}{FIREWALL}"), &[&overrides]).unwrap_err();
    let pairs =
        problems.iter().find(|problem| problem.what.contains("20,000")).unwrap_or_else(|| panic!("{problems:#?}"));
    assert!(pairs.what.starts_with("the firewall's network rules make 200"), "{}", pairs.what);
}

/// Base, what is answered, the question it is about, and what is said.
const REFUSED: &[(&str, &[&str], &str, &str)] = &[
    (PRIVATE, &["aml.managed_network=true"], "aml.managed_network", "needs no rules in yours"),
    (PRIVATE, &["aml.private_endpoints=false"], "aml.private_endpoints", "scenario `aml-no-public-ip`"),
    (
        PRIVATE,
        &[
            "network.subscription=11111111-2222-3333-4444-555555555555",
            "aml.subscription=11111111-2222-3333-4444-555555555556",
        ],
        "aml.subscription",
        "in different subscriptions",
    ),
    (PRIVATE, &["aml.workspace_region=northeurope"], "aml.workspace_region", "compute instances in another region"),
    (
        PRIVATE,
        &["aml.workspace_region=northeurope", "aml.compute=[serverless]"],
        "aml.workspace_region",
        "serverless compute in another region",
    ),
    (PRIVATE, &["aml.workspace_region=uswest"], "aml.workspace_region", "is not a region of AzureCloud"),
    (PRIVATE, &["aml.storage_access=service-endpoint"], "aml.storage_access", "in the subnet that has the storage"),
    (
        PRIVATE,
        &["aml.storage_access=service-endpoint", "aml.workspace_region=northeurope", "aml.compute=[cluster]"],
        "aml.storage_access",
        "of a workspace in another region",
    ),
    (PUBLIC, &["aml.storage_access=private-endpoint"], "aml.storage_access", "`aml.private_endpoints: false`"),
    (PUBLIC, &["aml.exfiltration_protection=true"], "aml.exfiltration_protection", "without private endpoints"),
    (
        PRIVATE,
        &["aml.exfiltration_protection=true", "aml.storage_access=public"],
        "aml.exfiltration_protection",
        "without a private endpoint for the workspace's storage",
    ),
    (
        PRIVATE,
        &["aml.exfiltration_protection=true", "aml.workspace_region=northeurope", "aml.compute=[cluster]"],
        "aml.exfiltration_protection",
        "with a workspace in another region",
    ),
    (PRIVATE, &["aml.exfiltration_protection=true"], "aml.exfiltration_protection", "without a firewall"),
    (
        PRIVATE,
        &["aml.exfiltration_protection=true", "aml.studio=false", "egress.names_without_tag=open-443"],
        "aml.exfiltration_protection",
        "open-443",
    ),
    (PRIVATE, &["aml.interactive_jobs=true"], "aml.interactive_jobs", "of a workspace with a private endpoint"),
    (
        PUBLIC,
        &["aml.interactive_jobs=true", "aml.compute=[instance]"],
        "aml.interactive_jobs",
        "without a compute cluster",
    ),
    (
        PRIVATE,
        &["aml.applications=[rstudio]", "aml.compute=[cluster]"],
        "aml.applications",
        "without compute instances",
    ),
    (PRIVATE, &["aml.vscode=[web]", "aml.compute=[serverless]"], "aml.vscode", "without compute instances"),
    (PRIVATE, &["aml.attached=[virtual-machine]"], "aml.attached_addresses", "is not answered"),
    (
        PRIVATE,
        &["aml.attached=[virtual-machine]", "aml.attached_addresses=[10.40.2.4/32]"],
        "aml.attached_addresses[0]",
        "lies in no subnet with the role `aml-compute`",
    ),
    (
        PRIVATE,
        &["aml.attached=[hdinsight]", "aml.attached_addresses=[10.40.0.4/32]"],
        "aml.attached_addresses[0]",
        "under the last deny of an NSG of ours",
    ),
    (
        PRIVATE,
        &["aml.attached=[databricks]", "aml.workspace_region=northeurope", "aml.compute=[cluster]"],
        "aml.attached",
        "in another region than the workspace",
    ),
    (
        PRIVATE,
        &["aml.attached=[databricks]", "cloud=AzureUSGovernment", "region=usgovvirginia"],
        "aml.attached",
        "in Azure Government",
    ),
    (PRIVATE, &["network.address_space=[172.16.0.0/12]"], "network.address_space", "172.17.0.0/16"),
];

#[test]
fn what_azure_or_the_product_refuses_is_a_problem_with_its_reason() {
    for (base, overrides, path, what) in REFUSED {
        // The names of Azure Front Door need a firewall: all the others are refused with one as well as without.
        let problems = tried(&format!("{base}{NAT}"), overrides).unwrap_err();
        let said = problems.iter().find(|problem| problem.place.path == *path && problem.what.contains(what));
        let said = said.unwrap_or_else(|| panic!("{overrides:?}: {problems:#?}"));
        assert!(!said.hint.is_empty(), "{overrides:?}");
    }
    let behind = planned(&format!("{PRIVATE}{FIREWALL}"), &["aml.exfiltration_protection=true"]);
    assert!(behind.proof.holds());
    let problems = tried(
        &format!("{PRIVATE}{FIREWALL}"),
        &["aml.attached=[virtual-machine]", "aml.attached_addresses=[10.40.0.4/32]"],
    )
    .unwrap_err();
    assert!(problems[0].hint.contains("`public_ip: true`"), "{problems:#?}");
}

/// Rules and routes by key, each as text; without the requirements they serve, which may grow.
fn rules(plan: &Plan) -> BTreeMap<String, String> {
    let nsg = plan.nsgs.iter().flat_map(|nsg| &nsg.rules).map(|p| (format!("nsg {}", p.key), format!("{:?}", p.rule)));
    let tables = plan.route_tables.iter().flat_map(|table| &table.routes);
    let routes = tables.map(|p| (format!("route {}", p.key), format!("{:?}", p.route)));
    let firewall = plan.firewall.iter();
    let network =
        firewall.clone().flat_map(|f| &f.network).map(|p| (format!("network {}", p.key), format!("{:?}", p.rule)));
    let application =
        firewall.flat_map(|f| &f.application).map(|p| (format!("application {}", p.key), format!("{:?}", p.rule)));
    nsg.chain(routes).chain(network).chain(application).collect()
}

/// The requirements that rules of this plan serve, by key.
fn served(plan: &Plan) -> BTreeSet<String> {
    let nsg = plan.nsgs.iter().flat_map(|nsg| &nsg.rules).flat_map(|p| p.because.clone());
    let network = plan.firewall.iter().flat_map(|f| &f.network).flat_map(|p| p.because.clone());
    let application = plan.firewall.iter().flat_map(|f| &f.application).flat_map(|p| p.because.clone());
    nsg.chain(network).chain(application).collect()
}

/// Every single answer that the questions of this product take.
fn switches() -> Vec<String> {
    let mut found = Vec::new();
    for question in QUESTIONS.iter().filter(|question| question.path.starts_with("aml.")) {
        let path = question.path;
        match question.kind {
            Kind::Flag => found.extend([format!("{path}=true"), format!("{path}=false")]),
            Kind::Choice(choices) => found.extend(choices.iter().map(|choice| format!("{path}={}", choice.word))),
            Kind::Many(choices) => found.extend(choices.iter().map(|choice| format!("{path}=[{}]", choice.word))),
            _ => {}
        }
    }
    found.extend(["aml.workspace_region=northeurope", "aml.storage=stother", "aml.registry=crother"].map(String::from));
    found.push("aml.endpoint_addresses=[10.0.2.0/26]".into());
    found
}

#[test]
fn one_more_switch_changes_only_the_rules_that_its_rows_want() {
    let cluster = PRIVATE.to_string() + "aml: {compute: [cluster], studio: false}\n";
    let bases: Vec<(String, &[&str])> = vec![
        (format!("{PRIVATE}{NAT}"), &[]),
        (format!("{PRIVATE}{FIREWALL}"), &[]),
        (format!("{PRIVATE}{BY_NAME}"), &[]),
        (format!("{PRIVATE}{FIREWALL}"), CHINA),
        (format!("{PUBLIC}{FIREWALL}"), &[]),
        (format!("{cluster}{NAT}"), &[]),
        (format!("{cluster}{BY_NAME}"), &[]),
    ];
    let catalog = Catalog::everything(&[]).unwrap();
    let mut tried_once: BTreeSet<String> = BTreeSet::new();
    for (text, cloud) in &bases {
        let before = planned(text, cloud);
        for switch in switches() {
            let overrides: Vec<&str> = cloud.iter().copied().chain([switch.as_str()]).collect();
            // What is refused beside this base is tried with another.
            let Ok(after) = tried(text, &overrides) else { continue };
            assert!(after.proof.holds(), "{switch}");
            tried_once.insert(switch.clone());
            let turned: BTreeSet<&String> =
                before.intent.features.symmetric_difference(&after.intent.features).collect();
            let filled = before.intent.placeholders != after.intent.placeholders;
            let groups = before.intent.groups != after.intent.groups;
            // A service endpoint takes storage past the firewall, whichever row wants it.
            let endpoint =
                ["aml.storage_access", "aml.exfiltration_protection"].iter().any(|path| switch.starts_with(path))
                    && before.intent.aml_storage_endpoint() != after.intent.aml_storage_endpoint();
            let wants = |id: &str| {
                catalog.get(id).is_some_and(|row| {
                    let asks = row.when.iter().any(|condition| turned.contains(&condition.feature));
                    let told = filled && format!("{:?}", row.to_in(after.intent.cloud)).contains('{');
                    let to = row.to.to_string();
                    asks || told || groups && to == "aml-endpoints" || endpoint && to.contains("Storage")
                })
            };
            let (old, new) = (rules(&before.plan), rules(&after.plan));
            let both = served(&before.plan).intersection(&served(&after.plan)).cloned().collect::<BTreeSet<_>>();
            let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for key in keys.into_iter().filter(|key| old.get(*key) != new.get(*key)) {
                let id = key.split_once(' ').unwrap().1.split('/').next().unwrap();
                // A rule may give way to a wider one that a switch brings, which then serves its requirement as well;
                // the planner's own rules follow the others.
                let gave_way = both.contains(id) && !(old.contains_key(key) && new.contains_key(key));
                assert!(
                    wants(id) || gave_way || id.starts_with("plan."),
                    "{switch} changes {key}:\n{:?}\n{:?}",
                    old.get(key),
                    new.get(key)
                );
            }
            for id in served(&before.plan).symmetric_difference(&served(&after.plan)) {
                assert!(wants(id), "{switch} {id}");
            }
        }
    }
    let refused_everywhere: Vec<String> =
        switches().into_iter().filter(|switch| !tried_once.contains(switch)).collect();
    // A managed network ends it; attached machines need their addresses, which another test gives.
    assert_eq!(
        refused_everywhere,
        ["aml.managed_network=true", "aml.attached=[virtual-machine]", "aml.attached=[hdinsight]"]
    );
}
