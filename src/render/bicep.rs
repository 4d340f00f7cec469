//! The views of the Bicep templates: the same resources as in ARM and Terraform, with literal properties.

use super::Input;
use super::arm::API_VERSION;
use super::parts;
use crate::plan::{Ownership, Plan, PlannedSubnet};
use serde_json::{Value, json};

/// What the owner of the network deploys, and its parameters.
pub(super) fn spoke(input: &Input) -> Value {
    let plan = input.plan;
    let nsgs: Vec<Value> = plan
        .nsgs
        .iter()
        .enumerate()
        .map(|(index, nsg)| {
            let symbol = nsg_symbol(index);
            let rules = nsg.rules.iter().map(|rule| parts::security_rule(input, &nsg.name, rule));
            let attached = plan.vnet.create && plan.subnets.iter().any(|subnet| subnet.nsg.as_ref() == Some(&nsg.name));
            let mut view = owner(&nsg.name, nsg.ownership, attached || !nsg.rules.is_empty());
            view["rules"] = in_a_row(&format!("{symbol}Rule"), rules);
            view["symbol"] = symbol.into();
            view
        })
        .collect();
    let route_tables: Vec<Value> = plan
        .route_tables
        .iter()
        .enumerate()
        .map(|(index, table)| {
            let symbol = table_symbol(index);
            let routes = table.routes.iter().map(|route| parts::route(input, &table.name, route));
            let attached =
                plan.vnet.create && plan.subnets.iter().any(|subnet| subnet.route_table.as_ref() == Some(&table.name));
            let mut view = owner(&table.name, table.ownership, attached || !table.routes.is_empty());
            view["routes"] = in_a_row(&format!("{symbol}Route"), routes);
            view["symbol"] = symbol.into();
            view
        })
        .collect();
    let mut network = parts::network(plan);
    network["ownership"] = if plan.vnet.create { "create" } else { "existing" }.into();
    let located = plan.vnet.create || [&nsgs, &route_tables].into_iter().flatten().any(|owner| owner["create"] == true);
    let nat_gateway = plan.vnet.nat_gateway.as_ref().and_then(Option::as_ref);
    json!({
        "name": plan.name,
        "api_version": API_VERSION,
        "has_location": located,
        "location": plan.region,
        "has_tags": located && !plan.resource_tags.is_empty(),
        "tags": parts::tags(plan),
        "has_nat_gateway": plan.vnet.create && plan.subnets.iter().any(|subnet| on_nat_gateway(plan, subnet)),
        "nat_gateway_given": nat_gateway.is_some(),
        "nat_gateway": nat_gateway.cloned().unwrap_or_default(),
        "nsgs": nsgs,
        "route_tables": route_tables,
        "create": plan.vnet.create,
        "network": network,
        "subnets": plan.subnets.iter().map(|one| subnet(plan, one)).collect::<Vec<_>>(),
    })
}

/// What the owner of the firewall deploys, and its parameter.
pub(super) fn hub(input: &Input) -> Value {
    let Some(firewall) = &input.plan.firewall else { return json!({}) };
    let policy = firewall.policy.as_deref().and_then(|id| id.rsplit('/').next());
    let mut view = parts::hub(input);
    view["api_version"] = API_VERSION.into();
    view["policy_given"] = policy.is_some().into();
    view["policy_name"] = policy.unwrap_or_default().into();
    view["firewall"] = firewall.firewall().name.into();
    view
}

/// Symbols are numbered: a name can hold what no symbol can, and two names could become one.
fn nsg_symbol(index: usize) -> String {
    format!("nsg{}", index + 1)
}

fn table_symbol(index: usize) -> String {
    format!("routeTable{}", index + 1)
}

/// An NSG or a route table. One of others is declared only where something names it.
fn owner(name: &str, ownership: Ownership, used: bool) -> Value {
    let create = ownership == Ownership::Create;
    json!({
        "name": name,
        "create": create,
        "ownership": if create { "create" } else { "extend" },
        "used": used,
    })
}

/// Children of one resource, each after the one before it: Azure may refuse a change of an NSG or route table while
/// another is under way.
fn in_a_row(symbol: &str, items: impl Iterator<Item = Value>) -> Value {
    let numbered = items.enumerate().map(|(index, mut item)| {
        item["symbol"] = format!("{symbol}{}", index + 1).into();
        item["has_before"] = (index > 0).into();
        item["before"] = format!("{symbol}{index}").into();
        item
    });
    numbered.collect()
}

fn on_nat_gateway(plan: &Plan, subnet: &PlannedSubnet) -> bool {
    subnet.nat_gateway && plan.vnet.nat_gateway.is_some()
}

fn subnet(plan: &Plan, subnet: &PlannedSubnet) -> Value {
    let nsg = plan.nsgs.iter().position(|nsg| Some(&nsg.name) == subnet.nsg.as_ref());
    let table = plan.route_tables.iter().position(|table| Some(&table.name) == subnet.route_table.as_ref());
    let mut view = parts::subnet(subnet);
    view["nsg_symbol"] = nsg.map(nsg_symbol).unwrap_or_default().into();
    view["route_table_symbol"] = table.map(table_symbol).unwrap_or_default().into();
    view["nat_gateway"] = on_nat_gateway(plan, subnet).into();
    view
}
