"""Where files are, when the settings say it shortly or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from quikstate_server.settings import read

pytestmark = pytest.mark.usefixtures("nothing_set")


def test_settings_paths_begin_at_home_or_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.chdir(tmp_path)
    settings = read({"data_dir": "~/data", "policies": "policies.yaml"}).settings
    assert (settings.data_dir, settings.policies) == (Path("/home/ada/data"), tmp_path / "policies.yaml")


@pytest.mark.parametrize(
    ("data_home", "home", "expected"),
    [
        ("/data", "/home/ada", "/data/quikstate"),
        ("", "/home/ada", "/home/ada/.local/share/quikstate"),
        ("relative", "/home/ada", "/home/ada/.local/share/quikstate"),
        ("", "", "/var/lib/quikstate"),
    ],
)
def test_settings_keep_data_where_the_system_wants_it(
    data_home: str, home: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", data_home)
    monkeypatch.setenv("HOME", home)
    assert read().settings.data_dir == Path(expected)
