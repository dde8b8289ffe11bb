"""The loggers, and their configuration: one format for the server's lines and those of its libraries."""

from __future__ import annotations

import logging
import sys
from typing import Any, Literal

from quikstate_server import call_context
from quikstate_server.optional_imports import import_without

with import_without("rich"):  # structlog would prepare the tracebacks that show local variables
    import structlog
    from structlog.typing import EventDict, WrappedLogger


def get_logger() -> Any:
    """Return the logger of a module."""
    return structlog.get_logger()


def configure(level: str, form: Literal["console", "json"], *, worker: int | None = None) -> None:
    """Log to stderr from `level` on, for people or as JSON; each line has the number of the `worker`."""
    # Tracebacks are plain: the pretty ones show local variables, and with them secrets.
    renderer: list[structlog.typing.Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if form == "json"
        else [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_trace_id,
    ]
    if worker is not None:
        shared.append(_add("worker", worker))
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderer],
            foreign_pre_chain=shared,
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)


def silence() -> None:
    """Drop log lines: those of the server's parts would stand between those of a command."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


def _add_trace_id(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    if current := call_context.current().trace_id:
        line.setdefault("trace_id", current)
    return line


def _add(name: str, value: object) -> structlog.typing.Processor:
    def add(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
        line.setdefault(name, value)
        return line

    return add
