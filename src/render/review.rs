//! The rules as a table for people who sign: one row for each NSG rule, route and firewall rule.

use super::Input;
use crate::catalog::{Catalog, Requirement, Source, Tenancy, pages};
use crate::model::{Access, ApplicationProtocol, Direction, Endpoint, NextHop, RouteDestination, Services, ports_text};
use crate::plan::{APPLICATION_COLLECTION, NETWORK_COLLECTION, PlannedFirewall, PlannedNsg, PlannedRouteTable};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What kind of rule a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Nsg,
    Route,
    FirewallNetwork,
    FirewallApplication,
}

/// One rule, every cell a finished text; what a kind has not is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) resource: String,
    pub(super) key: String,
    pub(super) name: String,
    pub(super) direction: &'static str,
    pub(super) priority: String,
    pub(super) access: &'static str,
    pub(super) protocol: String,
    pub(super) source: Vec<String>,
    pub(super) destination: Vec<String>,
    pub(super) ports: String,
    pub(super) next_hop: String,
    pub(super) requirements: Vec<String>,
    pub(super) why: String,
}

/// The view of `review/rules.csv`.
pub(super) fn view(input: &Input) -> Value {
    let rows: Vec<Value> = rows(input)
        .iter()
        .map(|(kind, row)| {
            let used = used(input.catalog, &row.requirements);
            let sources: BTreeSet<String> = used.iter().flat_map(|row| &row.source).map(source_text).collect();
            let behind: BTreeSet<&str> = used.iter().map(|row| behind(row.tenancy)).collect();
            json!({
                "kind": kind.name(),
                "resource": row.resource,
                "key": row.key,
                "name": row.name,
                "direction": row.direction,
                "priority": row.priority,
                "access": row.access,
                "protocol": row.protocol,
                "source": row.source.join("; "),
                "destination": row.destination.join("; "),
                "ports": row.ports,
                "next_hop": row.next_hop,
                "requirements": row.requirements.join("; "),
                "why": row.why,
                "sources": sources.into_iter().collect::<Vec<_>>().join("; "),
                "behind": behind.into_iter().collect::<Vec<_>>().join("; "),
            })
        })
        .collect();
    json!({ "rows": rows })
}

/// Every rule of the plan: NSGs, routes, firewall.
pub(super) fn rows(input: &Input) -> Vec<(Kind, Row)> {
    let plan = input.plan;
    let mut rows = Vec::new();
    rows.extend(plan.nsgs.iter().flat_map(|nsg| nsg_rows(input.catalog, nsg)).map(|row| (Kind::Nsg, row)));
    rows.extend(plan.route_tables.iter().flat_map(route_rows).map(|row| (Kind::Route, row)));
    if let Some(firewall) = &plan.firewall {
        rows.extend(network_rows(input.catalog, firewall).into_iter().map(|row| (Kind::FirewallNetwork, row)));
        rows.extend(application_rows(input.catalog, firewall).into_iter().map(|row| (Kind::FirewallApplication, row)));
    }
    rows
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Nsg => "NSG rule",
            Kind::Route => "route",
            Kind::FirewallNetwork => "firewall network rule",
            Kind::FirewallApplication => "firewall application rule",
        }
    }
}

/// The rules of one NSG.
pub(super) fn nsg_rows(catalog: &Catalog, nsg: &PlannedNsg) -> Vec<Row> {
    let row = |planned: &crate::plan::PlannedRule| {
        let rule = &planned.rule;
        // The planner's own rules say themselves what they are for; the others what their requirements are for.
        let own = planned.key.starts_with("plan.");
        Row {
            resource: nsg.name.clone(),
            key: planned.key.clone(),
            name: rule.name.clone(),
            direction: match rule.direction {
                Direction::Inbound => "inbound",
                Direction::Outbound => "outbound",
            },
            priority: rule.priority.to_string(),
            access: match rule.access {
                Access::Allow => "allow",
                Access::Deny => "deny",
            },
            protocol: match rule.protocol.nsg_name() {
                "*" => "any".into(),
                name => name.to_lowercase(),
            },
            source: endpoint(&rule.source),
            destination: endpoint(&rule.destination),
            ports: ports_text(&rule.destination_ports),
            requirements: planned.because.clone(),
            why: if own { rule.description.clone() } else { why(catalog, &planned.because) },
            ..Row::default()
        }
    };
    nsg.rules.iter().map(row).collect()
}

/// The routes of one table.
pub(super) fn route_rows(table: &PlannedRouteTable) -> Vec<Row> {
    let row = |planned: &crate::plan::PlannedRoute| Row {
        resource: table.name.clone(),
        key: planned.key.clone(),
        name: planned.route.name.clone(),
        source: table.subnets.clone(),
        destination: vec![match &planned.route.destination {
            RouteDestination::Prefix(prefix) => prefix.to_string(),
            RouteDestination::Tag(tag) => tag.clone(),
        }],
        next_hop: next_hop(planned.route.next_hop),
        requirements: planned.because.clone(),
        why: planned.why.clone(),
        ..Row::default()
    };
    table.routes.iter().map(row).collect()
}

/// The network rules of our group.
pub(super) fn network_rows(catalog: &Catalog, firewall: &PlannedFirewall) -> Vec<Row> {
    let row = |planned: &crate::plan::PlannedFirewallRule<crate::model::NetworkRule>| {
        let (protocol, ports) = protocol_and_ports(&planned.rule.services);
        let mut destination: Vec<String> = planned.rule.destinations.iter().flat_map(endpoint).collect();
        destination.extend(planned.rule.names.iter().cloned());
        Row {
            resource: format!("{}/{}", firewall.group, NETWORK_COLLECTION.0),
            key: planned.key.clone(),
            name: planned.rule.name.clone(),
            priority: NETWORK_COLLECTION.1.to_string(),
            access: "allow",
            protocol,
            source: endpoint(&planned.rule.source),
            destination,
            ports,
            requirements: planned.because.clone(),
            why: why(catalog, &planned.because),
            ..Row::default()
        }
    };
    firewall.network.iter().map(row).collect()
}

/// The application rules of our group.
pub(super) fn application_rows(catalog: &Catalog, firewall: &PlannedFirewall) -> Vec<Row> {
    let row = |planned: &crate::plan::PlannedFirewallRule<crate::model::ApplicationRule>| {
        let protocol = |protocol: &ApplicationProtocol| if protocol.https { "https" } else { "http" };
        let each = |text: &dyn Fn(&ApplicationProtocol) -> String| {
            planned.rule.protocols.iter().map(text).collect::<Vec<_>>().join("; ")
        };
        let tags = planned.rule.fqdn_tags.iter().map(|tag| format!("FQDN tag {tag}"));
        Row {
            resource: format!("{}/{}", firewall.group, APPLICATION_COLLECTION.0),
            key: planned.key.clone(),
            name: planned.rule.name.clone(),
            priority: APPLICATION_COLLECTION.1.to_string(),
            access: "allow",
            protocol: each(&|item| protocol(item).into()),
            source: endpoint(&planned.rule.source),
            destination: planned.rule.names.iter().cloned().chain(tags).collect(),
            ports: each(&|item| item.port.to_string()),
            requirements: planned.because.clone(),
            why: why(catalog, &planned.because),
            ..Row::default()
        }
    };
    firewall.application.iter().map(row).collect()
}

/// One side of a rule, one text for each part.
pub(super) fn endpoint(endpoint: &Endpoint) -> Vec<String> {
    match endpoint {
        Endpoint::Any => vec!["any".into()],
        Endpoint::Tag(tag) => vec![tag.clone()],
        Endpoint::Prefixes(prefixes) => prefixes.iter().map(ToString::to_string).collect(),
        Endpoint::Groups(groups) => groups.clone(),
    }
}

/// Where a route leads.
pub(super) fn next_hop(hop: NextHop) -> String {
    match hop {
        NextHop::Internet => "Internet".into(),
        NextHop::Appliance(address) => address.to_string(),
        NextHop::VirtualNetwork => "virtual network".into(),
        NextHop::Gateway => "virtual network gateway".into(),
        NextHop::None => "none".into(),
    }
}

/// `tcp 22 · udp 53` as two cells that read in step: `tcp; udp` and `22; 53`.
fn protocol_and_ports(services: &Services) -> (String, String) {
    let text = services.to_string();
    let parts: Vec<(&str, &str)> = text.split(" · ").map(|part| part.split_once(' ').unwrap_or((part, "*"))).collect();
    let column = |pick: fn(&(&str, &str)) -> String| parts.iter().map(pick).collect::<Vec<_>>().join("; ");
    (column(|part| part.0.into()), column(|part| part.1.into()))
}

/// The catalog's rows of these ids.
fn used<'c>(catalog: &'c Catalog, ids: &[String]) -> Vec<&'c Requirement> {
    ids.iter().filter_map(|id| catalog.get(id)).collect()
}

/// What requirements are for, each purpose once.
fn why(catalog: &Catalog, ids: &[String]) -> String {
    let mut clauses: Vec<&str> = Vec::new();
    for row in used(catalog, ids) {
        if !clauses.contains(&row.why.as_str()) {
            clauses.push(&row.why);
        }
    }
    clauses.join("; ")
}

/// Who can stand behind a destination, in words.
pub(super) fn behind(tenancy: Tenancy) -> &'static str {
    match tenancy {
        Tenancy::Microsoft => "Microsoft alone",
        Tenancy::Yours => "you alone",
        Tenancy::Anyone => "anyone who rents a place there",
    }
}

/// Page, section and date in one text.
fn source_text(source: &Source) -> String {
    let page = pages().iter().find(|page| page.key == source.page);
    format!("{}, {}, {}", page.map_or(source.page.as_str(), |page| &page.title), source.section, source.date)
}

#[cfg(test)]
pub(in crate::render) mod tests {
    use super::*;
    use crate::catalog::tags::Tags;
    use crate::model::{Protocol, TagTable};
    use crate::plan::{Plan, plan};
    use crate::proof::Proof;
    use crate::{intent, question, required};
    use std::fs;
    use std::path::Path;

    /// The plans of all examples, by name.
    pub(in crate::render) fn examples() -> Vec<(String, Plan, Catalog)> {
        let mut folders: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.join("answers.yaml").exists())
            .collect();
        folders.sort();
        assert!(!folders.is_empty());
        folders.iter().map(|folder| example(folder)).collect()
    }

    fn example(folder: &Path) -> (String, Plan, Catalog) {
        let answers = question::read("answers.yaml", &fs::read(folder.join("answers.yaml")).unwrap(), &[]).answers;
        let own: Vec<(String, Vec<u8>)> = answers
            .requirements
            .iter()
            .flatten()
            .map(|file| (file.clone(), fs::read(folder.join(file)).unwrap()))
            .collect();
        let catalog = Catalog::load(intent::catalog_files(&answers), &own).unwrap();
        let intent = intent::resolve(&answers, &catalog).unwrap();
        let tags = Tags::snapshot(intent.cloud);
        let (flows, not_applied) = required::required(&catalog, &intent, &tags);
        let mut table = TagTable::default();
        for tag in required::tags_of(&flows) {
            if let Some(addresses) = tags.addresses(&tag) {
                table.insert(&tag, addresses);
            }
        }
        let plan = plan(&catalog, &intent, &flows, &not_applied, &tags, &table).unwrap();
        (folder.file_name().unwrap().to_string_lossy().into_owned(), plan, catalog)
    }

    /// One file of what is written for a plan.
    pub(in crate::render) fn written(plan: &Plan, catalog: &Catalog, proof: &Proof, path: &str) -> String {
        let outputs: Vec<String> = ["review", "cyclecloud"].map(String::from).into();
        let input = Input { plan, catalog, proof, tags_source: "tags.json, change 1", outputs: &outputs };
        let artifacts = crate::render::render(&input).unwrap();
        let artifact = artifacts.into_iter().find(|artifact| artifact.path == path).unwrap();
        String::from_utf8(artifact.bytes).unwrap()
    }

    /// What a person might type, or an attacker.
    pub(in crate::render) const HOSTILE: &str = "a|b `c` <script>x</script>\n# h [x](http://y) ![i](z) \u{1b}[31m\r\n\
        ```\n=cmd|' /C calc'!A0,\";=1+1 $(touch x) ${y} %%{init}%% ]] '''";

    /// The plan with every free text of it hostile, and the same number of everything.
    pub(in crate::render) fn hostile(plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        let text = |text: &mut String| *text = format!("{HOSTILE}{text}");
        text(&mut plan.name);
        text(&mut plan.region);
        text(&mut plan.vnet.name);
        text(&mut plan.vnet.resource_group);
        plan.vnet.subscription.iter_mut().for_each(text);
        plan.vnet.peered.iter_mut().for_each(|(name, _)| text(name));
        for subnet in &mut plan.subnets {
            text(&mut subnet.name);
            subnet.nsg.iter_mut().chain(&mut subnet.route_table).for_each(text);
        }
        for nsg in &mut plan.nsgs {
            text(&mut nsg.name);
            nsg.subnets.iter_mut().for_each(text);
            for planned in &mut nsg.rules {
                text(&mut planned.rule.name);
                text(&mut planned.rule.description);
                if let Endpoint::Tag(tag) = &mut planned.rule.destination {
                    text(tag);
                }
            }
        }
        for table in &mut plan.route_tables {
            text(&mut table.name);
            table.subnets.iter_mut().for_each(text);
            for planned in &mut table.routes {
                text(&mut planned.route.name);
                text(&mut planned.why);
            }
        }
        if let Some(firewall) = &mut plan.firewall {
            text(&mut firewall.group);
            firewall.network.iter_mut().for_each(|planned| text(&mut planned.rule.name));
            for planned in &mut firewall.application {
                text(&mut planned.rule.name);
                planned.rule.names.iter_mut().for_each(text);
            }
        }
        plan.decisions.iter_mut().for_each(|decision| text(&mut decision.what));
        for warning in &mut plan.warnings {
            text(&mut warning.what);
            text(&mut warning.consequence);
        }
        plan.assumptions.iter_mut().for_each(text);
        plan.accepted.iter_mut().for_each(text);
        plan
    }

    /// The records of a CSV file whose every cell is quoted.
    fn read(text: &str) -> Vec<Vec<String>> {
        let mut records = vec![vec![]];
        let mut rest = text;
        while let Some(after) = rest.strip_prefix('"') {
            let mut cell = String::new();
            rest = after;
            loop {
                let (inside, after) = rest.split_once('"').unwrap();
                cell.push_str(inside);
                rest = after;
                match rest.strip_prefix('"') {
                    Some(after) => {
                        cell.push('"');
                        rest = after;
                    }
                    None => break,
                }
            }
            records.last_mut().unwrap().push(cell);
            if let Some(after) = rest.strip_prefix(',') {
                rest = after;
            } else {
                rest = rest.strip_prefix('\n').unwrap();
                records.push(vec![]);
            }
        }
        assert_eq!(rest, "");
        assert_eq!(records.pop(), Some(vec![]));
        records
    }

    #[test]
    fn every_rule_has_a_row_whatever_its_texts() {
        for (name, plan, catalog) in examples() {
            for plan in [hostile(&plan), plan] {
                let text = written(&plan, &catalog, &Proof::default(), "review/rules.csv");
                let records = read(&text);
                let rules: usize = plan.nsgs.iter().map(|nsg| nsg.rules.len()).sum::<usize>()
                    + plan.route_tables.iter().map(|table| table.routes.len()).sum::<usize>()
                    + plan.firewall.iter().map(|f| f.network.len() + f.application.len()).sum::<usize>();
                assert_eq!(records.len(), rules + 1, "{name}");
                for record in &records {
                    assert_eq!(record.len(), records[0].len(), "{name}");
                    let formula = |cell: &String| cell.trim_start().starts_with(['=', '+', '-', '@']);
                    assert!(!record.iter().any(formula), "{name}: {record:?}");
                }
            }
        }
    }

    #[test]
    fn every_allow_says_why_and_who() {
        for (name, plan, catalog) in examples() {
            let records = read(&written(&plan, &catalog, &Proof::default(), "review/rules.csv"));
            let column = |title: &str| records[0].iter().position(|cell| cell == title).unwrap();
            let (access, why) = (column("access"), column("why"));
            let needed = [column("requirements"), column("sources"), column("who can stand behind the destination")];
            for record in &records[1..] {
                assert!(!record[why].is_empty(), "{name}: {record:?}");
                let said = needed.iter().all(|column| !record[*column].is_empty());
                assert!(record[access] != "allow" || said, "{name}: {record:?}");
            }
        }
    }

    #[test]
    fn protocol_and_ports_read_in_step() {
        let both = Services::tcp(22).union(&Services::new(Protocol::Udp, &crate::model::PortSet::from_range(53, 53)));
        assert_eq!(protocol_and_ports(&both), ("tcp; udp".into(), "22; 53".into()));
        assert_eq!(protocol_and_ports(&Services::all()), ("any".into(), "*".into()));
    }
}
