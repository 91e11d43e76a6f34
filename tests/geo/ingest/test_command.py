import csv
import io
import re
from pathlib import Path

import pytest

from geo.cli import main
from tests.geo.ingest.given import FILES

# Words of sentences; names of columns, formats and programs may stay.
ENGLISH = re.compile(
    r"\b(?:the|of|and|or|is|are|was|has|have|no|not|it|this|to|in|on|with|from|row|rows"
    r"|column|feature|item|property|field|file|such|than|expected|shown|note)\b"
)

Output = pytest.CaptureFixture[str]
GOOD = ["events.csv", "table.csv", "acled.csv", "points.geojson", "timemap.json"]
BAD = [
    "events-bad.csv",
    "table-bad.csv",
    "acled-bad.csv",
    "points-bad.geojson",
    "timemap-bad.json",
]


def run(capsys: Output, *arguments: str) -> tuple[int, str, str]:
    """Run the command; give exit code, standard output and standard error."""
    try:
        code = main(["read", *arguments])
    except SystemExit as leaving:
        code = int(str(leaving.code or 0))
    said = capsys.readouterr()
    return code, said.out, said.err


def almaty(capsys: Output, name: str, *options: str) -> tuple[int, str, str]:
    return run(capsys, str(FILES / name), "--zone", "Asia/Almaty", *options)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_is_exit_code_0(capsys: Output, name: str) -> None:
    code, out, err = almaty(capsys, name)
    assert (code, err) == (0, "")
    assert " 0 set aside" in out


@pytest.mark.parametrize("name", BAD)
def test_rows_set_aside_are_exit_code_1_and_named(capsys: Output, name: str) -> None:
    code, out, err = almaty(capsys, name)
    assert (code, err) == (1, "")
    assert f"\n{name}, " in out


@pytest.mark.parametrize(
    ("name", "kind"),
    list(zip(GOOD, ["events", "table", "acled", "geojson", "timemap"], strict=True)),
)
def test_the_kind_is_recognised_and_said(capsys: Output, name: str, kind: str) -> None:
    _, out, _ = almaty(capsys, name)
    assert f"({kind}), UTF-8" in out.splitlines()[0]


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("name", BAD)
def test_a_file_is_summed_up_in_the_language_asked_for(
    capsys: Output, name: str, language: str
) -> None:
    _, english, _ = almaty(capsys, name)
    code, out, err = almaty(capsys, name, "--lang", language)
    assert (code, err, out.count("\n")) == (1, "", english.count("\n"))
    for line in out.splitlines():
        assert not ENGLISH.search(re.sub('"[^"]*"', "", line)), line


def test_reasons_are_written_in_the_language_asked_for(capsys: Output) -> None:
    options = ("--problems", "-", "--lang", "ru")
    _, out, _ = almaty(capsys, "table-bad.csv", *options)
    assert "строка" not in out
    assert "title: пусто" in out


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("acled.csv",),  # no zone
        ("none.csv",),
        ("table.csv", "--kind", "acled"),
        ("table.csv", "--kind", "geojson"),
    ],
)
def test_a_refusal_is_in_the_language_asked_for(
    capsys: Output, arguments: tuple[str, ...], language: str
) -> None:
    name, *options = arguments
    code, out, err = run(capsys, str(FILES / name), *options, "--lang", language)
    assert (code in (1, 2), out, err.count("\n")) == (True, "", 1)
    assert not ENGLISH.search(re.sub('"[^"]*"', "", err)), err
    assert re.search("[а-я]{3}", err)


def test_a_missing_zone_is_one_question(capsys: Output) -> None:
    code, out, err = run(capsys, str(FILES / "acled.csv"))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "which time zone do they follow? (say so with --zone" in err


def test_a_zone_that_is_none_is_wrong_use(capsys: Output) -> None:
    code, _, err = run(capsys, "x.csv", "--zone", "Mars")
    assert (code, err.count("\n")) == (2, 1)


def test_the_kind_may_be_said(capsys: Output) -> None:
    code, _, err = almaty(capsys, "table.csv", "--kind", "acled")
    assert code == 1
    assert "is not a CSV of ACLED: it lacks event_id_cnty" in err


@pytest.mark.parametrize(
    "options", [("--kind", "xlsx"), ("--format", "docx"), ("--nonsense",)]
)
def test_wrong_use_is_one_line(capsys: Output, options: tuple[str, ...]) -> None:
    code, out, err = almaty(capsys, "table.csv", *options)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_missing_file_is_wrong_use(capsys: Output) -> None:
    code, _, err = run(capsys, "no-such-file.csv")
    assert (code, "cannot read" in err) == (2, True)


def test_a_file_of_no_kind_is_exit_code_1_in_one_line(
    capsys: Output, tmp_path: Path
) -> None:
    file = tmp_path / "x.csv"
    file.write_text("a,b\n1,2\n")
    code, out, err = run(capsys, str(file))
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_problems_are_written_with_line_and_reason(
    capsys: Output, tmp_path: Path
) -> None:
    file = tmp_path / "problems.csv"
    almaty(capsys, "table-bad.csv", "--problems", str(file))
    text = io.StringIO(file.read_text("utf-8-sig"))
    rows = list(csv.DictReader(text, delimiter=";"))
    assert [row["line"] for row in rows] == ["3", "4", "5", "6", "7", "8", "9"]
    assert rows[0]["date"] == "05.01.2022"
    assert "is not ISO 8601" in rows[0]["problem"]


def test_no_problems_are_a_header(capsys: Output, tmp_path: Path) -> None:
    file = tmp_path / "problems.csv"
    almaty(capsys, "table.csv", "--problems", str(file))
    assert file.read_text("utf-8-sig").count("\n") == 1


def test_events_are_written_in_a_format(capsys: Output, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    code, _, _ = almaty(capsys, "table.csv", "-o", str(file), "--format", "html")
    assert code == 0
    assert "A concert" in file.read_text("utf-8")


def test_what_goes_to_standard_output_stands_there_alone(capsys: Output) -> None:
    code, out, err = almaty(capsys, "table.csv", "-o", "-")
    assert code == 0
    assert out.startswith("\ufeffid,title,")
    assert "3 rows read" in err


def test_nothing_to_write_is_said(capsys: Output, tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.write_text("title,date,place\n")
    code, _, err = run(capsys, str(file), "-o", str(tmp_path / "out.csv"))
    assert (code, "nothing can be shown" in err) == (2, True)


def test_text_of_a_file_cannot_steer_the_terminal(
    capsys: Output, tmp_path: Path
) -> None:
    file = tmp_path / "x.csv"
    file.write_text("title,date,place,\x1b[31mred\nA,\x1b[2Jbad,,\n")
    _, out, err = run(capsys, str(file))
    assert "\x1b" not in out + err


def test_help_reads_on_a_narrow_screen(
    capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run(capsys, "--help")
    assert code == 0
    assert max(map(len, out.splitlines())) <= 80


def test_only_the_first_of_many_problems_are_printed(
    capsys: Output, tmp_path: Path
) -> None:
    file = tmp_path / "x.csv"
    file.write_text("title,date,place\n" + "A,bad,\n" * 30)
    _, out, _ = run(capsys, str(file))
    assert "and 20 more problems" in out
    assert out.count("is not ISO 8601") == 10
