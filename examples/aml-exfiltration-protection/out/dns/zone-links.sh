#!/usr/bin/env bash
# Written by netcordon for ml-sealed. Change answers.yaml and generate again rather than edit this file.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: zone-links.sh [--dry-run] [--create-zones]

Links the private DNS zones of private endpoints to the network that asks Azure's DNS for names, where no link is there
yet. Run it again as often as you like. It needs the Azure CLI, signed in, without extensions.

  --dry-run       reads what is there, prints the commands that would change something, and changes nothing
  --create-zones  makes a zone that is not there; without it, this names the missing ones and stops before any change

ZONES_RESOURCE_GROUP  the resource group of the zones, often a hub's
ZONES_SUBSCRIPTION    their subscription, if it is not the one that is set
NETWORK_ID            the network to link, if it is not the planned one: with DNS servers of your own, the network in
                      which they (or the firewall that answers for them) ask 168.63.129.16
USAGE
}

dry_run='' create_zones=''
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry_run=yes ;;
    --create-zones) create_zones=yes ;;
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

begin() {
  command -v az >/dev/null || stop 'there is no az: install the Azure CLI'
  [ "${ZONES_RESOURCE_GROUP:-}" ] || stop 'set ZONES_RESOURCE_GROUP to the resource group of the private DNS zones'
  of=("--resource-group=$ZONES_RESOURCE_GROUP")
  if [ "${ZONES_SUBSCRIPTION:-}" ]; then of+=(--subscription "$ZONES_SUBSCRIPTION"); fi
  subscription=${subscription:-$(az account show --query id --output tsv)}
  network=${NETWORK_ID:-/subscriptions/$subscription/resourceGroups/$resource_group/providers/Microsoft.Network/virtualNetworks/$vnet}
  [[ $network =~ ^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Network/virtualNetworks/[^/]+$ ]] ||
    stop "NETWORK_ID is no resource id of a virtual network: $network"
}

# Looks at every zone before anything changes.
look() { # ZONE...
  local zone id missing=''
  for zone in "$@"; do
    id=$(ask network private-dns zone show "${of[@]}" --name "$zone" --query id)
    [ "$id" ] || missing+=" $zone"
  done
  if [ -z "$missing" ] || [ "$create_zones" ]; then return; fi
  stop "not in the resource group $ZONES_RESOURCE_GROUP:$missing. Name the right one, or make them with --create-zones"
}

link_zone() { # ZONE
  local id links
  id=$(ask network private-dns zone show "${of[@]}" --name "$1" --query id)
  if [ -z "$id" ]; then
    change az network private-dns zone create "${of[@]}" --name "$1"
  fi
  links=$(ask network private-dns link vnet list "${of[@]}" --zone-name "$1" --query '[].virtualNetwork.id')
  if grep -qixF -- "$network" <<<"$links"; then return; fi
  change az network private-dns link vnet create "${of[@]}" --zone-name "$1" --name "$link" \
    --virtual-network "$network" --registration-enabled false
}

subscription='11111111-2222-3333-4444-555555555555'
resource_group='rg-ml-network'
vnet='vnet-ml'
link='netcordon-ml-sealed'
zones=(
  'privatelink.api.azureml.ms'
  'privatelink.notebooks.azure.net'
  'privatelink.blob.core.windows.net'
  'privatelink.file.core.windows.net'
  'privatelink.queue.core.windows.net'
  'privatelink.table.core.windows.net'
  'privatelink.dfs.core.windows.net'
  'privatelink.azurecr.io'
  'privatelink.vaultcore.azure.net'
  'privatelink.monitor.azure.com'
  'privatelink.oms.opinsights.azure.com'
  'privatelink.ods.opinsights.azure.com'
  'privatelink.agentsvc.azure-automation.net'
)

begin
look "${zones[@]}"
for zone in "${zones[@]}"; do
  link_zone "$zone"
done
