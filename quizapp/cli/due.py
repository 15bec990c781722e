"""``quizapp due``: what is to be done today. Answered from two SQLite files; nothing heavy is imported."""

from typing import Any

import click

from quizapp.cli import output
from quizapp.cli.options import chosen_folders, folder_options, json_option
from quizapp.clock import Clock


@click.command()
@click.option("--deck", help="Only this deck.")
@json_option
@folder_options
@click.pass_context
def due(ctx: click.Context, deck: str | None, as_json: bool) -> None:
    """Say what is due today."""
    from quizapp.library import Library

    with Library.open(chosen_folders(ctx), Clock(), readonly=True) as library:
        today = library.today(deck)
    if as_json:
        output.document(
            {
                "due": today.due,
                "new": today.new,
                "learning": today.learning,
                "minutes": today.minutes,
                "decks": [
                    {
                        "deck": one.deck,
                        "due": one.due,
                        "new": one.new,
                        "learning": one.learning,
                        "unseen": one.unseen,
                    }
                    for one in today.decks
                ],
            }
        )
        return
    output.line(
        f"{today.due} due, {today.learning} in learning, {today.new} new: about {today.minutes:g} min."
        if today.due or today.new or today.learning
        else "Nothing is due."
    )
    rows: list[Any] = [
        (one.deck, f"{one.due} due", f"{one.learning} learning", f"{one.new} new", one.title.en)
        for one in today.decks
        if one.due or one.learning or one.new
    ]
    output.table(rows)
