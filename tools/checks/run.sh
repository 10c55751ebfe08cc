#!/usr/bin/env bash
# run.sh TREE: all rules over one tree; `ok NAME` or `not ok NAME` for each, faults below it.
set -euo pipefail

checks=$(cd "$(dirname "$0")" && pwd)
tree=$(cd "${1:?the folder to check}" && pwd)
failed=0
for name in includes readmes words sizes clock endings codes; do
  if faults=$(bash "$checks/$name.sh" "$tree" 2>&1); then
    echo "ok rule: $name"
  else
    echo "not ok rule: $name"
    failed=1
  fi
  # Enough to begin with; a rule that a whole folder breaks need not fill the screen.
  [[ -z $faults ]] || awk 'NR <= 25 { print "  " $0 } END { if (NR > 25) print "  and " NR - 25 " more" }' <<<"$faults"
done
# Whoever counts reads the lines; whoever only wants a yes or no asks with DOORSTEP_STRICT.
[[ -z ${DOORSTEP_STRICT:-} ]] || exit "$failed"
