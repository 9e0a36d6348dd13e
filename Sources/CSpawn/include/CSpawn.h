// Starts a program, in C because nothing of Swift's runtime may run between fork(2) and execve(2); and calls of the
// system that Swift's Glibc does not import.
#ifndef CSPAWN_H
#define CSPAWN_H

#include <signal.h>
#include <stddef.h>
#include <sys/types.h>

/// How a program is started.
struct track_program {
	/// Its arguments, the first of which is looked up in PATH when it holds no slash, and its environment; both end in NULL.
	char *const *arguments;
	char *const *environment;
	/// The signal mask it gets.
	const sigset_t *mask;
	/// The signals that it is to ignore; all others do to it what they do by default.
	const sigset_t *ignored;
	/// What become its descriptors 0, 1 and 2; -1 leaves one as it is.
	int descriptors[3];
	/// Whether it leads a process group of its own.
	int own_group;
	/// The terminal whose foreground its group becomes, or -1.
	int terminal;
	/// The signal it gets when this process dies, or 0 (prctl(2), PR_SET_PDEATHSIG).
	int death_signal;
};

/// Starts a program, without waiting until it has been executed.
///
/// Returns its pid, or -1 with errno set. `refusal` becomes memory that is shared with it, and no descriptor, of which there
/// may be none left: when the program could not be executed its process ends with 127, and the errno that tells why stands
/// there then; else it stays 0.
pid_t track_spawn(const struct track_program *program, int **refusal);

/// Gives back what `track_spawn` has lent.
void track_forget_refusal(int *refusal);

/// Makes this process the parent of what its children leave behind when they end, or no longer (PR_SET_CHILD_SUBREAPER).
void track_adopt_orphans(int wanted);

/// Sees to it that a signal that ends this process leaves no core (PR_SET_DUMPABLE).
void track_leave_no_core(void);

/// A descriptor that can be read when one of `signals` has come, which are to be held back (signalfd(2)).
///
/// Returns -1 with errno set when there is none to be had.
int track_signal_descriptor(const sigset_t *signals);

/// Starts a process that joins `group` and watches over it; returns its pid, or -1 with errno set.
///
/// When this process dies, however that comes, it gives `terminal` back to the group of this process if the watched one has
/// it, and kills `group`. It heeds no signal but KILL: what was sent to the whole group can be seen to be pending for it.
/// `terminal` may be -1.
pid_t track_guard_start(pid_t group, int terminal);

/// Starts a process that carries what is written to the pipe `from` on to `to` and keeps the last `size` bytes of it.
///
/// It goes on until nobody holds the other end of the pipe any more, whatever becomes of this process. Returns its pid, or -1
/// with errno set. `owner` becomes a socket: shut down for writing, it has the kept bytes to be read as soon as what was in
/// the pipe then has been carried on, or after `patience` milliseconds. The last byte is one more, and tells whether the
/// process ends, so that it can be waited for, or stays for others who hold the pipe. `from` stays the caller's, who is to
/// close it now: without a reader of `to` the pipe is to have none either.
pid_t track_tail_start(int from, int to, size_t size, int patience, int *owner);

#endif
