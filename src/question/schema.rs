//! The JSON Schema of the answers file, printed from the list of questions.

use super::table::{Choice, Kind, QUESTIONS};
use serde_json::{Map, Value, json};

/// The schema (draft 2020-12) of the answers file. It says what a value may be; which answers belong together is
/// checked by `generate`.
pub fn schema() -> Value {
    let mut root = Map::new();
    root.insert("version".into(), json!({"const": 1, "description": "the version of this form"}));
    for question in QUESTIONS {
        let mut body = kind(question.kind);
        if let Some(object) = body.as_object_mut() {
            object.insert("title".into(), json!(question.title));
            object.insert("description".into(), json!(question.help));
        }
        let mut at = &mut root;
        let mut parts = question.path.split('.').peekable();
        while let Some(part) = parts.next() {
            if parts.peek().is_none() {
                at.insert(part.into(), body.clone());
                break;
            }
            let section = at
                .entry(part)
                .or_insert_with(|| json!({"type": "object", "additionalProperties": false, "properties": {}}));
            let Some(properties) = section.get_mut("properties").and_then(Value::as_object_mut) else { break };
            at = properties;
        }
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "netcordon answers, version 1",
        "type": "object",
        "additionalProperties": false,
        "required": ["version"],
        "properties": root,
    })
}

fn words(choices: &[Choice]) -> Vec<&'static str> {
    choices.iter().map(|choice| choice.word).collect()
}

fn kind(kind: Kind) -> Value {
    match kind {
        Kind::Text => json!({"type": ["string", "number"]}),
        Kind::Number(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Kind::Flag => json!({"type": "boolean"}),
        // A word such as `8` is a number to YAML readers that resolve types.
        Kind::Choice(choices) => {
            let mut values: Vec<Value> = words(choices).into_iter().map(Value::from).collect();
            values.extend(words(choices).iter().filter_map(|word| word.parse::<u32>().ok()).map(Value::from));
            json!({"enum": values})
        }
        Kind::Many(choices) => json!({"type": "array", "uniqueItems": true, "items": {"enum": words(choices)}}),
        Kind::Texts => json!({"type": "array", "uniqueItems": true, "items": {"type": "string"}}),
        Kind::Prefixes => json!({"type": "array", "items": {"type": "string"}}),
        Kind::Pairs => json!({"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}),
        Kind::Records(fields) => {
            let properties: Map<String, Value> =
                fields.iter().map(|field| (field.name.to_string(), super::schema::kind(field.kind))).collect();
            let required: Vec<&str> = fields.iter().filter(|field| field.needed).map(|field| field.name).collect();
            json!({"type": "array", "items": {
                "type": "object", "additionalProperties": false, "required": required, "properties": properties,
            }})
        }
    }
}
