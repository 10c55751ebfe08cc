#!/usr/bin/env bash
#: bench [NAME] [--json FILE] [--rebuild]
#:                          measure, beside a limit measured in the same run; fails when a goal is missed
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "$0")/lib/common.sh"
# shellcheck source=lib/postgres.sh
source "$(dirname "$0")/lib/postgres.sh"

name=() json=
while [[ $# -gt 0 ]]; do
  case $1 in
    --json)
      json=$(realpath -m "${2:?--json needs a file}")
      shift
      ;;
    --rebuild) name+=("$1") ;; # also times the build itself, which takes minutes
    --*) die "bench knows no $1" ;;
    *) name+=("$1") ;;
  esac
  shift
done

bash tools/dev/setup.sh build test
trap postgres_stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
bash tools/dev/build.sh --release
postgres_start disk
[[ -n $json ]] || json=$root/build/bench.json
rm -f "$json"
say "Benchmarks"
build/release/doorstep_bench "${name[@]}" --json "$json"
postgres_stop
node tools/dev/lib/bench-table.mjs "$json"
