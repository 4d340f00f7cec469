//! The corporate firewall: which connections of the planned NSG rules cross it, in which direction.

use super::commands::{crossing_test, first_port};
use super::risk::{Breadth, Way};
use super::{Item, Page, told};
use crate::model::{Access, AddressSet, Direction, Endpoint};
use crate::plan::{Plan, PlannedRule};
use crate::render::Input;
use crate::render::review;

pub(super) fn applies(plan: &Plan) -> bool {
    plan.nsgs.iter().flat_map(|nsg| &nsg.rules).any(|rule| crosses(plan, rule).is_some())
}

/// The far side of a rule, as far as it lies behind the corporate firewall: out of Azure, the on-premises space; into it,
/// every source that is no virtual network of these answers.
fn crosses(plan: &Plan, planned: &PlannedRule) -> Option<AddressSet> {
    let rule = &planned.rule;
    let peered = plan.vnet.peered.iter().flat_map(|(_, prefixes)| prefixes);
    let azure = AddressSet::from_prefixes(plan.vnet.address_space.iter().chain(peered));
    let on_premises = AddressSet::from_prefixes(&plan.vnet.on_premises);
    let far = match (rule.access, rule.direction, &rule.source, &rule.destination) {
        (Access::Allow, Direction::Outbound, _, Endpoint::Prefixes(to)) => {
            AddressSet::from_prefixes(to).intersection(&on_premises)
        }
        (Access::Allow, Direction::Inbound, Endpoint::Prefixes(from), _) => {
            let pods: AddressSet = plan.subnets.iter().flat_map(|subnet| subnet.pods.iter().copied()).collect();
            AddressSet::from_prefixes(from).difference(&azure).difference(&pods)
        }
        _ => return None,
    };
    (!far.is_empty()).then_some(far)
}

/// One row for each NSG rule that crosses, seen from the corporate firewall.
pub(super) fn items(input: &Input) -> Vec<Item> {
    let plan = input.plan;
    let mut items = Vec::new();
    for nsg in &plan.nsgs {
        for (mut row, planned) in review::nsg_rows(input.catalog, nsg).into_iter().zip(&nsg.rules) {
            let Some(far) = crosses(plan, planned) else { continue };
            let rule = &planned.rule;
            let texts = |set: &AddressSet| set.to_prefixes().iter().map(ToString::to_string).collect();
            let (way, destination) = match rule.direction {
                Direction::Outbound => {
                    (row.direction, row.destination) = ("from Azure", texts(&far));
                    (Way::Out, far)
                }
                Direction::Inbound => {
                    (row.direction, row.source) = ("to Azure", texts(&far));
                    let here = match &rule.destination {
                        Endpoint::Prefixes(prefixes) => AddressSet::from_prefixes(prefixes),
                        _ => AddressSet::default(),
                    };
                    (Way::In, here)
                }
            };
            // The NSG's own priority means nothing there.
            row.priority = String::new();
            row.resource = "corporate firewall".into();
            let test = crossing_test(&destination, rule.protocol, first_port(&rule.destination_ports));
            let item = Item::new(input, "corporate firewall rule", row, way, Breadth::Own);
            items.push(item.with(test, "take this rule out of the corporate firewall again".into()));
        }
    }
    items
}

pub(super) fn page(input: &Input) -> Page {
    let plan = input.plan;
    let server = plan.cyclecloud.as_ref().is_some_and(|cluster| cluster.server_elsewhere.is_some())
        && input.outputs.iter().any(|format| format == "cyclecloud");
    let list =
        |prefixes: &[ipnet::IpNet]| prefixes.iter().map(|prefix| format!("`{prefix}`")).collect::<Vec<_>>().join(", ");
    let steps = [
        (true, "Open what is below in the corporate firewall: replies need no rule where it keeps state."),
        (
            !plan.vnet.on_premises.is_empty(),
            "Route the address space of the virtual network to the VPN or ExpressRoute gateway.",
        ),
        (server, "Open what the CycleCloud server itself needs as well: `cyclecloud/corporate-firewall.md`."),
        (
            plan.firewall.is_some() || plan.appliance.is_some(),
            "See that the way back is the same: traffic that comes through the hub's firewall in one direction only is dropped.",
        ),
    ];
    Page {
        owner: "the corporate firewall",
        table: "on-premises.csv",
        about: vec![
            format!(
                "The virtual network `{}` has the address space {}.",
                plan.vnet.name,
                list(&plan.vnet.address_space)
            ),
            "The NSGs there allow the same connections: each has to be open on both sides.".into(),
        ],
        steps: told(&steps),
        checks: vec![
            "# on a machine of a source: a row of the table has the command for its own connection; what is not below is closed".into(),
        ],
        back: vec!["Take the rules out of the corporate firewall again: what is in the table stops with them.".into()],
        back_commands: Vec::new(),
    }
}
