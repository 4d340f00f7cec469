//! What an audit found, for people and for machines: text, JSON, SARIF, Markdown. Nothing is decided here.

mod fix;
mod json;
mod markdown;
mod sarif;
mod text;

pub use json::{FORMAT, exposure, json, schema};
pub use markdown::markdown;
pub use sarif::sarif;
pub use text::{findings, proof, text, wrap};

use super::Input;
use crate::artifact::digest;
use crate::audit::{Audit, Severity, grouped};
use crate::catalog::{Need, Source, pages};
use crate::problem::Place;
use crate::proof::{Outcome, Proof};
use std::collections::BTreeMap;

/// What is reported, and on what.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// What was found.
    pub audit: &'a Audit,
    /// What was judged, in a few words: `nsg.json against answers.yaml`.
    pub what: &'a str,
    /// Which service tag data was used.
    pub tags_source: &'a str,
    /// The resource group for commands; empty if nobody said.
    pub resource_group: &'a str,
    /// What of the exports was not used: where, and why.
    pub ignored: &'a [(Place, String)],
    /// The file that stands for all of them, where a finding is about none; empty if there is none.
    pub file: &'a str,
    /// The working folder, which the paths of files below it are relative to in SARIF; empty if they stay as they are.
    pub folder: &'a str,
}

/// `2 errors, 1 warning`, and what was accepted or known before.
pub(super) fn counts(audit: &Audit) -> String {
    let words = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        count => format!("{} {word}s", grouped(count as u128)),
    };
    let mut parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (audit.count(severity), severity.name()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| words(count, name))
        .collect();
    if parts.is_empty() {
        parts.push(if audit.findings.is_empty() { "no findings" } else { "nothing new" }.into());
    }
    let accepted = audit.findings.iter().filter(|f| f.accepted.as_ref().is_some_and(|a| !a.expired)).count();
    let known = audit.findings.iter().filter(|finding| finding.known && finding.accepted.is_none()).count();
    for (count, word) in [(accepted, "accepted"), (known, "known before")] {
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    parts.join(", ")
}

/// The proof of a plan: every required flow with its verdict, what is open and not wanted, what can be reached, what was
/// taken for granted, and the digest of all of it.
pub(super) fn proof_json(input: &Input) -> serde_json::Value {
    let proof = input.proof;
    let unwanted = proof.unwanted.iter().map(|one| {
        serde_json::json!({
            "subnet": one.subnet,
            "direction": one.direction,
            "what": one.what,
            "addresses": one.addresses,
            "services": one.services,
            "by": one.by,
        })
    });
    serde_json::json!({
        "about": "what netcordon's own check of these rules found; `netcordon prove` reads the files back and repeats it",
        "format": FORMAT,
        "holds": proof.holds(),
        "digest": digest(proof.text().as_bytes()),
        "service_tags": input.tags_source,
        "flows": proof.verdicts.iter().map(json::verdict).collect::<Vec<_>>(),
        "unwanted": unwanted.collect::<Vec<_>>(),
        "exposure": exposure(proof),
        "assumed": proof.assumed,
        "assumptions": input.plan.assumptions,
        "accepted": input.plan.accepted,
    })
}

/// How many flows end how, those that a workload needs and those that it can do without: `required flows: 23 allowed`,
/// `optional flows: 2 blocked`. Kinds without a flow are left out.
pub fn flows(proof: &Proof) -> Vec<String> {
    let place = |outcome: &Outcome| match outcome {
        Outcome::Allowed => 0,
        Outcome::Assumed(_) => 1,
        Outcome::Part(_) => 2,
        Outcome::Blocked => 3,
        Outcome::Undecided => 4,
    };
    let words = ["allowed", "assumed", "allowed in part", "blocked", "undecided"];
    let kinds = [("required", Need::Required), ("optional", Need::Optional)].map(|(kind, need)| {
        let mut counts = [0usize; 5];
        for verdict in proof.verdicts.iter().filter(|verdict| verdict.need == need) {
            counts[place(&verdict.outcome)] += 1;
        }
        let parts = counts.iter().zip(words).filter(|(count, _)| **count > 0);
        let parts: Vec<String> = parts.map(|(count, word)| format!("{count} {word}")).collect();
        (!parts.is_empty()).then(|| format!("{kind} flows: {}", parts.join(", ")))
    });
    kinds.into_iter().flatten().collect()
}

/// Why flows are assumed to pass, and how many for each reason.
pub(super) fn assumed_flows(proof: &Proof) -> Vec<String> {
    let mut reasons = BTreeMap::<&str, usize>::new();
    for verdict in &proof.verdicts {
        if let Outcome::Assumed(reason) = &verdict.outcome {
            *reasons.entry(reason).or_default() += 1;
        }
    }
    let clause = |(reason, count): (&str, usize)| match count {
        1 => format!("1 flow is assumed to pass: {reason}"),
        count => format!("{count} flows are assumed to pass: {reason}"),
    };
    reasons.into_iter().map(clause).collect()
}

/// Title and address of a page.
pub(super) fn page(source: &Source) -> (&str, &str) {
    let page = pages().iter().find(|page| page.key == source.page);
    page.map_or((source.page.as_str(), ""), |page| (page.title.as_str(), page.url.as_str()))
}
