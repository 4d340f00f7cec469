//! The script that opens GitHub for a while, and the one that tells the server of its proxy, run for real.

use crate::{Fakes, assert_done, assert_stops, generated, text};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An Azure that remembers: a file for each rule and for the group, and a log.
const AZ: &str = r#"
echo "$*" >>"$LAB/log"
case "$*" in
  'network nsg rule create '*)
    [ "${FAIL:-}" != nsg ] || exit 1
    name=$(sed -E 's/.*--nsg-name ([^ ]+) --name ([^ ]+) .*/\1 \2/' <<<"$*")
    touch "$LAB/rule $name"
    ;;
  'network nsg rule delete '*)
    [ "${FAIL:-}" != delete ] || exit 1
    name=$(sed -E 's/.*--nsg-name ([^ ]+) --name ([^ ]+).*/\1 \2/' <<<"$*")
    rm -f "$LAB/rule $name"
    ;;
  'rest --method put '*)
    [ "${FAIL:-}" != group ] || exit 1
    cat >"$LAB/group"
    ;;
  'rest --method get '*provisioningState*) echo Succeeded ;;
  'rest --method get '*'value[].name'*) if [ -f "$LAB/group" ]; then echo rcg-hpc-gov-github; fi; echo other ;;
  'rest --method delete '*) rm "$LAB/group" ;;
  *) exit 9 ;;
esac
"#;

const POLICY: &str = "/subscriptions/1/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/afwp-hub";

struct Lab {
    _out: TempDir,
    script: PathBuf,
    fakes: Fakes,
    lab: TempDir,
}

impl Lab {
    fn new() -> Self {
        let (out, folder) = generated("government-cyclecloud", &[]);
        let script = folder.join("github-opening.sh");
        Lab { _out: out, script, fakes: Fakes::new(&[("az", AZ)]), lab: tempfile::tempdir().unwrap() }
    }

    fn command(&self, fail: &str, arguments: &[&str]) -> std::process::Command {
        let mut command = self.fakes.command(&self.script);
        command.args(arguments).env("LAB", self.lab.path()).env("FAIL", fail).env("FIREWALL_POLICY_ID", POLICY);
        command
    }

    fn run(&self, arguments: &[&str]) -> std::process::Output {
        self.command("", arguments).output().unwrap()
    }

    /// What is open, and nothing else that lies there.
    fn open(&self) -> Vec<String> {
        let mut found: Vec<String> = std::fs::read_dir(self.lab.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name != "log")
            .collect();
        found.sort();
        found
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.lab.path().join("log")).unwrap_or_default()
    }
}

const OPEN: [&str; 3] = [
    "group",
    "rule nsg-hpc-gov-snet-cyclecloud AllowNamesTcpOutbound",
    "rule nsg-hpc-gov-snet-cyclecloud DenyPrivateOutbound",
];

#[test]
fn it_opens_five_hosts_to_the_server_names_the_end_and_closes_again() {
    let lab = Lab::new();
    let said = assert_done(&lab.run(&["open", "+1 hour", "--leave-open"]));
    assert!(said.contains("nothing closes it by itself"), "{said}");
    assert_eq!(lab.open(), OPEN);
    let group: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(lab.lab.path().join("group")).unwrap()).unwrap();
    let rule = &group["properties"]["ruleCollections"][0]["rules"][0];
    assert_eq!(rule["sourceAddresses"], serde_json::json!(["10.24.0.0/27"]));
    let hosts = [
        "github.com",
        "api.github.com",
        "codeload.github.com",
        "objects.githubusercontent.com",
        "release-assets.githubusercontent.com",
    ];
    assert_eq!(rule["targetFqdns"], serde_json::json!(hosts));
    assert_eq!(rule["protocols"], serde_json::json!([{"protocolType": "Https", "port": 443}]));
    let until = rule["description"].as_str().unwrap().strip_prefix("GitHub until ").unwrap();
    assert!(until.len() == 20 && until.ends_with('Z'), "{until}");
    // The deny that bounds the allow comes first, and goes last.
    let log = lab.log();
    let at = |what: &str| log.find(what).unwrap_or_else(|| panic!("{what} is not in {log}"));
    assert!(at("--name DenyPrivateOutbound --priority") < at("--name AllowNamesTcpOutbound --priority"));
    assert_done(&lab.run(&["open", "+1 hour", "--leave-open"]));
    assert_eq!(lab.open(), OPEN);
    assert_done(&lab.run(&["close"]));
    assert_eq!(lab.open(), Vec::<String>::new());
    let log = lab.log();
    let deletes: Vec<&str> = log.lines().filter(|line| line.contains("delete")).collect();
    assert!(deletes[0].contains("AllowNames") && deletes[1].contains("DenyPrivate"), "{deletes:?}");
    assert_done(&lab.run(&["close"]));
}

#[test]
fn it_closes_when_its_time_is_over() {
    let lab = Lab::new();
    let said = assert_done(&lab.run(&["open", "+2 seconds"]));
    assert!(said.contains("open until") && said.trim_end().ends_with("closed"), "{said}");
    assert!(lab.log().contains("rule create"));
    assert_eq!(lab.open(), Vec::<String>::new());
}

#[test]
fn it_closes_when_it_is_ended_or_fails() {
    let lab = Lab::new();
    let mut child = lab.command("", &["open", "+1 hour"]).stdout(std::process::Stdio::null()).spawn().unwrap();
    while lab.open().len() < OPEN.len() {
        assert!(child.try_wait().unwrap().is_none());
        std::thread::yield_now();
    }
    let ended = std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap();
    assert!(ended.success());
    assert_eq!(child.wait().unwrap().code(), Some(143));
    assert_eq!(lab.open(), Vec::<String>::new());

    let done = lab.command("group", &["open", "+1 hour"]).output().unwrap();
    assert!(!done.status.success());
    assert!(text(&done.stdout).contains("closed"), "{}", text(&done.stdout));
    assert_eq!(lab.open(), Vec::<String>::new());
}

#[test]
fn what_it_could_not_close_it_says_and_tries_the_rest() {
    let lab = Lab::new();
    assert_done(&lab.run(&["open", "+1 hour", "--leave-open"]));
    let done = lab.command("delete", &["close"]).output().unwrap();
    assert_stops(&done, "NOT CLOSED");
    assert_eq!(lab.open(), &OPEN[1..]);
}

#[test]
fn one_side_alone_leaves_the_other() {
    let lab = Lab::new();
    assert_done(&lab.run(&["open", "+1 hour", "--leave-open", "--only", "firewall"]));
    assert_eq!(lab.open(), ["group"]);
    let mut nsg = lab.command("", &["open", "+1 hour", "--leave-open", "--only", "nsg"]);
    assert_done(&nsg.env_remove("FIREWALL_POLICY_ID").output().unwrap());
    assert_eq!(lab.open(), OPEN);
    assert_done(&lab.run(&["close", "--only", "firewall"]));
    assert_eq!(lab.open(), &OPEN[1..]);
}

#[test]
fn a_time_that_is_none_opens_nothing() {
    let lab = Lab::new();
    for (arguments, says) in [
        (vec!["open"], "open takes the time at which it ends"),
        (vec!["open", "--only", "nsg"], "open takes the time at which it ends"),
        (vec!["open", "soon"], "soon is not a time that date understands"),
        (vec!["open", "2020-01-01"], "2020-01-01 is past"),
        (vec!["open", "+3 days"], "+3 days is more than 24 hours ahead"),
        (vec!["open", "+1 hour", "--only", "all"], "--only takes nsg or firewall"),
        (vec!["open", "+1 hour", "--for-ever"], "usage: github-opening.sh"),
        (vec![], "usage: github-opening.sh"),
    ] {
        assert_stops(&lab.run(&arguments), says);
    }
    let mut command = lab.command("", &["open", "+1 hour"]);
    assert_stops(&command.env_remove("FIREWALL_POLICY_ID").output().unwrap(), "set FIREWALL_POLICY_ID");
    let shown = assert_done(&lab.run(&["open", "+1 hour", "--dry-run"]));
    assert!(shown.contains("az network nsg rule create") && shown.contains("release-assets.githubusercontent.com"));
    assert_eq!(lab.log(), "");
}

#[test]
fn where_nothing_here_holds_names_there_is_no_such_script() {
    for example in ["cyclecloud-vm", "cyclecloud-on-premises", "cyclecloud-behind-proxy"] {
        let (_out, folder) = generated(example, &[]);
        assert!(!folder.join("github-opening.sh").exists(), "{example}");
    }
    let (_out, folder) = generated("government-cyclecloud", &["cyclecloud.projects=github"]);
    assert!(!folder.join("github-opening.sh").exists() && !folder.join("staging").exists());
}

#[test]
fn the_server_keeps_its_java_options_and_gets_what_goes_past_the_proxy() {
    let (_out, folder) = generated("cyclecloud-behind-proxy", &[]);
    let script = folder.join("web-proxy-server.sh");
    let root = tempfile::tempdir().unwrap();
    let fakes = Fakes::new(&[]);
    let file = root.path().join("config/cycle_server.properties");
    let root_text = root.path().to_string_lossy().into_owned();
    let run = || fakes.run(&script, &["--root", &root_text]);
    assert_stops(&run(), "is this the CycleCloud server?");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let ours = "localhost|127.*|169.254.169.254|168.63.129.16|*.core.windows.net";
    for (before, after) in [
        ("a=1\n", format!("-Dhttp.nonProxyHosts=\"{ours}\"")),
        ("webServerJvmOptions=\n", format!("-Dhttp.nonProxyHosts=\"{ours}\"")),
        (
            "webServerJvmOptions=-Xss1m -Da=\"b c\"\nwebServerJvmOptions=-Dlast=1",
            format!("-Dlast=1 -Dhttp.nonProxyHosts=\"{ours}\""),
        ),
        (
            "webServerJvmOptions=-Dhttp.nonProxyHosts=\"*.corp|127.*\" -Da=1\n",
            "-Da=1 -Dhttp.nonProxyHosts=\"*.corp|127.*|localhost|169.254.169.254|168.63.129.16|*.core.windows.net\""
                .into(),
        ),
        (
            "webServerJvmOptions=-Dhttp.nonProxyHosts=*.corp\r\n",
            "-Dhttp.nonProxyHosts=\"*.corp|localhost|127.*|169.254.169.254|168.63.129.16|*.core.windows.net\"".into(),
        ),
    ] {
        std::fs::write(&file, before).unwrap();
        let said = assert_done(&run());
        assert!(said.contains("Enabled, host 10.12.0.5, port 3128"), "{said}");
        let written = std::fs::read_to_string(&file).unwrap();
        assert!(written.starts_with(before), "{written}");
        assert_eq!(last_option(&written), after);
        assert!(assert_done(&run()).contains("nothing to change"));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), written);
    }
    assert_eq!(std::fs::read_to_string(file.with_extension("properties.before-proxy")).unwrap(), "a=1\n");
}

/// What the server reads: of several lines with one key, the last.
fn last_option(properties: &str) -> &str {
    properties.lines().rev().find_map(|line| line.strip_prefix("webServerJvmOptions=")).unwrap()
}

#[test]
fn every_cloud_has_its_own_end_of_storage() {
    for (cloud, region, end) in [
        ("AzureUSGovernment", "usgovvirginia", "core.usgovcloudapi.net"),
        ("AzureChinaCloud", "chinanorth3", "core.chinacloudapi.cn"),
    ] {
        let set = [format!("cloud={cloud}"), format!("region={region}")];
        let (_out, folder) = generated("cyclecloud-behind-proxy", &[&set[0], &set[1]]);
        let script = std::fs::read_to_string(folder.join("web-proxy-server.sh")).unwrap();
        assert!(script.contains(&format!("|*.{end}'")), "{cloud}");
        let nodes = std::fs::read_to_string(Path::new(&folder).join("cloud-init.txt")).unwrap();
        assert!(nodes.contains(&format!(",sthpclocker.blob.{end},")), "{cloud}");
        assert!(!nodes.contains("core.windows.net") && !script.contains("core.windows.net"), "{cloud}");
    }
}
