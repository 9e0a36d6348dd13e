function __track-export_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __track-export_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __track-export_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __track-export_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __track-export_parse_tokens -S
    set -l unparsed_tokens (__track-export_tokens -pc)
    switch $unparsed_tokens[1]
    case 'track-export'
        __track-export_parse_subcommand 1 'format=' 'since-last' 'output=' 'project=' 'config=' 'logs=+' 'since=' 'run=' 'task=' 'droid=' 'q/quiet' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __track-export_parse_subcommand -r 1 'version'
        end
    end
end

function __track-export_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __track-export_parse_subcommand -S -a positional_count
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

function __track-export_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __track-export_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__track-export_tokens -p)
    if test -z "$(__track-export_tokens -t)"
        set -l index (count (__track-export_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'track-export' -f
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export" format' -l 'format' -d 'otlp-json: a request a line; perfetto: Chrome\'s trace events.' -rfka 'otlp-json perfetto'
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export" since-last' -l 'since-last' -d 'Only what has ended since the last export in this format with --since-last.'
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export" output' -l 'output' -d 'Write to a file, which is replaced at once.' -rF
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export" project' -l 'project' -d 'The project\'s root.' -rfa '(__track-export_complete_directories)'
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export" config' -l 'config' -d 'The configuration, instead of droid-forge.yaml in the root.' -rF
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export"' -l 'logs' -d 'A directory of log files; may be repeated.' -rfa '(__track-export_complete_directories)'
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export" since' -l 'since' -d 'Only executions ended since then: an age (24h, 7d) or a time (RFC 3339).' -rfka ''
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export" run' -l 'run' -d 'Only executions of this run.' -rfka ''
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export" task' -l 'task' -d 'Only executions of this task.' -rfka ''
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export" droid' -l 'droid' -d 'Only executions that this droid started.' -rfka ''
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export" version' -l 'version' -d 'Show the version.'
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'track-export' -n '__track-export_should_offer_completions_for_positional "track-export" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'track-export' -n '__track-export_should_offer_completions_for_flags_or_options "track-export help" version' -l 'version' -d 'Show the version.'
