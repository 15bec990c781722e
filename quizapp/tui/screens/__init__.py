"""One screen per file; each draws what a headless value says and turns keys into calls."""
