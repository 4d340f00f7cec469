//! Scenarios, regions and pages: the small tables beside the requirements.

use super::cloud::Cloud;
use super::requirement::Role;
use crate::problem::did_you_mean;
use crate::yaml::Node;
use std::sync::OnceLock;

/// What is being locked down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// `cyclecloud-vm` and the like.
    pub id: String,
    /// A few words.
    pub title: String,
    /// One line.
    pub summary: String,
    /// The roles that some subnet must have.
    pub roles: Vec<Role>,
    /// The roles that a subnet may have.
    pub optional_roles: Vec<Role>,
    /// The catalog files it needs.
    pub catalog: Vec<String>,
}

/// A region of Azure, in every spelling that rules need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The programmatic name: `francecentral`.
    pub name: String,
    /// Its cloud.
    pub cloud: Cloud,
    /// The suffix of service tags: `FranceCentral`.
    pub tag: String,
    /// The suffix of `AzureCloud`: `centralfrance`.
    pub code: String,
    /// The programmatic name of its pair, if it has one.
    pub pair: Option<String>,
    /// Whether Azure Machine Learning is there as far as pages say; for the public cloud nobody lists where it is not.
    pub azureml: bool,
}

/// A page that requirements cite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What a requirement's source names.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
}

fn texts(node: Option<&Node>) -> Vec<String> {
    let items = node.and_then(Node::items).unwrap_or_default();
    items.iter().filter_map(Node::text).map(String::from).collect()
}

fn rows<T>(file: &str, text: &str, list: &str, row: impl Fn(&Node) -> Option<T>) -> Vec<T> {
    let node = super::embedded(file, text);
    let items = node.as_ref().and_then(|node| node.get(list)).and_then(Node::items).unwrap_or_default();
    items.iter().filter_map(row).collect()
}

fn field(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::text).map(String::from)
}

/// The scenarios, in the order to show them.
pub fn scenarios() -> &'static [Scenario] {
    static ROWS: OnceLock<Vec<Scenario>> = OnceLock::new();
    ROWS.get_or_init(|| {
        rows("scenarios.yaml", include_str!("scenarios.yaml"), "scenarios", |node| {
            let roles = |key| texts(node.get(key)).iter().filter_map(|name| Role::parse(name)).collect();
            Some(Scenario {
                id: field(node, "id")?,
                title: field(node, "title")?,
                summary: field(node, "summary")?,
                roles: roles("roles"),
                optional_roles: roles("optional_roles"),
                catalog: texts(node.get("catalog")),
            })
        })
    })
}

/// The regions of all clouds.
pub fn regions() -> &'static [Region] {
    static ROWS: OnceLock<Vec<Region>> = OnceLock::new();
    ROWS.get_or_init(|| {
        rows("regions.yaml", include_str!("regions.yaml"), "regions", |node| {
            Some(Region {
                name: field(node, "name")?,
                cloud: Cloud::parse(&field(node, "cloud")?)?,
                tag: field(node, "tag")?,
                code: field(node, "code")?,
                pair: field(node, "pair"),
                azureml: field(node, "azureml").is_none_or(|word| word != "not documented"),
            })
        })
    })
}

/// The pages that requirements cite.
pub fn pages() -> &'static [Page] {
    static ROWS: OnceLock<Vec<Page>> = OnceLock::new();
    ROWS.get_or_init(|| {
        rows("pages.yaml", include_str!("pages.yaml"), "pages", |node| {
            Some(Page { key: field(node, "key")?, title: field(node, "title")?, url: field(node, "url")? })
        })
    })
}

/// The region of that name in that cloud, or what to say instead.
pub fn find_region(cloud: Cloud, name: &str) -> Result<&'static Region, String> {
    let here = || regions().iter().filter(|region| region.cloud == cloud);
    if let Some(region) = here().find(|region| region.name == name) {
        return Ok(region);
    }
    if let Some(elsewhere) = regions().iter().find(|region| region.name == name) {
        return Err(format!("that region is in {}; set `cloud` to it, or choose a region of {cloud}", elsewhere.cloud));
    }
    Err(match did_you_mean(name, here().map(|region| region.name.as_str())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "use the programmatic name, as `az account list-locations --query [].name` prints it".into(),
    })
}
