#!/usr/bin/env bash
# The rooms' includes go down only, and a library with an edge is included only at that edge.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "$0")/lib.sh"

[[ -d src ]] || exit 0
neighbours=tools/checks/allow/neighbours.txt
[[ -f $neighbours ]] || neighbours=/dev/null

# shellcheck disable=SC2016 # the program is awk's
list_matching '\.[ch]pp$' src | xargs -0r awk '
  BEGIN {
    # Where a library may be included. What stands here is how a web server or a database is kept out of the rules.
    edge["boost/beast"] = " http "
    edge["boost/asio"] = " http app "
    edge["sqlite3.h"] = " storage "
    edge["libpq-fe.h"] = " storage "
    edge["zip.h"] = " sheets "
    edge["expat.h"] = " sheets "
    edge["csv.h"] = " sheets "
  }
  function fault(text) { print FILENAME ":" FNR ": " text }

  FILENAME == ARGV[1] {
    sub(/#.*/, "")
    if (!NF) next
    rank++
    front = sub(/:.*front.*/, "")
    for (i = 1; i <= NF; i++) { level[$i] = rank; by_front[$i] = front }
    next
  }
  FILENAME == ARGV[2] { sub(/#.*/, ""); if (NF == 2) allowed[$1, $2] = 1; next }

  FNR == 1 {
    split(FILENAME, path, "/")
    mine = path[2]
    if (!(mine in level)) fault("the room " mine " has no level in tools/checks/rooms.txt")
  }
  !/^[ \t]*#[ \t]*include[ \t]*["<]/ { next }
  {
    what = $0
    sub(/^[^"<]*["<]/, "", what)
    sub(/[">].*/, "", what)
    for (library in edge)
      if (index(what, library) == 1 && index(edge[library], " " mine " ") == 0)
        fault(library " may be included only in:" edge[library])
    split(what, part, "/")
    other = part[1]
    if (other ~ /^\./) fault("include by a path from src/: \"room/file.hpp\"")
    if (!(other in level) || other == mine || index(what, "/") == 0 || !(mine in level)) next
    if (level[other] > level[mine]) fault(mine " may not include " other ", which is above it")
    else if (level[other] == level[mine] && !((mine, other) in allowed))
      fault(mine " and " other " are of one level; see tools/checks/allow/neighbours.txt")
    else if (by_front[other] && mine != "app" && what != other "/" other ".hpp")
      fault("include only the front header, " other "/" other ".hpp")
  }' tools/checks/rooms.txt "$neighbours" | verdict
