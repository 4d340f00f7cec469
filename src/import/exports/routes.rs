//! Route tables, and the effective routes of an interface.

use super::Attachment;
use super::gather::{Found, Id, RouteAt};
use super::nsg::{address, attached};
use super::value::{At, Fault, Fields};
use crate::model::{Endpoint, NextHop, Route, RouteDestination};
use crate::problem::Problem;
use ipnet::IpNet;

/// A route table with its routes.
pub(super) fn table(found: &mut Found, fields: &Fields, id: Id) -> Result<(), Fault> {
    let mut routes = Vec::new();
    let mut doubt = false;
    for at in fields.list(&["routes", "route"])? {
        match route(found, &id, &at, None) {
            Some(route) => routes.push(route),
            None => doubt = true,
        }
    }
    // Terraform turned the field round in version 4 of its provider.
    let off = fields.flag(&["disablebgproutepropagation"])?;
    let on = fields.flag(&["bgproutepropagationenabled"])?;
    for (holder, at) in attached(fields)? {
        match holder {
            Some(holder) => found.attached.push((Attachment::RouteTable, id.clone(), holder)),
            None => found.skip(&at, "is not a subnet", true),
        }
    }
    let shown = found.tables.entry(&id);
    shown.doubt |= doubt;
    shown.place.get_or_insert_with(|| fields.at.place());
    let gateway = on.or(off.map(|off| !off)).unwrap_or(true);
    let problem = match &shown.routes {
        Some(others) if sorted(others) != sorted(&routes) || shown.gateway_routes != gateway => {
            Some(fields.at.problem(
                format!("route table `{}` is shown twice, with other routes", id.name),
                "give the newer export alone",
            ))
        }
        Some(_) => None,
        None => {
            shown.routes = Some(routes);
            shown.gateway_routes = gateway;
            None
        }
    };
    found.problems.extend(problem);
    Ok(())
}

fn sorted(routes: &[RouteAt]) -> Vec<&Route> {
    let mut routes: Vec<&Route> = routes.iter().map(|at| &at.route).collect();
    routes.sort_by(|a, b| a.name.cmp(&b.name));
    routes
}

/// A route; `None` if it cannot be read, which is then said.
pub(super) fn route(found: &mut Found, table: &Id, at: &At, name: Option<&str>) -> Option<RouteAt> {
    match at.fields().and_then(|fields| read(&fields, name)) {
        Ok((route, note)) => {
            let refused = note.map(|note| (route.name.clone(), note));
            found.tables.entry(table).refused.extend(refused);
            Some(RouteAt { route, place: at.place() })
        }
        Err(fault) => {
            let name = at.fields().ok().and_then(|fields| fields.text(&["name"]).ok()?).unwrap_or_default();
            found.fault(fault, at, |found, problem| found.tables.entry(table).refused.push((name, problem)));
            None
        }
    }
}

fn read(fields: &Fields, name: Option<&str>) -> Result<(Route, Option<Problem>), Fault> {
    let name = match name {
        Some(name) => name.to_string(),
        None => fields.take(&["name"])?.text()?,
    };
    let at = fields.take(&["addressprefix", "addressprefixes"])?;
    let destination = destination(&at, &at.text()?)?;
    let mut note = None;
    if let RouteDestination::Tag(tag) = &destination
        && NOT_IN_ROUTES.iter().any(|own| own.eq_ignore_ascii_case(tag))
    {
        note = Some(at.problem(format!("service tag `{tag}` cannot stand in a route"), "write its prefixes"));
    }
    let next_hop = next_hop(fields)?;
    Ok((Route { name, destination, next_hop }, note))
}

/// Tags that no route takes (learn.microsoft.com/azure/virtual-network/service-tags-overview).
const NOT_IN_ROUTES: [&str; 6] =
    ["AzurePlatformDNS", "AzurePlatformIMDS", "AzurePlatformLKM", "VirtualNetwork", "AzureLoadBalancer", "Internet"];

fn destination(at: &At, text: &str) -> Result<RouteDestination, Fault> {
    match address(text) {
        Some(Endpoint::Prefixes(prefixes)) if prefixes.len() == 1 => Ok(RouteDestination::Prefix(prefixes[0])),
        Some(Endpoint::Tag(tag)) => Ok(RouteDestination::Tag(tag)),
        _ => Err(at.wrong(format!("`{text}` is not an address prefix or a service tag"), "")),
    }
}

fn next_hop(fields: &Fields) -> Result<NextHop, Fault> {
    let at = fields.take(&["nexthoptype"])?;
    let text = at.text()?;
    let known = [
        ("internet", NextHop::Internet),
        ("vnetlocal", NextHop::VirtualNetwork),
        ("virtualnetworkgateway", NextHop::Gateway),
        ("none", NextHop::None),
    ];
    if let Some((_, hop)) = known.iter().find(|(word, _)| text.eq_ignore_ascii_case(word)) {
        return Ok(*hop);
    }
    if text.eq_ignore_ascii_case("virtualappliance") {
        let at = fields.take(&["nexthopipaddress", "nexthopinipaddress"])?;
        let addresses = at.texts()?;
        return match addresses.as_slice() {
            [(address, at)] => {
                let read = address.parse().map_err(|_| at.wrong(format!("`{address}` is not an address"), ""));
                Ok(NextHop::Appliance(read?))
            }
            _ => Err(Fault::Unknown(at.problem("a route to several addresses is not judged", ""))),
        };
    }
    if text.eq_ignore_ascii_case("virtualapplianceecmp") {
        return Err(Fault::Unknown(at.problem("a route to several appliances is not judged", "")));
    }
    Err(at.wrong(format!("`{text}` is not a next hop of a route"), ""))
}

/// Whether the fields are those of one effective route.
pub(super) fn is_effective(fields: &Fields) -> bool {
    fields.has(&["nexthoptype"]) && fields.has(&["source"]) && fields.has(&["state"])
}

/// `az network nic show-effective-route-table`: one list for one interface, which it does not name.
///
/// User-defined routes become a route table; what the platform added says what is peered and what is behind a gateway.
pub(super) fn effective(found: &mut Found, list: &[At]) {
    let Some(first) = list.first() else { return };
    let file = first.document.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let id = Id::named(&format!("effective routes in {file}"));
    found.tables.entry(&id).place = Some(first.place());
    let mut routes = Vec::new();
    for (index, at) in list.iter().enumerate() {
        if let Err(fault) = effective_route(found, &id, at, index, &mut routes) {
            found.tables.entry(&id).doubt = true;
            found.fault(fault, at, |found, problem| found.tables.entry(&id).refused.push((String::new(), problem)));
        }
    }
    let shown = found.tables.entry(&id);
    shown.routes.get_or_insert_default().extend(routes);
}

fn effective_route(found: &mut Found, id: &Id, at: &At, index: usize, routes: &mut Vec<RouteAt>) -> Result<(), Fault> {
    let fields = at.fields()?;
    let state = fields.take(&["state"])?.text()?;
    if !state.eq_ignore_ascii_case("active") {
        found.skip(at, "a route that is not in force", false);
        return Ok(());
    }
    let additional = fields.maybe(&["additionalproperties"]).and_then(|at| at.fields().ok());
    let propagation = fields.flag(&["disablebgproutepropagation"])?;
    let nested = additional.map(|fields| fields.flag(&["disablebgproutepropagation"])).transpose()?.flatten();
    if propagation.or(nested) == Some(true) {
        found.tables.entry(id).gateway_routes = false;
    }
    let source = fields.take(&["source"])?.text()?.to_ascii_lowercase();
    let hop = fields.take(&["nexthoptype"])?.text()?.to_ascii_lowercase();
    let prefixes = fields.texts(&["addressprefix"])?;
    let tags = fields.texts(&["destinationservicetags"])?;
    if source == "user" {
        let name = fields.text(&["name"])?;
        // A route for a tag shows what the tag expanded to as well.
        let all = if tags.is_empty() { prefixes } else { tags };
        let next_hop = next_hop(&fields)?;
        for (number, (text, at)) in all.iter().enumerate() {
            let own = name.clone().unwrap_or_else(|| format!("route {}", index + 1));
            let name = if number == 0 { own } else { format!("{own} {}", number + 1) };
            let route = Route { name, destination: destination(at, text)?, next_hop };
            routes.push(RouteAt { route, place: at.place() });
        }
        return Ok(());
    }
    let mut nets: Vec<IpNet> = Vec::new();
    for (text, at) in &prefixes {
        match destination(at, text)? {
            RouteDestination::Prefix(prefix) => nets.push(prefix),
            RouteDestination::Tag(_) => return Err(at.wrong(format!("`{text}` is not an address prefix"), "")),
        }
    }
    match (source.as_str(), hop.as_str()) {
        ("default", "internet" | "none") => {
            fields.texts(&["nexthopipaddress"])?;
        }
        ("default", "vnetlocal") => found.address_space.extend(nets),
        ("default", "vnetpeering" | "vnetglobalpeering") => found.peered.extend(nets),
        ("virtualnetworkgateway", _) | (_, "virtualnetworkgateway") => {
            fields.texts(&["nexthopipaddress"])?;
            found.on_premises.extend(nets);
        }
        _ => found.skip(
            at,
            "a route that the platform added, of a kind that no export of the network itself shows",
            true,
        ),
    }
    Ok(())
}
