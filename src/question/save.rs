//! Answers into the file they came from: what did not change stays byte for byte, comments included.

use super::answers::Answers;
use super::read::read;
use super::table::QUESTIONS;
use super::to_yaml;
use super::value::Value;
use crate::problem::SECOND;
use crate::yaml::{self, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A text to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The file.
    pub text: String,
    /// Whether something was written anew whose layout, and comments in it, are gone.
    pub anew: bool,
}

/// The file `text` with these answers in it; read again, it gives exactly them.
///
/// An answer that changed on its own line is exchanged there, so is a field of a row; one that is new gets lines of its
/// own, one that is gone loses its lines. A list over several lines is written anew, and whatever comments stand in it go.
/// Where that is not enough, as for keys in flow style, the whole file is. Keys that nobody knows and values that could
/// not be read are kept in either case, for the user to drop.
pub fn save(text: &str, after: &Answers) -> Saved {
    let marked = text.starts_with('\u{feff}');
    let body = text.trim_start_matches('\u{feff}');
    if let Some((edited, anew)) = edited(body, after)
        && read("", edited.as_bytes(), &[]).answers == *after
    {
        return Saved { text: format!("{}{edited}", if marked { "\u{feff}" } else { "" }), anew };
    }
    Saved { text: anew(body, after), anew: true }
}

/// The text with a change for each answer that differs, and whether comments go with one of them; `None` where one of them
/// cannot be made in place.
fn edited(text: &str, after: &Answers) -> Option<(String, bool)> {
    let (root, _) = yaml::read("", text.as_bytes());
    let root = root?;
    let before = read("", text.as_bytes(), &[]).answers;
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut comments = false;
    // What is new in a section that the file does not have yet.
    let mut sections: BTreeMap<&str, String> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    let mut end = String::new();
    for question in QUESTIONS {
        let (old, new) = (question.answer(&before), question.answer(after));
        if old == new {
            continue;
        }
        let (section, key) = question.path.split_once('.').unwrap_or(("", question.path));
        let parent = if section.is_empty() { Some(&root) } else { root.get(section) };
        match (parent.and_then(|parent| entry(parent, key)), new) {
            (Some((line, node)), Some(value)) => {
                let mut inside = Vec::new();
                match exchange(text, node, old.as_ref(), &value, &mut inside) {
                    Some(()) => changes.extend(inside),
                    None => {
                        let (range, indent) = block(text, key, line, node)?;
                        comments |= text[range.clone()].contains('#');
                        changes.push((range, lines(key, &value, indent)));
                    }
                }
            }
            (Some((line, node)), None) => {
                let (range, _) = block(text, key, line, node)?;
                comments |= text[range.clone()].contains('#');
                changes.push((range, String::new()));
            }
            (None, Some(value)) => match parent {
                _ if section.is_empty() => end += &lines(key, &value, ""),
                None => {
                    if !order.contains(&section) {
                        order.push(section);
                    }
                    *sections.entry(section).or_default() += &lines(key, &value, "  ");
                }
                Some(parent) => {
                    let at = line_at(text, line_start(text, entry(&root, section)?.0)).end;
                    changes.push((at..at, lines(key, &value, indent(text, at, parent)?)));
                }
            },
            (None, None) => {}
        }
    }
    for section in order {
        end += &format!("{section}:\n{}", sections[section]);
    }
    let mut result = text.to_string();
    if !end.is_empty() {
        let at = document_end(text);
        if at > 0 && !text[..at].ends_with('\n') {
            end.insert(0, '\n');
        }
        changes.push((at..at, end));
    }
    // From the last on, so that the places of the others hold; those of one place keep their order.
    let mut made: Vec<(usize, &(Range<usize>, String))> = changes.iter().enumerate().collect();
    made.sort_by_key(|(index, (range, _))| (range.start, *index));
    let crlf = text.contains("\r\n");
    for (_, (range, new)) in made.into_iter().rev() {
        result.replace_range(range.clone(), &if crlf { new.replace('\n', "\r\n") } else { new.clone() });
    }
    Some((result, comments))
}

/// Where the document ends: before a `...` that closes it.
fn document_end(text: &str) -> usize {
    let trimmed = text.trim_end();
    match trimmed.rfind('\n').map_or(0, |end| end + 1) {
        start if &trimmed[start..] == "..." => start,
        _ => text.len(),
    }
}

/// The changes that make `new` of the value of a node, each within a line; `None` where that is not enough.
fn exchange(
    text: &str,
    node: &Node,
    old: Option<&Value>,
    new: &Value,
    changes: &mut Vec<(Range<usize>, String)>,
) -> Option<()> {
    if old == Some(new) {
        return Some(());
    }
    if one_line(text, &node.bytes)
        && let Some(value) = inline(new)
    {
        changes.push((node.bytes.clone(), value));
        return Some(());
    }
    match (&node.value, old?, new) {
        (yaml::Value::List(items), Value::Records(old), Value::Records(new)) => {
            if items.len() != old.len() || old.len() != new.len() {
                return None;
            }
            for (item, (old, new)) in items.iter().zip(old.iter().zip(new)) {
                if !old.keys().eq(new.keys()) {
                    return None;
                }
                for (field, value) in new {
                    let was = old.get(field);
                    if was != Some(value) {
                        exchange(text, entry(item, field)?.1, was, value, changes)?;
                    }
                }
            }
            Some(())
        }
        (yaml::Value::Map(_), Value::Pairs(old), Value::Pairs(new)) if old.keys().eq(new.keys()) => {
            for (name, value) in new.iter().filter(|(name, value)| old.get(*name) != Some(*value)) {
                exchange(text, entry(node, name)?.1, None, &Value::Text(value.clone()), changes)?;
            }
            Some(())
        }
        _ => None,
    }
}

/// The lines of a key that begins its line, with its value, and what stands before the key.
fn block<'t>(text: &'t str, key: &str, line: usize, node: &Node) -> Option<(Range<usize>, &'t str)> {
    let start = line_start(text, line);
    let content = text[start..].trim_start_matches(' ');
    let indent = &text[start..text.len() - content.len()];
    let behind = content.strip_prefix(key)?;
    let end = line_at(text, last_byte(text, node)).end;
    (behind.starts_with(':') && end > start).then_some((start..end, indent))
}

/// Where the last thing of a node ends: what comes behind a list or mapping in block style is not counted.
fn last_byte(text: &str, node: &Node) -> usize {
    let flow = text[node.bytes.start.min(text.len())..].starts_with(['[', '{']);
    match &node.value {
        yaml::Value::List(items) if !flow => items.last().map_or(node.bytes.start, |item| last_byte(text, item)),
        yaml::Value::Map(entries) if !flow => {
            entries.last().map_or(node.bytes.start, |(.., item)| last_byte(text, item))
        }
        _ => node.bytes.end.saturating_sub(1).max(node.bytes.start),
    }
}

/// Keys by path and by what is said of them, each with its line and column.
type Keys = Vec<((String, String), (usize, usize))>;

/// Where the key that nobody knows, or that is there twice, of line and column `at` in `text` stands in `other`: the same
/// file with other answers in it. `None` if it is not in both.
pub fn same_key(text: &str, at: (usize, usize), other: &str) -> Option<(usize, usize)> {
    // Saving changes answers and never moves a key past another of its name: the same name, counted, is the same key.
    let keys = |text: &str| -> Keys {
        let keys = read("", text.as_bytes(), &[]).problems.into_iter().filter(|problem| problem.names_a_spare_key());
        keys.map(|problem| {
            let what = problem.what.split(SECOND).next().unwrap_or_default().to_string();
            ((problem.place.path, what), (problem.place.line, problem.place.column))
        })
        .collect()
    };
    let (named, there) = (keys(text), keys(other));
    let key = &named.iter().find(|(_, place)| *place == at)?.0;
    let places = |keys: &Keys| -> Vec<(usize, usize)> {
        keys.iter().filter(|(one, _)| one == key).map(|(_, place)| *place).collect()
    };
    let (named, there) = (places(&named), places(&there));
    let index = named.iter().position(|place| *place == at)?;
    (named.len() == there.len()).then(|| there[index])
}

/// The text without the key that stands at this line and column: one that nobody knows, or one that is there twice.
/// The rest stays byte for byte. `None` if no key in block style stands there.
pub fn drop_key(text: &str, line: usize, column: usize) -> Option<String> {
    let body = text.trim_start_matches('\u{feff}');
    let mark = &text[..text.len() - body.len()];
    let start = line_start(body, line);
    let before = body.get(start..start + column.checked_sub(1)?)?;
    // A key in flow style, or the first of a row in a list, shares its line with others.
    if !before.chars().all(|character| character == ' ') {
        return None;
    }
    // Its value goes on as long as lines are deeper than the key; a list may stand as deep as its key.
    let mut end = line_at(body, start).end;
    while end < body.len() {
        let next = line_at(body, end);
        let content = body[next.clone()].trim_start_matches(' ');
        let depth = next.len() - content.len();
        let blank = content.trim().is_empty() || content.starts_with('#') && depth < column;
        let deeper = depth >= column || depth + 1 == column && content.starts_with("- ");
        // What is blank belongs to the value only where the value goes on behind it.
        let goes_on = || {
            let then = body[next.end..].lines().find(|line| !line.trim().is_empty());
            then.is_some_and(|line| line.len() - line.trim_start_matches(' ').len() >= column)
        };
        if !(deeper || blank && goes_on()) {
            break;
        }
        end = next.end;
    }
    Some(format!("{mark}{}{}", &body[..start], &body[end..]))
}

/// The value under a key, and the key's line.
fn entry<'n>(node: &'n Node, key: &str) -> Option<(usize, &'n Node)> {
    let yaml::Value::Map(entries) = &node.value else { return None };
    entries.iter().find(|(name, _, _)| name == key).map(|(_, (line, _), node)| (*line, node))
}

fn one_line(text: &str, bytes: &Range<usize>) -> bool {
    !bytes.is_empty() && text.get(bytes.clone()).is_some_and(|written| !written.contains('\n'))
}

/// The bytes of the line around a place, its end included.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    start..text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// The byte at which a line starts, counted from 1.
fn line_start(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
}

/// What stands before the first entry of a mapping in block style that starts at `from` or behind it.
fn indent<'t>(text: &'t str, from: usize, mapping: &Node) -> Option<&'t str> {
    let yaml::Value::Map(entries) = &mapping.value else { return None };
    let (_, (line, column), _) = entries.first()?;
    let start = line_start(text, *line);
    let indent = text.get(start..start + column - 1).filter(|_| start >= from)?;
    indent.chars().all(|character| character == ' ').then_some(indent)
}

/// A value in one line: a scalar, or a list of texts in flow style.
fn inline(value: &Value) -> Option<String> {
    let list = |items: Vec<String>| format!("[{}]", items.iter().map(|item| flow(item)).collect::<Vec<_>>().join(", "));
    match value {
        Value::Text(text) => Some(flow(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Flag(flag) => Some(flag.to_string()),
        Value::List(items) => Some(list(items.clone())),
        Value::Prefixes(prefixes) => Some(list(prefixes.iter().map(ToString::to_string).collect())),
        Value::Pairs(_) | Value::Records(_) => None,
    }
}

/// A text as a scalar in one line: plain where every reader takes it for text, else in double quotes.
fn flow(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let word = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(plain);
    let prefix = text.contains('/') && text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(plain);
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    if (word || prefix) && !reserved.contains(&text.to_lowercase().as_str()) {
        text.into()
    } else {
        // A JSON string is a double-quoted scalar of YAML.
        serde_json::Value::from(text).to_string()
    }
}

/// The lines of an entry that is new.
fn lines(key: &str, value: &Value, indent: &str) -> String {
    match inline(value) {
        Some(text) => format!("{indent}{key}: {text}\n"),
        None => {
            let text = yaml::write(&BTreeMap::from([(key, Plain(value))]));
            text.lines().map(|line| format!("{indent}{line}\n")).collect()
        }
    }
}

/// A value as YAML has it.
struct Plain<'v>(&'v Value);

impl serde::Serialize for Plain<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Text(text) => serializer.serialize_str(text),
            Value::Number(number) => serializer.serialize_u32(*number),
            Value::Flag(flag) => serializer.serialize_bool(*flag),
            Value::List(items) => serializer.collect_seq(items),
            Value::Prefixes(prefixes) => serializer.collect_seq(prefixes.iter().map(ToString::to_string)),
            Value::Pairs(pairs) => serializer.collect_map(pairs),
            Value::Records(rows) => serializer
                .collect_seq(rows.iter().map(|row| {
                    row.iter().map(|(key, value)| (key.as_str(), Plain(value))).collect::<BTreeMap<_, _>>()
                })),
        }
    }
}

/// The answers in a file of their own, with what `text` has beside answers.
fn anew(text: &str, after: &Answers) -> String {
    let fresh = to_yaml(after);
    let Some(old) = yaml::read("", text.as_bytes()).0 else { return fresh };
    let left = left_over(&old, &read("", text.as_bytes(), &[]).answers, after);
    let (Some(mut new), false) = (yaml::read("", fresh.as_bytes()).0, left.is_empty()) else { return fresh };
    for (section, key, node) in left {
        add(&mut new, section, key, node);
    }
    yaml::write(&new)
}

/// Keys that nobody knows, and values that could not be read and have no answer since: section, key, value.
fn left_over<'n>(root: &'n Node, before: &Answers, after: &Answers) -> Vec<(&'n str, &'n str, &'n Node)> {
    let sections: BTreeSet<&str> = QUESTIONS.iter().filter_map(|q| q.path.split_once('.')).map(|(s, _)| s).collect();
    let unread = |path: &str| match super::find(path) {
        Some(question) => question.answer(before).is_none() && question.answer(after).is_none(),
        None => true,
    };
    let mut left = Vec::new();
    let yaml::Value::Map(entries) = &root.value else { return left };
    for (key, _, node) in entries.iter().filter(|(key, _, node)| key != "version" && !node.is_null()) {
        match &node.value {
            yaml::Value::Map(inner) if sections.contains(key.as_str()) => {
                let kept = inner.iter().filter(|(own, _, node)| !node.is_null() && unread(&format!("{key}.{own}")));
                left.extend(kept.map(|(own, _, node)| (key.as_str(), own.as_str(), node)));
            }
            _ if unread(key) => left.push(("", key, node)),
            _ => {}
        }
    }
    left
}

fn add(root: &mut Node, section: &str, key: &str, node: &Node) {
    let yaml::Value::Map(entries) = &mut root.value else { return };
    if section.is_empty() {
        entries.push((key.into(), (0, 0), node.clone()));
        return;
    }
    if !entries.iter().any(|(name, _, _)| name == section) {
        let empty = Node { value: yaml::Value::Map(Vec::new()), ..node.clone() };
        entries.push((section.into(), (0, 0), empty));
    }
    let inner = entries.iter_mut().find(|(name, _, _)| name == section);
    if let Some((_, _, inner)) = inner {
        add(inner, "", key, node);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# our answers
version: 1
name: hpc   # short
region: \"westeurope\"
scenarios: [cyclecloud-vm]
network:
  # asked of the network team
  vnet: vnet-hpc
  resource_group: rg-hpc
egress: {via: nsg}
colour: blue
";

    fn answers(change: impl Fn(&mut Answers)) -> Answers {
        let mut answers = read("", FILE.as_bytes(), &[]).answers;
        change(&mut answers);
        answers
    }

    #[test]
    fn one_scalar_changes_nothing_but_itself() {
        for (change, from, to) in [
            ((|a| a.name = Some("ml".into())) as fn(&mut Answers), "name: hpc   #", "name: ml   #"),
            (|a| a.region = Some("on".into()), "\"westeurope\"", "\"on\""),
            (|a| a.network.vnet = Some("v".into()), "vnet: vnet-hpc", "vnet: v"),
            (|a| a.egress.via = Some("nat-gateway".into()), "{via: nsg}", "{via: nat-gateway}"),
            (|a| a.network.vnet = None, "  vnet: vnet-hpc\n", ""),
            (|a| a.network.create = Some(true), "network:\n", "network:\n  create: true\n"),
            (|a| a.cloud = Some("AzureChinaCloud".into()), "blue\n", "blue\ncloud: AzureChinaCloud\n"),
            (|a| a.aml.hbi = Some(true), "blue\n", "blue\naml:\n  hbi: true\n"),
            (
                |a| a.scenarios = Some(vec!["aks".into(), "return-proxy".into()]),
                "[cyclecloud-vm]",
                "[aks, return-proxy]",
            ),
        ] {
            let after = answers(change);
            let wanted = FILE.replacen(from, to, 1);
            for (file, wanted) in [
                (FILE.to_string(), wanted.clone()),
                (FILE.replace('\n', "\r\n"), wanted.replace('\n', "\r\n")),
                (format!("\u{feff}{FILE}"), format!("\u{feff}{wanted}")),
            ] {
                assert_eq!(save(&file, &after), Saved { text: wanted, anew: false });
            }
        }
        assert_eq!(save(FILE, &answers(|_| ())), Saved { text: FILE.into(), anew: false });
    }

    #[test]
    fn what_stands_beside_an_answer_that_goes_stays_or_is_announced() {
        let beside = FILE.replace("egress: {via: nsg}", "egress: {via: nsg, foo: bar} # soc");
        let saved = save(&beside, &answers(|a| a.egress.via = None));
        assert!(saved.anew && saved.text.contains("foo: bar"), "{}", saved.text);
        let saved = save(FILE, &answers(|a| a.name = None));
        assert_eq!(saved, Saved { text: FILE.replace("name: hpc   # short\n", ""), anew: true });
    }

    #[test]
    fn an_answer_is_added_before_the_end_of_the_document() {
        let framed = format!("---\n{FILE}...\n");
        let saved = save(&framed, &answers(|a| a.cloud = Some("AzureChinaCloud".into())));
        assert_eq!(saved, Saved { text: format!("---\n{FILE}cloud: AzureChinaCloud\n...\n"), anew: false });
    }

    #[test]
    fn a_list_over_several_lines_changes_alone() {
        let file = FILE.replace("[cyclecloud-vm]", "\n- cyclecloud-vm\n- return-proxy\n\n# of the network");
        let after = read("", file.as_bytes(), &[]).answers;
        let after = Answers { scenarios: Some(vec!["aks".into()]), ..after };
        let wanted = file.replacen("scenarios: \n- cyclecloud-vm\n- return-proxy\n", "scenarios: [aks]\n", 1);
        assert_eq!(save(&file, &after), Saved { text: wanted.clone(), anew: false });
        // A comment in it goes, which is said.
        let with = file.replace("- return-proxy", "# with a proxy\n- return-proxy");
        assert_eq!(save(&with, &after), Saved { text: wanted, anew: true });
        // Gone altogether.
        let after = Answers { scenarios: None, ..after };
        let wanted = file.replacen("scenarios: \n- cyclecloud-vm\n- return-proxy\n", "", 1);
        assert_eq!(save(&file, &after), Saved { text: wanted, anew: false });
    }

    #[test]
    fn a_field_of_a_row_changes_alone() {
        let rows = "subnets:\n  # first\n  - name: a # the server\n    prefix: 10.0.0.0/24\n    roles: [aks-nodes]\n  \
                    - {name: b, prefix: 10.0.1.0/24, roles: [scheduler]} # b\ntags:\n  # ours\n  owner: me # hpc\n";
        let before = read("", rows.as_bytes(), &[]).answers;
        let mut after = before.clone();
        for (index, from, to) in [(0, "10.0.0.0/24", "10.9.0.0/24"), (1, "10.0.1.0/24", "10.9.1.0/24")] {
            after.subnets.as_mut().unwrap()[index].prefix = Some(to.parse().unwrap());
            let mut one = before.clone();
            one.subnets.as_mut().unwrap()[index].prefix = Some(to.parse().unwrap());
            assert_eq!(save(rows, &one), Saved { text: rows.replacen(from, to, 1), anew: false });
        }
        after.tags = Some(BTreeMap::from([("owner".into(), "you: all".into())]));
        let wanted = rows.replace("10.0.", "10.9.").replace("me #", "\"you: all\" #");
        assert_eq!(save(rows, &after), Saved { text: wanted, anew: false });
    }

    #[test]
    fn what_cannot_be_changed_in_place_is_written_anew_and_keeps_what_nobody_knows() {
        let file = FILE.replace("egress: {via: nsg}", "egress: {via: nsg, accept_blocked: [\n  a]}");
        let after = answers(|a| a.egress.accept_blocked = Some(vec!["b".into()]));
        let saved = save(&file, &after);
        assert!(saved.anew);
        assert_eq!(read("", saved.text.as_bytes(), &[]).answers, after);
        assert!(saved.text.ends_with("colour: blue\n"), "{}", saved.text);
    }

    #[test]
    fn a_key_that_is_dropped_takes_its_value_and_nothing_else() {
        let file = "a: 1\nb:\n  c: 2\n\n  # in b\n  d: [3]\n# of e\ne: 5\nf:\n- 6\n- 7\ng: {h: 8}\n";
        for (at, without) in [
            ((1, 1), "a: 1\n"),
            ((2, 1), "b:\n  c: 2\n\n  # in b\n  d: [3]\n"),
            ((3, 3), "  c: 2\n"),
            ((6, 3), "  d: [3]\n"),
            ((8, 1), "e: 5\n"),
            ((9, 1), "f:\n- 6\n- 7\n"),
        ] {
            assert_eq!(drop_key(file, at.0, at.1), Some(file.replacen(without, "", 1)), "{at:?}");
        }
        assert_eq!(drop_key(file, 12, 5), None);
        assert_eq!(drop_key(file, 99, 9), None);
    }

    #[test]
    fn a_text_that_is_no_yaml_is_written_anew() {
        let after = answers(|_| ());
        assert_eq!(save("a: [", &after), Saved { text: to_yaml(&after), anew: true });
    }
}
