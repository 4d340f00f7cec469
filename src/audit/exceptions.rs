//! Findings that somebody accepted, and findings that an earlier report has already.

use super::{Audit, Date, Finding, Kind, Severity, Subject};
use crate::problem::{Place, Problem};
use crate::yaml::{Node, Value};
use std::collections::BTreeSet;

/// A finding that somebody accepts until a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Where it stands in its file.
    pub place: Place,
    /// The finding.
    pub fingerprint: String,
    /// Who answers for it.
    pub owner: String,
    /// Why it is acceptable.
    pub reason: String,
    /// The last day on which it is, `YYYY-MM-DD`.
    pub expires: String,
}

/// By whom a finding was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Who answers for it.
    pub owner: String,
    /// Why it is acceptable.
    pub reason: String,
    /// The last day on which it is, `YYYY-MM-DD`.
    pub expires: String,
    /// Whether that day is over.
    pub expired: bool,
}

const KEYS: [&str; 4] = ["fingerprint", "owner", "reason", "expires"];

/// Reads a file of exceptions: `version: 1` and a list `exceptions`, each with all of its four keys.
///
/// # Errors
///
/// Every fault of the file, each with its place.
pub fn read_exceptions(file: &str, bytes: &[u8]) -> Result<Vec<Exception>, Vec<Problem>> {
    let (node, mut problems) = crate::yaml::read(file, bytes);
    let Some(node) = node else { return Err(problems) };
    let at =
        |node: (usize, usize), path: &str| Place { file: file.into(), line: node.0, column: node.1, path: path.into() };
    let mut problem = |node: (usize, usize), path: &str, what: String, hint: &str| {
        problems.push(Problem { place: at(node, path), what, hint: hint.into() });
    };
    let Value::Map(entries) = &node.value else {
        problem(
            (node.line, node.column),
            "",
            format!("{} instead of a mapping", node.kind()),
            "start with `version: 1`",
        );
        return Err(problems);
    };
    for (key, place, _) in entries {
        if !["version", "exceptions"].contains(&key.as_str()) {
            problem(*place, key, format!("unknown key `{key}`"), "the keys are `version` and `exceptions`");
        }
    }
    match node.get("version") {
        Some(version) if version.text() == Some("1") => {}
        Some(version) => problem(
            (version.line, version.column),
            "version",
            "this netcordon reads version 1".into(),
            "write `version: 1`",
        ),
        None => problem((1, 1), "version", "`version` is missing".into(), "start with `version: 1`"),
    }
    let mut exceptions = Vec::new();
    let mut seen = BTreeSet::new();
    let items = match node.get("exceptions") {
        Some(list) if list.items().is_some() => list.items().unwrap_or_default(),
        Some(other) if !other.is_null() => {
            problem(
                (other.line, other.column),
                "exceptions",
                format!("{} instead of a list", other.kind()),
                "one item for each finding",
            );
            &[]
        }
        _ => &[],
    };
    for (index, item) in items.iter().enumerate() {
        let here = (item.line, item.column);
        let path = format!("exceptions[{index}]");
        let Value::Map(fields) = &item.value else {
            problem(
                here,
                &path,
                format!("{} instead of a mapping", item.kind()),
                "give fingerprint, owner, reason and expires",
            );
            continue;
        };
        for (key, place, _) in fields.iter().filter(|(key, _, _)| !KEYS.contains(&key.as_str())) {
            problem(
                *place,
                &path,
                format!("unknown key `{key}`"),
                "the keys are fingerprint, owner, reason and expires",
            );
        }
        let mut field = |key: &str| match item.get(key).map(|value: &Node| (value, value.text())) {
            Some((_, Some(text))) if !text.trim().is_empty() => Some(text.trim().to_string()),
            Some((value, _)) => {
                problem(
                    (value.line, value.column),
                    &format!("{path}.{key}"),
                    format!("`{key}` is empty"),
                    "every exception says who accepts what, why and until when",
                );
                None
            }
            None => {
                problem(
                    here,
                    &path,
                    format!("`{key}` is missing"),
                    "every exception says who accepts what, why and until when",
                );
                None
            }
        };
        let [fingerprint, owner, reason, expires] = KEYS.map(&mut field);
        let (Some(fingerprint), Some(owner), Some(reason), Some(expires)) = (fingerprint, owner, reason, expires)
        else {
            continue;
        };
        let of = |key: &str| item.get(key).map_or(here, |node| (node.line, node.column));
        let fingerprint = fingerprint.to_ascii_lowercase();
        if fingerprint.len() != 16 || !fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            problem(
                of("fingerprint"),
                &format!("{path}.fingerprint"),
                format!("`{fingerprint}` is no fingerprint"),
                "copy the sixteen digits from the report",
            );
        } else if !seen.insert(fingerprint.clone()) {
            problem(
                of("fingerprint"),
                &format!("{path}.fingerprint"),
                format!("`{fingerprint}` is here twice"),
                "keep one of them",
            );
        }
        if Date::parse(&expires).is_none() {
            problem(
                of("expires"),
                &format!("{path}.expires"),
                format!("`{expires}` is no day"),
                "write it as `2027-03-31`",
            );
        }
        exceptions.push(Exception { place: at(here, &path), fingerprint, owner, reason, expires });
    }
    if problems.is_empty() { Ok(exceptions) } else { Err(problems) }
}

/// Marks the findings that are accepted; those whose exception has expired fail again, and exceptions for nothing are
/// findings of their own.
pub fn accept(audit: &mut Audit, exceptions: &[Exception], today: Date) {
    for exception in exceptions {
        let expired = Date::parse(&exception.expires).is_none_or(|last| today > last);
        let mut found = false;
        for finding in audit.findings.iter_mut().filter(|finding| finding.fingerprint == exception.fingerprint) {
            found = true;
            if expired {
                finding
                    .detail
                    .push(format!("accepted by {} until {}, which is over", exception.owner, exception.expires));
            }
            finding.accepted = Some(Accepted {
                owner: exception.owner.clone(),
                reason: exception.reason.clone(),
                expires: exception.expires.clone(),
                expired,
            });
        }
        if !found {
            let sentence = format!(
                "the exception of {} for `{}` matches no finding any more",
                exception.owner, exception.fingerprint
            );
            let print = &exception.fingerprint;
            let mut finding = Finding::new(Kind::UnknownException, Severity::Note, Subject::default(), print, sentence);
            finding.place = Some(exception.place.clone());
            finding.fixes.push(super::Fix::Words("remove it from the file".into()));
            audit.findings.push(finding);
        }
    }
}

/// Marks the findings that an earlier report, as JSON, has already.
///
/// # Errors
///
/// What is no such report.
pub fn known_before(audit: &mut Audit, file: &str, bytes: &[u8]) -> Result<(), Problem> {
    let hint = "give what `netcordon audit --format json` printed";
    let problem = |what: &str| Problem::in_file(file, what, hint);
    let report: serde_json::Value = serde_json::from_slice(bytes).map_err(|_| problem("not a JSON document"))?;
    let findings = report.get("findings").and_then(|findings| findings.as_array());
    let (Some(1), Some(findings)) = (report.get("format").and_then(serde_json::Value::as_u64), findings) else {
        return Err(problem("not a report of an audit, format 1"));
    };
    let prints = findings.iter().map(|finding| finding.get("fingerprint").and_then(|print| print.as_str()));
    let prints: Option<BTreeSet<&str>> = prints.collect();
    let prints = prints.ok_or_else(|| problem("a finding without a fingerprint"))?;
    for finding in &mut audit.findings {
        finding.known = prints.contains(finding.fingerprint.as_str());
    }
    Ok(())
}
