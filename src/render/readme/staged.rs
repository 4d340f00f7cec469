//! Closing in two steps: what is left out at first, the query that shows what it would stop, and the way back.

use super::code;
use super::commands::{chosen, group, lines};
use crate::model::{Direction, Endpoint};
use crate::plan::Plan;
use crate::render::Input;
use crate::render::engine::{Value, view};
use crate::render::escape::quoted;
use crate::render::review;

/// The rules that Azure adds to every NSG and that let something through (network-security-groups-overview).
const DEFAULT_ALLOWS: [&str; 4] =
    ["AllowVnetInBound", "AllowAzureLoadBalancerInBound", "AllowVnetOutBound", "AllowInternetOutBound"];

/// The view of the section.
pub(super) fn view(input: &Input) -> Value {
    let plan = input.plan;
    let withheld = plan.withheld.iter().flat_map(|nsg| review::nsg_rows(input.catalog, nsg));
    let rules = withheld.map(|row| {
        view!({
            "nsg": code(&row.resource),
            "name": code(&row.name),
            "direction": row.direction,
            "priority": row.priority,
            "why": row.why,
        })
    });
    view!({
        "withheld": !plan.withheld.is_empty(),
        "rules": rules.collect::<Vec<_>>(),
        "logs": lines(vec![format!(
            "az network watcher flow-log list --location {}{} --query '[].[targetResourceId, enabled]' --output tsv",
            quoted(&plan.region),
            chosen(plan)
        )]),
        "query": lines(query(plan)),
        "has_denies": plan.own_denies().next().is_some(),
        "back": lines(back(plan)),
    })
}

/// Deletes exactly the plan's own denies.
fn back(plan: &Plan) -> Vec<String> {
    let group = group(plan);
    let delete = |nsg: &str, rule: &str| {
        format!("az network nsg rule delete {group} --nsg-name {} --name {}", quoted(nsg), quoted(rule))
    };
    plan.own_denies().map(|(nsg, planned)| delete(&nsg.name, &planned.rule.name)).collect()
}

/// What passes now and would not with the withheld denies: what only a default rule lets through, and what a rule for host
/// names lets through to places that are no place for names.
///
/// Table and columns: Azure Monitor Logs reference, NTANetAnalytics, 2026-07-27. The pages spell values in more than one
/// way (`A` and `Allowed`, with and without `DefaultRule_`), so nothing hangs on a spelling: counters say what was allowed,
/// and `endswith` and `=~` ignore case.
fn query(plan: &Plan) -> Vec<String> {
    let nsgs: Vec<String> = plan.withheld.iter().map(|nsg| format!("AclGroup endswith {}", text(&nsg.name))).collect();
    let defaults: Vec<String> = DEFAULT_ALLOWS.iter().map(|name| format!("AclRule endswith {}", text(name))).collect();
    let mut ranges = Vec::new();
    let mut tags = Vec::new();
    for (_, planned) in plan.own_denies().filter(|(_, planned)| planned.rule.direction == Direction::Outbound) {
        match &planned.rule.destination {
            Endpoint::Prefixes(prefixes) => ranges.extend(prefixes.iter().map(|prefix| text(&prefix.to_string()))),
            Endpoint::Tag(tag) if tag != "Internet" => tags.push(format!("DestServiceTags has {}", text(tag))),
            _ => {}
        }
    }
    for list in [&mut ranges, &mut tags] {
        list.sort();
        list.dedup();
    }
    let mut elsewhere = tags;
    if !ranges.is_empty() {
        elsewhere.push(format!("ipv4_is_in_any_range(DestIp, dynamic([{}]))", ranges.join(", ")));
    }
    let mut lines = vec![
        "NTANetAnalytics".into(),
        "| where SubType =~ \"FlowLog\" and TimeGenerated > ago(7d)".into(),
        format!("| where {}", nsgs.join(" or ")),
        "| where AllowedInFlows > 0 or AllowedOutFlows > 0".into(),
        format!("| where {}", defaults.join(" or ")),
    ];
    if !elsewhere.is_empty() {
        lines.push(format!("    or AclRule startswith \"AllowNames\" and ({})", elsewhere.join(" or ")));
    }
    lines.extend([
        "| summarize Flows = sum(AllowedInFlows) + sum(AllowedOutFlows), Last = max(FlowEndTime),".into(),
        "    From = make_set(SrcPublicIps, 10), To = make_set(DestPublicIps, 10)".into(),
        "    by AclGroup, AclRule, FlowDirection, SrcIp, DestIp, DestPort, L4Protocol".into(),
        "| order by Flows desc".into(),
    ]);
    lines
}

/// A string of the Kusto Query Language.
fn text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
