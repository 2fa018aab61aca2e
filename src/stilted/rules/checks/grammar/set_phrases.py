"""Set phrases, which have one form: in default, lets see, as follow, in details."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from stilted.core.model import Example, Rule
from stilted.rules.checks.grammar._finder import find
from stilted.rules.checks.grammar._sentence import DETERMINERS, PREPOSITIONS, Mark, Sentence
from stilted.text.parts_of_speech import ADJECTIVE, NOUN, PLURAL, VERB, VERB_S

_SET_PHRASE: Final = "grammar/set-phrase"

_PHRASES: Final = """
no need in > no need for
the need in > the need for
on default > by default
in default > by default
like described > as described
like following > like the following
best practise > best practice
best practises > best practices
common practise > common practice
good practise > good practice
works similar to > works similarly to
work similar to > work similarly to
in the client side > on the client side
in the server side > on the server side
in the agent side > on the agent side
in the edge side > on the edge side
in the cloud side > on the cloud side
let 's you > lets you
is aim to > aims to
are aim to > aim to
is not exist > does not exist
are not exist > do not exist
is not exists > does not exist
was not exist > did not exist
it not exists > it does not exist
provides ability > provides the ability
has ability > has the ability
have ability > have the ability
as parameter of > as a parameter of
as parameter to > as a parameter to
as argument of > as an argument of
as argument to > as an argument to
use latest > use the latest
using latest > using the latest
install latest > install the latest
download latest > download the latest
use same > use the same
in the same time > at the same time
in same time > at the same time
at same time > at the same time
on the same time > at the same time
in background > in the background
in foreground > in the foreground
in middle of > in the middle of
in beginning of > at the beginning of
at beginning of > at the beginning of
in form of > in the form of
with help of > with the help of
with the help from > with the help of
in event of > in the event of
on other hand > on the other hand
from other hand > on the other hand
from the other hand > on the other hand
from one hand > on the one hand
from the one hand > on the one hand
on client side > on the client side
on server side > on the server side
at client side > on the client side
at server side > on the server side
on the runtime > at runtime
on runtime > at runtime
in runtime > at runtime
in the runtime > at runtime
during the runtime > at runtime
as example > as an example
as result > as a result
as consequence > as a consequence
lot of > a lot of
couple of > a couple of
so called > so-called
in addition of > in addition to
additionally to > in addition to
in contrast of > in contrast to
at anytime > at any time
in anytime > at any time
in most case > in most cases
in many case > in many cases
in some case > in some cases
in all case > in all cases
in such case > in such a case
in the most cases > in most cases
in case if > in case
even you > even if you
the most of > most of
this mean > this means
that mean > that means
it mean > it means
lets see > let's see
lets look > let's look
lets say > let's say
lets take > let's take
lets have > let's have
lets assume > let's assume
lets create > let's create
lets start > let's start
lets add > let's add
lets go > let's go
lets try > let's try
lets now > let's now
lets use > let's use
there're > there are
is depends on > depends on
is depend on > depends on
is contains > contains
is consists of > consists of
is consist of > consists of
are consist of > consist of
is exists > exists
is exist > exists
is happens > happens
is looks like > looks like
is belongs to > belongs to
is belong to > belongs to
be occurred > occur
is occurred > occurs
was occurred > occurred
was happened > happened
for example like > for example
such as for example > for example
like for example > for example
how to can > how can
no any > no
until now on > so far
all kind of > all kinds of
this kind of things > this kind of thing
these kind of > this kind of
these type of > these types of
those type of > those types of
different kind of > different kinds of
different type of > different types of
various kind of > various kinds of
various type of > various types of
many type of > many types of
many kind of > many kinds of
several type of > several types of
getting starting > getting started
as same as > the same as
vice vera > vice versa
have a look to > have a look at
accordingly to > according to
except of > except for
on same > on the same
is lack of > lacks
are lack of > lack
is same as > is the same as
are same as > are the same as
be same as > be the same as
is same with > is the same as
are same with > are the same as
the same like > the same as
the same than > the same as
similar like > similar to
in generally > in general
how to does > how does
thanks you > thank you
thank to > thanks to
feel free ask > feel free to ask
feel free contact > feel free to contact
feel free open > feel free to open
feel free create > feel free to create
feel free submit > feel free to submit
forget add > forget to add
forget set > forget to set
forget enable > forget to enable
forget install > forget to install
forget restart > forget to restart
take in account > take into account
takes in account > takes into account
taken in account > taken into account
taking in account > taking into account
take into the account > take into account
keep in the mind > keep in mind
keep mind that > keep in mind that
pay attention on > pay attention to
pay attention for > pay attention to
pay your attention to > pay attention to
describes about > describes
described about > described
since several years > for several years
since many years > for many years
since two years > for two years
in everywhere > everywhere
take a look of > take a look at
takes a look of > takes a look at
taking a look of > taking a look at
infinity loop > infinite loop
infinity loops > infinite loops
infinity scroll > infinite scroll
infinity scrolling > infinite scrolling
had better to > had better
many way to > many ways to
several way to > several ways to
two way to > two ways to
three way to > three ways to
there has a > there is a
there has an > there is an
there has no > there is no
there has two > there are two
there has three > there are three
there has many > there are many
there has several > there are several
there has some > there are some
everyone are > everyone is
everybody are > everybody is
there have two > there are two
there have three > there are three
there have many > there are many
there have several > there are several
it exists two > there are two
it exists several > there are several
it exists many > there are many
is equals to > is equal to
are equals to > are equal to
be equals to > be equal to
is enough big > is big enough
at first step > in the first step
at last step > in the last step
shown on the figure > shown in the figure
on the figure below > in the figure below
on the picture below > in the picture below
by mistakes > by mistake
hundred of > hundreds of
thousand of > thousands of
in the contrary > on the contrary
in the bottom of > at the bottom of
at the begin of > at the beginning of
in the begin of > at the beginning of
in this moment > at this moment
most of time > most of the time
as showed > as shown
is showed > is shown
are showed > are shown
be showed > be shown
was showed > was shown
were showed > were shown
been showed > been shown
as mention > as mentioned
as it follows > as follows
as below shown > as shown below
as above mentioned > as mentioned above
even thought > even though
even tough > even though
in spite that > although
in compare to > compared to
in compare with > compared with
in comparison of > in comparison with
in dependence of > depending on
in dependence on > depending on
in purpose to > in order to
in purpose of > for the purpose of
with purpose of > for the purpose of
with aim to > in order to
with aim of > with the aim of
under condition that > on condition that
at condition that > on condition that
at real time > in real time
on real time > in real time
please be note > please note
please noted > please note
please noticed > please note
please to > please
it should noted > it should be noted
worth to mention > worth mentioning
worth to note > worth noting
worth to try > worth trying
still not yet > not yet
not yet supported yet > not supported yet
will no more be > will no longer be
what have to be > what has to be
all them > all of them
from all us > from all of us
the resulted > the resulting
expected resulted > expected result
those kind of > those kinds of
allow user to > allow users to
allows user to > allows users to
allow developer to > allow developers to
allows developer to > allows developers to
allow customer to > allow customers to
allows customer to > allows customers to
allow administrator to > allow administrators to
allows administrator to > allows administrators to
enable user to > enable users to
enables user to > enables users to
enable developer to > enable developers to
enables developer to > enables developers to
enable customer to > enable customers to
enables customer to > enables customers to
enable administrator to > enable administrators to
enables administrator to > enables administrators to
help user to > help users to
helps user to > helps users to
help developer to > help developers to
helps developer to > helps developers to
help customer to > help customers to
helps customer to > helps customers to
help administrator to > help administrators to
helps administrator to > helps administrators to
in few seconds > in a few seconds
in few minutes > in a few minutes
in few hours > in a few hours
in few days > in a few days
in few steps > in a few steps
in few lines > in a few lines
in few clicks > in a few clicks
in few milliseconds > in a few milliseconds
in few weeks > in a few weeks
in few months > in a few months
for few seconds > for a few seconds
for few minutes > for a few minutes
for few hours > for a few hours
for few days > for a few days
for few steps > for a few steps
for few lines > for a few lines
for few clicks > for a few clicks
for few milliseconds > for a few milliseconds
for few weeks > for a few weeks
for few months > for a few months
after few seconds > after a few seconds
after few minutes > after a few minutes
after few hours > after a few hours
after few days > after a few days
after few steps > after a few steps
after few lines > after a few lines
after few clicks > after a few clicks
after few milliseconds > after a few milliseconds
after few weeks > after a few weeks
after few months > after a few months
within few seconds > within a few seconds
within few minutes > within a few minutes
within few hours > within a few hours
within few days > within a few days
within few steps > within a few steps
within few lines > within a few lines
within few clicks > within a few clicks
within few milliseconds > within a few milliseconds
within few weeks > within a few weeks
within few months > within a few months
to do add > to add
to do configure > to configure
to do create > to create
to do modify > to modify
to do delete > to delete
"""


def _read_phrases() -> Mapping[str, Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]]:
    """Return the phrases by their first and then by their second word, those of one word under nothing."""
    table: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = defaultdict(lambda: defaultdict(list))
    for line in _PHRASES.strip().split("\n"):
        left, _, right = line.partition(" > ")
        first, *others = left.split(" ")
        table[first][others[0] if others else ""].append((tuple(others), right))
    return {
        first: {second: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for second, entries in seconds.items()}
        for first, seconds in table.items()
    }


_AFTER_FIRST: Final = _read_phrases()

_VERB_BEFORE: Final = frozenset("does do did would could will should not can".split())
_BEFORE_CLAUSES: Final = frozenset(", ; and but if that because when since while so where as".split())
_BEFORE_EVEN: Final = frozenset("not and , is are was were have has haven't hasn't had please pleases".split())
_MAKES: Final = frozenset("make makes making made get gets getting got".split())
_SETTINGS: Final = frozenset("setting settings option options value values switch left set leave stay stays".split())
"""What is or stays on what is its default."""
_TIME_AS_MODIFIER: Final = frozenset("series zone frame span slot".split())


def _is_meant_otherwise(sentence: Sentence, at: int, last: int) -> bool:
    """Tell whether the words of a phrase stand there by chance."""
    before, word, following = sentence.word(at - 1), sentence.word(at), sentence.word(last + 1)
    ending = sentence.word(last)
    if _goes_on_otherwise(sentence, at, last):
        return True
    if word in ("lot", "couple"):
        return before in DETERMINERS | {"last", "next", "first", "past", "same"} or bool(
            sentence.forms(at - 1) & ADJECTIVE
        )
    if word in ("hundred", "thousand"):
        return not _counts_loosely(sentence, at)
    if word == "so":
        return sentence.is_glued(at) or before not in DETERMINERS | PREPOSITIONS
    if (word, ending) == ("different", "of"):
        return before in DETERMINERS
    if word == "the":
        return before in _MAKES or (following not in DETERMINERS | {"your"} and sentence.tag(last + 1) != "NNS")
    if (word, ending) == ("on", "default") and before in _SETTINGS:
        return True
    if ending in ("background", "foreground", "runtime", "default"):
        return sentence.is_glued(at) or not sentence.ends_phrase(last)
    if ending == "mean":
        return before in _VERB_BEFORE or sentence.tag(last) == "NN"
    return sentence.is_glued(last) or (ending == "time" and following in _TIME_AS_MODIFIER | {"as"})


def _counts_loosely(sentence: Sentence, at: int) -> bool:
    """Tell whether no number, article or name stands before, and things in the plural follow: needs hundred of keys."""
    is_bare = bool(sentence.forms(at - 1) & (VERB | VERB_S)) or sentence.word(at - 1) in PREPOSITIONS | {"are", "and"}
    return is_bare and sentence.word(at - 1) != "per" and sentence.forms(at + 2) & (PLURAL | NOUN) == PLURAL


def _goes_on_otherwise(sentence: Sentence, at: int, last: int) -> bool:
    """Tell whether what stands around the phrase makes other ones of it: from one hand to another, not even you."""
    before, word, following = sentence.word(at - 1), sentence.word(at), sentence.word(last + 1)
    if word == "even":
        return before in _BEFORE_EVEN or following in ("of", "about") or not sentence.are_joined(last, last + 1)
    possible = sentence.forms(last + 1)
    is_purpose = bool(possible & VERB) and (not possible & (NOUN | PLURAL) or sentence.word(last + 2) in DETERMINERS)
    begins = sentence.begins(at) or before in _BEFORE_CLAUSES
    return {
        **{("there", last_word): not begins for last_word in ("a", "an", "no", "some")},  # the lamp there has no oil
        ("thanks", "you"): at > 0 and before not in ("many", ","),  # she thanks you
        ("from", "hand"): following == "to",
        ("accordingly", "to"): is_purpose,  # chosen accordingly to fit
    }.get((word, sentence.word(last)), False)


def _names_a_choice(sentence: Sentence, at: int, last: int) -> bool:
    """Tell whether a later word has a capital where the first has none: the default is Contains."""
    return sentence.is_lower(at) and any(sentence.raw(place)[:1].isupper() for place in range(at + 1, last + 1))


def _mark_set_phrase(sentence: Sentence, at: int) -> Iterator[Mark]:
    seconds = _AFTER_FIRST[sentence.word(at)]
    for others, right in seconds.get(sentence.word(at + 1)) or seconds.get("", ()):
        if not sentence.is_followed_by(at, others):
            continue
        last = at + len(others)
        is_lower = sentence.is_lower(at)
        if _names_a_choice(sentence, at, last):
            return
        if is_lower or (sentence.begins(at) and (not others or sentence.is_lower(last))):
            if not _is_meant_otherwise(sentence, at, last):
                yield sentence.mark(_SET_PHRASE, at, last, right if is_lower else right[:1].upper() + right[1:])
            return


def _mark_as_follow(sentence: Sentence, at: int) -> Iterator[Mark]:
    following, after = sentence.word(at + 1), sentence.word(at + 2)
    if not sentence.are_joined(at, at + 1) or not sentence.is_lower(at + 1):
        return
    if following == "follow" or (following in ("followed", "following") and after in (":", ".", "")):
        yield sentence.mark("grammar/as-follows", at, at + 1, f"{sentence.raw(at)} follows")


def _mark_the_followings(sentence: Sentence, at: int) -> Iterator[Mark]:
    if sentence.word(at - 1) in ("the", "as") and sentence.is_lower(at) and sentence.are_joined(at - 1, at):
        right = "follows" if sentence.word(at - 1) == "as" else "following"
        yield sentence.mark("grammar/as-follows", at, at, right)


def _mark_in_details(sentence: Sentence, at: int) -> Iterator[Mark]:
    before = sentence.word(at - 1)
    start = before == "in" or (before in ("more", "greater", "full") and sentence.word(at - 2) == "in")
    if not start or not sentence.are_joined(at - 1, at) or not sentence.is_lower(at) or not sentence.ends_phrase(at):
        return
    if sentence.word(at + 1) not in ("of", "and", "about", "on", "section", ")"):
        yield sentence.mark("grammar/as-follows", at, at, "detail")


MATCHERS: Final = (
    (tuple(_AFTER_FIRST), _mark_set_phrase),
    (("as",), _mark_as_follow),
    (("followings",), _mark_the_followings),
    (("details",), _mark_in_details),
)  # fmt: skip

RULES: Final = (
    Rule(
        id=_SET_PHRASE,
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="The phrase has another form.",
        why="Set phrases allow no other article, preposition or number than theirs.",
        find=find,
        bad=(
            Example.of("The harbour needs <v>hundred of</v> boats.", "The harbour needs hundreds of boats."),
            Example.of("They left <v>in the same time</v>, <v>in some case</v> by train.",
                       "They left at the same time, in some cases by train."),
            Example.of("<v>Lets see</v> it, <v>as example</v>.", "Let's see it, as an example."),
            Example.of("<v>In default</v>, there is <v>no need in</v> a key; it <v>works similar to</v> a lock.",
                       "By default, there is no need for a key; it works similarly to a lock."),
            Example.of("The gate <v>is same as</v> the old one. Please <v>keep mind that</v> it is shut.",
                       "The gate is the same as the old one. Please keep in mind that it is shut."),
            Example.of("They sail <v>in everywhere</v> if <v>there has no</v> wind.",
                       "They sail everywhere if there is no wind."),
            Example.of("It has <v>lot of</v> rooms and <v>is depend on</v> rain.",
                       "It has a lot of rooms and depends on rain."),
        ),
        good=(
            Example.of("One hundred of them came; a hundred of boats sank, a few thousand of which were new."),
            Example.of("They left at the same time. A lot of rooms, the past couple. She lets see-through flats"),
            Example.of("In default mode it is a good practice, similar to that of works similar in kind."),
            Example.of("The whole lot of it was sold; in background noise; the most of all; what does it mean?"),
            Example.of("We made the most of our day, with a different kind of bread."),
            Example.of("Leave the setting on default, which is Contains, or write it in DEFAULT.lamp."),
            Example.of("Built-in default and dark lamps are set accordingly to light the yard."),
            Example.of("The lamp there has no oil."),
            Example.of("The firm Brakel Inc. thanks you for the lamps."),
        ),
        confidence=0.85,
    ),
    Rule(
        id="grammar/as-follows",
        category="Linguistic conventions/Grammar",
        severity="minor",
        message="The phrase has one form: as follows, the following, in detail.",
        why="The ending was lost or added.",
        find=find,
        bad=(
            Example.of("The steps are <v>as follow</v>:", "The steps are as follows:"),
            Example.of("Do the <v>followings</v>, explained in <v>details</v>.",
                       "Do the following, explained in detail."),
        ),
        good=(
            Example.of("The steps are as follows. As following cars slow down, follow. The devil is in the details."),
        ),
        confidence=0.9,
        safe_fix=True,
    ),
)  # fmt: skip
