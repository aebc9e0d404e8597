"""Memory: how much this process has taken at most."""

import gc
import resource
import sys

_PER_MB = 1e6 if sys.platform == "darwin" else 1e3
"""The kernel counts in kilobytes, but for one that counts in bytes."""

YOUNG, OLD = 20_000, 50
"""So many new things, and so many rounds over them, come before the next search for garbage."""


def peak_mb() -> float:
    """Return the most memory this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _PER_MB


def steady() -> None:
    """Look for garbage seldom: for a process that has one long work of small steps to do.

    Rows of a file leave no circles behind; looking for them took a quarter of the time.
    """
    gc.set_threshold(YOUNG, OLD, OLD)
