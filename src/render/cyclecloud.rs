//! The part of a CycleCloud cluster template that a return proxy needs.

use super::Input;
use super::engine::{Value, view};
use crate::catalog::Role;
use crate::plan::{Plan, PlannedSubnet};

/// The view of `cyclecloud/return-proxy.txt`.
pub(super) fn view(input: &Input) -> Value {
    let plan = input.plan;
    let with = |role: Role| plan.subnets.iter().find(|subnet| subnet.roles.contains(&role));
    let proxy = with(Role::ReturnProxy);
    let scheduler = with(Role::Scheduler).or(with(Role::ClusterNodes));
    let nodes = with(Role::ClusterNodes);
    // Where scheduler and proxy share a subnet, the scheduler is the proxy: the usual head node.
    let one_node = proxy.is_some_and(|subnet| subnet.roles.contains(&Role::Scheduler));
    let answers = plan.return_proxy.as_ref();
    let public = answers.is_some_and(|proxy| proxy.public_address);
    let nsg = |subnet: Option<&PlannedSubnet>| subnet.and_then(|subnet| subnet.nsg.clone());
    let mut subnets = vec![parameter("ProxySubnetId", "Subnet of the return proxy", plan, proxy)];
    if !one_node {
        subnets.push(parameter("SchedulerSubnetId", "Subnet of the scheduler", plan, scheduler));
    }
    subnets.push(parameter("NodesSubnetId", "Subnet of the execute nodes", plan, nodes));
    view!({
        "cluster": plan.name,
        "one_node": one_node,
        "proxy_node": if one_node { "scheduler" } else { "proxy" },
        "key": answers.map_or("~/.ssh/cyclecloud.pem", |proxy| &proxy.ssh_key),
        "public": public,
        "has_nsg": nsg(proxy).is_some(),
        "nsg": nsg(proxy).unwrap_or_default(),
        "has_subscription": plan.vnet.subscription.is_some(),
        "subscription": plan.vnet.subscription.clone().unwrap_or_default(),
        "resource_group": plan.vnet.resource_group,
        "region": plan.region,
        "subnets": subnets,
        "amqp": asks_for_amqp(plan),
    })
}

/// A parameter that holds a subnet, as `resourceGroup/vnet/subnet`.
fn parameter(name: &str, label: &str, plan: &Plan, subnet: Option<&PlannedSubnet>) -> Value {
    let subnet = subnet.map_or("", |subnet| &subnet.name);
    view!({ "name": name, "label": label, "id": format!("{}/{}/{subnet}", plan.vnet.resource_group, plan.vnet.name) })
}

/// Whether nodes of version 7 talk AMQP through the proxy.
fn asks_for_amqp(plan: &Plan) -> bool {
    let rules = plan.nsgs.iter().flat_map(|nsg| &nsg.rules);
    rules.flat_map(|rule| &rule.because).any(|id| id.starts_with("proxy.") && id.ends_with(".server-amqp"))
}
