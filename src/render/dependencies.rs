//! The scripts that ask a live workspace or cluster what it must reach; `netcordon dependencies compare` reads the answer.

use super::Input;
use super::engine::{Value, comment, view};

/// The view of `azureml/dependencies.sh`.
pub(super) fn azureml(input: &Input) -> Value {
    let intent = input.plan.azureml.as_ref().map(|azureml| &azureml.intent);
    let given = |answer: Option<&Option<String>>| answer.cloned().flatten().unwrap_or_default();
    view!({
        "name": comment(&input.plan.name),
        "what": "workspace",
        "name_variable": "WORKSPACE",
        "resource_group_variable": "WORKSPACE_RESOURCE_GROUP",
        "subscription": given(intent.map(|intent| &intent.subscription)),
        "resource_group": given(intent.map(|intent| &intent.resource_group)),
        "resource": given(intent.map(|intent| &intent.workspace)),
        "kind": "Microsoft.MachineLearningServices/workspaces",
        // The published specification whose example we know (ExternalFQDN).
        "api_version": "2024-04-01",
    })
}

/// The view of `aks/dependencies.sh`.
pub(super) fn aks(input: &Input) -> Value {
    view!({
        "name": comment(&input.plan.name),
        "what": "cluster",
        "name_variable": "CLUSTER",
        "resource_group_variable": "CLUSTER_RESOURCE_GROUP",
        "subscription": input.plan.vnet.subscription.clone().unwrap_or_default(),
        "resource_group": "",
        "resource": "",
        "kind": "Microsoft.ContainerService/managedClusters",
        // The published specification whose example we know (OutboundNetworkDependenciesEndpointsList).
        "api_version": "2024-02-01",
    })
}
