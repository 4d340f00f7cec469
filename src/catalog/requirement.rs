//! One row of the catalog: who must reach whom, on what, why, when, and the page that says so.

use super::cloud::Cloud;
use crate::model::{PortSet, Protocol, Services, parse_allow, parse_prefix};
use crate::problem::{Problem, did_you_mean};
use crate::yaml::{self, Node, Value};
use ipnet::IpNet;
use std::collections::{BTreeMap, BTreeSet};

/// What a subnet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The CycleCloud server.
    CyclecloudServer,
    /// Cluster nodes.
    ClusterNodes,
    /// The scheduler and login nodes, where they do not live with the nodes.
    Scheduler,
    /// The return proxy node.
    ReturnProxy,
    /// Azure Machine Learning compute.
    AmlCompute,
    /// AKS nodes.
    AksNodes,
    /// Private endpoints.
    PrivateEndpoints,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 7] = [
        Role::CyclecloudServer,
        Role::ClusterNodes,
        Role::Scheduler,
        Role::ReturnProxy,
        Role::AmlCompute,
        Role::AksNodes,
        Role::PrivateEndpoints,
    ];

    /// The name in answers and catalog.
    pub fn name(self) -> &'static str {
        match self {
            Role::CyclecloudServer => "cyclecloud-server",
            Role::ClusterNodes => "cluster-nodes",
            Role::Scheduler => "scheduler",
            Role::ReturnProxy => "return-proxy",
            Role::AmlCompute => "aml-compute",
            Role::AksNodes => "aks-nodes",
            Role::PrivateEndpoints => "private-endpoints",
        }
    }

    /// The role of that name.
    pub fn parse(text: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == text)
    }
}

/// A set of prefixes that the answers give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Who administers.
    Admins,
    /// Who uses studio, notebooks, login nodes.
    Users,
    /// What is reached through the gateway.
    OnPremises,
    /// DNS servers of one's own.
    DnsServers,
    /// Directory servers.
    DirectoryServers,
    /// Time servers.
    NtpServers,
    /// NFS servers outside the cluster.
    NfsServers,
    /// Package mirrors.
    PackageMirrors,
    /// Pod address space of AKS.
    AksPods,
    /// Public addresses of the AKS API server.
    AksApiServer,
}

impl Group {
    /// Every group.
    pub const ALL: [Group; 10] = [
        Group::Admins,
        Group::Users,
        Group::OnPremises,
        Group::DnsServers,
        Group::DirectoryServers,
        Group::NtpServers,
        Group::NfsServers,
        Group::PackageMirrors,
        Group::AksPods,
        Group::AksApiServer,
    ];

    /// The name in the catalog.
    pub fn name(self) -> &'static str {
        match self {
            Group::Admins => "admins",
            Group::Users => "users",
            Group::OnPremises => "on-premises",
            Group::DnsServers => "dns-servers",
            Group::DirectoryServers => "directory-servers",
            Group::NtpServers => "ntp-servers",
            Group::NfsServers => "nfs-servers",
            Group::PackageMirrors => "package-mirrors",
            Group::AksPods => "aks-pods",
            Group::AksApiServer => "aks-api-server",
        }
    }

    /// The group of that name.
    pub fn parse(text: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.name() == text)
    }
}

/// One side of a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// The subnets with a role.
    Role(Role),
    /// The subnets with any role that runs machines: every one but private endpoints.
    EveryRole,
    /// The same subnet as the other side: traffic inside a subnet.
    Itself,
    /// Prefixes from the answers.
    Group(Group),
    /// A service tag, as a source.
    Tag(String),
    /// A destination in every spelling it has; as a source, prefixes alone.
    Destination(Destination),
}

impl Side {
    /// Whether subnets with this role are on this side.
    pub fn has(&self, role: Role) -> bool {
        match self {
            Side::Role(own) => *own == role,
            Side::EveryRole => role != Role::PrivateEndpoints,
            _ => false,
        }
    }

    /// Whether it is in this network: subnets, or pods, which live on the subnets of AKS nodes.
    fn is_here(&self) -> bool {
        matches!(self, Side::Role(_) | Side::EveryRole | Side::Group(Group::AksPods))
    }
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Side::Role(role) => f.write_str(role.name()),
            Side::EveryRole => f.write_str("every-role"),
            Side::Itself => f.write_str("itself"),
            Side::Group(group) => f.write_str(group.name()),
            Side::Tag(tag) => f.write_str(tag),
            Side::Destination(destination) => {
                let mut parts: Vec<String> = destination.tag.iter().cloned().collect();
                parts.extend(destination.names.iter().cloned());
                parts.extend(destination.prefixes.iter().map(ToString::to_string));
                f.write_str(&parts.join(", "))
            }
        }
    }
}

/// The same destination in every spelling that exists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Destination {
    /// A service tag; `{region}` stands for the region in the tag's own spelling.
    pub tag: Option<String>,
    /// Host names; placeholders in braces: region, locker, storage, registry, keyvault.
    pub names: Vec<String>,
    /// Documented fixed addresses.
    pub prefixes: Vec<IpNet>,
}

/// What may stand in braces in a name; each but `region` becomes `*` where nobody answered it.
const PLACEHOLDERS: [&str; 5] = ["region", "locker", "storage", "registry", "keyvault"];

/// A feature that must hold, or must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The feature, one of [`FEATURES`].
    pub feature: String,
    /// Whether it must not hold.
    pub negated: bool,
}

/// Whether a workload fails without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// It fails.
    Required,
    /// Something is lost, as the row's `consequence` says.
    Optional,
}

/// Who can stand behind a destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tenancy {
    /// Microsoft alone.
    Microsoft,
    /// You alone.
    Yours,
    /// Anyone who rents a place there.
    Anyone,
}

impl Tenancy {
    /// The word in the catalog.
    pub fn name(self) -> &'static str {
        match self {
            Tenancy::Microsoft => "microsoft",
            Tenancy::Yours => "yours",
            Tenancy::Anyone => "anyone",
        }
    }
}

/// The page that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// A key of the page table, or free text in own requirements.
    pub page: String,
    /// The section of the page.
    pub section: String,
    /// The date printed on the page, `YYYY-MM-DD`.
    pub date: String,
}

/// One requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Stable for ever: rules, locks and exceptions refer to it.
    pub id: String,
    /// Its place in the priority order, unique over all requirements.
    pub slot: u16,
    /// A documented rule name; the id is the rule's name where there is none.
    pub name: Option<String>,
    /// Who starts the connection.
    pub from: Side,
    /// Whom it is for.
    pub to: Side,
    /// The protocol.
    pub protocol: Protocol,
    /// The destination ports.
    pub ports: PortSet,
    /// The features that switch it on.
    pub when: Vec<Condition>,
    /// Other spellings of `to` by cloud; `None` where that cloud has no such thing.
    pub clouds: BTreeMap<Cloud, Option<Destination>>,
    /// Whether a workload fails without it.
    pub need: Need,
    /// Who can stand behind the destination.
    pub tenancy: Tenancy,
    /// What it is for, one clause.
    pub why: String,
    /// What is lost without it; empty for a required one.
    pub consequence: String,
    /// The pages that say so; at least one.
    pub source: Vec<Source>,
    /// Which reading was taken where sources disagree, and why; may be empty.
    pub note: String,
    /// Whether it comes from the admin's own file.
    pub own: bool,
    /// Line and column of the row, from 1.
    pub place: (usize, usize),
}

impl Requirement {
    /// Protocol and ports as a set.
    pub fn services(&self) -> Services {
        Services::new(self.protocol, &self.ports)
    }

    /// The destination in this cloud; `None` if the cloud has none. Roles and groups are the same everywhere.
    pub fn to_in(&self, cloud: Cloud) -> Option<Side> {
        match self.clouds.get(&cloud) {
            Some(other) => other.clone().map(Side::Destination),
            None => Some(self.to.clone()),
        }
    }

    /// Whether every condition holds among these features.
    pub fn holds(&self, features: &BTreeSet<String>) -> bool {
        self.when.iter().all(|condition| features.contains(&condition.feature) != condition.negated)
    }
}

/// Every feature that a `when` may ask for: what it stands for is said where answers turn it on.
pub const FEATURES: [&str; 51] = [
    "aks",
    "aks.api-by-ip",
    "aks.legacy-tunnel",
    "aks.monitoring",
    "aks.policy",
    "aks.private-api",
    "aks.public-api",
    "aml",
    "aml-no-public-ip",
    "aml-public-ip",
    "aml.compute-cluster",
    "aml.compute-instance",
    "aml.hbi",
    "aml.monitor-public",
    "aml.private-endpoints",
    "aml.python",
    "aml.registry-public",
    "aml.rstudio",
    "aml.smb-public",
    "aml.studio",
    "aml.vscode",
    "azure-monitor-agent",
    "cyclecloud",
    "cyclecloud-vm",
    "cyclecloud.7",
    "cyclecloud.admin-ssh",
    "cyclecloud.costs",
    "cyclecloud.github",
    "cyclecloud.grid-engine",
    "cyclecloud.locker-private-endpoint",
    "cyclecloud.locker-service-endpoint",
    "cyclecloud.lsf",
    "cyclecloud.marketplace",
    "cyclecloud.nfs-external",
    "cyclecloud.nfs-scheduler",
    "cyclecloud.node-packages",
    "cyclecloud.openpbs",
    "cyclecloud.package",
    "cyclecloud.package-mirror",
    "cyclecloud.server-packages",
    "cyclecloud.slurm",
    "cyclecloud.symphony",
    "cyclecloud.telemetry",
    "cyclecloud.users-rdp",
    "cyclecloud.users-ssh",
    "defender",
    "firewall-route",
    "linux",
    "os-updates",
    "return-proxy",
    "windows",
];

/// The slots that own requirements may take; ours lie below.
pub const OWN_SLOTS: std::ops::RangeInclusive<u16> = 600..=3799;

const KEYS: [&str; 14] = [
    "id",
    "slot",
    "name",
    "from",
    "to",
    "allow",
    "when",
    "clouds",
    "need",
    "tenancy",
    "why",
    "consequence",
    "source",
    "note",
];

/// Reads a file of rows: `requirements: [row, …]`. Rows with problems are left out.
pub(super) fn read(file: &str, bytes: &[u8], own: bool, problems: &mut Vec<Problem>) -> Vec<Requirement> {
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
        let need = self.word(row, "need", &[("required", Need::Required), ("optional", Need::Optional)]);
        let tenancies = [("microsoft", Tenancy::Microsoft), ("yours", Tenancy::Yours), ("anyone", Tenancy::Anyone)];
        let tenancy = self.word(row, "tenancy", &tenancies);
        let why = self.text(row, "why", true);
        let consequence = self.text(row, "consequence", need == Some(Need::Optional)).unwrap_or_default();
        let source = self.sources(row);
        let note = self.text(row, "note", false).unwrap_or_default();
        if let (Some(from), Some(to)) = (&from, &to) {
            if *to == Side::Itself && !matches!(from, Side::Role(_) | Side::EveryRole) {
                self.problem(row, "`to: itself` without a role in `from`", "it stands for the same subnet");
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
            need: need?,
            tenancy: tenancy?,
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
            .chain(["every-role"])
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
            && !is_rule_name(&tag.replace("{region}", "x"))
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
                let hint = match did_you_mean(feature, FEATURES) {
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
            let Some(cloud) = Cloud::parse(key) else {
                let hint = "one of: AzureCloud, AzureUSGovernment, AzureChinaCloud";
                self.problem(value, format!("`{key}` is not a cloud"), hint);
                continue;
            };
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
                && !super::pages().iter().any(|known| known.key == *page)
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
