//! The plan as every format writes it: all of it, or without its own denies while they are not enforced yet.

use super::{Plan, PlannedNsg, PlannedRule};
use crate::model::Access;
use std::borrow::Cow;
use std::collections::BTreeSet;

impl PlannedRule {
    /// Whether it is a deny that the plan adds of its own: requirements only ever allow.
    pub fn is_own_deny(&self) -> bool {
        self.rule.access == Access::Deny
    }
}

impl Plan {
    /// The plan as every format writes it: without its own denies where they are not enforced yet. Those are then in
    /// [`Plan::withheld`], for the runbook.
    pub fn written(&self) -> Cow<'_, Plan> {
        if self.enforce {
            return Cow::Borrowed(self);
        }
        let mut written = self.clone();
        for nsg in &mut written.nsgs {
            let (denies, rest) = std::mem::take(&mut nsg.rules).into_iter().partition(PlannedRule::is_own_deny);
            nsg.rules = rest;
            let denies = PlannedNsg { rules: denies, ..nsg.clone() };
            if !denies.rules.is_empty() {
                written.withheld.push(denies);
            }
        }
        Cow::Owned(written)
    }

    /// The plan's own denies, written or withheld, each with its NSG.
    pub fn own_denies(&self) -> impl Iterator<Item = (&PlannedNsg, &PlannedRule)> {
        let all = self.nsgs.iter().chain(&self.withheld);
        all.flat_map(|nsg| nsg.rules.iter().filter(|rule| rule.is_own_deny()).map(move |rule| (nsg, rule)))
    }

    /// The key of every rule and route: their identity from run to run.
    pub fn keys(&self) -> BTreeSet<String> {
        let rules = self.nsgs.iter().flat_map(|nsg| &nsg.rules).map(|rule| &rule.key);
        let routes = self.route_tables.iter().flat_map(|table| &table.routes).map(|route| &route.key);
        let (network, application) = self.held();
        let held = network.iter().map(|rule| &rule.key).chain(application.iter().map(|rule| &rule.key));
        rules.chain(routes).chain(held).cloned().collect()
    }
}
