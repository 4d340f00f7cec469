//! An allow-list for Squid: what of the plan a web proxy can hold, HTTP and HTTPS by name or address.
//!
//! `dstdomain .x.org` is every name below `x.org` and `x.org` itself, so the name alone is taken out again where only
//! what is below was asked for. `-n` keeps Squid from looking up the name of an address: its owner could choose any.
//! Squid refuses to start on a list in which one entry covers another; these are minimal.

use super::lists::{Group, groups};
use crate::model::ports_text;
use crate::plan::Plan;
use crate::render::Input;
use crate::render::engine::{Value, view};

/// The view of `firewall/squid.conf`.
pub(in crate::render) fn view(input: &Input) -> Value {
    let groups = web_groups(input.plan);
    let rules: Vec<Value> = groups.iter().enumerate().map(|(index, group)| rule(index + 1, group)).collect();
    let sources: Vec<String> = input.plan.subnets.iter().map(|subnet| subnet.prefix.to_string()).collect();
    view!({
        "name": input.plan.name,
        "sources": sources,
        "rules": rules,
    })
}

/// The rules that a web proxy can hold.
fn web_groups(plan: &Plan) -> Vec<Group<'_>> {
    groups(plan).into_iter().filter(Group::is_web).collect()
}

fn rule(number: usize, group: &Group) -> Value {
    let tops: Vec<&str> = group.names.iter().filter_map(|name| name.strip_prefix("*.")).collect();
    let names: Vec<&String> = group.names.iter().filter(|name| !name.starts_with('*')).collect();
    let prefixes: Vec<String> = group.prefixes.iter().map(ToString::to_string).collect();
    let ports: Vec<String> = ports_text(group.services.tcp_ports()).split(',').map(Into::into).collect();
    view!({
        "number": number,
        "subnet": group.subnet.name,
        "source": group.subnet.prefix.to_string(),
        "ports": ports,
        "names": names,
        "has_names": !names.is_empty(),
        "tops": tops,
        "has_tops": !tops.is_empty(),
        "prefixes": prefixes,
        "has_prefixes": !prefixes.is_empty(),
    })
}
