"""What processes cost, as Linux counts it."""

from pathlib import Path

PROC = Path("/proc")
TICK_MS = 10  # USER_HZ is 100 wherever Linux shows it to programs


def cpu_ms(pid: int) -> float | None:
    """Return the processor time a process has used; None where unknown."""
    stat = PROC / str(pid) / "stat"
    if not stat.exists():
        return None
    fields = stat.read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * TICK_MS


def memory_mb(pid: int) -> float | None:
    """Return the memory of a process and all it started, in MB; None if unknown.

    A page that several of them share counts once among them (PSS).
    """
    sizes = [_pss_kb(each) for each in [pid, *_descendants(pid)]]
    known = [size for size in sizes if size is not None]
    return sum(known) * 1024 / 1e6 if known else None


def children(pid: int) -> set[int]:
    """Return the processes a process has started itself."""
    task = PROC / str(pid) / "task"
    if not task.exists():
        return set()
    words = (each / "children" for each in task.iterdir())
    return {int(word) for file in words for word in file.read_text().split()}


def _descendants(pid: int) -> list[int]:
    found = []
    for child in children(pid):
        found += [child, *_descendants(child)]
    return found


def _pss_kb(pid: int) -> int | None:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:  # it ended meanwhile, or is another user's
        return None
    return next(
        (int(line.split()[1]) for line in lines if line.startswith("Pss:")), None
    )
