//! `netcordon plan`: the rules as a table, each with its reason.

use super::{Answer, Common, input, print};
use crate::model::{ApplicationRule, Direction, Endpoint, NetworkRule, NextHop, Route, RouteDestination, SecurityRule};
use crate::plan::{Plan, PlannedRule};
use crate::problem::Problem;
use clap::Args;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Arguments of `plan`.
#[derive(Args, Debug)]
pub(super) struct PlanVerb {
    /// An answers file; `-` for standard input
    #[arg(value_name = "ANSWERS")]
    answers: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Answer a question from here: `--set egress.via=nat-gateway`
    #[arg(long = "set", value_name = "KEY=VALUE")]
    set: Vec<String>,
}

pub(super) fn run(verb: &PlanVerb, common: &Common) -> Result<Answer, Vec<Problem>> {
    let tag_file = input::tag_file(common)?;
    let input = input::answers(&verb.answers, &verb.set, common)?;
    let environment = input.environment(tag_file.as_ref())?;
    let text = if verb.json {
        // Values of our own serialise.
        serde_json::to_string_pretty(&as_json(&environment.plan)).unwrap_or_default() + "\n"
    } else {
        as_text(&environment.plan, print::width())
    };
    print::data(&text).map(|()| Answer::Yes)
}

/// One side of a rule in words.
pub(super) fn side(endpoint: &Endpoint) -> String {
    endpoint.items().join(" ")
}

pub(super) fn next_hop(hop: &NextHop) -> String {
    match hop {
        NextHop::Internet => "Internet".into(),
        NextHop::Appliance(address) => address.to_string(),
        NextHop::VirtualNetwork => "virtual network".into(),
        NextHop::Gateway => "gateway".into(),
        NextHop::None => "none".into(),
    }
}

pub(super) fn destination(destination: &RouteDestination) -> String {
    match destination {
        RouteDestination::Prefix(prefix) => prefix.to_string(),
        RouteDestination::Tag(tag) => tag.clone(),
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "in",
        Direction::Outbound => "out",
    }
}

/// A security rule on one line.
pub(super) fn security_rule(rule: &SecurityRule) -> String {
    format!("{}{}", head(rule), sides(rule))
}

fn head(rule: &SecurityRule) -> String {
    format!("{:>4} {:<3} {:<5} ", rule.priority, direction(rule.direction), rule.access.name())
}

fn sides(rule: &SecurityRule) -> String {
    format!("{} {} -> {}", rule.services(), side(&rule.source), side(&rule.destination))
}

/// A route on one line.
pub(super) fn route(route: &Route) -> String {
    format!("{} -> {}", destination(&route.destination), next_hop(&route.next_hop))
}

/// A network rule of the firewall on one line.
pub(super) fn network_rule(rule: &NetworkRule) -> String {
    let mut to: Vec<String> = rule.destinations.iter().map(side).collect();
    to.extend(rule.names.iter().cloned());
    format!("{} {} -> {}", rule.services, side(&rule.source), to.join(" "))
}

/// An application rule of the firewall on one line.
pub(super) fn application_rule(rule: &ApplicationRule) -> String {
    let ports: Vec<String> = rule.protocols.iter().map(|protocol| protocol.port.to_string()).collect();
    format!("tcp {} {} -> {}", ports.join(","), side(&rule.source), rule.names.join(" "))
}

/// Why a rule stands there: its requirements, behind its name where that is not theirs; for the planner's own, its name.
fn reason(planned: &PlannedRule) -> String {
    let name = &planned.rule.name;
    match planned.because.first() {
        None => name.clone(),
        Some(first) if name.starts_with(first.as_str()) => planned.because.join(", "),
        Some(_) => format!("{name}: {}", planned.because.join(", ")),
    }
}

/// `text` behind `head`, and under itself where it is wrapped.
fn hanging(head: &str, text: &str, width: usize) -> String {
    let lines = print::wrap(text, width.saturating_sub(head.len()));
    format!("{head}{}\n", lines.join(&format!("\n{}", " ".repeat(head.len()))))
}

/// Two lines a rule: what it says, and below it why; nothing wider than the terminal but what cannot be broken.
fn as_text(plan: &Plan, width: usize) -> String {
    const BELOW: &str = "       ";
    let mut text = String::new();
    for nsg in &plan.nsgs {
        text.push_str(&format!("NSG {} on {}\n", nsg.name, nsg.subnets.join(", ")));
        for planned in &nsg.rules {
            text.push_str(&hanging(&format!("  {}", head(&planned.rule)), &sides(&planned.rule), width));
            text.push_str(&hanging(BELOW, &reason(planned), width));
        }
        text.push('\n');
    }
    for table in &plan.route_tables {
        text.push_str(&format!("route table {} on {}\n", table.name, table.subnets.join(", ")));
        if table.routes.is_empty() {
            text.push_str("  no route of ours is needed in it\n");
        }
        for planned in &table.routes {
            text.push_str(&hanging("  ", &route(&planned.route), width));
            text.push_str(&hanging(BELOW, &planned.why, width));
        }
        text.push('\n');
    }
    let (network, application) = plan.held();
    let azure = plan.firewall.as_ref().map(|firewall| {
        let title = format!("firewall rule collection group {} at {}", firewall.group, firewall.private_address);
        (title, ["  network     ", "  application "])
    });
    let lists = plan.appliance.as_ref().map(|appliance| {
        (format!("{}, by lists for its owner to load", appliance.label()), ["  addresses ", "  names     "])
    });
    if let Some((title, [by_address, by_name])) = azure.or(lists) {
        text.push_str(&format!("{title}\n"));
        for planned in network {
            text.push_str(&hanging(by_address, &network_rule(&planned.rule), width));
            text.push_str(&hanging(BELOW, &planned.because.join(", "), width));
        }
        for planned in application {
            text.push_str(&hanging(by_name, &application_rule(&planned.rule), width));
            text.push_str(&hanging(BELOW, &planned.because.join(", "), width));
        }
        text.push('\n');
    }
    for warning in &plan.warnings {
        text.push_str(&hanging("warning: ", &format!("{}: {}", warning.what, warning.consequence), width));
    }
    text
}

/// The plan for scripts: stable keys, everything as text or number.
fn as_json(plan: &Plan) -> Value {
    let rules = |nsg: &crate::plan::PlannedNsg| -> Vec<Value> {
        nsg.rules
            .iter()
            .map(|planned| {
                let rule = &planned.rule;
                json!({
                    "key": planned.key, "name": rule.name, "priority": rule.priority,
                    "direction": direction(rule.direction), "access": rule.access.name(),
                    "services": rule.services().to_string(), "source": side(&rule.source),
                    "destination": side(&rule.destination), "because": planned.because,
                })
            })
            .collect()
    };
    let (network, application) = plan.held();
    let network: Vec<Value> = network
        .iter()
        .map(|p| {
            let to: Vec<String> = p.rule.destinations.iter().map(side).collect();
            json!({"key": p.key, "services": p.rule.services.to_string(), "source": side(&p.rule.source),
                "destinations": to, "names": p.rule.names, "because": p.because})
        })
        .collect();
    let application: Vec<Value> = application
        .iter()
        .map(|p| {
            let ports: Vec<u16> = p.rule.protocols.iter().map(|protocol| protocol.port).collect();
            json!({"key": p.key, "ports": ports, "source": side(&p.rule.source), "names": p.rule.names, "because": p.because})
        })
        .collect();
    let firewall = plan.firewall.as_ref().map(|firewall| {
        json!({"group": firewall.group, "priority": firewall.priority, "address": firewall.private_address.to_string(),
            "network": network, "application": application})
    });
    let appliance = plan.appliance.as_ref().map(|appliance| {
        let proxy = appliance.proxy.as_ref().map(|proxy| json!({"port": proxy.port, "direct": proxy.direct}));
        json!({"address": appliance.address.to_string(), "proxy": proxy, "network": network, "application": application})
    });
    let nsgs: Vec<Value> =
        plan.nsgs.iter().map(|nsg| json!({"name": nsg.name, "subnets": nsg.subnets, "rules": rules(nsg)})).collect();
    let tables: Vec<Value> = plan
        .route_tables
        .iter()
        .map(|table| {
            let routes: Vec<Value> = table
                .routes
                .iter()
                .map(|p| {
                    json!({"key": p.key, "destination": destination(&p.route.destination),
                    "next_hop": next_hop(&p.route.next_hop), "why": p.why})
                })
                .collect();
            json!({"name": table.name, "subnets": table.subnets, "routes": routes})
        })
        .collect();
    let warnings: Vec<Value> = plan
        .warnings
        .iter()
        .map(|w| json!({"what": w.what, "consequence": w.consequence, "requirement": w.requirement}))
        .collect();
    let mut document = json!({"format": 1, "name": plan.name, "cloud": plan.cloud.name(), "region": plan.region, "nsgs": nsgs,
        "route_tables": tables, "firewall": firewall, "warnings": warnings, "assumptions": plan.assumptions, "defaults": plan.defaults});
    if let (Some(appliance), Some(fields)) = (appliance, document.as_object_mut()) {
        fields.insert("appliance".into(), appliance);
    }
    document
}
