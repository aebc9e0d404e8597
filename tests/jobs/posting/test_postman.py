"""News is posted to a real receiver: signed, tried again when it fails, never to machines inside."""

import json
from base64 import b64decode, b64encode
from hashlib import sha256
from hmac import new
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from time import time

import pytest

from impact.access import SYSTEM
from impact.jobs.posting.postman import Postman
from impact.jobs.posting.reaching import Unreachable, is_outside, post, target_of
from impact.jobs.posting.signing import signed
from impact.store.webhooks.hooks import Hooks, News, Wanted
from impact.store.webhooks.outbox import announce
from impact.store.webhooks.postings import PostingStatus, PostOffice


class Receiver(ThreadingHTTPServer):
    """Takes letters, and answers as it is told."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Letters)
        self.taken, self.status, self.silent = [], 204, Event()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}/in?from=impact"


class Letters(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, dict(self.headers), body))
        if self.server.status == 0:
            self.server.silent.wait(5)
            return
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def receiver():
    server = Receiver()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.silent.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def kept(engine):
    return engine


def subscribe(kept, address):
    return Hooks(kept).add(Wanted(address, (News.JOB_ENDED,)), SYSTEM)


def tell(kept):
    with kept.begin() as connection:
        announce(connection, News.JOB_ENDED, {"job_id": "j1", "name": "茶"})


def posting(kept, hook):
    return PostOffice(kept).page(hook.hook_id, "", 1)[0]


def test_a_letter_arrives_and_proves_whose_it_is(kept, receiver):
    hook, secret = subscribe(kept, receiver.address)
    tell(kept)

    assert Postman(kept, private=True).round() == 1

    ((path, headers, body),) = receiver.taken
    stated = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    signature = new(b64decode(secret.removeprefix("whsec_")), stated, sha256).digest()
    assert headers["webhook-signature"] == f"v1,{b64encode(signature).decode()}"
    assert abs(int(headers["webhook-timestamp"]) - time()) < 60
    assert (path, json.loads(body)["type"], json.loads(body)["data"]["name"]) == (
        "/in?from=impact",
        "job.ended",
        "茶",
    )
    assert posting(kept, hook).status is PostingStatus.ARRIVED


def test_the_signature_is_that_of_the_standard():
    """The example of the Standard Webhooks' libraries."""
    headers = signed(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )

    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    ("status", "why"), [(500, "it broke"), (404, "nobody there"), (302, "led elsewhere")]
)
def test_a_letter_that_is_not_taken_is_tried_again_under_the_same_name(kept, receiver, status, why):
    hook, _ = subscribe(kept, receiver.address)
    tell(kept)
    receiver.status = status
    Postman(kept, private=True).round()

    waiting = posting(kept, hook)
    assert (waiting.status, waiting.answer, len(receiver.taken)) == (PostingStatus.WAITING, str(status), 1), (
        why
    )

    receiver.status = 200
    PostOffice(kept).again(hook.hook_id, waiting.news_id)
    Postman(kept, private=True).round()
    first, second = ({name: headers[name] for name in ("webhook-id",)} for _, headers, _ in receiver.taken)
    assert first == second
    assert posting(kept, hook).status is PostingStatus.ARRIVED


def test_whoever_says_gone_is_left_alone(kept, receiver):
    hook, _ = subscribe(kept, receiver.address)
    tell(kept)
    receiver.status = 410
    Postman(kept, private=True).round()

    tell(kept)

    assert Postman(kept, private=True).round() == 0
    assert Hooks(kept).get(hook.hook_id).ended_at is not None


def test_who_does_not_answer_is_not_waited_for(receiver):
    receiver.status = 0

    with pytest.raises(Unreachable, match="timed out"):
        post(target_of(receiver.address, private=True), b"{}", {}, seconds=0.2)


def test_where_nobody_listens_the_letter_waits(kept, receiver):
    hook, _ = subscribe(kept, receiver.address)
    receiver.shutdown()
    receiver.server_close()
    tell(kept)

    Postman(kept, private=True).round()

    assert posting(kept, hook).status is PostingStatus.WAITING
    assert "refused" in posting(kept, hook).answer.lower()


def test_nothing_inside_is_reached_unless_that_is_allowed(kept, receiver):
    hook, _ = subscribe(kept, receiver.address.replace("http:", "https:"))
    tell(kept)

    Postman(kept, private=False).round()

    assert receiver.taken == []
    assert posting(kept, hook).answer == "address_inside"


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://127.0.0.1/", "this machine"),
        ("https://localhost/", "by its name"),
        ("https://2130706433/", "as one number"),
        ("https://0x7f.1/", "in another base"),
        ("https://[::1]/", "the new way"),
        ("https://[::ffff:10.0.0.1]/", "an old one in a new one"),
        ("https://[64:ff9b::a00:1]/", "behind a translator"),
        ("https://10.1.2.3/", "our network"),
        ("https://169.254.169.254/latest/meta-data", "what a cloud tells its machines"),
        ("https://0.0.0.0/", "any"),
        ("http://93.184.215.14/", "in the clear"),
        ("https://user@93.184.215.14/", "with a name before it"),
        ("https:///", "nowhere"),
        ("https://a:99999/", "no port"),
        ("ftp://93.184.215.14/", "another kind"),
        ("file:///etc/passwd", "a file"),
        ("https://nobody.invalid/", "not known"),
        ("", "nothing"),
    ],
)
def test_an_address_inside_or_none_is_never_reached(address, why):
    with pytest.raises(Unreachable):
        target_of(address, private=False)


def test_an_address_of_the_world_is_kept_to():
    target = target_of("https://93.184.215.14:8443/in?a=b", private=False)

    assert (target.ip, target.port, target.path, target.is_https) == ("93.184.215.14", 8443, "/in?a=b", True)
    assert is_outside("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


def test_the_postman_posts_until_told_to_stop(kept, receiver):
    hook, _ = subscribe(kept, receiver.address)
    tell(kept)
    over = Event()
    working = Thread(target=Postman(kept, private=True).work, args=(over.wait, 0.05))
    working.start()

    for _ in range(200):
        if receiver.taken:
            break
        over.wait(0.05)
    over.set()
    working.join(10)

    assert not working.is_alive()
    assert posting(kept, hook).status is PostingStatus.ARRIVED
