//! What nothing used of a document, and why it may be left out.

use super::gather::{Found, pattern};
use super::value::{Document, Node, Value, same};
use crate::problem::Place;
use std::collections::BTreeMap;

/// How many kinds of unknown fields are told apart in one file.
const MOST_KINDS: usize = 1000;

impl Found {
    /// Notes every value of a document that nothing used.
    pub(super) fn leftovers(&mut self, document: &Document) {
        let mut walk = Walk { file: &document.file, path: document.path.clone(), kinds: BTreeMap::new() };
        walk.node(&document.root);
        for ((why, matters, pattern), (place, more)) in walk.kinds {
            self.ignored.insert((document.file.clone(), pattern, why.into(), matters), (place, more));
        }
    }
}

struct Walk<'a> {
    file: &'a str,
    path: String,
    kinds: BTreeMap<(&'static str, bool, String), (Place, usize)>,
}

impl Walk<'_> {
    fn node(&mut self, node: &Node) {
        if node.is_absent() {
            return;
        }
        let length = self.path.len();
        match &node.value {
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.path.push('/');
                    self.path.push_str(&index.to_string());
                    self.node(item);
                    self.path.truncate(length);
                }
            }
            Value::Map(fields) => {
                for (key, field) in fields {
                    self.path.push('/');
                    self.path.push_str(&key.replace('~', "~0").replace('/', "~1"));
                    self.node(field);
                    self.path.truncate(length);
                }
            }
            _ if node.is_used() => {}
            _ => {
                let (why, matters) = why(&self.path);
                let mut pattern = pattern(&self.path);
                if self.kinds.len() >= MOST_KINDS && !self.kinds.contains_key(&(why, matters, pattern.clone())) {
                    pattern.clear();
                }
                let place = || Place { file: self.file.into(), path: self.path.clone(), ..Place::default() };
                self.kinds
                    .entry((why, matters, pattern))
                    .and_modify(|(_, more)| *more += 1)
                    .or_insert_with(|| (place(), 0));
            }
        }
    }
}

/// Why a field is not used, by its name or by one that it stands below.
fn why(path: &str) -> (&'static str, bool) {
    for part in path.split('/') {
        for (names, why) in WITHOUT_RULES {
            if names.iter().any(|name| same(part, name)) {
                return (why, false);
            }
        }
    }
    let below = ["securityrules", "securityrule", "routes", "route", "rules", "rule", "effectivesecurityrules"];
    let in_rule = path.split('/').any(|part| below.iter().any(|name| same(part, name)));
    ("not a field that is known", in_rule)
}

const IDENTITY: &str = "says which resource it is, and nothing of what it lets through";
const OWNER: &str = "tells of the resource's life, and nothing of what it lets through";
/// Fields without meaning for rules, by name.
const WITHOUT_RULES: [(&[&str], &str); 9] = [
    (
        &[
            "id",
            "name",
            "type",
            "resourcegroup",
            "resourcegroupname",
            "resourceguid",
            "etag",
            "location",
            "kind",
            "subscriptionid",
            "tenantid",
            "extendedlocation",
            "apiversion",
            "address",
            "providername",
            "mode",
            "index",
            "schemaversion",
            "networksecuritygroupname",
            "resourcename",
            "resourceid",
            "virtualnetworkname",
        ],
        IDENTITY,
    ),
    (
        &[
            "provisioningstate",
            "tags",
            "tag",
            "tagstable",
            "systemdata",
            "identity",
            "managedby",
            "zones",
            "plan",
            "timeouts",
            "sensitivevalues",
            "createdtime",
            "changedtime",
            "size",
            "isreadonly",
            "sku",
            "dependson",
            "terraformversion",
            "comments",
            "metadata",
            "lock",
        ],
        OWNER,
    ),
    (&["defaultvalue", "variables"], "a parameter or variable that nothing uses which is read"),
    (&["flowlogs", "insights", "insight", "diagnosticsettings"], "logging, which lets nothing through"),
    (
        &[
            "tagmap",
            "expandedsourceaddressprefix",
            "expandeddestinationaddressprefix",
            "destinationaddressprefixexpanded",
        ],
        "what Azure made of a service tag: the tag itself is judged",
    ),
    (
        &[
            "securityrulestext",
            "defaultsecurityrulestext",
            "subnetstext",
            "networkinterfacestext",
            "routestext",
            "skutext",
        ],
        "repeats another field as text",
    ),
    (
        &[
            "dhcpoptions",
            "dnsservers",
            "dnssettings",
            "enableddosprotection",
            "ddosprotectionplan",
            "enablevmprotection",
            "privateendpointvnetpolicies",
            "privatelinkservicenetworkpolicies",
            "privatelinkservicenetworkpoliciesenabled",
            "enforceprivatelinkservicenetworkpolicies",
            "delegations",
            "delegation",
            "ipconfigurations",
            "ipconfiguration",
            "ipconfigurationprofiles",
            "flowtimeoutinminutes",
            "encryption",
            "bgpcommunities",
            "virtualnetworkbgpcommunities",
            "privateendpoints",
            "servers",
            "hasbgpoverride",
            "flushconnection",
            "purpose",
            "resourcenavigationlinks",
            "serviceassociationlinks",
            "applicationgatewayipconfigurations",
            "allowforwardedtraffic",
            "allowgatewaytransit",
            "peercompletevirtualnetworksenabled",
            "peercompletevnets",
            "donotverifyremotegateways",
            "peeringsynclevel",
            "guid",
            "bgpcommunity",
            "edgezone",
        ],
        "a setting of the network that decides about no packet that is judged",
    ),
    (
        &[
            "firewalls",
            "childpolicies",
            "firewallpolicies",
            "transportsecurity",
            "tlscertificate",
            "threatintelwhitelist",
            "threatintelligenceallowlist",
            "intrusiondetection",
            "sql",
            "sqlredirectallowed",
            "autolearnprivateranges",
            "autolearnprivaterangesenabled",
            "requireproxyfornetworkrules",
            "httpheaderstoinsert",
            "httpheaders",
            "terminatetls",
            "explicitproxy",
            "explicitproxysettings",
            "ipgroups",
            "firewallids",
            "firewallpolicyids",
            "managementipconfiguration",
            "publicipaddress",
            "virtualhub",
            "allowsqlredirect",
            "networkrulefqdnresolution",
        ],
        "a setting of the firewall that is not judged",
    ),
    (&["description", "retentiondays", "count", "totalrecords", "resulttruncated"], "for readers"),
];
