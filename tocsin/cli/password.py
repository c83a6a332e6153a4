"""``tocsin password``: the hash of a password, for the configuration."""

from __future__ import annotations

import sys

import click

from archive.errors import BadInput

SHORTEST = 12
"""Characters of a password: shorter ones are found by trying, however they are hashed."""


@click.command("password")
@click.option(
    "--stdin",
    "from_stdin",
    is_flag=True,
    help="Read the password from standard input, one line, for scripts.",
)
def command(from_stdin: bool) -> None:
    """Print the hash of a password, which stands in the configuration in its place: password = "..." of a person in [people].

    The password is asked for twice and shown nowhere.
    """
    from datasette_auth_passwords.utils import hash_password  # it imports Datasette

    said = (
        sys.stdin.readline().rstrip("\r\n")
        if from_stdin
        else click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    )
    if len(said) < SHORTEST:
        raise BadInput(
            f"it has {len(said)} characters",
            thing="the password",
            mend=f"Take {SHORTEST} or more; four words that nobody puts together are easy to keep",
        )
    click.echo(hash_password(said))
    if sys.stdout.isatty():
        click.echo('Write it into the table of the person: password = "pbkdf2_sha256$..."', err=True)
