//! The commands of the runbook, finished: every value in them is quoted for the shell here.

use crate::catalog::Cloud;
use crate::plan::{Ownership, Plan, PlannedSubnet};
use crate::render::engine::{Value, fenced, view};
use crate::render::escape::quoted;

/// The code blocks of the runbook.
pub(super) fn view(plan: &Plan) -> Value {
    let existing = !plan.vnet.create;
    let nsg_blocks = blocks(plan, existing, |subnet| attach_nsg(plan, subnet));
    let route_blocks = blocks(plan, existing, |subnet| attach_routes(plan, subnet));
    let endpoint_blocks = blocks(plan, existing, |subnet| add_endpoints(plan, subnet));
    let nat_blocks = blocks(plan, existing, |subnet| attach_nat_gateway(plan, subnet));
    let attaches = [&nsg_blocks, &endpoint_blocks, &nat_blocks, &route_blocks].iter().any(|blocks| !blocks.is_empty());
    view!({
        "account": lines(account(plan)),
        "hub_arm": lines(hub_arm(plan)),
        "hub_bicep": lines(hub_bicep(plan)),
        "hub_azcli": lines(hub_azcli(plan)),
        "hub_check": lines(hub_check(plan)),
        "spoke_arm": lines(spoke_arm(plan)),
        "spoke_bicep": lines(spoke_bicep(plan)),
        "spoke_azcli": lines(spoke_azcli(plan)),
        "spoke_check": lines(spoke_check(plan)),
        "has_spoke_check": !plan.nsgs.is_empty(),
        "attaches": attaches,
        "has_nsgs": !nsg_blocks.is_empty(),
        "nsgs": nsg_blocks,
        "has_endpoints": !endpoint_blocks.is_empty(),
        "endpoints": endpoint_blocks,
        "has_nat": !nat_blocks.is_empty(),
        "nat": nat_blocks,
        "has_routes": !route_blocks.is_empty(),
        "routes": route_blocks,
        "detach": lines(detach(plan)),
        "has_detach": !detach(plan).is_empty(),
        "remove": lines(remove(plan)),
        "has_remove": !remove(plan).is_empty(),
        "hub_remove": lines(hub_remove(plan)),
    })
}

pub(in crate::render) fn lines(lines: Vec<String>) -> Vec<Value> {
    lines.iter().map(|line| fenced(line)).collect()
}

/// A block of commands for each subnet that has any.
fn blocks(plan: &Plan, wanted: bool, commands: impl Fn(&PlannedSubnet) -> Vec<String>) -> Vec<Value> {
    let subnets = plan.subnets.iter().filter(|_| wanted);
    let made = subnets.map(|subnet| (subnet, commands(subnet))).filter(|(_, commands)| !commands.is_empty());
    made.map(|(subnet, commands)| view!({ "subnet": format!("`{}`", subnet.name), "lines": lines(commands) })).collect()
}

/// ` --subscription …` where it is known; else the commands take the one that is set.
pub(super) fn chosen(plan: &Plan) -> String {
    plan.vnet.subscription.as_ref().map_or(String::new(), |id| format!(" --subscription {}", quoted(id)))
}

/// The options that name the resource group, as every command of the network's side has them.
pub(in crate::render) fn group(plan: &Plan) -> String {
    format!("--resource-group {}{}", quoted(&plan.vnet.resource_group), chosen(plan))
}

pub(super) fn subnet_options(plan: &Plan, subnet: &PlannedSubnet) -> String {
    format!("{} --vnet-name {} --name {}", group(plan), quoted(&plan.vnet.name), quoted(&subnet.name))
}

fn account(plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    if plan.cloud != Cloud::AzureCloud {
        lines.push(format!("az cloud set --name {}", quoted(plan.cloud.name())));
    }
    lines.push("az login".into());
    lines.push("az account show --query '{subscription: name, id: id, user: user.name}' --output json".into());
    lines
}

/// The firewall policy's resource group and subscription, or shell variables that stop where they are not set.
fn hub_options(plan: &Plan) -> String {
    let policy = plan.firewall.as_ref().and_then(|firewall| firewall.policy.as_deref()).unwrap_or_default();
    let parts: Vec<&str> = policy.split('/').collect();
    match parts.as_slice() {
        ["", _, subscription, _, group, ..] => {
            format!("--resource-group {} --subscription {}", quoted(group), quoted(subscription))
        }
        _ => "--resource-group \"${hub_group:?set it to the resource group of the firewall policy}\"".into(),
    }
}

/// The firewall policy's resource id, as one word.
pub(super) fn hub_policy(plan: &Plan) -> String {
    match plan.firewall.as_ref().and_then(|firewall| firewall.policy.as_ref()) {
        Some(policy) => quoted(policy),
        None => "\"${policy:?set it to the resource id of the firewall policy}\"".into(),
    }
}

/// Our rule collection group's resource id, as one word.
pub(in crate::render) fn hub_id(plan: &Plan) -> String {
    let Some(firewall) = &plan.firewall else { return String::new() };
    let group = format!("/ruleCollectionGroups/{}", firewall.group);
    match &firewall.policy {
        Some(policy) => quoted(&format!("{policy}{group}")),
        None => format!("{}{}", hub_policy(plan), quoted(&group)),
    }
}

/// A deployment of one side, `hub` or `spoke`, from the files that `what` names.
fn deployment(plan: &Plan, side: &str, options: &str, what: &str) -> Vec<String> {
    let name = quoted(&format!("netcordon-{}-{side}", plan.name));
    ["what-if", "create"].map(|verb| format!("az deployment group {verb} {options} --name {name} {what}")).into()
}

fn hub_arm(plan: &Plan) -> Vec<String> {
    deployment(plan, "hub", &hub_options(plan), "--template-file arm/hub.json")
}

/// A variable that a file reads and that the answers do not give; a shell without it stops here.
fn variable(name: &str, what: &str) -> String {
    format!("export {name}=\"${{{name}:?set it to the {what}}}\"")
}

fn gives_policy(plan: &Plan) -> bool {
    plan.firewall.as_ref().is_some_and(|firewall| firewall.policy.is_some())
}

fn hub_bicep(plan: &Plan) -> Vec<String> {
    let name = (!gives_policy(plan)).then(|| variable("FIREWALL_POLICY_NAME", "name of the firewall policy"));
    let deployment = deployment(plan, "hub", &hub_options(plan), "--parameters bicep/hub.bicepparam");
    name.into_iter().chain(deployment).collect()
}

fn hub_azcli(plan: &Plan) -> Vec<String> {
    let id = (!gives_policy(plan)).then(|| variable("FIREWALL_POLICY_ID", "resource id of the firewall policy"));
    let run = ["bash azcli/hub.sh --dry-run".into(), "bash azcli/hub.sh".into()];
    id.into_iter().chain(run).collect()
}

/// The NAT gateway, where a subnet needs one and the answers do not say which.
fn nat_gateway(plan: &Plan) -> Option<String> {
    let asked = plan.vnet.nat_gateway == Some(None) && plan.subnets.iter().any(|subnet| subnet.nat_gateway);
    asked.then(|| variable("NAT_GATEWAY_ID", "resource id of the NAT gateway"))
}

fn spoke_bicep(plan: &Plan) -> Vec<String> {
    let nat_gateway = nat_gateway(plan).filter(|_| plan.vnet.create);
    let deployment = deployment(plan, "spoke", &group(plan), "--parameters bicep/spoke.bicepparam");
    nat_gateway.into_iter().chain(deployment).collect()
}

fn spoke_azcli(plan: &Plan) -> Vec<String> {
    let run = ["bash azcli/apply.sh --dry-run".into(), "bash azcli/apply.sh".into()];
    nat_gateway(plan).into_iter().chain(run).collect()
}

fn hub_check(plan: &Plan) -> Vec<String> {
    vec![format!("az resource show --ids {} --query properties.provisioningState --output tsv", hub_id(plan))]
}

fn hub_remove(plan: &Plan) -> Vec<String> {
    vec![format!("az resource delete --ids {}", hub_id(plan))]
}

fn spoke_arm(plan: &Plan) -> Vec<String> {
    deployment(plan, "spoke", &group(plan), "--template-file arm/spoke.json")
}

/// How many rules stand in each NSG; in an NSG of others, which of ours do.
fn spoke_check(plan: &Plan) -> Vec<String> {
    let check = |nsg: &crate::plan::PlannedNsg| {
        let (name, count) = (quoted(&nsg.name), nsg.rules.len());
        match nsg.ownership {
            Ownership::Create => {
                let query = "--query 'length(securityRules)' --output tsv";
                format!("az network nsg show {} --name {name} {query}  # {count}", group(plan))
            }
            Ownership::Extend => {
                let query = "--query '[].name' --output tsv";
                format!("az network nsg rule list {} --nsg-name {name} {query}  # {count} of ours", group(plan))
            }
        }
    };
    plan.nsgs.iter().map(check).collect()
}

/// What is attached to a subnet, and how `az network vnet subnet` calls it.
struct Attachment {
    /// Where it stands in a subnet.
    property: &'static str,
    /// The option that attaches it.
    option: &'static str,
    /// Its resource id or the end of one, as a pattern of `case`.
    pattern: String,
    /// What to attach.
    value: String,
}

/// Reads what is attached, and attaches ours if there is nothing or ours already. An unreadable subnet stops as well.
fn attach(options: &str, what: &Attachment) -> Vec<String> {
    let Attachment { property, option, pattern, value } = what;
    vec![
        format!("if found=$(az network vnet subnet show {options} --query '{property}.id' --output tsv); then"),
        "  case $found in".into(),
        format!("    '' | {pattern})"),
        format!("      az network vnet subnet update {options} {option} {value} --output none ;;"),
        "    *) echo \"stop: $found is attached\" >&2 ;;".into(),
        "  esac".into(),
        "fi".into(),
    ]
}

/// Reads what is attached, and says whether it is what the plan extends.
fn check(options: &str, what: &Attachment) -> Vec<String> {
    let Attachment { property, pattern, .. } = what;
    vec![
        format!("if found=$(az network vnet subnet show {options} --query '{property}.id' --output tsv); then"),
        "  case $found in".into(),
        format!("    {pattern}) echo 'as planned' ;;"),
        "    *) echo \"stop: attached is: ${found:-nothing}\" >&2 ;;".into(),
        "  esac".into(),
        "fi".into(),
    ]
}

fn id_pattern(plan: &Plan, kind: &str, name: &str) -> String {
    let end = format!("/resourceGroups/{}/providers/Microsoft.Network/{kind}/{name}", plan.vnet.resource_group);
    format!("*{}", quoted(&end))
}

fn nsg_of(plan: &Plan, name: &str) -> Attachment {
    Attachment {
        property: "networkSecurityGroup",
        option: "--network-security-group",
        pattern: id_pattern(plan, "networkSecurityGroups", name),
        value: quoted(name),
    }
}

fn routes_of(plan: &Plan, name: &str) -> Attachment {
    Attachment {
        property: "routeTable",
        option: "--route-table",
        pattern: id_pattern(plan, "routeTables", name),
        value: quoted(name),
    }
}

fn attach_nsg(plan: &Plan, subnet: &PlannedSubnet) -> Vec<String> {
    let Some(nsg) = plan.nsgs.iter().find(|nsg| Some(&nsg.name) == subnet.nsg.as_ref()) else { return Vec::new() };
    attach_or_check(plan, subnet, nsg.ownership, &nsg_of(plan, &nsg.name))
}

fn attach_routes(plan: &Plan, subnet: &PlannedSubnet) -> Vec<String> {
    let table = plan.route_tables.iter().find(|table| Some(&table.name) == subnet.route_table.as_ref());
    let Some(table) = table else { return Vec::new() };
    attach_or_check(plan, subnet, table.ownership, &routes_of(plan, &table.name))
}

fn attach_or_check(plan: &Plan, subnet: &PlannedSubnet, owner: Ownership, what: &Attachment) -> Vec<String> {
    let options = subnet_options(plan, subnet);
    match owner {
        Ownership::Create => attach(&options, what),
        Ownership::Extend => check(&options, what),
    }
}

fn attach_nat_gateway(plan: &Plan, subnet: &PlannedSubnet) -> Vec<String> {
    let (true, Some(id)) = (subnet.nat_gateway, &plan.vnet.nat_gateway) else { return Vec::new() };
    let unknown = || "\"${nat_gateway:?set it to the resource id of the NAT gateway}\"".to_string();
    let value = id.as_deref().map_or_else(unknown, quoted);
    let what = Attachment { property: "natGateway", option: "--nat-gateway", pattern: value.clone(), value };
    attach(&subnet_options(plan, subnet), &what)
}

/// Adds service endpoints to those that are there: the option replaces the whole list.
fn add_endpoints(plan: &Plan, subnet: &PlannedSubnet) -> Vec<String> {
    if subnet.service_endpoints.is_empty() {
        return Vec::new();
    }
    let options = subnet_options(plan, subnet);
    let wanted: Vec<String> = subnet.service_endpoints.iter().map(|endpoint| quoted(endpoint)).collect();
    let wanted = wanted.join(" ");
    vec![
        format!(
            "if found=$(az network vnet subnet show {options} --query 'serviceEndpoints[].service' --output tsv); then"
        ),
        format!("  mapfile -t endpoints < <(printf '%s\\n' \"$found\" {wanted} | sed '/^$/d' | sort -u)"),
        format!("  az network vnet subnet update {options} --service-endpoints \"${{endpoints[@]}}\" --output none"),
        "fi".into(),
    ]
}

/// Takes our route tables and NSGs off the subnets, in the order that is safe: routes first. What is not ours stays, and
/// so does what was on them before it became ours.
fn detach(plan: &Plan) -> Vec<String> {
    let tables = plan.subnets.iter().filter_map(|subnet| {
        let table = plan.route_tables.iter().find(|table| Some(&table.name) == subnet.route_table.as_ref())?;
        (table.ownership == Ownership::Create && !table.adopted)
            .then(|| detach_one(plan, subnet, &routes_of(plan, &table.name)))
    });
    let nsgs = plan.subnets.iter().filter_map(|subnet| {
        let nsg = plan.nsgs.iter().find(|nsg| Some(&nsg.name) == subnet.nsg.as_ref())?;
        (nsg.ownership == Ownership::Create && !nsg.adopted).then(|| detach_one(plan, subnet, &nsg_of(plan, &nsg.name)))
    });
    tables.chain(nsgs).flatten().collect()
}

fn detach_one(plan: &Plan, subnet: &PlannedSubnet, what: &Attachment) -> Vec<String> {
    let options = subnet_options(plan, subnet);
    let Attachment { property, pattern, .. } = what;
    vec![
        format!("case $(az network vnet subnet show {options} --query '{property}.id' --output tsv) in"),
        format!("  {pattern}) az network vnet subnet update {options} --remove {property} --output none ;;"),
        format!("  *) echo {} >&2 ;;", quoted(&format!("{}: not ours, left as it is", subnet.name))),
        "esac".into(),
    ]
}

/// Takes our rules and routes out of what belongs to others.
fn remove(plan: &Plan) -> Vec<String> {
    let group = group(plan);
    let mut lines = Vec::new();
    for table in plan.route_tables.iter().filter(|table| table.ownership == Ownership::Extend) {
        for route in &table.routes {
            let (table, name) = (quoted(&table.name), quoted(&route.route.name));
            lines.push(format!("az network route-table route delete {group} --route-table-name {table} --name {name}"));
        }
    }
    for nsg in plan.nsgs.iter().filter(|nsg| nsg.ownership == Ownership::Extend) {
        for rule in &nsg.rules {
            let (nsg, name) = (quoted(&nsg.name), quoted(&rule.rule.name));
            lines.push(format!("az network nsg rule delete {group} --nsg-name {nsg} --name {name}"));
        }
    }
    lines
}
