"""What follows a round, however it ended: the heartbeat, and the file of figures. Neither ever fails a round."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import click

from tocsin.config import Config
from tocsin.service import logs
from tocsin.service.heartbeat import beat
from tocsin.service.stopping import Stopped


@dataclass(slots=True)
class Round:
    """One round of the sources: whether every one reached its goal and all that was due was sent."""

    is_whole: bool = False


@contextmanager
def after_round(config: Config) -> Iterator[Round]:
    """A round, to be said whole by who makes it. One that ends with an error was not; of one that was told to stop nothing is said."""
    done = Round()
    try:
        yield done
    except (Stopped, KeyboardInterrupt):
        raise
    except BaseException:
        _follow(config, is_whole=False)
        raise
    _follow(config, is_whole=done.is_whole)


def _follow(config: Config, *, is_whole: bool) -> None:
    if config.service.metrics_file:
        from tocsin.service.figures import write_figures

        _say(write_figures(config))
    _say(beat(config, is_whole=is_whole))


def _say(failure: str) -> None:
    if not failure:
        return
    if logs.is_on():
        logs.log().warning(failure)
    else:
        click.echo(f"warning: {failure}", err=True)
