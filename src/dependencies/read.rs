//! The answer of `outboundNetworkDependenciesEndpoints`, as Azure gives it for a workspace or a cluster.

use crate::model::Protocol;
use crate::problem::Problem;
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;

/// The largest response that is read, in bytes: a real one has a few kilobytes.
const LARGEST: usize = 16 << 20;
/// The most endpoints that are compared: a real response has about a hundred.
const MOST: usize = 2_000;

/// Whose answer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resource {
    /// An Azure Machine Learning workspace: every item has its `properties`
    /// (azure-rest-api-specs, Microsoft.MachineLearningServices 2024-04-01, ExternalFQDN).
    Workspace,
    /// An AKS cluster: items have none
    /// (azure-rest-api-specs, Microsoft.ContainerService 2024-02-01, OutboundNetworkDependenciesEndpoints).
    Cluster,
}

/// A response, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Whose answer it is.
    pub resource: Resource,
    /// What it lists, each name and port once, sorted.
    pub dependencies: Vec<Dependency>,
}

/// An endpoint that must be reached, on one port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Dependency {
    /// Where.
    pub target: Target,
    /// The port; `None` where the response has none.
    pub port: Option<u16>,
    /// The protocol, where the response names one.
    #[serde(serialize_with = "protocol")]
    pub protocol: Option<Protocol>,
    /// What the response files it under. It is shown and never compared: the wording differs from page to page.
    pub category: String,
}

/// Where an endpoint is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A host name, in lower case, perhaps with `*`.
    Name(String),
    /// An address or prefix.
    Prefix(IpNet),
}

#[expect(clippy::ref_option, reason = "the form that serde asks for")]
fn protocol<S: serde::Serializer>(protocol: &Option<Protocol>, serializer: S) -> Result<S::Ok, S::Error> {
    match protocol {
        Some(Protocol::Udp) => serializer.serialize_str("udp"),
        Some(_) => serializer.serialize_str("tcp"),
        None => serializer.serialize_none(),
    }
}

impl Serialize for Target {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Name(name) => f.write_str(name),
            Target::Prefix(prefix) => prefix.fmt(f),
        }
    }
}

impl fmt::Display for Dependency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.target, self.service())
    }
}

impl Dependency {
    /// Protocol and port in words: `tcp 443`, `443` without a protocol, `any port`.
    pub fn service(&self) -> String {
        let protocol = match self.protocol {
            Some(Protocol::Udp) => "udp ",
            Some(_) => "tcp ",
            None => "",
        };
        match self.port {
            Some(port) => format!("{protocol}{port}"),
            None => format!("{protocol}any port"),
        }
    }
}

/// The body. Unknown members are left alone: later API versions add some.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    value: Option<Vec<Item>>,
    next_link: Option<String>,
    error: Option<Refusal>,
    responses: Option<Example>,
}

/// An example of the published REST specification, which has the body inside.
#[derive(Deserialize)]
struct Example {
    #[serde(rename = "200")]
    ok: Option<ExampleResponse>,
}

#[derive(Deserialize)]
struct ExampleResponse {
    body: Option<Box<Body>>,
}

/// An error that Azure answered instead.
#[derive(Deserialize)]
struct Refusal {
    code: Option<String>,
    message: Option<String>,
}

#[derive(Deserialize)]
struct Item {
    category: Option<String>,
    endpoints: Option<Vec<Endpoint>>,
    properties: Option<Properties>,
}

#[derive(Deserialize)]
struct Properties {
    category: Option<String>,
    endpoints: Option<Vec<Endpoint>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint {
    domain_name: Option<String>,
    endpoint_details: Option<Vec<Detail>>,
}

#[derive(Deserialize)]
struct Detail {
    port: Option<u16>,
    protocol: Option<String>,
}

/// Reads a response. `file` is the name for places.
///
/// Errors: what is no such response, is one page of several, lists something that is no host name, or is far larger
/// than any real one. All names that cannot be read are found in one run.
pub fn read(file: &str, bytes: &[u8]) -> Result<Response, Vec<Problem>> {
    const HINT: &str = "save what `az rest` prints, as the script `dependencies.sh` of the output folder does";
    let fail = |what: String| vec![Problem::in_file(file, what, HINT)];
    if bytes.len() > LARGEST {
        return Err(fail(format!("the file is larger than {} MiB", LARGEST >> 20)));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(fail("the file is UTF-16, as Windows PowerShell redirects: it must be UTF-8".into()));
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let list = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
    let items = if list {
        serde_json::from_slice::<Vec<Item>>(bytes).map_err(|error| vec![not_json(file, &error)])?
    } else {
        let body = serde_json::from_slice::<Body>(bytes).map_err(|error| vec![not_json(file, &error)])?;
        let example = |responses: Example| responses.ok.and_then(|response| response.body).map(|body| *body);
        let body = match body {
            Body { value: None, responses: Some(responses), .. } => example(responses),
            other => Some(other),
        };
        match body {
            Some(Body { error: Some(Refusal { code, message }), .. }) => {
                let said: Vec<String> = [code, message].into_iter().flatten().map(|text| short(&text)).collect();
                return Err(fail(format!("Azure refused to answer: {}", said.join(": "))));
            }
            Some(Body { next_link: Some(link), .. }) if !link.is_empty() => {
                return Err(fail("it is one page of several: `nextLink` leads to the next".into()));
            }
            Some(Body { value: Some(items), .. }) => items,
            _ => return Err(fail("there is no list `value` in it".into())),
        }
    };
    // A workspace wraps each of its items; a cluster none.
    let resource =
        if items.iter().any(|item| item.properties.is_some()) { Resource::Workspace } else { Resource::Cluster };
    let mut problems = Vec::new();
    let mut found: BTreeSet<Dependency> = BTreeSet::new();
    for (index, item) in items.into_iter().enumerate() {
        let (wrap, category, endpoints) = match item.properties {
            Some(properties) => (".properties", properties.category, properties.endpoints),
            None => ("", item.category, item.endpoints),
        };
        let category = category.unwrap_or_default();
        for (place, endpoint) in endpoints.unwrap_or_default().into_iter().enumerate() {
            let path = format!("value[{index}]{wrap}.endpoints[{place}].domainName");
            let target = match endpoint.domain_name.as_deref().map(target) {
                Some(Ok(target)) => target,
                other => {
                    let what = match other {
                        Some(Err(text)) => format!("`{}` is no host name and no address", short(&text)),
                        _ => "it is missing".into(),
                    };
                    let mut problem = Problem::at(&path, what, HINT);
                    problem.place.file = file.into();
                    problems.push(problem);
                    continue;
                }
            };
            let details = endpoint.endpoint_details.unwrap_or_default();
            let mut add = |port, protocol| {
                found.insert(Dependency { target: target.clone(), port, protocol, category: category.clone() });
            };
            if details.is_empty() {
                add(None, None);
            }
            for detail in details {
                add(detail.port, detail.protocol.as_deref().and_then(transport));
            }
        }
        if problems.len() >= 20 || found.len() > MOST {
            break;
        }
    }
    if found.len() > MOST {
        problems.push(fail(format!("it lists more than {MOST} endpoints")).remove(0));
    } else if found.is_empty() && problems.is_empty() {
        problems.push(fail("it lists no endpoint".into()).remove(0));
    }
    if problems.is_empty() { Ok(Response { resource, dependencies: once(found) }) } else { Err(problems) }
}

/// Each name, port and protocol once, under its first category.
fn once(found: BTreeSet<Dependency>) -> Vec<Dependency> {
    let mut dependencies: Vec<Dependency> = found.into_iter().collect();
    dependencies.dedup_by(|a, b| (&a.target, a.port, a.protocol) == (&b.target, b.port, b.protocol));
    dependencies
}

fn not_json(file: &str, error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    let what = if error.is_data() { format!("it is not such a response: {}", short(what)) } else { short(what) };
    let mut problem = Problem::in_file(file, what, "save what `az rest` prints, as it is");
    (problem.place.line, problem.place.column) = (error.line(), error.column());
    problem
}

/// Foreign text in a message.
fn short(text: &str) -> String {
    let start: String = text.chars().take(120).collect();
    if start.len() < text.len() { format!("{start}…") } else { start }
}

/// The transport of what a cluster's answer calls a protocol: `Https`, `Http`, `TCP`, `UDP`.
fn transport(word: &str) -> Option<Protocol> {
    match word.to_ascii_lowercase().as_str() {
        "https" | "http" | "tcp" => Some(Protocol::Tcp),
        "udp" => Some(Protocol::Udp),
        _ => None,
    }
}

/// A host name or an address. A scheme before it and a path behind it say nothing to a network.
fn target(text: &str) -> Result<Target, String> {
    let trimmed = text.trim();
    let host = trimmed.split_once("://").map_or(trimmed, |(_, rest)| rest);
    if let Ok(prefix) = host.parse::<IpNet>() {
        return Ok(Target::Prefix(prefix.trunc()));
    }
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(Target::Prefix(address.into()));
    }
    let host = host.split('/').next().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    // A leading dot means every name below, as some firewalls write it.
    let name = if host.starts_with('.') { format!("*{host}") } else { host };
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'*'))
    };
    if name.len() <= 253 && name.split('.').all(label) { Ok(Target::Name(name)) } else { Err(text.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &[u8]) -> Vec<String> {
        read("r.json", text).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn both_shapes_and_a_bare_list_are_read() {
        let workspace = br#"{"value": [{"properties": {"category": "Azure Active Directory", "endpoints": [
            {"domainName": "Login.MicrosoftOnline.com", "endpointDetails": [{"port": 80}, {"port": 443}]}]}}]}"#;
        let found = read("r.json", workspace).unwrap();
        let shown: Vec<String> = found.dependencies.iter().map(ToString::to_string).collect();
        assert_eq!(
            (found.resource, shown),
            (Resource::Workspace, vec!["login.microsoftonline.com 80".into(), "login.microsoftonline.com 443".into()])
        );
        let cluster = br#"[{"category": "time-sync", "endpoints": [
            {"domainName": "ntp.ubuntu.com.", "endpointDetails": [{"port": 123, "protocol": "UDP", "description": "x"}]},
            {"domainName": "https://mcr.microsoft.com/v2", "endpointDetails": [{"port": 443, "protocol": "Https"}]},
            {"domainName": ".ubuntu.com", "endpointDetails": null},
            {"domainName": "20.1.2.3", "endpointDetails": [{"port": 9000, "protocol": "TCP"}]}]}]"#;
        let found = read("r.json", cluster).unwrap();
        let shown: Vec<String> = found.dependencies.iter().map(ToString::to_string).collect();
        let meant =
            ["*.ubuntu.com any port", "mcr.microsoft.com tcp 443", "ntp.ubuntu.com udp 123", "20.1.2.3/32 tcp 9000"];
        assert_eq!((found.resource, shown), (Resource::Cluster, meant.map(String::from).to_vec()));
    }

    #[test]
    fn what_is_listed_under_two_categories_is_one_endpoint() {
        let text = br#"{"value": [
            {"category": "b", "endpoints": [{"domainName": "a.org", "endpointDetails": [{"port": 443}]}]},
            {"category": "a", "endpoints": [{"domainName": "a.org", "endpointDetails": [{"port": 443}, {"port": 443}]}]}]}"#;
        let found = read("r.json", text).unwrap().dependencies;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].category, "a");
    }

    #[test]
    fn what_is_no_response_is_a_problem_with_its_place() {
        let rows: [(&[u8], &str); 12] = [
            (b"", "EOF while parsing a value"),
            (b"{}", "there is no list `value` in it"),
            (br#"{"value": []}"#, "it lists no endpoint"),
            (
                br#"{"value": "x"}"#,
                "r.json:1:13: it is not such a response: invalid type: string \"x\", expected a sequence",
            ),
            (br#"{"value": [{"endpoints": [{"domainName": 7}]}]}"#, "invalid type: integer `7`"),
            (br#"{"value": [{"endpoints": [{"domainName": "a", "endpointDetails": [{"port": 70000}]}]}]}"#, "`70000`"),
            (br#"{"value": [{"endpoints": [{}]}]}"#, "value[0].endpoints[0].domainName: it is missing"),
            (
                br#"{"value": [{"properties": {"endpoints": [{"domainName": "\u001b[2J"}]}}]}"#,
                "value[0].properties.endpoints[0].domainName: `\\u{1b}[2J` is no host name",
            ),
            (
                br#"{"error": {"code": "AuthorizationFailed", "message": "no"}}"#,
                "Azure refused to answer: AuthorizationFailed: no",
            ),
            (br#"{"value": [], "nextLink": "https://x"}"#, "one page of several"),
            (b"\xff\xfe{\0", "UTF-16"),
            (b"{\"value\": [{\"category\": \"\x01\"}]}", "control character"),
        ];
        for (text, meant) in rows {
            let found = problems(text);
            assert!(found.len() == 1 && found[0].contains(meant), "{found:?}, not {meant}");
        }
    }

    #[test]
    fn hostile_sizes_are_refused_and_said_shortly() {
        let deep = "[".repeat(100_000);
        let long = format!(r#"{{"value": "{}"}}"#, "x".repeat(1 << 20));
        let large = vec![b' '; LARGEST + 1];
        let many: Vec<String> = (0..=MOST)
            .map(|n| format!(r#"{{"domainName": "h{n}.org", "endpointDetails": [{{"port": 1}}]}}"#))
            .collect();
        let many = format!(r#"{{"value": [{{"endpoints": [{}]}}]}}"#, many.join(","));
        let broken = format!(r#"{{"value": [{}]}}"#, vec![r#"{"endpoints": [{}]}"#; 100_000].join(","));
        for text in [deep.as_bytes(), long.as_bytes(), &large, many.as_bytes(), broken.as_bytes()] {
            let found = problems(text);
            assert!(found.len() <= 20 && found.iter().all(|problem| problem.len() < 400), "{found:?}");
        }
    }

    #[test]
    fn names_that_are_none_are_refused() {
        for text in ["", " ", "*..x", "a b.org", "[::", "${x}.org", "a\u{202e}.org", &"a.".repeat(130)] {
            assert!(target(text).is_err(), "{text}");
        }
    }
}
