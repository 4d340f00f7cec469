#!/usr/bin/env bash
# Applies network-policies.yaml, which stands beside it, for aks-ml. Written by netcordon: change answers.yaml and
# generate again rather than edit this file.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: apply-network-policies.sh [--dry-run] [--unverified] [--remove] [--context NAME]

Looks whether pods have the labels that the policies select by, says which pods the policies isolate, and applies them.
Run it again as often as you like. It needs kubectl with rights on network policies.

  --dry-run       asks the API server whether it would take them, and changes nothing
  --unverified    goes on where no pod has a label: before anything is deployed, there is none to have it
  --remove        takes the policies out again, which is the way back
  --context NAME  the context of kubectl; without it, the one that is set

A policy isolates the pods it selects at once, and cuts what it does not name. A label that no pod has makes a policy
that selects nothing: traffic you meant to allow is then cut by the other policies.
USAGE
}

dry_run='' unverified='' remove='' context=()
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry_run=yes ;;
    --unverified) unverified=yes ;;
    --remove) remove=yes ;;
    --context)
      context=(--context "${2:?--context takes a name}")
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

cluster() {
  kubectl ${context[@]+"${context[@]}"} "$@"
}

namespace() { # NAMESPACE
  cluster get namespace "$1" --output name >/dev/null ||
    stop "there is no namespace $1: install the extension, and attach the cluster with that namespace"
}

labelled() { # NAMESPACE KEY=VALUE ANSWER
  local pods
  pods=$(cluster get pods --namespace "$1" --selector "$2" --output name)
  if [ "$pods" ]; then return; fi
  printf 'no pod of namespace %s has the label %s; they have:\n' "$1" "$2" >&2
  cluster get pods --namespace "$1" --show-labels >&2
  if [ "$unverified" ]; then return; fi
  stop "answer $3 with what it really is and generate again, or go on with --unverified"
}

isolated() { # NAMESPACE [KEY=VALUE]
  cluster get pods --namespace "$1" --selector "${2:-}" --output name | sed "s,^,isolated in $1: ,"
}

command -v kubectl >/dev/null || stop 'kubectl is not here: az aks install-cli'
file=$(dirname "$0")/network-policies.yaml
[ -f "$file" ] || stop "$file is not here"

if [ "$remove" ]; then
  cluster delete --ignore-not-found --filename "$file" ${dry_run:+--dry-run=server}
  exit 0
fi

namespace 'azureml'
namespace 'models'
labelled 'azureml' 'azuremlappname=azureml-fe' 'aks.azureml_fe_label'
labelled 'azureml' 'ml.azure.com/infra-app=identity-proxy' 'aks.azureml_identity_label'
labelled 'models' 'isazuremlapp=true' 'aks.azureml_model_label'

{
  isolated 'azureml' ''
  isolated 'azureml' 'azuremlappname=azureml-fe'
  isolated 'azureml' 'ml.azure.com/infra-app=identity-proxy'
  isolated 'models' 'isazuremlapp=true'
} | sort -u

cluster apply --filename "$file" ${dry_run:+--dry-run=server}
