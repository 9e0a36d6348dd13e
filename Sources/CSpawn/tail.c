#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct track_tail {
	pthread_t thread;
	int from, to;
	// Closed for writing when the thread is to end.
	int stop[2];
	unsigned char *bytes;
	size_t size, length;
};

static void keep(struct track_tail *tail, const unsigned char *bytes, size_t count) {
	if (count > tail->size) {
		bytes += count - tail->size;
		count = tail->size;
	}
	const size_t excess = tail->length + count > tail->size ? tail->length + count - tail->size : 0;
	memmove(tail->bytes, tail->bytes + excess, tail->length - excess);
	memcpy(tail->bytes + tail->length - excess, bytes, count);
	tail->length += count - excess;
}

// Returns whether everything was written; what cannot be written is told to nobody, as there is nobody.
static int write_all(int to, const unsigned char *bytes, size_t count) {
	while (count > 0) {
		const ssize_t written = write(to, bytes, count);
		if (written > 0) {
			bytes += written;
			count -= written;
		} else if (written < 0 && errno == EAGAIN) {
			// Somebody who shares the descriptor made it so (O_NONBLOCK belongs to the open file, open(2)).
			struct pollfd room = {.fd = to, .events = POLLOUT};
			poll(&room, 1, -1);
		} else if (written >= 0 || errno != EINTR) {
			return 0;
		}
	}
	return 1;
}

static void *carry(void *argument) {
	struct track_tail *tail = argument;
	unsigned char chunk[16 * 1024];
	int written = 1;
	for (;;) {
		struct pollfd ready[2] = {{.fd = tail->from, .events = POLLIN}, {.fd = tail->stop[0], .events = POLLIN}};
		if (poll(ready, 2, -1) < 0) continue;
		if (ready[0].revents == 0) break;
		const ssize_t count = read(tail->from, chunk, sizeof chunk);
		if (count < 0 && errno == EINTR) continue;
		if (count <= 0) break;
		keep(tail, chunk, count);
		written = written && write_all(tail->to, chunk, count);
	}
	return NULL;
}

struct track_tail *track_tail_start(int from, int to, size_t size) {
	struct track_tail *tail = calloc(1, sizeof *tail + size);
	if (tail == NULL) return NULL;
	tail->from = from;
	tail->to = to;
	tail->bytes = (unsigned char *)(tail + 1);
	tail->size = size;
	if (pipe(tail->stop) != 0) {
		free(tail);
		return NULL;
	}
	for (int end = 0; end < 2; end++) fcntl(tail->stop[end], F_SETFD, FD_CLOEXEC);
	const int failure = pthread_create(&tail->thread, NULL, carry, tail);
	if (failure == 0) return tail;
	close(tail->stop[0]);
	close(tail->stop[1]);
	free(tail);
	errno = failure;
	return NULL;
}

size_t track_tail_finish(struct track_tail *tail, unsigned char *bytes) {
	close(tail->stop[1]);
	pthread_join(tail->thread, NULL);
	close(tail->stop[0]);
	const size_t length = tail->length;
	memcpy(bytes, tail->bytes, length);
	free(tail);
	return length;
}
