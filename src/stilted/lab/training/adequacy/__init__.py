"""How the model that reads the source is made: pairs, faults, network, run, export, thresholds, card."""
