//! The snippets: parts of a template that hold together, with parameters that fit them, and no text that gets out.

use crate::{generated, tree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

const EXAMPLES: [&str; 5] = [
    "cyclecloud-behind-proxy",
    "cyclecloud-on-premises",
    "cyclecloud-return-proxy",
    "cyclecloud-vm",
    "government-cyclecloud",
];

/// Answers that bring other files than the examples have.
const VARIANTS: [(&str, &[&str]); 7] = [
    ("cyclecloud-vm", &["cyclecloud.scheduler=other"]),
    (
        "cyclecloud-behind-proxy",
        &[
            "cyclecloud.node_packages=mirror",
            "cyclecloud.package_mirrors=[10.100.30.5]",
            "cyclecloud.mirror_url=https://m.example.com",
        ],
    ),
    (
        "cyclecloud-behind-proxy",
        &[
            "cyclecloud.node_packages=mirror",
            "cyclecloud.package_mirrors=[10.100.30.5]",
            "cyclecloud.mirror_url=https://packages.corp.example.com/linux/",
            "machines.agents=[defender]",
        ],
    ),
    (
        "cyclecloud-return-proxy",
        &["network.subscription=11111111-2222-3333-4444-555555555555", "cyclecloud.node_packages=project"],
    ),
    ("cyclecloud-return-proxy", &["return_proxy.public_address=false", "scenarios=[return-proxy, cyclecloud-vm]"]),
    (
        "cyclecloud-vm",
        &[
            "cyclecloud.version='7'",
            "cyclecloud.scheduler=openpbs",
            "cyclecloud.projects=github",
            "egress.accept_blocked=[cyclecloud.server.github]",
        ],
    ),
    ("government-cyclecloud", &["cyclecloud.monitoring=true", "cyclecloud.node_packages=internet"]),
];

fn everything() -> Vec<(String, BTreeMap<String, String>)> {
    let plain = EXAMPLES.map(|example| (example, &[] as &[&str]));
    let all = plain.into_iter().chain(VARIANTS);
    all.map(|(example, set)| (format!("{example} {set:?}"), tree(&generated(example, set).1))).collect()
}

/// One attribute of a section: sections from the outside in, then key and value.
fn attributes(template: &str) -> Vec<(Vec<String>, String, String)> {
    let mut path: Vec<String> = Vec::new();
    let mut found = Vec::new();
    let mut lines = template.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let depth = line.chars().take_while(|c| *c == '[').count();
        if depth > 0 {
            assert_eq!(depth, line.chars().rev().take_while(|c| *c == ']').count(), "{line}");
            assert!(depth <= path.len() + 1, "{line}: a step is left out");
            path.truncate(depth - 1);
            path.push(line.trim_matches(['[', ']']).to_string());
            continue;
        }
        let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("neither section nor attribute: {line}"));
        let mut value = value.trim().to_string();
        if value.starts_with("'''") {
            for more in lines.by_ref() {
                value.push('\n');
                value.push_str(more);
                if more.trim() == "'''" {
                    break;
                }
            }
        }
        found.push((path.clone(), key.trim().to_string(), value));
    }
    found
}

fn declared(template: &str) -> BTreeSet<String> {
    template
        .lines()
        .filter_map(|line| line.trim().strip_prefix("[[[parameter "))
        .map(|l| l.trim_end_matches(']').into())
        .collect()
}

#[test]
fn snippets_hold_together() {
    for (about, files) in everything() {
        for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".txt")) {
            let about = format!("{about} {name}");
            assert!(text.starts_with("# "), "{about}");
            let parameters = declared(text);
            let attributes = attributes(text);
            let mut used = BTreeSet::new();
            let mut proxies = 0;
            for (path, key, value) in &attributes {
                let kind =
                    |depth: usize| path.get(depth).and_then(|section| section.split(' ').next()).unwrap_or_default();
                let known = match path.len() {
                    1 => ["cluster", "parameters"].contains(&kind(0)),
                    2 => ["node", "nodearray", "parameters"].contains(&kind(1)),
                    3 => ["configuration", "cluster-init", "network-interface", "parameter"].contains(&kind(2)),
                    _ => false,
                };
                assert!(known, "{about}: {path:?}");
                if key == "CloudInit" {
                    continue;
                }
                if let Some(parameter) = value.strip_prefix('$') {
                    used.insert(parameter.to_string());
                }
                let inside = value.split("${").skip(1).map(|rest| rest.split('}').next().unwrap().to_string());
                used.extend(inside);
                if ["IsReturnProxy", "AssociatePublicIpAddress", "UsePublicNetwork"].contains(&key.as_str()) {
                    assert!(
                        ["true", "false"].contains(&value.as_str()) || value.starts_with('$'),
                        "{about}: {key} = {value}"
                    );
                }
                if key == "AssociatePublicIpAddress" && kind(1) == "nodearray" {
                    assert_eq!(value, "false", "{about}: Azure refuses it on an array");
                }
                // Never inherited: a second proxy, and the cluster does not start.
                if key == "IsReturnProxy" && value != "false" {
                    proxies += 1;
                    assert_eq!(kind(1), "node", "{about}");
                    assert_ne!(path[1], "node defaults", "{about}");
                }
                if key == "DefaultValue" && path.last().unwrap().ends_with("SubnetId") {
                    assert_eq!(value.split('/').filter(|part| !part.is_empty()).count(), 3, "{about}: {value}");
                    assert_eq!(value.split('/').count(), 3, "{about}: {value} is resourceGroup/vnet/subnet");
                }
            }
            assert_eq!(used, parameters, "{about}: what is used and what is declared");
            assert_eq!(proxies, usize::from(name == "return-proxy.txt"), "{about}");
            if let Some(json) = files.get(&name.replace(".txt", ".json")) {
                let values: BTreeMap<String, serde_json::Value> = serde_json::from_str(json).unwrap();
                let unknown: Vec<&String> = values.keys().filter(|key| !parameters.contains(*key)).collect();
                assert_eq!(unknown, Vec::<&String>::new(), "{about}: CycleCloud refuses unknown parameters");
                for (key, value) in values.iter().filter(|(key, _)| key.ends_with("SubnetId")) {
                    assert_eq!(value.as_str().unwrap().split('/').count(), 3, "{about} {key}");
                }
            }
        }
    }
}

/// The CloudInit of a snippet, as a node gets it.
fn cloud_init(files: &BTreeMap<String, String>) -> Option<String> {
    let found = attributes(files.get("cloud-init.txt")?);
    let (_, _, value) = found.into_iter().find(|(_, key, _)| key == "CloudInit")?;
    Some(value.trim_start_matches("'''").trim_end().trim_end_matches("'''").trim_end().to_string() + "\n")
}

#[test]
fn cloud_init_is_yaml_and_nothing_in_it_is_a_parameter() {
    let mut seen = 0;
    for (about, files) in everything() {
        let Some(text) = cloud_init(&files) else { continue };
        seen += 1;
        assert!(text.starts_with("#cloud-config\n"), "{about}");
        assert!(!text.contains('$') && !text.contains("'''") && !text.contains('{'), "{about}");
        let read: serde_json::Value = serde_yaml::from_str(&text).unwrap();
        let Some(written) = read["write_files"].as_array() else { continue };
        assert_eq!(written[0]["path"], "/etc/profile.d/proxy.sh");
        assert_eq!(written[1]["path"], "/etc/systemd/system/jetpackd.service.d/env.conf");
        let profile = written[0]["content"].as_str().unwrap();
        let unit = written[1]["content"].as_str().unwrap();
        let without = profile.lines().find_map(|line| line.strip_prefix("export no_proxy=")).unwrap();
        let unit_without = unit.lines().find_map(|l| l.strip_prefix("Environment=\"no_proxy=")).unwrap();
        assert_eq!(unit_without.strip_suffix('"'), Some(without));
        assert_eq!(profile.matches("=http://10.12.0.5:3128\n").count(), 2, "{profile}");
        let items: BTreeSet<&str> = without.split(',').collect();
        for item in [
            "127.0.0.1",
            "169.254.169.254",
            "168.63.129.16",
            "10.23.0.4",
            "nfs.corp.example.com",
            "sthpclocker.blob.core.windows.net",
            "10.23.0.0/27",
            "10.23.0.32/27",
            "10.23.2.0/23",
            "10.100.31.0/28",
        ] {
            assert!(items.contains(item), "{item} is not in {without}");
        }
    }
    assert!(seen >= 3);
}

#[test]
fn nodes_that_may_not_ask_the_proxy_are_not_told_of_it() {
    let image = ["cyclecloud.node_packages=image"];
    let files = tree(&generated("cyclecloud-behind-proxy", &image).1);
    assert!(!files.contains_key("cloud-init.txt"));
    assert!(files["README.md"].contains("Nodes have nothing to ask it for"));
    assert!(files.contains_key("web-proxy-server.sh"));
}

#[test]
fn the_list_for_the_other_firewall_has_every_flow_of_the_server() {
    let files = tree(&generated("cyclecloud-on-premises", &[]).1);
    let rows: Vec<Vec<&str>> = files["corporate-firewall.csv"]
        .lines()
        .skip(1)
        .map(|line| line.trim_matches('"').split("\",\"").collect())
        .collect();
    let flows: BTreeSet<(&str, &str, &str, &str)> = rows.iter().map(|row| (row[0], row[1], row[2], row[5])).collect();
    let (internet, out, back) =
        ("server to the Internet", "server to this virtual network", "this virtual network to the server");
    let server = "10.100.20.10/32";
    let expected = BTreeSet::from([
        (internet, server, "login.microsoftonline.com", "443"),
        (internet, server, "dc.applicationinsights.azure.com", "443"),
        (internet, server, "dc.applicationinsights.microsoft.com", "443"),
        (internet, server, "dc.services.visualstudio.com", "443"),
        (internet, server, "management.azure.com", "443"),
        (internet, server, "watson.telemetry.microsoft.com", "443"),
        (internet, server, "ratecard.azure-api.net", "443"),
        (out, server, "10.22.4.0/27", "443"),
        (out, server, "10.22.2.0/23", "22"),
        (out, server, "10.22.0.32/27", "22"),
        (back, "10.22.2.0/23", server, "9443"),
        (back, "10.22.0.32/27", server, "9443"),
        ("inside your own networks", "10.100.4.0/24", server, "8080,8443"),
    ]);
    assert_eq!(flows, expected);
    for (_, from, to, _) in &flows {
        assert!(files["corporate-firewall.md"].contains(&format!("| {from} | {to} |")), "{from} {to}");
    }
    let github = tree(
        &generated(
            "cyclecloud-on-premises",
            &["cyclecloud.projects=github", "cyclecloud.locker_access=service-endpoint", "cyclecloud.event_grid=true"],
        )
        .1,
    );
    let list = &github["corporate-firewall.csv"];
    assert_eq!(list.matches("\"cyclecloud.server.github\"").count(), 5);
    assert!(
        list.contains("\"sthpclocker.blob.core.windows.net\"")
            && list.contains("\"AzureEventGrid\",\"prefixes of the service tag\"")
    );
}

#[test]
fn every_script_is_shell_and_says_how_it_is_used() {
    for (about, files) in everything() {
        for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".sh")) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("script.sh");
            std::fs::write(&path, text).unwrap();
            let check = Command::new("bash").arg("-n").arg(&path).output().unwrap();
            assert!(check.status.success(), "{about} {name}: {}", String::from_utf8_lossy(&check.stderr));
            let help = Command::new("bash").arg(&path).arg("--help").output().unwrap();
            assert!(help.status.success() && help.stdout.starts_with(b"usage: "), "{about} {name}");
        }
    }
}

#[test]
fn texts_of_answers_never_run_and_never_leave_their_line() {
    use netcordon::{proof::Proof, render};
    let hostile = "x'$(touch \"$PWNED\")`touch \"$PWNED\"`\ntouch \"$PWNED\"\n[cluster y]\n'''\nb = ${c} # \u{202e}";
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    for name in
        ["government-cyclecloud", "cyclecloud-behind-proxy", "cyclecloud-return-proxy", "cyclecloud-on-premises"]
    {
        let (plain, catalog) = crate::common::planned(&folder.join(name));
        let mut plan = plain.clone();
        plan.name = hostile.into();
        plan.region = hostile.into();
        plan.vnet.resource_group = hostile.into();
        plan.vnet.name = hostile.into();
        plan.vnet.subscription = plan.vnet.subscription.map(|_| hostile.into());
        for subnet in &mut plan.subnets {
            subnet.name = hostile.into();
        }
        if let Some(proxy) = &mut plan.return_proxy {
            proxy.ssh_key = hostile.into();
        }
        if let Some(firewall) = &mut plan.firewall {
            firewall.group = hostile.into();
            firewall.policy = Some(hostile.into());
        }
        let cluster = plan.cyclecloud.as_mut().unwrap();
        cluster.scheduler = hostile.into();
        cluster.locker = Some(hostile.into());
        cluster.mirror_url = Some(hostile.into());
        if let Some(proxy) = &mut cluster.web_proxy {
            proxy.url = hostile.into();
            proxy.without = vec![hostile.into()];
            proxy.server_without = vec![hostile.into()];
        }
        if let Some(opening) = &mut cluster.opening {
            for (nsg, rule) in &mut opening.opened {
                *nsg = hostile.into();
                rule.rule.name = hostile.into();
            }
            for rule in &mut opening.application {
                rule.rule.name = hostile.into();
                rule.rule.names = vec![hostile.into()];
            }
        }
        let outputs = ["cyclecloud".to_string()];
        let files = |plan| {
            let input =
                render::Input { plan, catalog: &catalog, proof: &Proof::default(), tags_source: "", outputs: &outputs };
            let all = render::render(&input).unwrap().into_iter().filter(|a| a.path.starts_with("cyclecloud/"));
            all.map(|a| (a.path, String::from_utf8(a.bytes).unwrap())).collect::<BTreeMap<_, _>>()
        };
        let (plain, written) = (files(&plain), files(&plan));
        for (path, text) in &written {
            if path.ends_with(".txt") || path.ends_with(".csv") || path.ends_with(".md") {
                let same = plain[path].lines().count().abs_diff(text.lines().count());
                // A scheduler of that name has no projects and no packages of its own to speak of.
                assert!(
                    same == 0 || !path.ends_with(".csv") && same < 12,
                    "{name} {path}: {same} lines differ\n{text}"
                );
                assert!(!text.contains('\u{202e}'), "{name} {path}");
            }
            if path.ends_with(".txt") {
                let known: BTreeSet<Vec<String>> = attributes(text).into_iter().map(|(section, ..)| section).collect();
                assert!(known.iter().all(|section| !section.iter().any(|part| part == "cluster y")), "{name} {path}");
            }
            if path.ends_with(".sh") {
                let folder = tempfile::tempdir().unwrap();
                let (script, pwned) = (folder.path().join("script.sh"), folder.path().join("pwned"));
                std::fs::write(&script, text).unwrap();
                for arguments in
                    [&["--help"] as &[&str], &["open", "+1 hour", "--dry-run"], &["close", "--dry-run"], &["list"]]
                {
                    Command::new("bash").arg(&script).args(arguments).env("PWNED", &pwned).output().unwrap();
                }
                assert!(!pwned.exists(), "{name} {path}");
            }
        }
    }
}
