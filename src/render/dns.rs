//! Names: what to forward, which zones to link, and a check that everything leads where it must.

use super::Input;
use super::engine::{Value, comment, fenced, link, view};
use super::escape::quoted;
use super::parts::{dns_servers, prefixes};
use crate::catalog::{Source, pages};
use crate::model::AddressSet;
use crate::plan::{Plan, PlannedZone, space_without_names};
use std::collections::BTreeSet;

/// Azure's own DNS, which answers inside a virtual network alone.
const AZURE_DNS: &str = "168.63.129.16";

/// Whether private endpoints are reached by name.
pub(super) fn has_zones(plan: &Plan) -> bool {
    !plan.dns.zones.is_empty()
}

/// Whether there is a zone that is ours to link.
pub(super) fn has_links(plan: &Plan) -> bool {
    zones(plan).next().is_some()
}

/// Whether something could be wrong with names that Azure's own DNS would not get right by itself.
pub(super) fn has_check(plan: &Plan) -> bool {
    has_zones(plan) || !plan.vnet.dns_servers.is_empty() || firewall(plan).is_some()
}

/// The zones to link; those that a service makes itself it also links.
fn zones(plan: &Plan) -> impl Iterator<Item = &PlannedZone> {
    plan.dns.zones.iter().filter(|zone| !zone.made_by_service)
}

/// The firewall that answers for names, if it does.
fn firewall(plan: &Plan) -> Option<String> {
    plan.firewall.as_ref().filter(|firewall| firewall.dns_proxy).map(|firewall| firewall.private_address.to_string())
}

/// Whether a network rule of the firewall holds a host name.
fn names_in_network_rules(plan: &Plan) -> bool {
    plan.firewall.iter().flat_map(|firewall| &firewall.network).any(|rule| !rule.rule.names.is_empty())
}

fn cited(source: &Source) -> String {
    let title = pages().iter().find(|page| page.key == source.page).map_or(source.page.as_str(), |page| &page.title);
    format!("{title}, {}, {}", source.section, source.date)
}

/// The view of `dns/forwarders.csv` and `dns/forwarders.txt`.
pub(super) fn forwarders(input: &Input) -> Value {
    let row = |zone: &PlannedZone, name: &String| {
        view!({
            "name": name,
            "to": AZURE_DNS,
            "zones": zone.private.join(" "),
            "service": zone.service,
            "why": zone.why,
            "source": zone.source.iter().map(cited).collect::<Vec<_>>().join("; "),
        })
    };
    let rows = input.plan.dns.zones.iter().flat_map(|zone| zone.forward.iter().map(move |name| row(zone, name)));
    let names: BTreeSet<&String> = input.plan.dns.zones.iter().flat_map(|zone| &zone.forward).collect();
    view!({
        "name": input.plan.name,
        "rows": rows.collect::<Vec<_>>(),
        "forwarders": names.into_iter().collect::<Vec<_>>(),
    })
}

/// The view of `dns/zone-links.sh`.
pub(super) fn zone_links(input: &Input) -> Value {
    let plan = input.plan;
    view!({
        "name": comment(&plan.name),
        "subscription": plan.vnet.subscription.clone().unwrap_or_default(),
        "resource_group": plan.vnet.resource_group,
        "vnet": plan.vnet.name,
        "link": format!("netcordon-{}", plan.name),
        "zones": zones(plan).flat_map(|zone| zone.private.clone()).collect::<Vec<_>>(),
    })
}

/// The view of `dns/check.sh`.
pub(super) fn check(input: &Input) -> Value {
    let plan = input.plan;
    let mut note = vec!["The servers that machines of this network should ask."];
    if names_in_network_rules(plan) {
        note.push(
            "The firewall holds host names in network rules: it must be the one that is asked, or stand behind it.",
        );
    }
    view!({
        "name": comment(&plan.name),
        "server_notes": note.into_iter().map(comment).collect::<Vec<_>>(),
        "servers": plan.dns.servers.iter().map(|server| server.addr().to_string()).collect::<Vec<_>>(),
        "private_space": prefixes(&space_without_names(&own_space(plan)).to_prefixes()),
        "private_names": plan.dns.private_names,
        "public_names": plan.dns.public_names,
    })
}

fn own_space(plan: &Plan) -> AddressSet {
    let peered = plan.vnet.peered.iter().flat_map(|(_, prefixes)| prefixes);
    AddressSet::from_prefixes(plan.vnet.address_space.iter().chain(peered).chain(&plan.vnet.on_premises))
}

/// The view of `dns/README.md`.
pub(super) fn readme(input: &Input) -> Value {
    let plan = input.plan;
    let code = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
    let rows = plan.dns.zones.iter().map(|zone| {
        view!({
            "service": zone.service,
            "private": code(&zone.private),
            "forward": code(&zone.forward),
            "why": zone.why,
            "note": zone.note,
        })
    });
    let rows: Vec<Value> = rows.collect();
    let noted = plan.dns.zones.iter().zip(&rows).filter(|(zone, _)| !zone.note.is_empty());
    let sources: BTreeSet<(&str, &str, &str)> = plan
        .dns
        .zones
        .iter()
        .flat_map(|zone| &zone.source)
        .map(|source| (source.page.as_str(), source.section.as_str(), source.date.as_str()))
        .collect();
    let sources = sources.into_iter().map(|(key, section, date)| {
        let page = pages().iter().find(|page| page.key == key);
        view!({
            "title": page.map_or(key, |page| &page.title),
            "url": link(page.map_or("", |page| &page.url)),
            "section": section,
            "date": date,
        })
    });
    let own = dns_servers(plan);
    let who_asks = match (own.is_empty(), firewall(plan)) {
        (false, _) => format!("Machines ask the DNS servers of the network: {}.", code(&own)),
        (true, Some(address)) => format!(
            "Machines ask the firewall, `{address}`, whose DNS proxy asks Azure's DNS: make it the DNS server of the network."
        ),
        (true, None) => format!(
            "Machines ask Azure's DNS, `{AZURE_DNS}`, which needs no rule and knows every zone that is linked to the network."
        ),
    };
    let mut commands: Vec<String> = Vec::new();
    if has_links(plan) {
        let group = "\"${zones:?set it to the resource group of the private DNS zones}\"";
        commands.push(format!("export ZONES_RESOURCE_GROUP={group}"));
        commands.extend(["bash dns/zone-links.sh --dry-run".into(), "bash dns/zone-links.sh".into()]);
    }
    commands.push("bash dns/check.sh  # on a machine in each planned subnet".into());
    if let (Some(address), true) = (firewall(plan), own.is_empty()) {
        let subscription =
            plan.vnet.subscription.as_ref().map_or(String::new(), |id| format!(" --subscription {}", quoted(id)));
        commands.push(format!(
            "az network vnet show --resource-group {}{subscription} --name {} --query dhcpOptions.dnsServers  # must be {address}",
            quoted(&plan.vnet.resource_group),
            quoted(&plan.vnet.name)
        ));
    }
    view!({
        "name": plan.name,
        "has_links": has_links(plan),
        "who_asks": who_asks,
        "names_in_network_rules": names_in_network_rules(plan),
        "firewall": firewall(plan).map(|address| format!("`{address}`")).unwrap_or_default(),
        "own_servers": !own.is_empty(),
        "zones": rows,
        "noted": noted.map(|(_, row)| row.clone()).collect::<Vec<_>>(),
        "sources": sources.collect::<Vec<_>>(),
        "commands": commands.iter().map(|line| fenced(line)).collect::<Vec<_>>(),
    })
}
