//! The command line: arguments, one short file per verb, and the only place that prints and exits.

mod audit;
mod catalog;
mod dependencies;
mod diff;
mod explain;
mod flow;
mod generate;
mod input;
mod networks;
mod plan;
mod print;
mod prove;
mod questions;
mod sources;
mod tags;
mod templates;
mod wizard;

pub use wizard::Wizard;

use crate::catalog::Cloud;
use crate::problem::Problem;
use clap::{Args, CommandFactory, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Plans, writes and proves the network rules of locked-down Azure CycleCloud, Azure Machine Learning and AKS
#[derive(Debug, Parser)]
#[command(name = "netcordon", version, max_term_width = 100)]
#[command(after_help = "Without a command: the wizard, which asks for everything and writes the folder.\n\
    Exit codes: 0 done; 1 done, and the answer is no (drift, a missing answer, a difference, findings); \
    2 cannot (usage, input, I/O); 130 cancelled.\n\
    netcordon uses no network, needs no credentials and runs nothing on your behalf.")]
struct Cli {
    /// The wizard line by line instead of on the full screen
    #[arg(long)]
    plain: bool,
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// Options that every verb takes.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Options of every verb")]
struct Common {
    /// Use this service tag file (download, REST or CLI answer) instead of the built-in snapshot
    #[arg(long, global = true, value_name = "FILE")]
    service_tags: Option<PathBuf>,
    /// Add a file of requirements of your own, in the catalog's form
    #[arg(long = "requirements", global = true, value_name = "FILE")]
    requirements: Vec<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", value_parser = ["auto", "always", "never"])]
    color: String,
    /// Say nothing on standard error but problems
    #[arg(long, short, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Ask for everything, show what follows from each answer, write the folder
    Wizard(wizard::WizardVerb),
    /// Write the folder: rules, firewall rules, routes, runbook
    Generate(generate::Generate),
    /// Show the rules as a table, each with its reason
    Plan(plan::PlanVerb),
    /// Trace every required flow through the written files, and say what is open beyond them
    Prove(prove::Prove),
    /// Judge what exists in Azure: missing, too broad, obsolete, dead rules, with the smallest fix
    Audit(audit::AuditVerb),
    /// Say why a requirement or a rule exists, with its source
    Explain(explain::Explain),
    /// Follow one flow hop by hop, with every rule that is looked at
    Flow(flow::FlowVerb),
    /// Say what a change newly allows and newly denies, in flows, not lines
    Diff(diff::DiffVerb),
    /// List every question of the answers file
    Questions(questions::Questions),
    /// List requirements, or show one
    Catalog(catalog::CatalogVerb),
    /// Compare what a live workspace or cluster says it must reach with the plan
    Dependencies(dependencies::DependenciesVerb),
    /// Service tags: what is behind one
    Tags(tags::TagsVerb),
    /// Templates of the written files: eject, list
    Templates(templates::TemplatesVerb),
    /// Print the completion script of a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// The cloud of that name.
fn cloud(name: &str) -> Result<Cloud, Vec<Problem>> {
    Cloud::parse(name).ok_or_else(|| {
        let hint = "AzureCloud, AzureUSGovernment or AzureChinaCloud";
        vec![Problem::at("--cloud", format!("`{name}` is no cloud"), hint)]
    })
}

/// How a verb ends when it does not fail.
enum Answer {
    /// Done.
    Yes,
    /// Done, and the answer is no.
    No,
    /// Not done, or in part only; the verb has said why.
    Stopped,
    /// The user left.
    Cancelled,
}

/// Runs the program and says how it ended.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are data; a usage error is talk.
            let asked = !error.use_stderr();
            let _ = error.print();
            return ExitCode::from(if asked { 0 } else { 2 });
        }
    };
    print::colour(&cli.common.color);
    let result = match &cli.verb {
        None => wizard::run(&wizard::WizardVerb::without_file(cli.plain), &cli.common),
        Some(_) if cli.plain => {
            let hint = "write it behind `wizard`, or leave the verb out";
            Err(vec![Problem::at("--plain", "only the wizard asks line by line", hint)])
        }
        Some(verb) => run_verb(verb, &cli.common),
    };
    match result {
        Ok(Answer::Yes) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Ok(Answer::Stopped) => ExitCode::from(2),
        Ok(Answer::Cancelled) => ExitCode::from(130),
        Err(problems) => {
            print::problems(&problems, "nothing was written");
            ExitCode::from(2)
        }
    }
}

fn run_verb(verb: &Verb, common: &Common) -> Result<Answer, Vec<Problem>> {
    match verb {
        Verb::Wizard(verb) => wizard::run(verb, common),
        Verb::Generate(verb) => generate::run(verb, common),
        Verb::Plan(verb) => plan::run(verb, common),
        Verb::Prove(verb) => prove::run(verb, common),
        Verb::Audit(verb) => audit::run(verb, common),
        Verb::Explain(verb) => explain::run(verb, common),
        Verb::Flow(verb) => flow::run(verb, common),
        Verb::Diff(verb) => diff::run(verb, common),
        Verb::Questions(verb) => questions::run(verb),
        Verb::Catalog(verb) => catalog::run(verb, common),
        Verb::Dependencies(verb) => dependencies::run(verb, common),
        Verb::Tags(verb) => tags::run(verb, common),
        Verb::Templates(verb) => templates::run(verb, common),
        Verb::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "netcordon", &mut script);
            print::data(&String::from_utf8_lossy(&script)).map(|()| Answer::Yes)
        }
        Verb::Man => {
            let mut page = Vec::new();
            // Writing to memory does not fail.
            let _ = clap_mangen::Man::new(Cli::command()).render(&mut page);
            print::data(&String::from_utf8_lossy(&page)).map(|()| Answer::Yes)
        }
    }
}
