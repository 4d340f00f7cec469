//! What was required once and is not any more: one row each, with the page that says so.

use super::judged::Judged;
use super::open::content;
use super::{Finding, Fix, Kind, Resource, Severity, Subject};
use crate::catalog::Source;
use crate::model::{Access, Direction, Endpoint, PortSet, Protocol, SecurityRule, Services};

/// Guidance that has changed.
struct Row {
    /// Stands in the fingerprint: never changes.
    id: &'static str,
    direction: Direction,
    /// The tag that the rule named, without its region; empty for any far end.
    tag: &'static str,
    protocol: Protocol,
    /// First and last port.
    ports: (u16, u16),
    /// What has to be chosen for the row to count, one of them; and what must not.
    with: &'static [&'static str],
    without: &'static [&'static str],
    /// What it was for, and since when not.
    why: &'static str,
    /// Page, section, date.
    source: (&'static str, &'static str, &'static str),
}

#[rustfmt::skip]
const ROWS: [Row; 7] = [
    Row { id: "batch-inbound", direction: Direction::Inbound, tag: "BatchNodeManagement", protocol: Protocol::Tcp, ports: (29876, 29877), with: &["aml-public-ip", "aml-no-public-ip"], without: &[],
        why: "Azure Batch managed machine learning compute by it; the pages on compute have dropped it by 2026-03-19 in favour of AzureMachineLearning on 44224, and compute without a public address takes nothing from the Internet",
        source: ("aml-firewall", "Basic configuration, inbound traffic", "2026-03-19") },
    Row { id: "aml-inbound-without-public-address", direction: Direction::Inbound, tag: "AzureMachineLearning", protocol: Protocol::Tcp, ports: (44224, 44224), with: &["aml-no-public-ip"], without: &["aml-public-ip"],
        why: "the service reached compute with a public address by it; compute without one, generally available since January 2023, calls out instead",
        source: ("aml-internet-access", "Situational", "2025-02-10") },
    Row { id: "aml-job-log", direction: Direction::Inbound, tag: "AzureMachineLearning", protocol: Protocol::Tcp, ports: (16384, 16384), with: &["aml-public-ip", "aml-no-public-ip"], without: &[],
        why: "job logs of 2020 needed it; no page of today names the port",
        source: ("aml-firewall", "Basic configuration, inbound traffic", "2026-03-19") },
    Row { id: "cyclecloud-ganglia", direction: Direction::Inbound, tag: "", protocol: Protocol::Tcp, ports: (8652, 8652), with: &["cyclecloud-vm", "return-proxy"], without: &["cyclecloud.7"],
        why: "CycleCloud 7 read node metrics from Ganglia by it; since version 8.0 they come from Azure Monitor",
        source: ("cyclecloud-network-security", "CycleCloud and cluster traffic", "2026-08-10") },
    Row { id: "cyclecloud-amqp", direction: Direction::Inbound, tag: "", protocol: Protocol::Tcp, ports: (5672, 5672), with: &["cyclecloud-vm", "return-proxy"], without: &["cyclecloud.7"],
        why: "nodes of CycleCloud 7 sent messages to the server by it; the page asks not to open it for version 8",
        source: ("cyclecloud-network-security", "CycleCloud and cluster traffic", "2026-08-10") },
    Row { id: "aks-tunnel-udp", direction: Direction::Outbound, tag: "AzureCloud", protocol: Protocol::Udp, ports: (1194, 1194), with: &["aks"], without: &["aks.legacy-tunnel"],
        why: "the tunnel of older clusters; private clusters and clusters with the konnectivity agent, which every current one has, do without it",
        source: ("aks-egress", "Azure Global required network rules", "2026-06-18") },
    Row { id: "aks-tunnel-tcp", direction: Direction::Outbound, tag: "AzureCloud", protocol: Protocol::Tcp, ports: (9000, 9000), with: &["aks"], without: &["aks.legacy-tunnel"],
        why: "the tunnel of older clusters; private clusters and clusters with the konnectivity agent, which every current one has, do without it",
        source: ("aks-egress", "Azure Global required network rules", "2026-06-18") },
];

impl Row {
    fn services(&self) -> Services {
        Services::new(self.protocol, &PortSet::from_range(self.ports.0, self.ports.1))
    }

    /// Whether it says something about what is to be planned.
    fn counts(&self, judged: &Judged) -> bool {
        let intent = judged.input.intent;
        let chosen =
            |name: &&str| intent.features.contains(*name) || intent.scenarios.iter().any(|scenario| scenario == *name);
        self.with.iter().any(|name| chosen(name)) && !self.without.iter().any(|name| chosen(name))
    }

    /// Whether the rule was written for this and for nothing else: exactly its tag and no other port.
    fn is_it(&self, rule: &SecurityRule) -> bool {
        let far = if self.direction == Direction::Inbound { &rule.source } else { &rule.destination };
        let tag = match far {
            Endpoint::Tag(tag) => tag.split('.').next().unwrap_or_default().eq_ignore_ascii_case(self.tag),
            _ => false,
        };
        let ports = Services::new(self.protocol, &rule.destination_ports);
        let any_or_same = rule.protocol == Protocol::Any || rule.protocol == self.protocol;
        rule.direction == self.direction
            && rule.access == Access::Allow
            && (tag || self.tag.is_empty())
            && any_or_same
            && !ports.is_empty()
            && ports.is_subset(&self.services())
    }
}

pub(super) fn findings(judged: &Judged) -> Vec<Finding> {
    let rows: Vec<&Row> = ROWS.iter().filter(|row| row.counts(judged)).collect();
    let mut found = Vec::new();
    for (name, nsg) in judged.nsgs() {
        for rule in &nsg.rules {
            let needed = || !judged.served_by(name, rule.direction, &rule.name).is_empty();
            let Some(row) = rows.iter().find(|row| row.is_it(rule)).filter(|_| !needed()) else { continue };
            let subject = Subject {
                resource: Resource::Nsg,
                name: name.clone(),
                rule: rule.name.clone(),
                direction: Some(rule.direction),
                ..Subject::default()
            };
            let sentence = format!("rule `{}` of NSG `{name}` is no longer required: {}", rule.name, row.why);
            let print = format!("{} {}", row.id, content(rule));
            let mut finding = Finding::new(Kind::Obsolete, Severity::Warning, subject, &print, sentence);
            let (page, section, date) = row.source;
            finding.source = vec![Source { page: page.into(), section: section.into(), date: date.into() }];
            found.push(finding.fix(Fix::RemoveRule { nsg: name.clone(), rule: rule.name.clone() }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::ROWS;
    use crate::catalog::{FEATURES, pages};

    #[test]
    fn every_row_has_an_id_of_its_own_and_a_page() {
        for (index, row) in ROWS.iter().enumerate() {
            assert!(ROWS[..index].iter().all(|other| other.id != row.id), "{}", row.id);
            assert!(pages().iter().any(|page| page.key == row.source.0), "{}", row.source.0);
            for feature in row.with.iter().chain(row.without) {
                assert!(FEATURES.contains(feature), "{feature}");
            }
            assert!(super::super::Date::parse(row.source.2).is_some(), "{}", row.source.2);
        }
    }
}
