"""The entry point of the command `quikstate`; it explains a missing `quikstate[server]`."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main() -> None:
    try:
        _run(sys.argv[1:])
    except ModuleNotFoundError as missing:
        if not missing.name or missing.name.partition(".")[0] in ("quikstate", "quikstate_server"):
            raise  # a module of quikstate itself: installing the extra would not help
        sys.stderr.write(f"quikstate: {missing.name} is not installed: pip install 'quikstate[server]'\n")
        sys.exit(2)


def _run(words: Sequence[str]) -> None:
    if words[:1] == ["serve"]:
        from quikstate_server.cli.server.serve import run_plain

        if run_plain(words[1:]):
            return
    if words[:1] == ["ping"]:
        from quikstate_server.cli.server.plain_ping import run_plain as ping

        if ping(words[1:]):
            return
    from quikstate_server.cli.app import app

    app(prog_name="quikstate")


if __name__ == "__main__":
    main()
