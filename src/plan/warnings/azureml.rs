//! What the admin should know about Azure Machine Learning: a row for each thing that pages, answers or Azure leave open.

use super::Row;
use crate::catalog::{Cloud, Group, Region, Role, Tenancy};
use crate::plan::{Context, Notes};
use std::collections::BTreeSet;

/// The requirement that a service endpoint policy narrows.
const STORAGE: &str = "aml.out.storage";

pub(super) fn add(context: &Context, notes: &mut Notes) {
    let intent = context.intent;
    if !intent.features.contains("aml") {
        return;
    }
    let on = |feature: &str| intent.features.contains(feature);
    let attached = |kind: &str| intent.complete.aml.attached.iter().flatten().any(|one| one == kind);
    let compute = || intent.subnets_with(Role::AmlCompute);
    let public = compute().any(|subnet| intent.features_of(subnet).contains("aml-public-ip"));
    let private = compute().any(|subnet| intent.features_of(subnet).contains("aml-no-public-ip"));
    let routed = intent.next_hop().is_some() && compute().any(|subnet| subnet.public_ip);
    let inbound = if public { "aml.in.management" } else { "aml.in.attached-ssh" };
    let protected = on("aml.exfiltration-protection");
    let public_cloud = intent.cloud == Cloud::AzureCloud;
    let rows: Vec<Row> = vec![
        (
            on("aml.smb-public"),
            "445 is open to the public Storage tag",
            "SMB to every storage account of the region, also of other tenants",
            "aml.out.smb-public",
        ),
        (
            !on("aml.smb-public"),
            "445 to the public Storage tag stays closed",
            "a check of the platform was seen to refuse an NSG without it, and compute to fail with `Failed to mount storage` (AzureTRE issue 2780): if creating compute ends so, say `aml.smb_public: true`",
            "aml.out.smb-public",
        ),
        (
            routed,
            "the routes for AzureMachineLearning take the compute's own traffic to that service past the firewall as well",
            "the firewall neither sees nor filters it; the NSG does",
            inbound,
        ),
        (
            intent.route_prefixes && routed,
            "routes are written as prefixes of the region and its pair",
            "Microsoft changes them without notice; generate again with a fresh service tag file, or use `aml.routes: tag`",
            inbound,
        ),
        (
            public,
            "Azure Machine Learning makes a load balancer, a public address and an NSG of its own in the network's resource group",
            "resource locks there, or policies that deny public addresses or NSGs, break creating and deleting compute",
            "aml.in.management",
        ),
        (
            public && routed,
            "only management traffic of Azure Machine Learning has a route past the firewall",
            "older guidance and some production deployments also route BatchNodeManagement to Internet; the current page does not ask for it",
            "aml.in.management",
        ),
        (
            protected,
            "storage is reached over a service endpoint, and the service endpoint policy alone decides which accounts",
            "a firewall never sees this traffic, and the NSG opens every account of the region: put the policy with the alias /services/Azure/MachineLearning on the subnets before compute is made",
            STORAGE,
        ),
        (
            protected,
            "exfiltration protection asks something of computes and environments as well",
            "compute made before December 2022 must be made again or scaled to zero once; curated environments must come from mcr.microsoft.com, those from viennaglobal.azurecr.io do not work (prevent-data-loss-exfiltration)",
            "",
        ),
        (
            protected && public && on("aml.compute-instance"),
            "the exfiltration page asks for BatchNodeManagement inbound to compute instances with a public address",
            "it names no port, and the newer pages have dropped that rule, so only 44224 from AzureMachineLearning is opened",
            "aml.in.management",
        ),
        (
            protected && on("aml.vscode"),
            "extensions of Visual Studio Code come from a storage account of Microsoft's (vscode.blob.core.windows.net)",
            "the service endpoint policy closes it unless its alias covers that account, which no page says",
            "aml.vscode.extensions",
        ),
        (
            protected && !public_cloud,
            "the alias /services/Azure/MachineLearning of service endpoint policies is documented without a word on this cloud",
            "try it before you depend on it: without the alias the policy cuts compute off from the accounts that run it",
            STORAGE,
        ),
        (
            on("aml.storage-service-endpoint"),
            "the workspace's storage account is reached over a service endpoint",
            "the account must admit these subnets and lie in the network's region or its pair; a firewall never sees this traffic, and the tag lets it reach every account of the region, also of other tenants",
            "aml.out.storage-account",
        ),
        (
            on("aml.cross-region"),
            "the compute is in another region than its workspace, and Microsoft's pages contradict each other on it",
            "secure-training-vnet (2024-04-08) describes it for clusters, by peering or by a second private endpoint; configure-private-link (2024-09-05) says that with a private endpoint clusters must be in the workspace's region: try it before you depend on it",
            "aml.out.batch-workspace-region",
        ),
        (
            on("aml.cross-region"),
            "storage account, registry and key vault of the workspace must be reachable from this network too",
            "link the privatelink zones of the workspace to this network and give each resource a private endpoint here, or peer the networks and name the endpoints in `aml.endpoint_addresses`",
            "aml.out.endpoints-elsewhere",
        ),
        (
            on("aml.compute-serverless") && on("aml.allow-list") && private,
            "serverless compute without a public address cannot be on the workspace's list of addresses",
            "it reaches the workspace by the private endpoint alone: the privatelink zones must resolve in this network (secure-training-vnet)",
            "aml.out.private-endpoints",
        ),
        (
            on("aml.compute-instance") && on("aml.allow-list") && private,
            "compute instances without a public address were seen to fail with a workspace that lets in selected addresses",
            "a change to Microsoft's pages says so (azure-ai-docs 517), no page does yet: try one before you depend on it",
            "",
        ),
        (
            on("aml.attached"),
            "the service reaches attached machines by SSH from its public addresses",
            "each needs a public address of its own; of virtual machines only those with Ubuntu are supported (secure-training-vnet)",
            "aml.in.attached-ssh",
        ),
        (
            attached("hdinsight"),
            "HDInsight needs rules of its own, which are not in this catalog",
            "take them from its own pages; here stands only what Azure Machine Learning wants of it",
            "aml.in.attached-ssh",
        ),
        (
            attached("databricks"),
            "nothing is planned for Azure Databricks: which of its traffic Azure Machine Learning needs is not documented",
            "its network must be in the workspace's subscription and region and hold the subnets databricks-private, databricks-public and default; storage that is secured in a network must be in the same one; it uses no private endpoint (secure-training-vnet)",
            "",
        ),
        (
            on("aml.custom-applications") && !on("aml.private-endpoints"),
            "no ports are opened for custom applications",
            "the documented range 8704 to 8993 is for workspaces with a private endpoint, and no page gives one for others",
            "",
        ),
        (
            !on("aml.monitor-public"),
            "Azure Monitor is reached by a private link scope",
            "it must be in Open mode: Private Only breaks Azure Machine Learning (secure-workspace-vnet)",
            "",
        ),
        (
            on("aml.studio") && intent.groups.contains_key(&Group::Users),
            "browsers of studio users also fetch from aadcdn.msftauth.net and aadcdn.msauth.net",
            "sign-in needs them and Microsoft's tables for this service do not list them (azure-docs 106137): let the users' own proxy or firewall pass them",
            "",
        ),
        (
            intent.cloud == Cloud::AzureChinaCloud && on("aml.compute-instance") && on("aml.private-endpoints"),
            "compute instances in workspaces with a private endpoint are said not to be supported in this cloud yet",
            "so the availability page (2025-02-28), whose table on the same page has network support for instances: try one before you depend on it",
            "",
        ),
    ];
    for (_, what, consequence, requirement) in rows.into_iter().filter(|row| row.0) {
        notes.warn(requirement, what, consequence);
    }
    if protected {
        others_places(context, notes);
    }
    let mut regions = vec![&intent.region];
    if intent.workspace_region.name != intent.region.name {
        regions.push(&intent.workspace_region);
    }
    for region in regions.into_iter().filter(|region| !region.azureml) {
        not_documented(context, region, notes);
    }
}

/// Where data can still go with exfiltration protection on: places that anyone can rent, other than storage.
fn others_places(context: &Context, notes: &mut Notes) {
    let from_compute = |label: &str| context.intent.subnets_with(Role::AmlCompute).any(|subnet| subnet.name == label);
    let ids: BTreeSet<&str> = context
        .flows
        .iter()
        .filter(|flow| {
            flow.tenancy == Tenancy::Anyone && flow.requirement != STORAGE && from_compute(&flow.from.label())
        })
        .map(|flow| flow.requirement.as_str())
        .collect();
    if !ids.is_empty() {
        let ids: Vec<&str> = ids.into_iter().collect();
        let what = format!("anyone can rent a place behind what these open to Azure ML compute: {}", ids.join(", "));
        notes.warn(
            "",
            what,
            "exfiltration protection closes storage and Azure Front Door alone; leave out what you can do without",
        );
    }
}

/// A region where no page puts the service: the service tags may know more.
fn not_documented(context: &Context, region: &Region, notes: &mut Notes) {
    let known = context.tags.regional("AzureMachineLearning", &region.tag, &region.code);
    let addresses = known.and_then(|tag| context.tags.addresses(&tag)).map_or(0, |set| set.only_v4().count_v4());
    let what = format!("no page says that Azure Machine Learning is in `{}`", region.name);
    let consequence = if addresses == 0 {
        "the availability page (2025-02-28) does not list it, and the service tags have no address for it there: check before you deploy".to_string()
    } else {
        format!(
            "the availability page (2025-02-28) does not list it, though the service tags have {addresses} addresses for it there: check before you deploy"
        )
    };
    notes.warn("", what, consequence);
}
