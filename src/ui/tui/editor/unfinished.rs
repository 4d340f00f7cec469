//! A table that is no answer yet, as text: so that a draft keeps it, and it opens again where it was.

use crate::question::{Field, Kind, Value};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// The rows of a table, by field.
pub(super) type Rows = Vec<BTreeMap<String, Value>>;

/// The cell that is open: its row, its field, its text.
pub(super) type Open = (usize, String, String);

pub(super) fn to_text(rows: &[BTreeMap<String, Value>], open: Option<(usize, &str, &str)>) -> String {
    let row = |row: &BTreeMap<String, Value>| -> Json {
        row.iter().map(|(key, value)| (key.clone(), to_json(value))).collect::<Map<_, _>>().into()
    };
    let rows: Vec<Json> = rows.iter().map(row).collect();
    let open = open.map(|(row, field, text)| json!({ "row": row, "field": field, "text": text }));
    json!({ "rows": rows, "open": open }).to_string()
}

/// The rows, and the cell that is open. `None` for a text that is no such table; what does not fit its field is left out.
pub(super) fn from_text(text: &str, fields: &[Field]) -> Option<(Rows, Option<Open>)> {
    let json: Json = serde_json::from_str(text).ok()?;
    let row = |row: &Json| -> BTreeMap<String, Value> {
        let value = |field: &Field| Some((field.name.to_string(), from_json(field.kind, row.get(field.name)?)?));
        fields.iter().filter_map(value).collect()
    };
    let rows = json["rows"].as_array()?.iter().map(row).collect();
    let open = &json["open"];
    let open = open["row"].as_u64().and_then(|row| {
        Some((usize::try_from(row).ok()?, open["field"].as_str()?.into(), open["text"].as_str()?.into()))
    });
    Some((rows, open))
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Number(number) => json!(number),
        Value::Flag(flag) => json!(flag),
        Value::List(items) => json!(items),
        Value::Prefixes(prefixes) => json!(prefixes.iter().map(ToString::to_string).collect::<Vec<_>>()),
        // No field is a table of its own.
        Value::Pairs(_) | Value::Records(_) => Json::Null,
    }
}

fn from_json(kind: Kind, json: &Json) -> Option<Value> {
    let texts = || json.as_array()?.iter().map(|item| item.as_str().map(String::from)).collect::<Option<Vec<_>>>();
    match kind {
        Kind::Text | Kind::Choice(_) => json.as_str().map(|text| Value::Text(text.into())),
        Kind::Number(..) => json.as_u64().and_then(|number| u32::try_from(number).ok()).map(Value::Number),
        Kind::Flag => json.as_bool().map(Value::Flag),
        Kind::Many(_) | Kind::Texts => texts().map(Value::List),
        Kind::Prefixes => {
            let prefixes: Option<Vec<_>> = texts()?.iter().map(|text| text.parse().ok()).collect();
            prefixes.map(Value::Prefixes)
        }
        Kind::Pairs | Kind::Records(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::SUBNET_FIELDS;

    #[test]
    fn rows_come_back_as_they_were() {
        let row = BTreeMap::from([
            ("name".to_string(), Value::Text("snet\"a\n".into())),
            ("roles".to_string(), Value::List(vec!["aks-nodes".into()])),
            ("public_ip".to_string(), Value::Flag(true)),
        ]);
        let rows = vec![row, BTreeMap::new()];
        let text = to_text(&rows, Some((1, "prefix", "10.9")));
        assert_eq!(from_text(&text, SUBNET_FIELDS), Some((rows.clone(), Some((1, "prefix".into(), "10.9".into())))));
        assert_eq!(from_text(&to_text(&rows, None), SUBNET_FIELDS), Some((rows, None)));
        for text in ["", "10.9", "[]", "{\"rows\": 3}"] {
            assert_eq!(from_text(text, SUBNET_FIELDS), None, "{text}");
        }
    }
}
