function __task-run_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __task-run_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __task-run_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __task-run_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __task-run_parse_tokens -S
    set -l unparsed_tokens (__task-run_tokens -pc)
    switch $unparsed_tokens[1]
    case 'task-run'
        __task-run_parse_subcommand -r 3 'project=' 'config=' 'wait=' 'q/quiet' 'json' 'droid=' 'execution=' 'timeout=' 'grace=' 'heartbeat=' 'report-every=' 'retries=' 'retry-delay=' 'tail=' 'expect-file=+' 'expect-change=+' 'expect-commit' 'collect-git' 'context=+' 'parent=' 'new' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __task-run_parse_subcommand -r 1 'version'
        end
    end
end

function __task-run_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __task-run_parse_subcommand -S -a positional_count
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

function __task-run_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __task-run_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__task-run_tokens -p)
    if test -z "$(__task-run_tokens -t)"
        set -l index (count (__task-run_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'task-run' -f
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" project' -l 'project' -d 'The project\'s root.' -rfa '(__task-run_complete_directories)'
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" config' -l 'config' -d 'The configuration, instead of droid-forge.yaml in the root.' -rF
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" wait' -l 'wait' -d 'How long to wait for the journal\'s lock (500ms, 2s, 1m).' -rfka ''
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" json' -l 'json' -d 'Print what was recorded as JSON.'
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" droid' -l 'droid' -d 'The droid (default: DROID_ID, else what the start said).' -rfka ''
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" execution' -l 'execution' -d 'The execution itself (default: found by the task, DROID_EXECUTION_ID).' -rfka ''
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" timeout' -l 'timeout' -d 'End the command after this time (90s, 15m, 3600).' -rfka ''
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" grace' -l 'grace' -d 'How long after TERM at the limit KILL follows (10s).' -rfka ''
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" heartbeat' -l 'heartbeat' -d 'How often the ledger is told that it runs (30s; 0: never).' -rfka ''
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" report-every' -l 'report-every' -d 'How often a report tells what it uses (5m; 0: at the end only).' -rfka ''
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" retries' -l 'retries' -d 'Run it again when it fails, so often; `config` takes performance.max_retries.' -rfka ''
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" retry-delay' -l 'retry-delay' -d 'The wait before it is run again, doubled each time (performance.retry_delay, or 1s).' -rfka ''
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" tail' -l 'tail' -d 'Keep the last bytes of standard error of a failure.' -rfka ''
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run"' -l 'expect-file' -d 'A file that is to be there afterwards; may be repeated.' -rF
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run"' -l 'expect-change' -d 'Where something is to change, as git\'s pathspec; may be repeated.' -rfka ''
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" expect-commit' -l 'expect-commit' -d 'A commit is to be made.'
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" collect-git' -l 'collect-git' -d 'Record the files and commits that git tells of as the result.'
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run"' -l 'context' -d 'A fact to keep with the start; may be repeated.' -rfka ''
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" parent' -l 'parent' -d 'The execution it is started in.' -rfka ''
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" new' -l 'new' -d 'Open a new execution even inside one of the same task.'
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" version' -l 'version' -d 'Show the version.'
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'task-run' -n '__task-run_should_offer_completions_for_positional "task-run" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'task-run' -n '__task-run_should_offer_completions_for_flags_or_options "task-run help" version' -l 'version' -d 'Show the version.'
