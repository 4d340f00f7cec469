#!/usr/bin/env bash
# Written by netcordon for aks-prod. Change answers.yaml and generate again rather than edit this file.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: apply.sh [--dry-run] [--skip-routes] [--prune FILE]

What the owner of the network does: makes NSGs and their rules, puts them on the subnets, then makes routes and puts
route tables on the subnets. Run it again as often as you like. It needs bash 4 and the Azure CLI, signed in, without
extensions.

  --dry-run      reads what is there, prints the commands that would change something, and changes nothing
  --skip-routes  ends before the routes, for as long as the firewall lacks its rules
  --prune FILE   takes out what is no longer planned, by name and where it is there: lines `nsg NSG RULE` and
                 `route TABLE ROUTE`, and comments after `#`

If a subnet has another NSG, route table or NAT gateway than planned, it says so and stops before it changes anything.
Of NSGs and route tables of others it touches nothing but rules and routes with the names below. A virtual network or
a subnet that is there keeps its settings and its service endpoints; tags are set on what is new.
USAGE
}

dry_run='' skip_routes='' prune_list=''
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry_run=yes ;;
    --skip-routes) skip_routes=yes ;;
    --prune)
      prune_list=${2:?--prune takes a file}
      shift
      ;;
    -h | --help)
      usage
      exit 0
      ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
  shift
done

stop() {
  printf 'stop: %s\n' "$1" >&2
  exit 1
}

# Shows a command that changes something, and runs it unless nothing is to change.
change() {
  printf '%q ' "$@"
  printf '\n'
  [ "$dry_run" ] || "$@" --output none
}

# What a command that reads prints; nothing if what it reads is not there. Any other failure ends the script, so the
# caller keeps the words: where bash looks at success itself, in a condition, it would go on.
ask() {
  local code=0
  az "$@" --output tsv 2>/dev/null || code=$?
  case $code in
    0 | 3) ;; # 3: it is not there
    *)
      az "$@" --output none
      exit "$code"
      ;;
  esac
}

# Keeps the names of what is in an NSG or route table of ours, as lines of a prune list, until they turn out as planned.
seen() { # nsg|route OF COMMAND...
  local names name
  names=$(ask "${@:3}" --query '[].name')
  for name in $names; do
    unplanned+="$1 $2 $name"$'\n'
  done
}

planned() { # nsg|route OF NAME
  unplanned=${unplanned/$'\n'"$1 $2 $3"$'\n'/$'\n'}
}

nsg() { # create|extend NSG
  local id
  id=$(ask network nsg show "${group[@]}" --name "$2" --query id)
  if [ "$id" ]; then
    if [ "$1" = create ]; then seen nsg "$2" network nsg rule list "${group[@]}" --nsg-name "$2"; fi
    return
  fi
  [ "$1" = create ] || stop "the NSG $2 is not there, and others make it"
  change az network nsg create "${group[@]}" --name "$2" "${new[@]}"
}

rule() { # NSG RULE OPTION...
  planned nsg "$1" "$2"
  change az network nsg rule create "${group[@]}" --nsg-name "$1" --name "$2" "${@:3}"
}

network() { # OPTION...
  local id
  id=$(ask network vnet show "${group[@]}" --name "$vnet" --query id)
  if [ "$id" ]; then return; fi
  change az network vnet create "${group[@]}" --name "$vnet" "${new[@]}" "$@"
}

subnet() { # SUBNET OPTION...
  local id
  id=$(ask network vnet subnet show "${group[@]}" --vnet-name "$vnet" --name "$1" --query id)
  if [ "$id" ]; then return; fi
  change az network vnet subnet create "${group[@]}" --vnet-name "$vnet" --name "$1" "${@:2}"
  made+=" $1 "
}

existing() { # SUBNET PREFIX: of a network that is there already
  local found
  [ "$pass" = check ] || return 0
  found=$(ask network vnet subnet show "${group[@]}" --vnet-name "$vnet" --name "$1" \
    --query '[addressPrefix, addressPrefixes][] | [?@]')
  [ "$found" ] || stop "there is no subnet $1 in the virtual network $vnet"
  grep -qxF -- "$2" <<<"$found" || stop "the subnet $1 does not have the prefix $2"
}

attach() { # SUBNET nsg|route-table|nat-gateway NAME-OR-ID: ours goes on it where nothing is
  attached "$@"
  if [ "$pass" = check ] || [ "$found" ]; then return; fi
  if [[ $2 = nsg && $made = *" $1 "* ]]; then return; fi
  change az network vnet subnet update "${group[@]}" --vnet-name "$vnet" --name "$1" "$option" "$3"
}

expect() { # SUBNET nsg|route-table NAME: of others, who put it on
  [ "$pass" = check ] || return 0
  attached "$@"
  [ "$found" ] || stop "the subnet $1 has no $2, but others should have put $3 on it"
}

# Sets `found` to the id of what a subnet has, and `option` to what attaches it; stops if that is something else.
attached() { # SUBNET nsg|route-table|nat-gateway NAME-OR-ID
  local property wanted=/resourceGroups/$resource_group/providers/Microsoft.Network
  case $2 in
    nsg) property=networkSecurityGroup option=--network-security-group wanted+=/networkSecurityGroups/$3 ;;
    route-table) property=routeTable option=--route-table wanted+=/routeTables/$3 ;;
    nat-gateway) property=natGateway option=--nat-gateway wanted=$3 ;;
  esac
  found=$(ask network vnet subnet show "${group[@]}" --vnet-name "$vnet" --name "$1" --query "$property.id")
  case ${found,,} in
    '' | *"${wanted,,}") ;;
    *) stop "the subnet $1 has another $2: $found" ;;
  esac
}

nat_gateway() { # SUBNET
  [ "$nat_gateway" ] || stop 'the answers do not say: set NAT_GATEWAY_ID to the resource id of the NAT gateway'
  attach "$1" nat-gateway "$nat_gateway"
}

endpoints() { # SUBNET SERVICE...: added to those that are there
  local found service missing='' all
  [ "$pass" = change ] || return 0
  found=$(ask network vnet subnet show "${group[@]}" --vnet-name "$vnet" --name "$1" --query 'serviceEndpoints[].service')
  for service in "${@:2}"; do
    grep -qxF -- "$service" <<<"$found" || missing=yes
  done
  if [ -z "$missing" ]; then return; fi
  mapfile -t all < <(printf '%s\n' "$found" "${@:2}" | sed '/^$/d' | LC_ALL=C sort -u)
  change az network vnet subnet update "${group[@]}" --vnet-name "$vnet" --name "$1" --service-endpoints "${all[@]}"
}

route_table() { # create|extend TABLE
  local found
  found=$(ask network route-table show "${group[@]}" --name "$2" \
    --query "join(' ', [id, to_string(disableBgpRoutePropagation)])")
  case $found in
    '')
      [ "$1" = create ] || stop "the route table $2 is not there, and others make it"
      change az network route-table create "${group[@]}" --name "$2" "${new[@]}" --disable-bgp-route-propagation false
      ;;
    *)
      if [ "$1" = extend ]; then return; fi
      seen route "$2" network route-table route list "${group[@]}" --route-table-name "$2"
      if [[ $found = *' true' ]]; then
        change az network route-table update "${group[@]}" --name "$2" --disable-bgp-route-propagation false
      fi
      ;;
  esac
}

route() { # TABLE ROUTE OPTION...
  planned route "$1" "$2"
  change az network route-table route create "${group[@]}" --route-table-name "$1" --name "$2" "${@:3}"
}

# Takes out what the prune list names: nsg for rules, route for routes, check to look at the list itself.
prune() { # check|nsg|route
  local kind of name more number=0 id
  if [ -z "$prune_list" ]; then return; fi
  while IFS=$' \t\r' read -r kind of name more <&3 || [ "$kind" ]; do
    number=$((number + 1))
    case $1,$kind in
      *, | *,'#'*) ;;
      check,nsg | check,route)
        [[ $of =~ ^[A-Za-z0-9][A-Za-z0-9_.-]*$ && $name =~ ^[A-Za-z0-9][A-Za-z0-9_.-]*$ && $more =~ ^(#.*)?$ ]] ||
          stop "$prune_list, line $number: not \`$kind\` and two names"
        ;;
      check,*) stop "$prune_list, line $number: neither \`nsg NSG RULE\` nor \`route TABLE ROUTE\`" ;;
      nsg,nsg)
        id=$(ask network nsg rule show "${group[@]}" --nsg-name "$of" --name "$name" --query id)
        if [ "$id" ]; then change az network nsg rule delete "${group[@]}" --nsg-name "$of" --name "$name"; fi
        ;;
      route,route)
        id=$(ask network route-table route show "${group[@]}" --route-table-name "$of" --name "$name" --query id)
        if [ "$id" ]; then change az network route-table route delete "${group[@]}" --route-table-name "$of" --name "$name"; fi
        ;;
    esac
  done 3<"$prune_list"
}

# Looks before anything changes. What is pruned goes first: a new rule may have its priority.
begin() {
  command -v az >/dev/null || stop 'there is no az: install the Azure CLI'
  group=("--resource-group=$resource_group")
  if [ "$subscription" ]; then group+=(--subscription "$subscription"); fi
  new=(--location "$location")
  if [ "$tags" ]; then new+=(--tags "$tags"); fi
  nat_gateway=${nat_gateway:-${NAT_GATEWAY_ID:-}}
  made='' unplanned=$'\n'
  prune check
  on_subnets check
  if [ -z "$skip_routes" ]; then routes_on_subnets check; fi
  prune nsg
}

routes() {
  if [ "$skip_routes" ]; then
    end
    echo 'the routes are skipped, as asked'
    exit 0
  fi
  prune route
}

# What is ours and holds more than is planned, such as rules that are withdrawn.
end() {
  if [ "$unplanned" != $'\n' ]; then
    printf 'not planned, but there; with these lines in FILE, --prune FILE takes them out:\n%s' "${unplanned#?}"
  fi
}

# The network that the rules were planned for, with what no command says.
: <<'NETWORK'
{
  "addressSpace": [
    "10.40.0.0/16"
  ],
  "networkSecurityGroups": [
    {
      "name": "nsg-aks-prod-snet-nodes",
      "ownership": "create"
    }
  ],
  "onPremises": [],
  "peered": [
    {
      "name": "hub",
      "prefixes": [
        "10.0.0.0/22"
      ]
    }
  ],
  "routeTables": [
    {
      "name": "rt-aks-prod-snet-nodes",
      "ownership": "create"
    }
  ],
  "subnets": [
    {
      "name": "snet-nodes",
      "networkSecurityGroup": "nsg-aks-prod-snet-nodes",
      "pods": [
        "10.244.0.0/16"
      ],
      "prefix": "10.40.0.0/22",
      "routeTable": "rt-aks-prod-snet-nodes",
      "serviceEndpoints": [],
      "wayOut": "none"
    }
  ],
  "virtualNetwork": {
    "name": "vnet-aks",
    "ownership": "create"
  }
}
NETWORK

subscription=''
resource_group='rg-aks-network'
location='westeurope'
tags=''
vnet='vnet-aks'
nat_gateway=''

on_subnets() {
  pass=$1
  attach 'snet-nodes' nsg 'nsg-aks-prod-snet-nodes'
}

routes_on_subnets() {
  pass=$1
  attach 'snet-nodes' route-table 'rt-aks-prod-snet-nodes'
}

begin

nsg create 'nsg-aks-prod-snet-nodes'
# aks.pods.from-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
rule 'nsg-aks-prod-snet-nodes' 'aks.pods.from-nodes-in' --priority 450 --direction 'Inbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes '10.40.0.0/22' --source-port-ranges '*' \
  --destination-address-prefixes '10.244.0.0/16' --destination-port-ranges '*' \
  --description 'aks.pods.from-nodes: nodes to pods, for services and probes'
# aks.pods.between (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
rule 'nsg-aks-prod-snet-nodes' 'aks.pods.between-in' --priority 451 --direction 'Inbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes '10.244.0.0/16' --source-port-ranges '*' \
  --destination-address-prefixes '10.244.0.0/16' --destination-port-ranges '*' \
  --description 'aks.pods.between: pods to pods and services, cluster DNS included'
# base.inside.aks-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
rule 'nsg-aks-prod-snet-nodes' 'base.inside.aks-nodes-in' --priority 504 --direction 'Inbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes '10.40.0.0/22' --source-port-ranges '*' \
  --destination-address-prefixes '10.40.0.0/22' --destination-port-ranges '*' \
  --description 'base.inside.aks-nodes: nodes among themselves, and a private cluster'\''s endpoint among them'
# base.probes.aks-nodes (nsg-overview, Default security rules, 2025-07-15)
rule 'nsg-aks-prod-snet-nodes' 'base.probes.aks-nodes-in' --priority 508 --direction 'Inbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes 'AzureLoadBalancer' --source-port-ranges '*' \
  --destination-address-prefixes '10.40.0.0/22' --destination-port-ranges '*' \
  --description 'base.probes.aks-nodes: health probes of the cluster'\''s load balancers'
# of the plan itself
rule 'nsg-aks-prod-snet-nodes' 'DenyAllInbound' --priority 4096 --direction 'Inbound' --access 'Deny' --protocol '*' \
  --source-address-prefixes '*' --source-port-ranges '*' \
  --destination-address-prefixes '*' --destination-port-ranges '*' \
  --description 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
# aks.pods.from-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
rule 'nsg-aks-prod-snet-nodes' 'aks.pods.from-nodes' --priority 450 --direction 'Outbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes '10.40.0.0/22' --source-port-ranges '*' \
  --destination-address-prefixes '10.244.0.0/16' --destination-port-ranges '*' \
  --description 'aks.pods.from-nodes: nodes to pods, for services and probes'
# aks.pods.between (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
rule 'nsg-aks-prod-snet-nodes' 'aks.pods.between' --priority 451 --direction 'Outbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes '10.244.0.0/16' --source-port-ranges '*' \
  --destination-address-prefixes '10.244.0.0/16' --destination-port-ranges '*' \
  --description 'aks.pods.between: pods to pods and services, cluster DNS included'
# base.inside.aks-nodes (aks-cni-overlay, Network security groups, 2024-05-14; aks-egress, Background, 2026-06-18)
rule 'nsg-aks-prod-snet-nodes' 'base.inside.aks-nodes' --priority 504 --direction 'Outbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes '10.40.0.0/22' --source-port-ranges '*' \
  --destination-address-prefixes '10.40.0.0/22' --destination-port-ranges '*' \
  --description 'base.inside.aks-nodes: nodes among themselves, and a private cluster'\''s endpoint among them'
# base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
rule 'nsg-aks-prod-snet-nodes' 'base.dns.udp' --priority 512 --direction 'Outbound' --access 'Allow' --protocol 'Udp' \
  --source-address-prefixes '10.40.0.0/22' --source-port-ranges '*' \
  --destination-address-prefixes '10.0.1.4/32' --destination-port-ranges '53' \
  --description 'base.dns.udp: name resolution by DNS servers of your own'
# base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
rule 'nsg-aks-prod-snet-nodes' 'base.dns.tcp' --priority 513 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.40.0.0/22' --source-port-ranges '*' \
  --destination-address-prefixes '10.0.1.4/32' --destination-port-ranges '53' \
  --description 'base.dns.tcp: long answers from DNS servers of your own'
# aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
# aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
# aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
# aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
# base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
# base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
rule 'nsg-aks-prod-snet-nodes' 'DenyPrivateOutbound' --priority 3995 --direction 'Outbound' --access 'Deny' --protocol '*' \
  --source-address-prefixes '10.40.0.0/22' --source-port-ranges '*' \
  --destination-address-prefixes '10.0.0.0/8' '100.64.0.0/10' '172.16.0.0/12' '192.168.0.0/16' --destination-port-ranges '*' \
  --description 'names pass to public addresses only: private space and our own stay closed'
# aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
# aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
# aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
# aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
# base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
# base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
rule 'nsg-aks-prod-snet-nodes' 'AllowNamesTcpOutbound' --priority 3998 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.40.0.0/22' --source-port-ranges '*' \
  --destination-address-prefixes '*' --destination-port-ranges '80' '443' \
  --description 'host names without a service tag: the firewall holds the names'
# of the plan itself
rule 'nsg-aks-prod-snet-nodes' 'DenyAllOutbound' --priority 4096 --direction 'Outbound' --access 'Deny' --protocol '*' \
  --source-address-prefixes '*' --source-port-ranges '*' \
  --destination-address-prefixes '*' --destination-port-ranges '*' \
  --description 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'

network --address-prefixes '10.40.0.0/16'
subnet 'snet-nodes' --address-prefixes '10.40.0.0/22' --default-outbound-access false --network-security-group 'nsg-aks-prod-snet-nodes'

on_subnets change

routes

route_table create 'rt-aks-prod-snet-nodes'
# everything without a more specific route goes through the firewall
# aks.out.binaries (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.binaries-legacy (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.entra (aks-egress, Azure Global required FQDN / application rules, 2026-06-18; aks-egress, AKS addons and integrations, Workload identity, 2026-06-18; aks-egress, AKS addons and integrations, AKS cost analysis add-on, 2026-06-18)
# aks.out.monitoring (aks-egress, AKS addons and integrations, Azure Monitor, 2026-06-18)
# aks.out.packages (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.registry (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.registry-backend (aks-baseline-457, Issue, 2026-06-01)
# aks.out.registry-data (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.resource-manager (aks-egress, Azure Global required FQDN / application rules, 2026-06-18)
# aks.out.ubuntu-snapshot (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
# base.updates.red-hat (red-hat-updates, The IPs for the RHUI content delivery servers, 2024-10-28)
# base.updates.ubuntu (aks-egress, Optional recommended FQDN / application rules for AKS clusters, 2026-06-18)
route 'rt-aks-prod-snet-nodes' 'default' --address-prefix '0.0.0.0/0' --next-hop-type 'VirtualAppliance' --next-hop-ip-address '10.0.1.4'

routes_on_subnets change
end
