"""Every task has an owner: background.py, or the call that began it and awaits it."""

from __future__ import annotations

import re

from support.checkout import SERVER

_BEGINS = re.compile(r"\b(create_task|ensure_future|TaskGroup)\(")
OF_THEIR_CALL = {
    "app.py": "the end of the server, which awaits both",
    "cli/lock_hold.py": "a command, which awaits it",
    "cli/lock_run.py": "a command, which awaits it",
    "cli/queue_consume.py": "a command, which awaits both",
    "interceptors/until_drain.py": "a stream, which awaits both",
    "primitives/lock/hold.py": "a stream, which awaits both",
    "primitives/presence/connect.py": "a stream, which awaits it",
    "primitives/pub_sub/subscription.py": "a stream, which ends with what it raises",
    "primitives/queue/consume.py": "a stream, which awaits it",
    "primitives/queue/queues.py": "a call, which awaits it or has it awaited",
    "services/concurrently.py": "a stream, which awaits all",
    "services/until_drain.py": "a call, which awaits both",
    "topology/cluster_map.py": "one look at the nodes, which awaits all",
    "workers/process.py": "its supervisor, which awaits it",
    "workers/supervisor.py": "the end of the server, which awaits both",
}


def test_tasks_outlive_a_call_in_background_alone() -> None:
    files = {
        str(file.relative_to(SERVER)) for file in SERVER.rglob("*.py") if _BEGINS.search(file.read_text())
    }
    assert files - {"background.py"} == set(OF_THEIR_CALL)
