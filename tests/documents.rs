//! The documents: the runbook, the table to sign, the return proxy's snippet, whatever stands in a plan.

#![allow(clippy::unwrap_used)]

mod common;

use common::{cells, prose_and_code, records};
use netcordon::catalog::tags::Tags;
use netcordon::catalog::{Catalog, Need, Role};
use netcordon::exposure::Exposure;
use netcordon::model::{Endpoint, TagTable};
use netcordon::plan::{Ownership, Plan, plan};
use netcordon::proof::{Outcome, Proof, Unwanted, Verdict};
use netcordon::{intent, question, render, required};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The plans of all examples, by name.
fn examples() -> Vec<(String, Plan, Catalog)> {
    let mut folders: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("answers.yaml").exists())
        .collect();
    folders.sort();
    assert!(!folders.is_empty());
    folders.iter().map(|folder| example(folder)).collect()
}

fn example(folder: &Path) -> (String, Plan, Catalog) {
    let answers = question::read("answers.yaml", &fs::read(folder.join("answers.yaml")).unwrap(), &[]).answers;
    let own: Vec<(String, Vec<u8>)> = answers
        .requirements
        .iter()
        .flatten()
        .map(|file| (file.clone(), fs::read(folder.join(file)).unwrap()))
        .collect();
    let catalog = Catalog::load(intent::catalog_files(&answers), &own).unwrap();
    let intent = intent::resolve(&answers, &catalog).unwrap();
    let tags = Tags::snapshot(intent.cloud);
    let (flows, not_applied) = required::required(&catalog, &intent, &tags);
    let mut table = TagTable::default();
    for tag in required::tags_of(&flows) {
        if let Some(addresses) = tags.addresses(&tag) {
            table.insert(&tag, addresses);
        }
    }
    let plan = plan(&catalog, &intent, &flows, &not_applied, &tags, &table).unwrap();
    (folder.file_name().unwrap().to_string_lossy().into_owned(), plan, catalog)
}

/// One file of what is written for a plan.
fn written(plan: &Plan, catalog: &Catalog, proof: &Proof, path: &str) -> String {
    let outputs: Vec<String> = ["terraform", "arm", "bicep", "azcli", "review", "cyclecloud"].map(String::from).into();
    let input = render::Input { plan, catalog, proof, tags_source: "tags.json, change 1", outputs: &outputs };
    let artifacts = render::render(&input).unwrap();
    let artifact = artifacts.into_iter().find(|artifact| artifact.path == path).unwrap();
    String::from_utf8(artifact.bytes).unwrap()
}

/// What a person might type, or an attacker.
const HOSTILE: &str = "a|b `c` <script>x</script>\n# h [x](http://y) ![i](z) \u{1b}[31m\r\n\
    ```\n=cmd|' /C calc'!A0,\";=1+1 $(touch x) ${y} %%{init}%% ]] '''";

/// The plan with every free text of it hostile, and the same number of everything.
fn hostile(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let text = |text: &mut String| *text = format!("{HOSTILE}{text}");
    text(&mut plan.name);
    text(&mut plan.region);
    text(&mut plan.vnet.name);
    text(&mut plan.vnet.resource_group);
    plan.vnet.subscription.iter_mut().for_each(text);
    plan.vnet.peered.iter_mut().for_each(|(name, _)| text(name));
    for subnet in &mut plan.subnets {
        text(&mut subnet.name);
        subnet.nsg.iter_mut().chain(&mut subnet.route_table).for_each(text);
    }
    for nsg in &mut plan.nsgs {
        text(&mut nsg.name);
        nsg.subnets.iter_mut().for_each(text);
        for planned in &mut nsg.rules {
            text(&mut planned.rule.name);
            text(&mut planned.rule.description);
            // Behind the service's own name, which decides whether a service endpoint serves it.
            if let Endpoint::Tag(tag) = &mut planned.rule.destination {
                *tag = format!("{tag}.{HOSTILE}");
            }
        }
    }
    for table in &mut plan.route_tables {
        text(&mut table.name);
        table.subnets.iter_mut().for_each(text);
        for planned in &mut table.routes {
            text(&mut planned.route.name);
            text(&mut planned.why);
        }
    }
    if let Some(firewall) = &mut plan.firewall {
        text(&mut firewall.group);
        firewall.network.iter_mut().for_each(|planned| text(&mut planned.rule.name));
        for planned in &mut firewall.application {
            text(&mut planned.rule.name);
            planned.rule.names.iter_mut().for_each(text);
        }
    }
    if let Some(appliance) = &mut plan.appliance {
        appliance.network.iter_mut().for_each(|planned| text(&mut planned.rule.name));
        for planned in &mut appliance.application {
            text(&mut planned.rule.name);
            planned.rule.names.iter_mut().for_each(text);
        }
    }
    plan.decisions.iter_mut().for_each(|decision| text(&mut decision.what));
    for warning in &mut plan.warnings {
        text(&mut warning.what);
        text(&mut warning.consequence);
    }
    plan.assumptions.iter_mut().chain(&mut plan.defaults).for_each(text);
    plan.accepted.iter_mut().for_each(text);
    plan
}

#[test]
fn every_rule_has_a_row_whatever_its_texts() {
    for (name, plan, catalog) in examples() {
        for plan in [hostile(&plan), plan] {
            let text = written(&plan, &catalog, &Proof::default(), "review/rules.csv");
            let records = records(&text);
            let rules: usize = plan.nsgs.iter().map(|nsg| nsg.rules.len()).sum::<usize>()
                + plan.route_tables.iter().map(|table| table.routes.len()).sum::<usize>()
                + plan.held().0.len()
                + plan.held().1.len();
            assert_eq!(records.len(), rules + 1, "{name}");
            for record in &records {
                assert_eq!(record.len(), records[0].len(), "{name}");
                let formula = |cell: &String| cell.trim_start().starts_with(['=', '+', '-', '@']);
                assert!(!record.iter().any(formula), "{name}: {record:?}");
            }
        }
    }
}

#[test]
fn every_allow_says_why_and_who() {
    for (name, plan, catalog) in examples() {
        let records = records(&written(&plan, &catalog, &Proof::default(), "review/rules.csv"));
        let column = |title: &str| records[0].iter().position(|cell| cell == title).unwrap();
        let (access, why) = (column("access"), column("why"));
        let needed = [column("requirements"), column("sources"), column("who can stand behind the destination")];
        for record in &records[1..] {
            assert!(!record[why].is_empty(), "{name}: {record:?}");
            let said = needed.iter().all(|column| !record[*column].is_empty());
            assert!(record[access] != "allow" || said, "{name}: {record:?}");
        }
    }
}

fn snippet(plan: &Plan, catalog: &Catalog) -> Vec<String> {
    let text = written(plan, catalog, &Proof::default(), "cyclecloud/return-proxy.txt");
    text.lines().map(String::from).collect()
}

fn with_return_proxy() -> Vec<(Plan, Catalog)> {
    let plans = examples().into_iter().map(|(_, plan, catalog)| (plan, catalog));
    let plans: Vec<_> = plans.filter(|(plan, _)| plan.return_proxy.is_some()).collect();
    assert!(!plans.is_empty());
    plans
}

/// The value of each `key` outside comments.
fn values<'l>(lines: &'l [String], key: &str) -> Vec<&'l str> {
    let pairs = lines.iter().filter_map(|line| line.split_once(" = "));
    pairs.filter(|(found, _)| found.trim() == key).map(|(_, value)| value).collect()
}

#[test]
fn one_node_is_the_proxy_and_the_others_say_they_are_not() {
    for (plan, catalog) in with_return_proxy() {
        let lines = snippet(&plan, &catalog);
        assert_eq!(values(&lines, "IsReturnProxy"), ["$ReturnProxy", "false", "false"]);
        assert_eq!(values(&lines, "SubnetId"), ["$ProxySubnetId", "$SchedulerSubnetId", "$NodesSubnetId"]);
        assert_eq!(values(&lines, "SecurityGroup").len(), 1);
        assert!(values(&lines, "DefaultValue").contains(&"rg-hpc-network/vnet-hpc/snet-proxy"));
        assert!(!lines.iter().any(|line| line.contains("[[[input-endpoint") || line.contains("37141")));
    }
}

#[test]
fn a_scheduler_in_the_proxys_subnet_is_the_proxy() {
    for (mut plan, catalog) in with_return_proxy() {
        for subnet in &mut plan.subnets {
            if !subnet.roles.remove(&Role::Scheduler) && subnet.roles.contains(&Role::ReturnProxy) {
                subnet.roles.insert(Role::Scheduler);
            }
        }
        let lines = snippet(&plan, &catalog);
        assert_eq!(values(&lines, "IsReturnProxy"), ["$ReturnProxy", "false"]);
        assert!(!lines.iter().any(|line| line.contains("[[node proxy]]")));
    }
}

#[test]
fn no_text_adds_a_line_a_section_or_a_parameter() {
    for (plan, catalog) in with_return_proxy() {
        let (plain, hostile) = (snippet(&plan, &catalog), snippet(&hostile(&plan), &catalog));
        assert_eq!(plain.len(), hostile.len());
        let count =
            |lines: &[String], what: char| lines.iter().flat_map(|line| line.chars()).filter(|c| *c == what).count();
        for what in ['[', ']', '#', '$', '{', '=', '\'', '"'] {
            assert_eq!(count(&plain, what), count(&hostile, what), "{what}");
        }
    }
}

/// A proof with one of everything.
fn one_of_each(text: &str) -> Proof {
    let outcomes = [
        Outcome::Allowed,
        Outcome::Assumed(text.into()),
        Outcome::Part(text.into()),
        Outcome::Blocked,
        Outcome::Undecided,
    ];
    let verdict = |outcome: Outcome| Verdict {
        requirement: "aml.out.batch".into(),
        need: Need::Required,
        from: text.into(),
        to: text.into(),
        services: "tcp 443".into(),
        outcome,
        decided: text.into(),
        changes: vec![text.into(), text.into()],
        blocked_at: Vec::new(),
        passed_by: std::collections::BTreeSet::new(),
    };
    Proof {
        verdicts: outcomes.map(verdict).into(),
        unwanted: vec![Unwanted {
            subnet: text.into(),
            direction: "outbound".into(),
            what: text.into(),
            addresses: 7,
            services: "tcp 443".into(),
            by: text.into(),
            names: Vec::new(),
            far: netcordon::model::AddressSet::default(),
            on: netcordon::model::Services::tcp(443),
        }],
        exposure: vec![Exposure {
            subnet: text.into(),
            addresses: 4096,
            names: vec![text.into()],
            anyone: vec!["aml.out.storage".into()],
        }],
        assumed: vec![text.into()],
    }
}

fn readme(plan: &Plan, catalog: &Catalog, proof: &Proof) -> String {
    written(plan, catalog, proof, "README.md")
}

#[test]
fn tables_are_well_formed_and_fences_closed() {
    for (name, plan, catalog) in examples() {
        for proof in [Proof::default(), one_of_each("x"), one_of_each(HOSTILE)] {
            let text = readme(&plan, &catalog, &proof);
            let (prose, _) = prose_and_code(&text);
            let mut width = None;
            for line in prose {
                match (line.starts_with('|'), width) {
                    (false, _) => width = None,
                    (true, None) => width = Some(cells(line)),
                    (true, Some(width)) => assert_eq!(cells(line), width, "{name}: {line}"),
                }
            }
            assert!(text.ends_with('\n') && !text.ends_with("\n\n") && !text.contains("\n\n\n"), "{name}");
            assert!(!text.lines().any(|line| line.ends_with(' ')), "{name}");
        }
    }
}

#[test]
fn hostile_texts_add_no_line_no_markup_and_no_command() {
    for (name, plan, catalog) in examples() {
        let plain = readme(&plan, &catalog, &one_of_each("x"));
        let hostile = readme(&hostile(&plan), &catalog, &one_of_each(HOSTILE));
        let ((plain_prose, plain_code), (prose, code)) = (prose_and_code(&plain), prose_and_code(&hostile));
        assert_eq!(plain_prose.len(), prose.len(), "{name}");
        assert_eq!(plain_code.len(), code.len(), "{name}");
        let links = |lines: &[&str]| lines.iter().map(|line| line.matches("](").count()).sum::<usize>();
        let escaped = |lines: &[&str]| lines.iter().map(|line| line.matches("\\](").count()).sum::<usize>();
        assert_eq!(links(&plain_prose), links(&prose) - escaped(&prose), "{name}");
        let headings = |lines: &[&str]| lines.iter().filter(|line| line.starts_with('#')).count();
        assert_eq!(headings(&plain_prose), headings(&prose), "{name}");
        for line in prose {
            assert!(!line.contains("<script"), "{name}: {line}");
        }
        for line in code {
            assert!(!outside_quotes(line).contains("touch"), "{name}: {line}");
        }
    }
}

/// What of a line of a shell or of Mermaid stands outside its quotes.
fn outside_quotes(line: &str) -> String {
    if line.contains("[\"") || line.contains("|\"") {
        return line.split('"').step_by(2).collect();
    }
    line.replace(r"'\''", "").split('\'').step_by(2).collect()
}

#[test]
fn every_used_requirement_is_explained_once() {
    for (name, plan, catalog) in examples() {
        let text = readme(&plan, &catalog, &Proof::default());
        let ids: BTreeSet<&String> = plan.nsgs.iter().flat_map(|n| &n.rules).flat_map(|rule| &rule.because).collect();
        for id in ids {
            let heading = format!("### {id}");
            assert_eq!(text.lines().filter(|line| *line == heading).count(), 1, "{name}: {id}");
        }
    }
}

#[test]
fn only_subnets_that_exist_get_commands_and_those_read_first() {
    for (name, plan, catalog) in examples() {
        let text = readme(&plan, &catalog, &Proof::default());
        let attaches = text.matches(" --network-security-group ").count();
        let ours = plan.nsgs.iter().filter(|nsg| nsg.ownership == Ownership::Create).count();
        assert_eq!(attaches, if plan.vnet.create { 0 } else { ours }, "{name}");
        let reads = text.matches("--query 'networkSecurityGroup.id'").count();
        assert!(reads >= attaches, "{name}");
    }
}

#[test]
fn the_commands_of_a_format_are_there_when_it_is_written() {
    for (name, plan, catalog) in examples() {
        for (format, command) in [
            ("terraform", "terraform apply spoke.tfplan"),
            ("arm", "--template-file arm/spoke.json"),
            ("bicep", "--parameters bicep/spoke.bicepparam"),
            ("azcli", "bash azcli/apply.sh --dry-run"),
        ] {
            for outputs in [vec![format.to_string()], vec!["review".to_string()]] {
                let proof = Proof::default();
                let input =
                    render::Input { plan: &plan, catalog: &catalog, proof: &proof, tags_source: "", outputs: &outputs };
                let artifacts = render::render(&input).unwrap();
                let text = String::from_utf8(artifacts[0].bytes.clone()).unwrap();
                assert_eq!(text.contains(command), outputs[0] == format, "{name}: {command}");
                assert!(!text.contains("spellings"), "{name}");
            }
        }
        let all = readme(&plan, &catalog, &Proof::default());
        let spellings = "Terraform, ARM, Bicep and the scripts for the Azure CLI are spellings of the same rules";
        assert!(all.replace('\n', " ").contains(spellings), "{name}");
    }
}
