//! Plan to artifacts. Rust decides, templates spell: a view holds finished values in final order.

mod arm;
mod azcli;
mod azureml;
mod bicep;
mod cyclecloud;
mod dependencies;
mod dns;
mod engine;
mod escape;
mod parts;
mod readme;
mod review;
mod terraform;

use crate::artifact::Artifact;
use crate::catalog::Catalog;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::proof::Proof;
use engine::{Language, Template};
use std::sync::LazyLock;

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
    /// Its path in the output folder; for several files, what to call them in messages.
    path: &'static str,
    /// Whether this plan has it.
    when: fn(&Plan) -> bool,
    /// How it is made.
    source: Source,
}

enum Source {
    /// A template and the view it spells.
    Template { template: Template, view: fn(&Input) -> engine::Value },
    /// A template that spells several files: the path and the view of each.
    Several { template: Template, files: fn(&Input) -> Vec<(String, engine::Value)> },
    /// Serialised, not templated.
    Json(fn(&Input) -> serde_json::Value),
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

fn has_return_proxy(plan: &Plan) -> bool {
    plan.scenarios.iter().any(|scenario| scenario == "return-proxy")
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

macro_rules! several {
    ($format:literal, $path:literal, $when:expr, $name:literal, $language:expr, $files:expr) => {
        Output {
            format: $format,
            path: $path,
            when: $when,
            source: Source::Several {
                template: Template::new($name, include_str!(concat!("../../templates/", $name)), $language),
                files: $files,
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
    template!("cyclecloud", "cyclecloud/return-proxy.txt", has_return_proxy, "cyclecloud/return-proxy.txt.tera", Language::CycleCloud, cyclecloud::view),
    template!("azureml", "azureml/README.md", azureml::is_planned, "azureml/README.md.tera", Language::Markdown, azureml::readme),
    several!("azureml", "azureml/cluster-*.yml", azureml::is_planned, "azureml/cluster.yml.tera", Language::Yaml, azureml::clusters),
    several!("azureml", "azureml/instance-*.yml", azureml::is_planned, "azureml/instance.yml.tera", Language::Yaml, azureml::instances),
    several!("azureml", "azureml/serverless.yml", azureml::is_planned, "azureml/serverless.yml.tera", Language::Yaml, azureml::serverless),
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
    template!("dns", "dns/forwarders.txt", dns::has_zones, "dns/forwarders.txt.tera", Language::Bash, dns::forwarders),
    template!("dns", "dns/zone-links.sh", dns::has_links, "dns/zone-links.sh.tera", Language::Bash, dns::zone_links),
    template!("dns", "dns/check.sh", dns::has_check, "dns/check.sh.tera", Language::Bash, dns::check),
    template!("review", "review/rules.csv", always, "review/rules.csv.tera", Language::Csv, review::view),
]);

/// The artifacts of a plan, in the order of the table.
///
/// Errors: a template that does not render (place: the template, line and column where known).
pub fn render(input: &Input) -> Result<Vec<Artifact>, Vec<Problem>> {
    let mut artifacts = Vec::new();
    let mut problems = Vec::new();
    for output in OUTPUTS.iter() {
        let asked = output.format.is_empty() || input.outputs.iter().any(|format| format == output.format);
        if !asked || !(output.when)(input.plan) {
            continue;
        }
        let written: Vec<(String, Result<String, Problem>)> = match &output.source {
            Source::Json(make) => {
                let text = serde_json::to_string_pretty(&make(input)).map(|text| text + "\n");
                let failed = |error| Problem::in_file(output.path, format!("cannot be serialised: {error}"), "");
                vec![(output.path.into(), text.map_err(failed))]
            }
            Source::Template { template, view } => vec![(output.path.into(), template.render(&view(input)))],
            Source::Several { template, files } => {
                files(input).into_iter().map(|(path, view)| (path, template.render(&view))).collect()
            }
        };
        for (path, text) in written {
            match text {
                Ok(text) => artifacts.push(Artifact { path, bytes: text.into_bytes() }),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if problems.is_empty() { Ok(artifacts) } else { Err(problems) }
}
