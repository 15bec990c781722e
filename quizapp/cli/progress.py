"""``quizapp stats`` and ``quizapp history``: what has been learned, and every review of one item."""

from typing import Any

import click

from quizapp.cli import output
from quizapp.cli.options import chosen_folders, folder_options, json_option
from quizapp.clock import Clock


@click.command()
@json_option
@folder_options
@click.pass_context
def stats(ctx: click.Context, as_json: bool) -> None:
    """Show what has been learned and remembered."""
    from quizapp.library import Library
    from quizapp.stats.overview import overview

    with Library.open(chosen_folders(ctx), Clock(), readonly=True) as library:
        figures = overview(library)
    if as_json:
        output.document(figures)
        return
    retention = figures["retention"]["share"]
    output.lines(
        [
            f"Reviews in all: {figures['reviews']}; today: {figures['today']}.",
            f"Items met: {figures['seen']} of {figures['items']}; in long-term review: {figures['in_review']}.",
            f"Streak: {figures['streak']} days.",
            "True retention, last 30 days: "
            + ("no reviews yet." if retention is None else f"{retention:.0%} of {figures['retention']['reviews']}."),
            f"Time: {figures['minutes']:g} min in all.",
        ]
    )
    output.table(
        [
            (area["title"]["en"], f"{area['mastery']:.0%}", f"{area['seen']}/{area['items']} met", f"{area['due']} due")
            for area in figures["areas"]
        ]
    )
    for mistake in figures["mistakes"]:
        output.line(f"{mistake['times']} × {mistake['skill']}: {mistake['misconception']}")


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
