// Runs a program; prints the seconds of processor time and of real time that it took, and its largest resident size in KiB.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time) { return time.tv_sec + time.tv_usec / 1e6; }

int main(int argc, char **argv) {
	struct timespec began, ended;
	struct rusage used;
	int status;
	if (argc < 2) return 64;
	clock_gettime(CLOCK_MONOTONIC, &began);
	const pid_t child = fork();
	if (child == 0) {
		execv(argv[1], argv + 1);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0) return 1;
	clock_gettime(CLOCK_MONOTONIC, &ended);
	printf("%.3f\t%.3f\t%ld\n", seconds(used.ru_utime) + seconds(used.ru_stime),
	       ended.tv_sec - began.tv_sec + (ended.tv_nsec - began.tv_nsec) / 1e9, used.ru_maxrss);
	return 0;
}
