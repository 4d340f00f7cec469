//! `terraform show -json` of a plan or a state (developer.hashicorp.com/terraform/internals/json-format), and the flat
//! dump of the same values that pytest-terraform keeps.

use super::firewall::Kind;
use super::gather::{Found, Id, resource_id};
use super::nsg::{self, Origin};
use super::value::{At, Fault, Fields, Value};
use super::{Attachment, Holder, firewall, network, routes};
use std::collections::BTreeMap;

/// Reads a plan or a state.
pub(super) fn show(found: &mut Found, fields: &Fields) -> Result<(), Fault> {
    let at = fields.take(&["formatversion"])?;
    let version = at.text()?;
    // Before 1.0 the tree of values was the same.
    if !matches!(version.split('.').next(), Some("0" | "1")) {
        let hint = "export it with a Terraform that writes format version 1";
        return Err(at.wrong(format!("format version `{version}` is not known"), hint));
    }
    for (name, why) in [
        ("terraformversion", "says which Terraform wrote it"),
        ("timestamp", "says when it was written"),
        ("priorstate", "the state before the plan: what is planned is judged"),
        ("resourcechanges", "the changes of a plan: what comes out of them is judged"),
        ("resourcedrift", "what changed outside Terraform: what comes out of the plan is judged"),
        ("outputchanges", "outputs are no resources"),
        ("proposedunknown", "values that are known after the apply"),
        ("relevantattributes", "which attributes the plan depends on"),
        ("variables", "variables are in the values already"),
        ("checks", "checks of the configuration"),
        ("applyable", "says what can be done with the plan"),
        ("complete", "says what can be done with the plan"),
        ("errored", "says what can be done with the plan"),
    ] {
        if let Some(at) = fields.maybe(&[name]) {
            found.skip(&at, why, false);
        }
    }
    let planned = fields.maybe(&["plannedvalues"]);
    let Some(values) = planned.clone().or_else(|| fields.maybe(&["values"])) else {
        found.known += 1;
        return Ok(());
    };
    let values = values.fields()?;
    if let Some(at) = values.maybe(&["outputs"]) {
        found.skip(&at, "outputs are no resources", false);
    }
    let mut references = BTreeMap::new();
    if let Some(at) = fields.maybe(&["configuration"]) {
        if let Some(root) = at.fields()?.maybe(&["rootmodule"]) {
            configuration(&root, "", 0, &mut references)?;
        }
        found.skip(&at, "the configuration: it is looked at for what refers to what", false);
    }
    found.known += 1;
    let Some(root) = values.maybe(&["rootmodule"]) else { return Ok(()) };
    let mut resources = Vec::new();
    module(found, &root, 0, &mut resources)?;
    fields.at.document.planned.set(planned.is_some());
    State { resources: &resources, references: &references }.read(found);
    Ok(())
}

/// Reads `{"resources": {type: {name: values}}}`.
pub(super) fn dump(found: &mut Found, fields: &Fields) -> Result<(), Fault> {
    for name in ["pytest-terraform", "pytestterraform", "outputs"] {
        if let Some(at) = fields.maybe(&[name]) {
            found.skip(&at, "says what kind of dump it is", false);
        }
    }
    found.known += 1;
    let mut resources = Vec::new();
    for (kind, at) in fields.take(&["resources"])?.entries()? {
        for (name, at) in at.entries()? {
            let address = format!("{kind}.{name}");
            resources.push(Resource { kind: kind.into(), address, fields: at.fields()?, at });
        }
    }
    State { resources: &resources, references: &BTreeMap::new() }.read(found);
    Ok(())
}

/// A resource of the state.
struct Resource<'a> {
    kind: String,
    address: String,
    fields: Fields<'a>,
    /// All of it.
    at: At<'a>,
}

fn module<'a>(found: &mut Found, at: &At<'a>, depth: usize, all: &mut Vec<Resource<'a>>) -> Result<(), Fault> {
    let fields = at.fields()?;
    for at in fields.list(&["resources"])? {
        let resource = at.fields()?;
        let kind = resource.take(&["type"])?.text()?;
        let address = resource.text(&["address"])?.unwrap_or_default();
        if let Some(at) = resource.maybe(&["sensitivevalues"]) {
            found.skip(&at, "says which values are secret", false);
        }
        // Empty where all of it is known after the apply.
        match resource.even_empty("values") {
            Some(values) => all.push(Resource { kind, address, fields: values.fields()?, at }),
            None => found.skip(&at, "has no values", true),
        }
    }
    for child in fields.list(&["childmodules"])? {
        // JSON itself is not nested deeper than this.
        if depth < 128 {
            module(found, &child, depth + 1, all)?;
        }
    }
    Ok(())
}

/// What each attribute of each resource refers to: `module.x.type.name` and the attribute to the first reference.
fn configuration(
    at: &At,
    module: &str,
    depth: usize,
    all: &mut BTreeMap<(String, String), String>,
) -> Result<(), Fault> {
    let fields = at.fields()?;
    for at in fields.list(&["resources"])? {
        let resource = at.fields()?;
        let Some(address) = resource.text(&["address"])? else { continue };
        let Some(expressions) = resource.maybe(&["expressions"]) else { continue };
        for (attribute, at) in expressions.entries()? {
            let Ok(below) = at.fields() else { continue };
            let first = below.list(&["references"]).ok().and_then(|list| list.first()?.text().ok());
            if let Some(first) = first {
                all.insert((format!("{module}{address}"), attribute.to_string()), format!("{module}{first}"));
            }
        }
    }
    if let Some(calls) = fields.maybe(&["modulecalls"])
        && depth < 128
    {
        for (name, at) in calls.entries()? {
            if let Some(at) = at.fields()?.maybe(&["module"]) {
                configuration(&at, &format!("{module}module.{name}."), depth + 1, all)?;
            }
        }
    }
    Ok(())
}

struct State<'a, 'b> {
    resources: &'b [Resource<'a>],
    references: &'b BTreeMap<(String, String), String>,
}

const NSG: &str = "azurerm_network_security_group";

impl State<'_, '_> {
    fn read(&self, found: &mut Found) {
        for resource in self.resources {
            if let Err(fault) = self.resource(found, resource) {
                // What could not be read may be a rule of any of them.
                match resource.kind.as_str() {
                    "azurerm_network_security_rule" => found.doubt_all_nsgs = true,
                    "azurerm_route" => found.doubt_all_tables = true,
                    kind if kind.starts_with("azurerm_firewall") => found.doubt_all_policies = true,
                    _ => {}
                }
                found.fault(fault, &resource.at, |found, problem| found.problems.push(problem));
            }
        }
    }

    fn resource(&self, found: &mut Found, resource: &Resource) -> Result<(), Fault> {
        let fields = &resource.fields;
        let at = &fields.at;
        match resource.kind.as_str() {
            NSG => nsg::nsg(found, fields, own(fields)?, Origin::Declared),
            "azurerm_network_security_rule" => {
                let nsg = self.holder(resource, "network_security_group_name", NSG)?;
                let name = fields.take(&["name"])?.text()?;
                let rule = nsg::rule(found, &nsg, at, Some(&name), Origin::Declared);
                let shown = found.nsgs.entry(&nsg);
                shown.standalone = true;
                match rule {
                    Some(rule) => shown.single.extend(rule),
                    None => shown.doubt = true,
                }
                Ok(())
            }
            "azurerm_route_table" => routes::table(found, fields, own(fields)?),
            "azurerm_route" => {
                let table = self.holder(resource, "route_table_name", "azurerm_route_table")?;
                let name = fields.take(&["name"])?.text()?;
                match routes::route(found, &table, at, Some(&name)) {
                    Some(route) => found.tables.entry(&table).single.push(route),
                    None => found.tables.entry(&table).doubt = true,
                }
                Ok(())
            }
            "azurerm_virtual_network" => network::virtual_network(found, fields, own(fields)?),
            "azurerm_subnet" => {
                network::subnet(found, fields, self.subnet_id(resource)?)?;
                Ok(())
            }
            "azurerm_virtual_network_peering" => {
                let network = self.holder(resource, "virtual_network_name", "azurerm_virtual_network")?;
                match fields.maybe(&["remotevirtualnetworkid"]) {
                    Some(_) => network::peering(found, fields, &network),
                    None => {
                        let other = self.refers(resource, "remote_virtual_network_id")?;
                        found.networks.entry(&network).peers.push((Some(other), Vec::new()));
                        Ok(())
                    }
                }
            }
            "azurerm_subnet_network_security_group_association" => {
                let (subnet, nsg) =
                    (self.refers(resource, "subnet_id")?, self.refers(resource, "network_security_group_id")?);
                found.subnets.entry(&subnet).nsg = Some(nsg);
                Ok(())
            }
            "azurerm_subnet_route_table_association" => {
                let (subnet, table) = (self.refers(resource, "subnet_id")?, self.refers(resource, "route_table_id")?);
                found.subnets.entry(&subnet).table = Some(table);
                Ok(())
            }
            "azurerm_subnet_nat_gateway_association" => {
                let subnet = self.refers(resource, "subnet_id")?;
                if let Some(at) = fields.maybe(&["natgatewayid"]) {
                    at.text()?;
                }
                found.subnets.entry(&subnet).nat = true;
                Ok(())
            }
            "azurerm_network_interface" => network::interface(found, fields, own(fields)?),
            "azurerm_network_interface_security_group_association" => {
                let interface = self.refers(resource, "network_interface_id")?;
                let nsg = self.refers(resource, "network_security_group_id")?;
                found.attached.push((Attachment::Nsg, nsg.clone(), Holder::Interface(interface.name.clone())));
                found.interfaces.entry(&interface).nsg = Some(nsg);
                Ok(())
            }
            "azurerm_network_interface_application_security_group_association" => {
                let interface = self.refers(resource, "network_interface_id")?;
                let group = self.refers(resource, "application_security_group_id")?;
                found.interfaces.entry(&interface).groups.push(group);
                Ok(())
            }
            "azurerm_firewall" => {
                let id = own(fields)?;
                firewall::firewall(found, fields, id.clone())?;
                if let Some(policy) = self.known_later(resource, "firewall_policy_id")? {
                    found.firewalls.entry(&id).policy = Some(policy);
                }
                Ok(())
            }
            "azurerm_firewall_policy" => {
                let id = own(fields)?;
                firewall::policy(found, fields, id.clone())?;
                if let Some(base) = self.known_later(resource, "base_policy_id")? {
                    found.policies.entry(&id).base = Some(base);
                }
                Ok(())
            }
            "azurerm_firewall_policy_rule_collection_group" => {
                let policy = self.refers(resource, "firewall_policy_id")?;
                let name = fields.take(&["name"])?.text()?;
                firewall::group(found, fields, &policy, &name)
            }
            "azurerm_firewall_network_rule_collection" => self.classic(found, resource, Kind::Network),
            "azurerm_firewall_application_rule_collection" => self.classic(found, resource, Kind::Application),
            "azurerm_firewall_nat_rule_collection" => self.classic(found, resource, Kind::Nat),
            "azurerm_ip_group" => firewall::ip_group(found, fields, own(fields)?),
            other => {
                let hides = [
                    "azapi_",
                    "azurerm_ip_group_cidr",
                    "azurerm_network_manager",
                    "azurerm_resource_group_template",
                    "azurerm_template_deployment",
                ];
                let hides = hides.iter().any(|own| other.starts_with(own));
                let why = if hides {
                    format!("resources of type `{other}` are not read, and rules may be in them")
                } else {
                    format!("resources of type `{other}` hold none of the rules that are judged")
                };
                found.skip(&resource.at, &why, hides);
                Ok(())
            }
        }
    }

    fn classic(&self, found: &mut Found, resource: &Resource, kind: Kind) -> Result<(), Fault> {
        let id = self.holder(resource, "azure_firewall_name", "azurerm_firewall")?;
        let mut collections = Vec::new();
        let doubt = firewall::collection(found, &resource.fields.at, firewall::CLASSIC, Some(kind), &mut collections);
        let shown = found.firewalls.entry(&id);
        shown.collections.extend(collections);
        shown.doubt |= doubt;
        Ok(())
    }

    /// The resource whose name an attribute holds; in a plan the name may be known later, and then what it refers to.
    fn holder(&self, resource: &Resource, attribute: &str, kind: &str) -> Result<Id, Fault> {
        let fields = &resource.fields;
        let plain = attribute.replace('_', "");
        let group = fields.text(&["resourcegroupname"])?.unwrap_or_default();
        if let Some(at) = fields.maybe(&["id"])
            && let Some(id) = resource_id(&at.text()?)
        {
            fields.text(&[&plain])?;
            return Ok(Id { name: id.names.first().cloned().unwrap_or_default(), ..id.own() });
        }
        match fields.text(&[&plain])? {
            Some(name) => Ok(Id { group, ..Id::named(&name) }),
            None => self.followed(resource, attribute, Some(kind)),
        }
    }

    /// The resource whose id an attribute holds, or what it refers to where the id is known after the apply.
    fn refers(&self, resource: &Resource, attribute: &str) -> Result<Id, Fault> {
        let plain = attribute.replace('_', "");
        let Some(at) = resource.fields.maybe(&[&plain]) else { return self.followed(resource, attribute, None) };
        let text = at.text()?;
        match resource_id(&text) {
            Some(id) => Ok(id.own()),
            None => Err(at.wrong(format!("`{text}` is not the id of a resource"), "")),
        }
    }

    /// The resource that an attribute will name, if the configuration sets it and the plan does not show it yet.
    fn known_later(&self, resource: &Resource, attribute: &str) -> Result<Option<Id>, Fault> {
        let set = self.references.contains_key(&(without_index(&resource.address), attribute.to_string()));
        if resource.fields.maybe(&[&attribute.replace('_', "")]).is_some() || !set {
            return Ok(None);
        }
        self.followed(resource, attribute, None).map(Some)
    }

    /// The resource that the configuration refers to, if it is a single one of this file.
    fn followed(&self, resource: &Resource, attribute: &str, kind: Option<&str>) -> Result<Id, Fault> {
        let unknown = || {
            let what = format!("`{attribute}` of `{}` is known after the apply", resource.address);
            Fault::Unknown(resource.at.problem(what, "show the state"))
        };
        let plain = without_index(&resource.address);
        let reference = self.references.get(&(plain, attribute.to_string())).ok_or_else(unknown)?;
        // `type.name.id` or `type.name`, after the module.
        let target = reference.strip_suffix(".id").or_else(|| reference.strip_suffix(".name")).unwrap_or(reference);
        let target = without_index(target);
        let mut meant = self.resources.iter().filter(|other| without_index(&other.address) == target);
        let (Some(only), None) = (meant.next(), meant.next()) else { return Err(unknown()) };
        if kind.is_some_and(|kind| kind != only.kind) {
            return Err(unknown());
        }
        if only.kind == "azurerm_subnet" { self.subnet_id(only) } else { own(&only.fields) }
    }

    fn subnet_id(&self, resource: &Resource) -> Result<Id, Fault> {
        let fields = &resource.fields;
        if let Some(at) = fields.maybe(&["id"])
            && let Ok(text) = at.text()
            && let Some(id) = resource_id(&text)
        {
            return Ok(id.own());
        }
        let network = self.holder(resource, "virtual_network_name", "azurerm_virtual_network")?;
        Ok(network.child(&fields.take(&["name"])?.text()?))
    }
}

/// An address without the numbers and keys of its instances.
fn without_index(address: &str) -> String {
    let mut made = String::new();
    let mut depth = 0usize;
    for character in address.chars() {
        match character {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            other if depth == 0 => made.push(other),
            _ => {}
        }
    }
    made
}

/// The id of a resource by its own fields.
fn own(fields: &Fields) -> Result<Id, Fault> {
    if let Some(at) = fields.maybe(&["id"])
        && let Value::Text(text) = &at.node.value
        && let Some(id) = resource_id(text)
    {
        at.text()?;
        return Ok(id.own());
    }
    let group = fields.text(&["resourcegroupname"])?.unwrap_or_default();
    let name = fields.take(&["name"])?.text()?;
    Ok(Id { group, ..Id::named(&name) })
}

#[cfg(test)]
mod tests {
    use super::without_index;

    #[test]
    fn an_address_without_its_indices_is_the_configurations() {
        for (address, plain) in [
            ("azurerm_subnet.a", "azurerm_subnet.a"),
            ("module.net[\"a.b\"].azurerm_subnet.a[0]", "module.net.azurerm_subnet.a"),
            ("azurerm_subnet.a[\"x]y\"]", "azurerm_subnet.ay\""),
        ] {
            assert_eq!(without_index(address), plain);
        }
    }
}
