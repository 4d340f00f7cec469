//! Exports on a network of answers.

use super::rules::{nsg_in, rule};
use super::*;

#[test]
fn exports_are_laid_on_the_subnets_they_belong_to() {
    let shown = shown(&files("estate/rest"));
    let estate = estate();
    let mut base = Network { nsgs: BTreeMap::new(), route_tables: BTreeMap::new(), ..estate.clone() };
    base.firewalls[0].groups[0].name = "rcg-planned".into();
    base.subnets[0].nsg = Some("nsg-planned".into());
    base.subnets[0].route_table = None;
    base.nsgs.insert("nsg-planned".into(), Nsg::default());
    // By name; by prefix.
    for (name, prefix) in [("snet-compute", "10.99.0.0/24"), ("snet-other", "10.20.1.0/24")] {
        let mut base = base.clone();
        base.subnets[0].name = name.into();
        base.subnets[0].prefixes = vec![parse_prefix(prefix).unwrap()];
        let (network, words) = onto(&base, &shown, &[]);
        assert_eq!(network.nsgs, estate.nsgs, "{name}");
        assert_eq!(network.route_tables, estate.route_tables, "{name}");
        assert_eq!(network.subnets[0].nsg.as_deref(), Some("nsg-compute"), "{name}");
        assert_eq!(network.firewalls, estate.firewalls, "{name}");
        assert_eq!(words, Vec::<String>::new(), "{name}");
    }
    // By the NSG's name, or because it is the only one and said to be there.
    let nsg = text(&nsg_in("rg", "NSG-Planned", &[rule("")]));
    let (network, words) = onto(&base, &nsg, &[]);
    assert_eq!(network.nsgs, nsg.network.nsgs);
    assert_eq!(words, ["no export shows the rules of firewall `afw-hub`: they are taken as planned"]);
    let alone = text(&nsg_in("rg", "whatever", &[rule("")]));
    let mut bare = base.clone();
    bare.subnets[0].nsg = None;
    assert_eq!(onto(&bare, &alone, &["snet-compute".into()]).0.nsgs, alone.network.nsgs);
    let (network, words) = onto(&base, &alone, &[]);
    assert_eq!(network, base);
    assert_eq!(words.len(), 3, "{words:?}");
    assert!(words.contains(&"NSG `whatever` is on no subnet of the answers: it is not judged".into()));
}

#[test]
fn what_others_own_stands_beside_the_plan() {
    let shown = shown(&files("estate/rest"));
    let mut base = estate();
    base.nsgs.get_mut("nsg-compute").unwrap().rules.retain(|rule| rule.name == "out-dns");
    base.nsgs.get_mut("nsg-compute").unwrap().others_rules = true;
    base.route_tables.get_mut("rt-spoke").unwrap().others_routes = true;
    base.route_tables.get_mut("rt-spoke").unwrap().routes.truncate(1);
    let planned = RuleCollectionGroup { name: "rcg-planned".into(), priority: 700, parent: false, collections: vec![] };
    base.firewalls[0].groups = vec![planned.clone()];
    base.firewalls[0].others_groups = true;
    let (network, words) = beside(&base, &shown);
    let mut expected = estate();
    expected.firewalls[0].groups.insert(0, planned);
    assert_eq!(network, expected);
    assert_eq!(words, Vec::<String>::new());
    let (network, words) = beside(&base, &Shown::default());
    assert_eq!(network, base);
    assert_eq!(words.len(), 3, "{words:?}");
}

const NETWORK: &str = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network";

/// A virtual network with subnets: name, prefix, NSG.
fn network_of(name: &str, space: &str, subnets: &[(&str, &str, &str)], peerings: &str) -> String {
    let subnets: Vec<String> = subnets
        .iter()
        .map(|(subnet, prefix, nsg)| {
            let nsg = if nsg.is_empty() {
                String::new()
            } else {
                format!(r#","networkSecurityGroup":{{"id":"{NETWORK}/networkSecurityGroups/{nsg}"}}"#)
            };
            let id = format!("{NETWORK}/virtualNetworks/{name}/subnets/{subnet}");
            format!(r#"{{"name":"{subnet}","id":"{id}","properties":{{"addressPrefix":"{prefix}"{nsg}}}}}"#)
        })
        .collect();
    format!(
        r#"{{"name":"{name}","id":"{NETWORK}/virtualNetworks/{name}","properties":{{
            "addressSpace":{{"addressPrefixes":["{space}"]}},"subnets":[{}],"virtualNetworkPeerings":[{peerings}]}}}}"#,
        subnets.join(",")
    )
}

#[test]
fn a_subnet_shown_bare_is_bare() {
    let base = estate();
    let bare = network_of("vnet-spoke", "10.20.0.0/16", &[("snet-compute", "10.20.1.0/24", "")], "");
    // The NSG of the planned name was shown: detached.
    let shown = text(&format!("[{bare},{}]", nsg_in("rg", "nsg-compute", &[rule("")])));
    let (network, words) = onto(&base, &shown, &["snet-compute".into()]);
    assert_eq!((&network.subnets[0].nsg, &network.subnets[0].route_table), (&None, &None));
    assert!(words.contains(&"subnet `snet-compute` has no NSG".into()), "{words:?}");
    assert!(words.contains(&"subnet `snet-compute` has no route table".into()), "{words:?}");
}
