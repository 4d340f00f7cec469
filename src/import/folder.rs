//! A generated folder, read back: each format on its own, with its strict reader.

use super::{arm, azcli, bicep, terraform};
use crate::model::Network;
use crate::problem::Problem;
use std::collections::BTreeMap;

/// A format of the written rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Terraform, in `terraform/`.
    Terraform,
    /// Bicep, in `bicep/`.
    Bicep,
    /// ARM templates, in `arm/`.
    Arm,
    /// Scripts for the Azure CLI, in `azcli/`.
    AzCli,
}

/// Each format: its folder, its name for messages, and how its files end.
const FORMATS: [(Format, &str, &str, &[&str]); 4] = [
    (Format::Terraform, "terraform", "Terraform", &[".tf"]),
    (Format::Bicep, "bicep", "Bicep", &[".bicep", ".bicepparam"]),
    (Format::Arm, "arm", "ARM", &[".json"]),
    (Format::AzCli, "azcli", "Azure CLI", &[".sh"]),
];

/// The folders of the formats.
pub const FOLDERS: [&str; 4] = ["terraform", "bicep", "arm", "azcli"];

/// How files end that Terraform takes as well and that are not read here: rules and values may hide in them
/// (developer.hashicorp.com/terraform/language/files and .../values/variables).
const NOT_READ: [&str; 3] = [".tf.json", ".tfvars", ".tfvars.json"];

/// Whether a file of a generated folder is deployed, by its path: a file of a format in that format's folder.
pub fn is_deployed(path: &str) -> bool {
    let terraform = path.starts_with("terraform/") && NOT_READ.iter().any(|ending| path.ends_with(ending));
    let of_format = FORMATS.iter().any(|(_, folder, _, endings)| {
        let inside = path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        inside && endings.iter().any(|ending| path.ends_with(ending))
    });
    terraform || of_format
}

impl Format {
    /// Its name for messages.
    pub fn name(self) -> &'static str {
        FORMATS.iter().find(|row| row.0 == self).map_or("", |row| row.2)
    }
}

/// The network that each format of a generated folder describes. The key of a file is its path in the folder, with
/// forward slashes. A format of which the folder has no file is left out.
pub fn read(files: &BTreeMap<String, Vec<u8>>) -> Vec<(Format, Result<Network, Vec<Problem>>)> {
    let mut all = Vec::new();
    for (format, folder, _, endings) in FORMATS {
        // The example of a root module calls the modules and holds no rules.
        let is_own = |path: &str| {
            let inside = path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
            inside && endings.iter().any(|ending| path.ends_with(ending)) && !path.contains("/root-example/")
        };
        let own: Vec<(&String, &Vec<u8>)> = files.iter().filter(|(path, _)| is_own(path)).collect();
        let unread: Vec<Problem> = match format {
            Format::Terraform => {
                let unread =
                    files.keys().filter(|path| is_deployed(path) && !endings.iter().any(|e| path.ends_with(e)));
                let unread = unread.filter(|path| path.starts_with("terraform/") && !path.contains("/root-example/"));
                unread.map(|path| not_read(path)).collect()
            }
            _ => Vec::new(),
        };
        if !unread.is_empty() {
            all.push((format, Err(unread)));
        } else if !own.is_empty() {
            all.push((format, read_format(format, &own)));
        }
    }
    all
}

fn not_read(path: &str) -> Problem {
    let what = "Terraform takes this file as well, and it cannot be read here: what is deployed is not known";
    Problem::in_file(path, what, "take it out of the folder, or put its values into the call of the module")
}

fn read_format(format: Format, files: &[(&String, &Vec<u8>)]) -> Result<Network, Vec<Problem>> {
    let (mut texts, mut problems) = (Vec::new(), Vec::new());
    for (path, bytes) in files {
        match std::str::from_utf8(bytes) {
            // A checkout on Windows is no edit.
            Ok(text) => texts.push(((*path).clone(), text.replace("\r\n", "\n"))),
            Err(error) => {
                let what = format!("the file is not UTF-8 text (byte {})", error.valid_up_to());
                problems.push(Problem::in_file(path, what, "generate the folder again"));
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    match format {
        Format::Terraform => terraform::read(&texts),
        Format::Bicep => bicep::read(&texts),
        Format::AzCli => azcli::read(&texts),
        Format::Arm => {
            let bytes: Vec<(String, Vec<u8>)> =
                texts.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
            arm::read(&bytes)
        }
    }
}
