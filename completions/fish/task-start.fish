function __task-start_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __task-start_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __task-start_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __task-start_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __task-start_parse_tokens -S
    set -l unparsed_tokens (__task-start_tokens -pc)
    switch $unparsed_tokens[1]
    case 'task-start'
        __task-start_parse_subcommand 2 'project=' 'config=' 'wait=' 'q/quiet' 'json' 'droid=' 'execution=' 'export' 'timeout=' 'context=+' 'parent=' 'owner-pid=' 'new' 'supersede' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __task-start_parse_subcommand -r 1 'version'
        end
    end
end

function __task-start_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __task-start_parse_subcommand -S -a positional_count
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

function __task-start_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __task-start_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__task-start_tokens -p)
    if test -z "$(__task-start_tokens -t)"
        set -l index (count (__task-start_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'task-start' -f
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" project' -l 'project' -d 'The project\'s root.' -rfa '(__task-start_complete_directories)'
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" config' -l 'config' -d 'The configuration, instead of droid-forge.yaml in the root.' -rF
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" wait' -l 'wait' -d 'How long to wait for the journal\'s lock (500ms, 2s, 1m).' -rfka ''
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" json' -l 'json' -d 'Print what was recorded as JSON.'
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" droid' -l 'droid' -d 'The droid (default: DROID_ID, else what the start said).' -rfka ''
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" execution' -l 'execution' -d 'The execution itself (default: found by the task, DROID_EXECUTION_ID).' -rfka ''
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" export' -l 'export' -d 'Print export lines for eval: DROID_EXECUTION_ID, DROID_RUN_ID, DROID_ID, TRACEPARENT.'
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" timeout' -l 'timeout' -d 'Its own limit (90s, 15m, 3600).' -rfka ''
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start"' -l 'context' -d 'A fact to keep with the start; may be repeated.' -rfka ''
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" parent' -l 'parent' -d 'The execution it is started in.' -rfka ''
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" owner-pid' -l 'owner-pid' -d 'The process whose life is the execution\'s life.' -rfka ''
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" new' -l 'new' -d 'Open a new execution even inside one of the same task.'
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" supersede' -l 'supersede' -d 'Give up the open executions of the same task.'
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" version' -l 'version' -d 'Show the version.'
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'task-start' -n '__task-start_should_offer_completions_for_positional "task-start" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'task-start' -n '__task-start_should_offer_completions_for_flags_or_options "task-start help" version' -l 'version' -d 'Show the version.'
