"""The entry point of the command `quikstate`; it explains a missing `quikstate[server]`."""

from __future__ import annotations

import sys


def main() -> None:
    try:
        from quikstate_server.cli.app import app

        app(prog_name="quikstate")
    except ModuleNotFoundError as missing:
        if not missing.name or missing.name.partition(".")[0] in ("quikstate", "quikstate_server"):
            raise  # a module of quikstate itself: installing the extra would not help
        sys.stderr.write(f"quikstate: {missing.name} is not installed: pip install 'quikstate[server]'\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
