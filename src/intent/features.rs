//! Which answers fill which group, and turn which feature on: tables, one row each.

use super::Egress;
use crate::catalog::Group;
use crate::model::AddressSet;
use crate::question::Answers;
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

pub(super) fn groups(whole: &Answers, egress: &Option<Egress>) -> BTreeMap<Group, Vec<IpNet>> {
    // With host names in its network rules, a firewall is the DNS server that machines ask.
    let proxy = match egress {
        Some(Egress::Firewall(firewall)) if firewall.dns_proxy => {
            Some(IpNet::from(IpAddr::V4(firewall.private_address)))
        }
        _ => None,
    };
    let servers = whole.network.dns_servers.iter().flatten().copied().chain(proxy).collect();
    let rows = [
        (Group::Admins, &whole.admins),
        (Group::Users, &whole.users),
        (Group::OnPremises, &whole.network.on_premises),
        (Group::DnsServers, &Some(servers)),
        (Group::DirectoryServers, &whole.machines.directory_servers),
        (Group::NtpServers, &whole.machines.ntp_servers),
        (Group::NfsServers, &whole.cyclecloud.nfs_servers),
        (Group::PackageMirrors, &whole.cyclecloud.package_mirrors),
        (Group::AmlEndpoints, &whole.aml.endpoint_addresses),
        (Group::AmlAttached, &whole.aml.attached_addresses),
        (Group::AksPods, &whole.aks.pod_addresses),
        (Group::AksApiServer, &whole.aks.api_server_addresses),
        (Group::CyclecloudServerAddresses, &whole.cyclecloud.server_addresses),
        (Group::Bastion, &whole.cyclecloud.bastion),
        (Group::LustreServers, &whole.cyclecloud.lustre_servers),
        (Group::AccountingDatabase, &whole.cyclecloud.accounting_database),
    ];
    rows.into_iter()
        .filter_map(|(group, answer)| {
            let prefixes = answer.clone().filter(|prefixes| !prefixes.is_empty())?;
            // Minimal and sorted: a rule says the same thing in the same bytes however the answer was ordered.
            Some((group, AddressSet::from_prefixes(&prefixes).to_prefixes()))
        })
        .collect()
}

/// The features that the answers turn on.
pub(super) fn features(
    whole: &Answers,
    groups: &BTreeMap<Group, Vec<IpNet>>,
    egress: &Option<Egress>,
) -> BTreeSet<String> {
    let is = |answer: &Option<String>, word: &str| answer.as_deref() == Some(word);
    let on = |answer: Option<bool>| answer == Some(true);
    let has = |answer: &Option<Vec<String>>, word: &str| answer.iter().flatten().any(|item| item == word);
    let chosen = |id: &str| has(&whole.scenarios, id);
    let cyclecloud = chosen("cyclecloud-vm") || chosen("return-proxy");
    let aml = chosen("aml-public-ip") || chosen("aml-no-public-ip");
    let (cc, ml, ks, machines) = (&whole.cyclecloud, &whole.aml, &whole.aks, &whole.machines);
    let extension = ks.azureml.as_deref().is_some_and(|kinds| kinds != "none");
    let rows: Vec<(&str, bool)> = vec![
        ("cyclecloud", cyclecloud),
        ("cyclecloud-vm", chosen("cyclecloud-vm")),
        ("return-proxy", chosen("return-proxy")),
        ("aml", aml),
        ("aml-public-ip", chosen("aml-public-ip")),
        ("aml-no-public-ip", chosen("aml-no-public-ip")),
        ("aks", chosen("aks")),
        ("cyclecloud.7", is(&cc.version, "7")),
        ("cyclecloud.marketplace", is(&cc.install, "marketplace")),
        ("cyclecloud.package", is(&cc.install, "package")),
        ("cyclecloud.locker-service-endpoint", is(&cc.locker_access, "service-endpoint")),
        ("cyclecloud.locker-private-endpoint", is(&cc.locker_access, "private-endpoint")),
        ("cyclecloud.github", is(&cc.projects, "github")),
        ("cyclecloud.server-packages", on(cc.server_packages)),
        ("cyclecloud.node-packages", is(&cc.node_packages, "internet")),
        ("cyclecloud.package-mirror", is(&cc.node_packages, "mirror")),
        ("cyclecloud.nfs-scheduler", is(&cc.nfs, "scheduler")),
        ("cyclecloud.nfs-external", is(&cc.nfs, "external")),
        ("cyclecloud.admin-ssh", on(cc.admin_ssh)),
        ("cyclecloud.users-ssh", on(cc.users_ssh)),
        ("cyclecloud.users-rdp", on(cc.users_rdp)),
        ("cyclecloud.costs", on(cc.costs)),
        ("cyclecloud.telemetry", on(cc.telemetry)),
        ("cyclecloud.azslurm-cost", on(cc.azslurm_cost)),
        ("cyclecloud.event-grid", on(cc.event_grid)),
        ("cyclecloud.monitoring", on(cc.monitoring)),
        ("cyclecloud.srun-pinned", is(&cc.srun_ports, "pinned")),
        ("cyclecloud.slurm", is(&cc.scheduler, "slurm")),
        ("cyclecloud.openpbs", is(&cc.scheduler, "openpbs")),
        ("cyclecloud.grid-engine", is(&cc.scheduler, "grid-engine")),
        ("cyclecloud.lsf", is(&cc.scheduler, "lsf")),
        ("cyclecloud.symphony", is(&cc.scheduler, "symphony")),
        ("cyclecloud.hpc-pack", is(&cc.scheduler, "hpc-pack")),
        ("aml.compute-instance", has(&ml.compute, "instance")),
        ("aml.compute-cluster", has(&ml.compute, "cluster")),
        ("aml.compute-serverless", has(&ml.compute, "serverless")),
        ("aml.private-endpoints", on(ml.private_endpoints)),
        ("aml.storage-public", aml && !is(&ml.storage_access, "private-endpoint")),
        ("aml.storage-service-endpoint", is(&ml.storage_access, "service-endpoint")),
        ("aml.cross-region", ml.workspace_region.is_some() && ml.workspace_region != whole.region),
        ("aml.allow-list", on(ml.allow_list)),
        ("aml.exfiltration-protection", on(ml.exfiltration_protection)),
        ("aml.smb-public", on(ml.smb_public)),
        ("aml.studio", on(ml.studio)),
        ("aml.monitor-public", is(&ml.monitor, "public")),
        ("aml.registry-public", on(ml.registry_public)),
        ("aml.hbi", on(ml.hbi)),
        ("aml.python", on(ml.python)),
        ("aml.applications", ml.applications.iter().flatten().next().is_some()),
        ("aml.rstudio", has(&ml.applications, "rstudio") || has(&ml.applications, "posit-workbench")),
        ("aml.posit-workbench", has(&ml.applications, "posit-workbench")),
        ("aml.custom-applications", has(&ml.applications, "custom")),
        ("aml.cran", on(ml.cran)),
        ("aml.vscode", ml.vscode.iter().flatten().next().is_some()),
        ("aml.vscode-desktop", has(&ml.vscode, "desktop")),
        ("aml.vscode-web", has(&ml.vscode, "web")),
        ("aml.interactive-jobs", on(ml.interactive_jobs)),
        ("aml.attached", groups.contains_key(&Group::AmlAttached)),
        ("aks.isolated", on(ks.network_isolated)),
        ("aks.vnet-integration", is(&ks.api_server, "vnet-integration")),
        ("aks.public-api", is(&ks.api_server, "public")),
        ("aks.api-by-ip", is(&ks.api_server, "public") && groups.contains_key(&Group::AksApiServer)),
        ("aks.legacy-tunnel", on(ks.legacy_tunnel)),
        ("aks.monitoring", on(ks.monitoring)),
        ("aks.policy", on(ks.policy)),
        ("aks.defender", on(ks.defender)),
        ("aks.gpu", on(ks.gpu)),
        ("aks.key-vault", on(ks.key_vault)),
        ("aks.private-endpoints", on(ks.private_endpoints)),
        ("aks.security-patch", is(&ks.node_os_channel, "SecurityPatch")),
        ("aks.extensions", on(ks.extensions) || extension),
        ("aks.azureml", extension),
        ("aks.azureml-training", is(&ks.azureml, "training") || is(&ks.azureml, "both")),
        ("windows", on(machines.windows)),
        ("linux", !on(machines.windows) || cyclecloud || aml || chosen("aks")),
        ("defender", has(&machines.agents, "defender")),
        ("azure-monitor-agent", has(&machines.agents, "azure-monitor-agent")),
        ("os-updates", has(&machines.agents, "os-updates")),
        ("firewall-route", egress.as_ref().is_some_and(|egress| egress.next_hop().is_some())),
    ];
    rows.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| name.to_string()).collect()
}
