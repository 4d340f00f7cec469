//! What is found in files, by resource, until all of them are read and it can be put together.

use super::firewall::Settings;
use super::value::{At, Fault};
use super::{Attachment, Holder, Ignored, Refused};
use crate::model::{EndpointPolicies, FirewallTier, Route, RuleCollection, RuleCollectionGroup, SecurityRule};
use crate::problem::{Place, Problem};
use ipnet::IpNet;
use std::collections::BTreeMap;
use std::net::IpAddr;

/// A resource: its name as written, and what is known of where it is. What is not known is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Id {
    pub(super) subscription: String,
    pub(super) group: String,
    pub(super) name: String,
}

impl Id {
    /// A resource of which nothing but the name is known.
    pub(super) fn named(name: &str) -> Self {
        Id { name: name.into(), ..Id::default() }
    }

    /// A resource below this one.
    pub(super) fn child(&self, name: &str) -> Self {
        Id { name: format!("{}/{name}", self.name), ..self.clone() }
    }

    /// The last name.
    pub(super) fn last(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }

    /// Whether both may be the same resource.
    fn may_be(&self, other: &Id) -> bool {
        let same = |a: &str, b: &str| a.is_empty() || b.is_empty() || a.eq_ignore_ascii_case(b);
        self.name.eq_ignore_ascii_case(&other.name)
            && same(&self.group, &other.group)
            && same(&self.subscription, &other.subscription)
    }

    fn is_exactly(&self, other: &Id) -> bool {
        self.name.eq_ignore_ascii_case(&other.name)
            && self.group.eq_ignore_ascii_case(&other.group)
            && self.subscription.eq_ignore_ascii_case(&other.subscription)
    }

    fn learn(&mut self, other: &Id) {
        for (own, known) in [(&mut self.subscription, &other.subscription), (&mut self.group, &other.group)] {
            if own.is_empty() {
                own.clone_from(known);
            }
        }
    }
}

/// The id of a resource of Microsoft.Network, in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ResourceId {
    subscription: String,
    group: String,
    /// The types below `Microsoft.Network/`, in small letters.
    pub(super) kind: String,
    pub(super) names: Vec<String>,
}

impl ResourceId {
    /// The resource: for a subnet, a rule or a route the one that holds it, except that a subnet is one of its own.
    pub(super) fn own(&self) -> Id {
        let own = Id {
            subscription: self.subscription.clone(),
            group: self.group.clone(),
            name: self.names.first().cloned().unwrap_or_default(),
        };
        match (self.kind.as_str(), self.names.get(1)) {
            ("virtualnetworks/subnets", Some(name)) => own.child(name),
            _ => own,
        }
    }
}

/// Reads `/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/type/name…`; what stands before `providers` may
/// be missing.
pub(super) fn resource_id(text: &str) -> Option<ResourceId> {
    let parts: Vec<&str> = text.split('/').collect();
    let provider = parts.windows(2).position(|two| {
        matches!(two, [a, b] if a.eq_ignore_ascii_case("providers") && b.eq_ignore_ascii_case("Microsoft.Network"))
    })?;
    let below = parts.get(provider + 2..)?;
    if below.len() < 2 || below.len() % 2 != 0 || below.iter().any(|part| part.is_empty()) {
        return None;
    }
    let after = |key: &str| {
        let at = parts.get(..provider)?.iter().position(|part| part.eq_ignore_ascii_case(key))?;
        parts.get(at + 1).filter(|_| at + 1 < provider).map(|part| part.to_string())
    };
    let kinds: Vec<String> = below.iter().step_by(2).map(|part| part.to_ascii_lowercase()).collect();
    Some(ResourceId {
        subscription: after("subscriptions").unwrap_or_default(),
        group: after("resourceGroups").unwrap_or_default(),
        kind: kinds.join("/"),
        names: below.iter().skip(1).step_by(2).map(|part| part.to_string()).collect(),
    })
}

/// Resources by id, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Registry<T> {
    items: Vec<(Id, T)>,
    by_name: BTreeMap<String, Vec<usize>>,
}

impl<T: Default> Registry<T> {
    /// The resource with this id, new if there is none. An id that leaves open which of several it is stands for one
    /// of its own.
    pub(super) fn entry(&mut self, id: &Id) -> &mut T {
        let index = self.find(id).unwrap_or_else(|| {
            self.items.push((id.clone(), T::default()));
            self.by_name.entry(id.name.to_ascii_lowercase()).or_default().push(self.items.len() - 1);
            self.items.len() - 1
        });
        let (known, item) = &mut self.items[index];
        known.learn(id);
        item
    }

    /// Where the resource with this id is.
    pub(super) fn find(&self, id: &Id) -> Option<usize> {
        let named = self.by_name.get(&id.name.to_ascii_lowercase())?;
        let exact = named.iter().find(|index| self.items[**index].0.is_exactly(id));
        let mut like = named.iter().filter(|index| self.items[**index].0.may_be(id));
        match (exact, like.next(), like.next()) {
            (Some(exact), ..) => Some(*exact),
            (None, Some(only), None) => Some(*only),
            _ => None,
        }
    }

    /// The resource with this id.
    pub(super) fn get(&self, id: &Id) -> Option<&T> {
        self.find(id).map(|index| &self.items[index].1)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &(Id, T)> {
        self.items.iter()
    }

    pub(super) fn into_items(self) -> Vec<(Id, T)> {
        self.items
    }

    /// What to call each: its last name, with more of its id before it where two would have the same.
    pub(super) fn names(&self) -> Vec<String> {
        let mut count: BTreeMap<String, usize> = BTreeMap::new();
        let forms = |id: &Id| {
            let last = id.last().to_string();
            let grouped = format!("{}/{}", id.group, id.name);
            [last, id.name.clone(), grouped.clone(), format!("{}/{grouped}", id.subscription)]
        };
        for (id, _) in &self.items {
            let mut own: Vec<String> = forms(id).map(|form| form.to_ascii_lowercase()).to_vec();
            own.dedup();
            own.into_iter().for_each(|form| *count.entry(form).or_default() += 1);
        }
        let pick = |id: &Id| {
            let all = forms(id);
            let free = |form: &&String| count.get(&form.to_ascii_lowercase()).is_none_or(|count| *count == 1);
            all.iter().find(free).unwrap_or(&all[3]).trim_start_matches('/').to_string()
        };
        self.items.iter().map(|(id, _)| pick(id)).collect()
    }
}

/// A rule and where it stands.
#[derive(Clone, Debug)]
pub(super) struct RuleAt {
    pub(super) rule: SecurityRule,
    pub(super) place: Place,
}

/// A route and where it stands.
#[derive(Clone, Debug)]
pub(super) struct RouteAt {
    pub(super) route: Route,
    pub(super) place: Place,
}

/// An NSG as far as it was found.
#[derive(Debug, Default)]
pub(super) struct FoundNsg {
    pub(super) place: Option<Place>,
    /// The rules that it is declared with.
    pub(super) declared: Option<Vec<RuleAt>>,
    /// The rules in force on an interface.
    pub(super) effective: Option<Vec<RuleAt>>,
    /// Rules that were shown one by one.
    pub(super) single: Vec<RuleAt>,
    /// Whether these are all that the NSG has.
    pub(super) listed: bool,
    /// Whether one of the single rules is a resource of Terraform's, which fights with rules inside the NSG.
    pub(super) standalone: bool,
    /// Whether something could not be read, so that other rules may be there.
    pub(super) doubt: bool,
    /// What Azure would not take, by rule.
    pub(super) refused: Vec<(String, Problem)>,
}

/// A route table as far as it was found.
#[derive(Debug)]
pub(super) struct FoundTable {
    pub(super) place: Option<Place>,
    pub(super) routes: Option<Vec<RouteAt>>,
    /// Routes that were shown one by one.
    pub(super) single: Vec<RouteAt>,
    /// Whether these are all that the table has.
    pub(super) listed: bool,
    pub(super) gateway_routes: bool,
    pub(super) doubt: bool,
    pub(super) refused: Vec<(String, Problem)>,
}

impl Default for FoundTable {
    fn default() -> Self {
        FoundTable {
            place: None,
            routes: None,
            single: Vec::new(),
            listed: false,
            gateway_routes: true,
            doubt: false,
            refused: Vec::new(),
        }
    }
}

/// A virtual network as far as it was found.
#[derive(Debug, Default)]
pub(super) struct FoundNetwork {
    pub(super) place: Option<Place>,
    pub(super) space: Vec<IpNet>,
    /// The other side, and its address space as far as the peering shows it.
    pub(super) peers: Vec<(Option<Id>, Vec<IpNet>)>,
    /// The same of peerings that let nothing through.
    pub(super) cut: Vec<(Option<Id>, Vec<IpNet>)>,
    /// Whether all its subnets were listed.
    pub(super) whole: bool,
}

/// A subnet as far as it was found; without prefixes only what is attached to it is known.
#[derive(Debug, Default)]
pub(super) struct FoundSubnet {
    pub(super) place: Option<Place>,
    pub(super) prefixes: Vec<IpNet>,
    pub(super) nsg: Option<Id>,
    pub(super) table: Option<Id>,
    pub(super) endpoints: Vec<String>,
    pub(super) nat: bool,
    pub(super) default_outbound: Option<bool>,
    pub(super) policies: Option<EndpointPolicies>,
}

/// An interface as far as it was found.
#[derive(Debug, Default)]
pub(super) struct FoundInterface {
    pub(super) place: Option<Place>,
    pub(super) nsg: Option<Id>,
    pub(super) addresses: Vec<IpAddr>,
    pub(super) groups: Vec<Id>,
    pub(super) private_endpoint: bool,
    /// Whether it has a public address or is behind a load balancer.
    pub(super) public: bool,
}

/// A firewall as far as it was found.
#[derive(Debug, Default)]
pub(super) struct FoundFirewall {
    pub(super) place: Option<Place>,
    pub(super) private_address: Option<IpAddr>,
    pub(super) tier: Option<FirewallTier>,
    pub(super) policy: Option<Id>,
    /// Classic rules.
    pub(super) collections: Vec<RuleCollection>,
    pub(super) settings: Settings,
    pub(super) doubt: bool,
}

/// A firewall policy as far as it was found.
#[derive(Debug, Default)]
pub(super) struct FoundPolicy {
    pub(super) place: Option<Place>,
    /// Whether the policy itself was shown, and not only groups of it.
    pub(super) shown: bool,
    pub(super) tier: Option<FirewallTier>,
    pub(super) base: Option<Id>,
    pub(super) settings: Settings,
    /// The groups that it says it has, in small letters, if it says so.
    pub(super) listed: Option<Vec<String>>,
    pub(super) groups: Vec<FoundGroup>,
    /// Where each group is, by its name in small letters.
    pub(super) by_name: BTreeMap<String, usize>,
}

/// A rule collection group, and whether something of it could not be read.
#[derive(Debug)]
pub(super) struct FoundGroup {
    pub(super) group: RuleCollectionGroup,
    pub(super) doubt: bool,
    pub(super) place: Place,
}

/// An IP group; no addresses if they could not be read.
#[derive(Debug, Default)]
pub(super) struct FoundIpGroup {
    pub(super) addresses: Option<Vec<IpNet>>,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) nsgs: Registry<FoundNsg>,
    pub(super) tables: Registry<FoundTable>,
    pub(super) networks: Registry<FoundNetwork>,
    pub(super) subnets: Registry<FoundSubnet>,
    pub(super) interfaces: Registry<FoundInterface>,
    pub(super) firewalls: Registry<FoundFirewall>,
    pub(super) policies: Registry<FoundPolicy>,
    pub(super) ip_groups: Registry<FoundIpGroup>,
    pub(super) attached: Vec<(Attachment, Id, Holder)>,
    /// Space that effective routes show.
    pub(super) address_space: Vec<IpNet>,
    pub(super) peered: Vec<IpNet>,
    pub(super) on_premises: Vec<IpNet>,
    pub(super) places: BTreeMap<String, Place>,
    pub(super) refused: Vec<Refused>,
    pub(super) problems: Vec<Problem>,
    /// Whether something that could not be read may belong to any of them.
    pub(super) doubt_all_nsgs: bool,
    pub(super) doubt_all_tables: bool,
    pub(super) doubt_all_policies: bool,
    /// Whether something that could not be read may attach an NSG or a route table to any subnet.
    pub(super) doubt_all_subnets: Vec<Attachment>,
    /// How many documents or resources were known.
    pub(super) known: usize,
    pub(super) ignored: BTreeMap<Where, (Place, usize)>,
}

/// A file, a path without numbers, why, and whether it matters.
pub(super) type Where = (String, String, String, bool);

impl Found {
    /// Notes that a value is not used, with all that is below it.
    pub(super) fn skip(&mut self, at: &At, why: &str, matters: bool) {
        at.node.use_all();
        self.ignore(&at.document.file, &at.path, why, matters);
    }

    fn ignore(&mut self, file: &str, path: &str, why: &str, matters: bool) {
        let key = (file.to_string(), pattern(path), why.to_string(), matters);
        let place = || Place { file: file.into(), path: path.into(), ..Place::default() };
        self.ignored.entry(key).and_modify(|(_, more)| *more += 1).or_insert_with(|| (place(), 0));
    }

    /// Something that Azure would not take, under a key of what it is about.
    pub(super) fn refuse(&mut self, key: &str, problem: Problem) {
        let Problem { place, what, hint } = problem;
        self.refused.push(Refused { key: key.into(), place, what, hint });
    }

    /// What could not be read: `wrong` says it where Azure would not take it.
    pub(super) fn fault(&mut self, fault: Fault, at: &At, wrong: impl FnOnce(&mut Found, Problem)) {
        match fault {
            Fault::Wrong(problem) => {
                at.node.use_all();
                wrong(self, problem);
            }
            Fault::Unknown(Problem { place, what, hint }) => {
                let hint = if hint.is_empty() { hint } else { format!("; {hint}") };
                let within = if place.path == at.path { String::new() } else { format!(" (at {})", place.path) };
                // All of it is left out, and not only the value that could not be read.
                self.skip(at, &format!("{what}{within}{hint}"), true);
            }
            Fault::Lost(problem) => self.problems.push(problem),
        }
    }

    /// What was not used, in the order of files and places.
    pub(super) fn take_ignored(&mut self) -> Vec<Ignored> {
        let all = std::mem::take(&mut self.ignored);
        all.into_iter().map(|((_, _, why, matters), (place, more))| Ignored { place, more, why, matters }).collect()
    }
}

/// A path in which every number of a list item is `*`.
pub(super) fn pattern(path: &str) -> String {
    let star = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    path.split('/').map(|part| if star(part) { "*" } else { part }).collect::<Vec<_>>().join("/")
}
