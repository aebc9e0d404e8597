"""Do what bears a key once: asked again, answer as before."""

import json
from collections.abc import Callable
from hashlib import file_digest, sha256

from flask import Response, request
from pydantic import BaseModel

from impact.access import Actor
from impact.api.contract.operation import Upload
from impact.api.contract.refusals import Refused
from impact.errors import Issue
from impact.store.replays import Answer, Replay, Replays

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
MOST_CHARACTERS = 200
AGAIN_SECONDS = 1
KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Retry-After", "Preference-Applied")


def once(
    replays: Replays, who: Actor, body: BaseModel | Upload, answer: Callable[[], Response], withheld: str = ""
) -> Response:
    """Answer a request, or as it was answered before where it bears the key of one that was.

    An answer that refuses is not kept: the request did nothing, and may be mended under the same key. Nor is
    what is `withheld` of an answer.

    Raises
    ------
    Refused
        422 the key was another request's, 409 that request is still under way.
    """
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None:
        return answer()
    _demand_key(key)
    asked = _fingerprint(body)
    known = replays.hold(who.actor_id, key, asked)
    if known is not None:
        return _again(known, asked)
    return _first(replays, (who.actor_id, key), answer, withheld)


def _first(
    replays: Replays, whose: tuple[str, str], answer: Callable[[], Response], withheld: str
) -> Response:
    kept = False
    try:
        response = answer()
        if response.status_code < 300:
            headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
            replays.keep(*whose, Answer(response.status_code, headers, _kept(response, withheld)))
            kept = True
        return response
    finally:
        if not kept:
            replays.release(*whose)


def _kept(response: Response, withheld: str) -> bytes:
    body: bytes = response.get_data()
    return json.dumps({**json.loads(body), withheld: ""}).encode() if withheld else body


def _again(known: Replay, asked: str) -> Response:
    if known.asked != asked:
        raise Refused("key_of_another", 422, [Issue("key_of_another")])
    if known.answer is None:
        raise Refused("under_way", 409, headers={"Retry-After": str(AGAIN_SECONDS)})
    response = Response(known.answer.body, known.answer.status, headers=dict(known.answer.headers))
    response.headers[REPLAYED] = "true"
    return response


def _demand_key(key: str) -> None:
    if not (0 < len(key) <= MOST_CHARACTERS and key.isascii() and key.isprintable()):
        raise Refused(
            "bad_input", 422, [Issue("key_not_valid", column=HEADER, params={"most": MOST_CHARACTERS})]
        )


def _fingerprint(body: BaseModel | Upload) -> str:
    """Hash what is asked: the address with its query, the form of the answer, and what was sent."""
    parts = [request.full_path, request.headers.get("Accept", "")]
    if isinstance(body, Upload):
        with body.path.open("rb") as content:
            parts += [body.name, file_digest(content, "sha256").hexdigest()]
    else:
        parts += [sha256(request.get_data()).hexdigest()]
    return sha256(json.dumps(parts).encode()).hexdigest()
