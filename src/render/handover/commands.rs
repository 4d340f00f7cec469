//! The commands of the tables: one that shows whether a rule works, one that takes it back. Names are quoted here; what
//! only the reader knows is a shell variable that stops where it is not set.

use crate::model::{AddressSet, Direction, Endpoint, PortSet, Protocol, SecurityRule};
use crate::plan::{Plan, PlannedNsg, PlannedRouteTable};
use crate::render::arm::API_VERSION;
use crate::render::escape::quoted;
use crate::render::readme::commands::{group, hub_id};

/// An address that no service has (RFC 5737): what nothing opens is closed to it.
const NOBODY: &str = "192.0.2.1";
/// A source port that clients take.
const CLIENT: u16 = 60_000;

/// Whether a security rule decides as planned: IP flow verify of Network Watcher, which knows TCP and UDP. Other
/// protocols leave a look at the rule.
pub(super) fn nsg_test(plan: &Plan, nsg: &PlannedNsg, rule: &SecurityRule) -> String {
    let group = group(plan);
    let protocol = match rule.protocol {
        Protocol::Tcp | Protocol::Any => "TCP",
        Protocol::Udp => "UDP",
        Protocol::Icmp | Protocol::Esp | Protocol::Ah => {
            let (nsg, name) = (quoted(&nsg.name), quoted(&rule.name));
            return format!(
                "az network nsg rule show {group} --nsg-name {nsg} --name {name} --query '[access, priority]'"
            );
        }
    };
    let port = first_port(&rule.destination_ports);
    let machine = "\"${address:?set it to the private address of the machine}\"";
    let (direction, local, remote) = match rule.direction {
        Direction::Outbound => ("Outbound", CLIENT, format!("{}:{port}", far(&rule.destination))),
        Direction::Inbound => ("Inbound", port, format!("{}:{CLIENT}", far(&rule.source))),
    };
    format!(
        "az network watcher test-ip-flow --vm \"${{vm:?set it to the resource id of a virtual machine in the subnet}}\" \
         --direction {direction} --protocol {protocol} --local {machine}:{local} --remote {remote} \
         --query '[access, ruleName]' --output tsv"
    )
}

/// An address on the far side of a rule, as a word of the shell.
fn far(side: &Endpoint) -> String {
    match side {
        Endpoint::Any => NOBODY.into(),
        Endpoint::Prefixes(prefixes) => {
            // The first address of a prefix is its name; the next one may be a machine.
            let first = prefixes.iter().find_map(|prefix| prefix.hosts().next());
            first.map_or_else(|| NOBODY.into(), |address| address.to_string())
        }
        Endpoint::Tag(_) | Endpoint::Groups(_) | Endpoint::Several(_) => {
            "\"${remote:?set it to an address of the service tag in this row}\"".into()
        }
    }
}

/// A host on the far side of a rule, as a word of the shell: one that answers, so a prefix of many leaves it to the reader.
fn host(side: &Endpoint) -> String {
    match side {
        Endpoint::Prefixes(prefixes) => {
            let single = prefixes.iter().find(|prefix| prefix.prefix_len() == prefix.max_prefix_len());
            single.map_or_else(
                || "\"${remote:?set it to the address of a machine in the destination}\"".into(),
                |prefix| prefix.addr().to_string(),
            )
        }
        other => far(other),
    }
}

/// A port to try: the first of the rule; 443 where every port is meant.
pub(super) fn first_port(ports: &PortSet) -> u16 {
    if ports.is_all() { 443 } else { ports.iter().next().map_or(443, |(first, _)| first) }
}

pub(super) fn nsg_rollback(plan: &Plan, nsg: &PlannedNsg, rule: &SecurityRule) -> String {
    let (nsg, name) = (quoted(&nsg.name), quoted(&rule.name));
    format!("az network nsg rule delete {} --nsg-name {nsg} --name {name}", group(plan))
}

pub(super) fn route_test(plan: &Plan, table: &PlannedRouteTable, route: &str) -> String {
    let (table, name) = (quoted(&table.name), quoted(route));
    let query = "--query '[addressPrefix, nextHopType, nextHopIpAddress]' --output tsv";
    format!("az network route-table route show {} --route-table-name {table} --name {name} {query}", group(plan))
}

pub(super) fn route_rollback(plan: &Plan, table: &PlannedRouteTable, route: &str) -> String {
    let (table, name) = (quoted(&table.name), quoted(route));
    format!("az network route-table route delete {} --route-table-name {table} --name {name}", group(plan))
}

/// From a machine in the source subnet, to a host that a rule names; under a wildcard, to one that the reader knows.
pub(super) fn host_test(names: &[String], protocol: Protocol, port: u16) -> String {
    let exact = names.iter().find(|name| !name.contains('*'));
    let host = match exact {
        Some(name) => quoted(name),
        None => "\"${host:?set it to a host under a name of this row}\"".into(),
    };
    reach(&host, protocol, port)
}

/// From a machine in the source subnet, to an address that a rule covers.
pub(super) fn address_test(sides: &[Endpoint], protocol: Protocol, port: u16) -> String {
    reach(&sides.first().map_or_else(|| NOBODY.into(), host), protocol, port)
}

/// Whether a connection comes about. Silence says nothing with UDP, which has none.
fn reach(host: &str, protocol: Protocol, port: u16) -> String {
    let udp = if protocol == Protocol::Udp { "u" } else { "" };
    format!("nc -vz{udp} -w 5 {host} {port}")
}

/// From a machine in the source subnet: an application rule looks at the name in the request, so it takes a request.
pub(super) fn web_test(names: &[String], https: bool, port: u16) -> String {
    let exact = names.iter().find(|name| !name.contains('*'));
    let scheme = if https { "https" } else { "http" };
    let url = match exact {
        Some(name) => quoted(&format!("{scheme}://{name}:{port}/")),
        None => format!("\"{scheme}://${{host:?set it to a host under a name of this row}}:{port}/\""),
    };
    format!("curl --silent --show-error --max-time 10 --output /dev/null --write-out '%{{http_code}}\\n' {url}")
}

/// Takes one rule out of our rule collection group and leaves the others: read, filtered, written back. A collection that
/// would be empty goes with its last rule.
pub(super) fn hub_rollback(plan: &Plan, rule: &str) -> String {
    let url = format!("{}{}", hub_id(plan), quoted(&format!("?api-version={API_VERSION}")));
    // A raw string of JMESPath, in single quotes.
    let name = rule.replace('\\', "\\\\").replace('\'', "\\'");
    let collection = format!(
        "{{ruleCollectionType: ruleCollectionType, name: name, priority: priority, action: action, rules: rules[?name != '{name}']}}"
    );
    let collections = format!("properties.ruleCollections[].{collection} | [?rules]");
    let query = quoted(&format!("{{properties: {{priority: properties.priority, ruleCollections: {collections}}}}}"));
    format!("az rest --method put --url {url} --body \"$(az rest --method get --url {url} --query {query})\"")
}

/// Whether a DNS server answers: any public name will do.
pub(super) fn lookup_test(server: &Endpoint) -> String {
    format!("nslookup login.microsoftonline.com {}", far(server))
}

/// From a machine on one side of the corporate firewall to one on the other.
pub(super) fn crossing_test(destination: &AddressSet, protocol: Protocol, port: u16) -> String {
    let host = host(&Endpoint::Prefixes(destination.to_prefixes()));
    match protocol {
        Protocol::Icmp => format!("ping -c 3 {host}"),
        _ => reach(&host, protocol, port),
    }
}
