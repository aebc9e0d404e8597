"""Sign a letter, so that who gets it knows that it is ours, unchanged and new: Standard Webhooks, v1."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from hashlib import sha256
from hmac import new

from impact.store.webhooks.hooks import SECRET_MARK


def signed(secret: str, news_id: str, at: int, body: bytes) -> Mapping[str, str]:
    """Return the headers of a letter with `body`, sent at the second `at`."""
    key = b64decode(secret.removeprefix(SECRET_MARK))
    stated = f"{news_id}.{at}.".encode() + body
    signature = b64encode(new(key, stated, sha256).digest()).decode()
    return {
        "webhook-id": news_id,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{signature}",
    }
