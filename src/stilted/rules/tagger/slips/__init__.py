"""What editors of documentation would change."""
