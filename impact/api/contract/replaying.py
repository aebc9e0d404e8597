"""Do what bears a key once: asked again, answer as before."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import file_digest, sha256

from flask import Response, request
from pydantic import BaseModel

from impact.access import Actor
from impact.api.contract.operation import Upload
from impact.api.contract.refusals import Refused
from impact.errors import Issue
from impact.store.replays import Answer, Held, Replay, Replays

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
MOST_CHARACTERS = 200
AGAIN_SECONDS = 1
KEPT_HEADERS = ("Content-Type", "Location", "ETag", "Retry-After", "Preference-Applied")


@dataclass(frozen=True)
class Answering:
    """How a request is answered: at once, what is waited for then, and which field is shown only once."""

    at_once: Callable[[], Response]
    then: Callable[[Response], Response]
    withheld: str = ""

    def whole(self) -> Response:
        """Answer at once, and wait."""
        return self.then(self.at_once())


def once(replays: Replays, who: Actor, body: BaseModel | Upload, how: Answering) -> Response:
    """Answer a request, or as it was answered before where it bears the key of one that was.

    What is answered at once is kept in the transaction of what was done: who is killed has done both, or
    neither. An answer that refuses is not kept: the request did nothing, and may be mended under its key.

    Raises
    ------
    Refused
        422 the key was another request's, 409 that request is still under way.
    """
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None:
        return how.whole()
    _demand_key(key)
    asked = _fingerprint(body)
    found = replays.hold(who.actor_id, key, asked)
    return _again(found, asked) if isinstance(found, Replay) else _first(replays, found, how)


def _first(replays: Replays, held: Held, how: Answering) -> Response:
    try:
        with replays.together():
            response = how.at_once()
            kept = _keep(replays, held, response, how.withheld)
        held = kept
        after = how.then(response)
        if after is not response:
            held = _keep(replays, held, after, how.withheld)
    except BaseException:
        replays.release(held)
        raise
    return after


def _keep(replays: Replays, held: Held, response: Response, withheld: str) -> Held:
    """Keep an answer under a key, unless somebody else took it, as a request too slow to be true."""
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    kept = replays.keep(held, Answer(response.status_code, headers, _kept(response, withheld)))
    if kept is None:
        raise _under_way()
    return kept


def _under_way() -> Refused:
    return Refused("under_way", 409, headers={"Retry-After": str(AGAIN_SECONDS)})


def _kept(response: Response, withheld: str) -> bytes:
    body: bytes = response.get_data()
    return json.dumps({**json.loads(body), withheld: ""}).encode() if withheld else body


def _again(known: Replay, asked: str) -> Response:
    if known.asked != asked:
        raise Refused("key_of_another", 422, [Issue("key_of_another")])
    if known.answer is None:
        raise _under_way()
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
