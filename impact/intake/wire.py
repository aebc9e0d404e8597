"""Wire: what two of our own processes say to each other, over a pair of sockets, whole or not at all."""

import pickle
from collections.abc import Iterable, Sequence
from itertools import chain
from socket import MSG_WAITALL, socket
from typing import cast

from impact.catalog.checking.rows import Alone, Supply
from impact.catalog.files import Line
from impact.catalog.laid import brief, folded, unfolded
from impact.catalog.listing import Draft, Laid
from impact.errors import Issue
from impact.written import Written

LENGTH_BYTES = 8
BETWEEN = "\x1f"
"""Stands between cells: control characters are dropped when a file is read, so no cell holds one."""


def send(line: socket, said: object) -> None:
    """Say something; OSError where nobody listens any more."""
    body = pickle.dumps(said, pickle.HIGHEST_PROTOCOL)
    line.sendall(len(body).to_bytes(LENGTH_BYTES, "big") + body)


def receive(line: socket) -> bytes:
    """Wait for what is said next, not yet unfolded; EOFError where the other side is gone."""
    return _whole(line, int.from_bytes(_whole(line, LENGTH_BYTES), "big"))


def unfold(body: bytes) -> object:
    """Make of what was received what was said."""
    return pickle.loads(body)  # noqa: S301  said by a process of ours


def rows_of(lines: Sequence[Line]) -> object:
    """Lay lines out for the wire, which takes one text several times faster than many."""
    return [line.number for line in lines], BETWEEN.join(chain.from_iterable(line.cells for line in lines))


def lines_of(rows: object) -> list[Line]:
    """Take lines off the wire.

    Raises
    ------
    ValueError
        A cell held what stands between cells, which no line of a table does.
    """
    numbers, joined = cast("tuple[list[int], str]", rows)
    cells = joined.split(BETWEEN)
    width, over = divmod(len(cells), len(numbers))
    if over:
        raise ValueError("Expected as many cells in every row.")
    return list(map(Line, numbers, zip(*[iter(cells)] * width, strict=True)))


def answer_of(found: Iterable[Alone], *, briefly: bool = False) -> object:
    """Lay out for the wire what rows came to; listings that would be new go as their table takes them.

    Where rows are only counted, no more than that takes is told, `briefly`.
    """
    tell = _told if briefly else _folded
    return [
        (each.draft and tell(each.draft), *each[1:3], each.supply and tuple(each.supply)) for each in found
    ]


_Said = tuple[int, tuple[object, ...] | None, tuple[object, ...]]
"""What a row asks for: the row, and the listing laid out, or else the rest of a draft."""
_Row = tuple[_Said | None, tuple[Issue, ...], tuple[Issue, ...], tuple[object, ...] | None]


def found_in(answer: object) -> Sequence[Alone]:
    """Take off the wire what rows came to."""
    return [
        Alone(said and _draft(*said), errors, doubts, Supply._make(supply) if supply else None)
        for said, errors, doubts, supply in cast("list[_Row]", answer)
    ]


def _folded(draft: Draft) -> _Said:
    laid = folded(draft)
    return (draft.row, (*laid[:-1], str(laid.body)), ()) if laid else (draft.row, None, tuple(draft[1:]))


def _told(draft: Draft) -> _Said:
    return draft.row, None, tuple(brief(draft)[1:])


def _draft(row: int, laid: tuple[object, ...] | None, rest: tuple[object, ...]) -> Draft:
    if laid is None:
        return Draft._make((row, *rest))
    return unfolded(row, Laid._make((*laid[:-1], Written(laid[-1]))))


def _whole(line: socket, num_bytes: int) -> bytes:
    """Read so many bytes in one call: between calls we would queue for the interpreter."""
    body = line.recv(num_bytes, MSG_WAITALL)
    if len(body) < num_bytes:
        raise EOFError
    return body
