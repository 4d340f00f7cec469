//! The views of the scripts for the Azure CLI: one `az` command for each rule and route, and the rule collection group
//! as the body of a request, because `az network firewall` is an extension.

use super::Input;
use super::arm;
use super::engine::{Value, comment, json, view, with};
use super::parts;
use crate::plan::{APPLICATION_COLLECTION, NETWORK_COLLECTION, Ownership, Plan, PlannedSubnet};

/// What the owner of the network runs.
pub(super) fn spoke(input: &Input) -> Value {
    let plan = input.plan;
    let nsgs = plan.nsgs.iter().map(|nsg| {
        let rules = nsg.rules.iter().map(|rule| commented(parts::security_rule(input, &nsg.name, rule)));
        view!({
            "name": nsg.name,
            "create": nsg.ownership == Ownership::Create,
            "rules": rules.collect::<Vec<_>>(),
        })
    });
    let route_tables = plan.route_tables.iter().map(|table| {
        let routes = table.routes.iter().map(|route| commented(parts::route(input, &table.name, route)));
        view!({
            "name": table.name,
            "create": table.ownership == Ownership::Create,
            "routes": routes.collect::<Vec<_>>(),
        })
    });
    view!({
        "name": comment(&plan.name),
        "facts": json(&arm::spoke_facts(plan)),
        "subscription": plan.vnet.subscription.clone().unwrap_or_default(),
        "resource_group": plan.vnet.resource_group,
        "location": plan.region,
        "tags": tags(plan),
        "vnet": plan.vnet.name,
        "nat_gateway": plan.vnet.nat_gateway.clone().flatten().unwrap_or_default(),
        "nsgs": nsgs.collect::<Vec<_>>(),
        "create": plan.vnet.create,
        "network": parts::network(plan),
        "subnets": plan.subnets.iter().map(|one| subnet(plan, one)).collect::<Vec<_>>(),
        "route_tables": route_tables.collect::<Vec<_>>(),
    })
}

/// What the owner of the firewall runs.
pub(super) fn hub(input: &Input) -> Value {
    let Some(firewall) = &input.plan.firewall else { return view!({}) };
    let network = firewall.network.iter().map(|rule| (NETWORK_COLLECTION.0, &rule.rule.name, &rule.because));
    let application =
        firewall.application.iter().map(|rule| (APPLICATION_COLLECTION.0, &rule.rule.name, &rule.because));
    let reasons = network.chain(application).flat_map(|(collection, name, because)| {
        let lines = parts::comments(input, because).into_iter();
        lines.map(move |line| comment(&format!("{collection} {name}: {line}")))
    });
    view!({
        "name": comment(&input.plan.name),
        "facts": json(&arm::hub_facts(firewall)),
        "policy": firewall.policy.clone().unwrap_or_default(),
        "group": firewall.group,
        "api_version": arm::API_VERSION,
        "reasons": reasons.collect::<Vec<_>>(),
        "body": json(&serde_json::json!({"properties": arm::group_properties(firewall)})),
    })
}

/// The same with its comments as a script has them.
fn commented(item: Value) -> Value {
    let lines = item.get_from_path("comments").and_then(Value::as_array).unwrap_or_default();
    let lines: Vec<Value> = lines.iter().map(|line| comment(line.as_str().unwrap_or_default())).collect();
    with(item, [("comments", lines.into())])
}

/// The tags in the form that takes any text: JSON. The CLI reads a file where a value starts with `@`, so none does.
fn tags(plan: &Plan) -> String {
    if plan.resource_tags.is_empty() {
        return String::new();
    }
    serde_json::json!(plan.resource_tags).to_string().replace('@', "\\u0040")
}

/// A subnet. On one that exists, others put on it what is theirs; a new one has nothing on it yet.
fn subnet(plan: &Plan, subnet: &PlannedSubnet) -> Value {
    let ours = |owner: Option<Ownership>| owner.map(|owner| plan.vnet.create || owner == Ownership::Create);
    let nsg = plan.nsgs.iter().find(|nsg| Some(&nsg.name) == subnet.nsg.as_ref());
    let table = plan.route_tables.iter().find(|table| Some(&table.name) == subnet.route_table.as_ref());
    let (nsg, table) = (ours(nsg.map(|nsg| nsg.ownership)), ours(table.map(|table| table.ownership)));
    with(
        parts::subnet(subnet),
        [
            ("existing", (!plan.vnet.create).into()),
            ("attaches_nsg", (nsg == Some(true)).into()),
            ("expects_nsg", (nsg == Some(false)).into()),
            ("attaches_routes", (table == Some(true)).into()),
            ("expects_routes", (table == Some(false)).into()),
            ("nat_gateway", (subnet.nat_gateway && plan.vnet.nat_gateway.is_some()).into()),
        ],
    )
}
