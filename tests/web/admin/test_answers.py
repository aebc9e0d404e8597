"""What hooks answered is told in words."""

import pytest

from impact.i18n import LANGS, words
from impact.web.admin.hooks import answered


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("200", "2xx"),
        ("204", "2xx"),
        ("302", "3xx"),
        ("404", "404"),
        ("410", "410"),
        ("418", "4xx"),
        ("429", "429"),
        ("503", "5xx"),
        ("100", "1xx"),
    ],
)
def test_a_status_is_said_in_words_with_its_number(answer, code, lang):
    assert answered(answer, lang) == words(f"answer.{code}", lang, status=answer)
    assert answer in answered(answer, lang)


@pytest.mark.parametrize(
    ("answer", "said"), [("timed out", "late"), ("[Errno 111] Connection refused", "unreached")]
)
def test_whoever_does_not_answer_is_said_to(answer, said):
    assert answered(answer, "en") == words(f"answer.{said}", "en", why=answer)


def test_what_was_not_tried_yet_has_no_answer():
    assert answered("", "en") == ""
