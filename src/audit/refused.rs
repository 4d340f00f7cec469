//! What Azure refuses or does not enforce: service tags that are none or do not work there, limits, what reading found.

use super::judged::{HeldRule, Judged, firewall_subject, held};
use super::{Date, Finding, Fix, Kind, Resource, Severity, Subject, grouped};
use crate::catalog::tags::TagInfo;
use crate::catalog::{Role, Source};
use crate::model::{Direction, Endpoint, EndpointPolicies, Nsg, RouteDestination, RouteTable, SecurityRule};

pub(super) fn findings(judged: &Judged) -> Vec<Finding> {
    let mut found = Vec::new();
    for (name, nsg) in judged.nsgs() {
        of_nsg(judged, name, nsg, &mut found);
    }
    for (name, table) in judged.input.network.route_tables.iter().filter(|(name, _)| judged.shows_table(name)) {
        of_table(judged, name, table, &mut found);
    }
    of_firewall(judged, &mut found);
    for refused in judged.input.shown.iter().flat_map(|shown| &shown.refused) {
        let subject = subject_of(&refused.key);
        let mut finding =
            Finding::new(Kind::RefusedByAzure, Severity::Error, subject, &refused.what, refused.what.clone());
        if !refused.hint.is_empty() {
            finding = finding.fix(Fix::Words(refused.hint.clone()));
        }
        finding.place = Some(refused.place.clone());
        found.push(finding);
    }
    found.extend(not_enforced(judged));
    found.extend(old_tags(judged));
    found
}

/// A key of the places of exports, as a subject.
fn subject_of(key: &str) -> Subject {
    let parts: Vec<&str> = key.splitn(3, '/').collect();
    let rule = parts.get(2).map_or(String::new(), |rule| rule.to_string());
    let name = parts.get(1).map_or(String::new(), |name| name.to_string());
    match parts.first() {
        Some(&"nsg") => Subject { resource: Resource::Nsg, name, rule, ..Subject::default() },
        Some(&"routes") => Subject { resource: Resource::RouteTable, name, rule, ..Subject::default() },
        Some(&"firewall") => firewall_subject(key.strip_prefix("firewall/").unwrap_or(key)),
        Some(&"subnet") => Subject::subnet(&name),
        _ => Subject::default(),
    }
}

fn limit(subject: Subject, print: &str, sentence: String) -> Finding {
    Finding::new(Kind::RefusedByAzure, Severity::Error, subject, print, sentence)
}

/// A tag that is none, or that does not work in this place.
fn tag_fault(judged: &Judged, tag: &str, place: &str, works: fn(&TagInfo) -> bool) -> Option<(Severity, String, Fix)> {
    let tags = judged.input.tags;
    match tags.find(tag) {
        None => {
            let near = tags.suggestions(tag);
            let fix = near.map_or_else(
                || "use a tag that exists: `netcordon tags` lists them".into(),
                |near| format!("`{near}` is probably meant"),
            );
            Some((Severity::Error, format!("names the service tag `{tag}`, which does not exist"), Fix::Words(fix)))
        }
        Some(info) if !info.name.eq_ignore_ascii_case(tag) => {
            let what = format!(
                "names the service tag `{tag}`, which only Microsoft's pages know: it is called `{}`",
                info.name
            );
            Some((Severity::Error, what, Fix::Words(format!("write `{}`", info.name))))
        }
        Some(info) if !works(&info) => {
            // Of firewalls and routes the file is known not to say everything.
            let severity = if place == "an NSG" { Severity::Error } else { Severity::Warning };
            let what = format!("uses the service tag `{tag}` in {place}, where Azure's data does not offer it");
            Some((severity, what, Fix::Words(format!("use a tag that works in {place}, or prefixes"))))
        }
        Some(_) => None,
    }
}

fn of_nsg(judged: &Judged, name: &str, nsg: &Nsg, found: &mut Vec<Finding>) {
    let whole = || Subject { resource: Resource::Nsg, name: name.into(), ..Subject::default() };
    for rule in &nsg.rules {
        let subject = Subject { rule: rule.name.clone(), direction: Some(rule.direction), ..whole() };
        for endpoint in [&rule.source, &rule.destination] {
            let Endpoint::Tag(tag) = endpoint else { continue };
            if let Some((severity, what, fix)) = tag_fault(judged, tag, "an NSG", |info| info.nsg) {
                let sentence = format!("rule `{}` of NSG `{name}` {what}", rule.name);
                let finding = Finding::new(Kind::RefusedByAzure, severity, subject.clone(), tag, sentence);
                found.push(finding.fix(fix));
            }
        }
    }
    // azure-subscription-service-limits, networking.
    if nsg.rules.len() > 1000 {
        let sentence = format!("NSG `{name}` has {} rules, and Azure takes 1,000", grouped(nsg.rules.len() as u128));
        found.push(
            limit(whole(), "rules", sentence).fix(Fix::Words("merge rules, or use an NSG for each subnet".into())),
        );
    }
    let prefixes = |side: fn(&SecurityRule) -> &Endpoint| -> usize {
        let count = |rule: &SecurityRule| match side(rule) {
            Endpoint::Prefixes(prefixes) => prefixes.len(),
            _ => 0,
        };
        nsg.rules.iter().map(count).sum()
    };
    for (side, total) in
        [("sources", prefixes(|rule| &rule.source)), ("destinations", prefixes(|rule| &rule.destination))]
    {
        if total > 4000 {
            let sentence =
                format!("NSG `{name}` names {} prefixes as {side}, and Azure takes 4,000", grouped(total as u128));
            found.push(
                limit(whole(), side, sentence).fix(Fix::Words("aggregate the prefixes, or use a service tag".into())),
            );
        }
    }
}

fn of_table(judged: &Judged, name: &str, table: &RouteTable, found: &mut Vec<Finding>) {
    let whole = || Subject { resource: Resource::RouteTable, name: name.into(), ..Subject::default() };
    let mut tagged = 0;
    for route in &table.routes {
        let RouteDestination::Tag(tag) = &route.destination else { continue };
        tagged += 1;
        if let Some((severity, what, fix)) = tag_fault(judged, tag, "a route", |info| info.route) {
            let subject = Subject { rule: route.name.clone(), ..whole() };
            let sentence = format!("route `{}` of table `{name}` {what}", route.name);
            found.push(Finding::new(Kind::RefusedByAzure, severity, subject, tag, sentence).fix(fix));
        }
    }
    if table.routes.len() > 400 {
        let sentence = format!("route table `{name}` has {} routes, and Azure takes 400", table.routes.len());
        found.push(limit(whole(), "routes", sentence).fix(Fix::Words("merge routes, or use a service tag".into())));
    }
    if tagged > 25 {
        let sentence = format!("route table `{name}` has {tagged} routes for service tags, and Azure takes 25");
        found.push(limit(whole(), "tag routes", sentence).fix(Fix::Words("use fewer tags".into())));
    }
}

fn of_firewall(judged: &Judged, found: &mut Vec<Finding>) {
    // A rule counts once for each pair of source and destination (firewall-limits, 2023-10-10).
    fn size(endpoint: &Endpoint) -> usize {
        match endpoint {
            Endpoint::Prefixes(prefixes) => prefixes.len(),
            Endpoint::Several(several) => several.iter().map(size).sum(),
            _ => 1,
        }
    }
    let mut pairs = 0;
    for held in held(judged.input.network) {
        let HeldRule::Network(rule) = &held.rule else { continue };
        pairs += size(&rule.source) * (rule.destinations.iter().map(size).sum::<usize>() + rule.names.len());
        if !judged.shows_group(held.group) {
            continue;
        }
        for tag in rule.destinations.iter().flat_map(tags_of) {
            // Azure Firewall knows tags that no file lists (firewall/service-tags).
            if tag.to_ascii_lowercase().starts_with("office365.") {
                continue;
            }
            if let Some((severity, what, fix)) = tag_fault(judged, tag, "Azure Firewall", |info| info.firewall) {
                let sentence = format!("firewall rule `{}` {what}", held.path);
                let subject = firewall_subject(&held.path);
                found.push(Finding::new(Kind::RefusedByAzure, severity, subject, tag, sentence).fix(fix));
            }
        }
    }
    if pairs > 20_000 {
        let sentence = format!(
            "the firewall's network rules make {} pairs of source and destination, and Azure takes 20,000",
            grouped(pairs as u128)
        );
        let subject = Subject { resource: Resource::Firewall, ..Subject::default() };
        found.push(limit(subject, "pairs", sentence).fix(Fix::Words("use IP groups, which count once".into())));
    }
}

fn tags_of(endpoint: &Endpoint) -> Vec<&str> {
    match endpoint {
        Endpoint::Tag(tag) => vec![tag],
        Endpoint::Several(several) => several.iter().flat_map(tags_of).collect(),
        _ => Vec::new(),
    }
}

/// NSGs on subnets of private endpoints, where Azure does not apply them.
fn not_enforced(judged: &Judged) -> Vec<Finding> {
    let input = judged.input;
    let mut found = Vec::new();
    for subnet in &input.network.subnets {
        let intent = input.intent.subnets.iter().find(|other| other.name == subnet.name);
        let role = intent.is_some_and(|subnet| subnet.roles.contains(&Role::PrivateEndpoints));
        let Some(nsg) = subnet.nsg.as_ref().filter(|_| role || !subnet.private_endpoints.is_empty()) else { continue };
        let (severity, what) = match subnet.private_endpoint_policies {
            Some(EndpointPolicies { nsg: true, .. }) => continue,
            Some(EndpointPolicies { nsg: false, .. }) => {
                (Severity::Warning, "because the subnet's network policies are off")
            }
            // What the plan creates has them on.
            None if input.intent.network.create && input.shown.is_none() => continue,
            None => (Severity::Note, "unless the subnet's network policies are on, which nothing here shows"),
        };
        let sentence = format!("Azure does not apply NSG `{nsg}` to the private endpoints in `{}` {what}", subnet.name);
        let subject = Subject {
            resource: Resource::Subnet,
            subnet: subnet.name.clone(),
            direction: Some(Direction::Inbound),
            ..Subject::default()
        };
        let mut finding = Finding::new(Kind::NotEnforced, severity, subject, "", sentence);
        finding.source = Vec::<Source>::new();
        found.push(finding.fix(Fix::Words(format!(
            "set `privateEndpointNetworkPolicies` of `{}` to `NetworkSecurityGroupEnabled` or `Enabled`",
            subnet.name
        ))));
    }
    found
}

/// How old service tag data may be before it is mentioned, in days.
const FRESH: i64 = 30;

fn old_tags(judged: &Judged) -> Option<Finding> {
    let tags = judged.input.tags;
    let date = tags.date()?;
    let age = judged.input.today?.days_after(Date::parse(date)?);
    (age > FRESH).then(|| {
        let sentence = format!(
            "the addresses of service tags are those of {date}, {} days ago",
            grouped(age.unsigned_abs().into())
        );
        Finding::new(Kind::TagSnapshotOld, Severity::Note, Subject::default(), "", sentence)
            .detail(format!("from {}", tags.source()))
            .fix(Fix::Words("download the newest file and give it with `--service-tags FILE`".into()))
    })
}
