//! A generated folder, read back: each format on its own, with its strict reader.

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

impl Format {
    /// Its name for messages.
    pub fn name(self) -> &'static str {
        match self {
            Format::Terraform => "Terraform",
            Format::Bicep => "Bicep",
            Format::Arm => "ARM",
            Format::AzCli => "Azure CLI",
        }
    }
}

/// The network that each format of a generated folder describes. The key of a file is its path in the folder, with
/// forward slashes. A format of which the folder has no file is left out.
pub fn read(files: &BTreeMap<String, Vec<u8>>) -> Vec<(Format, Result<Network, Vec<Problem>>)> {
    let of = |folder: &str, kinds: &[&str]| -> Vec<(String, Vec<u8>)> {
        let own = |path: &&String| path.starts_with(folder) && kinds.iter().any(|kind| path.ends_with(kind));
        let own = files.iter().filter(|(path, _)| own(path) && !path.starts_with("terraform/root-example/"));
        own.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    };
    let text = |files: Vec<(String, Vec<u8>)>| -> Vec<(String, String)> {
        files.into_iter().map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
    };
    let read = [
        (Format::Terraform, of("terraform/", &[".tf"])),
        (Format::Bicep, of("bicep/", &[".bicep", ".bicepparam"])),
        (Format::Arm, of("arm/", &[".json"])),
        (Format::AzCli, of("azcli/", &[".sh"])),
    ];
    let read = read.into_iter().filter(|(_, files)| !files.is_empty()).map(|(format, files)| {
        let network = match format {
            Format::Terraform => super::terraform::read(&text(files)),
            Format::Bicep => super::bicep::read(&text(files)),
            Format::Arm => super::arm::read(&files),
            Format::AzCli => super::azcli::read(&text(files)),
        };
        (format, network)
    });
    read.collect()
}
