"""`make test-clients`: every scenario in every language, on each transport, as tables.

With --results each result is a line of JSON on standard output too. With --complete,
as in CI, a language that the package registries give everything for must run.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict

import grpc
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from scenarios.driver import Driver, DriverError
from scenarios.languages import LANGUAGES, Language
from scenarios.matching import Mismatch
from scenarios.playing import Player
from scenarios.results import Result, empty, matrix, table
from scenarios.scenario import FOLDER, Scenario, scenarios
from support.harness.eventually import wait_until
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.server_process import ServerProcess
from support.server.transports import TRANSPORTS

SERVING = HealthCheckResponse.SERVING


@contextmanager
def server(transport: str) -> Iterator[tuple[ServerProcess, RedisProcess]]:
    redis = RedisProcess(next(server for server in servers() if server.binary))
    try:
        with (
            tempfile.TemporaryDirectory(prefix="quikstate-scenarios-") as folder,
            ServerProcess(
                transport=transport,
                redis_url=f"unix://{redis.path}",
                data_dir=folder,
                policies=str(FOLDER / "policies.yml"),
                limits={"max_queue_length": 5},  # so that a scenario can fill a queue
            ) as running,
        ):
            with grpc.insecure_channel(running.address) as channel:
                wait_until(lambda: HealthStub(channel).Check(HealthCheckRequest()).status == SERVING)
            yield running, redis
    finally:
        redis.close()


def play_all(languages: list[Language], wanted: list[Scenario], transport: str) -> list[Result]:
    """Play them in all languages at once, on one server."""
    with server(transport) as (running, redis), ThreadPoolExecutor(len(LANGUAGES)) as at_once:
        plays = [at_once.submit(play, one, wanted, transport, running.address, redis) for one in languages]
        return [result for played in plays for result in played.result()]


def play(
    language: Language, wanted: list[Scenario], transport: str, address: str, redis: RedisProcess
) -> list[Result]:
    with redis.client() as raw, Driver(language.command, language.folder, address) as driver:
        run = f"{language.name}-{uuid.uuid4().hex[:6]}"
        player = Player(driver, run, raw.execute_command, sees_reasons=language.sees_reasons)
        faults = [(scenario, fault_of(player, scenario)) for scenario in wanted]
    return [
        Result(language.name, transport, scenario.topic, scenario.name, passed=not fault, fault=fault)
        for scenario, fault in faults
    ]


def fault_of(player: Player, scenario: Scenario) -> str:
    """Play it; return what went wrong, if anything."""
    try:
        player.play(scenario)
    except (Mismatch, DriverError) as fault:
        return str(fault) or repr(fault)
    return ""


def prepared(languages: list[Language]) -> tuple[list[Language], dict[str, str]]:
    """The languages that can be run here, built, and why the others cannot."""
    reasons = {language.name: language.missing() for language in languages}
    ready = [language for language in languages if not reasons[language.name]]
    print(f"building {', '.join(language.name for language in ready)}", file=sys.stderr)
    with ThreadPoolExecutor() as at_once:
        list(at_once.map(Language.build, ready))
    return ready, {name: reason for name, reason in reasons.items() if reason}


def report(
    results: list[Result], languages: list[Language], missing: dict[str, str], transports: list[str]
) -> Iterator[str]:
    """Yield the lines that are printed."""
    names = [language.name for language in languages]
    yield from table(results, names)
    for result in results:
        if not result.passed:
            yield f"{result.language} on {result.transport}: {result.row}: {result.fault}"
    yield from matrix(results, names, transports)
    for name, reason in missing.items():
        yield f"{name} did not run: {reason}"
    for language in languages:
        if not language.sees_reasons and language.name not in missing:
            yield f"{language.name}: errors were compared by code alone: its gRPC shows no error details"
    failed = sum(not result.passed for result in results)
    yield f"{len(results) - failed} passed, {failed} failed"


def main() -> int:
    arguments = argparse.ArgumentParser(prog="make test-clients", description=__doc__)
    arguments.add_argument("--language", action="append", help="only this one; may be repeated")
    arguments.add_argument(
        "--transport", action="append", choices=TRANSPORTS, help="only this one; may be repeated"
    )
    arguments.add_argument("--scenario", default="", help="only those with this in their names")
    arguments.add_argument("--results", action="store_true", help="also print each result as JSON")
    arguments.add_argument("--complete", action="store_true", help="fail if a language is missing")
    chosen = arguments.parse_args()
    languages = [language for language in LANGUAGES if language.name in (chosen.language or [language.name])]
    wanted = [s for s in scenarios() if chosen.scenario in f"{s.topic}: {s.name}"]
    transports = chosen.transport or list(TRANSPORTS)
    ready, missing = prepared(languages)
    results = [result for transport in transports for result in play_all(ready, wanted, transport)]
    if chosen.results:
        print("\n".join(json.dumps(asdict(result)) for result in results))
    print("\n".join(report(results, languages, missing, transports)))
    expected = [language.name for language in languages if language.from_registries]
    return int(
        not all(result.passed for result in results)
        or (chosen.complete and bool(empty(results, expected, transports)))
    )


if __name__ == "__main__":
    sys.exit(main())
