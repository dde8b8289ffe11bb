#!/bin/sh
# Writes what docker-compose.yml and docker-compose.redis-ha.yml need; what is there already stays:
#
#   .env                      passwords of Redis and Sentinel
#   .token                    a bearer token, for whoever calls: --token-file .token
#   deploy/auth/callers.yaml  the policy file, with the digest of that token
set -eu
umask 077
cd "$(dirname "$0")/.."
random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }
sha256() { { sha256sum 2>/dev/null || shasum --algorithm 256; } | cut -d' ' -f1; }

touch .env
for name in REDIS_PASSWORD QUIKSTATE_REDIS_PASSWORD SENTINEL_PASSWORD; do
  grep -q "^$name=" .env || { echo "$name=$(random 24)" >>.env; echo ".env: new $name"; }
done

if [ ! -e .token ]; then
  echo "qs_$(random 32)" >.token
  echo '.token: a new token'
fi

if [ ! -e deploy/auth/callers.yaml ]; then
  digest=$(tr -d '\n' <.token | sha256)
  {
    echo '# Who may call, and what: README, "Who calls". The server reads this file again when it changes.'
    echo 'callers:'
    echo '  admin: # may do everything; give each team a caller of its own, with a namespace'
    echo '    tokens:'
    echo "      - sha256: $digest"
    echo '    services:'
    for service in admin cache lock presence pub_sub queue rate_limit session; do
      echo "      $service: {access: [read, write, admin]}"
    done
  } >deploy/auth/callers.yaml
  chmod 644 deploy/auth/callers.yaml # no secret, and the server runs as another user
  echo 'deploy/auth/callers.yaml: the caller admin'
fi
