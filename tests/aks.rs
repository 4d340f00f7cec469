//! AKS: which switch opens what, what a network isolated cluster leaves closed, the hosts of each cloud, and what the
//! network policies let through inside the cluster.

#![allow(clippy::unwrap_used)]

use netcordon::environment::{Environment, build};
use netcordon::model::{Access, AddressSet, Direction, Endpoint};
use netcordon::problem::Problem;
use netcordon::question;
use netcordon::render::templates::Templates;
use netcordon::yaml::{Node, read};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// A private cluster behind a firewall that holds host names.
const BASE: &str = "version: 1
name: t
region: westeurope
scenarios: [aks]
network: {resource_group: rg, vnet: vnet, address_space: [10.40.0.0/16], create: true}
subnets:
  - {name: snet-nodes, prefix: 10.40.0.0/22, roles: [aks-nodes]}
egress: {via: azure-firewall, private_ip: 10.0.1.4, rule_style: name, dns_proxy: true}
aks: {pod_addresses: [10.244.0.0/16]}
";

/// The same with private endpoints and no way out.
const ISOLATED: &str = "version: 1
name: t
region: westeurope
scenarios: [aks]
network: {resource_group: rg, vnet: vnet, address_space: [10.40.0.0/16], create: true}
subnets:
  - {name: snet-nodes, prefix: 10.40.0.0/22, roles: [aks-nodes]}
  - {name: snet-endpoints, prefix: 10.40.8.0/26, roles: [private-endpoints]}
egress: {via: nsg, way_out: none}
aks: {pod_addresses: [10.244.0.0/16], network_isolated: true}
";

fn tried(answers: &str, overrides: &[&str]) -> Result<Environment, Vec<Problem>> {
    let overrides: Vec<String> = overrides.iter().map(ToString::to_string).collect();
    build(&question::read("a.yaml", answers.as_bytes(), &overrides), "a.yaml", &[], None)
}

fn environment(answers: &str, overrides: &[&str]) -> Environment {
    tried(answers, overrides).unwrap_or_else(|problems| panic!("{overrides:?}: {problems:#?}"))
}

fn example() -> Environment {
    environment(include_str!("../examples/aks-azureml/answers.yaml"), &[])
}

fn file(environment: &Environment, path: &str) -> String {
    let artifacts = environment.artifacts(&[], None, Templates::embedded()).unwrap();
    String::from_utf8(artifacts.into_iter().find(|artifact| artifact.path == path).unwrap().bytes).unwrap()
}

/// What a plan holds at each key: the firewall's rules whole, the NSG's destinations.
fn rules(environment: &Environment) -> BTreeMap<String, String> {
    let plan = &environment.plan;
    let nsgs = plan.nsgs.iter().flat_map(|nsg| &nsg.rules);
    let mut all: BTreeMap<String, String> =
        nsgs.map(|rule| (format!("nsg {}", rule.key), format!("{:?}", rule.rule.destination))).collect();
    if let Some(firewall) = &plan.firewall {
        all.extend(firewall.network.iter().map(|rule| (format!("firewall {}", rule.key), format!("{:?}", rule.rule))));
        all.extend(
            firewall.application.iter().map(|rule| (format!("firewall {}", rule.key), format!("{:?}", rule.rule))),
        );
    }
    all
}

#[test]
fn a_switch_changes_the_rules_that_its_rows_want_and_no_other() {
    const EXTENSIONS: [&str; 3] = ["aks.out.extensions", "aks.out.extension-images", "aks.out.extension-usage"];
    const ML: [&str; 5] = [
        "aks.azureml.logs",
        "aks.azureml.registry",
        "aks.azureml.storage",
        "aks.azureml.workspace",
        "aks.azureml.service",
    ];
    let inference = [&EXTENSIONS[..], &ML].concat();
    let training = [&inference[..], &["aks.azureml.python", "aks.azureml.ubuntu"]].concat();
    // Without a name, `*.azurecr.io` would cover rules of others.
    let ml = |kinds: &'static str| vec![kinds, "aks.azureml_registry=crmlprod"];
    let rows: Vec<(Vec<&str>, Vec<&str>)> = vec![
        (vec!["aks.gpu=true"], vec!["aks.out.gpu"]),
        (vec!["aks.key_vault=true"], vec!["aks.out.key-vault"]),
        (vec!["aks.monitoring=true"], vec!["aks.out.monitoring"]),
        (vec!["aks.policy=true"], vec!["aks.out.policy"]),
        (vec!["aks.defender=true"], vec!["aks.out.defender"]),
        (vec!["aks.extensions=true"], EXTENSIONS.to_vec()),
        (vec!["aks.node_os_channel=SecurityPatch"], vec!["aks.out.ubuntu-security-patch"]),
        (vec!["aks.node_os_channel=Unmanaged"], vec![]),
        (vec!["aks.legacy_tunnel=true"], vec!["aks.out.tunnel-udp", "aks.out.tunnel-tcp"]),
        (vec!["aks.api_server=public"], vec!["aks.out.api-server"]),
        (
            vec!["aks.api_server=public", "aks.api_server_addresses=[20.50.1.1/32]"],
            vec!["aks.out.api-server", "aks.out.api-server-address"],
        ),
        (
            vec!["aks.api_server=vnet-integration", "aks.api_server_addresses=[10.40.9.0/28]"],
            vec!["aks.out.api-server-subnet", "aks.in.api-server", "aks.pods.from-api-server"],
        ),
        (ml("aks.azureml=inference"), inference),
        (ml("aks.azureml=training"), training.clone()),
        (ml("aks.azureml=both"), training),
    ];
    let base = environment(BASE, &[]);
    let ids = |environment: &Environment| -> BTreeSet<String> {
        environment.flows.iter().map(|flow| flow.requirement.clone()).collect()
    };
    let (old_ids, old_rules) = (ids(&base), rules(&base));
    for (overrides, wanted) in rows {
        let changed = environment(BASE, &overrides);
        let new_ids = ids(&changed);
        let added: BTreeSet<&str> = new_ids.difference(&old_ids).map(String::as_str).collect();
        assert_eq!(added, wanted.iter().copied().collect(), "{overrides:?}");
        assert!(old_ids.is_subset(&new_ids), "{overrides:?}");
        let new_rules = rules(&changed);
        for (key, rule) in &old_rules {
            assert_eq!(Some(rule), new_rules.get(key), "{overrides:?}: {key}");
        }
        for key in new_rules.keys().filter(|key| !old_rules.contains_key(*key)) {
            let id = key.split([' ', '/']).nth(1).unwrap();
            assert!(wanted.contains(&id), "{overrides:?}: {key}");
        }
    }
}

#[test]
fn a_network_isolated_cluster_opens_nothing_outside_the_network() {
    let firewall = "{via: azure-firewall, private_ip: 10.0.1.4}";
    let behind = ISOLATED.replace("{via: nsg, way_out: none}", firewall);
    let more = ["machines.agents=[os-updates, defender, azure-monitor-agent]", "aks.gpu=true", "aks.monitoring=true"];
    for (answers, overrides) in [(ISOLATED, &[][..]), (ISOLATED, &more), (&behind, &[]), (&behind, &more)] {
        let environment = environment(answers, overrides);
        let inside: AddressSet =
            ["10.40.0.0/16", "10.244.0.0/16"].map(|prefix| prefix.parse().unwrap()).into_iter().collect();
        let outbound =
            environment.plan.nsgs.iter().flat_map(|nsg| &nsg.rules).filter(|planned| {
                planned.rule.direction == Direction::Outbound && planned.rule.access == Access::Allow
            });
        let mut seen = 0;
        for planned in outbound {
            let Endpoint::Prefixes(prefixes) = &planned.rule.destination else { panic!("{planned:?}") };
            assert!(AddressSet::from_prefixes(prefixes).is_subset(&inside), "{planned:?}");
            seen += 1;
        }
        assert!(seen >= 4, "nodes, pods and private endpoints: {seen}");
        if let Some(firewall) = &environment.plan.firewall {
            assert!(firewall.network.is_empty() && firewall.application.is_empty(), "{firewall:?}");
        }
        let exposed = environment.proof.exposure.iter().filter(|exposure| exposure.addresses > 0);
        assert_eq!(exposed.count(), 0);
    }
}

#[test]
fn what_a_cluster_cannot_be_is_a_problem_with_its_place() {
    let kubenet = "aks.pod_network=kubenet";
    let pods = "aks: {pod_addresses: [10.244.0.0/16]}";
    let pod_subnet = BASE.replace(pods, "aks: {pod_network: pod-subnet}");
    let nat = ISOLATED.replace("{via: nsg, way_out: none}", "{via: nat-gateway}");
    let shared = BASE.replace("roles: [aks-nodes]}", "roles: [aks-nodes], routes: \"extend:rt-aks\"}").replace(
        "egress:",
        "  - {name: snet-pe, prefix: 10.40.8.0/26, roles: [private-endpoints], routes: \"extend:rt-aks\"}\negress:",
    );
    let rows: Vec<(&str, Vec<&str>, &str)> = vec![
        (ISOLATED, vec!["aks.api_server=public"], "aks.api_server"),
        (ISOLATED, vec!["machines.windows=true"], "machines.windows"),
        (ISOLATED, vec!["aks.node_os_channel=SecurityPatch"], "aks.node_os_channel"),
        (ISOLATED, vec!["aks.node_os_channel=Unmanaged"], "aks.node_os_channel"),
        (ISOLATED, vec!["aks.azureml=both"], "aks.azureml"),
        (ISOLATED, vec!["aks.policy=true"], "aks.policy"),
        (ISOLATED, vec!["aks.defender=true"], "aks.defender"),
        (ISOLATED, vec!["aks.extensions=true"], "aks.extensions"),
        (ISOLATED, vec!["aks.legacy_tunnel=true"], "aks.legacy_tunnel"),
        (ISOLATED, vec!["aks.private_endpoints=false"], "aks.private_endpoints"),
        (&nat, vec![], "egress.via"),
        (BASE, vec![kubenet], "subnets[0].routes"),
        (&shared, vec![kubenet], "subnets[1].routes"),
        (&pod_subnet, vec![], "aks.pod_network"),
        (BASE, vec!["aks.pod_addresses=[10.40.128.0/17]"], "aks.pod_addresses"),
        (BASE, vec!["aks.api_server=vnet-integration"], "aks.api_server_addresses"),
        (
            BASE,
            vec!["aks.api_server=vnet-integration", "aks.api_server_addresses=[10.40.1.0/28]"],
            "aks.api_server_addresses",
        ),
        (
            BASE,
            vec!["aks.api_server=vnet-integration", "aks.api_server_addresses=[10.40.9.0/29]"],
            "aks.api_server_addresses",
        ),
        (BASE, vec!["aks.api_server=public", "aks.authorized_ranges=[10.0.0.0/8]"], "aks.authorized_ranges"),
        (
            BASE,
            vec!["aks.api_server=public", "aks.authorized_ranges=[20.1.2.0/24]", "aks.egress_addresses=[20.1.3.4/32]"],
            "aks.authorized_ranges",
        ),
        (BASE, vec!["aks.authorized_ranges=[20.1.2.0/24]"], "aks.authorized_ranges"),
        (BASE, vec!["aks.azureml=both", "aks.azureml_model_label=a b=c"], "aks.azureml_model_label"),
        (BASE, vec!["aks.azureml=both", "aks.azureml_fe_label=$(x)=y"], "aks.azureml_fe_label"),
        (BASE, vec!["aks.azureml=both", "aks.azureml_namespaces=[kube-system]"], "aks.azureml_namespaces"),
        (BASE, vec!["aks.azureml=both", "aks.azureml_namespaces=[Models]"], "aks.azureml_namespaces"),
        (BASE, vec!["aks.azureml=both", "aks.azureml_namespaces=[]"], "aks.azureml_namespaces"),
        (BASE, vec!["aks.azureml=both", "aks.azureml_workspace=mine"], "aks.azureml_workspace"),
        (BASE, vec!["aks.key_vault=true", "aks.key_vault_name=1kv"], "aks.key_vault_name"),
    ];
    for (answers, overrides, path) in rows {
        let problems = tried(answers, &overrides).err().unwrap_or_else(|| panic!("{overrides:?} is taken"));
        let paths: Vec<&str> = problems.iter().map(|problem| problem.place.path.as_str()).collect();
        assert_eq!(paths, [path], "{overrides:?}: {problems:#?}");
        assert!(problems.iter().all(|problem| !problem.hint.is_empty()), "{problems:#?}");
    }
}

/// A kubenet cluster on a table that others keep: everything is taken for granted, nothing fails, nothing is left open.
#[test]
fn kubenet_keeps_the_route_table_of_others() {
    let answers = BASE.replace("roles: [aks-nodes]}", "roles: [aks-nodes], routes: \"extend:rt-aks\"}");
    let environment = environment(&answers, &["aks.pod_network=kubenet"]);
    assert!(environment.plan.route_tables.iter().all(|table| table.routes.is_empty()));
    assert!(environment.proof.unwanted.is_empty());
    assert_eq!(environment.proof.failures().count(), 0);
}

fn hosts(environment: &Environment) -> BTreeSet<String> {
    let firewall = environment.plan.firewall.as_ref().unwrap();
    let network = firewall.network.iter().flat_map(|rule| &rule.rule.names);
    network.chain(firewall.application.iter().flat_map(|rule| &rule.rule.names)).cloned().collect()
}

/// With every switch on, the firewall lets through these host names: the tables of the egress page.
#[test]
fn each_cloud_has_its_own_hosts() {
    let both = [
        "mcr.microsoft.com",
        "*.data.mcr.microsoft.com",
        "packages.microsoft.com",
        "ntp.ubuntu.com",
        "snapshot.ubuntu.com",
        "nvidia.github.io",
        "us.download.nvidia.com",
        "download.docker.com",
        "onegetcdn.azureedge.net",
        "go.microsoft.com",
        "*.mp.microsoft.com",
        "www.msftconnecttest.com",
        "ctldl.windowsupdate.com",
        "dc.services.visualstudio.com",
        "*.in.applicationinsights.azure.com",
    ];
    let gov = [
        "*.hcp.usgovvirginia.cx.aks.containerservice.azure.us",
        "management.usgovcloudapi.net",
        "login.microsoftonline.us",
        "acs-mirror.azureedge.net",
        "packages.aks.azure.com",
        "*.ods.opinsights.azure.us",
        "*.oms.opinsights.azure.us",
        "*.cloud.defender.microsoft.com",
        "*.vault.usgovcloudapi.net",
        "global.handler.control.monitor.azure.us",
        "usgovvirginia.handler.control.monitor.azure.us",
        "*.ingest.monitor.azure.us",
        "*.metrics.ingest.monitor.azure.us",
        "data.policy.azure.us",
        "store.policy.azure.us",
        "usgovvirginia.dp.kubernetesconfiguration.azure.us",
    ];
    // `*.azk8s.cn` takes in the API servers.
    let china = [
        "mcr.azure.cn",
        "*.data.mcr.azure.cn",
        "management.chinacloudapi.cn",
        "login.chinacloudapi.cn",
        "login.microsoftonline.cn",
        "*.azk8s.cn",
        "*.ods.opinsights.azure.cn",
        "*.oms.opinsights.azure.cn",
        "global.handler.control.monitor.azure.cn",
        "chinaeast2.handler.control.monitor.azure.cn",
        "*.ingest.monitor.azure.cn",
        "*.metrics.ingest.monitor.azure.cn",
        "data.policy.azure.cn",
        "store.policy.azure.cn",
    ];
    let switches = [
        "aks.api_server=public",
        "aks.extensions=true",
        "aks.key_vault=true",
        "aks.monitoring=true",
        "aks.policy=true",
        "aks.defender=true",
        "aks.gpu=true",
        "aks.node_os_channel=SecurityPatch",
        "machines.windows=true",
    ];
    for (cloud, region, own) in
        [("AzureUSGovernment", "usgovvirginia", &gov[..]), ("AzureChinaCloud", "chinaeast2", &china)]
    {
        let (cloud, region) = (format!("cloud={cloud}"), format!("region={region}"));
        let overrides = [&[cloud.as_str(), region.as_str()], &switches[..]].concat();
        let environment = environment(BASE, &overrides);
        let wanted: BTreeSet<String> = both.iter().chain(own).map(ToString::to_string).collect();
        assert_eq!(hosts(&environment), wanted, "{cloud}");
        let problems = tried(BASE, &[cloud.as_str(), region.as_str(), "aks.azureml=both"]).unwrap_err();
        let said: Vec<&str> = problems.iter().map(|problem| problem.what.as_str()).collect();
        let name = cloud.trim_start_matches("cloud=");
        assert_eq!(said, [format!("the Azure Machine Learning extension in {name}")]);
    }
}

/// A pod, by namespace and labels, or an address outside the cluster.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Pod(&'static str, &'static [(&'static str, &'static str)]),
    Address(&'static str),
}

const FE: End = End::Pod("azureml", &[("azuremlappname", "azureml-fe"), ("pod-template-hash", "1")]);
const IDENTITY: End = End::Pod("azureml", &[("ml.azure.com/infra-app", "identity-proxy")]);
const OPERATOR: End = End::Pod("azureml", &[("app", "aml-operator")]);
const MODEL: End = End::Pod("models", &[("isazuremlapp", "true")]);
const OTHER: End = End::Pod("models", &[]);
const ELSEWHERE: End = End::Pod("shop", &[("isazuremlapp", "true")]);
const DNS: End = End::Pod("kube-system", &[("k8s-app", "kube-dns")]);
const AGENT: End = End::Pod("kube-system", &[("app", "konnectivity-agent")]);
const SYSTEM: End = End::Pod("kube-system", &[("k8s-app", "metrics-server")]);
const NODE: End = End::Address("10.60.0.9");
const ENDPOINT: End = End::Address("10.60.9.4");
const HUB: End = End::Address("10.0.1.4");
const PUBLIC: End = End::Address("20.40.60.80");
const METADATA: End = End::Address("169.254.169.254");
const ENDS: [End; 14] =
    [FE, IDENTITY, OPERATOR, MODEL, OTHER, ELSEWHERE, DNS, AGENT, SYSTEM, NODE, ENDPOINT, HUB, PUBLIC, METADATA];
const PORTS: [(&str, u16); 10] = [
    ("TCP", 22),
    ("TCP", 53),
    ("UDP", 53),
    ("TCP", 80),
    ("TCP", 443),
    ("TCP", 5001),
    ("UDP", 5001),
    ("TCP", 9999),
    ("TCP", 11001),
    ("TCP", 20000),
];

/// The policies of a file, as a reader of Kubernetes' own rules has them.
struct Policies(Vec<Node>);

impl Policies {
    fn read(text: &str) -> Policies {
        let documents = text.split("\n---\n").skip(1);
        let policy = |document: &str| {
            let (node, problems) = read("policy.yaml", document.as_bytes());
            // The reader speaks of what nobody sees, escaped or not, and reads it all the same.
            let unseen = |problem: &Problem| problem.what.starts_with("a character that cannot be seen");
            assert!(problems.iter().all(unseen), "{problems:?}");
            let node = node.unwrap();
            assert_eq!(node.get("apiVersion").unwrap().text(), Some("networking.k8s.io/v1"));
            assert_eq!(node.get("kind").unwrap().text(), Some("NetworkPolicy"));
            node
        };
        Policies(documents.map(policy).collect())
    }

    /// Whether one side lets it through: every direction in which a policy selects the pod is closed but for what some
    /// policy names.
    fn lets(&self, side: &str, key: &str, pod: End, other: End, protocol: &str, port: u16) -> bool {
        let End::Pod(namespace, labels) = pod else { return true };
        let mut selected = false;
        for policy in &self.0 {
            let own = policy.get("metadata").unwrap().get("namespace").unwrap().text().unwrap();
            let spec = policy.get("spec").unwrap();
            let sides: Vec<&str> =
                spec.get("policyTypes").unwrap().items().unwrap().iter().filter_map(Node::text).collect();
            let here = own == namespace && matches(spec.get("podSelector").unwrap(), labels);
            if !here || !sides.contains(&side) {
                continue;
            }
            selected = true;
            let rules = spec.get(&side.to_lowercase()).and_then(Node::items).unwrap_or_default();
            let allowed = rules.iter().any(|rule| {
                let peers = rule.get(key).unwrap().items().unwrap();
                peers.iter().any(|peer| is(peer, other, own)) && on(rule.get("ports"), protocol, port)
            });
            if allowed {
                return true;
            }
        }
        !selected
    }

    fn passes(&self, from: End, to: End, protocol: &str, port: u16) -> bool {
        self.lets("Egress", "to", from, to, protocol, port) && self.lets("Ingress", "from", to, from, protocol, port)
    }
}

fn matches(selector: &Node, labels: &[(&str, &str)]) -> bool {
    let netcordon::yaml::Value::Map(entries) = &selector.value else { panic!("{selector:?}") };
    entries.iter().all(|(key, _, wanted)| {
        assert_eq!(key, "matchLabels");
        let netcordon::yaml::Value::Map(wanted) = &wanted.value else { panic!("{wanted:?}") };
        wanted.iter().all(|(key, _, value)| labels.contains(&(key, value.text().unwrap())))
    })
}

fn is(peer: &Node, other: End, own: &str) -> bool {
    match (peer.get("ipBlock"), other) {
        (Some(block), End::Address(address)) => {
            let address: IpAddr = address.parse().unwrap();
            let has = |node: &Node| node.text().unwrap().parse::<ipnet::IpNet>().unwrap().contains(&address);
            let except = block.get("except").and_then(Node::items).unwrap_or_default();
            has(block.get("cidr").unwrap()) && !except.iter().any(has)
        }
        (None, End::Pod(namespace, labels)) => {
            let there = match peer.get("namespaceSelector") {
                Some(selector) => matches(selector, &[("kubernetes.io/metadata.name", namespace)]),
                None => namespace == own,
            };
            there && peer.get("podSelector").is_none_or(|selector| matches(selector, labels))
        }
        _ => false,
    }
}

fn on(ports: Option<&Node>, protocol: &str, port: u16) -> bool {
    let Some(ports) = ports.and_then(Node::items) else { return true };
    ports.iter().any(|item| {
        item.get("protocol").unwrap().text() == Some(protocol)
            && item.get("port").unwrap().text() == Some(&port.to_string())
    })
}

/// The documented flows inside the cluster (how-to-access-azureml-behind-firewall, in-cluster communication), and what
/// they need around them: webhooks, names, HTTPS outside, tokens. Without ports, every port.
fn documented(from: End, to: End, protocol: &str, port: u16) -> bool {
    let component = |end: End| matches!(end, End::Pod("azureml", _));
    let tunnel = |end: End| end == AGENT || end == NODE;
    let isolated = |end: End| component(end) || end == MODEL;
    let any = component(from) && (component(to) || tunnel(to)) || tunnel(from) && component(to);
    let named = match (protocol, port) {
        (_, 53) => isolated(from) && to == DNS,
        ("TCP", 443) => isolated(from) && to == PUBLIC,
        ("TCP", 80) => component(from) && to == METADATA,
        ("TCP", 5001) => from == FE && to == MODEL,
        ("TCP", 9999) => from == MODEL && to == IDENTITY,
        _ => false,
    };
    any || named || !isolated(from) && !isolated(to)
}

#[test]
fn network_policies_let_through_the_documented_flows_and_nothing_else() {
    let policies = Policies::read(&file(&example(), "aks/network-policies.yaml"));
    for from in ENDS {
        for to in ENDS {
            for (protocol, port) in PORTS {
                assert_eq!(
                    policies.passes(from, to, protocol, port),
                    documented(from, to, protocol, port),
                    "{from:?} -> {to:?} {protocol} {port}"
                );
            }
        }
    }
}

#[test]
fn without_their_label_models_are_reached_and_nothing_of_theirs_is_isolated() {
    let environment = environment(BASE, &["aks.azureml=inference"]);
    let text = file(&environment, "aks/network-policies.yaml");
    let policies = Policies::read(&text.replace("10.40.", "10.60."));
    let anyone = End::Pod("default", &[("app", "x")]);
    assert!(policies.passes(FE, anyone, "TCP", 5001));
    assert!(!policies.passes(OPERATOR, anyone, "TCP", 22));
    assert!(policies.passes(anyone, OPERATOR, "TCP", 9999));
    assert!(!policies.passes(anyone, OPERATOR, "TCP", 443));
    assert!(policies.passes(anyone, PUBLIC, "TCP", 22));
    let training = self::environment(BASE, &["aks.azureml=training"]);
    assert_eq!(Policies::read(&file(&training, "aks/network-policies.yaml")).0.len(), 1);
}

#[test]
fn the_cluster_is_created_with_the_options_of_the_plan() {
    let options = |answers: &str, overrides: &[&str]| -> Vec<String> {
        let text = file(&environment(answers, overrides), "aks/README.md");
        let block = text.split("az aks create \\\n").nth(1).unwrap().split("```").next().unwrap();
        block.split_whitespace().filter(|word| *word != "\\").map(String::from).collect()
    };
    let common = "--resource-group \"$group\" --name \"$cluster\" --location 'westeurope' --vnet-subnet-id \"$nodes\" --assign-identity \"$identity\"";
    let overlay = "--network-plugin azure --network-plugin-mode overlay --pod-cidr 10.244.0.0/16";
    let rows: Vec<(&str, Vec<&str>, String)> = vec![
        (
            BASE,
            vec![],
            format!(
                "{common} --outbound-type userDefinedRouting {overlay} --enable-private-cluster --node-os-upgrade-channel NodeImage"
            ),
        ),
        (
            BASE,
            vec!["aks.api_server=public", "aks.authorized_ranges=[20.1.2.0/24, 20.1.4.0/24]", "aks.policy=true"],
            format!(
                "{common} --outbound-type userDefinedRouting {overlay} --api-server-authorized-ip-ranges 20.1.2.0/24,20.1.4.0/24 --node-os-upgrade-channel NodeImage --enable-addons azure-policy"
            ),
        ),
        (
            ISOLATED,
            vec!["aks.node_os_channel=None"],
            format!(
                "{common} --outbound-type none {overlay} --enable-private-cluster --bootstrap-artifact-source Cache --bootstrap-container-registry-resource-id \"$registry\" --node-os-upgrade-channel None"
            ),
        ),
    ];
    for (answers, overrides, wanted) in rows {
        let wanted: Vec<String> = wanted.split_whitespace().map(String::from).collect();
        assert_eq!(options(answers, &overrides), wanted, "{overrides:?}");
    }
}

/// The files of the folder `aks` for a plan.
fn folder(environment: &Environment, plan: &netcordon::plan::Plan) -> BTreeMap<String, String> {
    let outputs = ["aks".to_string()];
    let input = netcordon::render::Input {
        plan,
        catalog: &environment.catalog,
        proof: &environment.proof,
        tags_source: "tags.json, change 1",
        outputs: &outputs,
    };
    let artifacts = netcordon::render::render(&input).unwrap().into_iter();
    let ours = artifacts.filter(|artifact| artifact.path.starts_with("aks/"));
    ours.map(|artifact| (artifact.path, String::from_utf8(artifact.bytes).unwrap())).collect()
}

/// Texts are checked before they come here; a file holds them all the same.
#[test]
fn hostile_texts_add_no_line_and_no_document() {
    let environment = example();
    let plain = folder(&environment, &environment.plan);
    let mut plan = environment.plan.clone();
    let text = |text: &mut String| *text = format!("x\"'`$(touch y)${{z}}|\\\n---\n# {{}} [a](b) \u{202e}{text}");
    text(&mut plan.name);
    text(&mut plan.region);
    text(&mut plan.vnet.name);
    text(&mut plan.vnet.resource_group);
    plan.subnets.iter_mut().for_each(|subnet| {
        text(&mut subnet.name);
        subnet.route_table.iter_mut().for_each(text);
    });
    let extension = plan.cluster.as_mut().unwrap().extension.as_mut().unwrap();
    extension.namespaces.iter_mut().for_each(text);
    let labels = [&mut extension.fe_label, &mut extension.identity_label, &mut extension.model_label];
    for label in labels.into_iter().flatten() {
        text(&mut label.key);
        text(&mut label.value);
    }
    let hostile = folder(&environment, &plan);
    assert_eq!(hostile.len(), 5);
    for (path, text) in &hostile {
        let before = &plain[path];
        if path.ends_with(".sh") {
            // A word in quotes may hold a line break; the shell reads it as one word.
            let dir = tempfile::tempdir().unwrap();
            let file = dir.path().join("script.sh");
            std::fs::write(&file, text).unwrap();
            let done = std::process::Command::new("bash").arg("-n").arg(&file).output().unwrap();
            assert!(done.status.success(), "{path}: {}", String::from_utf8_lossy(&done.stderr));
        } else {
            assert_eq!(text.lines().count(), before.lines().count(), "{path}");
        }
    }
    let path = "aks/network-policies.yaml";
    assert_eq!(Policies::read(&hostile[path]).0.len(), Policies::read(&plain[path]).0.len());
}

/// Runs a script of the example beside stand-ins for `az` and `kubectl`: exit code, its words, what it called.
fn run(script: &str, arguments: &[&str], variables: &[(&str, &str)]) -> (Option<i32>, String, Vec<String>) {
    const STAND_IN: &str = r#"#!/usr/bin/env bash
printf '%s\n' "${0##*/} $*" >> "$LOG"
case "$*" in
  *'get namespace '*) [ -z "${NO_NAMESPACE:-}" ] ;;
  *'--selector isazuremlapp=true '*) [ "${NO_MODEL:-}" ] || echo pod/model ;;
  *'--show-labels'*) echo 'pod/x app=y' ;;
  *'get pods '*) echo pod/one ;;
  'extension show '*) echo "${VERSION:-1.6.0}" ;;
  'provider show '*) echo Registered ;;
  *outboundType*) echo "${OUTBOUND:-userDefinedRouting}" ;;
  *clientId*) echo msi ;;
  *disableLocalAccounts*) echo false ;;
  'k8s-extension list '*) [ -z "${THERE:-}" ] || printf 'ml\tmicrosoft.azureml.kubernetes\tSucceeded\n' ;;
esac
"#;
    let dir = tempfile::tempdir().unwrap();
    let environment = example();
    for (path, text) in folder(&environment, &environment.plan) {
        std::fs::write(dir.path().join(path.strip_prefix("aks/").unwrap()), text).unwrap();
    }
    for name in ["az", "kubectl"] {
        let file = dir.path().join(name);
        std::fs::write(&file, STAND_IN).unwrap();
        assert!(std::process::Command::new("chmod").arg("+x").arg(&file).status().unwrap().success());
    }
    let log = dir.path().join("log");
    std::fs::write(&log, "").unwrap();
    let path = format!("{}:{}", dir.path().display(), std::env::var("PATH").unwrap());
    let done = std::process::Command::new("bash")
        .arg(dir.path().join(script))
        .args(arguments)
        .env("PATH", path)
        .env("LOG", &log)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
    let calls = std::fs::read_to_string(log).unwrap().lines().map(String::from).collect();
    (done.status.code(), said, calls)
}

#[test]
fn policies_are_applied_once_their_labels_are_there() {
    let script = "apply-network-policies.sh";
    let changes =
        |calls: &[String]| calls.iter().filter(|call| call.contains("apply") || call.contains("delete")).count();
    let (code, said, calls) = run(script, &[], &[]);
    assert_eq!((code, changes(&calls)), (Some(0), 1), "{said}");
    assert!(said.contains("isolated in models: pod/model"), "{said}");
    let (code, _, calls) = run(script, &["--dry-run"], &[]);
    assert_eq!(code, Some(0));
    assert!(calls.last().unwrap().ends_with("--dry-run=server"), "{calls:?}");
    let (code, said, calls) = run(script, &[], &[("NO_MODEL", "1")]);
    assert_eq!((code, changes(&calls)), (Some(1), 0), "{said}");
    assert!(said.contains("aks.azureml_model_label"), "{said}");
    assert_eq!(run(script, &["--unverified"], &[("NO_MODEL", "1")]).0, Some(0));
    assert_eq!(run(script, &[], &[("NO_NAMESPACE", "1")]).0, Some(1));
    assert_eq!(run(script, &["--remove"], &[("NO_NAMESPACE", "1")]).0, Some(0));
    assert_eq!(run(script, &["--what"], &[]).0, Some(2));
}

#[test]
fn the_extension_is_installed_once_and_only_where_it_can_work() {
    let script = "install-extension.sh";
    let arguments = ["--resource-group", "a b", "--cluster", "c", "--ssl-cname", "h", "--ssl-secret", "s"];
    let created = |calls: &[String]| calls.iter().filter(|call| call.contains("k8s-extension create")).count();
    let (code, said, calls) = run(script, &arguments, &[]);
    assert_eq!((code, created(&calls)), (Some(0), 1), "{said}");
    let call = calls.iter().find(|call| call.contains("k8s-extension create")).unwrap();
    let settings = "enableTraining=True enableInference=True inferenceRouterServiceType=LoadBalancer internalLoadBalancerProvider=azure allowInsecureConnections=False sslCname=h sslSecret=s";
    assert!(call.contains(settings), "{call}");
    let dry = [&arguments[..], &["--dry-run"]].concat();
    let (code, said, calls) = run(script, &dry, &[]);
    assert_eq!((code, created(&calls)), (Some(0), 0), "{said}");
    assert!(said.contains("a\\ b"), "{said}");
    for (variables, wanted) in
        [([("THERE", "1")], Some(0)), ([("VERSION", "1.2.2")], Some(1)), ([("OUTBOUND", "loadBalancer")], Some(1))]
    {
        let (code, said, calls) = run(script, &arguments, &variables);
        assert_eq!((code, created(&calls)), (wanted, 0), "{said}");
    }
    let (code, said, calls) = run(script, &arguments[..4], &[]);
    assert_eq!((code, created(&calls)), (Some(1), 0), "{said}");
    assert_eq!(run(script, &arguments[..2], &[]).0, Some(2));
}
