# So does what nohup ignores, also in zsh, which could trap it.
# ignore: HUP
# stdout: on
# event: started 1.1
# event: failed 1.1 signal=TERM
# status: 143
. "$TRACK_SH"
task_execution 1.1
kill -s HUP $$
echo on
kill -s TERM $$
sleep 1
