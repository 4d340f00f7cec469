//! `netcordon diff`: what a change newly allows and newly denies.

use super::networks;
use super::{Answer, Common, print};
use crate::difference::{Change, Difference, Side, difference, stand_ins};
use crate::flow;
use crate::model::Network;
use crate::problem::{Problem, printable};
use crate::render::in_markdown as cell;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `diff`.
#[derive(Args, Debug)]
pub(super) struct DiffVerb {
    /// What was there: an answers file, a generated folder, an export or a folder of exports
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// What is to come, in any of the same forms
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// The cloud of exports, which do not say
    #[arg(long, value_name = "CLOUD", default_value = "AzureCloud")]
    cloud: String,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = ["text", "json", "markdown"])]
    format: String,
}

pub(super) fn run(verb: &DiffVerb, common: &Common) -> Result<Answer, Vec<Problem>> {
    let cloud = super::cloud(&verb.cloud)?;
    let see = |path: &PathBuf| networks::see(std::slice::from_ref(path), cloud, common);
    let sides = [see(&verb.old), see(&verb.new)];
    let (old, new) = match sides {
        [Ok(old), Ok(new)] => (old, new),
        // Problems of both in one run.
        sides => return Err(sides.into_iter().filter_map(Result::err).flatten().collect()),
    };
    let [(old_lone, old_said), (new_lone, new_said)] = stand_ins(&old.network, &new.network);
    let compared = |was: &Network, is: &Network| {
        let (was_table, is_table) = (flow::table(was, &old.tags), flow::table(is, &new.tags));
        difference(Side { network: was, table: &was_table }, Side { network: is, table: &is_table })
    };
    let found = compared(&old.network, &new.network).and(compared(&old_lone, &new_lone));
    print::data(&match verb.format.as_str() {
        // Values of our own serialise.
        "json" => serde_json::to_string_pretty(&found).unwrap_or_default() + "\n",
        "markdown" => in_markdown(&found),
        _ => in_words(&found, print::width()),
    })?;
    if !common.quiet {
        for (of, notes) in [("old", old.notes.iter().chain(&old_said)), ("new", new.notes.iter().chain(&new_said))] {
            notes.for_each(|note| print::talk(&printable(&format!("note: {of}: {note}"))));
        }
    }
    Ok(if found.is_empty() { Answer::Yes } else { Answer::No })
}

const NOTHING: &str = "nothing is newly allowed, and nothing newly denied";

fn sections(found: &Difference) -> [(&'static str, &'static str, &Vec<Change>); 2] {
    [("newly allowed", "by", &found.newly_allowed), ("newly denied", "was allowed by", &found.newly_denied)]
}

fn other(change: &Change) -> String {
    let other = match (change.addresses, change.addresses_v6) {
        (0 | 1, _) => change.other.clone(),
        (count, 0) => format!("{} ({count} addresses)", change.other),
        (count, _) => format!("{} ({count} IPv4 addresses, and IPv6)", change.other),
    };
    if change.own.is_empty() { other } else { format!("{other}, {} alone", change.own) }
}

fn in_words(found: &Difference, width: usize) -> String {
    let mut text = String::new();
    if found.is_empty() {
        text.push_str(NOTHING);
        text.push('\n');
    }
    for (title, by, changes) in sections(found) {
        if changes.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("{title}\n"));
        let rows = changes.iter().map(|change| {
            let arrow = if change.direction == "outbound" { "->" } else { "<-" };
            vec![
                format!("  {}", change.subnet),
                format!("{arrow} {}", change.service),
                format!("{}, {by} {}", other(change), change.by),
            ]
        });
        text.push_str(&print::table(&rows.collect::<Vec<_>>(), width));
    }
    if !found.assumed.is_empty() {
        text.push_str(if text.is_empty() { "" } else { "\n" });
        text.push_str("may have changed, and cannot be known here\n");
        let rows: Vec<Vec<String>> = found.assumed.iter().map(|reason| vec!["  -".into(), reason.clone()]).collect();
        text.push_str(&print::table(&rows, width));
    }
    text
}

fn in_markdown(found: &Difference) -> String {
    let mut text = String::from("## What this change opens and closes\n\n");
    if found.is_empty() {
        text.push_str("Nothing is newly allowed, and nothing newly denied.\n");
    }
    for (title, by, changes) in sections(found) {
        if changes.is_empty() {
            continue;
        }
        let (first, rest) = title.split_at(1);
        text.push_str(&format!("### {}{rest}\n\n", first.to_uppercase()));
        text.push_str("| Subnet | Direction | Service | Other end | Rule |\n| --- | --- | --- | --- | --- |\n");
        for change in changes {
            let cells = [&change.subnet, &change.direction.to_string(), &change.service, &other(change), &change.by];
            let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
            text.push_str(&format!("| {} |\n", cells.join(" | ")));
        }
        text.push_str(if by == "by" { "\n" } else { "\nThe rule is the one that allowed it before.\n\n" });
    }
    if !found.assumed.is_empty() {
        text.push_str("May have changed, and cannot be known here:\n\n");
        found.assumed.iter().for_each(|reason| text.push_str(&format!("- {}\n", cell(reason))));
    }
    text.trim_end().to_string() + "\n"
}
