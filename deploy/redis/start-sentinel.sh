#!/bin/sh
# Starts a sentinel from its file in the volume, made of sentinel.conf at the very first start.
#
#   REDIS_PASSWORD     of the servers
#   SENTINEL_PASSWORD  of the sentinels
#
# The file holds epochs, votes and who else is there, and Sentinel renames new ones over it: each has a directory of
# its own. The passwords in it are those given here, at each start.
set -eu
umask 077
conf=/data/sentinel.conf
quoted() { printf '"%s"' "$(printf %s "$1" | sed 's/[\\"]/\\&/g')"; }

[ -e "$conf" ] || { cat /etc/quikstate/sentinel.conf; echo "sentinel announce-ip $HOSTNAME"; } >"$conf"
{
  grep -vE '^(requirepass|user default|sentinel (auth|sentinel)-pass) ' "$conf"
  echo "requirepass $(quoted "$SENTINEL_PASSWORD")"
  echo "sentinel sentinel-pass $(quoted "$SENTINEL_PASSWORD")"
  echo "sentinel auth-pass mymaster $(quoted "$REDIS_PASSWORD")"
} >"$conf.new"
mv "$conf.new" "$conf"
exec redis-server "$conf" --sentinel
