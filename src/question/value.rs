//! An answer without its type: what fronts pass to the typed answers and read back.

use super::answers::{PeerAnswer, SubnetAnswer};
use ipnet::IpNet;
use std::collections::BTreeMap;

/// An answer of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text or one word of a choice.
    Text(String),
    /// A whole number.
    Number(u32),
    /// Yes or no.
    Flag(bool),
    /// Words or texts.
    List(Vec<String>),
    /// Prefixes.
    Prefixes(Vec<IpNet>),
    /// Names with texts.
    Pairs(BTreeMap<String, String>),
    /// Rows of named values.
    Records(Vec<BTreeMap<String, Value>>),
}

impl std::fmt::Display for Value {
    /// For people: words, not the spelling of the file.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = match self {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Flag(flag) => if *flag { "yes" } else { "no" }.into(),
            Value::List(items) => items.join(", "),
            Value::Prefixes(prefixes) => prefixes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            Value::Pairs(pairs) => pairs.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join(", "),
            Value::Records(rows) => format!("{} rows", rows.len()),
        };
        f.write_str(&text)
    }
}

impl Value {
    /// Whether it is a text or a list of nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Text(text) => text.is_empty(),
            Value::Number(_) | Value::Flag(_) => false,
            Value::List(items) => items.is_empty(),
            Value::Prefixes(prefixes) => prefixes.is_empty(),
            Value::Pairs(pairs) => pairs.is_empty(),
            Value::Records(rows) => rows.is_empty(),
        }
    }

    fn text(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            _ => String::new(),
        }
    }

    fn list(&self) -> Vec<String> {
        match self {
            Value::List(items) => items.clone(),
            _ => Vec::new(),
        }
    }

    fn prefixes(&self) -> Vec<IpNet> {
        match self {
            Value::Prefixes(prefixes) => prefixes.clone(),
            _ => Vec::new(),
        }
    }
}

/// A place in the typed answers that one question reads and writes. A value of another kind leaves it as it is: the
/// reader and the fronts only pass values of the question's own kind.
pub trait Slot {
    /// The answer, if there is one.
    fn read(&self) -> Option<Value>;
    /// Sets the answer.
    fn write(&mut self, value: Value);
    /// Forgets the answer.
    fn clear(&mut self);
}

macro_rules! slots {
    ($($kind:ty = $variant:ident),*) => {$(
        impl Slot for Option<$kind> {
            fn read(&self) -> Option<Value> { self.clone().map(Value::$variant) }
            fn write(&mut self, value: Value) { if let Value::$variant(inner) = value { *self = Some(inner); } }
            fn clear(&mut self) { *self = None; }
        }
    )*};
}
slots!(String = Text, u32 = Number, bool = Flag, Vec<String> = List, Vec<IpNet> = Prefixes, BTreeMap<String, String> = Pairs);

impl Slot for Option<Vec<PeerAnswer>> {
    fn read(&self) -> Option<Value> {
        let row = |peer: &PeerAnswer| {
            BTreeMap::from([
                ("name".to_string(), Value::Text(peer.name.clone())),
                ("prefixes".to_string(), Value::Prefixes(peer.prefixes.clone())),
            ])
        };
        self.as_ref().map(|peers| Value::Records(peers.iter().map(row).collect()))
    }

    fn write(&mut self, value: Value) {
        let Value::Records(rows) = value else { return };
        let peer = |row: BTreeMap<String, Value>| PeerAnswer {
            name: row.get("name").map(Value::text).unwrap_or_default(),
            prefixes: row.get("prefixes").map(Value::prefixes).unwrap_or_default(),
        };
        *self = Some(rows.into_iter().map(peer).collect());
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl Slot for Option<Vec<SubnetAnswer>> {
    fn read(&self) -> Option<Value> {
        let row = |subnet: &SubnetAnswer| {
            let mut fields = BTreeMap::from([("name".to_string(), Value::Text(subnet.name.clone()))]);
            let mut put = |key: &str, value: Option<Value>| {
                if let Some(value) = value {
                    fields.insert(key.into(), value);
                }
            };
            put("prefix", subnet.prefix.map(|prefix| Value::Text(prefix.to_string())));
            put("roles", subnet.roles.clone().map(Value::List));
            put("nsg", subnet.nsg.clone().map(Value::Text));
            put("routes", subnet.routes.clone().map(Value::Text));
            put("public_ip", subnet.public_ip.map(Value::Flag));
            fields
        };
        self.as_ref().map(|subnets| Value::Records(subnets.iter().map(row).collect()))
    }

    fn write(&mut self, value: Value) {
        let Value::Records(rows) = value else { return };
        let subnet = |row: BTreeMap<String, Value>| SubnetAnswer {
            name: row.get("name").map(Value::text).unwrap_or_default(),
            prefix: row.get("prefix").and_then(|prefix| prefix.text().parse().ok()),
            roles: row.get("roles").map(Value::list),
            nsg: row.get("nsg").map(Value::text),
            routes: row.get("routes").map(Value::text),
            public_ip: row.get("public_ip").and_then(|flag| match flag {
                Value::Flag(flag) => Some(*flag),
                _ => None,
            }),
        };
        *self = Some(rows.into_iter().map(subnet).collect());
    }

    fn clear(&mut self) {
        *self = None;
    }
}
