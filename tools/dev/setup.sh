#!/usr/bin/env bash
#: setup [SECTION...]       install what tools/apt-packages.txt lists (build test lint package, or those named)
# Touches no network when nothing is missing, so that every command can call it first.
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "$0")/lib/common.sh"

list=tools/apt-packages.txt

packages_of() { # the packages in section $1
  awk -v section="[$1]" '{ sub(/#.*/, "") } /^\[/ { on = ($1 == section); next } on && NF { print $1 }' "$list"
}

missing_of() { # those in section $1 that are not installed
  local wanted
  wanted=$(packages_of "$1")
  [[ -n $wanted ]] || die "$list has no section [$1]"
  # shellcheck disable=SC2086 # one word a package
  comm -23 <(sort <<<"$wanted") \
    <(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null | sed -n 's/^installed //p' | sort)
}

as_root() {
  if [[ $(id -u) -eq 0 ]]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "root is needed for: $* (there is no sudo here; run it as root once)"
  fi
}

install_packages() {
  command -v apt-get >/dev/null || die "this is no Debian; please install: $*"
  say "Debian packages: $*"
  # The lock's time-out lets a machine's own unattended upgrade finish first.
  local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3)
  as_root "${apt[@]}" update
  as_root "${apt[@]}" install -y --no-install-recommends "$@"
}

sections=("$@")
[[ $# -gt 0 ]] || sections=(build test lint package)

missing=()
for section in "${sections[@]}"; do
  [[ $section == node ]] && continue # decided below, by what is on the PATH
  found=$(missing_of "$section") || exit 1
  mapfile -t -O "${#missing[@]}" missing < <(printf '%s' "${found:+$found$'\n'}")
done
if [[ ${#missing[@]} -gt 0 ]]; then
  install_packages "${missing[@]}"
fi

if ! node_is_new_enough; then
  if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    mapfile -t missing < <(missing_of node)
    [[ ${#missing[@]} -eq 0 ]] || install_packages "${missing[@]}"
  fi
  say "Node: $(node --version) is too old for the pages; fetching one from the npm registry into .tools/"
  npm install --prefix .tools --no-save --no-audit --no-fund node@22.23.3 npm@10.9.9
  hash -r
  node_is_new_enough || die "Node 20.19 or newer is needed, and could not be fetched"
fi

# The stamp lies inside node_modules, so that deleting the folder forgets it too.
if [[ -f web/package-lock.json ]]; then
  stamp=web/node_modules/.doorstep-installed
  state="$(sha256sum <web/package-lock.json) $(node -p 'process.versions.modules')"
  if [[ ! -f $stamp || $(<"$stamp") != "$state" ]]; then
    say "The pages' own packages: npm ci in web/"
    (cd web && npm ci --no-audit --no-fund)
    mkdir -p web/node_modules
    printf '%s\n' "$state" >"$stamp"
  fi
fi
