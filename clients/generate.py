"""Write the checked-in stubs from the protos: `make generate`; with --check, only say whether they are stale.

The protos carry validation rules as options. A user's stubs must not need
buf/validate/validate.proto for them, so protoc first makes a descriptor set,
the import of validate.proto is dropped from it, and the plugins read that. The
option bytes stay: the server's validation reads them from the Python stubs.

Everything is written into a temporary tree first and then compared or copied,
so that --check works beside uncommitted work and also finds a generated file
whose proto is gone. A language is one function and one row of LANGUAGES.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from google.protobuf.descriptor_pb2 import FileDescriptorSet

CLIENTS = Path(__file__).resolve().parent
PROTOS = CLIENTS.parent / "protos"
VALIDATE = "buf/validate/validate.proto"


@dataclass(frozen=True)
class Api:
    """What the plugins read."""

    descriptors: Path
    files: list[str]
    """Our protos, all of them."""
    services: list[str]
    """Those that define a service: the gRPC plugins write empty modules for the others."""


@dataclass(frozen=True)
class Language:
    write: Callable[[Api, Path], None]
    """Writes the stubs into a tree laid out as clients/ is."""
    generated: str
    """A glob in clients/ that matches every file written, and none made by hand."""

    def files_in(self, tree: Path) -> dict[Path, bytes]:
        return {path.relative_to(tree): path.read_bytes() for path in tree.glob(self.generated)}


def python(api: Api, clients: Path) -> None:
    target = clients / "python"
    target.mkdir()
    protoc(api, {"python": "", "mypy": "quiet"}, target, api.files)
    protoc(api, {"grpc_python": "", "mypy_grpc": "quiet"}, target, api.services)


LANGUAGES = [Language(python, "python/quikstate/v1/*_pb2*")]


def protoc(api: Api, plugins: dict[str, str], target: Path, files: list[str]) -> None:
    """Run plugins, with their options: of this environment, which need not be on PATH, or protoc's own."""
    programs = [Path(sys.executable).with_name(f"protoc-gen-{plugin}") for plugin in plugins]
    run_protoc(
        f"--descriptor_set_in={api.descriptors}",
        *(f"--plugin={program}" for program in programs if program.exists()),
        *(f"--{plugin}_out={options}:{target}" for plugin, options in plugins.items()),
        *files,
    )


def run_protoc(*args: str) -> None:
    subprocess.run([sys.executable, "-m", "grpc_tools.protoc", *args], check=True)


def describe(workspace: Path) -> Api:
    compiled, descriptors = workspace / "compiled.binpb", workspace / "api.binpb"
    ours = sorted(path.relative_to(PROTOS).as_posix() for path in PROTOS.glob("quikstate/**/*.proto"))
    run_protoc(
        f"-I{PROTOS}",
        f"-I{PROTOS / 'vendor'}",
        "--include_imports",
        "--include_source_info",  # the comments, which become docstrings
        f"--descriptor_set_out={compiled}",
        *ours,
    )
    api = without_validate(FileDescriptorSet.FromString(compiled.read_bytes()))
    descriptors.write_bytes(api.SerializeToString(deterministic=True))
    services = [file.name for file in api.file if file.name in ours and file.service]
    return Api(descriptors, ours, services)


def without_validate(compiled: FileDescriptorSet) -> FileDescriptorSet:
    kept = FileDescriptorSet(file=[file for file in compiled.file if file.name != VALIDATE])
    for file in kept.file:
        imports = [name for name in file.dependency if name != VALIDATE]
        file.ClearField("dependency")
        file.dependency.extend(imports)
    return kept


def stale(language: Language, fresh: Path) -> list[Path]:
    """The generated files that are missing, differ, or should not be there."""
    new, old = language.files_in(fresh), language.files_in(CLIENTS)
    return sorted(path for path in new.keys() | old.keys() if new.get(path) != old.get(path))


def update(path: Path, fresh: Path) -> str:
    if not (fresh / path).exists():
        (CLIENTS / path).unlink()
        return "removed"
    (CLIENTS / path).parent.mkdir(parents=True, exist_ok=True)
    (CLIENTS / path).write_bytes((fresh / path).read_bytes())
    return "written"


def main(check: bool) -> int:
    with TemporaryDirectory(prefix="quikstate-generate-") as workspace:
        api, fresh = describe(Path(workspace)), Path(workspace) / "clients"
        fresh.mkdir()
        for language in LANGUAGES:
            language.write(api, fresh)
        paths = [path for language in LANGUAGES for path in stale(language, fresh)]
        for path in paths:
            print(f"{'stale' if check else update(path, fresh)}: clients/{path}")
    if not paths:
        print("The stubs are what the protos say.")
    elif check:
        print("The stubs are not what the protos say: run `make generate` and commit what it writes.")
    return int(check and bool(paths))


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:]))
