#![allow(clippy::print_stdout, missing_docs)]
use netcordon::*;
fn main() {
    for file in std::env::args().skip(1) {
        let bytes = std::fs::read(&file).unwrap();
        let read = question::read(&file, &bytes, &[]);
        for p in &read.problems { println!("{p}"); }
        let dir = std::path::Path::new(&file).parent().unwrap();
        let own: Vec<_> = read.answers.requirements.iter().flatten().map(|f| (f.clone(), std::fs::read(dir.join(f)).unwrap())).collect();
        let catalog = match catalog::Catalog::load(intent::catalog_files(&read.answers), &own) { Ok(c) => c, Err(e) => { for p in e { println!("{p}"); } return; } };
        let intent = match intent::resolve(&read.answers, &catalog) { Ok(c) => c, Err(e) => { for p in e { println!("{p}"); } return; } };
        let tags = catalog::tags::Tags::snapshot(intent.cloud);
        let (flows, not) = required::required(&catalog, &intent, &tags);
        let mut table = model::TagTable::default();
        for t in required::tags_of(&flows) { if let Some(a) = tags.addresses(&t) { table.insert(&t, a); } }
        match plan::plan(&catalog, &intent, &flows, &not, &tags, &table) {
            Err(e) => for p in e { println!("{p}"); },
            Ok(plan) => {
                for n in &plan.nsgs { println!("== {} {:?}", n.name, n.ownership); for r in &n.rules { println!("{:5} {:?} {:?} {:30} {} {:?} -> {:?} {} because {:?}", r.rule.priority, r.rule.direction, r.rule.access, r.rule.name, r.rule.services(), r.rule.source, r.rule.destination, r.key, r.because); } }
                for t in &plan.route_tables { println!("== {}", t.name); for r in &t.routes { println!("{:?} {}", r.route, r.key); } }
                if let Some(f) = &plan.firewall { for r in &f.network { println!("NET {} {:?}", r.key, r.rule); } for r in &f.application { println!("APP {} {:?}", r.key, r.rule); } }
                for w in &plan.warnings { println!("WARN {w:?}"); }
            }
        }
    }
}
