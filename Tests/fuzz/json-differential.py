"""Compares our JSON reader with Python's on generated documents: what is refused, and the value of what is not.

Where the two differ on purpose, Python is made to follow RFC 8259 and our bounds:
- NaN, Infinity and -Infinity are no JSON; Python takes them unless told otherwise.
- Bytes must be UTF-8 without a byte order mark; Python's reader of bytes guesses UTF-16 and UTF-32, too.
- More than 64 levels are refused; an escaped surrogate without its partner is read as U+FFFD.
- Numbers are kept as they are written: not rounded, not bounded, -0 stays -0.
- Of equal keys the last value counts, at the place of the first; keys are equal only to the byte.
"""

import base64
import json
import os
import random
import re
import subprocess

SEED = 20251008
COUNT = 200_000 if os.environ.get("TRACK_TEST_LONG") else 20_000
MAXIMUM_DEPTH = 64

TEXTS = ["", "a", "caf\u00e9", "cafe\u0301", "\u2028\u2029", "\U0001f600", "\ufeff", "\x7f\x80\x9f", '"\\/', "\u202e"]
ESCAPES = ['\\"', "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0000", "\\u00e9", "\\ud83d\\ude00", "\\uD800",
           "\\udc00", "\\ud800\\ud800\\udc00", "\\uDBFF\\uDFFF", "\\u2028", "\\ud800x", "\\ud800\\n"]
NUMBERS = ["0", "-0", "0.0", "-0.0e0", "1", "-1", "10", "1e0", "1E+5", "1.5e-3", "1e999", "-1e-999", "9007199254740993",
           "18446744073709551616", "123456789012345678901234567890.5", "0.1000000000000000055511151231257827"]
BAD = ["NaN", "Infinity", "-Infinity", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "tru", "nul", "True", "'a'",
       '"\\x"', '"\\u12g4"', '"\\u12"', '"\t"', '"\n"', '"\x00"', '"a', "[1,]", "[,1]", "[1 2]", '{"a"}', '{"a":}',
       '{"a":1,}', "{a:1}", '{1:2}', "[", "]", "{", "}", "", " ", "1 2", "//", "/**/1", "\u00a01", "1\x0c", "\ufeff1"]
BAD_BYTES = [b'"\xff"', b'"\xc0\x80"', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"', b'"\xe2\x82"', b'"\xf8\x88\x80\x80\x80"',
             b'"\xc3', b"\xff\xfe1\x00", b"\xfe\xff\x001", b"1\x00\x00\x00", b"\x001", b"\xef\xbb\xbf1"]


class Document:
    """Writes random JSON with random spacing, escapes and keys that repeat."""

    def __init__(self, chance):
        self.chance = chance

    def space(self):
        return "".join(self.chance.choices(["", " ", "\t", "\n", "\r", "  "], [20, 6, 1, 1, 1, 1]))

    def string(self):
        parts = [self.chance.choice(TEXTS).replace("\\", "\\\\").replace('"', '\\"')
                 if self.chance.random() < 0.6 else self.chance.choice(ESCAPES) for _ in range(self.chance.randrange(4))]
        return '"' + "".join(parts) + '"'

    def number(self):
        if self.chance.random() < 0.5:
            return self.chance.choice(NUMBERS)
        text = self.chance.choice(["", "-"]) + str(self.chance.randrange(10 ** self.chance.randrange(1, 25)))
        if self.chance.random() < 0.4:
            text += "." + "".join(self.chance.choices("0123456789", k=self.chance.randrange(1, 20)))
        if self.chance.random() < 0.3:
            text += self.chance.choice("eE") + self.chance.choice(["", "+", "-"]) + str(self.chance.randrange(400))
        return text

    def value(self, depth):
        kind = self.chance.randrange(8 if depth else 5)
        if kind == 0:
            return self.chance.choice(["null", "true", "false"])
        if kind in (1, 2):
            return self.string()
        if kind in (3, 4):
            return self.number()
        elements = []
        for _ in range(self.chance.randrange(5)):
            key = self.string() + self.space() + ":" + self.space() if kind > 5 else ""
            elements.append(self.space() + key + self.value(depth - 1) + self.space())
        brackets = "{}" if kind > 5 else "[]"
        return brackets[0] + (",".join(elements) or self.space()) + brackets[1]

    def nested(self):
        depth = self.chance.choice([1, 30, 63, 64, 65, 66, 200])
        opening = [self.chance.choice(["[", '{"a":']) for _ in range(depth)]
        closing = ["]" if part == "[" else "}" for part in reversed(opening)]
        return "".join(opening) + self.chance.choice(["1", "{}" if depth < 64 else "2"]) + "".join(closing)

    def bytes(self):
        choice = self.chance.random()
        if choice < 0.05:
            return self.chance.choice(BAD_BYTES)
        if choice < 0.10:
            return self.chance.choice(BAD).encode()
        text = self.nested() if choice < 0.13 else self.space() + self.value(5) + self.space()
        if choice < 0.20:
            text = text.replace(self.chance.choice(["1", "null", '""']), self.chance.choice(BAD), 1)
        data = bytearray(text.encode())
        for _ in range(self.chance.randrange(1, 4) if choice > 0.7 and data else 0):
            place = self.chance.randrange(len(data) + 1)
            data[place:place + self.chance.randrange(3)] = self.chance.choice(
                [b"", b'"', b"\\", b",", b":", b"[", b"}", b"0", b".", b"e", b"\x00", b"\x80", b"\xe2", b"u", b" "])
        return bytes(data)


class Number(str):
    """A number as it is written."""


def refuse(word):
    raise ValueError(word)


def lone_surrogates_replaced(text):
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def normal(value):
    """A value as our writer says it: its lone surrogates replaced, and then equal keys joined."""
    if isinstance(value, Number):
        return "number", str(value)
    if isinstance(value, str):
        return "text", lone_surrogates_replaced(value)
    if isinstance(value, list):
        return "array", [normal(element) for element in value]
    if isinstance(value, tuple):
        members = {}
        for key, member in value:
            members[lone_surrogates_replaced(key)] = normal(member)
        return "object", list(members.items())
    return "word", value


def depth_of(value):
    if isinstance(value, tuple):
        return 1 + max((depth_of(member) for _, member in value), default=0)
    return 1 + max(map(depth_of, value), default=0) if isinstance(value, list) else 0


def expected(data):
    """What Python makes of a document by RFC 8259; None when it is none."""
    try:
        text = data.decode("utf-8")
        value = json.loads(text, parse_int=Number, parse_float=Number, parse_constant=refuse, object_pairs_hook=tuple)
    except ValueError:
        return None
    return normal(value) if depth_of(value) <= MAXIMUM_DEPTH else None


def main():
    chance = random.Random(SEED)
    document = Document(chance)
    documents = [text.encode() for text in BAD] + BAD_BYTES + [number.encode() for number in NUMBERS]
    documents += [f'"{escape}"'.encode() for escape in ESCAPES]
    documents += [document.bytes() for _ in range(COUNT)]
    lines = b"".join(base64.b64encode(data) + b"\n" for data in documents)
    ours = subprocess.run([os.environ["FUZZ"]], input=lines, stdout=subprocess.PIPE, check=True,
                          env={"FUZZ_TARGET": "json-lines", "ASAN_OPTIONS": os.environ["ASAN_OPTIONS"]})
    answers = ours.stdout.split(b"\n")[:-1]
    if len(answers) != len(documents):
        print(f"FAILED json-differential: {len(answers)} answers to {len(documents)} documents")
        return
    taken, different = 0, []
    for data, answer in zip(documents, answers):
        wanted = expected(data)
        taken += wanted is not None
        if (None if answer == b"refused" else expected(answer)) != wanted:
            different.append((data, answer))
    for data, answer in different[:5]:
        print(f"  {data!r}\n  we say {answer!r}")
    if different:
        print(f"FAILED json-differential: {len(different)} of {len(documents)} documents are read differently")
    elif not taken or taken == len(documents):
        print("FAILED json-differential: the documents are all good or all bad")
    else:
        print(f"ok json-differential: {taken} documents with the same value, {len(documents) - taken} refused by both")


main()
