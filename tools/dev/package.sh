#!/usr/bin/env bash
#: package                  a Debian package in dist/, with a systemd unit
set -euo pipefail
# shellcheck source=lib/common.sh
source "$(dirname "$0")/lib/common.sh"

bash tools/dev/setup.sh build package
bash tools/dev/build.sh --release doorstep

version=$(sed -n 's/^project(.*VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
[[ -n $version ]] || die "CMakeLists.txt names no version"
architecture=$(dpkg --print-architecture)
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
chmod 755 "$stage" # a package must not carry the temporary folder's mode
tree=$stage/tree

install -D -m 755 build/release/doorstep "$tree/usr/bin/doorstep"
strip "$tree/usr/bin/doorstep"
install -D -m 644 packaging/systemd/doorstep.service "$tree/lib/systemd/system/doorstep.service"
install -D -m 644 packaging/systemd/doorstep.sysusers "$tree/usr/lib/sysusers.d/doorstep.conf"
install -D -m 640 packaging/doorstep.toml "$tree/etc/doorstep/doorstep.toml"
install -D -m 644 packaging/README.md "$tree/usr/share/doc/doorstep/README.md"
install -D -m 644 LICENSE "$tree/usr/share/doc/doorstep/copyright"
mkdir -p "$tree/usr/share/doorstep/data"
cp -r data/nanxiang data/calendar data/matters "$tree/usr/share/doorstep/data/" # the town refers to the other two
chmod -R u=rwX,go=rX "$tree/usr/share"

# dpkg-shlibdeps reads the libraries from the program itself, but insists on standing in a source package.
mkdir -p "$stage/debian" "$tree/DEBIAN"
printf 'Source: doorstep\nPackage: doorstep\nArchitecture: any\n' >"$stage/debian/control"
depends=$(cd "$stage" && dpkg-shlibdeps -O tree/usr/bin/doorstep | sed -n 's/^shlibs:Depends=//p')

cat >"$tree/DEBIAN/control" <<END
Package: doorstep
Version: $version
Architecture: $architecture
Maintainer: The Doorstep authors <doorstep@example.org>
Section: web
Priority: optional
Depends: $depends, tzdata, passwd
Suggests: postgresql
Installed-Size: $(du -sk --exclude=DEBIAN "$tree" | cut -f1)
Description: service for a town's network of community service centres
 One program with its pages inside: windows and tickets, requests with a named
 handler, rooms and activities, volunteering, learning, and a council hall, for
 a centre, its branch venues, and the phones of the people they serve.
END
echo /etc/doorstep/doorstep.toml >"$tree/DEBIAN/conffiles"
for script in postinst prerm postrm; do
  install -m 755 "packaging/scripts/$script" "$tree/DEBIAN/$script"
done

mkdir -p dist
file=dist/doorstep_${version}_$architecture.deb
dpkg-deb --root-owner-group --build "$tree" "$file" >/dev/null
say "$file ($(du -h "$file" | cut -f1))"
dpkg-deb --contents "$file" | awk '{ print "   " $1, $6 }' | grep -v '/$'
