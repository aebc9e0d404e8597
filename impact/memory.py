"""Memory: how much this process has taken at most."""

import resource
import sys

_PER_MB = 1e6 if sys.platform == "darwin" else 1e3
"""The kernel counts in kilobytes, but for one that counts in bytes."""


def peak_mb() -> float:
    """Return the most memory this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _PER_MB
