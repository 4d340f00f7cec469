//! Where the time of one plan goes, stage by stage: `cargo bench --bench stages`.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use netcordon::catalog::Catalog;
use netcordon::environment::build;
use netcordon::intent::{catalog_files, resolve};
use netcordon::model::TagTable;
use netcordon::plan::{plan, space_without_names};
use netcordon::proof::prove;
use netcordon::simulate::{Reading, Simulator};
use netcordon::{catalog, question, required};
use std::path::Path;
use std::time::{Duration, Instant};

fn row(what: &str, mut work: impl FnMut()) {
    let one = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let mut times: Vec<Duration> = (0..41).map(one).collect();
    times.sort();
    println!("{what:<40} {:>8.3} ms", times[20].as_secs_f64() * 1000.0);
}

fn main() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hub-everything");
    let bytes = std::fs::read(example.join("answers.yaml")).unwrap();
    let own = vec![("company.yaml".to_string(), std::fs::read(example.join("company.yaml")).unwrap())];
    row("read answers", || drop(question::read("a", &bytes, &[])));
    let read = question::read("a", &bytes, &[]);
    let text = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalog/cyclecloud.yaml")).unwrap();
    row("yaml only, cyclecloud.yaml", || drop(netcordon::yaml::read("c", &text)));
    row("load catalog", || drop(Catalog::load(catalog_files(&read.answers), &own).unwrap()));
    let catalog = Catalog::load(catalog_files(&read.answers), &own).unwrap();
    row("resolve intent", || drop(resolve(&read.answers, &catalog).unwrap()));
    let intent = resolve(&read.answers, &catalog).unwrap();
    let tags = catalog::tags::Tags::snapshot(intent.cloud);
    row("required flows", || drop(required::required(&catalog, &intent, &tags)));
    let (flows, not_applied) = required::required(&catalog, &intent, &tags);
    let names: Vec<String> =
        required::tags_of(&flows).into_iter().chain(["Storage".into(), "AzureMachineLearning".into()]).collect();
    let decode = || {
        let mut table = TagTable::default();
        for name in &names {
            if let Some(addresses) = tags.addresses(name) {
                table.insert(name, addresses);
            }
        }
        table
    };
    row(&format!("decode {} tags", names.len()), || drop(decode()));
    let table = decode();
    row("plan", || drop(plan(&catalog, &intent, &flows, &not_applied, &tags, &table).unwrap()));
    let plan = plan(&catalog, &intent, &flows, &not_applied, &tags, &table).unwrap();
    let network = plan.network();
    for reading in [Reading::Narrow, Reading::Wide] {
        row(&format!("simulator, {reading:?}"), || drop(Simulator::new(&network, &table, reading)));
        let simulator = Simulator::new(&network, &table, reading);
        row(&format!("  {} traces", flows.len()), || {
            for flow in flows.iter().flat_map(|flow| flow.flows(&table)) {
                simulator.trace(&flow);
            }
        });
        row("  open sets", || {
            for subnet in &network.subnets {
                simulator.open_outbound(&subnet.name);
                simulator.open_inbound(&subnet.name);
            }
        });
    }
    let without = space_without_names(&intent.network.own_space());
    row("proof", || drop(prove(&network, &flows, &table, &without, false)));
    row("everything", || drop(build(&read, "a", &own, None).unwrap()));
}
