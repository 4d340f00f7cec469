//! Azure Firewall: network rules, then application rules (learn.microsoft.com/azure/firewall/rule-processing). An
//! appliance of another make is judged by its lists in the same way, and what they let through is assumed.

use super::look::{FieldLook, Matches, RuleLook, compared, in_services};
use super::region::{Decided, May, Origin, Passes, Region, Remaining, Rule, Split, Work};
use super::sides::{Side, firewall_side, firewall_sides, private, resolved};
use crate::model::{
    Access, AddressSet, Appliance, ApplicationRule, CollectionRules, Firewall, FirewallTier, NetworkRule, PortSet,
    Protocol, RuleCollection, RuleCollectionGroup, Services, TagTable,
};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// A firewall's rules in the order in which it processes them.
#[derive(Debug)]
pub(super) struct Wall<'a> {
    /// `firewall policy`, `appliance 10.0.1.4`.
    pub(super) at: String,
    pub(super) address: IpAddr,
    /// For each NAT rule: that it may let packets go elsewhere, and that it may keep them from where they go.
    nat: Vec<Arc<Rule>>,
    network: Vec<ByAddress<'a>>,
    application: Vec<ByName<'a>>,
    /// Why names in network rules match nothing, if there are any.
    names_off: Option<&'static str>,
    /// What was not shown: groups of others, or anything that an appliance really holds.
    not_shown: Option<String>,
    /// Why what it lets through is assumed, if nobody can read its rules.
    pub(super) unread: Option<String>,
    /// Destinations to which network rules keep the source.
    private: AddressSet,
    /// What network rules made of the boxes that were asked about: the same one comes for every host name, and for
    /// every requirement of a subnet that is for names, each time to be cut by tags of thousands of ranges.
    judged: Mutex<BTreeMap<Region, Judged>>,
}

/// What rules decided, and what they left.
type Judged = (Vec<Decided>, Remaining);

/// A network rule: what it matches by address, and what by name.
#[derive(Debug)]
struct ByAddress<'a> {
    rule: Arc<Rule>,
    source: Side,
    destination: Side,
    services: Services,
    by_name: Option<ByName<'a>>,
}

/// What a rule matches by name, for any destination address: the firewall resolves names itself.
#[derive(Debug)]
struct ByName<'a> {
    name: String,
    access: Access,
    origin: Origin,
    source: Side,
    services: Services,
    names: &'a [String],
    /// The same, in order, ready to be matched.
    patterns: Vec<Pattern>,
    /// Tags for names that the vendor manages.
    vendor: &'a [String],
    /// Web categories, which the vendor manages too.
    categories: &'a [String],
    /// The hosts of URLs: what is matched is a part of what a host serves.
    hosts: Vec<Pattern>,
    /// Whether the names are those that clients of SQL servers ask for, which no flow shows.
    sql: bool,
}

/// What the firewall does to a box.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    pub(super) region: Region,
    pub(super) rule: String,
    pub(super) passes: Passes,
    /// Whether the firewall puts its own address in place of the source.
    pub(super) source_replaced: bool,
}

/// The host names that something is open for, if it is open for names only, and the rule that opens it.
pub(super) type Key = (Option<Vec<String>>, String);

/// What the firewall lets through.
#[derive(Debug, Default)]
pub(super) struct Openings {
    pub(super) regions: Vec<(Key, Region)>,
    /// Why more may be open.
    pub(super) assumed: BTreeSet<String>,
}

impl<'a> Wall<'a> {
    /// `None` for a firewall whose address is not known: no route can be seen to lead to it.
    pub(super) fn new(firewall: &'a Firewall, tags: &TagTable) -> Option<Self> {
        let mut wall = Wall {
            not_shown: firewall
                .others_groups
                .then(|| format!("rule collection groups of others on firewall `{}` were not shown", firewall.name)),
            ..Wall::empty(format!("firewall {}", firewall.name), firewall.private_address?)
        };
        if let Some(ranges) = &firewall.private_ranges {
            wall.private = AddressSet::from_prefixes(ranges);
        }
        for (path, collection) in in_order(firewall) {
            match &collection.rules {
                CollectionRules::Network(rules) => {
                    wall.network.extend(rules.iter().map(|rule| network(&path, collection.access, rule, tags)));
                }
                CollectionRules::Application(rules) => {
                    let read = |rule| application(&path, collection.access, rule, tags);
                    wall.application.extend(rules.iter().flat_map(read));
                }
                CollectionRules::Nat(rules) => wall.nat.extend(rules.iter().flat_map(|rule| nat(&path, rule, tags))),
            }
        }
        if wall.network.iter().any(|rule| rule.by_name.is_some()) {
            wall.names_off = names_off(firewall);
        }
        Some(wall)
    }

    /// An appliance or proxy by the lists that it is to hold.
    pub(super) fn of_lists(appliance: &'a Appliance, tags: &TagTable) -> Self {
        let at = match &appliance.proxy {
            None => format!("appliance {}", appliance.address),
            Some(proxy) => format!("proxy {}:{}", appliance.address, proxy.port),
        };
        let unread = format!("nobody can read the rules of {at} from here: assumed that it holds its lists");
        let allow = |rule| network("lists", Access::Allow, rule, tags);
        Wall {
            network: appliance.network.iter().map(allow).collect(),
            application: appliance
                .application
                .iter()
                .flat_map(|r| application("lists", Access::Allow, r, tags))
                .collect(),
            not_shown: Some(unread.clone()),
            unread: Some(unread),
            ..Wall::empty(at, appliance.address)
        }
    }

    fn empty(at: String, address: IpAddr) -> Self {
        Wall {
            at,
            address,
            nat: Vec::new(),
            network: Vec::new(),
            application: Vec::new(),
            names_off: None,
            not_shown: None,
            unread: None,
            private: private(),
            judged: Mutex::default(),
        }
    }

    /// Which of the packets for `name`, or for no name, pass: disjoint boxes that are together `region`, unless the
    /// work ran out.
    ///
    /// Without a name no application rule, and no name in a network rule, can be shown to match. What no shown rule
    /// allows is denied, even beside groups of others: an allow of ours is what has to be there.
    pub(super) fn judge(&self, region: Region, name: Option<&Pattern>, work: &mut Work) -> Vec<Outcome> {
        let (mut decided, mut remaining) = self.by_address(region, name, work);
        let application = self.application.iter().filter_map(|rule| rule.rule_for(name)).map(Arc::new);
        decided.extend(remaining.apply_all(application, work));
        decided.extend_from_slice(remaining.boxes());
        let outcomes = decided.into_iter().flat_map(|decided| {
            let (rule, passes) = decided.passes();
            let (rule, origin) = match rule {
                Some(rule) => (rule.name.clone(), rule.origin),
                None => (self.nothing_matched(name), Origin::Custom),
            };
            // Application rules always replace the source; network rules do for destinations that are not private
            // (learn.microsoft.com/azure/firewall/snat-private-range).
            let (inner, outer) = decided.region.split_destination(&self.private);
            let application = origin == Origin::Application;
            [(inner, application), (outer, true)].into_iter().filter_map(move |(region, source_replaced)| {
                Some(Outcome { region: region?, rule: rule.clone(), passes: passes.clone(), source_replaced })
            })
        });
        outcomes.collect()
    }

    /// Every rule up to the one named `decided`, held against the packets: network rules first, then application rules.
    pub(super) fn looks(&self, region: &Region, name: Option<&Pattern>, decided: &str) -> Vec<RuleLook> {
        let mut looks = Vec::new();
        // Each NAT rule stands there twice, as one that may let packets through and as one that may not.
        let nat = self.nat.iter().step_by(2).filter_map(|rule| {
            let may = rule.may.as_ref()?;
            let field = |field, asks: &AddressSet, packets: &AddressSet| {
                let unknown = || Matches::NotKnown(may.reason.clone());
                let matches = if asks.intersects(packets) { unknown() } else { Matches::No };
                FieldLook { field, asks: asks.to_string(), matches }
            };
            let fields = vec![
                field("source", &may.region.source, &region.source),
                field("destination", &may.region.destination, &region.destination),
                service(&may.region.services, region),
            ];
            Some((&rule.name, "NAT", (rule.access, fields)))
        });
        let network =
            self.network.iter().map(|rule| (&rule.rule.name, "network", rule.looks(region, name, self.names_off)));
        // A rule for web servers is not one for SQL servers as well.
        let application = self.application.iter().filter(|rule| !rule.services.is_empty());
        let application = application.map(|rule| (&rule.name, "application", rule.looks(region, name)));
        for (position, (rule, kind, (access, fields))) in nat.chain(network).chain(application).enumerate() {
            let order = format!("{}, {kind}", position + 1);
            looks.push(RuleLook::new(rule.clone(), order, access.name().into(), fields, decided));
            if looks.last().is_some_and(|look| look.decides) {
                break;
            }
        }
        looks
    }

    /// What the network rules make of the packets.
    fn by_address(&self, region: Region, name: Option<&Pattern>, work: &mut Work) -> Judged {
        let named = |rule: &ByAddress<'_>| {
            let by_name = rule.by_name.as_ref().filter(|_| self.names_off.is_none());
            by_name.and_then(|by_name| by_name.rule_for(name)).map(Arc::new)
        };
        let any_named = self.network.iter().any(|rule| named(rule).is_some());
        let mut judged = self.judged.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = judged.get(&region).filter(|_| !any_named) {
            return known.clone();
        }
        let mut remaining = Remaining::new(region.clone());
        let rules = self.network.iter().flat_map(|rule| [rule.rule.clone()].into_iter().chain(named(rule)));
        let decided = remaining.apply_all(self.nat.iter().cloned().chain(rules), work);
        if !any_named && !work.exhausted {
            judged.insert(region, (decided.clone(), remaining.clone()));
        }
        (decided, remaining)
    }

    fn nothing_matched(&self, name: Option<&Pattern>) -> String {
        let mut text = String::from("no rule of the shown groups");
        if name.is_none() && !self.application.is_empty() {
            text.push_str("; application rules match host names, not addresses");
        }
        if let Some(off) = self.names_off {
            text.push_str("; ");
            text.push_str(off);
        }
        text
    }

    /// Everything of `region` that the firewall lets through, by address and by name.
    ///
    /// A deny of some of the names that a later wildcard allows is not cut out of it: names are reported as written.
    pub(super) fn open(&self, region: Region, work: &mut Work) -> Openings {
        let mut openings = Openings::default();
        openings.assumed.extend(self.not_shown.clone());
        let mut remaining = Remaining::new(region);
        let mut denied: Vec<&ByName<'_>> = Vec::new();
        // All of it stays: a NAT rule is only ever in doubt.
        self.nat.iter().for_each(|rule| drop(remaining.apply(rule, work)));
        for rule in &self.network {
            for decided in remaining.apply(&rule.rule, work) {
                if rule.rule.access == Access::Allow {
                    openings.regions.push(((None, rule.rule.name.clone()), decided.region));
                } else {
                    openings.assumed.extend(doubted_allow(&decided.doubts));
                }
            }
            if let Some(by_name) = rule.by_name.as_ref().filter(|_| self.names_off.is_none()) {
                by_name.open(&remaining, &denied, &mut openings);
                denied.extend((by_name.access == Access::Deny).then_some(by_name));
            }
        }
        for rule in &self.application {
            rule.open(&remaining, &denied, &mut openings);
            denied.extend((rule.access == Access::Deny).then_some(rule));
        }
        for left in remaining.boxes() {
            openings.assumed.extend(doubted_allow(&left.doubts));
        }
        openings
    }

    /// Why groups of others matter: the type of a rule beats its priority, so that a network rule of theirs comes
    /// before an application rule of ours whatever the numbers.
    pub(super) fn not_shown(&self) -> Option<&str> {
        self.not_shown.as_deref()
    }
}

/// The collections of a firewall in the order in which it processes those of one type, each with its path `group/collection`:
/// the parent's groups first, then by priority (learn.microsoft.com/azure/firewall/rule-processing).
pub(super) fn in_order(firewall: &Firewall) -> impl Iterator<Item = (String, &RuleCollection)> {
    let mut groups: Vec<&RuleCollectionGroup> = firewall.groups.iter().collect();
    groups.sort_by_key(|group| (!group.parent, group.priority));
    groups.into_iter().flat_map(|group| {
        let mut collections: Vec<&RuleCollection> = group.collections.iter().collect();
        collections.sort_by_key(|collection| collection.priority);
        collections.into_iter().map(move |collection| (format!("{}/{}", group.name, collection.name), collection))
    })
}

/// Why names in its network rules match nothing, if they do not
/// (learn.microsoft.com/azure/firewall/features-by-sku and fqdn-filtering-network-rules).
pub(super) fn names_off(firewall: &Firewall) -> Option<&'static str> {
    match (firewall.tier, firewall.dns_proxy) {
        (FirewallTier::Basic, _) => Some("names in network rules need more than the Basic tier"),
        (_, false) => Some("names in network rules need the DNS proxy"),
        (_, true) => None,
    }
}

fn doubted_allow(doubts: &[Arc<Rule>]) -> Option<String> {
    let rule = doubts.iter().find(|rule| rule.access == Access::Allow)?;
    rule.may.as_ref().map(|may| may.reason.clone())
}

fn network<'a>(path: &str, access: Access, rule: &'a NetworkRule, tags: &TagTable) -> ByAddress<'a> {
    let name = format!("{path}/{}", rule.name);
    let source = firewall_side(tags, &rule.source);
    let destination = firewall_sides(tags, &rule.destinations);
    let by_name = (!rule.names.is_empty()).then(|| ByName {
        name: name.clone(),
        access,
        origin: Origin::Custom,
        source: source.clone(),
        services: rule.services.clone(),
        names: &rule.names,
        patterns: rule.names.iter().map(|name| Pattern::new(name)).collect(),
        vendor: &[],
        categories: &[],
        hosts: Vec::new(),
        sql: false,
    });
    let services = rule.services.clone();
    let rule = resolved(name, access, Origin::Custom, &source, &destination, services.clone()).into();
    ByAddress { rule, source, destination, services, by_name }
}

/// A NAT rule: whether it lets its packets through, and to where, is not judged.
fn nat(path: &str, rule: &NetworkRule, tags: &TagTable) -> [Arc<Rule>; 2] {
    [Access::Allow, Access::Deny].map(|access| {
        let ByAddress { rule, .. } = network(path, access, rule, tags);
        let regions = rule.sure.iter().chain(rule.may.iter().map(|may| &may.region));
        let reason = format!("NAT rule `{}` replaces the destination", rule.name);
        // What it may have includes what it has for certain.
        let may = regions.last().cloned().map(|region| May { region, reason, some_match: false });
        Arc::new(Rule { name: rule.name.clone(), access, origin: Origin::Custom, sure: None, may })
    })
}

fn application<'a>(path: &str, access: Access, rule: &'a ApplicationRule, tags: &TagTable) -> [ByName<'a>; 2] {
    let web = PortSet::from_ranges(rule.protocols.iter().map(|protocol| (protocol.port, protocol.port)));
    let sql = PortSet::from_ranges(rule.sql_ports.iter().map(|port| (*port, *port)));
    [(web, false), (sql, true)].map(|(ports, sql)| ByName {
        name: format!("{path}/{}", rule.name),
        access,
        origin: Origin::Application,
        source: firewall_side(tags, &rule.source),
        services: Services::new(Protocol::Tcp, &ports),
        names: &rule.names,
        patterns: rule.names.iter().map(|name| Pattern::new(name)).collect(),
        vendor: &rule.fqdn_tags,
        categories: &rule.web_categories,
        hosts: rule.urls.iter().map(|url| Pattern::new(host_of(url))).collect(),
        sql,
    })
}

/// The host name of a URL as firewall rules write it, `github.com/login*`; a scheme before it does not count.
fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

impl ByAddress<'_> {
    fn looks(&self, region: &Region, name: Option<&Pattern>, off: Option<&str>) -> (Access, Vec<FieldLook>) {
        if let Some(by_name) = &self.by_name
            && self.destination.widest().is_empty()
        {
            let (access, mut fields) = by_name.looks(region, name);
            if let (Some(off), Some(field)) = (off, fields.iter_mut().find(|field| field.field == "name")) {
                (field.asks, field.matches) = (format!("{}; {off}", field.asks), Matches::No);
            }
            return (access, fields);
        }
        let fields = vec![
            FieldLook {
                field: "source",
                asks: self.source.widest().to_string(),
                matches: compared(&region.source, &self.source),
            },
            FieldLook {
                field: "destination",
                asks: self.destination.widest().to_string(),
                matches: compared(&region.destination, &self.destination),
            },
            service(&self.services, region),
        ];
        (self.rule.access, fields)
    }
}

fn service(services: &Services, region: &Region) -> FieldLook {
    let matches = in_services(&region.services, services);
    FieldLook { field: "protocol and port", asks: services.to_string(), matches }
}

impl ByName<'_> {
    fn looks(&self, region: &Region, name: Option<&Pattern>) -> (Access, Vec<FieldLook>) {
        let names = self.vendor.iter().chain(self.categories).chain(self.names).map(String::as_str);
        let asks = names.collect::<Vec<_>>().join(", ");
        let fields = vec![
            FieldLook {
                field: "source",
                asks: self.source.widest().to_string(),
                matches: compared(&region.source, &self.source),
            },
            FieldLook { field: "name", asks, matches: self.against(name) },
            service(&self.services, region),
        ];
        (self.access, fields)
    }

    /// The rule as it meets packets for `name`; `None` if it does not.
    fn rule_for(&self, name: Option<&Pattern>) -> Option<Rule> {
        let any = Side::sure(AddressSet::all());
        let source = &self.source;
        let rule =
            |source: &Side| resolved(self.name.clone(), self.access, self.origin, source, &any, self.services.clone());
        let doubt = |reason: String| {
            let region = Region::new(source.widest().clone(), any.sure.clone(), self.services.clone())?;
            let may = Some(May { region, reason, some_match: false });
            Some(Rule { name: self.name.clone(), access: self.access, origin: self.origin, sure: None, may })
        };
        match self.against(name) {
            Matches::Yes => Some(rule(source)),
            Matches::NotKnown(reason) => doubt(reason),
            Matches::No | Matches::Partly => None,
        }
    }

    /// Whether packets for `name` have what it asks for, as far as names go.
    fn against(&self, name: Option<&Pattern>) -> Matches {
        let not_known = |reason: String| Matches::NotKnown(reason);
        let Some(name) = name else {
            // By address nobody can tell which name a packet is for: an allow is not shown to match, and a deny by name
            // in a network rule may. An application deny comes after every allow by address, so it changes nothing.
            let may_deny = self.access == Access::Deny && self.origin == Origin::Custom;
            return if may_deny { not_known(format!("rule `{}` denies by name", self.name)) } else { Matches::No };
        };
        let covered = self.patterns.iter().any(|pattern| pattern.covers(name));
        let overlapped = self.patterns.iter().any(|pattern| pattern.overlaps(name));
        if self.sql {
            let reason = format!("rule `{}` looks at names of SQL servers", self.name);
            return if overlapped { not_known(reason) } else { Matches::No };
        }
        if covered {
            return Matches::Yes;
        }
        if self.hosts.iter().any(|host| host.overlaps(name)) {
            return not_known(format!("rule `{}` matches parts of what a host serves, by URL", self.name));
        }
        if !self.categories.is_empty() {
            return not_known(format!("web category `{}` is managed by Microsoft", self.categories.join("`, `")));
        }
        if !self.vendor.is_empty() {
            return not_known(format!("names of FQDN tag `{}` are managed by Microsoft", self.vendor.join("`, `")));
        }
        match overlapped && self.access == Access::Deny {
            true => not_known(format!("rule `{}` denies some of these names", self.name)),
            false => Matches::No,
        }
    }

    /// Adds what the rule opens of what is left, apart from names that were denied before.
    fn open(&self, remaining: &Remaining, denied: &[&ByName<'_>], openings: &mut Openings) {
        if self.access == Access::Deny {
            return;
        }
        openings.assumed.extend(self.source.may.as_ref().map(|(_, reason)| reason.clone()));
        let all = |rule: &ByName<'_>| Region::new(rule.source.sure.clone(), AddressSet::all(), rule.services.clone());
        let Some(own) = all(self) else { return };
        let left: Vec<Region> = remaining.boxes().iter().filter_map(|left| left.region.meet(&own)).collect();
        if left.is_empty() {
            return;
        }
        if !self.vendor.is_empty() {
            let tags = self.vendor.join("`, `");
            openings.assumed.insert(format!("names of FQDN tag `{tags}` are managed by Microsoft"));
        }
        if !self.categories.is_empty() {
            let categories = self.categories.join("`, `");
            openings.assumed.insert(format!("web category `{categories}` is managed by Microsoft"));
        }
        if !self.hosts.is_empty() {
            openings.assumed.insert(format!("rule `{}` opens parts of what hosts serve, by URL", self.name));
        }
        if self.sql {
            openings.assumed.insert(format!("rule `{}` opens names of SQL servers", self.name));
            return;
        }
        let mut opened: Vec<(Vec<String>, Vec<Region>)> = Vec::new();
        for (name, own) in self.names.iter().zip(&self.patterns) {
            let mut regions = left.clone();
            let denies = denied.iter().filter(|deny| deny.patterns.iter().any(|pattern| pattern.covers(own)));
            for out in denies.filter_map(|deny| all(deny)) {
                let outside = |region: Region| match region.split(&out) {
                    Split::Cut(_, rest) => rest,
                    Split::Untouched(region) => vec![region],
                };
                regions = regions.into_iter().flat_map(outside).collect();
            }
            match opened.iter_mut().find(|(_, same)| *same == regions) {
                Some((names, _)) => names.push(name.clone()),
                None => opened.push((vec![name.clone()], regions)),
            }
        }
        for (names, regions) in opened {
            let key = (Some(names), self.name.clone());
            openings.regions.extend(regions.into_iter().map(|region| (key.clone(), region)));
        }
    }
}

/// A host name, or with a leading `*` every name that ends in the rest. Case and the final dot do not matter.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    wild: bool,
    text: String,
}

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        let text = text.trim_end_matches('.').to_ascii_lowercase();
        match text.strip_prefix('*') {
            Some(suffix) => Pattern { wild: true, text: suffix.into() },
            None => Pattern { wild: false, text },
        }
    }

    /// Whether it matches every name of `other`, which may be a wildcard itself: `*.x.org` is every deeper name, and not
    /// `x.org` (learn.microsoft.com/azure/firewall/firewall-faq).
    pub(super) fn covers(&self, other: &Pattern) -> bool {
        if self.wild { other.text.ends_with(&self.text) } else { !other.wild && other.text == self.text }
    }

    /// Whether some name matches both.
    fn overlaps(&self, other: &Pattern) -> bool {
        self.covers(other) || other.covers(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    /// Labels are whole, the apex is not deeper, and a single name is never every name.
    #[test]
    fn wildcards_match_label_by_label() {
        let covers = |rule, name| Pattern::new(rule).covers(&Pattern::new(name));
        let overlaps = |rule, name| Pattern::new(rule).overlaps(&Pattern::new(name));
        for (rule, name) in [
            ("*.x.org", "a.x.org"),
            ("*.x.org", "a.b.x.org"),
            ("*.X.org", "A.x.ORG."),
            ("*.x.org", "*.x.org"),
            ("*.x.org", "*.a.x.org"),
            ("x.org", "x.org"),
            ("*", "x.org"),
            ("*", "*.x.org"),
        ] {
            assert!(covers(rule, name), "{rule} should cover {name}");
        }
        for (rule, name) in [
            ("*.x.org", "x.org"),
            ("*.x.org", "ax.org"),
            ("*.x.org", "x.org.evil.com"),
            ("a.x.org", "*.x.org"),
            ("x.org", "*x.org"),
            ("*.a.x.org", "*.x.org"),
            ("x.org", "a.x.org"),
        ] {
            assert!(!covers(rule, name), "{rule} should not cover {name}");
        }
        assert!(overlaps("a.x.org", "*.x.org") && overlaps("*.a.x.org", "*.x.org"));
        assert!(!overlaps("x.org", "*.x.org") && !overlaps("*.y.org", "*.x.org"));
    }
}
