#!/usr/bin/env bash
# Written by netcordon for hpc-proxied. Change answers.yaml and generate again rather than edit this file.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: web-proxy-server.sh [--root DIR] [--restart]

What the CycleCloud server needs beside an explicit proxy: it adds to webServerJvmOptions in cycle_server.properties
what Java reaches without the proxy. Options that stand there stay. Run it as root on the server, as often as you like.

The proxy itself is set in the web interface, which has no documented counterpart in a file: Settings, HTTP(s) Proxies,
Enabled, then address and port as this script prints them. Both take effect with a restart.

  --root DIR   where the server is installed: /opt/cycle_server
  --restart    restarts the server at the end
USAGE
}

stop() {
  printf 'stop: %s\n' "$1" >&2
  exit 1
}

root=/opt/cycle_server restart=''
while [ $# -gt 0 ]; do
  case $1 in
    --root)
      root=${2:?--root takes a folder}
      shift
      ;;
    --restart) restart=yes ;;
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

proxy='http://10.12.0.5:3128'
# Java's own form: `|` between patterns, `*` at an end only, no prefixes; one property serves http and https.
wanted='localhost|127.*|169.254.169.254|168.63.129.16|*.core.windows.net'

file=$root/config/cycle_server.properties
[ -f "$file" ] || stop "there is no $file: is this the CycleCloud server?"
[ -w "$file" ] || stop "$file cannot be written: run this as root"

# Of several lines with one key the server reads the last.
old=$(grep '^[[:space:]]*webServerJvmOptions[[:space:]]*=' "$file" | tail -n 1 || true)
options=${old#*=}
options=${options%$'\r'}
had=''
if [[ $options =~ (^|[[:space:]])-Dhttp\.nonProxyHosts=(\"([^\"]*)\"|([^[:space:]\"]*)) ]]; then
  had=${BASH_REMATCH[3]}${BASH_REMATCH[4]}
  options=${options/"${BASH_REMATCH[0]}"/}
fi
patterns=$had
IFS='|' read -ra wanted_each <<<"$wanted"
for pattern in "${wanted_each[@]}"; do
  case "|$patterns|" in
    *"|$pattern|"*) ;;
    *) patterns=${patterns:+$patterns|}$pattern ;;
  esac
done
options=${options#"${options%%[![:space:]]*}"}
new="webServerJvmOptions=${options:+$options }-Dhttp.nonProxyHosts=\"$patterns\""
if [ "$old" = "$new" ]; then
  echo "$file: nothing to change"
else
  [ -e "$file.before-proxy" ] || cp -p "$file" "$file.before-proxy"
  # The old line stays where it is and no longer counts.
  end=$(tail -c 1 "$file")
  printf '%s%s\n' "${end:+$'\n'}" "$new" >>"$file"
  echo "$file: $new"
  echo "what was there: $file.before-proxy"
fi

address=${proxy#http://}
echo "in the web interface, Settings, HTTP(s) Proxies: Enabled, host ${address%:*}, port ${address##*:}"
if [ "$restart" ]; then
  "$root/cycle_server" restart --wait
else
  echo "then, for both to take effect: $root/cycle_server restart --wait"
fi
