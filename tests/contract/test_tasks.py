"""Every task has an owner: background.py, or the call that began it and awaits it."""

from __future__ import annotations

import re

from support.harness.checkout import SERVER

_BEGINS = re.compile(r"\b(create_task|ensure_future|TaskGroup)\(")
OF_THEIR_CALL = {
    "app.py": "the drain, which awaits both",
    "cli/lock/reconnecting_lease.py": "a command, which awaits it",
    "cli/lock/run.py": "a command, which awaits it",
    "cli/queue/consume.py": "a command, which awaits both",
    "drain.py": "a call, which awaits both",
    "primitives/lock/held_lease.py": "a stream, which awaits it",
    "primitives/pub_sub/subscription.py": "a stream, which ends with what it raises",
    "primitives/queue/queues.py": "a call, which awaits it or has it awaited",
    "primitives/streams/client_stream.py": "a stream, which awaits it",
    "transport/http/http1.py": "a connection, which ends it",
    "services/common/concurrent_responses.py": "a stream, which awaits all",
    "redis_client/cluster/view_poller.py": "one look at the nodes, which awaits all",
    "transport/http/server.py": "the transport, which logs how each ends, and whose stop awaits them",
    "workers/process.py": "its supervisor, which awaits it",
    "workers/supervisor.py": "the drain, which awaits both",
}


def test_tasks_outlive_a_call_in_background_alone() -> None:
    files = {
        str(file.relative_to(SERVER)) for file in SERVER.rglob("*.py") if _BEGINS.search(file.read_text())
    }
    assert files - {"background.py"} == set(OF_THEIR_CALL)
