//! ARM templates of ours, read back: what a plan wrote becomes the same network again.
//!
//! Strict: a construct that is not understood is a problem and never a guess. What resources say and what the output
//! `network` says must agree, so that a template in which only one of them was changed is refused.

mod compile;
pub(super) mod expression;
mod facts;
mod resources;
mod value;

use crate::model::{Firewall, Network, Nsg, Route, RouteTable, SecurityRule, Subnet, WayOut};
use crate::problem::Problem;
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};
use value::At;

pub(super) use compile::{API_VERSION, literal, name, parameter, resource_id, template, text};
pub(super) use value::{Document, json};

const SCHEMA: &str = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

/// The network that the templates describe: the spoke's, and the hub's where there is one.
///
/// Errors: everything that is not understood, with file and JSON path.
pub fn read(files: &[(String, Vec<u8>)]) -> Result<Network, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut documents = Vec::new();
    for (file, bytes) in files {
        match Document::parse(file, bytes) {
            Ok(document) => documents.push(document),
            Err(problem) => problems.push(problem),
        }
    }
    network(&documents, problems)
}

/// The network of templates that are parsed, unless there are problems already.
pub(super) fn network(documents: &[Document], problems: Vec<Problem>) -> Result<Network, Vec<Problem>> {
    let mut found = Found { problems, ..Found::default() };
    for document in documents {
        if let Err(problem) = read_template(document, &mut found) {
            found.problems.push(problem);
        }
    }
    found.network()
}

/// What the templates hold, before it is put together.
#[derive(Default)]
struct Found<'a> {
    facts: Option<Facts<'a>>,
    nsgs: BTreeMap<String, Owned<'a, SecurityRule>>,
    route_tables: BTreeMap<String, Owned<'a, Route>>,
    /// Route tables of ours that gateway routes do not reach.
    without_gateway_routes: BTreeSet<String>,
    virtual_network: Option<VirtualNetwork<'a>>,
    firewalls: Vec<Firewall>,
    problems: Vec<Problem>,
}

/// An NSG or a route table, declared whole as ours, or somebody else's with our items.
struct Owned<'a, T> {
    ours: bool,
    at: At<'a>,
    items: Vec<T>,
}

/// The output `network` of the spoke.
struct Facts<'a> {
    at: At<'a>,
    name: String,
    create: bool,
    address_space: Vec<IpNet>,
    peered: Vec<IpNet>,
    on_premises: Vec<IpNet>,
    subnets: Vec<SubnetFacts>,
    /// Whether each is ours.
    nsgs: BTreeMap<String, bool>,
    route_tables: BTreeMap<String, bool>,
}

struct SubnetFacts {
    attached: Attached,
    pods: Vec<IpNet>,
    way_out: WayOut,
}

/// What a subnet's resource and the output both say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Attached {
    name: String,
    prefix: IpNet,
    nsg: Option<String>,
    route_table: Option<String>,
    service_endpoints: Vec<String>,
}

struct VirtualNetwork<'a> {
    at: At<'a>,
    name: String,
    address_space: Vec<IpNet>,
    subnets: Vec<DeclaredSubnet<'a>>,
}

struct DeclaredSubnet<'a> {
    at: At<'a>,
    attached: Attached,
    nat_gateway: bool,
}

fn read_template<'a>(document: &'a Document, found: &mut Found<'a>) -> Result<(), Problem> {
    let mut fields = document.root().fields()?;
    fields.take("$schema")?.choice(&[(SCHEMA, ())])?;
    fields.take("contentVersion")?.text()?;
    // Read with the document, as every other value may name one.
    fields.take("parameters")?;
    if let Some(metadata) = fields.maybe("metadata") {
        reasons(&metadata)?;
    }
    let mut groups = Vec::new();
    let mut ids = BTreeSet::new();
    let mut needed = Vec::new();
    for at in fields.take("resources")?.list()? {
        match resources::resource(&at, found, &mut groups, &mut needed) {
            Ok(id) => {
                if !ids.insert(id) {
                    found.problems.push(at.problem("the resource is declared twice"));
                }
            }
            Err(problem) => found.problems.push(problem),
        }
    }
    let undeclared = needed.iter().filter(|(_, id)| !ids.contains(id));
    found.problems.extend(undeclared.map(|(at, _)| at.problem("no resource of this file is meant")));
    let mut outputs = fields.take("outputs")?.fields()?;
    fields.end()?;
    let mut output = outputs.take("network")?.fields()?;
    outputs.end()?;
    output.take("type")?.choice(&[("object", ())])?;
    let mut network = output.take("value")?.fields()?;
    output.end()?;
    if let Some(at) = network.maybe("firewall") {
        network.end()?;
        if groups.is_empty() {
            return Err(at.problem("no rule collection group in this file belongs to it"));
        }
        found.firewalls.push(Firewall { groups, ..facts::firewall(&at)? });
        return Ok(());
    }
    if !groups.is_empty() {
        return Err(network.at.problem("does not say to which firewall the rule collection groups belong"));
    }
    if found.facts.is_some() {
        return Err(network.at.problem("another file describes the network already"));
    }
    found.facts = Some(facts::facts(network)?);
    Ok(())
}

/// The reasons are for readers; they must still be of their form.
fn reasons(metadata: &At) -> Result<(), Problem> {
    let mut metadata = metadata.fields()?;
    let mut ours = metadata.take("netcordon")?.fields()?;
    for rule in ours.take("rules")?.list()? {
        let mut rule = rule.fields()?;
        rule.take("rule")?.text()?;
        rule.take("key")?.text()?;
        rule.take("because")?.each(At::text)?;
        rule.maybe("why").map(|why| why.text()).transpose()?;
        rule.end()?;
    }
    ours.end()?;
    metadata.end()
}

impl Found<'_> {
    fn network(self) -> Result<Network, Vec<Problem>> {
        let mut problems = self.problems;
        // What is missing because it could not be read is no second problem.
        if !problems.is_empty() {
            return Err(problems);
        }
        let Some(facts) = self.facts else {
            let hint = "give the spoke's template as well";
            return Err(vec![Problem::at("", "no template describes the network", hint)]);
        };
        let nsgs = together(self.nsgs, &facts.nsgs, &facts.at, &mut problems, |rule| {
            [
                format!("named `{}`", rule.name.to_lowercase()),
                format!("{:?} with priority {}", rule.direction, rule.priority),
            ]
        });
        let tables = together(self.route_tables, &facts.route_tables, &facts.at, &mut problems, |route| {
            [format!("named `{}`", route.name.to_lowercase()), format!("for {:?}", route.destination)]
        });
        agree(self.virtual_network, &facts, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        let nsg = |(name, ours, mut rules): (String, bool, Vec<SecurityRule>)| {
            rules.sort_by_key(|rule| (rule.direction, rule.priority));
            (name, Nsg { rules, others_rules: !ours })
        };
        let table = |(name, ours, routes): (String, bool, Vec<Route>)| {
            let gateway_routes = !self.without_gateway_routes.contains(&name);
            (name, RouteTable { routes, gateway_routes, others_routes: !ours })
        };
        let subnet = |SubnetFacts { attached, pods, way_out }: SubnetFacts| Subnet {
            name: attached.name,
            prefixes: std::iter::once(attached.prefix).chain(pods).collect(),
            nsg: attached.nsg,
            route_table: attached.route_table,
            // The prefixes of an endpoint's routes are those of the service's tag (virtual-networks-udr-overview).
            service_endpoints: attached.service_endpoints.iter().map(|e| e.replace("Microsoft.", "")).collect(),
            way_out,
            private_endpoints: Vec::new(),
            private_endpoint_policies: None,
        };
        Ok(Network {
            address_space: facts.address_space,
            peered: facts.peered,
            on_premises: facts.on_premises,
            subnets: facts.subnets.into_iter().map(subnet).collect(),
            nsgs: nsgs.into_iter().map(nsg).collect(),
            route_tables: tables.into_iter().map(table).collect(),
            firewalls: self.firewalls,
            appliances: Vec::new(),
            interfaces: Vec::new(),
            application_groups: BTreeMap::new(),
        })
    }
}

/// What is declared, with what the output lists: the same names, the same owners; in each, what must be unique is.
fn together<T>(
    mut declared: BTreeMap<String, Owned<T>>,
    listed: &BTreeMap<String, bool>,
    list: &At,
    problems: &mut Vec<Problem>,
    unique: impl Fn(&T) -> [String; 2],
) -> Vec<(String, bool, Vec<T>)> {
    let mut all = Vec::new();
    for (name, ours) in listed {
        let items = match declared.remove(name) {
            Some(owned) if owned.ours != *ours => {
                problems.push(owned.at.problem(format!("the output `network` says otherwise of whose `{name}` is")));
                continue;
            }
            Some(owned) => {
                let mut met = BTreeSet::new();
                let twice = owned.items.iter().flat_map(&unique).filter(|one| !met.insert(one.clone()));
                problems.extend(twice.map(|one| owned.at.problem(format!("two in `{name}` are {one}"))));
                owned.items
            }
            None if *ours => {
                problems.push(list.problem(format!("`{name}` is listed as created, and no resource creates it")));
                continue;
            }
            None => Vec::new(),
        };
        all.push((name.clone(), *ours, items));
    }
    let unlisted =
        declared.iter().map(|(name, owned)| owned.at.problem(format!("the output `network` does not list `{name}`")));
    problems.extend(unlisted);
    all
}

/// The virtual network, where it is declared, must be as the output says.
fn agree(declared: Option<VirtualNetwork>, facts: &Facts, problems: &mut Vec<Problem>) {
    let Some(network) = declared else {
        if facts.create {
            problems.push(facts.at.problem("the virtual network is listed as created, and no resource creates it"));
        }
        return;
    };
    let same = facts.create
        && network.name == facts.name
        && network.address_space == facts.address_space
        && network.subnets.len() == facts.subnets.len();
    if !same {
        problems.push(network.at.problem("the output `network` says otherwise of the virtual network"));
        return;
    }
    for (declared, said) in network.subnets.iter().zip(&facts.subnets) {
        let leaves = match said.way_out {
            WayOut::NatGateway => declared.nat_gateway,
            WayOut::PublicAddress => true,
            _ => !declared.nat_gateway,
        };
        if declared.attached != said.attached || !leaves {
            let what = format!("the output `network` says otherwise of subnet `{}`", said.attached.name);
            problems.push(declared.at.problem(what));
        }
    }
}
