#!/usr/bin/env bash
#: format                   lay out all C++ as .clang-format says
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "$0")/lib/common.sh"

bash tools/dev/setup.sh lint
cpp_files | xargs -0r clang-format-19 -i
