"""Intake: a partner's file, from bytes to what it would change; the same for a dry run and for a commit.

Read `opening` first, then `sharing` and `helper`: long files are judged in two processes.
"""

from impact.intake.opening import Asked, Intake, open_intake

__all__ = ["Asked", "Intake", "open_intake"]
