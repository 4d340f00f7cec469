//! A second simulator, for one packet at a time and as plain as can be: loops over rules, no sets, no boxes. What cannot
//! be known is tried both ways, in worlds numbered by a bit per uncertain rule.

use crate::model::*;
use crate::simulate::Reading;
use ipnet::IpNet;
use std::net::IpAddr;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Tcp(u16),
    Udp(u16),
    Icmp,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Packet<'n> {
    pub(super) source: IpAddr,
    pub(super) destination: IpAddr,
    pub(super) kind: Kind,
    pub(super) name: Option<&'n str>,
}

pub(super) struct Oracle<'a> {
    pub(super) network: &'a Network,
    pub(super) tags: &'a TagTable,
    pub(super) reading: Reading,
    /// Bit n: whether the n-th of [`uncertain_rules`] matches what it may match.
    pub(super) world: u32,
    /// Whether a packet for no name is for one that a network rule denies.
    pub(super) denied_name: bool,
}

pub(super) fn within(prefixes: &[IpNet], address: IpAddr) -> bool {
    prefixes.iter().any(|prefix| prefix.contains(&address))
}

fn is(text: &str, address: IpAddr) -> bool {
    within(&[parse_prefix(text).unwrap()], address)
}

pub(super) fn carries(protocol: Protocol, ports: &PortSet, kind: Kind) -> bool {
    match (protocol, kind) {
        (Protocol::Any, Kind::Icmp) => ports.is_all(),
        (Protocol::Any | Protocol::Tcp, Kind::Tcp(port)) | (Protocol::Any | Protocol::Udp, Kind::Udp(port)) => {
            ports.contains(port)
        }
        (Protocol::Icmp, Kind::Icmp) => true,
        _ => false,
    }
}

pub(super) fn single(kind: Kind) -> Services {
    match kind {
        Kind::Tcp(port) => Services::tcp(port),
        Kind::Udp(port) => Services::new(Protocol::Udp, &PortSet::from_range(port, port)),
        Kind::Icmp => Services::new(Protocol::Icmp, &PortSet::all()),
    }
}

impl<'a> Oracle<'a> {
    pub(super) fn subnet_of(&self, address: IpAddr) -> Option<&'a Subnet> {
        self.network.subnets.iter().find(|subnet| within(&subnet.prefixes, address))
    }

    fn table(&self, subnet: &Subnet) -> Option<&'a RouteTable> {
        subnet.route_table.as_ref().map(|name| &self.network.route_tables[name])
    }

    fn inside(&self, address: IpAddr) -> bool {
        within(&self.network.address_space, address)
            || within(&self.network.peered, address)
            || within(&self.network.on_premises, address)
    }

    fn virtual_network(&self, subnet: &Subnet, address: IpAddr) -> bool {
        let routed = self.table(subnet).is_some_and(|table| {
            table.routes.iter().any(|route| match &route.destination {
                RouteDestination::Prefix(prefix) => prefix.contains(&address),
                RouteDestination::Tag(tag) => self.tags.get(tag).unwrap().contains(address),
            })
        });
        self.inside(address) || is("168.63.129.16", address) || (self.reading == Reading::Wide && routed)
    }

    /// `None` if nobody knows.
    pub(super) fn side(&self, subnet: &Subnet, endpoint: &Endpoint, address: IpAddr) -> Option<bool> {
        match endpoint {
            Endpoint::Any => Some(true),
            Endpoint::Prefixes(prefixes) => Some(within(prefixes, address)),
            Endpoint::Several(several) => {
                let sides = several.iter().map(|one| self.side(subnet, one, address));
                sides
                    .reduce(|all, one| if all == Some(true) || one == Some(false) { all } else { one })
                    .unwrap_or(Some(false))
            }
            Endpoint::Groups(_) => {
                let network = self.network;
                let inside = within(&network.address_space, address) || within(&network.peered, address);
                if inside { None } else { Some(false) }
            }
            Endpoint::Tag(tag) => match tag.as_str() {
                "VirtualNetwork" => Some(self.virtual_network(subnet, address)),
                "Internet" => Some(!self.virtual_network(subnet, address)),
                "AzureLoadBalancer" => Some(is("168.63.129.16", address)),
                _ => self.tags.get(tag).map(|set| set.contains(address)),
            },
        }
    }

    fn nsg(&self, subnet: &Subnet, name: &str, direction: Direction, packet: Packet<'_>) -> bool {
        let platform = is("168.63.129.16", packet.destination) || is("169.254.169.254", packet.destination);
        if direction == Direction::Outbound && platform {
            return true;
        }
        let mut rules: Vec<&SecurityRule> = self.network.nsgs[name].rules.iter().collect();
        rules.sort_by_key(|rule| rule.priority);
        for rule in rules.into_iter().filter(|rule| rule.direction == direction) {
            let source = self.side(subnet, &rule.source, packet.source);
            let destination = self.side(subnet, &rule.destination, packet.destination);
            let unsure = source.is_none() || destination.is_none() || !rule.source_ports.is_all();
            let bit = uncertain_rules(self.network)
                .position(|other| std::ptr::eq(other, rule))
                .is_some_and(|index| self.world >> index & 1 == 1);
            let matches = source != Some(false)
                && destination != Some(false)
                && carries(rule.protocol, &rule.destination_ports, packet.kind);
            if matches && (!unsure || bit) {
                return rule.access == Access::Allow;
            }
        }
        let (from, to) = (packet.source, packet.destination);
        (self.virtual_network(subnet, from) && self.virtual_network(subnet, to))
            || match direction {
                Direction::Inbound => is("168.63.129.16", from),
                Direction::Outbound => !self.virtual_network(subnet, to),
            }
    }

    pub(super) fn leaves(&self, subnet: &Subnet, packet: Packet<'_>) -> bool {
        let own = self.network.interfaces.iter().filter(|card| card.address == packet.source);
        own.map(|card| &card.nsg).chain(&subnet.nsg).all(|name| self.nsg(subnet, name, Direction::Outbound, packet))
    }

    pub(super) fn enters(&self, subnet: &Subnet, packet: Packet<'_>) -> bool {
        let own = self.network.interfaces.iter().filter(|card| card.address == packet.destination);
        own.map(|card| &card.nsg).chain(&subnet.nsg).all(|name| self.nsg(subnet, name, Direction::Inbound, packet))
    }

    /// Next hop; `Err` for what is delivered without one.
    pub(super) fn hop(&self, subnet: &Subnet, to: IpAddr) -> Result<NextHop, ()> {
        // Higher wins: prefix length, then kind.
        let mut best: Option<((u8, u8), Result<NextHop, ()>)> = None;
        let mut offer = |prefix: IpNet, kind: u8, hop: Result<NextHop, ()>| {
            let key = (prefix.prefix_len(), kind);
            if prefix.contains(&to) && best.is_none_or(|(old, _)| key > old) {
                best = Some((key, hop));
            }
        };
        let zero = parse_prefix("0.0.0.0/0").unwrap();
        let network = self.network;
        let table = self.table(subnet);
        let mut service = false;
        for tag in &subnet.service_endpoints {
            for prefix in self.tags.get(tag).unwrap().to_prefixes() {
                offer(prefix, 0, Err(()));
                service |= prefix.contains(&to);
            }
        }
        for address in network.subnets.iter().flat_map(|subnet| &subnet.private_endpoints) {
            offer(IpNet::from(*address), 0, Ok(NextHop::VirtualNetwork));
        }
        for prefix in network.address_space.iter().chain(&network.peered) {
            offer(*prefix, 0, Ok(NextHop::VirtualNetwork));
        }
        let near = service || within(&network.address_space, to) || within(&network.peered, to);
        let learned = table.is_none_or(|table| table.gateway_routes);
        if learned && !near {
            for prefix in &network.on_premises {
                offer(*prefix, 1, Ok(NextHop::Gateway));
            }
        }
        let mut changed = learned && network.on_premises.contains(&zero);
        for route in table.iter().flat_map(|table| &table.routes) {
            match &route.destination {
                RouteDestination::Prefix(prefix) => {
                    changed |= *prefix == zero;
                    offer(*prefix, 6, Ok(route.next_hop));
                }
                RouteDestination::Tag(tag) => {
                    let kind = match (tag.starts_with("AzureCloud"), tag.contains('.')) {
                        (false, true) => 5,
                        (false, false) => 4,
                        (true, true) => 3,
                        (true, false) => 2,
                    };
                    for prefix in self.tags.get(tag).unwrap().to_prefixes() {
                        offer(prefix, kind, Ok(route.next_hop));
                    }
                }
            }
        }
        if !changed {
            for text in ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"] {
                offer(parse_prefix(text).unwrap(), 0, Ok(NextHop::None));
            }
        }
        offer(zero, 0, Ok(NextHop::Internet));
        best.map_or(Ok(NextHop::None), |(_, hop)| hop)
    }

    /// Whether the firewall passes the packet, and whether the rule was an application rule.
    pub(super) fn firewall(&self, firewall: &Firewall, packet: Packet<'_>) -> (bool, bool) {
        let mut groups: Vec<&RuleCollectionGroup> = firewall.groups.iter().filter(|group| group.parent).collect();
        groups.sort_by_key(|group| group.priority);
        let mut children: Vec<&RuleCollectionGroup> = firewall.groups.iter().filter(|group| !group.parent).collect();
        children.sort_by_key(|group| group.priority);
        groups.extend(children);
        let source = |endpoint: &Endpoint| match endpoint {
            Endpoint::Any => true,
            Endpoint::Prefixes(prefixes) => within(prefixes, packet.source),
            _ => unreachable!(),
        };
        for application in [false, true] {
            for group in &groups {
                let mut collections: Vec<&RuleCollection> = group.collections.iter().collect();
                collections.sort_by_key(|collection| collection.priority);
                for collection in collections {
                    let hit = match &collection.rules {
                        CollectionRules::Network(rules) if !application => rules.iter().any(|rule| {
                            let address = rule.destinations.iter().any(|to| match to {
                                Endpoint::Any => true,
                                Endpoint::Prefixes(prefixes) => within(prefixes, packet.destination),
                                Endpoint::Tag(tag) => self.tags.get(tag).unwrap().contains(packet.destination),
                                Endpoint::Groups(_) | Endpoint::Several(_) => unreachable!(),
                            });
                            let name = match packet.name {
                                Some(name) => rule.names.iter().any(|own| own == name),
                                None => collection.access == Access::Deny && !rule.names.is_empty() && self.denied_name,
                            };
                            source(&rule.source)
                                && single(packet.kind).is_subset(&rule.services)
                                && (address || name && firewall.dns_proxy && firewall.tier != FirewallTier::Basic)
                        }),
                        CollectionRules::Application(rules) if application => rules.iter().any(|rule| {
                            let port = rule.protocols.iter().any(|own| packet.kind == Kind::Tcp(own.port));
                            let name = packet.name.is_some_and(|name| {
                                rule.names.iter().any(|own| match own.strip_prefix("*.") {
                                    Some(apex) => name.strip_suffix(apex).is_some_and(|left| left.ends_with('.')),
                                    None => own == name,
                                })
                            });
                            source(&rule.source) && port && name
                        }),
                        _ => false,
                    };
                    if hit {
                        return (collection.access == Access::Allow, application);
                    }
                }
            }
        }
        (false, false)
    }

    /// Whether the packet and its reply arrive; `None` if nobody knows.
    pub(super) fn arrives(&self, packet: Packet<'_>) -> Option<bool> {
        let to = self.subnet_of(packet.destination);
        let Some(from) = self.subnet_of(packet.source) else {
            let to = to?;
            let public = is("20.0.0.0/8", packet.source);
            let back = self.hop(to, packet.source);
            let lost = matches!(back, Ok(NextHop::Appliance(_) | NextHop::None | NextHop::Gateway));
            let judged = public && !self.inside(packet.source);
            let network = self.network;
            let near = within(&network.address_space, packet.source) || within(&network.peered, packet.source);
            let on_premises = within(&network.on_premises, packet.source) && !near;
            let elsewhere = is("10.0.0.0/8", packet.source) && !self.inside(packet.source);
            let default = parse_prefix("0.0.0.0/0").unwrap();
            let user =
                self.table(to).into_iter().flat_map(|table| &table.routes).any(|route| match &route.destination {
                    RouteDestination::Prefix(prefix) => *prefix != default && prefix.contains(&packet.source),
                    RouteDestination::Tag(_) => false,
                });
            return match (self.enters(to, packet), back) {
                (true, Ok(NextHop::None)) if on_premises || (elsewhere && user) => Some(false),
                (true, Ok(NextHop::Appliance(_))) if on_premises || elsewhere => None,
                (enters, _) => Some(enters && !(judged && lost)),
            };
        };
        if !self.leaves(from, packet) {
            return Some(false);
        }
        if is("168.63.129.16", packet.destination) || is("169.254.169.254", packet.destination) {
            return Some(true);
        }
        match self.hop(from, packet.destination) {
            Err(()) | Ok(NextHop::Gateway) => Some(true),
            Ok(NextHop::None) => Some(false),
            Ok(NextHop::Internet) => Some(from.way_out != WayOut::None && !is("10.0.0.0/8", packet.destination)),
            Ok(NextHop::VirtualNetwork) => match to {
                Some(to) => {
                    let back = self.hop(to, packet.source);
                    let lost = matches!(back, Ok(NextHop::Appliance(_) | NextHop::None));
                    Some(self.enters(to, packet) && !lost)
                }
                None => self.inside(packet.destination).then_some(true),
            },
            Ok(NextHop::Appliance(address)) => {
                let firewalls = &self.network.firewalls;
                let firewall = firewalls.iter().find(|firewall| firewall.private_address == Some(address))?;
                let (passes, application) = self.firewall(firewall, packet);
                let Some(to) = to.filter(|_| passes) else { return Some(passes) };
                if application {
                    return Some(self.enters(to, Packet { source: address, ..packet }));
                }
                Some(self.enters(to, packet) && self.hop(to, packet.source) == Ok(NextHop::Appliance(address)))
            }
        }
    }
}

/// The rules that may match packets without being known to.
pub(super) fn uncertain_rules(network: &Network) -> impl Iterator<Item = &SecurityRule> {
    let unknown = |endpoint: &Endpoint| match endpoint {
        Endpoint::Groups(_) | Endpoint::Several(_) => true,
        Endpoint::Tag(tag) => tag == "Unheard",
        _ => false,
    };
    let rules = network.nsgs.values().flat_map(|nsg| &nsg.rules);
    rules.filter(move |rule| unknown(&rule.source) || unknown(&rule.destination) || !rule.source_ports.is_all())
}
