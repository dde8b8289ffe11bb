"""Where the compilers and plugins that write stubs come from: pinned, each by its language's own registry.

Kept in .venv-generate/tools, so that they are fetched once. The versions are
the oldest that the users of the stubs may have: a newer plugin's stubs refuse
older runtimes.
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

TOOLS = Path(sys.prefix) / "tools"
TYPESCRIPT = Path(__file__).resolve().parent / "typescript"

GO_PLUGINS = {
    "protoc-gen-go": "google.golang.org/protobuf/cmd/protoc-gen-go@v1.36.6",
    "protoc-gen-go-grpc": "google.golang.org/grpc/cmd/protoc-gen-go-grpc@v1.5.1",
}
PROTOC = "com.google.protobuf:protoc:4.31.1"
GRPC_JAVA = "io.grpc:protoc-gen-grpc-java:1.74.0"
MAVEN_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy"
ELIXIR_PLUGIN = "0.16.1"  # 0.17.0 writes lib/quikstate/v1 twice, one in the other


class Missing(Exception):
    """A toolchain that is not on this machine."""


def python(*plugins: str) -> list[Path]:
    """Plugins from PyPI; the environment they are in need not be on PATH."""
    return [Path(sys.executable).with_name(f"protoc-gen-{plugin}") for plugin in plugins]


def plugin_name(program: Path) -> str:
    """`go-grpc`, of protoc-gen-go-grpc and of a file that Maven named after version and platform."""
    return re.sub(r"-\d.*$", "", program.name).removeprefix("protoc-gen-")


def go() -> list[Path]:
    command = found("go", "Go 1.23 or newer")
    return [go_plugin(command, name, package) for name, package in GO_PLUGINS.items()]


def go_plugin(command: str, name: str, package: str) -> Path:
    folder = TOOLS / package.replace("/", "+")
    if not (folder / name).exists():
        run("env", f"GOBIN={folder}", command, "install", package)
    return folder / name


def java() -> tuple[Path, Path]:
    """The compiler, since that of grpcio-tools writes no Java, and gRPC's plugin."""
    command = found("mvn", "Maven and Java 17 or newer")
    return maven_program(command, PROTOC), maven_program(command, GRPC_JAVA)


def maven_program(command: str, artifact: str) -> Path:
    _, name, version = artifact.split(":")
    program = TOOLS / f"{name}-{version}-{maven_platform()}.exe"
    if not program.exists():
        what = f"-Dartifact={artifact}:exe:{maven_platform()}"
        # Debian's Maven resets the colours of a terminal on its standard output, wherever that goes.
        run(command, "-q", "-B", MAVEN_COPY, what, f"-DoutputDirectory={TOOLS}", output=subprocess.DEVNULL)
        program.chmod(0o755)
    return program


def maven_platform() -> str:
    system = {"Linux": "linux", "Darwin": "osx"}.get(platform.system(), "windows")
    machine = {"arm64": "aarch_64", "aarch64": "aarch_64"}.get(platform.machine(), "x86_64")
    return f"{system}-{machine}"


def typescript() -> list[Path]:
    """What clients/typescript/package-lock.json pins."""
    command = found("npm", "Node.js 20 or newer with npm")
    installed = TYPESCRIPT / "node_modules/.package-lock.json"
    lock = TYPESCRIPT / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        run(command, "ci", "--prefix", str(TYPESCRIPT), "--silent", "--no-audit", "--no-fund")
    return [TYPESCRIPT / "node_modules/.bin/protoc-gen-es"]


def elixir() -> list[Path]:
    install = f"mix escript.install hex protobuf {ELIXIR_PLUGIN}"
    program = found("protoc-gen-elixir", f"protoc-gen-elixir {ELIXIR_PLUGIN} ({install})")
    version = subprocess.run(
        [program, "--version"], check=True, capture_output=True, text=True
    ).stdout.strip()
    if version != ELIXIR_PLUGIN:
        raise Missing(f"protoc-gen-elixir is {version}, not {ELIXIR_PLUGIN} ({install})")
    return [Path(program)]


def found(command: str, what: str) -> str:
    path = shutil.which(command)
    if not path:
        raise Missing(f"it needs {what}")
    return path


def run(*command: str, output: int | None = None) -> None:
    subprocess.run(command, check=True, stdout=output)
