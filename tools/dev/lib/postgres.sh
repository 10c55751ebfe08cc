# Sourced by test.sh and bench.sh: a PostgreSQL 15 of their own, in a folder that goes when they end.
# shellcheck shell=bash
#
# postgres_start memory|disk   exports DOORSTEP_TEST_PG (over a socket) and DOORSTEP_TEST_PG_TCP (over 127.0.0.1, with a
#                              password); "memory" keeps it off the disk where there is room: right for tests, wrong for measuring
# postgres_stop                removes all of it; call it from an EXIT trap
#
# Rules: fsync stays on: what is tested is what runs. The tests kill processes and not machines, so memory holds what they ask
# of it, and a town made for each test costs half. The server never runs as root, because it refuses to.
# The default collation is deliberately not bytewise: a city may have created its database with any, and a statement that
# forgot to say COLLATE "C" must fail here and not there.

postgres_bin=/usr/lib/postgresql/15/bin
postgres_folder=

# As root, run as an account that owns nothing; an ordinary user runs it as is.
as_postgres() {
  if [[ $(id -u) -ne 0 ]]; then
    "$@"
    return
  fi
  local account=nobody
  id -u postgres >/dev/null 2>&1 && account=postgres
  setpriv --reuid "$account" --regid "$(id -g "$account")" --clear-groups env HOME="$postgres_folder" "$@"
}

postgres_memory=/dev/shm

# Whether two gigabytes are free in memory that looks like a folder; containers often have 64 MB there.
memory_has_room() {
  [[ -d $postgres_memory && -w $postgres_memory ]] &&
    [[ $(df --output=avail --block-size=1M "$postgres_memory" | tail -n 1) -ge 2048 ]]
}

# A run that was killed outright leaves its folder; its name says which process owned it.
postgres_sweep() {
  local folder pid
  for folder in "${TMPDIR:-/tmp}"/doorstep-pg.*.* "$postgres_memory"/doorstep-pg.*.*; do
    [[ -O $folder/owner && ! -L $folder ]] || continue
    pid=$(<"$folder/owner")
    [[ ! -d /proc/$pid ]] || continue
    postgres_folder=$folder postgres_remove
  done
}

postgres_remove() {
  if [[ -f $postgres_folder/data/postmaster.pid ]]; then
    as_postgres "$postgres_bin/pg_ctl" -D "$postgres_folder/data" -m immediate -t 20 stop >/dev/null 2>&1 || true
  fi
  rm -rf "$postgres_folder"
}

postgres_stop() {
  [[ -n $postgres_folder ]] || return 0
  postgres_remove
  postgres_folder=
}

postgres_start() {
  [[ -x $postgres_bin/postgres ]] || die "PostgreSQL 15 is missing: ./dev setup test"
  postgres_sweep
  local place=${TMPDIR:-/tmp}
  if [[ $1 == memory ]] && memory_has_room; then place=$postgres_memory; fi
  postgres_folder=$(mktemp -d "$place/doorstep-pg.$$.XXXXXX")
  echo $$ >"$postgres_folder/owner"
  mkdir "$postgres_folder/data"
  local secret
  secret=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s\n' "$secret" >"$postgres_folder/secret"
  if [[ $(id -u) -eq 0 ]]; then
    local account=nobody
    id -u postgres >/dev/null 2>&1 && account=postgres
    chown -R "$account" "$postgres_folder/data" "$postgres_folder/secret"
    chown "$account" "$postgres_folder"
  fi

  # Only the creation skips syncing: nothing is lost if it is.
  as_postgres "$postgres_bin/initdb" --pgdata="$postgres_folder/data" --no-sync --username=doorstep \
    --pwfile="$postgres_folder/secret" --auth-local=trust --auth-host=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=zh-CN >"$postgres_folder/initdb.log" 2>&1 ||
    { cat "$postgres_folder/initdb.log" >&2 && die "initdb failed"; }

  local try port
  for try in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000)) # below the ports that the kernel hands out by itself
    if as_postgres "$postgres_bin/pg_ctl" -D "$postgres_folder/data" -l "$postgres_folder/data/server.log" -w -t 30 \
      -o "-k $postgres_folder -p $port -c listen_addresses=127.0.0.1 -c max_connections=200 -c shared_buffers=128MB" \
      start >/dev/null; then
      # Without quotes or spaces in the values, the text can be taken apart and put together by any test.
      export DOORSTEP_TEST_PG="host=$postgres_folder port=$port user=doorstep dbname=postgres"
      export DOORSTEP_TEST_PG_TCP="host=127.0.0.1 port=$port user=doorstep password=$secret dbname=postgres"
      return 0
    fi
    echo "   port $port was taken (try $try)" >&2
  done
  cat "$postgres_folder/data/server.log" >&2
  die "PostgreSQL did not start"
}
