"""What the rule shows: found at the marks, at the default sensitivity, by the model that is shipped."""

from __future__ import annotations

from typing import Final

from stilted.model import Example

BAD: Final = (
    Example.of("The <v>hero city's fireworks gas is back</v>."),
    Example.of("The boss said the price is <v>beautiful and welcome to inquire</v>."),
    Example.of(
        "The treatment used the <v>pressing needle combined with heart comfort drugs</v>.",
        reference="Acupressure was combined with tranquillisers.",
    ),
)

GOOD: Final = (
    Example.of("The bridge was closed for repairs on Monday."),
    Example.of("They walked home through the rain."),
    Example.of("He reads the newspaper every morning.", reference="Every morning he reads the newspaper."),
)
