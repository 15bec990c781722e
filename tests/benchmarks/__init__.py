"""The speed figures of the design, each as a ratio of two things measured side by side. Never part of the verdict.

Run all with ``python -m tests.benchmarks``, some with ``python -m tests.benchmarks startup answers``.
"""
