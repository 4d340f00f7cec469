//! ARM templates read back: what was written is the network that was planned, and nothing else is accepted.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use netcordon::catalog::Catalog;
use netcordon::catalog::tags::Tags;
use netcordon::import::arm;
use netcordon::model::{Network, TagTable};
use netcordon::plan::{Ownership, Plan, plan};
use netcordon::problem::Problem;
use netcordon::proof::Proof;
use netcordon::render::{Input, render};
use netcordon::{intent, question, required};
use serde_json::{Value, json};
use std::path::Path;

const EXAMPLES: [&str; 7] = [
    "aks-firewall",
    "aml-no-public-ip-firewall",
    "aml-public-ip-firewall",
    "cyclecloud-return-proxy",
    "cyclecloud-vm",
    "extend-existing",
    "hub-everything",
];

/// Text that means something to Resource Manager, JSON, a shell or a terminal.
const HOSTILE: [&str; 14] = [
    "[concat('a', 'b')]",
    "[[concat('a')]",
    "[[[x]",
    "[]",
    "[open",
    "[x] y",
    "it's \"quoted\" \\ and \\\\",
    "line\nfeed\r\ttab",
    "${var.x} %{ if true } @{expr()} $(rm) `id`",
    "\u{1b}[31mred\u{1b}[0m \u{202e}reversed\u{feff}",
    "Zürich 東京 🚀",
    "'); parameters('x",
    "\0",
    "",
];

fn planned(example: &str) -> (Catalog, Plan) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
    let bytes = std::fs::read(folder.join("answers.yaml")).unwrap();
    let read = question::read("answers.yaml", &bytes, &[]);
    assert_eq!(read.problems, []);
    let own: Vec<_> = read.answers.requirements.iter().flatten().collect();
    let own: Vec<_> = own.into_iter().map(|file| (file.clone(), std::fs::read(folder.join(file)).unwrap())).collect();
    let catalog = Catalog::load(intent::catalog_files(&read.answers), &own).unwrap();
    let intent = intent::resolve(&read.answers, &catalog).unwrap();
    let tags = Tags::snapshot(intent.cloud);
    let (flows, not_applied) = required::required(&catalog, &intent, &tags);
    let mut table = TagTable::default();
    for tag in required::tags_of(&flows) {
        if let Some(addresses) = tags.addresses(&tag) {
            table.insert(&tag, addresses);
        }
    }
    let plan = plan(&catalog, &intent, &flows, &not_applied, &tags, &table).unwrap();
    (catalog, plan)
}

fn written(catalog: &Catalog, plan: &Plan) -> Vec<(String, Vec<u8>)> {
    let outputs = ["arm".to_string()];
    let input = Input { plan, catalog, proof: &Proof::default(), tags_source: "", outputs: &outputs };
    let artifacts = render(&input).unwrap().into_iter();
    artifacts.filter(|one| one.path.starts_with("arm/")).map(|one| (one.path, one.bytes)).collect()
}

fn json_of(files: &[(String, Vec<u8>)]) -> Vec<(String, Value)> {
    files.iter().map(|(path, bytes)| (path.clone(), serde_json::from_slice(bytes).unwrap())).collect()
}

fn read_json(files: &[(String, Value)]) -> Result<Network, Vec<Problem>> {
    let files: Vec<_> = files.iter().map(|(path, value)| (path.clone(), serde_json::to_vec(value).unwrap())).collect();
    arm::read(&files)
}

/// How two networks differ, line by line; empty if they do not.
fn differences(planned: &Network, read: &Network) -> String {
    let (planned, read) = (format!("{planned:#?}\n"), format!("{read:#?}\n"));
    similar::TextDiff::from_lines(&planned, &read)
        .unified_diff()
        .context_radius(4)
        .header("planned", "read")
        .to_string()
}

fn assert_read_back(name: &str, catalog: &Catalog, plan: &Plan) {
    let network = arm::read(&written(catalog, plan)).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
    assert!(network == plan.network(), "{name}:\n{}", differences(&plan.network(), &network));
}

#[test]
fn every_example_reads_back_exactly() {
    for example in EXAMPLES {
        let (catalog, plan) = planned(example);
        assert_read_back(example, &catalog, &plan);
    }
}

/// Each plan's own network, and the same with the ownership and the ways out that no example has.
#[test]
fn other_plans_read_back_exactly() {
    for example in EXAMPLES {
        let (catalog, mut plan) = planned(example);
        plan.vnet.create = !plan.vnet.create;
        assert_read_back(example, &catalog, &plan);
        for nsg in &mut plan.nsgs {
            nsg.ownership = Ownership::Extend;
        }
        for table in &mut plan.route_tables {
            table.ownership = Ownership::Extend;
        }
        assert_read_back(example, &catalog, &plan);
        plan.nsgs.iter_mut().for_each(|nsg| nsg.rules.clear());
        plan.route_tables.iter_mut().for_each(|table| table.routes.clear());
        if let Some(firewall) = &mut plan.firewall {
            firewall.network.clear();
            firewall.application.clear();
            firewall.policy = None;
        }
        assert_read_back(example, &catalog, &plan);
    }
}

/// Every text of a plan that can reach a template, made hostile; unique where Azure wants it unique.
fn hostile(plan: &Plan, evil: &str) -> Plan {
    let mut plan = plan.clone();
    let unique = |number: usize| if evil.is_empty() { format!("n{number}") } else { evil.repeat(number + 1) };
    let old_nsgs: Vec<String> = plan.nsgs.iter().map(|nsg| nsg.name.clone()).collect();
    let old_tables: Vec<String> = plan.route_tables.iter().map(|table| table.name.clone()).collect();
    let renamed = |old: &[String], name: &Option<String>| {
        name.as_ref().map(|name| unique(old.iter().position(|other| other == name).unwrap()))
    };
    for (number, subnet) in plan.subnets.iter_mut().enumerate() {
        subnet.nsg = renamed(&old_nsgs, &subnet.nsg);
        subnet.route_table = renamed(&old_tables, &subnet.route_table);
        subnet.name = unique(number);
    }
    for (number, nsg) in plan.nsgs.iter_mut().enumerate() {
        nsg.name = unique(number);
        for (number, planned) in nsg.rules.iter_mut().enumerate() {
            planned.key = evil.into();
            planned.because = vec![evil.into()];
            planned.rule.name = unique(number);
            planned.rule.description = evil.into();
        }
    }
    for (number, table) in plan.route_tables.iter_mut().enumerate() {
        table.name = unique(number);
        for (number, planned) in table.routes.iter_mut().enumerate() {
            planned.key = evil.into();
            planned.why = evil.into();
            planned.because = vec![evil.into()];
            planned.route.name = unique(number);
        }
    }
    if let Some(firewall) = &mut plan.firewall {
        firewall.group = evil.into();
        firewall.policy = Some(format!("/{evil}"));
        for planned in &mut firewall.network {
            planned.rule.name = evil.into();
            planned.rule.names.iter_mut().for_each(|name| *name = evil.into());
        }
        for planned in &mut firewall.application {
            planned.rule.name = evil.into();
            planned.rule.names.iter_mut().for_each(|name| *name = evil.into());
        }
    }
    plan.region = evil.into();
    plan.vnet.name = evil.into();
    plan.vnet.peered.iter_mut().for_each(|(name, _)| *name = evil.into());
    plan.resource_tags = [(evil.to_string(), evil.to_string())].into();
    plan
}

#[test]
fn hostile_text_comes_back_exactly() {
    for example in EXAMPLES {
        let (catalog, plan) = planned(example);
        for evil in HOSTILE {
            let plan = hostile(&plan, evil);
            assert_read_back(&format!("{example} with {evil:?}"), &catalog, &plan);
            for (_, template) in json_of(&written(&catalog, &plan)) {
                for tags in template["resources"].as_array().unwrap().iter().filter_map(|one| one.get("tags")) {
                    let meant = |text: &str| match text.strip_prefix("[[") {
                        Some(rest) if text.ends_with(']') => format!("[{rest}"),
                        _ => text.to_string(),
                    };
                    let (key, value) = tags.as_object().unwrap().iter().next().unwrap();
                    assert_eq!((meant(key), meant(value.as_str().unwrap())), (evil.to_string(), evil.to_string()));
                }
            }
        }
    }
}

/// Whatever Resource Manager would evaluate is one of the few expressions that are written on purpose.
#[test]
fn hostile_text_is_never_an_expression() {
    fn expressions(value: &Value, found: &mut Vec<String>) {
        let mut look = |text: &str| {
            if text.starts_with('[') && text.ends_with(']') && !text.starts_with("[[") {
                found.push(text.into());
            }
        };
        match value {
            Value::String(text) => look(text),
            Value::Array(list) => list.iter().for_each(|value| expressions(value, found)),
            Value::Object(map) => {
                map.keys().for_each(|key| look(key));
                map.values().for_each(|value| expressions(value, found));
            }
            _ => {}
        }
    }
    // With each quoted text, doubled quotes and all, as one dot.
    fn ours(text: &str) -> bool {
        let mut code = String::new();
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            if character != '\'' {
                code.push(character);
                continue;
            }
            while let Some(inside) = characters.next() {
                if inside == '\'' && characters.next_if_eq(&'\'').is_none() {
                    break;
                }
            }
            code.push('·');
        }
        ["[parameters(·)]", "[resourceId(·, ·)]", "[resourceId(·, ·, ·)]", "[format(·, parameters(·), ·)]"]
            .contains(&code.as_str())
    }
    for example in EXAMPLES {
        let (catalog, plan) = planned(example);
        for evil in HOSTILE {
            for (path, template) in json_of(&written(&catalog, &hostile(&plan, evil))) {
                let mut found = Vec::new();
                expressions(&template, &mut found);
                for text in found {
                    assert!(ours(&text), "{example} {path} with {evil:?}: {text}");
                }
            }
        }
    }
}

/// The pointers of the values of a template: of its resources all, of every other list the first two items.
fn pointers(value: &Value, at: String, all: &mut Vec<String>) {
    all.push(at.clone());
    match value {
        Value::Array(list) => {
            let most = if at == "/resources" { list.len() } else { 2 };
            let items = list.iter().enumerate().take(most);
            items.for_each(|(index, value)| pointers(value, format!("{at}/{index}"), all));
        }
        Value::Object(map) => {
            let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
            map.iter().for_each(|(key, value)| pointers(value, format!("{at}/{}", escaped(key)), all));
        }
        _ => {}
    }
}

/// Calls `judge` with each template in which one value was changed; `change` says how, `None` for not at all.
fn mutated(
    example: &str,
    change: impl Fn(&str, &mut Value) -> Option<()>,
    judge: impl Fn(&str, Result<Network, Vec<Problem>>, &Network),
) {
    let (catalog, plan) = planned(example);
    let files = json_of(&written(&catalog, &plan));
    for (number, (path, template)) in files.iter().enumerate() {
        let mut all = Vec::new();
        pointers(template, String::new(), &mut all);
        for pointer in all {
            let mut changed = files.clone();
            if change(&pointer, changed[number].1.pointer_mut(&pointer).unwrap()).is_some() {
                judge(&format!("{path}{pointer}"), read_json(&changed), &plan.network());
            }
        }
    }
}

fn refused(what: &str, read: Result<Network, Vec<Problem>>, _: &Network) {
    let problems = read.err().unwrap_or_else(|| panic!("{what}: taken"));
    for problem in problems {
        assert!(!problem.place.file.is_empty(), "{what}: {problem}");
    }
}

const MUTATED: [&str; 3] = ["aml-public-ip-firewall", "cyclecloud-return-proxy", "extend-existing"];

#[test]
fn an_expression_anywhere_is_refused() {
    for example in MUTATED {
        for code in ["[concat('a', 'b')]", "[parameters('missing')]"] {
            let change = |_: &str, value: &mut Value| {
                *value = code.into();
                Some(())
            };
            mutated(example, change, refused);
        }
    }
}

#[test]
fn an_unknown_property_anywhere_is_refused() {
    for example in MUTATED {
        for key in ["copy", "Name"] {
            let change = |_: &str, value: &mut Value| {
                value.as_object_mut()?.insert(key.into(), json!({"unknown": 1}));
                Some(())
            };
            mutated(example, change, refused);
        }
    }
}

#[test]
fn a_value_of_another_type_anywhere_is_refused() {
    for example in MUTATED {
        for other in [json!(null), json!([[]]), json!({"a": {}})] {
            let change = |_: &str, value: &mut Value| {
                *value = other.clone();
                Some(())
            };
            mutated(example, change, refused);
        }
    }
}

/// Whatever stands in the properties of a resource or in the output means something: without it the template is refused
/// or is another network. What only Azure or a reader needs is named.
#[test]
fn nothing_is_read_past() {
    let elsewhere = ["/metadata", "/parameters", "/contentVersion", "/location", "/tags", "/dependsOn"];
    for example in MUTATED {
        let (catalog, plan) = planned(example);
        let files = json_of(&written(&catalog, &plan));
        for (number, (path, template)) in files.iter().enumerate() {
            let mut all = Vec::new();
            pointers(template, String::new(), &mut all);
            for pointer in all.iter().filter(|pointer| !elsewhere.iter().any(|part| pointer.contains(part))) {
                let Some((parent, key)) = pointer.rsplit_once('/') else { continue };
                let mut changed = files.clone();
                let removed = match changed[number].1.pointer_mut(parent).unwrap() {
                    Value::Object(map) => map.remove(&key.replace("~1", "/").replace("~0", "~")),
                    Value::Array(list) => Some(list.remove(key.parse().unwrap())),
                    _ => None,
                };
                assert!(removed.is_some());
                let read = read_json(&changed);
                assert!(read.as_ref().ok() != Some(&plan.network()), "{example} {path}{pointer} can be left out");
            }
        }
    }
}

#[test]
fn a_literal_default_is_read_and_no_other() {
    let (catalog, plan) = planned("cyclecloud-vm");
    let mut files = json_of(&written(&catalog, &plan));
    let rule = "/resources/0/properties/securityRules/0/properties/description";
    let meant = files[0].1.pointer(rule).unwrap().clone();
    files[0].1["parameters"]["why"] = json!({"type": "string", "defaultValue": meant});
    *files[0].1.pointer_mut(rule).unwrap() = "[parameters('why')]".into();
    assert_eq!(read_json(&files).unwrap(), plan.network());
    for default in ["[parameters('location')]", "[parameters('why')]", "[concat('a')]"] {
        files[0].1["parameters"]["why"]["defaultValue"] = default.into();
        refused(default, read_json(&files), &plan.network());
    }
    files[0].1["parameters"]["why"].as_object_mut().unwrap().remove("defaultValue");
    let problems = read_json(&files).unwrap_err();
    let path = "resources[0].properties.securityRules[0].properties.description";
    assert_eq!(problems[0].to_string(), format!("arm/spoke.json: {path}: the parameter `why` has no default"));
}

#[test]
fn what_contradicts_itself_is_refused() {
    let (catalog, plan) = planned("aml-no-public-ip-firewall");
    let files = json_of(&written(&catalog, &plan));
    let vnet = files[0].1["resources"].as_array().unwrap().len() - 1;
    let changes: [(String, Value); 9] = [
        (
            "/resources/0/properties/securityRules/1/name".into(),
            files[0].1["resources"][0]["properties"]["securityRules"][0]["name"].clone(),
        ),
        ("/resources/0/properties/securityRules/0/properties/priority".into(), json!(99)),
        ("/resources/0/properties/securityRules/0/properties/sourceAddressPrefix".into(), json!("10.0.0.0/33")),
        ("/outputs/network/value/addressSpace/0".into(), json!("10.0.0.0/8")),
        ("/outputs/network/value/networkSecurityGroups/0/ownership".into(), json!("extend")),
        ("/outputs/network/value/virtualNetwork/ownership".into(), json!("existing")),
        ("/outputs/network/value/subnets/0/wayOut".into(), json!("nat-gateway")),
        (format!("/resources/{vnet}/properties/subnets/0/properties/defaultOutboundAccess"), json!(true)),
        (format!("/resources/{vnet}/properties/subnets/0/properties/addressPrefix"), json!("10.30.0.0/24")),
    ];
    for (pointer, value) in changes {
        let mut changed = files.clone();
        *changed[0].1.pointer_mut(&pointer).unwrap() = value;
        refused(&pointer, read_json(&changed), &plan.network());
    }
    let mut tagged = files.clone();
    tagged[0].1["resources"][0]["tags"] = json!({"[concat('a')]": "b"});
    refused("a tag's key", read_json(&tagged), &plan.network());
    let mut twice = files.clone();
    twice.push(files[0].clone());
    refused("the spoke twice", read_json(&twice), &plan.network());
    assert!(read_json(&files[1..]).is_err());
}

#[test]
fn json_that_says_a_thing_twice_or_too_deep_is_refused() {
    let (catalog, plan) = planned("cyclecloud-vm");
    let files = written(&catalog, &plan);
    let text = String::from_utf8(files[0].1.clone()).unwrap();
    let read = |text: String| arm::read(&[("spoke.json".into(), text.into_bytes())]);
    let twice = text.replacen("\"priority\": 100,", "\"priority\": 100,\n\"priority\": 200,", 1);
    assert_ne!(text, twice);
    let problem = read(twice).unwrap_err().remove(0);
    assert!(problem.what.contains("the key `priority` stands here twice") && problem.place.line > 1, "{problem}");
    for bad in
        ["", "{", "[]", "null", "{}", "\u{feff}{}", "{\"a\": 1e999}", &"[".repeat(1 << 20), &"{\"a\":".repeat(1 << 20)]
    {
        assert_eq!(read(bad.into()).unwrap_err().len(), 1, "{}", &bad[..bad.len().min(9)]);
    }
    let large = read(text + &" ".repeat(16 << 20)).unwrap_err().remove(0);
    assert_eq!(large.to_string(), "spoke.json: is larger than 16 MiB");
    assert!(arm::read(&[]).is_err());
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    for example in EXAMPLES {
        let (catalog, plan) = planned(example);
        assert_eq!(written(&catalog, &plan), written(&catalog, &planned(example).1));
    }
}
