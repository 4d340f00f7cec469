#!/usr/bin/env bash
# Written by netcordon for hpc-gov. Change answers.yaml and generate again rather than edit this file.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: connected.sh PROJECTS DIR [--legacy]

What runs on a machine that reaches GitHub: fetches each release of the list PROJECTS, which server.sh printed on the
server, packs it into the folder DIR, and writes a list of sha256 sums. Copy the whole folder to the server, then run
server.sh install on it there. Without an option it needs the CycleCloud CLI and builds each project here.

  --legacy   the older way, without the CycleCloud CLI: downloads the source and every file of each release; then the
             server builds, with server.sh install DIR --legacy

Run it again as often as you like: what is packed and unchanged is not fetched again.

Hosts it needs, all on 443: github.com, api.github.com, codeload.github.com, objects.githubusercontent.com,
release-assets.githubusercontent.com.
USAGE
}
stop() {
  printf 'stop: %s\n' "$1" >&2
  exit 1
}

# A key of a section of project.ini.
ini() { # FILE SECTION KEY
  awk -v section="$2" -v key="$3" '
    { sub(/\r$/, "") }
    /^[ \t]*[#;]/ { next }
    /^\[/ { inside = (tolower($0) ~ "^\\[" section "[ \t]*\\]"); more = 0; next }
    inside && /^[^ \t=]+[ \t]*[=:]/ {
      name = $0; sub(/[ \t]*[=:].*/, "", name)
      more = (tolower(name) == key)
      if (more) { text = $0; sub(/^[^=:]*[=:][ \t]*/, "", text); print text }
      next
    }
    inside && more && /^[ \t]+[^ \t]/ { print }' "$1"
}

# The files that a project wants beside its source, each a plain name.
blobs_of() { # FOLDER
  local file
  for file in $(ini "$1/project.ini" blobs files | tr ',' ' '); do
    [[ $file =~ ^[A-Za-z0-9_][A-Za-z0-9._+~-]*$ ]] || stop "project.ini names a file that is none: $file"
    printf '%s\n' "$file"
  done
}

right_release() { # FOLDER NAME VERSION
  [ -f "$1/project.ini" ] || stop "$2 $3: what was fetched has no project.ini"
  local name version
  name=$(ini "$1/project.ini" project name) version=$(ini "$1/project.ini" project version)
  [ "$name" = "$2" ] || stop "$2 $3: project.ini calls it $name"
  [ "$version" = "$3" ] || stop "$2 $3: project.ini is of version $version"
}

has_blobs() { # FOLDER NAME VERSION
  local file files
  files=$(blobs_of "$1")
  for file in $files; do
    [ -s "$1/blobs/$file" ] || stop "$2 $3: blobs/$file is missing, which its project.ini names"
  done
}

# Whether an archive is there and is what its sum says.
is_packed() { # ARCHIVE
  [ -f "$to/$1" ] && [ -f "$to/sha256sums" ] &&
    (cd "$to" && grep -E "^[0-9a-f]{64} [ *]$1\$" sha256sums | sha256sum --check --strict --status)
}

pack_all() { # PROJECTS DIR
  local name version url more count=0 command
  [ -f "$1" ] || stop "there is no file $1: server.sh list prints it, on the server"
  for command in "$fetcher" tar sha256sum awk; do
    command -v "$command" >/dev/null || stop "there is no $command on this machine"
  done
  mkdir -p "$2"
  to=$(cd "$2" && pwd)
  work=$(mktemp -d "$to/.packing.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  : >"$work/projects.txt"
  while read -r name version url more <&3 || [ "$name" ]; do
    case $name in
      '' | '#'*) continue ;;
    esac
    [[ $name =~ ^[A-Za-z0-9][A-Za-z0-9_-]*$ && $version =~ ^[0-9]+(\.[0-9]+)*$ && -z $more ]] ||
      stop "$1: not a name, a version and an address: $name $version $url $more"
    # The page of a release has /tag/ in its address; nothing that fetches wants it.
    url=${url/\/releases\/tag\///releases/}
    [[ $url =~ ^https://github\.com/[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+/releases/$version$ ]] ||
      stop "$1: $name $version has no address of that release: https://github.com/OWNER/REPOSITORY/releases/$version"
    if is_packed "$name-$version$suffix.tgz"; then
      echo "packed already: $name $version"
    else
      "$how" "$name" "$version" "$url"
      echo "packed: $name $version"
    fi
    (cd "$to" && sha256sum "$name-$version$suffix.tgz") >>"$work/sha256sums"
    printf '%s %s %s\n' "$name" "$version" "$url" >>"$work/projects.txt"
    count=$((count + 1))
  done 3<"$1"
  [ "$count" -gt 0 ] || stop "$1 names no project"
  mv "$work/sha256sums" "$to/sha256sums"
  mv "$work/projects.txt" "$to/projects.txt"
  echo "copy the folder $to to the server, whole"
}

# The current way: the CLI knows what belongs to a release.
fetched() { # NAME VERSION URL
  local name=$1 version=$2 url=$3 folder=$work/$1-$2 archive=$1-$2.tgz
  mkdir "$folder"
  (cd "$folder" && cyclecloud project fetch "$url" .) || stop "$url cannot be fetched: is it open, and is it a release?"
  right_release "$folder" "$name" "$version"
  mkdir -p "$folder/blobs"
  has_blobs "$folder" "$name" "$version"
  (cd "$folder" && cyclecloud project build)
  [ -d "$folder/build/$name" ] || stop "project build made no build/$name: the project has another name"
  [ ! -e "$folder/$version" ] || stop "the project has a file $version already"
  mv "$folder/build/$name" "$folder/$version"
  tar --create --gzip --file "$work/$archive" --directory "$folder" ./blobs "./$version"
  mv "$work/$archive" "$to/$archive"
}

download() { # URL FILE
  curl --fail --silent --show-error --location --proto '=https' --retry 3 --output "$2" "$1" || stop "$1 cannot be fetched"
}

downloaded() { # NAME VERSION URL
  local name=$1 version=$2 url=$3 folder=$work/$1-$2/source archive=$1-$2-source.tgz repository file files
  repository=${url%/releases/*}
  mkdir -p "$folder"
  download "$repository/archive/refs/tags/$version.tar.gz" "$work/$name-$version.tar.gz"
  tar --extract --gzip --file "$work/$name-$version.tar.gz" --directory "$folder" --strip-components 1
  right_release "$folder" "$name" "$version"
  mkdir -p "$folder/blobs"
  # Files of the same release: those of another one do not fit its project.
  files=$(blobs_of "$folder")
  for file in $files; do
    download "$repository/releases/download/$version/$file" "$folder/blobs/$file"
  done
  has_blobs "$folder" "$name" "$version"
  tar --create --gzip --file "$work/$archive" --directory "$work/$name-$version" ./source
  mv "$work/$archive" "$to/$archive"
}

how=fetched fetcher=cyclecloud suffix='' arguments=()
while [ $# -gt 0 ]; do
  case $1 in
    --legacy) how=downloaded fetcher=curl suffix=-source ;;
    -h | --help)
      usage
      exit 0
      ;;
    -*)
      usage >&2
      exit 2
      ;;
    *) arguments+=("$1") ;;
  esac
  shift
done
if [ ${#arguments[@]} -ne 2 ]; then
  usage >&2
  exit 2
fi
pack_all "${arguments[@]}"
