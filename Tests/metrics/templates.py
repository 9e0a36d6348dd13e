"""What errors have in common: the text with all that differs from case to case replaced."""
import re

UNITS = "ns us ms s sec secs second seconds m min mins minute minutes h hour hours d day days milliseconds".split()
UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
# A quoted text; an apostrophe within a word begins and ends none.
QUOTED = r"(?<![A-Za-z0-9])(?P<quote>[\"'`]).*?(?P=quote)(?![A-Za-z0-9])"
WORD = r"(?P<word>[A-Za-z0-9.:/@~+%\\_\-\u0080-\U0010ffff]+)"
HEXADECIMAL = r"(?=[^-_]*[0-9])(?=[^-_]*[A-Fa-f])[0-9A-Fa-f]{7,}"
# A part between hyphens and underscores that is a long number or hexadecimal.
PART = rf"(?<![A-Za-z0-9.])(\d{{4,}}|{HEXADECIMAL})(?![A-Za-z0-9.])"
# Before the digits of a number; those behind a letter belong to a word.
NO_WORD = r"(?<![A-Za-z0-9.\u0080-\U0010ffff])|(?<=[^A-Za-z0-9\u0080-\U0010ffff]\.)"
# In the order in which they are tried.
KINDS = (
    ("<time>", r"\d{4}-\d\d-\d{2,}[\d:.+TZ-]*|\d\d:\d\d:\d\d[\d:.+TZ-]*"),
    ("<id>", r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|0x[0-9A-Fa-f]+|" + HEXADECIMAL),
    ("<id>", rf"(?=.*[-_])[A-Za-z0-9._-]*?{PART}[A-Za-z0-9._-]*"),
    ("<duration>", rf"(\d[\d.]*({UNIT})(?![a-z]))+|(\d[\d.]*({UNIT}))+"),
)
LONGEST = 200


def template(error):
    """Of several lines the first counts, of a Python traceback the last."""
    lines = [line for line in re.split("[\n\r]", error) if line] or [error]
    line = lines[-1 if lines[0].startswith("Traceback (most recent call last)") else 0]
    line = re.sub("[ \t]+", " ", line).strip(" ")
    line = re.sub(f"{QUOTED}|{WORD}", replace, line)
    line = re.sub(rf"<n> ({UNIT})(?![A-Za-z])", "<duration>", line)
    content = line.encode()
    return line if len(content) <= LONGEST else content[:LONGEST].decode(errors="ignore") + "..."


def replace(match):
    if match["quote"]:
        return "<text>"
    word = match["word"].rstrip(".:/-")
    return replaced(word) + match["word"][len(word):]


def replaced(word):
    """What one word without punctuation at its end becomes."""
    parts = [part for part in word.split("/") if part]
    is_file = parts and "." in parts[-1] and re.search("[A-Za-z]", word)
    if "/" in word and (word[0] in "/~." or len(parts) > 2 or is_file):
        return "<path>" + ":<n>" * sum(part.isdigit() for part in word.split(":")[1:])
    for kind, shape in KINDS:
        if re.search("[0-9]", word) and re.fullmatch(shape, word):
            return kind
    return re.sub(f"({NO_WORD})[0-9][0-9.]*", "<n>", word)
