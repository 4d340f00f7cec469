//! Paths to networks: answers as they are planned, generated folders as they are written, exports as they exist.

use super::{Common, input};
use crate::catalog::Cloud;
use crate::catalog::tags::Tags;
use crate::environment::{self, Environment};
use crate::flow::Roles;
use crate::import::{exports, folder};
use crate::model::Network;
use crate::problem::Problem;
use crate::write::LOCK;
use std::collections::BTreeMap;
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
}

/// Reads what the paths name: one answers file, one generated folder, or exports.
///
/// # Errors
///
/// Whatever is wrong with any of them; formats of one folder that do not say the same.
pub(super) fn see(paths: &[PathBuf], common: &Common) -> Result<Seen, Vec<Problem>> {
    match paths {
        [path] if path.is_dir() && path.join(LOCK).exists() => of_folder(path, common),
        [path] if is_answers(path) => {
            let environment = planned(path, common)?;
            let network = environment.plan.assumed_network();
            Ok(Seen {
                network,
                roles: roles(&environment),
                tags: tags(environment.intent.cloud, common)?,
                notes: Vec::new(),
            })
        }
        paths => of_exports(paths, common),
    }
}

fn is_answers(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    !path.is_dir() && ["yaml", "yml"].contains(&extension.to_ascii_lowercase().as_str())
}

fn planned(path: &Path, common: &Common) -> Result<Environment, Vec<Problem>> {
    let tag_file = input::tag_file(common)?;
    input::answers(path, &[], common)?.environment(tag_file.as_ref())
}

fn tags(cloud: Cloud, common: &Common) -> Result<Tags, Vec<Problem>> {
    environment::tags(input::tag_file(common)?.as_ref(), cloud).map_err(|problem| vec![problem])
}

fn roles(environment: &Environment) -> Roles {
    let mut roles = Roles::new();
    for subnet in &environment.plan.subnets {
        for role in &subnet.roles {
            roles.entry(role.name().into()).or_default().push(subnet.name.clone());
        }
    }
    roles
}

/// The written files of a folder; its own answers say what stands around them.
fn of_folder(path: &Path, common: &Common) -> Result<Seen, Vec<Problem>> {
    let environment = planned(&path.join("answers.yaml"), common)?;
    let files = files(path)?;
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    for (format, network) in folder::read(&files) {
        match network {
            Ok(network) => read.push((format, network)),
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let Some(((format, network), others)) = read.split_first() else {
        let hint = "generate with one of the formats terraform, bicep, arm, azcli";
        return Err(vec![Problem::in_file(&path.display().to_string(), "it holds no network", hint)]);
    };
    for (other, same) in others {
        if same != network {
            let what = format!("{} and {} do not describe the same network", format.name(), other.name());
            let hint = format!("`netcordon prove {}` says what each of them lets through", path.display());
            problems.push(Problem::in_file(&path.display().to_string(), what, hint));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut network = network.clone();
    let assumed = environment.plan.assumed_network();
    // What the files do not hold, because others own it, is what the answers say.
    network.appliances = assumed.appliances;
    for (name, table) in &mut network.route_tables {
        if let Some(known) = assumed.route_tables.get(name).filter(|_| table.others_routes) {
            let own: Vec<String> = table.routes.iter().map(|route| route.name.clone()).collect();
            table.routes.extend(known.routes.iter().filter(|route| !own.contains(&route.name)).cloned());
        }
    }
    Ok(Seen { network, roles: roles(&environment), tags: tags(environment.intent.cloud, common)?, notes: Vec::new() })
}

fn of_exports(paths: &[PathBuf], common: &Common) -> Result<Seen, Vec<Problem>> {
    let mut named = Vec::new();
    for path in paths {
        if path.is_dir() {
            let files = files(path)?;
            let folder = path.display();
            let json = files.into_iter().filter(|(name, _)| name.ends_with(".json"));
            named.extend(json.map(|(name, bytes)| (format!("{folder}/{name}"), bytes)));
        } else {
            named.push((path.display().to_string(), input::bytes(path).map_err(|problem| vec![problem])?));
        }
    }
    let shown = exports::read(&named)?;
    let notes = shown.ignored.iter().filter(|ignored| ignored.matters);
    let notes = notes.map(|ignored| format!("{}: {}", ignored.place, ignored.why)).collect();
    Ok(Seen { network: shown.network, roles: Roles::new(), tags: tags(Cloud::AzureCloud, common)?, notes })
}

/// Every file below a folder, by its path in it.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Vec<Problem>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(place) = open.pop() {
        let entries = std::fs::read_dir(&place).map_err(|error| vec![input::failed(&place, &error, "")])?;
        for entry in entries {
            let path = entry.map_err(|error| vec![input::failed(&place, &error, "")])?.path();
            if path.is_dir() && !path.is_symlink() {
                open.push(path);
            } else if path.is_file() {
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.insert(name, input::bytes(&path).map_err(|problem| vec![problem])?);
            }
        }
    }
    Ok(files)
}
