"""Proves the monitoring: each alert fires on its fault alone, and Prometheus answers every query.

`make monitoring` runs it. It needs prometheus, promtool and redis_exporter on the PATH, and starts a server
with an embedded Redis, calls of each service, and a Prometheus that scrapes them, all on loopback.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from live import prove
from load import load

HERE = Path(__file__).resolve().parent
_STEPS = 240
_EVALUATED_AT = "45m"


def main() -> None:
    """Run all proofs; exit with 1 if one fails."""
    alerts = alert_rules()
    cases = yaml.safe_load((HERE / "alert_cases.yml").read_text())
    missing = set(alerts) ^ set(cases)
    if missing:
        sys.exit(f"alerts.yml and alert_cases.yml differ: {', '.join(sorted(missing))}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "alerts_test.yml")
        file.write_text(yaml.safe_dump(rule_tests(alerts, cases)))
        subprocess.run(["promtool", "test", "rules", str(file)], check=True)
    print(f"{len(alerts)} alerts fire on their faults, and on nothing else")
    prove(load, {**dict(dashboard_queries()), **dict(recorded_queries())})


def alert_rules() -> Mapping[str, Any]:
    """Return the alerts by name."""
    groups = yaml.safe_load((HERE / "alerts.yml").read_text())["groups"]
    return {rule["alert"]: rule for group in groups for rule in group["rules"]}


def rule_tests(alerts: Mapping[str, Any], cases: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return promtool's tests: at every case each alert is silent, but that of the case on `faulty`."""
    return {
        "rule_files": [str(HERE / "recording.yml"), str(HERE / "alerts.yml")],
        "evaluation_interval": "15s",
        "tests": [_test(name, case, alerts) for name, case in cases.items()],
    }


def _test(name: str, case: Mapping[str, Any], alerts: Mapping[str, Any]) -> Mapping[str, Any]:
    series = [
        {"series": _with_instance(metric, instance), "values": _values(values)}
        for instance in ("faulty", "well")
        for metric, values in case[instance].items()
    ]
    return {
        "name": name,
        "interval": "15s",
        "input_series": series,
        "alert_rule_test": [
            {
                "eval_time": _EVALUATED_AT,
                "alertname": each,
                "exp_alerts": list(_expected(alerts[name], case)) if each == name else [],
            }
            for each in alerts
        ],
    }


def _expected(alert: Mapping[str, Any], case: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    labels = {"instance": "faulty", **alert["labels"], **case.get("labels", {})}
    labels = {name: value for name, value in labels.items() if value}

    def of_label(match: re.Match[str]) -> str:
        return str(labels.get(match[1], ""))

    annotations = {
        name: re.sub(r"\{\{ \$labels\.(\w+) \}\}", of_label, text)
        for name, text in alert["annotations"].items()
    }
    yield {"exp_labels": labels, "exp_annotations": annotations}


def _with_instance(metric: str, instance: str) -> str:
    name, brace, labels = metric.partition("{")
    return f'{name}{{instance="{instance}"' + (f",{labels}" if brace else "}")


def _values(values: int | str) -> str:
    return f"{values}x{_STEPS}" if isinstance(values, int) else values


def dashboard_queries() -> Iterator[tuple[str, str]]:
    """Yield each query of the panels, by its name."""
    for file in sorted((HERE / "grafana/dashboards").glob("*.json")):
        for panel in json.loads(file.read_text())["panels"]:
            for target in panel["targets"]:
                yield f"{file.stem}: {panel['title']} {target['refId']}", target["expr"]


def recorded_queries() -> Iterator[tuple[str, str]]:
    """Yield each recorded series, and asks for it."""
    for group in yaml.safe_load((HERE / "recording.yml").read_text())["groups"]:
        for rule in group["rules"]:
            yield f"recording: {rule['record']}", rule["record"]


if __name__ == "__main__":
    main()
