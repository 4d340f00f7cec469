//! One row of the catalog: who must reach whom, on what, why, when, and the page that says so.

mod read;

pub(super) use read::read;

use super::cloud::Cloud;
use crate::model::{PortSet, Protocol, Services};
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};

/// What a subnet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The CycleCloud server.
    CyclecloudServer,
    /// Cluster nodes.
    ClusterNodes,
    /// The scheduler and login nodes, where they do not live with the nodes.
    Scheduler,
    /// The return proxy node.
    ReturnProxy,
    /// Azure Machine Learning compute.
    AmlCompute,
    /// AKS nodes.
    AksNodes,
    /// Private endpoints.
    PrivateEndpoints,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 7] = [
        Role::CyclecloudServer,
        Role::ClusterNodes,
        Role::Scheduler,
        Role::ReturnProxy,
        Role::AmlCompute,
        Role::AksNodes,
        Role::PrivateEndpoints,
    ];

    /// The name in answers and catalog.
    pub fn name(self) -> &'static str {
        match self {
            Role::CyclecloudServer => "cyclecloud-server",
            Role::ClusterNodes => "cluster-nodes",
            Role::Scheduler => "scheduler",
            Role::ReturnProxy => "return-proxy",
            Role::AmlCompute => "aml-compute",
            Role::AksNodes => "aks-nodes",
            Role::PrivateEndpoints => "private-endpoints",
        }
    }

    /// The group whose addresses stand for the role where no subnet of the network has it.
    pub fn elsewhere(self) -> Option<Group> {
        (self == Role::CyclecloudServer).then_some(Group::CyclecloudServerAddresses)
    }

    /// The role of that name.
    pub fn parse(text: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == text)
    }
}

/// A set of prefixes that the answers give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Who administers.
    Admins,
    /// Who uses studio, notebooks, login nodes.
    Users,
    /// What is reached through the gateway.
    OnPremises,
    /// DNS servers of one's own.
    DnsServers,
    /// Directory servers.
    DirectoryServers,
    /// Time servers.
    NtpServers,
    /// NFS servers outside the cluster.
    NfsServers,
    /// Package mirrors.
    PackageMirrors,
    /// Private endpoints of Azure ML outside this network.
    AmlEndpoints,
    /// Machines attached to an Azure ML workspace.
    AmlAttached,
    /// Pod address space of AKS.
    AksPods,
    /// Public addresses of the AKS API server.
    AksApiServer,
    /// A CycleCloud server in another network.
    CyclecloudServerAddresses,
    /// The subnet of Azure Bastion.
    Bastion,
    /// Lustre servers: the subnet of Azure Managed Lustre.
    LustreServers,
    /// The database server behind Slurm's accounting.
    AccountingDatabase,
}

impl Group {
    /// Every group.
    pub const ALL: &'static [Group] = &[
        Group::Admins,
        Group::Users,
        Group::OnPremises,
        Group::DnsServers,
        Group::DirectoryServers,
        Group::NtpServers,
        Group::NfsServers,
        Group::PackageMirrors,
        Group::AmlEndpoints,
        Group::AmlAttached,
        Group::AksPods,
        Group::AksApiServer,
        Group::CyclecloudServerAddresses,
        Group::Bastion,
        Group::LustreServers,
        Group::AccountingDatabase,
    ];

    /// The name in the catalog.
    pub fn name(self) -> &'static str {
        match self {
            Group::Admins => "admins",
            Group::Users => "users",
            Group::OnPremises => "on-premises",
            Group::DnsServers => "dns-servers",
            Group::DirectoryServers => "directory-servers",
            Group::NtpServers => "ntp-servers",
            Group::NfsServers => "nfs-servers",
            Group::PackageMirrors => "package-mirrors",
            Group::AmlEndpoints => "aml-endpoints",
            Group::AmlAttached => "aml-attached",
            Group::AksPods => "aks-pods",
            Group::AksApiServer => "aks-api-server",
            Group::CyclecloudServerAddresses => "cyclecloud-server-addresses",
            Group::Bastion => "bastion",
            Group::LustreServers => "lustre-servers",
            Group::AccountingDatabase => "accounting-database",
        }
    }

    /// The group of that name.
    pub fn parse(text: &str) -> Option<Group> {
        Group::ALL.iter().copied().find(|group| group.name() == text)
    }
}

/// One side of a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// The subnets with a role.
    Role(Role),
    /// The subnets with any role that runs machines: every one but private endpoints.
    EveryRole,
    /// The subnets with machines of a CycleCloud cluster: nodes, schedulers, return proxies.
    EveryNode,
    /// The same subnet as the other side: traffic inside a subnet.
    Itself,
    /// Prefixes from the answers.
    Group(Group),
    /// A service tag, as a source.
    Tag(String),
    /// A destination in every spelling it has; as a source, prefixes alone.
    Destination(Destination),
}

impl Side {
    /// Whether subnets with this role are on this side.
    pub fn has(&self, role: Role) -> bool {
        match self {
            Side::Role(own) => *own == role,
            Side::EveryRole => role != Role::PrivateEndpoints,
            Side::EveryNode => matches!(role, Role::ClusterNodes | Role::Scheduler | Role::ReturnProxy),
            _ => false,
        }
    }

    /// Whether it is in this network: subnets, pods, which live on the subnets of AKS nodes, and attached machines, which
    /// live on those of Azure ML compute.
    fn is_here(&self) -> bool {
        matches!(
            self,
            Side::Role(_) | Side::EveryRole | Side::EveryNode | Side::Group(Group::AksPods | Group::AmlAttached)
        )
    }
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Side::Role(role) => f.write_str(role.name()),
            Side::EveryRole => f.write_str("every-role"),
            Side::EveryNode => f.write_str("every-node"),
            Side::Itself => f.write_str("itself"),
            Side::Group(group) => f.write_str(group.name()),
            Side::Tag(tag) => f.write_str(tag),
            Side::Destination(destination) => {
                let mut parts: Vec<String> = destination.tag.iter().cloned().collect();
                parts.extend(destination.names.iter().cloned());
                parts.extend(destination.prefixes.iter().map(ToString::to_string));
                f.write_str(&parts.join(", "))
            }
        }
    }
}

/// The same destination in every spelling that exists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Destination {
    /// A service tag; `{region}` stands for the region in the tag's own spelling, `{workspace-region}` for that of the
    /// Azure ML workspace.
    pub tag: Option<String>,
    /// Host names; placeholders in braces.
    pub names: Vec<String>,
    /// Documented fixed addresses.
    pub prefixes: Vec<IpNet>,
}

/// What may stand in braces in a name; each but the regions becomes `*` where nobody answered it.
const PLACEHOLDERS: [&str; 10] = [
    "region",
    "workspace-region",
    "locker",
    "storage",
    "registry",
    "keyvault",
    "aks-key-vault",
    "aks-registry",
    "aks-storage",
    "aks-workspace",
];

/// A feature that must hold, or must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The feature, one of [`FEATURES`].
    pub feature: String,
    /// Whether it must not hold.
    pub negated: bool,
}

/// Whether a workload fails without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// It fails.
    Required,
    /// Something is lost, as the row's `consequence` says.
    Optional,
}

/// Who can stand behind a destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tenancy {
    /// Microsoft alone.
    Microsoft,
    /// You alone.
    Yours,
    /// Anyone who rents a place there.
    Anyone,
}

impl Tenancy {
    /// The word in the catalog.
    pub fn name(self) -> &'static str {
        match self {
            Tenancy::Microsoft => "microsoft",
            Tenancy::Yours => "yours",
            Tenancy::Anyone => "anyone",
        }
    }
}

/// The page that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// A key of the page table, or free text in own requirements.
    pub page: String,
    /// The section of the page.
    pub section: String,
    /// The date printed on the page, `YYYY-MM-DD`.
    pub date: String,
}

/// What must not be opened by TLS inspection on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Untouched {
    /// What breaks otherwise, a few words: `WebSocket`.
    pub why: String,
    /// The names of the row that it is about; none for all of them.
    pub names: Vec<String>,
}

/// One requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Stable for ever: rules, locks and exceptions refer to it.
    pub id: String,
    /// Its place in the priority order, unique over all requirements.
    pub slot: u16,
    /// A documented rule name; the id is the rule's name where there is none.
    pub name: Option<String>,
    /// Who starts the connection.
    pub from: Side,
    /// Whom it is for.
    pub to: Side,
    /// The protocol.
    pub protocol: Protocol,
    /// The destination ports.
    pub ports: PortSet,
    /// The features that switch it on.
    pub when: Vec<Condition>,
    /// Other spellings of `to` by cloud; `None` where that cloud has no such thing.
    pub clouds: BTreeMap<Cloud, Option<Destination>>,
    /// What no page says about it, by cloud: a warning there, and never an invented rule.
    pub gaps: BTreeMap<Cloud, String>,
    /// Whether a workload fails without it.
    pub need: Need,
    /// Who can stand behind the destination.
    pub tenancy: Tenancy,
    /// What TLS inspection must leave alone; `None` where the pages say nothing of it.
    pub untouched: Option<Untouched>,
    /// What it is for, one clause.
    pub why: String,
    /// What is lost without it; empty for a required one.
    pub consequence: String,
    /// The pages that say so; at least one.
    pub source: Vec<Source>,
    /// Which reading was taken where sources disagree, and why; may be empty.
    pub note: String,
    /// Whether it comes from the admin's own file.
    pub own: bool,
    /// Line and column of the row, from 1.
    pub place: (usize, usize),
}

impl Requirement {
    /// Protocol and ports as a set.
    pub fn services(&self) -> Services {
        Services::new(self.protocol, &self.ports)
    }

    /// The destination in this cloud; `None` if the cloud has none. Roles and groups are the same everywhere.
    pub fn to_in(&self, cloud: Cloud) -> Option<Side> {
        match self.clouds.get(&cloud) {
            Some(other) => other.clone().map(Side::Destination),
            None => Some(self.to.clone()),
        }
    }

    /// Whether every condition holds among these features.
    pub fn holds(&self, features: &BTreeSet<String>) -> bool {
        self.when.iter().all(|condition| features.contains(&condition.feature) != condition.negated)
    }
}

/// Every feature that a `when` may ask for: what it stands for is said where answers turn it on.
pub const FEATURES: &[&str] = &[
    "aks",
    "aks.api-by-ip",
    "aks.azureml",
    "aks.azureml-training",
    "aks.defender",
    "aks.extensions",
    "aks.gpu",
    "aks.isolated",
    "aks.key-vault",
    "aks.legacy-tunnel",
    "aks.monitoring",
    "aks.policy",
    "aks.private-endpoints",
    "aks.public-api",
    "aks.security-patch",
    "aks.vnet-integration",
    "aml",
    "aml-no-public-ip",
    "aml-public-ip",
    "aml.allow-list",
    "aml.applications",
    "aml.attached",
    "aml.compute-cluster",
    "aml.compute-instance",
    "aml.compute-serverless",
    "aml.cran",
    "aml.cross-region",
    "aml.custom-applications",
    "aml.exfiltration-protection",
    "aml.hbi",
    "aml.interactive-jobs",
    "aml.monitor-public",
    "aml.posit-workbench",
    "aml.private-endpoints",
    "aml.python",
    "aml.registry-public",
    "aml.rstudio",
    "aml.smb-public",
    "aml.storage-public",
    "aml.storage-service-endpoint",
    "aml.studio",
    "aml.vscode",
    "aml.vscode-desktop",
    "aml.vscode-web",
    "azure-monitor-agent",
    "cyclecloud",
    "cyclecloud-vm",
    "cyclecloud.7",
    "cyclecloud.admin-ssh",
    "cyclecloud.azslurm-cost",
    "cyclecloud.costs",
    "cyclecloud.event-grid",
    "cyclecloud.github",
    "cyclecloud.grid-engine",
    "cyclecloud.hpc-pack",
    "cyclecloud.locker-private-endpoint",
    "cyclecloud.locker-service-endpoint",
    "cyclecloud.lsf",
    "cyclecloud.marketplace",
    "cyclecloud.monitoring",
    "cyclecloud.nfs-external",
    "cyclecloud.nfs-scheduler",
    "cyclecloud.node-packages",
    "cyclecloud.openpbs",
    "cyclecloud.package",
    "cyclecloud.package-mirror",
    "cyclecloud.server-packages",
    "cyclecloud.slurm",
    "cyclecloud.srun-pinned",
    "cyclecloud.symphony",
    "cyclecloud.telemetry",
    "cyclecloud.users-rdp",
    "cyclecloud.users-ssh",
    "defender",
    "firewall-route",
    "linux",
    "os-updates",
    "return-proxy",
    "windows",
];

/// The slots that own requirements may take; ours lie below.
pub const OWN_SLOTS: std::ops::RangeInclusive<u16> = 600..=3799;
