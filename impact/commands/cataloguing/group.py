"""The group of these commands; what each needs is loaded with it alone."""

import click

from impact.commands.session import Loading

HERE = "impact.commands.cataloguing"
COMMANDS = {
    "check": (f"{HERE}.taking", "check_file"),
    "commit": (f"{HERE}.taking", "commit_file"),
    "export": (f"{HERE}.lists", "export_listings"),
    "format": (f"{HERE}.lists", "write_format"),
    "history": (f"{HERE}.imports", "list_imports"),
    "template": (f"{HERE}.lists", "write_template"),
    "undo": (f"{HERE}.imports", "undo_import"),
}


@click.group("catalog", cls=Loading, places=COMMANDS)
def catalog() -> None:
    """Check partners' files, take them over, and undo that."""
