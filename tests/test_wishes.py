"""Wishes: what their words ask for is in the plan, or the plan says that it is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crochet.craft import harmonies, yarn
from crochet.page import sheet
from llm import families, forced
from llm.brief import Brief, clean
from llm.plan import Plan, plan

ASKED = Path(__file__).parent / "wishes"


def table(name: str) -> list[tuple[str, str]]:
    """Wishes and what the plan of each must hold."""
    lines = (ASKED / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" => ")) for line in lines if line and not line.startswith("# ")]  # type: ignore[misc]


def unmet(decided: Plan, held: str) -> list[str]:
    """What of an expectation a plan does not hold."""
    faults = []
    for one in held.split("; "):
        key, _, value = one.strip().partition(" ")
        if not _holds(decided, key, value):
            faults.append(one)
    return faults


def _holds(decided: Plan, key: str, value: str) -> bool:
    names = [name for _, name, _ in decided.colours]
    kinds = {harmonies.kind(code) for _, _, code in decided.colours}
    codes = [note.split(" ")[0] for note in decided.notes]
    values = [part.strip() for part in value.split(",")]
    match key:
        case "colours":
            return names == values
        case "has":
            return set(values) <= set(names)
        case "lacks":
            return not kinds & set(values)
        case "many":
            return len(names) == int(value)
        case "squares":
            return decided.grid is not None and decided.grid[:2] == tuple(int(n) for n in value.split(" x "))
        case "rounds":
            return decided.rounds == int(value)
        case "hook":
            return decided.hook == float(value)
        case "title":
            return decided.title == value.removeprefix("-")
        case "title-lacks":
            return not any(part in decided.title for part in values)
        case "notes":
            return codes == [part for part in values if part != "-"]
        case "item" | "size" | "palette" | "yarn" | "terms":
            return str(getattr(decided, key)) == value
    raise AssertionError(key)


@pytest.mark.parametrize(("wish", "held"), table("asked.txt"), ids=[wish for wish, _ in table("asked.txt")])
def test_what_a_wish_asks_for_is_in_the_plan(wish: str, held: str) -> None:
    assert unmet(plan(Brief(clean(wish))), held) == []


@pytest.mark.parametrize("wish", ["7 rounds red sea, 3 colours, UK terms, chunky, king size, 5 mm hook", "a poncho"])
def test_an_option_is_worth_more_than_the_wish(wish: str) -> None:
    decided = plan(
        Brief(wish, item="scarf", size="throw", rounds=4, colours=("teal", "lime"), yarn="dk", terms="US", variant=3)
    )

    assert (decided.item, decided.size, decided.rounds, decided.yarn) == ("scarf", "throw", 4, "dk")
    assert ([name for _, name, _ in decided.colours], decided.terms) == (["teal", "lime"], "US")
    assert decided.notes == ()


@pytest.mark.parametrize("variant", range(12))
@pytest.mark.parametrize("kind", ["pink", "blue", "green", "brown"])
def test_a_colour_left_out_is_in_no_palette_that_is_ours_to_choose(kind: str, variant: int) -> None:
    for wish in (f"zorbly fandango, no {kind}", f"a bright garden without {kind}", f"{kind} free, not {kind}"):
        kinds = [harmonies.kind(code) for _, _, code in plan(Brief(wish, variant=variant)).colours]

        assert kind not in kinds[kind in wish.split(",")[0].split() :]


def test_what_is_not_met_is_a_line_of_the_head_that_a_worker_reads_as_a_note() -> None:
    decided = plan(
        Brief("a red cardigan of 40 rounds in 9 colours, 3000 x 4000 cm, jumbo yarn, 90 mm hook, 7777 squares")
    )
    lines: list[str] = []
    while (line := forced.forced(decided, lines)).endswith("\n") or line.startswith("Title"):
        lines.append(line.rstrip("\n"))
    _, notes = sheet.heading(lines)

    told = {note.code: note.text for note in notes}
    assert set(told) >= {note.split(" ")[0] for note in decided.notes}
    assert "40 rounds" in told["rounds-not-met"] and "cardigan" in told["item-not-met"]
    assert {"colours-not-met", "size-not-met", "squares-not-met", "yarn-not-met", "hook-not-met"} <= set(told)


def test_a_note_in_other_words_than_ours_is_none() -> None:
    _, notes = sheet.heading(["Note: rounds-not-met 40", "Note: <b>hi</b>", "Note: size-not-met", "Note: rounds 1; 2"])

    assert not [note for note in notes if note.code in ("rounds-not-met", "size-not-met", "rounds")]


def test_a_size_asked_for_is_laid_out_to_the_inch_where_squares_allow_it() -> None:
    for wish in ("60x80 inches, worsted", "blanket 150 x 200 cm", "a 16 inch cushion", "40 x 40 cushion"):
        for variant in range(10):
            decided = plan(Brief(wish, variant=variant))
            lines = [*["x"] * 20, "Yarn: worsted", "Hook: 5 mm", "Gauge: 13 dc = 4 in", "Motif: classic granny square"]
            rounds = forced.rounds_of(decided, lines)
            grid = [int(part) for part in re.findall(r"\d+", forced.forced(decided, lines))] or [1, 1]
            wide, tall = yarn.size_of("", decided.size)

            assert rounds
            side, _ = families.CLASSIC.inches(rounds, 13)
            assert abs(grid[0] * side / tall - 1) < 0.13 and abs(grid[1] * side / wide - 1) < 0.13, (wish, rounds, grid)


@pytest.mark.parametrize(("wish", "held"), table("second.txt"), ids=[wish for wish, _ in table("second.txt")])
def test_what_a_wish_of_the_second_list_asks_for_is_in_the_plan(wish: str, held: str) -> None:
    assert unmet(plan(Brief(clean(wish))), held) == []
