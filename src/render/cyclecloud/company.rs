//! What a server in another network needs of the firewall before it: a table to load and a page to read.

use crate::catalog::{Need, Tenancy};
use crate::plan::{Plan, ServerElsewhere};
use crate::render::Input;
use crate::render::engine::{Value, view};
use crate::required::{Party, RequiredFlow};

/// One line of the table: one flow to one destination.
struct Line {
    direction: Direction,
    from: String,
    to: String,
    spelling: &'static str,
    services: String,
    protocol: &'static str,
    ports: String,
    flow: RequiredFlow,
}

/// Which border a flow crosses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Internet,
    ToAzure,
    FromAzure,
    Inside,
}

impl Direction {
    fn words(self) -> &'static str {
        match self {
            Direction::Internet => "server to the Internet",
            Direction::ToAzure => "server to this virtual network",
            Direction::FromAzure => "this virtual network to the server",
            Direction::Inside => "inside your own networks",
        }
    }
}

fn server(plan: &Plan) -> Option<&ServerElsewhere> {
    plan.cyclecloud.as_ref()?.server_elsewhere.as_ref()
}

fn lines(plan: &Plan) -> Vec<Line> {
    server(plan).into_iter().flat_map(|server| &server.flows).flat_map(of_flow).collect()
}

fn of_flow(flow: &RequiredFlow) -> Vec<Line> {
    let direction = match (&flow.from, &flow.to) {
        (Party::Subnet { .. }, _) => Direction::FromAzure,
        (_, Party::Subnet { .. }) => Direction::ToAzure,
        (_, Party::Service(_)) => Direction::Internet,
        _ => Direction::Inside,
    };
    let services = flow.services();
    let protocol = flow.protocol.nsg_name();
    let lines = destinations(&flow.to).into_iter().map(|(to, spelling)| Line {
        direction,
        from: prefixes(&flow.from).join(" "),
        to,
        spelling,
        services: services.to_string(),
        protocol,
        ports: crate::model::ports_text(&flow.ports),
        flow: flow.clone(),
    });
    lines.collect()
}

/// A firewall of another make knows names and prefixes; where Microsoft gives nothing but a tag, it publishes its prefixes.
fn destinations(party: &Party) -> Vec<(String, &'static str)> {
    match party {
        Party::Service(service) if !service.names.is_empty() => {
            service.names.iter().map(|name| (name.clone(), "host name")).collect()
        }
        Party::Service(service) => service.tag.iter().map(|tag| (tag.clone(), "prefixes of the service tag")).collect(),
        _ => prefixes(party).into_iter().map(|prefix| (prefix, "address")).collect(),
    }
}

fn prefixes(party: &Party) -> Vec<String> {
    match party {
        Party::Subnet { prefix, .. } => vec![prefix.to_string()],
        Party::Prefixes { prefixes, .. } => prefixes.iter().map(ToString::to_string).collect(),
        Party::Service(service) => service.tag.iter().cloned().collect(),
    }
}

/// The view of `cyclecloud/corporate-firewall.csv`.
pub(in crate::render) fn list(input: &Input) -> Value {
    let rows = lines(input.plan).into_iter().map(|line| {
        let row = input.catalog.get(&line.flow.requirement);
        let sources = row.map(|row| row.source.as_slice()).unwrap_or_default().iter();
        let sources = sources.map(|source| format!("{}, {}, {}", source.page, source.section, source.date));
        view!({
            "direction": line.direction.words(),
            "from": line.from,
            "to": line.to,
            "spelling": line.spelling,
            "protocol": line.protocol,
            "ports": line.ports,
            "need": need(&line.flow),
            "requirement": line.flow.requirement,
            "why": row.map(|row| row.why.clone()).unwrap_or_default(),
            "consequence": row.map(|row| row.consequence.clone()).unwrap_or_default(),
            "behind": behind(&line.flow),
            "sources": sources.collect::<Vec<_>>().join("; "),
        })
    });
    view!({ "rows": rows.collect::<Vec<_>>() })
}

fn need(flow: &RequiredFlow) -> &'static str {
    if flow.need == Need::Required { "required" } else { "optional" }
}

fn behind(flow: &RequiredFlow) -> &'static str {
    match flow.tenancy {
        Tenancy::Microsoft => "Microsoft",
        Tenancy::Yours => "you",
        Tenancy::Anyone => "anyone who rents a place there",
    }
}

/// The view of `cyclecloud/corporate-firewall.md`.
pub(in crate::render) fn page(input: &Input) -> Value {
    let plan = input.plan;
    let all = lines(plan);
    let order = [Direction::Internet, Direction::ToAzure, Direction::FromAzure, Direction::Inside];
    let sections = order.into_iter().filter_map(|direction| {
        let rows: Vec<Value> = all.iter().filter(|line| line.direction == direction).map(|line| {
            let row = input.catalog.get(&line.flow.requirement);
            view!({
                "from": line.from,
                "to": if line.spelling == "prefixes of the service tag" { format!("{} (service tag)", line.to) } else { line.to.clone() },
                "services": line.services,
                "need": need(&line.flow),
                "why": row.map(|row| row.why.clone()).unwrap_or_default(),
                "behind": behind(&line.flow),
            })
        }).collect();
        (!rows.is_empty()).then(|| view!({ "title": capital(direction.words()), "rows": rows }))
    });
    let texts = |prefixes: &[ipnet::IpNet]| prefixes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    view!({
        "name": plan.name,
        "cloud": plan.cloud.name(),
        "addresses": server(plan).map(|server| texts(&server.addresses)).unwrap_or_default(),
        "on_premises": server(plan).is_some_and(|server| server.on_premises),
        "vnet": texts(&plan.vnet.address_space),
        "private_locker": plan.cyclecloud.as_ref().is_some_and(|cluster| cluster.locker_private),
        "staged": plan.cyclecloud.as_ref().is_some_and(|cluster| !cluster.github),
        "sections": sections.collect::<Vec<_>>(),
    })
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
