"""Write the checked-in stubs from the protos: `make generate`.

The protos carry validation rules as options. A user's stubs must not need
buf/validate/validate.proto for them, so protoc first makes a descriptor set,
the import of validate.proto is dropped from it, and the plugins read that. The
option bytes stay: the server's validation reads them from the Python stubs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorSet

CLIENTS = Path(__file__).resolve().parent
PROTOS = CLIENTS.parent / "protos"
OURS = sorted(str(path.relative_to(PROTOS)) for path in PROTOS.glob("quikstate/**/*.proto"))
VALIDATE = "buf/validate/validate.proto"
WITHOUT_SERVICES = {"error_reason", "item_status"}


def protoc(*args: str) -> None:
    subprocess.run([sys.executable, "-m", "grpc_tools.protoc", *args], check=True)


def without_validate_import(source: Path, target: Path) -> None:
    files = FileDescriptorSet.FromString(source.read_bytes())
    kept = [file for file in files.file if file.name != VALIDATE]
    for file in kept:
        imports = [name for name in file.dependency if name != VALIDATE]
        del file.dependency[:]
        file.dependency.extend(imports)
    target.write_bytes(FileDescriptorSet(file=kept).SerializeToString(deterministic=True))


def describe(workspace: Path) -> Path:
    full, ours = workspace / "full.binpb", workspace / "ours.binpb"
    protoc(
        f"-I{PROTOS}",
        f"-I{PROTOS / 'vendor'}",
        "--include_imports",
        "--include_source_info",
        f"--descriptor_set_out={full}",
        *OURS,
    )
    without_validate_import(full, ours)
    return ours


def python(descriptors: Path) -> None:
    target = CLIENTS / "python"
    for stale in (target / "quikstate" / "v1").glob("*_pb2*"):
        stale.unlink()
    protoc(
        f"--descriptor_set_in={descriptors}",
        *(f"--{plugin}_out={target}" for plugin in ("python", "grpc_python", "mypy", "mypy_grpc")),
        *OURS,
    )
    for name in WITHOUT_SERVICES:  # grpc_python writes a module for these too, with nothing in it
        for stub in (target / "quikstate" / "v1").glob(f"{name}_pb2_grpc.py*"):
            stub.unlink()


def main() -> None:
    workspace = Path(tempfile.mkdtemp(prefix="quikstate-generate-"))
    try:
        python(describe(workspace))
    finally:
        shutil.rmtree(workspace)


if __name__ == "__main__":
    main()
