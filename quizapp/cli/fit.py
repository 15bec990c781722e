"""``quizapp fit``: the memory model's parameters from a person's own reviews."""

import click

from quizapp.cli import output
from quizapp.cli.options import chosen_folders, chosen_language, folder_options, json_option, language_option
from quizapp.clock import Clock
from quizapp.text import Text

REASONS = {
    "better": Text(
        "The new parameters predict your later reviews better and are kept.", "新参数对后期复习的预测更准，已采用。"
    ),
    "not-better": Text(
        "The new parameters would not predict your later reviews better; the old ones stay.",
        "新参数未能更准地预测后期复习，保留原参数。",
    ),
    "too-few-reviews": Text("There are too few reviews to fit yet.", "复习记录太少，暂时无法拟合。"),
}


@click.command()
@json_option
@language_option
@folder_options
@click.pass_context
def fit(ctx: click.Context, as_json: bool) -> None:
    """Fit the memory model to your own reviews. Parameters are only kept if they predict later reviews better."""
    from quizapp.library import Library
    from quizapp.study.refit import refit

    with Library.open(chosen_folders(ctx), Clock()) as library:
        result = refit(library)
        display = chosen_language(ctx, library.settings.language)
    if as_json:
        output.document(
            {
                "kept": result.kept,
                "reason": result.reason,
                "reviews": result.reviews,
                "log_loss_before": result.log_loss_before,
                "log_loss_after": result.log_loss_after,
                "parameters": list(result.parameters),
            }
        )
        return
    output.line(REASONS[result.reason].shown(display, "\n"))
    counted = Text(f"Reviews that count: {result.reviews}.", f"计入的复习：{result.reviews} 次。")
    output.line(counted.shown(display, "\n"))
    if result.log_loss_before is not None and result.log_loss_after is not None:
        output.line(f"log loss {result.log_loss_before:.4f} → {result.log_loss_after:.4f}")
