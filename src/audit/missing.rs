//! Required flows that do not pass.

use super::judged::{HeldRule, Judged};
use super::{Finding, Fix, Kind, Resource, Severity, fixes};
use crate::catalog::Need;
use crate::model::{Access, Direction};
use crate::proof::{Outcome, Verdict};
use crate::required::{Party, RequiredFlow};

/// Azure's default rules have these priorities; custom ones come before.
const DEFAULTS: u16 = 4097;

pub(super) fn findings(judged: &Judged) -> Vec<Finding> {
    let flows = judged.input.flows.iter().zip(&judged.proof.verdicts);
    flows.filter_map(|(flow, verdict)| finding(judged, flow, verdict)).collect()
}

fn finding(judged: &Judged, flow: &RequiredFlow, verdict: &Verdict) -> Option<Finding> {
    let how = match &verdict.outcome {
        Outcome::Allowed | Outcome::Assumed(_) => return None,
        Outcome::Blocked => "cannot reach",
        Outcome::Part(_) => "can reach only a part of",
        Outcome::Undecided => "may or may not reach",
    };
    let row = judged.input.catalog.get(&flow.requirement);
    let returns = verdict.blocked_at.first().is_some_and(|step| step.at.starts_with("return route of "));
    let kind = if returns { Kind::Asymmetric } else { Kind::Missing };
    let severity = match (flow.need, &verdict.outcome) {
        (_, Outcome::Undecided) | (Need::Optional, _) => Severity::Note,
        (Need::Required, _) => Severity::Error,
    };
    let to = match (&flow.to, flow.to == flow.from) {
        (_, true) => "itself".to_string(),
        (Party::Service(service), _) if service.tag.is_none() && service.names.len() > 2 => {
            format!("`{}` and {} more names", service.names[0], service.names.len() - 1)
        }
        _ => format!("`{}`", flow.to.label()),
    };
    let purpose = match (row, flow.need) {
        (Some(row), Need::Required) => format!(", which is required: {}", row.why),
        (Some(row), Need::Optional) => format!(", so that {}", row.consequence),
        (None, _) => String::new(),
    };
    let sentence = format!("`{}` {how} {to} on {}{purpose}", flow.from.label(), flow.services());
    let mut subject = verdict.blocked_at.first().map(|step| judged.subject(step)).unwrap_or_default();
    for party in [&flow.to, &flow.from] {
        if let Party::Subnet { name, .. } = party {
            subject.subnet.clone_from(name);
        }
    }
    // What decides may change while what is missing stays the same.
    let print = format!("{} {} {}", flow.requirement, flow.from.label(), flow.to.label());
    let mut stable = Finding::new(kind, severity, Default::default(), &print, sentence);
    stable.subject = subject;
    stable.requirement.clone_from(&flow.requirement);
    stable.source = row.map(|row| row.source.clone()).unwrap_or_default();
    if !verdict.decided.is_empty() {
        stable = stable.detail(format!("decided by {}", verdict.decided));
    }
    if let Outcome::Part(rest) = &verdict.outcome {
        stable = stable.detail(format!("not reached: {rest}"));
    }
    for (change, step) in verdict.changes.iter().zip(&verdict.blocked_at) {
        let at = judged.subject(step);
        let fix = match (at.resource, at.direction) {
            (Resource::Nsg, Some(_)) if nothing_holds_names(judged, flow) => Fix::Words(format!(
                "an NSG holds no host names: lead the subnet through a firewall that lets {} through, or accept it in `egress.accept_blocked`",
                flow.to.label()
            )),
            (Resource::Nsg, Some(direction)) => {
                let before = judged.rule(&at.name, direction, &at.rule).map_or(DEFAULTS, |rule| rule.priority);
                fixes::allow(judged, &at.name, direction, before, flow)
            }
            (Resource::Firewall, _) => {
                let fix = fixes::through_firewall(judged, flow);
                let held = judged.firewall_rule(&step.rule).filter(|held| held.access == Access::Deny);
                match held.map(|held| (&held.rule, held.path.rsplit_once('/').map_or("", |(path, _)| path))) {
                    // No application rule is asked about what a network rule denies.
                    Some((HeldRule::Network(_), _)) if matches!(fix, Fix::AddApplicationRule(_)) => {
                        Fix::Words(format!(
                            "firewall: narrow rule `{}`, which denies it: network rules come before application rules, which let it through then",
                            step.rule
                        ))
                    }
                    Some((_, collection)) => {
                        stable = stable.fix(Fix::Words(format!(
                            "firewall: rule `{}` denies it: narrow that rule, or let a collection be processed before `{collection}` that holds:",
                            step.rule
                        )));
                        fix
                    }
                    None => fix,
                }
            }
            _ => Fix::Words(change.clone()),
        };
        if !stable.fixes.contains(&fix) {
            stable = stable.fix(fix);
        }
    }
    if let Some(clause) = across(judged, flow, verdict) {
        stable = stable.detail(clause);
    }
    Some(stable)
}

/// Whether it is for host names alone, and no firewall stands behind the NSG to tell them apart.
pub(super) fn nothing_holds_names(judged: &Judged, flow: &RequiredFlow) -> bool {
    let named = matches!(&flow.to, Party::Service(service) if service.tag.is_none());
    named && judged.input.intent.next_hop().is_none()
}

/// What one layer does while the other stops the flow.
fn across(judged: &Judged, flow: &RequiredFlow, verdict: &Verdict) -> Option<String> {
    let at: Vec<Resource> = verdict.blocked_at.iter().map(|step| judged.subject(step).resource).collect();
    let routed = judged.input.intent.firewall().is_some()
        && matches!((&flow.from, &flow.to), (Party::Subnet { .. }, Party::Service(_)));
    let outbound = verdict.blocked_at.iter().all(|step| judged.subject(step).direction != Some(Direction::Inbound));
    match (routed && outbound, at.contains(&Resource::Nsg), at.contains(&Resource::Firewall)) {
        (true, true, false) => Some("the firewall behind the NSG lets it through".into()),
        (true, false, true) => Some("the NSG before the firewall lets it through".into()),
        _ => None,
    }
}
