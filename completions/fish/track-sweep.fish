function __track-sweep_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __track-sweep_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __track-sweep_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __track-sweep_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __track-sweep_parse_tokens -S
    set -l unparsed_tokens (__track-sweep_tokens -pc)
    switch $unparsed_tokens[1]
    case 'track-sweep'
        __track-sweep_parse_subcommand 0 'project=' 'config=' 'wait=' 'q/quiet' 'json' 'timeout=' 'force' 'all' 'dry-run' 'seal' 'rotate' 'keep-days=' 'if-due' 'check' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __track-sweep_parse_subcommand -r 1 'version'
        end
    end
end

function __track-sweep_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __track-sweep_parse_subcommand -S -a positional_count
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

function __track-sweep_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __track-sweep_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__track-sweep_tokens -p)
    if test -z "$(__track-sweep_tokens -t)"
        set -l index (count (__track-sweep_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'track-sweep' -f
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" project' -l 'project' -d 'The project\'s root.' -rfa '(__track-sweep_complete_directories)'
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" config' -l 'config' -d 'The configuration, instead of droid-forge.yaml in the root.' -rF
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" wait' -l 'wait' -d 'How long to wait for the journal\'s lock (500ms, 2s, 1m).' -rfka ''
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" json' -l 'json' -d 'Print what was recorded as JSON.'
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" timeout' -l 'timeout' -d 'Close everything open for longer than this; 0 closes all.' -rfka ''
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" force' -l 'force' -d 'With --timeout, also close executions whose owner lives.'
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" all' -l 'all' -d 'Sweep every project of this user.'
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" dry-run' -l 'dry-run' -d 'Only say what would be closed, rotated and pruned; what was interrupted is finished.'
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" seal' -l 'seal' -d 'Also seal what was added to the journal since the last seal.'
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" rotate' -l 'rotate' -d 'Also rotate the journal\'s files now, whatever their size and age.'
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" keep-days' -l 'keep-days' -d 'Also prune what was written longer ago than so many days, whatever max_age says.' -rfka ''
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" if-due' -l 'if-due' -d 'Do nothing when the last sweep is younger than cleanup_interval.'
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" check' -l 'check' -d 'Like --dry-run, and exit with 1 when there is something to close.'
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" version' -l 'version' -d 'Show the version.'
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_positional "track-sweep" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'track-sweep' -n '__track-sweep_should_offer_completions_for_flags_or_options "track-sweep help" version' -l 'version' -d 'Show the version.'
