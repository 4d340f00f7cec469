//! What exists in Azure, from any export that an admin can get: the Azure CLI's answers, REST answers, Resource Graph,
//! ARM templates, `terraform show -json`, PowerShell.
//!
//! The shape is recognised and never declared. What cannot be read is named and never guessed: a rule that might be
//! there leaves its NSG with rules of others, so that nothing about it is certain.

mod apart;
mod build;
mod firewall;
mod gather;
mod leftovers;
mod network;
mod nsg;
mod onto;
mod routes;
mod shape;
mod template;
mod terraform;
mod value;

pub use onto::{beside, onto};
pub use value::LARGEST_FILE;

use crate::model::Network;
use crate::problem::{Place, Problem};
use ipnet::IpNet;
use std::collections::BTreeMap;

/// The most documents that one file may hold.
const MOST_DOCUMENTS: usize = 10_000;

/// What exports show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The network as far as it was shown. NSGs and route tables that no shown subnet names stand in it all the same.
    pub network: Network,
    /// The virtual networks that it is made of. Only those that are connected are one: see [`Shown::as_one`].
    pub networks: Vec<VirtualNetwork>,
    /// What is attached to what, from resource ids, even where the subnet itself was not shown.
    pub attached: Vec<Attached>,
    /// Where each thing stands: `nsg/NAME`, `nsg/NAME/RULE`, `routes/TABLE`, `routes/TABLE/ROUTE`,
    /// `firewall/GROUP/COLLECTION/RULE`, `subnet/NAME`. The path of a place is a JSON pointer.
    pub places: BTreeMap<String, Place>,
    /// What Azure would not take and was read all the same.
    pub refused: Vec<Refused>,
    /// What was not used.
    pub ignored: Vec<Ignored>,
}

/// A virtual network as far as it was shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VirtualNetwork {
    /// Its name.
    pub name: String,
    /// Its resource group; empty if the export does not say.
    pub group: String,
    /// Where it stands.
    pub place: Place,
    /// Its address space; empty if subnets of it alone were shown.
    pub space: Vec<IpNet>,
    /// Its subnets, by their names in [`Network::subnets`].
    pub subnets: Vec<String>,
    /// Whether the export lists all of its subnets.
    pub whole: bool,
    /// The shown networks that a peering connects it with, by their places in [`Shown::networks`].
    pub connected: Vec<usize>,
    /// The address space of the networks that it is connected with.
    pub peered: Vec<IpNet>,
}

/// An NSG or a route table, and the subnet or interface that has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attached {
    /// What is attached.
    pub what: Attachment,
    /// Its name: a key of [`Network::nsgs`] or [`Network::route_tables`] if it was shown.
    pub name: String,
    /// What it is attached to.
    pub to: Holder,
}

/// What can be attached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attachment {
    /// A network security group.
    Nsg,
    /// A route table.
    RouteTable,
}

/// What something can be attached to, by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// A subnet of a virtual network.
    Subnet {
        /// The virtual network; empty if the export does not say.
        network: String,
        /// The subnet.
        name: String,
    },
    /// A network interface.
    Interface(String),
}

/// Something that Azure would not take, and that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// What it is about: a key of [`Shown::places`].
    pub key: String,
    /// Where it stands.
    pub place: Place,
    /// What is wrong, in the wording of problems.
    pub what: String,
    /// What to do about it.
    pub hint: String,
}

/// Something that was not used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ignored {
    /// Where it first stands; every place that differs only in the numbers of list items is meant too.
    pub place: Place,
    /// How many more such places there are.
    pub more: usize,
    /// Why it was not used.
    pub why: String,
    /// Whether rules may hide in it, so that the network may be another than was read.
    pub matters: bool,
}

/// Reads exports: name and content of each file. They are read as one network, whatever their order.
///
/// # Errors
///
/// A file that is too large, is not JSON, holds nothing that is known, or shows what cannot be made sense of; two files
/// that show the same thing differently.
pub fn read(files: &[(String, Vec<u8>)]) -> Result<Shown, Vec<Problem>> {
    let mut found = gather::Found::default();
    for (file, bytes) in files {
        match value::documents(file, bytes) {
            Ok(documents) => documents.iter().for_each(|document| shape::document(&mut found, document)),
            Err(problem) => found.problems.push(problem),
        }
    }
    build::build(found)
}
