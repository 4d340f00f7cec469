//! What the owner of a firewall or proxy loads: the rules as tables, plain lists, a Squid allow-list, and how to use them.

mod lists;
mod readme;
mod squid;
mod tables;

use super::Input;
use super::engine::{Value, view};
use crate::model::{ApplicationRule, Endpoint, PortSet, Protocol, Services, ports_text};
use crate::plan::{Plan, PlannedSubnet};
use ipnet::IpNet;
use lists::{Group, groups, source_of};
use std::collections::BTreeMap;

pub(super) use readme::view;
pub(super) use squid::view as squid;
pub(super) use tables::{json, table};

/// A planned rule, whatever its kind, in the terms of the tables.
struct Listed<'a> {
    key: &'a str,
    because: &'a [String],
    subnet: &'a PlannedSubnet,
    services: Services,
    names: &'a [String],
    destinations: &'a [Endpoint],
}

/// Every rule that the firewall, appliance or proxy is to hold, as planned.
fn listed(plan: &Plan) -> Vec<Listed<'_>> {
    let (network, application) = plan.held();
    let subnet = |source: &Endpoint| plan.subnets.iter().find(|subnet| source_of(subnet) == *source);
    let by_address = network.iter().filter_map(|planned| {
        Some(Listed {
            key: &planned.key,
            because: &planned.because,
            subnet: subnet(&planned.rule.source)?,
            services: planned.rule.services.clone(),
            names: &planned.rule.names,
            destinations: &planned.rule.destinations,
        })
    });
    let by_name = application.iter().filter_map(|planned| {
        Some(Listed {
            key: &planned.key,
            because: &planned.because,
            subnet: subnet(&planned.rule.source)?,
            services: application_services(&planned.rule),
            names: &planned.rule.names,
            destinations: &[],
        })
    });
    by_address.chain(by_name).collect()
}

/// The TCP ports of a rule for names.
fn application_services(rule: &ApplicationRule) -> Services {
    let ports = PortSet::from_ranges(rule.protocols.iter().map(|protocol| (protocol.port, protocol.port)));
    Services::new(Protocol::Tcp, &ports)
}

/// Protocols, each with its ports: `tcp` and `80,443`, `udp` and `5831`. A protocol without ports has `*`.
fn services_parts(services: &Services) -> Vec<(String, String)> {
    if *services == Services::all() {
        return vec![("any".into(), "*".into())];
    }
    let ported = [("tcp", services.tcp_ports()), ("udp", services.udp_ports())];
    let mut parts: Vec<(String, String)> = ported
        .into_iter()
        .filter(|(_, ports)| !ports.is_empty())
        .map(|(protocol, ports)| (protocol.to_string(), ports_text(ports)))
        .collect();
    let with_ports = [Protocol::Tcp, Protocol::Udp].map(|protocol| Services::new(protocol, &PortSet::all()));
    let portless = services.difference(&with_ports[0]).difference(&with_ports[1]);
    if !portless.is_empty() {
        parts.extend(portless.to_string().split(" · ").map(|protocol| (protocol.replace(' ', "-"), "*".into())));
    }
    parts
}

fn prefixes_of(plan: &Plan, tag: &str) -> Vec<IpNet> {
    plan.service_tags.addresses.get(tag).map(|addresses| addresses.to_prefixes()).unwrap_or_default()
}

/// What is to hold the rules.
fn holder(plan: &Plan) -> String {
    match (&plan.appliance, &plan.firewall) {
        (Some(appliance), _) => appliance.label(),
        (None, Some(firewall)) => format!("Azure Firewall {}", firewall.private_address),
        (None, None) => String::new(),
    }
}

/// The plain lists, with their paths, and the names that TLS inspection must leave alone.
pub(super) fn lists(input: &Input) -> Vec<(String, Value)> {
    let groups = groups(input.plan);
    let lists = groups.iter().flat_map(Group::lists);
    let mut files: Vec<(String, Value)> = lists.map(|list| (list.path, view!({ "entries": list.entries }))).collect();
    let entries: Vec<String> = untouched(input.plan).into_keys().collect();
    if !entries.is_empty() {
        files.push((format!("{}/{UNTOUCHED}", lists::FOLDER), view!({ "entries": entries })));
    }
    files
}

const UNTOUCHED: &str = "no-tls-inspection.txt";

/// Names that a firewall or proxy must not look into: by requirement and a part of the name, with the reason.
///
/// AML: how-to-access-azureml-behind-firewall, "Recommended configuration for training and deploying models". AKS:
/// outbound-rules-control-egress, required FQDN rules. Azure Monitor Agent: azure-monitor-agent-network-configuration.
const NO_INSPECTION: [(&str, &str, &str); 7] = [
    ("aml.out.service", ".instances.", "Jupyter and terminals on compute instances use WebSocket"),
    ("aks.out.api-server", "", "the tunnel between nodes and control plane needs ALPN"),
    ("base.defender", "", "Defender for Endpoint refuses a replaced certificate"),
    ("base.defender-events", "", "Defender for Endpoint refuses a replaced certificate"),
    ("base.monitor-agent", "", "the Azure Monitor Agent refuses a replaced certificate"),
    ("base.monitor-agent-ingestion", "", "the Azure Monitor Agent refuses a replaced certificate"),
    ("base.monitor-agent-resource-manager", "", "the Azure Monitor Agent refuses a replaced certificate"),
];

/// The planned names that must not be inspected, with the reason.
fn untouched(plan: &Plan) -> BTreeMap<String, &'static str> {
    let mut found = BTreeMap::new();
    for planned in plan.held().1 {
        for (id, part, why) in NO_INSPECTION {
            if planned.because.iter().any(|because| because == id) {
                let names = planned.rule.names.iter().filter(|name| name.contains(part));
                found.extend(names.map(|name| (name.to_ascii_lowercase(), why)));
            }
        }
    }
    found
}
