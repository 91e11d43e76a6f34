"""How much memory a process has had at most."""

from __future__ import annotations

import sys

_KILOBYTE = 1024


def peak_bytes() -> int:
    """Give the most memory this process has had; 0 where that is not told."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in kilobytes, macOS in bytes (getrusage(2) of each).
    return peak if sys.platform == "darwin" else peak * _KILOBYTE
