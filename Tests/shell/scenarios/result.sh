# Results survive any quoting, and reach the ending only.
# event: started 1.1
# event: completed 1.1
# holds: "message": "it's \"quoted\" $HOME `id` \\ *"
# holds: "lines": "a\nb"
# holds: "files_created": ["a file.txt"]
. "$TRACK_SH"
task_begin 1.1
task_result "message=it's \"quoted\" \$HOME \`id\` \\ *" 'lines=a
b'
task_result --file-created 'a file.txt'
task_end
