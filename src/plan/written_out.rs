//! A service tag where it cannot be used: its addresses, written out, and the warning that they grow old.

use super::{Context, Notes};
use ipnet::IpNet;

/// The IPv4 prefixes behind a tag, as few as say the same; none if the data has no such tag or no address for it.
pub(super) fn prefixes(context: &Context, tag: &str) -> Vec<IpNet> {
    context.tags.addresses(tag).map(|addresses| addresses.only_v4().to_prefixes()).unwrap_or_default()
}

/// What to call data that is written out: `20 prefixes of Storage.ChinaEast2 as of 2026-07-20`.
pub(super) fn dated(context: &Context, tag: &str, count: usize) -> String {
    let of =
        context.tags.date().map_or_else(|| format!("in {}", context.tags.source()), |date| format!("as of {date}"));
    let noun = if count == 1 { "prefix" } else { "prefixes" };
    format!("{count} {noun} of {tag} {of}")
}

/// Warns that `place`, which takes no such tag, holds addresses that Microsoft changes.
pub(super) fn warn(context: &Context, tag: &str, place: &str, count: usize, requirement: &str, notes: &mut Notes) {
    let what = format!("{place} takes no service tag {tag} here: {} are written out", dated(context, tag, count));
    let consequence = "Microsoft publishes changes weekly and uses new addresses a week later: generate again with a fresh file (`--service-tags FILE`) every week, or what moves is blocked";
    notes.warn(requirement, what, consequence);
}
