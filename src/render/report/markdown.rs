//! For a pull request.

use super::{Report, assumed_flows, counts, fix, flows, page};
use crate::audit::{Finding, Severity};
use crate::problem::printable;
use crate::render::escape;

fn plain(text: &str) -> String {
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = escape::markdown(text, &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Text with words in backticks: those become code, the rest is escaped.
fn sentence(text: &str) -> String {
    let parts = text.split('`').enumerate().map(|(at, part)| match at % 2 {
        1 if !part.is_empty() && !part.contains(['|', '\n', '\r']) => format!("`{}`", printable(part)),
        // A space beside code is no indentation, so it needs no escape.
        _ => {
            let lead = if at > 0 && part.starts_with(' ') { " " } else { "" };
            let (inner, trail) =
                (part.trim_matches(' '), if part.trim() != part && part.ends_with(' ') { " " } else { "" });
            if inner.is_empty() { lead.to_string() } else { format!("{lead}{}{trail}", plain(inner)) }
        }
    });
    parts.collect()
}

/// Lines that no fence ends.
fn fenced(language: &str, text: &str) -> String {
    let mut fence = "```".to_string();
    while text.contains(&fence) {
        fence.push('`');
    }
    let lines: Vec<String> = text.lines().map(printable).collect();
    format!("{fence}{language}\n{}\n{fence}\n", lines.join("\n"))
}

/// The whole report.
pub fn markdown(report: &Report) -> String {
    let audit = report.audit;
    let mut out = format!("## {}\n\n{}\n", plain(report.what), plain(&counts(audit)));
    let flows = flows(&audit.proof);
    if !flows.is_empty() {
        out.push_str(&format!("\nThe {}.\n", flows.join("; ")));
    }
    let quiet = |finding: &&Finding| finding.known || finding.accepted.as_ref().is_some_and(|a| !a.expired);
    let loud: Vec<&Finding> = audit.findings.iter().filter(|finding| !quiet(finding)).collect();
    if !loud.is_empty() {
        out.push_str("\n| | Finding | Kind | Fingerprint |\n| --- | --- | --- | --- |\n");
    }
    for finding in &loud {
        out.push_str(&format!(
            "| {} | {} | {} | `{}` |\n",
            finding.severity.name(),
            sentence(&finding.sentence),
            finding.kind.id(),
            finding.fingerprint
        ));
    }
    for finding in loud.iter().filter(|finding| finding.severity != Severity::Note) {
        out.push_str(&format!(
            "\n### {} {}\n\n{}\n\n",
            finding.kind.id(),
            finding.fingerprint,
            sentence(&finding.sentence)
        ));
        for clause in &finding.detail {
            out.push_str(&format!("- {}\n", sentence(clause)));
        }
        for source in &finding.source {
            let (title, url) = page(source);
            let title = match url.is_empty() {
                true => plain(title),
                false => format!("[{}]({url})", plain(title)),
            };
            out.push_str(&format!("- {title}, {}, {}\n", plain(&source.section), plain(&source.date)));
        }
        if let Some(place) = &finding.place {
            out.push_str(&format!("- in {}\n", plain(&place.to_string())));
        }
        for step in &finding.fixes {
            out.push_str(&format!("\nFix: {}\n", sentence(&fix::words(step))));
            if let Some(text) = fix::azcli(step, report.resource_group) {
                out.push_str(&format!("\n{}", fenced("bash", &text)));
            }
            if let Some(text) = fix::terraform(step, report.resource_group) {
                out.push_str(&format!("\n{}", fenced("hcl", &text)));
            }
        }
    }
    let rest: Vec<&Finding> = audit.findings.iter().filter(quiet).collect();
    if !rest.is_empty() {
        out.push_str("\n### Accepted, or known before\n\n");
    }
    for finding in rest {
        let why = match &finding.accepted {
            Some(accepted) => format!("accepted by {} until {}: {}", accepted.owner, accepted.expires, accepted.reason),
            None => "known before".into(),
        };
        out.push_str(&format!("- `{}` {} ({})\n", finding.fingerprint, sentence(&finding.sentence), plain(&why)));
    }
    let mut assumed = assumed_flows(&audit.proof);
    assumed.extend(audit.assumed.iter().cloned());
    if !assumed.is_empty() {
        out.push_str("\n### Taken for granted, or not decided\n\n");
        assumed.iter().for_each(|clause| out.push_str(&format!("- {}\n", sentence(clause))));
    }
    out
}
