"""`make test-clients`: every scenario in every language, on one server, as a table.

With --results each result is a line of JSON on standard output too. With --complete,
as in CI, a language that the package registries give everything for must run.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass

import grpc
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from scenarios.driver import Driver, DriverError
from scenarios.languages import LANGUAGES, Language
from scenarios.matching import Mismatch
from scenarios.playing import Player
from scenarios.scenario import FOLDER, Scenario, scenarios
from support.harness.eventually import wait_until
from support.redis.binaries import servers
from support.redis.redis_process import RedisProcess
from support.server.server_process import ServerProcess

SERVING = HealthCheckResponse.SERVING


@dataclass(frozen=True)
class Result:
    language: str
    topic: str
    scenario: str
    passed: bool
    fault: str = ""


@contextmanager
def server() -> Iterator[tuple[ServerProcess, RedisProcess]]:
    redis = RedisProcess(next(server for server in servers() if server.binary))
    try:
        with (
            tempfile.TemporaryDirectory(prefix="quikstate-scenarios-") as folder,
            ServerProcess(
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


def play(language: Language, wanted: list[Scenario], address: str, redis: RedisProcess) -> list[Result]:
    with redis.client() as raw, Driver(language.command, language.folder, address) as driver:
        run = f"{language.name}-{uuid.uuid4().hex[:6]}"
        player = Player(driver, run, raw.execute_command, sees_reasons=language.sees_reasons)
        return [played(player, language, scenario) for scenario in wanted]


def played(player: Player, language: Language, scenario: Scenario) -> Result:
    try:
        player.play(scenario)
    except (Mismatch, DriverError) as fault:
        return Result(language.name, scenario.topic, scenario.name, passed=False, fault=str(fault))
    return Result(language.name, scenario.topic, scenario.name, passed=True)


def prepared(languages: list[Language]) -> tuple[list[Language], dict[str, str]]:
    """The languages that can be run here, built, and why the others cannot."""
    reasons = {language.name: language.missing() for language in languages}
    ready = [language for language in languages if not reasons[language.name]]
    print(f"building {', '.join(language.name for language in ready)}", file=sys.stderr)
    with ThreadPoolExecutor() as at_once:
        list(at_once.map(Language.build, ready))
    return ready, {name: reason for name, reason in reasons.items() if reason}


def table(results: list[Result], languages: list[Language]) -> str:
    passed = {(result.topic, result.scenario, result.language): result.passed for result in results}
    cells = {True: "pass", False: "FAIL", None: "-"}
    names = [language.name for language in languages]
    rows = list(dict.fromkeys((result.topic, result.scenario) for result in results))
    width = max((len(f"{topic}: {name}") for topic, name in rows), default=0)
    lines = [" " * width + "".join(f"  {name:<10}" for name in names)]
    for topic, name in rows:
        marks = "".join(f"  {cells[passed.get((topic, name, language))]:<10}" for language in names)
        lines.append(f"{f'{topic}: {name}':<{width}}{marks}")
    return "\n".join(line.rstrip() for line in lines)


def report(
    results: list[Result], languages: list[Language], missing: dict[str, str], say: Callable[[str], None]
) -> None:
    say(table(results, languages))
    for result in results:
        if not result.passed:
            say(f"{result.language}: {result.topic}: {result.scenario}: {result.fault}")
    for name, reason in missing.items():
        say(f"{name} did not run: {reason}")
    for language in languages:
        if not language.sees_reasons and language.name not in missing:
            say(f"{language.name}: errors were compared by code alone: its gRPC shows no error details")
    failed = sum(not result.passed for result in results)
    say(f"{len(results) - failed} passed, {failed} failed")


def main() -> int:
    arguments = argparse.ArgumentParser(prog="make test-clients", description=__doc__)
    arguments.add_argument("--language", action="append", help="only this one; may be repeated")
    arguments.add_argument("--scenario", default="", help="only those with this in their names")
    arguments.add_argument("--results", action="store_true", help="also print each result as JSON")
    arguments.add_argument("--complete", action="store_true", help="fail if a language is missing")
    chosen = arguments.parse_args()
    languages = [language for language in LANGUAGES if language.name in (chosen.language or [language.name])]
    wanted = [s for s in scenarios() if chosen.scenario in f"{s.topic}: {s.name}"]
    ready, missing = prepared(languages)
    with server() as (running, redis), ThreadPoolExecutor(len(LANGUAGES)) as at_once:
        plays = [at_once.submit(play, language, wanted, running.address, redis) for language in ready]
        results = [result for played in plays for result in played.result()]
    if chosen.results:
        print("\n".join(json.dumps(asdict(result)) for result in results))
    report(results, languages, missing, print)
    unexpected = [
        language.name for language in languages if language.from_registries and language.name in missing
    ]
    return int(not all(result.passed for result in results) or (chosen.complete and bool(unexpected)))


if __name__ == "__main__":
    sys.exit(main())
