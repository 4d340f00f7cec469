//! What a front may offer while it asks: words to choose from where the answer is free text, and rows to start from.

use super::answers::Answers;
use super::read::find;
use super::table::{Kind, Question};
use super::value::Value;
use crate::catalog::{Catalog, Cloud, Role, regions, scenarios};
use crate::model::AddressSet;
use ipnet::{IpNet, Ipv4Net};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// A word that may be chosen, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The word of the answers file.
    pub word: String,
    /// What it means; may be empty.
    pub means: String,
}

/// The words that may be chosen as an answer to a question of free text: regions of the cloud, ids of requirements.
/// None where nothing is known beforehand.
pub fn suggestions(question: &Question, answers: &Answers) -> Vec<Suggestion> {
    let cloud = answers.cloud.as_deref().and_then(Cloud::parse).unwrap_or(Cloud::AzureCloud);
    match question.path {
        "region" => regions()
            .iter()
            .filter(|region| region.cloud == cloud)
            .map(|region| {
                let pair = region.pair.as_ref().map(|pair| format!(", paired with {pair}")).unwrap_or_default();
                Suggestion { word: region.name.clone(), means: format!("service tags end in .{}{pair}", region.tag) }
            })
            .collect(),
        "egress.accept_blocked" => {
            let chosen = scenarios().iter().filter(|scenario| super::chose(answers, &[&scenario.id]));
            let files: BTreeSet<&str> = chosen.flat_map(|scenario| &scenario.catalog).map(String::as_str).collect();
            let catalog = Catalog::load(files, &[]).unwrap_or_default();
            let row = |row: &crate::catalog::Requirement| Suggestion { word: row.id.clone(), means: row.why.clone() };
            catalog.requirements().iter().map(row).collect()
        }
        _ => Vec::new(),
    }
}

/// How large a subnet of a role is proposed: its prefix length.
fn length(role: Role) -> u8 {
    match role {
        Role::ClusterNodes | Role::AmlCompute => 23,
        Role::AksNodes => 22,
        Role::PrivateEndpoints => 26,
        _ => 27,
    }
}

/// The roles that some subnet must have with these answers, defaults filled in; each with what needs it.
pub fn needed_roles(whole: &Answers) -> Vec<(Role, String)> {
    let mut needed: Vec<(Role, String)> = Vec::new();
    let mut need = |role: Role, why: String| {
        if !needed.iter().any(|(known, _)| *known == role) {
            needed.push((role, why));
        }
    };
    // A server in another network has addresses instead of a subnet.
    let served = whole.cyclecloud.server_addresses.iter().flatten().next().is_some();
    for scenario in scenarios().iter().filter(|scenario| super::chose(whole, &[&scenario.id])) {
        for role in scenario.roles.iter().filter(|role| !(served && **role == Role::CyclecloudServer)) {
            need(*role, format!("scenario `{}`", scenario.id));
        }
    }
    let aml_endpoints = whole.aml.endpoint_addresses.iter().flatten().next().is_none();
    for (needs, why) in [
        (whole.cyclecloud.locker_access.as_deref() == Some("private-endpoint"), "the locker's private endpoint"),
        (whole.aks.private_endpoints == Some(true), "`aks.private_endpoints`"),
        (whole.aml.private_endpoints == Some(true) && aml_endpoints, "`aml.private_endpoints`"),
    ] {
        if needs {
            need(Role::PrivateEndpoints, why.into());
        }
    }
    needed
}

/// The roles that the answers need and no subnet has yet.
pub fn roles_without_subnet(answers: &Answers) -> Vec<Role> {
    let needed = needed_roles(&super::complete(answers));
    let has = |role: &Role| {
        answers.subnets.iter().flatten().any(|row| row.roles.iter().flatten().any(|name| name == role.name()))
    };
    needed.into_iter().map(|(role, _)| role).filter(|role| !has(role)).collect()
}

/// A row for a subnet of this role: a name and a free prefix of the address space, as the subnets' question takes it.
/// Without a prefix where the address space is not known or has no room.
pub fn proposed_subnet(role: Role, answers: &Answers, rows: &[BTreeMap<String, Value>]) -> BTreeMap<String, Value> {
    let text = |row: &BTreeMap<String, Value>, key: &str| match row.get(key) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let base = format!("snet-{}", role.name());
    let taken = |name: &str| rows.iter().any(|row| text(row, "name").eq_ignore_ascii_case(name));
    let name = std::iter::once(base.clone()).chain((2..).map(|n| format!("{base}-{n}"))).find(|name| !taken(name));
    let used: Vec<IpNet> = rows.iter().filter_map(|row| text(row, "prefix").parse().ok()).collect();
    let mut row = BTreeMap::from([
        ("name".to_string(), Value::Text(name.unwrap_or(base))),
        ("roles".to_string(), Value::List(vec![role.name().into()])),
    ]);
    if let Some(prefix) = free_prefix(answers.network.address_space.iter().flatten(), &used, length(role)) {
        row.insert("prefix".into(), Value::Text(prefix.to_string()));
    }
    row
}

/// Rows for every role that the answers need and no subnet has yet.
pub fn proposed_subnets(answers: &Answers) -> Vec<BTreeMap<String, Value>> {
    let mut rows: Vec<BTreeMap<String, Value>> = match find("subnets").map(|question| question.answer(answers)) {
        Some(Some(Value::Records(rows))) => rows,
        _ => Vec::new(),
    };
    let known = rows.len();
    for role in roles_without_subnet(answers) {
        let row = proposed_subnet(role, answers, &rows);
        rows.push(row);
    }
    // Each kind of Azure ML compute needs a subnet of its own.
    let of_compute = |row: &&BTreeMap<String, Value>| match row.get("roles") {
        Some(Value::List(roles)) => roles.iter().any(|role| role == Role::AmlCompute.name()),
        _ => false,
    };
    let public = |row: &BTreeMap<String, Value>| row.get("public_ip") == Some(&Value::Flag(true));
    let both = ["aml-public-ip", "aml-no-public-ip"].iter().all(|scenario| super::chose(answers, &[scenario]));
    if both && rows.iter().filter(of_compute).count() == 1 && !rows.iter().filter(of_compute).any(public) {
        let mut row = proposed_subnet(Role::AmlCompute, answers, &rows);
        row.insert("name".into(), Value::Text(format!("snet-{}-public", Role::AmlCompute.name())));
        row.insert("public_ip".into(), Value::Flag(true));
        rows.push(row);
    }
    rows.split_off(known)
}

/// The first block of that length in the space that nobody uses. In a space with room for it, the first block is left to
/// smaller subnets only if they are there already.
fn free_prefix<'a>(space: impl Iterator<Item = &'a IpNet>, used: &[IpNet], length: u8) -> Option<IpNet> {
    let used = AddressSet::from_prefixes(used);
    for prefix in space {
        let IpNet::V4(net) = prefix else { continue };
        // A small network is shared out in smaller pieces.
        let length = length.max((net.prefix_len() + 3).min(29)).max(net.prefix_len());
        let step = 1u64 << (32 - u32::from(length));
        let (mut at, end) = (u64::from(net.network().to_bits()), u64::from(net.broadcast().to_bits()));
        while at + step - 1 <= end {
            let block = Ipv4Net::new(u32::try_from(at).ok()?.into(), length).ok()?;
            if !AddressSet::from_prefixes(&[IpNet::V4(block)]).intersects(&used) {
                return Some(IpNet::V4(block));
            }
            // Past what is in the way, however large it is.
            let way = used.to_prefixes().into_iter().find(|taken| match taken {
                IpNet::V4(taken) => taken.contains(&block) || block.contains(&taken.network()),
                IpNet::V6(_) => false,
            });
            let past = match way.map(|taken| taken.broadcast()) {
                Some(IpAddr::V4(last)) => u64::from(last.to_bits()) + 1,
                _ => at + step,
            };
            at = past.max(at + step).div_ceil(step) * step;
        }
    }
    None
}

/// Whether a question's rows are subnets, for which rows can be proposed.
pub fn proposes_rows(question: &Question) -> bool {
    question.path == "subnets" && matches!(question.kind, Kind::Records(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::QUESTIONS;

    fn answers(scenarios: &[&str], space: &[&str]) -> Answers {
        let mut answers =
            Answers { scenarios: Some(scenarios.iter().map(ToString::to_string).collect()), ..Answers::default() };
        answers.network.address_space = Some(space.iter().map(|text| text.parse().unwrap()).collect());
        answers
    }

    fn shown(rows: &[BTreeMap<String, Value>]) -> Vec<String> {
        let text = |row: &BTreeMap<String, Value>, key: &str| {
            row.get(key).map_or_else(|| "-".to_string(), ToString::to_string)
        };
        rows.iter().map(|row| format!("{} {} {}", text(row, "name"), text(row, "prefix"), text(row, "roles"))).collect()
    }

    #[test]
    fn each_role_that_is_needed_gets_a_row_that_fits() {
        let rows = proposed_subnets(&answers(&["cyclecloud-vm", "aml-no-public-ip"], &["10.20.0.0/16"]));
        assert_eq!(
            shown(&rows),
            [
                "snet-cyclecloud-server 10.20.0.0/27 cyclecloud-server",
                "snet-cluster-nodes 10.20.2.0/23 cluster-nodes",
                "snet-aml-compute 10.20.4.0/23 aml-compute",
                "snet-private-endpoints 10.20.0.64/26 private-endpoints",
            ]
        );
        assert_eq!(
            shown(&proposed_subnets(&answers(&["aks"], &["10.1.0.0/26"]))),
            ["snet-aks-nodes 10.1.0.0/29 aks-nodes"]
        );
        assert_eq!(shown(&proposed_subnets(&answers(&["aks"], &[]))), ["snet-aks-nodes - aks-nodes"]);
    }

    #[test]
    fn each_kind_of_compute_gets_a_subnet_of_its_own() {
        let rows = proposed_subnets(&answers(&["aml-public-ip", "aml-no-public-ip"], &["10.20.0.0/16"]));
        let public: Vec<bool> = rows.iter().map(|row| row.contains_key("public_ip")).collect();
        assert_eq!(
            shown(&rows),
            [
                "snet-aml-compute 10.20.0.0/23 aml-compute",
                "snet-private-endpoints 10.20.2.0/26 private-endpoints",
                "snet-aml-compute-public 10.20.4.0/23 aml-compute",
            ]
        );
        assert_eq!(public, [false, false, true]);
    }

    #[test]
    fn what_has_a_subnet_gets_no_second_one() {
        let mut given = answers(&["aml-no-public-ip"], &["10.30.0.0/16"]);
        let rows = proposed_subnets(&given);
        let question = QUESTIONS.iter().find(|question| proposes_rows(question)).unwrap();
        (question.slot_mut)(&mut given).write(Value::Records(rows));
        assert!(proposed_subnets(&given).is_empty());
    }

    #[test]
    fn regions_are_those_of_the_cloud() {
        let region = QUESTIONS.iter().find(|question| question.path == "region").unwrap();
        let china = Answers { cloud: Some("AzureChinaCloud".into()), ..Answers::default() };
        let words: Vec<String> = suggestions(region, &china).into_iter().map(|region| region.word).collect();
        assert!(words.contains(&"chinanorth3".to_string()) && !words.contains(&"westeurope".to_string()));
    }
}
