#!/usr/bin/env bash
# The clock is read in one place, so that a simulated year takes seconds and a test never waits.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

[[ -d src ]] || exit 0
allowed=tools/checks/allow/clock.txt
[[ -f $allowed ]] || allowed=/dev/null

# SQL has clocks as well.
# shellcheck disable=SC2016 # the program is awk's
list_matching '\.([ch]pp|sql)$' src | xargs -0r awk '
  FILENAME == ARGV[1] { sub(/#.*/, ""); if (NF == 2) kind[$2] = $1; next }
  FNR == 1 {
    may_call = may_name = (FILENAME == "src/base/clock.cpp")
    for (path in kind)
      if (path == FILENAME || (path ~ /\/$/ && index(FILENAME, path) == 1)) {
        may_call = 1
        if (kind[path] == "clock") may_name = 1
      }
  }
  { code = $0; sub(FILENAME ~ /\.sql$/ ? "--.*" : "//.*", "", code); lower = tolower(code) }
  !may_name && (code ~ /(system|utc|high_resolution)_clock/ ||
      code ~ /(^|[^A-Za-z0-9_.>])time *\( *(nullptr|NULL|0|&)/ || code ~ /gettimeofday|CLOCK_REALTIME|CLOCK_TAI/ ||
      lower ~ /current_(timestamp|time|date)([^a-z0-9_]|$)/ ||
      lower ~ /(datetime|julianday|unixepoch|strftime) *\(.*\047now\047/) {
    print FILENAME ":" FNR ": names the machine\047s clock; take the instant from the Caller"
    next
  }
  !may_call && code ~ /(^|[^A-Za-z0-9_])(monotonic_)?now *\( *\)/ {
    print FILENAME ":" FNR ": reads a clock; take the instant from the Caller (or see tools/checks/allow/clock.txt)"
  }' "$allowed" | verdict
