//! What a subnet can reach outside the network: how many public addresses, which host names, and which destinations where
//! anyone can rent a place.
//!
//! It is measured on everything that the simulator finds open, never on what was meant: what a rule opens beyond its
//! requirement counts as well.

use crate::catalog::Tenancy;
use crate::model::{AddressSet, Network, Services, TagTable};
use crate::required::{Party, RequiredFlow, addresses, name_covers};
use crate::simulate::{Open, OpenRegion, Readings};
use std::collections::{BTreeMap, BTreeSet};

/// What a subnet can reach outside the network.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exposure {
    /// The subnet.
    pub subnet: String,
    /// How many public IPv4 addresses it can reach by address, on any port. Plans are IPv4.
    pub addresses: u64,
    /// Host names and wildcards that it can reach through a firewall, sorted.
    pub names: Vec<String>,
    /// Requirements whose destination it can reach and anyone can rent a place in, sorted.
    pub anyone: Vec<String>,
}

impl Exposure {
    /// The names that stand for more than one host.
    pub fn wildcards(&self) -> impl Iterator<Item = &String> {
        self.names.iter().filter(|name| name.starts_with('*'))
    }
}

/// What each subnet with an NSG can reach, under either reading of `VirtualNetwork`, in the order of subnets.
///
/// Rules of others that were not shown may close some of it, or open more.
pub fn exposure(network: &Network, flows: &[RequiredFlow], table: &TagTable) -> Vec<Exposure> {
    let readings = Readings::new(network, table);
    let filtered = network.subnets.iter().filter(|subnet| subnet.nsg.is_some());
    let measure = |subnet: &crate::model::Subnet| {
        let simulators = readings.about(&[&AddressSet::from_prefixes(&subnet.prefixes)]);
        let open: Vec<Open> = simulators.iter().map(|simulator| simulator.open_outbound(&subnet.name)).collect();
        exposed(&subnet.name, &open, flows, table)
    };
    filtered.map(measure).collect()
}

/// What a subnet can reach, of what was found open from it.
pub fn exposed(subnet: &str, open: &[Open], flows: &[RequiredFlow], table: &TagTable) -> Exposure {
    let regions: Vec<&OpenRegion> = open.iter().flat_map(|open| &open.regions).collect();
    let reached = by_address(&regions, |_| true).intersection(&AddressSet::public_v4());
    let names: BTreeSet<&String> = regions.iter().filter_map(|region| region.names.as_ref()).flatten().collect();
    let rentable = |flow: &&RequiredFlow| {
        flow.tenancy == Tenancy::Anyone && matches!(&flow.from, Party::Subnet { name, .. } if name == subnet)
    };
    // What is open for the few services that most flows ask for.
    let mut open: BTreeMap<Services, AddressSet> = BTreeMap::new();
    let mut anyone: BTreeSet<&String> = BTreeSet::new();
    for flow in flows.iter().filter(rentable) {
        let for_services = |asked: &Services| by_address(&regions, |region| region.services.intersects(asked));
        let open = open.entry(flow.services()).or_insert_with_key(for_services);
        if reaches(&regions, open, flow, table) {
            anyone.insert(&flow.requirement);
        }
    }
    Exposure {
        subnet: subnet.into(),
        addresses: reached.count_v4(),
        names: names.into_iter().cloned().collect(),
        anyone: anyone.into_iter().cloned().collect(),
    }
}

/// The destinations that are open by address, in the regions wanted.
fn by_address(regions: &[&OpenRegion], wanted: impl Fn(&OpenRegion) -> bool) -> AddressSet {
    let open = regions.iter().filter(|region| region.names.is_none() && wanted(region));
    open.fold(AddressSet::default(), |sum, region| sum.union(&region.destination))
}

/// Whether something of a flow's destination is open: an address behind its tag, one of its names, or, for names without
/// a tag, every public address that they may have. `open` is what is open by address for the flow's services.
fn reaches(regions: &[&OpenRegion], open: &AddressSet, flow: &RequiredFlow, table: &TagTable) -> bool {
    let services = flow.services();
    let destination = addresses(&flow.to, table).only_v4();
    let Party::Service(service) = &flow.to else { return open.intersects(&destination) };
    let whole = service.tag.is_some() && open.intersects(&destination) || destination.is_subset(open);
    let same = |wide: &str, name: &str| name_covers(wide, name) || name_covers(name, wide);
    let named = |region: &OpenRegion| {
        region.services.intersects(&services)
            && region.names.iter().flatten().any(|open| service.names.iter().any(|name| same(open, name)))
    };
    whole || regions.iter().any(|region| named(region))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Need;
    use crate::model::{PortSet, Protocol, Services};
    use crate::required::Service;
    use ipnet::IpNet;

    fn prefixes(list: &[&str]) -> AddressSet {
        list.iter().map(|text| text.parse::<IpNet>().unwrap()).collect()
    }

    fn region(destination: &[&str], port: u16, names: Option<&[&str]>) -> OpenRegion {
        OpenRegion {
            source: prefixes(&["10.0.0.0/24"]),
            destination: prefixes(destination),
            services: Services::tcp(port),
            names: names.map(|names| names.iter().map(ToString::to_string).collect()),
            by: "rule".into(),
        }
    }

    fn rented(id: &str, tag: Option<&str>, names: &[&str]) -> RequiredFlow {
        RequiredFlow {
            requirement: id.into(),
            slot: 600,
            need: Need::Required,
            tenancy: Tenancy::Anyone,
            from: Party::Subnet { name: "a".into(), prefix: "10.0.0.0/24".parse().unwrap() },
            to: Party::Service(Service {
                tag: tag.map(String::from),
                names: names.iter().map(ToString::to_string).collect(),
                ..Service::default()
            }),
            protocol: Protocol::Tcp,
            ports: PortSet::from_range(443, 443),
        }
    }

    fn open(regions: Vec<OpenRegion>) -> [Open; 1] {
        [Open { regions, ..Open::default() }]
    }

    #[test]
    fn addresses_count_once_and_only_public_ones() {
        let open = open(vec![
            region(&["20.0.0.0/24", "10.1.0.0/16"], 443, None),
            region(&["20.0.0.128/25", "20.0.1.0/24"], 80, None),
            region(&["0.0.0.0/0"], 443, Some(&["*.x.org", "b.org"])),
        ]);
        let found = exposed("a", &open, &[], &TagTable::default());
        assert_eq!(found.addresses, 512);
        assert_eq!(found.names, ["*.x.org", "b.org"]);
        assert_eq!(found.wildcards().collect::<Vec<_>>(), ["*.x.org"]);
    }

    #[test]
    fn a_rentable_destination_counts_where_its_service_is_open() {
        let mut table = TagTable::default();
        table.insert("Storage", prefixes(&["20.0.0.0/16"]));
        let flows = [rented("x.tag", Some("Storage"), &[]), rented("x.name", None, &["files.x.org"])];
        let anyone = |regions| exposed("a", &open(regions), &flows, &table).anyone;
        assert_eq!(anyone(vec![region(&["20.0.0.0/24"], 443, None)]), ["x.tag"]);
        assert!(anyone(vec![region(&["20.0.0.0/24"], 80, None)]).is_empty());
        assert_eq!(anyone(vec![region(&["0.0.0.0/0"], 443, Some(&["*.x.org"]))]), ["x.name"]);
        assert!(anyone(vec![region(&["0.0.0.0/0"], 443, Some(&["x.org"]))]).is_empty());
        assert_eq!(
            anyone(vec![region(&["0.0.0.0/1"], 443, None), region(&["128.0.0.0/1"], 443, None)]),
            ["x.name", "x.tag"]
        );
        assert!(exposed("b", &open(vec![region(&["0.0.0.0/0"], 443, None)]), &flows, &table).anyone.is_empty());
    }
}
