import Testing
import TrackCore

private func sanitizer(resultKeys: [String]? = nil) throws -> Sanitizer {
  Sanitizer(redactor: try Redactor(patterns: [], home: nil, secretValues: []), resultKeys: resultKeys)
}

private func encodedLength(_ object: JSONObject) -> Int {
  var writer = JSONWriter()
  writer.value(.object(object))
  return writer.bytes.count
}

@Suite("A free text")
struct FreeTextTests {
  @Test("is kept as it is up to the bound, and cut with a marker beyond it")
  func bound() throws {
    let sanitizer = try sanitizer()
    let longest = String(repeating: "a", count: Sanitizer.maximumTextLength)
    #expect(sanitizer.text("") == "")
    #expect(sanitizer.text(longest) == longest)
    let cut = sanitizer.text(longest + "b")
    #expect(cut.utf8.count <= Sanitizer.maximumTextLength)
    #expect(cut.hasSuffix("a… [21 bytes cut]"))
  }

  @Test("is never cut within a character", arguments: ["é", "€", "😀", "🇩🇪", "e\u{301}"])
  func scalars(character: String) throws {
    let sanitizer = try sanitizer()
    for shift in 0..<8 {
      let text = String(repeating: "x", count: shift) + String(repeating: character, count: 2000)
      let cut = sanitizer.text(text)
      #expect(cut.utf8.count <= Sanitizer.maximumTextLength)
      #expect(cut.utf8.count > Sanitizer.maximumTextLength - 16)
      let kept = cut.unicodeScalars.prefix { $0 != "…" }
      #expect(text.unicodeScalars.starts(with: kept) && !cut.unicodeScalars.contains("\u{FFFD}"))
    }
  }

  @Test("hides a secret wherever the bound falls", arguments: [(2048, 1), (64 * 1024, 7)])
  func slidingToken(bound: Int, step: Int) throws {
    let sanitizer = try sanitizer()
    var random = SeededGenerator(seed: 27)
    for offset in stride(from: bound - 60, through: bound + 60, by: step) {
      let secret = random.text(Alphabet.alphanumeric, 36)
      let text = String(repeating: "word ", count: offset / 5) + String(repeating: " ", count: offset % 5)
      let recorded = sanitizer.text(text + "ghp_" + secret + " and on")
      #expect(!recorded.contains(secret.prefix(4)), "at \(offset)")
      #expect(recorded.utf8.count <= Sanitizer.maximumTextLength)
    }
  }

  @Test("hides a secret behind much that is redacted itself")
  func shrinkingText() throws {
    let sanitizer = try sanitizer()
    var random = SeededGenerator(seed: 28)
    let key = "-----BEGIN PRIVATE KEY-----\n" + random.text(Alphabet.base64, 65_300) + "\n-----END PRIVATE KEY-----\n"
    for pad in stride(from: 0, through: 260, by: 4) {
      let secret = random.text(Alphabet.alphanumeric, 36)
      let recorded = sanitizer.text(key + String(repeating: "x ", count: pad / 2) + "ghp_" + secret)
      #expect(!recorded.contains(secret.prefix(4)), "at \(pad)")
    }
  }

  @Test("of a megabyte without a space costs little and is bounded")
  func huge() throws {
    let text = String(repeating: "A", count: 1 << 20)
    let recorded = try sanitizer().text(text)
    #expect(recorded.utf8.count <= Sanitizer.maximumTextLength)
    #expect(recorded.hasSuffix("bytes cut]"))
  }
}

@Suite("An object")
struct SanitizedObjectTests {
  @Test("is sanitized in its keys and values at any depth")
  func recursion() throws {
    let token = "ghp_" + String(repeating: "a1B2", count: 9)
    let object: JSONObject = [
      "note": .string("mail a@b.io"), "list": [.string(token), 1, true, .null],
      token: ["/home/alice/x", ["deep": .string("password=hunter2")]], "count": 3,
    ]
    let expected: JSONObject = [
      "note": "mail <email>", "list": ["[REDACTED:github]", 1, true, .null],
      "[REDACTED:github]": ["~/x", ["deep": "password=[REDACTED:password]"]], "count": 3,
    ]
    #expect(try sanitizer().object(object, maximumBytes: 10_000) == expected)
  }

  @Test("hides what its keys call a secret")
  func secretKeys() throws {
    let object: JSONObject = [
      "password": "abc", "dbPassword": 1234, "api_key": "abcdefghijklmnop", "token": .string("short"),
      "input_tokens": 48213, "tokens": "abcdefghijklmnop", "credentials": ["abcdefgh12345678", "/srv/creds.json"],
      "secret": ["inner": "abc"], "access_token": .null,
    ]
    let expected: JSONObject = [
      "password": "[REDACTED:password]", "dbPassword": "[REDACTED:password]", "api_key": "[REDACTED:secret]",
      "token": "short", "input_tokens": 48213, "tokens": "abcdefghijklmnop",
      "credentials": ["[REDACTED:secret]", "/srv/creds.json"], "secret": ["inner": "[REDACTED:password]"],
      "access_token": .null,
    ]
    #expect(try sanitizer().object(object, maximumBytes: 10_000) == expected)
  }

  @Test("drops what does not fit and says so", arguments: [40, 100, 300, 1000])
  func bound(maximumBytes: Int) throws {
    var object = JSONObject()
    for number in 0..<50 { object["key\(number)"] = .string(String(repeating: "é\n", count: number)) }
    object["small"] = 1
    let kept = try sanitizer().object(object, maximumBytes: maximumBytes)
    #expect(encodedLength(kept) <= maximumBytes)
    #expect(encodedLength(kept) > maximumBytes / 3)
    #expect(kept.members.last?.key == "truncated" && kept["truncated"] == true)
    #expect(kept.members.first?.key == "key0")
    #expect(kept.members.dropLast().allSatisfy { object[$0.key] == $0.value })
  }

  @Test("is left whole when it just fits")
  func exactFit() throws {
    let object: JSONObject = ["a": "b", "c": [1, 2]]
    let length = encodedLength(object)
    #expect(try sanitizer().object(object, maximumBytes: length) == object)
    #expect(try sanitizer().object(object, maximumBytes: length - 1) != object)
  }

  @Test("may pass twice, which changes nothing")
  func twice() throws {
    let sanitizer = try sanitizer(resultKeys: ["password", "list", "long", "n"])
    let token = "ghp_" + String(repeating: "a1B2", count: 9)
    let object: JSONObject = [
      "password": "hunter2", "list": [.string("api_key=abcdefgh12345678 by a@b.io in /home/x/y, " + token)],
      "long": .string(String(repeating: "é", count: 3000)), "n": .string(String(repeating: "x", count: 2000)),
    ]
    let once = sanitizer.result(object, maximumBytes: 2500)
    #expect(once["truncated"] == true)
    #expect(sanitizer.result(once, maximumBytes: 2500) == once)
  }

  @Test("of a result holds the allowed keys only")
  func allowList() throws {
    let object: JSONObject = ["tests_run": 3, "stdout": "long", "nested": ["stdout": 1]]
    let sanitizer = try sanitizer(resultKeys: ["tests_run", "nested"])
    #expect(sanitizer.result(object, maximumBytes: 1000) == ["tests_run": 3, "nested": ["stdout": 1]])
    #expect(sanitizer.object(object, maximumBytes: 1000) == object)
  }
}
