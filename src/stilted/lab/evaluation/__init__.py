"""How often is it right: measures against human annotations."""
