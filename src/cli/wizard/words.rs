//! A plan in words: what the fronts show of it.

use super::picture;
use crate::catalog::{Catalog, Need, pages};
use crate::cli::plan::{destination, next_hop, side};
use crate::environment::Environment;
use crate::model::{Direction, Endpoint};
use crate::plan::{Plan, PlannedNsg};
use crate::proof::Outcome;
use crate::ui::{Exposure, Group, PlanInWords, Proof, Row, Warning};
use std::collections::BTreeSet;

pub(super) fn plan(environment: &Environment) -> PlanInWords {
    let (plan, catalog) = (&environment.plan, &environment.catalog);
    let written = plan.written();
    let withheld: BTreeSet<&str> =
        written.withheld.iter().flat_map(|nsg| &nsg.rules).map(|planned| planned.key.as_str()).collect();
    let nsg: Vec<Group> = plan.nsgs.iter().flat_map(|nsg| nsg_groups(catalog, nsg, &withheld)).collect();
    let firewall = firewall_groups(catalog, plan);
    let routes = routes(catalog, plan);
    let warning = |w: &crate::plan::Warning| Warning { what: w.what.clone(), consequence: w.consequence.clone() };
    let rows = |groups: &[Group]| groups.iter().map(|group| group.rows.len()).sum();
    let numbers = vec![
        ("subnet".into(), plan.subnets.len()),
        ("NSG".into(), plan.nsgs.len()),
        ("NSG rule".into(), rows(&nsg)),
        ("firewall rule".into(), rows(&firewall)),
        ("route".into(), rows(&routes)),
        ("required flow".into(), environment.flows.len()),
        ("warning".into(), plan.warnings.len()),
    ];
    PlanInWords {
        warnings: plan.warnings.iter().map(warning).collect(),
        proof: proof(environment),
        exposure: environment.proof.exposure.iter().map(exposure).collect(),
        picture: picture::lines(plan),
        nsg,
        firewall,
        routes,
        numbers,
    }
}

/// A group for each direction of an NSG. The side that is the subnet's own is left out.
fn nsg_groups(catalog: &Catalog, nsg: &PlannedNsg, withheld: &BTreeSet<&str>) -> Vec<Group> {
    let group = |direction: Direction| {
        let word = direction.name();
        let rules = nsg.rules.iter().filter(|planned| planned.rule.direction == direction);
        let row = |planned: &crate::plan::PlannedRule| {
            let rule = &planned.rule;
            let far = match direction {
                Direction::Inbound => &rule.source,
                Direction::Outbound => &rule.destination,
            };
            let access = rule.access.name();
            let own = planned.key.starts_with("plan.");
            Row {
                key: planned.key.clone(),
                head: format!("{:>4} {access:<5}", rule.priority),
                services: rule.services().to_string(),
                target: match withheld.contains(planned.key.as_str()) {
                    true => format!("{}, not written yet", any(far)),
                    false => any(far),
                },
                why: if own { rule.description.clone() } else { why(catalog, &planned.because) },
                sources: sources(catalog, &planned.because),
            }
        };
        let subnets = nsg.subnets.join(", ");
        let title = format!("{subnets} · {word} · {}", nsg.name);
        Group { key: format!("{subnets} {word}"), title, rows: rules.map(row).collect() }
    };
    vec![group(Direction::Outbound), group(Direction::Inbound)]
}

fn any(endpoint: &Endpoint) -> String {
    match side(endpoint).as_str() {
        "*" => "any address".into(),
        text => text.to_string(),
    }
}

/// What the firewall is to hold, of whatever make: by address, and by name.
fn firewall_groups(catalog: &Catalog, plan: &Plan) -> Vec<Group> {
    let (network, application) = plan.held();
    let network = network.iter().map(|planned| {
        let mut to: Vec<String> = planned.rule.destinations.iter().map(side).collect();
        to.extend(planned.rule.names.iter().cloned());
        Row {
            key: planned.key.clone(),
            head: side(&planned.rule.source),
            services: planned.rule.services.to_string(),
            target: to.join(" "),
            why: why(catalog, &planned.because),
            sources: sources(catalog, &planned.because),
        }
    });
    let application = application.iter().map(|planned| {
        let protocol =
            |p: &crate::model::ApplicationProtocol| format!("{} {}", if p.https { "https" } else { "http" }, p.port);
        let tags = planned.rule.fqdn_tags.iter().map(|tag| format!("FQDN tag {tag}"));
        Row {
            key: planned.key.clone(),
            head: side(&planned.rule.source),
            services: planned.rule.protocols.iter().map(protocol).collect::<Vec<_>>().join(" "),
            target: planned.rule.names.iter().cloned().chain(tags).collect::<Vec<_>>().join(" "),
            why: why(catalog, &planned.because),
            sources: sources(catalog, &planned.because),
        }
    });
    let titles = match (&plan.firewall, &plan.appliance) {
        (Some(firewall), _) => {
            let of = format!("group {} at {}", firewall.group, firewall.private_address);
            [format!("network rules · {of}"), format!("application rules · {of}")]
        }
        (None, Some(appliance)) => {
            let of = appliance.label();
            [format!("by address · {of}"), format!("by host name · {of}")]
        }
        (None, None) => return Vec::new(),
    };
    let [by_address, by_name] = titles;
    vec![
        Group { key: "network".into(), title: by_address, rows: network.collect() },
        Group { key: "application".into(), title: by_name, rows: application.collect() },
    ]
}

fn routes(catalog: &Catalog, plan: &Plan) -> Vec<Group> {
    plan.route_tables
        .iter()
        .map(|table| {
            let row = |planned: &crate::plan::PlannedRoute| Row {
                key: planned.key.clone(),
                head: destination(&planned.route.destination),
                services: String::new(),
                target: format!("→ {}", next_hop(&planned.route.next_hop)),
                why: planned.why.clone(),
                sources: sources(catalog, &planned.because),
            };
            let title = format!("{} · {}", table.subnets.join(", "), table.name);
            Group { key: table.subnets.join(", "), title, rows: table.routes.iter().map(row).collect() }
        })
        .collect()
}

fn why(catalog: &Catalog, ids: &[String]) -> String {
    let mut clauses: Vec<&str> = Vec::new();
    for row in ids.iter().filter_map(|id| catalog.get(id)) {
        if !clauses.contains(&row.why.as_str()) {
            clauses.push(&row.why);
        }
    }
    clauses.join("; ")
}

/// Each requirement with the page, section and date that say so.
fn sources(catalog: &Catalog, ids: &[String]) -> Vec<String> {
    let one = |id: &String| {
        let source = catalog.get(id).and_then(|row| row.source.first());
        match source {
            Some(source) => {
                let page = pages().iter().find(|page| page.key == source.page);
                let title = page.map_or(source.page.as_str(), |page| &page.title);
                format!("{id}: {title}, {}, {}", source.section, source.date)
            }
            None => id.clone(),
        }
    };
    ids.iter().map(one).collect()
}

fn proof(environment: &Environment) -> Proof {
    type Found = fn(&Outcome) -> bool;
    let verdicts = &environment.proof.verdicts;
    let count = |found: Found, need: Need| {
        verdicts.iter().filter(|verdict| verdict.need == need && found(&verdict.outcome)).count()
    };
    let kinds: [(&str, Found); 5] = [
        ("allowed", |outcome| *outcome == Outcome::Allowed),
        ("cannot be known offline", |outcome| matches!(outcome, Outcome::Assumed(_))),
        ("allowed in part", |outcome| matches!(outcome, Outcome::Part(_))),
        ("blocked", |outcome| *outcome == Outcome::Blocked),
        ("undecided", |outcome| *outcome == Outcome::Undecided),
    ];
    let counts = kinds
        .iter()
        .map(|(word, found)| (word.to_string(), count(*found, Need::Required), count(*found, Need::Optional)));
    let doubtful = verdicts.iter().filter(|verdict| verdict.outcome != Outcome::Allowed).map(|verdict| {
        let flow = format!("{} → {}, {} ({})", verdict.from, verdict.to, verdict.services, verdict.requirement);
        let need = match verdict.need {
            Need::Required => "",
            Need::Optional => "optional, ",
        };
        let outcome = match &verdict.outcome {
            Outcome::Allowed => "allowed".into(),
            Outcome::Assumed(reason) => format!("cannot be known offline: {reason}"),
            Outcome::Part(rest) => format!("allowed in part, but not {rest}"),
            Outcome::Blocked => format!("blocked by {}", verdict.decided),
            Outcome::Undecided => "undecided, the work budget ran out".into(),
        };
        (flow, format!("{need}{outcome}"))
    });
    Proof {
        counts: counts.collect(),
        doubtful: doubtful.collect(),
        assumed: [&environment.proof.assumed, &environment.plan.assumptions, &environment.plan.defaults]
            .into_iter()
            .flatten()
            .cloned()
            .collect(),
    }
}

fn exposure(exposure: &crate::exposure::Exposure) -> Exposure {
    Exposure {
        subnet: exposure.subnet.clone(),
        addresses: exposure.addresses,
        names: exposure.names.len(),
        wildcards: exposure.wildcards().count(),
        rentable: exposure.anyone.clone(),
    }
}
