#!/usr/bin/env bash
# Installs the Azure Machine Learning extension on the AKS cluster of aks-ml. Written by netcordon: change
# answers.yaml and generate again rather than edit this file.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: install-extension.sh --resource-group GROUP --cluster NAME [--name EXTENSION] [--dry-run]
                            --ssl-cname HOST (--ssl-secret SECRET | --ssl-cert FILE --ssl-key FILE) [--one-router]

Checks what the extension needs of the cluster, and installs it if it is not there. Run it again as often as you like:
an extension that is there stays as it is. It needs the Azure CLI, signed in, and its extension k8s-extension.

  --name EXTENSION  the name of the extension in the cluster; without it, azureml
  --dry-run         checks, prints the command that would install it, and changes nothing
  --ssl-cname HOST  the name in the certificate of the online endpoints
  --ssl-secret      the Kubernetes secret in the namespace azureml with cert.pem and key.pem; or instead
  --ssl-cert FILE   the certificate, and --ssl-key FILE its key without a password
  --one-router      one azureml-fe instead of three, for a cluster of fewer than three nodes
USAGE
}

group='' cluster='' extension=azureml dry_run='' cname='' secret='' cert='' key='' router=''
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry_run=yes ;;
    --one-router) router=inferenceRouterHA=False ;;
    --resource-group | --cluster | --name | --ssl-cname | --ssl-secret | --ssl-cert | --ssl-key)
      if [ $# -lt 2 ]; then
        usage >&2
        exit 2
      fi
      case $1 in
        --resource-group) group=$2 ;;
        --cluster) cluster=$2 ;;
        --name) extension=$2 ;;
        --ssl-cname) cname=$2 ;;
        --ssl-secret) secret=$2 ;;
        --ssl-cert) cert=$2 ;;
        --ssl-key) key=$2 ;;
      esac
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
if [ -z "$group" ] || [ -z "$cluster" ]; then
  usage >&2
  exit 2
fi

stop() {
  printf 'stop: %s\n' "$1" >&2
  exit 1
}

show() { # QUERY
  az aks show --resource-group "$group" --name "$cluster" --query "$1" --output tsv
}

# The page asks for version 1.2.3 of k8s-extension at the least.
version=$(az extension show --name k8s-extension --query version --output tsv 2>/dev/null) ||
  stop 'the Azure CLI has no extension k8s-extension: az extension add --name k8s-extension'
lowest=$(printf '1.2.3\n%s\n' "$version" | sort -V | sed -n 1p)
[ "$lowest" = 1.2.3 ] || stop "k8s-extension is $version: az extension update --name k8s-extension"

state=$(az provider show --namespace Microsoft.KubernetesConfiguration --query registrationState --output tsv)
[ "$state" = Registered ] ||
  stop 'the subscription lacks a provider: az provider register --namespace Microsoft.KubernetesConfiguration --wait'

# What the extension refuses, or fails without a word (how-to-deploy-kubernetes-extension, Limitations).
found=$(show networkProfile.outboundType)
planned='userDefinedRouting'
[ "$found" = "$planned" ] || stop "the cluster leaves by $found, and the network is planned for $planned"
found=$(show servicePrincipalProfile.clientId)
case $found in
  '' | None | msi) ;;
  *) stop 'the cluster uses a service principal: the extension needs a managed identity, and node pools made anew with it' ;;
esac
found=$(show disableLocalAccounts)
case $found in
  true | True) stop 'local accounts are disabled, and the extension needs them: az aks update --enable-local-accounts' ;;
esac

settings=(enableTraining=True)
protected=()
settings+=(enableInference=True inferenceRouterServiceType=LoadBalancer internalLoadBalancerProvider=azure)
settings+=(allowInsecureConnections=False)
if [ "$router" ]; then settings+=("$router"); fi
[ "$cname" ] || stop 'online endpoints speak HTTPS: --ssl-cname and a certificate are needed'
settings+=("sslCname=$cname")
if [ "$secret" ]; then
  settings+=("sslSecret=$secret")
elif [ -f "$cert" ] && [ -f "$key" ]; then
  protected=(--configuration-protected-settings "sslCertPemFile=$cert" "sslKeyPemFile=$key")
else
  stop 'online endpoints speak HTTPS: --ssl-secret, or --ssl-cert and --ssl-key with files that are there'
fi

on=(--cluster-type managedClusters --resource-group "$group" --cluster-name "$cluster")
# The service gives the type back in small letters.
there=$(az k8s-extension list "${on[@]}" --output tsv --query '[].[name, extensionType, provisioningState]')
there=$(grep -i $'\tmicrosoft.azureml.kubernetes\t' <<<"$there") || true
if [ "$there" ]; then
  printf 'it is there already (%s); another setting is a matter for az k8s-extension update\n' "${there//$'\t'/, }"
  exit 0
fi

command=(az k8s-extension create "${on[@]}" --name "$extension" --extension-type Microsoft.AzureML.Kubernetes
  --scope cluster --configuration-settings "${settings[@]}" ${protected[@]+"${protected[@]}"})
printf '%q ' "${command[@]}"
printf '\n'
if [ "$dry_run" ]; then exit 0; fi
"${command[@]}" --output none
az k8s-extension show "${on[@]}" --name "$extension" --query '[name, provisioningState]' --output tsv
