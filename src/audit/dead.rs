//! Rules that never match, and routes that never win.

use super::judged::{Judged, firewall_subject};
use super::open::content;
use super::{Finding, Fix, Kind, Resource, Severity, Subject};
use crate::model::{Access, Nsg, SecurityRule};
use crate::simulate::{Matching, firewall_matching, nsg_matching, routes_winning};
use std::collections::{BTreeMap, BTreeSet};

/// What was found.
#[derive(Default)]
pub(super) struct Dead {
    pub(super) findings: Vec<Finding>,
    /// The keys of the subjects of all rules that never match.
    pub(super) never: BTreeSet<String>,
    /// What was not decided, in words.
    pub(super) undecided: Vec<String>,
}

pub(super) fn findings(judged: &Judged) -> Dead {
    let mut dead = Dead::default();
    let network = judged.input.network;
    for (name, matching) in nsg_matching(network, &judged.table) {
        if let Some(nsg) = network.nsgs.get(&name).filter(|_| judged.shows_nsg(&name)) {
            of_nsg(judged, &name, nsg, &matching, &mut dead);
        }
    }
    for firewall in &network.firewalls {
        let access = |path: &str| judged.firewall_rule(path).map(|held| held.access);
        for (path, matching) in firewall_matching(firewall, &judged.table) {
            let subject = firewall_subject(&path);
            let group = path.split('/').next().unwrap_or_default();
            match matching {
                _ if !judged.shows_group(group) => {}
                Matching::Some => {}
                Matching::Undecided => dead
                    .undecided
                    .push(format!("whether firewall rule `{path}` ever matches was not decided: too many rules")),
                Matching::Never(by) => {
                    dead.never.insert(subject.key());
                    let opposite = by.iter().any(|other| access(other) != access(&path));
                    let sentence = match by.as_slice() {
                        [] => format!(
                            "firewall rule `{path}` never matches: names in network rules need the DNS proxy and more than the Basic tier"
                        ),
                        [one] => format!(
                            "firewall rule `{path}` never matches: `{one}` is processed before it and matches all that it would"
                        ),
                        _ => format!(
                            "firewall rule `{path}` never matches: `{}` are processed before it and together match all that it would",
                            by.join("`, `")
                        ),
                    };
                    let severity = if opposite || by.is_empty() { Severity::Warning } else { Severity::Note };
                    let finding = Finding::new(Kind::Dead, severity, subject, "", sentence);
                    dead.findings.push(finding.fix(Fix::Words(format!(
                        "take rule `{path}` out of the firewall's policy, or move it before the others"
                    ))));
                }
            }
        }
    }
    for (table, wins) in routes_winning(network, &judged.table) {
        let routes = network.route_tables.get(&table).filter(|_| judged.shows_table(&table));
        for (route, wins) in routes.iter().flat_map(|table| &table.routes).zip(wins) {
            if wins {
                continue;
            }
            let subject = Subject {
                resource: Resource::RouteTable,
                name: table.clone(),
                rule: route.name.clone(),
                ..Subject::default()
            };
            let sentence = format!(
                "route `{}` of table `{table}` never wins: longer or preferred routes take all of its addresses",
                route.name
            );
            let finding = Finding::new(
                Kind::Dead,
                Severity::Note,
                subject,
                &format!("{:?} {:?}", route.destination, route.next_hop),
                sentence,
            );
            dead.findings.push(finding.fix(Fix::RemoveRoute { table: table.clone(), route: route.name.clone() }));
        }
    }
    dead
}

fn word(access: Access) -> &'static str {
    match access {
        Access::Allow => "allows",
        Access::Deny => "denies",
    }
}

fn of_nsg(judged: &Judged, name: &str, nsg: &Nsg, matching: &[Matching], dead: &mut Dead) {
    let subject = |rule: &SecurityRule| Subject {
        resource: Resource::Nsg,
        name: name.into(),
        rule: rule.name.clone(),
        direction: Some(rule.direction),
        ..Subject::default()
    };
    let by_name: BTreeMap<&str, &SecurityRule> = nsg.rules.iter().map(|rule| (rule.name.as_str(), rule)).collect();
    let named = |wanted: &str| by_name.get(wanted).copied();
    let mut undecided = 0;
    // Allows that one deny swallows whole are told with it, once.
    let mut swallowed = BTreeMap::<&str, Vec<&SecurityRule>>::new();
    for (rule, matching) in nsg.rules.iter().zip(matching) {
        let by = match matching {
            Matching::Some => continue,
            Matching::Undecided => {
                undecided += 1;
                continue;
            }
            Matching::Never(by) => by,
        };
        dead.never.insert(subject(rule).key());
        if let ([one], Access::Allow) = (by.as_slice(), rule.access)
            && named(one).is_some_and(|other| other.access == Access::Deny)
        {
            swallowed.entry(one).or_default().push(rule);
            continue;
        }
        let opposite = by.iter().filter_map(|other| named(other)).any(|other| other.access != rule.access);
        let sentence = match by.as_slice() {
            [] => format!(
                "rule `{}` of NSG `{name}` matches nothing: its two sides have no kind of address in common",
                rule.name
            ),
            [one] => format!(
                "rule `{}` of NSG `{name}` has no effect: rule `{one}` comes first and {} all of the same traffic",
                rule.name,
                named(one).map_or("decides", |other| word(other.access))
            ),
            _ => format!(
                "rule `{}` of NSG `{name}` has no effect: rules `{}` come first and together decide all of the same traffic",
                rule.name,
                by.join("`, `")
            ),
        };
        let severity = if opposite || by.is_empty() { Severity::Warning } else { Severity::Note };
        let finding = Finding::new(Kind::Dead, severity, subject(rule), &content(rule), sentence);
        let finding = match opposite {
            true => finding.detail(format!("it {} what the others decide otherwise", word(rule.access))),
            false => finding.detail("they decide the same, so it can go without any change"),
        };
        // When what comes first goes, this one is what is left.
        let gone: Vec<&str> = by.iter().map(String::as_str).filter(|other| judged.is_gone(name, other)).collect();
        dead.findings.push(finding.fix(match gone.as_slice() {
            [] => Fix::RemoveRule { nsg: name.into(), rule: rule.name.clone() },
            gone => Fix::Words(format!("keep it: `{}` is to be removed, and then this one decides", gone.join("`, `"))),
        }));
    }
    if undecided > 0 {
        let what =
            format!("whether {undecided} of the rules of NSG `{name}` ever match was not decided: too many rules");
        dead.undecided.push(what);
    }
    for (deny, rules) in swallowed {
        let Some(deny) = named(deny) else { continue };
        let names: Vec<String> = rules.iter().map(|rule| format!("`{}`", rule.name)).collect();
        let what = match names.as_slice() {
            [one] => format!("rule {one} after it"),
            _ => format!("the {} rules after it", names.len()),
        };
        let sentence =
            format!("rule `{}` of NSG `{name}` comes too early: it denies all that {what} would allow", deny.name);
        let print = format!("{} {}", content(deny), names.join(" "));
        let mut finding = Finding::new(Kind::Contradiction, Severity::Warning, subject(deny), &print, sentence);
        finding = finding.detail(format!("without effect: {}", names.join(", ")));
        let after = rules.iter().map(|rule| rule.priority).max().unwrap_or(deny.priority);
        let free = (after + 1..=4096).rev().find(|priority| {
            !nsg.rules.iter().any(|rule| rule.direction == deny.direction && rule.priority == *priority)
        });
        let moved = free.map(|priority| {
            let rule = SecurityRule { priority, ..deny.clone() };
            Fix::AddRule { nsg: name.into(), rule: Box::new(rule) }
        });
        finding.fixes.extend([Fix::RemoveRule { nsg: name.into(), rule: deny.name.clone() }].into_iter().chain(moved));
        dead.findings.push(finding);
    }
}
