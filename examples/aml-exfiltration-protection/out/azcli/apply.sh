#!/usr/bin/env bash
# Written by netcordon for ml-sealed. Change answers.yaml and generate again rather than edit this file.
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
    "10.32.0.0/16"
  ],
  "networkSecurityGroups": [
    {
      "name": "nsg-ml-sealed-snet-compute",
      "ownership": "create"
    }
  ],
  "onPremises": [
    "10.100.0.0/14"
  ],
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
      "name": "rt-ml-sealed-snet-compute",
      "ownership": "create"
    }
  ],
  "subnets": [
    {
      "name": "snet-compute",
      "networkSecurityGroup": "nsg-ml-sealed-snet-compute",
      "pods": [],
      "prefix": "10.32.0.0/23",
      "routeTable": "rt-ml-sealed-snet-compute",
      "serviceEndpoints": [
        "Microsoft.Storage"
      ],
      "wayOut": "none"
    },
    {
      "name": "snet-endpoints",
      "pods": [],
      "prefix": "10.32.2.0/26",
      "serviceEndpoints": [],
      "wayOut": "none"
    }
  ],
  "virtualNetwork": {
    "name": "vnet-ml",
    "ownership": "existing"
  }
}
NETWORK

subscription='11111111-2222-3333-4444-555555555555'
resource_group='rg-ml-network'
location='northeurope'
tags=''
vnet='vnet-ml'
nat_gateway=''

on_subnets() {
  pass=$1
  existing 'snet-compute' '10.32.0.0/23'
  attach 'snet-compute' nsg 'nsg-ml-sealed-snet-compute'
  endpoints 'snet-compute' 'Microsoft.Storage'
  existing 'snet-endpoints' '10.32.2.0/26'
}

routes_on_subnets() {
  pass=$1
  attach 'snet-compute' route-table 'rt-ml-sealed-snet-compute'
}

begin

nsg create 'nsg-ml-sealed-snet-compute'
# base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
rule 'nsg-ml-sealed-snet-compute' 'base.inside.aml-compute-in' --priority 503 --direction 'Inbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes '10.32.0.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.32.0.0/23' --destination-port-ranges '*' \
  --description 'base.inside.aml-compute: MPI and NCCL between the nodes of a training job'
# of the plan itself
rule 'nsg-ml-sealed-snet-compute' 'DenyAllInbound' --priority 4096 --direction 'Inbound' --access 'Deny' --protocol '*' \
  --source-address-prefixes '*' --source-port-ranges '*' \
  --destination-address-prefixes '*' --destination-port-ranges '*' \
  --description 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'
# aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
rule 'nsg-ml-sealed-snet-compute' 'aml.out.entra' --priority 305 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.32.0.0/23' --source-port-ranges '*' \
  --destination-address-prefixes 'AzureActiveDirectory' --destination-port-ranges '80' '443' \
  --description 'aml.out.entra: sign-in and tokens from Microsoft Entra ID'
# aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
rule 'nsg-ml-sealed-snet-compute' 'aml.out.tunnel' --priority 309 --direction 'Outbound' --access 'Allow' --protocol 'Udp' \
  --source-address-prefixes '10.32.0.0/23' --source-port-ranges '*' \
  --destination-address-prefixes 'AzureMachineLearning' --destination-port-ranges '5831' \
  --description 'aml.out.tunnel: the tunnel that creates, updates and deletes compute instances and clusters'
# aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
rule 'nsg-ml-sealed-snet-compute' 'aml.out.language-server' --priority 310 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.32.0.0/23' --source-port-ranges '*' \
  --destination-address-prefixes 'AzureMachineLearning' --destination-port-ranges '18881' \
  --description 'aml.out.language-server: code completion of notebooks on compute instances'
# aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
rule 'nsg-ml-sealed-snet-compute' 'aml.out.batch' --priority 312 --direction 'Outbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes '10.32.0.0/23' --source-port-ranges '*' \
  --destination-address-prefixes 'BatchNodeManagement.NorthEurope' --destination-port-ranges '443' \
  --description 'aml.out.batch: node management of compute clusters and instances, which run on Azure Batch'
# aml.out.storage (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-exfiltration, 2. Allow inbound and outbound network traffic, 2024-01-31)
rule 'nsg-ml-sealed-snet-compute' 'aml.out.storage' --priority 316 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.32.0.0/23' --source-port-ranges '*' \
  --destination-address-prefixes 'Storage.NorthEurope' --destination-port-ranges '443' \
  --description 'aml.out.storage: the Microsoft-owned accounts that run the compute, and your own accounts where they are public'
# aml.out.private-endpoints (aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
rule 'nsg-ml-sealed-snet-compute' 'aml.out.private-endpoints' --priority 321 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.32.0.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.32.2.0/26' --destination-port-ranges '443' \
  --description 'aml.out.private-endpoints: workspace, storage, registry and key vault through their private endpoints'
# aml.out.private-endpoints-smb (aml-training-vnet, Limitations, 2024-04-08)
rule 'nsg-ml-sealed-snet-compute' 'aml.out.private-endpoints-smb' --priority 322 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.32.0.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.32.2.0/26' --destination-port-ranges '445' \
  --description 'aml.out.private-endpoints-smb: mounts of the workspace'\''s file share through its private endpoint'
# base.inside.aml-compute (nsg-how-it-works, Intra-subnet traffic, 2020-08-24; azure-tre, templates/workspace_services/azureml, 2026-08-17)
rule 'nsg-ml-sealed-snet-compute' 'base.inside.aml-compute' --priority 503 --direction 'Outbound' --access 'Allow' --protocol '*' \
  --source-address-prefixes '10.32.0.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.32.0.0/23' --destination-port-ranges '*' \
  --description 'base.inside.aml-compute: MPI and NCCL between the nodes of a training job'
# aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
# aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
# aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.studio-names (aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
rule 'nsg-ml-sealed-snet-compute' 'DenyPrivateOutbound' --priority 3995 --direction 'Outbound' --access 'Deny' --protocol '*' \
  --source-address-prefixes '10.32.0.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '10.0.0.0/8' '100.64.0.0/10' '172.16.0.0/12' '192.168.0.0/16' --destination-port-ranges '*' \
  --description 'names pass to public addresses only: private space and our own stay closed'
# aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
# aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
# aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.studio-names (aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
rule 'nsg-ml-sealed-snet-compute' 'DenyPastFirewallOutbound' --priority 3996 --direction 'Outbound' --access 'Deny' --protocol '*' \
  --source-address-prefixes '10.32.0.0/23' --source-port-ranges '*' \
  --destination-address-prefixes 'Storage' --destination-port-ranges '*' \
  --description 'names pass through the firewall only: what its routes do not see stays with the rules above'
# aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
# aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
# aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.studio-names (aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
rule 'nsg-ml-sealed-snet-compute' 'AllowNamesTcpOutbound' --priority 3998 --direction 'Outbound' --access 'Allow' --protocol 'Tcp' \
  --source-address-prefixes '10.32.0.0/23' --source-port-ranges '*' \
  --destination-address-prefixes '*' --destination-port-ranges '443' \
  --description 'host names without a service tag: the firewall holds the names'
# of the plan itself
rule 'nsg-ml-sealed-snet-compute' 'DenyAllOutbound' --priority 4096 --direction 'Outbound' --access 'Deny' --protocol '*' \
  --source-address-prefixes '*' --source-port-ranges '*' \
  --destination-address-prefixes '*' --destination-port-ranges '*' \
  --description 'whatever no rule above asks for is closed, under either reading of VirtualNetwork'

on_subnets change

routes

route_table create 'rt-ml-sealed-snet-compute'
# everything without a more specific route goes through the firewall
# aml.out.batch (aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08; aml-internet-access, Required, 2025-02-10; aml-firewall, Basic configuration, outbound traffic, 2026-03-19)
# aml.out.entra (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# aml.out.graph (aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.graph-legacy (aml-firewall, Microsoft hosts, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
# aml.out.language-server (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-internet-access, Required, 2025-02-10)
# aml.out.notebook-content (aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.registry (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.registry-data (aml-firewall, Recommended configuration for training and deploying models, 2026-03-19; service-tags, Available service tags, 2023-01-26; aml-exfiltration, 4. Curated environments, 2024-01-31)
# aml.out.resource-manager (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.service (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-firewall, Microsoft hosts, 2026-03-19; aml-custom-dns, Retrieve Private Endpoint FQDNs, 2026-03-26; aml-cloud-parity, Other Azure Government limitations, other Azure operated by 21Vianet limitations, 2025-02-28)
# aml.out.short-links (aml-firewall, Microsoft hosts, 2026-03-19)
# aml.out.studio-names (aml-exfiltration, Azure Machine Learning data exfiltration prevention, 2024-01-31)
# aml.out.tunnel (aml-firewall, Basic configuration, outbound traffic, 2026-03-19; aml-training-vnet, Compute instance/cluster or serverless compute with no public IP, 2024-04-08)
route 'rt-ml-sealed-snet-compute' 'default' --address-prefix '0.0.0.0/0' --next-hop-type 'VirtualAppliance' --next-hop-ip-address '10.0.1.4'

routes_on_subnets change
end
