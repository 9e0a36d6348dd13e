function __task-progress_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __task-progress_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __task-progress_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __task-progress_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __task-progress_parse_tokens -S
    set -l unparsed_tokens (__task-progress_tokens -pc)
    switch $unparsed_tokens[1]
    case 'task-progress'
        __task-progress_parse_subcommand -r 1 'project=' 'config=' 'wait=' 'q/quiet' 'json' 'droid=' 'execution=' 'm/message=' 'status=' 'error=' 'cpu-percent=' 'memory-mb=' 'disk-io-mb=' 'set=+' 'stream' 'every=' 'bar' 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'help'
            __task-progress_parse_subcommand -r 1 'version'
        end
    end
end

function __task-progress_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __task-progress_parse_subcommand -S -a positional_count
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

function __task-progress_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __task-progress_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__task-progress_tokens -p)
    if test -z "$(__task-progress_tokens -t)"
        set -l index (count (__task-progress_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'task-progress' -f
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" project' -l 'project' -d 'The project\'s root.' -rfa '(__task-progress_complete_directories)'
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" config' -l 'config' -d 'The configuration, instead of droid-forge.yaml in the root.' -rF
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" wait' -l 'wait' -d 'How long to wait for the journal\'s lock (500ms, 2s, 1m).' -rfka ''
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors.'
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" json' -l 'json' -d 'Print what was recorded as JSON.'
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" droid' -l 'droid' -d 'The droid (default: DROID_ID, else what the start said).' -rfka ''
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" execution' -l 'execution' -d 'The execution itself (default: found by the task, DROID_EXECUTION_ID).' -rfka ''
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" m message' -l 'message' -s 'm' -d 'The message.' -rfka ''
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" status' -l 'status' -d 'initializing, ready, executing or waiting.' -rfka ''
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" error' -l 'error' -d 'An error that does not end the work.' -rfka ''
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" cpu-percent' -l 'cpu-percent' -d 'CPU use in percent of one core.' -rfka ''
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" memory-mb' -l 'memory-mb' -d 'Memory in MiB.' -rfka ''
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" disk-io-mb' -l 'disk-io-mb' -d 'Disk input and output in MiB.' -rfka ''
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress"' -l 'set' -d 'A further fact; may be repeated.' -rfka ''
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" stream' -l 'stream' -d 'Read reports from standard input, one a line.'
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" every' -l 'every' -d 'Keep about one report of a stream in this time (500ms, 1s).' -rfka ''
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" bar' -l 'bar' -d 'Draw a bar of a stream\'s progress on standard error, if that is a terminal.'
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" version' -l 'version' -d 'Show the version.'
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_positional "task-progress" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'task-progress' -n '__task-progress_should_offer_completions_for_flags_or_options "task-progress help" version' -l 'version' -d 'Show the version.'
