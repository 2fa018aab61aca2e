"""What the card of the reader of slips tells beside thresholds and figures."""

from __future__ import annotations

from typing import Any, Final

FIGURES: Final = (
    "3,000 edited sentences and 3,000 that editors left alone, of repositories under other licences, which neither"
    " training nor thresholds saw; a finding is right where it touches anything that the editor changed"
)

ABOUT: Final[dict[str, Any]] = {
    "what": "Marks words of English documentation that an editor would change, and places where a word is missing."
    " Four layers of its own on the two lowest ones of the wording model, int8, on a CPU.",
    "encoder": "the wording model, from all-MiniLM-L6-v2 (sentence-transformers; Apache-2.0)",
    "data": [
        "about 9,900 edits in the history of public documentation repositories under Apache-2.0, MIT, BSD, CC BY and"
        " CC0: each sentence before its edit, with what was changed, and after it, with nothing to change",
        "about 8,900 sentences of the same repositories that the editors left alone",
        "about 34,000 English sentences of documentation of translated projects under such licences, whole or with one"
        " or two faults made on purpose: small words left out or put in, other forms, what editors replaced put back",
    ],
    "command": "python -m stilted.lab.training slips DATA OUT",
    "confidence": "chance that a finding touches something that the editor changed, in sentences that were edited",
    "weak_at": [
        "what the rules of grammar and spelling leave: beside them it raises the share of edits touched from 15.0% to"
        " 20.4% at high sensitivity, and half of the findings that it adds touch an edit; it runs unasked at high only",
        "news, speech and reviews: at high it makes 10 findings in 1,000 words of native English, so that it reads"
        " pages of documentation only",
        "missing articles: most of what it finds are words to change",
        "rare words, which it takes for misspelt ones",
        "matters of taste: editors change much that is not wrong, and it learns their habits",
    ],
    "tried": [
        "9,896 steps more from these weights (72 minutes on one core), two thirds of the first half on 407,634"
        " sentences of manuals by native writers that were spoilt on purpose, then mostly on the edits again:"
        " beside the rules 13.7% of edits touched where 2.7 findings stand in 1,000 words left alone, and 15.3%"
        " where 5.0 do; these weights touch 14.0% at 2.6 and 15.7% at 5.1; averages of both weights do no better",
    ],
}
