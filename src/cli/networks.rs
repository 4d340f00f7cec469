//! Paths to networks: answers as they are planned, generated folders as they are written, exports as they exist.

use super::sources::{Source, sources};
use super::{Common, input};
use crate::catalog::Cloud;
use crate::catalog::tags::Tags;
use crate::environment::{self, Environment};
use crate::flow::Roles;
use crate::import::{exports, folder};
use crate::model::{Network, NextHop, Route, RouteDestination};
use crate::problem::Problem;
use std::path::{Path, PathBuf};

/// A network, and what helps to talk about it.
pub(super) struct Seen {
    pub(super) network: Network,
    /// Subnets by role, where answers say so.
    pub(super) roles: Roles,
    /// The service tags of its cloud.
    pub(super) tags: Tags,
    /// What was not seen, or not used.
    pub(super) notes: Vec<String>,
    /// Whether it is what exports show, beside which there may be more.
    pub(super) as_shown: bool,
}

/// Reads what the paths name: one answers file, one generated folder, or exports, which say nothing of their cloud.
///
/// # Errors
///
/// Whatever is wrong with any of them; formats of one folder that do not say the same.
pub(super) fn see(paths: &[PathBuf], cloud: Cloud, common: &Common) -> Result<Seen, Vec<Problem>> {
    let mut sources = sources(paths)?;
    let (source, true) = (sources.pop(), sources.is_empty()) else {
        let hint = "name one answers file, or one generated folder, or exports";
        return Err(vec![Problem::at("", "these are networks of different kinds", hint)]);
    };
    match source {
        Some(Source::Answers { path, bytes }) => {
            let environment = planned(&path, bytes, common)?;
            seen(environment.plan.assumed_network(), &environment, common)
        }
        Some(Source::Folder { path, files }) => {
            let answers = files.get("answers.yaml").cloned().unwrap_or_default();
            let environment = planned(&path.join("answers.yaml"), answers, common)?;
            let network = written(&path, &folder::read(&files))?;
            seen(completed(network, &environment.plan.assumed_network()), &environment, common)
        }
        Some(Source::Exports(files)) => {
            let shown = exports::read(&files)?;
            shown.as_one()?;
            let notes = shown.ignored.iter().filter(|ignored| ignored.matters);
            let notes = notes.map(|ignored| format!("{}: {}", ignored.place, ignored.why)).collect();
            Ok(Seen { network: shown.network, roles: Roles::new(), tags: tags(cloud, common)?, notes, as_shown: true })
        }
        None => Err(vec![Problem::at("", "nothing is named", "name an answers file, a generated folder or exports")]),
    }
}

fn planned(path: &Path, bytes: Vec<u8>, common: &Common) -> Result<Environment, Vec<Problem>> {
    let tag_file = input::tag_file(common)?;
    input::answers_of(path, bytes, &[], common)?.environment(tag_file.as_ref())
}

fn tags(cloud: Cloud, common: &Common) -> Result<Tags, Vec<Problem>> {
    environment::tags(input::tag_file(common)?.as_ref(), cloud).map_err(|problem| vec![problem])
}

fn seen(network: Network, environment: &Environment, common: &Common) -> Result<Seen, Vec<Problem>> {
    let mut roles = Roles::new();
    for subnet in &environment.plan.subnets {
        for role in &subnet.roles {
            roles.entry(role.name().into()).or_default().push(subnet.name.clone());
        }
    }
    Ok(Seen { network, roles, tags: tags(environment.intent.cloud, common)?, notes: Vec::new(), as_shown: false })
}

/// The one network that all formats of a folder describe.
fn written(path: &Path, read: &[(folder::Format, Result<Network, Vec<Problem>>)]) -> Result<Network, Vec<Problem>> {
    let at = |what: String, hint: String| vec![Problem::in_file(&path.display().to_string(), what, hint)];
    let problems: Vec<Problem> =
        read.iter().filter_map(|(_, network)| network.as_ref().err()).flatten().cloned().collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut networks = read.iter().filter_map(|(format, network)| Some((format, network.as_ref().ok()?)));
    let Some((format, network)) = networks.next() else {
        return Err(at(
            "there is no rule of any format here".into(),
            "let `outputs` name one of terraform, bicep, arm, azcli".into(),
        ));
    };
    if let Some((other, _)) = networks.find(|(_, other)| *other != network) {
        let what = format!("{} and {} do not describe the same network", format.name(), other.name());
        return Err(at(what, format!("`netcordon prove {}` judges each of them", path.display())));
    }
    Ok(network.clone())
}

/// With what no file of ours holds and every verdict takes for granted: what an appliance lets through, and that a route
/// table of others leads to the firewall.
pub(super) fn completed(mut network: Network, planned: &Network) -> Network {
    network.appliances.clone_from(&planned.appliances);
    let default = RouteDestination::Prefix(ipnet::IpNet::V4(ipnet::Ipv4Net::default()));
    let is_assumed = |route: &&Route| route.destination == default && matches!(route.next_hop, NextHop::Appliance(_));
    for (name, table) in network.route_tables.iter_mut().filter(|(_, table)| table.others_routes) {
        let assumed = planned.route_tables.get(name).and_then(|table| table.routes.iter().find(is_assumed));
        if !table.routes.iter().any(|route| route.destination == default) {
            table.routes.extend(assumed.cloned());
        }
    }
    network
}
