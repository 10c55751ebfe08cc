#!/usr/bin/env bash
#: test [--all] [FILTER]    all tests; the last line counts them
#:                          FILTER is a room (hall), a tier (web, e2e, checks), or a test's name (Tickets.*)
#:                          (--all: also sanitizers, clang, the release, journeys on both engines, long simulation)
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "$0")/lib/common.sh"
# shellcheck source=lib/postgres.sh
source "$(dirname "$0")/lib/postgres.sh"

all=no filter=
for word in "$@"; do
  case $word in
    --all) all=yes ;;
    --*) die "test knows no $word" ;;
    *) filter=$word ;;
  esac
done

passed=0 failed=0
count() { passed=$((passed + $1)) failed=$((failed + $2)); }

# Counts what the file $1 says, and at least one failure if the tier ended with the status $2 that is not 0.
count_file() {
  local good=0 bad=0
  if [[ -s $1 ]]; then
    read -r good bad < <(node -e '
      const counts = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
      // vitest says it in its own words; a file that did not even load has no test to count, and is one failure.
      const empty = (counts.testResults ?? []).filter((f) => f.status === "failed" && !f.assertionResults.length).length;
      console.log(counts.passed ?? counts.numPassedTests, (counts.failed ?? counts.numFailedTests) + empty);' "$1") || bad=1
  else
    bad=1 # a tier that says nothing has failed
  fi
  [[ $2 -eq 0 || $bad -gt 0 ]] || bad=1
  count "$good" "$bad"
  note "passed $good, failed $bad" # not the form of the last line, which is looked for
}

# The test programs that the build tree $1 knows: asking Ninja leaves out what an older build left lying about.
test_programs() {
  ninja -C "build/$1" -t targets all | sed -n "s|^\(.*_test\): CXX_EXECUTABLE_LINKER.*|build/$1/\1|p" | sort
}

run_programs() { # in the build tree $1
  local results=build/$1/test-results pattern='*' programs line
  rm -rf "$results"
  mkdir -p "$results"
  mapfile -t programs < <(test_programs "$1")
  if [[ -n $filter ]]; then
    if [[ " ${programs[*]} " == *"/${filter%_test}_test "* ]]; then
      local program
      for program in "${programs[@]}"; do [[ $program == */"${filter%_test}_test" ]] && programs=("$program"); done
    else
      pattern=$filter
      [[ $pattern == *[*?:]* ]] || pattern="*$filter*"
    fi
  fi
  [[ ${#programs[@]} -gt 0 ]] || return 0
  say "Test programs of build/$1"
  # The longest first, and in halves, so that neither core is left alone with it at the end.
  local contract=build/$1/tests/contract_test
  printf '%s\n' "${programs[@]}" |
    awk -v long="$contract" '$0 == long { print $0 ":0/2"; print $0 ":1/2"; next } { rest = rest $0 "\n" } END { printf "%s", rest }' |
    xargs -P 2 -I '{}' bash tools/dev/lib/run-gtest.sh '{}' "$results" "$pattern"
  while read -r line; do
    # shellcheck disable=SC2086 # three numbers
    count $line
  done < <(cat "$results"/*.counts)
}

run_pages() {
  web_has test || return 0
  say "Unit tests of the pages"
  local report=$root/build/web-tests.json status=0
  rm -f "$report"
  (cd web && npm test -- --reporter=default --reporter=json --outputFile.json="$report") || status=$?
  count_file "$report" "$status"
}

run_journeys() { # the engines in $1, the program $2
  web_has e2e || return 0
  say "Journeys in a browser ($1)"
  local report=$root/build/e2e-counts.json status=0
  rm -f "$report"
  (cd web && DOORSTEP_COUNTS=$report DOORSTEP_E2E_ENGINES=$1 DOORSTEP_BIN=$root/$2 npm run e2e) || status=$?
  count_file "$report" "$status"
}

run_checks() {
  say "Rules of the repository"
  local line good=0 bad=0
  while IFS= read -r line; do
    case $line in
      'ok '*) good=$((good + 1)) ;;
      'not ok '*)
        bad=$((bad + 1))
        note "$line"
        ;;
      *) note "$line" ;;
    esac
  done < <(bash tools/checks/run.sh . && bash tools/checks/selftest.sh || echo 'not ok the checks themselves')
  count "$good" "$bad"
  note "passed $good, failed $bad" # not the form of the last line, which is looked for
}

wants() { # whether the tier $1 is asked for
  [[ -z $filter || $filter == "$1" ]]
}

if [[ $filter == checks ]]; then
  run_checks
else
  sections=(build test)
  [[ $all == no ]] || sections+=(office)
  bash tools/dev/setup.sh "${sections[@]}"
  trap postgres_stop EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  # Assertions stay on in the normal tier: what they guard is exactly what tests are for. Speed is the benchmarks' matter.
  bash tools/dev/build.sh --debug
  postgres_start memory
  if [[ $filter != web && $filter != e2e ]]; then
    [[ $all == no ]] || export DOORSTEP_SIMULATION_DAYS=${DOORSTEP_SIMULATION_DAYS:-365}
    run_programs debug
    unset DOORSTEP_SIMULATION_DAYS
    if [[ $all == yes ]]; then
      # Leaks count too. The first report ends a program, so that it cannot scroll away.
      export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
      export UBSAN_OPTIONS=print_stacktrace=1
      export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1:suppressions=$root/tools/dev/lib/tsan.supp
      for kind in asan tsan clang; do
        bash tools/dev/build.sh --$kind
        run_programs $kind
      done
      # Optimised, the compiler sees more and warns of more: what is served must build as well.
      bash tools/dev/build.sh --release doorstep
    fi
  fi
  if wants web; then run_pages; fi
  if wants e2e; then
    engines=sqlite
    [[ $all == no ]] || engines=sqlite,postgres
    # What is held to a time wants a quiet machine: it is asked for by name, or with --all.
    [[ $filter == e2e || $all == yes ]] || export DOORSTEP_E2E_TIMED=no
    run_journeys "$engines" build/debug/doorstep
  fi
  if wants checks; then run_checks; fi
  postgres_stop
fi

# Nothing may be printed after this line: it is what a reader, and the integration, looks for.
echo "$passed passed, $failed failed"
if [[ $failed -gt 0 || $passed -eq 0 ]]; then exit 1; fi
