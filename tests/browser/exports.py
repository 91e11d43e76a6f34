"""Writes pages to disk as a reader would: by the command line."""

import subprocess
import sys
from pathlib import Path

from tests.browser.server import ROOT


def export(form: str, path: Path, *options: str) -> Path:
    """Run `geo export` into a file and give its path."""
    command = [sys.executable, "-m", "geo", "export", form, "-o", str(path), *options]
    subprocess.run(command, cwd=ROOT, check=True)
    return path
