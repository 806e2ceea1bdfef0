"""API-12: a webhook reaches public addresses over https and nothing else, and the address that was checked."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.webhooks import posting, schedule, targets
from helpdesk.webhooks.targets import Refused, checked, is_public

PRIVATE = [
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.1.2.3",
    "168.63.129.16",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "nonsense",
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "52.94.236.248", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e"]


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    from helpdesk.core.config import config
    from infra.schema import environment

    for name, value in environment(WEBHOOK_TARGETS_ALLOWED="").items():
        monkeypatch.setenv(name, value)
    config.cache_clear()
    yield
    config.cache_clear()


def resolves_to(monkeypatch, *addresses):
    asked = []

    def getaddrinfo(host, port, **_options):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(targets.socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize("address", PRIVATE)
def test_api12_addresses_that_are_not_public_are_refused(monkeypatch, address):
    assert not is_public(address)
    resolves_to(monkeypatch, address)
    with pytest.raises(Refused) as refused:
        checked("https://hook.example.org/")
    assert refused.value.code == "private_address"
    resolves_to(monkeypatch, "8.8.8.8", address)
    with pytest.raises(Refused):  # one good address does not make the name a good one
        checked("https://hook.example.org/")


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass_and_are_looked_up_once(monkeypatch, address):
    asked = resolves_to(monkeypatch, address)
    target = checked("https://hook.example.org:8443/a?b=c#d")
    assert (target.address, target.host, target.port, target.path) == (address, "hook.example.org", 8443, "/a?b=c")
    assert asked == ["hook.example.org"]


@given(st.ip_addresses(v=4))
def test_no_private_address_is_public_in_any_disguise(ip):
    if ip.is_private:
        assert not is_public(str(ip))
    packed = int(ip)
    for disguise in (0xFFFF << 32, 0x64FF9B << 96, 0x2002 << 112):
        shifted = packed << 80 if disguise == 0x2002 << 112 else packed
        assert not is_public(str(ipaddress.IPv6Address(disguise | shifted)))


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://hook.example.org/", "not_https"),
        ("ftp://hook.example.org/", "not_a_url"),
        ("https://", "not_a_url"),
        ("https://hook.example.org:0/", "not_a_url"),
        ("https://hook.example.org:99999/", "not_a_url"),
        ("https://[::1/", "not_a_url"),
        ("https://hook.example.org/\r\nX: y", "not_a_url"),
        ("https://hook.example.org/ a", "not_a_url"),
        ("https://höök.example.org/", "not_a_url"),
        ("https://user:pass@hook.example.org/", "user_in_url"),
        ("https://hook.example.org@evil.example.org/", "user_in_url"),
        ("https://hook.example.org:22/", "port"),
        ("https://hook.example.org:25/", "port"),
        ("https://hook.example.org/" + "x" * 2000, "not_a_url"),
    ],
)
def test_urls_that_are_none(monkeypatch, url, code):
    resolves_to(monkeypatch, "8.8.8.8")
    with pytest.raises(Refused) as refused:
        checked(url)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "localhost", "[::1]", "[::ffff:7f00:1]"]
)
def test_odd_spellings_of_loopback_are_refused(host):
    with pytest.raises(Refused):
        checked(f"https://{host}/")


def test_a_name_without_an_address_and_a_resolver_that_hangs(monkeypatch):
    import threading

    resolves_to(monkeypatch)
    with pytest.raises(Refused, match="has no address"):
        checked("https://hook.example.org/")
    held = threading.Event()
    monkeypatch.setattr(targets.socket, "getaddrinfo", lambda *_, **__: held.wait(20) and [])
    with pytest.raises(Refused, match="has no address"):
        checked("https://hook.example.org/", 0.05)
    held.set()


def test_it_connects_to_the_address_that_was_checked(monkeypatch):
    """DNS rebinding: the second answer of the name is never asked for."""
    asked, reached = resolves_to(monkeypatch, "8.8.8.8"), []

    def connect(place, _timeout):
        reached.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(posting.socket, "create_connection", connect)
    outcome = posting.post("https://hook.example.org/", b"{}", {})
    assert reached == [("8.8.8.8", 443)]
    assert asked == ["hook.example.org"]
    assert (outcome.http_status, outcome.error) == (None, "the connection was refused")


def test_a_name_that_turned_private_is_refused_at_delivery(monkeypatch):
    resolves_to(monkeypatch, "169.254.169.254")
    outcome = posting.post("https://hook.example.org/", b"{}", {})
    assert (outcome.delivered, "not a public address" in outcome.error) == (False, True)


def test_the_schedule_lasts_a_day_at_least():
    for _ in range(200):
        waits = [schedule.wait_after(tries) for tries in range(1, schedule.TRIES)]
        assert 24 * 3600 <= sum(waits) <= 32 * 3600
        assert schedule.wait_after(schedule.TRIES) is None
    assert schedule.wait_after(1, asked=10**6) == schedule.MOST_ASKED
