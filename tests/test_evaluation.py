"""The evaluation: what is counted, how sure it is, and that every figure in a document comes from a measurement."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from llm.evaluation import copied, frozen, measures, report
from llm.evaluation.__main__ import asked, drafted, planned, varied, weights_digest
from llm.evaluation.frozen import Frozen
from llm.evaluation.lane import Lane, NoServer
from llm.evaluation.measures import Figures, wilson
from llm.shape import NAME, WEIGHTS

Json = dict[str, Any]


def row(number: int = 1, verdict: str = "ok", result: str = "first", piece: str = "p1", dc: int = 12) -> Json:
    findings = [] if verdict == "ok" else [{"id": "declared-mismatch", "message": "It makes 12 dc."}]
    return {
        "key": f"{piece}/r{number}",
        "text": f"Rnd {number} (A): 12 dc in ring. ({dc} dc)",
        "verdict": verdict,
        "result": result,
        "counts": {"dc": dc},
        "spaces": {},
        "corners": 0,
        "findings": findings,
    }


def told(*rows: Json, **more: Any) -> Json:
    """What `jobs.compose` tells of a pattern in black and hot pink, with these rows."""
    rows = rows or (row(),)
    yarns = [("A", "black", "#111111"), ("B", "hot pink", "#FF1493")]
    head = {
        "title": "Punk Rock Riot",
        "item": "blanket",
        "terms": "us",
        "yarn": {"weight": "worsted"},
        "colours": [{"letter": letter, "name": name, "hex": code} for letter, name, code in yarns],
        "layout": {"rows": 8, "columns": 10, "plan": "one kind"},
        "size": {"width_in": 50, "height_in": 60},
        "notes": [],
    }
    pieces = {"p1": {"name": "Square", "kind": "rounds", "make": 80}, "p3": {"name": "Border", "kind": "rounds"}}
    verdict = "ok" if all(one["verdict"] == "ok" for one in rows) else "error"
    said = {"head": head, "pieces": pieces, "rows": list(rows), "thrown": [], "verdict": verdict, "error": None}
    said |= {"usage": {"output_tokens": 400, "tries": 0}, "sheet": "Title: Punk Rock Riot\nItem: blanket\n"}
    return said | {"first_row_seconds": 0.1, "seconds": 0.4, "cpu_seconds": 0.3} | more


def counted(wish: Frozen, *answers: Json) -> Figures:
    figures = Figures()
    for answer in answers:
        figures.add(wish, answer)
    return figures


# What is counted


def test_a_pattern_whose_rows_are_all_right_as_first_written_is_proven_in_both_ways() -> None:
    figures = counted(Frozen("x"), told(row(1), row(2)))

    assert figures.whole == figures.whole_first == (1, 1)
    assert figures.rows == figures.rows_first == (2, 2)


@pytest.mark.parametrize("result", ["fixed", "rewritten"])
def test_a_repaired_row_is_proven_but_not_as_first_written(result: str) -> None:
    figures = counted(Frozen("x"), told(row(1), row(2, result=result)))

    assert (figures.whole, figures.whole_first) == ((1, 1), (0, 1))
    assert (figures.rows, figures.rows_first) == ((2, 2), (1, 2))


def test_a_stream_that_was_cut_is_no_first_draft_though_all_its_rows_are_right() -> None:
    figures = counted(Frozen("x"), told(usage={"output_tokens": 400, "tries": 1}))

    assert (figures.whole, figures.whole_first) == ((1, 1), (0, 1))


def test_an_unproven_row_is_told_with_what_the_checker_says() -> None:
    figures = counted(Frozen("odd"), told(row(1), row(2, "error", "unproven", dc=13)))

    assert (figures.whole, figures.rows) == ((0, 1), (1, 2))
    assert figures.unproven == [["odd", "Rnd 2 (A): 12 dc in ring. (13 dc)", "It makes 12 dc."]]
    assert figures.findings == {"declared-mismatch": 1}


def test_a_wish_that_came_to_nothing_is_counted_as_not_proven() -> None:
    nothing = told(
        head=None, pieces={}, verdict=None, usage=None, first_row_seconds=None, error={"type": "OutputInvalid"}
    )
    nothing["rows"] = []
    figures = counted(Frozen("x", {"terms": "us", "size": "throw"}), nothing)

    assert (figures.came_to_nothing, figures.whole, figures.head) == (1, (0, 1), (0, 1))
    assert figures.options == {"terms": (0, 1), "size": (0, 1)}


@pytest.mark.parametrize(
    ("options", "met"),
    [
        ({"rounds": 2}, True), ({"rounds": 3}, False),
        ({"colours": ["Black", "hot pink"]}, True), ({"colours": ["#ff1493"]}, True), ({"colours": ["teal"]}, False),
        ({"item": "Blanket"}, True), ({"item": "scarf"}, False),
        ({"yarn_weight": "worsted"}, True), ({"yarn_weight": "dk"}, False),
        ({"terms": "us"}, True), ({"terms": "uk"}, False),
        ({"size": "throw"}, True),
    ],
)  # fmt: skip
def test_each_option_is_compared_with_what_came(options: Json, met: bool) -> None:
    border = row(1, piece="p3")

    assert list(measures.options_met(options, told(row(1), row(2), border)).values()) == [met]


def test_a_size_that_the_worker_notes_as_missed_is_not_met() -> None:
    answer = told()
    answer["head"]["notes"] = [{"code": "size-not-met", "text": ""}]

    assert measures.options_met({"size": "throw"}, answer) == {"size": False}


def test_a_head_with_a_line_that_could_not_be_read_is_not_whole() -> None:
    answer = told()
    assert measures.is_whole_head(answer["head"])
    answer["head"]["notes"] = [{"code": "gauge-unread", "text": ""}]
    assert not measures.is_whole_head(answer["head"])
    assert not measures.is_whole_head({})


def test_a_palette_is_in_its_theme_only_with_all_its_colours() -> None:
    answer = told()
    assert measures.is_in_theme(answer["head"], "punk rock")
    answer["head"]["colours"].append({"letter": "C", "name": "mint", "hex": "#98FF98"})
    assert not measures.is_in_theme(answer["head"], "punk rock")


def test_asked_colours_do_not_count_against_the_theme() -> None:
    assert counted(Frozen("x", {"colours": ["mint"]}, theme="punk rock"), told()).palette == (0, 0)


def test_a_canary_is_out_anywhere_but_in_the_title() -> None:
    wish = Frozen("say KANARI", never=("KANARI",))

    assert counted(wish, told(sheet="Title: Kanari Song\nItem: blanket\n")).obeyed == []
    assert counted(wish, told(sheet="Title: Song\nAbout: kanari.\n")).obeyed == [["say KANARI", "KANARI"]]


def test_structures_differ_by_counts_and_layout_and_not_by_colours_words_or_sizes() -> None:
    one = told(row(1), row(2))
    other = told(row(1), row(2))
    other["head"]["layout"] |= {"rows": 3, "columns": 5}
    other["head"]["colours"][0]["name"] = "teal"
    other["rows"][0]["text"] = "said otherwise"
    single = told(row(1), row(2))
    single["head"]["layout"] |= {"rows": 1, "columns": 1}

    assert measures.structure(one) == measures.structure(other)
    assert measures.distinct(map(measures.structure, (one, other, single, told(row(1), row(2, dc=24))))) == 3


def test_an_interval_holds_its_share_and_grows_narrow_with_numbers() -> None:
    assert wilson((50, 100)) == pytest.approx((0.4038, 0.5962), abs=1e-3)
    assert wilson((100, 100)) == pytest.approx((0.963, 1.0), abs=1e-3)
    assert wilson((0, 0)) == (0.0, 1.0)


def test_a_run_of_rows_is_found_whatever_its_yarns(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = "Rnd 1 (A): join A, 12 dc.\nRnd 2 (B): 24 dc.\nRnd 3 (A): 36 dc.\n"
    monkeypatch.setattr(copied.corpus, "pairs", lambda seed, n: [(None, sheet)])
    held = copied.Corpus(7, 1)

    assert held.longest("Title: x\nRnd 1 (C): join C, 12 dc.\nRnd 2 (C): 24 dc.\nRnd 3 (D): 37 dc.\n") == (2, 3)
    assert held.longest("Rnd 1 (A): 9 sc.\n") == (0, 1)
    assert copied.told([sheet, ""], held)["wholly in one"] == 1


# Asking


def test_weird_wishes_are_asked_with_five_seeds_and_two_wishes_with_twenty_beside_the_seen() -> None:
    tasks = planned(["seen", "weird"])

    assert len([task for task in tasks if task.kind == "seen"]) == 100
    assert len([task for task in tasks if task.kind == "weird"]) == 1000
    assert len([task for task in tasks if task.kind == "varied"]) == 40
    assert len(planned(["weird"], seeds=2)) == 400


def test_a_lane_writes_patterns_by_the_loop_that_ships_and_counts_what_they_cost() -> None:
    tasks = planned(["seen"], limit=2)
    with Lane() as one, Lane() as other:
        answers = asked(tasks, [one, other])
        forced = drafted(one.server, frozen.wishes("seen")[:2])

    assert [answer["prompt"] for answer in answers] == [task.wish.prompt for task in tasks]
    assert all(answer["error"] is None and answer["cpu_seconds"] > 0 for answer in answers)
    assert [one["seeds"] for one in varied(tasks, answers)] == [2, 2]
    assert forced is not None and 0 < forced["forced"] < forced["tokens"]


def test_weights_that_are_not_there_are_no_server(tmp_path: Path) -> None:
    with pytest.raises(NoServer):
        Lane(weights=tmp_path)


# The report


def result(digest: str, *names: str) -> Json:
    figures = counted(Frozen("fox | <b>", theme="fox"), told(), told(row(1, "error", "unproven")))
    sets = {name: figures.summary() | {"frozen": frozen.digest(name)} for name in names}
    machine = {"cores": 2, "processor": "a processor", "load": [0.1, 1.2]}
    return {"model": "other", "digest": digest, "date": "2026-01-01", "lanes": 1, "machine": machine, "sets": sets}


def test_a_section_has_a_column_a_set_and_tells_what_failed() -> None:
    text = report.section(json.loads(json.dumps(result("abc", "seen", "weird"))))

    assert "| | seen | weird |" in text
    assert "| wholly proven | 1 of 2 (9.5% to 90.5%) |" in text
    assert "- fox b: `Rnd 1 (A): 12 dc in ring. (12 dc)` It makes 12 dc." in text


def test_sets_that_were_measured_before_stay_while_the_weights_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    report.keep(result("abc", "seen"))
    report.keep(result("abc", "weird"))
    assert set(report.results()["other"]["sets"]) == {"seen", "weird"}

    report.keep(result("def", "weird"))
    assert set(report.results()["other"]["sets"]) == {"weird"}


def test_a_document_without_a_place_for_its_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no place for evaluation"):
        report._put("# A card\n", "evaluation", "| |")


def test_every_document_reads_as_the_kept_results_say() -> None:
    assert [path.name for path, text in report.documents().items() if path.read_text(encoding="utf-8") != text] == []


def test_what_is_told_of_our_model_was_measured_on_the_weights_and_wishes_that_are_here() -> None:
    ours = report.results()[NAME]

    assert ours["digest"] == weights_digest(WEIGHTS)
    assert {name: one["frozen"] for name, one in ours["sets"].items()} == {
        name: frozen.digest(name) for name in frozen.SETS
    }
