//! Files of service tags: Microsoft's weekly download and the answers of its API, read strictly.

use super::{Abilities, Cloud, Rows, compare_names, source_name};
use crate::model::parse_prefix;
use crate::problem::{Place, Problem};
use crate::yaml::LARGEST_FILE;
use ipnet::IpNet;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};
use std::sync::{Arc, OnceLock};

const WHAT_TO_GIVE: &str =
    "give Microsoft's weekly `ServiceTags_….json` or the whole answer of `az network list-service-tags`";

/// A file of service tags as read: every name and prefix checked, sorted, no name twice.
#[derive(Clone, Debug)]
pub struct TagFile {
    file: String,
    cloud: Option<String>,
    change: String,
    entries: Vec<Entry>,
    /// Made when they are asked for.
    rows: OnceLock<Arc<Rows>>,
}

/// Reads a file of service tags. `name` is the file as the user named it, for problems.
///
/// Accepts the weekly download, also in its schema of 2019 without `networkFeatures`; the answer of the Service Tag
/// Discovery API (`az network list-service-tags`: change numbers are text), bare or as the `responses.200.body` of the
/// API's published example; a byte-order mark and CRLF. Fields it does not need are ignored.
///
/// Problems: larger than 16 MiB, not UTF-8, not JSON (with line and column), cut off, nested too deep, no `values` or
/// none in it, a bad name, a name twice, a bad prefix, and an answer that says in `nextLink` that there is more.
pub fn read_file(name: &str, bytes: &[u8]) -> Result<TagFile, Problem> {
    let problem = |what: String, hint: &str| Problem::in_file(name, what, hint);
    if bytes.len() > LARGEST_FILE {
        return Err(problem(format!("the file is larger than {} MiB", LARGEST_FILE >> 20), WHAT_TO_GIVE));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let hint = "save it as UTF-8; Windows PowerShell's `>` writes UTF-16: use `| Out-File -Encoding utf8`";
        problem(format!("the file is not UTF-8 text (byte {})", error.valid_up_to()), hint)
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('[') {
        return Err(problem("the file is a list, not an object with `values`".into(), WHAT_TO_GIVE));
    }
    let mut document: Document = serde_json::from_str(text).map_err(|error| json_problem(name, &error))?;
    while let Some(Responses { ok: Some(answer) }) = document.responses.take() {
        document = *answer.body;
    }
    if document.next_link.is_some_and(|link| !link.is_empty()) {
        let hint = "fetch the pages that `nextLink` leads to as well and put their `values` into one list";
        return Err(problem("the file holds only the first of several pages (`nextLink`)".into(), hint));
    }
    let mut entries = document.values.unwrap_or_default();
    if entries.is_empty() {
        return Err(problem("the file has no `values`, so no service tags".into(), WHAT_TO_GIVE));
    }
    let ordinary = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    for Entry { name: tag, properties } in &entries {
        if tag.is_empty() || !tag.chars().all(ordinary) {
            return Err(problem(format!("`{tag}` is no name of a service tag"), WHAT_TO_GIVE));
        }
        if let Some(bad) = properties.prefixes.as_ref().and_then(|prefixes| prefixes.bad.as_ref()) {
            let what = format!("tag `{tag}`: `{bad}` is not an address prefix such as `20.60.0.0/16`");
            return Err(problem(what, "fetch the file again"));
        }
    }
    entries.sort_by(|a, b| compare_names(&a.name, &b.name));
    if let Some(pair) = entries.windows(2).find(|pair| compare_names(&pair[0].name, &pair[1].name).is_eq()) {
        return Err(problem(format!("the tag `{}` is here twice", pair[1].name), "keep one of them"));
    }
    Ok(TagFile {
        file: name.into(),
        cloud: document.cloud,
        change: document.change.unwrap_or_default(),
        entries,
        rows: OnceLock::new(),
    })
}

/// The snapshot that the program embeds, made of a file of service tags: a header, then one tag per line, names sorted
/// without regard to case, prefixes exactly the file's, sorted (IPv4 first), none twice.
///
/// Problems: those of [`read_file`]; a date that is not `YYYY-MM-DD`; a file that does not name its cloud.
pub fn snapshot_text(name: &str, bytes: &[u8], date: &str) -> Result<String, Problem> {
    let file = read_file(name, bytes)?;
    let digits: String = date.split('-').collect();
    if date_text(&digits).as_deref() != Some(date) {
        return Err(Problem::in_file(name, format!("`{date}` is not a date such as `2025-11-03`"), ""));
    }
    let Some(cloud) = file.cloud() else {
        return Err(Problem::in_file(name, "the file does not name a cloud of this program", WHAT_TO_GIVE));
    };
    let mut text = format!(
        "# Azure service tags: name, networkFeatures without API, prefixes; made by `netcordon tags snapshot`\n\
         # cloud: {}\n# change: {}\n# date: {date}\n# source: {}\n# sha256: ",
        cloud.name(),
        file.change,
        file.base_name()
    );
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text.push('\n');
    for entry in &file.entries {
        let mut prefixes: Vec<IpNet> =
            entry.prefixes().split(',').filter_map(|prefix| parse_prefix(prefix).ok()).collect();
        prefixes.sort_unstable();
        prefixes.dedup();
        let prefixes: Vec<String> = prefixes.iter().map(ToString::to_string).collect();
        write_row(&mut text, entry, &prefixes.join(","));
    }
    Ok(text)
}

impl TagFile {
    /// The cloud that the file names; `None` if it names none or one that this program does not know.
    pub fn cloud(&self) -> Option<Cloud> {
        self.cloud.as_deref().and_then(cloud_named)
    }

    /// A problem if the file names another cloud than `expected`. A file that names none is taken as it is.
    pub fn check_cloud(&self, expected: Cloud) -> Result<(), Problem> {
        match &self.cloud {
            Some(named) if cloud_named(named) != Some(expected) => {
                let what = format!("the file holds the tags of `{named}`, not of `{}`", expected.name());
                let hint = format!("download {}, or correct `cloud`", download_page(expected));
                Err(Problem::in_file(&self.file, what, hint))
            }
            _ => Ok(()),
        }
    }

    /// The name without its folders, which differ between machines.
    fn base_name(&self) -> &str {
        self.file.rsplit(['/', '\\']).next().unwrap_or(&self.file)
    }

    pub(super) fn source(&self) -> String {
        source_name(self.base_name(), &self.change)
    }

    /// The date in the name that Microsoft gives the download: `ServiceTags_Public_20251103.json`.
    pub(super) fn date(&self) -> Option<String> {
        self.base_name().split(['_', '.']).find_map(date_text)
    }

    /// The tags as lines, prefixes as listed; made once, however many environments are planned.
    pub(super) fn rows(&self) -> Arc<Rows> {
        self.rows.get_or_init(|| Arc::new(Rows::new(self.rows_text().into()))).clone()
    }

    fn rows_text(&self) -> String {
        let mut text = String::with_capacity(self.entries.iter().map(|entry| entry.prefixes().len() + 64).sum());
        for entry in &self.entries {
            write_row(&mut text, entry, entry.prefixes());
        }
        text
    }
}

/// `20251103` as `2025-11-03`; `None` if it is no date.
fn date_text(digits: &str) -> Option<String> {
    let plausible = digits.len() == 8
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.starts_with("20")
        && ("01"..="12").contains(&&digits[4..6])
        && ("01"..="31").contains(&&digits[6..]);
    plausible.then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}

/// The names that files give clouds, and our own.
fn cloud_named(text: &str) -> Option<Cloud> {
    let names = |cloud| match cloud {
        Cloud::AzureCloud => "Public",
        Cloud::AzureUSGovernment => "AzureGovernment",
        Cloud::AzureChinaCloud => "China",
    };
    Cloud::ALL
        .into_iter()
        .find(|&cloud| names(cloud).eq_ignore_ascii_case(text) || cloud.name().eq_ignore_ascii_case(text))
}

/// Where a cloud's file is offered (service-tags-overview, "Discover service tags by using downloadable JSON files",
/// 2023-01-26).
fn download_page(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::AzureCloud => "https://www.microsoft.com/download/details.aspx?id=56519",
        Cloud::AzureUSGovernment => "https://www.microsoft.com/download/details.aspx?id=57063",
        Cloud::AzureChinaCloud => "https://www.microsoft.com/download/details.aspx?id=57062",
    }
}

fn write_row(text: &mut String, entry: &Entry, prefixes: &str) {
    let features = match entry.properties.features {
        None => "?".into(),
        Some(Features(can)) => {
            let named = [(can.nsg, "NSG"), (can.route, "UDR"), (can.firewall, "FW"), (can.service_endpoint, "VSE")];
            let granted: Vec<&str> = named.iter().filter(|(granted, _)| *granted).map(|(_, name)| *name).collect();
            if granted.is_empty() { "-".into() } else { granted.join(",") }
        }
    };
    for part in [&entry.name, "\t", &features, "\t", prefixes, "\n"] {
        text.push_str(part);
    }
}

fn json_problem(file: &str, error: &serde_json::Error) -> Problem {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let message = message.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&message);
    let (what, hint) = match error.classify() {
        serde_json::error::Category::Eof => ("the file is cut off: its JSON does not end".into(), "fetch it again"),
        serde_json::error::Category::Data => (format!("not a file of service tags: {message}"), WHAT_TO_GIVE),
        _ => (format!("not valid JSON: {message}"), WHAT_TO_GIVE),
    };
    Problem {
        place: Place { file: file.into(), line, column: column.max(1), path: String::new() },
        what,
        hint: hint.into(),
    }
}

#[derive(Deserialize)]
#[serde(expecting = "an object with `values`")]
struct Document {
    #[serde(rename = "changeNumber", default, deserialize_with = "text_or_number")]
    change: Option<String>,
    cloud: Option<String>,
    values: Option<Vec<Entry>>,
    #[serde(rename = "nextLink")]
    next_link: Option<String>,
    responses: Option<Responses>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Responses {
    #[serde(rename = "200")]
    ok: Option<Answer>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Answer {
    body: Box<Document>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(expecting = "a service tag")]
struct Entry {
    name: String,
    properties: Properties,
}

impl Entry {
    fn prefixes(&self) -> &str {
        self.properties.prefixes.as_ref().map_or("", |prefixes| &prefixes.text)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(expecting = "the properties of a service tag")]
struct Properties {
    /// `None` if the file does not say; `null` says that there are none.
    #[serde(rename = "networkFeatures", default, deserialize_with = "stated")]
    features: Option<Features>,
    #[serde(rename = "addressPrefixes")]
    prefixes: Option<Prefixes>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Features(Abilities);

/// The prefixes, comma separated, each checked; the first that is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Prefixes {
    text: String,
    bad: Option<String>,
}

fn stated<'de, D: Deserializer<'de>>(source: D) -> Result<Option<Features>, D::Error> {
    Option::<Features>::deserialize(source).map(|features| Some(features.unwrap_or_default()))
}

fn text_or_number<'de, D: Deserializer<'de>>(source: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Change {
        Number(u64),
        Text(String),
        Other(IgnoredAny),
    }
    Ok(match Change::deserialize(source)? {
        Change::Number(number) => Some(number.to_string()),
        Change::Text(text) => Some(text),
        Change::Other(_) => None,
    })
}

/// Hands every text of a list to a function, none copied.
struct Texts<F>(F);

impl<'de, F: FnMut(&str)> Visitor<'de> for Texts<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of texts")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Text(&mut self.0))?.is_some() {}
        Ok(())
    }
}

struct Text<'f, F>(&'f mut F);

impl<'de, F: FnMut(&str)> serde::de::DeserializeSeed<'de> for Text<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<(), D::Error> {
        source.deserialize_str(self)
    }
}

impl<F: FnMut(&str)> Visitor<'_> for Text<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        (self.0)(text);
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Features {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let mut can = Abilities::default();
        source.deserialize_seq(Texts(|feature: &str| can.grant(feature)))?;
        Ok(Features(can))
    }
}

impl<'de> Deserialize<'de> for Prefixes {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let mut read = Prefixes::default();
        source.deserialize_seq(Texts(|prefix: &str| {
            if parse_prefix(prefix).is_ok() {
                if !read.text.is_empty() {
                    read.text.push(',');
                }
                read.text.push_str(prefix);
            } else if read.bad.is_none() {
                read.bad = Some(prefix.into());
            }
        }))?;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Tags;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::net::{IpAddr, Ipv4Addr};

    const DOWNLOAD: &str = r#"{
  "changeNumber": 376,
  "cloud": "Public",
  "values": [
    {
      "name": "StorageMover",
      "id": "StorageMover",
      "properties": {
        "changeNumber": 1,
        "region": "",
        "addressPrefixes": ["2603:1000::/40", "10.9.0.0/16", "10.10.0.0/16", "10.9.0.0/16"],
        "networkFeatures": ["UDR", "API", "VSE", "NSG", "FW"]
      }
    },
    {
      "name": "storage.WestEurope",
      "properties": {"addressPrefixes": ["20.60.0.4"], "networkFeatures": null}
    },
    {
      "name": "Storage",
      "properties": {"addressPrefixes": [], "networkFeatures": ["API", "NSG"]}
    }
  ]
}"#;

    fn values(inside: &str) -> String {
        format!(r#"{{"cloud":"Public","values":[{inside}]}}"#)
    }

    fn tag(name: &str, prefixes: &str) -> String {
        format!(r#"{{"name":"{name}","properties":{{"addressPrefixes":[{prefixes}]}}}}"#)
    }

    fn problem(bytes: &[u8]) -> Problem {
        read_file("tags.json", bytes).unwrap_err()
    }

    #[test]
    fn a_snapshot_is_made_byte_for_byte() {
        let made = snapshot_text("a/b/ServiceTags_Public_20251103.json", DOWNLOAD.as_bytes(), "2025-11-03").unwrap();
        let digest: String = Sha256::digest(DOWNLOAD.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let expected = format!(
            "# Azure service tags: name, networkFeatures without API, prefixes; made by `netcordon tags snapshot`\n\
             # cloud: AzureCloud\n\
             # change: 376\n\
             # date: 2025-11-03\n\
             # source: ServiceTags_Public_20251103.json\n\
             # sha256: {digest}\n\
             Storage\tNSG\t\n\
             storage.WestEurope\t-\t20.60.0.4/32\n\
             StorageMover\tNSG,UDR,FW,VSE\t10.9.0.0/16,10.10.0.0/16,2603:1000::/40\n"
        );
        assert_eq!(made, expected);
    }

    #[test]
    fn a_snapshot_needs_a_date_and_a_cloud() {
        for date in ["", "20251103", "2025-13-03", "2025-11-3", "2025-1-103", "tomorrow", "２025-11-0"] {
            assert!(snapshot_text("a.json", DOWNLOAD.as_bytes(), date).is_err(), "{date}");
        }
        let german = DOWNLOAD.replace("Public", "AzureGermany");
        assert!(snapshot_text("a.json", german.as_bytes(), "2025-11-03").is_err());
    }

    #[test]
    fn every_shape_that_microsoft_hands_out_is_read() {
        let crlf = format!("\u{feff}{}", DOWNLOAD.replace('\n', "\r\n"));
        let answer = DOWNLOAD.replace("376", r#""376""#).replace(r#""cloud""#, r#""nextLink": null, "cloud""#);
        let example = format!(r#"{{"parameters":{{"location":"x"}},"responses":{{"200":{{"body":{answer}}}}}}}"#);
        let plain = read_file("x.json", DOWNLOAD.as_bytes()).unwrap();
        for text in [crlf, answer.clone(), answer.replace("null, \"cloud", "\"\", \"cloud"), example] {
            let read = read_file("x.json", text.as_bytes()).unwrap();
            assert_eq!((&read.cloud, &read.change), (&plain.cloud, &plain.change), "{text}");
            assert_eq!(read.entries, plain.entries, "{text}");
        }
        let tags = Tags::from_file(&plain, Cloud::AzureCloud).unwrap();
        assert_eq!((tags.source(), tags.date()), ("x.json, change 376", None));
        assert_eq!(tags.names().collect::<Vec<_>>(), ["Storage", "storage.WestEurope", "StorageMover"]);
        let listed: Vec<String> = tags.prefixes("storagemover").unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(listed, ["2603:1000::/40", "10.9.0.0/16", "10.10.0.0/16", "10.9.0.0/16"]);
        // The schema of 2019 had an empty tag; no prefixes is not the same as no tag.
        assert_eq!(tags.prefixes("Storage"), Some(Vec::new()));
        assert!(tags.addresses("Storage").unwrap().is_empty());
    }

    #[test]
    fn bad_files_are_one_problem_each() {
        let twice = values(&[tag("Sql", ""), tag("Storage", ""), tag("SQL", "")].join(","));
        let cases = [
            ("", "tags.json:1:1: the file is cut off: its JSON does not end"),
            (&DOWNLOAD[..DOWNLOAD.len() / 2], "tags.json:12:19: the file is cut off: its JSON does not end"),
            ("<html>", "tags.json:1:1: not valid JSON: expected value"),
            ("{} {}", "tags.json:1:4: not valid JSON: trailing characters"),
            ("{}", "tags.json: the file has no `values`, so no service tags"),
            (" [{}]", "tags.json: the file is a list, not an object with `values`"),
            (
                "7",
                "tags.json:1:1: not a file of service tags: \
                 invalid type: integer `7`, expected an object with `values`",
            ),
            (&values(""), "tags.json: the file has no `values`, so no service tags"),
            (&twice, "tags.json: the tag `SQL` is here twice"),
            (&values(&tag("Sql\\t", "")), "tags.json: `Sql\\u{9}` is no name of a service tag"),
            (&values(&tag("", "")), "tags.json: `` is no name of a service tag"),
            (
                &values(&tag("Sql", r#""20.0.0.0/8","20.0.0.0/33","x""#)),
                "tags.json: tag `Sql`: `20.0.0.0/33` is not an address prefix such as `20.60.0.0/16`",
            ),
            (
                &values(&tag("Sql", "7")),
                "tags.json:1:76: not a file of service tags: invalid type: integer `7`, expected a text",
            ),
            (&values(r#"{"name":"Sql"}"#), "tags.json:1:42: not a file of service tags: missing field `properties`"),
            (r#"{"values":[],"values":[]}"#, "tags.json:1:21: not a file of service tags: duplicate field `values`"),
            (
                &DOWNLOAD.replace(r#""cloud""#, r#""nextLink": "https://management.azure.com/…", "cloud""#),
                "tags.json: the file holds only the first of several pages (`nextLink`)",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(problem(text.as_bytes()).to_string().lines().next(), Some(expected), "{text}");
        }
        for bytes in [&b"\xff\xfe{\0}\0"[..], b"\xfd7zXZ\0"] {
            assert_eq!(problem(bytes).what, "the file is not UTF-8 text (byte 0)");
        }
        assert_eq!(problem(&vec![b' '; LARGEST_FILE + 1]).what, "the file is larger than 16 MiB");
    }

    #[test]
    fn deep_nesting_overflows_no_stack() {
        let deep = |open: &str| open.repeat(500_000);
        for text in
            [deep("["), deep(r#"{"responses":{"200":{"body":"#), deep(r#"{"values":["#), deep(r#"{"changeNumber":["#)]
        {
            read_file("deep.json", text.as_bytes()).unwrap_err();
        }
        // Below a field that is not read, depth is skipped without a stack and does no harm.
        let unread = format!(r#"{{"new":{}{},"values":[{}]}}"#, deep("["), deep("]"), tag("Sql", ""));
        read_file("deep.json", unread.as_bytes()).unwrap();
    }

    #[test]
    fn another_clouds_file_is_a_problem() {
        for (named, cloud) in [
            ("Public", Some(Cloud::AzureCloud)),
            ("AzureGovernment", Some(Cloud::AzureUSGovernment)),
            ("China", Some(Cloud::AzureChinaCloud)),
            ("azurechinacloud", Some(Cloud::AzureChinaCloud)),
            ("AzureGermany", None),
        ] {
            let file = read_file("t.json", DOWNLOAD.replace("Public", named).as_bytes()).unwrap();
            assert_eq!(file.cloud(), cloud);
            for expected in Cloud::ALL {
                assert_eq!(file.check_cloud(expected).is_ok(), cloud == Some(expected));
                assert_eq!(Tags::from_file(&file, expected).is_ok(), cloud == Some(expected));
            }
        }
        let china = read_file("t.json", DOWNLOAD.replace("Public", "China").as_bytes()).unwrap();
        let what = "the file holds the tags of `China`, not of `AzureCloud`";
        assert_eq!(china.check_cloud(Cloud::AzureCloud).unwrap_err().what, what);
        let unnamed = read_file("t.json", format!(r#"{{"values":[{}]}}"#, tag("Sql", "")).as_bytes()).unwrap();
        assert_eq!((unnamed.cloud(), unnamed.check_cloud(Cloud::AzureChinaCloud)), (None, Ok(())));
    }

    fn some_tags() -> impl Strategy<Value = BTreeMap<String, Vec<Ipv4Addr>>> {
        let addresses = proptest::collection::vec(any::<u32>().prop_map(Ipv4Addr::from_bits), 0..5);
        proptest::collection::btree_map("[a-z]{1,6}(\\.[a-z0-9]{1,6})?", addresses, 1..20)
    }

    proptest! {
        /// Whatever is in a file comes back from its tags, and a file cut off anywhere is a problem.
        #[test]
        fn what_is_written_is_found(given in some_tags(), cut in any::<proptest::sample::Index>()) {
            let quoted = |list: &[Ipv4Addr]| list.iter().map(|a| format!("\"{a}/32\"")).collect::<Vec<_>>().join(",");
            let entries: Vec<String> = given.iter().rev().map(|(name, list)| tag(name, &quoted(list))).collect();
            let json = values(&entries.join(","));
            let file = read_file("t.json", json.as_bytes()).unwrap();
            let tags = Tags::from_file(&file, Cloud::AzureCloud).unwrap();
            prop_assert!(tags.names().eq(given.keys()));
            for (name, list) in &given {
                let expected: Vec<IpNet> = list.iter().map(|address| IpNet::from(IpAddr::V4(*address))).collect();
                prop_assert_eq!(tags.prefixes(&name.to_uppercase()).unwrap(), expected);
            }
            prop_assert!(read_file("t.json", &json.as_bytes()[..cut.index(json.len())]).is_err());
        }
    }
}
