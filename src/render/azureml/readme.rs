//! The order in which the files of the folder are used, with the commands.

use crate::catalog::Cloud;
use crate::plan::{ComputeKind, Plan, PlannedAzureMl};
use crate::render::Input;
use crate::render::engine::{Value, fenced, view};
use crate::render::escape::quoted;

/// The view of `azureml/README.md`.
pub(in crate::render) fn readme(input: &Input) -> Value {
    let plan = input.plan;
    let Some(azureml) = &plan.azureml else { return view!({}) };
    let steps = steps(input, azureml).into_iter().enumerate().map(|(index, (title, what, commands))| {
        view!({
            "number": index + 1,
            "title": title,
            "what": what,
            "commands": commands.iter().map(|line| fenced(line)).collect::<Vec<_>>(),
        })
    });
    let sizes = azureml.sizes.iter().map(|size| {
        let taken = u64::from(size.nodes) + u64::from(size.instances) + u64::from(size.serverless);
        view!({
            "subnet": size.subnet,
            "addresses": size.addresses,
            "nodes": size.nodes,
            "instances": size.instances,
            "serverless": size.serverless,
            "left": size.addresses.saturating_sub(taken),
        })
    });
    view!({
        "name": plan.name,
        "steps": steps.collect::<Vec<_>>(),
        "sizes": sizes.collect::<Vec<_>>(),
        "size_notes": size_notes(azureml),
        "notes": notes(plan, azureml),
    })
}

/// A value of the answers, quoted; or a shell variable that stops where it is not set.
fn given(value: Option<&String>, variable: &str, what: &str) -> String {
    match value {
        Some(value) => quoted(value),
        None => format!("\"${{{variable}:?set it to the {what}}}\""),
    }
}

/// A step: its title, what to do and why, and its commands.
type Step = (&'static str, &'static str, Vec<String>);

/// What to do, one step after the other.
fn steps(input: &Input, azureml: &PlannedAzureMl) -> Vec<Step> {
    let plan = input.plan;
    let intent = &azureml.intent;
    let subscription = given(intent.subscription.as_ref(), "subscription", "subscription id");
    let group = quoted(&plan.vnet.resource_group);
    let workspace = given(intent.workspace.as_ref(), "WORKSPACE", "name of the workspace");
    let workspace_group =
        given(intent.resource_group.as_ref(), "WORKSPACE_RESOURCE_GROUP", "resource group of the workspace");
    let mut steps: Vec<Step> = Vec::new();
    let mut step = |title, what, commands| steps.push((title, what, commands));

    let mut sign_in = Vec::new();
    if plan.cloud != Cloud::AzureCloud {
        sign_in.push(format!("az cloud set --name {}", quoted(plan.cloud.name())));
    }
    sign_in.push("az login".into());
    if intent.subscription.is_some() {
        sign_in.push(format!("az account set --subscription {subscription}"));
    }
    sign_in.push("az extension add --name ml --upgrade".into());
    step(
        "Sign in",
        "The extension ml is what knows workspaces; without Internet, fetch its wheel elsewhere and add it with `--source`.",
        sign_in,
    );

    // The file names no subscription that exists until this puts it in.
    let definition = match intent.subscription {
        Some(_) => "\"$(cat azureml/role.json)\"".to_string(),
        None => format!(
            "\"$(sed \"s/{}/${{subscription:?set it to the subscription id}}/\" azureml/role.json)\"",
            super::UNKNOWN_SUBSCRIPTION
        ),
    };
    let scope = format!(
        "/subscriptions/{subscription}{}",
        quoted(&format!(
            "/resourceGroups/{}/providers/Microsoft.Network/virtualNetworks/{}",
            plan.vnet.resource_group, plan.vnet.name
        ))
    );
    step(
        "Who may join the network",
        "Whoever makes compute must be let in, and the workspace's identity if it makes compute. Owners and contributors of the network can already.",
        vec![
            format!("az role definition create --role-definition {definition}"),
            format!(
                "az role assignment create --role {} --assignee \"${{assignee:?set it to the object id of who makes compute}}\" --scope {scope}",
                quoted(&super::role_name(plan))
            ),
        ],
    );
    if let Some(policy) = &azureml.endpoint_policy {
        let create = format!(
            "az deployment group create --resource-group {group} --subscription {subscription} --name {} --template-file azureml/service-endpoint-policy/main.bicep{}",
            quoted(&format!("netcordon-{}-policy", plan.name)),
            if super::storage_id(azureml).is_some() {
                ""
            } else {
                " --parameters storageAccountIds=\"[\\\"${storage_account_id:?set it to the resource id of the storage account of the workspace}\\\"]\""
            }
        );
        let attach = azureml.sizes.iter().map(|size| {
            format!(
                "az network vnet subnet update --resource-group {group} --subscription {subscription} --vnet-name {} --name {} --service-endpoint-policy {}",
                quoted(&plan.vnet.name),
                quoted(&size.subnet),
                quoted(policy)
            )
        });
        step(
            "Service endpoint policy",
            "Make it with `main.bicep`, `template.json` or `main.tf` of `service-endpoint-policy/`, and put it on the compute subnets, which have the service endpoint by now. Compute that ran before must be scaled to zero or made again.",
            std::iter::once(create).chain(attach).collect(),
        );
    }
    if !plan.dns.zones.is_empty() {
        step(
            "Names",
            "Names must lead to the private endpoints: `dns/README.md` says how. Then, on a machine in each compute subnet:",
            vec!["bash dns/check.sh".into()],
        );
    }
    if intent.second_network.is_some() {
        step(
            "The second network",
            "It may use the workspace one way or the other; `--help` says what each needs.",
            vec!["bash azureml/second-network.sh peer --dry-run".into(), "bash azureml/second-network.sh peer".into()],
        );
    }
    let mut apply: Vec<String> = Vec::new();
    if intent.workspace.is_none() {
        apply.push(format!("export WORKSPACE={workspace}"));
    }
    if intent.resource_group.is_none() {
        apply.push(format!("export WORKSPACE_RESOURCE_GROUP={workspace_group}"));
    }
    apply.extend(["bash azureml/apply.sh --dry-run".into(), "bash azureml/apply.sh".into()]);
    if azureml.compute.iter().any(|compute| compute.kind == ComputeKind::Instance) {
        apply.push(
            "bash azureml/apply.sh --instance \"${instance:?set it to a name that is free in the region}\"".into(),
        );
    }
    step("Compute", "Clusters and serverless compute first, then an instance of each name that is wanted.", apply);
    let cluster = super::compute(plan, ComputeKind::Cluster).into_iter().next();
    if let Some((_, cluster, _)) = cluster.filter(|_| azureml.private_endpoints) {
        step(
            "Image builds",
            "Let the workspace build images in the network: with storage and registry closed, nothing else can. The cluster needs the way to registries and package indexes that the rules give it.",
            vec![format!(
                "az ml workspace update --name {workspace} --resource-group {workspace_group} --subscription {subscription} --image-build-compute {}",
                quoted(&cluster)
            )],
        );
    }
    step(
        "A second opinion",
        "Ask the workspace what it must reach, and compare; the second command runs on any machine.",
        vec![
            "bash azureml/dependencies.sh RESPONSE.json".into(),
            "netcordon dependencies compare answers.yaml RESPONSE.json".into(),
        ],
    );
    steps
}

fn size_notes(azureml: &PlannedAzureMl) -> Vec<String> {
    let mut notes = vec![
        "The numbers are `aml.max_nodes`, `aml.instances` and `aml.serverless_nodes` of answers.yaml; a subnet cannot grow while something is in it.".to_string(),
    ];
    let shared: Vec<String> =
        azureml.sizes.iter().filter(|size| size.shared).map(|size| format!("`{}`", size.subnet)).collect();
    if !shared.is_empty() {
        notes.push(format!("What else lives in {} takes addresses as well.", shared.join(", ")));
    }
    notes
}

/// What the service or Azure asks for beside rules.
fn notes(plan: &Plan, azureml: &PlannedAzureMl) -> Vec<String> {
    let public = azureml.compute.iter().any(|compute| compute.public_ip);
    let private = azureml.compute.iter().any(|compute| !compute.public_ip);
    let mut notes = vec![
        "The network must be in the workspace's subscription, its subnets must not be delegated, and Azure Lighthouse does not work with it.".to_string(),
        "Compute cannot be moved to another subnet: it is deleted and made again.".into(),
    ];
    let mut note = |holds: bool, text: &str| {
        if holds {
            notes.push(text.into());
        }
    };
    note(
        public,
        "Compute with a public address brings a load balancer, an address and an NSG into the network's resource group: a lock there, a policy against them or a used up quota breaks making and deleting it.",
    );
    note(
        private,
        "Compute without a public address needs the workspace's private endpoint, and some older guidance wants `privateLinkServiceNetworkPolicies` and `privateEndpointNetworkPolicies` of its subnet off; today's page does not.",
    );
    note(
        azureml.workspace_region != plan.region,
        "The cluster is in another region than its workspace, which one page allows and another does not: try it before you depend on it.",
    );
    note(
        azureml.endpoint_policy.is_some() && plan.vnet.create,
        "Deploying the network again from these files takes the service endpoint policy off its subnets, because they declare the subnets without it: put it on again at once, with the command above.",
    );
    note(
        azureml.endpoint_policy.is_some(),
        "Curated environments must come from mcr.microsoft.com: images of viennaglobal.azurecr.io stay closed.",
    );
    notes
}
