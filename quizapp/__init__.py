"""The application: joins the engine's numbers with the content's words, remembers, and talks to people."""
