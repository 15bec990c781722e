"""``quizapp stats`` and ``quizapp history``: what has been learned, and every review of one item."""

from typing import Any

import click

from quizapp.cli import output
from quizapp.cli.options import chosen_folders, chosen_language, folder_options, json_option, language_option
from quizapp.clock import Clock
from quizapp.text import Text


@click.command()
@json_option
@language_option
@folder_options
@click.pass_context
def stats(ctx: click.Context, as_json: bool) -> None:
    """Show what has been learned and remembered."""
    from quizapp.library import Library
    from quizapp.stats.overview import overview

    with Library.open(chosen_folders(ctx), Clock(), readonly=True) as library:
        figures = overview(library)
        display = chosen_language(ctx, library.settings.language)
    if as_json:
        output.document(figures)
        return
    output.lines(words.shown(display, "\n") for words in _figures(figures))
    output.table(
        [
            tuple(
                words.shown(display, " / ")
                for words in (
                    Text(**area["title"]),
                    Text(f"{area['mastery']:.0%} recalled", f"掌握 {area['mastery']:.0%}"),
                    Text(f"{area['seen']} of {area['items']} met", f"已学 {area['seen']}/{area['items']}"),
                    Text(f"{area['due']} due", f"待复习 {area['due']}"),
                )
            )
            for area in figures["areas"]
        ]
    )
    for mistake in figures["mistakes"]:
        output.line(f"{mistake['times']} × {mistake['skill']}: {mistake['misconception']}")


def _figures(figures: dict[str, Any]) -> list[Text]:
    share, counted = figures["retention"]["share"], figures["retention"]["reviews"]
    none_yet = Text("no reviews yet", "尚无复习记录")
    retention = (
        none_yet if share is None else Text(f"{share:.0%} of {counted} reviews", f"{counted} 次复习中 {share:.0%}")
    )
    return [
        Text(
            f"Answers in all: {figures['reviews']}; today: {figures['today']}.",
            f"累计作答 {figures['reviews']} 次，今天 {figures['today']} 次。",
        ),
        Text(
            f"Items met: {figures['seen']} of {figures['items']}; in long-term review: {figures['in_review']}.",
            f"已学 {figures['seen']} 题，共 {figures['items']} 题，其中 {figures['in_review']} 题进入长期复习。",
        ),
        Text(
            f"Streak: {figures['streak']} {'day' if figures['streak'] == 1 else 'days'}.",
            f"连续学习 {figures['streak']} 天。",
        ),
        Text("Recalled in the last 30 days: ", "近 30 天的记忆保持率：") + retention + Text(".", "。"),
        Text(f"Time: {figures['minutes']:g} min in all.", f"累计用时 {figures['minutes']:g} 分钟。"),
    ]


@click.command()
@click.argument("item")
@json_option
@folder_options
@click.pass_context
def history(ctx: click.Context, item: str, as_json: bool) -> None:
    """Show every review of one item: what was asked, answered, diagnosed, rated, and the memory after it."""
    from quizapp.library import Library
    from quizapp.stats.item_history import item_history

    with Library.open(chosen_folders(ctx), Clock(), readonly=True) as library:
        reviews = item_history(library, item)
    if as_json:
        output.document(reviews)
        return
    if not reviews:
        output.line(f"{item} has not been reviewed yet.")
        return
    rows: list[tuple[Any, ...]] = [
        (
            review["at"][:16].replace("T", " "),
            review["rating"],
            review["verdict"],
            f"{review['memory']['interval']} d",
            f"S {review['memory']['stability']:.2f}",
            (review["misconception"] or review["slip"] or "") + (" (undone)" if review["annulled"] else ""),
            review["answer"],
        )
        for review in reviews
    ]
    output.table(rows)
