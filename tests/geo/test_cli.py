import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from geo.cli import main
from geo.model import ClaimRow, EventRow
from geo.nominatim import SERVER_VARIABLE
from geo.options import OPTION_OF
from geo.query import PARAMS
from geo.vocab import Kind
from tests import cast
from tests.nominatim import Stub, stub

__all__ = ["stub"]

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("UTF", "ISO", "JSON", "lon", "lat", "0xff", "event", "geometry")
WINDOW = ("--from", cast.FROM, "--to", cast.TO)

Output = pytest.CaptureFixture[str]


def run(capsys: Output, *arguments: str) -> tuple[int, str, str]:
    """Run a command; give exit code, standard output and standard error."""
    try:
        code = main(arguments)
    except SystemExit as leaving:
        code = int(str(leaving.code or 0))
    said = capsys.readouterr()
    return code, said.out, said.err


def ids(capsys: Output, folder: Path, *options: str) -> list[str]:
    code, out, _ = run(
        capsys, "query", "--format", "ids", "--data", str(folder), *options
    )
    assert code == 0
    return out.splitlines()


def refusal(capsys: Output, *arguments: str) -> str:
    """Run what cannot be done; give the one line that says why."""
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    return err


def spoilt(folder: Path) -> Path:
    """Give a folder with something wrong in every file."""
    cast.write(
        folder,
        events=[
            cast.event("a", "05.01.2022", cast.at("11:00"), kind="riot"),
            cast.event("b", cast.at("12:00"), cast.at("11:00")),
            cast.event("b", cast.at("12:00"), cast.at("13:00"), places="nowhere"),
            cast.event("c d", cast.at("12:00"), cast.at("13:00"), places="x; x"),
            cast.event("e", "2022-02-30T10:00+06:00", cast.at("13:00"), title=""),
        ],
        claims=[cast.CLAIM | {"value": "some", "as_of": "now", "odd": "1"}],
        places=[
            *cast.PLACES,
            cast.place("swapped", [43.2, 76.9]),
            cast.place("unsaid", None),
        ],
        chapters=[cast.chapter(events=[], text=[])],
    )
    (folder / "moments.csv").write_bytes(b"id,title\n\xff")
    (folder / "sources.json").write_text('[{"id": 1},]')
    (folder / "streets.geojson").unlink()
    return folder


def left_in_english(line: str) -> str:
    """Give the words of a line that no file, column, value or format bears."""
    values = r'"[^"]*"|«[^»]*»|\w+\.(?:csv|json|geojson)|chapters\[1\]\.events'
    names = "|".join((*EventRow.model_fields, *ClaimRow.model_fields, *KEPT, *Kind))
    bare = re.sub(rf"{values}|\b(?:{names})\b", "", line)
    return " ".join(re.findall("[A-Za-z]{3,}", bare))


# check


def test_check_counts_the_shipped_data(capsys: Output) -> None:
    code, out, err = run(capsys, "check")
    assert (code, err) == (0, "")
    assert {"139 events", "9 routes", "81 streets"} <= set(out.splitlines())
    for word in ("places", "legs", "sources", "claims", "evidence"):
        assert word in out


def test_check_counts_another_folder(capsys: Output, folder: Path) -> None:
    code, out, _ = run(capsys, "check", str(folder))
    assert code == 0
    assert f"{len(cast.EVENTS)} events" in out.splitlines()


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_check_names_every_problem_in_another_language(
    capsys: Output, tmp_path: Path, language: str
) -> None:
    folder = spoilt(tmp_path)
    code, english, _ = run(capsys, "check", str(folder))
    again, out, err = run(capsys, "check", str(folder), "--lang", language)
    assert (code, again, err) == (1, 1, "")
    assert out.count("\n") == english.count("\n")
    assert [line for line in out.splitlines() if left_in_english(line)] == []


def test_check_counts_in_another_language(capsys: Output, folder: Path) -> None:
    code, out, _ = run(capsys, "check", str(folder), "--lang", "ru")
    assert (code, [line for line in out.splitlines() if left_in_english(line)]) == (
        0,
        [],
    )


@pytest.mark.parametrize("command", ["query", "geocode", "export"])
def test_broken_data_is_named_in_the_language_asked_for(
    capsys: Output, tmp_path: Path, command: str
) -> None:
    rest = {"geocode": ["Abay"], "export": ["csv", "-o", "-"]}.get(command, [])
    options = ("--data", str(spoilt(tmp_path)), "--lang", "kk")
    code, out, err = run(capsys, command, *rest, *options)
    assert (code, out) == (1, "")
    assert [line for line in err.splitlines() if left_in_english(line)] == []


@pytest.mark.parametrize("language", ["ru", "kk"])
@pytest.mark.parametrize("name", ["Abay x Raiymbek", "qqqq", "Abay x Seifullin", "x"])
def test_a_place_is_found_or_not_in_the_language_asked_for(
    capsys: Output, name: str, language: str
) -> None:
    _, out, err = run(capsys, "geocode", name, "--lang", language)
    assert re.search("[а-я]{3}", out + err)
    assert "not translated" not in out + err
    assert not re.search(r"\b(?:the|is|no|of|do|place|known)\b", out + err)


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "--near", "qqqq", "--kind", "riot", "--to", "noon"),
        ("query", "--q", " "),
        ("check", "no-such-folder"),
        ("export", "csv", "--chapter", "1", "-o", "-"),
        ("export", "handout", "--chapter", "99", "-o", "-"),
        ("export", "handout", "--worksheet", "--kind", "fire", "-o", "-"),
        ("export", "csv", "-o", "no-such-folder/a.csv"),
        ("geocode", "x", "--online", "--server", "ftp://a"),
    ],
)
def test_a_refusal_is_in_the_language_asked_for(
    capsys: Output, arguments: tuple[str, ...]
) -> None:
    line = refusal(capsys, *arguments, "--lang", "ru")
    assert re.search("[а-я]{3}", line)
    assert not re.search(r"\b(?:the|is|no|not|of|are|cannot|such)\b(?!-)", line), line


def test_check_prints_every_problem_on_a_line(capsys: Output, tmp_path: Path) -> None:
    events = [
        cast.event("first", "05.01.2022", cast.at("15:00")),
        cast.event("second", cast.at("15:00"), cast.at("16:00"), kind="riot"),
    ]
    code, out, _ = run(capsys, "check", str(cast.write(tmp_path, events=events)))
    assert code == 1
    assert 'events.csv, row 2, column start: "05.01.2022"' in out
    assert "events.csv, row 3, column kind" in out


def test_check_of_an_empty_folder_names_every_file(
    capsys: Output, tmp_path: Path
) -> None:
    code, out, _ = run(capsys, "check", str(tmp_path))
    assert code == 1
    assert all(line.endswith(": the file is missing") for line in out.splitlines())
    for file in ("events.csv", "locations.geojson", "routes.geojson", "sources.json"):
        assert f"{file}: " in out


def test_check_takes_hostile_text(capsys: Output, tmp_path: Path) -> None:
    event = cast.event("a", cast.at("15:00"), cast.at("16:00"), title=cast.HOSTILE)
    code, _, _ = run(capsys, "check", str(cast.write(tmp_path, events=[event])))
    assert code == 0


def test_a_folder_that_is_not_there_is_wrong_use(
    capsys: Output, tmp_path: Path
) -> None:
    assert "not a folder" in refusal(capsys, "check", str(tmp_path / "none"))


# query


def test_ids_are_in_file_order_without_those_only_possible(
    capsys: Output, folder: Path
) -> None:
    expected = [key for key, status in cast.STATUSES.items() if status != "possible"]
    assert ids(capsys, folder, *WINDOW) == expected


def test_possible_events_come_when_asked_for(capsys: Output, folder: Path) -> None:
    assert ids(capsys, folder, *WINDOW, "--possible") == list(cast.STATUSES)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--kind", "clash,fire"), ["clash-to-the-minute", "night-fires"]),
        (("--kind", "clash", "--kind", "fire"), ["clash-to-the-minute", "night-fires"]),
        (("--by", "official"), ["shots-perhaps"]),
        (("--corroboration", "official-only"), ["shots-perhaps"]),
        (("--place", "hospital"), ["siege-of-a-hospital"]),
        (("--actor", "police"), ["clash-to-the-minute"]),
        (("--q", "СТОЯЛИ"), ["rally-some-time-that-afternoon"]),
        (("--contested",), ["network-down-that-day"]),
        (("--independent",), ["clash-to-the-minute"]),
        (
            ("--mode", "sofar", "--to", "2022-01-05T10:00"),
            ["network-down-that-day", "hostile-text"],
        ),
        (
            ("--near", "Arena", "--within", "200"),
            ["ends-as-it-opens", "begins-as-it-closes"],
        ),
    ],
)
def test_each_filter_filters(
    capsys: Output, folder: Path, options: tuple[str, ...], expected: list[str]
) -> None:
    assert ids(capsys, folder, *options) == expected


def test_every_parameter_of_an_address_has_an_option() -> None:
    assert set(OPTION_OF) == PARAMS


def test_nothing_found_is_fine(capsys: Output, folder: Path) -> None:
    assert ids(capsys, folder, "--q", "nosuchword") == []


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--from", "05.01.2022"), '--from "05.01.2022" is not an ISO 8601 time'),
        (("--from", "1641369600"), "--from"),
        (("--to", "2022-13-01T00:00"), "--to"),
        (("--from", cast.TO, "--to", cast.FROM), "--to"),
        (("--kind", "clash,riot"), '--kind "riot" is not one of'),
        (("--mode", "past"), "--mode"),
        (("--place", "nowhere"), '--place "nowhere" is not the id of a place'),
        (("--near", "Atlantis"), "--near"),
        (("--near", "hospital"), "no known position"),
        (("--within", "-5"), "--within"),
        (("--within", "nan"), "--within"),
        (("--kind", ""), "--kind is empty"),
        (("--from", " "), "--from is empty"),
        (("--q", "\udcff"), "not UTF-8"),
    ],
)
def test_a_bad_value_is_wrong_use_in_one_line(
    capsys: Output, folder: Path, options: tuple[str, ...], words: str
) -> None:
    assert words in refusal(capsys, "query", "--data", str(folder), *options)


def test_a_name_of_several_places_is_refused_with_their_ids(capsys: Output) -> None:
    line = refusal(capsys, "query", "--near", "Astana")
    assert "astana-square" in line
    assert "astana-nur-sultan" in line


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("query", "--nonsense"),
        ("query", "--format", "pdf"),
        ("query", "--pos"),
        ("geocode",),
        ("geocode", "Almaty", "--limit", "0"),
        ("geocode", "Almaty", "--timeout", "never"),
        ("export", "html"),
        ("export", "docx", "-o", "x"),
        ("check", "one", "two"),
        ("query", "--lang", "de"),
    ],
)
def test_wrong_use_is_one_line(capsys: Output, arguments: tuple[str, ...]) -> None:
    assert "--help" in refusal(capsys, *arguments)


def test_bad_data_is_exit_code_1_for_a_query(capsys: Output, tmp_path: Path) -> None:
    code, out, err = run(capsys, "query", "--data", str(tmp_path))
    assert (code, out) == (1, "")
    assert "events.csv: the file is missing" in err


def test_the_table_says_times_in_words_and_counts(capsys: Output, folder: Path) -> None:
    _, out, _ = run(capsys, "query", *WINDOW, "--data", str(folder))
    lines = out.splitlines()
    assert lines[0].startswith("ID")
    assert "5 January 2022, 14:50–15:10" in lines[1]
    assert lines[-1] == (
        "7 of 13 events: 5 sure, 2 some time that day; 1 more possible (--possible)"
    )


def test_the_table_of_nothing_says_so(capsys: Output, folder: Path) -> None:
    _, out, _ = run(capsys, "query", "--q", "nosuchword", "--data", str(folder))
    assert out == "0 of 13 events\n"


def test_text_of_the_data_cannot_steer_the_terminal(
    capsys: Output, tmp_path: Path
) -> None:
    title = "red \x1b[31m and\ttwo\nlines \u202e"
    event = cast.event("a", cast.at("15:00"), cast.at("16:00"), title=title)
    folder = cast.write(tmp_path, events=[event])
    _, out, _ = run(capsys, "query", "--data", str(folder))
    assert "red �[31m and two lines �" in out


@pytest.mark.parametrize("kind", ["csv", "geojson"])
def test_query_writes_what_export_writes(
    capsys: Output, folder: Path, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "out"
    common = (*WINDOW, "--data", str(folder))
    _, out, _ = run(capsys, "query", "--format", kind, *common)
    run(capsys, "export", kind, "-o", str(file), *common)
    assert out == file.read_text(encoding="utf-8")


# geocode


def test_geocode_prints_id_position_and_reason(capsys: Output) -> None:
    code, out, _ = run(capsys, "geocode", "Republic Square")
    assert code == 0
    assert "[republic-square]" in out
    assert "lon 76.94530, lat 43.23820" in out
    assert "It is the name of the place." in out


def test_geocode_needs_no_quotes(capsys: Output) -> None:
    code, out, _ = run(capsys, "geocode", "Abay", "x", "Seifullin")
    assert code == 0
    assert "[abay-x-seifullin]" in out


def test_geocode_of_a_place_without_position_says_so(capsys: Output) -> None:
    code, out, _ = run(capsys, "geocode", "hospital-gkb1")
    assert code == 0
    assert "position not known" in out


def test_geocode_of_nothing_known_is_exit_code_1(capsys: Output) -> None:
    code, out, err = run(capsys, "geocode", "Alma-Ata")
    assert (code, out) == (1, "")
    assert "Did you mean: Almaty" in err


def test_geocode_says_that_streets_do_not_meet(capsys: Output) -> None:
    code, _, err = run(capsys, "geocode", "Abay x Raiymbek")
    assert code == 1
    assert "do not meet" in err


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty cache of the user's, and no server by environment."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv(SERVER_VARIABLE, raising=False)
    return tmp_path


@pytest.mark.usefixtures("cache")
def test_online_answers_are_shown_for_review(capsys: Output, stub: Stub) -> None:
    code, out, _ = run(
        capsys, "geocode", "Atlantis", "--online", "--server", stub.address
    )
    assert code == 0
    assert "for review; nothing is written" in out
    assert "Republic Square, Almaty, Kazakhstan" in out
    assert "OpenStreetMap contributors" in out


@pytest.mark.usefixtures("cache")
def test_the_server_may_come_from_the_environment(
    capsys: Output, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SERVER_VARIABLE, stub.address)
    run(capsys, "geocode", "Atlantis", "--online")
    assert len(stub.requests) == 1


@pytest.mark.usefixtures("cache")
def test_online_leaves_the_data_alone(capsys: Output, stub: Stub, folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.glob("*.*")}
    options = ("--online", "--server", stub.address, "--data", str(folder))
    run(capsys, "geocode", "Atlantis", *options)
    assert {name: (folder / name).read_bytes() for name in before} == before


@pytest.mark.usefixtures("cache")
def test_nothing_known_anywhere_is_exit_code_1(capsys: Output, stub: Stub) -> None:
    stub.body = b"[]"
    code, out, err = run(
        capsys, "geocode", "Atlantis", "--online", "--server", stub.address
    )
    assert code == 1
    assert "knows nothing" in out
    assert "No place found" in err


@pytest.mark.usefixtures("cache")
def test_a_failing_server_does_not_hide_what_the_data_knows(
    capsys: Output, stub: Stub
) -> None:
    stub.status = 500
    code, out, err = run(
        capsys, "geocode", "Almaty", "--online", "--server", stub.address
    )
    assert code == 0
    assert "[almaty]" in out
    assert "gave no usable answer" in err


@pytest.mark.usefixtures("cache")
def test_a_bad_server_address_is_wrong_use(capsys: Output) -> None:
    code, _, err = run(
        capsys, "geocode", "Almaty", "--online", "--server", "example.org"
    )
    assert code == 2
    assert "not the address of a server" in err


@pytest.mark.usefixtures("cache")
def test_without_online_no_server_is_asked(
    capsys: Output, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SERVER_VARIABLE, stub.address)
    run(capsys, "geocode", "Atlantis")
    assert stub.requests == []


# export


@pytest.mark.parametrize("target", ["none/out.csv", ".", "bad\0name"])
def test_what_cannot_be_written_is_wrong_use(
    capsys: Output, folder: Path, tmp_path: Path, target: str
) -> None:
    file = f"{tmp_path}/{target}"
    refusal(capsys, "export", "csv", "-o", file, "--data", str(folder))


def test_a_bad_query_leaves_the_old_file(
    capsys: Output, folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "old.csv"
    file.write_text("old")
    refusal(
        capsys, "export", "csv", "-o", str(file), "--data", str(folder), "--kind", "x"
    )
    assert file.read_text() == "old"


# As a process


def process(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]  # passed on
        [sys.executable, "-m", "geo", *arguments],
        cwd=ROOT,
        check=False,
        stderr=subprocess.PIPE,
        **options,
    )


def test_a_reader_that_goes_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = process("query", "--format", "csv", stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_standard_output_is_one_line() -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device, not a file
        done = process("query", stdout=full)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_terminal_without_our_letters_gets_codes_instead() -> None:
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = process(
        "geocode", "площадь Республики", stdout=subprocess.PIPE, env=ascii_only
    )
    assert done.returncode == 0
    assert b"[republic-square]" in done.stdout


@pytest.mark.parametrize("command", ["", "check", "query", "geocode", "export"])
def test_help_reads_on_a_narrow_screen(
    capsys: Output, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run(capsys, *([command] if command else []), "--help")
    assert code == 0
    assert max(map(len, io.StringIO(out))) <= 81
