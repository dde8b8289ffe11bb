#!/bin/sh
# Starts Redis from redis.conf, its passwords and, with Sentinel, the role that it had when it ended.
#
#   REDIS_PASSWORD            of the default user: for operators, replicas and sentinels
#   QUIKSTATE_REDIS_PASSWORD  of the user quikstate, who has the rights in user.conf
#   REDIS_REPLICA_OF          the master at the very first start; empty for a master; unset without Sentinel
#
# Sentinel has Redis write its role into its file, which so lies in the volume. All else in it is written anew at
# each start, so that redis.conf and the password are what they are here.
set -eu
umask 077
conf=/data/redis.conf

if [ -e "$conf" ]; then
  role=$(grep '^replicaof ' "$conf" || true)
else
  role=${REDIS_REPLICA_OF:+replicaof $REDIS_REPLICA_OF 6379}
fi
quoted() { printf '"%s"' "$(printf %s "$1" | sed 's/[\\"]/\\&/g')"; }
password=$(quoted "$REDIS_PASSWORD")

{
  cat /etc/quikstate/redis.conf
  printf '%s %s\n' requirepass "$password" masterauth "$password"
  printf '%s %s\n' "$(grep '^user ' /etc/quikstate/user.conf)" "$(quoted ">$QUIKSTATE_REDIS_PASSWORD")"
  if [ -n "${REDIS_REPLICA_OF+sentinel}" ]; then
    cat /etc/quikstate/redis-ha.conf
    echo "replica-announce-ip $HOSTNAME"
    echo "$role"
  fi
} >"$conf.new"
mv "$conf.new" "$conf"
exec redis-server "$conf"
