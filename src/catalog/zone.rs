//! Which names lead to private endpoints: private DNS zones, and what to forward to Azure's DNS.

use super::cloud::Cloud;
use super::requirement::{Condition, Source};
use crate::yaml::Node;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A row: the zones of one service that can have private endpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    /// Stable for ever.
    pub id: String,
    /// The service.
    pub service: String,
    /// Alternatives; each is a list of conditions that must all hold.
    pub when: Vec<Vec<Condition>>,
    /// Whether the service makes and links the zone itself.
    pub made_by_service: bool,
    /// The names, by cloud; `None` where no page gives any.
    pub names: BTreeMap<Cloud, Option<ZoneNames>>,
    /// What needs it, one clause.
    pub why: String,
    /// The pages that say so.
    pub source: Vec<Source>,
    /// Which reading was taken, and what to know; may be empty.
    pub note: String,
}

/// The names of a row in one cloud; `{region}` stands for the region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneNames {
    /// The private DNS zones.
    pub private: Vec<String>,
    /// The public names that a DNS server of one's own forwards.
    pub forward: Vec<String>,
}

impl Zone {
    /// Whether one of the alternatives holds among these features.
    pub fn holds(&self, features: &BTreeSet<String>) -> bool {
        let holds = |condition: &Condition| features.contains(&condition.feature) != condition.negated;
        self.when.iter().any(|all| all.iter().all(holds))
    }
}

fn texts(node: Option<&Node>) -> Vec<String> {
    let items = node.and_then(Node::items).unwrap_or_default();
    items.iter().filter_map(Node::text).map(String::from).collect()
}

fn field(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::text).map(String::from)
}

fn names(node: &Node) -> Option<ZoneNames> {
    let names = ZoneNames { private: texts(node.get("private")), forward: texts(node.get("forward")) };
    (!names.private.is_empty() && !names.forward.is_empty()).then_some(names)
}

fn row(node: &Node) -> Option<Zone> {
    let condition = |text: String| match text.strip_prefix('!') {
        Some(feature) => Condition { feature: feature.into(), negated: true },
        None => Condition { feature: text, negated: false },
    };
    let when = node.get("when").and_then(Node::items)?.iter();
    let source = node.get("source").and_then(Node::items)?.iter();
    let in_cloud = |cloud: &Cloud| {
        let own = node.get("clouds").and_then(|clouds| clouds.get(cloud.name()));
        (*cloud, own.map_or_else(|| names(node), names))
    };
    Some(Zone {
        id: field(node, "id")?,
        service: field(node, "service")?,
        when: when.map(|all| texts(Some(all)).into_iter().map(condition).collect()).collect(),
        made_by_service: field(node, "made_by_service").as_deref() == Some("true"),
        names: Cloud::ALL.iter().map(in_cloud).collect(),
        why: field(node, "why")?,
        source: source
            .filter_map(|source| {
                Some(Source {
                    page: field(source, "page")?,
                    section: field(source, "section")?,
                    date: field(source, "date")?,
                })
            })
            .collect(),
        note: field(node, "note").unwrap_or_default(),
    })
}

/// Every row, in the order to show them.
pub fn zones() -> &'static [Zone] {
    static ROWS: OnceLock<Vec<Zone>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let node = super::embedded("zones.yaml", include_str!("zones.yaml"));
        let items = node.as_ref().and_then(|node| node.get("zones")).and_then(Node::items).unwrap_or_default();
        items.iter().filter_map(row).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::super::{FEATURES, pages};
    use super::*;

    #[test]
    fn every_row_is_read_and_says_where_it_is_from() {
        let text = include_str!("zones.yaml");
        let ids: BTreeSet<&str> = zones().iter().map(|zone| zone.id.as_str()).collect();
        assert_eq!((ids.len(), zones().len()), (text.matches("\n  - id: ").count(), ids.len()));
        for zone in zones() {
            let known = |condition: &Condition| FEATURES.contains(&condition.feature.as_str());
            assert!(
                !zone.when.is_empty() && zone.when.iter().all(|all| !all.is_empty() && all.iter().all(known)),
                "{zone:?}"
            );
            let cited = |source: &Source| pages().iter().any(|page| page.key == source.page) && source.date.len() == 10;
            assert!(!zone.source.is_empty() && zone.source.iter().all(cited), "{zone:?}");
            let keys: Vec<&str> = zone.names.keys().map(|cloud| cloud.name()).collect();
            assert_eq!(keys.len(), Cloud::ALL.len(), "{}", zone.id);
            // What says nothing of a cloud would quietly take the public names there.
            let clouds = text.split("\n  - id: ").find(|part| part.starts_with(&format!("{}\n", zone.id))).unwrap();
            assert!(clouds.contains("AzureUSGovernment") && clouds.contains("AzureChinaCloud"), "{}", zone.id);
            for names in zone.names.values().flatten() {
                assert!(names.private.iter().all(|name| name.starts_with("privatelink.")), "{names:?}");
                let host = |name: &String| name.replace("{region}", "r").split('.').all(|label| !label.is_empty());
                assert!(names.forward.iter().all(|name| host(name) && !name.contains("privatelink")), "{names:?}");
            }
        }
    }
}
