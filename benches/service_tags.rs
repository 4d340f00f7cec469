//! How long service tags take: reading a full file, and asking the snapshot.
//!
//! `cargo bench --bench service_tags [-- FILE]` prints medians. The bar: a file of 4 MB read and 30 tags of it expanded
//! within 30 ms. Without FILE, a made-up one of the size and shape of Microsoft's.

#![allow(clippy::print_stdout)]

use netcordon::catalog::cloud::Cloud;
use netcordon::catalog::tags::{Tags, read_file};
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

const RUNS: usize = 31;

fn main() {
    let given = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let bytes = match &given {
        Some(file) => std::fs::read(file).unwrap_or_default(),
        None => synthetic_file().into_bytes(),
    };
    let asked = asked_tags();
    let expand = |tags: &Tags| asked.iter().filter_map(|tag| Some((tags.find(tag)?, tags.addresses(tag)?))).count();

    let name = given.as_deref().unwrap_or("synthetic.json");
    let read = median(|| {
        if let Err(problem) = read_file(name, black_box(&bytes)) {
            println!("{problem}");
        }
    });
    let mut found = 0;
    let whole = median(|| {
        let tags = read_file(name, black_box(&bytes)).and_then(|file| Tags::from_file(&file, Cloud::AzureCloud));
        found = tags.map_or(0, |tags| black_box(expand(&tags)));
    });
    println!("file, {} bytes: read {read:.2?}, read and {found} tags expanded {whole:.2?} (bar: 30 ms)", bytes.len());

    let start = median(|| drop(black_box(Tags::snapshot(Cloud::AzureCloud))));
    let whole = median(|| found = black_box(expand(&Tags::snapshot(Cloud::AzureCloud))));
    println!("snapshot: made {start:.2?}, made and {found} tags expanded {whole:.2?}");
    let meant = median(|| drop(black_box(Tags::snapshot(Cloud::AzureCloud).suggestions("Storage.uswest"))));
    println!("snapshot: one suggestion {meant:.2?}");
}

/// What a plan of every scenario in one region asks for, and the largest tags there are.
fn asked_tags() -> Vec<String> {
    let whole = "AzureActiveDirectory AzureMachineLearning AzureResourceManager AzureFrontDoor.Frontend \
        AzureFrontDoor.FirstParty MicrosoftContainerRegistry AzureMonitor AzureCloud Storage Sql EventHub ServiceBus \
        AzureKeyVault AzureContainerRegistry BatchNodeManagement GuestAndHybridManagement AzureDevOps KustoAnalytics";
    let regional = "Storage AzureKeyVault AzureContainerRegistry BatchNodeManagement MicrosoftContainerRegistry \
        EventHub AzureMonitor AzureCloud Sql ServiceBus AppService DataFactory";
    let regional = regional.split_whitespace().map(|base| format!("{base}.WestEurope"));
    whole.split_whitespace().map(String::from).chain(regional).collect()
}

/// About 4 MB: 30 asked tags and 2,970 others, one of 13,000 prefixes, a quarter of the rest IPv6.
fn synthetic_file() -> String {
    let mut names = asked_tags();
    names.extend((0..2_970).map(|number| format!("Service{:02}.Region{:02}", number / 70, number % 70)));
    let mut text = String::from("{\n  \"changeNumber\": 1,\n  \"cloud\": \"Public\",\n  \"values\": [");
    let mut address = 0x0D40_0000_u32;
    for (index, name) in names.iter().enumerate() {
        let head = if index == 0 { "" } else { "," };
        let _ = write!(text, "{head}\n    {{\n      \"name\": \"{name}\",\n      \"id\": \"{name}\",");
        text.push_str("\n      \"properties\": {\n        \"changeNumber\": 7,\n        \"region\": \"\",");
        text.push_str("\n        \"regionId\": 0,\n        \"platform\": \"Azure\",");
        text.push_str("\n        \"systemService\": \"Service\",\n        \"addressPrefixes\": [");
        let many = match name.as_str() {
            "AzureCloud" => 13_000,
            _ if index < 30 => 300,
            _ => 25,
        };
        for number in 0..many {
            let head = if number == 0 { "" } else { "," };
            address = address.wrapping_add(0x0001_0940);
            let [a, b, c, d] = address.to_be_bytes();
            let _ = if number % 4 == 3 {
                write!(text, "{head}\n          \"2603:10{a:02x}:{b:x}{c:02x}:{d:x}::/64\"")
            } else {
                write!(text, "{head}\n          \"{a}.{b}.{c}.{d}/28\"")
            };
        }
        text.push_str("\n        ],\n        \"networkFeatures\": [\n          \"API\",\n          \"NSG\"");
        text.push_str("\n        ]\n      }\n    }");
    }
    text.push_str("\n  ]\n}\n");
    text
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2]
}
