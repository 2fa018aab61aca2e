"""How the shipped model is trained, exported and tuned."""
