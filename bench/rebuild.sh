#!/usr/bin/env bash
# How long a build takes: of the program from nothing, without what ccache knows, and after a change in one file. Takes minutes.
# Prints "full SECONDS" and "one-file SECONDS".
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
tree=$root/build/rebuild
rm -rf "$tree"
trap 'rm -rf "$tree"' EXIT
# Everything is compiled anew, and kept for later builds.
export CCACHE_RECACHE=1 CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

timed() {
  local name=$1 began
  shift
  began=$(date +%s.%N)
  "$@"
  printf '\n%s %s\n' "$name" "$(awk -v a="$began" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f", b - a }')"
}

cmake -S "$root" -B "$tree" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
timed full ninja -C "$tree" doorstep
# As if the file were newer: its object goes, and the source stays as it is.
find "$tree" -name 'ticket.cpp.o' -path '*hall*' -delete
timed one-file ninja -C "$tree" doorstep
