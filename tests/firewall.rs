//! Lists for firewalls and proxies of other makes: every file says what the plan says, and no list says a thing twice.

#![allow(clippy::unwrap_used)]

mod common;

use common::{HOSTILE, example, files, with_tail};
use netcordon::catalog::{Catalog, Cloud, tags::Tags};
use netcordon::environment::{Environment, build};
use netcordon::model::{
    AddressSet, ApplicationProtocol, ApplicationRule, Endpoint, NetworkRule, PortSet, Protocol, Services, parse_ports,
    parse_prefix,
};
use netcordon::plan::{Plan, PlannedFirewallRule};
use netcordon::question;
use netcordon::required::name_covers;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What a subnet may reach, as one of the files has it: names and addresses by services.
#[derive(Clone, Debug, Default, PartialEq)]
struct Allowed(Vec<(String, Services, Vec<String>, AddressSet)>);

impl Allowed {
    fn add(&mut self, source: &str, services: Services, names: &[String], addresses: AddressSet) {
        self.0.push((source.into(), services, names.to_vec(), addresses));
    }

    fn allows(&self, source: &str, services: &Services, host: &str) -> bool {
        self.0.iter().any(|(from, what, names, _)| {
            from == source && services.is_subset(what) && names.iter().any(|name| name_covers(name, host))
        })
    }

    /// The addresses that a subnet may reach on one port.
    fn addresses(&self, source: &str, services: &Services) -> AddressSet {
        let rows = self.0.iter().filter(|(from, what, _, _)| from == source && services.is_subset(what));
        rows.fold(AddressSet::default(), |sum, (_, _, _, set)| sum.union(set))
    }
}

fn set(items: &[String]) -> AddressSet {
    items.iter().map(|text| parse_prefix(text).unwrap()).collect()
}

fn of_plan(plan: &Plan) -> Allowed {
    let mut allowed = Allowed::default();
    let (network, application) = plan.held();
    let source = |endpoint: &Endpoint| match endpoint {
        Endpoint::Prefixes(prefixes) => prefixes[0].to_string(),
        other => panic!("{other:?}"),
    };
    for planned in network {
        let addresses = planned.rule.destinations.iter().map(|to| match to {
            Endpoint::Tag(tag) => plan.service_tags.addresses.get(tag).unwrap().clone(),
            Endpoint::Prefixes(prefixes) => AddressSet::from_prefixes(prefixes),
            other => panic!("{other:?}"),
        });
        let addresses = addresses.fold(AddressSet::default(), |sum, set| sum.union(&set));
        allowed.add(&source(&planned.rule.source), planned.rule.services.clone(), &planned.rule.names, addresses);
    }
    for planned in application {
        let ports = PortSet::from_ranges(planned.rule.protocols.iter().map(|one| (one.port, one.port)));
        let services = Services::new(Protocol::Tcp, &ports);
        allowed.add(&source(&planned.rule.source), services, &planned.rule.names, AddressSet::default());
    }
    allowed
}

fn services_of<'a>(parts: impl Iterator<Item = (&'a str, &'a str)>) -> Services {
    parts.fold(Services::default(), |sum, (protocol, ports)| {
        let ports = ports.split(',').map(|item| parse_ports(item).unwrap());
        let ports = ports.fold(PortSet::default(), |sum, set| sum.union(&set));
        sum.union(&Services::new(Protocol::parse(protocol).unwrap(), &ports))
    })
}

fn of_json(text: &str) -> Allowed {
    let json: serde_json::Value = serde_json::from_str(text).unwrap();
    let texts = |value: &serde_json::Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_string()).collect()
    };
    let mut allowed = Allowed::default();
    for rule in json["rules"].as_array().unwrap() {
        let services = rule["services"].as_array().unwrap().iter().map(|one| {
            let ports = texts(&one["ports"]).join(",");
            services_of([(one["protocol"].as_str().unwrap(), ports.as_str())].into_iter())
        });
        let services = services.fold(Services::default(), |sum, one| sum.union(&one));
        let of = |value: &serde_json::Value| set(&texts(&value["ipv4"])).union(&set(&texts(&value["ipv6"])));
        let tags = rule["service_tags"].as_array().unwrap().iter().map(of);
        let addresses = tags.fold(of(&rule["prefixes"]), |sum, one| sum.union(&one));
        allowed.add(&texts(&rule["source"]["prefixes"])[0], services, &texts(&rule["names"]), addresses);
    }
    allowed
}

/// The records of a CSV file whose every cell is quoted, by the names of their columns.
fn of_csv(text: &str) -> (Allowed, Vec<BTreeMap<String, String>>) {
    let cells = |line: &str| -> Vec<String> {
        let inner = line.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
        inner.split("\",\"").map(|cell| cell.replace("\"\"", "\"")).collect()
    };
    let mut lines = text.lines();
    let head = cells(lines.next().unwrap());
    let rows: Vec<BTreeMap<String, String>> = lines
        .map(|line| {
            let cells = cells(line);
            assert_eq!(cells.len(), head.len(), "{line}");
            head.iter().cloned().zip(cells).collect()
        })
        .collect();
    let mut allowed = Allowed::default();
    for row in &rows {
        let services = services_of(row["protocol"].split("; ").zip(row["ports"].split("; ")));
        let destinations: Vec<String> = row["destination"].split("; ").map(String::from).collect();
        match row["type"].as_str() {
            "name" | "wildcard" => allowed.add(&row["source"], services, &destinations, AddressSet::default()),
            _ => allowed.add(&row["source"], services, &[], set(&destinations)),
        }
    }
    (allowed, rows)
}

/// Each plain list with its subnet, services and type, all of it from its path.
fn plain(plan: &Plan, files: &[(String, String)]) -> Vec<(String, Services, String, Vec<String>)> {
    let lists = files.iter().filter_map(|(path, text)| Some((path.strip_prefix("firewall/lists/")?, text)));
    let lists = lists.filter(|(path, _)| path.contains('/'));
    let read = |(path, text): (&str, &String)| {
        let (subnet, file) = path.split_once('/').unwrap();
        let subnet = plan.subnets.iter().find(|one| one.name == subnet).unwrap();
        let stem = file.strip_suffix(".txt").unwrap();
        let kinds = ["wildcard-domains", "domains", "urls", "ipv4", "ipv6"];
        let kind = kinds.into_iter().find(|kind| stem.ends_with(&format!("-{kind}"))).unwrap();
        let words: Vec<&str> = stem.strip_suffix(&format!("-{kind}")).unwrap().split('-').collect();
        let mut services = Services::default();
        let mut protocol = Protocol::Any;
        for word in words {
            match Protocol::parse(word) {
                Some(found) => protocol = found,
                None => services = services.union(&Services::new(protocol, &parse_ports(word).unwrap())),
            }
        }
        (subnet.prefix.to_string(), services, kind.to_string(), text.lines().map(String::from).collect())
    };
    lists.map(read).collect()
}

fn of_lists(plan: &Plan, files: &[(String, String)]) -> Allowed {
    let mut allowed = Allowed::default();
    for (source, services, kind, entries) in plain(plan, files) {
        match kind.as_str() {
            "domains" | "wildcard-domains" => allowed.add(&source, services, &entries, AddressSet::default()),
            "ipv4" | "ipv6" => allowed.add(&source, services, &[], set(&entries)),
            _ => {}
        }
    }
    allowed
}

/// An own reading of `squid.conf`: ACLs, then the first `http_access` line whose ACLs all match.
struct Squid {
    acls: BTreeMap<String, (String, Vec<String>)>,
    rules: Vec<(bool, Vec<String>)>,
}

impl Squid {
    fn read(text: &str) -> Squid {
        let mut squid = Squid { acls: BTreeMap::new(), rules: Vec::new() };
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["acl", name, kind, "-n", value] | ["acl", name, kind, value] => {
                    let (known, values) =
                        squid.acls.entry(name.to_string()).or_insert_with(|| (kind.to_string(), Vec::new()));
                    assert_eq!(known, kind);
                    values.push(value.to_string());
                }
                ["http_access", action, acls @ ..] => {
                    squid.rules.push((*action == "allow", acls.iter().map(ToString::to_string).collect()));
                }
                _ => panic!("{line}"),
            }
        }
        assert_eq!(squid.rules.last().unwrap(), &(false, vec!["netcordon_sources".to_string()]));
        squid
    }

    /// `host` is a name or an address; squid looks no names up here, so a name has none.
    fn allows(&self, source: &str, method: &str, host: &str, port: u16) -> bool {
        let matches = |name: &String| {
            let (wanted, name) = match name.strip_prefix('!') {
                Some(name) => (false, name),
                None => (true, name.as_str()),
            };
            if name == "all" {
                return wanted;
            }
            let (kind, values) = &self.acls[name];
            let any = values.iter().any(|value| match kind.as_str() {
                "method" => value == method,
                "port" => *value == port.to_string(),
                "src" => parse_prefix(value).unwrap().contains(&parse_prefix(source).unwrap()),
                "dst" => parse_prefix(host).is_ok_and(|address| parse_prefix(value).unwrap().contains(&address)),
                "dstdomain" => match value.strip_prefix('.') {
                    Some(below) => host == below || host.ends_with(value),
                    None => host == value,
                },
                other => panic!("{other}"),
            });
            any == wanted
        };
        self.rules.iter().find(|(_, acls)| acls.iter().all(matches)).is_some_and(|(allow, _)| *allow)
    }
}

fn file<'a>(files: &'a [(String, String)], path: &str) -> &'a str {
    &files.iter().find(|(name, _)| name == path).unwrap_or_else(|| panic!("no {path}")).1
}

const PROXY: &str = "version: 1
name: hpc-proxy
region: westeurope
scenarios: [cyclecloud-vm, aks]
network:
  resource_group: rg-net
  vnet: vnet-hpc
  address_space: [10.61.0.0/16]
  peered: [{name: hub, prefixes: [10.12.0.0/22]}]
  on_premises: [10.100.0.0/14]
subnets:
  - {name: snet-server, prefix: 10.61.0.0/27, roles: [cyclecloud-server]}
  - {name: snet-nodes, prefix: 10.61.2.0/23, roles: [cluster-nodes]}
  - {name: snet-aks, prefix: 10.61.8.0/22, roles: [aks-nodes]}
egress: {via: https-proxy, proxy: 'http://10.12.0.5:3128'}
machines: {agents: [os-updates]}
cyclecloud: {projects: github}
aks: {pod_addresses: [10.244.0.0/16]}
";

fn built(text: &str, set: &[&str]) -> Environment {
    let set: Vec<String> = set.iter().map(ToString::to_string).collect();
    let read = question::read("answers.yaml", text.as_bytes(), &set);
    build(&read, "answers.yaml", &[], None).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The example, the same by tags, the same for an Azure Firewall, and a proxy.
fn plans() -> Vec<(Plan, Catalog)> {
    let text =
        std::fs::read_to_string(format!("{}/examples/third-party-firewall/answers.yaml", env!("CARGO_MANIFEST_DIR")));
    let text = text.unwrap();
    let by_tag = built(&text, &["egress.rule_style=tag"]);
    let azure = built(&text.replace("via: appliance", "via: azure-firewall"), &["outputs=[firewall]"]);
    let proxy = built(PROXY, &[]);
    let built = [by_tag, azure, proxy].map(|environment| (environment.plan, environment.catalog));
    [example("third-party-firewall")].into_iter().chain(built).collect()
}

/// Hosts that tell lists apart: each planned name, what is below and above it, and what only looks like it.
fn hosts(plan: &Plan) -> BTreeSet<String> {
    let (network, application) = plan.held();
    let names = network.iter().flat_map(|planned| &planned.rule.names);
    let names = names.chain(application.iter().flat_map(|planned| &planned.rule.names));
    let around = names.flat_map(|name| {
        let top = name.trim_start_matches("*.");
        let above = top.split_once('.').map_or(top, |(_, rest)| rest);
        [
            top.to_string(),
            format!("a.{top}"),
            format!("b.a.{top}"),
            format!("x{top}"),
            above.into(),
            format!("{top}.evil.com"),
        ]
    });
    around.chain(["example.org".to_string()]).collect()
}

#[test]
fn every_file_says_what_the_plan_says() {
    for (plan, catalog) in plans() {
        let files = files(&plan, &catalog, "firewall");
        let wanted = of_plan(&plan);
        assert!(!wanted.0.is_empty());
        let (csv, rows) = of_csv(file(&files, "firewall/rules.csv"));
        let said = [
            ("rules.json", of_json(file(&files, "firewall/rules.json"))),
            ("rules.csv", csv),
            ("lists", of_lists(&plan, &files)),
        ];
        let ports: BTreeSet<(Protocol, u16)> = wanted
            .0
            .iter()
            .flat_map(|(_, services, _, _)| {
                let tcp = services.tcp_ports().iter().map(|(first, _)| (Protocol::Tcp, first));
                tcp.chain(services.udp_ports().iter().map(|(first, _)| (Protocol::Udp, first))).collect::<Vec<_>>()
            })
            .chain([(Protocol::Tcp, 8443), (Protocol::Udp, 53)])
            .collect();
        let hosts = hosts(&plan);
        for subnet in &plan.subnets {
            let source = subnet.prefix.to_string();
            for (protocol, port) in &ports {
                let services = Services::new(*protocol, &PortSet::from_range(*port, *port));
                for (name, said) in &said {
                    for host in &hosts {
                        let want = wanted.allows(&source, &services, host);
                        assert_eq!(said.allows(&source, &services, host), want, "{name}: {source} {services} {host}");
                    }
                    let want = wanted.addresses(&source, &services);
                    assert_eq!(said.addresses(&source, &services), want, "{name}: {source} {services}");
                }
            }
        }
        for row in rows {
            for column in ["key", "requirements", "need", "why", "sources", "who can stand behind the destination"] {
                assert!(!row[column].is_empty(), "{column} {row:?}");
            }
            assert_eq!(row["tag data of"].is_empty(), row["service tag"].is_empty());
        }
        // URLs are the names of HTTP and HTTPS, each once more.
        for (source, services, kind, entries) in plain(&plan, &files).into_iter().filter(|list| list.2 == "urls") {
            let names: BTreeSet<String> = entries.iter().map(|url| url.strip_suffix('/').unwrap().into()).collect();
            let lists = plain(&plan, &files);
            let same =
                lists.iter().filter(|list| list.0 == source && list.1 == services && list.2.ends_with("domains"));
            assert_eq!(names, same.flat_map(|list| list.3.clone()).collect(), "{kind}");
        }
    }
}

#[test]
fn squid_allows_exactly_the_wanted_names() {
    let mut allowed = 0;
    for (plan, catalog) in plans() {
        let files = files(&plan, &catalog, "firewall");
        if plan.appliance.is_none() {
            assert!(!files.iter().any(|(path, _)| path.ends_with("squid.conf")));
            continue;
        }
        let squid = Squid::read(file(&files, "firewall/squid.conf"));
        let wanted = of_plan(&plan);
        for subnet in &plan.subnets {
            let (prefix, source) = (subnet.prefix.to_string(), subnet.prefix.addr().to_string());
            for (method, port) in [("GET", 80), ("CONNECT", 443), ("CONNECT", 80), ("GET", 8080), ("CONNECT", 8443)] {
                let services = Services::tcp(port);
                for host in hosts(&plan) {
                    let want = wanted.allows(&prefix, &services, &host) && (method != "CONNECT" || port == 443);
                    assert_eq!(squid.allows(&source, method, &host, port), want, "{source} {method} {host}:{port}");
                    allowed += usize::from(want);
                }
            }
        }
        assert!(!squid.allows("192.0.2.1", "CONNECT", "login.microsoftonline.com", 443));
    }
    assert!(allowed > 100);
}

#[test]
fn no_acl_of_squid_holds_an_entry_that_covers_another() {
    for (plan, catalog) in plans().into_iter().filter(|(plan, _)| plan.appliance.is_some()) {
        let squid = Squid::read(file(&files(&plan, &catalog, "firewall"), "firewall/squid.conf"));
        for (name, (_, values)) in squid.acls.iter().filter(|(_, (kind, _))| kind == "dstdomain") {
            for (one, other) in values.iter().flat_map(|one| values.iter().map(move |other| (one, other))) {
                let covers = one.starts_with('.') && (other == &one[1..] || other.ends_with(one.as_str()));
                assert!(one == other || !covers, "{name}: {one} covers {other}");
            }
        }
    }
}

#[test]
fn a_service_tag_is_expanded_to_exactly_its_addresses_of_that_date() {
    let (plan, catalog) = plans().remove(1);
    let tags = Tags::snapshot(Cloud::AzureCloud);
    let files = files(&plan, &catalog, "firewall");
    let json: serde_json::Value = serde_json::from_str(file(&files, "firewall/rules.json")).unwrap();
    assert_eq!(json["service_tags"]["date"], tags.date().unwrap());
    let mut seen = BTreeSet::new();
    for tag in json["rules"].as_array().unwrap().iter().flat_map(|rule| rule["service_tags"].as_array().unwrap()) {
        let name = tag["tag"].as_str().unwrap();
        let prefixes: Vec<String> = ["ipv4", "ipv6"]
            .iter()
            .flat_map(|family| tag[*family].as_array().unwrap())
            .map(|prefix| prefix.as_str().unwrap().to_string())
            .collect();
        let whole = tags.addresses(name).unwrap();
        assert_eq!(set(&prefixes), whole, "{name}");
        let shortest: Vec<String> = whole.to_prefixes().iter().map(ToString::to_string).collect();
        assert_eq!(prefixes, shortest, "{name}");
        seen.insert(name.to_string());
    }
    assert!(seen.len() > 5 && seen.contains("AzureActiveDirectory"), "{seen:?}");
}

/// What a list may hold of another's entries: nothing, whatever the rules are.
fn assert_minimal(plan: &Plan, files: &[(String, String)]) -> Result<(), TestCaseError> {
    let lists = plain(plan, files);
    for (source, services, kind, entries) in &lists {
        for (other_source, more, other_kind, others) in &lists {
            let web =
                |services: &Services| services.is_subset(&Services::new(Protocol::Tcp, &netcordon::model::web_ports()));
            let same_rule = source == other_source && services.is_subset(more) && (!web(services) || web(more));
            if kind == other_kind && kind.starts_with("ip") && same_rule {
                let (own, other) = (set(entries), set(others));
                if services == more {
                    let shortest: Vec<String> = own.to_prefixes().iter().map(ToString::to_string).collect();
                    prop_assert_eq!(entries, &shortest, "{}", services);
                } else {
                    let lost = entries.iter().find(|entry| set(&[entry.to_string()]).is_subset(&other));
                    prop_assert_eq!(lost, None, "{} in {}", services, more);
                }
            }
            if same_rule && kind.ends_with("domains") && other_kind.ends_with("domains") {
                for (entry, other) in entries.iter().flat_map(|entry| others.iter().map(move |other| (entry, other))) {
                    let itself = services == more && entry == other;
                    prop_assert!(
                        itself || !name_covers(other, entry),
                        "{other} of {more} covers {entry} of {services}"
                    );
                }
            }
        }
    }
    Ok(())
}

fn some_rules() -> impl Strategy<Value = Vec<(usize, u16, Vec<String>, Vec<String>)>> {
    let names = proptest::collection::vec("(\\*\\.)?([ab]\\.){0,3}(x|y)\\.org", 0..5);
    let prefix = (0u32..16, 28u8..=32).prop_map(|(last, length)| {
        let net = ipnet::Ipv4Net::new(std::net::Ipv4Addr::from(0x1400_0000 + last), length).unwrap().trunc();
        net.to_string()
    });
    let prefixes = proptest::collection::vec(prefix, 0..6);
    proptest::collection::vec((0usize..2, 0u16..4, names, prefixes), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Random rules on few names, few addresses and nested ports.
    #[test]
    fn lists_are_minimal_and_lose_nothing(rules in some_rules()) {
        let (mut plan, catalog) = example("third-party-firewall");
        let appliance = plan.appliance.as_mut().unwrap();
        appliance.network.clear();
        appliance.application.clear();
        for (number, (subnet, kind, names, prefixes)) in rules.into_iter().enumerate() {
            let source = Endpoint::Prefixes(vec![plan.subnets[subnet].prefix]);
            let key = format!("own.{number}/{}", plan.subnets[subnet].name);
            let because = vec!["aks.out.registry".to_string()];
            let services = [
                Services::tcp(443),
                Services::new(Protocol::Tcp, &PortSet::from_ranges([(80, 80), (443, 443)])),
                Services::new(Protocol::Any, &PortSet::from_range(443, 443)),
                Services::new(Protocol::Udp, &PortSet::from_range(123, 123)),
            ][usize::from(kind)].clone();
            let destinations = vec![Endpoint::Prefixes(set(&prefixes).to_prefixes())];
            if kind < 2 {
                let protocols = services.tcp_ports().iter().map(|(port, _)| ApplicationProtocol { https: port != 80, port });
                let rule = ApplicationRule { name: key.clone(), source: source.clone(), protocols: protocols.collect(), names: names.clone(), ..ApplicationRule::default() };
                appliance.application.push(PlannedFirewallRule { key: key.clone(), rule, written_out: String::new(), because: because.clone() });
            }
            let names = names.into_iter().filter(|name| kind >= 2 && !name.starts_with('*')).collect();
            let rule = NetworkRule { name: key.clone(), source, services, destinations, names };
            appliance.network.push(PlannedFirewallRule { key, rule, written_out: String::new(), because });
        }
        let files = files(&plan, &catalog, "firewall");
        assert_minimal(&plan, &files)?;
        let (wanted, said) = (of_plan(&plan), of_lists(&plan, &files));
        let hosts = ["x.org", "y.org", "a.x.org", "b.a.x.org", "a.b.a.y.org", "b.y.org", "z.org"];
        for subnet in &plan.subnets[..2] {
            let source = subnet.prefix.to_string();
            for services in [Services::tcp(443), Services::tcp(80), Services::new(Protocol::Udp, &PortSet::from_range(443, 443)), Services::new(Protocol::Udp, &PortSet::from_range(123, 123))] {
                for host in hosts {
                    prop_assert_eq!(said.allows(&source, &services, host), wanted.allows(&source, &services, host), "{} {}", services, host);
                }
                prop_assert_eq!(said.addresses(&source, &services), wanted.addresses(&source, &services));
            }
        }
        // Squid takes the same names: it would not start on a list in which one covers another.
        let squid = Squid::read(file(&files, "firewall/squid.conf"));
        for subnet in &plan.subnets[..2] {
            let source = subnet.prefix.addr().to_string();
            for host in hosts {
                let web = wanted.0.iter().any(|(from, services, names, _)| {
                    *from == subnet.prefix.to_string() && Services::tcp(443).is_subset(services)
                        && services.udp_ports().is_empty() && names.iter().any(|name| name_covers(name, host))
                });
                prop_assert_eq!(squid.allows(&source, "CONNECT", host, 443), web, "{}", host);
            }
        }
    }
}

#[test]
fn examples_lists_are_minimal() {
    for (plan, catalog) in plans() {
        assert_minimal(&plan, &files(&plan, &catalog, "firewall")).unwrap();
    }
}

/// Whatever the texts of a plan: one word a line in lists, nothing but our own directives in Squid's file, every record
/// whole, no path that leads out.
#[test]
fn hostile_texts_stay_texts() {
    let (plan, catalog) = example("third-party-firewall");
    let all = HOSTILE.concat();
    let plain_count = files(&plan, &catalog, "firewall").len();
    for tail in HOSTILE.into_iter().chain([all.as_str(), "/../../x", "..", " evil.com"]) {
        let mut plan = with_tail(&plan, tail);
        let appliance = plan.appliance.as_mut().unwrap();
        for planned in &mut appliance.application {
            planned.rule.names.iter_mut().for_each(|name| name.push_str(tail));
            planned.because.push(tail.into());
        }
        for planned in &mut appliance.network {
            planned.rule.names.push(format!("time{tail}"));
            planned.because.push(tail.into());
        }
        let files = files(&plan, &catalog, "firewall");
        assert!(files.len() >= plain_count, "{tail:?}");
        for (path, text) in &files {
            assert!(path.bytes().all(|b| b.is_ascii_alphanumeric() || b"./_-".contains(&b)), "{path}");
            if path.ends_with(".txt") {
                let word = |b: u8| b.is_ascii_alphanumeric() || b".*:/_-".contains(&b);
                assert!(text.lines().all(|line| !line.is_empty() && line.bytes().all(word)), "{path}: {text}");
                assert!(text.ends_with('\n'));
            }
        }
        Squid::read(file(&files, "firewall/squid.conf"));
        let json: serde_json::Value = serde_json::from_str(file(&files, "firewall/rules.json")).unwrap();
        assert_eq!(json["name"], plan.name);
        let (_, rows) = of_csv_quietly(file(&files, "firewall/rules.csv"));
        assert!(rows > 50, "{tail:?}");
    }
}

/// The records of a CSV file by their quotes alone: cells in a record, and records.
fn of_csv_quietly(text: &str) -> (usize, usize) {
    let (mut inside, mut cells, mut rows) = (false, 1, 0);
    let mut width = 0;
    for character in text.chars() {
        match character {
            '"' => inside = !inside,
            ',' if !inside => cells += 1,
            '\n' if !inside => {
                assert!(width == 0 || cells == width, "{cells} cells, not {width}");
                (width, cells, rows) = (cells, 1, rows + 1);
            }
            _ => {}
        }
    }
    assert!(!inside);
    (width, rows)
}

#[test]
fn behind_a_proxy_only_its_port_is_open_and_storage_goes_past_it() {
    let environment = built(PROXY, &[]);
    assert!(environment.proof.holds());
    let appliance = environment.plan.appliance.as_ref().unwrap();
    assert!(appliance.network.is_empty());
    let direct = &appliance.proxy.as_ref().unwrap().direct;
    let blobs = vec!["*.blob.core.windows.net".to_string()];
    assert_eq!(direct, &BTreeMap::from([("snet-nodes".into(), blobs.clone()), ("snet-server".into(), blobs)]));
    let public: Vec<String> = environment
        .plan
        .nsgs
        .iter()
        .flat_map(|nsg| &nsg.rules)
        .filter(|planned| planned.key.ends_with("/out") && planned.rule.access == netcordon::model::Access::Allow)
        .filter_map(|planned| match &planned.rule.destination {
            Endpoint::Prefixes(to) if to[0].to_string() == "10.12.0.5/32" => {
                assert_eq!(planned.rule.services(), Services::tcp(3128));
                Some(planned.key.clone())
            }
            Endpoint::Prefixes(_) => None,
            other => Some(format!("{} {other:?}", planned.key)),
        })
        .collect();
    assert_eq!(
        public,
        [
            "plan.proxy/snet-aks/out",
            "cyclecloud.nodes.storage/snet-nodes/out Tag(\"Storage.WestEurope\")",
            "plan.proxy/snet-nodes/out",
            "cyclecloud.server.storage/snet-server/out Tag(\"Storage\")",
            "plan.proxy/snet-server/out",
        ]
    );
    assert!(environment.plan.route_tables.is_empty());
}
