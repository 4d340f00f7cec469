//! What speaks against a network: findings as values, each with one sentence for a manager, the details for whoever
//! mends it, the page that says so, and the smallest fix.
//!
//! The network may be an export laid over a plan, or files read back. What must pass comes from catalog and intent, as
//! everywhere; what is open, what decides and what never matches comes from the simulator. Nothing here guesses: what
//! cannot be known offline stands in [`Audit::assumed`], and is no finding.

mod dead;
mod exceptions;
mod fixes;
mod judged;
mod layers;
mod missing;
mod obsolete;
mod open;
mod refused;
#[cfg(test)]
mod tests;

pub use exceptions::{Accepted, Exception, accept, known_before, read_exceptions};
pub use fixes::Fix;

use crate::artifact::digest;
use crate::catalog::tags::Tags;
use crate::catalog::{Catalog, Source};
use crate::import::exports::Shown;
use crate::intent::Intent;
use crate::model::{AddressSet, Direction, Network};
use crate::problem::Place;
use crate::proof::Proof;
use crate::required::RequiredFlow;
use judged::Judged;
use std::collections::BTreeSet;

/// What an audit works with.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The network to judge.
    pub network: &'a Network,
    /// The network that the answers' own plan would build: what it routes past the firewall is meant so.
    pub planned: &'a Network,
    /// What must pass.
    pub flows: &'a [RequiredFlow],
    /// What is to be planned.
    pub intent: &'a Intent,
    /// The requirements.
    pub catalog: &'a Catalog,
    /// The service tags.
    pub tags: &'a Tags,
    /// The space that a flow to host names must never be wanted in.
    pub without_names: &'a AddressSet,
    /// What was shown by exports. Rules that were not are not judged one by one; `None` judges all of them.
    pub shown: Option<&'a Shown>,
    /// Today; `None` where age does not matter.
    pub today: Option<Date>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// The findings: errors first, then by kind and subject.
    pub findings: Vec<Finding>,
    /// What could not be decided, or was taken for granted, in one clause each.
    pub assumed: Vec<String>,
    /// The proof behind it: a verdict for every required flow.
    pub proof: Proof,
}

/// Something that speaks against the network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of thing it is.
    pub kind: Kind,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// One sentence that says what is wrong to somebody who never saw a rule.
    pub sentence: String,
    /// Which flow, which rule decides, how many addresses: a clause each.
    pub detail: Vec<String>,
    /// The requirement it is about; empty if it is about none.
    pub requirement: String,
    /// The pages that say so.
    pub source: Vec<Source>,
    /// The smallest fix, in steps.
    pub fixes: Vec<Fix>,
    /// Where the subject stands in the exports.
    pub place: Option<Place>,
    /// Sixteen hexadecimal digits that stay the same while what is wrong stays the same: whatever the order of files and
    /// rules, their priorities, and everything else around it.
    pub fingerprint: String,
    /// By whom it was accepted, if it was.
    pub accepted: Option<Accepted>,
    /// Whether an earlier report has it already.
    pub known: bool,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something does not work, or is open to the whole Internet.
    Error,
    /// It works, and is weaker than it should be.
    Warning,
    /// Good to know.
    Note,
}

impl Severity {
    /// `error`, `warning`, `note`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $variant:ident $id:literal $title:literal $help:literal;)*) => {
        /// What kind of thing a finding is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Kind {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Kind] = &[$(Kind::$variant,)*];

            /// Its id, which never changes: reports and exceptions name it.
            pub fn id(self) -> &'static str {
                match self { $(Kind::$variant => $id,)* }
            }

            /// A few words.
            pub fn title(self) -> &'static str {
                match self { $(Kind::$variant => $title,)* }
            }

            /// What it means and what to do about it.
            pub fn help(self) -> &'static str {
                match self { $(Kind::$variant => $help,)* }
            }
        }
    };
}

kinds! {
    /// A required flow does not pass.
    Missing "missing" "a required flow does not pass"
        "Something that the workload needs cannot get through. The finding names the first rule that stops it and every setting that has to change, so that one round is enough.";
    /// Packets and their replies take different ways.
    Asymmetric "asymmetric" "replies take another way and are dropped"
        "A firewall drops packets of connections that it has not seen begin. Routes have to lead a connection and its replies through the same firewall, or both past it.";
    /// Data can leave to a place that anyone can rent.
    Exfiltration "exfiltration" "data can leave to places that anyone can rent"
        "Behind some destinations stands whoever pays for a place there: any storage account, any virtual machine. What can reach them can carry data out. Only destinations that a requirement names should be open.";
    /// More is open than is required.
    TooBroad "too-broad" "more is open than is required"
        "A rule opens addresses or ports that no requirement wants. The count says how many addresses beyond the required ones.";
    /// Layers or rules work against each other.
    Contradiction "contradiction" "rules or layers work against each other"
        "One layer lets through what another stops, or goes round it: a firewall rule behind an NSG that denies the same, a broad rule that makes a list of names useless, a route past the firewall, a deny above the allows that it swallows.";
    /// Once required, and no longer.
    Obsolete "obsolete" "once required, and no longer"
        "The rule comes from guidance that has changed since. Nothing of today needs it.";
    /// A rule that never matches, or a route that never wins.
    Dead "dead" "a rule never matches, or a route never wins"
        "Rules before it match every packet that it would, perhaps only several of them together. It does nothing, and whoever reads it believes that it does.";
    /// A rule that no requirement needs.
    Unneeded "unneeded" "no requirement needs the rule"
        "No required flow passes by this rule. If something else needs it, write that down as a requirement of your own; if nothing does, remove it.";
    /// Azure does not enforce the rules.
    NotEnforced "not-enforced" "Azure does not enforce these rules"
        "Azure applies NSG rules to private endpoints only where the network policies of their subnet are on (privateEndpointNetworkPolicies).";
    /// Azure refuses it.
    RefusedByAzure "refused-by-azure" "Azure refuses it"
        "A deployment of this would fail, or the resource cannot exist as written: two rules with one priority, a service tag that does not exist or does not work there, more than Azure's limits.";
    /// The service tag data is old.
    TagSnapshotOld "tag-snapshot-old" "the service tag data is old"
        "Microsoft publishes new addresses every week and uses them a week later at the earliest. Give a newer file with `--service-tags`.";
    /// An exception names a finding that is not there.
    UnknownException "unknown-exception" "an exception names a finding that is not there"
        "The finding was mended, or the fingerprint is misspelt. Remove the exception.";
}

/// What a finding is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// What kind of resource.
    pub resource: Resource,
    /// Its name; for a rule of a firewall, its group and collection.
    pub name: String,
    /// The rule or route; empty if it is about the whole.
    pub rule: String,
    /// The subnet; empty if it is about none, or about several.
    pub subnet: String,
    /// The direction, if it has one.
    pub direction: Option<Direction>,
}

/// A kind of resource.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resource {
    /// A network security group.
    Nsg,
    /// A route table.
    RouteTable,
    /// The firewall and its policy.
    Firewall,
    /// A subnet.
    Subnet,
    /// None of them: the audit itself.
    #[default]
    None,
}

impl Subject {
    /// The key of its place: `nsg/NAME/RULE`, `routes/TABLE/ROUTE`, `firewall/GROUP/COLLECTION/RULE`, `subnet/NAME`.
    pub fn key(&self) -> String {
        let kind = match self.resource {
            Resource::Nsg => "nsg",
            Resource::RouteTable => "routes",
            Resource::Firewall => "firewall",
            Resource::Subnet => return format!("subnet/{}", self.subnet),
            Resource::None => return String::new(),
        };
        let parts = [kind, &self.name, &self.rule];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("/")
    }

    /// `inbound` or `outbound`; empty without a direction.
    pub fn direction_name(&self) -> &'static str {
        self.direction.map_or("", Direction::name)
    }

    fn subnet(name: &str) -> Self {
        Subject { resource: Resource::Subnet, subnet: name.into(), ..Subject::default() }
    }
}

impl Finding {
    /// `print` is what makes it this finding and no other beside kind and subject: the content of the rule, never its
    /// place among others.
    fn new(kind: Kind, severity: Severity, subject: Subject, print: &str, sentence: impl Into<String>) -> Self {
        let parts = [
            kind.id(),
            &subject.key().to_ascii_lowercase(),
            &subject.subnet.to_ascii_lowercase(),
            subject.direction_name(),
            print,
        ];
        // As JSON no two findings have the same text.
        let fingerprint = digest(serde_json::json!(parts).to_string().as_bytes())[..16].to_string();
        Finding {
            kind,
            severity,
            subject,
            sentence: sentence.into(),
            detail: Vec::new(),
            requirement: String::new(),
            source: Vec::new(),
            fixes: Vec::new(),
            place: None,
            fingerprint,
            accepted: None,
            known: false,
        }
    }

    fn detail(mut self, clause: impl Into<String>) -> Self {
        self.detail.push(clause.into());
        self
    }

    fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Whether it makes the answer no: an error or a warning that is neither accepted nor in the baseline.
    pub fn fails(&self) -> bool {
        let accepted = self.accepted.as_ref().is_some_and(|accepted| !accepted.expired);
        self.severity != Severity::Note && !accepted && !self.known
    }
}

impl Audit {
    /// How many findings there are of a severity, accepted and known ones left out.
    pub fn count(&self, severity: Severity) -> usize {
        let counts = |finding: &&Finding| {
            let accepted = finding.accepted.as_ref().is_some_and(|accepted| !accepted.expired);
            finding.severity == severity && !accepted && !finding.known
        };
        self.findings.iter().filter(counts).count()
    }
}

/// Judges a network.
pub fn audit(input: &Input) -> Audit {
    let judged = Judged::new(input);
    let mut findings = missing::findings(&judged);
    findings.extend(open::findings(&judged));
    let dead = dead::findings(&judged);
    findings.extend(dead.findings);
    findings.extend(open::unneeded(&judged, &dead.never));
    findings.extend(layers::findings(&judged));
    let obsolete = obsolete::findings(&judged);
    told_once(&mut findings, obsolete);
    findings.extend(refused::findings(&judged));
    if let Some(shown) = input.shown {
        for finding in &mut findings {
            let subject = &finding.subject;
            let whole = Subject { rule: String::new(), ..subject.clone() };
            finding.place = shown.places.get(&subject.key()).or_else(|| shown.places.get(&whole.key())).cloned();
        }
    }
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.severity, finding.kind, finding.subject.clone());
        key(a).cmp(&key(b)).then_with(|| a.fingerprint.cmp(&b.fingerprint)).then_with(|| a.sentence.cmp(&b.sentence))
    });
    findings.dedup_by(|a, b| a.fingerprint == b.fingerprint);
    let nat = judged::translated(input.network).into_iter().filter(|(group, _)| judged.shows_group(group));
    let nat = nat.map(|(_, clause)| clause);
    let assumed: BTreeSet<String> = judged.proof.assumed.iter().cloned().chain(dead.undecided).chain(nat).collect();
    Audit { findings, assumed: assumed.into_iter().collect(), proof: judged.proof }
}

/// Adds what is obsolete. That nothing needs such a rule is said once; what it opens goes with it.
fn told_once(findings: &mut Vec<Finding>, obsolete: Vec<Finding>) {
    for mut finding in obsolete {
        let key = finding.subject.key();
        let same = |other: &Finding| other.kind == Kind::Unneeded && other.subject.key() == key;
        for other in findings.iter().filter(|other| same(other)) {
            finding.severity = finding.severity.min(other.severity);
            finding.detail.extend(other.detail.iter().filter(|clause| clause.starts_with("open beyond")).cloned());
        }
        findings.retain(|other| !same(other));
        findings.push(finding);
    }
}

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(i64);

impl Date {
    /// Reads `YYYY-MM-DD`; `None` if there is no such day.
    pub fn parse(text: &str) -> Option<Date> {
        let digits = text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if text.len() != 10 || !digits {
            return None;
        }
        let (year, month, day): (i64, i64, i64) =
            (text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
        let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let length = |year: i64, month: i64| match month {
            2 if leap(year) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        if year < 1970 || day == 0 || day > length(year, month) {
            return None;
        }
        let years: i64 = (1970..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
        let months: i64 = (1..month).map(|month| length(year, month)).sum();
        Some(Date(years + months + day - 1))
    }

    /// The day that a number of seconds after the start of 1970 lies in.
    pub fn of_seconds(seconds: u64) -> Date {
        Date(i64::try_from(seconds / 86_400).unwrap_or(i64::MAX))
    }

    /// How many days it is later than `other`.
    pub fn days_after(self, other: Date) -> i64 {
        self.0 - other.0
    }
}

/// A number with a comma after every three digits.
pub fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 address`, `65,536 addresses`; IPv6 apart.
fn counted(set: &AddressSet) -> String {
    let words = |count: u128, family: &str| match count {
        1 => format!("1 {family}address"),
        count => format!("{} {family}addresses", grouped(count)),
    };
    match (u128::from(set.count_v4()), set.count_v6()) {
        (v4, 0) => words(v4, ""),
        (0, _) => format!("IPv6 addresses in {set}"),
        (v4, _) => format!("{} and IPv6", words(v4, "")),
    }
}
