import TrackCore

extension SettingsFile {
  private static let hooks = "hooks"

  /// The text with a registration in it; the same text when it is there already.
  package func adding(_ registration: Registration, to text: SettingsText?) throws(SettingsError) -> SettingsText {
    guard var text else { return fresh(registration) }
    if text.isBlank { return SettingsText(text.bytes + whole(registration)) }
    for event in Registration.events(of: registration.harness) { try add(registration, at: event, to: &text) }
    return text
  }

  /// A file that holds the registration alone.
  private func fresh(_ registration: Registration) -> SettingsText {
    SettingsText(whole(registration) + [UInt8(ascii: "\n")])
  }

  /// The registration as all that a file holds; without a line end, by which a file that we made is told from an empty one
  /// that was there.
  private func whole(_ registration: Registration) -> [UInt8] {
    let events = JSONObject(
      Registration.events(of: registration.harness).map { (key: $0, value: .array([registration.group(at: $0)])) })
    let whole: JSONObject = shape == .eventMap ? events : [Self.hooks: .object(events)]
    return Array(SettingsStyle.usual.text(.object(whole), depth: 0).utf8)
  }

  private func add(_ registration: Registration, at event: String, to text: inout SettingsText) throws(SettingsError) {
    let root = try parsed(text)
    let style = SettingsStyle(text.bytes, root)
    let groups = JSONValue.array([registration.group(at: event)])
    guard let map = try eventMap(of: root) else {
      return text.add(.object(JSONObject([(key: event, value: groups)])), as: Self.hooks, to: root, depth: 1, style)
    }
    let depth = shape == .eventMap ? 1 : 2
    guard let list = try array(event, in: map) else { return text.add(groups, as: event, to: map, depth: depth, style) }
    if let handler = handlers(list).first(where: { Registration.isOurs($0.command, registration.harness) }) {
      if handler.command != registration.command { text.replace(handler.text, by: .string(registration.command)) }
      return
    }
    text.add(registration.group(at: event), as: nil, to: list, depth: depth + 1, style)
  }

  /// The text without what runs track-hook for a harness; nil when it is the very text of a file that we make.
  package func removing(_ harness: Harness, from text: SettingsText) throws(SettingsError) -> SettingsText? {
    if text.isBlank { return text }
    guard let command = try commands(in: text).first(where: { Registration.isOurs($0.command, harness) })?.command
    else { return text }
    let registration = Registration(harness, command: command)
    if text == fresh(registration) { return nil }
    if let blank = text.blank(before: whole(registration)) { return blank }
    var text = text
    while true {
      let root = try parsed(text)
      guard let map = try eventMap(of: root), let path = ours(harness, in: map) else { return text }
      let style = SettingsStyle(text.bytes, root)
      // From the handler outwards: what was made for it alone goes with it.
      var containers = [root]
      var places: [Int] = []
      if shape == .settings {
        guard let place = root.members?.lastIndex(where: { $0.key == Self.hooks }) else { return text }
        containers.append(map)
        places.append(place)
      }
      containers += path.containers
      places += path.places
      var isRemoved = false
      // Of a group, a list of handlers that would be empty says nothing, whoever made it.
      for level in places.indices.reversed() where !isRemoved {
        let isHandlerList = level == places.count - 1, isGroup = level == places.count - 2
        if isHandlerList || isGroup, containers[level].parts.count == 1 || isGroup { continue }
        isRemoved = text.remove(places[level], of: containers[level], depth: level + 1, style)
      }
      guard isRemoved else {
        text.clear(root)
        return text
      }
    }
  }

  /// The way from the map of events to a handler of ours: event, group, its list of handlers, handler.
  private func ours(_ harness: Harness, in map: SettingsNode) -> (containers: [SettingsNode], places: [Int])? {
    for (event, member) in (map.members ?? []).enumerated() {
      for (group, node) in (member.value.elements ?? []).enumerated() {
        guard let members = node.members, let list = members.lastIndex(where: { $0.key == Self.hooks }) else {
          continue
        }
        for (handler, entry) in (members[list].value.elements ?? []).enumerated() {
          guard let command = entry["command"]?.text, Registration.isOurs(command, harness) else { continue }
          return ([member.value, node, members[list].value], [event, group, list, handler])
        }
      }
    }
    return nil
  }

  /// The commands that are registered, by event.
  package func commands(in text: SettingsText) throws(SettingsError) -> [(event: String, command: String)] {
    guard !text.isBlank, let map = try eventMap(of: try parsed(text)) else { return [] }
    return (map.members ?? []).flatMap { member in handlers(member.value).map { (member.key, $0.command) } }
  }

  /// Whether the settings switch all hooks off.
  package func disablesHooks(_ text: SettingsText) throws(SettingsError) -> String? {
    guard !text.isBlank else { return nil }
    let root = try parsed(text)
    return ["disableAllHooks", "hooksDisabled"].first { root[$0]?.bool == true }
  }

  private func handlers(_ list: SettingsNode) -> [(text: SettingsNode, command: String)] {
    (list.elements ?? []).flatMap { group in
      (group[Self.hooks]?.elements ?? []).compactMap { handler in
        guard let node = handler["command"], let command = node.text else { return nil }
        return (node, command)
      }
    }
  }

  private func parsed(_ text: SettingsText) throws(SettingsError) -> SettingsNode {
    let root: SettingsNode
    do { root = try text.root() } catch {
      let before = text.bytes.prefix(error.offset)
      let column = before.count - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
      throw .notJSON(
        path: path, line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: column, problem: error.problem)
    }
    guard root.members != nil else { throw .unexpected(path: path, reason: "it is no JSON object") }
    return root
  }

  /// The object whose keys are events; nil when there is none yet.
  private func eventMap(of root: SettingsNode) throws(SettingsError) -> SettingsNode? {
    if shape == .eventMap {
      guard root[Self.hooks] == nil else {
        throw .unexpected(path: path, reason: "it has the key 'hooks' where events are expected")
      }
      return root
    }
    try checkOnce(Self.hooks, in: root)
    guard let map = root[Self.hooks] else { return nil }
    guard map.members != nil else { throw .unexpected(path: path, reason: "'hooks' is no object") }
    return map
  }

  private func array(_ event: String, in map: SettingsNode) throws(SettingsError) -> SettingsNode? {
    try checkOnce(event, in: map)
    guard let list = map[event] else { return nil }
    guard list.elements != nil else { throw .unexpected(path: path, reason: "'\(event)' is no array") }
    return list
  }

  private func checkOnce(_ key: String, in node: SettingsNode) throws(SettingsError) {
    guard let members = node.members, members.count(where: { $0.key == key }) > 1 else { return }
    throw .unexpected(path: path, reason: "it has the key '\(key)' twice")
  }
}
