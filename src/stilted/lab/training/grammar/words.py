"""The words of the spelling check: SCOWL's by size, counted in manuals, and words of computing that it lacks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from stilted.core import packed_lines

SIZES: Final = (10, 20, 35, 40, 50, 55, 60, 70, 80)
_SPELLINGS: Final = (
    "english american british british_z canadian australian variant_1 variant_2 variant_3 british_variant_1"
    " british_variant_2 canadian_variant_1 canadian_variant_2 australian_variant_1 australian_variant_2"
).split()
_MAIN: Final = ("english", "american", "british", "british_z")
_LISTS: Final = ("words", "upper", "proper-names", "abbreviations", "contractions")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_WORD: Final = re.compile(r"(?<![\w.])[a-z]+(?![\w(])")
_MEANT: Final = 20
"""Times that the manuals have a word that corrections may aim at, though SCOWL does not call it frequent."""
_FRAGMENTS: Final = frozenset(
    "aren couldn didn doesn don hadn hasn haven isn mightn mustn needn shan shouldn wasn weren wouldn".split()
)
"""What is left of doesn't and the like where the apostrophe parts words; nothing is corrected to it."""
_COMPUTING: Final = """
scroller scrollers rightwing leftwing matcha collab collabs nodejs signin signout sharding linting linter linters
sharded shard callee callees embedder passwd autoscaling autoscaler gzipped unregister hostnames usernames dropdown
dropdowns tooltip tooltips webhook webhooks changelog changelogs submodule submodules symlink symlinks tokenizer
tokenizers serializer serializers deserializer deserialize scraper scrapers uploader uploaders dockerized
containerized containerize kubelet kubectl microservice microservices middleware middlewares frontend frontends
backend backends fullstack devops tracee tracees configmap configmaps kerning gzip gunzip rollout rollouts rollback
rollbacks failover failovers failback changeset changesets codebase codebases monorepo monorepos repo repos retry
retries upsert upserts dedupe deduplicate deduplicated deduplication prefetch prefetching preload preloading
preloaded rebase rebased rebasing toolchain toolchains toolset runtime runtimes whitespace whitespaces wildcard
wildcards namespaced namespacing subdomain subdomains subfolder subfolders subtask subtasks viewport viewports
minified minify minifier polyfill polyfills breakpoint breakpoints canonicalize walkthrough walkthroughs screencast
screencasts webpage webpages website websites wiki wikis blog blogs blogging livestream podcast podcasts emoji
emojis hashtag hashtags selfie selfies app apps smartphone smartphones touchscreen touchpad trackpad unicast
multicast anycast geolocation geocoding mutex mutexes semaphore semaphores enum enums struct structs async await
stdin stdout stderr regex regexes regexp param params arg args config configs init impl dev devs admin admins auth
idempotent idempotency throttling throttled replicaset daemonset statefulset namespaces anonymize anonymized
anonymization pseudonymized onboarding offboarding lookup lookups lockfile lockfiles metaclass mixin mixins globals
instantiable wildcarded voxel voxels texel conntrack hypervisor hypervisors
"""

BORROWED: Final = frozenset(
    "absurdum alia facie faire grata operandi posteriori priori publica raison reductio".split()
)
"""Words that English has in phrases of other languages alone, such as *a priori*, and SCOWL lacks."""
_WRITTEN_WITH_ACCENTS: Final = 60
"""Size of SCOWL up to which a word that it writes with an accent is known without it too: a cafe."""
_MEANT_OTHERWISE: Final = frozenset(
    "applique appliqued appliqueing appliques attache glaces manege manque materiel neglige negliges outre passe precis"
    " precised precising recherche risque roue roues touche".split()
)
"""Of these words, those that without their accent are rather a slip, or French, than what SCOWL means by them."""


def fold_accents(word: str) -> str:
    """Return a word without its accents."""
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def list_folded(folder: Path) -> frozenset[str]:
    """Return what common words of SCOWL are without the accents that many leave out."""
    sizes = [size for size in SIZES if size <= _WRITTEN_WITH_ACCENTS]
    accented = (word for word in read_scowl(folder, sizes, lists=("words",)) if not word.isascii())
    return frozenset(map(fold_accents, accented)) - _MEANT_OTHERWISE


def read_scowl(folder: Path, sizes: Iterable[int], spellings: Iterable[str] = _SPELLINGS,
          lists: Iterable[str] = _LISTS) -> frozenset[str]:  # fmt: skip
    """Return the words of some sizes of SCOWL, in lower case."""
    kinds = tuple(lists)
    paths = (folder / f"{spelling}-{kind}.{size}" for spelling in spellings for kind in kinds for size in sizes)
    return frozenset(
        line.strip().lower() for path in paths if path.is_file() for line in path.read_text("utf-8").splitlines()
    )


def count(paragraphs: Iterable[str]) -> Counter[str]:
    """Count the words in small letters of running text."""
    counts: Counter[str] = Counter()
    for paragraph in paragraphs:
        counts.update(_WORD.findall(paragraph))
    return counts


def _make_one_slip(word: str) -> set[str]:
    """Return what is one slip from a word, the first letter kept."""
    spellings: set[str] = set()
    for at in range(1, len(word) + 1):
        head, tail = word[:at], word[at:]
        spellings.update(head + letter + rest for letter in _LETTERS for rest in {tail, tail[1:]})
        spellings.update({head + tail[1:], head + tail[1:2] + tail[:1] + tail[2:]})
    return spellings - {word}


def _find_unlisted(counts: Counter[str], known: frozenset[str], near: frozenset[str]) -> set[str]:
    """Return words that SCOWL lacks and the manuals have, but none that may be a slip for a far more frequent one."""
    unlisted: set[str] = set()
    for word, number in counts.items():
        if word in known or len(word) < 4 or number < 2:
            continue
        ratio = 200 if number >= 8 else 20
        if not any(other in near and counts[other] >= ratio * number for other in _make_one_slip(word)):
            unlisted.add(word)
    return unlisted


def write(folder: Path, lists: Path, counts: Counter[str]) -> tuple[int, int]:
    """Write the frequent words with their frequency and the rare ones; return how many there are of each."""
    known, common = read_scowl(lists, SIZES), read_scowl(lists, (10, 20, 35), _MAIN, ("words",))
    usual = read_scowl(lists, [size for size in SIZES if size < 80])
    own = _find_unlisted(counts, known, usual) | set(_COMPUTING.split())
    every = known | own | BORROWED | list_folded(lists)
    meant = {word for word in every if word in common or counts[word] >= _MEANT} - _FRAGMENTS
    first = meant | own | {word for word in usual if counts[word]}

    def fits(word: str) -> bool:
        return word.isalpha() and word.isascii() and len(word) >= 4

    frequent = sorted(word for word in first if fits(word))
    rare = sorted(word for word in every - first if fits(word))
    lines = (f"{word}\t{max(1, counts[word].bit_length()) if word in meant else 0}" for word in frequent)
    (folder / "common.xz").write_bytes(packed_lines.dumps(lines))
    (folder / "rare.xz").write_bytes(packed_lines.dump_words(rare))
    return len(frequent), len(rare)
