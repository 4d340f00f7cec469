#!/usr/bin/env bash
# Written by netcordon for hpc-proxy. Change answers.yaml and generate again rather than edit this file.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: server.sh list [--template FILE]... [--root DIR] > projects.txt
       server.sh install DIR [--legacy] [--root DIR]

What runs on the CycleCloud server, as root, so that clusters start without GitHub.

  list      prints the projects that the cluster needs, one in a line: name, version, address of its release. Versions
            and addresses are what this server knows; of several it takes the highest, compared number by number.
  install   takes what connected.sh packed, from the folder DIR that it was copied to: projects.txt, sha256sums and the
            archives. Checks every sum, then puts each project where the server looks before it asks GitHub.

  --template FILE   the cluster template: names projects, and versions where it has them, in its cluster-init sections
  --legacy          DIR comes from connected.sh --legacy: projects are built here, with the CycleCloud CLI
  --root DIR        where the server is installed: /opt/cycle_server

Both may run again as often as you like.
USAGE
}

stop() {
  printf 'stop: %s\n' "$1" >&2
  exit 1
}

# What nothing here may ever take for a path or an option.
is_name() { [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9_-]*$ ]]; }
is_version() { [[ $1 =~ ^[0-9]+(\.[0-9]+)*$ ]]; }

# The projects that a template names, with their versions where it says one: [[[cluster-init cyclecloud/NAME:SPEC:VERSION]]].
# What comes from a locker of yours is not GitHub's.
named_by() { # FILE
  sed -nE 's|^[[:space:]]*\[\[\[[[:space:]]*cluster-init[[:space:]]+cyclecloud/([^]:[:space:]]+)(:[^]:[:space:]]*)?(:([^]:[:space:]]*))?[[:space:]]*\]\]\].*|\1 \4|p' "$1"
}

# Every release that the server knows: name, version, address.
known() {
  "$root/cycle_server" execute 'select Name, Version, Url from cloud.project' | awk '
    function flush() { if (name != "" && version != "" && url != "") print name, version, url; name = version = url = "" }
    function value(text) { sub(/^[^=]*=[ \t]*"?/, "", text); sub(/"?[ \t\r]*$/, "", text); return text }
    /^[ \t\r]*$/ { flush() }
    /^[ \t]*Name[ \t]*=/ { if (name != "") flush(); name = value($0) }
    /^[ \t]*Version[ \t]*=/ { if (version != "") flush(); version = value($0) }
    /^[ \t]*Url[ \t]*=/ { if (url != "") flush(); url = value($0) }
    END { flush() }'
}

# Of lines NAME VERSION URL, the one of a project with the highest version: 3.0.10 is above 3.0.9, and 3.0.0 above 3.0.
# Without numbers alone it is no release.
highest() { # NAME
  awk -v name="$1" '
    function above(a, b,  x, y, n, m, i, p, q) {
      n = split(a, x, "."); m = split(b, y, ".")
      for (i = 1; i <= n || i <= m; i++) {
        # As text of the same length: no number is too long for it.
        p = i <= n ? x[i] : ""; q = i <= m ? y[i] : ""
        sub(/^0+/, "", p); sub(/^0+/, "", q)
        if (length(p) != length(q)) return length(p) > length(q)
        if (p "" != q "") return p "" > q ""
      }
      return n > m
    }
    $1 == name && $2 ~ /^[0-9]+(\.[0-9]+)*$/ && (best == "" || above($2, best)) { best = $2; line = $0 }
    END { if (line != "") print line }'
}

list() {
  local releases needed='' template name version found url missing=''
  [ -x "$root/cycle_server" ] || stop "there is no $root/cycle_server: is this the CycleCloud server?"
  releases=$(known) || stop 'the server does not answer: is it running, and are you root?'
  if [ ${#templates[@]} -gt 0 ]; then
    for template in "${templates[@]}"; do
      [ -f "$template" ] || stop "there is no file $template"
      needed+=$(named_by "$template")$'\n'
    done
    [[ $needed =~ [^[:space:]] ]] || stop 'the template has no section cluster-init cyclecloud/...: nothing to stage'
  else
    printf -v needed '%s\n' "${projects[@]}"
  fi
  while read -r name version; do
    [ "$name" ] || continue
    is_name "$name" || stop "the template names a project that is none: $name"
    case $version in
      '' | '*') found=$(highest "$name" <<<"$releases") ;;
      *) found=$(awk -v name="$name" -v version="$version" '$1 == name && $2 == version { print; exit }' <<<"$releases") ;;
    esac
    if [ -z "$found" ]; then
      missing+="  $name ${version:-of any version}"$'\n'
      continue
    fi
    read -r name version url <<<"$found"
    # The page of a release has /tag/ in its address; the CLI wants it without.
    printf '%s %s %s\n' "$name" "$version" "${url/\/releases\/tag\///releases/}"
  done < <(LC_ALL=C sort -u <<<"$needed")
  if [ "$missing" ]; then
    printf 'this server knows no release of:\n%s' "$missing" >&2
    stop 'add a line for each to projects.txt: NAME VERSION https://github.com/Azure/REPOSITORY/releases/VERSION'
  fi
}

# An archive holds blobs and its version, and nothing that leads out of the folder it is unpacked in.
holds_only() { # ARCHIVE FOLDER...
  local member folder ok
  if tar --list --verbose --gzip --file "$1" | grep -qv '^[-d]'; then stop "$1 holds links or devices"; fi
  while IFS= read -r member; do
    member=${member#./}
    ok=''
    for folder in "${@:2}"; do
      case $member in
        "$folder" | "$folder"/*) ok=yes ;;
      esac
    done
    case /$member/ in
      */../*) ok='' ;;
    esac
    [ "$ok" ] || stop "$1 holds $member, which has no business there"
  done < <(tar --list --gzip --file "$1")
}

# The lines of projects.txt, each looked at before any of them is believed.
each_project() { # FUNCTION
  local name version url more
  while read -r name version url more || [ "$name" ]; do
    case $name in
      '' | '#'*) continue ;;
    esac
    if ! is_name "$name" || ! is_version "$version" || [ "$more" ]; then
      stop "projects.txt: not a name, a version and an address: $name $version"
    fi
    "$1" "$name" "$version" "$url"
  done <"$from/projects.txt"
}

there() { # NAME VERSION: its archive, and a sum for it
  local archive=$1-$2$suffix.tgz
  [ -f "$from/$archive" ] || stop "$from has no $archive: $1 $2 is missing, pack it as well"
  grep -qE "^[0-9a-f]{64} [ *]$archive\$" "$from/sha256sums" || stop "sha256sums says nothing of $archive"
}

unpack() { # NAME VERSION
  local archive=$from/$1-$2.tgz folder=$staging/projects/$1
  holds_only "$archive" blobs "$2"
  mkdir -p "$folder"
  rm -rf "${folder:?}/$2"
  tar --extract --gzip --no-same-owner --file "$archive" --directory "$folder"
  [ -d "$folder/$2" ] || stop "$archive holds no folder $2"
  echo "staged: $1 $2"
}

build() { # NAME VERSION
  local archive=$from/$1-$2-source.tgz folder=$staging/projects/$1 source
  command -v cyclecloud >/dev/null || stop 'there is no cyclecloud: install and initialize the CycleCloud CLI on this server'
  holds_only "$archive" source
  source=$(mktemp -d)
  # shellcheck disable=SC2064  # as it is now
  trap "rm -rf '$source'" EXIT
  tar --extract --gzip --no-same-owner --file "$archive" --directory "$source"
  (cd "$source/source" && cyclecloud project build)
  [ -d "$source/source/build/$1" ] || stop "project build made no build/$1: the project has another name"
  rm -rf "${folder:?}/$2"
  mkdir -p "$folder/$2" "$folder/blobs"
  cp -R "$source/source/build/$1/." "$folder/$2/"
  cp -R "$source/source/blobs/." "$folder/blobs/"
  rm -rf "$source"
  trap - EXIT
  echo "staged: $1 $2"
}

install() {
  [ "$(id -u)" = 0 ] || stop 'run this as root: it writes where the server does'
  [ -d "$root" ] || stop "there is no $root: is this the CycleCloud server?"
  [ -f "$from/projects.txt" ] || stop "$from has no projects.txt: copy the whole folder"
  [ -f "$from/sha256sums" ] || stop "$from has no sha256sums: copy the whole folder"
  each_project there
  (cd "$from" && sha256sum --check --strict --quiet sha256sums) ||
    stop 'an archive is not what was packed: copy it again; nothing was staged'
  staging=$root/work/staging
  if [ "$suffix" ]; then each_project build; else each_project unpack; fi
  chown -R cycle_server:cycle_server "$staging"
  echo 'done: the server finds these projects here and does not ask GitHub for them'
}

root=/opt/cycle_server templates=() suffix='' from='' verb=${1:-}
[ $# -eq 0 ] || shift
while [ $# -gt 0 ]; do
  case $1 in
    --root)
      root=${2:?--root takes a folder}
      shift
      ;;
    --template)
      templates+=("${2:?--template takes a file}")
      shift
      ;;
    --legacy) suffix=-source ;;
    -*)
      usage >&2
      exit 2
      ;;
    *) from=$1 ;;
  esac
  shift
done

# What a cluster template of this scheduler names; --template reads yours instead.
projects=('slurm' 'healthagent' 'monitoring' )

case $verb in
  list)
    [ ${#projects[@]} -gt 0 ] || [ ${#templates[@]} -gt 0 ] || stop 'the projects of this scheduler are not known: give its template with --template'
    list
    ;;
  install)
    [ "$from" ] || stop 'install takes the folder that was copied here'
    install
    ;;
  -h | --help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
