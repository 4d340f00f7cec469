//! Routes: the default route to the firewall or appliance, and the ways past it that compute with public addresses needs.

use super::firewall::Rules;
use super::{
    Context, Notes, Ownership, PlannedRoute, PlannedRouteTable, resource_name, runs_machines, service_endpoints,
    written_out,
};
use crate::catalog::Role;
use crate::intent::{Attach, SubnetIntent};
use crate::model::{Endpoint, NextHop, Route, RouteDestination};
use crate::problem::Problem;
use crate::required::{Party, RequiredFlow};
use ipnet::{IpNet, Ipv4Net};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

const AML: &str = "AzureMachineLearning";

/// One route table for each name.
pub(super) fn plan(context: &Context, notes: &mut Notes) -> Vec<PlannedRouteTable> {
    let Some(next_hop) = context.intent.next_hop() else { return Vec::new() };
    let mut tables: BTreeMap<String, PlannedRouteTable> = BTreeMap::new();
    for subnet in context.intent.subnets.iter().filter(|subnet| runs_machines(subnet)) {
        let Some(name) = resource_name(&subnet.routes, &context.intent.route_table_pattern, context.intent, subnet)
        else {
            continue;
        };
        let extended = matches!(subnet.routes, Attach::Extend(_));
        let table = tables.entry(name.clone()).or_insert_with(|| PlannedRouteTable {
            name: name.clone(),
            ownership: if extended { Ownership::Extend } else { Ownership::Create },
            adopted: matches!(subnet.routes, Attach::Adopt(_)),
            subnets: Vec::new(),
            routes: Vec::new(),
        });
        table.subnets.push(subnet.name.clone());
        // An adopted table may stand on several subnets: its routes are keyed by the first.
        let scope = if extended { format!("extend:{name}") } else { table.subnets[0].clone() };
        let own = |name: &str| if extended { format!("{}-{name}", context.intent.name) } else { name.to_string() };
        let default = PlannedRoute {
            key: format!("plan.default/{scope}"),
            route: Route {
                name: own("default"),
                destination: RouteDestination::Prefix(IpNet::V4(Ipv4Net::default())),
                next_hop: NextHop::Appliance(IpAddr::V4(next_hop)),
            },
            why: "everything without a more specific route goes through the firewall".into(),
            because: Vec::new(),
        };
        // A table of others behind a firewall has its own: Azure refuses two routes of one prefix, and one that is
        // missing there is missing on purpose, for their subnets.
        if !extended && !table.routes.contains(&default) {
            table.routes.push(default);
        }
        if subnet.roles.contains(&Role::AmlCompute) && subnet.public_ip {
            for route in past_the_firewall(context, subnet, &scope, &own, notes) {
                if !table.routes.contains(&route) {
                    table.routes.push(route);
                }
            }
        }
    }
    for table in tables.values() {
        mixed_table(context, table, notes);
    }
    tables.into_values().collect()
}

/// The default route serves what the firewall holds for the table's subnets.
pub(super) fn serve(tables: &mut [PlannedRouteTable], (network, application): &Rules) {
    let network = network.iter().map(|rule| (&rule.key, &rule.because));
    let held: Vec<(&String, &Vec<String>)> =
        network.chain(application.iter().map(|rule| (&rule.key, &rule.because))).collect();
    for table in tables {
        let of = |key: &str| table.subnets.iter().any(|subnet| key.ends_with(&format!("/{subnet}")));
        let ids: BTreeSet<String> =
            held.iter().filter(|(key, _)| of(key)).flat_map(|(_, ids)| ids.iter().cloned()).collect();
        for route in table.routes.iter_mut().filter(|route| matches!(route.route.next_hop, NextHop::Appliance(_))) {
            route.because = ids.iter().cloned().collect();
        }
    }
}

/// What leaves these subnets past the firewall or proxy, and why: service endpoints, and routes with next hop Internet.
pub(super) fn past(context: &Context, tables: &[PlannedRouteTable], subnets: &[&str]) -> Vec<(Endpoint, &'static str)> {
    if context.intent.next_hop().is_none() && context.intent.proxy().is_none() {
        return Vec::new();
    }
    let mut endpoints: BTreeSet<String> = BTreeSet::new();
    for subnet in context.intent.subnets.iter().filter(|subnet| subnets.contains(&subnet.name.as_str())) {
        endpoints.extend(service_endpoints(subnet, context.intent));
    }
    let by_endpoint = match context.intent.proxy() {
        None => "the service endpoint's routes are more specific than the default route",
        Some(_) => "machines reach it directly by the service endpoint",
    };
    let mut past: Vec<(Endpoint, &'static str)> =
        endpoints.iter().map(|endpoint| (Endpoint::Tag(endpoint.replace("Microsoft.", "")), by_endpoint)).collect();
    let by_route = "a route with next hop Internet takes it past the firewall";
    let mut prefixes = Vec::new();
    let here = |table: &&PlannedRouteTable| table.subnets.iter().any(|name| subnets.contains(&name.as_str()));
    for route in tables.iter().filter(here).flat_map(|table| &table.routes) {
        match &route.route.destination {
            _ if route.route.next_hop != NextHop::Internet => {}
            RouteDestination::Tag(tag) => past.push((Endpoint::Tag(tag.clone()), by_route)),
            RouteDestination::Prefix(prefix) => prefixes.push(*prefix),
        }
    }
    if !prefixes.is_empty() {
        prefixes.sort();
        past.push((Endpoint::Prefixes(prefixes), by_route));
    }
    past
}

/// Compute without a public address must not share a table with the routes to Internet: it would have no way out.
fn mixed_table(context: &Context, table: &PlannedRouteTable, notes: &mut Notes) {
    let direct = table.routes.iter().any(|route| route.route.next_hop == NextHop::Internet);
    let closed = |name: &&String| {
        context.intent.subnets.iter().any(|s| s.name == **name && s.roles.contains(&Role::AmlCompute) && !s.public_ip)
    };
    if direct && let Some(subnet) = table.subnets.iter().find(closed) {
        let what = format!(
            "route table `{}` sends Azure ML traffic of `{subnet}` to Internet, where its compute has no address",
            table.name
        );
        notes.problems.push(Problem::at("subnets", what, "give the subnet a route table of its own"));
    }
}

/// Management traffic enters by the compute's own public address; its replies must leave the same way, or the firewall
/// drops them (how-to-access-azureml-behind-firewall, compute with a public IP).
fn past_the_firewall(
    context: &Context,
    subnet: &SubnetIntent,
    scope: &str,
    own: &dyn Fn(&str) -> String,
    notes: &mut Notes,
) -> Vec<PlannedRoute> {
    let comes_in = |flow: &&RequiredFlow| {
        let here = match &flow.to {
            Party::Subnet { name, .. } => *name == subnet.name,
            Party::Prefixes { on, .. } => on.contains(&subnet.name),
            Party::Service(_) => false,
        };
        here && matches!(&flow.from, Party::Service(service) if service.tag.as_deref() == Some(AML))
    };
    let because: Vec<String> = context.flows.iter().filter(comes_in).map(|flow| flow.requirement.clone()).collect();
    let inbound = because.first().cloned().unwrap_or_default();
    let route = |key: String, name: String, destination: RouteDestination, why: String| PlannedRoute {
        key,
        route: Route { name, destination, next_hop: NextHop::Internet },
        why,
        because: because.clone(),
    };
    let by_prefix = |prefix: IpNet, tag: &str| {
        let name = format!("azureml-{}", prefix.to_string().replace(['.', '/'], "-"));
        let why = format!("{tag} of {}; must be renewed when Microsoft changes it", context.tags.source());
        route(format!("plan.{name}/{scope}"), own(&name), RouteDestination::Prefix(prefix), why)
    };
    if !context.intent.route_prefixes {
        if !context.tags.find(AML).is_some_and(|tag| tag.route) {
            let prefixes = written_out::prefixes(context, AML);
            written_out::warn(context, AML, "a route", prefixes.len(), &inbound, notes);
            return prefixes.into_iter().map(|prefix| by_prefix(prefix, AML)).collect();
        }
        let why = "replies to management traffic leave by the compute's public address, as they came; the tag keeps itself current";
        return vec![route(
            format!("plan.azureml/{scope}"),
            own("azureml"),
            RouteDestination::Tag(AML.into()),
            why.into(),
        )];
    }
    // A region without a pair has no second set that could be forgotten; the page asks for both.
    for region in [&context.intent.region, &context.intent.workspace_region] {
        if region.pair.is_none() {
            let what = format!("region `{}` has no pair, whose prefixes the routes would need as well", region.name);
            let problem = Problem::at("aml.routes", what, "use `aml.routes: tag`");
            if !notes.problems.contains(&problem) {
                notes.problems.push(problem);
            }
        }
    }
    let mut routes = Vec::new();
    for region in context.intent.aml_regions() {
        let tag = format!("{AML}.{}", region.tag);
        let Some(prefixes) = context.tags.prefixes(&tag) else {
            let what = format!("{} has no `{tag}`", context.tags.source());
            notes.problems.push(Problem::at(
                "aml.routes",
                what,
                "use `aml.routes: tag`, or newer data with `--service-tags FILE`",
            ));
            continue;
        };
        for prefix in prefixes.into_iter().filter(|prefix| matches!(prefix, IpNet::V4(_))) {
            routes.push(by_prefix(prefix, &tag));
        }
    }
    routes.sort_by(|a, b| a.key.cmp(&b.key));
    routes.dedup_by(|a, b| a.key == b.key);
    routes
}
