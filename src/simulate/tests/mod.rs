//! The documented behaviours one by one (`nsg`, `routes`, `firewall`), and everything at once against a packet-by-packet
//! oracle (`random`).

mod build;
mod dead;
mod firewall;
mod nsg;
mod oracle;
mod proxy;
mod random;
mod routes;
