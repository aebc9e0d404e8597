"""A tiny provider of sign-in (OIDC) on a port of its own, whose ID tokens can be spoilt."""

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

CLIENT = "impact"


class FakeProvider:
    """What stands at the provider: its keys, the codes it gave out, and what spoils the next ID token.

    `told` is what it says of people beside that, None where it says nothing.
    """

    def __init__(self):
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.signing = self.key
        self.asked = {}
        self.spoilt = {}
        self.told = None
        self.address = ""

    def code(self, location):
        """Let somebody sign in who was sent to `location`; return the code they come back with."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        return "a-code"

    def __call__(self, environ, start_response):
        """Answer as the provider does."""
        request = Request(environ)
        pages = {
            "/.well-known/openid-configuration": self._discovery,
            "/keys": lambda _: {"keys": [self.key.as_dict(private=False)]},
            "/token": self._token,
            "/me": lambda _: self.told,
        }
        found = pages[request.path](request)
        status = 400 if "error" in found else 200
        return Response(json.dumps(found), status, mimetype="application/json")(environ, start_response)

    def _discovery(self, _):
        more = {"userinfo_endpoint": f"{self.address}/me"} if self.told else {}
        return more | {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def _token(self, request):
        proof = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != self.asked["code_challenge"]:
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": "ada@campus",
            "iat": now,
            "exp": now + 60,
            "nonce": self.asked["nonce"],
        } | self.spoilt
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signing)
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token}


@contextmanager
def provided():
    """Serve a provider while this lasts."""
    provider = FakeProvider()
    server = make_server("127.0.0.1", 0, provider, threaded=True)
    provider.address = f"http://127.0.0.1:{server.port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield provider
    server.shutdown()
