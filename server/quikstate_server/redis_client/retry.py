"""Sends a command again where that is safe: the loop of attempts, and what is raised when it ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from quikstate_server.backoff import Backoff
from quikstate_server.errors import OutcomeUnknown, QuikstateError, RedisUnavailable
from quikstate_server.redis_client.deadline import command_deadline
from quikstate_server.redis_client.dispatch import Destination, SendCommand
from quikstate_server.redis_client.node import Node
from quikstate_server.redis_client.replies import (
    ConnectionLost,
    Redirect,
    ReplyAction,
    ReplyError,
    ReplyTimeout,
    ScriptInterrupted,
    action_for,
    domain_error,
    parse_redirect,
)
from quikstate_server.redis_client.retry_budget import RetryBudget
from quikstate_server.redis_client.router import Router
from quikstate_server.redis_client.wrong_type import conflicting_keys
from quikstate_server.settings import RedisSettings

ChooseNode = Callable[[], Node]
"""Chooses the node to send to, anew at each attempt."""
_PAUSES = Backoff(0.02, 0.5, factor=4, at_once=True)
"""The pause before each repeat, until the deadline."""
_MAX_STEPS = 5
"""How often one attempt does at once what an error reply demands: load a script, go to another node."""


def _ignore(seconds: float) -> None:
    """Record nothing."""


@dataclass(slots=True)
class CommandCounts:
    """What became of the commands to one Redis."""

    in_flight: int = 0
    """Commands whose reply has not come."""
    retries: int = 0
    """Commands that were sent again."""
    outcomes_unknown: int = 0
    """Commands whose caller was told OUTCOME_UNKNOWN."""
    record_round_trip: Callable[[float], None] = _ignore
    """Called with the seconds from sending a command to its reply."""


class RetryLoop:
    """Sends a command until it is answered, again only where that is known to be safe."""

    def __init__(self, router: Router, settings: RedisSettings) -> None:
        self._router = router
        self._settings = settings
        self._budget = RetryBudget()
        self.counts = CommandCounts()

    async def run(
        self,
        choose: ChooseNode,
        keys: Sequence[str],
        send: SendCommand,
        *,
        read_only: bool,
        safe_to_repeat: bool = False,
    ) -> object:
        """Return the reply to what `send` sends about `keys` to the node that `choose` returns.

        A command that may have run is sent again only if it is `read_only` or `safe_to_repeat`.
        """
        until = command_deadline(self._settings)
        self._budget.earn()
        may_have_written = False
        for pause in _PAUSES:
            fault: Exception
            cause: Exception
            try:
                node = _choose_node(choose)
                to = Destination(node, node.ready_connection() or await node.wait_connection(until))
                reply = await self._timed(send(to, until, False))
                if not isinstance(reply, ReplyError):
                    return reply
                return await self._handle_error(reply, to, keys, send, until)
            except (ScriptInterrupted, ConnectionLost, ReplyTimeout) as lost:
                may_have_written = may_have_written or (lost.sent and not read_only)
                fault, cause = RedisUnavailable(str(lost)), lost
            except _DidNotRun as refused:
                fault, cause = refused.fault, refused
            except QuikstateError as error:
                if not may_have_written:
                    raise
                self.counts.outcomes_unknown += 1
                raise OutcomeUnknown from error
            may_repeat = safe_to_repeat or not may_have_written
            if not may_repeat or monotonic() + pause >= until or not self._may_retry(cause):
                self.counts.outcomes_unknown += may_have_written
                raise OutcomeUnknown() if may_have_written else fault from cause
            self.counts.retries += 1
            await self._router.pause(pause)
        raise AssertionError("the pauses have no end")

    async def _timed(self, reply: Awaitable[object]) -> object:
        """Await a reply, and record how long it took."""
        counts, sent_at = self.counts, monotonic()
        counts.in_flight += 1
        try:
            received = await reply
        finally:
            counts.in_flight -= 1
        counts.record_round_trip(monotonic() - sent_at)
        return received

    def _may_retry(self, cause: Exception) -> bool:
        """Spend a retry. A command that found no node costs Redis nothing, and may wait for one."""
        if isinstance(cause, _NoNode):
            return self._router.may_wait
        return self._budget.spend()

    async def _handle_error(
        self, error: ReplyError, to: Destination, keys: Sequence[str], send: SendCommand, until: float
    ) -> object:
        """Do what error replies demand, one after another; return the reply, or raise the last error."""
        action, with_source = action_for(error), False
        for _ in range(_MAX_STEPS):
            if action is ReplyAction.LOAD_SCRIPT:
                with_source = True
            elif action is ReplyAction.REDIRECT:
                to = await self._redirect(parse_redirect(error), to.node, until)
            else:
                break
            reply = await send(to, until, with_source)
            if not isinstance(reply, ReplyError):
                return reply
            error, action = reply, action_for(reply)
        to.node.note_reply(error)
        if action is ReplyAction.FAIL:
            raise domain_error(error, await conflicting_keys(error, keys, to, until))
        if action is ReplyAction.INTERRUPTED:
            raise ScriptInterrupted from error
        if action is ReplyAction.LATE:
            to.node.clock.observe(int(error.text.split()[1]), float("-inf"), monotonic())
        if action is ReplyAction.FIND_MASTER:
            self._router.report_suspect(to.node)
        raise _DidNotRun(domain_error(error, keys)) from error

    async def _redirect(self, redirect: Redirect, sender: Node, until: float) -> Destination:
        node = self._router.follow_redirect(redirect, sender)
        connection = node.ready_connection() or await node.wait_connection(until)
        return Destination(node, connection, redirect.is_ask)


class _DidNotRun(Exception):
    """The command is known not to have run; `fault` is raised if it is not sent again."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(str(fault))
        self.fault = fault


class _NoNode(_DidNotRun):
    """There was no node to send to."""


def _choose_node(choose: ChooseNode) -> Node:
    """Return the node, or raise _NoNode: unlike other faults it costs no retry of the budget."""
    try:
        return choose()
    except RedisUnavailable as error:
        raise _NoNode(error) from error
