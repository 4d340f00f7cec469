//! Everything that is open.

use super::firewall::Key;
use super::region::{Region, Work, join};
use super::trace::not_shown;
use super::{Hop, Leg, Place, Simulator, Track};
use crate::model::{AddressSet, Disposition, Services, WayOut};
use std::collections::BTreeSet;

/// What is open, as far as was shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// The open packets. Regions for addresses do not overlap; those for names may.
    pub regions: Vec<OpenRegion>,
    /// Whether the work budget ran out, so that regions are missing.
    pub undecided: bool,
    /// Why more may be open: rules of others, tags and appliances that are not known. Sorted.
    pub assumed: Vec<String>,
}

/// A box of open packets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRegion {
    /// Their sources.
    pub source: AddressSet,
    /// Their destinations.
    pub destination: AddressSet,
    /// Their services.
    pub services: Services,
    /// `Some` if only packets for these host names pass (application rules, names in network rules).
    pub names: Option<Vec<String>>,
    /// The innermost rule that lets them pass: `nsg-x/AllowFoo`, `group/collection/rule` of a firewall.
    pub by: String,
}

impl Simulator<'_> {
    /// Everything that packets from the subnet can reach: through its NSGs, by its routes, through the firewall. The
    /// filters of the destination are not asked, and the platform's own addresses are left out.
    ///
    /// A rule that matches some source ports only counts as open. What only rules that were not shown may open is not in
    /// the regions but in [`Open::assumed`]; what they may close is in the regions.
    pub fn open_outbound(&self, subnet: &str) -> Open {
        self.open_within(subnet, &mut Work::new(), Self::outbound)
    }

    /// Everything that the subnet's NSGs let out, wherever it goes from there.
    pub fn past_nsgs(&self, subnet: &str) -> Open {
        let find = |_: &Self, place: &Place<'_>, work: &mut Work, assumed: &mut BTreeSet<String>| {
            let region = Region::new(place.addresses.clone(), AddressSet::all(), Services::all());
            let leave = |region| place.leave(region, work);
            let tracks = region.into_iter().flat_map(Region::families).flat_map(leave).collect();
            shown(place, tracks, assumed).map(|track| ((None, track.by), track.region)).collect()
        };
        self.open_within(subnet, &mut Work::new(), find)
    }

    /// Everything that the subnet's NSGs let in.
    pub fn open_inbound(&self, subnet: &str) -> Open {
        self.open_within(subnet, &mut Work::new(), Self::inbound)
    }

    fn open_within(
        &self,
        subnet: &str,
        work: &mut Work,
        find: impl Fn(&Self, &Place<'_>, &mut Work, &mut BTreeSet<String>) -> Vec<(Key, Region)>,
    ) -> Open {
        let mut assumed = BTreeSet::new();
        let Some(place) = self.place(subnet) else {
            assumed.insert(format!("there is no subnet `{subnet}`"));
            return Open { regions: Vec::new(), undecided: true, assumed: assumed.into_iter().collect() };
        };
        let regions = find(self, place, work, &mut assumed);
        let regions = join(regions).into_iter().map(|((names, by), region)| OpenRegion {
            source: region.source,
            destination: region.destination,
            services: region.services,
            names,
            by,
        });
        Open { regions: regions.collect(), undecided: work.exhausted, assumed: assumed.into_iter().collect() }
    }

    fn inbound(&self, place: &Place<'_>, work: &mut Work, assumed: &mut BTreeSet<String>) -> Vec<(Key, Region)> {
        let filters = place.inbound.iter().chain(place.cards.iter().map(|card| &card.inbound));
        assumed.extend(filters.filter(|filter| filter.others).map(|filter| filter.not_shown()));
        let region = Region::new(AddressSet::all(), place.addresses.clone(), Services::all());
        let tracks = region.into_iter().flat_map(Region::families).map(Track::new).collect();
        let tracks = place.enter(tracks, None, work);
        shown(place, tracks, assumed).map(|track| ((None, track.by), track.region)).collect()
    }

    fn outbound(&self, place: &Place<'_>, work: &mut Work, assumed: &mut BTreeSet<String>) -> Vec<(Key, Region)> {
        let filters = place.outbound.iter().chain(place.cards.iter().map(|card| &card.outbound));
        assumed.extend(filters.filter(|filter| filter.others).map(|filter| filter.not_shown()));
        assumed.extend(place.routes_assumed.clone());
        let everywhere = self.known.platform.union(&self.known.unroutable).complement();
        let region = Region::new(place.addresses.clone(), everywhere, Services::all());
        let tracks =
            region.into_iter().flat_map(Region::families).flat_map(|region| place.leave(region, work)).collect();
        let tracks: Vec<Track> = shown(place, tracks, assumed).collect();
        let mut found = Vec::new();
        for track in &tracks {
            for (track, leg) in place.route(track, work) {
                found.extend(self.reached(place, track, leg, work, assumed));
            }
        }
        found
    }

    fn reached(
        &self,
        place: &Place<'_>,
        track: Track,
        leg: &Leg,
        work: &mut Work,
        assumed: &mut BTreeSet<String>,
    ) -> Vec<(Key, Region)> {
        match &leg.hop {
            Hop::None => Vec::new(),
            Hop::Unknown(reason) => {
                assumed.insert(reason.clone());
                Vec::new()
            }
            // A way out that was not shown is no filter: what may leave by it counts as open.
            Hop::Internet if place.subnet.way_out == WayOut::None => Vec::new(),
            Hop::Internet => {
                let (outer, _) = track.region.split_destination(&self.known.public);
                outer.map(|region| ((None, track.by), region)).into_iter().collect()
            }
            Hop::ServiceEndpoint | Hop::Gateway | Hop::VirtualNetwork | Hop::Peering | Hop::PrivateEndpoint => {
                let mut found = self.open_by_proxy(&track.region, work, assumed);
                found.push(((None, track.by), track.region));
                found
            }
            Hop::Appliance(address) => match self.walls.iter().find(|wall| wall.address == *address) {
                Some(wall) => {
                    let openings = wall.open(track.region, work);
                    assumed.extend(openings.assumed);
                    openings.regions
                }
                None => {
                    assumed.insert(not_shown(*address));
                    Vec::new()
                }
            },
        }
    }
}

/// The packets that pass as far as was shown; why others may pass goes to `assumed`.
fn shown(place: &Place<'_>, tracks: Vec<Track>, assumed: &mut BTreeSet<String>) -> impl Iterator<Item = Track> {
    let no_nsg = format!("no NSG on {}", place.subnet.name);
    tracks.into_iter().filter_map(move |mut track| {
        if matches!(track.end, Some(Disposition::Denied)) {
            return None;
        }
        if let Some(reason) = track.closed {
            assumed.insert(reason);
            return None;
        }
        if track.by.is_empty() {
            track.by.clone_from(&no_nsg);
        }
        Some(track)
    })
}
