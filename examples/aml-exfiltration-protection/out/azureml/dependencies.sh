#!/usr/bin/env bash
# Written by netcordon for ml-sealed. Change answers.yaml and generate again rather than edit this file.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: dependencies.sh [FILE]

Asks Azure what a resource that exists must reach, and saves the answer in FILE, RESPONSE.json if none is named. It
changes nothing in Azure. Then, from the folder above, on any machine:

  netcordon dependencies compare answers.yaml FILE

says what the resource lists and the plan does not allow, and the other way round. The answer names hosts and ports and
little more: it is a second opinion, not a source of rules. It needs the Azure CLI, signed in, without extensions.
USAGE
}

stop() {
  printf 'stop: %s\n' "$1" >&2
  exit 1
}

# Asks once and keeps the answer, or keeps the file that was there.
save() {
  local subscription=${1:-} resource_group=${2:-} resource=${3:-} kind=$4 version=$5 answer
  command -v az >/dev/null || stop 'there is no az: install the Azure CLI'
  [ "$resource_group" ] || stop "the answers do not say: set ${resource_group_variable:?} to the resource group of the $what"
  [ "$resource" ] || stop "the answers do not say: set ${name_variable:?} to the name of the $what"
  subscription=${subscription:-$(az account show --query id --output tsv)}
  answer=$(az rest --method get --url "/subscriptions/$subscription/resourceGroups/$resource_group/providers/$kind/$resource/outboundNetworkDependenciesEndpoints?api-version=$version")
  printf '%s\n' "$answer" >"$file"
  printf 'saved in %s; now: netcordon dependencies compare answers.yaml %q\n' "$file" "$file"
}

case ${1:-} in
  -h | --help)
    usage
    exit 0
    ;;
  -*)
    usage >&2
    exit 2
    ;;
esac
file=${1:-RESPONSE.json}

what='workspace'
name_variable='WORKSPACE'
resource_group_variable='WORKSPACE_RESOURCE_GROUP'
subscription='11111111-2222-3333-4444-555555555555'
resource_group='rg-ml'
resource='mlw-sealed'

save "$subscription" "${resource_group:-${!resource_group_variable:-}}" "${resource:-${!name_variable:-}}" 'Microsoft.MachineLearningServices/workspaces' '2024-04-01'
