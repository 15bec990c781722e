"""``quizapp settings``: what can be set, what it is set to, and setting it."""

import click

from quizapp.cli import diagnostics, output
from quizapp.cli.options import chosen_folders, folder_options, json_option
from quizapp.clock import Clock


@click.command()
@click.argument("name", required=False)
@click.argument("value", required=False)
@json_option
@folder_options
@click.pass_context
def settings(ctx: click.Context, name: str | None, value: str | None, as_json: bool) -> None:
    """Show all settings, show one, or set one: quizapp settings new-per-day 15."""
    from quizapp.library import Library
    from quizapp.settings import READERS, changed, to_text

    with Library.open(chosen_folders(ctx), Clock(), readonly=value is None) as library:
        if name is not None and value is not None:
            library.save_settings(changed(library.settings, name, value))
            diagnostics.note(f"{name} is now {to_text(library.settings, name.replace('-', '_'))}.")
            return
        shown = {key.replace("_", "-"): to_text(library.settings, key) for key in READERS}
    if name is not None:
        if name.replace("_", "-") not in shown:
            from quizapp.errors import UnknownName

            raise UnknownName("setting", name, shown)
        shown = {name.replace("_", "-"): shown[name.replace("_", "-")]}
    if as_json:
        output.document(shown)
        return
    output.table(
        [(key, text, f"({READERS[key.replace('-', '_')][1]})") for key, text in shown.items()],
    )
