"""`quikstate auth check`: checks a policy file, and prints its callers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quikstate_server.cli.auth.policy import read_auth, warnings_of
from quikstate_server.cli.common.output import complain, say, say_json, say_table
from quikstate_server.identity.auth_file import AuthFile, CallerEntry, expiry_of
from quikstate_server.settings.yaml_model import InvalidFile

_NONE = "-"


def run(path: Path, *, json: bool) -> bool:
    """Print the callers; return True if a server would accept the file."""
    try:
        file = read_auth(path)
    except InvalidFile as error:
        if json:
            say_json({"valid": False, "error": str(error)})
        else:
            complain(str(error))
        return False
    now = time.time()
    if json:
        callers = [_facts(name, entry, now) for name, entry in file.callers.items()]
        warnings = [f"{caller}: {warning}" for caller, warning in warnings_of(file, now)]
        say_json(
            {
                "valid": True,
                "open": file.open,
                "anonymous": file.anonymous,
                "callers": callers,
                "warnings": warnings,
            }
        )
    else:
        _print(path, file, now)
    return True


def _print(path: Path, file: AuthFile, now: float) -> None:
    rows = [_facts(name, entry, now) for name, entry in file.callers.items()]
    say_table(
        ("caller", "namespace", "credentials", "services"),
        ([row["caller"], row["namespace"] or '""', _credentials(row), _services(row)] for row in rows),
    )
    say(f"\nopen to everybody: {', '.join(file.open) or 'nothing'}")
    say(f"without a credential: {file.anonymous or 'nobody'}")
    for caller, warning in warnings_of(file, now):
        complain(f"warning: {caller}: {warning}")
    say(f"ok: {path}")


def _facts(name: str, entry: CallerEntry, now: float) -> Mapping[str, Any]:
    services = {
        service: {"access": [access.value for access in grant.access], "names": grant.names}
        for service, grant in entry.services.items()
    }
    return {
        "caller": name,
        "namespace": entry.namespace,
        "tokens": sum(expiry_of(token) > now for token in entry.tokens),
        "expired_tokens": sum(expiry_of(token) <= now for token in entry.tokens),
        "jwts": len(entry.jwts),
        "certificates": list(entry.certificates),
        "services": services,
        "quotas": entry.quotas.model_dump(exclude_none=True),
    }


def _credentials(row: Mapping[str, Any]) -> str:
    counts = {
        "token": row["tokens"],
        "expired token": row["expired_tokens"],
        "JWT rule": row["jwts"],
        "certificate": len(row["certificates"]),
    }
    words = [f"{count} {what}{'s' if count > 1 else ''}" for what, count in counts.items() if count]
    return ", ".join(words) or _NONE


def _services(row: Mapping[str, Any]) -> str:
    """Return such as `lock: read write (web:); queue: read`."""
    words = []
    for service, grant in row["services"].items():
        names = f" ({' '.join(grant['names'])})" if grant["names"] else ""
        words.append(f"{service}: {' '.join(grant['access'])}{names}")
    return "; ".join(words) or _NONE
