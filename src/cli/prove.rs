//! `netcordon prove`: the written files, read back and judged, each format on its own.

use super::sources::{Source, sources};
use super::{Answer, Common, input, networks, print};
use crate::artifact::digest;
use crate::audit::{Audit, Finding};
use crate::environment::{Demand, Environment, demand};
use crate::import::exports::{Shown, beside, read};
use crate::import::folder;
use crate::model::Network;
use crate::problem::{Problem, printable};
use crate::render::report::{self, Report};
use crate::render::templates::Templates;
use crate::write::{LOCK, Lock, read_lock};
use clap::Args;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Arguments of `prove`.
#[derive(Args, Debug)]
pub(super) struct Prove {
    /// A folder that netcordon wrote, or an answers file; `-` for standard input
    #[arg(value_name = "ANSWERS|DIR")]
    source: PathBuf,
    /// What others own and these files stand beside: existing NSGs and routes, other groups of the firewall's policy
    #[arg(long, value_name = "EXPORT", num_args = 1..)]
    with: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Answer a question from here: `--set egress.via=nat-gateway`
    #[arg(long = "set", value_name = "KEY=VALUE")]
    set: Vec<String>,
}

/// What is to be proved.
struct Files {
    /// The folder or answers file, for messages.
    name: String,
    files: BTreeMap<String, Vec<u8>>,
    demand: Demand,
    environment: Environment,
    /// What is worth knowing about the folder, in a clause each.
    remarks: Vec<String>,
}

/// Formats that describe the same network, and what was found.
struct Judged {
    formats: Vec<&'static str>,
    audit: Audit,
}

pub(super) fn run(verb: &Prove, common: &Common) -> Result<Answer, Vec<Problem>> {
    let mut files = files(verb, common)?;
    let shown = others(&verb.with)?;
    for shown in shown.iter() {
        let refused = shown.refused.iter().map(|refused| format!("{}: {}", refused.place, refused.what));
        let ignored = shown.ignored.iter().filter(|ignored| ignored.matters);
        files.remarks.extend(refused.chain(ignored.map(|ignored| format!("{}: {}", ignored.place, ignored.why))));
    }
    let all = folder::read(&files.files);
    if all.is_empty() {
        let hint = "let `outputs` name one of terraform, bicep, arm, azcli";
        return Err(vec![Problem::in_file(&files.name, "there is no rule of any format to prove", hint)]);
    }
    let (mut networks, mut refused): (Vec<(Vec<&str>, Network)>, Vec<Problem>) = (Vec::new(), Vec::new());
    for (format, read) in all {
        match read {
            Ok(network) => match networks.iter_mut().find(|(_, known)| *known == network) {
                Some((formats, _)) => formats.push(format.name()),
                None => networks.push((vec![format.name()], network)),
            },
            Err(problems) => refused.extend(problems),
        }
    }
    let planned = files.environment.plan.assumed_network();
    let judged: Vec<Judged> = networks
        .into_iter()
        .map(|(formats, network)| -> Result<Judged, Vec<Problem>> {
            let network = networks::completed(network, &planned);
            let (network, assumed) = match &shown {
                Some(shown) => beside(&network, shown)?,
                None => (network, Vec::new()),
            };
            let mut audit = files.demand.audit(&network, &planned, None, None);
            audit.assumed.splice(0..0, assumed);
            Ok(Judged { formats, audit })
        })
        .collect::<Result<_, _>>()?;
    let text = if verb.json {
        serde_json::to_string_pretty(&as_json(&files, &judged)).unwrap_or_default() + "\n"
    } else {
        as_text(&files, &judged, print::width())
    };
    print::data(&text)?;
    if !refused.is_empty() {
        print::problems(&refused, "the formats they are in were not judged");
        return Ok(Answer::Stopped);
    }
    let fails = judged.iter().any(|judged| judged.audit.findings.iter().any(Finding::fails));
    Ok(if fails { Answer::No } else { Answer::Yes })
}

/// The files, and the answers behind them.
fn files(verb: &Prove, common: &Common) -> Result<Files, Vec<Problem>> {
    let tag_file = input::tag_file(common)?;
    let one = |path: &Path, bytes: Vec<u8>| -> Result<_, Vec<Problem>> {
        let input = input::answers_of(path, bytes, &verb.set, common)?;
        let demand = demand(&input.read, &input.name, &input.own, tag_file.as_ref())?;
        let environment = input.environment(tag_file.as_ref())?;
        Ok((input, demand, environment))
    };
    match sources(std::slice::from_ref(&verb.source))?.into_iter().next() {
        Some(Source::Answers { path, bytes }) => {
            let (input, demand, environment) = one(&path, bytes)?;
            let artifacts = environment.artifacts(&input.own, None, Templates::embedded())?;
            let files = artifacts.into_iter().map(|artifact| (artifact.path, artifact.bytes)).collect();
            Ok(Files { name: input.name, files, demand, environment, remarks: Vec::new() })
        }
        Some(Source::Folder { path, files }) => {
            let lock = read_lock(&path).map_err(|problem| vec![problem])?.ok_or_else(|| {
                vec![Problem::in_file(&path.display().to_string(), "the lock is gone", "generate the folder again")]
            })?;
            let mut remarks = unchanged(&path, &lock, &files)?;
            let answers = files.get("answers.yaml").cloned().unwrap_or_default();
            let (input, demand, environment) = one(&path.join("answers.yaml"), answers)?;
            if environment.tags_source != lock.header.service_tags {
                let what = format!(
                    "the folder was generated with service tags from {}, and these are from {}",
                    lock.header.service_tags, environment.tags_source
                );
                let hint = "give the same file with `--service-tags FILE`, or generate the folder again";
                return Err(vec![Problem::in_file(&path.join(LOCK).display().to_string(), what, hint)]);
            }
            let now = environment.header(&input.bytes, &input.own, Templates::embedded());
            let then = &lock.header.requirements;
            let ids = then.keys().chain(now.requirements.keys());
            let mut changed: Vec<&str> =
                ids.filter(|id| then.get(*id) != now.requirements.get(*id)).map(String::as_str).collect();
            changed.sort_unstable();
            changed.dedup();
            if !changed.is_empty() {
                let ids = changed.join(", ");
                remarks.push(format!("requirements that changed since the folder was generated: {ids}"));
            }
            Ok(Files { name: path.display().to_string(), files, demand, environment, remarks })
        }
        Some(Source::Exports(_)) | None => {
            let hint = "`prove` takes an answers file or a folder that netcordon wrote; exports go behind `--with`, or to `netcordon audit`";
            Err(vec![Problem::in_file(&verb.source.display().to_string(), "this is an export", hint)])
        }
    }
}

/// Compares the files of a folder with its lock: what people edited is judged as it is, and named.
///
/// # Errors
///
/// Edited answers or requirements: the rules are not theirs any more. Rules that are gone.
fn unchanged(dir: &Path, lock: &Lock, files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<String>, Vec<Problem>> {
    let (mut remarks, mut problems) = (Vec::new(), Vec::new());
    for (path, then) in &lock.files {
        let input = path == "answers.yaml" || path.starts_with("requirements/");
        let what = match files.get(path) {
            Some(bytes) if digest(bytes) == *then => continue,
            Some(_) => "was edited since the rules were generated",
            None => "is gone",
        };
        if input {
            let hint = "generate the folder again, or restore the file from version control";
            problems.push(Problem::in_file(&dir.join(path).display().to_string(), format!("it {what}"), hint));
        } else if is_rule(path) && !files.contains_key(path) && !path.contains("/root-example/") {
            // Of rules that are not there nothing can be proved, and the other formats do not stand in for them.
            let hint =
                "restore the file, or generate the folder again; `outputs` in the answers says which formats it has";
            problems.push(Problem::in_file(&dir.join(path).display().to_string(), format!("it {what}"), hint));
        } else if is_rule(path) {
            remarks.push(format!("{path} {what}"));
        }
    }
    for path in files.keys().filter(|path| is_rule(path) && !lock.files.contains_key(*path)) {
        remarks.push(format!("{path} was not written by netcordon, and is judged with the others"));
    }
    if problems.is_empty() { Ok(remarks) } else { Err(problems) }
}

/// Whether a file of the folder holds rules that are judged.
fn is_rule(path: &str) -> bool {
    ["terraform/", "bicep/", "arm/", "azcli/"].iter().any(|folder| path.starts_with(folder))
}

/// What others own, if any was given.
fn others(paths: &[PathBuf]) -> Result<Option<Shown>, Vec<Problem>> {
    if paths.is_empty() {
        return Ok(None);
    }
    let mut files = Vec::new();
    for source in sources(paths)? {
        match source {
            Source::Exports(found) => files.extend(found),
            Source::Answers { path, .. } | Source::Folder { path, .. } => {
                let hint = "`--with` takes what Azure has: exports of NSGs, route tables, rule collection groups";
                return Err(vec![Problem::in_file(&path.display().to_string(), "this is no export", hint)]);
            }
        }
    }
    read(&files).map(Some)
}

fn report<'a>(files: &'a Files, judged: &'a Judged, what: &'a str) -> Report<'a> {
    Report {
        audit: &judged.audit,
        what,
        tags_source: &files.environment.tags_source,
        resource_group: &files.demand.intent.network.resource_group,
        ignored: &[],
        file: "",
        folder: "",
    }
}

fn as_json(files: &Files, judged: &[Judged]) -> serde_json::Value {
    let networks: Vec<serde_json::Value> = judged
        .iter()
        .map(|judged| {
            let what = judged.formats.join(", ");
            let mut found = report::json(&report(files, judged, &what));
            found["formats"] = json!(judged.formats);
            found["exposure"] = report::exposure(&judged.audit.proof);
            found
        })
        .collect();
    json!({"format": report::FORMAT, "what": files.name, "remarks": files.remarks, "networks": networks})
}

/// Summary, failures, then every required flow and what each subnet can reach.
fn as_text(files: &Files, judged: &[Judged], width: usize) -> String {
    let mut out = String::new();
    for remark in &files.remarks {
        out.push_str(&print::wrap(&format!("note: {}", printable(remark)), width).join("\n      "));
        out.push('\n');
    }
    for (index, judged) in judged.iter().enumerate() {
        if index > 0 || !out.is_empty() {
            out.push('\n');
        }
        let what = format!("{} ({})", files.name, judged.formats.join(", "));
        out.push_str(&report::text(&report(files, judged, &what), width, false));
        out.push_str(&report::proof(&judged.audit.proof, width));
    }
    out
}
