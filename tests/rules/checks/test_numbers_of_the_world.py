"""Numbers of sources in many languages, and how English may give them: right ones are let alone, wrong ones are not."""

from __future__ import annotations

import pytest

from stilted.core.model import Finding
from stilted.pipeline import detect
from stilted.pipeline.build import build_segments
from stilted.rules.checks import numbers


def find_in(target: str, source: str, language: str | None = None) -> tuple[Finding, ...]:
    return detect.run(numbers.RULES, build_segments("t", [target], None, [source], source_language=language))[0]


def against(target: str, reference: str) -> tuple[Finding, ...]:
    return detect.run(numbers.RULES, build_segments("t", [target], [reference]))[0]


SCALES = [
    ("nl", "Het project kost 7 miljard euro.", "The project costs 7 billion euros."),
    ("nl", "De omzet steeg naar 3,4 mln euro.", "Sales rose to 3.4 million euros."),
    ("de", "Der Umbau kostet 12 Mio. Euro.", "The rebuilding costs 12 million euros."),
    ("de", "Die Firma hat 18 Tsd. Kunden.", "The firm has 18,000 customers."),
    ("de", "Das Vermögen beträgt 2,5 Mrd. €.", "The fortune comes to €2.5 billion."),
    ("de", "Die Schulden liegen bei 2 Billionen Euro.", "The debt stands at 2 trillion euros."),
    ("fr", "Le chantier a coûté 9 Md€.", "The works cost €9 billion."),
    ("fr", "Un budget de 45 M€ est prévu.", "A budget of €45 million is planned."),
    ("fr", "La ville compte 3 millions d’habitants.", "The city has 3 million inhabitants."),
    ("fr", "Un prêt de 300 k€.", "A loan of €300,000."),
    ("it", "L’azienda vale 6 mld di euro.", "The company is worth 6 billion euros."),
    ("it", "Ne ha venduti 40 mila.", "It sold 40,000 of them."),
    ("es", "El plan cuesta 8 mil millones de pesos.", "The plan costs 8 billion pesos."),
    ("es", "La deuda es de 3 billones de pesos.", "The debt is 3 trillion pesos."),
    ("pt", "O lucro foi de R$ 4 bi.", "Profit was R$4 billion."),
    ("pt", "Investimento de R$ 15 mi.", "An investment of R$15 million."),
    ("pt", "São 20 mil alunos.", "There are 20,000 pupils."),
    ("pl", "Sprzedano 6 tys. sztuk.", "6,000 pieces were sold."),
    ("pl", "Inwestycja za 11 mld zł.", "An investment of 11 billion zlotys."),
    ("pl", "Mówiono o 5 milionach osób.", "There was talk of 5 million people."),
    ("cs", "Stálo to 14 mil. korun.", "It cost 14 million crowns."),
    ("ru", "Бюджет составил 13 млрд руб.", "The budget was 13 billion rubles."),
    ("ru", "Около 70 тыс. человек.", "About 70,000 people."),
    ("ru", "Речь идёт о 5 миллионах человек.", "It is about 5 million people."),
    ("uk", "Понад 30 тис. студентів.", "Over 30,000 students."),
    ("sv", "Bron kostade 16 miljoner kronor.", "The bridge cost 16 million kronor."),
    ("da", "Overskuddet var 5 mia. kr.", "The profit was 5 billion kroner."),
    ("nb", "Det kostet 3 milliarder kroner.", "It cost 3 billion kroner."),
    ("fi", "Hanke maksoi 21 miljoonaa euroa.", "The project cost 21 million euros."),
    ("tr", "Kentte 4 milyon kişi yaşıyor.", "4 million people live in the city."),
    ("tr", "Yatırım 25 bin lira.", "The investment is 25,000 lira."),
    ("hu", "A beruházás 9 milliárd forint.", "The investment is 9 billion forints."),
    ("ro", "Au fost 17 mii de vizitatori.", "There were 17,000 visitors."),
    ("el", "Κόστισε 6 εκατομμύρια ευρώ.", "It cost 6 million euros."),
    ("hi", "शहर में 5 लाख लोग रहते हैं।", "The city has 500,000 people."),
    ("hi", "लागत 3 करोड़ रुपये है।", "The cost is 30 million rupees."),
    ("en", "It sold 5 lakh copies.", "It sold 500,000 copies."),
    ("bn", "প্রায় 4 লাখ মানুষ।", "About 400,000 people."),
    ("th", "ประชากร 7 ล้านคน", "A population of 7 million."),
    ("vi", "Dự án trị giá 8 tỷ đồng.", "The project is worth 8 billion dong."),
    ("id", "Penduduknya 6 juta jiwa.", "It has 6 million inhabitants."),
    ("sw", "Wakazi ni milioni 6.", "There are 6 million residents."),
    ("ar", "بلغت التكلفة 9 مليارات دولار.", "The cost reached 9 billion dollars."),
    ("fa", "جمعیت ۸ میلیون نفر است.", "The population is 8 million."),
    ("he", "העלות היא 5 מיליון שקל.", "The cost is 5 million shekels."),
    ("zh", "共有 7 万名学生。", "There are 70,000 students."),
    ("zh", "约有 860 亿个。", "There are about 86 billion."),
    ("zh", "投资5-10万元。", "An investment of 50,000 to 100,000 yuan."),
    ("zh", "面积二点五万亩。", "It covers 25,000 mu."),
    ("ja", "人口は3億人です。", "The population is 300 million."),
    ("ko", "관객 3만 5천 명이 왔다.", "35,000 spectators came."),
    ("ko", "1억 2000만 원이 들었다.", "It cost 120 million won."),
]


@pytest.mark.parametrize(("language", "source", "target"), SCALES)
def test_powers_of_ten_in_words(language: str, source: str, target: str) -> None:
    assert find_in(target, source, language if language != "en" else None) == ()
    assert find_in(target, source) == ()


@pytest.mark.parametrize(
    ("language", "source", "target", "right"),
    [
        ("nl", "Het project kost 7 miljard euro.", "The project costs 7 million euros.", "7,000,000,000"),
        ("de", "Das Vermögen beträgt 2,5 Mrd. Euro.", "The fortune comes to 2.5 million euros.", "2,500,000,000"),
        ("de", "Die Schulden liegen bei 2 Billionen Euro.", "The debt stands at 2 billion euros.", "2,000,000,000,000"),
        ("es", "La deuda es de 3 billones de pesos.", "The debt is 3 billion pesos.", "3,000,000,000,000"),
        ("pl", "Sprzedano 60 tysięcy sztuk.", "6,000 pieces were sold.", "60,000"),
        ("ru", "Бюджет составил 13 млрд руб.", "The budget was 13 million rubles.", "13,000,000,000"),
        ("hi", "शहर में 5 लाख लोग रहते हैं।", "The city has 50,000 people.", "500,000"),
        ("zh", "共有 7 万名学生。", "There are 7,000 students.", "70,000"),
        ("ja", "人口は3億人です。", "The population is 30 million.", "300,000,000"),
        ("ko", "관객 3만 5천 명이 왔다.", "350,000 spectators came.", "35,000"),
    ],
)
def test_a_power_of_ten_that_surely_differs_is_critical(language: str, source: str, target: str, right: str) -> None:
    (finding,) = find_in(target, source, language)
    assert (finding.suggestions, finding.severity) == ((right,), "critical")


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("It cost 5 million.", "Ĝi kostis 5 xyzojn."),
        ("It has 9,000 members.", "Tá 9 xyz ball ann."),
        ("It weighs 3 tons.", "Hmotnosť je 3000 kg."),
    ],
)
def test_a_word_that_is_not_known_may_be_a_power_of_ten(target: str, source: str) -> None:
    assert find_in(target, source) == ()


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("It holds 1,250 seats.", "Es hat 1'250 Plätze."),
        ("It holds 1,250 seats.", "Es hat 1’250 Plätze."),
        ("It holds 12,500 seats.", "Elle compte 12\u202f500 places."),
        ("It holds 12,500 seats.", "Elle compte 12 \u00a0500 places."),
        ("It holds 1,250,000 seats.", "limit = 1_250_000;"),
        ("It holds 12,500 seats.", "فيه ١٢٬٥٠٠ مقعد."),
        ("It costs 1,234,567.89 euros.", "Es kostet 1.234.567,89 Euro."),
        ("It has 1,234,567 rows.", "इसमें 12,34,567 पंक्तियाँ हैं।"),
        ("It weighs 2.5 kg.", "Es wiegt 2,5 kg."),
        ("It is 0.25 wide.", "宽度为.25。"),
        ("From 0009 to 1143.", "从0009一直到1143。"),
        ("It rose by 17 basis points.", "它上升了17个基点。"),
        ("It is 4.5 months old.", "Il a 4 mois et demi."),
        ("The rate ranged from 15 to 150 per million.", "比率从每一百万15到150。"),
    ],
)
def test_separators_and_glued_figures(target: str, source: str) -> None:
    assert find_in(target, source) == ()


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("It opened in 2023.", "令和5年に開業した。"),
        ("It opened in 2019.", "平成31年に開業した。"),
        ("It opened in 1985.", "昭和60年に開業した。"),
        ("It opened in 2023.", "民國112年開業。"),
        ("It opened in 2023.", "เปิดในปี พ.ศ. 2566"),
        ("It opened in 2023.", "เปิดในปี ๒๕๖๖"),
        ("It opened in 2023.", "در سال ۱۴۰۲ افتتاح شد."),
        ("It opened in 2023.", "افتتح عام 1445."),
        ("It opened in 2023.", "נפתח בשנת 5783."),
        ("It opened in 1998.", "98年开业。"),
        ("It is part of the 14th Five-Year Plan.", "这是“十四五”规划的一部分。"),
        ("She is 27 or 28.", "她二十七八岁。"),
        ("It opened in the 1980s.", "80年代开业。"),
        ("It is a church of the 1800s.", "Es ist eine Kirche aus dem 19. Jahrhundert."),
    ],
)
def test_years_of_other_eras(target: str, source: str) -> None:
    assert find_in(target, source) == ()


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("The road is 62 miles long.", "Die Straße ist 100 km lang."),
        ("The road is 62 miles long.", "ถนนยาว 100 กิโลเมตร"),
        ("The tower is 984 feet high.", "Vežata je vysoká 300 metrov."),
        ("It weighs 11 pounds.", "Це важить 5 кілограмів."),
        ("It was 104 degrees Fahrenheit.", "Er war 40 Grad warm."),
        ("It keeps to -4 °F.", "Es hält bis −20 °C."),
        ("It keeps from minus 4 to 50 °F.", "Es hält von minus 20 bis 10 °C."),
        ("The farm has 25 acres.", "농장은 10헥타르다."),
        ("It lasts two days, or 48 hours.", "Es dauert 2 Tage."),
        ("It costs $4 million.", "价格为3000万元。"),
    ],
)
def test_units_and_currencies_that_were_converted(target: str, source: str) -> None:
    assert find_in(target, source) == ()


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("Call 030 7654321.", "Rufen Sie (030) 765-4321 an."),
        ("See section 4.12.", "Siehe Abschnitt 4.13 und 5.1."),
        ("It runs on version 3.10.", "Läuft mit Version 3.11.2 und neuer."),
        ("He said so at 7:30 on July 16, 2020.", "他在7月16日晚7:30说。"),
        ("By no means go.", "千万不要去。"),
        ("Some 5,000 came.", "共来了4987人。"),
    ],
)
def test_names_times_and_roundings_have_no_magnitude(target: str, source: str) -> None:
    assert [f for f in find_in(target, source) if f.severity == "critical"] == []


@pytest.mark.parametrize(
    ("target", "reference"),
    [
        ("The fee is CHF 2'400.", "The fee is CHF 2,400."),
        ("Some 3 000 000 readers.", "Some 3 million readers."),
        ("Some 3\u00a0\u00a0000 readers.", "Some 3,000 readers."),
        ("Up to 2_000_000 rows.", "Up to 2,000,000 rows."),
        ("About 12,34,567 rupees.", "About 1,234,567 rupees."),
        ("Write to 0800 7654321.", "Write to 0800-765-4321."),
        ("Call +49 30 7654321.", "Call 030 7654321."),
        ("Card 4000 1234 5678 9010.", "Card 4000-1234-5678-9010."),
        ("ISBN 978-0-00-123456-2.", "ISBN 9780001234562."),
        ("IBAN DE02 1203 0000 0000 2020 51.", "IBAN DE02120300000000202051."),
        ("VAT ID 987 654 321.", "VAT ID 987654321."),
        ("The 2023/24 season.", "The 2023-2024 season."),
        ("See pp. 123-5.", "See pages 123 to 125."),
        ("It takes $5-10 million.", "It takes $5 million to $10 million."),
        ("It has 6 × 10^8 cells.", "It has 600 million cells."),
        ("It has 6 x 10⁸ cells.", "It has 600 million cells."),
        ("It holds 20 m3.", "It holds 20 cubic metres."),
        ("It holds 20 m³.", "It holds 20 cubic meters."),
        ("It covers 30 km^2.", "It covers 30 square kilometres."),
        ("Rates rose 25 basis points.", "Rates rose 0.25 percentage points."),
        ("Rates rose 25 bps.", "Rates rose by 0.25%."),
        ("After the 9/11 attacks.", "After the September 11 attacks."),
        ("It sold 8 mn.", "It sold 8 million."),
        ("It rings 20mn before.", "It rings 20 minutes before."),
        ("It sold 8 billions.", "It sold 8 billion."),
        ("Mix 2½ cups.", "Mix 2.5 cups."),
        ("It takes one fourth to one fifth.", "It takes a quarter to a fifth."),
    ],
)
def test_the_same_number_written_otherwise(target: str, reference: str) -> None:
    assert against(target, reference) == ()
    assert against(reference, target) == ()


@pytest.mark.parametrize(
    ("target", "reference", "marked", "severity"),
    [
        ("It has 12.345 seats.", "It has 12,345 seats.", "12.345", "major"),
        ("It weighs 2,5 kg.", "It weighs 2.5 kg.", "2,5", "minor"),
        ("It has 1,2345 seats.", "It has 12,345 seats.", "1,2345", "minor"),
        ("It has 12,34 seats.", "It has 12,340 seats.", "12,34", "critical"),
        ("Call 030 7654321.", "Call (030) 765-4322.", "030 7654321", "major"),
        ("See section 4.2.", "See section 42.", "4.2", "major"),
        ("It was so in 1898.", "It was so in 2198.", "1898", "major"),
    ],
)
def test_the_severity_of_what_differs(target: str, reference: str, marked: str, severity: str) -> None:
    assert [(f.text, f.severity) for f in against(target, reference)] == [(marked, severity)]


@pytest.mark.parametrize(
    ("target", "source", "language", "fixed"),
    [
        ("It has 12.345 seats.", "Es hat 12.345 Plätze.", "de", "12,345"),
        ("It weighs 2,5 kg.", "Es wiegt 2,5 kg.", "de", "2.5"),
        ("It fell by 3,7 percent.", "Оно упало на 3,7 процента.", None, "3.7"),
        ("It has 12.345 seats.", "有12345个座位。", "zh", "12,345"),
        ("It has 1,2345 seats.", "有1.2345万个座位。", "zh", "12,345"),
    ],
)
def test_separators_that_were_carried_over(target: str, source: str, language: str | None, fixed: str) -> None:
    (finding,) = find_in(target, source, language)
    assert finding.suggestions == (fixed,)


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("Run version 1.250 of it.", "Nutzen Sie Version 1.250 davon."),
        ("It is 1.250 wide.", "宽度为1.250。"),
        ("Write the width as 1.250 to be heard.", "Die Breite im Format 1.250 angeben."),
        ("Publish v0.9.4-alpha.1 now.", "Veröffentliche v0.9.4-älphä.1 jetzt."),
        ("See items 2,5 and 7.", "Siehe die Punkte 2,5 und 7."),
        ("Fig 18 The big lamp", "Bild 34 Die große Lampe"),
        ("1|lamp", "0|lampe"),
    ],
)
def test_separators_that_may_be_right(target: str, source: str) -> None:
    assert find_in(target, source, "zh" if source[0] == "宽" else "de") == ()


@pytest.mark.parametrize(
    ("target", "reference", "source", "marked"),
    [
        ("It sold 12 lamps in 40 towns.", "In 12 towns it sold 40 lamps.", None, ["12", "40"]),
        ("It sold 12 lamps in 40 towns.", "In 40 towns it sold 12 lamps.", None, []),
        ("It sold 12 lamps and 40 boats.", "The 12 were lamps, the 40 were boats.", None, []),
        ("It ran from 2016 to 2006.", "It ran from 2006 to 2016.", None, ["2016", "2006"]),
        ("They fell in 1.8 (545%) women.", "They fell in 545 (1.8%) women.", None, ["1.8", "545"]),
        (
            "Drought hit 34% and flood (42%) of fields.",
            "Drought hit 42% and flood (34%) of fields.",
            None,
            ["34", "42"],
        ),
        ("It takes 300 hours to move 40 persons.", "It takes 40 hours to move 300 people.", None, ["300", "40"]),
        ("It is 40% of women and 30% of men.", "It is 30% of men and 40% of women.", None, []),
        ("Women and men had 40% and 30%.", "Men and women had 30% and 40%.", None, []),
        ("In 2019, 300 boats came and 20 left.", "300 boats came and 20 left in 2019.", None, []),
        ("It cost 5 billion yuan.", "It cost 5 million yuan.", "花费500万元。", ["5 billion"]),
        ("It cost 5 billion yuan.", "It cost 5 million yuan.", "花费50亿元。", []),
    ],
)
def test_figures_that_changed_places_and_a_source_that_sides_with_one(
    target: str, reference: str, source: str | None, marked: list[str]
) -> None:
    one = build_segments("t", [target], [reference], [source] if source else None)
    assert [f.text for f in detect.run(numbers.RULES, one)[0]] == marked


@pytest.mark.parametrize(
    ("language", "source", "target", "marked", "wanted"),
    [
        ("fr", "La fête est le 3 mars 2024.", "The party is on May 3, 2024.", "May", ("March",)),
        ("fr", "La fête est le 1er mars.", "The party is on the 1st of May.", "May", ("March",)),
        ("pl", "Muzeum otwarto 3 listopada 2024.", "The museum opened on October 3, 2024.", "October", ("November",)),
        ("es", "Abrió el 7 de junio de 2019.", "It opened on July 7th, 2019.", "July", ("June",)),
        ("ru", "Он открылся 7 июня 2019 года.", "It opened on 7 July 2019.", "July", ("June",)),
        ("de", "Ab dem 15.02.2023 gilt das.", "This applies from March 15, 2023.", "March", ("February",)),
        ("de", "Ab dem 01.02.2023 gilt das.", "This applies from January 2, 2023.", "January", ()),
        ("it", "Vale dal 01/02/2023.", "Valid from 2 January 2023.", "January", ()),
        ("zh", "展览于2021年9月开幕。", "The show opened in August 2021.", "August", ("September",)),
        ("zh", "展览于九月三日开幕。", "The show opened on 3 August.", "August", ("September",)),
        ("ko", "전시는 9월 3일에 시작한다.", "The show opens on August 3.", "August", ("September",)),
        ("ja", "午後3時30分に始まる。", "It starts at 5:30 p.m.", "5:30 p.m.", ()),
        ("fr", "Départ à 15 h 40.", "Departure at 15:30.", "15:30", ()),
        ("de", "Abfahrt um 7.45 Uhr.", "Departure at 8:45.", "8:45", ()),
        ("zh", "他们在9月开门。", "They open in August.", "August", ("September",)),
        ("zh", "本周三开会。", "The meeting is on Thursday.", "Thursday", ("Wednesday",)),
        ("ja", "月曜日に閉まる。", "It is closed on Sundays.", "Sundays", ("Monday",)),
        ("fr", "Fermé le jeudi.", "Closed on Tuesdays.", "Tuesdays", ("Thursday",)),
        ("zh", "保修期为3天。", "The warranty lasts 3 weeks.", "3 weeks", ()),
        ("de", "Die Frist beträgt 3 Monate.", "The time limit is 3 days.", "3 days", ()),
        ("ru", "До моря 40 километров.", "The sea is 40 miles away.", "40 miles", ()),
        ("zh", "门票为30美元。", "A ticket is €30.", "€30", ()),
    ],
)
def test_months_and_times_that_the_source_has_otherwise(
    language: str, source: str, target: str, marked: str, wanted: tuple[str, ...]
) -> None:
    (finding,) = find_in(target, source, language)
    assert (finding.text, finding.suggestions, finding.severity) == (marked, wanted, "major")


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("fr", "La fête est le 3 mars 2024.", "The party is on March 3, 2024."),
        ("fr", "Du 3 mars au 3 mai.", "From 3 March to 3 May."),
        ("en", "Due 01/02/2023.", "Due 2 January 2023."),
        ("zh", "农历五月初五是端午节，今年是6月10日。", "The festival is on June 10 this year."),
        ("zh", "他休了3个月的假。", "He took May 3 off."),
        ("zh", "预计8月3日至9月3日开放。", "Open from August 3 to September 3."),
        ("de", "Ab 2023-02-01 gilt das.", "This applies from 1 February 2023."),
        ("ja", "15時30分に始まる。", "It starts at 3:30 p.m."),
        ("zh", "会议北京时间22:00开始。", "The meeting starts at 10:00 a.m. EST."),
        ("zh", "比赛以3:21结束，时间是20:15。", "The match ended at 20:15."),
        ("de", "Der Zug fährt um 7.45 Uhr.", "The train leaves at 7:45."),
        ("zh", "每周三次，周一休息。", "Three times a week; closed on Mondays."),
        ("zh", "票价30元。", "A ticket is $30."),
        ("ja", "1ヶ月は4週間です。", "A month is 4 weeks."),
        ("fr", "Il a 3 ans et 3 mois.", "He is 3 years and 3 months old."),
        ("de", "Es kostet 30 Dollar, 30 Euro oder 30 Pfund.", "It costs $30, €30 or £30."),
        ("zh", "2019年，他5岁。", "In 2019 he was 5 years old."),
        ("zh", "本周天气到12日都好。", "The weather of this week stays fine until Thursday the 12th."),
        (None, "Muzej je otvoren 3. listopada 2024.", "The museum opened on October 3, 2024."),
        ("pl", "Muzeum otwarto 3 listopada 2024.", "The museum opened on November 3, 2024."),
    ],
)
def test_the_same_month_and_time(language: str | None, source: str, target: str) -> None:
    assert find_in(target, source, language) == ()
