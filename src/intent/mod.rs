//! Answers, typed: gaps filled with defaults and marked assumed, everything that cannot be said refused.

mod aks;
mod check;
mod cyclecloud;
mod features;

use crate::catalog::{Catalog, Cloud, Group, Region, Role, Scenario, regions, scenarios};
use crate::model::{AddressSet, FirewallTier, WayOut};
use crate::problem::Problem;
use crate::question::{Answers, QUESTIONS, complete};
pub(crate) use check::AZURES_ADDRESSES;
use check::Check;
use features::{features, groups};
use ipnet::IpNet;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

/// What is to be planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// The environment's name.
    pub name: String,
    /// Its cloud.
    pub cloud: Cloud,
    /// Its region.
    pub region: Region,
    /// The region of the Azure ML workspace: the network's, unless the answers name another.
    pub workspace_region: Region,
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
    /// Whether the plan's own denies are written already.
    pub enforce: bool,
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
    /// The workspace and its compute, where Azure Machine Learning is chosen.
    pub azureml: Option<AzureMlIntent>,
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
    /// Of this name, there already, and ours from now on: declared whole.
    Adopt(String),
    /// Somebody else's, of this name: only child rules or routes are added.
    Extend(String),
    /// There is none.
    None,
}

impl Attach {
    /// Whether it is declared whole.
    pub fn is_ours(&self) -> bool {
        matches!(self, Attach::Create | Attach::Adopt(_))
    }
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
    /// A firewall of another make that exists already.
    Appliance(ApplianceIntent),
    /// An explicit proxy that exists already.
    Proxy(ProxyIntent),
}

/// A firewall of another make: traffic is routed to it, and it is told by lists what to let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplianceIntent {
    /// The next hop of the default route.
    pub private_address: Ipv4Addr,
    /// Whether host names are preferred over the prefixes of service tags.
    pub by_name: bool,
}

/// An explicit proxy: machines ask it for HTTP and HTTPS, and nothing else leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProxyIntent {
    /// Its address.
    pub address: Ipv4Addr,
    /// The TCP port on which it takes requests.
    pub port: u16,
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

/// The workspace and how much compute it gets: what files are written from, and no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AzureMlIntent {
    /// The workspace's name, if given.
    pub workspace: Option<String>,
    /// Its resource group, if given.
    pub resource_group: Option<String>,
    /// Its subscription, which is the network's; if given.
    pub subscription: Option<String>,
    /// Its storage account, if given.
    pub storage: Option<String>,
    /// The size of the compute's machines.
    pub vm_size: String,
    /// Most nodes of clusters in a subnet; `None` without clusters.
    pub max_nodes: Option<u32>,
    /// Compute instances in a subnet; `None` without instances.
    pub instances: Option<u32>,
    /// Most serverless nodes; `None` without serverless compute.
    pub serverless_nodes: Option<u32>,
    /// The resource id of a second network of the workspace.
    pub second_network: Option<String>,
}

impl Egress {
    /// Where the default route leads: the private address of the firewall or appliance, if traffic is routed to one.
    pub fn next_hop(&self) -> Option<Ipv4Addr> {
        match self {
            Egress::Firewall(firewall) => Some(firewall.private_address),
            Egress::Appliance(appliance) => Some(appliance.private_address),
            _ => None,
        }
    }
}

impl Intent {
    /// The Azure Firewall, if traffic leaves through one.
    pub fn firewall(&self) -> Option<&FirewallIntent> {
        match &self.egress {
            Egress::Firewall(firewall) => Some(firewall),
            _ => None,
        }
    }

    /// The appliance of another make, if traffic leaves through one.
    pub fn appliance(&self) -> Option<&ApplianceIntent> {
        match &self.egress {
            Egress::Appliance(appliance) => Some(appliance),
            _ => None,
        }
    }

    /// The explicit proxy, if traffic leaves through one.
    pub fn proxy(&self) -> Option<&ProxyIntent> {
        match &self.egress {
            Egress::Proxy(proxy) => Some(proxy),
            _ => None,
        }
    }

    /// Where the default route leads: the private address of the firewall or appliance, if traffic is routed to one.
    pub fn next_hop(&self) -> Option<Ipv4Addr> {
        self.egress.next_hop()
    }

    /// The features that hold for a subnet: with both kinds of Azure ML compute, a compute subnet has but one, and a
    /// network isolated cluster has no agents that call out.
    pub fn features_of(&self, subnet: &SubnetIntent) -> Cow<'_, BTreeSet<String>> {
        let mut features = Cow::Borrowed(&self.features);
        let mut remove = |feature: &str| {
            if features.contains(feature) {
                features.to_mut().remove(feature);
            }
        };
        if subnet.roles.contains(&Role::AmlCompute) {
            remove(if subnet.public_ip { "aml-no-public-ip" } else { "aml-public-ip" });
        }
        // Agents and updates of other machines do not open the nodes of a network isolated cluster.
        if subnet.roles.contains(&Role::AksNodes) && self.features.contains("aks.isolated") {
            ["azure-monitor-agent", "defender", "os-updates"].into_iter().for_each(remove);
        }
        features
    }

    /// Whether service endpoints for storage are on the subnets of Azure ML compute.
    pub fn aml_storage_endpoint(&self) -> bool {
        let by_endpoint = ["aml.storage-service-endpoint", "aml.exfiltration-protection"];
        self.features.contains("aml") && by_endpoint.iter().any(|feature| self.features.contains(*feature))
    }

    /// The regions whose Azure ML service manages the compute: the network's, the workspace's, and the pairs of both
    /// (how-to-access-azureml-behind-firewall, compute with a public IP). Each once, the network's first.
    pub fn aml_regions(&self) -> Vec<&Region> {
        let mut found: Vec<&Region> = Vec::new();
        for region in [&self.region, &self.workspace_region] {
            let pair = region.pair.as_deref().and_then(|pair| regions().iter().find(|other| other.name == pair));
            for one in [Some(region), pair].into_iter().flatten() {
                if !found.iter().any(|known| known.name == one.name) {
                    found.push(one);
                }
            }
        }
        found
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
    let mut check = Check::default();
    check.needed(&whole);
    check.texts(&whole);
    let cloud = whole.cloud.as_deref().and_then(Cloud::parse).unwrap_or(Cloud::AzureCloud);
    let region = check.region("region", cloud, &whole.region);
    let workspace_region = check.region("aml.workspace_region", cloud, &whole.aml.workspace_region);
    let chosen: Vec<&Scenario> =
        scenarios().iter().filter(|s| whole.scenarios.iter().flatten().any(|id| *id == s.id)).collect();
    let both_aml = ["aml-public-ip", "aml-no-public-ip"].iter().all(|id| chosen.iter().any(|s| s.id == *id));
    let only_public_aml = !both_aml && chosen.iter().any(|s| s.id == "aml-public-ip");
    let network = check.network(&whole);
    let egress = check.egress(&whole);
    let subnets = check.subnets(&whole, &network, &egress, only_public_aml);
    check.roles(&chosen, &subnets, &whole, both_aml);
    let subnets = with_scheduler(subnets);
    check.proxy_combinations(&whole);
    check.aks(&whole, &network, &subnets);
    check.cyclecloud(&whole, &network, &subnets);
    check.azureml(&whole, &subnets, cloud);
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
    let groups = groups(&whole, &egress);
    check.v4_groups(&whole);
    let features = features(&whole, &groups, &egress);
    let assumed = assumed(answers, &whole);
    let (Some(region), Some(egress), true) = (region, egress, check.problems.is_empty()) else {
        return Err(check.problems);
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let placeholders = [
        ("locker", &whole.cyclecloud.locker),
        ("storage", &whole.aml.storage),
        ("registry", &whole.aml.registry),
        ("aks-key-vault", &whole.aks.key_vault_name),
        ("aks-registry", &whole.aks.azureml_registry),
        ("aks-storage", &whole.aks.azureml_storage),
        ("aks-workspace", &whole.aks.azureml_workspace),
    ]
    .into_iter()
    .filter_map(|(name, answer)| answer.clone().map(|answer| (name.to_string(), answer)))
    .collect();
    Ok(Intent {
        name: text(&whole.name),
        cloud,
        workspace_region: workspace_region.unwrap_or_else(|| region.clone()),
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
        enforce: whole.enforce != Some(false),
        nsg_pattern: text(&whole.naming.nsg),
        route_table_pattern: text(&whole.naming.route_table),
        tags: whole.tags.clone().unwrap_or_default(),
        route_prefixes: whole.aml.routes.as_deref() == Some("prefixes"),
        return_proxy_public: whole
            .return_proxy
            .public_address
            .filter(|_| chosen.iter().any(|s| s.id == "return-proxy")),
        return_proxy_key: text(&whole.return_proxy.ssh_key),
        azureml: azureml(&whole),
        outputs: whole.outputs.clone().unwrap_or_default(),
        assumed,
        complete: whole.clone(),
    })
}

fn azureml(whole: &Answers) -> Option<AzureMlIntent> {
    if !crate::question::chose(whole, &["aml-public-ip", "aml-no-public-ip"]) {
        return None;
    }
    let aml = &whole.aml;
    let of =
        |kind: &str, number: Option<u32>| number.filter(|_| aml.compute.iter().flatten().any(|chosen| chosen == kind));
    Some(AzureMlIntent {
        workspace: aml.workspace.clone(),
        resource_group: aml.resource_group.clone(),
        subscription: aml.subscription.clone().or_else(|| whole.network.subscription.clone()),
        storage: aml.storage.clone(),
        vm_size: aml.vm_size.clone().unwrap_or_default(),
        max_nodes: of("cluster", aml.max_nodes),
        instances: of("instance", aml.instances),
        serverless_nodes: of("serverless", aml.serverless_nodes),
        second_network: aml.second_network.clone(),
    })
}

/// The subnet of serverless compute: a workspace has one, so the first without public addresses, else the first.
pub fn serverless_subnet(subnets: &[SubnetIntent]) -> Option<&SubnetIntent> {
    let compute = || subnets.iter().filter(|subnet| subnet.roles.contains(&Role::AmlCompute));
    compute().find(|subnet| !subnet.public_ip).or_else(|| compute().next())
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
        .filter_map(|question| question.answer(whole).map(|value| (question.path.to_string(), value.to_string())))
        .collect()
}

/// Azure's pattern for names of NSGs, rules, route tables, subnets (resource-name-rules, Microsoft.Network).
pub fn is_azure_name(text: &str, longest: usize) -> bool {
    let bytes = text.as_bytes();
    (1..=longest).contains(&bytes.len())
        && bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
        && bytes[0].is_ascii_alphanumeric()
        && bytes.last().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
}
