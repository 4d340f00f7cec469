//! Exports on a network of answers.

use super::rules::{nsg_in, rule};
use super::*;

/// The network of the answers, and its resource group.
const SPOKE: (&str, &str) = ("vnet-spoke", "rg");

#[test]
fn exports_are_laid_on_the_subnets_they_belong_to() {
    let shown = shown(&files("estate/rest"));
    let estate = estate();
    let mut base = Network { nsgs: BTreeMap::new(), route_tables: BTreeMap::new(), ..estate.clone() };
    base.firewalls[0].groups[0].name = "rcg-planned".into();
    base.subnets[0].nsg = Some("nsg-planned".into());
    base.subnets[0].route_table = None;
    base.nsgs.insert("nsg-planned".into(), Nsg::default());
    // By its prefix, whatever its name.
    for (name, prefix) in [("snet-compute", "10.20.1.0/24"), ("snet-other", "10.20.1.0/24")] {
        let mut base = base.clone();
        base.subnets[0].name = name.into();
        base.subnets[0].prefixes = vec![parse_prefix(prefix).unwrap()];
        let (network, words) = onto(&base, &shown, &[], SPOKE).unwrap();
        assert_eq!(network.nsgs, estate.nsgs, "{name}");
        assert_eq!(network.route_tables, estate.route_tables, "{name}");
        assert_eq!(network.subnets[0].nsg.as_deref(), Some("nsg-compute"), "{name}");
        assert_eq!(network.firewalls, estate.firewalls, "{name}");
        assert_eq!(words, Vec::<String>::new(), "{name}");
    }
    // By the NSG's name, or because it is the only one and said to be there.
    let nsg = text(&nsg_in("rg", "NSG-Planned", &[rule("")]));
    let (network, words) = onto(&base, &nsg, &[], SPOKE).unwrap();
    assert_eq!(network.nsgs, nsg.network.nsgs);
    assert_eq!(words, ["no export shows the rules of firewall `afw-hub`: they are taken as planned"]);
    let alone = text(&nsg_in("rg", "whatever", &[rule("")]));
    let mut bare = base.clone();
    bare.subnets[0].nsg = None;
    assert_eq!(onto(&bare, &alone, &["snet-compute".into()], SPOKE).unwrap().0.nsgs, alone.network.nsgs);
    let (network, words) = onto(&base, &alone, &[], SPOKE).unwrap();
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
    let (network, words) = beside(&base, &shown).unwrap();
    let mut expected = estate();
    expected.firewalls[0].groups.insert(0, planned);
    assert_eq!(network, expected);
    assert_eq!(
        words,
        ["what the exports attach to subnets is not used: the subnets are judged as these files have them"]
    );
    let (network, words) = beside(&base, &Shown::default()).unwrap();
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
    let (network, words) = onto(&base, &shown, &["snet-compute".into()], SPOKE).unwrap();
    assert_eq!((&network.subnets[0].nsg, &network.subnets[0].route_table), (&None, &None));
    assert!(words.contains(&"subnet `snet-compute` has no NSG".into()), "{words:?}");
    assert!(words.contains(&"subnet `snet-compute` has no route table".into()), "{words:?}");
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Vec<netcordon::problem::Problem>>) -> String {
    result.unwrap_err().iter().map(|problem| problem.what.clone()).collect::<Vec<_>>().join("; ")
}

#[test]
fn another_network_is_never_judged_for_that_of_the_answers() {
    let base = estate();
    let subnets = |nsg| [("snet-compute", "10.20.1.0/24", nsg)];
    let dev = network_of("vnet-dev", "10.20.0.0/16", &subnets("nsg-dev"), "");
    let own = network_of("vnet-spoke", "10.20.0.0/16", &subnets("nsg-own"), "");
    for both in [format!("[{dev},{own}]"), format!("[{own},{dev}]")] {
        let shown = text(&both);
        let (network, _) = onto(&base, &shown, &[], SPOKE).unwrap();
        assert_eq!(network.subnets[0].nsg.as_deref(), Some("nsg-own"));
        let said = refusal(onto(&base, &shown, &[], ("vnet", "rg")));
        assert!(said.contains("rg/vnet-dev") && said.contains("rg/vnet-spoke"), "{said}");
    }
    // The same subnet, elsewhere; a network that does not have it.
    let moved = network_of("vnet-spoke", "10.20.0.0/16", &[("snet-compute", "10.20.9.0/24", "nsg-own")], "");
    let said = refusal(onto(&base, &text(&moved), &[], SPOKE));
    assert_eq!(said, "subnet `snet-compute` is 10.20.9.0/24 in the exports and 10.20.1.0/24 in the answers");
    let without = network_of("vnet-spoke", "10.20.0.0/16", &[("other", "10.20.9.0/24", "")], "");
    let said = refusal(onto(&base, &text(&without), &[], SPOKE));
    assert_eq!(said, "virtual network `vnet-spoke` was shown, and has no subnet `snet-compute`");
    // A hub beside the rules of the spoke is not the network of the answers.
    let hub = network_of("vnet-hub", "10.10.0.0/16", &[("other", "10.10.9.0/24", "")], "");
    let shown = text(&format!("[{hub},{}]", nsg_in("rg", "nsg-compute", &[rule("")])));
    assert_eq!(onto(&base, &shown, &[], SPOKE).unwrap().0.nsgs, shown.network.nsgs);
}

#[test]
fn networks_that_are_not_connected_are_not_one() {
    let peering = |state: &str, access: bool, other: &str| {
        let id = format!("{NETWORK}/virtualNetworks/{other}");
        format!(
            r#"{{"name":"p","properties":{{"peeringState":"{state}","allowVirtualNetworkAccess":{access},
                "remoteVirtualNetwork":{{"id":"{id}"}},"remoteAddressSpace":{{"addressPrefixes":["10.5.0.0/16"]}}}}}}"#
        )
    };
    let one = |peering: &str| network_of("a", "10.0.0.0/16", &[("s", "10.0.0.0/24", "")], peering);
    let other =
        |space: &str, peering: &str| network_of("b", space, &[("t", &space.replace("/16", "/24"), "")], peering);
    let good = peering("Connected", true, "b");
    let back = peering("Connected", true, "a");
    let apart = "are not shown as connected by a peering";
    for (from, to, space, said) in [
        (good.as_str(), back.as_str(), "10.5.0.0/16", ""),
        (&good, "", "10.5.0.0/16", ""),
        ("", "", "10.5.0.0/16", apart),
        (&peering("Disconnected", true, "b"), &back, "10.5.0.0/16", apart),
        (&peering("Connected", false, "b"), &back, "10.5.0.0/16", apart),
        (&good, &back, "10.0.0.0/16", "have addresses in common"),
    ] {
        let shown = text(&format!("[{},{}]", one(from), other(space, to)));
        match said {
            "" => shown.as_one().unwrap(),
            said => assert!(refusal(shown.as_one()).contains(said), "{from} {to} {space}"),
        }
    }
}

#[test]
fn an_unrelated_firewall_policy_is_not_ours() {
    let base = estate();
    let policy = |name: &str, group: &str| {
        let id = format!("{NETWORK}/firewallPolicies/{name}");
        format!(
            r#"{{"name":"{name}","id":"{id}","properties":{{"threatIntelMode":"Off","sku":{{"tier":"Standard"}},
                "ruleCollectionGroups":[{{"id":"{id}/ruleCollectionGroups/{group}"}}]}}}},
               {{"name":"{group}","id":"{id}/ruleCollectionGroups/{group}","properties":{{"priority":300,"ruleCollections":[]}}}}"#
        )
    };
    let groups = |network: &Network| network.firewalls[0].groups.iter().map(|own| own.name.clone()).collect::<Vec<_>>();
    let shown = text(&format!("[{},{}]", policy("dev", "x"), policy("prod", "rcg-spoke")));
    let (network, words) = onto(&base, &shown, &[], SPOKE).unwrap();
    assert_eq!(groups(&network), ["rcg-spoke"]);
    let said = "firewall policy `dev` is not that of the firewall of the answers: it is not judged";
    assert!(words.contains(&said.into()), "{words:?}");
    let shown = text(&format!("[{},{}]", policy("dev", "x"), policy("prod", "y")));
    let said = "nothing says which of the firewall policies `dev`, `prod` is in force";
    assert_eq!(refusal(onto(&base, &shown, &[], SPOKE)), said);
    assert_eq!(refusal(beside(&base, &shown)), said);
}

#[test]
fn what_exists_in_an_nsg_of_ours_is_named() {
    let base = estate();
    let shown = text(&format!("[{},{}]", nsg_in("rg", "nsg-compute", &[rule("")]), nsg_in("rg", "nsg-x", &[])));
    let (network, words) = beside(&base, &shown).unwrap();
    assert_eq!(network.nsgs, base.nsgs);
    assert!(
        words.iter().any(|word| word.starts_with("NSG `nsg-compute` exists with rules that these files")),
        "{words:?}"
    );
    assert!(words.contains(&"NSG `nsg-x` of the exports is none of these files: it is not judged".into()), "{words:?}");
}

#[test]
fn what_a_subnet_does_not_say_is_the_default() {
    let shown = text(&network_of("v", "10.0.0.0/16", &[("s", "10.0.0.0/24", "")], ""));
    let disabled = EndpointPolicies { nsg: false, routes: false };
    assert_eq!(shown.network.subnets[0].private_endpoint_policies, Some(disabled));
    let closed = network_of("v", "10.0.0.0/16", &[("s", "10.0.0.0/24", "")], "")
        .replace(r#""addressPrefix":"#, r#""defaultOutboundAccess":false,"addressPrefix":"#);
    assert_eq!(text(&closed).network.subnets[0].way_out, WayOut::None);
}
