"""Starts one worker process: `python -m quikstate_server.workers`, which its supervisor runs."""

from __future__ import annotations

from quikstate_server.garbage_collection import pause_collection


def main() -> None:
    pause_collection()
    from quikstate_server.workers import worker  # not before: these imports are most of the start

    worker.main()


if __name__ == "__main__":
    main()
