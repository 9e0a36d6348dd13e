import TrackCore

/// HTML under construction, of which no text from a log can become a part.
///
/// The only ways in are `element`, whose names and attributes come from closed sets, `text`, and `style`, which takes
/// nothing but what stands in this program. Every element is closed by the call that opens it and every value is
/// quoted, so that what leaves here is well-formed as XML too: two kinds of parser must see the same tree.
struct Markup {
  /// What was written so far, as UTF-8.
  private(set) var bytes: [UInt8] = []

  /// An empty document, which begins with its type.
  init() {
    bytes.reserveCapacity(128 * 1024)
    write("<!DOCTYPE html>\n")
  }

  /// Writes an element and, between its tags, what `content` writes.
  mutating func element(_ tag: Tag, _ attributes: Attribute..., content: (inout Markup) -> Void) {
    open(tag, attributes)
    content(&self)
    close(tag)
  }

  /// Writes a drawing of `width` by `height` units that fills the room it gets.
  mutating func stretched(
    width: Double, height: Double, _ attributes: Attribute..., content: (inout Markup) -> Void
  ) {
    open(.svg, Attribute.units(width: width, height: height) + attributes)
    content(&self)
    close(.svg)
  }

  /// Writes an element that holds a text.
  mutating func element(_ tag: Tag, _ attributes: Attribute..., text: String) {
    open(tag, attributes)
    self.text(text)
    close(tag)
  }

  /// Writes an element that holds nothing.
  mutating func element(_ tag: Tag, _ attributes: Attribute...) {
    open(tag, attributes)
    close(tag)
  }

  /// Writes text as nothing but text; what would act on a terminal or turn the direction of writing is shown instead.
  mutating func text(_ text: String) { escape(text) }

  /// Writes a text that stands within a sentence and may run in another direction than the sentence does.
  mutating func isolated(_ text: String) { element(.bdi, text: text) }

  /// Writes a style sheet, which no character of a log can be a part of.
  mutating func style(_ sheet: StaticString) {
    open(.style, [])
    write(sheet.description)
    close(.style)
  }

  private mutating func open(_ tag: Tag, _ attributes: [Attribute]) {
    write("<\(tag.rawValue)")
    for attribute in attributes {
      write(" \(attribute.name)=\"")
      escape(attribute.value)
      write("\"")
    }
    write(tag.isVoid ? "/>" : ">")
  }

  private mutating func close(_ tag: Tag) {
    if !tag.isVoid { write("</\(tag.rawValue)>") }
    if tag.endsLine { write("\n") }
  }

  private mutating func write(_ text: String) { bytes += text.utf8 }

  /// The one place where a text becomes bytes of the document.
  private mutating func escape(_ text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": write("&amp;")
      case "<": write("&lt;")
      case ">": write("&gt;")
      case "\"": write("&quot;")
      case "'": write("&#39;")
      case _ where scalar.actsOnTerminals || scalar.isNoncharacter:
        write("\\u{\(String(scalar.value, radix: 16))}")
      default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is one of the code points that documents may not hold.
  fileprivate var isNoncharacter: Bool { value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value) }
}
