//! NSGs and route tables that are there already and become ours: one of a name, imported, and told what else is in it.

#![allow(clippy::unwrap_used)]

use netcordon::environment::{Environment, build};
use netcordon::plan::Ownership;
use netcordon::question;
use netcordon::render::templates::Templates;
use std::collections::BTreeSet;

const ANSWERS: &str = r#"
version: 1
name: adopts
region: westeurope
scenarios: [cyclecloud-vm]
network:
  subscription: 11111111-2222-3333-4444-555555555555
  resource_group: rg-network
  vnet: vnet-hpc
  address_space: [10.60.0.0/16]
  peered: [{name: hub, prefixes: [10.0.0.0/22]}]
subnets:
  - {name: snet-server, prefix: 10.60.2.0/24, roles: [cyclecloud-server], nsg: "adopt:nsg-old", routes: "adopt:rt-old"}
  - {name: snet-nodes, prefix: 10.60.3.0/24, roles: [cluster-nodes], nsg: "adopt:nsg-old", routes: "adopt:rt-old"}
  - {name: snet-login, prefix: 10.60.4.0/24, roles: [scheduler]}
egress:
  via: azure-firewall
  private_ip: 10.0.1.4
"#;

fn read(text: &str, sets: &[&str]) -> Result<Environment, Vec<netcordon::problem::Problem>> {
    let sets: Vec<String> = sets.iter().map(ToString::to_string).collect();
    build(&question::read("answers.yaml", text.as_bytes(), &sets), "answers.yaml", &[], None)
}

fn file(environment: &Environment, path: &str) -> String {
    let artifacts = environment.artifacts(&[], None, Templates::embedded()).unwrap();
    let found = artifacts.into_iter().find(|artifact| artifact.path == path).unwrap();
    String::from_utf8(found.bytes).unwrap()
}

#[test]
fn an_adopted_name_is_one_resource_of_ours_on_all_its_subnets() {
    let environment = read(ANSWERS, &[]).unwrap();
    let plan = &environment.plan;
    let nsg = plan.nsgs.iter().find(|nsg| nsg.name == "nsg-old").unwrap();
    assert_eq!((nsg.ownership, nsg.adopted, nsg.subnets.len()), (Ownership::Create, true, 2));
    let table = plan.route_tables.iter().find(|table| table.name == "rt-old").unwrap();
    assert_eq!((table.ownership, table.adopted, table.subnets.len()), (Ownership::Create, true, 2));
    assert_eq!(table.routes.iter().filter(|route| route.route.name == "default").count(), 1);
    let keys: Vec<&String> = nsg.rules.iter().map(|rule| &rule.key).collect();
    assert_eq!(keys.len(), keys.iter().collect::<BTreeSet<_>>().len());
    assert!(environment.proof.holds());
    // It ends like every NSG of ours.
    assert_eq!(nsg.rules.iter().filter(|rule| rule.rule.priority == 4096).count(), 2);
}

#[test]
fn terraform_imports_what_is_adopted_and_nothing_else() {
    let environment = read(ANSWERS, &[]).unwrap();
    let root = file(&environment, "terraform/root-example/main.tf");
    let body = hcl::parse(&root).unwrap();
    let imports: Vec<String> = body
        .blocks()
        .filter(|block| block.identifier() == "import")
        .map(|block| {
            let text = |key: &str| {
                let found = block.body().attributes().find(|attribute| attribute.key() == key).unwrap();
                hcl::format::to_string(found.expr()).unwrap()
            };
            format!("{} {}", text("to"), text("id"))
        })
        .collect();
    let id = "\"/subscriptions/${var.subscription_id}/resourceGroups/rg-network/providers/Microsoft.Network";
    assert_eq!(
        imports,
        [
            format!(
                "module.spoke.azurerm_network_security_group.this[\"nsg-old\"] {id}/networkSecurityGroups/nsg-old\""
            ),
            format!("module.spoke.azurerm_route_table.this[\"rt-old\"] {id}/routeTables/rt-old\""),
        ]
    );
    assert!(root.contains("required_version = \">= 1.6\""));
    let none = read(&ANSWERS.replace("adopt:nsg-old", "create").replace("adopt:rt-old", "create"), &[]).unwrap();
    let root = file(&none, "terraform/root-example/main.tf");
    assert!(!root.contains("import") && root.contains("required_version = \">= 1.5\""));
}

/// Neither the import nor a deployment takes anything off a subnet that was on it before.
#[test]
fn the_runbook_lists_what_else_is_in_it_and_leaves_it_on_the_subnets() {
    let readme = file(&read(ANSWERS, &[]).unwrap(), "README.md");
    assert_eq!(readme.matches("--nsg-name 'nsg-old' --query '[].name' --output tsv | grep -vxF").count(), 1);
    assert_eq!(readme.matches("--route-table-name 'rt-old' --query '[].name' --output tsv | grep -vxF").count(), 1);
    let detached: Vec<&str> = readme.lines().filter(|line| line.contains("--remove ")).collect();
    assert_eq!(detached.len(), 2, "{detached:#?}");
    assert!(detached.iter().all(|line| line.contains("snet-login")), "{detached:#?}");
}

#[test]
fn what_cannot_be_adopted_is_said() {
    let cases: [(&[&str], &str); 2] = [
        (
            &["network.create=true", "egress.via=nat-gateway"],
            "`nsg-old` is to be adopted, in a network that is made here",
        ),
        (&["network.create=true"], "`rt-old` is to be adopted, in a network that is made here"),
    ];
    for (sets, says) in cases {
        let problems = read(ANSWERS, sets).unwrap_err();
        assert!(problems.iter().any(|problem| problem.what == says), "{problems:#?}");
    }
}
