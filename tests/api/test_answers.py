"""What an integrator sees: pages, forms, refusals."""

import gzip
import re

import duckdb
import pytest
from api.shelves import many_links, reader, reader_of_nothing, solved


@pytest.fixture(scope="module")
def client():
    return reader()


@pytest.fixture(scope="module")
def many():
    return reader(many_links(30_000))


def test_a_plan_says_what_it_claims_and_what_each_rule_costs(client):
    plan = client.get("/api/v1/plans/autumn-1").get_json()

    assert (plan["status"], plan["objective"], plan["bound"]) == (
        "optimal",
        pytest.approx(85),
        pytest.approx(85),
    )
    assert plan["rules"][0]["price"] == pytest.approx(50)
    assert plan["measures"]["group_shares"]["type"] == pytest.approx({"rural": 0.3, "urban": 0.7})
    assert plan["programme"] == {
        "id": "mountain_goods",
        "name_zh": "山货上头条",
        "name_en": "Mountain goods",
        "month": 10,
    }


def test_a_plan_says_which_of_its_inputs_nobody_observed(client):
    imputed = client.get("/api/v1/plans/autumn-1", headers={"Accept-Language": "en"}).get_json()["imputed"]

    assert imputed["fields"] == {"producers": ["capacity"]}
    assert "Nobody observed" in imputed["note"]


def test_the_list_is_walked_by_cursor_newest_first(client):
    first = client.get("/api/v1/plans?limit=1").get_json()
    second = client.get(f"/api/v1/plans?limit=1&cursor={first['next']}").get_json()

    assert [page["items"][0]["id"] for page in (first, second)] == ["autumn-2", "autumn-1"]
    assert second["next"] is None


def test_a_new_plan_in_front_does_not_move_the_page_after():
    old, new = solved("old"), solved("new")
    cursor = reader(old, solved("older")).get("/api/v1/plans?limit=1").get_json()["next"]

    after = reader(new, old, solved("older")).get(f"/api/v1/plans?cursor={cursor}").get_json()

    assert [item["id"] for item in after["items"]] == ["older"]


def test_an_allocation_walked_by_cursor_is_the_whole_of_it(many):
    seen, cursor = [], ""
    for _ in range(3):
        page = many.get(f"/api/v1/plans/many/allocation?limit=100&cursor={cursor or 0}").get_json()
        seen, cursor = seen + page["items"], page["next"]

    whole = many.get("/api/v1/plans/many/allocation", headers={"Accept": "text/csv"}).text.splitlines()
    assert page["total"] == len(whole) - 1
    assert [f"{line['product_id']},{line['placement_id']},{line['exposure']}" for line in seen] == whole[
        1:301
    ]


def test_a_cursor_past_the_end_gives_an_empty_last_page(client):
    page = client.get("/api/v1/plans/autumn-1/allocation?cursor=99").get_json()

    assert (page["items"], page["next"]) == ([], None)


def test_the_allocation_comes_as_csv_or_parquet_when_asked(client, tmp_path):
    csv = client.get(
        "/api/v1/plans/autumn-1/allocation", headers={"Accept": "text/csv;q=1, application/json;q=0.5"}
    )
    parquet = client.get(
        "/api/v1/plans/autumn-1/allocation", headers={"Accept": "application/vnd.apache.parquet"}
    )

    (tmp_path / "a.parquet").write_bytes(parquet.data)
    rows = duckdb.read_parquet(str(tmp_path / "a.parquet")).fetchall()
    assert csv.text == "product_id,placement_id,exposure\nhill,live,30.0\ntown,live,70.0\n"
    assert rows == [("hill", "live", 30.0), ("town", "live", 70.0)]


@pytest.mark.parametrize("accept", ["application/json", "text/csv", "application/vnd.apache.parquet"])
def test_what_the_client_holds_is_not_sent_again(client, accept):
    address = "/api/v1/plans/autumn-1/allocation"
    first = client.get(address, headers={"Accept": accept})

    again = client.get(address, headers={"Accept": accept, "If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def test_forms_of_one_allocation_have_etags_of_their_own(client):
    forms = [
        {"Accept": "application/json"},
        {"Accept": "text/csv"},
        {"Accept": "application/vnd.apache.parquet"},
        {"Accept": "text/csv", "Accept-Encoding": "gzip"},
    ]

    etags = [client.get("/api/v1/plans/autumn-1/allocation", headers=form).headers["ETag"] for form in forms]

    assert len(set(etags)) == len(forms)


def test_answers_are_packed_for_who_takes_it(many):
    plain = many.get("/api/v1/plans/many/allocation", headers={"Accept": "text/csv"})
    packed = many.get(
        "/api/v1/plans/many/allocation", headers={"Accept": "text/csv", "Accept-Encoding": "gzip"}
    )

    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_large_allocation_is_streamed_in_pieces(many):
    response = many.get("/api/v1/plans/many/allocation", headers={"Accept": "text/csv"}, buffered=False)

    sizes = [len(piece) for piece in response.iter_encoded()]
    assert len(sizes) > 2
    assert max(sizes) < 1_000_000


@pytest.mark.parametrize(
    ("address", "headers", "status", "kind", "why"),
    [
        ("/api/v1/plans/spring", {}, 404, "plan-not-found", "no such plan"),
        ("/api/v1/plans/spring/allocation", {}, 404, "plan-not-found", "no such plan"),
        ("/api/v1/nowhere", {}, 404, "not-found", "no such address"),
        ("/api/v1", {}, 404, "not-found", "nothing at the root"),
        ("/api/v1/plans", {"Accept": "image/png"}, 406, "not-acceptable", "no picture of it"),
        ("/api/v1/plans?limit=0", {}, 422, "bad-input", "an empty page"),
        ("/api/v1/plans?limit=101", {}, 422, "bad-input", "too large a page"),
        ("/api/v1/plans?limit=+5", {}, 422, "bad-input", "not just digits"),
        ("/api/v1/plans?limit=", {}, 422, "bad-input", "no number"),
        ("/api/v1/plans?limit=1&limit=2", {}, 422, "bad-input", "which one?"),
        ("/api/v1/plans?cursor=x", {}, 422, "bad-input", "not a cursor"),
        ("/api/v1/plans?lmit=5", {}, 422, "bad-input", "a slip is not passed over"),
        ("/api/v1/health?x=1", {}, 422, "bad-input", "takes no parameters"),
    ],
)
def test_a_refusal_is_a_problem_document(client, address, headers, status, kind, why):
    response = client.get(address, headers={**headers, "Accept-Language": "en"})

    problem = response.get_json()
    assert response.status_code == status, why
    assert response.mimetype == "application/problem+json"
    assert problem["type"] == f"urn:impact:problem:{kind}"
    assert problem["request_id"] == response.headers["X-Request-Id"]


def test_a_refused_parameter_is_pointed_at_in_the_language_asked_for(client):
    zh = client.get("/api/v1/plans?limit=0").get_json()
    en = client.get("/api/v1/plans?limit=0", headers={"Accept-Language": "en-GB"}).get_json()

    assert (zh["errors"][0]["parameter"], zh["errors"][0]["detail"]) == ("limit", "“0”太小，最小是 1。")
    assert en["errors"][0]["detail"] == "“0” is too small; the least is 1."


def test_an_address_says_which_methods_it_takes(client):
    plans, resolve = (client.options(f"/api/v1/{path}") for path in ("plans", "regions/resolve"))

    assert (plans.status_code, plans.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert "POST" in resolve.headers["Allow"]


def test_head_answers_as_get_without_the_body(client):
    get, head = client.get("/api/v1/plans"), client.head("/api/v1/plans")

    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", get.headers["ETag"])


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused_with_those_allowed(client, method):
    response = client.open("/api/v1/plans", method=method)

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_fault_of_ours_tells_nothing_of_the_inside():
    response = reader_of_nothing().get("/api/v1/plans")

    assert response.status_code == 500
    assert response.get_json()["type"] == "urn:impact:problem:failed"
    assert "secret" not in response.text
    assert "Traceback" not in response.text


@pytest.mark.parametrize(
    ("given", "kept", "why"),
    [
        ("order-7", True, "a harmless id is theirs to choose"),
        ("a b\tc", False, "not for our logs"),
        ("x" * 65, False, "too long"),
    ],
)
def test_a_request_keeps_its_own_id_where_it_is_harmless(client, given, kept, why):
    answered = client.get("/api/v1/health", headers={"X-Request-Id": given}).headers["X-Request-Id"]

    assert (answered == given) == kept, why


@pytest.mark.parametrize(("lang", "said"), [("zh-CN", "列出计划"), ("en", "List plans")])
def test_the_reference_is_a_plain_page_in_the_language_asked_for(client, lang, said):
    page = client.get("/api/v1/docs", headers={"Accept": "text/html", "Accept-Language": lang}).text

    assert said in page
    assert "<script" not in page
    assert "style=" not in page
    assert "://" not in page


def test_the_reference_leads_to_every_operation_and_schema(client):
    page = client.get("/api/v1/docs", headers={"Accept": "text/html"}).text
    specified = client.get("/api/v1/openapi.json").json
    known = set(re.findall(r' id="([^"]+)"', page))
    nav = page[page.index("<nav") : page.index("</nav>")]

    asked = [each for methods in specified["paths"].values() for each in methods.values()]
    assert {each["operationId"] for each in asked} <= set(re.findall(r'href="#([^"]+)"', nav))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= known


def test_the_reference_gives_a_call_to_copy_and_the_scope_it_takes(client):
    page = client.get("/api/v1/docs", headers={"Accept": "text/html"}).text
    run = page[page.index('id="run_scenario"') :].split("</section>")[0]

    assert "curl -X POST -H" in run
    assert "/api/v1/scenarios/{scenario_id}/run" in run
    assert '<span class="badge">scenario:run</span>' in run


def test_addresses_elsewhere_are_left_alone(client):
    assert client.get("/nowhere").mimetype == "text/html"
