"""The chart command: a picture on standard output, what is not in it in words, exit codes."""

import re
import xml.etree.ElementTree as ET

import pytest

from crochet.draw import main
from tests.squares import classic

SQUARE = "\n".join(classic(3))


@pytest.fixture
def drawn(tmp_path, capsys):
    """Draws a text: (exit code, the picture, what is said beside it)."""

    def draw(text, *words):
        file = tmp_path / "pattern.txt"
        file.write_text(text)
        code = main([*words, str(file)])
        out = capsys.readouterr()
        return code, out.out, out.err.replace(f"{file}: ", "")

    return draw


def test_a_pattern_that_adds_up_is_drawn(drawn):
    code, picture, said = drawn(SQUARE)

    assert (code, said) == (0, "")
    assert [g.get("data-row") for g in ET.fromstring(picture).iter() if g.get("data-row")] == [
        "p1/r1",
        "p1/r2",
        "p1/r3",
    ]
    assert picture.count("data-st=") == 12 + 24 + 36
    assert 'class="key"' in picture
    assert re.search(r'width="[\d.]+mm"', picture)


def test_what_is_wrong_is_ringed(drawn):
    lost = SQUARE.replace("rep from * 2 more times, join. (24", "rep from * 1 more time, join. (24")
    code, picture, said = drawn(lost)

    assert (code, said) == (1, "")
    assert re.search(r'class="found"[^>]*><path data-into="p1/r1g\d+"', picture)


def test_a_count_that_is_wrong_rings_the_number_of_its_row(drawn):
    code, picture, _ = drawn(SQUARE.replace("(24 dc", "(25 dc"))

    assert code == 1
    assert '<path class="found" data-for="p1/r2"' in picture


def test_a_row_that_cannot_be_worked_is_named(drawn):
    code, picture, said = drawn(SQUARE.replace("in next ch-1 sp", "in next ch-9 sp"))

    assert code == 1
    assert said == "Rnd 3 is not drawn: Asks for a ch-9 sp; the row below has ch-2 and ch-1 sps.\n"
    assert 'data-row="p1/r2"' in picture


def test_a_row_that_does_not_add_up_is_drawn_as_the_next_one_takes_it_to_be(drawn):
    lost = SQUARE.replace("rep from * 2 more times, join. (24", "rep from * 1 more time, join. (24")
    whole, picture = (re.findall(r'data-st="p1/r[23].*?"', drawn(text)[1]) for text in (SQUARE, lost))

    assert picture == whole


def test_rows_out_of_a_ring_have_no_chart_yet(drawn):
    code, picture, said = drawn(
        "Row 1: Magic ring, ch 3, 5 dc in ring, turn. (6 dc)\nRow 2: Ch 3, dc in each st across. (6 dc)"
    )

    assert (code, picture) == (2, "")
    assert "in rows out of a ring" in said


def test_rows_that_turn_are_drawn_on_their_chain(drawn):
    text = "Ch 8.\nRow 1: Sc in 2nd ch from hook and in each ch across, turn.\nRow 2: Ch 1, sc in each st across."
    code, picture, _ = drawn(text)

    assert code == 0
    assert re.findall(r'data-into="p1/r0s(\d)"', picture) == list("1234567")
    assert re.findall(r'data-into="p1/r1s(\d)"', picture) == list("6543210")


def test_rows_that_were_not_understood_are_exit_2(drawn):
    assert drawn(f"{SQUARE}\nRnd 4: Wibble the ring. (48 dc)")[0] == 2


def test_the_first_piece_of_which_something_was_worked_is_drawn(drawn):
    _, picture, _ = drawn(f"Piece: Odd\nRnd 1: Wibble.\n\nPiece: Square\n{SQUARE}")

    assert "<title>Chart: Square</title>" in picture


@pytest.mark.parametrize("wanted", ["p2", "Owl", "owl"])
def test_a_piece_is_had_by_its_key_or_its_name(drawn, wanted):
    text = f"Piece: Square\n{SQUARE}\n\nPiece: Owl\n{classic(1)[0]}"
    code, picture, _ = drawn(text, "--piece", wanted)

    assert code == 0
    assert "<title>Chart: Owl</title>" in picture
    assert "p1/" not in picture


def test_the_yarns_of_the_head_colour_it(drawn):
    _, picture, _ = drawn(f"A: night #101820\n\n{SQUARE}")

    assert 'class="yarn yarn-A" stroke="#101820"' in picture


@pytest.mark.parametrize(
    "text, words, says",
    [
        ("", (), "no chart. No row was found in it."),
        ("Rnd 1: wibble", (), "no chart. No row of it could be worked to its end. Rnd 1: "),
        (SQUARE, ("--piece", "Owl"), "no chart. It has no piece “Owl”. It has p1."),
        (
            "Rnd 1: Magic ring, 20000 sc in ring.\nRnd 2: Sc in each st around.",
            (),
            "no chart. It has more than 20,000 stitches",
        ),
    ],
)
def test_what_has_no_chart_says_why(drawn, text, words, says):
    code, picture, said = drawn(text, *words)

    assert (code, picture) == (2, "")
    assert said.startswith(says)


def test_a_file_that_is_not_there_is_told(capsys):
    assert main(["nowhere.txt"]) == 2
    assert capsys.readouterr().err == "nowhere.txt: no chart. There is no such file.\n"


def test_bad_usage_is_exit_2(capsys):
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
    assert "./knotty chart" in capsys.readouterr().err
