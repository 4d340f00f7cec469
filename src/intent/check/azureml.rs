//! What Azure Machine Learning refuses: a row for each combination, with the page that says so.

use super::Check;
use crate::catalog::{Cloud, Role};
use crate::intent::SubnetIntent;
use crate::model::AddressSet;
use crate::question::{Answers, chose};
use ipnet::{IpNet, Ipv4Net};
use std::net::Ipv4Addr;

/// A row: whether it is so, the answer it is about, what is so, and the remedy with reason and page.
type Row = (bool, &'static str, &'static str, &'static str);

/// How many addresses of a subnet Azure keeps for itself (virtual-networks-faq).
pub(crate) const AZURES_ADDRESSES: u64 = 5;

impl Check {
    /// What Azure Machine Learning or Azure refuses.
    pub(in crate::intent) fn azureml(&mut self, whole: &Answers, subnets: &[SubnetIntent], cloud: Cloud) {
        let without_address = chose(whole, &["aml-no-public-ip"]);
        if !without_address && !chose(whole, &["aml-public-ip"]) {
            return;
        }
        let aml = &whole.aml;
        let on = |answer: Option<bool>| answer == Some(true);
        let is = |answer: &Option<String>, word: &str| answer.as_deref() == Some(word);
        let has = |answer: &Option<Vec<String>>, word: &str| answer.iter().flatten().any(|item| item == word);
        let compute = |kind: &str| has(&aml.compute, kind);
        let endpoints = on(aml.private_endpoints);
        let elsewhere = aml.workspace_region.is_some() && aml.workspace_region != whole.region;
        let by_service_endpoint = is(&aml.storage_access, "service-endpoint");
        let protected = on(aml.exfiltration_protection);
        let (network, workspace) = (&whole.network.subscription, &aml.subscription);
        let other_subscription =
            matches!((network, workspace), (Some(one), Some(other)) if !one.eq_ignore_ascii_case(other));
        let shared = |subnet: &SubnetIntent| {
            subnet.roles.contains(&Role::AmlCompute) && subnet.roles.contains(&Role::PrivateEndpoints)
        };
        let no_names = ["nsg", "nat-gateway"].iter().any(|via| is(&whole.egress.via, via));
        let docker = AddressSet::from_prefixes(&[IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(172, 17, 0, 0), 16))]);
        let space = AddressSet::from_prefixes(whole.network.address_space.iter().flatten());
        let rows: [Row; 22] = [
            (
                on(aml.managed_network),
                "aml.managed_network",
                "a workspace with a managed virtual network needs no rules in yours, so there is nothing to plan",
                "the service makes its rules itself and its compute cannot live in this network (how-to-managed-network): leave out the Azure ML scenarios; say `false` only for a workspace whose compute lives here",
            ),
            (
                without_address && aml.private_endpoints == Some(false),
                "aml.private_endpoints",
                "`false` together with scenario `aml-no-public-ip`",
                "compute without a public address needs the workspace's private endpoint (secure-training-vnet)",
            ),
            (
                space.intersects(&docker),
                "network.address_space",
                "the address space overlaps 172.17.0.0/16",
                "Docker's bridge on Azure ML compute uses 172.17.0.0/16 (secure-workspace-vnet)",
            ),
            (
                other_subscription,
                "aml.subscription",
                "the workspace and the network are in different subscriptions",
                "compute needs a network in the subscription of its workspace (secure-training-vnet, prerequisites)",
            ),
            (
                elsewhere && compute("instance"),
                "aml.workspace_region",
                "compute instances in another region than their workspace",
                "only a compute cluster may live in another region or network (secure-training-vnet): `aml.compute: [cluster]`",
            ),
            (
                elsewhere && compute("serverless"),
                "aml.workspace_region",
                "serverless compute in another region than its workspace",
                "only a compute cluster may live in another region or network (secure-training-vnet): `aml.compute: [cluster]`",
            ),
            (
                !endpoints && is(&aml.storage_access, "private-endpoint"),
                "aml.storage_access",
                "`private-endpoint` together with `aml.private_endpoints: false`",
                "say `aml.private_endpoints: true`, or `service-endpoint` or `public` here",
            ),
            (
                by_service_endpoint && elsewhere,
                "aml.storage_access",
                "a service endpoint to the storage of a workspace in another region",
                "Microsoft.Storage reaches the accounts of the network's own region and its pair: use a private endpoint (secure-training-vnet, different region)",
            ),
            (
                by_service_endpoint && on(aml.studio) && endpoints && !subnets.iter().any(shared),
                "aml.storage_access",
                "studio needs the workspace's private endpoint in the subnet that has the storage service endpoint",
                "give one subnet the roles `aml-compute` and `private-endpoints`, use `private-endpoint`, or say `aml.studio: false` (secure-workspace-vnet, limitations)",
            ),
            (
                protected && !endpoints,
                "aml.exfiltration_protection",
                "exfiltration protection without private endpoints",
                "workspace and storage must be in the network by private endpoints (prevent-data-loss-exfiltration, prerequisites)",
            ),
            (
                protected && endpoints && !is(&aml.storage_access, "private-endpoint"),
                "aml.exfiltration_protection",
                "exfiltration protection without a private endpoint for the workspace's storage",
                "say `aml.storage_access: private-endpoint`: the policy is for Microsoft's own accounts and those you add (prevent-data-loss-exfiltration, prerequisites)",
            ),
            (
                protected && whole.network.create == Some(true),
                "network.create",
                "exfiltration protection on subnets that are declared with the network",
                "each deployment of the network would take the service endpoint policy off again, and it alone decides which accounts are reached: deploy the network once without `aml.exfiltration_protection`, then say `network.create: false`",
            ),
            (
                protected && elsewhere,
                "aml.exfiltration_protection",
                "exfiltration protection with a workspace in another region",
                "Microsoft.Storage and its policy reach storage of the network's own region and its pair, and the compute needs that of both: keep them in one region",
            ),
            (
                protected && no_names && on(aml.studio) && cloud != Cloud::AzureChinaCloud,
                "aml.exfiltration_protection",
                "exfiltration protection for studio and AutoML without a firewall",
                "two host names replace the tag AzureFrontDoor.Frontend, and an NSG holds no names (prevent-data-loss-exfiltration): `egress.via: azure-firewall`, or `aml.studio: false`",
            ),
            (
                protected && is(&whole.egress.names_without_tag, "open-443"),
                "aml.exfiltration_protection",
                "exfiltration protection together with `egress.names_without_tag: open-443`",
                "a port open to every public address lets data out anywhere: let a firewall hold the names",
            ),
            (
                aml.applications.iter().flatten().next().is_some() && !compute("instance"),
                "aml.applications",
                "RStudio and other applications without compute instances",
                "they are installed on compute instances (access-azureml-behind-firewall, RStudio): add `instance` to `aml.compute`",
            ),
            (
                aml.vscode.iter().flatten().next().is_some() && !compute("instance"),
                "aml.vscode",
                "Visual Studio Code without compute instances",
                "its server runs on compute instances (access-azureml-behind-firewall, Visual Studio Code): add `instance` to `aml.compute`; for jobs on a cluster there is `aml.interactive_jobs`",
            ),
            (
                on(aml.interactive_jobs) && !compute("cluster"),
                "aml.interactive_jobs",
                "interactive jobs without a compute cluster",
                "they run on compute clusters (interactive-jobs, 2026-06-29): add `cluster` to `aml.compute`",
            ),
            (
                on(aml.interactive_jobs) && endpoints,
                "aml.interactive_jobs",
                "Visual Studio Code in jobs of a workspace with a private endpoint",
                "the product does not support it (interactive-jobs, 2026-06-29): say `false`; JupyterLab, TensorBoard and SSH need none of its hosts",
            ),
            (
                has(&aml.attached, "databricks") && elsewhere,
                "aml.attached",
                "Azure Databricks in another region than the workspace",
                "the network must be in the workspace's subscription and region (secure-training-vnet, Azure Databricks)",
            ),
            (
                has(&aml.attached, "databricks") && cloud == Cloud::AzureUSGovernment,
                "aml.attached",
                "Azure Databricks with a workspace in Azure Government",
                "the integration is not there (machine-learning-cloud-parity, 2025-02-28)",
            ),
            (
                aml.attached_addresses.is_some() && !public_under_a_route(whole, subnets),
                "aml.attached_addresses",
                "the service comes from its public addresses, and the route to the firewall would take the replies",
                "give the machines a subnet of their own with `public_ip: true`: it gets the route for AzureMachineLearning past the firewall",
            ),
        ];
        for (_, path, what, hint) in rows.into_iter().filter(|row| row.0) {
            self.add(path, what, hint);
        }
        self.sizes(whole, subnets);
        self.attached(aml.attached_addresses.as_deref().unwrap_or_default(), has(&aml.attached, "hdinsight"), subnets);
    }

    /// A subnet holds what is to run in it: every node and instance takes an address, and Azure keeps five
    /// (secure-training-vnet, prerequisites; virtual-networks-faq).
    fn sizes(&mut self, whole: &Answers, subnets: &[SubnetIntent]) {
        let Some(aml) = crate::intent::azureml(whole) else { return };
        let serverless = crate::intent::serverless_subnet(subnets).map(|subnet| &subnet.name);
        for (index, subnet) in subnets.iter().enumerate().filter(|(_, s)| s.roles.contains(&Role::AmlCompute)) {
            let here =
                [aml.max_nodes, aml.instances, aml.serverless_nodes.filter(|_| serverless == Some(&subnet.name))];
            let wanted: u64 = here.into_iter().flatten().map(u64::from).sum();
            let size = 1u64 << (32 - u32::from(subnet.prefix.prefix_len()).min(32));
            if wanted + AZURES_ADDRESSES > size {
                let what = format!(
                    "`{}` of subnet `{}` has {} addresses for machines, and compute wants {wanted}",
                    subnet.prefix,
                    subnet.name,
                    size.saturating_sub(AZURES_ADDRESSES)
                );
                let length = 32 - (wanted + AZURES_ADDRESSES).next_power_of_two().trailing_zeros();
                let hint = format!(
                    "a /{length} holds them, or fewer: `aml.max_nodes`, `aml.instances`, `aml.serverless_nodes`"
                );
                self.add(&format!("subnets[{index}].prefix"), what, hint);
            }
        }
    }

    /// Attached machines live where rules for them are planned.
    fn attached(&mut self, addresses: &[IpNet], hdinsight: bool, subnets: &[SubnetIntent]) {
        for (index, address) in addresses.iter().enumerate() {
            let path = format!("aml.attached_addresses[{index}]");
            let inside = |subnet: &&SubnetIntent| {
                subnet.roles.contains(&Role::AmlCompute)
                    && AddressSet::from_prefixes(&[*address]).is_subset(&AddressSet::from_prefixes(&[subnet.prefix]))
            };
            match subnets.iter().find(inside) {
                None => {
                    let what = format!("`{address}` lies in no subnet with the role `aml-compute`");
                    self.add(&path, what, "add the machine's subnet to `subnets` with that role: the same outbound rules hold for it (secure-training-vnet)");
                }
                Some(subnet) if hdinsight && subnet.nsg.is_ours() => {
                    let what =
                        format!("an HDInsight cluster under the last deny of an NSG of ours, in `{}`", subnet.name);
                    self.add(&path, what, "HDInsight needs rules of its own, which are not in this catalog: `nsg: extend:<name>` of the NSG that has them");
                }
                Some(_) => {}
            }
        }
    }
}

/// Whether every attached machine under a route to a firewall lives in a subnet whose machines have public addresses.
fn public_under_a_route(whole: &Answers, subnets: &[SubnetIntent]) -> bool {
    let machines = AddressSet::from_prefixes(whole.aml.attached_addresses.iter().flatten());
    let unrouted = ["nsg", "nat-gateway", "https-proxy"].iter().any(|via| whole.egress.via.as_deref() == Some(via));
    let behind = |subnet: &&SubnetIntent| {
        subnet.roles.contains(&Role::AmlCompute) && AddressSet::from_prefixes(&[subnet.prefix]).intersects(&machines)
    };
    unrouted || subnets.iter().filter(behind).all(|subnet| subnet.public_ip)
}
