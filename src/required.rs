//! Catalog and intent to required flows: what must pass, whatever the plan says.
//!
//! A proof that asked the plan what to prove would prove nothing; plan, proof and audit all start here.

use crate::catalog::tags::Tags;
use crate::catalog::{Catalog, Destination, Group, Need, Requirement, Role, Side, Tenancy};
use crate::intent::{Intent, SubnetIntent};
use crate::model::{AddressSet, Flow, PortSet, Protocol, Services, TagTable};
use ipnet::IpNet;
use std::collections::BTreeSet;

/// A requirement applied to an intent: one source, one destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredFlow {
    /// The requirement's id.
    pub requirement: String,
    /// The requirement's slot.
    pub slot: u16,
    /// Whether a workload fails without it.
    pub need: Need,
    /// Who can stand behind the destination.
    pub tenancy: Tenancy,
    /// Where it starts.
    pub from: Party,
    /// Where it goes.
    pub to: Party,
    /// Its protocol.
    pub protocol: Protocol,
    /// Its destination ports.
    pub ports: PortSet,
}

/// One side of a required flow.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// A subnet of the network.
    Subnet {
        /// Its name.
        name: String,
        /// Its prefix.
        prefix: IpNet,
    },
    /// Prefixes that the answers or a page give.
    Prefixes {
        /// What to call them: a group's name or the requirement's id.
        label: String,
        /// The prefixes.
        prefixes: Vec<IpNet>,
        /// The subnets whose NSGs see these addresses as their own: those they lie in, and those of AKS nodes for pods.
        on: Vec<String>,
    },
    /// A service, in the spellings it has here.
    Service(Service),
}

/// A service that is reached, or that reaches in, by tag or by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Service {
    /// The tag in Microsoft's spelling, if one covers it here.
    pub tag: Option<String>,
    /// The tag without its region, where the regional one cannot be used everywhere.
    pub wide_tag: Option<String>,
    /// Its host names, placeholders filled in.
    pub names: Vec<String>,
    /// The tags whose addresses must pass, if that is less than all of `tag`.
    pub part: Vec<String>,
}

/// What cannot be applied: the requirement and the reason.
pub type NotApplied = (String, String);

/// The flows that the chosen requirements demand, by slot, then source, then destination.
///
/// The second part names requirements that hold but have nothing to apply to, with the reason: a tag that this cloud's
/// data does not know and no name beside it.
pub fn required(catalog: &Catalog, intent: &Intent, tags: &Tags) -> (Vec<RequiredFlow>, Vec<NotApplied>) {
    let (mut flows, not_applied) = applied(catalog, intent, tags);
    flows.retain(RequiredFlow::is_here);
    (flows, not_applied)
}

/// The flows from and to a role that stands in another network, as that network has to let them through: those that
/// have their other end here too.
pub fn elsewhere(role: Role, catalog: &Catalog, intent: &Intent, tags: &Tags) -> Vec<RequiredFlow> {
    let Some(group) = role.elsewhere() else { return Vec::new() };
    let of_role = |party: &Party| matches!(party, Party::Prefixes { label, .. } if label == group.name());
    let (mut flows, _) = applied(catalog, intent, tags);
    flows.retain(|flow| of_role(&flow.from) || of_role(&flow.to));
    flows
}

fn applied(catalog: &Catalog, intent: &Intent, tags: &Tags) -> (Vec<RequiredFlow>, Vec<NotApplied>) {
    let mut flows = Vec::new();
    let mut not_applied = Vec::new();
    for row in catalog.requirements() {
        if intent.accept_blocked.contains(&row.id) {
            continue;
        }
        let Some(to) = row.to_in(intent.cloud) else { continue };
        match apply(row, &to, intent, tags) {
            Ok(applied) => flows.extend(applied),
            Err(reason) => not_applied.push((row.id.clone(), reason)),
        }
    }
    (flows, not_applied)
}

fn apply(row: &Requirement, to: &Side, intent: &Intent, tags: &Tags) -> Result<Vec<RequiredFlow>, String> {
    let sources = parties(row, &row.from, intent, tags)?;
    let inside = *to == Side::Itself;
    let destinations = parties(row, if inside { &row.from } else { to }, intent, tags)?;
    let mut flows = Vec::new();
    for (from, from_subnet) in &sources {
        for (to, to_subnet) in destinations.iter().filter(|(to, _)| !inside || to == from) {
            // A row holds for a pair of subnets if it holds for both; without any, the intent's features decide.
            let mut subnets = [from_subnet, to_subnet].into_iter().flatten().peekable();
            let holds = match subnets.peek() {
                None => row.holds(&intent.features),
                Some(_) => subnets.all(|subnet| row.holds(&intent.features_of(subnet))),
            };
            if holds {
                flows.push(RequiredFlow {
                    requirement: row.id.clone(),
                    slot: row.slot,
                    need: row.need,
                    tenancy: row.tenancy,
                    from: from.clone(),
                    to: to.clone(),
                    protocol: row.protocol,
                    ports: row.ports.clone(),
                });
            }
        }
    }
    Ok(flows)
}

/// The parties of one side, with their subnet if they are one.
fn parties<'i>(
    row: &Requirement,
    side: &Side,
    intent: &'i Intent,
    tags: &Tags,
) -> Result<Vec<(Party, Option<&'i SubnetIntent>)>, String> {
    let subnets = |wanted: &dyn Fn(&SubnetIntent) -> bool| {
        let party = |subnet: &SubnetIntent| Party::Subnet { name: subnet.name.clone(), prefix: subnet.prefix };
        intent.subnets.iter().filter(|s| wanted(s)).map(|s| (party(s), Some(s))).collect::<Vec<_>>()
    };
    let with = |role: Role| subnets(&|subnet| subnet.roles.contains(&role));
    Ok(match side {
        Side::Role(role) => match role.elsewhere().filter(|_| intent.subnets_with(*role).next().is_none()) {
            Some(group) => of_group(group, intent),
            None => with(*role),
        },
        Side::EveryNode => subnets(&|subnet| subnet.roles.iter().any(|role| side.has(*role))),
        Side::EveryRole => subnets(&|subnet| subnet.roles.iter().any(|role| *role != Role::PrivateEndpoints)),
        Side::Group(group) => of_group(*group, intent),
        // Its other side stands for it.
        Side::Itself => Vec::new(),
        Side::Tag(tag) => {
            let destination = Destination { tag: Some(tag.clone()), ..Destination::default() };
            let mut found = service(&destination, intent, tags)?;
            if tag == "AzureMachineLearning" && intent.route_prefixes {
                found.part = routed_regions(tag, intent, tags);
            }
            vec![(Party::Service(found), None)]
        }
        Side::Destination(destination) => {
            let mut all = Vec::new();
            // With fixed addresses beside them, names say the same thing in other words; the addresses hold everywhere but
            // at an explicit proxy, which is asked for names.
            let by_name = intent.proxy().is_some() && !destination.names.is_empty();
            if !destination.prefixes.is_empty() && !by_name {
                let prefixes = AddressSet::from_prefixes(&destination.prefixes).to_prefixes();
                all.push((Party::Prefixes { label: row.id.clone(), prefixes, on: Vec::new() }, None));
            }
            if destination.prefixes.is_empty() || by_name {
                // A row that does not hold is never an error, whatever its tags.
                match service(destination, intent, tags) {
                    Ok(service) => all.push((Party::Service(service), None)),
                    Err(reason) if row.holds(&intent.features) => return Err(reason),
                    Err(_) => {}
                }
            }
            all
        }
    })
}

/// The prefixes of a group, if it has any.
fn of_group(group: Group, intent: &Intent) -> Vec<(Party, Option<&SubnetIntent>)> {
    let Some(prefixes) = intent.groups.get(&group) else { return Vec::new() };
    let set = AddressSet::from_prefixes(prefixes);
    let has = |subnet: &&SubnetIntent| {
        let pods = group == Group::AksPods && subnet.roles.contains(&Role::AksNodes);
        pods || AddressSet::from_prefixes(&[subnet.prefix]).intersects(&set)
    };
    let on = intent.subnets.iter().filter(has).map(|subnet| subnet.name.clone()).collect();
    vec![(Party::Prefixes { label: group.name().into(), prefixes: prefixes.clone(), on }, None)]
}

/// The destination in the spellings of this region and cloud. A regional tag is looked up, never concatenated; where
/// the data has none for the region, the global tag stands for it.
fn service(destination: &Destination, intent: &Intent, tags: &Tags) -> Result<Service, String> {
    let names: Vec<String> = destination.names.iter().map(|name| fill(name, intent)).collect();
    let mut found = Service { names, ..Service::default() };
    if let Some(tag) = &destination.tag {
        let regional = [(".{region}", &intent.region), (".{workspace-region}", &intent.workspace_region)];
        match regional.iter().find_map(|(suffix, region)| Some((tag.strip_suffix(suffix)?, region))) {
            Some((base, region)) => {
                let global = tags.canonical(base);
                let regional = tags.regional(base, &region.tag, &region.code);
                found.wide_tag = global.clone().filter(|_| regional.is_some());
                found.tag = regional.or(global);
            }
            None => found.tag = tags.canonical(tag),
        }
        if found.tag.is_none() && found.names.is_empty() {
            return Err(format!(
                "the service tag `{tag}` is not in {}, and no host name stands beside it",
                tags.source()
            ));
        }
    }
    Ok(found)
}

/// With routes written as prefixes, management traffic is that of the regions whose prefixes they are: replies to others
/// find no way back.
fn routed_regions(tag: &str, intent: &Intent, tags: &Tags) -> Vec<String> {
    let regions = intent.aml_regions().into_iter();
    regions.filter_map(|region| tags.regional(tag, &region.tag, &region.code)).collect()
}

/// The host names of a requirement in this cloud and region, whether it holds or not.
pub fn host_names(row: &Requirement, intent: &Intent) -> Vec<String> {
    match row.to_in(intent.cloud) {
        Some(Side::Destination(destination)) => destination.names.iter().map(|name| fill(name, intent)).collect(),
        _ => Vec::new(),
    }
}

/// A host name with its placeholders filled in; an unanswered one becomes `*`, and two in a row one.
fn fill(name: &str, intent: &Intent) -> String {
    let mut text = name.replace("{region}", &intent.region.name);
    text = text.replace("{workspace-region}", &intent.workspace_region.name);
    while let Some(start) = text.find('{') {
        let Some(length) = text[start..].find('}') else { break };
        let key = &text[start + 1..start + length];
        let value = intent.placeholders.get(key).map_or("*", String::as_str).to_string();
        text.replace_range(start..=start + length, &value);
    }
    text
}

impl RequiredFlow {
    /// Whether one of its ends is in this network: a subnet, or addresses that a subnet's NSG sees as its own.
    fn is_here(&self) -> bool {
        [&self.from, &self.to].into_iter().any(|party| match party {
            Party::Subnet { .. } => true,
            Party::Prefixes { on, .. } => !on.is_empty(),
            Party::Service(_) => false,
        })
    }

    /// Protocol and ports as a set.
    pub fn services(&self) -> Services {
        Services::new(self.protocol, &self.ports)
    }

    /// The families of packets to trace: one, or one for each host name that no tag covers.
    ///
    /// For a flow to a name the address is the tag's if there is one, else any public address.
    pub fn flows(&self, tags: &TagTable) -> Vec<Flow> {
        let source = addresses(&self.from, tags);
        let base = |destination: AddressSet, name: Option<String>| Flow {
            source: source.only_v4(),
            destination: destination.only_v4(),
            name,
            services: self.services(),
        };
        match &self.to {
            Party::Service(service) if !service.names.is_empty() => {
                let destination = addresses(&self.to, tags);
                service.names.iter().map(|name| base(destination.clone(), Some(name.clone()))).collect()
            }
            _ => vec![base(addresses(&self.to, tags), None)],
        }
    }
}

/// The addresses of a party: a tag's, the prefixes, or every public address for names alone.
pub fn addresses(party: &Party, tags: &TagTable) -> AddressSet {
    match party {
        Party::Subnet { prefix, .. } => AddressSet::from_prefixes(&[*prefix]),
        Party::Prefixes { prefixes, .. } => AddressSet::from_prefixes(prefixes),
        Party::Service(service) if !service.part.is_empty() => {
            service.part.iter().filter_map(|tag| tags.get(tag)).fold(AddressSet::default(), |sum, set| sum.union(set))
        }
        Party::Service(service) => match &service.tag {
            Some(tag) if tag == "AzureLoadBalancer" => platform_address(),
            Some(tag) => tags.get(tag).cloned().unwrap_or_default(),
            None => AddressSet::public_v4(),
        },
    }
}

/// 168.63.129.16, where probes and platform services live in every region and cloud.
pub fn platform_address() -> AddressSet {
    let address = std::net::Ipv4Addr::new(168, 63, 129, 16);
    AddressSet::from_prefixes(&[IpNet::V4(ipnet::Ipv4Net::from(address))])
}

impl Party {
    /// What to call it in a sentence.
    pub fn label(&self) -> String {
        match self {
            Party::Subnet { name, .. } => name.clone(),
            Party::Prefixes { label, .. } => label.clone(),
            Party::Service(service) => {
                let mut words: Vec<&str> = service.tag.iter().map(String::as_str).collect();
                if words.is_empty() {
                    words.extend(service.names.iter().map(String::as_str));
                }
                words.join(", ")
            }
        }
    }
}

/// Every tag that these flows name, for decoding once.
pub fn tags_of(flows: &[RequiredFlow]) -> BTreeSet<String> {
    let of = |party: &Party| match party {
        Party::Service(service) => service.tag.iter().chain(&service.wide_tag).chain(&service.part).cloned().collect(),
        _ => Vec::new(),
    };
    flows.iter().flat_map(|flow| of(&flow.from).into_iter().chain(of(&flow.to))).collect()
}

/// Whether the pattern `wide` matches every host that `narrow` does: `*.x.org` covers `a.x.org` and `*.a.x.org`, not `x.org`.
pub fn name_covers(wide: &str, narrow: &str) -> bool {
    let (wide, narrow) = (wide.to_ascii_lowercase(), narrow.to_ascii_lowercase());
    if wide == narrow {
        return true;
    }
    wide.strip_prefix("*.").is_some_and(|base| {
        let narrow = narrow.strip_prefix("*.").unwrap_or(&narrow);
        narrow.strip_suffix(base).is_some_and(|rest| rest.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_covered_label_by_label() {
        assert!(name_covers("*.x.org", "a.x.org"));
        assert!(name_covers("*.x.org", "b.a.x.org"));
        assert!(name_covers("*.x.org", "*.a.x.org"));
        assert!(name_covers("A.x.org", "a.X.org"));
        for (wide, narrow) in
            [("*.x.org", "x.org"), ("*.a.x.org", "*.x.org"), ("*.x.org", "ax.org"), ("a.x.org", "*.x.org")]
        {
            assert!(!name_covers(wide, narrow), "{wide} {narrow}");
        }
    }
}
