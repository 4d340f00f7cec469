//! What to look at before anything is deployed: one row for each thing that stops it or breaks it later, with the command
//! that shows it. Only rows that apply are written.

use super::commands::{chosen, group, hub_policy, lines, subnet_options};
use crate::catalog::{Role, Side, Untouched};
use crate::model::{FirewallTier, NextHop};
use crate::plan::{Ownership, Plan};
use crate::render::Input;
use crate::render::engine::{Value, view};
use crate::render::escape::quoted;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// A row: whether it is asked, what it is about, why it matters and where that is said, how to look, what should come out.
struct Check {
    applies: fn(&Plan) -> bool,
    title: &'static str,
    why: &'static str,
    commands: fn(&Plan) -> Vec<String>,
    good: &'static str,
}

fn always(_: &Plan) -> bool {
    true
}

fn has_role(plan: &Plan, role: Role) -> bool {
    plan.subnets.iter().any(|subnet| subnet.roles.contains(&role))
}

fn aml(plan: &Plan) -> bool {
    has_role(plan, Role::AmlCompute)
}

fn aml_public(plan: &Plan) -> bool {
    plan.scenarios.iter().any(|scenario| scenario == "aml-public-ip")
}

fn aml_private(plan: &Plan) -> bool {
    plan.scenarios.iter().any(|scenario| scenario == "aml-no-public-ip")
}

fn existing(plan: &Plan) -> bool {
    !plan.vnet.create
}

fn adopts(plan: &Plan) -> bool {
    plan.nsgs.iter().any(|nsg| nsg.adopted) || plan.route_tables.iter().any(|table| table.adopted)
}

/// Whether a default route leads to a firewall, ours or of another make.
fn is_routed(plan: &Plan) -> bool {
    plan.firewall.is_some() || plan.appliance.as_ref().is_some_and(|appliance| appliance.proxy.is_none())
}

fn inspects_tls(plan: &Plan) -> bool {
    plan.firewall.as_ref().is_some_and(|firewall| firewall.tier == FirewallTier::Premium)
}

const CHECKS: [Check; 13] = [
    Check {
        applies: always,
        title: "Policies that deny",
        why: "Azure Policy may deny what is made here, by us or by the service: NSGs, public addresses, a next hop Internet. Policy says itself what it would deny (REST API, policy restrictions, 2023-03-01).",
        commands: policies,
        good: "Each prints nothing, or the assignments that deny.",
    },
    Check {
        applies: always,
        title: "Resource locks",
        why: "A lock ReadOnly stops the deployment, and CanNotDelete what takes it back.",
        commands: locks,
        good: "It prints nothing.",
    },
    Check {
        applies: aml_public,
        title: "Resource locks and Azure Machine Learning",
        why: "Either kind of lock stops compute with public addresses, which makes and deletes network resources in this group (secure-training-vnet, 2024-04-08).",
        commands: locks,
        good: "It prints nothing.",
    },
    Check {
        applies: always,
        title: "Quotas",
        why: "NSGs, route tables, public addresses and load balancers are counted by region and subscription.",
        commands: quotas,
        good: "What is used, the second number, stays below the limit, the third, with what is made here.",
    },
    Check {
        applies: aml,
        title: "The workspace's subscription",
        why: "Azure Machine Learning needs the virtual network in the subscription of the workspace (secure-training-vnet, 2024-04-08).",
        commands: subscriptions,
        good: "Both print the same id.",
    },
    Check {
        applies: |plan| existing(plan) && (aml(plan) || has_role(plan, Role::AksNodes)),
        title: "Delegated subnets",
        why: "Subnets of Azure Machine Learning compute and of AKS nodes must not be delegated (secure-training-vnet, 2024-04-08; egress-outboundtype, 2026-08-05).",
        commands: delegations,
        good: "Each prints nothing.",
    },
    Check {
        applies: aml,
        title: "Azure Lighthouse",
        why: "Azure Machine Learning compute in a virtual network does not work with Azure Lighthouse (secure-training-vnet, 2024-04-08).",
        commands: |plan| {
            let url = quoted(&format!(
                "/subscriptions/{}/providers/Microsoft.ManagedServices/registrationAssignments?api-version=2022-10-01",
                subscription(plan)
            ));
            vec![format!("az rest --method get --url {url} --query 'value[].name' --output tsv")]
        },
        good: "It prints nothing.",
    },
    Check {
        applies: |plan| aml(plan) && existing(plan),
        title: "172.17.0.0/16",
        why: "Docker on Azure Machine Learning compute takes 172.17.0.0/16 for itself: what has these addresses elsewhere is not reached (secure-training-vnet, 2024-04-08).",
        commands: |plan| {
            let query = "--query 'virtualNetworkPeerings[].remoteAddressSpace.addressPrefixes[]' --output tsv";
            vec![format!("az network vnet show {} --name {} {query}", group(plan), quoted(&plan.vnet.name))]
        },
        good: "No prefix lies in 172.17.0.0/16 or around it.",
    },
    Check {
        applies: aml_private,
        title: "Old compute without a public address",
        why: "Compute without a public address that was made in the preview, before 2023-01-20, has to be made again (secure-training-vnet, 2024-04-08).",
        commands: |_| {
            let url = "\"${workspace:?set it to the resource id of the workspace}/computes?api-version=2024-04-01\"";
            let query = "--query 'value[].[properties.createdOn, name]' --output tsv";
            vec![format!("az rest --method get --url {url} {query} | awk '$1 < \"2023-01-20\"'")]
        },
        good: "It prints nothing, or what has to be made again.",
    },
    Check {
        applies: |plan| is_routed(plan) && !plan.vnet.peered.is_empty(),
        title: "Forwarded traffic of the peering",
        why: "What the firewall sends back comes from addresses that are not the hub's: without allowForwardedTraffic the peering drops it (plan-enterprise-secured-deployment, 2026-08). A network that is made here has its peerings only after it is there.",
        commands: |plan| {
            let query = "--query 'virtualNetworkPeerings[].[name, peeringState, allowForwardedTraffic]' --output tsv";
            vec![
                format!("az network vnet show {} --name {} {query}", group(plan), quoted(&plan.vnet.name)),
                format!(
                    "az network vnet show --ids \"${{hub:?set it to the resource id of the virtual network of the hub}}\" {query}"
                ),
            ]
        },
        good: "On both sides, the peering of these two networks says Connected and True.",
    },
    Check {
        applies: existing,
        title: "What is on the subnets",
        why: "A subnet has one NSG and one route table. Where one is there, the answers say `extend:<name>` to add to it, or `adopt:<name>` to take it over, which also writes the import block that Terraform needs.",
        commands: |plan| {
            let query = "--query '[].[name, networkSecurityGroup.id, routeTable.id, natGateway.id]' --output tsv";
            vec![format!("az network vnet subnet list {} --vnet-name {} {query}", group(plan), quoted(&plan.vnet.name))]
        },
        good: "None where these files put something on a subnet, or what they put there.",
    },
    Check {
        applies: adopts,
        title: "Rules in what is adopted",
        why: "ARM and Bicep replace the rules and routes of what is adopted; Terraform and the Azure CLI leave others in it, which were not judged here.",
        commands: foreign_rules,
        good: "Each prints nothing; what it prints has to go, as soon as nobody needs it, or becomes a requirement of your own.",
    },
    Check {
        applies: inspects_tls,
        title: "TLS inspection",
        why: "Rules with terminateTLS open these connections and break them; ours never do, those of others may (bypass list below).",
        commands: |plan| {
            let url = format!("{}{}", hub_policy(plan), quoted("/ruleCollectionGroups?api-version=2024-05-01"));
            let query =
                "'value[].properties.ruleCollections[].rules[] | [?terminateTLS].[name, to_string(targetFqdns)]'";
            vec![format!("az rest --method get --url {url} --query {query} --output tsv")]
        },
        good: "No rule names a host of the bypass list.",
    },
];

/// The checks that apply, finished.
pub(super) fn view(plan: &Plan) -> Vec<Value> {
    let checks = CHECKS.iter().filter(|check| (check.applies)(plan));
    let row = |check: &Check| {
        view!({
            "title": check.title,
            "why": check.why,
            "lines": lines((check.commands)(plan)),
            "good": check.good,
        })
    };
    checks.map(row).collect()
}

/// The names that TLS inspection must leave alone, with what breaks otherwise: of the requirements that rules here serve.
pub(in crate::render) fn bypass(input: &Input) -> Vec<Value> {
    let plan = input.plan;
    // What a firewall or proxy of another make does with TLS was not said.
    if !inspects_tls(plan) && plan.appliance.is_none() {
        return Vec::new();
    }
    let nsg = plan.nsgs.iter().flat_map(|nsg| &nsg.rules).flat_map(|rule| &rule.because);
    let (network, application) = plan.held();
    let held = network.iter().flat_map(|rule| &rule.because).chain(application.iter().flat_map(|rule| &rule.because));
    let used: BTreeSet<&String> = nsg.chain(held).collect();
    let mut names: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for row in input.catalog.requirements().iter().filter(|row| used.contains(&row.id)) {
        let Some(Untouched { why, names: only }) = &row.untouched else { continue };
        let Some(Side::Destination(to)) = row.to_in(plan.cloud) else { continue };
        for name in to.names.iter().filter(|name| only.is_empty() || only.contains(name)) {
            names.entry(name.replace("{region}", &plan.region)).or_default().insert(why);
        }
    }
    let whys = |whys: BTreeSet<&str>| whys.into_iter().collect::<Vec<_>>().join("; ");
    names.into_iter().map(|(name, why)| view!({ "name": format!("`{name}`"), "why": whys(why) })).collect()
}

/// The subscription in an address of the API; `az rest` fills in the one that is set.
fn subscription(plan: &Plan) -> &str {
    plan.vnet.subscription.as_deref().unwrap_or("{subscriptionId}")
}

fn locks(plan: &Plan) -> Vec<String> {
    vec![format!("az lock list {} --query '[].[level, name]' --output tsv", group(plan))]
}

/// Asks Azure Policy about each kind of resource that is made, by us or by the service.
fn policies(plan: &Plan) -> Vec<String> {
    let url = quoted(&format!(
        "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions?api-version=2023-03-01",
        subscription(plan),
        plan.vnet.resource_group
    ));
    let ours = plan.nsgs.iter().any(|nsg| nsg.ownership == Ownership::Create);
    let hops: BTreeSet<NextHop> =
        plan.route_tables.iter().flat_map(|table| &table.routes).map(|route| route.route.next_hop).collect();
    let route = |hop: &NextHop| match hop {
        NextHop::Internet => Some(json!({"nextHopType": "Internet", "addressPrefix": "0.0.0.0/0"})),
        NextHop::Appliance(address) => Some(json!({
            "nextHopType": "VirtualAppliance", "nextHopIpAddress": address.to_string(), "addressPrefix": "0.0.0.0/0",
        })),
        _ => None,
    };
    let routes: Vec<_> =
        hops.iter().filter_map(route).map(|properties| json!({"name": "check", "properties": properties})).collect();
    let kinds = [
        (ours, "networkSecurityGroups", json!({"properties": {"securityRules": []}})),
        (!routes.is_empty(), "routeTables", json!({"properties": {"routes": routes}})),
        (
            aml_public(plan),
            "publicIPAddresses",
            json!({"sku": {"name": "Standard"}, "properties": {"publicIPAllocationMethod": "Static"}}),
        ),
        (aml_public(plan), "loadBalancers", json!({"sku": {"name": "Standard"}, "properties": {}})),
    ];
    let command = |(_, kind, more): (bool, &str, serde_json::Value)| {
        let mut content =
            json!({"type": format!("Microsoft.Network/{kind}"), "name": "check", "location": plan.region});
        if let (Some(content), Some(more)) = (content.as_object_mut(), more.as_object()) {
            content.extend(more.clone());
        }
        let body = json!({"resourceDetails": {"resourceContent": content, "apiVersion": "2024-05-01"}});
        let query = "--query 'contentEvaluationResult.policyEvaluations[].policyInfo.policyAssignmentId' --output tsv";
        format!("az rest --method post --url {url} --body {} {query}", quoted(&body.to_string()))
    };
    kinds.into_iter().filter(|(made, ..)| *made).map(command).collect()
}

fn quotas(plan: &Plan) -> Vec<String> {
    let wanted = "'NetworkSecurityGroups', 'RouteTables', 'PublicIPAddresses', 'LoadBalancers'";
    let query = format!("[?contains([{wanted}], name.value)].[name.value, currentValue, limit]");
    vec![format!(
        "az network list-usages --location {}{} --query \"{query}\" --output tsv",
        quoted(&plan.region),
        chosen(plan)
    )]
}

fn subscriptions(plan: &Plan) -> Vec<String> {
    let network = match (&plan.vnet.subscription, plan.vnet.create) {
        (Some(id), _) => format!("echo {}", quoted(id)),
        (None, true) => "az account show --query id --output tsv".into(),
        (None, false) => format!(
            "az network vnet show {} --name {} --query id --output tsv | cut -d / -f 3",
            group(plan),
            quoted(&plan.vnet.name)
        ),
    };
    vec![network, "echo \"${workspace:?set it to the resource id of the workspace}\" | cut -d / -f 3".into()]
}

fn delegations(plan: &Plan) -> Vec<String> {
    let wanted = [Role::AmlCompute, Role::AksNodes];
    let subnets = plan.subnets.iter().filter(|subnet| wanted.iter().any(|role| subnet.roles.contains(role)));
    let query = "--query 'delegations[].serviceName' --output tsv";
    subnets.map(|subnet| format!("az network vnet subnet show {} {query}", subnet_options(plan, subnet))).collect()
}

/// What is in an adopted NSG or route table beside what is planned for it.
fn foreign_rules(plan: &Plan) -> Vec<String> {
    let beside = |list: String, names: Vec<String>| {
        format!("{list} --query '[].name' --output tsv | grep -vxF -f <(printf '%s\\n' {})", names.join(" "))
    };
    let nsgs = plan.nsgs.iter().filter(|nsg| nsg.adopted).map(|nsg| {
        let withheld = plan.withheld.iter().filter(|other| other.name == nsg.name).flat_map(|other| &other.rules);
        let names = nsg.rules.iter().chain(withheld).map(|rule| quoted(&rule.rule.name)).collect();
        beside(format!("az network nsg rule list {} --nsg-name {}", group(plan), quoted(&nsg.name)), names)
    });
    let tables = plan.route_tables.iter().filter(|table| table.adopted).map(|table| {
        let names = table.routes.iter().map(|route| quoted(&route.route.name)).collect();
        let list =
            format!("az network route-table route list {} --route-table-name {}", group(plan), quoted(&table.name));
        beside(list, names)
    });
    nsgs.chain(tables).collect()
}
