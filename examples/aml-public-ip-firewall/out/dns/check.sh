#!/usr/bin/env bash
# Written by netcordon for ml-public. Change answers.yaml and generate again rather than edit this file.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: check.sh [NAME...]

Run it on a machine in one of the planned subnets. It resolves names as programs there do, and says of each whether the
answer is a private or a public address, as it must be, and whether the machine asks the DNS servers that were planned.
It changes nothing. Exit code 1 if something is wrong.

  NAME  a further name that must resolve to a private address. A private endpoint lists its own:
        az network private-endpoint show --ids ID --query 'customDnsConfigs[].fqdn' --output tsv

It needs bash 4 and one of getent, dig and nslookup.
USAGE
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

wrong=0

bad() {
  printf 'WRONG  %s\n' "$1"
  wrong=1
}

good() {
  printf 'ok     %s\n' "$1"
}

# The IPv4 addresses of a name, one a line.
addresses() { # NAME
  if command -v getent >/dev/null; then
    getent ahostsv4 "$1" | awk '{ print $1 }' | sort -u
  elif command -v dig >/dev/null; then
    dig +short +time=3 +tries=2 "$1" A | grep -E '^[0-9.]+$' | sort -u
  elif command -v nslookup >/dev/null; then
    nslookup "$1" 2>/dev/null | awk '/^Name:/ { answer = 1 } answer && /^Address/ { print $NF }' | grep -E '^[0-9.]+$' | sort -u
  else
    echo 'stop: neither getent nor dig nor nslookup is there' >&2
    exit 2
  fi
}

number() { # ADDRESS
  local part
  IFS=. read -ra part <<<"$1"
  echo $((((part[0] * 256 + part[1]) * 256 + part[2]) * 256 + part[3]))
}

within() { # ADDRESS PREFIX...
  local address prefix size
  address=$(number "$1")
  for prefix in "${@:2}"; do
    size=$((2 ** (32 - ${prefix#*/})))
    if [ $((address / size)) -eq $(($(number "${prefix%/*}") / size)) ]; then return 0; fi
  done
  return 1
}

check() { # private|public NAME
  local found address kind
  found=$(addresses "$2" || true)
  if [ -z "$found" ]; then
    bad "$2 does not resolve"
    return
  fi
  if grep -qsE "^[^#]*[[:space:]]${2//./\\.}([[:space:]]|\$)" /etc/hosts; then
    bad "$2 comes from /etc/hosts, not from DNS"
  fi
  for address in $found; do
    if within "$address" "${private_space[@]}"; then kind=private; else kind=public; fi
    if [ "$kind" = "$1" ]; then
      good "$2 is $address, $kind"
    elif [ "$1" = private ]; then
      bad "$2 is $address, public: its zone is not linked, or not forwarded, or its private endpoint is not there"
    else
      bad "$2 is $address, private: a zone or a forwarder of yours takes a name that is public"
    fi
  done
}

# Every server that this machine asks; a local stub counts as what stands behind it.
asked() {
  if command -v resolvectl >/dev/null && resolvectl dns >/dev/null 2>&1; then
    resolvectl dns | grep -oE '([0-9]{1,3}\.){3}[0-9]{1,3}' | sort -u
  elif [ -r /run/systemd/resolve/resolv.conf ]; then
    awk '/^nameserver/ { print $2 }' /run/systemd/resolve/resolv.conf | sort -u
  else
    awk '/^nameserver/ { print $2 }' /etc/resolv.conf | sort -u
  fi
}

check_servers() {
  local server found
  found=$(asked || true)
  if [ -z "$found" ]; then
    bad 'no DNS server of this machine was found'
    return
  fi
  for server in $found; do
    if [[ " ${servers[*]} " = *" $server "* ]]; then
      good "this machine asks $server"
    else
      bad "this machine asks $server, and planned was: ${servers[*]}"
    fi
  done
}

# The servers that machines of this network should ask.
servers=(
  '168.63.129.16'
)
# Private address space, and this network's own.
private_space=(
  '10.0.0.0/8'
  '100.64.0.0/10'
  '172.16.0.0/12'
  '192.168.0.0/16'
)
private_names=(
)
public_names=(
  'automlresources-prod-d0eaehh7g8andvav.b02.azurefd.net'
  'automlresources-prod.azureedge.net'
  'dc.applicationinsights.azure.com'
  'dc.applicationinsights.microsoft.com'
  'dc.services.visualstudio.com'
  'login.microsoftonline.com'
  'management.azure.com'
  'mcr.microsoft.com'
  'ml.azure.com'
  'westeurope.tundra.azureml.ms'
)

check_servers
for name in ${private_names[@]+"${private_names[@]}"} "$@"; do check private "$name"; done
for name in ${public_names[@]+"${public_names[@]}"}; do check public "$name"; done
exit "$wrong"
