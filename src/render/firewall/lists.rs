//! Plain lists, one for each subnet, set of ports and type: what the owner of a firewall puts into one rule.
//!
//! A list never opens another port, or anything to another subnet, than its requirements asked for; and it is minimal: no
//! entry lies in another one of the same rule, or in a rule of the same subnet for more ports.

use super::services_parts;
use crate::model::{AddressSet, Endpoint, Protocol, Services, web_ports};
use crate::plan::{Plan, PlannedSubnet};
use crate::required::name_covers;
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};

/// One rule at the firewall: from one subnet, on these ports, to what the lists say.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    pub(super) subnet: &'a PlannedSubnet,
    pub(super) services: Services,
    /// Exact host names and wildcards (`*.x.org`), in lower case, in order.
    pub(super) names: Vec<String>,
    /// Prefixes, IPv4 before IPv6, ascending.
    pub(super) prefixes: Vec<IpNet>,
    /// The requirements that it serves.
    pub(super) because: BTreeSet<String>,
}

/// The types of list that firewalls load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Host names as they are.
    Domains,
    /// `*.x.org`: whatever stands before.
    WildcardDomains,
    /// Both kinds of names, each with the slash that ends it.
    Urls,
    /// IPv4 prefixes.
    V4,
    /// IPv6 prefixes.
    V6,
}

/// A plain list: its file and its lines.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub(super) path: String,
    pub(super) kind: Kind,
    pub(super) entries: Vec<String>,
}

/// The folder of the lists.
pub(super) const FOLDER: &str = "firewall/lists";

/// What a subnet needs on the same ports, before anything is left out.
#[derive(Default)]
struct Need {
    names: BTreeSet<String>,
    addresses: AddressSet,
    because: BTreeSet<String>,
}

/// The rules to make at the firewall, appliance or proxy: subnets in the order of the plan, then ports.
pub(super) fn groups(plan: &Plan) -> Vec<Group<'_>> {
    let (network, application) = plan.held();
    let mut needs: BTreeMap<(usize, Services), Need> = BTreeMap::new();
    let mut add =
        |source: &Endpoint, services: Services, names: &[String], addresses: AddressSet, because: &[String]| {
            for index in (0..plan.subnets.len()).filter(|index| *source == source_of(&plan.subnets[*index])) {
                let need = needs.entry((index, services.clone())).or_default();
                need.names.extend(names.iter().map(|name| name.to_ascii_lowercase()));
                need.addresses = need.addresses.union(&addresses);
                need.because.extend(because.iter().cloned());
            }
        };
    for planned in network {
        let rule = &planned.rule;
        let addresses = rule.destinations.iter().map(|to| addresses(plan, to));
        let addresses = addresses.fold(AddressSet::default(), |sum, set| sum.union(&set));
        add(&rule.source, rule.services.clone(), &rule.names, addresses, &planned.because);
    }
    for planned in application {
        let services = super::application_services(&planned.rule);
        add(&planned.rule.source, services, &planned.rule.names, AddressSet::default(), &planned.because);
    }
    let group = |key: &(usize, Services), need: &Need| {
        let wider: Vec<&Need> = needs.iter().filter(|(other, _)| is_wider(other, key)).map(|(_, need)| need).collect();
        // A requirement whose entries stand in a rule for more ports is served by that rule.
        let narrower = needs.iter().filter(|(other, narrow)| is_wider(key, other) && need.covers_part_of(narrow));
        Group {
            subnet: &plan.subnets[key.0],
            services: key.1.clone(),
            names: minimal(&need.names).into_iter().filter(|name| !wider.iter().any(|wide| wide.has(name))).collect(),
            prefixes: need.prefixes().into_iter().filter(|one| !wider.iter().any(|wide| wide.holds(one))).collect(),
            because: narrower.flat_map(|(_, narrow)| &narrow.because).chain(&need.because).cloned().collect(),
        }
    };
    let groups = needs.iter().map(|(key, need)| group(key, need));
    groups.filter(|group| !group.names.is_empty() || !group.prefixes.is_empty()).collect()
}

/// Whether one rule is for the subnet and all the services of the other, and more. What a web proxy can hold stays among
/// rules that it can hold.
fn is_wider(one: &(usize, Services), other: &(usize, Services)) -> bool {
    let same_kind = !is_web(&other.1) || is_web(&one.1);
    one.0 == other.0 && one.1 != other.1 && other.1.is_subset(&one.1) && same_kind
}

impl Need {
    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|wide| name_covers(wide, name))
    }

    fn holds(&self, prefix: &IpNet) -> bool {
        AddressSet::from_prefixes([prefix]).is_subset(&self.addresses)
    }

    fn prefixes(&self) -> Vec<IpNet> {
        self.addresses.to_prefixes()
    }

    fn covers_part_of(&self, other: &Need) -> bool {
        other.names.iter().any(|name| self.has(name)) || other.prefixes().iter().any(|prefix| self.holds(prefix))
    }
}

/// The source that a rule of this subnet has.
pub(super) fn source_of(subnet: &PlannedSubnet) -> Endpoint {
    Endpoint::Prefixes(vec![subnet.prefix])
}

/// The addresses of a rule's destination: a tag's are those of the plan's data.
fn addresses(plan: &Plan, to: &Endpoint) -> AddressSet {
    match to {
        Endpoint::Tag(tag) => plan.service_tags.addresses.get(tag).cloned().unwrap_or_default(),
        Endpoint::Prefixes(prefixes) => AddressSet::from_prefixes(prefixes),
        Endpoint::Any | Endpoint::Groups(_) => AddressSet::default(),
        Endpoint::Several(several) => {
            several.iter().fold(AddressSet::default(), |all, one| all.union(&addresses(plan, one)))
        }
    }
}

/// The names that no other of them covers.
fn minimal(names: &BTreeSet<String>) -> Vec<String> {
    let covered = |name: &String| names.iter().any(|wide| wide != name && name_covers(wide, name));
    names.iter().filter(|name| !covered(name)).cloned().collect()
}

impl Group<'_> {
    /// Whether it is for HTTP and HTTPS alone.
    pub(super) fn is_web(&self) -> bool {
        is_web(&self.services)
    }

    /// Its lists, those without entries left out.
    pub(super) fn lists(&self) -> Vec<List> {
        let text = |prefixes: &mut dyn Iterator<Item = &IpNet>| prefixes.map(ToString::to_string).collect::<Vec<_>>();
        let (wild, exact): (Vec<String>, Vec<String>) =
            self.names.iter().cloned().partition(|name| name.starts_with('*'));
        let urls = self.names.iter().filter(|_| self.is_web()).map(|name| format!("{name}/")).collect();
        let all = [
            (Kind::Domains, exact),
            (Kind::WildcardDomains, wild),
            (Kind::Urls, urls),
            (Kind::V4, text(&mut self.prefixes.iter().filter(|prefix| matches!(prefix, IpNet::V4(_))))),
            (Kind::V6, text(&mut self.prefixes.iter().filter(|prefix| matches!(prefix, IpNet::V6(_))))),
        ];
        let lists = all.into_iter().filter(|(_, entries)| !entries.is_empty());
        lists.map(|(kind, entries)| List { path: self.path(kind), kind, entries }).collect()
    }

    /// The start of its lists' paths, `firewall/lists/snet-nodes/tcp-443`: what stands in them decides where they are, so
    /// that one requirement more moves no other list.
    pub(super) fn stem(&self) -> String {
        // Azure's names of subnets need no change; whatever else might come here stays one name of a file.
        let subnet: String = self.subnet.name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
        let parts = services_parts(&self.services).into_iter();
        let parts =
            parts.map(|(protocol, ports)| format!("{protocol}-{}", ports.replace(',', "-").replace('*', "all")));
        format!("{FOLDER}/{}/{}", subnet.trim_start_matches('.'), parts.collect::<Vec<_>>().join("-"))
    }

    fn path(&self, kind: Kind) -> String {
        format!("{}-{}.txt", self.stem(), kind.name())
    }
}

/// Whether these are HTTP and HTTPS alone, where names stand in the request or in TLS.
fn is_web(services: &Services) -> bool {
    services.is_subset(&Services::new(Protocol::Tcp, &web_ports()))
}

fn is_plain(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_')
}

impl Kind {
    /// The end of the file's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Domains => "domains",
            Kind::WildcardDomains => "wildcard-domains",
            Kind::Urls => "urls",
            Kind::V4 => "ipv4",
            Kind::V6 => "ipv6",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Names over few labels, so that they often cover each other.
    fn names() -> impl Strategy<Value = BTreeSet<String>> {
        proptest::collection::btree_set("(\\*\\.)?([ab]\\.){0,3}(x|y)\\.org", 0..12)
    }

    proptest! {
        #[test]
        fn no_name_covers_another_and_none_is_lost(all in names(), host in "([ab]\\.){0,4}(x|y)\\.org") {
            let minimal = minimal(&all);
            for (index, name) in minimal.iter().enumerate() {
                for (other, wide) in minimal.iter().enumerate() {
                    prop_assert!(index == other || !name_covers(wide, name), "{wide} covers {name}");
                }
            }
            let allows = |names: &[String]| names.iter().any(|name| name_covers(name, &host));
            prop_assert_eq!(allows(&minimal), allows(&Vec::from_iter(all)), "{}", host);
        }
    }
}
