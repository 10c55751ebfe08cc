#!/usr/bin/env bash
#: build [--debug|--asan|--tsan|--clang] [TARGET...]
#:                          build/release, or build/debug, build/asan, build/tsan, build/clang
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "$0")/lib/common.sh"

kind=release
targets=()
for word in "$@"; do
  case $word in
    --release | --debug | --asan | --tsan | --clang) kind=${word#--} ;;
    --*) die "build knows no $word" ;;
    *) targets+=("$word") ;;
  esac
done

bash tools/dev/setup.sh build
[[ $kind != clang ]] || bash tools/dev/setup.sh lint

# A clone in another folder finds what this one compiled: paths below the checkout are hashed as relative ones.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

# -O1: unoptimised templates make the tests three times slower than the compiler is quicker. -g1 gives a back-trace its lines
# and halves the objects. The library's own assertions catch an index out of range in every test.
checked=(-DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g1 -D_GLIBCXX_ASSERTIONS")
case $kind in
  release) options=(-DCMAKE_BUILD_TYPE=Release) ;;
  debug) options=("${checked[@]}") ;;
  asan) options=("${checked[@]}" -DDOORSTEP_SANITIZE=address) ;;
  tsan) options=("${checked[@]}" -DDOORSTEP_SANITIZE=thread) ;;
  clang) options=("${checked[@]}" -DCMAKE_C_COMPILER=clang-19 -DCMAKE_CXX_COMPILER=clang++-19) ;;
esac

build_pages() {
  web_has build || return 0
  local state
  state=$(tree_state web api)
  # The state is kept outside dist/, which a build empties.
  if [[ -d web/dist && -f build/pages-state && $(<build/pages-state) == "$state" ]]; then
    return 0
  fi
  say "Pages: npm run build in web/"
  (cd web && npm run build)
  # Read again: a build may write generated sources, which must not count as a change next time.
  tree_state web api >build/pages-state
}

build_program() {
  local asked="${options[*]}"
  if [[ ! -f build/$kind/build.ninja || ! -f build/$kind/asked || $(<"build/$kind/asked") != "$asked" ]]; then
    say "Configure build/$kind"
    cmake -S . -B "build/$kind" -G Ninja -DCMAKE_EXPORT_COMPILE_COMMANDS=ON "${options[@]}"
    printf '%s\n' "$asked" >"build/$kind/asked"
  fi
  say "Build build/$kind"
  # nice: the machine may be somebody's desk, or a town hall's.
  nice ninja -C "build/$kind" "${targets[@]}"
}

# Two builds at once in one folder corrupt it; the second waits for the first.
mkdir -p "build/$kind"
(
  flock 8
  build_pages
) 8>build/pages.lock
(
  flock 8
  build_program
) 8>"build/$kind/lock"
