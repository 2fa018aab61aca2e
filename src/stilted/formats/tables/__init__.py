"""Tables: CSV and TSV files, and rows of JSON Lines."""
