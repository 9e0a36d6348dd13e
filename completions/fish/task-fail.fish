function __task-fail_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __task-fail_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __task-fail_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __task-fail_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __task-fail_parse_tokens -S
    set -l unparsed_tokens (__task-fail_tokens -pc)
    switch $unparsed_tokens[1]
    case 'task-fail'
        __task-fail_parse_subcommand 1 'project=' 'config=' 'wait=' 'q/quiet' 'json' 'droid=' 'execution=' 'result=' 'file-created=+' 'file-modified=+' 'file-deleted=+' 'commit=+' 'branch=+' 'tests-run=' 'coverage=' 'set=+' 'error=' 'exit-code=' 'signal=' 'line=' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __task-fail_parse_subcommand -r 1 'version'
        end
    end
end

function __task-fail_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __task-fail_parse_subcommand -S -a positional_count
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

function __task-fail_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __task-fail_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__task-fail_tokens -p)
    if test -z "$(__task-fail_tokens -t)"
        set -l index (count (__task-fail_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'task-fail' -f
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" project' -l 'project' -d 'The project\'s root.' -rfa '(__task-fail_complete_directories)'
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" config' -l 'config' -d 'The configuration, instead of droid-forge.yaml in the root.' -rF
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" wait' -l 'wait' -d 'How long to wait for the journal\'s lock (500ms, 2s, 1m).' -rfka ''
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" json' -l 'json' -d 'Print what was recorded as JSON.'
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" droid' -l 'droid' -d 'The droid (default: DROID_ID, else what the start said).' -rfka ''
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" execution' -l 'execution' -d 'The execution itself (default: found by the task, DROID_EXECUTION_ID).' -rfka ''
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" result' -l 'result' -d 'The result as a JSON object, @file or - for standard input.' -rfka ''
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail"' -l 'file-created' -d 'A file that was created; may be repeated.' -rF
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail"' -l 'file-modified' -d 'A file that was modified; may be repeated.' -rF
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail"' -l 'file-deleted' -d 'A file that was deleted; may be repeated.' -rF
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail"' -l 'commit' -d 'A commit that was made; may be repeated.' -rfka ''
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail"' -l 'branch' -d 'A branch that was made; may be repeated.' -rfka ''
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" tests-run' -l 'tests-run' -d 'How many tests were run.' -rfka ''
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" coverage' -l 'coverage' -d 'Test coverage in percent.' -rfka ''
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail"' -l 'set' -d 'A key of the result: k=v, k:=JSON or k[]=v; may be repeated.' -rfka ''
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" error' -l 'error' -d 'What went wrong; - reads standard input.' -rfka ''
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" exit-code' -l 'exit-code' -d 'The exit status of the work.' -rfka ''
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" signal' -l 'signal' -d 'The signal that ended the work, such as TERM.' -rfka ''
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" line' -l 'line' -d 'The script\'s line it failed at.' -rfka ''
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" version' -l 'version' -d 'Show the version.'
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_positional "task-fail" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'task-fail' -n '__task-fail_should_offer_completions_for_flags_or_options "task-fail help" version' -l 'version' -d 'Show the version.'
