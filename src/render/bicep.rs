//! The views of the Bicep templates: the same resources as in ARM and Terraform, with literal properties.

use super::Input;
use super::arm::API_VERSION;
use super::engine::{Value, view, with};
use super::parts;
use crate::plan::{Ownership, Plan, PlannedSubnet};

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
            with(
                owner(&nsg.name, nsg.ownership, attached || !nsg.rules.is_empty()),
                [("rules", in_a_row(&format!("{symbol}Rule"), rules)), ("symbol", symbol.as_str().into())],
            )
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
            with(
                owner(&table.name, table.ownership, attached || !table.routes.is_empty()),
                [("routes", in_a_row(&format!("{symbol}Route"), routes)), ("symbol", symbol.as_str().into())],
            )
        })
        .collect();
    let ownership = if plan.vnet.create { "create" } else { "existing" };
    let network = with(parts::network(plan), [("ownership", ownership.into())]);
    let mut owned = plan.nsgs.iter().map(|nsg| nsg.ownership).chain(plan.route_tables.iter().map(|t| t.ownership));
    let located = plan.vnet.create || owned.any(|ownership| ownership == Ownership::Create);
    let nat_gateway = plan.vnet.nat_gateway.as_ref().and_then(Option::as_ref);
    view!({
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
    let Some(firewall) = &input.plan.firewall else { return view!({}) };
    let policy = firewall.policy.as_deref().and_then(|id| id.rsplit('/').next());
    with(
        parts::hub(input),
        [
            ("api_version", API_VERSION.into()),
            ("policy_given", policy.is_some().into()),
            ("policy_name", policy.unwrap_or_default().into()),
            ("firewall", firewall.firewall().name.as_str().into()),
        ],
    )
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
    view!({
        "name": name,
        "create": create,
        "ownership": if create { "create" } else { "extend" },
        "used": used,
    })
}

/// Children of one resource, each after the one before it: Azure may refuse a change of an NSG or route table while
/// another is under way.
fn in_a_row(symbol: &str, items: impl Iterator<Item = Value>) -> Value {
    let numbered = items.enumerate().map(|(index, item)| {
        let own = format!("{symbol}{}", index + 1);
        let before = format!("{symbol}{index}");
        with(
            item,
            [("symbol", own.as_str().into()), ("has_before", (index > 0).into()), ("before", before.as_str().into())],
        )
    });
    numbered.collect::<Vec<Value>>().into()
}

fn on_nat_gateway(plan: &Plan, subnet: &PlannedSubnet) -> bool {
    subnet.nat_gateway && plan.vnet.nat_gateway.is_some()
}

fn subnet(plan: &Plan, subnet: &PlannedSubnet) -> Value {
    let nsg = plan.nsgs.iter().position(|nsg| Some(&nsg.name) == subnet.nsg.as_ref());
    let table = plan.route_tables.iter().position(|table| Some(&table.name) == subnet.route_table.as_ref());
    with(
        parts::subnet(subnet),
        [
            ("nsg_symbol", nsg.map(nsg_symbol).unwrap_or_default().as_str().into()),
            ("route_table_symbol", table.map(table_symbol).unwrap_or_default().as_str().into()),
            ("nat_gateway", on_nat_gateway(plan, subnet).into()),
        ],
    )
}
