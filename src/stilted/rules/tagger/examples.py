"""What the rule shows: found at the marks, at the default sensitivity, by the model that is shipped."""

from __future__ import annotations

from typing import Final

from stilted.core.model import Example

BAD: Final = (
    Example.of(
        "The boss said the price is <v>beautiful and welcome to inquire</v>.",
        reference="The owner said the price was good and invited enquiries.",
    ),
    Example.of(
        "The old leader made a speech of great importance and the masses <v>expressed warm clapping</v>.",
        reference="The veteran leader gave an important speech and the crowd applauded warmly.",
    ),
    Example.of(
        "The <v>treatment used the pressing needle combined with heart comfort drugs</v>.",
        reference="Acupressure was combined with tranquillisers.",
    ),
)

GOOD: Final = (
    Example.of("The bridge was closed for repairs on Monday."),
    Example.of("They walked home through the rain."),
    Example.of("He reads the newspaper every morning.", reference="Every morning he reads the newspaper."),
)
