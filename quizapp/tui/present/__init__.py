"""Pure functions from values to lines of toned text: no application, no Textual, tested by comparing strings."""
