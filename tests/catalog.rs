//! The catalog holds together: every row loads, and every switch and page is used.

#![allow(clippy::unwrap_used)]

use netcordon::catalog::tags::Tags;
use netcordon::catalog::{Catalog, Cloud, Destination, FEATURES, Side, pages, regions, scenarios, zones};
use std::collections::BTreeSet;

fn catalog() -> Catalog {
    Catalog::everything(&[]).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[test]
fn every_row_loads_and_every_feature_and_page_is_used() {
    let catalog = catalog();
    assert!(catalog.requirements().len() > 150);
    let conditions = catalog.requirements().iter().flat_map(|row| &row.when);
    let conditions = conditions.chain(zones().iter().flat_map(|zone| zone.when.iter().flatten()));
    let asked: BTreeSet<&str> = conditions.map(|condition| condition.feature.as_str()).collect();
    // Facts of an intent that no row asks for: plan and files do.
    let idle = [
        "aml-no-public-ip",
        "aml.allow-list",
        "aml.compute-cluster",
        "aml.compute-serverless",
        "aml.storage-service-endpoint",
    ];
    for feature in FEATURES {
        assert!(asked.contains(feature) || idle.contains(feature), "nothing asks for `{feature}`");
    }
    let sources = catalog.requirements().iter().flat_map(|row| &row.source);
    let sources = sources.chain(zones().iter().flat_map(|zone| &zone.source));
    let cited: BTreeSet<&str> = sources.map(|source| source.page.as_str()).collect();
    for page in pages() {
        assert!(cited.contains(page.key.as_str()), "nothing cites `{}`", page.key);
        assert!(page.url.starts_with("https://"), "{}", page.url);
    }
}

#[test]
fn every_tag_exists_in_its_cloud_and_may_stand_in_an_nsg() {
    for cloud in Cloud::ALL {
        let tags = Tags::snapshot(cloud);
        for row in catalog().requirements() {
            let mut named: Vec<String> = Vec::new();
            if let Side::Tag(tag) = &row.from {
                named.push(tag.clone());
            }
            if let Some(Side::Destination(Destination { tag: Some(tag), .. })) = row.to_in(cloud) {
                named.push(tag);
            }
            for tag in named {
                let base = tag.trim_end_matches(".{region}").trim_end_matches(".{workspace-region}");
                let info = tags.find(base).unwrap_or_else(|| panic!("{cloud}: {} names {tag}", row.id));
                assert!(info.nsg, "{cloud}: {} names {tag}, which no NSG takes", row.id);
                assert_eq!(info.name, base, "{cloud}: {} misspells {tag}", row.id);
            }
        }
    }
}

#[test]
fn regions_know_their_pairs_and_scenarios_their_roles() {
    for region in regions() {
        if let Some(pair) = &region.pair {
            let other = regions().iter().find(|other| other.name == *pair);
            assert_eq!(other.map(|other| other.cloud), Some(region.cloud), "{}: pair {pair}", region.name);
        }
    }
    let tags = Tags::snapshot(Cloud::AzureCloud);
    let france = regions().iter().find(|region| region.name == "francecentral").unwrap();
    assert_eq!(tags.regional("Storage", &france.tag, &france.code).as_deref(), Some("Storage.FranceCentral"));
    assert_eq!(tags.regional("AzureCloud", &france.tag, &france.code).as_deref(), Some("AzureCloud.centralfrance"));
    let ids: Vec<&str> = scenarios().iter().map(|scenario| scenario.id.as_str()).collect();
    assert_eq!(ids, ["cyclecloud-vm", "return-proxy", "aml-public-ip", "aml-no-public-ip", "aks"]);
    assert!(scenarios().iter().all(|scenario| !scenario.roles.is_empty()));
}
