#define _GNU_SOURCE
#include "CSpawn.h"
#include "apart.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

// As much as a pipe holds (pipe(7)): read ahead of a reader who takes nothing, and once more what is there at the end.
enum { AHEAD = 64 * 1024, ROOM = 2 * AHEAD };

enum { FROM = 0, OWNER = 1, TO = 2 };

struct relay {
	// What was read and not yet written.
	unsigned char pending[ROOM];
	size_t start, end;
	int is_at_end;
	enum { CARRYING, ASKED, ANSWERED } phase;
	// What was in the pipe when the tail was asked for and has not yet been read.
	size_t rest;
	// When the tail is told although the reader has not taken everything, in milliseconds.
	long long deadline;
	size_t size, length;
	unsigned char kept[];
};

static long long milliseconds(void) {
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void keep(struct relay *relay, const unsigned char *bytes, size_t count) {
	if (count > relay->size) {
		bytes += count - relay->size;
		count = relay->size;
	}
	const size_t excess = relay->length + count > relay->size ? relay->length + count - relay->size : 0;
	memmove(relay->kept, relay->kept + excess, relay->length - excess);
	memcpy(relay->kept + relay->length - excess, bytes, count);
	relay->length += count - excess;
}

// How much may be read now: at the end everything that is there, else nothing before the reader has taken the last of it.
static size_t room(const struct relay *relay) {
	if (relay->is_at_end) return 0;
	if (relay->phase != ASKED) return relay->start == relay->end ? AHEAD : 0;
	const size_t free = ROOM - (relay->end - relay->start);
	return free < relay->rest ? free : relay->rest;
}

static void read_some(struct relay *relay) {
	// The tail may have been asked for since it was told that there is something to read: the end of the pipe, if no bytes.
	if (relay->phase == ASKED && relay->rest == 0) return;
	memmove(relay->pending, relay->pending + relay->start, relay->end - relay->start);
	relay->end -= relay->start;
	relay->start = 0;
	const ssize_t count = read(FROM, relay->pending + relay->end, room(relay));
	if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
	if (count <= 0) {
		relay->is_at_end = 1;
		return;
	}
	keep(relay, relay->pending + relay->end, count);
	relay->end += count;
	if (relay->phase == ASKED) relay->rest -= count;
}

// There is room for as much as a pipe takes at once, unless somebody else took it since: then the alarm ends the wait.
// It goes on and on, for one that came before the wait would end nothing.
static void write_some(struct relay *relay) {
	const size_t count = relay->end - relay->start;
	const struct itimerval alarm = {{0, 20000}, {0, 20000}}, none = {{0, 0}, {0, 0}};
	setitimer(ITIMER_REAL, &alarm, NULL);
	const ssize_t written = write(TO, relay->pending + relay->start, count < PIPE_BUF ? count : PIPE_BUF);
	const int reason = errno;
	setitimer(ITIMER_REAL, &none, NULL);
	if (written >= 0) {
		relay->start += written;
	} else if (reason != EINTR && reason != EAGAIN) {
		relay->start = relay->end;
		// Without a reader the program is to meet a pipe without one, too; any other error is told to nobody.
		if (reason == EPIPE) {
			relay->is_at_end = 1;
			close(FROM);
		}
	}
}

static void begin_to_end(struct relay *relay, int patience) {
	int count = 0;
	if (relay->is_at_end || ioctl(FROM, FIONREAD, &count) != 0) count = 0;
	relay->rest = count;
	relay->deadline = milliseconds() + patience;
	relay->phase = ASKED;
}

static void tell(const unsigned char *bytes, size_t count) {
	while (count > 0) {
		const ssize_t sent = write(OWNER, bytes, count);
		if (sent < 0 && errno != EINTR) break;
		if (sent > 0) {
			bytes += sent;
			count -= sent;
		}
	}
}

static void answer(struct relay *relay) {
	struct pollfd left = {.fd = FROM, .events = POLLIN};
	if (!relay->is_at_end && relay->rest == 0 && poll(&left, 1, 0) > 0) relay->is_at_end = left.revents == POLLHUP;
	const unsigned char ends = relay->is_at_end && relay->start == relay->end;
	tell(relay->kept, relay->length);
	tell(&ends, 1);
	if (ends) _exit(0);
	close(OWNER);
	relay->phase = ANSWERED;
	// From now on it is there for what the program left behind, and may be told to stop like that.
	sigset_t only;
	sigemptyset(&only);
	sigaddset(&only, SIGTERM);
	sigprocmask(SIG_UNBLOCK, &only, NULL);
}

static void carry(struct relay *relay, int patience) {
	for (;;) {
		const int is_empty = relay->start == relay->end;
		if (relay->phase == ANSWERED && relay->is_at_end && is_empty) return;
		const long long wait = relay->phase == ASKED ? relay->deadline - milliseconds() : -1;
		const int is_done = relay->is_at_end || relay->rest == 0;
		if (relay->phase == ASKED && ((is_done && is_empty) || wait <= 0)) {
			answer(relay);
			continue;
		}
		struct pollfd ready[3] = {
			{.fd = room(relay) > 0 ? FROM : -1, .events = POLLIN},
			{.fd = relay->phase == CARRYING ? OWNER : -1, .events = POLLIN},
			{.fd = is_empty ? -1 : TO, .events = POLLOUT},
		};
		if (poll(ready, 3, wait) < 0) continue;
		if (ready[1].revents != 0) begin_to_end(relay, patience);
		if (ready[0].revents != 0) read_some(relay);
		if (ready[2].revents != 0) write_some(relay);
	}
}

static void wake(int number) {
	(void)number;
}

// It holds only what it needs, and heeds no signal but KILL.
static void become(struct relay *relay, int from, int owner, int to, int patience) {
	dup2(from, FROM);
	dup2(owner, OWNER);
	if (to != TO) dup2(to, TO);
	track_close_from(3);
	const struct sigaction waking = {.sa_handler = wake};
	sigaction(SIGALRM, &waking, NULL);
	sigset_t only;
	sigemptyset(&only);
	sigaddset(&only, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &only, NULL);
	carry(relay, patience);
	_exit(0);
}

pid_t track_tail_start(int from, int to, size_t size, int patience, int *owner) {
	int ends[2];
	struct relay *relay = calloc(1, sizeof *relay + size);
	if (relay == NULL) return -1;
	relay->size = size;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
		free(relay);
		return -1;
	}
	sigset_t all, previous;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &previous);
	const pid_t child = fork();
	if (child == 0) become(relay, from, ends[1], to, patience);
	const int reason = errno;
	sigprocmask(SIG_SETMASK, &previous, NULL);
	free(relay);
	close(ends[1]);
	if (child > 0) {
		*owner = ends[0];
	} else {
		close(ends[0]);
		errno = reason;
	}
	return child;
}
