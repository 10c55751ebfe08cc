#!/usr/bin/env bash
# Lines end in LF, and so does the last one.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

text=$(mktemp)
trap 'rm -f "$text"' EXIT
# What grep takes for text; a file without a byte is neither.
list_files | xargs -0r grep -lIsZ '' >"$text" || true
{
  xargs -0ra "$text" grep -ls $'\r$' | sed 's/$/:1: lines end in CR LF/' || true
  # With -z a whole file is one record, and \z its end.
  xargs -0ra "$text" grep -LzPs '\n\z' | sed 's/$/:1: the last line has no end/' || true
} | verdict
