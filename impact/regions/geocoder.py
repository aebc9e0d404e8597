"""The gazetteer as geopy knows geocoders: offline, and silent guesses are refused."""

from geopy.adapters import BaseSyncAdapter
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from impact.errors import BadInput, Issue
from impact.model import Region
from impact.regions.gazetteer import Gazetteer
from impact.regions.resolver import Resolver


class Offline(BaseSyncAdapter):  # type: ignore[misc]
    """geopy's way to the network, closed."""

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> object:
        raise ConnectionError(f"This geocoder never asks {url}.")

    get_text = get_json


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """Find divisions by code or by what people call them."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__(adapter_factory=Offline)
        self.gazetteer = gazetteer
        self.resolver = Resolver(gazetteer)

    def geocode(self, query: str, *, exactly_one: bool = True) -> Location | list[Location] | None:
        """Return the seat of the division that `query` means, None where no division is meant.

        What is raw of a location are ``adcode``, ``level`` and ``confidence`` in [0, 1]. With `exactly_one`
        false all that may be meant are returned, those without a known seat left out.

        Raises
        ------
        BadInput
            `exactly_one` is asked for and several are meant (the issue holds them), or the one meant has
            no known seat.
        """
        found = self.resolver.resolve(query)
        if not exactly_one:
            meant = (found.region,) if found.region else found.candidates
            return [self._location(region, found.confidence) for region in meant if region.place] or None
        if found.region:
            return self._location(found.region, found.confidence)
        if found.candidates and found.refused:
            raise BadInput([found.refused])
        return None

    def _location(self, region: Region, confidence: float) -> Location:
        if region.place is None:
            raise BadInput([Issue("place_without_seat", params={"region": self.gazetteer.full_name(region)})])
        point = (region.place.lat, region.place.lng)
        raw = {"adcode": region.adcode, "level": region.level.value, "confidence": confidence}
        return Location(self.gazetteer.full_name(region), point, raw)
