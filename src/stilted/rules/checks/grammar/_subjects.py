"""Words that say of a noun that it is, or is not, the subject of a verb, and of which number."""

from __future__ import annotations

from typing import Final

from stilted.rules.checks.grammar._sentence import DETERMINERS, FUNCTION_WORDS, PREPOSITIONS

EITHER_NUMBER: Final = frozenset(
    "team family staff group crew government police company audience rest majority minority number couple pair lot"
    " variety series half none range kind data media army public committee band council club bulk percent percentage"
    " handful minimum maximum total plenty rich poor guys duo trio community timeseries semantics lord god"
    " bourgeoisie proletariat peasantry elite population youth jury clergy nobility electorate leadership"
    " elderly young old unemployed wounded dead"
    " aircraft spacecraft fish sheep deer offspring".split()
)
QUANTIFIERS: Final = frozenset("all both some any most many several such".split())
CLOSED: Final = FUNCTION_WORDS | DETERMINERS | PREPOSITIONS | QUANTIFIERS
CLASSES: Final = frozenset("ruling working middle upper lower".split())
"""What makes people of a class, which are one or many."""
NO_SUBJECT: Final = PREPOSITIONS | {"and", "or", "nor", "than", "as", "-ing", "&", "/", "plus"}
"""What stands left of a noun that is not, or not alone, what the verb is about."""
DOUBTFUL: Final = frozenset("series means species lot lots see make let include build like be are am".split())
"""Words whose number, or which part of speech they are, the tagger knows too little of to judge them alone."""
