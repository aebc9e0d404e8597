"""Remembered: answers that are kept, since rows of a file ask the same again and again."""

from collections.abc import Callable
from typing import TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
MOST = 10_000
"""So many answers are kept; then all are let go, so that a file of any length takes the same memory."""


class Remembered(dict[Asked, Answer]):
    """Answers by what was asked, each found out once: ask for ``answers[asked]``."""

    def __init__(self, answer: Callable[[Asked], Answer], most: int = MOST) -> None:
        super().__init__()
        self._answer = answer
        self._most = most

    def __missing__(self, asked: Asked) -> Answer:
        if len(self) >= self._most:
            self.clear()
        self[asked] = found = self._answer(asked)
        return found
