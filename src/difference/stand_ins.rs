//! Subnets that stand in for those that exports do not show.

use crate::model::{Network, NextHop, Route, RouteDestination, RouteTable, Subnet, WayOut, parse_prefix};
use ipnet::IpNet;
use std::collections::BTreeSet;
use std::net::IpAddr;

/// Networks with a subnet for each NSG, route table and firewall that no shown subnet leads to, so that what is in them is
/// compared as well; and what was taken for granted of either side. Such a subnet has all private space. They are networks of
/// their own: what `VirtualNetwork` covers in the shown ones is not changed by them.
///
/// Where a side shows subnets, what is on none of them is on none: it gets a subnet only if that is so on both sides.
pub fn stand_ins(old: &Network, new: &Network) -> [(Network, Vec<String>); 2] {
    let wanted = |lone: fn(&Network) -> BTreeSet<String>, all: fn(&Network) -> BTreeSet<String>| {
        let (was, is) = (lone(old), lone(new));
        match (has_subnets(old), has_subnets(new)) {
            (true, true) => was.intersection(&is).cloned().collect(),
            (false, false) => was.union(&is).cloned().collect::<BTreeSet<_>>(),
            // One side knows no subnets: what it shows is held against the same of the other.
            (true, false) => is.intersection(&all(old)).cloned().collect(),
            (false, true) => was.intersection(&all(new)).cloned().collect(),
        }
    };
    let nsgs = wanted(lone_nsgs, |network| network.nsgs.keys().cloned().collect());
    let tables = wanted(lone_tables, |network| network.route_tables.keys().cloned().collect());
    let firewalls = wanted(lone_firewalls, |network| network.firewalls.iter().map(|own| own.name.clone()).collect());
    [old, new].map(|network| stand_in(network, &nsgs, &tables, &firewalls))
}

fn has_subnets(network: &Network) -> bool {
    network.subnets.iter().any(|subnet| !subnet.prefixes.is_empty())
}

fn lone_nsgs(network: &Network) -> BTreeSet<String> {
    let used = |name: &&String| {
        let on_subnet = |subnet: &Subnet| subnet.nsg.as_ref() == Some(*name) && !subnet.prefixes.is_empty();
        network.subnets.iter().any(on_subnet) || network.interfaces.iter().any(|card| &card.nsg == *name)
    };
    network.nsgs.keys().filter(|name| !used(name)).cloned().collect()
}

fn lone_tables(network: &Network) -> BTreeSet<String> {
    let used = |name: &&String| {
        let on_subnet = |subnet: &Subnet| subnet.route_table.as_ref() == Some(*name) && !subnet.prefixes.is_empty();
        network.subnets.iter().any(on_subnet)
    };
    network.route_tables.keys().filter(|name| !used(name)).cloned().collect()
}

fn lone_firewalls(network: &Network) -> BTreeSet<String> {
    let leads = |address: IpAddr| {
        let hop = NextHop::Appliance(address);
        network.route_tables.values().any(|table| table.routes.iter().any(|route| route.next_hop == hop))
    };
    let lone = network.firewalls.iter().filter(|firewall| !firewall.private_address.is_some_and(leads));
    lone.map(|firewall| firewall.name.clone()).collect()
}

fn stand_in(
    network: &Network,
    nsgs: &BTreeSet<String>,
    tables: &BTreeSet<String>,
    firewalls: &BTreeSet<String>,
) -> (Network, Vec<String>) {
    let mut whole = Network { address_space: Vec::new(), subnets: Vec::new(), ..network.clone() };
    let mut said = Vec::new();
    let private = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].iter().filter_map(|text| parse_prefix(text).ok());
    let private: Vec<IpNet> = private.collect();
    let subnet =
        |name: String| Subnet { name, prefixes: private.clone(), way_out: WayOut::Unknown, ..Subnet::default() };
    for name in nsgs.iter().filter(|name| network.nsgs.contains_key(*name)) {
        whole.subnets.push(Subnet { nsg: Some(name.clone()), ..subnet(format!("any subnet with NSG {name}")) });
        said.push(format!("NSG `{name}` is on no subnet that was shown: compared as on one with all private space"));
    }
    for name in tables.iter().filter(|name| network.route_tables.contains_key(*name)) {
        let subnet = subnet(format!("any subnet with route table {name}"));
        whole.subnets.push(Subnet { route_table: Some(name.clone()), ..subnet });
        said.push(format!("route table `{name}` is on no subnet that was shown: compared as on one without NSG"));
    }
    // Addresses for documentation (RFC 5737) stand in for those that were not shown.
    for (firewall, last) in whole.firewalls.iter_mut().zip(1..=254) {
        if !firewalls.contains(&firewall.name) {
            continue;
        }
        let address = IpAddr::V4([192, 0, 2, last].into());
        firewall.private_address = Some(address);
        let name = format!("any subnet behind firewall {}", firewall.name);
        let route = Route {
            name: "default".into(),
            destination: RouteDestination::Prefix(IpNet::V4(ipnet::Ipv4Net::default())),
            next_hop: NextHop::Appliance(address),
        };
        whole.route_tables.insert(name.clone(), RouteTable { routes: vec![route], ..RouteTable::default() });
        whole.subnets.push(Subnet { route_table: Some(name.clone()), ..subnet(name.clone()) });
        said.push(format!("no route that was shown leads to firewall `{}`: compared as if one did", firewall.name));
    }
    (whole, said)
}
