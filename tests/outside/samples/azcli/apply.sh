#!/usr/bin/env bash
set -euo pipefail
group=${1:?resource group}
if az group show --name "$group" >/dev/null; then
  az network nsg create --resource-group "$group" --name nsg-aml
fi
