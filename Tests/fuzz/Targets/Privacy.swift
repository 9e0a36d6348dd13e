@testable import TrackCore

/// What is redacted stays readable, bounded and redacted, and a secret does not survive whatever stands around it.
///
/// The first byte chooses a secret, the second where in the rest it stands.
func fuzzPrivacy(_ bytes: [UInt8]) {
  guard bytes.count >= 2 else { return }
  let rest = bytes.dropFirst(2)
  demandRedacted(String(decoding: rest, as: UTF8.self))
  let secret = secrets[Int(bytes[0]) % secrets.count]
  let place = rest.startIndex + rest.count * Int(bytes[1]) / 255
  let planted =
    String(decoding: rest[..<place], as: UTF8.self) + secret + String(decoding: rest[place...], as: UTF8.self)
  demandGone(secret, of: redactor.redact(planted))
  demandRedacted(planted)
  demandSanitized(planted, secret)
  demandSanitizedObject(Array(rest), planted, secret)
}

/// A secret of the environment, whose value is looked for as it is, and tokens with a form of their own.
private let secrets = [
  environmentSecret, "ghp_" + body, "github_pat_" + body + body, "glpat-" + body, "sk-ant-" + body + body,
  "xoxb-1234567890-" + body, "AGE-SECRET-KEY-1" + String(repeating: "Q7", count: 30),
]
private let environmentSecret = "zQ~x9.lantern"
private let body = "Zk3vR8wLq2Tn5Yb7Xc1Md4Pf6Hj9Gs0AuEiO"

private let redactor = made(patterns: [])
private let sanitizer = Sanitizer(redactor: made(patterns: ["JIRA-[0-9]{4,}", "^x+$"]))

func made(patterns: [String]) -> Redactor {
  do throws(InvalidPattern) {
    return try Redactor(patterns: patterns, home: "/home/ada", secretValues: [environmentSecret, "short"])
  } catch {
    fatalError(error.description)
  }
}

private func demandRedacted(_ text: String) {
  let redacted = redactor.redact(text)
  demand(redacted.utf8.count <= text.utf8.count * 12 + 32, "\(text.utf8.count) bytes became \(redacted.utf8.count)")
  // What is redacted may end a word, and so begin what is redacted next time; that comes to an end.
  var texts = [redacted]
  while let last = texts.last, texts.count <= 4 {
    let next = redactor.redact(last)
    if next.utf8.elementsEqual(last.utf8) { return }
    texts.append(next)
  }
  demand(false, "it does not settle:\n\(texts.map(\.debugDescription).joined(separator: "\n"))")
}

private func demandGone(_ secret: String, of text: String) {
  let scanned = ScannedText(bytes: Array(text.utf8))
  let sought = Array(secret.utf8)
  demand(
    !(0..<scanned.end).contains { scanned.has(sought, at: $0) }, "the secret is still there: \(text.debugDescription)")
}

private func demandSanitized(_ text: String, _ secret: String) {
  let sanitized = sanitizer.text(text)
  demand(sanitized.utf8.count <= Sanitizer.maximumTextLength, "\(sanitized.utf8.count) bytes are left")
  demandGone(secret, of: sanitized)
}

private func demandSanitizedObject(_ bytes: [UInt8], _ planted: String, _ secret: String) {
  var object = (try? JSONParser.object(bytes)) ?? JSONObject()
  object["list"] = .array([.object(["inner": .string(planted)])])
  let maximumBytes = [64, 1024, 64 * 1024][bytes.count % 3]
  let written = rendering(.object(sanitizer.object(object, maximumBytes: maximumBytes)))
  demand(written.count <= maximumBytes, "\(written.count) bytes of at most \(maximumBytes)")
  demandGone(secret, of: String(decoding: written, as: UTF8.self))
}
