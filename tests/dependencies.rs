//! What a live workspace or cluster lists against the plan: nothing to say where both agree, and exactly the difference
//! where they do not.

#![allow(clippy::unwrap_used)]

use netcordon::dependencies::{Comparison, Known, Resource, Response, compare, read};
use netcordon::environment::{Environment, build};
use netcordon::model::{Protocol, Services, port_items};
use netcordon::proof::Outcome;
use netcordon::question;
use netcordon::required::Party;
use std::path::Path;

fn environment(text: &str, own: &[(String, Vec<u8>)]) -> Environment {
    let read = question::read("answers.yaml", text.as_bytes(), &[]);
    build(&read, "answers.yaml", own, None).unwrap()
}

/// The examples, by name.
fn examples() -> Vec<(String, Environment)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut names: Vec<String> =
        std::fs::read_dir(folder.clone()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let one = |name: String| {
        let bytes = |file: &str| std::fs::read(folder.join(&name).join(file)).unwrap();
        let read = question::read("answers.yaml", &bytes("answers.yaml"), &[]);
        let files = read.answers.requirements.clone().unwrap_or_default();
        let own: Vec<(String, Vec<u8>)> = files.into_iter().map(|file| (file.clone(), bytes(&file))).collect();
        let environment = build(&read, "answers.yaml", &own, None).unwrap();
        (name, environment)
    };
    names.into_iter().map(one).collect()
}

/// A response that lists these: name, port, and protocol for a cluster.
fn response(resource: Resource, endpoints: &[(String, u16, &str)]) -> Response {
    let one = |(name, port, protocol): &(String, u16, &str)| match resource {
        Resource::Workspace => format!(
            r#"{{"properties": {{"category": "c", "endpoints": [{{"domainName": "{name}", "endpointDetails": [{{"port": {port}}}]}}]}}}}"#
        ),
        Resource::Cluster => format!(
            r#"{{"category": "c", "endpoints": [{{"domainName": "{name}", "endpointDetails": [{{"port": {port}, "protocol": "{protocol}"}}]}}]}}"#
        ),
    };
    let all: Vec<String> = endpoints.iter().map(one).collect();
    read("r.json", format!(r#"{{"value": [{}]}}"#, all.join(", ")).as_bytes()).unwrap()
}

/// What the plan lets out by name for a product, with one port each.
fn planned(environment: &Environment, resource: Resource) -> Vec<(String, u16, &'static str)> {
    let product = if resource == Resource::Workspace { "aml." } else { "aks." };
    let mut endpoints = Vec::new();
    for (flow, verdict) in environment.flows.iter().zip(&environment.proof.verdicts) {
        let passes = matches!(verdict.outcome, Outcome::Allowed | Outcome::Assumed(_));
        let Party::Service(service) = &flow.to else { continue };
        if !passes || !flow.requirement.starts_with(product) || !matches!(flow.from, Party::Subnet { .. }) {
            continue;
        }
        let port: u16 = port_items(&flow.ports)[0].split('-').next().unwrap().parse().unwrap();
        let protocol = if flow.protocol == Protocol::Udp { "UDP" } else { "Https" };
        assert!(Services::new(flow.protocol, &flow.ports).intersects(&flow.services()));
        endpoints.extend(service.names.iter().map(|name| (name.clone(), port, protocol)));
    }
    endpoints
}

#[test]
fn a_resource_that_lists_what_is_planned_agrees() {
    let mut compared = 0;
    for (name, environment) in examples() {
        for resource in [Resource::Workspace, Resource::Cluster] {
            let endpoints = planned(&environment, resource);
            if endpoints.is_empty() {
                continue;
            }
            let comparison = compare(&response(resource, &endpoints), &environment).unwrap();
            assert!(comparison.agrees(), "{name}: {comparison:#?}");
            compared += 1;
        }
    }
    assert!(compared >= 5, "{compared}");
}

#[test]
fn what_one_side_lacks_is_all_that_is_said() {
    for (name, environment) in examples() {
        for resource in [Resource::Workspace, Resource::Cluster] {
            let mut endpoints = planned(&environment, resource);
            let Some(at) = endpoints.iter().position(|(name, ..)| name == "mcr.microsoft.com") else { continue };
            endpoints.remove(at);
            endpoints.retain(|(name, ..)| name != "mcr.microsoft.com");
            endpoints.push(("New-Host.example.com".into(), 8443, "TCP"));
            let found = compare(&response(resource, &endpoints), &environment).unwrap();
            let missing: Vec<(String, Vec<String>)> =
                found.not_listed.iter().map(|row| (row.requirement.clone(), row.names.clone())).collect();
            let registry = if resource == Resource::Workspace { "aml.out.registry" } else { "aks.out.registry" };
            assert_eq!(missing, [(registry.to_string(), vec!["mcr.microsoft.com".to_string()])], "{name}");
            let new: Vec<(String, Known)> =
                found.not_allowed.iter().map(|row| (row.dependency.target.to_string(), row.known.clone())).collect();
            assert_eq!(new, [("new-host.example.com".to_string(), Known::Unknown)], "{name}");
            assert_eq!(found.narrower, [], "{name}");
        }
    }
}

const NSG_ALONE: &str = "version: 1
name: ml
region: westeurope
scenarios: [aml-no-public-ip]
network: {resource_group: rg, vnet: vnet-ml, address_space: [10.30.0.0/16]}
subnets:
  - {name: snet-compute, prefix: 10.30.0.0/23, roles: [aml-compute]}
  - {name: snet-endpoints, prefix: 10.30.2.0/26, roles: [private-endpoints]}
egress: {via: nat-gateway, accept_blocked: [aml.out.graph-legacy]}
aml: {storage: stmlprod, python: true}
";

fn one(environment: &Environment, name: &str, port: u16) -> Comparison {
    compare(&response(Resource::Workspace, &[(name.into(), port, "")]), environment).unwrap()
}

/// By tag alone, a name is let out if its requirement has it, however narrow or wide it is listed.
#[test]
fn what_the_catalog_knows_of_a_closed_name_is_said() {
    let environment = environment(NSG_ALONE, &[]);
    let known = |name: &str, port: u16| -> Vec<Known> {
        one(&environment, name, port).not_allowed.into_iter().map(|row| row.known).collect()
    };
    assert_eq!(known("westeurope.experiments.azureml.net", 443), []);
    assert_eq!(known("westeurope.tundra.azureml.ms", 5831), []);
    assert_eq!(known("*.instances.azureml.ms", 18881), []);
    // The NSG holds no names: an optional one stays closed.
    let [Known::Blocked { requirement, decided }] = &known("pypi.org", 443)[..] else { panic!("pypi.org") };
    assert_eq!(requirement, "aml.python.pypi");
    assert!(decided.contains("nsg-ml-snet-compute"), "{decided}");
    assert_eq!(known("graph.windows.net", 443), [Known::Accepted { requirement: "aml.out.graph-legacy".into() }]);
    let off = Known::Off { requirement: "aml.out.keyvault".into(), wants: vec!["aml.hbi".into()] };
    assert_eq!(known("x.vault.azure.net", 443), [off]);
    assert_eq!(known("login.microsoftonline.com", 8443), [Known::Unknown]);
    // One's own account is behind its endpoint; another's is not.
    let own = one(&environment, "stmlprod.file.core.windows.net", 445);
    assert_eq!(
        (own.not_allowed.len(), own.by_private_endpoint),
        (0, vec!["stmlprod.file.core.windows.net 445".to_string()])
    );
    assert_eq!(one(&environment, "other.file.core.windows.net", 445).by_private_endpoint, Vec::<String>::new());
    // Wider than the plan: the part that is let out is named.
    let wide = one(&environment, "*.azure.com", 443);
    assert_eq!((wide.not_allowed.len(), wide.narrower.len()), (0, 1));
    assert!(wide.narrower[0].allowed.contains(&"management.azure.com".to_string()), "{:?}", wide.narrower);
}

/// What an answer opens to every address lets out names that no requirement has.
#[test]
fn an_open_port_lets_every_name_out() {
    let text = NSG_ALONE
        .replace("via: nat-gateway, ", "via: nat-gateway, names_without_tag: open-443, ")
        .replace("aml: {", "requirements: [own.yaml]\naml: {");
    let own = "requirements:
  - id: own.anything
    slot: 700
    from: aml-compute
    to: {names: [mirror.example.com]}
    allow: tcp 443
    when: [aml]
    need: required
    tenancy: anyone
    why: a mirror
    source: [{page: own, section: own, date: 2026-01-01}]
";
    let environment = environment(&text, &[("own.yaml".into(), own.into())]);
    assert_eq!(one(&environment, "never-heard-of.example.org", 443).not_allowed, []);
    assert_eq!(one(&environment, "never-heard-of.example.org", 444).not_allowed.len(), 1);
}

#[test]
fn a_resource_of_another_network_is_not_compared() {
    let environment = environment(NSG_ALONE, &[]);
    assert_eq!(
        compare(&response(Resource::Cluster, &[("mcr.microsoft.com".into(), 443, "Https")]), &environment),
        None
    );
}
