import TrackCore

/// Writes rows of comma-separated values (RFC 4180): CRLF after each, quotes where a comma or a quote needs them.
///
/// No cell of text becomes a formula in a spreadsheet (CWE-1236, OWASP "CSV Injection"): one that begins with
/// `= + - @`, their full-width forms, TAB, CR or LF gets a leading `'`. Controls stand as `\u{1b}`, so that a record is
/// always one line and nothing acts on a terminal. Numbers are not touched.
struct CSVWriter {
  /// What has been written.
  private(set) var bytes: [UInt8] = []
  private var isFirst = true

  /// Writes a cell of text; an empty one where there is none.
  mutating func text(_ text: String?) {
    guard let text else { return cell("") }
    let isFormula = text.unicodeScalars.first.map { Self.formulaBeginnings.contains($0) } ?? false
    let safe = (isFormula ? "'" : "") + visible(text)
    let needsQuotes = safe.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") } || safe.first == " "
    guard needsQuotes else { return cell(safe) }
    cell("\"" + safe.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) } + "\"")
  }

  /// Writes a count.
  mutating func integer(_ value: Int) { cell(String(value)) }

  /// Writes a number; an empty cell where it is unknown.
  mutating func number(_ value: Double?) { cell(value.flatMap { $0.isFinite ? $0.description : nil } ?? "") }

  /// Writes seconds to the microsecond; an empty cell where they are unknown.
  mutating func seconds(_ value: Double?) { number(value.map { ($0 * 1e6).rounded() / 1e6 }) }

  /// Writes a time in RFC 3339; an empty cell where it is unknown.
  mutating func time(_ value: Timestamp?) { cell(value?.description ?? "") }

  /// Writes true or false.
  mutating func bool(_ value: Bool) { cell(value ? "true" : "false") }

  /// Ends the row.
  mutating func endRow() {
    bytes += [0x0D, 0x0A]
    isFirst = true
  }

  private mutating func cell(_ text: String) {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    bytes.append(contentsOf: text.utf8)
  }

  private static let formulaBeginnings: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]
}
