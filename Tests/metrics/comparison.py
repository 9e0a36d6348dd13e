"""Compares what a report tells with what it must tell: every key, and nothing that was not expected."""
from figures import Within

# Keys whose values are not computed, by their path without places in lists, and why.
NOT_COMPUTED = {
    "version": "names the schema, which has tests of its own",
    "generated_at": "is the moment that everything else is computed for",
    "data.problems.reason": "is prose; the file and the line are compared",
    "data.unreadable.reason": "is the system's word",
    "issues.summary": "is prose about value and threshold, which are compared",
    "issues.evidence": "is prose about the executions, which are compared",
    "issues.advice": "is prose",
}


def differences(expected, found, path=""):
    """A line for each difference."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(expected.keys() | found.keys()):
            inner = f"{path}.{key}" if path else key
            if inner in NOT_COMPUTED or path.startswith("issues.") and f"issues.{key}" in NOT_COMPUTED:
                if key not in found:
                    yield f"{inner}: not told"
            elif key not in expected:
                yield f"{inner}: told, but not expected: {str(found[key]):.80}"
            elif key not in found:
                yield f"{inner}: not told"
            else:
                yield from differences(expected[key], found[key], inner)
    elif isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            yield f"{path}: expected {len(expected)} elements, found {len(found)}"
        for place, (one, other) in enumerate(zip(expected, found)):
            yield from (difference.replace(path, f"{path}[{place}]", 1) for difference in differences(one, other, path))
    elif not equal(expected, found):
        yield f"{path}: expected {expected!r:.100}, found {found!r:.100}"


def equal(expected, found):
    is_number = isinstance(found, (int, float)) and not isinstance(found, bool)
    if isinstance(expected, Within):
        return is_number and expected.low <= found <= expected.high
    if isinstance(expected, float) and is_number:
        return abs(expected - found) <= 1e-6 + 1e-9 * abs(expected)
    return expected == found and isinstance(expected, bool) == isinstance(found, bool)
