"""The slip reader: what editors of documentation change, learned from their edits and from faults made on purpose."""
