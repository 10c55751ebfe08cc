#!/usr/bin/env bash
# Every problem that the code throws stands in the catalogue: one that does not would end the program when it is first thrown.
# Every prefix of an id is taken once: with two of the same, one kind's id would be read as the other's.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

known=$(mktemp)
trap 'rm -f "$known"' EXIT
for texts in src/base/problem_texts_*.cpp; do
  if [[ -f $texts ]]; then sed -nE 's/^ *\{"([a-z_]+)", [0-9]+,.*/\1/p' "$texts" >>"$known"; fi
done

sources() { list_matching '^src/.*\.[ch]pp$' src | { grep -zvE '(_test\.cpp|/test_[^/]*\.hpp|_samples\.hpp|_fixture\.hpp)$' || true; }; }

{
  sources | xargs -0r grep -HnoE 'Problem\{"[a-z_]+"' |
    awk -F: -v known="$known" '
      BEGIN { while ((getline code <known) > 0) there[code] = 1 }
      { code = $3; sub(/.*\{"/, "", code); sub(/"$/, "", code) }
      !(code in there) { print $1 ":" $2 ": the problem " code " is not in src/base/problem_texts_*.cpp" }' || true
  sources | xargs -0r grep -HnoE 'string_view prefix = "[a-z]+"' |
    awk -F: '{ prefix = $3; sub(/.*= /, "", prefix) }
      prefix in first { print $1 ":" $2 ": the prefix " prefix " is taken, at " first[prefix] }
      !(prefix in first) { first[prefix] = $1 ":" $2 }' || true
} | verdict
