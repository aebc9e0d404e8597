"""problem.json: what is maximised and which rules hold, checked as it is read."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError, model_validator

from impact.bundles.pointed import pointed
from impact.errors import BadInput, Issue, refuse_if_any
from impact.matching.question.saturation import Saturation
from impact.matching.rules import Rule
from impact.matching.rules.group import Amount
from impact.matching.spread.term import Alpha, Spread

PROBLEM_FILE = "problem.json"
PROBLEM_FORMAT = "impact-problem/1"
STRICT = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Piece(BaseModel):
    """Up to this share of what a link can carry, an exposure is worth `slope` of its value."""

    model_config = STRICT

    up_to: float = Field(gt=0, le=1)
    slope: float = Field(ge=0, le=1)


class Objective(BaseModel):
    model_config = STRICT

    maximise: Literal["value"] = "value"
    saturation: tuple[Piece, ...] = (Piece(up_to=1.0, slope=1.0),)

    @model_validator(mode="after")
    def _concave(self) -> "Objective":
        self.curve()
        return self

    def curve(self) -> Saturation:
        """Return how the worth of an exposure falls; raises ``ValueError`` where it would rise."""
        return Saturation(
            tuple(piece.up_to for piece in self.saturation), tuple(piece.slope for piece in self.saturation)
        )


class Term(BaseModel):
    """What an even spread is worth, beside the value of what is given: docs/fairness.md has the formulas."""

    model_config = STRICT

    id: str | None = Field(default=None, min_length=1)
    alpha: Alpha = 0.0
    weight: float = Field(default=0.0, ge=0)
    weights: tuple[Amount, ...] | None = None
    over: str | None = None
    within: str | None = None

    @model_validator(mode="after")
    def _sound(self) -> "Term":
        try:
            self.spread()
        except ValidationError as error:
            raise ValueError(error.errors()[0]["msg"].removeprefix("Value error, ")) from error
        return self

    def spread(self) -> Spread:
        """Return the term as the engine knows it."""
        return Spread(**self.model_dump(exclude_none=True))


def _number_of_terms(stated: object) -> str:
    return "several" if isinstance(stated, list | tuple) else "one"


Terms = Annotated[
    Annotated[Term, Tag("one")] | Annotated[tuple[Term, ...], Tag("several")], Discriminator(_number_of_terms)
]
NONE = Term()


class ProblemDocument(BaseModel):
    """The content of problem.json."""

    model_config = STRICT

    format: Literal["impact-problem/1"]
    objective: Objective = Objective()
    spread: Terms = NONE
    rules: tuple[Rule, ...] = ()
    seed: int = Field(default=0, ge=0, lt=2**63)

    def spreads(self) -> tuple[Spread, ...]:
        """Return the terms that say something: one of no weight can still be swept."""
        terms = self.spread if isinstance(self.spread, tuple) else (self.spread,)
        return tuple(term.spread() for term in terms if term != NONE)

    def specs(self) -> list[dict[str, object]]:
        """Return everything that is asked of a plan as plain mappings."""
        rules: list[dict[str, object]] = self.model_dump()["rules"]
        return [*rules, *(asdict(spread) for spread in self.spreads())]


def read_document(folder: Path) -> ProblemDocument:
    """Read problem.json in `folder`; raises `BadInput` with everything that is wrong with it."""
    text = read_text(folder / PROBLEM_FILE)
    try:
        document = ProblemDocument.model_validate_json(text, strict=True)
    except ValidationError as error:
        raise BadInput(pointed(error, PROBLEM_FILE)) from error
    refuse_if_any(_repeated(text))
    return document


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, without its byte order mark."""
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise BadInput([Issue("file_missing", file=path.name)]) from error
    except UnicodeDecodeError as error:
        raise BadInput([Issue("not_utf8", file=path.name, params={"byte": error.start})]) from error


def written(document: ProblemDocument) -> str:
    """Write problem.json; what a rule leaves unsaid stays unsaid."""
    return (
        json.dumps(document.model_dump(mode="json", exclude_none=True), ensure_ascii=False, indent=1) + "\n"
    )


def _repeated(text: str) -> list[Issue]:
    """Name the fields that stand twice in one object, where nobody knows which one counts."""
    found: list[Issue] = []

    def told_apart(pairs: list[tuple[str, object]]) -> dict[str, object]:
        times = Counter(name for name, _ in pairs)
        found.extend(Issue("field_repeated", PROBLEM_FILE, column=name) for name in times if times[name] > 1)
        return dict(pairs)

    json.loads(text, object_pairs_hook=told_apart)
    return found
