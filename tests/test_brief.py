"""The brief: what the worker asks, and what code decides before the model writes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from llm import brief, families, lexicon
from llm.brief import BadPrompt, Brief, clean
from llm.forced import barred, forced, number, open_kinds, rests, rounds_of, true
from llm.items import ITEMS
from llm.plan import plan, title

PROMPTS = [
    path for path in sorted((Path(__file__).parent / "prompts").glob("*.txt")) if not path.name.startswith("llama3-")
]


@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.stem)
def test_a_golden_brief_is_read_and_written_back_the_same(path: Path) -> None:
    asked, sheet = brief.read(path.read_text(encoding="utf-8"))

    assert sheet == ""
    assert brief.write(asked) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.stem)
def test_a_golden_brief_holds_what_the_maker_sent(path: Path) -> None:
    sent = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    options = sent["options"]

    asked, _ = brief.read(path.read_text(encoding="utf-8"))

    assert asked.wish == clean(sent["prompt"])
    assert asked.item == options.get("item", "")
    assert asked.size == options.get("size", "")
    assert asked.rounds == options.get("rounds")
    assert list(asked.colours) == options.get("colours", [])
    assert asked.yarn == options.get("yarn_weight", "")
    assert asked.terms == options.get("terms", "").upper()
    assert asked.variant == options.get("seed", sent["variant"]) == sent["variant"]


@pytest.mark.parametrize(
    "prompt", ["", "punk rock", "Wish: x\n\n", "Item: x\nWish: y\n\n", brief.write(Brief("x"))[:-1]]
)
def test_a_prompt_that_is_no_brief_is_refused(prompt: str) -> None:
    with pytest.raises(BadPrompt):
        brief.read(prompt)


def test_the_sheet_so_far_comes_after_an_empty_line() -> None:
    asked, sheet = brief.read(brief.write(Brief("sea")) + "Title: Sea\nItem: blanket\n")

    assert (asked.wish, sheet) == ("sea", "Title: Sea\nItem: blanket\n")


@pytest.mark.parametrize(
    ("wish", "wanted"),
    [
        ("punk rock blanket", "Punk Rock"),
        ("I want a scarf like the sea at night please", "Sea at Night"),
        ("a blanket", ""),
        ("blanket " * 60, ""),
        ("x" * 500, ""),
        ("1234567890", ""),
        ("zorbly fandango", "Zorbly Fandango"),
        ("MARSH BLANKET WITH FROGS", "Marsh with Frogs"),
        ("hexagon blanket, a beehive drift", "Hexagon Beehive Drift"),
        ("corner to corner blanket in navy and cream", "Navy and Cream"),
        ("circle in a square coaster, ocean", "Ocean"),
        ("wild flowers cushion for grandma", "Wild Flowers for Grandma"),
        ("corner-to-corner shawl", ""),
        ("mustard and navy cushion with sunflowers", "Sunflowers"),
        ("navy and cream blanket", "Navy and Cream"),
        ("<script>alert(1)</script> 🎸", ""),
        ("my grandmother moved to a house by the ocean last spring and misses us", "Grandmother"),
    ],
)
def test_a_title_begins_with_the_makers_own_words(wish: str, wanted: str) -> None:
    assert plan(Brief(wish)).title == wanted


def test_a_title_is_never_long() -> None:
    assert len(plan(Brief("Donaudampfschifffahrtsgesellschaft" * 9)).title) <= 40


@pytest.mark.parametrize(
    ("wish", "label"),
    [
        ("punk rock blanket", "punk rock"),
        ("haloween blankt", "near halloween"),
        ("zorbly fandango", "our pick"),
        ("green and white cushion", "as asked"),
        ("black punk rock cushion", "punk rock"),
        ("rose garden", "rose"),
    ],
)
def test_the_palette_says_where_it_comes_from(wish: str, label: str) -> None:
    assert plan(Brief(wish)).palette == label


def test_colours_asked_for_are_the_colours_in_their_order() -> None:
    decided = plan(Brief("punk rock", colours=("teal", "#abcdef", "gloop")))

    assert decided.palette == "as asked"
    assert [letter for letter, _, _ in decided.colours] == ["A", "B", "C"]
    assert decided.colours[0][1:] == ("teal", decided.colours[0][2])
    assert decided.colours[1][2] == "#ABCDEF"
    assert decided.colours[2][1] == "gloop"


def test_a_colour_named_beside_a_theme_comes_first() -> None:
    assert plan(Brief("a black cat")).colours[0][1] == "black"


@pytest.mark.parametrize("variant", range(20))
def test_a_palette_is_not_larger_than_the_square_has_rounds(variant: int) -> None:
    assert len(plan(Brief("rainbow", rounds=3, variant=variant)).colours) <= 3


def test_the_same_brief_is_planned_the_same_and_another_variant_may_differ() -> None:
    plans = {plan(Brief("autumn", variant=variant)).colours for variant in range(20)}

    assert plan(Brief("autumn", variant=4)) == plan(Brief("autumn", variant=4))
    assert len(plans) > 3


def written(asked: Brief, filled: list[str]) -> list[str]:
    """A head as it comes about: what is forced, and the given lines where nothing is."""
    decided, sheet = plan(asked), []
    for line in filled:
        start = forced(decided, sheet)
        while start.endswith("\n"):
            sheet.append(start[:-1])
            start = forced(decided, sheet)
        sheet.append(line if line.startswith(start) else f"{start}{line}")
    return sheet


HEAD = [
    " Riot",
    "Yarn: worsted",
    "Hook: 5 mm",
    "Gauge: 12 dc = 4 in",
    "classic granny square",
    "Layout: 3 rows of 3, one kind",
    "About: x.",
]


def test_the_head_is_forced_in_the_order_of_a_sheet() -> None:
    sheet = written(Brief("punk rock", colours=("black", "hot pink")), HEAD)

    assert sheet[:6] == [
        "Title: Punk Rock Riot",
        "Item: blanket",
        "Palette: as asked",
        "A: black #111111",
        "B: hot pink #FF1493",
        "Terms: US",
    ]


def test_an_open_layout_is_the_models() -> None:
    assert "Layout: 3 rows of 3, one kind" in written(Brief("sea"), HEAD)


def test_size_rounds_and_gauge_fix_the_layout() -> None:
    sheet = written(Brief("sea", size="throw", rounds=6), [*HEAD[:5], "About: x."])

    # 23 stitches at 12 in 4 inches are 7.67 in: 60 / 7.67 and 50 / 7.67
    assert "Layout: 8 rows of 7, one kind" in sheet


def test_a_size_without_rounds_fixes_both() -> None:
    sheet = written(Brief("sea", size="crib"), [*HEAD[:5], "About: x.", " (A): ..."])

    layout = re.search(r"Layout: (\d+) rows of (\d+), one kind", "\n".join(sheet))
    assert layout
    assert sheet[-1].startswith("Rnd 1")


def test_round_labels_are_forced_to_the_number_asked_for() -> None:
    decided = plan(Brief("sea", rounds=2))

    assert forced(decided, [*["x"] * 20, "Piece: Square"]) == "Rnd 1"
    assert forced(decided, [*["x"] * 20, "Rnd 1 (A): ..."]) == "Rnd 2"
    assert forced(decided, [*["x"] * 20, "Rnd 2 (A): ..."]) == ""
    assert b"R" in barred(decided, [*["x"] * 20, "Rnd 2 (A): ..."])


def test_an_open_square_grows_to_twelve_rounds_and_a_border_to_three() -> None:
    decided = plan(Brief("sea"))

    assert b"R" not in barred(decided, ["Rnd 11 (A): ..."])
    assert b"R" in barred(decided, ["Rnd 12 (A): ..."])
    assert b"B" not in barred(decided, ["Border Rnd 2 (A): ..."])
    assert b"B" in barred(decided, ["Border Rnd 3 (A): ..."])


def test_a_row_is_numbered_by_the_row_before_it() -> None:
    assert number("Rnd ", ["Piece: Square"]) == "1"
    assert number("Rnd ", ["Rnd 9 (A): ..."]) == "10"
    assert number("Border Rnd ", ["Rnd 9 (A): ..."]) == "1"
    assert number("Border Rnd ", ["Border Rnd 1 (A): ..."]) == "2"
    assert number("Rnd 1", ["Rnd 9 (A): ..."]) == ""


def test_yarn_and_terms_are_forced_when_asked_for() -> None:
    sheet = written(Brief("sea", yarn="bulky", terms="UK"), ["", "Hook: 7 mm"])

    assert "Terms: UK" in sheet
    assert "Yarn: bulky" in sheet


@pytest.mark.parametrize("wish", ["a chunky blanket, uk terms please", "queen size blanket"])
def test_a_wish_may_say_what_the_options_leave_open(wish: str) -> None:
    decided = plan(Brief(wish))

    assert (decided.yarn, decided.terms) in {("bulky", "UK"), ("", "US")}
    assert decided.size in ("queen", *ITEMS["blanket"].sizes)


@pytest.mark.parametrize("item", sorted(ITEMS))
def test_a_thing_has_a_size_that_a_person_would_expect(item: str) -> None:
    """Code says how many squares of how many rounds: the model cannot multiply."""
    for variant in range(20):
        decided = plan(Brief(f"a {item}", item=item, variant=variant))
        sheet = [*["x"] * (4 + len(decided.colours)), "Yarn: worsted", "Hook: 5 mm", "Gauge: 12 dc = 4 in"]
        sheet.append("Motif: classic granny square")
        layout = forced(decided, sheet)
        rounds = rounds_of(decided, sheet)

        assert layout.startswith("Layout: ") and rounds
        many = [int(word) for word in re.findall(r"\d+", layout)] or [1, 1]
        longest = max(many) * max(families.CLASSIC.inches(rounds, 12))
        assert 1 < longest < 125, (layout, rounds)


def test_a_title_keeps_the_marks_of_its_script() -> None:
    assert title("मेरे बेटे के लिए") == "मेरे बेटे के लिए"


def test_a_sentence_may_say_only_what_is_so() -> None:
    decided = plan(Brief("cushion in navy and cream"))

    assert true(decided, "About: A cushion in navy and cream, and a quiet border.")
    assert not true(decided, "About: A bunting in navy and cream, and a quiet border.")
    assert not true(decided, "About: Egggshine against cream, and a quiet border.")
    assert not true(decided, "About: Scarlet against cream, and a quiet border.")
    assert true(decided, f"Title: {decided.title} Evening")
    assert not true(decided, f"Title: {decided.title} Headband")


def test_a_wish_that_names_a_kind_of_square_gets_it() -> None:
    sheet = written(Brief("a solid square blanket"), [*HEAD[:4], "About: x.", " (A): ..."])

    assert "Motif: solid square" in sheet
    assert sheet[-2] == "Piece: Solid Square"


def test_a_kind_of_square_that_no_wish_names_is_the_models_among_those_we_know() -> None:
    decided = plan(Brief("a granny square blanket"))

    assert forced(decided, [*["x"] * 12, "Gauge: 12 dc = 4 in"]) == "Motif: "
    assert "classic granny square\n" in rests(decided, "Motif: ", [])
    assert rests(decided, "Motif: classic gr", []) == ("anny square\n",)


def test_a_bag_has_its_strap_behind_the_border_and_before_the_finishing() -> None:
    decided = next(each for n in range(50) if (each := plan(Brief("a sea bag", variant=n))).extra == "Strap, make 2")
    done = [*["x"] * 12, "Motif: solid square", "Layout: one piece", "Piece: Solid Square", "Rnd 12 (A): ..."]

    assert {b"F", b"R"} <= set(barred(decided, done))
    assert b"P" not in barred(decided, done)
    assert rests(decided, "Piece: ", []) == ("Strap, make 2\n",)
    assert rests(decided, "Piece: Str", []) == ("ap, make 2\n",)
    begun = [*done, "Piece: Strap, make 2"]
    assert forced(decided, begun) == "Row 1"
    assert {b"P", b"B"} <= set(barred(decided, begun))
    assert b"F" not in barred(decided, begun)
    assert forced(decided, [*begun, "Row 1 (A): ..."]) == ""
    assert number("Row ", [*begun, "Row 1 (A): ..."]) == "2"
    assert b"R" in barred(decided, [*begun, "Row 6 (A): ..."])


def test_a_blanket_has_no_further_piece() -> None:
    decided = plan(Brief("a sea blanket"))

    assert decided.extra == ""
    assert b"P" in barred(decided, ["Motif: solid square", "Piece: Solid Square", "Rnd 9 (A): ..."])


def test_a_row_is_in_a_yarn_that_the_sheet_has() -> None:
    decided = plan(Brief("sea", colours=("teal", "sand")))

    assert rests(decided, "Rnd 3", []) == (" (A)", " (B)")
    assert rests(decided, "Row 3 (", []) == ("A)", "B)")
    assert rests(decided, "Rnd 3 (A): Ch 3", []) == ()


def test_no_yarn_is_left_out_where_there_is_a_round_for_it() -> None:
    decided = plan(Brief("sea", colours=("teal", "sand", "coral"), rounds=4))
    begun = ["Gauge: 14 dc = 4 in", "Motif: classic granny square", "Piece: Classic Granny Square", "Rnd 1 (A): ..."]

    assert rests(decided, "Rnd 2 (", begun) == ("A)", "B)", "C)")
    assert rests(decided, "Rnd 3 (", [*begun, "Rnd 2 (A): ..."]) == ("B)", "C)")
    assert rests(decided, "Rnd 4 (", [*begun, "Rnd 2 (A): ...", "Rnd 3 (C): ..."]) == ("B)",)
    assert rests(decided, "Joining (", [*begun, "Rnd 2 (A): ..."]) == ("A)", "B)", "C)")
    assert rests(decided, "Border Rnd 1 (", [*begun, "Rnd 2 (A): ...", "Joining (A): ..."]) == ("B)", "C)")


def test_one_big_square_is_open_only_where_it_can_be_big_enough() -> None:
    def kinds(size: str, gauge: int) -> set[str]:
        sheet = ["Terms: US", f"Gauge: {gauge} dc = 4 in"]
        return {family.name for family in open_kinds(plan(Brief("sea", size=size)), sheet)}

    assert "big granny square" not in kinds("throw", 13)
    assert "big granny square" in kinds("throw", 6)
    assert "classic granny square" in kinds("throw", 13)


def test_one_big_square_has_the_rounds_that_make_its_size() -> None:
    decided = plan(Brief("one big square", size="lovey"))
    sheet = ["Gauge: 16 dc = 4 in", "Motif: big granny square"]

    # 12 in are 48 stitches, and round n has 4n - 1
    assert rounds_of(decided, sheet) == 12
    assert forced(decided, ["x"] * 20 + sheet) == "Layout: one piece\n"


def test_hexagons_that_no_border_goes_around_have_a_round_for_each_yarn() -> None:
    decided = plan(Brief("hexagons", item="bookmark", colours=("red", "blue", "green", "white", "black")))

    assert rounds_of(decided, ["Gauge: 12 dc = 4 in", "Motif: granny hexagon"]) == 5


def test_where_the_number_is_ours_a_theme_gets_no_colour_that_is_not_its_own() -> None:
    for theme in lexicon.themes().values():
        decided = plan(Brief(f"a {theme.name} rug", variant=3))
        if decided.palette == theme.name:
            assert {name for _, name, _ in decided.colours} <= set(theme.palette)
