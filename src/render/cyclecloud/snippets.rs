//! The parts of a cluster template, the parameters for them, and the server's side of an explicit proxy.

use super::{mirror, subnet_id, with};
use crate::catalog::Role;
use crate::plan::{Plan, PlannedCyclecloud, PlannedSubnet};
use crate::render::Input;
use crate::render::engine::{Value, commas, comment, view};

const KEY: &str = "~/.ssh/cyclecloud.pem";

/// The roles whose machines CycleCloud makes.
const NODES: [Role; 3] = [Role::ReturnProxy, Role::Scheduler, Role::ClusterNodes];

/// The view of `cyclecloud/direct.txt`.
pub(in crate::render) fn direct(input: &Input) -> Value {
    let plan = input.plan;
    let server = plan.cyclecloud.iter().flat_map(|cluster| &cluster.server_elsewhere);
    let addresses: Vec<String> =
        server.flat_map(|server| &server.addresses).map(|address| address.addr().to_string()).collect();
    let subnets = direct_subnets(plan).into_iter().map(|(name, label, subnet)| parameter(name, label, plan, subnet));
    view!({
        "cluster": plan.name,
        "region": plan.region,
        "key": KEY,
        "version_7": plan.cyclecloud.as_ref().is_some_and(|cluster| cluster.version_7),
        "elsewhere": !addresses.is_empty(),
        "addresses": addresses.join(" and "),
        "own_scheduler": own_scheduler(plan),
        "subnets": subnets.collect::<Vec<_>>(),
        "several_subnets": cluster_prefixes(plan).len() > 1,
        "prefixes": commas(&cluster_prefixes(plan)),
    })
}

/// The view of `cyclecloud/return-proxy.txt`.
pub(in crate::render) fn return_proxy(input: &Input) -> Value {
    let plan = input.plan;
    let proxy = with(plan, Role::ReturnProxy);
    let answers = plan.return_proxy.as_ref();
    let nsg = proxy.and_then(|subnet| subnet.nsg.clone());
    let subnets = proxy_subnets(plan).into_iter().map(|(name, label, subnet)| parameter(name, label, plan, subnet));
    view!({
        "cluster": plan.name,
        "one_node": one_node(plan),
        "proxy_node": if one_node(plan) { "scheduler" } else { "proxy" },
        "key": answers.map_or(KEY, |proxy| &proxy.ssh_key),
        "public": answers.is_some_and(|proxy| proxy.public_address),
        "has_nsg": nsg.is_some(),
        "nsg": nsg.unwrap_or_default(),
        "has_subscription": plan.vnet.subscription.is_some(),
        "subscription": plan.vnet.subscription.clone().unwrap_or_default(),
        "resource_group": plan.vnet.resource_group,
        "region": plan.region,
        "subnets": subnets.collect::<Vec<_>>(),
        "amqp": asks_for_amqp(plan),
        "several_subnets": cluster_prefixes(plan).len() > 1,
        "prefixes": commas(&cluster_prefixes(plan)),
    })
}

/// A parameter that holds a subnet.
fn parameter(name: &str, label: &str, plan: &Plan, subnet: Option<&PlannedSubnet>) -> Value {
    view!({ "name": name, "label": label, "id": subnet_id(plan, subnet) })
}

type Subnets<'p> = Vec<(&'static str, &'static str, Option<&'p PlannedSubnet>)>;

fn direct_subnets(plan: &Plan) -> Subnets<'_> {
    let nodes = with(plan, Role::ClusterNodes);
    let mut subnets: Subnets = Vec::new();
    if own_scheduler(plan) {
        subnets.push(("SchedulerSubnetId", "Subnet of the scheduler", with(plan, Role::Scheduler)));
    }
    subnets.push(("NodesSubnetId", "Subnet of the execute nodes", nodes));
    subnets
}

fn proxy_subnets(plan: &Plan) -> Subnets<'_> {
    let nodes = with(plan, Role::ClusterNodes);
    let mut subnets: Subnets = vec![("ProxySubnetId", "Subnet of the return proxy", with(plan, Role::ReturnProxy))];
    if !one_node(plan) {
        subnets.push(("SchedulerSubnetId", "Subnet of the scheduler", with(plan, Role::Scheduler).or(nodes)));
    }
    subnets.push(("NodesSubnetId", "Subnet of the execute nodes", nodes));
    subnets
}

/// Whether scheduler and nodes live in different subnets.
fn own_scheduler(plan: &Plan) -> bool {
    with(plan, Role::Scheduler).map(|subnet| &subnet.name) != with(plan, Role::ClusterNodes).map(|subnet| &subnet.name)
}

/// Where scheduler and proxy share a subnet, the scheduler is the proxy: the usual head node.
fn one_node(plan: &Plan) -> bool {
    with(plan, Role::ReturnProxy).is_some_and(|subnet| subnet.roles.contains(&Role::Scheduler))
}

/// The subnets in which machines of the cluster have to find each other by name.
fn cluster_prefixes(plan: &Plan) -> Vec<String> {
    let of_cluster = plan.subnets.iter().filter(|subnet| NODES.iter().any(|role| subnet.roles.contains(role)));
    of_cluster.map(|subnet| subnet.prefix.to_string()).collect()
}

/// Whether nodes of version 7 talk AMQP through the proxy.
fn asks_for_amqp(plan: &Plan) -> bool {
    let rules = plan.nsgs.iter().flat_map(|nsg| &nsg.rules);
    rules.flat_map(|rule| &rule.because).any(|id| id.starts_with("proxy.") && id.ends_with(".server-amqp"))
}

/// The parameters file of `cyclecloud/direct.txt`.
pub(in crate::render) fn direct_parameters(input: &Input) -> serde_json::Value {
    parameters(input.plan, direct_subnets(input.plan))
}

/// The parameters file of `cyclecloud/return-proxy.txt`.
pub(in crate::render) fn return_proxy_parameters(input: &Input) -> serde_json::Value {
    let plan = input.plan;
    let public = plan.return_proxy.as_ref().is_some_and(|proxy| proxy.public_address);
    let mut parameters = parameters(plan, proxy_subnets(plan));
    parameters["ReturnProxy"] = public.into();
    parameters["UsePublicNetwork"] = public.into();
    parameters
}

/// What the network decides. Nothing stands for the rest: an empty value would override what the template has.
fn parameters(plan: &Plan, subnets: Subnets) -> serde_json::Value {
    let mut parameters = serde_json::json!({"Region": plan.region});
    for (name, _, subnet) in subnets {
        parameters[name] = subnet_id(plan, subnet).into();
    }
    parameters
}

fn cluster(plan: &Plan) -> Option<&PlannedCyclecloud> {
    plan.cyclecloud.as_ref()
}

/// The view of `cyclecloud/custom-image.txt`.
pub(in crate::render) fn custom_image(input: &Input) -> Value {
    let slurm = cluster(input.plan).is_some_and(|cluster| cluster.scheduler == "slurm");
    view!({ "cluster": input.plan.name, "slurm": slurm })
}

/// The view of `cyclecloud/storage-project.txt`.
pub(in crate::render) fn storage_project(input: &Input) -> Value {
    view!({ "cluster": input.plan.name, "project": format!("{}-packages", input.plan.name) })
}

/// The view of `cyclecloud/cloud-init.txt`.
pub(in crate::render) fn cloud_init(input: &Input) -> Value {
    let cluster = cluster(input.plan);
    let proxy = cluster.and_then(|cluster| cluster.web_proxy.as_ref()).filter(|proxy| proxy.nodes);
    let mirror = cluster.and_then(mirror);
    view!({
        "cluster": input.plan.name,
        "slurm": cluster.is_some_and(|cluster| cluster.scheduler == "slurm"),
        "has_proxy": proxy.is_some(),
        "proxy": proxy.map(|proxy| proxy.url.clone()).unwrap_or_default(),
        "without": commas(&proxy.map(|proxy| proxy.without.clone()).unwrap_or_default()),
        "has_mirror": mirror.is_some(),
        "mirror": mirror.unwrap_or_default().trim_end_matches('/'),
    })
}

/// The view of `cyclecloud/web-proxy-server.sh`.
pub(in crate::render) fn web_proxy_server(input: &Input) -> Value {
    let proxy = cluster(input.plan).and_then(|cluster| cluster.web_proxy.as_ref());
    let url = proxy.map(|proxy| proxy.url.as_str()).unwrap_or_default();
    view!({
        "name": comment(&input.plan.name),
        "proxy": url,
        "patterns": proxy.map(|proxy| proxy.server_without.join("|")).unwrap_or_default(),
    })
}
