//! What the program must be good at, measured on the real binary and on the library: medians, printed beside their bars.
//!
//! `cargo bench --bench generate`. Numbers of a busy machine say little: run it alone.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use netcordon::environment::build;
use netcordon::question;
use netcordon::render::templates::Templates;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn measure(runs: usize, mut work: impl FnMut()) -> Duration {
    let one = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    median((0..runs).map(one).collect())
}

fn binary(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_netcordon"));
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn row(what: &str, took: Duration, bar: &str) {
    println!("{what:<52} {:>9.2} ms   bar {bar}", took.as_secs_f64() * 1000.0);
}

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for flag in ["--version", "--help"] {
        row(flag, measure(101, || assert!(binary(&[flag]).status().unwrap().success())), "5 ms");
    }
    let example = root.join("examples/hub-everything");
    let answers = example.join("answers.yaml");
    let scratch = tempfile::tempdir().unwrap();
    let mut count = 0;
    let hub = measure(41, || {
        count += 1;
        let out = scratch.path().join(format!("hub-{count}"));
        let command = ["generate", answers.to_str().unwrap(), "--out", out.to_str().unwrap()];
        assert!(binary(&command).status().unwrap().success());
    });
    row("generate hub-everything, all formats, new folder", hub, "20 ms");
    let bytes = std::fs::read(&answers).unwrap();
    let own = vec![("company.yaml".to_string(), std::fs::read(example.join("company.yaml")).unwrap())];
    let plan = measure(41, || {
        let read = question::read("answers.yaml", &bytes, &[]);
        build(&read, "answers.yaml", &own, None).unwrap();
    });
    row("  of it: plan and proof", plan, "");
    let read = question::read("answers.yaml", &bytes, &[]);
    let environment = build(&read, "answers.yaml", &own, None).unwrap();
    row(
        "  of it: rendering",
        measure(41, || drop(environment.artifacts(&own, None, Templates::embedded()).unwrap())),
        "",
    );

    for total in [250, 500, 1000] {
        let folder = scratch.path().join(format!("many-{total}"));
        std::fs::create_dir(&folder).unwrap();
        let text = std::fs::read_to_string(root.join("examples/cyclecloud-vm/answers.yaml")).unwrap();
        let files: Vec<String> = (0..total)
            .map(|n| {
                let file = folder.join(format!("{n}.yaml"));
                std::fs::write(&file, text.replace("name: hpc-prod", &format!("name: hpc-{n}"))).unwrap();
                file.to_str().unwrap().to_string()
            })
            .collect();
        let start = Instant::now();
        let out = folder.join("out");
        let done = binary(&["generate", "--out", out.to_str().unwrap()]).args(&files).status().unwrap();
        let took = start.elapsed();
        assert!(done.success());
        let rate = f64::from(total) / took.as_secs_f64();
        println!(
            "{total:>5} answers files in one generate: {:>7.0} ms, {rate:.0} environments/s   bar 200/s",
            took.as_secs_f64() * 1000.0
        );
    }
}
