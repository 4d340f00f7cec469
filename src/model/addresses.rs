//! Exact sets of IP addresses, IPv4 and IPv6 side by side.

use super::ranges::Ranges;
use ipnet::{IpNet, Ipv4Net, Ipv4Subnets, Ipv6Net, Ipv6Subnets};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A set of addresses. IPv4 and IPv6 never mix: a packet has one family.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressSet {
    v4: Ranges<u32>,
    v6: Ranges<u128>,
}

impl AddressSet {
    /// Every IPv4 and every IPv6 address.
    pub fn all() -> Self {
        AddressSet { v4: Ranges::all(), v6: Ranges::all() }
    }

    /// Every IPv4 address.
    pub fn all_v4() -> Self {
        AddressSet { v4: Ranges::all(), v6: Ranges::default() }
    }

    /// Every IPv6 address.
    pub fn all_v6() -> Self {
        AddressSet { v4: Ranges::default(), v6: Ranges::all() }
    }

    /// The addresses of the prefixes; host bits are ignored, as Azure ignores them.
    pub fn from_prefixes<'a>(prefixes: impl IntoIterator<Item = &'a IpNet>) -> Self {
        let (mut v4, mut v6) = (Vec::new(), Vec::new());
        for prefix in prefixes {
            match prefix {
                IpNet::V4(net) => v4.push((net.network().to_bits(), net.broadcast().to_bits())),
                IpNet::V6(net) => v6.push((net.network().to_bits(), net.broadcast().to_bits())),
            }
        }
        AddressSet { v4: Ranges::from_ranges(v4), v6: Ranges::from_ranges(v6) }
    }

    /// The addresses from `first` to `last`, both included; `None` if the families differ or the range is reversed.
    pub fn from_range(first: IpAddr, last: IpAddr) -> Option<Self> {
        match (first, last) {
            (IpAddr::V4(a), IpAddr::V4(b)) if a <= b => {
                Some(AddressSet { v4: Ranges::from_range(a.to_bits(), b.to_bits()), v6: Ranges::default() })
            }
            (IpAddr::V6(a), IpAddr::V6(b)) if a <= b => {
                Some(AddressSet { v4: Ranges::default(), v6: Ranges::from_range(a.to_bits(), b.to_bits()) })
            }
            _ => None,
        }
    }

    /// What can be reached over the Internet: every IPv4 address that is not private, shared, loopback, link-local,
    /// multicast or reserved, nor the platform's own 168.63.129.16. IPv6 is left out: plans are IPv4.
    pub fn public_v4() -> Self {
        AddressSet::all_v4().difference(&AddressSet::special_v4())
    }

    /// The IPv4 space that no public service lives in (RFC 1918, 6598, 1122, 3927, 5771, 1112; the platform address).
    fn special_v4() -> Self {
        let nets = [
            (0, 0, 0, 0, 8),
            (10, 0, 0, 0, 8),
            (100, 64, 0, 0, 10),
            (127, 0, 0, 0, 8),
            (169, 254, 0, 0, 16),
            (172, 16, 0, 0, 12),
            (192, 168, 0, 0, 16),
            (168, 63, 129, 16, 32),
            (224, 0, 0, 0, 3),
        ];
        let nets: Vec<IpNet> = nets
            .iter()
            .map(|&(a, b, c, d, length)| IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), length)))
            .collect();
        AddressSet::from_prefixes(&nets)
    }

    /// Whether nothing is in the set.
    pub fn is_empty(&self) -> bool {
        self.v4.is_empty() && self.v6.is_empty()
    }

    /// Whether `address` is in the set.
    pub fn contains(&self, address: IpAddr) -> bool {
        match address {
            IpAddr::V4(a) => self.v4.contains(a.to_bits()),
            IpAddr::V6(a) => self.v6.contains(a.to_bits()),
        }
    }

    /// How many IPv4 addresses are in the set.
    pub fn count_v4(&self) -> u64 {
        u64::try_from(self.v4.count()).unwrap_or(u64::MAX)
    }

    /// How many IPv6 addresses are in the set, saturating.
    pub fn count_v6(&self) -> u128 {
        self.v6.count()
    }

    /// The IPv4 addresses as ranges of numbers.
    pub fn v4(&self) -> &Ranges<u32> {
        &self.v4
    }

    /// The IPv6 addresses as ranges of numbers.
    pub fn v6(&self) -> &Ranges<u128> {
        &self.v6
    }

    /// One address of the set as a set, IPv4 if it has any; see [`Ranges::sample`].
    pub fn sample(&self, seed: u64) -> Self {
        match self.v4.is_empty() {
            false => AddressSet { v4: self.v4.sample(seed), v6: Ranges::default() },
            true => AddressSet { v4: Ranges::default(), v6: self.v6.sample(seed) },
        }
    }

    /// The IPv4 part alone.
    pub fn only_v4(&self) -> Self {
        AddressSet { v4: self.v4.clone(), v6: Ranges::default() }
    }

    /// The IPv6 part alone.
    pub fn only_v6(&self) -> Self {
        AddressSet { v4: Ranges::default(), v6: self.v6.clone() }
    }

    /// Everything in either set.
    pub fn union(&self, other: &Self) -> Self {
        AddressSet { v4: self.v4.union(&other.v4), v6: self.v6.union(&other.v6) }
    }

    /// Everything in both sets.
    pub fn intersection(&self, other: &Self) -> Self {
        AddressSet { v4: self.v4.intersection(&other.v4), v6: self.v6.intersection(&other.v6) }
    }

    /// Everything in this set and not in `other`.
    pub fn difference(&self, other: &Self) -> Self {
        AddressSet { v4: self.v4.difference(&other.v4), v6: self.v6.difference(&other.v6) }
    }

    /// Everything not in the set.
    pub fn complement(&self) -> Self {
        AddressSet { v4: self.v4.complement(), v6: self.v6.complement() }
    }

    /// Whether all of this set lies in `other`.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.v4.is_subset(&other.v4) && self.v6.is_subset(&other.v6)
    }

    /// Whether the two sets share an address.
    pub fn intersects(&self, other: &Self) -> bool {
        self.v4.intersects(&other.v4) || self.v6.intersects(&other.v6)
    }

    /// The smallest list of prefixes with exactly these addresses, IPv4 first, ascending.
    pub fn to_prefixes(&self) -> Vec<IpNet> {
        self.prefixes().collect()
    }

    fn prefixes(&self) -> impl Iterator<Item = IpNet> + '_ {
        let v4 = self
            .v4
            .iter()
            .flat_map(|(a, b)| Ipv4Subnets::new(Ipv4Addr::from_bits(a), Ipv4Addr::from_bits(b), 0))
            .map(IpNet::V4);
        let v6 = self
            .v6
            .iter()
            .flat_map(|(a, b)| Ipv6Subnets::new(Ipv6Addr::from_bits(a), Ipv6Addr::from_bits(b), 0))
            .map(IpNet::V6);
        v4.chain(v6)
    }

    /// One address of the set, the lowest, as an example to show.
    pub fn first(&self) -> Option<IpAddr> {
        let v4 = self.v4.iter().next().map(|(a, _)| IpAddr::V4(Ipv4Addr::from_bits(a)));
        v4.or_else(|| self.v6.iter().next().map(|(a, _)| IpAddr::V6(Ipv6Addr::from_bits(a))))
    }
}

impl FromIterator<IpNet> for AddressSet {
    fn from_iter<I: IntoIterator<Item = IpNet>>(prefixes: I) -> Self {
        let prefixes: Vec<IpNet> = prefixes.into_iter().collect();
        AddressSet::from_prefixes(&prefixes)
    }
}

impl fmt::Display for AddressSet {
    /// Up to four prefixes, then how many more there are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("nothing");
        }
        let mut prefixes = self.prefixes();
        for (index, prefix) in prefixes.by_ref().take(4).enumerate() {
            write!(f, "{}{prefix}", if index > 0 { ", " } else { "" })?;
        }
        let more = prefixes.count();
        if more > 0 {
            write!(f, " and {more} more")?;
        }
        Ok(())
    }
}

/// Reads `10.0.0.0/8`, `10.0.0.4` or an IPv6 form as a prefix; the error is a clause for a problem's text.
pub fn parse_prefix(text: &str) -> Result<IpNet, String> {
    if let Ok(net) = text.parse::<IpNet>() {
        return Ok(net);
    }
    match text.parse::<IpAddr>() {
        Ok(IpAddr::V4(a)) => Ok(IpNet::V4(Ipv4Net::from(a))),
        Ok(IpAddr::V6(a)) => Ok(IpNet::V6(Ipv6Net::from(a))),
        Err(_) => Err("not an address prefix such as `10.20.0.0/24`".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(prefixes: &[&str]) -> AddressSet {
        prefixes.iter().map(|p| parse_prefix(p).unwrap()).collect()
    }

    #[test]
    fn prefixes_come_back_minimal_and_sorted() {
        let messy = set(&["10.0.1.0/24", "10.0.0.0/24", "10.0.0.7", "2001:db8::/33", "2001:db8:8000::/33"]);
        let back: Vec<String> = messy.to_prefixes().iter().map(ToString::to_string).collect();
        assert_eq!(back, ["10.0.0.0/23", "2001:db8::/32"]);
        assert_eq!(messy.count_v4(), 512);
    }

    #[test]
    fn public_space_leaves_out_private_and_platform_addresses() {
        let public = AddressSet::public_v4();
        for inside in ["8.8.8.8", "20.60.0.1", "168.63.129.17", "172.32.0.1"] {
            assert!(public.contains(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["10.1.2.3", "172.31.255.255", "100.64.0.1", "168.63.129.16", "169.254.169.254", "224.0.0.1"] {
            assert!(!public.contains(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn text_that_is_no_prefix_is_refused() {
        for bad in ["", "10.0.0.0/33", "10.0.0", "Storage", "10.0.0.0-10.0.0.9", "1.2.3.4/"] {
            assert!(parse_prefix(bad).is_err(), "{bad}");
        }
    }
}
