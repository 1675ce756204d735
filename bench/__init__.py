"""Measurements, one module a claim, each with ``measure(*, size)``: ``python -m bench``."""
