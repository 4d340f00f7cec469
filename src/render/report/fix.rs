//! Fixes as rule text, Terraform and Azure CLI.

use crate::audit::Fix;
use crate::model::{
    Access, ApplicationRule, Direction, Endpoint, NetworkRule, PortSet, Protocol, SecurityRule, Services, port_items,
};
use crate::problem::printable;
use crate::render::escape;

/// One side of a rule in words.
fn side(endpoint: &Endpoint) -> String {
    endpoint.items().join(" ")
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => "Inbound",
        Direction::Outbound => "Outbound",
    }
}

fn access(access: Access) -> &'static str {
    match access {
        Access::Allow => "Allow",
        Access::Deny => "Deny",
    }
}

/// The step in one line.
pub(super) fn words(fix: &Fix) -> String {
    match fix {
        Fix::AddRule { nsg, rule } => format!(
            "NSG `{nsg}`: add `{}`: {} {} {} {} {} -> {}",
            rule.name,
            rule.priority,
            direction(rule.direction).to_lowercase(),
            access(rule.access).to_lowercase(),
            rule.services(),
            side(&rule.source),
            side(&rule.destination)
        ),
        Fix::RemoveRule { nsg, rule } => format!("NSG `{nsg}`: remove rule `{rule}`"),
        Fix::AddNetworkRule(rule) => {
            let mut to: Vec<String> = rule.destinations.iter().flat_map(Endpoint::items).collect();
            to.extend(rule.names.iter().cloned());
            format!(
                "firewall: add network rule `{}`: allow {} {} -> {}",
                rule.name,
                rule.services,
                side(&rule.source),
                to.join(" ")
            )
        }
        Fix::AddApplicationRule(rule) => format!(
            "firewall: add application rule `{}`: allow {} {} -> {}",
            rule.name,
            protocols(rule).join(" "),
            side(&rule.source),
            rule.names.join(" ")
        ),
        Fix::RemoveRoute { table, route } => format!("route table `{table}`: remove route `{route}`"),
        Fix::Words(words) => words.clone(),
    }
}

/// `Https=443`.
fn protocols(rule: &ApplicationRule) -> Vec<String> {
    let one = |protocol: &crate::model::ApplicationProtocol| {
        format!("{}={}", if protocol.https { "Https" } else { "Http" }, protocol.port)
    };
    rule.protocols.iter().map(one).collect()
}

fn quoted(text: &str) -> String {
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = escape::hcl(text, &mut bytes);
    format!("\"{}\"", String::from_utf8_lossy(&bytes))
}

fn list(items: &[String]) -> String {
    format!("[{}]", items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", "))
}

/// Keys and values in lines of Terraform, the equals signs in one column.
fn block(head: &str, fields: &[(&str, String)]) -> String {
    let longest = fields.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
    let lines = fields.iter().map(|(key, value)| format!("  {key:<longest$} = {value}\n"));
    format!("{head} {{\n{}}}\n", lines.collect::<String>())
}

/// A label that Terraform takes, made of a name.
fn label(text: &str) -> String {
    let word: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    if word.starts_with(|c: char| c.is_ascii_alphabetic()) { word } else { format!("rule_{word}") }
}

/// The step in Terraform; `None` where no block says it.
pub(super) fn terraform(fix: &Fix, resource_group: &str) -> Option<String> {
    match fix {
        Fix::AddRule { nsg, rule } => {
            let mut fields = vec![
                ("name", quoted(&rule.name)),
                ("resource_group_name", quoted(group(resource_group))),
                ("network_security_group_name", quoted(nsg)),
                ("priority", rule.priority.to_string()),
                ("direction", quoted(direction(rule.direction))),
                ("access", quoted(access(rule.access))),
                ("protocol", quoted(rule.protocol.nsg_name())),
                ("source_port_range", quoted("*")),
            ];
            let ports = ports_of(rule);
            match ports.as_slice() {
                [one] => fields.push(("destination_port_range", quoted(one))),
                several => fields.push(("destination_port_ranges", list(several))),
            }
            for (one, several, endpoint) in [
                ("source_address_prefix", "source_address_prefixes", &rule.source),
                ("destination_address_prefix", "destination_address_prefixes", &rule.destination),
            ] {
                match endpoint.items().as_slice() {
                    [only] => fields.push((one, quoted(only))),
                    many => fields.push((several, list(many))),
                }
            }
            Some(block(&format!("resource \"azurerm_network_security_rule\" \"{}\"", label(&rule.name)), &fields))
        }
        Fix::RemoveRule { nsg, rule } => Some(format!("# remove rule {} from NSG {}\n", quoted(rule), quoted(nsg))),
        Fix::AddNetworkRule(rule) => {
            let mut fields = vec![
                ("name", quoted(&rule.name)),
                ("protocols", list(&network_protocols(&rule.services))),
                ("source_addresses", list(&rule.source.items())),
            ];
            let to: Vec<String> = rule.destinations.iter().flat_map(Endpoint::items).collect();
            if !to.is_empty() {
                fields.push(("destination_addresses", list(&to)));
            }
            if !rule.names.is_empty() {
                fields.push(("destination_fqdns", list(&rule.names)));
            }
            fields.push(("destination_ports", list(&network_ports(&rule.services))));
            Some(format!("# in a network_rule_collection that allows\n{}", block("rule", &fields)))
        }
        Fix::AddApplicationRule(rule) => {
            let fields = [
                ("name", quoted(&rule.name)),
                ("source_addresses", list(&rule.source.items())),
                ("destination_fqdns", list(&rule.names)),
            ];
            let mut text = block("rule", &fields);
            text.truncate(text.len() - 2);
            for protocol in &rule.protocols {
                let kind = if protocol.https { "Https" } else { "Http" };
                text.push_str(&format!("  protocols {{\n    type = \"{kind}\"\n    port = {}\n  }}\n", protocol.port));
            }
            Some(format!("# in an application_rule_collection that allows\n{text}}}\n"))
        }
        Fix::RemoveRoute { table, route } => {
            Some(format!("# remove route {} from route table {}\n", quoted(route), quoted(table)))
        }
        Fix::Words(_) => None,
    }
}

fn ports_of(rule: &SecurityRule) -> Vec<String> {
    match rule.protocol {
        Protocol::Icmp | Protocol::Esp | Protocol::Ah => vec!["*".into()],
        _ => port_items(&rule.destination_ports),
    }
}

fn network_protocols(services: &Services) -> Vec<String> {
    if *services == Services::all() {
        return vec!["Any".into()];
    }
    let kinds = [(services.tcp_ports(), "TCP"), (services.udp_ports(), "UDP")];
    let mut found: Vec<String> =
        kinds.iter().filter(|(ports, _)| !ports.is_empty()).map(|(_, name)| name.to_string()).collect();
    if services.has_portless() {
        found.push("ICMP".into());
    }
    found
}

fn network_ports(services: &Services) -> Vec<String> {
    let ports: PortSet = services.tcp_ports().union(services.udp_ports());
    if ports.is_empty() { vec!["*".into()] } else { port_items(&ports) }
}

fn group(resource_group: &str) -> &str {
    if resource_group.is_empty() { "RESOURCE-GROUP" } else { resource_group }
}

/// A command over several lines, an option on each.
fn command(words: &[&str], options: &[(&str, Vec<String>)]) -> String {
    let mut text = words.join(" ");
    for (option, values) in options {
        text.push_str(&format!(" \\\n  {option}"));
        for value in values {
            // A shell shows what a reader does not see no better than a page does.
            text.push_str(&format!(" {}", escape::quoted(&printable(value))));
        }
    }
    text.push('\n');
    text
}

/// The step as a command of the Azure CLI; `None` where no command says it.
pub(super) fn azcli(fix: &Fix, resource_group: &str) -> Option<String> {
    let own = || ("--resource-group", vec![group(resource_group).to_string()]);
    match fix {
        Fix::AddRule { nsg, rule } => Some(command(
            &["az network nsg rule create"],
            &[
                own(),
                ("--nsg-name", vec![nsg.clone()]),
                ("--name", vec![rule.name.clone()]),
                ("--priority", vec![rule.priority.to_string()]),
                ("--direction", vec![direction(rule.direction).into()]),
                ("--access", vec![access(rule.access).into()]),
                ("--protocol", vec![rule.protocol.nsg_name().into()]),
                ("--source-address-prefixes", rule.source.items()),
                ("--source-port-ranges", vec!["*".into()]),
                ("--destination-address-prefixes", rule.destination.items()),
                ("--destination-port-ranges", ports_of(rule)),
            ],
        )),
        Fix::RemoveRule { nsg, rule } => Some(command(
            &["az network nsg rule delete"],
            &[own(), ("--nsg-name", vec![nsg.clone()]), ("--name", vec![rule.clone()])],
        )),
        Fix::AddNetworkRule(rule) => Some(network_rule(rule)),
        Fix::AddApplicationRule(rule) => Some(command(
            &["az network firewall policy rule-collection-group collection rule add"],
            &[
                ("--resource-group", vec!["FIREWALL-RESOURCE-GROUP".into()]),
                ("--policy-name", vec!["POLICY".into()]),
                ("--rule-collection-group-name", vec!["GROUP".into()]),
                ("--collection-name", vec!["COLLECTION".into()]),
                ("--name", vec![rule.name.clone()]),
                ("--rule-type", vec!["ApplicationRule".into()]),
                ("--source-addresses", rule.source.items()),
                ("--protocols", protocols(rule)),
                ("--target-fqdns", rule.names.clone()),
            ],
        )),
        Fix::RemoveRoute { table, route } => Some(command(
            &["az network route-table route delete"],
            &[own(), ("--route-table-name", vec![table.clone()]), ("--name", vec![route.clone()])],
        )),
        Fix::Words(_) => None,
    }
}

fn network_rule(rule: &NetworkRule) -> String {
    let to: Vec<String> = rule.destinations.iter().flat_map(Endpoint::items).collect();
    let mut options = vec![
        ("--resource-group", vec!["FIREWALL-RESOURCE-GROUP".to_string()]),
        ("--policy-name", vec!["POLICY".into()]),
        ("--rule-collection-group-name", vec!["GROUP".into()]),
        ("--collection-name", vec!["COLLECTION".into()]),
        ("--name", vec![rule.name.clone()]),
        ("--rule-type", vec!["NetworkRule".into()]),
        ("--ip-protocols", network_protocols(&rule.services)),
        ("--source-addresses", rule.source.items()),
    ];
    if !to.is_empty() {
        options.push(("--destination-addresses", to));
    }
    if !rule.names.is_empty() {
        options.push(("--destination-fqdns", rule.names.clone()));
    }
    options.push(("--destination-ports", network_ports(&rule.services)));
    command(&["az network firewall policy rule-collection-group collection rule add"], &options)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule(name: &str) -> SecurityRule {
        SecurityRule {
            name: name.into(),
            direction: Direction::Outbound,
            priority: 140,
            access: Access::Allow,
            protocol: Protocol::Tcp,
            source: Endpoint::Prefixes(vec!["10.1.2.0/24".parse().unwrap()]),
            source_ports: PortSet::all(),
            destination: Endpoint::Tag("Storage.WestEurope".into()),
            destination_ports: PortSet::from_ranges([(443, 443), (445, 445)]),
            description: String::new(),
        }
    }

    #[test]
    fn a_rule_reads_the_same_in_three_spellings() {
        let fix = Fix::AddRule { nsg: "nsg-ml".into(), rule: Box::new(rule("aml.out.storage")) };
        assert_eq!(
            words(&fix),
            "NSG `nsg-ml`: add `aml.out.storage`: 140 outbound allow tcp 443,445 10.1.2.0/24 -> Storage.WestEurope"
        );
        assert_eq!(
            terraform(&fix, "rg").unwrap(),
            r#"resource "azurerm_network_security_rule" "aml_out_storage" {
  name                        = "aml.out.storage"
  resource_group_name         = "rg"
  network_security_group_name = "nsg-ml"
  priority                    = 140
  direction                   = "Outbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_ranges     = ["443", "445"]
  source_address_prefix       = "10.1.2.0/24"
  destination_address_prefix  = "Storage.WestEurope"
}
"#
        );
        assert_eq!(
            azcli(&fix, "rg").unwrap(),
            r"az network nsg rule create \
  --resource-group 'rg' \
  --nsg-name 'nsg-ml' \
  --name 'aml.out.storage' \
  --priority '140' \
  --direction 'Outbound' \
  --access 'Allow' \
  --protocol 'Tcp' \
  --source-address-prefixes '10.1.2.0/24' \
  --source-port-ranges '*' \
  --destination-address-prefixes 'Storage.WestEurope' \
  --destination-port-ranges '443' '445'
"
        );
    }

    proptest! {
        /// Whatever somebody called a rule or an NSG: the block has that name and no other field.
        #[test]
        fn names_stay_names(name in any::<String>(), nsg in any::<String>(), group in "\\PC{1,20}") {
            let fix = Fix::AddRule { nsg: nsg.clone(), rule: Box::new(rule(&name)) };
            let text = terraform(&fix, &group).unwrap();
            let body: hcl::Body = hcl::from_str(&text).unwrap();
            let blocks: Vec<_> = body.blocks().collect();
            prop_assert_eq!(blocks.len(), 1);
            let fields: Vec<_> = blocks[0].body().attributes().collect();
            prop_assert_eq!(fields.len(), 11);
            prop_assert_eq!(fields[2].expr(), &hcl::Expression::from(nsg.clone()));
            let removed = terraform(&Fix::RemoveRule { nsg, rule: name }, "").unwrap();
            prop_assert_eq!(removed.lines().count(), 1);
            prop_assert!(removed.starts_with('#'));
        }
    }
}
