"""What an address promises: what it takes, what it gives, and what else it may refuse."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

from flask import Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from impact.access import Actor

JSON = "application/json"
FORBID = ConfigDict(extra="forbid")
BODY = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)
"""What is sent is taken as it is written: no text is read as a number, no field passed over."""
MOST_BYTES = 2**20
Json = dict[str, Any]
Plain = Annotated[str, Field(pattern=r"^[^\x00]*$")]
"""A text as any database keeps it."""


def _as_written(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value


AS_WRITTEN = BeforeValidator(_as_written)
"""Takes 3.0 for the whole number that JSON means by it; it comes after the limits of a field."""


def _only_digits(value: object) -> object:
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise ValueError("Expected digits only.")
    return value


class NoQuery(BaseModel):
    """An address without query parameters."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Because(NoQuery):
    """Why something is taken back or ended: it stands in the log, and where the thing is shown."""

    reason: Annotated[Plain, Field(max_length=2000)] = ""


class Limited(NoQuery):
    """How many items of a list are asked for at once."""

    limit: Annotated[int, Field(ge=1, le=100), BeforeValidator(_only_digits)] = 20


class Page(Limited):
    """Which part of a list: `limit` items from where the page before ended."""

    cursor: Annotated[str, Field(pattern="^[0-9]{1,12}$")] = ""


class NoBody(BaseModel):
    """A request without a body."""

    model_config = BODY


@dataclass(frozen=True)
class Upload:
    """A file as it came, under its sender's name for it; it lies at `path` until the request is answered."""

    media: str
    name: str
    path: Path


Query = TypeVar("Query", bound=NoQuery)
Body = TypeVar("Body", bound=BaseModel | Upload)


@dataclass(frozen=True)
class Asked(Generic[Query, Body]):
    """A request as checked against its contract.

    `held` names the versions, any of which the caller wants to change; empty where nothing is edited.
    """

    who: Actor
    path: Mapping[str, str]
    query: Query
    body: Body
    media: str
    lang: str
    held: frozenset[str] = frozenset()
    wait_seconds: float = 0.0


def no_more(_: object, response: Response) -> Response:
    """Leave an answer as it is."""
    return response


@dataclass(frozen=True)
class Operation(Generic[Query, Body]):
    """One method on one address.

    `gives` maps each media type of the answer to its schema, None for text and bytes; `takes` those of the
    body. `status` is how success answers; `is_edit` demands `If-Match`; `is_slow` may answer 202 with a job
    instead. `refuses` names kinds of refusal by status beyond those that every address has. `leads_to` maps
    names of operations to parameters of theirs, each a pointer into the answer. `withheld` names a field of
    the answer that is shown once: asked again under the same key, it is empty. `then` waits for a better
    answer where one may come, after what `answer` did is kept. What `is_remembered` answers a GET by what is
    asked, by whom, and what the database holds, and by nothing else: not by the clock either.
    """

    name: str
    path: str
    answer: Callable[[Asked[Query, Body]], Response]
    query: type[Query]
    gives: Mapping[str, type[BaseModel] | None]
    method: str = "GET"
    takes: Mapping[str, type[BaseModel] | None] = field(default_factory=dict)
    status: int = 200
    most_bytes: int = MOST_BYTES
    is_edit: bool = False
    is_slow: bool = False
    refuses: Mapping[int, str] = field(default_factory=dict)
    leads_to: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    withheld: str = ""
    then: Callable[[Asked[Query, Body], Response], Response] = no_more
    is_remembered: bool = False

    @property
    def path_names(self) -> list[str]:
        """The names in braces."""
        return [part[1:-1] for part in self.path.split("/") if part.startswith("{")]

    @property
    def resource(self) -> str:
        """What the address is about: the first step of its path."""
        return self.path.split("/")[1].partition(".")[0]


AnyOperation = Operation[Any, Any]
Operations = Sequence[AnyOperation]
