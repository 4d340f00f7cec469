//! The script that opens GitHub to the server for a stated time, and closes it again.

use crate::plan::Opening;
use crate::render::Input;
use crate::render::engine::{Value, comment, json, view};
use crate::render::{arm, parts};
use serde_json::json;

/// The view of `cyclecloud/github-opening.sh`.
pub(in crate::render) fn view(input: &Input) -> Value {
    let plan = input.plan;
    let Some(opening) = plan.cyclecloud.as_ref().and_then(|cluster| cluster.opening.as_ref()) else {
        return view!({});
    };
    let rules = |rules: &[(String, crate::plan::PlannedRule)]| {
        rules.iter().map(|(nsg, rule)| parts::security_rule(input, nsg, rule)).collect::<Vec<_>>()
    };
    let stays = |nsg: &str, key: &str| opening.closed.iter().any(|(other, rule)| other == nsg && rule.key == key);
    // What bounds an allow goes last, as it came first.
    let removed = opening.opened.iter().rev().filter(|(nsg, rule)| !stays(nsg, &rule.key));
    let removed = removed.map(|(nsg, rule)| view!({ "nsg": nsg, "name": rule.rule.name }));
    let firewall = plan.firewall.as_ref().filter(|_| !opening.application.is_empty());
    view!({
        "name": comment(&plan.name),
        "subscription": plan.vnet.subscription.clone().unwrap_or_default(),
        "resource_group": plan.vnet.resource_group,
        "policy": firewall.and_then(|firewall| firewall.policy.clone()).unwrap_or_default(),
        "group": firewall.map(|firewall| group_name(&firewall.group)).unwrap_or_default(),
        "api_version": arm::API_VERSION,
        "opened": rules(&opening.opened),
        "closed": rules(&opening.closed),
        "removed": removed.collect::<Vec<_>>(),
        "body": json(&body(opening, firewall.map_or(0, |firewall| firewall.priority))),
    })
}

/// The group beside our own: Azure takes 80 characters.
fn group_name(group: &str) -> String {
    format!("{}-github", group.chars().take(70).collect::<String>().trim_end_matches(['-', '.', '_']))
}

/// The rule collection group; `@UNTIL@` is where the script writes the time.
fn body(opening: &Opening, priority: u32) -> serde_json::Value {
    let rules: Vec<serde_json::Value> = opening
        .application
        .iter()
        .map(|planned| {
            let mut rule = arm::application_rule(&planned.rule);
            rule["description"] = "GitHub until @UNTIL@".into();
            rule
        })
        .collect();
    // Right behind our own group; at the end of Azure's range, right before it.
    let priority = if priority < 65_000 { priority + 1 } else { priority - 1 };
    json!({"properties": {"priority": priority, "ruleCollections": [{
        "name": "github",
        "priority": 100,
        "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
        "action": {"type": "Allow"},
        "rules": rules,
    }]}})
}
