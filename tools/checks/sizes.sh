#!/usr/bin/env bash
# C++ files stay readable in one sitting, and nothing heavy enters the history.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

{
  list_matching '\.[ch]pp$' | xargs -0r wc -l 2>/dev/null | awk '
    { lines = $1; sub(/^ *[0-9]+ /, "") }
    $0 == "total" { next }
    lines > 500 { print $0 ":" lines ": " lines " lines; split it by what it does (500 at most)"; next }
    lines > 400 { print "warning: " $0 " has " lines " lines; 500 is the end" }'
  # A file that Git lists may be gone from the folder; find says so, and that is not our matter.
  # shellcheck disable=SC2016 # $@ is the inner shell's
  list_files | xargs -0r sh -c 'find "$@" -maxdepth 0 -size +2097152c -printf "%p:1: %s bytes; 2 MiB at most\n"' find 2>/dev/null || true
} | verdict
