//! Protocols and ports: what a rule or a flow carries, as exact sets.

use super::ranges::Ranges;
use std::fmt;

/// A set of ports, 0 to 65535.
pub type PortSet = Ranges<u16>;

/// A protocol as Azure rules name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// Every protocol (`*`, `Any`).
    Any,
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// ICMP, no ports.
    Icmp,
    /// IPsec ESP, no ports.
    Esp,
    /// IPsec AH, no ports.
    Ah,
}

impl Protocol {
    /// The spelling of an NSG rule in ARM (`SecurityRulePropertiesFormat.protocol`).
    pub fn nsg_name(self) -> &'static str {
        match self {
            Protocol::Any => "*",
            Protocol::Tcp => "Tcp",
            Protocol::Udp => "Udp",
            Protocol::Icmp => "Icmp",
            Protocol::Esp => "Esp",
            Protocol::Ah => "Ah",
        }
    }

    /// Reads any casing, `*`, `any` and `all`.
    pub fn parse(text: &str) -> Option<Protocol> {
        Some(match text.to_ascii_lowercase().as_str() {
            "*" | "any" | "all" => Protocol::Any,
            "tcp" => Protocol::Tcp,
            "udp" => Protocol::Udp,
            "icmp" => Protocol::Icmp,
            "esp" => Protocol::Esp,
            "ah" => Protocol::Ah,
            _ => return None,
        })
    }
}

const ICMP: u8 = 1;
const ESP: u8 = 2;
const AH: u8 = 4;
const REST: u8 = 8;
const EVERY_OTHER: u8 = ICMP | ESP | AH | REST;

/// A set of (protocol, port) pairs: TCP and UDP with ports, every other protocol whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Services {
    tcp: PortSet,
    udp: PortSet,
    others: u8,
}

impl Services {
    /// Every protocol, every port.
    pub fn all() -> Self {
        Services { tcp: PortSet::all(), udp: PortSet::all(), others: EVERY_OTHER }
    }

    /// What a rule with this protocol and these destination ports covers.
    ///
    /// `Any` with a port list means TCP and UDP on these ports: Azure Firewall documents it (rule processing), and for
    /// an NSG it is the reading under which no portless protocol is counted as allowed by accident. Protocols without
    /// ports ignore the list.
    pub fn new(protocol: Protocol, ports: &PortSet) -> Self {
        let none = PortSet::default;
        match protocol {
            Protocol::Any if ports.is_all() => Services::all(),
            Protocol::Any => Services { tcp: ports.clone(), udp: ports.clone(), others: 0 },
            Protocol::Tcp => Services { tcp: ports.clone(), udp: none(), others: 0 },
            Protocol::Udp => Services { tcp: none(), udp: ports.clone(), others: 0 },
            Protocol::Icmp => Services { tcp: none(), udp: none(), others: ICMP },
            Protocol::Esp => Services { tcp: none(), udp: none(), others: ESP },
            Protocol::Ah => Services { tcp: none(), udp: none(), others: AH },
        }
    }

    /// One TCP port.
    pub fn tcp(port: u16) -> Self {
        Services::new(Protocol::Tcp, &PortSet::from_range(port, port))
    }

    /// Whether nothing is in the set.
    pub fn is_empty(&self) -> bool {
        self.tcp.is_empty() && self.udp.is_empty() && self.others == 0
    }

    /// The TCP ports.
    pub fn tcp_ports(&self) -> &PortSet {
        &self.tcp
    }

    /// The UDP ports.
    pub fn udp_ports(&self) -> &PortSet {
        &self.udp
    }

    /// Whether a protocol without ports is in the set.
    pub fn has_portless(&self) -> bool {
        self.others != 0
    }

    /// Everything in either set.
    pub fn union(&self, other: &Self) -> Self {
        Services {
            tcp: self.tcp.union(&other.tcp),
            udp: self.udp.union(&other.udp),
            others: self.others | other.others,
        }
    }

    /// Everything in both sets.
    pub fn intersection(&self, other: &Self) -> Self {
        Services {
            tcp: self.tcp.intersection(&other.tcp),
            udp: self.udp.intersection(&other.udp),
            others: self.others & other.others,
        }
    }

    /// Everything in this set and not in `other`.
    pub fn difference(&self, other: &Self) -> Self {
        Services {
            tcp: self.tcp.difference(&other.tcp),
            udp: self.udp.difference(&other.udp),
            others: self.others & !other.others,
        }
    }

    /// Whether all of this set lies in `other`.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.tcp.is_subset(&other.tcp) && self.udp.is_subset(&other.udp) && self.others & !other.others == 0
    }

    /// Whether the two sets share something.
    pub fn intersects(&self, other: &Self) -> bool {
        self.tcp.intersects(&other.tcp) || self.udp.intersects(&other.udp) || self.others & other.others != 0
    }
}

/// `443`, `80,443`, `8704-8710`, or `*` for all ports.
pub fn ports_text(ports: &PortSet) -> String {
    if ports.is_all() { "*".into() } else { port_items(ports).join(",") }
}

/// The ports as Azure's lists want them: `["80", "8704-8710"]`, or `["*"]`.
pub fn port_items(ports: &PortSet) -> Vec<String> {
    if ports.is_all() {
        return vec!["*".into()];
    }
    ports.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}-{b}") }).collect()
}

/// Reads one item of a port list: `443`, `8704-8710`, `*`.
pub fn parse_ports(text: &str) -> Option<PortSet> {
    if text == "*" {
        return Some(PortSet::all());
    }
    let number = |digits: &str| -> Option<u16> {
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    };
    match text.split_once('-') {
        Some((first, last)) => {
            let (first, last) = (number(first)?, number(last)?);
            (first <= last).then(|| PortSet::from_range(first, last))
        }
        None => number(text).map(|port| PortSet::from_range(port, port)),
    }
}

/// Reads the catalog's form: `tcp 80,443`, `udp 5831`, `any 443`, `any`, `icmp`. `None` if it is not of that form.
pub fn parse_allow(text: &str) -> Option<(Protocol, PortSet)> {
    let (protocol, ports) = text.split_once(' ').unwrap_or((text, "*"));
    if protocol.is_empty() || protocol == "*" || protocol == "all" {
        return None;
    }
    let protocol = Protocol::parse(protocol)?;
    let mut set = PortSet::default();
    for item in ports.split(',') {
        set = set.union(&parse_ports(item)?);
    }
    Some((protocol, set))
}

impl fmt::Display for Services {
    /// `tcp 443`, `any 443`, `tcp 22 · udp 53`, `any`, `nothing`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Services::all() {
            return f.write_str("any");
        }
        let mut parts = Vec::new();
        let named = |name: &str, ports: &PortSet| {
            if ports.is_all() { name.to_string() } else { format!("{name} {}", ports_text(ports)) }
        };
        if self.tcp == self.udp && !self.tcp.is_empty() && self.others == 0 {
            parts.push(named("any", &self.tcp));
        } else {
            if !self.tcp.is_empty() {
                parts.push(named("tcp", &self.tcp));
            }
            if !self.udp.is_empty() {
                parts.push(named("udp", &self.udp));
            }
        }
        for (bit, name) in [(ICMP, "icmp"), (ESP, "esp"), (AH, "ah"), (REST, "other protocols")] {
            if self.others & bit != 0 {
                parts.push(name.into());
            }
        }
        f.write_str(if parts.is_empty() { "nothing".into() } else { parts.join(" · ") }.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogs_form_reads_and_prints() {
        for text in ["tcp 443", "tcp 80,443", "udp 5831", "any 443", "any", "icmp", "tcp 8704-8710", "tcp"] {
            let (protocol, ports) = parse_allow(text).unwrap();
            assert_eq!(Services::new(protocol, &ports).to_string(), text);
        }
        for bad in ["", "443", "tcp 99999", "tcp 5-3", "tcp 1,", "sctp 1", "* 443", "tcp  443 ", "tcp +1"] {
            assert!(parse_allow(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn any_with_a_port_is_tcp_and_udp_and_no_icmp() {
        let any_443 = Services::new(Protocol::Any, &parse_ports("443").unwrap());
        assert!(Services::tcp(443).is_subset(&any_443));
        assert!(!any_443.has_portless());
        assert!(Services::all().has_portless());
    }
}
