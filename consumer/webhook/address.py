"""Where a webhook may lead: to public addresses only, unless the installation says otherwise.

Who may name a URL could else make this machine talk to others that only it can reach.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import SplitResult, urlsplit

from consumer.errors import AddressRefused, DeliveryFailed

Address: TypeAlias = "ipaddress.IPv4Address | ipaddress.IPv6Address"
Resolve: TypeAlias = Callable[[str, int], Sequence[str]]

_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL: Final = ipaddress.ip_network("64:ff9b:1::/48")


@dataclass(frozen=True, slots=True)
class Destination:
    """A URL whose address was looked up and looked at; the connection goes to this address and to no other.

    Args:
        url: As given.
        host: Its host, for the header and for TLS.
        port: Its port.
        address: The address to connect to.
    """

    url: str
    host: str
    port: int
    address: str


def look_up(host: str, port: int) -> Sequence[str]:
    """Ask the resolver for the addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


def check_destination(url: str, *, allow_private: bool, resolve: Resolve = look_up) -> Destination:
    """Find out where a URL leads, and make sure that it may.

    It is asked before every try: a name that was public yesterday may lead inside today.

    Raises:
        AddressRefused: It is no https URL, or one of its addresses is not public. A retry does not help.
        DeliveryFailed: Its name is not known at the moment.
    """
    parts = _split(url, allow_private=allow_private)
    host, port = str(parts.hostname), _port(parts)
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError):
        raise DeliveryFailed("expected a host with an address, found that its name is not known") from None
    if not addresses:
        raise DeliveryFailed("expected a host with an address, found none")
    if not allow_private:
        # One private address among public ones is enough: the connection might take it.
        for each in addresses:
            _require_public(each)
    return Destination(url, host, port, addresses[0])


def _split(url: str, *, allow_private: bool) -> SplitResult:
    try:
        parts = urlsplit(url)
        _port(parts)
    except ValueError:
        raise AddressRefused("expected a URL, found one that cannot be read") from None
    allowed = ("https", "http") if allow_private else ("https",)
    if parts.scheme not in allowed or not parts.hostname:
        raise AddressRefused(f"expected a URL that begins with {' or '.join(f'{each}://' for each in allowed)}")
    if parts.username or parts.password:
        raise AddressRefused("expected a URL without a user name; messages are signed instead")
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _require_public(text: str) -> None:
    address = ipaddress.ip_address(text.partition("%")[0])
    if not all(each.is_global and not each.is_multicast for each in _meanings(address)):
        raise AddressRefused("expected a public address, found one in a private or special network")


def _meanings(address: Address) -> list[Address]:
    """Give the address, and the IPv4 address that an IPv6 one may stand for."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    inside: list[Address] = [each for each in (address.ipv4_mapped, address.sixtofour) if each is not None]
    if address.teredo is not None:
        inside.extend(address.teredo)
    if address in _NAT64 or address in _NAT64_LOCAL:
        inside.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
        return inside  # the prefix itself says nothing
    return [address, *inside] if address.ipv4_mapped is None else inside
