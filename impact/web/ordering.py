"""The order of lists that grow: the newest first, or the oldest."""

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
