//! Azure's limits, checked before anything is written.

use super::{Notes, PlannedFirewall, PlannedNsg, PlannedRouteTable, PlannedRule};
use crate::model::{Endpoint, RouteDestination, SecurityRule};
use crate::problem::Problem;

/// Azure's limits (azure-subscription-service-limits, networking), checked before anything is written.
pub(super) fn check(
    nsgs: &[PlannedNsg],
    route_tables: &[PlannedRouteTable],
    firewall: Option<&PlannedFirewall>,
    notes: &mut Notes,
) {
    let mut over = |what: String, hint: &str| notes.problems.push(Problem::at("subnets", what, hint));
    let named = |name: &str| crate::intent::is_azure_name(name, 80);
    for nsg in nsgs {
        if !named(&nsg.name) {
            over(
                format!("Azure refuses the NSG name `{}`", nsg.name),
                "at most 80 characters: shorten `name`, the subnet or `naming.nsg`",
            );
        }
        if nsg.rules.len() > 1000 {
            over(
                format!("NSG `{}` has {} rules, Azure takes 1,000", nsg.name, nsg.rules.len()),
                "fewer subnets per NSG",
            );
        }
        for rule in nsg.rules.iter().filter(|rule| !named(&rule.rule.name)) {
            over(
                format!("Azure refuses the rule name `{}`", rule.rule.name),
                "at most 80 characters: a shorter subnet name",
            );
        }
        let prefixes = |pick: fn(&SecurityRule) -> &Endpoint| {
            let count = |rule: &PlannedRule| match pick(&rule.rule) {
                Endpoint::Prefixes(prefixes) => prefixes.len(),
                _ => 0,
            };
            nsg.rules.iter().map(count).sum::<usize>()
        };
        for total in [prefixes(|rule| &rule.source), prefixes(|rule| &rule.destination)] {
            if total > 4000 {
                over(
                    format!("NSG `{}` names {total} prefixes on one side, Azure takes 4,000", nsg.name),
                    "aggregate the prefixes in the answers",
                );
            }
        }
    }
    for table in route_tables {
        if !named(&table.name) {
            over(
                format!("Azure refuses the route table name `{}`", table.name),
                "at most 80 characters: shorten `name`, the subnet or `naming.route_table`",
            );
        }
        if table.routes.len() > 400 {
            over(
                format!("route table `{}` has {} routes, Azure takes 400", table.name, table.routes.len()),
                "use `aml.routes: tag`",
            );
        }
        let tagged = table.routes.iter().filter(|r| matches!(r.route.destination, RouteDestination::Tag(_)));
        if tagged.count() > 25 {
            over(
                format!("route table `{}` has more than 25 service-tag routes", table.name),
                "use `aml.routes: prefixes`",
            );
        }
    }
    // A rule counts once for each pair of source and destination (firewall-limits, 2023-10-10).
    let size = |endpoint: &Endpoint| match endpoint {
        Endpoint::Prefixes(prefixes) => prefixes.len(),
        _ => 1,
    };
    let pairs = firewall.map_or(0, |firewall| {
        let rules = firewall.network.iter().map(|planned| &planned.rule);
        rules
            .map(|rule| size(&rule.source) * (rule.destinations.iter().map(size).sum::<usize>() + rule.names.len()))
            .sum()
    });
    if pairs > 20_000 {
        over(
            format!("the firewall's network rules make {pairs} pairs of source and destination, Azure takes 20,000"),
            "fewer subnets, or fewer prefixes in the answers",
        );
    }
}
