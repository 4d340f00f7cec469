//! What CycleCloud or Azure refuses about a CycleCloud server, its bastion and its cluster.

use super::check::Check;
use super::{NetworkIntent, SubnetIntent};
use crate::catalog::Role;
use crate::model::AddressSet;
use crate::question::Answers;
use ipnet::IpNet;

impl Check {
    /// Every problem of the CycleCloud answers with the network.
    pub(super) fn cyclecloud(&mut self, whole: &Answers, network: &NetworkIntent, subnets: &[SubnetIntent]) {
        self.server_elsewhere(whole.cyclecloud.server_addresses.iter().flatten(), network, subnets);
        self.bastion(whole.cyclecloud.bastion.iter().flatten(), network, subnets);
        let path = "cyclecloud.mirror_url";
        if let Some(url) = whole.cyclecloud.mirror_url.as_ref().filter(|url| !is_mirror(url)) {
            let hint = "as `https://packages.example.com/linux`: https, a host name, no port, as 443 alone is open";
            self.add(path, format!("`{url}` is not the URL of a mirror"), hint);
        }
        for (index, entry) in whole.cyclecloud.without_proxy.iter().flatten().enumerate() {
            if !is_without_proxy(entry) {
                let hint = "a host name, a name's end as `.example.com`, an address or a prefix";
                self.add(&format!("cyclecloud.without_proxy[{index}]"), format!("`{entry}` is none of these"), hint);
            }
        }
    }

    /// A server in another network: it stands there alone, and a gateway or a peering leads to it.
    fn server_elsewhere<'a>(
        &mut self,
        addresses: impl Iterator<Item = &'a IpNet>,
        network: &NetworkIntent,
        subnets: &[SubnetIntent],
    ) {
        let path = "cyclecloud.server_addresses";
        let addresses: Vec<&IpNet> = addresses.collect();
        if addresses.is_empty() {
            return;
        }
        if let Some(subnet) = subnets.iter().find(|subnet| subnet.roles.contains(&Role::CyclecloudServer)) {
            let what = format!("subnet `{}` has the role `cyclecloud-server` as well", subnet.name);
            self.add(path, what, "the server stands in this network or in another: remove the role, or this answer");
        }
        let peered = network.peered.iter().flat_map(|(_, prefixes)| prefixes);
        let others = AddressSet::from_prefixes(peered.chain(&network.on_premises));
        for address in
            addresses.into_iter().filter(|address| !AddressSet::from_prefixes(&[**address]).is_subset(&others))
        {
            let what = format!("`{address}` lies neither in a peered network nor on premises");
            let hint = "nodes reach the server by a private address: name its network in `network.peered` or `network.on_premises`; for a server in this network give its subnet the role `cyclecloud-server`";
            self.add(path, what, hint);
        }
    }

    /// Azure Bastion reaches machines of its own network and of peered ones, from a subnet of its own.
    fn bastion<'a>(
        &mut self,
        prefixes: impl Iterator<Item = &'a IpNet>,
        network: &NetworkIntent,
        subnets: &[SubnetIntent],
    ) {
        let path = "cyclecloud.bastion";
        let peered = network.peered.iter().flat_map(|(_, prefixes)| prefixes);
        let near = AddressSet::from_prefixes(peered.chain(&network.address_space));
        for prefix in prefixes {
            let own = AddressSet::from_prefixes(&[*prefix]);
            if !own.is_subset(&near) {
                let what = format!("`{prefix}` lies neither in this network nor in a peered one");
                self.add(path, what, "Azure Bastion reaches the machines of its own network and of peered networks");
            }
            let shared = |subnet: &&SubnetIntent| own.intersects(&AddressSet::from_prefixes(&[subnet.prefix]));
            if let Some(subnet) = subnets.iter().find(shared) {
                let what = format!("`{prefix}` overlaps `{}` of subnet `{}`", subnet.prefix, subnet.name);
                self.add(path, what, "Azure Bastion has a subnet of its own, AzureBastionSubnet");
            }
        }
    }
}

fn is_mirror(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let segment = |c: char| c.is_ascii_alphanumeric() || "._~/-".contains(c);
    url.len() <= 200 && is_host(host) && path.chars().all(segment)
}

/// What stands in `no_proxy`: a host, a name's end, an address or a prefix.
fn is_without_proxy(entry: &str) -> bool {
    is_host(entry.strip_prefix('.').unwrap_or(entry)) || entry.parse::<IpNet>().is_ok_and(|net| net.addr().is_ipv4())
}

fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}
