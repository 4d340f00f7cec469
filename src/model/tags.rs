//! The addresses behind service tags, as far as a network needs them.

use super::addresses::AddressSet;
use std::collections::BTreeMap;

/// Addresses by service tag. Look-ups ignore case, as an export's spelling may differ from Microsoft's.
///
/// `VirtualNetwork`, `Internet` and `AzureLoadBalancer` are not in it: their content depends on the subnet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagTable(BTreeMap<String, AddressSet>);

impl TagTable {
    /// Adds or replaces a tag.
    pub fn insert(&mut self, tag: &str, addresses: AddressSet) {
        self.0.insert(tag.to_ascii_lowercase(), addresses);
    }

    /// The addresses behind `tag`; `None` if the tag is not known.
    pub fn get(&self, tag: &str) -> Option<&AddressSet> {
        self.0.get(&tag.to_ascii_lowercase())
    }
}
