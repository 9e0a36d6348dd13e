"""Each format read by a parser that is not ours: what is wrong with an output, as a list of lines."""
import csv
import html.parser
import io
import json
import subprocess
from pathlib import Path

import cmarkgfm
import jsonschema
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from prometheus_client.parser import text_string_to_metric_families as classic_families

import hostile

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/track-metrics.schema.json").read_text())
NAMES = [hostile.visible(text) for text in hostile.TEXTS]


def text(output):
    yield from harm(output)


def json_schema(output):
    yield from harm(output)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    report = json.loads(output)
    for error in validator.iter_errors(report):
        yield from (f"{list(inner.absolute_path)}: {inner.message:.200}" for inner in error.context or [error])
    if report.get("droids"):
        yield from missing(hostile.TEXTS, {droid["droid"] for droid in report["droids"]})


def table(output):
    yield from harm(output.replace("\r\n", "\n"))
    rows = list(csv.DictReader(io.StringIO(output, newline=""), strict=True))
    if any(None in row or None in row.values() for row in rows):
        yield "a row has more or fewer cells than the header"
    cells = [cell for row in rows for cell in row.values()]
    yield from (f"begins a formula: {cell!r}" for cell in cells if cell[:1] in set("=+-@\t\r\n\uff1d") and not number(cell))
    if rows and "droid" in rows[0]:
        formula = set("=+-@\uff1d\t")
        quoted = ["'" * (text[0] in formula) + hostile.visible(text) for text in hostile.TEXTS]
        if "started" in rows[0]:
            yield from missing(quoted, {row["droid"] for row in rows})


def markdown(output):
    yield from harm(output)
    if len(output.encode()) > 1_000_000:
        yield "longer than 1 000 000 bytes"
    page = Page()
    page.feed(cmarkgfm.github_flavored_markdown_to_html(output, options=1 << 17))
    yield from (f"markup from the journal: {tag}" for tag in page.tags - Page.OWN)
    if "Droid" in page.cells:
        yield from missing([name[:300] + "\u2026" * (len(name) > 300) for name in NAMES if name.strip() == name], page.codes)


def metrics(output):
    yield from harm(output)
    check = subprocess.run(["promtool", "check", "metrics"], input=output, text=True, capture_output=True)
    if check.returncode:
        yield f"promtool: {check.stdout}{check.stderr}"
    for parse in text_string_to_metric_families, classic_families:
        families = {family.name: family for family in parse(output)}
        droids = {sample.labels["droid"] for sample in families["droid_track_droid_executions"].samples}
        yield from missing([name for name in NAMES if len(name) <= 128], droids)
        labels = {label for family in families.values() for sample in family.samples for label in sample.labels}
        yield from (f"label {label}" for label in labels - {"droid", "outcome", "reason", "statistic", "severity", "kind", "project"})


class Page(html.parser.HTMLParser):
    """The tags, cells and code of a page."""

    OWN = set("h1 h2 p em strong table thead tbody tr th td code details summary br".split())

    def __init__(self):
        super().__init__()
        self.tags, self.cells, self.codes, self.inside = set(), set(), set(), []

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag == "code":
            self.inside.append("")

    def handle_endtag(self, tag):
        if tag == "code":
            self.codes.add(self.inside.pop())

    def handle_data(self, data):
        self.cells.add(data.strip())
        if self.inside:
            self.inside[-1] += data


def harm(output):
    harmful = sorted({f"U+{ord(c):04X}" for c in output if hostile.is_harmful(c)})
    if harmful:
        yield f"holds {' '.join(harmful)}"


def missing(expected, found):
    yield from (f"not read back: {text!r:.80}" for text in expected if text not in found)


def number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True
