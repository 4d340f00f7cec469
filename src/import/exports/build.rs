//! What was found, put together: names that tell resources apart, rules in order, groups of addresses in their rules.

use super::gather::{
    Found, FoundFirewall, FoundNsg, FoundPolicy, FoundTable, Id, Registry, RouteAt, RuleAt, resource_id,
};
use super::{Attached, Attachment, Holder, Refused, Shown};
use crate::model::{
    Access, CollectionRules, Direction, Endpoint, EndpointPolicies, Firewall, FirewallTier, Interface, Nsg, Route,
    RouteTable, RuleCollectionGroup, SecurityRule, Subnet, WayOut,
};
use crate::problem::{Place, Problem};
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};

/// The network that was found, and everything that is to be said of it.
pub(super) fn build(mut found: Found) -> Result<Shown, Vec<Problem>> {
    if !found.problems.is_empty() {
        found.problems.sort();
        found.problems.dedup();
        return Err(found.problems);
    }
    let mut shown = Shown { places: std::mem::take(&mut found.places), ..Shown::default() };
    shown.refused = std::mem::take(&mut found.refused);
    // What is named and was not shown has a name too, which must not be that of another.
    let (mut nsg_ids, mut table_ids) = (Registry::<()>::default(), Registry::<()>::default());
    found.nsgs.iter().for_each(|(id, _)| *nsg_ids.entry(id) = ());
    found.tables.iter().for_each(|(id, _)| *table_ids.entry(id) = ());
    let mut named: Vec<(Attachment, Id)> = found.attached.iter().map(|(what, id, _)| (*what, id.clone())).collect();
    for (_, subnet) in found.subnets.iter() {
        named.extend(subnet.nsg.iter().map(|id| (Attachment::Nsg, id.clone())));
        named.extend(subnet.table.iter().map(|id| (Attachment::RouteTable, id.clone())));
    }
    named.extend(found.interfaces.iter().filter_map(|(_, own)| Some((Attachment::Nsg, own.nsg.clone()?))));
    for (what, id) in named {
        match what {
            Attachment::Nsg => *nsg_ids.entry(&id) = (),
            Attachment::RouteTable => *table_ids.entry(&id) = (),
        }
    }
    let nsgs = Names::new(&nsg_ids);
    let tables = Names::new(&table_ids);
    subnets(&mut found, &nsgs, &tables, &mut shown);
    spaces(&mut found, &mut shown);
    let (doubt_nsgs, doubt_tables) = (found.doubt_all_nsgs, found.doubt_all_tables);
    for (id, own) in std::mem::take(&mut found.nsgs).into_items() {
        let (name, nsg) = nsg(nsgs.of(&id), own, doubt_nsgs, &mut shown);
        shown.network.nsgs.insert(name, nsg);
    }
    for (id, own) in std::mem::take(&mut found.tables).into_items() {
        let (name, table) = table(tables.of(&id), own, doubt_tables, &mut shown);
        shown.network.route_tables.insert(name, table);
    }
    firewalls(&mut found, &mut shown);
    unique(&mut shown);
    shown.attached.sort();
    shown.attached.dedup();
    shown.refused.sort();
    shown.refused.dedup();
    if !found.problems.is_empty() {
        return Err(found.problems);
    }
    shown.ignored.extend(found.take_ignored());
    Ok(shown)
}

/// What stands for an NSG or route table of which nothing but its being there may be known.
const NOT_KNOWN_YET: &str = "(known after the apply)";

/// What to call each resource.
struct Names<'a> {
    ids: &'a Registry<()>,
    names: Vec<String>,
}

impl<'a> Names<'a> {
    fn new(ids: &'a Registry<()>) -> Self {
        Names { names: ids.names(), ids }
    }

    fn of(&self, id: &Id) -> String {
        self.ids.find(id).and_then(|index| self.names.get(index)).cloned().unwrap_or_else(|| id.name.clone())
    }
}

fn subnets(found: &mut Found, nsgs: &Names, tables: &Names, shown: &mut Shown) {
    let names = found.subnets.names();
    shown.networks = super::apart::networks(found, &names);
    let holder = |id: &Id| Holder::Subnet {
        network: id.name.split_once('/').map_or("", |(network, _)| network).into(),
        name: id.last().into(),
    };
    // A name that nothing has: what it stands for is assumed.
    let doubted = |what| found.doubt_all_subnets.contains(&what).then(|| NOT_KNOWN_YET.to_string());
    for ((id, own), name) in found.subnets.iter().zip(&names) {
        let attach = |what, name: String| Attached { what, name, to: holder(id) };
        shown.attached.extend(own.nsg.iter().map(|id| attach(Attachment::Nsg, nsgs.of(id))));
        shown.attached.extend(own.table.iter().map(|id| attach(Attachment::RouteTable, tables.of(id))));
        if own.prefixes.is_empty() {
            continue;
        }
        shown.places.extend(own.place.iter().map(|place| (format!("subnet/{name}"), place.clone())));
        let way_out = match (own.nat, own.default_outbound) {
            (true, _) => WayOut::NatGateway,
            (false, Some(true)) => WayOut::DefaultOutbound,
            // Without public addresses or a load balancer, which an interface would show, nothing gets out.
            (false, Some(false)) => WayOut::None,
            // Machines may have public addresses, or stand behind a load balancer.
            (false, None) => WayOut::Unknown,
        };
        shown.network.subnets.push(Subnet {
            name: name.clone(),
            prefixes: own.prefixes.clone(),
            nsg: own.nsg.as_ref().map(|id| nsgs.of(id)).or_else(|| doubted(Attachment::Nsg)),
            route_table: own.table.as_ref().map(|id| tables.of(id)).or_else(|| doubted(Attachment::RouteTable)),
            service_endpoints: own.endpoints.clone(),
            way_out,
            private_endpoints: Vec::new(),
            // What is not said is Azure's default (learn.microsoft.com/azure/private-link/disable-private-endpoint-network-policy).
            private_endpoint_policies: own.policies.or(Some(EndpointPolicies { nsg: false, routes: false })),
        });
    }
    let places: BTreeMap<String, usize> =
        shown.network.subnets.iter().enumerate().map(|(index, subnet)| (subnet.name.clone(), index)).collect();
    for (what, id, to) in std::mem::take(&mut found.attached) {
        let name = match what {
            Attachment::Nsg => nsgs.of(&id),
            Attachment::RouteTable => tables.of(&id),
        };
        if let Holder::Subnet { network, name: subnet } = &to {
            let index = found.subnets.find(&Id { name: format!("{network}/{subnet}"), ..id.clone() });
            let index = index.or_else(|| found.subnets.find(&Id::named(&format!("{network}/{subnet}"))));
            let index = index.and_then(|index| places.get(names.get(index)?));
            if let Some(own) = index.and_then(|index| shown.network.subnets.get_mut(*index)) {
                let field = match what {
                    Attachment::Nsg => &mut own.nsg,
                    Attachment::RouteTable => &mut own.route_table,
                };
                field.get_or_insert_with(|| name.clone());
            }
        }
        shown.attached.push(Attached { what, name, to });
    }
    let interfaces = found.interfaces.names();
    for ((_, own), name) in found.interfaces.iter().zip(interfaces) {
        for address in &own.addresses {
            if own.public {
                let held = |subnet: &&mut Subnet| subnet.prefixes.iter().any(|prefix| prefix.contains(address));
                let none = |subnet: &&mut Subnet| subnet.way_out == WayOut::None;
                for subnet in shown.network.subnets.iter_mut().filter(held).filter(none) {
                    subnet.way_out = WayOut::Unknown;
                }
            }
            if own.private_endpoint {
                let held = |subnet: &&mut Subnet| subnet.prefixes.iter().any(|prefix| prefix.contains(address));
                if let Some(subnet) = shown.network.subnets.iter_mut().find(held) {
                    subnet.private_endpoints.push(*address);
                }
            }
            if let Some(nsg) = &own.nsg {
                shown.network.interfaces.push(Interface { name: name.clone(), address: *address, nsg: nsgs.of(nsg) });
            }
            for group in &own.groups {
                shown.network.application_groups.entry(group.name.clone()).or_default().push(*address);
            }
        }
        if own.addresses.is_empty() && (own.nsg.is_some() || !own.groups.is_empty()) {
            let place = own.place.clone().unwrap_or_default();
            let what = format!("interface `{name}` has no address, so that its NSG and groups cannot be judged");
            shown.refused.push(Refused {
                key: format!("interface/{name}"),
                place,
                what,
                hint: "export it when its machine runs".into(),
            });
        }
    }
}

/// The address space: of the virtual networks, and of those that they are peered with.
fn spaces(found: &mut Found, shown: &mut Shown) {
    let mut peered: BTreeSet<IpNet> = found.peered.iter().copied().collect();
    let mut met: BTreeSet<IpNet> = BTreeSet::new();
    let own = found.networks.iter().flat_map(|(_, own)| &own.space).chain(&found.address_space);
    let space: Vec<IpNet> = own.copied().filter(|prefix| met.insert(*prefix)).collect();
    for (_, own) in found.networks.iter() {
        for (other, prefixes) in &own.peers {
            if other.as_ref().and_then(|id| found.networks.find(id)).is_none() {
                peered.extend(prefixes);
            }
        }
    }
    shown.network.peered = peered.into_iter().filter(|prefix| !met.contains(prefix)).collect();
    shown.network.address_space = space;
    shown.network.on_premises = std::mem::take(&mut found.on_premises);
}

fn nsg(name: String, own: FoundNsg, doubt: bool, shown: &mut Shown) -> (String, Nsg) {
    let refuse = |shown: &mut Shown, rule: &str, problem: Problem| {
        let Problem { place, what, hint } = problem;
        let key = if rule.is_empty() { format!("nsg/{name}") } else { format!("nsg/{name}/{rule}") };
        shown.refused.push(Refused { key, place, what, hint });
    };
    for (rule, problem) in own.refused {
        refuse(shown, &rule, problem);
    }
    let whole = own.declared.is_some() || own.effective.is_some() || own.listed;
    let place = own.place.or_else(|| own.single.first().map(|rule| rule.place.clone()));
    shown.places.extend(place.map(|place| (format!("nsg/{name}"), place)));
    if let (Some(declared), Some(effective)) = (&own.declared, &own.effective)
        && outline(declared) != outline(effective)
    {
        let problem = Problem {
            place: effective.first().map(|at| at.place.clone()).unwrap_or_default(),
            what: format!("the rules in force of NSG `{name}` are others than those it holds: these are read"),
            hint: "export both at one time".into(),
        };
        refuse(shown, "", problem);
    }
    let mut rules: Vec<RuleAt> = own.declared.or(own.effective).unwrap_or_default();
    let mut by_name: BTreeMap<String, usize> =
        rules.iter().enumerate().map(|(index, at)| (at.rule.name.to_ascii_lowercase(), index)).collect();
    let inline = rules.len();
    let (mut repeated, mut doubt) = (BTreeSet::new(), doubt || own.doubt);
    for single in own.single {
        match by_name.get(&single.rule.name.to_ascii_lowercase()) {
            Some(index) if rules.get(*index).is_some_and(|at| same_rule(&at.rule, &single.rule)) => {
                repeated.insert(*index);
            }
            Some(index) => {
                let problem = Problem {
                    place: single.place.clone(),
                    what: format!("rule `{}` is shown twice, differently", single.rule.name),
                    hint: "keep one of them: the later one is read".into(),
                };
                // Which of them is there decides, and nobody can say.
                doubt = true;
                refuse(shown, &single.rule.name.clone(), problem);
                repeated.insert(*index);
                if let Some(at) = rules.get_mut(*index) {
                    *at = single;
                }
            }
            None => {
                by_name.insert(single.rule.name.to_ascii_lowercase(), rules.len());
                rules.push(single);
            }
        }
    }
    if own.standalone && inline > repeated.iter().filter(|index| **index < inline).count() {
        let problem = Problem {
            place: rules.first().map(|at| at.place.clone()).unwrap_or_default(),
            what: format!(
                "NSG `{name}` has rules inside it and rules of its own resource: each apply undoes the other"
            ),
            hint: "keep all rules in `security_rule` blocks, or all in `azurerm_network_security_rule`".into(),
        };
        refuse(shown, "", problem);
    }
    twice(&name, &rules, shown);
    rules.sort_by(|a, b| {
        let key = |at: &RuleAt| (at.rule.direction, at.rule.priority, at.rule.name.clone());
        key(a).cmp(&key(b))
    });
    for at in &rules {
        shown.places.insert(format!("nsg/{name}/{}", at.rule.name), at.place.clone());
    }
    let rules: Vec<SecurityRule> = rules.into_iter().map(|at| at.rule).collect();
    (name, Nsg { rules, others_rules: doubt || !whole })
}

/// What the same rules have in common, however they are shown.
fn outline(rules: &[RuleAt]) -> BTreeSet<(Direction, u16, Access)> {
    rules.iter().map(|at| (at.rule.direction, at.rule.priority, at.rule.access)).collect()
}

/// Names are unique in an NSG, and priorities in a direction of it.
fn twice(nsg: &str, rules: &[RuleAt], shown: &mut Shown) {
    let (mut names, mut priorities) = (BTreeMap::new(), BTreeMap::new());
    for at in rules {
        let rule = &at.rule;
        let mut problems = Vec::new();
        if let Some(other) = names.insert(rule.name.to_ascii_lowercase(), &rule.name) {
            problems.push(format!("two rules are named `{other}`"));
        }
        if let Some(other) = priorities.insert((rule.direction, rule.priority), &rule.name) {
            problems.push(format!("rule `{other}` has the same direction and priority {}", rule.priority));
        }
        for what in problems {
            shown.refused.push(Refused {
                key: format!("nsg/{nsg}/{}", rule.name),
                place: at.place.clone(),
                what,
                hint: "give each rule of a direction a priority of its own, and each rule a name".into(),
            });
        }
    }
}

fn same_rule(one: &SecurityRule, other: &SecurityRule) -> bool {
    // Producers drop empty descriptions.
    let plain = |rule: &SecurityRule| SecurityRule { description: String::new(), name: String::new(), ..rule.clone() };
    plain(one) == plain(other)
}

fn table(name: String, own: FoundTable, doubt: bool, shown: &mut Shown) -> (String, RouteTable) {
    for (route, Problem { place, what, hint }) in own.refused {
        let key = if route.is_empty() { format!("routes/{name}") } else { format!("routes/{name}/{route}") };
        shown.refused.push(Refused { key, place, what, hint });
    }
    let place = own.place.or_else(|| own.single.first().map(|route| route.place.clone()));
    shown.places.extend(place.map(|place| (format!("routes/{name}"), place)));
    let whole = own.routes.is_some() || own.listed;
    let mut routes: Vec<RouteAt> = own.routes.unwrap_or_default();
    let lower = |at: &RouteAt| at.route.name.to_ascii_lowercase();
    let mut by_name: BTreeMap<String, usize> =
        routes.iter().enumerate().map(|(index, at)| (lower(at), index)).collect();
    for single in own.single {
        match by_name.get(&lower(&single)).and_then(|index| routes.get(*index)) {
            Some(at) if at.route == single.route => {}
            Some(_) => shown.refused.push(Refused {
                key: format!("routes/{name}/{}", single.route.name),
                place: single.place.clone(),
                what: format!("route `{}` is shown twice, differently", single.route.name),
                hint: "keep one of them: the first one is read".into(),
            }),
            None => {
                by_name.insert(lower(&single), routes.len());
                routes.push(single);
            }
        }
    }
    let mut destinations = BTreeMap::new();
    for at in &routes {
        if let Some(other) = destinations.insert(&at.route.destination, &at.route.name) {
            shown.refused.push(Refused {
                key: format!("routes/{name}/{}", at.route.name),
                place: at.place.clone(),
                what: format!("route `{other}` is for the same destination"),
                hint: "a table takes one route for a destination".into(),
            });
        }
        shown.places.insert(format!("routes/{name}/{}", at.route.name), at.place.clone());
    }
    let routes: Vec<Route> = routes.iter().map(|at| at.route.clone()).collect();
    let gateway_routes = own.gateway_routes;
    (name, RouteTable { routes, gateway_routes, others_routes: doubt || own.doubt || !whole })
}

fn firewalls(found: &mut Found, shown: &mut Shown) {
    let (policy_names, firewall_names) = (found.policies.names(), found.firewalls.names());
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for (_, policy) in found.policies.iter() {
        used.extend(policy.base.as_ref().and_then(|base| found.policies.find(base)));
    }
    let mut firewalls = Vec::new();
    for ((_, own), name) in found.firewalls.iter().zip(&firewall_names) {
        let policy = own.policy.as_ref().map(|id| (found.policies.find(id), found.policies.get(id)));
        used.extend(policy.and_then(|(index, _)| index));
        shown.places.extend(own.place.iter().map(|place| (format!("firewall/{name}"), place.clone())));
        firewalls.push(firewall(name, Some(own), policy.map(|(_, policy)| policy), found));
    }
    for (index, ((_, own), name)) in found.policies.iter().zip(&policy_names).enumerate() {
        if !used.contains(&index) {
            shown.places.extend(own.place.iter().map(|place| (format!("firewall/{name}"), place.clone())));
            firewalls.push(firewall(name, None, Some(Some(own)), found));
        }
    }
    for (_, policy) in found.policies.iter() {
        for group in &policy.groups {
            shown.places.insert(format!("firewall/{}", group.group.name), group.place.clone());
        }
    }
    for firewall in firewalls.iter_mut() {
        for group in &mut firewall.groups {
            group.collections.iter_mut().for_each(|collection| resolve(&mut collection.rules, &found.ip_groups));
        }
        let by_name = |collection: &crate::model::RuleCollection| match &collection.rules {
            CollectionRules::Network(rules) => rules.iter().any(|rule| !rule.names.is_empty()),
            _ => false,
        };
        if firewall.groups.iter().flat_map(|group| &group.collections).any(by_name) && firewall.unsaid {
            let why = format!(
                "whether `{}` answers DNS was not shown: as its network rules hold names, it is read as if",
                firewall.own.name
            );
            shown.ignored.push(super::Ignored { place: Place::default(), more: 0, why, matters: true });
            firewall.own.dns_proxy = true;
        }
    }
    shown.network.firewalls = firewalls.into_iter().map(|made| Firewall { groups: made.groups, ..made.own }).collect();
}

/// A firewall with its groups apart, and whether nothing said if it answers DNS.
struct Made {
    own: Firewall,
    groups: Vec<RuleCollectionGroup>,
    unsaid: bool,
}

fn firewall(name: &str, own: Option<&FoundFirewall>, policy: Option<Option<&FoundPolicy>>, found: &Found) -> Made {
    let mut groups = Vec::new();
    let mut whole = true;
    let mut settings = own.map(|own| own.settings.clone()).unwrap_or_default();
    let mut tier = own.and_then(|own| own.tier);
    match policy {
        None => {
            let collections = own.map(|own| own.collections.clone()).unwrap_or_default();
            if !collections.is_empty() {
                let name = super::firewall::CLASSIC.to_string();
                groups.push(RuleCollectionGroup { name, priority: 100, parent: false, collections });
            }
            whole &= !own.is_some_and(|own| own.doubt);
        }
        Some(policy) => {
            let base = policy.and_then(|policy| policy.base.as_ref()).map(|id| found.policies.get(id));
            for (policy, parent) in [(policy, false)].into_iter().chain(base.map(|base| (base, true))) {
                let Some(policy) = policy else {
                    whole = false;
                    continue;
                };
                whole &= policy.shown && !policy.groups.iter().any(|group| group.doubt);
                whole &=
                    policy.listed.as_ref().is_some_and(|all| all.iter().all(|name| policy.by_name.contains_key(name)));
                let groups_of = policy.groups.iter().map(|own| RuleCollectionGroup { parent, ..own.group.clone() });
                groups.extend(groups_of);
                settings.dns_proxy = settings.dns_proxy.or(policy.settings.dns_proxy);
                settings.private_ranges = settings.private_ranges.or(policy.settings.private_ranges.clone());
                tier = tier.or(policy.tier);
            }
        }
    }
    let shown = policy.is_none() || policy.flatten().is_some_and(|policy| policy.shown);
    Made {
        unsaid: settings.dns_proxy.is_none() && !shown,
        own: Firewall {
            name: name.into(),
            private_address: own.and_then(|own| own.private_address),
            // The tier of firewalls that do not say it: the API's default.
            tier: tier.unwrap_or(FirewallTier::Standard),
            dns_proxy: settings.dns_proxy.unwrap_or(false),
            groups: Vec::new(),
            others_groups: !whole || found.doubt_all_policies,
            private_ranges: settings.private_ranges.flatten(),
        },
        groups,
    }
}

/// Puts the addresses of IP groups in the place of their ids; a group that was not shown keeps its name.
fn resolve(rules: &mut CollectionRules, groups: &Registry<super::gather::FoundIpGroup>) {
    let known = |endpoint: &Endpoint| -> Vec<Endpoint> {
        let parts = match endpoint {
            Endpoint::Several(parts) => parts.clone(),
            one => vec![one.clone()],
        };
        let mut all: Vec<Endpoint> = Vec::new();
        for part in parts {
            let next = match part {
                Endpoint::Groups(ids) => {
                    let id = ids.first().and_then(|id| resource_id(id)).map(|id| id.own());
                    let addresses = id.as_ref().and_then(|id| groups.get(id)?.addresses.clone());
                    match (addresses, id) {
                        (Some(addresses), _) => Endpoint::Prefixes(addresses),
                        (None, Some(id)) => Endpoint::Groups(vec![id.name]),
                        (None, None) => Endpoint::Groups(ids),
                    }
                }
                other => other,
            };
            match (all.last_mut(), next) {
                (Some(Endpoint::Prefixes(list)), Endpoint::Prefixes(more)) => list.extend(more),
                (_, next) => all.push(next),
            }
        }
        all
    };
    let one = |endpoint: &mut Endpoint| *endpoint = super::nsg::one_or_several(known(endpoint));
    match rules {
        CollectionRules::Network(list) | CollectionRules::Nat(list) => {
            for rule in list {
                one(&mut rule.source);
                let mut all: Vec<Endpoint> = Vec::new();
                for next in rule.destinations.iter().flat_map(known) {
                    match (all.last_mut(), next) {
                        (Some(Endpoint::Prefixes(list)), Endpoint::Prefixes(more)) => list.extend(more),
                        (_, next) => all.push(next),
                    }
                }
                rule.destinations = all;
            }
        }
        CollectionRules::Application(list) => list.iter_mut().for_each(|rule| one(&mut rule.source)),
    }
}

/// Azure takes no two groups of a policy, and no two collections of a group, with one priority.
fn unique(shown: &mut Shown) {
    for firewall in &shown.network.firewalls {
        let mut seen = BTreeMap::new();
        for group in &firewall.groups {
            if let Some(other) = seen.insert((group.parent, group.priority), &group.name) {
                shown.refused.push(Refused {
                    key: format!("firewall/{}", group.name),
                    place: shown.places.get(&format!("firewall/{}", group.name)).cloned().unwrap_or_default(),
                    what: format!("rule collection group `{other}` has the same priority {}", group.priority),
                    hint: "give each group of a policy a priority of its own".into(),
                });
            }
        }
    }
}
