//! Which names must lead where: private DNS zones, forwarders, the servers that machines ask, names to check.

use super::{Context, Notes};
use crate::catalog::{Group, Need, Source, zones};
use crate::intent::Egress;
use crate::required::Party;
use ipnet::IpNet;
use std::collections::BTreeSet;

/// Names and where they lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlannedDns {
    /// The zones of the services that are reached by private endpoints.
    pub zones: Vec<PlannedZone>,
    /// Names of your own that must resolve to private addresses, as far as the answers give them.
    pub private_names: Vec<String>,
    /// Names of services that must resolve to public addresses.
    pub public_names: Vec<String>,
    /// The addresses that machines should ask for names.
    pub servers: Vec<IpNet>,
}

/// The zones of one service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedZone {
    /// The service.
    pub service: String,
    /// The private DNS zones.
    pub private: Vec<String>,
    /// The public names to forward.
    pub forward: Vec<String>,
    /// Whether the service makes and links its zone itself.
    pub made_by_service: bool,
    /// What needs it, one clause.
    pub why: String,
    /// What to know; may be empty.
    pub note: String,
    /// The pages that say so.
    pub source: Vec<Source>,
}

pub(super) fn plan(context: &Context, notes: &mut Notes) -> PlannedDns {
    let intent = context.intent;
    let fill = |names: &[String]| -> Vec<String> {
        names.iter().map(|name| name.replace("{region}", &intent.region.name)).collect()
    };
    let mut planned = PlannedDns::default();
    for zone in zones().iter().filter(|zone| zone.holds(&intent.features)) {
        match zone.names.get(&intent.cloud).and_then(Option::as_ref) {
            Some(names) => planned.zones.push(PlannedZone {
                service: zone.service.clone(),
                private: fill(&names.private),
                forward: fill(&names.forward),
                made_by_service: zone.made_by_service,
                why: zone.why.clone(),
                note: zone.note.clone(),
                source: zone.source.clone(),
            }),
            None => notes.warn(
                "",
                format!("no private DNS zone of {} is documented in {}", zone.service, intent.cloud),
                "no zone link and no forwarder is written for it: ask what the private endpoint itself says (its DNS configuration), and link that zone",
            ),
        }
    }
    planned.private_names = private_names(context, &planned.zones);
    planned.public_names = public_names(context, &planned.zones);
    planned.servers = match intent.groups.get(&Group::DnsServers) {
        Some(servers) => servers.clone(),
        None => crate::required::platform_address().to_prefixes(),
    };
    planned
}

/// The hosts of accounts that the answers name, below the names that are forwarded.
fn private_names(context: &Context, zones: &[PlannedZone]) -> Vec<String> {
    let intent = context.intent;
    let on = |feature: &str| intent.features.contains(feature);
    let account = |key: &str, holds: bool| intent.placeholders.get(key).filter(|_| holds);
    let rows = [
        (account("storage", on("aml") && !on("aml.storage-public")), "blob."),
        (account("storage", on("aml") && !on("aml.storage-public")), "file."),
        (account("locker", on("cyclecloud.locker-private-endpoint")), "blob."),
        (account("registry", on("aml") && !on("aml.registry-public")), "azurecr."),
    ];
    let names = rows.into_iter().filter_map(|(account, start)| {
        let forward = zones.iter().flat_map(|zone| &zone.forward).find(|name| name.starts_with(start))?;
        Some(format!("{}.{forward}", account?))
    });
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

/// The hosts that machines must reach: whole names below no private zone. Behind an explicit proxy, machines resolve none.
fn public_names(context: &Context, zones: &[PlannedZone]) -> Vec<String> {
    if matches!(context.intent.egress, Egress::Proxy(_)) {
        return Vec::new();
    }
    let private = |name: &str| {
        let below = |zone: &String| name == zone || name.ends_with(&format!(".{zone}"));
        zones.iter().flat_map(|zone| &zone.forward).any(below)
    };
    let required = context.flows.iter().filter(|flow| flow.need == Need::Required);
    let services = required.filter_map(|flow| match &flow.to {
        Party::Service(service) => Some(&service.names),
        _ => None,
    });
    let names = services.flatten().filter(|name| !name.contains('*') && !private(name));
    names.cloned().collect::<BTreeSet<_>>().into_iter().collect()
}
