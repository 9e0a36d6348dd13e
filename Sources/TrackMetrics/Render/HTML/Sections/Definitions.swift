extension Markup {
  /// Writes what the words and figures of the page mean.
  mutating func definitions() {
    section(.definitions, "Definitions") { section in
      section.element(.dl, .class("terms")) { list in
        for definition in Definition.all {
          list.element(.dt, text: definition.term)
          list.element(.dd, text: definition.meaning)
        }
      }
    }
  }
}
