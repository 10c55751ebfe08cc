#!/usr/bin/env bash
# Every rule is shown to pass a good tree and to fail a bad one: a rule that cannot fail protects nothing.
set -euo pipefail

checks=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
count=0

fresh() { # an empty tree with the real levels and no exceptions
  tree=$work/$((count += 1))
  mkdir -p "$tree/tools/checks/allow"
  cp "$checks/rooms.txt" "$tree/tools/checks/"
}

put() { # put PATH TEXT: backslash escapes are read
  mkdir -p "$(dirname "$tree/$1")"
  printf '%b' "$2" >"$tree/$1"
}

passes() { # passes CHECK WHAT
  local said
  if said=$(bash "$checks/$1.sh" "$tree" 2>&1); then
    echo "ok $1 allows $2"
  else
    echo "not ok $1 allows $2"
    echo "  ${said//$'\n'/$'\n'  }"
  fi
}

refuses() { # refuses CHECK PLACE WHAT: it fails, and names the place
  local said
  if said=$(bash "$checks/$1.sh" "$tree" 2>&1); then
    echo "not ok $1 refuses $3"
  elif grep -qF "$2" <<<"$said"; then
    echo "ok $1 refuses $3"
  else
    echo "not ok $1 refuses $3: it failed without naming $2"
    echo "  ${said//$'\n'/$'\n'  }"
  fi
}

include() { printf '#include "%s"\\n' "$@"; } # as text for put

# includes: what is allowed, in one tree
fresh
put src/base/time.hpp '#include <chrono>\n'
put src/storage/store.cpp '#include <sqlite3.h>\n#include <libpq-fe.h>\n'"$(include base/time.hpp storage/store.hpp)"
put src/http/server.cpp '#include <boost/asio/io_context.hpp>\n#include <boost/beast/http.hpp>\n'
put src/hall/ticket.cpp "$(include hall/ticket.hpp cases/cases.hpp network/venue.hpp base/time.hpp ticket.hpp)"
put src/app/main.cpp '#include <boost/asio/signal_set.hpp>\n'"$(include hall/routes.hpp http/server.hpp)"
put tests/world.cpp '#include <sqlite3.h>\n#include <boost/beast/http.hpp>\n'
passes includes "includes that go down"
put src/hall/hall.hpp "$(include menu/menu.hpp)"
put tools/checks/allow/neighbours.txt 'hall menu  # a test\n'
passes includes "a neighbour on the list"

one_bad_include() { # one_bad_include FILE TEXT WHAT
  fresh
  put "$1" "$2"
  refuses includes "$1:1:" "$3"
}
one_bad_include src/base/time.hpp "$(include hall/hall.hpp)" "base including a capability"
one_bad_include src/network/venue.cpp "$(include cases/cases.hpp)" "network including an engine"
one_bad_include src/storage/store.cpp "$(include http/server.hpp)" "storage including http"
one_bad_include src/http/server.cpp "$(include storage/store.hpp)" "http including storage"
one_bad_include src/hall/hall.hpp "$(include menu/menu.hpp)" "a neighbour that is not on the list"
one_bad_include src/hall/hall.cpp "$(include cases/steps.hpp)" "another room's inner header"
one_bad_include src/hall/hall.cpp "$(include ../cases/cases.hpp)" "a path with dots"
one_bad_include src/hall/hall.cpp '#include <boost/beast/http.hpp>\n' "Beast outside http"
one_bad_include src/hall/hall.cpp '#  include <boost/asio.hpp>\n' "Asio outside http and app"
one_bad_include src/hall/hall_test.cpp '#include <sqlite3.h>\n' "sqlite3 outside storage"
one_bad_include src/app/main.cpp '#include <libpq-fe.h>\n' "libpq outside storage"
one_bad_include src/attic/old.cpp '\n' "a room without a level"

# readmes
fresh
put src/hall/README.md 'The hall.\n'
put src/hall/hall.cpp '\n'
passes readmes "a room with a README.md"
put src/menu/menu.cpp '\n'
refuses readmes src/menu "a room without one"

# words: put together here, so that this file passes its own rule
fresh
put docs/a.md 'A to-do list, a hackathon, mktemp XXXXXX, https://example.org/home/page.\n'
put web/package-lock.json "\"sha512-XX""X/\"\n"
passes words "words that only look like marks"
for mark in TO"DO" FIX"ME" XX"X" HA"CK"; do
  fresh
  put src/hall/hall.cpp "int a;\n// $mark: later\n"
  refuses words src/hall/hall.cpp:2: "the mark $mark"
done
for path in /ro''ot/x /ho''me/anna/x /Us''ers/anna; do
  fresh
  put docs/a.md "See $path there.\n"
  refuses words docs/a.md:1: "the path $path"
done
fresh
put docs/a.md "See $(cd "$tree" && pwd -P)/src\n"
refuses words docs/a.md:1: "the checkout's own path"

# sizes
fresh
put src/hall/hall.cpp "$(printf 'x\\n%.0s' {1..401})"
passes sizes "401 lines, with a warning"
put src/hall/hall.cpp "$(printf 'x\\n%.0s' {1..501})"
refuses sizes src/hall/hall.cpp "501 lines"
fresh
truncate -s 2097152 "$tree/exact.bin"
passes sizes "2 MiB"
truncate -s 2097153 "$tree/heavy.bin"
refuses sizes heavy.bin "a byte more"

# clock
fresh
put src/base/clock.cpp 'auto t = std::chrono::system_clock::now();\n'
put src/hall/hall.cpp 'int x = know(); // never now()\nset_time(nullptr);\nspan.time(0);\n'
put src/hall/hall.sql 'SELECT 1; -- now() is given\n'
passes clock "base/clock.cpp, and words that only look like it"
put src/http/session.cpp 'auto t = std::chrono::steady_clock::now();\n'
refuses clock src/http/session.cpp:1: "a measurement by a file that is not on the list"
put tools/checks/allow/clock.txt 'now src/http/  # time-outs\n'
passes clock "a measurement in a folder on the list"
put src/http/session.cpp 'auto t = system_clock().now();\n'
refuses clock src/http/session.cpp:1: "the time of day there all the same"
put tools/checks/allow/clock.txt 'clock src/http/session.cpp  # a test\n'
passes clock "the time of day by a file on the list"
for code in 'clock.now()' 'monotonic_now();' 'std::chrono::system_clock::time_point t;' 'std::time(nullptr);' \
  'clock_gettime(CLOCK_REALTIME, &at);' 'tx.run("SELECT CURRENT_TIMESTAMP");'; do
  fresh
  put src/hall/hall.cpp "int a;\n$code\n"
  refuses clock src/hall/hall.cpp:2: "$code"
done
fresh
put src/hall/migrations/0001.sql "SELECT datetime('now');\n"
refuses clock src/hall/migrations/0001.sql:1: "a clock in SQL"

# endings
fresh
put a.txt '一\n二\n'
put empty.txt ''
put b.bin 'a\0b'
passes endings "text, nothing, and binary"
put c.txt 'a\r\nb\r\n'
refuses endings c.txt "CR LF"
fresh
put d.txt 'a\nb'
refuses endings d.txt "a last line without an end"

# codes
fresh
put src/base/problem_texts_hall.cpp '    {"no_such_hall", 404, "x",\n     "y"},\n'
put src/hall/hall.cpp 'throw Problem{"no_such_hall"};\nstatic constexpr std::string_view prefix = "hl";\n'
put src/hall/hall_test.cpp 'Problem{"anything"};\nstatic constexpr std::string_view prefix = "hl";\n'
passes codes "problems of the catalogue and prefixes taken once; tests may invent some"
put src/hall/window.cpp 'int a;\nthrow Problem{"no_such_hal"};\n'
refuses codes src/hall/window.cpp:2: "a problem that the catalogue does not have"
put src/hall/window.cpp 'static constexpr std::string_view prefix = "hl";\n'
refuses codes src/hall/window.cpp:1: "a second prefix of the same letters"
