//! The part of a CycleCloud cluster template that a return proxy needs.

use super::Input;
use crate::catalog::Role;
use crate::plan::{Plan, PlannedSubnet};
use serde_json::{Value, json};

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
    json!({
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
    json!({ "name": name, "label": label, "id": format!("{}/{}/{subnet}", plan.vnet.resource_group, plan.vnet.name) })
}

/// Whether nodes of version 7 talk AMQP through the proxy.
fn asks_for_amqp(plan: &Plan) -> bool {
    let rules = plan.nsgs.iter().flat_map(|nsg| &nsg.rules);
    rules.flat_map(|rule| &rule.because).any(|id| id.starts_with("proxy.") && id.ends_with(".server-amqp"))
}

#[cfg(test)]
mod tests {
    use crate::catalog::{Catalog, Role};
    use crate::plan::Plan;
    use crate::proof::Proof;
    use crate::render::review::tests::{examples, hostile, written};

    fn lines(plan: &Plan, catalog: &Catalog) -> Vec<String> {
        let text = written(plan, catalog, &Proof::default(), "cyclecloud/return-proxy.txt");
        text.lines().map(String::from).collect()
    }

    fn with_return_proxy() -> Vec<(Plan, Catalog)> {
        let plans = examples().into_iter().map(|(_, plan, catalog)| (plan, catalog));
        let plans: Vec<_> = plans.filter(|(plan, _)| plan.return_proxy.is_some()).collect();
        assert!(!plans.is_empty());
        plans
    }

    /// The value of each `key` outside comments.
    fn values<'l>(lines: &'l [String], key: &str) -> Vec<&'l str> {
        let pairs = lines.iter().filter_map(|line| line.split_once(" = "));
        pairs.filter(|(found, _)| found.trim() == key).map(|(_, value)| value).collect()
    }

    #[test]
    fn one_node_is_the_proxy_and_the_others_say_they_are_not() {
        for (plan, catalog) in with_return_proxy() {
            let lines = lines(&plan, &catalog);
            assert_eq!(values(&lines, "IsReturnProxy"), ["$ReturnProxy", "false", "false"]);
            assert_eq!(values(&lines, "SubnetId"), ["$ProxySubnetId", "$SchedulerSubnetId", "$NodesSubnetId"]);
            assert_eq!(values(&lines, "SecurityGroup").len(), 1);
            assert!(values(&lines, "DefaultValue").contains(&"rg-hpc-network/vnet-hpc/snet-proxy"));
            assert!(!lines.iter().any(|line| line.contains("[[[input-endpoint") || line.contains("37141")));
        }
    }

    #[test]
    fn a_scheduler_in_the_proxys_subnet_is_the_proxy() {
        for (mut plan, catalog) in with_return_proxy() {
            for subnet in &mut plan.subnets {
                if !subnet.roles.remove(&Role::Scheduler) && subnet.roles.contains(&Role::ReturnProxy) {
                    subnet.roles.insert(Role::Scheduler);
                }
            }
            let lines = lines(&plan, &catalog);
            assert_eq!(values(&lines, "IsReturnProxy"), ["$ReturnProxy", "false"]);
            assert!(!lines.iter().any(|line| line.contains("[[node proxy]]")));
        }
    }

    #[test]
    fn no_text_adds_a_line_a_section_or_a_parameter() {
        for (plan, catalog) in with_return_proxy() {
            let (plain, hostile) = (lines(&plan, &catalog), lines(&hostile(&plan), &catalog));
            assert_eq!(plain.len(), hostile.len());
            let count = |lines: &[String], what: char| {
                lines.iter().flat_map(|line| line.chars()).filter(|c| *c == what).count()
            };
            for what in ['[', ']', '#', '$', '{', '=', '\'', '"'] {
                assert_eq!(count(&plain, what), count(&hostile, what), "{what}");
            }
        }
    }
}
