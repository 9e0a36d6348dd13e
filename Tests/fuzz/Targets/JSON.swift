@testable import TrackCore

/// Scanner and parser agree on what is JSON, and what is written of a value reads as that value.
func fuzzJSON(_ bytes: [UInt8]) {
  let scanned = isJSON(bytes)
  demand(isSkipped(bytes) == scanned, "skipping sees another text than scanning")
  let value = try? JSONParser.value(bytes)
  demand((value != nil) == scanned, "the scanner says \(scanned), the parser does not")
  let framed = [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "5")]
  let inRange = try? JSONParser.value(framed, in: 1..<bytes.count + 1)
  demand(sameText(inRange, value), "what lies around a range matters")
  guard let value else { return }
  demandStable(value)
}

/// What is written of `value` is JSON on one line without a control character, and reads as `value`.
func demandStable(_ value: JSONValue) {
  let written = rendering(value)
  demand(written.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "a raw control character was written")
  demand(
    !String(decoding: written, as: UTF8.self).unicodeScalars.contains(where: \.actsOnTerminals),
    "a raw character that acts on terminals was written")
  let again = try? JSONParser.value(written)
  demand(sameText(again, value), "what was written reads otherwise: \(String(decoding: written, as: UTF8.self))")
}

/// The JSON of `value`.
func rendering(_ value: JSONValue) -> [UInt8] {
  var writer = JSONWriter()
  writer.value(value)
  return writer.bytes
}

/// Whether two values are the same to the byte: `==` of texts takes canonically equivalent ones for equal.
func sameText(_ left: JSONValue?, _ right: JSONValue?) -> Bool {
  switch (left, right) {
  case (nil, nil), (.null?, .null?): true
  case (.bool(let left)?, .bool(let right)?): left == right
  case (.number(let left)?, .number(let right)?): left.text.utf8.elementsEqual(right.text.utf8)
  case (.string(let left)?, .string(let right)?): left.utf8.elementsEqual(right.utf8)
  case (.array(let left)?, .array(let right)?): left.elementsEqual(right) { sameText($0, $1) }
  case (.object(let left)?, .object(let right)?):
    left.members.elementsEqual(right.members) { $0.key.utf8.elementsEqual($1.key.utf8) && sameText($0.value, $1.value) }
  default: false
  }
}

/// A filter for a comparison with another reader: a document a line, its base64 in, its JSON or `refused` out.
func readJSONLines() {
  while let line = readLine() {
    let document = base64(line)
    let value = try? JSONParser.value(document)
    demand(isJSON(document) == (value != nil), "scanner and parser do not agree")
    print(value.map { String(decoding: rendering($0), as: UTF8.self) } ?? "refused")
  }
}

private func isJSON(_ bytes: [UInt8]) -> Bool {
  var scanner = JSONScanner(bytes)
  do throws(JSONError) {
    while try scanner.next() != nil {}
    return true
  } catch {
    demand((0...bytes.count).contains(error.offset), "an error outside the text")
    return false
  }
}

private func isSkipped(_ bytes: [UInt8]) -> Bool {
  var scanner = JSONScanner(bytes)
  do throws(JSONError) {
    try scanner.skipValue()
    return try scanner.next() == nil
  } catch {
    return false
  }
}

private func base64(_ text: String) -> [UInt8] {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var bytes: [UInt8] = []
  var (bits, count) = (0, 0)
  for digit in text.utf8 {
    guard let value = alphabet.firstIndex(of: digit) else { break }
    (bits, count) = ((bits << 6 | value) & 0xFFFF, count + 6)
    if count >= 8 {
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> count))
    }
  }
  return bytes
}
