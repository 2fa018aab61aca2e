"""Tell whether an English translation is good, and which words no native writer would have chosen."""

__version__ = "0.1.0"
