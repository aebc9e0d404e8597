"""Settings, read once from the environment."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
DATA = STATIC / "data"
"""What ships: the gazetteer, lists of specialties and belts, demand, and the sample."""


@dataclass(frozen=True)
class Settings:
    """Where things are kept, and whether there is a screen to open a browser on."""

    database_url: str
    has_screen: bool

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read `IMPACT_DATABASE_URL`; without it, a file in the folder ``instance``."""
        embedded = f"sqlite:///{ROOT / 'instance' / 'impact.sqlite3'}"
        return cls(
            database_url=environment.get("IMPACT_DATABASE_URL") or embedded,
            has_screen=sys.platform == "darwin" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & environment.keys()),
        )
