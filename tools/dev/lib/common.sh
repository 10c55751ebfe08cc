# Sourced by every script in tools/dev/: where things are, and how to speak.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
cd "$root" || exit 1

# A Node that setup.sh fetched, because the machine's own was too old, comes first. Named before it is there: the very run that
# fetches it goes on with it.
export PATH=$root/.tools/node_modules/.bin:$PATH

if [[ -t 1 ]]; then
  say() { printf '\033[1m== %s\033[0m\n' "$*"; }
else
  say() { printf '== %s\n' "$*"; }
fi
note() { printf '   %s\n' "$*"; }
die() {
  printf 'doorstep: %s\n' "$*" >&2
  exit 1
}

# Under `set -e` a script would otherwise end without a word.
trap 'printf "doorstep: %s stopped at line %s\n" "$0" "$LINENO" >&2' ERR

# The usage lines of a command are its own `#:` comments, so that help cannot drift from the script.
usage() { sed -n 's/^#: \{0,1\}//p' "$1"; }

# Vite's own requirement.
node_is_new_enough() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number);
      process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)'
}

# Whether web/package.json has the npm script $1.
web_has() {
  [[ -f web/package.json ]] &&
    node -e 'process.exit(require("./web/package.json").scripts?.[process.argv[1]] ? 0 : 1)' "$1"
}

# All C++ of ours, NUL between the names. Git keeps no empty folder, so any of the three may be missing.
cpp_files() { find src tests bench -name '*.[ch]pp' -print0 2>/dev/null || true; }

# One line that changes when a file under the given folders changes, appears or goes; a folder may be missing.
tree_state() {
  { find "$@" \( -name node_modules -o -name dist -o -name .vite -o -name test-results \) -prune \
    -o -type f -printf '%p %T@ %s\n' 2>/dev/null || true; } | LC_ALL=C sort | sha256sum | cut -d' ' -f1
}
