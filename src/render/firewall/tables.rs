//! The rules as tables: one row or object for each, as planned, with the reasons.

use super::lists::{Group, groups};
use super::{Listed, holder, listed, prefixes_of, services_parts};
use crate::catalog::{Need, Requirement, Source, pages};
use crate::model::{Endpoint, Services};
use crate::render::Input;
use crate::render::engine::{Value, view};
use crate::render::review::{behind, source_text, used, why};
use ipnet::IpNet;
use serde_json::json;
use std::collections::BTreeSet;

/// The view of `firewall/rules.csv`: one row for each rule and destination, a tag being one.
pub(in crate::render) fn table(input: &Input) -> Value {
    let date = input.plan.service_tags.date.clone().unwrap_or_default();
    let mut rows = Vec::new();
    for rule in listed(input.plan) {
        let used = used(input.catalog, rule.because);
        let parts = services_parts(&rule.services);
        let column =
            |pick: fn(&(String, String)) -> &String| parts.iter().map(pick).cloned().collect::<Vec<_>>().join("; ");
        let sources: BTreeSet<String> = used.iter().flat_map(|row| &row.source).map(source_text).collect();
        let tenancies: BTreeSet<&str> = used.iter().map(|row| behind(row.tenancy)).collect();
        let (protocol, ports) = (column(|part| &part.0), column(|part| &part.1));
        let (sources, tenancies) = (joined(sources), joined(tenancies));
        let mut add = |kind: &str, destination: String, tag: &str| {
            rows.push(view!({
                "key": rule.key,
                "requirements": rule.because.join("; "),
                "need": need(&used),
                "kind": kind,
                "destination": destination,
                "tag": tag,
                "tag_date": if tag.is_empty() { "" } else { &date },
                "protocol": protocol,
                "ports": ports,
                "subnet": rule.subnet.name,
                "source": rule.subnet.prefix.to_string(),
                "why": why(input.catalog, rule.because),
                "sources": sources,
                "behind": tenancies,
            }));
        };
        for name in rule.names {
            add(if name.starts_with('*') { "wildcard" } else { "name" }, name.to_ascii_lowercase(), "");
        }
        for destination in rule.destinations {
            match destination {
                // Thousands of rows of one reason would help nobody: a tag is a row for each family.
                Endpoint::Tag(tag) => {
                    let prefixes = prefixes_of(input.plan, tag);
                    for (kind, prefixes) in
                        [("IPv4 of a tag", texts(&prefixes, true)), ("IPv6 of a tag", texts(&prefixes, false))]
                    {
                        if !prefixes.is_empty() {
                            add(kind, prefixes.join("; "), tag);
                        }
                    }
                }
                Endpoint::Prefixes(prefixes) => {
                    prefixes.iter().for_each(|prefix| add("prefix", prefix.to_string(), ""))
                }
                Endpoint::Any | Endpoint::Groups(_) | Endpoint::Several(_) => {}
            }
        }
    }
    view!({ "rows": rows })
}

/// The prefixes of one family.
fn texts(prefixes: &[IpNet], v4: bool) -> Vec<String> {
    prefixes.iter().filter(|prefix| matches!(prefix, IpNet::V4(_)) == v4).map(ToString::to_string).collect()
}

fn joined<T: AsRef<str>>(texts: BTreeSet<T>) -> String {
    texts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("; ")
}

/// Required as soon as one of them is.
fn need(used: &[&Requirement]) -> &'static str {
    if used.iter().any(|row| row.need == Need::Required) { "required" } else { "optional" }
}

/// `firewall/rules.json`: the rules as planned, the requirements behind them, and the lists made of them.
pub(in crate::render) fn json(input: &Input) -> serde_json::Value {
    let plan = input.plan;
    let services = |services: &Services| -> Vec<serde_json::Value> {
        let parts = services_parts(services).into_iter();
        parts
            .map(|(protocol, ports)| json!({"protocol": protocol, "ports": ports.split(',').collect::<Vec<_>>()}))
            .collect()
    };
    let rules = listed(plan);
    let rule = |rule: &Listed| {
        let fixed: Vec<IpNet> = rule
            .destinations
            .iter()
            .filter_map(|to| match to {
                Endpoint::Prefixes(prefixes) => Some(prefixes.clone()),
                _ => None,
            })
            .flatten()
            .collect();
        let tags: Vec<serde_json::Value> = rule
            .destinations
            .iter()
            .filter_map(|to| match to {
                Endpoint::Tag(tag) => {
                    let prefixes = prefixes_of(plan, tag);
                    Some(json!({"tag": tag, "ipv4": texts(&prefixes, true), "ipv6": texts(&prefixes, false)}))
                }
                _ => None,
            })
            .collect();
        let names: Vec<String> = rule.names.iter().map(|name| name.to_ascii_lowercase()).collect();
        json!({
            "key": rule.key, "requirements": rule.because,
            "source": {"subnet": rule.subnet.name, "prefixes": [rule.subnet.prefix.to_string()]},
            "services": services(&rule.services), "names": names,
            "prefixes": {"ipv4": texts(&fixed, true), "ipv6": texts(&fixed, false)}, "service_tags": tags,
        })
    };
    let ids: BTreeSet<&String> = rules.iter().flat_map(|rule| rule.because).collect();
    let requirement = |id: &String| {
        let row = input.catalog.get(id)?;
        let source = |source: &Source| {
            let page = pages().iter().find(|page| page.key == source.page);
            json!({"page": page.map_or(source.page.as_str(), |page| &page.title), "url": page.map(|page| page.url.as_str()),
                "section": source.section, "date": source.date})
        };
        let sources: Vec<serde_json::Value> = row.source.iter().map(source).collect();
        let fields = json!({"why": row.why, "need": need(&[row]), "tenancy": row.tenancy.name(), "sources": sources});
        Some((id.clone(), fields))
    };
    let requirements: serde_json::Map<String, serde_json::Value> = ids.into_iter().filter_map(requirement).collect();
    let groups = groups(plan);
    let list = |group: &Group| -> Vec<serde_json::Value> {
        let lists = group.lists().into_iter();
        lists
            .map(|list| {
                json!({"file": list.path, "type": list.kind.name(), "entries": list.entries.len(),
                    "source": [group.subnet.prefix.to_string()], "services": services(&group.services)})
            })
            .collect()
    };
    json!({
        "format": 1,
        "name": plan.name,
        "cloud": plan.cloud.name(),
        "region": plan.region,
        "holder": holder(plan),
        "service_tags": {"source": input.tags_source, "date": plan.service_tags.date},
        "rules": rules.iter().map(rule).collect::<Vec<_>>(),
        "requirements": requirements,
        "lists": groups.iter().flat_map(list).collect::<Vec<_>>(),
    })
}
