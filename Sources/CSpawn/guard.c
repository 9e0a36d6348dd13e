#define _GNU_SOURCE
#include "CSpawn.h"
#include "apart.h"

#include <sys/prctl.h>
#include <unistd.h>

// All signals are held back: what the group gets stays pending, to be looked up, and does nothing.
static void watch(pid_t group, int terminal, pid_t parent, pid_t parents_group) {
	const int death = SIGRTMIN;
	prctl(PR_SET_PDEATHSIG, death);
	setpgid(0, group);
	const int has_terminal = terminal >= 0 && dup2(terminal, 0) == 0;
	track_close_from(has_terminal ? 1 : 0);
	sigset_t only;
	sigemptyset(&only);
	sigaddset(&only, death);
	// Others may send that signal as well; and the parent may have died before it was asked for.
	while (getppid() == parent) sigwaitinfo(&only, NULL);
	if (has_terminal && tcgetpgrp(0) == group) tcsetpgrp(0, parents_group);
	if (getpgrp() == group) kill(0, SIGKILL);
	_exit(0);
}

pid_t track_guard_start(pid_t group, int terminal) {
	sigset_t all, previous;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &previous);
	const pid_t parent = getpid(), parents_group = getpgrp();
	const pid_t guard = fork();
	if (guard == 0) watch(group, terminal, parent, parents_group);
	// On both sides, so that it is there when this returns.
	if (guard > 0) setpgid(guard, group);
	sigprocmask(SIG_SETMASK, &previous, NULL);
	return guard;
}
