"""Benches that anyone with the public data can run."""
