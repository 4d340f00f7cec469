//! Literals to values: each of exactly the kind that we write, or a problem that names where it stands.

use super::forms::{HINT, kind};
use crate::problem::Problem;
use hcl::{Body, Expression, ObjectKey};
use ipnet::IpNet;

/// Reads literals of one file. Whatever returns `None` has said why.
pub(super) struct Reader<'a> {
    pub(super) file: &'a str,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    pub(super) fn problem<T>(&mut self, at: &str, what: &str) -> Option<T> {
        self.problems.push(Problem::in_file(self.file, format!("`{at}` {what}"), HINT));
        None
    }

    fn wrong<T>(&mut self, at: &str, value: &Expression, wanted: &str) -> Option<T> {
        self.problem(at, &format!("is {}, not {wanted}", kind(value)))
    }

    /// The values of exactly these attributes of an object, in this order.
    pub(super) fn fields<'e, const N: usize>(
        &mut self,
        at: &str,
        value: &'e Expression,
        names: [&str; N],
    ) -> Option<[&'e Expression; N]> {
        let Expression::Object(entries) = value else { return self.wrong(at, value, "an object") };
        let mut own = Vec::new();
        for (key, value) in entries {
            match key {
                ObjectKey::Identifier(name) => own.push((name.as_str(), value)),
                _ => return self.problem(at, "has a key where an attribute is expected"),
            }
        }
        self.exactly(at, &own, names)
    }

    /// The values of exactly these attributes of a block.
    pub(super) fn attributes<'e, const N: usize>(
        &mut self,
        at: &str,
        body: &'e Body,
        names: [&str; N],
    ) -> Option<[&'e Expression; N]> {
        let own: Vec<(&str, &Expression)> = body.attributes().map(|own| (own.key(), own.expr())).collect();
        self.exactly(at, &own, names)
    }

    fn exactly<'e, const N: usize>(
        &mut self,
        at: &str,
        own: &[(&str, &'e Expression)],
        names: [&str; N],
    ) -> Option<[&'e Expression; N]> {
        let unknown: Vec<&str> = own.iter().map(|(name, _)| *name).filter(|name| !names.contains(name)).collect();
        for name in &unknown {
            self.problem::<()>(at, &format!("has `{name}`, which netcordon does not write there"));
        }
        let mut values = Vec::new();
        for name in names {
            match own.iter().find(|(own, _)| *own == name) {
                Some((_, value)) => values.push(*value),
                None => return self.problem(at, &format!("lacks `{name}`")),
            }
        }
        if unknown.is_empty() { values.try_into().ok() } else { None }
    }

    /// The entries of a map, whose keys are literal texts.
    ///
    /// Of two entries with one key the later counts, as it does for Terraform.
    pub(super) fn entries<'e>(&mut self, at: &str, value: &'e Expression) -> Option<Vec<(&'e str, &'e Expression)>> {
        let Expression::Object(entries) = value else { return self.wrong(at, value, "an object") };
        let mut own = Vec::new();
        for (key, value) in entries {
            match key {
                ObjectKey::Expression(Expression::String(key)) => own.push((key.as_str(), value)),
                _ => return self.problem(at, "has a key that is no literal text"),
            }
        }
        Some(own)
    }

    pub(super) fn list<'e>(&mut self, at: &str, value: &'e Expression) -> Option<&'e [Expression]> {
        match value {
            Expression::Array(items) => Some(items),
            other => self.wrong(at, other, "a list"),
        }
    }

    pub(super) fn text<'e>(&mut self, at: &str, value: &'e Expression) -> Option<&'e str> {
        match value {
            Expression::String(text) => Some(text),
            other => self.wrong(at, other, "a text"),
        }
    }

    /// `None` inside for null.
    pub(super) fn text_or_null<'e>(&mut self, at: &str, value: &'e Expression) -> Option<Option<&'e str>> {
        match value {
            Expression::Null => Some(None),
            other => self.text(at, other).map(Some),
        }
    }

    pub(super) fn texts<'e>(&mut self, at: &str, value: &'e Expression) -> Option<Vec<&'e str>> {
        self.list(at, value)?.iter().map(|item| self.text(at, item)).collect()
    }

    pub(super) fn strings(&mut self, at: &str, value: &Expression) -> Option<Vec<String>> {
        Some(self.texts(at, value)?.into_iter().map(String::from).collect())
    }

    /// `None` inside for null.
    pub(super) fn texts_or_null<'e>(&mut self, at: &str, value: &'e Expression) -> Option<Option<Vec<&'e str>>> {
        match value {
            Expression::Null => Some(None),
            other => self.texts(at, other).map(Some),
        }
    }

    pub(super) fn flag(&mut self, at: &str, value: &Expression) -> Option<bool> {
        match value {
            Expression::Bool(flag) => Some(*flag),
            other => self.wrong(at, other, "a flag"),
        }
    }

    pub(super) fn number<T: TryFrom<u64>>(&mut self, at: &str, value: &Expression) -> Option<T> {
        let number = match value {
            Expression::Number(number) => number.as_u64().and_then(|number| T::try_from(number).ok()),
            other => return self.wrong(at, other, "a number"),
        };
        number.or_else(|| self.problem(at, "is out of range"))
    }

    pub(super) fn prefix(&mut self, at: &str, text: &str) -> Option<IpNet> {
        text.parse().ok().or_else(|| self.problem(at, &format!("is no prefix: {text:?}")))
    }

    pub(super) fn prefixes(&mut self, at: &str, value: &Expression) -> Option<Vec<IpNet>> {
        self.texts(at, value)?.into_iter().map(|text| self.prefix(at, text)).collect()
    }

    /// The value that goes with a word.
    pub(super) fn word<T: Copy>(&mut self, at: &str, value: &Expression, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(at, value)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        found.or_else(|| self.problem(at, &format!("is {text:?}, which netcordon does not write there")))
    }
}
