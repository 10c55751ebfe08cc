#!/usr/bin/env bash
#: simulate SYSTEM FILE     what another system might answer to a file that was handed over (docs/systems.md)
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "$0")/lib/common.sh"

[[ $# -eq 2 ]] || die "simulate takes a system and a file; see docs/systems.md"
[[ -r $2 ]] || die "there is no file $2"
[[ -d web/node_modules ]] || die "the packages of the pages are missing; please run ./dev setup first"
exec node tests/systems/simulator.mjs "$1" <"$2"
