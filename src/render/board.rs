//! One page for a board: what can be reached from where, where anyone can rent a place, which gaps are accepted, and what
//! the proof is worth.

use super::Input;
use super::engine::{Value, view};
use super::readme::{consequence, outcomes};
use crate::artifact::digest;
use crate::catalog::{Need, Requirement};
use crate::exposure::Exposure;
use crate::model::AddressSet;
use crate::proof::{Outcome, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// The view of `review/board.md`.
pub(super) fn view(input: &Input) -> Value {
    let (plan, proof) = (input.plan, input.proof);
    let exposure: Vec<Value> = proof.exposure.iter().map(exposed).collect();
    let rentable = rentable(input);
    let gaps = gaps(input);
    let unfiltered = plan.subnets.iter().filter(|subnet| subnet.nsg.is_none());
    let unfiltered: Vec<String> = unfiltered.map(|subnet| code(&subnet.name)).collect();
    let required = || proof.verdicts.iter().filter(|verdict| verdict.need == Need::Required);
    let passing = required().filter(|verdict| verdict.outcome == Outcome::Allowed).count();
    let counts: Vec<Value> = outcomes(proof)
        .into_iter()
        .map(|(outcome, required, optional)| view!({ "outcome": outcome, "required": required, "optional": optional }))
        .collect();
    view!({
        "name": plan.name,
        "region": plan.region,
        "cloud": plan.cloud.name(),
        "scenarios": plan.scenarios.join(", "),
        "tags_source": input.tags_source,
        "withheld": !plan.enforce,
        "ran": !proof.verdicts.is_empty(),
        "required": required().count(),
        "passing": passing,
        "has_unwanted": !proof.unwanted.is_empty(),
        "unwanted": proof.unwanted.len(),
        "has_exposure": !exposure.is_empty(),
        "exposure": exposure,
        "has_unfiltered": !unfiltered.is_empty(),
        "unfiltered": unfiltered.join(", "),
        "has_rentable": !rentable.is_empty(),
        "rentable": rentable,
        "has_gaps": !gaps.is_empty(),
        "gaps": gaps,
        "counts": counts,
        "digest": digest(proof.text().as_bytes()),
    })
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

/// A subnet's exposure. The share is of all public IPv4 addresses.
fn exposed(exposure: &Exposure) -> Value {
    let ids: Vec<String> = exposure.anyone.iter().map(|id| code(id)).collect();
    let wildcards: Vec<String> = exposure.wildcards().map(|name| code(name)).collect();
    view!({
        "subnet": code(&exposure.subnet),
        "addresses": thousands(exposure.addresses),
        "share": share(exposure.addresses, AddressSet::public_v4().count_v4()),
        "names": exposure.names.len() - wildcards.len(),
        "wildcards": if wildcards.is_empty() { "–".into() } else { wildcards.join(", ") },
        "anyone": if ids.is_empty() { "–".into() } else { ids.join(", ") },
    })
}

/// `3702258432` as `3,702,258,432`.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A part of a whole in percent, rounded up: what is there is never none.
fn share(part: u64, whole: u64) -> String {
    let parts = (u128::from(part) * 1_000_000).div_ceil(u128::from(whole.max(1)));
    format!("{}.{:04} %", parts / 10_000, parts % 10_000)
}

/// Each destination that is reached and where anyone can rent a place, once, with the subnets that reach it.
fn rentable(input: &Input) -> Vec<Value> {
    let mut subnets: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for exposure in &input.proof.exposure {
        for id in &exposure.anyone {
            subnets.entry(id).or_default().push(code(&exposure.subnet));
        }
    }
    let rows = input.catalog.requirements().iter();
    let reached = rows.filter_map(|row| subnets.get(row.id.as_str()).map(|subnets| (row, subnets)));
    reached
        .map(|(row, subnets)| {
            let verdicts = input.proof.verdicts.iter().filter(|verdict| verdict.requirement == row.id);
            let to: BTreeSet<&str> = verdicts.map(|verdict| verdict.to.as_str()).collect();
            view!({
                "destination": to.into_iter().collect::<Vec<_>>().join(", "),
                "services": row.services().to_string(),
                "id": code(&row.id),
                "why": row.why,
                "subnets": subnets.join(", "),
                "need": need(row),
            })
        })
        .collect()
}

fn need(row: &Requirement) -> String {
    match row.need {
        Need::Required => "required".into(),
        Need::Optional => format!("optional; without it, {}", row.consequence),
    }
}

/// A gap: its kind, where it is, what follows.
type Gap = (&'static str, String, String);

/// Everything that is knowingly not as the catalog wants it, or not known; requirements with the same gap together.
fn gaps(input: &Input) -> Vec<Value> {
    let row = |id: &str| input.catalog.get(id);
    let mut gaps: Vec<(Gap, Vec<String>)> = Vec::new();
    let mut add = |kind: &'static str, id: &str, place: &str, what: &str| {
        let gap = (kind, place.to_string(), what.to_string());
        let id = code(id);
        match gaps.iter_mut().find(|(other, _)| *other == gap) {
            Some((_, ids)) if ids.contains(&id) => {}
            Some((_, ids)) => ids.push(id),
            None => gaps.push((gap, vec![id])),
        }
    };
    for id in &input.plan.accepted {
        let what = row(id).map_or(String::new(), |row| format!("{}: {}", row.why, consequence(row)));
        add("accepted as blocked", id, "", &what);
    }
    for Verdict { requirement, need, from, outcome, decided, .. } in &input.proof.verdicts {
        let optional = *need == Need::Optional;
        match outcome {
            Outcome::Allowed => {}
            Outcome::Assumed(reason) => add("cannot be known offline", requirement, from, reason),
            Outcome::Undecided => add("undecided", requirement, from, "the work budget ran out"),
            Outcome::Part(_) | Outcome::Blocked if optional => {
                let what = row(requirement).map_or("", |row| row.consequence.as_str());
                add("optional, left closed", requirement, from, what);
            }
            Outcome::Part(rest) => add("required, passes in part", requirement, from, &format!("not {rest}")),
            Outcome::Blocked => add("required, blocked", requirement, from, decided),
        }
    }
    let cell = |text: &str| if text.is_empty() { "–".to_string() } else { text.to_string() };
    let found = gaps.iter().map(|((kind, place, what), ids)| {
        view!({ "kind": kind, "ids": ids.join(", "), "place": cell(place), "what": cell(what) })
    });
    let assumed = input.proof.assumed.iter();
    let assumed = assumed.map(|what| view!({ "kind": "not judged", "ids": "–", "place": "–", "what": what }));
    found.chain(assumed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well_and_a_share_is_never_rounded_to_nothing() {
        assert_eq!(
            ["0", "999", "1,000", "3,702,258,432"],
            [0, 999, 1000, 3_702_258_432].map(thousands).each_ref().map(String::as_str)
        );
        assert_eq!(
            ["0.0000 %", "0.0001 %", "50.0000 %", "100.0000 %"],
            [(0, 7), (1, 100_000_000), (5, 10), (7, 7)]
                .map(|(part, whole)| share(part, whole))
                .each_ref()
                .map(String::as_str)
        );
    }
}
