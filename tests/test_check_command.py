"""The check command: reports, exit codes."""

import json
import subprocess
import sys

import pytest

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
    assert "p1/r3 Rnd 3: ok" in capsys.readouterr().out


def test_an_error_is_exit_1_and_told_with_its_fix(files, capsys):
    rows = classic(2)
    rows[1] = rows[1].replace("(24 dc", "(25 dc")

    assert main(files(bad="\n".join(rows), good=classic(1)[0])) == 1
    out = capsys.readouterr().out
    assert "error declared-mismatch: 6 + 3 × 6 = 24 dc, not 25." in out
    assert "fix: Correct the count." in out


def test_a_caret_stands_below_the_words_that_are_wrong(files, capsys):
    rows = classic(2)
    rows[1] = rows[1].replace("ch 1, *", "ch 1, wibble it,\t*")
    main(files(odd="\n".join(rows)))
    lines = capsys.readouterr().out.splitlines()
    at = next(i for i, line in enumerate(lines) if "not-understood" in line)

    assert lines[at + 2].strip() == "^" * len("wibble it")
    assert lines[at + 1][lines[at + 2].index("^") :].startswith("wibble it, ")


def test_what_is_not_checked_is_exit_2(files, tmp_path, capsys):
    assert main(files(odd="Rnd 1: wibble")) == 2
    assert main(files(none="")) == 2
    assert main([str(tmp_path / "missing.txt")]) == 2
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe\x00")
    assert main([str(tmp_path / "bytes.txt")]) == 2
    assert "unreadable" in capsys.readouterr().out


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


def test_it_reads_stdin():
    run = subprocess.run(
        [sys.executable, "-m", "crochet", "--json", "-"],
        input="\n".join(classic(2)),
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0
    assert json.loads(run.stdout)["summary"] == {"rows": 2, "ok": 2, "error": 0, "unchecked": 0}
