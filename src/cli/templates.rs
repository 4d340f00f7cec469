//! `netcordon templates`: the templates of the files, written out and listed; and those of one's own, read.

use super::{Answer, Common, input, print};
use crate::problem::{Problem, printable};
use crate::render::templates::{Listed, OwnTemplate, Templates, eject, is_folder, is_template, list, unknown};
use crate::write;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// Arguments of `templates`.
#[derive(Args, Debug)]
pub(super) struct TemplatesVerb {
    #[command(subcommand)]
    verb: TemplatesSubcommand,
}

#[derive(Debug, Subcommand)]
enum TemplatesSubcommand {
    /// Write netcordon's templates to a folder. Change those you want to change, delete the others
    Eject {
        /// The folder, new or empty
        #[arg(value_name = "DIR")]
        dir: PathBuf,
        /// Write into a folder that holds something, over the templates in it
        #[arg(long)]
        force: bool,
    },
    /// List the templates, each with its language and the files it makes
    List,
}

pub(super) fn run(verb: &TemplatesVerb, common: &Common) -> Result<Answer, Vec<Problem>> {
    match &verb.verb {
        TemplatesSubcommand::Eject { dir, force } => {
            let templates = eject();
            write::put(dir, &templates, *force)?;
            if !common.quiet {
                let shown = printable(&dir.display().to_string());
                print::talk(&format!("wrote {} templates to {shown}", templates.len()));
            }
        }
        TemplatesSubcommand::List => {
            let row = |one: Listed| vec![one.name.into(), one.language, one.makes.join(", ")];
            let rows: Vec<Vec<String>> = list().into_iter().map(row).collect();
            print::data(&print::table(&rows, print::width()))?;
        }
    }
    Ok(Answer::Yes)
}

/// Netcordon's templates with those of a folder laid over them.
///
/// Hidden files and folders (`.git`) are not looked at. Everything else must be a regular file in the place of a
/// template: what lies elsewhere would never be used, and a link would bring a file from outside into the output.
pub(super) fn own(dir: &Path) -> Result<Templates, Vec<Problem>> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    walk(dir, "", &mut found, &mut problems);
    match Templates::with_own(found) {
        Ok(templates) if problems.is_empty() => Ok(templates),
        Ok(_) => Err(problems),
        Err(others) => {
            problems.extend(others);
            problems.sort();
            Err(problems)
        }
    }
}

fn walk(dir: &Path, prefix: &str, found: &mut Vec<OwnTemplate>, problems: &mut Vec<Problem>) {
    let listed = std::fs::read_dir(dir).and_then(|entries| {
        let names: std::io::Result<Vec<_>> = entries.map(|entry| entry.map(|entry| entry.file_name())).collect();
        names
    });
    let mut names = match listed {
        Ok(names) => names,
        Err(error) => {
            let hint = "`--templates` takes a folder, as `netcordon templates eject` writes it";
            problems.push(input::failed(dir, &error, hint));
            return;
        }
    };
    names.sort();
    for name in names.into_iter().filter(|name| !name.as_encoded_bytes().starts_with(b".")) {
        let place = dir.join(&name);
        let file = place.display().to_string();
        let path = format!("{prefix}{}", name.to_string_lossy());
        let kind = match std::fs::symlink_metadata(&place) {
            Ok(found) => found.file_type(),
            Err(error) => {
                problems.push(input::failed(&place, &error, ""));
                continue;
            }
        };
        if kind.is_symlink() {
            let hint = "put the template itself there: links may lead to files that are none of netcordon's business";
            problems.push(Problem::in_file(&file, "is a symbolic link", hint));
        } else if kind.is_dir() && is_folder(&path) {
            walk(&place, &format!("{path}/"), found, problems);
        } else if !is_template(&path) {
            problems.push(unknown(&file, &path));
        } else if !kind.is_file() {
            let what =
                if kind.is_dir() { "it is a folder, and a file belongs there" } else { "it is not a regular file" };
            problems.push(Problem::in_file(&file, what, "move it away"));
        } else {
            match input::bytes(&place) {
                Ok(bytes) => found.push(OwnTemplate { name: path, file, bytes }),
                Err(problem) => problems.push(problem),
            }
        }
    }
}
