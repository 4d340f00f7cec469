//! One flow, hop by hop.

use super::firewall::Pattern;
use super::region::{Region, Work, join};
use super::sides::private;
use super::{Hop, Leg, Place, Simulator, Track};
use crate::model::{AddressSet, Disposition, Flow, Part, Step, Trace, WayOut};
use std::net::IpAddr;

/// What a trace says where a firewall puts its own address in place of the source.
pub(super) const SOURCE_BECOMES: &str = "the source becomes ";

/// How packets came to the destination's subnet, as the reply has to match it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Came {
    /// Straight from another subnet.
    Directly,
    /// Through the firewall at this address, with their own source.
    Through(IpAddr),
    /// Through a firewall that put its own address in their place, so that the reply finds its way back.
    Replaced,
    /// From outside the shown subnets.
    FromOutside,
}

impl Simulator<'_> {
    /// What becomes of every packet of the flow.
    ///
    /// Promises disjoint parts that together are all packets of the flow, unless [`Trace::undecided`]; no packet goes
    /// from IPv4 to IPv6. Replies need no rule of their
    /// own, as NSGs and firewalls are stateful, but they do need a way back through the same firewall.
    pub fn trace(&self, flow: &Flow) -> Trace {
        self.trace_within(flow, &mut Work::new())
    }

    pub(super) fn trace_within(&self, flow: &Flow, work: &mut Work) -> Trace {
        let name = flow.name.as_deref().map(Pattern::new);
        let name = name.as_ref();
        let mut tracks = Vec::new();
        let all = Region::new(flow.source.clone(), flow.destination.clone(), flow.services.clone());
        for region in all.into_iter().flat_map(Region::families) {
            let mut rest = Some(region);
            for place in &self.places {
                let Some(region) = rest.take() else { break };
                let (own, others) = region.split_source(&place.addresses);
                rest = others;
                let Some(own) = own else { continue };
                let (asked, direct) = self.split_asked(place, own, name);
                tracks.extend(asked.into_iter().flat_map(|own| self.ask_proxy(place, own, name, work)));
                tracks.extend(direct.into_iter().flat_map(|own| self.depart(place, own, name, work)));
            }
            if let Some(outside) = rest {
                tracks.extend(self.arrive(Track::new(outside), Came::FromOutside, work));
            }
        }
        let ended = tracks.into_iter().filter_map(|track| Some(((track.steps, track.end?), track.region)));
        let parts = join(ended.collect()).into_iter().map(|((steps, disposition), region)| Part {
            flow: Flow {
                source: region.source,
                destination: region.destination,
                name: flow.name.clone(),
                services: region.services,
            },
            steps,
            disposition,
        });
        Trace { parts: parts.collect(), undecided: work.exhausted }
    }

    pub(super) fn depart(
        &self,
        place: &Place<'_>,
        region: Region,
        name: Option<&Pattern>,
        work: &mut Work,
    ) -> Vec<Track> {
        let mut done = Vec::new();
        for track in place.leave(region, work) {
            if track.end.is_some() {
                done.push(track);
                continue;
            }
            // The host answers these itself: no route sees them.
            let (to_host, rest) = track.region.clone().split_destination(&self.known.platform);
            if let Some(region) = to_host {
                let mut track = track.with(region);
                track.step("platform".into(), "the host's own addresses are not routed", true);
                done.push(track.ended(Disposition::Delivered));
            }
            let Some(rest) = rest else { continue };
            let (lost, rest) = rest.split_destination(&self.known.unroutable);
            if let Some(region) = lost {
                let mut track = track.with(region);
                track.step("platform".into(), "loopback, link-local, multicast and reserved addresses", false);
                done.push(track.ended(Disposition::Dropped));
            }
            let Some(rest) = rest else { continue };
            for (mut track, leg) in place.route(&track.with(rest), work) {
                if let Some(reason) = &place.routes_assumed {
                    track.assume(reason);
                }
                let passed = leg.hop != Hop::None;
                track.step(place.routes_at(), leg.route.as_str(), passed);
                done.extend(self.follow(place, track, leg, name, work));
            }
        }
        done
    }

    /// Packets along one leg.
    fn follow(
        &self,
        place: &Place<'_>,
        track: Track,
        leg: &Leg,
        name: Option<&Pattern>,
        work: &mut Work,
    ) -> Vec<Track> {
        match &leg.hop {
            Hop::None => vec![track.ended(Disposition::Dropped)],
            Hop::Unknown(reason) => vec![track.ended(Disposition::Assumed(reason.clone()))],
            Hop::ServiceEndpoint => vec![track.ended(Disposition::Delivered)],
            Hop::Gateway => vec![beyond(track, "gateway", "what is behind the gateway was not shown")],
            Hop::Internet => to_internet(place, track, &self.known.public),
            Hop::VirtualNetwork | Hop::Peering | Hop::PrivateEndpoint => self.arrive(track, Came::Directly, work),
            Hop::Appliance(address) => self.at_appliance(track, *address, name, work),
        }
    }

    fn at_appliance(&self, track: Track, address: IpAddr, name: Option<&Pattern>, work: &mut Work) -> Vec<Track> {
        let Some(wall) = self.walls.iter().find(|wall| wall.address == address) else {
            return vec![track.ended(Disposition::Assumed(not_shown(address)))];
        };
        let at = &wall.at;
        let mut done = Vec::new();
        for outcome in wall.judge(track.region.clone(), name, work) {
            let mut track = track.with(outcome.region).filtered(at.clone(), outcome.rule, outcome.passes);
            if track.end.is_some() {
                done.push(track);
                continue;
            }
            if let Some(others) = wall.not_shown() {
                track.step(at.clone(), others, true);
            }
            if let Some(reason) = &wall.unread {
                track.assume(reason);
            }
            let (inside, outside) = track.region.clone().split_destination(&self.space.inside);
            done.extend(outside.map(|region| track.with(region).ended(Disposition::Delivered)));
            let Some(inside) = inside else { continue };
            let mut track = track.with(inside);
            if !outcome.source_replaced {
                done.extend(self.arrive(track, Came::Through(address), work));
                continue;
            }
            track.step(at.clone(), format!("{SOURCE_BECOMES}{address}"), true);
            done.extend(self.arrive_from(track, Came::Replaced, Some(address), work));
        }
        done
    }

    fn arrive(&self, track: Track, came: Came, work: &mut Work) -> Vec<Track> {
        self.arrive_from(track, came, None, work)
    }

    /// Packets at the subnets of their destinations; `source` is set where a firewall replaced theirs.
    fn arrive_from(&self, track: Track, came: Came, source: Option<IpAddr>, work: &mut Work) -> Vec<Track> {
        let source = source.map(|address| AddressSet::from_iter([address.into()]));
        let mut done = Vec::new();
        let mut rest = Some(track.region.clone());
        for place in &self.places {
            let Some(region) = rest.take() else { break };
            let (here, others) = region.split_destination(&place.addresses);
            rest = others;
            let Some(here) = here else { continue };
            for track in place.enter(vec![track.with(here)], source.as_ref(), work) {
                if track.end.is_some() {
                    done.push(track);
                } else {
                    done.extend(self.reply(place, track, came, work));
                }
            }
        }
        let Some(rest) = rest else { return done };
        let (known, strange) = rest.split_destination(&self.space.inside);
        if let Some(region) = known {
            let text = "filters outside the shown subnets are not known";
            done.push(match came {
                Came::FromOutside => neither(track.with(region)),
                _ => beyond(track.with(region), "destination", text),
            });
        }
        if let Some(region) = strange {
            done.push(match came {
                Came::FromOutside => neither(track.with(region)),
                _ => {
                    let reason = "the route leads into the virtual network, which has no such address as far as shown";
                    track.with(region).ended(Disposition::Assumed(reason.into()))
                }
            });
        }
        done
    }

    /// Packets from outside the shown subnets whose sources are no public ones: on-premises space, and private space of which
    /// nobody said where it is. A route to nowhere drops the replies, unless it is Azure's own for space that nobody spoke
    /// of; whether a firewall that they are sent to saw the request is not shown.
    fn reply_on_premises(&self, place: &Place<'_>, track: Track, work: &mut Work) -> Vec<Track> {
        let on_premises = self.space.inside.difference(&self.space.virtual_networks);
        let elsewhere = private().difference(&self.space.inside);
        let (mut rest, mut done) = (Some(track.region.clone()), Vec::new());
        for (sources, is_known) in [(on_premises, true), (elsewhere, false)] {
            let Some(region) = rest.take() else { break };
            let (judged, others) = region.split_source(&sources);
            rest = others;
            let Some(judged) = judged else { continue };
            for leg in place.legs.iter().take_while(|_| work.spend(1)) {
                let (Some(region), _) = judged.clone().split_source(&leg.destination) else { continue };
                let mut track = track.with(region);
                if let Some(reason) = &place.routes_assumed {
                    track.assume(reason);
                }
                done.push(match &leg.hop {
                    Hop::None if is_known || is_user_defined(leg) => {
                        track.step(place.return_routes_at(), leg.route.as_str(), false);
                        track.ended(Disposition::Denied)
                    }
                    Hop::Appliance(address) => {
                        let reason = format!(
                            "the reply goes to {address}, and whether the request came from there was not shown"
                        );
                        track.ended(Disposition::Assumed(reason))
                    }
                    Hop::Unknown(reason) => track.ended(Disposition::Assumed(reason.clone())),
                    _ => track.ended(Disposition::Delivered),
                });
            }
        }
        done.extend(rest.map(|region| track.with(region).ended(Disposition::Delivered)));
        done
    }

    /// Packets that arrived, by whether their replies come back: a firewall drops replies to packets that it has not
    /// seen, and packets whose replies it never saw (learn.microsoft.com/azure/firewall/integrate-lb, "Asymmetric
    /// routing"). The way in of packets from outside the shown subnets is known for public sources alone.
    fn reply(&self, place: &Place<'_>, track: Track, came: Came, work: &mut Work) -> Vec<Track> {
        let sources = match came {
            Came::Replaced => AddressSet::default(),
            Came::FromOutside => self.known.public.difference(&self.space.inside),
            Came::Directly | Came::Through(_) => AddressSet::all(),
        };
        let (judged, free) = track.region.clone().split_source(&sources);
        let mut done: Vec<Track> = match (free, came) {
            (Some(region), Came::FromOutside) => self.reply_on_premises(place, track.with(region), work),
            (free, _) => free.map(|region| track.with(region).ended(Disposition::Delivered)).into_iter().collect(),
        };
        let Some(judged) = judged else { return done };
        for leg in place.legs.iter().take_while(|_| work.spend(1)) {
            let (Some(region), _) = judged.clone().split_source(&leg.destination) else { continue };
            let mut track = track.with(region);
            if let Some(reason) = &place.routes_assumed {
                track.assume(reason);
            }
            if let Hop::Unknown(reason) = &leg.hop {
                done.push(track.ended(Disposition::Assumed(reason.clone())));
                continue;
            }
            let lost = match (came, &leg.hop) {
                (Came::Through(address), hop) => *hop != Hop::Appliance(address),
                // The one route that takes replies to public sources elsewhere without dropping them is a gateway.
                (Came::FromOutside, Hop::Gateway) => true,
                (_, hop) => matches!(hop, Hop::Appliance(_) | Hop::None),
            };
            if lost {
                track.step(place.return_routes_at(), leg.route.as_str(), false);
            }
            done.push(track.ended(if lost { Disposition::Denied } else { Disposition::Delivered }));
        }
        done
    }
}

fn is_user_defined(leg: &Leg) -> bool {
    !leg.route.starts_with("system: ")
}

/// The reason for an appliance whose rules are not known.
pub(super) fn not_shown(address: IpAddr) -> String {
    format!("appliance at {address} was not shown")
}

/// Packets that leave what was shown.
fn beyond(mut track: Track, at: &str, text: &str) -> Track {
    track.step(at.into(), text, true);
    track.ended(Disposition::Delivered)
}

fn neither(track: Track) -> Track {
    track.ended(Disposition::Assumed("neither end is in a shown subnet".into()))
}

/// Packets whose next hop is Internet: it routes public addresses only, and takes none from a machine whose address
/// nothing translates (learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access).
fn to_internet(place: &Place<'_>, track: Track, public: &AddressSet) -> Vec<Track> {
    let at = format!("way out of {}", place.subnet.name);
    let (outer, inner) = track.region.clone().split_destination(public);
    let mut done = Vec::new();
    if let Some(region) = inner {
        let mut track = track.with(region);
        track.step(at.clone(), "not a public address", false);
        done.push(track.ended(Disposition::Dropped));
    }
    let Some(outer) = outer else { return done };
    let mut track = track.with(outer);
    let (rule, end) = match place.subnet.way_out {
        WayOut::None => ("none", Disposition::NoEgressPath),
        WayOut::NatGateway => ("NAT gateway", Disposition::Delivered),
        WayOut::PublicAddress => ("public address", Disposition::Delivered),
        WayOut::LoadBalancer => ("load balancer", Disposition::Delivered),
        WayOut::DefaultOutbound => ("default outbound access", Disposition::Delivered),
        WayOut::Unknown => {
            let reason = format!("the way out of `{}` was not shown", place.subnet.name);
            ("not shown", Disposition::Assumed(reason))
        }
    };
    let passed = end != Disposition::NoEgressPath;
    track.steps.push(Step { at, rule: rule.into(), passed });
    done.push(track.ended(end));
    done
}
