//! Hostile files, and values that nobody looks at.

use super::rules::{nsg, rule};
use super::*;

#[test]
fn hostile_files_end_in_a_problem() {
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let cases: [(&str, &str); 13] = [
        ("", "export.json: the file is empty"),
        ("null", "export.json: is no export: neither an object nor a list"),
        ("{}", "export.json: is no resource that is known"),
        ("[1]", "export.json: /0: is no export: neither an object nor a list"),
        (r#"{"a": NaN}"#, "export.json:1:7: cannot be read as JSON: expected value"),
        (r#"{"securityRules": 1e999}"#, "export.json:1:23: cannot be read as JSON: number out of range"),
        (r#"{"securityRules": ["#, "export.json:1:19: cannot be read as JSON: EOF while parsing a list"),
        (
            r#"{"name": 1, "name": 2}"#,
            "export.json:1:22: cannot be read as JSON: the key `name` stands in one object twice",
        ),
        (&deep, "export.json:1:128: cannot be read as JSON: recursion limit exceeded"),
        ("WARNING: preview\n[]", "export.json:1:1: cannot be read as JSON: expected value"),
        (
            r#"{"error": {"code": "AuthorizationFailed"}}"#,
            "export.json: /error: the answer is an error: `AuthorizationFailed`",
        ),
        (
            r#"{"version": 4, "terraform_version": "1.9.4", "resources": []}"#,
            "export.json: a state file as Terraform keeps it, which is no export",
        ),
        (
            r#"{"Name": "n", "SecurityRules": ["Microsoft.Azure.Commands.Network.Models.PSSecurityRule"]}"#,
            "export.json: /SecurityRules/0: `Microsoft.Azure.Commands.Network.Models.PSSecurityRule` stands where PowerShell cut the export off",
        ),
    ];
    for (json, problem) in cases {
        assert_eq!(problems(json), [problem], "{}", &json[..json.len().min(60)]);
    }
    let large = vec![b' '; (16 << 20) + 1];
    assert_eq!(read(&[("e".into(), large)]).unwrap_err()[0].what, "the file is larger than 16 MiB");
    let many = format!("[{}1]", "1,".repeat(3_100_000));
    assert_eq!(
        problems(&many),
        ["export.json:1:5999999: cannot be read as JSON: more than 3000000 values in one file"]
    );
    assert_eq!(read(&[("e".into(), vec![0xff, 0xfe, b'{'])]).unwrap_err()[0].what, "the file is not whole UTF-16 text");
    // Names may hold anything: what prints them makes them safe.
    let read = text(&nsg(&[rule(r#""name": "a\u001b[2J""#)]));
    assert_eq!(read.network.nsgs["n"].rules[0].name, "a\u{1b}[2J");
}

/// Every value that nothing names as ignored decides something: another value there gives another result.
#[test]
fn nothing_is_lost_in_silence() {
    /// Read to know what a file is, or read because of what another value may make of it.
    const TELLS_NOTHING_ALONE: [&str; 10] = [
        "$schema",
        "contentVersion",
        "format_version",
        "address",
        "threatIntelMode",
        "threat_intel_mode",
        "threat_intelligence_mode",
        "resource_group_name",
        "pytest-terraform",
        "description",
    ];
    /// Read to bring resources together, and here there is only one, or the other one is not shown.
    const JOINS: [&str; 4] =
        ["nic.json: /id", "/remoteVirtualNetwork/id", "/remote_virtual_network_id", "template.json: /variables/policy"];
    fn leaves(value: &serde_json::Value, path: &str, all: &mut Vec<String>) {
        match value {
            serde_json::Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, item)| leaves(item, &format!("{path}/{i}"), all))
            }
            serde_json::Value::Object(fields) => {
                fields.iter().for_each(|(key, field)| {
                    leaves(field, &format!("{path}/{}", key.replace('~', "~0").replace('/', "~1")), all)
                });
            }
            serde_json::Value::Null => {}
            serde_json::Value::String(text) if text.is_empty() => {}
            _ => all.push(path.into()),
        }
    }
    let star = |path: &str| -> String {
        let parts = path
            .split('/')
            .map(|part| if !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) { "*" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let (mut tried, mut lost) = (0, std::collections::BTreeSet::new());
    for shape in ["rest-show", "cli-show", "template", "state", "plan", "dump"] {
        let all = files(&format!("estate/{shape}"));
        let before = shown(&all);
        for (index, (name, bytes)) in all.iter().enumerate() {
            let value: serde_json::Value = serde_json::from_slice(bytes).unwrap();
            let ignored: Vec<String> =
                before.ignored.iter().filter(|own| &own.place.file == name).map(|own| star(&own.place.path)).collect();
            let mut paths = Vec::new();
            leaves(&value, "", &mut paths);
            for path in paths {
                let own = star(&path);
                let known = |pattern: &String| own == *pattern || own.starts_with(&format!("{pattern}/"));
                let last = path.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap();
                if ignored.iter().any(known) || TELLS_NOTHING_ALONE.contains(&last) {
                    continue;
                }
                let mut other = value.clone();
                let leaf = other.pointer_mut(&path).unwrap();
                *leaf = match &*leaf {
                    serde_json::Value::Bool(flag) => (!flag).into(),
                    serde_json::Value::Number(number) => (number.as_u64().unwrap() + 1).into(),
                    serde_json::Value::String(text) if text.starts_with('[') => "[x]".into(),
                    serde_json::Value::String(text) => format!("{text}x").into(),
                    _ => unreachable!(),
                };
                let mut changed = all.clone();
                changed[index].1 = other.to_string().into_bytes();
                let own = format!("{name}: {own}");
                let joins = JOINS.iter().any(|suffix| own.ends_with(suffix));
                if read(&changed).is_ok_and(|read| read == before) && !joins {
                    lost.insert(format!("{shape}/{own}"));
                }
                tried += 1;
            }
        }
    }
    assert!(lost.is_empty(), "these decide nothing and are not named: {lost:#?}");
    assert!(tried > 500, "{tried}");
}
