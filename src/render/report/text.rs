//! For a terminal.

use super::{Report, assumed_flows, counts, fix, flows, page};
use crate::audit::{Finding, Severity, grouped};
use crate::catalog::Need;
use crate::problem::printable;
use crate::proof::{Outcome, Proof};
use unicode_width::UnicodeWidthStr as _;

/// Text in lines of at most `room` columns, broken at spaces.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.width() + 1 + word.width() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.into()),
        }
    }
    lines
}

/// `text` behind `head`, and under itself where it is wrapped.
fn hanging(head: &str, text: &str, width: usize, out: &mut String) {
    let lines = wrap(&printable(text), width.saturating_sub(head.width()).max(24));
    out.push_str(head);
    out.push_str(&lines.join(&format!("\n{}", " ".repeat(head.width()))));
    out.push('\n');
}

/// The whole report: how much, then each finding, then what was taken for granted.
///
/// With `fixes` each fix stands there in Terraform and as a command as well.
pub fn text(report: &Report, width: usize, fixes: bool) -> String {
    let audit = report.audit;
    let mut out = String::new();
    hanging("", &format!("{}: {}", report.what, counts(audit)), width, &mut out);
    flows(&audit.proof).iter().for_each(|line| hanging("", line, width, &mut out));
    out.push_str(&findings(report, width, fixes));
    let mut assumed = assumed_flows(&audit.proof);
    assumed.extend(audit.assumed.iter().cloned());
    let ignored = report.ignored.iter().map(|(place, why)| format!("{place}: {why}"));
    for (title, clauses) in
        [("Taken for granted, or not decided:", assumed), ("Not used of the exports:", ignored.collect())]
    {
        if clauses.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{title}\n"));
        for clause in clauses {
            hanging("  - ", &clause, width, &mut out);
        }
    }
    out
}

/// Every required flow with its verdict, and what each subnet can reach.
pub fn proof(proof: &Proof, width: usize) -> String {
    let mut out = String::new();
    if !proof.verdicts.is_empty() {
        out.push_str("\nRequired flows, and what becomes of each:\n");
    }
    for verdict in &proof.verdicts {
        let (word, rest) = match &verdict.outcome {
            Outcome::Allowed => ("allowed", String::new()),
            Outcome::Assumed(reason) => ("assumed", format!(": {reason}")),
            Outcome::Part(rest) => ("in part", format!(", not {rest}")),
            Outcome::Blocked => ("BLOCKED", format!(" by {}", verdict.decided)),
            Outcome::Undecided => ("undecided", String::new()),
        };
        let text = format!(
            "{} -> {}, {} ({}{}){rest}",
            verdict.from,
            verdict.to,
            verdict.services,
            verdict.requirement,
            if verdict.need == Need::Optional { ", optional" } else { "" }
        );
        hanging(&format!("  {word:<10}"), &text, width, &mut out);
    }
    if !proof.exposure.is_empty() {
        out.push_str("\nWhat can be reached on the Internet:\n");
    }
    for exposure in &proof.exposure {
        let names = match exposure.names.len() {
            0 => String::new(),
            count => format!(", {count} host names, {} of them wildcards", exposure.wildcards().count()),
        };
        let anyone = match exposure.anyone.is_empty() {
            true => String::new(),
            false => format!("; anyone can rent a place behind {}", exposure.anyone.join(", ")),
        };
        let text = format!("{}: {} addresses{names}{anyone}", exposure.subnet, grouped(exposure.addresses.into()));
        hanging("  ", &text, width, &mut out);
    }
    out
}

/// The findings alone, each with an empty line before it: first those that count, then what is accepted, then what is
/// known before, the last two in a line each.
pub fn findings(report: &Report, width: usize, fixes: bool) -> String {
    let mut out = String::new();
    let quiet = |finding: &Finding| finding.known || finding.accepted.as_ref().is_some_and(|a| !a.expired);
    for finding in report.audit.findings.iter().filter(|finding| !quiet(finding)) {
        out.push('\n');
        one(report, finding, width, fixes, &mut out);
    }
    let mut first = true;
    for finding in report.audit.findings.iter().filter(|finding| quiet(finding)) {
        if std::mem::take(&mut first) {
            out.push('\n');
        }
        let why = match &finding.accepted {
            Some(accepted) => format!("accepted by {} until {}: {}", accepted.owner, accepted.expires, accepted.reason),
            None => "known before".into(),
        };
        let text = format!("{} {}: {} ({why})", finding.fingerprint, finding.kind.id(), finding.sentence);
        hanging("  ", &text, width, &mut out);
    }
    out
}

fn one(report: &Report, finding: &Finding, width: usize, fixes: bool, out: &mut String) {
    let severity = match finding.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "note",
    };
    hanging(&format!("{severity:<8}"), &finding.sentence, width, out);
    const BELOW: &str = "        ";
    for clause in &finding.detail {
        hanging(BELOW, clause, width, out);
    }
    for step in &finding.fixes {
        hanging(&format!("{BELOW}fix: "), &fix::words(step), width, out);
        if fixes {
            let texts = [fix::azcli(step, report.resource_group), fix::terraform(step, report.resource_group)];
            for line in texts.iter().flatten().flat_map(|text| text.lines()) {
                out.push_str(&format!("{BELOW}  {}\n", printable(line)));
            }
        }
    }
    for source in &finding.source {
        let (title, _) = page(source);
        hanging(&format!("{BELOW}page: "), &format!("{title}, {}, {}", source.section, source.date), width, out);
    }
    if let Some(place) = &finding.place {
        hanging(&format!("{BELOW}in: "), &place.to_string(), width, out);
    }
    out.push_str(&format!("{BELOW}{} {}\n", finding.kind.id(), finding.fingerprint));
}
