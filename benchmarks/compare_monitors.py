"""The whole Commerce Control List compared, beside the differs of two programs that watch pages: webchanges and changedetection.io.

    python -m benchmarks.compare_monitors [--rounds 3] [--json]

Each is installed into an environment of its own, for this run; where that fails its row says why. What is measured is the function that makes the report,
in a process that has loaded everything before: lines that went and came as text (webchanges' default differ), and the same with its changed words marked
(changedetection's). In each round they and ours go in turn, in processor time, the best of the rounds each.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.apart import Apart, NotInstalled, Peer
from benchmarks.compare_ccl import COMPARED, loaded, ours, text
from benchmarks.table import Row, Table, options

PEERS = (
    Peer(
        name="webchanges, unified differ",
        packages=("webchanges",),
        script="""
from types import SimpleNamespace
from webchanges.differs import UnifiedDiffer
job = SimpleNamespace(additions_only=None, deletions_only=None, contextlines=None)
def task(old, new):
    state = SimpleNamespace(job=job, old_data=old, new_data=new, old_timestamp=1, new_timestamp=2, verb="")
    assert UnifiedDiffer(state).differ({}, "plain")["plain"]
""",
    ),
    Peer(
        name="changedetection.io, words marked",
        packages=("changedetection.io", "loguru", "diff-match-patch"),
        bare=True,
        # Its package starts a web server's libraries when it is imported; its differ needs none of them.
        script="""
import importlib.util, sys, types
package = types.ModuleType("changedetectionio")
package.__path__ = importlib.util.find_spec("changedetectionio").submodule_search_locations
sys.modules["changedetectionio"] = package
from changedetectionio.diff import render_diff
from loguru import logger
logger.remove()
def task(old, new):
    assert render_diff(old, new, word_diff=True)
""",
    ),
)

FOUND = "it finds lines that differ: no unit moved or renumbered, no limit, nothing of what is editorial"


def main() -> None:
    arguments = options(__doc__)
    arguments.add_argument("--rounds", type=int, default=3)
    given = arguments.parse_args()
    what, before, after = loaded()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old, new = folder / "old.txt", folder / "new.txt"
        old.write_text(text(before), encoding="utf-8")
        new.write_text(text(after), encoding="utf-8")
        running: dict[str, Apart] = {}
        rows = []
        for at, peer in enumerate(PEERS):
            try:
                running[peer.name] = Apart(peer, folder / f"peer{at}", old, new)
            except NotInstalled as error:
                rows.append(Row(work=COMPARED, ours=None, beside=peer.name, note=f"not installed: {error}"))
        own, best = float("inf"), dict.fromkeys(running, float("inf"))
        for _ in range(given.rounds if running else 0):
            own = min(own, ours(before, after))
            for peer_name, process in running.items():
                best[peer_name] = min(best[peer_name], process.seconds())
        for process in running.values():
            process.close()
    rows += [
        Row(work=COMPARED, ours=own, beside=peer_name, peer=seconds, ratio_at_most=1.0, note=FOUND)
        for peer_name, seconds in best.items()
    ]
    Table(about=what, rows=tuple(rows)).show(as_json=given.json)


if __name__ == "__main__":
    main()
