//! Text to requirements: every problem of every row, with its place.

use super::{
    Condition, Destination, FEATURES, Group, Need, OWN_SLOTS, PLACEHOLDERS, Requirement, Role, Side, Source, Tenancy,
    Untouched,
};
use crate::catalog::cloud::Cloud;
use crate::catalog::pages;
use crate::model::{parse_allow, parse_prefix};
use crate::problem::{Problem, did_you_mean};
use crate::yaml::{self, Node, Value};
use std::collections::BTreeMap;

const KEYS: [&str; 16] = [
    "id",
    "slot",
    "name",
    "from",
    "to",
    "allow",
    "when",
    "clouds",
    "gaps",
    "need",
    "tenancy",
    "tls",
    "why",
    "consequence",
    "source",
    "note",
];

/// Reads a file of rows: `requirements: [row, …]`. Rows with problems are left out.
pub(in crate::catalog) fn read(file: &str, bytes: &[u8], own: bool, problems: &mut Vec<Problem>) -> Vec<Requirement> {
    let (node, found) = yaml::read(file, bytes);
    problems.extend(found);
    let Some(node) = node else { return Vec::new() };
    let mut reader = Reader { file, problems, own };
    reader.only_keys(&node, &["requirements"], "");
    let Some(rows) = node.get("requirements").and_then(Node::items) else {
        reader.problem(&node, "no list `requirements`", "start the file with `requirements:` and a list of rows");
        return Vec::new();
    };
    rows.iter().filter_map(|row| reader.row(row)).collect()
}

struct Reader<'a> {
    file: &'a str,
    problems: &'a mut Vec<Problem>,
    own: bool,
}

impl Reader<'_> {
    fn problem(&mut self, node: &Node, what: impl Into<String>, hint: impl Into<String>) {
        let mut problem = Problem::in_file(self.file, what, hint);
        (problem.place.line, problem.place.column) = (node.line, node.column);
        self.problems.push(problem);
    }

    fn only_keys(&mut self, node: &Node, known: &[&str], of: &str) {
        let Value::Map(entries) = &node.value else { return };
        for (key, (line, column), _) in entries {
            if !known.contains(&key.as_str()) {
                let hint = match did_you_mean(key, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known here: {}", known.join(", ")),
                };
                let mut problem = Problem::in_file(self.file, format!("unknown key `{key}`{of}"), hint);
                (problem.place.line, problem.place.column) = (*line, *column);
                self.problems.push(problem);
            }
        }
    }

    /// The text under `key`, one line, or a problem and nothing.
    fn text(&mut self, row: &Node, key: &str, needed: bool) -> Option<String> {
        match row.get(key) {
            Some(node) => match node.text() {
                Some(text) if !text.trim().is_empty() && text.trim() == text && !text.chars().any(char::is_control) => {
                    Some(text.into())
                }
                Some(_) => {
                    self.problem(node, format!("`{key}` is empty, has space around it or more than one line"), "");
                    None
                }
                None => {
                    self.problem(node, format!("`{key}` must be text, not {}", node.kind()), "");
                    None
                }
            },
            None => {
                if needed {
                    self.problem(row, format!("the row has no `{key}`"), "");
                }
                None
            }
        }
    }

    /// One word out of a few.
    fn word<T: Copy>(&mut self, row: &Node, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(row, key, true)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let node = row.get(key).unwrap_or(row);
            self.problem(node, format!("`{key}` is `{text}`"), format!("one of: {}", known.join(", ")));
        }
        found
    }

    fn row(&mut self, row: &Node) -> Option<Requirement> {
        let before = self.problems.len();
        if !matches!(row.value, Value::Map(_)) {
            self.problem(row, format!("a requirement must be a mapping, not {}", row.kind()), "");
            return None;
        }
        self.only_keys(row, &KEYS, " of a requirement");
        let id = self.text(row, "id", true);
        if let Some(id) = &id
            && !is_id(id)
        {
            let hint =
                "words of a-z, 0-9 and `-`, joined by dots, such as `company.out.licences`, at most 60 characters";
            self.problem(row.get("id").unwrap_or(row), format!("`{id}` is not an id"), hint);
        }
        let name = self.text(row, "name", false);
        if let Some(name) = &name
            && !is_rule_name(name)
        {
            let hint = "letters, digits, `_`, `.`, `-`; at most 60; starts with a letter or digit";
            self.problem(row.get("name").unwrap_or(row), format!("Azure refuses the rule name `{name}`"), hint);
        }
        let slot = self.slot(row);
        let from = self.side(row, "from");
        let to = self.side(row, "to");
        let allow = self.text(row, "allow", true).and_then(|text| {
            let parsed = parse_allow(&text);
            if parsed.is_none() {
                let hint = "one protocol and its ports: `tcp 443`, `tcp 80,443`, `udp 5831`, `any 443`, `any`, `icmp`";
                self.problem(row.get("allow").unwrap_or(row), format!("`allow` is `{text}`"), hint);
            }
            parsed
        });
        let when = self.when(row);
        let clouds = self.clouds(row);
        let untouched = self.untouched(row);
        let gaps = self.gaps(row);
        let need = self.word(row, "need", &[("required", Need::Required), ("optional", Need::Optional)]);
        let tenancies = [("microsoft", Tenancy::Microsoft), ("yours", Tenancy::Yours), ("anyone", Tenancy::Anyone)];
        let tenancy = self.word(row, "tenancy", &tenancies);
        let why = self.text(row, "why", true);
        let consequence = self.text(row, "consequence", need == Some(Need::Optional)).unwrap_or_default();
        let source = self.sources(row);
        let note = self.text(row, "note", false).unwrap_or_default();
        if let (Some(from), Some(to)) = (&from, &to) {
            if *to == Side::Itself && !matches!(from, Side::Role(_) | Side::EveryRole | Side::EveryNode) {
                self.problem(row, "`to: itself` without a role in `from`", "it stands for the same subnet");
            }
            for name in untouched.iter().flat_map(|untouched| &untouched.names) {
                let has = |names: &[String]| names.contains(name);
                let here = matches!(to, Side::Destination(to) if has(&to.names));
                if !here && !clouds.values().flatten().any(|other| has(&other.names)) {
                    let node = row.get("tls").unwrap_or(row);
                    self.problem(node, format!("`tls` names `{name}`, which is none of the row's names"), "");
                }
            }
            if !from.is_here() && !to.is_here() {
                self.problem(row, "neither `from` nor `to` is a role", "one side must be a subnet of this network");
            }
            if matches!(from, Side::Destination(d) if d.tag.is_some() || !d.names.is_empty()) {
                self.problem(
                    row,
                    "`from` has names or a tag in a mapping",
                    "write a tag as `from: Tag`; names cannot be a source",
                );
            }
        }
        if self.problems.len() > before {
            return None;
        }
        let (protocol, ports) = allow?;
        Some(Requirement {
            id: id?,
            slot: slot?,
            name,
            from: from?,
            to: to?,
            protocol,
            ports,
            when,
            clouds,
            gaps,
            need: need?,
            tenancy: tenancy?,
            untouched,
            why: why?,
            consequence,
            source,
            note,
            own: self.own,
            place: (row.line, row.column),
        })
    }

    fn slot(&mut self, row: &Node) -> Option<u16> {
        let text = self.text(row, "slot", true)?;
        let allowed = if self.own { OWN_SLOTS } else { 100..=599 };
        match text.parse::<u16>() {
            Ok(slot) if allowed.contains(&slot) => Some(slot),
            _ => {
                let hint = format!("a number from {} to {}", allowed.start(), allowed.end());
                self.problem(row.get("slot").unwrap_or(row), format!("`slot` is `{text}`"), hint);
                None
            }
        }
    }

    fn side(&mut self, row: &Node, key: &str) -> Option<Side> {
        let node = match row.get(key) {
            Some(node) => node,
            None => {
                self.problem(row, format!("the row has no `{key}`"), "");
                return None;
            }
        };
        if matches!(node.value, Value::Map(_)) {
            return self.destination(node).map(Side::Destination);
        }
        let text = self.text(row, key, true)?;
        if let Some(role) = Role::parse(&text) {
            return Some(Side::Role(role));
        }
        if text == "every-role" {
            return Some(Side::EveryRole);
        }
        if text == "every-node" {
            return Some(Side::EveryNode);
        }
        if text == "itself" && key == "to" {
            return Some(Side::Itself);
        }
        if let Some(group) = Group::parse(&text) {
            return Some(Side::Group(group));
        }
        // Roles and groups are lower case; Microsoft's tags start with a capital.
        if key == "from" && text.starts_with(|c: char| c.is_ascii_uppercase()) && is_rule_name(&text) {
            return Some(Side::Tag(text));
        }
        let known: Vec<&str> = Role::ALL
            .iter()
            .map(|r| r.name())
            .chain(["every-role", "every-node"])
            .chain(Group::ALL.iter().map(|g| g.name()))
            .collect();
        let hint = match did_you_mean(&text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}; other destinations as {{tag: …, names: […], prefixes: […]}}", known.join(", ")),
        };
        self.problem(node, format!("`{key}` names the unknown role or group `{text}`"), hint);
        None
    }

    fn destination(&mut self, node: &Node) -> Option<Destination> {
        let before = self.problems.len();
        self.only_keys(node, &["tag", "names", "prefixes"], " of a destination");
        let tag = self.text(node, "tag", false);
        if let Some(tag) = &tag
            && !is_rule_name(&tag.replace(".{region}", ".x").replace(".{workspace-region}", ".x"))
        {
            self.problem(node, format!("`{tag}` is not a service tag"), "as `Storage` or `Storage.{region}`");
        }
        let mut names = Vec::new();
        for item in self.list(node, "names") {
            match item.text() {
                Some(name) if is_host_pattern(name) => names.push(name.to_string()),
                other => {
                    let what = format!("`{}` is not a host name", other.unwrap_or_default());
                    self.problem(
                        item,
                        what,
                        "a name such as `login.example.com` or `*.example.com`, no scheme, no path",
                    );
                }
            }
        }
        let mut prefixes = Vec::new();
        for item in self.list(node, "prefixes") {
            match item.text().map(parse_prefix) {
                Some(Ok(prefix)) if prefix == prefix.trunc() => prefixes.push(prefix),
                _ => {
                    let what = format!("`{}` is not a prefix", item.text().unwrap_or_default());
                    self.problem(item, what, "as `10.20.0.0/24`, host bits zero");
                }
            }
        }
        if self.problems.len() == before && tag.is_none() && names.is_empty() && prefixes.is_empty() {
            self.problem(node, "a destination with no tag, names or prefixes", "");
        }
        (self.problems.len() == before).then_some(Destination { tag, names, prefixes })
    }

    /// The items under `key`: none if it is absent, a problem if it is no list.
    fn list<'n>(&mut self, node: &'n Node, key: &str) -> &'n [Node] {
        let Some(list) = node.get(key) else { return &[] };
        if list.items().is_none() {
            self.problem(list, format!("`{key}` must be a list, not {}", list.kind()), "");
        }
        list.items().unwrap_or_default()
    }

    fn when(&mut self, row: &Node) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for item in self.list(row, "when") {
            let text = item.text().unwrap_or_default();
            let (negated, feature) = match text.strip_prefix('!') {
                Some(feature) => (true, feature),
                None => (false, text),
            };
            if FEATURES.contains(&feature) {
                conditions.push(Condition { feature: feature.into(), negated });
            } else {
                let hint = match did_you_mean(feature, FEATURES.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known: {}", FEATURES.join(", ")),
                };
                self.problem(item, format!("`when` names the unknown feature `{feature}`"), hint);
            }
        }
        conditions
    }

    fn clouds(&mut self, row: &Node) -> BTreeMap<Cloud, Option<Destination>> {
        let mut clouds = BTreeMap::new();
        let Some(node) = row.get("clouds") else { return clouds };
        let Value::Map(entries) = &node.value else {
            self.problem(node, format!("`clouds` must be a mapping, not {}", node.kind()), "");
            return clouds;
        };
        for (key, _, value) in entries {
            let Some(cloud) = self.cloud(key, value) else { continue };
            if value.text() == Some("absent") {
                clouds.insert(cloud, None);
            } else if matches!(value.value, Value::Map(_)) {
                if let Some(destination) = self.destination(value) {
                    clouds.insert(cloud, Some(destination));
                }
            } else {
                self.problem(value, "neither a destination nor `absent`", "");
            }
        }
        clouds
    }

    /// `tls: {why: …, names: […]}`: what TLS inspection must leave alone.
    fn untouched(&mut self, row: &Node) -> Option<Untouched> {
        let node = row.get("tls")?;
        if !matches!(node.value, Value::Map(_)) {
            self.problem(node, format!("`tls` must be a mapping, not {}", node.kind()), "tls: {why: WebSocket}");
            return None;
        }
        self.only_keys(node, &["why", "names"], " of `tls`");
        let names = self.list(node, "names").iter().filter_map(Node::text).map(String::from).collect();
        Some(Untouched { why: self.text(node, "why", true)?, names })
    }

    fn cloud(&mut self, key: &str, value: &Node) -> Option<Cloud> {
        let cloud = Cloud::parse(key);
        if cloud.is_none() {
            let hint = "one of: AzureCloud, AzureUSGovernment, AzureChinaCloud";
            self.problem(value, format!("`{key}` is not a cloud"), hint);
        }
        cloud
    }

    fn gaps(&mut self, row: &Node) -> BTreeMap<Cloud, String> {
        let mut gaps = BTreeMap::new();
        let Some(node) = row.get("gaps") else { return gaps };
        let Value::Map(entries) = &node.value else {
            self.problem(node, format!("`gaps` must be a mapping, not {}", node.kind()), "");
            return gaps;
        };
        for (key, _, value) in entries {
            let Some(cloud) = self.cloud(key, value) else { continue };
            if let Some(text) = self.text(node, key, true) {
                gaps.insert(cloud, text);
            }
        }
        gaps
    }

    fn sources(&mut self, row: &Node) -> Vec<Source> {
        let items = self.list(row, "source");
        if items.is_empty() {
            let hint = "source: [{page: …, section: …, date: 2026-01-31}]";
            self.problem(row, "the row has no `source`", hint);
        }
        let mut sources = Vec::new();
        for item in items {
            self.only_keys(item, &["page", "section", "date"], " of a source");
            let page = self.text(item, "page", true);
            let section = self.text(item, "section", true);
            let date = self.text(item, "date", true);
            if let Some(date) = &date
                && !is_date(date)
            {
                self.problem(item, format!("`{date}` is not a date"), "as 2026-01-31");
            }
            if let Some(page) = &page
                && !self.own
                && !pages().iter().any(|known| known.key == *page)
            {
                self.problem(item, format!("`{page}` is not in pages.yaml"), "");
            }
            if let (Some(page), Some(section), Some(date)) = (page, section, date) {
                sources.push(Source { page, section, date });
            }
        }
        sources
    }
}

fn is_id(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    text.len() <= 60 && text.contains('.') && text.split('.').all(word)
}

/// Azure's pattern for rule names (resource-name-rules, Microsoft.Network), short enough to leave room for a subnet.
fn is_rule_name(text: &str) -> bool {
    let inner = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-');
    let bytes = text.as_bytes();
    (1..=60).contains(&bytes.len())
        && bytes.iter().all(|b| inner(*b))
        && bytes[0].is_ascii_alphanumeric()
        && bytes.last().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
}

fn is_host_pattern(text: &str) -> bool {
    let mut labels = text.split('.').peekable();
    let count = text.split('.').count();
    let mut first = true;
    labels.all(|label| {
        let braced = label.strip_prefix('{').and_then(|label| label.strip_suffix('}'));
        let known = braced.is_some_and(|name| PLACEHOLDERS.contains(&name));
        let plain = !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-');
        let ok = known || plain || (first && label == "*");
        first = false;
        ok
    }) && count >= 2
        && text.len() <= 253
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &str, length: usize, most: u32| {
        part.len() == length
            && part.bytes().all(|b| b.is_ascii_digit())
            && part.parse().is_ok_and(|n: u32| n >= 1 && n <= most)
    };
    parts.len() == 3 && number(parts[0], 4, 9999) && number(parts[1], 2, 12) && number(parts[2], 2, 31)
}
