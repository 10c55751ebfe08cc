#!/usr/bin/env bash
#: help                     this list
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "$0")/lib/common.sh"

echo "Doorstep 家门口: ./dev COMMAND"
echo
for name in serve build test bench simulate lint format package setup help; do
  usage "tools/dev/$name.sh" | sed 's/^/  /'
done
