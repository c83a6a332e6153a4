"""A peer that cannot be installed is said, and nothing breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.apart import Apart, NotInstalled, Peer


def test_a_peer_that_nobody_offers_is_not_installed(tmp_path: Path) -> None:
    with pytest.raises(NotInstalled, match="ERROR"):
        Apart(
            Peer(name="x", packages=("--no-index", "tocsin-peer-of-nobody"), script=""),
            tmp_path / "environment",
            tmp_path / "old",
            tmp_path / "new",
        )


def test_a_peer_that_does_not_start_says_why_and_one_that_does_is_timed(tmp_path: Path) -> None:
    texts = tmp_path / "old", tmp_path / "new"
    for path in texts:
        path.write_text("words\n", encoding="utf-8")
    with pytest.raises(NotInstalled, match="ImportError: gone"):
        Apart(Peer(name="x", packages=(), script="raise ImportError('gone')"), tmp_path / "one", *texts)
    peer = Apart(
        Peer(name="x", packages=(), script="def task(old, new): assert old == new == 'words\\n'"),
        tmp_path / "two",
        *texts,
    )
    try:
        assert peer.seconds() >= 0
        assert peer.seconds() >= 0
    finally:
        peer.close()
