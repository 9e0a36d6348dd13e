function __track-verify_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __track-verify_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __track-verify_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __track-verify_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __track-verify_parse_tokens -S
    set -l unparsed_tokens (__track-verify_tokens -pc)
    switch $unparsed_tokens[1]
    case 'track-verify'
        __track-verify_parse_subcommand -r 1 'project=' 'config=' 'wait=' 'q/quiet' 'json' 'seals' 'head' 'since=' 'repair' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __track-verify_parse_subcommand -r 1 'version'
        end
    end
end

function __track-verify_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __track-verify_parse_subcommand -S -a positional_count
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

function __track-verify_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __track-verify_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__track-verify_tokens -p)
    if test -z "$(__track-verify_tokens -t)"
        set -l index (count (__track-verify_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'track-verify' -f
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_positional "track-verify" -ge 1' -F
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_flags_or_options "track-verify" project' -l 'project' -d 'The project\'s root.' -rfa '(__track-verify_complete_directories)'
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_flags_or_options "track-verify" config' -l 'config' -d 'The configuration, instead of droid-forge.yaml in the root.' -rF
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_flags_or_options "track-verify" wait' -l 'wait' -d 'How long to wait for the journal\'s lock (500ms, 2s, 1m).' -rfka ''
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_flags_or_options "track-verify" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_flags_or_options "track-verify" json' -l 'json' -d 'Print what was recorded as JSON.'
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_flags_or_options "track-verify" seals' -l 'seals' -d 'Only hold the files to the seals.'
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_flags_or_options "track-verify" head' -l 'head' -d 'Print the end of the chain of seals, to be kept elsewhere.'
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_flags_or_options "track-verify" since' -l 'since' -d 'Hold the journal to a head that was kept: JSON as --head prints it, or @FILE.' -rfka ''
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_flags_or_options "track-verify" repair' -l 'repair' -d 'Derive missing lines from events.ndjson and put damage aside; deletes nothing.'
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_flags_or_options "track-verify" version' -l 'version' -d 'Show the version.'
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_flags_or_options "track-verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_positional "track-verify" -eq 2' -fa 'help' -d 'Show subcommand help information.'
complete -c 'track-verify' -n '__track-verify_should_offer_completions_for_flags_or_options "track-verify help" version' -l 'version' -d 'Show the version.'
