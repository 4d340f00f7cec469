//! The runbook: what the folder is, who deploys what in which order, what is open and why, and the way back.

pub(super) mod commands;
mod picture;
pub(super) mod preflight;
mod staged;

pub use picture::{Arrow, arrows};

use super::Input;
use super::engine::{Value, link, view};
use super::review::{self, Row, behind};
use crate::catalog::{Need, Requirement, Side, find_region, pages, scenarios};
use crate::model::{FirewallTier, WayOut};
use crate::plan::{Ownership, Plan};
use crate::proof::{Outcome, Proof, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// The view of `README.md`.
pub(super) fn view(input: &Input) -> Value {
    let plan = input.plan;
    let bypass = preflight::bypass(input);
    let asked = |format: &str| input.outputs.iter().any(|output| output == format);
    let spellings =
        [("terraform", "Terraform"), ("arm", "ARM"), ("bicep", "Bicep"), ("azcli", "the scripts for the Azure CLI")];
    let formats: Vec<&str> = spellings.into_iter().filter(|(format, _)| asked(format)).map(|(_, name)| name).collect();
    view!({
        "name": plan.name,
        "cloud": plan.cloud.name(),
        "region": plan.region,
        "scenarios": scenario_list(plan),
        "network": code(&plan.vnet.name),
        "resource_group": code(&plan.vnet.resource_group),
        "has_subscription": plan.vnet.subscription.is_some(),
        "subscription": code(plan.vnet.subscription.as_deref().unwrap_or_default()),
        "create": plan.vnet.create,
        "needs_peerings": plan.vnet.create && !plan.vnet.peered.is_empty(),
        "address_space": code_list(&texts(&plan.vnet.address_space)),
        "way_out": way_out(plan),
        "tags_source": input.tags_source,
        "terraform": asked("terraform"),
        "arm": asked("arm"),
        "bicep": asked("bicep"),
        "azcli": asked("azcli"),
        "several_formats": formats.len() > 1,
        "formats": listed(&formats),
        "review": asked("review"),
        "cyclecloud": asked("cyclecloud") && plan.cyclecloud.is_some(),
        "has_firewall": plan.firewall.is_some(),
        "extends_nsg": plan.nsgs.iter().any(|nsg| nsg.ownership == Ownership::Extend),
        "extends_routes": plan.route_tables.iter().any(|table| table.ownership == Ownership::Extend),
        "has_routes": !plan.route_tables.is_empty(),
        "firewall": firewall(plan),
        "appliance": appliance(plan, asked("firewall")),
        "names_column": match (&plan.firewall, &plan.appliance) {
            (_, Some(appliance)) if appliance.proxy.is_some() => "Host names through the proxy",
            (None, None) => "Host names",
            _ => "Host names through the firewall",
        },
        "has_next_hop": next_hop(plan).is_some(),
        "next_hop": code(&next_hop(plan).map(|address| address.to_string()).unwrap_or_default()),
        "subnets": subnets(plan),
        "picture": picture::view(plan),
        "commands": commands::view(plan),
        "preflight": preflight::view(plan),
        "has_bypass": !bypass.is_empty(),
        "bypass": bypass,
        "staged": staged::view(input),
        "warnings": warnings(plan),
        "has_warnings": !plan.warnings.is_empty(),
        "accepted": accepted(input),
        "has_accepted": !plan.accepted.is_empty(),
        "assumptions": plan.assumptions.iter().chain(&plan.defaults).collect::<Vec<_>>(),
        "has_assumptions": !plan.assumptions.is_empty() || !plan.defaults.is_empty(),
        "proof": proof(input),
        "rules": rules(input),
        "requirements": requirements(input),
    })
}

/// `a, b and c`
fn listed(items: &[&str]) -> String {
    match items {
        [] => String::new(),
        [one] => one.to_string(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn texts<T: ToString>(items: &[T]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

/// A text as code, which the Markdown escape keeps as such where it can.
fn code(text: &str) -> String {
    format!("`{text}`")
}

/// Texts as code, or a dash for a cell with nothing in it. `any` is a word, not a name.
fn code_list(items: &[String]) -> String {
    let item = |item: &String| if item == "any" { item.clone() } else { code(item) };
    if items.is_empty() { "–".into() } else { items.iter().map(item).collect::<Vec<_>>().join(", ") }
}

/// A text, or a dash for a cell with nothing in it.
fn cell(text: &str) -> String {
    if text.is_empty() { "–".into() } else { text.into() }
}

fn scenario_list(plan: &Plan) -> Vec<Value> {
    let title = |id: &String| scenarios().iter().find(|s| s.id == *id).map_or("", |s| s.title.as_str());
    plan.scenarios.iter().map(|id| view!({ "id": code(id), "title": title(id) })).collect()
}

fn way_out(plan: &Plan) -> String {
    if let Some(firewall) = &plan.firewall {
        let tier = match firewall.tier {
            FirewallTier::Basic => "Basic",
            FirewallTier::Standard => "Standard",
            FirewallTier::Premium => "Premium",
        };
        return format!("Azure Firewall ({tier}) at {}", code(&firewall.private_address.to_string()));
    }
    if let Some(appliance) = &plan.appliance {
        let address = code(&appliance.address.to_string());
        return match &appliance.proxy {
            None => format!("firewall of another make at {address}"),
            Some(proxy) => format!("explicit proxy at {address}, port {}", proxy.port),
        };
    }
    let name = |way: WayOut| match way {
        WayOut::None => "none",
        WayOut::NatGateway => "NAT gateway",
        WayOut::PublicAddress => "public addresses of the machines",
        WayOut::LoadBalancer => "load balancer with outbound rules",
        WayOut::DefaultOutbound => "Azure's default outbound access",
        WayOut::Unknown => "not known",
    };
    let ways: BTreeSet<WayOut> = plan.subnets.iter().map(|s| s.way_out).filter(|way| *way != WayOut::None).collect();
    if ways.is_empty() {
        return name(WayOut::None).into();
    }
    ways.into_iter().map(name).collect::<Vec<_>>().join(", ")
}

/// Where the default route leads.
fn next_hop(plan: &Plan) -> Option<std::net::Ipv4Addr> {
    let appliance = plan.appliance.as_ref().filter(|appliance| appliance.proxy.is_none());
    plan.firewall.as_ref().map(|firewall| firewall.private_address).or(appliance.map(|appliance| appliance.address))
}

/// A firewall or proxy of another make: its owner loads lists.
fn appliance(plan: &Plan, writes_lists: bool) -> Value {
    let appliance = plan.appliance.as_ref();
    let is_proxy = appliance.is_some_and(|appliance| appliance.proxy.is_some());
    let address = match appliance {
        Some(appliance) => match &appliance.proxy {
            Some(proxy) => format!("{}:{}", appliance.address, proxy.port),
            None => appliance.address.to_string(),
        },
        None => String::new(),
    };
    view!({
        "is_there": appliance.is_some(),
        "is_routed": appliance.is_some() && !is_proxy,
        "is_proxy": is_proxy,
        "address": code(&address),
        "lists": if writes_lists { "The files in `firewall/`, and their `README.md`," } else { "The tables below (`outputs: [firewall]` writes them as lists)" },
    })
}

fn firewall(plan: &Plan) -> Value {
    let Some(firewall) = &plan.firewall else { return view!({}) };
    view!({
        "group": code(&firewall.group),
        "priority": firewall.priority,
        "address": code(&firewall.private_address.to_string()),
        "has_policy": firewall.policy.is_some(),
        "policy": code(firewall.policy.as_deref().unwrap_or_default()),
        "names_need_dns_proxy": firewall.network.iter().any(|rule| !rule.rule.names.is_empty()),
    })
}

fn subnets(plan: &Plan) -> Vec<Value> {
    let ownership = |owner: Option<Ownership>| match owner {
        Some(Ownership::Extend) => " (of others, extended)",
        _ => "",
    };
    plan.subnets
        .iter()
        .map(|subnet| {
            let nsg = plan.nsgs.iter().find(|nsg| Some(&nsg.name) == subnet.nsg.as_ref());
            let table = plan.route_tables.iter().find(|table| Some(&table.name) == subnet.route_table.as_ref());
            let attached = |name: &Option<String>, owner: Option<Ownership>| match name {
                Some(name) => format!("{}{}", code(name), ownership(owner)),
                None => "–".into(),
            };
            let roles: Vec<String> = subnet.roles.iter().map(|role| role.name().to_string()).collect();
            view!({
                "name": code(&subnet.name),
                "prefix": code(&subnet.prefix.to_string()),
                "roles": cell(&roles.join(", ")),
                "nsg": attached(&subnet.nsg, nsg.map(|nsg| nsg.ownership)),
                "routes": attached(&subnet.route_table, table.map(|table| table.ownership)),
            })
        })
        .collect()
}

fn warnings(plan: &Plan) -> Vec<Value> {
    let row = |warning: &crate::plan::Warning| {
        view!({
            "what": warning.what,
            "consequence": warning.consequence,
            "has_consequence": !warning.consequence.is_empty(),
            "has_requirement": !warning.requirement.is_empty(),
            "requirement": code(&warning.requirement),
        })
    };
    plan.warnings.iter().map(row).collect()
}

fn accepted(input: &Input) -> Vec<Value> {
    let row = |id: &String| {
        let row = input.catalog.get(id);
        view!({
            "id": code(id),
            "why": cell(row.map_or("", |row| &row.why)),
            "consequence": row.map_or("", consequence),
        })
    };
    input.plan.accepted.iter().map(row).collect()
}

/// What is lost without a requirement.
pub(super) fn consequence(row: &Requirement) -> &str {
    match row.need {
        Need::Required => "a workload that needs it fails",
        Need::Optional => &row.consequence,
    }
}

/// Every rule, grouped as it is deployed.
fn rules(input: &Input) -> Value {
    let (plan, catalog) = (input.plan, input.catalog);
    let nsgs: Vec<Value> = plan
        .nsgs
        .iter()
        .map(|nsg| {
            let rows = review::nsg_rows(catalog, nsg);
            view!({
                "name": nsg.name,
                "extended": nsg.ownership == Ownership::Extend,
                "subnets": code_list(&nsg.subnets),
                "rules": rows.iter().map(rule).collect::<Vec<_>>(),
            })
        })
        .collect();
    let tables: Vec<Value> = plan
        .route_tables
        .iter()
        .map(|table| {
            let rows = review::route_rows(table);
            view!({
                "name": table.name,
                "extended": table.ownership == Ownership::Extend,
                "subnets": code_list(&table.subnets),
                "routes": rows.iter().map(rule).collect::<Vec<_>>(),
            })
        })
        .collect();
    let (network, application) = (review::network_rows(catalog, plan), review::application_rows(catalog, plan));
    view!({
        "nsgs": nsgs,
        "tables": tables,
        "network_title": if plan.appliance.is_some() { "Lists: by address" } else { "Firewall: network rules" },
        "application_title": if plan.appliance.is_some() { "Lists: by name" } else { "Firewall: application rules" },
        "has_network": !network.is_empty(),
        "network": network.iter().map(rule).collect::<Vec<_>>(),
        "has_application": !application.is_empty(),
        "application": application.iter().map(rule).collect::<Vec<_>>(),
    })
}

fn rule(row: &Row) -> Value {
    view!({
        "name": code(&row.name),
        "direction": row.direction,
        "priority": row.priority,
        "access": row.access,
        "source": code_list(&row.source),
        "destination": code_list(&row.destination),
        "service": row.service(),
        "next_hop": code(&row.next_hop),
        "why": cell(&row.why),
        "requirements": code_list(&row.requirements),
    })
}

/// Each used requirement once, by slot.
fn requirements(input: &Input) -> Vec<Value> {
    let plan = input.plan;
    let mut held: BTreeMap<&str, BTreeMap<&str, Vec<String>>> = BTreeMap::new();
    for decision in &plan.decisions {
        held.entry(&decision.requirement).or_default().entry(&decision.what).or_default().push(decision.subnet.clone());
    }
    let rows = review::rows(input);
    let mut used: BTreeSet<&str> = rows.iter().flat_map(|(_, row)| &row.requirements).map(String::as_str).collect();
    used.extend(held.keys());
    let row = |row: &Requirement| {
        let sources: Vec<Value> = row.source.iter().map(source).collect();
        let need = match row.need {
            Need::Required => "required".into(),
            Need::Optional => format!("optional; without it, {}", row.consequence),
        };
        let held = held.get(row.id.as_str()).into_iter().flatten();
        let held: Vec<Value> =
            held.map(|(what, subnets)| view!({ "subnets": code_list(subnets), "what": what })).collect();
        view!({
            "id": row.id,
            "why": row.why,
            "from": row.from.to_string(),
            "to": destination(row, plan),
            "services": row.services().to_string(),
            "need": need,
            "behind": behind(row.tenancy),
            "sources": sources,
            "own": row.own,
            "note": row.note,
            "has_note": !row.note.is_empty(),
            "held": held,
        })
    };
    input.catalog.requirements().iter().filter(|row| used.contains(row.id.as_str())).map(row).collect()
}

/// Whom a requirement is for, in this plan's cloud and region.
fn destination(row: &Requirement, plan: &Plan) -> String {
    let regions = [("{region}", &plan.region), ("{workspace-region}", &plan.workspace_region)];
    match row.to_in(plan.cloud) {
        Some(Side::Destination(mut destination)) => {
            for (placeholder, name) in regions {
                let region = find_region(plan.cloud, name).map_or(name.as_str(), |region| &region.tag);
                destination.tag = destination.tag.map(|tag| tag.replace(placeholder, region));
                for host in &mut destination.names {
                    *host = host.replace(placeholder, name);
                }
            }
            Side::Destination(destination).to_string()
        }
        Some(side) => side.to_string(),
        None => String::new(),
    }
}

fn source(source: &crate::catalog::Source) -> Value {
    let page = pages().iter().find(|page| page.key == source.page);
    view!({
        "has_link": page.is_some(),
        "title": page.map_or(source.page.as_str(), |page| &page.title),
        "url": link(page.map_or("", |page| &page.url)),
        "section": source.section,
        "date": source.date,
    })
}

/// How many required and how many optional flows end how.
pub(super) fn outcomes(proof: &Proof) -> Vec<(&'static str, usize, usize)> {
    type Found = fn(&Outcome) -> bool;
    let outcomes: [(&str, Found); 5] = [
        ("allowed", |outcome| *outcome == Outcome::Allowed),
        ("cannot be known offline", |outcome| matches!(outcome, Outcome::Assumed(_))),
        ("allowed in part", |outcome| matches!(outcome, Outcome::Part(_))),
        ("blocked", |outcome| *outcome == Outcome::Blocked),
        ("undecided, the work budget ran out", |outcome| *outcome == Outcome::Undecided),
    ];
    let count = |found: Found, need: Need| {
        proof.verdicts.iter().filter(|verdict| verdict.need == need && found(&verdict.outcome)).count()
    };
    outcomes.map(|(name, found)| (name, count(found, Need::Required), count(found, Need::Optional))).into()
}

fn proof(input: &Input) -> Value {
    let proof = input.proof;
    let counts: Vec<Value> = outcomes(proof)
        .into_iter()
        .map(|(name, required, optional)| view!({ "outcome": name, "required": required, "optional": optional }))
        .collect();
    let doubtful: Vec<Value> = proof.verdicts.iter().filter(|v| v.outcome != Outcome::Allowed).map(verdict).collect();
    let unwanted: Vec<Value> = proof
        .unwanted
        .iter()
        .map(|open| {
            view!({
                "subnet": code(&open.subnet),
                "direction": open.direction,
                "what": open.what,
                "addresses": open.addresses,
                "services": open.services,
                "by": open.by,
            })
        })
        .collect();
    let exposure: Vec<Value> = proof
        .exposure
        .iter()
        .map(|exposure| {
            view!({
                "subnet": code(&exposure.subnet),
                "addresses": exposure.addresses,
                "names": code_list(&exposure.names),
                "anyone": code_list(&exposure.anyone),
            })
        })
        .collect();
    view!({
        "ran": !proof.verdicts.is_empty(),
        "counts": counts,
        "has_doubtful": !doubtful.is_empty(),
        "doubtful": doubtful,
        "has_unwanted": !unwanted.is_empty(),
        "unwanted": unwanted,
        "has_exposure": !exposure.is_empty(),
        "exposure": exposure,
        "has_assumed": !proof.assumed.is_empty(),
        "assumed": proof.assumed,
    })
}

fn verdict(verdict: &Verdict) -> Value {
    let outcome = match &verdict.outcome {
        Outcome::Allowed => "allowed".into(),
        Outcome::Assumed(reason) => format!("cannot be known offline: {reason}"),
        Outcome::Part(rest) => format!("allowed in part, but not {rest}"),
        Outcome::Blocked => "blocked".into(),
        Outcome::Undecided => "undecided".into(),
    };
    view!({
        "requirement": code(&verdict.requirement),
        "flow": format!("{} to {}, {}", verdict.from, verdict.to, verdict.services),
        "outcome": outcome,
        "decided": cell(&verdict.decided),
        "changes": cell(&verdict.changes.join("; ")),
    })
}
