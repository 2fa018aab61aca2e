"""What the rule shows: found at the marks, at the default sensitivity, by the model that is shipped."""

from __future__ import annotations

from typing import Final

from stilted.core.model import Example

BAD: Final = (
    Example.of(
        "The company <v>opened the knife</v> on the prices last week.",
        reference="The company slashed its prices last week.",
    ),
    Example.of(
        "He <v>eats the vinegar</v> of his colleague every day.",
        reference="He is jealous of his colleague every day.",
    ),
    Example.of(
        "The mayor said to <v>do well the work of autumn harvest</v>.",
        reference="The mayor called for a good autumn harvest.",
    ),
)

GOOD: Final = (
    Example.of("The bridge was closed for repairs on Monday."),
    Example.of("They walked home through the rain."),
    Example.of("He reads the newspaper every morning.", reference="Every morning he reads the newspaper."),
)
