// Asks for a lock again and again while a process lives. Prints how often; in ms the median wait, that which 99 of 100 do
// not exceed, and the longest; and by how much a sleep in between was late at most.
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

// Whether the process runs: one that has ended and is not waited for yet does not.
static int lives(pid_t process) {
	char path[64], state[512];
	snprintf(path, sizeof path, "/proc/%d/stat", process);
	FILE *file = fopen(path, "r");
	if (!file) return 0;
	const int found = fgets(state, sizeof state, file) != NULL;
	fclose(file);
	const char *end = found ? strrchr(state, ')') : NULL;
	return end && strncmp(end, ") Z", 3) != 0;
}

static int ascending(const void *left, const void *right) {
	const double a = *(const double *)left, b = *(const double *)right;
	return (a > b) - (a < b);
}

int main(int argc, char **argv) {
	enum { MOST = 100000 };
	static double waits[MOST];
	int count = 0;
	double latest = 0;
	if (argc != 3) return 64;
	const int lock = open(argv[1], O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	const pid_t process = atoi(argv[2]);
	if (lock < 0 || process <= 0) return 66;
	while (count < MOST && lives(process)) {
		const double asked = now();
		if (flock(lock, LOCK_EX) != 0) return 74;
		waits[count++] = now() - asked;
		flock(lock, LOCK_UN);
		const double slept = now();
		usleep(2000);
		const double late = now() - slept - 2;
		if (late > latest) latest = late;
	}
	if (count == 0) return 70;
	qsort(waits, count, sizeof *waits, ascending);
	printf("%d %.2f %.2f %.2f %.2f\n", count, waits[count / 2], waits[count * 99 / 100], waits[count - 1], latest);
	return 0;
}
