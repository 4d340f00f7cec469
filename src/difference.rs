//! What a change of a network newly allows and newly denies: flows, not lines. Two texts that mean the same differ in
//! nothing.

mod stand_ins;
mod unshown;

pub use stand_ins::stand_ins;

use crate::model::{AddressSet, Direction, Network, Services, Subnet, TagTable};
use crate::required::name_covers;
use crate::simulate::{Open, OpenRegion, Readings};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The version of the JSON form.
const FORMAT: u32 = 1;

/// A network, and the addresses behind the tags that it names.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The network.
    pub network: &'a Network,
    /// The tags.
    pub table: &'a TagTable,
}

/// What a change does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The version of this form.
    pub format: u32,
    /// What passes now and did not before.
    pub newly_allowed: Vec<Change>,
    /// What passed before and does not now.
    pub newly_denied: Vec<Change>,
    /// What may have changed as well and cannot be known offline.
    pub assumed: Vec<String>,
}

impl Difference {
    /// Both together.
    pub fn and(mut self, other: Difference) -> Difference {
        self.newly_allowed.extend(other.newly_allowed);
        self.newly_denied.extend(other.newly_denied);
        self.assumed.extend(other.assumed);
        self
    }

    /// Whether no packet fares otherwise than before, as far as can be known.
    pub fn is_empty(&self) -> bool {
        self.newly_allowed.is_empty() && self.newly_denied.is_empty() && self.assumed.is_empty()
    }
}

/// Packets that fare otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    /// The subnet.
    pub subnet: String,
    /// `outbound` or `inbound`.
    pub direction: &'static str,
    /// Protocols and ports.
    pub service: String,
    /// Their sources, if they are not the whole subnet's (outbound); where they go, if not to all of it (inbound).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub own: String,
    /// The other end: prefixes, a service tag, or host names.
    pub other: String,
    /// How many IPv4 addresses the other end has; 0 for host names.
    pub addresses: u64,
    /// How many IPv6 addresses.
    pub addresses_v6: u128,
    /// The rule that lets them pass, after the change or before it.
    pub by: String,
}

/// Compares two networks. Subnets are the same if their names are, or else their prefixes.
///
/// Each reading of `VirtualNetwork` is compared with itself: a change is told if it is one under either. An appliance or
/// firewall that routes lead to and that neither side shows lets everything through here, so that what NSGs send it is
/// compared.
pub fn difference(old: Side<'_>, new: Side<'_>) -> Difference {
    let (mut was_shown, mut is_shown) = (old.network.clone(), new.network.clone());
    unshown::appliances(&mut was_shown, &mut is_shown);
    let (old, new) = (Side { network: &was_shown, ..old }, Side { network: &is_shown, ..new });
    let mut assumed = unshown::changed_rules(old, new);
    let (before, doubts) = opened(old);
    let (after, also) = opened(new);
    // What cannot be known on both sides says nothing about the change.
    assumed.extend(doubts.symmetric_difference(&also).cloned());
    let nothing = Vec::new();
    let (mut newly_allowed, mut newly_denied) = (Vec::new(), Vec::new());
    let tags = Tags::new(old, new);
    for (was, is) in pairs(old.network, new.network) {
        let name = is.or(was).map_or("", |subnet| subnet.name.as_str());
        let own = is.or(was).map_or_else(AddressSet::default, |subnet| AddressSet::from_prefixes(&subnet.prefixes));
        for direction in [Direction::Outbound, Direction::Inbound] {
            let of = |opened: &Opened, subnet: Option<&Subnet>| {
                subnet.and_then(|subnet| opened.get(&(subnet.name.clone(), direction))).unwrap_or(&nothing).clone()
            };
            let told = |from: &[Opened; 2], from_subnet, to: &[Opened; 2], to_subnet| {
                let [narrow, wide] =
                    [0, 1].map(|reading| beyond(&of(&to[reading], to_subnet), &of(&from[reading], from_subnet)));
                let more = beyond(&wide, &narrow);
                let found = narrow.into_iter().chain(more);
                found.map(|region| tags.change(name, &own, direction, &region)).collect::<BTreeSet<_>>()
            };
            newly_allowed.extend(told(&before, was, &after, is));
            newly_denied.extend(told(&after, is, &before, was));
        }
    }
    Difference { format: FORMAT, newly_allowed, newly_denied, assumed: assumed.into_iter().collect() }
}

/// What is open, by subnet and direction.
type Opened = BTreeMap<(String, Direction), Vec<OpenRegion>>;

/// Everything open under each reading, and what may be open as well.
fn opened(side: Side<'_>) -> ([Opened; 2], BTreeSet<String>) {
    let readings = Readings::new(side.network, side.table);
    let (mut opened, mut assumed) = ([Opened::new(), Opened::new()], BTreeSet::new());
    for subnet in &side.network.subnets {
        for direction in [Direction::Outbound, Direction::Inbound] {
            // One simulator where both readings say the same.
            let simulators = readings.about(&[&AddressSet::from_prefixes(&subnet.prefixes)]);
            for (reading, opened) in opened.iter_mut().enumerate() {
                let Some(simulator) = simulators.get(reading).or(simulators.first()) else { continue };
                let open: Open = match direction {
                    Direction::Outbound => simulator.open_outbound(&subnet.name),
                    Direction::Inbound => simulator.open_inbound(&subnet.name),
                };
                if open.undecided {
                    assumed.insert(format!("what is open in `{}` was not decided: too many rules", subnet.name));
                }
                assumed.extend(open.assumed);
                opened.insert((subnet.name.clone(), direction), open.regions);
            }
        }
    }
    (opened, assumed)
}

/// The subnets of two networks side by side, in the order of the new one, then those that are gone.
fn pairs<'a>(old: &'a Network, new: &'a Network) -> Vec<(Option<&'a Subnet>, Option<&'a Subnet>)> {
    let by_name = |subnet: &Subnet| old.subnets.iter().find(|other| other.name.eq_ignore_ascii_case(&subnet.name));
    let named = |other: &Subnet| new.subnets.iter().any(|subnet| subnet.name.eq_ignore_ascii_case(&other.name));
    let by_prefix = |subnet: &Subnet| {
        let same = |other: &&Subnet| !other.prefixes.is_empty() && other.prefixes == subnet.prefixes && !named(other);
        old.subnets.iter().find(same)
    };
    let mut pairs: Vec<_> =
        new.subnets.iter().map(|subnet| (by_name(subnet).or_else(|| by_prefix(subnet)), Some(subnet))).collect();
    let gone = |subnet: &&Subnet| !pairs.iter().any(|(was, _)| was.is_some_and(|was| was.name == subnet.name));
    let gone: Vec<_> = old.subnets.iter().filter(gone).map(|subnet| (Some(subnet), None)).collect();
    pairs.extend(gone);
    pairs
}

/// What is in `whole` and not in `other`. What is open by address is open for every name; a name is taken away only by the
/// same name, or a wildcard over it.
fn beyond(whole: &[OpenRegion], other: &[OpenRegion]) -> Vec<OpenRegion> {
    let mut found = Vec::new();
    for region in whole {
        let Some(names) = &region.names else {
            let taken: Vec<&OpenRegion> = other.iter().filter(|region| region.names.is_none()).collect();
            found.extend(without(region, &taken));
            continue;
        };
        let mut left: Vec<OpenRegion> = Vec::new();
        for name in names {
            let covers = |region: &&OpenRegion| {
                region.names.as_ref().is_none_or(|names| names.iter().any(|wide| name_covers(wide, name)))
            };
            let taken: Vec<&OpenRegion> = other.iter().filter(covers).collect();
            for piece in without(region, &taken) {
                // Names that have the same left are told together.
                let same = left.iter_mut().find(|known| {
                    known.source == piece.source
                        && known.destination == piece.destination
                        && known.services == piece.services
                });
                match same.and_then(|known| known.names.as_mut()) {
                    Some(names) => names.push(name.clone()),
                    None => left.push(OpenRegion { names: Some(vec![name.clone()]), ..piece }),
                }
            }
        }
        found.extend(left);
    }
    found
}

/// A region without others: boxes that do not overlap. Services are cut first, so that address sets stay whole.
fn without(region: &OpenRegion, taken: &[&OpenRegion]) -> Vec<OpenRegion> {
    let mut left = vec![region.clone()];
    for out in taken {
        let cut = |region: OpenRegion| -> Vec<OpenRegion> {
            let meets = region.services.intersects(&out.services)
                && region.source.intersects(&out.source)
                && region.destination.intersects(&out.destination);
            if !meets {
                return vec![region];
            }
            let services = region.services.intersection(&out.services);
            let source = region.source.intersection(&out.source);
            let piece = |source: AddressSet, destination: AddressSet, services: Services| {
                let some = !source.is_empty() && !destination.is_empty() && !services.is_empty();
                some.then(|| OpenRegion { source, destination, services, ..region.clone() })
            };
            let pieces = [
                piece(region.source.clone(), region.destination.clone(), region.services.difference(&out.services)),
                piece(region.source.difference(&out.source), region.destination.clone(), services.clone()),
                piece(source, region.destination.difference(&out.destination), services),
            ];
            pieces.into_iter().flatten().collect()
        };
        left = left.into_iter().flat_map(cut).collect();
    }
    left
}

/// Address sets that have a name.
struct Tags(Vec<(String, AddressSet)>);

impl Tags {
    fn new(old: Side<'_>, new: Side<'_>) -> Self {
        let mut named = vec![("any address".to_string(), AddressSet::all())];
        named.push(("any IPv4 address".into(), AddressSet::all_v4()));
        for side in [new, old] {
            let tags = side.network.tags().into_iter();
            named.extend(tags.filter_map(|tag| side.table.get(&tag).map(|set| (tag, set.clone()))));
            let subnets = side.network.subnets.iter();
            named.extend(subnets.map(|subnet| (subnet.name.clone(), AddressSet::from_prefixes(&subnet.prefixes))));
        }
        Tags(named)
    }

    fn told(&self, set: &AddressSet) -> String {
        let v4 = |named: &AddressSet| named.only_v4() == *set;
        let named = self.0.iter().find(|(_, named)| named == set || v4(named));
        named.map_or_else(|| set.to_string(), |(name, _)| name.clone())
    }

    fn change(&self, subnet: &str, own: &AddressSet, direction: Direction, region: &OpenRegion) -> Change {
        let (near, far) = match direction {
            Direction::Outbound => (&region.source, &region.destination),
            Direction::Inbound => (&region.destination, &region.source),
        };
        Change {
            subnet: subnet.into(),
            direction: direction.name(),
            service: region.services.to_string(),
            own: if own.is_subset(near) { String::new() } else { near.to_string() },
            other: region.names.as_ref().map_or_else(|| self.told(far), |names| names.join(", ")),
            addresses: if region.names.is_some() { 0 } else { far.count_v4() },
            addresses_v6: if region.names.is_some() { 0 } else { far.count_v6() },
            by: region.by.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::*;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;
    use std::net::IpAddr;

    fn network(rules: &[(u16, Access, &str, &str, Endpoint)]) -> Network {
        let rule = |(priority, access, name, allow, to): &(u16, Access, &str, &str, Endpoint)| {
            let (protocol, destination_ports) = parse_allow(allow).unwrap();
            SecurityRule {
                name: name.to_string(),
                direction: Direction::Outbound,
                priority: *priority,
                access: *access,
                protocol,
                source: Endpoint::Any,
                source_ports: PortSet::all(),
                destination: to.clone(),
                destination_ports,
                description: String::new(),
            }
        };
        let rules = rules.iter().map(rule).collect();
        let subnet = Subnet {
            name: "snet".into(),
            prefixes: vec!["10.0.0.0/24".parse().unwrap()],
            nsg: Some("nsg".into()),
            way_out: WayOut::NatGateway,
            ..Subnet::default()
        };
        Network {
            address_space: vec!["10.0.0.0/16".parse().unwrap()],
            subnets: vec![subnet],
            nsgs: [("nsg".into(), Nsg { rules, others_rules: false })].into(),
            ..Network::default()
        }
    }

    fn prefixes(text: &str) -> Endpoint {
        Endpoint::Prefixes(text.split(',').map(|prefix| parse_prefix(prefix).unwrap()).collect())
    }

    fn compared(old: &Network, new: &Network) -> Difference {
        let mut table = TagTable::default();
        table.insert("Storage", AddressSet::from_iter([parse_prefix("20.0.0.0/24").unwrap()]));
        difference(Side { network: old, table: &table }, Side { network: new, table: &table })
    }

    const DENY: (u16, Access, &str, &str, Endpoint) = (4096, Access::Deny, "DenyAll", "any", Endpoint::Any);

    #[test]
    fn two_spellings_of_the_same_differ_in_nothing() {
        let one = network(&[(100, Access::Allow, "One", "tcp 80,443", prefixes("30.0.0.0/24")), DENY]);
        let other = network(&[
            (200, Access::Allow, "Https", "tcp 443", prefixes("30.0.0.128/25,30.0.0.0/25")),
            (110, Access::Allow, "Http", "tcp 80", prefixes("30.0.0.0/24")),
            (300, Access::Allow, "Again", "tcp 443", prefixes("30.0.0.7")),
            DENY,
        ]);
        let difference = compared(&one, &other);
        assert!(difference.is_empty(), "{difference:?}");
    }

    #[test]
    fn what_is_on_no_subnet_is_compared_all_the_same() {
        let lone = |prefix: &str| {
            let network = network(&[(100, Access::Allow, "Web", "tcp 443", prefixes(prefix)), DENY]);
            Network { subnets: Vec::new(), ..network }
        };
        let apart = |old: &Network, new: &Network| {
            let [(old, _), (new, _)] = stand_ins(old, new);
            compared(&old, &new)
        };
        let found = apart(&lone("30.0.0.0/25"), &lone("30.0.0.0/24"));
        let told: Vec<_> =
            found.newly_allowed.iter().map(|change| (change.subnet.as_str(), change.other.as_str())).collect();
        assert_eq!(told, [("any subnet with NSG nsg", "30.0.0.128/25")]);
        assert!(found.newly_denied.is_empty());
        let behind = |name: &str| {
            let rule = NetworkRule {
                name: "r".into(),
                source: Endpoint::Any,
                services: Services::tcp(443),
                destinations: vec![prefixes(name)],
                names: Vec::new(),
            };
            let (name, priority, access) = ("c".to_string(), 100, Access::Allow);
            let collections =
                vec![RuleCollection { name, priority, access, rules: CollectionRules::Network(vec![rule]) }];
            let groups = vec![RuleCollectionGroup { name: "g".into(), priority: 100, parent: false, collections }];
            let firewall = Firewall {
                name: "policy".into(),
                private_address: None,
                tier: FirewallTier::Standard,
                dns_proxy: false,
                groups,
                others_groups: false,
                private_ranges: None,
            };
            Network { firewalls: vec![firewall], ..Network::default() }
        };
        let found = apart(&behind("30.0.0.0/24"), &behind("30.0.1.0/24"));
        assert_eq!((found.newly_allowed.len(), found.newly_denied.len()), (1, 1), "{found:?}");
    }

    /// Each of them was once taken for no change at all.
    #[test]
    fn doubts_on_both_sides_hide_no_change() {
        let web = |to: &str| [(100, Access::Allow, "Web", "tcp 443", prefixes(to)), DENY];
        // A default route to an appliance that nobody exported.
        let routed = |to: &str| {
            let mut network = network(&web(to));
            let route = Route {
                name: "default".into(),
                destination: RouteDestination::Prefix("0.0.0.0/0".parse().unwrap()),
                next_hop: NextHop::Appliance("10.9.0.4".parse().unwrap()),
            };
            network.subnets[0].route_table = Some("rt".into());
            network.route_tables.insert("rt".into(), RouteTable { routes: vec![route], ..RouteTable::default() });
            network
        };
        let found = compared(&routed("30.0.0.0/25"), &routed("30.0.0.0/24"));
        let told: Vec<_> =
            found.newly_allowed.iter().map(|change| (change.other.as_str(), change.by.as_str())).collect();
        assert_eq!(told, [("30.0.0.128/25", "appliance/10.9.0.4/was not shown")]);
        // A deny of the Internet behind a default route, where one reading takes everything for the virtual network.
        let deny = |rules: &[(u16, Access, &str, &str, Endpoint)]| {
            let mut changed = routed("30.0.0.0/24");
            changed.nsgs = network(rules).nsgs;
            changed
        };
        let internet = (100, Access::Deny, "NoInternet", "any", Endpoint::Tag("Internet".into()));
        assert!(!compared(&deny(&[]), &deny(&[internet])).newly_denied.is_empty());
        // Members of a group that nobody exported.
        let group =
            |port: &str| network(&[(100, Access::Allow, "Web", port, Endpoint::Groups(vec!["asg-web".into()])), DENY]);
        let found = compared(&group("tcp 443"), &group("any"));
        let what = "in NSG `nsg` is new, and what it matches is not known here";
        assert_eq!(found.assumed[0], format!("`allow Outbound any * -> asg-web` {what}"));
        assert!(!found.is_empty() && compared(&group("any"), &group("any")).is_empty());
    }

    #[test]
    fn an_nsg_that_was_taken_off_its_subnet_opens_nothing_by_itself() {
        let attached = network(&[DENY]);
        let mut detached = attached.clone();
        detached.subnets[0].nsg = None;
        let [(old, _), (new, _)] = stand_ins(&attached, &detached);
        assert!(compared(&old, &new).is_empty());
        assert!(!compared(&attached, &detached).newly_allowed.is_empty());
    }

    #[test]
    fn what_is_new_and_what_is_gone_are_told_as_flows() {
        let old = network(&[(100, Access::Allow, "Web", "tcp 443", prefixes("30.0.0.0/24")), DENY]);
        let new = network(&[
            (100, Access::Allow, "Web", "tcp 443", prefixes("30.0.0.0/25")),
            (110, Access::Allow, "Blobs", "tcp 443", Endpoint::Tag("Storage".into())),
            DENY,
        ]);
        let change = |other: &str, addresses, by: &str| Change {
            subnet: "snet".into(),
            direction: "outbound",
            service: "tcp 443".into(),
            own: String::new(),
            other: other.into(),
            addresses,
            addresses_v6: 0,
            by: by.into(),
        };
        let expected = Difference {
            format: 1,
            newly_allowed: vec![change("Storage", 256, "nsg/Blobs")],
            newly_denied: vec![change("30.0.0.128/25", 128, "nsg/Web")],
            assumed: Vec::new(),
        };
        assert_eq!(compared(&old, &new), expected);
        let back = compared(&new, &old);
        assert_eq!((back.newly_allowed, back.newly_denied), (expected.newly_denied, expected.newly_allowed));
    }

    const ADDRESSES: [&str; 6] = ["30.0.0.1", "30.0.0.130", "30.0.1.1", "20.0.0.1", "10.0.0.9", "10.0.7.7"];
    const SIDES: [&str; 6] = ["30.0.0.0/24", "30.0.0.128/25", "30.0.0.0/16", "20.0.0.0/8", "10.0.0.0/16", "0.0.0.0/1"];

    fn some_rules() -> impl Strategy<Value = Vec<(bool, u16, usize)>> {
        vec((any::<bool>(), select(vec![22u16, 80, 443]), 0..SIDES.len()), 0..6)
    }

    fn made(rules: &[(bool, u16, usize)]) -> Network {
        let rules = rules.iter().zip(100u16..).map(|((allow, port, side), priority)| {
            let access = if *allow { Access::Allow } else { Access::Deny };
            (priority, access, priority.to_string(), format!("tcp {port}"), prefixes(SIDES[*side]))
        });
        let rules: Vec<_> = rules.collect();
        let mut all: Vec<_> =
            rules.iter().map(|(p, a, name, allow, to)| (*p, *a, name.as_str(), allow.as_str(), to.clone())).collect();
        all.push(DENY);
        network(&all)
    }

    /// First match, packet by packet.
    fn passes(rules: &[(bool, u16, usize)], address: IpAddr, port: u16) -> bool {
        let hit = rules.iter().find(|(_, own, side)| {
            *own == port && AddressSet::from_iter([parse_prefix(SIDES[*side]).unwrap()]).contains(address)
        });
        hit.is_some_and(|(allow, ..)| *allow)
    }

    proptest! {
        /// A packet is told as newly allowed, or newly denied, exactly if first match says so before and after.
        #[test]
        fn every_packet_is_told_once_and_only_if_it_fares_otherwise(old in some_rules(), new in some_rules()) {
            let (was, is) = (made(&old), made(&new));
            let table = TagTable::default();
            let regions = |network| {
                let ([opened, _], _) = opened(Side { network, table: &table });
                opened[&("snet".to_string(), Direction::Outbound)].clone()
            };
            let (before, after) = (regions(&was), regions(&is));
            for address in ADDRESSES {
                let address: IpAddr = address.parse().unwrap();
                for port in [22, 80, 443] {
                    let told = |found: &[OpenRegion]| {
                        let has = |region: &&OpenRegion| {
                            region.destination.contains(address) && Services::tcp(port).is_subset(&region.services)
                        };
                        found.iter().filter(has).count()
                    };
                    let (old, new) = (passes(&old, address, port), passes(&new, address, port));
                    prop_assert_eq!(told(&beyond(&after, &before)), usize::from(new && !old), "{} {}", address, port);
                    prop_assert_eq!(told(&beyond(&before, &after)), usize::from(old && !new), "{} {}", address, port);
                }
            }
        }
    }
}
