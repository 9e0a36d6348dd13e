function __track-event_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __track-event_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __track-event_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __track-event_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __track-event_parse_tokens -S
    set -l unparsed_tokens (__track-event_tokens -pc)
    switch $unparsed_tokens[1]
    case 'track-event'
        __track-event_parse_subcommand 1 'project=' 'config=' 'wait=' 'q/quiet' 'json' 'droid=' 'execution=' 'task=' 'status=' 'set=+' 'data=' 'sha=' 'branch=' 'm/message=' 'action=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __track-event_parse_subcommand -r 1 'version'
        end
    end
end

function __track-event_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __track-event_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __track-event_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __track-event_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__track-event_tokens -p)
    if test -z "$(__track-event_tokens -t)"
        set -l index (count (__track-event_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'track-event' -f
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" project' -l 'project' -d 'The project\'s root.' -rfa '(__track-event_complete_directories)'
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" config' -l 'config' -d 'The configuration, instead of droid-forge.yaml in the root.' -rF
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" wait' -l 'wait' -d 'How long to wait for the journal\'s lock (500ms, 2s, 1m).' -rfka ''
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" json' -l 'json' -d 'Print what was recorded as JSON.'
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" droid' -l 'droid' -d 'The droid (default: DROID_ID, else what the start said).' -rfka ''
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" execution' -l 'execution' -d 'The execution itself (default: found by the task, DROID_EXECUTION_ID).' -rfka ''
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" task' -l 'task' -d 'The task it is about.' -rfka ''
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" status' -l 'status' -d 'Its status, where the type\'s own does not fit.' -rfka ''
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event"' -l 'set' -d 'A key of the event: k=v, k:=JSON or k[]=v; may be repeated.' -rfka ''
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" data' -l 'data' -d 'Keys of the event as a JSON object.' -rfka ''
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" sha' -l 'sha' -d 'git.commit: the commit.' -rfka ''
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" branch' -l 'branch' -d 'git.commit: the branch.' -rfka ''
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" m message' -l 'message' -s 'm' -d 'git.commit: the message.' -rfka ''
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" action' -l 'action' -d 'audit.recorded: what was done.' -rfka ''
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" version' -l 'version' -d 'Show the version.'
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'track-event' -n '__track-event_should_offer_completions_for_positional "track-event" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'track-event' -n '__track-event_should_offer_completions_for_flags_or_options "track-event help" version' -l 'version' -d 'Show the version.'
