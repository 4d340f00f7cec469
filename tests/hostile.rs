#![allow(clippy::unwrap_used)]
use netcordon::environment::build;
use netcordon::question::{self, Answers, Kind, QUESTIONS, Question, Value, to_yaml};
use netcordon::render::templates::Templates;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

type Own = Vec<(String, Vec<u8>)>;
struct Base {
    name: String,
    answers: Answers,
    own: Own,
}

fn examples() -> Vec<Base> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut found: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).collect();
    found.sort();
    found
        .into_iter()
        .map(|folder| {
            let answers = question::read("a", &std::fs::read(folder.join("answers.yaml")).unwrap(), &[]).answers;
            let own = answers
                .requirements
                .iter()
                .flatten()
                .map(|f| (f.clone(), std::fs::read(folder.join(f)).unwrap()))
                .collect();
            Base {
                name: folder.file_name().unwrap().to_string_lossy().into(),
                answers: question::complete(&answers),
                own,
            }
        })
        .collect()
}

#[test]
fn explore() {
    let t = std::time::Instant::now();
    let bases = examples();
    for b in &bases {
        let y = to_yaml(&b.answers);
        let read = question::read("a", y.as_bytes(), &[]);
        let t = std::time::Instant::now();
        let e = build(&read, "a", &b.own, None);
        let t2 = t.elapsed();
        let all: Vec<String> =
            ["terraform", "arm", "bicep", "azcli", "cyclecloud", "firewall", "review"].map(String::from).into();
        let r = e.as_ref().map(|e| e.artifacts(&b.own, Some(&all), Templates::embedded()).map(|a| a.len()));
        eprintln!(
            "{} build {:?} render {:?} {:?}",
            b.name,
            t2,
            t.elapsed() - t2,
            r.map_err(|p| p.iter().map(|p| p.to_string()).collect::<Vec<_>>())
        );
    }
    eprintln!("{:?}", t.elapsed());
    for q in QUESTIONS.iter().filter(|q| matches!(q.kind, Kind::Text | Kind::Texts | Kind::Pairs | Kind::Records(_))) {
        let asked: Vec<&str> = bases.iter().filter(|b| (q.asked)(&b.answers)).map(|b| b.name.as_str()).collect();
        let answered: Vec<&str> = bases
            .iter()
            .filter(|b| (q.asked)(&b.answers) && q.answer(&b.answers).is_some())
            .map(|b| b.name.as_str())
            .collect();
        eprintln!("{} asked {} answered {}: {:?}", q.path, asked.len(), answered.len(), answered.first());
    }
}
