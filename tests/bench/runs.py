"""Runs made by hand, small enough to know every number of them."""

from bench.figures import Figures, Run

SIZE = 1_000


def figures(
    *, load: float, steps: list[float], size: float = 1000.0, frames: int = 0
) -> Figures:
    """Figures of a subject; all that is not named is the same for all."""
    made = Figures(
        load_ms=[load],
        load_bytes=[size],
        step_ms=steps,
        step_bytes=[2000.0],
        step_cpu_ms=[10.0, 30.0],
        browser_mb=[300.0],
        server_mb=[200.0],
    )
    if frames:
        made.frame_ms = [1000 / frames] * frames
        made.sets_a_second = [float(frames)]
    else:
        made.why["play"] = "no play"
    return made


def run() -> Run:
    """A run at one size: this project, A four times as slow, E1 a little faster,
    F that never shows anything."""
    made = Run(rounds=1, page_bytes=500_000, page_gzip_bytes=100_000)
    made.cells = {
        ("empty", SIZE): Figures(
            load_ms=[500], load_bytes=[0], browser_mb=[100], server_mb=[60]
        ),
        ("P", SIZE): figures(load=700, steps=[20.0, 30.0, 40.0], frames=60),
        ("A", SIZE): figures(load=1100, steps=[120.0], size=5000.0),
        ("E1", SIZE): figures(load=600, steps=[15.0], size=9000.0, frames=10),
        ("F", SIZE): Figures(why={"load": "over 30 s"}),
    }
    return made
