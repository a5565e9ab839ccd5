"""FEEL as DMN 1.3 (chapter 10.3) and its successors have it: one line for each thing that an author may write."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine import feel

NUMBERS = {
    "0.1 + 0.2": 0.3,
    "0.1 + 0.2 = 0.3": True,
    "1.1 * 1.1": 1.21,
    "1 - 0.9 = 0.1": True,
    "string(2 / 3)": "0.6666666666666666666666666666666667",
    "9007199254740993 + 0": 9007199254740993,
    "string(10 ** 30)": "1" + "0" * 30,
    "10 ** 7000": None,
    "1e400": None,
    "1e400 / 1e399": 10,
    "-3 ** 2": 9,
    "2 ** -2": 0.25,
    "2 ** 0.5 = sqrt(2)": True,
    "--4": 4,
    "6 - -2": 8,
    ".5": 0.5,
    "2.5e3": 2500,
    "7 / 0": None,
    '7 + "a"': None,
    "7 + null": None,
    "decimal(0.125, 2)": 0.12,
    "decimal(0.135, 2)": 0.14,
    "decimal(1250, -2)": 1200,
    "floor(-2.1)": -3,
    "floor(2.19, 1)": 2.1,
    "ceiling(2.11, 1)": 2.2,
    "round up(-2.1, 0)": -3,
    "round down(-2.9, 0)": -2,
    "round half up(1.005, 2)": 1.01,
    "round half down(1.005, 2)": 1,
    "modulo(-7, 3)": 2,
    "modulo(7, -3)": -2,
    "modulo(7.5, 2)": 1.5,
    "modulo(7, 0)": None,
    "abs(-2.5)": 2.5,
    "sqrt(-1)": None,
    "string(exp(1))": "2.718281828459045235360287471352662",
    "string(log(10))": "2.302585092994045684017991454684364",
    "log(0)": None,
    "odd(-3)": True,
    "even(0.5)": False,
}

TEXT = {
    '"tab\\t, quote \\", back\\\\slash"': 'tab\t, quote ", back\\slash',
    '"\\u00e9\\U01F600"': "é😀",
    'string length("é😀")': 2,
    'substring("😀abc", 2, 2)': "ab",
    'substring("committee", -3)': "tee",
    'substring("committee", 0)': None,
    'upper case("aé1")': "AÉ1",
    'substring before("a-b-c", "-")': "a",
    'substring before("abc", "-")': "",
    'substring after("a-b-c", "-")': "b-c",
    'replace("2026-03-04", "(\\d+)-(\\d+)-(\\d+)", "$3.$2.$1")': "04.03.2026",
    'replace("cost: 5", "\\d", "\\\\$$0")': "cost: $5",
    'replace("cost", "o", "$")': None,
    'replace("AbAb", "a", "x", "i")': "xbxb",
    'matches("north sea", "^n.*a$")': True,
    'matches("northsea", "north sea", "x")': True,
    'matches("a\\nb", "a.b")': False,
    'matches("a\\nb", "a.b", "s")': True,
    'matches("a\\nb", "^b$", "m")': True,
    'matches("b", "[a-z-[aeiou]]")': True,
    'matches("e", "[a-z-[aeiou]]")': False,
    'matches("élan", "\\p{L}+")': True,
    'matches("a", "[")': None,
    'matches("a", "a", "z")': None,
    'matches("x1", "\\i\\c")': True,
    'contains("committee", "mitt")': True,
    'starts with("committee", "com")': True,
    'ends with("committee", "tee")': True,
    'split("a, b,c", ",\\s*")': ["a", "b", "c"],
    'string join(["a", null, "b"], "-")': "a-b",
    'string join(["a"], ", ", "<", ">")': "<a>",
    "string join([1])": None,
    'string([1, "a", {b c: null}])': '[1, "a", {b c: null}]',
    "string(null)": None,
    'number("1.000,5", ".", ",")': 1000.5,
    'number("1 000")': None,
    'number("1,5", ",", ",")': None,
    'number("0x10")': None,
    'starts with(string: "abc", match: "a")': True,
    'starts with(text: "abc", match: "a")': None,
}

LISTS = {
    "[5, 6, 7][-1]": 7,
    "[5, 6, 7][0]": None,
    "[5, 6, 7][item > 5]": [6, 7],
    "[5, 6, 7][> 5]": [6, 7],
    "[{a: 1}, {a: 2}][a > 1].a": [2],
    "[{k: 1}, {k: 2}][list contains([2], k)]": [{"k": 2}],
    "[{k: 1}, {k: 2}][list contains([2], item.k)]": [{"k": 2}],
    "[{item: 1}, {item: 2}][item = 2]": [{"item": 2}],
    "7[1]": 7,
    "null[1]": None,
    "count(7)": 1,
    "count(null)": None,
    "min([])": None,
    'max("a", "c", "b")': "c",
    "sum([0.1, 0.2])": 0.3,
    "sum([])": None,
    'sum([@"P1D", @"PT12H"])': "P1DT12H",
    "mean(1, 2, 6)": 3,
    "median([4, 1, 3, 2])": 2.5,
    "stddev(1, 2, 3)": 1,
    "stddev(1)": None,
    "mode([2, 1, 2, 1, 3])": [1, 2],
    "mode([])": [],
    "product(2, 3, 4)": 24,
    "all([true, null])": None,
    "all([false, null])": False,
    "any([true, null])": True,
    "any([])": False,
    "sublist([1, 2, 3], 2)": [2, 3],
    "sublist([1, 2, 3], -2, 1)": [2],
    "append([1], [2], 3)": [1, [2], 3],
    "concatenate([1], [2, 3])": [1, 2, 3],
    "insert before([1, 3], 2, 2)": [1, 2, 3],
    "remove([1, 2, 3], -1)": [1, 2],
    "remove([1], 5)": None,
    "reverse([1, 2])": [2, 1],
    "index of([1, null, 1], 1)": [1, 3],
    "union([1, 2], [2, 3])": [1, 2, 3],
    "distinct values([1, 1.0, 2])": [1, 2],
    "flatten([1, [2, [3]]])": [1, 2, 3],
    "list replace([1, 2], 2, 9)": [1, 9],
    "list replace([1, 2, 3], function(item, newItem) item < newItem, 2)": [2, 2, 3],
    "sort([3, 1, 2], function(a, b) a < b)": [1, 2, 3],
    "sort([1, 2], function(a, b) 1)": None,
    "[1, [2]] = [1, [2]]": True,
    "[1, 2] = [2, 1]": False,
}

CONTEXTS = {
    "{a: 1, b: a + 1}.b": 2,
    '{"a b": 1}.a b': 1,
    "{a: 1, a: 2}": None,
    "{a: 1}.b": None,
    "{__proto__: 5, a: __proto__ + 1}": {"__proto__": 5, "a": 6},
    "{}.constructor": None,
    "{}.__proto__": None,
    "{a: 1, b: {c: null}} = {b: {c: null}, a: 1}": True,
    'get value({a: {b: 2}}, ["a", "b"])': 2,
    'get value({a: 1}, "b")': None,
    "get entries({a: 1})": [{"key": "a", "value": 1}],
    'context([{key: "a", value: 1}, {key: "b", value: 2}])': {"a": 1, "b": 2},
    'context([{key: "a", value: 1}, {key: "a", value: 2}])': None,
    'context put({a: 1}, ["b", "c"], 2)': {"a": 1, "b": {"c": 2}},
    "context merge([{a: 1, b: 1}, {b: 2}])": {"a": 1, "b": 2},
}

MOMENTS = {
    'date("2024-02-29")': "2024-02-29",
    'date("2023-02-29")': None,
    'date("2024-1-1")': None,
    'date("-0044-03-15").year': -44,
    'date("999999999-12-31") + @"P1D"': None,
    "date(2026, 3, 4)": "2026-03-04",
    'date(@"2026-03-04T05:06:07Z")': "2026-03-04",
    'time("10:20:30.50")': "10:20:30.5",
    'time("10:20")': None,
    'time("25:00:00")': None,
    'time("10:20:30+01:30")': "10:20:30+01:30",
    'time("10:20:30+00:00")': "10:20:30Z",
    'time("10:20:30@Nowhere/Land")': None,
    'time(10, 20, 30.5, @"-PT5H")': "10:20:30.5-05:00",
    'time("23:30:00") + @"PT1H"': "00:30:00",
    'date and time(@"2026-03-04", @"05:06:07")': "2026-03-04T05:06:07",
    'date and time("2026-03-04")': "2026-03-04T00:00:00",
    'date and time("2026-07-01T12:00:00", "America/New_York").time offset': "-PT4H",
    '@"2026-01-01T12:00:00@Asia/Kolkata" = @"2026-01-01T06:30:00Z"': True,
    '@"2026-03-28T12:00:00@Europe/Paris" + @"P1D"': "2026-03-29T13:00:00@Europe/Paris",
    '@"2126-07-01T12:00:00@Europe/Paris".time offset': "PT2H",
    '@"10:00:00" < @"11:00:00Z"': None,
    '@"10:00:00Z" = @"11:00:00+01:00"': True,
    'is(@"10:00:00Z", @"11:00:00+01:00")': False,
    'is(@"10:00:00Z", @"10:00:00+00:00")': True,
    '@"2026-01-31" + @"P1M"': "2026-02-28",
    '@"2026-01-02" - @"PT1H"': "2026-01-01",
    '@"2026-03-01" - @"2026-02-01"': "P28D",
    '@"2026-03-01T10:00:00Z" - @"2026-03-01"': "PT10H",
    '@"2026-03-01T10:00:00" - @"2026-03-01"': None,
    '@"2026-03-01T00:00:00Z" - @"2026-02-28T12:00:00Z"': "PT12H",
    '@"2026-03-01" < @"2026-03-01T00:00:00"': None,
    'duration("P1Y14M")': "P2Y2M",
    'duration("PT25H")': "P1DT1H",
    'duration("P1Y1D")': None,
    'duration("P")': None,
    '@"P1Y" = @"P12M"': True,
    '@"P1Y" = @"P365D"': None,
    '@"P1D" * 1.5': "P1DT12H",
    '@"P1Y" / 4': "P3M",
    '@"P1D" / @"PT6H"': 4,
    '-@"P1D" + @"PT1H"': "-PT23H",
    '@"PT90S".minutes': 1,
    '@"PT1.5S".seconds': 1.5,
    '@"P14M".years': 1,
    '@"P14M".days': None,
    '@"2026-03-04".weekday': 3,
    '@"2026-03-04T05:06:07@Europe/London".timezone': "Europe/London",
    'abs(@"-P1M")': "P1M",
    'day of year(@"2026-03-01")': 60,
    'day of week(@"2026-03-01T10:00:00")': "Sunday",
    'month of year(@"2026-03-01")': "March",
    'week of year(@"2027-01-01")': 53,
    'years and months duration(@"2026-01-31", @"2027-03-01")': "P1Y1M",
    'years and months duration(@"2027-03-01", @"2026-01-31T10:00:00")': "-P1Y1M",
    'last day of month(@"2024-02-03T10:00:00")': "2024-02-29",
}

RANGES = {
    "3 in (1..3)": False,
    "3 in ]1..3]": True,
    "3 in [1..3[": False,
    "4 in (< 2, > 3)": True,
    "4 in [[1..2], [4..5]]": True,
    "4 in (!= 4)": False,
    "2 in [1, 2]": True,
    '"x" in [1..3]': None,
    "2 in [null..3]": None,
    "2 in (null..3]": True,
    "(null..null)": None,
    "[1..3] = [1..3]": True,
    "(1..5].start included": False,
    "[1..5].end": 5,
    '2 between 1 and "x"': None,
    'range("[1..3]") = [1..3]': True,
    'range("(..3]") = (<= 3)': True,
    'range("[1..]")': None,
    'range("[date(\\"2026-01-01\\")..@\\"2026-02-01\\"]").end': "2026-02-01",
    "before(1, [1..5])": False,
    "before([1..2), [2..5])": True,
    "after(6, [1..5])": True,
    "meets([1..2], [2..3])": True,
    "met by([2..3], [1..2])": True,
    "overlaps([1..3], [3..5])": True,
    "overlaps([1..3), [3..5])": False,
    "overlaps before([1..3], [2..5])": True,
    "overlaps after([2..5], [1..3])": True,
    "finishes(5, [1..5])": True,
    "finished by([1..5], [3..5])": True,
    "includes([1..5], [2..3])": True,
    "during(1, (1..5])": False,
    "starts([1..3], [1..5])": True,
    "started by([1..5], 1)": True,
    "coincides([1..5], [1..5])": True,
    "includes(range: [1..5], point: 2)": True,
}

LOGIC = {
    "true and null": None,
    "null and false": False,
    "null or true": True,
    "false or 1": None,
    "not(null)": None,
    "null = null": True,
    "1 != null": True,
    '1 = "1"': None,
    "if null then 1 else 2": 2,
    "every x in [1, 2] satisfies x > 0": True,
    "every x in [] satisfies false": True,
    "some x in [1, null] satisfies x > 1": None,
    "some x in null satisfies true": None,
    "for i in 3..1 return i": [3, 2, 1],
    "for i in (1..4) return i": [2, 3],
    'for d in @"2026-02-28"..@"2026-03-01" return day of week(d)': ["Saturday", "Sunday"],
    "for x in [1, 2], y in [x, x * 10] return y": [1, 10, 2, 20],
    "for i in 1..4 return if i = 1 then 1 else partial[-1] * i": [1, 2, 6, 24],
    "for x in null return x": None,
    "(function(a, b) a - b)(b: 1, a: 5)": 4,
    "(function(a) a)()": None,
    '(function(a: number) a)("x")': None,
    "(function(a: list<number>) a)(1)": [1],
    "{f: function(n) if n < 2 then 1 else n * f(n - 1)}.f(5)": 120,
    "(function(x) external {java: {class: x}})": None,
    "[1, 2] instance of list<number>": True,
    "[1, null] instance of list<string>": False,
    "{a: 1, b: 2} instance of context<a: number>": True,
    "{} instance of context<a: number>": False,
    "[1..2] instance of range<number>": True,
    'range("[1..2]") instance of range<string>': False,
    '@"P1D" instance of days and time duration': True,
    "null instance of Any": False,
    "(function(a: number) {b: 1}) instance of function<number> -> context<b: number>": True,
    "(function(a: number) 1) instance of function<string> -> number": False,
    "1 instance of nothing known": None,
    "1 + // said aside\n 1 /* and more */": 2,
    "/* first */ 3": 3,
}

ALL: dict[str, Any] = {**NUMBERS, **TEXT, **LISTS, **CONTEXTS, **MOMENTS, **RANGES, **LOGIC}


@pytest.mark.parametrize(("expression", "result"), ALL.items(), ids=ALL.keys())
def test_feel_means_what_the_standard_says(expression, result):
    found = feel.evaluate(expression, {})

    # As text, because in Python 1 is True.
    assert json.dumps(found, sort_keys=True) == json.dumps(result, sort_keys=True)


def test_what_is_made_of_a_name_that_a_list_knows_too_is_counted_by_the_one_outside():
    """A place is the same for all items, even where each has an entry of the same name."""
    assert feel.evaluate("xs[i]", {"xs": [{"i": 2}, {"i": 1}], "i": 1}) == {"i": 2}


def test_numbers_from_variables_keep_their_digits():
    assert feel.evaluate("n + 0.1", {"n": 12345678901234.5}) == 12345678901234.6
    assert feel.evaluate("n = 0.1 + 0.2", {"n": 0.3}) is True
    assert feel.evaluate("n * 10", {"n": 1e-7}) == 1e-6


def test_a_time_zone_that_only_the_data_names_is_found():
    assert feel.evaluate("date and time(day, zone).time offset", {"day": "2026-07-01T00:00:00", "zone": "Asia/Tokyo"}) == "PT9H"
    assert feel.evaluate("date and time(day, zone)", {"day": "2026-07-01T00:00:00", "zone": "Nowhere/Land"}) is None


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "GMT", "Etc/GMT+1", "Europe/London", "America/New_York"])
def test_a_time_zone_is_found_whatever_its_name(zone):
    assert feel.evaluate(f'date and time("2026-01-31T10:30:00@{zone}").timezone', {}) == zone
    assert feel.evaluate(f'@"2026-01-31T10:30:00@{zone}".hour', {}) == 10
    assert feel.evaluate('date and time("2026-01-31T10:30:00T")', {}) is None
    assert feel.evaluate('date and time("2026-01-31T")', {}) is None


def test_variables_may_have_any_name():
    assert feel.evaluate("__proto__ + constructor", {"__proto__": 1, "constructor": 2}) == 3
    assert feel.evaluate("toString", {}) is None
    assert feel.evaluate("xs[__proto__ = 1]", {"xs": [{"__proto__": 1}, {}]}) == [{"__proto__": 1}]


def test_a_function_with_the_wrong_values_is_nothing_and_a_warning():
    warnings: list[str] = []

    assert feel.evaluate("substring(1, 2)", {}, warnings=warnings) is None
    assert feel.evaluate("[1, 2][1.5]", {}, warnings=warnings) is None

    assert warnings == ["'substring' cannot work with these values", "A place in a list is a whole number"]
