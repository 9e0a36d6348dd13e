/*
 * Times processes of many writers side by side: crowd WRITERS ROUNDS COMMAND [ARGUMENT...] [";" COMMAND ...]...
 *
 * Each writer runs the commands one after the other, ROUNDS times over; an argument {} is the writer's number. Prints the
 * number of calls, calls a second over all, the median and the longest of one call in microseconds, and how many lines
 * the commands wrote to standard error, separated by tabs. A command that fails ends the run.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

static double run(char **arguments, const posix_spawn_file_actions_t *files)
{
	pid_t child;
	int status;
	double began = now();
	int error = posix_spawnp(&child, arguments[0], files, NULL, arguments, environ);
	if (error) {
		fprintf(stderr, "crowd: cannot run %s: %s\n", arguments[0], strerror(error));
		_exit(69);
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			_exit(70);
	double took = now() - began;
	if (status) {
		fprintf(stderr, "crowd: %s failed with wait status %d\n", arguments[0], status);
		_exit(65);
	}
	return took;
}

/* One writer: its commands are the words between the semicolons. */
static void write_rounds(int rounds, int count, char **words, double *microseconds, const posix_spawn_file_actions_t *files)
{
	for (int round = 0; round < rounds; round++)
		for (int first = 0; first < count;) {
			int last = first;
			while (last < count && words[last])
				last++;
			*microseconds++ = run(&words[first], files);
			first = last + 1;
		}
}

static int ascending(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;
	return (a > b) - (a < b);
}

int main(int count, char **words)
{
	int writers = count > 1 ? atoi(words[1]) : 0, rounds = count > 2 ? atoi(words[2]) : 0, commands = 1;
	if (writers < 1 || rounds < 1 || count < 4) {
		fprintf(stderr, "usage: crowd WRITERS ROUNDS COMMAND [ARGUMENT...] [\";\" COMMAND ...]...\n");
		return 64;
	}
	for (int i = 3; i < count; i++)
		if (strcmp(words[i], ";") == 0) {
			words[i] = NULL;
			commands++;
		}
	size_t each = (size_t)rounds * commands, calls = each * writers;
	double *microseconds =
		mmap(NULL, calls * sizeof(double), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	FILE *messages = tmpfile();
	if (microseconds == MAP_FAILED || !messages)
		return 70;
	posix_spawn_file_actions_t files;
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_adddup2(&files, fileno(messages), 2);

	double began = now();
	for (int writer = 0; writer < writers; writer++) {
		pid_t child = fork();
		if (child < 0)
			return 70;
		if (child > 0)
			continue;
		char number[12];
		snprintf(number, sizeof number, "%d", writer);
		for (int i = 3; i < count; i++)
			if (words[i] && strcmp(words[i], "{}") == 0)
				words[i] = number;
		write_rounds(rounds, count - 3, &words[3], &microseconds[each * writer], &files);
		_exit(0);
	}
	int status, failed = 0;
	while (wait(&status) > 0)
		failed |= status;
	double took = now() - began;
	if (failed)
		return 65;
	int lines = 0, character;
	rewind(messages);
	while ((character = getc(messages)) != EOF)
		lines += character == '\n';
	qsort(microseconds, calls, sizeof(double), ascending);
	printf("%zu\t%.0f\t%.0f\t%.0f\t%d\n", calls, calls / (took / 1e6), microseconds[calls / 2], microseconds[calls - 1],
	       lines);
	return 0;
}
