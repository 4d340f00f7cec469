//! Answers, typed: gaps filled with defaults and marked assumed, everything that cannot be said refused.

use crate::catalog::{Catalog, Cloud, Group, Region, Role, Scenario, find_region, scenarios};
use crate::model::{AddressSet, FirewallTier, WayOut};
use crate::problem::Problem;
use crate::question::{Answers, Kind, QUESTIONS, SubnetAnswer, Value, complete};
use ipnet::{IpNet, Ipv4Net};
use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};

/// What is to be planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The environment's name.
    pub name: String,
    /// Its cloud.
    pub cloud: Cloud,
    /// Its region.
    pub region: Region,
    /// The chosen scenarios.
    pub scenarios: Vec<String>,
    /// The features that answers and scenarios turn on.
    pub features: BTreeSet<String>,
    /// The virtual network.
    pub network: NetworkIntent,
    /// Its subnets, as answered.
    pub subnets: Vec<SubnetIntent>,
    /// The prefixes of each group; a group without any is not in it.
    pub groups: BTreeMap<Group, Vec<IpNet>>,
    /// The way out.
    pub egress: Egress,
    /// Whether a required name that nothing can hold may be opened to every public address on its ports.
    pub open_names: bool,
    /// Requirements knowingly left out.
    pub accept_blocked: BTreeSet<String>,
    /// What stands for a placeholder in a host name (`storage` → `stmlprod`); `*` where it is not in it.
    pub placeholders: BTreeMap<String, String>,
    /// First and last priority that rules of requirements may use.
    pub priorities: (u16, u16),
    /// Pattern of NSG names.
    pub nsg_pattern: String,
    /// Pattern of route table names.
    pub route_table_pattern: String,
    /// Tags on resources.
    pub tags: BTreeMap<String, String>,
    /// Whether the routes of public-address compute are written as prefixes.
    pub route_prefixes: bool,
    /// Whether the return proxy has a public address; `None` without a return proxy.
    pub return_proxy_public: Option<bool>,
    /// The SSH key of the return proxy.
    pub return_proxy_key: String,
    /// The formats to write.
    pub outputs: Vec<String>,
    /// What nobody answered: path, and the default that holds.
    pub assumed: Vec<(String, String)>,
    /// The answers with defaults.
    pub complete: Answers,
}

/// The virtual network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkIntent {
    /// Its subscription, if given.
    pub subscription: Option<String>,
    /// Its resource group.
    pub resource_group: String,
    /// Its name.
    pub vnet: String,
    /// Its address space.
    pub address_space: Vec<IpNet>,
    /// Whether it and its subnets are ours to create.
    pub create: bool,
    /// Peered networks: name and prefixes.
    pub peered: Vec<(String, Vec<IpNet>)>,
    /// On-premises space.
    pub on_premises: Vec<IpNet>,
    /// DNS servers of one's own.
    pub dns_servers: Vec<IpNet>,
}

impl NetworkIntent {
    /// All space that the answers call ours: network, peered, on-premises.
    pub fn own_space(&self) -> AddressSet {
        let peered = self.peered.iter().flat_map(|(_, prefixes)| prefixes);
        AddressSet::from_prefixes(self.address_space.iter().chain(peered).chain(&self.on_premises))
    }
}

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubnetIntent {
    /// Azure's name.
    pub name: String,
    /// Its prefix.
    pub prefix: IpNet,
    /// What it is for.
    pub roles: BTreeSet<Role>,
    /// Its NSG.
    pub nsg: Attach,
    /// Its route table.
    pub routes: Attach,
    /// Whether its machines have public addresses of their own.
    pub public_ip: bool,
}

/// Whose an NSG or route table is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attach {
    /// Ours, declared whole.
    Create,
    /// Somebody else's, of this name: only child rules or routes are added.
    Extend(String),
    /// There is none.
    None,
}

/// The way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Egress {
    /// NSG alone.
    Nsg(WayOut),
    /// A NAT gateway, by resource id if given.
    NatGateway(Option<String>),
    /// An Azure Firewall that exists already.
    Firewall(FirewallIntent),
}

/// The Azure Firewall and our group in its policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirewallIntent {
    /// The next hop of the default route.
    pub private_address: Ipv4Addr,
    /// Its tier.
    pub tier: FirewallTier,
    /// The policy's resource id, if given.
    pub policy: Option<String>,
    /// Our rule collection group.
    pub group: String,
    /// Its priority.
    pub priority: u32,
    /// Whether the DNS proxy is on.
    pub dns_proxy: bool,
    /// Whether host names are preferred over tags.
    pub by_name: bool,
}

impl Intent {
    /// The firewall, if traffic leaves through one.
    pub fn firewall(&self) -> Option<&FirewallIntent> {
        match &self.egress {
            Egress::Firewall(firewall) => Some(firewall),
            _ => None,
        }
    }

    /// The features that hold for a subnet: with both kinds of Azure ML compute, a compute subnet has but one.
    pub fn features_of(&self, subnet: &SubnetIntent) -> BTreeSet<String> {
        let mut features = self.features.clone();
        if subnet.roles.contains(&Role::AmlCompute) {
            features.remove(if subnet.public_ip { "aml-no-public-ip" } else { "aml-public-ip" });
        }
        features
    }

    /// The subnets with a role.
    pub fn subnets_with(&self, role: Role) -> impl Iterator<Item = &SubnetIntent> {
        self.subnets.iter().filter(move |subnet| subnet.roles.contains(&role))
    }
}

/// The scenarios' catalog files, each once, in order.
pub fn catalog_files(answers: &Answers) -> Vec<&'static str> {
    let chosen = |scenario: &&Scenario| answers.scenarios.iter().flatten().any(|id| *id == scenario.id);
    let mut files = vec!["base"];
    for file in scenarios().iter().filter(chosen).flat_map(|scenario| &scenario.catalog) {
        if !files.contains(&file.as_str()) {
            files.push(file);
        }
    }
    files
}

/// Types the answers. With any problem there is no intent; all problems are found in one run.
pub fn resolve(answers: &Answers, catalog: &Catalog) -> Result<Intent, Vec<Problem>> {
    let whole = complete(answers);
    let mut check = Check { problems: Vec::new() };
    check.needed(&whole);
    check.texts(&whole);
    let cloud = whole.cloud.as_deref().and_then(Cloud::parse).unwrap_or(Cloud::AzureCloud);
    let region = whole.region.as_deref().and_then(|name| match find_region(cloud, name) {
        Ok(region) => Some(region.clone()),
        Err(hint) => {
            check.add("region", format!("`{name}` is not a region of {cloud}"), hint);
            None
        }
    });
    let chosen: Vec<&Scenario> =
        scenarios().iter().filter(|s| whole.scenarios.iter().flatten().any(|id| *id == s.id)).collect();
    let both_aml = ["aml-public-ip", "aml-no-public-ip"].iter().all(|id| chosen.iter().any(|s| s.id == *id));
    let only_public_aml = !both_aml && chosen.iter().any(|s| s.id == "aml-public-ip");
    let network = check.network(&whole);
    let egress = check.egress(&whole);
    let subnets = check.subnets(&whole, &network, &egress, only_public_aml);
    check.roles(&chosen, &subnets, &whole, both_aml);
    let subnets = with_scheduler(subnets);
    check.combinations(&whole, &network);
    let priorities = check.priorities(&whole);
    let accept_blocked: BTreeSet<String> = whole.egress.accept_blocked.iter().flatten().cloned().collect();
    for id in &accept_blocked {
        if catalog.get(id).is_none() {
            let hint = match catalog.nearest(id) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`netcordon catalog` lists the ids".into(),
            };
            check.add("egress.accept_blocked", format!("no requirement `{id}` in the chosen scenarios"), hint);
        }
    }
    let groups = groups(&whole);
    check.v4_groups(&whole);
    let features = features(&whole, &groups, &egress);
    let assumed = assumed(answers, &whole);
    let (Some(region), Some(egress), true) = (region, egress, check.problems.is_empty()) else {
        return Err(check.problems);
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let placeholders =
        [("locker", &whole.cyclecloud.locker), ("storage", &whole.aml.storage), ("registry", &whole.aml.registry)]
            .into_iter()
            .filter_map(|(name, answer)| answer.clone().map(|answer| (name.to_string(), answer)))
            .collect();
    Ok(Intent {
        name: text(&whole.name),
        cloud,
        region,
        scenarios: chosen.iter().map(|scenario| scenario.id.clone()).collect(),
        features,
        network,
        subnets,
        groups,
        egress,
        open_names: whole.egress.names_without_tag.as_deref() == Some("open-443"),
        accept_blocked,
        placeholders,
        priorities,
        nsg_pattern: text(&whole.naming.nsg),
        route_table_pattern: text(&whole.naming.route_table),
        tags: whole.tags.clone().unwrap_or_default(),
        route_prefixes: whole.aml.routes.as_deref() == Some("prefixes"),
        return_proxy_public: whole
            .return_proxy
            .public_address
            .filter(|_| chosen.iter().any(|s| s.id == "return-proxy")),
        return_proxy_key: text(&whole.return_proxy.ssh_key),
        outputs: whole.outputs.clone().unwrap_or_default(),
        assumed,
        complete: whole.clone(),
    })
}

/// Where no subnet is the scheduler's, the scheduler lives with the nodes.
fn with_scheduler(mut subnets: Vec<SubnetIntent>) -> Vec<SubnetIntent> {
    if !subnets.iter().any(|subnet| subnet.roles.contains(&Role::Scheduler)) {
        for subnet in subnets.iter_mut().filter(|subnet| subnet.roles.contains(&Role::ClusterNodes)) {
            subnet.roles.insert(Role::Scheduler);
        }
    }
    subnets
}

/// What nobody answered and a default decides.
fn assumed(answers: &Answers, whole: &Answers) -> Vec<(String, String)> {
    QUESTIONS
        .iter()
        .filter(|question| question.answer(answers).is_none())
        .filter_map(|question| question.answer(whole).map(|value| (question.path.to_string(), shown(&value))))
        .collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => if *flag { "yes" } else { "no" }.into(),
        Value::List(items) => items.join(", "),
        Value::Prefixes(prefixes) => prefixes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        Value::Pairs(pairs) => pairs.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join(", "),
        Value::Records(rows) => format!("{} rows", rows.len()),
    }
}

fn groups(whole: &Answers) -> BTreeMap<Group, Vec<IpNet>> {
    let rows = [
        (Group::Admins, &whole.admins),
        (Group::Users, &whole.users),
        (Group::OnPremises, &whole.network.on_premises),
        (Group::DnsServers, &whole.network.dns_servers),
        (Group::DirectoryServers, &whole.machines.directory_servers),
        (Group::NtpServers, &whole.machines.ntp_servers),
        (Group::NfsServers, &whole.cyclecloud.nfs_servers),
        (Group::PackageMirrors, &whole.cyclecloud.package_mirrors),
        (Group::AksPods, &whole.aks.pod_addresses),
        (Group::AksApiServer, &whole.aks.api_server_addresses),
    ];
    rows.into_iter()
        .filter_map(|(group, answer)| {
            let prefixes = answer.clone().filter(|prefixes| !prefixes.is_empty())?;
            // Minimal and sorted: a rule says the same thing in the same bytes however the answer was ordered.
            Some((group, AddressSet::from_prefixes(&prefixes).to_prefixes()))
        })
        .collect()
}

/// Which answers turn which feature on: one row each.
fn features(whole: &Answers, groups: &BTreeMap<Group, Vec<IpNet>>, egress: &Option<Egress>) -> BTreeSet<String> {
    let is = |answer: &Option<String>, word: &str| answer.as_deref() == Some(word);
    let on = |answer: Option<bool>| answer == Some(true);
    let has = |answer: &Option<Vec<String>>, word: &str| answer.iter().flatten().any(|item| item == word);
    let chosen = |id: &str| has(&whole.scenarios, id);
    let cyclecloud = chosen("cyclecloud-vm") || chosen("return-proxy");
    let aml = chosen("aml-public-ip") || chosen("aml-no-public-ip");
    let (cc, ml, ks, machines) = (&whole.cyclecloud, &whole.aml, &whole.aks, &whole.machines);
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
        ("cyclecloud.slurm", is(&cc.scheduler, "slurm")),
        ("cyclecloud.openpbs", is(&cc.scheduler, "openpbs")),
        ("cyclecloud.grid-engine", is(&cc.scheduler, "grid-engine")),
        ("cyclecloud.lsf", is(&cc.scheduler, "lsf")),
        ("cyclecloud.symphony", is(&cc.scheduler, "symphony")),
        ("aml.compute-instance", has(&ml.compute, "instance")),
        ("aml.compute-cluster", has(&ml.compute, "cluster")),
        ("aml.private-endpoints", on(ml.private_endpoints)),
        ("aml.smb-public", on(ml.smb_public)),
        ("aml.studio", on(ml.studio)),
        ("aml.monitor-public", is(&ml.monitor, "public")),
        ("aml.registry-public", on(ml.registry_public)),
        ("aml.hbi", on(ml.hbi)),
        ("aml.python", on(ml.python)),
        ("aml.rstudio", on(ml.rstudio)),
        ("aml.vscode", on(ml.vscode)),
        ("aml.ssh", on(ml.ssh)),
        ("aks.private-api", is(&ks.api_server, "private")),
        ("aks.public-api", is(&ks.api_server, "public")),
        ("aks.api-by-ip", groups.contains_key(&Group::AksApiServer)),
        ("aks.legacy-tunnel", on(ks.legacy_tunnel)),
        ("aks.monitoring", on(ks.monitoring)),
        ("aks.policy", on(ks.policy)),
        ("windows", on(machines.windows)),
        ("linux", !on(machines.windows) || cyclecloud || aml || chosen("aks")),
        ("defender", has(&machines.agents, "defender")),
        ("azure-monitor-agent", has(&machines.agents, "azure-monitor-agent")),
        ("os-updates", has(&machines.agents, "os-updates")),
        ("firewall-route", matches!(egress, Some(Egress::Firewall(_)))),
    ];
    rows.into_iter().filter(|(_, holds)| *holds).map(|(name, _)| name.to_string()).collect()
}

/// Azure's pattern for names of NSGs, rules, route tables, subnets (resource-name-rules, Microsoft.Network).
pub fn is_azure_name(text: &str, longest: usize) -> bool {
    let bytes = text.as_bytes();
    (1..=longest).contains(&bytes.len())
        && bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
        && bytes[0].is_ascii_alphanumeric()
        && bytes.last().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
}

const NAME_HINT: &str =
    "letters, digits, `_`, `.`, `-`; starts with a letter or digit, ends with one or `_`; at most 80";

struct Check {
    problems: Vec<Problem>,
}

impl Check {
    fn add(&mut self, path: &str, what: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Problem::at(path, what, hint));
    }

    /// Every question that is asked, needed and unanswered.
    fn needed(&mut self, whole: &Answers) {
        for question in QUESTIONS {
            let empty = match question.answer(whole) {
                None => true,
                Some(Value::List(items)) => items.is_empty(),
                Some(Value::Prefixes(items)) => items.is_empty(),
                Some(Value::Records(items)) => items.is_empty(),
                Some(_) => false,
            };
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
    fn texts(&mut self, whole: &Answers) {
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
        let registry = |text: &str| (5..=50).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric());
        rule("aml.registry", &whole.aml.registry, &registry, "the registry's name alone: 5 to 50 letters and digits");
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

    fn v4_groups(&mut self, whole: &Answers) {
        for question in QUESTIONS {
            if let Some(Value::Prefixes(prefixes)) = question.answer(whole) {
                self.v4(question.path, &prefixes);
            }
        }
    }

    fn network(&mut self, whole: &Answers) -> NetworkIntent {
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

    fn egress(&mut self, whole: &Answers) -> Option<Egress> {
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
                let text = egress.private_ip.clone()?;
                let Ok(address) = text.parse::<Ipv4Addr>() else {
                    self.add("egress.private_ip", format!("`{text}` is not an IPv4 address"), "as `10.0.1.4`");
                    return None;
                };
                if AddressSet::public_v4().contains(IpAddr::V4(address))
                    && !own_space(whole).contains(IpAddr::V4(address))
                {
                    let hint = "routes name the firewall's private address, not its public one";
                    self.add("egress.private_ip", format!("`{text}` is a public address"), hint);
                }
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
            _ => None,
        }
    }

    fn subnets(
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
            if let Some(Egress::Firewall(firewall)) = egress
                && own.contains(IpAddr::V4(firewall.private_address))
            {
                let hint = "a firewall never sits in a subnet that it routes for: packets would loop";
                self.add(
                    &at("prefix"),
                    format!("the firewall's address {} lies in `{prefix}`", firewall.private_address),
                    hint,
                );
            }
            let machines = roles.iter().any(|role| *role != Role::PrivateEndpoints);
            let routed = matches!(egress, Some(Egress::Firewall(_))) && machines;
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
        subnets
    }

    fn attach(&mut self, path: &str, subnet: &SubnetAnswer, answer: &Option<String>, default: Attach) -> Attach {
        match answer.as_deref() {
            None => default,
            Some("create") => Attach::Create,
            Some("none") => Attach::None,
            Some(text) => match text.strip_prefix("extend:") {
                Some(name) if is_azure_name(name, 80) => Attach::Extend(name.into()),
                Some(name) => {
                    self.add(path, format!("Azure refuses the name `{name}`"), NAME_HINT);
                    Attach::None
                }
                None => {
                    let what = format!("`{text}` of subnet `{}` is not known", subnet.name);
                    self.add(path, what, "`create`, `extend:<name>` or `none`");
                    Attach::None
                }
            },
        }
    }

    fn roles(&mut self, chosen: &[&Scenario], subnets: &[SubnetIntent], whole: &Answers, both_aml: bool) {
        let mut wanted: BTreeMap<Role, String> = BTreeMap::new();
        for scenario in chosen {
            for role in &scenario.roles {
                wanted.entry(*role).or_insert_with(|| format!("scenario `{}`", scenario.id));
            }
        }
        if whole.cyclecloud.locker_access.as_deref() == Some("private-endpoint") {
            wanted.entry(Role::PrivateEndpoints).or_insert("the locker's private endpoint".into());
        }
        if whole.aml.private_endpoints == Some(true) {
            wanted.entry(Role::PrivateEndpoints).or_insert("`aml.private_endpoints`".into());
        }
        for (role, why) in &wanted {
            if !subnets.iter().any(|subnet| subnet.roles.contains(role)) {
                let hint = format!("add `{}` to the roles of a subnet, or a row for one", role.name());
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
    fn combinations(&mut self, whole: &Answers, network: &NetworkIntent) {
        let aml_npip = crate::question::chose(whole, &["aml-no-public-ip"]);
        let aml = aml_npip || crate::question::chose(whole, &["aml-public-ip"]);
        if aml_npip && whole.aml.private_endpoints == Some(false) {
            let hint = "compute without a public address needs the workspace's private endpoint (secure-training-vnet)";
            self.add("aml.private_endpoints", "`false` together with scenario `aml-no-public-ip`", hint);
        }
        let docker = AddressSet::from_prefixes(&[IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(172, 17, 0, 0), 16))]);
        if aml && AddressSet::from_prefixes(&network.address_space).intersects(&docker) {
            let hint = "Docker's bridge on Azure ML compute uses 172.17.0.0/16 (secure-workspace-vnet)";
            self.add("network.address_space", "the address space overlaps 172.17.0.0/16", hint);
        }
    }

    fn priorities(&mut self, whole: &Answers) -> (u16, u16) {
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
