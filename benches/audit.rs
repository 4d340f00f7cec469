//! Dead rules of large NSGs: `cargo bench --bench audit`.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use netcordon::catalog::{Cloud, tags::Tags};
use netcordon::model::{
    Access, AddressSet, Direction, Endpoint, Network, Nsg, PortSet, Protocol, SecurityRule, Subnet, TagTable,
    parse_prefix,
};
use netcordon::simulate::{Matching, nsg_matching};
use std::time::{Duration, Instant};

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as u32) % most
    }
}

const TAGS: [&str; 8] = [
    "Storage",
    "Storage.WestEurope",
    "AzureCloud",
    "AzureActiveDirectory",
    "AzureMonitor",
    "AzureResourceManager",
    "AzureCloud.westeurope",
    "Sql",
];

fn endpoint(numbers: &mut Numbers) -> Endpoint {
    let prefix = |numbers: &mut Numbers| {
        let (a, b, c) = (numbers.below(4), numbers.below(256), numbers.below(256));
        let length = [16, 20, 24, 24, 24, 28, 32][numbers.below(7) as usize];
        parse_prefix(&format!("10.{}.{b}.{c}/{length}", 20 + a)).unwrap()
    };
    match numbers.below(10) {
        0 => Endpoint::Any,
        1 => Endpoint::Tag("VirtualNetwork".into()),
        2 => Endpoint::Tag(TAGS[numbers.below(8) as usize].into()),
        3 => Endpoint::Prefixes((0..8).map(|_| prefix(numbers)).collect()),
        _ => Endpoint::Prefixes(vec![prefix(numbers)]),
    }
}

/// `few`: only single prefixes and ports, as in estates where a rule is one firewall request.
fn rules(count: u16, few: bool) -> Vec<SecurityRule> {
    let mut numbers = Numbers(7);
    let one = |index: u16| {
        let port = [22, 443, 80, 1433, 3389, 8080][numbers.below(6) as usize] + numbers.below(4) as u16;
        let side = |numbers: &mut Numbers| match few {
            true => Endpoint::Prefixes(vec![
                parse_prefix(&format!("10.20.{}.{}", numbers.below(256), numbers.below(256))).unwrap(),
            ]),
            false => endpoint(numbers),
        };
        SecurityRule {
            name: format!("Rule{index}"),
            direction: Direction::Outbound,
            priority: 100 + index,
            access: if numbers.below(4) == 0 { Access::Deny } else { Access::Allow },
            protocol: if numbers.below(3) == 0 { Protocol::Any } else { Protocol::Tcp },
            source: side(&mut numbers),
            source_ports: PortSet::all(),
            destination: side(&mut numbers),
            destination_ports: if numbers.below(8) == 0 { PortSet::all() } else { PortSet::from_range(port, port) },
            description: String::new(),
        }
    };
    let mut rules: Vec<SecurityRule> = (0..count).map(one).collect();
    let last = rules.last_mut().unwrap();
    (last.source, last.destination) = (Endpoint::Any, Endpoint::Any);
    (last.protocol, last.destination_ports) = (Protocol::Any, PortSet::all());
    rules
}

/// Four /26 of every /24 one by one, then the /24, then the /16: only a union covers it.
fn unions(count: u16) -> Vec<SecurityRule> {
    let parts = (0..count).map(|index| {
        let (c, d) = (index / 4 % 256, index % 4 * 64);
        let far = if index >= 1024 { "20.128.0.0/9" } else { "20.0.0.0/9" };
        let (near, far) = if index + 1 == count {
            ("10.20.0.0/16".to_string(), "20.0.0.0/8")
        } else {
            (format!("10.20.{c}.{d}/26"), far)
        };
        SecurityRule {
            name: format!("Rule{index}"),
            direction: Direction::Outbound,
            priority: index,
            access: Access::Allow,
            protocol: Protocol::Tcp,
            source: Endpoint::Prefixes(vec![parse_prefix(&near).unwrap()]),
            source_ports: PortSet::all(),
            destination: Endpoint::Prefixes(vec![parse_prefix(far).unwrap()]),
            destination_ports: PortSet::from_range(443, 443),
            description: String::new(),
        }
    });
    parts.collect()
}

fn network(rules: Vec<SecurityRule>) -> Network {
    let subnet = Subnet {
        name: "a".into(),
        prefixes: vec![parse_prefix("10.20.0.0/16").unwrap()],
        nsg: Some("nsg".into()),
        ..Subnet::default()
    };
    let nsg = Nsg { rules, others_rules: false };
    Network {
        address_space: vec![parse_prefix("10.20.0.0/14").unwrap()],
        subnets: vec![subnet],
        nsgs: [("nsg".to_string(), nsg)].into(),
        ..Network::default()
    }
}

fn main() {
    let tags = Tags::snapshot(Cloud::AzureCloud);
    let mut table = TagTable::default();
    for tag in TAGS {
        table.insert(tag, tags.addresses(tag).unwrap_or_else(AddressSet::default));
    }
    for count in [1000, 4000] {
        for (what, rules) in
            [("mixed", rules(count, false)), ("single addresses", rules(count, true)), ("unions", unions(count))]
        {
            let network = network(rules);
            let mut found = Vec::new();
            let one = |_| {
                let start = Instant::now();
                found = nsg_matching(&network, &table).remove("nsg").unwrap();
                start.elapsed()
            };
            let mut times: Vec<Duration> = (0..9).map(one).collect();
            times.sort();
            let dead = found.iter().filter(|matching| matches!(matching, Matching::Never(_))).count();
            let open = found.iter().filter(|matching| matches!(matching, Matching::Undecided)).count();
            println!(
                "{count} rules, {what:<18} {:>9.3} ms  {dead} dead, {open} undecided",
                times[4].as_secs_f64() * 1000.0
            );
        }
    }
}
