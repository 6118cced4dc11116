"""The sheet on paper, read back from the PDF: every row once, in order and whole, and nothing of the screen."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import requests
from playwright.sync_api import Page, expect

from tests.e2e.pages import opened, written
from tests.e2e.people import Maker, short
from tests.e2e.scenes import UNPROVEN, scarf
from tests.fakes import sheets
from tests.fakes.line import Line

pytestmark = pytest.mark.browser

SCREEN = [
    "On paper",
    "Large print",
    "My ticks",
    "Back to the pattern",
    "My patterns",
    "Skip to",
    "Your browser can save",
]
SWITCHES = {"Large print": False, "Chart": True, "QR code of the link": True}
SHEETS = {"a square": sheets.GOOD, "a scarf of sixty rows": scarf(60), "more pieces": sheets.WITH_PIECES}


def bare(text: str) -> str:
    """A text without what a line break or a ligature changes."""
    return re.sub(r"[\s\ufffe\u2060\u200b\u00ad]+", "", unicodedata.normalize("NFKC", text))


def printed(page: Page, maker: Maker, pattern: str, *switches: str, size: str = "A4") -> pypdfium2.PdfDocument:
    """The PDF that the browser makes of the sheet with these settings turned."""
    opened(page, pattern, "/print")
    for name in SWITCHES:
        page.get_by_label(name, exact=True).set_checked(SWITCHES[name] != (name in switches))
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.evaluate("document.fonts.ready.then(() => 0)")
    return pypdfium2.PdfDocument(page.pdf(format=size, prefer_css_page_size=True))


def texts(paper: pypdfium2.PdfDocument) -> list[str]:
    """The text of each page."""
    return [sheet.get_textpage().get_text_range() for sheet in paper]


def each_once(rows: list[str], pages: list[str]) -> None:
    """Each row stands whole on one page, once, after the row before it."""
    found = [
        [(number, at.start()) for number, text in enumerate(pages) for at in re.finditer(re.escape(row), text)]
        for row in rows
    ]
    assert {row: len(at) for row, at in zip(rows, found, strict=True) if len(at) != 1} == {}
    assert found == sorted(found)


def words(row: dict) -> str:
    """A row as it stands on paper, from its label to the end of its instruction."""
    told = row["text"].partition(": ")[2]
    yarn = f" ({row['colour']})" if row["colour"] else ""
    return bare(f"{row['label']}{yarn}: {told.rpartition(' (')[0] if row['declared'] else told}")


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_row_is_there_once_in_order_and_whole_on_its_page(somebody, maker, sheet):
    pattern = maker.pattern("harbour wall on paper", SHEETS[sheet])
    pages = [bare(text) for text in texts(printed(somebody(maker), maker, pattern))]

    each_once([words(row) for row in maker.rows(pattern)], pages)
    assert not [name for name in SCREEN if any(bare(name) in text for text in pages)]
    assert bare(maker.show(pattern)["title"]) in pages[0]


def test_in_large_print_too_with_its_repeats_written_out(somebody, maker):
    pattern = maker.pattern("harbour wall on large paper", sheets.WITH_PIECES)
    page = somebody(maker)
    pages = [bare(text) for text in texts(printed(page, maker, pattern, "Large print", size="Letter"))]
    rows = maker.rows(pattern)
    shown = page.get_by_role("main").locator("ol > li").all_inner_texts()

    assert [bare(row).startswith(bare(told["label"])) for row, told in zip(shown, rows, strict=True)] == [True] * len(
        rows
    )
    each_once([bare(row) for row in shown], pages)
    assert "*" not in "".join(shown)
    assert not [name for name in SCREEN if any(bare(name) in text for text in pages)]


def test_the_foot_has_page_and_address_and_in_large_print_nothing(somebody, maker):
    pattern = maker.pattern("harbour wall with a foot", scarf(60))
    page = somebody(maker)
    standard, large = texts(printed(page, maker, pattern)), texts(printed(page, maker, pattern, "Large print"))
    address = f"{urlsplit(maker.at.url).netloc}/p/{short(pattern)}"

    assert len(standard) > 1
    for number, text in enumerate(standard, 1):
        assert bare(f"{number} / {len(standard)}") in bare(text)
        assert address in bare(text)
    assert len(large) > len(standard)
    assert not [text for number, text in enumerate(large, 1) if bare(f"{number} / {len(large)}") in bare(text)]


def sizes(paper: pypdfium2.PdfDocument) -> set[float]:
    """The sizes of letters in points, as they stand on the paper."""
    found = set()
    for sheet in paper:
        text = sheet.get_textpage()
        for at in range(text.count_chars()):
            if text.get_text_range(at, 1).strip():
                matrix = pdfium.FS_MATRIX()
                pdfium.FPDFText_GetMatrix(text, at, matrix)
                found.add(round(pdfium.FPDFText_GetFontSize(text, at) * abs(matrix.d), 1))
    return found


def test_in_large_print_every_letter_is_24_points_or_more(somebody, maker):
    pattern = maker.pattern("harbour wall in large print", sheets.WITH_PIECES)
    page = somebody(maker)
    small = sizes(printed(page, maker, pattern, "Chart"))
    large = printed(page, maker, pattern, "Large print", "Chart")

    assert min(small) < 12
    assert min(sizes(large)) >= 24


def codes(paper: pypdfium2.PdfDocument) -> list[str]:
    """What a phone reads on the sheet."""
    import zxingcpp

    return [found.text for sheet in paper for found in zxingcpp.read_barcodes(sheet.render(scale=3).to_numpy())]


@pytest.mark.parametrize("switches", [(), ("Large print",)], ids=["standard", "large"])
def test_the_code_is_the_read_link_and_no_more(somebody, maker, switches):
    pattern = maker.pattern("harbour wall to be scanned", sheets.GOOD)

    assert codes(printed(somebody(maker), maker, pattern, *switches)) == [f"{maker.at.url}/p/{short(pattern)}"]


def test_without_the_code_or_in_private_nothing_is_there_to_scan(somebody, maker):
    pattern = maker.pattern("harbour wall not to be scanned", sheets.GOOD)
    without = printed(somebody(maker), maker, pattern, "QR code of the link")
    maker.change(pattern, visibility="private")
    page = somebody(maker)
    opened(page, pattern, "/print")
    expect(page.get_by_text("This pattern is private")).to_be_visible()
    private = pypdfium2.PdfDocument(page.pdf(format="A4"))

    assert codes(without) == codes(private) == []
    assert short(pattern) not in bare("".join(texts(private)))


def test_what_is_not_proven_says_so_on_paper_beside_its_row(somebody, maker):
    pattern = maker.pattern("harbour wall on paper that does not add up", UNPROVEN)
    text = bare("".join(texts(printed(somebody(maker), maker, pattern))))
    rows = maker.rows(pattern)
    starts = [text.index(words(row)[:30]) for row in rows] + [text.index(bare("What was checked"))]

    assert [row["label"] for row in rows if row["verdict"] != "ok"] == ["Rnd 2", "Rnd 3"]
    for number, row in enumerate(rows):
        said = "notproven" in text[starts[number] : starts[number + 1]]
        assert said == (row["verdict"] != "ok"), row["text"]


def test_a_visitor_prints_a_strangers_pattern_too(somebody, maker, scripted):
    pattern = maker.pattern("harbour wall lent", sheets.GOOD)
    pages = texts(printed(somebody(), scripted.maker(), pattern))

    assert "Harbour Wall" in pages[0]


def test_without_a_connection_it_is_saved_as_text_in_the_readers_own_yarns(somebody, maker):
    pattern = maker.pattern("harbour wall to be kept", sheets.WITH_PIECES)
    home = urlsplit(maker.at.url)
    with Line((home.hostname, home.port)) as way:
        page = somebody(url=way.url)
        written(page, pattern)
        page.get_by_role("button", name="B, cream").click()
        page.get_by_role("button", name="plum", exact=True).click()
        page.evaluate("navigator.serviceWorker.ready.then(() => 0)")
        way.cut()
        opened(page, pattern, "/print")
        page.get_by_label("Stitches in full", exact=True).set_checked(False)
        with page.expect_download() as saving:
            page.get_by_role("button", name="Save as text").click()
    saved = Path(saving.value.path()).read_bytes().decode()

    assert saving.value.suggested_filename == "harbour-wall.txt"
    assert saved.startswith("Harbour Wall\n")
    assert "\nB: plum" in saved
    assert "cream" not in saved
    assert f"{urlsplit(way.url).netloc}/p/{short(pattern)}" in saved
    rows = maker.rows(pattern)
    each_once([words(row) for row in rows], [bare(saved)])
    again = requests.post(f"{maker.at.url}/api/v1/check", json={"text": saved}, timeout=30).json()
    counted = [row["counts"] for piece in again["pieces"] for row in piece["rows"] if row["stitches"]]
    assert counted == [row["counts"] for row in rows if row["stitches"] and "Border" not in row["label"]]
