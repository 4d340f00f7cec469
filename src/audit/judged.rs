//! A network with everything that several kinds of findings ask about, worked out once.

use super::{Input, Resource, Subject};
use crate::catalog::Tenancy;
use crate::model::{
    Access, AddressSet, CollectionRules, Direction, Endpoint, Firewall, Network, Nsg, SecurityRule, Services, Step,
    TagTable,
};
use crate::proof::{Outcome, Proof, outcomes, prove};
use crate::required::{Party, RequiredFlow, tags_of};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// The tags whose addresses may be needed beside those that flows and rules name.
const ALWAYS: [&str; 2] = ["Storage", "AzureMachineLearning"];

pub(super) struct Judged<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) table: TagTable,
    pub(super) proof: Proof,
    /// Which requirements pass by a rule, by the step of a trace.
    pub(super) serves: BTreeMap<(String, String), BTreeSet<String>>,
    /// The tags behind which anyone can rent a place, as the catalog has it.
    pub(super) rentable: BTreeSet<String>,
    /// The rules of NSGs by NSG, direction and name.
    rules: BTreeMap<(&'a str, Direction, &'a str), &'a SecurityRule>,
    /// Every rule of every firewall, and each by its path.
    pub(super) held: Vec<Held<'a>>,
    paths: BTreeMap<String, usize>,
    /// The rules that fixes add, so that no two of them ask for one priority or name.
    pub(super) added: RefCell<BTreeMap<String, Vec<SecurityRule>>>,
    /// What is left when the rules are gone that findings ask to remove.
    left: RefCell<Left>,
}

/// The network without the rules that findings ask to remove, so that no two of them take each other's place.
#[derive(Default)]
struct Left {
    network: Network,
    /// What becomes of the flows there, in their order.
    outcomes: Vec<Outcome>,
    /// The requirements that passed by one of the rules.
    moved: BTreeSet<String>,
    /// The rules of NSGs, by NSG and name.
    gone: BTreeSet<(String, String)>,
    /// How many rules were looked at to judge again.
    work: usize,
}

/// How many rules judging again may look at: a thousand times a network of a thousand rules. After that a rule counts as
/// needed for what passes by it.
const MOST_WORK: usize = 1_000_000;

impl<'a> Judged<'a> {
    pub(super) fn new(input: &'a Input<'a>) -> Self {
        let rentable = rentable(input);
        let mut names = tags_of(input.flows);
        names.extend(ALWAYS.map(String::from));
        names.extend(rentable.iter().cloned());
        names.extend(input.network.tags());
        let mut table = TagTable::default();
        for name in names {
            if let Some(addresses) = input.tags.addresses(&name) {
                table.insert(&name, addresses);
            }
        }
        let proof = prove(input.network, input.flows, &table, input.without_names, input.intent.open_names);
        let all = input.network.nsgs.iter().flat_map(|(nsg, held)| held.rules.iter().map(move |rule| (nsg, rule)));
        let rules = all.map(|(nsg, rule)| ((nsg.as_str(), rule.direction, rule.name.as_str()), rule)).collect();
        let held = held(input.network);
        let paths: BTreeMap<String, usize> =
            held.iter().enumerate().map(|(index, held)| (held.path.clone(), index)).collect();
        let by_path = |path: &str| held.get(*paths.get(path)?);
        let mut serves = BTreeMap::<(String, String), BTreeSet<String>>::new();
        for (flow, verdict) in input.flows.iter().zip(&proof.verdicts) {
            // A name may have any address: that some of them pass by a rule for other services makes it no rule of the name.
            let any_address = matches!(&flow.to, Party::Service(service) if service.tag.is_none());
            for Step { at, rule, .. } in &verdict.passed_by {
                if any_address && is_for_others(input.network, by_path(rule), at, rule) {
                    continue;
                }
                serves.entry((at.clone(), rule.clone())).or_default().insert(verdict.requirement.clone());
            }
        }
        let outcomes = proof.verdicts.iter().map(|verdict| verdict.outcome.clone()).collect();
        let left = RefCell::new(Left { network: input.network.clone(), outcomes, ..Left::default() });
        Judged { input, table, proof, serves, rentable, rules, held, paths, added: RefCell::default(), left }
    }

    /// The requirements that fail without the rule of an NSG. If there are none the rule counts as gone from here on.
    pub(super) fn needing(&self, nsg: &str, rule: &SecurityRule) -> BTreeSet<String> {
        let served = self.served_by(nsg, rule.direction, &rule.name);
        let needing = self.failing(&served, |network| {
            if let Some(nsg) = network.nsgs.get_mut(nsg) {
                nsg.rules.retain(|own| own.direction != rule.direction || own.name != rule.name);
            }
        });
        if needing.is_empty() && !served.is_empty() {
            self.left.borrow_mut().gone.insert((nsg.to_string(), rule.name.clone()));
        }
        needing
    }

    /// Takes it that these NSGs end with the deny that findings ask for: what Azure's default rules let through is no
    /// other way for what passes by a rule.
    pub(super) fn ended<'n>(&self, nsgs: impl Iterator<Item = (&'n String, Direction)>) {
        let mut left = self.left.borrow_mut();
        let mut any = false;
        for (name, direction) in nsgs {
            let Some(nsg) = left.network.nsgs.get_mut(name) else { continue };
            any = true;
            let deny = SecurityRule::of_everything("the deny at the end", direction, 4096, Access::Deny);
            nsg.rules.push(deny);
        }
        if any {
            let flows: Vec<&RequiredFlow> = self.input.flows.iter().collect();
            left.outcomes = outcomes(&left.network, &flows, &self.table);
        }
    }

    /// Judges again what passes by a rule, or passed by one that is gone, without it.
    fn failing(&self, served: &BTreeSet<String>, remove: impl Fn(&mut Network)) -> BTreeSet<String> {
        let mut left = self.left.borrow_mut();
        left.work += self.rules.len();
        if left.work > MOST_WORK {
            return served.clone();
        }
        let mut without = left.network.clone();
        remove(&mut without);
        let all = self.input.flows.iter().zip(&left.outcomes);
        let asked =
            all.filter(|(flow, _)| served.contains(&flow.requirement) || left.moved.contains(&flow.requirement));
        let (flows, before): (Vec<&RequiredFlow>, Vec<&Outcome>) = asked.unzip();
        let after = outcomes(&without, &flows, &self.table);
        let changed = flows.iter().zip(before.into_iter().zip(&after)).filter(|(_, (before, after))| before != after);
        let failing: BTreeSet<String> = changed.map(|(flow, _)| flow.requirement.clone()).collect();
        if failing.is_empty() {
            left.network = without;
            left.moved.extend(served.iter().cloned());
        }
        failing
    }

    /// Whether a finding asks to remove the rule of an NSG.
    pub(super) fn is_gone(&self, nsg: &str, rule: &str) -> bool {
        self.left.borrow().gone.contains(&(nsg.to_string(), rule.to_string()))
    }

    /// Whether the requirement passed by a rule that a finding asks to remove.
    pub(super) fn is_moved(&self, requirement: &str) -> bool {
        self.left.borrow().moved.contains(requirement)
    }

    /// The requirements that pass by a rule of an NSG.
    pub(super) fn served_by(&self, nsg: &str, direction: Direction, rule: &str) -> BTreeSet<String> {
        let direction = direction.name();
        let (subnet, card) = (format!("NSG {nsg} {direction}"), format!("NSG {nsg} of interface "));
        let is_here = |at: &str| *at == subnet || at.starts_with(&card) && at.ends_with(direction);
        let here = self.serves.iter().filter(|((at, name), _)| name == rule && is_here(at));
        here.flat_map(|(_, requirements)| requirements.iter().cloned()).collect()
    }

    /// The requirements that pass by a rule of a firewall, by its path.
    pub(super) fn served_by_firewall(&self, path: &str) -> BTreeSet<String> {
        let here = self.serves.iter().filter(|((at, rule), _)| rule == path && at.starts_with("firewall "));
        here.flat_map(|(_, requirements)| requirements.iter().cloned()).collect()
    }

    /// Whether the NSG is to be judged rule by rule.
    pub(super) fn shows_nsg(&self, name: &str) -> bool {
        self.input.shown.is_none_or(|shown| shown.network.nsgs.contains_key(name))
    }

    /// Whether the route table is to be judged route by route.
    pub(super) fn shows_table(&self, name: &str) -> bool {
        self.input.shown.is_none_or(|shown| shown.network.route_tables.contains_key(name))
    }

    /// Whether the group of the firewall is to be judged rule by rule.
    pub(super) fn shows_group(&self, name: &str) -> bool {
        let of = |firewall: &Firewall| firewall.groups.iter().any(|group| group.name == name);
        self.input.shown.is_none_or(|shown| shown.network.firewalls.iter().any(of))
    }

    /// The NSGs to judge, in the order of their names.
    pub(super) fn nsgs(&self) -> impl Iterator<Item = (&'a String, &'a Nsg)> + '_ {
        self.input.network.nsgs.iter().filter(|(name, _)| self.shows_nsg(name))
    }

    /// The subnets that the intent gives a role, and that have this NSG.
    pub(super) fn subnets_of(&self, nsg: &str) -> Vec<String> {
        let network = self.input.network;
        let has = |name: &str| {
            let mut subnets = network.subnets.iter().filter(|subnet| subnet.name == name);
            subnets.any(|subnet| network.filters(nsg, subnet))
        };
        let ours = self.input.intent.subnets.iter().filter(|subnet| !subnet.roles.is_empty() && has(&subnet.name));
        ours.map(|subnet| subnet.name.clone()).collect()
    }

    /// The rule of an NSG by its name.
    pub(super) fn rule(&self, nsg: &str, direction: Direction, name: &str) -> Option<&'a SecurityRule> {
        self.rules.get(&(nsg, direction, name)).copied()
    }

    /// What decides at a step of a trace, as a subject.
    pub(super) fn subject(&self, step: &Step) -> Subject {
        for name in self.input.network.nsgs.keys() {
            for direction in [Direction::Inbound, Direction::Outbound] {
                let word = direction.name();
                let card = format!("NSG {name} of interface ");
                if step.at == format!("NSG {name} {word}") || step.at.starts_with(&card) && step.at.ends_with(word) {
                    let direction = Some(direction);
                    let (name, rule) = (name.clone(), step.rule.clone());
                    return Subject { resource: Resource::Nsg, name, rule, direction, ..Subject::default() };
                }
            }
        }
        if step.at.starts_with("firewall ") {
            return firewall_subject(&self.firewall_rule(&step.rule).map_or(String::new(), |_| step.rule.clone()));
        }
        for prefix in ["routes of ", "way out of ", "return route of "] {
            if let Some(subnet) = step.at.strip_prefix(prefix) {
                return Subject::subnet(subnet);
            }
        }
        Subject::default()
    }

    /// The rule of a firewall at a path.
    pub(super) fn firewall_rule(&self, path: &str) -> Option<&Held<'a>> {
        self.held.get(*self.paths.get(path)?)
    }

    /// The addresses of one side of a rule of a firewall; `None` if they are not all known.
    pub(super) fn known(&self, endpoint: &Endpoint) -> Option<AddressSet> {
        match endpoint {
            Endpoint::Any => Some(AddressSet::all()),
            Endpoint::Prefixes(prefixes) => Some(AddressSet::from_prefixes(prefixes)),
            Endpoint::Tag(tag) => self.table.get(tag).cloned(),
            Endpoint::Several(several) => {
                several.iter().try_fold(AddressSet::default(), |sum, one| Some(sum.union(&self.known(one)?)))
            }
            Endpoint::Groups(_) => None,
        }
    }
}

/// Whether the rule at a step of a trace names services by tag or prefix, and no host.
fn is_for_others(network: &Network, held: Option<&Held<'_>>, at: &str, rule: &str) -> bool {
    let narrow = |endpoint: &Endpoint| match endpoint {
        Endpoint::Tag(tag) => !tag.eq_ignore_ascii_case("Internet"),
        Endpoint::Prefixes(prefixes) => prefixes.iter().all(|prefix| prefix.prefix_len() > 1),
        _ => false,
    };
    let nsg = network.nsgs.iter().find(|(name, _)| at.strip_prefix("NSG ").is_some_and(|rest| rest.starts_with(*name)));
    let security = nsg.and_then(|(_, nsg)| nsg.rules.iter().find(|own| own.name == rule));
    if let Some(own) = security {
        return narrow(&own.destination) && !leads_to_proxy(network, own);
    }
    held.filter(|_| at.starts_with("firewall ")).is_some_and(|held| {
        matches!(held.rule, HeldRule::Network(own) if own.names.is_empty() && own.destinations.iter().all(narrow))
    })
}

/// Whether requests to an explicit proxy, which is asked for host names, pass by the rule.
fn leads_to_proxy(network: &Network, rule: &SecurityRule) -> bool {
    let Endpoint::Prefixes(prefixes) = &rule.destination else { return false };
    network.appliances.iter().any(|appliance| {
        let port = appliance.proxy.as_ref().map(|proxy| Services::tcp(proxy.port));
        port.is_some_and(|port| rule.services().intersects(&port))
            && prefixes.iter().any(|prefix| prefix.contains(&appliance.address))
    })
}

/// `group/collection/rule` of a firewall as a subject.
pub(super) fn firewall_subject(path: &str) -> Subject {
    let (name, rule) = path.rsplit_once('/').unwrap_or(("", path));
    Subject { resource: Resource::Firewall, name: name.into(), rule: rule.into(), ..Subject::default() }
}

/// A rule that a firewall holds.
pub(super) struct Held<'a> {
    pub(super) group: &'a str,
    pub(super) path: String,
    pub(super) access: Access,
    pub(super) rule: HeldRule<'a>,
}

pub(super) enum HeldRule<'a> {
    Network(&'a crate::model::NetworkRule),
    Application(&'a crate::model::ApplicationRule),
}

impl HeldRule<'_> {
    pub(super) fn source(&self) -> &Endpoint {
        match self {
            HeldRule::Network(rule) => &rule.source,
            HeldRule::Application(rule) => &rule.source,
        }
    }
}

/// Every rule of every firewall but those for NAT, in the order of their source.
pub(super) fn held(network: &Network) -> Vec<Held<'_>> {
    let mut all = Vec::new();
    for group in network.firewalls.iter().flat_map(|firewall| &firewall.groups) {
        for collection in &group.collections {
            let path = |rule: &str| format!("{}/{}/{rule}", group.name, collection.name);
            let held = |path, rule| Held { group: &group.name, path, access: collection.access, rule };
            match &collection.rules {
                CollectionRules::Network(rules) => {
                    all.extend(rules.iter().map(|rule| held(path(&rule.name), HeldRule::Network(rule))));
                }
                CollectionRules::Application(rules) => {
                    all.extend(rules.iter().map(|rule| held(path(&rule.name), HeldRule::Application(rule))));
                }
                CollectionRules::Nat(_) => {}
            }
        }
    }
    all
}

/// What NAT collections may let in, in a clause for each, with its group: where the packets go from there is not known.
pub(super) fn translated(network: &Network) -> Vec<(&str, String)> {
    const MOST: usize = 4;
    let mut found = Vec::new();
    for group in network.firewalls.iter().flat_map(|firewall| &firewall.groups) {
        for collection in &group.collections {
            let CollectionRules::Nat(rules) = &collection.rules else { continue };
            let mut names: Vec<String> =
                rules.iter().take(MOST).map(|rule| format!("`{}` ({})", rule.name, rule.services)).collect();
            if rules.len() > MOST {
                names.push(format!("{} more", rules.len() - MOST));
            }
            let clause = format!(
                "what NAT rules of firewall collection `{}/{}` let in was not judged: {}",
                group.name,
                collection.name,
                names.join(", ")
            );
            found.push((group.name.as_str(), clause));
        }
    }
    found
}

/// The tags of the catalog's rows behind which anyone can rent a place, without their regions.
fn rentable(input: &Input) -> BTreeSet<String> {
    let rows = input.catalog.requirements().iter().filter(|row| row.tenancy == Tenancy::Anyone);
    let tags = rows.filter_map(|row| match row.to_in(input.intent.cloud)? {
        crate::catalog::Side::Destination(destination) => destination.tag,
        _ => None,
    });
    let base = |tag: String| tag.split(".{").next().unwrap_or_default().to_string();
    let known = tags.map(base).chain(["Storage".into(), "AzureCloud".into()]);
    known.filter_map(|tag| input.tags.canonical(&tag)).collect()
}
