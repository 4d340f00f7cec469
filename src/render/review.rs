//! The rules as a table for people who sign: one row for each NSG rule, route and firewall rule.

use super::Input;
use super::engine::{Value, view};
use crate::catalog::{Catalog, Requirement, Source, Tenancy, pages};
use crate::model::{ApplicationProtocol, Endpoint, NextHop, RouteDestination, Services, ports_text};
use crate::plan::{APPLICATION_COLLECTION, NETWORK_COLLECTION, Plan, PlannedNsg, PlannedRouteTable};
use std::collections::BTreeSet;

/// What kind of rule a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Nsg,
    Route,
    FirewallNetwork,
    FirewallApplication,
    ListedAddresses,
    ListedNames,
}

/// One rule, every cell a finished text; what a kind has not is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) resource: String,
    pub(super) key: String,
    pub(super) name: String,
    pub(super) direction: &'static str,
    pub(super) priority: String,
    pub(super) access: &'static str,
    pub(super) protocol: String,
    pub(super) source: Vec<String>,
    pub(super) destination: Vec<String>,
    pub(super) ports: String,
    pub(super) next_hop: String,
    pub(super) requirements: Vec<String>,
    pub(super) why: String,
}

impl Row {
    /// Protocol and ports in one text: `tcp 443`, `http 80, https 443`.
    pub(super) fn service(&self) -> String {
        let pairs = self.protocol.split("; ").zip(self.ports.split("; "));
        let pair = |(protocol, ports): (&str, &str)| match ports {
            "" | "*" => protocol.to_string(),
            _ => format!("{protocol} {ports}"),
        };
        pairs.map(pair).collect::<Vec<_>>().join(", ")
    }
}

/// The view of `review/rules.csv`.
pub(super) fn view(input: &Input) -> Value {
    let rows: Vec<Value> = rows(input)
        .iter()
        .map(|(kind, row)| {
            let used = used(input.catalog, &row.requirements);
            let behind: BTreeSet<&str> = used.iter().map(|row| behind(row.tenancy)).collect();
            view!({
                "kind": kind.name(),
                "resource": row.resource,
                "key": row.key,
                "name": row.name,
                "direction": row.direction,
                "priority": row.priority,
                "access": row.access,
                "protocol": row.protocol,
                "source": row.source.join("; "),
                "destination": row.destination.join("; "),
                "ports": row.ports,
                "next_hop": row.next_hop,
                "requirements": row.requirements.join("; "),
                "why": row.why,
                "sources": sources(input.catalog, &row.requirements).join("; "),
                "behind": behind.into_iter().collect::<Vec<_>>().join("; "),
            })
        })
        .collect();
    view!({ "rows": rows })
}

/// Every rule of the plan: NSGs, routes, firewall.
pub(super) fn rows(input: &Input) -> Vec<(Kind, Row)> {
    let plan = input.plan;
    let mut rows = Vec::new();
    rows.extend(plan.nsgs.iter().flat_map(|nsg| nsg_rows(input.catalog, nsg)).map(|row| (Kind::Nsg, row)));
    rows.extend(plan.route_tables.iter().flat_map(route_rows).map(|row| (Kind::Route, row)));
    let (by_address, by_name) = match plan.appliance {
        None => (Kind::FirewallNetwork, Kind::FirewallApplication),
        Some(_) => (Kind::ListedAddresses, Kind::ListedNames),
    };
    rows.extend(network_rows(input.catalog, plan).into_iter().map(|row| (by_address, row)));
    rows.extend(application_rows(input.catalog, plan).into_iter().map(|row| (by_name, row)));
    rows
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Nsg => "NSG rule",
            Kind::Route => "route",
            Kind::FirewallNetwork => "firewall network rule",
            Kind::FirewallApplication => "firewall application rule",
            Kind::ListedAddresses => "list of addresses",
            Kind::ListedNames => "list of names",
        }
    }
}

/// The rules of one NSG.
pub(super) fn nsg_rows(catalog: &Catalog, nsg: &PlannedNsg) -> Vec<Row> {
    let row = |planned: &crate::plan::PlannedRule| {
        let rule = &planned.rule;
        // The planner's own rules say themselves what they are for; the others what their requirements are for.
        let own = planned.key.starts_with("plan.");
        Row {
            resource: nsg.name.clone(),
            key: planned.key.clone(),
            name: rule.name.clone(),
            direction: rule.direction.name(),
            priority: rule.priority.to_string(),
            access: rule.access.name(),
            protocol: match rule.protocol.nsg_name() {
                "*" => "any".into(),
                name => name.to_lowercase(),
            },
            source: endpoint(&rule.source),
            destination: endpoint(&rule.destination),
            ports: ports_text(&rule.destination_ports),
            requirements: planned.because.clone(),
            why: if own { rule.description.clone() } else { why(catalog, &planned.because) },
            ..Row::default()
        }
    };
    nsg.rules.iter().map(row).collect()
}

/// The routes of one table.
pub(super) fn route_rows(table: &PlannedRouteTable) -> Vec<Row> {
    let row = |planned: &crate::plan::PlannedRoute| Row {
        resource: table.name.clone(),
        key: planned.key.clone(),
        name: planned.route.name.clone(),
        source: table.subnets.clone(),
        destination: vec![match &planned.route.destination {
            RouteDestination::Prefix(prefix) => prefix.to_string(),
            RouteDestination::Tag(tag) => tag.clone(),
        }],
        next_hop: next_hop(planned.route.next_hop),
        requirements: planned.because.clone(),
        why: planned.why.clone(),
        ..Row::default()
    };
    table.routes.iter().map(row).collect()
}

/// Where the rules of a firewall, appliance or proxy stand, and their priority, if they have one.
fn stands_in(plan: &Plan, (collection, priority): (&str, u32)) -> (String, String) {
    match (&plan.firewall, &plan.appliance) {
        (None, Some(appliance)) => (appliance.label(), String::new()),
        (firewall, _) => {
            let group = firewall.as_ref().map_or("", |firewall| &firewall.group);
            (format!("{group}/{collection}"), priority.to_string())
        }
    }
}

/// The network rules of our group, or what an appliance holds by address.
pub(super) fn network_rows(catalog: &Catalog, plan: &Plan) -> Vec<Row> {
    let (resource, priority) = stands_in(plan, NETWORK_COLLECTION);
    let row = |planned: &crate::plan::PlannedFirewallRule<crate::model::NetworkRule>| {
        let (protocol, ports) = protocol_and_ports(&planned.rule.services);
        let mut destination: Vec<String> = planned.rule.destinations.iter().flat_map(endpoint).collect();
        destination.extend(planned.rule.names.iter().cloned());
        Row {
            resource: resource.clone(),
            key: planned.key.clone(),
            name: planned.rule.name.clone(),
            priority: priority.clone(),
            access: "allow",
            protocol,
            source: endpoint(&planned.rule.source),
            destination,
            ports,
            requirements: planned.because.clone(),
            why: match planned.written_out.as_str() {
                "" => why(catalog, &planned.because),
                dated => format!("{}; {dated}", why(catalog, &planned.because)),
            },
            ..Row::default()
        }
    };
    plan.held().0.iter().map(row).collect()
}

/// The application rules of our group, or what an appliance or proxy holds by name.
pub(super) fn application_rows(catalog: &Catalog, plan: &Plan) -> Vec<Row> {
    let (resource, priority) = stands_in(plan, APPLICATION_COLLECTION);
    let row = |planned: &crate::plan::PlannedFirewallRule<crate::model::ApplicationRule>| {
        let protocol = |protocol: &ApplicationProtocol| if protocol.https { "https" } else { "http" };
        let each = |text: &dyn Fn(&ApplicationProtocol) -> String| {
            planned.rule.protocols.iter().map(text).collect::<Vec<_>>().join("; ")
        };
        let tags = planned.rule.fqdn_tags.iter().map(|tag| format!("FQDN tag {tag}"));
        Row {
            resource: resource.clone(),
            key: planned.key.clone(),
            name: planned.rule.name.clone(),
            priority: priority.clone(),
            access: "allow",
            protocol: each(&|item| protocol(item).into()),
            source: endpoint(&planned.rule.source),
            destination: planned.rule.names.iter().cloned().chain(tags).collect(),
            ports: each(&|item| item.port.to_string()),
            requirements: planned.because.clone(),
            why: why(catalog, &planned.because),
            ..Row::default()
        }
    };
    plan.held().1.iter().map(row).collect()
}

/// One side of a rule, one text for each part.
pub(super) fn endpoint(endpoint: &Endpoint) -> Vec<String> {
    match endpoint {
        Endpoint::Any => vec!["any".into()],
        endpoint => endpoint.items(),
    }
}

/// Where a route leads.
pub(super) fn next_hop(hop: NextHop) -> String {
    match hop {
        NextHop::Internet => "Internet".into(),
        NextHop::Appliance(address) => address.to_string(),
        NextHop::VirtualNetwork => "virtual network".into(),
        NextHop::Gateway => "virtual network gateway".into(),
        NextHop::None => "none".into(),
    }
}

/// `tcp 22 · udp 53` as two cells that read in step: `tcp; udp` and `22; 53`.
fn protocol_and_ports(services: &Services) -> (String, String) {
    let text = services.to_string();
    let parts: Vec<(&str, &str)> = text.split(" · ").map(|part| part.split_once(' ').unwrap_or((part, "*"))).collect();
    let column = |pick: fn(&(&str, &str)) -> String| parts.iter().map(pick).collect::<Vec<_>>().join("; ");
    (column(|part| part.0.into()), column(|part| part.1.into()))
}

/// The catalog's rows of these ids.
pub(super) fn used<'c>(catalog: &'c Catalog, ids: &[String]) -> Vec<&'c Requirement> {
    ids.iter().filter_map(|id| catalog.get(id)).collect()
}

/// What requirements are for, each purpose once.
pub(super) fn why(catalog: &Catalog, ids: &[String]) -> String {
    let mut clauses: Vec<&str> = Vec::new();
    for row in used(catalog, ids) {
        if !clauses.contains(&row.why.as_str()) {
            clauses.push(&row.why);
        }
    }
    clauses.join("; ")
}

/// Who can stand behind a destination, in words.
pub(super) fn behind(tenancy: Tenancy) -> &'static str {
    match tenancy {
        Tenancy::Microsoft => "Microsoft alone",
        Tenancy::Yours => "you alone",
        Tenancy::Anyone => "anyone who rents a place there",
    }
}

/// The pages, sections and dates behind requirements, each once.
pub(super) fn sources(catalog: &Catalog, ids: &[String]) -> Vec<String> {
    let texts: BTreeSet<String> = used(catalog, ids).iter().flat_map(|row| &row.source).map(source_text).collect();
    texts.into_iter().collect()
}

/// Page, section and date in one text.
pub(super) fn source_text(source: &Source) -> String {
    let page = pages().iter().find(|page| page.key == source.page);
    format!("{}, {}, {}", page.map_or(source.page.as_str(), |page| &page.title), source.section, source.date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PortSet, Protocol};

    #[test]
    fn protocol_and_ports_read_in_step() {
        let both = Services::tcp(22).union(&Services::new(Protocol::Udp, &PortSet::from_range(53, 53)));
        assert_eq!(protocol_and_ports(&both), ("tcp; udp".into(), "22; 53".into()));
        assert_eq!(protocol_and_ports(&Services::all()), ("any".into(), "*".into()));
    }
}
