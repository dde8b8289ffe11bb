#!/bin/sh
# Builds the image, brings up each compose file until all of it is healthy, calls the server, and takes it down again.
# Needs Docker with compose, and a free port 50051. An .env that is there is used.
set -eu
cd "$(dirname "$0")/.."
[ -e .env ] || sh deploy/new-passwords.sh
CALL='{"resources":["tried"],"minReplicas":MOST}'

for try in 'docker-compose.yml 0' 'docker-compose.redis-ha.yml 2'; do
  file=${try% *} replicas=${try#* }
  trap 'docker compose -f "$file" down --volumes' EXIT
  docker compose -f "$file" up --detach --build --wait
  .venv/bin/buf curl --protocol grpc --http2-prior-knowledge -d "$(echo "$CALL" | sed "s/MOST/$replicas/")" \
    http://127.0.0.1:50051/quikstate.v1.LockService/AcquireLock | tee /dev/stderr | grep -q '"acquired": true'
  docker compose -f "$file" down --volumes
  trap - EXIT
  echo "== $file: healthy, and it answers"
done
