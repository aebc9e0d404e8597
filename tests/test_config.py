import pytest

from impact.config import ROOT, Settings


def test_without_a_setting_the_database_is_a_file_of_its_own():
    assert Settings.read({}).database_url == f"sqlite:///{ROOT / 'instance' / 'impact.sqlite3'}"


def test_the_database_is_chosen_by_one_setting():
    assert Settings.read({"IMPACT_DATABASE_URL": "sqlite:///elsewhere"}).database_url == "sqlite:///elsewhere"


@pytest.mark.parametrize("screen", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_screen_is_known_by_its_variable(screen):
    assert Settings.read({screen: ":0"}).has_screen
