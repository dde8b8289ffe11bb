"""Write the Grafana dashboards of dashboards.yml; with --check, only say if they are stale."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
_WIDTH, _HEIGHT, _COLUMNS = 12, 8, 2
_DATASOURCE = {"type": "prometheus", "uid": "prometheus"}


def main() -> None:
    """Write the files, or compare them."""
    stale = [path for path, text in files() if not path.exists() or path.read_text() != text]
    if "--check" in sys.argv:
        sys.exit(f"stale: {', '.join(path.name for path in stale)}" if stale else 0)
    for path, text in files():
        path.write_text(text)


def files() -> Iterator[tuple[Path, str]]:
    """Yield each file with what it must hold."""
    for name, dashboard in yaml.safe_load((HERE / "dashboards.yml").read_text()).items():
        text = json.dumps(_dashboard(name, dashboard), indent=2)
        yield HERE / f"grafana/dashboards/{name}.json", f"{text}\n"


def _dashboard(name: str, dashboard: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "uid": f"quikstate-{name.replace('_', '-')}",
        "title": dashboard["title"],
        "tags": ["quikstate"],
        "schemaVersion": 39,
        "editable": True,
        "refresh": "30s",
        "time": {"from": "now-1h", "to": "now"},
        "templating": {"list": []},
        "annotations": {"list": []},
        "panels": [_panel(index, panel) for index, panel in enumerate(dashboard["panels"])],
    }


def _panel(index: int, panel: Mapping[str, Any]) -> Mapping[str, Any]:
    row, column = divmod(index, _COLUMNS)
    return {
        "id": index + 1,
        "type": "timeseries",
        "title": panel["title"],
        "datasource": _DATASOURCE,
        "gridPos": {"x": column * _WIDTH, "y": row * _HEIGHT, "w": _WIDTH, "h": _HEIGHT},
        "fieldConfig": {"defaults": {"unit": panel["unit"], "min": 0}, "overrides": []},
        "options": {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi"}},
        "targets": [
            {"refId": chr(ord("A") + number), "datasource": _DATASOURCE, "expr": expr, "legendFormat": legend}
            for number, (expr, legend) in enumerate(panel["queries"])
        ],
    }


if __name__ == "__main__":
    main()
