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
        __track-metrics_parse_subcommand 0 'project=' 'config=' 'wait=' 'q/quiet' 'json' 'events' 'droids' 'issues' 'full' 'check' 'record' 'if-due' 'version' 'h/help'
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
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" project' -l 'project' -d 'The project\'s root.' -rfa '(__track-metrics_complete_directories)'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" config' -l 'config' -d 'The configuration, instead of droid-forge.yaml in the root.' -rF
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" wait' -l 'wait' -d 'How long to wait for the journal\'s lock (500ms, 2s, 1m).' -rfka ''
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" json' -l 'json' -d 'Print what was recorded as JSON.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" events' -l 'events' -d 'Only what was read, the totals and the open executions.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" droids' -l 'droids' -d 'Only the droids.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" issues' -l 'issues' -d 'Only what needs a look.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" full' -l 'full' -d 'Everything (the default).'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" check' -l 'check' -d 'Exit with 1 when there is an issue that is more than a remark.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" record' -l 'record' -d 'Record the figures as performance.metrics instead of reporting them.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" if-due' -l 'if-due' -d 'With --record: only when the last record is older than metrics_interval.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" version' -l 'version' -d 'Show the version.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_positional "track-metrics" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'track-metrics' -n '__track-metrics_should_offer_completions_for_flags_or_options "track-metrics help" version' -l 'version' -d 'Show the version.'
