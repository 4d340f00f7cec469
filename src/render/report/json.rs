//! For scripts: versioned, and described by a JSON Schema.

use super::{Report, fix, page};
use crate::audit::{Finding, Resource, Severity};
use crate::catalog::Source;
use crate::exposure::Exposure;
use crate::proof::{Outcome, Proof, Verdict};
use serde_json::{Value, json};

/// The version of the report's format. It changes when a field changes its meaning or goes; fields may be added.
pub const FORMAT: u64 = 1;

/// The JSON Schema of [`json()`].
pub fn schema() -> &'static str {
    include_str!("../../../docs/audit.schema.json")
}

/// The whole report.
pub fn json(report: &Report) -> Value {
    let audit = report.audit;
    let quiet = audit.findings.iter().filter(|finding| finding.accepted.as_ref().is_some_and(|a| !a.expired));
    let known = audit.findings.iter().filter(|finding| finding.known).count();
    let ignored: Vec<Value> =
        report.ignored.iter().map(|(place, why)| json!({"place": self::place(place), "why": why})).collect();
    json!({
        "format": FORMAT,
        "netcordon": env!("CARGO_PKG_VERSION"),
        "what": report.what,
        "service_tags": report.tags_source,
        "summary": {
            "errors": audit.count(Severity::Error),
            "warnings": audit.count(Severity::Warning),
            "notes": audit.count(Severity::Note),
            "accepted": quiet.count(),
            "known": known,
            "fails": audit.findings.iter().any(Finding::fails),
        },
        "flows": audit.proof.verdicts.iter().map(verdict).collect::<Vec<_>>(),
        "findings": audit.findings.iter().map(|one| finding(one, report.resource_group)).collect::<Vec<_>>(),
        "assumed": audit.assumed,
        "ignored": ignored,
    })
}

/// What each subnet can reach.
pub fn exposure(proof: &Proof) -> Value {
    let one = |exposure: &Exposure| {
        json!({
            "subnet": exposure.subnet,
            "addresses": exposure.addresses,
            "names": exposure.names,
            "anyone": exposure.anyone,
        })
    };
    proof.exposure.iter().map(one).collect()
}

/// What becomes of a required flow.
pub(in crate::render) fn verdict(verdict: &Verdict) -> Value {
    let (outcome, rest) = match &verdict.outcome {
        Outcome::Allowed => ("allowed", ""),
        Outcome::Assumed(reason) => ("assumed", reason.as_str()),
        Outcome::Part(rest) => ("in part", rest.as_str()),
        Outcome::Blocked => ("blocked", ""),
        Outcome::Undecided => ("undecided", ""),
    };
    json!({
        "requirement": verdict.requirement,
        "required": verdict.need == crate::catalog::Need::Required,
        "from": verdict.from,
        "to": verdict.to,
        "services": verdict.services,
        "outcome": outcome,
        "reason": rest,
        "decided": verdict.decided,
        "changes": verdict.changes,
    })
}

pub(super) fn resource(resource: Resource) -> &'static str {
    match resource {
        Resource::Nsg => "nsg",
        Resource::RouteTable => "route table",
        Resource::Firewall => "firewall",
        Resource::Subnet => "subnet",
        Resource::None => "none",
    }
}

fn place(place: &crate::problem::Place) -> Value {
    json!({"file": place.file, "line": place.line, "column": place.column, "pointer": place.path})
}

fn source(source: &Source) -> Value {
    let (title, url) = page(source);
    json!({"title": title, "url": url, "section": source.section, "date": source.date})
}

fn finding(finding: &Finding, resource_group: &str) -> Value {
    let fixes: Vec<Value> = finding
        .fixes
        .iter()
        .map(|step| {
            json!({
                "text": fix::words(step),
                "terraform": fix::terraform(step, resource_group),
                "azcli": fix::azcli(step, resource_group),
            })
        })
        .collect();
    let accepted = finding.accepted.as_ref().map(|accepted| {
        json!({"owner": accepted.owner, "reason": accepted.reason, "expires": accepted.expires, "expired": accepted.expired})
    });
    json!({
        "fingerprint": finding.fingerprint,
        "kind": finding.kind.id(),
        "severity": finding.severity.name(),
        "fails": finding.fails(),
        "subject": {
            "resource": resource(finding.subject.resource),
            "name": finding.subject.name,
            "rule": finding.subject.rule,
            "subnet": finding.subject.subnet,
            "direction": finding.subject.direction_name(),
        },
        "sentence": finding.sentence,
        "detail": finding.detail,
        "requirement": finding.requirement,
        "source": finding.source.iter().map(source).collect::<Vec<_>>(),
        "place": finding.place.as_ref().map(place),
        "fixes": fixes,
        "accepted": accepted,
        "known": finding.known,
    })
}
