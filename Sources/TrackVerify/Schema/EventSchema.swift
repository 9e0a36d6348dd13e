import TrackCore

/// The rules that a line of the journal must keep, by event type: the same as docs/event.schema.json, which
/// `Tests/verify/schema.py` proves.
///
/// Tables of plain values, built once from the declarations in `EventShapes.swift`.
final class EventSchema: Sendable {
  /// A type, and the shape of its lines.
  struct Line: Sendable {
    let type: Range<Int>
    let shape: Int
    let kind: LineKind
  }

  let texts: ContiguousArray<UInt8>
  let members: ContiguousArray<MemberRule>
  let shapes: ContiguousArray<Shape>
  let words: ContiguousArray<Range<Int>>
  let wordLists: ContiguousArray<Range<Int>>
  let lines: ContiguousArray<Line>
  /// The shape of a line of no known type.
  let unknown: Int

  static let shared = EventSchema()

  private init() {
    var tables = Tables()
    unknown = tables.add(LineKind.commonMembers)
    var lines: ContiguousArray<Line> = []
    for (type, kind, members) in LineKind.declarations {
      let shape = tables.add(Self.join(LineKind.commonMembers, members))
      lines.append(Line(type: tables.add(type), shape: shape, kind: kind))
    }
    self.lines = lines
    (texts, members, shapes) = (tables.texts, tables.members, tables.shapes)
    (words, wordLists) = (tables.words, tables.wordLists)
  }

  /// The members of a line: one that is declared again, with any value, only must be there.
  private static func join(_ common: [DeclaredMember], _ own: [DeclaredMember]) -> [DeclaredMember] {
    var members = common
    for member in own {
      if let place = members.firstIndex(where: { $0.name == member.name }) {
        members[place].isRequired = true
      } else {
        members.append(member)
      }
    }
    return members
  }

  /// The tables while they are built.
  private struct Tables {
    var texts: ContiguousArray<UInt8> = []
    var members: ContiguousArray<MemberRule> = []
    var shapes: ContiguousArray<Shape> = []
    var words: ContiguousArray<Range<Int>> = []
    var wordLists: ContiguousArray<Range<Int>> = []

    mutating func add(_ text: String) -> Range<Int> {
      let start = texts.count
      texts.append(contentsOf: text.utf8)
      return start..<texts.count
    }

    mutating func add(_ declared: [DeclaredMember]) -> Int {
      let rules = declared.map { (member: $0, rule: rule($0.value)) }
      let start = members.count
      var required: UInt64 = 0
      for (place, (member, rule)) in rules.enumerated() {
        var head: UInt64 = 0
        for (place, byte) in member.name.utf8.prefix(8).enumerated() { head |= UInt64(byte) << (8 * UInt64(place)) }
        if member.isRequired { required |= 1 << UInt64(place) }
        members.append(MemberRule(head: head, name: add(member.name), rule: rule, role: member.role))
      }
      shapes.append(Shape(members: start..<members.count, required: required))
      return shapes.count - 1
    }

    private mutating func rule(_ value: DeclaredValue) -> Rule {
      switch value {
      case .any: return Rule(kind: .any)
      case .text: return Rule(kind: .text)
      case .timestamp: return Rule(kind: .timestamp)
      case .boolean: return Rule(kind: .boolean)
      case .anyObject: return Rule(kind: .object)
      case .texts: return Rule(kind: .texts)
      case .identifier(let length): return Rule(kind: .identifier, argument: length)
      case .hexadecimal(let digits): return Rule(kind: .hexadecimal, argument: digits)
      case .number(let range):
        return Rule(kind: .number, minimum: range.lowerBound, maximum: range.upperBound)
      case .integer(let range):
        return Rule(kind: .integer, minimum: range.lowerBound, maximum: range.upperBound)
      case .object(let members): return Rule(kind: .object, argument: add(members))
      case .array(let members): return Rule(kind: .array, argument: add(members))
      case .words(let list):
        let start = words.count
        for word in list { words.append(add(word)) }
        wordLists.append(start..<words.count)
        return Rule(kind: .word, argument: wordLists.count - 1)
      }
    }
  }
}
