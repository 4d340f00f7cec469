//! What cannot be said: checks of the answers against each other, Azure and the products. All problems in one run.

mod azureml;

pub(crate) use azureml::AZURES_ADDRESSES;

use super::{ApplianceIntent, Attach, Egress, FirewallIntent, NetworkIntent, ProxyIntent, SubnetIntent, is_azure_name};
use crate::catalog::{Cloud, Region, Role, Scenario, find_region};
use crate::model::{AddressSet, FirewallTier, WayOut};
use crate::problem::Problem;
use crate::question::{Answers, Kind, QUESTIONS, SubnetAnswer, Value, needed_roles};
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};

const NAME_HINT: &str =
    "letters, digits, `_`, `.`, `-`; starts with a letter or digit, ends with one or `_`; at most 80";

/// What is wrong with the answers, collected.
#[derive(Default)]
pub(super) struct Check {
    pub(super) problems: Vec<Problem>,
}

impl Check {
    pub(super) fn add(&mut self, path: &str, what: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Problem::at(path, what, hint));
    }

    /// The region of that name, or a problem.
    pub(super) fn region(&mut self, path: &str, cloud: Cloud, answer: &Option<String>) -> Option<Region> {
        let name = answer.as_deref()?;
        match find_region(cloud, name) {
            Ok(region) => Some(region.clone()),
            Err(hint) => {
                self.add(path, format!("`{name}` is not a region of {cloud}"), hint);
                None
            }
        }
    }

    /// Every question that is asked, needed and unanswered.
    pub(super) fn needed(&mut self, whole: &Answers) {
        for question in QUESTIONS {
            let empty = question.answer(whole).is_none_or(|value| value.is_empty());
            if question.needed && empty && (question.asked)(whole) {
                let choices = match question.kind {
                    Kind::Choice(choices) | Kind::Many(choices) => {
                        let words: Vec<&str> = choices.iter().map(|choice| choice.word).collect();
                        format!("; choices: {}", words.join(", "))
                    }
                    Kind::Flag => "; `true` or `false`".into(),
                    _ => String::new(),
                };
                let what = format!("`{}` is not answered: {}", question.path, question.title.to_lowercase());
                self.add(question.path, what, format!("{}{choices}", question.help.trim_end_matches('.')));
            }
        }
    }

    /// Texts that Azure or the generated files bound.
    pub(super) fn texts(&mut self, whole: &Answers) {
        let mut rule = |path: &str, answer: &Option<String>, ok: &dyn Fn(&str) -> bool, hint: &str| {
            if let Some(text) = answer
                && !ok(text)
            {
                self.problems.push(Problem::at(path, format!("`{text}` cannot be used here"), hint));
            }
        };
        let lower = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let name = |text: &str| {
            text.len() <= 30
                && text.bytes().all(|b| lower(b) || b == b'-')
                && is_azure_name(text, 30)
                && !text.contains("--")
        };
        rule("name", &whole.name, &name, "lower case letters, digits and single `-`, at most 30, as `hpc-prod`");
        let guid = |text: &str| {
            let lengths = [8, 4, 4, 4, 12];
            let parts: Vec<&str> = text.split('-').collect();
            parts.len() == 5
                && parts.iter().zip(lengths).all(|(p, l)| p.len() == l && p.bytes().all(|b| b.is_ascii_hexdigit()))
        };
        rule(
            "network.subscription",
            &whole.network.subscription,
            &guid,
            "a subscription id: 8-4-4-4-12 hexadecimal digits",
        );
        let hint = "a subscription id: 8-4-4-4-12 hexadecimal digits";
        rule("aml.subscription", &whole.aml.subscription, &guid, hint);
        let group = |text: &str| {
            text.chars().count() <= 90
                && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '(' | ')'))
                && !text.ends_with('.')
        };
        let hint = "a resource group name: letters, digits, `_`, `-`, `.`, `(`, `)`; at most 90; no dot at the end";
        rule("network.resource_group", &whole.network.resource_group, &group, hint);
        let vnet = |text: &str| text.len() >= 2 && is_azure_name(text, 64);
        rule("network.vnet", &whole.network.vnet, &vnet, "2 to 64 letters, digits, `_`, `.`, `-`");
        rule("egress.group", &whole.egress.group, &|t| is_azure_name(t, 80), NAME_HINT);
        let id = |kind: &'static str| {
            move |text: &str| {
                let lower = text.to_ascii_lowercase();
                let parts: Vec<&str> = lower.split('/').collect();
                parts.len() == 9
                    && parts[0].is_empty()
                    && parts[1] == "subscriptions"
                    && guid(parts[2])
                    && parts[3] == "resourcegroups"
                    && group(parts[4])
                    && parts[5] == "providers"
                    && format!("{}/{}", parts[6], parts[7]) == kind
                    && is_azure_name(parts[8], 80)
            }
        };
        let hint = "a resource id: /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/firewallPolicies/…";
        rule("egress.policy", &whole.egress.policy, &id("microsoft.network/firewallpolicies"), hint);
        let hint = "a resource id: /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/natGateways/…";
        rule("egress.nat_gateway", &whole.egress.nat_gateway, &id("microsoft.network/natgateways"), hint);
        let storage = |text: &str| (3..=24).contains(&text.len()) && text.bytes().all(lower);
        let hint = "the account's name alone: 3 to 24 lower case letters and digits";
        rule("cyclecloud.locker", &whole.cyclecloud.locker, &storage, hint);
        rule("aml.storage", &whole.aml.storage, &storage, hint);
        rule("aks.azureml_storage", &whole.aks.azureml_storage, &storage, hint);
        let registry = |text: &str| (5..=50).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        let hint = "3 to 33 letters, digits, `_`, `-`; starts with a letter or digit";
        let workspace = |text: &str| (3..=33).contains(&text.len()) && is_azure_name(text, 33) && !text.contains('.');
        rule("aml.workspace", &whole.aml.workspace, &workspace, hint);
        let hint = "a resource group name: letters, digits, `_`, `-`, `.`, `(`, `)`; at most 90; no dot at the end";
        rule("aml.resource_group", &whole.aml.resource_group, &group, hint);
        let size = |text: &str| text.len() <= 60 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        rule("aml.vm_size", &whole.aml.vm_size, &size, "a size as `STANDARD_DS3_v2`: letters, digits and `_`");
        let hint = "a resource id: /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…";
        rule("aml.second_network", &whole.aml.second_network, &id("microsoft.network/virtualnetworks"), hint);
        let hint = "the registry's name alone: 5 to 50 letters and digits";
        rule("aml.registry", &whole.aml.registry, &registry, hint);
        rule("aks.azureml_registry", &whole.aks.azureml_registry, &registry, hint);
        let hint = "a workspace id: 8-4-4-4-12 hexadecimal digits";
        rule("aks.azureml_workspace", &whole.aks.azureml_workspace, &guid, hint);
        let vault = |text: &str| {
            (3..=24).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && text.bytes().next().is_some_and(|b| b.is_ascii_alphabetic())
                && !text.ends_with('-')
                && !text.contains("--")
        };
        let hint = "the vault's name alone: 3 to 24 letters, digits and single `-`, the first a letter";
        rule("aks.key_vault_name", &whole.aks.key_vault_name, &vault, hint);
        let key =
            |text: &str| text.len() <= 200 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/~._-".contains(&b));
        let hint = "a path of letters, digits, `/`, `~`, `.`, `_`, `-`";
        rule("return_proxy.ssh_key", &whole.return_proxy.ssh_key, &key, hint);
        let pattern = |text: &str| {
            text.contains("{subnet}") && is_azure_name(&text.replace("{name}", "n").replace("{subnet}", "s"), 60)
        };
        let hint = "letters, digits, `_`, `.`, `-` and `{name}`, `{subnet}`; `{subnet}` keeps the names apart";
        rule("naming.nsg", &whole.naming.nsg, &pattern, hint);
        rule("naming.route_table", &whole.naming.route_table, &pattern, hint);
        for file in whole.requirements.iter().flatten() {
            // A copy goes into the folder under this name, on every system, and before the eyes of every shell.
            let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
            let plain = name.chars().all(|c| c.is_alphanumeric() || "_.- ".contains(c));
            if !plain || name.is_empty() || name.starts_with(['-', '.', ' ']) || name.ends_with(['.', ' ']) {
                let hint = "rename the file: letters, digits, `_`, `.`, `-`, starting with a letter or digit";
                self.add("requirements", format!("a copy of `{file}` cannot have its name"), hint);
            }
        }
        for (key, value) in whole.tags.iter().flatten() {
            let forbidden = key.chars().any(|c| "<>%&\\?/".contains(c) || c.is_control());
            if forbidden || key.is_empty() || key.chars().count() > 512 || value.chars().count() > 256 {
                let hint = "a tag's name has none of <>%&\\?/ and at most 512 characters, its value at most 256";
                self.add(&format!("tags.{key}"), format!("Azure refuses the tag `{key}`"), hint);
            }
        }
    }

    fn v4(&mut self, path: &str, prefixes: &[IpNet]) {
        for prefix in prefixes.iter().filter(|prefix| matches!(prefix, IpNet::V6(_))) {
            let hint = "plans are IPv4; IPv6 is read and judged in exports only";
            self.add(path, format!("`{prefix}` is IPv6"), hint);
        }
    }

    pub(super) fn v4_groups(&mut self, whole: &Answers) {
        for question in QUESTIONS {
            if let Some(Value::Prefixes(prefixes)) = question.answer(whole) {
                self.v4(question.path, &prefixes);
                if prefixes.iter().any(|prefix| prefix.prefix_len() == 0) {
                    let hint = "name the prefixes that are really meant";
                    self.add(question.path, "`0.0.0.0/0` stands for every address, this network's own too", hint);
                }
            }
        }
    }

    pub(super) fn network(&mut self, whole: &Answers) -> NetworkIntent {
        let network = &whole.network;
        for server in network.dns_servers.iter().flatten().filter(|server| server.prefix_len() < 32) {
            self.add(
                "network.dns_servers",
                format!("`{server}` is more than one address"),
                "a DNS server is one address",
            );
        }
        let mut peered = Vec::new();
        let own = AddressSet::from_prefixes(network.address_space.iter().flatten());
        for (index, peer) in network.peered.iter().flatten().enumerate() {
            let path = format!("network.peered[{index}].prefixes");
            self.v4(&path, &peer.prefixes);
            if AddressSet::from_prefixes(&peer.prefixes).intersects(&own) {
                let what = format!("`{}` overlaps the address space of this network", peer.name);
                self.add(&path, what, "Azure refuses to peer networks that overlap");
            }
            peered.push((peer.name.clone(), peer.prefixes.clone()));
        }
        NetworkIntent {
            subscription: network.subscription.clone(),
            resource_group: network.resource_group.clone().unwrap_or_default(),
            vnet: network.vnet.clone().unwrap_or_default(),
            address_space: network.address_space.clone().unwrap_or_default(),
            create: network.create == Some(true),
            peered,
            on_premises: network.on_premises.clone().unwrap_or_default(),
            dns_servers: network.dns_servers.clone().unwrap_or_default(),
        }
    }

    pub(super) fn egress(&mut self, whole: &Answers) -> Option<Egress> {
        let egress = &whole.egress;
        match egress.via.as_deref()? {
            "nsg" => Some(Egress::Nsg(match egress.way_out.as_deref() {
                Some("public-address") => WayOut::PublicAddress,
                Some("load-balancer") => WayOut::LoadBalancer,
                Some("default-outbound") => {
                    if whole.network.create == Some(true) {
                        let hint = "subnets made today have no default outbound access: choose a NAT gateway, a firewall or `public-address`";
                        self.add(
                            "egress.way_out",
                            "`default-outbound` does not exist in a network that is made today",
                            hint,
                        );
                    }
                    WayOut::DefaultOutbound
                }
                _ => WayOut::None,
            })),
            "nat-gateway" => Some(Egress::NatGateway(egress.nat_gateway.clone())),
            "azure-firewall" => {
                let address = self.private_address(whole)?;
                let tier = match egress.sku.as_deref() {
                    Some("Basic") => FirewallTier::Basic,
                    Some("Premium") => FirewallTier::Premium,
                    _ => FirewallTier::Standard,
                };
                Some(Egress::Firewall(FirewallIntent {
                    private_address: address,
                    tier,
                    policy: egress.policy.clone(),
                    group: egress.group.clone().unwrap_or_default(),
                    priority: egress.priority.unwrap_or(500),
                    dns_proxy: egress.dns_proxy == Some(true) && tier != FirewallTier::Basic,
                    by_name: egress.rule_style.as_deref() == Some("name"),
                }))
            }
            "appliance" => Some(Egress::Appliance(ApplianceIntent {
                private_address: self.private_address(whole)?,
                by_name: egress.rule_style.as_deref() != Some("tag"),
            })),
            "https-proxy" => self.proxy(whole).map(Egress::Proxy),
            _ => None,
        }
    }

    /// The next hop of the default route.
    fn private_address(&mut self, whole: &Answers) -> Option<Ipv4Addr> {
        let text = whole.egress.private_ip.clone()?;
        let Ok(address) = text.parse::<Ipv4Addr>() else {
            self.add("egress.private_ip", format!("`{text}` is not an IPv4 address"), "as `10.0.1.4`");
            return None;
        };
        if AddressSet::public_v4().contains(IpAddr::V4(address)) && !own_space(whole).contains(IpAddr::V4(address)) {
            let hint = "routes name the firewall's private address, not its public one";
            self.add("egress.private_ip", format!("`{text}` is a public address"), hint);
        }
        Some(address)
    }

    /// The explicit proxy by its URL. What may be a password is never repeated.
    fn proxy(&mut self, whole: &Answers) -> Option<ProxyIntent> {
        const FORM: &str = "as `http://10.12.0.5:3128`: the proxy's IPv4 address and its port";
        let path = "egress.proxy";
        let text = whole.egress.proxy.as_deref()?;
        if text.contains('@') {
            let what = "the URL has a user or a password, which would end in generated files and templates";
            self.add(path, what, format!("{FORM}; let the proxy know its clients by their subnets"));
            return None;
        }
        let Some(rest) = text.strip_prefix("http://") else {
            let hint = match text.starts_with("https://") {
                true => "machines speak plain HTTP to the proxy and TLS through it: few of them can speak TLS to it",
                false => FORM,
            };
            self.add(path, format!("`{text}` does not start with `http://`"), hint);
            return None;
        };
        let Some((host, port)) = rest.split_once(':') else {
            self.add(path, format!("`{text}` names no port"), FORM);
            return None;
        };
        let Ok(address) = host.parse::<Ipv4Addr>() else {
            self.add(
                path,
                format!("`{host}` is not an IPv4 address"),
                format!("{FORM}; rules hold no host name for it"),
            );
            return None;
        };
        let digits = port.bytes().all(|b| b.is_ascii_digit());
        let Some(port) = port.parse::<u16>().ok().filter(|port| digits && *port > 0) else {
            self.add(path, format!("`{port}` is not a port"), FORM);
            return None;
        };
        if !own_space(whole).contains(IpAddr::V4(address)) {
            let what = format!("{address} is neither in the virtual network nor peered nor on premises");
            let hint = "say in `network.peered` or `network.on_premises` where the proxy is: no other way leads to it";
            self.add(path, what, hint);
        }
        Some(ProxyIntent { address, port })
    }

    pub(super) fn subnets(
        &mut self,
        whole: &Answers,
        network: &NetworkIntent,
        egress: &Option<Egress>,
        only_public_aml: bool,
    ) -> Vec<SubnetIntent> {
        let space = AddressSet::from_prefixes(&network.address_space);
        let mut subnets: Vec<SubnetIntent> = Vec::new();
        for (index, answer) in whole.subnets.iter().flatten().enumerate() {
            let at = |field: &str| format!("subnets[{index}].{field}");
            if !is_azure_name(&answer.name, 80) {
                self.add(&at("name"), format!("Azure refuses the subnet name `{}`", answer.name), NAME_HINT);
            }
            let reserved = [
                "GatewaySubnet",
                "AzureFirewallSubnet",
                "AzureFirewallManagementSubnet",
                "RouteServerSubnet",
                "AzureBastionSubnet",
            ];
            if reserved.iter().any(|name| name.eq_ignore_ascii_case(&answer.name)) {
                let hint = "these subnets belong to a platform service; leave the row out";
                self.add(&at("name"), format!("`{}` takes no rules or routes of ours", answer.name), hint);
            }
            if let Some(other) = subnets.iter().find(|other| other.name.eq_ignore_ascii_case(&answer.name)) {
                let what = format!("a subnet named `{}` is here already", other.name);
                self.add(&at("name"), what, "one row per subnet; give it several roles instead");
            }
            let Some(prefix) = answer.prefix else { continue };
            self.v4(&at("prefix"), &[prefix]);
            let own = AddressSet::from_prefixes(&[prefix]);
            if !own.is_subset(&space) {
                let known: Vec<String> = network.address_space.iter().map(ToString::to_string).collect();
                let hint = format!("the address space is {}", known.join(", "));
                self.add(&at("prefix"), format!("`{prefix}` lies outside the virtual network"), hint);
            }
            if prefix.prefix_len() > 29 {
                self.add(&at("prefix"), format!("`{prefix}` is too small"), "Azure's smallest subnet is a /29");
            }
            for other in &subnets {
                if AddressSet::from_prefixes(&[other.prefix]).intersects(&own) {
                    let what = format!("`{prefix}` overlaps `{}` of subnet `{}`", other.prefix, other.name);
                    self.add(&at("prefix"), what, "subnets of one network must not overlap");
                }
            }
            let roles: BTreeSet<Role> = answer.roles.iter().flatten().filter_map(|role| Role::parse(role)).collect();
            if roles.is_empty() && answer.roles.is_some() {
                self.add(
                    &at("roles"),
                    format!("subnet `{}` has no role", answer.name),
                    "a subnet without a role gets no rules; leave the row out",
                );
            }
            let next_hop = egress.as_ref().and_then(Egress::next_hop);
            if let Some(address) = next_hop.filter(|address| own.contains(IpAddr::V4(*address))) {
                let hint = "a firewall never sits in a subnet that it routes for: packets would loop";
                self.add(&at("prefix"), format!("the firewall's address {address} lies in `{prefix}`"), hint);
            }
            if let Some(Egress::Proxy(proxy)) = egress
                && own.contains(IpAddr::V4(proxy.address))
            {
                let hint =
                    "the rules of this subnet would close the proxy's own way out: give it a subnet without a row";
                self.add(&at("prefix"), format!("the proxy's address {} lies in `{prefix}`", proxy.address), hint);
            }
            let machines = roles.iter().any(|role| *role != Role::PrivateEndpoints);
            let routed = next_hop.is_some() && machines;
            let nsg =
                self.attach(&at("nsg"), answer, &answer.nsg, if machines { Attach::Create } else { Attach::None });
            let routes =
                self.attach(&at("routes"), answer, &answer.routes, if routed { Attach::Create } else { Attach::None });
            if routed && routes == Attach::None {
                let hint = "leave `routes` out, or `extend:<name>` of the table that is there";
                self.add(
                    &at("routes"),
                    format!("without routes, traffic of `{}` never reaches the firewall", answer.name),
                    hint,
                );
            }
            let is_aml = roles.contains(&Role::AmlCompute);
            subnets.push(SubnetIntent {
                name: answer.name.clone(),
                prefix,
                roles,
                nsg,
                routes,
                public_ip: answer.public_ip.unwrap_or(is_aml && only_public_aml),
            });
        }
        self.owners(whole, &subnets);
        subnets
    }

    /// An NSG or route table is ours, becomes ours or stays somebody else's: one of these, and spelt one way.
    fn owners(&mut self, whole: &Answers, subnets: &[SubnetIntent]) {
        type Pick = fn(&SubnetIntent) -> &Attach;
        let kinds: [(&str, &Option<String>, Pick); 2] = [
            ("nsg", &whole.naming.nsg, |subnet| &subnet.nsg),
            ("routes", &whole.naming.route_table, |subnet| &subnet.routes),
        ];
        for (field, pattern, pick) in kinds {
            let mut seen: BTreeMap<String, (String, &Attach)> = BTreeMap::new();
            for (index, subnet) in subnets.iter().enumerate() {
                let attach = pick(subnet);
                let name = match attach {
                    Attach::None => continue,
                    Attach::Adopt(name) | Attach::Extend(name) => name.clone(),
                    Attach::Create => {
                        let pattern = pattern.as_deref().unwrap_or_default();
                        let name = whole.name.as_deref().unwrap_or_default();
                        pattern.replace("{name}", name).replace("{subnet}", &subnet.name)
                    }
                };
                let path = format!("subnets[{index}].{field}");
                if matches!(attach, Attach::Adopt(_)) && whole.network.create == Some(true) {
                    let what = format!("`{name}` is to be adopted, in a network that is made here");
                    self.add(&path, what, "a new subnet has none: leave it out, or `network.create: false`");
                }
                match seen.get(&name.to_lowercase()) {
                    Some((other, kind)) if *other != name || *kind != attach => {
                        let what = format!("`{name}` is there twice: once to create, adopt or extend, once otherwise");
                        self.add(&path, what, "one name means one thing, spelt one way, in every row");
                    }
                    Some(_) => {}
                    None => {
                        seen.insert(name.to_lowercase(), (name, attach));
                    }
                }
            }
        }
    }

    fn attach(&mut self, path: &str, subnet: &SubnetAnswer, answer: &Option<String>, default: Attach) -> Attach {
        match answer.as_deref() {
            None => default,
            Some("create") => Attach::Create,
            Some("none") => Attach::None,
            Some(text) => {
                let attach = match text.split_once(':') {
                    Some(("extend", name)) => Some(Attach::Extend(name.into())),
                    Some(("adopt", name)) => Some(Attach::Adopt(name.into())),
                    _ => None,
                };
                match attach {
                    Some(Attach::Extend(name) | Attach::Adopt(name)) if !is_azure_name(&name, 80) => {
                        self.add(path, format!("Azure refuses the name `{name}`"), NAME_HINT);
                        Attach::None
                    }
                    Some(attach) => attach,
                    None => {
                        let what = format!("`{text}` of subnet `{}` is not known", subnet.name);
                        self.add(path, what, "`create`, `adopt:<name>`, `extend:<name>` or `none`");
                        Attach::None
                    }
                }
            }
        }
    }

    pub(super) fn roles(&mut self, chosen: &[&Scenario], subnets: &[SubnetIntent], whole: &Answers, both_aml: bool) {
        let wanted: BTreeMap<Role, String> = needed_roles(whole).into_iter().collect();
        for (role, why) in &wanted {
            if !subnets.iter().any(|subnet| subnet.roles.contains(role)) {
                let elsewhere = match role {
                    Role::CyclecloudServer => "; a server in another network is `cyclecloud.server_addresses`",
                    _ => "",
                };
                let hint = format!("add `{}` to the roles of a subnet, or a row for one{elsewhere}", role.name());
                self.add("subnets", format!("no subnet has the role `{}`, which {why} needs", role.name()), hint);
            }
        }
        let known: BTreeSet<Role> = chosen
            .iter()
            .flat_map(|s| s.roles.iter().chain(&s.optional_roles))
            .copied()
            .chain([Role::PrivateEndpoints])
            .collect();
        for (index, subnet) in subnets.iter().enumerate() {
            for role in subnet.roles.difference(&known) {
                let what = format!("no chosen scenario uses the role `{}` of subnet `{}`", role.name(), subnet.name);
                self.add(&format!("subnets[{index}].roles"), what, "choose its scenario, or remove the role");
            }
        }
        if both_aml {
            let compute: Vec<&SubnetIntent> = subnets.iter().filter(|s| s.roles.contains(&Role::AmlCompute)).collect();
            if !compute.iter().any(|s| s.public_ip) || compute.iter().all(|s| s.public_ip) {
                let hint = "with both kinds of compute, each needs a subnet of its own: `public_ip: true` on the one, none on the other";
                self.add("subnets", "which subnet holds compute with public addresses is not said", hint);
            }
        }
    }

    /// What a product or Azure refuses.
    /// What cannot work where an explicit proxy is the only way out, and what has nothing to list.
    pub(super) fn proxy_combinations(&mut self, whole: &Answers) {
        let via = whole.egress.via.as_deref().unwrap_or_default();
        if via == "https-proxy" && crate::question::chose(whole, &["aml-public-ip", "aml-no-public-ip"]) {
            let what = "Azure Machine Learning compute behind an explicit proxy";
            let hint = "no page says how to make its compute use one, and Batch and the tunnel on UDP 5831 never would (how-to-access-azureml-behind-firewall): choose `azure-firewall` or `appliance`";
            self.add("egress.via", what, hint);
        }
        let aks = via == "https-proxy" && crate::question::chose(whole, &["aks"]);
        if aks && whole.aks.api_server.as_deref() == Some("public") {
            let hint = "AKS itself exempts the API server from the proxy (Azure/AKS issue 3207): a private cluster has it inside the network";
            self.add("aks.api_server", "`public` behind an explicit proxy: nodes would go to it directly", hint);
        }
        if aks && whole.machines.windows == Some(true) {
            let hint = "AKS supports no Windows node pools behind a proxy (http-proxy, Limitations and considerations)";
            self.add("machines.windows", "Windows machines in an AKS cluster behind an explicit proxy", hint);
        }
        let lists = whole.outputs.iter().flatten().any(|output| output == "firewall");
        if lists && !["azure-firewall", "appliance", "https-proxy"].contains(&via) {
            let hint = "leave it out, or choose a way out with a firewall or proxy";
            self.add("outputs", format!("`firewall` has nothing to list: traffic leaves by `{via}`"), hint);
        }
    }

    pub(super) fn priorities(&mut self, whole: &Answers) -> (u16, u16) {
        let text = whole.priorities.clone().unwrap_or_default();
        let band = text.split_once('-').and_then(|(a, b)| Some((a.parse::<u16>().ok()?, b.parse::<u16>().ok()?)));
        match band {
            Some((first, last)) if first >= 100 && last <= 4094 && first < last => (first, last),
            _ => {
                let hint =
                    "as `100-3999`: from 100 at the least to 4094 at the most, so that the last denies fit behind";
                self.add("priorities", format!("`{text}` is not a band of priorities"), hint);
                (100, 3999)
            }
        }
    }
}

fn own_space(whole: &Answers) -> AddressSet {
    let network = &whole.network;
    let peered = network.peered.iter().flatten().flat_map(|peer| &peer.prefixes);
    AddressSet::from_prefixes(
        network.address_space.iter().flatten().chain(peered).chain(network.on_premises.iter().flatten()),
    )
}
