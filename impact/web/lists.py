"""How long lists are asked for: which page, and of those that grow whether the newest or the oldest first."""

from dataclasses import dataclass

from flask import abort, request

NEWEST, OLDEST = ORDERS = ("newest", "oldest")


@dataclass(frozen=True)
class Order:
    """In which order a list is wanted, and past which of its lines."""

    name: str
    past: str

    @property
    def is_oldest_first(self) -> bool:
        """Whether it begins with what is there longest."""
        return self.name == OLDEST

    @property
    def mark(self) -> str:
        """What the line that one goes on from is called in addresses."""
        return "after" if self.is_oldest_first else "before"


def order_asked() -> Order:
    """Read from the address how a list is wanted; what the form does not offer is refused."""
    name = request.args.get("order") or NEWEST
    if name not in ORDERS:
        abort(400)
    return Order(name, request.args.get(Order(name, "").mark, ""))


def page_asked() -> int:
    """Read from the address or the form which page is wanted; what is none is refused."""
    page = request.values.get("page", "1")
    if not page.isdecimal() or len(page) > 9 or int(page) < 1:
        abort(400)
    return int(page)
