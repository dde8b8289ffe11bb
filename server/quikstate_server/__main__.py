"""The entry of the command `quikstate`, which says so when only the client is installed."""

from __future__ import annotations

import sys


def main() -> None:
    try:
        from quikstate_server.cli.app import app

        app(prog_name="quikstate")
    except ModuleNotFoundError as missing:
        if not missing.name or missing.name.partition(".")[0] in ("quikstate", "quikstate_server"):
            raise  # our own: no installation would mend it
        sys.stderr.write(f"quikstate: {missing.name} is missing: pip install 'quikstate[server]'\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
