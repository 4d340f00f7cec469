//! An allow that another one covers is not written: its requirement cites the covering rule.

use crate::model::{AddressSet, Endpoint, Services, TagTable};
use crate::required::name_covers;

/// What an allow lets through, as sets.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    pub(super) source: AddressSet,
    pub(super) destination: AddressSet,
    pub(super) services: Services,
    /// For these host names alone; empty for every name.
    pub(super) names: Vec<String>,
    /// Whether it is inbound: the two directions of an NSG never cover each other.
    pub(super) inbound: bool,
}

impl Reach {
    fn lies_in(&self, other: &Reach) -> bool {
        // A rule for names opens its addresses for nobody else, so it covers names only.
        let names = other.names.is_empty()
            || (!self.names.is_empty()
                && self.names.iter().all(|name| other.names.iter().any(|o| name_covers(o, name))));
        names
            && self.inbound == other.inbound
            && self.services.is_subset(&other.services)
            && self.source.is_subset(&other.source)
            && self.destination.is_subset(&other.destination)
    }
}

/// For each item, the index of an item that stays and covers it; `None` for those that stay.
///
/// Of two that cover each other the first stays, so order the items by slot.
pub(super) fn covered(items: &[Reach]) -> Vec<Option<usize>> {
    let mut by: Vec<Option<usize>> = vec![None; items.len()];
    for index in 0..items.len() {
        let covers = |other: usize| {
            other != index
                && by[other].is_none()
                && items[index].lies_in(&items[other])
                && (other < index || !items[other].lies_in(&items[index]))
        };
        by[index] = (0..items.len()).find(|other| covers(*other));
    }
    // An item may have been covered by one that was itself covered later: follow to the one that stays.
    for index in 0..items.len() {
        while let Some(next) = by[index].and_then(|other| by[other]) {
            by[index] = Some(next);
        }
    }
    by
}

/// The addresses of a rule's side; nothing for a tag that depends on the subnet or is not known.
pub(super) fn addresses(endpoint: &Endpoint, table: &TagTable) -> AddressSet {
    match endpoint {
        Endpoint::Any => AddressSet::all_v4(),
        Endpoint::Tag(tag) if tag == "AzureLoadBalancer" => crate::required::platform_address(),
        Endpoint::Tag(tag) => table.get(tag).map(AddressSet::only_v4).unwrap_or_default(),
        Endpoint::Prefixes(prefixes) => AddressSet::from_prefixes(prefixes),
        Endpoint::Groups(_) => AddressSet::default(),
        Endpoint::Several(several) => {
            several.iter().fold(AddressSet::default(), |all, one| all.union(&addresses(one, table)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_equal_items_the_first_stays() {
        let item = |port| Reach {
            source: AddressSet::all_v4(),
            destination: AddressSet::all_v4(),
            services: Services::tcp(port),
            names: Vec::new(),
            inbound: false,
        };
        let wide = Reach { services: Services::all(), ..item(1) };
        assert_eq!(covered(&[item(443), item(443), item(80)]), [None, Some(0), None]);
        assert_eq!(covered(&[item(443), wide]), [Some(1), None]);
    }
}
