#!/bin/sh
# Writes .env with passwords for docker-compose.yml and docker-compose.redis-ha.yml; one that is there stays.
set -eu
umask 077
cd "$(dirname "$0")/.."
random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

[ ! -e .env ] || { echo '.env is there already' >&2; exit 1; }
{
  echo "REDIS_PASSWORD=$(random)"
  echo "SENTINEL_PASSWORD=$(random)"
} >.env
