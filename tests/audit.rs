//! Audits and proofs as commands: weak designs, whole reports, exceptions, baselines, formats, edited folders.
//!
//! `UPDATE=1 cargo test --test audit` rewrites `tests/exports/weak/*.txt`; read that diff.

#![allow(clippy::unwrap_used)]

use netcordon::model::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Exit code, standard output, standard error.
fn netcordon(arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_netcordon"));
    let done = command.args(arguments).current_dir(root()).env("COLUMNS", "80").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

const SCENARIO: [&str; 8] = [
    "audit",
    "--scenario",
    "aml-no-public-ip",
    "--region",
    "westeurope",
    "--subnet",
    "10.1.2.0/24",
    "--today=2025-11-20",
];

fn audit(more: &[&str]) -> (i32, String, String) {
    netcordon(&[&SCENARIO[..], more].concat())
}

fn weak(name: &str) -> String {
    format!("tests/exports/weak/{name}.json")
}

fn json(more: &[&str]) -> Value {
    let (_, out, err) = audit(&[more, &["--format", "json"]].concat());
    assert_eq!(err, "");
    serde_json::from_str(&out).unwrap()
}

fn findings(report: &Value) -> Vec<&Value> {
    report["findings"].as_array().unwrap().iter().collect()
}

fn prints(report: &Value) -> BTreeSet<String> {
    findings(report).iter().map(|finding| finding["fingerprint"].as_str().unwrap().to_string()).collect()
}

/// What each weak design is, in the one sentence that a manager reads.
const WEAK: [(&str, &str, &str); 7] = [
    (
        "no-outbound-deny",
        "too-broad",
        "NSG `nsg-ml` does not deny outbound traffic at the end, so every machine in `snet-compute` can reach the whole Internet",
    ),
    (
        "early-deny",
        "contradiction",
        "rule `DenyEverything` of NSG `nsg-ml` comes too early: it denies all that the 13 rules after it would allow",
    ),
    (
        "firewall-opens-what-nsg-denies",
        "contradiction",
        "the firewall lets `snet-compute` reach any address on tcp 22 (rule `rcg-ml/net/ssh-anywhere`), but NSG `nsg-ml` denies all of it on the way there",
    ),
    (
        "azurecloud-beside-names",
        "contradiction",
        "firewall rule `rcg-ml/net/azure` opens 47,259,624 addresses by address before the list of host names is read, so the list does not restrict what is there",
    ),
    (
        "tag-routes-past-firewall",
        "contradiction",
        "route `storage` sends what `snet-compute` sends to `Storage` straight to the Internet, past the firewall: 498,017 addresses",
    ),
    (
        "obsolete",
        "obsolete",
        "rule `AllowManagementInbound` of NSG `nsg-ml` is no longer required: the service reached compute with a public address by it; compute without one, generally available since January 2023, calls out instead",
    ),
    (
        "refused",
        "refused-by-azure",
        "rule `AllowBatchOld` of NSG `nsg-ml` names the service tag `BatchNodeManagement.uswest`, which does not exist",
    ),
];

#[test]
fn every_weak_design_is_said_in_one_sentence() {
    for (name, kind, sentence) in WEAK {
        let report = json(&[&weak(name)]);
        let same = |finding: &&Value| finding["kind"] == kind && finding["sentence"] == sentence;
        let all: Vec<&str> = findings(&report).iter().map(|finding| finding["sentence"].as_str().unwrap()).collect();
        assert!(findings(&report).iter().any(|finding| same(finding) && finding["fails"] == true), "{name}: {all:#?}");
        assert_eq!(report["summary"]["fails"], true, "{name}");
    }
}

#[test]
fn the_reports_of_weak_designs_are_whole() {
    for (name, ..) in WEAK {
        let (code, out, err) = audit(&[&weak(name), "--fixes"]);
        assert_eq!((code, err.as_str()), (1, ""), "{name}");
        // Code is not wrapped.
        let wide = out.lines().find(|line| line.chars().count() > 80 && !line.starts_with("          "));
        assert!(wide.is_none(), "{name}: {wide:?}");
        let file = root().join(format!("tests/exports/weak/{name}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&file, &out).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap().replace("\r\n", "\n");
        assert!(out == expected, "{name}: UPDATE=1 cargo test --test audit\n{out}");
    }
}

#[test]
fn reports_follow_their_schema() {
    let (code, schema, _) = netcordon(&["audit", "--schema"]);
    assert_eq!(code, 0);
    let schema: Value = serde_json::from_str(&schema).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).unwrap();
    let kinds: BTreeSet<&str> = schema["$defs"]["finding"]["properties"]["kind"]["enum"]
        .as_array()
        .unwrap()
        .iter()
        .map(|kind| kind.as_str().unwrap())
        .collect();
    let known: BTreeSet<&str> = netcordon::audit::Kind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(kinds, known);
    for (name, ..) in WEAK {
        let report = json(&[&weak(name)]);
        let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        let all = prints(&report);
        assert_eq!(all.len(), findings(&report).len(), "{name}: two findings with one fingerprint");
    }
    assert!(!validator.is_valid(&serde_json::json!({"format": 1})));
}

/// What SARIF 2.1.0 asks of a log, and what code scanning reads.
#[test]
fn sarif_is_what_code_scanning_reads() {
    for (name, ..) in WEAK {
        let (_, out, _) = audit(&[&weak(name), "--format", "sarif"]);
        let log: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), netcordon::audit::Kind::ALL.len());
        for rule in rules {
            assert!(rule["help"]["text"].as_str().unwrap().len() > 20);
            assert!(rule["name"].as_str().unwrap().chars().all(char::is_alphanumeric));
        }
        let results = run["results"].as_array().unwrap();
        assert!(!results.is_empty());
        for result in results {
            let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
            assert_eq!(result["ruleId"], rule["id"]);
            assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
            assert!(!result["message"]["text"].as_str().unwrap().is_empty());
            assert_eq!(result["partialFingerprints"]["netcordon/v1"].as_str().unwrap().len(), 16);
            let locations = result["locations"].as_array().unwrap();
            assert_eq!(locations.len(), 1, "{result}");
            let physical = &locations[0]["physicalLocation"];
            assert_eq!(physical["artifactLocation"]["uri"], weak(name));
            assert!(physical["region"]["startLine"].as_u64().unwrap() >= 1);
        }
    }
}

/// The places of the results of a SARIF log.
fn uris(log: &str) -> BTreeSet<String> {
    let log: Value = serde_json::from_str(log).unwrap();
    let uri = |result: &Value| {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap().to_string()
    };
    log["runs"][0]["results"].as_array().unwrap().iter().map(uri).collect()
}

/// A result about no file, one by the whole path of a file, and one from a pipe have places that code scanning finds.
#[test]
fn every_result_of_sarif_has_a_place_below_the_working_folder() {
    let whole = root().join(weak("no-outbound-deny")).display().to_string();
    // Years later the service tag data is old, which is about no file.
    let late = ["--today=2031-01-01", "--format", "sarif"];
    let arguments = |file: &'static str| [&SCENARIO[..7], &[file], &late].concat();
    let (_, out, err) = netcordon(&[&SCENARIO[..7], &[whole.as_str()], &late].concat());
    assert!(out.contains("tag-snapshot-old"), "{out}{err}");
    assert_eq!(uris(&out), BTreeSet::from([weak("no-outbound-deny")]));
    let (_, out, err) = piped(&arguments("-"), &std::fs::read(&whole).unwrap());
    assert_eq!((uris(&out), err.as_str()), (BTreeSet::from(["stdin".to_string()]), ""));
}

/// The same with something on standard input.
fn piped(arguments: &[&str], input: &[u8]) -> (i32, String, String) {
    use std::io::Write as _;
    use std::process::Stdio;
    let mut command = Command::new(env!("CARGO_BIN_EXE_netcordon"));
    let command = command.args(arguments).current_dir(root()).env("COLUMNS", "80");
    let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    running.stdin.take().unwrap().write_all(input).unwrap();
    let done = running.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

#[test]
fn an_empty_standard_input_is_called_so() {
    let (code, out, err) = piped(&["audit", "examples/cyclecloud-vm/answers.yaml", "-"], b" \n");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("standard input is empty") && err.contains("hint: "), "{err}");
}

/// A copy of an export with something changed in it.
fn changed(folder: &Path, name: &str, change: impl Fn(&mut Value)) -> String {
    let mut export: Value = serde_json::from_slice(&std::fs::read(root().join(weak(name))).unwrap()).unwrap();
    change(&mut export);
    let file = folder.join(format!("{name}.json"));
    std::fs::write(&file, serde_json::to_vec_pretty(&export).unwrap()).unwrap();
    file.display().to_string()
}

/// Order, priorities and rules elsewhere change no fingerprint; what the rule opens does.
#[test]
fn fingerprints_stay_while_what_is_wrong_stays() {
    let folder = tempfile::tempdir().unwrap();
    let before = prints(&json(&[&weak("no-outbound-deny")]));
    let rules =
        |export: &mut Value, change: &dyn Fn(&mut Vec<Value>)| change(export["securityRules"].as_array_mut().unwrap());
    let reversed = changed(folder.path(), "no-outbound-deny", |export| rules(export, &|rules| rules.reverse()));
    assert_eq!(prints(&json(&[&reversed])), before);
    let moved = changed(folder.path(), "no-outbound-deny", |export| {
        rules(export, &|rules| {
            for rule in rules.iter_mut().filter(|rule| rule["priority"] != 4096) {
                rule["priority"] = (rule["priority"].as_u64().unwrap() + 7).into();
            }
        });
    });
    assert_eq!(prints(&json(&[&moved])), before);
    let wider = changed(folder.path(), "no-outbound-deny", |export| {
        rules(export, &|rules| {
            let rule = rules.iter_mut().find(|rule| rule["name"] == "AllowStorage").unwrap();
            rule["destinationAddressPrefix"] = "Storage".into();
        });
    });
    let after = prints(&json(&[&wider]));
    let gone: Vec<&String> = before.difference(&after).collect();
    assert_eq!(gone.len(), 1, "{gone:?}");
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let file = folder.join(name);
    std::fs::write(&file, text).unwrap();
    file.display().to_string()
}

fn exceptions(folder: &Path, prints: &BTreeSet<String>, expires: &str) -> String {
    let items: String = prints
        .iter()
        .map(|print| {
            format!(
                "  - {{fingerprint: \"{print}\", owner: net@example.org, reason: until the move, expires: {expires}}}\n"
            )
        })
        .collect();
    write(folder, "exceptions.yaml", &format!("version: 1\nexceptions:\n{items}"))
}

#[test]
fn accepted_findings_do_not_fail_until_they_expire() {
    let folder = tempfile::tempdir().unwrap();
    let export = weak("no-outbound-deny");
    let all = prints(&json(&[&export]));
    let file = exceptions(folder.path(), &all, "2025-11-20");
    let (code, out, _) = audit(&[&export, "--exceptions", &file]);
    assert_eq!(code, 0, "{out}");
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains(&format!("nothing new, {} accepted", all.len())), "{out}");
    assert!(out.contains("accepted by net@example.org until 2025-11-20"), "{out}");
    // The day after.
    let expired = exceptions(folder.path(), &all, "2025-11-19");
    let (code, out, _) = audit(&[&export, "--exceptions", &expired]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("until 2025-11-19, which is over"), "{out}");
    let log = audit(&[&export, "--exceptions", &expired, "--format", "sarif"]).1;
    assert!(log.contains("\"rejected\"") && !log.contains("\"accepted\""));
}

#[test]
fn exceptions_for_nothing_are_mentioned_and_broken_ones_refused() {
    let folder = tempfile::tempdir().unwrap();
    let export = weak("no-outbound-deny");
    let file = exceptions(folder.path(), &BTreeSet::from(["0123456789abcdef".to_string()]), "2030-01-01");
    let report = json(&[&export, "--exceptions", &file]);
    assert!(
        findings(&report).iter().any(|finding| finding["kind"] == "unknown-exception" && finding["fails"] == false)
    );
    let broken =
        "version: 1\nexceptions:\n  - {fingerprint: abc, owner: '', expires: 2027-02-30}\n  - nonsense\nmore: 1\n";
    let (code, out, err) = audit(&[&export, "--exceptions", &write(folder.path(), "broken.yaml", broken)]);
    assert_eq!((code, out.as_str()), (2, ""));
    let lines: Vec<&str> = err.lines().filter(|line| line.starts_with("error: ")).collect();
    for part in [
        ":5:1: more: unknown key `more`",
        ":3:31: exceptions[0].owner: `owner` is empty",
        "`reason` is missing",
        ":4:5: exceptions[1]: text instead of a mapping",
    ] {
        assert!(lines.iter().any(|line| line.contains(part)), "{part}: {lines:#?}");
    }
    let text = "version: 1\nexceptions:\n  - {fingerprint: abc, owner: a, reason: b, expires: 2027-02-30}\n";
    let err = audit(&[&export, "--exceptions", &write(folder.path(), "b.yaml", text)]).2;
    assert!(err.contains("`abc` is no fingerprint") && err.contains("`2027-02-30` is no day"), "{err}");
}

#[test]
fn a_baseline_leaves_what_is_new() {
    let folder = tempfile::tempdir().unwrap();
    let old = audit(&[&weak("no-outbound-deny"), "--format", "json"]).1;
    let baseline = write(folder.path(), "baseline.json", &old);
    let (code, out, _) = audit(&[&weak("no-outbound-deny"), "--new-only", &baseline]);
    assert_eq!(code, 0, "{out}");
    let opened = changed(folder.path(), "no-outbound-deny", |export| {
        let rules = export["securityRules"].as_array_mut().unwrap();
        let mut rule = rules[0].clone();
        rule["name"] = "AllowSshFromAnywhere".into();
        rule["priority"] = 101.into();
        rule["protocol"] = "Tcp".into();
        (rule["sourceAddressPrefix"], rule["destinationPortRange"]) = ("*".into(), "22".into());
        rules.push(rule);
    });
    let report = json(&[&opened, "--new-only", &baseline]);
    let new: Vec<&str> = findings(&report)
        .iter()
        .filter(|finding| finding["fails"] == true)
        .map(|finding| finding["subject"]["rule"].as_str().unwrap())
        .collect();
    assert_eq!(new, ["AllowSshFromAnywhere"]);
    let (code, _, err) = audit(&[&weak("early-deny"), "--new-only", &weak("early-deny")]);
    assert!(code == 2 && err.contains("not a report of an audit"), "{err}");
}

#[test]
fn what_is_missing_on_the_command_line_is_said() {
    let export = weak("early-deny");
    for (arguments, part) in [
        (vec!["audit", &export], "nothing says what is required"),
        (vec!["audit", "examples/cyclecloud-vm/answers.yaml"], "there is no export to judge"),
        (vec!["audit", "--scenario", "aml", "--region", "westeurope", &export], "there is no scenario `aml`"),
        (vec!["audit", "--scenario", "aks", "--region", "uswest", &export], "there is no region `uswest`"),
        (vec!["audit", "--scenario", "aks", "--region", "westus", &export], "no subnet has the role `aks-nodes`"),
        (
            vec!["audit", "--scenario", "cyclecloud-vm", "--region", "westus", "--subnet", "10.0.0.0/24", &export],
            "nothing says what the subnet `10.0.0.0/24` is for",
        ),
        (
            vec!["audit", "--scenario", "aks", "--region", "westus", "--subnet", "snet-x", &export],
            "no export shows the prefix of a subnet `snet-x`",
        ),
        (vec!["audit", "examples/cyclecloud-vm/answers.yaml", &export], "nothing in the exports belongs to a subnet"),
        (vec!["prove", &export], "this is an export"),
    ] {
        let (code, out, err) = netcordon(&arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(err.contains(part) && err.contains("hint: "), "{arguments:?}: {err}");
    }
}

/// Names from an export can neither steer a terminal, nor leave a cell of Markdown, nor run in a command.
#[test]
fn names_of_exports_stay_names() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a\u{1b}[31m'; touch evil; '$(touch evil)|`x`\u{202e}<b>\n# x";
    let hostile = changed(folder.path(), "no-outbound-deny", |export| {
        let rules = export["securityRules"].as_array_mut().unwrap();
        rules.iter_mut().find(|rule| rule["name"] == "AllowStorage").unwrap()["name"] = name.into();
    });
    for format in ["text", "markdown"] {
        let out = audit(&[&hostile, "--fixes", "--format", format]).1;
        assert!(out.contains("touch evil"));
        assert!(!out.contains('\u{1b}') && !out.contains('\u{202e}') && !out.contains("\n# x"), "{format}: {out}");
        for line in out.lines().filter(|line| line.starts_with('|')) {
            let bars = line.char_indices().filter(|(at, c)| *c == '|' && !line[..*at].ends_with('\\')).count();
            assert_eq!(bars, 5, "{line}");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
    }
}

fn generated(folder: &Path, example: &str) -> PathBuf {
    let copied = folder.join(example);
    copy(&root().join("examples").join(example), &copied);
    let (answers, out) = (copied.join("answers.yaml"), folder.join("generated"));
    let (code, _, err) = netcordon(&["generate", &answers.display().to_string(), "--out", &out.display().to_string()]);
    assert_eq!(code, 0, "{err}");
    out
}

#[test]
fn every_example_is_proved_from_its_files_in_every_format() {
    for example in std::fs::read_dir(root().join("examples")).unwrap().map(|entry| entry.unwrap().path()) {
        let answers = example.join("answers.yaml").display().to_string();
        let (code, out, err) = netcordon(&["prove", &answers, "--json"]);
        assert_eq!((code, err.as_str()), (0, ""), "{answers}: {out}");
        let report: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(report["networks"].as_array().unwrap().len(), 1, "{answers}: the formats differ");
        assert_eq!(report["networks"][0]["formats"], serde_json::json!(["Terraform", "Bicep", "ARM", "Azure CLI"]));
    }
}

/// A rule that a person takes out of one format fails that format alone, and the file is named.
#[test]
fn an_edited_file_is_named_and_judged_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let out = generated(folder.path(), "aml-no-public-ip-firewall");
    let dir = out.display().to_string();
    assert_eq!(netcordon(&["prove", &dir]).0, 0);
    let file = out.join("arm/spoke.json");
    let text = std::fs::read_to_string(&file).unwrap();
    let mut template: Value = serde_json::from_str(&text).unwrap();
    for resource in template["resources"].as_array_mut().unwrap() {
        let rules = resource.pointer_mut("/properties/securityRules").and_then(Value::as_array_mut);
        if let Some(rules) = rules {
            rules.retain(|rule| !rule["name"].as_str().unwrap().starts_with("aml.out.entra"));
        }
    }
    std::fs::write(&file, serde_json::to_vec_pretty(&template).unwrap()).unwrap();
    let (code, shown, err) = netcordon(&["prove", &dir]);
    assert_eq!(code, 1, "{shown}{err}");
    assert!(shown.contains("arm/spoke.json was edited since the rules were generated"), "{shown}");
    assert!(shown.contains("(Terraform, Bicep, Azure CLI): no findings"), "{shown}");
    assert!(shown.contains("aml.out.entra"), "{shown}");
    // What the reader does not know is refused, and the other formats are judged.
    std::fs::write(&file, text.replacen("\"resources\"", "\"resourcez\"", 1)).unwrap();
    let (code, shown, err) = netcordon(&["prove", &dir]);
    assert!(code == 2 && shown.contains("Terraform") && err.contains("spoke.json"), "{shown}{err}");
}

/// What is deployed with our files opens as much as they do.
#[test]
fn a_file_that_somebody_put_beside_ours_is_never_passed_over() {
    let rule = r#"resource "azurerm_network_security_rule" "all" {
  name = "AllowAll"
}
"#;
    for (file, text) in [
        ("terraform/spoke/extra.tf", rule),
        ("terraform/spoke/extra.tf.json", "{}"),
        ("terraform/hub/terraform.tfvars", "attach = false"),
        ("terraform/more/main.tf", rule),
        ("arm/more.json", r#"{"resources": [{"type": "Microsoft.Network/networkSecurityGroups"}]}"#),
        ("azcli/more.sh", "az network nsg rule create --name AllowAll\n"),
        ("bicep/more.bicep", "param more string\n"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let out = generated(folder.path(), "hub-everything");
        let place = out.join(file);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(&place, text).unwrap();
        let (code, said, problems) = netcordon(&["prove", &out.display().to_string()]);
        assert_eq!(code, 2, "{file}: {said}{problems}");
        assert!(problems.contains(file), "{file}: {problems}");
        assert!(said.contains(&format!("{file} was not written by netcordon")), "{file}: {said}");
    }
}

/// Of rules that are gone nothing is proved, whatever the other formats hold.
#[test]
fn a_format_that_is_gone_is_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    let out = generated(folder.path(), "cyclecloud-vm");
    for gone in ["terraform", "bicep"] {
        std::fs::remove_dir_all(out.join(gone)).unwrap();
    }
    let (code, shown, err) = netcordon(&["prove", &out.display().to_string()]);
    assert_eq!((code, shown.as_str()), (2, ""));
    assert!(err.contains("spoke/main.tf: it is gone") && err.contains("spoke.bicep: it is gone"), "{err}");
}

#[test]
fn answers_that_the_rules_are_not_made_from_are_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    let out = generated(folder.path(), "cyclecloud-vm");
    let answers = out.join("answers.yaml");
    let text = std::fs::read_to_string(&answers).unwrap();
    std::fs::write(&answers, text.replace("10.100.4.0/24", "10.100.5.0/24")).unwrap();
    let (code, shown, err) = netcordon(&["prove", &out.display().to_string()]);
    assert_eq!((code, shown.as_str()), (2, ""));
    assert!(err.contains("answers.yaml: it was edited since the rules were generated"), "{err}");
}

/// A demand of an example, and the network that it plans.
fn planned(example: &str) -> (netcordon::environment::Demand, Network) {
    let file = root().join("examples").join(example).join("answers.yaml");
    let read = netcordon::question::read("answers.yaml", &std::fs::read(file).unwrap(), &[]);
    let demand = netcordon::environment::demand(&read, "answers.yaml", &[], None).unwrap();
    let network = demand.planned_network().unwrap();
    (demand, network)
}

/// The findings on a network that was changed after it was planned, as kind and sentence.
fn after(example: &str, change: impl Fn(&mut Network)) -> Vec<(&'static str, String)> {
    let (demand, planned) = planned(example);
    let mut network = planned.clone();
    change(&mut network);
    let audit = demand.audit(&network, &planned, None, None);
    audit.findings.into_iter().map(|finding| (finding.kind.id(), finding.sentence)).collect()
}

fn subnet<'n>(network: &'n mut Network, name: &str) -> &'n mut Subnet {
    network.subnets.iter_mut().find(|subnet| subnet.name == name).unwrap()
}

#[test]
fn a_plan_of_ours_has_no_finding_but_optional_flows() {
    for example in ["cyclecloud-vm", "aml-public-ip-firewall", "cyclecloud-return-proxy", "cyclecloud-behind-proxy"] {
        let found = after(example, |_| {});
        assert!(found.iter().all(|(kind, _)| *kind == "missing"), "{example}: {found:#?}");
        let (demand, planned) = planned(example);
        let audit = demand.audit(&planned, &planned, None, None);
        assert!(!audit.findings.iter().any(netcordon::audit::Finding::fails), "{example}");
    }
}

/// The way there leads through a firewall, the way back does not.
#[test]
fn replies_that_take_another_way_are_asymmetric() {
    let found = after("cyclecloud-vm", |network| {
        let rule = NetworkRule {
            name: "all".into(),
            source: Endpoint::Any,
            services: Services::all(),
            destinations: vec![Endpoint::Any],
            names: Vec::new(),
        };
        let collection = RuleCollection {
            name: "net".into(),
            priority: 200,
            access: Access::Allow,
            rules: CollectionRules::Network(vec![rule]),
        };
        network.firewalls.push(Firewall {
            name: "hub".into(),
            private_address: Some("10.0.1.4".parse().unwrap()),
            tier: FirewallTier::Standard,
            dns_proxy: false,
            groups: vec![RuleCollectionGroup {
                name: "g".into(),
                priority: 200,
                parent: false,
                collections: vec![collection],
            }],
            others_groups: false,
            private_ranges: None,
        });
        let route = Route {
            name: "inside".into(),
            destination: RouteDestination::Prefix("10.20.0.0/27".parse().unwrap()),
            next_hop: NextHop::Appliance("10.0.1.4".parse().unwrap()),
        };
        let table = RouteTable { routes: vec![route], gateway_routes: true, others_routes: false };
        network.route_tables.insert("rt-nodes".into(), table);
        subnet(network, "snet-nodes").route_table = Some("rt-nodes".into());
    });
    let asymmetric: Vec<&String> =
        found.iter().filter(|(kind, _)| *kind == "asymmetric").map(|(_, text)| text).collect();
    assert!(
        asymmetric.iter().any(|text| text.starts_with("`snet-nodes` cannot reach `snet-cyclecloud` on tcp 9443")),
        "{found:#?}"
    );
}

#[test]
fn rules_for_private_endpoints_count_only_where_azure_applies_them() {
    let with = |nsg: bool| {
        let found = after("aml-no-public-ip-firewall", |network| {
            let nsg_name = subnet(network, "snet-compute").nsg.clone();
            let endpoints = subnet(network, "snet-endpoints");
            endpoints.nsg = nsg_name;
            endpoints.private_endpoint_policies = Some(EndpointPolicies { nsg, routes: false });
        });
        found.into_iter().filter(|(kind, _)| *kind == "not-enforced").map(|(_, text)| text).collect::<Vec<_>>()
    };
    assert_eq!(
        with(false),
        [
            "Azure does not apply NSG `nsg-ml-prod-snet-compute` to the private endpoints in `snet-endpoints` because the subnet's network policies are off"
        ]
    );
    assert!(with(true).is_empty());
}

#[test]
fn azures_limits_are_findings() {
    let found = after("cyclecloud-vm", |network| {
        let nsg = network.nsgs.values_mut().next().unwrap();
        let rule = nsg.rules[0].clone();
        let more = (0..1001).map(|n| SecurityRule { name: format!("r{n}"), priority: 1000 + n, ..rule.clone() });
        nsg.rules.extend(more);
    });
    assert!(found.iter().any(|(kind, text)| *kind == "refused-by-azure" && text.contains("and Azure takes 1,000")));
}

/// What an audit of a changed plan could not decide.
fn not_decided(example: &str, change: impl Fn(&mut Network)) -> Vec<String> {
    let (demand, planned) = planned(example);
    let mut network = planned.clone();
    change(&mut network);
    demand.audit(&network, &planned, None, None).assumed
}

/// A collection of the planned firewall, read before all others.
fn collection(network: &mut Network, access: Access, rules: CollectionRules) {
    let collection = RuleCollection { name: "more".into(), priority: 100, access, rules };
    let firewall = network.firewalls.first_mut().unwrap();
    firewall.groups.push(RuleCollectionGroup {
        name: "rcg-more".into(),
        priority: 100,
        parent: false,
        collections: vec![collection],
    });
}

fn network_rule(name: &str, services: Services, destination: Endpoint) -> NetworkRule {
    let source = Endpoint::Prefixes(vec!["10.30.0.0/16".parse().unwrap()]);
    NetworkRule { name: name.into(), source, services, destinations: vec![destination], names: Vec::new() }
}

/// A web category opens what nobody can list: no clean answer hides that.
#[test]
fn what_may_be_open_is_said_where_it_cannot_be_judged() {
    let example = "aml-no-public-ip-firewall";
    let before = not_decided(example, |_| {});
    let after = not_decided(example, |network| {
        let rule = ApplicationRule {
            name: "news".into(),
            source: Endpoint::Prefixes(vec!["10.30.0.0/16".parse().unwrap()]),
            protocols: vec![ApplicationProtocol { https: true, port: 443 }],
            web_categories: vec!["News".into()],
            ..ApplicationRule::default()
        };
        collection(network, Access::Allow, CollectionRules::Application(vec![rule]));
    });
    let new: Vec<&String> = after.iter().filter(|clause| !before.contains(clause)).collect();
    assert!(
        !new.is_empty()
            && new.iter().all(|clause| clause.starts_with("what is open in `snet-") && clause.contains("ategor")),
        "{new:#?}"
    );
    assert!(!before.iter().any(|clause| clause.contains("beyond this")), "{before:#?}");
}

#[test]
fn nat_rules_are_named_as_not_judged() {
    let after = not_decided("aml-no-public-ip-firewall", |network| {
        let rule = network_rule("ssh-in", Services::tcp(22), Endpoint::Prefixes(vec!["20.1.2.3/32".parse().unwrap()]));
        collection(network, Access::Allow, CollectionRules::Nat(vec![rule]));
    });
    let expected = "what NAT rules of firewall collection `rcg-more/more` let in was not judged: `ssh-in` (tcp 22)";
    assert!(after.iter().any(|clause| clause == expected), "{after:#?}");
}

/// The whole audit of a plan that was changed.
fn audited(example: &str, change: impl Fn(&mut Network)) -> netcordon::audit::Audit {
    let (demand, planned) = planned(example);
    let mut network = planned.clone();
    change(&mut network);
    demand.audit(&network, &planned, None, None)
}

/// Behind a firewall that nobody showed, nothing says which rules of the other one are needed.
#[test]
fn a_default_route_to_another_appliance_is_a_finding_and_no_rule_is_called_unneeded() {
    let audit = audited("aml-no-public-ip-firewall", |network| {
        for route in network.route_tables.values_mut().flat_map(|table| &mut table.routes) {
            if matches!(route.next_hop, NextHop::Appliance(_)) {
                route.next_hop = NextHop::Appliance("10.9.9.9".parse().unwrap());
            }
        }
    });
    let fails: Vec<&str> =
        audit.findings.iter().filter(|finding| finding.fails()).map(|finding| finding.sentence.as_str()).collect();
    assert_eq!(fails.len(), 1, "{fails:#?}");
    let end = "to `10.9.9.9`, and the firewall of the answers is at `10.0.1.4`";
    assert!(fails[0].contains("`snet-compute`") && fails[0].ends_with(end), "{fails:#?}");
    assert!(!audit.findings.iter().any(|finding| finding.kind.id() == "unneeded"), "{:#?}", audit.findings);
}

fn security_rule(name: &str, direction: Direction, services: u16) -> SecurityRule {
    SecurityRule {
        name: name.into(),
        direction,
        priority: 100,
        access: Access::Allow,
        protocol: Protocol::Tcp,
        source: Endpoint::Any,
        source_ports: PortSet::all(),
        destination: Endpoint::Any,
        destination_ports: PortSet::from_ranges([(services, services)]),
        description: String::new(),
    }
}

/// What a broad rule takes from the rules behind it, they let through without it: it is to go, and they stay, even where
/// there are two such rules.
#[test]
fn a_rule_that_nothing_fails_without_is_to_be_removed() {
    for names in [&["ssh"][..], &["ssh", "ssh-again"]] {
        let audit = audited("aml-no-public-ip-firewall", |network| {
            let nsg = subnet(network, "snet-compute").nsg.clone().unwrap();
            let rules = &mut network.nsgs.get_mut(&nsg).unwrap().rules;
            for (at, name) in names.iter().enumerate() {
                let rule = security_rule(name, Direction::Inbound, 22);
                rules.insert(at, SecurityRule { priority: 100 + u16::try_from(at).unwrap(), ..rule });
            }
        });
        let found = audit.findings.iter().find(|finding| finding.subject.rule == "ssh").unwrap();
        assert_eq!(found.kind.id(), "unneeded", "{found:#?}");
        let removed = netcordon::audit::Fix::RemoveRule { nsg: found.subject.name.clone(), rule: "ssh".into() };
        assert_eq!(found.fixes, [removed]);
        let others = audit.findings.iter().filter(|finding| !names.contains(&finding.subject.rule.as_str()));
        let removes = |fix: &netcordon::audit::Fix| matches!(fix, netcordon::audit::Fix::RemoveRule { .. });
        assert!(!others.flat_map(|finding| &finding.fixes).any(removes), "{:#?}", audit.findings);
    }
}

/// An allow behind a deny changes nothing: the fix says what has to be done with the deny.
#[test]
fn the_fix_for_a_deny_of_the_firewall_lifts_it() {
    let audit = audited("aml-no-public-ip-firewall", |network| {
        let deny = network_rule("no-web", Services::tcp(443), Endpoint::Any);
        collection(network, Access::Deny, CollectionRules::Network(vec![deny]));
    });
    let missing: Vec<_> = audit.findings.iter().filter(|finding| finding.kind.id() == "missing").collect();
    let denied = missing.iter().filter(|finding| finding.detail.iter().any(|clause| clause.ends_with("more/no-web")));
    let mut count = 0;
    for finding in denied {
        count += 1;
        let first = finding.fixes.first().unwrap();
        let netcordon::audit::Fix::Words(words) = first else { panic!("{first:?}") };
        assert!(words.contains("rule `rcg-more/more/no-web`") && words.contains("narrow"), "{words}");
    }
    assert!(count > 3, "{missing:#?}");
}
