//! What was looked at on the way of a flow: every rule up to the one that decided, field by field, as the NSG diagnostics of
//! Network Watcher tell it (learn.microsoft.com/azure/network-watcher/nsg-diagnostics-overview).

use super::firewall::Pattern;
use super::nsg::{self, EXEMPT, default_rules, is_platform_tag};
use super::proxy::Proxy;
use super::region::Region;
use super::sides::{Resolver, Side};
use super::trace::SOURCE_BECOMES;
use super::{Hop, Place, Simulator, routes};
use crate::model::{
    AddressSet, Direction, Endpoint, Part, PortSet, Protocol, SecurityRule, Services, Step, ports_text,
};
use std::net::IpAddr;

/// A step of a trace, with what was looked at before it was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The step.
    pub step: Step,
    /// The rules or routes in the order in which they are looked at; the one that decided is the last of them, or none is.
    /// Empty where there is nothing to choose from.
    pub rules: Vec<RuleLook>,
}

/// A rule or route, and why it matched or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleLook {
    /// Its name.
    pub name: String,
    /// What puts it in its place: an NSG rule's priority, the longest prefix of a route that fits.
    pub order: String,
    /// What it does: `allow`, `deny`, or where a route leads.
    pub does: String,
    /// Its fields.
    pub fields: Vec<FieldLook>,
    /// Whether it decided.
    pub decides: bool,
}

/// A field of a rule, held against the packets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldLook {
    /// `source`, `destination port` and so on.
    pub field: &'static str,
    /// What the rule asks for.
    pub asks: String,
    /// Whether the packets have it.
    pub matches: Matches,
}

/// Whether packets have what a field asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matches {
    /// All of them.
    Yes,
    /// None of them.
    No,
    /// Some of them.
    Partly,
    /// It cannot be known offline: the reason.
    NotKnown(String),
}

impl RuleLook {
    /// It decided if it has the name of what did and the packets may have what it asks for: two groups of a firewall may
    /// hold rules of one name.
    pub(super) fn new(name: String, order: String, does: String, fields: Vec<FieldLook>, decided: &str) -> Self {
        let named = name == decided;
        let mut look = RuleLook { name, order, does, fields, decides: false };
        look.decides = named && look.matches() != Matches::No;
        look
    }

    /// Whether the packets have all that it asks for.
    pub fn matches(&self) -> Matches {
        let fields = || self.fields.iter().map(|field| &field.matches);
        if fields().any(|matches| *matches == Matches::No) {
            return Matches::No;
        }
        // In their order: what is not known outweighs a part.
        fields().max().cloned().unwrap_or(Matches::Yes)
    }
}

impl Simulator<'_> {
    /// What was looked at for each step of a part of a trace that this simulator made.
    pub fn looks(&self, part: &Part) -> Vec<Look> {
        let mut source = part.flow.source.clone();
        let mut looks = Vec::new();
        for step in &part.steps {
            let rules = self.rules_at(step, part, &source);
            if let Some(address) = step.rule.strip_prefix(SOURCE_BECOMES).and_then(|text| text.parse::<IpAddr>().ok()) {
                source = AddressSet::from_iter([address.into()]);
            }
            looks.push(Look { step: step.clone(), rules });
        }
        looks
    }

    fn rules_at(&self, step: &Step, part: &Part, source: &AddressSet) -> Vec<RuleLook> {
        let flow = &part.flow;
        let of =
            |set: &AddressSet| self.places.iter().filter(|place| place.addresses.intersects(set)).collect::<Vec<_>>();
        for (places, direction) in
            [(of(&flow.source), Direction::Outbound), (of(&flow.destination), Direction::Inbound)]
        {
            for place in places {
                if let Some(nsg) = place.nsg_at(&step.at, direction) {
                    let region = Region::new(source.clone(), flow.destination.clone(), flow.services.clone());
                    return region.map_or_else(Vec::new, |region| self.nsg_rules(place, nsg, direction, &region, step));
                }
                if step.at == place.routes_at() {
                    return self.routes(place, &flow.destination, step);
                }
                if step.at == place.return_routes_at() {
                    return self.routes(place, &flow.source, step);
                }
            }
        }
        let asked = self.proxy.as_deref().map(Proxy::wall);
        let wall = self.walls.iter().chain(asked).find(|wall| wall.at == step.at);
        let region = Region::new(flow.source.clone(), flow.destination.clone(), flow.services.clone());
        match (wall, region) {
            (Some(wall), Some(region)) if !step.rule.starts_with(SOURCE_BECOMES) => {
                let name = flow.name.as_deref().map(Pattern::new);
                let rules = wall.looks(&region, name.as_ref(), &step.rule);
                // Packets go on without a rule where groups were not shown.
                if step.passed && !rules.iter().any(|rule| rule.decides) { Vec::new() } else { rules }
            }
            _ => Vec::new(),
        }
    }

    fn nsg_rules(
        &self,
        place: &Place<'_>,
        name: &str,
        direction: Direction,
        region: &Region,
        step: &Step,
    ) -> Vec<RuleLook> {
        let table = place.subnet.route_table.as_ref().and_then(|name| self.network.route_tables.get(name));
        let resolver = Resolver::new(self.network, &self.space, self.tags, table, self.reading);
        let shown = self.network.nsgs.get(name).map_or(&[][..], |nsg| &nsg.rules);
        let mut rules: Vec<SecurityRule> = shown.iter().filter(|rule| rule.direction == direction).cloned().collect();
        rules.sort_by_key(|rule| rule.priority);
        // Platform traffic meets the rules that name a platform tag, and no others.
        let platform = direction == Direction::Outbound && region.destination.is_subset(&self.known.platform);
        rules.retain(|rule| (direction == Direction::Outbound && is_platform_tag(&rule.destination)) == platform);
        if !platform {
            rules.extend(default_rules(direction));
        }
        let mut looks = Vec::new();
        for rule in &rules {
            let (order, does) = (rule.priority.to_string(), rule.access.name().into());
            let look = RuleLook::new(rule.name.clone(), order, does, fields(rule, region, &resolver), &step.rule);
            looks.push(look);
            if looks.last().is_some_and(|look| look.decides) {
                break;
            }
        }
        if step.rule == EXEMPT || step.rule == nsg::NOT_SHOWN {
            looks.retain(|look| look.order.len() < 5);
        }
        looks
    }

    fn routes(&self, place: &Place<'_>, destination: &AddressSet, step: &Step) -> Vec<RuleLook> {
        let looks = routes::looks(self.network, &self.space, self.tags, place.subnet, destination);
        let look = |look: routes::RouteLook| {
            let decides = look.name == step.rule;
            RuleLook {
                order: look.longest.map_or_else(String::new, |prefix| prefix.to_string()),
                does: format!("{}{}", if look.user { "user-defined, to " } else { "to " }, look.hop),
                fields: vec![FieldLook {
                    field: "destination",
                    asks: look.destination.to_string(),
                    matches: match (&look.hop, compared(destination, &Side::sure(look.destination.clone()))) {
                        (Hop::Unknown(reason), _) => Matches::NotKnown(reason.clone()),
                        (_, matches) => matches,
                    },
                }],
                name: look.name,
                decides,
            }
        };
        looks.into_iter().map(look).collect()
    }
}

impl Place<'_> {
    /// The NSG of the subnet or of one of its interfaces that a step stands at.
    fn nsg_at(&self, at: &str, direction: Direction) -> Option<&str> {
        let outbound = direction == Direction::Outbound;
        let own = if outbound { &self.outbound } else { &self.inbound };
        if let Some(filter) = own.as_deref().filter(|filter| filter.at() == at) {
            return Some(&filter.name);
        }
        let card = self.cards.iter().find(|card| card.at(direction) == at)?;
        Some(if outbound { &card.outbound.name } else { &card.inbound.name })
    }
}

/// The five fields that an NSG compares (page above, `rulesEvaluationResult`).
fn fields(rule: &SecurityRule, region: &Region, resolver: &Resolver<'_>) -> Vec<FieldLook> {
    let protocol = Services::new(rule.protocol, &PortSet::all());
    // The port counts for packets of the rule's protocol; where there are none, the ports alone are told.
    let same = region.services.intersection(&protocol);
    let ports = match same.is_empty() {
        true => in_services(&region.services, &Services::new(Protocol::Any, &rule.destination_ports)),
        false => in_services(&same, &rule.services()),
    };
    let source_ports = match rule.source_ports.is_all() {
        true => Matches::Yes,
        false => Matches::NotKnown("a flow does not say from which ports it comes".into()),
    };
    let field = |field, asks, matches| FieldLook { field, asks, matches };
    vec![
        field("protocol", rule.protocol.nsg_name().to_lowercase(), in_services(&region.services, &protocol)),
        field("source", endpoint(&rule.source), compared(&region.source, &resolver.side(&rule.source))),
        field("source port", ports_text(&rule.source_ports), source_ports),
        field(
            "destination",
            endpoint(&rule.destination),
            compared(&region.destination, &resolver.side(&rule.destination)),
        ),
        field("destination port", ports_text(&rule.destination_ports), ports),
    ]
}

/// What one side of a rule asks for.
fn endpoint(side: &Endpoint) -> String {
    match side {
        Endpoint::Any => "*".into(),
        Endpoint::Tag(tag) => tag.clone(),
        Endpoint::Prefixes(prefixes) => AddressSet::from_prefixes(prefixes).to_string(),
        Endpoint::Groups(names) => names.join(", "),
        Endpoint::Several(several) => several.iter().map(endpoint).collect::<Vec<_>>().join(", "),
    }
}

/// Packets with these addresses against one side of a rule.
pub(super) fn compared(packets: &AddressSet, side: &Side) -> Matches {
    match &side.may {
        _ if packets.is_subset(&side.sure) => Matches::Yes,
        _ if !packets.intersects(side.widest()) => Matches::No,
        Some((_, reason)) => Matches::NotKnown(reason.clone()),
        None => Matches::Partly,
    }
}

/// Packets with these services against those of a rule.
pub(super) fn in_services(packets: &Services, rule: &Services) -> Matches {
    match packets.intersects(rule) {
        false => Matches::No,
        true if packets.is_subset(rule) => Matches::Yes,
        true => Matches::Partly,
    }
}
