"""One text cut into sentences, or two texts beside each other."""
