//! Staged deployment: without `enforce`, every format lacks the plan's own denies and nothing else, and the plan is
//! judged with them all the same.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Read, files, plans};
use netcordon::environment::{Environment, build};
use netcordon::model::Access;
use netcordon::plan::Plan;
use netcordon::question;
use netcordon::render::templates::Templates;
use netcordon::write;
use std::collections::BTreeSet;
use std::path::Path;

fn read_arm(files: &[(String, String)]) -> Result<netcordon::model::Network, Vec<netcordon::problem::Problem>> {
    let bytes: Vec<(String, Vec<u8>)> =
        files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    netcordon::import::arm::read(&bytes)
}

fn read_terraform(files: &[(String, String)]) -> Result<netcordon::model::Network, Vec<netcordon::problem::Problem>> {
    let modules: Vec<(String, String)> =
        files.iter().filter(|(path, _)| !path.contains("/root-example/")).cloned().collect();
    netcordon::import::terraform::read(&modules)
}

const FORMATS: [(&str, Read); 4] = [
    ("terraform", read_terraform),
    ("arm", read_arm),
    ("bicep", netcordon::import::bicep::read),
    ("azcli", netcordon::import::azcli::read),
];

/// The network of a plan without the rules that deny, and without what an appliance of another make holds, which stands in
/// none of Azure's files.
fn open(plan: &Plan) -> netcordon::model::Network {
    let mut network = netcordon::model::Network { appliances: Vec::new(), ..plan.network() };
    for nsg in network.nsgs.values_mut() {
        nsg.rules.retain(|rule| rule.access == Access::Allow);
    }
    network
}

#[test]
fn every_format_lacks_the_denies_and_nothing_else() {
    let mut withheld = 0;
    for (mut plan, catalog) in plans() {
        plan.enforce = false;
        withheld += plan.own_denies().count();
        for (format, read) in FORMATS {
            let found =
                read(&files(&plan, &catalog, format)).unwrap_or_else(|problems| panic!("{format}: {problems:#?}"));
            assert!(found == open(&plan), "{} {format}", plan.name);
            let written = plan.written().network();
            assert!(found == netcordon::model::Network { appliances: Vec::new(), ..written }, "{} {format}", plan.name);
        }
    }
    assert!(withheld > 0);
}

#[test]
fn what_is_withheld_is_all_there_again_with_enforce() {
    for (mut plan, _) in plans() {
        let whole = plan.clone();
        assert_eq!(*whole.written(), whole, "{}", plan.name);
        plan.enforce = false;
        let written = plan.written();
        let names = |plan: &Plan| -> BTreeSet<(String, String)> {
            plan.own_denies().map(|(nsg, rule)| (nsg.name.clone(), rule.rule.name.clone())).collect()
        };
        assert_eq!(names(&written), names(&plan), "{}", plan.name);
        assert!(written.nsgs.iter().flat_map(|nsg| &nsg.rules).all(|rule| rule.rule.access == Access::Allow));
        let gone: BTreeSet<String> = plan.keys().difference(&written.keys()).cloned().collect();
        let denies: BTreeSet<String> = plan.own_denies().map(|(_, rule)| rule.key.clone()).collect();
        assert_eq!(gone, denies, "{}", plan.name);
    }
}

fn environment(sets: &[&str]) -> Environment {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cyclecloud-vm/answers.yaml");
    let sets: Vec<String> = sets.iter().map(ToString::to_string).collect();
    let read = question::read("answers.yaml", &std::fs::read(path).unwrap(), &sets);
    build(&read, "answers.yaml", &[], None).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn the_proof_is_the_same_either_way() {
    let (on, off) = (environment(&[]), environment(&["enforce=false"]));
    assert!(off.proof.holds());
    assert_eq!(on.proof, off.proof);
    assert_eq!(on.plan.network(), off.plan.network());
}

/// Switching is seen by the lock: what was written and is no longer is on the prune list, and off it again later.
#[test]
fn switching_withdraws_the_denies_and_brings_them_back() {
    let dir = tempfile::tempdir().unwrap();
    let run = |environment: &Environment| -> BTreeSet<String> {
        let lock = write::read_lock(dir.path()).unwrap();
        let mut header = environment.header(b"answers", &[], Templates::embedded());
        header.withdrawn = write::withdrawn(lock.as_ref(), &header.rules);
        let artifacts = environment.artifacts(&[], None, Templates::embedded()).unwrap();
        write::write(dir.path(), &artifacts, &header, false).unwrap();
        header.withdrawn
    };
    let (on, off) = (environment(&[]), environment(&["enforce=false"]));
    let denies: BTreeSet<String> = on.plan.own_denies().map(|(_, rule)| rule.key.clone()).collect();
    assert!(denies.len() > 3);
    assert_eq!(run(&off), BTreeSet::new());
    assert_eq!(run(&on), BTreeSet::new());
    assert_eq!(run(&off), denies);
    assert_eq!(run(&off), denies);
    assert_eq!(run(&on), BTreeSet::new());
}

#[test]
fn the_runbook_tells_how_to_close_and_how_to_open_again() {
    for (answers, withheld) in [(environment(&["enforce=false"]), true), (environment(&[]), false)] {
        let artifacts = answers.artifacts(&[], None, Templates::embedded()).unwrap();
        let readme = artifacts.iter().find(|artifact| artifact.path == "README.md").unwrap();
        let readme = String::from_utf8(readme.bytes.clone()).unwrap();
        assert_eq!(readme.contains("### Closing in two steps"), withheld);
        assert_eq!(readme.contains("NTANetAnalytics"), withheld);
        for (nsg, planned) in answers.plan.own_denies() {
            let delete = format!("--nsg-name '{}' --name '{}'", nsg.name, planned.rule.name);
            assert_eq!(readme.matches(&delete).count(), 1, "{delete}");
        }
        let deletes = readme.matches("az network nsg rule delete").count();
        assert_eq!(deletes, answers.plan.own_denies().count());
    }
}
