"""Clients that read at once, all from one thread, so that they take little of the machine they measure.

Each asks again as soon as it has its answer, or so long after it last asked.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from random import random
from selectors import EVENT_READ, DefaultSelector
from socket import create_connection
from time import perf_counter

HEAD_ENDS = b"\r\n\r\n"
LENGTH = b"\r\ncontent-length:"


def seconds_taken(
    port: int, asked: Sequence[bytes], clients: int, pause_seconds: float = 0.0
) -> tuple[float, ...]:
    """Have all of `asked` sent by so many clients in turns; return how long each answer took to be whole."""
    left = iter(asked)
    with ExitStack() as until_done, DefaultSelector() as selector:
        all_of = [until_done.enter_context(_Client(port, left, pause_seconds)) for _ in range(clients)]
        for client in all_of:
            selector.register(client.socket, EVENT_READ, client)
        while _ask_who_is_due(all_of):
            for key, _ in selector.select(_wait_seconds(all_of)):
                key.data.hear()
    return tuple(seconds for client in all_of for seconds in client.taken)


def request(address: str, headers: dict[str, str]) -> bytes:
    """Write a request down."""
    lines = [f"GET {address} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {headers[name]}" for name in headers)]
    return "\r\n".join([*lines, "", ""]).encode()


class _Client:
    """Sends the next of what is `left`, waits for the answer, and notes how long that took."""

    def __init__(self, port: int, left: Iterator[bytes], pause_seconds: float) -> None:
        self.socket = create_connection(("127.0.0.1", port))
        self.taken: list[float] = []
        self.is_there, self.is_waiting = True, False
        self.due = perf_counter() + pause_seconds * random()
        self._left, self._pause_seconds = left, pause_seconds
        self._began, self._heard = 0.0, b""

    def __enter__(self) -> "_Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def ask(self) -> None:
        """Ask for what is next, where anything is."""
        wanted = next(self._left, None)
        if wanted is None:
            self.is_there = False
            return
        self._began, self._heard, self.is_waiting = perf_counter(), b"", True
        self.socket.sendall(wanted)

    def hear(self) -> None:
        """Take in what has come of the answer."""
        part = self.socket.recv(2**18)
        self._heard += part
        if not part:
            raise ConnectionError(f"The service hung up after {self._heard!r}.")
        if _is_whole(self._heard):
            self.taken.append(perf_counter() - self._began)
            self.is_waiting, self.due = False, self._began + self._pause_seconds


def _ask_who_is_due(clients: Sequence[_Client]) -> bool:
    """Have those ask whose turn it is; tell whether anybody still asks or waits."""
    now = perf_counter()
    for client in clients:
        if client.is_there and not client.is_waiting and client.due <= now:
            client.ask()
    return any(client.is_there for client in clients)


def _wait_seconds(clients: Sequence[_Client]) -> float | None:
    """Return how long nobody has anything to ask; None until an answer comes."""
    due = [client.due for client in clients if client.is_there and not client.is_waiting]
    return max(min(due) - perf_counter(), 0.0) if due else None


def _is_whole(heard: bytes) -> bool:
    head, ends, body = heard.partition(HEAD_ENDS)
    if not ends:
        return False
    if not head.startswith(b"HTTP/1.1 200 "):
        raise ValueError(f"Expected 200, got {heard[:500]!r}.")
    length = head.lower().partition(LENGTH)[2].partition(b"\r\n")[0]
    return len(body) >= int(length)
