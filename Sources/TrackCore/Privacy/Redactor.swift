/// Takes secrets and personal data out of texts before they are recorded.
///
/// It knows formats and names, not entropy: git SHAs, digests, UUIDs and ids survive, and so do counts of tokens, paths
/// and what compilers say. It is the second line of defence, the first is not to record what need not be recorded.
package struct Redactor: Sendable {
  private let formats: TokenFormats
  private let patterns: [PatternRule]
  private let home: [UInt8]?
  private let keepsNames: Bool
  /// What can begin at a byte; most bytes of a text begin nothing and are passed at once.
  private let triggers: [Triggers]
  private let beginnings: Beginnings

  /// Makes a redactor.
  /// - Parameters:
  ///   - patterns: POSIX extended regular expressions; what they match is redacted, too.
  ///   - home: the user's home directory, written as `~`; nil or `/` when there is none.
  ///   - secretValues: values known to be secrets, such as those of environment variables that `SecretNames` matches;
  ///     shorter ones than 8 bytes are left alone, as they stand in too many words.
  /// - Throws: `InvalidPattern` for an expression that cannot be compiled, or would cost too much.
  package init(patterns: [String], home: String?, secretValues: [String]) throws(InvalidPattern) {
    var rules: [PatternRule] = []
    var length = 0
    var copies = 0
    for pattern in patterns {
      let cost = PatternCost(pattern)
      guard !cost.hasReference else { throw InvalidPattern(pattern: pattern, problem: "it refers to a group") }
      length += pattern.utf8.count
      copies += cost.copies
      guard length <= PatternCost.maximumLength, copies <= PatternCost.maximumCopies else {
        throw InvalidPattern(pattern: pattern, problem: "it is too long or repeats too much, with those before it")
      }
      rules.append(try PatternRule(pattern))
    }
    self.patterns = rules
    formats = TokenFormats(secretValues: secretValues)
    let directory = home.map { Array($0.utf8) }
    self.home = directory.flatMap { $0.count > 1 && $0.first == UInt8(ascii: "/") ? $0 : nil }
    keepsNames = false
    triggers = Triggers.table(formats)
    beginnings = Beginnings(triggers, formats)
  }

  private init(keepsNames: Bool) {
    (patterns, home, self.keepsNames) = ([], nil, keepsNames)
    formats = TokenFormats(secretValues: [])
    triggers = Triggers.table(formats)
    beginnings = Beginnings(triggers, formats)
  }

  /// What messages go through: secrets are taken out, names of people and homes stay.
  static let ofMessages = Redactor(keepsNames: true)

  /// Whether an id may be recorded: ids are never rewritten, so one that holds a secret is none.
  ///
  /// Names are made of words, and so are the passwords of example databases: what no vendor's format tells, but only
  /// its name or the environment, is a secret here unless it looks like words.
  func accepts(id: String) -> Bool {
    let text = ScannedText(bytes: Array(id.utf8))
    return findings(text).allSatisfy { finding in
      !finding.isSecret
        || Self.doubtful.contains(finding.replacement)
          && SecretValue(at: finding.range).isWords(text, digitsAllowed: true)
    }
  }

  private static let doubtful: Set<String> = ["[REDACTED:env]", "[REDACTED:password]", "[REDACTED:secret]"]

  /// The text with `[REDACTED:rule]`, `<email>` and `~` in place of what is not to be recorded.
  package func redact(_ text: String) -> String {
    let scanned = ScannedText(bytes: Array(text.utf8))
    let findings = findings(scanned)
    guard !findings.isEmpty else { return text }
    var output: [UInt8] = []
    output.reserveCapacity(scanned.end)
    var position = 0
    for finding in findings {
      output.append(contentsOf: scanned.bytes[position..<finding.range.lowerBound])
      output.append(contentsOf: finding.replacement.utf8)
      position = finding.range.upperBound
    }
    output.append(contentsOf: scanned.bytes[position...])
    return String(decoding: output, as: UTF8.self)
  }

  /// The value of a member named `name`, redacted by its name where that makes it a secret.
  func redact(_ value: String, of kind: SecretNames.Kind?) -> String {
    let text = ScannedText(bytes: Array(value.utf8))
    if let kind, text.end > 0, SecretValue(whole: text).isSecret(text, of: kind, inProse: false) {
      return Finding(0..<text.end, rule: kind.rule).replacement
    }
    return redact(value)
  }

  /// What is to be replaced, in order and without overlap.
  private func findings(_ text: ScannedText) -> [Finding] {
    var findings: [Finding] = []
    // What a rule found further on, such as a URL's password, and where to go on after it: what lies before it may
    // hold a secret of its own and is looked at all the same.
    var ahead: [(finding: Finding, resume: Int)] = []
    var passed = 0
    var position = 0
    let end = text.end
    while position < end {
      if let next = ahead.first(where: { $0.finding.range.contains(position) }) {
        position = next.resume
        passed = next.finding.range.upperBound
        continue
      }
      let trigger = triggers[Int(text.bytes[position])]
      let mayBegin = position + 1 == end || beginnings.contain(text.bytes[position], text.bytes[position + 1])
      guard !trigger.isEmpty, mayBegin, var finding = finding(text, at: position, trigger) else {
        position += 1
        continue
      }
      // The `@` after a URL's password begins no address.
      let resume = max(finding.range.upperBound + (trigger.contains(.colon) ? 1 : 0), position + 1)
      if finding.range.lowerBound > position {
        let isKnown = ahead.contains { $0.finding.range.contains(finding.range.lowerBound) }
        if !isKnown { ahead.append((finding, resume)) }
        position += 1
      } else {
        // What reaches back, such as an address, leaves alone what has been found already.
        finding.range = max(finding.range.lowerBound, passed)..<finding.range.upperBound
        findings.append(finding)
        position = resume
        passed = finding.range.upperBound
      }
    }
    guard !ahead.isEmpty || !patterns.isEmpty else { return findings }
    return merged(findings + ahead.map(\.finding) + patterns.flatMap { $0.findings(text) })
  }

  private func finding(_ text: ScannedText, at position: Int, _ trigger: Triggers) -> Finding? {
    if trigger.contains(.format), let finding = formats.match(text, at: position) { return finding }
    let named = NamedSecrets(text: text)
    let personal = PersonalData(text: text, home: home)
    if trigger.contains(.colon) {
      if let finding = EmbeddedSecrets(text: text).urlPassword(at: position) { return finding }
      if !keepsNames, let finding = personal.windowsHome(at: position) { return finding }
    }
    if trigger.contains(.separator) { return named.afterSeparator(at: position) }
    if trigger.contains(.webToken), let finding = EmbeddedSecrets(text: text).webToken(at: position) { return finding }
    if trigger.contains(.dash) {
      return EmbeddedSecrets(text: text).privateKey(at: position) ?? named.afterOption(at: position)
    }
    if trigger.contains(.slash) { return keepsNames ? nil : personal.homeDirectory(at: position) }
    if trigger.contains(.at) { return keepsNames ? nil : personal.address(at: position) }
    if trigger.contains(.scheme) { return named.afterScheme(at: position) }
    if trigger.contains(.aws) { return named.nearAWS(at: position) }
    return nil
  }

  /// Findings in order; what overlaps becomes one, under the name of the first.
  private func merged(_ findings: [Finding]) -> [Finding] {
    var merged: [Finding] = []
    for finding in findings.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      if let last = merged.last, finding.range.lowerBound < last.range.upperBound {
        let end = max(last.range.upperBound, finding.range.upperBound)
        merged[merged.count - 1].range = last.range.lowerBound..<end
      } else {
        merged.append(finding)
      }
    }
    return merged
  }
}

/// The rules that a byte can set off.
private struct Triggers: OptionSet {
  let rawValue: UInt16

  static let format = Self(rawValue: 1)
  static let colon = Self(rawValue: 2)
  static let separator = Self(rawValue: 4)
  static let dash = Self(rawValue: 8)
  static let slash = Self(rawValue: 16)
  static let at = Self(rawValue: 32)
  static let scheme = Self(rawValue: 64)
  static let aws = Self(rawValue: 128)
  static let webToken = Self(rawValue: 256)

  /// The rules of every byte.
  static func table(_ formats: TokenFormats) -> [Triggers] {
    (UInt8.min...UInt8.max).map { byte in
      var triggers: Triggers =
        switch byte {
        case UInt8(ascii: ":"): [.colon, .separator]
        case UInt8(ascii: "="): .separator
        case UInt8(ascii: "-"): .dash
        case UInt8(ascii: "/"): .slash
        case UInt8(ascii: "@"): .at
        case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "t"), UInt8(ascii: "T"): .scheme
        case UInt8(ascii: "a"), UInt8(ascii: "A"): .aws
        case UInt8(ascii: "."): .webToken
        default: []
        }
      if formats.canBegin(with: byte) { triggers.insert(.format) }
      return triggers
    }
  }
}

/// The pairs of bytes that a rule can begin with: most letters begin some rule, but few pairs of letters do.
private struct Beginnings {
  /// A bit a pair, those of one first byte together.
  private var bits = [UInt64](repeating: 0, count: 256 * 256 / 64)

  init(_ triggers: [Triggers], _ formats: TokenFormats) {
    // What stands after these is for their rules to look at.
    let signs: Triggers = [.colon, .separator, .dash, .slash, .at]
    for byte in UInt8.min...UInt8.max where !triggers[Int(byte)].isDisjoint(with: signs) {
      for next in UInt8.min...UInt8.max { insert(byte, next) }
    }
    for (letter, nexts) in [("a", "w"), ("b", "ea"), ("t", "o")] {
      for byte in (letter + letter.uppercased()).utf8 {
        for next in (nexts + nexts.uppercased()).utf8 { insert(byte, next) }
      }
    }
    insert(UInt8(ascii: "."), UInt8(ascii: "e"))
    for (byte, next) in formats.beginnings { insert(byte, next) }
  }

  func contain(_ byte: UInt8, _ next: UInt8) -> Bool {
    let place = Int(byte) << 8 | Int(next)
    return bits[place >> 6] >> UInt64(place & 63) & 1 == 1
  }

  private mutating func insert(_ byte: UInt8, _ next: UInt8) {
    let place = Int(byte) << 8 | Int(next)
    bits[place >> 6] |= 1 << UInt64(place & 63)
  }
}
