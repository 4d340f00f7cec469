//! The files of a CycleCloud cluster: parts of its template, what its server and its firewall need, the order of use.

mod company;
mod opening;
mod readme;
mod snippets;
mod staging;

pub(super) use company::{list as company_list, page as company_page};
pub(super) use opening::view as opening;
pub(super) use readme::view as readme;
pub(super) use snippets::{
    cloud_init, custom_image, direct, direct_parameters, return_proxy, return_proxy_parameters, storage_project,
    web_proxy_server,
};
pub(super) use staging::{connected, server};

use crate::catalog::Role;
use crate::plan::{Plan, PlannedCyclecloud, PlannedSubnet};

/// The first subnet with a role.
fn with(plan: &Plan, role: Role) -> Option<&PlannedSubnet> {
    plan.subnets.iter().find(|subnet| subnet.roles.contains(&role))
}

/// The form that CycleCloud wants of a subnet: not an ARM id, and no slash in front (node reference, SubnetId).
fn subnet_id(plan: &Plan, subnet: Option<&PlannedSubnet>) -> String {
    let subnet = subnet.map_or("", |subnet| &subnet.name);
    format!("{}/{}/{subnet}", plan.vnet.resource_group, plan.vnet.name)
}

/// Whether a cluster with this property is planned.
fn is(plan: &Plan, property: impl Fn(&PlannedCyclecloud) -> bool) -> bool {
    plan.cyclecloud.as_ref().is_some_and(property)
}

/// Whether there is a cluster at all.
pub(super) fn planned(plan: &Plan) -> bool {
    plan.cyclecloud.is_some()
}

/// Whether nodes call the server directly.
pub(super) fn has_direct(plan: &Plan) -> bool {
    is(plan, |cluster| cluster.direct)
}

/// Whether nodes call the server through a return proxy.
pub(super) fn has_return_proxy(plan: &Plan) -> bool {
    plan.return_proxy.is_some()
}

/// Whether nodes have their packages in their image.
pub(super) fn has_image(plan: &Plan) -> bool {
    is(plan, |cluster| cluster.node_packages == "image")
}

/// Whether nodes get their packages from the locker.
pub(super) fn has_project(plan: &Plan) -> bool {
    is(plan, |cluster| cluster.node_packages == "project")
}

/// The address of the mirror that nodes get their packages from, where it is known.
fn mirror(cluster: &PlannedCyclecloud) -> Option<&str> {
    cluster.mirror_url.as_deref().filter(|_| cluster.node_packages == "mirror")
}

/// Whether nodes have to be told something before CycleCloud runs on them: a mirror, a proxy.
pub(super) fn has_cloud_init(plan: &Plan) -> bool {
    is(plan, |cluster| mirror(cluster).is_some() || cluster.web_proxy.as_ref().is_some_and(|proxy| proxy.nodes))
}

/// Whether an explicit proxy is the way out.
pub(super) fn has_web_proxy(plan: &Plan) -> bool {
    // A server in another network goes out by that network's ways.
    is(plan, |cluster| cluster.web_proxy.is_some() && cluster.server_elsewhere.is_none())
}

/// Whether projects have to be staged on the server.
pub(super) fn has_staging(plan: &Plan) -> bool {
    is(plan, |cluster| !cluster.github)
}

/// Whether GitHub can be opened for a while by what is planned here.
pub(super) fn has_opening(plan: &Plan) -> bool {
    is(plan, |cluster| {
        cluster.opening.as_ref().is_some_and(|opening| !opening.opened.is_empty() || !opening.application.is_empty())
    })
}

/// Whether the server stands in another network.
pub(super) fn has_server_elsewhere(plan: &Plan) -> bool {
    is(plan, |cluster| cluster.server_elsewhere.is_some())
}
