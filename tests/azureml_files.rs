//! The files of Azure Machine Learning and of names: what they say is what was planned, whatever the texts are, and the
//! scripts ask before they change anything.

#![allow(clippy::unwrap_used)]

mod common;

#[cfg(unix)]
use common::{HOSTILE, run, with_tail};
use common::{example, examples, files, hostile_plans, planned};
use netcordon::catalog::{Catalog, tags::Tags};
use netcordon::plan::{ComputeKind, Plan, plan};
use netcordon::{intent, question, required, yaml};

/// Every kind of compute, with and without public addresses; what else there is, comes behind it.
const ANSWERS: &str = "version: 1
name: ml
region: westeurope
scenarios: [aml-no-public-ip, aml-public-ip]
network:
  subscription: 11111111-2222-3333-4444-555555555555
  resource_group: rg-net
  vnet: vnet-ml
  address_space: [10.30.0.0/16]
subnets:
  - {name: snet-private, prefix: 10.30.0.0/26, roles: [aml-compute]}
  - {name: snet-public, prefix: 10.30.0.64/26, roles: [aml-compute], public_ip: true}
  - {name: snet-endpoints, prefix: 10.30.1.0/26, roles: [private-endpoints]}
egress: {via: azure-firewall, private_ip: 10.30.2.4, sku: Premium, dns_proxy: true, rule_style: name}
";
const AML: &str = "aml:
  compute: [cluster, instance, serverless]
  workspace: ws-ml
  resource_group: rg-ml
  storage: stml
  registry: crmlprod
  exfiltration_protection: true
  second_network: /subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-two/providers/Microsoft.Network/virtualNetworks/vnet-two
";

fn plan_of(text: &str) -> (Plan, Catalog) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("answers.yaml"), text).unwrap();
    planned(folder.path())
}

fn everything() -> (Plan, Catalog) {
    plan_of(&format!("{ANSWERS}{AML}"))
}

fn file(plan: &Plan, catalog: &Catalog, path: &str) -> String {
    let format = path.split('/').next().unwrap();
    let all = files(plan, catalog, format);
    let found = all.iter().find(|(name, _)| name == path);
    found
        .unwrap_or_else(|| panic!("no {path} among {:?}", all.iter().map(|(name, _)| name).collect::<Vec<_>>()))
        .1
        .clone()
}

/// A value of a YAML file, by its keys.
fn value(text: &str, keys: &[&str]) -> Option<String> {
    let (node, problems) = yaml::read("a.yml", text.as_bytes());
    // What cannot be seen is escaped there, and is a problem in an answers file alone.
    assert!(problems.iter().all(|problem| problem.what.contains("cannot be seen")), "{problems:?}");
    let node = node.unwrap();
    let found = keys.iter().try_fold(&node, |node, key| node.get(key));
    found.and_then(|node| node.text()).map(String::from)
}

#[test]
fn each_subnet_gets_the_compute_that_was_planned_for_it() {
    let mut all = vec![everything()];
    all.extend(examples().iter().map(|folder| planned(folder)));
    all.extend(hostile_plans());
    for (plan, catalog) in all {
        let written = files(&plan, &catalog, "azureml");
        let Some(azureml) = &plan.azureml else {
            assert_eq!(written, []);
            continue;
        };
        let subscription = azureml.intent.subscription.as_deref().unwrap_or("00000000-0000-0000-0000-000000000000");
        let subnet = |name: &str| {
            format!(
                "/subscriptions/{subscription}/resourceGroups/{}/providers/Microsoft.Network/virtualNetworks/{}/subnets/{name}",
                plan.vnet.resource_group, plan.vnet.name
            )
        };
        for compute in &azureml.compute {
            let (word, kind) = match compute.kind {
                ComputeKind::Cluster => ("cluster", "amlcompute"),
                ComputeKind::Instance => ("instance", "computeinstance"),
            };
            let text = file(&plan, &catalog, &format!("azureml/{word}-{}.yml", compute.subnet));
            let has = |keys: &[&str]| value(&text, keys);
            assert_eq!(has(&["type"]), Some(kind.into()));
            assert_eq!(has(&["size"]), Some(azureml.intent.vm_size.clone()));
            assert_eq!(has(&["enable_node_public_ip"]), Some(compute.public_ip.to_string()));
            assert_eq!(has(&["network_settings", "subnet"]), Some(subnet(&compute.subnet)));
            assert_eq!(has(&["ssh_public_access_enabled"]), Some("false".into()));
            let cluster = compute.kind == ComputeKind::Cluster;
            assert_eq!(has(&["max_instances"]), cluster.then(|| compute.most.to_string()));
            assert_eq!(has(&["location"]), cluster.then(|| plan.region.clone()));
            let name = has(&["name"]).unwrap();
            assert!((2..=32).contains(&name.len()) && !name.ends_with('-'), "{name}");
            assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{name}");
        }
        if let Some(serverless) = &azureml.serverless {
            let text = file(&plan, &catalog, "azureml/serverless.yml");
            let has = |keys: &[&str]| value(&text, keys);
            assert_eq!(has(&["serverless_compute", "custom_subnet"]), Some(subnet(&serverless.subnet)));
            assert_eq!(has(&["serverless_compute", "no_public_ip"]), Some((!serverless.public_ip).to_string()));
        }
        let yamls = written.iter().filter(|(path, _)| path.ends_with(".yml")).count();
        assert_eq!(yamls, azureml.compute.len() + usize::from(azureml.serverless.is_some()), "{}", plan.name);
    }
}

#[test]
fn serverless_compute_takes_the_subnet_without_public_addresses() {
    let (plan, _) = everything();
    let serverless = plan.azureml.unwrap().serverless.unwrap();
    assert_eq!((serverless.subnet.as_str(), serverless.public_ip), ("snet-private", false));
}

#[test]
fn cluster_names_stay_apart_however_alike_their_subnets_are() {
    let long = "a".repeat(40);
    let (mut plan, catalog) = everything();
    let azureml = plan.azureml.as_mut().unwrap();
    let cluster = azureml.compute[0].clone();
    let subnets =
        [format!("{long}1"), format!("{long}2"), format!("{long}3"), "a.b".into(), "a_b".into(), "A-b".into()];
    azureml.compute = subnets
        .iter()
        .map(|subnet| netcordon::plan::PlannedCompute { subnet: subnet.clone(), ..cluster.clone() })
        .collect();
    let name = |subnet: &String| {
        value(&file(&plan, &catalog, &format!("azureml/cluster-{subnet}.yml")), &["name"]).unwrap().to_lowercase()
    };
    let names: std::collections::BTreeSet<String> = subnets.iter().map(name).collect();
    assert_eq!(names.len(), subnets.len(), "{names:?}");
}

/// What a subnet can hold: 2^(32 - length) less Azure's five.
#[test]
fn a_subnet_that_is_too_small_is_a_problem() {
    let problems = |aml: &str| -> Vec<String> {
        let text = format!("{ANSWERS}aml:\n  compute: [cluster, instance, serverless]\n{aml}");
        let answers = question::read("a.yaml", text.as_bytes(), &[]);
        assert_eq!(answers.problems, []);
        let catalog = Catalog::load(intent::catalog_files(&answers.answers), &[]).unwrap();
        match intent::resolve(&answers.answers, &catalog) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.iter().map(ToString::to_string).collect(),
        }
    };
    // 64 addresses: 59 for machines. Serverless nodes count in one subnet alone.
    assert_eq!(problems("  max_nodes: 50\n  instances: 5\n  serverless_nodes: 4\n"), Vec::<String>::new());
    let hint = "hint: a /25 holds them, or fewer: `aml.max_nodes`, `aml.instances`, `aml.serverless_nodes`";
    assert_eq!(
        problems("  max_nodes: 50\n  instances: 5\n  serverless_nodes: 5\n"),
        [format!(
            "subnets[0].prefix: `10.30.0.0/26` of subnet `snet-private` has 59 addresses for machines, and compute wants 60\n  {hint}"
        )]
    );
    assert_eq!(problems("  max_nodes: 55\n  instances: 5\n  serverless_nodes: 1\n").len(), 2);
}

/// Every wrong answer is a problem with its place and the remedy.
#[test]
fn what_cannot_name_a_workspace_or_a_network_is_refused() {
    let problems = |aml: &str| -> Vec<String> {
        let text = format!("{ANSWERS}aml: {{{aml}}}\n");
        let answers = question::read("a.yaml", text.as_bytes(), &[]);
        let catalog = Catalog::load(intent::catalog_files(&answers.answers), &[]).unwrap();
        let resolved = intent::resolve(&answers.answers, &catalog).err().unwrap_or_default();
        answers.problems.iter().chain(&resolved).map(ToString::to_string).collect()
    };
    assert_eq!(problems("workspace: ws-1, resource_group: rg-(x), vm_size: Standard_D4_v5"), Vec::<String>::new());
    for (aml, place, hint) in [
        ("workspace: a.b", "aml.workspace: `a.b`", "3 to 33 letters"),
        ("workspace: ws", "aml.workspace: `ws`", "3 to 33 letters"),
        ("workspace: \"x; touch evil\"", "aml.workspace: `x; touch evil`", "3 to 33 letters"),
        ("resource_group: a/b", "aml.resource_group: `a/b`", "a resource group name"),
        ("vm_size: \"D 4\"", "aml.vm_size: `D 4`", "letters, digits and `_`"),
        ("second_network: vnet-two", "aml.second_network: `vnet-two`", "virtualNetworks/…"),
        ("max_nodes: 0", "a.yaml:", "1"),
        ("max_nodes: 70000", "a.yaml:", "65000"),
        ("instances: many", "a.yaml:", "number"),
        ("serverless_nodes: 4", "aml.serverless_nodes", ""),
    ] {
        let found = problems(aml);
        assert!(found.len() == 1 && found[0].contains(place) && found[0].contains(hint), "{aml}: {found:?}");
    }
}

#[test]
fn the_role_has_three_actions_and_the_scope_of_the_network() {
    let (plan, catalog) = everything();
    let role: serde_json::Value = serde_json::from_str(&file(&plan, &catalog, "azureml/role.json")).unwrap();
    let meant = serde_json::json!({
        "Name": "Network join for Azure Machine Learning compute (ml)",
        "IsCustom": true,
        "Description": "May put Azure Machine Learning compute into subnets of this network; may change nothing of it.",
        "Actions": [
            "Microsoft.Network/*/read",
            "Microsoft.Network/virtualNetworks/join/action",
            "Microsoft.Network/virtualNetworks/subnets/join/action",
        ],
        "NotActions": [],
        "DataActions": [],
        "NotDataActions": [],
        "AssignableScopes": ["/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-net"],
    });
    assert_eq!(role, meant);
}

#[test]
fn the_endpoint_policy_names_the_account_and_the_alias_in_every_language() {
    let (plan, catalog) = everything();
    let folder = "azureml/service-endpoint-policy";
    let account = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-ml/providers/Microsoft.Storage/storageAccounts/stml";
    let template: serde_json::Value =
        serde_json::from_str(&file(&plan, &catalog, &format!("{folder}/template.json"))).unwrap();
    assert_eq!(template["parameters"]["storageAccountIds"]["defaultValue"], serde_json::json!([account]));
    let policy = &template["resources"][0];
    assert_eq!(
        (&policy["type"], &policy["name"]),
        (&"Microsoft.Network/serviceEndpointPolicies".into(), &"sep-ml".into())
    );
    let of = |index: usize| {
        let properties = &policy["properties"]["serviceEndpointPolicyDefinitions"][index]["properties"];
        (properties["service"].clone(), properties["serviceResources"].clone())
    };
    assert_eq!(of(0), ("Microsoft.Storage".into(), "[parameters('storageAccountIds')]".into()));
    assert_eq!(of(1), ("Global".into(), serde_json::json!(["/services/Azure/MachineLearning"])));
    for name in ["main.bicep", "main.tf"] {
        let text = file(&plan, &catalog, &format!("{folder}/{name}"));
        for part in [account, "/services/Azure/MachineLearning", "Microsoft.Storage", "Global", "sep-ml"] {
            assert_eq!(
                text.matches(&format!("'{part}'")).count() + text.matches(&format!("\"{part}\"")).count(),
                1,
                "{name}: {part}"
            );
        }
    }
    // Without all of the account's id, nothing stands for it: whoever deploys has to say it.
    let (mut plan, catalog) = everything();
    plan.azureml.as_mut().unwrap().intent.resource_group = None;
    let text = file(&plan, &catalog, &format!("{folder}/template.json"));
    let template: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(template["parameters"]["storageAccountIds"].get("defaultValue"), None);
    for name in ["main.bicep", "main.tf"] {
        assert!(!file(&plan, &catalog, &format!("{folder}/{name}")).contains("storageAccounts/"), "{name}");
    }
    // No protection, no policy.
    let (plan, catalog) = example("aml-no-public-ip-firewall");
    assert!(files(&plan, &catalog, "azureml").iter().all(|(path, _)| !path.contains("policy")));
}

/// The names to forward in each cloud, whole: both spellings of the zone of compute instances among them.
#[test]
fn forwarders_are_those_of_the_cloud() {
    let storage = |suffix: &str| ["blob", "dfs", "file", "queue", "table"].map(|kind| format!("{kind}.core.{suffix}"));
    let rows: [(&str, &str, &[&str], &str); 3] = [
        (
            "AzureCloud",
            "westeurope",
            &[
                "api.azureml.ms",
                "aznbcontent.net",
                "azurecr.io",
                "inference.ml.azure.com",
                "instances.azureml.ms",
                "instances.ml.azure.ms",
                "notebooks.azure.net",
                "vault.azure.net",
                "vaultcore.azure.net",
            ],
            "windows.net",
        ),
        (
            "AzureUSGovernment",
            "usgovvirginia",
            &[
                "api.ml.azure.us",
                "aznbcontent.net",
                "azurecr.us",
                "inference.ml.azure.us",
                "instances.azureml.us",
                "instances.ml.azure.us",
                "notebooks.usgovcloudapi.net",
                "vault.usgovcloudapi.net",
                "vaultcore.usgovcloudapi.net",
            ],
            "usgovcloudapi.net",
        ),
        (
            "AzureChinaCloud",
            "chinaeast2",
            // No zone of a container registry is documented there.
            &[
                "api.ml.azure.cn",
                "aznbcontent.net",
                "inference.ml.azure.cn",
                "instances.azureml.cn",
                "instances.ml.azure.ms",
                "notebooks.chinacloudapi.cn",
                "vault.azure.cn",
                "vaultcore.azure.cn",
            ],
            "chinacloudapi.cn",
        ),
    ];
    for (cloud, region, others, suffix) in rows {
        let text = ANSWERS.replace("region: westeurope", &format!("cloud: {cloud}\nregion: {region}"));
        let (plan, catalog) = plan_of(&text);
        let mut meant: Vec<String> = others.iter().map(ToString::to_string).chain(storage(suffix)).collect();
        meant.sort();
        let text = file(&plan, &catalog, "dns/forwarders.txt");
        let found: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        assert_eq!(found, meant, "{cloud}");
        let gap = plan.warnings.iter().any(|warning| warning.what.contains("Container Registry is documented"));
        assert_eq!(gap, cloud == "AzureChinaCloud");
    }
}

#[test]
fn only_zones_of_what_is_private_are_asked_for() {
    let services = |text: &str| -> Vec<String> {
        let (plan, _) = plan_of(text);
        plan.dns.zones.iter().map(|zone| zone.service.clone()).collect()
    };
    let all = [
        "Azure Machine Learning workspace",
        "Azure Storage, blobs",
        "Azure Storage, file shares",
        "Azure Storage, queues",
        "Azure Storage, tables",
        "Azure Data Lake Storage Gen2",
        "Azure Container Registry",
        "Azure Key Vault",
    ];
    assert_eq!(services(ANSWERS), all);
    assert_eq!(
        services(&format!("{ANSWERS}aml: {{registry_public: true, storage_access: public}}\n")),
        [all[0], all[7]]
    );
    let monitor = services(&format!("{ANSWERS}aml: {{monitor: private}}\n"));
    assert_eq!(monitor.last().unwrap(), "Azure Monitor Private Link Scope");
    let (plan, _) = example("cyclecloud-vm");
    assert_eq!(plan.dns.zones, []);
    let (plan, _) = example("cyclecloud-return-proxy");
    assert_eq!(plan.dns.zones.iter().map(|zone| zone.service.as_str()).collect::<Vec<_>>(), ["Azure Storage, blobs"]);
    let (plan, catalog) = example("aks-firewall");
    assert_eq!(plan.dns.zones[0].private, ["privatelink.westeurope.azmk8s.io"]);
    // The service makes and links that zone.
    assert!(files(&plan, &catalog, "dns").iter().all(|(path, _)| !path.ends_with("zone-links.sh")));
}

/// Names of one's own must be private, those of Microsoft public, and none is both.
#[test]
fn names_to_check_are_whole_and_on_one_side() {
    let (plan, _) = everything();
    assert_eq!(
        plan.dns.private_names,
        ["crmlprod.azurecr.io", "stml.blob.core.windows.net", "stml.file.core.windows.net"]
    );
    assert!(plan.dns.public_names.contains(&"login.microsoftonline.com".to_string()), "{:?}", plan.dns.public_names);
    for folder in examples() {
        let (plan, _) = planned(&folder);
        let forwarded = |name: &str| {
            plan.dns.zones.iter().flat_map(|zone| &zone.forward).any(|zone| name.ends_with(&format!(".{zone}")))
        };
        assert!(plan.dns.private_names.iter().all(|name| forwarded(name)));
        assert!(plan.dns.public_names.iter().all(|name| !forwarded(name) && !name.contains('*')), "{}", plan.name);
    }
}

#[cfg(unix)]
fn writes(calls: &[Vec<String>]) -> Vec<&Vec<String>> {
    let reads = |word: &String| ["show", "list"].contains(&word.as_str());
    calls.iter().filter(|call| !call.iter().take(6).any(reads)).collect()
}

#[cfg(unix)]
const ML_IS_THERE: &str = "'extension list'*) echo ml ;;\n*'workspace show'*) ;;\n*'subnet list'*) printf 'snet-private\\nsnet-public\\n' ;;\n";
#[cfg(unix)]
const NETWORK: &str = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-ml";

#[cfg(unix)]
#[test]
fn compute_is_made_once_and_never_moved() {
    let (plan, catalog) = everything();
    let text = file(&plan, &catalog, "azureml/apply.sh");
    let ran = |arguments: &[&str], answers: &str| {
        let folder = tempfile::tempdir().unwrap();
        let (done, calls) = run(folder.path(), &text, arguments, &format!("{answers}\n{ML_IS_THERE}"));
        let words = |call: &&Vec<String>| call[..4].join(" ");
        let made: Vec<String> = writes(&calls).iter().map(words).collect();
        let shown = String::from_utf8(done.stdout).unwrap().replace(&folder.path().display().to_string(), "");
        (done.status.code(), made, String::from_utf8(done.stderr).unwrap(), shown)
    };
    let (code, made, said, dry) = ran(&["--dry-run"], "");
    assert_eq!((code, made.len(), said.as_str()), (Some(0), 0, ""));
    let (code, made, _, wet) = ran(&[], "");
    assert_eq!(code, Some(0));
    assert_eq!(made, ["ml compute create --file", "ml compute create --file", "ml workspace update --name"]);
    assert_eq!(dry, wet);
    // What is there stays, but for the size of clusters.
    let there = format!(
        "*'compute list'*) printf 'cpu-snet-private\\t{}\\ncpu-snet-public\\t{NETWORK}/subnets/snet-public\\n' ;;\n\
         *'workspace show'*) echo {NETWORK}/subnets/snet-private ;;",
        format!("{NETWORK}/subnets/snet-private").to_uppercase()
    );
    let (code, made, _, _) = ran(&[], &format!("*'compute show'*) echo 2 ;;\n{there}"));
    assert_eq!((code, made), (Some(0), vec!["ml compute update --name".to_string(); 2]));
    // Nobody's nodes are taken away.
    let (code, made, _, shown) = ran(&[], &format!("*'compute show'*) echo 100 ;;\n{there}"));
    assert_eq!((code, made.len()), (Some(0), 0));
    assert_eq!(shown.matches("with 100 nodes at the most: left as it is").count(), 2, "{shown}");
    let (code, made, said, _) = ran(&[], &there);
    assert_eq!((code, made.len()), (Some(1), 0), "{said}");
    // Elsewhere, or in no network at all: stop before any change.
    for (place, says) in
        [("/x/subnets/other", "is in another subnet: /x/subnets/other"), ("None", "in no network of yours")]
    {
        let (code, made, said, _) = ran(&[], &format!("*'compute list'*) printf 'cpu-snet-public\\t{place}\\n' ;;"));
        assert_eq!((code, made.len()), (Some(1), 0), "{said}");
        assert!(said.contains(says), "{said}");
    }
    // Instances go where they are told to, if there is more than one place.
    let (code, made, said, _) = ran(&["--instance", "ci-ann"], "");
    assert_eq!((code, made.len()), (Some(1), 0));
    assert!(said.contains("set INSTANCE_SUBNET to one of them"), "{said}");
    for (answers, says) in [
        ("'extension list'*) ;;", "az extension add --name ml"),
        ("'extension list'*) printf 'ml\\nazure-cli-ml\\n' ;;", "az extension remove --name azure-cli-ml"),
        ("*'subnet list'*) echo other ;;", "there is no subnet snet-private"),
    ] {
        let (code, made, said, _) = ran(&[], answers);
        assert_eq!((code, made.len()), (Some(1), 0), "{said}");
        assert!(said.contains(says), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn what_the_answers_do_not_say_stops_the_scripts() {
    let (plan, catalog) = plan_of(&ANSWERS.replace("  subscription: 11111111-2222-3333-4444-555555555555\n", ""));
    let scripts = [
        ("azureml/apply.sh", &[][..], "set WORKSPACE to"),
        ("azureml/dependencies.sh", &[], "set WORKSPACE_RESOURCE_GROUP to"),
        ("dns/zone-links.sh", &[], "set ZONES_RESOURCE_GROUP to"),
    ];
    for (path, arguments, says) in scripts {
        let folder = tempfile::tempdir().unwrap();
        let (done, calls) = run(folder.path(), &file(&plan, &catalog, path), arguments, ML_IS_THERE);
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!((done.status.code(), writes(&calls).len()), (Some(1), 0), "{path}: {said}");
        assert!(said.starts_with("stop: ") && said.contains(says), "{path}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn a_response_is_saved_only_if_there_is_one() {
    let (plan, catalog) = everything();
    let text = file(&plan, &catalog, "azureml/dependencies.sh");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("RESPONSE.json"), "old").unwrap();
    let (failed, _) = run(folder.path(), &text, &[], "*) exit 9 ;;");
    assert_eq!(failed.status.code(), Some(9));
    assert_eq!(std::fs::read_to_string(folder.path().join("RESPONSE.json")).unwrap(), "old");
    let (done, calls) = run(folder.path(), &text, &["other.json"], "rest*) echo '{\"value\": []}' ;;");
    assert!(done.status.success());
    assert_eq!(std::fs::read_to_string(folder.path().join("other.json")).unwrap(), "{\"value\": []}\n");
    let url = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/ws-ml/outboundNetworkDependenciesEndpoints?api-version=2024-04-01";
    assert_eq!(calls, [["rest", "--method", "get", "--url", url].map(String::from)]);
}

#[cfg(unix)]
#[test]
fn zones_are_linked_once_and_missing_ones_stop_before_any_change() {
    let (plan, catalog) = everything();
    // The variable is the admin's to set.
    let text = file(&plan, &catalog, "dns/zone-links.sh")
        .replace("set -euo pipefail", "set -euo pipefail\nZONES_RESOURCE_GROUP=rg-zones");
    let zones: Vec<&String> = plan.dns.zones.iter().flat_map(|zone| &zone.private).collect();
    let ran = |arguments: &[&str], answers: &str| {
        let folder = tempfile::tempdir().unwrap();
        let (done, calls) = run(folder.path(), &text, arguments, answers);
        let made = writes(&calls).into_iter().cloned().collect::<Vec<_>>();
        (done.status.code(), made, String::from_utf8(done.stderr).unwrap())
    };
    let (code, made, said) = ran(&[], "");
    assert_eq!((code, made.len()), (Some(1), 0));
    assert!(zones.iter().all(|zone| said.contains(zone.as_str())), "{said}");
    assert_eq!(ran(&["--dry-run", "--create-zones"], "").1.len(), 0);
    let (code, made, _) = ran(&["--create-zones"], "");
    assert_eq!((code, made.len()), (Some(0), 2 * zones.len()));
    let (code, made, _) = ran(&[], "*'zone show'*) echo id ;;");
    let linked: Vec<&String> =
        made.iter().map(|call| &call[call.iter().position(|w| w == "--zone-name").unwrap() + 1]).collect();
    assert_eq!((code, linked), (Some(0), zones));
    assert!(made.iter().all(|call| call.contains(&NETWORK.to_string())));
    let linked = format!("*'zone show'*) echo id ;;\n*'link vnet list'*) echo {} ;;", NETWORK.to_uppercase());
    assert_eq!(ran(&[], &linked), (Some(0), vec![], String::new()));
}

#[cfg(unix)]
#[test]
fn two_networks_are_peered_both_ways_before_zones_are_linked() {
    let (plan, catalog) = everything();
    let text = file(&plan, &catalog, "azureml/second-network.sh")
        .replace("set -euo pipefail", "set -euo pipefail\nZONES_RESOURCE_GROUP=rg-zones ENDPOINT_SUBNET=snet-pe");
    let second = plan.azureml.as_ref().unwrap().intent.second_network.clone().unwrap();
    let answers = format!(
        "*'peering list'*vnet-ml*) printf '{second}\\tConnected\\n' ;;\n*'peering list'*) printf '{NETWORK}\\tInitiated\\n' ;;\n*' show '*) echo id ;;"
    );
    // One side is there; the other never gets connected, so no zone is linked.
    let folder = tempfile::tempdir().unwrap();
    let quick = text.replace("sleep 5", "sleep 0");
    let (done, calls) = run(folder.path(), &quick, &["peer"], &answers);
    assert_eq!((done.status.code(), writes(&calls).len()), (Some(1), 0));
    assert!(String::from_utf8(done.stderr).unwrap().contains("is not connected: Initiated"));
    let (done, calls) = run(folder.path(), &quick, &["peer", "--dry-run"], "*'zone show'*) echo id ;;");
    assert!(done.status.success() && writes(&calls).is_empty());
    let shown = String::from_utf8(done.stdout).unwrap();
    let verbs: Vec<String> =
        shown.lines().map(|line| line.split(' ').skip(1).take(4).collect::<Vec<_>>().join(" ")).collect();
    let zones = plan.dns.zones.iter().map(|zone| zone.private.len()).sum::<usize>();
    assert_eq!(verbs[..2], ["network vnet peering create", "network vnet peering create"]);
    assert_eq!((verbs.len(), &verbs[2]), (2 + zones, &"network private-dns link vnet".to_string()));
    // An endpoint of its own has its own zones, in the second network's resource group.
    let (done, calls) = run(
        folder.path(),
        &quick,
        &["endpoint"],
        "*'vnet show'*) echo northeurope ;;\n*'subnet show'*) echo /subnet ;;",
    );
    assert!(done.status.success(), "{done:?}");
    let made = writes(&calls);
    assert!(made.iter().all(|call| call.contains(&"--resource-group=rg-two".to_string())));
    let count =
        |words: &[&str]| made.iter().filter(|call| words.iter().all(|word| call.iter().any(|own| own == word))).count();
    assert_eq!((count(&["zone", "create"]), count(&["private-endpoint", "--group-id", "amlworkspace"])), (2, 1));
    let (done, calls) = run(folder.path(), &quick, &[], "");
    assert_eq!((done.status.code(), calls.len()), (Some(2), 0));
}

/// The check says which names are wrong, and nothing that a name holds is run.
#[cfg(unix)]
#[test]
fn names_are_checked_against_where_they_must_lead() {
    use std::os::unix::fs::PermissionsExt;
    let (plan, catalog) = everything();
    let folder = tempfile::tempdir().unwrap();
    let tool = |name: &str, code: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("#!/usr/bin/env bash\n{code}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    };
    tool("resolvectl", "echo 'Link 2 (eth0): 10.30.2.4'");
    let text = file(&plan, &catalog, "dns/check.sh");
    let check = |answers: &str, names: &[&str]| {
        tool("getent", &format!("case $2 in\n{answers}\n*) echo '20.1.1.1 STREAM' ;;\nesac"));
        let (done, _) = run(folder.path(), &text, names, "");
        let said = String::from_utf8(done.stdout).unwrap();
        let wrong: Vec<String> = said.lines().filter(|line| line.starts_with("WRONG")).map(String::from).collect();
        (done.status.code(), wrong)
    };
    let private = "*.core.windows.net) echo '10.30.1.4 STREAM' ;;\n*.azurecr.io) echo '10.30.1.5 STREAM' ;;";
    assert_eq!(check(private, &[]), (Some(0), vec![]));
    let (code, wrong) = check(private, &["x.api.azureml.ms"]);
    assert_eq!((code, wrong.len()), (Some(1), 1));
    assert!(wrong[0].contains("x.api.azureml.ms is 20.1.1.1, public"), "{wrong:?}");
    let (code, wrong) = check(&format!("login.*) echo '10.9.9.9 x' ;;\nmcr.*) ;;\n{private}"), &[]);
    assert_eq!(code, Some(1));
    assert!(
        wrong[0].contains("login.microsoftonline.com is 10.9.9.9, private")
            && wrong[1].contains("mcr.microsoft.com does not resolve"),
        "{wrong:?}"
    );
    tool("resolvectl", "echo 'Link 2 (eth0): 168.63.129.16'");
    let (code, wrong) = check(private, &[]);
    assert_eq!(
        (code, wrong),
        (Some(1), vec!["WRONG  this machine asks 168.63.129.16, and planned was: 10.30.2.4".to_string()])
    );
}

/// Bash reads every text as it was, and nothing else gets in.
#[cfg(unix)]
#[test]
fn hostile_texts_stay_texts_in_scripts() {
    // The escape has tests of its own: here, all the texts at once in the two examples with the most scripts.
    for name in ["hub-everything", "extend-existing"] {
        let (plan, catalog) = example(name);
        let plan = with_tail(&plan, &HOSTILE.concat());
        let all = files(&plan, &catalog, "azureml").into_iter().chain(files(&plan, &catalog, "dns"));
        let all = all.chain(files(&plan, &catalog, "aks"));
        for (path, text) in all.filter(|(path, _)| path.ends_with(".sh")) {
            let folder = tempfile::tempdir().unwrap();
            let text = text.replacen(
                "set -euo pipefail",
                "set -euo pipefail\nZONES_RESOURCE_GROUP=z ENDPOINT_SUBNET=p CLUSTER=c CLUSTER_RESOURCE_GROUP=g INSTANCE_SUBNET=x\nsleep() { :; }",
                1,
            );
            let argument = if path.ends_with("second-network.sh") { &["endpoint"][..] } else { &[] };
            let answers = "'account show'*) echo sub ;;\n'extension list'*) echo ml ;;\n*'vnet show'*) echo x ;;\n*'zone show'*) echo id ;;\n*'subnet show'*) echo id ;;";
            let (done, calls) = run(folder.path(), &text, argument, answers);
            assert!(!folder.path().join("evil").exists(), "{path}");
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(!said.contains("syntax error") && !said.contains("command not found"), "{path}: {said}");
            if path == "dns/zone-links.sh" {
                let zones: Vec<&String> =
                    plan.dns.zones.iter().filter(|zone| !zone.made_by_service).flat_map(|zone| &zone.private).collect();
                let shown = calls.iter().filter(|call| call[..4] == ["network", "private-dns", "zone", "show"]);
                let named: Vec<&String> =
                    shown.map(|call| &call[call.iter().position(|w| w == "--name").unwrap() + 1]).collect();
                assert_eq!(named[..zones.len()], zones, "{said}");
            }
        }
    }
}

/// A second reading of the same answers gives the same bytes.
#[test]
fn a_plan_is_the_same_again() {
    let (first, catalog) = everything();
    let (second, _) = everything();
    for format in ["azureml", "dns"] {
        assert_eq!(files(&first, &catalog, format), files(&second, &catalog, format));
    }
    let answers = question::read("a", format!("{ANSWERS}{AML}").as_bytes(), &[]).answers;
    let catalog = Catalog::load(intent::catalog_files(&answers), &[]).unwrap();
    let intent = intent::resolve(&answers, &catalog).unwrap();
    let tags = Tags::snapshot(intent.cloud);
    let (flows, not_applied) = required::required(&catalog, &intent, &tags);
    assert!(plan(&catalog, &intent, &flows, &not_applied, &tags, &Default::default()).is_ok());
}
