"""All content: read, checked, compiled and searchable. The only place that knows YAML.

``yaml_reader`` → ``loader`` (models, errors with their places) → ``check`` (lint) and ``index`` (a compiled SQLite file
that a start reads without YAML or pydantic) → ``catalogue`` (what the rest of the application asks).
"""
