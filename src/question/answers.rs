//! What the user said, as said: every answer optional, nothing filled in.

use ipnet::IpNet;
use serde::Serialize;
use std::collections::BTreeMap;

/// The answers file as a value. Field order is the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "each field is documented by its row of QUESTIONS")]
pub struct Answers {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenarios: Option<Vec<String>>,
    #[serde(skip_serializing_if = "is_default")]
    pub network: NetworkAnswers,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subnets: Option<Vec<SubnetAnswer>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admins: Option<Vec<IpNet>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub users: Option<Vec<IpNet>>,
    #[serde(skip_serializing_if = "is_default")]
    pub egress: EgressAnswers,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priorities: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enforce: Option<bool>,
    #[serde(skip_serializing_if = "is_default")]
    pub naming: NamingAnswers,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "is_default")]
    pub machines: MachineAnswers,
    #[serde(skip_serializing_if = "is_default")]
    pub cyclecloud: CyclecloudAnswers,
    #[serde(skip_serializing_if = "is_default")]
    pub return_proxy: ReturnProxyAnswers,
    #[serde(skip_serializing_if = "is_default")]
    pub aml: AmlAnswers,
    #[serde(skip_serializing_if = "is_default")]
    pub aks: AksAnswers,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requirements: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outputs: Option<Vec<String>>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

macro_rules! section {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
        #[allow(missing_docs, reason = "each field is documented by its row of QUESTIONS")]
        pub struct $name {
            $(#[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<$kind>,)*
        }
    };
}

section! {
    /// `network:`
    NetworkAnswers {
        subscription: String,
        resource_group: String,
        vnet: String,
        address_space: Vec<IpNet>,
        create: bool,
        peered: Vec<PeerAnswer>,
        on_premises: Vec<IpNet>,
        dns_servers: Vec<IpNet>,
    }
}
section! {
    /// `egress:`
    EgressAnswers {
        via: String,
        way_out: String,
        nat_gateway: String,
        private_ip: String,
        proxy: String,
        sku: String,
        policy: String,
        group: String,
        priority: u32,
        dns_proxy: bool,
        rule_style: String,
        names_without_tag: String,
        accept_blocked: Vec<String>,
    }
}
section! {
    /// `naming:`
    NamingAnswers { nsg: String, route_table: String }
}
section! {
    /// `machines:`
    MachineAnswers {
        windows: bool,
        agents: Vec<String>,
        directory_servers: Vec<IpNet>,
        ntp_servers: Vec<IpNet>,
    }
}
section! {
    /// `cyclecloud:`
    CyclecloudAnswers {
        version: String,
        install: String,
        server_addresses: Vec<IpNet>,
        scheduler: String,
        srun_ports: String,
        accounting_database: Vec<IpNet>,
        locker_access: String,
        locker: String,
        projects: String,
        node_packages: String,
        package_mirrors: Vec<IpNet>,
        mirror_url: String,
        without_proxy: Vec<String>,
        nfs: String,
        nfs_servers: Vec<IpNet>,
        lustre_servers: Vec<IpNet>,
        bastion: Vec<IpNet>,
        admin_ssh: bool,
        users_ssh: bool,
        users_rdp: bool,
        server_packages: bool,
        costs: bool,
        azslurm_cost: bool,
        monitoring: bool,
        event_grid: bool,
        telemetry: bool,
    }
}
section! {
    /// `return_proxy:`
    ReturnProxyAnswers { public_address: bool, ssh_key: String }
}
section! {
    /// `aml:`
    AmlAnswers {
        managed_network: bool,
        compute: Vec<String>,
        private_endpoints: bool,
        endpoint_addresses: Vec<IpNet>,
        storage_access: String,
        storage: String,
        registry: String,
        subscription: String,
        workspace_region: String,
        allow_list: bool,
        exfiltration_protection: bool,
        smb_public: bool,
        routes: String,
        studio: bool,
        monitor: String,
        registry_public: bool,
        hbi: bool,
        python: bool,
        applications: Vec<String>,
        cran: bool,
        vscode: Vec<String>,
        interactive_jobs: bool,
        attached: Vec<String>,
        attached_addresses: Vec<IpNet>,
        workspace: String,
        resource_group: String,
        vm_size: String,
        max_nodes: u32,
        instances: u32,
        serverless_nodes: u32,
        second_network: String,
    }
}
section! {
    /// `aks:`
    AksAnswers {
        network_isolated: bool,
        api_server: String,
        api_server_addresses: Vec<IpNet>,
        authorized_ranges: Vec<IpNet>,
        egress_addresses: Vec<IpNet>,
        pod_network: String,
        pod_addresses: Vec<IpNet>,
        azureml: String,
        azureml_namespaces: Vec<String>,
        azureml_fe_label: String,
        azureml_identity_label: String,
        azureml_model_label: String,
        azureml_workspace: String,
        azureml_storage: String,
        azureml_registry: String,
        key_vault: bool,
        key_vault_name: String,
        private_endpoints: bool,
        legacy_tunnel: bool,
        node_os_channel: String,
        gpu: bool,
        monitoring: bool,
        policy: bool,
        defender: bool,
        extensions: bool,
    }
}

/// A peered virtual network.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PeerAnswer {
    /// A name to call it by.
    pub name: String,
    /// Its address space.
    pub prefixes: Vec<IpNet>,
}

/// A subnet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SubnetAnswer {
    /// Azure's name of it.
    pub name: String,
    /// Its prefix.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<IpNet>,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<String>>,
    /// `create`, `adopt:<name>`, `extend:<name>` or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nsg: Option<String>,
    /// `create`, `adopt:<name>`, `extend:<name>` or `none`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routes: Option<String>,
    /// Whether its machines have public addresses of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_ip: Option<bool>,
}
