/// What a value must be; a plain value without references, so that checking costs no reference count.
struct Rule {
  enum Kind: UInt8 {
    case any, text, timestamp, identifier, hexadecimal, word, number, integer, boolean, object, texts, array
  }

  var kind: Kind
  /// Of identifiers the greatest length, of hexadecimal texts the number of digits, of words the place of their list, of objects
  /// that of their shape, of arrays that of their elements' shape; -1 for an object or array of anything.
  var argument = -1
  var minimum = -Double.infinity
  var maximum = Double.infinity
}

/// What is kept of a value for comparing lines with each other.
enum Role: UInt8 {
  case none, eventID, execution, status, success, details, late
}

/// A key that an object may hold.
struct MemberRule {
  /// Its first eight bytes, fewer filled up with zeros.
  var head: UInt64
  /// Where it stands among the schema's texts.
  var name: Range<Int>
  var rule: Rule
  var role: Role
}

/// The keys of an object that are looked at; others are allowed.
struct Shape {
  var members: Range<Int>
  /// One bit a member, from the first, set for those that must be there.
  var required: UInt64
}

/// What a member is declared as, before it is put into the schema's tables.
struct DeclaredMember: Sendable {
  let name: String
  let value: DeclaredValue
  var isRequired = false
  var role = Role.none

  static func needs(_ name: String, _ value: DeclaredValue, _ role: Role = .none) -> Self {
    Self(name: name, value: value, isRequired: true, role: role)
  }

  static func may(_ name: String, _ value: DeclaredValue, _ role: Role = .none) -> Self {
    Self(name: name, value: value, role: role)
  }
}

/// What a value is declared as.
indirect enum DeclaredValue: Sendable {
  case any, text, timestamp, boolean, anyObject, texts
  case identifier(Int)
  case hexadecimal(Int)
  case words([String])
  case number(ClosedRange<Double>)
  case integer(ClosedRange<Double>)
  case object([DeclaredMember])
  case array([DeclaredMember])

  static let positive = DeclaredValue.number(0 ... .infinity)
  static let count = DeclaredValue.integer(0 ... .infinity)
}
