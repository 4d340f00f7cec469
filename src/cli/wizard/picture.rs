//! The picture of a plan as lines of text: each subnet with what flows from and to it, then firewall and neighbours.

use crate::plan::Plan;
use crate::render::{Arrow, arrows};
use ipnet::IpNet;
use unicode_width::UnicodeWidthStr;

pub(super) fn lines(plan: &Plan) -> Vec<String> {
    let arrows = arrows(plan);
    let firewall = plan.firewall.as_ref().map(|firewall| format!("firewall {}", firewall.private_address));
    let firewall = firewall.or_else(|| plan.appliance.as_ref().map(|appliance| appliance.label()));
    let named = |name: &str| match (&firewall, name) {
        (Some(firewall), "firewall") => firewall.clone(),
        _ => name.to_string(),
    };
    let widest = arrows.iter().flat_map(|arrow| [named(&arrow.from), named(&arrow.to)]).map(|name| name.width()).max();
    let room = widest.unwrap_or(0).min(32);
    let mut lines = vec![format!("{}  {}", plan.vnet.name, prefixes(&plan.vnet.address_space))];
    for (index, subnet) in plan.subnets.iter().enumerate() {
        let roles: Vec<&str> = subnet.roles.iter().map(|role| role.name()).collect();
        let last = index + 1 == plan.subnets.len();
        let (branch, trunk) = if last { ("└─", "  ") } else { ("├─", "│ ") };
        lines.push(format!("{branch} {}  {}  {}", subnet.name, subnet.prefix, roles.join(", ")));
        lines.extend(flows(&arrows, &subnet.name, &named, room).map(|line| format!("{trunk} {line}")));
    }
    for (name, title) in [
        ("firewall", firewall.clone()),
        ("NAT gateway", arrows.iter().any(|arrow| arrow.from == "NAT gateway").then(|| "NAT gateway".into())),
    ] {
        if let Some(title) = title {
            lines.push(title);
            let out = arrows.iter().filter(|arrow| arrow.from == name);
            lines.extend(out.map(|arrow| one("─▶", &named(&arrow.to), &arrow.what, room)));
        }
    }
    for (name, space) in &plan.vnet.peered {
        lines.push(format!("peered {name}  {}", prefixes(space)));
    }
    if !plan.vnet.on_premises.is_empty() {
        lines.push(format!("on-premises  {}", prefixes(&plan.vnet.on_premises)));
    }
    lines
}

fn prefixes(prefixes: &[IpNet]) -> String {
    prefixes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn flows(arrows: &[Arrow], subnet: &str, named: &dyn Fn(&str) -> String, room: usize) -> impl Iterator<Item = String> {
    let from = arrows.iter().filter(|arrow| arrow.from == subnet);
    let to = arrows.iter().filter(|arrow| arrow.to == subnet);
    let out: Vec<String> = from.map(|arrow| one("─▶", &named(&arrow.to), &arrow.what, room)).collect();
    let into: Vec<String> = to.map(|arrow| one("◀─", &named(&arrow.from), &arrow.what, room)).collect();
    out.into_iter().chain(into)
}

fn one(arrow: &str, other: &str, what: &str, room: usize) -> String {
    let fill = " ".repeat(room.saturating_sub(other.width()));
    format!("  {arrow} {other}{fill}  {what}")
}
