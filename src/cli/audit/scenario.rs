//! Answers for somebody who never wrote any: a scenario, a region, subnets, and what the exports show.

use crate::catalog::{Cloud, Role, find_region, scenarios};
use crate::import::exports::Shown;
use crate::model::{AddressSet, NextHop, RouteDestination, parse_prefix};
use crate::problem::{Problem, did_you_mean};
use crate::question::{Answers, SubnetAnswer};
use ipnet::IpNet;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// The answers, with sensible defaults. What the exports show of the network counts as answered.
///
/// # Errors
///
/// An unknown scenario or region, a subnet that is none, a role without a subnet: each with what to say instead.
pub(super) fn answers(
    chosen: &[String],
    region: &str,
    subnets: &[String],
    shown: &Shown,
) -> Result<Answers, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut needed: Vec<Role> = Vec::new();
    let mut possible: Vec<Role> = Vec::new();
    for id in chosen {
        match scenarios().iter().find(|scenario| scenario.id == *id) {
            Some(scenario) => {
                needed.extend(scenario.roles.iter().filter(|role| !needed.contains(role)).collect::<Vec<_>>());
                possible.extend(scenario.roles.iter().chain(&scenario.optional_roles));
            }
            None => {
                let ids = || scenarios().iter().map(|scenario| scenario.id.as_str());
                let hint = match did_you_mean(id, ids()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("one of {}", ids().collect::<Vec<_>>().join(", ")),
                };
                problems.push(Problem::at("--scenario", format!("there is no scenario `{id}`"), hint));
            }
        }
    }
    let cloud = Cloud::ALL.into_iter().find(|cloud| find_region(*cloud, region).is_ok());
    if cloud.is_none() {
        let hint = find_region(Cloud::AzureCloud, region).err().unwrap_or_default();
        problems.push(Problem::at("--region", format!("there is no region `{region}`"), hint));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut rows: BTreeMap<IpNet, (String, Vec<Role>)> = BTreeMap::new();
    let lone = match (subnets, shown.network.subnets.as_slice()) {
        ([], [only]) => vec![only.name.clone()],
        _ => subnets.to_vec(),
    };
    for text in &lone {
        match subnet(text, &needed, &possible, shown) {
            Ok((role, name, prefix)) => {
                let row = rows.entry(prefix).or_insert_with(|| (name, Vec::new()));
                row.1.push(role);
            }
            Err(problem) => problems.push(problem),
        }
    }
    for role in needed.iter().filter(|role| !rows.values().any(|(_, roles)| roles.contains(role))) {
        let role = role.name();
        let hint = format!("say which: `--subnet {role}=10.1.2.0/24`, or its name in the exports");
        problems.push(Problem::at("--subnet", format!("no subnet has the role `{role}`"), hint));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(filled(chosen, region, cloud.unwrap_or(Cloud::AzureCloud), rows, shown))
}

/// One `--subnet`: its role, name and prefix.
fn subnet(text: &str, needed: &[Role], possible: &[Role], shown: &Shown) -> Result<(Role, String, IpNet), Problem> {
    let problem = |what: String, hint: String| Err(Problem::at("--subnet", what, hint));
    let (role, place) = match text.split_once('=') {
        Some((role, place)) => {
            let names = || possible.iter().map(|role| role.name());
            match Role::parse(role).filter(|role| possible.contains(role)) {
                Some(role) => (role, place),
                None => {
                    let hint = match did_you_mean(role, names()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("one of {}", names().collect::<Vec<_>>().join(", ")),
                    };
                    return problem(format!("these scenarios have no role `{role}`"), hint);
                }
            }
        }
        None => match needed {
            [only] => (*only, text),
            _ => {
                let roles: Vec<&str> = needed.iter().map(|role| role.name()).collect();
                let hint = format!("write `{}={text}`; the roles are {}", roles[0], roles.join(", "));
                return problem(format!("nothing says what the subnet `{text}` is for"), hint);
            }
        },
    };
    if let Ok(prefix) = parse_prefix(place) {
        let same = shown.network.subnets.iter().find(|subnet| subnet.prefixes.contains(&prefix.trunc()));
        let name = same.map_or_else(|| role.name().to_string(), |subnet| last(&subnet.name).into());
        return Ok((role, name, prefix.trunc()));
    }
    let known = shown.network.subnets.iter().find(|subnet| last(&subnet.name).eq_ignore_ascii_case(place));
    match known.and_then(|subnet| Some((subnet, subnet.prefixes.iter().find(|prefix| matches!(prefix, IpNet::V4(_)))?)))
    {
        Some((subnet, prefix)) => Ok((role, last(&subnet.name).into(), *prefix)),
        None => problem(
            format!("no export shows the prefix of a subnet `{place}`"),
            format!("give its prefix: `--subnet {}=10.1.2.0/24`", role.name()),
        ),
    }
}

/// The name without that of its network.
fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn filled(
    chosen: &[String],
    region: &str,
    cloud: Cloud,
    rows: BTreeMap<IpNet, (String, Vec<Role>)>,
    shown: &Shown,
) -> Answers {
    let mut answers = Answers {
        name: Some("audit".into()),
        cloud: Some(cloud.name().into()),
        region: Some(region.into()),
        scenarios: Some(chosen.to_vec()),
        ..Answers::default()
    };
    let network = &shown.network;
    let own: AddressSet = rows.keys().copied().collect();
    let space = AddressSet::from_prefixes(&network.address_space).only_v4();
    answers.network.resource_group = Some("resource-group".into());
    answers.network.vnet = Some("network".into());
    answers.network.address_space = Some(space.union(&own).to_prefixes());
    if !network.on_premises.is_empty() {
        answers.network.on_premises = Some(network.on_premises.clone());
    }
    let chosen_is = |ids: &[&str]| chosen.iter().any(|id| ids.contains(&id.as_str()));
    let has = |role: Role| rows.values().any(|(_, roles)| roles.contains(&role));
    if chosen_is(&["aml-public-ip", "aml-no-public-ip"]) && !has(Role::PrivateEndpoints) {
        answers.aml.private_endpoints = Some(false);
    }
    if chosen_is(&["aks"]) {
        // AKS's own default.
        answers.aks.pod_addresses = "10.244.0.0/16".parse().ok().map(|prefix| vec![prefix]);
    }
    let default = IpNet::V4(ipnet::Ipv4Net::default());
    let hop = network.route_tables.values().flat_map(|table| &table.routes).find_map(|route| match route.next_hop {
        NextHop::Appliance(IpAddr::V4(address)) if route.destination == RouteDestination::Prefix(default) => {
            Some(address)
        }
        _ => None,
    });
    match hop {
        Some(address) => {
            answers.egress.via = Some("azure-firewall".into());
            answers.egress.private_ip = Some(address.to_string());
        }
        None => answers.egress.via = Some("nsg".into()),
    }
    let row = |(prefix, (name, roles)): (IpNet, (String, Vec<Role>))| SubnetAnswer {
        name,
        prefix: Some(prefix),
        roles: Some(roles.iter().map(|role| role.name().to_string()).collect()),
        ..SubnetAnswer::default()
    };
    answers.subnets = Some(rows.into_iter().map(row).collect());
    answers
}
