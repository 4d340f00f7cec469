//! Requirements, scenarios, regions and service tags: data beside the code that loads and checks it.

pub mod cloud;
mod requirement;
mod scenario;
pub mod tags;
mod zone;

pub use cloud::Cloud;
pub use requirement::{
    Condition, Destination, FEATURES, Group, Need, OWN_SLOTS, Requirement, Role, Side, Source, Tenancy, Untouched,
};
pub use scenario::{Page, Region, Scenario, find_region, pages, regions, scenarios};
pub use zone::{Zone, ZoneNames, zones};

use crate::parallel::in_parallel;
use crate::problem::{Problem, did_you_mean};
use crate::yaml;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The embedded catalog files, by the name that scenarios ask for. The largest first: they are read at the same time.
const FILES: [(&str, &str); 4] = [
    ("cyclecloud", include_str!("cyclecloud.yaml")),
    ("azureml", include_str!("azureml.yaml")),
    ("aks", include_str!("aks.yaml")),
    ("base", include_str!("base.yaml")),
];

/// The requirements that a run works with, by slot.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    requirements: Vec<Requirement>,
    by_id: BTreeMap<String, usize>,
}

impl Catalog {
    /// Every embedded requirement, and own files.
    pub fn everything(own: &[(String, Vec<u8>)]) -> Result<Catalog, Vec<Problem>> {
        Catalog::load(FILES.iter().map(|(name, _)| *name), own)
    }

    /// The named embedded files, and own requirement files (name, content), checked as strictly as ours.
    ///
    /// All problems of all files are reported: unknown keys, roles and features, taken ids and slots, and the rest.
    pub fn load<'a>(
        files: impl IntoIterator<Item = &'a str>,
        own: &[(String, Vec<u8>)],
    ) -> Result<Catalog, Vec<Problem>> {
        let wanted: Vec<&str> = files.into_iter().collect();
        let mut problems = Vec::new();
        let mut requirements = Vec::new();
        let is_wanted = |index: &usize| wanted.contains(&FILES[*index].0);
        // Read at the same time; all of them for own rows, which are held against every embedded row.
        let files: Vec<usize> = (0..FILES.len()).filter(|index| !own.is_empty() || is_wanted(index)).collect();
        in_parallel(files, embedded_rows);
        for (rows, found) in (0..FILES.len()).filter(is_wanted).map(embedded_rows) {
            requirements.extend_from_slice(rows);
            problems.extend_from_slice(found);
        }
        // An own row may take neither the id nor the slot of any embedded row, loaded today or not.
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let mut slots: BTreeMap<u16, String> = BTreeMap::new();
        if !own.is_empty() {
            for row in (0..FILES.len()).flat_map(|index| &embedded_rows(index).0) {
                slots.insert(row.slot, row.id.clone());
                taken.insert(row.id.clone(), "netcordon's catalog".into());
            }
        }
        for (file, content) in own {
            for row in requirement::read(file, content, true, &mut problems) {
                let at = |what: String, hint: &str| {
                    let mut problem = Problem::in_file(file, what, hint);
                    (problem.place.line, problem.place.column) = row.place;
                    problem
                };
                if let Some(owner) = taken.insert(row.id.clone(), file.clone()) {
                    problems.push(at(format!("the id `{}` is taken by {owner}", row.id), "choose another id"));
                    continue;
                }
                if let Some(other) = slots.insert(row.slot, row.id.clone()) {
                    let hint = "each requirement needs a slot of its own, so that its priority never moves";
                    problems.push(at(format!("slot {} is taken by `{other}`", row.slot), hint));
                    continue;
                }
                requirements.push(row);
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        requirements.sort_by_key(|row| row.slot);
        let by_id = requirements.iter().enumerate().map(|(index, row)| (row.id.clone(), index)).collect();
        Ok(Catalog { requirements, by_id })
    }

    /// The requirements by slot.
    pub fn requirements(&self) -> &[Requirement] {
        &self.requirements
    }

    /// The requirement with this id.
    pub fn get(&self, id: &str) -> Option<&Requirement> {
        self.by_id.get(id).map(|index| &self.requirements[*index])
    }

    /// The id nearest to `id`, for a hint.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        did_you_mean(id, self.by_id.keys().map(String::as_str))
    }
}

/// The rows of an embedded file, and what is wrong with it; read once, however many environments are planned.
fn embedded_rows(index: usize) -> &'static (Vec<Requirement>, Vec<Problem>) {
    static READ: [OnceLock<(Vec<Requirement>, Vec<Problem>)>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
    READ[index].get_or_init(|| {
        let (name, text) = FILES[index];
        let mut problems = Vec::new();
        let rows = requirement::read(&format!("{name}.yaml"), text.as_bytes(), false, &mut problems);
        (rows, problems)
    })
}

/// The embedded file of that name as a tree; a test holds that each is valid.
fn embedded(name: &str, text: &str) -> Option<yaml::Node> {
    yaml::read(name, text.as_bytes()).0
}
