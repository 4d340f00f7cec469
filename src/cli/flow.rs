//! `netcordon flow`: one flow, hop by hop, with the deciding rule.

use super::networks::{self, Seen};
use super::{Answer, Common, print};
use crate::flow::{self, Told, ToldPart, ToldRule, Verdict};
use crate::problem::{Problem, printable};
use clap::Args;
use std::path::PathBuf;

/// Arguments of `flow`.
#[derive(Args, Debug)]
pub(super) struct FlowVerb {
    /// A generated folder, an answers file, or exports of what exists (files or folders; `-` for standard input); then where
    /// the flow starts, then where it goes
    ///
    /// FROM is an address, a prefix, a subnet, a role or a service tag. TO is one of these or a host name, then a colon
    /// and the service: `Storage.WestEurope:443/tcp`, `pypi.org:443`, `10.20.1.4:53/udp`, `10.20.1.4:icmp`.
    #[arg(required = true, num_args = 3.., value_names = ["SOURCE", "FROM", "TO"])]
    arguments: Vec<String>,
    /// The NSG to take for that of FROM or, if FROM is public, of TO, where the exports show no subnet
    #[arg(long, value_name = "NAME")]
    nsg: Option<String>,
    /// The cloud of exports, which do not say
    #[arg(long, value_name = "CLOUD", default_value = "AzureCloud")]
    cloud: String,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(verb: &FlowVerb, common: &Common) -> Result<Answer, Vec<Problem>> {
    let [sources @ .., from, to] = verb.arguments.as_slice() else {
        return Err(vec![Problem::at(
            "",
            "give a source, FROM and TO",
            "`netcordon flow out snet-nodes pypi.org:443`",
        )]);
    };
    let paths: Vec<PathBuf> = sources.iter().map(PathBuf::from).collect();
    let mut seen = networks::see(&paths, super::cloud(&verb.cloud)?, common)?;
    let question = flow::read(from, to, &seen.network, &seen.roles, &seen.tags)?;
    seen.notes.extend(flow::place(&question, &mut seen.network, verb.nsg.as_deref())?);
    let table = flow::table(&seen.network, &seen.tags);
    let told = flow::tell(&question, &seen.network, &table, seen.as_shown);
    if verb.json {
        // Values of our own serialise.
        print::data(&(serde_json::to_string_pretty(&told).unwrap_or_default() + "\n"))?;
    } else {
        print::data(&in_words(&told, print::width()))?;
    }
    talk(&seen, common);
    Ok(match told.verdict {
        Verdict::Allowed | Verdict::Assumed => Answer::Yes,
        Verdict::AllowedInPart | Verdict::Blocked | Verdict::Undecided => Answer::No,
    })
}

/// What was not seen.
fn talk(seen: &Seen, common: &Common) {
    if !common.quiet {
        seen.notes.iter().for_each(|note| print::talk(&format!("note: {}", printable(note))));
    }
}

fn in_words(told: &Told, width: usize) -> String {
    let head = format!("{} -> {}, {}: {}", told.from, told.to, told.service, told.verdict.word());
    let mut text = printable(&head) + "\n";
    let parts = told.parts.len();
    for (index, part) in told.parts.iter().enumerate().filter(|(index, _)| is_shown(told, *index)) {
        text.push('\n');
        if parts > 1 {
            text.push_str(&indented(&format!("part {} of {parts}, to {}", index + 1, to(part)), 0, width));
        }
        if let Some(reading) = part.reading {
            text.push_str(match reading {
                "narrow" => "if `VirtualNetwork` is the network and its neighbours alone\n",
                _ => "if `VirtualNetwork` takes in the prefixes of the subnet's routes\n",
            });
        }
        let steps = part.hops.iter().zip(1..).map(|(hop, step)| {
            let passed = if hop.passed { "on" } else { "stopped" };
            // What is no name is a clause.
            let rule = if hop.rule.contains(' ') { hop.rule.clone() } else { format!("`{}`", hop.rule) };
            vec![format!("{step}."), format!("{}: {passed}, by {rule}", hop.at)]
        });
        text.push_str(&print::table(&steps.collect::<Vec<_>>(), width));
        text.push_str(&indented(&outcome(part), 0, width));
        text.push_str(&azure(part));
        for (hop, step) in part.hops.iter().zip(1..).filter(|(hop, _)| !hop.rules.is_empty()) {
            text.push_str(&format!("\nlooked at in step {step}, {}\n", printable(&hop.at)));
            let routes = !hop.at.starts_with("NSG ") && hop.at.contains("route");
            for rule in &hop.rules {
                text.push_str(&rule_in_words(rule, routes, width));
            }
        }
    }
    let others = (0..parts).filter(|index| !is_shown(told, *index)).count();
    if others > 0 {
        let what = format!("{others} more parts, to other addresses: the same command with `--json` has them");
        text.push('\n');
        text.push_str(&indented(&what, 0, width));
    }
    text
}

/// Whether a part is worth reading: the largest of those that end like it, and where all is blocked, one that is stopped.
fn is_shown(told: &Told, index: usize) -> bool {
    let Some(part) = told.parts.get(index) else { return false };
    let like = |other: &ToldPart| (other.outcome, other.reading) == (part.outcome, part.reading);
    let same = told.parts.iter().enumerate().filter(|(_, other)| like(other));
    // The first of those that are as large.
    let largest = same.max_by_key(|(position, other)| (other.addresses, std::cmp::Reverse(*position)));
    let passes = ["delivered", "assumed"].contains(&part.outcome);
    largest.is_some_and(|(largest, _)| largest == index) && !(told.verdict == Verdict::Blocked && passes)
}

fn to(part: &ToldPart) -> String {
    match part.addresses {
        0 | 1 => part.to.clone(),
        count => format!("{} ({count} public addresses)", part.to),
    }
}

fn outcome(part: &ToldPart) -> String {
    match part.outcome {
        "assumed" => format!("assumed: {}", part.reason),
        outcome => outcome.to_string(),
    }
}

/// The rule on a line, then why it matched or not: the fields that do not match, or else all of them.
fn rule_in_words(rule: &ToldRule, is_route: bool, width: usize) -> String {
    let mark = if rule.decides { ">" } else { " " };
    let fields = |matches: &'static str| {
        let fields = rule.fields.iter().filter(move |field| field.matches == matches);
        fields.map(|field| format!("{} {}", field.field, field.asks)).collect::<Vec<_>>().join(", ")
    };
    let why = match rule.matches {
        "yes" if !rule.decides => {
            "matches and loses: the longest prefix wins, then user-defined before gateway before system".to_string()
        }
        "not known" => {
            let reasons = rule.fields.iter().map(|field| field.reason.as_str()).filter(|reason| !reason.is_empty());
            format!("not known: {}", reasons.collect::<Vec<_>>().join("; "))
        }
        matches => format!("{matches}: {}", fields(matches)),
    };
    let line = match is_route {
        true if rule.order.is_empty() => format!("{}, {}", rule.name, rule.does),
        true => format!("{}, {}, {}", rule.order, rule.name, rule.does),
        false => format!("{} {} {}", rule.order, rule.does, rule.name),
    };
    format!("{mark} {}{}", indented(&line, 2, width).trim_start(), indented(&why, 6, width))
}

fn azure(part: &ToldPart) -> String {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let ip_flows = [("outbound", &part.azure.ip_flow_outbound), ("inbound", &part.azure.ip_flow_inbound)];
    for (direction, answer) in ip_flows {
        if let Some(answer) = answer {
            rows.push(vec![format!("  IP flow verify, {direction}"), format!("{}, {}", answer.access, answer.rule)]);
        }
    }
    if let Some(hop) = &part.azure.next_hop {
        let address = hop.address.as_ref().map_or(String::new(), |address| format!(" {address}"));
        rows.push(vec!["  next hop".into(), format!("{}{address}, {}", hop.kind, hop.route_table)]);
    }
    if rows.is_empty() { String::new() } else { format!("Azure would answer\n{}", print::table(&rows, 400)) }
}

fn indented(text: &str, indent: usize, width: usize) -> String {
    let pad = " ".repeat(indent);
    let lines = print::wrap(&printable(text), width.saturating_sub(indent).max(24));
    lines.iter().map(|line| format!("{pad}{line}\n")).collect()
}
