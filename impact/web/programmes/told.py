"""A programme in sentences: its rules, who may be in it, and by what means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from impact.catalog.values.choices import name_of
from impact.i18n import label, words
from impact.i18n.places import placed
from impact.i18n.sentences import asked
from impact.model import Catalog, Channel, Region
from impact.programmes.criteria import Criterion
from impact.programmes.document import MilestoneDocument, ProgrammeDocument
from impact.programmes.milestones import Progress
from impact.store.browsing import NounShelf, Wanted
from impact.store.database import Database
from impact.store.happened.readings import MEASURED, progresses

NO_NOUNS = Catalog((), (), (), (), (), (), (), (), ())
MOST_CHANNELS = 200


@dataclass(frozen=True)
class Step:
    """A milestone, and how it stands; `is_counted` where something that is kept counts its metric."""

    milestone: MilestoneDocument
    progress: Progress

    @property
    def is_counted(self) -> bool:
        return self.milestone.metric == MEASURED


def rules_told(document: ProgrammeDocument, database: Database, lang: str) -> list[str]:
    """Say every rule, quotas first, as the engine is asked."""
    nouns = nouns_named(database)
    return [asked(rule, nouns, lang) for rule in document.programme.rules]


def nouns_named(database: Database) -> Catalog:
    """Return what rules other than locks name: channels."""
    found = NounShelf(database).page("channels", Wanted(limit=MOST_CHANNELS))
    return replace(NO_NOUNS, channels=tuple(one for one in found if isinstance(one, Channel)))


def parts_changed(places: Iterable[str], lang: str) -> list[str]:
    """Name the parts of a document that a version changed, by what points at them; each once."""
    parts = dict.fromkeys(place.split("/")[1] for place in places if place)
    return [label("programme_part", part, lang) for part in parts]


def steps_told(document: ProgrammeDocument, database: Database, on: date) -> list[Step]:
    """Say how every milestone stands on a day."""
    stand = progresses(database, document.programme_id, document.milestones, on)
    return [Step(*each) for each in zip(document.milestones, stand, strict=True)]


def criteria_told(document: ProgrammeDocument, database: Database, lang: str) -> list[str]:
    """Say every criterion, and of whom it is asked."""
    shelf = NounShelf(database)
    return [_criterion(each, shelf, lang) for each in document.eligibility]


def _criterion(criterion: Criterion, shelf: NounShelf, lang: str) -> str:
    stated = criterion.model_dump()
    values = [_value(criterion.kind, str(each), shelf, lang) for each in _listed(stated)]
    told = words(
        f"criterion.{criterion.kind}",
        lang,
        values=words("criterion.or", lang).join(values),
        least=stated.get("at_least", 0.0),
    )
    if not criterion.types:
        return told
    types = words("criterion.or", lang).join(label("type", each, lang) for each in criterion.types)
    return words("criterion.of_types", lang, types=types, asked=told)


def _listed(stated: Mapping[str, object]) -> tuple[object, ...]:
    listed = stated.get("any_of") or stated.get("fields") or ()
    return listed if isinstance(listed, tuple) else ()


def _value(kind: str, value: str, shelf: NounShelf, lang: str) -> str:
    if kind == "certificate":
        return name_of("certificate", value, lang)
    if kind == "data":
        return words(f"eligibility_field.{value}", lang)
    if kind == "region":
        region = shelf.get("regions", value)
        return placed(region, lang) if isinstance(region, Region) else value
    return label(kind, value, lang)
