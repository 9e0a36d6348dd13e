# An EXIT trap of several lines that look like a listing of traps.
# stdout: one
# stdout: trap -- 'x' INT
# stdout: two's	tab\
# event: started 1.1
# event: completed 1.1
trap 'echo one
echo "trap -- '\''x'\'' INT"
# "
cat <<X
two'\''s	tab\\
X
' EXIT
. "$TRACK_SH"
task_begin 1.1
task_end
