//! What AKS refuses, or what would not work: each with its reason and the page.

use super::check::Check;
use super::{Attach, NetworkIntent, SubnetIntent};
use crate::catalog::Role;
use crate::model::AddressSet;
use crate::question::Answers;

/// How many ranges an API server takes (api-server-authorized-ip-ranges).
const MOST_RANGES: usize = 200;

impl Check {
    /// The answers about AKS, against each other and the network.
    pub(super) fn aks(&mut self, whole: &Answers, network: &NetworkIntent, subnets: &[SubnetIntent]) {
        let nodes: Vec<&SubnetIntent> = subnets.iter().filter(|s| s.roles.contains(&Role::AksNodes)).collect();
        self.pods(whole, network, &nodes);
        self.api_server(whole, network, subnets);
        self.authorized_ranges(whole);
        if whole.aks.pod_network.as_deref() == Some("kubenet") {
            self.kubenet(whole, network, subnets);
        }
        if whole.aks.network_isolated == Some(true) {
            self.isolated(whole, &nodes);
        }
        self.extension(whole);
    }

    fn pods(&mut self, whole: &Answers, network: &NetworkIntent, nodes: &[&SubnetIntent]) {
        let pods = AddressSet::from_prefixes(whole.aks.pod_addresses.iter().flatten());
        if pods.intersects(&AddressSet::from_prefixes(&network.address_space)) {
            let hint = "pods inside the network are `aks.pod_network: node-subnet` or `pod-subnet`";
            self.add("aks.pod_addresses", "the pod address space overlaps the network's", hint);
        }
        if whole.aks.pod_network.as_deref() == Some("pod-subnet") && nodes.len() == 1 {
            let what = format!("`pod-subnet`, but `{}` is the only subnet with the role `aks-nodes`", nodes[0].name);
            let hint = "add a row for the pods' subnet, with the role `aks-nodes`: pods leave with their own addresses and need the same ways";
            self.add("aks.pod_network", what, hint);
        }
    }

    fn api_server(&mut self, whole: &Answers, network: &NetworkIntent, subnets: &[SubnetIntent]) {
        if whole.aks.api_server.as_deref() != Some("vnet-integration") {
            return;
        }
        if whole.region.as_deref() == Some("qatarcentral") {
            let hint = "API Server VNet Integration is not in that region (api-server-vnet-integration): `private`";
            self.add("aks.api_server", "`vnet-integration` in `qatarcentral`", hint);
        }
        let path = "aks.api_server_addresses";
        let prefixes = whole.aks.api_server_addresses.as_deref().unwrap_or_default();
        if prefixes.is_empty() {
            let hint = "the prefix of the API server's delegated subnet";
            self.add(path, "`aks.api_server: vnet-integration` without the subnet's prefix", hint);
        }
        let space = AddressSet::from_prefixes(&network.address_space);
        for prefix in prefixes {
            let own = AddressSet::from_prefixes(&[*prefix]);
            if !own.is_subset(&space) {
                let hint = "the API server's subnet is one of the same virtual network (api-server-vnet-integration)";
                self.add(path, format!("`{prefix}` lies outside the virtual network"), hint);
            }
            if prefix.prefix_len() > 28 {
                let hint = "a /28 at the least (api-server-vnet-integration)";
                self.add(path, format!("`{prefix}` is too small for the API server's subnet"), hint);
            }
            if let Some(subnet) = subnets.iter().find(|s| AddressSet::from_prefixes(&[s.prefix]).intersects(&own)) {
                let hint = "the API server's subnet is delegated and holds nothing else: it has no row of its own";
                self.add(path, format!("`{prefix}` overlaps `{}` of subnet `{}`", subnet.prefix, subnet.name), hint);
            }
        }
    }

    fn authorized_ranges(&mut self, whole: &Answers) {
        let Some(ranges) = &whole.aks.authorized_ranges else { return };
        let path = "aks.authorized_ranges";
        if ranges.len() > MOST_RANGES {
            let what = format!("{} ranges, and an API server takes {MOST_RANGES}", ranges.len());
            self.add(path, what, "join neighbours (api-server-authorized-ip-ranges)");
        }
        let public = AddressSet::public_v4();
        let hint = "ranges are public addresses: what is inside the network reaches a private API server (api-server-authorized-ip-ranges)";
        for prefix in ranges.iter().filter(|prefix| !AddressSet::from_prefixes(&[**prefix]).is_subset(&public)) {
            self.add(path, format!("`{prefix}` is not public"), hint);
        }
        let allowed = AddressSet::from_prefixes(ranges);
        for address in whole.aks.egress_addresses.iter().flatten() {
            let own = AddressSet::from_prefixes(&[*address]);
            if !own.is_subset(&public) {
                let hint = "the address that servers outside see, not the private one of the firewall";
                self.add("aks.egress_addresses", format!("`{address}` is not public"), hint);
            } else if !own.is_subset(&allowed) {
                let hint =
                    format!("add `{address}`: nodes come from there, and would be locked out of their API server");
                self.add(path, format!("`{address}` of `aks.egress_addresses` is not among them"), hint);
            }
        }
    }

    /// AKS writes a route for each node into the table of its subnets, so the table cannot be declared whole.
    fn kubenet(&mut self, whole: &Answers, network: &NetworkIntent, subnets: &[SubnetIntent]) {
        if whole.machines.windows == Some(true) {
            let hint = "Windows node pools need Azure CNI, as `overlay` (configure-kubenet)";
            self.add("aks.pod_network", "`kubenet` with Windows machines", hint);
        }
        if !matches!(whole.egress.via.as_deref(), Some("azure-firewall" | "appliance")) {
            if network.create {
                let hint = "AKS puts a route table of its own on the subnet, and declaring the subnet again takes it off: make the network first, then `network.create: false`";
                self.add("network.create", "`true` with `aks.pod_network: kubenet`", hint);
            }
            return;
        }
        let hint = "make a table with the route 0.0.0.0/0 to the firewall, on all subnets of this cluster and no other, then `routes: extend:<its name>`: a table declared whole loses the routes that AKS writes into it (configure-kubenet)";
        let mut tables: Vec<&String> = Vec::new();
        for (index, subnet) in subnets.iter().enumerate() {
            let node = subnet.roles.contains(&Role::AksNodes);
            let path = format!("subnets[{index}].routes");
            match &subnet.routes {
                Attach::Extend(name) if node => tables.push(name),
                _ if node => {
                    let what = format!("the route table of `{}` would be declared whole, under kubenet", subnet.name);
                    self.add(&path, what, hint);
                }
                _ => {}
            }
        }
        tables.sort();
        tables.dedup();
        if tables.len() > 1 {
            let what = "the subnets of one kubenet cluster have different route tables";
            self.add("subnets", what, "one table for all of them (configure-kubenet)");
        }
        for (index, subnet) in subnets.iter().enumerate().filter(|(_, s)| !s.roles.contains(&Role::AksNodes)) {
            if matches!(&subnet.routes, Attach::Extend(name) if tables.contains(&name)) {
                let what = format!("`{}` shares the route table of the kubenet cluster", subnet.name);
                let hint = "the table belongs to one cluster alone (configure-kubenet)";
                self.add(&format!("subnets[{index}].routes"), what, hint);
            }
        }
    }

    /// What a network isolated cluster does not have (concepts-network-isolated).
    fn isolated(&mut self, whole: &Answers, nodes: &[&SubnetIntent]) {
        const PAGE: &str = "concepts-network-isolated";
        let aks = &whole.aks;
        let is = |answer: &Option<String>, word: &str| answer.as_deref() == Some(word);
        let on = |answer: Option<bool>| answer == Some(true);
        let way_out = whole.egress.way_out.as_deref().unwrap_or("none");
        let no_hosts = "its hosts are on the Internet, and no page says how to reach them privately: leave it out, or give up `aks.network_isolated`";
        let rows: [(bool, &str, &str, &str); 11] = [
            (
                is(&aks.api_server, "public"),
                "aks.api_server",
                "`public`",
                "nodes reach a private API server only: `private` or `vnet-integration`",
            ),
            (is(&aks.pod_network, "kubenet"), "aks.pod_network", "`kubenet`", "not supported: choose `overlay`"),
            (
                on(whole.machines.windows),
                "machines.windows",
                "Windows machines",
                "Windows node pools are not supported",
            ),
            (
                is(&aks.node_os_channel, "SecurityPatch") || is(&aks.node_os_channel, "Unmanaged"),
                "aks.node_os_channel",
                "a channel that takes updates from outside",
                "only `NodeImage` and `None` are supported",
            ),
            (
                aks.azureml.as_deref().is_some_and(|kinds| kinds != "none"),
                "aks.azureml",
                "the Azure Machine Learning extension",
                "not supported, like Dapr, App Configuration, Flux and backup: `none`",
            ),
            (on(aks.policy), "aks.policy", "Azure Policy for AKS", no_hosts),
            (on(aks.defender), "aks.defender", "Defender for Containers", no_hosts),
            (on(aks.extensions), "aks.extensions", "cluster extensions", no_hosts),
            (
                on(aks.legacy_tunnel),
                "aks.legacy_tunnel",
                "the old tunnel",
                "its API server is private and needs no tunnel outside",
            ),
            (
                aks.private_endpoints == Some(false),
                "aks.private_endpoints",
                "no private endpoints",
                "the registry with its images is reached by one: `true`, and a subnet with the role `private-endpoints`",
            ),
            (
                is(&whole.egress.via, "nat-gateway") || is(&whole.egress.via, "nsg") && way_out != "none",
                "egress.via",
                "a way to the Internet of its own",
                "`egress.via: nsg` with `egress.way_out: none`, or a firewall, in which nothing is opened for it",
            ),
        ];
        for (_, path, what, hint) in rows.into_iter().filter(|row| row.0) {
            self.add(path, format!("{what} in a network isolated cluster"), format!("{hint} ({PAGE})"));
        }
        for subnet in nodes.iter().filter(|subnet| subnet.public_ip) {
            let what = format!("`{}` has public addresses, in a network isolated cluster", subnet.name);
            self.add("subnets", what, format!("a node's public address lets it out: `public_ip: false` ({PAGE})"));
        }
    }

    fn extension(&mut self, whole: &Answers) {
        let cloud = whole.cloud.as_deref().unwrap_or("AzureCloud");
        if cloud != "AzureCloud" && whole.aks.azureml.as_deref().is_some_and(|kinds| kinds != "none") {
            let hint =
                "Kubernetes compute is not there (machine-learning-cloud-parity, 2025-02-28): `aks.azureml: none`";
            self.add("aks.azureml", format!("the Azure Machine Learning extension in {cloud}"), hint);
        }
        if whole.aks.azureml_namespaces.as_ref().is_some_and(Vec::is_empty) {
            let hint = "the namespaces that the cluster is attached with; leave it out for `default`";
            self.add("aks.azureml_namespaces", "no namespace for deployed models", hint);
        }
        for name in whole.aks.azureml_namespaces.iter().flatten() {
            let path = "aks.azureml_namespaces";
            if !is_label_name(name, &|b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
                let hint = "lower case letters, digits and `-`, at most 63, as Kubernetes has it";
                self.add(path, format!("`{name}` is not the name of a namespace"), hint);
            } else if ["azureml", "kube-system"].contains(&name.as_str()) {
                let hint = "models are deployed to a namespace of their own: the one the cluster is attached with";
                self.add(path, format!("`{name}` belongs to others"), hint);
            }
        }
        let labels = [
            ("aks.azureml_fe_label", &whole.aks.azureml_fe_label),
            ("aks.azureml_identity_label", &whole.aks.azureml_identity_label),
            ("aks.azureml_model_label", &whole.aks.azureml_model_label),
        ];
        for (path, answer) in labels {
            if let Some(text) = answer.as_deref().filter(|text| !is_label(text)) {
                let hint = "as `key=value`, with an optional prefix and `/` before the key, as `kubectl get pods --show-labels` prints it";
                self.add(path, format!("`{text}` is not a label"), hint);
            }
        }
    }
}

/// Whether it is `key=value` or `prefix/key=value` (kubernetes.io, Labels and Selectors).
fn is_label(text: &str) -> bool {
    let Some((key, value)) = text.split_once('=') else { return false };
    let (prefix, name) = key.split_once('/').map_or((None, key), |(prefix, name)| (Some(prefix), name));
    let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    let domain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    is_label_name(name, &word)
        && is_label_name(value, &word)
        && prefix.is_none_or(|prefix| prefix.len() <= 253 && prefix.split('.').all(|part| is_label_name(part, &domain)))
}

/// At most 63 characters of a set, a letter or digit at either end.
fn is_label_name(text: &str, allowed: &dyn Fn(u8) -> bool) -> bool {
    let edge = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    text.len() <= 63 && text.bytes().all(allowed) && edge(text.bytes().next()) && edge(text.bytes().last())
}
