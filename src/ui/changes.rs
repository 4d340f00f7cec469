//! What an answer changed in the plan.

use crate::ui::{Exposure, Group, PlanInWords, Row};
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
    /// What subnets could reach before, where that is not what they can reach now.
    pub(super) exposure: BTreeMap<String, Exposure>,
}

impl Changes {
    pub(super) fn between(before: &PlanInWords, after: &PlanInWords, title: &str) -> Changes {
        let differs = |was: &&Exposure| after.exposure.iter().any(|is| is.subnet == was.subnet && is != *was);
        Changes {
            title: title.into(),
            rows: [
                changed(&before.nsg, &after.nsg),
                changed(&before.firewall, &after.firewall),
                changed(&before.routes, &after.routes),
            ],
            exposure: before.exposure.iter().filter(differs).map(|was| (was.subnet.clone(), was.clone())).collect(),
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

/// Rows that differ, by their key: those of the new plan in their order, then those that are gone. What is said by another
/// kind of rule now is gone there and new here.
fn changed(before: &[Group], after: &[Group]) -> Vec<(Mark, String, Row)> {
    fn all(groups: &[Group]) -> impl Iterator<Item = ((&str, &str), (&Group, &Row))> {
        groups
            .iter()
            .flat_map(|group| group.rows.iter().map(move |row| ((group.key.as_str(), row.key.as_str()), (group, row))))
    }
    let (was, is): (BTreeMap<_, _>, BTreeMap<_, _>) = (all(before).collect(), all(after).collect());
    let said = |row: &Row| (row.head.clone(), row.services.clone(), row.target.clone());
    let marked = |mark: Mark, (group, row): (&Group, &Row)| (mark, group.title.clone(), row.clone());
    let fresh = all(after).filter_map(|(key, now)| match was.get(&key) {
        None => Some(marked(Mark::Added, now)),
        Some((_, earlier)) if said(earlier) != said(now.1) => Some(marked(Mark::Changed, now)),
        Some(_) => None,
    });
    let gone = all(before).filter(|(key, _)| !is.contains_key(key));
    fresh.chain(gone.map(|(_, earlier)| marked(Mark::Removed, earlier))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(groups: &[(&str, &[(&str, &str)])]) -> PlanInWords {
        let row = |(key, target): &(&str, &str)| Row { key: (*key).into(), target: (*target).into(), ..Row::default() };
        let group = |(key, rows): &(&str, &[(&str, &str)])| Group {
            key: (*key).into(),
            title: format!("title of {key}"),
            rows: rows.iter().map(row).collect(),
        };
        PlanInWords { firewall: groups.iter().map(group).collect(), ..PlanInWords::default() }
    }

    #[test]
    fn rows_are_added_changed_removed_and_moved() {
        let before = plan(&[("network", &[("a", "1"), ("b", "1"), ("c", "1")]), ("application", &[("d", "1")])]);
        let after = plan(&[("network", &[("a", "1"), ("b", "2"), ("d", "1"), ("e", "1")]), ("application", &[])]);
        let changes = Changes::between(&before, &after, "?");
        let rows: Vec<String> =
            changes.rows[1].iter().map(|(mark, group, row)| format!("{}{} {group}", mark.sign(), row.key)).collect();
        assert_eq!(
            rows,
            [
                "~b title of network",
                "+d title of network",
                "+e title of network",
                "−c title of network",
                "−d title of application"
            ]
        );
    }
}
