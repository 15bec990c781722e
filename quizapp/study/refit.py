"""Fitting the memory model to a person: new parameters are kept only if they predict the later reviews better."""

from quizapp.library import Library
from quizapp.scheduling.fit import Fit, fit
from quizapp.scheduling.model import Log
from quizapp.scheduling.replay import replay

COLUMNS = ("item", "rating", "at", "day", "after_interval")


def refit(library: Library) -> Fit:
    """Fit the parameters to the whole log; if they are kept, every state is folded anew under them.

    Intervals that were promised stay as they are: what changes is how well an item is thought to be remembered,
    and every interval from the next review on.
    """
    columns = tuple(zip(*library.store.log(*COLUMNS), strict=True)) or ((),) * len(COLUMNS)
    log = Log(*columns)
    settings = library.settings
    result = fit(log, settings.parameters, relearning_steps=len(settings.relearning_steps))
    if result.kept:
        zone = library.clock.now().tzinfo
        if zone is None:
            raise ValueError("the clock must give aware times")
        library.save_parameters(result.parameters)
        library.store.rebuild(lambda _: replay(log, library.settings, zone).items())
    return result
