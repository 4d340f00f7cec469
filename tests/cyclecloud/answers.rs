//! What cannot be answered about a CycleCloud server, and what an answer opens.

use crate::{generate, text};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

#[test]
fn wrong_answers_have_a_clear_problem_and_write_nothing() {
    let rows: [(&str, &[&str], &str); 15] = [
        ("cyclecloud-on-premises", &["cyclecloud.server_addresses=[]"], "no subnet has the role `cyclecloud-server`"),
        (
            "cyclecloud-on-premises",
            &["cyclecloud.server_addresses=[10.22.9.4]"],
            "lies neither in a peered network nor on premises",
        ),
        (
            "cyclecloud-on-premises",
            &["cyclecloud.server_addresses=[20.1.2.3]"],
            "lies neither in a peered network nor on premises",
        ),
        ("cyclecloud-on-premises", &["cyclecloud.server_addresses=['fd00::1']"], "is IPv6"),
        (
            "cyclecloud-vm",
            &["cyclecloud.server_addresses=[10.100.20.10]"],
            "subnet `snet-cyclecloud` has the role `cyclecloud-server` as well",
        ),
        ("cyclecloud-vm", &["cyclecloud.bastion=[10.100.0.0/26]"], "lies neither in this network nor in a peered one"),
        (
            "cyclecloud-vm",
            &["cyclecloud.bastion=[10.20.0.0/26]"],
            "overlaps `10.20.0.0/27` of subnet `snet-cyclecloud`",
        ),
        ("cyclecloud-vm", &["cyclecloud.scheduler=torque"], "torque"),
        ("cyclecloud-vm", &["cyclecloud.scheduler=lsf", "cyclecloud.azslurm_cost=true"], "cyclecloud.azslurm_cost"),
        ("cyclecloud-vm", &["cyclecloud.without_proxy=[10.20.0.4]"], "cyclecloud.without_proxy"),
        ("cyclecloud-behind-proxy", &["cyclecloud.without_proxy=['a b']"], "`a b` is none of these"),
        ("cyclecloud-behind-proxy", &["cyclecloud.without_proxy=['x,y']"], "`x,y` is none of these"),
        (
            "cyclecloud-behind-proxy",
            &[
                "cyclecloud.node_packages=mirror",
                "cyclecloud.package_mirrors=[10.100.30.5]",
                "cyclecloud.mirror_url=http://m",
            ],
            "is not the URL of a mirror",
        ),
        (
            "cyclecloud-behind-proxy",
            &[
                "cyclecloud.node_packages=mirror",
                "cyclecloud.package_mirrors=[10.100.30.5]",
                "cyclecloud.mirror_url=https://m/$(id)",
            ],
            "is not the URL of a mirror",
        ),
        ("cyclecloud-behind-proxy", &["egress.proxy=http://user:secret@10.12.0.5:3128"], "a user or a password"),
    ];
    for (example, set, says) in rows {
        let out = tempfile::tempdir().unwrap();
        let folder = out.path().join("out");
        let done = generate(example, set, &folder);
        let said = text(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{set:?}: {said}");
        assert!(said.contains(says), "{set:?}: `{says}` is not in: {said}");
        assert!(said.contains("hint:"), "{set:?}: {said}");
        assert!(!said.contains("secret"), "{said}");
        assert!(!folder.exists(), "{set:?}");
    }
}

/// The rules of an example with some answers changed: one line each, with the requirement that wants it.
fn rules(example: &str, set: &[&str]) -> BTreeSet<String> {
    let answers = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example).join("answers.yaml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_netcordon"));
    command.arg("plan").arg(answers);
    for change in set {
        command.args(["--set", change]);
    }
    let done = command.output().unwrap();
    assert!(done.status.success(), "{set:?}: {}", text(&done.stderr));
    let shown = text(&done.stdout);
    let mut found = BTreeSet::new();
    let mut nsg = String::new();
    for pair in shown.lines().collect::<Vec<_>>().windows(2) {
        if let Some((_, subnet)) = pair[0].split_once(" on ") {
            nsg = subnet.into();
        }
        if pair[0].starts_with(' ') && pair[0].contains(" -> ") && !pair[0].contains(" deny ") {
            let rule = pair[0].split_whitespace().collect::<Vec<_>>().join(" ");
            found.insert(format!("{nsg} {rule} {}", pair[1].trim()));
        }
    }
    found
}

/// What some answers add to an example's rules, and what they take away.
fn difference(example: &str, set: &[&str]) -> (Vec<String>, Vec<String>) {
    let (before, after) = (rules(example, &[]), rules(example, set));
    (after.difference(&before).cloned().collect(), before.difference(&after).cloned().collect())
}

#[test]
fn each_answer_opens_what_its_page_says_and_nothing_else() {
    let nodes = "snet-nodes";
    let head = "snet-scheduler";
    let server = "snet-cyclecloud";
    let rows: [(&[&str], Vec<String>); 5] = [
        (
            &["cyclecloud.bastion=[10.20.0.128/26]"],
            vec![
                format!("{head} 139 in allow tcp 22 10.20.0.128/26 -> 10.20.0.32/27 cyclecloud.bastion.scheduler-ssh"),
                format!("{server} 124 in allow tcp 22 10.20.0.128/26 -> 10.20.0.0/27 cyclecloud.bastion.server-ssh"),
            ],
        ),
        (
            &["cyclecloud.accounting_database=[10.20.6.4]"],
            vec![format!("{head} 143 out allow tcp 3306 10.20.0.32/27 -> 10.20.6.4/32 cyclecloud.slurm.database")],
        ),
        (
            &["cyclecloud.lustre_servers=[10.20.5.0/26]"],
            vec![
                format!("{nodes} 182 out allow tcp 988,1019-1023 10.20.2.0/23 -> 10.20.5.0/26 cyclecloud.nodes.lustre"),
                format!("{head} 182 out allow tcp 988,1019-1023 10.20.0.32/27 -> 10.20.5.0/26 cyclecloud.nodes.lustre"),
            ],
        ),
        (
            &["cyclecloud.event_grid=true"],
            vec![format!("{server} 109 out allow tcp 443 10.20.0.0/27 -> AzureEventGrid cyclecloud.server.event-grid")],
        ),
        // Host names alone, which an NSG does not hold: a warning, and no rule.
        (&["cyclecloud.monitoring=true", "cyclecloud.azslurm_cost=true"], vec![]),
    ];
    for (set, mut opens) in rows {
        opens.sort();
        assert_eq!(difference("cyclecloud-vm", set), (opens, vec![]), "{set:?}");
    }
}

#[test]
fn a_pinned_range_takes_the_place_of_the_ephemeral_one() {
    let (more, less) = difference("cyclecloud-vm", &["cyclecloud.srun_ports=pinned"]);
    assert_eq!(more.len(), 4);
    assert!(more.iter().all(|rule| rule.contains(" tcp 59000-61000 ") && rule.ends_with("-pinned")), "{more:?}");
    assert_eq!(less.len(), 4);
    assert!(less.iter().all(|rule| rule.contains(" tcp 32768-61000 ")), "{less:?}");
}

#[test]
fn version_7_opens_amqp_and_ganglia() {
    let (more, less) = difference("cyclecloud-vm", &["cyclecloud.version='7'"]);
    let ports: BTreeSet<&str> =
        more.iter().map(|rule| rule.split(" tcp ").nth(1).unwrap().split(' ').next().unwrap()).collect();
    assert_eq!(ports, BTreeSet::from(["5672", "8652"]), "{more:?}");
    assert_eq!((more.len(), less.len()), (6, 0));
    let (more, _) = difference("cyclecloud-return-proxy", &["cyclecloud.version='7'"]);
    assert!(
        more.iter().all(|rule| !rule.contains(" 5672 ")) && more.iter().any(|rule| rule.contains(" 37141 ")),
        "{more:?}"
    );
}

#[test]
fn a_scheduler_without_documented_ports_opens_none() {
    for scheduler in ["htcondor", "other"] {
        let all = rules("cyclecloud-vm", &[&format!("cyclecloud.scheduler={scheduler}")]);
        let own: Vec<&String> =
            all.iter().filter(|rule| ["9618", "6817", "condor"].iter().any(|w| rule.contains(w))).collect();
        assert_eq!(own, Vec::<&String>::new());
    }
    let all = rules("cyclecloud-vm", &["cyclecloud.scheduler=hpc-pack", "machines.windows=true"]);
    let own: Vec<&String> = all.iter().filter(|rule| rule.contains("hpc-pack")).collect();
    assert_eq!(
        own,
        [
            "snet-scheduler 164 in allow tcp 443,9087,9090-9091 10.100.0.0/16 -> 10.20.0.32/27 cyclecloud.hpc-pack.clients"
        ]
    );
}

/// A server elsewhere: the same flows between it and the nodes, at its address; nothing of its own way out.
#[test]
fn a_server_elsewhere_is_reached_at_its_address() {
    let all = rules("cyclecloud-on-premises", &[]);
    let of_server: Vec<&String> = all.iter().filter(|rule| rule.contains("10.100.20.10/32")).collect();
    assert_eq!(
        of_server,
        [
            "snet-nodes 125 out allow tcp 9443 10.22.2.0/23 -> 10.100.20.10/32 cyclecloud.nodes.server",
            "snet-nodes 132 in allow tcp 22 10.100.20.10/32 -> 10.22.2.0/23 cyclecloud.server.nodes-ssh",
            "snet-scheduler 126 out allow tcp 9443 10.22.0.32/27 -> 10.100.20.10/32 cyclecloud.scheduler.server",
        ]
    );
    assert!(!all.iter().any(|rule| rule.contains("AzureResourceManager") || rule.contains("server.entra")), "{all:?}");
}

/// The return proxy of a server on premises: 22 from its address, 37140 from the nodes, no 9443.
#[test]
fn a_return_proxy_of_a_server_elsewhere() {
    let set = [
        "scenarios=[return-proxy]",
        "return_proxy.public_address=false",
        "subnets=[{name: snet-proxy, prefix: 10.22.0.32/27, roles: [return-proxy]}, {name: snet-nodes, prefix: 10.22.2.0/23, roles: [cluster-nodes]}, {name: snet-endpoints, prefix: 10.22.4.0/27, roles: [private-endpoints]}]",
    ];
    let all = rules("cyclecloud-on-premises", &set);
    for rule in [
        "snet-proxy 230 in allow tcp 22 10.100.20.10/32 -> 10.22.0.32/27 proxy.server.tunnel",
        "snet-nodes 232 out allow tcp 37140 10.22.2.0/23 -> 10.22.0.32/27 proxy.nodes.server",
    ] {
        assert!(all.iter().any(|other| other.starts_with(rule)), "{rule}: {all:#?}");
    }
    assert!(!all.iter().any(|rule| rule.contains(" 9443 ")), "{all:#?}");
}
