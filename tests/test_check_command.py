"""The check command: reports, exit codes."""

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from crochet import printed
from crochet.__main__ import main
from tests.squares import Style, classic

ROW_KEYS = {
    "key", "label", "number", "colour", "text", "span", "verdict", "anchor", "counts", "stitches", "spaces", "corners",
    "per_side", "groups", "declared", "findings",
}  # fmt: skip


@pytest.fixture
def files(tmp_path):
    def write(**texts):
        paths = []
        for name, text in texts.items():
            path = tmp_path / f"{name}.txt"
            path.write_text(text)
            paths.append(str(path))
        return paths

    return write


def test_all_ok_is_exit_0(files, capsys):
    assert main(files(good="\n".join(classic(3)))) == 0
    out = capsys.readouterr().out
    assert ": 3 rows: 3 ok" in out
    assert "p1/r3 Rnd 3: ok, makes 36 dc, 8 ch-1 sps, 4 ch-2 sps" in out


def test_an_error_is_exit_1_and_told_with_its_fix(files, capsys):
    rows = classic(2)
    rows[1] = rows[1].replace("(24 dc", "(25 dc")

    assert main(files(bad="\n".join(rows), good=classic(1)[0])) == 1
    out = capsys.readouterr().out
    assert "error declared-mismatch: 6 + 3 × 6 = 24 dc, not 25." in out
    assert ": 2 rows: 1 ok, 1 error" in out
    assert "fix: Correct the count. “join. (25 dc” becomes “join. (24 dc”" in out


def test_a_caret_stands_below_the_words_that_are_wrong(files, capsys):
    rows = classic(2)
    rows[1] = rows[1].replace("ch 1, *", "ch 1, wibble it,\t*")
    main(files(odd="\n".join(rows)))
    lines = capsys.readouterr().out.splitlines()
    at = next(i for i, line in enumerate(lines) if "not-understood" in line)

    assert lines[at + 2].strip() == "^" * len("wibble it")
    assert lines[at + 1][lines[at + 2].index("^") :].startswith("wibble it, ")


@pytest.mark.parametrize("odd", ["wibble 図形 it", "wi̇bble it", "the\u2003wibble"])
def test_the_caret_stands_right_below_signs_of_any_width(odd):
    text = f"Rnd 1: 編 ch 1,\t{odd}, join."
    start = text.index(odd)
    _, carets = printed.pointed(text, start, start + len(odd))

    assert carets.index("^") == columns(text[:start])
    assert carets.count("^") == columns(odd)


def columns(words):
    return sum(2 if c in "編図形" else 0 if unicodedata.combining(c) else 1 for c in words)


def test_words_over_several_lines_are_pointed_at_line_by_line():
    text = "Rnd 1: ch 3,\r\n  2 dc in\n  the moon, join.\n"
    start, end = text.index("2 dc"), text.index(", join")

    assert list(printed.pointed(text, start, end)) == ["  2 dc in", "  ^^^^^^^", "  the moon, join.", "  ^^^^^^^^"]


def test_of_a_long_line_the_part_around_the_place_is_shown():
    text = f"{'ch 1, ' * 40}wibble, {'ch 1, ' * 40}"
    line, carets = printed.pointed(text, 240, 246)

    assert len(line) == printed.WIDTH
    assert line[carets.index("^") :].startswith("wibble, ")


def test_what_is_not_checked_is_exit_2(files):
    assert main(files(odd="Rnd 1: wibble")) == 2
    assert main(files(none="")) == 2


@pytest.mark.parametrize(
    "name, why", [("missing.txt", "no such file"), (".", "a folder"), ("bytes", "not text"), ("\0", "cannot be read")]
)
def test_a_file_that_cannot_be_read_has_a_report_too(tmp_path, capsys, name, why):
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    file = str(tmp_path / name)

    assert main([file, "--json"]) == 2
    report = json.loads(capsys.readouterr().out)
    assert (report["file"], report["verdict"], report["pieces"]) == (file, "unchecked", [])
    assert [one["id"] for one in report["findings"]] == ["unreadable"]
    assert why in report["findings"][0]["message"]
    assert main([file]) == 2
    assert ": not read" in capsys.readouterr().out


def test_a_file_of_any_length_is_answered(files, capsys):
    assert main(files(long="ch 1, " * 50_000)) == 2
    out = capsys.readouterr().out
    assert "too-large" in out
    assert len(out) < 500


def test_bad_usage_is_exit_2(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--terms", "french", "x"])
    assert ended.value.code == 2
    capsys.readouterr()


def test_json_is_a_report_a_line_with_every_key(files, capsys):
    rows = classic(2)
    rows[1] = rows[1].replace("(24 dc", "(25 dc")
    paths = files(bad="\n".join(rows), unread="Rnd 1: wibble")
    main(["--json", *paths])
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert [report["file"] for report in reports] == paths
    for report in reports:
        assert set(report) == {"report", "file", "verdict", "terms", "layout", "summary", "findings", "pieces"}
        for piece in report["pieces"]:
            assert set(piece) == {"key", "name", "make", "verdict", "rows"}
            assert all(set(row) == ROW_KEYS for row in piece["rows"])
    finding = reports[0]["pieces"][0]["rows"][1]["findings"][0]
    assert set(finding) == {"id", "severity", "also", "message", "span", "fixes"}
    assert set(finding["fixes"][0]) == {"says", "edits"}
    assert reports[1]["pieces"][0]["rows"][0]["counts"] is None


def test_terms_can_be_told_or_found(files, capsys):
    uk = files(uk="\n".join(classic(2, Style(uk=True))))

    for asked, counts in (("auto", {"dc": 24}), ("uk", {"dc": 24}), ("us", {"tr": 24})):
        assert main(["--json", "--terms", asked, *uk]) == 0
        report = json.loads(capsys.readouterr().out)
        assert report["pieces"][0]["rows"][1]["counts"] == counts


def command(*words, **more):
    return subprocess.run([sys.executable, "-m", "crochet", *words], capture_output=True, check=False, **more)


def test_it_reads_stdin():
    run = command("--json", "-", input="\n".join(classic(2)).encode())

    assert run.returncode == 0
    assert json.loads(run.stdout)["summary"] == {"rows": 2, "ok": 2, "error": 0, "unchecked": 0}


def test_reports_come_in_the_order_of_the_files(files, capsys):
    paths = files(**{f"f{i % 7}{i}": classic(1)[0] for i in range(20)})

    assert main(["--json", *paths]) == 0
    assert [json.loads(line)["file"] for line in capsys.readouterr().out.splitlines()] == paths


def test_a_name_that_is_no_text_is_told_in_json_and_in_words(tmp_path):
    name = os.fsencode(tmp_path) + b"/a\xff\x1b[31m"
    Path(os.fsdecode(name)).write_text(classic(1)[0])

    assert os.fsencode(json.loads(command("--json", name).stdout)["file"]) == name
    assert b"\x1b" not in command(name).stdout


def test_a_reader_that_stops_reading_hears_no_complaint(files):
    paths = files(**{f"f{i}": "\n".join(classic(6)) for i in range(60)})
    run = subprocess.Popen(
        [sys.executable, "-m", "crochet", "--json", *paths], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    run.stdout.readline()
    run.stdout.close()

    assert run.stderr.read() == b""
    run.wait()
