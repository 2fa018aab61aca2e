"""Many files, many rows, many processes."""
