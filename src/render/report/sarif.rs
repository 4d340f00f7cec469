//! SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), as code scanning of GitHub and Azure DevOps read it.

use super::{Report, fix, page};
use crate::audit::{Finding, Kind, Severity};
use serde_json::{Value, json};

/// The whole report.
pub fn sarif(report: &Report) -> Value {
    let rules: Vec<Value> = Kind::ALL
        .iter()
        .map(|kind| {
            json!({
                "id": kind.id(),
                "name": pascal(kind.id()),
                "shortDescription": {"text": kind.title()},
                "fullDescription": {"text": kind.help()},
                "help": {"text": kind.help()},
                "defaultConfiguration": {"level": "warning"},
            })
        })
        .collect();
    let results: Vec<Value> = report.audit.findings.iter().map(|finding| result(report, finding)).collect();
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "netcordon",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// `not-enforced` as `NotEnforced`.
fn pascal(id: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
    };
    id.split('-').map(word).collect()
}

/// A path as a URI reference: relative to the working folder where the file is below it, as code scanning finds files by
/// their place in the repository. Standard input is no file: it is called `stdin`.
fn uri(path: &str, folder: &str) -> String {
    let (path, folder) = (path.replace('\\', "/"), folder.replace('\\', "/"));
    let below = path.strip_prefix(folder.trim_end_matches('/')).and_then(|rest| rest.strip_prefix('/'));
    let path = match path.as_str() {
        "<stdin>" => "stdin",
        path => below.filter(|_| !folder.is_empty()).unwrap_or(path),
    };
    let mut text = String::new();
    for byte in path.trim_start_matches("./").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => text.push(char::from(byte)),
            other => text.push_str(&format!("%{other:02X}")),
        }
    }
    if text.starts_with('/') { format!("file://{text}") } else { text }
}

fn result(report: &Report, finding: &Finding) -> Value {
    let mut message = vec![finding.sentence.clone()];
    message.extend(finding.detail.iter().cloned());
    message.extend(finding.fixes.iter().map(|step| format!("fix: {}", fix::words(step))));
    for source in &finding.source {
        let (title, url) = page(source);
        message.push(format!("page: {title}, {}, {} {url}", source.section, source.date));
    }
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let index = Kind::ALL.iter().position(|kind| *kind == finding.kind);
    let key = finding.subject.key();
    let mut location = serde_json::Map::new();
    // Code scanning takes no result without a place: what is about no file stands at the first.
    let first = crate::problem::Place { file: report.file.into(), ..Default::default() };
    let place = finding.place.as_ref().filter(|place| !place.file.is_empty()).unwrap_or(&first);
    if !place.file.is_empty() {
        // A region starts at line 1 at the earliest; JSON pointers stand in the logical location.
        let line = place.line.max(1);
        let mut region = json!({"startLine": line});
        if place.column > 0 {
            region["startColumn"] = place.column.into();
        }
        location.insert(
            "physicalLocation".into(),
            json!({
                "artifactLocation": {"uri": uri(&place.file, report.folder)},
                "region": region,
            }),
        );
    }
    let mut logical = Vec::new();
    if !key.is_empty() {
        let name = key.rsplit('/').next().unwrap_or_default();
        logical.push(json!({"name": name, "fullyQualifiedName": key, "kind": "resource"}));
    }
    if let Some(pointer) = finding.place.as_ref().map(|place| &place.path).filter(|path| !path.is_empty()) {
        logical.push(json!({"name": pointer, "fullyQualifiedName": pointer, "kind": "value"}));
    }
    if !logical.is_empty() {
        location.insert("logicalLocations".into(), logical.into());
    }
    let mut result = json!({
        "ruleId": finding.kind.id(),
        "ruleIndex": index,
        "level": level,
        "message": {"text": message.join("\n")},
        "partialFingerprints": {"netcordon/v1": finding.fingerprint},
    });
    // Only a comparison with an earlier report has such a state.
    if report.audit.findings.iter().any(|finding| finding.known) {
        result["baselineState"] = if finding.known { "unchanged" } else { "new" }.into();
    }
    if !location.is_empty() {
        result["locations"] = json!([location]);
    }
    if let Some(accepted) = &finding.accepted {
        let status = if accepted.expired { "rejected" } else { "accepted" };
        let why = format!("{} (owner {}, until {})", accepted.reason, accepted.owner, accepted.expires);
        result["suppressions"] = json!([{"kind": "external", "status": status, "justification": why}]);
    }
    if let Some(text) = finding.fixes.iter().find_map(|step| fix::azcli(step, report.resource_group)) {
        result["properties"] = json!({"azcli": text});
    }
    result
}
