"""A webhook leads to public addresses only, however a private one is written or hidden behind a name."""

import pytest

from consumer.errors import AddressRefused, DeliveryFailed
from consumer.webhook.address import check_destination

URL = "https://hooks.example/events"


def resolving(*addresses):
    return lambda _host, _port: addresses


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_address_is_taken(address):
    found = check_destination(URL, allow_private=False, resolve=resolving(address))
    assert (found.host, found.port, found.address) == ("hooks.example", 443, address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104 - refused, not bound to
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff0e::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
    ],
)
def test_private_or_special_address_is_refused(address):
    with pytest.raises(AddressRefused):
        check_destination(URL, allow_private=False, resolve=resolving(address))


def test_one_private_address_among_public_ones_is_enough():
    with pytest.raises(AddressRefused):
        check_destination(URL, allow_private=False, resolve=resolving("93.184.215.14", "10.0.0.1"))


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/",
        "ftp://hooks.example/",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "hooks.example",
        "https://user:secret@hooks.example/",
        "https://hooks.example:99999/",
        "https://[::1/",
    ],
)
def test_url_of_another_form_is_refused_without_being_shown(url):
    with pytest.raises(AddressRefused) as caught:
        check_destination(url, allow_private=False, resolve=resolving("93.184.215.14"))
    assert "secret" not in caught.value.message


def test_setting_allows_private_addresses_and_plain_http():
    found = check_destination("http://localhost:8000/", allow_private=True, resolve=resolving("127.0.0.1"))
    assert (found.address, found.port) == ("127.0.0.1", 8000)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "017700000001", "127.1"])
def test_unusual_spelling_of_this_machine_is_refused(host):
    """The resolver of the system reads these as 127.0.0.1, or does not know them."""
    with pytest.raises((AddressRefused, DeliveryFailed)):
        check_destination(f"https://{host}/", allow_private=False)


def test_unknown_name_is_tried_again():
    def resolve(_host, _port):
        raise OSError

    with pytest.raises(DeliveryFailed):
        check_destination(URL, allow_private=False, resolve=resolve)
