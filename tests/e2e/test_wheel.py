"""The wheel that users install: what is in it, and that the client asks for no more than it declares.

No server runs here.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from support.harness.checkout import ROOT, SERVER

STUBS = ROOT / "clients/python/quikstate"

# grpcio itself needs typing_extensions.
IMPORT_THE_CLIENT = """
import importlib, pkgutil, sys

ALLOWED = sys.stdlib_module_names | {"grpc", "google", "quikstate", "typing_extensions"}

class OnlyWhatIsDeclared:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in ALLOWED:
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, OnlyWhatIsDeclared())
sys.path.insert(0, sys.argv[1])
import quikstate.v1
for module in pkgutil.iter_modules(quikstate.v1.__path__):
    print(importlib.import_module(f"quikstate.v1.{module.name}").__file__)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    build = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index")
    subprocess.run([sys.executable, "-m", "pip", *build, "--wheel-dir", target, ROOT], check=True)
    return next(target.glob("quikstate-*.whl"))


def test_wheel_has_every_file_of_both_packages_and_the_licence(wheel: Path) -> None:
    names = set(ZipFile(wheel).namelist())
    sources = [
        (SERVER.parent, path) for path in SERVER.rglob("*") if path.suffix in {".py", ".lua", ".typed"}
    ]
    sources += [(STUBS.parent, path) for path in STUBS.rglob("*") if path.suffix in {".py", ".pyi", ".typed"}]
    assert {path.relative_to(root).as_posix() for root, path in sources} - names == set()
    assert {"quikstate/py.typed", "quikstate_server/py.typed"} <= names
    assert [name for name in names if name.endswith(".dist-info/licenses/LICENSE")]
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {
        "quikstate",
        "quikstate_server",
    }


def test_client_needs_nothing_beyond_its_two_dependencies(wheel: Path, tmp_path: Path) -> None:
    ZipFile(wheel).extractall(tmp_path)
    result = subprocess.run(
        [sys.executable, "-I", "-c", IMPORT_THE_CLIENT, tmp_path], check=True, capture_output=True, text=True
    )
    assert set(result.stdout.split()) == {str(path) for path in tmp_path.glob("quikstate/v1/*_pb2*.py")}
