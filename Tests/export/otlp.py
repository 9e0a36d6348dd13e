"""Reads OTLP/JSON lines with OpenTelemetry's own messages, and says what is wrong with the spans."""

import base64
import json

from google.protobuf import json_format
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

IDS = ("traceId", "spanId", "parentSpanId")


def rebased(value):
    """OTLP/JSON writes ids in hexadecimal where JSON's mapping of protobuf has base64."""
    if isinstance(value, list):
        return [rebased(element) for element in value]
    if isinstance(value, dict):
        return {
            key: base64.b64encode(bytes.fromhex(element)).decode() if key in IDS else rebased(element)
            for key, element in value.items()
        }
    return value


def numbers_as_text(value, key=None):
    """64-bit numbers are strings, and enumerations and the others are numbers."""
    if isinstance(value, list):
        return all(numbers_as_text(element) for element in value)
    if isinstance(value, dict):
        return all(numbers_as_text(element, name) for name, element in value.items())
    if key in ("intValue", "startTimeUnixNano", "endTimeUnixNano", "timeUnixNano"):
        return isinstance(value, str)
    if key in ("kind", "code", "flags"):
        return isinstance(value, int)
    return True


def plain(attributes):
    values = {}
    for attribute in attributes:
        assert attribute.key not in values, f"{attribute.key} twice"
        values[attribute.key] = getattr(attribute.value, attribute.value.WhichOneof("value"))
    return values


class Span:
    def __init__(self, span, resource):
        self.trace = span.trace_id.hex()
        self.id = span.span_id.hex()
        self.parent = span.parent_span_id.hex()
        self.begin, self.end = span.start_time_unix_nano, span.end_time_unix_nano
        self.attributes = plain(span.attributes)
        self.resource = resource
        self.message = span
        self.execution = self.attributes["cicd.pipeline.task.run.id"]
        self.above = self.attributes.get("droid_track.parent_execution_id")


def read(text):
    """The spans of lines, each an ExportTraceServiceRequest that OpenTelemetry's own code takes."""
    spans = []
    assert not text or text.endswith("\n"), "the last line is not whole"
    for line in text.splitlines():
        document = json.loads(line)
        assert numbers_as_text(document), f"a number of the wrong kind: {line}"
        request = json_format.Parse(json.dumps(rebased(document)), ExportTraceServiceRequest())
        for group in request.resource_spans:
            resource = plain(group.resource.attributes)
            assert resource["service.name"], "a service without a name"
            for scope in group.scope_spans:
                assert (scope.scope.name, bool(scope.scope.version)) == ("droid-track", True)
                spans += [Span(span, resource) for span in scope.spans]
    return spans


def problems(spans, outside=()):
    """What is wrong with spans that are all there are; `outside` are known parents that are not among them."""
    known = {span.id: span for span in spans}
    executions = {span.execution: span for span in spans}
    for span in spans:
        if len(span.trace) != 32 or not int(span.trace, 16) or len(span.id) != 16 or not int(span.id, 16):
            yield f"{span.execution}: an id that is none"
        if span.parent and span.parent not in known and span.parent not in outside:
            yield f"{span.execution}: its parent is not there"
        if span.parent in known and known[span.parent].trace != span.trace:
            yield f"{span.execution}: its parent is in another trace"
        if span.above in executions and span.parent != executions[span.above].id:
            yield f"{span.execution}: is not in the span of {span.above}"
        if span.begin > span.end:
            yield f"{span.execution}: ends before it begins"
        if any(not span.begin <= event.time_unix_nano <= span.end for event in span.message.events):
            yield f"{span.execution}: an event lies outside"
        times = [event.time_unix_nano for event in span.message.events]
        if times != sorted(times):
            yield f"{span.execution}: events out of order"
        result = span.attributes["cicd.pipeline.task.run.result"]
        if result not in ("success", "failure", "error", "timeout", "cancellation", "skip"):
            yield f"{span.execution}: no result of the conventions: {result}"
        if (span.message.status.code == 1) != (result == "success") or span.message.status.code not in (1, 2):
            yield f"{span.execution}: status {span.message.status.code} with {result}"
        if (result != "success") != ("error.type" in span.attributes):
            yield f"{span.execution}: error.type with {result}"
        if span.attributes["gen_ai.operation.name"] != "invoke_agent":
            yield f"{span.execution}: no invocation of an agent"
