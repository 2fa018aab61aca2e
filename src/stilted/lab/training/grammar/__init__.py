"""How the data of the grammar and spelling checks are made, from packages that anyone can install."""
