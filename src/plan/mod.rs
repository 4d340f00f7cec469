//! Catalog, intent and required flows to the network to build: typed, ordered, every item with its reason.

mod aks;
mod azureml;
mod coverage;
mod cyclecloud;
mod dns;
mod firewall;
mod limits;
mod nsg;
mod routes;
mod warnings;
mod written_out;

pub use azureml::{ComputeKind, PlannedAzureMl, PlannedCompute, PlannedServerless, SubnetSize};
pub use cyclecloud::{Opening, PlannedCyclecloud, ServerElsewhere, WebProxy};
mod written;
pub use dns::{PlannedDns, PlannedZone};

pub use aks::{ApiServer, Label, PlannedCluster, PlannedExtension, PodNetwork};

use crate::catalog::Cloud;
use crate::catalog::tags::Tags;
use crate::catalog::{Catalog, Need, Role};
use crate::intent::{Attach, Egress, Intent, SubnetIntent};
use crate::model::{
    Access, AddressSet, Appliance, Endpoint, ExplicitProxy, Firewall, FirewallTier, Network, NextHop, Nsg, Route,
    RouteDestination, RouteTable, RuleCollection, RuleCollectionGroup, SecurityRule, Subnet, TagTable, WayOut,
};
use crate::problem::Problem;
use crate::required::{NotApplied, RequiredFlow};
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

/// The network to build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The environment's name.
    pub name: String,
    /// Its cloud.
    pub cloud: Cloud,
    /// Its region, programmatic name.
    pub region: String,
    /// The region of the Azure ML workspace, programmatic name; the same where nobody said otherwise.
    pub workspace_region: String,
    /// The chosen scenarios.
    pub scenarios: Vec<String>,
    /// The virtual network.
    pub vnet: PlannedNetwork,
    /// The subnets, in the order of the answers.
    pub subnets: Vec<PlannedSubnet>,
    /// NSGs, ours and extended, by name.
    pub nsgs: Vec<PlannedNsg>,
    /// Route tables, ours and extended, by name.
    pub route_tables: Vec<PlannedRouteTable>,
    /// Our rules in the policy of an Azure Firewall.
    pub firewall: Option<PlannedFirewall>,
    /// An appliance of another make or an explicit proxy, and what it is to hold.
    pub appliance: Option<PlannedAppliance>,
    /// The addresses behind the service tags that stand in rules of the firewall or appliance.
    pub service_tags: ServiceTags,
    /// Where each requirement is held on the way from each subnet, and why there.
    pub decisions: Vec<Decision>,
    /// What the admin should know, each with its consequence.
    pub warnings: Vec<Warning>,
    /// What is taken for granted and was not shown.
    pub assumptions: Vec<String>,
    /// The defaults that stand in for answers that were not given.
    pub defaults: Vec<String>,
    /// Requirements knowingly left out.
    pub accepted: Vec<String>,
    /// Tags on resources.
    pub resource_tags: BTreeMap<String, String>,
    /// The return proxy, with that scenario.
    pub return_proxy: Option<ReturnProxy>,
    /// Whether the plan's own denies are written. The plan has them either way, and is judged with them.
    pub enforce: bool,
    /// The denies that the plan [as it is written](Plan::written) lacks, by NSG; a plan before that has none here.
    pub withheld: Vec<PlannedNsg>,
    /// The compute of Azure Machine Learning, where it is chosen.
    pub azureml: Option<PlannedAzureMl>,
    /// Which names lead where.
    pub dns: PlannedDns,
    /// The CycleCloud cluster, with its scenarios.
    pub cyclecloud: Option<PlannedCyclecloud>,
    /// The AKS cluster, with that scenario.
    pub cluster: Option<PlannedCluster>,
}

/// The return proxy node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnProxy {
    /// Whether it has a public address.
    pub public_address: bool,
    /// The path of its SSH key on the server.
    pub ssh_key: String,
}

/// The virtual network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedNetwork {
    /// Its subscription, if given.
    pub subscription: Option<String>,
    /// Its resource group.
    pub resource_group: String,
    /// Its name.
    pub name: String,
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
    /// The NAT gateway of its subnets, by resource id if given; `None` without one.
    pub nat_gateway: Option<Option<String>>,
}

/// A subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedSubnet {
    /// Azure's name.
    pub name: String,
    /// Its prefix.
    pub prefix: IpNet,
    /// What it is for.
    pub roles: BTreeSet<Role>,
    /// The NSG on it.
    pub nsg: Option<String>,
    /// The route table on it.
    pub route_table: Option<String>,
    /// Service endpoints it needs: `Microsoft.Storage`.
    pub service_endpoints: Vec<String>,
    /// Whether the NAT gateway is on it.
    pub nat_gateway: bool,
    /// How its traffic with next hop Internet leaves.
    pub way_out: WayOut,
    /// Address space of pods that live on its nodes.
    pub pods: Vec<IpNet>,
}

/// Whether a resource is ours, or somebody else's that we add to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ownership {
    /// Declared whole.
    Create,
    /// Only child rules or routes with our names.
    Extend,
}

/// An NSG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedNsg {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub ownership: Ownership,
    /// Whether it is there before the first deployment although it is ours: Terraform has to import it.
    pub adopted: bool,
    /// The subnets it stands on.
    pub subnets: Vec<String>,
    /// Its rules: inbound before outbound, then by priority.
    pub rules: Vec<PlannedRule>,
}

/// A security rule with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRule {
    /// Its identity over the years: requirement and subnet, with the direction where both have one.
    pub key: String,
    /// The rule.
    pub rule: SecurityRule,
    /// The requirements it serves; the planner's own rules name what they serve.
    pub because: Vec<String>,
}

/// A route table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRouteTable {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub ownership: Ownership,
    /// Whether it is there before the first deployment although it is ours: Terraform has to import it.
    pub adopted: bool,
    /// The subnets it stands on.
    pub subnets: Vec<String>,
    /// Its routes.
    pub routes: Vec<PlannedRoute>,
}

/// A route with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedRoute {
    /// Its identity over the years.
    pub key: String,
    /// The route.
    pub route: Route,
    /// One clause.
    pub why: String,
    /// The requirements it serves.
    pub because: Vec<String>,
}

/// Our rule collection group in the firewall's policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFirewall {
    /// The next hop of the default route.
    pub private_address: Ipv4Addr,
    /// Its tier.
    pub tier: FirewallTier,
    /// Whether its DNS proxy is on.
    pub dns_proxy: bool,
    /// The policy's resource id, if given.
    pub policy: Option<String>,
    /// The group's name.
    pub group: String,
    /// The group's priority.
    pub priority: u32,
    /// Network rules by key; written into the collection `network`, priority 200.
    pub network: Vec<PlannedFirewallRule<crate::model::NetworkRule>>,
    /// Application rules by key; written into the collection `application`, priority 300.
    pub application: Vec<PlannedFirewallRule<crate::model::ApplicationRule>>,
}

/// A firewall of another make or an explicit proxy, and what it is to hold, for others to load into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedAppliance {
    /// The next hop of the default route, or the address of the proxy.
    pub address: Ipv4Addr,
    /// How it is asked, if it is an explicit proxy.
    pub proxy: Option<PlannedProxy>,
    /// What it lets through by address or by exact name on any port, by key.
    pub network: Vec<PlannedFirewallRule<crate::model::NetworkRule>>,
    /// What it lets through by host name, by key.
    pub application: Vec<PlannedFirewallRule<crate::model::ApplicationRule>>,
}

/// An explicit proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedProxy {
    /// The TCP port on which it takes requests.
    pub port: u16,
    /// The host names that machines reach without it, by service endpoint, by subnet.
    pub direct: BTreeMap<String, Vec<String>>,
}

/// The addresses behind service tags, and how old they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceTags {
    /// The date of the data, `YYYY-MM-DD`; `None` where a user's file has none in its name.
    pub date: Option<String>,
    /// The addresses, IPv4 and IPv6.
    pub addresses: TagTable,
}

/// A firewall rule with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedFirewallRule<T> {
    /// Its identity over the years.
    pub key: String,
    /// The rule.
    pub rule: T,
    /// What its addresses stand for, where they are those of a service tag: `4 prefixes of … as of 2026-07-20`. Empty
    /// elsewhere.
    pub written_out: String,
    /// The requirements it serves.
    pub because: Vec<String>,
}

/// The names and priorities of our two collections.
pub const NETWORK_COLLECTION: (&str, u32) = ("network", 200);
/// See [`NETWORK_COLLECTION`].
pub const APPLICATION_COLLECTION: (&str, u32) = ("application", 300);

/// Where a requirement is held, and why there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The requirement.
    pub requirement: String,
    /// The subnet.
    pub subnet: String,
    /// One clause.
    pub what: String,
}

/// Something the admin should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// What is so.
    pub what: String,
    /// What follows from it.
    pub consequence: String,
    /// The requirement it is about, if it is about one.
    pub requirement: String,
}

/// What planning works with.
pub(crate) struct Context<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) intent: &'a Intent,
    pub(crate) flows: &'a [RequiredFlow],
    pub(crate) tags: &'a Tags,
    pub(crate) table: &'a TagTable,
}

/// What planning finds on the way.
#[derive(Default)]
pub(crate) struct Notes {
    pub(crate) decisions: BTreeSet<Decision>,
    pub(crate) warnings: BTreeSet<Warning>,
    pub(crate) assumptions: Vec<String>,
    pub(crate) defaults: Vec<String>,
    pub(crate) problems: Vec<Problem>,
}

impl Notes {
    fn decide(&mut self, requirement: &str, subnet: &str, what: impl Into<String>) {
        self.decisions.insert(Decision { requirement: requirement.into(), subnet: subnet.into(), what: what.into() });
    }

    /// Takes back what was decided for a requirement at one place of a subnet: another rule covers it.
    fn covered(&mut self, requirement: &str, subnet: &str, place: &str, by: &str) {
        self.decisions.retain(|d| {
            d.requirement != requirement || d.subnet != subnet || !d.what.starts_with(&format!("{place}:"))
        });
        self.decide(requirement, subnet, format!("{place}: covered by {by}"));
    }

    fn warn(&mut self, requirement: &str, what: impl Into<String>, consequence: impl Into<String>) {
        let warning = Warning { what: what.into(), consequence: consequence.into(), requirement: requirement.into() };
        self.warnings.insert(warning);
    }
}

/// Plans the network, or says what makes that impossible: a required name that nothing can hold, a limit of Azure.
pub fn plan(
    catalog: &Catalog,
    intent: &Intent,
    flows: &[RequiredFlow],
    not_applied: &[NotApplied],
    tags: &Tags,
    table: &TagTable,
) -> Result<Plan, Vec<Problem>> {
    let context = Context { catalog, intent, flows, tags, table };
    let mut notes = Notes::default();
    let mut route_tables = routes::plan(&context, &mut notes);
    let subnets: Vec<PlannedSubnet> =
        intent.subnets.iter().map(|subnet| subnet_of(subnet, intent, &route_tables)).collect();
    let nsgs = nsg::plan(&context, &route_tables, &mut notes);
    let rules = firewall::rules(&context, &subnets, &route_tables, &mut notes);
    routes::serve(&mut route_tables, &rules);
    for (requirement, reason) in not_applied {
        let needed = catalog.get(requirement).is_some_and(|row| row.need == Need::Required);
        if needed {
            let hint = "give newer data with `--service-tags FILE`, or accept it in `egress.accept_blocked`";
            notes.problems.push(Problem::at("region", format!("`{requirement}`: {reason}"), hint));
        } else {
            let consequence = catalog.get(requirement).map_or("", |row| row.consequence.as_str());
            notes.warn(requirement, reason.clone(), consequence);
        }
    }
    let dns = dns::plan(&context, &mut notes);
    warnings::add(&context, &mut notes);
    aks::warn(&context, &mut notes);
    let firewall = firewall::plan(&context, &rules);
    limits::check(&nsgs, &route_tables, firewall.as_ref(), &mut notes);
    if !notes.problems.is_empty() {
        return Err(notes.problems);
    }
    let opening = cyclecloud::opening(&context, &subnets, &route_tables, &nsgs, &rules);
    let cyclecloud = cyclecloud::plan(&context, &rules, opening);
    Ok(Plan {
        name: intent.name.clone(),
        cloud: intent.cloud,
        region: intent.region.name.clone(),
        workspace_region: intent.workspace_region.name.clone(),
        scenarios: intent.scenarios.clone(),
        vnet: PlannedNetwork {
            subscription: intent.network.subscription.clone(),
            resource_group: intent.network.resource_group.clone(),
            name: intent.network.vnet.clone(),
            address_space: intent.network.address_space.clone(),
            create: intent.network.create,
            peered: intent.network.peered.clone(),
            on_premises: intent.network.on_premises.clone(),
            dns_servers: intent.network.dns_servers.clone(),
            nat_gateway: match &intent.egress {
                Egress::NatGateway(id) => Some(id.clone()),
                _ => None,
            },
        },
        subnets,
        nsgs,
        route_tables,
        firewall,
        appliance: firewall::appliance(&context, &rules),
        service_tags: service_tags(&context, &rules),
        decisions: notes.decisions.into_iter().collect(),
        warnings: notes.warnings.into_iter().collect(),
        assumptions: notes.assumptions,
        defaults: notes.defaults,
        accepted: intent.accept_blocked.iter().cloned().collect(),
        resource_tags: intent.tags.clone(),
        return_proxy: intent
            .return_proxy_public
            .map(|public_address| ReturnProxy { public_address, ssh_key: intent.return_proxy_key.clone() }),
        enforce: intent.enforce,
        withheld: Vec::new(),
        azureml: azureml::plan(&context),
        dns,
        cyclecloud,
        cluster: aks::plan(intent),
    })
}

fn service_tags(context: &Context, (network, _): &firewall::Rules) -> ServiceTags {
    let mut addresses = TagTable::default();
    for endpoint in network.iter().flat_map(|rule| &rule.rule.destinations) {
        if let Endpoint::Tag(tag) = endpoint
            && let Some(found) = context.table.get(tag)
        {
            addresses.insert(tag, found.clone());
        }
    }
    ServiceTags { date: context.tags.date().map(Into::into), addresses }
}

fn runs_machines(subnet: &SubnetIntent) -> bool {
    subnet.roles.iter().any(|role| *role != Role::PrivateEndpoints)
}

/// The service endpoints of a subnet: Storage for the locker and for Azure ML compute, where it is reached that way.
fn service_endpoints(subnet: &SubnetIntent, intent: &Intent) -> Vec<String> {
    let cyclecloud = [Role::CyclecloudServer, Role::ClusterNodes, Role::Scheduler, Role::ReturnProxy];
    let locker =
        ["cyclecloud", "cyclecloud.locker-service-endpoint"].iter().all(|feature| intent.features.contains(*feature));
    let locker = locker && cyclecloud.iter().any(|role| subnet.roles.contains(role));
    let compute = intent.aml_storage_endpoint() && subnet.roles.contains(&Role::AmlCompute);
    if locker || compute { vec!["Microsoft.Storage".into()] } else { Vec::new() }
}

fn subnet_of(subnet: &SubnetIntent, intent: &Intent, route_tables: &[PlannedRouteTable]) -> PlannedSubnet {
    let machines = runs_machines(subnet);
    let way_out = match &intent.egress {
        _ if !machines => WayOut::None,
        _ if subnet.public_ip => WayOut::PublicAddress,
        Egress::Nsg(way_out) => *way_out,
        Egress::NatGateway(_) => WayOut::NatGateway,
        // Whether a table of others leads to the firewall was not shown.
        Egress::Firewall(_) | Egress::Appliance(_) if matches!(subnet.routes, Attach::Extend(_)) => WayOut::Unknown,
        Egress::Firewall(_) | Egress::Appliance(_) | Egress::Proxy(_) => WayOut::None,
    };
    let pods = intent.groups.get(&crate::catalog::Group::AksPods).cloned().unwrap_or_default();
    PlannedSubnet {
        name: subnet.name.clone(),
        prefix: subnet.prefix,
        roles: subnet.roles.clone(),
        nsg: nsg::name(subnet, intent),
        route_table: route_tables
            .iter()
            .find(|table| table.subnets.contains(&subnet.name))
            .map(|table| table.name.clone()),
        service_endpoints: service_endpoints(subnet, intent),
        nat_gateway: machines && matches!(intent.egress, Egress::NatGateway(_)),
        way_out,
        pods: if subnet.roles.contains(&Role::AksNodes) { pods } else { Vec::new() },
    }
}

/// The name of a resource that is ours, by its pattern; the other's name where we extend; none where there is none.
fn resource_name(attach: &Attach, pattern: &str, intent: &Intent, subnet: &SubnetIntent) -> Option<String> {
    match attach {
        Attach::Create => Some(pattern.replace("{name}", &intent.name).replace("{subnet}", &subnet.name)),
        Attach::Adopt(name) | Attach::Extend(name) => Some(name.clone()),
        Attach::None => None,
    }
}

impl Plan {
    /// The plan as a neutral network, to be judged like any other.
    pub fn network(&self) -> Network {
        let subnet = |subnet: &PlannedSubnet| Subnet {
            name: subnet.name.clone(),
            prefixes: std::iter::once(subnet.prefix).chain(subnet.pods.iter().copied()).collect(),
            nsg: subnet.nsg.clone(),
            route_table: subnet.route_table.clone(),
            // The prefixes of an endpoint's routes are those of the service's tag (virtual-networks-udr-overview).
            service_endpoints: subnet.service_endpoints.iter().map(|e| e.replace("Microsoft.", "")).collect(),
            way_out: subnet.way_out,
            private_endpoints: Vec::new(),
            private_endpoint_policies: None,
        };
        let nsg = |nsg: &PlannedNsg| {
            let rules = nsg.rules.iter().map(|rule| rule.rule.clone()).collect();
            (nsg.name.clone(), Nsg { rules, others_rules: nsg.ownership == Ownership::Extend })
        };
        let route_table = |table: &PlannedRouteTable| {
            let routes = table.routes.iter().map(|route| route.route.clone()).collect();
            let others_routes = table.ownership == Ownership::Extend;
            (table.name.clone(), RouteTable { routes, gateway_routes: true, others_routes })
        };
        Network {
            address_space: self.vnet.address_space.clone(),
            peered: self.vnet.peered.iter().flat_map(|(_, prefixes)| prefixes.clone()).collect(),
            on_premises: self.vnet.on_premises.clone(),
            subnets: self.subnets.iter().map(subnet).collect(),
            nsgs: self.nsgs.iter().map(nsg).collect(),
            route_tables: self.route_tables.iter().map(route_table).collect(),
            firewalls: self.firewall.iter().map(PlannedFirewall::firewall).collect(),
            appliances: self.appliance.iter().map(PlannedAppliance::appliance).collect(),
            interfaces: Vec::new(),
            application_groups: BTreeMap::new(),
        }
    }
}

impl Plan {
    /// Where the default route leads: the private address of the firewall or appliance, if traffic is routed to one.
    pub fn next_hop(&self) -> Option<Ipv4Addr> {
        let appliance = self.appliance.as_ref().filter(|appliance| appliance.proxy.is_none());
        let firewall = self.firewall.as_ref().map(|firewall| firewall.private_address);
        firewall.or(appliance.map(|appliance| appliance.address))
    }

    /// The network as it is judged: a route table of others leads its default route to the firewall. It is theirs, so
    /// no file of ours holds that route; the warnings ask to check it, and every verdict by it is assumed.
    pub fn assumed_network(&self) -> Network {
        let mut network = self.network();
        let Some(next_hop) = self.next_hop() else { return network };
        for table in network.route_tables.values_mut().filter(|table| table.others_routes) {
            table.routes.push(Route {
                name: "default route of others".into(),
                destination: RouteDestination::Prefix(IpNet::V4(ipnet::Ipv4Net::default())),
                next_hop: NextHop::Appliance(next_hop.into()),
            });
        }
        network
    }
}

impl PlannedFirewall {
    /// Our group as a firewall that may hold groups of others as well.
    pub fn firewall(&self) -> Firewall {
        let network = RuleCollection {
            name: NETWORK_COLLECTION.0.into(),
            priority: NETWORK_COLLECTION.1,
            access: Access::Allow,
            rules: crate::model::CollectionRules::Network(self.network.iter().map(|r| r.rule.clone()).collect()),
        };
        let application = RuleCollection {
            name: APPLICATION_COLLECTION.0.into(),
            priority: APPLICATION_COLLECTION.1,
            access: Access::Allow,
            rules: crate::model::CollectionRules::Application(
                self.application.iter().map(|r| r.rule.clone()).collect(),
            ),
        };
        let collections = [(network, self.network.is_empty()), (application, self.application.is_empty())];
        Firewall {
            name: "firewall policy".into(),
            private_address: Some(self.private_address.into()),
            tier: self.tier,
            dns_proxy: self.dns_proxy,
            groups: vec![RuleCollectionGroup {
                name: self.group.clone(),
                priority: self.priority,
                parent: false,
                collections: collections.into_iter().filter(|(_, empty)| !empty).map(|(c, _)| c).collect(),
            }],
            others_groups: true,
            private_ranges: None,
        }
    }
}

impl PlannedAppliance {
    /// What to call it: `appliance 10.0.1.4`, `proxy 10.12.0.5:3128`.
    pub fn label(&self) -> String {
        match &self.proxy {
            None => format!("appliance {}", self.address),
            Some(proxy) => format!("proxy {}:{}", self.address, proxy.port),
        }
    }

    /// It as the appliance of a network.
    pub fn appliance(&self) -> Appliance {
        let proxy = |proxy: &PlannedProxy| ExplicitProxy { port: proxy.port, direct: proxy.direct.clone() };
        Appliance {
            address: self.address.into(),
            proxy: self.proxy.as_ref().map(proxy),
            network: self.network.iter().map(|planned| planned.rule.clone()).collect(),
            application: self.application.iter().map(|planned| planned.rule.clone()).collect(),
        }
    }
}

/// `text` cut to `most` characters, the last one `…` if something was cut.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.into();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The space that a rule for host names must not open: private space (RFC 1918, RFC 6598), and all that the answers call
/// ours, without the platform's address.
pub fn space_without_names(own: &AddressSet) -> AddressSet {
    let private = [([10, 0, 0, 0], 8), ([100, 64, 0, 0], 10), ([172, 16, 0, 0], 12), ([192, 168, 0, 0], 16)];
    let private: AddressSet =
        private.into_iter().map(|(net, length)| IpNet::V4(ipnet::Ipv4Net::new_assert(net.into(), length))).collect();
    private.union(own).difference(&crate::required::platform_address())
}

impl Plan {
    /// What the firewall, appliance or proxy holds, whichever there is.
    pub fn held(
        &self,
    ) -> (&[PlannedFirewallRule<crate::model::NetworkRule>], &[PlannedFirewallRule<crate::model::ApplicationRule>])
    {
        match (&self.firewall, &self.appliance) {
            (Some(firewall), _) => (&firewall.network, &firewall.application),
            (None, Some(appliance)) => (&appliance.network, &appliance.application),
            (None, None) => (&[], &[]),
        }
    }
}
