"""The gazetteer as geopy knows geocoders: offline, and silent guesses are refused."""

from geopy.adapters import BaseSyncAdapter
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from impact.errors import BadInput, Issue
from impact.model import Region
from impact.regions.gazetteer import Gazetteer


class Offline(BaseSyncAdapter):  # type: ignore[misc]
    """geopy's way to the network, closed."""

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> object:
        raise ConnectionError(f"This geocoder never asks {url}.")

    get_text = get_json


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]
    """Find divisions of China by code or name."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        super().__init__(adapter_factory=Offline)
        self.gazetteer = gazetteer

    def geocode(self, query: str, *, exactly_one: bool = True) -> Location | list[Location] | None:
        """Return the seat of the division that `query` names, None where no division is meant.

        With `exactly_one` false all that may be meant are returned, those without a known seat left out.

        Raises
        ------
        BadInput
            `exactly_one` is asked for and several are meant (the issue holds them), or the one meant has
            no known seat.
        """
        found = self.gazetteer.candidates(query)
        if not exactly_one:
            return [self._location(region) for region in found if region.place] or None
        if len(found) > 1:
            names = ", ".join(self.gazetteer.full_name(region) for region in found)
            raise BadInput([Issue("place_ambiguous", params={"text": query, "candidates": names})])
        return self._location(found[0]) if found else None

    def _location(self, region: Region) -> Location:
        if region.place is None:
            raise BadInput([Issue("place_without_seat", params={"region": self.gazetteer.full_name(region)})])
        point = (region.place.lat, region.place.lng)
        return Location(
            self.gazetteer.full_name(region), point, {"adcode": region.adcode, "level": region.level.value}
        )
