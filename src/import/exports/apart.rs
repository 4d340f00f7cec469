//! Which virtual network is which: networks that are not connected are not one.

use super::gather::{Found, Id, Registry};
use super::{Holder, Shown, VirtualNetwork};
use crate::model::{AddressSet, Network};
use crate::problem::{Place, Problem};
use std::collections::BTreeSet;

/// The virtual networks that were found, those included of which subnets alone were shown. `names` are those of all
/// found subnets.
pub(super) fn networks(found: &Found, names: &[String]) -> Vec<VirtualNetwork> {
    let mut all: Registry<VirtualNetwork> = Registry::default();
    for (id, own) in found.networks.iter() {
        let network = all.entry(id);
        network.space.clone_from(&own.space);
        network.whole = own.whole;
        network.place = own.place.clone().unwrap_or_default();
    }
    for ((id, own), name) in found.subnets.iter().zip(names) {
        let parent = id.name.split_once('/').map_or("", |(network, _)| network);
        if !own.prefixes.is_empty() {
            let network = all.entry(&Id { name: parent.into(), ..id.clone() });
            network.subnets.push(name.clone());
            if network.place == Place::default() {
                network.place = own.place.clone().unwrap_or_default();
            }
        }
    }
    let mut links: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut cut: BTreeSet<(usize, usize)> = BTreeSet::new();
    let both = |one: usize, other: usize| [(one, other), (other, one)];
    let mut outside = Vec::new();
    for (id, own) in found.networks.iter() {
        let Some(from) = all.find(id) else { continue };
        let to = |other: &Option<Id>, space: &AddressSet| match other {
            Some(other) => all.find(other),
            None => all.iter().position(|(_, network)| {
                let own = AddressSet::from_prefixes(&network.space);
                !own.is_empty() && own.is_subset(space)
            }),
        };
        for (other, prefixes) in &own.peers {
            match to(other, &AddressSet::from_prefixes(prefixes)) {
                Some(to) => links.extend(both(from, to)),
                None => outside.push((from, prefixes.clone())),
            }
        }
        for (other, prefixes) in &own.cut {
            cut.extend(to(other, &AddressSet::from_prefixes(prefixes)).into_iter().flat_map(|to| both(from, to)));
        }
    }
    let mut networks: Vec<VirtualNetwork> = all
        .into_items()
        .into_iter()
        .map(|(id, own)| VirtualNetwork { name: id.name, group: id.group, ..own })
        .collect();
    for (from, to) in links.difference(&cut) {
        let space = networks.get(*to).map(|other| other.space.clone()).unwrap_or_default();
        if let Some(own) = networks.get_mut(*from) {
            own.connected.push(*to);
            own.peered.extend(space);
        }
    }
    for (from, prefixes) in outside {
        if let Some(own) = networks.get_mut(from) {
            own.peered.extend(prefixes);
        }
    }
    networks
}

impl Shown {
    /// Whether everything that was shown may be read as one network: every two virtual networks are peered, and no
    /// prefix is in two of them.
    ///
    /// # Errors
    ///
    /// Two networks that are not: one problem that names them.
    pub fn as_one(&self) -> Result<(), Vec<Problem>> {
        let hint = "name one network's exports, with those of networks that are peered with it and with each other";
        for (index, own) in self.networks.iter().enumerate() {
            for (other_index, other) in self.networks.iter().enumerate().skip(index + 1) {
                let names = format!("virtual networks `{}` and `{}`", own.name, other.name);
                let what = if !own.connected.contains(&other_index) {
                    format!("{names} are not shown as connected by a peering, and cannot be read as one")
                } else if self.space(own).intersects(&self.space(other)) {
                    format!("{names} have addresses in common, and cannot be read as one")
                } else {
                    continue;
                };
                return Err(vec![Problem { place: other.place.clone(), ..Problem::at("", what, hint) }]);
            }
        }
        Ok(())
    }

    /// Whether something is attached to a subnet of such a network.
    fn is_in(&self, to: &Holder, such: &dyn Fn(&VirtualNetwork) -> bool) -> bool {
        let Holder::Subnet { network, .. } = to else { return false };
        self.networks.iter().any(|own| such(own) && own.name.eq_ignore_ascii_case(network))
    }

    /// The addresses of a virtual network: its space and its subnets.
    fn space(&self, own: &VirtualNetwork) -> AddressSet {
        let subnets = self.network.subnets.iter().filter(|subnet| own.subnets.contains(&subnet.name));
        AddressSet::from_prefixes(own.space.iter().chain(subnets.flat_map(|subnet| &subnet.prefixes)))
    }

    /// What was shown of the one virtual network that `base` is, by its name, or by the prefixes of its subnets if none
    /// has the name.
    pub(super) fn of(&self, base: &Network, name: &str, group: &str) -> Result<Shown, Vec<Problem>> {
        let mut own: Vec<&VirtualNetwork> =
            self.networks.iter().filter(|own| own.name.eq_ignore_ascii_case(name)).collect();
        if own.len() > 1 {
            own.retain(|own| own.group.eq_ignore_ascii_case(group));
        } else if own.is_empty() {
            let prefixes = AddressSet::from_prefixes(base.subnets.iter().flat_map(|subnet| &subnet.prefixes));
            let shares = |own: &&VirtualNetwork| {
                let mut subnets = self.network.subnets.iter().filter(|subnet| own.subnets.contains(&subnet.name));
                subnets.any(|subnet| AddressSet::from_prefixes(&subnet.prefixes).intersects(&prefixes))
            };
            own = self.networks.iter().filter(shares).collect();
        }
        let one = match own.as_slice() {
            [one] => *one,
            // Of the subnets of the answers nothing was shown.
            [] if self.networks.iter().all(|own| !own.name.eq_ignore_ascii_case(name)) => {
                let mut shown = self.clone();
                shown.network.subnets.clear();
                shown.attached.retain(|own| !self.is_in(&own.to, &|_| true));
                return Ok(shown);
            }
            _ => {
                let names: Vec<String> = own.iter().map(|own| format!("`{}/{}`", own.group, own.name)).collect();
                let what = format!("several of the networks that were shown may be `{name}`: {}", names.join(", "));
                let hint = "say which in `network.vnet` and `network.resource_group`, or name the exports of one";
                return Err(vec![Problem::at("network.vnet", what, hint)]);
            }
        };
        let mut shown = self.clone();
        shown.network.subnets.retain(|subnet| one.subnets.contains(&subnet.name));
        if self.networks.len() > 1 {
            let theirs = |other: &VirtualNetwork| !other.name.eq_ignore_ascii_case(&one.name);
            shown.attached.retain(|own| !self.is_in(&own.to, &theirs));
            shown.network.address_space.clone_from(&one.space);
            shown.network.peered.clone_from(&one.peered);
        }
        let mut problems = Vec::new();
        for subnet in &base.subnets {
            let wanted = AddressSet::from_prefixes(&subnet.prefixes);
            let last = |name: &str| name.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
            let named =
                shown.network.subnets.iter().find(|other| last(&other.name) == subnet.name.to_ascii_lowercase());
            let covered = |other: &crate::model::Subnet| {
                AddressSet::from_prefixes(&other.prefixes) == wanted
                    || subnet.prefixes.first().is_some_and(|first| other.prefixes.contains(&first.trunc()))
            };
            let what = match named {
                Some(other) if !covered(other) && !shown.network.subnets.iter().any(covered) => {
                    let text = |prefixes: &[ipnet::IpNet]| {
                        prefixes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
                    };
                    format!(
                        "subnet `{}` is {} in the exports and {} in the answers",
                        subnet.name,
                        text(&other.prefixes),
                        text(&subnet.prefixes)
                    )
                }
                None if one.whole && !shown.network.subnets.iter().any(covered) => {
                    format!("virtual network `{}` was shown, and has no subnet `{}`", one.name, subnet.name)
                }
                _ => continue,
            };
            let hint = "let the answers say what exists, or name the exports of the network that they are about";
            problems.push(Problem { place: one.place.clone(), ..Problem::at("", what, hint) });
        }
        if problems.is_empty() { Ok(shown) } else { Err(problems) }
    }
}
