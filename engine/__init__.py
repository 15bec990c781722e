"""The engine: numbers without words.

Reference functions, samplers, misconceptions, answer parsing and comparison. It knows nothing of the
application, of people or of disks; it returns values and slugs, and ``content/`` turns those into sentences.
"""
