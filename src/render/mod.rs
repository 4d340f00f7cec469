//! Plan to artifacts. Rust decides, templates spell: a view holds finished values in final order.

mod aks;
mod arm;
mod azcli;
mod azureml;
mod bicep;
mod board;
mod bounded;
mod cyclecloud;
mod dependencies;
mod dns;
mod engine;
mod escape;
mod firewall;
mod handover;
mod parts;
mod readme;
pub mod report;
mod review;
pub mod templates;
mod terraform;

use crate::artifact::Artifact;
use crate::catalog::Catalog;
use crate::parallel::in_parallel;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::proof::Proof;
use bounded::Bounded;
use engine::{Language, Template};
pub use readme::{Arrow, arrows};
use std::io::Write as _;
use std::sync::LazyLock;
use templates::Templates;

/// The most that the rendered files of one folder may hold together, in bytes.
pub const LARGEST_OUTPUT: usize = 16 << 20;

/// What rendering works with.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The requirements behind it.
    pub catalog: &'a Catalog,
    /// What the plan's own check found.
    pub proof: &'a Proof,
    /// The service tag data it was planned with, for people: file and change number.
    pub tags_source: &'a str,
    /// The formats to write.
    pub outputs: &'a [String],
}

/// A file that can be written.
struct Output {
    /// The format that asks for it; empty for a file that is always written.
    format: &'static str,
    /// Its path in the output folder; for several files of one template, theirs.
    path: &'static str,
    /// Whether this plan has it.
    when: fn(&Plan) -> bool,
    /// How it is made.
    source: Source,
}

enum Source {
    /// A template and the view it spells.
    Template { template: Template, view: fn(&Input) -> engine::Value },
    /// Serialised, not templated.
    Json(fn(&Input) -> serde_json::Value),
    /// Several files of one template in the folder `path`, each with its path and its view.
    Each { template: Template, views: fn(&Input) -> Vec<(String, engine::Value)> },
}

impl Source {
    /// The template that it is made from, if one is.
    fn template(&self) -> Option<&Template> {
        match self {
            Source::Template { template, .. } | Source::Each { template, .. } => Some(template),
            Source::Json(_) => None,
        }
    }
}

fn always(_: &Plan) -> bool {
    true
}

fn has_firewall(plan: &Plan) -> bool {
    plan.firewall.is_some()
}

fn has_aks(plan: &Plan) -> bool {
    plan.scenarios.iter().any(|scenario| scenario == "aks")
}

fn has_appliance(plan: &Plan) -> bool {
    plan.appliance.is_some()
}

/// Something holds names and addresses for these subnets.
fn has_lists(plan: &Plan) -> bool {
    has_firewall(plan) || has_appliance(plan)
}

fn has_cluster(plan: &Plan) -> bool {
    plan.cluster.is_some()
}

fn has_extension(plan: &Plan) -> bool {
    plan.cluster.as_ref().is_some_and(|cluster| cluster.extension.is_some())
}

macro_rules! template {
    ($format:literal, $path:literal, $when:expr, $name:literal, $language:expr, $view:expr) => {
        Output {
            format: $format,
            path: $path,
            when: $when,
            source: Source::Template {
                template: Template::new($name, include_str!(concat!("../../templates/", $name)), $language),
                view: $view,
            },
        }
    };
}

/// The table of files: adding an output is a template and a row.
#[rustfmt::skip]
static OUTPUTS: LazyLock<Vec<Output>> = LazyLock::new(|| vec![
    template!("", "README.md", always, "readme/README.md.tera", Language::Markdown, readme::view),
    template!("terraform", "terraform/spoke/versions.tf", always, "terraform/spoke/versions.tf.tera", Language::Hcl, terraform::view),
    template!("terraform", "terraform/spoke/variables.tf", always, "terraform/spoke/variables.tf.tera", Language::Hcl, terraform::view),
    template!("terraform", "terraform/spoke/main.tf", always, "terraform/spoke/main.tf.tera", Language::Hcl, terraform::view),
    template!("terraform", "terraform/spoke/rules.tf", always, "terraform/spoke/rules.tf.tera", Language::Hcl, terraform::rules),
    template!("terraform", "terraform/spoke/outputs.tf", always, "terraform/spoke/outputs.tf.tera", Language::Hcl, terraform::view),
    template!("terraform", "terraform/hub/versions.tf", has_firewall, "terraform/hub/versions.tf.tera", Language::Hcl, terraform::view),
    template!("terraform", "terraform/hub/variables.tf", has_firewall, "terraform/hub/variables.tf.tera", Language::Hcl, terraform::view),
    template!("terraform", "terraform/hub/main.tf", has_firewall, "terraform/hub/main.tf.tera", Language::Hcl, parts::hub),
    template!("terraform", "terraform/root-example/main.tf", always, "terraform/root-example/main.tf.tera", Language::Hcl, terraform::view),
    Output { format: "arm", path: "arm/spoke.json", when: always, source: Source::Json(arm::spoke) },
    Output { format: "arm", path: "arm/hub.json", when: has_firewall, source: Source::Json(arm::hub) },
    template!("bicep", "bicep/spoke.bicep", always, "bicep/spoke.bicep.tera", Language::Bicep, bicep::spoke),
    template!("bicep", "bicep/spoke.bicepparam", always, "bicep/spoke.bicepparam.tera", Language::Bicep, bicep::spoke),
    template!("bicep", "bicep/hub.bicep", has_firewall, "bicep/hub.bicep.tera", Language::Bicep, bicep::hub),
    template!("bicep", "bicep/hub.bicepparam", has_firewall, "bicep/hub.bicepparam.tera", Language::Bicep, bicep::hub),
    template!("azcli", "azcli/apply.sh", always, "azcli/apply.sh.tera", Language::Bash, azcli::spoke),
    template!("azcli", "azcli/hub.sh", has_firewall, "azcli/hub.sh.tera", Language::Bash, azcli::hub),
    template!("firewall", "firewall/README.md", has_lists, "firewall/README.md.tera", Language::Markdown, firewall::view),
    template!("firewall", "firewall/rules.csv", has_lists, "firewall/rules.csv.tera", Language::Csv, firewall::table),
    Output { format: "firewall", path: "firewall/rules.json", when: has_lists, source: Source::Json(firewall::json) },
    Output { format: "firewall", path: "firewall/lists", when: has_lists, source: Source::Each { template: Template::new("firewall/list.txt.tera", include_str!("../../templates/firewall/list.txt.tera"), Language::Words), views: firewall::lists } },
    template!("firewall", "firewall/squid.conf", has_appliance, "firewall/squid.conf.tera", Language::Words, firewall::squid),
    template!("cyclecloud", "cyclecloud/README.md", cyclecloud::planned, "cyclecloud/README.md.tera", Language::Markdown, cyclecloud::readme),
    template!("cyclecloud", "cyclecloud/corporate-firewall.csv", cyclecloud::has_server_elsewhere, "cyclecloud/corporate-firewall.csv.tera", Language::Csv, cyclecloud::company_list),
    template!("cyclecloud", "cyclecloud/corporate-firewall.md", cyclecloud::has_server_elsewhere, "cyclecloud/corporate-firewall.md.tera", Language::Markdown, cyclecloud::company_page),
    template!("cyclecloud", "cyclecloud/web-proxy-server.sh", cyclecloud::has_web_proxy, "cyclecloud/web-proxy-server.sh.tera", Language::Bash, cyclecloud::web_proxy_server),
    template!("cyclecloud", "cyclecloud/staging/server.sh", cyclecloud::has_staging, "cyclecloud/staging/server.sh.tera", Language::Bash, cyclecloud::server),
    template!("cyclecloud", "cyclecloud/staging/connected.sh", cyclecloud::has_staging, "cyclecloud/staging/connected.sh.tera", Language::Bash, cyclecloud::connected),
    template!("cyclecloud", "cyclecloud/github-opening.sh", cyclecloud::has_opening, "cyclecloud/github-opening.sh.tera", Language::Bash, cyclecloud::opening),
    template!("cyclecloud", "cyclecloud/direct.txt", cyclecloud::has_direct, "cyclecloud/direct.txt.tera", Language::CycleCloud, cyclecloud::direct),
    Output { format: "cyclecloud", path: "cyclecloud/direct.json", when: cyclecloud::has_direct, source: Source::Json(cyclecloud::direct_parameters) },
    template!("cyclecloud", "cyclecloud/return-proxy.txt", cyclecloud::has_return_proxy, "cyclecloud/return-proxy.txt.tera", Language::CycleCloud, cyclecloud::return_proxy),
    Output { format: "cyclecloud", path: "cyclecloud/return-proxy.json", when: cyclecloud::has_return_proxy, source: Source::Json(cyclecloud::return_proxy_parameters) },
    template!("cyclecloud", "cyclecloud/cloud-init.txt", cyclecloud::has_cloud_init, "cyclecloud/cloud-init.txt.tera", Language::CycleCloud, cyclecloud::cloud_init),
    template!("cyclecloud", "cyclecloud/custom-image.txt", cyclecloud::has_image, "cyclecloud/custom-image.txt.tera", Language::CycleCloud, cyclecloud::custom_image),
    template!("cyclecloud", "cyclecloud/storage-project.txt", cyclecloud::has_project, "cyclecloud/storage-project.txt.tera", Language::CycleCloud, cyclecloud::storage_project),
    template!("aks", "aks/README.md", has_cluster, "aks/README.md.tera", Language::Markdown, aks::readme),
    template!("aks", "aks/install-extension.sh", has_extension, "aks/install-extension.sh.tera", Language::Bash, aks::install),
    template!("aks", "aks/network-policies.yaml", has_extension, "aks/network-policies.yaml.tera", Language::Yaml, aks::network_policies),
    template!("aks", "aks/apply-network-policies.sh", has_extension, "aks/apply-network-policies.sh.tera", Language::Bash, aks::apply),
    template!("handover", "handover/firewall.md", has_lists, "handover/page.md.tera", Language::Markdown, handover::firewall_page),
    template!("handover", "handover/firewall.csv", has_lists, "handover/table.csv.tera", Language::Csv, handover::firewall_table),
    template!("handover", "handover/network.md", handover::has_network, "handover/page.md.tera", Language::Markdown, handover::network_page),
    template!("handover", "handover/network.csv", handover::has_network, "handover/table.csv.tera", Language::Csv, handover::network_table),
    template!("handover", "handover/dns.md", handover::has_dns, "handover/page.md.tera", Language::Markdown, handover::dns_page),
    template!("handover", "handover/dns.csv", handover::has_dns, "handover/table.csv.tera", Language::Csv, handover::dns_table),
    template!("handover", "handover/on-premises.md", handover::has_on_premises, "handover/page.md.tera", Language::Markdown, handover::on_premises_page),
    template!("handover", "handover/on-premises.csv", handover::has_on_premises, "handover/table.csv.tera", Language::Csv, handover::on_premises_table),
    template!("review", "review/board.md", always, "review/board.md.tera", Language::Markdown, board::view),
    template!("azureml", "azureml/README.md", azureml::is_planned, "azureml/README.md.tera", Language::Markdown, azureml::readme),
    Output { format: "azureml", path: "azureml/cluster-*.yml", when: azureml::is_planned, source: Source::Each { template: Template::new("azureml/cluster.yml.tera", include_str!("../../templates/azureml/cluster.yml.tera"), Language::Yaml), views: azureml::clusters } },
    Output { format: "azureml", path: "azureml/instance-*.yml", when: azureml::is_planned, source: Source::Each { template: Template::new("azureml/instance.yml.tera", include_str!("../../templates/azureml/instance.yml.tera"), Language::Yaml), views: azureml::instances } },
    Output { format: "azureml", path: "azureml/serverless.yml", when: azureml::is_planned, source: Source::Each { template: Template::new("azureml/serverless.yml.tera", include_str!("../../templates/azureml/serverless.yml.tera"), Language::Yaml), views: azureml::serverless } },
    template!("azureml", "azureml/apply.sh", azureml::is_planned, "azureml/apply.sh.tera", Language::Bash, azureml::apply),
    Output { format: "azureml", path: "azureml/role.json", when: azureml::is_planned, source: Source::Json(azureml::role) },
    Output { format: "azureml", path: "azureml/service-endpoint-policy/template.json", when: azureml::has_endpoint_policy, source: Source::Json(azureml::endpoint_policy_template) },
    template!("azureml", "azureml/service-endpoint-policy/main.bicep", azureml::has_endpoint_policy, "azureml/service-endpoint-policy/main.bicep.tera", Language::Bicep, azureml::endpoint_policy),
    template!("azureml", "azureml/service-endpoint-policy/main.tf", azureml::has_endpoint_policy, "azureml/service-endpoint-policy/main.tf.tera", Language::Hcl, azureml::endpoint_policy),
    template!("azureml", "azureml/second-network.sh", azureml::has_second_network, "azureml/second-network.sh.tera", Language::Bash, azureml::second_network),
    template!("azureml", "azureml/dependencies.sh", azureml::is_planned, "dependencies/dependencies.sh.tera", Language::Bash, dependencies::azureml),
    template!("aks", "aks/dependencies.sh", has_aks, "dependencies/dependencies.sh.tera", Language::Bash, dependencies::aks),
    template!("dns", "dns/README.md", dns::has_zones, "dns/README.md.tera", Language::Markdown, dns::readme),
    template!("dns", "dns/forwarders.csv", dns::has_zones, "dns/forwarders.csv.tera", Language::Csv, dns::forwarders),
    template!("dns", "dns/forwarders.txt", dns::has_zones, "dns/forwarders.txt.tera", Language::Words, dns::forwarders),
    template!("dns", "dns/zone-links.sh", dns::has_links, "dns/zone-links.sh.tera", Language::Bash, dns::zone_links),
    template!("dns", "dns/check.sh", dns::has_check, "dns/check.sh.tera", Language::Bash, dns::check),
    Output { format: "review", path: "review/proof.json", when: always, source: Source::Json(report::proof_json) },
    template!("review", "review/rules.csv", always, "review/rules.csv.tera", Language::Csv, review::view),
]);

/// The artifacts of a plan, in the order of the table, from the templates that ship with the program.
///
/// Errors: those of [`render_from`].
pub fn render(input: &Input) -> Result<Vec<Artifact>, Vec<Problem>> {
    render_from(input, Templates::embedded())
}

/// The artifacts of a plan, in the order of the table.
///
/// Every format writes the plan [as it is written](Plan::written): what is left out is left out of all of them.
///
/// Errors: a template that does not render (place: its file, line and column), and more than [`LARGEST_OUTPUT`].
pub fn render_from(input: &Input, templates: &Templates) -> Result<Vec<Artifact>, Vec<Problem>> {
    let written = input.plan.written();
    let input = &Input { plan: &written, ..*input };
    let is_asked = |output: &&Output| {
        let asked = output.format.is_empty() || input.outputs.iter().any(|format| format == output.format);
        asked && (output.when)(input.plan)
    };
    let rendered = in_parallel(OUTPUTS.iter().filter(is_asked).collect(), |output| output.render(input, templates));
    let mut artifacts = Vec::new();
    let mut problems = Vec::new();
    let mut room = LARGEST_OUTPUT;
    for Rendered { path, from, out, made } in rendered.into_iter().flatten() {
        let is_full = out.is_full();
        let bytes = out.into_bytes();
        if is_full || bytes.len() > room {
            let what = format!("with `{path}` the folder would hold more than {} MiB", LARGEST_OUTPUT >> 20);
            let hint = "look for a loop that writes more than it should";
            problems.push(Problem::in_file(from.unwrap_or(&path), what, hint));
            return Err(problems);
        }
        problems.extend(made.err().into_iter().flatten());
        room -= bytes.len();
        artifacts.push(Artifact { path, bytes });
    }
    if problems.is_empty() { Ok(artifacts) } else { Err(problems) }
}

/// A file as it was rendered.
struct Rendered<'t> {
    path: String,
    /// The template it was made from, as the user knows it.
    from: Option<&'t str>,
    out: Bounded,
    made: Result<(), Vec<Problem>>,
}

impl Output {
    /// Its file or files. None holds more than [`LARGEST_OUTPUT`].
    fn render<'t>(&'t self, input: &Input, templates: &'t Templates) -> Vec<Rendered<'t>> {
        let spelt = |template: &'t Template, path: String, view: engine::Value| {
            let mut out = Bounded::new(LARGEST_OUTPUT);
            let made = templates.render(template, &view, &mut out);
            Rendered { path, from: Some(templates.file(template)), out, made }
        };
        match &self.source {
            Source::Json(make) => {
                let mut out = Bounded::new(LARGEST_OUTPUT);
                let made = json(make(input), self.path, &mut out);
                vec![Rendered { path: self.path.into(), from: None, out, made }]
            }
            Source::Template { template, view } => vec![spelt(template, self.path.into(), view(input))],
            Source::Each { template, views } => {
                views(input).into_iter().map(|(path, view)| spelt(template, path, view)).collect()
            }
        }
    }
}

fn json(value: serde_json::Value, path: &str, out: &mut Bounded) -> Result<(), Vec<Problem>> {
    let written = serde_json::to_writer_pretty(&mut *out, &value).map_err(|error| error.to_string());
    written
        .and_then(|()| out.write_all(b"\n").map_err(|error| error.to_string()))
        .map_err(|error| vec![Problem::in_file(path, format!("cannot be serialised: {error}"), "")])
}

/// Text for a list item or a table cell of Markdown: nothing in it is markup, apart from code between backticks.
pub fn in_markdown(text: &str) -> String {
    let mut escaped = Vec::new();
    // Writing to memory does not fail.
    let _ = escape::markdown(text, &mut escaped);
    String::from_utf8_lossy(&escaped).into_owned()
}
