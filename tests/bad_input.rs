//! Bad input: place, what and hint, everything in one run, exit 2, nothing written.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output, Stdio};

const GOOD: &str = "version: 1
name: hpc
region: westeurope
scenarios: [cyclecloud-vm]
network:
  resource_group: rg-net
  vnet: vnet-hpc
  address_space: [10.20.0.0/16]
  on_premises: [10.100.0.0/14]
subnets:
  - {name: snet-server, prefix: 10.20.0.0/27, roles: [cyclecloud-server]}
  - {name: snet-nodes, prefix: 10.20.2.0/23, roles: [cluster-nodes]}
egress:
  via: nsg
";

/// Runs `generate` on a file of these bytes in a folder of its own.
fn generate(bytes: &[u8], arguments: &[&str]) -> (Output, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.yaml"), bytes).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_netcordon"))
        .args(["generate", "a.yaml", "--out", "out"])
        .args(arguments)
        .current_dir(dir.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (output, dir)
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// It was refused: exit 2, nothing written, nothing on standard output.
fn refused(output: &Output, dir: &Path) {
    assert_eq!(output.status.code(), Some(2), "{}", stderr(output));
    assert!(!dir.join("out").exists());
    assert!(output.stdout.is_empty());
    assert!(!stderr(output).contains("panicked"), "{}", stderr(output));
    assert!(stderr(output).starts_with("error: "), "{}", stderr(output));
}

#[test]
fn the_good_file_is_good() {
    let (output, dir) = generate(GOOD.as_bytes(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(dir.path().join("out/README.md").exists());
    for accepted in [GOOD.replace('\n', "\r\n"), format!("\u{feff}{GOOD}"), format!("---\n{GOOD}...\n")] {
        let (output, dir) = generate(accepted.as_bytes(), &[]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(dir.path().join("out/README.md").exists());
    }
}

/// One change to the good file, and the whole of what is said about it.
const CASES: &[(&str, &str, &str)] = &[
    (
        "region: westeurope",
        "region: uswest",
        "error: a.yaml:3:1: region: `uswest` is not a region of AzureCloud\n  hint: did you mean `westus`?\n",
    ),
    (
        "roles: [cyclecloud-server]}",
        "roles: [cyclecloud-server], nsg: \"adopt:nsg/x\"}",
        "error: a.yaml:11:75: subnets[0].nsg: Azure refuses the name `nsg/x`\n  hint: letters, digits, `_`, `.`, `-`; starts with a letter or digit, ends with one or `_`; at most 80\n",
    ),
    (
        "roles: [cyclecloud-server]}\n  - {name: snet-nodes,",
        "roles: [cyclecloud-server], nsg: \"adopt:nsg-x\"}\n  - {name: snet-nodes, nsg: \"extend:NSG-X\",",
        "error: a.yaml:12:24: subnets[1].nsg: `NSG-X` is there twice: once to create, adopt or extend, once otherwise\n  hint: one name means one thing, spelt one way, in every row\n",
    ),
    (
        "egress:\n",
        "enforce: later\negress:\n",
        "error: a.yaml:13:10: enforce: `later` is not `true` or `false`\n  hint: without quotes\n",
    ),
    (
        "region: westeurope",
        "region: chinaeast2",
        "error: a.yaml:3:1: region: `chinaeast2` is not a region of AzureCloud\n  hint: that region is in AzureChinaCloud; set `cloud` to it, or choose a region of AzureCloud\n",
    ),
    (
        "region: westeurope",
        "region: westeurope\nregoin: x",
        "error: a.yaml:4:1: regoin: unknown key `regoin`\n  hint: did you mean `region`?\n",
    ),
    (
        "region: westeurope",
        "region: westeurope\nregion: westus",
        "error: a.yaml:4:1: `region` is here twice, first in line 3\n  hint: keep one of them\n",
    ),
    (
        "10.20.2.0/23, roles",
        "10.21.2.0/23, roles",
        "error: a.yaml:12:24: subnets[1].prefix: `10.21.2.0/23` lies outside the virtual network\n  hint: the address space is 10.20.0.0/16\n",
    ),
    (
        "10.20.2.0/23, roles",
        "10.20.0.0/24, roles",
        "error: a.yaml:12:24: subnets[1].prefix: `10.20.0.0/24` overlaps `10.20.0.0/27` of subnet `snet-server`\n  hint: subnets of one network must not overlap\n",
    ),
    (
        "10.20.2.0/23, roles",
        "10.20.2.1/23, roles",
        "error: a.yaml:12:32: subnets[1].prefix: `10.20.2.1/23` has host bits set\n  hint: write `10.20.2.0/23`\n",
    ),
    (
        "[cluster-nodes]",
        "[cluster-node]",
        "error: a.yaml:12:54: subnets[1].roles: `cluster-node` is not a choice of `subnets[1].roles`\n  hint: did you mean `cluster-nodes`? choices: cyclecloud-server, cluster-nodes, scheduler, return-proxy, aml-compute, aks-nodes, private-endpoints\n",
    ),
    (
        "[cluster-nodes]",
        "[scheduler]",
        "error: a.yaml:10:1: subnets: no subnet has the role `cluster-nodes`, which scenario `cyclecloud-vm` needs\n  hint: add `cluster-nodes` to the roles of a subnet, or a row for one\n",
    ),
    (
        "snet-nodes",
        "-snet nodes",
        "error: a.yaml:12:6: subnets[1].name: Azure refuses the subnet name `-snet nodes`\n  hint: letters, digits, `_`, `.`, `-`; starts with a letter or digit, ends with one or `_`; at most 80\n",
    ),
    (
        "snet-nodes",
        "GatewaySubnet",
        "error: a.yaml:12:6: subnets[1].name: `GatewaySubnet` takes no rules or routes of ours\n  hint: these subnets belong to a platform service; leave the row out\n",
    ),
    (
        "  via: nsg",
        "  via: nsg\n  sku: Basic",
        "error: a.yaml:15:3: egress.sku: `egress.sku` is answered but, with the other answers, nobody asks\n  hint: remove it, or choose the scenario or egress that asks for it\n",
    ),
    ("name: hpc", "name: \"hpc \"", "error: a.yaml:2:7: name: `hpc ` has space around it\n  hint: write `hpc`\n"),
    ("name: hpc", "name: [hpc]", "error: a.yaml:2:7: name: text is needed here, not a list\n"),
    (
        "version: 1",
        "version: 2",
        "error: a.yaml:1:10: version: version `2` is not known\n  hint: this netcordon reads version 1; a newer file needs a newer netcordon\n",
    ),
    (
        "vnet: vnet-hpc",
        "vnet: \"vnet\\u001b[2J\"",
        "error: a.yaml:7:9: network.vnet: `vnet\\u{1b}[2J` has control characters in it\n  hint: one line of plain text\n",
    ),
    (
        "vnet: vnet-hpc",
        "create: 'yes'\n  vnet: vnet-hpc",
        "error: a.yaml:7:11: network.create: `yes` is not `true` or `false`\n  hint: without quotes\n",
    ),
    (
        "region: westeurope",
        "region: westeurope\npriorities: 50-60",
        "error: a.yaml:4:1: priorities: `50-60` is not a band of priorities\n  hint: as `100-3999`: from 100 at the least to 4094 at the most, so that the last denies fit behind\n",
    ),
    (
        "  via: nsg",
        "  via: nsg\n  accept_blocked: [cyclecloud.server.entr]",
        "error: a.yaml:15:3: egress.accept_blocked: no requirement `cyclecloud.server.entr` in the chosen scenarios\n  hint: did you mean `cyclecloud.server.entra`?\n",
    ),
    ("region: westeurope", "region:\twesteurope\n\tname: x", ""),
];

#[test]
fn each_mistake_is_named_with_place_and_hint() {
    for (old, new, expected) in CASES {
        assert!(GOOD.contains(old), "{old}");
        let (output, dir) = generate(GOOD.replacen(old, new, 1).as_bytes(), &[]);
        refused(&output, dir.path());
        if !expected.is_empty() {
            assert_eq!(stderr(&output), *expected, "{new}");
        }
    }
}

#[test]
fn all_mistakes_are_found_in_one_run() {
    let text = GOOD
        .replace("region: westeurope", "region: uswest\nnonsense: 1")
        .replace("10.20.2.0/23", "10.99.0.0/23")
        .replace("via: nsg", "via: nsg\n  sku: Basic");
    let (output, dir) = generate(text.as_bytes(), &["--set", "naming.nsg=x"]);
    refused(&output, dir.path());
    let said = stderr(&output);
    for part in ["uswest", "nonsense", "10.99.0.0/23", "egress.sku", "naming.nsg"] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(said.ends_with("5 problems; nothing was written\n"), "{said}");
}

#[test]
fn hostile_files_end_in_a_clear_error() {
    let mut cases: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"# nothing\n".to_vec(),
        b"[]\n".to_vec(),
        b"version: 1\n".to_vec(),
        vec![0xff, 0xfe, 0x00],
        vec![b'a'; 17 << 20],
        "[".repeat(100_000).into_bytes(),
        "{a: ".repeat(100_000).into_bytes(),
        "\u{1b}]0;x\u{7}".as_bytes().to_vec(),
    ];
    let bomb: String =
        (0..9).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n.max(1) - 1); 9].join(", "))).collect();
    cases.push(bomb.into_bytes());
    let mut many = String::from("version: 1\nadmins:\n");
    many.push_str(&"- 10.0.0.0/8\n".repeat(300_000));
    cases.push(many.into_bytes());
    for bytes in cases {
        let (output, dir) = generate(&bytes, &[]);
        refused(&output, dir.path());
        assert!(!output.stderr.contains(&0x1b), "a control character reached the terminal");
    }
}

#[test]
fn a_file_that_is_no_document_is_one_problem() {
    let cases: [(&[u8], &str); 6] = [
        (b"", "a.yaml: the file is empty\n"),
        (b"# nothing\n", "a.yaml: the file is empty\n"),
        (b"[]\n", "a.yaml:1:1: an answers file must be a mapping, not a list\n"),
        (b"just text\n", "a.yaml:1:1: an answers file must be a mapping, not text\n"),
        (b"version: 1\nname: hpc\nregion: [westeurope\n", "a.yaml:3:9: not valid YAML: unclosed bracket '['\n"),
        (&[0xff, 0xfe, 0x00], "a.yaml: the file is not UTF-8 text (byte 0)\n"),
    ];
    for (bytes, expected) in cases {
        // An override is no document either: nobody can say whether its question is asked.
        for arguments in [&[][..], &["--set", "naming.nsg=x"]] {
            let (output, dir) = generate(bytes, arguments);
            refused(&output, dir.path());
            let said = stderr(&output);
            assert!(said.starts_with(&format!("error: {expected}")), "{said}");
            assert_eq!(said.matches("error: ").count(), 1, "{said}");
        }
    }
    // What the file leaves out is still said of a file that can be read.
    let (output, dir) = generate(b"version: 1\n", &[]);
    refused(&output, dir.path());
    assert!(stderr(&output).matches("error: ").count() > 3, "{}", stderr(&output));
}

#[test]
fn things_that_are_no_file_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let run = |path: &str| {
        Command::new(env!("CARGO_BIN_EXE_netcordon"))
            .args(["generate", path, "--out", "out"])
            .current_dir(dir.path())
            .stdin(Stdio::null())
            .output()
            .unwrap()
    };
    std::fs::create_dir(dir.path().join("folder")).unwrap();
    let mut paths = vec!["folder".to_string(), "missing.yaml".into(), "-".into()];
    if cfg!(unix) {
        assert!(Command::new("mkfifo").arg(dir.path().join("fifo")).status().unwrap().success());
        paths.extend(["fifo".into(), "/dev/zero".into()]);
    }
    for path in paths {
        refused(&run(&path), dir.path());
    }
}

#[test]
fn an_output_folder_that_is_a_file_or_leads_out_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.yaml"), GOOD).unwrap();
    let run = |out: &str| {
        Command::new(env!("CARGO_BIN_EXE_netcordon"))
            .args(["generate", "a.yaml", "--out", out])
            .current_dir(dir.path())
            .output()
            .unwrap()
    };
    assert_eq!(run("a.yaml").status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(dir.path().join("a.yaml")).unwrap(), GOOD);
    #[cfg(unix)]
    {
        let outside = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("out")).unwrap();
        std::os::unix::fs::symlink(outside.path(), dir.path().join("out/arm")).unwrap();
        let output = run("out");
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
    }
}

#[test]
fn environments_of_one_name_are_refused_and_others_get_folders() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.yaml"), GOOD).unwrap();
    std::fs::write(dir.path().join("b.yaml"), GOOD).unwrap();
    std::fs::write(dir.path().join("c.yaml"), GOOD.replace("name: hpc", "name: other")).unwrap();
    let run = |files: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_netcordon"))
            .arg("generate")
            .args(files)
            .args(["--out", "out"])
            .current_dir(dir.path())
            .output()
            .unwrap()
    };
    let output = run(&["a.yaml", "b.yaml"]);
    refused(&output, dir.path());
    assert_eq!(
        stderr(&output),
        "error: b.yaml: the name `hpc` is that of `a.yaml` as well\n  hint: each environment needs a name of its own\n"
    );
    assert_eq!(run(&["a.yaml", "c.yaml"]).status.code(), Some(0));
    assert!(dir.path().join("out/hpc/README.md").exists() && dir.path().join("out/other/README.md").exists());
}

#[test]
fn own_requirements_are_checked_as_strictly() {
    let row = "requirements:\n  - id: company.out.x\n    slot: 600\n    from: cluster-nodes\n    to: {prefixes: [10.100.0.0/24]}\n    \
               allow: tcp 443\n    need: required\n    tenancy: yours\n    why: x\n    source: [{page: p, section: s, date: 2026-01-31}]\n";
    let cases = [
        (
            "company.out.x",
            "cyclecloud.server.entra",
            "the id `cyclecloud.server.entra` is taken by netcordon's catalog",
        ),
        ("slot: 600", "slot: 100", "`slot` is `100`"),
        ("from: cluster-nodes", "from: cluster-node", "`from` names the unknown role or group `cluster-node`"),
        ("allow: tcp 443", "allow: tcp 443\n    when: [cyclecluod]", "`when` names the unknown feature `cyclecluod`"),
        ("allow: tcp 443", "allow: tcp 99999", "`allow` is `tcp 99999`"),
        ("need: required", "need: required\n    neded: 1", "unknown key `neded` of a requirement"),
        ("need: required", "need: required\n    tls: WebSocket", "`tls` must be a mapping, not text"),
        ("need: required", "need: required\n    tls: {names: []}", "the row has no `why`"),
        (
            "need: required",
            "need: required\n    tls: {why: ALPN, names: [a.example.com]}",
            "`tls` names `a.example.com`, which is none of the row's names",
        ),
        ("date: 2026-01-31", "date: yesterday", "`yesterday` is not a date"),
        ("10.100.0.0/24", "10.100.0.1/24", "`10.100.0.1/24` is not a prefix"),
    ];
    let answers = format!("{GOOD}requirements: [company.yaml]\n");
    let run = |text: &str| {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.yaml"), &answers).unwrap();
        std::fs::write(dir.path().join("company.yaml"), text).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_netcordon"))
            .args(["generate", "a.yaml", "--out", "out"])
            .current_dir(dir.path())
            .output()
            .unwrap();
        (output, dir)
    };
    let (good, dir) = run(row);
    assert_eq!(good.status.code(), Some(0), "{}", stderr(&good));
    assert!(dir.path().join("out/requirements/company.yaml").exists());
    assert!(std::fs::read_to_string(dir.path().join("out/README.md")).unwrap().contains("company.out.x"));
    for (old, new, what) in cases {
        let (output, dir) = run(&row.replacen(old, new, 1));
        refused(&output, dir.path());
        assert!(stderr(&output).starts_with("error: company.yaml:"), "{}", stderr(&output));
        assert!(stderr(&output).contains(what), "{what} in {}", stderr(&output));
    }
}

#[test]
fn service_tag_files_that_do_not_fit_are_refused() {
    let run = |tags: &str| {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.yaml"), GOOD).unwrap();
        std::fs::write(dir.path().join("tags.json"), tags).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_netcordon"))
            .args(["generate", "a.yaml", "--out", "out", "--service-tags", "tags.json"])
            .current_dir(dir.path())
            .output()
            .unwrap();
        (output, dir)
    };
    let tag = |name: &str| {
        format!(
            "{{\"name\":\"{name}\",\"id\":\"{name}\",\"properties\":{{\"changeNumber\":1,\"region\":\"\",\"platform\":\"Azure\",\
                 \"systemService\":\"x\",\"addressPrefixes\":[\"20.1.0.0/16\"],\"networkFeatures\":[\"API\",\"NSG\",\"UDR\",\"FW\"]}}}}"
        )
    };
    let file = |cloud: &str, tags: &[&str]| {
        let tags: Vec<String> = tags.iter().map(|name| tag(name)).collect();
        format!("{{\"changeNumber\":1,\"cloud\":\"{cloud}\",\"values\":[{}]}}", tags.join(","))
    };
    let all = ["Storage", "Storage.WestEurope", "AzureActiveDirectory", "AzureMonitor", "AzureResourceManager"];
    let (output, _dir) = run(&file("Public", &all));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let whole = file("Public", &all);
    for bad in [&file("China", &all), &whole[..whole.len() / 2], "[]", "", "not json"] {
        let (output, dir) = run(bad);
        refused(&output, dir.path());
    }
    // A needed tag that the file lacks: never a rule that Azure would refuse.
    let (output, dir) = run(&file("Public", &all[..4]));
    refused(&output, dir.path());
    assert!(stderr(&output).contains("cyclecloud.server.resource-manager"), "{}", stderr(&output));
}

#[test]
fn an_edited_file_is_kept_and_its_diff_is_shown() {
    let (first, dir) = generate(GOOD.as_bytes(), &[]);
    assert_eq!(first.status.code(), Some(0));
    let edited = dir.path().join("out/README.md");
    std::fs::write(&edited, "my own words\n").unwrap();
    let again = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_netcordon"))
            .args(["generate", "a.yaml", "--out", "out"])
            .args(arguments)
            .current_dir(dir.path())
            .output()
            .unwrap()
    };
    let refused = again(&[]);
    assert_eq!(refused.status.code(), Some(2), "{}", stderr(&refused));
    assert!(String::from_utf8_lossy(&refused.stdout).contains("-my own words"), "{refused:?}");
    assert_eq!(std::fs::read_to_string(&edited).unwrap(), "my own words\n");
    assert_eq!(again(&["--check"]).status.code(), Some(1));
    let diff = again(&["--diff"]);
    assert_eq!(diff.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&diff.stdout).contains("-my own words"));
    assert_eq!(std::fs::read_to_string(&edited).unwrap(), "my own words\n");
    assert_eq!(again(&["--force"]).status.code(), Some(0));
    assert_eq!(again(&["--check"]).status.code(), Some(0));
}

#[test]
fn a_flow_without_a_way_out_is_refused_with_what_to_change() {
    let (output, dir) = generate(GOOD.as_bytes(), &["--set", "egress.way_out=none"]);
    refused(&output, dir.path());
    let said = stderr(&output);
    assert!(
        said.contains("`cyclecloud.server.entra` from snet-server to AzureActiveDirectory (tcp 443) does not pass"),
        "{said}"
    );
    assert!(said.contains("give it a way to the Internet"), "{said}");
}

/// What an explicit proxy's address may not be; a password is never repeated.
#[test]
fn an_address_of_a_proxy_is_one_address_and_a_port_and_no_password() {
    for (proxy, said) in [
        ("http://user:secret@10.100.0.5:3128", "has a user or a password, which would end in generated files"),
        ("https://10.100.0.5:3128", "`https://10.100.0.5:3128` does not start with `http://`"),
        ("10.100.0.5:3128", "`10.100.0.5:3128` does not start with `http://`"),
        ("http://10.100.0.5", "`http://10.100.0.5` names no port"),
        ("http://proxy.example.com:3128", "`proxy.example.com` is not an IPv4 address"),
        ("http://[fd00::1]:3128", "`[fd00` is not an IPv4 address"),
        ("http://10.100.0.5:", "`` is not a port"),
        ("http://10.100.0.5:0", "`0` is not a port"),
        ("http://10.100.0.5:+80", "`+80` is not a port"),
        ("http://10.100.0.5:65536", "`65536` is not a port"),
        ("http://10.100.0.5:3128/", "`3128/` is not a port"),
        ("http://10.9.0.5:3128", "10.9.0.5 is neither in the virtual network nor peered nor on premises"),
        ("http://10.20.2.5:3128", "the proxy's address 10.20.2.5 lies in `10.20.2.0/23`"),
    ] {
        let text = GOOD.replace("  via: nsg", &format!("  via: https-proxy\n  proxy: '{proxy}'"));
        let (output, dir) = generate(text.as_bytes(), &[]);
        refused(&output, dir.path());
        let errors = stderr(&output);
        assert!(errors.contains(said), "{proxy}: {errors}");
        assert!(!errors.contains("secret"), "{errors}");
        assert_eq!(errors.matches("error: ").count(), 1, "{errors}");
        assert!(errors.contains("\n  hint: "), "{errors}");
    }
    let text = GOOD.replace("  via: nsg", "  via: https-proxy\n  proxy: 'http://10.100.0.5:3128'");
    let (output, dir) = generate(text.as_bytes(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(dir.path().join("out/firewall/squid.conf").exists());
    let (output, dir) = generate(GOOD.replace("  via: nsg", "  via: https-proxy").as_bytes(), &[]);
    refused(&output, dir.path());
    assert!(stderr(&output).contains("`egress.proxy` is not answered"), "{}", stderr(&output));
}

#[test]
fn what_cannot_work_with_a_proxy_or_appliance_is_refused_with_its_reason() {
    let proxy = "  via: https-proxy\n  proxy: 'http://10.100.0.5:3128'";
    let aks = GOOD
        .replace("[cyclecloud-vm]", "[cyclecloud-vm, aks]")
        .replace("egress:", "  - {name: snet-aks, prefix: 10.20.8.0/22, roles: [aks-nodes]}\naks: {pod_addresses: [10.244.0.0/16]}\negress:");
    let aml = GOOD.replace("[cyclecloud-vm]", "[cyclecloud-vm, aml-no-public-ip]").replace(
        "egress:",
        "  - {name: snet-ml, prefix: 10.20.8.0/22, roles: [aml-compute]}\n  - {name: snet-pe, prefix: 10.20.12.0/24, roles: [private-endpoints]}\negress:",
    );
    let own = |to: &str, allow: &str| {
        let row = format!(
            "requirements:\n  - {{id: own.out, slot: 600, from: cluster-nodes, to: {to}, allow: {allow}, need: required, tenancy: yours, why: x, source: [{{page: p, section: s, date: 2026-01-31}}]}}\n"
        );
        (format!("{GOOD}requirements: [own.yaml]\n"), row)
    };
    let nothing = String::new;
    let rows = [
        (aml.clone(), nothing(), proxy, vec![], "Azure Machine Learning compute behind an explicit proxy"),
        (aks.clone(), nothing(), proxy, vec!["aks.api_server=public"], "`public` behind an explicit proxy"),
        (aks.clone(), nothing(), proxy, vec!["machines.windows=true"], "Windows machines in an AKS cluster behind"),
        (aks, nothing(), proxy, vec!["aks.legacy_tunnel=true"], "only its service tag AzureCloud.westeurope is known"),
        (GOOD.into(), nothing(), "  via: nsg", vec!["outputs=[firewall]"], "`firewall` has nothing to list"),
        (GOOD.into(), nothing(), "  via: appliance", vec![], "`egress.private_ip` is not answered"),
        (GOOD.into(), nothing(), "  via: appliance\n  private_ip: 20.1.2.3", vec![], "`20.1.2.3` is a public address"),
        (
            GOOD.into(),
            nothing(),
            "  via: appliance\n  private_ip: 10.20.2.4",
            vec![],
            "the firewall's address 10.20.2.4 lies",
        ),
        (GOOD.into(), nothing(), "  via: appliance\n  private_ip: 10.0.1.4\n  sku: Basic", vec![], "nobody asks"),
        {
            let (text, own) = own("{names: [time.example.com]}", "udp 123");
            (text, own, proxy, vec![], "udp 123 to time.example.com: a proxy is asked for TCP 80 and 443 alone")
        },
        {
            let (text, own) = own("{prefixes: [20.1.2.0/24]}", "tcp 443");
            (text, own, proxy, vec![], "a proxy is asked for host names, and only addresses are known")
        },
        {
            let (text, own) = own("{names: [one.blob.core.windows.net]}", "tcp 443");
            (text, own, proxy, vec![], "by the service endpoint, without the proxy, and nothing opens it there")
        },
        {
            let (text, own) = own("{names: ['*.example.com']}", "udp 443");
            let via = "  via: appliance\n  private_ip: 10.0.1.4";
            (text, own, via, vec![], "udp 443 to `*.example.com`: firewalls match wildcards in HTTP and TLS")
        },
        {
            let (text, own) = own("{names: ['a.{storage}.example.com']}", "tcp 443");
            let via = "  via: appliance\n  private_ip: 10.0.1.4";
            (text, own, via, vec![], "has a wildcard in its middle, which no list of names can say")
        },
    ];
    for (text, own, via, set, said) in rows {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.yaml"), text.replace("  via: nsg", via)).unwrap();
        std::fs::write(dir.path().join("own.yaml"), own).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_netcordon"))
            .args(["generate", "a.yaml", "--out", "out"])
            .args(set.iter().flat_map(|set| ["--set", set]))
            .current_dir(dir.path())
            .output()
            .unwrap();
        refused(&output, dir.path());
        assert!(stderr(&output).contains(said), "{said}: {}", stderr(&output));
        assert!(stderr(&output).contains("\n  hint: "), "{}", stderr(&output));
    }
}

#[test]
fn a_region_without_a_pair_is_refused_in_prefix_mode() {
    let text = "version: 1\nname: ml\nregion: polandcentral\nscenarios: [aml-public-ip]\nnetwork:\n  resource_group: rg\n  vnet: vnet-ml\n  \
                address_space: [10.1.0.0/16]\nsubnets:\n  - {name: snet-compute, prefix: 10.1.0.0/24, roles: [aml-compute]}\n  \
                - {name: snet-pe, prefix: 10.1.1.0/24, roles: [private-endpoints]}\negress:\n  via: azure-firewall\n  private_ip: 10.0.1.4\naml:\n  routes: prefixes\n";
    let (output, dir) = generate(text.as_bytes(), &[]);
    refused(&output, dir.path());
    assert_eq!(
        stderr(&output),
        "error: a.yaml:16:3: aml.routes: region `polandcentral` has no pair, whose prefixes the routes would need as well\n  hint: use `aml.routes: tag`\n"
    );
    let (output, _dir) = generate(text.as_bytes(), &["--set", "aml.routes=tag"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}
