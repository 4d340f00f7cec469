//! Network security groups (learn.microsoft.com/azure/virtual-network/network-security-groups-overview).

use super::region::{Decided, May, Origin, Passes, Region, Rule, Work, first_match};
use super::sides::{Resolver, Side, platform, resolved};
use crate::model::{
    Access, AddressSet, Direction, Endpoint, Nsg, PortSet, Protocol, SecurityRule, Services, ports_text,
};
use std::sync::Arc;

/// The name under which a trace shows what rules of others may do.
pub(super) const NOT_SHOWN: &str = "rules that were not shown";

/// The name under which a trace shows that no rule is asked.
pub(super) const EXEMPT: &str = "platform traffic is exempt";

/// One direction of an NSG, resolved for one subnet.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Filter {
    /// The NSG's name.
    pub(super) name: String,
    direction: Direction,
    /// Custom rules by priority, then the default rules; none after one that matches everything.
    rules: Vec<Arc<Rule>>,
    /// The only rules that platform traffic meets: those that name a platform tag, then an allow.
    platform_rules: Vec<Arc<Rule>>,
    platform: AddressSet,
    /// Whether rules of others may stand beside these.
    pub(super) others: bool,
}

/// What a filter does to a box.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) region: Region,
    pub(super) rule: String,
    pub(super) passes: Passes,
}

impl Filter {
    /// `nsg` is `None` if the subnet names an NSG that was not shown.
    pub(super) fn new(name: &str, nsg: Option<&Nsg>, direction: Direction, resolver: &Resolver<'_>) -> Self {
        let mut filter = Filter {
            name: name.into(),
            direction,
            rules: Vec::new(),
            platform_rules: Vec::new(),
            platform: platform(),
            others: nsg.is_none_or(|nsg| nsg.others_rules),
        };
        let shown = nsg.map_or(&[][..], |nsg| &nsg.rules);
        let mut shown: Vec<&SecurityRule> = shown.iter().filter(|rule| rule.direction == direction).collect();
        shown.sort_by_key(|rule| rule.priority);
        for rule in shown {
            let to_platform = direction == Direction::Outbound && is_platform_tag(&rule.destination);
            let list = if to_platform { &mut filter.platform_rules } else { &mut filter.rules };
            list.push(custom(rule, resolver).into());
        }
        let default = |rule| Rule { origin: Origin::Default, ..custom(&rule, resolver) };
        filter.rules.extend(default_rules(direction).map(|rule| default(rule).into()));
        if let Some(last) = filter.rules.iter().position(|rule| rule.matches_everything()) {
            filter.rules.truncate(last + 1);
        }
        let any = Side::sure(AddressSet::all());
        let exempt = resolved(EXEMPT.into(), Access::Allow, Origin::Default, &any, &any, Services::all());
        filter.platform_rules.push(exempt.into());
        filter
    }

    /// Which of the packets pass, by which rule: disjoint boxes that are together `region`, unless the work ran out.
    ///
    /// Traffic to the platform's own addresses is exempt from outbound rules unless a rule names a platform tag (page
    /// above, "Azure platform considerations"). Inbound probes are not exempt.
    pub(super) fn judge(&self, region: Region, work: &mut Work) -> Vec<Verdict> {
        let (exempt, filtered) = match self.direction {
            Direction::Outbound => region.split_destination(&self.platform),
            Direction::Inbound => (None, Some(region)),
        };
        let mut verdicts = Vec::new();
        if let Some(exempt) = exempt {
            verdicts.extend(first_match(&self.platform_rules, exempt, work).into_iter().map(|decided| {
                let (rule, passes) = decided.passes();
                Verdict {
                    rule: rule.map_or_else(String::new, |rule| rule.name.clone()),
                    passes,
                    region: decided.region,
                }
            }));
        }
        if let Some(filtered) = filtered {
            verdicts.extend(first_match(&self.rules, filtered, work).into_iter().map(|decided| self.verdict(decided)));
        }
        verdicts
    }

    /// With rules of others in the NSG, an allow may be preceded by a deny, and what the shown rules leave to the
    /// default rules may be opened. A deny that was shown is still reported as one: it is what its owner can act on.
    fn verdict(&self, decided: Decided) -> Verdict {
        let (rule, passes) = decided.passes();
        let shown = rule.map_or("", |rule| rule.name.as_str());
        let default = decided.rule.as_ref().is_none_or(|rule| rule.origin == Origin::Default);
        let reason = || self.not_shown();
        let (rule, passes) = match passes {
            Passes::Yes if self.others => (shown, Passes::Assumed { reason: reason(), open: true }),
            Passes::No if self.others && default => (NOT_SHOWN, Passes::Assumed { reason: reason(), open: false }),
            passes => (shown, passes),
        };
        Verdict { rule: rule.into(), passes, region: decided.region }
    }

    /// Where a trace says that it stands.
    pub(super) fn at(&self) -> String {
        format!("NSG {} {}", self.name, self.direction.name())
    }

    /// Why more or less may be open than was shown.
    pub(super) fn not_shown(&self) -> String {
        format!("rules of others in NSG `{}` were not shown", self.name)
    }
}

pub(super) fn is_platform_tag(endpoint: &Endpoint) -> bool {
    let Endpoint::Tag(tag) = endpoint else { return false };
    tag.eq_ignore_ascii_case("AzurePlatformDNS") || tag.eq_ignore_ascii_case("AzurePlatformIMDS")
}

/// A security rule, resolved.
///
/// A flow does not say from which ports it comes. So a rule with source ports may or may not match: an allow by such a
/// rule alone is assumed, never certain; and as some packets do match, it counts as open.
fn custom(rule: &SecurityRule, resolver: &Resolver<'_>) -> Rule {
    let tag_is = |name: &str| matches!(&rule.destination, Endpoint::Tag(tag) if tag.eq_ignore_ascii_case(name));
    let mut services = rule.services();
    if tag_is("AzurePlatformDNS") {
        services = services.intersection(&Services::new(Protocol::Any, &PortSet::from_range(53, 53)));
    } else if tag_is("AzurePlatformLKM") {
        // Windows licensing; the addresses behind the tag are not published.
        services = services.intersection(&Services::tcp(1688));
    }
    let (source, destination) = (resolver.side(&rule.source), resolver.side(&rule.destination));
    let mut resolved = resolved(rule.name.clone(), rule.access, Origin::Custom, &source, &destination, services);
    if !rule.source_ports.is_all() {
        let reason = format!("rule `{}` asks for source ports {}", rule.name, ports_text(&rule.source_ports));
        let sure = resolved.sure.take().map(|region| May { region, reason, some_match: true });
        resolved.may = resolved.may.or(sure);
    }
    resolved
}

/// Azure's default rules (page above, "Default security rules"), by the names that the API returns.
pub(super) fn default_rules(direction: Direction) -> [SecurityRule; 3] {
    let tag = |name: &str| Endpoint::Tag(name.into());
    let rule = |name: &str, priority, access, source, destination| SecurityRule {
        source,
        destination,
        ..SecurityRule::of_everything(name, direction, priority, access)
    };
    let any = || Endpoint::Any;
    match direction {
        Direction::Inbound => [
            rule("AllowVnetInBound", 65000, Access::Allow, tag("VirtualNetwork"), tag("VirtualNetwork")),
            rule("AllowAzureLoadBalancerInBound", 65001, Access::Allow, tag("AzureLoadBalancer"), any()),
            rule("DenyAllInBound", 65500, Access::Deny, any(), any()),
        ],
        Direction::Outbound => [
            rule("AllowVnetOutBound", 65000, Access::Allow, tag("VirtualNetwork"), tag("VirtualNetwork")),
            rule("AllowInternetOutBound", 65001, Access::Allow, any(), tag("Internet")),
            rule("DenyAllOutBound", 65500, Access::Deny, any(), any()),
        ],
    }
}
