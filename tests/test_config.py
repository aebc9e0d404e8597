from pathlib import Path

import pytest

from impact.config import ROOT, BoundaryFile, Provider, Settings
from impact.errors import BadInput, Issue


def test_without_a_setting_the_database_is_a_file_of_its_own():
    assert Settings.read({}).database_url == f"sqlite:///{ROOT / 'instance' / 'impact.sqlite3'}"


def test_the_database_is_chosen_by_one_setting():
    assert Settings.read({"IMPACT_DATABASE_URL": "sqlite:///elsewhere"}).database_url == "sqlite:///elsewhere"


@pytest.mark.parametrize("screen", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_screen_is_known_by_its_variable(screen):
    assert Settings.read({screen: ":0"}).has_screen


def test_the_address_people_use_says_whether_cookies_need_https():
    assert Settings.read({"IMPACT_ADDRESS": "https://impact.example/"}).address == "https://impact.example"
    assert Settings.read({"IMPACT_ADDRESS": "https://impact.example/"}).is_https
    assert not Settings.read({"IMPACT_ADDRESS": "http://10.0.0.7:8000"}).is_https
    assert not Settings.read({}).is_https


def test_whoever_reads_figures_from_afar_needs_the_token_of_the_settings():
    assert Settings.read({"IMPACT_METRICS_TOKEN": "watchword"}).metrics_token == "watchword"
    assert Settings.read({}).metrics_token is None


def test_numbers_are_read_and_what_is_none_is_refused_by_name():
    assert Settings.read({"IMPACT_PROXIES": "2", "IMPACT_REQUESTS_A_MINUTE": ""}).proxies == 2
    with pytest.raises(BadInput) as refused:
        Settings.read({"IMPACT_PROXIES": "two"})

    assert refused.value.issues[0].params == {"name": "IMPACT_PROXIES", "value": "two"}


def test_workers_think_ahead_unless_they_are_told_not_to():
    assert Settings.read({}).thinks_ahead
    assert not Settings.read({"IMPACT_THINK_AHEAD": "0"}).thinks_ahead


def test_boundaries_are_shown_only_with_who_approved_them():
    named = {"IMPACT_BOUNDARIES": "outlines.geojson", "IMPACT_BOUNDARIES_CREDIT": "GS 1"}

    assert Settings.read(named).boundaries == BoundaryFile(Path("outlines.geojson"), "GS 1")
    assert Settings.read({"IMPACT_BOUNDARIES_CREDIT": "GS 1"}).boundaries is None
    with pytest.raises(BadInput) as refused:
        Settings.read({"IMPACT_BOUNDARIES": "outlines.geojson"})

    assert refused.value.issues[0].params == {"name": "IMPACT_BOUNDARIES_CREDIT"}


def test_a_provider_of_sign_in_is_named_with_our_name_there():
    named = {"IMPACT_OIDC_ISSUER": "https://id.example", "IMPACT_OIDC_CLIENT": "impact"}

    assert Settings.read(named).oidc == Provider("https://id.example", "impact")
    assert Settings.read(named | {"IMPACT_OIDC_CLAIM": "email"}).oidc.claim == "email"
    assert Settings.read({}).oidc is None
    with pytest.raises(BadInput) as refused:
        Settings.read({"IMPACT_OIDC_ISSUER": "https://id.example"})

    assert refused.value.issues[0].code == "setting_missing"


@pytest.mark.parametrize(
    ("setting", "read"),
    [
        ("IMPACT_SECRET_KEY", lambda settings: settings.secret_key),
        ("IMPACT_ADDRESS", lambda settings: settings.address),
        ("IMPACT_METRICS_TOKEN", lambda settings: settings.metrics_token),
        ("IMPACT_OIDC_ISSUER", lambda settings: settings.oidc),
    ],
)
def test_a_setting_that_is_left_blank_is_not_made(setting, read):
    assert read(Settings.read({setting: ""})) is None


@pytest.mark.parametrize(("said", "inside"), [("", False), ("0", False), ("1", True)])
def test_letters_go_to_addresses_inside_only_where_that_is_said(said, inside):
    assert Settings.read({"IMPACT_WEBHOOKS_INSIDE": said}).webhooks_inside is inside


@pytest.mark.parametrize("said", ["-1", "1.5", "１２", "two", " 2"])
def test_what_is_no_whole_number_is_refused(said):
    with pytest.raises(BadInput) as refused:
        Settings.read({"IMPACT_REQUESTS_A_MINUTE": said})

    told = {"name": "IMPACT_REQUESTS_A_MINUTE", "value": said}
    assert refused.value.issues == (Issue("setting_not_a_number", params=told),)


def test_a_provider_without_our_name_there_is_told_which_setting_is_missing():
    with pytest.raises(BadInput) as refused:
        Settings.read({"IMPACT_OIDC_ISSUER": "https://id.example"})

    assert refused.value.issues[0].params == {"name": "IMPACT_OIDC_CLIENT"}


@pytest.mark.parametrize(("screens", "has_screen"), [({}, False), ({"DISPLAY": ":0"}, True)])
def test_without_a_screen_no_browser_is_opened(screens, has_screen, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")

    assert Settings.read(screens).has_screen is has_screen
