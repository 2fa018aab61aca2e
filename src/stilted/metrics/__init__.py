"""How alike two texts are: scores of a corpus with their signatures, and of a sentence."""
