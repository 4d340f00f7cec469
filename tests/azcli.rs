//! Our scripts for the Azure CLI: read back they stand for the planned network, whatever the names are, and nothing else
//! gets in; run, they ask before they change anything.

#![allow(clippy::unwrap_used)]

mod common;

#[cfg(unix)]
use common::run;
use common::{assert_reads_back, example, files, hostile_plans, plans, problems_after};
use netcordon::import::azcli::read;
use netcordon::plan::{Ownership, Plan};

#[test]
fn every_plan_reads_back_as_planned() {
    for (plan, catalog) in plans() {
        assert_reads_back(&plan, &catalog, "azcli", read);
    }
}

#[test]
fn hostile_texts_stay_texts() {
    for (plan, catalog) in hostile_plans() {
        assert_reads_back(&plan, &catalog, "azcli", read);
    }
}

#[test]
fn what_is_not_ours_is_refused_by_name() {
    let apply = "apply.sh";
    let hub = "hub.sh";
    let mut wrong = Vec::new();
    for (file, from, to, says) in [
        (apply, "set -euo pipefail", "set -uo pipefail", "is not what netcordon writes there"),
        (
            apply,
            "  change az network nsg rule create",
            "  true az network nsg rule create",
            "is not what netcordon writes there",
        ),
        (apply, "\nbegin\n", "\n", "`begin` is expected here"),
        (apply, "\nbegin\n", "\nrm -rf x\nbegin\n", "`begin` is expected here"),
        (apply, "\nbegin\n", "\nrm -rf /\nbegin\n", "neither a plain word nor in single quotes"),
        (apply, "\nbegin\n", "\nbegin; x\n", "is not what netcordon writes there"),
        (apply, "\nnsg create", "\nif x\nnsg create", "`on_subnets` is expected here"),
        (apply, "--priority 3", "--priority $3", "is neither a plain word nor in single quotes"),
        (apply, "--priority 3", "--priority '3'", "is not what netcordon writes there"),
        (apply, "'Tcp'", "\"Tcp\"", "is neither a plain word nor in single quotes"),
        (apply, "'Tcp'", "Tcp", "`rule` in this form"),
        (apply, "'Tcp'", "'tcp'", "a protocol of an NSG"),
        (apply, "'Tcp'", "'Tcp' 'Udp'", "`rule` in this form"),
        (apply, "'Tcp'", "$(x)", "is neither a plain word nor in single quotes"),
        (apply, "'10.100.0.0/16'", "'Internet' '10.0.0.0/8'", "must be an address prefix"),
        (apply, "'10.100.0.0/16'", "*", "is neither a plain word nor in single quotes"),
        (apply, "'10.100.0.0/16'", "'--priority'", "the CLI takes `--priority` for an option or a file"),
        (apply, "'10.100.0.0/16'", "'@file'", "the CLI takes `@file` for an option or a file"),
        (apply, "--access 'Allow' ", "", "`rule` in this form"),
        (apply, "--access 'Allow' ", "--access 'Allow' --no-wait ", "`rule` in this form"),
        (apply, "--description 'base", "--description 'base' 'base", "`rule` in this form"),
        (apply, "\nrule 'nsg-ml-prod-snet-compute'", "\nrule 'other'", "`rule` in this form"),
        (apply, "nsg create 'nsg-ml-prod-snet-compute'", "nsg extend 'nsg-ml-prod-snet-compute'", "otherwise of whose"),
        (apply, "vnet='vnet-ml'", "vnet='other'", "says otherwise of the virtual network"),
        (apply, "vnet='vnet-ml'", "vnet=vnet-ml", "a value in single quotes is expected after `=`"),
        (apply, "location='", "location='x' '", "`location=` in this form"),
        (apply, "  attach 'snet-compute' nsg", "  expect 'snet-compute' nsg", "`subnet` in this form"),
        (apply, "  attach 'snet-compute' nsg", "  attach 'snet-compute' route-table", "`attach` in this form"),
        (apply, "  attach 'snet-compute' route-table 'rt-ml-prod-snet-compute'\n", "", "says otherwise of subnet"),
        (
            apply,
            "  attach 'snet-compute' route-table",
            "  expect 'snet-compute' route-table",
            "says otherwise of subnet",
        ),
        (apply, "  attach 'snet-compute' route-table", "  attach 'other' route-table", "says otherwise of subnet"),
        (
            apply,
            "}\n\nroutes_on_subnets",
            "  nat_gateway 'snet-compute'\n}\n\nroutes_on_subnets",
            "says otherwise of subnet",
        ),
        (apply, "--default-outbound-access false", "--default-outbound-access true", "`subnet` in this form"),
        (apply, "--default-outbound-access false", "--delegations 'x'", "`subnet` in this form"),
        (apply, "subnet 'snet-endpoints'", "# subnet 'snet-endpoints'", "says otherwise of the virtual network"),
        (apply, "'10.0.1.4'", "'10.0.1.x'", "must be an address"),
        (apply, "\nend\n", "\nend\nend\n", "`end` in this form"),
        (apply, "\nend\n", "\n", "`end` is expected here"),
        (apply, "\"wayOut\": \"none\"", "\"wayOut\": \"nat-gateway\"", "says otherwise of subnet"),
        (apply, "\"wayOut\": \"none\"", "\"wayOut\": none", "cannot be read as JSON"),
        (apply, "\"wayOut\": \"none\"", "\"wayOut\": \"none\", \"wayOut\": \"unknown\"", "stands here twice"),
        (apply, ": <<'NETWORK'", ": <<NETWORK", "is neither a plain word nor in single quotes"),
        (apply, "\nNETWORK\n", "\n NETWORK\n", "the here-document does not end"),
        (hub, "--method put", "--method patch", "is not what netcordon writes there"),
        (hub, "name='", "name=x'", "a value in single quotes is expected after `=`"),
        (hub, "put <<'GROUP'", "put <<GROUP", "is neither a plain word nor in single quotes"),
        (hub, "{\n  \"properties\"", "{\n  \"more\": 1,\n  \"properties\"", "must have `properties` and nothing else"),
        (hub, "\"type\": \"Allow\"", "\"type\": \"Dnat\"", "must be `Allow` or `Deny`"),
        (hub, "\"dnsProxy\": true", "\"dnsProxy\": 1", "must be true or false"),
    ] {
        let found = problems_after("aml-no-public-ip-firewall", "azcli", read, file, from, to);
        if !found.iter().any(|what| what.contains(says)) {
            wrong.push(format!("{file} {to:?} should say {says:?}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_stands_on_subnets_that_exist_is_what_was_planned() {
    let mut wrong = Vec::new();
    for (from, to, says) in [
        (
            "existing 'snet-compute' '10.60.0.0/24'",
            "existing 'snet-compute' '10.60.0.0/25'",
            "says otherwise of subnet",
        ),
        ("  existing 'snet-compute' '10.60.0.0/24'\n", "", "says otherwise of subnet"),
        ("expect 'snet-compute' nsg", "attach 'snet-compute' nsg", "says otherwise of subnet"),
        ("expect 'snet-compute' nsg 'nsg-shared'", "expect 'snet-compute' nsg 'other'", "says otherwise of subnet"),
        ("  expect 'snet-compute' nsg 'nsg-shared'\n", "", "says otherwise of subnet"),
        ("pass=$1\n", "pass=$1\n  endpoints 'snet-compute' 'Microsoft.Storage'\n", "says otherwise of subnet"),
        ("pass=$1\n", "pass=$1\n  nat_gateway 'snet-compute'\n", "says otherwise of subnet"),
        ("pass=$1\n", "pass=change\n", "a value in single quotes is expected"),
        ("pass=$1\n", "pass=$1\n  existing 'other' '10.0.0.0/24'\n", "has no subnet `other`"),
        ("vnet='vnet-shared'", "vnet='other'", "has another virtual network than `vnet`"),
        ("nsg extend 'nsg-shared'", "nsg create 'nsg-shared'", "otherwise of whose `nsg-shared` is"),
    ] {
        let found = problems_after("extend-existing", "azcli", read, "apply.sh", from, to);
        if !found.iter().any(|what| what.contains(says)) {
            wrong.push(format!("{to:?} should say {says:?}: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn cut_off_and_foreign_texts_are_refused() {
    let (plan, catalog) = example("extend-existing");
    for (path, text) in files(&plan, &catalog, "azcli") {
        let cuts =
            (0..text.len()).step_by(7).filter(|end| text.is_char_boundary(*end) && !text[*end..].trim().is_empty());
        for end in cuts {
            assert!(read(&[(path.clone(), text[..end].into())]).is_err(), "{path} {end}");
        }
        assert!(read(&[(path.clone(), text.replace('\n', "\r\n"))]).is_err());
        assert!(read(&[(path.clone(), text.replacen("ml-guest", "ml\0guest", 1))]).is_err());
        assert!(read(&[(path, " ".repeat((16 << 20) + 1))]).is_err());
    }
    assert!(read(&[]).is_err());
}

#[cfg(unix)]
fn script(plan: &Plan, catalog: &netcordon::catalog::Catalog, name: &str) -> String {
    files(plan, catalog, "azcli").into_iter().find(|(path, _)| path.ends_with(name)).unwrap().1
}

/// Whether a plan is small enough to be run: each of its rules is a few processes.
#[cfg(unix)]
fn small((plan, _): &(Plan, netcordon::catalog::Catalog)) -> bool {
    plan.nsgs.iter().map(|nsg| nsg.rules.len()).sum::<usize>() < 20
}

#[cfg(unix)]
fn writes(calls: &[Vec<String>]) -> Vec<&Vec<String>> {
    let reads = |word: &String| ["show", "list", "get"].contains(&word.as_str());
    calls.iter().filter(|call| !call.iter().take(6).any(reads)).collect()
}

#[cfg(unix)]
#[test]
fn a_dry_run_changes_nothing_and_shows_every_change() {
    for (plan, catalog) in plans().into_iter().filter(small) {
        let folder = tempfile::tempdir().unwrap();
        // NSGs and tables of others are there and attached.
        let mut there = String::new();
        for subnet in plan.subnets.iter().filter(|_| !plan.vnet.create) {
            there += &format!("*' --name {} --query [addressPrefix'*) echo {} ;;\n", subnet.name, subnet.prefix);
            let kinds = [("networkSecurityGroup", &subnet.nsg), ("routeTable", &subnet.route_table)];
            for (kind, name) in kinds {
                let extended = plan.nsgs.iter().map(|nsg| (&nsg.name, nsg.ownership));
                let extended = extended.chain(plan.route_tables.iter().map(|table| (&table.name, table.ownership)));
                for (name, _) in extended.filter(|(n, owner)| Some(*n) == name.as_ref() && *owner == Ownership::Extend)
                {
                    let id = format!(
                        "/resourceGroups/{}/providers/Microsoft.Network/{kind}s/{name}",
                        plan.vnet.resource_group
                    );
                    there += &format!("*' --name {} --query {kind}.id'*) echo '{id}' ;;\n", subnet.name);
                }
            }
        }
        for name in plan.nsgs.iter().filter(|nsg| nsg.ownership == Ownership::Extend).map(|nsg| &nsg.name) {
            there += &format!("*'nsg show '*' --name {name} '*) echo id ;;\n");
        }
        for name in plan.route_tables.iter().filter(|one| one.ownership == Ownership::Extend).map(|one| &one.name) {
            there += &format!("*'route-table show '*' --name {name} '*) echo 'id false' ;;\n");
        }
        let text = script(&plan, &catalog, "apply.sh");
        let (dry, calls) = run(folder.path(), &text, &["--dry-run"], &there);
        assert!(dry.status.success(), "{}: {}", plan.name, String::from_utf8_lossy(&dry.stderr));
        assert_eq!(writes(&calls), Vec::<&Vec<String>>::new(), "{}", plan.name);
        let (wet, calls) = run(folder.path(), &text, &[], &there);
        assert!(wet.status.success(), "{}: {}", plan.name, String::from_utf8_lossy(&wet.stderr));
        assert_eq!(dry.stdout, wet.stdout, "{}", plan.name);
        let rules: usize = plan.nsgs.iter().map(|nsg| nsg.rules.len()).sum();
        let routes: usize = plan.route_tables.iter().map(|table| table.routes.len()).sum();
        let count =
            |words: &[&str]| calls.iter().filter(|call| words.iter().all(|w| call.iter().any(|c| c == w))).count();
        assert_eq!((count(&["rule", "create"]), count(&["route", "create"])), (rules, routes), "{}", plan.name);
        let (skipped, calls) = run(folder.path(), &text, &["--skip-routes"], &there);
        assert!(skipped.status.success());
        let about_routes =
            |call: &&Vec<String>| call.iter().any(|word| word == "route-table" || word == "--route-table");
        assert_eq!(calls.iter().find(about_routes), None, "{}", plan.name);
    }
}

/// Bash reads the values as they were, as one argument each.
#[cfg(unix)]
#[test]
fn a_shell_hands_over_every_text_as_it_was() {
    for (mut plan, catalog) in hostile_plans().into_iter().filter(small) {
        plan.vnet.create = true;
        for nsg in &mut plan.nsgs {
            nsg.ownership = Ownership::Create;
        }
        for table in &mut plan.route_tables {
            table.ownership = Ownership::Create;
        }
        let folder = tempfile::tempdir().unwrap();
        let (done, calls) = run(folder.path(), &script(&plan, &catalog, "apply.sh"), &[], "");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert!(!folder.path().join("evil").exists());
        let mut rules = plan.nsgs.iter().flat_map(|nsg| nsg.rules.iter().map(|rule| (&nsg.name, &rule.rule)));
        for call in calls.iter().filter(|call| call[..4] == ["network", "nsg", "rule", "create"]) {
            let after = |option: &str| &call[call.iter().position(|word| word == option).unwrap() + 1];
            let (nsg, rule) = rules.next().unwrap();
            let given = (after("--nsg-name"), after("--name"), after("--description"));
            assert_eq!(given, (nsg, &rule.name, &rule.description));
        }
        assert_eq!(rules.next(), None);
        let created = calls.iter().find(|call| call[..3] == ["network", "nsg", "create"]).unwrap();
        let tags = &created[created.iter().position(|word| word == "--tags").unwrap() + 1];
        assert!(!tags.contains('@'));
        let tags: std::collections::BTreeMap<String, String> = serde_json::from_str(tags).unwrap();
        assert_eq!(tags, plan.resource_tags);
    }
}

#[cfg(unix)]
#[test]
fn something_else_on_a_subnet_stops_before_any_change() {
    let (mut plan, catalog) = example("aml-no-public-ip-firewall");
    plan.vnet.create = false;
    let text = script(&plan, &catalog, "apply.sh");
    let prefixes: String = plan
        .subnets
        .iter()
        .map(|subnet| format!("*' --name {} --query [addressPrefix'*) echo {} ;;\n", subnet.name, subnet.prefix))
        .collect();
    let says = |answers: &str, wanted: &str| {
        let folder = tempfile::tempdir().unwrap();
        let (done, calls) = run(folder.path(), &text, &[], answers);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!((done.status.code(), writes(&calls)), (Some(1), Vec::new()), "{said}");
        assert!(said.starts_with("stop: ") && said.contains(wanted), "{said}");
    };
    says(
        &format!("*networkSecurityGroup.id*) echo /x/other ;;\n{prefixes}"),
        "the subnet snet-compute has another nsg: /x/other",
    );
    says(
        &format!("*routeTable.id*) echo /x/other ;;\n{prefixes}"),
        "the subnet snet-compute has another route-table: /x/other",
    );
    says("*addressPrefix*) echo 10.9.9.0/24 ;;", "the subnet snet-compute does not have the prefix 10.30.0.0/23");
    says("", "there is no subnet snet-compute in the virtual network vnet-ml");
    // Whatever else goes wrong ends the script with its own code: a read, and a change.
    let folder = tempfile::tempdir().unwrap();
    let (done, calls) = run(folder.path(), &text, &[], &format!("*' rule create '*) exit 9 ;;\n{prefixes}"));
    assert_eq!(done.status.code(), Some(9), "{done:?}");
    assert_eq!(calls.iter().filter(|call| call[..4] == ["network", "nsg", "rule", "create"]).count(), 1);
    assert_eq!(calls.last().unwrap()[2..4], ["rule", "create"]);
    let folder = tempfile::tempdir().unwrap();
    let (done, calls) = run(folder.path(), &text, &[], "*) echo 'not signed in' >&2; exit 7 ;;");
    assert_eq!((done.status.code(), calls.len()), (Some(7), 2), "{done:?}");
    assert_eq!(String::from_utf8(done.stderr).unwrap(), "not signed in\n");
}

#[cfg(unix)]
#[test]
fn only_what_the_list_names_and_is_there_is_pruned() {
    let (plan, catalog) = example("aml-no-public-ip-firewall");
    let text = script(&plan, &catalog, "apply.sh");
    let folder = tempfile::tempdir().unwrap();
    let list = |text: &str| std::fs::write(folder.path().join("list"), text).unwrap();
    let answers = "*'rule show '*' --name old '*) echo id ;;\n*'route show '*' --name away '*) echo id ;;\n\
        *'nsg show '*) echo id ;;\n*'rule list '*) printf 'left\\nDenyAllOutbound\\n' ;;";
    list("# withdrawn\n\nnsg nsg-a old # x\r\nnsg nsg-a gone\nroute rt-a away\nroute rt-a gone");
    let (done, calls) = run(folder.path(), &text, &["--prune", "list"], answers);
    assert!(done.status.success(), "{done:?}");
    let deleted: Vec<&Vec<String>> = calls.iter().filter(|call| call.contains(&"delete".to_string())).collect();
    let ends: Vec<&[String]> = deleted.iter().map(|call| &call[call.len() - 6..]).collect();
    let meant = [
        ["--nsg-name", "nsg-a", "--name", "old", "--output", "none"],
        ["--route-table-name", "rt-a", "--name", "away", "--output", "none"],
    ];
    assert_eq!(ends, meant);
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(said.ends_with("takes them out:\nnsg nsg-ml-prod-snet-compute left\n"), "{said}");
    for (bad, line) in [("nsg a", 1), ("# x\nnsg a b c", 2), ("rule a b", 1), ("nsg a --ids", 1), ("route $(x) b", 1)] {
        list(bad);
        let (done, calls) = run(folder.path(), &text, &["--prune", "list"], answers);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!((done.status.code(), calls.len()), (Some(1), 0), "{bad}: {said}");
        assert!(said.contains(&format!("list, line {line}: ")), "{bad}: {said}");
    }
    for arguments in [&["--prune", "nowhere"][..], &["--prune"], &["--yes"]] {
        let (done, calls) = run(folder.path(), &text, arguments, answers);
        assert!(!done.status.success() && calls.is_empty(), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn the_hub_is_one_request_and_a_wait() {
    let (plan, catalog) = example("extend-existing");
    let text = script(&plan, &catalog, "hub.sh");
    let folder = tempfile::tempdir().unwrap();
    let (dry, calls) = run(folder.path(), &text, &["--dry-run"], "");
    assert!(dry.status.success() && calls.is_empty());
    let shown = String::from_utf8(dry.stdout).unwrap();
    let (request, body) = shown.split_once('\n').unwrap();
    assert!(request.contains("/policy/ruleCollectionGroups/rcg-ml-guest"), "{request}");
    let answers = "*'--method put'*) cat >body ;;\n*'--method get'*) echo Succeeded ;;";
    let (done, calls) = run(folder.path(), &text, &[], answers);
    assert!(done.status.success(), "{done:?}");
    assert_eq!(calls.len(), 2);
    assert_eq!(std::fs::read_to_string(folder.path().join("body")).unwrap(), body);
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["properties"]["priority"], 500);
    let (failed, _) = run(folder.path(), &text, &[], "*'--method get'*) echo Failed ;;");
    assert_eq!(failed.status.code(), Some(1));
}
