//! What the sides of rules stand for: the space of the network, and tags resolved for one subnet.

use super::Reading;
use super::region::{May, Origin, Region, Rule};
use crate::model::{
    Access, AddressSet, Endpoint, Network, RouteDestination, RouteTable, Services, TagTable, parse_prefix,
};
use ipnet::IpNet;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// The host's virtual address: DNS, wire server, load-balancer probes
/// (learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16).
const HOST: &str = "168.63.129.16";
/// The instance metadata service.
const METADATA: &str = "169.254.169.254";

/// The addresses of literals in this module's own text.
pub(super) fn addresses(prefixes: &[&str]) -> AddressSet {
    prefixes.iter().filter_map(|text| parse_prefix(text).ok()).collect()
}

/// 168.63.129.16.
pub(super) fn host() -> AddressSet {
    addresses(&[HOST])
}

/// The addresses at which the platform serves each machine, and which no route or firewall sees.
pub(super) fn platform() -> AddressSet {
    addresses(&[HOST, METADATA])
}

/// Where nothing can be sent: this host, loopback, link-local, multicast, reserved. Azure carries no multicast and no
/// broadcast (learn.microsoft.com/azure/virtual-network/virtual-networks-faq).
fn unroutable() -> AddressSet {
    let v4 = addresses(&["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"]);
    let v6 = AddressSet::all_v6().difference(&addresses(&["2000::/3", "fc00::/7"]));
    v4.union(&v6)
}

/// What the Internet can route to.
pub(super) fn public() -> AddressSet {
    AddressSet::public_v4().union(&addresses(&["2000::/3"]))
}

/// Destinations to which Azure Firewall's network rules keep the source, by default
/// (learn.microsoft.com/azure/firewall/snat-private-range).
pub(super) fn private() -> AddressSet {
    addresses(&["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"])
}

/// Address sets that every question needs.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) platform: AddressSet,
    pub(super) unroutable: AddressSet,
    pub(super) public: AddressSet,
}

impl Known {
    pub(super) fn new() -> Self {
        Known { platform: platform(), unroutable: unroutable(), public: public() }
    }
}

/// The space that the network itself and its neighbours take up.
#[derive(Clone, Debug)]
pub(super) struct Space {
    /// The address ranges that are routed inside the virtual network: its address space, and what its subnets prove.
    pub(super) ranges: Vec<IpNet>,
    /// The virtual network and its peers.
    pub(super) virtual_networks: AddressSet,
    /// All of it.
    pub(super) inside: AddressSet,
}

impl Space {
    pub(super) fn new(network: &Network) -> Self {
        let peered = AddressSet::from_prefixes(&network.peered);
        let on_premises = AddressSet::from_prefixes(&network.on_premises);
        let mut ranges = network.address_space.clone();
        let declared = AddressSet::from_prefixes(&ranges).union(&peered);
        // An export may hold subnets and no virtual network: a subnet proves its own space.
        for prefix in network.subnets.iter().flat_map(|subnet| &subnet.prefixes) {
            if !AddressSet::from_prefixes([prefix]).is_subset(&declared) {
                ranges.push(*prefix);
            }
        }
        let virtual_networks = AddressSet::from_prefixes(&ranges).union(&peered);
        let inside = virtual_networks.union(&on_premises);
        Space { ranges, virtual_networks, inside }
    }
}

/// One side of a rule: the addresses it has for certain and, if that is not all that is known, those it may have.
#[derive(Clone, Debug)]
pub(super) struct Side {
    pub(super) sure: AddressSet,
    /// A superset of `sure`, and why it is not known.
    pub(super) may: Option<(AddressSet, String)>,
}

impl Side {
    pub(super) fn sure(sure: AddressSet) -> Self {
        Side { sure, may: None }
    }

    fn unknown(may: AddressSet, reason: String) -> Self {
        Side { sure: AddressSet::default(), may: Some((may, reason)) }
    }

    /// All that it may have.
    pub(super) fn widest(&self) -> &AddressSet {
        self.may.as_ref().map_or(&self.sure, |(may, _)| may)
    }

    /// What either side has.
    pub(super) fn union(&self, other: &Side) -> Side {
        let reason = self.may.as_ref().or(other.may.as_ref()).map(|(_, reason)| reason.clone());
        let may = reason.map(|reason| (self.widest().union(other.widest()), reason));
        Side { sure: self.sure.union(&other.sure), may }
    }
}

/// A rule from its resolved sides.
pub(super) fn resolved(
    name: String,
    access: Access,
    origin: Origin,
    source: &Side,
    destination: &Side,
    services: Services,
) -> Rule {
    let reason = source.may.as_ref().or(destination.may.as_ref()).map(|(_, reason)| reason.clone());
    let may = reason.and_then(|reason| {
        let region = Region::new(source.widest().clone(), destination.widest().clone(), services.clone())?;
        Some(May { region, reason, some_match: false })
    });
    Rule { name, access, origin, sure: Region::new(source.sure.clone(), destination.sure.clone(), services), may }
}

/// Resolves tags for the rules of one subnet.
#[derive(Debug)]
pub(super) struct Resolver<'a> {
    table: &'a TagTable,
    virtual_network: Side,
    /// Where members of application security groups can be.
    members: AddressSet,
    /// Members of application security groups that were shown.
    shown: &'a BTreeMap<String, Vec<IpAddr>>,
}

impl<'a> Resolver<'a> {
    /// For the rules of a subnet with this route table: `VirtualNetwork` depends on the routes
    /// (learn.microsoft.com/azure/virtual-network/service-tags-overview, row `VirtualNetwork`).
    pub(super) fn new(
        network: &'a Network,
        space: &Space,
        table: &'a TagTable,
        routes: Option<&RouteTable>,
        reading: Reading,
    ) -> Self {
        let mut virtual_network = Side::sure(space.inside.union(&host()));
        if let (Reading::Wide, Some(routes)) = (reading, routes) {
            for route in &routes.routes {
                let side = match &route.destination {
                    RouteDestination::Prefix(prefix) => Side::sure(AddressSet::from_prefixes([prefix])),
                    RouteDestination::Tag(tag) => listed(table, tag),
                };
                virtual_network = virtual_network.union(&side);
            }
        }
        let known = !space.ranges.is_empty();
        if !known {
            let reason = "the address space of the virtual network was not shown".into();
            virtual_network.may = Some((AddressSet::all(), reason));
        }
        let members = if known { space.virtual_networks.clone() } else { AddressSet::all() };
        Resolver { table, virtual_network, members, shown: &network.application_groups }
    }

    /// What one side of a rule stands for.
    pub(super) fn side(&self, endpoint: &Endpoint) -> Side {
        match endpoint {
            Endpoint::Any => Side::sure(AddressSet::all()),
            Endpoint::Prefixes(prefixes) => Side::sure(AddressSet::from_prefixes(prefixes)),
            // The members are interfaces of one virtual network
            // (learn.microsoft.com/azure/virtual-network/application-security-groups).
            Endpoint::Groups(names) => Side {
                sure: names
                    .iter()
                    .filter_map(|name| self.shown.get(name))
                    .flatten()
                    .copied()
                    .map(IpNet::from)
                    .collect(),
                may: Some((
                    self.members.clone(),
                    format!("members of application security group `{}` are not known", names.join("`, `")),
                )),
            },
            Endpoint::Several(several) => {
                let none = Side::sure(AddressSet::default());
                several.iter().fold(none, |all, one| all.union(&self.side(one)))
            }
            Endpoint::Tag(tag) => match tag.to_ascii_lowercase().as_str() {
                "virtualnetwork" => self.virtual_network.clone(),
                "internet" => self.internet(),
                "azureloadbalancer" | "azureplatformdns" => Side::sure(host()),
                "azureplatformimds" => Side::sure(addresses(&[METADATA])),
                _ => listed(self.table, tag),
            },
        }
    }

    /// `Internet` is what `VirtualNetwork` is not, and shrinks as that grows.
    fn internet(&self) -> Side {
        let side = &self.virtual_network;
        let may = side.may.as_ref().map(|(_, reason)| (side.sure.complement(), reason.clone()));
        Side { sure: side.widest().complement(), may }
    }
}

/// The addresses of a service tag; any address if the tag is not in the table.
pub(super) fn listed(table: &TagTable, tag: &str) -> Side {
    match table.get(tag) {
        Some(addresses) => Side::sure(addresses.clone()),
        None => Side::unknown(AddressSet::all(), format!("service tag `{tag}` is not known")),
    }
}

/// A side of a firewall rule: a tag there is a list of addresses and never depends on a subnet
/// (learn.microsoft.com/azure/firewall/service-tags).
pub(super) fn firewall_side(table: &TagTable, endpoint: &Endpoint) -> Side {
    match endpoint {
        Endpoint::Any => Side::sure(AddressSet::all()),
        Endpoint::Prefixes(prefixes) => Side::sure(AddressSet::from_prefixes(prefixes)),
        Endpoint::Tag(tag) => listed(table, tag),
        Endpoint::Groups(names) => {
            Side::unknown(AddressSet::all(), format!("addresses of group `{}` are not known", names.join("`, `")))
        }
        Endpoint::Several(several) => {
            let none = Side::sure(AddressSet::default());
            several.iter().fold(none, |all, one| all.union(&firewall_side(table, one)))
        }
    }
}

/// All destinations of a firewall rule together.
pub(super) fn firewall_sides(table: &TagTable, endpoints: &[Endpoint]) -> Side {
    let nothing = Side::sure(AddressSet::default());
    endpoints.iter().fold(nothing, |all, endpoint| all.union(&firewall_side(table, endpoint)))
}
