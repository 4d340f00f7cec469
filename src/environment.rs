//! Answers to everything: intent, required flows, plan, its check, artifacts. One plain function; no disk, no terminal.

use crate::artifact::Artifact;
use crate::audit::{self, Audit, Date};
use crate::catalog::tags::{TagFile, Tags};
use crate::catalog::{Catalog, Cloud, Need};
use crate::import::exports::Shown;
use crate::intent::{Intent, SubnetIntent, catalog_files, resolve};
use crate::model::{Network, Subnet, TagTable, WayOut};
use crate::plan::{Plan, Warning, plan, space_without_names};
use crate::problem::Problem;
use crate::proof::{Outcome, Proof, Verdict, prove};
use crate::question::{Answers, Places, Read, to_yaml};
use crate::render::templates::Templates;
use crate::render::{Input, render_from};
use crate::required::{NotApplied, RequiredFlow, required, tags_of};
use crate::write::{LockHeader, digest};
use std::collections::{BTreeMap, BTreeSet};

/// The tags whose addresses the simulator may need beside those of the flows: service endpoints and routes.
const ALWAYS: [&str; 2] = ["Storage", "AzureMachineLearning"];

/// A planned and judged environment.
#[derive(Debug)]
pub struct Environment {
    /// What is to be planned.
    pub intent: Intent,
    /// The requirements.
    pub catalog: Catalog,
    /// What must pass.
    pub flows: Vec<RequiredFlow>,
    /// The addresses behind the tags in play.
    pub table: TagTable,
    /// The network to build.
    pub plan: Plan,
    /// What its own check found.
    pub proof: Proof,
    /// Which tag data it was planned with.
    pub tags_source: String,
}

/// What answers demand of a network, whatever is planned.
#[derive(Debug)]
pub struct Demand {
    /// What is to be planned.
    pub intent: Intent,
    /// The requirements.
    pub catalog: Catalog,
    /// What must pass.
    pub flows: Vec<RequiredFlow>,
    /// The service tags.
    pub tags: Tags,
    /// The addresses behind the tags in play.
    table: TagTable,
    not_applied: Vec<NotApplied>,
}

/// Resolves answers to what they demand.
///
/// `own` are the files of own requirements, each under its name in the answers. Problems carry the place of the answer
/// they are about.
pub fn demand(
    read: &Read,
    file: &str,
    own: &[(String, Vec<u8>)],
    tag_file: Option<&TagFile>,
) -> Result<Demand, Vec<Problem>> {
    if read.unreadable {
        // Every answer is missing from such a file, and saying so of each would hide why.
        return Err(read.problems.clone());
    }
    let mut problems = read.problems.clone();
    let catalog = match Catalog::load(catalog_files(&read.answers), own) {
        Ok(catalog) => catalog,
        Err(found) => {
            problems.extend(found);
            // What is wrong with the answers is reported in the same run.
            Catalog::load(catalog_files(&read.answers), &[])?
        }
    };
    let intent = match resolve(&read.answers, &catalog) {
        Ok(intent) => Some(intent),
        Err(found) => {
            // What could not be read is reported once, not again as missing: an answer, or a row of it.
            let reported = |path: &str| read.problems.iter().any(|problem| problem.place.path.starts_with(path));
            problems.extend(found.into_iter().filter(|problem| !reported(&problem.place.path)));
            None
        }
    };
    let (Some(intent), true) = (intent, problems.is_empty()) else {
        return Err(placed(problems, file, &read.places));
    };
    let tags = tags(tag_file, intent.cloud).map_err(|problem| vec![problem])?;
    let (flows, not_applied) = required(&catalog, &intent, &tags);
    let table = table(&tags, &flows, &intent);
    Ok(Demand { intent, catalog, flows, tags, table, not_applied })
}

impl Demand {
    /// The network that would be planned, with what is taken for granted of it.
    ///
    /// Errors: what makes a plan impossible. There is always [`Demand::bare_network`].
    pub fn planned_network(&self) -> Result<Network, Vec<Problem>> {
        let plan = plan(&self.catalog, &self.intent, &self.flows, &self.not_applied, &self.tags, &self.table)?;
        Ok(plan.assumed_network())
    }

    /// The subnets of the answers and the space around them, without any rule or route.
    pub fn bare_network(&self) -> Network {
        let network = &self.intent.network;
        let subnet = |subnet: &SubnetIntent| Subnet {
            name: subnet.name.clone(),
            prefixes: vec![subnet.prefix],
            way_out: if subnet.public_ip { WayOut::PublicAddress } else { WayOut::Unknown },
            ..Subnet::default()
        };
        Network {
            address_space: network.address_space.clone(),
            peered: network.peered.iter().flat_map(|(_, prefixes)| prefixes.clone()).collect(),
            on_premises: network.on_premises.clone(),
            subnets: self.intent.subnets.iter().map(subnet).collect(),
            ..Network::default()
        }
    }

    /// Judges a network by what is demanded; see [`audit::Input`].
    pub fn audit(&self, network: &Network, planned: &Network, shown: Option<&Shown>, today: Option<Date>) -> Audit {
        let without_names = space_without_names(&self.intent.network.own_space());
        audit::audit(&audit::Input {
            network,
            planned,
            flows: &self.flows,
            intent: &self.intent,
            catalog: &self.catalog,
            tags: &self.tags,
            without_names: &without_names,
            shown,
            today,
        })
    }
}

/// Resolves, plans and judges.
///
/// `own` are the files of own requirements, each under its name in the answers. Problems carry the place of the answer
/// they are about; with any problem there is no environment.
pub fn build(
    read: &Read,
    file: &str,
    own: &[(String, Vec<u8>)],
    tag_file: Option<&TagFile>,
) -> Result<Environment, Vec<Problem>> {
    let Demand { intent, catalog, flows, tags, table, not_applied } = demand(read, file, own, tag_file)?;
    let found = judge(&catalog, &intent, &flows, &not_applied, &tags, &table);
    let (plan, proof) = found.map_err(|problems| placed(problems, file, &read.places))?;
    let tags_source = tags.source().to_string();
    Ok(Environment { intent, catalog, flows, table, plan, proof, tags_source })
}

/// The tag data of a cloud: the user's file, or the snapshot that ships with the program.
pub fn tags(tag_file: Option<&TagFile>, cloud: Cloud) -> Result<Tags, Problem> {
    match tag_file {
        Some(file) => Tags::from_file(file, cloud),
        None => Ok(Tags::snapshot(cloud)),
    }
}

/// The addresses of every tag in play, decoded once.
fn table(tags: &Tags, flows: &[RequiredFlow], intent: &Intent) -> TagTable {
    let mut names = tags_of(flows);
    names.extend(ALWAYS.map(String::from));
    if intent.route_prefixes {
        names.extend(tags.regional("AzureMachineLearning", &intent.region.tag, &intent.region.code));
    }
    let mut table = TagTable::default();
    for name in names {
        if let Some(addresses) = tags.addresses(&name) {
            table.insert(&name, addresses);
        }
    }
    table
}

fn judge(
    catalog: &Catalog,
    intent: &Intent,
    flows: &[RequiredFlow],
    not_applied: &[NotApplied],
    tags: &Tags,
    table: &TagTable,
) -> Result<(Plan, Proof), Vec<Problem>> {
    let mut plan = plan(catalog, intent, flows, not_applied, tags, table)?;
    let without_names = space_without_names(&intent.network.own_space());
    let proof = prove(&plan.assumed_network(), flows, table, &without_names, intent.open_names);
    let problems = failures(&proof);
    plan.warnings.extend(stuck(catalog, &plan, &proof));
    if problems.is_empty() { Ok((plan, proof)) } else { Err(problems) }
}

/// Optional flows that the plan meant to let through and that do not pass: each is a warning with what is lost.
fn stuck(catalog: &Catalog, plan: &Plan, proof: &Proof) -> Vec<Warning> {
    let said: BTreeSet<&str> = plan.warnings.iter().map(|warning| warning.requirement.as_str()).collect();
    let stuck = proof.verdicts.iter().filter(|verdict| {
        let blocked = matches!(verdict.outcome, Outcome::Blocked | Outcome::Part(_));
        blocked && verdict.need == Need::Optional && !said.contains(verdict.requirement.as_str())
    });
    let warning = |verdict: &Verdict| Warning {
        what: format!("`{}` does not pass from {}: {}", verdict.requirement, verdict.from, verdict.decided),
        consequence: catalog.get(&verdict.requirement).map_or(String::new(), |row| row.consequence.clone()),
        requirement: verdict.requirement.clone(),
    };
    stuck.map(warning).collect()
}

/// What speaks against a network, as problems: which flow, which rule, what to change.
pub fn failures(proof: &Proof) -> Vec<Problem> {
    let mut problems = Vec::new();
    for verdict in proof.failures() {
        let how = match &verdict.outcome {
            Outcome::Part(what) => format!("passes in part only, not to or from {what}"),
            Outcome::Undecided => "was not decided within the work budget".into(),
            _ => "does not pass".into(),
        };
        let what = format!(
            "`{}` from {} to {} ({}) {how}; decided by {}",
            verdict.requirement, verdict.from, verdict.to, verdict.services, verdict.decided
        );
        problems.push(Problem::at("egress", what, verdict.changes.join("; ")));
    }
    for open in &proof.unwanted {
        let what = format!(
            "{} from or to `{}` is open {} for {}, and nothing wants it",
            open.services, open.subnet, open.direction, open.what
        );
        problems.push(Problem::at("subnets", what, format!("opened by {}", open.by)));
    }
    problems
}

/// Problems with file, line and column of the answer they are about, or of the nearest answer around it.
/// In the order of the file.
fn placed(problems: Vec<Problem>, file: &str, places: &Places) -> Vec<Problem> {
    let mut problems: Vec<Problem> = problems
        .into_iter()
        .map(|mut problem| {
            if problem.place.file.is_empty() {
                problem.place.file = file.into();
                let mut path = problem.place.path.as_str();
                while !path.is_empty() {
                    if let Some((line, column)) = places.get(path) {
                        (problem.place.line, problem.place.column) = (*line, *column);
                        break;
                    }
                    path = path.rfind(['.', '[']).map_or("", |at| &path[..at]);
                }
            }
            problem
        })
        .collect();
    problems.sort_by_key(|problem| (problem.place.line, problem.place.column));
    problems
}

impl Environment {
    /// The files of the output folder: what the plan renders to, the complete answers, copies of own requirements.
    ///
    /// `formats` replaces the answered outputs where it is given.
    pub fn artifacts(
        &self,
        own: &[(String, Vec<u8>)],
        formats: Option<&[String]>,
        templates: &Templates,
    ) -> Result<Vec<Artifact>, Vec<Problem>> {
        let outputs = formats.unwrap_or(&self.intent.outputs);
        let input = Input {
            plan: &self.plan,
            catalog: &self.catalog,
            proof: &self.proof,
            tags_source: &self.tags_source,
            outputs,
        };
        let mut artifacts = render_from(&input, templates)?;
        artifacts.push(Artifact { path: "answers.yaml".into(), bytes: to_yaml(&self.complete_answers()).into_bytes() });
        for (name, bytes) in own {
            artifacts.push(Artifact { path: copy_of(name), bytes: bytes.clone() });
        }
        artifacts.sort();
        Ok(artifacts)
    }

    /// The answers with every default, own requirements by their copies: the folder can be generated again from itself.
    fn complete_answers(&self) -> Answers {
        let mut answers = self.intent.complete.clone();
        if let Some(files) = &mut answers.requirements {
            *files = files.iter().map(|file| copy_of(file)).collect();
        }
        answers
    }

    /// What the lock says about where the files came from.
    pub fn header(&self, answers: &[u8], own: &[(String, Vec<u8>)], templates: &Templates) -> LockHeader {
        let mut inputs = BTreeMap::from([("answers".to_string(), digest(answers))]);
        inputs.extend(own.iter().map(|(name, bytes)| (copy_of(name), digest(bytes))));
        inputs.extend(templates.own().map(|(name, text)| (format!("templates/{name}"), digest(text.as_bytes()))));
        let used: BTreeSet<&str> = self.flows.iter().map(|flow| flow.requirement.as_str()).collect();
        let fingerprints: BTreeMap<String, String> = used
            .iter()
            .filter_map(|id| self.catalog.get(id))
            .map(|row| {
                // Where a row stands in its file says nothing about what it demands.
                let row = crate::catalog::Requirement { place: (0, 0), ..row.clone() };
                (row.id.clone(), digest(format!("{row:?}").as_bytes())[..16].to_string())
            })
            .collect();
        let catalog: String = fingerprints.iter().map(|(id, print)| format!("{id} {print}\n")).collect();
        LockHeader {
            netcordon: env!("CARGO_PKG_VERSION").into(),
            catalog: digest(catalog.as_bytes()),
            service_tags: self.tags_source.clone(),
            inputs,
            requirements: fingerprints,
            rules: self.plan.written().keys(),
            withdrawn: BTreeSet::new(),
        }
    }

    /// The required flows that stay closed because they are optional and nothing here can hold them.
    pub fn closed(&self) -> impl Iterator<Item = &crate::proof::Verdict> {
        let closed = |v: &&crate::proof::Verdict| {
            v.need == Need::Optional && matches!(v.outcome, Outcome::Blocked | Outcome::Part(_))
        };
        self.proof.verdicts.iter().filter(closed)
    }
}

/// Where the copy of an own requirements file goes.
pub fn copy_of(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    format!("requirements/{file}")
}
