"""How each language's driver is built and started, and what a machine needs for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from support.harness.checkout import ROOT

CLIENTS = ROOT / "clients"
DRIVERS = ROOT / "build/scenarios"


@dataclass(frozen=True)
class Language:
    name: str
    builds: Sequence[Sequence[str]]
    command: Sequence[str]
    programs: Sequence[str] = ()
    """Without these it cannot be built here."""
    lacks: Callable[[], str] = lambda: ""
    """What else is not there, if anything."""
    sees_reasons: bool = True
    """Whether its gRPC shows callers the ErrorInfo of a failed call."""
    from_registries: bool = True
    """Whether package registries alone give all that it needs: then CI must run it."""

    @property
    def folder(self) -> Path:
        return CLIENTS / self.name

    def missing(self) -> str:
        absent = [program for program in self.programs if not shutil.which(program)]
        return f"no {', '.join(absent)} on this machine" if absent else self.lacks()

    def build(self) -> None:
        for command in self.builds:
            done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
            if done.returncode:
                raise SystemExit(f"{self.name}: {' '.join(command)} failed\n{done.stdout}{done.stderr}")


def elixir_lacks() -> str:
    """Its libraries are in deps/, by `mix deps.get`, or on ERL_LIBS."""
    if (CLIENTS / "elixir/deps/grpc").is_dir():
        return ""
    look = ["elixir", "-e", "Code.ensure_loaded!(GRPC.Stub)"]
    found = subprocess.run(look, capture_output=True, check=False).returncode == 0
    return "" if found else "the Elixir packages grpc, protobuf and jason are not here (mix deps.get)"


def elixir() -> Language:
    """With mix, if it has fetched the libraries; otherwise with the compiler, on what ERL_LIBS names."""
    driver, beams = "scenarios/driver.exs", DRIVERS / "elixir"
    builds, command = [["mix", "compile"]], ["mix", "run", driver]
    if not (CLIENTS / "elixir/deps").is_dir():
        sources = [str(path) for path in sorted((CLIENTS / "elixir/lib").rglob("*.ex"))]
        builds = [["mkdir", "-p", str(beams)], ["elixirc", "-o", str(beams), *sources]]
        command = ["elixir", "-pa", str(beams), driver]
    return Language(
        *("elixir", builds, command),
        programs=["elixir"],
        lacks=elixir_lacks,
        sees_reasons=False,
        from_registries=False,
    )


NPM_CI = "[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --silent --no-audit --no-fund"
JARS = os.pathsep.join(["scenarios/target/scenarios.jar", "scenarios/target/lib/*"])

LANGUAGES = [
    Language("python", [], [sys.executable, "scenario_driver.py"]),
    Language(
        "go",
        [["go", "build", "-o", f"{DRIVERS}/", "./internal/scenariodriver"]],
        [str(DRIVERS / "scenariodriver")],
        programs=["go"],
    ),
    Language(
        "java",
        [["mvn", "-q", "-B", "package"]],
        ["java", "-cp", JARS, "com.quikapp.quikstate.scenarios.ScenarioDriver"],
        programs=["mvn", "java"],
    ),
    Language(
        "typescript",
        [["sh", "-c", NPM_CI], ["npm", "run", "--silent", "build"]],
        ["node", "dist/scenarios/driver.js"],
        programs=["npm", "node"],
    ),
    elixir(),
]
