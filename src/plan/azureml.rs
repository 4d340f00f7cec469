//! The compute that goes into the network: which kind into which subnet, and how much of it fits.

use super::Context;
use crate::catalog::Role;
use crate::intent::{AZURES_ADDRESSES, AzureMlIntent, SubnetIntent, serverless_subnet};

/// The workspace, its compute, and what keeps its data in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedAzureMl {
    /// What the answers say of the workspace.
    pub intent: AzureMlIntent,
    /// The workspace's region, programmatic name.
    pub workspace_region: String,
    /// Whether the workspace is reached by private endpoints.
    pub private_endpoints: bool,
    /// Clusters and instances, by subnet in the order of the answers.
    pub compute: Vec<PlannedCompute>,
    /// Serverless compute, in the one subnet that a workspace has for it.
    pub serverless: Option<PlannedServerless>,
    /// The subnets of compute and what is to run in them.
    pub sizes: Vec<SubnetSize>,
    /// The name of the service endpoint policy, with data exfiltration protection.
    pub endpoint_policy: Option<String>,
}

/// Compute of one kind in one subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedCompute {
    /// A cluster or an instance.
    pub kind: ComputeKind,
    /// Its subnet.
    pub subnet: String,
    /// Whether it has a public address.
    pub public_ip: bool,
    /// How many nodes or instances at most.
    pub most: u32,
}

/// A kind of compute that is a resource of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ComputeKind {
    /// A compute cluster.
    Cluster,
    /// A compute instance.
    Instance,
}

/// Serverless compute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedServerless {
    /// Its subnet.
    pub subnet: String,
    /// Whether it has public addresses.
    pub public_ip: bool,
}

/// How full a subnet of compute gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubnetSize {
    /// The subnet.
    pub subnet: String,
    /// How many addresses machines can have: all but Azure's.
    pub addresses: u64,
    /// Nodes of clusters.
    pub nodes: u32,
    /// Compute instances.
    pub instances: u32,
    /// Serverless nodes.
    pub serverless: u32,
    /// Whether other machines live there as well.
    pub shared: bool,
}

pub(super) fn plan(context: &Context) -> Option<PlannedAzureMl> {
    let intent = context.intent;
    let azureml = intent.azureml.clone()?;
    let on = |feature: &str| intent.features.contains(feature);
    let subnets: Vec<&SubnetIntent> = intent.subnets_with(Role::AmlCompute).collect();
    let serverless = serverless_subnet(&intent.subnets).filter(|_| azureml.serverless_nodes.is_some());
    let compute = subnets.iter().flat_map(|subnet| {
        let kinds = [(ComputeKind::Cluster, azureml.max_nodes), (ComputeKind::Instance, azureml.instances)];
        kinds.into_iter().filter_map(|(kind, most)| {
            Some(PlannedCompute { kind, subnet: subnet.name.clone(), public_ip: subnet.public_ip, most: most? })
        })
    });
    let size = |subnet: &&SubnetIntent| {
        let addresses = 1u64 << (32 - u32::from(subnet.prefix.prefix_len()).min(32));
        let here = serverless.is_some_and(|other| other.name == subnet.name);
        SubnetSize {
            subnet: subnet.name.clone(),
            addresses: addresses.saturating_sub(AZURES_ADDRESSES),
            nodes: azureml.max_nodes.unwrap_or(0),
            instances: azureml.instances.unwrap_or(0),
            serverless: azureml.serverless_nodes.filter(|_| here).unwrap_or(0),
            shared: subnet.roles.len() > 1,
        }
    };
    Some(PlannedAzureMl {
        workspace_region: intent.workspace_region.name.clone(),
        private_endpoints: on("aml.private-endpoints"),
        compute: compute.collect(),
        serverless: serverless
            .map(|subnet| PlannedServerless { subnet: subnet.name.clone(), public_ip: subnet.public_ip }),
        sizes: subnets.iter().map(size).collect(),
        endpoint_policy: on("aml.exfiltration-protection").then(|| format!("sep-{}", intent.name)),
        intent: azureml,
    })
}
