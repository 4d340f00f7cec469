//! The view of the Terraform templates: a module for the owner of the network, one for the owner of the firewall.

use super::Input;
use super::engine::{Value, view};
use super::parts::{network, route, security_rule, subnet, tags};
use crate::catalog::Cloud;
use crate::plan::{Ownership, Plan};

/// The azurerm versions whose schema every resource here fits.
const PROVIDER: &str = ">= 4.55, < 6.0";
/// The same for subnets with service endpoints: version 5 took away the argument of version 4 and has a block instead.
const PROVIDER_WITH_ENDPOINTS: &str = ">= 5.0, < 6.0";

/// What stands around the rules: variables, the resources that take them up, versions, providers.
pub(super) fn view(input: &Input) -> Value {
    let plan = input.plan;
    let vnet = &plan.vnet;
    let mut owned =
        plan.nsgs.iter().map(|nsg| nsg.ownership).chain(plan.route_tables.iter().map(|table| table.ownership));
    let service_endpoints = vnet.create && plan.subnets.iter().any(|subnet| !subnet.service_endpoints.is_empty());
    let nat_gateway = vnet.create && plan.subnets.iter().any(|subnet| subnet.nat_gateway);
    let nat_gateway_id = vnet.nat_gateway.iter().flatten().next();
    let adopted = adopted(plan);
    let policy = plan.firewall.as_ref().and_then(|firewall| firewall.policy.as_deref());
    view!({
        "name": plan.name,
        "spoke_provider": if service_endpoints { PROVIDER_WITH_ENDPOINTS } else { PROVIDER },
        "hub_provider": PROVIDER,
        "environment": environment(plan.cloud),
        "subscription": vnet.subscription.clone().unwrap_or_default(),
        "subscription_given": vnet.subscription.is_some(),
        "resource_group": vnet.resource_group,
        "location": plan.region,
        "tags": tags(plan),
        "has_tags": !plan.resource_tags.is_empty(),
        "create": vnet.create,
        "extends": owned.any(|ownership| ownership == Ownership::Extend),
        "has_service_endpoints": service_endpoints,
        "has_route_tables": !plan.route_tables.is_empty(),
        "attaches_route_tables": vnet.create && !plan.route_tables.is_empty(),
        "has_nat_gateway": nat_gateway,
        "nat_gateway": nat_gateway_id.cloned().unwrap_or_default(),
        "nat_gateway_given": nat_gateway_id.is_some(),
        "asks_nat_gateway": nat_gateway && nat_gateway_id.is_none(),
        "has_firewall": plan.firewall.is_some(),
        "has_adopted": !adopted.is_empty(),
        "adopted": adopted,
        "policy": policy.unwrap_or_default(),
        "policy_given": policy.is_some(),
        "policy_subscription": policy.and_then(|id| id.split('/').nth(2)).unwrap_or_default(),
    })
}

/// What is there already and becomes ours: the resource of the spoke module, and the type in a resource id.
fn adopted(plan: &Plan) -> Vec<Value> {
    let item = |resource: &str, kind: &str, name: &str| view!({"resource": resource, "kind": kind, "name": name});
    let nsgs = plan.nsgs.iter().filter(|nsg| nsg.adopted);
    let nsgs = nsgs.map(|nsg| item("azurerm_network_security_group", "networkSecurityGroups", &nsg.name));
    let tables = plan.route_tables.iter().filter(|table| table.adopted);
    let tables = tables.map(|table| item("azurerm_route_table", "routeTables", &table.name));
    nsgs.chain(tables).collect()
}

/// The literals of the owner of the network: what is planned.
pub(super) fn rules(input: &Input) -> Value {
    let plan = input.plan;
    let rules = plan.nsgs.iter().flat_map(|nsg| nsg.rules.iter().map(|rule| security_rule(input, &nsg.name, rule)));
    let routes =
        plan.route_tables.iter().flat_map(|table| table.routes.iter().map(|own| route(input, &table.name, own)));
    view!({
        "name": plan.name,
        "network": network(plan),
        "subnets": plan.subnets.iter().map(subnet).collect::<Vec<_>>(),
        "nsgs": plan.nsgs.iter().map(|nsg| owner(&nsg.name, nsg.ownership)).collect::<Vec<_>>(),
        "rules": rules.collect::<Vec<_>>(),
        "has_route_tables": !plan.route_tables.is_empty(),
        "route_tables": plan.route_tables.iter().map(|table| owner(&table.name, table.ownership)).collect::<Vec<_>>(),
        "routes": routes.collect::<Vec<_>>(),
    })
}

/// The provider's name of a cloud.
fn environment(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::AzureCloud => "public",
        Cloud::AzureUSGovernment => "usgovernment",
        Cloud::AzureChinaCloud => "china",
    }
}

fn owner(name: &str, ownership: Ownership) -> Value {
    view!({"name": name, "create": ownership == Ownership::Create})
}
