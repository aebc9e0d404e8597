"""Every table there is: those that the modules of the store describe."""

from importlib import import_module
from pkgutil import walk_packages

from sqlalchemy import MetaData

from impact import store
from impact.store.nouns import METADATA


def tables() -> MetaData:
    """Load every module of the store, and return the tables they describe."""
    for module in walk_packages(store.__path__, f"{store.__name__}."):
        import_module(module.name)
    return METADATA
