//! The outbound dependencies that a live workspace or cluster lists, against a plan: both ways.
//!
//! What the plan allows is what its proof says of the required flows, and for a name that no requirement has, what the
//! simulator says of the planned network. The text of rules is never asked.

mod names;
mod read;

pub use read::{Dependency, Resource, Response, read};

use crate::catalog::{Group, Need, Requirement, Role, Tenancy};
use crate::environment::Environment;
use crate::model::{PortSet, Protocol, Services};
use crate::plan::space_without_names;
use crate::proof::{Outcome, Verdict, prove};
use crate::required::{Party, RequiredFlow, Service, host_names};
use names::covers;
use read::Target;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a response and a plan say that the other does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Whose answer it is.
    pub resource: Resource,
    /// The subnets its compute is in.
    pub subnets: Vec<String>,
    /// How many endpoints it lists, each with one port, once each.
    pub listed: usize,
    /// Listed, and not let out, or not from every subnet.
    pub not_allowed: Vec<NotAllowed>,
    /// Listed wider than the plan lets out.
    pub narrower: Vec<Narrower>,
    /// Let out for this product, and not listed.
    pub not_listed: Vec<NotListed>,
    /// Listed names of your own that are reached through private endpoints: names with their ports.
    pub by_private_endpoint: Vec<String>,
    /// Requirements without a host name in this cloud, which no listed name can be held against: `id (tag)`.
    pub without_names: Vec<String>,
}

/// A listed endpoint that the plan does not let out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NotAllowed {
    /// What is listed.
    #[serde(flatten)]
    pub dependency: Dependency,
    /// The subnets it is not let out from.
    pub subnets: Vec<String>,
    /// What the catalog knows of it.
    pub known: Known,
}

/// What the catalog knows of a listed endpoint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Known {
    /// No requirement has this name on this port.
    Unknown,
    /// A requirement that these answers do not turn on.
    Off {
        /// Its id.
        requirement: String,
        /// What would have to hold, in words.
        wants: Vec<String>,
    },
    /// A requirement that the answers accept as blocked.
    Accepted {
        /// Its id.
        requirement: String,
    },
    /// A requirement that is on and does not pass.
    Blocked {
        /// Its id.
        requirement: String,
        /// Where it was decided, and by which rule.
        decided: String,
    },
}

/// A listed pattern of which the plan lets out a part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Narrower {
    /// What is listed.
    #[serde(flatten)]
    pub dependency: Dependency,
    /// The names under it that are let out.
    pub allowed: Vec<String>,
    /// The requirements behind them.
    pub requirements: Vec<String>,
}

/// A requirement of the product with names that the response does not list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NotListed {
    /// The requirement.
    pub requirement: String,
    /// Its names that are not listed on any of its ports.
    pub names: Vec<String>,
    /// Its protocol and ports, in words.
    pub services: String,
}

impl Comparison {
    /// Whether both say the same.
    pub fn agrees(&self) -> bool {
        self.not_allowed.is_empty() && self.narrower.is_empty() && self.not_listed.is_empty()
    }
}

impl Resource {
    /// The role of the subnets its compute is in.
    pub fn role(self) -> Role {
        match self {
            Resource::Workspace => Role::AmlCompute,
            Resource::Cluster => Role::AksNodes,
        }
    }

    /// How the ids of its requirements start.
    fn product(self) -> &'static str {
        match self {
            Resource::Workspace => "aml.",
            Resource::Cluster => "aks.",
        }
    }
}

/// Compares. `None` if the answers have no subnet for such a resource.
pub fn compare(response: &Response, environment: &Environment) -> Option<Comparison> {
    let intent = &environment.intent;
    let subnets: Vec<&str> = intent.subnets_with(response.resource.role()).map(|s| s.name.as_str()).collect();
    if subnets.is_empty() {
        return None;
    }
    let wanted = Wanted::of(environment);
    let traced = traced(&unmatched(response, &subnets, &wanted), &subnets, environment);
    let mut comparison = Comparison {
        resource: response.resource,
        subnets: subnets.iter().map(ToString::to_string).collect(),
        listed: response.dependencies.len(),
        not_allowed: Vec::new(),
        narrower: Vec::new(),
        not_listed: not_listed(response, &subnets, &wanted),
        by_private_endpoint: Vec::new(),
        without_names: without_names(response.resource, &wanted),
    };
    for dependency in &response.dependencies {
        let closed: Vec<&str> = subnets
            .iter()
            .copied()
            .filter(|subnet| !wanted.allows(dependency, subnet))
            .filter(|subnet| !traced.contains(&(dependency.clone(), subnet.to_string())))
            .collect();
        if closed.is_empty() {
            continue;
        }
        if wanted.by_private_endpoint(dependency, &closed, environment) {
            comparison.by_private_endpoint.push(dependency.to_string());
            continue;
        }
        let parts = wanted.parts(dependency, &closed);
        if parts.is_empty() {
            comparison.not_allowed.push(NotAllowed {
                dependency: dependency.clone(),
                subnets: closed.iter().map(ToString::to_string).collect(),
                known: wanted.known(dependency, &closed, environment),
            });
        } else {
            comparison.narrower.push(Narrower {
                dependency: dependency.clone(),
                allowed: parts.iter().map(|(name, _)| name.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
                requirements: parts.into_iter().map(|(_, id)| id).collect::<BTreeSet<_>>().into_iter().collect(),
            });
        }
    }
    Some(comparison)
}

/// The required flows of an environment with their verdicts.
struct Wanted<'a> {
    flows: Vec<(&'a RequiredFlow, &'a Verdict)>,
}

fn passes(verdict: &Verdict) -> bool {
    matches!(verdict.outcome, Outcome::Allowed | Outcome::Assumed(_))
}

/// The host names that a flow goes to.
fn names_of(flow: &RequiredFlow) -> &[String] {
    match &flow.to {
        Party::Service(service) => &service.names,
        _ => &[],
    }
}

impl<'a> Wanted<'a> {
    fn of(environment: &'a Environment) -> Self {
        Wanted { flows: environment.flows.iter().zip(&environment.proof.verdicts).collect() }
    }

    fn from<'s>(&'s self, subnet: &'s str) -> impl Iterator<Item = &'s (&'a RequiredFlow, &'a Verdict)> {
        self.flows.iter().filter(move |(flow, _)| matches!(&flow.from, Party::Subnet { name, .. } if name == subnet))
    }

    /// Whether a flow that passes covers what is listed.
    fn allows(&self, dependency: &Dependency, subnet: &str) -> bool {
        self.from(subnet).any(|(flow, verdict)| {
            passes(verdict)
                && dependency.is_on(&flow.services())
                && names_of(flow).iter().any(|name| dependency.is_within(name))
        })
    }

    /// The names that pass and lie under what is listed, from every one of these subnets, with their requirements.
    fn parts(&self, dependency: &Dependency, subnets: &[&str]) -> BTreeSet<(String, String)> {
        let from = |subnet: &&str| -> BTreeSet<(String, String)> {
            let flows = self.from(subnet).filter(|(flow, v)| passes(v) && dependency.is_on(&flow.services()));
            let under = |name: &&String| dependency.covers(name);
            flows
                .flat_map(|(flow, _)| {
                    names_of(flow).iter().filter(under).map(|name| (name.clone(), flow.requirement.clone()))
                })
                .collect()
        };
        let mut all = subnets.iter().map(from);
        let first = all.next().unwrap_or_default();
        all.fold(first, |sum, other| sum.intersection(&other).cloned().collect())
    }

    fn known(&self, dependency: &Dependency, subnets: &[&str], environment: &Environment) -> Known {
        let blocked = subnets.iter().flat_map(|subnet| self.from(subnet)).find(|(flow, _)| {
            dependency.is_on(&flow.services()) && names_of(flow).iter().any(|name| dependency.is_within(name))
        });
        if let Some((flow, verdict)) = blocked {
            return Known::Blocked { requirement: flow.requirement.clone(), decided: verdict.decided.clone() };
        }
        let intent = &environment.intent;
        let about = |row: &&Requirement| {
            dependency.is_on(&row.services())
                && host_names(row, intent).iter().any(|name| dependency.is_within(name) || dependency.covers(name))
        };
        let rows: Vec<&Requirement> = environment.catalog.requirements().iter().filter(about).collect();
        let accepted = rows.iter().find(|row| intent.accept_blocked.contains(&row.id));
        let off = rows.iter().find(|row| !row.holds(&intent.features));
        match (accepted, off) {
            (Some(row), _) => Known::Accepted { requirement: row.id.clone() },
            (None, Some(row)) => Known::Off { requirement: row.id.clone(), wants: wants(row, &intent.features) },
            (None, None) => Known::Unknown,
        }
    }

    /// Whether it is a host of an account that the answers name, below a zone of private endpoints, which every one of
    /// these subnets reaches on that port. Others' accounts below such a zone are not behind one's own endpoints.
    fn by_private_endpoint(&self, dependency: &Dependency, subnets: &[&str], environment: &Environment) -> bool {
        let Target::Name(name) = &dependency.target else { return false };
        let forwarded = environment.plan.dns.zones.iter().flat_map(|zone| &zone.forward);
        let account = name.split('.').next().unwrap_or_default();
        let own = environment.intent.placeholders.values().any(|answer| answer.eq_ignore_ascii_case(account));
        let below = forwarded.map(|zone| format!("*.{zone}")).any(|pattern| covers(&pattern, name));
        let endpoints: Vec<&str> =
            environment.intent.subnets_with(Role::PrivateEndpoints).map(|subnet| subnet.name.as_str()).collect();
        let reaches = |subnet: &&str| {
            self.from(subnet).any(|(flow, verdict)| {
                let to_endpoints = match &flow.to {
                    Party::Subnet { name, .. } => endpoints.contains(&name.as_str()),
                    Party::Prefixes { label, .. } => label == Group::AmlEndpoints.name(),
                    Party::Service(_) => false,
                };
                to_endpoints && passes(verdict) && dependency.is_on(&flow.services())
            })
        };
        own && below && subnets.iter().all(reaches)
    }
}

/// The conditions of a row that do not hold, in words.
fn wants(row: &Requirement, features: &BTreeSet<String>) -> Vec<String> {
    let fails = |condition: &&crate::catalog::Condition| features.contains(&condition.feature) == condition.negated;
    let word = |condition: &crate::catalog::Condition| {
        if condition.negated { format!("not {}", condition.feature) } else { condition.feature.clone() }
    };
    row.when.iter().filter(fails).map(word).collect()
}

/// What is listed and covered by no flow that passes, by subnet.
fn unmatched<'r>(response: &'r Response, subnets: &[&str], wanted: &Wanted) -> Vec<&'r Dependency> {
    let open = |dependency: &&Dependency| subnets.iter().all(|subnet| wanted.allows(dependency, subnet));
    response.dependencies.iter().filter(|dependency| !open(dependency)).collect()
}

/// Which of these pass the planned network all the same, and from which subnet: an answer may open a port to every
/// address, and a firewall rule may hold more than its requirement says.
fn traced(dependencies: &[&Dependency], subnets: &[&str], environment: &Environment) -> BTreeSet<(Dependency, String)> {
    let intent = &environment.intent;
    let mut questions: Vec<(Dependency, String)> = Vec::new();
    let mut flows: Vec<RequiredFlow> = Vec::new();
    for subnet in intent.subnets.iter().filter(|subnet| subnets.contains(&subnet.name.as_str())) {
        for dependency in dependencies {
            // Without a port, nothing can be traced; without a protocol, one of the two is enough.
            let Some(port) = dependency.port else { continue };
            for protocol in dependency.protocols() {
                questions.push(((*dependency).clone(), subnet.name.clone()));
                flows.push(RequiredFlow {
                    requirement: String::new(),
                    slot: 0,
                    need: Need::Optional,
                    tenancy: Tenancy::Anyone,
                    from: Party::Subnet { name: subnet.name.clone(), prefix: subnet.prefix },
                    to: match &dependency.target {
                        Target::Name(name) => {
                            Party::Service(Service { names: vec![name.clone()], ..Service::default() })
                        }
                        Target::Prefix(prefix) => {
                            Party::Prefixes { label: prefix.to_string(), prefixes: vec![*prefix], on: Vec::new() }
                        }
                    },
                    protocol,
                    ports: PortSet::from_range(port, port),
                });
            }
        }
    }
    if flows.is_empty() {
        return BTreeSet::new();
    }
    let without_names = space_without_names(&intent.network.own_space());
    let network = environment.plan.network();
    let proof = prove(&network, &flows, &environment.table, &without_names, intent.open_names);
    // What nobody was shown, such as rules of others, lets nothing out that nobody asked for.
    let open = |(_, verdict): &((Dependency, String), &Verdict)| verdict.outcome == Outcome::Allowed;
    questions.into_iter().zip(&proof.verdicts).filter(open).map(|(of, _)| of).collect()
}

/// What the product's requirements let out and the response does not list.
fn not_listed(response: &Response, subnets: &[&str], wanted: &Wanted) -> Vec<NotListed> {
    let mut found: BTreeMap<String, NotListed> = BTreeMap::new();
    for subnet in subnets {
        for (flow, verdict) in wanted.from(subnet) {
            if !flow.requirement.starts_with(response.resource.product()) || !passes(verdict) {
                continue;
            }
            let services = flow.services();
            let listed = |name: &&String| {
                let about = |d: &Dependency| d.is_on(&services) && (d.covers(name) || d.is_within(name));
                response.dependencies.iter().any(about)
            };
            let names: Vec<String> = names_of(flow).iter().filter(|name| !listed(name)).cloned().collect();
            if !names.is_empty() {
                let row = NotListed { requirement: flow.requirement.clone(), names, services: services.to_string() };
                found.entry(flow.requirement.clone()).or_insert(row);
            }
        }
    }
    found.into_values().collect()
}

/// The product's requirements to a service of which this cloud's pages give no host name.
fn without_names(resource: Resource, wanted: &Wanted) -> Vec<String> {
    let nameless = wanted.flows.iter().filter_map(|(flow, _)| match &flow.to {
        Party::Service(Service { tag: Some(tag), names, .. })
            if names.is_empty()
                && flow.requirement.starts_with(resource.product())
                && matches!(flow.from, Party::Subnet { .. }) =>
        {
            Some(format!("{} ({tag})", flow.requirement))
        }
        _ => None,
    });
    nameless.collect::<BTreeSet<_>>().into_iter().collect()
}

impl Dependency {
    /// Whether one of its protocols on its port is among these; without a port, any will do.
    fn is_on(&self, services: &Services) -> bool {
        let ports = self.port.map_or_else(PortSet::all, |port| PortSet::from_range(port, port));
        self.protocols().any(|protocol| Services::new(protocol, &ports).intersects(services))
    }

    /// What it may be over: the API of Machine Learning names no protocol.
    fn protocols(&self) -> impl Iterator<Item = Protocol> + use<> {
        let of = self.protocol;
        [Protocol::Tcp, Protocol::Udp].into_iter().filter(move |protocol| of.is_none_or(|of| of == *protocol))
    }

    /// Whether every host it lists lies under this pattern.
    fn is_within(&self, pattern: &str) -> bool {
        matches!(&self.target, Target::Name(name) if covers(pattern, name))
    }

    /// Whether every host of this pattern lies under what it lists.
    fn covers(&self, pattern: &str) -> bool {
        matches!(&self.target, Target::Name(name) if covers(name, pattern))
    }
}
