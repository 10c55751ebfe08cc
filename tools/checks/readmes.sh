#!/usr/bin/env bash
# Every room says in a README.md what it is for.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

[[ -d src ]] || exit 0
list_files src | tr '\0' '\n' | awk -F/ 'NF > 2 { print $2 }' | sort -u | while read -r room; do
  [[ -s src/$room/README.md ]] || echo "src/$room:1: there is no README.md"
done | verdict
