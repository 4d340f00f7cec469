//! The output `network`: what no resource says, or what it says must agree with.

use super::resources::ip;
use super::value::{At, Fields};
use super::{Attached, Facts, SubnetFacts};
use crate::model::{Firewall, FirewallTier, WayOut};
use crate::problem::Problem;
use std::collections::{BTreeMap, BTreeSet};

/// What the hub's output says of the firewall; its groups come from the resources.
pub(super) fn firewall(at: &At) -> Result<Firewall, Problem> {
    let mut fields = at.fields()?;
    let firewall = Firewall {
        name: fields.take("name")?.text()?,
        private_address: Some(ip(&fields.take("privateAddress")?)?),
        tier: fields.take("tier")?.choice(&[
            ("Basic", FirewallTier::Basic),
            ("Standard", FirewallTier::Standard),
            ("Premium", FirewallTier::Premium),
        ])?,
        dns_proxy: fields.take("dnsProxy")?.flag()?,
        groups: Vec::new(),
        // The policy is not in the file: groups of others may stand in it.
        others_groups: true,
        private_ranges: None,
    };
    fields.end()?;
    Ok(firewall)
}

pub(super) fn facts(mut fields: Fields) -> Result<Facts, Problem> {
    let mut network = fields.take("virtualNetwork")?.fields()?;
    let name = network.take("name")?.text()?;
    let create = network.take("ownership")?.choice(&[("create", true), ("existing", false)])?;
    network.end()?;
    let peer = |at: &At| {
        let mut fields = at.fields()?;
        fields.take("name")?.text()?;
        let prefixes = fields.take("prefixes")?.each(At::prefix)?;
        fields.end()?;
        Ok(prefixes)
    };
    let facts = Facts {
        at: fields.at.clone(),
        name,
        create,
        address_space: fields.take("addressSpace")?.each(At::prefix)?,
        peered: fields.take("peered")?.each(peer)?.concat(),
        on_premises: fields.take("onPremises")?.each(At::prefix)?,
        subnets: fields.take("subnets")?.each(subnet_facts)?,
        nsgs: ownerships(&fields.take("networkSecurityGroups")?)?,
        route_tables: ownerships(&fields.take("routeTables")?)?,
    };
    fields.end()?;
    let mut names = BTreeSet::new();
    for Attached { name, nsg, route_table, .. } in facts.subnets.iter().map(|subnet| &subnet.attached) {
        if !names.insert(name) {
            return Err(facts.at.problem(format!("two subnets are named `{name}`")));
        }
        if let Some(nsg) = nsg.as_ref().filter(|nsg| !facts.nsgs.contains_key(*nsg)) {
            return Err(facts.at.problem(format!("the NSG `{nsg}` of subnet `{name}` is not listed")));
        }
        if let Some(table) = route_table.as_ref().filter(|table| !facts.route_tables.contains_key(*table)) {
            return Err(facts.at.problem(format!("the route table `{table}` of subnet `{name}` is not listed")));
        }
    }
    Ok(facts)
}

fn subnet_facts(at: &At) -> Result<SubnetFacts, Problem> {
    let mut fields = at.fields()?;
    let mut name = |key: &str| fields.maybe(key).map(|at| at.text()).transpose();
    let (nsg, route_table) = (name("networkSecurityGroup")?, name("routeTable")?);
    let facts = SubnetFacts {
        attached: Attached {
            name: fields.take("name")?.text()?,
            prefix: fields.take("prefix")?.prefix()?,
            nsg,
            route_table,
            service_endpoints: fields.take("serviceEndpoints")?.each(At::text)?,
        },
        pods: fields.take("pods")?.each(At::prefix)?,
        way_out: fields.take("wayOut")?.choice(&[
            ("none", WayOut::None),
            ("nat-gateway", WayOut::NatGateway),
            ("public-address", WayOut::PublicAddress),
            ("load-balancer", WayOut::LoadBalancer),
            ("default-outbound", WayOut::DefaultOutbound),
            ("unknown", WayOut::Unknown),
        ])?,
    };
    fields.end()?;
    Ok(facts)
}

/// Whether each is ours.
fn ownerships(at: &At) -> Result<BTreeMap<String, bool>, Problem> {
    let mut all = BTreeMap::new();
    for at in at.list()? {
        let mut fields = at.fields()?;
        let name = fields.take("name")?.text()?;
        let ours = fields.take("ownership")?.choice(&[("create", true), ("extend", false)])?;
        fields.end()?;
        if all.insert(name, ours).is_some() {
            return Err(at.problem("stands here twice"));
        }
    }
    Ok(all)
}
