import re
import subprocess
import sys
from pathlib import Path

import pytest

from geo.cube import duck, folder
from tests.geo.cube.given import (
    HEADER,
    SQUARE,
    contents,
    cube,
    index,
    level,
    points,
    run,
    set_aside,
    table,
)

Output = pytest.CaptureFixture[str]
ROOT = Path(__file__).resolve().parents[3]
BAD = ("05.01.2022", "43.2", "76.9", "fire")


def one_line(capsys: Output) -> str:
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    return said.err


def test_what_was_counted_is_said(tmp_path: Path, capsys: Output) -> None:
    path = table(tmp_path / "x.csv", SQUARE, SQUARE, BAD)
    assert run(path, "-o", tmp_path / "cube") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "x.csv: 3 rows read = 2 counted + 1 set aside"
    assert lines[1].endswith('(first: "05.01.2022")')
    assert lines[3].split() == ["zoom", "4", "1", "row", "17", "bytes"]
    assert "MB of memory" in lines[-1]


def test_a_good_file_is_exit_code_0(tmp_path: Path) -> None:
    assert run(table(tmp_path / "x.csv", SQUARE), "-o", tmp_path / "cube") == 0


def test_several_files_are_one_cube(tmp_path: Path, capsys: Output) -> None:
    files = [
        table(tmp_path / "a.csv", SQUARE, BAD),
        points(tmp_path / "b.parquet"),
        table(tmp_path / "c.csv"),
    ]
    there = cube(tmp_path, *files)
    assert set_aside(there) == {"bad-time": 1}
    about = index(there)
    assert [each["name"] for each in about["files"]] == ["a.csv", "b.parquet", "c.csv"]
    assert [each["counted"] for each in about["files"]] == [1, 1, 0]
    assert "3 files: 3 rows read = 2 counted + 1 set aside" in capsys.readouterr().out


def test_a_cube_says_what_it_holds(tmp_path: Path) -> None:
    there = cube(tmp_path, table(tmp_path / "x.csv", SQUARE))
    about = index(there)
    assert about["version"] == 1
    assert (about["first_hour"], about["hours"]) == (18_997 * 24 + 14, 1)
    assert (len(about["kinds"]), about["kinds"][0]) == (18, "gathering")
    assert [each["zoom"] for each in about["levels"]] == [4, 6, 8, 10, 12, 14, 16]
    assert sorted(contents(there)) == sorted(
        ["cube.json", *(each["file"] for each in about["levels"])]
    )


def test_the_bytes_of_a_level_are_columns_one_after_the_other(tmp_path: Path) -> None:
    later = ("2022-01-05T16:00+06:00", "43.2382", "76.9452", "gathering")
    there = cube(tmp_path, table(tmp_path / "x.csv", later, SQUARE, SQUARE))
    x, y = (730).to_bytes(4, "little"), (375).to_bytes(4, "little")
    hours, counts = b"\0\0\0\0\2\0\0\0", b"\2\0\0\0\1\0\0\0"
    expected = hours + x + x + y + y + b"\7\0" + counts
    assert (there / "level-10.bin").read_bytes() == expected


def spread(count: int) -> list[tuple[str, str, str, str]]:
    """Give events on a line, a kilometre and more apart."""
    moment, _, lon, kind = SQUARE
    return [(moment, f"{40 + at / 50}", lon, kind) for at in range(count)]


def test_levels_with_too_many_rows_are_left_out(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", *spread(60))
    whole = cube(tmp_path, path)
    sizes = {each["zoom"]: each["rows"] for each in index(whole)["levels"]}
    kept = level(whole, 10)
    part = cube(tmp_path, path, "--rows", sizes[10])
    assert [each["zoom"] for each in index(part)["levels"]] == [4, 6, 8, 10]
    assert index(part)["left_out"] == [12, 14, 16]
    assert level(part, 10) == kept


def test_the_coarsest_level_is_always_there(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", SQUARE, (SQUARE[0], "-43.2", "0", "fire"))
    about = index(cube(tmp_path, path, "--rows", 1))
    assert [(each["zoom"], each["rows"]) for each in about["levels"]] == [(4, 2)]


def test_each_level_is_the_sum_of_the_next_finer_one(tmp_path: Path) -> None:
    there = cube(tmp_path, table(tmp_path / "x.csv", *spread(60), *spread(20)))
    for zoom in (4, 6, 8, 10, 12, 14):
        finer = level(there, zoom + 2)
        summed = finer.__class__()
        for row, count in finer.items():
            summed[row._replace(y=row.y // 4, x=row.x // 4)] += count
        assert level(there, zoom) == summed


def test_an_earlier_cube_is_replaced(tmp_path: Path) -> None:
    cube(tmp_path, table(tmp_path / "x.csv", *spread(60)))
    there = cube(tmp_path, table(tmp_path / "x.csv", *spread(60)), "--rows", 1)
    assert len(contents(there)) == len(index(there)["levels"]) + 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["cube", "x.csv"]


def test_the_same_files_make_the_same_bytes(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", *spread(60), BAD)
    first = contents(cube(tmp_path, path))
    assert contents(cube(tmp_path, path)) == first


def test_a_folder_with_anything_else_is_left_alone(
    tmp_path: Path, capsys: Output
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("mine")
    assert run(table(tmp_path / "x.csv", SQUARE), "-o", mine) == 2
    assert 'holds other files, such as "thesis.txt"' in one_line(capsys)
    assert contents(mine) == {"thesis.txt": b"mine"}


def test_a_file_is_no_folder(tmp_path: Path, capsys: Output) -> None:
    path = table(tmp_path / "x.csv", SQUARE)
    assert run(path, "-o", path) == 2
    assert "is a file, and a cube is a folder" in one_line(capsys)


def test_a_run_that_fails_leaves_the_earlier_cube(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(tmp_path / "x.csv", SQUARE)
    there = cube(tmp_path, path)
    before = contents(there)

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(folder, "_index", fail)
    assert run(path, "-o", there) == 130
    assert contents(there) == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["cube", "x.csv"]


def test_nothing_to_count_is_nothing_written(tmp_path: Path, capsys: Output) -> None:
    assert run(table(tmp_path / "x.csv", BAD), "-o", tmp_path / "cube") == 1
    assert "no row can be counted" in one_line(capsys)
    assert [each.name for each in tmp_path.iterdir()] == ["x.csv"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--engine", "dask"), "--engine dask needs the --scheduler"),
        (("--scheduler", "tcp://127.0.0.1:1"), "--scheduler is for --engine dask"),
        (("--engine", "spark"), "invalid choice"),
        (("--zone", "Mars"), "is no time zone"),
        (("--rows", "0"), "is not a number from 1"),
        (("--memory", "0.01"), "is not a number of GB from 0.1"),
        (("--memory", "nan"), "is not a number of GB from 0.1"),
    ],
)
def test_wrong_use_is_one_line(
    tmp_path: Path, capsys: Output, options: tuple[str, ...], message: str
) -> None:
    path = table(tmp_path / "x.csv", SQUARE)
    assert run(path, "-o", tmp_path / "cube", *options) == 2
    assert message in one_line(capsys)


def test_what_was_counted_is_said_in_another_language(
    tmp_path: Path, capsys: Output
) -> None:
    rows = [SQUARE, BAD, ("2022-01-05", "1", "1", "riot"), ("", "1", "1", "fire")]
    files = [table(tmp_path / name, *rows) for name in ("x.csv", "y.csv")]
    zone = ("--zone", "Asia/Almaty", "--rows", 1)
    assert run(*files, "-o", tmp_path / "cube", *zone, "--lang", "ru") == 1
    said = [
        line
        for line in capsys.readouterr().out.splitlines()
        if not line.startswith("  zoom")
    ]
    assert len(said) > 10
    assert [line for line in said if not re.search("[а-я]", line)] == []


@pytest.mark.parametrize(
    ("content", "options"),
    [
        ("", ()),
        ("title,date\nA,2022-01-05\n", ()),
        ("date,lat,lon\n,1,1\n", ()),
        ("date,lat,lon\n2022-01-05,1,1\n", ()),
        ("PAR1", ()),
        ("date,lat,lon\n2022-01-05,1,1\n", ("--engine", "dask")),
        ("date,lat,lon\n2022-01-05,1,1\n", ("-o", "/dev/null")),
    ],
)
def test_what_cannot_be_counted_is_said_in_another_language(
    tmp_path: Path, capsys: Output, content: str, options: tuple[str, ...]
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(content)
    assert run(path, "-o", tmp_path / "cube", "--lang", "ru", *options) in (1, 2)
    # A quotation of something English would have no such letter.
    assert re.search("[а-я]", one_line(capsys))


def test_files_that_are_none(tmp_path: Path, capsys: Output) -> None:
    path = table(tmp_path / "x.csv", SQUARE)
    for names, message in [
        ((tmp_path / "no.csv",), "No such file"),
        ((tmp_path,), "is a folder: name the files in it"),
        ((path, tmp_path / "." / "x.csv"), "are the same file"),
        (("/dev/null",), "is no ordinary file"),
    ]:
        assert run(*names, "-o", tmp_path / "cube") == 2
        assert message in one_line(capsys)


def test_a_folder_that_cannot_be_made_is_wrong_use(
    tmp_path: Path, capsys: Output
) -> None:
    path = table(tmp_path / "x.csv", SQUARE)
    assert run(path, "-o", tmp_path / "no" / "cube") == 2
    assert "cannot write" in one_line(capsys)


HOSTILE = ["'); DROP TABLE events; --.csv", 'a"b*?.csv', "$(x);{y}[1].csv", "ünï.csv"]


@pytest.mark.parametrize("name", HOSTILE)
def test_the_name_of_a_file_is_nothing_but_a_name(tmp_path: Path, name: str) -> None:
    there = cube(tmp_path, table(tmp_path / name, SQUARE))
    assert index(there)["files"][0]["name"] == name
    assert index(there)["total"] == 1


def test_cells_are_nothing_but_cells(tmp_path: Path, capsys: Output) -> None:
    drop = "'); DROP TABLE level_16; --"
    rows = [
        (SQUARE[0], SQUARE[1], SQUARE[2], drop),
        (drop, "1", "1", ""),
        (SQUARE[0], drop, "\x1b[31m", ""),
    ]
    there = cube(tmp_path, table(tmp_path / "x.csv", SQUARE, *rows))
    assert set_aside(there) == {"bad-time": 1, "bad-position": 1}
    assert index(there)["total"] == 2
    assert "\x1b" not in capsys.readouterr().out


def test_duckdb_loads_nothing_and_keeps_to_its_memory(tmp_path: Path) -> None:
    connection = duck._connection(100_000_000, tmp_path)
    wanted = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "temp_directory": str(tmp_path),
    }
    for name, value in wanted.items():
        found = connection.execute("SELECT current_setting($1)", [name]).fetchone()
        assert found is not None
        assert str(found[0]).lower() == value.lower()
    found = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    assert found is not None
    assert "MiB" in found[0]
    connection.close()


def test_other_commands_do_not_wait_for_the_engines() -> None:
    code = (
        "import sys, geo.cli, geo.options\n"
        "print([each for each in ('duckdb', 'dask', 'distributed', 'geo.cube')"
        " if each in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_duckdb_does_not_wait_for_dask(tmp_path: Path) -> None:
    path = table(tmp_path / "x.csv", SQUARE, header=HEADER)
    code = (
        "import sys; from geo.cli import main\n"
        f"main(['cube', {str(path)!r}, '-o', {str(tmp_path / 'cube')!r}])\n"
        "print('distributed' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "False"
