"""The screens: the only place that imports Textual. What they show is decided headless, in ``study`` and ``stats``."""
