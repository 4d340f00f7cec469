//! The staging scripts, run for real against a CLI, a server and a GitHub of paper.

use crate::{Fakes, assert_done, assert_stops, generated, text, tree, write_script};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// `cyclecloud project fetch` and `project build`, as the real one leaves the disk behind.
const CLI: &str = r#"
echo "cyclecloud $*" >>"$LOG"
case "$1 $2" in
  'project fetch')
    version=${3##*/} repository=${3%/releases/*} name=${repository##*cyclecloud-}
    mkdir -p "$4/blobs" "$4/specs/default/cluster-init/scripts"
    printf '[project]\nname = %s\nversion = %s\n\n[blobs]\nFiles = tool-%s.tgz,\n  second.whl\n' "$name" "$version" "$version" >"$4/project.ini"
    echo "script of $name $version" >"$4/specs/default/cluster-init/scripts/install.sh"
    echo "tool of $name $version" >"$4/blobs/tool-$version.tgz"
    if [ -z "${WITHOUT_BLOB:-}" ]; then echo second >"$4/blobs/second.whl"; fi
    ;;
  'project build')
    name=$(sed -n 's/^name = //p' project.ini)
    mkdir -p "build/$name/default"
    cp -R specs/default/. "build/$name/default/"
    ;;
  *) exit 9 ;;
esac
"#;

/// A GitHub of files: an address is a path below $GITHUB.
const CURL: &str = r#"
while [ $# -gt 0 ]; do
  case $1 in
    --output) output=$2; shift ;;
    --proto | --retry) shift ;;
    --*) ;;
    *) url=$1 ;;
  esac
  shift
done
echo "curl $url" >>"$LOG"
cp "$GITHUB/${url#https://github.com/}" "$output" 2>/dev/null || { echo "curl: (22) 404" >&2; exit 22; }
"#;

struct Lab {
    _out: TempDir,
    scripts: PathBuf,
    fakes: Fakes,
    lab: TempDir,
}

impl Lab {
    fn new(releases: &[(&str, &str)]) -> Self {
        let (out, folder) = generated("cyclecloud-vm", &[]);
        let fakes = Fakes::new(&[
            ("cyclecloud", CLI),
            ("curl", CURL),
            ("chown", "echo \"chown $*\" >>\"$LOG\""),
            ("id", "echo 0"),
        ]);
        let lab = Lab { _out: out, scripts: folder.join("staging"), fakes, lab: tempfile::tempdir().unwrap() };
        lab.server_knows(releases);
        lab
    }

    fn path(&self, name: &str) -> String {
        self.lab.path().join(name).to_string_lossy().into_owned()
    }

    fn server_knows(&self, releases: &[(&str, &str)]) {
        let records = releases.iter().map(|(name, version)| {
            format!("Name = \"{name}\"\nVersion = \"{version}\"\nUrl = \"https://github.com/Azure/cyclecloud-{name}/releases/{version}\"\n\n")
        });
        std::fs::create_dir_all(self.path("root")).unwrap();
        std::fs::write(self.path("records"), records.collect::<String>()).unwrap();
        let query = "[ \"$*\" = \"execute select Name, Version, Url from cloud.project\" ] || exit 9";
        write_script(
            Path::new(&self.path("root/cycle_server")),
            &format!("{query}\ncat \"{}\"\n", self.path("records")),
        );
    }

    fn run(&self, script: &str, arguments: &[&str]) -> std::process::Output {
        let mut command = self.fakes.command(&self.scripts.join(script));
        command.args(arguments).env("LOG", self.path("log")).env("GITHUB", self.path("github"));
        command.output().unwrap()
    }

    fn list(&self, more: &[&str]) -> std::process::Output {
        let root = self.path("root");
        self.run("server.sh", &[&["list", "--root", &root], more].concat())
    }

    fn pack(&self, more: &[&str]) -> std::process::Output {
        let (projects, packed) = (self.path("projects.txt"), self.path("packed"));
        self.run("connected.sh", &[&[projects.as_str(), packed.as_str()], more].concat())
    }

    fn install(&self, more: &[&str]) -> std::process::Output {
        let (packed, root) = (self.path("packed"), self.path("root"));
        self.run("server.sh", &[&["install", packed.as_str(), "--root", root.as_str()], more].concat())
    }

    fn projects(&self, text: &str) {
        std::fs::write(self.path("projects.txt"), text).unwrap();
    }

    fn staged(&self) -> BTreeMap<String, String> {
        tree(&self.lab.path().join("root/work/staging"))
    }
}

const ALL: [(&str, &str); 5] =
    [("slurm", "3.0.9"), ("slurm", "3.0.10"), ("healthagent", "1.0.4"), ("monitoring", "1.0.2"), ("slurm", "2.7.3")];

const LISTED: &str = "healthagent 1.0.4 https://github.com/Azure/cyclecloud-healthagent/releases/1.0.4
monitoring 1.0.2 https://github.com/Azure/cyclecloud-monitoring/releases/1.0.2
slurm 3.0.10 https://github.com/Azure/cyclecloud-slurm/releases/3.0.10
";

#[test]
fn projects_go_from_github_to_the_server_and_a_second_run_changes_nothing() {
    let lab = Lab::new(&ALL);
    let listed = assert_done(&lab.list(&[]));
    assert_eq!(listed, LISTED);
    lab.projects(&listed);
    assert_done(&lab.pack(&[]));
    assert_done(&lab.install(&[]));
    let staged = lab.staged();
    let expected: BTreeMap<String, String> = [("slurm", "3.0.10"), ("healthagent", "1.0.4"), ("monitoring", "1.0.2")]
        .into_iter()
        .flat_map(|(name, version)| {
            [
                (format!("projects/{name}/blobs/tool-{version}.tgz"), format!("tool of {name} {version}\n")),
                (format!("projects/{name}/blobs/second.whl"), "second\n".into()),
                (
                    format!("projects/{name}/{version}/default/cluster-init/scripts/install.sh"),
                    format!("script of {name} {version}\n"),
                ),
            ]
        })
        .collect();
    assert_eq!(staged, expected);
    let log = std::fs::read_to_string(lab.path("log")).unwrap();
    assert!(log.contains(&format!("chown -R cycle_server:cycle_server {}/work/staging", lab.path("root"))), "{log}");
    let again = assert_done(&lab.pack(&[]));
    assert_eq!(again.matches("packed already").count(), 3, "{again}");
    assert_eq!(log.matches("project fetch").count(), 3);
    assert_eq!(std::fs::read_to_string(lab.path("log")).unwrap().matches("project fetch").count(), 3);
    assert_done(&lab.install(&[]));
    assert_eq!(lab.staged(), expected);
    assert!(tree(Path::new(&lab.path("packed"))).keys().all(|name| !name.contains(".packing")));
}

#[test]
fn the_older_way_builds_on_the_server_and_copies_folders_too() {
    let lab = Lab::new(&ALL);
    lab.projects("slurm 2.7.3 https://github.com/Azure/cyclecloud-slurm/releases/tag/2.7.3\n");
    let source = lab.lab.path().join("cyclecloud-slurm-2.7.3");
    std::fs::create_dir_all(source.join("specs/default/chef/roles")).unwrap();
    std::fs::write(source.join("specs/default/chef/roles/x.json"), "role\n").unwrap();
    std::fs::write(
        source.join("project.ini"),
        "[project]\nname = slurm\nversion = 2.7.3\n[blobs]\nFiles = a.whl, b.tgz\n",
    )
    .unwrap();
    let github = lab.lab.path().join("github/Azure/cyclecloud-slurm");
    std::fs::create_dir_all(github.join("archive/refs/tags")).unwrap();
    std::fs::create_dir_all(github.join("releases/download/2.7.3")).unwrap();
    let archive = github.join("archive/refs/tags/2.7.3.tar.gz");
    let made = std::process::Command::new("tar")
        .args(["--create", "--gzip", "--file"])
        .arg(&archive)
        .arg("--directory")
        .arg(lab.lab.path())
        .arg("cyclecloud-slurm-2.7.3")
        .status()
        .unwrap();
    assert!(made.success());
    std::fs::write(github.join("releases/download/2.7.3/a.whl"), "a\n").unwrap();
    assert_stops(
        &lab.pack(&["--legacy"]),
        "https://github.com/Azure/cyclecloud-slurm/releases/download/2.7.3/b.tgz cannot be fetched",
    );
    std::fs::write(github.join("releases/download/2.7.3/b.tgz"), "b\n").unwrap();
    assert_done(&lab.pack(&["--legacy"]));
    assert_done(&lab.install(&["--legacy"]));
    let staged = lab.staged();
    let staged: Vec<(&str, &str)> = staged.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(
        staged,
        [
            ("projects/slurm/2.7.3/default/chef/roles/x.json", "role\n"),
            ("projects/slurm/blobs/a.whl", "a\n"),
            ("projects/slurm/blobs/b.tgz", "b\n"),
        ]
    );
    // What was packed the one way is not taken for the other.
    assert_stops(&lab.install(&[]), "has no slurm-2.7.3.tgz");
}

#[test]
fn a_wrong_checksum_or_a_missing_archive_stages_nothing() {
    let lab = Lab::new(&ALL);
    lab.projects(LISTED);
    assert_done(&lab.pack(&[]));
    let archive = lab.path("packed/slurm-3.0.10.tgz");
    let whole = std::fs::read(&archive).unwrap();
    let mut bytes = whole.clone();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&archive, bytes).unwrap();
    assert_stops(&lab.install(&[]), "an archive is not what was packed: copy it again; nothing was staged");
    assert_eq!(lab.staged(), BTreeMap::new());
    std::fs::remove_file(&archive).unwrap();
    assert_stops(&lab.install(&[]), "has no slurm-3.0.10.tgz: slurm 3.0.10 is missing, pack it as well");
    std::fs::write(&archive, whole).unwrap();
    let sums = std::fs::read_to_string(lab.path("packed/sha256sums")).unwrap();
    let without: String = sums.lines().filter(|l| !l.contains("slurm")).map(|l| format!("{l}\n")).collect();
    std::fs::write(lab.path("packed/sha256sums"), without).unwrap();
    assert_stops(&lab.install(&[]), "sha256sums says nothing of slurm-3.0.10.tgz");
    assert_eq!(lab.staged(), BTreeMap::new());
    std::fs::remove_file(lab.path("packed/sha256sums")).unwrap();
    assert_stops(&lab.install(&[]), "has no sha256sums: copy the whole folder");
    // Packing again mends it.
    assert_done(&lab.pack(&[]));
    assert_done(&lab.install(&[]));
    assert_eq!(lab.staged().len(), 9);
}

#[test]
fn what_the_server_does_not_know_has_a_name() {
    let lab = Lab::new(&[("slurm", "3.0.10"), ("monitoring", "beta"), ("healthagent", "1.0.4")]);
    let done = lab.list(&[]);
    assert_stops(&done, "this server knows no release of:\n  monitoring of any version\n");
    assert_stops(&done, "add a line for each to projects.txt");
    std::fs::remove_file(lab.path("root/cycle_server")).unwrap();
    assert_stops(&lab.list(&[]), "is this the CycleCloud server?");
}

#[test]
fn a_template_says_which_projects_and_which_versions() {
    let lab = Lab::new(&ALL);
    let template = lab.path("mine.txt");
    std::fs::write(
        &template,
        "[cluster x]\n  [[node a]]\n    [[[cluster-init cyclecloud/slurm:default:3.0.9]]]\n    [[[ cluster-init cyclecloud/monitoring:default ]]]\n    [[[cluster-init cyclecloud/healthagent:*:1.0.4]]]\n    [[[cluster-init own-project:default:1.0.0]]]\n",
    )
    .unwrap();
    let listed = assert_done(&lab.list(&["--template", &template]));
    assert_eq!(listed, LISTED.replace("3.0.10", "3.0.9"));
    std::fs::write(&template, "[cluster x]\n[[node a]]\n[[[cluster-init cyclecloud/slurm:default:9.9.9]]]\n").unwrap();
    assert_stops(&lab.list(&["--template", &template]), "  slurm 9.9.9\n");
    std::fs::write(&template, "[cluster x]\n").unwrap();
    assert_stops(&lab.list(&["--template", &template]), "nothing to stage");
}

#[test]
fn lines_that_could_be_paths_or_options_are_refused() {
    let lab = Lab::new(&ALL);
    let url = "https://github.com/Azure/cyclecloud-slurm/releases/3.0.10";
    for (line, says) in [
        (format!("../slurm 3.0.10 {url}"), "not a name, a version and an address"),
        (format!("-slurm 3.0.10 {url}"), "not a name, a version and an address"),
        (format!("slurm ../../etc {url}"), "not a name, a version and an address"),
        (format!("slurm 3.0.10 {url} more"), "not a name, a version and an address"),
        ("slurm 3.0.10 https://example.com/Azure/x/releases/3.0.10".into(), "has no address of that release"),
        ("slurm 3.0.10 https://github.com/Azure/x/releases/3.0.9".into(), "has no address of that release"),
        ("slurm 3.0.10".into(), "has no address of that release"),
        ("# nothing".into(), "names no project"),
    ] {
        lab.projects(&format!("{line}\n"));
        assert_stops(&lab.pack(&[]), says);
    }
    lab.projects(LISTED);
    assert_done(&lab.pack(&[]));
    std::fs::write(lab.path("packed/projects.txt"), "../x 3.0.10 x\n").unwrap();
    assert_stops(&lab.install(&[]), "projects.txt: not a name, a version and an address: ../x 3.0.10");
    assert_eq!(lab.staged(), BTreeMap::new());
}

#[test]
fn an_archive_that_leads_elsewhere_is_refused() {
    let lab = Lab::new(&ALL);
    lab.projects(LISTED);
    assert_done(&lab.pack(&[]));
    std::fs::write(lab.path("evil"), "evil\n").unwrap();
    let archive = lab.path("packed/slurm-3.0.10.tgz");
    for (transform, says) in [
        ("s|^evil|blobs/../../evil|", "which has no business there"),
        ("s|^evil|elsewhere/evil|", "which has no business there"),
    ] {
        let made = std::process::Command::new("tar")
            .args(["--create", "--gzip", "--absolute-names", "--file", &archive, "--transform", transform])
            .args(["--directory", &lab.lab.path().to_string_lossy(), "evil"])
            .status()
            .unwrap();
        assert!(made.success());
        let sums = std::process::Command::new("bash")
            .args(["-c", "cd \"$1\" && sha256sum *.tgz >sha256sums", "-", &lab.path("packed")])
            .status()
            .unwrap();
        assert!(sums.success());
        assert_stops(&lab.install(&[]), says);
        assert!(!lab.staged().keys().any(|name| name.contains("evil")));
    }
}

#[test]
fn the_wrong_release_and_a_missing_file_of_it_are_found_before_anything_is_packed() {
    let lab = Lab::new(&ALL);
    lab.projects("slurm 3.0.10 https://github.com/Azure/cyclecloud-other/releases/3.0.10\n");
    assert_stops(&lab.pack(&[]), "slurm 3.0.10: project.ini calls it other");
    lab.projects(LISTED);
    lab.fakes.put("cyclecloud", &format!("WITHOUT_BLOB=yes\n{CLI}"));
    assert_stops(&lab.pack(&[]), "blobs/second.whl is missing, which its project.ini names");
    assert!(!tree(Path::new(&lab.path("packed"))).keys().any(|name| name.ends_with(".tgz")));
}

#[test]
fn only_root_installs() {
    let lab = Lab::new(&ALL);
    lab.projects(LISTED);
    assert_done(&lab.pack(&[]));
    lab.fakes.put("id", "echo 1000");
    assert_stops(&lab.install(&[]), "run this as root");
}

/// A version as numbers, without zeros that say nothing in front.
fn numbers(version: &str) -> Vec<u128> {
    version.split('.').map(|part| part.parse().unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// Of each project the highest version, number by number; more numbers win where those before are equal.
    #[test]
    fn versions_compare_as_numbers(
        projects in proptest::collection::vec(
            proptest::collection::vec("(0|[1-9][0-9]{0,1}|1[0-9]{20})(\\.(0|00|1|2|9|10|11|100)){0,4}", 1..12),
            40,
        )
    ) {
        let lab = Lab::new(&[]);
        let name = |index: usize| format!("p{index}");
        let names: Vec<String> = (0..projects.len()).map(name).collect();
        let known: Vec<(&str, &str)> = projects
            .iter()
            .enumerate()
            .flat_map(|(index, versions)| versions.iter().map(move |version| (index, version)))
            .map(|(index, version)| (names[index].as_str(), version.as_str()))
            .collect();
        lab.server_knows(&known);
        let template = lab.path("all.txt");
        let sections: String = names.iter().map(|name| format!("[[[cluster-init cyclecloud/{name}:default]]]\n")).collect();
        std::fs::write(&template, sections).unwrap();
        let done = lab.list(&["--template", &template]);
        prop_assert!(done.status.success(), "{}", text(&done.stderr));
        for line in text(&done.stdout).lines() {
            let mut words = line.split(' ');
            let index: usize = words.next().unwrap()[1..].parse().unwrap();
            let chosen = words.next().unwrap();
            let highest = projects[index].iter().map(|version| numbers(version)).max().unwrap();
            prop_assert_eq!(numbers(chosen), highest, "{:?}", projects[index]);
        }
        prop_assert_eq!(text(&done.stdout).lines().count(), projects.len());
    }
}
