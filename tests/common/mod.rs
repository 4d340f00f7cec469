//! Plans of the examples, plain, unusual and hostile, for the tests of formats.

#![allow(dead_code)]

use netcordon::catalog::{Catalog, tags::Tags};
use netcordon::model::{Network, TagTable, WayOut};
use netcordon::plan::{Ownership, Plan, PlannedServerless, plan};
use netcordon::problem::Problem;
use netcordon::proof::Proof;
use netcordon::{intent, question, render, required};
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::process::{Command, Output};

pub(crate) fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

pub(crate) fn example(name: &str) -> (Plan, Catalog) {
    planned(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name))
}

pub(crate) fn planned(folder: &Path) -> (Plan, Catalog) {
    let file = folder.join("answers.yaml");
    let answers = question::read(&file.to_string_lossy(), &std::fs::read(&file).unwrap(), &[]).answers;
    let own: Vec<(String, Vec<u8>)> = answers
        .requirements
        .iter()
        .flatten()
        .map(|name| (name.clone(), std::fs::read(folder.join(name)).unwrap()))
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
    (plan(&catalog, &intent, &flows, &not_applied, &tags, &table).unwrap(), catalog)
}

/// Every file of one format.
pub(crate) fn files(plan: &Plan, catalog: &Catalog, format: &str) -> Vec<(String, String)> {
    let outputs = [format.to_string()];
    let input = render::Input { plan, catalog, proof: &Proof::default(), tags_source: "", outputs: &outputs };
    render::render(&input)
        .unwrap()
        .into_iter()
        .filter(|artifact| artifact.path.starts_with(&format!("{format}/")))
        .map(|artifact| (artifact.path, String::from_utf8(artifact.bytes).unwrap()))
        .collect()
}

pub(crate) type Read = fn(&[(String, String)]) -> Result<Network, Vec<Problem>>;

pub(crate) fn assert_reads_back(plan: &Plan, catalog: &Catalog, format: &str, read: Read) {
    match read(&files(plan, catalog, format)) {
        // What an appliance of another make holds stands in none of Azure's files.
        Ok(network) => assert_eq!(network, Network { appliances: Vec::new(), ..plan.network() }, "{}", plan.name),
        Err(problems) => panic!("{}: {}", plan.name, problems.iter().map(|p| format!("{p}\n")).collect::<String>()),
    }
}

/// Each example's plan, and networks that no example has: with something there that others lack, or the other way round.
pub(crate) fn plans() -> Vec<(Plan, Catalog)> {
    let mut all = Vec::new();
    for folder in examples() {
        let (plan, catalog) = planned(&folder);
        let mut other = plan.clone();
        other.name.push_str(", the other way");
        other.vnet.create = !other.vnet.create;
        if other.subnets.iter().any(|subnet| subnet.nat_gateway) {
            other.vnet.nat_gateway = Some(None);
        }
        all.push((other.clone(), planned(&folder).1));
        for nsg in &mut other.nsgs {
            nsg.ownership = Ownership::Extend;
        }
        for table in &mut other.route_tables {
            table.ownership = Ownership::Extend;
        }
        other.name.push_str(", all of others");
        all.push((other.clone(), planned(&folder).1));
        other.name.push_str(", no rules");
        other.nsgs.iter_mut().for_each(|nsg| nsg.rules.clear());
        other.route_tables.iter_mut().for_each(|table| table.routes.clear());
        if let Some(firewall) = &mut other.firewall {
            firewall.network.clear();
            firewall.application.clear();
            firewall.policy = Some("/subscriptions/s/resourceGroups/g/providers/x/firewallPolicies/p".into());
        }
        all.push((other, planned(&folder).1));
        all.push((plan, catalog));
    }
    let (mut created, catalog) = example("extend-existing");
    created.vnet.create = true;
    created.subnets[0].service_endpoints = vec!["Microsoft.Storage".into(), "Microsoft.KeyVault".into()];
    created.subnets[0].nat_gateway = true;
    created.subnets[0].way_out = WayOut::NatGateway;
    created.vnet.nat_gateway = Some(Some("/subscriptions/x".into()));
    all.push((created.clone(), catalog));
    created.vnet.create = false;
    all.push((created.clone(), example("extend-existing").1));
    created.nsgs.clear();
    created.route_tables.clear();
    for subnet in &mut created.subnets {
        (subnet.nsg, subnet.route_table) = (None, None);
    }
    created.vnet.peered.clear();
    created.vnet.address_space.clear();
    all.push((created.clone(), example("extend-existing").1));
    created.firewall = None;
    created.subnets.clear();
    all.push((created, example("extend-existing").1));
    all
}

/// What means something to Bicep, to a shell, to ARM, to JSON, to a template or to a terminal; no `/`, which parts the
/// name of a child from that of its parent.
pub(crate) const HOSTILE: [&str; 19] = [
    "'",
    "\"",
    "\\",
    "''' '\\''",
    "${var.location}",
    "$${x} \\${y}",
    "$(touch evil) `touch evil`",
    "'; touch evil; '",
    "\ntouch evil\n",
    "\r\n# x",
    "\nNETWORK\ntouch evil\n",
    "\nGROUP\ntouch evil\n",
    "é漢😀\u{202e}\u{feff}\u{85}\u{2028}\u{1b}[31m",
    "[concat('a')]",
    "{{ name }}{% if create %}{% endraw %}",
    "\" } ] }",
    "'\n}\nresource x 'y' = {",
    "--yes @file * ? ~",
    "!! #{x} <<EOT\nx\nEOT\n",
];

/// Every text of the plan that is no tag with `tail` after it, and all that is said of rules hostile as a whole.
pub(crate) fn with_tail(plan: &Plan, tail: &str) -> Plan {
    let mut plan = plan.clone();
    let add = |text: &mut String| text.push_str(tail);
    let add_all = |texts: &mut Vec<String>| texts.iter_mut().for_each(|text| text.push_str(tail));
    for text in [&mut plan.name, &mut plan.region, &mut plan.vnet.resource_group, &mut plan.vnet.name] {
        add(text);
    }
    plan.vnet.subscription.iter_mut().for_each(add);
    plan.vnet.nat_gateway.iter_mut().flatten().for_each(add);
    plan.vnet.peered.iter_mut().for_each(|(name, _)| add(name));
    for subnet in &mut plan.subnets {
        add(&mut subnet.name);
        subnet.nsg.iter_mut().chain(&mut subnet.route_table).for_each(add);
        add_all(&mut subnet.service_endpoints);
    }
    let why = |text: &mut String| *text = format!("{tail}{text} // {tail} /* {tail} */ {tail}");
    let why_all = |texts: &mut Vec<String>| texts.iter_mut().for_each(why);
    for nsg in &mut plan.nsgs {
        add(&mut nsg.name);
        for planned in &mut nsg.rules {
            why(&mut planned.key);
            why_all(&mut planned.because);
            add(&mut planned.rule.name);
            planned.rule.description.push_str(&format!("// /* {tail} */"));
        }
    }
    for table in &mut plan.route_tables {
        add(&mut table.name);
        for planned in &mut table.routes {
            why(&mut planned.key);
            why(&mut planned.why);
            why_all(&mut planned.because);
            add(&mut planned.route.name);
        }
    }
    if let Some(firewall) = &mut plan.firewall {
        add(&mut firewall.group);
        firewall.policy.iter_mut().for_each(add);
        for planned in &mut firewall.network {
            why_all(&mut planned.because);
            add(&mut planned.rule.name);
            add_all(&mut planned.rule.names);
        }
        for planned in &mut firewall.application {
            why_all(&mut planned.because);
            add(&mut planned.rule.name);
            add_all(&mut planned.rule.names);
            planned.rule.fqdn_tags.push(format!("x{tail}"));
        }
    }
    if let Some(azureml) = &mut plan.azureml {
        let intent = &mut azureml.intent;
        for answer in [&mut intent.workspace, &mut intent.resource_group, &mut intent.subscription, &mut intent.storage]
        {
            *answer = Some(format!("x{tail}"));
        }
        intent.second_network = Some(format!("/subscriptions/s/resourceGroups/g/providers/p/virtualNetworks/n{tail}"));
        intent.vm_size.push_str(tail);
        azureml.compute.iter_mut().for_each(|compute| compute.subnet.push_str(tail));
        azureml.serverless = azureml
            .compute
            .first()
            .map(|compute| PlannedServerless { subnet: compute.subnet.clone(), public_ip: compute.public_ip });
        azureml.sizes.iter_mut().for_each(|size| size.subnet.push_str(tail));
        azureml.endpoint_policy = Some(format!("sep{tail}"));
    }
    for zone in &mut plan.dns.zones {
        add_all(&mut zone.private);
        add_all(&mut zone.forward);
        [&mut zone.service, &mut zone.why, &mut zone.note].into_iter().for_each(add);
    }
    add_all(&mut plan.dns.private_names);
    add_all(&mut plan.dns.public_names);
    plan.resource_tags = [(format!("owner{tail}"), format!("@hpc{tail}")), ("cost".into(), tail.into())].into();
    plan
}

/// Each example that has something of its own, with each hostile tail.
pub(crate) fn hostile_plans() -> Vec<(Plan, Catalog)> {
    let names = ["extend-existing", "hub-everything", "cyclecloud-return-proxy", "aml-public-ip-firewall"];
    let all = HOSTILE.concat();
    let each = HOSTILE.map(|tail| (names[0], tail)).into_iter().chain(names.map(|name| (name, all.as_str())));
    each.map(|(name, tail)| {
        let (plan, catalog) = example(name);
        (with_tail(&plan, tail), catalog)
    })
    .collect()
}

/// The problems that reading gives once the first `from` of a file is replaced.
pub(crate) fn problems_after(name: &str, format: &str, read: Read, file: &str, from: &str, to: &str) -> Vec<String> {
    let (plan, catalog) = example(name);
    let mut files = files(&plan, &catalog, format);
    let (_, text) = files.iter_mut().find(|(path, _)| path.ends_with(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    *text = text.replacen(from, to, 1);
    let problems = read(&files).expect_err(&format!("{file}: {to:?} instead of {from:?} was accepted"));
    problems.iter().map(ToString::to_string).collect()
}

/// The records of a CSV file whose every cell is quoted.
pub(crate) fn records(text: &str) -> Vec<Vec<String>> {
    let mut records = vec![vec![]];
    let mut rest = text;
    while let Some(after) = rest.strip_prefix('"') {
        let mut cell = String::new();
        rest = after;
        loop {
            let (inside, after) = rest.split_once('"').unwrap();
            cell.push_str(inside);
            rest = after;
            match rest.strip_prefix('"') {
                Some(after) => {
                    cell.push('"');
                    rest = after;
                }
                None => break,
            }
        }
        records.last_mut().unwrap().push(cell);
        if let Some(after) = rest.strip_prefix(',') {
            rest = after;
        } else {
            rest = rest.strip_prefix('\n').unwrap();
            records.push(vec![]);
        }
    }
    assert_eq!(rest, "");
    assert_eq!(records.pop(), Some(vec![]));
    records
}

/// The lines outside code blocks, and those inside.
pub(crate) fn prose_and_code(text: &str) -> (Vec<&str>, Vec<&str>) {
    let (mut prose, mut code, mut inside) = (Vec::new(), Vec::new(), false);
    for line in text.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if inside {
            code.push(line);
        } else {
            prose.push(line);
        }
    }
    assert!(!inside);
    (prose, code)
}

/// The cells of a table row: what stands between bars without a backslash.
pub(crate) fn cells(line: &str) -> usize {
    let bars = line.char_indices().filter(|(at, c)| *c == '|' && !line[..*at].ends_with('\\'));
    bars.count() - 1
}

/// Runs a script with an `az` that notes each call and answers reads with `answers`: `case` patterns of its arguments.
#[cfg(unix)]
pub(crate) fn run(folder: &Path, script: &str, arguments: &[&str], answers: &str) -> (Output, Vec<Vec<String>>) {
    use std::os::unix::fs::PermissionsExt;
    let az = folder.join("az");
    let code = format!(
        "#!/usr/bin/env bash\nprintf '%s\\0' \"$@\" >>\"$AZ_LOG\"\nprintf '\\1\\0' >>\"$AZ_LOG\"\n\
        case \"$*\" in\n{answers}\n*' show '*) exit 3 ;;\nesac\n"
    );
    std::fs::write(&az, code).unwrap();
    std::fs::set_permissions(&az, std::fs::Permissions::from_mode(0o755)).unwrap();
    let log = folder.join("log");
    std::fs::write(&log, "").unwrap();
    std::fs::write(folder.join("script.sh"), script).unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    command.arg("script.sh").args(arguments).current_dir(folder).env("PATH", path).env("AZ_LOG", &log);
    let done = command.env("NAT_GATEWAY_ID", "/nat").env("FIREWALL_POLICY_ID", "/policy").output().unwrap();
    let noted = String::from_utf8(std::fs::read(&log).unwrap()).unwrap();
    let calls = noted.split("\u{1}\0").filter(|call| !call.is_empty());
    let calls = calls.map(|call| call.trim_end_matches('\0').split('\0').map(String::from).collect()).collect();
    (done, calls)
}
