"""Write the checked-in stubs from the protos: `make generate`; with --check, only say whether they are stale.

The protos carry validation rules as options. A user's stubs must not need
buf/validate/validate.proto for them, so protoc first makes a descriptor set,
the import of validate.proto is dropped from it, and the plugins read that. For
Python the option bytes stay, since the server's validation reads them from the
stubs; the other languages get a set without them (protoc refuses to write Java
for options it does not know). Our own options, of access.proto, all of them have.

Everything is written into a temporary tree first and then compared or copied,
so that --check works beside uncommitted work and also finds a generated file
whose proto is gone. A language is one function and one row of LANGUAGES; its
plugins, pinned, come from the language's own package registry (toolchain.py).
Where its toolchain is not there, the language is named and left as it is;
with --complete that is an error.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import elixir_descriptors
import toolchain
from google.protobuf import descriptor_pool
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.message_factory import GetMessageClassesForFiles
from openapi import document as openapi_document

CLIENTS = Path(__file__).resolve().parent
PROTOS = CLIENTS.parent / "protos"
OPENAPI = "python/quikstate/v1/openapi.json"
"""With the stubs for Python, since servers serve it."""
OPTIONS = "quikstate/v1/access.proto"
"""Options of our own, which all stubs have."""
VALIDATE = "buf/validate/validate.proto"
ERROR_DETAILS = ["google/rpc/error_details.proto", "google/rpc/status.proto"]
"""Protos of error details. npm has no package of these for protobuf-es; the other languages have one."""


@dataclass(frozen=True)
class Api:
    """Hold the input of the plugins."""

    descriptors: Path
    """For Python: with the validation rules."""
    bare: Path
    """For all others: without."""
    files: list[str]
    """Our protos, all of them."""
    services: list[str]
    """Those that define a service: the gRPC plugins write empty modules for the others."""


@dataclass(frozen=True)
class Language:
    write: Callable[[Api, Path], None]
    """Writes the stubs into a tree laid out as clients/ is, or raises toolchain.Missing."""
    generated: tuple[str, ...]
    """Globs in clients/ that match every file written, and none made by hand."""
    otherwise: Callable[[Api], list[str]] | None = None
    """For a toolchain that package registries do not give: what is wrong with the stubs as they stand."""

    @property
    def name(self) -> str:
        return self.write.__name__

    def files_in(self, tree: Path) -> dict[Path, bytes]:
        paths = [path for pattern in self.generated for path in tree.glob(pattern)]
        return {path.relative_to(tree): path.read_bytes() for path in paths}


def python(api: Api, clients: Path) -> None:
    api = replace(api, bare=api.descriptors)
    messages, services = {"python": "", "mypy": "quiet"}, {"grpc_python": "", "mypy_grpc": "quiet"}
    protoc(api, messages, clients / "python", api.files, toolchain.python("mypy"))
    protoc(api, services, clients / "python", api.services, toolchain.python("mypy_grpc"))


def go(api: Api, clients: Path) -> None:
    module = "module=github.com/quikapp/quikstate/clients/go"
    protoc(api, {"go": module, "go-grpc": module}, clients / "go", api.files, toolchain.go())


def java(api: Api, clients: Path) -> None:
    target = clients / "java/quikstate-client/src/generated/java"
    compiler, plugin = toolchain.java()
    protoc(api, {"java": ""}, target, api.files, compiler=[str(compiler)])
    # Without it each class has an annotation that Java 9 and newer do not have.
    protoc(api, {"grpc-java": "@generated=omit"}, target, api.services, [plugin])


def typescript(api: Api, clients: Path) -> None:
    options = {"es": "target=ts,import_extension=js"}
    protoc(api, options, clients / "typescript/src/gen", api.files + ERROR_DETAILS, toolchain.typescript())


def elixir(api: Api, clients: Path) -> None:
    options = {"elixir": "plugins=grpc,gen_descriptors=true,include_docs=true"}
    protoc(api, options, clients / "elixir/lib", api.files, toolchain.elixir())


def openapi(api: Api, clients: Path) -> None:
    files = FileDescriptorSet.FromString(api.bare.read_bytes()).file
    target = clients / OPENAPI
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(openapi_document([file for file in files if file.name in api.files]), encoding="utf-8")


def elixir_differences(api: Api) -> list[str]:
    files = FileDescriptorSet.FromString(api.bare.read_bytes()).file
    ours = [file for file in files if file.name in api.files]
    return elixir_descriptors.differences(ours, CLIENTS / "elixir/lib")


LANGUAGES = [
    Language(python, ("python/quikstate/v1/*_pb2*",)),
    Language(go, ("go/quikstatev1/*.pb.go",)),
    Language(java, ("java/quikstate-client/src/generated/**/*.java",)),
    Language(typescript, ("typescript/src/gen/**/*_pb.ts",)),
    Language(openapi, (OPENAPI,)),
    Language(elixir, ("elixir/lib/quikstate/v1/*.pb.ex",), elixir_differences),
]


def protoc(
    api: Api,
    options: dict[str, str],
    target: Path,
    files: list[str],
    plugins: Iterable[Path] = (),
    compiler: Sequence[str] = (sys.executable, "-m", "grpc_tools.protoc"),
) -> None:
    """Run plugins, or what the compiler has built in, each with its options."""
    target.mkdir(parents=True, exist_ok=True)
    run(
        *compiler,
        f"--descriptor_set_in={api.bare}",
        *(f"--plugin=protoc-gen-{toolchain.plugin_name(program)}={program}" for program in plugins),
        *(f"--{plugin}_out={option}:{target}" for plugin, option in options.items()),
        *files,
    )


def run(*command: str) -> None:
    subprocess.run(command, check=True)


def describe(workspace: Path) -> Api:
    compiled, descriptors, bare = (workspace / f"{name}.binpb" for name in ("compiled", "api", "bare"))
    ours = sorted(path.relative_to(PROTOS).as_posix() for path in PROTOS.glob("quikstate/**/*.proto"))
    run(
        *(sys.executable, "-m", "grpc_tools.protoc"),
        f"-I{PROTOS}",
        f"-I{PROTOS / 'vendor'}",
        f"-I{sysconfig.get_path('purelib')}",  # googleapis-common-protos is installed there
        "--include_imports",
        "--include_source_info",  # the comments, which become docstrings
        f"--descriptor_set_out={compiled}",
        *ours,
        *ERROR_DETAILS,
    )
    learn(OPTIONS, FileDescriptorSet.FromString(compiled.read_bytes()))
    api = without_validate(FileDescriptorSet.FromString(compiled.read_bytes()))
    descriptors.write_bytes(api.SerializeToString(deterministic=True))
    services = [file.name for file in api.file if file.name in ours and file.service]
    api.DiscardUnknownFields()  # the validation rules, which nothing here has a type for
    bare.write_bytes(api.SerializeToString(deterministic=True))
    return Api(descriptors, bare, ours, services)


def learn(proto: str, compiled: FileDescriptorSet) -> None:
    """Know the options that a proto defines, so that they stay when unknown ones are dropped."""
    (file,) = (file for file in compiled.file if file.name == proto)
    descriptor_pool.Default().AddSerializedFile(file.SerializeToString())
    GetMessageClassesForFiles([proto], descriptor_pool.Default())


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


def fresh_stubs(api: Api, target: Path, complete: bool) -> tuple[list[Language], list[str]]:
    """The languages that were written into target, and what is wrong with the others."""
    written, faults = [], []
    for language in LANGUAGES:
        try:
            language.write(api, target)
            written.append(language)
        except toolchain.Missing as missing:
            print(f"{language.name}: not generated here: {missing}")
            if language.otherwise:
                print(f"{language.name}: comparing the descriptors in the stubs with the protos instead")
                faults += [f"{language.name}: {difference}" for difference in language.otherwise(api)]
            elif complete:
                faults.append(f"{language.name}: cannot be checked")
    return written, faults


def main(check: bool, complete: bool) -> int:
    with TemporaryDirectory(prefix="quikstate-generate-") as workspace:
        api, fresh = describe(Path(workspace)), Path(workspace) / "clients"
        languages, faults = fresh_stubs(api, fresh, complete)
        paths = [path for language in languages for path in stale(language, fresh)]
        for path in paths:
            print(f"{'stale' if check else update(path, fresh)}: clients/{path}")
    for fault in faults:
        print(fault)
    if not paths and not faults:
        print(f"The stubs are what the protos say: {', '.join(language.name for language in languages)}.")
    elif check or faults:
        print("The stubs are not what the protos say: run `make generate` and commit what it writes.")
    return int(bool(faults) or (check and bool(paths)))


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv[1:], complete="--complete" in sys.argv[1:]))
