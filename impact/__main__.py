"""Let ``python -m impact`` run the commands."""

from impact.cli import commands

commands(prog_name="python -m impact")
