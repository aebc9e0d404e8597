"""Who a spread is over: producers, products, or groups of producers, and what counts as full for each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from impact.arrays import Bools, Floats, Ints, sums
from impact.matching.question.problem import Problem

PRODUCER, PRODUCT = "producer", "product"


@dataclass(frozen=True)
class Owners:
    """Those whose exposure is looked at; owners of one cell are compared with one another.

    Their ratio is (exposure − owed) ÷ capacity. Who has no known capacity, or cannot be reached, is left out.
    """

    names: tuple[str, ...]  # [owner]
    owner_of: Ints  # [link], -1 for none
    capacity: Floats  # [owner], finite and above 0
    owed: Floats  # [owner]
    most: Floats  # [owner], what it could get at most alone
    cell_of: Ints  # [owner]

    def __len__(self) -> int:
        return len(self.names)

    @property
    def low(self) -> Floats:
        """The least ratio there can be, shape ``(owner,)``."""
        return -self.owed / self.capacity

    @property
    def high(self) -> Floats:
        """The largest ratio there can be, shape ``(owner,)``."""
        return (self.most - self.owed) / self.capacity

    def given(self, exposure: Floats) -> Floats:
        """Add `exposure` of links up by owner, shape ``(owner,)``."""
        inside = self.owner_of >= 0
        return sums(exposure[inside], self.owner_of[inside], len(self))


@dataclass(frozen=True)
class _Members:
    """Producers or products, before they are grouped; `label` is who each counts for."""

    label: NDArray[np.str_]  # [member]
    cell: NDArray[np.str_]  # [member]
    of_link: Ints  # [link]
    capacity: Floats  # [member]
    owed: Floats  # [member]
    most: Floats  # [member]


def owners_of(problem: Problem, over: str, within: str | None = None) -> Owners:
    """Find the owners named by `over`, in cells by the values of `within`."""
    members = _products(problem, within) if over == PRODUCT else _producers(problem, over, within)
    known = np.isfinite(members.capacity) & (members.capacity > 0)
    names, cells, owner_of = _grouped(members, known, alone=within is None)
    num = len(names)
    most = sums(np.where(known, members.most, 0.0), owner_of, num + 1)[:-1]
    kept = np.flatnonzero(most > 0)
    place = np.full(num + 1, -1, np.int64)
    place[kept] = np.arange(len(kept))

    def added(amount: Floats) -> Floats:
        return sums(np.where(known, amount, 0.0), owner_of, num + 1)[kept]

    return Owners(
        names=tuple(names[kept].tolist()),
        owner_of=place[owner_of][members.of_link],
        capacity=added(members.capacity),
        owed=added(members.owed),
        most=most[kept],
        cell_of=np.unique(cells[kept], return_inverse=True)[1].astype(np.int64),
    )


def left_out(problem: Problem, over: str) -> tuple[Bools, Bools]:
    """Tell which producers (or products) have no known capacity, and which cannot be reached."""
    members = _products(problem, None) if over == PRODUCT else _producers(problem, over, None)
    return np.isinf(members.capacity), members.most <= 0


def _grouped(
    members: _Members, known: Bools, *, alone: bool
) -> tuple[NDArray[np.str_], NDArray[np.str_], Ints]:
    """Name the groups and their cells, and number them; members of unknown capacity come after all groups.

    Names say the cell, unless there is one `alone`.
    """
    pairs, group_of = np.unique(np.stack([members.cell, members.label]), axis=1, return_inverse=True)
    cells, labels = pairs
    names = labels if alone else np.array([f"{cell}/{label}" for cell, label in pairs.T], np.str_)
    return names, cells, np.where(known, group_of.ravel(), len(labels))


def _producers(problem: Problem, over: str, within: str | None) -> _Members:
    columns = {**problem.producer_attributes, PRODUCER: problem.producer_ids}
    label = np.array(columns[over], np.str_)
    cell = np.zeros(len(label), np.str_) if within is None else np.array(columns[within], np.str_)
    return _Members(label, cell, problem.producer_of, problem.capacity, problem.owed, problem.reachable)


def _products(problem: Problem, within: str | None) -> _Members:
    """A product of unlimited capacity could take all its producer can serve; debts are its producer's."""
    owner = problem.producer_of_product
    label = np.array(problem.product_ids, np.str_)
    columns = {**problem.producer_attributes, PRODUCER: problem.producer_ids}
    cell = np.zeros(len(label), np.str_) if within is None else np.array(columns[within], np.str_)[owner]
    capacity = np.minimum(problem.product_capacity, problem.capacity[owner])
    alone = np.minimum(sums(problem.ceiling, problem.product_of, len(label)), capacity)
    return _Members(label, cell, problem.product_of, capacity, np.zeros(len(label)), alone)
