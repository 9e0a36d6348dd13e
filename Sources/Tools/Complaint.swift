import TrackCore

/// Writes a line to standard error, without the values of this process's secret variables.
///
/// What an operand may hold besides is the business of `excerpt`, before it cuts; this finds what is left of a value, too.
func complain(_ line: String) {
  let environment = ThisProcess.environment()
  let secrets = SecretValues(environment.filter { SecretNames.matches($0.key) }.map(\.value))
  ThisProcess.complain(secrets.removed(from: line))
}
