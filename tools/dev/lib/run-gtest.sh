#!/usr/bin/env bash
# run-gtest.sh EXECUTABLE[:PART/PARTS] RESULTS_FOLDER [GTEST_FILTER]: runs one test program, or every PARTS-th test of it,
# and leaves RESULTS/NAME.counts ("passed failed skipped"), NAME.log and, unless it crashed, NAME.xml. Prints one line, and
# what failed.
# Its exit status is 0: the counts speak.
set -uo pipefail

executable=${1%%:*} results=$2 filter=${3:-*}
name=$(basename "$executable")
if [[ $1 == *:*/* ]]; then
  part=${1#*:}
  export GTEST_SHARD_INDEX=${part%/*} GTEST_TOTAL_SHARDS=${part#*/}
  name+=.$((GTEST_SHARD_INDEX + 1))
fi
log=$results/$name.log xml=$results/$name.xml
launcher=()
# ThreadSanitizer needs its addresses where it expects them; newer kernels shuffle them further than g++ 12 knows.
[[ $executable == */tsan/* ]] && launcher=(setarch "$(uname -m)" -R)

started=$(date +%s%N)
{ # The braces keep the shell's own word about a crash off the screen; the report tells it.
  timeout --kill-after=10 "${DOORSTEP_TEST_SECONDS:-900}" "${launcher[@]}" \
    "$executable" --gtest_filter="$filter" --gtest_output="xml:$xml" --gtest_color=no >"$log" 2>&1 </dev/null
  status=$?
} 2>/dev/null
seconds=$(awk -v a="$started" -v b="$(date +%s%N)" 'BEGIN { printf "%.1f", (b - a) / 1e9 }')

ended_well=no
if [[ -s $xml ]]; then
  ended_well=yes
  read -r passed failed skipped < <(awk '
    function field(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3) + 0 : 0 }
    /<testsuite / {
      bad += field("failures") + field("errors"); skipped += field("skipped") + field("disabled"); tests += field("tests")
    }
    END { print tests - bad - skipped, bad + 0, skipped + 0 }' "$xml")
else
  # The report is written last, so there is none after a crash or a time-out: count what the log shows.
  passed=$(grep -c '^\[       OK \]' "$log")
  failed=$(grep -c '^\[  FAILED  \] [^ ]*\.[^ ]* (' "$log")
  skipped=$(grep -c '^\[  SKIPPED \] [^ ]*\.[^ ]* (' "$log")
fi
# A crash, a time-out, or a sanitizer's report at the very end is a failure of its own.
if [[ $status -ne 0 ]] && [[ $ended_well == no || $failed -eq 0 ]]; then
  failed=$((failed + 1))
  ended_well=no
fi
echo "$passed $failed $skipped" >"$results/$name.counts"

{
  line="$passed passed"
  [[ $failed -eq 0 ]] || line+=", $failed failed"
  [[ $skipped -eq 0 ]] || line+=", $skipped skipped"
  printf '   %-28s %s in %s s\n' "$name" "$line" "$seconds"
  if [[ $failed -gt 0 ]]; then
    # Each failing test's own output; after a crash the end of the log, which names the test that was running, or holds the leak.
    awk '/^\[ RUN      \]/ { text = "" }
      { text = text "     | " $0 "\n" }
      /^\[  FAILED  \] .* \([0-9]+ ms\)$/ { printf "%s", text; text = "" }' "$log" | head -n 400
    if [[ $ended_well == no ]]; then
      echo "     | ended with status $status (124 is a time-out); the end of its log:"
      tail -n 80 "$log" | sed 's/^/     | /'
    fi
  fi
} >"$results/$name.report"
cat "$results/$name.report" # in one piece, so that two programs' reports do not mix
exit 0
