//! One flow, as an admin asks for it: read, traced, and told hop by hop with every rule that was looked at.

mod told;

pub use told::{Azure, Hop, Told, ToldPart, ToldRule, Verdict, tell};

use crate::catalog::tags::Tags;
use crate::model::{
    AddressSet, Flow, Network, PortSet, Protocol, Services, Subnet, TagTable, WayOut, parse_ports, parse_prefix,
};
use crate::problem::{Problem, did_you_mean};
use std::collections::BTreeMap;

/// Subnets by role, where answers say so.
pub type Roles = BTreeMap<String, Vec<String>>;

/// A question about one flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The source as it was asked for.
    pub from: String,
    /// The destination as it was asked for, without the service.
    pub to: String,
    /// The packets. For a host name the destination is every address that it may have.
    pub flow: Flow,
}

/// Reads a question: `from` is an address, a prefix, a subnet, a role or a service tag; `to` is one of these or a host name,
/// then a colon and the service: `443`, `443/tcp`, `8704-8710/tcp`, `53/udp`, `*`, `icmp`. IPv6 addresses stand in brackets
/// before the colon.
///
/// # Errors
///
/// What cannot be read, or is not known; for both sides at once.
pub fn read(from: &str, to: &str, network: &Network, roles: &Roles, tags: &Tags) -> Result<Question, Vec<Problem>> {
    let source = side(from, network, roles, tags);
    let (to, service) = match split(to) {
        Some((to, service)) => (to, services(service)),
        None => {
            let hint = format!("write `{to}:443`, `{to}:53/udp` or `{to}:icmp`");
            (to, Err(Problem::at("TO", format!("`{to}` names no port"), hint)))
        }
    };
    let destination = match side(to, network, roles, tags) {
        Ok(addresses) => Ok((addresses, None)),
        Err(_) if is_host_name(to) => Ok((addresses_of(to, tags), Some(to.to_ascii_lowercase()))),
        Err(problem) => Err(problem),
    };
    match (source, destination, service) {
        (Ok(source), Ok((destination, _)), Ok(_)) if !one_family(&source, &destination) => {
            let what = format!("`{from}` and `{to}` have no address family in common");
            Err(vec![Problem::at("TO", what, "name two IPv4 or two IPv6 addresses")])
        }
        (Ok(source), Ok((destination, name)), Ok(services)) => {
            Ok(Question { from: from.into(), to: to.into(), flow: Flow { source, destination, name, services } })
        }
        (source, destination, service) => {
            let under = |path: &str, mut problem: Problem| {
                problem.place.path = path.into();
                problem
            };
            let problems = [
                source.err().map(|problem| under("FROM", problem)),
                destination.err().map(|problem| under("TO", problem)),
                service.err().map(|problem| under("TO", problem)),
            ];
            Err(problems.into_iter().flatten().collect())
        }
    }
}

fn one_family(one: &AddressSet, other: &AddressSet) -> bool {
    let has = |set: &AddressSet| (!set.only_v4().is_empty(), !set.only_v6().is_empty());
    let ((v4, v6), (other_v4, other_v6)) = (has(one), has(other));
    v4 && other_v4 || v6 && other_v6
}

/// Destination and service of `DESTINATION:SERVICE`.
fn split(text: &str) -> Option<(&str, &str)> {
    if let Some(rest) = text.strip_prefix('[') {
        return rest.split_once("]:");
    }
    let (destination, service) = text.rsplit_once(':')?;
    // What is left of an IPv6 address without brackets has colons of its own.
    (!destination.contains(':')).then_some((destination, service))
}

fn services(text: &str) -> Result<Services, Problem> {
    let (ports, protocol) = match text.split_once('/') {
        Some((ports, protocol)) => (ports, Protocol::parse(protocol)),
        None => match Protocol::parse(text).filter(|protocol| *protocol != Protocol::Any) {
            Some(protocol) => ("*", Some(protocol)),
            None if text == "*" => ("*", Some(Protocol::Any)),
            None => (text, Some(Protocol::Tcp)),
        },
    };
    let read = |item: &str| parse_ports(item.trim());
    let ports = ports.split(',').try_fold(PortSet::default(), |all, item| Some(all.union(&read(item)?)));
    match (ports, protocol) {
        (Some(ports), Some(protocol)) => Ok(Services::new(protocol, &ports)),
        _ => Err(Problem::at(
            "",
            format!("`{text}` is no service"),
            "such as `443`, `443/tcp`, `8704-8710/tcp`, `53/udp`, `icmp`",
        )),
    }
}

/// The addresses of one side that is no host name.
fn side(text: &str, network: &Network, roles: &Roles, tags: &Tags) -> Result<AddressSet, Problem> {
    if let Ok(prefix) = parse_prefix(text) {
        return Ok(AddressSet::from_iter([prefix]));
    }
    let subnet = |name: &str| network.subnets.iter().find(|subnet| subnet.name.eq_ignore_ascii_case(name));
    let of_subnet = |name: &str| subnet(name).map(|subnet| AddressSet::from_prefixes(&subnet.prefixes));
    if let Some(addresses) = of_subnet(text) {
        return if addresses.is_empty() {
            let what = format!("the prefix of subnet `{text}` was not shown");
            Err(Problem::at("", what, "give an address instead, or an export that has the subnet"))
        } else {
            Ok(addresses)
        };
    }
    if let Some(subnets) = roles.get(text) {
        let sets = subnets.iter().filter_map(|name| of_subnet(name));
        return Ok(sets.fold(AddressSet::default(), |all, set| all.union(&set)));
    }
    if text.eq_ignore_ascii_case("Internet") {
        return Ok(AddressSet::public_v4());
    }
    if let Some(addresses) = tags.canonical(text).and_then(|tag| tags.addresses(&tag)) {
        return Ok(addresses);
    }
    let names = network.subnets.iter().map(|subnet| subnet.name.as_str()).chain(roles.keys().map(String::as_str));
    let hint = match did_you_mean(text, names.chain(tags.names())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "an address, a prefix, a subnet, a role, a service tag or, as a destination, a host name".into(),
    };
    Err(Problem::at("", format!("`{text}` is not known"), hint))
}

/// Whether it reads as a host name: labels of letters, digits, `-` and `_`, at least two of them; `*.` may lead
/// (RFC 1123, section 2.1).
fn is_host_name(text: &str) -> bool {
    let labels: Vec<&str> = text.strip_prefix("*.").unwrap_or(text).trim_end_matches('.').split('.').collect();
    let label = |label: &&str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        !label.is_empty() && label.len() <= 63 && label.chars().all(plain) && !label.starts_with('-')
    };
    let numbers = labels.iter().all(|label| label.chars().all(|c| c.is_ascii_digit()));
    labels.len() > 1 && !numbers && labels.iter().all(label)
}

/// The addresses that a host name may have: for a storage account those behind the tag, for any other every public one.
fn addresses_of(name: &str, tags: &Tags) -> AddressSet {
    let storage = crate::proof::is_storage(name).then(|| tags.addresses("Storage")).flatten();
    storage.map_or_else(AddressSet::public_v4, |storage| storage.only_v4())
}

/// Where exports show NSGs and no subnet of either end, puts a lone one there, or the one named: on the source, or on the
/// destination if only that is private. A lone route table goes with it. Says what was taken for granted.
///
/// # Errors
///
/// An NSG of that name was not shown, or one has to be chosen.
pub fn place(question: &Question, network: &mut Network, nsg: Option<&str>) -> Result<Option<String>, Vec<Problem>> {
    let names: Vec<&String> = network.nsgs.keys().collect();
    let list = || names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let chosen = match nsg {
        Some(name) => {
            let Some(chosen) = names.iter().find(|known| known.eq_ignore_ascii_case(name)) else {
                return Err(vec![Problem::at(
                    "--nsg",
                    format!("NSG `{name}` was not shown"),
                    format!("shown: {}", list()),
                )]);
            };
            Some((*chosen).clone())
        }
        None => None,
    };
    let flow = &question.flow;
    let inside = |set: &AddressSet| {
        network.subnets.iter().any(|subnet| AddressSet::from_prefixes(&subnet.prefixes).intersects(set))
    };
    if inside(&flow.source) || inside(&flow.destination) {
        return Ok(None);
    }
    let subnets = network.subnets.iter().filter(|subnet| !subnet.prefixes.is_empty());
    let subnets: Vec<String> = subnets.map(|subnet| format!("`{}`", subnet.name)).collect();
    if chosen.is_none() && (!subnets.is_empty() || names.is_empty()) {
        let what = format!("neither `{}` nor `{}` is in a subnet that was shown", question.from, question.to);
        let hint = match (subnets.is_empty(), names.is_empty()) {
            (true, _) => "give an export that has the subnet, or its NSG".to_string(),
            (false, true) => format!("shown: {}", subnets.join(", ")),
            (false, false) => format!("shown: {}; or choose an NSG with `--nsg NAME`", subnets.join(", ")),
        };
        return Err(vec![Problem::at("FROM", what, hint)]);
    }
    let chosen = match (chosen, names.as_slice()) {
        (Some(chosen), _) => chosen,
        (None, [alone]) => (*alone).clone(),
        (None, _) => {
            let what = "no subnet of either end was shown, and more than one NSG was".to_string();
            return Err(vec![Problem::at("--nsg", what, format!("choose with `--nsg NAME` among {}", list()))]);
        }
    };
    let private = |set: &AddressSet| !set.intersects(&AddressSet::public_v4());
    let (end, addresses) = match !private(&flow.source) && private(&flow.destination) {
        true => ("destination", &flow.destination),
        false => ("source", &flow.source),
    };
    let table = match network.route_tables.keys().collect::<Vec<_>>().as_slice() {
        [alone] => Some((*alone).clone()),
        _ => None,
    };
    let said = format!("NSG `{chosen}` is taken for that of the {end}, whose subnet was not shown");
    network.subnets.push(Subnet {
        name: format!("the subnet of the {end}"),
        prefixes: addresses.to_prefixes(),
        nsg: Some(chosen),
        route_table: table,
        way_out: WayOut::Unknown,
        ..Subnet::default()
    });
    Ok(Some(said))
}

/// The addresses behind every tag that a rule, a route or a service endpoint of the network names.
pub fn table(network: &Network, tags: &Tags) -> TagTable {
    let mut table = TagTable::default();
    for tag in network.tags() {
        if let Some(addresses) = tags.canonical(&tag).and_then(|tag| tags.addresses(&tag)) {
            table.insert(&tag, addresses);
        }
    }
    table
}
