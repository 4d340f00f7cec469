//! The templates that files are rendered from: those that ship with the program, or a team's own laid over them.

use super::engine::{self, Language, Parsed, Template, Value};
use super::{OUTPUTS, Output, Source};
use crate::artifact::Artifact;
use crate::problem::{Place, Problem, did_you_mean};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::{LazyLock, OnceLock};

/// The largest template of one's own that is read, in bytes.
const LARGEST: usize = 1 << 20;

/// A template of somebody's own, as found.
pub struct OwnTemplate {
    /// Its path below the folder of templates, with forward slashes: the name of the one it takes the place of.
    pub name: String,
    /// The file as the user knows it.
    pub file: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What parsing came to.
type Made = Result<Parsed, Vec<Problem>>;

/// A set of templates, each language's parsed once, when first asked for.
pub struct Templates {
    languages: Vec<(Language, OnceLock<Made>)>,
    own: BTreeMap<&'static str, Own>,
}

struct Own {
    file: String,
    text: String,
    /// What it asks its view for; the same for every environment.
    asked: OnceLock<BTreeSet<String>>,
}

static EMBEDDED: LazyLock<Templates> = LazyLock::new(|| Templates::of(BTreeMap::new()));

/// Every template that ships with the program, in the order of the table of files, each once.
fn embedded() -> impl Iterator<Item = &'static Template> + Clone {
    let templates = OUTPUTS.iter().enumerate().filter_map(|(row, output)| Some((row, output.source.template()?)));
    let is_first = |(row, template): &(usize, &Template)| {
        !OUTPUTS[..*row]
            .iter()
            .any(|earlier| earlier.source.template().is_some_and(|other| other.name == template.name))
    };
    templates.filter(is_first).map(|(_, template)| template)
}

/// What one template is for, to be listed.
pub struct Listed {
    /// Its name, which is its path below the folder of templates.
    pub name: &'static str,
    /// Its language, in a word.
    pub language: String,
    /// The files it makes, in the output folder.
    pub makes: Vec<&'static str>,
}

/// Every template that ships with the program, by name.
pub fn list() -> Vec<Listed> {
    let makes = |name: &str| {
        let of_it = |output: &&Output| output.source.template().is_some_and(|template| template.name == name);
        OUTPUTS.iter().filter(of_it).map(|output| output.path).collect()
    };
    let mut listed: Vec<Listed> = embedded()
        .map(|template| Listed {
            name: template.name,
            language: format!("{:?}", template.language).to_lowercase(),
            makes: makes(template.name),
        })
        .collect();
    listed.sort_by_key(|one| one.name);
    listed
}

/// Every template that ships with the program, as files of one folder.
pub fn eject() -> Vec<Artifact> {
    let mut artifacts: Vec<Artifact> =
        embedded().map(|template| Artifact { path: template.name.into(), bytes: template.text.into() }).collect();
    artifacts.sort();
    artifacts
}

/// Whether a template has this name.
pub fn is_template(name: &str) -> bool {
    embedded().any(|template| template.name == name)
}

/// Whether some template lies in this folder or below it.
pub fn is_folder(path: &str) -> bool {
    embedded().any(|template| template.name.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
}

/// The problem with something that lies where no template does, with what was probably meant. `path` is its path below
/// the folder of templates, `file` how the user knows it.
pub fn unknown(file: &str, path: &str) -> Problem {
    let made = path.strip_suffix(".tera").unwrap_or(path);
    let is_serialised = |output: &Output| {
        let below = output.path.strip_prefix(made).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        below && matches!(output.source, Source::Json(_))
    };
    if OUTPUTS.iter().any(is_serialised) {
        let what = format!("`{made}` is made without a template");
        return Problem::in_file(file, what, "remove it: JSON is written from values, so that it always is JSON");
    }
    let names = embedded().map(|template| template.name);
    let folders = names.clone().flat_map(|name| name.match_indices('/').map(|(at, _)| &name[..at]));
    let last = |path: &str| path.rsplit('/').next().and_then(|name| name.split(".tera").next()).map(String::from);
    let namesakes: Vec<String> =
        names.clone().filter(|name| last(name) == last(path)).map(|name| format!("`{name}`")).collect();
    let hint = match did_you_mean(path, names.chain(folders)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if (1..=3).contains(&namesakes.len()) => format!("did you mean {}?", namesakes.join(" or ")),
        None => "`netcordon templates list` names them all".into(),
    };
    Problem::in_file(file, format!("no template is called `{path}`"), hint)
}

impl Templates {
    /// Those that ship with the program.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Those that ship with the program, with these in the place of those of the same name.
    ///
    /// Line ends become those of Unix, so that a checkout on Windows makes no other files.
    ///
    /// # Errors
    ///
    /// A name that no template has, bytes that are no text, syntax that Tera refuses, an include of a template that is
    /// not there or has another language: all of them, each with file, line and column.
    pub fn with_own(own: Vec<OwnTemplate>) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut known = BTreeMap::new();
        for OwnTemplate { name, file, bytes } in own {
            let Some(template) = embedded().find(|template| template.name == name) else {
                problems.push(unknown(&file, &name));
                continue;
            };
            match text_of(&file, &bytes) {
                Ok(text) => known.insert(template.name, Own { file, text, asked: OnceLock::new() }),
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
        }
        let templates = Templates::of(known);
        for (name, own) in &templates.own {
            problems.extend(templates.placed(engine::syntax(name, &own.text)));
        }
        if problems.is_empty() {
            problems = templates.parse();
        }
        if problems.is_empty() { Ok(templates) } else { Err(problems) }
    }

    fn of(own: BTreeMap<&'static str, Own>) -> Self {
        let mut templates = Templates { languages: Vec::new(), own };
        for template in embedded() {
            if !templates.languages.iter().any(|(language, _)| *language == template.language) {
                templates.languages.push((template.language, OnceLock::new()));
            }
        }
        templates
    }

    /// Parses every template that was not asked for yet, and returns all that is wrong with them.
    pub fn parse(&self) -> Vec<Problem> {
        self.languages.iter().filter_map(|(language, _)| self.parsed(*language).err()).flatten().collect()
    }

    /// Names and texts of the templates of one's own.
    pub fn own(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.own.iter().map(|(name, own)| (*name, own.text.as_str()))
    }

    fn parsed(&self, language: Language) -> Result<&Parsed, Vec<Problem>> {
        let Some((_, parsed)) = self.languages.iter().find(|(known, _)| *known == language) else {
            return Err(Vec::new());
        };
        let made = parsed.get_or_init(|| {
            let texts = embedded().filter(|template| template.language == language).map(|template| {
                (template.name, self.own.get(template.name).map_or(template.text, |own| own.text.as_str()))
            });
            Parsed::new(language, texts).map_err(|problems| self.placed(problems))
        });
        made.as_ref().map_err(Clone::clone)
    }

    /// Renders one. A template of one's own must find in the view whatever it asks for.
    pub(super) fn render(&self, template: &Template, view: &Value, out: impl Write) -> Result<(), Vec<Problem>> {
        let problems = self.own.get(template.name).map(|own| not_in_view(template, own, view)).unwrap_or_default();
        if !problems.is_empty() {
            return Err(problems);
        }
        let rendered = self.parsed(template.language)?.render(template.name, view, out);
        rendered.map_err(|mut problems| {
            for problem in problems.iter_mut().filter(|problem| problem.place.file != template.name) {
                let separator = if problem.hint.is_empty() { "" } else { "; " };
                problem.hint.push_str(&format!("{separator}`{}` includes it", self.file(template)));
            }
            self.placed(problems)
        })
    }

    /// Problems in the files as the user knows them.
    fn placed(&self, problems: Vec<Problem>) -> Vec<Problem> {
        let place = |mut problem: Problem| {
            if let Some(own) = self.own.get(problem.place.file.as_str()) {
                problem.place.file = own.file.clone();
            }
            problem
        };
        problems.into_iter().map(place).collect()
    }

    /// Where a template comes from, for a problem with what it makes: one's own file, or its name.
    pub(super) fn file<'t>(&'t self, template: &'t Template) -> &'t str {
        self.own.get(template.name).map_or(template.name, |own| &own.file)
    }
}

/// The text of a template of one's own.
fn text_of(file: &str, bytes: &[u8]) -> Result<String, Problem> {
    if bytes.len() > LARGEST {
        let what = format!("the file is larger than {} MiB", LARGEST >> 20);
        return Err(Problem::in_file(file, what, "a template is a few kilobytes"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        Problem::in_file(file, format!("the file is not UTF-8 text (byte {})", error.valid_up_to()), "save it as UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    if let Some(at) = text.find(engine::UNORDERED) {
        let what = format!("`{}` is not to be had here: its order changes from run to run", engine::UNORDERED);
        return Err(Problem { place: place(file, &text, at), what, hint: "name the fields".into() });
    }
    Ok(text)
}

/// The fields that a template asks for and its view does not have. Tera stops at those it would print; one that is only
/// asked whether it is true would be false, and a rule would be missing in silence.
fn not_in_view(template: &Template, own: &Own, view: &Value) -> Vec<Problem> {
    let known: Vec<&str> = view.as_map().into_iter().flatten().filter_map(|(field, _)| field.as_str()).collect();
    let asked = own.asked.get_or_init(|| {
        let others = embedded().filter(|other| other.language == template.language).map(|other| other.name);
        engine::asked(template.name, &own.text, others)
    });
    let missing = asked.iter().filter(|field| !known.contains(&field.as_str()));
    let problem = |field: &String| Problem {
        place: place(&own.file, &own.text, first_word(&own.text, field)),
        what: format!("variable `{field}` is not defined"),
        hint: engine::near(field, known.iter().copied()),
    };
    missing.map(problem).collect()
}

/// Where a word stands first inside a tag; the start of the text if it does not.
fn first_word(text: &str, word: &str) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let inside = |at: usize| {
        let open = text[..at].rfind("{{").max(text[..at].rfind("{%"));
        open.is_some_and(|open| !text[open..at].contains("}}") && !text[open..at].contains("%}"))
    };
    let whole = |at: &usize| {
        !text[..*at].ends_with(|c| is_part(c) || c == '.')
            && !text[at + word.len()..].starts_with(is_part)
            && inside(*at)
    };
    text.match_indices(word).map(|(at, _)| at).find(whole).unwrap_or(0)
}

fn place(file: &str, text: &str, at: usize) -> Place {
    let line = text[..at].matches('\n').count() + 1;
    let column = text[..at].rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Place { file: file.into(), line, column, path: String::new() }
}
