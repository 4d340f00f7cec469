//! The scripts that bring projects to a server without GitHub: what each of them cannot know by itself.

use crate::render::Input;
use crate::render::engine::{Value, comment, view};

/// The projects that the cluster template of a scheduler names in its `cluster-init` sections.
///
/// `slurm.txt` pulls three (Azure/cyclecloud-slurm, 2026-07); the others name their own project. For a scheduler that is
/// not known, its template says it.
const PROJECTS: [(&str, &[&str]); 7] = [
    ("slurm", &["slurm", "healthagent", "monitoring"]),
    ("openpbs", &["pbspro"]),
    ("grid-engine", &["gridengine"]),
    ("lsf", &["lsf"]),
    ("symphony", &["symphony"]),
    ("htcondor", &["htcondor"]),
    ("hpc-pack", &["hpcpack"]),
];

/// The projects of a scheduler, as `cyclecloud/NAME` has them.
pub(super) fn projects(scheduler: &str) -> Vec<&'static str> {
    let row = PROJECTS.iter().find(|(name, _)| *name == scheduler);
    row.map(|(_, projects)| projects.to_vec()).unwrap_or_default()
}

/// The view of `cyclecloud/staging/server.sh`.
pub(in crate::render) fn server(input: &Input) -> Value {
    let scheduler = input.plan.cyclecloud.as_ref().map_or("", |cluster| &cluster.scheduler);
    view!({ "name": comment(&input.plan.name), "projects": projects(scheduler) })
}

/// The view of the scripts for the connected machine.
pub(in crate::render) fn connected(input: &Input) -> Value {
    view!({ "name": comment(&input.plan.name) })
}
