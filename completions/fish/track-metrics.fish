function __track-metrics_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __track-metrics_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __track-metrics_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __track-metrics_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __track-metrics_parse_tokens -S
    set -l unparsed_tokens (__track-metrics_tokens -pc)
    switch $unparsed_tokens[1]
    case 'track-metrics'
        __track-metrics_parse_subcommand 1 'project=+' 'logs=+' 'config=' 'wait=' 'events' 'droids' 'tasks' 'results' 'resources' 'issues' 'recent' 'full' 'since=' 'until=' 'droid=' 'task=' 'run=' 'execution=' 'sessions' 'window=' 'format=' 'json' 'output=' 'no-color' 'check' 'severity=' 'watch' 'record' 'if-due' 'no-checkpoint' 'q/quiet' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __track-metrics_parse_subcommand -r 1 'version'
        end
    end
end

function __track-metrics_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __track-metrics_parse_subcommand -S -a positional_count
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

function __track-metrics_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __track-metrics_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__track-metrics_tokens -p)
    if test -z "$(__track-metrics_tokens -t)"
        set -l index (count (__track-metrics_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'track-metrics' -f
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics"' -l 'project' -d 'A project\'s root; several are compared.' -rfa '(__track-metrics_complete_directories)'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics"' -l 'logs' -d 'A directory of log files; several are compared.' -rfa '(__track-metrics_complete_directories)'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" config' -l 'config' -d 'The configuration, instead of droid-forge.yaml in the root.' -rF
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" wait' -l 'wait' -d 'How long to wait for the journal\'s lock (500ms, 2s, 1m).' -rfka ''
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" events' -l 'events' -d 'Only what was read, the totals and the open executions.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" droids' -l 'droids' -d 'Only the droids.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" tasks' -l 'tasks' -d 'Only the tasks.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" results' -l 'results' -d 'Only the results and errors.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" resources' -l 'resources' -d 'Only what the work took.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" issues' -l 'issues' -d 'Only what needs a look.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" recent' -l 'recent' -d 'Only what happened lately.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" full' -l 'full' -d 'Everything (the default).'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" since' -l 'since' -d 'Only executions started since then: an age (24h, 7d) or a time (RFC 3339).' -rfka ''
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" until' -l 'until' -d 'Only executions started before then.' -rfka ''
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" droid' -l 'droid' -d 'Only executions that this droid started.' -rfka ''
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" task' -l 'task' -d 'The story of this task; with a part such as --full, only its executions.' -rfka ''
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" run' -l 'run' -d 'Only lines of this run.' -rfka ''
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" execution' -l 'execution' -d 'The story of this execution.' -rfka ''
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" sessions' -l 'sessions' -d 'Count sessions of agents\' harnesses among the executions; else they have a line of their own.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" window' -l 'window' -d 'How far --recent reaches back (24h).' -rfka ''
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" format' -l 'format' -d 'How it is written.' -rfka 'text json csv markdown openmetrics html'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" json' -l 'json' -d 'Short for --format json.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" output' -l 'output' -d 'Write to a file, which is replaced at once.' -rF
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" no-color' -l 'no-color' -d 'No colour, even on a terminal; so does NO_COLOR in the environment.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" check' -l 'check' -d 'Exit with 1 when there is an issue of --severity or above.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" severity' -l 'severity' -d 'What --check minds: info, warning or critical (warning).' -rfka 'info warning critical'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" watch' -l 'watch' -d 'Show what runs and what ended last, anew every second, until q or Ctrl-C.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" record' -l 'record' -d 'Record the figures as performance.metrics instead of reporting them.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" if-due' -l 'if-due' -d 'With --record: only when the last record is older than metrics_interval.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" no-checkpoint' -l 'no-checkpoint' -d 'Read everything anew instead of going on from the last report.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" version' -l 'version' -d 'Show the version.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_positional "track-metrics" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics help" version' -l 'version' -d 'Show the version.'
