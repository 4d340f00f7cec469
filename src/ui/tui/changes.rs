//! What an answer changed in the plan.

use crate::ui::{Group, PlanInWords, Row};
use std::collections::BTreeMap;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// It is there now.
    Added,
    /// It says something else now.
    Changed,
    /// It is gone.
    Removed,
}

impl Mark {
    pub(super) fn sign(self) -> char {
        match self {
            Mark::Added => '+',
            Mark::Changed => '~',
            Mark::Removed => '−',
        }
    }
}

/// What an answer changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// The question.
    pub(super) title: String,
    /// The rows of NSGs, firewall and routes, with the title of their group.
    pub(super) rows: [Vec<(Mark, String, Row)>; 3],
    /// What each subnet could reach before: addresses, names.
    pub(super) exposure: BTreeMap<String, (u64, usize)>,
}

impl Changes {
    pub(super) fn between(before: &PlanInWords, after: &PlanInWords, title: &str) -> Changes {
        let reached = |plan: &PlanInWords| -> BTreeMap<String, (u64, usize)> {
            plan.exposure.iter().map(|subnet| (subnet.subnet.clone(), (subnet.addresses, subnet.names))).collect()
        };
        let now = reached(after);
        Changes {
            title: title.into(),
            rows: [
                changed(&before.nsg, &after.nsg),
                changed(&before.firewall, &after.firewall),
                changed(&before.routes, &after.routes),
            ],
            exposure: reached(before)
                .into_iter()
                .filter(|(name, was)| now.get(name).is_some_and(|is| is != was))
                .collect(),
        }
    }

    /// How many rows of one kind were added, changed, removed.
    pub(super) fn count(&self, kind: usize, mark: Mark) -> usize {
        self.rows[kind].iter().filter(|(found, ..)| *found == mark).count()
    }

    pub(super) fn mark_of(&self, kind: usize, key: &str) -> Option<Mark> {
        let found = self.rows[kind].iter().find(|(mark, _, row)| row.key == key && *mark != Mark::Removed);
        found.map(|(mark, ..)| *mark)
    }
}

/// Rows that differ, by their key: those of the new plan in their order, then those that are gone.
fn changed(before: &[Group], after: &[Group]) -> Vec<(Mark, String, Row)> {
    let all = |groups: &[Group]| -> Vec<(String, Row)> {
        groups.iter().flat_map(|group| group.rows.iter().map(|row| (group.title.clone(), row.clone()))).collect()
    };
    let (old, new) = (all(before), all(after));
    let said = |row: &Row| (row.head.clone(), row.services.clone(), row.target.clone());
    let by_key = |rows: &[(String, Row)]| -> BTreeMap<String, Row> {
        rows.iter().map(|(_, row)| (row.key.clone(), row.clone())).collect()
    };
    let (was, is) = (by_key(&old), by_key(&new));
    let fresh = new.iter().filter_map(|(title, row)| match was.get(&row.key) {
        None => Some((Mark::Added, title.clone(), row.clone())),
        Some(earlier) if said(earlier) != said(row) => Some((Mark::Changed, title.clone(), row.clone())),
        Some(_) => None,
    });
    let gone = old.iter().filter(|(_, row)| !is.contains_key(&row.key));
    fresh.chain(gone.map(|(title, row)| (Mark::Removed, title.clone(), row.clone()))).collect()
}
