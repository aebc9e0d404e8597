"""What a refusal tells whoever was refused."""

from werkzeug.test import TestResponse


def refusal(answer: TestResponse) -> tuple[int, str, list[tuple[str, str]]]:
    """Return the status, the kind of problem, and what is to be mended: codes, each with its place.

    A place is a pointer into the body (``#/month``), a parameter of the address (``month``), or nowhere.
    """
    told = answer.get_json()
    assert (answer.mimetype, told["status"]) == ("application/problem+json", answer.status_code)
    assert told["title"]
    assert all(each["detail"] for each in told["errors"])
    places = [each.get("pointer") or each.get("parameter", "") for each in told["errors"]]
    codes = [each["code"] for each in told["errors"]]
    return answer.status_code, told["type"].rpartition(":")[2], list(zip(codes, places, strict=True))
