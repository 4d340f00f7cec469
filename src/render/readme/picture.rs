//! The picture: subnets, the way out, peered and on-premises networks, and what the rules let flow between them.

use crate::model::{
    Access, AddressSet, Direction, Endpoint, NextHop, Route, RouteDestination, SecurityRule, Services, WayOut,
};
use crate::plan::{Plan, PlannedRule, PlannedSubnet, cut};
use crate::render::engine::{Value, label, view};
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// A place in the picture, in the order of edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Subnet(usize),
    Peer(usize),
    OnPremises,
    Firewall,
    NatGateway,
    Outside,
    Elsewhere,
}

impl Place {
    fn id(self) -> String {
        match self {
            Place::Subnet(index) => format!("subnet{index}"),
            Place::Peer(index) => format!("peer{index}"),
            Place::OnPremises => "onpremises".into(),
            Place::Firewall => "firewall".into(),
            Place::NatGateway => "nat".into(),
            Place::Outside => "outside".into(),
            Place::Elsewhere => "elsewhere".into(),
        }
    }
}

/// What stands on each arrow.
type Edges = BTreeMap<(Place, Place), Services>;

/// The longest text on an arrow.
const LONGEST: usize = 40;

/// The nodes and arrows of the picture.
pub(super) fn view(plan: &Plan) -> Value {
    let edges = edges(plan);
    let used: BTreeSet<Place> = edges.keys().flat_map(|(from, to)| [*from, *to]).collect();
    let subnets: Vec<Value> = plan
        .subnets
        .iter()
        .enumerate()
        .map(|(index, subnet)| {
            let roles: Vec<&str> = subnet.roles.iter().map(|role| role.name()).collect();
            view!({
                "id": Place::Subnet(index).id(),
                "name": label(&subnet.name),
                "prefix": label(&subnet.prefix.to_string()),
                "roles": label(&roles.join(", ")),
            })
        })
        .collect();
    let firewall = holder(plan);
    let home = firewall.and_then(|address| {
        let holds = |(_, prefixes): &(String, Vec<IpNet>)| prefixes.iter().any(|prefix| prefix.contains(&address));
        plan.vnet.peered.iter().position(holds)
    });
    let peers: Vec<Value> = plan
        .vnet
        .peered
        .iter()
        .enumerate()
        .map(|(index, (name, prefixes))| {
            view!({
                "id": Place::Peer(index).id(),
                "name": label(name),
                "prefixes": label(&prefixes_text(prefixes)),
                "holds_firewall": home == Some(index),
            })
        })
        .collect();
    let arrows: Vec<Value> = edges
        .iter()
        .map(|((from, to), services)| {
            view!({ "from": from.id(), "to": to.id(), "label": label(&arrow(plan, *from, services)) })
        })
        .collect();
    view!({
        "network": label(&plan.vnet.name),
        "address_space": label(&prefixes_text(&plan.vnet.address_space)),
        "subnets": subnets,
        "peers": peers,
        "firewall_alone": firewall.is_some() && home.is_none(),
        "firewall_kind": label(firewall_kind(plan)),
        "firewall": label(&firewall.map(|address| address.to_string()).unwrap_or_default()),
        "nat": used.contains(&Place::NatGateway),
        "on_premises": !plan.vnet.on_premises.is_empty(),
        "on_premises_prefixes": label(&prefixes_text(&plan.vnet.on_premises)),
        "outside": used.contains(&Place::Outside),
        "elsewhere": used.contains(&Place::Elsewhere),
        "arrows": arrows,
    })
}

fn prefixes_text(prefixes: &[IpNet]) -> String {
    let shown: Vec<String> = prefixes.iter().take(3).map(ToString::to_string).collect();
    let more = if prefixes.len() > shown.len() { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// The address of the firewall, appliance or proxy.
fn holder(plan: &Plan) -> Option<IpAddr> {
    let firewall = plan.firewall.as_ref().map(|firewall| firewall.private_address);
    firewall.or(plan.appliance.as_ref().map(|appliance| appliance.address)).map(IpAddr::V4)
}

fn firewall_kind(plan: &Plan) -> &'static str {
    match &plan.appliance {
        None => "Azure Firewall",
        Some(appliance) if appliance.proxy.is_some() => "proxy",
        Some(_) => "firewall of another make",
    }
}

/// Whether a rule's destination is the explicit proxy and nothing else.
fn is_proxy(plan: &Plan, addresses: &AddressSet) -> bool {
    let proxy = plan.appliance.as_ref().filter(|appliance| appliance.proxy.is_some());
    proxy.is_some_and(|proxy| *addresses == AddressSet::from_iter([IpNet::from(IpAddr::V4(proxy.address))]))
}

fn arrow(plan: &Plan, from: Place, services: &Services) -> String {
    let rules = |count: usize, kind: &str| format!("{count} {kind} rule{}", if count == 1 { "" } else { "s" });
    let (network, application) = plan.held();
    match from {
        Place::Firewall if plan.firewall.is_some() => {
            format!("{}, {}", rules(network.len(), "network"), rules(application.len(), "application"))
        }
        Place::Firewall if network.is_empty() => rules(application.len(), "name"),
        Place::Firewall => format!("{}, {}", rules(network.len(), "address"), rules(application.len(), "name")),
        Place::NatGateway => "its public address".into(),
        _ => cut(&services.to_string(), LONGEST),
    }
}

/// What the allow rules of the NSGs let flow, one arrow for each pair of places. The deny rules open nothing, and
/// what stays inside a subnet needs no arrow.
fn edges(plan: &Plan) -> Edges {
    let mut edges = Edges::new();
    for nsg in &plan.nsgs {
        let own =
            |place: &Place| matches!(place, Place::Subnet(index) if nsg.subnets.contains(&plan.subnets[*index].name));
        for planned in nsg.rules.iter().filter(|planned| planned.rule.access == Access::Allow) {
            let rule = &planned.rule;
            let (local, remote) = match rule.direction {
                Direction::Inbound => (&rule.destination, &rule.source),
                Direction::Outbound => (&rule.source, &rule.destination),
            };
            for here in places(plan, local).into_iter().filter(own) {
                for there in places(plan, remote) {
                    add(plan, &mut edges, here, there, planned);
                }
            }
        }
    }
    edges
}

fn add(plan: &Plan, edges: &mut Edges, here: Place, there: Place, planned: &PlannedRule) {
    let Place::Subnet(index) = here else { return };
    let services = planned.rule.services();
    let mut join = |from: Place, to: Place| {
        let known = edges.entry((from, to)).or_default();
        *known = known.union(&services);
    };
    match (planned.rule.direction, there) {
        _ if here == there => {}
        (Direction::Inbound, _) => join(there, here),
        (Direction::Outbound, Place::Outside) => match leaves_by(plan, &plan.subnets[index], planned) {
            Some(Place::Outside) => join(here, Place::Outside),
            Some(way) => {
                join(here, way);
                join(way, Place::Outside);
            }
            None => {}
        },
        (Direction::Outbound, Place::Firewall) => {
            join(here, there);
            join(there, Place::Outside);
        }
        (Direction::Outbound, _) => join(here, there),
    }
}

/// Where a subnet's traffic to the outside passes; `None` if it has no way out.
fn leaves_by(plan: &Plan, subnet: &PlannedSubnet, planned: &PlannedRule) -> Option<Place> {
    if by_service_endpoint(subnet, &planned.rule) {
        return Some(Place::Outside);
    }
    let table = plan.route_tables.iter().find(|table| Some(&table.name) == subnet.route_table.as_ref());
    let mut routes = table.into_iter().flat_map(|table| &table.routes);
    let past = |route: &crate::plan::PlannedRoute| {
        route.route.next_hop == NextHop::Internet && route.because.iter().any(|id| planned.because.contains(id))
    };
    if routes.clone().any(past) {
        return Some(Place::Outside);
    }
    if holder(plan).is_some() && routes.any(|route| is_default(&route.route)) {
        return Some(Place::Firewall);
    }
    match subnet.way_out {
        WayOut::None => None,
        WayOut::NatGateway => Some(Place::NatGateway),
        _ => Some(Place::Outside),
    }
}

fn by_service_endpoint(subnet: &PlannedSubnet, rule: &SecurityRule) -> bool {
    let Endpoint::Tag(tag) = &rule.destination else { return false };
    let service = tag.split('.').next().unwrap_or_default();
    subnet.service_endpoints.iter().any(|endpoint| *endpoint == format!("Microsoft.{service}"))
}

fn is_default(route: &Route) -> bool {
    matches!(route.destination, RouteDestination::Prefix(prefix) if prefix.prefix_len() == 0)
        && matches!(route.next_hop, NextHop::Appliance(_))
}

/// The places that one side of a rule names. The platform's own (probes, DNS) are left out: they are everywhere.
fn places(plan: &Plan, endpoint: &Endpoint) -> BTreeSet<Place> {
    match endpoint {
        Endpoint::Any => BTreeSet::from([Place::Outside]),
        Endpoint::Tag(tag) if tag == "AzureLoadBalancer" => BTreeSet::new(),
        Endpoint::Tag(_) => BTreeSet::from([Place::Outside]),
        Endpoint::Groups(_) => BTreeSet::from([Place::Elsewhere]),
        Endpoint::Several(several) => several.iter().flat_map(|one| places(plan, one)).collect(),
        Endpoint::Prefixes(prefixes) => places_of(plan, AddressSet::from_prefixes(prefixes)),
    }
}

fn places_of(plan: &Plan, addresses: AddressSet) -> BTreeSet<Place> {
    if is_proxy(plan, &addresses) {
        return BTreeSet::from([Place::Firewall]);
    }
    let mut rest = addresses.difference(&crate::required::platform_address());
    let mut found = BTreeSet::new();
    let mut take = |place: Place, prefixes: &mut dyn Iterator<Item = &IpNet>| {
        let space: AddressSet = prefixes.copied().collect();
        if rest.intersects(&space) {
            found.insert(place);
            rest = rest.difference(&space);
        }
    };
    for (index, subnet) in plan.subnets.iter().enumerate() {
        take(Place::Subnet(index), &mut std::iter::once(&subnet.prefix).chain(&subnet.pods));
    }
    for (index, (_, prefixes)) in plan.vnet.peered.iter().enumerate() {
        take(Place::Peer(index), &mut prefixes.iter());
    }
    take(Place::OnPremises, &mut plan.vnet.on_premises.iter());
    if rest.intersects(&AddressSet::public_v4()) {
        found.insert(Place::Outside);
    } else if !rest.is_empty() {
        found.insert(Place::Elsewhere);
    }
    found
}
