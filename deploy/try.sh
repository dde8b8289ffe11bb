#!/bin/sh
# Builds the image, brings up each compose file until all of it is healthy, calls the server, and takes it down again.
# Needs Docker with compose, and port 50051 free. It has a project of its own: no volume of yours is touched.
set -eu
cd "$(dirname "$0")/.."
[ -e .env ] || sh deploy/new-passwords.sh
CALL='{"resources":["tried"],"minReplicas":MOST}'

for try in 'docker-compose.yml 0' 'docker-compose.redis-ha.yml 2'; do
  file=${try% *} replicas=${try#* }
  trap 'docker compose --project-name quikstate-try --file "$file" down --volumes' EXIT
  docker compose --project-name quikstate-try --file "$file" up --detach --build --wait
  .venv/bin/buf curl --protocol grpc --http2-prior-knowledge -d "$(echo "$CALL" | sed "s/MOST/$replicas/")" \
    http://127.0.0.1:50051/quikstate.v1.LockService/AcquireLock | grep '"acquired": true'
  docker compose --project-name quikstate-try --file "$file" down --volumes
  trap - EXIT
  echo "== $file: healthy, and it answers"
done
