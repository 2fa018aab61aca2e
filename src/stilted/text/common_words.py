"""The commonest words of languages written in Latin letters: what a sentence of theirs can hardly do without."""

from __future__ import annotations

from typing import Final

ENGLISH: Final = frozenset(
    "a an and are at be been before but by can could did does doesn don each for from had has have he her here his how"
    " i if into is it its just my not of off on only or our out she should some than that the their them then there"
    " these they this those to two until up was we were weren what when where which while who will with would you"
    " your".split()
)

COMMON: Final = {
    "cs": "aby ale ani až bez bude budou by byl byla byly být co další do jako je jeho její jejich jen jsem jsme jsou"
    " jste k kde kdy kdyby když které který která má mezi může na nebo není o od po pod podle pokud pro protože před"
    " při s se si tak také tento tato toto u v ve více však z za že",
    "da": "af alle at blev bliver da de den denne der deres det dette du efter eller en er et for fra før har havde"
    " hvis hvor i ikke jeg kan man med men mere mod når nogle og også om op over på se sig sin skal som så til ud"
    " under var ved vi vil være",
    "de": "aber als am auch auf aus bei bin bis dann das dass dem den der des die doch durch ein eine einem einen einer"
    " eines er es für gegen habe haben hat hatte ich ihr ihre im immer in ist ja jetzt kann kein keine können man mehr"
    " mein mit muss nach nicht noch nun nur ob oder ohne schon sehr sein seine sich sie sind so über um und uns unter"
    " viel vom von vor war waren was wenn werden wie wieder wir wird wo wurde wurden zu zum zur zwei zwischen",
    "es": "al algo como con cuando de del desde donde dos el ella ellos en entre era es esta este está fue ha hace"
    " hasta hay la las le les lo los más mi muy nada ni nos para pero por porque qué que se ser si sin sobre son su sus"
    " también tiene todo todos un una ya yo",
    "fi": "ei ennen että hän ja jo joka jos jotka kanssa kuin kun kuten me mitä mutta myös ne niin nyt oli olla on ovat"
    " se sekä sen siitä tai tämä tämän vain vielä voi",
    "fr": "à au aussi aux avec avez avons bien ce ces cette comme dans de des deux du elle elles en est et été être"
    " il ils je l la le les leur lui mais même mon ne nos notre nous on ont ou où par pas plus pour qu quand que"
    " qui sa sans se ses si son sont sous sur toujours tout très un une vous votre y",
    "hu": "a az csak de egy ez ezt ha hogy is kell kérjük lehet meg mint már még nem nincs vagy van és",
    "id": "ada adalah akan anda atau bahwa belum bisa dalam dan dapat dari dengan di harus ini itu jika juga kami"
    " karena ke kepada lebih oleh pada saat saya sebagai sebuah sudah telah tidak untuk yang",
    "it": "ai al alla anche che chi ci come con cui da dal dalla degli dei del della delle di dopo dove e è era essere"
    " fu gli ha ho i il in io l la le lo loro ma mi molto nel nella noi non o per perché più prima quando quella questa"
    " questo se sempre senza si sono sta stato su sua sulla suo tra tutti un una uno",
    "nl": "aan als bij dan dat de der deze die dit door een en er geen had heb hebben heeft het hij hun ik in is"
    " je kan maar meer met mijn naar niet nog nu of om onder ons ook op over te tot u uit van veel voor waar was wat"
    " we werd wel werden wij worden wordt zal ze zich zij zijn zo zonder zou eerste hoe omdat toen tussen uw voordat",
    "pl": "ale być był była było były co czy dla do go i ich ja jak jako jego jej jest już kiedy ma mi może na nie niż"
    " o od po pod przed przez przy się są ta tak tego tej ten to tylko tym w we wszystko z za ze że",
    "pt": "a ao aos as às até com como da das de depois do dos e é ela ele eles em entre era essa esta está eu foi há"
    " isso já lhe mais mas me mesmo meu muito na nas não nem no nos nós num o os ou para pela pelo por porque quando"
    " que quem se sem ser seu sua são só também tem um uma você",
    "ro": "acest această acum al ale am ar au care ce cu cum când de despre din doar după este eu fi fost iar în la"
    " mai nu o pe pentru poate prin sau se sunt și te toate un una unei vă va",
    "sv": "alla att av blev de den denna det där då efter eller en ett från för ha hade han har hon här i inte jag kan"
    " man med men mig mot mycket nu när och också om på sedan sig sin ska skulle som så till under upp ut utan var vi"
    " vid vill är över",
    "tr": "ama bir bu çok da daha de değil diye en gibi göre her için ile ise kadar ki mi ne o olan olarak oldu sonra"
    " şu var ve veya ya yok",
    "vi": "bạn bị các cho chưa có của cũng để đã đang đến được hoặc khi không là một này nếu những phải sẽ tại thì"
    " trên trong tôi từ và vào về với",
}
"""By ISO 639-1 code."""

_ENGLISH_TOO: Final = frozenset(
    "am as ad al ale at bin by can come con core d da de del den die do due e el en er era es et fast for fu ha hat her"
    " hun i id in into is it ja je just ki l la le lo ma man me men met mi mine mod mot my na no non o of off om on"
    " onto op or out over para per plus plan pro s se si sin so son sole su sue sur te ten tot under up us uma un va"
    " van var vi via von war was we wel were y ya ye zo ai care ci co com door dove fi go io jest mere mint num og os"
    " pod sedan sig till todo vain ve".split()
)
"""Words that stand in English text as well, as words, names, terms of computing or parts of either."""

OWN: Final = {code: frozenset(words.split()) - ENGLISH - {"man", "so", "war"} for code, words in COMMON.items()}
"""The commonest words of each language without those that are commonest in English too."""

PROOF: Final = {code: words - _ENGLISH_TOO for code, words in OWN.items()}
"""Those of them that English prose hardly ever has."""

ENGLISH_ALONE: Final = ENGLISH.difference(*(words.split() for words in COMMON.values())) | {"and", "was", "he"}

IN_NAMES: Final = frozenset(
    "am an au aux bei da das de degli del della den der des di die dos du el en im la las le les los nad ob pod san"
    " sous sul sulla sur van von zum zur".split()
)
"""Words of places and families that stand in English texts, so that two of them prove nothing."""
