//! What people sign: the tables and pages for each owner, and the page for a board.

#![allow(clippy::unwrap_used)]

mod common;

use common::{cells, example, examples, hostile_plans, planned, prose_and_code, records};
use netcordon::catalog::Catalog;
use netcordon::catalog::tags::Tags;
use netcordon::environment::{Environment, build};
use netcordon::model::{Access, AddressSet, Direction, Endpoint};
use netcordon::plan::Plan;
use netcordon::proof::Proof;
use netcordon::{question, render};
use std::collections::BTreeMap;
use std::io::Write;
use std::net::IpAddr;
use std::path::Path;
use std::process::{Command, Stdio};

/// Every file of the formats `review` and `handover`, and the runbook.
fn written(plan: &Plan, catalog: &Catalog, proof: &Proof) -> BTreeMap<String, String> {
    let outputs = ["review", "handover"].map(String::from);
    let input = render::Input { plan, catalog, proof, tags_source: "tags.json, change 1", outputs: &outputs };
    let artifacts = render::render(&input).unwrap().into_iter();
    artifacts.map(|artifact| (artifact.path, String::from_utf8(artifact.bytes).unwrap())).collect()
}

/// Each example, and each with the rarer things; then the hostile ones.
fn all() -> Vec<(Plan, Catalog)> {
    let mut all: Vec<(Plan, Catalog)> = Vec::new();
    for folder in examples() {
        let (plan, catalog) = planned(&folder);
        let mut other = plan.clone();
        other.enforce = false;
        for nsg in &mut other.nsgs {
            nsg.adopted = true;
        }
        for table in &mut other.route_tables {
            table.adopted = true;
        }
        all.push((other, planned(&folder).1));
        all.push((plan, catalog));
    }
    all.extend(hostile_plans());
    all
}

/// The rows of a table as maps from the column's name.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut records = records(text).into_iter();
    let names = records.next().unwrap();
    let row = |record: Vec<String>| {
        assert_eq!(record.len(), names.len(), "{record:?}");
        names.iter().cloned().zip(record).collect()
    };
    records.map(row).collect()
}

fn keys(files: &BTreeMap<String, String>, path: &str) -> Vec<String> {
    files.get(path).map_or_else(Vec::new, |text| rows(text).iter().map(|row| row["key"].clone()).collect())
}

/// As cells of CSV have them: what a person does not see is spelt out. The mark before what could be a formula is left
/// out on both sides.
fn shown(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    texts.into_iter().map(|text| netcordon::problem::printable(&text).replace('\'', "")).collect()
}

#[test]
fn each_rule_is_handed_over_once_to_its_owner() {
    for (plan, catalog) in all() {
        let files = written(&plan, &catalog, &Proof::default());
        let written = plan.written();
        let nsgs = written.nsgs.iter().flat_map(|nsg| &nsg.rules).map(|rule| rule.key.clone());
        let routes = written.route_tables.iter().flat_map(|table| &table.routes).map(|route| route.key.clone());
        assert_eq!(shown(keys(&files, "handover/network.csv")), shown(nsgs.chain(routes)), "{}", plan.name);
        let (network, application) = written.held();
        let network = network.iter().map(|rule| rule.key.clone());
        let application = application.iter().map(|rule| rule.key.clone());
        assert_eq!(shown(keys(&files, "handover/firewall.csv")), shown(network.chain(application)), "{}", plan.name);
        let holds = plan.firewall.is_some() || plan.appliance.is_some();
        assert_eq!(files.contains_key("handover/firewall.csv"), holds, "{}", plan.name);
        for owner in ["firewall", "network", "dns", "on-premises"] {
            let (page, table) = (format!("handover/{owner}.md"), format!("handover/{owner}.csv"));
            assert_eq!(files.contains_key(&page), files.contains_key(&table), "{}: {owner}", plan.name);
            for row in files.get(&table).map(|text| rows(text)).into_iter().flatten() {
                for said in ["name", "residual risk", "test", "rollback"] {
                    assert!(!row[said].is_empty(), "{}: {owner}: no {said}: {row:?}", plan.name);
                }
                let formula = |cell: &String| cell.trim_start().starts_with(['=', '+', '-', '@']);
                assert!(!row.values().any(formula), "{}: {row:?}", plan.name);
            }
        }
    }
}

#[test]
fn an_owner_with_nothing_to_do_gets_nothing() {
    let (mut plan, catalog) = example("cyclecloud-vm");
    let files = written(&plan, &catalog, &Proof::default());
    assert!(!files.contains_key("handover/firewall.md"));
    assert!(files.contains_key("handover/on-premises.md"));
    let network = plan.vnet.address_space.clone();
    plan.vnet.peered.push(("office".into(), vec!["10.0.0.0/8".parse().unwrap(), "100.0.0.0/8".parse().unwrap()]));
    plan.vnet.on_premises.clear();
    plan.vnet.dns_servers.clear();
    for subnet in &mut plan.subnets {
        subnet.roles.remove(&netcordon::catalog::Role::PrivateEndpoints);
    }
    assert!(!network.is_empty());
    let files = written(&plan, &catalog, &Proof::default());
    let left: Vec<&String> = files.keys().filter(|path| path.starts_with("handover/")).collect();
    assert_eq!(left, ["handover/network.csv", "handover/network.md"]);
}

/// The corporate firewall has to let through what the NSGs do, from its own side alone.
#[test]
fn the_corporate_firewall_gets_what_crosses_it() {
    let (plan, catalog) = example("hub-everything");
    let files = written(&plan, &catalog, &Proof::default());
    let seen: Vec<(String, String, String, String, String)> = rows(&files["handover/on-premises.csv"])
        .into_iter()
        .map(|row| {
            let field = |name: &str| row[name].clone();
            (field("key"), field("direction"), field("source"), field("destination"), field("ports"))
        })
        .collect();
    let row = |key: &str, direction: &str, source: &str, destination: &str, ports: &str| {
        (key.to_string(), direction.to_string(), source.to_string(), destination.to_string(), ports.to_string())
    };
    assert_eq!(
        seen,
        [
            row("cyclecloud.server.web/snet-cyclecloud/in", "to Azure", "10.100.4.0/24", "10.50.0.0/27", "443"),
            row("company.out.licences/snet-nodes/out", "from Azure", "10.50.2.0/23", "10.100.20.0/28", "27000-27009"),
            row("cyclecloud.users.scheduler-ssh/snet-scheduler/in", "to Azure", "10.100.0.0/16", "10.50.0.32/27", "22"),
        ]
    );
}

/// The texts of `bash -n` about a script.
fn syntax(script: &str) -> String {
    let mut bash = Command::new("bash").arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    bash.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    String::from_utf8(bash.wait_with_output().unwrap().stderr).unwrap()
}

/// What a line of a shell runs: outside single quotes nothing of a name is left, and none of it runs.
fn runs(line: &str) -> String {
    line.replace(r"'\''", "").split('\'').step_by(2).collect()
}

/// The lines of the bash blocks of a page.
fn shell(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line {
            "```bash" => inside = true,
            "```" => inside = false,
            line if inside => lines.push(line.to_string()),
            _ => {}
        }
    }
    lines
}

#[test]
fn every_command_is_one_that_bash_reads_and_no_name_runs_in_it() {
    for (plan, catalog) in all() {
        let mut script = String::new();
        for (path, text) in written(&plan, &catalog, &Proof::default()) {
            let commands: Vec<String> = match path.rsplit_once('.').unwrap() {
                (_, "md") => shell(&text),
                _ if !path.starts_with("handover/") => continue,
                _ => rows(&text)
                    .iter()
                    .flat_map(|row| [row["test"].clone(), row["rollback"].clone()])
                    .filter(|command| {
                        ["az ", "nc ", "curl ", "nslookup ", "ping "].iter().any(|tool| command.starts_with(tool))
                    })
                    .collect(),
            };
            for command in &commands {
                assert!(!runs(command).contains("touch evil"), "{}: {path}: {command}", plan.name);
            }
            script.push_str(&commands.join("\n"));
            script.push('\n');
        }
        assert_eq!(syntax(&script), "", "{}", plan.name);
    }
}

#[test]
fn pages_are_well_formed_whatever_the_names() {
    for (plan, catalog) in all() {
        for (path, text) in written(&plan, &catalog, &Proof::default()) {
            if !path.ends_with(".md") || path == "README.md" {
                continue;
            }
            assert!(
                text.ends_with('\n') && !text.ends_with("\n\n") && !text.contains("\n\n\n"),
                "{}: {path}",
                plan.name
            );
            let (prose, _) = prose_and_code(&text);
            let mut width = None;
            for line in prose {
                assert!(!line.ends_with(' '), "{}: {path}: {line:?}", plan.name);
                match (line.starts_with('|'), width) {
                    (false, _) => width = None,
                    (true, None) => width = Some(cells(line)),
                    (true, Some(width)) => assert_eq!(cells(line), width, "{}: {path}: {line}", plan.name),
                }
            }
        }
    }
}

fn environment(name: &str, sets: &[&str]) -> Environment {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let sets: Vec<String> = sets.iter().map(ToString::to_string).collect();
    let read = question::read("answers.yaml", &std::fs::read(folder.join("answers.yaml")).unwrap(), &sets);
    let own: Vec<(String, Vec<u8>)> = read
        .answers
        .requirements
        .iter()
        .flatten()
        .map(|file| (file.clone(), std::fs::read(folder.join(file)).unwrap()))
        .collect();
    build(&read, "answers.yaml", &own, None).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The cells of the rows of a Markdown table under a heading, without the code marks.
fn table(text: &str, heading: &str) -> Vec<Vec<String>> {
    let part = text.split(heading).nth(1).unwrap();
    let lines = part.lines().skip_while(|line| !line.starts_with('|')).take_while(|line| line.starts_with('|'));
    lines
        .skip(2)
        .map(|line| line.trim_matches('|').split(" | ").map(|cell| cell.trim().replace('`', "")).collect())
        .collect()
}

/// Counts the addresses of tags by hand: start and end of each prefix, sorted, overlaps once.
fn count(prefixes: &[ipnet::IpNet]) -> u64 {
    let mut ranges: Vec<(u32, u32)> = prefixes
        .iter()
        .filter_map(|prefix| match (prefix.network(), prefix.broadcast()) {
            (IpAddr::V4(first), IpAddr::V4(last)) => Some((first.to_bits(), last.to_bits())),
            _ => None,
        })
        .collect();
    ranges.sort_unstable();
    let (mut total, mut next) = (0u64, 0u64);
    for (first, last) in ranges {
        let first = u64::from(first).max(next);
        if u64::from(last) >= first {
            total += u64::from(last) - first + 1;
            next = u64::from(last) + 1;
        }
    }
    total
}

/// The board's numbers, counted again from the planned NSG rules and Microsoft's file alone: no simulator, no proof.
#[test]
fn the_boards_numbers_are_those_of_the_tags_that_the_nsgs_open() {
    let environment = environment("cyclecloud-vm", &[]);
    let plan = &environment.plan;
    let tags = Tags::snapshot(plan.cloud);
    let board = &written(plan, &environment.catalog, &environment.proof)["review/board.md"];
    let said: Vec<(String, String)> = table(board, "## What can be reached")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].replace(',', "")))
        .collect();
    let mut meant = Vec::new();
    for nsg in &plan.nsgs {
        let mut prefixes = Vec::new();
        for planned in &nsg.rules {
            let rule = &planned.rule;
            if let (Direction::Outbound, Access::Allow, Endpoint::Tag(tag)) =
                (rule.direction, rule.access, &rule.destination)
            {
                prefixes.extend(tags.prefixes(tag).unwrap());
            }
        }
        meant.push((nsg.subnets[0].clone(), count(&prefixes).to_string()));
    }
    let order = |name: &str| plan.subnets.iter().position(|subnet| subnet.name == name).unwrap();
    meant.sort_by_key(|(name, _)| order(name));
    assert!(meant.iter().all(|(_, count)| count.len() > 4), "{meant:?}");
    assert_eq!(said, meant);
}

#[test]
fn the_board_names_what_is_accepted_what_is_closed_and_what_anyone_can_rent() {
    let environment = environment("cyclecloud-vm", &["egress.accept_blocked=[cyclecloud.nodes.storage]"]);
    let board = &written(&environment.plan, &environment.catalog, &environment.proof)["review/board.md"];
    let gaps: Vec<(String, String)> =
        table(board, "## Accepted gaps").into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let gap = |kind: &str, id: &str| (kind.to_string(), id.to_string());
    assert_eq!(
        gaps,
        [
            gap("accepted as blocked", "cyclecloud.nodes.storage"),
            gap("optional, left closed", "cyclecloud.server.telemetry"),
            gap("optional, left closed", "cyclecloud.server.prices"),
        ]
    );
    let rentable: Vec<(String, String)> = table(board, "## Where anyone can rent a place")
        .into_iter()
        .map(|row| (row[0].clone(), row[2].clone()))
        .collect();
    let at = |to: &str, from: &str| (to.to_string(), from.to_string());
    assert_eq!(
        rentable,
        [
            at("Storage", "snet-cyclecloud"),
            at("AzureMonitor", "snet-cyclecloud"),
            at("Storage.WestEurope", "snet-scheduler"),
        ]
    );
}

/// The same answers give the same digest; a flow that ends otherwise gives another one.
#[test]
fn the_digest_is_of_what_was_proved() {
    let digest = |environment: &Environment| {
        let board = written(&environment.plan, &environment.catalog, &environment.proof);
        let text = board["review/board.md"].split("sha256:").nth(1).unwrap()[..64].to_string();
        assert!(text.bytes().all(|byte| byte.is_ascii_hexdigit()));
        text
    };
    let plain = environment("cyclecloud-vm", &[]);
    assert_eq!(digest(&plain), digest(&environment("cyclecloud-vm", &[])));
    assert_eq!(digest(&plain), digest(&environment("cyclecloud-vm", &["enforce=false"])));
    assert_ne!(digest(&plain), digest(&environment("cyclecloud-vm", &["cyclecloud.admin_ssh=true"])));
}

/// The wizard shows exposure without a proof: both say the same.
#[test]
fn exposure_alone_says_what_the_proof_says() {
    for folder in examples() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let environment = environment(&name, &[]);
        let alone =
            netcordon::exposure::exposure(&environment.plan.assumed_network(), &environment.flows, &environment.table);
        assert_eq!(alone, environment.proof.exposure, "{name}");
        let most = AddressSet::public_v4().count_v4();
        assert!(alone.iter().all(|exposure| exposure.addresses <= most));
    }
}
