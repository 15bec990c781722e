"""``quizapp due``: what is to be done today. Answered from two SQLite files; nothing heavy is imported."""

import click

from quizapp.cli import output
from quizapp.cli.options import chosen_folders, chosen_language, folder_options, json_option, language_option
from quizapp.clock import Clock
from quizapp.text import Text


@click.command()
@click.option("--deck", help="Only this deck.")
@json_option
@language_option
@folder_options
@click.pass_context
def due(ctx: click.Context, deck: str | None, as_json: bool) -> None:
    """Say what is due today."""
    from quizapp.library import Library

    with Library.open(chosen_folders(ctx), Clock(), readonly=True) as library:
        today = library.today(deck)
        display = chosen_language(ctx, library.settings.language)
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
    counted = Text(
        f"{today.due} due, {today.learning} in learning, {today.new} new: about {today.minutes:g} min.",
        f"复习 {today.due} 题，学习中 {today.learning} 题，新题 {today.new} 道，约 {today.minutes:g} 分钟。",
    )
    something = today.due or today.new or today.learning
    output.line((counted if something else Text("Nothing is due.", "目前没有到期的题目。")).shown(display, "\n"))
    rows = [
        (
            one.deck,
            *(
                words.shown(display, " / ")
                for words in (
                    Text(f"{one.due} due", f"复习 {one.due}"),
                    Text(f"{one.learning} learning", f"学习中 {one.learning}"),
                    Text(f"{one.new} new", f"新题 {one.new}"),
                    one.title,
                )
            ),
        )
        for one in today.decks
        if one.due or one.learning or one.new
    ]
    output.table(rows)
