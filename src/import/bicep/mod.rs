//! Our own Bicep, read back: exactly the forms that we write, compiled to the ARM template that they mean, and that is
//! read as any other. What is anything else is named, never guessed.

mod parse;

use super::arm::{self, Document};
use crate::model::Network;
use crate::problem::Problem;
use parse::{At, Statement, Value};
use serde_json::{Map, json};
use std::collections::BTreeMap;

/// What a problem's hint says.
const HINT: &str = "netcordon reads back only what it wrote itself: generate again, or audit an export from Azure";
const POLICY: &str = "Microsoft.Network/firewallPolicies";
const PARENTS: [&str; 3] = ["Microsoft.Network/networkSecurityGroups", "Microsoft.Network/routeTables", POLICY];
/// Each parameter that we declare, and its type.
const PARAMETERS: [(&str, &str); 4] =
    [("location", "string"), ("tags", "object"), ("natGatewayId", "string"), ("firewallPolicyName", "string")];

/// The network that `bicep/spoke.bicep` stands for, with the firewall of `bicep/hub.bicep` where that is given.
///
/// A file is a path and its text. Parameters files (`.bicepparam`) say nothing of the network; they must still be ours.
/// Errors: everything that is not of a form that we write, with line and column or with the path of the value.
pub fn read(files: &[(String, String)]) -> Result<Network, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut documents = Vec::new();
    for (file, text) in files {
        let read = parse::statements(file, text).and_then(|statements| {
            let template = Template { file, parameters: BTreeMap::new(), symbols: BTreeMap::new() };
            if file.ends_with(".bicepparam") {
                template.parameters_file(&statements).map(|()| None)
            } else {
                template.compiled(&statements).map(Some)
            }
        });
        match read {
            Ok(None) => {}
            Ok(Some(value)) => match Document::new(file, value) {
                Ok(document) => documents.push(document),
                Err(problem) => problems.push(problem),
            },
            Err(problem) => problems.push(problem),
        }
    }
    arm::network(&documents, problems)
}

/// A file while it is compiled.
struct Template<'a> {
    file: &'a str,
    /// The parameters declared so far, by name, with their types.
    parameters: BTreeMap<&'a str, &'a str>,
    /// The resources declared so far: the type and the names of each, a name that is a parameter as `None`.
    symbols: BTreeMap<&'a str, (&'a str, Vec<Option<&'a str>>)>,
}

impl<'a> Template<'a> {
    fn problem(&self, at: At, what: impl Into<String>) -> Problem {
        parse::problem(self.file, at, what)
    }

    fn not_ours(&self, statement: &Statement) -> Problem {
        self.problem(
            statement.at,
            format!("`{}` in this form is nothing that netcordon writes here", statement.keyword),
        )
    }

    /// `using`, then values for parameters.
    fn parameters_file(&self, statements: &'a [Statement]) -> Result<(), Problem> {
        if statements.first().is_none_or(|first| first.keyword != "using") {
            return Err(Problem::in_file(self.file, "`using` is missing", HINT));
        }
        for (index, statement) in statements.iter().enumerate() {
            let declared = PARAMETERS.iter().any(|(name, _)| *name == statement.name);
            let ours = match (statement.keyword.as_str(), &statement.value) {
                ("using", Some(Value::Text(_, file))) => {
                    index == 0 && ["spoke.bicep", "hub.bicep"].contains(&file.as_str())
                }
                ("param", Some(value)) => {
                    declared && statement.kind.is_empty() && (is_literal(value) || matches!(value, Value::Variable(_)))
                }
                _ => false,
            };
            if !ours || statement.description.is_some() {
                return Err(self.not_ours(statement));
            }
        }
        Ok(())
    }

    /// The template that the file means.
    fn compiled(mut self, statements: &'a [Statement]) -> Result<serde_json::Value, Problem> {
        let mut resources = Vec::new();
        let mut network = None;
        for statement in statements {
            match (statement.keyword.as_str(), &statement.value) {
                ("param", None) => self.parameter(statement)?,
                ("resource", Some(Value::Object(at, fields))) => {
                    resources.extend(self.resource(statement, *at, fields)?)
                }
                ("output", Some(value)) if statement.name == "network" && statement.kind == "object" => {
                    if network.is_some() {
                        return Err(self.problem(statement.at, "stands there twice"));
                    }
                    network = Some(self.value(value)?);
                }
                _ => return Err(self.not_ours(statement)),
            }
        }
        let Some(network) = network else {
            return Err(Problem::in_file(self.file, "`output network object` is missing", HINT));
        };
        // Parameters have no defaults here, so that no value but an id of Azure's can be one.
        let parameters: Map<_, _> =
            self.parameters.keys().map(|name| (name.to_string(), json!({"type": "string"}))).collect();
        Ok(arm::template(parameters, resources, network))
    }

    fn parameter(&mut self, statement: &'a Statement) -> Result<(), Problem> {
        if !PARAMETERS.contains(&(statement.name.as_str(), statement.kind.as_str())) || statement.description.is_none()
        {
            return Err(self.not_ours(statement));
        }
        if self.parameters.insert(&statement.name, &statement.kind).is_some() {
            return Err(self.problem(statement.at, "stands there twice"));
        }
        Ok(())
    }

    /// A resource, or nothing where one exists already and is only given a symbol.
    fn resource(
        &mut self,
        statement: &'a Statement,
        at: At,
        fields: &'a [(String, Value)],
    ) -> Result<Option<serde_json::Value>, Problem> {
        let field = |name: &str| fields.iter().find(|(own, _)| own == name).map(|(_, value)| value);
        let known: &[&str] = if statement.existing {
            &["name"]
        } else {
            &["parent", "name", "location", "tags", "properties", "dependsOn"]
        };
        if let Some((name, value)) = fields.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            return Err(self.problem(value.at(), format!("the property `{name}` is not read")));
        }
        let Some((kind, version)) = statement.kind.split_once('@') else { return Err(self.not_ours(statement)) };
        let missing = |name: &str| self.problem(at, format!("the property `{name}` is missing"));
        let name = match field("name").ok_or_else(|| missing("name"))? {
            Value::Text(_, name) => Some(name.as_str()),
            Value::Name(_, name)
                if statement.existing && kind == POLICY && name == "firewallPolicyName" && self.declared(name) =>
            {
                None
            }
            other => return Err(self.problem(other.at(), "the name must be a text")),
        };
        let mut names = Vec::new();
        if let Some(parent) = field("parent") {
            match self.symbol(parent) {
                Some((of, parent)) if kind.rsplit_once('/').is_some_and(|(above, _)| above == *of) => {
                    names.extend(parent)
                }
                _ => return Err(self.problem(parent.at(), "the parent must be a resource above, of the type above")),
            }
        }
        names.push(name);
        if kind.split('/').count() != names.len() + 1 || (statement.existing && !PARENTS.contains(&kind)) {
            return Err(self.not_ours(statement));
        }
        if !statement.existing {
            for (name, wanted) in [("location", true), ("tags", false)] {
                match field(name) {
                    Some(Value::Name(_, own)) if own == name && self.declared(own) => {}
                    Some(other) => return Err(self.problem(other.at(), format!("must be the parameter `{name}`"))),
                    None if wanted && names.len() == 1 => return Err(missing(name)),
                    None => {}
                }
            }
        }
        let mut resource = json!({"type": kind, "apiVersion": version, "name": arm::name(&names)});
        if let Some(before) = field("dependsOn") {
            let Value::List(_, items) = before else { return Err(self.problem(before.at(), "must be a list")) };
            let ids: Result<Vec<_>, Problem> = items.iter().map(|item| self.resource_id(item, item)).collect();
            resource["dependsOn"] = ids?.into();
        }
        if !statement.existing {
            resource["properties"] = self.value(field("properties").ok_or_else(|| missing("properties"))?)?;
        }
        if self.symbols.insert(&statement.name, (kind, names)).is_some() {
            return Err(self.problem(statement.at, "stands there twice"));
        }
        Ok((!statement.existing).then_some(resource))
    }

    fn declared(&self, parameter: &str) -> bool {
        self.parameters.contains_key(parameter)
    }

    fn symbol(&self, value: &Value) -> Option<&(&'a str, Vec<Option<&'a str>>)> {
        match value {
            Value::Name(_, name) => self.symbols.get(name.as_str()),
            _ => None,
        }
    }

    /// The id of the resource with this symbol.
    fn resource_id(&self, symbol: &Value, at: &Value) -> Result<serde_json::Value, Problem> {
        let id = self.symbol(symbol).and_then(|(kind, names)| {
            let names: Option<Vec<&str>> = names.iter().copied().collect();
            Some(arm::resource_id(kind, &names?))
        });
        id.ok_or_else(|| self.problem(at.at(), "must name a resource above"))
    }

    /// A value as the template has it.
    fn value(&self, value: &Value) -> Result<serde_json::Value, Problem> {
        Ok(match value {
            Value::Text(_, text) => arm::text(text),
            Value::Number(_, number) => (*number).into(),
            Value::Flag(_, flag) => (*flag).into(),
            Value::List(_, items) => items.iter().map(|item| self.value(item)).collect::<Result<Vec<_>, _>>()?.into(),
            Value::Object(_, fields) => {
                let fields = fields.iter().map(|(name, value)| Ok((name.clone(), self.value(value)?)));
                serde_json::Value::Object(fields.collect::<Result<Map<_, _>, Problem>>()?)
            }
            Value::Name(_, name) if name == "natGatewayId" && self.declared(name) => arm::parameter(name),
            Value::Id(at, name) => self.resource_id(&Value::Name(*at, name.clone()), value)?,
            Value::Name(at, name) => return Err(self.problem(*at, format!("`{name}` is a reference, not a literal"))),
            Value::Variable(at) => return Err(self.problem(*at, "is a function call, not a literal")),
        })
    }
}

fn is_literal(value: &Value) -> bool {
    match value {
        Value::Text(..) | Value::Number(..) | Value::Flag(..) => true,
        Value::List(_, items) => items.iter().all(is_literal),
        Value::Object(_, fields) => fields.iter().all(|(_, value)| is_literal(value)),
        Value::Name(..) | Value::Id(..) | Value::Variable(_) => false,
    }
}
