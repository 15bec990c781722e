"""The command line. ``output`` owns all of stdout, ``diagnostics`` all of stderr and the exit codes."""
