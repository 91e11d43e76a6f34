"""Start a real Streamlit server for a browser, and stop it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN_S = 90
STOPS_WITHIN_S = 10


@dataclass(frozen=True)
class AppServer:
    """A running server."""

    url: str
    """Of the first page, without a closing slash."""
    process: subprocess.Popen[bytes]
    log_file: Path

    def log(self) -> str:
        """Return what the server has printed."""
        return self.log_file.read_text(errors="replace")


def free_port() -> int:
    """Return a port nobody listens on at 127.0.0.1."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serve_app(
    script: Path = ROOT / "app.py",
    *,
    env: Mapping[str, str] | None = None,
    options: Sequence[str] = (),
) -> Iterator[AppServer]:
    """Run `streamlit run script` on a free port until the block ends.

    The server runs in the script's folder, whose .streamlit/config.toml holds.

    Parameters
    ----------
    env
        Variables set besides this process's own.
    options
        Further arguments for Streamlit.

    Raises
    ------
    RuntimeError
        If it ends or stays silent, with what it printed.
    """
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="server-") as folder:
        log_file = Path(folder) / "log.txt"
        with log_file.open("wb") as log:
            process = subprocess.Popen(
                [*_command(script, port), *options],
                cwd=script.parent,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        server = AppServer(f"http://127.0.0.1:{port}", process, log_file)
        try:
            wait_until_healthy(server)
            with _log_beside_errors(server):
                yield server
        finally:
            _stop(process)


@contextmanager
def _log_beside_errors(server: AppServer) -> Iterator[None]:
    """Let an error of the server's user carry what the server printed."""
    try:
        yield
    except Exception as error:
        error.add_note(f"What {server.url} printed:\n{server.log()}")
        raise


def _command(script: Path, port: int) -> list[str]:
    return [
        *(sys.executable, "-m", "streamlit", "run", str(script)),
        *("--server.address", "127.0.0.1"),
        *("--server.port", str(port)),
        *("--server.headless", "true"),
        *("--server.fileWatcherType", "none"),
        *("--browser.gatherUsageStats", "false"),
    ]


def wait_until_healthy(server: AppServer) -> None:
    """Wait for the first answer; RuntimeError with the log if there is none."""
    deadline = time.monotonic() + STARTS_WITHIN_S
    while not _is_healthy(server):
        if server.process.poll() is not None:
            raise RuntimeError(f"the server ended by itself:\n{server.log()}")
        if time.monotonic() > deadline:
            raise RuntimeError(
                f"the server did not answer in {STARTS_WITHIN_S} s:\n{server.log()}"
            )
        time.sleep(0.05)


def _is_healthy(server: AppServer) -> bool:
    try:
        with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOPS_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
