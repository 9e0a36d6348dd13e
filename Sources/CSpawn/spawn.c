#define _GNU_SOURCE
#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

// What the child does before it becomes the program; only async-signal-safe calls (signal-safety(7)). A group or a
// terminal that is not to be had does not keep the program from running.
static void become(const struct track_program *program, pid_t parent) {
	if (program->death_signal != 0) {
		prctl(PR_SET_PDEATHSIG, program->death_signal);
		// The parent may have died before: then nobody will ever send the signal.
		if (getppid() != parent) _exit(127);
	}
	if (program->own_group) setpgid(0, 0);
	// All signals are still blocked, so SIGTTOU does not stop us, who are in the background by now (tcsetpgrp(3)).
	if (program->terminal >= 0) tcsetpgrp(program->terminal, getpgrp());
	for (int number = 0; number < 3; number++) {
		if (program->descriptors[number] >= 0 && dup2(program->descriptors[number], number) < 0) return;
	}
	for (int number = 1; number < NSIG; number++) {
		signal(number, sigismember(program->ignored, number) == 1 ? SIG_IGN : SIG_DFL);
	}
	sigprocmask(SIG_SETMASK, program->mask, NULL);
	execvpe(program->arguments[0], program->arguments, program->environment);
}

pid_t track_spawn(const struct track_program *program, int *refusal) {
	int answer[2];
	if (pipe2(answer, O_CLOEXEC) != 0) return -1;
	sigset_t all, previous;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &previous);
	const pid_t parent = getpid();
	const pid_t child = fork();
	if (child == 0) {
		become(program, parent);
		const int reason = errno;
		ssize_t written;
		do written = write(answer[1], &reason, sizeof reason);
		while (written < 0 && errno == EINTR);
		_exit(127);
	}
	const int reason = errno;
	// On both sides, so that neither has to wait for the other (credentials(7)).
	if (child > 0 && program->own_group) setpgid(child, child);
	sigprocmask(SIG_SETMASK, &previous, NULL);
	close(answer[1]);
	if (child < 0) {
		close(answer[0]);
		errno = reason;
		return -1;
	}
	*refusal = answer[0];
	return child;
}

void track_adopt_orphans(int wanted) {
	prctl(PR_SET_CHILD_SUBREAPER, wanted, 0, 0, 0);
}

void track_leave_no_core(void) {
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
