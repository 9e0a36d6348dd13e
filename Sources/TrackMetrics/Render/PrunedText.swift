/// What is told of executions whose lines are gone.
func prunedText(_ data: DataSummary) -> String {
  var text = "\(counted(data.prunedExecutions, "execution")) of these figures are from "
  text += "\(counted(data.prunedSegments, "pruned file")), whose lines are gone"
  if data.undecidedExecutions > 0 {
    text += "; \(counted(data.undecidedExecutions, "execution")) from there may be selected in part and are left out"
  }
  return text
}
