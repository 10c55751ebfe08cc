#!/usr/bin/env bash
#: serve [--fresh] [--port N] [--postgres URL]
#:                          build, fill var/ with the demo town on the first run, and serve it on this machine
#:                          (--fresh: begin again with the demo town; what was there is kept beside it as *.old)
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "$0")/lib/common.sh"

fresh=no port=8080 postgres=
while [[ $# -gt 0 ]]; do
  case $1 in
    --fresh) fresh=yes ;;
    --port)
      port=${2:?--port needs a number}
      shift
      ;;
    --postgres)
      postgres=${2:?--postgres needs a URL}
      shift
      ;;
    *) die "serve knows no $1" ;;
  esac
  shift
done
if [[ ! $port =~ ^[0-9]{1,5}$ ]] || ((port < 1 || port > 65535)); then
  die "--port wants a number from 1 to 65535, not '$port'"
fi

bash tools/dev/build.sh --release doorstep
program=build/release/doorstep

# A town in a database still keeps its files in a folder: one folder a database, named by a hash, for a URL can hold a password.
data=var
if [[ -n $postgres ]]; then
  data=var-postgres-$(sha256sum <<<"$postgres" | cut -c1-8)
  # As a variable: flags can be read by everybody on the machine.
  export DOORSTEP_DATABASE=$postgres
fi

if [[ $fresh == yes && -e $data ]]; then
  rm -rf "$data.old"
  mv "$data" "$data.old"
  note "what was in $data is kept in $data.old"
fi

[[ ! -d $data ]] || rmdir "$data" 2>/dev/null || true # an empty folder is no town
if [[ ! -d $data ]]; then
  say "The demo town: data/nanxiang into $data/"
  # Under another name until it is whole: an import that was interrupted is not mistaken for a town.
  rm -rf "$data.new"
  mkdir -m 700 "$data.new"
  "$program" import network --data "$data.new" data/nanxiang
  mv "$data.new" "$data"
fi

export DOORSTEP_DEMO_SIGN_INS=true
export DOORSTEP_PHONE_FOLDER=$data/messages
note "what would be sent to phones, sign-in codes too, is written into $data/messages/"
exec "$program" serve --data "$data" --listen "127.0.0.1:$port"
