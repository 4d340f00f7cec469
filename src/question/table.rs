//! The one list of questions. A question is a row: wizard, line prompts, answers file, schema and README print from it.

use super::answers::Answers;
use super::value::{Slot, Value};

/// One question.
pub struct Question {
    /// Where its answer stands in the file: `egress.via`.
    pub path: &'static str,
    /// The step of the wizard it belongs to.
    pub step: Step,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// A few words.
    pub title: &'static str,
    /// What it means, why it is asked, and where the fact comes from.
    pub help: &'static str,
    /// Whether it stays behind "more".
    pub more: bool,
    /// Whether these answers make it a question.
    pub asked: fn(&Answers) -> bool,
    /// What holds if nobody answers; `None` where an answer is needed or absence means something of its own.
    pub default: fn(&Answers) -> Option<Value>,
    /// Whether it must be answered where it is asked and has no default.
    pub needed: bool,
    /// Its answer in the typed answers, to read.
    pub slot: fn(&Answers) -> &dyn Slot,
    /// Its answer in the typed answers, to write.
    pub slot_mut: fn(&mut Answers) -> &mut dyn Slot,
}

/// The steps of the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What runs there.
    Scenarios,
    /// Cloud, region, name.
    Environment,
    /// Virtual network and subnets.
    Network,
    /// The way out.
    Egress,
    /// CycleCloud.
    Cyclecloud,
    /// Azure Machine Learning.
    Aml,
    /// AKS.
    Aks,
    /// What every machine needs.
    Machines,
    /// Files to write.
    Outputs,
}

impl Step {
    /// The step's title.
    pub fn title(self) -> &'static str {
        match self {
            Step::Scenarios => "Scenarios",
            Step::Environment => "Environment",
            Step::Network => "Network",
            Step::Egress => "Egress",
            Step::Cyclecloud => "CycleCloud",
            Step::Aml => "Azure ML",
            Step::Aks => "AKS",
            Step::Machines => "Machines",
            Step::Outputs => "Outputs",
        }
    }
}

/// What kind of answer a question takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// One line of text.
    Text,
    /// A whole number in a range.
    Number(u32, u32),
    /// Yes or no.
    Flag,
    /// One of a few words.
    Choice(&'static [Choice]),
    /// Any of a few words.
    Many(&'static [Choice]),
    /// A list of texts.
    Texts,
    /// A list of address prefixes.
    Prefixes,
    /// Names with texts.
    Pairs,
    /// Rows of fields of the first kinds.
    Records(&'static [Field]),
}

/// A word to choose, and what it costs or risks.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The word in the answers file.
    pub word: &'static str,
    /// What it means.
    pub means: &'static str,
}

/// A field of a record.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its key.
    pub name: &'static str,
    /// Its kind: never records.
    pub kind: Kind,
    /// Whether every row must have it.
    pub needed: bool,
    /// What it means.
    pub help: &'static str,
}

const fn choice(word: &'static str, means: &'static str) -> Choice {
    Choice { word, means }
}

/// Where an answer stands in the typed answers: to read, and to write.
type Slots = (fn(&Answers) -> &dyn Slot, fn(&mut Answers) -> &mut dyn Slot);

macro_rules! slot {
    ($($field:ident).+) => { (|a: &Answers| &a.$($field).+ as &dyn Slot, |a: &mut Answers| &mut a.$($field).+ as &mut dyn Slot) };
}

/// A row whose answer is needed.
const fn needed(
    path: &'static str,
    step: Step,
    kind: Kind,
    title: &'static str,
    help: &'static str,
    slots: Slots,
) -> Question {
    let (slot, slot_mut) = slots;
    Question {
        path,
        step,
        kind,
        title,
        help,
        more: false,
        asked: always,
        default: nothing,
        needed: true,
        slot,
        slot_mut,
    }
}

/// A row that may stay unanswered.
const fn optional(
    path: &'static str,
    step: Step,
    kind: Kind,
    title: &'static str,
    help: &'static str,
    slots: Slots,
) -> Question {
    Question { needed: false, ..needed(path, step, kind, title, help, slots) }
}

impl Question {
    const fn asked(mut self, asked: fn(&Answers) -> bool) -> Self {
        self.asked = asked;
        self
    }

    const fn default(mut self, default: fn(&Answers) -> Option<Value>) -> Self {
        self.default = default;
        self.needed = false;
        self
    }

    const fn more(mut self) -> Self {
        self.more = true;
        self
    }

    /// The answer, if there is one.
    pub fn answer(&self, answers: &Answers) -> Option<Value> {
        (self.slot)(answers).read()
    }

    /// The answer, or what holds without one.
    pub fn answer_or_default(&self, answers: &Answers) -> Option<Value> {
        self.answer(answers).or_else(|| (self.default)(answers))
    }
}

fn always(_: &Answers) -> bool {
    true
}

fn nothing(_: &Answers) -> Option<Value> {
    None
}

fn no(_: &Answers) -> Option<Value> {
    Some(Value::Flag(false))
}

fn yes(_: &Answers) -> Option<Value> {
    Some(Value::Flag(true))
}

/// Without private endpoints, the registry is reached over its public addresses.
fn without_endpoints(answers: &Answers) -> Option<Value> {
    Some(Value::Flag(answers.aml.private_endpoints == Some(false)))
}

/// Storage without a private endpoint of its own is mounted over its public addresses.
fn storage_without_endpoint(answers: &Answers) -> Option<Value> {
    Some(Value::Flag(or(&answers.aml.storage_access, "private-endpoint") != "private-endpoint"))
}

fn word(text: &str) -> Option<Value> {
    Some(Value::Text(text.into()))
}

/// Whether one of these scenarios is chosen.
pub fn chose(answers: &Answers, scenarios: &[&str]) -> bool {
    answers.scenarios.iter().flatten().any(|chosen| scenarios.contains(&chosen.as_str()))
}

fn cyclecloud(answers: &Answers) -> bool {
    chose(answers, &["cyclecloud-vm", "return-proxy"])
}

fn slurm(answers: &Answers) -> bool {
    cyclecloud(answers) && or(&answers.cyclecloud.scheduler, "slurm") == "slurm"
}

fn return_proxy(answers: &Answers) -> bool {
    chose(answers, &["return-proxy"])
}

fn aml(answers: &Answers) -> bool {
    chose(answers, &["aml-public-ip", "aml-no-public-ip"])
}

/// Whether Azure ML compute of this kind goes into the network; instances and clusters do if nobody says otherwise.
fn aml_kind(answers: &Answers, kind: &str) -> bool {
    let kinds = answers.aml.compute.as_ref();
    aml(answers) && kinds.map_or(kind != "serverless", |kinds| kinds.iter().any(|chosen| chosen == kind))
}

fn aml_public(answers: &Answers) -> bool {
    chose(answers, &["aml-public-ip"])
}

/// Whether a machine of one's own is attached to the workspace.
fn aml_attached(answers: &Answers) -> bool {
    let machines = ["virtual-machine", "hdinsight"];
    aml(answers) && answers.aml.attached.iter().flatten().any(|kind| machines.contains(&kind.as_str()))
}

fn aks(answers: &Answers) -> bool {
    chose(answers, &["aks"])
}

fn isolated(answers: &Answers) -> bool {
    answers.aks.network_isolated == Some(true)
}

/// The Azure Machine Learning extension of AKS.
fn extension(answers: &Answers) -> bool {
    aks(answers) && or(&answers.aks.azureml, "none") != "none"
}

fn inference(answers: &Answers) -> bool {
    aks(answers) && ["inference", "both"].contains(&or(&answers.aks.azureml, "none"))
}

/// What AKS reaches by its public name, or by a private endpoint.
fn aks_names(answers: &Answers) -> bool {
    extension(answers) || aks(answers) && answers.aks.key_vault == Some(true)
}

fn aks_endpoints(answers: &Answers) -> bool {
    let roles = answers.subnets.iter().flatten().flat_map(|subnet| subnet.roles.iter().flatten());
    isolated(answers) || roles.into_iter().any(|role| role == "private-endpoints")
}

/// Whether AKS goes to private endpoints, answered or by default.
fn aks_private(answers: &Answers) -> bool {
    answers.aks.private_endpoints.unwrap_or_else(|| aks_endpoints(answers))
}

fn via(answers: &Answers, kind: &str) -> bool {
    answers.egress.via.as_deref() == Some(kind)
}

fn firewall(answers: &Answers) -> bool {
    via(answers, "azure-firewall")
}

/// Traffic is routed to a firewall, whoever made it.
fn routed(answers: &Answers) -> bool {
    firewall(answers) || via(answers, "appliance")
}

/// Something holds host names: a firewall or a proxy.
fn holds_names(answers: &Answers) -> bool {
    routed(answers) || via(answers, "https-proxy")
}

fn creates_network(answers: &Answers) -> bool {
    answers.network.create == Some(true)
}

fn or<'a>(value: &'a Option<String>, default: &'a str) -> &'a str {
    value.as_deref().unwrap_or(default)
}

const CLOUDS: &[Choice] = &[
    choice("AzureCloud", "the public cloud"),
    choice("AzureUSGovernment", "US Government"),
    choice("AzureChinaCloud", "China, operated by 21Vianet"),
];
const SCENARIOS: &[Choice] = &[
    choice("cyclecloud-vm", "a CycleCloud server; nodes talk to it directly"),
    choice("return-proxy", "CycleCloud with nodes that talk to it through a return proxy over SSH"),
    choice(
        "aml-public-ip",
        "Azure Machine Learning compute with public addresses: needs an inbound rule and routes past the firewall",
    ),
    choice("aml-no-public-ip", "Azure Machine Learning compute without public addresses"),
    choice("aks", "an AKS cluster"),
];
const ROLES: &[Choice] = &[
    choice("cyclecloud-server", "the CycleCloud server"),
    choice("cluster-nodes", "cluster nodes"),
    choice("scheduler", "scheduler and login nodes, if not with the nodes"),
    choice("return-proxy", "the return proxy node"),
    choice("aml-compute", "Azure Machine Learning clusters and instances"),
    choice("aks-nodes", "AKS node pools"),
    choice("private-endpoints", "private endpoints"),
];
const VIA: &[Choice] = &[
    choice("nsg", "NSG alone: service tags, no host names"),
    choice("nat-gateway", "a NAT gateway with a fixed address: the NSG filters, no host names"),
    choice("azure-firewall", "an Azure Firewall that exists already: tags and host names"),
    choice(
        "appliance",
        "a firewall of another make that exists already: lists of names, prefixes and ports to load into it",
    ),
    choice("https-proxy", "an explicit proxy that exists already: HTTP and HTTPS by host name, nothing else leaves"),
];
const WAYS_OUT: &[Choice] = &[
    choice(
        "default-outbound",
        "Azure's default outbound access: only networks made before 2026-03-31 have it, and its address changes",
    ),
    choice("public-address", "the machines have public addresses of their own"),
    choice("load-balancer", "a load balancer with outbound rules"),
    choice("none", "whatever needs the Internet has no egress path"),
];
const SKUS: &[Choice] = &[
    choice("Basic", "no DNS proxy, so no host names in network rules"),
    choice("Standard", "host names in network rules with DNS proxy"),
    choice("Premium", "TLS inspection and URL paths as well"),
];
const RULE_STYLES: &[Choice] = &[
    choice(
        "tag",
        "service tags: few rules, wider, as a tag covers other tenants' addresses too; an appliance gets their prefixes, which change every week",
    ),
    choice("name", "host names: narrow; a tag where a port or protocol cannot be told by name"),
];
const NAMES_WITHOUT_TAG: &[Choice] = &[
    choice("refuse", "a required host name that nothing here can hold is a problem"),
    choice("open-443", "open the needed ports of required names to every public address instead"),
];
const SCHEDULERS: &[Choice] = &[
    choice("slurm", "Slurm"),
    choice("openpbs", "OpenPBS or PBS Professional"),
    choice("grid-engine", "Grid Engine"),
    choice("lsf", "IBM Spectrum LSF"),
    choice("symphony", "IBM Spectrum Symphony"),
    choice("hpc-pack", "Microsoft HPC Pack: only what its clients reach is documented"),
    choice("htcondor", "HTCondor: no port is documented, so nothing is opened for it"),
    choice("other", "another: add its ports as requirements of your own"),
];
const AML_COMPUTE: &[Choice] = &[
    choice("instance", "compute instances"),
    choice("cluster", "compute clusters"),
    choice("serverless", "serverless compute with a subnet of its own choice: this one"),
];
const AML_STORAGE_ACCESS: &[Choice] = &[
    choice("private-endpoint", "a private endpoint for blob and file"),
    choice(
        "service-endpoint",
        "a service endpoint: a firewall never sees this traffic; Studio wants the workspace's private endpoint in the same subnet",
    ),
    choice("public", "its public addresses"),
];
const AML_APPLICATIONS: &[Choice] = &[
    choice("rstudio", "RStudio: port 8787 and the hosts of its image"),
    choice("posit-workbench", "Posit Workbench with a licence of your own: RStudio's hosts and the licence host"),
    choice("custom", "other applications; with a private endpoint they must be published on ports 8704 to 8993"),
];
const AML_VSCODE: &[Choice] = &[
    choice("desktop", "Visual Studio Code on users' machines"),
    choice("web", "Visual Studio Code for the Web: the hosts of vscode.dev as well"),
];
const AML_ATTACHED: &[Choice] = &[
    choice("virtual-machine", "a virtual machine with Ubuntu, the only system that is supported"),
    choice("hdinsight", "an HDInsight cluster"),
    choice("databricks", "an Azure Databricks workspace: it manages its own rules"),
];
const AGENTS: &[Choice] = &[
    choice("defender", "Microsoft Defender for Endpoint"),
    choice("azure-monitor-agent", "Azure Monitor Agent"),
    choice("os-updates", "updates from the distribution's or Microsoft's public hosts"),
];
const OUTPUTS: &[Choice] = &[
    choice("terraform", "Terraform modules for spoke and hub"),
    choice("arm", "ARM templates for spoke and hub"),
    choice("bicep", "Bicep files for spoke and hub"),
    choice("azcli", "scripts for the Azure CLI, for spoke and hub"),
    choice("cyclecloud", "cluster-template snippets, staging scripts and lists for CycleCloud"),
    choice("azureml", "compute and workspace files, the role, and scripts for Azure Machine Learning"),
    choice(
        "aks",
        "how to create the cluster, the extension's install script and network policies, what a cluster says it must reach",
    ),
    choice("dns", "what to forward to Azure's DNS, zone links, and a check of names"),
    choice(
        "firewall",
        "lists for a firewall or proxy: names, prefixes and ports as tables, plain lists and a Squid allow-list",
    ),
    choice("review", "the rules as a table, and a page for a board, for people who sign"),
    choice("handover", "a page and a table for each owner: firewall, network, DNS, on-premises"),
];

const PEER_FIELDS: &[Field] = &[
    Field { name: "name", kind: Kind::Text, needed: true, help: "a name to call it by" },
    Field { name: "prefixes", kind: Kind::Prefixes, needed: true, help: "its address space" },
];
/// The fields of a subnet.
pub const SUBNET_FIELDS: &[Field] = &[
    Field { name: "name", kind: Kind::Text, needed: true, help: "Azure's name of the subnet" },
    Field { name: "prefix", kind: Kind::Text, needed: true, help: "its prefix, inside the address space" },
    Field { name: "roles", kind: Kind::Many(ROLES), needed: true, help: "what it is for" },
    Field {
        name: "nsg",
        kind: Kind::Text,
        needed: false,
        help: "`create` (default), `adopt:<name>` of an NSG that is there and becomes ours whole, `extend:<name>` of one that others own, or `none`",
    },
    Field {
        name: "routes",
        kind: Kind::Text,
        needed: false,
        help: "`create` (default where routes are needed), `adopt:<name>`, `extend:<name>`, or `none`",
    },
    Field {
        name: "public_ip",
        kind: Kind::Flag,
        needed: false,
        help: "whether its machines have public addresses of their own",
    },
];

/// The fields of names with texts, where they are asked for as rows.
pub const PAIR_FIELDS: &[Field] = &[
    Field { name: "name", kind: Kind::Text, needed: true, help: "its name" },
    Field { name: "value", kind: Kind::Text, needed: true, help: "its value" },
];

/// Every question, in the order to ask.
#[rustfmt::skip]
pub static QUESTIONS: &[Question] = &[
    needed("scenarios", Step::Scenarios, Kind::Many(SCENARIOS), "What runs there?", "Each scenario brings the requirements of its product; several may share one network.", slot!(scenarios)),
    needed("name", Step::Environment, Kind::Text, "A name for this environment", "Part of the names of NSGs and route tables; lower case, digits and `-`.", slot!(name)),
    optional("cloud", Step::Environment, Kind::Choice(CLOUDS), "Which Azure cloud?", "Hosts, service tags and their abilities differ by cloud.", slot!(cloud)).default(|_| word("AzureCloud")),
    needed("region", Step::Environment, Kind::Text, "Which region?", "The programmatic name, such as `westeurope`. Regional service tags cover far fewer addresses than global ones.", slot!(region)),
    optional("network.subscription", Step::Network, Kind::Text, "Subscription id", "The subscription of the virtual network; a variable of the generated code where it is not given.", slot!(network.subscription)).more(),
    needed("network.resource_group", Step::Network, Kind::Text, "Resource group of the network", "NSGs and route tables are made here, beside the virtual network.", slot!(network.resource_group)),
    needed("network.vnet", Step::Network, Kind::Text, "Name of the virtual network", "Azure Machine Learning needs it in the subscription of the workspace.", slot!(network.vnet)),
    needed("network.address_space", Step::Network, Kind::Prefixes, "Its address space", "Every subnet lies in it. Azure Machine Learning cannot use 172.17.0.0/16, which Docker takes.", slot!(network.address_space)),
    optional("network.create", Step::Network, Kind::Flag, "Create the virtual network and its subnets?", "No: they exist already, are referenced and never declared, because declaring a subnet again wipes its other settings.", slot!(network.create)).default(no),
    optional("network.peered", Step::Network, Kind::Records(PEER_FIELDS), "Peered virtual networks", "Their address space belongs to the tag `VirtualNetwork`; a hub with the firewall is one of them.", slot!(network.peered)).more(),
    optional("network.on_premises", Step::Network, Kind::Prefixes, "On-premises address space", "What is reached through a VPN or ExpressRoute gateway.", slot!(network.on_premises)).more(),
    optional("network.dns_servers", Step::Network, Kind::Prefixes, "DNS servers of your own", "None: Azure's DNS at 168.63.129.16, which needs no rule. With names in the firewall's network rules, clients must ask the firewall.", slot!(network.dns_servers)).more(),
    needed("subnets", Step::Network, Kind::Records(SUBNET_FIELDS), "Subnets", "One row for each subnet that rules are planned for; a subnet may have several roles.", slot!(subnets)),
    optional("admins", Step::Network, Kind::Prefixes, "Where do administrators come from?", "Who may reach web interfaces and, if asked for, SSH. None: no inbound rule for them.", slot!(admins)),
    optional("users", Step::Network, Kind::Prefixes, "Where do users come from?", "Who uses login nodes, studio and notebooks. None: no inbound rule for them.", slot!(users)).more(),
    needed("egress.via", Step::Egress, Kind::Choice(VIA), "Where does outbound traffic go?", "An NSG knows addresses and service tags; host names need a firewall. Compute without a public address has no way out of its own.", slot!(egress.via)),
    optional("egress.way_out", Step::Egress, Kind::Choice(WAYS_OUT), "What gives the subnets a way to the Internet?", "An NSG filters but translates nothing. In networks made since 2026-03-31 subnets have no default outbound access.", slot!(egress.way_out)).asked(|a| via(a, "nsg")).default(|a| word(if creates_network(a) { "none" } else { "default-outbound" })),
    optional("egress.nat_gateway", Step::Egress, Kind::Text, "Resource id of the NAT gateway", "It exists already; a variable of the generated code where it is not given.", slot!(egress.nat_gateway)).asked(|a| via(a, "nat-gateway")).more(),
    needed("egress.private_ip", Step::Egress, Kind::Text, "Private address of the firewall", "The next hop of the route 0.0.0.0/0. Where several appliances share the load, the address of the load balancer in front of them.", slot!(egress.private_ip)).asked(routed),
    needed("egress.proxy", Step::Egress, Kind::Text, "Address of the proxy", "As `http://10.12.0.5:3128`: an IPv4 address, as rules hold no name for it, and its port. The subnets reach this address and port alone; the proxy decides on host names.", slot!(egress.proxy)).asked(|a| via(a, "https-proxy")),
    optional("egress.sku", Step::Egress, Kind::Choice(SKUS), "Tier of the firewall", "What a tier cannot do is planned around, and the plan says so.", slot!(egress.sku)).asked(firewall).default(|_| word("Standard")),
    optional("egress.policy", Step::Egress, Kind::Text, "Resource id of the firewall policy", "It exists already, often in another subscription and team; we write one rule collection group of our own into it. A variable where it is not given.", slot!(egress.policy)).asked(firewall).more(),
    optional("egress.group", Step::Egress, Kind::Text, "Name of our rule collection group", "Nothing else in the policy is touched.", slot!(egress.group)).asked(firewall).more().default(|a| word(&format!("rcg-{}", or(&a.name, "netcordon")))),
    optional("egress.priority", Step::Egress, Kind::Number(100, 65_000), "Priority of our rule collection group", "Groups are read in ascending priority, but rule types first: every network rule of the policy comes before any application rule.", slot!(egress.priority)).asked(firewall).more().default(|_| Some(Value::Number(500))),
    optional("egress.dns_proxy", Step::Egress, Kind::Flag, "Is the firewall's DNS proxy on?", "Host names in network rules need it. Then 53 to the firewall is opened: machines should ask it for names (DNS servers of the virtual network). The Basic tier has none.", slot!(egress.dns_proxy)).asked(|a| firewall(a) && or(&a.egress.sku, "Standard") != "Basic").default(no),
    optional("egress.rule_style", Step::Egress, Kind::Choice(RULE_STYLES), "Service tags or host names?", "Never both for one destination: the network rule is read first and would void the list of names. An appliance knows no service tags: it gets names where it can tell them, else the tags' prefixes.", slot!(egress.rule_style)).asked(routed).default(|a| word(if via(a, "appliance") { "name" } else { "tag" })),
    optional("egress.names_without_tag", Step::Egress, Kind::Choice(NAMES_WITHOUT_TAG), "Required host names that no service tag covers", "Without a firewall nothing can hold a host name.", slot!(egress.names_without_tag)).asked(|a| !holds_names(a)).more().default(|_| word("refuse")),
    optional("egress.accept_blocked", Step::Egress, Kind::Texts, "Requirements knowingly left out", "Requirement ids. They are neither opened nor counted as missing, and every report names them.", slot!(egress.accept_blocked)).more(),
    optional("priorities", Step::Egress, Kind::Text, "Band of priorities in an NSG", "As `100-3999`. The documented CycleCloud priorities 100 to 103 and 4000 hold with the default band and shift with it.", slot!(priorities)).more().default(|_| word("100-3999")),
    optional("enforce", Step::Egress, Kind::Flag, "Write the last denies already?", "No: the denies that the plan adds of its own are left out of every format, so that flow logs show first what they would stop. The plan is judged with them all the same; until they are there, an NSG lets through what its default rules allow.", slot!(enforce)).more().default(yes),
    optional("naming.nsg", Step::Network, Kind::Text, "Pattern for NSG names", "`{name}` and `{subnet}` are filled in.", slot!(naming.nsg)).more().default(|_| word("nsg-{name}-{subnet}")),
    optional("naming.route_table", Step::Network, Kind::Text, "Pattern for route table names", "`{name}` and `{subnet}` are filled in.", slot!(naming.route_table)).more().default(|_| word("rt-{name}-{subnet}")),
    optional("tags", Step::Network, Kind::Pairs, "Resource tags", "On every resource that is made.", slot!(tags)).more(),
    optional("cyclecloud.version", Step::Cyclecloud, Kind::Choice(&[choice("8", "current"), choice("7", "needs AMQP 5672 and Ganglia 8652 as well")]), "CycleCloud version", "Version 8 has neither AMQP nor Ganglia: their ports stay closed.", slot!(cyclecloud.version)).asked(cyclecloud).default(|_| word("8")),
    optional("cyclecloud.install", Step::Cyclecloud, Kind::Choice(&[choice("marketplace", "Marketplace image: web interface on 443"), choice("package", "package install: web interface on 8080 and 8443")]), "How is the server installed?", "Decides the port of the web interface.", slot!(cyclecloud.install)).asked(cyclecloud).default(|_| word("marketplace")),
    optional("cyclecloud.server_addresses", Step::Cyclecloud, Kind::Prefixes, "Addresses of a CycleCloud server in another network", "For a server on premises or in a peered network: then no subnet here has the role `cyclecloud-server`. Nodes and server reach each other at these addresses; what the server itself needs outside becomes a list for the firewall of its own network.", slot!(cyclecloud.server_addresses)).asked(cyclecloud).more(),
    optional("cyclecloud.scheduler", Step::Cyclecloud, Kind::Choice(SCHEDULERS), "Scheduler", "Its ports matter where scheduler and nodes live in different subnets.", slot!(cyclecloud.scheduler)).asked(cyclecloud).default(|_| word("slurm")),
    optional("cyclecloud.srun_ports", Step::Cyclecloud, Kind::Choice(&[choice("ephemeral", "as shipped, no SrunPortRange: 32768-61000"), choice("pinned", "SrunPortRange=59000-61000 in slurm.conf, as az-hop does")]), "Which ports does srun listen on?", "Job steps call back to the srun that started them. The slurm.conf of Azure/cyclecloud-slurm (2026-07) sets no range; az-hop pins one. Matters between scheduler or login nodes and nodes in different subnets.", slot!(cyclecloud.srun_ports)).asked(slurm).more().default(|_| word("ephemeral")),
    optional("cyclecloud.accounting_database", Step::Cyclecloud, Kind::Prefixes, "Addresses of the accounting database", "The MySQL server of Slurm's accounting: slurmdbd on the scheduler calls it on 3306. None: accounting is off, or its database lives on the scheduler. Ports from network-new.bicep of Azure/cyclecloud-slurm-workspace (2026-07).", slot!(cyclecloud.accounting_database)).asked(slurm).more(),
    optional("cyclecloud.locker_access", Step::Cyclecloud, Kind::Choice(&[choice("service-endpoint", "a service endpoint: the destination stays public, the rule is the tag Storage"), choice("private-endpoint", "a private endpoint: the destination is an address in the subnet of private endpoints")]), "How is the locker storage account reached?", "The rules differ: a tag rule does not match a private endpoint.", slot!(cyclecloud.locker_access)).asked(cyclecloud).default(|_| word("service-endpoint")),
    optional("cyclecloud.locker", Step::Cyclecloud, Kind::Text, "Name of the locker storage account", "Narrows the host name from every storage account to this one.", slot!(cyclecloud.locker)).asked(cyclecloud).more(),
    optional("cyclecloud.projects", Step::Cyclecloud, Kind::Choice(&[choice("staged", "copied to the server beforehand"), choice("github", "fetched from GitHub: five hosts that anyone can publish on")]), "Where do cluster projects come from?", "Blocked GitHub without staged projects makes node creation fail in the staging phase.", slot!(cyclecloud.projects)).asked(cyclecloud).default(|_| word("staged")),
    optional("cyclecloud.node_packages", Step::Cyclecloud, Kind::Choice(&[choice("image", "baked into a custom image"), choice("mirror", "from a mirror of your own"), choice("project", "from the locker, by a CycleCloud project"), choice("internet", "from public hosts: needs a firewall that knows names")]), "Where do nodes get their packages?", "Nodes without Internet need one of the first three.", slot!(cyclecloud.node_packages)).asked(cyclecloud).default(|_| word("image")),
    needed("cyclecloud.package_mirrors", Step::Cyclecloud, Kind::Prefixes, "Addresses of the package mirrors", "Opened on 443 from server, scheduler and nodes; a mirror that speaks plain HTTP needs a requirement of your own.", slot!(cyclecloud.package_mirrors)).asked(|a| cyclecloud(a) && or(&a.cyclecloud.node_packages, "image") == "mirror"),
    optional("cyclecloud.mirror_url", Step::Cyclecloud, Kind::Text, "URL of the package mirror", "As `https://packages.example.com/linux`, for the CloudInit that points nodes to it.", slot!(cyclecloud.mirror_url)).asked(|a| cyclecloud(a) && or(&a.cyclecloud.node_packages, "image") == "mirror").more(),
    optional("cyclecloud.without_proxy", Step::Cyclecloud, Kind::Texts, "Hosts and addresses to reach without the proxy", "Best the private address of the server, that of a return proxy, and file servers by name. Subnets, locker, metadata service and wire server are in no_proxy anyway, but not every client reads prefixes there (running-behind-proxy, 2025-07, has the metadata service alone).", slot!(cyclecloud.without_proxy)).asked(|a| cyclecloud(a) && via(a, "https-proxy")).more(),
    optional("cyclecloud.nfs", Step::Cyclecloud, Kind::Choice(&[choice("scheduler", "the scheduler exports it"), choice("external", "servers of your own or Azure NetApp Files"), choice("none", "nobody")]), "Who serves NFS?", "Shared home and scheduler folders.", slot!(cyclecloud.nfs)).asked(cyclecloud).default(|_| word("scheduler")),
    needed("cyclecloud.nfs_servers", Step::Cyclecloud, Kind::Prefixes, "Addresses of the NFS servers", "Opened from nodes and scheduler.", slot!(cyclecloud.nfs_servers)).asked(|a| cyclecloud(a) && or(&a.cyclecloud.nfs, "scheduler") == "external"),
    optional("cyclecloud.lustre_servers", Step::Cyclecloud, Kind::Prefixes, "Addresses of Lustre servers", "The subnet of Azure Managed Lustre. Nodes and scheduler reach it on 988 and 1019-1023 (network-new.bicep of Azure/cyclecloud-slurm-workspace, 2026-07).", slot!(cyclecloud.lustre_servers)).asked(cyclecloud).more(),
    optional("cyclecloud.bastion", Step::Cyclecloud, Kind::Prefixes, "Prefix of the subnet of Azure Bastion", "Opens SSH from it to the server, and to scheduler and login nodes where users may use SSH. A bastion lets people in and replaces nothing else: nodes still need 9443 to the server, or a return proxy.", slot!(cyclecloud.bastion)).asked(cyclecloud).more(),
    optional("cyclecloud.admin_ssh", Step::Cyclecloud, Kind::Flag, "SSH from administrators to the server?", "Better through Bastion or a VPN.", slot!(cyclecloud.admin_ssh)).asked(cyclecloud).more().default(no),
    optional("cyclecloud.users_ssh", Step::Cyclecloud, Kind::Flag, "SSH from users to scheduler and login nodes?", "From the prefixes of users alone.", slot!(cyclecloud.users_ssh)).asked(cyclecloud).more().default(no),
    optional("cyclecloud.users_rdp", Step::Cyclecloud, Kind::Flag, "RDP from users to Windows nodes?", "From the prefixes of users alone.", slot!(cyclecloud.users_rdp)).asked(cyclecloud).more().default(no),
    optional("cyclecloud.server_packages", Step::Cyclecloud, Kind::Flag, "May the server fetch packages from packages.microsoft.com?", "For installing and upgrading CycleCloud and the Azure CLI; no service tag covers it.", slot!(cyclecloud.server_packages)).asked(cyclecloud).more().default(no),
    optional("cyclecloud.costs", Step::Cyclecloud, Kind::Flag, "Show costs in the web interface?", "The server needs ratecard.azure-api.net, which no service tag covers; without it usage stays and costs disappear (network-security, 2026-08). Documented for the public cloud only.", slot!(cyclecloud.costs)).asked(cyclecloud).more().default(yes),
    optional("cyclecloud.azslurm_cost", Step::Cyclecloud, Kind::Flag, "Does anybody run `azslurm cost`?", "The command asks prices.azure.com from the scheduler (azurecost.py of Azure/cyclecloud-scalelib, 2026); nothing else needs that host.", slot!(cyclecloud.azslurm_cost)).asked(slurm).more().default(no),
    optional("cyclecloud.monitoring", Step::Cyclecloud, Kind::Flag, "Is the monitoring project enabled on the nodes?", "cyclecloud.monitoring.enabled: every node fetches exporters from GitHub at boot, GPU nodes a container from nvcr.io, and all send metrics to an Azure Monitor workspace (Azure/cyclecloud-monitoring, 2026). It knows the public cloud only.", slot!(cyclecloud.monitoring)).asked(cyclecloud).more().default(no),
    optional("cyclecloud.event_grid", Step::Cyclecloud, Kind::Flag, "Does CycleCloud publish events to Event Grid?", "Only if a topic is configured in the server's settings.", slot!(cyclecloud.event_grid)).asked(cyclecloud).more().default(no),
    optional("cyclecloud.telemetry", Step::Cyclecloud, Kind::Flag, "Allow watson telemetry?", "Needs watson.telemetry.microsoft.com, which no service tag covers; nothing depends on it.", slot!(cyclecloud.telemetry)).asked(cyclecloud).more().default(yes),
    needed("return_proxy.public_address", Step::Cyclecloud, Kind::Flag, "Does the return proxy have a public address?", "Microsoft's pages contradict each other: network-security and plan-enterprise-secured-deployment (2026-08) say a proxy without one fails; return-proxy (2025-07) says it works between peered networks. Under a strict no-public-address policy, direct 9443 is the safe way.", slot!(return_proxy.public_address)).asked(return_proxy),
    optional("return_proxy.ssh_key", Step::Cyclecloud, Kind::Text, "Path of the SSH key on the server", "CycleCloud opens the tunnel to the proxy with it.", slot!(return_proxy.ssh_key)).asked(return_proxy).more().default(|_| word("~/.ssh/cyclecloud.pem")),
    optional("aml.managed_network", Step::Aml, Kind::Flag, "Does the workspace have a managed virtual network?", "Then the service makes its own rules and its compute cannot live in your network, so nothing is planned (how-to-managed-network).", slot!(aml.managed_network)).asked(aml).default(no),
    optional("aml.compute", Step::Aml, Kind::Many(AML_COMPUTE), "Which kinds of compute?", "Instances need more ports than clusters; serverless compute needs what clusters need.", slot!(aml.compute)).asked(aml).default(|_| Some(Value::List(vec!["instance".into(), "cluster".into()]))),
    optional("aml.private_endpoints", Step::Aml, Kind::Flag, "Is the workspace reached by a private endpoint?", "Compute without a public address needs it. The rules then go to the subnet of private endpoints, 443 and 445.", slot!(aml.private_endpoints)).asked(aml).default(yes),
    optional("aml.endpoint_addresses", Step::Aml, Kind::Prefixes, "Private endpoints outside this network", "Where the endpoints of workspace, storage, registry or key vault live in a hub, a peered network or behind the firewall: their prefixes, opened on 443 and 445. None: they are in the subnet with the role `private-endpoints`.", slot!(aml.endpoint_addresses)).asked(|a| aml(a) && a.aml.private_endpoints != Some(false)).more(),
    optional("aml.storage_access", Step::Aml, Kind::Choice(AML_STORAGE_ACCESS), "How is the workspace's storage account reached?", "A rule for a service tag does not match a private endpoint, and a service endpoint's routes pass a firewall by (how-to-secure-workspace-vnet).", slot!(aml.storage_access)).asked(aml).more().default(|a| word(if a.aml.private_endpoints == Some(false) { "public" } else { "private-endpoint" })),
    optional("aml.storage", Step::Aml, Kind::Text, "Name of the workspace's storage account", "Narrows host names from every storage account to this one.", slot!(aml.storage)).asked(aml).more(),
    optional("aml.registry", Step::Aml, Kind::Text, "Name of the workspace's container registry", "Narrows host names from every registry to this one.", slot!(aml.registry)).asked(aml).more(),
    optional("aml.subscription", Step::Aml, Kind::Text, "Subscription id of the workspace", "Azure refuses compute in a network of another subscription (how-to-secure-training-vnet); none: the network's.", slot!(aml.subscription)).asked(aml).more(),
    optional("aml.workspace_region", Step::Aml, Kind::Text, "Region of the workspace, if it is not the network's", "Only a compute cluster may run in another region than its workspace. The service tags of both regions are opened, as pages mean now the one, now the other.", slot!(aml.workspace_region)).asked(aml).more(),
    optional("aml.allow_list", Step::Aml, Kind::Flag, "Does the workspace let in selected public addresses only?", "Its own IP allow-list. Serverless compute without a public address has no address that could be on it and must use the workspace's private endpoint (how-to-secure-training-vnet).", slot!(aml.allow_list)).asked(aml).more().default(no),
    optional("aml.exfiltration_protection", Step::Aml, Kind::Flag, "Data exfiltration protection?", "Storage goes by a service endpoint whose policy names the accounts, and Azure Front Door, where anyone can rent a place, is replaced by two host names, which needs a firewall (how-to-prevent-data-loss-exfiltration). Workspace and storage need private endpoints.", slot!(aml.exfiltration_protection)).asked(aml).more().default(no),
    optional("aml.smb_public", Step::Aml, Kind::Flag, "Open 445 to the public Storage tag as well?", "Pages disagree: only with a firewall between compute and storage, or always. A platform check was seen to want it (AzureTRE 2780). It opens SMB to every storage account of the region. Yes where storage has no private endpoint: compute mounts its file share.", slot!(aml.smb_public)).asked(aml).more().default(storage_without_endpoint),
    optional("aml.routes", Step::Aml, Kind::Choice(&[choice("tag", "one route with the tag AzureMachineLearning"), choice("prefixes", "the prefixes of the region and its pair: must be renewed when they change")]), "How are routes for public-address compute written?", "Inbound management traffic must not return through the firewall.", slot!(aml.routes)).asked(|a| aml_public(a) && firewall(a)).more().default(|_| word("tag")),
    optional("aml.studio", Step::Aml, Kind::Flag, "Studio users or AutoML in this network?", "Needs Azure Front Door, where anyone can rent a place.", slot!(aml.studio)).asked(aml).more().default(yes),
    optional("aml.monitor", Step::Aml, Kind::Choice(&[choice("public", "over the Internet"), choice("private", "by Azure Monitor Private Link Scope")]), "How is Azure Monitor reached?", "Private: no rule to its public addresses.", slot!(aml.monitor)).asked(aml).more().default(|_| word("public")),
    optional("aml.registry_public", Step::Aml, Kind::Flag, "Is your container registry reached without a private endpoint?", "Needs the tag AzureContainerRegistry. Yes where nothing has a private endpoint: submitting jobs needs the registry.", slot!(aml.registry_public)).asked(aml).more().default(without_endpoints),
    optional("aml.hbi", Step::Aml, Kind::Flag, "Was the workspace made with hbi_workspace?", "The Batch key vault is needed as well.", slot!(aml.hbi)).asked(aml).more().default(no),
    optional("aml.python", Step::Aml, Kind::Flag, "Python packages from public indexes?", "Hosts where anyone can publish; needs a firewall that knows names.", slot!(aml.python)).asked(aml).default(no),
    optional("aml.applications", Step::Aml, Kind::Many(AML_APPLICATIONS), "Applications on compute instances", "Each brings hosts or ports of its own; RStudio and custom applications need their image hosts.", slot!(aml.applications)).asked(aml).more(),
    optional("aml.cran", Step::Aml, Kind::Flag, "R packages from CRAN?", "A host where anyone can publish; needs a firewall that knows names. Yes with RStudio or Posit Workbench.", slot!(aml.cran)).asked(aml).more().default(|a| Some(Value::Flag(a.aml.applications.iter().flatten().any(|one| one != "custom")))),
    optional("aml.vscode", Step::Aml, Kind::Many(AML_VSCODE), "Visual Studio Code on compute instances", "The hosts of its server part and its extensions, and ports 8704 to 8710 from users.", slot!(aml.vscode)).asked(aml).more(),
    optional("aml.interactive_jobs", Step::Aml, Kind::Flag, "Visual Studio Code in running jobs of a cluster?", "Two hosts of GitHub, where anyone can publish. A workspace with a private endpoint does not support it (how-to-interactive-jobs).", slot!(aml.interactive_jobs)).asked(aml).more().default(no),
    optional("aml.attached", Step::Aml, Kind::Many(AML_ATTACHED), "Machines of your own attached to the workspace", "The service reaches a virtual machine or HDInsight cluster by SSH from its public addresses: 22 is opened to that machine alone.", slot!(aml.attached)).asked(aml).more(),
    needed("aml.attached_addresses", Step::Aml, Kind::Prefixes, "Addresses of the attached machines", "In a subnet with the role `aml-compute`, which opens to them what other compute may reach.", slot!(aml.attached_addresses)).asked(aml_attached),
    optional("aml.workspace", Step::Aml, Kind::Text, "Name of the workspace", "For the files that make compute and its scripts; a variable of the scripts where it is not given.", slot!(aml.workspace)).asked(aml).more(),
    optional("aml.resource_group", Step::Aml, Kind::Text, "Resource group of the workspace", "Also that of its storage account; a variable of the scripts where it is not given.", slot!(aml.resource_group)).asked(aml).more(),
    optional("aml.vm_size", Step::Aml, Kind::Text, "Size of the compute's machines", "As `az vm list-sizes` names it; must be in the region and within the workspace's quota.", slot!(aml.vm_size)).asked(|a| aml_kind(a, "cluster") || aml_kind(a, "instance")).more().default(|_| word("STANDARD_DS3_v2")),
    optional("aml.max_nodes", Step::Aml, Kind::Number(1, 65_000), "Most nodes of the compute clusters in a subnet", "Every node takes an address of its subnet (secure-training-vnet): the subnet must hold them, the instances, the serverless nodes and five addresses of Azure's.", slot!(aml.max_nodes)).asked(|a| aml_kind(a, "cluster")).more().default(|_| Some(Value::Number(4))),
    optional("aml.instances", Step::Aml, Kind::Number(1, 65_000), "Compute instances in a subnet", "Each takes an address of its subnet, also while it is stopped.", slot!(aml.instances)).asked(|a| aml_kind(a, "instance")).more().default(|_| Some(Value::Number(1))),
    optional("aml.serverless_nodes", Step::Aml, Kind::Number(1, 65_000), "Most serverless nodes at a time", "Each takes an address of the workspace's one subnet for serverless compute.", slot!(aml.serverless_nodes)).asked(|a| aml_kind(a, "serverless")).more().default(|_| Some(Value::Number(4))),
    optional("aml.second_network", Step::Aml, Kind::Text, "Resource id of a second network of the workspace", "Where the workspace's private endpoint and some of its compute are in different networks or regions: a script for peering, zones and a second endpoint is written (secure-training-vnet, different region).", slot!(aml.second_network)).asked(|a| aml(a) && a.aml.private_endpoints != Some(false)).more(),
    optional("aks.network_isolated", Step::Aks, Kind::Flag, "A network isolated cluster?", "The nodes reach nothing outside the network (`--outbound-type none`): images come from a registry of your own, Premium, with a cache rule and a private endpoint. Outbound type `block` exists only for a network that AKS manages itself, where nothing is to be planned (concepts-network-isolated).", slot!(aks.network_isolated)).asked(aks).more().default(no),
    optional("aks.api_server", Step::Aks, Kind::Choice(&[choice("private", "private cluster: an address in the network"), choice("vnet-integration", "in a delegated subnet of this network: say its prefix in `aks.api_server_addresses`"), choice("public", "public API server, reached through the firewall by name")]), "API server", "A public one is one more name to let out.", slot!(aks.api_server)).asked(aks).default(|_| word("private")),
    optional("aks.api_server_addresses", Step::Aks, Kind::Prefixes, "Addresses of the API server", "Public: pods outside kube-system ask it by address, known only once the cluster exists. VNet integration: the prefix of its subnet, which is a /28 at the least and holds nothing else.", slot!(aks.api_server_addresses)).asked(|a| aks(a) && or(&a.aks.api_server, "private") != "private"),
    optional("aks.authorized_ranges", Step::Aks, Kind::Prefixes, "Authorised ranges of the public API server", "Public prefixes that may reach it, at most 200. Nodes come from the address that the firewall or NAT gateway translates to, so that belongs to them (api-server-authorized-ip-ranges).", slot!(aks.authorized_ranges)).asked(|a| aks(a) && or(&a.aks.api_server, "private") == "public").more(),
    optional("aks.egress_addresses", Step::Aks, Kind::Prefixes, "Public addresses of the firewall or NAT gateway", "Only to check that `aks.authorized_ranges` holds every one of them; without it the runbook says how to check.", slot!(aks.egress_addresses)).asked(|a| aks(a) && a.aks.authorized_ranges.is_some()).more(),
    optional("aks.pod_network", Step::Aks, Kind::Choice(&[choice("overlay", "Azure CNI overlay: pods have addresses of their own, which the NSG sees"), choice("node-subnet", "pods have addresses of the nodes' subnet"), choice("pod-subnet", "pods have addresses of a subnet of their own: list it, with the role aks-nodes, beside that of the nodes"), choice("kubenet", "pods have addresses of their own, and AKS writes a route for each node into the subnet's route table")]), "Where do pods get their addresses?", "An NSG that ends in a deny cuts pods whose addresses it does not know. Pods of a pod subnet leave with their own address, so that subnet needs the same way out. Kubenet needs a route table that others keep, has no Windows nodes and at most 400 nodes (configure-kubenet).", slot!(aks.pod_network)).asked(aks).default(|_| word("overlay")),
    needed("aks.pod_addresses", Step::Aks, Kind::Prefixes, "Pod address space", "As given to the cluster (`--pod-cidr`); AKS's own default is 10.244.0.0/16. Outside the network's address space.", slot!(aks.pod_addresses)).asked(|a| aks(a) && ["overlay", "kubenet"].contains(&or(&a.aks.pod_network, "overlay"))),
    optional("aks.azureml", Step::Aks, Kind::Choice(&[choice("none", "not installed"), choice("training", "training jobs and batch inference"), choice("inference", "online endpoints"), choice("both", "training and inference")]), "The Azure Machine Learning extension?", "It brings hosts of its own, and training also public package indexes (how-to-access-azureml-behind-firewall, Kubernetes compute). Only the public cloud's hosts are documented.", slot!(aks.azureml)).asked(aks).default(|_| word("none")),
    optional("aks.azureml_namespaces", Step::Aks, Kind::Texts, "Namespaces of deployed models", "The Kubernetes namespaces that the cluster is attached with: network policies let azureml-fe reach models there.", slot!(aks.azureml_namespaces)).asked(inference).more().default(|_| Some(Value::List(vec!["default".into()]))),
    optional("aks.azureml_fe_label", Step::Aks, Kind::Text, "Label of the azureml-fe pods", "As `key=value`; the default is the one that Microsoft's troubleshooting page selects them by (how-to-troubleshoot-kubernetes-compute). `kubectl get pods -n azureml --show-labels` prints what they really have.", slot!(aks.azureml_fe_label)).asked(inference).more().default(|_| word("azuremlappname=azureml-fe")),
    optional("aks.azureml_identity_label", Step::Aks, Kind::Text, "Label of the amlarc-identity-proxy pods", "As `key=value`. Not documented: read it with `kubectl get pods -n azureml --show-labels` (`ml.azure.com/infra-app=identity-proxy` was seen). Without it, models may reach port 9999 of every pod in the namespace azureml.", slot!(aks.azureml_identity_label)).asked(inference).more(),
    optional("aks.azureml_model_label", Step::Aks, Kind::Text, "Label of the pods of deployed models", "As `key=value`. Not documented: read it with `kubectl get pods -n NAMESPACE --show-labels` once a model is deployed. Without it, no policy is written for the models' namespaces, as it would take in everything else there.", slot!(aks.azureml_model_label)).asked(inference).more(),
    optional("aks.key_vault", Step::Aks, Kind::Flag, "Key Vault provider for the secrets store?", "The host of Key Vault. Istio needs it with a plug-in CA or a secure ingress gateway, application routing with certificates from Key Vault.", slot!(aks.key_vault)).asked(aks).more().default(no),
    optional("aks.private_endpoints", Step::Aks, Kind::Flag, "Does AKS reach registry, storage, Key Vault and workspace by private endpoints?", "Then the rule goes to the subnet of private endpoints, 443, and their public hosts stay closed. Yes where a subnet has that role.", slot!(aks.private_endpoints)).asked(|a| aks_names(a) || aks(a) && isolated(a)).more().default(|a| Some(Value::Flag(aks_endpoints(a)))),
    optional("aks.azureml_workspace", Step::Aks, Kind::Text, "Id of the workspace", "Its GUID, in the portal under Properties. Narrows a host name from every workspace of the region to this one.", slot!(aks.azureml_workspace)).asked(|a| extension(a) && !aks_private(a)).more(),
    optional("aks.azureml_storage", Step::Aks, Kind::Text, "Name of the storage account that AKS jobs use", "Narrows the host name from every storage account to this one.", slot!(aks.azureml_storage)).asked(|a| extension(a) && !aks_private(a)).more().default(|a| a.aml.storage.as_deref().and_then(word)),
    optional("aks.azureml_registry", Step::Aks, Kind::Text, "Name of the registry that AKS jobs use", "Narrows the host names from every registry to this one.", slot!(aks.azureml_registry)).asked(|a| extension(a) && !aks_private(a)).more().default(|a| a.aml.registry.as_deref().and_then(word)),
    optional("aks.key_vault_name", Step::Aks, Kind::Text, "Name of the Key Vault", "Narrows the host name from every vault to this one.", slot!(aks.key_vault_name)).asked(|a| aks(a) && a.aks.key_vault == Some(true) && !aks_private(a)).more(),
    optional("aks.legacy_tunnel", Step::Aks, Kind::Flag, "Ports of the old tunnel (UDP 1194, TCP 9000)?", "Only for clusters without konnectivity; every current public-cloud cluster has it. The tables of the other clouds have no such exemption.", slot!(aks.legacy_tunnel)).asked(aks).more().default(|a| Some(Value::Flag(or(&a.cloud, "AzureCloud") != "AzureCloud" && !isolated(a)))),
    optional("aks.node_os_channel", Step::Aks, Kind::Choice(&[choice("NodeImage", "a new image every week: needs no host of its own"), choice("SecurityPatch", "patches in between: needs snapshot.ubuntu.com"), choice("Unmanaged", "the nodes update themselves from public hosts: see `machines.agents`"), choice("None", "no updates by AKS")]), "Channel of node OS updates", "As `--node-os-upgrade-channel` (auto-upgrade-node-os-image).", slot!(aks.node_os_channel)).asked(aks).more().default(|_| word("NodeImage")),
    optional("aks.gpu", Step::Aks, Kind::Flag, "Nodes with GPUs?", "The hosts of their drivers.", slot!(aks.gpu)).asked(aks).more().default(no),
    optional("aks.monitoring", Step::Aks, Kind::Flag, "Managed Prometheus or Container insights?", "Azure Monitor and its hosts.", slot!(aks.monitoring)).asked(aks).more().default(no),
    optional("aks.policy", Step::Aks, Kind::Flag, "Azure Policy for AKS?", "Its hosts.", slot!(aks.policy)).asked(aks).more().default(no),
    optional("aks.defender", Step::Aks, Kind::Flag, "Defender for Containers?", "Its hosts. Yes where `machines.agents` has Defender.", slot!(aks.defender)).asked(aks).more().default(|a| Some(Value::Flag(!isolated(a) && a.machines.agents.iter().flatten().any(|agent| agent == "defender")))),
    optional("aks.extensions", Step::Aks, Kind::Flag, "Other cluster extensions?", "The hosts of cluster extensions (Flux, Dapr, backup, from the marketplace); the Azure Machine Learning extension brings them by itself.", slot!(aks.extensions)).asked(|a| aks(a) && !extension(a)).more().default(no),
    optional("machines.windows", Step::Machines, Kind::Flag, "Windows machines?", "Under a route 0.0.0.0/0, activation over TCP 1688 no longer works by itself.", slot!(machines.windows)).more().default(no),
    optional("machines.agents", Step::Machines, Kind::Many(AGENTS), "Agents and updates on the machines", "Each brings hosts and service tags of its own.", slot!(machines.agents)).more(),
    optional("machines.directory_servers", Step::Machines, Kind::Prefixes, "Directory servers", "Active Directory or LDAP: DNS, Kerberos, LDAP, SMB and RPC ports to these addresses.", slot!(machines.directory_servers)).more(),
    optional("machines.ntp_servers", Step::Machines, Kind::Prefixes, "Time servers", "None: the host's clock, which needs no rule.", slot!(machines.ntp_servers)).more(),
    optional("requirements", Step::Machines, Kind::Texts, "Files of requirements of your own", "In the catalog's form, beside the answers file. The last deny stops what nobody asked for.", slot!(requirements)).more(),
    optional("outputs", Step::Outputs, Kind::Many(OUTPUTS), "What to write", "One folder per format.", slot!(outputs)).default(|a| {
        let network = ["terraform", "arm", "bicep", "azcli"].map(|format| (true, format));
        let workloads = [(cyclecloud(a), "cyclecloud"), (aml(a), "azureml"), (aks(a), "aks"), (true, "dns")];
        let papers = [(holds_names(a) && !firewall(a), "firewall"), (true, "review"), (true, "handover")];
        let all = network.into_iter().chain(workloads).chain(papers);
        let all = all.filter(|(chosen, _)| *chosen).map(|(_, format)| format.to_string()).collect();
        Some(Value::List(all))
    }),
];
