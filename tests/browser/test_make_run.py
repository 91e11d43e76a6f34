"""`make run`, as someone with a fresh clone types it."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.server import ROOT, AppServer, free_port, wait_until_healthy

LISTENING = "0A"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    port = free_port()
    log_file = tmp_path_factory.mktemp("run") / "log.txt"
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            ["make", "run", f"PORT={port}"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = AppServer(f"http://127.0.0.1:{port}", process, log_file)
    try:
        wait_until_healthy(server)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads Linux's /proc")
def test_make_run_listens_on_loopback_only(running: AppServer) -> None:
    port = f":{int(running.url.rsplit(':', 1)[1]):04X}"
    lines = [
        line.split()
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        for line in Path(table).read_text().splitlines()[1:]
    ]
    at = [line[1] for line in lines if line[1].endswith(port) and line[3] == LISTENING]
    assert at == [f"0100007F{port}"]  # 127.0.0.1, the way the kernel writes it


def test_make_run_says_where_to_look(running: AppServer) -> None:
    assert running.url in running.log()
