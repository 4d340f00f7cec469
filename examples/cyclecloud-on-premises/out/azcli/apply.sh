#!/usr/bin/env bash
# Written by netcordon for hpc-office. Change answers.yaml and generate again rather than edit this file.
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
    "10.22.0.0/16"
  ],
  "networkSecurityGroups": [
    {
      "name": "nsg-hpc-office-snet-nodes",
      "ownership": "create"
    },
    {
      "name": "nsg-hpc-office-snet-scheduler",
      "ownership": "create"
    }
  ],
  "onPremises": [
    "10.100.0.0/14"
  ],
  "peered": [],
  "routeTables": [],
  "subnets": [
    {
      "name": "snet-scheduler",
      "networkSecurityGroup": "nsg-hpc-office-snet-scheduler",
      "pods": [],
      "prefix": "10.22.0.32/27",
      "serviceEndpoints": [],
      "wayOut": "none"
    },
    {
      "name": "snet-nodes",
      "networkSecurityGroup": "nsg-hpc-office-snet-nodes",
      "pods": [],
      "prefix": "10.22.2.0/23",
      "serviceEndpoints": [],
      "wayOut": "none"
    },
    {
      "name": "snet-endpoints",
      "pods": [],
      "prefix": "10.22.4.0/27",
      "serviceEndpoints": [],
      "wayOut": "none"
    }
  ],
  "virtualNetwork": {
    "name": "vnet-hpc",
    "ownership": "existing"
  }
}
NETWORK

subscription=''
resource_group='rg-hpc-network'
location='westeurope'
tags='{"owner":"hpc"}'
vnet='vnet-hpc'
nat_gateway=''

on_subnets() {
  pass=$1
  existing 'snet-scheduler' '10.22.0.32/27'
  attach 'snet-scheduler' nsg 'nsg-hpc-office-snet-scheduler'
  existing 'snet-nodes' '10.22.2.0/23'
  attach 'snet-nodes' nsg 'nsg-hpc-office-snet-nodes'
  existing 'snet-endpoints' '10.22.4.0/27'
}

routes_on_subnets() {
  pass=$1
}

begin

nsg create 'nsg-hpc-office-snet-nodes'
# cyclecloud.server.nodes-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
rule 'nsg-hpc-office-snet-nodes' 'cyclecloud.server.nodes-ssh-in' --priority 132 --direction 'Inbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.100.20.10/32' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.2.0/23' --destination-port-ranges '22' \
  --description 'cyclecloud.server.nodes-ssh: node orchestration, system access and job monitoring over SSH'
# cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
rule 'nsg-hpc-office-snet-nodes' 'cyclecloud.scheduler.nodes-ssh-in' --priority 134 --direction 'Inbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.0.32/27' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.2.0/23' --destination-port-ranges '22' \
  --description 'cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH'
# cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
rule 'nsg-hpc-office-snet-nodes' 'cyclecloud.slurm.nodes-in' --priority 141 --direction 'Inbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.0.32/27' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.2.0/23' --destination-port-ranges '6818' \
  --description 'cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes'
# cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
rule 'nsg-hpc-office-snet-nodes' 'cyclecloud.slurm.step-out-in' --priority 145 --direction 'Inbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.0.32/27' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.2.0/23' --destination-port-ranges '32768-61000' \
  --description 'cyclecloud.slurm.step-out: srun and MPI launchers to their steps on the nodes'
# base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
rule 'nsg-hpc-office-snet-nodes' 'base.inside.cluster-nodes-in' --priority 500 --direction 'Inbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.2.0/23' --destination-port-ranges '*' \
  --description 'base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes'
# of the plan itself
rule 'nsg-hpc-office-snet-nodes' 'DenyAllInbound' --priority 4096 --direction 'Inbound' --access 'Deny' --protocol '*' \
  --source-address-prefixes '*' --source-port-ranges '*' \
  --destination-address-prefixes '*' --destination-port-ranges '*' \
  --description 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
# cyclecloud.nodes.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
rule 'nsg-hpc-office-snet-nodes' 'cyclecloud.nodes.server' --priority 125 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.100.20.10/32' --destination-port-ranges '9443' \
  --description 'cyclecloud.nodes.server: node status, autoscaling calls and service synchronisation'
# cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
rule 'nsg-hpc-office-snet-nodes' 'cyclecloud.slurm.controller' --priority 140 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '6817' \
  --description 'cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld'
# cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
rule 'nsg-hpc-office-snet-nodes' 'cyclecloud.slurm.accounting' --priority 142 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '6819' \
  --description 'cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd'
# cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
rule 'nsg-hpc-office-snet-nodes' 'cyclecloud.slurm.step-return' --priority 144 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '32768-61000' \
  --description 'cyclecloud.slurm.step-return: job steps back to the srun that started them'
# cyclecloud.nfs.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
rule 'nsg-hpc-office-snet-nodes' 'cyclecloud.nfs.scheduler' --priority 168 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '2049' \
  --description 'cyclecloud.nfs.scheduler: file systems that the scheduler exports to its nodes'
# cyclecloud.nfs.scheduler-v3 (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
rule 'nsg-hpc-office-snet-nodes' 'cyclecloud.nfs.scheduler-v3' --priority 169 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '111' \
  --description 'cyclecloud.nfs.scheduler-v3: port mapper of NFS version 3 mounts'
# cyclecloud.nfs.scheduler-v3-udp (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
rule 'nsg-hpc-office-snet-nodes' 'cyclecloud.nfs.scheduler-v3-udp' --priority 170 --direction 'Outbound' --access 'Allow' --protocol 'Udp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '111' '2049' \
  --description 'cyclecloud.nfs.scheduler-v3-udp: port mapper and NFS version 3 over UDP'
# cyclecloud.nodes.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
rule 'nsg-hpc-office-snet-nodes' 'cyclecloud.nodes.storage-private' --priority 188 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.4.0/27' --destination-port-ranges '443' \
  --description 'cyclecloud.nodes.storage-private: the locker through its private endpoint'
# base.inside.cluster-nodes (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
rule 'nsg-hpc-office-snet-nodes' 'base.inside.cluster-nodes' --priority 500 --direction 'Outbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.2.0/23' --destination-port-ranges '*' \
  --description 'base.inside.cluster-nodes: MPI, scheduler daemons and file systems between nodes'
# base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
rule 'nsg-hpc-office-snet-nodes' 'base.dns.udp' --priority 512 --direction 'Outbound' --access 'Allow' --protocol 'Udp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.100.8.4/31' --destination-port-ranges '53' \
  --description 'base.dns.udp: name resolution by DNS servers of your own'
# base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
rule 'nsg-hpc-office-snet-nodes' 'base.dns.tcp' --priority 513 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.100.8.4/31' --destination-port-ranges '53' \
  --description 'base.dns.tcp: long answers from DNS servers of your own'
# of the plan itself
rule 'nsg-hpc-office-snet-nodes' 'DenyAllOutbound' --priority 4096 --direction 'Outbound' --access 'Deny' --protocol '*' \
  --source-address-prefixes '*' --source-port-ranges '*' \
  --destination-address-prefixes '*' --destination-port-ranges '*' \
  --description 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'

nsg create 'nsg-hpc-office-snet-scheduler'
# cyclecloud.users.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
# cyclecloud.server.scheduler-ssh (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10)
rule 'nsg-hpc-office-snet-scheduler' 'cyclecloud.users.scheduler-ssh-in' --priority 137 --direction 'Inbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.100.0.0/16' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '22' \
  --description 'cyclecloud.users.scheduler-ssh: login and job submission'
# cyclecloud.slurm.controller (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
rule 'nsg-hpc-office-snet-scheduler' 'cyclecloud.slurm.controller-in' --priority 140 --direction 'Inbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '6817' \
  --description 'cyclecloud.slurm.controller: Slurm clients and nodes to slurmctld'
# cyclecloud.slurm.accounting (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
rule 'nsg-hpc-office-snet-scheduler' 'cyclecloud.slurm.accounting-in' --priority 142 --direction 'Inbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '6819' \
  --description 'cyclecloud.slurm.accounting: accounting queries from the nodes to slurmdbd'
# cyclecloud.slurm.step-return (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
rule 'nsg-hpc-office-snet-scheduler' 'cyclecloud.slurm.step-return-in' --priority 144 --direction 'Inbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '32768-61000' \
  --description 'cyclecloud.slurm.step-return: job steps back to the srun that started them'
# cyclecloud.nfs.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
rule 'nsg-hpc-office-snet-scheduler' 'cyclecloud.nfs.scheduler-in' --priority 168 --direction 'Inbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '2049' \
  --description 'cyclecloud.nfs.scheduler: file systems that the scheduler exports to its nodes'
# cyclecloud.nfs.scheduler-v3 (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
rule 'nsg-hpc-office-snet-scheduler' 'cyclecloud.nfs.scheduler-v3-in' --priority 169 --direction 'Inbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '111' \
  --description 'cyclecloud.nfs.scheduler-v3: port mapper of NFS version 3 mounts'
# cyclecloud.nfs.scheduler-v3-udp (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
rule 'nsg-hpc-office-snet-scheduler' 'cyclecloud.nfs.scheduler-v3-udp-in' --priority 170 --direction 'Inbound' --access 'Allow' --protocol 'Udp' \
  --source-address-prefixes '10.22.2.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '111' '2049' \
  --description 'cyclecloud.nfs.scheduler-v3-udp: port mapper and NFS version 3 over UDP'
# base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
rule 'nsg-hpc-office-snet-scheduler' 'base.inside.scheduler-in' --priority 501 --direction 'Inbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes '10.22.0.32/27' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '*' \
  --description 'base.inside.scheduler: head, login and standby schedulers among themselves'
# of the plan itself
rule 'nsg-hpc-office-snet-scheduler' 'DenyAllInbound' --priority 4096 --direction 'Inbound' --access 'Deny' --protocol '*' \
  --source-address-prefixes '*' --source-port-ranges '*' \
  --destination-address-prefixes '*' --destination-port-ranges '*' \
  --description 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
# cyclecloud.scheduler.server (cyclecloud-network-security, CycleCloud and cluster traffic, 2026-08-10; cyclecloud-locked-down, Internal communications between cluster nodes and CycleCloud, 2025-07-01)
rule 'nsg-hpc-office-snet-scheduler' 'cyclecloud.scheduler.server' --priority 126 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.0.32/27' --source-port-ranges '*' \
  --destination-address-prefixes '10.100.20.10/32' --destination-port-ranges '9443' \
  --description 'cyclecloud.scheduler.server: node status and the autoscaler'\''s calls'
# cyclecloud.scheduler.nodes-ssh (cyclecloud-slurm-workspace, network-new.bicep, 2026-07-01)
rule 'nsg-hpc-office-snet-scheduler' 'cyclecloud.scheduler.nodes-ssh' --priority 134 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.0.32/27' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.2.0/23' --destination-port-ranges '22' \
  --description 'cyclecloud.scheduler.nodes-ssh: file staging and launchers that go from the scheduler to the nodes over SSH'
# cyclecloud.slurm.nodes (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10)
rule 'nsg-hpc-office-snet-scheduler' 'cyclecloud.slurm.nodes' --priority 141 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.0.32/27' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.2.0/23' --destination-port-ranges '6818' \
  --description 'cyclecloud.slurm.nodes: slurmctld to slurmd on the nodes'
# cyclecloud.slurm.step-out (az-hop, nsg_destination_ports and nsg_rules, 2025-03-19; cyclecloud-slurm, slurm.conf template, 2026-07-15)
rule 'nsg-hpc-office-snet-scheduler' 'cyclecloud.slurm.step-out' --priority 145 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.0.32/27' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.2.0/23' --destination-port-ranges '32768-61000' \
  --description 'cyclecloud.slurm.step-out: srun and MPI launchers to their steps on the nodes'
# cyclecloud.scheduler.storage-private (cyclecloud-network-security, Azure service and package egress, 2026-08-10)
rule 'nsg-hpc-office-snet-scheduler' 'cyclecloud.scheduler.storage-private' --priority 189 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.0.32/27' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.4.0/27' --destination-port-ranges '443' \
  --description 'cyclecloud.scheduler.storage-private: the locker through its private endpoint'
# base.inside.scheduler (cyclecloud-network-security, Scheduler, monitoring, and workload traffic, 2026-08-10; nsg-how-it-works, Intra-subnet traffic, 2020-08-24)
rule 'nsg-hpc-office-snet-scheduler' 'base.inside.scheduler' --priority 501 --direction 'Outbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes '10.22.0.32/27' --source-port-ranges '*' \
  --destination-address-prefixes '10.22.0.32/27' --destination-port-ranges '*' \
  --description 'base.inside.scheduler: head, login and standby schedulers among themselves'
# base.dns.udp (aks-egress, Azure Global required network rules, 2026-06-18; aml-custom-dns, Automated DNS server integration, 2026-03-26)
rule 'nsg-hpc-office-snet-scheduler' 'base.dns.udp' --priority 512 --direction 'Outbound' --access 'Allow' --protocol 'Udp' \
  --source-address-prefixes '10.22.0.32/27' --source-port-ranges '*' \
  --destination-address-prefixes '10.100.8.4/31' --destination-port-ranges '53' \
  --description 'base.dns.udp: name resolution by DNS servers of your own'
# base.dns.tcp (aks-egress, Azure Global required network rules, 2026-06-18; az-hop, nsg_destination_ports and nsg_rules, 2025-03-19)
rule 'nsg-hpc-office-snet-scheduler' 'base.dns.tcp' --priority 513 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.22.0.32/27' --source-port-ranges '*' \
  --destination-address-prefixes '10.100.8.4/31' --destination-port-ranges '53' \
  --description 'base.dns.tcp: long answers from DNS servers of your own'
# of the plan itself
rule 'nsg-hpc-office-snet-scheduler' 'DenyAllOutbound' --priority 4096 --direction 'Outbound' --access 'Deny' --protocol '*' \
  --source-address-prefixes '*' --source-port-ranges '*' \
  --destination-address-prefixes '*' --destination-port-ranges '*' \
  --description 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'

on_subnets change

routes

routes_on_subnets change
end
