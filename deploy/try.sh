#!/bin/sh
# Builds the image, brings up each compose file until all of it is healthy, calls the server with a token and without
# one, and takes it down again; then shows that the image refuses to start where it would be open to others.
# Needs Docker with compose, and port 50051 free. It has a project of its own: no volume of yours is touched.
set -eu
cd "$(dirname "$0")/.."
sh deploy/new-passwords.sh
CALL='{"resources":["tried"],"minReplicas":MOST}'
call() {
  .venv/bin/buf curl --protocol grpc --http2-prior-knowledge "$@" \
    http://127.0.0.1:50051/quikstate.v1.LockService/AcquireLock
}

for try in 'docker-compose.yml 0' 'docker-compose.redis-ha.yml 2'; do
  file=${try% *} replicas=${try#* }
  trap 'docker compose --project-name quikstate-try --file "$file" down --volumes' EXIT
  docker compose --project-name quikstate-try --file "$file" up --detach --build --wait
  request=$(echo "$CALL" | sed "s/MOST/$replicas/")
  call --header "authorization: Bearer $(cat .token)" --schema protos -d "$request" | grep '"acquired": true'
  call --schema protos -d "$request" 2>&1 | grep unauthenticated
  docker compose --project-name quikstate-try --file "$file" down --volumes
  trap - EXIT
  echo "== $file: healthy, and it answers those whom it knows"
done

if refused=$(docker run --rm --env QUIKSTATE_REDIS_URL=redis://nowhere quikstate 2>&1); then exit 1; fi
echo "$refused" | grep 'QUIKSTATE_INSECURE'
