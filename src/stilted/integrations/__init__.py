"""Checks that other programs load; nothing here is imported unless one of them asks for it."""
