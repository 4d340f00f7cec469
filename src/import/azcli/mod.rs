//! Our own scripts for the Azure CLI, read back: what their commands make, as the ARM template that would make the same.
//!
//! Strict: up to the first value a script must be ours letter by letter, and after it come the commands that we write, in
//! our order, with values in single quotes. Anything else is named, never guessed.

mod words;

use super::arm::{self, Document};
use crate::model::{Network, Subnet, WayOut};
use crate::problem::Problem;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use words::{Command, Word, problem};

/// What a problem's hint says.
const HINT: &str = "netcordon reads back only what it wrote itself: generate again, or audit an export from Azure";
const APPLY: &str = include_str!("../../../templates/azcli/apply.sh.tera");
const HUB: &str = include_str!("../../../templates/azcli/hub.sh.tera");
const NSG: &str = "Microsoft.Network/networkSecurityGroups";
const ROUTE_TABLE: &str = "Microsoft.Network/routeTables";
const LARGEST: usize = 16 << 20;

/// The network that `azcli/apply.sh` makes, with the firewall of `azcli/hub.sh` where that is given.
///
/// A file is a path and its text. Errors: everything that is not of a form that we write, with its line.
pub fn read(files: &[(String, String)]) -> Result<Network, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut documents = Vec::new();
    let mut scripts = Vec::new();
    for (file, text) in files {
        let read = script(file, text).and_then(|(script, template)| Ok((script, Document::new(file, template)?)));
        match read {
            Ok((script, document)) => {
                scripts.extend(script);
                documents.push(document);
            }
            Err(problem) => problems.push(problem),
        }
    }
    let network = arm::network(&documents, problems)?;
    let problems: Vec<Problem> = scripts.iter().flat_map(|script| script.disagreements(&network)).collect();
    if problems.is_empty() { Ok(network) } else { Err(problems) }
}

/// What a script says, and for the spoke's what the template cannot say of it.
fn script(file: &str, text: &str) -> Result<(Option<Spoke>, Value), Problem> {
    if text.len() > LARGEST {
        return Err(Problem::in_file(file, "is larger than 16 MiB", ""));
    }
    if let Some(position) = text.find('\0') {
        return Err(problem(file, text[..position].matches('\n').count() + 1, "has the character NUL"));
    }
    let (spoke, (rest, line)) = match after_functions(file, text, APPLY) {
        Ok(found) => (true, found),
        Err(spoke) => match after_functions(file, text, HUB) {
            Ok(found) => (false, found),
            // The script that it is like for longer is the one that was meant.
            Err(hub) => return Err(if hub.place.line > spoke.place.line { hub } else { spoke }),
        },
    };
    let script = Script { file, commands: words::commands(file, rest, line)?.into_iter(), line };
    if spoke {
        let (spoke, template) = script.spoke()?;
        return Ok((Some(spoke), template));
    }
    Ok((None, script.hub()?))
}

/// What comes after the functions, which must be those of the template, and the number of its first line.
fn after_functions<'a>(file: &str, text: &'a str, template: &str) -> Result<(&'a str, usize), Problem> {
    let functions = template.split_once("{% raw %}").and_then(|(_, after)| after.split_once("{% endraw %}"));
    let functions = functions.map_or("", |(functions, _)| functions);
    let mut rest = text;
    let mut line = 1;
    let starts: [fn(&str) -> bool; 2] = [|line| line == "#!/usr/bin/env bash", |line| line.starts_with('#')];
    let written = starts.map(|start| (start, "")).into_iter();
    let ours = functions.lines().map(|line| ((|_: &str| false) as fn(&str) -> bool, line));
    for (start, wanted) in written.chain(ours) {
        let (own, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if own != wanted && !start(own) {
            return Err(problem(file, line, "is not what netcordon writes there"));
        }
        (rest, line) = (after, line + 1);
    }
    Ok((rest, line))
}

/// The commands of a script that are not yet read.
struct Script<'a> {
    file: &'a str,
    commands: std::vec::IntoIter<Command>,
    line: usize,
}

/// What only the script says of the network.
struct Spoke {
    file: String,
    create: bool,
    vnet: String,
    named: Option<String>,
    subnets: BTreeMap<String, OnSubnet>,
    /// Whether each NSG and route table is ours.
    nsgs: BTreeMap<String, bool>,
    route_tables: BTreeMap<String, bool>,
}

/// What the script puts on a subnet, or expects there.
#[derive(Default)]
struct OnSubnet {
    prefix: String,
    /// The name, and whether the script attaches it.
    nsg: Option<(String, bool)>,
    route_table: Option<(String, bool)>,
    endpoints: Vec<String>,
    nat_gateway: bool,
}

impl Script<'_> {
    fn problem(&self, what: impl Into<String>) -> Problem {
        problem(self.file, self.line, what)
    }

    fn other(&self, command: &Command) -> Problem {
        problem(
            self.file,
            command.line,
            format!("`{}` in this form is nothing that netcordon writes here", command.name()),
        )
    }

    /// The next command, if it is this one.
    fn maybe(&mut self, name: &str) -> Option<Command> {
        let next = self.commands.as_slice().first().filter(|command| command.name() == name)?;
        self.line = next.line;
        self.commands.next()
    }

    /// The next command, which must be this one, without or with one value.
    fn take(&mut self, name: &str) -> Result<Command, Problem> {
        if let Some(next) = self.commands.as_slice().first() {
            self.line = next.line;
        }
        self.maybe(name).ok_or_else(|| self.problem(format!("`{name}` is expected here")))
    }

    /// The next command, which must be these words and no others.
    fn exactly(&mut self, words: &[&str]) -> Result<(), Problem> {
        let command = self.take(words[0])?;
        let same = command.words.iter().map(|word| word.text.as_str()).eq(words.iter().copied());
        if same { Ok(()) } else { Err(self.other(&command)) }
    }

    /// The value after `name=`, or in the here-document after that line.
    fn value(&mut self, name: &str) -> Result<String, Problem> {
        let command = self.take(name)?;
        match command.words.as_slice() {
            [_, value] if value.quoted => Ok(value.text.clone()),
            _ => Err(self.other(&command)),
        }
    }

    /// The JSON of a here-document.
    fn json(&mut self, name: &str) -> Result<Value, Problem> {
        let text = self.value(name)?;
        let value = arm::json(self.file, text.as_bytes()).map_err(|mut problem| {
            problem.place.line += self.line;
            problem
        })?;
        Ok(arm::literal(value))
    }

    fn end(&mut self) -> Result<(), Problem> {
        match self.commands.next() {
            None => Ok(()),
            Some(command) => Err(self.other(&command)),
        }
    }

    fn hub(mut self) -> Result<Value, Problem> {
        let network = self.json(": <<'NETWORK'")?;
        self.value("policy=")?;
        let name = self.value("name=")?;
        let version = self.value("api_version=")?;
        let body = self.json("put <<'GROUP'")?;
        self.end()?;
        let properties = body.get("properties").filter(|_| body.as_object().is_some_and(|body| body.len() == 1));
        let Some(properties) = properties else {
            return Err(self.problem("the body must have `properties` and nothing else"));
        };
        let group = json!({
            "type": "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
            "apiVersion": arm::text(&version),
            "name": arm::name(&[None, Some(&name)]),
            "properties": properties,
        });
        let parameters = Map::from_iter([("firewallPolicyName".to_string(), json!({"type": "string"}))]);
        Ok(arm::template(parameters, vec![group], network))
    }

    fn spoke(mut self) -> Result<(Spoke, Value), Problem> {
        let facts = self.json(": <<'NETWORK'")?;
        for name in ["subscription=", "resource_group=", "location=", "tags="] {
            self.value(name)?;
        }
        let vnet = self.value("vnet=")?;
        let nat_gateway = self.value("nat_gateway=")?;
        let named = facts["virtualNetwork"]["name"].as_str().map(String::from);
        let mut spoke = Spoke {
            file: self.file.into(),
            create: false,
            vnet,
            named,
            subnets: BTreeMap::new(),
            nsgs: BTreeMap::new(),
            route_tables: BTreeMap::new(),
        };
        for function in ["on_subnets() {", "routes_on_subnets() {"] {
            self.exactly(&[function])?;
            self.exactly(&["pass=$1"])?;
            while self.maybe("}").is_none() {
                self.on_subnet(&mut spoke, function == "routes_on_subnets() {")?;
            }
        }
        self.exactly(&["begin"])?;
        let mut resources = Vec::new();
        while let Some(command) = self.maybe("nsg") {
            let (name, ours) = self.owner(&command)?;
            let items = self.items("rule", &name, security_rule)?;
            resources.extend(owned(NSG, "securityRules", &name, ours, json!({}), items));
            if spoke.nsgs.insert(name, ours).is_some() {
                return Err(self.other(&command));
            }
        }
        if let Some(command) = self.maybe("network") {
            spoke.create = true;
            resources.push(self.network(&command, &spoke, &nat_gateway)?);
        }
        self.exactly(&["on_subnets", "change"])?;
        self.exactly(&["routes"])?;
        while let Some(command) = self.maybe("route_table") {
            let (name, ours) = self.owner(&command)?;
            let items = self.items("route", &name, route)?;
            let properties = json!({"disableBgpRoutePropagation": false});
            resources.extend(owned(ROUTE_TABLE, "routes", &name, ours, properties, items));
            if spoke.route_tables.insert(name, ours).is_some() {
                return Err(self.other(&command));
            }
        }
        self.exactly(&["routes_on_subnets", "change"])?;
        self.exactly(&["end"])?;
        self.end()?;
        Ok((spoke, arm::template(Map::new(), resources, facts)))
    }

    /// `nsg create 'name'`: the name, and whether it is ours.
    fn owner(&self, command: &Command) -> Result<(String, bool), Problem> {
        match command.words.as_slice() {
            [_, verb, name] if !verb.quoted && name.quoted && ["create", "extend"].contains(&verb.text.as_str()) => {
                Ok((name.text.clone(), verb.text == "create"))
            }
            _ => Err(self.other(command)),
        }
    }

    /// The items of an NSG or route table: names and properties.
    fn items(
        &mut self,
        command: &str,
        of: &str,
        read: fn(&Options) -> Option<Value>,
    ) -> Result<Vec<(String, Value)>, Problem> {
        let mut items = Vec::new();
        while let Some(command) = self.maybe(command) {
            let item = match command.words.as_slice() {
                [_, parent, name, options @ ..] if parent.quoted && parent.text == of && name.quoted => {
                    Options::read(options).and_then(|options| Some((name.text.clone(), read(&options)?)))
                }
                _ => None,
            };
            items.push(item.ok_or_else(|| self.other(&command))?);
        }
        Ok(items)
    }

    /// A line of `on_subnets` or `routes_on_subnets`.
    fn on_subnet(&mut self, spoke: &mut Spoke, routes: bool) -> Result<(), Problem> {
        let Some(command) = self.commands.next() else { return Err(self.problem("`}` is expected here")) };
        self.line = command.line;
        let texts: Vec<(&str, bool)> = command.words.iter().map(|word| (word.text.as_str(), word.quoted)).collect();
        let [(verb, false), (subnet, true), rest @ ..] = texts.as_slice() else { return Err(self.other(&command)) };
        let on = spoke.subnets.entry(subnet.to_string()).or_default();
        let attaches = *verb == "attach";
        let new = match (*verb, rest) {
            ("existing", [(prefix, true)]) if !routes => {
                std::mem::replace(&mut on.prefix, prefix.to_string()).is_empty()
            }
            ("attach" | "expect", [("nsg", false), (name, true)]) if !routes => {
                on.nsg.replace((name.to_string(), attaches)).is_none()
            }
            ("attach" | "expect", [("route-table", false), (name, true)]) if routes => {
                on.route_table.replace((name.to_string(), attaches)).is_none()
            }
            ("endpoints", [first, more @ ..]) if !routes && rest.iter().all(|(_, quoted)| *quoted) => {
                let services = std::iter::once(first).chain(more).map(|(text, _)| text.to_string()).collect();
                std::mem::replace(&mut on.endpoints, services).is_empty()
            }
            ("nat_gateway", []) if !routes => !std::mem::replace(&mut on.nat_gateway, true),
            _ => false,
        };
        if new { Ok(()) } else { Err(self.other(&command)) }
    }

    /// The virtual network and its subnets, with what `on_subnets` puts on them.
    fn network(&mut self, command: &Command, spoke: &Spoke, nat_gateway: &str) -> Result<Value, Problem> {
        let options = Options::read(&command.words[1..]).ok_or_else(|| self.other(command))?;
        let mut properties = match options.names().as_slice() {
            ["--address-prefixes"] => json!({}),
            ["--address-prefixes", "--dns-servers"] => {
                json!({"dhcpOptions": {"dnsServers": options.texts("--dns-servers")}})
            }
            _ => return Err(self.other(command)),
        };
        properties["addressSpace"] = json!({"addressPrefixes": options.texts("--address-prefixes")});
        let mut subnets = Vec::new();
        while let Some(command) = self.maybe("subnet") {
            let subnet = self.subnet(&command, spoke, nat_gateway).ok_or_else(|| self.other(&command))?;
            subnets.push(subnet);
        }
        properties["subnets"] = subnets.into();
        Ok(json!({
            "type": "Microsoft.Network/virtualNetworks",
            "apiVersion": arm::API_VERSION,
            "name": arm::text(&spoke.vnet),
            "properties": properties,
        }))
    }

    fn subnet(&self, command: &Command, spoke: &Spoke, nat_gateway: &str) -> Option<Value> {
        let [_, name, options @ ..] = command.words.as_slice() else { return None };
        let options = Options::read(options).filter(|_| name.quoted)?;
        let mut known = vec!["--address-prefixes", "--default-outbound-access"];
        let optional = ["--network-security-group", "--private-endpoint-network-policies"];
        known.extend(optional.iter().filter(|name| options.names().contains(name)));
        if options.names() != known || options.word("--default-outbound-access")? != "false" {
            return None;
        }
        let nothing = OnSubnet::default();
        let on = spoke.subnets.get(&name.text).unwrap_or(&nothing);
        let mut properties =
            json!({"addressPrefix": options.text("--address-prefixes")?, "defaultOutboundAccess": false});
        let nsg =
            options.names().contains(&"--network-security-group").then(|| options.plain("--network-security-group"));
        match (nsg, &on.nsg) {
            (None, None) => {}
            (Some(Some(nsg)), Some((attached, true))) if nsg == attached => {
                properties["networkSecurityGroup"] = json!({"id": arm::resource_id(NSG, &[nsg])});
            }
            _ => return None,
        }
        if options.names().contains(&"--private-endpoint-network-policies") {
            properties["privateEndpointNetworkPolicies"] = options.word("--private-endpoint-network-policies")?.into();
        }
        if let Some((table, _)) = &on.route_table {
            properties["routeTable"] = json!({"id": arm::resource_id(ROUTE_TABLE, &[table])});
        }
        if on.nat_gateway {
            properties["natGateway"] = json!({"id": arm::text(nat_gateway)});
        }
        if !on.endpoints.is_empty() {
            let services: Vec<Value> = on.endpoints.iter().map(|one| json!({"service": arm::text(one)})).collect();
            properties["serviceEndpoints"] = services.into();
        }
        Some(json!({"name": arm::text(&name.text), "properties": properties}))
    }
}

impl Spoke {
    /// Where the here-document, which the network was read from, says otherwise than the commands.
    fn disagreements(&self, network: &Network) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut say = |what: String| problems.push(Problem::in_file(&self.file, what, HINT));
        if self.named.as_deref() != arm::text(&self.vnet).as_str() {
            say("the here-document `NETWORK` has another virtual network than `vnet`".into());
        }
        let nothing = OnSubnet::default();
        for subnet in &network.subnets {
            if !self.agrees(subnet, self.subnets.get(&subnet.name).unwrap_or(&nothing)) {
                say(format!(
                    "the here-document `NETWORK` says otherwise of subnet `{}` than the commands",
                    subnet.name
                ));
            }
        }
        let known = |name: &String| network.subnets.iter().any(|subnet| subnet.name == *name);
        for name in self.subnets.keys().filter(|name| !known(name)) {
            say(format!("the here-document `NETWORK` has no subnet `{name}`"));
        }
        problems
    }

    fn agrees(&self, subnet: &Subnet, on: &OnSubnet) -> bool {
        let attached = |wanted: &Option<String>, found: &Option<(String, bool)>, ours: &BTreeMap<String, bool>| match (
            wanted, found,
        ) {
            (None, None) => true,
            (Some(wanted), Some((found, attaches))) => {
                wanted == found && *attaches == (self.create || ours.get(found) == Some(&true))
            }
            _ => false,
        };
        let endpoints: Vec<String> = on.endpoints.iter().map(|one| one.replace("Microsoft.", "")).collect();
        let prefix = if self.create { String::new() } else { subnet.prefixes[0].to_string() };
        let leaves = match subnet.way_out {
            WayOut::NatGateway => on.nat_gateway,
            WayOut::PublicAddress => true,
            _ => !on.nat_gateway,
        };
        on.prefix == prefix
            && attached(&subnet.nsg, &on.nsg, &self.nsgs)
            && attached(&subnet.route_table, &on.route_table, &self.route_tables)
            && endpoints == subnet.service_endpoints
            && leaves
    }
}

/// An NSG or route table of ours with its items, or the items alone as children of what belongs to others.
fn owned(
    kind: &str,
    list: &str,
    name: &str,
    ours: bool,
    mut properties: Value,
    items: Vec<(String, Value)>,
) -> Vec<Value> {
    let resource = |kind: &str, name: Value, properties: Value| json!({"type": kind, "apiVersion": arm::API_VERSION, "name": name, "properties": properties});
    if !ours {
        let kind = format!("{kind}/{list}");
        let child =
            |(item, properties): (String, Value)| resource(&kind, arm::name(&[Some(name), Some(&item)]), properties);
        return items.into_iter().map(child).collect();
    }
    let items = items.into_iter().map(|(item, properties)| json!({"name": arm::text(&item), "properties": properties}));
    properties[list] = items.collect();
    vec![resource(kind, arm::text(name), properties)]
}

/// The options of a command, each with its values.
struct Options<'a>(Vec<(&'a str, &'a [Word])>);

impl<'a> Options<'a> {
    /// `None` if one has no value.
    fn read(words: &'a [Word]) -> Option<Self> {
        let mut options = Vec::new();
        let mut rest = words;
        while let [option, after @ ..] = rest {
            let is_option = |word: &Word| !word.quoted && word.text.starts_with("--");
            let end = after.iter().position(is_option).unwrap_or(after.len());
            let (values, next) = after.split_at(end);
            if !is_option(option) || values.is_empty() {
                return None;
            }
            options.push((option.text.as_str(), values));
            rest = next;
        }
        Some(Options(options))
    }

    fn names(&self) -> Vec<&'a str> {
        self.0.iter().map(|(name, _)| *name).collect()
    }

    fn values(&self, name: &str) -> &'a [Word] {
        self.0.iter().find(|(own, _)| *own == name).map_or(&[], |(_, values)| values)
    }

    /// The one value of an option, not in quotes.
    fn word(&self, name: &str) -> Option<&'a str> {
        match self.values(name) {
            [word] if !word.quoted => Some(&word.text),
            _ => None,
        }
    }

    /// The one value of an option, in quotes.
    fn plain(&self, name: &str) -> Option<&'a str> {
        match self.values(name) {
            [word] if word.quoted => Some(&word.text),
            _ => None,
        }
    }

    /// The same as a template has it.
    fn text(&self, name: &str) -> Option<Value> {
        self.plain(name).map(arm::text)
    }

    fn texts(&self, name: &str) -> Vec<Value> {
        self.values(name).iter().map(|word| arm::text(&word.text)).collect()
    }
}

fn security_rule(options: &Options) -> Option<Value> {
    let sides = [
        ("--source-address-prefixes", "sourceAddressPrefix", "sourceAddressPrefixes"),
        ("--source-port-ranges", "sourcePortRange", "sourcePortRanges"),
        ("--destination-address-prefixes", "destinationAddressPrefix", "destinationAddressPrefixes"),
        ("--destination-port-ranges", "destinationPortRange", "destinationPortRanges"),
    ];
    let mut names = vec!["--priority", "--direction", "--access", "--protocol"];
    names.extend(sides.map(|(option, _, _)| option));
    names.push("--description");
    if options.names() != names {
        return None;
    }
    let mut properties = json!({
        "priority": options.word("--priority")?.parse::<u32>().ok()?,
        "direction": options.text("--direction")?,
        "access": options.text("--access")?,
        "protocol": options.text("--protocol")?,
        "description": options.text("--description")?,
    });
    for (option, one, several) in sides {
        if options.values(option).iter().any(|word| !word.quoted) {
            return None;
        }
        match options.texts(option).as_slice() {
            [value] => properties[one] = value.clone(),
            values => properties[several] = values.into(),
        }
    }
    Some(properties)
}

fn route(options: &Options) -> Option<Value> {
    let mut properties = match options.names().as_slice() {
        ["--address-prefix", "--next-hop-type"] => json!({}),
        ["--address-prefix", "--next-hop-type", "--next-hop-ip-address"] => {
            json!({"nextHopIpAddress": options.text("--next-hop-ip-address")?})
        }
        _ => return None,
    };
    properties["addressPrefix"] = options.text("--address-prefix")?;
    properties["nextHopType"] = options.text("--next-hop-type")?;
    Some(properties)
}
