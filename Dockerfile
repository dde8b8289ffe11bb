# The server for a Redis of your own: docker build -t quikstate .
FROM python:3.12-slim AS build

RUN python -m venv --without-pip /opt/quikstate
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY server server
COPY clients/python clients/python
# What is installed is this source; its pyproject.toml pins the rest.
# hadolint ignore=DL3013
RUN --mount=type=cache,target=/root/.cache/pip \
    pip --python /opt/quikstate/bin/python install --disable-pip-version-check '.[server,http]'


# 3.12 or newer: the wait_for of older Pythons loses cancellations (reliability is tested with this one).
FROM python:3.12-slim

LABEL org.opencontainers.image.title="quikstate" \
      org.opencontainers.image.description="Sessions, presence, rate limits, locks, messages, caches and queues over gRPC and Redis" \
      org.opencontainers.image.licenses="Apache-2.0"

COPY --from=build /opt/quikstate /opt/quikstate

# Other containers can reach these addresses, so `serve` refuses to start without QUIKSTATE_TLS_CERT_FILE and
# QUIKSTATE_AUTH, or QUIKSTATE_INSECURE=true where the network is trusted.
ENV PATH=/opt/quikstate/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    QUIKSTATE_TRANSPORT=http \
    QUIKSTATE_LISTEN=0.0.0.0:50051 \
    QUIKSTATE_METRICS_LISTEN=0.0.0.0:9464 \
    QUIKSTATE_LOG_FORMAT=json
EXPOSE 50051 9464

# By number, so that Kubernetes can tell that it is not root. Nothing is written to the root file system.
USER 10001:10001

# Healthy is ready: Redis answers. `ping` calls as the settings say, with TLS too. Kubernetes has probes of its own for
# gRPC; `ping --service liveness` asks less.
HEALTHCHECK --interval=10s --timeout=5s --start-period=15s --retries=3 CMD ["quikstate", "ping"]

# SIGTERM drains for QUIKSTATE_DRAIN_SECONDS, 10: give it longer than Docker's 10 s before it is killed.
STOPSIGNAL SIGTERM
ENTRYPOINT ["quikstate"]
CMD ["serve"]
