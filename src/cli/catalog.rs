//! `netcordon catalog`: requirements, all or one.

use super::{Answer, Common, explain, print};
use crate::catalog::{Catalog, Need};
use crate::problem::Problem;
use clap::Args;

/// Arguments of `catalog`.
#[derive(Args, Debug)]
pub(super) struct CatalogVerb {
    /// A requirement's id, or the start of some
    #[arg(value_name = "ID")]
    id: Option<String>,
}

pub(super) fn run(verb: &CatalogVerb, common: &Common) -> Result<Answer, Vec<Problem>> {
    let catalog = Catalog::everything(&explain::own(common)?)?;
    let start = verb.id.as_deref().unwrap_or("");
    if let Some(row) = catalog.get(start) {
        return print::data(&explain::requirement(row)).map(|()| Answer::Yes);
    }
    let mut text = String::new();
    for row in catalog.requirements().iter().filter(|row| row.id.starts_with(start)) {
        let need = if row.need == Need::Required { "required" } else { "optional" };
        text.push_str(&format!("{}, {need}\n", row.id));
        let what = format!("{}: {}", row.services(), row.why);
        text.push_str(&format!("    {}\n", print::wrap(&what, print::width().saturating_sub(4)).join("\n    ")));
    }
    if text.is_empty() {
        let hint = match catalog.nearest(start) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`netcordon catalog` lists the ids".into(),
        };
        return Err(vec![Problem::at("", format!("no requirement starts with `{start}`"), hint)]);
    }
    print::data(&text).map(|()| Answer::Yes)
}
