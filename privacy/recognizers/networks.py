"""Addresses of machines and of money on a chain: IP, MAC, cryptocurrency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address

from stdnum import bitcoin

from ..findings import Finding
from .rule import any_word, before

_IPV4 = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)")
_IPV6 = re.compile(r"(?<![\w:.])[0-9a-f:]{3,39}(?:(?:\d{1,3}\.){3}\d{1,3})?(?:%\w+)?(?![\w:])", re.IGNORECASE)
_MAC = re.compile(
    r"(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])|(?<![\w.])(?:[0-9a-f]{4}\.){2}[0-9a-f]{4}(?![\w.])",
    re.IGNORECASE,
)
_BITCOIN = re.compile(r"(?<!\w)(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[02-9ac-hj-np-z]{11,71})(?!\w)")
_ETHEREUM = re.compile(r"(?<!\w)0x[0-9a-fA-F]{40}(?!\w)")
_OTHER_COINS = re.compile(
    r"(?<!\w)(?:4[0-9AB][1-9A-HJ-NP-Za-km-z]{93}|[LM][1-9A-HJ-NP-Za-km-z]{26,33}|ltc1[02-9ac-hj-np-z]{11,71}|"
    r"D[5-9A-HJ-NP-U][1-9A-HJ-NP-Za-km-z]{32}|r[1-9A-HJ-NP-Za-km-z]{24,34}|T[1-9A-HJ-NP-Za-km-z]{33}|"
    r"[1-9A-HJ-NP-Za-km-z]{43,44}|addr1[02-9ac-hj-np-z]{50,110})(?!\w)"
)
_VERSIONS = any_word(r"version|release|firmware|v|build|section|chapter|§")
_COINS = any_word(
    r"bitcoin|btc|ethereum|eth|litecoin|ltc|monero|xmr|dogecoin|doge|solana|sol|ripple|xrp|tron|trx|usdt|cardano|ada|"
    r"wallet|crypto|coin"
)


def networks(text: str) -> Iterator[Finding]:
    """IP and MAC addresses by their rules; wallets by check digits, by shape, or by what stands before them."""
    for pattern in (_IPV4, _IPV6):
        for match in pattern.finditer(text):
            if _is_ip(match.group().partition("%")[0]) and not _VERSIONS.search(
                text[max(0, match.start() - 12) : match.start()]
            ):
                yield Finding(match.start(), match.end(), "IP_ADDRESS", 0.95)
    for match in _MAC.finditer(text):
        yield Finding(match.start(), match.end(), "MAC_ADDRESS", 0.95)
    for match in _BITCOIN.finditer(text):
        if bitcoin.is_valid(match.group()) or _COINS.search(before(text, match.start())):
            yield Finding(match.start(), match.end(), "CRYPTO", 0.95)
    for match in _ETHEREUM.finditer(text):
        yield Finding(match.start(), match.end(), "CRYPTO", 0.95)
    for match in _OTHER_COINS.finditer(text):
        if _COINS.search(before(text, match.start())):
            yield Finding(match.start(), match.end(), "CRYPTO", 0.9)


def _is_ip(text: str) -> bool:
    """Whether this is an address of somebody's machine: not a time, not "a::b" in code, not this machine.

    >>> [_is_ip(t) for t in ("203.0.113.77", "2001:db8::1", "11:34:35", "a::b", "127.0.0.1", "999.1.1.1")]
    [True, True, False, False, False, False]
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if ":" in text and (len(text) < 6 or not any(c.isdigit() for c in text)):
        return False
    return not (address.is_loopback or address.is_unspecified or text.startswith("255."))
