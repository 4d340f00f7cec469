//! What exports show, laid on a network of answers.

use super::{Attachment, Holder, Shown};
use crate::model::{AddressSet, Firewall, Network, Subnet, WayOut};
use crate::problem::Problem;
use std::collections::BTreeSet;

/// The shown NSGs, route tables and firewall rules in the place of what `base` has on its subnets, and in words what is
/// left assumed.
///
/// A shown NSG or route table belongs to a subnet of `base` if an export attaches it to a subnet of that name, or to one
/// with the same prefix, or if `base` gives its subnet one of that name; what belongs to none is laid on `subnets`, if
/// the exports show a single one. Of several virtual networks the one with the name `vnet` counts, in the resource group
/// `group` if there are several of that name.
///
/// # Errors
///
/// Exports that leave open which network `base` is, or that show another one than it; several firewall policies that may
/// be the one of its firewall.
pub fn onto(
    base: &Network,
    shown: &Shown,
    subnets: &[String],
    (vnet, group): (&str, &str),
) -> Result<(Network, Vec<String>), Vec<Problem>> {
    let shown = &shown.of(base, vnet, group)?;
    let mut network = base.clone();
    let mut words = Vec::new();
    let mut used = BTreeSet::new();
    for subnet in &mut network.subnets {
        let own = shown_subnet(shown, subnet);
        for what in [Attachment::Nsg, Attachment::RouteTable] {
            let planned = held(subnet, what).clone();
            // A subnet that was shown without one has none, whatever its name might make one think.
            let guessed = || {
                let known = planned.as_ref().and_then(|name| known(shown, what, name));
                known.or_else(|| lone(shown, what).filter(|_| subnets.contains(&subnet.name)))
            };
            let named = match own {
                Some(_) => attached(shown, what, subnet, own),
                None => attached(shown, what, subnet, own).or_else(guessed),
            };
            match named {
                Some(name) => {
                    if known(shown, what, &name).is_none() {
                        words.push(format!(
                            "{} `{name}` of subnet `{}` was not exported: what it holds is assumed",
                            said(what),
                            subnet.name
                        ));
                    }
                    used.insert((what, name.clone()));
                    *held(subnet, what) = Some(name);
                }
                // The subnet itself was shown, and nothing is attached to it.
                None if own.is_some() => {
                    if planned.is_some() {
                        words.push(format!("subnet `{}` has no {}", subnet.name, said(what)));
                    }
                    *held(subnet, what) = None;
                }
                None if planned.is_some() => {
                    words.push(format!(
                        "no export shows the {} of subnet `{}`: it is taken as planned",
                        said(what),
                        subnet.name
                    ));
                }
                None => {}
            }
        }
        if let Some(own) = own {
            subnet.service_endpoints.clone_from(&own.service_endpoints);
            subnet.private_endpoint_policies = own.private_endpoint_policies;
            for address in &own.private_endpoints {
                if !subnet.private_endpoints.contains(address) {
                    subnet.private_endpoints.push(*address);
                }
            }
            // Answers know of public addresses and load balancers, which no subnet shows.
            if !matches!(own.way_out, WayOut::Unknown | WayOut::None) {
                subnet.way_out = own.way_out;
            }
        }
    }
    settle(&mut network, shown, &used);
    for (what, names) in [
        (Attachment::Nsg, shown.network.nsgs.keys().collect::<Vec<_>>()),
        (Attachment::RouteTable, shown.network.route_tables.keys().collect()),
    ] {
        for name in names {
            let on_interface = shown.network.interfaces.iter().any(|own| &own.nsg == name && what == Attachment::Nsg);
            if !used.contains(&(what, name.clone())) && !on_interface {
                words.push(format!("{} `{name}` is on no subnet of the answers: it is not judged", said(what)));
            }
        }
    }
    surroundings(&mut network, shown);
    firewalls(&mut network, shown, &mut words, false)?;
    Ok((network, words))
}

/// The rules, routes and groups that were shown, beside those of `base`, as where both are to stand in one NSG, route
/// table or firewall policy; and in words what is left assumed.
///
/// What `base` has under a name stays as it is there: it is what will be deployed.
///
/// # Errors
///
/// Several firewall policies that may be the one of its firewall.
pub fn beside(base: &Network, shown: &Shown) -> Result<(Network, Vec<String>), Vec<Problem>> {
    let mut network = base.clone();
    let mut words = Vec::new();
    for (name, own) in &mut network.nsgs {
        let Some(name) = known(shown, Attachment::Nsg, name) else {
            if own.others_rules {
                words.push(format!(
                    "no export shows the other rules of NSG `{name}`: they are assumed to change nothing"
                ));
            }
            continue;
        };
        let Some(others) = shown.network.nsgs.get(&name).filter(|_| own.others_rules) else { continue };
        let names: BTreeSet<String> = own.rules.iter().map(|rule| rule.name.to_ascii_lowercase()).collect();
        let more = others.rules.iter().filter(|rule| !names.contains(&rule.name.to_ascii_lowercase()));
        own.rules.extend(more.cloned());
        own.rules.sort_by_key(|rule| (rule.direction, rule.priority));
        own.others_rules = others.others_rules;
    }
    for (name, own) in &mut network.route_tables {
        let Some(name) = known(shown, Attachment::RouteTable, name) else {
            if own.others_routes {
                words.push(format!(
                    "no export shows the other routes of route table `{name}`: they are assumed to change nothing"
                ));
            }
            continue;
        };
        let Some(others) = shown.network.route_tables.get(&name).filter(|_| own.others_routes) else { continue };
        let names: BTreeSet<String> = own.routes.iter().map(|route| route.name.to_ascii_lowercase()).collect();
        let more = others.routes.iter().filter(|route| !names.contains(&route.name.to_ascii_lowercase()));
        own.routes.extend(more.cloned());
        own.gateway_routes = others.gateway_routes;
        own.others_routes = others.others_routes;
    }
    surroundings(&mut network, shown);
    unused(base, shown, &mut words);
    firewalls(&mut network, shown, &mut words, true)?;
    Ok((network, words))
}

/// What exists and is not judged beside the plan, in words: rules and routes that an NSG or route table of ours has in
/// the exports alone, and what belongs to nothing of ours.
fn unused(base: &Network, shown: &Shown, words: &mut Vec<String>) {
    let more = |exported: Vec<&String>, ours: Vec<&String>| {
        let foreign = exported.into_iter().filter(|name| !ours.iter().any(|own| own.eq_ignore_ascii_case(name)));
        foreign.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    for (name, exported) in &shown.network.nsgs {
        let Some((_, own)) = base.nsgs.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)) else {
            words.push(format!("NSG `{name}` of the exports is none of these files: it is not judged"));
            continue;
        };
        let names = |rules: &'_ [crate::model::SecurityRule]| rules.iter().map(|rule| rule.name.clone()).collect();
        let (exported, ours): (Vec<String>, Vec<String>) = (names(&exported.rules), names(&own.rules));
        let more = more(exported.iter().collect(), ours.iter().collect());
        if !own.others_rules && !more.is_empty() {
            words.push(format!(
                "NSG `{name}` exists with rules that these files do not hold ({more}): they are taken as gone"
            ));
        }
    }
    for (name, exported) in &shown.network.route_tables {
        let Some((_, own)) = base.route_tables.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)) else {
            words.push(format!("route table `{name}` of the exports is none of these files: it is not judged"));
            continue;
        };
        let names = |routes: &'_ [crate::model::Route]| routes.iter().map(|route| route.name.clone()).collect();
        let (exported, ours): (Vec<String>, Vec<String>) = (names(&exported.routes), names(&own.routes));
        let more = more(exported.iter().collect(), ours.iter().collect());
        if !own.others_routes && !more.is_empty() {
            words.push(format!(
                "route table `{name}` exists with routes that these files do not hold ({more}): they are taken as gone"
            ));
        }
    }
    if !shown.network.subnets.is_empty() {
        words.push(
            "what the exports attach to subnets is not used: the subnets are judged as these files have them".into(),
        );
    }
}

fn said(what: Attachment) -> &'static str {
    match what {
        Attachment::Nsg => "NSG",
        Attachment::RouteTable => "route table",
    }
}

fn held(subnet: &mut Subnet, what: Attachment) -> &mut Option<String> {
    match what {
        Attachment::Nsg => &mut subnet.nsg,
        Attachment::RouteTable => &mut subnet.route_table,
    }
}

/// The subnet of the exports that this one is: by its prefixes, or by its name.
fn shown_subnet<'a>(shown: &'a Shown, subnet: &Subnet) -> Option<&'a Subnet> {
    let same_space = |other: &&Subnet| {
        AddressSet::from_prefixes(&other.prefixes) == AddressSet::from_prefixes(&subnet.prefixes)
            || subnet.prefixes.first().is_some_and(|first| other.prefixes.contains(&first.trunc()))
    };
    let mut named = shown.network.subnets.iter().filter(|other| last(&other.name).eq_ignore_ascii_case(&subnet.name));
    match (shown.network.subnets.iter().find(same_space), named.next(), named.next()) {
        (Some(own), ..) => Some(own),
        (None, Some(only), None) => Some(only),
        _ => None,
    }
}

fn last(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// What the exports say is attached to the subnet.
fn attached(shown: &Shown, what: Attachment, subnet: &Subnet, own: Option<&Subnet>) -> Option<String> {
    let direct = own.and_then(|own| match what {
        Attachment::Nsg => own.nsg.clone(),
        Attachment::RouteTable => own.route_table.clone(),
    });
    if direct.is_some() || own.is_some() {
        return direct;
    }
    let to_subnet = |to: &Holder| matches!(to, Holder::Subnet { name, .. } if name.eq_ignore_ascii_case(&subnet.name));
    let names: BTreeSet<&String> =
        shown.attached.iter().filter(|own| own.what == what && to_subnet(&own.to)).map(|own| &own.name).collect();
    // Two subnets of one name in two networks: which is meant is not known.
    if names.len() == 1 { names.first().map(|name| (*name).clone()) } else { None }
}

/// The name under which it was shown.
fn known(shown: &Shown, what: Attachment, name: &str) -> Option<String> {
    let find =
        |mut names: Box<dyn Iterator<Item = &String> + '_>| names.find(|own| own.eq_ignore_ascii_case(name)).cloned();
    match what {
        Attachment::Nsg => find(Box::new(shown.network.nsgs.keys())),
        Attachment::RouteTable => find(Box::new(shown.network.route_tables.keys())),
    }
}

/// The only one that was shown, if nothing says where it is.
fn lone(shown: &Shown, what: Attachment) -> Option<String> {
    let mut names: Box<dyn Iterator<Item = &String>> = match what {
        Attachment::Nsg => Box::new(shown.network.nsgs.keys()),
        Attachment::RouteTable => Box::new(shown.network.route_tables.keys()),
    };
    let only = names.next().filter(|_| names.next().is_none())?;
    let somewhere = shown.attached.iter().any(|own| own.what == what && &own.name == only);
    (!somewhere).then(|| only.clone())
}

/// What was shown stands in the network; what is on no subnet any more does not.
fn settle(network: &mut Network, shown: &Shown, used: &BTreeSet<(Attachment, String)>) {
    let on = |what: Attachment, name: &str, network: &Network| {
        network.subnets.iter().any(|subnet| match what {
            Attachment::Nsg => subnet.nsg.as_deref() == Some(name),
            Attachment::RouteTable => subnet.route_table.as_deref() == Some(name),
        })
    };
    let planned = network.clone();
    // A name that an export attaches and does not show is not the planned NSG of that name.
    let exported = |what, name: &String| used.contains(&(what, name.clone()));
    network.nsgs.retain(|name, _| on(Attachment::Nsg, name, &planned) && !exported(Attachment::Nsg, name));
    network
        .route_tables
        .retain(|name, _| on(Attachment::RouteTable, name, &planned) && !exported(Attachment::RouteTable, name));
    for (what, name) in used {
        match what {
            Attachment::Nsg => {
                network
                    .nsgs
                    .extend(shown.network.nsgs.get_key_value(name).map(|(name, own)| (name.clone(), own.clone())));
            }
            Attachment::RouteTable => {
                let own = shown.network.route_tables.get_key_value(name);
                network.route_tables.extend(own.map(|(name, own)| (name.clone(), own.clone())));
            }
        }
    }
}

/// Interfaces in the network's subnets, members of groups, and what the network is connected with.
fn surroundings(network: &mut Network, shown: &Shown) {
    let prefixes = network.subnets.iter().flat_map(|subnet| &subnet.prefixes);
    let inside = AddressSet::from_prefixes(prefixes);
    let planned = network.interfaces.clone();
    for own in shown.network.interfaces.iter().filter(|own| inside.contains(own.address)) {
        if !planned.contains(own) {
            network.interfaces.push(own.clone());
        }
        if let Some(nsg) = shown.network.nsgs.get(&own.nsg) {
            network.nsgs.entry(own.nsg.clone()).or_insert_with(|| nsg.clone());
        }
    }
    network.application_groups.extend(shown.network.application_groups.clone());
    let space = AddressSet::from_prefixes(&network.address_space);
    if AddressSet::from_prefixes(&shown.network.address_space).intersects(&space) {
        for (own, others) in
            [(&mut network.peered, &shown.network.peered), (&mut network.on_premises, &shown.network.on_premises)]
        {
            let known = AddressSet::from_prefixes(own.iter());
            let fresh = others.iter().filter(|prefix| !AddressSet::from_prefixes([*prefix]).is_subset(&known));
            own.extend(fresh);
        }
    }
}

/// The shown firewalls: each in the place of the one with its address, or, if it shows none, of the only one there is;
/// `both` keeps groups that were not shown.
fn firewalls(network: &mut Network, shown: &Shown, words: &mut Vec<String>, both: bool) -> Result<(), Vec<Problem>> {
    let mut met = BTreeSet::new();
    let ours = policies(network, shown)?;
    let planned: Vec<String> =
        network.firewalls.iter().filter_map(|own| own.private_address).map(|a| a.to_string()).collect();
    for (index, own) in shown.network.firewalls.iter().enumerate() {
        if own.private_address.is_none() && !ours.contains(&index) && !network.firewalls.is_empty() {
            words.push(format!(
                "firewall policy `{}` is not that of the firewall of the answers: it is not judged",
                own.name
            ));
            continue;
        }
        if let Some(address) = own.private_address
            && !planned.is_empty()
            && !planned.contains(&address.to_string())
        {
            words.push(format!(
                "firewall `{}` has the address {address}, and the answers say {}: it counts only where a route leads to it",
                own.name,
                planned.join(", ")
            ));
        }
        let only = network.firewalls.len() == 1 || ours.contains(&index);
        let place = network.firewalls.iter().position(|other| match own.private_address {
            Some(address) => other.private_address == Some(address),
            None => only,
        });
        match place.and_then(|index| network.firewalls.get_mut(index).map(|other| (index, other))) {
            Some((index, other)) => {
                let first = met.insert(index);
                let mut groups = if both || !first { other.groups.clone() } else { Vec::new() };
                let names: BTreeSet<String> = groups.iter().map(|group| group.name.to_ascii_lowercase()).collect();
                groups.extend(
                    own.groups.iter().filter(|group| !names.contains(&group.name.to_ascii_lowercase())).cloned(),
                );
                let others_groups = own.others_groups;
                // Groups alone say nothing of the policy's own settings.
                let told = own.private_address.is_some() || !others_groups;
                let settings = if told { own.clone() } else { other.clone() };
                *other = Firewall { private_address: other.private_address, groups, others_groups, ..settings };
                if others_groups {
                    words.push(format!(
                        "not all rule collection groups of firewall `{}` were exported: the others are assumed",
                        own.name
                    ));
                }
            }
            None => network.firewalls.push(own.clone()),
        }
    }
    for (index, firewall) in network.firewalls.iter().enumerate() {
        let planned = !met.contains(&index) && !shown.network.firewalls.contains(firewall);
        if planned && !both {
            words.push(format!("no export shows the rules of firewall `{}`: they are taken as planned", firewall.name));
        } else if planned && firewall.others_groups {
            words.push(format!(
                "no export shows the other groups of firewall `{}`: they are assumed to change nothing",
                firewall.name
            ));
        }
    }
    Ok(())
}

/// The shown policies without a firewall that may be the one of the only planned firewall: the only one that was shown,
/// or the one with a group of a planned name; none if the firewall itself was shown.
fn policies(network: &Network, shown: &Shown) -> Result<Vec<usize>, Vec<Problem>> {
    let [planned] = network.firewalls.as_slice() else { return Ok(Vec::new()) };
    let all = &shown.network.firewalls;
    if planned.private_address.is_some() && all.iter().any(|own| own.private_address == planned.private_address) {
        return Ok(Vec::new());
    }
    let loose: Vec<usize> =
        all.iter().enumerate().filter(|(_, own)| own.private_address.is_none()).map(|(index, _)| index).collect();
    let same = |index: &&usize| {
        let named = |name: &str| planned.groups.iter().any(|group| group.name.eq_ignore_ascii_case(name));
        all.get(**index).is_some_and(|own| own.groups.iter().any(|group| named(&group.name)))
    };
    let ours: Vec<usize> = loose.iter().filter(same).copied().collect();
    match (loose.len(), ours.len()) {
        (0 | 1, _) => Ok(loose),
        (_, 1) => Ok(ours),
        _ => {
            let names: Vec<&str> =
                loose.iter().filter_map(|index| all.get(*index)).map(|own| own.name.as_str()).collect();
            let what = format!("nothing says which of the firewall policies `{}` is in force", names.join("`, `"));
            let hint = "export the firewall as well, or name the exports of its policy alone";
            Err(vec![Problem::at("", what, hint)])
        }
    }
}
