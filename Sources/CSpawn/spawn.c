#define _GNU_SOURCE
#include "CSpawn.h"

#include <errno.h>
#include <sys/mman.h>
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

pid_t track_spawn(const struct track_program *program, int **refusal) {
	int *reason = mmap(NULL, sizeof *reason, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (reason == MAP_FAILED) return -1;
	sigset_t all, previous;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &previous);
	const pid_t parent = getpid();
	const pid_t child = fork();
	if (child == 0) {
		become(program, parent);
		*reason = errno;
		_exit(127);
	}
	const int failure = errno;
	// On both sides, so that neither has to wait for the other (credentials(7)).
	if (child > 0 && program->own_group) setpgid(child, child);
	sigprocmask(SIG_SETMASK, &previous, NULL);
	if (child > 0) {
		*refusal = reason;
	} else {
		track_forget_refusal(reason);
		errno = failure;
	}
	return child;
}

void track_forget_refusal(int *refusal) {
	munmap(refusal, sizeof *refusal);
}

void track_adopt_orphans(int wanted) {
	prctl(PR_SET_CHILD_SUBREAPER, wanted, 0, 0, 0);
}

void track_leave_no_core(void) {
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
