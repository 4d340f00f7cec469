//! What the fuzz targets call, and what `tests/corpora.rs` calls with every file of their corpora. None may panic.

use netcordon::import;

/// A file for each line `==== path`, with what stands below it; without such a line one file of the given name.
fn files(data: &[u8], name: &str) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(data);
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("==== ") {
            Some(path) => files.push((path.trim().into(), String::new())),
            None if files.is_empty() => files.push((name.into(), line.into())),
            None => files.last_mut().into_iter().for_each(|(_, text)| text.push_str(line)),
        }
    }
    files
}

/// Exports of any shape: reading them again gives the same.
pub fn exports(data: &[u8]) {
    let files = [("export.json".to_string(), data.to_vec())];
    assert_eq!(import::exports::read(&files), import::exports::read(&files));
}

/// ARM templates of our own.
pub fn arm(data: &[u8]) {
    let files: Vec<_> = files(data, "spoke.json").into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
    drop(import::arm::read(&files));
}

/// Bicep of our own.
pub fn bicep(data: &[u8]) {
    drop(import::bicep::read(&files(data, "bicep/spoke.bicep")));
}

/// Terraform of our own.
pub fn terraform(data: &[u8]) {
    drop(import::terraform::read(&files(data, "terraform/spoke/rules.tf")));
}

/// Scripts of our own.
pub fn azcli(data: &[u8]) {
    drop(import::azcli::read(&files(data, "azcli/apply.sh")));
}

/// An answers file, planned and judged if it can be.
pub fn answers(data: &[u8]) {
    let read = netcordon::question::read("answers.yaml", data, &[]);
    if read.problems.is_empty() {
        drop(netcordon::environment::build(&read, "answers.yaml", &[], None));
    }
}
