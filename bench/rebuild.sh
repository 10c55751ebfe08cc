#!/usr/bin/env bash
# How long a build takes: of the program from nothing, without ccache, and after a change in one file. Takes minutes.
# Prints "full SECONDS" and "one-file SECONDS".
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
tree=$(mktemp -d "${TMPDIR:-/tmp}/doorstep-rebuild.XXXXXX")
trap 'rm -rf "$tree"' EXIT
export CCACHE_DISABLE=1

timed() {
  local name=$1 began
  shift
  began=$(date +%s.%N)
  "$@"
  printf '\n%s %s\n' "$name" "$(awk -v a="$began" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f", b - a }')"
}

cmake -S "$root" -B "$tree/build" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
timed full ninja -C "$tree/build" doorstep
# As if the file were newer: its object goes, and the source stays as it is.
find "$tree/build" -name 'ticket.cpp.o' -path '*hall*' -delete
timed one-file ninja -C "$tree/build" doorstep
