"""libyaml's words for syntax errors, said plainly."""

from typing import Any, Final

# What libyaml says → what is wrong and how to mend it. The first fragment that occurs in its message counts.
PLAIN_WORDS: Final = (
    ("cannot start any token", "this character can't begin a value (tab, @, ` or %)", "indent with spaces; quote text"),
    ("tab character", "a tab where spaces must stand", "indent with spaces"),
    ("unexpected end of stream", "a quote that is opened here is never closed", "close the quote"),
    ("while scanning a quoted scalar", "this quoted text does not end as it should", "close the quote on its line"),
    ("unknown escape character", "an unknown backslash escape inside double quotes", "use single quotes for LaTeX"),
    ("hexdecimal", "a malformed backslash escape inside double quotes", "use single quotes for LaTeX"),
    ("Unicode character escape", "a backslash escape that is no character", "use single quotes for LaTeX"),
    ("mapping values are not allowed", "a colon followed by a space inside plain text", "put the text in quotes"),
    ("could not find expected ':'", "a name without a colon after it", "write name: value"),
    ("did not find expected key", "a line here does not fit: wrong indentation, a missing comma, or text after a quote",
     "line the names up below one another; quote text that contains : { } [ ] , or #"),
    ("did not find expected '-' indicator", "a list entry is not lined up with the others", "line the dashes up"),
    ("did not find expected ',' or", "a { or [ is not closed, or a comma is missing", "close it, or quote the text"),
    ("did not find expected node content", "a value is missing here", "write a value or quote the text"),
    ("block sequence entries are not allowed", "a list can't begin here", "put the dash on a line of its own"),
    ("did not find expected <document start>", "text after the end of the document", "quote text that begins a line"),
    ("nests deeper", "it nests too deep", "a deck needs five levels"),
)  # fmt: skip


def explain_syntax(error: Any) -> tuple[int, int, str, str]:
    """Return line and column from 0, what is wrong and how to mend it, for a yaml.MarkedYAMLError."""
    said = " ".join(part for part in (error.problem, error.context) if part)
    mark = error.problem_mark or error.context_mark
    found = next((words for words in PLAIN_WORDS if words[0] in said), ("", f"this is not YAML ({said})", ""))
    if found[0] == "unexpected end of stream" and error.context_mark:
        # The end of the file tells nothing: the quote stands where it was opened.
        mark = error.context_mark
    return (mark.line, mark.column, *found[1:]) if mark else (0, 0, *found[1:])
