//! Compute of Azure Machine Learning: what `az ml` takes, the role that its maker needs, the policy that keeps data in.

mod readme;

pub(super) use readme::readme;

use super::Input;
use super::arm;
use super::engine::{Value, comment, view};
use super::parts;
use crate::plan::{ComputeKind, Plan, PlannedAzureMl, PlannedCompute};
use serde_json::json;

/// Stands for a subscription that the answers do not give: no such subscription exists, so Azure refuses it.
const UNKNOWN_SUBSCRIPTION: &str = "00000000-0000-0000-0000-000000000000";
/// What a service endpoint policy calls Microsoft's own storage accounts behind the service
/// (how-to-prevent-data-loss-exfiltration).
const ALIAS: &str = "/services/Azure/MachineLearning";

/// Whether there is something to write.
pub(super) fn is_planned(plan: &Plan) -> bool {
    plan.azureml.is_some()
}

/// Whether data exfiltration protection is on.
pub(super) fn has_endpoint_policy(plan: &Plan) -> bool {
    plan.azureml.as_ref().is_some_and(|azureml| azureml.endpoint_policy.is_some())
}

/// Whether a second network is named.
pub(super) fn has_second_network(plan: &Plan) -> bool {
    plan.azureml.as_ref().is_some_and(|azureml| azureml.intent.second_network.is_some())
}

/// Clusters and instances of a kind, each with the name of its file and of itself.
fn compute(plan: &Plan, kind: ComputeKind) -> Vec<(String, String, &PlannedCompute)> {
    let word = match kind {
        ComputeKind::Cluster => "cluster",
        ComputeKind::Instance => "instance",
    };
    let all = plan.azureml.iter().flat_map(|azureml| &azureml.compute).filter(|compute| compute.kind == kind);
    let mut taken: Vec<String> = Vec::new();
    let mut named = Vec::new();
    for compute in all {
        let name = match kind {
            ComputeKind::Cluster => cluster_name(&compute.subnet, &taken),
            // The script gives each its own; 24 characters at most.
            ComputeKind::Instance => "name-it".into(),
        };
        taken.push(name.clone());
        named.push((format!("{word}-{}.yml", compute.subnet), name, compute));
    }
    named
}

/// A cluster's name from its subnet's: letters, digits and `-`, a letter first, no `-` last, at most 32
/// (how-to-create-attach-compute-cluster).
fn cluster_name(subnet: &str, taken: &[String]) -> String {
    let plain: String = subnet.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let cut = |most: usize| plain.chars().take(most).collect::<String>().trim_end_matches('-').to_string();
    let name = format!("cpu-{}", cut(28));
    if !taken.iter().any(|other| other.eq_ignore_ascii_case(&name)) {
        return name;
    }
    // Numbered names end in what no other of this length ends in.
    let numbered = (2..).map(|number| format!("cpu-{}-{number}", cut(22)));
    let free = |name: &String| !taken.iter().any(|other| other.eq_ignore_ascii_case(name));
    numbered.into_iter().find(free).unwrap_or(name)
}

fn network_id(plan: &Plan, azureml: &PlannedAzureMl) -> String {
    let subscription = azureml.intent.subscription.as_deref().unwrap_or(UNKNOWN_SUBSCRIPTION);
    format!(
        "/subscriptions/{subscription}/resourceGroups/{}/providers/Microsoft.Network/virtualNetworks/{}",
        plan.vnet.resource_group, plan.vnet.name
    )
}

/// The files of clusters: path and view.
pub(super) fn clusters(input: &Input) -> Vec<(String, Value)> {
    files(input, ComputeKind::Cluster)
}

/// The files of instances: path and view.
pub(super) fn instances(input: &Input) -> Vec<(String, Value)> {
    files(input, ComputeKind::Instance)
}

fn files(input: &Input, kind: ComputeKind) -> Vec<(String, Value)> {
    let plan = input.plan;
    let Some(azureml) = &plan.azureml else { return Vec::new() };
    let file = |(file, name, compute): (String, String, &PlannedCompute)| {
        let view = view!({
            "name": plan.name,
            "compute": name,
            "size": azureml.intent.vm_size,
            "location": plan.region,
            "most": compute.most,
            "public_ip": compute.public_ip,
            "gives_subscription": azureml.intent.subscription.is_some(),
            "subnet_id": format!("{}/subnets/{}", network_id(plan, azureml), compute.subnet),
        });
        (format!("azureml/{file}"), view)
    };
    compute(plan, kind).into_iter().map(file).collect()
}

/// The workspace's file for serverless compute, if there is any.
pub(super) fn serverless(input: &Input) -> Vec<(String, Value)> {
    let plan = input.plan;
    let Some(azureml) = &plan.azureml else { return Vec::new() };
    let file = azureml.serverless.as_ref().map(|serverless| {
        let view = view!({
            "name": plan.name,
            "gives_workspace": azureml.intent.workspace.is_some(),
            "workspace": azureml.intent.workspace.as_deref().unwrap_or("name-of-the-workspace"),
            "gives_subscription": azureml.intent.subscription.is_some(),
            "subnet_id": format!("{}/subnets/{}", network_id(plan, azureml), serverless.subnet),
            "no_public_ip": !serverless.public_ip,
        });
        (SERVERLESS.to_string(), view)
    });
    file.into_iter().collect()
}

const SERVERLESS: &str = "azureml/serverless.yml";

/// The view of `azureml/apply.sh`.
pub(super) fn apply(input: &Input) -> Value {
    let plan = input.plan;
    let Some(azureml) = &plan.azureml else { return view!({}) };
    let row = |(file, name, compute): (String, String, &PlannedCompute)| {
        view!({
            "compute": name,
            "subnet": compute.subnet,
            "most": compute.most.to_string(),
            "file": file,
        })
    };
    let rows = |kind: ComputeKind| compute(plan, kind).into_iter().map(row).collect::<Vec<_>>();
    let serverless = azureml
        .serverless
        .iter()
        .map(|serverless| view!({"subnet": serverless.subnet, "file": SERVERLESS.trim_start_matches("azureml/")}));
    view!({
        "name": comment(&plan.name),
        "workspace": azureml.intent.workspace.clone().unwrap_or_default(),
        "resource_group": azureml.intent.resource_group.clone().unwrap_or_default(),
        "subscription": azureml.intent.subscription.clone().unwrap_or_default(),
        "network_resource_group": plan.vnet.resource_group,
        "vnet": plan.vnet.name,
        "clusters": rows(ComputeKind::Cluster),
        "instances": rows(ComputeKind::Instance),
        "serverless": serverless.collect::<Vec<_>>(),
    })
}

/// The view of `azureml/second-network.sh`.
pub(super) fn second_network(input: &Input) -> Value {
    let plan = input.plan;
    let Some(azureml) = &plan.azureml else { return view!({}) };
    let zones = || plan.dns.zones.iter().filter(|zone| !zone.made_by_service);
    let own = zones().filter(|zone| zone.private.iter().any(|name| name.starts_with("privatelink.api.")));
    view!({
        "name": comment(&plan.name),
        "workspace": azureml.intent.workspace.clone().unwrap_or_default(),
        "resource_group": azureml.intent.resource_group.clone().unwrap_or_default(),
        "subscription": azureml.intent.subscription.clone().unwrap_or_default(),
        "network_resource_group": plan.vnet.resource_group,
        "vnet": plan.vnet.name,
        "second": azureml.intent.second_network.clone().unwrap_or_default(),
        "link": format!("netcordon-{}-second", plan.name),
        "endpoint": format!("pe-{}-second", plan.name),
        "zones": zones().flat_map(|zone| zone.private.clone()).collect::<Vec<_>>(),
        "workspace_zones": own.flat_map(|zone| zone.private.clone()).collect::<Vec<_>>(),
    })
}

/// The name of the role.
fn role_name(plan: &Plan) -> String {
    format!("Network join for Azure Machine Learning compute ({})", plan.name)
}

/// The role that whoever makes compute needs on the network: three actions and no more (include network-rbac of
/// how-to-secure-training-vnet).
pub(super) fn role(input: &Input) -> serde_json::Value {
    let plan = input.plan;
    let subscription = plan.azureml.as_ref().and_then(|azureml| azureml.intent.subscription.as_deref());
    let subscription = subscription.unwrap_or(UNKNOWN_SUBSCRIPTION);
    json!({
        "Name": role_name(plan),
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
        "AssignableScopes": [format!("/subscriptions/{subscription}/resourceGroups/{}", plan.vnet.resource_group)],
    })
}

/// The resource id of the workspace's storage account, if the answers give all of it.
fn storage_id(azureml: &PlannedAzureMl) -> Option<String> {
    let intent = &azureml.intent;
    Some(format!(
        "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.Storage/storageAccounts/{}",
        intent.subscription.as_ref()?,
        intent.resource_group.as_ref()?,
        intent.storage.as_ref()?
    ))
}

/// The view of the service endpoint policy in Bicep and Terraform.
pub(super) fn endpoint_policy(input: &Input) -> Value {
    let plan = input.plan;
    let Some(azureml) = &plan.azureml else { return view!({}) };
    let storage = storage_id(azureml);
    view!({
        "name": plan.name,
        "api_version": arm::API_VERSION,
        "location": plan.region,
        "resource_group": plan.vnet.resource_group,
        "policy": azureml.endpoint_policy.clone().unwrap_or_default(),
        "alias": ALIAS,
        "gives_storage": storage.is_some(),
        "storage_id": storage.unwrap_or_default(),
        "has_tags": !plan.resource_tags.is_empty(),
        "tags": parts::tags(plan),
    })
}

/// The service endpoint policy as an ARM template.
pub(super) fn endpoint_policy_template(input: &Input) -> serde_json::Value {
    let plan = input.plan;
    let Some(azureml) = &plan.azureml else { return serde_json::Value::Null };
    let mut accounts = json!({
        "type": "array",
        "minLength": 1,
        "metadata": {"description": "Resource ids of storage accounts: the workspace's own, and others that compute reaches without a private endpoint."},
    });
    if let Some(storage) = storage_id(azureml) {
        accounts["defaultValue"] = json!([storage]);
    }
    arm::endpoint_policy(plan, azureml.endpoint_policy.as_deref().unwrap_or_default(), ALIAS, accounts)
}
