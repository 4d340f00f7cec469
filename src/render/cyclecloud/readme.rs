//! The page that says in which order the files are used.

use super::staging::projects;
use super::{
    has_cloud_init, has_direct, has_image, has_opening, has_project, has_return_proxy, has_server_elsewhere,
    has_staging, has_web_proxy,
};
use crate::catalog::Cloud;
use crate::render::Input;
use crate::render::engine::{Value, fenced, view};

/// The view of `cyclecloud/README.md`.
pub(in crate::render) fn view(input: &Input) -> Value {
    let plan = input.plan;
    let cluster = plan.cyclecloud.as_ref();
    let scheduler = cluster.map_or("", |cluster| &cluster.scheduler);
    let projects = projects(scheduler).join(", ");
    let proxy = cluster.and_then(|cluster| cluster.web_proxy.as_ref());
    let snippet = if has_direct(plan) { "direct" } else { "return-proxy" };
    let import = format!(
        "cyclecloud import_cluster {} -c \"${{kind:?set it to the name of the cluster in your template}}\" \
         -f \"${{template:?set it to the file of your template}}\" -p {snippet}.json",
        plan.name
    );
    view!({
        "name": plan.name,
        "cloud": plan.cloud.name(),
        "other_cloud": plan.cloud != Cloud::AzureCloud,
        "environment": match plan.cloud {
            Cloud::AzureCloud => "public",
            Cloud::AzureUSGovernment => "usgov",
            Cloud::AzureChinaCloud => "china",
        },
        "direct": has_direct(plan),
        "return_proxy": has_return_proxy(plan),
        "image": has_image(plan),
        "project": has_project(plan),
        "cloud_init": has_cloud_init(plan),
        "web_proxy": has_web_proxy(plan),
        "nodes_ask": proxy.is_some_and(|proxy| proxy.nodes),
        "proxy": proxy.map(|proxy| proxy.url.clone()).unwrap_or_default(),
        "staging": has_staging(plan),
        "opening": has_opening(plan),
        "others_open": has_staging(plan) && plan.firewall.is_none() && !has_server_elsewhere(plan),
        "holder": if has_web_proxy(plan) { "proxy" } else { "firewall" },
        "holds_names": plan.appliance.is_some(),
        "elsewhere": has_server_elsewhere(plan),
        "version_7": cluster.is_some_and(|cluster| cluster.version_7),
        "monitoring": cluster.is_some_and(|cluster| cluster.monitoring),
        "scheduler": scheduler,
        "knows_projects": !projects.is_empty(),
        "projects": projects,
        "several_projects": projects.contains(", "),
        "peered": !plan.vnet.peered.is_empty(),
        "private_locker": cluster.is_some_and(|cluster| cluster.locker_private),
        "import": fenced(&import),
    })
}
