"""The README is true: what it says to paste is run against a server, and prints what it says is printed."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from quikstate_server.banner import first_call
from quikstate_server.primitives.rate_limit import policy_file
from quikstate_server.settings import Limits, Setting, catalog
from support.harness.checkout import ROOT, program
from support.server.command import Serving, StartServing

README = (ROOT / "README.md").read_text(encoding="utf-8")
ADDRESS = "127.0.0.1:50051"
HOME = "~/.local/share/quikstate"  # the default depends on who asks; a user with a home has this one


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def examples() -> dict[str, str]:
    """What follows a prompt, and what it prints."""
    commands = (re.match(r"\$ (.*)\n", block) for block in blocks("console"))
    return {match[1]: match.string[match.end() :] for match in commands if match}


CALLS = {command: output for command, output in examples().items() if command.startswith(".venv/bin/")}
FIRST = next(iter(CALLS))


@pytest.fixture
def server(tmp_path: Path, serve: StartServing) -> Iterator[Serving]:
    with serve("--data-dir", str(tmp_path)) as running:
        yield running


def run(command: str, server: Serving) -> str:
    name, *words = shlex.split(command.replace(ADDRESS, server.address))
    result = subprocess.run(
        [program(Path(name).name), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_first_call_is_the_one_that_the_server_prints() -> None:
    name, *words = shlex.split(FIRST)
    printed_name, *printed_words = shlex.split(first_call(ADDRESS))
    assert words == printed_words
    assert (name, Path(printed_name).name) == (".venv/bin/buf", "buf")


@pytest.mark.parametrize("command", CALLS, ids=lambda command: command.rpartition("/")[2])
def test_each_call_prints_what_follows_it(command: str, server: Serving) -> None:
    assert without_channelz(run(command, server)) == without_channelz(CALLS[command])


def without_channelz(output: str) -> str:
    """Leave out what the transport grpc alone has."""
    return output.replace("grpc.channelz.v1.Channelz\n", "")


def test_fourth_call_is_denied_as_shown(server: Serving) -> None:
    *admitted, denied = [json.loads(run(FIRST, server)) for _ in range(4)]
    assert [answer["allowed"] for answer in admitted] == [True, True, True]
    (shown,) = map(json.loads, blocks("json"))
    assert without_durations(denied) == without_durations(shown)
    assert seconds(denied, "resetAfter") - seconds(denied, "retryAfter") == pytest.approx(40)
    assert 0 < seconds(denied, "retryAfter") <= 20


def without_durations(answer: dict[str, object]) -> str:
    return re.sub(r'"[\d.]+s"', '"some seconds"', json.dumps(answer))


def seconds(answer: dict[str, list[dict[str, str]]], field: str) -> float:
    return float(answer["results"][0][field].removesuffix("s"))


def test_every_make_target_exists() -> None:
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = set(re.findall(r"(?:`|\$ )make ([a-z]+)", README))
    assert {"run", "test", "bench", "generate", "lint"} <= named <= set(targets)


def test_policies_are_well_formed(tmp_path: Path) -> None:
    file = tmp_path / "policies.yaml"
    (text,) = blocks("yaml")
    file.write_text(text, encoding="utf-8")
    assert set(policy_file.read_policy_file(file, Limits())) == {"login", "search"}
    before, _, _ = README.partition(f"```yaml\n{text}")
    assert re.findall(r"^#+ (.*)$", before, re.MULTILINE)[-1] == "Rate limit policies"


def test_settings_are_all_there_with_their_defaults() -> None:
    rows = [row(setting) for setting in catalog().values() if not setting.section]
    expected = "\n".join(["", "| variable | default | |", "|---|---|---|", *rows, ""])
    shown = re.search(r"<!-- settings: .* -->(.*)<!-- end of settings -->", README, re.DOTALL)
    assert shown
    assert shown[1] == expected, f"put this there:\n{expected}"


def row(setting: Setting) -> str:
    default = HOME if setting.path == "data_dir" else setting.default
    text = str(default).lower() if isinstance(default, bool) else str("" if default is None else default)
    return f"| `{setting.variable}` | {f'`{text}`' if text else ''} | {setting.documentation} |"


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?://)([^)#]+)", README)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
