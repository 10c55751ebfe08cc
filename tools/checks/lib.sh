# Sourced by every check. A check is a script CHECK.sh TREE that prints one line a fault, `path:line: what is wrong`, and then
# exits 1. A line that begins with `warning:` is no fault.
# shellcheck shell=bash

tree=${1:?the folder to check}
cd "$tree" || exit 2

# All files that are or would be committed, NUL between them, below the given folders. A tree without Git (an unpacked
# archive, a self-test) is walked.
list_files() {
  if [[ -e .git ]]; then
    git ls-files -z --cached --others --exclude-standard -- "$@"
  else
    find "${@:-.}" -type f -printf '%p\0' 2>/dev/null | sed -z 's|^\./||'
  fi
}

# Of those, the ones whose path matches the pattern $1; none is no error.
list_matching() {
  local pattern=$1
  shift
  list_files "$@" | { grep -zE "$pattern" || true; }
}

# Prints the faults on standard input, and fails if there are any.
verdict() {
  local faults
  faults=$(cat)
  [[ -n $faults ]] || return 0
  printf '%s\n' "$faults"
  ! grep -qv '^warning:' <<<"$faults"
}
