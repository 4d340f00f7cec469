//! What of a file is its form, and what is text in it: one reader for each language.

use std::collections::BTreeMap;

/// A file taken apart.
#[derive(Debug, Default)]
pub(crate) struct Form {
    /// Everything that means something, without the texts; what has no order of its own is sorted.
    pub(crate) shape: Vec<String>,
    /// The texts as the language reads them back; `None` for a language that holds no text as it is.
    pub(crate) texts: Option<Vec<String>>,
}

/// Takes a file apart by the language that its name says.
pub(crate) fn form(path: &str, text: &str) -> Result<Form, String> {
    let (_, kind) = path.rsplit_once('.').unwrap_or((path, ""));
    let folder = path.split('/').next().unwrap_or_default();
    let mut form = match (kind, folder) {
        ("json", _) => json(text, folder == "arm"),
        ("yaml" | "yml", _) => yaml(text),
        ("tf", _) => hcl(text),
        ("bicep" | "bicepparam", _) => bicep(text),
        ("sh", _) => bash(text),
        ("csv", _) => csv(text),
        ("md", _) => markdown(text),
        ("txt", "cyclecloud") => ini(text),
        ("txt" | "conf", _) => words(text),
        _ => Err("no reader here knows this kind of file: give it one".into()),
    }?;
    form.shape.sort();
    Ok(form)
}

/// `arm`: ARM reads what begins with a bracket.
fn json(text: &str, arm: bool) -> Result<Form, String> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut form = Form { shape: Vec::new(), texts: Some(Vec::new()) };
    form.json("", &value, arm);
    Ok(form)
}

fn yaml(text: &str) -> Result<Form, String> {
    let mut form = Form { shape: Vec::new(), texts: Some(Vec::new()) };
    for document in text.split("\n---\n") {
        let value: serde_json::Value = serde_yaml::from_str(document).map_err(|error| error.to_string())?;
        form.json("", &value, false);
    }
    Ok(form)
}

fn hcl(text: &str) -> Result<Form, String> {
    let body = hcl::parse(text).map_err(|error| error.to_string())?;
    let mut form = Form { shape: Vec::new(), texts: Some(Vec::new()) };
    form.hcl_body("", &body);
    Ok(form)
}

impl Form {
    fn text(&mut self, text: &str) -> String {
        self.texts.get_or_insert_default().push(text.into());
        "text".into()
    }

    /// Each leaf with the way to it. A key is a text too, and only its place counts.
    fn json(&mut self, way: &str, value: &serde_json::Value, arm: bool) {
        use serde_json::Value;
        match value {
            Value::String(text) => {
                let shape = if arm { self.arm(text) } else { self.text(text) };
                self.shape.push(format!("{way} {shape}"));
            }
            Value::Array(items) => items.iter().for_each(|item| self.json(&format!("{way}[]"), item, arm)),
            Value::Object(fields) => {
                for (key, value) in fields {
                    self.text(key);
                    self.json(&format!("{way}.*"), value, arm);
                }
                self.shape.push(format!("{way} {} fields", fields.len()));
            }
            other => self.shape.push(format!("{way} {other}")),
        }
    }

    /// What ARM makes of a text: a text, or an expression, in whose quotes texts stand.
    fn arm(&mut self, text: &str) -> String {
        let bracketed = text.starts_with('[') && text.ends_with(']');
        if !bracketed || text.starts_with("[[") {
            // Of two brackets at the start of such a text, ARM reads one.
            return self.text(text.strip_prefix('[').filter(|_| bracketed).unwrap_or(text));
        }
        let (mut shape, mut rest) = (String::new(), text);
        while let Some((before, after)) = rest.split_once('\'') {
            shape.push_str(before);
            let mut held = String::new();
            rest = after;
            while let Some((inside, after)) = rest.split_once('\'') {
                held.push_str(inside);
                rest = after;
                match rest.strip_prefix('\'') {
                    Some(after) => {
                        held.push('\'');
                        rest = after;
                    }
                    None => break,
                }
            }
            self.text(&held);
            shape.push_str("text");
        }
        shape + rest
    }

    fn hcl_body(&mut self, way: &str, body: &hcl::Body) {
        for structure in body.iter() {
            match structure {
                hcl::Structure::Attribute(attribute) => {
                    self.hcl(&format!("{way}.{}", attribute.key()), attribute.expr());
                }
                hcl::Structure::Block(block) => {
                    let labels: Vec<&str> = block.labels().iter().map(hcl::BlockLabel::as_str).collect();
                    let way = format!("{way}.{} {}", block.identifier(), labels.join(" "));
                    self.shape.push(way.clone());
                    self.hcl_body(&way, block.body());
                }
            }
        }
    }

    fn hcl(&mut self, way: &str, expression: &hcl::Expression) {
        match expression {
            hcl::Expression::String(text) => {
                self.text(text);
                self.shape.push(format!("{way} text"));
            }
            hcl::Expression::Array(items) => items.iter().for_each(|item| self.hcl(&format!("{way}[]"), item)),
            hcl::Expression::Object(fields) => {
                for (key, value) in fields {
                    if let hcl::ObjectKey::Expression(key) = key {
                        self.hcl(&format!("{way} key"), key);
                    }
                    self.hcl(&format!("{way}.*"), value);
                }
            }
            // No text of an answer stands in anything else: what it is, is its form.
            other => self.shape.push(format!("{way} {other:?}")),
        }
    }
}

/// Strings in single quotes, comments, everything else; `${` starts an expression inside a string.
fn bicep(text: &str) -> Result<Form, String> {
    let (mut shape, mut texts) = (vec![String::new()], Vec::new());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '/' if rest.peek() == Some(&'/') => while rest.next_if(|c| *c != '\n').is_some() {},
            '/' if rest.peek() == Some(&'*') => return Err("a block comment".into()),
            '\'' => {
                let mut string = String::new();
                loop {
                    match rest.next().ok_or("a string does not end")? {
                        '\'' => break,
                        '\n' => return Err("a string ends with its line".into()),
                        '\\' => string.push(bicep_escape(&mut rest)?),
                        '$' if rest.peek() == Some(&'{') => {
                            // An expression of ours: its form counts whole.
                            let inside: String = rest.by_ref().take_while(|c| *c != '}').collect();
                            shape.last_mut().unwrap().push_str(&format!("${inside}}}"));
                        }
                        other => string.push(other),
                    }
                }
                texts.push(string);
                shape.last_mut().unwrap().push_str("text");
            }
            '\n' => shape.push(String::new()),
            other => shape.last_mut().unwrap().push(other),
        }
    }
    Ok(Form { shape, texts: Some(texts) })
}

fn bicep_escape(rest: &mut std::iter::Peekable<std::str::Chars>) -> Result<char, String> {
    Ok(match rest.next().ok_or("a string does not end")? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        character @ ('\\' | '\'' | '$') => character,
        'u' => {
            let code: String = rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
            u32::from_str_radix(&code, 16).ok().and_then(char::from_u32).ok_or("no such character")?
        }
        other => return Err(format!("no escape: \\{other}")),
    })
}

/// Words in single quotes, comments, here-documents whose end is quoted; all else as it stands, double quotes too: no
/// text of an answer belongs there.
fn bash(text: &str) -> Result<Form, String> {
    let (mut shape, mut texts) = (vec![String::new()], Vec::new());
    let mut ends: Vec<String> = Vec::new();
    let mut rest = text.char_indices().peekable();
    let mut before = '\n';
    let mut word = None::<String>;
    while let Some((at, character)) = rest.next() {
        let line = shape.last_mut().unwrap();
        if character == '\'' {
            let inside: String = rest.by_ref().map(|(_, c)| c).take_while(|c| *c != '\'').collect();
            // What stands together is one word: `'it'\''s'`.
            if word.is_none() {
                line.push_str("text");
            }
            word.get_or_insert_default().push_str(&inside);
            before = '\'';
            continue;
        }
        if character == '\\' && word.is_some() && rest.peek().is_some_and(|(_, c)| *c == '\'') {
            rest.next();
            word.get_or_insert_default().push('\'');
            continue;
        }
        texts.extend(word.take());
        match character {
            '#' if " \t\n;(".contains(before) => while rest.next_if(|(_, c)| *c != '\n').is_some() {},
            '"' => line.push_str(&double_quoted(&mut rest)?),
            '\\' => {
                line.push('\\');
                line.extend(rest.next().map(|(_, c)| c));
            }
            '<' if text[at..].starts_with("<<<") => {
                line.push_str("<<<");
                rest.next();
                rest.next();
            }
            '<' if text[at..].starts_with("<<'") => {
                let end = text[at + 3..].split('\'').next().unwrap_or_default();
                ends.push(end.to_string());
                line.push_str(&format!("<<'{end}'"));
                for _ in 0..end.chars().count() + 3 {
                    rest.next();
                }
            }
            // With a space behind it, it shifts a number.
            '<' if text[at..].starts_with("<<") && !text[at..].starts_with("<< ") => {
                return Err("a here-document that the shell expands".into());
            }
            '<' if text[at..].starts_with("<< ") => {
                line.push_str("<<");
                rest.next();
            }
            '\n' => {
                shape.push(String::new());
                for end in ends.drain(..) {
                    let mut body = String::new();
                    loop {
                        let line: String = rest.by_ref().map(|(_, c)| c).take_while(|c| *c != '\n').collect();
                        if line == end {
                            break;
                        }
                        if rest.peek().is_none() {
                            return Err(format!("the here-document {end} does not end"));
                        }
                        body.push_str(&line);
                        body.push('\n');
                    }
                    match json(&body, false) {
                        Ok(form) => {
                            shape.extend(form.shape);
                            texts.extend(form.texts.into_iter().flatten());
                        }
                        Err(_) => shape.push(body),
                    }
                }
            }
            other => line.push(other),
        }
        before = character;
    }
    texts.extend(word);
    // A word may be JSON, with escapes for what means something to the command that takes it.
    let read = |word: String| match json(&word, false) {
        Ok(form) if word.starts_with(['{', '[']) => form.texts.unwrap_or_default(),
        _ => vec![word],
    };
    Ok(Form { shape, texts: Some(texts.into_iter().flat_map(read).collect()) })
}

/// The rest of a text in double quotes, whole, with the commands in it.
fn double_quoted(rest: &mut std::iter::Peekable<std::str::CharIndices>) -> Result<String, String> {
    let mut text = String::from('"');
    let mut depth = 0;
    while let Some((_, character)) = rest.next() {
        text.push(character);
        match character {
            '\\' => text.extend(rest.next().map(|(_, c)| c)),
            '(' if text.ends_with("$(") => depth += 1,
            ')' if depth > 0 => depth -= 1,
            '"' if depth == 0 => return Ok(text),
            '"' => text.push_str(&double_quoted(rest)?),
            _ => {}
        }
    }
    Err("double quotes do not end".into())
}

fn csv(text: &str) -> Result<Form, String> {
    let mut records: Vec<Vec<String>> = vec![Vec::new()];
    let mut rest = text;
    while let Some(after) = rest.strip_prefix('"') {
        let mut cell = String::new();
        rest = after;
        loop {
            let (inside, after) = rest.split_once('"').ok_or("a cell does not end")?;
            cell.push_str(inside);
            rest = after;
            match rest.strip_prefix('"') {
                Some(after) => {
                    cell.push('"');
                    rest = after;
                }
                None => break,
            }
        }
        // What a spreadsheet would compute, wherever it splits.
        if cell
            .split([',', ';'])
            .any(|part| part.trim_start_matches([' ', '"']).starts_with(|c| "=+-@＝＋－＠\t".contains(c)))
        {
            return Err(format!("a formula: {cell}"));
        }
        records.last_mut().unwrap().push(cell);
        match rest.strip_prefix(',') {
            Some(after) => rest = after,
            None => {
                rest = rest.strip_prefix('\n').ok_or("something behind a cell")?;
                records.push(Vec::new());
            }
        }
    }
    if !rest.is_empty() || records.pop() != Some(Vec::new()) {
        return Err("something that is no cell".into());
    }
    let shape = records.iter().map(|record| format!("{} cells", record.len())).collect();
    // The guard against formulas is the one thing that is not the text's own.
    Ok(Form { shape, texts: Some(records.concat()) })
}

/// What each line is, and every mark in it that means something.
fn markdown(text: &str) -> Result<Form, String> {
    let (mut shape, mut fence, mut comment) = (Vec::new(), None, false);
    for line in text.lines() {
        let start = line.trim_start();
        let indent = line.len() - start.len();
        match fence {
            Some(opened) if start == "```" && indent == opened => fence = None,
            // Commands are a shell's, pictures are Mermaid's.
            Some(opened) if start.starts_with("```") && indent < opened + 4 => {
                return Err(format!("a fence inside a fence: {line}"));
            }
            Some(_) => {
                shape.push("code".into());
                continue;
            }
            None if !comment && start.starts_with("```") => fence = Some(indent),
            None => {}
        }
        if start.starts_with("```") {
            shape.push(line.to_string());
            continue;
        }
        comment = start.starts_with("<!--") || comment;
        if comment {
            shape.push(line.into());
            comment = !line.contains("-->");
            continue;
        }
        let block: String = start.chars().take_while(|c| "#>-+*=|~".contains(*c)).collect();
        let mut marks = Vec::new();
        let (mut code, mut escaped) = (false, false);
        for (at, character) in line.char_indices() {
            match character {
                _ if escaped => {
                    escaped = false;
                    continue;
                }
                '\\' if !code => escaped = true,
                '`' => code = !code,
                '|' => marks.push('|'),
                '<' | '[' | ']' if !code => marks.push(character),
                '*' | '_' if !code => marks.push(character),
                ':' if !code && line[at..].starts_with("://") => marks.push(':'),
                _ => {}
            }
        }
        if code {
            return Err(format!("code that does not end: {line}"));
        }
        shape.push(format!("{indent} {block} {}", marks.iter().collect::<String>()));
    }
    if fence.is_some() || comment {
        return Err("a fence or a comment does not end".into());
    }
    Ok(Form { shape, texts: None })
}

/// Sections, keys, texts of several lines; no text of an answer is more than a value.
fn ini(text: &str) -> Result<Form, String> {
    let (mut shape, mut several) = (Vec::new(), false);
    for line in text.lines().map(str::trim) {
        let kind = match line.chars().next() {
            _ if several => {
                several = !line.ends_with("'''");
                format!("text {}", line.contains(['$', '{']))
            }
            None => String::new(),
            Some('#') => "#".into(),
            Some('[') => {
                let end = line.trim_start_matches('[').trim_end_matches(']');
                if end.contains(['[', ']']) || line.matches('[').count() != line.matches(']').count() {
                    return Err(format!("no section: {line}"));
                }
                format!("{} {}", line.matches('[').count(), end.split(' ').next().unwrap_or_default())
            }
            Some(_) => {
                let (key, value) = line.split_once('=').ok_or(format!("neither a section nor a value: {line}"))?;
                several = value.trim_start().starts_with("'''") && value.matches("'''").count() == 1;
                let value = value.trim();
                let marks: String = value.chars().filter(|c| "=#$[]{}\"',`\\".contains(*c)).collect();
                format!("{key}= {marks}")
            }
        };
        shape.push(kind);
    }
    if several {
        return Err("a text does not end".into());
    }
    Ok(Form { shape, texts: None })
}

/// Lines of words: how many, and which the first is where it is a directive.
fn words(text: &str) -> Result<Form, String> {
    let line = |line: &str| {
        if line.starts_with('#') {
            return "#".to_string();
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let first = if words.len() > 1 { words[0] } else { "" };
        format!("{first} {}", words.len())
    };
    Ok(Form { shape: text.lines().map(line).collect(), texts: None })
}

/// How often each line of a form is in it.
pub(crate) fn counted(shape: &[String]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for line in shape {
        *counts.entry(line.as_str()).or_default() += 1;
    }
    counts
}
