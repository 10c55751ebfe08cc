#!/usr/bin/env bash
# No notes to self (an issue is the place for them), and no path of one person's machine.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

# A bracket in each pattern, so that this file does not find itself.
marks='\b(TO[D]O|FIX[M]E|XX[X]|HA[C]K)\b'
paths='(^|[^A-Za-z0-9_.~-])(/hom[e]/[a-z_][a-z0-9_-]*/|/roo[t]/|/User[s]/[A-Za-z])'

# This checkout's own place is a machine path wherever it is; its parent too, unless every Debian has such a folder.
here=$(pwd -P)
above=$(dirname "$here")/
case $above in
  / | // | /opt/ | /srv/ | /tmp/ | /usr/* | /var/* | /home/ | /mnt/ | /media/) above=$here/ ;;
esac

files=$(mktemp)
trap 'rm -f "$files"' EXIT
# Hashes in a lock file may spell anything; the licence is not ours to word.
list_files | grep -zvE '(^|/)(package-lock\.json|LICENSE)$' >"$files" || true
{
  xargs -0ra "$files" grep -HInsE "$marks" | sed -E 's/^([^:]*:[0-9]+:).*/\1 a note to self; make it an issue/' || true
  xargs -0ra "$files" grep -HInsE "$paths" | sed -E 's/^([^:]*:[0-9]+:).*/\1 a path of one machine/' || true
  xargs -0ra "$files" grep -HInsF -e "$here" -e "$above" | sed -E "s/^([^:]*:[0-9]+:).*/\1 this checkout's own path/" || true
} | verdict
