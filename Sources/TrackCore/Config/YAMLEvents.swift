internal import CYAML

/// A place in a YAML text, counted from 1; columns count characters.
struct YAMLMark: Hashable {
  let line: Int
  let column: Int
}

/// A text that is no YAML, or YAML beyond our bounds.
struct YAMLError: Error {
  let problem: String
  let mark: YAMLMark
}

/// One event of a YAML text; a scalar's text is asked of the events it came from.
struct YAMLEvent {
  enum Kind {
    case streamStart, streamEnd
    case documentStart, documentEnd
    case mappingStart, mappingEnd
    case sequenceStart, sequenceEnd
    case scalar(isPlain: Bool)
    case alias
  }

  let kind: Kind
  /// Where it begins.
  let mark: YAMLMark
  /// Whether it carries an anchor.
  var isAnchored = false
  /// Whether it carries a tag.
  var isTagged = false
}

/// The events of a YAML text, pulled one by one from libyaml.
///
/// Everything of libyaml stays in this file. The parser keeps pointers into itself and into the text, so both live on
/// the heap for as long as this value. Debian's libyaml 0.2.5 knows no bounds of depth and needs time quadratic in it;
/// here the depth and the number of events are bounded, which stops such a text while it is being read. Aliases are
/// events like others and never expanded.
@safe struct YAMLEvents: ~Copyable {
  static let maximumDepth = 32
  static let maximumCount = 20_000

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let event: UnsafeMutablePointer<yaml_event_t>
  private let text: UnsafeMutableBufferPointer<UInt8>
  /// False when there was no memory for the parser; it must then not be called.
  private let isReady: Bool
  private var count = 0
  private var depth = 0

  /// Begins at the first event of `bytes`, which are UTF-8 or UTF-16 with a byte order mark.
  init(_ bytes: [UInt8]) {
    unsafe text = .allocate(capacity: bytes.count)
    _ = unsafe text.initialize(from: bytes)
    unsafe event = .allocate(capacity: 1)
    unsafe event.initialize(to: yaml_event_t())
    unsafe parser = .allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    isReady = unsafe yaml_parser_initialize(parser) == 1
    if isReady { unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count) }
  }

  deinit {
    unsafe yaml_event_delete(event)
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe event.deallocate()
    unsafe text.deallocate()
  }

  /// The next event.
  mutating func next() throws(YAMLError) -> YAMLEvent {
    let type = try advance()
    let mark = unsafe YAMLMark(event.pointee.start_mark)
    switch type {
    case YAML_MAPPING_START_EVENT:
      let start = unsafe event.pointee.data.mapping_start
      return unsafe YAMLEvent(
        kind: .mappingStart, mark: mark, isAnchored: start.anchor != nil, isTagged: start.tag != nil)
    case YAML_SEQUENCE_START_EVENT:
      let start = unsafe event.pointee.data.sequence_start
      return unsafe YAMLEvent(
        kind: .sequenceStart, mark: mark, isAnchored: start.anchor != nil, isTagged: start.tag != nil)
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.pointee.data.scalar
      return unsafe YAMLEvent(
        kind: .scalar(isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), mark: mark,
        isAnchored: scalar.anchor != nil, isTagged: scalar.tag != nil)
    case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, mark: mark)
    case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, mark: mark)
    case YAML_ALIAS_EVENT: return YAMLEvent(kind: .alias, mark: mark)
    case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, mark: mark)
    case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, mark: mark)
    case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, mark: mark)
    default: return YAMLEvent(kind: .streamEnd, mark: mark)
    }
  }

  /// The text of the scalar that `next()` has just given; nil when it holds a NUL or there is no scalar.
  var scalarText: String? {
    guard unsafe event.pointee.type == YAML_SCALAR_EVENT else { return nil }
    let scalar = unsafe event.pointee.data.scalar
    let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    guard unsafe !bytes.contains(0) else { return nil }
    return unsafe String(decoding: bytes, as: UTF8.self)
  }

  /// Passes over the next node with all it contains, without looking at any of it.
  mutating func skipNode() throws(YAMLError) {
    let outside = depth
    repeat { _ = try advance() } while depth > outside
  }

  /// Passes over what is left of the mapping or sequence that `next()` has just begun.
  mutating func skipRest() throws(YAMLError) {
    let outside = depth - 1
    while depth > outside { _ = try advance() }
  }

  private mutating func advance() throws(YAMLError) -> yaml_event_type_t {
    unsafe yaml_event_delete(event)
    guard isReady, unsafe yaml_parser_parse(parser, event) == 1 else { throw parserError() }
    count += 1
    guard count <= Self.maximumCount else { throw boundError("more than \(Self.maximumCount) nodes") }
    let type = unsafe event.pointee.type
    switch type {
    case YAML_MAPPING_START_EVENT, YAML_SEQUENCE_START_EVENT:
      depth += 1
      guard depth <= Self.maximumDepth else { throw boundError("nested deeper than \(Self.maximumDepth) levels") }
    case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: depth -= 1
    default: break
    }
    return type
  }

  private func boundError(_ problem: String) -> YAMLError {
    unsafe YAMLError(problem: problem, mark: YAMLMark(event.pointee.start_mark))
  }

  /// What libyaml says is wrong; of bytes that are no characters it knows the offset only.
  private func parserError() -> YAMLError {
    let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "out of memory"
    guard unsafe parser.pointee.error == YAML_READER_ERROR else {
      return unsafe YAMLError(problem: problem, mark: YAMLMark(parser.pointee.problem_mark))
    }
    let before = unsafe text.prefix(parser.pointee.problem_offset)
    let line = unsafe before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return unsafe YAMLError(
      problem: problem, mark: YAMLMark(line: line.count, column: (line.last?.count ?? 0) + 1))
  }
}

extension YAMLMark {
  fileprivate init(_ mark: yaml_mark_t) { self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }
}
