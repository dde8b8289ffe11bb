"""`make floors`: use the built client package under the oldest and the newest versions that it allows.

Not a pytest module, since it makes two environments from the package index.
"""

from __future__ import annotations

import re
import subprocess
import sys
import venv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

USE = """
import importlib, pkgutil
from importlib.metadata import version
import quikstate.v1
names = [module.name for module in pkgutil.iter_modules(quikstate.v1.__path__)]
assert names
modules = {name: importlib.import_module(f"quikstate.v1.{name}") for name in names}
messages = modules["rate_limit_pb2"]
request = messages.CheckRateLimitRequest(hits=[messages.RateLimitHit(key="k", policy="p", cost=1)])
assert messages.CheckRateLimitRequest.FromString(request.SerializeToString()) == request
print(f"grpcio {version('grpcio')}, protobuf {version('protobuf')}: {len(names)} modules import")
"""


def build(target: Path) -> Path:
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        target,
        ROOT,
    )
    return next(target.glob("*.whl"))


def use(environment: Path, *requirements: Path | str) -> None:
    venv.create(environment, with_pip=True)
    python = environment / "bin/python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements)
    run(python, "-W", "error", "-c", USE)


def run(*command: Any) -> None:
    subprocess.run([str(part) for part in command], check=True)


def oldest() -> list[str]:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    dependencies = text.partition("\ndependencies = [")[2].partition("]")[0]
    return [f"{name}=={floor}" for name, floor in re.findall(r'"(\w+)>=([\d.]+)', dependencies)]


def main() -> None:
    with TemporaryDirectory(prefix="quikstate-floors-") as directory:
        wheel = build(Path(directory))
        use(Path(directory) / "oldest", wheel, *oldest())
        use(Path(directory) / "newest", wheel)


if __name__ == "__main__":
    main()
