#!/usr/bin/env bash
# Written by netcordon for hub-all. Change answers.yaml and generate again rather than edit this file.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: github-opening.sh open UNTIL [--only nsg|firewall] [--leave-open] [--dry-run]
       github-opening.sh close [--only nsg|firewall] [--dry-run]

Opens GitHub to the CycleCloud server until a stated time, for the first node of a cluster or after an upgrade, and
closes it again. Staging the projects beforehand (staging/) is the way that opens nothing: anyone can publish on GitHub.

  open UNTIL    adds the rules, waits until UNTIL and takes them out again, also when interrupted or when something
                fails on the way. UNTIL is a time that `date` understands, at most 24 hours ahead: '17:30', '+2 hours',
                2026-01-31T17:30Z. The rules name it in their description.
  close         takes the rules out, whoever added them; run it again as often as you like
  --only        one side alone, where the network and the firewall have different owners: both have to open
  --leave-open  does not wait: then close is yours to run
  --dry-run     prints the commands, and changes nothing

It opens, on 443 and from the server's subnet alone: github.com, api.github.com, codeload.github.com,
objects.githubusercontent.com, release-assets.githubusercontent.com. GitHub sends downloads on to the last one since
2025. Where code keeps the rules (Terraform and the like), its next run takes these out as well. It needs bash 4, GNU
date and the Azure CLI, signed in, without extensions.
USAGE
}

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

asked() { [ -z "$only" ] || [ "$only" = "$1" ]; }

rule() { # NSG RULE OPTION...
  change az network nsg rule create "${group[@]}" --nsg-name "$1" --name "$2" "${@:3}"
}

no_rule() { # NSG RULE
  change az network nsg rule delete "${group[@]}" --nsg-name "$1" --name "$2"
}

# The group of our own that the firewall gets for that time.
put() {
  local body state=''
  body=$(sed "s/@UNTIL@/$until/")
  printf 'az rest --method put --url %q --body @-\n' "$url"
  if [ "$dry_run" ]; then
    printf '%s\n' "$body"
    return
  fi
  az rest --method put --url "$url" --body @- --output none <<<"$body"
  for _ in {1..180}; do
    state=$(az rest --method get --url "$url" --query properties.provisioningState --output tsv)
    case $state in
      Succeeded) return ;;
      Failed | Canceled) break ;;
    esac
    sleep 5
  done
  stop "the rule collection group is not there as asked: its state is ${state:-unknown}"
}

no_group() {
  local found
  if [ -z "$dry_run" ]; then
    found=$(az rest --method get --url "$policy/ruleCollectionGroups?api-version=$api_version" --query "value[].name" --output tsv) || return 1
    grep -qxF -- "$firewall_group" <<<"$found" || return 0
  fi
  change az rest --method delete --url "$url"
}

# Every step is tried, whatever became of the one before: a rule that stays open is worse than an error.
close() {
  local failed=''
  trap - EXIT
  if asked nsg; then close_nsg || failed=yes; fi
  if asked firewall && [ "$firewall_group" ]; then no_group || failed=yes; fi
  if [ "$failed" ]; then
    printf 'NOT CLOSED: something above failed; run github-opening.sh close again\n' >&2
    exit 1
  fi
  echo 'closed'
}

open() {
  local end now
  end=$(date -d "$until" +%s 2>/dev/null) || stop "$until is not a time that date understands"
  now=$(date +%s)
  [ "$end" -gt "$now" ] || stop "$until is past"
  [ "$end" -le $((now + 86400)) ] || stop "$until is more than 24 hours ahead: open for as long as it takes, no longer"
  until=$(date -u -d "@$end" +%Y-%m-%dT%H:%M:%SZ)
  if [ -z "$leave_open" ]; then
    trap 'close' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
  fi
  if asked nsg; then open_nsg; fi
  if asked firewall && [ "$firewall_group" ]; then open_firewall; fi
  echo "open until $until"
  if [ "$leave_open" ]; then
    echo 'nothing closes it by itself: run github-opening.sh close'
    return
  fi
  [ "$dry_run" ] || while [ "$(date +%s)" -lt "$end" ]; do
    # In the background, so that an interruption is heard at once.
    sleep $((end - $(date +%s) < 60 ? 1 : 30)) &
    wait $! || true
  done
}

verb=${1:-} until='' only='' leave_open='' dry_run=''
[ $# -eq 0 ] || shift
if [ "$verb" = open ]; then
  until=${1:-}
  case $until in
    '' | -*) stop 'open takes the time at which it ends' ;;
  esac
  shift
fi
while [ $# -gt 0 ]; do
  case $1 in
    --only)
      only=${2:-}
      case $only in
        nsg | firewall) ;;
        *) stop '--only takes nsg or firewall' ;;
      esac
      shift
      ;;
    --leave-open) leave_open=yes ;;
    --dry-run) dry_run=yes ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
  shift
done

subscription='11111111-2222-3333-4444-555555555555'
resource_group='rg-research-network'
policy='/subscriptions/99999999-8888-7777-6666-555555555555/resourceGroups/rg-hub/providers/Microsoft.Network/firewallPolicies/afwp-hub'
firewall_group='rcg-hub-all-github'
api_version='2024-05-01'

open_nsg() {
  :
}

# Allows go before the denies that bound them.
close_nsg() {
  local failed=''
  [ -z "$failed" ]
}

open_firewall() {
  put <<'GROUP'
{
  "properties": {
    "priority": 501,
    "ruleCollections": [
      {
        "action": {
          "type": "Allow"
        },
        "name": "github",
        "priority": 100,
        "ruleCollectionType": "FirewallPolicyFilterRuleCollection",
        "rules": [
          {
            "description": "GitHub until @UNTIL@",
            "name": "cyclecloud.server.github-snet-cyclecloud",
            "protocols": [
              {
                "port": 443,
                "protocolType": "Https"
              }
            ],
            "ruleType": "ApplicationRule",
            "sourceAddresses": [
              "10.50.0.0/27"
            ],
            "targetFqdns": [
              "github.com",
              "api.github.com",
              "codeload.github.com",
              "objects.githubusercontent.com",
              "release-assets.githubusercontent.com"
            ]
          }
        ]
      }
    ]
  }
}
GROUP
}

group=("--resource-group=$resource_group")
if [ "$subscription" ]; then group+=(--subscription "$subscription"); fi

case $verb in
  open | close)
    [ "$dry_run" ] || command -v az >/dev/null || stop 'there is no az: install the Azure CLI'
    policy=${policy:-${FIREWALL_POLICY_ID:-}}
    if [ "$firewall_group" ] && asked firewall && [ -z "$policy" ]; then
      stop 'the answers do not say: set FIREWALL_POLICY_ID to the resource id of the firewall policy'
    fi
    url="$policy/ruleCollectionGroups/$firewall_group?api-version=$api_version"
    "$verb"
    ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
