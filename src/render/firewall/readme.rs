//! How to load the lists, what they mean, and what has to be renewed.

use super::lists::{Group, groups};
use super::{UNTOUCHED, holder, listed, prefixes_of, services_parts, untouched};
use crate::model::{Endpoint, Services};
use crate::plan::{Plan, PlannedProxy};
use crate::render::Input;
use crate::render::engine::{Value, link, view};
use ipnet::IpNet;
use std::collections::BTreeSet;

/// How the vendors' documents read the lists: formats, wildcards, limits.
const PALO_ALTO: &str = "https://docs.paloaltonetworks.com/network-security/security-policy/administration/objects/external-dynamic-lists/formatting-guidelines-for-an-external-dynamic-list";
const FORTINET: &str = "https://docs.fortinet.com/document/fortigate/7.0.11/administration-guide/9463";

/// The view of `firewall/README.md`.
pub(in crate::render) fn view(input: &Input) -> Value {
    let plan = input.plan;
    let groups = groups(plan);
    let appliance = plan.appliance.as_ref();
    let proxy = appliance.and_then(|appliance| appliance.proxy.as_ref());
    let rules: Vec<Value> = groups.iter().enumerate().map(|(index, group)| rule(index + 1, group)).collect();
    let not_web: Vec<Value> = groups
        .iter()
        .filter(|group| !group.is_web())
        .map(|group| view!({ "subnet": code(&group.subnet.name), "service": service(&group.services) }))
        .collect();
    let untouched: Vec<Value> =
        untouched(plan).iter().map(|(name, why)| view!({ "name": code(name), "why": why })).collect();
    let tags = tags(plan);
    let direct = proxy.map(direct).unwrap_or_default();
    view!({
        "name": plan.name,
        "holder": holder(plan),
        "address": code(&appliance.map(|appliance| appliance.address.to_string()).unwrap_or_default()),
        "url": code(&match (appliance, proxy) {
            (Some(appliance), Some(proxy)) => format!("http://{}:{}", appliance.address, proxy.port),
            _ => String::new(),
        }),
        "is_azure": plan.firewall.is_some(),
        "is_routed": appliance.is_some() && proxy.is_none(),
        "is_proxy": proxy.is_some(),
        "has_squid": appliance.is_some(),
        "tags_source": input.tags_source,
        "tags_date": plan.service_tags.date.as_deref().unwrap_or("not known"),
        "rules": rules,
        "has_tags": !tags.is_empty(),
        "tags": tags,
        "has_untouched": !untouched.is_empty(),
        "untouched": untouched,
        "untouched_file": code(&format!("lists/{UNTOUCHED}")),
        "has_not_web": !not_web.is_empty() && appliance.is_some(),
        "not_web": not_web,
        "has_direct": !direct.is_empty(),
        "direct": direct,
        "own_space": own_space(plan),
        "palo_alto": link(PALO_ALTO),
        "fortinet": link(FORTINET),
    })
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// `tcp 80,443`, `tcp 443, udp 443`, `icmp`
fn service(services: &Services) -> String {
    let part =
        |(protocol, ports): (String, String)| if ports == "*" { protocol } else { format!("{protocol} {ports}") };
    services_parts(services).into_iter().map(part).collect::<Vec<_>>().join(", ")
}

fn rule(number: usize, group: &Group) -> Value {
    let ends: Vec<String> = group
        .lists()
        .iter()
        .map(|list| format!("{} ({})", code(&format!("-{}.txt", list.kind.name())), list.entries.len()))
        .collect();
    let because: Vec<String> = group.because.iter().map(|id| code(id)).collect();
    view!({
        "number": number,
        "subnet": code(&group.subnet.name),
        "source": code(&group.subnet.prefix.to_string()),
        "service": service(&group.services),
        "start": code(group.stem().trim_start_matches("firewall/")),
        "ends": ends.join(", "),
        "because": because.join(", "),
    })
}

/// The service tags whose prefixes stand in the lists, and how many they are.
fn tags(plan: &Plan) -> Vec<Value> {
    let rules = listed(plan);
    let tags: BTreeSet<&String> = rules
        .iter()
        .flat_map(|rule| rule.destinations)
        .filter_map(|to| match to {
            Endpoint::Tag(tag) => Some(tag),
            _ => None,
        })
        .collect();
    let row = |tag: &String| {
        let prefixes = prefixes_of(plan, tag);
        let v4 = prefixes.iter().filter(|prefix| matches!(prefix, IpNet::V4(_))).count();
        view!({ "tag": code(tag), "v4": v4, "v6": prefixes.len() - v4 })
    };
    tags.into_iter().map(row).collect()
}

/// The names that machines reach without the proxy, by service endpoint.
fn direct(proxy: &PlannedProxy) -> Vec<Value> {
    let row = |(subnet, names): (&String, &Vec<String>)| {
        let names: Vec<String> = names.iter().map(|name| code(name)).collect();
        view!({ "subnet": code(subnet), "names": names.join(", ") })
    };
    proxy.direct.iter().map(row).collect()
}

/// What machines reach without a proxy because it is in the network or beside it.
fn own_space(plan: &Plan) -> String {
    let peered = plan.vnet.peered.iter().flat_map(|(_, prefixes)| prefixes);
    let all = plan.vnet.address_space.iter().chain(peered).chain(&plan.vnet.on_premises);
    all.map(|prefix| code(&prefix.to_string())).collect::<Vec<_>>().join(", ")
}
