"""The entry point: the way to the first frame when nothing else is asked for, the command line otherwise."""

import os
import sys
from collections.abc import Sequence

from quizapp.cli import diagnostics, output

COMPLETION = "_QUIZAPP_COMPLETE"
"""Set by a shell that asks what the words typed so far could become."""


def run(arguments: Sequence[str]) -> int | None:
    """Carry out what is asked for and return the exit code."""
    if not arguments and COMPLETION not in os.environ:
        # Without click, which takes a tenth of the time to the first frame only to find that there is nothing to parse.
        from quizapp.cli.folders import existing_folders
        from quizapp.cli.screen import open_screen

        return open_screen(existing_folders())
    from quizapp.cli.commands import cli

    code: int | None = cli.main(args=list(arguments), prog_name="quizapp", standalone_mode=False)
    return code


def main(arguments: list[str] | None = None) -> None:
    """Run the application and exit with its code."""
    output.use_utf8()
    sys.exit(diagnostics.guarded(lambda: run(sys.argv[1:] if arguments is None else arguments)))
