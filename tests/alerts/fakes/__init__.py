"""Services as their makers document them, on loopback: what is over a limit is refused in their words."""
