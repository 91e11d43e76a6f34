"""`python -m geo export`: every format, and what cannot be done."""

from pathlib import Path

import pytest

from geo.cli import main
from geo.export import FORMATS
from tests.exports import rendered

# How files of each kind begin, after their own definitions.
STARTS = {
    "class": b"<!doctype html",
    "html": b"<!doctype html",
    "handout": b"%PDF-1.7\n",
    "handout-png": b"\x89PNG\r\n\x1a\n",
    "svg": b"<?xml",
    "png": b"\x89PNG\r\n\x1a\n",
    "csv": b"\xef\xbb\xbfid,title",
    "timelinejs": b"\xef\xbb\xbfYear,Month",
    "geojson": b'{\n "type": "FeatureCollection"',
    "gpkg": b"SQLite format 3\x00",
    "kml": b"<?xml",
    "gpx": b"<?xml",
    "linked-places": b'{\n "type": "FeatureCollection"',
    "bibtex": b"% ",
    "csl": b"[\n",
    "ics": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
}


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = main(arguments)
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_export_looks_at_the_format_and_not_at_the_ending(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "out.txt"
    # A handout of data without a story needs a query.
    options = ("-o", str(file), "--data", str(folder), "--q", "march")
    assert run(capsys, "export", name, *options) == (0, "", "")
    assert file.read_bytes().startswith(STARTS[name])


def test_dash_is_standard_output(
    capfdbinary: pytest.CaptureFixture[bytes], folder: Path
) -> None:
    from geo.dataset import load

    assert main(["export", "csv", "-o", "-", "--data", str(folder)]) == 0
    assert capfdbinary.readouterr().out == rendered("csv", load(folder))


def test_query_options_choose_what_is_written(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "out.csv"
    options = ("--kind", "clash", "--data", str(folder))
    run(capsys, "export", "csv", "-o", str(file), *options)
    assert file.read_text(encoding="utf-8-sig").count("\n") == 2


@pytest.mark.parametrize("name", ["png", "gpkg", "kml"])
@pytest.mark.parametrize("target", ["none/out", ".", "bad\0name"])
def test_unwritable_path_is_one_line_and_wrong_use(
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    tmp_path: Path,
    name: str,
    target: str,
) -> None:
    file = f"{tmp_path}/{target}"
    code, out, err = run(capsys, "export", name, "-o", file, "--data", str(folder))
    assert (code, out) == (2, "")
    assert err.count("\n") == 1


def test_unknown_format_is_one_line_and_wrong_use(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(capsys, "export", "docx", "-o", "x")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "docx" in err


def test_help_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "export", "--help")
    for name, each in FORMATS.items():
        assert name in out
        assert each.about in out
