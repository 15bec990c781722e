"""Content Markdown and LaTeX formulas, rendered for a terminal: pure functions from text to rows of cells."""
