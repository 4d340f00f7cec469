//! An explicit proxy: machines send it their requests for HTTP and HTTPS by host name, and it goes there for them.

use super::firewall::{Key, Pattern, Wall};
use super::region::{Region, Work};
use super::{Place, Simulator, Track};
use crate::model::{AddressSet, Appliance, Disposition, Protocol, Services, TagTable, web_ports};
use std::collections::{BTreeMap, BTreeSet};

/// The proxy that the machines of a network are told to use.
#[derive(Debug)]
pub(super) struct Proxy<'a> {
    wall: Wall<'a>,
    /// Its address and port, as the destination of requests.
    address: AddressSet,
    port: Services,
    /// What machines ask it for.
    web: Services,
    /// The names that they reach without it, by subnet.
    direct: BTreeMap<&'a str, Vec<Pattern>>,
}

impl<'a> Proxy<'a> {
    /// `None` for an appliance that packets are routed to.
    pub(super) fn new(appliance: &'a Appliance, tags: &TagTable) -> Option<Self> {
        let proxy = appliance.proxy.as_ref()?;
        let patterns = |names: &Vec<String>| names.iter().map(|name| Pattern::new(name)).collect();
        Some(Proxy {
            wall: Wall::of_lists(appliance, tags),
            address: AddressSet::from_iter([appliance.address.into()]),
            port: Services::tcp(proxy.port),
            web: Services::new(Protocol::Tcp, &web_ports()),
            direct: proxy.direct.iter().map(|(subnet, names)| (subnet.as_str(), patterns(names))).collect(),
        })
    }

    /// What it lets through.
    pub(super) fn wall(&self) -> &Wall<'a> {
        &self.wall
    }

    /// Whether machines of the subnet ask it for this name: always, unless they reach all of it without the proxy.
    fn is_asked(&self, subnet: &str, name: &Pattern) -> bool {
        !self.direct.get(subnet).is_some_and(|names| names.iter().any(|direct| direct.covers(name)))
    }

    /// The request that stands for these packets.
    fn request(&self, source: &AddressSet) -> Option<Region> {
        Region::new(source.clone(), self.address.clone(), self.port.clone())
    }
}

impl Simulator<'_> {
    /// What takes the place of a flow from the subnet to the name, if the proxy is asked for it: the services that it is
    /// asked for, and its own address and services.
    pub fn request(&self, subnet: &str, name: &str) -> Option<(&Services, &AddressSet, &Services)> {
        let proxy = self.proxy.as_deref().filter(|proxy| proxy.is_asked(subnet, &Pattern::new(name)))?;
        Some((&proxy.web, &proxy.address, &proxy.port))
    }

    /// The packets for which the proxy is asked, and those that go directly. Requests are of one family with it.
    pub(super) fn split_asked(
        &self,
        place: &Place<'_>,
        region: Region,
        name: Option<&Pattern>,
    ) -> (Option<Region>, Option<Region>) {
        let (Some(proxy), Some(name)) = (self.proxy.as_deref(), name) else { return (None, Some(region)) };
        let family = region.source.only_v4().is_empty() == proxy.address.only_v4().is_empty();
        if !family || !proxy.is_asked(&place.subnet.name, name) {
            return (None, Some(region));
        }
        let part = |services| Region::new(region.source.clone(), region.destination.clone(), services);
        (part(region.services.intersection(&proxy.web)), part(region.services.difference(&proxy.web)))
    }

    /// Packets for which the proxy is asked: the request on its way there, then the proxy's own list.
    pub(super) fn ask_proxy(
        &self,
        place: &Place<'_>,
        region: Region,
        name: Option<&Pattern>,
        work: &mut Work,
    ) -> Vec<Track> {
        let Some(proxy) = self.proxy.as_deref() else { return Vec::new() };
        let mut done = Vec::new();
        let requests =
            proxy.request(&region.source).into_iter().flat_map(|request| self.depart(place, request, None, work));
        for mut track in requests.collect::<Vec<_>>() {
            let asked = Region { source: track.region.source.clone(), ..region.clone() };
            match track.end.take() {
                Some(Disposition::Delivered) => {}
                Some(Disposition::Assumed(reason)) => track.assume(&reason),
                end => {
                    done.push(Track { end, ..track.with(asked) });
                    continue;
                }
            }
            for outcome in proxy.wall.judge(asked, name, work) {
                let mut track =
                    track.with(outcome.region).filtered(proxy.wall.at.clone(), outcome.rule, outcome.passes);
                if track.end.is_none() {
                    if let Some(reason) = &proxy.wall.unread {
                        track.assume(reason);
                    }
                    track = track.ended(Disposition::Delivered);
                }
                done.push(track);
            }
        }
        done
    }

    /// What the proxy opens to those whose packets may reach its port.
    pub(super) fn open_by_proxy(
        &self,
        reached: &Region,
        work: &mut Work,
        assumed: &mut BTreeSet<String>,
    ) -> Vec<(Key, Region)> {
        let Some(proxy) = self.proxy.as_deref() else { return Vec::new() };
        let request = proxy.request(&reached.source).and_then(|request| request.meet(reached));
        let Some(request) = request else { return Vec::new() };
        let beyond = Region::new(request.source, self.known.public.clone(), proxy.web.clone());
        let mut found = Vec::new();
        for beyond in beyond.into_iter().flat_map(Region::families) {
            let openings = proxy.wall.open(beyond, work);
            assumed.extend(openings.assumed);
            found.extend(openings.regions);
        }
        found
    }
}
