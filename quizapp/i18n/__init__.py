"""The interface's own words, grouped by module, each a ``Text`` with English and Chinese side by side.

Constants instead of gettext catalogues: ``Text`` has no default for either language, so the type checker proves that
nothing is left untranslated; ``--lang both`` can show the two together; and nothing has to be compiled or installed.
"""
