//! What can still go wrong where a rule works as planned: one row for each kind of rule, breadth of its far side and
//! tenancy behind it.

use crate::catalog::Tenancy;
use crate::model::{AddressSet, Endpoint};
use crate::plan::Plan;

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It lets connections out.
    Out,
    /// It lets connections in.
    In,
    /// It closes.
    Deny,
    /// A route to the firewall.
    ToFirewall,
    /// A route past it.
    PastFirewall,
    /// A name that has to resolve.
    Dns,
}

/// How much a rule's far side covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breadth {
    /// Addresses of one's own.
    Own,
    /// Public addresses, written out.
    Fixed,
    /// A service tag.
    Tag,
    /// Host names, each in full.
    Names,
    /// At least one wildcard.
    Wildcard,
    /// Every address, and a firewall behind that filters.
    Filtered,
    /// Every address.
    Any,
}

type Row = (Way, Option<Breadth>, Option<Tenancy>, &'static str);

/// The first row that fits is the one; `None` fits everything.
const RISKS: [Row; 23] = [
    (Way::Deny, None, None, "none of its own: it closes; connections that are open already go on"),
    (
        Way::ToFirewall,
        None,
        None,
        "all that has no nearer route depends on the firewall: where it is down or lacks a rule, traffic stops",
    ),
    (
        Way::PastFirewall,
        None,
        None,
        "the firewall neither sees nor filters what takes this route; the NSG is what is left",
    ),
    (
        Way::Dns,
        None,
        None,
        "whoever answers for a name decides where its traffic goes; lookups can carry data out, so log them",
    ),
    (
        Way::In,
        Some(Breadth::Own),
        None,
        "every machine on these addresses can open connections to these ports: sign-in there is what is left",
    ),
    (
        Way::In,
        Some(Breadth::Fixed),
        None,
        "whoever has these public addresses can open connections to these ports: sign-in there is what is left",
    ),
    (
        Way::In,
        Some(Breadth::Tag),
        Some(Tenancy::Microsoft),
        "every address of the service can open connections to these ports; Microsoft alone sends from them",
    ),
    (
        Way::In,
        Some(Breadth::Tag),
        None,
        "whoever runs something behind the tag can open connections to these ports: sign-in there is what is left",
    ),
    (Way::In, None, None, "everybody can open connections to these ports: sign-in there is what is left"),
    (Way::Out, Some(Breadth::Own), None, "it reaches addresses of your own alone: what runs there is yours to keep"),
    (
        Way::Out,
        Some(Breadth::Fixed),
        None,
        "public addresses can change hands without notice: whoever has them then gets what is sent",
    ),
    (
        Way::Out,
        Some(Breadth::Tag),
        Some(Tenancy::Microsoft),
        "the tag covers the service of every customer; Microsoft alone answers there",
    ),
    (
        Way::Out,
        Some(Breadth::Tag),
        Some(Tenancy::Yours),
        "the tag covers other customers' instances too: no rule keeps data to yours, sign-in alone does",
    ),
    (
        Way::Out,
        Some(Breadth::Tag),
        Some(Tenancy::Anyone),
        "the tag covers what anyone can rent: data can be sent to an account that is not yours",
    ),
    (
        Way::Out,
        Some(Breadth::Names),
        Some(Tenancy::Microsoft),
        "Microsoft alone answers under these names; nothing checks the address behind them",
    ),
    (Way::Out, Some(Breadth::Names), Some(Tenancy::Yours), "the hosts are yours: what they hold is yours to keep"),
    (
        Way::Out,
        Some(Breadth::Names),
        Some(Tenancy::Anyone),
        "anyone can publish on these hosts: what comes from there is worth as much as its publisher, and data can be sent there",
    ),
    (
        Way::Out,
        Some(Breadth::Wildcard),
        Some(Tenancy::Microsoft),
        "Microsoft alone gives out names under the wildcard; nothing checks the address behind them",
    ),
    (
        Way::Out,
        Some(Breadth::Wildcard),
        Some(Tenancy::Yours),
        "the wildcard covers other customers' hosts too: saying the name of yours in the answers narrows it",
    ),
    (
        Way::Out,
        Some(Breadth::Wildcard),
        Some(Tenancy::Anyone),
        "anyone can rent a name under the wildcard: data can be sent to a host that is not yours",
    ),
    (
        Way::Out,
        Some(Breadth::Filtered),
        None,
        "the NSG lets these ports out to every public address: the firewall behind it is what holds the names",
    ),
    (
        Way::Out,
        Some(Breadth::Any),
        None,
        "these ports are open to every public address: whoever controls a machine here can send data anywhere",
    ),
    (Way::Out, None, None, "nobody said who stands behind this destination: take it for anyone's"),
];

/// What can still go wrong with a rule that works.
pub(super) fn risk(way: Way, breadth: Breadth, tenancy: Option<Tenancy>) -> &'static str {
    let fits = |row: &&Row| {
        row.0 == way && row.1.is_none_or(|wanted| wanted == breadth) && (row.2.is_none() || row.2 == tenancy)
    };
    RISKS.iter().find(fits).map_or("", |row| row.3)
}

/// How much one side of an NSG or network rule covers.
pub(super) fn breadth(plan: &Plan, side: &Endpoint) -> Breadth {
    match side {
        Endpoint::Any if plan.firewall.is_some() || plan.appliance.is_some() => Breadth::Filtered,
        Endpoint::Any | Endpoint::Groups(_) | Endpoint::Several(_) => Breadth::Any,
        Endpoint::Tag(_) => Breadth::Tag,
        Endpoint::Prefixes(prefixes) => {
            let foreign = AddressSet::public_v4().difference(&own_space(plan));
            if AddressSet::from_prefixes(prefixes).intersects(&foreign) { Breadth::Fixed } else { Breadth::Own }
        }
    }
}

/// How much host names cover.
pub(super) fn breadth_of_names(names: &[String]) -> Breadth {
    if names.is_empty() || names.iter().any(|name| name.contains('*')) { Breadth::Wildcard } else { Breadth::Names }
}

/// The space that the answers call ours: network, peers, on-premises.
pub(super) fn own_space(plan: &Plan) -> AddressSet {
    let peered = plan.vnet.peered.iter().flat_map(|(_, prefixes)| prefixes);
    AddressSet::from_prefixes(plan.vnet.address_space.iter().chain(peered).chain(&plan.vnet.on_premises))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_has_a_risk_and_every_row_a_rule() {
        let ways = [Way::Out, Way::In, Way::Deny, Way::ToFirewall, Way::PastFirewall, Way::Dns];
        let breadths = [
            Breadth::Own,
            Breadth::Fixed,
            Breadth::Tag,
            Breadth::Names,
            Breadth::Wildcard,
            Breadth::Filtered,
            Breadth::Any,
        ];
        let tenancies = [None, Some(Tenancy::Microsoft), Some(Tenancy::Yours), Some(Tenancy::Anyone)];
        let mut said = BTreeSet::new();
        for way in ways {
            for breadth in breadths {
                for tenancy in tenancies {
                    let text = risk(way, breadth, tenancy);
                    assert!(!text.is_empty(), "{way:?} {breadth:?} {tenancy:?}");
                    said.insert(text);
                }
            }
        }
        assert_eq!(said.len(), RISKS.len(), "a row that nothing reaches");
    }
}
