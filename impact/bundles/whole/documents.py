"""What stands in one JSON document: a problem, or a plan, table by table."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonValue

from impact.bundles.document import ProblemDocument
from impact.bundles.frontiers import FrontierDocument
from impact.bundles.plan_document import STRICT, IssueLine, PlanDocument
from impact.matching.plan import Status

ROW = ConfigDict(extra="allow", frozen=True, strict=True, allow_inf_nan=False)
EXAMPLE: dict[str, JsonValue] = {
    "problem": {
        "format": "impact-problem/1",
        "rules": [{"id": "rural-floor", "kind": "group_floor", "group": {"type": "rural"}, "share": 0.3}],
    },
    "producers": [
        {"producer_id": "hill", "capacity": 100, "type": "rural"},
        {"producer_id": "town", "capacity": 100, "type": "urban"},
    ],
    "placements": [{"placement_id": "live", "supply": 100, "channel": "livestream"}],
    "links": [
        {"producer_id": "hill", "placement_id": "live", "value": 0.5, "quality": 0.9},
        {"producer_id": "town", "placement_id": "live", "value": 1.0, "quality": 0.5},
    ],
}
Id = Annotated[str, Field(min_length=1)]
Number = float | None


class ProducerRow(BaseModel):
    """Who sells; any further field is an attribute that groups may name. Null capacity is unlimited."""

    model_config = ROW
    __pydantic_extra__: dict[str, str] = Field(init=False)

    producer_id: Id
    capacity: Number = None
    floor: Number = None
    owed: Number = None


class ProductRow(BaseModel):
    """One listing of a producer; any further field is an attribute."""

    model_config = ROW
    __pydantic_extra__: dict[str, str] = Field(init=False)

    product_id: Id
    producer_id: Id
    capacity: Number = None


class PlacementRow(BaseModel):
    """Where attention is given: `supply` exposures in the period; any further field is an attribute."""

    model_config = ROW
    __pydantic_extra__: dict[str, str] = Field(init=False)

    placement_id: Id
    supply: float


class LinkRow(BaseModel):
    """A product that can be shown in a placement: what an exposure is worth, and what bounds it.

    It names its `product_id`, or, where there are no products, its `producer_id`.
    """

    model_config = STRICT

    product_id: str | None = None
    producer_id: str | None = None
    placement_id: Id
    value: float
    quality: Number = None
    baseline: Number = None
    max_exposure: Number = None


class PublishedRow(BaseModel):
    """What was published before; named as links are."""

    model_config = STRICT

    product_id: str | None = None
    producer_id: str | None = None
    placement_id: Id
    exposure: float


class BundleDocument(BaseModel):
    """A problem: what is asked of a plan, who sells, where attention is given, and what can be shown where.

    Without `products` each producer is one product of the same id; only the rule kind `churn` reads
    `published`.
    """

    model_config = ConfigDict(**STRICT, json_schema_extra={"examples": [EXAMPLE]})

    problem: ProblemDocument
    producers: list[ProducerRow]
    products: list[ProductRow] | None = None
    placements: list[PlacementRow]
    links: list[LinkRow]
    published: list[PublishedRow] | None = None


class Given(BaseModel):
    """Exposures that a product is given in a placement, in the period."""

    model_config = STRICT

    product_id: str
    placement_id: str
    exposure: float


class Price(BaseModel):
    """The dual of a row of a rule, which proves the bound."""

    model_config = STRICT

    rule: str
    row: str
    dual: float


class LevelGiven(Given):
    """Exposures that show a best level of a max-min rule."""

    rule: str


class WholePlan(BaseModel):
    """A plan: what is claimed of it, who is shown where how much, and what proves it."""

    model_config = STRICT

    plan: PlanDocument
    allocation: list[Given] = Field(default_factory=list)
    prices: list[Price] = Field(default_factory=list)
    levels: list[LevelGiven] | None = None


class VerdictDocument(BaseModel):
    """Whether every claim of a plan holds; `against` names those that do not."""

    model_config = STRICT

    holds: bool
    against: tuple[IssueLine, ...]


class PointLine(BaseModel):
    """One plan of a frontier: the rule's `limit`, what it is worth there, and how it is spread."""

    model_config = STRICT

    limit: float
    worth: float
    bound: float
    gap: float
    price: float
    value: float
    welfare: float
    exposure: float
    minimum_of_capacity: Number
    fifth_percentile_of_capacity: Number
    gini: Number
    max_violation: float
    status: Status


class PayerLine(BaseModel):
    """What a group of producers has at a `limit`, and how far that is from where the rule costs nothing."""

    model_config = STRICT

    limit: float
    attribute: str
    value: str
    exposure: float
    exposure_change: float
    worth: float
    worth_change: float


class WholeFrontier(BaseModel):
    """A frontier: what was swept, its points, and who pays at each."""

    model_config = STRICT

    frontier: FrontierDocument
    points: list[PointLine]
    payers: list[PayerLine]
