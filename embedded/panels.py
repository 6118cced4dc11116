"""Panels: the dashboard's figures in a terminal, as the Prometheus beside a Knotty has them now."""

from __future__ import annotations

import json
import re
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from embedded import home
from embedded.children import CannotStart
from embedded.prometheus import ADDRESS, RULES

DASHBOARD = RULES.with_name("dashboard.json")
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # not by the proxy that the environment names


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel: what is drawn, and what it is called. `words`: of single values, such as 0: away."""

    section: str
    panel: str
    expression: str
    legend: str
    unit: str
    words: dict[str, str]


def lines() -> list[Line]:
    """Every line of the dashboard, from its first panel to its last."""
    found, section = [], ""
    for panel in json.loads(DASHBOARD.read_text())["panels"]:
        if panel["type"] == "row":
            section = panel["title"]
            continue
        shown = panel["fieldConfig"]["defaults"]
        words = {value: one["text"] for each in shown.get("mappings", ()) for value, one in each["options"].items()}
        for target in panel["targets"]:
            legend = target["legendFormat"]
            found.append(Line(section, panel["title"], target["expr"], legend, shown["unit"], words))
    return found


def ask(url: str, expression: str) -> list[dict[str, Any]]:
    """What a Prometheus answers to an expression now. Raises CannotStart when it does not."""
    query = urllib.parse.urlencode({"query": expression})
    try:
        with _OPENER.open(f"{url.rstrip('/')}/api/v1/query?{query}", timeout=10) as answer:
            result: list[dict[str, Any]] = json.load(answer)["data"]["result"]
            return result
    except (OSError, ValueError, KeyError) as fault:
        raise CannotStart(f"No Prometheus answers at {url}: {fault}") from None


def figures(line: Line, url: str) -> list[tuple[str, str]]:
    """(what, figure) of everything that a line draws now."""
    told = ask(url, line.expression)
    return sorted((_named(line.legend, each["metric"]), _shown(each["value"][1], line)) for each in told)


def main(words: list[str]) -> int:
    """`./knotty panels [URL]`: all of them, of the Prometheus that runs here or is named."""
    kept = home.folder() / ADDRESS
    if not words and not kept.exists():
        raise CannotStart("No Prometheus runs here. ./knotty up --monitoring first, or name its address.")
    url, section, panel = (words[0] if words else kept.read_text().strip()), "", ""
    for line in lines():
        if line.section != section:
            section = line.section
            print(f"\n{section}")
        for what, figure in figures(line, url) or [("", "no figure yet")]:
            print(f"  {'' if line.panel == panel else line.panel:36}  {what:24}  {figure}")
            panel = line.panel
    return 0


def _named(legend: str, labels: Mapping[str, str]) -> str:
    return re.sub(r"{{(\w+)}}", lambda found: labels.get(found[1], ""), legend).strip()


def _shown(value: str, line: Line) -> str:
    """A figure as the panel would show it."""
    if value in line.words:
        return line.words[value]
    number = float(value)
    if number != number:  # NaN: of nothing at all
        return "nothing to tell"
    if line.unit == "percentunit":
        return f"{100 * number:.3g} %"
    return f"{number:.3g}" + {"s": " s", "reqps": " /s"}.get(line.unit, "")
