//! Expressions of ARM templates, as far as they are understood: calls with literal texts as arguments.

/// An expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) enum Expression {
    /// A literal text.
    Text(String),
    /// A call: the function's name as written, its arguments.
    Call(String, Vec<Expression>),
}

/// How deep calls may stand inside calls: more than anything that is understood.
const DEEPEST: usize = 4;

/// The expression in `text`, if Resource Manager takes it for one; `Err` if it is one of another form.
///
/// Text between `[` and `]` is an expression, unless a second `[` escapes it.
pub(in crate::import) fn expression(text: &str) -> Option<Result<Expression, ()>> {
    let inside = text.strip_prefix('[')?.strip_suffix(']')?;
    if inside.starts_with('[') {
        return None;
    }
    let mut rest = inside;
    let read = read(&mut rest, DEEPEST).filter(|_| rest.trim_start().is_empty());
    Some(read.ok_or(()))
}

/// What a text that is no expression means: an escaping `[` is taken off.
pub(in crate::import) fn unescaped(text: &str) -> &str {
    if text.starts_with("[[") && text.ends_with(']') { &text[1..] } else { text }
}

impl Expression {
    /// The arguments, if it is a call of that function, whose case does not count.
    pub(in crate::import) fn call(&self, function: &str) -> Option<&[Expression]> {
        match self {
            Expression::Call(name, arguments) if name.eq_ignore_ascii_case(function) => Some(arguments),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub(in crate::import) fn text(&self) -> Option<&str> {
        match self {
            Expression::Text(text) => Some(text),
            Expression::Call(..) => None,
        }
    }

    /// The parameter's name, if it is `parameters('name')`.
    pub(in crate::import) fn parameter(&self) -> Option<&str> {
        match self.call("parameters")? {
            [name] => name.text(),
            _ => None,
        }
    }
}

fn read(rest: &mut &str, depth: usize) -> Option<Expression> {
    *rest = rest.trim_start();
    if let Some(after) = rest.strip_prefix('\'') {
        return quoted(rest, after);
    }
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).filter(|end| *end > 0)?;
    let name = rest[..end].to_string();
    *rest = rest[end..].trim_start().strip_prefix('(')?;
    let mut arguments = Vec::new();
    loop {
        *rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(')')
            && arguments.is_empty()
        {
            *rest = after;
            return Some(Expression::Call(name, arguments));
        }
        arguments.push(read(rest, depth.checked_sub(1)?)?);
        *rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(')') {
            *rest = after;
            return Some(Expression::Call(name, arguments));
        }
        *rest = rest.strip_prefix(',')?;
    }
}

/// The text up to the closing quote; a doubled quote is one quote.
fn quoted<'a>(rest: &mut &'a str, mut after: &'a str) -> Option<Expression> {
    let mut text = String::new();
    loop {
        let end = after.find('\'')?;
        text.push_str(&after[..end]);
        after = &after[end + 1..];
        let Some(more) = after.strip_prefix('\'') else { break };
        text.push('\'');
        after = more;
    }
    *rest = after;
    Some(Expression::Text(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_with_literal_texts_are_read() {
        let read = expression("[resourceId('a/b', 'it''s [x]')]").unwrap().unwrap();
        let texts: Vec<_> = read.call("RESOURCEID").unwrap().iter().map(|one| one.text().unwrap()).collect();
        assert_eq!(texts, ["a/b", "it's [x]"]);
        assert_eq!(expression("[ parameters( 'x' ) ]").unwrap().unwrap().parameter(), Some("x"));
    }

    #[test]
    fn everything_else_between_brackets_is_refused() {
        let deep = format!("[{}{}]", "a(".repeat(1 << 20), ")".repeat(1 << 20));
        let others =
            ["[]", "[ ]", "[1]", "[x]", "[f(]", "[f()x]", "[f('a]", "[f('a',)]", "[f().x]", "[f(1)]", "['a''b]", &deep];
        for other in others {
            assert_eq!(expression(other), Some(Err(())), "{}", &other[..other.len().min(9)]);
        }
    }

    #[test]
    fn literals_are_literals() {
        for (written, meant) in
            [("[[x]", "[x]"), ("[[[x]", "[[x]"), ("[x", "[x"), ("[x] y", "[x] y"), ("[[x", "[[x"), ("[", "[")]
        {
            assert_eq!(expression(written), None);
            assert_eq!(unescaped(written), meant);
        }
    }
}
