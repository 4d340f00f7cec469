//! Virtual networks, subnets and interfaces.

use super::gather::{Found, Id, resource_id};
use super::value::{At, Fault, Fields};
use super::{Attachment, Holder};
use crate::model::{EndpointPolicies, parse_prefix};
use ipnet::IpNet;
use std::collections::BTreeSet;
use std::net::IpAddr;

/// A virtual network with its subnets and peerings.
pub(super) fn virtual_network(found: &mut Found, fields: &Fields, id: Id) -> Result<(), Fault> {
    let space = match fields.maybe(&["addressspace"]) {
        Some(at) => match at.fields() {
            Ok(fields) => prefixes(&fields, &["addressprefixes"])?,
            // Terraform has the list itself.
            Err(_) => each_prefix(&at)?,
        },
        None => prefixes(fields, &["addressprefixes"])?,
    };
    for at in fields.list(&["subnets", "subnet"])? {
        let below = at.fields()?;
        let name = below.take(&["name"])?.text()?;
        let id = id.child(name.rsplit('/').next().unwrap_or_default());
        // What is wrong with one says nothing of the others.
        if let Err(fault) = subnet(found, &below, id) {
            found.fault(fault, &at, |found, problem| found.problems.push(problem));
        }
    }
    for at in fields.list(&["virtualnetworkpeerings"])? {
        if let Err(fault) = at.fields().and_then(|below| peering(found, &below, &id)) {
            found.fault(fault, &at, |found, problem| found.problems.push(problem));
        }
    }
    let shown = found.networks.entry(&id);
    shown.place.get_or_insert_with(|| fields.at.place());
    shown.space = space;
    // Terraform's own list (`subnet`) may be older than the subnets beside it.
    shown.whole |= !fields.list(&["subnets"])?.is_empty();
    Ok(())
}

/// One direction of a peering of `id`.
pub(super) fn peering(found: &mut Found, fields: &Fields, id: &Id) -> Result<(), Fault> {
    let off = match fields.maybe(&["peeringstate"]) {
        Some(at) if !at.text()?.eq_ignore_ascii_case("connected") => Some("a peering that is not connected"),
        _ if fields.flag(&["allowvirtualnetworkaccess"])? == Some(false) => {
            Some("a peering that lets no traffic through of its own")
        }
        _ => None,
    };
    if let Some(why) = off {
        let peer = peer(fields)?;
        found.networks.entry(id).cut.push(peer);
        found.skip(&fields.at, why, false);
        return Ok(());
    }
    if let Some(at) = fields.maybe(&["useremotegateways"])
        && at.flag()?
    {
        found.skip(&at, "what is behind the other network's gateway is not shown", true);
    }
    let peer = peer(fields)?;
    found.networks.entry(id).peers.push(peer);
    Ok(())
}

/// The other side of a peering, and its address space.
fn peer(fields: &Fields) -> Result<(Option<Id>, Vec<IpNet>), Fault> {
    let mut remote = Vec::new();
    for names in [&["remotevirtualnetworkaddressspace"], &["remoteaddressspace"]] {
        if let Some(at) = fields.maybe(names) {
            remote.extend(prefixes(&at.fields()?, &["addressprefixes"])?);
        }
    }
    remote.sort();
    remote.dedup();
    let other = match fields.maybe(&["remotevirtualnetwork"]) {
        Some(at) => Some(at.fields()?.take(&["id"])?),
        None => fields.maybe(&["remotevirtualnetworkid"]),
    };
    let other = other.map(|at| at.text()).transpose()?.and_then(|text| resource_id(&text)).map(|id| id.own());
    Ok((other, remote))
}

/// A subnet with what is attached to it.
pub(super) fn subnet(found: &mut Found, fields: &Fields, id: Id) -> Result<(), Fault> {
    // Both fields may be there, and then hold the same.
    let mut met = BTreeSet::new();
    let both = [prefixes(fields, &["addressprefixes"])?, prefixes(fields, &["addressprefix"])?].concat();
    let own: Vec<IpNet> = both.into_iter().filter(|prefix| met.insert(*prefix)).collect();
    if own.is_empty() {
        let hint = "export it when it has an address prefix";
        return Err(Fault::Unknown(fields.at.problem(format!("subnet `{}` has no address prefix", id.last()), hint)));
    }
    let nsg = reference(fields, &["networksecuritygroup", "networksecuritygroupid", "securitygroup"])?;
    let table = reference(fields, &["routetable", "routetableid"])?;
    let mut endpoints = Vec::new();
    for at in fields.list(&["serviceendpoints"])? {
        let service = match at.fields() {
            Ok(fields) => fields.take(&["service"])?.text()?,
            Err(_) => at.text()?,
        };
        endpoints.push(tag_of_service(&service));
    }
    let nat = reference(fields, &["natgateway"])?.is_some();
    let outbound = fields.flag(&["defaultoutboundaccess", "defaultoutboundaccessenabled"])?;
    let policies = endpoint_policies(fields)?;
    let shown = found.subnets.entry(&id);
    shown.place.get_or_insert_with(|| fields.at.place());
    shown.prefixes = own;
    shown.nsg = nsg.or(shown.nsg.take());
    shown.table = table.or(shown.table.take());
    shown.endpoints = endpoints;
    shown.nat |= nat;
    shown.default_outbound = outbound.or(shown.default_outbound);
    shown.policies = policies.or(shown.policies);
    Ok(())
}

/// The service tag whose prefixes an endpoint routes. `KeyVault`, `ContainerRegistry` and `AzureCosmosDB` are tags of
/// another spelling (learn.microsoft.com/azure/virtual-network/virtual-network-service-endpoints-overview).
fn tag_of_service(service: &str) -> String {
    let plain = service.strip_prefix("Microsoft.").unwrap_or(service);
    match plain.to_ascii_lowercase().as_str() {
        "keyvault" => "AzureKeyVault".into(),
        "containerregistry" => "AzureContainerRegistry".into(),
        "web" => "AppService".into(),
        "cognitiveservices" => "CognitiveServicesManagement".into(),
        "storage.global" => "Storage".into(),
        _ => plain.into(),
    }
}

/// `privateEndpointNetworkPolicies`, in the words of every version and producer.
fn endpoint_policies(fields: &Fields) -> Result<Option<EndpointPolicies>, Fault> {
    let both = |on: bool| EndpointPolicies { nsg: on, routes: on };
    if let Some(at) = fields.maybe(&["privateendpointnetworkpolicies"]) {
        let text = at.text()?;
        return match text.to_ascii_lowercase().as_str() {
            "enabled" => Ok(Some(both(true))),
            "disabled" => Ok(Some(both(false))),
            "networksecuritygroupenabled" => Ok(Some(EndpointPolicies { nsg: true, routes: false })),
            "routetableenabled" => Ok(Some(EndpointPolicies { nsg: false, routes: true })),
            _ => Err(at.wrong(format!("`{text}` is no policy for private endpoints"), "")),
        };
    }
    if let Some(on) = fields.flag(&["privateendpointnetworkpoliciesenabled"])? {
        return Ok(Some(both(on)));
    }
    Ok(fields.flag(&["enforceprivatelinkendpointnetworkpolicies"])?.map(|off| both(!off)))
}

/// The resource that a field names, by `{"id": …}` or by the id itself; a resource that is written out counts too.
pub(super) fn reference(fields: &Fields, names: &[&str]) -> Result<Option<Id>, Fault> {
    let Some(at) = fields.maybe(names) else { return Ok(None) };
    let at = match at.fields() {
        Ok(below) => match below.maybe(&["id"]) {
            Some(id) => id,
            // PowerShell writes `{"Id": null}` for what is not set.
            None => return Ok(None),
        },
        Err(_) => at,
    };
    let text = at.text()?;
    match resource_id(&text) {
        Some(id) => Ok(Some(id.own())),
        None => Err(at.wrong(format!("`{text}` is not the id of a resource"), "")),
    }
}

fn prefixes(fields: &Fields, names: &[&str]) -> Result<Vec<IpNet>, Fault> {
    fields.maybe(names).map_or_else(|| Ok(Vec::new()), |at| each_prefix(&at))
}

fn each_prefix(at: &At) -> Result<Vec<IpNet>, Fault> {
    let read = |(text, at): (String, At)| {
        let hint = "write a prefix such as `10.20.0.0/24`";
        parse_prefix(&text).map(|p| p.trunc()).map_err(|what| at.wrong(format!("`{text}` is {what}"), hint))
    };
    at.texts()?.into_iter().map(read).collect()
}

/// An interface: its NSG, addresses, groups, and whether it is a private endpoint's.
pub(super) fn interface(found: &mut Found, fields: &Fields, id: Id) -> Result<(), Fault> {
    let nsg = reference(fields, &["networksecuritygroup", "networksecuritygroupid"])?;
    let mut addresses: Vec<IpAddr> = Vec::new();
    let mut groups = Vec::new();
    let mut public = false;
    for at in fields.list(&["ipconfigurations", "ipconfiguration"])? {
        let below = at.fields()?;
        if let Some(at) = below.maybe(&["privateipaddress"]) {
            let text = at.text()?;
            addresses.push(text.parse().map_err(|_| at.wrong(format!("`{text}` is not an address"), ""))?);
        }
        public |= ["publicipaddress", "publicipaddressid"].into_iter().any(|name| below.has(&[name]));
        public |= below.has(&["loadbalancerbackendaddresspools"]);
        for at in below.list(&["applicationsecuritygroups"])? {
            let text = at.fields()?.take(&["id"])?.text()?;
            groups.extend(resource_id(&text).map(|id| id.own()));
        }
    }
    let private_endpoint = match fields.maybe(&["privateendpoint"]) {
        Some(at) => {
            at.node.use_all();
            true
        }
        None => false,
    };
    if let Some(nsg) = &nsg {
        found.attached.push((Attachment::Nsg, nsg.clone(), Holder::Interface(id.name.clone())));
    }
    let shown = found.interfaces.entry(&id);
    shown.place.get_or_insert_with(|| fields.at.place());
    shown.nsg = nsg.or(shown.nsg.take());
    shown.addresses = addresses;
    shown.groups.extend(groups);
    shown.private_endpoint |= private_endpoint;
    shown.public |= public;
    Ok(())
}
