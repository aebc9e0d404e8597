"""Files keep their names, and a server can send the header that says them."""

import pytest
from werkzeug.http import parse_options_header

from impact.web.files import file_to_keep


@pytest.mark.parametrize(
    "name", ["list.csv", "名单（第一批）-rejected.csv", 'a "b";c.csv', "évreux.csv", "a\r\nX-Evil: 1.csv"]
)
def test_any_name_is_kept_and_fits_into_a_header(name):
    header = file_to_keep(b"", "text/csv", name).headers["Content-Disposition"]

    assert header.isascii()
    assert header.isprintable()
    assert parse_options_header(header)[1]["filename"] == name
