//! Security rules and NSGs, as every producer spells them; effective rules of an interface.

use super::gather::{Found, Id, RuleAt, resource_id};
use super::value::{At, Fault, Fields};
use super::{Attachment, Holder};
use crate::model::{Access, Direction, Endpoint, PortSet, Protocol, SecurityRule, parse_ports, parse_prefix};
use crate::problem::Problem;
use ipnet::IpNet;
use std::collections::BTreeSet;

/// Where a list of rules comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// What the NSG holds.
    Declared,
    /// What the platform made of it for an interface.
    Effective,
}

/// An NSG with its rules: `az network nsg show`, REST, templates, Terraform, PowerShell.
pub(super) fn nsg(found: &mut Found, fields: &Fields, id: Id, origin: Origin) -> Result<(), Fault> {
    let (rules, doubt) = rules(found, &id, &fields.list(&["securityrules", "securityrule"])?, origin);
    for at in fields.list(&["defaultsecurityrules"])? {
        default_rule(found, &at, &id);
    }
    for (holder, at) in attached(fields)? {
        if let Some(holder) = holder {
            found.attached.push((Attachment::Nsg, id.clone(), holder));
        } else {
            found.skip(&at, "is neither a subnet nor an interface", true);
        }
    }
    let at = &fields.at;
    let shown = found.nsgs.entry(&id);
    shown.doubt |= doubt;
    shown.place.get_or_insert_with(|| at.place());
    let problem = match (&shown.declared, origin) {
        (_, Origin::Effective) => {
            shown.effective.get_or_insert(rules);
            None
        }
        (Some(others), _) if differ(others, &rules) => {
            let hint = "give the newer export alone";
            Some(at.problem(format!("NSG `{}` is shown twice, with other rules", id.name), hint))
        }
        (Some(_), _) => None,
        (None, _) => {
            shown.declared = Some(rules);
            None
        }
    };
    found.problems.extend(problem);
    Ok(())
}

/// The rules of a list, and whether one of them could not be read.
pub(super) fn rules(found: &mut Found, nsg: &Id, list: &[At], origin: Origin) -> (Vec<RuleAt>, bool) {
    let (mut rules, mut doubt) = (Vec::new(), false);
    for at in list {
        match rule(found, nsg, at, None, origin) {
            Some(Some(rule)) => rules.push(rule),
            Some(None) => {}
            None => doubt = true,
        }
    }
    (rules, doubt)
}

/// A rule; `Some(None)` for one of Azure's own, `None` if it cannot be read, which is then said.
pub(super) fn rule(found: &mut Found, nsg: &Id, at: &At, name: Option<&str>, origin: Origin) -> Option<Option<RuleAt>> {
    let mut notes = Vec::new();
    let read = at.fields().and_then(|fields| {
        let name = match name {
            Some(name) => name.to_string(),
            None => fields.take(&["name"])?.text()?,
        };
        if origin == Origin::Effective && is_default(&fields, &name)? {
            return Ok(None);
        }
        // Effective lists say `securityRules/name`, and a rule of its own in a template `nsg/name`, which is given.
        let name = match name.split_once('/') {
            Some((kind, own)) if origin == Origin::Effective && kind.eq_ignore_ascii_case("securityRules") => own,
            _ => name.as_str(),
        };
        // So older versions of the API mark rules that are not Azure's own.
        let name = match name.strip_prefix("UserRule_") {
            Some(own) if origin == Origin::Effective => own.to_string(),
            _ => name.to_string(),
        };
        security_rule(&fields, name, origin, &mut notes).map(Some)
    });
    let named = |rule: &Option<SecurityRule>| rule.as_ref().map(|rule| rule.name.clone()).unwrap_or_default();
    match read {
        Ok(rule) => {
            let name = named(&rule);
            found.nsgs.entry(nsg).refused.extend(notes.into_iter().map(|note| (name.clone(), note)));
            Some(rule.map(|rule| RuleAt { rule, place: at.place() }))
        }
        Err(fault) => {
            let name = at.fields().ok().and_then(|fields| fields.text(&["name"]).ok()?).unwrap_or_default();
            found.fault(fault, at, |found, problem| found.nsgs.entry(nsg).refused.push((name, problem)));
            None
        }
    }
}

/// Whether an effective rule is one of Azure's default rules, which effective lists name in ways of their own.
fn is_default(fields: &Fields, name: &str) -> Result<bool, Fault> {
    let priority = fields.take(&["priority"])?.number()?;
    let lower = name.to_ascii_lowercase();
    let named = ["defaultsecurityrules/", "defaultrule_", "defaultinbounddenyall", "defaultoutbounddenyall"];
    if priority < 65_000 || !named.iter().any(|start| lower.starts_with(start)) {
        return Ok(false);
    }
    // Read, so that it counts as used: what the simulator holds is the same.
    security_rule(fields, String::new(), Origin::Effective, &mut Vec::new())?;
    Ok(true)
}

fn security_rule(
    fields: &Fields,
    name: String,
    origin: Origin,
    notes: &mut Vec<Problem>,
) -> Result<SecurityRule, Fault> {
    let priority = fields.take(&["priority"])?;
    let number = priority.number()?;
    let of_azure = origin == Origin::Effective && number >= 65_000;
    if !(100..=4096).contains(&number) && !of_azure {
        notes.push(priority.problem(
            format!("priority {number} is not between 100 and 4096"),
            "give the rule a priority of that range",
        ));
    }
    let word = |names: &[&str], words: &[&str]| {
        let at = fields.take(names)?;
        let text = at.text()?;
        words
            .iter()
            .position(|word| text.eq_ignore_ascii_case(word))
            .ok_or_else(|| at.wrong(format!("`{text}` must be `{}`", words.join("` or `")), ""))
    };
    if origin == Origin::Declared {
        names_and_words(fields, &name, notes)?;
    }
    let protocol = fields.take(&["protocol"])?;
    let text = protocol.text()?;
    let (source, source_ports) = (side(fields, "source", origin, notes)?, ports(fields, "source", origin, notes)?);
    let destination = side(fields, "destination", origin, notes)?;
    let destination_ports = ports(fields, "destination", origin, notes)?;
    families(fields, &source, &destination, notes);
    Ok(SecurityRule {
        direction: [Direction::Inbound, Direction::Outbound][word(&["direction"], &["Inbound", "Outbound"])?],
        priority: u16::try_from(number).map_err(|_| priority.wrong(format!("{number} is no priority"), ""))?,
        access: [Access::Allow, Access::Deny][word(&["access"], &["Allow", "Deny"])?],
        protocol: Protocol::parse(&text).ok_or_else(|| {
            protocol.wrong(format!("`{text}` is not a protocol of an NSG"), "`Tcp`, `Udp`, `Icmp`, `Esp`, `Ah` or `*`")
        })?,
        source,
        source_ports,
        destination,
        destination_ports,
        description: fields.text(&["description"])?.unwrap_or_default(),
        name,
    })
}

/// What Azure takes as a rule's name and description: 1 to 80 letters, digits, `.`, `_` and `-`, a letter or digit
/// first, a letter, digit or `_` last (learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules);
/// 140 characters (learn.microsoft.com/rest/api/virtualnetwork/security-rules/create-or-update).
fn names_and_words(fields: &Fields, name: &str, notes: &mut Vec<Problem>) -> Result<(), Fault> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let good = (1..=80).contains(&name.len())
        && name.chars().all(inside)
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if !good {
        let hint = "1 to 80 letters, digits, `.`, `_` or `-`, a letter or digit first, no `.` or `-` last";
        notes.push(fields.at.problem(format!("`{name}` is not a name of a rule"), hint));
    }
    let length = fields.text(&["description"])?.unwrap_or_default().chars().count();
    if length > 140 {
        notes.push(fields.at.problem(format!("the description has {length} characters"), "140 at most"));
    }
    Ok(())
}

/// The fields of one side, by its name: singular, plural, groups, each in the spelling of [`Fields`].
fn names(side: &str) -> [&'static str; 5] {
    if side == "source" {
        [
            "sourceaddressprefix",
            "sourceaddressprefixes",
            "sourceapplicationsecuritygroups",
            "sourceapplicationsecuritygroupids",
            "sourceportrange",
        ]
    } else {
        [
            "destinationaddressprefix",
            "destinationaddressprefixes",
            "destinationapplicationsecuritygroups",
            "destinationapplicationsecuritygroupids",
            "destinationportrange",
        ]
    }
}

fn side(fields: &Fields, name: &str, origin: Origin, notes: &mut Vec<Problem>) -> Result<Endpoint, Fault> {
    let [one, several, groups, group_ids, _] = names(name);
    let (single, plural) = (fields.maybe(&[one]), fields.maybe(&[several]));
    // Effective rules show both, and each holds the other.
    let both = single.is_some() && plural.is_some() && origin != Origin::Effective;
    let mut items = BTreeSet::new();
    let listed = plural.is_some();
    for at in single.iter().chain(&plural) {
        if let super::value::Value::Text(text) = &at.node.value
            && text.contains(',')
        {
            notes.push(at.problem(format!("`{text}` joins several with commas"), "write them as a list"));
        }
        for (text, at) in at.texts()? {
            items.insert((
                address(&text).ok_or_else(|| {
                    at.wrong(
                        format!("`{text}` is not `*`, an address prefix or a service tag"),
                        "write a prefix such as `10.20.0.0/24`",
                    )
                })?,
                text,
            ));
        }
    }
    let mut members = BTreeSet::new();
    for at in fields.list(&[groups])? {
        let id = at.fields()?.take(&["id"])?.text()?;
        members.insert(group_name(&id));
    }
    members.extend(fields.texts(&[group_ids])?.iter().map(|(id, _)| group_name(id)));
    let at = single.as_ref().or(plural.as_ref()).unwrap_or(&fields.at);
    if items.is_empty() && members.is_empty() {
        let what = format!("the rule has no {name}");
        return Err(at.lacks(what, "give it an address prefix, a service tag or `*`"));
    }
    if both || !(items.is_empty() || members.is_empty()) {
        let what = format!("the rule has its {name} in more than one field");
        notes.push(at.problem(what, "use the singular field, the list or groups, and not two of them"));
    }
    let mut prefixes = BTreeSet::new();
    let (mut any, mut tags) = (false, Vec::new());
    for (item, text) in &items {
        match item {
            Endpoint::Prefixes(list) => prefixes.extend(list.iter().copied()),
            Endpoint::Any => any = true,
            Endpoint::Tag(tag) => tags.push(tag.clone()),
            _ => {}
        }
        let loose = !matches!(item, Endpoint::Prefixes(_));
        if loose && (items.len() > 1 || listed && single.is_none()) && origin != Origin::Effective {
            let hint = "a list takes address prefixes alone: one rule for each service tag";
            notes.push(at.problem(format!("`{text}` stands in a list"), hint));
        }
    }
    if any {
        return Ok(Endpoint::Any);
    }
    let mut parts: Vec<Endpoint> = tags.into_iter().map(Endpoint::Tag).collect();
    parts.extend((!members.is_empty()).then(|| Endpoint::Groups(members.into_iter().collect())));
    parts.extend((!prefixes.is_empty()).then(|| Endpoint::Prefixes(prefixes.into_iter().collect())));
    Ok(one_or_several(parts))
}

/// One side from its parts.
pub(super) fn one_or_several(mut parts: Vec<Endpoint>) -> Endpoint {
    if parts.contains(&Endpoint::Any) {
        return Endpoint::Any;
    }
    if parts.len() == 1 { parts.remove(0) } else { Endpoint::Several(parts) }
}

/// `*`, a prefix, or a service tag: a mistyped prefix must not pass for one.
pub(super) fn address(text: &str) -> Option<Endpoint> {
    if text == "*" || text.eq_ignore_ascii_case("any") {
        return Some(Endpoint::Any);
    }
    if let Ok(prefix) = parse_prefix(text) {
        return Some(Endpoint::Prefixes(vec![prefix.trunc()]));
    }
    let is_tag = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
    is_tag.then(|| Endpoint::Tag(text.into()))
}

fn group_name(id: &str) -> String {
    resource_id(id).and_then(|id| id.names.last().cloned()).unwrap_or_else(|| id.into())
}

fn ports(fields: &Fields, name: &str, origin: Origin, notes: &mut Vec<Problem>) -> Result<PortSet, Fault> {
    let [.., one] = names(name);
    let several = if name == "source" { "sourceportranges" } else { "destinationportranges" };
    let (single, plural) = (fields.maybe(&[one]), fields.maybe(&[several]));
    let Some(at) = single.as_ref().or(plural.as_ref()) else {
        let what = format!("the rule has no {name} ports");
        return Err(fields.at.lacks(what, "give it ports or `*`"));
    };
    if single.is_some() && plural.is_some() && origin != Origin::Effective {
        notes.push(at.problem(format!("the rule has its {name} ports in two fields"), "use one of them"));
    }
    let mut set = PortSet::default();
    let mut count = 0;
    for at in single.iter().chain(&plural) {
        for (text, at) in at.texts()? {
            let read = if text.eq_ignore_ascii_case("any") { Some(PortSet::all()) } else { parse_ports(&text) };
            let ports = read.ok_or_else(|| at.wrong(format!("`{text}` is not a port, a range of ports or `*`"), ""))?;
            set = set.union(&ports);
            count += 1;
            if text == "*" && (count > 1 || single.is_none() && plural.is_some()) && origin == Origin::Declared {
                notes.push(at.problem("`*` stands in a list of ports", "write `*` in the singular field"));
            }
        }
    }
    Ok(set)
}

/// One rule holds addresses of one family.
fn families(fields: &Fields, source: &Endpoint, destination: &Endpoint, notes: &mut Vec<Problem>) {
    let both = [source, destination].map(|side| match side {
        Endpoint::Prefixes(prefixes) => prefixes.as_slice(),
        _ => &[],
    });
    let all = both.into_iter().flatten();
    let (v4, v6): (Vec<&IpNet>, Vec<&IpNet>) = all.partition(|prefix| matches!(prefix, IpNet::V4(_)));
    if !v4.is_empty() && !v6.is_empty() {
        notes.push(fields.at.problem("the rule has addresses of IPv4 and of IPv6", "make two rules of it"));
    }
}

/// Azure's default rules: direction, priority, access, source, destination
/// (learn.microsoft.com/azure/virtual-network/network-security-groups-overview, "Default security rules").
const DEFAULTS: [(&str, Direction, u32, Access, &str, &str); 6] = [
    ("AllowVnetInBound", Direction::Inbound, 65_000, Access::Allow, "VirtualNetwork", "VirtualNetwork"),
    ("AllowAzureLoadBalancerInBound", Direction::Inbound, 65_001, Access::Allow, "AzureLoadBalancer", "*"),
    ("DenyAllInBound", Direction::Inbound, 65_500, Access::Deny, "*", "*"),
    ("AllowVnetOutBound", Direction::Outbound, 65_000, Access::Allow, "VirtualNetwork", "VirtualNetwork"),
    ("AllowInternetOutBound", Direction::Outbound, 65_001, Access::Allow, "*", "Internet"),
    ("DenyAllOutBound", Direction::Outbound, 65_500, Access::Deny, "*", "*"),
];

/// A default rule must be the one that the simulator holds; whatever else says it is one, is refused.
pub(super) fn default_rule(found: &mut Found, at: &At, nsg: &Id) {
    let read = at.fields().and_then(|fields| {
        let name = fields.take(&["name"])?.text()?;
        let priority = fields.take(&["priority"])?.number()?;
        let mut rule = security_rule(&fields, name, Origin::Effective, &mut Vec::new())?;
        rule.description.clear();
        Ok((rule, priority))
    });
    match read {
        Ok((rule, priority)) => {
            let is = |endpoint: &Endpoint, text: &str| match endpoint {
                Endpoint::Any => text == "*",
                Endpoint::Prefixes(list) => text == "*" && list.iter().all(|one| one.prefix_len() == 0),
                Endpoint::Tag(tag) => tag.eq_ignore_ascii_case(text),
                _ => false,
            };
            let known = DEFAULTS.iter().any(|(name, direction, number, access, source, destination)| {
                rule.name.eq_ignore_ascii_case(name)
                    && (rule.direction, priority, rule.access) == (*direction, *number, *access)
                    && is(&rule.source, source)
                    && is(&rule.destination, destination)
                    && rule.protocol == Protocol::Any
                    && rule.source_ports.is_all()
                    && rule.destination_ports.is_all()
            });
            if !known {
                let what = format!("the default rule `{}` is not as Azure makes it", rule.name);
                let hint = "default rules cannot be changed: export the NSG again";
                found.nsgs.entry(nsg).refused.push((rule.name, at.problem(what, hint)));
            }
        }
        Err(fault) => {
            found.fault(fault, at, |found, problem| found.nsgs.entry(nsg).refused.push((String::new(), problem)))
        }
    }
}

/// What the NSG or route table says it is attached to; `None` for an id that cannot be read.
pub(super) fn attached<'a>(fields: &Fields<'a>) -> Result<Vec<(Option<Holder>, At<'a>)>, Fault> {
    let mut all = Vec::new();
    for at in fields.list(&["subnets"])?.into_iter().chain(fields.list(&["networkinterfaces"])?) {
        let id = match at.fields() {
            Ok(fields) => fields.take(&["id"])?.text()?,
            // Terraform lists the ids themselves.
            Err(_) => at.text()?,
        };
        all.push((holder(&id), at));
    }
    Ok(all)
}

/// The subnet or interface that an id names.
pub(super) fn holder(id: &str) -> Option<Holder> {
    let id = resource_id(id)?;
    match (id.kind.as_str(), id.names.as_slice()) {
        ("virtualnetworks/subnets", [network, name]) => {
            Some(Holder::Subnet { network: network.clone(), name: name.clone() })
        }
        ("networkinterfaces", [name]) => Some(Holder::Interface(name.clone())),
        _ => None,
    }
}

const ADMIN_RULES: &str = "security admin rules of a network manager come before the NSG and are not judged";

/// One entry of `az network nic list-effective-nsg`: an NSG, what it is attached to, and the rules in force.
pub(super) fn effective(found: &mut Found, fields: &Fields) -> Result<(), Fault> {
    let managed = fields.maybe(&["association"]).and_then(|at| at.fields().ok());
    if managed.is_some_and(|association| association.has(&["networkmanager"])) && !fields.has(&["networksecuritygroup"])
    {
        found.skip(&fields.at, ADMIN_RULES, true);
        // They come before every NSG of the interface.
        found.doubt_all_nsgs = true;
        return Ok(());
    }
    let at = fields.take(&["networksecuritygroup"])?;
    let text = at.fields()?.take(&["id"])?.text()?;
    let id = resource_id(&text).ok_or_else(|| at.wrong(format!("`{text}` is not the id of an NSG"), ""))?.own();
    if let Some(association) = fields.maybe(&["association"]) {
        let association = association.fields()?;
        for key in ["subnet", "networkinterface"] {
            let Some(at) = association.maybe(&[key]) else { continue };
            let text = at.fields()?.take(&["id"])?.text()?;
            let holder = holder(&text).ok_or_else(|| at.wrong(format!("`{text}` is no subnet or interface"), ""))?;
            found.attached.push((Attachment::Nsg, id.clone(), holder));
        }
        if let Some(at) = association.maybe(&["networkmanager"]) {
            found.skip(&at, ADMIN_RULES, true);
            found.nsgs.entry(&id).doubt = true;
        }
    }
    let (rules, doubt) = rules(found, &id, &fields.list(&["effectivesecurityrules"])?, Origin::Effective);
    let shown = found.nsgs.entry(&id);
    shown.doubt |= doubt;
    shown.place.get_or_insert_with(|| fields.at.place());
    match &shown.effective {
        Some(others) if differ(others, &rules) => {
            let what = format!("the effective rules of NSG `{}` are shown twice, differently", id.name);
            shown.doubt = true;
            shown.refused.push((String::new(), fields.at.problem(what, "export both at one time")));
        }
        Some(_) => {}
        None => shown.effective = Some(rules),
    }
    Ok(())
}

/// Whether two lists hold other rules, in whatever order.
fn differ(one: &[RuleAt], other: &[RuleAt]) -> bool {
    let sorted = |list: &[RuleAt]| {
        let mut rules: Vec<SecurityRule> = list.iter().map(|at| at.rule.clone()).collect();
        rules.sort_by(|a, b| (a.direction, a.priority, &a.name).cmp(&(b.direction, b.priority, &b.name)));
        rules
    };
    sorted(one) != sorted(other)
}
