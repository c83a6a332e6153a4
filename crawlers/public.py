"""What is an address of the public network, and what is one in the house."""

from __future__ import annotations

import ipaddress


def is_public(address: str) -> bool:
    """Whether an address is one of the public network: not of this machine, a private or link-local network, a group. Raises ``ValueError`` for a
    name."""
    ip = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    judged = mapped or ip
    return judged.is_global and not judged.is_multicast
