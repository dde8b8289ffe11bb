"""The Python stubs say what the protos say, and import under the versions that pyproject.toml allows."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
from functools import reduce
from operator import getitem
from pathlib import Path

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet

from quikstate_server.services.catalog import SERVICES
from support.harness.checkout import ROOT, program, pyproject

STUBS = ROOT / "clients/python/quikstate/v1"
VALIDATE = "buf/validate/validate.proto"


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FileDescriptorProto]:
    """The protos by buf, as the stubs should describe them: without the import of validate.proto."""
    target = tmp_path_factory.mktemp("protos") / "api.binpb"
    only_ours = ("--path", "protos/quikstate", "--exclude-imports", "--exclude-source-info")
    subprocess.run(
        [program("buf"), "build", "protos", "--as-file-descriptor-set", *only_ours, "-o", target],
        check=True,
        cwd=ROOT,
    )
    files = FileDescriptorSet.FromString(target.read_bytes()).file
    for file in files:
        imports = [name for name in file.dependency if name != VALIDATE]
        file.ClearField("dependency")
        file.dependency.extend(imports)
    return {file.name: file for file in files}


def described_by_stubs() -> dict[str, FileDescriptorProto]:
    described = {}
    for path in STUBS.glob("*_pb2.py"):
        file = FileDescriptorProto()
        importlib.import_module(f"quikstate.v1.{path.stem}").DESCRIPTOR.CopyToProto(file)
        described[file.name] = file
    return described


def test_stubs_are_fresh(compiled: dict[str, FileDescriptorProto]) -> None:
    described = described_by_stubs()
    assert sorted(described) == sorted(compiled)
    for name, file in compiled.items():
        # Bytes, so that the validation rules count, which are options nobody here needs to know.
        assert described[name].SerializeToString(deterministic=True) == file.SerializeToString(
            deterministic=True
        ), f"{name}: run make generate"


def test_every_service_has_a_grpc_module_and_nothing_else_has(
    compiled: dict[str, FileDescriptorProto],
) -> None:
    expected = {f"{Path(name).stem}_pb2_grpc.py" for name, file in compiled.items() if file.service}
    assert {path.name for path in STUBS.glob("*_pb2_grpc.py")} == expected


def test_openapi_document_has_every_unary_method_and_all_it_refers_to() -> None:
    document = json.loads((STUBS / "openapi.json").read_text(encoding="utf-8"))
    methods = {method for spec in SERVICES for method in spec.methods if not method.streaming}
    assert document["paths"].keys() == {f"/{method.full_name}" for method in methods}
    readable = {path for path, operations in document["paths"].items() if "get" in operations}
    assert readable == {f"/{method.full_name}" for method in methods if method.no_side_effects}
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)):
        assert reduce(getitem, reference.split("/"), document), reference


def test_floors_are_those_of_the_stubs() -> None:
    stubs = "".join(path.read_text(encoding="utf-8") for path in sorted(STUBS.glob("*.py")))
    grpcio = set(re.findall(r"^GRPC_GENERATED_VERSION = '(.+)'$", stubs, re.MULTILINE))
    protobuf = {
        ".".join(numbers) for numbers in re.findall(r"Domain\.PUBLIC,\s+(\d+),\s+(\d+),\s+(\d+),", stubs)
    }
    floors = dict(re.findall(r"(\w+)>=([\d.]+)", " ".join(pyproject()["project"]["dependencies"])))
    assert (grpcio, protobuf) == ({floors["grpcio"]}, {floors["protobuf"]})


def test_generating_is_pinned_with_all_it_installs() -> None:
    pins = pyproject()["dependency-groups"]["generate"]
    assert pins
    assert [pin for pin in pins if "==" not in pin] == []
