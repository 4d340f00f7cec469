//! Azure Firewall: policies and their groups, classic rules, IP groups.

use super::gather::{Found, FoundGroup, Id};
use super::network::reference;
use super::nsg::{address, one_or_several};
use super::value::{At, Fault, Fields};
use crate::model::{
    Access, AddressSet, ApplicationProtocol, ApplicationRule, CollectionRules, Endpoint, FirewallTier, NetworkRule,
    PortSet, Protocol, RuleCollection, RuleCollectionGroup, Services, parse_ports, parse_prefix,
};
use crate::problem::Problem;
use ipnet::IpNet;
use std::net::IpAddr;

/// What the rules of a collection are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Network,
    Application,
    Nat,
}

/// A firewall: its address, its tier, its policy or its classic rules.
pub(super) fn firewall(found: &mut Found, fields: &Fields, id: Id) -> Result<(), Fault> {
    let mut private_address = None;
    for at in fields.list(&["ipconfigurations", "ipconfiguration"])? {
        if let Some(at) = at.fields()?.maybe(&["privateipaddress"]) {
            private_address = Some(ip(&at)?);
        }
    }
    if let Some(at) = fields.maybe(&["hubipaddresses"])
        && let Some(at) = at.fields()?.maybe(&["privateipaddress"])
    {
        private_address = Some(ip(&at)?);
    }
    let tier = tier(fields)?;
    let policy = reference(fields, &["firewallpolicy", "firewallpolicyid"])?;
    let mut own = own_settings(found, fields)?;
    if let Some(at) = fields.maybe(&["additionalproperties"])
        && let Ok(additional) = at.entries()
    {
        for (key, at) in additional {
            match key.to_ascii_lowercase().as_str() {
                "network.snat.privateranges" => own.private_ranges = Some(ranges(&at)?),
                "network.dns.enableproxy" => own.dns_proxy = Some(at.flag()?),
                _ => {}
            }
        }
    }
    let mut collections = Vec::new();
    let mut doubt = false;
    for (names, kind) in [
        (["networkrulecollections", "networkrulecollection"], Kind::Network),
        (["applicationrulecollections", "applicationrulecollection"], Kind::Application),
        (["natrulecollections", "natrulecollection"], Kind::Nat),
    ] {
        for at in fields.list(&names)? {
            doubt |= collection(found, &at, CLASSIC, Some(kind), &mut collections);
        }
    }
    let shown = found.firewalls.entry(&id);
    shown.place.get_or_insert_with(|| fields.at.place());
    shown.private_address = private_address;
    shown.tier = tier;
    shown.policy = policy;
    shown.collections.extend(collections);
    shown.doubt |= doubt;
    shown.settings = own;
    Ok(())
}

/// The group that classic rules are shown under: a classic firewall has none.
pub(super) const CLASSIC: &str = "classic";

/// What a policy, and a classic firewall on its own, sets for all rules.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    pub(super) dns_proxy: Option<bool>,
    pub(super) private_ranges: Option<Option<Vec<IpNet>>>,
}

fn own_settings(found: &mut Found, fields: &Fields) -> Result<Settings, Fault> {
    let mut settings = Settings::default();
    if let Some(at) = fields.maybe(&["dnssettings", "dns"]) {
        for at in at.list()? {
            settings.dns_proxy = at.fields()?.flag(&["enableproxy", "proxyenabled"])?.or(settings.dns_proxy);
        }
    }
    settings.dns_proxy = fields.flag(&["dnsproxyenabled", "dnsenableproxy"])?.or(settings.dns_proxy);
    if let Some(at) = fields.maybe(&["snat"])
        && let Some(at) = at.fields()?.maybe(&["privateranges"])
    {
        settings.private_ranges = Some(ranges(&at)?);
    }
    if let Some(at) = fields.maybe(&["privateipranges", "privaterange"]) {
        settings.private_ranges = Some(ranges(&at)?);
    }
    if let Some(at) = fields.maybe(&["threatintelmode", "threatintelligencemode"])
        && at.text()?.eq_ignore_ascii_case("deny")
    {
        found.skip(&at, "threat intelligence may drop what the rules allow, and is not judged", true);
    }
    for at in fields.list(&["intrusiondetection"])? {
        if let Some(at) = at.fields()?.maybe(&["mode"])
            && at.text()?.eq_ignore_ascii_case("deny")
        {
            found.skip(&at, "intrusion detection may drop what the rules allow, and is not judged", true);
        }
    }
    for at in fields.list(&["explicitproxy", "explicitproxysettings"])? {
        if at.fields()?.flag(&["enableexplicitproxy", "enabled"])? == Some(true) {
            found.skip(&at, "the explicit proxy of a firewall is not judged", true);
        }
    }
    Ok(settings)
}

/// Private ranges; `None` for the default, which has a word of its own.
fn ranges(at: &At) -> Result<Option<Vec<IpNet>>, Fault> {
    let mut list = Vec::new();
    let mut default = false;
    for (text, at) in at.texts()? {
        if text.eq_ignore_ascii_case("IANAPrivateRanges") {
            default = true;
            for own in ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"] {
                list.extend(parse_prefix(own));
            }
        } else {
            list.extend(addresses(&text, &at)?);
        }
    }
    Ok((!default || list.len() > 4).then_some(list))
}

fn ip(at: &At) -> Result<IpAddr, Fault> {
    let text = at.text()?;
    text.parse().map_err(|_| at.wrong(format!("`{text}` is not an address"), ""))
}

fn tier(fields: &Fields) -> Result<Option<FirewallTier>, Fault> {
    let at = match fields.maybe(&["sku"]) {
        Some(at) => match at.fields() {
            Ok(fields) => fields.maybe(&["tier"]),
            Err(_) => Some(at),
        },
        None => fields.maybe(&["skutier"]),
    };
    let Some(at) = at else { return Ok(None) };
    let text = at.text()?;
    match text.to_ascii_lowercase().as_str() {
        "basic" => Ok(Some(FirewallTier::Basic)),
        "standard" => Ok(Some(FirewallTier::Standard)),
        "premium" => Ok(Some(FirewallTier::Premium)),
        _ => Err(at.wrong(format!("`{text}` is no tier of a firewall"), "")),
    }
}

/// A firewall policy without its groups, of which it lists the ids.
pub(super) fn policy(found: &mut Found, fields: &Fields, id: Id) -> Result<(), Fault> {
    let tier = tier(fields)?;
    let base = reference(fields, &["basepolicy", "basepolicyid"])?;
    let settings = own_settings(found, fields)?;
    let listed = fields.has(&["rulecollectiongroups"]);
    let mut groups = Vec::new();
    for at in fields.list(&["rulecollectiongroups"])? {
        let at = match at.fields() {
            Ok(fields) => fields.take(&["id"])?,
            Err(_) => at,
        };
        let text = at.text()?;
        groups.push(text.rsplit('/').next().unwrap_or_default().to_ascii_lowercase());
    }
    let shown = found.policies.entry(&id);
    shown.place.get_or_insert_with(|| fields.at.place());
    shown.shown = true;
    shown.tier = tier;
    shown.base = base;
    shown.settings = settings;
    shown.listed = listed.then_some(groups);
    Ok(())
}

/// A rule collection group of a policy.
pub(super) fn group(found: &mut Found, fields: &Fields, policy: &Id, name: &str) -> Result<(), Fault> {
    let at = fields.take(&["priority"])?;
    let priority = priority(found, &at, name)?;
    let mut collections = Vec::new();
    let mut doubt = false;
    for at in fields.list(&["rulecollections", "rulecollection"])? {
        doubt |= collection(found, &at, name, None, &mut collections);
    }
    // Terraform has a list for each type.
    for (names, kind) in [
        (["networkrulecollection"], Kind::Network),
        (["applicationrulecollection"], Kind::Application),
        (["natrulecollection"], Kind::Nat),
    ] {
        for at in fields.list(&names)? {
            doubt |= collection(found, &at, name, Some(kind), &mut collections);
        }
    }
    let group = RuleCollectionGroup { name: name.into(), priority, parent: false, collections };
    let problem = add_group(found, policy, FoundGroup { group, doubt, place: fields.at.place() });
    found.problems.extend(problem);
    Ok(())
}

fn add_group(found: &mut Found, policy: &Id, group: FoundGroup) -> Option<Problem> {
    let groups = &mut found.policies.entry(policy).groups;
    let Some(other) = groups.iter().find(|other| other.group.name.eq_ignore_ascii_case(&group.group.name)) else {
        groups.push(group);
        return None;
    };
    let name = &group.group.name;
    (other.group != group.group).then(|| Problem {
        place: group.place.clone(),
        what: format!("rule collection group `{name}` is shown twice, with other rules"),
        hint: "give the newer export alone".into(),
    })
}

fn priority(found: &mut Found, at: &At, key: &str) -> Result<u32, Fault> {
    let priority = at.number()?;
    if !(100..=65_000).contains(&priority) {
        let what = format!("priority {priority} is not between 100 and 65000");
        found.refuse(&format!("firewall/{key}"), at.problem(what, "give it a priority of that range"));
    }
    Ok(priority)
}

/// Adds a collection, by the type of its rules; whether something of it could not be read.
pub(super) fn collection(
    found: &mut Found,
    at: &At,
    group: &str,
    kind: Option<Kind>,
    all: &mut Vec<RuleCollection>,
) -> bool {
    let head = at.fields().and_then(|fields| {
        let name = fields.take(&["name"])?.text()?;
        let priority = priority(found, &fields.take(&["priority"])?, &format!("{group}/{name}"))?;
        let action = fields.take(&["action"])?;
        let action = match action.fields() {
            Ok(fields) => fields.take(&["type"])?,
            Err(_) => action,
        };
        let text = action.text()?;
        let access = match text.to_ascii_lowercase().as_str() {
            "allow" | "dnat" | "snat" => Access::Allow,
            "deny" => Access::Deny,
            _ => return Err(action.wrong(format!("`{text}` is no action of a rule collection"), "")),
        };
        let nat = match fields.text(&["rulecollectiontype"])? {
            Some(text) => text.to_ascii_lowercase().contains("nat"),
            None => false,
        };
        let kind = kind.or(nat.then_some(Kind::Nat));
        Ok((name, priority, access, kind, fields.list(&["rules", "rule"])?))
    });
    let (name, priority, access, kind, list) = match head {
        Ok(head) => head,
        Err(fault) => {
            found.fault(fault, at, |found, problem| found.refuse(&format!("firewall/{group}"), problem));
            return true;
        }
    };
    let key = format!("firewall/{group}/{name}");
    found.places.insert(key.clone(), at.place());
    let mut doubt = false;
    let (mut network, mut application, mut nat) = (Vec::new(), Vec::new(), Vec::new());
    for at in &list {
        let read = at.fields().and_then(|fields| {
            let rule = fields.take(&["name"])?.text()?;
            found.places.insert(format!("{key}/{rule}"), at.place());
            match kind_of(&fields, kind)? {
                Kind::Network => network.push(network_rule(&fields, rule)?),
                Kind::Nat => nat.push(nat_rule(found, &fields, rule)?),
                Kind::Application => application.push(application_rule(found, &fields, rule)?),
            }
            Ok(())
        });
        if let Err(fault) = read {
            doubt = true;
            let rule = at.fields().ok().and_then(|fields| fields.text(&["name"]).ok()?).unwrap_or_default();
            found.fault(fault, at, |found, problem| found.refuse(&format!("{key}/{rule}"), problem));
        }
    }
    let mut parts = Vec::new();
    parts.extend((!nat.is_empty()).then_some(CollectionRules::Nat(nat)));
    parts.extend((!network.is_empty()).then_some(CollectionRules::Network(network)));
    parts.extend((!application.is_empty()).then_some(CollectionRules::Application(application)));
    if parts.len() > 1 {
        let what = format!("rule collection `{name}` holds rules of several types");
        found.refuse(&key, at.problem(what, "make a collection for each type"));
    }
    all.extend(parts.into_iter().map(|rules| RuleCollection { name: name.clone(), priority, access, rules }));
    doubt
}

fn kind_of(fields: &Fields, kind: Option<Kind>) -> Result<Kind, Fault> {
    let said = match fields.maybe(&["ruletype"]) {
        Some(at) => {
            let text = at.text()?;
            Some(match text.to_ascii_lowercase().as_str() {
                "networkrule" | "networkrulecondition" => Kind::Network,
                "applicationrule" | "applicationrulecondition" => Kind::Application,
                "natrule" | "natrulecondition" => Kind::Nat,
                _ => return Err(at.wrong(format!("`{text}` is no type of rule"), "")),
            })
        }
        None => None,
    };
    said.or(kind).ok_or_else(|| fields.at.wrong("`ruletype` is missing", ""))
}

/// Addresses of a firewall rule, each kind as it comes; prefixes that follow each other are one.
fn endpoints(fields: &Fields, names: &[&str], groups: &[&str]) -> Result<Vec<Endpoint>, Fault> {
    let mut all: Vec<Endpoint> = Vec::new();
    for (text, at) in fields.texts(names)? {
        let next = match address(&text) {
            Some(endpoint) => endpoint,
            None => Endpoint::Prefixes(addresses(&text, &at)?),
        };
        match (all.last_mut(), next) {
            (Some(Endpoint::Prefixes(list)), Endpoint::Prefixes(more)) => list.extend(more),
            (_, next) => all.push(next),
        }
    }
    // Their addresses may come in another file: the id stands for them until all are read.
    for (id, _) in fields.texts(groups)? {
        all.push(Endpoint::Groups(vec![id]));
    }
    Ok(all)
}

/// A prefix, an address, or a range `10.0.0.1-10.0.0.9`.
fn addresses(text: &str, at: &At) -> Result<Vec<IpNet>, Fault> {
    if let Ok(prefix) = parse_prefix(text) {
        return Ok(vec![prefix.trunc()]);
    }
    let range = text
        .split_once('-')
        .and_then(|(first, last)| AddressSet::from_range(first.trim().parse().ok()?, last.trim().parse().ok()?));
    match range {
        Some(set) => Ok(set.to_prefixes()),
        None => Err(at.wrong(
            format!("`{text}` is not an address, a prefix or a range of addresses"),
            "write `10.20.0.0/24` or `10.20.0.4-10.20.0.9`",
        )),
    }
}

fn source(fields: &Fields) -> Result<Endpoint, Fault> {
    let mut all = endpoints(fields, &["sourceaddresses"], &["sourceipgroups", "sourceipgroupids"])?;
    for (name, _) in fields.texts(&["sourcekubeselectorgroups"])? {
        all.push(Endpoint::Groups(vec![name]));
    }
    if all.is_empty() {
        return Err(fields.at.lacks("the rule has no source", "give it addresses, an IP group or `*`"));
    }
    Ok(one_or_several(all))
}

/// The protocols and ports of a network or NAT rule.
fn services(fields: &Fields) -> Result<Services, Fault> {
    let at = fields.take(&["destinationports"])?;
    let mut ports = PortSet::default();
    for (text, at) in at.texts()? {
        let set = parse_ports(&text);
        ports =
            ports.union(&set.ok_or_else(|| at.wrong(format!("`{text}` is not a port, a range of ports or `*`"), ""))?);
    }
    let mut all = Services::default();
    for (text, at) in fields.take(&["ipprotocols", "protocols"])?.texts()? {
        let protocol = Protocol::parse(&text).filter(|protocol| !matches!(protocol, Protocol::Esp | Protocol::Ah));
        let protocol = protocol.ok_or_else(|| at.wrong(format!("`{text}` is not a protocol of a firewall"), ""))?;
        all = all.union(&Services::new(protocol, &ports));
    }
    Ok(all)
}

fn network_rule(fields: &Fields, name: String) -> Result<NetworkRule, Fault> {
    let destinations = endpoints(fields, &["destinationaddresses"], &["destinationipgroups", "destinationipgroupids"])?;
    let names: Vec<String> = fields.texts(&["destinationfqdns"])?.into_iter().map(|(text, _)| text).collect();
    if destinations.is_empty() && names.is_empty() {
        return Err(fields.at.lacks("the rule has no destination", "give it addresses, names or an IP group"));
    }
    Ok(NetworkRule { name, source: source(fields)?, services: services(fields)?, destinations, names })
}

/// What a NAT rule matches; where it leads is not judged, and said so.
fn nat_rule(found: &mut Found, fields: &Fields, name: String) -> Result<NetworkRule, Fault> {
    let destinations = endpoints(fields, &["destinationaddresses", "destinationaddress"], &[])?;
    for names in [["translatedaddress"], ["translatedfqdn"], ["translatedport"]] {
        if let Some(at) = fields.maybe(&names) {
            found.skip(&at, "where a NAT rule leads is not judged: what it matches is assumed", false);
        }
    }
    if destinations.is_empty() {
        return Err(fields.at.lacks("the rule has no destination", ""));
    }
    Ok(NetworkRule { name, source: source(fields)?, services: services(fields)?, destinations, names: Vec::new() })
}

fn application_rule(found: &mut Found, fields: &Fields, name: String) -> Result<ApplicationRule, Fault> {
    let mut rule = ApplicationRule { name, source: source(fields)?, ..ApplicationRule::default() };
    for at in fields.list(&["protocols", "protocol"])? {
        let below = at.fields()?;
        let kind = below.take(&["protocoltype", "type"])?;
        let text = kind.text()?;
        let at = below.take(&["port"])?;
        let number = at.number()?;
        let port = u16::try_from(number).map_err(|_| at.wrong(format!("{number} is no port"), ""))?;
        match text.to_ascii_lowercase().as_str() {
            "http" => rule.protocols.push(ApplicationProtocol { https: false, port }),
            "https" => rule.protocols.push(ApplicationProtocol { https: true, port }),
            "mssql" => rule.sql_ports.push(port),
            _ => return Err(kind.wrong(format!("`{text}` is not a protocol of an application rule"), "")),
        }
    }
    let texts = |names: &[&str]| -> Result<Vec<String>, Fault> {
        Ok(fields.texts(names)?.into_iter().map(|(text, _)| text).collect())
    };
    rule.names = texts(&["targetfqdns", "destinationfqdns"])?;
    rule.fqdn_tags = texts(&["fqdntags", "destinationfqdntags"])?;
    rule.urls = texts(&["targeturls", "destinationurls"])?;
    for at in fields.list(&["webcategories"])? {
        rule.web_categories.push(at.text()?);
    }
    let nothing = [&rule.names, &rule.fqdn_tags, &rule.urls, &rule.web_categories].iter().all(|list| list.is_empty());
    if let Some(at) = fields.maybe(&["destinationaddresses"]) {
        if nothing {
            let what = "an application rule that matches addresses is not judged";
            return Err(Fault::Unknown(at.problem(what, "")));
        }
        found.skip(&at, "an application rule matches names: the firewall looks up their addresses itself", false);
    }
    if nothing {
        return Err(fields.at.lacks("the rule has no destination", "give it names or FQDN tags"));
    }
    if rule.protocols.is_empty() && rule.sql_ports.is_empty() {
        return Err(fields.at.lacks("the rule has no protocol", "give it `Https:443`"));
    }
    Ok(rule)
}

/// An IP group: its addresses.
pub(super) fn ip_group(found: &mut Found, fields: &Fields, id: Id) -> Result<(), Fault> {
    let mut all = Vec::new();
    let mut faults = Vec::new();
    for (text, at) in fields.texts(&["ipaddresses", "cidrs"])? {
        match addresses(&text, &at) {
            Ok(prefixes) => all.extend(prefixes),
            Err(fault) => faults.push((fault, at)),
        }
    }
    let whole = faults.is_empty();
    for (fault, at) in faults {
        found.fault(fault, &at, |found, problem| found.refuse(&format!("ipgroup/{}", id.name), problem));
    }
    found.ip_groups.entry(&id).addresses = whole.then_some(all);
    Ok(())
}
