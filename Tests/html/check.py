#!/usr/bin/env python3
"""Looks at the HTML report as a browser shows it.

usage: check.py TOOLS SHOTS      the directory of the tools, and where the screenshots go
"""
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import journal
from browser import Browser

HERE = Path(__file__).parent
MEASURE = (HERE / "measure.js").read_text()
TREE = (HERE / "tree.js").read_text()
LIMIT = 1_000_000

ELEMENTS = set(
    "html head meta title style body header nav main section footer h1 h2 h3 p div span bdi a ul li dl dt dd time code"
    " strong small figure figcaption details summary table caption thead tbody tr th td svg g rect line polyline path"
    " circle text desc defs pattern lineargradient stop".split())
ATTRIBUTES = set(
    "class id href name http-equiv content charset lang tabindex role aria-label aria-hidden scope datetime x y x1 x2 y1"
    " y2 cx cy r width height d points viewBox preserveAspectRatio patternUnits patternTransform offset".split())


class Checks:
    def __init__(self):
        self.passed = 0
        self.failed = 0

    def hold(self, name, faults):
        """Counts a check: passed when it found nothing."""
        if faults:
            self.failed += 1
            print(f"FAILED: {name}")
            for fault in list(faults)[:12]:
                print(f"    {fault}")
        else:
            self.passed += 1


def project(directory, made):
    logs = Path(directory) / ".droid-forge" / "logs"
    logs.mkdir(parents=True)
    if made:
        (logs / "events.ndjson").write_text("".join(line + "\n" for line in made.lines))
        (logs / "results.ndjson").write_text("".join(line + "\n" for line in made.results))


def report(tools, directory):
    made = subprocess.run(
        [f"{tools}/track-metrics", "--project", directory, "--format", "html"], capture_output=True, check=False)
    if made.returncode != 0:
        raise SystemExit(f"track-metrics left with {made.returncode}: {made.stderr.decode()}")
    return made.stdout


def xml_tree(element):
    children = [element.text] if element.text else []
    for child in element:
        children.append(xml_tree(child))
        if child.tail:
            children.append(child.tail)
    return [element.tag.lower(), dict(element.attrib), children]


def blanks_dropped(tree):
    """The tree without the blanks between elements, where the two parsers differ by their rules."""
    tag, attributes, children = tree
    kept = [blanks_dropped(child) if isinstance(child, list) else child
            for child in children if isinstance(child, list) or child.strip()]
    return [tag, attributes, kept]


def elements(tree):
    yield tree
    for child in tree[2]:
        if isinstance(child, list):
            yield from elements(child)


def first_difference(left, right, path=""):
    if isinstance(left, str) or isinstance(right, str):
        return None if left == right else f"{path}: {left!r:.80} and {right!r:.80}"
    path += "/" + left[0]
    if left[:2] != right[:2] or len(left[2]) != len(right[2]):
        return f"{path}: {left[:2]} with {len(left[2])} and {right[:2]} with {len(right[2])} children"
    return next((found for pair in zip(left[2], right[2]) if (found := first_difference(*pair, path))), None)


def well_formed(page, browser):
    """The XML parser and the browser's HTML parser must see the same tree: then nothing depends on error recovery."""
    strict = blanks_dropped(xml_tree(ElementTree.fromstring(page.decode().split("\n", 1)[1])))
    shown = blanks_dropped(browser.value(TREE))
    difference = first_difference(strict, shown)
    return [difference] if difference else []


def foreign(page):
    """Elements, attributes and targets that the renderer has no word for."""
    tree = xml_tree(ElementTree.fromstring(page.decode().split("\n", 1)[1]))
    for tag, attributes, _ in elements(tree):
        if tag not in ELEMENTS:
            yield f"element {tag}"
        yield from (f"attribute {name} of {tag}" for name in attributes if name not in ATTRIBUTES)
        if not attributes.get("href", "#").startswith("#"):
            yield f"link to {attributes['href']}"


def texts_missing(browser, wanted):
    text = browser.value("return document.body.textContent")
    return [f"not told as text: {one}" for one in wanted if one not in text]


def look(checks, browser, name, page, path, shots, sizes):
    url = path.as_uri()
    pictures = {}
    for width, dark in sizes:
        shape = f"{name} {width} {'dark' if dark else 'light'}"
        browser.open(url, width, dark)
        checks.hold(f"{shape}: asks for nothing but itself", [one for one in browser.requests if one != url])
        checks.hold(f"{shape}: the browser complains of nothing", browser.complaints)
        pictures[width, dark] = browser.screenshot(shots / f"{shape.replace(' ', '-')}.png")
        checks.hold(f"{shape}: fits and can be read", browser.value(MEASURE))
    browser.open(url, 1280, False)
    checks.hold(f"{name}: two parsers see one tree", well_formed(page, browser))
    checks.hold(f"{name}: holds only what it may hold", list(foreign(page)))
    checks.hold(f"{name}: at most {LIMIT} bytes", [f"{len(page)} bytes"] if len(page) > LIMIT else [])
    return pictures


def hostile_shown(text):
    """The beginning of a hostile text as a page shows it."""
    shown = "".join(f"\\u{{{ord(c):x}}}" if ord(c) < 32 or 0x202A <= ord(c) <= 0x2069 else c for c in text)
    return shown[:40]


def main():
    tools, shots = sys.argv[1], Path(sys.argv[2])
    shots.mkdir(parents=True, exist_ok=True)
    checks = Checks()
    now = journal.now()
    every = [(width, dark) for width in (400, 1280) for dark in (False, True)]
    scenes = {
        "realistic": (journal.realistic(now), every),
        "empty": (None, [(400, False), (1280, True)]),
        "single": (journal.single(now), [(400, True), (1280, False)]),
        "crowd": (journal.crowd(now), [(400, False), (1280, False)]),
    }
    with tempfile.TemporaryDirectory(prefix="droid-track-html.") as work:
        browser = Browser()
        try:
            for name, (made, sizes) in scenes.items():
                directory = f"{work}/{name}"
                project(directory, made)
                page = report(tools, directory)
                path = shots / f"{name}.html"
                path.write_bytes(page)
                pictures = look(checks, browser, name, page, path.resolve(), shots, sizes)
                if name == "realistic":
                    wanted = [hostile_shown(text) for text in journal.HOSTILE]
                    checks.hold("hostile names stay text", texts_missing(browser, wanted))
                    same = pictures[1280, False] == pictures[1280, True]
                    checks.hold("light and dark differ", ["they are the same"] if same else [])
                if name == "crowd":
                    checks.hold("what is left out is counted", texts_missing(browser, ["and 9900 more droids"]))
                if name == "empty":
                    checks.hold("an empty journal says so", texts_missing(browser, ["Nothing is recorded yet"]))
        finally:
            browser.close()
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


sys.exit(main())
