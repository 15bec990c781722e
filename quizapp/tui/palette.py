"""What the command palette finds: the actions that can be carried out now, by their names and by what they do."""

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider

from quizapp.i18n import screens as say
from quizapp.text import Language

IN_HELP = 0.5
"""A word of the explanation counts for less than one of the name."""


class AvailableActions(Provider):
    """The application's commands; where none fits, it says so in the language of the interface."""

    async def discover(self) -> Hits:
        """Yield all commands, before anything is typed."""
        for title, explanation, callback, *_ in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(title, callback, help=explanation)

    async def search(self, query: str) -> Hits:
        """Yield the commands whose name or explanation contains what is typed."""
        matcher = self.matcher(query)
        found = False
        for title, explanation, callback, *_ in self.app.get_system_commands(self.screen):
            score = max(matcher.match(title), IN_HELP * matcher.match(explanation))
            if score > 0:
                found = True
                yield Hit(score, matcher.highlight(title), callback, text=title, help=explanation)
        if not found:
            yield Hit(0, say.NO_COMMAND.in_language(_language(self.app)), _nothing)


def _language(app: App[object]) -> Language:
    language: Language = getattr(app, "language", "en")
    return language


def _nothing() -> None:
    """Leave everything as it is."""
