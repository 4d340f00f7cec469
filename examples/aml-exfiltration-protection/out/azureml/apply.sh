#!/usr/bin/env bash
# Written by netcordon for ml-sealed. Change answers.yaml and generate again rather than edit this file.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: apply.sh [--dry-run] [--instance NAME]...

Puts compute of a workspace that exists into the subnets it was planned for: makes each cluster, sets the subnet of
serverless compute, and makes a compute instance of each NAME. Run it again as often as you like: compute that is there
in its subnet keeps its settings, but for the most nodes of a cluster. If it is in another subnet, this says so and stops
before it changes anything; Azure cannot move it. Deploy the subnets' rules first.

It needs bash 4 and the Azure CLI, signed in, with the extension ml.

  --dry-run        reads what is there, prints the commands that would change something, and changes nothing
  --instance NAME  a compute instance; its name must be free in the whole region. With several subnets for instances,
                   INSTANCE_SUBNET says which
USAGE
}

dry_run='' instances=()
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry_run=yes ;;
    --instance)
      instances+=("${2:?--instance takes a name}")
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

# The extension: without it every command below would be taken for a misspelt one.
extension() {
  local found
  command -v az >/dev/null || stop 'there is no az: install the Azure CLI'
  found=$(az extension list --query '[].name' --output tsv)
  if grep -qxF azure-cli-ml <<<"$found"; then
    stop 'the old extension azure-cli-ml is there and hides the new one: az extension remove --name azure-cli-ml'
  fi
  grep -qxF ml <<<"$found" && return
  stop 'the extension ml is not there: az extension add --name ml
  Without Internet: fetch its wheel elsewhere (az extension list-available --show-details shows where it is), bring it
  here, and az extension add --source ml-VERSION-py3-none-any.whl'
}

begin() {
  local found
  extension
  here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
  workspace=${workspace:-${WORKSPACE:-}}
  [ "$workspace" ] || stop 'the answers do not say: set WORKSPACE to the name of the workspace'
  resource_group=${resource_group:-${WORKSPACE_RESOURCE_GROUP:-}}
  [ "$resource_group" ] || stop 'the answers do not say: set WORKSPACE_RESOURCE_GROUP to the resource group of the workspace'
  subscription=${subscription:-$(az account show --query id --output tsv)}
  network=/subscriptions/$subscription/resourceGroups/$network_resource_group/providers/Microsoft.Network/virtualNetworks/$vnet
  of=("--resource-group=$resource_group" "--workspace-name=$workspace" --subscription "$subscription")
  found=$(az network vnet subnet list --resource-group "$network_resource_group" --vnet-name "$vnet" \
    --subscription "$subscription" --query '[].name' --output tsv)
  subnets=${found,,}
  # Name and subnet of each compute; a tab between them.
  compute=$(az ml compute list "${of[@]}" --query '[].[name, network_settings.subnet]' --output tsv)
}

# Sets `found` to the subnet of a compute: empty if there is no such compute.
where() { # NAME
  local name subnet
  found=''
  while IFS=$'\t' read -r name subnet; do
    if [ "${name,,}" = "${1,,}" ]; then found=${subnet:-None}; fi
  done <<<"$compute"
}

# Whether a compute is there, in the subnet it was planned for.
there() { # NAME SUBNET
  local wanted=$network/subnets/$2
  grep -qxF -- "${2,,}" <<<"$subnets" || stop "there is no subnet $2 in the virtual network $vnet"
  where "$1"
  case ${found,,} in
    '') return 1 ;;
    "${wanted,,}") return 0 ;;
    none) stop "the compute $1 is there and in no network of yours: delete it first, or choose another name" ;;
    *) stop "the compute $1 is in another subnet: $found" ;;
  esac
}

cluster() { # NAME SUBNET MOST FILE
  if [ "$pass" = check ]; then
    there "$1" "$2" || true
  elif there "$1" "$2"; then
    # Never fewer than somebody gave it since: jobs may run on them.
    most=$(az ml compute show --name "$1" "${of[@]}" --query max_instances --output tsv) ||
      stop "the cluster $1 is there and cannot be read"
    if [[ $most =~ ^[0-9]+$ && $most -ge $3 ]]; then
      echo "the cluster $1 is there, with $most nodes at the most: left as it is"
    else
      change az ml compute update --name "$1" "${of[@]}" --max-instances "$3"
    fi
  else
    change az ml compute create --file "$here/$4" --name "$1" "${of[@]}" --set "network_settings.subnet=$network/subnets/$2"
  fi
}

# The instances that were asked for go into this subnet, if it is the one.
instance() { # SUBNET FILE
  local name
  if [ ${#instances[@]} -eq 0 ]; then return; fi
  if [ "${INSTANCE_SUBNET:-$1}" != "$1" ]; then return; fi
  if [ "$instance_subnet" ] && [ "$instance_subnet" != "$1" ]; then
    stop "instances may go into $instance_subnet or $1: set INSTANCE_SUBNET to one of them"
  fi
  instance_subnet=$1
  for name in "${instances[@]}"; do
    [[ $name =~ ^[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]$ ]] ||
      stop "$name cannot name an instance: 3 to 24 letters, digits and -, a letter first, no - at the end"
    if [ "$pass" = check ]; then
      there "$name" "$1" || true
    elif ! there "$name" "$1"; then
      change az ml compute create --file "$here/$2" --name "$name" "${of[@]}" --set "network_settings.subnet=$network/subnets/$1"
    fi
  done
}

# Whether the instances that were asked for found a subnet.
placed() {
  if [ ${#instances[@]} -gt 0 ] && [ -z "$instance_subnet" ]; then
    stop 'no subnet was planned for instances, or INSTANCE_SUBNET names none of them'
  fi
}

serverless() { # SUBNET FILE
  local wanted=$network/subnets/$1 found
  grep -qxF -- "${1,,}" <<<"$subnets" || stop "there is no subnet $1 in the virtual network $vnet"
  if [ "$pass" = check ]; then return; fi
  found=$(az ml workspace show --name "$workspace" "${of[0]}" --subscription "$subscription" \
    --query serverless_compute.custom_subnet --output tsv)
  if [ "${found,,}" = "${wanted,,}" ]; then return; fi
  change az ml workspace update --name "$workspace" "${of[0]}" --subscription "$subscription" --file "$here/$2" \
    --set "serverless_compute.custom_subnet=$wanted"
}

workspace='mlw-sealed'
resource_group='rg-ml'
subscription='11111111-2222-3333-4444-555555555555'
network_resource_group='rg-ml-network'
vnet='vnet-ml'

everything() {
  pass=$1 instance_subnet=''
  cluster 'cpu-snet-compute' 'snet-compute' '4' 'cluster-snet-compute.yml'
  instance 'snet-compute' 'instance-snet-compute.yml'
  placed
}

begin
everything check
everything change
