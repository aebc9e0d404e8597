"""Judges rows for another process until that is gone; `helper` starts it and says over which line.

First comes what the headers mean, where the reference is and whether to be brief, which is answered once that
is read; then batches of rows, each of which is answered.
"""

import sys
from contextlib import suppress
from pathlib import Path
from socket import socket
from typing import cast

from impact.catalog.headers import Suggested
from impact.intake.judging import judge_of
from impact.intake.wire import answer_of, lines_of, receive, send, unfold
from impact.memory import steady
from impact.reference import read_reference


def main() -> None:
    """Judge what comes over the line."""
    with socket(fileno=int(sys.argv[1])) as line, suppress(EOFError, OSError, KeyboardInterrupt):
        answer(line)


def answer(line: socket) -> None:
    """Answer batches until nobody asks any more."""
    headers, folder, briefly = cast("tuple[tuple[Suggested, ...], Path, bool]", unfold(receive(line)))
    judge = judge_of(headers, read_reference(folder)).judge
    steady()
    send(line, None)
    while True:
        send(line, answer_of(judge(lines_of(unfold(receive(line)))), briefly=briefly))


if __name__ == "__main__":
    main()
