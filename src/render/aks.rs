//! The files for the AKS cluster: how to create it, the install script of its extension, its network policies.

use super::Input;
use super::engine::{Value, comment, fenced, view};
use super::escape::quoted;
use super::parts::prefixes;
use crate::catalog::{Cloud, Role};
use crate::model::AddressSet;
use crate::plan::{ApiServer, Label, Plan, PlannedCluster, PlannedExtension, PlannedSubnet, PodNetwork};
use ipnet::{IpNet, Ipv4Net};
use std::net::Ipv4Addr;

/// Where the extension's own components live (how-to-access-azureml-behind-firewall, in-cluster communication).
const COMPONENTS: &str = "azureml";

/// A Kubernetes network policy: it isolates the pods it selects, in each direction that it has.
struct Policy {
    name: String,
    namespace: String,
    why: &'static str,
    selector: Option<Label>,
    ingress: Vec<Allow>,
    egress: Vec<Allow>,
}

/// What one side of a policy lets through; every port where none is named.
struct Allow {
    why: &'static str,
    peers: Vec<Peer>,
    ports: Vec<(&'static str, u16)>,
}

/// Who is on the other side.
enum Peer {
    /// Pods of the policy's own namespace.
    Same,
    /// Pods of a namespace, all of them without a label.
    Pods(String, Option<Label>),
    /// Addresses, but for some of them.
    Block(IpNet, Vec<IpNet>),
}

fn label(key: &str, value: &str) -> Option<Label> {
    Some(Label { key: key.into(), value: value.into() })
}

fn blocks(list: &[IpNet]) -> Vec<Peer> {
    list.iter().map(|prefix| Peer::Block(*prefix, Vec::new())).collect()
}

fn prefixes_of(plan: &Plan, role: Role) -> Vec<IpNet> {
    plan.subnets.iter().filter(|subnet| subnet.roles.contains(&role)).map(|subnet| subnet.prefix).collect()
}

/// Names of pods and services, at the cluster's own DNS.
fn dns() -> Allow {
    let peers = vec![Peer::Pods("kube-system".into(), label("k8s-app", "kube-dns"))];
    Allow { why: "names, at kube-dns", peers, ports: vec![("UDP", 53), ("TCP", 53)] }
}

/// What is outside the network: the firewall decides on the host names, the NSG on the rest.
fn outside(plan: &Plan, cluster: &PlannedCluster) -> Vec<Allow> {
    let vnet = &plan.vnet;
    let peered = vnet.peered.iter().flat_map(|(_, space)| space);
    let own = AddressSet::from_prefixes(
        vnet.address_space.iter().chain(peered).chain(&vnet.on_premises).chain(&cluster.pods),
    );
    let within = AddressSet::all_v4().difference(&AddressSet::public_v4().difference(&own)).to_prefixes();
    let peers = vec![Peer::Block(IpNet::V4(Ipv4Net::default()), within)];
    let mut allows = vec![Allow {
        why: "registry, storage and service: the firewall holds the host names",
        peers,
        ports: vec![("TCP", 443)],
    }];
    if cluster.private_endpoints {
        let peers = blocks(&prefixes_of(plan, Role::PrivateEndpoints));
        allows.push(Allow { why: "the same by their private endpoints", peers, ports: vec![("TCP", 443)] });
    }
    allows
}

/// The components among themselves, with the cluster and with what is outside.
fn components(plan: &Plan, cluster: &PlannedCluster) -> Policy {
    let nodes = prefixes_of(plan, Role::AksNodes);
    let agent = || Peer::Pods("kube-system".into(), label("app", "konnectivity-agent"));
    let mut webhooks = vec![agent()];
    webhooks.extend(blocks(&nodes));
    let mut egress = vec![
        Allow {
            why: "components among themselves, azureml-fe's internal ports too",
            peers: vec![Peer::Same],
            ports: vec![],
        },
        dns(),
    ];
    let mut tunnel = vec![agent()];
    tunnel.extend(blocks(&nodes));
    let why = match cluster.api_server {
        ApiServer::Private => {
            "konnectivity-agent, which has its node's address, and the API server's endpoint among the nodes"
        }
        _ => "konnectivity-agent, which has its node's address",
    };
    egress.push(Allow { why, peers: tunnel, ports: vec![] });
    if cluster.api_server != ApiServer::Private && !cluster.api_server_addresses.is_empty() {
        let integrated = cluster.api_server == ApiServer::VnetIntegration;
        let ports = if integrated { vec![("TCP", 443), ("TCP", 4443)] } else { vec![("TCP", 443)] };
        egress.push(Allow { why: "the API server", peers: blocks(&cluster.api_server_addresses), ports });
        if integrated {
            webhooks.extend(blocks(&cluster.api_server_addresses));
        }
    }
    egress.extend(outside(plan, cluster));
    let metadata = IpNet::V4(Ipv4Net::from(Ipv4Addr::new(169, 254, 169, 254)));
    let why = "tokens of managed identities, from the node's metadata service";
    egress.push(Allow { why, peers: blocks(&[metadata]), ports: vec![("TCP", 80)] });
    Policy {
        name: "azureml-components".into(),
        namespace: COMPONENTS.into(),
        why: "All components of the extension.",
        selector: None,
        ingress: vec![
            Allow { why: "components among themselves", peers: vec![Peer::Same], ports: vec![] },
            Allow {
                why: "the API server to admission webhooks, and what a load balancer sends by a node",
                peers: webhooks,
                ports: vec![],
            },
        ],
        egress,
    }
}

/// The documented flows inside the cluster, and what they need around them.
fn policies(plan: &Plan) -> Vec<Policy> {
    let Some((cluster, extension)) = plan.cluster.as_ref().and_then(|one| Some((one, one.extension.as_ref()?))) else {
        return Vec::new();
    };
    let mut all = vec![components(plan, cluster)];
    if !extension.inference {
        return all;
    }
    let models = || -> Vec<Peer> {
        extension.namespaces.iter().map(|name| Peer::Pods(name.clone(), extension.model_label.clone())).collect()
    };
    all.push(Policy {
        name: "azureml-fe".into(),
        namespace: COMPONENTS.into(),
        why: "The router of online endpoints.",
        selector: extension.fe_label.clone(),
        ingress: vec![],
        egress: vec![Allow { why: "requests to models", peers: models(), ports: vec![("TCP", 5001)] }],
    });
    all.push(Policy {
        name: "azureml-identity-proxy".into(),
        namespace: COMPONENTS.into(),
        why: "The proxy that gets tokens for models.",
        selector: extension.identity_label.clone(),
        ingress: vec![Allow { why: "models", peers: models(), ports: vec![("TCP", 9999)] }],
        egress: vec![],
    });
    // Without a label the policy would take in, and so isolate, everything else of the namespace.
    if extension.model_label.is_some() {
        all.extend(extension.namespaces.iter().map(|namespace| model_policy(plan, cluster, extension, namespace)));
    }
    all
}

fn model_policy(plan: &Plan, cluster: &PlannedCluster, extension: &PlannedExtension, namespace: &str) -> Policy {
    let pods = |label: &Option<Label>| vec![Peer::Pods(COMPONENTS.into(), label.clone())];
    let tokens = Allow { why: "tokens", peers: pods(&extension.identity_label), ports: vec![("TCP", 9999)] };
    let mut egress = vec![tokens, dns()];
    egress.extend(outside(plan, cluster));
    Policy {
        name: "azureml-models".into(),
        namespace: namespace.into(),
        why: "Deployed models.",
        selector: extension.model_label.clone(),
        ingress: vec![Allow {
            why: "requests, from azureml-fe",
            peers: pods(&extension.fe_label),
            ports: vec![("TCP", 5001)],
        }],
        egress,
    }
}

fn viewed_label(label: &Option<Label>) -> Value {
    let (key, value) = label.as_ref().map_or(("", ""), |label| (&label.key, &label.value));
    view!({ "any": label.is_none(), "key": key, "value": value })
}

fn viewed_peer(peer: &Peer) -> Value {
    let (kind, namespace, pods, cidr, except) = match peer {
        Peer::Same => ("same", "", &None, String::new(), Vec::new()),
        Peer::Pods(namespace, label) => ("pods", namespace.as_str(), label, String::new(), Vec::new()),
        Peer::Block(prefix, except) => ("block", "", &None, prefix.to_string(), prefixes(except)),
    };
    view!({
        "same": kind == "same",
        "pods": kind == "pods",
        "namespace": namespace,
        "label": viewed_label(pods),
        "cidr": cidr,
        "has_except": !except.is_empty(),
        "except": except,
    })
}

fn viewed_allow(allow: &Allow) -> Value {
    let port = |(protocol, port): &(&str, u16)| view!({ "protocol": protocol, "port": port });
    view!({
        "why": allow.why,
        "peers": allow.peers.iter().map(viewed_peer).collect::<Vec<_>>(),
        "has_ports": !allow.ports.is_empty(),
        "ports": allow.ports.iter().map(port).collect::<Vec<_>>(),
    })
}

/// The view of `aks/network-policies.yaml`.
pub(super) fn network_policies(input: &Input) -> Value {
    let policy = |policy: &Policy| {
        view!({
            "name": policy.name,
            "namespace": policy.namespace,
            "why": policy.why,
            "selector": viewed_label(&policy.selector),
            "has_ingress": !policy.ingress.is_empty(),
            "ingress": policy.ingress.iter().map(viewed_allow).collect::<Vec<_>>(),
            "has_egress": !policy.egress.is_empty(),
            "egress": policy.egress.iter().map(viewed_allow).collect::<Vec<_>>(),
        })
    };
    let inside = input.plan.cluster.as_ref().is_some_and(pods_in_network);
    view!({
        "name": input.plan.name,
        "pods_in_network": inside,
        "policies": policies(input.plan).iter().map(policy).collect::<Vec<_>>(),
    })
}

fn pods_in_network(cluster: &PlannedCluster) -> bool {
    matches!(cluster.pod_network, PodNetwork::NodeSubnet | PodNetwork::PodSubnet)
}

/// The view of `aks/apply-network-policies.sh`.
pub(super) fn apply(input: &Input) -> Value {
    let policies = policies(input.plan);
    let mut namespaces: Vec<&str> = policies.iter().map(|policy| policy.namespace.as_str()).collect();
    let Some(extension) = input.plan.cluster.as_ref().and_then(|cluster| cluster.extension.as_ref()) else {
        return view!({});
    };
    if extension.inference {
        namespaces.extend(extension.namespaces.iter().map(String::as_str));
    }
    namespaces.sort_unstable();
    namespaces.dedup();
    let mut checks = Vec::new();
    let mut check = |namespace: &str, label: &Option<Label>, path: &str| {
        if let Some(label) = label {
            let text = format!("{}={}", label.key, label.value);
            checks.push(view!({ "namespace": namespace, "label": text, "path": path }));
        }
    };
    if extension.inference {
        check(COMPONENTS, &extension.fe_label, "aks.azureml_fe_label");
        check(COMPONENTS, &extension.identity_label, "aks.azureml_identity_label");
        for namespace in &extension.namespaces {
            check(namespace, &extension.model_label, "aks.azureml_model_label");
        }
    }
    let selected = policies.iter().map(|policy| {
        let label = policy.selector.as_ref().map(|label| format!("{}={}", label.key, label.value));
        view!({ "namespace": policy.namespace, "label": label.unwrap_or_default() })
    });
    view!({
        "name": comment(&input.plan.name),
        "namespaces": namespaces,
        "checks": checks,
        "selected": selected.collect::<Vec<_>>(),
    })
}

/// The view of `aks/install-extension.sh`.
pub(super) fn install(input: &Input) -> Value {
    let Some(cluster) = &input.plan.cluster else { return view!({}) };
    let Some(extension) = &cluster.extension else { return view!({}) };
    view!({
        "name": comment(&input.plan.name),
        "outbound_type": cluster.outbound_type,
        "training": extension.training,
        "inference": extension.inference,
    })
}

/// The view of `aks/README.md`.
pub(super) fn readme(input: &Input) -> Value {
    let plan = input.plan;
    let Some(cluster) = &plan.cluster else { return view!({}) };
    let extension = cluster.extension.as_ref();
    let routed = plan.next_hop().is_some() && !cluster.isolated;
    let server = |kind: ApiServer| cluster.api_server == kind;
    let flows = extension.map(flows).unwrap_or_default();
    view!({
        "name": plan.name,
        "region": plan.region,
        "outbound_type": format!("`{}`", cluster.outbound_type),
        "isolated": cluster.isolated,
        "routed": routed,
        "holds_names": plan.firewall.is_some() || plan.appliance.is_some(),
        "proxied": plan.appliance.as_ref().is_some_and(|appliance| appliance.proxy.is_some()) && !cluster.isolated,
        "nat": cluster.outbound_type == "userAssignedNATGateway",
        "dns_proxy": plan.firewall.as_ref().is_some_and(|firewall| firewall.dns_proxy),
        "private": server(ApiServer::Private),
        "integrated": server(ApiServer::VnetIntegration),
        "public": server(ApiServer::Public),
        "ranges": !cluster.authorized_ranges.is_empty(),
        "kubenet": cluster.pod_network == PodNetwork::Kubenet,
        "pods_in_network": pods_in_network(cluster),
        "zone": format!("`{}`", private_zone(plan)),
        "own_dns": !plan.vnet.dns_servers.is_empty(),
        "variables": lines(variables(plan, cluster)),
        "checks": lines(checks(plan, cluster)),
        "create": lines(create(plan, cluster)),
        "ranges_check": lines(vec![
            "az aks show --resource-group \"$group\" --name \"$cluster\" \\".into(),
            "  --query apiServerAccessProfile.authorizedIpRanges --output tsv".into(),
        ]),
        "has_extension": extension.is_some(),
        "training": extension.is_some_and(|one| one.training),
        "inference": extension.is_some_and(|one| one.inference),
        "private_endpoints": cluster.private_endpoints,
        "other_cloud": plan.cloud != Cloud::AzureCloud,
        "flows": flows,
        "node_os_channel": format!("`{}`", cluster.node_os_channel),
    })
}

fn lines(lines: Vec<String>) -> Vec<Value> {
    lines.iter().map(|line| fenced(line)).collect()
}

/// The private DNS zone of a private cluster (private-clusters, Configure a private DNS zone).
fn private_zone(plan: &Plan) -> String {
    let suffix = match plan.cloud {
        Cloud::AzureCloud => "azmk8s.io",
        Cloud::AzureUSGovernment => "cx.aks.containerservice.azure.us",
        Cloud::AzureChinaCloud => "cx.prod.service.azk8s.cn",
    };
    format!("privatelink.{}.{suffix}", plan.region)
}

/// The documented flows inside the cluster, as a table.
fn flows(extension: &PlannedExtension) -> Vec<Value> {
    let rows: [(bool, &str, &str, &str); 7] = [
        (true, "namespace azureml", "namespace azureml", "every port"),
        (true, "namespace azureml", "API server", "TCP 443"),
        (true, "namespace azureml", "kube-dns in kube-system", "UDP and TCP 53"),
        (true, "namespace azureml", "konnectivity-agent in kube-system", "no port is documented: every port"),
        (
            true,
            "API server, by way of the nodes",
            "admission webhooks in namespace azureml",
            "no port is documented: every port",
        ),
        (extension.inference, "azureml-fe", "pods of deployed models", "TCP 5001"),
        (extension.inference, "pods of deployed models", "amlarc-identity-proxy", "TCP 9999"),
    ];
    let row = |(_, from, to, ports): (bool, &str, &str, &str)| view!({ "from": from, "to": to, "ports": ports });
    rows.into_iter().filter(|row| row.0).map(row).collect()
}

/// The nodes' first subnet, and the pods' where they have one of their own.
fn node_subnets(plan: &Plan) -> Vec<&PlannedSubnet> {
    plan.subnets.iter().filter(|subnet| subnet.roles.contains(&Role::AksNodes)).collect()
}

fn variables(plan: &Plan, cluster: &PlannedCluster) -> Vec<String> {
    let mut list = vec![
        "group=RESOURCE-GROUP-OF-THE-CLUSTER cluster=NAME-OF-THE-CLUSTER identity=RESOURCE-ID-OF-ITS-IDENTITY".into(),
    ];
    let id = |variable: &str, subnet: &str| {
        format!(
            "{variable}=$(az network vnet subnet show --resource-group {} --vnet-name {} --name {} --query id --output tsv)",
            quoted(&plan.vnet.resource_group),
            quoted(&plan.vnet.name),
            subnet
        )
    };
    let nodes = node_subnets(plan);
    let pods = cluster.pod_network == PodNetwork::PodSubnet;
    for (variable, subnet) in ["nodes", "pods"].into_iter().zip(nodes).take(if pods { 2 } else { 1 }) {
        list.push(id(variable, &quoted(&subnet.name)));
    }
    if cluster.api_server == ApiServer::VnetIntegration {
        list.push(id("api_server", "NAME-OF-THE-API-SERVER-SUBNET"));
    }
    if cluster.isolated {
        list.push("registry=RESOURCE-ID-OF-YOUR-REGISTRY".into());
    }
    list
}

/// What must be so before the cluster: each command prints something, or the runbook says what it must print.
fn checks(plan: &Plan, cluster: &PlannedCluster) -> Vec<String> {
    let mut list = Vec::new();
    for subnet in node_subnets(plan) {
        let show = format!(
            "az network vnet subnet show --resource-group {} --vnet-name {} --name {}",
            quoted(&plan.vnet.resource_group),
            quoted(&plan.vnet.name),
            quoted(&subnet.name)
        );
        list.push(format!(
            "{show} --query '[delegations[].serviceName, routeTable.id, natGateway.id, defaultOutboundAccess]'"
        ));
    }
    if let Some(next_hop) = plan.next_hop().filter(|_| !cluster.isolated) {
        let mut tables: Vec<&String> =
            node_subnets(plan).iter().filter_map(|subnet| subnet.route_table.as_ref()).collect();
        tables.sort();
        tables.dedup();
        for table in tables {
            list.push(format!(
                "az network route-table route list --resource-group {} --route-table-name {} \\",
                quoted(&plan.vnet.resource_group),
                quoted(table)
            ));
            list.push(format!(
                "  --query \"[?addressPrefix=='0.0.0.0/0' && nextHopIpAddress=='{}'].name\" --output tsv",
                next_hop
            ));
        }
    }
    list
}

/// The options of `az aks create` that match the plan; what has nothing to do with the network is left out.
fn create(plan: &Plan, cluster: &PlannedCluster) -> Vec<String> {
    let mut options = vec![
        "--resource-group \"$group\" --name \"$cluster\"".to_string(),
        format!("--location {}", quoted(&plan.region)),
        "--vnet-subnet-id \"$nodes\"".into(),
        "--assign-identity \"$identity\"".into(),
        format!("--outbound-type {}", cluster.outbound_type),
    ];
    let pods = match cluster.pods.as_slice() {
        [one] => one.to_string(),
        _ => "POD-ADDRESS-SPACE".into(),
    };
    options.push(match cluster.pod_network {
        PodNetwork::Overlay => format!("--network-plugin azure --network-plugin-mode overlay --pod-cidr {pods}"),
        PodNetwork::NodeSubnet => "--network-plugin azure".into(),
        PodNetwork::PodSubnet => "--network-plugin azure --pod-subnet-id \"$pods\"".into(),
        PodNetwork::Kubenet => format!("--network-plugin kubenet --pod-cidr {pods}"),
    });
    if cluster.extension.is_some() {
        options.push("--network-policy calico".into());
    }
    match cluster.api_server {
        ApiServer::Private => options.push("--enable-private-cluster".into()),
        ApiServer::VnetIntegration => options.push(
            "--enable-private-cluster --enable-apiserver-vnet-integration --apiserver-subnet-id \"$api_server\"".into(),
        ),
        ApiServer::Public if !cluster.authorized_ranges.is_empty() => {
            options
                .push(format!("--api-server-authorized-ip-ranges {}", prefixes(&cluster.authorized_ranges).join(",")));
        }
        ApiServer::Public => {}
    }
    if cluster.isolated {
        options
            .push("--bootstrap-artifact-source Cache --bootstrap-container-registry-resource-id \"$registry\"".into());
    }
    options.push(format!("--node-os-upgrade-channel {}", cluster.node_os_channel));
    let addons = [
        (cluster.monitoring, "monitoring"),
        (cluster.policy, "azure-policy"),
        (cluster.key_vault, "azure-keyvault-secrets-provider"),
    ];
    let addons: Vec<&str> = addons.into_iter().filter(|(on, _)| *on).map(|(_, name)| name).collect();
    if !addons.is_empty() {
        options.push(format!("--enable-addons {}", addons.join(",")));
    }
    if cluster.defender {
        options.push("--enable-defender".into());
    }
    let last = options.len() - 1;
    let mut lines = vec!["az aks create \\".to_string()];
    lines.extend(
        options
            .iter()
            .enumerate()
            .map(|(index, option)| format!("  {option}{}", if index == last { "" } else { " \\" })),
    );
    lines
}
