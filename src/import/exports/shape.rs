//! What a document is: a resource, a list of them, an answer with a wrapper around it, a template, a state.

use super::gather::{Found, Id, ResourceId, resource_id};
use super::nsg::{self, Origin};
use super::value::{At, Document, Fault, Fields, Value};
use super::{firewall, network, routes, template, terraform};
use std::collections::BTreeSet;

/// Reads a document of a file, of whatever shape it is.
pub(super) fn document(found: &mut Found, document: &Document) {
    let at = document.at();
    let known = found.known;
    if let Err(fault) = any(found, &at) {
        found.fault(fault, &at, |found, problem| found.problems.push(problem));
    }
    if found.known == known && found.problems.is_empty() {
        let hint = "export NSGs, route tables, subnets, firewalls or their policies, or give a template or `terraform show -json`";
        found.problems.push(at.problem("nothing in it is an export that is known", hint));
    }
    found.leftovers(document);
}

fn any(found: &mut Found, at: &At) -> Result<(), Fault> {
    let Value::Map(_) = &at.node.value else {
        return match &at.node.value {
            Value::List(_) => list(found, at),
            _ => Err(at.wrong("is no export: neither an object nor a list", "")),
        };
    };
    let fields = at.fields()?;
    if let Some(at) = fields.maybe(&["responses"]) {
        return example(found, &fields, &at);
    }
    if fields.has(&["$schema", "contentversion"]) && fields.has(&["resources"]) {
        return template::read(found, &fields);
    }
    if fields.has(&["pytestterraform"]) || fields.has(&["pytest-terraform"]) {
        return terraform::dump(found, &fields);
    }
    if fields.has(&["formatversion"]) {
        return terraform::show(found, &fields);
    }
    if fields.has(&["terraformversion"]) {
        let hint = "run `terraform show -json` and give what it prints";
        return Err(at.wrong("a state file as Terraform keeps it, which is no export", hint));
    }
    if let Some(at) = fields.maybe(&["error"]) {
        let code = at.fields().and_then(|fields| Ok(fields.text(&["code"])?.unwrap_or_default())).unwrap_or_default();
        return Err(at.wrong(format!("the answer is an error: `{code}`"), "export again, with the rights to read"));
    }
    if fields.has(&["securityruleassociations"])
        || (fields.has(&["networkinterfaces"]) && !fields.has(&["securityrules"]) && kind(&fields).is_none())
    {
        let hint = "export `az network nic list-effective-nsg` or `az network nsg show`";
        return Err(at.wrong("a security group view of Network Watcher is not read", hint));
    }
    if fields.has(&["access"]) && fields.has(&["rulename"]) || fields.has(&["routetableid"]) && !fields.has(&["name"]) {
        let hint = "export the NSGs and route tables themselves";
        return Err(at.wrong("an answer about one packet, which shows no rules", hint));
    }
    if kind(&fields).is_none() {
        for names in [&["value"][..], &["data"], &["networksecuritygroups"]] {
            if !fields.has(names) {
                continue;
            }
            if let Some(at) = fields.maybe(&["nextlink", "skiptoken", "$skiptoken"]) {
                found.skip(&at, "there are more pages, which were not exported: what they hold is missing here", true);
            }
            let Some(at) = fields.maybe(names) else {
                found.known += 1;
                return Ok(());
            };
            return list(found, &at);
        }
    }
    resource(found, at)
}

/// An example of Azure's REST specification: what is asked, and what is answered.
fn example(found: &mut Found, fields: &Fields, responses: &At) -> Result<(), Fault> {
    for names in [["parameters"], ["title"], ["operationid"]] {
        if let Some(at) = fields.maybe(&names) {
            found.skip(&at, "the question of an example, not its answer", false);
        }
    }
    let mut answer = None;
    for (status, at) in responses.entries()? {
        match at.fields().ok().and_then(|fields| fields.maybe(&["body"])) {
            Some(body) if status == "200" => answer = Some(body),
            _ => found.skip(&at, "an answer that holds no resource", false),
        }
    }
    let Some(body) = answer else {
        return Err(responses.wrong("the example's answer 200 has no body", "give an answer that has one"));
    };
    for (status, at) in responses.entries()? {
        if status != "200" {
            continue;
        }
        for (key, at) in at.entries()? {
            if key != "body" {
                found.skip(&at, "the head of an answer", false);
            }
        }
    }
    any(found, &body)
}

fn list(found: &mut Found, at: &At) -> Result<(), Fault> {
    let items = at.list()?;
    if items.is_empty() {
        found.known += 1;
        return Ok(());
    }
    let effective = |at: &At| at.fields().is_ok_and(|fields| routes::is_effective(&fields));
    if items.iter().all(effective) {
        found.known += 1;
        routes::effective(found, &items);
        return Ok(());
    }
    // All custom rules of one NSG, as `az network nsg rule list` gives them; the same for routes.
    let holders: BTreeSet<Option<(String, String)>> = items.iter().map(held).collect();
    let whole = match holders.first() {
        Some(Some(only)) if holders.len() == 1 => Some(only.0.clone()),
        _ => None,
    };
    for at in &items {
        let read = match &at.node.value {
            // A list of lists, as a loop over `list` gives them.
            Value::List(_) => list(found, at),
            _ => any(found, at),
        };
        if let Err(fault) = read {
            found.fault(fault, at, |found, problem| found.problems.push(problem));
        }
    }
    let id = whole.and(items.first()).and_then(|at| at.fields().ok()).and_then(|fields| id_of(&fields));
    if let Some(id) = id {
        match id.kind.as_str() {
            "networksecuritygroups/securityrules" => found.nsgs.entry(&id.own()).listed = true,
            "routetables/routes" => found.tables.entry(&id.own()).listed = true,
            _ => {}
        }
    }
    Ok(())
}

/// The type, and the NSG or route table, that a rule or route says it belongs to.
fn held(at: &At) -> Option<(String, String)> {
    let id = id_of(&at.fields().ok()?)?;
    matches!(id.kind.as_str(), "networksecuritygroups/securityrules" | "routetables/routes").then(|| {
        let own = id.own();
        (id.kind, format!("{}/{}/{}", own.subscription, own.group, own.name).to_ascii_lowercase())
    })
}

fn id_of(fields: &Fields) -> Option<ResourceId> {
    let at = fields.maybe(&["id"])?;
    let Value::Text(text) = &at.node.value else { return None };
    resource_id(text)
}

/// The type of a resource below `Microsoft.Network/`, in small letters; another provider's in full.
fn kind(fields: &Fields) -> Option<String> {
    if let Some(at) = fields.maybe(&["type", "resourcetype"])
        && let Value::Text(text) = &at.node.value
        && text.contains('/')
    {
        let lower = text.to_ascii_lowercase();
        let lower = lower.split('@').next().unwrap_or_default();
        return Some(lower.strip_prefix("microsoft.network/").unwrap_or(lower).to_string());
    }
    if let Some(id) = id_of(fields) {
        return Some(id.kind);
    }
    let by_fields: [(&[&str], &str); 11] = [
        (&["effectivesecurityrules"], EFFECTIVE),
        (&["securityrules", "defaultsecurityrules"], "networksecuritygroups"),
        (&["rulecollections"], "firewallpolicies/rulecollectiongroups"),
        (&["networkrulecollections", "applicationrulecollections"], "azurefirewalls"),
        (&["threatintelmode"], "firewallpolicies"),
        (&["addressspace"], "virtualnetworks"),
        (&["routes"], "routetables"),
        (&["direction"], "networksecuritygroups/securityrules"),
        (&["nexthoptype"], "routetables/routes"),
        (&["ipaddresses"], "ipgroups"),
        (&["ipconfigurations"], "networkinterfaces"),
    ];
    by_fields.iter().find(|(names, _)| fields.has(names)).map(|(_, kind)| kind.to_string())
}

const EFFECTIVE: &str = "effective";

/// Reads one resource.
pub(super) fn resource(found: &mut Found, at: &At) -> Result<(), Fault> {
    let fields = at.fields()?;
    let Some(kind) = kind(&fields) else {
        return Err(at.wrong("is no resource that is known", "export it with its `id` or `type`"));
    };
    found.known += 1;
    if let Some(at) = fields.maybe(&["type", "resourcetype"]) {
        at.text()?;
    }
    if kind == EFFECTIVE {
        return nsg::effective(found, &fields);
    }
    let names = names(&fields)?;
    typed(found, &fields, &kind, &names)
}

/// The resource that the fields say they are: the resource it belongs to, and its own names.
pub(super) struct Names {
    pub(super) id: Id,
    /// The names of the types, outermost first; one for a resource that is below none.
    pub(super) names: Vec<String>,
}

fn names(fields: &Fields) -> Result<Names, Fault> {
    if let Some(at) = fields.maybe(&["id"])
        && let Some(id) = resource_id(&at.text()?)
    {
        return Ok(Names { id: id.own(), names: id.names });
    }
    let group = fields.text(&["resourcegroup", "resourcegroupname"])?.unwrap_or_default();
    let name = fields.take(&["name"])?.text()?;
    let names: Vec<String> = name.split('/').map(str::to_string).collect();
    let mut id = Id { group, ..Id::named(names.first().map_or("", String::as_str)) };
    if let [network, subnet] = names.as_slice() {
        id.name = format!("{network}/{subnet}");
    }
    Ok(Names { id, names })
}

/// Reads a resource of a type.
pub(super) fn typed(found: &mut Found, fields: &Fields, kind: &str, names: &Names) -> Result<(), Fault> {
    let at = &fields.at;
    let id = names.id.clone();
    let parent = || Id { name: names.names.first().cloned().unwrap_or_default(), ..id.clone() };
    let child = || match names.names.as_slice() {
        [_, name] => Ok(name.clone()),
        _ => {
            let hint = "export it with its `id`, or export the whole resource";
            Err(at.wrong("does not say to what it belongs", hint))
        }
    };
    match kind {
        "networksecuritygroups" => nsg::nsg(found, fields, id, Origin::Declared),
        "networksecuritygroups/securityrules" => {
            let (name, nsg) = (child()?, parent());
            match nsg::rule(found, &nsg, at, Some(&name), Origin::Declared) {
                Some(rule) => found.nsgs.entry(&nsg).single.extend(rule),
                None => found.nsgs.entry(&nsg).doubt = true,
            }
            Ok(())
        }
        "networksecuritygroups/defaultsecurityrules" => {
            let nsg = parent();
            nsg::default_rule(found, at, &nsg);
            Ok(())
        }
        "routetables" => routes::table(found, fields, id),
        "routetables/routes" => {
            let (name, table) = (child()?, parent());
            match routes::route(found, &table, at, Some(&name)) {
                Some(route) => found.tables.entry(&table).single.push(route),
                None => found.tables.entry(&table).doubt = true,
            }
            Ok(())
        }
        "virtualnetworks" => network::virtual_network(found, fields, id),
        "virtualnetworks/subnets" => {
            child()?;
            network::subnet(found, fields, id)
        }
        "virtualnetworks/virtualnetworkpeerings" => {
            child()?;
            network::peering(found, fields, &parent())
        }
        "networkinterfaces" => network::interface(found, fields, id),
        "firewallpolicies" => firewall::policy(found, fields, id),
        "firewallpolicies/rulecollectiongroups" => {
            let (name, policy) = (child()?, parent());
            firewall::group(found, fields, &policy, &name)
        }
        "azurefirewalls" => firewall::firewall(found, fields, id),
        "ipgroups" => firewall::ip_group(found, fields, id),
        "applicationsecuritygroups" => {
            found.skip(at, "an application security group does not say who its members are", false);
            Ok(())
        }
        other => {
            let hides = HIDE_RULES.iter().any(|own| other.starts_with(own));
            let why = if hides {
                format!("resources of type `{other}` are not read, and rules may be in them")
            } else {
                format!("resources of type `{other}` hold none of the rules that are judged")
            };
            found.skip(at, &why, hides);
            Ok(())
        }
    }
}

/// Types that hold rules or routes which are not read.
const HIDE_RULES: [&str; 8] = [
    "networkmanagers",
    "virtualhubs",
    "firewallpolicies/rulegroups",
    "firewallpolicies/rulecollectiongroupdrafts",
    "serviceendpointpolicies",
    "networksecurityperimeters",
    "microsoft.resources/deployments",
    "microsoft.resources/templatespecs",
];
