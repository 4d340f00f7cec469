//! What is open and nothing wants, by the rule that opens it; and rules that nothing passes by.

use super::judged::{Held, HeldRule, Judged, firewall_subject};
use super::{Finding, Fix, Kind, Resource, Severity, Subject, counted, fixes};
use crate::model::{Access, AddressSet, Direction, Endpoint, NetworkRule, SecurityRule, Services};
use crate::proof::{Outcome, Unwanted, Verdict};
use crate::required::{Party, RequiredFlow, addresses, host_names, name_covers};
use std::collections::{BTreeMap, BTreeSet};

/// What one rule opens from or to one subnet beyond what is wanted.
struct Opening<'a> {
    subnet: &'a str,
    direction: Direction,
    by: &'a str,
    far: AddressSet,
    names: BTreeSet<&'a str>,
    on: Services,
}

impl Opening<'_> {
    /// `12 addresses`, `*.x.org and y.org`.
    fn what(&self) -> String {
        let mut parts = Vec::new();
        if !self.far.is_empty() {
            parts.push(counted(&self.far));
        }
        if !self.names.is_empty() {
            let (shown, more) = (self.names.iter().take(3).copied().collect::<Vec<_>>(), self.names.len());
            let rest = if more > 3 { format!(" and {} more names", more - 3) } else { String::new() };
            parts.push(format!("`{}`{rest}", shown.join("`, `")));
        }
        parts.join(" and ")
    }

    fn is_public(&self) -> bool {
        self.far.intersects(&AddressSet::public_v4()) || !self.far.only_v6().is_empty()
    }
}

fn openings(unwanted: &[Unwanted]) -> Vec<Opening<'_>> {
    let mut by = BTreeMap::<(&str, Direction, &str), Opening<'_>>::new();
    for one in unwanted {
        let direction = if one.direction == "inbound" { Direction::Inbound } else { Direction::Outbound };
        let opening = by.entry((&one.subnet, direction, &one.by)).or_insert_with(|| Opening {
            subnet: &one.subnet,
            direction,
            by: &one.by,
            far: AddressSet::default(),
            names: BTreeSet::new(),
            on: Services::default(),
        });
        opening.on = opening.on.union(&one.on);
        if one.names.is_empty() {
            opening.far = opening.far.union(&one.far);
        } else {
            opening.names.extend(one.names.iter().map(String::as_str));
        }
    }
    by.into_values().collect()
}

pub(super) fn findings(judged: &Judged) -> Vec<Finding> {
    let openings = openings(&judged.proof.unwanted);
    let mut found = Vec::new();
    let mut defaults = BTreeMap::<(String, Direction), Vec<&Opening>>::new();
    for opening in &openings {
        if let Opener::Default(nsg) = opener(judged, opening) {
            defaults.entry((nsg, opening.direction)).or_default().push(opening);
        }
    }
    judged.ended(defaults.keys().map(|(nsg, direction)| (nsg, *direction)));
    for opening in &openings {
        match opener(judged, opening) {
            Opener::Default(_) => {}
            Opener::Rule(nsg, rule) => found.push(of_rule(judged, opening, &nsg, rule)),
            Opener::Firewall => found.push(of_firewall(judged, opening)),
        }
    }
    found.extend(
        defaults.into_iter().map(|((nsg, direction), openings)| of_defaults(judged, &nsg, direction, &openings)),
    );
    found.extend(exfiltration(judged, &openings));
    found.extend(without_nsg(judged));
    found
}

enum Opener<'a> {
    /// One of Azure's default rules of this NSG.
    Default(String),
    Rule(String, &'a SecurityRule),
    /// A rule of a firewall, or nothing that was shown.
    Firewall,
}

fn opener<'a>(judged: &Judged<'a>, opening: &Opening) -> Opener<'a> {
    for name in judged.input.network.nsgs.keys() {
        let Some(rule) = opening.by.strip_prefix(name.as_str()).and_then(|rest| rest.strip_prefix('/')) else {
            continue;
        };
        match judged.rule(name, opening.direction, rule) {
            Some(rule) => return Opener::Rule(name.clone(), rule),
            None if DEFAULT_RULES.contains(&rule) => return Opener::Default(name.clone()),
            None => {}
        }
    }
    Opener::Firewall
}

/// Azure's default rules that allow something.
const DEFAULT_RULES: [&str; 4] =
    ["AllowVnetInBound", "AllowAzureLoadBalancerInBound", "AllowVnetOutBound", "AllowInternetOutBound"];

/// The content of a rule, whatever its priority and its place.
pub(super) fn content(rule: &SecurityRule) -> String {
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?}",
        rule.access,
        rule.services(),
        rule.source,
        rule.destination,
        rule.source_ports,
        rule.direction
    )
}

fn verb(opening: &Opening, what: &str) -> String {
    match opening.direction {
        Direction::Outbound => {
            format!("lets `{}` reach {what} on {} that nothing requires", opening.subnet, opening.on)
        }
        Direction::Inbound => format!("lets {what} that nothing requires reach `{}` on {}", opening.subnet, opening.on),
    }
}

fn severity(opening: &Opening) -> Severity {
    match opening.direction {
        Direction::Inbound if opening.is_public() => Severity::Error,
        _ => Severity::Warning,
    }
}

fn of_rule(judged: &Judged, opening: &Opening, nsg: &str, rule: &SecurityRule) -> Finding {
    let served = judged.served_by(nsg, opening.direction, &rule.name);
    let waits = served.is_empty() && waits_for(judged, nsg, rule);
    let serves = if waits { BTreeSet::new() } else { judged.needing(nsg, rule) };
    let subject = Subject {
        resource: Resource::Nsg,
        name: nsg.into(),
        rule: rule.name.clone(),
        subnet: opening.subnet.into(),
        direction: Some(opening.direction),
    };
    let kind = if serves.is_empty() && !waits { Kind::Unneeded } else { Kind::TooBroad };
    let sentence = format!("rule `{}` of NSG `{nsg}` {}", rule.name, verb(opening, &opening.what()));
    let mut finding = Finding::new(kind, severity(opening), subject, &content(rule), sentence);
    finding = finding.detail(format!("open beyond what is required: {} on {}", opening.far, opening.on));
    if waits {
        let words =
            format!("NSG `{nsg}`: narrow rule `{}` when everything before it lets through what is required", rule.name);
        return finding.detail(WAITS).fix(Fix::Words(words));
    }
    finding = needed_for(finding, &served, &serves);
    narrowed(judged, finding, nsg, rule, &serves)
}

/// Why nothing says whether a rule is needed.
const WAITS: &str = "whether anything required needs it cannot be told: such flows are blocked or assumed before it";

/// What a rule is needed for, of what passes by it.
fn needed_for(mut finding: Finding, served: &BTreeSet<String>, serves: &BTreeSet<String>) -> Finding {
    if serves.is_empty() {
        return finding.detail(match served.is_empty() {
            true => "no required flow passes by it",
            false => "what is required passes without it as well, by other rules",
        });
    }
    if let (1, Some(one)) = (serves.len(), serves.first()) {
        finding.requirement.clone_from(one);
    }
    let names: Vec<&str> = serves.iter().map(String::as_str).collect();
    finding.detail(format!("it is needed for {}", names.join(", ")))
}

/// What is required of the rule as rules of its own, in its place.
fn narrowed(
    judged: &Judged,
    mut finding: Finding,
    nsg: &str,
    rule: &SecurityRule,
    serves: &BTreeSet<String>,
) -> Finding {
    let subnets = judged.subnets_of(nsg);
    let here = |party: &Party| match party {
        Party::Subnet { name, .. } => subnets.contains(name),
        Party::Prefixes { on, .. } => on.iter().any(|name| subnets.contains(name)),
        Party::Service(_) => false,
    };
    for flow in judged.input.flows.iter().filter(|flow| serves.contains(&flow.requirement)) {
        let own = if rule.direction == Direction::Outbound { &flow.from } else { &flow.to };
        if !here(own) || super::missing::nothing_holds_names(judged, flow) {
            continue;
        }
        let before = finding.fixes.iter().filter_map(|fix| match fix {
            Fix::AddRule { rule, .. } => Some(rule.priority),
            _ => None,
        });
        let before = before.min().unwrap_or(rule.priority);
        let fix = fixes::allow(judged, nsg, rule.direction, before, flow);
        let same = |known: &Fix| match (known, &fix) {
            (Fix::AddRule { rule: a, .. }, Fix::AddRule { rule: b, .. }) => content(a) == content(b),
            (a, b) => a == b,
        };
        if !finding.fixes.iter().any(same) {
            finding = finding.fix(fix);
        }
    }
    finding.fix(Fix::RemoveRule { nsg: nsg.into(), rule: rule.name.clone() })
}

fn of_firewall(judged: &Judged, opening: &Opening) -> Finding {
    let served = judged.served_by_firewall(opening.by);
    let waits =
        served.is_empty() && judged.firewall_rule(opening.by).is_some_and(|held| waits_at_firewall(judged, held));
    let serves = if waits { BTreeSet::new() } else { served.clone() };
    let kind = if serves.is_empty() && !waits { Kind::Unneeded } else { Kind::TooBroad };
    let mut subject = firewall_subject(opening.by);
    subject.subnet = opening.subnet.into();
    subject.direction = Some(opening.direction);
    let print = judged.firewall_rule(opening.by).map(|held| match held.rule {
        HeldRule::Network(rule) => format!("{rule:?}"),
        HeldRule::Application(rule) => format!("{rule:?}"),
    });
    let sentence = format!("firewall rule `{}` {}", opening.by, verb(opening, &opening.what()));
    let finding = Finding::new(kind, severity(opening), subject, &print.unwrap_or_default(), sentence);
    let finding = match waits {
        true => finding.detail(WAITS),
        false => needed_for(finding, &served, &serves),
    };
    finding.fix(Fix::Words(match serves.is_empty() && !waits {
        true => format!("take rule `{}` out of the firewall's policy", opening.by),
        false => format!("narrow rule `{}` to what its requirements name", opening.by),
    }))
}

fn of_defaults(judged: &Judged, nsg: &str, direction: Direction, openings: &[&Opening]) -> Finding {
    let far = openings.iter().fold(AddressSet::default(), |sum, opening| sum.union(&opening.far));
    let mut subnets: Vec<&str> = openings.iter().map(|opening| opening.subnet).collect();
    subnets.dedup();
    let whole = AddressSet::public_v4();
    let public = far.intersection(&whole);
    let internet = u128::from(public.count_v4()) * 2 > u128::from(whole.count_v4());
    let subnets = subnets.join("`, `");
    let sentence = match (direction, internet) {
        (Direction::Outbound, true) => format!(
            "NSG `{nsg}` does not deny outbound traffic at the end, so every machine in `{subnets}` can reach the whole Internet"
        ),
        (Direction::Outbound, false) => format!(
            "NSG `{nsg}` does not deny outbound traffic at the end, so every machine in `{subnets}` can reach {} that nothing requires",
            counted(&far)
        ),
        (Direction::Inbound, _) => format!(
            "NSG `{nsg}` does not deny inbound traffic at the end, so {} that nothing requires can reach every machine in `{subnets}`",
            counted(&far)
        ),
    };
    let severity = if internet { Severity::Error } else { Severity::Warning };
    let subject =
        Subject { resource: Resource::Nsg, name: nsg.into(), direction: Some(direction), ..Subject::default() };
    let mut finding = Finding::new(Kind::TooBroad, severity, subject, "defaults", sentence);
    for opening in openings {
        let rule = opening.by.rsplit('/').next().unwrap_or_default();
        let what =
            format!("Azure's default rule `{rule}` opens {} to {} on {}", opening.subnet, opening.far, opening.on);
        finding = finding.detail(what);
    }
    if !public.is_empty() {
        finding = finding.detail(format!("{} of them are public", counted(&public)));
    }
    finding
        .detail("before the deny, allow what machines of the subnet need of each other: the other findings say what is required")
        .fix(fixes::last_deny(judged, nsg, direction))
}

/// Where data can go that anyone can rent a place in, by subnet.
fn exfiltration(judged: &Judged, openings: &[Opening]) -> Vec<Finding> {
    let mut found = Vec::new();
    for subnet in &judged.input.network.subnets {
        let out: Vec<&Opening> = openings
            .iter()
            .filter(|opening| opening.subnet == subnet.name && opening.direction == Direction::Outbound)
            .collect();
        let far = out.iter().fold(AddressSet::default(), |sum, opening| sum.union(&opening.far));
        let far = far.intersection(&AddressSet::public_v4());
        let mut behinds = Vec::new();
        let mut tags = BTreeSet::new();
        let mut all = AddressSet::default();
        for tag in &judged.rentable {
            let behind = judged.table.get(tag).map(|set| set.intersection(&far)).unwrap_or_default();
            // AzureCloud is everything that Azure has; where it is open, the others say what is in it.
            if !behind.is_empty() {
                tags.insert(tag.as_str());
                behinds.push((behind.count_v4(), format!("`{tag}` ({})", counted(&behind))));
                all = all.union(&behind);
            }
        }
        behinds.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let mut places: Vec<String> = behinds.into_iter().map(|(_, place)| place).collect();
        let names: BTreeSet<&str> = out.iter().flat_map(|opening| opening.names.iter().copied()).collect();
        let rented = rentable_names(judged);
        let named = |name: &&&str| rented.iter().any(|known| name_covers(name, known) || name_covers(known, name));
        places.extend(names.iter().filter(named).map(|name| format!("`{name}`")));
        if places.is_empty() {
            continue;
        }
        let by: BTreeSet<&str> = out
            .iter()
            .filter(|opening| opening.far.intersects(&all) || opening.names.iter().any(|name| named(&name)))
            .map(|opening| opening.by)
            .collect();
        let by: Vec<&str> = by.into_iter().collect();
        let shown = if places.len() > 3 {
            format!("{} and {} more", places[..3].join(", "), places.len() - 3)
        } else {
            places.join(", ")
        };
        let sentence = format!(
            "machines in `{}` can send data to places that anyone can rent, beyond what is required: {shown}",
            subnet.name
        );
        // What is open may change in its count while it stays the same place.
        let print: Vec<&str> = tags.iter().copied().chain(names.iter().filter(named).copied()).collect();
        let (subject, print) = (Subject::subnet(&subnet.name), print.join(" "));
        let mut finding = Finding::new(Kind::Exfiltration, Severity::Warning, subject, &print, sentence);
        finding.subject.direction = Some(Direction::Outbound);
        finding = finding.detail(format!("opened by {}", by.join(", ")));
        finding.detail.extend(places.iter().skip(3).map(|place| format!("and {place}")));
        let wanted = judged.proof.exposure.iter().find(|exposure| exposure.subnet == subnet.name);
        if let Some(wanted) = wanted.filter(|wanted| !wanted.anyone.is_empty()) {
            finding =
                finding.detail(format!("required, and open to anyone's data as well: {}", wanted.anyone.join(", ")));
        }
        found.push(finding.fix(Fix::Words("narrow or remove the rules that open them; service endpoint policies and private endpoints hold a single account".into())));
    }
    found
}

/// Host names of the catalog behind which anyone can rent a place.
fn rentable_names(judged: &Judged) -> BTreeSet<String> {
    let rows = judged.input.catalog.requirements().iter();
    let rows = rows.filter(|row| row.tenancy == crate::catalog::Tenancy::Anyone);
    rows.flat_map(|row| host_names(row, judged.input.intent)).collect()
}

/// Subnets with machines and nothing that filters.
fn without_nsg(judged: &Judged) -> Vec<Finding> {
    let network = judged.input.network;
    let machines = judged.input.intent.subnets.iter().filter(|subnet| {
        subnet.roles.iter().any(|role| *role != crate::catalog::Role::PrivateEndpoints)
            && network.subnets.iter().any(|shown| shown.name == subnet.name && shown.nsg.is_none())
    });
    let finding = |subnet: &crate::intent::SubnetIntent| {
        let sentence = format!(
            "subnet `{}` has no NSG, so nothing filters what its machines reach or who reaches them",
            subnet.name
        );
        Finding::new(Kind::TooBroad, Severity::Warning, Subject::subnet(&subnet.name), "no nsg", sentence)
            .fix(Fix::Words(format!("attach an NSG to `{}`; `netcordon generate` writes one", subnet.name)))
    };
    machines.map(finding).collect()
}

/// Whether a flow is blocked, assumed or not decided before it comes to what `at` begins.
fn is_before(verdict: &Verdict, at: &str) -> bool {
    let came = verdict.decided.starts_with(at) || verdict.passed_by.iter().any(|step| step.at.starts_with(at));
    verdict.outcome != Outcome::Allowed && !came
}

/// Whether a required flow that may be meant to pass by the rule does not come to its NSG, as far as is known.
fn waits_for(judged: &Judged, nsg: &str, rule: &SecurityRule) -> bool {
    let at = format!("NSG {nsg} ");
    meant_for(judged, rule, |_, verdict| is_before(verdict, &at))
}

/// Whether a required flow from machines that the rule is for does not come to the firewall, as far as is known.
fn waits_at_firewall(judged: &Judged, held: &Held) -> bool {
    let source = judged.known(held.rule.source());
    let services = match &held.rule {
        HeldRule::Network(rule) => rule.services.clone(),
        HeldRule::Application(rule) => super::layers::ports(rule),
    };
    judged.input.flows.iter().zip(&judged.proof.verdicts).any(|(flow, verdict)| {
        matches!(flow.to, Party::Service(_))
            && is_before(verdict, "firewall ")
            && services.intersects(&flow.services())
            && source.as_ref().is_none_or(|source| source.intersects(&addresses(&flow.from, &judged.table)))
    })
}

/// Whether a required flow that is stopped elsewhere, or not decided, may be meant to pass by the rule; or one that passes
/// by a rule that is to go.
fn may_serve(judged: &Judged, nsg: &str, rule: &SecurityRule) -> bool {
    let open = |verdict: &Verdict| !matches!(verdict.outcome, Outcome::Allowed | Outcome::Assumed(_));
    waits_for(judged, nsg, rule)
        || meant_for(judged, rule, |flow, verdict| open(verdict) || judged.is_moved(&flow.requirement))
}

/// Whether the rule matches packets of one of these flows.
fn meant_for(judged: &Judged, rule: &SecurityRule, these: impl Fn(&RequiredFlow, &Verdict) -> bool) -> bool {
    let meets = |endpoint: &Endpoint, party: &Party| {
        let known = judged.known(endpoint);
        known.is_none_or(|known| known.intersects(&addresses(party, &judged.table)))
    };
    judged.input.flows.iter().zip(&judged.proof.verdicts).any(|(flow, verdict)| {
        these(flow, verdict)
            && rule.services().intersects(&flow.services())
            && meets(&rule.source, &flow.from)
            && meets(&rule.destination, &flow.to)
    })
}

/// Allows that no required flow passes by and that open nothing more either: they are covered by others.
pub(super) fn unneeded(judged: &Judged, never: &BTreeSet<String>) -> Vec<Finding> {
    let opened: BTreeSet<(&str, &str)> =
        judged.proof.unwanted.iter().map(|one| (one.direction.as_str(), one.by.as_str())).collect();
    let mut found = Vec::new();
    for (name, nsg) in judged.nsgs() {
        let subnets = judged.subnets_of(name);
        if subnets.is_empty() {
            continue;
        }
        for rule in nsg.rules.iter().filter(|rule| rule.access == Access::Allow) {
            let subject = Subject {
                resource: Resource::Nsg,
                name: name.clone(),
                rule: rule.name.clone(),
                direction: Some(rule.direction),
                ..Subject::default()
            };
            let opens = opened.contains(&(rule.direction.name(), format!("{name}/{}", rule.name).as_str()));
            let serves = judged.served_by(name, rule.direction, &rule.name);
            if opens || !serves.is_empty() || may_serve(judged, name, rule) || never.contains(&subject.key()) {
                continue;
            }
            let sentence = format!(
                "no required flow of `{}` passes by rule `{}` of NSG `{name}`",
                subnets.join("`, `"),
                rule.name
            );
            let finding = Finding::new(Kind::Unneeded, Severity::Note, subject, &content(rule), sentence);
            found.push(finding.fix(Fix::RemoveRule { nsg: name.clone(), rule: rule.name.clone() }));
        }
    }
    for held in &judged.held {
        let subject = firewall_subject(&held.path);
        let ours = judged.input.intent.subnets.iter().any(|subnet| {
            let own = AddressSet::from_prefixes([&subnet.prefix]);
            judged.known(held.rule.source()).is_some_and(|source| source.intersects(&own))
        });
        let opens = opened.contains(&("outbound", held.path.as_str()));
        let quiet = opens || !ours || held.access == Access::Deny || never.contains(&subject.key());
        // Of a rule for everybody nobody can say that nobody needs it.
        let everybody = held.rule.source() == &crate::model::Endpoint::Any;
        let served = !judged.served_by_firewall(&held.path).is_empty() || waits_at_firewall(judged, held);
        if quiet || everybody || !judged.shows_group(held.group) || served {
            continue;
        }
        let print = match &held.rule {
            HeldRule::Network(NetworkRule { name: _, source, services, destinations, names }) => {
                format!("{source:?} {services:?} {destinations:?} {names:?}")
            }
            HeldRule::Application(rule) => format!("{rule:?}"),
        };
        let sentence = format!("no required flow passes by firewall rule `{}`", held.path);
        let finding = Finding::new(Kind::Unneeded, Severity::Note, subject, &print, sentence);
        found.push(finding.fix(Fix::Words(format!("take rule `{}` out of the firewall's policy", held.path))));
    }
    found
}
