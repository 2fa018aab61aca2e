"""Units, currencies and names of days: what a number may count, by the word or sign beside it."""

from __future__ import annotations

from enum import StrEnum
from itertools import product
from typing import Final, NamedTuple


class Dimension(StrEnum):
    """What units measure; two units of one dimension can be converted, so each currency is one of its own."""

    LENGTH = "length"
    MASS = "mass"
    AREA = "area"
    VOLUME = "volume"
    DURATION = "duration"
    POWER = "power"
    ENERGY = "energy"
    DATA = "data"
    FREQUENCY = "frequency"
    TEMPERATURE = "temperature"
    DEGREE = "degree"
    """Of Celsius, of Fahrenheit or of an angle: the text leaves it open."""
    POUND = "pound"
    """Of weight or of money."""
    DOLLAR = "dollar"
    EURO = "euro"
    STERLING = "sterling"
    YUAN = "yuan"
    YEN = "yen"
    WON = "won"
    RUPEE = "rupee"
    ROUBLE = "rouble"
    FRANC = "franc"
    REAL = "real"
    LIRA = "lira"
    KRONE = "krone"
    KORUNA = "koruna"
    ZLOTY = "zloty"
    LEU = "leu"
    FORINT = "forint"
    HRYVNIA = "hryvnia"
    YUAN_OR_YEN = "yuan or yen"
    """The sign is the same."""


class Unit(NamedTuple):
    """What a number counts: *value* of it is ``value * factor + offset`` of the first unit of its dimension."""

    dimension: Dimension
    factor: float
    name: str
    offset: float = 0.0


CONVERTED: Final = 0.06
"""How far a converted measure may be off: "100 miles" for "160 km" is usual, as is "a ton" for "2,000 pounds"."""


def _read_table(rows: str) -> dict[str, Unit]:
    """Read rows of ``dimension: factor word word; factor word …``; the first word names the unit."""
    units: dict[str, Unit] = {}
    for row in rows.strip().splitlines():
        dimension, _, entries = row.partition(":")
        for entry in entries.split(";"):
            factor, *words = entry.split()
            unit = Unit(Dimension(dimension.strip()), float(factor), words[0])
            units |= dict.fromkeys(words, unit)
    return units


UNITS: Final = _read_table(
    """
    length: 1 metre metres meter meters; 1000 km kilometre kilometres kilometer kilometers kms kph kmh
    length: 0.01 cm centimetre centimetres centimeter centimeters
    length: 0.001 mm millimetre millimetres millimeter millimeters; 1609.344 mile miles mph; 0.9144 yard yards yd
    length: 0.3048 foot feet ft; 0.0254 inch inches; 500 li
    length: 1e-6 μm micrometer micrometre micrometers micrometres micron microns
    length: 1e-9 nm nanometre nanometres nanometer nanometers; 9.461e15 lightyear lightyears
    mass: 1 kg kilo kilos kilogram kilograms kilogramme kilogrammes kgs; 0.001 g gram grams gramme grammes
    mass: 1e-6 mg milligram milligrams; 1e-9 μg mcg microgram micrograms; 1000 ton tons tonne tonnes; 0.45359 lb lbs
    mass: 0.02835 ounce ounces oz; 0.5 jin catty catties
    area: 10000 hectare hectares ha; 4046.86 acre acres; 666.67 mu
    volume: 1 litre litres liter liters; 0.001 ml millilitre millilitres milliliter milliliters
    volume: 3.785 gallon gallons; 159 barrel barrels; 0.568 pint pints; 0.1 dl deciliter deciliters
    duration: 1 second seconds sec secs; 60 minute minutes min mins; 3600 hour hours hr hrs; 86400 day days
    duration: 604800 week weeks; 1209600 fortnight fortnights; 2629800 month months; 31557600 year years yr yrs
    duration: 315576000 decade decades; 3155760000 century centuries; 0.001 ms millisecond milliseconds
    power: 1 watt watts; 1000 kW kilowatt kilowatts; 1e6 MW megawatt megawatts; 1e9 GW gigawatt gigawatts
    power: 745.7 hp horsepower
    energy: 1 kWh; 1000 MWh; 1e6 GWh
    data: 1 byte bytes; 1e3 KB kilobyte kilobytes; 1e6 MB megabyte megabytes; 1e9 GB gigabyte gigabytes
    data: 1e12 TB terabyte terabytes
    frequency: 1 Hz hertz; 1e3 kHz; 1e6 MHz megahertz; 1e9 GHz gigahertz
    dollar: 1 dollar dollars USD; 0.01 cent cents
    euro: 1 euro euros EUR
    sterling: 1 sterling GBP quid; 0.01 penny pence
    yuan: 1 yuan RMB renminbi CNY kuai; 0.1 jiao
    yen: 1 yen JPY
    won: 1 won KRW
    rupee: 1 rupee rupees INR
    rouble: 1 rouble roubles ruble rubles RUB
    franc: 1 franc francs CHF
    real: 1 reais
    lira: 1 lira liras
    krone: 1 krone kroner krona kronor
    pound: 0.45359 pound pounds
    """
)
"""Factors: SI; the international mile, yard and pound; US liquid gallon; tropical year; mu, li and jin of 1959."""

CELSIUS: Final = Unit(Dimension.TEMPERATURE, 1.0, "celsius")
FAHRENHEIT: Final = Unit(Dimension.TEMPERATURE, 5 / 9, "fahrenheit", -160 / 9)
DEGREE: Final = Unit(Dimension.DEGREE, 1.0, "degree")
DEGREES: Final = {"c": CELSIUS, "celsius": CELSIUS, "centigrade": CELSIUS, "f": FAHRENHEIT, "fahrenheit": FAHRENHEIT}

SIGNS: Final = {
    "$": UNITS["dollar"],
    "€": UNITS["euro"],
    "£": UNITS["sterling"],
    "¥": Unit(Dimension.YUAN_OR_YEN, 1.0, "¥"),
    "￥": Unit(Dimension.YUAN_OR_YEN, 1.0, "¥"),
    "₹": UNITS["rupee"],
    "₽": UNITS["rouble"],
    "₩": UNITS["won"],
}
MONEY: Final = frozenset(
    {
        Dimension.DOLLAR,
        Dimension.EURO,
        Dimension.STERLING,
        Dimension.YUAN,
        Dimension.YEN,
        Dimension.WON,
        Dimension.RUPEE,
        Dimension.ROUBLE,
        Dimension.FRANC,
        Dimension.REAL,
        Dimension.LIRA,
        Dimension.KRONE,
        Dimension.KORUNA,
        Dimension.ZLOTY,
        Dimension.LEU,
        Dimension.FORINT,
        Dimension.HRYVNIA,
        Dimension.YUAN_OR_YEN,
    }
)
_ALIASES: Final = (
    frozenset({Dimension.YUAN_OR_YEN, Dimension.YUAN}),
    frozenset({Dimension.YUAN_OR_YEN, Dimension.YEN}),
    frozenset({Dimension.POUND, Dimension.STERLING}),
    frozenset({Dimension.POUND, Dimension.MASS}),
    frozenset({Dimension.DEGREE, Dimension.TEMPERATURE}),
)
_HEAT_OFF: Final = 1.0  # degrees Celsius that rounding may cost in converting
POWERS: Final = {"square": 2, "sq": 2, "cubic": 3, "cu": 3}
GLUED: Final = frozenset("km cm mm kg mg ml dl g lb lbs ft kph mph kmh kW MW GW kWh GWh MWh KB MB GB TB Hz".split()) | {
    *("kHz", "MHz", "GHz", "nm", "hr", "hrs", "min", "mins", "h", "m", "C", "F", "ms", "oz", "μm", "μg", "mcg")
}
"""Abbreviations that may touch their number."""

LETTERS: Final = {"m": UNITS["metre"], "l": UNITS["litre"], "L": UNITS["litre"], "t": UNITS["ton"], "h": UNITS["hour"]}
"""Abbreviations of one letter, which are units behind a number alone."""

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
        "|october oct|november nov|december dec".split("|"),
        1,
    )
    for name in names.split()
}
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        "monday mondays mon|tuesday tuesdays tue tues|wednesday wednesdays wed|thursday thursdays thu thur thurs"
        "|friday fridays fri|saturday saturdays sat|sunday sundays sun".split("|"),
        1,
    )
    for name in names.split()
}
SEASONS: Final = {"spring": 1, "springtime": 1, "summer": 2, "summertime": 2, "autumn": 3, "winter": 4, "wintertime": 4}


def raise_unit(unit: Unit, exponent: int) -> Unit:
    """Return the square or cubic unit of a length, in the dimension where hectares and litres live."""
    if unit.dimension is not Dimension.LENGTH:
        return unit
    factor = unit.factor**exponent * (1000 if exponent == 3 else 1)
    return Unit(Dimension.AREA if exponent == 2 else Dimension.VOLUME, factor, f"{unit.name}{exponent}")


def are_related(one: Unit, other: Unit) -> bool:
    """Tell whether two units measure the same kind of thing, so that values can be converted."""
    return one.dimension == other.dimension or frozenset({one.dimension, other.dimension}) in _ALIASES


def are_convertible(one: Unit, other: Unit) -> bool:
    """Tell whether `convert` makes two values comparable; a pound may be a weight."""
    return one.dimension == other.dimension or {one.dimension, other.dimension} == {Dimension.POUND, Dimension.MASS}


def convert(value: float, unit: Unit) -> float:
    """Return *value* of *unit* in the first unit of its dimension."""
    return value * unit.factor + unit.offset


def may_be_same_heat(one: float, unit: Unit, other: float, other_unit: Unit) -> bool:
    """Tell whether two temperatures may be one in Celsius and in Fahrenheit; bare degrees may be of either.

    Either may be below zero: numbers are read without their signs.
    """
    scales = (CELSIUS, FAHRENHEIT)
    own_units = scales if unit == DEGREE else (unit,)
    other_units = scales if other_unit == DEGREE else (other_unit,)
    return all(u.dimension is Dimension.TEMPERATURE for u in (*own_units, *other_units)) and any(
        a != b and abs(convert(sign * one, a) - convert(other_sign * other, b)) <= _HEAT_OFF
        for a in own_units
        for b in other_units
        for sign, other_sign in product((1, -1), repeat=2)
    )
