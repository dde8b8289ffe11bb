"""`quikstate token mint`: makes a token and the lines of the policy file that make it known."""

from __future__ import annotations

import os
import re
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quikstate_server.cli.common.options import refuse
from quikstate_server.cli.common.output import complain, say, say_json
from quikstate_server.identity.auth_file import CALLER_NAME
from quikstate_server.identity.credentials import BearerToken

PREFIX = "qs_"
"""By which people and scanners of secrets tell what it is."""
_RANDOM_BYTES = 32
_SPAN = re.compile(r"([1-9]\d{0,6})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def run(caller: str, expires: str, out: Path | None, *, json: bool) -> None:
    """Print a new token and its policy, or write the token to the file `out`."""
    if not re.fullmatch(CALLER_NAME, caller):
        refuse(f"{caller!r} is no name of a caller: it must match {CALLER_NAME}")
    expiry = _expiry(expires, datetime.now(UTC)) if expires else ""
    token = PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)
    digest = BearerToken.of(token).digest.hex()
    policy = policy_lines(caller, digest, expiry)
    if out:
        _write(out, token)
    if json:
        shown = {} if out else {"token": token}
        say_json({"caller": caller, **shown, "sha256": digest, "expires": expiry or None, "policy": policy})
    elif out:
        say(policy.rstrip())
    else:
        complain("the token is shown this once: keep it where its caller finds it")
        say(f"{token}\n\n# in the policy file (QUIKSTATE_AUTH):\n{policy.rstrip()}")


def policy_lines(caller: str, digest: str, expiry: str) -> str:
    """Return YAML for the policy file."""
    when = f"\n        expires: {expiry}" if expiry else ""
    return f"callers:\n  {_quoted(caller)}:\n    tokens:\n      - sha256: {digest}{when}\n"


def _quoted(caller: str) -> str:
    """Quote a name such as 1.5 or no, which YAML would take for something else than a text."""
    import yaml

    return caller if yaml.safe_load(caller) == caller else f'"{caller}"'


def _expiry(text: str, now: datetime) -> str:
    """Return a time in UTC; end the command for one that is past or cannot be read."""
    if match := _SPAN.fullmatch(text):
        try:
            when = now + timedelta(**{_UNITS[match[2]]: int(match[1])})
        except OverflowError:
            refuse(f"--expires: {text} is too far away")
    else:
        try:
            when = datetime.fromisoformat(text)
        except ValueError:
            refuse(f"--expires: {text!r} is neither 90d or 12h nor a time such as 2027-06-30T00:00:00Z")
    if when.tzinfo is None:
        refuse("--expires: give a time zone, such as 2027-06-30T00:00:00Z")
    if when <= now:
        refuse(f"--expires: {text} is past")
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _write(file: Path, token: str) -> None:
    """Write a new file that only its owner can read; end the command if there is one."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as opened:
            opened.write(f"{token}\n")
    except OSError as error:
        refuse(f"--out: {file}: {error.strerror}")
