"""What `serve` says of itself."""

import socket
from contextlib import closing

import pytest

from impact.commands.serving import entering, expect_free
from impact.errors import BadInput
from impact.serving import Address


@pytest.mark.parametrize(
    ("address", "command"),
    [
        ("http://127.0.0.1:8000/", "python -m impact user enter"),
        ("http://127.0.0.1:9001/", "IMPACT_ADDRESS=http://127.0.0.1:9001 python -m impact user enter"),
    ],
)
def test_the_command_that_lets_others_in_speaks_of_where_one_serves(address, command):
    assert entering(address) == command


def test_an_address_that_is_taken_is_refused_before_anything_is_done():
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BadInput) as refused:
            expect_free(Address("127.0.0.1", port))

    (issue,) = refused.value.issues
    assert (issue.code, issue.params["port"]) == ("address_not_free", str(port))


@pytest.mark.parametrize("host", ["203.0.113.9", "no-such-host.invalid"])
def test_an_address_that_is_not_of_this_machine_is_refused(host):
    with pytest.raises(BadInput):
        expect_free(Address(host, 0))


def test_any_free_port_will_do():
    expect_free(Address("127.0.0.1", 0))
