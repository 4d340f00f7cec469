//! Boxes of packets, and first-match evaluation over them: the arithmetic that NSGs and firewalls share.

use crate::model::{Access, AddressSet, Services};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A box of packets: every source with every destination on every service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Region {
    pub(super) source: AddressSet,
    pub(super) destination: AddressSet,
    pub(super) services: Services,
}

/// A box cut by another.
#[derive(Debug)]
pub(super) enum Split {
    /// Nothing of it is in the other.
    Untouched(Region),
    /// What is in the other, and the rest.
    Cut(Region, Vec<Region>),
}

impl Region {
    /// The box, or `None` if one of its sides is empty.
    pub(super) fn new(source: AddressSet, destination: AddressSet, services: Services) -> Option<Region> {
        let some = !source.is_empty() && !destination.is_empty() && !services.is_empty();
        some.then_some(Region { source, destination, services })
    }

    fn intersects(&self, other: &Region) -> bool {
        // Services first: they are small and tell most boxes apart.
        self.services.intersects(&other.services)
            && self.source.intersects(&other.source)
            && self.destination.intersects(&other.destination)
    }

    /// What is in both.
    pub(super) fn meet(&self, other: &Region) -> Option<Region> {
        if !self.intersects(other) {
            return None;
        }
        Region::new(
            self.source.intersection(&other.source),
            self.destination.intersection(&other.destination),
            self.services.intersection(&other.services),
        )
    }

    /// The part with these sources, and the rest.
    pub(super) fn split_source(self, sources: &AddressSet) -> (Option<Region>, Option<Region>) {
        if !self.source.intersects(sources) {
            return (None, Some(self));
        }
        let outside = self.source.difference(sources);
        let inside = self.source.intersection(sources);
        (
            Region::new(inside, self.destination.clone(), self.services.clone()),
            Region::new(outside, self.destination, self.services),
        )
    }

    /// The part with these destinations, and the rest.
    pub(super) fn split_destination(self, destinations: &AddressSet) -> (Option<Region>, Option<Region>) {
        if !self.destination.intersects(destinations) {
            return (None, Some(self));
        }
        let outside = self.destination.difference(destinations);
        let inside = self.destination.intersection(destinations);
        (
            Region::new(self.source.clone(), inside, self.services.clone()),
            Region::new(self.source, outside, self.services),
        )
    }

    /// The box by family: no packet goes from IPv4 to IPv6.
    pub(super) fn families(self) -> impl Iterator<Item = Region> {
        let v4 = Region::new(self.source.only_v4(), self.destination.only_v4(), self.services.clone());
        let v6 = Region::new(self.source.only_v6(), self.destination.only_v6(), self.services);
        v4.into_iter().chain(v6)
    }

    /// The part inside `other`, and the rest in at most three boxes.
    ///
    /// The rest is cut by services first, then source, then destination: a tag has thousands of ranges, and this order
    /// leaves them whole in every box but the one that shares the rule's services.
    pub(super) fn split(self, other: &Region) -> Split {
        let Some(inside) = self.meet(other) else { return Split::Untouched(self) };
        let services = self.services.difference(&other.services);
        let source = self.source.difference(&other.source);
        let destination = self.destination.difference(&other.destination);
        let rest = [
            Region::new(inside.source.clone(), destination, inside.services.clone()),
            Region::new(source, self.destination.clone(), inside.services.clone()),
            Region::new(self.source, self.destination, services),
        ];
        Split::Cut(inside, rest.into_iter().flatten().collect())
    }
}

/// Joins boxes of the same key that differ in one side only, so that reports stay short. The order is kept.
pub(super) fn join<K: Ord>(boxes: Vec<(K, Region)>) -> Vec<(K, Region)> {
    let boxes = join_by(boxes, |r| (&r.source, &r.destination), |to, r| to.services = to.services.union(&r.services));
    let boxes = join_by(boxes, |r| (&r.services, &r.destination), |to, r| to.source = to.source.union(&r.source));
    join_by(boxes, |r| (&r.services, &r.source), |to, r| to.destination = to.destination.union(&r.destination))
}

fn join_by<K: Ord, A: Ord, B: Ord>(
    boxes: Vec<(K, Region)>,
    same: impl Fn(&Region) -> (&A, &B),
    add: impl Fn(&mut Region, &Region),
) -> Vec<(K, Region)> {
    let mut seen = BTreeMap::new();
    let targets: Vec<usize> = boxes
        .iter()
        .map(|(key, region)| {
            let next = seen.len();
            *seen.entry((key, same(region))).or_insert(next)
        })
        .collect();
    let mut joined: Vec<(K, Region)> = Vec::with_capacity(seen.len());
    for ((key, region), target) in boxes.into_iter().zip(targets) {
        match joined.get_mut(target) {
            Some((_, to)) => add(to, &region),
            None => joined.push((key, region)),
        }
    }
    joined
}

/// How much one question may cost, counted in boxes looked at; a box that is cut counts [`CUT`]. Two million is some
/// seconds at the very worst, and thousands of times what a plan or an ordinary export needs.
const BUDGET: u64 = 2_000_000;
const CUT: u64 = 16;

/// The work that is left for one question.
#[derive(Debug)]
pub(super) struct Work {
    left: u64,
    pub(super) exhausted: bool,
}

impl Work {
    pub(super) fn new() -> Self {
        Work { left: BUDGET, exhausted: false }
    }

    #[cfg(test)]
    pub(super) fn limited(left: u64) -> Self {
        Work { left, exhausted: false }
    }

    /// Counts some work; false once there is none left.
    pub(super) fn spend(&mut self, amount: u64) -> bool {
        match self.left.checked_sub(amount) {
            Some(left) => self.left = left,
            None => self.exhausted = true,
        }
        !self.exhausted
    }
}

/// Where a rule comes from, as far as evaluation has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Written by somebody: a security rule or a network rule.
    Custom,
    /// One of an NSG's default rules.
    Default,
    /// An application rule, which replaces the source by the firewall's.
    Application,
}

/// A rule resolved to boxes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) access: Access,
    pub(super) origin: Origin,
    /// What it matches for certain.
    pub(super) sure: Option<Region>,
    /// What it may match as well.
    pub(super) may: Option<May>,
}

impl Rule {
    /// Whether no packet is left after it.
    pub(super) fn matches_everything(&self) -> bool {
        let all = AddressSet::all();
        let everything =
            |sure: &Region| sure.source == all && sure.destination == all && sure.services == Services::all();
        self.sure.as_ref().is_some_and(everything)
    }
}

/// The packets that a rule may or may not match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct May {
    pub(super) region: Region,
    /// Why it is not known.
    pub(super) reason: String,
    /// Whether some packet of every flow in the region matches: only the source port, which a flow does not name, is
    /// open.
    pub(super) some_match: bool,
}

/// A box of packets that a rule decided, or that no rule matched.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    pub(super) region: Region,
    /// `None` if no rule matched.
    pub(super) rule: Option<Arc<Rule>>,
    /// The rules before it that may have matched, in order.
    pub(super) doubts: Vec<Arc<Rule>>,
}

/// First-match evaluation in progress: what no rule has decided yet.
#[derive(Clone, Debug)]
pub(super) struct Remaining {
    boxes: Vec<Decided>,
}

impl Remaining {
    pub(super) fn new(region: Region) -> Self {
        Remaining { boxes: vec![Decided { region, rule: None, doubts: Vec::new() }] }
    }

    /// The boxes that no rule has decided.
    pub(super) fn boxes(&self) -> &[Decided] {
        &self.boxes
    }

    /// Applies rule after rule until nothing is left, and gives what they decided, in their order.
    pub(super) fn apply_all(&mut self, rules: impl IntoIterator<Item = Arc<Rule>>, work: &mut Work) -> Vec<Decided> {
        let mut decided = Vec::new();
        for rule in rules {
            if self.boxes.is_empty() {
                break;
            }
            decided.extend(self.apply(&rule, work));
        }
        decided
    }

    /// Takes out what `rule` matches for certain, and marks what it may match.
    pub(super) fn apply(&mut self, rule: &Arc<Rule>, work: &mut Work) -> Vec<Decided> {
        let mut decided = Vec::new();
        let mut kept = Vec::with_capacity(self.boxes.len());
        for Decided { region, doubts, .. } in std::mem::take(&mut self.boxes) {
            if !work.spend(1) {
                break;
            }
            let pieces = match cut(region, rule.sure.as_ref()) {
                Split::Untouched(untouched) => vec![untouched],
                Split::Cut(inside, rest) => {
                    work.spend(CUT);
                    decided.push(Decided { region: inside, rule: Some(rule.clone()), doubts: doubts.clone() });
                    rest
                }
            };
            for piece in pieces {
                let undecided = |region| Decided { region, rule: None, doubts: doubts.clone() };
                match cut(piece, rule.may.as_ref().map(|may| &may.region)) {
                    Split::Untouched(untouched) => kept.push(undecided(untouched)),
                    Split::Cut(inside, rest) => {
                        work.spend(CUT);
                        let doubts = doubts.iter().chain([rule]).cloned().collect();
                        kept.push(Decided { region: inside, rule: None, doubts });
                        kept.extend(rest.into_iter().map(undecided));
                    }
                }
            }
        }
        self.boxes = kept;
        decided
    }
}

fn cut(region: Region, part: Option<&Region>) -> Split {
    match part {
        Some(part) => region.split(part),
        None => Split::Untouched(region),
    }
}

/// What first-match evaluation of `rules` makes of `region`: disjoint boxes that are together the region, unless the
/// work ran out.
pub(super) fn first_match(rules: &[Arc<Rule>], region: Region, work: &mut Work) -> Vec<Decided> {
    let mut remaining = Remaining::new(region);
    let mut decided = remaining.apply_all(rules.iter().cloned(), work);
    decided.extend(remaining.boxes);
    decided
}

/// Whether packets pass a filter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Passes {
    Yes,
    No,
    /// Not known: why, and whether as far as shown some of them do.
    Assumed {
        reason: String,
        open: bool,
    },
}

impl Decided {
    /// Whether the box passes, and the rule that lets it or stops it; no rule and no match is a deny.
    ///
    /// A rule that may have matched matters only if it would have decided otherwise.
    pub(super) fn passes(&self) -> (Option<&Rule>, Passes) {
        let decisive = self.rule.as_deref();
        let shown = decisive.map_or(Access::Deny, |rule| rule.access);
        let contrary = |rule: &&Arc<Rule>| rule.access != shown;
        let doubt = self.doubts.iter().find(contrary);
        match (shown, doubt.and_then(|rule| rule.may.as_ref().map(|may| (&**rule, may)))) {
            (Access::Allow, None) => (decisive, Passes::Yes),
            (Access::Deny, None) => (decisive, Passes::No),
            (Access::Allow, Some((_, may))) => (decisive, Passes::Assumed { reason: may.reason.clone(), open: true }),
            (Access::Deny, Some((rule, may))) => {
                let mut allows = self.doubts.iter().filter(contrary).filter_map(|rule| rule.may.as_ref());
                let open = allows.any(|may| may.some_match);
                (Some(rule), Passes::Assumed { reason: may.reason.clone(), open })
            }
        }
    }
}
