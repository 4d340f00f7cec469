//! Where the facts behind a question come from: pages, beside the questions so that a row of the table stays a line.

use crate::catalog::pages;

/// Question, key of the page.
const SOURCES: &[(&str, &str)] = &[
    ("scenarios", "cyclecloud-locked-down"),
    ("scenarios", "aml-training-vnet"),
    ("scenarios", "aks-egress"),
    ("region", "service-tags"),
    ("network.dns_servers", "aml-custom-dns"),
    ("egress.via", "service-tags"),
    ("cyclecloud.install", "cyclecloud-ssl"),
    ("cyclecloud.projects", "cyclecloud-locked-down"),
    ("cyclecloud.node_packages", "cyclecloud-network-security"),
    ("cyclecloud.locker_access", "cyclecloud-locked-down"),
    ("cyclecloud.costs", "cyclecloud-locked-down"),
    ("cyclecloud.telemetry", "cyclecloud-locked-down"),
    ("return_proxy.public_address", "cyclecloud-network-security"),
    ("return_proxy.public_address", "cyclecloud-return-proxy"),
    ("aml.compute", "aml-training-vnet"),
    ("aml.private_endpoints", "aml-training-vnet"),
    ("aml.smb_public", "azure-tre"),
    ("aml.routes", "aml-training-vnet"),
    ("aml.studio", "aml-firewall"),
    ("aml.hbi", "aml-firewall"),
    ("aml.python", "aml-firewall"),
    ("aml.applications", "aml-firewall"),
    ("aml.exfiltration_protection", "aml-exfiltration"),
    ("aml.interactive_jobs", "aml-interactive-jobs"),
    ("aml.vscode", "aml-firewall"),
    ("aks.api_server", "aks-api-server-vnet"),
    ("aks.network_isolated", "aks-isolated"),
    ("aks.pod_network", "aks-cni-overlay"),
    ("aks.pod_addresses", "aks-cni-overlay"),
    ("aks.legacy_tunnel", "aks-egress"),
    ("aks.monitoring", "aks-egress"),
    ("aks.policy", "aks-egress"),
    ("machines.windows", "windows-activation"),
];

/// The pages that a question's facts come from, by title.
pub fn sources(path: &str) -> Vec<&'static str> {
    let keys = SOURCES.iter().filter(|(question, _)| *question == path).map(|(_, key)| key);
    keys.filter_map(|key| pages().iter().find(|page| page.key == *key)).map(|page| page.title.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::find;

    #[test]
    fn every_source_is_of_a_question_and_a_page() {
        for (question, key) in SOURCES {
            assert!(find(question).is_some(), "{question}");
            assert!(pages().iter().any(|page| page.key == *key), "{key}");
        }
    }
}
