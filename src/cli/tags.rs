//! `netcordon tags`: service tags.

use super::{Answer, Common, input, print};
use crate::catalog::Cloud;
use crate::catalog::tags::snapshot_text;
use crate::problem::Problem;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Arguments of `tags`.
#[derive(Args, Debug)]
pub(super) struct TagsVerb {
    #[command(subcommand)]
    verb: TagsSubcommand,
}

#[derive(Debug, Subcommand)]
enum TagsSubcommand {
    /// Print the prefixes behind a service tag
    Resolve {
        /// The tag, such as `Storage.WestEurope`
        tag: String,
        /// The cloud
        #[arg(long, default_value = "AzureCloud", value_parser = Cloud::ALL.map(Cloud::name))]
        cloud: String,
    },
    /// Print the built-in snapshot's form of one of Microsoft's service tag files
    #[command(hide = true)]
    Snapshot {
        /// The file
        file: PathBuf,
        /// Its date, YYYY-MM-DD
        #[arg(long)]
        date: String,
    },
}

pub(super) fn run(verb: &TagsVerb, common: &Common) -> Result<Answer, Vec<Problem>> {
    match &verb.verb {
        TagsSubcommand::Resolve { tag, cloud } => resolve(tag, cloud, common),
        TagsSubcommand::Snapshot { file, date } => {
            let bytes = input::bytes(file).map_err(|problem| vec![problem])?;
            let text = snapshot_text(&file.display().to_string(), &bytes, date).map_err(|problem| vec![problem])?;
            print::data(&text).map(|()| Answer::Yes)
        }
    }
}

fn resolve(tag: &str, cloud: &str, common: &Common) -> Result<Answer, Vec<Problem>> {
    let cloud = Cloud::parse(cloud).unwrap_or(Cloud::AzureCloud);
    let tag_file = input::tag_file(common)?;
    let tags = crate::environment::tags(tag_file.as_ref(), cloud).map_err(|problem| vec![problem])?;
    let (Some(info), prefixes) = (tags.find(tag), tags.prefixes(tag)) else {
        let hint = match tags.suggestions(tag) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the tags of {} are in {}", cloud, tags.source()),
        };
        return Err(vec![Problem::at("", format!("no service tag `{tag}` in {cloud}"), hint)]);
    };
    let Some(prefixes) = prefixes else {
        let hint = "it stands for addresses that depend on where it is used";
        return Err(vec![Problem::at("", format!("`{}` has no prefixes of its own", info.name), hint)]);
    };
    let places: Vec<&str> = [(info.nsg, "NSG"), (info.firewall, "Azure Firewall"), (info.route, "route")]
        .into_iter()
        .filter_map(|(usable, place)| usable.then_some(place))
        .collect();
    if !common.quiet {
        let addresses = tags.addresses(tag).map_or(0, |set| set.count_v4());
        let places = if places.is_empty() { "nowhere".into() } else { places.join(", ") };
        print::talk(&format!("{}: {addresses} IPv4 addresses; usable in: {places}; {}", info.name, tags.source()));
    }
    let mut text = String::new();
    for prefix in prefixes {
        text.push_str(&format!("{prefix}\n"));
    }
    print::data(&text).map(|()| Answer::Yes)
}
