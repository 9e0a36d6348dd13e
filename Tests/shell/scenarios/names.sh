# Nothing is left behind but names that begin with task_ or _track_, and the ids.
# stdout: same
# event: started 1.1
# event: completed 1.1
names() { set | sed -n 's/^\([A-Za-z][A-Za-z0-9_]*\)=.*/\1/p' | grep -v '^task_\|^DROID_\|^LINENO$\|^RANDOM$\|^SECONDS$\|^PIPESTATUS$\|^BASH\|^EPOCH\|^OPT\|^COLUMNS$\|^LINES$\|^SRANDOM$\|^TTYIDLE$\|^ERRNO$\|^PS4$\|^KSH_MATCH$'; }
names >before
names >before
. "$TRACK_SH"
task_begin 1.1
task_run true
task_end
names >after
diff before after && echo same
