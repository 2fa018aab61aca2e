"""The words of English, the frequent ones among them, and which of these an unknown word was meant to be.

Frequent words, with how frequent they are, are read first; the long list of rare ones only when a word is not among
them. NOTICE.md beside this file says where both come from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from stilted.core import packed_lines
from stilted.core.bounded import remember

_FOLDER: Final = Path(__file__).parent
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_PREFIXES: Final = tuple(
    "re un pre de non sub multi auto over mis inter micro anti co super post cross under out up down back front data"
    " meta hyper self pseudo semi trans".split()
)
_SHORTEST_STEM: Final = 4
_OF_SOFTWARE: Final = frozenset(
    "accumulator aggregations aggregator asymmetric authenticators backport backticks benchmarking benchmarks"
    " bidirectional blockchain callbacks certification changelog checkboxes classifier comparator containerized"
    " cosine covariance crawler customizable customizations dashboards dataset datasets datasource deactivate"
    " deactivated deactivates decryption deploying deployments deprecations dereferenced deserialize destructure"
    " destructuring dialogs dispatcher downloading downloads downscaled durations encapsulation encrypting encrypts"
    " endpoint endpoints enqueuing estimator evaluator exclusions footer frontend governance granularity"
    " hierarchically idempotent inbound indexer instantiable instrumentation integrations interchangeably"
    " internationalized interoperability interoperable interpolate lifecycle localizer lookbehind maintainability"
    " mailx minimap minimaps segmenter segmenters"
    " maintainer maintainers makefile makefiles markdown messaging metadata metrics microservice microservices"
    " middleware minimization misconfigured mitigation modularization monorepo multidimensional multiplier"
    " namespacing notifier notifiers observability offline omitted onboarding orchestrator outage outbound paginated"
    " parametrized percentile performant placeholders pluggable plugins polyfill polyfills polymorphism"
    " preconditions preconfigured prefetch prerequisite prerequisites prioritizes programmatic programmatically"
    " quaternary randomized ransomware reachability reboot recalculate recalculates relabeling remediation reordered"
    " reproducible rerun resiliency retrying runnable runtime sandbox scalability scalable scrollable searchable"
    " selectable selenium semantic semantics serialization sidebar sparingly staleness stateful stateless stylesheet"
    " stylesheets subcommand subcommands subdomain subdomains superfluous telemetry templating timestamps"
    " trajectories trajectory triage troubleshooting unavailability uncacheable unchangeable univariate unmapped"
    " unnecessarily unneeded unordered unregistered unzipping upcoming upgradable uploading uploads versioning"
    " visualization visualizations watcher watchers webhooks workflow workflows".split()
)
"""Words that manuals of today use a great deal, and those that were counted hardly or not at all."""
USUAL: Final = 4
FREQUENT: Final = 6
VERY_FREQUENT: Final = 7
"""Binary digits of how often a word stands in the 3.6 million words counted, at least: one that is certainly meant, one
that is meant with two slips, one that is meant by a word of five letters."""
_SHORTEST_FAR: Final = 7
_LONG: Final = 8
_LONGER: Final = 10
"""Letters from which two slips in one word are looked for: where the word has all its letters but one and a very
frequent one is meant, where a frequent one is meant, and where a usual one is."""
_SHORT: Final = 6
"""Letters of a word below which the most frequent one is meant, whatever the slip."""
_BEFORE_WORD: Final = tuple("the this that these and with of are your each which".split())
_AFTER_WORD: Final = tuple("the this that and with of are to is by would will can for from when".split())
"""Words that are written together with a neighbour where a blank got lost; identifiers have others: infile, onload."""
_ONE_WORD: Final = frozenset("groupby orderby sortby foreach".split())
_SHORTEST_NAME: Final = 7
_NAMES: Final = (
    "Alertmanager Ansible Bitbucket Bootstrap Cloudflare Elasticsearch Ethereum Facebook Grafana Hyperledger"
    " Instagram JavaScript Kubernetes Memcached Microsoft OpenStack OpenTelemetry PostgreSQL Prometheus PyTorch"
    " RabbitMQ Raspberry Symfony TensorFlow Terraform TypeScript Wikipedia WordPress"
).split()
"""Names that nobody mistakes for another one when a letter is wrong."""
_OTHER_NAMES: Final = frozenset("factbook fakebook wikimedia".split())
"""Names in their own right that are one letter away from one of these."""


class Guess(NamedTuple):
    """What may have been meant, the likeliest first, how many slips apart it is, and whether it can be nothing else."""

    words: tuple[str, ...]
    slips: int
    is_certain: bool


@cache
def _read_common() -> dict[str, int]:
    """Return the words that most texts are made of, with their frequency; 0 for one that nothing is corrected to."""
    frequencies: dict[str, int] = {}
    for line in packed_lines.read_lines(_FOLDER / "common.xz"):
        word, _, frequency = line.partition("\t")
        frequencies[word] = int(frequency)
    for word in _OF_SOFTWARE:
        frequencies[word] = max(frequencies.get(word, 0), FREQUENT)
    return frequencies


@cache
def _read_rare() -> packed_lines.WordSet:
    return packed_lines.WordSet((_FOLDER / "rare.xz").read_bytes())


@cache
def _group_by_shape() -> dict[tuple[str, str], tuple[tuple[str, int], ...]]:
    """Return frequent words, with their letters as bits, by their first and last letter."""
    shapes: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for word, frequency in _read_common().items():
        if frequency >= USUAL and len(word) >= _SHORTEST_FAR - 2:
            shapes[word[0], word[-1]].append((word, _encode_letters(word)))
    return {shape: tuple(words) for shape, words in shapes.items()}


def list_common() -> Container[str]:
    """Return the words, in lower case, that most texts are made of."""
    return _read_common()


def _encode_letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


def is_frequent(word: str) -> bool:
    """Tell whether a word is among the most frequent ones."""
    return _read_common().get(word, 0) >= VERY_FREQUENT


def is_no_name(word: str) -> bool:
    """Tell whether a word is so long and so plainly a slip that a text may have it with a capital many times."""
    meant = guess_one_slip(word) if len(word) >= _LONG else None
    return meant is not None and meant.is_certain and _read_common()[meant.words[0]] >= FREQUENT


_TOOLS: Final = frozenset(
    "aiohttp antd appender appenders autofs bcrypt bindtags blit blits blitted blitting blufi busybox bytewise casbin"
    " ccache chatbot classpath commonjs compat crawlable cyberattack cyclomatic dayjs debootstrap demuxer demuxers"
    " dfdaemon dracut ecommerce esbuild etcd eventbus facto fallthrough falsey favorited featurize flink flyout"
    " flyouts fontification fontify forma gradle grpc gunicorn hexo hoster hosters hypercorn ification initramfs"
    " intervally iptables iteratee iteratees javaagent javadoc javadocs karaf keras keystore keystores kitex"
    " kubeconfig linted logit logits mainchain mainchains manpage manpages memoize memoized memoizes memtable minikube"
    " mssql muxer muxers mysql nosql nuxt oauth opensearch overlayfs paren parens pathing percona permalink pgsql"
    " pidfile plocate plsql pointcut popstate psql pubsub qcow redist refcounted reportee resharding reviewee"
    " reviewees scrypt semver serde shoutout sqlite squashfs starlette sudo swimlane templated templatize themer"
    " themers timestep timesteps tmpfs triager triagers tsql tuplet tuplets typeof uniq uniquify unminified upserted"
    " uvicorn uvloop vitest webpack yaml zypper".split()
)
"""Names and terms that manuals write small, and that no dictionary has."""


@remember(200_000)
def is_known(word: str) -> bool:
    """Tell whether the word, in lower case, is English, an inflected form or a compound of English."""
    if word in _read_common() or word in _read_rare() or word in _TOOLS:
        return True
    if word.endswith("s") and not word.endswith("ss"):
        stem = word[:-1]
        if (stem in _read_common() or stem in _read_rare()) and stem[-1] not in "sxz":
            return True
        if word.endswith(("ses", "xes", "zes", "ches", "shes")) and (
            word[:-2] in _read_common() or word[:-2] in _read_rare()
        ):
            return True
    if (british := _BRITISH.search(word)) and is_known(f"{word[: british.start()]}iz{british[1]}"):
        return True
    if word.endswith("able") and _may_make_adjective(word[: -len("able")]):
        return not any(each.endswith("ble") and _read_common().get(each, 0) > 0 for each in _make_one_slip(word))
    if word.endswith("d") and not word.endswith("ed") and (word[:-1] in _read_common() or word[:-1] in _read_rare()):
        return True  # the name of a daemon
    return any(
        word.startswith(prefix)
        and len(word) - len(prefix) >= _SHORTEST_STEM
        and _read_common().get(word[len(prefix) :], 0) > 0
        for prefix in _PREFIXES
    )


_BRITISH: Final = re.compile("is(e|ed|es|er|ers|ing|ation|ations|able)$")


def _may_make_adjective(stem: str) -> bool:
    """Tell whether a verb in use stands before “-able”: in listable, unlistable and retriable, not in cachable."""
    forms = [stem] if not stem.endswith("e") else []
    forms += [f"{stem}e"] if not stem.endswith(("c", "e", "g")) else []
    forms += [f"{stem[:-1]}y"] if stem.endswith("i") else []
    if any(_read_common().get(form, 0) > 0 for form in forms):
        return True
    return stem.startswith(("un", "re")) and len(stem) > _SHORTEST_STEM + 1 and _may_make_adjective(stem[2:])


_MEANT: Final = {
    "annoted": "annotated", "avaible": "available", "beging": "being", "bented": "bent", "binded": "bound",
    "groupe": "group", "groupes": "groups", "gziped": "gzipped", "hidded": "hidden", "passwort": "password",
    "preseted": "preset", "refere": "refer", "reseted": "reset", "resetted": "reset",
    "textfile": "text file", "textfiles": "text files", "unbinded": "unbound", "rebinded": "rebound",
}  # fmt: skip
"""Words whose nearest neighbours are not what anybody means by them."""
_LONGEST: Final = 40
"""Letters beyond which nothing is a slip of a word: trying them all would take the square of the letters."""


def guess(word: str) -> Guess | None:
    """Return what an unknown word, in lower case, was meant to be; None where that is anybody's guess."""
    if len(word) > _LONGEST:
        return None
    return guess_one_slip(word) or _guess_farther(word)


@remember(50_000)
def guess_one_slip(word: str) -> Guess | None:
    """Return what an unknown word was meant to be where one slip made it of a frequent one with the same first letter.

    No other guess is certain.
    """
    if len(word) > _LONGEST:
        return None
    if word in _MEANT:
        return Guess((_MEANT[word],), 1, is_certain=False)
    common = _read_common()
    near = [each for each in common.keys() & _make_one_slip(word) if each[0] == word[0] and common[each] > 0]
    if not near:
        return None
    best = sorted(near, key=lambda each: (-_rate_slip(word, each), -common[each], each))
    # “Setings” is rather “settings” than a rare word, however likely the slip that makes it of that.
    usual = max(common[each] for each in best)
    best.sort(key=lambda each: common[each] + _FAR_MORE <= usual)
    if len(word) < _SHORT:  # “Simle” is rather “simple” than “smile”.
        best.sort(key=lambda each: -common[each] if common[each] >= VERY_FREQUENT else 0)
    # “Ontains” is one letter from “obtains”, and one from “contains”.
    heads = sorted(
        (each for each in _restore_first_letter(word) if common.get(each, 0) > 0),
        key=lambda each: (-common[each], each),
    )
    is_alone = len(best) == 1 or (
        _rate_slip(word, best[0]) == _LIKELIEST and common[best[0]] >= common[best[1]] + _FAR_MORE
    )
    apart = _guess_lost_blank(word)
    if apart is not None:  # “lampis” is rather “lamp is” than “lamps”
        return Guess((*apart.words, *best[:2]), 1, is_certain=False)
    is_certain = is_alone and common[best[0]] >= USUAL and not heads
    return Guess((*best[: 3 - len(heads[:1])], *heads[:1]), 1, is_certain)


@remember(50_000)
def _guess_farther(word: str) -> Guess | None:
    return _guess_lost_blank(word) or _guess_lost_first_letter(word) or _guess_two_slips(word)


def _guess_lost_blank(word: str) -> Guess | None:
    """Look for two words of which one is in every text: thebeginning, triggeredby."""
    if word in _ONE_WORD:
        return None
    for each in _BEFORE_WORD:
        if word.startswith(each) and is_frequent(word[len(each) :]) and len(word) - len(each) >= _SHORTEST_STEM:
            return Guess((f"{each} {word[len(each) :]}",), 1, is_certain=False)
    for each in _AFTER_WORD:
        if word.endswith(each) and is_frequent(word[: -len(each)]) and len(word) - len(each) >= _SHORTEST_STEM:
            return Guess((f"{word[: -len(each)]} {each}",), 1, is_certain=False)
    return None


def _guess_lost_first_letter(word: str) -> Guess | None:
    common = _read_common()
    guesses = [each for each in _restore_first_letter(word) if common.get(each, 0) > USUAL]
    best = sorted(guesses, key=lambda each: (-common[each], each))
    return Guess(tuple(best[:3]), 1, is_certain=False) if best else None


def _guess_two_slips(word: str) -> Guess | None:
    if len(word) < _SHORTEST_FAR or not word.isascii():
        return None
    if _is_made_of_two(word):
        return None
    common, letters = _read_common(), _encode_letters(word)
    least = VERY_FREQUENT if len(word) < _LONG else FREQUENT if len(word) < _LONGER else USUAL
    far = [
        each
        for each, others in _group_by_shape().get((word[0], word[-1]), ())
        if _are_letters_alike(letters, others, len(word)) and common[each] >= least and _are_two_slips_apart(word, each)
    ]
    best = sorted(far, key=lambda each: (-common[each], each))
    return Guess(tuple(best[:3]), 2, is_certain=False) if far else None


def _is_made_of_two(word: str) -> bool:
    """Tell whether two frequent words make one, as a writer may coin: a lampshelf is no slip of another word."""
    places = range(_SHORTEST_STEM, len(word) - _SHORTEST_STEM + 1)
    return any(is_frequent(word[:at]) and is_frequent(word[at:]) for at in places)


def _are_letters_alike(letters: int, others: int, length: int) -> bool:
    """Tell whether two slips may make one word of the other; a short one, at that, has lost no more than a letter."""
    different = (letters ^ others).bit_count()
    if length < _LONG:
        return different <= 1 and letters | others == others
    return different <= _DIFFERENT


_DIFFERENT: Final = 4
"""Letters that only one of two words has, at most, where two slips make one of the other."""


_LIKELIEST: Final = 2
"""How likely a doubled letter or two that changed places are, as of `_rate_slip`."""
_FAR_MORE: Final = 5
"""Binary digits by which a word that such a slip makes is more frequent than any other that may be meant."""


@remember(50_000)
def find_name_meant(word: str) -> str | None:
    """Return the name that an unknown word, in lower case, is one slip away from.

    Two slips are too many, since names are made of the same few words, and one that goes on is another name:
    Terraformed, Cloudflared.
    """
    if not _SHORTEST_NAME <= len(word) <= _LONGEST or word in _OTHER_NAMES:
        return None
    for name in _NAMES:
        meant = name.lower()
        if word[0] != meant[0] or abs(len(word) - len(meant)) > 1 or word.startswith(meant):
            continue
        if word in _make_one_slip(meant):
            return name
    return None


def _rate_slip(word: str, other: str) -> int:
    """Return how likely this slip is: a letter doubled or not, two that changed places, then any other."""
    if sorted(word) == sorted(other):
        return _LIKELIEST
    squeezed = "".join(a for a, b in zip(word, f"{word[1:]} ", strict=True) if a != b)
    if squeezed == "".join(a for a, b in zip(other, f"{other[1:]} ", strict=True) if a != b):
        return _LIKELIEST
    return 1 if word[-1] == other[-1] else 0


def _restore_first_letter(word: str) -> set[str]:
    """Return what the word is when its first letter was left out."""
    return {letter + word for letter in _LETTERS}


def _make_one_slip(word: str) -> set[str]:
    spellings: set[str] = set()
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        spellings.update(head + letter + tail for letter in _LETTERS)
        if tail:
            spellings.add(head + tail[1:])
            spellings.update(head + letter + tail[1:] for letter in _LETTERS)
            if len(tail) > 1:
                spellings.add(head + tail[1] + tail[0] + tail[2:])
    spellings.discard(word)
    return spellings


def _are_two_slips_apart(word: str, other: str) -> bool:
    """Tell whether at most two letters were left out, added, mistaken or made to change places."""
    if abs(len(word) - len(other)) > 2:
        return False
    earlier: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        now = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == wanted:
                cost = min(cost, earlier[column - 2] + 1)
            now.append(cost)
        if min(now) > 2:
            return False
        earlier, last = last, now
    return last[-1] <= 2
