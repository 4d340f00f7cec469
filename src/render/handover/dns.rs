//! DNS: who has to be answered, and what names have to resolve to.

use super::commands::lookup_test;
use super::risk::{Breadth, Way};
use super::{Item, Page, told};
use crate::catalog::Role;
use crate::model::{Access, Direction};
use crate::plan::{Plan, PlannedZone};
use crate::render::Input;
use crate::render::escape::quoted;
use crate::render::readme::commands::group;
use crate::render::review::{self, Row};

/// The requirements whose rules let machines ask for names.
const ASKS: [&str; 2] = ["base.dns.udp", "base.dns.tcp"];

/// Something to see to that is no rule.
struct Task {
    applies: fn(&Plan) -> bool,
    name: &'static str,
    destination: &'static str,
    why: &'static str,
    source: &'static str,
    test: fn(&Plan) -> String,
    rollback: fn(&Plan) -> String,
}

fn has_servers(plan: &Plan) -> bool {
    !plan.vnet.dns_servers.is_empty()
}

fn has_zones(plan: &Plan) -> bool {
    !plan.dns.zones.is_empty()
}

/// Private endpoints of services whose zones are not known here: of requirements of one's own.
fn has_other_endpoints(plan: &Plan) -> bool {
    !has_zones(plan) && plan.subnets.iter().any(|subnet| subnet.roles.contains(&Role::PrivateEndpoints))
}

fn asks_firewall(plan: &Plan) -> bool {
    plan.firewall.as_ref().is_some_and(|firewall| firewall.dns_proxy)
}

const TASKS: [Task; 3] = [
    Task {
        applies: has_servers,
        name: "forward to Azure",
        destination: "168.63.129.16",
        why: "servers of your own know neither private zones nor the names inside the virtual network: they forward them to Azure's DNS, which answers inside Azure alone",
        source: "What is IP address 168.63.129.16, 2019-05-15",
        test: |_| "nslookup login.microsoftonline.com \"${server:?set it to the address of a DNS server}\"".into(),
        rollback: |_| "take the forwarder out of the server again".into(),
    },
    Task {
        applies: has_other_endpoints,
        name: "private endpoints",
        destination: "the private addresses of the endpoints",
        why: "a private endpoint is reached by name: its private zone is linked to the network where the resolver asks, or forwarded to from there",
        source: "How to use your workspace with a custom DNS server, Retrieve Private Endpoint FQDNs, 2026-03-26",
        test: |plan| {
            let query = "--query '[].customDnsConfigs[].[fqdn, ipAddresses[0]]' --output tsv";
            format!("az network private-endpoint list {} {query}", group(plan))
        },
        rollback: |plan| {
            let options = group(plan);
            format!(
                "az network private-dns link vnet delete {options} --zone-name \"${{zone:?set it to the private zone}}\" --name \"${{link:?set it to the name of the link}}\""
            )
        },
    },
    Task {
        applies: asks_firewall,
        name: "ask the firewall",
        destination: "the firewall",
        why: "its DNS proxy is on: host names in its network rules hold only for machines that get the same addresses as it does",
        source: "Azure Firewall DNS settings, 2025-05-15",
        test: |plan| {
            let (options, name) = (group(plan), quoted(&plan.vnet.name));
            format!("az network vnet show {options} --name {name} --query dhcpOptions.dnsServers --output tsv")
        },
        rollback: |plan| {
            let (options, name) = (group(plan), quoted(&plan.vnet.name));
            format!(
                "az network vnet update {options} --name {name} --dns-servers \"${{before:?set it to the addresses of before}}\""
            )
        },
    },
];

pub(super) fn applies(plan: &Plan) -> bool {
    has_zones(plan) || TASKS.iter().any(|task| (task.applies)(plan))
}

/// The zones of one service: linked, or forwarded to.
fn zone_item(input: &Input, zone: &PlannedZone) -> Item {
    let plan = input.plan;
    let note = if zone.note.is_empty() { String::new() } else { format!("; {}", zone.note) };
    let row = Row {
        resource: "private DNS zones".into(),
        key: format!("dns.zone.{}", zone.service),
        name: zone.service.clone(),
        access: "resolve",
        protocol: "names".into(),
        source: plan.subnets.iter().map(|subnet| subnet.name.clone()).collect(),
        destination: zone.private.iter().chain(&zone.forward).cloned().collect(),
        why: format!("{}{note}", zone.why),
        ..Row::default()
    };
    let test = "nslookup \"${name:?set it to a host name of this service}\"".into();
    let rollback = match zone.private.first() {
        Some(private) if !zone.made_by_service => format!(
            "az network private-dns link vnet delete {} --zone-name {} --name \"${{link:?set it to the name of the link}}\"",
            group(plan),
            quoted(private)
        ),
        _ => "take the forwarder out of the servers again".into(),
    };
    let item = Item::new(input, "zones", row, Way::Dns, Breadth::Own).with(test, rollback);
    Item { sources: zone.source.iter().map(review::source_text).collect(), ..item }
}

/// One row for each rule that lets machines ask a server, for the zones of each service, and for each task.
pub(super) fn items(input: &Input) -> Vec<Item> {
    let plan = input.plan;
    let mut items = Vec::new();
    for nsg in &plan.nsgs {
        for (mut row, planned) in review::nsg_rows(input.catalog, nsg).into_iter().zip(&nsg.rules) {
            let rule = &planned.rule;
            let asks = planned.because.iter().any(|id| ASKS.contains(&id.as_str()));
            if !asks || rule.access != Access::Allow || rule.direction != Direction::Outbound {
                continue;
            }
            let test = lookup_test(&rule.destination);
            row.priority = String::new();
            row.resource = "DNS servers".into();
            row.direction = "to the servers";
            let item = Item::new(input, "server answers", row, Way::Dns, Breadth::Own);
            items.push(item.with(test, "stop answering these subnets again".into()));
        }
    }
    items.extend(plan.dns.zones.iter().map(|zone| zone_item(input, zone)));
    for task in TASKS.iter().filter(|task| (task.applies)(plan)) {
        let row = Row {
            resource: "DNS".into(),
            key: format!("dns.{}", task.name.replace(' ', "-")),
            name: task.name.into(),
            access: "resolve",
            protocol: "names".into(),
            source: plan.subnets.iter().map(|subnet| subnet.name.clone()).collect(),
            destination: vec![task.destination.into()],
            why: task.why.into(),
            ..Row::default()
        };
        let item = Item::new(input, "task", row, Way::Dns, Breadth::Own).with((task.test)(plan), (task.rollback)(plan));
        items.push(Item { sources: vec![task.source.into()], ..item });
    }
    items
}

pub(super) fn page(input: &Input) -> Page {
    let plan = input.plan;
    let folder = has_zones(plan) && input.outputs.iter().any(|format| format == "dns");
    let steps = [
        (has_servers(plan), "Let the servers answer the subnets below on port 53, over UDP and TCP."),
        (has_servers(plan), "Forward what they do not know to Azure's DNS, from inside Azure."),
        (
            has_zones(plan) || has_other_endpoints(plan),
            "Link the private zones of the endpoints to the network where the resolver asks, or forward them there.",
        ),
        (
            folder,
            "The folder `dns` has the forwarders as lists, the script that links the zones, and the one that checks.",
        ),
        (
            asks_firewall(plan),
            "See that what machines ask leads to the firewall's DNS proxy, which asks the servers behind it.",
        ),
        (true, "Look a name of each kind up from a machine in the network before anything is enforced."),
    ];
    Page {
        owner: "DNS",
        table: "dns.csv",
        about: vec![format!("What machines in the virtual network `{}` look up, and whom they ask.", plan.vnet.name)],
        steps: told(&steps),
        checks: vec![
            "# on a machine in the network: a private endpoint has to have a private address".into(),
            "nslookup \"${name:?set it to the host name of a private endpoint}\"".into(),
        ],
        back: vec!["Machines keep answers for as long as these say: wait that long before you judge a change.".into()],
        back_commands: Vec::new(),
    }
}
