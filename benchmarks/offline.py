"""Does anything try to leave this machine while the tests run? keepsake bench offline [TESTS ...], all of them by default.

The tests run in a network namespace of their own in which only loopback is up. Its kernel counts every packet for which there
was no way, of either protocol, and every question to a name server here that nobody answers. A control first tries to
reach an address and a name outside, and must be counted. What the pages ask for is watched in the browser itself
(`tests/ui/test_silence.py`): it looks up no names but ours. Linux only; without root it needs user namespaces.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

INSIDE = "--inside"
# Chromium asks the kernel of its own accord whether there is a way to this, and sends nothing. In the namespace there is one,
# which leads to loopback: to ask is no attempt, and what is sent there is counted as everywhere
PROBED = "2001:4860:4860::8888/128"
OUTSIDE = (("192.0.2.1", socket.AF_INET), ("2001:db8::1", socket.AF_INET6))  # addresses that nobody has
NAME = "keepsake.invalid"


def attempts() -> int:
    """What found no way out of this namespace since it was made."""
    four = [line.split() for line in Path("/proc/self/net/snmp").read_text().splitlines()]
    named = [
        dict(zip(names[1:], values[1:], strict=True))
        for names, values in zip(four[::2], four[1::2], strict=True)
    ]
    counted = {name: int(value) for protocol in named for name, value in protocol.items() if value.isdigit()}
    six = Path("/proc/self/net/snmp6")
    pairs = (line.split() for line in (six.read_text().splitlines() if six.exists() else ()))
    counted |= {name: int(value) for name, value in pairs}
    return sum(counted.get(name, 0) for name in ("OutNoRoutes", "Ip6OutNoRoutes", "NoPorts", "Udp6NoPorts"))


def control() -> list[int]:
    """How much is counted of three tries that are made on purpose."""
    seen = []
    for address, family in OUTSIDE:
        before = attempts()
        with socket.socket(family, socket.SOCK_STREAM) as trying:
            trying.settimeout(1)
            try:
                trying.connect((address, 443))
            except OSError:
                pass  # that is what is counted
        seen.append(attempts() - before)
    before = attempts()
    try:
        socket.getaddrinfo(NAME, 443)
    except OSError:
        pass
    return [*seen, attempts() - before]


def inside(tests: list[str], report: str) -> int:
    """In the namespace: the control, and then the tests."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["ip", "-6", "route", "add", PROBED, "dev", "lo"], check=True)
    tried, before = control(), attempts()
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", *tests], check=False).returncode
    figures = {"control": tried, "attempts": attempts() - before, "tests ended with": done}
    print(f"control, each at least 1: {tried}; while the tests ran: {figures['attempts']}")
    if report:
        Path(report).write_text(json.dumps(figures) + "\n")
    return 0 if min(tried) and not figures["attempts"] and not done else 1


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tests", nargs="*")
    parser.add_argument("--json", default="")
    parser.add_argument(INSIDE, action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.inside:
        raise SystemExit(inside(arguments.tests, arguments.json))
    if not shutil.which("unshare") or not shutil.which("ip"):
        raise SystemExit("This needs `unshare` (util-linux) and `ip` (iproute2): Linux only.")
    alone = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--net", "--map-root-user"]
    program = [sys.executable, "-P", "-m", "benchmarks.offline", INSIDE, "--json", arguments.json]
    raise SystemExit(subprocess.run([*alone, *program, "--", *arguments.tests], check=False).returncode)


if __name__ == "__main__":
    main()
