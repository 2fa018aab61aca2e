"""Nouns and tools that know nothing of rules, files or screens."""
