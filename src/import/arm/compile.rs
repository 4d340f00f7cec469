//! The template that another format means: the same forms as in [`crate::import::arm`]'s own files.

use super::SCHEMA;
use serde_json::{Map, Value, json};

/// The api-version of what is compiled from a format that names none.
pub(in crate::import) const API_VERSION: &str = "2024-05-01";

/// A whole template.
pub(in crate::import) fn template(parameters: Map<String, Value>, resources: Vec<Value>, network: Value) -> Value {
    json!({
        "$schema": SCHEMA,
        "contentVersion": "1.0.0.0",
        "parameters": parameters,
        "resources": resources,
        "outputs": {"network": {"type": "object", "value": network}},
    })
}

/// A literal text: what would pass for an expression gets one more `[`.
pub(in crate::import) fn text(text: &str) -> Value {
    Value::String(escaped(text))
}

fn escaped(text: &str) -> String {
    if text.starts_with('[') && text.ends_with(']') { format!("[{text}") } else { text.into() }
}

/// A value in which every text is literal.
pub(in crate::import) fn literal(value: Value) -> Value {
    match value {
        Value::String(plain) => text(&plain),
        Value::Array(items) => items.into_iter().map(literal).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (escaped(&key), literal(value))).collect(),
        other => other,
    }
}

/// The name of a resource below others, with their names; `None` for the firewall policy that a parameter names.
pub(in crate::import) fn name(names: &[Option<&str>]) -> Value {
    match names {
        [None, Some(group)] => {
            let policy = "parameters('firewallPolicyName')";
            Value::String(format!("[format('{{0}}/{{1}}', {policy}, {})]", quoted(group)))
        }
        names => text(&names.iter().flatten().copied().collect::<Vec<_>>().join("/")),
    }
}

pub(in crate::import) fn parameter(name: &str) -> Value {
    Value::String(format!("[parameters({})]", quoted(name)))
}

pub(in crate::import) fn resource_id(kind: &str, names: &[&str]) -> Value {
    let names: String = names.iter().map(|name| format!(", {}", quoted(name))).collect();
    Value::String(format!("[resourceId({}{names})]", quoted(kind)))
}

/// A text inside an expression.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
