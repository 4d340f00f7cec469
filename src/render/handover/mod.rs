//! What each owner signs and deploys: a page and a table for the firewall, the network, DNS and on-premises, each only
//! where that owner has something to do.

mod commands;
mod dns;
mod on_premises;
mod risk;

use super::Input;
use super::engine::{Value, view};
use super::readme::commands::{hub_id, lines};
use super::readme::preflight;
use super::review::{self, Kind, Row, behind, sources};
use crate::catalog::{Catalog, Tenancy};
use crate::model::{Access, Direction, NextHop, Protocol};
use crate::plan::{Ownership, Plan};
use risk::{Breadth, Way, breadth, breadth_of_names, risk};

/// A rule as its owner has it: what it is, what can still go wrong, how to see that it works, how to take it back.
struct Item {
    kind: &'static str,
    row: Row,
    sources: Vec<String>,
    behind: Vec<&'static str>,
    risk: &'static str,
    test: String,
    rollback: String,
}

impl Item {
    fn new(input: &Input, kind: &'static str, row: Row, way: Way, breadth: Breadth) -> Self {
        let tenancy = tenancy(input.catalog, &row.requirements);
        Item {
            kind,
            sources: sources(input.catalog, &row.requirements),
            behind: behind_all(input.catalog, &row.requirements),
            risk: risk(way, breadth, tenancy),
            row,
            test: String::new(),
            rollback: String::new(),
        }
    }

    fn with(self, test: String, rollback: String) -> Self {
        Item { test, rollback, ..self }
    }
}

/// The least that can be said of those behind a rule: of several requirements, the one that trusts the most people.
fn tenancy(catalog: &Catalog, requirements: &[String]) -> Option<Tenancy> {
    requirements.iter().filter_map(|id| catalog.get(id)).map(|row| row.tenancy).max()
}

fn behind_all(catalog: &Catalog, requirements: &[String]) -> Vec<&'static str> {
    let tenancies: std::collections::BTreeSet<Tenancy> =
        requirements.iter().filter_map(|id| catalog.get(id)).map(|row| row.tenancy).collect();
    tenancies.into_iter().map(behind).collect()
}

/// What an owner is told before the rules.
struct Page {
    /// What its reader owns: `the firewall`.
    owner: &'static str,
    /// The table beside it.
    table: &'static str,
    /// What it is about, a few sentences.
    about: Vec<String>,
    /// What to do, in order.
    steps: Vec<String>,
    /// Commands that show that it is done, and what is closed.
    checks: Vec<String>,
    /// The way back as a whole, with the commands where there are any.
    back: Vec<String>,
    back_commands: Vec<String>,
}

fn page(input: &Input, page: Page, items: &[Item]) -> Value {
    let code = |text: &str| format!("`{text}`");
    let rows: Vec<Value> = items
        .iter()
        .map(|item| {
            let row = &item.row;
            view!({
                "name": code(&row.name),
                "resource": code(&row.resource),
                "what": what(row),
                "why": if row.why.is_empty() { "–" } else { row.why.as_str() },
                "sources": if item.sources.is_empty() { "–".into() } else { item.sources.join("; ") },
                "behind": if item.behind.is_empty() { "–".into() } else { item.behind.join("; ") },
                "risk": item.risk,
            })
        })
        .collect();
    view!({
        "owner": page.owner,
        "name": input.plan.name,
        "region": input.plan.region,
        "cloud": input.plan.cloud.name(),
        "about": page.about,
        "steps": page.steps,
        "table": page.table,
        "has_rows": !rows.is_empty(),
        "rows": rows,
        "has_checks": !page.checks.is_empty(),
        "checks": lines(page.checks),
        "back": page.back,
        "has_back_commands": !page.back_commands.is_empty(),
        "back_commands": lines(page.back_commands),
    })
}

/// A rule in one sentence: `allow tcp 443 from 10.0.0.0/24 to Storage`.
fn what(row: &Row) -> String {
    let list = |items: &[String]| items.iter().map(|item| format!("`{item}`")).collect::<Vec<_>>().join(", ");
    let service = row.service();
    if row.next_hop.is_empty() {
        format!("{} {service} from {} to {}", row.access, list(&row.source), list(&row.destination))
    } else {
        format!("{} by `{}`, for {}", list(&row.destination), row.next_hop, list(&row.source))
    }
}

fn table(items: &[Item]) -> Value {
    let rows: Vec<Value> = items
        .iter()
        .map(|item| {
            let row = &item.row;
            view!({
                "kind": item.kind,
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
                "sources": item.sources.join("; "),
                "behind": item.behind.join("; "),
                "risk": item.risk,
                "test": item.test,
                "rollback": item.rollback,
            })
        })
        .collect();
    view!({ "rows": rows })
}

/// Whether the owner of the network has something to do.
pub(super) fn has_network(plan: &Plan) -> bool {
    !plan.nsgs.is_empty() || !plan.route_tables.is_empty()
}

pub(super) fn has_dns(plan: &Plan) -> bool {
    dns::applies(plan)
}

pub(super) fn has_on_premises(plan: &Plan) -> bool {
    on_premises::applies(plan)
}

/// The rules of our rule collection group, or what a firewall or proxy of another make is to hold.
fn firewall_items(input: &Input) -> Vec<Item> {
    let plan = input.plan;
    let (network, application) = plan.held();
    let rollback = |name: &str| match &plan.firewall {
        Some(_) => commands::hub_rollback(plan, name),
        None => "take this rule out of the firewall or proxy again, as its make wants it".into(),
    };
    let network = review::network_rows(input.catalog, plan).into_iter().zip(network);
    let network = network.map(|(row, planned)| {
        let rule = &planned.rule;
        let protocol = if rule.services.tcp_ports().is_empty() { Protocol::Udp } else { Protocol::Tcp };
        let ports = if protocol == Protocol::Udp { rule.services.udp_ports() } else { rule.services.tcp_ports() };
        let port = commands::first_port(ports);
        let (breadth, test) = match rule.destinations.first() {
            Some(first) => (breadth(plan, first), commands::address_test(&rule.destinations, protocol, port)),
            None => (breadth_of_names(&rule.names), commands::host_test(&rule.names, protocol, port)),
        };
        let back = rollback(&rule.name);
        Item::new(input, Kind::FirewallNetwork.name(), row, Way::Out, breadth).with(test, back)
    });
    let application = review::application_rows(input.catalog, plan).into_iter().zip(application);
    let application = application.map(|(row, planned)| {
        let rule = &planned.rule;
        let (https, port) = rule.protocols.first().map_or((true, 443), |first| (first.https, first.port));
        let test = commands::web_test(&rule.names, https, port);
        let breadth = breadth_of_names(if rule.fqdn_tags.is_empty() { &rule.names } else { &[] });
        let back = rollback(&rule.name);
        Item::new(input, Kind::FirewallApplication.name(), row, Way::Out, breadth).with(test, back)
    });
    network.chain(application).collect()
}

/// The NSG rules and routes.
fn network_items(input: &Input) -> Vec<Item> {
    let plan = input.plan;
    let mut items = Vec::new();
    for nsg in &plan.nsgs {
        for (row, planned) in review::nsg_rows(input.catalog, nsg).into_iter().zip(&nsg.rules) {
            let rule = &planned.rule;
            let (way, far) = match (rule.access, rule.direction) {
                (Access::Deny, Direction::Outbound) => (Way::Deny, &rule.destination),
                (Access::Deny, Direction::Inbound) => (Way::Deny, &rule.source),
                (Access::Allow, Direction::Outbound) => (Way::Out, &rule.destination),
                (Access::Allow, Direction::Inbound) => (Way::In, &rule.source),
            };
            let item = Item::new(input, Kind::Nsg.name(), row, way, breadth(plan, far));
            let test = commands::nsg_test(plan, nsg, rule);
            items.push(item.with(test, commands::nsg_rollback(plan, nsg, rule)));
        }
    }
    for table in &plan.route_tables {
        for (row, planned) in review::route_rows(table).into_iter().zip(&table.routes) {
            let way = match planned.route.next_hop {
                NextHop::Appliance(_) => Way::ToFirewall,
                _ => Way::PastFirewall,
            };
            let name = &planned.route.name;
            let item = Item::new(input, Kind::Route.name(), row, way, Breadth::Any);
            let test = commands::route_test(plan, table, name);
            items.push(item.with(test, commands::route_rollback(plan, table, name)));
        }
    }
    items
}

/// The view of `handover/firewall.csv`.
pub(super) fn firewall_table(input: &Input) -> Value {
    table(&firewall_items(input))
}

/// The view of `handover/network.csv`.
pub(super) fn network_table(input: &Input) -> Value {
    table(&network_items(input))
}

/// The view of `handover/dns.csv`.
pub(super) fn dns_table(input: &Input) -> Value {
    table(&dns::items(input))
}

/// The view of `handover/on-premises.csv`.
pub(super) fn on_premises_table(input: &Input) -> Value {
    table(&on_premises::items(input))
}

/// The view of `handover/firewall.md`.
pub(super) fn firewall_page(input: &Input) -> Value {
    let plan = input.plan;
    let (network, _) = plan.held();
    let names = plan.firewall.is_some() && network.iter().any(|rule| !rule.rule.names.is_empty());
    let hub = plan.firewall.is_some();
    let bypass = !preflight::bypass(input).is_empty();
    let steps = [
        (true, "Look at the rules below, and at who can stand behind each destination."),
        (hub, "Deploy the hub as README.md says, before the owner of the network deploys the routes."),
        (hub, "Check that no group with a lower priority number and no base policy denies what is allowed here."),
        (
            !hub,
            "Load what is below as your make wants it, before the owner of the network sends traffic here; the folder `firewall` has it as lists.",
        ),
        (bypass, "Leave the hosts of the bypass list in README.md out of TLS inspection."),
        (names, "Switch the DNS proxy on: host names stand in network rules."),
        (true, "Say that it is done to the owner of the network, whose routes come last."),
    ];
    let mut about = Vec::new();
    if let Some(firewall) = &plan.firewall {
        let policy = firewall.policy.as_ref().map_or(String::new(), |policy| format!(" `{policy}`"));
        about.push(format!(
            "One rule collection group, `{}`, with priority {}, goes into the firewall policy{policy}. Nothing else in the policy is touched.",
            firewall.group, firewall.priority
        ));
        about.push(format!(
            "Traffic comes to `{}` from the subnets that are the sources below.",
            firewall.private_address
        ));
    }
    if let Some(appliance) = &plan.appliance {
        about.push(format!(
            "The {} is of another make: nothing is deployed into it. Traffic comes to it from the subnets that are the sources below.",
            appliance.label()
        ));
    }
    let closed = [
        "# on a machine in a source subnet: what no rule asks for is closed, so this fails".to_string(),
        "curl --silent --show-error --max-time 10 --output /dev/null https://example.com/".into(),
    ];
    let deployed = format!("az resource show --ids {} --query properties.provisioningState --output tsv", hub_id(plan));
    let deployed = if hub { vec!["# prints Succeeded".to_string(), deployed] } else { Vec::new() };
    let back = [
        (
            true,
            "First the owner of the network takes the routes back; until then, what these rules allow stops with them.",
        ),
        (hub, "The table has a command for each rule alone. This removes the group:"),
        (!hub, "Then take the rules out again; nothing else depends on them."),
    ];
    page(
        input,
        Page {
            owner: "the firewall",
            table: "firewall.csv",
            about,
            steps: told(&steps),
            checks: deployed.into_iter().chain(closed).collect(),
            back: told(&back),
            back_commands: if hub { vec![format!("az resource delete --ids {}", hub_id(plan))] } else { Vec::new() },
        },
        &firewall_items(input),
    )
}

/// The view of `handover/network.md`.
pub(super) fn network_page(input: &Input) -> Value {
    let plan = input.plan;
    let routed = !plan.route_tables.is_empty();
    let extends = plan.nsgs.iter().any(|nsg| nsg.ownership == Ownership::Extend)
        || plan.route_tables.iter().any(|table| table.ownership == Ownership::Extend);
    let steps = [
        (true, "Look at the rules below, and at who can stand behind each destination."),
        (true, "Go through the preflight of README.md: each point has a command."),
        (
            plan.firewall.is_some() || plan.appliance.is_some(),
            if routed {
                "Wait until the owner of the firewall is done: routes come last."
            } else {
                "Wait until the owner of the proxy is done."
            },
        ),
        (true, "Deploy the spoke as README.md says."),
        (!plan.vnet.create, "Put NSGs and route tables on the subnets with the commands of README.md."),
        (!plan.enforce, "Read the flow logs as README.md says, then set `enforce: true`, generate and deploy again."),
    ];
    let about = vec![
        format!(
            "NSGs{} for the virtual network `{}` in resource group `{}`.{}",
            if routed { " and route tables" } else { "" },
            plan.vnet.name,
            plan.vnet.resource_group,
            match (extends, routed) {
                (false, _) => "",
                (true, false) => " Those of others get rules of ours, nothing else in them is touched.",
                (true, true) => " Those of others get rules and routes of ours, nothing else in them is touched.",
            },
        ),
        if plan.enforce {
            "What no rule allows is denied by the last rules of each NSG that is made here.".into()
        } else {
            "The last denies are left out for now (`enforce: false`): until they are there, these NSGs close little."
                .into()
        },
    ];
    page(
        input,
        Page {
            owner: "the network",
            table: "network.csv",
            about,
            steps: told(&steps),
            checks: vec![
                "# what Azure applies to a machine: NSG rules, then routes".into(),
                "az network nic list-effective-nsg --ids \"${nic:?set it to the resource id of a network interface}\" --output json".into(),
                "az network nic show-effective-route-table --ids \"${nic:?set it to the resource id of a network interface}\" --output table".into(),
            ],
            back: vec![
                format!(
                    "README.md has the commands that take all of it back{}.",
                    if routed { ", in the order that is safe: routes first" } else { "" }
                ),
                "The table has a command for each rule alone. Connections that are open survive a change of an NSG."
                    .into(),
            ],
            back_commands: Vec::new(),
        },
        &network_items(input),
    )
}

/// The view of `handover/dns.md`.
pub(super) fn dns_page(input: &Input) -> Value {
    page(input, dns::page(input), &dns::items(input))
}

/// The view of `handover/on-premises.md`.
pub(super) fn on_premises_page(input: &Input) -> Value {
    page(input, on_premises::page(input), &on_premises::items(input))
}

/// The texts that apply.
fn told(texts: &[(bool, &str)]) -> Vec<String> {
    texts.iter().filter(|(applies, _)| *applies).map(|(_, text)| text.to_string()).collect()
}
