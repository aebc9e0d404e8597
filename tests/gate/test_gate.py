"""What every request passes: limits, cookies, headers, forms."""

import pytest
from services import VOUCHER, bearing, send, service, signed_in, token_of
from shelves import MemoryShelf, valley

from impact.access import Role
from impact.gate.limits import TRIES_A_MINUTE
from impact.i18n.wording import words
from impact.store.people.tokens import tokens

SHELF = MemoryShelf((valley(),))


@pytest.fixture(scope="module")
def app():
    return service(SHELF)


def test_a_program_that_asks_too_often_is_told_when_to_come_again():
    app = service(SHELF, requests_a_minute=3)
    client, other = bearing(app, token_of(app)), bearing(app, token_of(app))

    left = [client.get("/api/v1/plans").headers["X-RateLimit-Remaining"] for _ in range(3)]
    answer = client.get("/api/v1/plans")

    assert left == ["2", "1", "0"]
    assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")
    assert answer.get_json()["type"] == "urn:impact:problem:too-many-requests"
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert other.get("/api/v1/plans").status_code == 200


def test_a_person_who_asks_too_often_gets_a_page():
    app = service(SHELF, requests_a_minute=2)
    client = signed_in(app)

    answers = [client.get("/en/") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert words("error.429.title", "en") in answers[-1].text
    assert "Retry-After" in answers[-1].headers


def test_tokens_that_do_not_work_are_counted_by_address():
    app = service(SHELF, requests_a_minute=2)

    told = [bearing(app, f"impact_{number}_x").get("/api/v1/plans").status_code for number in range(3)]

    assert told == [401, 401, 429]


def test_what_lets_in_may_be_tried_less_often(app):
    client = app.test_client()
    voucher = VOUCHER.search(client.get("/en/sign-in").text)[1]
    form = {"name": "x", "password": "x", "csrf_token": voucher}

    told = {client.post("/en/enter", data=form).status_code for _ in range(TRIES_A_MINUTE)}

    assert told == {403}
    assert client.post("/en/enter", data=form).status_code == 429


def test_an_answer_that_is_no_refusal_says_nothing_of_waiting(app):
    assert "Retry-After" not in bearing(app, token_of(app)).get("/api/v1/plans").headers


@pytest.mark.parametrize(
    ("address", "name", "secure"),
    [("https://impact.example", "__Host-impact", True), ("http://10.0.0.7", "impact", False)],
)
def test_cookies_are_out_of_reach_and_by_https_alone_where_there_is_https(address, name, secure):
    app = service(SHELF, address=address)

    cookie = app.test_client().get("/en/sign-in", base_url=address).headers["Set-Cookie"]

    assert cookie.startswith(f"{name}=")
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert ("Secure" in cookie) is secure


def test_browsers_that_came_by_https_stay_there():
    client = service(SHELF, address="https://impact.example").test_client()

    assert "Strict-Transport-Security" in client.get("/", base_url="https://impact.example").headers
    assert "Strict-Transport-Security" not in client.get("/", base_url="http://impact.example").headers


@pytest.mark.parametrize(("proxies", "believed"), [(0, False), (1, True)])
def test_a_proxy_is_believed_only_where_there_is_one(proxies, believed):
    app = service(SHELF, proxies=proxies, requests_a_minute=1)
    client = app.test_client()

    def ask(address):
        return client.get("/api/v1/health", headers={"X-Forwarded-For": address}).status_code

    assert [ask("192.0.2.1"), ask("192.0.2.2")] == [200, 200 if believed else 429]


def test_the_key_of_the_settings_goes_before_that_of_the_database():
    assert service(SHELF, secret_key="theirs").config["SECRET_KEY"] == "theirs"
    assert len(service(SHELF).config["SECRET_KEY"]) > 40


@pytest.mark.parametrize("address", ["/en/", "/en/account", "/api/v1/plans"])
def test_nobody_on_the_way_keeps_what_is_for_one_person(app, address):
    kept = signed_in(app).get(address).headers["Cache-Control"]

    assert "private" in kept
    assert "no-store" in kept or "no-cache" in kept


def test_a_form_of_another_browser_is_not_taken(app):
    client, other = signed_in(app), signed_in(app)
    voucher = VOUCHER.search(other.get("/en/account").text)[1]

    form = {"label": "theirs", "scope": "read", "csrf_token": voucher}

    assert client.post("/en/account/tokens", data=form).status_code == 400


def test_a_cookie_reads_over_the_api_and_a_token_reads_no_pages(app):
    assert signed_in(app).get("/api/v1/plans").status_code == 200
    assert bearing(app, token_of(app)).get("/en/").status_code == 303


def test_a_token_notes_the_day_it_was_used(app):
    text = token_of(app, Role.APPROVER)

    bearing(app, text).get("/api/v1/plans")

    (token,) = [one for one in tokens(app.extensions["database"]) if one.token_id in text]
    assert token.used_on


def test_a_partner_begins_at_what_is_theirs(app):
    client = signed_in(app, Role.PARTNER, "anji")

    assert client.get("/", headers={"Accept-Language": "en"}).location == "/en/portal"
    assert client.get("/en/").location == "/en/portal"
    assert client.get("/en/plans").status_code == 403
    assert words("error.403.title", "en") in client.get("/en/plans").text


def test_a_partners_token_does_not_read_about_all_partners(app):
    client = bearing(app, token_of(app, Role.PARTNER, partner="anji"))

    assert client.get("/api/v1/plans").get_json()["type"] == "urn:impact:problem:not-allowed"


def test_signing_out_wants_a_form_of_ours(app):
    client = signed_in(app)

    assert client.post("/en/sign-out").status_code == 400
    assert send(client, "/en/account", "/en/sign-out").status_code == 303
