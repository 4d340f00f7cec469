//! The AKS cluster that fits the network: what to create it with, its extension, and what the admin should know of it.

use super::{Context, Notes};
use crate::catalog::{Cloud, Group, Role};
use crate::intent::{Egress, Intent};
use ipnet::IpNet;

/// The cluster that the network is planned for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedCluster {
    /// `--outbound-type`, which follows from the way out (egress-outboundtype).
    pub outbound_type: &'static str,
    /// Whether it is network isolated: nothing leaves the network.
    pub isolated: bool,
    /// Where its API server is.
    pub api_server: ApiServer,
    /// The addresses of a public API server, or the prefix of its subnet; may be empty.
    pub api_server_addresses: Vec<IpNet>,
    /// The public prefixes that may reach a public API server; empty for all.
    pub authorized_ranges: Vec<IpNet>,
    /// Where pods get their addresses.
    pub pod_network: PodNetwork,
    /// Pods' own address space, with overlay and kubenet.
    pub pods: Vec<IpNet>,
    /// `--node-os-upgrade-channel`.
    pub node_os_channel: String,
    /// Whether the Key Vault provider is on.
    pub key_vault: bool,
    /// Whether Container insights or managed Prometheus is on.
    pub monitoring: bool,
    /// Whether Azure Policy is on.
    pub policy: bool,
    /// Whether Defender for Containers is on.
    pub defender: bool,
    /// Whether it goes to private endpoints.
    pub private_endpoints: bool,
    /// The Azure Machine Learning extension, if it is installed.
    pub extension: Option<PlannedExtension>,
}

/// Where an API server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiServer {
    /// A private endpoint in the nodes' subnet.
    Private,
    /// A delegated subnet of the network.
    VnetIntegration,
    /// A public address.
    Public,
}

/// Where pods get their addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PodNetwork {
    /// A space of their own.
    Overlay,
    /// The nodes' subnet.
    NodeSubnet,
    /// A subnet of their own.
    PodSubnet,
    /// A space of their own, and a route for each node.
    Kubenet,
}

/// The Azure Machine Learning extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedExtension {
    /// Whether it runs training jobs.
    pub training: bool,
    /// Whether it serves online endpoints.
    pub inference: bool,
    /// The namespaces of deployed models.
    pub namespaces: Vec<String>,
    /// The label of the router's pods.
    pub fe_label: Option<Label>,
    /// The label of the identity proxy's pods.
    pub identity_label: Option<Label>,
    /// The label of deployed models' pods.
    pub model_label: Option<Label>,
}

/// A label of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its key, with its prefix if it has one.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// The cluster, where the scenario is chosen.
pub(super) fn plan(intent: &Intent) -> Option<PlannedCluster> {
    if !intent.features.contains("aks") {
        return None;
    }
    let on = |feature: &str| intent.features.contains(feature);
    let answers = &intent.complete.aks;
    let isolated = on("aks.isolated");
    let label = |answer: &Option<String>| {
        let (key, value) = answer.as_deref()?.split_once('=')?;
        Some(Label { key: key.into(), value: value.into() })
    };
    Some(PlannedCluster {
        outbound_type: match &intent.egress {
            _ if isolated => "none",
            Egress::Firewall(_) | Egress::Appliance(_) => "userDefinedRouting",
            Egress::NatGateway(_) => "userAssignedNATGateway",
            Egress::Nsg(_) => "loadBalancer",
            // Nothing routes anywhere, and the proxy is one of the nodes' own settings.
            Egress::Proxy(_) => "none",
        },
        isolated,
        api_server: match answers.api_server.as_deref() {
            Some("public") => ApiServer::Public,
            Some("vnet-integration") => ApiServer::VnetIntegration,
            _ => ApiServer::Private,
        },
        api_server_addresses: intent.groups.get(&Group::AksApiServer).cloned().unwrap_or_default(),
        authorized_ranges: answers.authorized_ranges.clone().unwrap_or_default(),
        pod_network: match answers.pod_network.as_deref() {
            Some("node-subnet") => PodNetwork::NodeSubnet,
            Some("pod-subnet") => PodNetwork::PodSubnet,
            Some("kubenet") => PodNetwork::Kubenet,
            _ => PodNetwork::Overlay,
        },
        pods: intent.groups.get(&Group::AksPods).cloned().unwrap_or_default(),
        node_os_channel: answers.node_os_channel.clone().unwrap_or_default(),
        key_vault: on("aks.key-vault"),
        monitoring: on("aks.monitoring"),
        policy: on("aks.policy"),
        defender: on("aks.defender"),
        private_endpoints: on("aks.private-endpoints"),
        extension: on("aks.azureml").then(|| PlannedExtension {
            training: on("aks.azureml-training"),
            inference: serves(intent),
            namespaces: answers.azureml_namespaces.clone().unwrap_or_default(),
            fe_label: label(&answers.azureml_fe_label),
            identity_label: label(&answers.azureml_identity_label),
            model_label: label(&answers.azureml_model_label),
        }),
    })
}

/// Whether the extension serves online endpoints: no host hangs on it, only what is inside the cluster.
fn serves(intent: &Intent) -> bool {
    matches!(intent.complete.aks.azureml.as_deref(), Some("inference" | "both"))
}

/// A row: whether it applies, what is so, what follows, and the requirement it is about.
type Row = (bool, &'static str, &'static str, &'static str);

/// What answers, pages or Azure leave open about the cluster.
pub(super) fn warn(context: &Context, notes: &mut Notes) {
    let intent = context.intent;
    let on = |feature: &str| intent.features.contains(feature);
    if !on("aks") {
        return;
    }
    let answers = &intent.complete.aks;
    let pods = |word: &str| answers.pod_network.as_deref() == Some(word);
    let routed = intent.next_hop().is_some();
    let isolated = on("aks.isolated");
    let gov = intent.cloud == Cloud::AzureUSGovernment;
    let china = intent.cloud == Cloud::AzureChinaCloud;
    let agents = ["azure-monitor-agent", "defender", "os-updates"].iter().any(|feature| on(feature));
    let ranges = answers.authorized_ranges.is_some();
    let rows: Vec<Row> = vec![
        (
            intent.subnets.iter().any(|s| s.roles.contains(&Role::AksNodes) && s.nsg.is_ours()),
            "the AKS subnet ends in a deny of everything else",
            "Microsoft does not support filtering inside the cluster and advises against an outbound deny in an NSG; node and pod traffic is allowed whole, services of type LoadBalancer need inbound rules of your own",
            "",
        ),
        (
            routed && !isolated,
            "a public load balancer in front of AKS breaks under the route to the firewall",
            "replies would leave by the firewall, which never saw the request; publish through the firewall (DNAT) to an internal load balancer instead; Microsoft's walkthrough also routes the firewall's own public address /32 to Internet (limit-egress-traffic, integrate-lb)",
            "",
        ),
        (
            on("aks.public-api") && !on("aks.api-by-ip"),
            "the addresses of the public API server are not given",
            "pods outside kube-system that ask it by address are blocked; authorised address ranges must hold the public address that the firewall or NAT gateway uses",
            "aks.out.api-server-address",
        ),
        (
            on("aks.public-api") && ranges && answers.egress_addresses.is_none(),
            "the public address that the nodes leave by is not given",
            "whether the API server's authorised ranges hold it was not checked: without it the nodes are locked out",
            "aks.out.api-server",
        ),
        (
            on("aks.vnet-integration"),
            "no NSG is planned for the API server's subnet",
            "if it has one, it must let in TCP 443 and 4443 from the nodes' and pods' subnets and TCP 9988 from AzureLoadBalancer, and let out what it needs to nodes and pods (api-server-vnet-integration)",
            "aks.out.api-server-subnet",
        ),
        (
            intent.proxy().is_some() && !isolated,
            "the outbound type of a cluster behind an explicit proxy",
            "no page names one: `none` is what leaves the network as it is, and the proxy is given to the cluster with `--http-proxy-config`; try it first",
            "",
        ),
        (
            pods("kubenet"),
            "kubenet: AKS writes one route for each node into the route table of the subnet",
            "at most 400 nodes; the cluster needs a user-assigned identity with rights on subnet and table; the table cannot be changed for another one later, and routes that AKS made must stay as they are (configure-kubenet)",
            "",
        ),
        (
            pods("pod-subnet") && intent.network.create,
            "AKS delegates the pods' subnet to itself",
            "the files here declare that subnet without a delegation: look at what a second deployment would change before you run it, or set `network.create: false` once the network is there",
            "",
        ),
        (
            isolated,
            "network isolated: the nodes reach nothing outside the network",
            "images come from a registry of your own, Premium, with the cache rule mcr.microsoft.com/* to aks-managed-repository/* and a private endpoint; both must be there before the cluster (network-isolated)",
            "aks.out.private-endpoints",
        ),
        (
            isolated && agents,
            "agents and updates stay closed on the nodes of the network isolated cluster",
            "they are opened for the other subnets alone; nodes get updates with a new image",
            "",
        ),
        (
            isolated && on("aks.gpu"),
            "nodes with GPUs in a network isolated cluster",
            "the page of network isolated clusters does not say where drivers come from, and the hosts of the egress page stay closed: try it first",
            "aks.out.gpu",
        ),
        (
            isolated && on("aks.monitoring"),
            "Azure Monitor from a network isolated cluster",
            "no public host of it is opened: it needs an Azure Monitor Private Link Scope with a private endpoint",
            "aks.out.monitoring",
        ),
        (
            isolated && (gov || china),
            "network isolated clusters outside the public cloud",
            "no page says that this cloud has them: ask Microsoft before you build on it",
            "",
        ),
        (
            on("aks.extensions") && china,
            "cluster extensions in Azure China",
            "the egress page has no table for them there, so no host is opened",
            "aks.out.extensions",
        ),
        (
            on("aks.extensions") && gov,
            "extensions from the marketplace in Azure Government",
            "the egress page lists no marketplace registry there, so none is opened",
            "aks.out.extension-images",
        ),
        (
            on("aks.key-vault") && china && !on("aks.private-endpoints"),
            "the Key Vault provider in Azure China",
            "the egress page lists no host for it there, so none is opened: a private endpoint works without one (`aks.private_endpoints: true`)",
            "aks.out.key-vault",
        ),
        (
            on("aks.defender") && china,
            "Defender for Containers in Azure China",
            "it was retired there on 18 August 2026, so none of its hosts is opened",
            "aks.out.defender",
        ),
        (
            on("aks.azureml") && ranges,
            "the API server has authorised ranges, and Azure Machine Learning calls it from its own addresses",
            "add the prefixes of the service tag AzureMachineLearning for this region and its pair, and renew them when they change: without them nothing is deployed (how-to-deploy-kubernetes-extension)",
            "aks.azureml.service",
        ),
        (
            serves(intent) && answers.azureml_model_label.is_none(),
            "no network policy is written for the namespaces of deployed models",
            "the label of their pods is not documented: read it with `kubectl get pods -n NAMESPACE --show-labels` and answer `aks.azureml_model_label`",
            "",
        ),
    ];
    for (_, what, consequence, requirement) in rows.into_iter().filter(|row| row.0) {
        notes.warn(requirement, what, consequence);
    }
}
