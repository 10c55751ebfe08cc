#!/usr/bin/env bash
#: lint [--deep]            layout, shell scripts, the pages' linter, the rules of the repository
#:                          (--deep: also clang-tidy over all C++, which takes minutes)
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "$0")/lib/common.sh"

deep=no
[[ ${1:-} != --deep ]] || deep=yes

bash tools/dev/setup.sh build lint
failed=()
# Each part runs whatever the others found: one round shows everything.
part() {
  local name=$1
  shift
  say "$name"
  "$@" || failed+=("$name")
}

layout() {
  cpp_files | xargs -0r clang-format-19 --dry-run -Werror
}

scripts() {
  find dev .ci/run tools packaging -type f \( -name '*.sh' -o -path dev -o -path .ci/run -o -path '*/scripts/*' \) -print0 |
    xargs -0r shellcheck
}

pages() {
  ! web_has lint || (cd web && npm run --silent lint)
}

part "Rules of the repository" env DOORSTEP_STRICT=1 bash tools/checks/run.sh .
part "Layout: clang-format" layout
part "Scripts: shellcheck" scripts
part "Pages: npm run lint" pages
if [[ $deep == yes ]]; then
  # clang-tidy needs the generated sources, and Ninja's record of who includes what.
  bash tools/dev/build.sh --debug
  part "Code: clang-tidy" node tools/dev/lib/tidy.mjs build/debug
fi

if [[ ${#failed[@]} -gt 0 ]]; then
  printf 'doorstep: lint found something in: %s\n' "${failed[*]}" >&2
  exit 1
fi
note "nothing found"
